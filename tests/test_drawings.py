"""Compare what the recurring pictures plot with independent values."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from scipy.special import expit

from lessons import ACTIVATIONS, plot_kinks, plot_layers, plot_point, set_up_layers

VALUES = {  # value and slope, of an array
    "step": (lambda x: 1.0 * (x > 0), np.zeros_like),
    "linear": (lambda x: x, np.ones_like),
    "sigmoid": (expit, lambda x: expit(x) * (1 - expit(x))),
    "tanh": (np.tanh, lambda x: np.cosh(x) ** -2),
    "relu": (lambda x: np.where(x > 0, x, 0), lambda x: 1.0 * (x > 0)),
    "leaky_relu": (lambda x: x * np.where(x > 0, 1, 0.01), lambda x: np.where(x > 0, 1, 0.01)),
}


@pytest.fixture
def axes():
    """Return three axes of a figure in the lessons' look, which is closed afterwards."""
    with plt.style.context("lessons.house"):
        figure, axes = plt.subplots(1, 3)
        yield axes
    plt.close(figure)


def stands_in(text, ax):
    """Return whether a text stands in a corner of axes, whatever their limits are."""
    return (
        text.axes is ax
        and text.get_transform() == ax.transAxes
        and np.all(np.abs(np.subtract(text.get_position(), [0.05, 0.95])) < 0.05)
    )


@pytest.mark.parametrize("at", [-2.0, 0.0, 1.5])
@pytest.mark.parametrize("name", VALUES)
def test_point_lies_on_value_and_slope(axes, name, at):
    curves, ax = VALUES[name], axes[0]
    ax.set(xlim=(-4, 4), ylim=(-1, 3))
    *lines, (tangent,), (points,), text = plot_point(ax, ACTIVATIONS[name], at)
    for [line], curve, style in zip(lines, curves, ("-", "--"), strict=True):
        x, y = line.get_data()
        assert (x[0], x[-1], line.get_linestyle(), line.get_color()) == (-4, 4, style, ACTIVATIONS[name].color)
        np.testing.assert_allclose(y, curve(x), atol=1e-14)
    value, slope = (curve(np.array([at])).item() for curve in curves)
    np.testing.assert_allclose(points.get_data(), [[at, at], [value, slope]], atol=1e-14)
    np.testing.assert_allclose(tangent.get_ydata(), value + slope * (tangent.get_xdata() - at), atol=1e-14)
    assert tangent.get_xdata().tolist() == [at - 1.2, at + 1.2]
    assert np.isin([-4, 0, 4], x).all()  # the corner is drawn as one
    assert lines[0][0].get_linewidth() > lines[1][0].get_linewidth() > tangent.get_linewidth() > 0
    assert stands_in(text, ax)
    said = text.get_text().replace("−", "-")
    assert f"value {value:.3f}" in said and f"slope {slope:.3f}" in said
    assert (ax.get_xlim(), ax.get_ylim()) == ((-4, 4), (-1, 3))


def test_layers_are_drawn_as_they_come(axes):
    profile = [3 * 0.5 ** np.arange(20)[::-1], np.arange(1, 21), np.ones(20)]
    set_up_layers(axes)
    lines, text = plot_layers(axes, profile, "#123456")
    for ax, [line], sizes in zip(axes, lines, profile):
        assert line.axes is ax and ax.get_yscale() == "log"
        np.testing.assert_array_equal(line.get_data(), [np.arange(1, 21), sizes])
        assert 3 < line.get_markersize() < 5  # to be seen, and told apart
        assert ax.get_xlim() == (0, 21) and ax.get_ylim() == (1e-14, 1e5)
    assert [bool(ax.get_ylabel()) for ax in axes] == [True, False, False]
    assert "0.500" in text.get_text() and stands_in(text, axes[0])


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
