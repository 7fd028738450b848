"""Check that exercises, predictions and quizzes answer: right ones, wrong ones, and nonsense."""

import inspect
import os
import re
import signal
import subprocess
import sys
import textwrap
import threading
import time
import types
import warnings
import xml.etree.ElementTree as ET
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import GUESSES, SAMPLES
from test_notebooks import code, found, load

import lessons
from lessons import play, practice, predict, relu, reply, step
from lessons.practice import EXERCISES, check, verdict, yours_or_ours

PREDICTIONS = lessons.guesses.PREDICTIONS
FUNCTIONS = {name: exercise for name, exercise in EXERCISES.items() if callable(exercise.right)}
RUNS = [name for name, exercise in EXERCISES.items() if exercise.task]
TYPED = [name for name in EXERCISES if name not in FUNCTIONS and name not in RUNS]


@pytest.fixture(autouse=True)
def samples(monkeypatch):
    """Put the samples in place of the lessons' own exercises, and forget which hints have been given."""
    monkeypatch.setattr(practice, "EXERCISES", SAMPLES)
    monkeypatch.setattr(lessons.guesses, "PREDICTIONS", PREDICTIONS | {f"my {name}": GUESSES[name] for name in GUESSES})
    monkeypatch.setattr(practice, "_last", {})


@pytest.fixture
def own(monkeypatch, samples):
    """Put the lessons' own exercises back."""
    monkeypatch.setattr(practice, "EXERCISES", EXERCISES)


of_the_lessons = pytest.mark.usefixtures("own")


def exercises():
    """Return, for each exercise of the lessons that asks for a function, its name, its stub and its folded solution."""
    for cells in (load(name).cells for name in found):
        for stub, asked, folded in zip(cells, cells[1:], cells[2:]):
            if match := re.match(r'check\("(\w+)", (\w+)\)', asked.source):
                if match[1] in FUNCTIONS:
                    yield match[1], match[2], stub.source, re.search("```python\n(.*?)```", folded.source, re.S)[1]


def define(source, function, uses=()):
    """Return the function that source defines, where np is known and what the exercise allows to use."""
    scope = {"np": np} | {name: getattr(lessons, name) for name in uses}
    exec(source, scope)
    return scope[function]


def said(name, answer):
    """Return what check prints of an answer."""
    return verdict(name, answer)[0]


def body(name, text):
    """Return an answer to a sample: a function of these lines."""
    return define(f"def f{inspect.signature(SAMPLES[name].right)}:\n" + textwrap.indent(text, "    "), "f")


# The table, and the lessons that ask


by_exercise = pytest.mark.parametrize(
    "name, function, stub, solution", list(exercises()), ids=[row[0] for row in exercises()]
)
known = [
    (name, hint, n) for name, ex in FUNCTIONS.items() for hint, wrongs in ex.wrong.items() for n in range(len(wrongs))
]


def test_lessons_set_every_exercise_once():
    asked = re.findall(r'check\("(\w+)"', "\n".join(cell.source for lesson in found for cell in code(lesson)))
    assert sorted(asked) == sorted(EXERCISES) and len(asked) >= 12


def test_entry_of_the_table_is_whole():
    for exercise in EXERCISES.values():
        assert exercise.more and exercise.more not in exercise.wrong
        assert all(isinstance(wrongs, list) and wrongs for wrongs in exercise.wrong.values())
        assert all(name in lessons.__all__ for name in exercise.uses)
        assert not callable(exercise.right) or len(exercise.wrong) >= 3 and len(exercise.inputs) >= 3
        assert not exercise.draw or exercise.draw[0] < exercise.draw[1]


@of_the_lessons
@by_exercise
def test_folded_solution_passes(name, function, stub, solution):
    answer = define(solution, function, EXERCISES[name].uses)
    assert verdict(name, answer) == (f"{name}: right, for all {len(EXERCISES[name].inputs)} inputs tried.", "")
    with np.errstate(all="raise"), warnings.catch_warnings(action="error"):  # as a learner may have set them
        assert said(name, answer).startswith(f"{name}: right, for all ")


@of_the_lessons
@by_exercise
def test_stub_is_not_written_yet(name, function, stub, solution):
    assert said(name, define(stub, function)) == f"{name}: not written yet. Put your code in place of the dots."


@of_the_lessons
@pytest.mark.parametrize("name, hint, number", known, ids=[f"{name}-{hint[:30]}-{n}" for name, hint, n in known])
def test_known_mistake_gets_its_hint(name, hint, number):
    text, svg = verdict(name, EXERCISES[name].wrong[hint][number])
    assert text.startswith(f"{name}: for the input ") and text.endswith(hint)


@of_the_lessons
@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_input_is_told_from_its_neighbours(name):
    """Each right answer changes with its input, so that no constant and no copy of the input passes."""
    exercise = EXERCISES[name]
    assert "right, for" not in said(name, lambda *args: exercise.right(*exercise.inputs[0]))
    assert "right, for" not in said(name, lambda *args: args[0])


@of_the_lessons
@pytest.mark.parametrize("name", TYPED)
def test_typed_answers_of_the_table(name):
    exercise, words = EXERCISES[name], isinstance(EXERCISES[name].right, (str, list))
    for right in exercise.right if isinstance(exercise.right, list) else [exercise.right]:
        assert said(name, right) == said(name, f"{right}".strip("()")) == f"{name}: right."
    for hint, wrongs in exercise.wrong.items():
        texts = [said(name, wrong) for wrong in wrongs if not practice._last.clear()]
        assert all(text.startswith(f"{name}: not ") and exercise.more not in text for text in texts)
        assert (any if exercise.goal else all)(hint in text for text in texts), (hint, texts)
    for unknown in ("banana", "seventeen elephants", "?", "", {}, b"1", [], object(), *([17, -5] * words)):
        assert said(name, unknown).startswith(f"{name}: please answer with "), unknown


@of_the_lessons
@pytest.mark.parametrize(
    "name, text, passes",
    [
        ("kept", "of = [p for told, p in zip(a, passed) if low <= told < high]\nreturn sum(of) / len(of)", True),
        ("kept", "return passed[(a >= low) * (a < high)].mean()", True),
        ("kept", "return np.mean(passed[a >= low][a[a >= low] < high])", True),
        ("hat", "return relu(np.minimum(2 * x - 2, 4 - x))", True),
        ("hat", "return relu(2 * relu(x - 1) - 3 * relu(x - 2))", True),
        ("hat", "return 2 * relu(x - 1) - 3 * relu(x - 2) + relu(x - 4) - relu(x - 7)", False),
        ("leaky_slope", "return np.ma.array(np.where(np.asarray(x) > 0, 1.0, alpha))", True),
        ("leaky_slope", "return alpha + (1 - alpha) * (np.asarray(x) > 0)", True),
        ("leaky_slope", "return np.where(np.asarray(x) > 0, 1, abs(alpha))", False),
        ("leaky_slope", "return np.maximum(np.asarray(x) > 0, alpha)", False),
        ("sigmoid", "return 1 / (1 + np.exp(-np.clip(z, -700, 700)))", True),
        ("sigmoid", "return (1 + np.tanh(np.asarray(z) / 2)) / 2", True),
        ("sigmoid", "return np.clip(0.5 + np.asarray(z) / 4, 0, 1)", False),
        ("step_back", "return slope * (delta @ W.T)", True),
        ("step_back", "return np.einsum('j,ij->i', delta, W) * slope", True),
    ],
)  # fmt: skip
def test_other_styles_pass_and_what_is_right_by_chance_does_not(name, text, passes):
    stub, function = next((stub, function) for row, function, stub, _ in exercises() if row == name)
    answer = define(stub.splitlines()[0] + "\n" + textwrap.indent(text, "    "), function, EXERCISES[name].uses)
    assert (f"{name}: right, for all " if passes else "and should get") in said(name, answer)


# What any answer can suffer


@pytest.mark.parametrize(
    "name, text, words",
    [
        ("relu", "pass", "it gives back None. Is there a `return` on every way"),
        ("relu", "print(np.maximum(x, 0))", "It prints its result. `return` hands it over."),
        ("relu", "return np.maximum(x, 0),", "A comma at the end"),
        ("he_start", "return [np.sqrt(2 / n_in)]", "a number in an array of one"),
        ("collapse", "return W1 @ W2, ...", "There are dots left"),
        ("relu", "return 2 * ...", "There are dots left"),
        ("collapse", "return W1 @ W2", "Give back all that is asked for"),
        ("collapse", "return b1 @ W2 + b2, W1 @ W2", "in the wrong order"),
        ("collapse", "return W1 @ W2, b1 @ W2 + 2 * b2", "number 2 is wrong"),
        ("softmax", "return (v for v in x)", "a recipe for numbers"),
        ("softmax", "return [float(np.exp(v)) for v in x]", "These do not add up to 1"),
        ("leak", "return np.maximum(x, 0)", "Nothing leaks"),
        ("sizes", "return [np.min(a) for a in arrays]", "and should get [2, 30]. np.max."),
        ("sizes", "return arrays", "These are all."),
        ("sizes", "return [-np.max(a) for a in arrays]", "The sign is wrong"),
        ("he_start", "return np.sqrt", "That is a function. Call it"),
        ("he_start", "return f'{np.sqrt(2 / n_in)}'", "That is text"),
        ("he_start", "return np.sqrt(2 / n_in) + 0j", "complex"),
        ("he_start", "return {1: 2}", "Numbers are asked for."),
        ("relu", "return x, [1, 2], x", "One thing is asked for, and several come back."),
        ("collapse", "return 'W', 'b'", "Numbers are asked for."),
        ("he_start", "return 0.3", "the same for every input"),
        ("he_start", "return -np.sqrt(2 / n_in)", "The sign is wrong"),
        ("he_start", "return (n_in / 2) ** 0.5", "It stands upside down"),
        ("he_start", "return round((2 / n_in) ** 0.5, 3)", "Nearly: is something rounded"),
        ("he_start", "return 3 * (2 / n_in) ** 0.5", "right but for a factor"),
        ("he_start", "return 3 + (2 / n_in) ** 0.5", "off by the same amount"),
        ("he_start", "return (2 / n_in) ** 0.25", "the square root of what it should be"),
        ("he_start", "return np.random.default_rng().uniform()", "Asked again"),
        ("relu", "return np.maximum(x, 0).astype(int)", "What stands behind the point is cut off"),
        ("relu", "return np.round(np.maximum(x, 0))", "rounded to whole numbers"),
        ("relu", "return np.where(x == 0, 7, np.maximum(x, 0))", "at 0, and only there"),
        ("relu", "return np.where(np.asarray(x) < 0, 0 * x + 7, x)", "below 0, and only there"),
        ("relu", "return np.maximum(x, 0) if np.ndim(x) < 2 else x + 9", "Only a table goes wrong"),
        ("relu", "return np.maximum(x, 0) if np.ndim(x) else x + 9", "Only one number alone goes wrong"),
        ("relu", "return np.maximum(x, 0) + 9 * (np.ndim(x) > 0)", "Only a whole array goes wrong"),
        ("relu", "return np.maximum(x, 0) * np.nan", "nan is no number"),
        ("step_back", "return (d @ W.T * s).T", "Rows and columns are swapped"),
        ("step_back", "return (d @ W.T * s).sum()", "one number for all"),
        ("dead_units", "return a", "One number is asked for."),
        ("relu", "return np.maximum(x, 0)[None] if np.ndim(x) else max(x, 0)", "another shape"),
        ("relu", "if np.ndim(x):\n    x[x < 0] = 0\n    return x\nreturn max(x, 0)", "changed the input itself"),
        ("relu", "y = np.maximum(x, 0)\nx += 1\nreturn y", "changed the input"),
        ("leak", "if np.ndim(x):\n    x[x < 0] *= alpha\n    return x\nreturn alpha * x", "changed the input"),
        ("relu", "return undefined", "That name is not known here"),
        ("relu", "return max(0, x)", "`max` asks"),
        ("relu", "return x if x > 0 else 0", "Python wants one yes or no"),
        ("sigmoid", "import math\nreturn 1 / (1 + math.exp(-x))", "The functions of `math` take one number"),
        ("sigmoid", "return 1 / (1 + np.e ** -x)", "e to a large power"),
        ("he_start", "return (2 / n_in) ^ (1 / 2)", "A power is ** in Python"),
        ("relu", "return [max(0, v) for v in x]", "one plain number: it cannot be indexed or looped over"),
        ("relu", "raise SystemExit(3)", "it says 'SystemExit: 3'"),
        ("relu", "return (lambda x, y: x)(x)", "Keep the arguments"),
    ],
)
def test_symptom_is_named(name, text, words):
    assert words in said(name, body(name, text))


@pytest.mark.parametrize(
    "name, text",
    [
        ("step", "return (np.asarray(x) > 0) * 1"),
        ("step", "return np.vectorize(lambda v: float(v > 0))(x).tolist()"),
        ("collapse", "return [W1 @ W2, b1 @ W2 + b2]"),
        ("collapse", "return np.array(W1 @ W2).tolist(), tuple(b1 @ W2 + b2)"),
        ("he_start", "from fractions import Fraction\nreturn Fraction(2, int(n_in)) ** 0.5"),
        ("dead_units", "return sum(not column.any() for column in a.T)"),
    ],
)
def test_other_styles_pass(name, text):
    assert f"{name}: right, for all " in said(name, body(name, text))


def test_second_hint_comes_if_the_first_did_not_help():
    abs_hint, more = "ReLU drops them.", SAMPLES["relu"].more
    assert said("relu", np.abs).endswith(abs_hint)
    assert said("relu", np.abs).endswith(f"{abs_hint} {more}") and said("relu", np.abs).endswith(more)
    assert said("sigmoid", np.abs) and not said("relu", lambda x: x).endswith(more)  # another hint: it went on
    assert said("relu", relu) and said("relu", lambda x: x).endswith("is negative.")  # solved in between
    assert said("he_start", lambda n_in: 2 + np.sin(n_in)).endswith(SAMPLES["he_start"].more)  # no hint fits
    assert said("reach", (0, 0)) == "reach: not yet. 0 is too small."
    assert said("reach", (7, 0)) == "reach: not yet. 7 is too large."  # on the way
    assert said("reach", (6, 0)) == "reach: not yet. 6 is too large. Their sum is 3."


def test_numbers_are_shown_to_four_digits():
    for answer, shown in ((1 / 3, "0.3333"), (1 / 9, "0.1111")):
        assert f"you get {shown} and should get 0.2." in said("he_start", lambda n_in: answer)
    text = said("softmax", lambda x: np.exp(x) / np.exp(x).sum(-1, keepdims=True))
    assert text.startswith("softmax: for the input [998, 999.5, 1000, 1000.5, 1001.7, 1003] it says 'overflow; invalid")


def test_nearly_right_is_shown_in_full_and_not_taken_for_a_mistake():
    text = said("sigmoid", lambda x: 1 / (1 + 2.718 ** -np.asarray(x, float)))
    assert text.startswith("sigmoid: for the input 2 you get 0.880775303892 and should get 0.880797077978. Nearly")


def test_check_wants_the_function_itself():
    assert "without brackets or quotes" in said("relu", 3.0) == said("relu", "my_relu") == said("relu", ...)
    with pytest.raises(ValueError, match="no exercise is called 'rely'; there are relu, step, "):
        check("rely", abs)


# The drawing


def points(svg, which):
    """Return the points of a path of a drawing, in units of the picture."""
    path = list(ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}path"))[which].get("d")
    return np.array([[float(n) for n in pair.split()] for pair in re.split("[ML]", path)[1:]])


def test_wrong_curve_is_drawn_over_the_right_one():
    text, svg = verdict("relu", np.abs)
    root = ET.fromstring(svg)
    assert root.get("role") == "img" and "white" in root.get("style") and len(svg) < 6000
    label = root.get("aria-label")
    assert "part between x = -3 and -0.05: at -3 yours is 3, the right one 0." in label
    right, yours = points(svg, 1), points(svg, 2)
    assert len(right) == len(yours) == 121
    np.testing.assert_allclose(right[:, 0], np.linspace(50, 345, 121), atol=0.06)
    x = np.linspace(-3, 3, 121)
    np.testing.assert_allclose(right[:, 1], 165 - np.maximum(x, 0) / 3 * 145, atol=0.06)
    np.testing.assert_allclose(yours[:, 1], 165 - np.abs(x) / 3 * 145, atol=0.06)
    for path, color in zip(list(root)[2:4], ("#bbb", "crimson")):
        assert path.get("stroke") == color
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts == ["-3", "3", "0", "3", "yours "]


def test_what_leaves_the_frame_is_left_out():
    svg = verdict("relu", lambda x: np.where(np.asarray(x) < 0, -100 * np.asarray(x), x))[1]
    yours = points(svg, 2)
    assert len(yours) < 121 and yours[:, 1].min() >= 20 and svg.count("M") == 3 and ">6</text>" in svg
    assert "nan" not in verdict("sigmoid", lambda x: 1 / (1 - np.exp(-np.asarray(x, float))))[1]


def test_draws_only_where_there_is_something_to_see():
    assert verdict("relu", relu)[1] == verdict("relu", lambda x: x * (np.asarray(x) > 0))[1] == ""  # complains at inf
    assert verdict("relu", lambda x: None)[1] == verdict("dead_units", np.sum)[1] == ""
    assert verdict("relu", lambda x: "text")[1] == verdict("relu", lambda x: 7)[1] == ""
    assert "at -3 yours is 3, the right one -0.3." in verdict("leak", lambda x, alpha: np.abs(x))[1]


def test_check_shows_the_drawing_where_there_is_a_notebook(monkeypatch, capsys):
    shown = []
    display = types.SimpleNamespace(display=lambda data, raw: shown.append(data))
    ipython = types.SimpleNamespace(display=display, get_ipython=lambda: True)
    monkeypatch.setitem(sys.modules, "IPython", ipython)
    check("relu", np.abs)
    assert capsys.readouterr().out == verdict("relu", np.abs)[0].removesuffix(" " + SAMPLES["relu"].more) + "\n"
    assert shown[0]["text/html"].startswith("<svg") and shown[0]["text/plain"].startswith("Your curve, thin and")
    check("relu", relu)
    ipython.get_ipython = lambda: None
    check("relu", np.abs)
    monkeypatch.delitem(sys.modules, "IPython")
    check("relu", np.abs)
    assert len(shown) == 1


def hangs(x):
    while True:
        pass


@pytest.mark.parametrize("answer", [lambda x: ..., lambda x: 1 / 0, np.abs, hangs, None, 7])
def test_lesson_goes_on_with_its_own_function_until_the_readers_is_right(answer, monkeypatch, capsys):
    monkeypatch.setattr(practice, "SECONDS", 0.2)
    own = lambda x: relu(x)
    assert yours_or_ours("relu", own) is own
    assert yours_or_ours("relu", answer) is SAMPLES["relu"].right
    first, second = capsys.readouterr().out.splitlines()
    assert first == "relu: the lesson goes on with yours."
    assert second == "relu: the lesson goes on with ours, until yours is right."


def test_going_on_gives_no_hint_so_that_none_is_thought_to_have_failed():
    yours_or_ours("relu", np.abs)
    assert SAMPLES["relu"].more not in said("relu", np.abs)


# Numbers, words, goals


@pytest.mark.parametrize(
    "name, answers, words",
    [
        ("half", [0.5, "0.5", "1/2", " 0,5 ", np.float64(0.5), np.array([0.5]), np.array(0.5), [0.5], (0, 5), "half",
                  "a half", "50 %", "50%", "about 0.5", "~0.501", "x = 0.5", "½", np.float32(0.5), "+.5"], "half: "
                  "right."),
        ("half", [1, 2, 2.0, "one", "100%", True + 1, 0.992], "not right. That is the whole."),
        ("half", ["2/3", 0.662, 0.985], "not right. That is two thirds."),
        ("half", [-0.5, "−0.5", "-1/2"], "not right. The sign is wrong."),
        ("half", [0.52, 0.49], "not right. Near, but not near enough"),
        ("half", [5, 0.05, "50"], "not right. The point is at the wrong place."),
        ("half", [7, 0], "not right. Divide."),
        ("half", ["what", "", [], (1, 2, 3), {}, np.nan, "nan", "1/0", np.inf, True, abs, b"1"], "half: please "
        "answer with a number."),
        ("half", [None, ...], "half: not answered yet."),
        ("pair", [(2, -3), [2.0, -3], "2, -3", "(2; -3)", "2 -3", "2 and -3", "w = 2, b = "
        "−3", np.array([2, -3])], "right."),
        ("pair", [(4, -3)], "The weight of another lesson."),
        ("pair", [(2, 9)], "Number 2 is wrong."),
        ("five", [(1, 4, 2, 3, 0)], "Numbers 2 and 5 are wrong."),
        ("pair", [(-3, 2)], "The right numbers, in the wrong order."),
        ("pair", [2, "2", (2, None), (1, 2, 3), ((1, 2), (3, 4))], "please answer with 2 numbers"),
        ("which", ["tanh", " Tanh. ", "the hyperbolic tangent", "TANH", np.tanh, "'tanh'"], "which: right."),
        ("which", ["relu", "ReLU", "a relu"], "It is flat on one side."),
        ("which", ["step", "Threshold"], "It is flat."),
        ("which", ["not tanh", "banana", 7, object(), "step or relu"], "please answer with one of these: relu, "
        "step, tanh."),
        ("layer", ["third", "layer 3", "3", 3, "the third", "3rd", "Layer  3"], "layer: right."),
        ("layer", ["first", "1", "the first one"], "That one lives."),
        ("layer", [2, "layer 2", 7, 4, "three thirds"], "please answer with one of these: first, third."),
        ("bend", ["Q", ["Q"], ("Q",), "q.", "only Q"], "bend: right."),
        ("bend", [["P", "R"], ("P", "R"), "R and P", "P & R"], "Neither."),
        ("bend", [["P", "Q", "R"], "all of them"], "All?"),
        ("bend", [[], (), ["Q", "S"], ["Z"], ("not", "Q"), [["Q"]], "and"], "please answer with one of these"),
        ("root", [2**0.5, "sqrt 2", "sqrt(2)", "√2", "np.sqrt(2)", "the square root of 2", "2**0.5", "2^(1/2)",
                  "2 / √2", "√8 / 2", "2√½", "2√1/2", "2 * sqrt(1/2)", "root of 4/2", "2 over √2"], "root: right."),
        ("root", [2, "sqrt(4)", "√4", "1 + 1", "2 times 1", "2 squared / 2", "3 minus 1"], "That is the square."),
        ("root", ["(-2)**0.5", "9**9**9**9", "sqrt", "2 or 1.41", "between 1 and 2", "1 2", "sqrt(2", "1e999", "2/n",
                  "exp(2)", "tan(2)", "sqrt(1, 1)", "2 % 3", "1.4.1", "(" * 99 + "1"], "please answer with a number"),
        ("root", ["1.41 at the end", "it's 1,41 there"], "root: right."),
        ("pair", ["4/2, -3", "√4; -3", "1 + 1, 0 - 3", "[sqrt(4), -3]"], "pair: right."),
        ("reach", [(1, 2), (0, 3), "5, -2"], "reach: right."),
        ("reach", [(0, 0)], "not yet. 0 is too small."),
    ],
)  # fmt: skip
def test_other_kinds_of_answer(name, answers, words):
    for answer in answers:
        practice._last.clear()
        text, svg = verdict(name, answer)
        assert words in text and svg == "", (answer, text)


@pytest.mark.parametrize("name", ["half", "pair", "reach"])
def test_right_answer_is_not_told(name):
    for answer in (7, "banana", (7, 7), None):
        text = verdict(name, answer)[0]
        assert not re.search(r"\b0\.5\b|\b2\.0|-3\b", text)


# Runs of the playground

played = cache(lambda *settings: play(**{name: eval(value) for name, value in settings}))


def run(settings):
    """Return the run of a dict of settings, which is trained once."""
    return played(*((name, repr(value)) for name, value in settings.items()))


def solutions():
    """Return, for each exercise of the lessons that asks for a run, its name, its stub and its folded solution."""
    for cells in (load(name).cells for name in found):
        for asked, folded in zip(cells, cells[1:]):
            if match := re.search(r'check\("(\w+)", attempt\)', asked.source):
                yield match[1], asked.source.splitlines()[0], re.search("```python\n(.*?)```", folded.source, re.S)[1]


@of_the_lessons
@pytest.mark.parametrize("name, stub, solution", list(solutions()), ids=[row[0] for row in solutions()])
def test_solution_of_a_run_passes(name, stub, solution):
    assert stub.startswith("attempt = None  # play(")
    settings = eval(solution, {"play": lambda data, **settings: {"data": data, **settings}})
    assert settings == settings | EXERCISES[name].right
    text, svg = verdict(name, run(settings))
    assert re.fullmatch(rf"{name}: right\. \d+\.\d% of the points, on the .*\.", text) and svg == ""


@of_the_lessons
@pytest.mark.parametrize("name", RUNS)
def test_runs_of_the_table(name):
    exercise = EXERCISES[name]
    for hint, settings in ((hint, settings) for hint, wrongs in exercise.wrong.items() for settings in wrongs):
        practice._last.clear()
        text = said(name, run(settings))
        assert text.startswith(f"{name}: not yet. ") and "points are right." in text and text.endswith(hint)
    assert said(name, run(settings)).endswith(f"{hint} {exercise.more}")


@of_the_lessons
@pytest.mark.parametrize("name", RUNS)
def test_run_for_one_exercise_is_another_task_to_the_others(name):
    for other in set(RUNS) - {name}:
        text = said(name, run(EXERCISES[other].right))
        assert text.startswith(f"{name}: this run is another task: ") and EXERCISES[name].task in text


@pytest.mark.parametrize(
    "settings, words",
    [
        ({}, "right. "),
        ({"init": 100}, "not yet. 50.0% of the points are right. Layer 4 is dead to the last unit. Smaller."),
        ({"init": 100, "activations": "leaky_relu"}, "not yet. The weights overflowed in update "),
        ({"layers": [8], "epochs": 1}, "another task: circles 8 relu, 8 hidden units, 1 epochs, init 2, rate 0.1."),
        ({"layers": [8], "epochs": 1}, "The rule: the circles in four layers."),
        ({"data": "moons", "epochs": 1}, "this run is another task: moons"),
    ],
)
def test_run_is_judged(settings, words):
    text = said("run", run(SAMPLES["run"].right | {"epochs": 60} | settings))
    assert words in text and SAMPLES["run"].more not in text


def test_what_is_no_run_gets_a_friendly_line():
    assert said("run", None) == "run: not tried yet. Put play(...) in place of None."
    assert said("run", 0.95) == said("run", relu) == "run: hand over what play returns."


# Hostile answers


class Trap:
    """An object that raises, whatever is asked of it."""

    def trap(self, *args, **kwargs):
        raise practice_error("trap")

    __eq__ = __bool__ = __len__ = __iter__ = __array__ = __float__ = __getitem__ = __str__ = __repr__ = trap
    __format__ = __index__ = __hash__ = __deepcopy__ = __neg__ = __sub__ = __lt__ = trap


practice_error = RuntimeError


@pytest.mark.parametrize("error", [RuntimeError, SystemExit, KeyboardInterrupt, GeneratorExit, RecursionError])
def test_nothing_that_is_handed_over_raises(error, monkeypatch):
    monkeypatch.setitem(globals(), "practice_error", error)
    given = [Trap(), [Trap()], (Trap(), Trap()), Trap, lambda *args: Trap(), lambda *args: (1, Trap()), Trap().trap]
    for name in ("relu", "collapse", "half", "pair", "which", "reach", "run"):
        for answer in given:
            text = verdict(name, answer)[0]
            assert text.startswith(f"{name}: ") and "right." not in text.replace("not right.", "")
    for name in PREDICTIONS:
        assert reply(name, Trap()).startswith("Please ")


plain = st.none() | st.booleans() | st.integers() | st.floats() | st.complex_numbers() | st.just(...)
plain |= st.text(max_size=30) | st.binary(max_size=5)
anything = st.recursive(
    plain,
    lambda inner: st.lists(inner, max_size=3) | st.tuples(inner, inner) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


@given(anything)
def test_any_value_gets_a_line(value):
    for name in ("relu", "collapse", "dead_units", "run"):
        for answer in (value, lambda *args: value):
            text = verdict(name, answer)[0]
            assert text.startswith(f"{name}: ") and not re.search("right, for|cannot be checked|\n", text), text
    for name in PREDICTIONS:
        assert len(reply(name, value)) > 10


def test_answer_that_sets_numpy_or_warnings_passes():
    def answer(x):
        np.seterr(all="raise")
        warnings.simplefilter("error")
        return np.maximum(x, 0)

    before = np.geterr()
    with warnings.catch_warnings():
        assert "right, for" in said("relu", answer)
    assert np.geterr() == before


def test_only_the_arithmetic_of_the_answer_counts():
    on = True

    def elsewhere():
        with np.errstate(all="ignore"):
            while on:
                np.exp(np.array([1000.0]))

    other = threading.Thread(target=elsewhere)
    other.start()
    try:
        assert all("right, for" in said("relu", relu) for _ in range(20))
    finally:
        on = False
        other.join()
    with warnings.catch_warnings(action="ignore"), np.errstate(all="ignore"):
        assert "it says 'overflow'" in said("sigmoid", lambda x: 1 / (1 + np.exp(-np.asarray(x, float))))


# The time limit


@pytest.mark.parametrize(
    "text",
    [
        "while True: pass",
        "while True:\n    try:\n        x = x + 1\n    except:\n        pass",
        "while True:\n    try:\n        while True: pass\n    except:\n        pass",
        "try:\n    while True: pass\nexcept BaseException:\n    return x",
        "try:\n    while True: pass\nfinally:\n    return x",
        "while True:\n    import time; time.sleep(0.05)",
    ],
)
def test_endless_answer_is_stopped(text, monkeypatch):
    monkeypatch.setattr(practice, "SECONDS", 0.3)
    threads, start = threading.active_count(), time.monotonic()
    answer = said("relu", body("relu", text))
    assert "nothing came for 0.3 seconds, so it was stopped. Does each loop come to its end?" in answer
    assert time.monotonic() - start < 2.8 and threading.active_count() == threads
    assert "right, for" in said("relu", relu)


def test_object_that_never_ends_is_stopped(monkeypatch):
    monkeypatch.setattr(practice, "SECONDS", 0.3)

    class Endless:
        def __len__(self):
            while True:
                pass

        __str__ = __array__ = __float__ = __len__

    assert "so it was stopped" in said("relu", lambda x: Endless())


def test_limit_needs_no_signals_and_what_cannot_be_stopped_is_left_behind():
    code = """
import time
from lessons import practice
practice.SECONDS = 0.3
practice.EXERCISES = {"abs": practice.Exercise(abs, {}, "", [(1.0,)])}
def answer(x):
    while True: pass
print(practice.verdict("abs", answer)[0])
print(practice.verdict("abs", lambda x: time.sleep(60))[0])
"""  # a call into C does not hear of it, and Python ends all the same
    env = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    ignore = lambda: signal.signal(signal.SIGINT, signal.SIG_IGN)  # as `make test &` does
    given = dict(timeout=20, env=env, preexec_fn=ignore if os.name == "posix" else None)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, **given)
    first, second = done.stdout.splitlines()
    assert "so it was stopped. Does" in first and "restart the kernel" in second and done.returncode == 0


def test_page_without_threads_brings_its_own_limit(monkeypatch):
    def limited(work, seconds):
        work()
        return "" if seconds == practice.SECONDS else "too late"

    monkeypatch.setattr(threading, "Thread", None)
    assert "right, for" in verdict("relu", relu, limited)[0]
    assert "ReLU drops them" in verdict("relu", np.abs, limited)[0]
    text, svg = verdict("relu", relu, lambda work, seconds: "the page has stopped it.")
    assert (text, svg) == ("relu: the page has stopped it. Does each loop come to its end?", "")


# Predictions


def guesses(lesson):
    """Return the cells of a lesson that ask for a guess."""
    return [cell.source for cell in code(lesson) if cell.source.startswith("guess = ")]


def test_lessons_ask_every_prediction_once():
    asked = re.findall(r'predict\("(\w+)", guess\)', "\n".join(sum(map(guesses, found), [])))
    assert asked == list(PREDICTIONS) and all(len(guesses(lesson)) >= 3 for lesson in found)


def test_stored_guess_is_empty_and_names_its_choices_in_the_order_of_the_replies():
    for source in sum(map(guesses, found), []):
        first, name = source.splitlines()[0], re.search(r'predict\("(\w+)"', source)[1]
        assert first.startswith("guess = None  # ")
        if isinstance(PREDICTIONS[name]["answer"], str):
            assert re.findall('"(.*?)"', first) == list(PREDICTIONS[name]["replies"])


@pytest.mark.parametrize("name", PREDICTIONS)
def test_each_guess_gets_its_reply(name, capsys):
    replies, answer = PREDICTIONS[name]["replies"], PREDICTIONS[name]["answer"]
    assert replies[str(answer)].startswith("Right") and len(replies) >= 2 and len(set(replies.values())) >= 2
    for guess, said in replies.items():
        predict(name, guess)
        printed = capsys.readouterr().out
        assert printed.startswith(said) and reply(name, guess.upper()) + "\n" == printed
        assert said.startswith("Right") == (guess == str(answer))
        assert str(answer).lower() in printed.lower() or guess == str(answer)
    for choice, words in PREDICTIONS[name].get("also", {}).items():
        assert all(reply(name, word).startswith(replies[choice]) for word in words)


@pytest.mark.parametrize("name", PREDICTIONS)
def test_what_is_not_understood_is_told_the_form_and_not_the_answer(name):
    text = reply(name, "seventeen elephants")
    if isinstance(PREDICTIONS[name]["answer"], str):
        for unknown in ("seventeen elephants", "banana", "purple", "?", "", "perhaps", "or", {}, [], 17, -5, 1e9):
            assert reply(name, unknown) == f"Please choose one of these: {', '.join(PREDICTIONS[name]['replies'])}."
    else:
        assert text.startswith("Please guess a number. ") and str(PREDICTIONS[name]["answer"]) not in text
        assert reply(name, 0.37) and not reply(name, "0.37").startswith("Right")


@pytest.mark.parametrize(
    "name, meant, typed",
    [
        ("fires", "no", ["No", " no. ", "n", "nope", "No!", False, "it doesn't", "no, it stays silent", "never",
                         "it does not fire", "I doubt it", ["no"]]),
        ("fires", "yes", ["Y", "yeah", "Yes, it does", True, "of course", "it fires", "fires"]),
        ("curve", "flat", ["flat", "a flat line", "Horizontal", "constant"]),
        ("kind", "leaky_relu", ["Leaky ReLU", "leaky-relu", "leakyrelu", "leaky"]),
        ("kind", "relu", ["ReLU", "relu"]),
        ("kind", "step", ["the step", "Step function", step]),
        ("shares", "fall", ["they fall", "falls", "decrease", "go down", "shrinking", "smaler"]),
        ("shares", "stay", ["unaffected", "equal", "about the same"]),
        ("further", "first", ["the first one", "1st", "1", 1, "first neuron"]),
        ("left", "a tenth", [0.1, "0.1", "10 %", "1/10", "about a tenth", "one tenth", "tenth", 0.2]),
        ("left", "a hundredth", [0.01, "1 %", "1/100", "0.0107", "a hundredth of it", "0.1 ** 2", 0.002]),
        ("lines", "3", [3, "three", "3 of them", "3/4", "75 %", 3.3]),
        ("lines", "4", ["all four", "all", 4]),
        ("most", "most", ["most of them", "almost all", 40, 45]),
        ("leap", "stays", ["it stays", "stuck there, it stays"]),
        ("leap", "comes back", ["it jumps back", "it comes", "comes"]),
        ("start", "small with", ["small, with biases", "small weights with biases", "Small with bias"]),
        ("start", "small without", ["small, no biases", "small without bias", "small weights without biases"]),
        ("back", "weight and slope", [("weight", "slope"), ["slope", "weight"], "slope & weight", "slope"]),
    ],
)  # fmt: skip
def test_words_are_understood(name, meant, typed):
    for guess in typed:
        assert reply(f"my {name}", guess).startswith(GUESSES[name]["replies"][meant]), guess
    assert reply(f"my {name}", GUESSES[name]["answer"]) == "Right."  # and no word more


@pytest.mark.parametrize(
    "name, typed",
    [
        ("curve", ["not flat"]), ("further", ["both", 3]), ("left", [1e9, 0, 1, 1e-5]), ("fires", ["", 3]),
        ("lines", [1, 2.5, 5, 7, -3]), ("most", [30, 60, 0.9]), ("start", ["small", "with", "biases"]),
        ("leap", ["it jumps", "leap", "jumps or flies", "to", "away", "it is", "perhaps"]),
        ("back", ["weight", ("weight",), (), ("weight", "slope", "rate")]), ("kind", ["relu or step", 1]),
    ],
)  # fmt: skip
def test_what_could_mean_anything_is_not_taken_for_a_guess(name, typed):
    for guess in typed:
        assert reply(f"my {name}", guess).startswith("Please choose"), guess


@pytest.mark.parametrize(
    "typed, words",
    [
        ([0.25, "1/4", "0,25", (0, 25), "a quarter", "25%", "x0.25", "about .25", "≈ 1 / 4", "0.258"], "Right."),
        (["1 - 0.75", "0.5^2", "0.25 at x = 0", "the slope is 0.25 there", "half squared"], "Right."),
        ([0.262, "0.278"], "Close. It is 0.25."),
        ([0.285, 1.5], "Climb over way. It is 0.25."),
        (["−0.25", -0.25, "minus 0.25"], "It climbs. It is 0.25."),
        (["half", "50 %", "1/2"], "That is the value. It is 0.25."),
        ([None, ...], "No guess yet"),
        (["", "maybe", "1/0", "nan", [1, 2], {}, True, "0.25 or 0.5"], "Please guess a number"),
    ],
)
def test_numbers_are_understood(typed, words):
    for guess in typed:
        assert reply("my slope", guess).startswith(words), guess


def test_percent_is_kept_where_the_answer_is_in_percent():
    for guess in (64, "64", "64%"):
        assert lessons.guesses._reply(guess, 64, {"64": "Right."}) == "Right."
    assert lessons.guesses._reply(64.5, 64, {"64": "Right."}, other="No.") == "No. It is 64."
    assert lessons.guesses._choose(1.0, {"one": ["1"], "two": ["2"]}) == "one"


def test_unknown_prediction():
    with pytest.raises(ValueError, match="no prediction is called 'fire'; there are fence, one_for_two, "):
        predict("fire", 1)


# Quizzes


@pytest.mark.parametrize("lesson", found)
def test_quiz_has_one_right_answer_and_words_for_all(lesson):
    questions = [cell.source for cell in load(lesson).cells if re.match(r"\*\*\d\. ", cell.source)]
    assert 2 <= len(questions) <= 5
    places = []
    for question in questions:
        options = re.findall(
            r"<details><summary>(.+?)</summary>\n\n(\*\*Right\.\*\*|\*\*No\.\*\*) (.+?)\n\n</details>", question, re.S
        )
        assert question.count("<details>") == len(options) >= 3
        assert [verdict for _, verdict, _ in options].count("**Right.**") == 1
        assert len({why for _, _, why in options}) == len(options) and all(
            len(why.split()) >= 4 for _, _, why in options
        )
        places.append([verdict for _, verdict, _ in options].index("**Right.**"))
    assert len(set(places)) > 1  # the right one does not always stand at the same place
