"""The drawings that come back from lesson to lesson: a neuron, a chain of them, layers, a curve with a point on it.

Each function draws on axes, moves nothing that it has not drawn, and returns its artists for explore.
A weight is a line: thick if large, dashed if negative. The error signal, on its way back, is crimson.
"""

import numpy as np

from lessons.activations import ACTIVATIONS
from lessons.network import layer_factor

INK, FAINT, WEIGHT, SIGNAL = "#222222", "#8a8a8a", "#44546a", "#b3123f"


def canvas(height, width=5):
    """Return a figure and its axes for a drawing: no frame, both directions in inches."""
    from matplotlib import pyplot  # here, so that importing lessons changes nothing

    fig = pyplot.figure(figsize=(width, height), layout="none")
    ax = fig.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(0, height))
    ax.set_axis_off()
    return fig, ax


def _say(ax, x, y, text, color=INK, **look):
    """Write text around a point."""
    return ax.text(x, y, text.replace("-", "−"), color=color, **{"ha": "center", "va": "center", "size": 10, "zorder": 7} | look)


def _node(ax, x, y, radius, **look):
    """Draw the circle of a unit."""
    angle = np.linspace(0, 2 * np.pi, 61)
    look = {"facecolor": "white", "edgecolor": INK, "linewidth": 1.3, "zorder": 3} | look
    return ax.fill(x + radius * np.cos(angle), y + radius * np.sin(angle), **look)


def _line(ax, start, end, weight, **look):
    """Draw a weight: as thick as it is large, dashed if it is negative."""
    width = 0.6 + 1.4 * min(abs(weight), 4)
    style = (0, (2, 0.7)) if weight < 0 else "-"
    return ax.plot(*zip(start, end), color=WEIGHT, linewidth=width, linestyle=style, zorder=1, solid_capstyle="butt", **look)


def _bend(ax, x, y, radius, activation, z, tangent=False):
    """Draw a unit's activation function inside its circle, with the point where it stands."""
    f = ACTIVATIONS[activation]
    grid = np.linspace(-4, 4, 81)
    low, high = {"sigmoid": (-0.3, 1.3), "step": (-0.3, 1.3), "tanh": (-1.5, 1.5)}.get(activation, (-4, 4))
    place = lambda u, v: (x + 0.19 * radius * u, y + 1.3 * radius * ((v - low) / (high - low) - 0.5))
    at = np.clip(z, -4, 4)
    slope = f.slope(at)
    reach = np.array([-1, 1]) * 1.7 / np.hypot(1, 6 * slope)
    drawn = [
        _node(ax, x, y, radius),
        ax.plot(*place(grid, f.function(grid)), color=f.color, linewidth=1.8, zorder=4),
        ax.plot(*place(at, f.function(at)), "o", color=f.color, markersize=6, zorder=6),
    ]
    if tangent:
        drawn += ax.plot(*place(at + reach, f.function(at) + slope * reach), color=SIGNAL, linewidth=2, zorder=5)
    return drawn


def draw_neuron(ax, inputs, weights, bias, activation="sigmoid", names=None):
    """Draw one neuron: its inputs, weights and bias, their sum z, the bend and the activation a."""
    z = np.dot(inputs, weights) + bias
    a = ACTIVATIONS[activation].function(z)
    middle = ax.get_ylim()[1] / 2
    heights = middle + 0.62 * (len(inputs) - 1) - 1.24 * np.arange(len(inputs))
    drawn = []
    for y, x, w, name in zip(heights, inputs, weights, names or [""] * len(inputs)):
        drawn += [
            _line(ax, (0.5, y), (2.3, middle), w),
            _node(ax, 0.5, y, 0.3),
            _say(ax, 0.5, y, f"{x:g}"),
            _say(ax, 0.5, y + 0.42, name, FAINT),
            _say(ax, 1.35, y + (middle - y) * 0.47 + 0.2, f"× {w:g}", WEIGHT),
        ]
    drawn += [
        ax.plot([2.3, 4.2], [middle, middle], color=INK, linewidth=1.3, zorder=1),
        _line(ax, (2.3, middle), (2.3, middle + 0.68), bias),
        _say(ax, 2.3, middle + 0.82, f"bias {bias:+g}", WEIGHT),
        _node(ax, 2.3, middle, 0.42),
        _say(ax, 2.3, middle, f"z = {z:.2f}".rstrip("0").rstrip(".")),
        _say(ax, 2.3, middle - 0.58, "add up", FAINT),
        _bend(ax, 3.5, middle, 0.42, activation, z),
        _say(ax, 3.5, middle - 0.58, activation.replace("_", " "), ACTIVATIONS[activation].color),
        _say(ax, 4.25, middle, f"a = {a:.2f}", ha="left"),
    ]
    return drawn




def draw_chain(ax, x, weights, wish, way="forward", move=9, activation="sigmoid", nudge=0.01):
    """Draw neurons in a row without biases, as far as they have come after some moves.

    way "forward" works out z and a from left to right, "back" the error signals from right to left, and "nudge" lets
    a small change of the first z ripple through to the cost, which is half the squared miss of the wish.
    """
    f = ACTIVATIONS[activation]
    n, middle = len(weights), ax.get_ylim()[1] - 0.85
    places, r = np.linspace(0.28, 4.0, n + 1), 0.34
    before, after = (_run_chain(f.function, x, weights, wish, more) for more in (0, nudge))
    z, a, cost = before
    delta, slopes = [(a[-1] - wish) * f.slope(z[-1])], f.slope(np.array(z))
    for w, slope in zip(weights[:0:-1], slopes[-2::-1]):
        delta.insert(0, delta[0] * w * slope)
    seen = move if way == "forward" else n
    drawn = [_node(ax, places[0], middle, 0.22), _say(ax, places[0], middle, f"{x:g}")]
    words = "Move the slider: numbers come in from the left."
    for i, w in enumerate(weights):
        at, left = places[i + 1], places[i] + (r if i else 0.22)
        drawn += [_line(ax, (left, middle), (at - r, middle), w), _say(ax, (left + at - r) / 2, middle + 0.17, f"× {w:g}", WEIGHT)]
        if i >= seen:
            drawn.append(_node(ax, at, middle, r))
            continue
        drawn += _bend(ax, at, middle, r, activation, z[i], tangent=way != "forward")
        if way == "nudge":
            drawn += _ripple(ax, at, middle, i, move, before, after)
        else:
            drawn.append(_say(ax, at, middle + 0.5, f"a = {a[i + 1]:.3f}"))
        if way == "forward":
            drawn.append(_say(ax, at, middle - 0.5, f"z = {z[i]:.3f}"))
            words = f"z = {w:g} × {a[i]:.3f} = {z[i]:.3f} and a = {activation}({z[i]:.3f}) = {a[i + 1]:.3f}"
        if way == "back":
            drawn.append(_say(ax, at, middle - 0.5, f"slope {slopes[i]:.3f}", SIGNAL))
            if i >= n - move:
                drawn.append(_say(ax, at, middle - 0.85, f"δ = {delta[i]:.4f}", SIGNAL))
            if n - move <= i < n - 1:
                drawn += _arrow_back(ax, places[i + 2] - 0.42, at + 0.42, middle - 0.85, abs(delta[i] / delta[-1]))
                drawn.append(_say(ax, (at + places[i + 2]) / 2, middle - 1.12, f"× {weights[i + 1]:g} × {slopes[i]:.3f}", SIGNAL))
    if seen == n:
        drawn += [_say(ax, 4.68, middle + 0.2, f"wish {wish:g}"), _say(ax, 4.68, middle - 0.2, f"cost\n{cost:.3f}")]
    if way == "back":
        words = "The error signal δ of a neuron: how much the cost changes when its z does."
        if move == 1:
            words = f"δ = miss × slope = ({a[-1]:.3f} − {wish:g}) × {slopes[-1]:.3f} = {delta[-1]:.4f}"
        elif 1 < move <= n:
            words = f"δ = {delta[n - move + 1]:.4f} × {weights[n - move + 1]:g} × {slopes[n - move]:.3f} = {delta[n - move]:.4f}"
        elif move > n:
            words = f"slope of the cost for the first weight: δ × what came in = {delta[0]:.4f} × {x:g}"
    if way == "nudge":
        rise = after[2] - cost
        words = "Nudge the first z, and see how far the change gets." if move < 2 * n else f"cost {rise:+.6f} for z {nudge:+g}: a ratio of {rise / nudge:.4f}"
    return [*drawn, _say(ax, 2.5, 0.22, words)]


def _run_chain(f, x, weights, wish, nudge):
    """Return every z, every activation and the cost, the first z moved by nudge."""
    z, a = [], [x]
    for w in weights:
        z.append(w * a[-1] + (nudge if not z else 0))
        a.append(float(f(z[-1])))
    return z, a, 0.5 * (a[-1] - wish) ** 2


def _ripple(ax, at, middle, i, move, before, after):
    """Write how far a nudge has come at a neuron: the change of its z, and that of its a."""
    dz, da = after[0][i] - before[0][i], after[1][i + 1] - before[1][i + 1]
    drawn = []
    if move >= 2 * i:
        drawn.append(_say(ax, at, middle - 0.5, f"z {dz:+.5f}", SIGNAL))
    if move > 2 * i:
        drawn.append(_say(ax, at, middle + 0.5, f"a {da:+.5f}", SIGNAL))
        drawn.append(_say(ax, at, middle - 0.72, f"× {da / dz:.3f}", SIGNAL))
    return drawn


def _arrow_back(ax, start, end, y, share):
    """Draw the error signal as an arrow to the left, as thick as it is strong."""
    s = max(0.08, min(1, share)) ** 0.5
    tip = end + 0.12
    return [
        ax.plot([start, tip], [y, y], color=SIGNAL, linewidth=6 * s, solid_capstyle="butt", zorder=1),
        ax.plot(tip - 0.02, y, "<", color=SIGNAL, markersize=4 + 7 * s, zorder=1),
    ]



def draw_layers(ax, x, layers, left=0.3, right=4.7):
    """Draw a few layers with a number at every weight: values x on the left, layers of (W, b), linear neurons."""
    columns, middle = np.linspace(left, right, len(layers) + 1), ax.get_ylim()[1] / 2
    drawn, below, values = [], None, np.asarray(x, dtype=float)
    for at, layer in zip(columns, [None, *layers]):
        if layer is not None:
            W, b = layer
            values, before = values @ W + b, values
        above = [(at, middle + 0.95 * ((len(values) - 1) / 2 - i)) for i in range(len(values))]
        for i, start in enumerate(below or []):
            for j, end in enumerate(above):
                place = np.add(np.multiply(start, 0.62 - 0.26 * (i == j)), np.multiply(end, 0.38 + 0.26 * (i == j)))
                drawn += [_line(ax, start, end, W[i, j]), _tag(ax, *place, f"{W[i, j]:g}", WEIGHT)]
        for j, (place, value) in enumerate(zip(above, values)):
            drawn += [_node(ax, *place, 0.24), _say(ax, *place, f"{value:g}")]
            if layer is not None:
                drawn.append(_say(ax, place[0], place[1] + 0.36, f"bias {b[j]:+g}", WEIGHT))
        below = above
    return drawn


def draw_ways_back(ax, delta, W, slope):
    """Draw how the error signals of one layer, at the right, come back to the neurons before it, at the left."""
    middle = ax.get_ylim()[1] / 2
    left, right = ([(at, middle + 1.1 * ((n - 1) / 2 - i)) for i in range(n)] for at, n in zip((1.6, 4.5), np.shape(W)))
    sums = np.asarray(W) @ delta
    drawn = []
    for j, end in enumerate(right):
        drawn += [_node(ax, *end, 0.3), _say(ax, *end, f"{delta[j]:g}", SIGNAL), _say(ax, end[0], end[1] + 0.42, "δ", SIGNAL)]
        for i, start in enumerate(left):
            place = np.add(np.multiply(start, 0.3 + 0.3 * (i == j)), np.multiply(end, 0.7 - 0.3 * (i == j)))
            drawn += [_line(ax, end, start, W[i][j]), _tag(ax, *place, f"× {W[i][j]:g}", WEIGHT)]
    for i, start in enumerate(left):
        parts = " + ".join(f"({w:g})({d:g})" for w, d in zip(W[i], delta))
        drawn += [
            _node(ax, *start, 0.3),
            _say(ax, *start, f"{sums[i] * slope[i]:.3g}", SIGNAL),
            _say(ax, start[0], start[1] + 0.45, f"{parts} = {sums[i]:.3g}".replace("+ (-", "+ (-"), SIGNAL),
            _say(ax, start[0] - 0.38, start[1], f"{sums[i]:.3g} × slope {slope[i]:g}", SIGNAL, ha="right"),
        ]
    return drawn


def _tag(ax, x, y, text, color):
    """Write text on a white ground, so that a line may pass below."""
    return _say(ax, x, y, text, color, bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8}, zorder=2)


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


def plot_layers(axes, profile, color):
    """Plot what look_inside returns, one panel each; return the artists."""
    layers = np.arange(1, len(profile[0]) + 1)
    lines = [ax.plot(layers, sizes, "o-", color=color, markersize=4) for ax, sizes in zip(axes, profile)]
    text = f"× {layer_factor(profile[0]):.3f} per layer back"
    return lines, axes[0].text(0.04, 0.95, text, color=color, va="top", transform=axes[0].transAxes)


def set_up_layers(axes):
    """Title and scale the three panels for plot_layers, 20 layers wide."""
    for ax, title in zip(axes, ["error signal", "weight gradient", "spread of activations"]):
        ax.set(title=title, xlabel="layer", xlim=(0, 21), yscale="log", ylim=(1e-14, 1e5))
    axes[0].set_ylabel("size (log scale)")


def plot_kinks(ax, W, b, color):
    """Plot, for each unit of a layer with two inputs, the line where its pre-activation is 0."""
    length = np.linalg.norm(W, axis=0)
    foot, along = -b * W / length**2, W[::-1] * [[-1], [1]] / length  # (2, units) each
    ends = np.stack([foot - 20 * along, foot + 20 * along, np.nan * foot], axis=-1)
    return ax.plot(*ends.reshape(2, -1), color=color, linewidth=0.8)


def plot_ball(ax, cost, path):
    """Plot a ball where a path of weights has come to on its cost curve: start, tangent and the way so far."""
    path = np.asarray(path, dtype=float)
    w, h = path[-1], 1e-5
    slope = (cost(w + h) - cost(w - h)) / (2 * h)
    reach = np.array([-0.12, 0.12]) * np.ptp(ax.get_xlim())
    return [
        ax.plot(path, cost(path), "o-", color=FAINT, markersize=3, linewidth=0.8, zorder=3),
        ax.plot(path[0], cost(path[0]), "o", color=INK, markerfacecolor="white", markersize=9, zorder=4),
        ax.plot(w + reach, cost(w) + slope * reach, color=SIGNAL, linewidth=2, zorder=5),
        ax.plot(w, cost(w), "o", color=INK, markersize=10, zorder=6),
        ax.text(0.02, 0.97, f"w = {w:.2f}   cost {cost(w):.3f}   slope {slope:.4f}".replace("-", "−"), va="top", transform=ax.transAxes),
    ]


def plot_plane(ax, output, most=1):
    """Plot what output, a function of points (points, 2), says of each place between the limits of ax: orange above 0."""
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    x, y = np.meshgrid(np.linspace(left, right, 120), np.linspace(low, high, 120))
    values = output(np.column_stack([x.ravel(), y.ravel()])).reshape(x.shape)
    look = {"cmap": "PuOr_r", "vmin": -1.2 * most, "vmax": 1.2 * most, "alpha": 0.75, "zorder": 0, "rasterized": True}
    return ax.imshow(values, extent=(left, right, low, high), origin="lower", aspect="auto", **look)


def draw_digits(ax, pixels, labels, answers):
    """Draw handwritten digits, (digits, 64), six in a row, and below each the net's answer; wrong ones are crimson."""
    top, drawn = ax.get_ylim()[1], []
    for k, (picture, label, answer) in enumerate(zip(pixels, labels, answers)):
        x, y = 0.1 + 0.82 * (k % 6), top - 0.75 - 0.98 * (k // 6)
        drawn.append(ax.imshow(picture.reshape(8, 8), extent=(x, x + 0.66, y, y + 0.66), cmap="Greys", zorder=1, rasterized=True))
        color, word = (INK, f"{answer}") if answer == label else (SIGNAL, f"{answer}, not {label}")
        drawn.append(_say(ax, x + 0.33, y - 0.12, word, color))
    ax.set(xlim=(0, 5), ylim=(0, top), aspect="auto")
    return drawn
