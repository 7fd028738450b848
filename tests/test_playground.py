"""Check the playground: what play trains, what the figure shows, and what it refuses."""

import re

import numpy as np
import pytest
from scipy.special import expit, xlogy

from lessons import DATA, forward, leaky, measure, play

# Training


def test_run_is_plain_gradient_descent_in_batches_of_ten():
    run = play("moons", layers=[3], activations="tanh", init=1, rate=0.2, seed=5, epochs=2)
    rng = np.random.default_rng(5)
    x, labels = DATA["moons"](rng)
    assert np.array_equal(x, run.x) and np.array_equal(labels, run.labels)
    W, U = rng.normal(0, np.sqrt(1 / 2), (2, 3)), rng.normal(0, np.sqrt(1 / 3), (3, 1))
    b, c = np.zeros(3), np.zeros(1)
    for epoch in range(2):
        for now, kept in zip((W, b, U, c), sum(run.nets[epoch].layers, ())):
            np.testing.assert_allclose(now, kept, atol=1e-12)
        order = rng.permutation(len(x))
        x, labels = x[order], labels[order]
        for some in np.split(np.arange(250), 25):
            hidden = np.tanh(x[some] @ W + b)
            wrong = (expit(hidden @ U + c) - labels[some, None]) / 10
            back = wrong @ U.T * (1 - hidden**2)
            U, c = U - 0.2 * hidden.T @ wrong, c - 0.2 * wrong.sum(axis=0)
            W, b = W - 0.2 * x[some].T @ back, b - 0.2 * back.sum(axis=0)


def test_measure_is_what_its_words_say():
    run = play("xor", layers=[5, 4], activations=["relu", "tanh"], init=1, epochs=40)
    (W, b), (V, a), (U, c) = run.nets[40].layers
    first, second = np.maximum(run.x @ W + b, 0), np.tanh(np.maximum(run.x @ W + b, 0) @ V + a)
    out = expit(second @ U + c)[:, 0]
    new = expit(np.tanh(np.maximum(run.new_x @ W + b, 0) @ V + a) @ U + c)[:, 0]
    cost, right, errors, dead = measure(run, 40)
    assert cost == pytest.approx(-np.mean(xlogy(run.labels, out) + xlogy(1 - run.labels, 1 - out)))
    assert right == np.mean((new > 0.5) == run.new_labels)
    delta = (out - run.labels)[:, None]
    before = delta @ U.T * (1 - second**2)
    expected = [np.sqrt(np.mean(d**2)) for d in (before @ V.T * (first > 0), before, delta)]
    np.testing.assert_allclose(errors, expected)
    assert dead == [np.mean(first.max(axis=0) == 0), 0]


def test_new_points_are_of_the_same_kind_and_not_the_same():
    run, other = play("circles", layers=[1], epochs=1), play("circles", layers=[1], epochs=1, seed=1)
    assert run.new_x.shape == (250, 2) and not np.array_equal(run.new_x, run.x)
    assert np.array_equal(run.new_x, DATA["circles"](np.random.default_rng([0, 1]))[0])
    r = np.hypot(*run.new_x.T)
    assert r[run.new_labels == 0].max() < 1.2 < 2 < r[run.new_labels == 1].min()
    assert not np.array_equal(run.new_x, other.new_x) and not np.array_equal(run.new_x, other.x)


def test_what_lies_on_the_border_counts_as_a_dot_and_a_unit_below_zero_is_not_dead():
    run = play("xor", layers=[3], activations="tanh", epochs=1)
    run.nets[0].params[:] = 0
    assert measure(run, 0)[1] == np.mean(run.new_labels == 0) != 0.5
    run.nets[0].layers[0][1][:] = -9
    assert measure(run, 0)[3] == [0]


def test_without_a_wish_it_is_the_spiral():
    settings = {"layers": [8, 8], "activations": "tanh", "init": 1, "rate": 0.1, "batch": 10, "seed": 0, "epochs": 200}
    one, same = (run.nets[200].params for run in (play(), play("spiral", **settings)))
    assert np.array_equal(one, same)


def test_cost_survives_outputs_that_round_to_one():
    run = play("moons", layers=[4], activations="relu", init=1e8, rate=1e-9, epochs=1)
    assert np.isfinite(measure(run, 0)[0]) and measure(run, 0)[0] > 1000


def test_progress_ends_in_one_line_that_does_not_depend_on_the_run(capsys):
    play("xor", layers=[4, 2], activations=["tanh", "relu"], epochs=50)
    shown = capsys.readouterr().out
    assert shown.count("\r") == 26 and shown.count("\n") == 1  # 50 // 20 epochs between two moments
    assert re.fullmatch("xor 4-2 tanh, relu +█{26} epoch 50\n", shown.split("\r")[-1])


@pytest.mark.parametrize("epochs, each", [(1, 1), (3, 1), (39, 1), (40, 2), (200, 10)])
def test_moments_are_spread_over_the_run_and_kept_as_they_were(epochs, each):
    nets = play("xor", layers=[2], epochs=epochs).nets
    assert list(nets) == list(range(0, epochs + 1, each))
    params = [net.params for net in nets.values()]
    assert all(not np.array_equal(one, other) for one, other in zip(params, params[1:]))
    assert all(np.shares_memory(net.params, net.layers[0][0]) for net in nets.values())


def test_overflow_is_said_and_shown(capsys):
    run = play("circles", layers=[8] * 4, activations="leaky_relu", init=100, epochs=20)
    hint = f"overflowed in update {run.overflow}: look for what made the first cost so large: 54 600"
    assert capsys.readouterr().out.endswith(f"{hint}\n")
    assert 0 < run.overflow < 25 and list(run.nets) == list(range(21))
    assert np.isfinite(measure(run, 0)[0]) and np.isnan(measure(run, 1)[0]) and measure(run, 1)[1] == 0


# What lesson 6 says of training


@pytest.mark.parametrize("seed", range(3))
def test_one_change_cures_a_patient_and_a_hundredth_of_the_rate_does_not(seed):
    patient = {"data": "circles", "layers": [6] * 4, "seed": seed, "epochs": 40}
    right = lambda name, init, rate=0.1: measure(play(**patient, activations=name, init=init, rate=rate), 40)[1]
    assert min(right("relu", 2), right("leaky_relu", 2), right("tanh", 1), right("relu", 1)) > 0.95
    assert max(right("relu", 400, 0.001), right("leaky_relu", 400, 0.001), right("sigmoid", 16)) < 0.85


def test_a_leak_takes_the_cross_from_the_first_net_and_gives_it_no_bend():
    first = {"data": "circles", "layers": [5, 5], "init": 2, "rate": 0.1, "seed": 1, "epochs": 12}
    bare, leaky = (play(**first, activations=name) for name in ("relu", "leaky_relu"))
    z = forward(leaky.nets[12], leaky.x)[0][1][:, 0]
    assert measure(bare, 12)[3] == [0, 0.2] and measure(leaky, 12)[3] == [0, 0] and z.max() < 0
    assert measure(bare, 12)[0] == pytest.approx(measure(leaky, 12)[0], rel=0.02)


def test_measure_tells_the_epochs_there_are():
    with pytest.raises(ValueError, match="the run was looked at in epochs 0, 1, 2, not in 7"):
        measure(play("xor", layers=[1], epochs=2), 7)


# What is refused


MUST_BE = {
    "layers": (
        "a list of 1 to 10 layers of 1 to 32 units each, such as [8, 8]",
        [[], 8, [10_000], [33], [8, 0], [8, 2.5], [[8], [8, 8]], [8] * 11],
    ),
    "rate": ("a number above 0", [0, -1, float("nan"), float("inf"), "fast"]),
    "init": ("'default' or a number from 0 up", [-1, "he"]),
    "batch": ("a whole number from 1 up", [0, 2.5]),
    "epochs": ("a whole number from 1 to 5000", [0, 5001, 1.5]),
    "data": ("one of xor, circles, moons, spiral", ["rings", ["xor"]]),
}


@pytest.mark.parametrize(
    "settings, reason",
    [
        *(({k: bad}, f"{k} must be {wish}, not {bad!r}") for k, (wish, wrong) in MUST_BE.items() for bad in wrong),
        ({"activations": "selu"}, "activations must be among step, linear, sigmoid, tanh, relu, leaky_relu"),
        ({"activations": [["tanh"], "tanh"]}, "activations must be among step"),
        ({"activations": "softmax"}, "softmax mixes all units of its layer"),
        ({"activations": ["tanh"]}, "2 layers need one activation for all or one for each, not ['tanh']"),
    ],
    ids=str,
)
def test_bad_settings_get_one_clear_sentence(settings, reason):
    with pytest.raises(ValueError, match=re.escape(reason)) as refused:
        play(**settings)
    assert "\n" not in str(refused.value)


def test_the_largest_settings_are_granted(capsys):
    assert list(play("xor", layers=[1] * 9 + [32], init=float("inf"), rate=1e300, epochs=5000).nets)[-1] == 5000
    assert capsys.readouterr().out.endswith("overflowed in update 0: take a smaller rate or init\n")


def test_an_activation_of_your_own_can_be_played():
    run = play("xor", layers=[2], activations=leaky(0.3), batch=1, epochs=1)
    assert run.nets[0].activations[0].function(-1) == -0.3
