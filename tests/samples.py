"""Exercises and guesses of each kind, so that tests of the engine do not hang on what the lessons ask at present."""

import numpy as np

from lessons import leaky_relu, relu, sigmoid, softmax, step
from lessons.practice import Exercise

LINE, TABLE = np.array([-2.0, -0.5, 0.0, 0.5, 1.7, 3.0]), np.array([[1.0, 2.0, 0.0], [0.0, -1.0, 3.0]])
NUMBERS = [(2.0,), (-2.0,), (0.0,), (LINE,), (np.array([5, 0, -3]),), (TABLE,), (3,)]
A, B = np.array([[1.0, 2.0], [0.0, -1.0]]), np.array([[2.0, 0.0, 1.0], [1.0, 3.0, -1.0]])
SAMPLES = {
    "relu": Exercise(
        relu, {"ReLU drops them.": [np.abs], "Infinity times 0.": [lambda x: x * (np.asarray(x) > 0)],
               "ReLU gives 0 for what is negative.": [lambda x: x]},
        "np.maximum.", [*NUMBERS, (np.array([-np.inf, 1.0]),)], draw=(-3, 3),
    ),
    "step": Exercise(step, {"Use > and not >=.": [lambda x: np.asarray(x) >= 0]}, "np.where.", [(0.1,), *NUMBERS]),
    "leak": Exercise(
        leaky_relu, {"Nothing leaks.": [lambda x, alpha: relu(x)]}, "np.where.",
        [(LINE, 0.1), (TABLE, 0.5), (LINE, 2.0), (-2.0, 0.01)], draw=(-3, 3),
    ),
    "sigmoid": Exercise(
        sigmoid, {"It falls.": [lambda x: sigmoid(-np.asarray(x))]}, "np.abs(x)", [*NUMBERS, (1000.0,), (-1000.0,)],
        draw=(-6, 6),
    ),
    "collapse": Exercise(
        lambda W1, b1, W2, b2: (W1 @ W2, b1 @ W2 + b2), {}, "@.", [(A, A[0], A + 1, A[1]), (A, A[1] + 3, B, B[1])]
    ),
    "softmax": Exercise(
        lambda x: softmax(x), {"These do not add up to 1.": [np.exp]}, "max", [(LINE[:3],), (TABLE,), (LINE + 1000,)]
    ),
    "step_back": Exercise(lambda d, W, s: d @ W.T * s, {}, ".T", [(A, A + 1, A + 2), (B.T, A - 1, B.T + 2)]),
    "he_start": Exercise(lambda n_in: np.sqrt(2 / n_in), {}, "np.sqrt.", [(50,), (784,), (2,), (100.0,)]),
    "dead_units": Exercise(
        lambda a: np.all(a == 0, axis=0).sum(), {}, ".sum()", [(B * [[1], [0]],), (TABLE * [1, 0, 0],), (B * 0,)]
    ),
    "sizes": Exercise(
        lambda arrays: [np.max(a) for a in arrays], {"These are all.": [lambda arrays: arrays]}, "np.max.",
        [([A, 10 * B],), ([B, A, -B],)],
    ),
    "half": Exercise(0.5, {"That is the whole.": [1, 2], "That is two thirds.": [0.667, 0.98]}, "Divide."),
    "root": Exercise(2**0.5, {"That is the square.": [2]}, "More.", within=0.01),
    "pair": Exercise((2.0, -3.0), {"The weight of another lesson.": [(4, -3)]}, "More."),
    "five": Exercise((1, 0, 2, 3, 4), {"That is the second.": [(1, 1, 2, 3, 4)]}, "More.", within=0),
    "which": Exercise("tanh", {"It is flat on one side.": ["relu"], "It is flat.": ["step", "threshold"]}, "More."),
    "layer": Exercise(["third", "layer 3"], {"That one lives.": ["first"]}, "More."),
    "bend": Exercise("Q", {"Not P.": ["P"], "Neither.": ["P and R"], "All?": ["all", "P, Q and R"]}, "More."),
    "reach": Exercise(
        (1.0, 2.0), {"too small": [(0, 0)]}, "Their sum is 3.",
        goal=lambda w, b: "" if w + b == 3 else f"{w + b:g} is {'too small' if w + b < 3 else 'too large'}.",
    ),
    "run": Exercise(
        {"data": "circles", "layers": [8] * 4, "activations": "relu", "init": 2}, {"Smaller.": []}, "Lesson 4.",
        task="the circles in four layers", goal=lambda run: run.data == "circles" and len(run.layers) == 4,
    ),
}  # fmt: skip
GUESSES = {  # name: the right answer, its reply being "Right.", those to the others, and what else is understood
    "fires": ("no", {"yes": "It is below 0."}, {"yes": ["fires"]}),
    "curve": ("flat", {"steep": "For large ones.", "gone": "The bias is left."}, {}),
    "kind": ("step", {"relu": "Half.", "leaky_relu": "Nearly half.", "tanh": "Only the ends."}, {}),
    "shares": ("fall", {"rise": "One only.", "stay": "They share."}, {}),
    "further": ("first", {"second": "Its slope is small."}, {}),
    "left": ("a hundredth", {"a half": "There are three.", "a tenth": "One alone."}, {}),
    "lines": ("3", {"2": "One more.", "4": "One less."}, {"3": ["3/4"], "4": ["all"]}),
    "most": ("most", {"none": "Not at 3.", "few": "At 1."}, {"few": ["5"], "most": ["40"]}),
    "leap": ("stays", {"comes back": "The slope is tiny.", "goes on": "It looks only here."},
             {"comes back": ["back", "jumps back", "leaps to and fro"], "goes on": ["further", "flies away"]}),
    "start": ("small with", {"small without": "No biases.", "he with": "Too large.", "he without": "Neither."},
              {"small with": ["small with biases"], "small without": ["small, zero biases", "small without biases"]}),
    "back": ("weight and slope", {"weight and rate": "Not the rate."}, {}),
}  # fmt: skip
GUESSES = {
    name: {"answer": answer, "replies": replies | {answer: "Right."}, "also": also}
    for name, (answer, replies, also) in GUESSES.items()
}
GUESSES["slope"] = {
    "answer": 0.25,
    "within": 0.01,
    "other": "Climb over way.",
    "replies": {"0.25": "Right.", "1": "Too long a way.", "0.5": "That is the value.", "-0.25": "It climbs."},
}
