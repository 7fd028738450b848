"""Look into slider figures: what each frame shows and says, what mistakes get, what is left behind."""

import base64
import io
import itertools
import re
from decimal import Decimal
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


@pytest.fixture(autouse=True)
def _no_figure_stays_open():
    """Fail a test that leaves a figure open, be it about success or about a mistake."""
    yield
    left = plt.get_fignums()
    plt.close("all")
    assert left == []


@pytest.fixture
def ax():
    """Return axes as a lesson sets them up."""
    ax = plt.figure(figsize=(5, 2.5), layout="constrained").add_subplot()
    ax.set(xlim=(-8, 8), ylim=(-0.1, 1.1), xlabel="input", ylabel="output")
    return ax


def curve(ax, **look):
    """Return a draw that plots sigmoid, k times as steep."""
    return lambda k: ax.plot(GRID, sigmoid(k * GRID), **look)


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


def options(figure):
    """Return what each control offers."""
    return [[label for label, _ in control.options] for control in figure.children[:-1]]


# What frames show


def test_each_frame_is_the_curve_it_claims(ax):
    figure = explore(curve(ax), alt="{k}", k=(-2, 2, 0.25))
    assert len(frames(figure)) == 17
    for k, svg in zip(np.arange(-2, 2.25, 0.25), frames(figure)):
        [(x, y)] = lines(svg, ax)
        assert x[0] == pytest.approx(-8, abs=0.01) and x[-1] == pytest.approx(8, abs=0.01)
        assert np.abs(y - np.interp(x, GRID, expit(k * GRID))).max() < 0.002  # a third of a pixel


def test_two_controls_run_in_the_order_of_a_product(ax):
    def draw(level, shift):
        return ax.axhline(level), ax.plot([shift], [0.5], "o")

    figure = explore(draw, alt="level {level}, shift {shift}", level=(0, 1, 0.5), shift=[3, -4, 1, 2])
    assert labels(figure) == [f"level {a}, shift {b}" for a, b in itertools.product((0.0, 0.5, 1.0), (3, -4, 1, 2))]
    for (level, shift), svg in zip(itertools.product((0.0, 0.5, 1.0), (3, -4, 1, 2)), frames(figure)):
        x, y = lines(svg, ax)[0]
        assert y == pytest.approx(level, abs=0.002)
        centre = float(parse(svg).find(f".//{SVG}use").get("x"))
        left, width = (float(parse(svg).find(f".//{SVG}rect").get(key)) for key in ("x", "width"))
        assert -8 + 16 * (centre - left) / width == pytest.approx(shift, abs=0.01)


def test_moving_and_still_parts_are_kept_apart(ax):
    ax.plot(GRID, sigmoid(GRID), color="#123456")
    ax.set_title("still words")
    figure = explore(lambda k: (ax.axvline(k, color="#fedcba"), ax.text(k, 0.5, "moving")), alt="A line", k=(0, 4, 1))
    assert "#123456" in still(figure) and "still words" in still(figure)
    assert "#fedcba" not in still(figure) and "moving" not in still(figure)
    for svg in frames(figure):
        assert "#fedcba" in svg and "moving" in svg
        assert "#123456" not in svg and "still words" not in svg
        assert len(parse(svg).findall(f".//{SVG}path[@clip-path]")) == 1


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
    for svg in frames(figure):
        assert len(parse(svg).findall(f".//{SVG}path[@clip-path]")) == shapes


def test_color_cycle_begins_anew_in_each_frame(ax):
    figure = explore(curve(ax), alt="A curve", k=(1, 4, 1))
    assert all("stroke: #1f77b4" in svg for svg in frames(figure))


def test_limits_not_set_are_those_of_the_first_picture():
    _, ax = plt.subplots()
    figure = explore(lambda k: ax.plot([0, 1], [0, k]), alt="A line", k=(1, 9, 4))
    assert ax.get_ylim() == pytest.approx((-0.25, 5.25))  # the frame in the middle and 5 % around it
    for k, svg in zip((1, 5, 9), frames(figure)):
        [(x, y)] = lines(svg, ax)
        assert y == pytest.approx(k * x, abs=0.02)


def test_picture_is_the_figure_at_the_start(ax):
    figure = explore(curve(ax), alt="A curve", k=(1, 5, 1))
    picture = plt.imread(io.BytesIO(base64.b64decode(figure.picture)))
    ax.plot(GRID, expit(3 * GRID), color="C0")
    page = io.BytesIO()
    ax.figure.savefig(page, dpi=120)
    assert np.allclose(picture, plt.imread(io.BytesIO(page.getvalue())), atol=0.12)  # 64 colours, no more


def test_frames_fill_the_page_they_are_drawn_on():
    ax = plt.figure(figsize=(5, 2.5)).add_axes([0, 0, 1, 1])
    ax.set(xlim=(0, 1), ylim=(0, 1))
    figure = explore(lambda k: ax.plot([0, 1], [0, k], clip_on=False), alt="A line", k=(1, 2, 1))
    path = [path.get("d") for path in parse(frames(figure)[0]).iter(f"{SVG}path")][-1]
    assert re.findall(r"[\d.]+", path) == ["0", "180", "360", "0"]  # 72 points an inch


def test_axes_may_lie_in_a_figure_inside_the_figure():
    left, right = plt.figure().subfigures(1, 2)
    still_ax, ax = left.subplots(), right.subplots()
    still_ax.set_title("still words")
    figure = explore(lambda k: ax.plot([0, 1], [0, k]), alt="A line", k=(1, 2, 1))
    assert "still words" in still(figure) and len(frames(figure)) == 2


def test_pixels_are_one_picture_where_they_were_drawn(ax):
    def draw(k):
        look = {"aspect": "auto", "rasterized": True, "interpolation": "nearest"}
        low = ax.imshow([[0, 1], [1, k / 9]], extent=(0, 4, 0, 0.5), **look)
        return low, ax.plot([0, 4], [0.5, 0.5], rasterized=True), ax.text(1, 1, "over", zorder=9)

    [frame, _] = frames(explore(draw, alt="Squares", k=(0, 1, 1)))
    [image] = parse(frame).iter(f"{SVG}image")
    picture = np.asarray(Image.open(io.BytesIO(base64.b64decode(image.get("href").split(",")[1]))))
    assert image.get("href").startswith("data:image/webp;base64,") and picture.shape[2] == 3
    left, top, width, height = (float(image.get(key)) for key in ("x", "y", "width", "height"))
    box = ax.get_position()
    assert left == pytest.approx(360 * (box.x0 + box.width / 2), abs=2)
    assert width == pytest.approx(360 * box.width / 4, abs=3)
    assert top + height == pytest.approx(180 * (1 - box.y0 - box.height / 12), abs=2)
    assert (picture[[5, 5, -5, -5], [5, -5, 5, -5]].mean(axis=1) > 100).tolist() == [False, True, True, False]


def test_frame_is_small(ax):
    def draw(k):
        return ax.plot(GRID, np.sin(k * GRID)), ax.plot(GRID, np.cos(k * GRID), "--")

    assert max(len(svg) for svg in frames(explore(draw, alt="Two curves", k=(1, 9, 1)))) < 5000


def test_frames_shrink_with_the_window_and_lie_on_white(ax):
    figure = explore(curve(ax), alt="A curve", k=(1, 2, 1))
    sheet, *moving = [parse(svg).find(f"{SVG}svg") for svg in (still(figure), *frames(figure))]
    assert sheet.get("viewBox") == "0 0 360 180" and "width: 100%; max-width: 468pt" in sheet.get("style")
    assert all(svg.get(key) == sheet.get(key) for svg in moving for key in ("viewBox", "style"))
    assert "fill: #ffffff" in sheet.find(f".//{SVG}path").get("style")
    areas = {child.layout.grid_area for child in figure.children[-1].children}
    assert areas == {"1 / 1"}  # one above the other


# What controls offer


def test_start_is_the_default_of_draw(ax):
    figure = explore(lambda a=0.31, b="two": ax.axvline(a), alt="A line", a=(0, 1, 0.1), b=["one", "two"])
    assert [control.index for control in figure.children[:-1]] == [3, 1]
    outer = figure.children[-1].children[1]
    assert outer.selected_index == 3 and {inner.selected_index for inner in outer.children} == {1}
    assert figure.text == "A line"


@pytest.mark.parametrize("high", [4, 5])
def test_start_is_the_middle_or_the_first(ax, high):
    figure = explore(lambda a, b: ax.axvline(a), alt="At {a} {b}", a=(0, high, 1), b=["one", "two"])
    assert [control.index for control in figure.children[:-1]] == [2, 0]
    assert figure.text == "At 2 one"


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
    figure = explore(lambda of_x: ax.axvline(0), alt="A line", of_x=control)
    assert options(figure) == [expected]
    assert figure.children[0].description == "of x"
    assert isinstance(figure.children[0], widgets.Dropdown if isinstance(control, list) else widgets.SelectionSlider)


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


def test_sliders_move_the_page_itself(ax):
    figure = explore(lambda a, b: ax.axvline(a), alt="A line", a=(0, 1, 1), b=(0, 2, 1))
    handles, outer = figure.children[:-1], figure.children[-1].children[1]
    links = [part for part in figure.parts if type(part).__name__ == "Link"]
    targets = [(link.source, link.target) for link in links]
    pairs = [(handles[0], outer), *((handles[1], inner) for inner in outer.children)]
    wanted = [((handle, "index"), (stack, "selected_index")) for handle, stack in pairs]
    assert len(targets) == 3 and all(link in targets for link in wanted)


def test_names_of_controls_have_room_beside_each_other(ax):
    figure = explore(lambda a, steepness: ax.axvline(a), alt="A line", a=(0, 1, 1), steepness=(0, 1, 1))
    assert {control.style.description_width for control in figure.children[:-1]} == {"10ch"}  # "steepness" and a gap
    assert figure._repr_mimebundle_()[0]["text/plain"] == "A line (controls: a, steepness)"


# What is said and shown without widgets


def test_bundle_holds_widget_picture_and_words(ax):
    figure = explore(curve(ax), alt="A curve {k} times as steep", k=(1, 5, 1))
    data, metadata = figure._repr_mimebundle_()
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == figure.model_id
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")
    assert data["text/plain"] == "A curve 3 times as steep (controls: k)"
    assert metadata == {"image/png": {"alt": "A curve 3 times as steep"}}


def test_each_frame_says_what_it_shows(ax):
    assert labels(explore(curve(ax), alt="k is {k}", k=(0.5, 1.5, 0.5))) == ["k is 0.5", "k is 1.0", "k is 1.5"]


def test_each_frame_says_the_words_that_it_draws(ax):
    ax.set_title("still words are not said again")
    figure = explore(lambda k: (ax.text(0, 1, f"cost\n {k}"), ax.text(0, 0, "")), alt="A ball.", k=(1, 2, 1))
    assert labels(figure) == ["A ball. cost 1", "A ball. cost 2"]
    assert figure._repr_mimebundle_()[0]["text/plain"] == "A ball. cost 1 (controls: k)"


def test_words_are_escaped(ax):
    figure = explore(lambda k: ax.text(0, 0.5, "a < b & c"), alt='"a" < b & c', k=(0, 1, 1))
    assert labels(figure) == ['"a" < b & c. a < b & c'] * 2
    assert "a < b & c" in "".join(parse(frames(figure)[0]).itertext())


def test_still_part_is_silent(ax):
    figure = explore(curve(ax), alt="A curve", k=(1, 2, 1))
    assert parse(still(figure)).find(f"{SVG}svg").get("aria-hidden") == "true"
    assert all(parse(svg).find(f"{SVG}svg").get("role") == "img" for svg in frames(figure))


def test_ids_on_a_page_do_not_collide():
    page = []
    for height in (2, 3):
        _, ax = plt.subplots(figsize=(4, height))
        figure = explore(lambda k: ax.plot(GRID, expit(k * GRID), "o-"), alt="A curve", k=(1, 3, 1))
        page += [still(figure), *frames(figure)]
    meanings = {}
    for svg in page:
        own = {part.get("id"): ElementTree.tostring(part) for part in parse(svg).iter() if part.get("id")}
        assert set(re.findall(r"(?:url\(|href=\")#([^\")]+)", svg)) <= set(own)
        for name, meaning in own.items():
            assert meanings.setdefault(name, meaning) == meaning, name
    assert sum("clipPath" in str(meaning) for meaning in meanings.values()) == 6  # one a frame


# Mistakes


@pytest.mark.parametrize(
    "controls, error, reason",
    [
        ({}, ValueError, "takes one or two controls, not 0"),
        (dict.fromkeys("abc", (0, 1, 1)), ValueError, "takes one or two controls, not 3"),
        ({"k": (0, 1, 0)}, ValueError, r"k must run from low up to high in steps above 0, not \(0, 1, 0\)"),
        ({"k": (0, 1, -1)}, ValueError, "steps above 0"),
        ({"k": (1, 0, 1)}, ValueError, "from low up to high"),
        ({"k": (1, 1, 1)}, ValueError, "from low up to high"),
        ({"k": (0, np.inf, 1)}, ValueError, "from low up to high"),
        ({"k": (0, np.nan, 1)}, ValueError, "from low up to high"),
        ({"k": (0, 1)}, TypeError, r"k must be \(low, high, step\) or a list of choices, not \(0, 1\)"),
        ({"k": (0, 1, 1, 1)}, TypeError, r"k must be \(low, high, step\)"),
        ({"k": []}, TypeError, "a list of choices, not \\[\\]"),
        ({"k": 3}, TypeError, "a list of choices, not 3"),
        ({"k": "relu"}, TypeError, "a list of choices, not 'relu'"),
        ({"k": (0, "1", 1)}, TypeError, "low, high, step"),
        ({"k": (0, 1j, 1)}, TypeError, "low, high, step"),
        ({"k": (0, 1, 5e-324)}, ValueError, "k must run from low up to high in steps above 0"),
        ({"k": (0, 600, 1)}, ValueError, "601 frames are more than 600; make a step larger"),
        ({"a": (1, 100, 1), "b": (1, 120, 1)}, ValueError, "12000 frames are more than 600"),
    ],
    ids=str,
)
def test_wrong_controls(ax, controls, error, reason):
    with pytest.raises(error, match=reason):
        explore(lambda **values: ax.axvline(0), alt="A line", **controls)


@pytest.mark.parametrize("alt", [None, "", "  ", 3, "{q}", "{}", "{k", "{k.q}", str])
def test_wrong_alt(ax, alt):
    with pytest.raises(TypeError, match="alt must be a sentence, not .*; fields can be k"):
        explore(curve(ax), alt=alt, k=(0, 1, 1))


def test_alt_is_named(ax):
    with pytest.raises(TypeError):
        explore(curve(ax), "A curve", k=(0, 1, 1))
    plt.close(ax.figure)


def test_missing_alt(ax):
    with pytest.raises(TypeError, match="alt"):
        explore(curve(ax), k=(0, 1, 1))
    plt.close()  # Python itself refuses: explore has not begun


@pytest.mark.parametrize("drawn", [None, [], (), 3, "line", [None]], ids=repr)
def test_draw_that_returns_nothing_to_see(ax, drawn):
    with pytest.raises(TypeError, match="draw must return what it plots, as in `return ax.plot"):
        explore(lambda k: drawn, alt="A line", k=(0, 1, 1))


def test_draw_on_another_figure(ax):
    other = plt.figure().add_subplot()
    with pytest.raises(ValueError, match="on the one figure that the cell has set up"):
        explore(lambda k: [ax.axvline(k), other.axvline(k)], alt="Lines", k=(0, 1, 1))
    plt.close(other.figure)  # which the cell opened, not explore


def test_draw_on_a_new_figure_each_time():
    with pytest.raises(ValueError, match="on the one figure that the cell has set up"):
        explore(lambda k: plt.subplots()[1].axvline(k), alt="Lines", k=(0, 1, 1))


def test_draw_that_moves_an_old_line(ax):
    [line] = ax.plot([0, 1], [0, 1])
    with pytest.raises(ValueError, match="draw must plot anew each time"):
        explore(lambda k: line.set_ydata([0, k]) or line, alt="A line", k=(0, 1, 1))


def test_draw_that_returns_less_than_it_plots(ax):
    with pytest.raises(ValueError, match="draw plots more than it returns; return all of it"):
        explore(lambda k: (ax.axvline(k), ax.axhline(k))[0], alt="Lines", k=(0, 1, 1))


def test_draw_that_returns_what_cannot_move(ax):
    with pytest.raises(ValueError, match="which stays on its axes; use ax.text"):
        explore(lambda k: ax.set_title(f"{k}"), alt="A title", k=(0, 1, 1))


def test_error_in_a_frame_names_the_frame(ax):
    with pytest.raises(ZeroDivisionError) as caught:
        explore(lambda a, b: ax.axvline(1 / (a - 4)), alt="A line", a=(0, 4, 1), b=["x"])
    assert caught.value.__notes__ == ["while drawing a = 4, b = 'x'"]


def test_most_frames(ax):
    assert len(frames(explore(lambda k: ax.axvline(k), alt="A line", k=(1, 600, 1)))) == 600


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
    run(SETUP)
    run(CELL)
    once = run(COUNT)
    for _ in range(20):
        run(CELL)
    assert run(COUNT) == once


def test_edited_cell_replaces_its_figure_and_no_other(run):
    run(SETUP)
    run(CELL, cell="one")
    run(CELL, cell="two")
    both = run(COUNT)
    run(CELL + "# edited", cell="two")
    assert run(COUNT) == both


def test_two_figures_of_one_cell_both_stay(run):
    run(SETUP)
    run(COUNT)
    before = int(run(COUNT).split()[0])
    run(CELL, cell="three")
    one = int(run(COUNT).split()[0]) - before
    run(CELL + CELL, cell="three")
    assert int(run(COUNT).split()[0]) - before == 2 * one
