"""What the lessons share: activation functions, a small net, data, exercises, sliders, drawings, a playground."""

import importlib

from lessons.activations import ACTIVATIONS, Activation
from lessons.activations import leaky, leaky_relu, leaky_relu_slope, linear, linear_slope, relu, relu_slope
from lessons.activations import sigmoid, sigmoid_slope, softmax, softmax_jacobian, step, step_slope, tanh, tanh_slope
from lessons.data import DATA, circles, clusters, digits, moons, spiral, xor
from lessons.network import Net, backward, forward, layer_factor, look_inside, make_net, train, unflatten
from lessons.practice import EXERCISES, Exercise, check, predict

_LATER = {  # what needs more than numpy is imported when it is first asked for
    "drawings": ["plot_kinks", "plot_layers", "plot_point", "set_up_layers"],
    "playground": ["CHALLENGES", "Run", "challenge", "measure", "play", "watch"],
    "sliders": ["Explorer", "explore"],
}
_HOME = {name: module for module, names in _LATER.items() for name in names}

__all__ = ["ACTIVATIONS", "Activation", "DATA", "EXERCISES", "Exercise", "Net", "backward", "check", "circles"]
__all__ += ["clusters", "digits", "forward", "layer_factor", "leaky", "leaky_relu", "leaky_relu_slope", "linear"]
__all__ += ["linear_slope", "look_inside", "make_net", "moons", "predict", "relu", "relu_slope", "sigmoid"]
__all__ += ["sigmoid_slope", "softmax", "softmax_jacobian", "spiral", "step", "step_slope", "tanh", "tanh_slope"]
__all__ += ["train", "unflatten", "xor"]
__all__ += _HOME


def __getattr__(name):
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__():
    return sorted({*globals(), *__all__})
