"""The exercises: what is right, what it is tried on, a hint for each known mistake. A table, and nothing else.

Each entry becomes an Exercise:

right   what solves it, and so the kind of exercise:
        a function, which is compared with the answer on `inputs`, a list of tuples of arguments;
        a number or a tuple of numbers, given as numbers or as text;
        a word, or a list of words that all mean the right thing;
        with `goal`, numbers of which many will do: some that do. goal(*numbers) returns "" for
        numbers that do, else a sentence that says how far off they are;
        with `task`, words for what to train: the settings of one play(...) that does it.
        goal(run) then says whether a run keeps to the task; more than 95 % right is asked of all.
wrong   {hint: [wrong answers of the same kind]}. A function is known again by what it does on all
        inputs. For a goal the hint is a part of what goal says of these numbers.
more    a second, more concrete hint, for when the first did not help.
uses    names from the lesson above that an answer may use, besides np.
within  how near is right: by default 1e-9 for functions, half a percent for numbers.
draw    (low, high): a wrong function is drawn over the right one, with its first argument from low
        to high and the others as in the first input.
"""

import numpy as np

from lessons.activations import leaky_relu, leaky_relu_slope, relu, relu_slope, sigmoid, sigmoid_slope

LINE, WHOLE = np.array([-2.0, -0.5, 0.0, 0.5, 1.7, 3.0]), np.array([5, 0, -3])
TABLE = np.array([[1.0, 2.0, 0.0], [0.0, -1.0, 3.0]])
FAR = np.array([-1000.0, -1.0, 1000.0])
NUMBERS = [(2.0,), (-2.0,), (0.0,), (LINE,), (WHOLE,), (TABLE,), (3,)]  # for what takes a number or an array
A, B = np.array([[1.0, 2.0], [0.0, -1.0]]), np.array([[2.0, 0.0, 1.0], [1.0, 3.0, -1.0]])
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
    "by_hand": dict(
        right=(0.7, 1),
        wrong={
            "z is right. The step puts out 1 where z is above 0, however large z is.": [(0.7, 0.7)],
            "z is right, and it is above 0.": [(0.7, 0)],
            "The bias is missing in z: it is added to the products.": [(1.2, 1), (1.2, 1.2), (1.2, 0)],
            "The weight for windy is negative: its product is taken away.": [(1.9, 1), (1.9, 1.9), (1.9, 0)],
            "The bias is negative: it takes 0.5 away.": [(1.7, 1), (1.7, 1.7), (1.7, 0)],
            "Each input is multiplied by its own weight: cloudy by 2, windy by -1.5.": [(-1.05, 0), (-1.05, 1)],
            "First z, then a.": [(1, 0.7)],
        },
        more="2 times 0.9 is 1.8, and -1.5 times 0.4 is -0.6. Add the two and the bias.",
    ),
    "falling": dict(
        right=(-1, 2),
        goal=lambda weight, bias: (
            "With weight 0 the curve is level."
            if weight == 0
            else "With a positive weight the curve rises. It falls where the weight is negative."
            if weight > 0
            else ""
            if abs(bias / weight + 2) <= 0.02
            else f"It falls, but it passes 0.5 at x = {-bias / weight:.3g}."
        ),
        wrong={
            "rises": [(1, -2), (2, -4), (1, 2)],
            "level": [(0, 2)],
            "passes 0.5 at x = -2": [(-1, -2)],
            "passes 0.5 at x = 1": [(-2, 2)],
            "passes 0.5 at x = 0.5": [(-4, 2)],
        },
        more="The weight must be negative, and weight * 2 + bias must be 0.",
    ),
    "two_into_one": dict(
        right=(5, 2),
        wrong={
            "The biases of the first layer go through the weights of the second one, too.": [(5, 0), (5, -4)],
            "The last bias is missing.": [(5, 6)],
            "The weight -1 is negative: the lower way takes something away.": [(7, 2), (7, 0), (7, 6), (7, -4)],
            "Two ways lead from x to y, and each adds to w. This is the upper one alone.": [(6, 2), (6, -1)],
            "Along a way the weights are multiplied, not added.": [(5, 4), (1, 0)],
            "First w, then b.": [(2, 5)],
        },
        more="At x = 0 the two in the middle are 1 and 3, and y is b. At x = 1 it is w more.",
    ),
    "hat": dict(
        right=lambda s: relu(s) - 2 * relu(s - 1) + relu(s - 2),
        inputs=[(1.0,), (0.5,), (1.5,), (2.5,), (4.0,), (-1.0,), (0,), (np.linspace(-2, 6, 33),), (TABLE,), (WHOLE,)],
        uses=["relu"],
        draw=(-1, 4),
        wrong={
            "Beyond 2 it runs on below 0. A third ReLU, which begins at 2, can turn it back.": [
                lambda s: relu(s) - 2 * relu(s - 1),
            ],
            "From 2 on the slope is -1. The third ReLU adds too much or too little to make it 0.": [
                lambda s: relu(s) - 2 * relu(s - 1) + 2 * relu(s - 2),
                lambda s: relu(s) - 2 * relu(s - 1) + 0.5 * relu(s - 2),
            ],
            "The third ReLU bends it down once more. It has to bend it up.": [
                lambda s: relu(s) - 2 * relu(s - 1) - relu(s - 2),
                lambda s: relu(s) - 2 * relu(s - 1) - 2 * relu(s - 2),
            ],
            "The third bend is at the wrong place: it belongs where the curve is back at 0.": [
                lambda s: relu(s) - 2 * relu(s - 1) + relu(s - 3),
            ],
            "With this factor at 1 the curve goes level, and never comes back to 0.": [
                lambda s: relu(s) - relu(s - 1),
                lambda s: relu(s) - relu(s - 1) - relu(s - 2),
            ],
            "It climbs and never turns: that is one ReLU alone.": [relu],
            "The signs are turned round: it should climb first.": [
                lambda s: -relu(s) + 2 * relu(s - 1) - relu(s - 2),
            ],
            "relu(s + 1) begins at -1. A bend at 1 is relu(s - 1).": [
                lambda s: relu(s) - 2 * relu(s + 1) + relu(s + 2),
            ],
        },
        more="The slopes are 0, 1, -1, 0. Each ReLU changes the slope where it begins: by 1, by -2, by 1.",
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
    "chain_signal": dict(
        right=(0.03, -0.024),
        wrong={
            "Both are right, but the other way round: first the error signal, then the slope for w2.": [(-0.024, 0.03)],
            "A sign is lost on the way: -0.2 and -3 are negative, so the first signal is positive, the slope for w2 negative.": [
                (-0.03, -0.024), (0.03, 0.024), (-0.03, 0.024), (-0.03, -0.024)
            ],
            "The slope of the last neuron is already in its error signal: do not multiply by 0.2 again.": [
                (0.006, -0.0048), (0.006, -0.024)
            ],
            "On the way back to neuron 1 lies w2, not w1: w1 leads into neuron 1.": [
                (-0.005, -0.024), (0.015, -0.024), (-0.01, -0.024)
            ],
            "Each step back multiplies by the slope of the neuron where it arrives: 0.1, then 0.25.": [
                (1.2, 0.24), (1.2, -0.24), (0.12, -0.024), (0.3, -0.24), (0.3, -0.024), (0.024, -0.048), (0.06, -0.06),
                (0.03, -0.06), (0.075, -0.06), (0.012, -0.024)
            ],
            "The signal is right. The slope for w2 is the error signal behind it, that of neuron 2, times what came in, 0.6.": [
                (0.03, 0.018), (0.03, 0.12), (0.03, -0.12), (0.03, -0.04), (0.03, 0.015), (0.03, 0.072), (0.03, 0.03)
            ],
            "-0.04 is the signal of neuron 2. It has one more step to go, to neuron 1.": [
                (-0.04, -0.024), (-0.04, 0.03), (-0.04, 0.018), (-0.04, -0.01)
            ],
        },
        more="The signal of neuron 2 is -0.2 * 2 * 0.1 = -0.04. One more step back, through w2 and the slope 0.25, is the first "
        "answer; -0.04 times 0.6 is the second.",
    ),
    "step_back": dict(
        right=lambda d, W, s: d @ W.T * s,
        inputs=[(A, A + 1, A + 2), (A, np.array([[1.0, 2.0], [3.0, 0.5], [-1.0, 4.0]]), B), (B.T, A - 1, B.T + 2)],
        wrong={
            "@ adds up over the rows of what stands on its right. Here the sum goes over the columns of W: turn it, W.T.": [
                lambda d, W, s: d @ W * s,
                lambda d, W, s: d @ W,
            ],
            "Added up rightly. Now each neuron multiplies by its own slope.": [lambda d, W, s: d @ W.T],
            "Slopes multiply, they do not add.": [lambda d, W, s: d @ W.T + s],
            "The slope belongs to the layer before: first add up, then multiply by the slope.": [
                lambda d, W, s: (d * s) @ W.T,
                lambda d, W, s: (d * s) @ W,
            ],
            "Each row of delta is one point, so delta stands on the left of the @.": [
                lambda d, W, s: W.T @ d * s,
                lambda d, W, s: W @ d * s,
                lambda d, W, s: W @ d.T * s,
            ],
            "@ adds up what comes back from all neurons. * goes number by number.": [
                lambda d, W, s: d * W.T * s,
                lambda d, W, s: d * W * s,
            ],
            "* goes number by number, and a sum after it mixes the points. @ does both, for each point on its own.": [
                lambda d, W, s: np.sum(d * W, axis=1) * s,
                lambda d, W, s: np.sum(d * W, axis=1, keepdims=True) * s,
                lambda d, W, s: np.sum(d * W, axis=0) * s,
            ],
            "That is one number for all, a mean or a sum. Each neuron of each point gets its own.": [
                lambda d, W, s: np.mean(d @ W.T) * s,
                lambda d, W, s: np.sum(d @ W.T) * s,
                lambda d, W, s: np.mean(d @ W.T, axis=0) * s,
                lambda d, W, s: np.sum(d @ W.T, axis=0) * s,
            ],
            "The slope comes last, once the sum is there: first @, then *.": [
                lambda d, W, s: d @ (W.T * s),
                lambda d, W, s: d @ (W * s).T,
                lambda d, W, s: d @ (W * s),
            ],
            "Multiply by the slope, do not divide.": [lambda d, W, s: d @ W.T / s],
            "Each neuron multiplies by its own slope, number by number: * and not @.": [
                lambda d, W, s: d @ W.T @ s,
                lambda d, W, s: d @ W @ s,
                lambda d, W, s: d @ W.T @ s.T,
            ],
        },
        more="Two moves: delta @ W.T adds up what comes back, then * slope.",
    ),
    "factor_of_sixteen": dict(
        right=0.62,
        within=0.025,
        wrong={
            "16 is a variance. Take its root: typical weights are 4 times as large as with 1.": [2.48, 2.46, 16, 3.97],
            "That is the typical slope alone. With init 16 the weights are 4 times as large as with 1.": [0.155, 0.154, 0.15],
            "Larger weights flatten the slopes: take the typical slope that was measured for 16, not that for 1.": [
                0.94, 0.936, 0.928, 1, 3.75
            ],
            "That is what the weights do. Their slope comes in as well.": [4],
            "Multiply, do not divide.": [0.039, 0.04],
            "0.25 is the largest slope, at z = 0. Take the typical one, and what the weights do.": [0.25],
        },
        more="The root of 16, times the typical slope that the cell printed for 16.",
    ),
    "keep_level": dict(
        right=2,
        within=0.05,
        wrong={
            "At 1 the slider shows a factor of about 0.71: half of the units are off.": [1],
            "The initialization is a variance. The rule takes its root already, so there is no root to take here.": [2**0.5, 1.4],
            "At 4 the signal grows by 1.41 for each layer.": [4],
            "At 3 the signal grows by 1.22 for each layer.": [3],
            "That makes it fade faster: less than 1, where half is lost already.": [0.5, 0.707, 0.25],
        },
        more="The factor is the root of initialization/2. It is 1 when initialization/2 is 1.",
    ),
    "hinge_weights": dict(
        right=(1, 2, -3, -2),
        within=0.01,
        wrong={
            "These are the slopes themselves. A weight is the change of slope at its kink: after minus before.": [(1, 3, 0, -2)],
            "The signs: after minus before, so a weight that makes the curve steeper upwards is positive.": [
                (-1, -2, 3, 2),
                (1, -2, 3, 2),
            ],
            "At 2 the slope goes from 3 to 0, a change of -3.": [(1, 2, 0, -2), (1, 2, 3, -2), (1, 2, -2, -2), (1, 2, -1, -2)],
            "At 4 the slope goes from 0 to -2, a change of -2.": [(1, 2, -3, 2), (1, 2, -3, -5), (1, 2, -3, 0), (1, 2, -3, -1)],
            "At 1 the slope goes from 1 to 3, a change of 2.": [(1, 3, -3, -2), (1, 4, -3, -2), (1, 1, -3, -2)],
            "These are heights at the kinks. Look at the slopes.": [(0, 1, 4, 4)],
        },
        more="The slopes are 0, 1, 3, 0 and -2. Each weight is a slope minus the one before it.",
    ),
    "dead_layer": dict(
        right=["2", "layer 2", "second", "the second layer", "middle"],
        wrong={
            "Its units are on for about half of the points. It hears nothing because the signal is lost above it.": [
                "1", "layer 1", "first", "the first layer",
            ],
            "All its rows are alike, and one of its units is dead. But the three others are on for all points, and they get a "
            "signal.": ["3", "layer 3", "third", "the third layer", "last"],
        },
        more="In a layer that is dead as a whole every column holds zeros only: it is on for 0 points everywhere.",
    ),
    "deadly_rate": dict(
        right=0.4,
        within=0.004,
        wrong={
            "There it meets the wish exactly: z is 1. It takes more to push z down to 0.": [0.2],
            "The slider ends there, and z is still 0.5. Where does it reach 0?": [0.3],
            "There z is still above 0: work out w times 2, plus b.": [0.25, 0.31, 1 / 3, 0.35],
            "There z is below 0 already. At which rate is it just 0?": [0.45, 0.6],
            "There w is 0. But b has fallen as well, so z has passed 0 before.": [0.5],
            "The point is x = 2: the slope for w is 2, not 1, and z is w times 2, plus b.": [2 / 3, 1],
            "The equation is right, but the wrong way round: 2 = 5 times the rate.": [2.5],
        },
        more="z = 2 (1 - 2 rate) - rate. When is that 0?",
    ),
    "leaky_slope": dict(
        right=leaky_relu_slope,
        inputs=[
            (LINE, 0.1), (WHOLE, 0.01), (TABLE, 0.5), (LINE, 2.0), (LINE, -1.0), (LINE, 0.0), (-2.0, 0.01), (3.0, 0.2), (0.0, 0.3)
        ],
        draw=(-3, 3),
        wrong={
            "That is the value. The slope says how much the value changes if x grows by 1.": [
                leaky_relu,
                lambda x, alpha: np.maximum(alpha * x, x),
                lambda x, alpha: np.where(np.asarray(x) > 0, 1.0, alpha * np.asarray(x)),
                lambda x, alpha: np.where(np.asarray(x) > 0, x, alpha),
            ],
            "Nothing leaks: left of 0 the slope is alpha, not 0.": [lambda x, alpha: relu_slope(x)],
            "It leaks 0.01, whatever alpha is. Use the alpha that is handed over.": [
                lambda x, alpha: np.where(np.asarray(x) > 0, 1, 0.01),
            ],
            "The sides are swapped: alpha belongs to the negative side.": [
                lambda x, alpha: np.where(np.asarray(x) > 0, alpha, 1.0),
                lambda x, alpha: np.where(np.asarray(x) < 0, 1.0, alpha),
            ],
            "At exactly 0 take the slope of the other side: use > and not >=.": [
                lambda x, alpha: np.where(np.asarray(x) >= 0, 1.0, alpha),
                lambda x, alpha: np.where(np.asarray(x) < 0, alpha, 1.0),
            ],
            "At exactly 0 there are two sides; here the slope of the left one is asked for.": [
                lambda x, alpha: np.where(np.asarray(x) > 0, 1.0, np.where(np.asarray(x) < 0, alpha, 0.0)),
                lambda x, alpha: np.where(np.asarray(x) > 0, 1.0, np.where(np.asarray(x) < 0, alpha, (1 + alpha) / 2)),
            ],
            "A sign is wrong on the negative side: the value is alpha times x, so its slope is alpha.": [
                lambda x, alpha: np.where(np.asarray(x) > 0, 1.0, -alpha),
                lambda x, alpha: np.where(np.asarray(x) > 0, 1.0, alpha * np.sign(x)),
            ],
            "An array of whole numbers cannot hold 0.01. Let np.where make a new array.": [
                lambda x, alpha: np.where(np.asarray(x) > 0, 1.0, alpha).astype(np.asarray(x).dtype),
            ],
            "On the positive side the value is x itself, so the slope is 1.": [
                lambda x, alpha: np.where(np.asarray(x) > 0, 0.0, alpha),
                lambda x, alpha: np.where(np.asarray(x) > 0, 1 + alpha, alpha),
                lambda x, alpha: np.full(np.shape(x), alpha),
            ],
            "The corner lies at 0, not at alpha.": [lambda x, alpha: np.where(np.asarray(x) > alpha, 1.0, alpha)],
        },
        more="Two cases and two plain numbers: np.where(x > 0, the slope on the right, the slope on the left).",
    ),
    "bends": dict(
        right=["Q", "only Q", "unit Q"],
        wrong={
            "All points of P lie left of its corner. There it is a straight line.": ["P", "unit P"],
            "All points of R lie right of its corner. There it is a straight line, as P is on the left.": ["R", "unit R"],
            "P and R see one side of their corner each. A unit that sees one side only is a straight line.": ["P and R", "P, R", "P R"],
            "Q does. But P sees only the left side of its corner, a straight line.": ["P and Q", "P, Q", "P Q"],
            "Q does. But R sees only the right side of its corner, a straight line.": ["Q and R", "Q, R", "Q R"],
            "All are alive, but a unit that sees only one side of its corner is a straight line.": ["all", "P, Q and R", "P Q R"],
            "One of them has points on both sides of 0, where the corner is.": ["none"],
        },
        more="The corner is at z = 0. Whose smallest z lies below it, and whose largest above?",
    ),
    "fitting_quarter": dict(
        right=2 / (1 + 0.25**2),
        wrong={
            "That fits ReLU. A leak lets more through, so the initialization is smaller.": [2],
            "Squares count: alpha goes in as 0.25 squared, and not as 0.5 or 0.25.": [2 / 1.25],
            "That is what comes through. The initialization makes up for it: one over that.": [(1 + 0.25**2) / 2],
            "The initialization is a variance already. No root is needed.": [np.sqrt(2 / (1 + 0.25**2))],
            "Half of the units pass everything: the 2 is missing.": [1 / (1 + 0.25**2)],
            "alpha alone is squared, not 1 + alpha: two kinds of units, two squares.": [2 / 1.25**2],
            "What comes through stands below the line: the more comes through, the smaller the initialization.": [
                2 * (1 + 0.25**2), 2 * 1.25, 2 / (1 - 0.25**2), 2 / 0.75
            ],
            "That is 2 / 1 + alpha squared: brackets are missing below the line.": [2 + 0.25**2],
            "0.25 squared is 0.0625.": [2 / 1.125, 2 / 1.5],
            "That is what stands below the line, 1 + 0.25 squared. The 2 stands above it.": [1 + 0.25**2],
            "The units on their positive side pass everything: they are the 1 in 1 + 0.25 squared.": [2 / 0.25**2],
        },
        more="Half of the units pass 1, half pass 0.25 squared, 0.0625. The mean of the two comes through. One over that.",
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
