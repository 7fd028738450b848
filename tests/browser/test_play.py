"""Play with the net that trains in a page, as a reader does: by mouse, by keyboard, by address."""

import re
import sys

import numpy as np
import pytest
from conftest import NOTEBOOKS
from hands import violations

sys.path.append(str(NOTEBOOKS.parent / ".site"))
import live  # noqa: E402

STATE = "document.querySelector('.play').dataset.state"
EPOCH = "parseInt(document.querySelector('[data-show=epoch]').textContent)"
INK = """box => {  // how many pixels of the net's picture there are of a colour
    const net = document.querySelector('.net'), {width, height} = net;
    const {data} = net.getContext('2d').getImageData(0, 0, width, height);
    let count = 0;
    for (let i = 0; i < data.length; i += 4)
        count += data[i + 3] > 200 && [0, 1, 2].every(at => Math.abs(data[i + at] - box[at]) < 5);
    return count;
}"""
TRAIN = """([settings, steps]) => new Promise((resolve, reject) => {  // what the page asks for, asked in its place
    const worker = new Worker('shared/python/worker.js', {type: 'module'});
    const asked = [{make: settings}, ...steps.map(step => ({step}))];
    const next = () => worker.postMessage({live: JSON.stringify(asked.shift())});
    worker.onmessage = ({data: {frame, failed}}) => {
        if (failed) reject(failed);
        if (frame && asked.length) return next();
        if (!frame) return;
        const [length] = new Uint32Array(frame, 0, 1);
        worker.terminate();
        resolve(JSON.parse(new TextDecoder().decode(new Uint8Array(frame, 4, length))).weights.flat(2));
    };
    next();
})"""
WEIGHT = """[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    .reduce((sum, one) => sum + one.encodedBodySize, 0)"""
NAME = "e => e.ariaLabel || e.dataset.name || e.dataset.do || e.name || e.tagName"
CHOSEN = """[...document.querySelectorAll('.play .row select, .play [form]')]
    .map(e => ['radio', 'checkbox'].includes(e.type) ? e.checked : e.value)"""
HIDE = """on => {
    Object.defineProperty(document, 'hidden', {value: on, configurable: true});
    document.dispatchEvent(new Event('visibilitychange'));
}"""
SIX = "layers=8-8-8-8-8-8&activations=sigmoid-sigmoid-sigmoid-sigmoid-sigmoid-sigmoid&data=circles"
FIRST = "data=spiral&layers=8-8&activations=tanh-tanh&alpha=0.01&init=1&rate=0.1&batch=10&seed=0&speed=1"
FOUR = "data=circles&layers=6-6-6-6&init=400&activations="


@pytest.fixture(scope="module")
def opened(visit):
    """Open the page and have Python load, once for all tests."""
    web = visit("playground")
    web.page.set_default_timeout(30_000)
    begin(web.page)
    web.page.get_by_role("button", name="One update").click()
    web.page.wait_for_function("document.querySelector('[data-show=epoch]').textContent != '0'", timeout=90_000)
    yield web
    assert web.complaints == []  # nothing has been asked of anyone else
    web.page.context.close()


@pytest.fixture
def page(opened):
    """Return the page with Python loaded, its net as at the beginning."""
    to(opened.page, FIRST)
    opened.page.evaluate("localStorage.clear()")
    opened.page.keyboard.press("Escape")
    press(opened.page, "Start again")
    assert shown(opened.page, "epoch") == "0"
    return opened.page


def begin(page):
    page.wait_for_function(f"{STATE} == 'rest'")


def rest(page):
    page.wait_for_timeout(60)  # what was pressed is on its way
    begin(page)


def to(page, choices):
    page.evaluate("hash => { location.hash = hash }", choices)
    rest(page)


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def press(page, name):
    button(page, name).click()
    rest(page)


def play_until(page, until):
    button(page, "Play").click()
    page.wait_for_function(until)
    if button(page, "Pause").is_visible():
        button(page, "Pause").click()
    rest(page)


def enter(page, field, typed):
    field.fill(typed)
    field.press("Enter")
    rest(page)


def shown(page, name):
    """Return what is shown: epoch or cost."""
    return page.locator(f"[data-show={name}]").inner_text()


def words(page):
    return page.locator(".words").first.inner_text()


def test_before_play_there_is_a_net_and_no_python(visit):
    web = visit("playground")
    asked = []
    web.page.on("request", lambda request: asked.append(request.url))
    begin(web.page)
    web.page.wait_for_timeout(300)
    assert web.page.evaluate(INK, [179, 18, 63]) > 200 and "Not one update" in words(web.page)
    assert web.page.get_by_role("button", name=re.compile("^Layer . unit .|^Layer ., unit .$")).count() == 16
    assert not [url for url in asked if "python" in url] and web.complaints == []
    button(web.page, "Play").click()
    web.page.wait_for_function("document.querySelector('.words').textContent.includes(' MB')", timeout=30_000)
    web.page.wait_for_function(f"{EPOCH} > 3", timeout=90_000)
    assert any("live.py" in url for url in asked) and web.complaints == []
    web.page.context.close()


def test_play_pause_update_epoch_again(page):
    press(page, "One update")
    assert shown(page, "epoch") == "0 + 1/25"
    press(page, "One epoch")
    assert shown(page, "epoch") == "1"
    press(page, "One epoch")
    assert shown(page, "epoch") == "2"
    play_until(page, f"{EPOCH} > 5")
    now = shown(page, "epoch")
    page.wait_for_timeout(400)
    assert shown(page, "epoch") == now != "2"
    press(page, "Start again")
    assert shown(page, "epoch") == "0"


def test_everything_by_keyboard(page):
    button(page, "Play").focus()
    page.keyboard.press("Space")
    page.wait_for_function(f"{EPOCH} > 2")
    page.keyboard.press("Enter")
    rest(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    rest(page)
    assert "+ 1/25" in shown(page, "epoch")
    seen = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.add(page.evaluate(f"({NAME})(document.activeElement)"))
    wanted = {"epoch", "again", "speed", "The answer", "Hidden layers: one less", "Function of layer 2"}
    assert wanted | {"Units of layer 1: one less", "data", "init", "rate", "batch", "seed", "new", "SUMMARY"} <= seen
    page.get_by_role("button", name="The answer").focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowDown", "ArrowRight"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.ariaLabel") == "Layer 1, unit 3"
    assert page.locator(".look").is_visible() and "Layer 1, unit 3" in page.locator(".look").inner_text()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('.fields input')")
    page.keyboard.press("Escape")
    assert not page.locator(".fields input").first.is_visible()
    assert page.evaluate("document.activeElement.ariaLabel") == "Layer 1, unit 3"
    page.keyboard.press("Escape")
    assert not page.locator(".look").is_visible()


def test_each_choice_stands_in_the_address_and_comes_back(page, visit):
    page.get_by_label("moons").check()
    page.get_by_role("button", name="Hidden layers: one more").click()
    page.get_by_role("button", name="Units of layer 1: one less").click()
    page.get_by_label("Function of layer 2").select_option("leaky_relu")
    page.get_by_label("Alpha").fill("0.25")
    page.get_by_label("Initialization").select_option("default")
    page.get_by_label("Rate").select_option("0.03")
    page.get_by_label("Batch").select_option("25")
    page.get_by_label("Seed").fill("7")
    page.get_by_label("Each picture").select_option("4")
    assert page.locator(".answer .triangles").is_visible() and not page.locator(".answer .fresh").is_visible()
    page.get_by_text("Show the new points").click()
    rest(page)
    assert page.locator(".answer .fresh").is_visible()
    address = page.url.split("#")[1]
    parts = "data=moons layers=7-8-8 activations=tanh-leaky_relu-tanh alpha=0.25 init=default rate=0.03 batch=25"
    assert {*address.split("&")} == {*parts.split(), "seed=7", "speed=4", "new=1"}
    assert shown(page, "epoch") == "0" and page.locator(".unit:visible").count() == 26
    page.locator(".python summary").click()
    code = page.locator(".python pre").inner_text()
    assert 'activations=["tanh", leaky(0.25), "tanh"]' in code and 'init="default"' in code and "batch=25" in code
    page.locator(".python summary").click()
    again = visit("playground").page
    again.goto(again.url + "#" + address)
    again.reload()
    again.wait_for_function("document.querySelectorAll('.unit:not([hidden], [hidden] *)').length == 26")
    again.wait_for_function(f"{STATE} == 'rest'", timeout=90_000)
    assert again.evaluate(CHOSEN) == page.evaluate(CHOSEN)
    assert shown(again, "cost") == shown(page, "cost")
    again.context.close()


@pytest.mark.parametrize(
    "hash_",
    "layers=9 layers=8-8-8&seed=1 rate=7 colour=red seed=1.5 activations=softmax-tanh data=<b> alpha=x new=2 layers= "
    "length=3".split(),
)
def test_a_made_up_address_gets_a_sentence_and_changes_nothing(page, hash_):
    before = shown(page, "cost")
    to(page, hash_)
    assert words(page).startswith("This address asks for a net that cannot be: ")
    assert page.locator(".unit:visible").count() == 19 and shown(page, "cost") == before
    assert page.get_by_label("Seed").input_value() == "0"


def test_a_weight_can_be_typed_and_abc_is_none(page):
    page.get_by_role("button", name="Layer 2, unit 7").click()
    field = page.locator(".fields").get_by_label("unit 3")
    before, cost = field.input_value(), shown(page, "cost")
    for typed in ("abc", "", "1e9", "inf"):
        enter(page, field, typed)
        assert "is no weight" in words(page) and field.input_value() == before
        assert shown(page, "cost") == cost
    enter(page, field, "−2,5")
    assert field.get_attribute("title") == "-2.5" and shown(page, "cost") != cost
    bias = page.locator(".fields").get_by_label("bias")
    enter(page, bias, "1")
    assert bias.get_attribute("title") == "1"
    page.get_by_role("button", name="Close").click()
    assert not page.locator(".look").is_visible()


def test_a_bad_seed_gets_a_sentence(page):
    for typed in ("-1", "1.5", "", "100000"):
        page.get_by_label("Seed").fill(typed)
        page.get_by_label("Seed").press("Tab")
        assert "must be a whole number" in words(page) and page.get_by_label("Seed").input_value() == "0"
    assert shown(page, "epoch") == "0"


def test_units_and_edges_answer_to_the_pointer(page):
    page.get_by_role("button", name="Layer 1, unit 2").hover()
    assert "Layer 1, unit 2" in page.locator(".look").inner_text()
    page.mouse.move(5, 5)
    assert not page.locator(".look").is_visible()
    a, b = (page.get_by_role("button", name=name, exact=True).bounding_box() for name in ("Input 2", "Layer 1, unit 8"))
    x, y = ((one["x"] + one["width"] / 2, one["y"] + one["height"] / 2) for one in (a, b))
    middle = (x[0] + y[0]) / 2, (x[1] + y[1]) / 2
    blue = page.evaluate(INK, [31, 92, 176])
    page.mouse.move(*middle)
    page.wait_for_timeout(100)
    assert page.evaluate(INK, [31, 92, 176]) > blue + 50
    page.mouse.click(*middle)
    assert page.evaluate("document.activeElement.closest('label').textContent") == "input 2"
    assert "Layer 1, unit 8" in page.locator(".look").inner_text()
    page.keyboard.press("Escape")


@pytest.mark.parametrize(
    "choices, says",
    [
        (FOUR + "relu-relu-relu-relu", r"Layer \d is dead: each of its units"),
        (FOUR + "leaky_relu-leaky_relu-leaky_relu-leaky_relu", "In update 4 the numbers overflowed"),
        (SIX, r"The signal shrinks from 1/2\d in layer 6 to 1/.* in layer 1: it vanishes"),
        (FOUR.replace("400", "1") + "step-step-step-step", "exactly 0 .* units of that layer are alive"),
    ],
)
def test_who_does_not_learn_is_named(page, choices, says):
    to(page, choices)
    play_until(page, f"{EPOCH} > 30 || document.querySelector('.words').textContent.includes('overflowed')")
    assert re.search(says, words(page)), words(page)
    assert page.locator(".ears").inner_text() == words(page)
    if "dead" in says and "step" not in choices:
        assert re.search("6 of 6 dead", page.locator(".stage").inner_text())
        assert page.evaluate(INK, [0, 0, 0]) > 100  # crosses
    if "overflowed" in says:
        assert "no number" in page.locator(".stage").inner_text()
        assert shown(page, "cost") == "no number"


def test_a_challenge_is_won_and_remembered(page):
    to(page, SIX + "&init=16&speed=4")
    play_until(page, "document.querySelector('.words').textContent.includes('Challenge won')")
    assert page.evaluate("localStorage.getItem('solved six_sigmoids')") == "yes"
    assert page.locator(".challenges .won").get_attribute("data-name") == "six_sigmoids"
    assert page.evaluate("localStorage.length") == 1


def test_nothing_runs_while_the_tab_is_hidden(page):
    button(page, "Play").click()
    page.wait_for_function(f"{EPOCH} > 3")
    page.evaluate(HIDE, True)
    page.wait_for_timeout(300)
    now = shown(page, "epoch")
    page.wait_for_timeout(600)
    assert shown(page, "epoch") == now
    page.evaluate(HIDE, False)
    page.wait_for_function(f"{EPOCH} > {int(now.split()[0]) + 3}")
    press(page, "Pause")


def test_calm_is_respected(page):
    page.emulate_media(reduced_motion="reduce")
    try:
        button(page, "Play").click()
        page.wait_for_function(f"{EPOCH} > 0")
        seen = {page.wait_for_timeout(50) or shown(page, "epoch") for _ in range(20)}
        assert len(seen) <= 4
    finally:
        button(page, "Pause").click()
        page.emulate_media(reduced_motion="no-preference")
        rest(page)


def test_same_weights_as_without_a_browser(page):
    settings = live.START | {"layers": [8, 8], "activations": ["tanh", "relu"], "rate": 0.03}
    got = np.array(page.evaluate(TRAIN, [settings, [125, 2375]]))
    net = live.Live(**settings)
    net.step(125)
    net.step(2375)
    difference = np.abs(got[: net.net.params.size] - net.net.params).max()
    print(f"largest difference of a weight after 100 epochs: {difference:.2g}")
    assert net.update == 2500 and difference < 1e-9


@pytest.mark.parametrize(
    "width, scheme", [(1280, "light"), (390, "light"), (1024, "light"), (820, "dark"), (1280, "dark"), (360, "dark")]
)
def test_axe_finds_nothing_and_nothing_is_cut(page, width, scheme):
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    try:
        page.wait_for_timeout(200)
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert violations(page, "html") == []
        page.get_by_role("button", name="Layer 2, unit 7").click()
        assert violations(page, "html") == []
        page.keyboard.press("Escape")
        boxes = [unit.bounding_box() for unit in page.locator(".unit:visible").all()]
        beside = [told.bounding_box() for told in page.locator(".row:not(.answer) .told:visible").all()]
        told = min(box["x"] for box in beside if box)
        assert width < 500 or max(box["x"] + box["width"] for box in boxes) < told - 20
        assert all(box["x"] >= 0 and box["x"] + box["width"] <= width and box["width"] >= 24 for box in boxes)
    finally:
        page.set_viewport_size({"width": 1280, "height": 1000})
        page.emulate_media(color_scheme="light")


def test_without_python_the_picture_stands_and_says_why(visit):
    web = visit("playground")
    web.page.context.route("**/pyodide.asm.wasm", lambda route: route.abort())
    begin(web.page)
    button(web.page, "Play").click()
    lost = "document.querySelector('.words').textContent.startsWith('Python could not be loaded')"
    web.page.wait_for_function(lost, timeout=60_000)
    assert button(web.page, "Play").is_visible()
    assert web.page.evaluate(INK, [179, 18, 63]) > 200
    web.page.context.close()


def test_lesson_six_has_it_and_is_hardly_heavier(visit, site):
    web = visit("06-playground")
    begin(web.page)
    assert web.page.locator(".play .unit:visible").count() == 19
    there = sum(path.stat().st_size for path in (site / "shared").glob("playground.*"))
    text = (site / "06-playground.html").read_text("utf-8")
    part = re.search('<section[^>]*class="play".*?</section>', text, flags=re.S)
    mine = len(part[0].encode()) + there
    assert mine < 0.05 * (web.page.evaluate(WEIGHT) - mine)
    assert web.complaints == []
    web.page.context.close()


def test_a_new_rate_is_said_a_click_beside_closes_and_the_keyboard_keeps_its_place(page):
    page.get_by_label("Rate").select_option("3")
    rest(page)
    assert page.locator(".words").inner_text().startswith("The rate is another, so it begins anew.")
    button(page, "Layer 1, unit 3").click()
    assert page.locator(".look.pinned").is_visible()
    page.locator("h1, .words").first.click(position={"x": 5, "y": 5})
    assert not page.locator(".look").is_visible()
    fewer = page.get_by_role("button", name="Hidden layers: one less")
    fewer.focus()
    page.keyboard.press("Enter")
    rest(page)
    assert fewer.is_disabled() and page.evaluate("document.activeElement.ariaLabel") == "Hidden layers: one more"


def test_numbers_are_pale_until_the_chosen_net_is_there(visit):
    page = visit("playground").page
    page.route("**/worker.js", lambda route: route.abort())
    page.get_by_label("moons").check()
    assert page.evaluate("getComputedStyle(document.querySelector('.told')).opacity") == "0.2"
    page.context.close()
