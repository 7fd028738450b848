"""Compare what the recurring pictures plot with independent values."""

import re
from itertools import combinations

import matplotlib.pyplot as plt
import numpy as np
import pytest
from eye import flat
from matplotlib.image import AxesImage
from scipy.special import expit
from test_activations import SLOPES, VALUES, expected

from lessons import ACTIVATIONS, canvas, draw_chain, draw_digits, draw_layers, draw_neuron, draw_table
from lessons import draw_ways_back, plot_ball, plot_kinks, plot_plane, plot_point, plot_sheet
from lessons.drawings import SIGNAL, WEIGHT


@pytest.fixture
def axes():
    """Return three axes of a figure in the lessons' look, which is closed afterwards."""
    with plt.style.context("lessons.house"):
        figure, axes = plt.subplots(1, 3)
        yield axes
    plt.close(figure)


@pytest.mark.parametrize("at", [-2.0, 0.0, 1.5])
@pytest.mark.parametrize("name", VALUES)
def test_point_lies_on_value_and_slope(axes, name, at):
    oracles, ax = (VALUES[name], SLOPES[name]), axes[0]
    ax.set(xlim=(-4, 4), ylim=(-1, 3))
    *lines, (tangent,), (points,), text = plot_point(ax, ACTIVATIONS[name], at)
    for [line], oracle, style in zip(lines, oracles, ("-", "--"), strict=True):
        x, y = line.get_data()
        assert (x[0], x[-1], line.get_linestyle(), line.get_color()) == (-4, 4, style, ACTIVATIONS[name].color)
        np.testing.assert_allclose(y, expected(oracle, x), atol=1e-14)
    value, slope = (oracle(at) for oracle in oracles)
    np.testing.assert_allclose(points.get_data(), [[at, at], [value, slope]], atol=1e-14)
    np.testing.assert_allclose(tangent.get_ydata(), value + slope * (tangent.get_xdata() - at), atol=1e-14)
    assert tangent.get_xdata().tolist() == [at - 1.2, at + 1.2]
    assert np.isin([-4, 0, 4], x).all()  # the corner is drawn as one
    assert lines[0][0].get_linewidth() > lines[1][0].get_linewidth() > tangent.get_linewidth() > 0
    assert text.get_transform() == ax.transAxes and np.allclose(text.get_position(), [0.05, 0.95], atol=0.05)
    said = text.get_text().replace("−", "-")
    assert f"value {value:.3f}" in said and f"slope {slope:.3f}" in said
    assert (ax.get_xlim(), ax.get_ylim()) == ((-4, 4), (-1, 3))


def test_kink_is_where_a_unit_sums_to_zero(axes):
    rng = np.random.default_rng(0)
    W, b = rng.normal(size=(2, 5)), rng.normal(size=5)
    [line] = plot_kinks(axes[0], W, b, "#123456")
    ends = np.reshape(line.get_data(), (2, 5, 3))
    assert np.isnan(ends[:, :, 2]).all()  # the pen is lifted between units
    np.testing.assert_allclose(np.einsum("iue,iu->ue", ends[:, :, :2], W) + b[:, None], 0, atol=1e-12)
    along = ends[:, :, 0] - ends[:, :, 1]
    np.testing.assert_allclose(np.linalg.norm(along, axis=0), 40)
    np.testing.assert_allclose(np.sum(along * ends[:, :, :2].mean(axis=2), axis=0), 0, atol=1e-12)  # as far each way
    assert 0 < line.get_linewidth() < 1


# Drawings


def words(drawn):
    """Return the texts of a drawing, with plain minus signs. All of it is on the page, and nothing hides another."""
    drawn = [artist for artist in flat(drawn) if not isinstance(artist, plt.Text) or artist.get_text()]
    boxes = [artist.get_window_extent() for artist in drawn]
    page = drawn[0].get_figure().bbox.padded(3)
    assert all(page.contains(*box.min) and page.contains(*box.max) for box in boxes)
    solid = [box for box, artist in zip(boxes, drawn) if isinstance(artist, (plt.Text, AxesImage)) and box.width > 1]
    assert not any(one.padded(-1).overlaps(other) for one, other in combinations(solid, 2))
    units = {(*artist.center, artist.radius) for artist in drawn if isinstance(artist, plt.Circle)}
    assert all(np.hypot(x - u, y - v) > r + s for (x, y, r), (u, v, s) in combinations(units, 2))
    for at in (artist.get_position() for artist in drawn if isinstance(artist, plt.Text)):
        assert not any(1e-9 < np.hypot(at[0] - x, at[1] - y) < r for x, y, r in units)  # in the middle or outside
    for line in (artist for artist in drawn if isinstance(artist, plt.Line2D)):
        way, ends = line.get_xydata(), {tuple(line.get_xydata()[i]) for i in (0, -1)}
        if line.get_color() == WEIGHT:  # from unit to unit; that of a bias hangs on one alone
            assert len(ends & {(x, y) for x, y, _ in units}) == (1 if np.ptp(way[:, 0]) == 0 else 2)
        elif len(way) == 41:  # a curve inside its unit
            assert any(np.all(np.hypot(*(way - [x, y]).T) < r) for x, y, r in units)
    return [artist.get_text().replace("−", "-") for artist in drawn if isinstance(artist, plt.Text)]


@pytest.fixture
def page():
    """Return the axes of an empty canvas in the lessons' look, which is closed afterwards."""
    with plt.style.context("lessons.house"):
        fig, ax = canvas(3)
        yield ax
    plt.close(fig)


def test_neuron_says_its_sum_and_activation(page):
    said = words(draw_neuron(page, [0.8, 0.3], [2, -3], -2, "sigmoid", ["cloudy", "windy"]))
    assert {"0.8", "0.3", "× 2", "× -3", "bias -2", "cloudy", "windy", "z = -1.3", "0", "1"} <= set(said)
    assert f"a = {expit(-1.3):.2f}" in said


def test_weights_are_thick_if_large_and_dashed_if_negative(page):
    neurons = (draw_neuron(page, [1], [weight], 0) for weight in (1, 3, -3))
    thin, thick, below = ([part for part in drawn if isinstance(part, plt.Line2D)][1] for drawn in neurons)
    assert thin.get_linewidth() < thick.get_linewidth() == below.get_linewidth()
    assert thick.get_linestyle() == "-" != below.get_linestyle()


CHAIN = dict(x=1.0, weights=[1.5, 2.0, -0.5], wish=0.3)


def by_hand(nudge=0.0, at=0):
    """Return z, a and cost of the chain, with one z moved by a nudge."""
    z, a = [], [CHAIN["x"]]
    for i, w in enumerate(CHAIN["weights"]):
        z.append(w * a[-1] + nudge * (i == at))
        a.append(expit(z[-1]))
    return z, a, (a[-1] - CHAIN["wish"]) ** 2 / 2


def test_chain_sends_back_the_slope_of_the_cost_and_tells_that_of_each_weight(page):
    slopes = [(by_hand(1e-6, i)[2] - by_hand(-1e-6, i)[2]) / 2e-6 for i in range(3)]
    for move in range(4):
        said = words(drawn := draw_chain(page, **CHAIN, way="back", move=move))
        lines = {depth: [a for a in drawn if isinstance(a, plt.Line2D) and a.get_zorder() == depth] for depth in (5, 6)}
        arrows = [a.get_xydata()[-1].tolist() for a in drawn if isinstance(a, plt.Line2D) and a.get_color() == SIGNAL]
        arrows = [end for end in arrows if end[1] < 3 - 0.85 - 0.5]  # below the units: shafts and their heads
        assert arrows[::2] == arrows[1::2] and len(arrows) == 2 * max(move - 1, 0)
        for tangent, dot in zip(lines[5], lines[6], strict=True):
            np.testing.assert_allclose(tangent.get_xydata().mean(axis=0), dot.get_xydata()[0])
        signals = [text for text in said if re.fullmatch(r"δ = -?[\d.]+", text)]
        assert signals == [f"δ = {s:.4f}" for s in slopes[3 - move :]]
    assert said[-1].endswith(f"= {slopes[0]:.4f}") and len([t for t in said if t.startswith("slope ")]) == 3
    assert [t for t in said if t.startswith("a = ")] == [f"a = {a:.3f}" for a in by_hand()[1][1:]]
    assert f"cost\n{by_hand()[2]:.3f}" in said
    told = words(draw_chain(page, **CHAIN, way="back", move=4))[-1]
    assert told.endswith("\n" + ", ".join(f"{d:.4f} × {came:.3g}" for d, came in zip(slopes, by_hand()[1])))


def test_chain_carries_a_nudge_to_the_cost(page):
    (_, before, cost), (_, after, moved_cost) = by_hand(), by_hand(0.01)
    change, moved = moved_cost - cost, np.subtract(after, before)[1:]
    said = words(draw_chain(page, **CHAIN, way="nudge", move=6))
    assert said[-1] == f"The cost changes by {change:+.6f} for z +0.01:\na ratio of {change / 0.01:.4f}"
    assert [t for t in said if t.startswith("a ")] == [f"a {change:+.5f}" for change in moved]
    for move, change in ((1, moved[0]), (2, moved[0] * CHAIN["weights"][1]), (3, moved[1]), (5, moved[2])):
        said = words(draw_chain(page, **CHAIN, way="nudge", move=move))
        counts = [sum(text.startswith(sign) for text in said) for sign in ("z ", "a ", "× 0.")]
        assert counts == [move // 2 + 1, (move + 1) // 2, (move + 1) // 2]
        assert said[-1].startswith("through the ") and said[-1].endswith(f" = {change:+.5f}")


def test_layers_show_what_they_give(page):
    W, b, V, c = np.array([[2, -1], [1, 0.5]]), np.array([1, 0]), np.array([[1], [2.0]]), np.array([-1.0])
    said = words(draw_layers(page, [1, -1], [(W, b), (V, c)]))
    assert said.count("-2") == 1 and said.count("2") == 3 and {"-1.5", "bias +1", "bias -1", "0.5"} <= set(said)


def test_ways_back_are_added_up_and_multiplied_by_the_slope(page):
    said = words(draw_ways_back(page, [0.2, -0.1], [[1.5, 2], [-1, 0.5]], [0.25, 0.1]))
    assert {"0.025", "-0.025", "0.1 × slope 0.25", "-0.25 × slope 0.1"} <= set(said)
    assert "1.5·0.2 + 2·(-0.1) = 0.1" in said


def test_wrong_digits_are_marked(page):
    said = draw_digits(page, np.zeros((7, 64)), [3, 5, 8, 1, 1, 1, 1], [3, 6, 8, 1, 1, 1, 1])
    assert words(said) == ["3", "6, not 5", "8", "1", "1", "1", "1"]
    colors = [artist.get_color() for artist in said if hasattr(artist, "get_text")]
    assert colors[0] == colors[2] != colors[1]
    np.testing.assert_allclose(page.transData.transform([[0, 0], [5, 3]]), page.figure.dpi * np.array([[0, 0], [5, 3]]))


def test_dead_unit_is_a_column_of_zeros(page):
    activations = np.zeros((7, 3))
    activations[:, 1] = [2.5, 0, 0, 0.04, 0, 0, 9]
    activations[6, 2] = 1
    drawn = draw_table(page, activations, "layer 2")
    said, greys = words(drawn), [part.get_facecolor()[0] for part in flat(drawn) if isinstance(part, plt.Polygon)]
    assert 0 < greys[6] < greys[9] < greys[7] == greys[0] < 1  # the more, the darker
    assert said.count("0") == 6 + 4 + 6 + 1  # zeros in six rows, "on for 0 points"
    assert {"layer 2", "unit 1", "2", "2.5", "0.04", "3"} <= set(said) and "9.0" not in said


def test_ball_touches_its_curve(axes):
    axes[0].set(xlim=(-4, 4), ylim=(0, 16))
    (way,), (begin,), (tangent,), (ball,), text = plot_ball(axes[0], lambda w: w**2, [3, 2, 1.5])
    np.testing.assert_allclose(way.get_data(), [[3, 2, 1.5], [9, 4, 2.25]])
    assert (begin.get_xdata()[0], ball.get_xdata()[0]) == (3, 1.5)
    (x0, x1), (y0, y1) = tangent.get_data()
    assert (y1 - y0) / (x1 - x0) == pytest.approx(3) and (y0 + y1) / 2 == pytest.approx(2.25)
    assert (x1 - x0) / 8 == pytest.approx(0.24) and text.get_position() == (0.02, 0.97)
    assert text.get_text() == "w = 1.50   cost 2.250   slope 3.0000"
    assert plot_ball(axes[0], lambda w: w / 1e5, [0.0])[-1].get_text().endswith("slope 0.0000100")


def test_sheet_is_as_high_as_it_is_told_and_holds_water_only_if_its_rim_is_higher(axes):
    axes[0].set(xlim=(-3.5, 3.5), ylim=(-3, 3))
    around = np.radians(np.arange(0, 361, 3))
    x, y = 3.3 * np.cos(around), 3.3 * np.sin(around)
    bowl = lambda at: np.hypot(*at.T)
    _, *rows, rim, _, _, falls, shore = flat(plot_sheet(axes[0], bowl, 2, tall=0.4))
    np.testing.assert_allclose(rim.get_data(), [x, 0.55 * y + 0.4 * 3.3], atol=1e-9)
    assert len(rows) == 17 and not falls.get_segments() and shore.levels == [2]
    east, north = np.concatenate(shore.get_paths()[0].to_polygons()).T
    np.testing.assert_allclose(np.hypot(east, (north - 0.8) / 0.55), 2, atol=0.02)
    tilted = lambda at: at[:, 0]
    *_, falls, shore = flat(plot_sheet(axes[0], tilted, 0))
    assert falls.get_segments() and all(start[0] < 0 for start, _ in falls.get_segments())  # where it is low
    assert not hasattr(flat(plot_sheet(axes[0], bowl, -1))[-1], "levels")  # dry
    assert not hasattr(flat(plot_sheet(axes[0], bowl, 9))[-1], "levels")  # all under water


def test_plane_is_the_right_way_round(axes):
    axes[0].set(xlim=(-2, 2), ylim=(0, 1))
    image = plot_plane(axes[0], lambda points: points[:, 0] + 10 * points[:, 1])
    values = image.get_array()
    assert values[0, 0] == -2 and values[0, -1] == 2 and values[-1, 0] == 8 and image.origin == "lower"
    assert image.get_extent() == [-2, 2, 0, 1] and image.get_clim() == (-1.2, 1.2) and axes[0].get_xlim() == (-2, 2)
