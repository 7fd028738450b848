"""Read the curves out of the lessons' own figures, and compare them with independent values."""

import math
from functools import cache

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.artist import Artist
from scipy.special import expit, softmax
from test_notebooks import code

RELU = {"relu": lambda x: (x + abs(x)) / 2, "linear": lambda x: x, "sigmoid": expit}


@cache
def figures(lesson, last):
    """Run a lesson up to the cell called last; return what draws each figure, by the id of its cell."""
    found, scope = {}, {}
    for cell in code(lesson):
        exec(compile(cell.source.replace("explore(draw", "explored(draw"), cell.id, "exec"), scope)
        scope["explored"] = lambda draw, **_: None
        if "explore(draw" in cell.source:
            found[cell.id] = scope["draw"], scope
        if cell.id == last:
            return found


def flat(drawn):
    """Return the artists in nested lists."""
    return [drawn] if isinstance(drawn, Artist) else [artist for part in drawn for artist in flat(part)]


def lines(lesson, cell, **values):
    """Return the data of each line that a figure draws for these values."""
    artists = flat(figures(lesson, cell)[cell][0](**values))
    return [np.array(artist.get_data(), dtype=float) for artist in artists if isinstance(artist, plt.Line2D)]


@pytest.fixture(autouse=True)
def no_style_or_figure_stays():
    """Undo the lessons' style, and close their figures."""
    with plt.style.context("default"):
        yield
    plt.close("all")


# lesson, cell, control values, which line, the curve that it must be
CURVES = [
    ("01-activation-functions", "weight-bias-figure", dict(weight=2.0, bias=-3.0), 0, lambda x: expit(2 * x - 3)),
    ("01-activation-functions", "weight-bias-figure", dict(weight=-4.0, bias=1.5), 0, lambda x: expit(1.5 - 4 * x)),
    ("01-activation-functions", "probe-figure", dict(activation="relu", x=2.0), 0, RELU["relu"]),
    ("01-activation-functions", "probe-figure", dict(activation="tanh", x=0.5), 1, lambda x: np.cosh(x) ** -2),
    ("01-activation-functions", "xor-figure", dict(k=2.0), 0, lambda s: np.interp(s, [-1, 0, 1, 3], [0, 0, 1, -1])),
    ("02-sigmoid", "plot-figure", dict(x=-5), 0, expit),
    ("02-sigmoid", "plot-figure", dict(x=2), 0, expit),
    ("02-sigmoid", "slope-figure", dict(x=-3.0), 0, expit),
    ("02-sigmoid", "slope-figure", dict(x=4.25), 1, lambda x: expit(x) * expit(-x)),
    ("03-vanishing-gradients", "row-figure", dict(weight=2.0), 0, lambda layer: 2.0 ** (layer - 20)),
    ("03-vanishing-gradients", "row-figure", dict(weight=8.0), 0, lambda layer: 2.0 ** (20 - layer)),
    ("04-relu", "slope-figure", dict(at=1.0), 0, RELU["relu"]),
    ("04-relu", "slope-figure", dict(at=-1.0), 1, lambda x: 1.0 * (x > 0)),
    ("04-relu", "slope-figure", dict(at=-1.0), 2, lambda x: 1.0 * (x > 0)),
    ("05-leaky-relu", "alpha-figure", dict(alpha=0.3), 0, lambda x: np.where(x > 0, x, 0.3 * x)),
    ("05-leaky-relu", "alpha-figure", dict(alpha=-1.0), 0, abs),
    ("05-leaky-relu", "alpha-figure", dict(alpha=0.5), 1, lambda x: np.where(x > 0, 1, 0.5)),
]


@pytest.mark.parametrize(
    "lesson, cell, values, number, curve", CURVES, ids=[f"{c[0][:2]}-{c[1]}-{c[2]}" for c in CURVES]
)
def test_curve_is_what_it_claims(lesson, cell, values, number, curve):
    x, y = lines(lesson, cell, **values)[number]
    assert len(x) >= 7
    np.testing.assert_allclose(y, curve(x), rtol=1e-9, atol=1e-12)


def test_softmax_bars():
    for temperature, third in ((1, 3.0), (0.5, -2.0), (10, 6.0)):
        drawn = flat(
            list(figures("01-activation-functions", "softmax-figure")["softmax-figure"][0](temperature, third)[0])
        )
        heights = [bar.get_height() for bar in drawn]
        np.testing.assert_allclose(heights, softmax(np.array([1, 2, third]) / temperature), rtol=1e-12)


def test_depth_bends_all_but_linear():
    for activation in ("linear", "relu", "tanh"):
        x, y = lines("01-activation-functions", "depth-show", activation=activation, depth=12)[0]
        assert (np.ptp(np.diff(y)) < 1e-9) == (activation == "linear")


def test_fit_draws_the_neuron_of_its_step():
    draw, scope = figures("02-sigmoid", "fit-figure")["fit-figure"]
    w = b = 0.0  # the same fit in plain floats, without the lesson's code
    for _ in range(50):
        errors = [1 / (1 + math.exp(-w * h - b)) - p for h, p in zip(scope["hours"], scope["passed"])]
        w, b = w - 0.2 * sum(e * h for e, h in zip(errors, scope["hours"])) / 40, b - 0.2 * sum(errors) / 40
    x, y = lines("02-sigmoid", "fit-figure", updates=50)[1]
    np.testing.assert_allclose(y, expit(w * x + b), rtol=1e-9)


def test_ball_on_the_shelf_follows_its_gradient():
    places, heights = lines("03-vanishing-gradients", "shelf-figure", start=1.5, updates=300)[0]
    w = 1.5
    for update in range(301):
        if update % 5 == 0:
            assert math.isclose(places[update // 5], w, rel_tol=1e-9)
            assert math.isclose(heights[update // 5], expit(w) ** 2 / 2, rel_tol=1e-9)
        w -= 0.3 * expit(w) ** 2 * expit(-w)


def test_hinges_meet_the_sine():
    for hinges in (2, 5, 32):
        x, y = lines("04-relu", "sine-figure", hinges=hinges)[0]
        places = np.linspace(0, 2 * np.pi, hinges + 1)
        np.testing.assert_allclose(y, np.interp(x, places, np.sin(places)), atol=1e-9)


def test_dead_layer_draws_a_line():
    x, y = lines("05-leaky-relu", "revive-figure", alpha=0.1, update=4000)[0]
    np.testing.assert_allclose(y, np.polyval(np.polyfit(x, np.sin(3 * x), 1), x), atol=5e-3)
    assert np.ptp(lines("05-leaky-relu", "revive-figure", alpha=0, update=4000)[0][1]) == 0
