// What the pages do beside the widgets: set formulas, copy code, give sliders a name and a value for those who hear them.

renderMathInElement(document.body, {
  delimiters: [{ left: "$$", right: "$$", display: true }, { left: "$", right: "$", display: false }],
  ignoredClasses: ["cell"],
});

for (const block of navigator.clipboard ? document.querySelectorAll(".highlight") : []) {  // plain http has none
  const button = Object.assign(document.createElement("button"), { className: "copy", textContent: "Copy" });
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(block.querySelector("pre").textContent);
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = "Copy"), 1500);
  });
  block.append(button);
}

// The contents are open beside the text, and folded above it.
const contents = document.querySelector(".contents"), beside = matchMedia("(min-width: 76rem)");
const unfold = () => contents && (contents.open = beside.matches);
beside.addEventListener("change", unfold);
unfold();

// What scrolls sideways can be reached with the keyboard.
const reach = () => {
  for (const box of document.querySelectorAll("pre, .wide, .katex-display")) {
    box.scrollWidth > box.clientWidth ? box.setAttribute("tabindex", "0") : box.removeAttribute("tabindex");
  }
};
addEventListener("resize", reach);
document.fonts.ready.then(reach);

// ipywidgets leaves its handles nameless: name them by the label, and let them say what the readout shows.
const speak = (slider) => {
  const [handle, label, readout] = [".noUi-handle", ".widget-label", ".widget-readout"].map((part) => slider.querySelector(part));
  handle.setAttribute("aria-label", label.textContent);
  handle.setAttribute("aria-valuetext", readout.textContent);
  readout.contentEditable = "false"; // it takes no numbers, so it is no stop for the keyboard either
};
new MutationObserver((changes) => {
  for (const { target } of changes) {
    const inside = target.closest(".widget-slider");
    (inside ? [inside] : target.querySelectorAll(".widget-slider")).forEach(speak);
  }
}).observe(document.getElementById("main"), { childList: true, subtree: true });
