"""The picture of the collection: a net that looks at the plane, and the error signal on its way back.

The input is at the bottom, the answer at the top. Each unit is a map of what it puts out over the plane, its ring
is its error signal, lines are weights, and a dead unit is crossed out.
"""

import numpy as np
from matplotlib import colormaps
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgb

from lessons.drawings import FAINT, SIGNAL, WEIGHT, canvas, say
from lessons.network import backward, forward
from lessons.playground import EDGE, Run, _share, measure
from lessons.sliders import explore

PIXELS = 120  # from side to side of the answer
SMALL, LARGE, MIDDLE = 0.17, 0.66, 1.93  # radius of a unit and of the answer, and where their middle is, in inches
CROSS = {"color": "black", "markeredgewidth": 1.6}
PIXEL = {"rasterized": True}  # one picture of all that moves is smaller, and quicker to show, than a thousand lines


def watch(runs, epoch=None, back=True):
    """Return the picture of a Run over its training time, or of a dict of Runs with a menu of its keys.

    It opens at this epoch, else at the end of the training. Without back it shows neither cost nor error signal.
    Raises ValueError for runs that do not share points and epochs.
    """
    runs = {"A net": runs} if isinstance(runs, Run) else runs
    first, *others = runs.values()
    if any(run.nets.keys() != first.nets.keys() or not np.array_equal(run.x, first.x) for run in others):
        raise ValueError("runs in one figure must share their data, seed and epochs")
    epochs, name = list(first.nets), next(iter(runs))
    step = epochs[2 if others and len(epochs) > 20 and len(epochs) % 2 else 1]  # of several runs every second look
    fig, ax = canvas(2.5 + 0.44 * max(len(run.layers) for run in runs.values()))
    draw_key(ax, back)

    def draw(net=name, epoch=epochs[-1] if epoch is None else epoch):
        run = runs[net]
        words = say(ax, 3.02, ax.get_ylim()[1] - 0.1, _words(run, epoch, back), ha="left", va="top")
        return words, draw_net(ax, run.nets[epoch], run.x, run.labels[:, None], back)

    alt, controls = "{net} that looks at the plane, epoch {epoch}", {"epoch": (0, epochs[-1], step)}
    if others:
        return explore(draw, alt=alt, net=list(runs), **controls)
    return explore(draw, alt=alt.replace("{net}", name), **controls)


def _words(run, epoch, back):
    """Return what is measured of a run at an epoch, in three short lines, or two without the cost."""
    cost, right, *_ = measure(run, epoch)
    if np.isnan(cost):
        return "overflowed" + (f"\nin update {run.overflow}" if run.overflow is not None else "")
    told = f"{right:.0%} of new\npoints right"
    return f"cost {cost:.3g}\n{told}" if back else told


def draw_key(ax, back=True):
    """Draw what the signs of draw_net mean, at the foot of its axes."""
    if not back:
        say(ax, 0.08, 0.42, "the large circle: orange says triangle, purple says dot", ha="left")
        say(ax, 0.08, 0.14, "small circles: orange above 0, white 0, purple below", ha="left")
        return
    for x, share, word in ((0.18, 1, "strong signal"), (1.62, 1e-5, "weak"), (2.48, 0, "none")):
        _rings(ax, np.array([[x, 0.42]]), np.array([share]), 0.1)
        say(ax, x + 0.19, 0.42, word, ha="left")
    ax.plot(3.4, 0.42, "x", **CROSS, markersize=10)
    say(ax, 3.59, 0.42, "dead unit", ha="left")
    say(ax, 0.08, 0.14, "orange: above 0 (answer: ½), purple: below   dashed: weight < 0", ha="left")
    say(ax, 4.01, ax.get_ylim()[1] - 0.95, "error signal\n(output: 1)", SIGNAL, ha="left")


def draw_net(ax, net, x, target, back=True, words=True):
    """Draw a net that looks at the plane, and return the artists.

    x holds the points, (points, 2), and target what the one output should be, (points, 1). Of a wider layer 8 units
    are drawn. The numbers at the right say how large a layer's error signal is, if that of the output is 1. Without
    back there is nothing of the error signal, and no unit is crossed out. With words a unit that leaks is dead, too,
    if it stays below 0. Without words no dead unit is counted, and a layer whose signal is no number has none at its
    side.
    """
    places = _places(ax, net)
    drawn = [_edges(ax, W, *ends) for (W, _), ends in zip(net.layers, zip(places, places[1:]))]
    drawn += [_maps(ax, net, places), *_points(ax, x, target[:, 0] > 0.5, places[-1][0])]
    if back:
        return drawn + _signals(ax, net, x, target, places, words)
    sizes = np.repeat([SMALL, LARGE], [sum(map(len, places[:-1])), 1])
    look = {"facecolors": "none", "edgecolors": FAINT, "linewidths": 0.9, "zorder": 3}
    return [*drawn, ax.scatter(*np.concatenate(places).T, (144 * sizes) ** 2, **look, **PIXEL)]


def _signals(ax, net, x, target, places, words):
    """Draw the way back: error signals as rings and arrows, their numbers, and crosses over dead units."""
    with np.errstate(all="ignore"):  # a net may have overflowed
        zs, activations = forward(net, x)
        deltas, _ = backward(net, zs, activations, activations[-1] - target)
        units = [np.sqrt(np.mean(delta**2, axis=0)) for delta in deltas]
        shares = [np.sqrt(np.mean(unit**2) / np.mean(units[-1] ** 2)) for unit in units]
        rings = [unit / units[-1] for unit in units]
    above = ax.get_ylim()[1] - 1.15
    drawn = [_rings(ax, at, ring, SMALL) for at, ring in zip(places[1:-1], rings)]
    drawn.append(_rings(ax, places[-1], rings[-1], LARGE))
    for at, a, share, kind in reversed(list(zip(places[1:-1], activations[1:], shares, net.activations))):
        dead, y = np.all(a <= 0 if words and kind.name == "leaky_relu" else a == 0, axis=0), at[0, 1]
        drawn += ax.plot(*at[dead[: len(at)]].T, "x", **CROSS, markersize=15, zorder=5, **PIXEL)
        drawn += _way_back(ax, above, y, share)
        told = words and dead.any()
        number = _share(share) if words or share >= 0 else ""
        drawn.append(say(ax, 4.01, y + 0.09 * told, number, SIGNAL, ha="left"))
        if told:
            drawn.append(say(ax, 4.01, y - 0.09, f"{dead.sum()} of {len(dead)} dead", ha="left"))
        above = y
    return drawn


def _places(ax, net):
    """Return where the units of each layer are drawn, (units, 2): the input at the bottom."""
    top = ax.get_ylim()[1]
    heights = np.linspace(0.8, top - 2 * LARGE - 0.38, len(net.sizes) - 1)
    counts = [min(size, 8) for size in net.sizes[:-1]]
    rows = [(MIDDLE + 0.46 * (np.arange(n) - (n - 1) / 2), np.full(n, y)) for n, y in zip(counts, heights)]
    return [*map(np.column_stack, rows), np.array([[MIDDLE, top - LARGE - 0.08]])]


def _edges(ax, W, below, above):
    """Draw the weights between two layers: thick if large, left out if below a quarter of the largest."""
    W = W[: len(below), : len(above)]
    share = np.nan_to_num(np.abs(W) / np.abs(W).max())
    large = np.argwhere(share > 0.25)
    styles = [(0, (2.5, 1)) if W[i, j] < 0 else "-" for i, j in large]
    look = {"linewidths": 2.4 * share[share > 0.25], "linestyles": styles, "colors": WEIGHT, "alpha": 0.5, "zorder": 1}
    return ax.add_collection(LineCollection([[below[i], above[j]] for i, j in large], **look, **PIXEL))


def _maps(ax, net, places):
    """Draw what each unit puts out over the plane, orange above 0 and purple below, all on one page.

    The colours are full where a unit puts out most, but never for less than 1.
    """
    axis, inch = np.linspace(-EDGE, EDGE, PIXELS), PIXELS / (2 * LARGE)
    plane = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
    with np.errstate(all="ignore"):  # in pieces: a larger product would start threads, which is slow
        outs = [np.concatenate(layer) for layer in zip(*(forward(net, piece)[1] for piece in np.split(plane, 40)))]
    outs[0], outs[-1], seen = outs[0] / EDGE, 2 * outs[-1] - 1, np.hypot(*plane.T) <= EDGE
    page = np.zeros((round(ax.get_ylim()[1] * inch), round(5 * inch), 4), np.uint8)
    for out, at in zip(outs, places):
        radius = LARGE if at is places[-1] else SMALL
        pick = np.linspace(0, PIXELS - 1, round(2 * radius * inch)).round().astype(int)
        inside = np.hypot(*np.meshgrid(axis[pick], axis[pick])) <= EDGE
        most = np.maximum(1, np.nan_to_num(np.abs(out[seen]).max(axis=0)))
        values = out.reshape(PIXELS, PIXELS, -1)[np.ix_(pick, pick)] / most
        for (x, y), color in zip(at, np.moveaxis(colormaps["PuOr_r"](0.5 + 0.42 * values, bytes=True), 2, 0)):
            row, column = round((y - radius) * inch), round((x - radius) * inch)
            page[row : row + len(pick), column : column + len(pick)][inside] = color[inside]
    extent, look = (0, 5, *ax.get_ylim()), {"interpolation": "nearest", "zorder": 2}
    return ax.imshow(page, extent=extent, origin="lower", aspect="auto", **look, **PIXEL)


def _points(ax, x, labels, at):
    """Draw the points on the answer: dots for 0, triangles for 1."""
    dots, triangles = (at + LARGE / EDGE * x[labels == label] for label in (False, True))
    look = {"color": "#2d1350", "markersize": 2.4, "markeredgewidth": 0.6, "zorder": 4}
    return [
        *ax.plot(*dots.T, "o", **look, **PIXEL),
        *ax.plot(*triangles.T, "^", **look | {"color": "#5c3a00", "markerfacecolor": "white"}, **PIXEL),
    ]


def _rings(ax, at, shares, radius):
    """Draw error signals as rings."""
    colors, widths, styles = zip(*map(_ring, shares[: len(at)]))
    look = {"facecolors": "none", "edgecolors": colors, "linewidths": widths, "linestyles": list(styles), "zorder": 3}
    return ax.scatter(*at.T, (144 * radius) ** 2, **look, **PIXEL)


def _ring(share):
    """Return colour, width and style of a ring: pale and thin if the signal is small, dotted if it is exactly 0."""
    if np.isnan(share):
        return "black", 1.6, (0, (4, 2))
    s = _strength(share)
    return _tint(s), 0.9 + 2.7 * s, "-" if s else (0, (1, 1.5))


def _strength(share):
    """Return how strongly a signal is drawn: 1 for a share of 1, a little for a millionth, 0 for 0 or no number."""
    return float(np.clip(1 + np.log10(share) / 7, 0.05, 1)) if share > 0 else 0


def _tint(strength):
    """Return the colour of a signal, pale if it is weak, grey if there is none."""
    return tuple(1 - (0.15 + 0.85 * strength) * (1 - np.array(to_rgb(SIGNAL)))) if strength else FAINT


def _way_back(ax, start, end, share):
    """Draw the way back from one layer to the next: an arrow down, as thick as the signal that arrives."""
    s = _strength(share)
    look = {"color": _tint(s), "linestyle": "-" if s else ":", "linewidth": 1 + 5 * s, "solid_capstyle": "butt"}
    shaft = ax.plot([3.88, 3.88], [start - 0.08, end + 0.16], zorder=2, **look, **PIXEL)
    return [*shaft, *ax.plot(3.88, end + 0.08, "v", color=_tint(s), markersize=5 + 5 * s, zorder=3, **PIXEL)]
