// Python in a worker: it loads, saying how far it is; then it judges answers by the lessons' own check, or trains a net.

import { loadPyodide } from "./pyodide.mjs";

const here = new URL(".", import.meta.url).href;
const python = start();
const failed = (error) => postMessage({ failed: String(error) });
python.then(() => postMessage({ ready: true }), failed);

const sources = {}, parts = {}; // each part is run when it is first asked for
const part = (name, result) => (parts[name] ??= run(name, result));

onmessage = async ({ data }) => {
  try {
    if (Array.isArray(data)) return postMessage({ verdict: JSON.parse((await part("judge", "judge"))(...data)) });
    const { buffer } = (await part("live", "from pyodide.ffi import to_js\nlambda asked: to_js(live(asked))"))(data.live);
    postMessage({ frame: buffer }, [buffer]);
  } catch (error) {
    failed(error);
  }
};

async function start() {
  const { bytes } = await (await fetch("about.json")).json();
  countDownloads(bytes);
  const python = await loadPyodide({ indexURL: here, packages: ["numpy"] });
  const lessons = await fetch("lessons.zip");
  python.unpackArchive(await lessons.arrayBuffer(), "zip");
  for (const name of ["judge", "live"]) sources[name] = await (await fetch(`${name}.py`)).text();
  limitTime(python);
  return python;
}

async function run(name, result) {
  return (await python).runPython(`${sources[name]}\n${result}`);
}

function countDownloads(all) {
  const real = self.fetch;
  let come = 0;
  self.fetch = async (...what) => {
    const answer = await real(...what).catch((error) => error);
    if (!answer.ok) {
      failed("a part of it cannot be fetched"); // Pyodide itself would wait for ever
      throw answer;
    }
    const reader = answer.body.getReader();
    const pull = async (on) => {
      const { done, value } = await reader.read().catch(failed) ?? {};
      if (!value) return done ? on.close() : on.error();
      come += value.length;
      postMessage({ come, all });
      on.enqueue(value);
    };
    return new Response(new ReadableStream({ pull }), answer);
  };
}

// Pyodide looks into a buffer now and then, where 2 is an interrupt. Another thread could set it only with headers
// that static hosts do not send; but a getter can look at the clock.
function limitTime(python) {
  let deadline = Infinity;
  const due = () => performance.now() > deadline && (deadline = performance.now() + 100); // again, if it was swallowed
  const clock = { get: () => (due() ? 2 : 0), set() {} };
  python.setInterruptBuffer(Object.defineProperty([], 0, clock));
  const limit = (seconds) => {
    deadline = seconds ? performance.now() + 1000 * seconds : Infinity;
    postMessage({ seconds });
  };
  python.registerJsModule("page", { limit });
}
