"""Look into the picture of the net: its maps, rings, crosses and numbers against values worked out anew."""

import re
from dataclasses import replace
from functools import cache

import ipywidgets as widgets
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.collections import PathCollection
from scipy.special import expit
from test_drawings import words

from lessons import ACTIVATIONS, canvas, draw_net, measure, play, watch
from lessons.netmap import draw_key, _share

plays = cache(lambda name, init: play("circles", layers=[4, 3], activations=name, init=init, rate=0.1, epochs=4))


@pytest.fixture(autouse=True)
def no_figure_stays_open():
    yield
    assert plt.get_fignums() == []


def drawn(run, epoch, **how):
    """Return what draw_net draws of a run."""
    with plt.style.context("lessons.house"):
        fig, ax = canvas(3.4)
    found = draw_net(ax, run.nets[epoch], run.x, run.labels[:, None], **how)
    plt.close(fig)
    return found


def texts(found):
    """Return what is written, if that is on the page and can be read."""
    written = [artist for artist in found if isinstance(artist, plt.Text) and artist.get_text()]
    return written and words(written)


def rings_of(found):
    return [artist for artist in found if isinstance(artist, PathCollection)]


def colors(run, epoch, places):
    """Return red, green and blue of the page of maps at places, in inches."""
    [page] = [a.get_array() for a in drawn(run, epoch) if hasattr(a, "get_array") and np.ndim(a.get_array()) == 3]
    found = np.array([page[round(y * page.shape[1] / 5), round(x * page.shape[1] / 5)] for x, y in places], int)
    assert (found[:, 3] == 255).all()
    return found[:, :3].T


def frames(figure):
    """Return the SVG of each frame of a figure."""
    return [part.value for part in figure.parts if isinstance(part, widgets.HTML) and 'role="img"' in part.value]


def spoken(svg):
    """Return what a frame says to those who hear it."""
    return re.search('aria-label="(.*?)"', svg)[1]


def by_hand(run, epoch):
    """Return each unit's error signal on the points, root mean square, layer by layer; of a ReLU net."""
    (W, b), (V, a), (U, c) = run.nets[epoch].layers
    first = np.maximum(run.x @ W + b, 0)
    second = np.maximum(first @ V + a, 0)
    delta = expit(second @ U + c) - run.labels[:, None]
    before = delta @ U.T * (second > 0)
    return [np.sqrt(np.mean(d**2, axis=0)) for d in (before @ V.T * (first > 0), before, delta)]


def test_numbers_are_shares_of_the_output_signal():
    run = plays("relu", 2)
    *hidden, output = (np.sqrt(np.mean(size**2)) for size in by_hand(run, 4))
    numbers = [text for text in texts(drawn(run, 4)) if "dead" not in text]
    assert numbers == [_share(size / output) for size in reversed(hidden)]


def test_rings_are_thick_where_the_signal_is_large_and_dotted_where_there_is_none():
    run = play("circles", layers=[4, 3], activations="relu", init=2, epochs=1)
    run.nets[0].layers[1][0][:, 0] = -1  # a unit behind positive ones that is never on
    sizes, rings = by_hand(run, 0), rings_of(drawn(run, 0))
    widths = np.concatenate([ring.get_linewidths() for ring in rings])
    signals = np.concatenate([size / sizes[-1] for size in sizes])
    assert len(widths) == 8 and np.array_equal(np.argsort(np.argsort(widths)), np.argsort(np.argsort(signals)))
    silent = [style[1] is not None for ring in rings for style in ring.get_linestyles()]
    assert silent == (signals == 0).tolist() and any(silent)


def test_maps_show_what_units_put_out():
    run = plays("tanh", 1)
    (W, b), y = run.nets[4].layers[0], 0.8 + (3.4 - 1.32 - 0.38 - 0.8) / 2
    for unit in range(4):
        plane = np.array([[2, 0], [0, 2], [-2, 0], [0, -2]])
        values = np.tanh(plane @ W + b)[:, unit]
        red, _, blue = colors(run, 4, [1.93 + 0.46 * (unit - 1.5), y] + 0.17 / 3.5 * plane)
        assert np.all((np.abs(values) < 0.3) | ((red > blue) == (values > 0)))


def test_answer_is_orange_where_the_net_says_one():
    run = play("circles", layers=[6, 6], activations="relu", init=2, epochs=40)
    red, _, blue = colors(run, 40, [(1.93 + 0.66 * r / 3.5, 3.4 - 0.66 - 0.08) for r in (0, 0.5, 2.5)])
    assert (red > blue).tolist() == [False, False, True]


def test_dead_units_are_crossed_out_and_counted():
    run = play("circles", layers=[5, 5], activations="relu", init=2, epochs=1)
    run.nets[0].layers[0][1][[1, 3]] = -99
    found = drawn(run, 0)
    crosses = [line for line in found if isinstance(line, plt.Line2D) and line.get_marker() == "x"]
    assert [len(line.get_xdata()) for line in crosses][-1] == 2
    np.testing.assert_allclose(crosses[-1].get_xdata(), [1.93 - 0.46, 1.93 + 0.46])
    assert "2 of 5 dead" in texts(found)


def test_units_that_leak_are_crossed_out_if_they_stay_below_0_but_not_without_words_nor_are_other_bends():
    run = play("circles", layers=[5, 5], activations="leaky_relu", init=2, epochs=1)
    run.nets[0].layers[0][1][[1, 3]] = -99
    straight = replace(run.nets[0], activations=[ACTIVATIONS["linear"]] * 3)
    for net, words_too, count in (run.nets[0], True, 2), (run.nets[0], False, 0), (straight, True, 0):
        found = drawn(replace(run, nets={0: net}), 0, words=words_too)
        crosses = [line for line in found if isinstance(line, plt.Line2D) and line.get_marker() == "x"]
        assert len(crosses[-1].get_xdata()) == count and ("2 of 5 dead" in texts(found)) is (count == 2)


def test_each_map_has_its_own_scale_but_what_stays_below_one_stays_pale():
    run = play("circles", layers=[4], activations="relu", init=2, epochs=1)
    W, b = run.nets[0].layers[0]
    W[:], b[:] = [[9, 0.5, 0, 0], [0, 0, 0, 0]], [0, 0, 0.1, 0]
    places = [(1.93 + 0.46 * (unit - 1.5) + 0.15, 3.4 - 1.32 - 0.38) for unit in range(4)]
    strong, weak, faint, none = np.ptp(colors(run, 0, places), axis=0)
    assert strong > 90 and abs(weak - strong) < 12 and none < 8 and faint < 40


def test_wide_layers_show_eight_units_and_count_all():
    run = play("circles", layers=[12], activations="relu", init=2, epochs=1)
    run.nets[0].layers[0][1][:] = -99
    found = drawn(run, 0)
    assert [len(ring.get_offsets()) for ring in rings_of(found)] == [8, 1] and "12 of 12 dead" in texts(found)
    assert [ring.get_sizes()[0] for ring in rings_of(found)] == [(144 * 0.17) ** 2, (144 * 0.66) ** 2]
    [shaft] = [a for a in found if isinstance(a, plt.Line2D) and list(a.get_xdata()) == [3.88] * 2]
    assert shaft.get_ydata() == pytest.approx([3.4 - 1.15 - 0.08, 1.7 + 0.16]) and shaft.get_linestyle() == ":"


@pytest.mark.parametrize("back", [True, False])
def test_key_has_room(back):
    with plt.style.context("lessons.house"):
        fig, ax = canvas(3.4)
    draw_key(ax, back)
    assert len(words([*ax.texts, *ax.lines])) == (6 if back else 2)
    plt.close(fig)


def test_points_are_told_apart_and_all_there():
    run = plays("relu", 2)
    dots, triangles = [a for a in drawn(run, 0) if isinstance(a, plt.Line2D) and a.get_marker() in "o^"][:2]
    for line, label in ((dots, 0), (triangles, 1)):
        spots = (line.get_xydata() - [1.93, 3.4 - 0.66 - 0.08]) * 3.5 / 0.66
        np.testing.assert_allclose(spots, run.x[run.labels == label])


@pytest.mark.parametrize(
    "ratio, words",
    [
        *[(1, "1"), (0.384, "0.38"), (0.0953, "0.095"), (1.93, "1.9"), (3772.4, "3 800")],
        *[(0.05, "1/20"), (1 / 242, "1/240"), (1 / 12_345, "1/12 000"), (1.6e-7, "1/6 200 000"), (6.7e-35, "10⁻³⁴")],
        *[(0, "0"), (float("nan"), "no number"), (float("inf"), "inf")],
    ],
)
def test_shares_read_as_a_newcomer_reads_them(ratio, words):
    assert _share(ratio) == words


def test_frames_say_what_is_measured():
    run = play("circles", layers=[5, 5], activations="relu", init=2, epochs=20)
    shown = frames(watch(run))
    assert len(shown) == 21
    for epoch in (0, 7, 20):
        cost, right, *_ = measure(run, epoch)
        start = f"A net that looks at the plane, epoch {epoch}. cost {cost:.3g} {right:.0%} of new points right. "
        assert spoken(shown[epoch]).startswith(start)


def test_without_back_there_is_neither_cost_nor_error_signal():
    run = play("circles", layers=[4, 3], activations="relu", init=2, epochs=1)
    run.nets[0].layers[0][1][:] = -99  # dead units, which are not crossed out
    first, last = frames(watch(run, back=False))
    right = f"{measure(run, 0)[1]:.0%}"
    assert spoken(first) == f"A net that looks at the plane, epoch 0. {right} of new points right"
    found = drawn(run, 0, back=False)
    lines = [artist for artist in found if isinstance(artist, plt.Line2D)]
    assert [line.get_marker() for line in lines] == ["o", "^"] and not texts(found)
    [rims] = rings_of(found)
    assert len(rims.get_offsets()) == 2 + 4 + 3 + 1 and rims.get_sizes()[-1] == (144 * 0.66) ** 2
    assert set(rims.get_sizes()[:-1]) == {(144 * 0.17) ** 2}


def test_it_opens_at_the_end_or_where_it_is_told_to():
    run = play("xor", layers=[2], epochs=2)
    assert watch(run).text.startswith("A net that looks at the plane, epoch 2. ")
    assert watch({"one": run, "the same": run}, epoch=1).text.startswith("one that looks at the plane, epoch 1. ")


def test_overflow_is_said_and_drawn():
    run = play("circles", layers=[8] * 4, activations="leaky_relu", init=100, epochs=4)
    first, second, *_ = frames(watch(run))
    assert "overflowed" not in spoken(first) and f"overflowed in update {run.overflow}" in spoken(second)
    assert spoken(second).count("no number") == 4
    unknown = spoken(frames(watch(replace(run, overflow=None)))[1])  # a net trained in a lesson's own cell
    assert "overflowed" in unknown and "update" not in unknown


@pytest.mark.parametrize("epochs, each", [(20, 2), (25, 1)])  # the last look is always shown
def test_comparison_shows_every_second_of_many_looks(epochs, each):
    run = play("xor", layers=[2], epochs=epochs)
    figure = watch({"one": run, "the same": run})
    assert [child.description for child in figure.children[:-1]] == ["net", "epoch"]
    assert [int(label) for label, _ in figure.children[1].options] == list(range(0, epochs + 1, each))


def test_nets_of_other_depths_share_a_figure():
    runs = {"shallow": play("xor", layers=[2], epochs=2), "deep": play("xor", layers=[2] * 6, epochs=2)}
    assert len(frames(watch(runs))) == 6


@pytest.mark.parametrize("other", [{"seed": 1}, {"epochs": 30}, {"epochs": 10}, {"data": "xor"}])
def test_runs_that_do_not_fit_together(other):
    runs = {"one": play(layers=[1], epochs=20), "other": play(**{"layers": [1], "epochs": 20} | other)}
    with pytest.raises(ValueError, match="runs in one figure must share their data, seed and epochs"):
        watch(runs)


def test_rings_of_a_net_without_numbers_are_dashed_and_black_and_words_can_be_left_out():
    run = play("circles", layers=[6] * 4, activations="leaky_relu", init=400, rate=0.1, epochs=1)
    found = drawn(run, 1, words=False)
    assert all(np.allclose(color[:3], 0) for ring in rings_of(found) for color in ring.get_edgecolors())
    assert all(style[1] is not None for ring in rings_of(found) for style in ring.get_linestyles())
    assert texts(found) == []
    dead = play("circles", layers=[6] * 4, activations="relu", init=400, rate=0.1, epochs=1)
    assert texts(drawn(dead, 1, words=False)) == ["0"] * 4
