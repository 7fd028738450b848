"""The exercises: what is right, what it is tried on, a hint for each known mistake. Exercise tells how to write one."""

import numpy as np

from lessons.activations import leaky_relu, relu, relu_slope, sigmoid, sigmoid_slope, softmax, step

LINE, WHOLE = np.array([-2.0, -0.5, 0.0, 0.5, 1.7, 3.0]), np.array([5, 0, -3])
TABLE = np.array([[1.0, 2.0, 0.0], [0.0, -1.0, 3.0]])
FAR, TALL = np.array([-1000.0, -1.0, 1000.0]), np.array([[1000.0, 0.0, -1000.0], [0.0, 1.0, 2.0]])
NUMBERS = [(2.0,), (-2.0,), (0.0,), (LINE,), (WHOLE,), (TABLE,), (3,)]  # for what takes a number or an array
A, B = np.array([[1.0, 2.0], [0.0, -1.0]]), np.array([[2.0, 0.0, 1.0], [1.0, 3.0, -1.0]])
SEEN = np.array([[1.0, 0.0, 0.0, 5.0, 0.0], [2.0, 0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 1e-6, 0.0, 0.0]])
HALF = np.array([[0.0, 1.0], [3.0, 0.0], [3.0, 4.0]])
SPENT, GOT = np.array([0.5, 2.0, 3.5, 5.0, 1.0]), np.array([0.0, 1.0, 0.0, 1.0, 1.0])  # hours, and passed or not


def _moved(w, b, hours, passed, rate, slope=np.subtract):
    """Return weight and bias after one update; slope is that of the cost for z: with the cross-entropy the miss."""
    slope_z = slope(sigmoid(w * hours + b), passed)
    return w - rate * np.mean(slope_z * hours), b - rate * np.mean(slope_z)


def _fit(w, b):
    """Say what keeps a weight and a bias from a cost below 0.05 for the forty students of lesson 2, or return ""."""
    rng = np.random.default_rng(1)
    hours = rng.uniform(0, 6, 40)
    passed = rng.random(40) < sigmoid(1.5 * (hours - 3))
    cost = lambda w, b: np.mean((sigmoid(w * hours + b) - passed) ** 2) / 2
    if cost(w, b) < 0.05:
        return ""
    text = f"The cost is {cost(w, b):.4f}, and it should be below 0.05."
    if cost(b, w) < 0.05:
        return f"{text} It is the bias first that you have typed: the weight comes first."
    if w <= 0:
        return f"{text} It falls or lies flat: more hours should give a larger chance, so the weight is above 0."
    middle = -b / w
    hints = {
        "The middle lies too far right: raise the bias.": cost(w, b + 0.1 * w) - (middle > 4),
        "The middle lies too far left: lower the bias.": cost(w, b - 0.1 * w) - (middle < 2.5),
        "Its middle is well placed. Now make it steeper: raise the weight, lower the bias.": cost(1.05 * w, 1.05 * b),
        "Its middle is well placed. Now make it flatter: lower the weight, raise the bias.": cost(w / 1.05, b / 1.05),
    }
    return f"{text} {min(hints, key=hints.get)}"


def _half(x):
    """Say how far x is from the place right of 0 where the sigmoid is half as steep as it can be, or return ""."""
    slope = sigmoid_slope(x)
    text = f"At x = {x:g} the slope is {slope:.3f}, and half of the largest is 0.125."
    if 0.12 < x < 0.13:
        return f"{text} If that is the slope that you have typed: the place is asked for, x."
    if abs(slope - 0.125) < 0.01:
        return "" if x > 0 else "That lies to the left of 0. The sigmoid is symmetric: which place lies to the right?"
    return f"{text} {'Go further right.' if x < 1.763 else 'Go back to the left.'}"



EXERCISES = {
    "step": dict(
        right=step,
        inputs=[(0.1,), *NUMBERS],
        draw=(-3, 3),
        wrong={
            "At exactly 0 the neuron stays silent: use > and not >=.": [lambda x: np.asarray(x) >= 0],
            "It fires on the wrong side.": [
                lambda x: np.asarray(x) < 0,
                lambda x: np.asarray(x) <= 0,
            ],
            "One half at 0? The neuron fires or it does not: at exactly 0 it does not.": [
                lambda x: (np.sign(x) + 1) / 2,
                lambda x: np.heaviside(x, 0.5),
            ],
            "It gives -1 where the neuron is silent. The step gives 0 there.": [
                np.sign,
                lambda x: np.where(np.asarray(x) > 0, 1, -1),
            ],
            "It passes the input on where it fires. The step gives 1 there, however large the input is.": [
                lambda x: np.maximum(x, 0),
            ],
            "It jumps at 1. The step jumps at 0.": [lambda x: np.asarray(x) > 1, lambda x: np.asarray(x) >= 1],
            "Rounding jumps at one half, and goes on to 2 and 3. The step jumps at 0, to 1.": [np.round],
        },
        more="np.where(a question about x, 1.0, 0.0) asks each number. Does 0 itself fire?",
    ),
    "collapse": dict(
        right=lambda W1, b1, W2, b2: (W1 @ W2, b1 @ W2 + b2),
        inputs=[(A, A[0], A + 1, A[1]), (A, A[1] + 3, B, B[1]), (B, B[0], B.T, A[0])],
        wrong={
            "The first layer stands on the left: x @ W1 @ W2.": [
                lambda W1, b1, W2, b2: (W2 @ W1, b1 @ W2 + b2),
                lambda W1, b1, W2, b2: (W2 @ W1, W2 @ b1 + b2),
                lambda W1, b1, W2, b2: (W2 @ W1, b2 @ W1 + b1),
                lambda W1, b1, W2, b2: (W2 @ W1, b1 + b2),
            ],
            "The bias of the first layer goes through the second one too.": [
                lambda W1, b1, W2, b2: (W1 @ W2, b1 + b2),
            ],
            "The bias of the first layer is lost. It goes through the second one too.": [
                lambda W1, b1, W2, b2: (W1 @ W2, b2),
            ],
            "The bias of the second layer is lost: it is added at the end.": [
                lambda W1, b1, W2, b2: (W1 @ W2, b1 @ W2),
            ],
            "* multiplies number by number. Layers need @.": [
                lambda W1, b1, W2, b2: (W1 * W2, b1 * W2 + b2),
                lambda W1, b1, W2, b2: (W1 * W2, b1 @ W2 + b2),
                lambda W1, b1, W2, b2: (W1 * W2, b1 + b2),
                lambda W1, b1, W2, b2: (W1 @ W2, b1 * W2 + b2),
            ],
            "Layers one after the other multiply, with @. Only biases are added.": [
                lambda W1, b1, W2, b2: (W1 + W2, b1 + b2),
                lambda W1, b1, W2, b2: (W1 + W2, b1 @ W2 + b2),
            ],
            "The first bias is a row, so it stands on the left of the second weights: b1 goes in as x does.": [
                lambda W1, b1, W2, b2: (W1 @ W2, W2 @ b1 + b2),
            ],
            "The first bias goes through the second layer's weights, not through its own.": [
                lambda W1, b1, W2, b2: (W1 @ W2, b1 @ W1 + b2),
            ],
        },
        more="Put the first formula into the second: (x @ W1 + b1) @ W2 + b2. Multiply out: what stands behind x is W, "
        "the rest is b. return W, b",
    ),
    "softmax": dict(
        right=softmax,
        inputs=[
            (np.array([1.0, 2.0, 3.0]),),
            (np.array([2, -1]),),
            (TABLE,),
            (LINE,),
            (TABLE.T,),
            (LINE + 1000,),
            (FAR,),
            (TALL,),
        ],
        wrong={
            "The smallest score gets the largest share: the sign of x is turned round.": [
                lambda x: softmax(-np.asarray(x))
            ],
            "Divide by the sum, not by the mean: these add up to more than 1.": [
                lambda x: softmax(x) * np.shape(x)[-1],
            ],
            "That is the sigmoid, which looks at each score alone. Shares of a whole add up to 1.": [sigmoid],
            "The powers are those of e: np.exp.": [
                lambda x: softmax(np.asarray(x) * np.log(2)),
                lambda x: softmax(np.asarray(x) * np.log(10)),
            ],
            "These do not add up to 1: divide by their sum.": [
                np.exp,
                lambda x: np.exp(x - np.max(x, axis=-1, keepdims=True)),
                lambda x: np.exp(x - np.max(x)),
            ],
            "e to the power of 1000 is too large. Take the largest score away from all of them first.": [
                lambda x: (e := np.exp(x)) / e.sum(axis=-1, keepdims=True),
            ],
            "A power grows too large: take the largest score away first, so that none is above 0.": [
                lambda x: (e := np.exp(x - np.mean(x, axis=-1, keepdims=True))) / e.sum(axis=-1, keepdims=True),
                lambda x: (e := np.exp(x - np.min(x, axis=-1, keepdims=True))) / e.sum(axis=-1, keepdims=True),
                lambda x: (e := np.exp(x - np.sum(x, axis=-1, keepdims=True))) / e.sum(axis=-1, keepdims=True),
            ],
            "In a table, each row needs its own largest score: axis=-1, keepdims=True.": [
                lambda x: (e := np.exp(x - np.max(x))) / e.sum(axis=-1, keepdims=True),
            ],
            "The sum runs down the columns. Each row has its own: axis=-1.": [
                lambda x: softmax(x, axis=0),
                lambda x: (e := np.exp(x - np.max(x))) / e.sum(axis=0),
                lambda x: (e := np.exp(x - np.max(x, axis=-1, keepdims=True))) / e.sum(axis=0),
            ],
            "There is one sum for the whole table. Each row has its own: axis=-1, keepdims=True.": [
                lambda x: np.exp(x) / np.exp(x).sum(),
                lambda x: (e := np.exp(x - np.max(x))) / e.sum(),
                lambda x: (e := np.exp(x - np.max(x, axis=-1, keepdims=True))) / e.sum(),
            ],
            "One number for each row has lost its axis: say keepdims=True.": [
                lambda x: (e := np.exp(x)) / e.sum(axis=-1),
                lambda x: (e := np.exp(x - np.max(x, axis=-1))) / e.sum(axis=-1),
                lambda x: (e := np.exp(x - np.max(x, axis=-1, keepdims=True))) / e.sum(axis=-1),
                lambda x: (e := np.exp(x - np.max(x, axis=-1))) / e.sum(axis=-1, keepdims=True),
                lambda x: (e := np.exp(x - np.max(x))) / e.sum(axis=-1),
            ],
            "A list has no axis 1. The last axis is axis=-1, of a list and of a table.": [
                lambda x: (e := np.exp(x)) / e.sum(axis=1, keepdims=True),
            ],
            "Shares of the scores themselves: take np.exp of them first.": [
                lambda x: x / np.sum(x, axis=-1, keepdims=True),
                lambda x: x / np.sum(x),
            ],
            "Dividing the scores changes the shares. Take the largest away instead: only differences count.": [
                lambda x: (e := np.exp(x / np.max(x))) / e.sum(axis=-1, keepdims=True),
                lambda x: (e := np.exp(x / np.max(x, axis=-1, keepdims=True))) / e.sum(axis=-1, keepdims=True),
            ],
            "Cutting scores off makes large ones equal. Take the largest away instead: only differences count.": [
                lambda x: (e := np.exp(np.clip(x, -500, 500))) / e.sum(axis=-1, keepdims=True),
                lambda x: (e := np.exp(np.clip(x, -100, 100))) / e.sum(axis=-1, keepdims=True),
                lambda x: (e := np.exp(np.minimum(x, 700))) / e.sum(axis=-1, keepdims=True),
            ],
            "`max` compares whole rows of a table. Try np.max(x, axis=-1, keepdims=True).": [
                lambda x: (e := np.exp(x - max(x))) / e.sum(axis=-1, keepdims=True),
            ],
            "That is the logarithm of the shares.": [lambda x: np.log(softmax(x))],
        },
        more="e = np.exp(x - largest), where np.max(x, axis=-1, keepdims=True) is the largest of each row. "
        "Then the sum of e, with the same axis and keepdims.",
    ),
    "fit_by_hand": dict(
        right=(2.0, -6.5),
        goal=_fit,
        wrong={
            "The middle lies too far left": [(1.0, -1.0), (0.5, 0.0), (2.0, -4.0), (3.0, -6.0), (1.0, 1.0)],
            "The middle lies too far right": [(1.0, -6.0), (2.0, -9.0)],
            "Now make it steeper": [(1.0, -3.0), (0.5, -1.5)],
            "Now make it flatter": [(5.0, -16.0)],
            "It is the bias first": [(-6.5, 2.0)],
            "It falls or lies flat": [(0.0, 0.0), (-1.0, 3.0)],
        },
        more="The middle of the curve lies at -b / w hours.",
    ),
    "half_slope": dict(
        right=1.75,
        goal=_half,
        wrong={
            "Go further right": [0.0, 0.5, 1.0, 1.5],
            "Go back to the left": [2.0, 2.5, 5.0],
            "to the left of 0": [-1.75],
            "If that is the slope": [0.125, 0.126],
        },
        more="The figure writes the slope beside the word dashed.",
    ),
    "one_update": dict(
        right=(1.5, -1.75),
        wrong={
            "That goes uphill. This student passed, so the miss is 0.5 - 1. Take the slope away.": [(0.5, -2.25)],
            "The slope of the sigmoid is missing: a (1 - a) is 0.25 here.": [(3.0, -1.0)],
            "What comes in at the weight is 2 hours: its slope is twice that of the bias.": [(1.25, -1.75)],
            "At the bias always 1 comes in, not the hours.": [(1.5, -1.5)],
            "The rate is missing: it multiplies the slopes by 2.": [(1.25, -1.875)],
            "The rate multiplies the slopes. You have divided by it.": [(1.125, -1.9375)],
            "These are the slopes. Take rate times each from the old weight and bias.": [(-0.25, -0.125)],
            "These are the moves. Add them to the old weight and bias.": [(0.5, 0.25), (-0.5, -0.25)],
            "Twice too far: the slope of the sigmoid is 0.5 times 0.5, and that of a halved square has no 2.": [
                (2.0, -1.5),
            ],
            "Take both slopes at the old values: b must not see the new w.": [(1.5, -1.894)],
            "The bias moves, too: its slope is the miss times the slope of the sigmoid.": [(1.5, -2.0)],
        },
        more="Slope for b: (0.5 - 1) times 0.25, for w twice that. New values: the old ones minus 2 times the slopes.",
    ),
    "cross_entropy_update": dict(
        right=_moved,
        inputs=[
            (0.0, 0.0, SPENT, GOT, 0.2),
            (1.5, -3.0, SPENT, GOT, 1.0),
            (2.0, -1.0, SPENT[2:] / 2, GOT[:3], 0.5),
            (-1.0, 0.5, SPENT[1:4], GOT[1:4], 3.0),
            (0.7, 0.3, np.array([2.0]), np.array([1.0]), 0.1),
        ],
        uses=["sigmoid"],
        wrong={
            "That is the update for the squared cost. With the cross-entropy the slope of the sigmoid has cancelled.": [
                lambda *given: _moved(*given, lambda a, y: (a - y) * a * (1 - a)),
            ],
            "It goes uphill: take the slopes away from the old values.": [
                lambda *given: _moved(*given, lambda a, y: y - a),
            ],
            "What came in is missing: the slope for w is the mean of the miss times the hours.": [
                lambda w, b, hours, passed, rate: (
                    w - rate * np.mean(m := sigmoid(w * hours + b) - passed), b - rate * np.mean(m)
                ),
            ],
            "At the bias always 1 comes in, not the hours.": [
                lambda w, b, hours, passed, rate: (
                    w - rate * np.mean(m := (sigmoid(w * hours + b) - passed) * hours), b - rate * np.mean(m)
                ),
            ],
            "The rate is missing.": [lambda w, b, hours, passed, rate: _moved(w, b, hours, passed, 1)],
            "There is no 2 in it: the slope of the cross-entropy for z is the miss itself.": [
                lambda *given: _moved(*given, lambda a, y: 2 * (a - y)),
            ],
            "That adds up over the students. Take the mean, or the update grows with their number.": [
                lambda *given: _moved(*given, lambda a, y: (a - y) * len(y)),
            ],
            "These are the slopes. Take rate times each from the old values.": [
                lambda w, b, hours, passed, rate: tuple(np.subtract((w, b), _moved(w, b, hours, passed, 1))),
            ],
            "These are the moves alone. Take them from the old values.": [
                lambda w, b, *rest: tuple(np.subtract((w, b), _moved(w, b, *rest))),
                lambda w, b, *rest: tuple(np.subtract(_moved(w, b, *rest), (w, b))),
            ],
            "The slope for b must be taken at the old w, before w moves.": [
                lambda w, b, *rest: (_moved(w, b, *rest)[0], _moved(_moved(w, b, *rest)[0], b, *rest)[1]),
            ],
            "The slope for w must be taken at the old b, before b moves.": [
                lambda w, b, *rest: (_moved(w, _moved(w, b, *rest)[1], *rest)[0], _moved(w, b, *rest)[1]),
            ],
            "The miss is what the neuron says minus what happened, and it says sigmoid(z), not z.": [
                lambda w, b, hours, passed, rate: _moved(w, b, hours, passed, rate, lambda a, y: w * hours + b - y),
            ],
            "The mean of the products is not the product of the means: multiply for each student first.": [
                lambda w, b, hours, passed, rate: (
                    w - rate * np.mean(m := sigmoid(w * hours + b) - passed) * np.mean(hours), b - rate * np.mean(m)
                ),
            ],
            "A miss keeps its sign: it is not squared, and no size is taken.": [
                lambda *given: _moved(*given, lambda a, y: (a - y) ** 2),
                lambda *given: _moved(*given, lambda a, y: abs(a - y)),
                lambda *given: _moved(*given, lambda a, y: (a - y) ** 2 / 2),
            ],
            "The cost itself does not say which way to go. Its slope for z does, and that is the miss.": [
                lambda *given: _moved(*given, lambda a, y: -np.log(np.where(y == 1, a, 1 - a))),
            ],
            "One move for each student comes back. Take the mean of the slopes.": [
                lambda w, b, hours, passed, rate: (
                    w - rate * (m := sigmoid(w * hours + b) - passed) * hours, b - rate * m
                ),
            ],
        },
        more="miss = sigmoid(w * hours + b) - passed. The slope for b is its mean, for w the mean of miss * hours. "
        "Return both new values: return w - ..., b - ...",
    ),
    "sigmoid": dict(
        right=sigmoid,
        inputs=[*NUMBERS, (1000.0,), (-1000.0,), (FAR,)],
        draw=(-6, 6),
        wrong={
            "It is twice as steep as it should be: inside stands x, not 2 x.": [lambda x: sigmoid(2 * np.asarray(x))],
            "The power is one of e: np.exp.": [
                lambda x: sigmoid(np.asarray(x) * np.log(10)),
                lambda x: sigmoid(np.asarray(x) * np.log(2)),
            ],
            "The value is right, but e to the power of 1000 is too large. Ask only for np.exp(-np.abs(x)).": [
                lambda x: 1 / (1 + np.exp(-np.asarray(x))),
            ],
            "Infinity over infinity is no number. Ask only for np.exp(-np.abs(x)), which is at most 1.": [
                lambda x: np.exp(x) / (1 + np.exp(x)),
            ],
            "np.where works out both sides, the bad one too. Ask only for np.exp(-np.abs(x)).": [
                lambda x: np.where(x >= 0, 1 / (1 + np.exp(-x)), np.exp(x) / (1 + np.exp(x))),
            ],
            "Right for positive x only. Below 0 the top is e, not 1.": [lambda x: 1 / (1 + np.exp(-np.abs(x)))],
            "Right for negative x only. Above 0 the top is 1, not e.": [
                lambda x: np.exp(-np.abs(x)) / (1 + np.exp(-np.abs(x))),
            ],
            "It falls where it should rise: look at the sign of x, or at which side gets 1.": [
                lambda x: sigmoid(-np.asarray(x)),
            ],
            "A pair of brackets is missing: all of 1 + np.exp(-x) stands below the line.": [
                lambda x: 1 / 1 + np.exp(-np.asarray(x)),
                lambda x: 1 / 1 + np.exp(x),
                lambda x: 1 / 1 + np.exp(-np.abs(x)),
                lambda x: np.where(np.asarray(x) >= 0, 1, np.exp(-np.abs(x))) / 1 + np.exp(-np.abs(x)),
                lambda x: 1 / np.exp(-np.asarray(x)) + 1,
            ],
            "A sign is wrong: below the line stands 1 plus a power of e.": [
                lambda x: 1 / (1 - np.exp(-np.asarray(x))),
            ],
            "The 1 below the line is missing.": [lambda x: 1 / np.exp(-np.asarray(x)), np.exp],
            "That is tanh. The sigmoid runs from 0 to 1, and is 0.5 at 0.": [np.tanh],
            "That is the slope of the sigmoid. Here its value is asked for.": [sigmoid_slope],
            "That is ReLU.": [relu],
            "It is cut off too early: further out the sigmoid comes closer still to 0 and to 1.": [
                lambda x: sigmoid(np.clip(x, -5, 5)),
                lambda x: sigmoid(np.clip(x, -10, 10)),
                lambda x: sigmoid(np.clip(x, -1, 1)),
            ],
        },
        more="e = np.exp(-np.abs(x)) is never above 1. For positive x the value is 1 / (1 + e), for negative x it "
        "is e / (1 + e).",
    ),
    "layer_factor": dict(
        right=lambda e: (e[0] / e[-1]) ** (1 / (len(e) - 1)),
        inputs=[(np.array([0.2, 0.5, 0.9]),), (np.array([0.9, 0.3]),), (np.array([1e-6, 3e-5, 1e-5, 1e-4, 0.02]),)],
        wrong={
            "That is the first step alone, and a root of it. Take the first layer over the last.": [
                lambda e: (e[0] / e[1]) ** (1 / (len(e) - 1)),
            ],
            "That is the logarithm of the factor: np.exp brings it back.": [
                lambda e: np.log(e[0] / e[-1]) / (len(e) - 1),
            ],
            "Divide the first by the last, do not multiply them.": [lambda e: (e[0] * e[-1]) ** (1 / (len(e) - 1))],
            "Brackets are missing: the root is of the whole fraction.": [
                lambda e: e[0] / e[-1] ** (1 / (len(e) - 1)),
                lambda e: e[0] / e[-1] ** (1 / len(e)),
            ],
            "Between n layers lie n - 1 steps, not n + 1.": [lambda e: (e[0] / e[-1]) ** (1 / (len(e) + 1))],
            "Largest over smallest is not first over last: the signal may grow on its way.": [
                lambda e: (np.max(e) / np.min(e)) ** (1 / (len(e) - 1)),
                lambda e: (np.min(e) / np.max(e)) ** (1 / (len(e) - 1)),
            ],
            "Between n layers lie n - 1 steps.": [lambda e: (e[0] / e[-1]) ** (1 / len(e))],
            "The signal travels back: first layer over last layer.": [
                lambda e: (e[-1] / e[0]) ** (1 / (len(e) - 1)),
                lambda e: (e[-1] / e[0]) ** (1 / len(e)),
                lambda e: e[-1] / e[0],
            ],
            "That is the factor of all steps together. Take the root.": [lambda e: e[0] / e[-1]],
            "Not a share: factors multiply, so take a root, ** (1 / n) with brackets.": [
                lambda e: e[0] / e[-1] / (len(e) - 1),
                lambda e: e[0] / e[-1] / len(e),
            ],
            "A root is wanted, ** (1 / n), not a power.": [
                lambda e: (e[0] / e[-1]) ** (len(e) - 1),
                lambda e: (e[0] / e[-1]) ** len(e),
            ],
            "Factors multiply: take the root of their product, not their mean.": [
                lambda e: np.mean(e[:-1] / e[1:]),
                lambda e: np.mean(e[1:] / e[:-1]),
                lambda e: np.median(e[:-1] / e[1:]),
            ],
            "These are the factors one by one. One factor for all of them is asked for.": [
                lambda e: e[:-1] / e[1:],
                lambda e: e[1:] / e[:-1],
            ],
            "A square root fits three layers only. The root goes with the number of steps.": [
                lambda e: np.sqrt(e[0] / e[-1]),
            ],
            "That is the first step alone. Take the first layer over the last, and a root.": [lambda e: e[0] / e[1]],
            "That is the last step alone. Take the first layer over the last, and a root.": [lambda e: e[-2] / e[-1]],
            "Sizes that shrink by a factor are divided, not subtracted.": [
                lambda e: (e[0] - e[-1]) / (len(e) - 1),
                lambda e: (e[-1] - e[0]) / (len(e) - 1),
                lambda e: np.mean(np.diff(e)),
            ],
            "That is a mean of the sizes themselves. Divide the first by the last.": [
                lambda e: np.prod(e) ** (1 / len(e)),
                lambda e: np.prod(e) ** (1 / (len(e) - 1)),
                np.mean,
            ],
        },
        more="The first size over the last is the product of len(errors) - 1 factors: take the root of that order.",
    ),
    "error_signal": dict(
        right=lambda d, W, s: d @ W.T * s,
        inputs=[(A, A + 1, A + 2), (A, np.array([[1.0, 2.0], [3.0, 0.5], [-1.0, 4.0]]), B), (B.T, A - 1, B.T + 2)],
        wrong={
            "The slope is not turned round: each stands with its own neuron already. W is what is turned.": [
                lambda d, W, s: d @ W * s.T,
                lambda d, W, s: d @ W.T * s.T,
            ],
            "The way back goes through the weights: delta @ W.T comes first.": [
                lambda d, W, s: d * s,
                lambda d, W, s: d,
            ],
            "Slopes multiply, on the way back as well.": [lambda d, W, s: d @ W.T / s],
            "Backward is not the inverse. The same weights are used the other way round: W.T.": [
                lambda d, W, s: d @ np.linalg.inv(W) * s,
                lambda d, W, s: d @ np.linalg.pinv(W) * s,
            ],
            "Each point has slopes of its own: multiply by all rows of slope, not by its first.": [
                lambda d, W, s: d @ W.T * s[0],
            ],
            "slope is the slope already: multiply by it as it is.": [
                lambda d, W, s: d @ W.T * (1 - s),
                lambda d, W, s: d @ W.T * s * (1 - s),
            ],
            "Forward the signal takes W, backward it takes W with rows and columns swapped: W.T.": [
                lambda d, W, s: d @ W * s,
                lambda d, W, s: d @ W,
            ],
            "On its way through a neuron the signal is multiplied by the slope as well.": [lambda d, W, s: d @ W.T],
            "Slopes multiply, they do not add.": [lambda d, W, s: d @ W.T + s],
            "The slope belongs to the layer before: first W.T, then the slope.": [lambda d, W, s: (d * s) @ W.T],
            "Each row of delta is one input point, so delta stands on the left.": [
                lambda d, W, s: W.T @ d * s,
                lambda d, W, s: W @ d * s,
                lambda d, W, s: W @ d.T * s,
            ],
            "@ adds up what comes back from all neurons. * would go number by number.": [
                lambda d, W, s: d * W.T * s,
                lambda d, W, s: d * W * s,
            ],
            "Each neuron multiplies by its own slope, number by number: * and not @.": [
                lambda d, W, s: d @ W.T @ s,
                lambda d, W, s: d @ W @ s,
            ],
        },
        more="Two moves: delta @ W.T brings the signal back, then * slope.",
    ),
    "relu": dict(
        right=relu,
        inputs=[*NUMBERS, (np.array([-np.inf, 1.0]),), (np.array([-4.0, 0.0, np.inf]),)],
        draw=(-3, 3),
        wrong={
            "That is softplus, ReLU with a round corner. ReLU has a sharp one.": [lambda x: np.logaddexp(0, x)],
            "Half of it: x + |x| is twice what is wanted on the right.": [lambda x: x + np.abs(x)],
            "It stops at 6. ReLU passes large numbers on as they are.": [lambda x: np.clip(x, 0, 6)],
            "Infinity times 0 is no number, nor is infinity minus infinity. Compare instead, with np.maximum.": [
                lambda x: x * (np.asarray(x) > 0),
                lambda x: (x + np.abs(x)) / 2,
            ],
            "It turns negative numbers round. ReLU drops them.": [np.abs],
            "That is one number for the whole array: the largest. np.maximum compares one by one.": [
                np.max,
                lambda x: np.max([np.max(x), 0]),
            ],
            "It keeps the negative side.": [lambda x: np.minimum(x, 0)],
            "It turns the input round: what is above 0 should pass as it is.": [
                lambda x: np.maximum(-np.asarray(x), 0)
            ],
            "np.max takes an array and an axis. np.maximum compares two things one by one.": [
                lambda x: np.max(0, x),
                lambda x: np.max(x, 0),
            ],
            "That is the slope. ReLU passes on the input itself where it is positive.": [relu_slope],
            "It passes everything on. ReLU gives 0 for what is negative.": [lambda x: x],
            "Something still comes through on the negative side. ReLU gives 0 there.": [leaky_relu],
            "It stops at 1. ReLU passes large numbers on as they are.": [lambda x: np.clip(x, 0, 1)],
            "The corner lies at 0, not at 1.": [
                lambda x: np.maximum(x, 1),
                lambda x: np.where(np.asarray(x) > 1, x, 0),
            ],
        },
        more="np.maximum(a, b) gives the larger of the two, number by number. One of the two may be a plain 0.",
    ),
    "relu_slope": dict(
        right=relu_slope,
        inputs=NUMBERS,
        draw=(-3, 3),
        wrong={
            "That is the value. The slope is 1 or 0.": [relu],
            "At 0 our convention is the slope 0: use > and not >=.": [lambda x: np.asarray(x) >= 0],
            "One half is what the central difference says at 0. Our convention is 0.": [
                lambda x: np.heaviside(x, 0.5),
                lambda x: (relu(x + 1e-5) - relu(x - 1e-5)) / 2e-5,
            ],
            "The sides are swapped: the slope is 1 on the right.": [
                lambda x: np.asarray(x) <= 0,
                lambda x: np.asarray(x) < 0,
            ],
            "Left of 0 the line is flat: slope 0, not -1.": [
                np.sign,
                lambda x: np.where(np.asarray(x) > 0, 1, -1),
            ],
            "Left of 0 nothing leaks here: slope 0.": [lambda x: np.where(np.asarray(x) > 0, 1, 0.01)],
            "The corner lies at 0, not at 1.": [lambda x: np.asarray(x) > 1, lambda x: np.asarray(x) >= 1],
            "1 everywhere is the slope of a straight line. Left of 0 ReLU is flat.": [lambda x: np.ones(np.shape(x))],
            "np.gradient compares neighbours in an array. Each number has a slope of its own.": [
                lambda x: np.gradient(np.maximum(x, 0)),
            ],
        },
        more="You know a function that gives 1 above 0, else 0, from lesson 1. np.where writes it.",
    ),
    "he_start": dict(
        right=lambda n_in: np.sqrt(2 / n_in),
        inputs=[(50,), (784,), (2,), (1,), (100.0,)],
        draw=(1, 100),
        wrong={
            "A logarithm is no root: np.sqrt.": [lambda n_in: np.log(2 / n_in)],
            "The variance is 2 / n: a square root of other numbers fits another initialization.": [
                lambda n_in: np.sqrt(6 / n_in),
                lambda n_in: np.sqrt(3 / n_in),
            ],
            "That is the variance. The standard deviation is its square root.": [lambda n_in: 2 / n_in],
            "Half of the units are off: the variance is 2 / n, not 1 / n.": [lambda n_in: np.sqrt(1 / n_in)],
            "** comes before /: a square root is ** (1 / 2), with brackets.": [lambda n_in: (2 / n_in) ** 1 / 2],
            "The more inputs, the smaller the weights.": [
                lambda n_in: np.sqrt(n_in / 2),
                lambda n_in: np.sqrt(2 * n_in),
                lambda n_in: np.sqrt(n_in),
                lambda n_in: np.sqrt(n_in) / 2,
                lambda n_in: n_in / 2,
            ],
            "The root is for both, for 2 and for n_in: np.sqrt(2 / n_in).": [
                lambda n_in: np.sqrt(2) / n_in,
                lambda n_in: 2 / np.sqrt(n_in),
            ],
            "That is the variance squared. The standard deviation is its square root.": [lambda n_in: (2 / n_in) ** 2],
            "// drops what stands behind the point. Divide with /.": [lambda n_in: np.sqrt(2 // n_in)],
            "He's start counts what comes in, n_in, and nothing else.": [
                lambda n_in: np.sqrt(2 / (n_in + 1)),
                lambda n_in: np.sqrt(2 / (n_in - 1)),
            ],
        },
        more="np.sqrt of the variance, and the variance is 2 / n_in.",
    ),
    "dead_units": dict(
        right=lambda a: np.all(a == 0, axis=0).sum(),
        inputs=[
            (SEEN,),
            (SEEN[:, 1:3],),
            (SEEN[::-1, ::3],),
            (SEEN[:2],),
            (SEEN[:, :1],),
            (np.zeros((4, 7)),),
            (SEEN.T + 0.1,),
            (HALF,),
        ],
        wrong={
            "That looks at one unit. Look down every column.": [
                lambda a: np.sum(a[:, 0] == 0),
                lambda a: np.sum(a[:, -1] == 0),
            ],
            "That counts inputs for which some unit is silent. Dead is a unit that is 0 for every input.": [
                lambda a: np.any(a == 0, axis=1).sum(),
            ],
            "That is the largest number of zeros in a column. How many columns hold zeros only?": [
                lambda a: np.max(np.sum(a == 0, axis=0)),
            ],
            "That counts zeros. Inactive for one input is not dead: look at whole columns.": [lambda a: np.sum(a == 0)],
            "Zero for some input is inactive. Dead is zero for all: np.all.": [
                lambda a: np.any(a == 0, axis=0).sum(),
            ],
            "It looks along the rows. A unit is a column: axis=0.": [
                lambda a: np.all(a == 0, axis=1).sum(),
                lambda a: np.all(a == 0, axis=1),
            ],
            "That is the share. Count them: .sum().": [
                lambda a: np.all(a == 0, axis=0).mean(),
                lambda a: np.all(a == 0, axis=0).sum() / len(a),
            ],
            "It says which units are dead. Count them: .sum().": [lambda a: np.all(a == 0, axis=0)],
            "That asks whether all of them are dead. Look down each column, with axis=0, and count.": [
                lambda a: np.all(a == 0),
            ],
            "These are the zeros of each unit. Dead is a column of zeros only: how many are there?": [
                lambda a: np.sum(a == 0, axis=0),
            ],
            "Small is not dead: only a unit that is exactly 0 for every input is.": [
                lambda a: np.sum(a.mean(axis=0) < 0.01),
                lambda a: np.sum(a.max(axis=0) < 1e-3),
            ],
            "That counts the units that live.": [
                lambda a: np.any(a != 0, axis=0).sum(),
                lambda a: np.all(a > 0, axis=0).sum(),
            ],
            "That counts what is not 0. Dead is a whole column of zeros.": [np.count_nonzero],
            "That counts all units. Which of them are 0 for every input?": [lambda a: a.shape[1]],
            "That counts inputs, not units: a unit is a column.": [len],
            "np.where says where the zeros are. How many columns hold nothing else?": [lambda a: np.where(a == 0)],
            "One row is one input. A unit is dead if it is 0 in all of them.": [
                lambda a: (a[0] == 0).sum(),
                lambda a: (a[-1] == 0).sum(),
            ],
        },
        more="activations == 0 says where the zeros are, np.all(..., axis=0) which columns hold nothing else, "
        ".sum() how many.",
    ),
    "leaky_relu": dict(
        right=leaky_relu,
        inputs=[
            (LINE, 0.1),
            (WHOLE, 0.01),
            (TABLE, 0.5),
            (LINE, 2.0),
            (LINE, -1.0),
            (LINE, 0.0),
            (-2.0, 0.01),
            (3.0, 0.2),
            (-2, 0.1),
        ],
        draw=(-3, 3),
        wrong={
            "alpha goes to the positive side, and nothing leaks on the negative one. It is the other way round.": [
                lambda x, alpha: np.maximum(alpha * np.asarray(x), 0),
            ],
            "On the negative side x is multiplied by alpha, not moved by it.": [
                lambda x, alpha: np.where(np.asarray(x) > 0, x, np.asarray(x) + alpha),
                lambda x, alpha: np.where(np.asarray(x) > 0, x, np.asarray(x) - alpha),
            ],
            "alpha goes to both sides. Positive numbers pass as they are.": [lambda x, alpha: alpha * np.asarray(x)],
            "That is ELU, a relative. Here the negative side is a straight line, alpha times x.": [
                lambda x, alpha: np.where(np.asarray(x) > 0, x, np.expm1(np.minimum(x, 0))),
                lambda x, alpha: np.where(np.asarray(x) > 0, x, alpha * np.expm1(np.minimum(x, 0))),
            ],
            "An array of whole numbers cannot hold -0.03. Let np.where make a new array.": [
                lambda x, alpha: leaky_relu(x, alpha).astype(np.asarray(x).dtype),
            ],
            "For alpha above 1 the larger of the two is wrong. Ask whether x is above 0, with np.where.": [
                lambda x, alpha: np.maximum(alpha * x, x),
            ],
            "Nothing leaks: the negative side is alpha times x, not 0.": [lambda x, alpha: relu(x)],
            "It leaks 0.01, whatever alpha is. Use the alpha that is handed over.": [
                lambda x, alpha: leaky_relu(x, 0.01),
            ],
            "alpha alone is the slope. The value is alpha times x.": [
                lambda x, alpha: np.where(np.asarray(x) > 0, x, alpha),
                lambda x, alpha: np.maximum(x, alpha),
            ],
            "The sides are swapped: alpha belongs to the negative side.": [
                lambda x, alpha: np.where(np.asarray(x) > 0, alpha * x, x),
                lambda x, alpha: np.minimum(x, alpha * x),
            ],
            "A sign is wrong on the negative side: it is alpha times x.": [
                lambda x, alpha: np.where(np.asarray(x) > 0, x, -alpha * x),
            ],
            "Multiply by alpha, do not divide.": [lambda x, alpha: np.where(np.asarray(x) > 0, x, x / alpha)],
            "The leak is for the negative side alone, and it is alpha times x.": [
                lambda x, alpha: np.maximum(x, 0) + alpha,
                lambda x, alpha: np.maximum(x, 0) + alpha * x,
            ],
            "That is the slope. The value is x, or alpha times x.": [
                lambda x, alpha: np.where(np.asarray(x) > 0, 1, alpha),
            ],
            "The corner lies at 0, not at alpha.": [lambda x, alpha: np.where(np.asarray(x) > alpha, x, alpha * x)],
        },
        more="Two cases: where x is above 0 take x, elsewhere alpha * x. np.where writes it in one line.",
    ),
    "fitting_start": dict(
        right=lambda alpha: 2 / (1 + alpha**2),
        inputs=[(0.2,), (0.0,), (1.0,), (-0.5,), (2.0,)],
        draw=(-1, 1),
        wrong={
            "That fits ReLU. A leak lets more through, so the start must be smaller.": [lambda alpha: 2.0],
            "Variances go with squares: alpha**2.": [lambda alpha: 2 / (1 + alpha)],
            "That is what comes through. The start makes up for it: one over that.": [
                lambda alpha: (1 + alpha**2) / 2,
            ],
            "Brackets are missing: 2 / 1 + ... divides by 1 alone.": [
                lambda alpha: 2 / 1 + alpha**2,
                lambda alpha: 1 / (1 + alpha**2) / 2,
            ],
            "The start is a variance already. No root is needed.": [
                lambda alpha: np.sqrt(2 / (1 + alpha**2)),
                lambda alpha: 2 / np.sqrt(1 + alpha**2),
                lambda alpha: np.sqrt(1 + alpha**2) / 2,
            ],
            "A leak lets more through, so its square is added below the line.": [
                lambda alpha: 2 / (1 - alpha**2),
                lambda alpha: 2 / (1 - alpha),
            ],
            "Half of the units pass everything: the 2 is missing.": [
                lambda alpha: 1 / (1 + alpha**2),
            ],
            "Half of the units pass everything, half pass alpha: the mean of the two squares is (1 + alpha**2) / 2.": [
                lambda alpha: 2 / (2 + alpha**2),
                lambda alpha: 2 * alpha,
                lambda alpha: 2 * alpha**2,
                lambda alpha: 2 / (1 + 2 * alpha),
            ],
            "That grows with the leak. The more comes through, the smaller the start.": [
                lambda alpha: 1 + alpha**2,
                lambda alpha: 1 + alpha,
            ],
            "alpha alone is squared, not 1 + alpha: two kinds of units, two squares.": [
                lambda alpha: 2 / (1 + alpha) ** 2,
                lambda alpha: 4 / (1 + alpha) ** 2,
            ],
            "What comes through stands below the line: the more comes through, the smaller the start.": [
                lambda alpha: 2 * (1 + alpha**2),
                lambda alpha: 2 * (1 + alpha),
            ],
            "The units on their positive side pass everything: they are the 1 in 1 + alpha**2.": [
                lambda alpha: 2 / alpha**2,
                lambda alpha: 2 / np.float64(alpha) ** 2,
            ],
            "The start does not fall evenly with alpha: (1 + alpha**2) / 2 comes through, and it is one over that.": [
                lambda alpha: 2 - alpha,
                lambda alpha: 2 - alpha**2,
            ],
        },
        more="Half of the units pass 1, half pass alpha, and squares count: (1 + alpha**2) / 2 comes through. One "
        "over that.",
    ),
    "few_units": dict(
        task="the spiral with 6 hidden units or fewer",
        goal=lambda run: run.data == "spiral" and sum(run.layers) <= 6,
        right=dict(data="spiral", layers=[6]),
        wrong={
            "Units side by side each see the points; units behind each other see only what is passed on. "
            "All side by side already? Try more epochs, another function, or another seed.": [
                dict(data="spiral", layers=[6], activations="linear", epochs=60),
                dict(data="spiral", layers=[2, 2, 2], epochs=60),
            ],
        },
        more="All six in the first layer, with tanh: where do six units draw the most lines?",
    ),
    "revive": dict(
        task="the circles, with four layers of 8, relu or leaky_relu",
        goal=lambda run: (
            (run.data, run.layers) == ("circles", [8] * 4) and {*run.activations} <= {"relu", "leaky_relu"}
        ),
        right=dict(data="circles", layers=[8] * 4, activations="relu", init=2),
        wrong={
            "What makes the first steps so large: the rate, or the initialization? A leak alone makes them no "
            "smaller.": [
                dict(data="circles", layers=[8] * 4, activations="relu", init=100, epochs=60),
                dict(data="circles", layers=[8] * 4, activations="relu", init=100, rate=0.001, epochs=60),
            ],
        },
        more="Lesson 4 has an initialization that is made for ReLU.",
    ),
    "six_sigmoids": dict(
        task="the circles, with six hidden layers or more, all of them sigmoid",
        goal=lambda run: run.data == "circles" and len(run.layers) >= 6 and {*run.activations} == {"sigmoid"},
        right=dict(data="circles", layers=[8] * 6, activations="sigmoid", init=16),
        wrong={
            "Each layer multiplies the error signal by slope and weight. The slope is 0.25 at best. The weights are "
            "yours.": [
                dict(data="circles", layers=[8] * 6, activations="sigmoid", epochs=60),
                dict(data="circles", layers=[8] * 6, activations="sigmoid", rate=1, epochs=60),
            ],
        },
        more="Which weight makes up for a slope of 0.25? The initialization is a variance: its square.",
    ),
}
