"""The pictures that come back from lesson to lesson: a point on a curve, a deep net, a layer's kinks."""

import numpy as np

from lessons.network import layer_factor


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
