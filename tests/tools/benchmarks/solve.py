"""Seconds and bytes until an exercise on a web page has its verdict, and megabytes of the page.

PYTHONPATH=tests python tests/tools/benchmarks/solve.py FOLDER, that of a site
"""

import gzip
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import psutil
from lab import CHROMIUM, free_port, process, wait_for
from playwright.sync_api import sync_playwright

TIMES = 5
FORM = "form.exercise[data-name=slopes]"
SOLVED = f"document.querySelector('{FORM} output').textContent"
AGAIN = f"""async times => {{  // milliseconds from Check to the verdict
    const form = document.querySelector('{FORM}'), output = form.querySelector('output'), all = [];
    for (let i = 0; i < times; i++) {{
        output.textContent = '';
        const start = performance.now();
        form.requestSubmit();
        while (!output.textContent || form.hasAttribute('aria-busy')) await new Promise(on => setTimeout(on, 0));
        all.push(performance.now() - start);
    }}
    return all;
}}"""
HEAD = "| what | first | median | largest |\n|---|--:|--:|--:|"


def solve(page, url):
    """Open a page, answer an exercise, and return the seconds from the first Check to its verdict."""
    page.goto(url)
    page.wait_for_timeout(1500)
    page.evaluate(f"document.querySelector('{FORM} input').value = '2, 4, 5, 1, 3'")  # no key, so that nothing loads before
    began = time.perf_counter()
    page.evaluate(f"document.querySelector('{FORM}').requestSubmit()")
    page.wait_for_function(SOLVED)
    return time.perf_counter() - began


def memory():
    """Return how many megabytes the browser's processes take that draw pages."""
    renderers = (child for child in psutil.Process().children(recursive=True) if "--type=renderer" in child.cmdline())
    return sum(child.memory_info().rss for child in renderers) / 1e6


def measure(playwright, folder):
    """Yield the lines of a table: cold, with an empty cache; warm, on a second visit; a later check; bytes and memory."""
    chromium = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])))
    port, options = free_port(), {"stdout": subprocess.DEVNULL, "stderr": subprocess.STDOUT}
    url, cold, warm, later, sizes = f"http://127.0.0.1:{port}/01-activation-functions.html", [], [], [], []
    with process("-m", "http.server", port, "--bind", "127.0.0.1", "--directory", folder, **options) as host:
        wait_for(f"http://127.0.0.1:{port}/", host)
        for _ in range(TIMES):
            with tempfile.TemporaryDirectory() as profile:
                how = {"executable_path": chromium, "args": CHROMIUM}
                context = playwright.chromium.launch_persistent_context(profile, **how)
                page = context.new_page()
                page.goto(url)
                page.wait_for_timeout(2000)
                before = memory()
                cold.append(solve(page, url))
                sizes.append(memory() - before)
                later += page.evaluate(AGAIN, 20)
                page.close()
                warm.append(solve(context.new_page(), url))
                context.close()
    for name, unit, values in (("cold", "s", cold), ("warm", "s", warm), ("a later check", "ms", later)):
        yield f"| {name}, {unit} | {values[0]:.2f} | {median(values):.2f} | {max(values):.2f} |"
    yield f"| memory that Python takes, MB | {sizes[0]:.0f} | {median(sizes):.0f} | {max(sizes):.0f} |"
    files = [path.read_bytes() for path in (folder / "shared" / "python").iterdir() if path.name != "NOTICE.txt"]
    packed = sum(len(gzip.compress(data)) for data in files)
    yield f"| to be fetched, MB: raw, packed | {sum(map(len, files)) / 1e6:.1f} | {packed / 1e6:.1f} | |"


if __name__ == "__main__":
    print(HEAD)
    with sync_playwright() as playwright:
        for line in measure(playwright, Path(sys.argv[1])):
            print(line, flush=True)
