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

const load = (form) => {
  if (!worker) {
    worker = new Worker("shared/python/worker.js", { type: "module" });
    const say = (text) => (form.querySelector(".status").textContent = text);
    const mb = (bytes) => (bytes / 1e6).toFixed(1);
    const told = ({ data }) => {
      if (data.come) say(`Python is loading: ${mb(data.come)} of ${mb(data.all)} MB`);
      if (data.ready) say("");
    };
    worker.addEventListener("message", told);
    worker.addEventListener("error", () => say(""));
  }
  return worker;
};

const end = () => {
  worker.terminate();
  worker = null;
};

const ask = (form, answer) => new Promise((resolve) => {
  let patience;
  const said = (text) => resolve({ text: `${form.dataset.name}: ${text}`, svg: "", printed: "" });
  const python = load(form);
  python.onmessage = ({ data }) => {
    if (!("seconds" in data || "verdict" in data || "failed" in data)) return;
    clearTimeout(patience);
    if (data.verdict) resolve(data.verdict);
    if (data.seconds) {
      patience = setTimeout(() => {
        end();
        said(`nothing came for ${data.seconds} seconds, and it did not listen, so Python was ended. The next check starts it anew.`);
      }, 1000 * data.seconds + 1500);
    }
    if (data.failed) {
      end();
      said(`Python gave up (${data.failed.trim().split("\n").pop()}). The next check starts it anew.`);
    }
  };
  python.onerror = () => {
    end();
    said("Python could not be loaded. Are you connected? The next check tries again.");
  };
  python.postMessage([form.dataset.name, answer, form.dataset.variable ?? ""]);
});

// An exercise: what was typed is kept, and so is what was solved.

const solved = () => {
  for (const place of document.querySelectorAll("[data-exercises]")) {
    const names = place.dataset.exercises.split(" ");
    place.textContent = `${names.filter((name) => kept(`solved ${name}`)).length} of ${names.length} solved`;
  }
};

const check = async (form, answer) => {
  const output = form.querySelector("output");
  form.setAttribute("aria-busy", "true");
  const { text, svg, right, printed } = await (queue = queue.then(() => ask(form, answer)));
  form.removeAttribute("aria-busy");
  output.className = right ? "right" : "";
  output.textContent = [printed.replace(/^.*\r(?=.)/gm, "").trim(), text].filter(Boolean).join("\n");
  output.insertAdjacentHTML("beforeend", svg);
  if (right) kept(`solved ${form.dataset.name}`, "yes");
  solved();
};

for (const form of works ? forms : []) {
  const { name } = form.dataset, field = form.querySelector("textarea, input");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!form.hasAttribute("aria-busy")) check(form, field ? field.value : event.submitter.value);
  });
  form.querySelectorAll("[hidden]").forEach((part) => (part.hidden = false));
  if (!field) continue;
  const fit = () => (field.rows = field.value.split("\n").length + 1);
  field.value = kept(`typed ${name}`) ?? field.value;
  fit();
  field.addEventListener("input", () => {
    kept(`typed ${name}`, field.value);
    fit();
    load(form);
  });
  form.querySelector("[type=reset]")?.addEventListener("click", (event) => {
    event.preventDefault();
    field.value = field.defaultValue;
    field.dispatchEvent(new Event("input"));
    form.querySelector("output").textContent = "";
  });
  field.addEventListener("keydown", (event) => {
    if (event.key != "Enter" || field.tagName != "TEXTAREA") return;
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) return form.requestSubmit();
    const line = field.value.slice(0, field.selectionStart).split("\n").pop();
    const indent = line.match(/^ */)[0] + (line.trimEnd().endsWith(":") ? "    " : "");
    document.execCommand("insertText", false, `\n${indent}`); // so that undo works
  });
}
document.querySelectorAll(works ? ".works" : ".works-not").forEach((note) => (note.hidden = false));
if (works) solved();

// A guess: the replies stand in the page, for each choice one, for numbers one up to each limit.

const number = (typed) => {
  const part = typed.trim().replace("−", "-").replace(",", ".");
  const [, root, sign, top, bottom] = part.match(/^(?:sqrt\(?([\d.]+)\)?|([-+]?)([\d.]+(?:e[-+]?\d+)?)(?: *\/ *([\d.]+))?) *%?$/i) ?? [];
  return root ? Math.sqrt(root) : `${sign}1` * top / (bottom ?? 1);
};

for (const form of document.querySelectorAll("form.guess")) {
  const replies = JSON.parse(form.dataset.replies), field = form.querySelector("input"), output = form.querySelector("output");
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const guess = field && number(field.value) * (field.value.includes("%") ? form.dataset.percent : 1);
    const [, reply] = replies.find(([limit]) => (field ? guess <= limit : limit == event.submitter.value)) ?? [, form.dataset.otherwise];
    output.textContent = reply;
    form.querySelectorAll("button").forEach((one) => one.setAttribute("aria-pressed", one == event.submitter));
  });
}
