"""Pictures and epochs a second while the net in the page trains, how soon it answers, and how much memory it takes.

PYTHONPATH=tests python tests/tools/benchmarks/live.py [folder of the site, else one is built]
The slower CPU is Chromium's: it slows the page, not the worker in which Python runs.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from lab import CHROMIUM, free_port, process, wait_for
from playwright.sync_api import sync_playwright

BUILD = Path(__file__).resolve().parents[3] / ".site" / "build.py"
NETS = {"2-8-8-1": [8, 8], "2-6x8-1": [8] * 6}
SECONDS, PICTURES = 4, (100, 1_000, 10_000)  # up to about the thousandth the browser still compiles
HEAD = "| net | width | CPU | pictures a second | epochs a second |\n|---|--:|--:|--:|--:|"
EPOCH = "parseInt(document.querySelector('[data-show=epoch]').textContent)"
RATES = f"""async seconds => {{
    const next = () => new Promise(requestAnimationFrame), start = performance.now(), first = {EPOCH};
    let pictures = 0;
    while (performance.now() - start < 1000 * seconds) await next(), pictures++;
    const took = (performance.now() - start) / 1000;
    return [pictures / took, ({EPOCH} - first) / took];
}}"""
PRESS = """async () => {
    const start = performance.now(), before = document.querySelector('[data-show=epoch]').textContent;
    document.querySelector('[data-do=update]').click();
    while (document.querySelector('[data-show=epoch]').textContent == before) await new Promise(requestAnimationFrame);
    return performance.now() - start;
}"""


def begin(browser, home, sizes, width):
    """Open the page with a net that trains slowly enough to go on, and press play; return page and DevTools."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    functions = "-".join(["tanh"] * len(sizes))
    page.goto(f"{home}playground.html#layers={'-'.join(map(str, sizes))}&activations={functions}&rate=0.01")
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function(f"{EPOCH} > 20", timeout=120_000)
    return page, page.context.new_cdp_session(page)


def rates(browser, home):
    """Yield a line of a table for each net, width and speed of the CPU."""
    for name, sizes in NETS.items():
        for width in (1280, 390):
            page, devtools = begin(browser, home, sizes, width)
            for slower in (1, 4):
                devtools.send("Emulation.setCPUThrottlingRate", {"rate": slower})
                page.wait_for_timeout(500)
                pictures, epochs = page.evaluate(RATES, SECONDS)
                yield f"| {name} | {width} px | {slower} times slower | {pictures:.0f} | {epochs:.0f} |"
            page.close()


def answer(browser, home):
    """Return how many milliseconds it takes from a press to its picture, the middle of nine."""
    page, _ = begin(browser, home, [8, 8], 1280)
    page.get_by_role("button", name="Pause", exact=True).click()
    page.wait_for_timeout(500)
    times = sorted(page.evaluate(PRESS) for _ in range(9))
    page.close()
    return times[4]


def memory(browser, home):
    """Return the page's memory in MB, without what can be collected, after few pictures, more, and many."""
    page, devtools = begin(browser, home, [8, 8], 1280)
    seen = []
    for pictures in PICTURES:
        page.wait_for_function(f"{EPOCH} >= {pictures}", timeout=1_200_000, polling=500)
        page.get_by_role("button", name="Pause", exact=True).click()  # else new pictures come while it is measured
        page.wait_for_function("document.querySelector('.play').dataset.state == 'rest'")
        devtools.send("HeapProfiler.collectGarbage")
        seen.append(devtools.send("Runtime.getHeapUsage")["usedSize"] / 1e6)
        page.get_by_role("button", name="Play", exact=True).click()
    page.close()
    return seen


def measure(browser, folder):
    """Yield the lines of a table of pictures and epochs a second, then one on the answer and one on memory."""
    port, options = free_port(), {"stdout": subprocess.DEVNULL, "stderr": subprocess.STDOUT}
    with process("-m", "http.server", port, "--bind", "127.0.0.1", "--directory", folder, **options) as host:
        home = f"http://127.0.0.1:{port}/"
        wait_for(home, host)
        yield from rates(browser, home)
        held = ", ".join(f"{mb:.2f} MB after {n}" for n, mb in zip(PICTURES, memory(browser, home)))
        yield f"\nFrom a press to its picture {answer(browser, home):.0f} ms, once Python is loaded. "
        yield f"Memory of the page, by pictures: {held}."


def main(folder):
    """Build the site, unless it is there, and print what is measured."""
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        if not folder:
            folder = Path(temporary, "site")
            subprocess.run([sys.executable, BUILD, folder], check=True, stdout=subprocess.DEVNULL)
        chromium = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])))
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM)
        print(HEAD)
        for line in measure(browser, folder):
            print(line, flush=True)


if __name__ == "__main__":
    main(Path(*sys.argv[1:2]) if sys.argv[1:] else None)
