"""The picture of the collection: a net that looks at the plane, with the error signal on its way back.

The input is at the bottom, the answer at the top. Each unit is a map of what it puts out over the plane,
its ring is its error signal, lines are weights, and a unit that is dead is crossed out.
"""

import numpy as np

from lessons.drawings import FAINT, SIGNAL, WEIGHT, canvas, say
from lessons.network import backward, forward
from lessons.playground import Run, measure
from lessons.sliders import explore


EDGE, PIXELS = 3.5, 120  # half the width of the plane that a map shows; pixels from side to side of the answer
SMALL, LARGE, MIDDLE = 0.17, 0.66, 1.93  # radius of a unit and of the answer, and where their middle is, in inches


def watch(runs, epoch=None):
    """Return the picture of a Run over its training time, or of a dict of Runs with a menu of its keys.

    It opens at the end of the training, or at this epoch. Raises TypeError for anything but Runs, and ValueError
    for runs that do not share points and epochs.
    """
    runs = {"the net": runs} if isinstance(runs, Run) else runs
    if not (isinstance(runs, dict) and runs and all(isinstance(run, Run) for run in runs.values())):
        raise TypeError("watch takes what play returns, or a dict of such runs, as in {'mine': run, 'yours': other}")
    first, *others = runs.values()
    if any(run.nets.keys() != first.nets.keys() or not np.array_equal(run.x, first.x) for run in others):
        raise ValueError("runs in one figure must share their data, seed and epochs")
    epochs, default = list(first.nets), next(iter(runs))
    last = epochs[-1] if epoch is None else epoch
    step = epochs[2 if others and len(epochs) > 20 and len(epochs) % 2 else 1]  # fewer frames if they are many
    fig, ax = canvas(2.5 + 0.44 * max(len(run.layers) for run in runs.values()))
    _key(ax)

    def draw(net=default, epoch=last):
        run = runs[net]
        return [draw_net(ax, run.nets[epoch], run.x, run.labels[:, None]), say(ax, 3.02, ax.get_ylim()[1] - 0.1, _words(run, epoch), ha="left", va="top")]

    menu = {"net": list(runs)} if others else {}
    alt = f"{'{net}' if others else 'A net'} that looks at the plane. Error signal from the last hidden layer to the first"
    return explore(draw, alt=alt, **menu, epoch=(0, epochs[-1], step))


def _words(run, epoch):
    """Return what is measured of a run at an epoch, in three short lines."""
    cost, right, *_ = measure(run, epoch)
    if np.isnan(cost):
        return f"epoch {epoch}\noverflowed\nin update {run.overflow}"
    return f"epoch {epoch}\ncost {cost:.3g}\n{right:.0%} right"


def _key(ax):
    """Draw what the signs of the picture mean, below it."""
    for x, share, word in ((0.18, 1, "strong signal"), (1.62, 1e-5, "weak"), (2.48, 0, "none")):
        _rings(ax, np.array([[x, 0.42]]), np.array([share]), 0.1)
        say(ax, x + 0.19, 0.42, word, ha="left")
    ax.plot(3.4, 0.42, "x", color="black", markersize=10, mew=1.6)
    say(ax, 3.59, 0.42, "dead unit", ha="left")
    say(ax, 0.08, 0.14, "orange: above 0, purple: below   dashed line: negative weight", ha="left")
    say(ax, 4.04, ax.get_ylim()[1] - 0.95, "error signal\n(output: 1)", SIGNAL, ha="left")


def draw_net(ax, net, x, target):
    """Draw a net that looks at the plane: input at the bottom, answer at the top, the error signal on its way back.

    x holds the points, (points, 2), and target what the one output should be, (points, 1). Of a wider layer 8 units
    are drawn. The numbers at the right say how large a layer's signal is, if that of the output is 1.
    """
    with np.errstate(all="ignore"):
        zs, activations = forward(net, x)
        deltas, _ = backward(net, zs, activations, activations[-1] - target)
        units = [np.sqrt(np.mean(delta**2, axis=0)) for delta in deltas]
        shares = [np.sqrt(np.mean(unit**2)) / np.sqrt(np.mean(units[-1] ** 2)) for unit in units]
    places = _places(ax, net)
    drawn = [_edges(ax, W, below, above) for (W, _), below, above in zip(net.layers, places, places[1:])]
    drawn += [_maps(ax, net, places), _points(ax, x, target[:, 0] > 0.5, places[-1][0])]
    drawn += [_rings(ax, at, size / units[-1].max(), r) for at, size, r in zip(places[1:], units, _radii(net))]
    above = places[-1][0, 1] - 0.4
    for at, a, share in reversed(list(zip(places[1:-1], activations[1:], shares))):
        dead, y = np.all(a == 0, axis=0), at[0, 1]
        drawn += [
            ax.plot(*at[dead[: len(at)]].T, "x", color="black", markersize=15, mew=1.6, zorder=5, rasterized=True),
            _back(ax, (3.88, above), (3.88, y), share),
            say(ax, 4.04, y, _share(share), SIGNAL, ha="left", va="bottom" if dead.any() else "center"),
        ]
        if dead.any():
            drawn.append(say(ax, 4.04, y, f"{dead.sum()} of {len(dead)} dead", ha="left", va="top"))
        above = y
    return drawn


def _places(ax, net):
    """Return where the units of each layer are drawn, (units, 2): the input at the bottom."""
    top, hidden = ax.get_ylim()[1], len(net.sizes) - 2
    heights = np.linspace(0.8, top - 2 * LARGE - 0.38, hidden + 1)
    rows = [(MIDDLE + 0.46 * (np.arange(n) - (n - 1) / 2), np.full(n, y)) for n, y in zip(np.clip(net.sizes, 1, 8), heights)]
    return [np.column_stack(row) for row in rows] + [np.array([[MIDDLE, top - LARGE - 0.08]])]


def _radii(net):
    """Return the radius of the units of each layer after the input."""
    return [SMALL] * (len(net.sizes) - 2) + [LARGE]


def _edges(ax, W, below, above):
    """Draw the weights between two layers: thick if large, left out if below a quarter of the largest."""
    from matplotlib.collections import LineCollection

    W = W[: len(below), : len(above)]
    share = np.nan_to_num(np.abs(W) / np.abs(W).max())
    large = np.argwhere(share > 0.25)
    styles = [(0, (2.5, 1)) if W[i, j] < 0 else "-" for i, j in large]
    look = {"colors": WEIGHT, "alpha": 0.5, "zorder": 1, "rasterized": True}
    ends = [[below[i], above[j]] for i, j in large]
    return ax.add_collection(LineCollection(ends, linewidths=2.4 * share[share > 0.25], linestyles=styles, **look))


def _maps(ax, net, places):
    """Draw what each unit puts out over the plane, orange above 0 and purple below, as one picture."""
    from matplotlib import colormaps

    axis = np.linspace(-EDGE, EDGE, PIXELS)
    plane = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
    with np.errstate(all="ignore"):  # in pieces: a larger product would start threads, which is slow
        pieces = [forward(net, piece)[1] for piece in np.split(plane, 40)]
    outs = [np.concatenate(layer) for layer in zip(*pieces)]
    outs[0], outs[-1] = outs[0] / EDGE, 2 * outs[-1] - 1
    inch = PIXELS / (2 * LARGE)
    page = np.zeros((round(ax.get_ylim()[1] * inch), round(ax.get_xlim()[1] * inch), 4))
    for out, at, radius in zip(outs, places, [SMALL, *_radii(net)]):
        pick = np.linspace(0, PIXELS - 1, round(2 * radius * inch)).round().astype(int)
        inside = np.hypot(*np.meshgrid(axis[pick], axis[pick])) <= EDGE
        values = out.reshape(PIXELS, PIXELS, -1)[np.ix_(pick, pick)] / np.clip(np.nan_to_num(np.abs(out).max()), 1, None)
        colors = colormaps["PuOr_r"](0.5 + 0.42 * values)
        for j, (x, y) in enumerate(at):
            row, column = round((y - radius) * inch), round((x - radius) * inch)
            page[row : row + len(pick), column : column + len(pick)][inside] = colors[:, :, j][inside]
    extent = (*ax.get_xlim(), *ax.get_ylim())
    return ax.imshow(page, extent=extent, origin="lower", aspect="auto", interpolation="nearest", zorder=2, rasterized=True)


def _rings(ax, at, share, radius):
    """Draw the error signal of units as rings: thick and dark if large, thin and pale if small, dotted if exactly 0."""
    strength = _strength(share)[: len(at)]
    colors = [_tint(s) if s > 0 else FAINT for s in strength]
    widths = np.where(strength > 0, 0.6 + 3 * strength, 0.9)
    styles = ["-" if s > 0 else (0, (1, 1.5)) for s in strength]
    look = {"facecolors": "none", "zorder": 3, "rasterized": True}
    size = (144 * radius) ** 2
    return ax.scatter(*at.T, size, edgecolors=colors, linewidths=widths, linestyles=styles, **look)


def _strength(share):
    """Return how strongly a signal is drawn, on a log scale: 1 for a share of 1, little for a millionth, 0 for 0."""
    with np.errstate(all="ignore"):
        return np.nan_to_num(np.where(share > 0, np.clip(1 + np.log10(share) / 7, 0.05, 1), 0))


def _tint(strength):
    """Return the colour of a signal, paler if it is weak."""
    return tuple(1 - strength * (1 - np.array([0.702, 0.071, 0.247])) * 0.9 - 0.1 * np.array([0.05, 0.6, 0.5]))


def _back(ax, start, end, share):
    """Draw the way back from layer to layer, as thick as the signal that arrives."""
    s = float(_strength(share))
    line = {"color": _tint(s), "linewidth": 0.8 + 5 * s, "linestyle": "-"} if s else {"color": FAINT, "linewidth": 1, "linestyle": ":"}
    gap = 0.08 * np.sign(start[1] - end[1])
    tip = ax.plot(end[0], end[1] + gap, "v", color=line["color"], markersize=5 + 5 * s, zorder=3, rasterized=True)
    return ax.plot([start[0], end[0]], [start[1] - gap, end[1] + 2 * gap], zorder=2, rasterized=True, solid_capstyle="butt", **line), tip


def _points(ax, x, labels, at):
    """Draw the points on the answer: dots for 0, triangles for 1."""
    spots = at + LARGE / EDGE * x
    look = {"linestyle": "", "zorder": 4, "rasterized": True}
    return [
        ax.plot(*spots[~labels].T, marker="o", color="#2d1350", markersize=2.2, **look),
        ax.plot(*spots[labels].T, marker="^", color="#5c3a00", markerfacecolor="white", markersize=2.8, mew=0.6, **look),
    ]


def _share(ratio):
    """Write a share as a newcomer reads it: 0.38, 1/240, 1/12 000."""
    if not ratio > 0 or ratio >= 0.095:
        return "0" if ratio == 0 else f"{ratio:.2g}".replace("inf", "no number").replace("nan", "no number")
    step = 10 ** max(0, int(np.log10(1 / ratio)) - 1)
    return f"1/{round(1 / ratio / step) * step:,}".replace(",", " ")
