"""Solve the exercises on the pages of the web edition, right and wrong; every other address is blocked."""

import re

import numpy as np
import pytest
from conftest import LESSONS
from hands import violations
from test_notebooks import code

from lessons import EXERCISES, practice

HAT = "def hat(x):\n    return 2 * relu(x - 1) - 3 * relu(x - 2) + relu(x - 4)"
ASK = "asked => ask({dataset: asked, querySelector: () => ({})}, asked.typed)"
ERRNO = {"(34, 'Numerical result out of range')": "(68, 'Result not representable')"}  # Linux's, and the browser's


def answers():
    """Yield every right and every known wrong answer as (exercise, answer, what to type, the name that it defines)."""
    for name, exercise in EXERCISES.items():
        table = f"__import__('lessons').EXERCISES[{name!r}]"
        if exercise.task:
            yield name, None, "attempt = None", "attempt"
        elif callable(exercise.right):
            yield name, exercise.right, f"answer = {table}.right", "answer"
            for hint, wrongs in exercise.wrong.items():
                for i, wrong in enumerate(wrongs):
                    yield name, wrong, f"answer = {table}.wrong[{hint!r}][{i}]", "answer"
        else:
            right = exercise.right if isinstance(exercise.right, list) else [exercise.right]
            for answer in [*right, *sum(exercise.wrong.values(), [])]:
                typed = ", ".join(map(str, np.ravel(answer)))
                yield name, typed, typed, ""


@pytest.fixture(scope="module")
def page(visit):
    """Return lesson 1 with its Python loaded."""
    web = visit(LESSONS[0])
    solve(web.page, "slopes", "2, 4, 5, 1, 3")
    yield web.page
    assert web.complaints == []
    web.page.context.close()


def form(page, name):
    """Return the form of an exercise."""
    return page.locator(f"form.exercise[data-name={name}]")


def said(page, name):
    """Return what is said in the end of an answer."""
    page.wait_for_function("!document.querySelector('[aria-busy]')", timeout=120_000)
    return form(page, name).locator("output").text_content()  # it may be out of sight


def solve(page, name, typed):
    """Type an answer, press Check, and return what is said of it."""
    form(page, name).locator("textarea, input").fill(typed)
    form(page, name).get_by_role("button", name="Check").click()
    return said(page, name)


def test_each_exercise_has_a_form(site):
    for lesson in LESSONS:
        html = (site / f"{lesson}.html").read_text(encoding="utf-8")
        forms = re.findall('class="exercise" data-name="(.*?)" data-variable="(.*?)"', html)
        asked = [found for cell in code(lesson) for found in re.findall(r'^check\("(\w+)", (\w+)\)', cell.source, re.M)]
        assert [name for name, _ in forms] == [name for name, _ in asked]
        typed = [variable for name, variable in asked if EXERCISES[name].task or callable(EXERCISES[name].right)]
        assert [variable for _, variable in forms if variable] == typed


def test_browser_judges_as_python_does(page):
    practice._last.clear()
    apart = []
    for name, answer, typed, variable in answers():
        here, svg = practice.verdict(name, answer)
        there = page.evaluate(ASK, {"name": name, "typed": typed, "variable": variable})
        if there["text"] != here or bool(there["svg"]) != bool(svg):
            apart.append((typed, here, there["text"]))
    assert apart == []


@pytest.mark.parametrize(
    "answer",
    [
        "def relu_slope(x):\n    return np.where(x > 0, x / x, 0.0)",
        "def leaky_slope(x, alpha=0.01):\n    return np.where(x > 0, np.asarray(x) / x, alpha)",
        "def my_sigmoid(x):\n    return np.where(x > 0, 1 / (1 + np.exp(-x)), 1 - 1 / (1 + np.exp(x)))",
        "def my_sigmoid(x):\n    return 1 / (1 + np.e ** -x)",
        "def my_sigmoid(x):\n    return 1 / (1 + np.power(np.e, -x))",
        "def my_sigmoid(x):\n    x = np.array(x, float)\n    return 1 / (1 + np.exp(-x))",
        "def my_sigmoid(x):\n    return 0.5 * (1 + np.sinh(x) / (1 + np.cosh(x)))",
    ],
)
def test_browser_praises_no_overflow(page, answer):
    variable = re.match(r"def (\w+)", answer)[1]
    name = {"my_sigmoid": "sigmoid", "leaky_slope": "leaky_slope", "relu_slope": "leaky_slope"}[variable]
    there = page.evaluate(ASK, {"name": name, "typed": answer, "variable": variable})
    names = {"np": np}
    exec(answer, names)
    here, _ = practice.verdict(name, names[variable])
    for number, other in ERRNO.items():
        here = here.replace(number, other)
    assert there["text"] == here and not there["right"] and "it says" in here


def test_typed_code_that_fails_gets_a_sentence(page):
    for typed, expected in {
        "def hat(s:": "Line 1: SyntaxError: '(' was never closed.",
        "x = 1\nx / 0": "Line 2: ZeroDivisionError: division by zero.",
        "x = 1": "The code has no hat. The check looks for a function of that name.",
        "def hat(s):\n    return rellu(s)": "For the input 1 it says \"NameError: name 'rellu' is not defined\".",
        "def hat(s):\n    return hat(s)": "For the input 1 it says 'RecursionError: maximum recursion depth",
        "def hat(s):\n    return ...": "Not written yet.",
        "": "Not written yet.",
        "raise SystemExit": "Line 1: SystemExit: .",
        "def hat(s):\n    print('seen', s)\n    return s": "seen 1.0\nseen 0.5\n",
    }.items():
        assert solve(page, "hat", typed).startswith(expected), typed


def test_what_does_not_end_is_ended(page):
    for typed in (
        "while True:\n    pass",
        "def hat(s):\n    while True:\n        try:\n            s = s\n        except Exception:\n            pass",
        "def hat(s):\n    much = []\n    while True:\n        much.append(much[-99:] + [0] * 9999)",
        "def hat(s):\n    return sum(range(10**12))",
    ):
        assert re.search("Nothing came for 3 seconds|MemoryError", solve(page, "hat", typed)), typed
        assert solve(page, "slopes", "2, 4, 5, 1, 3") == "Right."
    assert form(page, "hat").locator("textarea").input_value() == typed


def test_two_exercises_at_once(page):
    form(page, "slopes").locator("input").fill("2, 4, 5, 1, 3")
    form(page, "hat").locator("textarea").fill(HAT)
    for name in ("hat", "slopes"):
        form(page, name).get_by_role("button", name="Check").dispatch_event("click")
    assert said(page, "hat").startswith("Right") and said(page, "slopes") == "Right."


def test_a_run_of_play_is_judged(visit):
    page = visit(LESSONS[5]).page
    assert solve(page, "few_units", "attempt = play('spiral', layers=[9])").startswith("spiral 9 tanh")
    assert "This run is another task" in said(page, "few_units")
    page.context.close()


def test_choices_are_buttons(visit):
    page = visit(LESSONS[4]).page
    choices = form(page, "bends").get_by_role("button")
    assert choices.count() == 1 + len(EXERCISES["bends"].wrong)
    choices.get_by_text("Q", exact=True).click()
    assert said(page, "bends") == "Right."
    page.context.close()


def test_keyboard_alone_and_nothing_is_lost(visit):
    web = visit(LESSONS[0], viewport={"width": 360, "height": 740}, color_scheme="dark")
    page, keys, asked = web.page, web.page.keyboard, []
    page.on("request", lambda request: asked.append(request.url))
    editor = form(page, "hat").locator("textarea")
    form(page, "hat").locator("xpath=preceding-sibling::*//a | preceding-sibling::*").last.click()
    for _ in range(200):
        keys.press("Tab")
        if editor.evaluate("e => e == document.activeElement"):
            break
    assert not [url for url in asked if "python" in url]  # the Tab key loads nothing
    keys.press("Control+A")
    keys.type("def hat(s):\nreturn relu(s)")  # the editor indents
    assert editor.input_value() == "def hat(s):\n    return relu(s)"
    keys.press("Control+Enter")
    assert "That is one ReLU alone" in said(page, "hat").replace("that", "That")
    assert editor.evaluate("e => e == document.activeElement")
    for button in ("Check", "Start again"):
        keys.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == button
    assert page.evaluate("document.documentElement.scrollWidth") == 360 and violations(page, "html") == []
    page.reload()
    assert editor.input_value() == "def hat(s):\n    return relu(s)"
    assert solve(page, "hat", HAT).startswith("Right")
    page.goto(page.url.replace(LESSONS[0], LESSONS[1]))
    page.locator(".contents summary").click()
    counts = page.locator(".contents [data-exercises]").all_inner_texts()
    assert re.match(r"1 of \d+ solved", counts[0]) and all(count.startswith("0 of") for count in counts[1:])
    page.go_back()
    page.get_by_role("button", name="Start again").last.scroll_into_view_if_needed()
    form(page, "hat").get_by_role("button", name="Start again").click()
    assert editor.input_value() == "def hat(x):\n    return ..." and web.complaints == []
    page.context.close()


def test_guesses_by_number(visit):
    page = visit(LESSONS[2]).page
    guess = page.locator("form.guess:has(input)").first  # nudge_left
    right = dict.fromkeys(["0.0206", "0,0206", " sqrt(0.00042436) ", "√0.00042436", "2.06 %"], "Right")
    for typed, expected in {**right, "-4": "", "much": "Please guess a number."}.items():
        guess.locator("input").fill(typed)
        guess.get_by_role("button", name="Answer").click()
        assert guess.locator("output").inner_text().startswith(expected) and guess.locator("output").inner_text()
    page.context.close()


def test_from_disk_the_page_says_that_it_cannot_check(browser, site):
    context = browser.new_context()
    page = context.new_page()
    page.goto((site / f"{LESSONS[0]}.html").as_uri())
    assert page.locator(".works-not").is_visible() and not page.locator(".works").is_visible()
    assert not page.get_by_role("button", name="Check").first.is_visible()
    guess = page.locator("form.guess").first
    guess.get_by_role("button").first.click()
    assert guess.locator("output").inner_text()
    context.close()


def test_without_a_connection_it_says_so_and_the_next_check_tries_again(visit, home):
    page = visit(LESSONS[0]).page
    for broken in ("**/worker.js", "**/lessons.zip", "**/*.whl", "**/pyodide.asm.wasm"):
        page.context.route(broken, lambda route: route.abort())
        assert "Python could not be loaded" in solve(page, "slopes", "2, 4, 5, 1, 3")
        page.context.unroute(broken)
    assert solve(page, "slopes", "2, 4, 5, 1, 3") == "Right."
    page.context.close()


def test_the_latest_answer_counts_and_a_verdict_pales_when_its_answer_is_changed(page):
    form(page, "slopes").locator("input").fill("2, 4, 5, 3, 1")
    for typed in ("2, 4, 5, 3, 1", "2, 4, 5, 1, 3"):
        form(page, "slopes").locator("input").fill(typed)
        form(page, "slopes").get_by_role("button", name="Check").dispatch_event("click")
    assert said(page, "slopes") == "Right." and "solved" in form(page, "slopes").get_attribute("class")
    output = form(page, "slopes").locator("output")
    assert output.get_attribute("class") == "right"
    form(page, "slopes").locator("input").fill("2, 4, 5, 3, 1")
    assert output.get_attribute("class") == "right old"


def test_start_again_can_be_taken_back(page):
    editor = form(page, "hat").locator("textarea")
    editor.fill(HAT)
    form(page, "hat").get_by_role("button", name="Start again").click()
    assert editor.input_value() == "def hat(x):\n    return ..."
    page.keyboard.press("Control+z")
    assert editor.input_value() == HAT


def test_two_tabs_hold_what_was_typed_last(visit):
    web = visit(LESSONS[0])
    other = web.page.context.new_page()
    other.goto(web.page.url)
    form(web.page, "hat").locator("textarea").fill(HAT)
    other.wait_for_function("typed => document.querySelector('[data-name=hat] textarea').value == typed", arg=HAT)
    form(other, "hat").locator("textarea").press_sequentially("#")
    web.page.wait_for_function("() => document.querySelector('[data-name=hat] textarea').value.includes('#')")
    solve(other, "slopes", "2, 4, 5, 1, 3")
    assert said(other, "slopes").startswith("Right")
    web.page.wait_for_function("() => document.querySelector('[data-name=slopes]').classList.contains('solved')")
    web.page.context.close()
