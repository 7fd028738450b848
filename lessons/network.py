"""A small fully connected net that can be looked into: forward, backward, one update.

A row of x is one sample. Layer l turns activations[l] into z = activations[l] @ W + b and then
into activations[l + 1] = f(z). The error signal delta is the cost's slope with respect to z.
"""

from dataclasses import dataclass
from itertools import islice
from numbers import Real

import numpy as np

from lessons.activations import ACTIVATIONS, Activation


@dataclass
class Net:
    """Sizes of all layers, one Activation a layer, and all parameters in one vector."""

    sizes: list
    activations: list
    params: np.ndarray

    @property
    def layers(self):
        """Views (W, b) of the parameters of each layer."""
        return unflatten(self.params, self.sizes)


def unflatten(vector, sizes):
    """Return views of a vector of parameters, or of their gradient: (W, b) for each layer."""
    layers, start = [], 0
    for n_in, n_out in zip(sizes, sizes[1:]):
        middle, end = start + n_in * n_out, start + n_in * n_out + n_out
        layers.append((vector[start:middle].reshape(n_in, n_out), vector[middle:end]))
        start = end
    return layers


def make_net(sizes, names, init, rng):
    """Return a Net with these layer sizes, activations and fresh weights.

    names holds an activation for each layer, by name or as an Activation; one alone serves all
    layers. init is a number c for weights N(0, c / n_in) and zero biases: 1 after LeCun et al. (1998),
    which is Glorot & Bengio (2010), 2 / (n_in + n_out), where layers are equally wide; 2 after He et
    al. (2015). Or it is "default", for weights and biases U(-1 / sqrt(n_in), 1 / sqrt(n_in)), as
    PyTorch's Linear. Raises ValueError for what makes no net.
    """
    names = list(names) if isinstance(names, (list, tuple)) else [names] * (len(sizes) - 1)
    if len(sizes) < 2 or len(names) != len(sizes) - 1 or min(sizes) < 1:
        raise ValueError(f"a net needs two sizes or more and one activation a layer, not {sizes} and {names}")
    if init != "default" and not (isinstance(init, Real) and init >= 0):
        raise ValueError(f"init must be 'default' or a number from 0 up, not {init!r}")
    activations = [name if isinstance(name, Activation) else ACTIVATIONS.get(str(name)) for name in names]
    if None in activations:
        raise ValueError(f"activations must be among {', '.join(ACTIVATIONS)}, not {names}")
    if ACTIVATIONS["softmax"] in activations[:-1]:
        raise ValueError("softmax mixes all units of its layer: use it on the last layer only")
    params = np.zeros(sum((n_in + 1) * n_out for n_in, n_out in zip(sizes, sizes[1:])))
    net = Net(list(sizes), activations, params)
    for W, b in net.layers:
        if init == "default":
            W[:], b[:] = (rng.uniform(-1, 1, part.shape) / np.sqrt(len(W)) for part in (W, b))
        else:
            W[:] = rng.normal(0, np.sqrt(init / len(W)), W.shape)
    return net


def forward(net, x):
    """Return the pre-activations z of each layer, and the activations from x to the output."""
    zs, activations = [], [x]
    for (W, b), f in zip(net.layers, net.activations):
        zs.append(activations[-1] @ W + b)
        activations.append(f.function(zs[-1]))
    return zs, activations


def backward(net, zs, activations, delta):
    """Return the error signal of each layer, given that of the last, and the gradient of net.params."""
    deltas, parts, layers = [], [], net.layers
    for i in reversed(range(len(layers))):
        W, _ = layers[i]
        deltas.insert(0, delta)
        parts[:0] = activations[i].T @ delta, delta.sum(axis=0)  # the gradients of W and b
        if i > 0:
            delta = delta @ W.T * net.activations[i - 1].slope(zs[i - 1])
    return deltas, np.concatenate(parts, axis=None)


def train(net, x, target, *, rate, updates, momentum=0.0, batch=None, rng=None):
    """Update the weights by all samples, or by batches that rng draws; yield the output before each update.

    The error signal at the output is (output - target) / samples: the slope of the mean cross
    entropy behind softmax or sigmoid, and of half the mean squared error behind linear.
    """
    if batch and rng is None:
        raise ValueError("batches are drawn at random: hand train an rng, too")
    velocity = np.zeros_like(net.params)
    for x, target in islice(_batches(x, target, batch, rng), updates):
        zs, activations = forward(net, x)
        yield activations[-1]
        _, gradient = backward(net, zs, activations, (activations[-1] - target) / len(x))
        velocity *= momentum
        velocity -= rate * gradient
        net.params += velocity


def _batches(x, target, size, rng):
    """Yield all samples for ever, or batches of this size, shuffled anew for each pass."""
    while size is None:
        yield x, target
    while True:
        order = rng.permutation(len(x))
        x, target = x[order], target[order]
        for i in range(0, len(x), size):
            yield x[i : i + size], target[i : i + size]


def layer_factor(errors):
    """Return the factor per layer by which sizes of error signals, first layer first, change on the way back."""
    return (errors[0] / errors[-1]) ** (1 / (len(errors) - 1))
