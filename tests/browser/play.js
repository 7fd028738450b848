// Press play, pause, and look, in whatever engine: returns what was seen on the way.
async () => {
  const until = async (condition) => {
    for (const end = Date.now() + 120_000; Date.now() < end; await new Promise((on) => setTimeout(on, 50))) {
      const found = condition();
      if (found) return found;
    }
    throw new Error(`in vain: ${condition}`);
  };
  const root = document.querySelector(".play"), net = root.querySelector(".net");
  const epoch = () => parseInt(root.querySelector("[data-show=epoch]").textContent);
  const crimson = () => {
    const { data } = net.getContext("2d").getImageData(0, 0, net.width, net.height);
    let count = 0;
    for (let i = 0; i < data.length; i += 4) count += data[i] > 170 && data[i + 1] < 30 && data[i + 2] < 80;
    return count;
  };
  await until(() => root.dataset.state == "rest");
  const still = crimson();
  root.querySelector(".go").click();
  await until(() => epoch() > 40);
  root.querySelector(".go").click();
  await until(() => root.dataset.state == "rest");
  const paused = epoch();
  await new Promise((on) => setTimeout(on, 500));
  root.querySelector("[aria-label='Layer 1, unit 1']").click();
  const fields = root.querySelectorAll(".fields label:not([hidden])").length;
  return { still, drawn: crimson(), paused, later: epoch(), fields, words: root.querySelector(".words").textContent };
}
