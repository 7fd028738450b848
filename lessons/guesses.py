"""Guesses that are answered, and what a learner types, read as a choice or as numbers."""

import difflib
import re
import tomllib
from importlib.resources import files

import numpy as np

from lessons.words import HEDGES, NOT, NUMBERS, SAME, SIGNS, TRIMMED

FORMAT = "0.37, 37 % and 2/9 are understood."  # no answer of any lesson
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
    text = _text(guess)
    said, value = _tokens(text), _number(text)
    alike = [(same, list(map(_tokens, same))) for same in SAME]
    words = [
        (key, word.lower(), _tokens(word))
        for key, own in choices.items()
        for word in own + sum((same for same, known in alike if _tokens(own[0]) in known), [])
    ]
    exact = {key for key, word, _ in words if text == word} or {key for key, _, tokens in words if said == tokens}
    if text and len(exact) == 1:
        return exact.pop()
    if value is not None:
        sizes = [(_number(word), key) for key, word, _ in words]
        far = [(abs(np.log(value / size)), key) for size, key in sizes if size and value / size > 0]
        return min(far)[1] if far and min(far)[0] < np.log(8) else None
    parts = [part for part in words if said and (part[2] <= said or said <= part[2]) and not {"not"} & (said ^ part[2])]
    most = max((len(tokens & said) for *_, tokens in parts), default=0)
    best = {key for key, _, tokens in parts if most and len(tokens & said) == most}
    typed = difflib.get_close_matches(text, [word for _, word, _ in words], 1, 0.8)
    best = best or {key for key, word, _ in words if word in typed}
    return best.pop() if len(best) == 1 else None


def _text(guess):
    """Return what was typed, in small letters and plain signs."""
    text = str(getattr(guess, "__name__", guess))[:200].lower().translate(SIGNS)
    return text.strip(" \t\n!?',;:").removesuffix(".")


def _tokens(text):
    """Return the set of words in a text, without hedges and endings, all words for "not" the same."""
    words = re.findall(r"[\w'|]+", re.sub(r"[-_/]", " ", text.lower()))
    words = ["not" if word in NOT else word for word in words if word not in HEDGES]
    return {re.sub(r"(?<=\w{3})(ing|ed|es|er|ly|s|e|d)$", "", word) for word in words}


def _numbers(answer, wants):
    """Return as many numbers as are wanted, as an array, or None: from numbers, or from text such as "0.5, 2"."""
    parts = [answer]
    if isinstance(answer, (tuple, list, np.ndarray)):
        parts = list(np.ravel(np.array(answer, dtype=object)))
        if len(wants) == 1 and isinstance(answer, tuple) and len(parts) == 2:  # 0,5 for 0.5
            parts = [f"{parts[0]}.{parts[1]}"]
    elif isinstance(answer, str) and len(wants) > 1:
        splits = (re.split(comma, answer.strip("()[] ")) for comma in (r"\s*;\s*|,\s+|\s+and\s+", r"[;,\s]+"))
        parts = next((parts for parts in splits if len(parts) == len(wants)), [])
    elif isinstance(answer, str) and _number(answer) is None:  # "0.25 at x = 0" begins with it
        parts = re.findall(r"[-−]?\d*[.,]?\d+(?:/\d+)?%?", answer)[:1] if "^" not in answer else []
    numbers = [_number(part, want) for part, want in zip(parts, wants)]
    return None if len(parts) != len(wants) or None in numbers else np.array(numbers)


def _number(value, want=0):
    """Return the number that was typed: 0.5, "0,5", "1/2", "50 %", "about a half", "x4"; or None."""
    text = _text(value)
    for pattern, plain in TRIMMED.items():
        text = re.sub(pattern, plain, text)
    words = [word for word in text.rstrip("% ").split() if word in NUMBERS or word not in HEDGES]
    parts = [[NUMBERS.get(part, part) for part in word.split("/")] for word in words]
    try:
        number = np.prod([float(top) / np.prod([float(part) for part in below]) for top, *below in parts])
    except ValueError:
        return None
    share = text.endswith("%") and abs(want) <= 1
    return float(number) / (100 if share else 1) if words and np.isfinite(number) else None
