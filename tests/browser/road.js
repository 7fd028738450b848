// The main road through lesson 1, as a reader goes it, in whatever engine: returns what was seen on the way.
async () => {
  const until = async (condition) => {
    for (const end = Date.now() + 120_000; Date.now() < end; await new Promise((on) => setTimeout(on, 50))) {
      const found = condition();
      if (found) return found;
    }
    throw new Error(`in vain: ${condition}`);
  };
  const answer = async (name, typed) => {
    const form = document.querySelector(`form.exercise[data-name=${name}]`);
    const [field, output] = ["textarea, input", "output"].map((part) => form.querySelector(part));
    output.textContent = "";
    field.focus();
    field.value = typed;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    form.requestSubmit();
    await until(() => output.textContent && !form.hasAttribute("aria-busy"));
    return output.textContent;
  };

  const handle = await until(() => document.querySelector(".figure .noUi-handle")), slider = [];
  const seen = () => [...handle.closest(".figure").querySelectorAll("svg[role=img]")].find((svg) => svg.getClientRects().length);
  for (const [key, epoch] of [["Home", /epoch 0\b/], ["End", /epoch [1-9]/]]) {
    handle.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    slider.push(await until(() => epoch.test(seen()?.ariaLabel) && seen().ariaLabel));
  }

  const guess = document.querySelector("form.guess");
  guess.querySelector("button").click();
  return {
    slider,
    guess: guess.querySelector("output").textContent,
    number: await answer("slopes", "2, 4, 5, 1, 3"),
    right: await answer("hat", "def hat(x):\n    return 2 * relu(x - 1) - 3 * relu(x - 2) + relu(x - 4)"),
    wrong: await answer("hat", "def hat(s):\n    return relu(s)"),
    endless: await answer("hat", "def hat(s):\n    while True:\n        pass"),
    deaf: await answer("hat", "def hat(s):\n    while True:\n        try:\n            sum(range(10**12))\n        except:\n            pass"),
    after: await answer("slopes", "2, 4, 5, 3, 1"),
    drawn: (await answer("hat", "def hat(s):\n    return relu(s)")) && document.querySelector("[data-name=hat] output svg").ariaLabel,
    solved: document.querySelector(".contents [data-exercises]").textContent,
  };
}
