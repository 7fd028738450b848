"""Seven activation functions, each beside its slope, and one table of them all.

Numbers, lists and arrays of any shape go in; floats of the same shape come out, nan for nan.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np


def step(x):
    """Return 1 above 0, else 0: a neuron that fires or not (McCulloch & Pitts 1943)."""
    return np.heaviside(x, 0)


def step_slope(x):
    """Return the slope of step: 0, also at the jump, by convention."""
    return 0 * step(x)


def linear(x):
    """Return x as it is: no bend."""
    return 1.0 * np.asarray(x)


def linear_slope(x):
    """Return the slope of linear: 1."""
    return 1 + 0 * step(x)


def sigmoid(x):
    """Return 1 / (1 + exp(-x)), between 0 and 1."""
    e = np.exp(-np.abs(x))  # at most 1, so that nothing overflows
    return np.where(np.asarray(x) >= 0, 1, e) / (1 + e)


def sigmoid_slope(x):
    """Return the slope of sigmoid, sigmoid(x) * sigmoid(-x), at most 1/4."""
    e = np.exp(-np.abs(x))  # 1 - sigmoid(x) would lose its digits at large x
    return e / (1 + e) ** 2


def tanh(x):
    """Return the hyperbolic tangent, between -1 and 1: 2 sigmoid(2x) - 1."""
    return np.tanh(x)


def tanh_slope(x):
    """Return the slope of tanh, 1 / cosh(x) squared, at most 1."""
    e = np.exp(-np.abs(x))  # 1 - tanh(x) ** 2 would lose its digits at large x
    return (2 * e / (1 + e * e)) ** 2


def relu(x):
    """Return x where it is positive, else 0 (Nair & Hinton 2010)."""
    return np.maximum(x, 0.0)


def relu_slope(x):
    """Return the slope of relu: 1 above 0, else 0; 0 at the kink by convention."""
    return np.heaviside(x, 0)


def leaky_relu(x, alpha=0.01):
    """Return x where it is positive, else alpha times x (Maas et al. 2013)."""
    return np.where(np.asarray(x) > 0, x, alpha * np.minimum(x, 0.0))[()]  # [()] makes a number of a 0-d array


def leaky_relu_slope(x, alpha=0.01):
    """Return the slope of leaky_relu: 1 above 0, else alpha; alpha at the kink by convention."""
    on = np.heaviside(x, 0)
    return on + alpha * (1 - on)


def softmax(x, axis=-1):
    """Return exp(x) over its sum along axis: positive shares that add up to 1 (Bridle 1990)."""
    top = np.max(x, axis, keepdims=True)
    with np.errstate(over="ignore", invalid="ignore"):  # inf - inf, which np.where leaves aside
        e = np.exp(np.where(x == top, 0, x - top))
    return e / np.sum(e, axis, keepdims=True)


def softmax_jacobian(x):
    """Return how share i answers to input j, in two axes (i, j) in place of the last."""
    share = softmax(x)
    return share[..., :, None] * (np.eye(share.shape[-1]) - share[..., None, :])


@dataclass(frozen=True)
class Activation:
    """An activation function, its slope, its formula in LaTeX and its colour in every figure."""

    name: str
    function: Callable
    slope: Callable
    formula: str
    color: str


_ALL = [
    Activation("step", step, step_slope, r"1 \text{ if } x > 0 \text{ else } 0", "#000000"),
    Activation("linear", linear, linear_slope, r"x", "#767676"),
    Activation("sigmoid", sigmoid, sigmoid_slope, r"\frac{1}{1 + e^{-x}}", "#3572CF"),
    Activation("tanh", tanh, tanh_slope, r"\tanh x", "#904989"),
    Activation("relu", relu, relu_slope, r"\max(0, x)", "#E0731A"),
    Activation("leaky_relu", leaky_relu, leaky_relu_slope, r"x \text{ if } x > 0 \text{ else } \alpha x", "#29A472"),
    Activation("softmax", softmax, softmax_jacobian, r"\frac{e^{x_i}}{\sum_j e^{x_j}}", "#513213"),
]
ACTIVATIONS = {activation.name: activation for activation in _ALL}


def leaky(alpha):
    """Return leaky ReLU with this alpha, for figures and nets."""
    function, slope = partial(leaky_relu, alpha=alpha), partial(leaky_relu_slope, alpha=alpha)
    return replace(ACTIVATIONS["leaky_relu"], function=function, slope=slope)
