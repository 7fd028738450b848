"""Look into slider figures: what each frame shows and says, what mistakes get, what is left behind."""

import base64
import io
import itertools
import re
from decimal import Decimal
from functools import partial
from xml.etree import ElementTree

import ipywidgets as widgets
import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jupyter_client.manager import start_new_kernel
from PIL import Image
from scipy.special import expit

from lessons import explore, sigmoid

GRID = np.linspace(-8, 8, 160)
SVG = "{http://www.w3.org/2000/svg}"
SMALL = 1300  # characters of a frame


@pytest.fixture(autouse=True)
def _no_figure_stays_open():
    yield
    left = plt.get_fignums()
    plt.close("all")
    assert left == []


@pytest.fixture
def ax():
    ax = plt.figure(figsize=(5, 2.5), layout="constrained").add_subplot()
    ax.set(xlim=(-8, 8), ylim=(-0.1, 1.1), xlabel="input", ylabel="output")
    return ax


def curve(ax):
    """Return a draw that plots sigmoid, k times as steep."""
    return lambda k: ax.plot(GRID, sigmoid(k * GRID))


def still(figure):
    """Return the SVG of the part that stays."""
    return figure.children[-1].children[0].value


def frames(figure):
    """Return the SVG of each frame, in the order of the sliders."""
    stacks = [figure.children[-1].children[1]]
    while isinstance(stacks[0], widgets.Stack):
        stacks = [child for stack in stacks for child in stack.children]
    return [frame.value for frame in stacks]


def parse(svg):
    """Return an SVG as a tree, as a page would read it."""
    return ElementTree.fromstring(
        f'<div xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{svg}</div>'
    )


def lines(svg, ax):
    """Return the points of each clipped path, in the units of ax: from its limits and its clip box."""
    tree = parse(svg)
    box = tree.find(f".//{SVG}clipPath/{SVG}rect")
    left, top, width, height = (float(box.get(key)) for key in ("x", "y", "width", "height"))
    (x0, x1), (y0, y1) = ax.get_xlim(), ax.get_ylim()
    found = []
    for path in tree.findall(f".//{SVG}path[@clip-path]"):
        x, y = np.array(re.findall(r"(-?[\d.]+) (-?[\d.]+)", path.get("d")), float).T
        found.append((x0 + (x - left) / width * (x1 - x0), y1 - (y - top) / height * (y1 - y0)))
    return found


def labels(figure):
    """Return what each frame says to those who hear it."""
    return [parse(svg).find(f"{SVG}svg").get("aria-label") for svg in frames(figure)]


def pixels(png):
    """Return a picture in base64 as an array."""
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB"), int)


# What frames show


def test_each_frame_is_the_curve_it_claims_in_the_first_colour_and_small(ax):
    figure = explore(curve(ax), alt="{k}", k=(-2, 2, 0.25))
    assert len(frames(figure)) == 17
    for k, svg in zip(np.arange(-2, 2.25, 0.25), frames(figure)):
        [(x, y)] = lines(svg, ax)
        assert x[0] == pytest.approx(-8, abs=0.01) and x[-1] == pytest.approx(8, abs=0.01)
        assert np.abs(y - np.interp(x, GRID, expit(k * GRID))).max() < 0.002  # a third of a pixel
        assert "stroke: #1f77b4" in svg and len(svg) < SMALL


def test_two_controls_run_in_the_order_of_a_product(ax):
    def draw(level, shift):
        return ax.axhline(level), ax.plot([shift], [0.5], "o")

    figure = explore(draw, alt="level {level}, shift {shift}", level=(0, 1, 0.5), shift=[3, -4, 1, 2])
    pairs = list(itertools.product((0.0, 0.5, 1.0), (3, -4, 1, 2)))
    assert labels(figure) == [f"level {level}, shift {shift}" for level, shift in pairs]
    for (level, shift), svg in zip(pairs, frames(figure)):
        assert lines(svg, ax)[0][1] == pytest.approx(level, abs=0.002)
        centre = float(parse(svg).find(f".//{SVG}use").get("x"))
        left, width = (float(parse(svg).find(f".//{SVG}rect").get(key)) for key in ("x", "width"))
        assert -8 + 16 * (centre - left) / width == pytest.approx(shift, abs=0.01)


def test_moving_and_still_parts_are_kept_apart(ax):
    ax.plot(GRID, sigmoid(GRID), color="#123456")
    ax.set_title("still words")
    figure = explore(lambda k: (ax.axvline(k, color="#fedcba"), ax.text(k, 0.5, "moving")), alt="A line", k=(0, 4, 1))
    for svg, own, other in [(still(figure), 0, 1), *((svg, 1, 0) for svg in frames(figure))]:
        words = ["#123456", "still words"], ["#fedcba", "moving"]
        assert all(word in svg for word in words[own]) and not any(word in svg for word in words[other])
    assert all(len(lines(svg, ax)) == 1 for svg in frames(figure))


@pytest.mark.parametrize(
    "draw, shapes",
    [
        (lambda ax, k: ax.axvline(k), 1),
        (lambda ax, k: ax.plot([0, k], [0, 1]), 1),
        (lambda ax, k: ax.bar([1, 2, 3], [0.2, 0.4, k / 9]), 3),
        (lambda ax, k: (ax.axvline(k), [ax.axhline(0.5), [ax.plot([0, k], [0, 1])]]), 3),
        (lambda ax, k: ax.fill_between(GRID, 0, expit(k * GRID)), 1),
        (lambda ax, k: ax.scatter([k], [0.5], clip_on=False), 0),
        (lambda ax, k: ax.text(0, 0.5, "words"), 0),
    ],
    ids=["artist", "list", "bars", "nested", "filled", "scatter", "text"],
)
def test_draw_may_return(ax, draw, shapes):
    figure = explore(lambda k: draw(ax, k), alt="Something", k=(1, 3, 1))
    assert [len(parse(svg).findall(f".//{SVG}path[@clip-path]")) for svg in frames(figure)] == [shapes] * 3


def test_limits_not_set_are_those_of_the_first_picture():
    _, ax = plt.subplots()
    figure = explore(lambda k: ax.plot([0, 1], [0, k]), alt="A line", k=(1, 9, 4))
    assert ax.get_ylim() == pytest.approx((-0.25, 5.25))  # the frame in the middle and 5 % around it
    for k, svg in zip((1, 5, 9), frames(figure)):
        [(x, y)] = lines(svg, ax)
        assert y == pytest.approx(k * x, abs=0.02)


def test_frames_fill_their_page_on_white_shrink_with_the_window_and_lie_above_a_silent_sheet():
    ax = plt.figure(figsize=(5, 2.5)).add_axes([0, 0, 1, 1], xlim=(0, 1), ylim=(0, 1))
    figure = explore(lambda k: ax.plot([0, 1], [0, k], clip_on=False), alt="A line", k=(1, 2, 1))
    sheet, *moving = [parse(svg).find(f"{SVG}svg") for svg in (still(figure), *frames(figure))]
    path = [path.get("d") for path in moving[0].iter(f"{SVG}path")][-1]
    assert re.findall(r"[\d.]+", path) == ["0", "180", "360", "0"]  # 72 points an inch
    assert sheet.get("viewBox") == "0 0 360 180" and "width: 100%; max-width: 468pt" in sheet.get("style")
    assert all(svg.get(key) == sheet.get(key) for svg in moving for key in ("viewBox", "style"))
    assert "fill: #ffffff" in sheet.find(f".//{SVG}path").get("style")
    assert {child.layout.grid_area for child in figure.children[-1].children} == {"1 / 1"}  # one above the other
    assert sheet.get("aria-hidden") == "true" and {svg.get("role") for svg in moving} == {"img"}


def test_axes_may_lie_in_a_figure_inside_the_figure():
    left, right = plt.figure().subfigures(1, 2)
    left.subplots().set_title("still words")
    ax = right.subplots()
    figure = explore(lambda k: ax.plot([0, 1], [0, k]), alt="A line", k=(1, 2, 1))
    assert "still words" in still(figure) and len(frames(figure)) == 2


def test_pixels_are_one_picture_where_they_were_drawn(ax):
    def draw(k):
        look = {"aspect": "auto", "rasterized": True, "interpolation": "nearest"}
        low = ax.imshow([[0, 1], [1, k / 9]], extent=(0, 4, 0, 0.5), **look)
        return low, ax.text(1, 1, "over", zorder=9), ax.plot([0, 4], [0.5, 0.5], rasterized=True)

    [image] = parse(frames(explore(draw, alt="Squares", k=(0, 1, 1)))[0]).iter(f"{SVG}image")
    kind, picture = image.get("href").split(",")
    assert kind == "data:image/webp;base64"
    left, top, width, height = (float(image.get(key)) for key in ("x", "y", "width", "height"))
    box = ax.get_position()
    assert left == pytest.approx(360 * (box.x0 + box.width / 2), abs=2)
    assert width == pytest.approx(360 * box.width / 4, abs=3)
    assert top + height == pytest.approx(180 * (1 - box.y0 - box.height / 12), abs=2)
    corners = pixels(picture)[[5, 5, -5, -5], [5, -5, 5, -5]]
    assert (corners.mean(axis=1) > 100).tolist() == [False, True, True, False]


# What controls offer


@pytest.mark.parametrize(
    "draw, a, starts, text",
    [
        (lambda ax, a=0.31, b="two": ax.axvline(a), (0, 1, 0.1), [3, 1], "At 0.3 two"),  # the default of draw
        (lambda ax, a, b: ax.axvline(a), (0, 4, 1), [2, 0], "At 2 one"),  # the middle, or the first
        (lambda ax, a, b: ax.axvline(a), (0, 5, 1), [2, 0], "At 2 one"),
    ],
)
def test_controls_and_picture_start_together(ax, draw, a, starts, text):
    figure = explore(partial(draw, ax), alt="At {a} {b}", a=a, b=["one", "two"])
    handles, outer = figure.children[:-1], figure.children[-1].children[1]
    assert [control.index for control in handles] == starts and figure.text == text
    assert outer.selected_index == starts[0] and {inner.selected_index for inner in outer.children} == {starts[1]}


@pytest.mark.parametrize(
    "control, expected",
    [
        ((2.1, 2.6, 0.1), ["2.1", "2.2", "2.3", "2.4", "2.5", "2.6"]),
        ((-1, 1, 0.5), ["-1.0", "-0.5", "0.0", "0.5", "1.0"]),
        ((0, 4, 2), ["0", "2", "4"]),
        ((0, 0.02, 0.01), ["0.00", "0.01", "0.02"]),
        ((0, 0.0625, 0.0625), ["0.000", "0.062"]),  # three decimals at most,
        ((0.0001, 0.0003, 0.0001), ["0.0001", "0.0002", "0.0003"]),  # or as many as tell steps apart
        ((1e22, 2e22, 1e22), ["1" + 22 * "0", "2" + 22 * "0"]),
        ((np.float64(0), np.float64(1), np.float64(0.5)), ["0.0", "0.5", "1.0"]),
        (["relu", 3, 0.5], ["relu", "3", "0.5"]),
    ],
    ids=str,
)
def test_control_reads(ax, control, expected):
    handle = explore(lambda of_x: ax.axvline(0), alt="A line", of_x=control).children[0]
    assert [label for label, _ in handle.options] == expected and handle.description == "of x"
    assert isinstance(handle, widgets.Dropdown if isinstance(control, list) else widgets.SelectionSlider)


@settings(max_examples=20)
@given(
    low=st.integers(-5000, 5000),
    step=st.integers(1, 500),
    count=st.integers(2, 8),
    rest=st.floats(0, 0.99),
    places=st.integers(0, 4),
)
def test_slider_goes_up_in_equal_steps_and_never_beyond(low, step, count, rest, places):
    *exact, high, step = (
        float(Decimal(str(value)).scaleb(-places))  # decimals as one writes them
        for value in (*(low + i * step for i in range(count)), low + (count - 1 + rest) * step, step)
    )
    seen = []
    _, ax = plt.subplots(figsize=(1, 1))
    explore(lambda k: seen.append(k) or ax.axvline(0), alt="A line", k=(exact[0], high, step))
    assert seen[-count:] == exact and max(seen) <= high


def test_sliders_move_the_page_itself_and_their_names_have_room_beside_each_other(ax):
    figure = explore(lambda a, steepness: ax.axvline(a), alt="A line", a=(0, 1, 1), steepness=(0, 2, 1))
    (first, second), outer = figure.children[:-1], figure.children[-1].children[1]
    links = [(part.source, part.target) for part in figure.parts if type(part).__name__ == "Link"]
    pairs = [(first, outer), *((second, inner) for inner in outer.children)]
    wanted = [((handle, "index"), (stack, "selected_index")) for handle, stack in pairs]
    assert len(links) == 3 and all(link in links for link in wanted)
    assert {handle.style.description_width for handle in (first, second)} == {"10ch"}  # "steepness" and a gap


# What is said and shown without widgets


def test_bundle_holds_widget_words_and_the_figure_at_the_start_as_a_picture(ax):
    figure = explore(lambda k, b: curve(ax)(k), alt="A curve {k} times as steep", k=(1, 5, 1), b=["x"])
    data, metadata = figure._repr_mimebundle_()
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == figure.model_id
    assert data["text/plain"] == "A curve 3 times as steep (controls: k, b)"
    assert metadata == {"image/png": {"alt": "A curve 3 times as steep"}}
    ax.plot(GRID, expit(3 * GRID), color="C0")
    page = io.BytesIO()
    ax.figure.savefig(page, dpi=120)
    assert np.abs(pixels(data["image/png"]) - pixels(base64.b64encode(page.getvalue()))).max() <= 30  # its few colours


def test_picture_keeps_a_rare_colour_among_many_tints_of_another(ax):
    tints = np.linspace([1, 1, 1], [0.7, 0.07, 0.25], 4000).reshape(40, 100, 3)

    def draw(k):
        rare = ax.imshow(np.full((1, 1, 3), [0.7, 0.35, 0]), extent=(0, 0.1, 0, 0.1), aspect="auto", zorder=2)
        return ax.imshow(tints, extent=(0, 4, 0, 1), aspect="auto", zorder=1), rare

    picture = pixels(explore(draw, alt="A spot", k=["x"]).picture)
    assert np.abs(picture - [178, 89, 0]).max(axis=-1).min() < 12


def test_each_frame_says_the_words_that_it_draws(ax):
    ax.set_title("still words are not said again")
    figure = explore(lambda k: (ax.text(0, 1, f"a <\n {k} & c"), ax.text(0, 0, "")), alt='A "ball" & <b>.', k=(1, 2, 1))
    assert labels(figure) == ['A "ball" & <b>. a < 1 & c', 'A "ball" & <b>. a < 2 & c']
    assert figure.text == labels(figure)[0] and " 1 & c" in "".join(parse(frames(figure)[0]).itertext())
    assert "still words are not said again" in "".join(parse(still(figure)).itertext())  # text, not outlines


def test_ids_on_a_page_do_not_collide():
    meanings = {}
    for height in (2, 3):
        _, ax = plt.subplots(figsize=(4, height))
        figure = explore(lambda k: ax.plot(GRID, expit(k * GRID), "o-"), alt="A curve", k=(1, 3, 1))
        for svg in (still(figure), *frames(figure)):
            own = {part.get("id"): ElementTree.tostring(part) for part in parse(svg).iter() if part.get("id")}
            assert set(re.findall(r"(?:url\(|href=\")#([^\")]+)", svg)) <= set(own)
            for name, meaning in own.items():
                assert meanings.setdefault(name, meaning) == meaning, name
    assert sum("clipPath" in str(meaning) for meaning in meanings.values()) == 6  # one a frame


# Mistakes

STEPS = [(0, 1, 0), (0, 1, -1), (1, 0, 1), (1, 1, 1), (0, np.inf, 1), (0, np.nan, 1), (0, 1, 5e-324)]
CHOICES = [(0, 1), (0, 1, 1, 1), [], 3, "relu", (0, "1", 1), (0, 1j, 1)]


@pytest.mark.parametrize(
    "controls, error, reason",
    [
        *(({"k": k}, ValueError, f"k must run from low up to high in steps above 0, not {k!r}") for k in STEPS),
        *(({"k": k}, TypeError, f"k must be (low, high, step) or a list of choices, not {k!r}") for k in CHOICES),
        ({}, ValueError, "takes one or two controls, not 0"),
        (dict.fromkeys("abc", (0, 1, 1)), ValueError, "takes one or two controls, not 3"),
        ({"k": (0, 600, 1)}, ValueError, "601 frames are more than 600; make a step larger"),
        ({"a": (1, 100, 1), "b": (1, 120, 1)}, ValueError, "12000 frames are more than 600"),
    ],
    ids=str,
)
def test_wrong_controls(ax, controls, error, reason):
    with pytest.raises(error, match=re.escape(reason)):
        explore(lambda **values: ax.axvline(0), alt="A line", **controls)


def test_most_frames(ax):
    assert len(frames(explore(lambda k: ax.axvline(k), alt="A line", k=(1, 600, 1)))) == 600


@pytest.mark.parametrize("alt", [None, "", "  ", 3, "{q}", "{}", "{k", "{k.q}", str])
def test_wrong_alt(ax, alt):
    with pytest.raises(TypeError, match="alt must be a sentence, not .*; fields can be k"):
        explore(curve(ax), alt=alt, k=(0, 1, 1))


@pytest.mark.parametrize("words", [[], ["A curve"]])
def test_alt_must_be_there_and_named(ax, words):
    with pytest.raises(TypeError):
        explore(curve(ax), *words, k=(0, 1, 1))
    plt.close()  # Python itself refuses: explore has not begun


ELSEWHERE = "on the one figure that the cell has set up"


@pytest.mark.parametrize(
    "draw, error, reason",
    [
        *((lambda ax, k, drawn=drawn: drawn, TypeError, "draw must return what it plots, as in `return ax.plot")
          for drawn in (None, [], (), 3, "line", [None])),
        (lambda ax, k: [ax.axvline(k), plt.figure().add_subplot().axvline(k)], ValueError, ELSEWHERE),
        (lambda ax, k: plt.figure().add_subplot().axvline(k), ValueError, ELSEWHERE),
        (lambda ax, k: ax.still.set_ydata([0, k]) or ax.still, ValueError, "draw must plot anew each time"),
        (lambda ax, k: (ax.axvline(k), ax.axhline(k))[0], ValueError, "draw plots more than it returns; return all"),
        (lambda ax, k: ax.set_title(f"{k}"), ValueError, "which stays on its axes; use ax.text"),
    ],
)  # fmt: skip
def test_wrong_draw(ax, draw, error, reason):
    [ax.still] = ax.plot([0, 1], [0, 1])
    with pytest.raises(error, match=reason):
        explore(partial(draw, ax), alt="Lines", k=(0, 1, 1))
    plt.close(ax.figure)  # where explore has only met figures of draw's own


def test_error_in_a_frame_names_the_frame_and_closes_no_figure_of_others(ax):
    other = plt.figure()
    with pytest.raises(ZeroDivisionError) as caught:
        explore(lambda a, b: ax.axvline(1 / (a - 4)), alt="A line", a=(0, 4, 1), b=["x"])
    assert caught.value.__notes__ == ["while drawing a = 4, b = 'x'"] and plt.get_fignums() == [other.number]
    plt.close(other)


# What is left behind


@pytest.fixture(scope="module")
def run():
    """Return a function that runs code in a kernel as a JupyterLab cell would, and returns what it prints."""
    manager, client = start_new_kernel()

    def run(code, cell=None):
        said = []
        client.session.metadata = {"cellId": cell} if cell else {}
        reply = client.execute_interactive(
            code, timeout=60, output_hook=lambda message: said.append(message["content"].get("text", ""))
        )
        assert reply["content"]["status"] == "ok", reply["content"]
        return "".join(said)

    run(SETUP)
    yield run
    client.stop_channels()
    manager.shutdown_kernel(now=True)


SETUP = """
import matplotlib.pyplot as plt, numpy as np
from comm import get_comm_manager
from ipywidgets.widgets.widget import _instances
from lessons import explore, sigmoid
x = np.linspace(-8, 8, 160)
"""
CELL = """
fig, ax = plt.subplots(figsize=(2, 1))
explore(lambda k: ax.plot(x, sigmoid(k * x)), alt="A curve", k=(1, 5, 1))
"""
COUNT = "print(len(_instances), len(get_comm_manager().comms), len(plt.get_fignums()))"


def test_cell_run_again_and_again_leaves_nothing(run):
    run(CELL)
    once = run(COUNT)
    for _ in range(20):
        run(CELL)
    assert run(COUNT) == once


def test_edited_cell_replaces_its_figure_and_no_other_and_two_of_one_cell_both_stay(run):
    counts = []
    for code, cell in [(CELL, "one"), (CELL, "two"), (CELL + "# edited", "two"), *[(CELL + CELL, "two")] * 2]:
        run(code, cell)
        counts.append([int(count) for count in run(COUNT).split()])
    one, two, edited, twice, again = np.array(counts).tolist()
    assert edited == two and again == twice and twice[0] - two[0] == two[0] - one[0]
