"""Check the net against central differences, and repeat the experiments whose numbers the lessons teach."""

from itertools import islice

import numpy as np
import pytest

from lessons import ACTIVATIONS, Activation, backward, forward, layer_factor, leaky
from lessons import look_inside, make_net, sigmoid_slope, spiral, train, unflatten
from lessons.network import _batches

COSTS = {  # behind each of these outputs, output - target is the error signal
    "softmax": lambda out, target: -np.sum(target * np.log(out)),
    "sigmoid": lambda out, target: -np.sum(target * np.log(out) + (1 - target) * np.log(1 - out)),
    "linear": lambda out, target: np.sum((out - target) ** 2) / 2,
}


def rngs(count):
    """Return generators of that many seeds."""
    return [np.random.default_rng(seed) for seed in range(count)]


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
    rng = np.random.default_rng(1)
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
    _, gradient = backward(net, zs, activations, activations[-1] - target)
    expected = numeric_gradient(net, x, lambda out: COSTS[output](out, target))
    np.testing.assert_allclose(gradient, expected, rtol=1e-6, atol=1e-8)


def test_error_signal_is_the_slope_with_respect_to_z():
    net, x, target = small_net("tanh", "softmax")
    zs, activations = forward(net, x)
    deltas, gradient = backward(net, zs, activations, activations[-1] - target)
    for delta, z, (_, b_gradient) in zip(deltas, zs, unflatten(gradient, net.sizes)):
        assert delta.shape == z.shape
        np.testing.assert_allclose(delta.sum(axis=0), b_gradient)


def test_forward_is_the_formula():
    net, x, _ = small_net("tanh", "linear")
    (V, a), (W, b), (U, c) = net.layers
    np.testing.assert_allclose(forward(net, x)[1][-1], np.tanh(np.tanh(x @ V + a) @ W + b) @ U + c)


def test_train_is_gradient_descent_with_momentum():
    net, x, target = small_net("tanh", "softmax")
    other, velocity = small_net("tanh", "softmax")[0], 0
    for out in train(net, x, target, rate=0.5, updates=5, momentum=0.9):
        np.testing.assert_allclose(out, forward(other, x)[1][-1], atol=1e-8)
        velocity = 0.9 * velocity - 0.5 * numeric_gradient(other, x, lambda out: COSTS["softmax"](out, target) / 6)
        other.params += velocity
    np.testing.assert_allclose(net.params, other.params, atol=1e-7)


def test_batches_are_whole_passes_each_in_a_new_order():
    seen = [x.tolist() for x, _ in islice(_batches(np.arange(6), np.arange(6), 4, np.random.default_rng(0)), 6)]
    assert [len(batch) for batch in seen] == [4, 2] * 3
    passes = [first + second for first, second in zip(seen[::2], seen[1::2])]
    assert all(sorted(once) == list(range(6)) for once in passes) and len(set(map(tuple, passes))) == 3


def test_samples_and_targets_stay_together():
    x = np.arange(10.0)[:, None]
    for some, target in islice(_batches(x, 2 * x, 3, np.random.default_rng(0)), 12):
        assert np.array_equal(target, 2 * some)


def test_train_in_batches_steps_on_each():
    net, x, target = small_net("tanh", "softmax")
    other = small_net("tanh", "softmax")[0]
    outputs = train(net, x, target, rate=0.5, updates=5, batch=4, rng=np.random.default_rng(3))
    for out, (some, wanted) in zip(outputs, _batches(x, target, 4, np.random.default_rng(3))):
        np.testing.assert_allclose(out, forward(other, some)[1][-1], atol=1e-8)
        gradient = numeric_gradient(other, some, lambda out: COSTS["softmax"](out, wanted) / len(wanted))
        other.params -= 0.5 * gradient
    np.testing.assert_allclose(net.params, other.params, atol=1e-7)


@pytest.mark.parametrize("name", [name for name in ACTIVATIONS if name != "softmax"])
def test_net_uses_the_very_function_and_slope(name):
    net = make_net([3, 5, 1], [name, "linear"], 1, np.random.default_rng(0))
    zs, activations = forward(net, np.random.default_rng(1).normal(size=(4, 3)))
    assert np.array_equal(activations[1], ACTIVATIONS[name].function(zs[0]))
    deltas, _ = backward(net, zs, activations, np.ones((4, 1)))
    assert np.array_equal(deltas[0], np.ones((4, 1)) @ net.layers[1][0].T * ACTIVATIONS[name].slope(zs[0]))


@pytest.mark.parametrize("init, variance", [(1, 1), (2, 2), (0.5, 0.5), ("default", 1 / 3)])
def test_initialization_has_its_variance(init, variance):
    for rng in rngs(5):
        for W, b in make_net([400, 300, 200], "relu", init, rng).layers:
            assert len(W) * W.var() == pytest.approx(variance, rel=0.03)
            assert abs(W.mean()) < 4 * W.std() / np.sqrt(W.size)
            if init == "default":
                assert 0.9 < np.abs(b).max() * np.sqrt(len(W)) <= 1 and np.abs(W).max() * np.sqrt(len(W)) <= 1
            else:
                assert not b.any()


def test_layers_are_views_of_all_params():
    net = make_net([3, 4, 2], "tanh", 1, np.random.default_rng(0))
    assert [(W.shape, b.shape) for W, b in net.layers] == [((3, 4), (4,)), ((4, 2), (2,))]
    for i, (W, b) in enumerate(net.layers):
        W[:], b[:] = i, i
    assert np.array_equal(net.params, [0] * 16 + [1] * 10)


def test_names_may_be_one_or_many():
    rng, own = np.random.default_rng(0), Activation("own", np.sin, np.cos, r"\sin x", "#000000")
    assert [a.name for a in make_net([1, 2, 3], "relu", 1, rng).activations] == ["relu", "relu"]
    assert make_net([1, 2, 3], [own, "softmax"], 1, rng).activations == [own, ACTIVATIONS["softmax"]]


@pytest.mark.parametrize(
    "sizes, names, reason",
    [
        ([3], [], "two sizes or more and one activation a layer"),
        ([3, 2], ["relu", "relu"], "one activation a layer"),
        ([3, 4, 2], ["relu"], "one activation a layer"),
        ([3, 0, 2], "relu", "two sizes or more"),
        ([3, 4, 2], ["softmax", "relu"], "use it on the last layer only"),
        ([3, 4, 4, 2], ["relu", "softmax", "relu"], "use it on the last layer only"),
        ([3, 2], "selu", "activations must be among step, linear, .* not .'selu'"),
    ],
)
def test_wrong_net(sizes, names, reason):
    with pytest.raises(ValueError, match=reason):
        make_net(sizes, names, 1, np.random.default_rng(0))


@pytest.mark.parametrize("init", ["he", -1, float("nan"), None])
def test_wrong_initialization(init):
    with pytest.raises(ValueError, match="init must be 'default' or a number from 0 up, not "):
        make_net([3, 2], "relu", init, np.random.default_rng(0))


def test_initialization_0_is_all_zeros():
    assert not make_net([3, 2], "relu", 0, np.random.default_rng(0)).params.any()


def test_batches_need_a_generator():
    net, x, target = small_net("tanh", "softmax")
    with pytest.raises(ValueError, match="hand train an rng"):
        next(train(net, x, target, rate=0.5, updates=1, batch=2))


def test_layer_factor_is_the_root_of_first_over_last():
    assert layer_factor([0.02, 7, 0.08]) == pytest.approx(0.5)


# The experiments


def test_linear_layers_collapse_into_one():
    for rng in rngs(3):
        net, x = make_net([50] * 21, "linear", 1, rng), rng.normal(size=(200, 50))
        product = np.linalg.multi_dot([W for W, _ in net.layers])
        assert np.abs(forward(net, x)[1][-1] - x @ product).max() < 1e-12


def test_two_relus_make_xor():
    net = make_net([2, 2, 1], ["relu", "linear"], 1, np.random.default_rng(0))
    net.params[:] = [1, 1, 1, 1, 0, -1, 1, -2, 0]
    x, xor = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([0, 1, 1, 0])
    assert np.array_equal(forward(net, x)[1][-1][:, 0], xor)
    line, *_ = np.linalg.lstsq(np.column_stack([x, np.ones(4)]), xor)
    np.testing.assert_allclose(line, [0, 0, 0.5], atol=1e-15)


@pytest.mark.parametrize(
    "w, b, at", [(0.6, 0.9, {0: 0.8176, 300: 0.0940}), (2, 2, {0: 0.9820, 50: 0.976, 300: 0.2028})]
)
def test_saturated_neuron_learns_slowly(w, b, at):
    net, x = make_net([1, 1], "sigmoid", 1, np.random.default_rng(0)), np.ones((1, 1))
    net.params[:] = w, b
    for step in range(301):
        zs, activations = forward(net, x)
        if step in at:
            assert activations[-1].item() == pytest.approx(at[step], abs=1e-3)
        net.params -= 0.15 * backward(net, zs, activations, activations[-1] * sigmoid_slope(zs[-1]))[1]


def test_weight_gradient_can_look_healthy_while_the_error_signal_vanishes():
    errors, gradients, spreads = look_inside("tanh", 100 * 0.01**2, np.random.default_rng(0))
    assert 0.5 < gradients[0] / gradients[-1] < 2
    assert errors[0] / errors[-1] < 1e-17 and spreads[-1] / spreads[0] < 1e-17


def test_look_inside_is_one_pass_there_and_back():
    rng = np.random.default_rng(5)
    net = make_net([100] * 21, "tanh", 1, rng)
    zs, activations = forward(net, rng.normal(size=(20, 100)))
    deltas, gradient = backward(net, zs, activations, rng.normal(size=(20, 100)))
    errors, gradients, spreads = look_inside("tanh", 1, np.random.default_rng(5))
    np.testing.assert_allclose(errors, [np.linalg.norm(delta) / 2000**0.5 for delta in deltas])
    np.testing.assert_allclose(gradients, [np.linalg.norm(W) / 100 for W, _ in unflatten(gradient, net.sizes)])
    np.testing.assert_allclose(spreads, [np.mean(np.sqrt(np.var(a, 0))) for a in activations[1:]])


@pytest.mark.parametrize("width, depth, share", [(2, 5, 0.50), (2, 10, 0.88), (3, 10, 0.575), (5, 10, 0.12)])
def test_narrow_nets_are_born_dead(width, depth, share):
    rng, x = np.random.default_rng(0), np.linspace(-(3**0.5), 3**0.5, 64)[:, None]
    sizes, names = [1] + [width] * (depth - 1) + [1], ["relu"] * (depth - 1) + ["linear"]
    born_dead = [np.ptp(forward(make_net(sizes, names, 2, rng), x)[1][-1]) == 0 for _ in range(400)]
    assert np.mean(born_dead) == pytest.approx(share, abs=0.08)  # three standard errors of 400 nets
    assert np.mean(born_dead) < 1 - (1 - 2.0**-width) ** (depth - 1) + 0.08


@pytest.mark.parametrize(
    "alpha, low, high", [(0, 0.52075, 0.52077), (0.01, 0.3, 0.45), (0.1, 0.1679, 0.1681), (0.3, 0.1679, 0.1681)]
)
def test_leaky_moves_a_dead_net_but_only_to_a_line(alpha, low, high):
    x = np.linspace(-1, 1, 200)[:, None]
    y, net = np.sin(3 * x), make_net([1, 40, 1], [leaky(alpha), "linear"], 1, np.random.default_rng(0))
    net.layers[0][1][:] = -4
    before = net.layers[0][0].copy()
    *_, out = train(net, x, y, rate=0.04, updates=4000)  # 0.02 for the squared error, of which train takes half
    assert low < np.mean((out - y) ** 2) < high
    assert np.array_equal(before, net.layers[0][0]) == (alpha == 0)
    assert (forward(net, x)[0][0] < 0).all()  # alive again, yet no unit is positive anywhere


def trained(name, init, hidden, rng, rate=0.05, updates=600):
    """Train on a spiral; return the net, its points, loss and accuracy."""
    x, labels = spiral(rng)
    net = make_net([2, *hidden, 3], [name] * len(hidden) + ["softmax"], init, rng)
    *_, out = train(net, x, np.eye(3)[labels], rate=rate, updates=updates, momentum=0.9)
    return net, x, -np.log(out[range(len(labels)), labels] + 1e-300).mean(), (out.argmax(axis=1) == labels).mean()


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("name, init", [("tanh", 1), ("relu", 2), ("leaky_relu", 2)])
def test_other_deep_nets_learn_the_spiral(name, init, seed):
    assert trained(name, init, [32] * 6, np.random.default_rng(seed))[-1] == 1


@pytest.mark.parametrize("seed", range(5))
def test_one_layer_of_sigmoids_learns_the_spiral(seed):
    assert trained("sigmoid", 1, [32], np.random.default_rng(seed))[-1] >= 0.9
