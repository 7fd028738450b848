"""Check the net against central differences and published numbers; test_experiments.py has those of the lessons."""

from copy import deepcopy
from itertools import islice

import numpy as np
import pytest

from lessons import ACTIVATIONS, Activation, backward, forward, layer_factor
from lessons import make_net, sigmoid_slope, train, unflatten
from lessons.network import _batches

RNG = np.random.default_rng
COSTS = {  # behind each of these outputs, output - target is the error signal
    "softmax": lambda out, target: -np.sum(target * np.log(out)),
    "sigmoid": lambda out, target: -np.sum(target * np.log(out) + (1 - target) * np.log(1 - out)),
    "linear": lambda out, target: np.sum((out - target) ** 2) / 2,
}


def numeric_gradient(net, x, cost, h=1e-6):
    """Return the slope of cost(output) with respect to each parameter, by central differences."""
    gradient = np.empty_like(net.params)
    for i, value in enumerate(net.params.copy()):
        ends = []
        for net.params[i] in (value + h, value - h):
            ends.append(cost(forward(net, x)[1][-1]))
        net.params[i] = value
        gradient[i] = (ends[0] - ends[1]) / (2 * h)
    return gradient


def small_net(hidden, output):
    """Return a net, inputs and targets, every unit off its kink."""
    rng = RNG(1)
    net = make_net([3, 5, 4, 2], [hidden, hidden, output], "default", rng)
    x, target = rng.normal(size=(6, 3)), np.eye(2)[rng.integers(2, size=6)]
    assert min(np.abs(z).min() for z in forward(net, x)[0]) > 1e-5
    return net, x, target


# The net itself


@pytest.mark.parametrize("output", COSTS)
@pytest.mark.parametrize("hidden", ["linear", "sigmoid", "tanh", "relu", "leaky_relu"])
def test_backward_is_the_central_difference(hidden, output):
    net, x, target = small_net(hidden, output)
    zs, activations = forward(net, x)
    deltas, gradient = backward(net, zs, activations, activations[-1] - target)
    expected = numeric_gradient(net, x, lambda out: COSTS[output](out, target))
    np.testing.assert_allclose(gradient, expected, rtol=1e-6, atol=1e-8)
    for delta, z, (_, b_gradient) in zip(deltas, zs, unflatten(gradient, net.sizes), strict=True):
        assert delta.shape == z.shape
        np.testing.assert_allclose(delta.sum(axis=0), b_gradient)


def test_forward_is_the_formula():
    net, x, _ = small_net("tanh", "linear")
    (V, a), (W, b), (U, c) = net.layers
    np.testing.assert_allclose(forward(net, x)[1][-1], np.tanh(np.tanh(x @ V + a) @ W + b) @ U + c)


@pytest.mark.parametrize("batch", [None, 4])
def test_train_is_gradient_descent_with_momentum(batch):
    net, x, target = small_net("tanh", "softmax")
    other, velocity, rngs = small_net("tanh", "softmax")[0], 0, [RNG(3), RNG(3)]
    outputs = train(net, x, target, rate=0.5, updates=5, momentum=0.9, batch=batch, rng=rngs[0])
    for out, (some, wanted) in zip(outputs, _batches(x, target, batch, rngs[1])):
        np.testing.assert_allclose(out, forward(other, some)[1][-1], atol=1e-8)
        cost = lambda out: COSTS["softmax"](out, wanted) / len(wanted)
        velocity = 0.9 * velocity - 0.5 * numeric_gradient(other, some, cost)
        other.params += velocity
    np.testing.assert_allclose(net.params, other.params, atol=1e-7)


def test_batches_are_whole_passes_each_in_a_new_order_samples_and_targets_together():
    x = np.arange(6)
    seen = [(some.tolist(), target.tolist()) for some, target in islice(_batches(x, 2 * x, 4, RNG(0)), 6)]
    assert [len(some) for some, _ in seen] == [4, 2] * 3 and all(y == [2 * i for i in some] for some, y in seen)
    passes = [first + second for (first, _), (second, _) in zip(seen[::2], seen[1::2])]
    assert all(sorted(once) == list(range(6)) for once in passes) and len(set(map(tuple, passes))) == 3


@pytest.mark.parametrize("init, variance", [(0, 0), (1, 1), (2, 2), (0.5, 0.5), ("default", 1 / 3)])
def test_initialization_has_its_variance(init, variance):
    for seed in range(5):
        for W, b in make_net([400, 300, 200], "relu", init, RNG(seed)).layers:
            assert len(W) * W.var() == pytest.approx(variance, rel=0.03)
            assert abs(W.mean()) <= 4 * W.std() / np.sqrt(W.size)
            if init == "default":
                assert 0.9 < np.abs(b).max() * np.sqrt(len(W)) <= 1 and np.abs(W).max() * np.sqrt(len(W)) <= 1
            else:
                assert not b.any()


def test_layers_are_views_of_all_params():
    net = make_net([3, 4, 2], "tanh", 1, RNG(0))
    assert [(W.shape, b.shape) for W, b in net.layers] == [((3, 4), (4,)), ((4, 2), (2,))]
    for i, (W, b) in enumerate(net.layers):
        W[:], b[:] = i, i
    assert np.array_equal(net.params, [0] * 16 + [1] * 10)
    twin = deepcopy(net)  # which learns by itself
    twin.params += 1
    assert np.array_equal(twin.layers[1][0], np.full((4, 2), 2)) and np.array_equal(net.layers[1][0], np.ones((4, 2)))


def test_names_may_be_one_or_many():
    own = Activation("own", np.sin, np.cos, r"\sin x", "#000000")
    assert make_net([1, 2, 3], "relu", 1, RNG(0)).activations == [ACTIVATIONS["relu"]] * 2
    assert make_net([1, 2, 3], [own, "softmax"], 1, RNG(0)).activations == [own, ACTIVATIONS["softmax"]]


@pytest.mark.parametrize(
    "sizes, names, init, reason",
    [
        ([3], [], 1, "two sizes or more and one activation a layer"),
        ([3, 2], ["relu", "relu"], 1, "one activation a layer"),
        ([3, 4, 2], ["relu"], 1, "one activation a layer"),
        ([3, 0, 2], "relu", 1, "two sizes or more"),
        ([3, 4, 2], ["softmax", "relu"], 1, "use it on the last layer only"),
        ([3, 4, 4, 2], ["relu", "softmax", "relu"], 1, "use it on the last layer only"),
        ([3, 2], "selu", 1, "activations must be among step, linear, .* not .'selu'"),
        *(([3, 2], "relu", init, "init must be 'default' or a number from 0 up, not ")
          for init in ("he", -1, float("nan"), None)),
    ],
)  # fmt: skip
def test_wrong_net(sizes, names, init, reason):
    with pytest.raises(ValueError, match=reason):
        make_net(sizes, names, init, RNG(0))


def test_batches_need_a_generator():
    net, x, target = small_net("tanh", "softmax")
    with pytest.raises(ValueError, match="hand train an rng"):
        next(train(net, x, target, rate=0.5, updates=1, batch=2))


def test_layer_factor_is_the_root_of_first_over_last():
    assert layer_factor([0.01, 7, 0.09]) == pytest.approx(1 / 3)


# What others have published


@pytest.mark.parametrize(  # Nielsen, Neural Networks and Deep Learning, chapter 3
    "w, b, at", [(0.6, 0.9, {0: 0.8176, 300: 0.0940}), (2, 2, {0: 0.9820, 50: 0.976, 300: 0.2028})]
)
def test_saturated_neuron_learns_slowly(w, b, at):
    net, x = make_net([1, 1], "sigmoid", 1, RNG(0)), np.ones((1, 1))
    net.params[:] = w, b
    for step in range(301):
        zs, activations = forward(net, x)
        if step in at:
            assert activations[-1].item() == pytest.approx(at[step], abs=1e-3)
        net.params -= 0.15 * backward(net, zs, activations, activations[-1] * sigmoid_slope(zs[-1]))[1]


@pytest.mark.parametrize("width, depth, share", [(2, 5, 0.50), (2, 10, 0.88), (3, 10, 0.575), (5, 10, 0.12)])
def test_narrow_nets_are_born_dead(width, depth, share):
    rng, x = RNG(0), np.linspace(-(3**0.5), 3**0.5, 64)[:, None]
    sizes, names = [1] + [width] * (depth - 1) + [1], ["relu"] * (depth - 1) + ["linear"]
    born_dead = [np.ptp(forward(make_net(sizes, names, 2, rng), x)[1][-1]) == 0 for _ in range(400)]
    assert np.mean(born_dead) == pytest.approx(share, abs=0.08)  # three standard errors of 400 nets
    assert np.mean(born_dead) < 1 - (1 - 2.0**-width) ** (depth - 1) + 0.08  # the bound of Lu et al. (2019)
