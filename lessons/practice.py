"""Predictions and exercises that answer: what is right, what is wrong, and what the mistake probably was."""

import _thread
import copy
import threading
import tomllib
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from numbers import Real

import numpy as np

from lessons.activations import leaky_relu, relu, relu_slope, sigmoid, sigmoid_slope, softmax, step

SECONDS = 3  # an answer that takes longer is stopped


def predict(name, guess):
    """Print what the lesson says to a guess; the words are in predictions.toml."""
    predictions = tomllib.loads(files("lessons").joinpath("predictions.toml").read_text("utf8"))
    if name not in predictions:
        raise ValueError(f"no prediction is called {name!r}; there are {', '.join(predictions)}")
    print(_reply(guess, **predictions[name]))


def _reply(guess, answer, replies, within=0.0, other=""):
    """Return the reply to a guess: a choice, or a number within reach of one that has a reply."""
    if guess is None:
        return "No guess yet. Put yours in place of None and run this cell again, or just read on."
    if isinstance(answer, str):
        choices = ", ".join(replies)
        return replies.get(str(guess).strip().lower()) or f"Please choose one of these, in quotes: {choices}."
    if not isinstance(guess, Real):
        return f"Please guess a number such as 0.5, with a point and without quotes, not {guess!r}."
    for number, reply in replies.items():
        if abs(guess - float(number)) <= within:
            return reply
    if abs(guess - answer) <= 3 * within:
        return f"Close. It is {answer}."
    return other


@dataclass(frozen=True)
class Exercise:
    """A right answer, inputs that try it, and hints by symptom: part of a complaint, or a wrong answer."""

    right: Callable
    inputs: list
    hints: dict
    atol: float = 1e-9


def check(name, answer):
    """Print whether answer, a function, solves the exercise; else the input that failed, and a hint."""
    if name not in EXERCISES:
        raise ValueError(f"no exercise is called {name!r}; there are {', '.join(EXERCISES)}")
    print(f"{name}: {_verdict(EXERCISES[name], answer)}")


def _verdict(exercise, answer):
    """Return one or two sentences about the first input on which answer fails, or praise."""
    if not callable(answer):
        return "hand over the function itself: its name, without brackets or quotes."
    for args in exercise.inputs:
        given = copy.deepcopy(args)
        got, complaint = _try(answer, given)
        shown = f"for the input {', '.join(map(_show, args))} "
        if got is ...:
            return "not written yet. Replace the dots, then run both cells."
        if complaint:
            return f"{shown}it says {complaint!r}. {_hint(exercise, args, got, complaint)}".strip()
        if got is None:
            return shown + "it gives back None. Is there a `return` on every way through?"
        want = exercise.right(*copy.deepcopy(args))
        if not _same(got, want, 1e-6, exercise.atol):
            digits = 4 if _show(got, 4) != _show(want, 4) else 12
            numbers = f"you get {_show(got, digits)} and should get {_show(want, digits)}."
            return f"{shown}{numbers} {_hint(exercise, args, got, '')}".strip()
        if not _same(given, args, 0, 0):
            return shown + "it is right, but it has changed the input itself. Make a new array instead."
    return f"right, for all {len(exercise.inputs)} inputs tried."


def _try(answer, args):
    """Return what answer makes of args, and what Python complained of: an error, or warnings of bad arithmetic."""
    stop = threading.Timer(SECONDS, _thread.interrupt_main)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            stop.start()
            try:
                got = answer(*args)
            finally:
                stop.cancel()
        except KeyboardInterrupt:
            return None, f"nothing for {SECONDS} seconds: does its loop end?"
        except (Exception, SystemExit) as error:
            return None, f"{type(error).__name__}: {error}"
    return got, "; ".join({str(w.message): 0 for w in caught if w.category is RuntimeWarning})


def _same(got, want, rtol, atol):
    """Return whether got is as good as want: same shapes, and numbers that agree."""
    if isinstance(want, tuple):
        same_length = isinstance(got, (tuple, list)) and len(got) == len(want)
        return same_length and all(_same(g, w, rtol, atol) for g, w in zip(got, want))
    if callable(want):
        return got is want
    try:
        got = np.asarray(got)
    except ValueError:  # a ragged list
        return False
    numbers = got.dtype.kind in "biuf" and got.shape == np.shape(want)
    return numbers and np.allclose(got, want, rtol, atol, equal_nan=True)


def _hint(exercise, args, got, complaint):
    """Return the hint of the first mistake that explains what was got or complained of."""
    want = exercise.right(*copy.deepcopy(args))
    for symptom, hint in [*exercise.hints.items(), *SYMPTOMS.items()]:
        if isinstance(symptom, str):
            if symptom in complaint:
                return hint
        elif not complaint:
            with np.errstate(all="ignore"):
                wrong, trouble = _try(symptom, copy.deepcopy(args))
            if not trouble and _same(got, wrong, 1e-3, exercise.atol) and not _same(wrong, want, 1e-6, exercise.atol):
                return hint
    return ""


def _show(value, digits=5):
    """Return a value in few characters."""
    if callable(value):
        return getattr(value, "__name__", "a function")
    if isinstance(value, tuple):
        return f"({', '.join(_show(part, digits) for part in value)})"
    floats = {"float_kind": lambda number: f"{number:.{digits}g}"}
    try:
        return np.array2string(np.asarray(value), formatter=floats, separator=", ", threshold=12).replace("\n", "")
    except ValueError:  # a ragged list
        return repr(value)[:60]


ONE_NUMBER = "x may be one plain number as well, without `for`, [] or .copy(). np.where takes both."
SYMPTOMS = {  # part of a complaint: its hint, in any exercise that has none of its own for it
    "truth value": "`if` and `max` want one yes or no, and an array has many. Try np.where or np.maximum.",
    "onverted to Python scalars": "The functions of `math` take one number. Use those of numpy.",
    "'float' object is not iterable": ONE_NUMBER,
    "'float' object has no": ONE_NUMBER,
    "'float' object is not sub": ONE_NUMBER,
    "'bool' object has no": ONE_NUMBER,
    "for ^": "A power is ** in Python, not ^.",
    "bitwise_xor": "A power is ** in Python, not ^.",
}

A, LINE = np.array([[1.0, 2.0], [0.0, -1.0]]), np.array([-0.5, 0.0, 0.5])
TABLE, TALL = np.array([[1.0, 2.0, 0.0], [0.0, -1.0, 3.0]]), np.array([[1000.0, 0.0, -1000.0], [0.0, 1.0, 2.0]])
SEEN = np.array([[1.0, 0.0, 0.0, 5.0], [2.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0]])

EXERCISES = {
    "step": Exercise(step, [(LINE,), (0.1,), (-1.0,), (0.0,)], {
        lambda x: np.asarray(x) >= 0: "At exactly 0 the neuron stays silent: use > and not >=.",
        lambda x: np.asarray(x) < 0: "It fires on the wrong side.",
        lambda x: np.asarray(x) <= 0: "It fires on the wrong side.",
        lambda x: (np.sign(x) + 1) / 2: "One half at 0? The neuron fires or it does not: at exactly 0 it does not.",
        np.sign: "np.sign gives -1 below 0. The step gives 0 there.",
    }),
    "collapse": Exercise(lambda W1, b1, W2, b2: (W1 @ W2, b1 @ W2 + b2), [
        (A, A[0], A.T, A[1]), (A, A[0], np.eye(2, 3), np.ones(3)),
    ], {
        lambda W1, b1, W2, b2: (W2 @ W1, b1 @ W2 + b2): "The first layer stands on the left: x @ W1 @ W2.",
        lambda W1, b1, W2, b2: (W1 @ W2, b1 + b2): "The bias of the first layer goes through the second one too.",
        lambda W1, b1, W2, b2: (W1 * W2, b1 * W2 + b2): "* multiplies number by number. Layers need @.",
        lambda W1, b1, W2, b2: W1 @ W2: "Give back both, the weights and the bias: return W, b.",
    }),
    "softmax": Exercise(softmax, [(np.array([1.0, 2.0, 3.0]),), (TABLE,), (LINE + 1000,), (TALL,)], {
        "overflow": "e to the power of 1000 is too large. Take the largest score away from all of them first.",
        "invalid value": "0 divided by 0: in a table, each row needs its own largest score.",
        "broadcast": "One number per row has lost its axis: say keepdims=True.",
        "truth value": "`max` compares whole rows of a table. Try np.max(x, axis=-1, keepdims=True).",
        "out of bounds": "A list has no axis 1. The last axis is axis=-1, of a list and of a table.",
        np.exp: "These do not add up to 1: divide by their sum.",
        lambda x: softmax(x, axis=0): "You have summed down the columns. The last axis is axis=-1.",
        lambda x: (e := np.exp(x - x.max(-1, keepdims=True))) / e.sum(axis=0):
            "You have summed down the columns. The last axis is axis=-1.",
        lambda x: np.exp(x) / np.exp(x).sum(): "With two rows, each row has its own sum: sum along axis=-1.",
        lambda x: x / x.sum(-1, keepdims=True): "Shares of the scores themselves: take np.exp of them first.",
    }),
    "sigmoid": Exercise(sigmoid, [(2.0,), (-2.0,), (0.0,), (1000.0,), (-1000.0,), (LINE,)], {
        "invalid value": "Infinity over infinity: np.where works out both sides. Ask only for np.exp(-np.abs(x)).",
        "overflow": "The value is right, but e to the power of 1000 is too large. Ask only for np.exp(-np.abs(x)).",
        "OverflowError": "e to the power of 1000 is too large. Ask only for e to the power of -abs(x).",
        lambda x: 1 / (1 + np.exp(-np.abs(x))): "Right for positive x only. Below 0 the top is e, not 1.",
        lambda x: sigmoid(-np.asarray(x)): "It falls where it should rise: look at the sign of x, or at which side gets 1.",
    }),
    "sigmoid_slope": Exercise(sigmoid_slope, [(2.0,), (0.0,), (-40.0,), (40.0,), (LINE,)], {
        sigmoid: "That is the value. The slope is the value times its distance from 1.",
        lambda x: sigmoid(x) * (1 - sigmoid(x)): "At 40 all digits of 1 - s are lost. sigmoid(-x) keeps them.",
        lambda x: 1 - sigmoid(x): "That is the distance from 1. Multiply it by the value.",
        lambda x: sigmoid(x) * (1 + sigmoid(x)): "A sign is wrong: the distance from 1 is 1 - s.",
    }, atol=0),
    "central_difference": Exercise(lambda f, x: (f(x + 1e-5) - f(x - 1e-5)) / 2e-5, [
        (np.sin, 1.0), (np.exp, LINE), (np.abs, 0.0),
    ], {
        lambda f, x: (f(x + 1e-5) - f(x - 1e-5)) / 1e-5: "Twice too large: from x - h to x + h is a way of 2 h.",
        lambda f, x: (f(x - 1e-5) - f(x + 1e-5)) / 2e-5: "The sign is wrong: what lies right comes first.",
        lambda f, x: (f(x + 1e-5) - f(x)) / 1e-5: "Step to both sides of x, and take an h near 1e-5.",
    }, atol=1e-7),
    "layer_factor": Exercise(lambda e: (e[0] / e[-1]) ** (1 / (len(e) - 1)), [
        (np.array([0.2, 0.5, 0.9]),), (np.array([0.9, 0.3]),),
    ], {
        lambda e: (e[0] / e[-1]) ** (1 / len(e)): "Between n layers lie n - 1 steps.",
        lambda e: (e[-1] / e[0]) ** (1 / (len(e) - 1)): "The signal travels back: first layer over last layer.",
        lambda e: e[0] / e[-1]: "That is the factor of all steps together. Take the root.",
        lambda e: e[0] / e[-1] / (len(e) - 1): "Not a share: factors multiply, so take a root, ** (1 / n) with brackets.",
        lambda e: np.mean(e[:-1] / e[1:]): "Factors multiply: take the root of their product, not their mean.",
    }),
    "error_signal": Exercise(lambda d, W, s: d @ W.T * s, [(A, A + 1, A + 2), (A, np.ones((3, 2)), np.eye(2, 3))], {
        lambda d, W, s: d @ W * s: "Forward the signal takes W, backward it takes W with rows and columns swapped: W.T.",
        lambda d, W, s: d @ W.T: "On its way through a neuron the signal is multiplied by the slope as well.",
        lambda d, W, s: d @ W.T + s: "Slopes multiply, they do not add.",
        lambda d, W, s: (d * s) @ W.T: "The slope belongs to the layer before: first W.T, then the slope.",
    }),
    "relu": Exercise(relu, [(LINE,), (np.array([-np.inf, 1.0]),), (3.0,), (-2.0,)], {
        "invalid value": "0 times infinity is no number, nor is infinity minus infinity. Compare, with np.maximum.",
        np.abs: "That turns negative numbers round. ReLU drops them.",
        np.max: "np.max gives one number for the whole array. np.maximum compares one by one.",
        lambda x: np.minimum(x, 0): "That keeps the negative side.",
    }),
    "relu_slope": Exercise(relu_slope, [(LINE,), (3.0,), (-2.0,), (0.0,)], {
        relu: "That is the value. The slope is 1 or 0.",
        lambda x: np.asarray(x) >= 0: "At 0 our convention is the slope 0: use > and not >=.",
        lambda x: (np.sign(x) + 1) / 2: "One half is what the central difference says at 0. Our convention is 0.",
        lambda x: np.asarray(x) <= 0: "The sides are swapped: the slope is 1 on the right.",
        np.sign: "Left of 0 the line is flat: slope 0, not -1.",
    }),
    "he_start": Exercise(lambda n_in: np.sqrt(2 / n_in), [(50,), (784,)], {
        lambda n_in: 2 / n_in: "That is the variance. The standard deviation is its square root.",
        lambda n_in: np.sqrt(1 / n_in): "Half of the units are off: the variance is 2 / n, not 1 / n.",
        lambda n_in: 1 / n_in: "** comes before /: a square root is ** (1 / 2), with brackets.",
        lambda n_in: np.sqrt(n_in / 2): "The more inputs, the smaller the weights.",
    }),
    "dead_units": Exercise(lambda a: np.all(a == 0, axis=0).sum(), [(SEEN,), (SEEN[:, 1:3],), (SEEN[::-1, ::3],)], {
        lambda a: np.sum(a == 0): "You have counted zeros. Inactive for one input is not dead: look at whole columns.",
        lambda a: np.any(a == 0, axis=0).sum(): "Zero for some input is inactive. Dead is zero for all: np.all.",
        lambda a: np.all(a == 0, axis=1).sum(): "You have looked along the rows. A unit is a column: axis=0.",
        lambda a: np.all(a == 0, axis=0).mean(): "That is the share. Count them: .sum().",
    }),
    "leaky_relu": Exercise(leaky_relu, [(LINE, 0.1), (np.array([5, -3]), 0.01), (LINE, 2.0), (-2.0, 0.01)], {
        "Cannot cast": "An array of whole numbers cannot hold -0.03. Let np.where make a new array.",
        lambda x, alpha: leaky_relu(x, alpha).astype(np.asarray(x).dtype):
            "An array of whole numbers cannot hold -0.03. Let np.where make a new array.",
        lambda x, alpha: np.maximum(alpha * x, x): "For alpha above 1 the larger of the two is wrong. Use np.where.",
        lambda x, alpha: relu(x): "Nothing leaks: the negative side is alpha times x, not 0.",
        lambda x, alpha: leaky_relu(x, 0.01): "It leaks 0.01, whatever alpha is. Use the alpha that is handed over.",
        lambda x, alpha: np.where(x > 0, x, alpha): "alpha alone is the slope. The value is alpha times x.",
    }),
    "fitting_start": Exercise(lambda alpha: 2 / (1 + alpha**2), [(0.2,), (0.0,), (1.0,)], {
        lambda alpha: 2.0: "That fits ReLU. A leak lets more through, so the start must be smaller.",
        lambda alpha: 2 / (1 + alpha): "Variances go with squares: alpha**2.",
        lambda alpha: (1 + alpha**2) / 2: "That is what comes through. The start makes up for it: one over that.",
    }),
}  # fmt: skip
