"""A browser, and JupyterLab with every lesson run and its kernel shut down, for all browser tests together."""

import json
import os
import shutil
import subprocess
import sys
import urllib.request
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import SimpleNamespace

import pytest
from filelock import FileLock
from lab import CHROMIUM, jupyterlab
from playwright.sync_api import sync_playwright

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
LESSONS = sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb"))
BESIDE = sorted(path.stem for path in NOTEBOOKS.glob("*.md"))
PAGES = ["index", *LESSONS, *BESIDE]
CELLS = "jupyterapp.shell.currentWidget.content.widgets.map(cell => cell.model).filter(cell => cell.type == 'code')"
NUMBERS = f"{CELLS}.filter(cell => cell.sharedModel.getSource()).map(cell => cell.executionCount)"
RUN = f"""{NUMBERS}.every(number => number)
    || document.querySelector("[data-mime-type='application/vnd.jupyter.error']")"""
IDLE = "document.querySelector('#jp-main-statusbar')?.innerText.includes('| Idle')"
SEEN = "all => all.map(i => i.naturalWidth > 400 && i.checkVisibility())"
ALIVE = "document.querySelectorAll('.figure').length == document.querySelectorAll('.figure .widget-subarea > *').length"


def need(program, *commands):
    """Return the path of a program, installed under one of these names; else skip, or fail where it is required."""
    for command in commands:
        if path := shutil.which(command):
            return path
    message = f"browser tests need {program}: apt-get install {commands[0]}, or its like"
    pytest.fail(message) if os.environ.get("BROWSER_TESTS") == "required" else pytest.skip(message)


@pytest.fixture(scope="package")
def browser():
    """Return a headless Chromium."""
    path = need("Chromium", "chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=CHROMIUM)


@pytest.fixture(scope="package")
def lab(browser, tmp_path_factory):
    """Return a function that tells an address of JupyterLab, started on a copy of the lessons."""
    folder = tmp_path_factory.mktemp("lab")
    shutil.copytree(NOTEBOOKS, folder / "notebooks", ignore=shutil.ignore_patterns(".*"))
    with jupyterlab(folder / "notebooks", folder) as (port, token):
        yield lambda path, parameters="": f"http://127.0.0.1:{port}/{path}?token={token}{parameters}"


@pytest.fixture(scope="package")
def begin(browser, lab):
    """Return a function that opens a lesson and has its cells run, once for each lesson; it does not wait for them."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(60_000)

    @cache
    def open_and_run(name):
        page, errors = context.new_page(), []
        listen(page, errors)
        page.goto(lab(f"doc/tree/{name}.ipynb", "&reset"))
        page.wait_for_function(IDLE, polling=300)
        pictures = page.locator(".jp-OutputArea-output img").evaluate_all(SEEN)
        run(page, "notebook:run-all-cells")
        return SimpleNamespace(name=name, page=page, errors=errors, pictures=pictures)

    return open_and_run


def run(page, command, **options):
    """Have JupyterLab carry out a command, as one of its menus would; not awaited, since that wait has no limit."""
    page.evaluate("([command, options]) => { jupyterapp.commands.execute(command, options) }", [command, options])


def listen(page, complaints):
    """Keep what a page complains of: errors in its console or its scripts, and what it does not find."""
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))


def is_running(name, lab):
    """Return whether a lesson has a kernel."""
    with urllib.request.urlopen(lab("api/sessions"), timeout=30) as answer:
        return any(session["path"] == f"{name}.ipynb" for session in json.load(answer))


@pytest.fixture(scope="package", params=LESSONS)
def lesson(request, begin, lab):
    """Return a lesson that has been run and whose kernel has been shut down, with what was seen on the way."""
    lesson = begin(request.param)
    lesson.page.bring_to_front()
    lesson.page.wait_for_function(RUN, timeout=180_000, polling=300)  # each frame is the kernel's time
    there = f"document.querySelectorAll('.widget-gridbox').length >= {len(lesson.pictures)}"
    lesson.page.wait_for_function(there, polling=300)
    assert is_running(lesson.name, lab)
    run(lesson.page, "kernelmenu:shutdown")
    for _ in range(100):
        lesson.alive = is_running(lesson.name, lab)
        if not lesson.alive:
            break
        lesson.page.wait_for_timeout(300)
    for following in LESSONS[LESSONS.index(lesson.name) + 1 :][:1]:
        begin(following)  # it runs while this one is tested
    lesson.page.bring_to_front()
    yield lesson
    lesson.page.close()


@pytest.fixture(scope="package")
def site(tmp_path_factory):
    """Build the web edition, once for all processes of this run; return its folder."""
    need("npm", "npm")
    shared = tmp_path_factory.getbasetemp()
    folder = (shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared) / "web" / "site"
    with FileLock(folder.parent.with_suffix(".lock")):
        if not folder.exists():
            command = [sys.executable, NOTEBOOKS.parent / ".site" / "build.py", folder]
            build = subprocess.run(command, capture_output=True, text=True)
            assert build.returncode == 0, build.stderr
    return folder


@pytest.fixture(scope="package")
def home(site):
    """Return the address of the site, on a static host."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=site.parent)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/site/"
        server.shutdown()


@pytest.fixture(scope="package")
def visit(browser, home):
    """Return a function that opens a page of the site with every other address blocked."""

    def open_page(name, **look):
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 1000}} | look)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page, complaints = context.new_page(), []
        listen(page, complaints)

        def refuse(route):
            complaints.append(route.request.url)
            route.abort()

        context.route(lambda url: not url.startswith((home, "blob:")), refuse)  # of the worker, too
        page.goto(f"{home}{name}.html")
        return SimpleNamespace(name=name, page=page, complaints=complaints)

    return open_page


@pytest.fixture(scope="package", params=PAGES)
def web(request, visit):
    """Open a page of the site, and wait until all its figures are there."""
    web = visit(request.param)
    web.page.wait_for_function(ALIVE)
    yield web
    web.page.context.close()


class Quiet(SimpleHTTPRequestHandler):
    """A static host that keeps no log."""

    def log_message(self, *args):
        """Say nothing."""
