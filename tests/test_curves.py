"""Read the curves out of the lessons' own figures, and compare them with independent values."""

import math
from functools import cache

import matplotlib.pyplot as plt
import numpy as np
import pytest
from eye import flat
from matplotlib.collections import LineCollection
from scipy.special import expit
from test_activations import SLOPES, VALUES, expected
from test_notebooks import code


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
    ("02-sigmoid", "hand-figure", dict(w=1.0, b=-1.0), 5, lambda hours: expit(hours - 1)),
    ("02-sigmoid", "hand-figure", dict(w=2.0, b=-6.5), 5, lambda hours: expit(2 * hours - 6.5)),
    ("02-sigmoid", "slope-figure", dict(z=-3.0), 0, expit),
    ("02-sigmoid", "slope-figure", dict(z=4.25), 1, lambda x: expit(x) * expit(-x)),
    ("03-vanishing-gradients", "row-figure", dict(weight=2.0), 0, lambda layer: 2.0 ** (layer - 20)),
    ("03-vanishing-gradients", "row-figure", dict(weight=1.0), 0, lambda layer: 4.0 ** (layer - 20)),
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


@pytest.mark.parametrize("name", VALUES)
@pytest.mark.parametrize("z", [-3, -1, 0, 1, 3])
def test_six_points_lie_on_their_curves_and_slopes(name, z):
    assert figures("01-activation-functions", "six-figure")["six-figure"][1]["six"] == list(VALUES)
    (x, y), at, (_, slopes), below = lines("01-activation-functions", "six-figure", activation=name, z=z)
    for drawn, point, oracles in ((y, at, VALUES), (slopes, below, SLOPES)):
        np.testing.assert_allclose(drawn, expected(oracles[name], x), atol=1e-12)
        np.testing.assert_allclose(point[1], oracles[name](z), atol=1e-12)


def test_dotted_line_stands_where_the_sum_is_zero():
    for weight, bias in ((2.0, -3.0), (-1, 2), (3, 0)):
        dotted = lines("01-activation-functions", "weight-bias-figure", weight=weight, bias=bias)[-1]
        assert dotted[0].tolist() == [-bias / weight] * 2
    level = lines("01-activation-functions", "weight-bias-figure", weight=0, bias=1)
    assert len(level) == len(lines("01-activation-functions", "weight-bias-figure", weight=1, bias=1)) - 1


@pytest.mark.parametrize("neurons", range(1, 9))
def test_each_relu_turns_the_curve_on_along_the_mountain_and_a_linear_neuron_turns_a_line(neurons):
    draw, scope = figures("01-activation-functions", "mountain-figure")["mountain-figure"]
    (x, y), marks = (np.array(line.get_data()) for line in flat(list(draw("relu", neurons)))[::2])
    so_far = x <= neurons
    np.testing.assert_allclose(y[so_far], np.interp(x[so_far], range(9), scope["heights"]), atol=1e-12)
    assert marks[0].tolist() == list(range(neurons)) and np.allclose(np.diff(y[~so_far], 2), 0)
    line = np.array(flat(list(draw("linear", neurons)))[0].get_data())[1]
    assert np.allclose(np.diff(line, 2), 0) and np.allclose(line[x >= neurons - 1], y[x >= neurons - 1])


def test_the_answer_to_the_slopes_and_the_hat_are_what_is_drawn():
    from lessons import EXERCISES, relu

    _, scope = figures("01-activation-functions", "hat-figure")["slopes-figure"]
    numbers = EXERCISES["slopes"].right
    for name, number in zip(scope["five"], numbers):
        [(_, drawn)] = [line.get_data() for line in scope["panes"][str(number)].lines]
        np.testing.assert_allclose(drawn, expected(SLOPES[name], scope["z_grid"]), atol=1e-12)
    [(x, y)] = [line.get_data() for line in scope["ax"].lines[:1]]
    np.testing.assert_allclose(y, EXERCISES["hat"].right(np.array(x)), atol=1e-12)
    height = lambda x: flat(list(scope["draw"](x)))[0].get_data()[1]
    assert all(np.isclose(height(x), 2 * relu(x - 1) - 3 * relu(x - 2) + relu(x - 4)) for x in np.arange(0, 6.5, 0.5))


def test_one_neuron_costs_least_where_it_is_level_at_one_half():
    draw, scope = figures("01-activation-functions", "fade-figure")["fade-figure"]
    costs = {}
    for steepness in (0, 2, 4):
        for border in (0, 1, 2):
            answers = expit(steepness * (scope["x"][:, 1] - border))
            costs[steepness, border] = cost = np.mean((answers - scope["labels"]) ** 2)
            right = np.mean((answers > 0.5) == scope["labels"])
            assert flat(list(draw(steepness, border)))[-1].get_text() == f"{right:.0%} right, cost {cost:.2f}"
    assert min(costs.values()) == costs[0, 0] == costs[0, 2] == 0.25 < costs[4, 1]


def border(artists):
    """Return for each piece of the line where the answer is 0 whether it is closed, and the line itself."""
    [line] = [part for part in artists if hasattr(part, "levels") and part.levels[0] == 0]
    paths = line.get_paths()[0].to_polygons(closed_only=False)
    return [np.allclose(path[0], path[-1]) for path in paths], np.concatenate(paths)


@pytest.mark.parametrize("third", range(0, 360, 30))
def test_three_lines_close_the_fence_and_two_do_not(third):
    artists = flat(list(figures("01-activation-functions", "fence-figure")["fence-figure"][0](third)))
    closed, line = border(artists)
    if third in (0, 120):  # it lies on another one
        assert closed and not any(closed)
    rising = np.cos(np.radians(np.arange(360)[:, None] - [0, 120, third])).max(axis=1)  # in each direction, the most
    assert (rising.min() > 1e-9) == (third in (210, 240, 270)) and all(closed) == (third == 240)  # or outside the frame
    if third == 240:
        turn = np.radians([0, 120, 240])
        on = line[:-1] @ [np.sin(turn), np.cos(turn)] > 1.1
        assert closed == [True] and np.sum(on != np.roll(on, 1, axis=0), axis=0).tolist() == [2, 2, 2]  # six corners


@pytest.mark.parametrize("cut", [0.5, 1.0, 1.5, 2.0, 2.5, 3.0])
def test_bowl_is_cut_where_it_is_as_high_and_two_gets_every_point(cut):
    draw, scope = figures("01-activation-functions", "bowl-figure")["bowl-figure"]
    artists = flat(list(draw(cut)))
    closed, line = border(artists)
    assert closed == [True] and np.allclose(np.abs(line).sum(axis=1), cut, atol=0.05)
    share = np.mean((np.abs(scope["x"]).sum(axis=1) > cut) == scope["labels"])
    assert artists[-1].get_text() == f"cut at {cut:g}: {share:.0%} of the points right" and (share == 1) == (cut == 2)


@pytest.mark.parametrize("net", ["relu", "linear", "tanh"])
def test_slice_below_the_solved_riddle_is_the_last_sum_along_the_middle(net):
    draw, scope = figures("01-activation-functions", "solved-figure")["solved-figure"]
    (w, b), (v, c) = scope["nets"][net].nets[20].layers
    [line] = [part for part in flat(list(draw(net, 20))) if hasattr(part, "get_data") and part.axes is scope["ax"]]
    x, y = line.get_data()
    f = {"relu": lambda z: np.maximum(z, 0), "linear": lambda z: z, "tanh": np.tanh}[net]
    np.testing.assert_allclose(y, (f(np.outer(x, w[0]) + b) @ v + c)[:, 0], atol=1e-9)
    assert (y[66] < -1 and min(y[0], y[-1]) > 0) == (net != "linear")  # a bowl, and water in it


def test_bowl_of_the_reader_is_drawn_in_place_of_ours(monkeypatch):
    draw, scope = figures("01-activation-functions", "bowl-figure")["bowl-figure"]
    monkeypatch.setitem(scope, "bowl", lambda x1, x2: (x1 + abs(x1) + x2 + abs(x2)) / 2)  # level to the left and below
    assert border(flat(list(draw(2.0))))[0] == [False]


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


def test_the_real_row_of_twenty_multiplies_weights_and_slopes():
    for weight, left in ((4.0, 5.2e-22), (1.5, 1.8e-11)):
        _, (_, real), (zs, _) = lines("03-vanishing-gradients", "row-figure", weight=weight)
        a, product = 1.0, 1.0
        for z in zs:
            assert math.isclose(z, weight * a, rel_tol=1e-9)
            a = expit(z)
        for z in zs[:-1]:
            product *= weight * expit(z) * expit(-z)
        assert math.isclose(real[0], product, rel_tol=1e-6) and math.isclose(real[0], left, rel_tol=0.05)


def test_dead_layer_draws_a_line_where_the_data_are():
    artists = flat(figures("05-leaky-relu", "revive-figure")["revive-figure"][0](update=1600))
    [(x, y)] = [artist.get_data() for artist in artists if isinstance(artist, plt.Line2D)]
    np.testing.assert_allclose(y, np.polyval(np.polyfit(x, np.sin(3 * x), 1), x), atol=5e-3)
    [bars] = [artist.get_segments() for artist in artists if isinstance(artist, LineCollection)]
    assert len(bars) == 40 and np.max(bars, axis=(0, 1))[1] < 0


def test_a_unit_thrown_out_settles_only_at_a_rate_at_which_a_relu_lives():
    alpha, settled = 0.1, []
    for rate in np.arange(1, 11) / 10:
        (_, z), (_, flat) = lines("05-leaky-relu", "large-figure", rate=rate)
        w, b, path = 1.0, 0.0, []
        for _ in range(41):  # the same in weight and bias, without the lesson's code
            path.append(2 * w + b)
            slope = 1 if path[-1] > 0 else alpha
            delta = (path[-1] * slope - 1) * slope
            w, b = w - rate * 2 * delta, b - rate * delta
        if rate != 0.4:  # there z is 0 after one update, and on which side decides rounding
            np.testing.assert_allclose(z, path, rtol=1e-6, atol=1e-9)
        settled.append(abs(z[-1] - 1) < 1e-3)
        assert settled[-1] == (flat[-1] > 0) and -12 < z.min() and z.max() < 10
    assert settled == [True] * 3 + [False] * 7
