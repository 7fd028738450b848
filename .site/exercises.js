// Exercises and guesses. Python loads at the first key in an editor or the first Check, never with the page.

const forms = [...document.querySelectorAll("form.exercise")];
const works = "python" in document.body.dataset && window.WebAssembly && location.protocol.startsWith("http");

const kept = (key, value) => {
  try {
    return value === undefined ? localStorage.getItem(key) : localStorage.setItem(key, value);
  } catch {
    return null; // a browser may forbid it
  }
};

// The worker: one answer at a time, and an end to it if it does not come to one itself.

let worker = null, queue = Promise.resolve();

const end = () => {
  worker?.terminate();
  worker = null;
};

const load = (form) => {
  if (worker) return worker;
  const say = (text) => (form.querySelector(".status").textContent = text), mb = (bytes) => (bytes / 1e6).toFixed(1);
  worker = new Worker("shared/python/worker.js", { type: "module" });
  worker.addEventListener("message", ({ data }) => {
    if (data.come) say(data.come < 0.97 * data.all ? `Python is loading: ${mb(data.come)} of ${mb(data.all)} MB` : "Python is starting");
    if (data.ready || data.failed) say("");
    if (data.failed) end();
  });
  worker.addEventListener("error", () => {
    say("");
    end();
  });
  return worker;
};

const ask = (form, answer) => new Promise((resolve) => {
  let patience;
  const said = (text) => resolve({ text: `${form.dataset.name}: ${text} The next check starts it anew.`, svg: "", printed: "" });
  const waitFor = (seconds, text) => {
    patience = setTimeout(() => {
      end();
      said(text);
    }, 1000 * seconds);
  };
  const broken = "Python could not be loaded: is there a connection?";
  const python = load(form);
  python.onmessage = ({ data }) => {
    clearTimeout(patience);
    if (data.come < 0.97 * data.all) waitFor(30, broken);
    if (data.verdict) resolve(data.verdict);
    if (data.failed) said(broken);
    if (data.seconds) {
      waitFor(data.seconds + 1.5, `nothing came for ${data.seconds} seconds, and it did not listen, so Python was ended.`);
    }
  };
  python.onerror = () => said(broken);
  python.postMessage([form.dataset.name, answer, form.dataset.variable]);
});

// An exercise: what was typed is kept, and so is what was solved.

const solved = () => {
  for (const place of document.querySelectorAll("[data-exercises]")) {
    const names = place.dataset.exercises.split(" ");
    place.textContent = `${names.filter((name) => kept(`solved ${name}`)).length} of ${names.length} solved`;
  }
  for (const form of forms) form.classList.toggle("solved", kept(`solved ${form.dataset.name}`) == "yes");
};

const check = async (form, answer) => {
  const output = form.querySelector("output"), field = form.querySelector("textarea, input");
  form.latest = answer; // if it comes while another is judged, this is the one that counts
  output.classList.add("old");
  if (form.hasAttribute("aria-busy")) return;
  form.setAttribute("aria-busy", "true");
  const { text, svg, right, printed } = await (queue = queue.then(() => ask(form, answer)));
  form.removeAttribute("aria-busy");
  if (form.latest != answer) return check(form, form.latest);
  if (right) kept(`solved ${form.dataset.name}`, "yes");
  output.className = [right && "right", field && field.value != answer && "old"].filter(Boolean).join(" ");
  const words = text.replace(/^\w+: (.)/, (_, first) => first.toUpperCase()); // its name stands in no text of the page
  output.textContent = [printed.replace(/^.*\r(?=.)/gm, "").trim(), words].filter(Boolean).join("\n");
  output.insertAdjacentHTML("beforeend", svg);
  solved();
};

for (const form of works ? forms : []) {
  const { name } = form.dataset, field = form.querySelector("textarea, input");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    check(form, field ? field.value : event.submitter.value);
  });
  form.querySelectorAll("[hidden]").forEach((part) => (part.hidden = false));
  if (!field) continue;
  const fit = () => (field.rows = field.value.split("\n").length + 1);
  field.value = kept(`typed ${name}`) ?? field.value;
  fit();
  field.addEventListener("input", () => {
    kept(`typed ${name}`, field.value);
    form.querySelector("output").classList.add("old");
    fit();
    load(form);
  });
  addEventListener("storage", ({ key, newValue }) => { // the same page in another tab: both hold what was typed last
    if (key != `typed ${name}` || newValue === null) return;
    field.value = newValue;
    fit();
  });
  form.querySelector("[type=reset]")?.addEventListener("click", (event) => {
    event.preventDefault();
    field.select();
    document.execCommand("insertText", false, field.defaultValue) || document.execCommand("delete"); // so that undo works
    form.querySelector("output").textContent = "";
  });
  field.addEventListener("keydown", (event) => {
    if (event.key != "Enter") return;
    event.preventDefault();
    if (event.ctrlKey || event.metaKey || field.tagName == "INPUT") return form.requestSubmit();
    const line = field.value.slice(0, field.selectionStart).split("\n").pop();
    const indent = line.match(/^ */)[0] + (line.trimEnd().endsWith(":") ? "    " : "");
    document.execCommand("insertText", false, `\n${indent}`); // so that undo works
  });
}
document.querySelectorAll(works ? ".works" : ".works-not").forEach((note) => (note.hidden = false));
if (works) {
  solved();
  addEventListener("storage", solved);
}

// A guess: the replies stand in the page, for each choice one, for numbers one up to each limit.

const number = (typed) => {
  const part = typed.trim().replace("−", "-").replace(",", ".").replace(/^[a-z] *= *| +[a-z]+$/gi, ""); // "x = 4 hours"
  const [, root, under, sign, top, bottom] = part.match(/^(?:(?:sqrt|√)\(?([\d.]+)(?: *\/ *([\d.]+))?\)?|([-+]?)([\d.]+(?:e[-+]?\d+)?)(?: *\/ *([\d.]+))?) *%?$/i) ?? [];
  return root ? Math.sqrt(root / (under ?? 1)) : `${sign}1` * top / (bottom ?? 1);
};

for (const form of document.querySelectorAll("form.guess")) {
  const replies = JSON.parse(form.dataset.replies), field = form.querySelector("input"), output = form.querySelector("output");
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const guess = field && number(field.value) * (field.value.includes("%") ? form.dataset.percent : 1);
    const [, reply] = replies.find(([limit]) => (field ? guess <= limit : limit == event.submitter.value)) ?? [, form.dataset.otherwise];
    output.textContent = reply;
    output.className = reply.startsWith("Right") ? "right" : "";
    form.querySelectorAll("button").forEach((one) => one.setAttribute("aria-pressed", one == event.submitter));
  });
}
