// Python in a worker: it loads, saying how far it is, and judges answers by the lessons' own check.

import { loadPyodide } from "./pyodide.mjs";

const here = new URL(".", import.meta.url).href;
const judge = start();
const failed = (error) => postMessage({ failed: String(error) });
judge.then(() => postMessage({ ready: true }), failed);

onmessage = ({ data }) => judge.then((judge) => postMessage({ verdict: JSON.parse(judge(...data)) })).catch(failed);

async function start() {
  const { bytes } = await (await fetch("about.json")).json();
  countDownloads(bytes);
  const python = await loadPyodide({ indexURL: here, packages: ["numpy"] });
  const lessons = await fetch("lessons.zip");
  python.unpackArchive(await lessons.arrayBuffer(), "zip");
  limitTime(python);
  return python.runPython(await (await fetch("judge.py")).text() + "\njudge");
}

function countDownloads(all) {
  const real = self.fetch;
  let come = 0;
  self.fetch = async (...what) => {
    const answer = await real(...what);
    const count = (part, on) => {
      come += part.length;
      postMessage({ come, all });
      on.enqueue(part);
    };
    return new Response(answer.body.pipeThrough(new TransformStream({ transform: count })), answer);
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
