"""Use every lesson in JupyterLab as a reader does, without the kernel once it has run."""

import re

import numpy as np
from conftest import LESSONS
from hands import FRAME, check_controls, controls, drag, drawn, figures, go, photograph, state, violations
from scipy.special import expit
from sight import contrast
from test_notebooks import load

from lessons import play

OUTPUT = ".jp-OutputArea-output"
EXCEPTIONS = {  # (rule of axe, part of the element): why nothing can be done about it here
    ("aria-input-field-name", "noUi-handle"): "ipywidgets names no slider handle, and lets nobody else do it without JavaScript",
}
KERNEL_IS_GONE = "Could not send widget sync message"  # what ipywidgets says when a slider is moved then
STILL = "f => { const still = f.querySelector('svg[aria-hidden]').getBoundingClientRect(); return [still.left, still.right, innerWidth]; }"
CLIP_AND_PATH = f"""(f, n) => {{
    const svg = ({FRAME})(f), clip = svg.querySelector('clipPath rect');
    return [...['x', 'y', 'width', 'height'].map(key => Number(clip.getAttribute(key))), svg.querySelectorAll('path[clip-path]')[n].getAttribute('d')];
}}"""
COLORS = "f => [...f.querySelectorAll('svg text')].map(t => getComputedStyle(t).fill)"


def run(page, command, **options):
    """Have JupyterLab carry out a command, as one of its menus would."""
    page.evaluate("([command, options]) => { jupyterapp.commands.execute(command, options) }", [command, options])


def test_unrun_lesson_shows_a_picture_for_each_slider_figure(lesson):
    assert len(lesson.pictures) == len(figures(lesson.page)) >= 2
    assert all(lesson.pictures)


def test_runs_to_the_end_without_a_complaint(lesson):
    cells = load(lesson.name).cells
    numbers = [f"[{cell.execution_count}]:" for cell in cells if cell.cell_type == "code"]
    assert lesson.page.locator(".jp-CodeCell .jp-InputArea-prompt").all_inner_texts() == numbers
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
    figure, slider = by_kind(lesson.page, is_menu=False)[0]
    last, shots = state(slider)[2] - 1, []
    photograph(figure)
    go(slider, (last + 1) // 2)
    lesson.page.wait_for_timeout(200)
    picture = drawn(figure)
    for share in (1, 0, 1):
        drag(slider, share)
        assert state(slider)[1] == share * last
        picture = drawn(figure, other_than=picture)
        shots.append(photograph(figure))
    assert shots[0] == shots[2] != shots[1]


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


# What is drawn: lesson -> figure, path, limits of x and y, positions, and how far a point is off what is worked out anew


def off_slow_neuron(start):
    """Follow Nielsen's saturated neuron."""
    w = b = start
    outputs = []
    for _ in range(301):
        outputs.append(a := expit(w + b))
        w, b = w - 0.15 * a * a * (1 - a), b - 0.15 * a * a * (1 - a)
    return lambda x, y: y - np.interp(x, np.arange(301), outputs)


def off_hinges(n):
    """Break a line n times over the sine."""
    corners = np.linspace(0, 2 * np.pi, n + 1)
    return lambda x, y: y - np.interp(x, corners, np.sin(corners))


def off_kinks(epoch):
    """Train the net again; its units turn where they sum to 0."""
    W, b = play("spiral", layers=[8, 8], activations="relu", init=2, rate=0.1).nets[epoch].layers[0]
    return lambda x, y: np.min(abs(np.stack([x, y], axis=-1) @ W + b) / np.linalg.norm(W, axis=0), axis=-1)


CURVES = {
    "01-activation-functions": (0, 0, (-6, 6), (-1.2, 3), [(0, 8), (12, 4), (16, 16)], lambda w, b: lambda x, y: y - expit((w - 8) / 2 * x + (b - 8) / 2)),
    "02-sigmoid": (1, 2, (-10, 10), (-0.05, 1.35), [(20,), (40,), (50,)], lambda i: lambda x, y: y - tangent(i / 4 - 10, x)),
    "03-vanishing-gradients": (0, 0, (0, 300), (0, 1.05), [(0,), (20,), (40,)], lambda i: off_slow_neuron(i / 10)),
    "04-relu": (1, 0, (0, 2 * np.pi), (-1.2, 1.4), [(0,), (2,), (14,)], lambda i: off_hinges(i + 2)),
    "05-leaky-relu": (0, 0, (-4, 4), (-4, 4.4), [(0,), (22,), (40,)], lambda i: lambda x, y: y - np.where(x > 0, x, (i / 20 - 1) * x)),
    "06-playground": (3, 0, (-3.5, 3.5), (-3.5, 3.5), [(2, 0), (2, 5), (2, 20)], lambda _, i: off_kinks(10 * i)),
}


def tangent(at, x):
    """Return the line that touches the sigmoid."""
    return expit(at) + expit(at) * expit(-at) * (x - at)


def test_curve_is_the_right_one(lesson):
    number, path, (x0, x1), (y0, y1), stops, off = CURVES[lesson.name]
    figure = figures(lesson.page)[number]
    for stop in stops:
        for control, to in zip(controls(figure), stop, strict=True):
            go(control, to)
        lesson.page.wait_for_timeout(200)
        left, top, width, height, d = figure.evaluate(CLIP_AND_PATH, path)
        x, y = np.array(re.findall(r"[ML] (\S+) (\S+)", d), float).T
        x, y = x0 + (x - left) / width * (x1 - x0), y1 - (y - top) / height * (y1 - y0)
        assert len(x) >= 2 and np.ptp(x) > 0.1 * (x1 - x0)
        np.testing.assert_allclose(off(*stop)(x, y), 0, atol=0.002 * (y1 - y0), err_msg=str(stop))


# Where it is looked at


def test_nothing_is_cut_off_at_820_pixels(lesson):
    lesson.page.set_viewport_size({"width": 820, "height": 1000})
    lesson.page.wait_for_timeout(500)
    try:
        wide = lesson.page.locator(OUTPUT).evaluate_all("outs => outs.filter(o => o.scrollWidth > o.clientWidth + 1).map(o => o.innerText.slice(0, 200))")
        boxes = [figure.evaluate(STILL) for figure in figures(lesson.page)]
    finally:
        lesson.page.set_viewport_size({"width": 1280, "height": 1000})
    assert wide == []
    assert all(0 < left < right < window and right - left > 400 for left, right, window in boxes)


def test_figures_are_the_same_and_words_readable_on_the_dark_theme(lesson):
    light = [photograph(figure) for figure in figures(lesson.page)]
    run(lesson.page, "apputils:change-theme", theme="JupyterLab Dark")
    lesson.page.wait_for_function("document.body.dataset.jpThemeLight == 'false'")
    lesson.page.wait_for_timeout(1000)
    try:
        assert [photograph(figure) for figure in figures(lesson.page)] == light
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


def test_every_lesson_has_a_curve():
    assert list(CURVES) == LESSONS
