"""Use the web edition as a reader does: no kernel, no server but a static one, and no other address."""

import base64
import gzip
import os
import re

import pytest
from conftest import BESIDE, LESSONS, PAGES
from hands import WORDS, apart, check_controls, figures, go, photograph, violations
from test_notebooks import code

from lessons.guesses import PREDICTIONS, reply

BACKGROUND = "e => getComputedStyle(e).backgroundColor"
LETTERS = """f => {  // of every frame, as large as in the one that is seen; of a formula its largest
    const scale = f.querySelector('svg[aria-hidden]').getScreenCTM().a;
    const size = e => parseFloat(getComputedStyle(e).fontSize) * scale;
    return [...f.querySelectorAll('svg text')].filter(text => text.textContent.trim()).map(text => {
        const parts = [...text.querySelectorAll('tspan')];
        return [Math.max(...(parts.length ? parts : [text]).map(size)), text.textContent];
    });
}"""
SIDEWAYS = """() => [...document.querySelectorAll('body, body *')]
    .filter(e => e.clientWidth > 1 && e.scrollWidth > e.clientWidth + 1 && !e.closest('pre, textarea'))
    .filter(e => getComputedStyle(e).overflowX != 'visible')
    .map(e => e.className + ': ' + e.textContent.slice(0, 80))"""
PROSE = """() => {
    const main = document.querySelector('main').cloneNode(true);
    main.querySelectorAll('.cell, .katex, code, script').forEach(part => part.remove());
    return main.textContent;
}"""


def cells(web):
    """Return the code cells of a page's lesson."""
    return code(web.name) if web.name in LESSONS else []


def pictures(web):
    """Return the stored picture of each slider figure of a page's lesson."""
    data = [output.get("data", {}) for cell in cells(web) for output in cell.outputs]
    return [each["image/png"] for each in data if "image/png" in each]


def test_pages_and_what_they_share_are_light(site):
    for name in PAGES:
        assert (site / f"{name}.html").stat().st_size <= (2_500_000 if name.startswith("06") else 2_000_000), name
    files = [path for path in (site / "shared").rglob("*") if path.is_file()]
    python = [path for path in files if path.parent.name == "python"]
    assert sum(path.stat().st_size for path in files if path not in python) <= 8_000_000
    assert sum(len(gzip.compress(path.read_bytes())) for path in python) <= 9_000_000
    assert sorted(path.stem for path in site.glob("*.html")) == sorted([*PAGES, "playground"])


def test_every_figure_shows_what_its_stored_picture_shows(web):
    for figure, stored in zip(figures(web.page), pictures(web)):  # a piece that hides another does so only live
        assert apart(photograph(figure), base64.b64decode(stored)) < 7, figure.evaluate(WORDS)


def test_every_figure_is_alive(web):
    count = len(pictures(web)) + (web.name == "index")
    assert len(figures(web.page)) == web.page.locator(".figure").count() == count
    check_controls(web.page, most=3)


def test_start_page_opens_on_what_its_words_say(visit):
    page = visit("index").page
    words = page.locator("svg[role=img]").filter(visible=True).get_attribute("aria-label")
    assert "epoch 10" in words and "1 of 5 dead" in words and "100% of new" in words
    page.context.close()


def test_sliders_say_their_name_and_value(web):
    for figure in figures(web.page):
        for slider in figure.locator(".widget-slider").all():
            handle = slider.locator(".noUi-handle")
            for to in (0, "end"):
                go(handle, to)
                assert handle.get_attribute("aria-label") == slider.locator(".widget-label").inner_text() != ""
                assert handle.get_attribute("aria-valuetext") == slider.locator(".widget-readout").inner_text() != ""


def test_axe_finds_nothing(web):
    assert violations(web.page, "html") == []


def test_formulas_are_set(web):
    assert "$" not in web.page.evaluate(PROSE) and web.page.locator(".katex-error").count() == 0
    assert web.page.locator(".katex").count() >= 1 or web.name not in LESSONS


def test_code_can_be_copied(web):
    typed = r"guess-|.*-stub$|.*-check$"  # into forms
    plain = [cell for cell in cells(web) if not (re.match(typed, cell.id) or "jupyter" in cell.metadata)]
    for number, cell in enumerate(plain[:2]):
        block = web.page.locator(".cell > .highlight").nth(number)
        block.hover()
        block.get_by_role("button", name="Copy").click()
        assert web.page.evaluate("navigator.clipboard.readText()").strip() == cell.source.strip()


def test_folded_code_opens_with_a_click(web):
    folded = [cell for cell in cells(web) if "jupyter" in cell.metadata]
    for cell, block in zip(folded, web.page.locator("details.code").all(), strict=True):
        block.scroll_into_view_if_needed()
        assert block.locator("summary").text_content().strip() == (re.findall("^# *(.*)", cell.source) or ["Code"])[0]
        assert not block.locator("pre").is_visible()
        block.locator("summary").click()
        assert block.locator("pre").inner_text().strip() == cell.source.strip()


def test_what_makes_no_sense_on_a_page_is_gone(web):
    for words in ("not written yet", "run both cells", "How to use it", "guess = None", "place of the dots", "check("):
        assert web.page.get_by_text(words).count() == 0 or web.name in BESIDE, words


def test_each_guess_is_answered(web):
    guesses = "".join(cell.source for cell in cells(web) if cell.id.startswith("guess-"))
    asked = re.findall(r'predict\("(\w+)"', guesses)
    for form, name in zip(web.page.locator("form.guess").all(), asked, strict=True):
        prediction, output = PREDICTIONS[name], form.locator("output")
        assert output.text_content() == ""
        if isinstance(prediction["answer"], str):
            choices = form.locator("fieldset button")
            assert sorted(choices.all_text_contents()) == sorted(prediction["replies"])
            for choice in choices.all():
                choice.click()
                assert output.text_content() == reply(name, choice.text_content())
                assert choice.get_attribute("aria-pressed") == "true"
            continue
        within = prediction.get("within", 0)
        places = [float(place) for place in prediction["replies"]]
        shifts = (0, 0.9 * within, -0.9 * within, 1.5 * within, 2.9 * within, -3.1 * within, 1000, -1000)
        for guess in {round(place + shift, 6) for place in places for shift in shifts}:
            form.locator("input").fill(str(guess))
            form.get_by_role("button").click()
            assert output.text_content() == reply(name, guess), (name, guess)


def test_links_hold(web, site):
    anchors = {path.name: re.findall(r'\bid="([^"]+)"', path.read_text("utf-8")) for path in site.glob("*.html")}
    for target in web.page.locator("a").evaluate_all("all => all.map(a => a.getAttribute('href'))"):
        if not re.match("https?:", target):
            name, _, anchor = target.partition("#")
            name = name or f"{web.name}.html"
            assert name in anchors and (not anchor or anchor in anchors[name]), target


def test_lesson_can_be_run_elsewhere(web):
    links = web.page.get_by_role("link", name="Run it yourself", exact=True)
    if "GITHUB_REPOSITORY" not in os.environ:
        assert links.count() == 0  # whose repository it is, only GitHub says
    else:
        notebook = web.name if web.name in LESSONS else LESSONS[0]
        path = rf"https://mybinder.org/v2/gh/.*\?urlpath=lab/tree/notebooks/{notebook}.ipynb"
        assert re.fullmatch(path, links.get_attribute("href"))


def test_contents_list_every_section(web):
    if web.name != "index":
        sections = web.page.locator("main h2").all_text_contents()
        assert web.page.locator(".contents ol ol a").all_text_contents() == sections
        assert web.page.locator(".contents > nav > ol > li > a").count() == len(LESSONS + BESIDE)


def test_page_fits_a_phone_in_the_dark(web):
    web.page.set_viewport_size({"width": 390, "height": 800})
    web.page.emulate_media(color_scheme="dark")
    web.page.wait_for_timeout(300)
    try:
        assert web.page.evaluate("document.documentElement.scrollWidth") == 390
        assert all(box["width"] > 350 for box in (figure.bounding_box() for figure in figures(web.page)))
        assert max(map(int, re.findall(r"\d+", web.page.locator("body").evaluate(BACKGROUND)))) < 50
        assert set(web.page.locator(".figure").evaluate_all(f"all => all.map({BACKGROUND})")) <= {"rgb(255, 255, 255)"}
        assert violations(web.page, "html") == []
    finally:
        web.page.set_viewport_size({"width": 1280, "height": 1000})
        web.page.emulate_media(color_scheme="light")


def test_nothing_but_code_scrolls_sideways(web):
    try:
        for width in (360, 820, 1280):
            web.page.set_viewport_size({"width": width, "height": 740})
            web.page.wait_for_timeout(300)
            assert web.page.evaluate(SIDEWAYS) == []
            assert web.page.evaluate("document.documentElement.scrollWidth") == width
            small = [found for figure in figures(web.page) for found in figure.evaluate(LETTERS) if found[0] < 9]
            assert small == []
    finally:
        web.page.set_viewport_size({"width": 1280, "height": 1000})


def test_nothing_has_been_asked_of_anyone_else(web):
    assert web.complaints == []


def test_previous_and_next_lead_through_all_lessons(visit):
    page = visit("index", java_script_enabled=False).page
    page.locator("main .lessons a").first.click()
    for way, names in (("next", LESSONS), ("prev", LESSONS[::-1])):
        for name, following in zip(names, [*names[1:], None]):
            page.wait_for_url(f"**/{name}.html", wait_until="domcontentloaded")
            link = page.locator(f"footer [rel={way}]")
            link.click() if following else None
        assert link.count() == 0
    page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_without_scripts_there_is_a_picture_with_words(visit, name):
    page = visit(name, java_script_enabled=False).page
    alts = page.locator(".figure img").evaluate_all("all => all.map(i => i.naturalWidth > 300 && i.alt)")
    assert len(alts) == page.locator(".figure").count() and all(alts) and (alts or name in BESIDE)
    assert name == "index" or page.locator(".contents a").first.is_visible()
    page.context.close()
