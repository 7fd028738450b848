"""The drawings that come back from lesson to lesson: a neuron, a chain of them, layers, a curve with a point on it.

Each function draws on axes and returns its artists, for explore to move. A weight is a line: thick if large,
dashed if negative. The error signal, on its way back, is crimson.
"""

import numpy as np
from matplotlib import pyplot
from matplotlib.patches import Circle

from lessons.activations import ACTIVATIONS, sigmoid, sigmoid_slope

INK, FAINT, WEIGHT, SIGNAL = "#222222", "#767676", "#44546a", "#b3123f"
SPANS = {"step": (-0.3, 1.3), "sigmoid": (-0.3, 1.3), "tanh": (-1.5, 1.5)}  # heights in a unit; of others (-4, 4)
LEVELS = {"step": (0, 1), "sigmoid": (0, 1), "tanh": (-1, 1)}  # heights that a unit marks; of others 0


def canvas(height):
    """Return a figure, 5 inches wide, and its axes for a drawing: no frame, both directions in inches."""
    fig = pyplot.figure(figsize=(5, height), layout="none")
    ax = fig.add_axes((0, 0, 1, 1), xlim=(0, 5), ylim=(0, height))
    ax.set_axis_off()
    return fig, ax


def say(ax, x, y, text, color=INK, **look):
    """Write text around a point, with a minus that reads as one."""
    return ax.text(x, y, text.replace("-", "−"), color=color, **{"ha": "center", "va": "center", "zorder": 7} | look)


def _column(ax, count, step):
    """Return the heights of a column of units around the middle of the axes, the first at the top."""
    return ax.get_ylim()[1] / 2 + step * ((count - 1) / 2 - np.arange(count))


def _node(ax, at, radius):
    """Draw the circle of a unit."""
    return [ax.add_patch(Circle(at, radius, facecolor="white", edgecolor=INK, linewidth=1.3, zorder=3))]


def _weight(ax, start, end, size, text=None, place=0.5, lift=0):
    """Draw a weight as a line, and what it is on the line, or lifted above it."""
    line = {"linewidth": 0.6 + 1.4 * min(abs(size), 4), "linestyle": (0, (2, 0.7)) if size < 0 else "-"}
    drawn = ax.plot(*zip(start, end), color=WEIGHT, zorder=1, solid_capstyle="butt", **line)
    ground = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
    at = np.multiply(start, 1 - place) + np.multiply(end, place) + [0, lift]
    return [*drawn, say(ax, *at, text or f"× {size:g}", WEIGHT, bbox=ground, zorder=2)]


def _bend(ax, at, radius, activation, z, tangent=False):
    """Draw a unit with its activation function inside, and the point on it where the unit stands."""
    f, z = ACTIVATIONS[activation], np.clip(z, -4, 4)
    low, high = SPANS.get(activation, (-4, 4))
    x, y = np.append(np.linspace(-4, 0, 21), np.linspace(1e-9, 4, 20)), f.function  # a jump at 0 stands upright

    def place(x, y):
        return at[0] + 0.19 * radius * x, at[1] + 1.3 * radius * ((y - low) / (high - low) - 0.5)

    drawn = [*_node(ax, at, radius), *ax.plot(*place(x, y(x)), color=f.color, zorder=4)]
    drawn += ax.plot(*place(z, y(z)), "o", color=f.color, zorder=6)
    if tangent:
        reach = np.array([-1.7, 1.7]) / np.hypot(1, 6 * f.slope(z))
        drawn += ax.plot(*place(z + reach, y(z) + f.slope(z) * reach), color=SIGNAL, zorder=5)
    return drawn


def draw_neuron(ax, inputs, weights, bias, activation="sigmoid", names=None):
    """Draw one neuron: its inputs, weights and bias, their sum z, the activation function and the activation a."""
    z, middle = np.dot(inputs, weights) + bias, ax.get_ylim()[1] / 2
    drawn = ax.plot([2.3, 4.2], [middle, middle], color=INK, linewidth=1.3, zorder=1)
    for y, x, w, name in zip(_column(ax, len(inputs), 1.24), inputs, weights, names or [""] * len(inputs)):
        drawn += [*_weight(ax, (0.5, y), (2.3, middle), w), *_node(ax, (0.5, y), 0.3)]
        drawn += [say(ax, 0.5, y, f"{x:g}"), say(ax, 0.5, y + 0.42, name, FAINT)]
    drawn += _weight(ax, (2.3, middle), (2.3, middle + 0.9), bias, f"bias {bias:+g}", 0.95)
    drawn += [*_node(ax, (2.3, middle), 0.42), *_bend(ax, (3.5, middle), 0.42, activation, z)]
    a, color = ACTIVATIONS[activation].function(z), ACTIVATIONS[activation].color
    low, high = SPANS.get(activation, (-4, 4))
    for level in LEVELS.get(activation, (0,)):
        y = middle + 0.546 * ((level - low) / (high - low) - 0.5)
        drawn += ax.plot([3.2, 3.8], [y, y], color=FAINT, linewidth=0.6, zorder=3)
        drawn.append(say(ax, 4.04, y + 0.13 * (y == middle), f"{level:g}", FAINT))
    return drawn + [
        say(ax, 2.3, middle, f"z = {z:.3g}"),
        say(ax, 2.3, middle - 0.58, "add up", FAINT),
        say(ax, 3.5, middle - 0.58, activation.replace("_", " "), color),
        say(ax, 4.25, middle, f"a = {a:.2f}", ha="left"),
    ]


def draw_chain(ax, x, weights, wish, way, move):
    """Draw sigmoid neurons in a row, without biases, as far as they have come after some moves.

    way "nudge" lets 0.01 more of the first z ripple through to the cost, which is half of (a - wish) squared; "back"
    works out the error signals from right to left.
    """
    n, y = len(weights), ax.get_ylim()[1] - 0.85
    z, a, cost = _chain(x, weights, wish)
    slope, delta = _chain_back(z, a, weights, wish)
    notes, words = {"nudge": _tell_nudge, "back": _tell_back}[way](x, weights, wish)
    at = np.linspace(0.28, 4.0, n + 1)
    drawn = [*_node(ax, (at[0], y), 0.22), say(ax, at[0], y, f"{x:g}")]
    for i, w in enumerate(weights):
        unit = at[i + 1], y
        drawn += _weight(ax, (at[i], y), unit, w, place=0.5 if i else 0.45, lift=0.2)
        drawn += _bend(ax, unit, 0.34, "sigmoid", z[i], tangent=True)
        drawn += [say(ax, at[i + 1], y + up, text, color) for since, up, text, color in notes[i] if move >= since]
        if way == "back" and n - move <= i < n - 1:
            drawn += _arrow(ax, at[i + 2] - 0.42, at[i + 1] + 0.42, y - 0.85, delta[i] / delta[-1])
            middle, factors = (at[i + 1] + at[i + 2]) / 2, f"× {weights[i + 1]:g} × {slope[i]:.3f}"
            drawn.append(say(ax, middle, y - 1.11, factors, SIGNAL))
    drawn += [say(ax, 4.68, y + 0.2, f"wish {wish:g}"), say(ax, 4.68, y - 0.2, f"cost\n{cost:.3f}")]
    return [*drawn, say(ax, 2.5, 0.24, words[min(move, len(words) - 1)])]


def _chain(x, weights, wish, nudge=0):
    """Return every z, every activation and the cost, with the first z moved by nudge."""
    z, a = [], [x]
    for w in weights:
        z.append(w * a[-1] + (0 if z else nudge))
        a.append(float(sigmoid(z[-1])))
    return z, a, (a[-1] - wish) ** 2 / 2


def _chain_back(z, a, weights, wish):
    """Return the slope and the error signal of every neuron."""
    slope = sigmoid_slope(z)
    delta = [(a[-1] - wish) * slope[-1]]
    for i in reversed(range(len(z) - 1)):
        delta.insert(0, delta[0] * weights[i + 1] * slope[i])
    return slope, delta


# Both return notes for each neuron, (since which move, how high, text, color), and a line for each move.


def _tell_nudge(x, weights, wish):
    """Tell how far a nudge of the first z gets."""
    z, a, cost = _chain(x, weights, wish)
    moved_z, moved_a, moved_cost = _chain(x, weights, wish, nudge=0.01)
    notes, words = [], ["How far does a nudge of the first z get?"]
    for i in range(len(weights)):
        dz, da = moved_z[i] - z[i], moved_a[i + 1] - a[i + 1]
        through_bend = (2 * i + 1, 0.5, f"a {da:+.5f}", SIGNAL), (2 * i + 1, -0.76, f"× {da / dz:.3f}", SIGNAL)
        notes.append([(2 * i, -0.52, f"z {dz:+.5f}", SIGNAL), *through_bend])
        words.append(f"through the bend: {dz:+.5f} × {da / dz:.3f} = {da:+.5f}")
        words += [f"through the weight: {da:+.5f} × {w:g} = {da * w:+.5f}" for w in weights[i + 1 : i + 2]]
    change = moved_cost - cost
    return notes, [*words, f"The cost changes by {change:+.6f} for z +0.01:\na ratio of {change / 0.01:.4f}"]


def _tell_back(x, weights, wish):
    """Tell how the error signals come about, from right to left."""
    z, a, _ = _chain(x, weights, wish)
    slope, delta = _chain_back(z, a, weights, wish)
    notes, words = [], ["δ, the error signal: how much the cost changes with z."]
    words.append(f"δ = miss × slope = ({a[-1]:.3f} − {wish:g}) × {slope[-1]:.3f} = {delta[-1]:.4f}")
    for i in reversed(range(len(z) - 1)):
        words.append(f"δ = {delta[i + 1]:.4f} × {weights[i + 1]:g} × {slope[i]:.3f} = {delta[i]:.4f}")
    for i in range(len(z)):
        notes.append([(0, 0.5, f"a = {a[i + 1]:.3f}", INK), (0, -0.52, f"slope {slope[i]:.3f}", SIGNAL)])
        notes[i].append((len(z) - i, -0.85, f"δ = {delta[i]:.4f}", SIGNAL))
    each = ", ".join(f"{d:.4f} × {came:.3g}" for d, came in zip(delta, a))
    return notes, [*words, f"slope of the cost for each weight, δ × what came in:\n{each}"]


def _arrow(ax, start, end, y, share):
    """Draw the error signal as an arrow to the left, thick if it is strong."""
    size = np.clip(abs(share), 0.05, 1) ** 0.5
    shaft = ax.plot([start, end + 0.1], [y, y], color=SIGNAL, linewidth=6 * size, solid_capstyle="butt", zorder=1)
    return [*shaft, *ax.plot(end + 0.1, y, "<", color=SIGNAL, markersize=4 + 7 * size, zorder=1)]


def draw_layers(ax, x, layers, left=0.3, right=4.7):
    """Draw a few linear layers with a number at each weight: the values x, then for each layer (W, b) what it gives."""
    values, before = np.asarray(x, dtype=float), np.empty((0, 2))
    drawn = []
    for at, (W, b) in zip(np.linspace(left, right, len(layers) + 1), [(None, None), *layers]):
        values = values if W is None else values @ W + b
        places = np.column_stack([np.full(len(values), at), _column(ax, len(values), 0.95)])
        for i, start in enumerate(before):
            for j, end in enumerate(places):
                drawn += _weight(ax, start, end, W[i, j], f"{W[i, j]:g}", 0.62 if i == j else 0.38)
        for j, place in enumerate(places):
            drawn += [*_node(ax, place, 0.24), say(ax, *place, f"{values[j]:.3g}")]
            if W is not None:
                drawn.append(say(ax, place[0], place[1] + 0.36, f"bias {b[j]:+g}", WEIGHT))
        before = places
    return drawn


def draw_ways_back(ax, delta, W, slope):
    """Draw how the error signals of a layer, at the right, come back to the one before: added up, times its slope."""
    sums, drawn = W @ np.asarray(delta), []
    left, right = ([(x, y) for y in _column(ax, n, 1.15)] for x, n in zip((1.9, 4.6), np.shape(W)))
    for j, end in enumerate(right):
        drawn += [*_node(ax, end, 0.3), say(ax, *end, f"{delta[j]:g}", SIGNAL)]
        drawn.append(say(ax, end[0], end[1] + 0.42, "δ", SIGNAL))
        for i, start in enumerate(left):
            toward = np.subtract(end, start)
            drawn += _weight(ax, start, end, W[i][j], place=0.4 if i == j else 0.68)
            drawn += ax.plot(*(start + 0.33 * toward / np.hypot(*toward)), "<", color=SIGNAL)
    for i, start in enumerate(left):
        parts = " + ".join(f"{w:g}·({d:g})" if d < 0 else f"{w:g}·{d:g}" for w, d in zip(W[i], delta))
        drawn += [*_node(ax, start, 0.3), say(ax, *start, f"{sums[i] * slope[i]:.3g}", SIGNAL)]
        drawn += [say(ax, start[0] + 0.3, start[1] + 0.45, f"{parts} = {sums[i]:.3g}", SIGNAL, ha="right")]
        drawn += [say(ax, start[0] - 0.38, start[1], f"{sums[i]:.3g} × slope {slope[i]:g}", SIGNAL, ha="right")]
    return drawn


def draw_digits(ax, pixels, labels, answers):
    """Draw handwritten digits, (digits, 64), six in a row, and below each the net's answer; wrong ones are crimson."""
    drawn, look = [], {"cmap": "Greys", "interpolation": "nearest", "aspect": "auto", "rasterized": True}
    for k, (picture, label, answer) in enumerate(zip(pixels, labels, answers)):
        x, y = 0.1 + 0.82 * (k % 6), ax.get_ylim()[1] - 0.75 - 0.98 * (k // 6)
        drawn.append(ax.imshow(picture.reshape(8, 8), extent=(x, x + 0.66, y, y + 0.66), **look))
        color, word = (INK, f"{answer}") if answer == label else (SIGNAL, f"{answer}, not {label}")
        drawn.append(say(ax, x + 0.33, y - 0.12, word, color))
    return drawn


def plot_point(ax, activation, x):
    """Plot an activation (solid), its slope (dashed) and both at the point x; return the artists."""
    low, high = ax.get_xlim()
    grid = np.linspace(low, high, 241)
    value, slope = activation.function(x), activation.slope(x)
    reach, color = np.array([-1.2, 1.2]), activation.color
    numbers = f"solid: value {value:.3f}\ndashed: slope {slope:.3f}".replace("-", "−")
    return [
        ax.plot(grid, activation.function(grid), color=color),
        ax.plot(grid, activation.slope(grid), color=color, linestyle="--", linewidth=1.6),
        ax.plot(x + reach, value + slope * reach, color="black", linewidth=1),
        ax.plot([x, x], [value, slope], "o", color=color),
        ax.text(0.02, 0.97, numbers, color=color, va="top", transform=ax.transAxes),
    ]


def plot_kinks(ax, W, b, color):
    """Plot, for each unit of a layer with two inputs, the line where its pre-activation is 0."""
    length = np.linalg.norm(W, axis=0)
    foot, along = -b * W / length**2, W[::-1] * [[-1], [1]] / length  # (2, units) each
    ends = np.stack([foot - 20 * along, foot + 20 * along, np.nan * foot], axis=-1)
    return ax.plot(*ends.reshape(2, -1), color=color, linewidth=0.8)


def plot_ball(ax, cost, path):
    """Plot a ball where a path of weights has come to on its cost curve: its start, the way so far and the tangent."""
    path, w, h = np.asarray(path, dtype=float), float(path[-1]), 1e-5
    slope = (cost(w + h) - cost(w - h)) / (2 * h)
    reach = np.array([-0.12, 0.12]) * np.ptp(ax.get_xlim())
    digits = 4 if abs(slope) > 5e-5 else 7
    text = f"w = {w:z.2f}   cost {cost(w):.3f}   slope {slope:.{digits}f}".replace("-", "−")
    return [
        ax.plot(path, cost(path), "o-", color=FAINT, markersize=3, linewidth=0.8, zorder=3),
        ax.plot(path[0], cost(path[0]), "o", color=INK, markerfacecolor="white", markersize=9, zorder=4),
        ax.plot(w + reach, cost(w) + slope * reach, color=SIGNAL, zorder=5),
        ax.plot(w, cost(w), "o", color=INK, markersize=10, zorder=6),
        ax.text(0.02, 0.97, text, va="top", transform=ax.transAxes),
    ]


def plot_plane(ax, output, most=1):
    """Plot what output, a function of points (points, 2), says of each place: orange above 0, purple below."""
    limits = (*ax.get_xlim(), *ax.get_ylim())
    x, y = np.meshgrid(np.linspace(*limits[:2], 120), np.linspace(*limits[2:], 120))
    values = output(np.column_stack([x.ravel(), y.ravel()])).reshape(x.shape)
    look = {"cmap": "PuOr_r", "vmin": -1.2 * most, "vmax": 1.2 * most, "zorder": 0, "rasterized": True}
    return ax.imshow(values, extent=limits, origin="lower", aspect="auto", **look)


def plot_sheet(ax, height, level, tall=0.3):
    """Plot a round sheet in space, height, a function of points (points, 2), high, and the water on it up to level.

    It is seen from the front and from above. Where the rim in front is lower than the level, the water runs out.
    """
    r, turn = np.meshgrid(np.linspace(0, 3.3, 67), np.radians(np.arange(0, 361, 3)), indexing="ij")
    x, y = r * np.cos(turn), r * np.sin(turn)
    lift = lambda x, y: height(np.column_stack([x.ravel(), y.ravel()])).reshape(x.shape)
    h, slope = lift(x, y), (lift(x + 8e-4, y - 5e-4) - lift(x, y)) / 1e-3  # light comes from the right
    wide = np.linspace(-3.2, 3.2, 17) + np.zeros((133, 1))
    along = np.sqrt(3.3**2 - wide**2) * np.linspace(-1, 1, 133)[:, None]
    rim, surface = 0.55 * y[-1] + tall * h[-1], 0.55 * y + tall * level
    out = (turn[-1] >= np.pi) & (h[-1] < level)
    drops = out & (np.arange(121) % 2 == 0)  # drawn first, so that no pixels of other axes join the sheet's
    look = {"cmap": "PuOr_r", "vmin": -1.2, "vmax": 1.2, "shading": "gouraud"}
    pixels, thin = {"rasterized": True, "zorder": 1.5}, {"color": INK, "alpha": 0.6, "linewidth": 0.5}
    water = {"colors": "#7464b4", "alpha": 0.86, "antialiased": True, "zorder": 3}
    drawn = [
        ax.pcolormesh(x, 0.55 * y + tall * h, 0.62 + 0.34 * slope / np.hypot(1, slope), **look, **pixels),
        ax.plot(along, 0.55 * wide + tall * lift(along, wide), **thin, **pixels),
        ax.plot(x[-1], rim, color=INK, linewidth=1),
        ax.contourf(x, surface, h, [min(h.min(), level) - 1, level], **water),
        ax.fill_between(x[-1], rim, surface[-1], where=out, color="#5e4fa2", linewidth=0, zorder=4),
        ax.vlines(x[-1][drops], rim[drops] - 0.5, surface[-1][drops], color="#5e4fa2", zorder=1.4),
    ]
    if h.min() < level < h.max():
        drawn.append(ax.contour(x, surface, h, [level], colors="black", linewidths=2.4, zorder=6))
    return drawn


def draw_table(ax, activations, title=""):
    """Draw a table of activations, (points, up to 8 units): its first 6 rows, shaded where a unit is on.

    Below it stands for how many of all points a unit is on.
    """
    left, width, top, high = 0.95, 0.5, ax.get_ylim()[1] - 0.45, 0.27
    counts, most = np.sum(activations > 0, axis=0), max(activations[:6].max(), 1e-9)
    names = [f"point {i + 1}" for i in range(6)]
    heights = top - high * np.array([0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.7])
    drawn = [say(ax, 0.05, top + 0.27, title, ha="left")]
    drawn += [say(ax, 0.05, y, name, FAINT, ha="left") for y, name in zip(heights, [*names, "on for"])]
    for j, column in enumerate(activations[:6].T):
        x = left + (j + 0.5) * width
        for y, a in zip(heights, column):
            grey = 0.97 - 0.1 * (a > 0) - 0.3 * a / most
            sides = np.array([-0.24, 0.24, 0.24, -0.24]), np.array([-0.125, -0.125, 0.125, 0.125])
            drawn.append(ax.fill(x + sides[0], y + sides[1], color=str(grey), linewidth=0))
            drawn.append(say(ax, x, y, _short(a)))
        drawn.append(say(ax, x, heights[6], f"{counts[j]}", weight="normal" if counts[j] else "bold"))
        drawn.append(say(ax, x, top + 0.05, f"unit {j + 1}" if j == 0 else f"{j + 1}", FAINT, va="bottom"))
    return drawn


def _short(value):
    """Write a number from 0 up in at most 5 signs, and 0 only for exactly 0."""
    if value == 0:
        return "0"
    return f"{value:.1f}" if value >= 0.1 else f"{value:.1g}".replace("e-0", "e-")
