"""Test what the worker runs for the playground, in CPython."""

import json
import re
import sys
from pathlib import Path

import numpy as np
import pytest

from lessons import leaky, measure, play
from lessons.data import DATA

sys.path.append(str(Path(__file__).resolve().parents[1] / ".site"))
import live  # noqa: E402


def ask(**what):
    """Ask as the page does; return the header, the weights in the order of params, and the maps."""
    return unpack(live.live(json.dumps(what)))


def unpack(data):
    length = int.from_bytes(data[:4], "little")
    head = json.loads(data[4 : 4 + length], parse_constant=pytest.fail)
    numbers = np.concatenate([np.ravel(np.array(layer, float)) for layer in head["weights"]])
    return head, numbers, np.frombuffer(data[4 + length :], np.uint8)


def make(**other):
    return ask(make=live.START | other)


def net_of(**other):
    settings = live.START | other
    if "activations" not in other:
        settings["activations"] = ["tanh"] * len(settings["layers"])
    return live.Live(**settings)


def test_it_trains_as_play_does(capsys):
    settings = dict(layers=[4, 3], activations=["relu", leaky(0.3)], init=2, rate=0.2, batch=25, seed=3, epochs=20)
    run = play("moons", **settings)
    net = live.Live("moons", [4, 3], ["relu", "leaky_relu"], 0.3, 2, 0.2, 25, 3)
    for epoch in range(21):
        assert np.array_equal(net.net.params, run.nets[epoch].params)
        net.step(10)
    assert np.array_equal(net.new_x, run.new_x)


def test_speed_changes_nothing():
    nets = [net_of() for _ in range(3)]
    for net, steps in zip(nets, ([1] * 500, [25] * 20, [400, 400])):
        for step in steps:
            net.step(min(step, 500 - net.update))
    assert [net.update for net in nets] == [500] * 3
    assert np.array_equal(nets[0].net.params, nets[1].net.params)
    assert np.array_equal(nets[0].net.params, nets[2].net.params)


def test_a_frame_holds_what_measure_says():
    make(data="circles", layers=[5, 5], activations=["relu", "relu"], init=2, seed=1)
    head, numbers, maps = ask(step=300)
    assert head["epoch"] == 5 and head["update"] == 125  # it stops there for a look
    head, numbers, maps = ask(step=175)
    run = play("circles", layers=[5, 5], activations="relu", init=2, rate=0.1, seed=1, epochs=12)
    cost, right, errors, dead = measure(run, 12)
    assert head["cost"] == cost and head["newRight"] == right
    assert [sum(layer) for layer in head["dead"]] == [0, 1]
    assert np.allclose(head["strengths"], np.array(errors) / errors[-1])
    assert np.array_equal(numbers, run.nets[12].params) and "points" not in head
    assert head["rings"][-1] == [1] and [len(layer) for layer in head["most"]] == [2, 5, 5, 1]
    assert maps.size == 13 * live.GRID**2 and maps.min() >= 1


def test_maps_stand_upright():
    _, _, maps = make()
    right, up = maps.reshape(-1, live.GRID, live.GRID)[:2].astype(int)
    assert np.all(np.diff(right, axis=1) > 0) and np.all(np.diff(up, axis=0) < 0)


def test_points_come_first():
    points = make()[0]["points"]
    x, labels = DATA["spiral"](np.random.default_rng(0))
    for label, kind in enumerate(("dots", "triangles")):
        own, new = (re.findall(r"M(\S+) ([^m]+)m", points[name]) for name in (kind, f"new{kind.title()}"))
        assert np.allclose(np.array(own, float) / 100 * 3.5 * [1, -1], x[labels == label], atol=2e-3)
        assert len(new) == len(own) and new != own


@pytest.mark.parametrize(
    "kind, epochs, settings",
    [
        ("start", 0, {}),
        ("learning", 8, {}),
        ("learned", 60, {}),
        ("vanishing", 0, dict(data="circles", layers=[8] * 6, activations=["sigmoid"] * 6)),
        ("vanishing", 40, dict(data="circles", layers=[8] * 6, activations=["sigmoid"] * 6)),
        ("dead", 40, dict(data="circles", layers=[6] * 4, activations=["relu"] * 4, init=400)),
        ("overflow", 1, dict(data="circles", layers=[6] * 4, activations=["leaky_relu"] * 4, init=400)),
        ("no slope", 40, dict(data="circles", layers=[6] * 4, activations=["step"] * 4)),
        ("no slope", 40, dict(data="circles", layers=[8, 8], activations=["step", "tanh"])),
        ("saturated", 40, dict(data="circles", layers=[6] * 4, activations=["tanh"] * 4, init=400)),
        ("alike", 0, dict(layers=[8] * 6, activations=["sigmoid"] * 6, init=0)),
        ("alike", 40, dict(data="circles", layers=[8] * 3, activations=["relu"] * 3, init=0)),
        ("leaping", 6, dict(rate=10)),
        ("linear", 10, dict(data="circles", layers=[4], activations=["linear"])),
        ("exploding", 0, dict(layers=[8] * 6, activations=["leaky_relu"] * 6, init=41)),
    ],
)
def test_each_kind_of_net_is_named(kind, epochs, settings):
    net = net_of(**settings)
    net.frame()
    for _ in range(epochs):
        net.step(25)
        net.frame()
    assert net.kind == kind
    sentence = net.kinds(0)[kind][1]
    assert sentence.endswith((".", "without.")) and "nan" not in sentence and len(sentence) < 220


@pytest.mark.parametrize("function, init, rate, cure", [
    ("relu", 400, 0.1, "smaller initialization."), ("relu", 2, 2, "smaller rate, or a leak."),
    ("leaky_relu", 400, 0.1, "smaller initialization."), ("leaky_relu", 2, 10, "smaller rate."),
])  # fmt: skip
def test_the_dead_and_the_overflowed_get_the_cure_that_their_first_cost_asks_for(function, init, rate, cure):
    net = net_of(data="circles", layers=[6] * 4, activations=[function] * 4, init=init, rate=rate)
    for _ in range(20):
        words = unpack(net.frame())[0]["words"]
        net.step(25)
    assert net.kind in ("dead", "overflow") and words.endswith(cure)


def test_a_sentence_for_each_kind_at_any_time():
    net = net_of(layers=[1])
    net.frame()
    for kind in ("start", "learning", "still", "by heart", "exploding", "vanishing", "dead", "no slope"):
        assert net.kinds(0)[kind][1]


def test_no_kind_flickers():
    net, kinds = net_of(data="circles", layers=[5, 5], activations=["relu", "relu"], init=2, seed=1), []
    for _ in range(60):
        net.frame()
        kinds.append(net.kind)
        net.step(25)
    assert sum(a != b for a, b in zip(kinds, kinds[1:])) <= 3


def test_overflow_stops_in_the_same_update_as_play():
    run = play("circles", layers=[6] * 4, activations="leaky_relu", init=400, rate=0.1, epochs=40)
    net = net_of(data="circles", layers=[6] * 4, activations=["leaky_relu"] * 4, init=400)
    net.step(1000)
    assert net.run.overflow == run.overflow == net.update == 4  # as lesson 6 tells
    head, _, maps = unpack(net.frame())
    assert head["cost"] is None and f"In update {run.overflow} " in head["words"] and "overflowed" in head["words"]
    assert np.all(maps.reshape(-1, live.GRID**2)[-1] == 0)


def test_a_typed_weight_is_taken_and_trained_on():
    make(layers=[3], activations=["tanh"])
    ask(put=[0, 2, 1, -1.5])
    head, numbers, _ = ask(put=[1, 0, -1, 0.25])
    assert live.net.kind == "typed" and "weight that you typed" in head["words"]
    assert numbers[1 * 3 + 2] == -1.5 and numbers[3 * 3 + 3] == 0.25
    assert live.net.typed == live.net.update and "typed" in head["python"]
    before = live.net.net.params.copy()
    assert not np.array_equal(ask(step=1)[1][: before.size], before) and live.net.update == 1
    assert live.net.kind != "typed"


@pytest.mark.parametrize(
    "name, epochs, settings",
    [
        ("few_units", 250, dict(layers=[4], rate=0.3)),
        ("five_epochs", 5, dict(layers=[8] * 2, activations=["relu"] * 2, init=2, rate=0.3)),
        ("six_sigmoids", 200, dict(data="circles", layers=[8] * 6, activations=["sigmoid"] * 6, init=16)),
    ],
)
def test_challenge_is_won_by_its_solution_and_not_with_typed_weights(name, epochs, settings):
    for seed in range(6):
        net, won = net_of(**settings, seed=seed), set()
        for _ in range(epochs):
            net.step(25)
            net.frame()
            won.update(net.win())
        if won:
            break
    net.typed = 0
    assert won == {name} and net.win() == []


def test_as_python_does_the_same_and_is_short_where_it_can_be():
    plain = make()[0]["python"]
    assert 'activations="tanh",' in plain and "batch" not in plain and "leaky" not in plain
    head, names = make(layers=[3, 2], activations=["leaky_relu", "tanh"], alpha=0.3, init="default", batch=25)[0], {}
    exec(head["python"].replace("watch(run)", "").replace("epochs=200", "epochs=4"), names)
    live.net.step(40)
    assert np.array_equal(names["run"].nets[4].params, live.net.net.params)


def test_start_is_what_play_takes_by_itself():
    assert np.array_equal(live.Live(**live.START).net.params, play(epochs=1).nets[0].params)
