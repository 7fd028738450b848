"""What the lessons share: activation functions, slider figures and a small net to look into."""

from lessons.activations import ACTIVATIONS, Activation
from lessons.activations import leaky, leaky_relu, leaky_relu_slope, linear, linear_slope, relu, relu_slope
from lessons.activations import sigmoid, sigmoid_slope, softmax, softmax_jacobian, step, step_slope, tanh, tanh_slope
from lessons.data import DATA, circles, clusters, moons, spiral, xor
from lessons.drawings import plot_kinks, plot_layers, plot_point, set_up_layers
from lessons.network import Net, backward, forward, layer_factor, look_inside, make_net, train, unflatten
from lessons.playground import CHALLENGES, Run, challenge, measure, play, watch
from lessons.practice import EXERCISES, Exercise, check, predict
from lessons.sliders import Explorer, explore

__all__ = ["ACTIVATIONS", "Activation", "EXERCISES", "Exercise", "Explorer", "Net", "backward", "check", "clusters"]
__all__ += ["explore", "forward", "layer_factor", "predict", "unflatten"]
__all__ += ["leaky", "leaky_relu", "leaky_relu_slope", "linear", "linear_slope", "look_inside", "make_net", "plot_kinks"]
__all__ += ["plot_layers", "plot_point", "relu", "relu_slope", "set_up_layers", "sigmoid", "sigmoid_slope", "softmax"]
__all__ += ["softmax_jacobian", "spiral", "step", "step_slope", "tanh", "tanh_slope", "train"]
__all__ += ["CHALLENGES", "DATA", "Run", "challenge", "circles", "measure", "moons", "play", "watch", "xor"]
