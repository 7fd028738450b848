"""Read the curves out of the lessons' own figures, and compare them with independent values."""

import re
from functools import cache

import matplotlib.pyplot as plt
import numpy as np
import pytest
from eye import flat
from matplotlib.collections import LineCollection
from matplotlib.patches import FancyArrow
from scipy.special import expit, ndtr
from test_activations import SLOPES, VALUES, expected
from test_notebooks import code, prose


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
    ("01-activation-functions", "xor-figure", dict(k=2.0), 0, lambda s: np.interp(s, [-1, 0, 1, 3], [0, 0, 1, -1])),
    ("02-sigmoid", "hand-figure", dict(w=2.0, b=-6.5), 5, lambda hours: expit(2 * hours - 6.5)),
    ("05-leaky-relu", "alpha-figure", dict(alpha=0.3), 0, lambda x: np.where(x > 0, x, 0.3 * x)),
    ("05-leaky-relu", "alpha-figure", dict(alpha=-1.0), 0, abs),
    ("05-leaky-relu", "alpha-figure", dict(alpha=0.5), 1, lambda x: np.where(x > 0, 1, 0.5)),
    ("05-leaky-relu", "family-figure", dict(function="ELU"), 0, lambda x: np.where(x > 0, x, np.expm1(x))),
    ("05-leaky-relu", "family-figure", dict(function="SiLU"), 0, lambda x: x * expit(x)),
    ("05-leaky-relu", "family-figure", dict(function="GELU"), 0, lambda x: x * ndtr(x)),
]


@pytest.mark.parametrize(
    "lesson, cell, values, number, curve", CURVES, ids=[f"{c[0][:2]}-{c[1]}-{c[2]}" for c in CURVES]
)
def test_curve_is_what_it_claims(lesson, cell, values, number, curve):
    x, y = lines(lesson, cell, **values)[number]
    assert len(x) >= 7
    np.testing.assert_allclose(y, curve(x), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("z", [-6.0, 0.0, 5.0])
def test_balls_roll_on_the_two_costs_of_one_who_passed_and_the_lines_touch_them(z):
    touch, ball, ramp, upper = lines("02-sigmoid", "entropy-figure", z=z)
    a = expit(z)
    squared, entropy = ((a - 1) ** 2 / 2, (a - 1) * a * (1 - a)), (-np.log(a), a - 1)
    for (x, y), at, (value, slope) in (touch, ball, squared), (ramp, upper, entropy):
        assert at.ravel() == pytest.approx([z, value])
        assert [y.mean(), np.diff(y)[0] / np.diff(x)[0]] == pytest.approx([value, slope], abs=1e-4)


@pytest.mark.parametrize("cost", ["squared", "cross-entropy"], ids=["02-squared", "02-cross-entropy"])
def test_bars_of_the_students_have_the_slope_of_the_cost_above_as_their_mean(cost):
    draw, scope = figures("02-sigmoid", "shelf-figure")["shelf-figure"]
    for w in (-1.0, 1.5, 3.0):
        bars = flat(list(draw(cost, w)))[1].get_segments()
        low, high = scope["sides"][cost][1]([w - 1e-4, w + 1e-4])
        assert np.mean([end for _, (_, end) in bars]) == pytest.approx((high - low) / 2e-4, abs=1e-5)


@pytest.mark.parametrize("function", ["leaky ReLU", "ELU", "SiLU", "GELU"])
def test_slopes_of_the_family_are_those_of_its_curves_and_only_the_leak_is_left_far_out(function):
    (x, y), (_, slope) = lines("05-leaky-relu", "family-figure", function=function)[:2]
    leaks = function == "leaky ReLU"  # which has a corner in between
    np.testing.assert_allclose((slope[1:] + slope[:-1]) / 2, np.diff(y) / np.diff(x), atol=0.5 if leaks else 2e-3)
    assert (slope[x < -6].max() > 0.02) == leaks
    assert (slope.min() < 0) == (function in ("SiLU", "GELU"))


@pytest.mark.parametrize("name", ["step", "linear", "sigmoid", "tanh", "relu"])
@pytest.mark.parametrize("z", [-2.5, -0.5, 0.5, 2.5])
def test_five_points_lie_on_their_curves_and_are_touched_as_steeply(name, z):
    touch, (x, y), (at, value) = lines("01-activation-functions", "slopes-figure", function=name, z=z)
    np.testing.assert_allclose(y, expected(VALUES[name], x), atol=1e-12)
    np.testing.assert_allclose([at[0], value[0]], [z, VALUES[name](z)], atol=1e-12)
    np.testing.assert_allclose(np.diff(touch[1]) / np.diff(touch[0]), SLOPES[name](z), atol=1e-12)
    np.testing.assert_allclose(touch.mean(axis=1), [z, value[0]], atol=1e-12)


@pytest.mark.parametrize("neurons", range(1, 9))
def test_each_relu_turns_the_curve_on_along_the_mountain_and_a_linear_neuron_turns_a_line(neurons):
    draw, scope = figures("01-activation-functions", "mountain-figure")["mountain-figure"]
    curve, _, marks, newest = flat(list(draw("relu", neurons)))
    (x, y), marks = (np.array(line.get_data()) for line in (curve, marks))
    before = flat(list(draw("relu", neurons - 1)))[0].get_ydata() if neurons > 1 else 0
    np.testing.assert_allclose(newest.get_ydata(), y - before, atol=1e-12)
    so_far = x <= neurons
    np.testing.assert_allclose(y[so_far], np.interp(x[so_far], range(9), scope["heights"]), atol=1e-12)
    assert marks[0].tolist() == list(range(neurons)) and np.allclose(np.diff(y[~so_far], 2), 0)
    line = np.array(flat(list(draw("linear", neurons)))[0].get_data())[1]
    assert np.allclose(np.diff(line, 2), 0) and np.allclose(line[x >= neurons - 1], y[x >= neurons - 1])


def test_the_answer_to_the_slopes_is_what_is_drawn_and_that_to_the_hat_goes_through_its_table():
    from lessons import EXERCISES

    _, scope = figures("01-activation-functions", "slopes-figure")["slopes-figure"]
    numbers = EXERCISES["slopes"].right
    for name, number in zip(scope["five"], numbers):
        [(_, drawn)] = [line.get_data() for line in scope["panes"][str(number)].lines]
        np.testing.assert_allclose(drawn, expected(SLOPES[name], scope["z_grid"]), atol=1e-12)
    [task] = [text for text in prose("01-activation-functions") if "### Exercise: a crooked hat" in text]
    x, heights = ([float(number) for number in re.findall(r"\d+", row)] for row in task.splitlines()[-3::2])
    grid = np.linspace(-2, 8, 101)
    np.testing.assert_allclose(EXERCISES["hat"].right(grid), np.interp(grid, x, heights, left=0, right=0), atol=1e-12)


def border(artists):
    """Return for each piece of the line where the answer is 0 whether it is closed, and the line itself."""
    line = next(part for part in artists if hasattr(part, "levels") and part.levels[0] == 0)  # then comes a sheet
    paths = line.get_paths()[0].to_polygons(closed_only=False)
    return [np.allclose(path[0], path[-1]) for path in paths], np.concatenate(paths)


def told(artists):
    """Return the texts among some artists."""
    return [part.get_text() for part in artists if isinstance(part, plt.Text) and part.get_text()]


@pytest.mark.parametrize("w1, bias", [(-2, -2), (-2, 2), (0, 0), (1, -1), (2, 1)])
def test_numbers_on_the_plane_are_what_the_neuron_puts_out_there(w1, bias):
    draw, _ = figures("01-activation-functions", "plane-figure")["plane-figure"]
    artists = flat(list(draw(w1, bias)))
    shown = {part.get_position(): part.get_text() for part in artists if isinstance(part, plt.Text)}
    places = [(x1, x2) for x1 in range(-2, 3) for x2 in range(-2, 3)]
    assert shown == {(x1, x2): str(max(0, w1 * x1 + x2 + bias)) for x1, x2 in places}
    [line] = [part for part in artists if isinstance(part, plt.Line2D)]
    x1, x2 = np.transpose(line.get_xydata())[:, :2]
    assert np.allclose(w1 * x1 + x2 + bias, 0)


@pytest.mark.parametrize("cut", [0.5, 1.0, 1.5, 2.0, 2.5, 3.0])
def test_bowl_is_cut_where_it_is_as_high_and_two_gets_every_point(cut):
    draw, scope = figures("01-activation-functions", "bowl-figure")["bowl-figure"]
    artists = flat(list(draw(4, cut)))
    closed, line = border(artists)
    assert closed == [True] and np.allclose(np.abs(line).sum(axis=1), cut, atol=0.05)
    share = np.mean((np.abs(scope["data"]).sum(axis=1) > cut) == scope["labels"])
    assert told(artists)[0] == f"cut at {cut:g}: {share:.0%} answered right" and (share == 1) == (cut == 2)


@pytest.mark.parametrize("neurons", [1, 2, 3, 4])
def test_bowl_grows_neuron_by_neuron_and_the_fourth_closes_its_border(neurons):
    draw, scope = figures("01-activation-functions", "bowl-figure")["bowl-figure"]
    artists = flat(list(draw(neurons, 2.0)))
    up = [lambda x1, x2: x1, lambda x1, x2: -x1, lambda x1, x2: x2, lambda x1, x2: -x2][:neurons]
    closed, line = border([part for part in artists if part.axes is scope["above"]])
    assert all(closed) == (neurons == 4)
    assert np.allclose(sum(np.maximum(0, f(*line.T)) for f in up), 2, atol=0.05)
    sheet = [part for part in artists if part.axes is scope["front"]]
    falls = [part for part in sheet if isinstance(part, LineCollection) and part.get_segments()]
    assert bool(falls) == (neurons < 4)  # with four it holds water
    shore, _ = [part for part in sheet if hasattr(part, "levels")][::-1]
    x1, y = np.concatenate(shore.get_paths()[0].to_polygons(closed_only=False)).T
    assert np.allclose(sum(np.maximum(0, f(x1, (y - 0.6) / 0.55)) for f in up), 2, atol=0.05)


@pytest.mark.parametrize("neurons", range(1, 7))
@pytest.mark.parametrize("net", ["relu", "linear", "tanh"])
def test_sheet_of_the_solved_riddle_is_the_last_sum_of_the_first_neurons_and_the_arrow_faces_up_it(net, neurons):
    draw, scope = figures("01-activation-functions", "solved-figure")["solved-figure"]
    (w, b), (v, c) = scope["nets"][net].nets[40].layers
    few = ([0, 1, 4, 5, 3, 2] if net == "relu" else list(range(6)))[:neurons]
    artists = flat(list(draw(net, neurons)))
    drawn = [part for part in artists if isinstance(part, plt.Line2D)]
    f = {"linear": lambda z: z, "tanh": np.tanh}.get(net, lambda z: np.maximum(z, 0))
    x, y = [part.get_data() for part in drawn if part.axes is scope["front"]][-1]  # its rim, from the right leftwards
    around = np.radians(np.arange(0, 361, 3))
    rim = 3.3 * np.stack([np.cos(around), np.sin(around)], axis=1)
    on_rim = f(rim @ w[:, few] + b[few]) @ v[few, 0] + c
    np.testing.assert_allclose([x, y], [rim[:, 0], 0.55 * rim[:, 1] + 0.1 * on_rim], atol=1e-9)
    sums = (f(scope["data"] @ w[:, few] + b[few]) @ v[few] + c)[:, 0]
    right = f"{np.mean((sums > 0) == scope['labels']):.0%} answered right"
    assert told(artists) == [f"neurons: {len(few)}, newest last weight {v[few[-1], 0]:+.1f}; {right}".replace("-", "−")]
    [arrow] = [part for part in artists if isinstance(part, FancyArrow)]
    start, tip = np.array([[arrow._x, arrow._y], [arrow._x + arrow._dx, arrow._y + arrow._dy]])
    rise = (f(np.array([start, tip]) @ w[:, few[-1]] + b[few[-1]]) * v[few[-1], 0]) @ [-1, 1]
    assert rise > 0 and np.allclose(start @ w[:, few[-1]] + b[few[-1]], 0)
    [thick] = [part for part in drawn if part.get_linewidth() == 3]
    assert np.allclose(thick.get_xydata()[:2] @ w[:, few[-1]] + b[few[-1]], 0, atol=1e-9)
    holds = min(on_rim) > 0 > min(sums)
    assert holds == (net != "linear" and neurons >= 4)
    if net == "linear":
        assert np.ptp(on_rim[:60] + on_rim[60:120]) < 1e-9  # flat


@pytest.mark.parametrize("epoch", [0, 2, 4, 6, 8, 10])
def test_border_of_the_riddle_is_where_the_answer_is_one_half_straight_for_a_and_a_fence_for_b(epoch):
    draw, scope = figures("01-activation-functions", "riddle-figure")["riddle-figure"]
    for artists, net in zip(draw(epoch), ("linear", "relu")):
        found = [part for part in flat(list(artists)) if hasattr(part, "levels")]
        assert found or net == "relu" and epoch == 0  # where it says dot everywhere
        if found:
            closed, line = border(flat(list(artists)))
            points = (line - [1.93, 2.16]) * 3.5 / 0.66
            sums = scope["last_sum"](scope["nets"][net].nets[epoch].layers, net)
            assert np.hypot(*points.T).max() < 3.5 and np.abs(sums(points)).max() < 0.1
            assert closed == [net == "relu"]
            assert (np.linalg.svd(points - points.mean(axis=0))[1][1] < 1e-6) == (net == "linear")


def test_four_neurons_of_the_solved_riddle_close_a_fence_because_the_first_three_leave_the_lower_right_open():
    draw, scope = figures("01-activation-functions", "solved-figure")["solved-figure"]
    points, labels, v = scope["data"], scope["labels"], scope["choose"]("relu", 6)[2]
    sums = [scope["choose"]("relu", neurons)[3] for neurons in range(1, 7)]
    for neurons in range(1, 7):
        closed, _ = border(flat(list(draw("relu", neurons))))
        assert all(closed) == (neurons >= 4)
    shares = [np.mean((z(points) > 0) == labels) for z in sums]
    assert shares[2] < 0.85 and 0.96 < shares[3] < shares[4] == shares[5] == 1 and min(v) > 0
    assert not np.any((sums[3](points) > 0) & (labels == 0))  # too wide: only triangles are wrong
    lower_right = np.array([[30.0, -40.0]])
    (w, b), (_, c) = scope["nets"]["relu"].nets[40].layers
    assert sums[2](lower_right) == pytest.approx(c) and sums[3](lower_right) > 9
    heard = np.mean(points @ w + b > 0, axis=0)
    assert max(heard) < 1 / 2 and max(b) <= 0 and c == pytest.approx(-3.2, abs=0.05)


def test_three_tanh_neurons_of_the_riddle_leave_only_the_left_open_and_the_fourth_lifts_it_and_lowers_the_rest():
    scope = figures("01-activation-functions", "solved-figure")["solved-figure"][1]
    assert scope["nets"]["tanh"].nets[40].layers[1][1] == pytest.approx(2.8, abs=0.05)
    turn = np.radians(np.arange(361))
    rim = 3.3 * np.column_stack([np.cos(turn), np.sin(turn)])
    one, two, three, four = (scope["choose"]("tanh", neurons)[3] for neurons in (1, 2, 3, 4))
    assert min(one(scope["data"])) > 0 and min(two(scope["data"])) > 0
    assert max(rim[three(rim) < 0, 0]) < -2 and min(four(rim)) > 0
    places = np.array([[-2.5, 0.0], [0.0, 0.0], [2.5, 0.0]])
    assert [round(lift, 1) for lift in four(places) - three(places)] == [1.7, -1.5, -1.7]
    assert three(places)[2] > 2.5


def test_each_tanh_of_the_riddle_lifts_the_sum_outside_its_line_and_lowers_it_in_the_middle():
    draw, scope = figures("01-activation-functions", "solved-figure")["solved-figure"]
    (w, b), (v, _) = scope["nets"]["tanh"].nets[40].layers
    middle, outside = (np.tanh(b + s * np.sign(b) * np.linalg.norm(w, axis=0)) * v[:, 0] for s in (0, -3))
    assert max(middle) < 0 < min(outside)  # outside: 3 away, across the line
    artists = flat(list(draw("tanh", 4)))
    lines, _ = [part for part in artists if isinstance(part, plt.Line2D) and np.isnan(part.get_xdata()).any()]
    ends = lines.get_xydata()[~np.isnan(lines.get_xdata())].reshape(4, 2, 2)
    assert np.allclose(np.einsum("lei,il->le", ends, w[:, :4]) + b[:4, None], 0, atol=1e-9)
    assert v[3, 0] == pytest.approx(-1.7, abs=0.05) and w[0, 3] > 3 * abs(w[1, 3])  # its line stands upright


def test_each_relu_of_the_riddle_is_above_0_for_a_fifth_of_the_points_all_the_time():
    run = figures("01-activation-functions", "solved-figure")["solved-figure"][1]["nets"]["relu"]
    first = [net.layers[0] for net in run.nets.values()]
    assert len(first) == 21 and min(np.mean(run.x @ w + b > 0, axis=0).min() for w, b in first) > 1 / 5


def test_three_turned_neurons_close_a_hexagon_that_turns_at_their_lines_and_two_leave_a_way_out():
    draw, scope = figures("01-activation-functions", "thirds-figure")["thirds-figure"]
    artists = flat(list(draw(3)))
    closed, line = border([part for part in artists if part.axes is scope["above"]])
    corners = 1.5 / np.cos(np.pi / 6) * np.array([[np.cos(turn), np.sin(turn)] for turn in np.pi / 3 * np.arange(6)])
    assert closed == [True] and max(np.hypot(*(line - corner).T).min() for corner in corners) < 0.1
    assert np.allclose(np.abs(corners @ scope["thirds"]).min(axis=1), 0)  # each lies on the line of a neuron
    assert np.allclose(np.maximum(line @ scope["thirds"], 0).sum(axis=1), 1.5, atol=0.05)
    assert told(artists)[0].endswith("100% answered right")
    assert not any(border(flat(list(draw(neurons))))[0] != [False] for neurons in (1, 2))
    assert f"{np.round(scope['thirds'][:, 1:].T, 2).tolist()}" == "[[-0.87, -0.5], [0.87, -0.5]]"


@pytest.mark.parametrize("curve, spills", [("two ReLUs", False), ("one ReLU", True), ("a straight line", True)])
def test_water_on_a_line_runs_out_on_the_left_unless_two_relus_hold_it(curve, spills):
    draw, _ = figures("01-activation-functions", "line-figure")["line-figure"]
    artists = flat(list(draw(curve)))
    [strokes] = [part.get_segments() for part in artists if isinstance(part, LineCollection)]
    assert [path[0][0] < -3 for path in strokes] == [True] * (3 * spills)
    _, dots, triangles = [np.array(part.get_data()) for part in artists if isinstance(part, plt.Line2D)]
    assert max(abs(dots[0])) < 2 and max(dots[1]) < 2 and min(abs(triangles[0])) > 2
    assert np.all((triangles[1] < 2) == (spills & (triangles[0] < 0)))  # those on the left are wrong


def test_gap_to_the_smooth_ridge_shrinks_with_more_corners():
    draw, scope = figures("01-activation-functions", "hill-figure")["hill-figure"]
    gaps = []
    for corners in (2, 4, 8, 16, 32):
        artists = flat(list(draw(corners)))
        (x, y), (at, _) = [part.get_data() for part in artists if isinstance(part, plt.Line2D)]
        assert len(at) == corners and np.allclose(np.interp(at, x, y), scope["hill"](at))
        gaps.append(np.abs(y - scope["hill"](x)).max())
        assert told(artists) == [f"largest gap {gaps[-1]:.2f}"]
    assert max(np.diff(gaps)) < 0 and gaps[-1] < 0.05


def test_bowl_of_the_reader_is_drawn_in_place_of_ours(monkeypatch):
    draw, scope = figures("01-activation-functions", "bowl-figure")["bowl-figure"]
    monkeypatch.setitem(scope, "bowl", lambda x1, x2: (x1 + abs(x1) + x2 + abs(x2)) / 2)  # level to the left and below
    assert border(flat(list(draw(4, 2.0))))[0] == [False]


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
