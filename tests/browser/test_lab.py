"""Use every lesson in JupyterLab as a reader does, without the kernel once it has run."""

import re

from conftest import NUMBERS, run
from hands import apart, check_controls, controls, drag, drawn, figures, go, photograph, state, violations
from sight import contrast
from test_notebooks import load

OUTPUT = ".jp-OutputArea-output"
EXCEPTIONS = {  # (rule of axe, part of the element): why nothing can be done about it here
    ("aria-input-field-name", "noUi-handle"): "ipywidgets names no slider handle, nor lets anybody do it",
}
KERNEL_IS_GONE = "Could not send widget sync message"  # what ipywidgets says when a slider is moved then
STILL = "f => (({ left, right }) => [left, right])(f.querySelector('svg[aria-hidden]').getBoundingClientRect())"
WIDE = "outs => outs.filter(o => o.scrollWidth > o.clientWidth + 1).map(o => o.innerText.slice(0, 200))"
COLORS = "f => [...f.querySelectorAll('svg text')].map(t => getComputedStyle(t).fill)"


def test_unrun_lesson_shows_a_picture_for_each_slider_figure(lesson):
    assert len(lesson.pictures) == len(figures(lesson.page)) >= 2
    assert all(lesson.pictures)


def test_runs_to_the_end_without_a_complaint(lesson):
    cells = load(lesson.name).cells
    numbers = [cell.execution_count for cell in cells if cell.cell_type == "code"]
    assert lesson.page.evaluate(NUMBERS) == numbers
    meant = sum("raises-exception" in cell.metadata.get("tags", []) for cell in cells)
    assert lesson.page.locator(f"{OUTPUT}[data-mime-type$='jupyter.error']").count() == meant
    assert lesson.page.locator(f"{OUTPUT}[data-mime-type$='jupyter.stderr'], .jupyter-error").all_inner_texts() == []


def test_controls_work_by_keyboard_without_the_kernel(lesson):
    assert not lesson.alive
    check_controls(lesson.page)


def by_kind(page, is_menu):
    """Return (figure, control) for the sliders or the menus of a page."""
    return [(f, c) for f in figures(page) for c in controls(f) if state(c)[0] == is_menu]


def test_slider_follows_the_mouse(lesson):
    figure, slider = next(pair for pair in by_kind(lesson.page, is_menu=False) if state(pair[1])[2] > 2)
    last, shots = state(slider)[2] - 1, []
    photograph(figure)
    go(slider, (last + 1) // 2)
    lesson.page.wait_for_timeout(200)
    picture = drawn(figure)
    for share in (1, 0, 1):
        drag(slider, share)
        assert state(slider)[1] == share * last
        picture = drawn(figure, other_than=picture)
        lesson.page.mouse.move(0, 0)  # off the handle, which else may be lit
        lesson.page.wait_for_timeout(300)
        shots.append(photograph(figure))
    assert apart(shots[0], shots[2]) < apart(shots[0], shots[1]) / 3  # a page that scrolls shifts letters a little


def test_menu_opens_with_the_mouse(lesson):
    for figure, menu in by_kind(lesson.page, is_menu=True)[:1]:
        for other in controls(figure):
            go(other, "end")
        go(menu, 0)
        lesson.page.wait_for_timeout(200)
        before = drawn(figure)
        menu.click()
        for key in ("ArrowDown", "Enter"):  # the list itself is none of the page's
            lesson.page.keyboard.press(key)
        assert drawn(figure, other_than=before) and state(menu)[1] == 1


# Where it is looked at


def test_nothing_is_cut_off_at_820_pixels(lesson):
    lesson.page.set_viewport_size({"width": 820, "height": 1000})
    lesson.page.wait_for_timeout(500)
    try:
        wide = lesson.page.locator(OUTPUT).evaluate_all(WIDE)
        boxes = [figure.evaluate(STILL) for figure in figures(lesson.page)]
    finally:
        lesson.page.set_viewport_size({"width": 1280, "height": 1000})
    assert wide == []
    assert all(0 < left < right < 820 and right - left > 400 for left, right in boxes)


def test_figures_are_the_same_and_words_readable_on_the_dark_theme(lesson):
    light = [photograph(figure) for figure in figures(lesson.page)]
    run(lesson.page, "apputils:change-theme", theme="JupyterLab Dark")
    lesson.page.wait_for_function("document.body.dataset.jpThemeLight == 'false'")
    lesson.page.wait_for_timeout(1000)
    try:
        dark = [photograph(figure) for figure in figures(lesson.page)]
        assert all(apart(*shots) < 10 for shots in zip(dark, light, strict=True))  # a dark ground would be 200 apart
        assert violations(lesson.page, OUTPUT, EXCEPTIONS) == []
    finally:
        run(lesson.page, "apputils:change-theme", theme="JupyterLab Light")
    for figure in figures(lesson.page):
        for color in set(figure.evaluate(COLORS)):
            assert contrast("#" + "".join(f"{int(part):02x}" for part in re.findall(r"\d+", color))) >= 3, color


def test_axe_finds_nothing_of_ours(lesson):
    assert violations(lesson.page, OUTPUT, EXCEPTIONS) == []


def test_console_has_stayed_empty(lesson):
    assert [error for error in lesson.errors if not error.startswith(KERNEL_IS_GONE)] == []
