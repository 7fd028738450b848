"""Check that predictions, exercises and quizzes answer: right ones, wrong ones, and nonsense."""

import re
import textwrap
import tomllib
from collections import Counter
from importlib.resources import files

import numpy as np
import pytest
from test_notebooks import FIRST_FIVE, code, found, load

from lessons import practice, sigmoid
from lessons.practice import EXERCISES, SYMPTOMS, check, predict

PREDICTIONS = tomllib.loads(files("lessons").joinpath("predictions.toml").read_text("utf8"))

# Real wrong answers, as learners write them: exercise, body of the function, part of the hint it must get.
WRONG = [
    ("step", "return 1.0 if x > 0 else 0.0", "one yes or no"),
    ("step", "return np.where(np.asarray(x) < 0, 0.0, 1.0)", "use > and not >="),
    ("step", "return np.sign(x)", "np.sign gives -1"),
    ("step", "return np.heaviside(-np.asarray(x), 0)", "wrong side"),
    ("step", "return np.where(np.asarray(x) > 0, 0, 1)", "wrong side"),
    ("step", "return (np.sign(x) + 1) / 2", "One half at 0"),
    ("step", "return [1.0 if v > 0 else 0.0 for v in x]", "one plain number"),
    ("collapse", "return W2 @ W1, b1 @ W2 + b2", "stands on the left"),
    ("collapse", "return W1.dot(W2), b1 + b2", "bias of the first layer"),
    ("collapse", "return W1 * W2, b1 * W2 + b2", "Layers need @"),
    ("collapse", "return W1 @ W2", "Give back both"),
    ("softmax", "e = np.exp(x)\nreturn e / e.sum(axis=-1, keepdims=True)", "largest score away"),
    ("softmax", "e = np.exp(x - x.max())\nreturn e / e.sum()", "its own sum"),
    ("softmax", "e = np.exp(x - x.max(axis=0))\nreturn e / e.sum(axis=0)", "last axis"),
    ("softmax", "return np.exp(x)", "divide by their sum"),
    ("softmax", "return x / x.sum(axis=-1, keepdims=True)", "np.exp of them first"),
    ("softmax", "e = np.exp(x - x.max(axis=-1, keepdims=True))\nreturn e / e.sum(axis=-1)", "keepdims"),
    ("softmax", "e = np.exp(x - x.max(axis=-1, keepdims=True))\nreturn e / e.sum(axis=0)", "last axis"),
    ("softmax", "e = np.exp(x - x.max(axis=-1, keepdims=True))\nreturn e / sum(e)", "last axis"),
    ("softmax", "e = np.exp(x - np.max(x))\nreturn e / e.sum(axis=-1, keepdims=True)", "its own largest"),
    ("softmax", "e = np.exp(x - x.mean(axis=-1, keepdims=True))\nreturn e / e.sum(axis=-1, keepdims=True)", "largest score away"),
    ("softmax", "e = np.exp(x - max(x))\nreturn e / e.sum(axis=-1, keepdims=True)", "whole rows"),
    ("softmax", "e = np.exp(x)\nreturn e / e.sum(axis=1, keepdims=True)", "no axis 1"),
    ("softmax", "import math\nreturn math.exp(x) / sum(math.exp(x))", "functions of `math`"),
    ("sigmoid", "return 1 / (1 + np.exp(-np.asarray(x)))", "The value is right"),
    ("sigmoid", "return np.where(x >= 0, 1 / (1 + np.exp(-x)), np.exp(x) / (1 + np.exp(x)))", "both sides"),
    ("sigmoid", "return 1 / (1 + np.exp(x))", "sign of x"),
    ("sigmoid", "return 1 / (1 + np.exp(-abs(x)))", "Below 0 the top is e"),
    ("sigmoid", "return np.exp(x) / (1 + np.exp(x))", "Infinity over infinity"),
    ("sigmoid", "import math\nreturn 1 / (1 + math.exp(-x))", "e to the power of -abs(x)"),
    ("sigmoid", "import math\nreturn 1 / (1 + math.e ** -x)", "e to the power of -abs(x)"),
    ("sigmoid", "e = np.exp(-np.abs(x))\nreturn np.where(x >= 0, e, 1) / (1 + e)", "which side gets 1"),
    ("sigmoid", "import math\ne = math.exp(-abs(x))\nreturn (1 if x >= 0 else e) / (1 + e)", "take one number"),
    ("sigmoid", "e = np.exp(-np.abs(x))\nif x >= 0:\n    return 1 / (1 + e)\nreturn e / (1 + e)", "one yes or no"),
    ("sigmoid_slope", "return sigmoid(x) * (1 - sigmoid(x))", "all digits of 1 - s"),
    ("sigmoid_slope", "return sigmoid(x)", "That is the value"),
    ("sigmoid_slope", "return 1 - sigmoid(x)", "Multiply it by the value"),
    ("sigmoid_slope", "s = sigmoid(x)\nreturn s + s**2", "A sign is wrong"),
    ("central_difference", "return (f(x + 1e-4) - f(x - 1e-4)) / 1e-4", "Twice too large"),
    ("central_difference", "return (f(x - 1e-5) - f(x + 1e-5)) / 2e-5", "sign is wrong"),
    ("central_difference", "return (f(x + 1e-4) - f(x)) / 1e-4", "to both sides of x"),
    ("central_difference", "return (f(x + 1e-8) - f(x)) / 1e-8", "to both sides of x"),
    ("layer_factor", "return (errors[0] / errors[-1]) ** (1 / len(errors))", "n - 1 steps"),
    ("layer_factor", "return (errors[-1] / errors[0]) ** (1 / (len(errors) - 1))", "travels back"),
    ("layer_factor", "return errors[0] / errors[-1]", "Take the root"),
    ("layer_factor", "return (errors[0] / errors[-1]) ** 1 / (len(errors) - 1)", "Not a share"),
    ("layer_factor", "return np.mean(errors[:-1] / errors[1:])", "not their mean"),
    ("layer_factor", "return (errors[0] / errors[-1]) ^ (1 / (len(errors) - 1))", "**"),
    ("error_signal", "return delta @ W * slope", "columns swapped"),
    ("error_signal", "return delta @ W.T", "multiplied by the slope"),
    ("error_signal", "return delta @ W.T + slope", "do not add"),
    ("error_signal", "return (delta * slope) @ W.T", "layer before"),
    ("relu", "return max(0, x)", "one yes or no"),
    ("relu", "return x * (np.asarray(x) > 0)", "0 times infinity"),
    ("relu", "return (x + np.abs(x)) / 2", "infinity minus infinity"),
    ("relu", "y = x.copy()\ny[y < 0] = 0\nreturn y", "one plain number"),
    ("relu", "return np.array([x[i] if x[i] > 0 else 0 for i in range(np.size(x))])", "one plain number"),
    ("relu", "return np.abs(x)", "turns negative numbers round"),
    ("relu", "return np.minimum(0, x)", "keeps the negative side"),
    ("relu", "return np.max([np.max(x), 0])", "one by one"),
    ("relu_slope", "return 1.0 if x > 0 else 0.0", "one yes or no"),
    ("relu_slope", "return np.maximum(x, 0)", "That is the value"),
    ("relu_slope", "return np.where(np.asarray(x) >= 0, 1.0, 0.0)", "use > and not >="),
    ("relu_slope", "return np.heaviside(x, 0.5)", "One half"),
    ("relu_slope", "return np.where(np.asarray(x) > 0, 0, 1)", "swapped"),
    ("relu_slope", "return (x > 0).astype(float)", "one plain number"),
    ("relu_slope", "return np.sign(x)", "not -1"),
    ("he_start", "return 2 / n_in", "That is the variance"),
    ("he_start", "return 1 / np.sqrt(n_in)", "not 1 / n"),
    ("he_start", "return np.sqrt(n_in / 2)", "the smaller the weights"),
    ("he_start", "return (2 / n_in) ** 1 / 2", "with brackets"),
    ("dead_units", "return (activations == 0).sum()", "counted zeros"),
    ("dead_units", "return (activations == 0).any(axis=0).sum()", "is inactive"),
    ("dead_units", "return sum(not row.any() for row in activations)", "along the rows"),
    ("dead_units", "return np.mean(np.all(activations == 0, axis=0))", "the share"),
    ("leaky_relu", "return x if x > 0 else alpha * x", "one yes or no"),
    ("leaky_relu", "return np.maximum(alpha * x, x)", "alpha above 1"),
    ("leaky_relu", "out = np.zeros_like(x)\nout[x > 0] = x[x > 0]\nout[x < 0] = alpha * x[x < 0]\nreturn out", "-0.03"),
    ("leaky_relu", "return np.vectorize(lambda v: v if v > 0 else alpha * v)(x)", "-0.03"),
    ("leaky_relu", "out = x.copy()\nout[x < 0] *= alpha\nreturn out", "-0.03"),
    ("leaky_relu", "return np.where(x > 0, x, 0.01 * x)", "whatever alpha is"),
    ("leaky_relu", "return np.maximum(x, 0)", "Nothing leaks"),
    ("leaky_relu", "return np.where(x > 0, x, alpha)", "alpha alone"),
    ("fitting_start", "return 2", "fits ReLU"),
    ("fitting_start", "return 2 / (1 + alpha)", "go with squares"),
    ("fitting_start", "return (1 + alpha**2) / 2", "one over that"),
    ("fitting_start", "return 2 / (1 + alpha^2)", "**"),
]


def exercises():
    """Return, for each exercise of the lessons, its name, its stub and its folded solution."""
    for lesson in FIRST_FIVE:
        cells = load(lesson).cells
        for stub, asked, folded in zip(cells, cells[1:], cells[2:]):
            if match := re.match(r'check\("(\w+)", (\w+)\)', asked.source):
                yield match[1], match[2], stub.source, re.search("```python\n(.*?)```", folded.source, re.S)[1]


def define(source, name):
    """Return the function that source defines."""
    scope = {"np": np, "sigmoid": sigmoid}
    exec(source, scope)
    return scope[name]


def said(capsys, name, answer):
    """Return what check prints of an answer."""
    check(name, answer)
    return capsys.readouterr().out.strip()


by_exercise = pytest.mark.parametrize(
    "name, function, stub, solution", list(exercises()), ids=[row[0] for row in exercises()]
)


def test_lessons_set_every_exercise_once():
    assert sorted(row[0] for row in exercises()) == sorted(EXERCISES) and len(EXERCISES) >= 12
    assert all(sum('check("' in cell.source for cell in code(lesson)) >= 2 for lesson in FIRST_FIVE)


@by_exercise
def test_folded_solution_passes(name, function, stub, solution, capsys):
    assert said(capsys, name, define(solution, function)).startswith(f"{name}: right, for all ")


@by_exercise
def test_stub_is_not_written_yet(name, function, stub, solution, capsys):
    assert "not written yet" in said(capsys, name, define(stub, function))


@pytest.mark.parametrize("name, body, hint", WRONG, ids=[f"{name}-{hint}" for name, _, hint in WRONG])
def test_wrong_answer_gets_its_own_hint(name, body, hint, capsys):
    stub, function = next((stub, function) for row, function, stub, _ in exercises() if row == name)
    source = stub.splitlines()[0] + "\n" + textwrap.indent(body, "    ")
    text = said(capsys, name, define(source, function))
    assert text.startswith(f"{name}: for the input ") and hint in text


def test_every_hint_is_given_by_a_real_mistake():
    hints = Counter(name for name, _, _ in WRONG)
    assert all(hints[name] >= 3 for name in EXERCISES)
    for name, exercise in EXERCISES.items():
        unused = [h for h in exercise.hints.values() if not any(n == name and part in h for n, _, part in WRONG)]
        assert not unused
    assert all(any(part in hint for _, _, part in WRONG) for hint in SYMPTOMS.values())


@pytest.mark.parametrize(
    "name, body",
    [
        ("step", "return np.where(np.asarray(x) >= 0.5, 1.0, 0.0)"),
        ("collapse", "return (W1 @ W2).T, b1 @ W2 + b2"),
        ("dead_units", "return (activations[0] == 0).sum()"),
        ("dead_units", "return 2"),
        ("he_start", "return f'{np.sqrt(2 / n_in)}'"),
        ("he_start", "return np.sqrt(2 / n_in) + 0j"),
        ("layer_factor", "return (np.min(errors) / np.max(errors)) ** (1 / (len(errors) - 1))"),
    ],
)
def test_what_is_right_by_chance_is_not_right(name, body, capsys):
    stub, function = next((stub, function) for row, function, stub, _ in exercises() if row == name)
    source = stub.splitlines()[0] + f"\n    {body}"
    assert "and should get" in said(capsys, name, define(source, function))


def test_numbers_are_shown_to_four_digits(capsys):
    for answer, shown in ((1 / 3, "0.3333"), (1 / 9, "0.1111")):
        assert f"you get {shown} and should get 0.2." in said(capsys, "he_start", lambda n_in: answer)
    text = said(capsys, "softmax", lambda x: np.exp(x) / np.exp(x).sum(-1, keepdims=True))
    assert text.startswith("softmax: for the input [999.5, 1000, 1000.5] it says 'overflow")


def test_nearly_right_is_shown_in_full_and_not_taken_for_a_mistake(capsys):
    text = said(capsys, "sigmoid", define("def f(x):\n    return 1 / (1 + 2.718 ** -np.asarray(x))", "f"))
    assert text == "sigmoid: for the input 2 you get 0.880775303892 and should get 0.880797077978."


@pytest.mark.parametrize(
    "body, words",
    [
        ("pass", "gives back None"),
        ("return x[0][0]", "it says"),
        ("return undefined", "NameError"),
        ("raise SystemExit(3)", "SystemExit"),
        ("return 'text'", "should get"),
        ("return [[1], [2, 3]]", "should get [0, 0, 0.5]"),
        ("return {}", "should get"),
        ("return np.zeros((2, 2))", "should get"),
        ("while True: pass", "does its loop end"),
        ("return np.maximum(x, 0)[None]", "should get"),
        ("x[x < 0] = 0\n    return x", "changed the input"),
        ("y = np.maximum(x, 0)\n    x += 0.001\n    return y", "changed the input"),
        ("y = np.maximum(x, 0)\n    x *= 1.5\n    return y", "changed the input"),
    ],
)
def test_nonsense_gets_a_clear_line(body, words, capsys, monkeypatch):
    monkeypatch.setattr(practice, "SECONDS", 0.3)
    assert words in said(capsys, "relu", define(f"def f(x):\n    {body}", "f"))


@pytest.mark.parametrize("end", ["return W1 @ W2,", "return W1 @ W2, b1 @ W2 + b2, 0"])
def test_answer_of_another_length_is_wrong(end, capsys):
    assert "should get" in said(capsys, "collapse", define(f"def f(W1, b1, W2, b2):\n    {end}", "f"))


def test_check_wants_the_function_itself(capsys):
    assert "without brackets or quotes" in said(capsys, "relu", 3.0) == said(capsys, "relu", "my_relu")
    with pytest.raises(ValueError, match="no exercise is called 'rely'; there are step, "):
        check("rely", abs)


@pytest.mark.parametrize(
    "body", ["return (x > 0) * 1", "return [float(v > 0) for v in x] if np.ndim(x) else int(x > 0)"]
)
def test_other_styles_pass(body, capsys):
    assert "right" in said(capsys, "step", define(f"def f(x):\n    {body}", "f"))


def test_a_list_of_two_will_do(capsys):
    assert "right" in said(capsys, "collapse", lambda W1, b1, W2, b2: [W1 @ W2, b1 @ W2 + b2])


# Predictions


def guesses(lesson):
    """Return the cells of a lesson that ask for a guess."""
    return [cell.source for cell in code(lesson) if cell.source.startswith("guess = ")]


def test_lessons_ask_every_prediction_once():
    asked = re.findall(r'predict\("(\w+)", guess\)', "\n".join(sum(map(guesses, found), [])))
    assert asked == list(PREDICTIONS) and all(len(guesses(lesson)) >= 3 for lesson in found)


def test_stored_guess_is_empty_and_names_its_choices():
    for source in sum(map(guesses, found), []):
        first, name = source.splitlines()[0], re.search(r'predict\("(\w+)"', source)[1]
        assert first.startswith("guess = None  # ")
        if name != "flat_almost_everywhere" and isinstance(PREDICTIONS[name]["answer"], str):
            assert sorted(re.findall('"(.*?)"', first)) == sorted(PREDICTIONS[name]["replies"])


@pytest.mark.parametrize("name", PREDICTIONS)
def test_each_guess_gets_its_reply(name, capsys):
    replies = PREDICTIONS[name]["replies"]
    answer = PREDICTIONS[name]["answer"]
    assert replies[str(answer)].startswith("Right") and len(replies) >= 2 and len(set(replies.values())) >= 2
    for guess, reply in replies.items():
        predict(name, guess.upper() if isinstance(answer, str) else float(guess))
        assert capsys.readouterr().out.strip() == reply
        assert reply.startswith("Right") == (guess == str(answer))


def test_other_guesses(capsys):
    for guess, words in (
        (None, "No guess yet"),
        ("0.25", "guess a number"),
        (0.258, "Right"),
        (0.262, "Close. It is 0.25."),
        (0.278, "Close. It is 0.25."),
        ((0, 25), "with a point"),
        (0.285, "At 0 the value"),
        (1.5, "At 0 the value"),
    ):
        predict("largest_slope", guess)
        assert words in capsys.readouterr().out
    predict("fires", "perhaps")
    assert capsys.readouterr().out == "Please choose one of these, in quotes: no, yes.\n"
    with pytest.raises(ValueError, match="no prediction is called 'fire'; there are fires, "):
        predict("fire", 1)


# Quizzes


@pytest.mark.parametrize("lesson", found)
def test_quiz_has_one_right_answer_and_words_for_all(lesson):
    questions = [cell.source for cell in load(lesson).cells if re.match(r"\*\*\d\. ", cell.source)]
    assert 3 <= len(questions) <= 5
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
