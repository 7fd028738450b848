"""Pictures a second while sliders are dragged on the web pages: a phone's width, a CPU four times slower.

PYTHONPATH=tests python tests/tools/benchmarks/drag.py [folder of the site, else one is built]
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from lab import CHROMIUM, free_port, process, wait_for
from playwright.sync_api import sync_playwright

BUILD = Path(__file__).resolve().parents[3] / ".site" / "build.py"
SLOWER, WIDTH, SECONDS = 4, 390, 2
HEAD = "| page | slowest slider | middle | quickest |\n|---|--:|--:|--:|"
DRAG = """async (handle, seconds) => {  // one move of the pointer before each picture, there and back
    const track = handle.closest('.noUi-base').getBoundingClientRect(), { top, height } = handle.getBoundingClientRect();
    const tell = (target, type, x) => target.dispatchEvent(new MouseEvent(type, {
        bubbles: true, cancelable: true, buttons: type == 'mouseup' ? 0 : 1, clientX: x, clientY: top + height / 2 }));
    const next = () => new Promise(requestAnimationFrame);
    tell(handle, 'mousedown', handle.getBoundingClientRect().left + height / 2);
    const start = await next(), seen = new Set();
    let now = start, pictures = 0;
    while (now - start < 1000 * seconds) {
        const way = (now - start) / 1000 % 2, share = way < 1 ? way : 2 - way;  // from end to end in a second
        tell(document.documentElement, 'mousemove', track.left + share * track.width);
        now = await next();
        pictures++;
        seen.add(handle.ariaValueText);
    }
    tell(document.documentElement, 'mouseup', track.left);
    return [1000 * pictures / (now - start), seen.size];
}"""


def drag(page):
    """Return pictures a second for each slider of a page, with what it is called; fail if one does not move."""
    for handle in page.locator(".noUi-handle").all():
        handle.scroll_into_view_if_needed()
        page.wait_for_timeout(200)
        rate, seen = handle.evaluate(DRAG, SECONDS)
        assert seen > 1, handle.get_attribute("aria-label")
        yield rate, handle.get_attribute("aria-label")


def measure(browser, folder):
    """Return a line of a table for each page with sliders: its slowest, middle and quickest slider."""
    port, options = free_port(), {"stdout": subprocess.DEVNULL, "stderr": subprocess.STDOUT}
    with process("-m", "http.server", port, "--bind", "127.0.0.1", "--directory", folder, **options) as host:
        wait_for(f"http://127.0.0.1:{port}/", host)
        for path in sorted(folder.glob("*.html")):
            page = browser.new_page(viewport={"width": WIDTH, "height": 800})
            page.goto(f"http://127.0.0.1:{port}/{path.name}")
            page.wait_for_timeout(3000)
            devtools = page.context.new_cdp_session(page)
            devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            if rates := sorted(drag(page)):
                (low, slowest), (high, _) = rates[0], rates[-1]
                yield f"| {path.stem} | {low:.0f} ({slowest}) | {median(rate for rate, _ in rates):.0f} | {high:.0f} |"
            page.close()


def main(folder):
    """Build the site, unless it is there, and print the table."""
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
    main(Path(sys.argv[1]) if sys.argv[1:] else None)
