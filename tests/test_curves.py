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
    ("01-activation-functions", "xor-figure", dict(k=2.0), 0, lambda s: np.interp(s, [-1, 0, 1, 3], [0, 0, 1, -1])),
    ("02-sigmoid", "plot-figure", dict(x=-3), 0, expit),
    ("02-sigmoid", "plot-figure", dict(x=2), 0, expit),
    ("02-sigmoid", "slope-figure", dict(x=-3.0), 0, expit),
    ("02-sigmoid", "slope-figure", dict(x=4.25), 1, lambda x: expit(x) * expit(-x)),
    ("03-vanishing-gradients", "row-figure", dict(weight=2.0), 0, lambda layer: 2.0 ** (layer - 20)),
    ("03-vanishing-gradients", "row-figure", dict(weight=5.0), 0, lambda layer: 1.25 ** (20 - layer)),
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


SIX = {  # by hand: value and slope where it has one
    "step": lambda z: (float(z > 0), 0),
    "linear": lambda z: (z, 1),
    "sigmoid": lambda z: (expit(z), expit(z) * expit(-z)),
    "tanh": lambda z: (np.tanh(z), np.cosh(z) ** -2),
    "relu": lambda z: ((z + abs(z)) / 2, float(z > 0)),
    "leaky_relu": lambda z: (z if z > 0 else 0.01 * z, 1 if z > 0 else 0.01),
}


@pytest.mark.parametrize("z", [-6, -1, 0, 1, 5])
def test_six_points_lie_on_their_curves_and_slopes(z):
    draw, scope = figures("01-activation-functions", "six-figure")["six-figure"]
    assert [f.name for f, *_ in scope["panels"]] == list(SIX)
    for (f, above, below), drawn in zip(scope["panels"], draw(z)):
        value, slope = SIX[f.name](z)
        np.testing.assert_allclose([drawn[0].get_ydata()[0], drawn[1].get_ydata()[0]], [value, slope], atol=1e-12)
        tangent = [line.get_xydata() for line in drawn if isinstance(line, plt.Line2D)][2:]
        sharp = z == 0 and f.name in ("step", "relu", "leaky_relu")
        assert len(tangent) == (not sharp) == (drawn[0].get_markerfacecolor() != "white")
        for (x, y), (u, v) in tangent:
            np.testing.assert_allclose((v - y) / (u - x), slope, atol=1e-12)
        x, y = above.lines[0].get_data()
        np.testing.assert_allclose(y, [SIX[f.name](at)[0] for at in x], atol=1e-12)


def test_dotted_line_stands_where_the_sum_is_zero():
    for weight, bias in ((2.0, -3.0), (-1, 2), (3, 0)):
        dotted = lines("01-activation-functions", "weight-bias-figure", weight=weight, bias=bias)[-1]
        assert dotted[0].tolist() == [-bias / weight] * 2
    level = lines("01-activation-functions", "weight-bias-figure", weight=0, bias=1)
    assert len(level) == len(lines("01-activation-functions", "weight-bias-figure", weight=1, bias=1)) - 1


def test_softmax_bars():
    for third in (3.0, -2.0, 6.0):
        drawn = flat(list(figures("01-activation-functions", "softmax-figure")["softmax-figure"][0](third)[0]))
        np.testing.assert_allclose([bar.get_height() for bar in drawn], softmax([1, 2, third]), rtol=1e-12)


def test_depth_bends_all_but_linear():
    for activation in ("linear", "relu", "tanh"):
        x, y = lines("01-activation-functions", "depth-show", activation=activation, depth=12)[0]
        assert (np.ptp(np.diff(y)) < 1e-9) == (activation == "linear")


def test_fit_draws_the_walk_and_the_neuron_of_its_update():
    draw, scope = figures("02-sigmoid", "fit-figure")["fit-figure"]
    walks = []  # the same in plain floats, without the lesson's code: with the squared cost, and with the cross-entropy
    for rate, factor in ((3, lambda a: a * (1 - a)), (0.2, lambda a: 1)):
        walks.append([(-2.0, -6.0)])
        for _ in range(12):
            w, b = walks[-1][-1]
            says = [1 / (1 + math.exp(-w * h - b)) for h in scope["hours"]]
            slopes = [(a - p) * factor(a) for a, p in zip(says, scope["passed"])]
            w -= rate * sum(s * h for s, h in zip(slopes, scope["hours"])) / 40
            walks[-1].append((w, b - rate * sum(slopes) / 40))
    drawn = lines("02-sigmoid", "fit-figure", updates=12)
    for walk, way, (x, y) in zip(walks, drawn[:2], drawn[2:]):
        np.testing.assert_allclose(way[1], [w for w, _ in walk], rtol=1e-9)
        np.testing.assert_allclose(y, expit(walk[-1][0] * x + walk[-1][1]), rtol=1e-9)


def test_odds_are_powers_of_e():
    bars = [bar.get_height() for bar in flat(figures("02-sigmoid", "plot-figure")["plot-figure"][0](x=3)[1])[2:]]
    np.testing.assert_allclose(bars, np.exp(np.arange(-3, 4)), rtol=1e-12)


def test_ball_on_the_shelf_follows_its_gradient():
    places, heights = lines("03-vanishing-gradients", "shelf-figure", updates=300)[0]
    w = 1.5
    for update in range(301):
        if update % 5 == 0:
            assert math.isclose(places[update // 5], w, rel_tol=1e-9)
            assert math.isclose(heights[update // 5], expit(w) ** 2 / 2, rel_tol=1e-9)
        w -= 0.3 * expit(w) ** 2 * expit(-w)


def test_dead_layer_draws_a_line_where_the_data_are():
    (x, y), (corners, _) = lines("05-leaky-relu", "revive-figure", alpha=0.1, update=1600)
    data = np.linspace(-1, 1, 200)
    line, inside = np.polyfit(data, np.sin(3 * data), 1), abs(x) <= 1
    np.testing.assert_allclose(y[inside], np.polyval(line, x[inside]), atol=5e-3)
    assert np.ptp(np.diff(y)) > 0.01 and len(corners) == 40 and abs(corners).min() > 1
    (x, y), _ = lines("05-leaky-relu", "revive-figure", alpha=0, update=1600)
    assert np.ptp(y[abs(x) <= 1]) == 0


def test_a_unit_thrown_out_stops_swings_or_runs_away():
    cases = (0.1, 1.0, 5, 20), (0.3, 2.6, 1000, np.inf), (0.3, 2.4, 200, 231), (0.01, 0.2, 1, 2.1)
    for alpha, rate, low, high in cases:
        (_, z), (_, flat) = lines("05-leaky-relu", "large-figure", alpha=alpha, rate=rate)
        w, b, path = 1.0, 0.0, []
        for _ in range(41):  # the same in weight and bias, without the lesson's code
            path.append(2 * w + b)
            slope = 1 if path[-1] > 0 else alpha
            delta = (path[-1] * slope - 1) * slope
            w, b = w - rate * 2 * delta, b - rate * delta
        np.testing.assert_allclose(z, [place for place in path if abs(place) < 200], rtol=1e-6, atol=1e-9)
        assert low < max(map(abs, path)) < high and np.ptp(flat[1:]) == 0


def test_the_fitting_initialization_keeps_the_signal_level():
    for alpha in (0, 0.3, 0.8, 1):
        two, fitting = lines("05-leaky-relu", "fitting-figure", alpha=alpha)
        factors = [(y[0] / y[-1]) ** (1 / 19) for _, y in (two, fitting)]
        np.testing.assert_allclose(factors, [np.sqrt(1 + alpha**2), 1], rtol=0.03)
