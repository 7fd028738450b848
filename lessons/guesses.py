"""Guesses that are answered, and what a learner types, read as a choice or as numbers."""

import ast
import difflib
import operator
import re
import tomllib
from importlib.resources import files

import numpy as np

from lessons.words import HEDGES, NOT, NUMBERS, OPEN, SAME, SIGNS, TRIMMED

FORMAT = "0.37, 37 %, 2/9 and sqrt(3) are understood."  # no answer of any lesson
NUMBER = r"(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?"
OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}
OPERATORS |= {ast.Pow: operator.pow, ast.UAdd: operator.pos, ast.USub: operator.neg}
PREDICTIONS = tomllib.loads(files("lessons").joinpath("predictions.toml").read_text("utf8"))


def predict(name, guess):
    """Print what the lesson says to a guess; the words are in predictions.toml."""
    print(reply(name, guess))


def reply(name, guess):
    """Return what the lesson says to a guess; raise ValueError for a prediction that is not there."""
    if name not in PREDICTIONS:
        raise ValueError(f"no prediction is called {name!r}; there are {', '.join(PREDICTIONS)}")
    try:
        return _reply(guess, **PREDICTIONS[name])
    except BaseException:  # an object that cannot even be read
        return _reply("?", **PREDICTIONS[name])


def _reply(guess, answer, replies, within=0.0, other="", also=None):
    """Return the reply to a guess: a choice, or a number within reach of one that has a reply."""
    if guess is None or guess is ...:
        return "No guess yet. Put yours in place of None and run this cell again, or just read on."
    if isinstance(answer, str):
        chosen = _choose(guess, {choice: [choice, *(also or {}).get(choice, [])] for choice in replies})
        if chosen is None:
            return f"Please choose one of these: {', '.join(replies)}."
        told = chosen == answer or re.search(rf"\b{re.escape(answer)}\b", replies[chosen], re.I)
        return replies[chosen] if told else f'{replies[chosen]} The answer is "{answer}".'
    if (numbers := _numbers(guess, [answer])) is None:
        return f"Please guess a number. {FORMAT}"
    near = (said for place, said in replies.items() if abs(numbers[0] - float(place)) <= within)
    said = next(near, "Close." if abs(numbers[0] - answer) <= 3 * within else other)
    return said if str(answer) in said or said.startswith("Right") else f"{said} It is {answer}."


def _choose(guess, choices):
    """Return the key of the one choice, {key: [words that mean it]}, that a guess means, or None."""
    text = _text(" and ".join(map(str, guess)) if isinstance(guess, (tuple, list)) else guess)
    said, value = _tokens(text), _number(text)
    alike = [(same, list(map(_tokens, same))) for same in SAME]
    words = [
        (key, word.lower(), _tokens(word))
        for key, own in choices.items()
        for word in own + sum((same for same, known in alike if _tokens(own[0]) in known), [])
    ]
    exact = {key for key, word, _ in words if text == word}
    exact = exact or {key for key, _, tokens in words if said == tokens != set() and value is None}
    if text and len(exact) == 1:
        return exact.pop()
    if value is not None:  # a share may be far off, a number from 1 on may not
        sizes = [(key, _number(word)) for key, own in choices.items() for word in own]
        alike = [(key, size) for key, size in sizes if size and (abs(size) < 1) == (abs(value) < 1)]
        far = [(abs(np.log(value / size)), key) for key, size in alike if value / size > 0]
        return min(far)[1] if far and min(far)[0] < np.log(8 if abs(value) < 1 else 1.2) else None
    if isinstance(guess, (tuple, list)) and len(guess) > 1:
        return None
    first = {own[0].lower() for own in choices.values()}  # of these a part will do, of the others all of it
    parts = [
        (key, word, tokens)
        for key, word, tokens in words
        if (tokens <= said and "not" not in said - tokens) or (said and said <= tokens and word in first)
    ]
    most = max((len(tokens & said) for *_, tokens in parts), default=0)
    best = {key for key, _, tokens in parts if most and len(tokens & said) == most}
    typed = difflib.get_close_matches(text, [word for _, word, _ in words], 1, 0.82)
    best = best or {key for key, word, _ in words if word in typed and said and not re.search(r"\d", text)}
    return best.pop() if len(best) == 1 else None


def _text(guess):
    """Return what was typed, in small letters and plain signs."""
    text = str(getattr(guess, "__name__", guess))[:200].lower().translate(SIGNS)
    return text.strip(" \t\n!?',;:").removesuffix(".")


def _tokens(text):
    """Return the set of words in a text, without "and", hedges and endings, all words for "not" the same."""
    words = re.findall(r"[\w'|]+", re.sub(r"[-_/]", " ", text.lower()))
    words = ["not" if word in NOT else word for word in words if word not in (*HEDGES, "and")]
    return {re.sub(r"(?<=\w{3})(ing|ed|es|er|ly|s|e|d)$", "", word) for word in words}


def _numbers(answer, wants):
    """Return as many numbers as are wanted, as an array, or None: from numbers, or from text such as "0.5, 2"."""
    parts = [answer]
    if isinstance(answer, (tuple, list, np.ndarray)):
        parts = list(np.ravel(np.array(answer, dtype=object)))
        if len(wants) == 1 and isinstance(answer, tuple) and len(parts) == 2:  # 0,5 for 0.5
            parts = [f"{parts[0]}.{parts[1]}"]
    elif isinstance(answer, str) and len(wants) > 1:
        listed = re.sub(r"^\s*[(\[](.*)[)\]]\s*$", r"\1", answer)
        splits = (re.split(comma, listed) for comma in (r"\s*;\s*|,\s+|\s+and\s+", r"[;,\s]+"))
        parts = next((parts for parts in splits if len(parts) == len(wants)), [])
    elif isinstance(answer, str) and _number(answer) is None:  # "0.25 at x = 0" begins with it
        text = _trimmed(answer)
        begins = re.match(rf"(?:[a-z']+ )*?([-+]?{NUMBER}(?:/{NUMBER})?(?: ?%)?)(?= [a-z]|$)", text)
        parts = [begins[1]] if begins and not OPEN & set(re.findall("[a-z]+", text)) else []
    numbers = [_number(part, want) for part, want in zip(parts, wants)]
    return None if len(parts) != len(wants) or None in numbers else np.array(numbers)


def _number(value, want=0):
    """Return the number that was typed: 0.5, "0,5", "1/2", "50 %", "about a half", "x4", "√2 / 2"; or None."""
    text, typed = _trimmed(value), ""
    for part in re.findall(rf"{NUMBER}|[^\W\d]+'?\w*|\*\*|\S", text.rstrip("% ")):
        if part in NUMBERS or part not in HEDGES:
            times = part in NUMBERS or part in ("sqrt", "(")
            typed += "* " if times and re.search(r"[\d)] $", typed) else ""
            typed += f"{float(part) if re.match(NUMBER, part) else NUMBERS.get(part, part)} "
    typed = re.sub(rf"\bsqrt ((?:1.0 / )?{NUMBER})", r"sqrt(\1)", typed)
    try:
        number = float(_work_out(ast.parse(typed.strip(), mode="eval").body))
    except (SyntaxError, ArithmeticError, KeyError, TypeError, ValueError):
        return None
    share = text.endswith("%") and abs(want) <= 1
    return number / (100 if share else 1) if np.isfinite(number) else None


def _trimmed(value):
    """Return what was typed as arithmetic: signs for words, and nothing around it."""
    text = _text(value)
    for pattern, plain in TRIMMED.items():
        text = re.sub(pattern, plain, text)
    return text


def _work_out(node):
    """Return what a piece of arithmetic comes to, as a float; what is no arithmetic raises a KeyError or TypeError."""
    if isinstance(node, ast.Constant):
        return float(node.value)
    if isinstance(node, ast.Call) and len(node.args) == 1 and getattr(node.func, "id", "") == "sqrt":
        return _work_out(node.args[0]) ** 0.5
    inner = [getattr(node, side) for side in ("left", "right", "operand") if hasattr(node, side)]
    return OPERATORS[type(node.op) if inner else None](*map(_work_out, inner))
