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
    if w > 8:
        return f"{text} That is nearly a step, which is sure of everybody. Make it flatter: lower the weight."
    middle = -b / w
    hints = {
        "The middle lies too far right: raise the bias.": cost(w, b + 0.1 * w) - (middle > 4),
        "The middle lies too far left: lower the bias.": cost(w, b - 0.1 * w) - (middle < 2.5),
        "Its middle is well placed. Now make it steeper: raise the weight, lower the bias.": cost(1.05 * w, 1.05 * b),
        "Its middle is well placed. Now make it flatter: lower the weight, raise the bias.": cost(w / 1.05, b / 1.05),
    }
    return f"{text} {min(hints, key=hints.get)}"


def _half(a):
    """Say how far a is from a value where the sigmoid is half as steep as it can be, or return ""."""
    if abs(a * (1 - a) - 0.125) < 0.0045:
        return ""
    text = "Half of the largest slope is 0.125."
    if 0.12 < a < 0.13:
        return f"{text} That is the slope. Which value does the sigmoid have there?"
    if abs(abs(a) - 1.763) < 0.1:
        return f"{text} That is the place, x. Which value does the sigmoid have there?"
    if not 0 < a < 1:
        return f"{text} A value of the sigmoid lies between 0 and 1."
    inwards = "Go on towards 0 or 1." if a * (1 - a) > 0.125 else "Come back towards 0.5."
    return f"{text} At the value {a:g} it is {a:g} times {1 - a:.3g}, {a * (1 - a):.3f}. {inwards}"


def _breaks(row, alpha):
    """Say why an input or an alpha breaks neither array version of leaky ReLU in lesson 5, or return ""."""
    whys = {
        1: "The numbers of input 1 have a point, and so can the result.",
        2: "",
        3: "The numbers of input 3 have a point; a table is no trouble.",
        4: "Input 4 has whole numbers, but none of them is below 0, so nothing is cut off.",
    }
    why = whys.get(row, "First the input: they are numbered from 1 to 4.")
    if why or alpha > 1:
        return why
    if alpha == 1:
        return "The input breaks the first. At alpha 1 both lines are the same, so the larger is right."
    if alpha < 0:
        return "The input breaks the first. An alpha below 0 turns the left side up, and the larger is still right."
    return f"The input breaks the first. With alpha {alpha:g} the larger is right on both sides."


def _stories(*chosen):
    """Say for the first of four stories of lesson 5 why another function fits, or return ""."""
    other = "D: the weights were learned with a ReLU. Which function is most like it, and has a slope below 0?"
    limit = "A: a temperature goes beyond the limits of this function."
    bend = "C: nothing is wrong with it, but it is not the first choice: there is no reason yet against the last line."
    shares = "B: three shares that add up to 1 should come out, one for each kind."
    whys = [
        {1: limit, 2: limit, 4: "A: a temperature can lie below 0, and ReLU puts out nothing there.",
         5: "A: through a leak numbers below 0 come out only with effort. Which function has no bend?", 6: limit},
        {1: "B: a sigmoid says one chance of yes. Here are three kinds, whose shares add up to 1.",
         3: shares, 4: shares, 5: shares, 6: shares},
        {1: "C: many layers of sigmoids let the signal vanish.", 2: "C: softmax is for the last layer.",
         3: "C: without a bend all layers are one.", 5: bend, 6: bend},
        {1: other, 2: other, 3: other,
         4: "D: it is a ReLU now, and dead at any rate. What has a slope there?", 6: other},
    ]
    if not {*chosen} <= {1, 2, 3, 4, 5, 6}:
        return "Type a number from 1 to 6 for each story."
    return next((why[row] for row, why in zip(chosen, whys) if row in why), "")


def _size(x):
    """Return the root mean square of an array."""
    return np.sqrt(np.mean(np.square(x)))


def _arrives(n):
    """Say what is wrong with 1/n for the error signal in the first layer of lesson 3's riddle, or return ""."""
    if 14500 < n < 19500:
        return ""
    if 0 < n < 1:
        return f"Type the n of 1/n: here that is {1 / n:.0f}."
    hints = {
        5937: "You have taken eight ways back at the first move. The output is a single neuron, so there is one.",
        11585: "A slope is at most 0.25. Typically it is 0.235, six times over.",
        3946: "The slope of the last hidden layer counts, too: each of the six moves ends at a slope.",
        71460: "That is one move more or less: there are six slopes on the way, one for each hidden layer.",
        47498: "A variance of 1/8 is not yet a size: take its root.",
        33000: "That is what the net itself shows. The two formulas come to about half of it: work it out by them.",
        2099: "Its root is a factor below 1: the first move multiplies by it, and does not divide.",
    }
    near = min(hints, key=lambda place: abs(np.log(max(n, 1e-9) / place)))
    apart = abs(np.log(max(n, 1e-9) / near))
    return hints[near] if apart < 0.1 else "It is a product of six moves: n is 1 divided by it."


PATIENTS = [("relu", 400), ("step", 1), ("leaky_relu", 400), ("sigmoid", 1)]  # of the doctor's game, at rate 0.1

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
        more="It passes 0.5 where z is 0: put x = 2 into z.",
    ),
    "small_change": dict(
        right=(0.00197, 0.0059),
        within=0.0003,
        wrong={
            "The weight is multiplied by the input, 3, so z moves by three times as much.": [(0.00197, 0.00197)],
            "By so much z moves. The output moves by the slope times that.": [(0.01, 0.03), (0.01, 0.01)],
            "That is the slope. It is to be multiplied by the change of z.": [(0.197, 0.197), (0.197, 0.59)],
            "That is the value times the change of z. It is the slope that counts.": [(0.00731, 0.02193)],
            "That is the output after the change. By how much has it grown?": [(0.733, 0.737)],
            "That is the slope at 3. But what goes into the sigmoid is z, with weight and bias.": [(0.00045, 0.00136)],
            "0.25 is the slope at z = 0. This neuron has another z.": [(0.0025, 0.0075)],
            "First the bias, then the weight.": [(0.0059, 0.00197)],
        },
        more="z is 3 - 2 = 1. How steep is the sigmoid there, and how far does z move?",
    ),
    "two_into_one": dict(
        right=(5, 2),
        wrong={
            "The biases of the first layer go through the weights of the second one, too.": [(5, 0), (5, -4)],
            "The last bias is missing.": [(5, 6)],
            "w is right. For b set x to 0, and go on from there.": [(5, 1), (5, 4.5)],
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
            "Now make it steeper": [(1.0, -3.25), (0.5, -1.5)],
            "Now make it flatter": [(5.0, -16.0)],
            "That is nearly a step": [(30.0, -99.0)],
            "It is the bias first": [(-6.5, 2.0)],
            "It falls or lies flat": [(0.0, 0.0), (-1.0, 3.0)],
        },
        more="The middle of the curve lies at -b / w hours.",
    ),
    "half_slope": dict(
        right=0.854,
        goal=_half,
        wrong={
            "Go on towards 0 or 1": [0.5, 0.25, 0.75, 0.8],
            "Come back towards 0.5": [0.9, 0.95, 0.05],
            "That is the place, x": [1.75, 1.763, -1.763],
            "That is the slope": [0.125],
            "lies between 0 and 1": [8.0, 1.0, -0.5],
        },
        more="Try 0.8, then 0.9: the value times what it lacks to 1 should be 0.125.",
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
    "best_weight": dict(
        right=1.5,
        goal=lambda weight: (
            ""
            if 1.4 <= weight <= 1.8
            else "That is the best case, with every slope 0.25. In the real row a larger weight flattens the slopes."
            if 3.5 <= weight <= 4.5
            else "There the weights themselves keep too little: try larger ones."
            if weight < 1.4
            else "There z lies too far out on the flat end: try smaller ones."
        ),
        wrong={
            "That is the best case": [4],
            "try larger ones": [1, 0.5],
            "try smaller ones": [2, 2.5, 3, 5],
        },
        more="Read the last line of the figure: 10⁻¹¹ is more than 10⁻¹².",
    ),
    "riddle_number": dict(
        right=16800,
        goal=_arrives,
        wrong={
            "You have taken eight ways back at the first move": [5900],
            "one move more or less": [71000],
            "A variance of 1/8 is not yet a size": [47500],
            "The slope of the last hidden layer counts": [3946],
            "at most 0.25": [11600],
            "Type the n of 1/n": [0.00006, 0.00017],
            "Its root is a factor below 1": [2100],
            "That is what the net itself shows": [33000, 32500],
        },
        more="Each of the six moves ends at a slope of 0.235, and one of them goes over a single way.",
    ),
    "level_init": dict(
        right=18.1,
        within=0.4,
        wrong={
            "That is what the root of init must be. init itself is its square.": [4.25],
            "That is init for a slope of 0.25 exactly. With 0.235 it takes a little more.": [16],
            "The root of init times 0.235 should be 1. With init 1 it is 0.235.": [1, 0.235],
            "The root counts, so init is the square of 1 / 0.235, not its root.": [2.06],
            "Turn it round: init must make up for the slope, so it is larger than 1.": [0.055],
        },
        more="Solve np.sqrt(init) * 0.235 = 1.",
    ),
    "factors": dict(
        right=lambda deltas: np.sqrt(np.mean(deltas[-1] ** 2)) / [np.sqrt(np.mean(d**2)) for d in deltas],
        inputs=[([A, 10 * B, TABLE],), ([B / 100, A, -B],), ([A.T, TABLE - 1, B, 1000 * A],)],
        wrong={
            "Turned round: these factors would make loud layers louder. Divide the size of the last by that of the layer.": [
                lambda deltas: [_size(d) / _size(deltas[-1]) for d in deltas],
            ],
            "These are the sizes. The factor is the size of the last, divided by that of the layer.": [
                lambda deltas: [_size(d) for d in deltas],
            ],
            "Each factor must bring the layer to the size of the output's, the last in the list: not to 1.": [
                lambda deltas: [1 / _size(d) for d in deltas],
            ],
            "The output's error signal is the last in the list, deltas[-1], not the first.": [
                lambda deltas: [_size(deltas[0]) / _size(d) for d in deltas],
            ],
            "These are mean squares. Take the root of each, or the factors come out squared.": [
                lambda deltas: [np.mean(deltas[-1] ** 2) / np.mean(d**2) for d in deltas],
            ],
            "The mean alone will not do: both signs cancel in it. Square first, take the mean, then the root.": [
                lambda deltas: [np.mean(deltas[-1]) / np.mean(d) for d in deltas],
                lambda deltas: [np.mean(d) / np.mean(deltas[-1]) for d in deltas],
            ],
            "These are lengths: they grow with the number of neurons. Take the mean of the squares, not their sum.": [
                lambda deltas: [np.linalg.norm(deltas[-1]) / np.linalg.norm(d) for d in deltas],
            ],
            "That is the mean size without sign. It is near, but typical here means the root mean square.": [
                lambda deltas: [np.mean(abs(deltas[-1])) / np.mean(abs(d)) for d in deltas],
            ],
            "That is the largest in each layer. Typical means the root mean square.": [
                lambda deltas: [np.max(abs(deltas[-1])) / np.max(abs(d)) for d in deltas],
                lambda deltas: [np.max(deltas[-1]) / np.max(d) for d in deltas],
            ],
            "np.std takes the mean away first. Square, take the mean, then the root.": [
                lambda deltas: [np.std(deltas[-1]) / np.std(d) for d in deltas],
            ],
            "The factors come out in the wrong order: the first belongs to the first layer.": [
                lambda deltas: [_size(deltas[-1]) / _size(d) for d in deltas[::-1]],
            ],
            "Each layer is compared with the next. Compare it with the last, the output's.": [
                lambda deltas: [_size(after) / _size(d) for d, after in zip(deltas, deltas[1:])],
            ],
            "Each layer has one factor. You have multiplied the signals already.": [
                lambda deltas: [_size(deltas[-1]) / _size(d) * d for d in deltas],
            ],
            "One factor is missing: the last layer has one too, 1.": [
                lambda deltas: [_size(deltas[-1]) / _size(d) for d in deltas[:-1]],
            ],
        },
        more="sizes = [np.sqrt(np.mean(delta**2)) for delta in deltas]. Then sizes[-1] / size for each size in sizes.",
    ),
    "level_fifth": dict(
        right=1.25,
        within=0.01,
        wrong={
            "2 counts squared, and it makes the signal larger: the initialization gets smaller by it.": [10, 0.5, 20],
            "5 would fit a slope of 1. Here the slope is 2 where it is on, and it counts squared.": [5],
            "That makes up for the mean slope, 2/5. The rule takes the mean of the squares.": [2.5],
            "That is the mean square of the slopes. The initialization times it should be 1.": [0.8],
            "That is the typical slope, the root of the mean square. What makes up for it?": [0.894],
            "The initialization is a variance. The rule takes its root already, so there is no root to take here.": [1.118],
            "First square the slopes, then take their mean: not the square of the mean.": [6.25],
            "2 fits ReLU: on for a half, slope 1. This bend is on for a fifth, with slope 2.": [2],
            "The fifth comes in once: four of the five squares are 0, and one is 4.": [0.05, 0.25],
        },
        more="The squares of five slopes are 4, 0, 0, 0, 0. What does their mean have to be multiplied by to give 1?",
    ),
    "who_learns": dict(
        right=lambda a, W, b, back: np.any(back * relu_slope(a @ W + b) != 0, axis=0),
        inputs=[
            (A, np.array([[1.0, -1.0, 1.0], [1.0, -1.0, -2.0]]), np.array([0.0, -0.5, 0.0]), B),
            (A, np.eye(2), np.array([-1.0, 0.0]), np.array([[1.0, 0.0], [1.0, 2.0]])),
            (A, np.eye(2), np.array([0.5, 1.5]), np.array([[1.0, 1.0], [-1.0, -1.0]])),
            (A, -np.eye(2), np.array([5.0, 0.0]), np.array([[0.0, 3.0], [0.0, 0.0]])),
            (A[:1], np.ones((2, 4)), np.array([-3.0, -4.0, 1.0, 0.0]), np.array([[1.0, 1.0, 0.0, -2.0]])),
            (TABLE, np.ones((3, 2)), np.array([0.0, -5.0]), np.array([[0.0, 1.0], [-4.0, 1.0]])),
        ],
        uses=["relu", "relu_slope"],
        wrong={
            "That says who is alive. A unit that is on learns only if a signal comes back to it.": [
                lambda a, W, b, back: np.any(a @ W + b > 0, axis=0),
            ],
            "That says who is sent a signal. It passes only where the unit is on.": [
                lambda a, W, b, back: np.any(back != 0, axis=0),
            ],
            "On for one point, and a signal for another: nothing passes. Both must hold for the same point.": [
                lambda a, W, b, back: np.any(a @ W + b > 0, axis=0) & np.any(back != 0, axis=0),
            ],
            "z itself is not the slope. The slope of a ReLU is 1 where z is above 0, else 0.": [
                lambda a, W, b, back: np.any(back * (a @ W + b) != 0, axis=0),
            ],
            "That counts the points. One is enough: yes or no, for each unit.": [
                lambda a, W, b, back: np.sum(back * relu_slope(a @ W + b) != 0, axis=0),
            ],
            "The bias is missing in z.": [lambda a, W, b, back: np.any(back * relu_slope(a @ W) != 0, axis=0)],
            "One point is enough: np.any, not np.all.": [
                lambda a, W, b, back: np.all(back * relu_slope(a @ W + b) != 0, axis=0),
            ],
            "It looks along the rows, which are points. A unit is a column: axis=0.": [
                lambda a, W, b, back: np.any(back * relu_slope(a @ W + b) != 0, axis=1),
            ],
            "That is the error signal itself. In which columns is there anything but 0?": [
                lambda a, W, b, back: back * relu_slope(a @ W + b),
                lambda a, W, b, back: back * relu_slope(a @ W + b) != 0,
            ],
            "That asks whether anybody learns. Look down each column, with axis=0.": [
                lambda a, W, b, back: np.any(back * relu_slope(a @ W + b) != 0),
            ],
            "Signals of two points can cancel in a sum, and a weight still hears both. Ask for each point first.": [
                lambda a, W, b, back: np.sum(back * relu_slope(a @ W + b), axis=0) != 0,
                lambda a, W, b, back: np.mean(back * relu_slope(a @ W + b), axis=0) != 0,
            ],
            "A negative signal is a signal, too: ask for what is not 0.": [
                lambda a, W, b, back: np.any(back * relu_slope(a @ W + b) > 0, axis=0),
            ],
            "At 0 the slope is 0 by convention: on means above 0.": [
                lambda a, W, b, back: np.any(back * (a @ W + b >= 0) != 0, axis=0),
            ],
            "These are the ones that do not learn.": [
                lambda a, W, b, back: np.all(back * relu_slope(a @ W + b) == 0, axis=0),
            ],
            "Count nothing: a yes or no for each unit is asked for.": [
                lambda a, W, b, back: np.any(back * relu_slope(a @ W + b) != 0, axis=0).sum(),
            ],
        },
        more="delta = back * relu_slope(a @ W + b), and np.any(delta != 0, axis=0) looks down its columns.",
    ),
    "learning_units": dict(
        right=3,
        within=0.1,
        wrong={
            "These are all that are not dead. But every way back to layer 1 leads through layer 2.": [7],
            "Layer 1 is alive, but every way back to it leads through layer 2, which is dead.": [4],
            "These are the dead ones. Which of the others does a signal reach?": [5],
            "These are the ones that do not learn.": [9],
            "Nothing gets below layer 2. But layer 3 lies above it, and hears the output.": [0],
            "One unit of layer 3 is on for no point, so nothing passes through it.": [8],
            "One layer is dead as a whole, and some more units hear nothing.": [12, 11],
            "In layer 3 zeros come in, so the slopes for its weights are 0. But not those for the biases of what is on.": [1, 2],
        },
        more="Layer 2 is dead, so it learns nothing and passes nothing down to layer 1. How many units of layer 3 are on?",
    ),
    "deadly_rate": dict(
        right=0.15,
        within=0.002,
        wrong={
            "There it meets the wish exactly: z is 1. It takes more to push z down to 0.": [0.1],
            "That is the rate for the unit above. Here the point is 3, and the miss is 2.": [0.4],
            "The miss is 2, and so is the error signal: the slopes are 6 and 2.": [0.3],
            "There w is 0, or z without its bias. But b has fallen as well, so z has passed 0 before.": [1 / 6],
            "The slope for w is the error signal times the point: 2 times 3.": [0.375],
            "z is 3 times w, plus b: the point comes in twice, once in the slope and once here.": [0.125, 0.5, 1],
            "The equation is right, but the wrong way round: 3 = 20 times the rate.": [20 / 3],
            "There z is below 0 already. At which rate is it just 0?": [0.2, 0.25, 0.6],
        },
        more="z = 3 (1 - 6 rate) - 2 rate. When is that 0?",
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
    "two_bugs": dict(
        right=(2, 1.5),
        goal=_breaks,
        wrong={
            "have a point, and so can the result": [(1, 2), (1, 0.5)],
            "a table is no trouble": [(3, 2)],
            "none of them is below 0": [(4, 2)],
            "numbered from 1 to 4": [(0, 2), (1.5, 2)],
            "The input breaks the first": [(2, 0.01), (2, 0.5)],
            "both lines are the same": [(2, 1)],
            "below 0 turns the left side up": [(2, -2)],
        },
        more="Right of 0 the result must be x. When is alpha times x larger than that?",
    ),
    "move_back": dict(
        right=-0.67,
        within=0.005,
        wrong={
            "That goes further out. The miss is negative, so minus the rate times it goes up.": [-1.33],
            "That is a ReLU, whose slope is 0 here. The slope is 0.1.": [-1],
            "The slope is missing: the miss is multiplied by 0.1.": [2.3],
            "The miss is what the unit puts out minus the wish, and it puts out 0.1 times z, not z.": [-0.4],
            "The 5 is missing: w moves z by twice 2 delta, and b by delta.": [-0.934],
            "b moves as well, and z with it: 5 times delta, not 4.": [-0.736],
            "That is the way of the move. Add it to -1.": [0.33],
            "That is for a rate of 1.": [-0.45],
            "The second update starts where the first has ended, at z = -1.": [2, 2.33],
            "That is as far as the first move. On the negative side the slope is 0.1: the move is much shorter.": [-4, 1],
            "That is what the unit puts out at z = -1. Where does the update take z?": [-0.1],
            "The miss is -0.1 minus 1.": [-0.73, -0.97],
        },
        more="delta = (-0.1 - 1) times 0.1. Then z = -1 - 0.6 times 5 times delta.",
    ),
    "fitting_backwards": dict(
        right=0.5,
        wrong={
            "That is alpha squared. Take its root.": [0.25],
            "That would fit, too: a square does not see the sign. But a leak has a slope above 0.": [-0.5],
            "1.6 is the initialization. Which alpha gives 2 / (1 + alpha squared) = 1.6?": [1.6],
            "That is 1 plus alpha squared. Take 1 away, then the root.": [1.25],
            "You have put 1.6 in for alpha. It is the initialization, on the left of the formula.": [2 / (1 + 1.6**2)],
            "That is the mean of the squared slopes, one over 1.6. It is (1 + alpha squared) / 2.": [0.625],
            "Take 1 away before the root.": [1.25**0.5, 1.25**0.5 - 1],
            "The 2 stands above the line: 1 + alpha squared is 2 / 1.6.": [(1.6 - 1) ** 0.5, 0.6, 0.8],
        },
        more="1 + alpha squared is 2 / 1.6, which is 1.25. So alpha squared is 0.25.",
    ),
    "stories": dict(
        right=(3, 2, 4, 5),
        goal=_stories,
        wrong={
            "A: a temperature can lie below 0, and ReLU": [(4, 2, 4, 5)],
            "A: a temperature goes beyond": [(1, 2, 4, 5), (6, 2, 4, 5), (2, 2, 4, 5)],
            "A: through a leak": [(5, 2, 4, 5)],
            "B: a sigmoid says one chance": [(3, 1, 4, 5)],
            "B: three shares": [(3, 3, 4, 5), (3, 4, 4, 5), (3, 6, 4, 5)],
            "C: nothing is wrong with it": [(3, 2, 5, 5), (3, 2, 6, 5)],
            "C: many layers of sigmoids": [(3, 2, 1, 5)],
            "C: without a bend": [(3, 2, 3, 5)],
            "C: softmax is for": [(3, 2, 2, 5)],
            "D: it is a ReLU now": [(3, 2, 4, 4)],
            "D: the weights were learned": [(3, 2, 4, 6), (3, 2, 4, 1), (3, 2, 4, 3), (3, 2, 4, 2)],
            "number from 1 to 6": [(3, 2, 4, 7), (0, 2, 4, 5)],
        },
        more="Ask of A and B which values should come out, of C if anything speaks against the last line of the table, and "
        "of D what can move a dead unit.",
    ),
    "cure": dict(
        task="the circles with one patient's net, in 40 epochs or fewer, with one thing changed: function, init or rate",
        goal=lambda run: run.data == "circles" and run.layers == [6] * 4 and max(run.nets) <= 40 and any(
            ({*run.activations} != {name}) + (run.init != init) + (run.rate != 0.1) == 1 for name, init in PATIENTS
        ),
        right=dict(data="circles", layers=[6] * 4, activations="relu", init=2, rate=0.1, epochs=40),
        wrong={
            "Is what you changed what made this patient ill? Watch the attempt: what do its signals, its crosses and its "
            "maps say now?": [
                dict(data="circles", layers=[6] * 4, activations="tanh", init=400, rate=0.1, epochs=40),
                dict(data="circles", layers=[6] * 4, activations="step", init=400, rate=0.1, epochs=40),
                dict(data="circles", layers=[6] * 4, activations="relu", init=400, rate=0.001, epochs=40),
                dict(data="circles", layers=[6] * 4, activations="sigmoid", init=16, rate=0.1, epochs=40),
            ],
        },
        more="P and R have a good function and an initialization that is two hundred times too large.",
    ),
    "factor_of_six": dict(
        right=(25 / 72_000) ** (1 / 5),
        within=0.006,
        wrong={
            "That is about what is left after all five, or a fifth of it. Five equal factors, multiplied, lead from 1/25 to "
            "1/72 000.": [25 / 72_000, 25 / 72_000 / 5, 72_000 / 25, 72_000 / 25 / 5],
            "From layer 6 to layer 1 the signal passes five layers, not six.": [(25 / 72_000) ** (1 / 6)],
            "That begins at the output. Begin at layer 6, the uppermost hidden one, where 1/25 is left.": [
                (1 / 72_000) ** (1 / 6), (1 / 72_000) ** (1 / 5),
            ],
            "That is how many times smaller it gets. The factor is one over that.": [(72_000 / 25) ** (1 / 5), 5],
            "That is the largest slope of the sigmoid. Here less comes through: take the root of what you read.": [0.25],
        },
        more="First divide the lowest share by the uppermost. Then which root, if five factors made it?",
    ),
    "healthy": dict(
        right=(1, 0, 2, 3),
        within=0,
        wrong={
            "J and M look alike by their cost. But a weak signal is not a signal of exactly 0.": [
                (3, 0, 2, 1), (1, 0, 2, 1), (3, 0, 2, 3),
            ],
            "L and M both have a signal of 0. In which of them is somebody dead?": [
                (1, 0, 3, 2), (1, 0, 2, 2), (1, 0, 3, 3),
            ],
            "K has a weak signal and dead units. But look at its cost.": [(1, 1, 2, 3), (1, 2, 2, 3)],
            "L began with a cost of 96, so its numbers were huge. But look at how it ended.": [(1, 0, 4, 3)],
        },
        more="First the cost: who has left 2.30? Then the signal: small, or exactly 0? Then the dead units.",
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
        more="All six in the first layer, where they see the points, with a function that bends, and time to learn.",
    ),
    "five_epochs": dict(
        task="the spiral in 5 epochs or fewer",
        goal=lambda run: run.data == "spiral" and max(run.nets) <= 5,
        right=dict(data="spiral", epochs=5, layers=[16, 16], activations="relu", init=2, rate=0.3),
        wrong={
            "Updates that are too small, or too large? Watch the cost, and look for layers that have died.": [
                dict(data="spiral", epochs=5),
                dict(data="spiral", epochs=5, layers=[16, 16], activations="relu", init=2, rate=3),
                dict(data="spiral", epochs=5, layers=[8, 8], activations="sigmoid", rate=0.3),
            ],
        },
        more="Wide layers, an initialization that fits, and a rate between 0.1 and 1.",
    ),
    "six_sigmoids": dict(
        task="the circles, with six hidden layers or more, all of them sigmoid",
        goal=lambda run: run.data == "circles" and len(run.layers) >= 6 and {*run.activations} == {"sigmoid"},
        right=dict(data="circles", layers=[8] * 6, activations="sigmoid", init=16),
        wrong={
            "Each layer multiplies the error signal by the root of the initialization times the slope. The slope is 0.25 "
            "at best. The initialization is yours.": [
                dict(data="circles", layers=[8] * 6, activations="sigmoid", epochs=60),
                dict(data="circles", layers=[8] * 6, activations="sigmoid", rate=1, epochs=60),
            ],
        },
        more="A factor three or four times as large takes an initialization 9 to 16 times as large.",
    ),
}
