"""Go the main road through a page, and play with a net, in Chromium, Firefox, and WebKit, which is Safari's."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import need

HERE = Path(__file__).resolve().parent
KEPT = "document.querySelector('[data-name=hat] textarea')?.value"


def chromium(name, road, visit, **_):
    """Go it in Chromium."""
    page = visit(name).page
    seen = page.evaluate(f"({road.read_text(encoding='utf-8')})()")
    page.reload()
    return seen | {"kept": page.evaluate(KEPT)}


def firefox(name, road, home, tmp_path, **_):
    """Go it in Firefox, which Playwright cannot drive where it is not Playwright's own."""
    path = need("Firefox", "firefox-esr", "firefox")
    need("npm", "npm")
    shutil.copy(HERE / "firefox.mjs", tmp_path)
    npm = ["npm", "install", "--silent", "--no-save", "--no-audit", "puppeteer-core@24"]
    subprocess.run(npm, cwd=tmp_path, check=True, capture_output=True)
    command = ["node", "firefox.mjs", f"{home}{name}.html", road]
    done = subprocess.run(command, cwd=tmp_path, env=os.environ | {"FIREFOX": path}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def webkit(name, road, home, monkeypatch, **_):
    """Go it in WebKit, by way of WebKitGTK, on a screen that nobody sees."""
    from selenium import webdriver
    from selenium.webdriver.support.wait import WebDriverWait

    driver, screen = need("webkit2gtk-driver", "WebKitWebDriver"), need("Xvfb", "Xvfb")
    [browser] = Path("/usr/lib").glob("*/webkit2gtk-4.1/MiniBrowser")
    monkeypatch.setenv("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1")  # in a container its sandbox cannot start
    options = webdriver.WebKitGTKOptions()
    options.binary_location = str(browser)
    options.add_argument("--automation")
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
    with subprocess.Popen([screen, "-displayfd", "1"], **pipes) as shown:  # a number of its own, told when it is there
        try:
            monkeypatch.setenv("DISPLAY", f":{shown.stdout.readline().strip()}")
            web = webdriver.WebKitGTK(options=options, service=webdriver.WebKitGTKService(executable_path=driver))
            web.get(f"{home}{name}.html")
            done = "seen => { window.seen = seen }, error => { window.seen = {failed: String(error)} }"
            web.execute_script(f"({road.read_text(encoding='utf-8')})().then({done})")
            seen = WebDriverWait(web, 300).until(lambda web: web.execute_script("return window.seen"))
            web.refresh()
            seen["kept"] = web.execute_script(f"return {KEPT}")
            web.quit()
            return seen
        finally:
            shown.terminate()


@pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning")  # selenium's own, of itself
@pytest.mark.parametrize("engine", [chromium, firefox, webkit])
def test_main_road(engine, visit, home, tmp_path, monkeypatch):
    reader = {"visit": visit, "home": home, "tmp_path": tmp_path, "monkeypatch": monkeypatch}
    seen = engine("01-activation-functions", HERE / "road.js", **reader)
    assert "epoch 0" in seen["slider"][0] and seen["slider"][0] != seen["slider"][1]
    assert seen["guess"] and seen["number"] == "Right."
    assert seen["right"].startswith("Right, for all")
    assert seen["wrong"].startswith("For the input 1 you get 1 and should get 0. It climbs and never turns")
    assert seen["endless"].startswith("Nothing came for 3 seconds, so it was stopped.")
    assert seen["deaf"].startswith("Nothing came for 3 seconds, and it did not listen, so Python was ended.")
    assert seen["after"].startswith("Not yet.") and seen["drawn"].startswith("Your curve")
    assert seen["solved"].startswith("2 of") and seen["kept"] == "def hat(s):\n    return relu(s)"


@pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning")  # as above
@pytest.mark.parametrize("engine", [chromium, firefox, webkit])
def test_a_net_plays_pauses_and_is_drawn(engine, visit, home, tmp_path, monkeypatch):
    reader = {"visit": visit, "home": home, "tmp_path": tmp_path, "monkeypatch": monkeypatch}
    seen = engine("playground", HERE / "play.js", **reader)
    assert seen["still"] > 200 and seen["drawn"] > 200
    assert seen["later"] == seen["paused"] > 40 and seen["fields"] == 3
    assert "right" in seen["words"]
