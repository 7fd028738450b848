"""Measure slider figures in a real browser, training, and the web edition: make bench. Writes results.md beside this file.

From the key press, as the page sees it, to the new picture in the page, and to the frame that shows it;
once with the server on this machine, once as if it were 150 ms away, there and back.
"""

import argparse
import datetime
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path
from statistics import median, quantiles

import drag
import live
import nbformat
import solve
from contenders import COMMON, CONTENDERS
from lab import CHROMIUM, free_port, jupyterlab, process, wait_for
from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
BUILD = HERE.parents[2] / ".site" / "build.py"
FAR = 0.150  # seconds, there and back
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
PACKAGES = ["jupyterlab", "ipywidgets", "matplotlib", "ipympl", "plotly", "bqplot", "numpy", "scikit-learn", "torch"]
WATCH = """() => {
    const pixels = canvas => {  // read only when something has been drawn
        if (!canvas?.width) return undefined
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
        const numbers = new Int32Array(data.buffer)
        return numbers.reduce((sum, number) => Math.imul(sum, 31) + number | 0, 0)
    }
    const seen = () => PROBE.filter(panel => panel !== undefined)
    let old = [], began, tell
    const check = () => {
        if (began === undefined) return
        const now = performance.now(), panels = seen(), from = began
        if (!panels.length || panels.length < old.length || panels.some((panel, i) => panel === old[i])) return
        began = undefined
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => tell([now - from, performance.now() - from])
        requestAnimationFrame(() => port2.postMessage(null))  // comes once the frame is painted
    }
    const start = () => { began = performance.now() }
    const draw = CanvasRenderingContext2D.prototype.drawImage
    CanvasRenderingContext2D.prototype.drawImage = function (...words) { draw.apply(this, words); check() }
    addEventListener('keydown', start, true)
    document.addEventListener('load', check, true)
    const all = { subtree: true, childList: true, attributes: true, characterData: true }
    new MutationObserver(check).observe(document.body, all)
    window.arm = () => { old = seen(); window.told = new Promise(resolve => { tell = resolve }) }
    window.run = () => { arm(); start(); jupyterapp.commands.execute('notebook:run-cell-and-select-next') }
}"""


def write_notebooks(folder):
    """Write a notebook for each contender."""
    for i, (code, _) in enumerate(CONTENDERS.values()):
        cells = [nbformat.v4.new_code_cell(source.strip()) for source in (COMMON, code)]
        nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=KERNEL), folder / f"{i}.ipynb")


class Figure:
    """One contender's notebook in a page of its own: what came over the wire, and how long it took."""

    def __init__(self, browser, address, probe):
        self.received, self.page = 0, browser.new_page(viewport={"width": 1280, "height": 900})
        self.page.set_default_timeout(120_000)
        self.page.on("websocket", lambda socket: socket.on("framereceived", self._count))
        self.page.goto(address)
        self.page.wait_for_function("document.querySelector('#jp-main-statusbar')?.innerText.includes('| Idle')")
        self.page.evaluate("jupyterapp.commands.execute('notebook:run-cell-and-select-next')")
        self.page.wait_for_function("document.querySelector('.jp-InputArea-prompt').innerText == '[1]:'")
        self.page.wait_for_timeout(1000)
        self.page.evaluate(WATCH.replace("PROBE", probe))
        self.received = 0
        self.page.evaluate("run()")
        _, self.first = self.page.evaluate("told")
        self.page.wait_for_timeout(2000)
        self.first_bytes, self.received, self.times = self.received, 0, []

    def _count(self, frame):
        self.received += len(frame)

    def press(self, number):
        """Press the arrow key so often, after three times that do not count; note both times of each press."""
        self.page.bring_to_front()
        self.page.locator(".noUi-handle").focus()
        self.page.keyboard.press("Home")
        self.page.wait_for_timeout(1500)
        for i in range(-3, number):
            self.page.evaluate("arm()")
            before = self.received
            self.page.keyboard.press("ArrowRight")
            times = self.page.evaluate("told")
            self.page.wait_for_timeout(150)
            if i >= 0:
                self.times.append((*times, self.received - before))


def measure(browser, port, token, rounds, presses):
    """Return a Figure for each contender, each one's presses taken in turns."""
    figures = {}
    for i, (name, (_, probe)) in enumerate(CONTENDERS.items()):
        figures[name] = Figure(browser, f"http://127.0.0.1:{port}/doc/tree/{i}.ipynb?token={token}&reset", probe)
    names = list(figures)
    for turn in range(rounds):
        first = turn * len(names) // rounds
        for name in names[first:] + names[:first]:
            figures[name].press(presses)
    for figure in figures.values():
        figure.page.close()
    return figures


def shut_down(port, token):
    """End all kernels."""
    address = f"http://127.0.0.1:{port}/api/kernels{{}}?token={token}"
    with urllib.request.urlopen(address.format("")) as answer:
        kernels = json.load(answer)
    for kernel in kernels:
        urllib.request.urlopen(urllib.request.Request(address.format(f"/{kernel['id']}"), method="DELETE")).close()


def load(browser, url, times=5):
    """Return the seconds until a page's first slider can be used, and until all figures are there: medians of visits without a cache."""
    seconds = []
    for _ in range(times):
        page = browser.new_page()
        began = time.perf_counter()
        page.goto(url, wait_until="commit")
        page.locator(".noUi-handle[aria-label]").first.wait_for()
        first = time.perf_counter() - began
        page.wait_for_function("[...document.querySelectorAll('.figure')].every(f => f.querySelector('.widget-gridbox'))")
        seconds.append((first, time.perf_counter() - began))
        page.close()
    return map(median, zip(*seconds))


def web(browser, folder):
    """Build the web edition, visit its pages on a static host, and return a line of the table for each."""
    subprocess.run([sys.executable, BUILD, folder], check=True, stdout=subprocess.DEVNULL)
    port = free_port()
    with process("-m", "http.server", port, "--bind", "127.0.0.1", "--directory", folder, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT) as host:
        wait_for(f"http://127.0.0.1:{port}/", host)
        for path in sorted(path for path in folder.glob("*.html") if 'class="figure' in path.read_text("utf-8")):
            first, every = load(browser, f"http://127.0.0.1:{port}/{path.name}")
            yield f"| {path.stem} | {path.stat().st_size / 1e6:.2f} | {first:.2f} | {every:.2f} |"
    files = [file for file in (folder / "shared").rglob("*") if file.is_file() and file.parent.name != "python"]
    yield f"| what all pages share, without Python | {sum(file.stat().st_size for file in files) / 1e6:.2f} | | |"


def row(name, near, far):
    """Return one line of the table."""
    cells = [name]
    for figure in (near, far):
        ready, shown, _ = zip(*figure.times)
        cells += [f"{median(ready):.1f}", f"{quantiles(ready, n=20)[-1]:.1f}", f"{median(shown):.1f}"]
    kilobytes = median(size for *_, size in near.times) / 1000
    cells += [f"{near.first:.0f}", f"{far.first:.0f}", f"{near.first_bytes / 1000:.0f}", f"{kilobytes:.1f}"]
    return "| " + " | ".join(cells) + " |"


def report(near, far, training, pages, drags, solving, plays, loads):
    """Return everything as Markdown."""
    presses = len(next(iter(near.values())).times)
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return f"""# Measured on {datetime.date.today()}

Made by `make bench`, on {os.cpu_count()} cores, load {loads[0]:.1f} before and {loads[1]:.1f} after. Python {platform.python_version()}, {versions}, {loads[2]}.

## From key press to new picture

The same two panels, a sigmoid and its slope, with a slider of 100 positions, in JupyterLab. Milliseconds from the press of an arrow key, {presses} presses: until the new picture is in the page (median and 95th percentile), and until the frame that shows it has been painted (median). Then the same with a server {FAR * 1000:.0f} ms away, there and back. Then milliseconds from running the cell to the first picture, near and far, and what the server sent: kilobytes for the first picture, and for each press.

| way | near | p95 | painted | far | p95 | painted | first | first, far | kB | kB a press |
|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
{chr(10).join(row(name, near[name], far[name]) for name in CONTENDERS)}

## Training

{training}
## The web edition

Megabytes of each page, not packed, and the seconds until its first slider can be used and until all its figures are there: the median of 5 visits to a static host on this machine, each with an empty cache.

| page | MB | first slider | all figures |
|---|--:|--:|--:|
{chr(10).join(pages)}

Pictures a second while a slider is dragged, on a window {drag.WIDTH} pixels wide and a CPU {drag.SLOWER} times slower.

{chr(10).join(drags)}

Python in the page: the seconds from Check to the verdict with an empty cache and on a second visit, {solve.TIMES} times each, the milliseconds of later checks, what the page takes more of memory, and what is fetched.

{chr(10).join(solving)}

A net that trains in the page, one epoch and one picture after the other. The slower CPU is the page's: Chromium slows no worker, and Python runs in one.

{chr(10).join(plays)}
"""


def main():
    """Measure training first, then the figures, near and far, then the pages."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--presses", type=int, default=30, help="in each round")
    parser.add_argument("--out", type=Path, default=HERE / "results.md")
    wish = parser.parse_args()
    loads = [os.getloadavg()[0]]
    one = os.environ | {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}
    command = [sys.executable, HERE / "training.py"]
    training = subprocess.run(command, env=one, stdout=subprocess.PIPE, text=True, check=True).stdout
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        write_notebooks(folder)
        port, token = stack.enter_context(jupyterlab(folder, folder))
        far_port = free_port()
        stack.enter_context(process(HERE / "proxy.py", far_port, port, FAR))
        chromium = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])))
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM)
        near = measure(browser, port, token, wish.rounds, wish.presses)
        shut_down(port, token)
        far = measure(browser, far_port, token, wish.rounds, wish.presses)
        pages = list(web(browser, folder / "site"))
        drags = [drag.HEAD, *drag.measure(browser, folder / "site")]
        solving = [solve.HEAD, *solve.measure(playwright, folder / "site")]
        plays = [live.HEAD, *live.measure(browser, folder / "site")]
        loads += [os.getloadavg()[0], f"Chromium {browser.version}"]
        browser.close()
    wish.out.write_text(report(near, far, training, pages, drags, solving, plays, loads))
    print(wish.out.read_text())


if __name__ == "__main__":
    main()
