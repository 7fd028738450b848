"""The exercises: what is right, what it is tried on, a hint for each known mistake. A table, and nothing else.

Each entry becomes an Exercise:

right   what solves it, and so the kind of exercise:
        a function, which is compared with the answer on `inputs`, a list of tuples of arguments;
        a number or a tuple of numbers, given as numbers or as text;
        a word, or a list of words that all mean the right thing;
        with `goal`, numbers of which many will do: some that do. goal(*numbers) returns "" for
        numbers that do, else a sentence that says how far off they are;
        with `task`, words for what to train: the settings of one play(...) that does it.
        goal(run) then says whether a run keeps to the task, be it in words for what it does if
        it is right; more than 95 % right is asked of all.
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

TOLD = np.array([0.1, 0.2, 0.3, 0.35, 0.4, 0.55, 0.8, 0.85, 0.9, 0.95])  # chances, and what came of them
CAME = np.array([0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0])


def _kept(a, passed, low, high):
    """Return the share that passed of those who were told at least low and less than high."""
    return np.mean(passed[(a >= low) & (a < high)])


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
    if cost(w, -b) < 0.05:
        return f"{text} A minus is missing: the bias lies below 0."
    if w <= 0:
        return f"{text} It falls or lies flat: more hours should give a larger chance, so the weight is above 0."
    if w > 8:
        return f"{text} That is nearly a step, which is sure of everybody. Make it flatter: lower the weight."
    middle = -b / w
    if w < 1.2 and 2.5 < middle < 4:
        return f"{text} At this weight no bias gets there. First make it steeper: raise the weight, lower the bias."
    hints = {
        "The middle lies too far right: raise the bias.": cost(w, b + 0.1 * w) - (middle > 4),
        "The middle lies too far left: lower the bias.": cost(w, b - 0.1 * w) - (middle < 2.5),
        "Its middle is well placed. Now make it steeper: raise the weight, lower the bias.": cost(1.05 * w, 1.05 * b),
        "Its middle is well placed. Now make it flatter: lower the weight, raise the bias.": cost(w / 1.05, b / 1.05),
    }
    return f"{text} {min(hints, key=hints.get)}"


def _update(w, b, rate, hours, passed, slope=lambda a, y: (a - y) * a * (1 - a), mean=np.mean, at=None):
    """Return the new weight and bias of lesson 2's neuron: moved by the slopes at the old ones, or at others."""
    by_w, by_b = at or (w, b)
    slope_z = slope(sigmoid(by_w * hours + by_b), passed)
    return w - rate * mean(slope_z * hours), b - rate * mean(slope_z)


def _fenced(w, low, high):
    """Say what is wrong with a weight of lesson 5's three leaky hills and the ends of its biases, or return ""."""
    if w >= 0:
        return "It does not turn the hills over: the middle must come to lie lowest."
    ends = np.array([low, high])
    right = np.array([8.7, 2.7]) * w
    for also, hint in (
        (right[::-1], "These are the two, but the lower end comes first."),
        (10 * right, "Each unit sends up a tenth of its z, so both ends are ten times too far out."),
        (-right, "The valley hangs above 0 so far, so b has to move it down: both ends have a minus."),
    ):
        if np.all(abs(ends - also) < 0.06):
            return hint
    return "" if np.all(abs(ends - right) < 0.06) else "With this w, where does the line lie at 1 and at 2 if b is 0?"


def _whose_slope(*numbers):
    """Say which of the five functions of lesson 1 has got the slope of another, or return ""."""
    step, linear, sigmoid, tanh, relu = numbers
    if sorted(numbers) != [1, 2, 3, 4, 5]:
        return "Type five numbers from 1 to 5, each of them once: those above the small pictures."
    if step != 2:
        return "The step is level on both sides of its jump. What is the slope of what is level?"
    if linear != 4:
        return "Linear climbs everywhere alike, by 1 for each 1 to the right."
    if relu != 3:
        return "ReLU is level up to 0, and from there on it climbs by 1 for each 1 to the right."
    return "" if tanh == 1 else "Tanh and the sigmoid have changed places: whose climb is the steeper one in the middle?"


PATIENTS = {  # of lesson 6: function, initialization, rate, and what their cure has done
    "P": ("relu", 400, 0.1, "its signal no longer explodes"), "Q": ("step", 1, 0.1, "its units have a slope now"),
    "R": ("leaky_relu", 400, 0.1, "its signal no longer explodes"), "S": ("sigmoid", 1, 0.1, "its signal no longer vanishes"),
    "T": ("tanh", 400, 0.1, "its units no longer sit on their flat ends"),
}


def _cured(run):
    """Return which patients a run has treated by one change, and what that does if it cures, or ""."""
    mine = [{*run.activations}, run.init, run.rate]
    told = [f"{name}: {done}" for name, (f, *chart, done) in PATIENTS.items()
            if sum(was != now for was, now in zip([{f}, *chart], mine)) == 1]
    fits = run.data == "circles" and run.layers == [6] * 4 and max(run.nets) <= 80
    return f"the circles. {'; '.join(told)}" if told and fits else ""


def _diagnosed(*given):
    """Say which of lesson 6's five patients is taken for another's illness, or return ""."""
    told = {
        "P": "its cost is a number, and its shares are 0. What do its crosses say?",
        "Q": "its shares are exactly 0, though no whole layer is crossed out. What stops a signal at once, without a dead layer?",
        "R": "its cost is nan, not a number. What makes a number into none?",
        "S": "read its shares from the top down. Is one of them 0? Do they shrink with each layer?",
        "T": "from the top its shares are 0.45, 1/35, 0.096 and 1/54. Do they shrink with each layer? Is one of them 0?",
    }
    off = [f"{name}: {hint}" for (name, hint), mine, right in zip(told.items(), given, (2, 3, 1, 4, 5)) if mine != right]
    return f"{5 - len(off)} of 5 are right. {off[0]}" if off else ""


def _rms(deltas):
    """Return the root mean square of some error signals."""
    return np.sqrt(np.mean(deltas**2))


def _zero(hidden):
    """Return how many layers are 0 for all points."""
    return sum(np.all(a == 0) for a in hidden)


EXERCISES = {
    "slopes": dict(
        right=(2, 4, 5, 1, 3),
        goal=_whose_slope,
        wrong={
            "Type five numbers from 1 to 5": [(0, 1, 0.25, 1, 1), (2, 2, 5, 1, 3), (2, 4, 5, 5, 3)],
            "The step": [(4, 2, 5, 1, 3), (3, 4, 5, 1, 2), (5, 4, 2, 1, 3), (4, 5, 1, 3, 2)],
            "Linear": [(2, 3, 5, 1, 4), (2, 5, 4, 1, 3), (2, 1, 5, 4, 3)],
            "ReLU": [(2, 4, 3, 1, 5), (2, 4, 5, 3, 1)],
            "Tanh and the sigmoid": [(2, 4, 1, 5, 3)],
        },
        more="Number 2 is 0 everywhere, 4 is 1 everywhere, 3 is first 0 and then 1. Two hills are left.",
    ),
    "hat": dict(
        right=lambda x: 2 * relu(x - 1) - 3 * relu(x - 2) + relu(x - 4),
        inputs=[(1.0,), (0.5,), (1.5,), (2.5,), (4.0,), (6.0,), (-1.0,), (0,), (np.linspace(-2, 8, 41),), (TABLE,), (WHOLE,)],
        uses=["relu"],
        draw=(-1, 7),
        wrong={
            "A weight is not the new slope but the change: at 2 the slope goes from 2 to -1.": [
                lambda x: 2 * relu(x - 1) - relu(x - 2),
                lambda x: 2 * relu(x - 1) - relu(x - 2) + relu(x - 4),
                lambda x: 2 * relu(x - 1) - relu(x - 2) - relu(x - 4),
                lambda x: 2 * relu(x - 1) - relu(x - 2) + 0.5 * relu(x - 4),
            ],
            "With these two it goes level at 2. It should fall: take more away.": [
                lambda x: 2 * relu(x - 1) - 2 * relu(x - 2),
                lambda x: 2 * relu(x - 1) - 2 * relu(x - 2) + relu(x - 4),
                lambda x: 2 * relu(x - 1) - 2 * relu(x - 2) - relu(x - 4),
            ],
            "Beyond 4 it runs on below 0. A third ReLU, which begins at 4, can turn it back.": [
                lambda x: 2 * relu(x - 1) - 3 * relu(x - 2),
            ],
            "From 2 to 4 the slope is -1. The third ReLU adds too much or too little to make it 0.": [
                lambda x: 2 * relu(x - 1) - 3 * relu(x - 2) + 2 * relu(x - 4),
                lambda x: 2 * relu(x - 1) - 3 * relu(x - 2) + 3 * relu(x - 4),
                lambda x: 2 * relu(x - 1) - 3 * relu(x - 2) + 0.5 * relu(x - 4),
            ],
            "The third ReLU bends it down once more. It has to bend it up.": [
                lambda x: 2 * relu(x - 1) - 3 * relu(x - 2) - relu(x - 4),
            ],
            "The third corner is at the wrong place: it belongs where the curve is back at 0.": [
                lambda x: 2 * relu(x - 1) - 3 * relu(x - 2) + relu(x - 3),
                lambda x: 2 * relu(x - 1) - 3 * relu(x - 2) + relu(x - 5),
            ],
            "At 2 it falls too steeply: from 2 to 4 the height goes from 2 to 0, a slope of -1.": [
                lambda x: 2 * relu(x - 1) - 4 * relu(x - 2),
                lambda x: 2 * relu(x - 1) - 4 * relu(x - 2) + relu(x - 4),
                lambda x: 2 * relu(x - 1) - 4 * relu(x - 2) + 2 * relu(x - 4),
            ],
            "From 1 to 2 it climbs to the height 2: the first weight is not 1.": [
                lambda x: relu(x - 1) - 2 * relu(x - 2) + relu(x - 4),
                lambda x: relu(x - 1) - 3 * relu(x - 2) + relu(x - 4),
                lambda x: relu(x - 1) - relu(x - 2),
                lambda x: relu(x - 1) - relu(x - 2) + relu(x - 4),
                lambda x: relu(x - 1) - 2 * relu(x - 2),
                lambda x: relu(x - 1) - 1.5 * relu(x - 2) + 0.5 * relu(x - 4),
                lambda x: relu(x - 1) + relu(x - 2) + relu(x - 4),
            ],
            "It climbs and never turns: that is one ReLU alone.": [
                relu,
                lambda x: relu(x - 1),
                lambda x: 2 * relu(x - 1),
            ],
            "All three push it up. A weight below 0 turns it down.": [
                lambda x: 2 * relu(x - 1) + 3 * relu(x - 2) + relu(x - 4),
                lambda x: 2 * relu(x - 1) + 3 * relu(x - 2) - relu(x - 4),
            ],
            "The signs are turned round: it should climb first.": [
                lambda x: -2 * relu(x - 1) + 3 * relu(x - 2) - relu(x - 4),
            ],
            "Its corners are at 0, 1 and 2, and it is only 1 high. Read off the places from the table.": [
                lambda x: relu(x) - 2 * relu(x - 1) + relu(x - 2),
                lambda x: relu(x) - 2 * relu(x - 1),
            ],
            "A corner at 2 is missing: there it should turn downwards.": [
                lambda x: 2 * relu(x - 1) - relu(x - 4),
                lambda x: 2 * relu(x - 1) - 2 * relu(x - 4),
                lambda x: 2 * relu(x - 1) - 3 * relu(x - 4),
                lambda x: 2 * relu(x - 1) + relu(x - 4),
            ],
            "Its corners are at 0, 1 and 3: all of it is 1 too far left.": [
                lambda x: 2 * relu(x) - 3 * relu(x - 1) + relu(x - 3),
            ],
            "relu(x + 1) begins at -1. A corner at 1 is relu(x - 1).": [
                lambda x: 2 * relu(x + 1) - 3 * relu(x + 2) + relu(x + 4),
            ],
            "A weight stands before relu: 2 * relu(x - 1). Inside, relu(2 * x - 1), it moves the corner.": [
                lambda x: relu(2 * x - 1) - relu(3 * x - 2) + relu(x - 4),
                lambda x: relu(2 * x - 1) - 3 * relu(x - 2) + relu(x - 4),
            ],
        },
        more="The slopes are 0, 2, -1, 0. The first weight is 2 - 0, the new slope less the old. And the other two?",
    ),
    "bowl": dict(
        right=lambda x1, x2: relu(x1) + relu(-x1) + relu(x2) + relu(-x2),
        inputs=[(1.0, -1.0), (-2.0, -0.5), (1.5, 1.0), (0, 0), (-1, 1), (LINE, LINE[::-1]), (TABLE, -TABLE), (WHOLE, WHOLE[::-1])],
        uses=["relu"],
        draw=(-3, 3),
        wrong={
            "It rises to the right and up only. A weight of -1 inside a ReLU makes it rise to the other side.": [
                lambda x1, x2: relu(x1) + relu(x2),
            ],
            "It rises to the left and down only. Right and up need a neuron each, too.": [
                lambda x1, x2: relu(-x1) + relu(-x2),
            ],
            "One of the four is missing: in its direction the bowl stays level, and the fence open.": [
                lambda x1, x2: relu(x1) + relu(-x1) + relu(x2),
                lambda x1, x2: relu(x1) + relu(-x1) + relu(-x2),
                lambda x1, x2: relu(x1) + relu(x2) + relu(-x2),
                lambda x1, x2: relu(-x1) + relu(x2) + relu(-x2),
            ],
            "It rises along one input only, so the fence is a band. The other input needs its two, too.": [
                lambda x1, x2: relu(x1) + relu(-x1),
                lambda x1, x2: relu(x2) + relu(-x2),
            ],
            "relu(x1) - relu(-x1) is just x1. Without a bend it is a straight formula: on one side it falls below 0.": [
                lambda x1, x2: x1 + x2,
                lambda x1, x2: x1 - x2,
                lambda x1, x2: relu(x1) - relu(-x1) - relu(x2) + relu(-x2),
            ],
            "A last weight of -1 makes it fall to one side. It is the weight inside that turns the direction round.": [
                lambda x1, x2: relu(x1) - relu(x1) + relu(x2) - relu(x2),
                lambda x1, x2: relu(x1) + relu(-x1) - relu(x2) - relu(-x2),
            ],
            "A neuron that takes both inputs rises along a diagonal. Each of the four takes one input alone.": [
                lambda x1, x2: relu(x1 + x2),
                lambda x1, x2: relu(x1 + x2) + relu(-x1 - x2),
                lambda x1, x2: relu(x1 + x2) + relu(x1 - x2) + relu(x2 - x1) + relu(-x1 - x2),
            ],
            "That bowl is made of three, and would close a fence, too. Here it should be one neuron for each direction.": [
                lambda x1, x2: relu(x1) + relu(x2) + relu(-x1 - x2),
            ],
            "The corners belong in the middle: leave the biases out.": [
                lambda x1, x2: relu(x1 - 1) + relu(-x1 - 1) + relu(x2 - 1) + relu(-x2 - 1),
                lambda x1, x2: relu(x1) + relu(1 - x1) + relu(x2) + relu(1 - x2),
            ],
            "That bowl is round. Four ReLUs, added up, have edges.": [
                lambda x1, x2: np.hypot(x1, x2),
            ],
            "That is the largest of them. Add them up.": [
                lambda x1, x2: np.maximum(relu(x1) + relu(-x1), relu(x2) + relu(-x2)),
            ],
        },
        more="Four terms, one for each direction: each takes one input, with a weight of 1 or -1 inside, and all are added.",
    ),
    "fit_by_hand": dict(
        right=(2.0, -6.5),
        goal=_fit,
        wrong={
            "The middle lies too far left": [(1.0, -1.0), (0.5, 0.0), (2.0, -4.0), (3.0, -6.0), (1.0, 1.0)],
            "The middle lies too far right": [(1.0, -6.0), (2.0, -9.0)],
            "First make it steeper": [(1.0, -3.25), (1.0, -3.0), (0.5, -1.5)],
            "Now make it steeper": [(1.25, -4.0)],
            "Now make it flatter": [(5.0, -16.0)],
            "That is nearly a step": [(30.0, -99.0)],
            "It is the bias first": [(-6.5, 2.0)],
            "A minus is missing": [(2.0, 6.5)],
            "It falls or lies flat": [(0.0, 0.0), (-1.0, 3.0)],
        },
        more="The middle of the curve lies at -b / w hours.",
    ),
    "update": dict(
        right=_update,
        inputs=[
            (1.0, -2.0, 4.0, np.array([2.0]), np.array([1.0])),
            (0.5, -1.0, 2.0, np.array([1.0, 4.0, 5.0]), np.array([0.0, 0.0, 1.0])),
            (3.0, -6.0, 5.0, np.array([0.5, 1.7, 2.4, 4.0]), np.array([0.0, 1.0, 0.0, 1.0])),
            (-1.0, 2.0, 0.1, np.array([0.0, 3.0]), np.array([1.0, 1.0])),
        ],
        uses=["sigmoid"],
        wrong={
            "That walks up. The rate times the slope is taken away, and the miss is a - passed.": [
                lambda w, b, rate, *exam: _update(w, b, -rate, *exam),
            ],
            "The rate is missing: it multiplies both slopes.": [lambda w, b, rate, *exam: _update(w, b, 1, *exam)],
            "These are the slopes. Take the rate times each away from the old w and b.": [
                lambda w, b, rate, *exam: tuple(-np.array(_update(0, 0, 1, *exam, at=(w, b)))),
            ],
            "That is how far they move. Add it to the old w and b.": [
                lambda w, b, rate, *exam: _update(0, 0, rate, *exam, at=(w, b)),
                lambda w, b, rate, *exam: tuple(-np.array(_update(0, 0, rate, *exam, at=(w, b)))),
            ],
            "It works from w = 3 and b = -6 only. Put w and b where these numbers stand.": [
                lambda w, b, rate, *exam: _update(w, b, rate, *exam, at=(3, -6)), lambda w, b, *exam: _update(3, -6, *exam),
            ],
            "These slopes hold at w = 3 and b = -6 only. Work them out from w, b, hours and passed.": [
                lambda w, b, rate, *exam: (w - rate * 0.0513, b - rate * 0.0212),
            ],
            "At the bias 1 comes in, not the hours: its slope is the mean of the slopes for z alone.": [
                lambda w, b, rate, *exam: (_update(w, b, rate, *exam)[0], _update(b, 0, rate, *exam, at=(w, b))[0]),
            ],
            "The hours are missing: at the weight they come in, so they multiply the slopes for z.": [
                lambda w, b, rate, *exam: (_update(0, w, rate, *exam, at=(w, b))[1], _update(w, b, rate, *exam)[1]),
            ],
            "What comes in at the weight are the hours: they multiply the slopes for z, and not w.": [
                lambda w, b, rate, *exam: (w + w * _update(0, 0, rate, *exam, at=(w, b))[1], _update(w, b, rate, *exam)[1]),
            ],
            "Multiply each student's slope for z by that student's hours, and then take the mean.": [
                lambda w, b, rate, *exam: (
                    w + np.mean(exam[0]) * _update(0, 0, rate, *exam, at=(w, b))[1], _update(w, b, rate, *exam)[1],
                ),
            ],
            "That adds up the slopes of all students. The cost is a mean, so take their mean.": [
                lambda w, b, rate, *exam: _update(w, b, rate * len(exam[0]), *exam),
            ],
            "The mean is missing: that moves w and b for each student apart.": [
                lambda w, b, rate, *exam: _update(w, b, rate, *exam, mean=np.asarray),
            ],
            "The slope of the sigmoid is missing, a * (1 - a).": [
                lambda w, b, rate, *exam: _update(w, b, rate, *exam, slope=lambda a, y: a - y),
            ],
            "The slope of the sigmoid is a * (1 - a): both factors.": [
                lambda w, b, rate, *exam: _update(w, b, rate, *exam, slope=lambda a, y: (a - y) * a),
                lambda w, b, rate, *exam: _update(w, b, rate, *exam, slope=lambda a, y: (a - y) * (1 - a)),
            ],
            "The miss is missing: multiply by a - passed.": [
                lambda w, b, rate, *exam: _update(w, b, rate, *exam, slope=lambda a, y: a * (1 - a)),
            ],
            "The slope of half a square is the miss itself, not its square.": [
                lambda w, b, rate, *exam: _update(w, b, rate, *exam, slope=lambda a, y: (a - y) ** 2 * a * (1 - a)),
                lambda w, b, rate, *exam: _update(w, b, rate, *exam, slope=lambda a, y: (a - y) ** 2 / 2 * a * (1 - a)),
            ],
            "The bias moves, too.": [lambda w, b, rate, *exam: (_update(w, b, rate, *exam)[0], b)],
            "The slope for b belongs to the old w: work out both slopes before either moves.": [
                lambda w, b, *rest: (_update(w, b, *rest)[0], _update(_update(w, b, *rest)[0], b, *rest)[1]),
            ],
        },
        more="Work out a and slope_z = (a - passed) * a * (1 - a) inside. np.mean(slope_z * hours) is the slope for w, np.mean(slope_z) for b.",
    ),
    "both_slopes": dict(
        right=(0.99, 0.009801),
        wrong={
            "Both are right, but the other way round: first the cross-entropy.": [(0.009801, 0.99)],
            "This student failed, so y is 0, and the miss is 0.99.": [(-0.01, -0.000099), (0.01, 0.000099), (0.99, -0.000099)],
            "More z costs more here, because this student failed: both slopes are above 0.": [(-0.99, -0.009801), (-0.99, 0.009801), (0.99, -0.009801)],
            "The first is right. For the second multiply the miss, 0.99, by the slope of the sigmoid, 0.99 times 0.01: four decimals.": [
                (0.99, 0.99), (0.99, 0.0099), (0.99, 0.0001), (0.99, 0.98), (0.99, 0.9801), (0.99, 0.01),
            ],
            "The second is right. The first is the slope for a, 100, times that of the sigmoid.": [(100, 0.009801), (1, 0.009801)],
            "The second is right. The first is the slope of the sigmoid alone. Multiply it by the slope for a, 1 / (1 - 0.99) = 100.": [(0.0099, 0.009801)],
            "The second is right. For the first, a - 1 is the miss of one who passed: this student failed, so y is 0.": [
                (-0.01, 0.009801), (0.01, 0.009801),
            ],
            "These are the slopes for a. Multiply each by that of the sigmoid, 0.99 times 0.01.": [(100, 0.99)],
        },
        more="The slope of the sigmoid is 0.99 times 0.01. The slope for a is 100 by the cross-entropy, 0.99 by the squared cost.",
    ),
    "kept": dict(
        right=_kept,
        inputs=[
            (TOLD, CAME, 0.2, 0.4),
            (TOLD, CAME, 0.8, 0.9),
            (TOLD, CAME, 0.5, 1.0),
            (TOLD[3:], CAME[:-3], 0.3, 0.6),
            (TOLD[::-1] ** 2, CAME, 0.0, 0.5),
        ],
        wrong={
            "That is the number of those who passed. Divide it by the number who were told so: take the mean.": [
                lambda a, passed, low, high: np.sum(passed[(a >= low) & (a < high)]),
            ],
            "That is what they were told on average. What share of them passed?": [
                lambda a, passed, low, high: np.mean(a[(a >= low) & (a < high)]),
            ],
            "That is a share of all students. Take only those who were told so.": [
                lambda a, passed, low, high: np.mean((a >= low) & (a < high) & (passed > 0)),
            ],
            "That is the share of all students who were told so. What share of these passed?": [
                lambda a, passed, low, high: np.mean((a >= low) & (a < high)),
            ],
            "That is turned round: of those who passed, the share that was told so.": [
                lambda a, passed, low, high: np.mean(((a >= low) & (a < high))[passed > 0]),
            ],
            "Those told high or more must be left out, too.": [lambda a, passed, low, high: np.mean(passed[a >= low])],
            "Those told less than low must be left out, too.": [lambda a, passed, low, high: np.mean(passed[a < high])],
            "At least low: those told just low belong to it.": [
                lambda a, passed, low, high: np.mean(passed[(a > low) & (a < high)]),
            ],
            "Less than high: those told just high do not belong to it.": [
                lambda a, passed, low, high: np.mean(passed[(a >= low) & (a <= high)]),
            ],
            "At least low, less than high: low itself belongs to it, and high does not.": [
                lambda a, passed, low, high: np.mean(passed[(a > low) & (a <= high)]),
            ],
            "With | one of the two is enough. Both must hold: that is &.": [
                lambda a, passed, low, high: np.mean(passed[(a >= low) | (a < high)]),
            ],
            "That is the share that failed.": [lambda *given: 1 - _kept(*given)],
            "That is in percent. A share lies between 0 and 1.": [lambda *given: 100 * _kept(*given)],
        },
        more="Which students count: (a >= low) & (a < high). Of their passed, take the mean.",
    ),
    "sigmoid": dict(
        right=sigmoid,
        inputs=[*NUMBERS, (1000.0,), (-1000.0,), (FAR,)],
        draw=(-6, 6),
        wrong={
            "It is twice as steep as it should be: inside stands z, not 2 z.": [lambda x: sigmoid(2 * np.asarray(x))],
            "The power is one of e: np.exp.": [
                lambda x: sigmoid(np.asarray(x) * np.log(10)),
                lambda x: sigmoid(np.asarray(x) * np.log(2)),
            ],
            "The value is right, but e to the power of 1000 is too large. Ask only for np.exp(-np.abs(z)).": [
                lambda x: 1 / (1 + np.exp(-np.asarray(x))),
            ],
            "Infinity over infinity is no number. Ask only for np.exp(-np.abs(z)), which is at most 1.": [
                lambda x: np.exp(x) / (1 + np.exp(x)),
            ],
            "np.where works out both sides, the bad one too. Ask only for np.exp(-np.abs(z)).": [
                lambda x: np.where(x >= 0, 1 / (1 + np.exp(-x)), np.exp(x) / (1 + np.exp(x))),
            ],
            "Right for positive z only. Below 0 the top is e, not 1.": [lambda x: 1 / (1 + np.exp(-np.abs(x)))],
            "Right for negative z only. Above 0 the top is 1, not e.": [
                lambda x: np.exp(-np.abs(x)) / (1 + np.exp(-np.abs(x))),
            ],
            "It falls where it should rise: look at the sign of z, or at which side gets 1.": [
                lambda x: sigmoid(-np.asarray(x)),
            ],
            "A pair of brackets is missing: all of 1 + np.exp(-z) stands below the line.": [
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
        more="e = np.exp(-np.abs(z)) is never above 1. For positive z the value is 1 / (1 + e), for negative z it "
        "is e / (1 + e).",
    ),
    "chain_signal": dict(
        right=(0.03, -0.02),
        wrong={
            "Both are right, but the other way round: first the error signal, then the slope for w2.": [(-0.02, 0.03)],
            "A sign is lost on the way: -0.2 and -3 are negative, so the first signal is positive, the slope for w2 negative.": [
                (-0.03, -0.02), (0.03, 0.02), (-0.03, 0.02), (-0.03, -0.02)
            ],
            "The slope of the last neuron is already in its error signal: do not multiply by 0.2 again.": [
                (0.006, -0.004), (0.006, -0.02)
            ],
            "On the way back to neuron 1 lies w2, not w1: w1 leads into neuron 1.": [
                (-0.005, -0.02), (0.015, -0.02)
            ],
            "A weight is missing in the first: on the way back to neuron 1 lies w2, -3.": [(-0.01, -0.02)],
            "Two factors too many: w1 leads into neuron 1, and the slope of the last neuron is already in its error signal.": [
                (0.003, -0.02), (0.003, -0.004)
            ],
            "Each step back multiplies by the slope of the neuron where it arrives: 0.1, then 0.25.": [
                (1.2, 0.2), (1.2, -0.2), (0.12, -0.02), (0.3, -0.2), (0.3, -0.02), (0.024, -0.04), (0.06, -0.05),
                (0.03, -0.05), (0.075, -0.05), (0.012, -0.02), (0.06, -0.02)
            ],
            "The signal is right. The slope for w2 is the error signal behind it, that of neuron 2, times what came in, 0.5.": [
                (0.03, 0.015), (0.03, 0.1), (0.03, -0.1), (0.03, -0.04), (0.03, 0.06), (0.03, 0.03),
                (0.03, -0.008), (0.03, 0.12), (0.03, -0.004)
            ],
            "-0.04 is the signal of neuron 2. It has one more step to go, to neuron 1.": [
                (-0.04, -0.02), (-0.04, 0.03), (-0.04, 0.015), (-0.04, -0.01)
            ],
        },
        more="-0.2 * 2 * 0.1 = -0.04 is the signal of neuron 2. It times w2 and 0.25 is the first answer, times 0.5 the second.",
    ),
    "step_back": dict(
        right=lambda d, W, s: W @ d * s,
        inputs=[
            (B[0], B, np.array([0.5, 2.0])),
            (np.array([0.2, -0.1]), np.array([[1.0, -2.0], [2.0, 1.0]]), np.array([0.2, 0.1])),
            (np.array([1.0, -1.0]), B.T, np.array([0.5, 1.0, -2.0])),
        ],
        wrong={
            "The sum of a neuron goes over its row of W. You have added up the columns.": [
                lambda d, W, s: W.T @ d * s,
                lambda d, W, s: d @ W * s,
                lambda d, W, s: W.T @ d,
            ],
            "Added up rightly. Now each neuron multiplies by its own slope.": [lambda d, W, s: W @ d],
            "Slopes multiply, they do not add.": [lambda d, W, s: W @ d + s],
            "The slope belongs to the layer before: first add up, then multiply by the slope.": [
                lambda d, W, s: W @ (d * s),
            ],
            "sum goes down the columns. The sum of a neuron goes over its row of W: @ does that.": [
                lambda d, W, s: sum(W * d) * s,
            ],
            "* goes number by number, and nothing is added up. @ adds up each row.": [
                lambda d, W, s: W * d * s,
                lambda d, W, s: W * d,
            ],
            "That is one number for all. Each neuron gets its own: the sum over its row.": [
                lambda d, W, s: np.sum(W * d) * s,
            ],
            "Multiply by the slope, do not divide.": [lambda d, W, s: W @ d / s],
            "Each neuron multiplies by its own slope, number by number: * and not @.": [lambda d, W, s: W @ d @ s],
        },
        more="Two moves: W @ delta adds up what comes back, then * slope.",
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
            "The rule takes the root of the initialization already. So give the initialization, not its root.": [1.118],
            "First square the slopes, then take their mean: not the square of the mean.": [6.25],
            "2 fits ReLU: on for a half, slope 1. This bend is on for a fifth, with slope 2.": [2],
            "The fifth comes in once: four of the five squares are 0, and one is 4.": [0.05, 0.25],
        },
        more="The squares of five slopes are 4, 0, 0, 0, 0. What does their mean have to be multiplied by to give 1?",
    ),
    "find_dead": dict(
        right=lambda a: np.all(a == 0, axis=0),
        inputs=[
            (np.array([[0.0, 1.2, 0.0, 0.0, 0.3], [0.0, 0.0, 0.7, 0.0, 2.0]]),),
            (np.array([[0.0, 2.0], [0.0, 0.0], [0.0, 0.0]]),),
            (np.array([[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [1e-9, 0.0, 0.0], [0.0, 3.0, 0.0]]),),
            (np.array([[0.5, 0.1, 0.0], [0.0, 2.0, 0.0], [0.0, 0.4, 0.0]]),),
            (np.array([[0.0, 0.0]] * 5 + [[0.0, 1.5]]),),
        ],
        wrong={
            "It says which units live. Dead are the others.": [
                lambda a: np.any(a != 0, axis=0),
                lambda a: np.any(a > 0, axis=0),
                lambda a: np.all(a != 0, axis=0),
            ],
            "One 0 in a column makes a unit inactive for that point. Dead takes zeros all the way down.": [
                lambda a: np.any(a == 0, axis=0),
                lambda a: np.min(a, axis=0) == 0,
            ],
            "That goes along the rows, a point each. A unit is a column: axis=0 goes down.": [
                lambda a: np.all(a == 0, axis=1),
                lambda a: np.any(a == 0, axis=1),
            ],
            "That looks at some points only. All of them count.": [lambda a: a[0] == 0, lambda a: a[-1] == 0],
            "That is whether the whole layer is dead. axis=0 asks each column.": [lambda a: np.all(a == 0)],
            "That asks each number. Now ask each column whether all of it is True.": [lambda a: a == 0],
            "That says how many are dead. Which ones are they: True or False for each.": [
                lambda a: np.sum(np.all(a == 0, axis=0)),
            ],
            "These are the numbers of the dead units. Asked for is True or False for each unit.": [
                lambda a: np.flatnonzero(np.all(a == 0, axis=0)),
            ],
            "These are sizes. Of which size is a unit that puts out 0 for every point?": [
                lambda a: np.mean(a, axis=0),
                lambda a: np.max(a, axis=0),
                lambda a: np.sum(a, axis=0),
            ],
            "These are counts. When is a count that of a dead unit?": [
                lambda a: np.sum(a == 0, axis=0),
                lambda a: np.sum(a > 0, axis=0),
            ],
            "Faint is not dead: a unit that puts out very little still has slope 1.": [
                lambda a: np.all(a < 1e-6, axis=0),
                lambda a: np.round(a.max(axis=0), 3) == 0,
            ],
        },
        more="For one unit, the column a[:, 0], it is np.all(a[:, 0] == 0). With axis=0 it is done for each column.",
    ),
    "learning_units": dict(
        right=3,
        within=0.1,
        wrong={
            "These are all that are not dead. But every way back to layer 1 leads through layer 2.": [7],
            "Do you count the output, or layer 1? Only hidden units are asked for, and layer 2 lets nothing through.": [4],
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
        right=lambda x, wish: x / ((x - wish) * (x**2 + 1)),
        inputs=[(2.0, 1.0), (3.0, 1.0), (3.0, 2.5), (1.5, 0.5), (0.5, 0.25), (2.0, 0.0)],
        wrong={
            "The bias falls as well, by rate · δ.": [lambda x, wish: 1 / ((x - wish) * x)],
            "w falls by rate · δ · x, and in z it is multiplied by x once more.": [
                lambda x, wish: x / ((x - wish) * (x + 1)),
                lambda x, wish: 1 / (x - wish),
            ],
            "At this rate z meets the wish. It is dead where z is not above 0.": [lambda x, wish: 1 / (x**2 + 1)],
            "The slopes hold δ, and δ is x − wish.": [
                lambda x, wish: x / (x**2 + 1),
                lambda x, wish: x / (wish * (x**2 + 1)),
            ],
            "That is for the point 2 and the wish 1. Use the x and the wish that are handed over.": [lambda x, wish: 0.4],
            "Brackets: rate · δ comes with both, so it is multiplied by (x² + 1).": [
                lambda x, wish: x / ((x - wish) * x**2 + 1),
            ],
            "The error signal is what it puts out less the wish.": [lambda x, wish: x / ((wish - x) * (x**2 + 1))],
            "That is how far z falls at rate 1. At which rate does it fall by x?": [
                lambda x, wish: (x - wish) * (x**2 + 1),
                lambda x, wish: (x - wish) * (x**2 + 1) / x,
            ],
            "That is z after an update at rate 1. At which rate is it 0?": [lambda x, wish: x - (x - wish) * (x**2 + 1)],
        },
        more="z is x − rate · (x − wish) · (x² + 1). Set it to 0 and solve for the rate.",
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
    "fence_of_hills": dict(
        right=(-1, -8.7, -2.7),
        goal=_fenced,
        wrong={
            "lower end comes first": [(-1, -2.7, -8.7), (-2, -5.4, -17.4)],
            "does not turn the hills": [(0, 0, 0), (1, -8.7, -2.7), (1, 2.7, 8.7)],
            "ten times too far": [(-1, -87, -27)],
            "have a minus": [(-1, 8.7, 2.7), (-2, 17.4, 5.4)],
            "if b is 0": [(-1, -8, -4), (-1, -8.7, -0.3), (-2, -8.7, -2.7)],
        },
        more="A negative w turns the hills over. At 1 the line plus b must be below 0, at 2 above.",
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
    "letters": dict(
        right=(2, 3, 1, 4, 5),
        goal=_diagnosed,
        wrong={
            "P: its cost is a number": [(3, 2, 1, 4, 5), (1, 3, 2, 4, 5), (4, 3, 1, 4, 5)],
            "Q: its shares are exactly 0": [(2, 2, 1, 4, 5), (2, 4, 1, 3, 5), (2, 5, 1, 4, 3)],
            "R: its cost is nan": [(2, 3, 2, 4, 5), (2, 3, 5, 4, 1), (2, 3, 4, 1, 5)],
            "S: read its shares": [(2, 3, 1, 5, 4), (2, 3, 1, 5, 5), (2, 3, 1, 3, 5)],
            "T: from the top": [(2, 3, 1, 4, 4), (2, 3, 1, 4, 3), (2, 3, 1, 4, 2)],
        },
        more="R is a, by its cost. P has whole layers of crosses, Q has not, and both have shares of 0. Of S and T one has shares "
        "that shrink with each layer.",
    ),
    "cure": dict(
        task="change one thing of a patient, function, init or rate, not two; the circles, its layers, 80 epochs or fewer",
        goal=_cured,
        right=dict(data="circles", layers=[6] * 4, activations="relu", init=2, rate=0.1, epochs=40),
        wrong={
            "What made this patient ill: for P, R and T the first weights, for Q the slopes, for S the shares? Your change has to meet that. "
            "If the points right still rise at the end, take all 80 epochs; if you have, try more, and less.": [
                dict(data="circles", layers=[6] * 4, activations="tanh", init=400, rate=0.1, epochs=40),
                dict(data="circles", layers=[6] * 4, activations="step", init=400, rate=0.1, epochs=40),
                dict(data="circles", layers=[6] * 4, activations="relu", init=400, rate=0.001, epochs=40),
                dict(data="circles", layers=[6] * 4, activations="sigmoid", init=16, rate=0.1, epochs=40),
                dict(data="circles", layers=[6] * 4, activations="sigmoid", init=1, rate=1, epochs=80),
            ],
        },
        more="P, R and T have a good function, and an initialization of 400 where lessons 3 and 4 found one that fits. Q needs "
        "a slope, and S an initialization some ten to thirty times as large, not a hundred. A smaller rate leaves huge weights huge.",
        uses=["play"],
    ),
    "instrument": dict(
        right=lambda hidden, deltas: (_zero(hidden), _rms(deltas[0]) / _rms(deltas[-1])),
        inputs=[
            ([TABLE, 0 * TABLE], [TABLE / 10, TABLE, A[:, :1]]),
            ([np.maximum(TABLE, 0), A, B], [A, A - 3, B, B[:, :1]]),
            ([0 * A, TABLE, 0 * B], [0 * A, A, 5 * A[:, 1:]]),
            ([np.maximum(TABLE - 1, 0)], [B / 1000, A[:, 1:]]),
        ],
        wrong={
            "First how many layers, then the share.": [lambda hidden, deltas: (_rms(deltas[0]) / _rms(deltas[-1]), _zero(hidden))],
            "The share is the first layer's signal divided by the output's, not the other way round.": [
                lambda hidden, deltas: (_zero(hidden), _rms(deltas[-1]) / _rms(deltas[0])),
            ],
            "Square first, then take the mean and the root: signals above and below 0 would cancel.": [
                lambda hidden, deltas: (_zero(hidden), np.mean(deltas[0]) / np.mean(deltas[-1])),
            ],
            "That is the mean of their sizes. The root mean square squares them first.": [
                lambda hidden, deltas: (_zero(hidden), np.mean(abs(deltas[0])) / np.mean(abs(deltas[-1]))),
            ],
            "The root is missing.": [lambda hidden, deltas: (_zero(hidden), np.mean(deltas[0]**2) / np.mean(deltas[-1]**2))],
            "Layers have different sizes, so take means, not sums.": [
                lambda hidden, deltas: (_zero(hidden), np.sqrt(np.sum(deltas[0]**2) / np.sum(deltas[-1]**2))),
            ],
            "The output's signal is the last of deltas.": [
                lambda hidden, deltas: (_zero(hidden), _rms(deltas[0]) / _rms(deltas[-2])),
                lambda hidden, deltas: (_zero(hidden), _rms(deltas[0]) / _rms(deltas[1])),
            ],
            "Divide by the signal of the output.": [lambda hidden, deltas: (_zero(hidden), _rms(deltas[0]))],
            "Count layers that are 0 as a whole. You have counted those with a 0 somewhere.": [
                lambda hidden, deltas: (sum(np.any(a == 0) for a in hidden), _rms(deltas[0]) / _rms(deltas[-1])),
            ],
            "Count layers, not units.": [
                lambda hidden, deltas: (sum(np.sum(np.all(a == 0, axis=0)) for a in hidden), _rms(deltas[0]) / _rms(deltas[-1])),
            ],
            "You have counted the layers that are not all 0.": [
                lambda hidden, deltas: (len(hidden) - _zero(hidden), _rms(deltas[0]) / _rms(deltas[-1])),
            ],
        },
        more="sum(np.all(a == 0) for a in hidden) counts, and np.sqrt(np.mean(d**2)) is the size of the signals d of one layer.",
    ),
    "healthy": dict(
        right=(3, 8, 5, 2, 4),
        within=0,
        wrong={
            "J and N both have a share of 0. In which of them is a whole layer 0 for all points?": [(4, 8, 5, 2, 3), (3, 8, 5, 2, 3), (4, 8, 5, 2, 4)],
            "Half of the signal reaches the first layer of K: that is no vanishing. Ask it all questions.": [(3, 6, 5, 2, 4)],
            "The last cost of K is that of guessing, 2.30, or nearly. Low is below half of it.": [(3, 2, 5, 2, 4)],
            "A few values of K reach 0.9, but most lie near 0, where tanh is steep. Ask the last question, too.": [(3, 5, 5, 2, 4)],
            "K has a signal, and units that are not 0. Ask it all questions.": [(3, 4, 5, 2, 4), (3, 3, 5, 2, 4)],
            "The share of J is exactly 0, and one that vanishes is 0 nowhere. What does its layer 2 put out?": [(6, 8, 5, 2, 4)],
            "M has a small share and dead units. But look at its cost.": [(3, 8, 5, 6, 4), (3, 8, 5, 3, 4)],
            "M's cost is a hundredth of guessing. Nothing more is to be learned.": [(3, 8, 5, 8, 4)],
            "A cost of nan, or one that leaps or goes up and down, comes of too large updates. None of these five costs changes much any more.": [
                (7, 8, 5, 2, 4), (3, 7, 5, 2, 4), (3, 8, 7, 2, 4), (3, 8, 5, 2, 7),
                (1, 8, 5, 2, 4), (3, 1, 5, 2, 4), (3, 8, 1, 2, 4), (3, 8, 5, 2, 1),
            ],
            "J began with a cost of 96, so its weights were huge. But it is not its values that lie at the ends: they are 0.": [(5, 8, 5, 2, 4)],
            "L has come down, but 1.6 is far from right for ten kinds. Where do its values lie?": [(3, 8, 2, 2, 4)],
            "The share of L is hardly smaller than that of M, who has learned. Where do its values lie?": [(3, 8, 6, 2, 4), (3, 8, 8, 2, 4)],
            "N puts out 0 or 1, which are ends as well. But its share is exactly 0: on a flat end some of it is left, unless enormous weights round it to 0.": [(3, 8, 5, 2, 5)],
            "The share of N is exactly 0, and one that vanishes is 0 nowhere.": [(3, 8, 5, 2, 6)],
        },
        more="First the cost: who has come far below 2.30? Then the share: small, or exactly 0? Then what the units put out. "
        "Who says no to all of it?",
    ),
    "few_units": dict(
        task="the spiral with 4 hidden units or fewer, in 60 epochs or fewer",
        goal=lambda run: run.data == "spiral" and sum(run.layers) <= 4 and max(run.nets) <= 60,
        right=dict(data="spiral", layers=[4], activations="tanh", init=1, rate=0.5, epochs=60),
        wrong={
            "Units side by side each see the points; units behind each other see only what is passed on. "
            "All side by side already? Try a function that bends on both sides. Tanhs already? A larger rate, or another seed.": [
                dict(data="spiral", layers=[4], epochs=60),
                dict(data="spiral", layers=[4], activations="linear", epochs=60),
                dict(data="spiral", layers=[2, 2], epochs=60),
                dict(data="spiral", layers=[4], activations="relu", init=2, epochs=60),
            ],
        },
        more="All four in the first layer, where they see the points, with tanh, and a rate of about 0.5.",
        uses=["play"],
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
        more="Two layers of sixteen or so, an initialization that fits. Then the rate, which counts for more than the width: "
        "between one that is too slow and one that kills.",
        uses=["play"],
    ),
    "six_sigmoids": dict(
        task="the circles in 200 epochs or fewer, with six hidden layers, all of them sigmoid",
        goal=lambda run: run.data == "circles" and len(run.layers) == 6 and {*run.activations} == {"sigmoid"} and max(run.nets) <= 200,
        right=dict(data="circles", layers=[8] * 6, activations="sigmoid", init=16),
        wrong={
            "Fewer than 200 epochs? Take them all. Each layer multiplies the error signal by the root of the initialization times "
            "the slope. The slope is 0.25 at best. The initialization is yours.": [
                dict(data="circles", layers=[8] * 6, activations="sigmoid", epochs=60),
                dict(data="circles", layers=[8] * 6, activations="sigmoid", rate=1, epochs=60),
            ],
        },
        more="A factor twice as large takes an initialization four times as large, and so on with its square.",
        uses=["play"],
    ),
}
