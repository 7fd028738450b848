"""What the lessons share: activation functions, a small net, data, exercises, slider figures and drawings."""

import importlib

from lessons.activations import ACTIVATIONS, Activation
from lessons.activations import leaky, leaky_relu, leaky_relu_slope, linear, linear_slope, relu, relu_slope
from lessons.activations import sigmoid, sigmoid_slope, softmax, softmax_jacobian, step, step_slope, tanh, tanh_slope
from lessons.data import DATA, circles, digits, moons, spiral, xor
from lessons.guesses import predict, reply
from lessons.network import Net, backward, forward, layer_factor, make_net, train, unflatten
from lessons.playground import Run, measure, play
from lessons.practice import EXERCISES, Exercise, check, verdict, yours_or_ours

_LATER = {  # what needs more than numpy is imported when it is first asked for
    "drawings": ["canvas", "draw_chain", "draw_digits", "draw_layers", "draw_neuron", "draw_table", "draw_ways_back"]
    + ["plot_ball", "plot_kinks", "plot_plane", "plot_point", "plot_sheet", "say"],
    "netmap": ["draw_key", "draw_net", "watch"],
    "sliders": ["Explorer", "explore"],
}
_HOME = {name: module for module, names in _LATER.items() for name in names}

__all__ = ["ACTIVATIONS", "Activation", "DATA", "EXERCISES", "Exercise", "Net", "Run", "backward", "check"]
__all__ += ["circles", "digits", "forward", "layer_factor", "leaky", "leaky_relu"]
__all__ += ["leaky_relu_slope", "linear", "linear_slope", "make_net", "measure", "moons"]
__all__ += ["play", "predict", "relu", "relu_slope", "reply", "sigmoid", "sigmoid_slope", "softmax"]
__all__ += ["softmax_jacobian", "spiral", "step", "step_slope", "tanh", "tanh_slope", "train", "unflatten"]
__all__ += ["verdict", "xor", "yours_or_ours", *_HOME]


def __getattr__(name):
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__():
    return sorted({*globals(), *__all__})
