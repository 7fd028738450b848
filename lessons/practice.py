"""Exercises and guesses that answer: what is right, what is wrong, and what the mistake probably was."""

import copy
import re
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lessons import exercises
from lessons.guesses import FORMAT, _choose, _numbers
from lessons.words import FORMS, PLACES, RELATIONS, SHAPES, SIDES, SYMPTOMS, TYPED

SECONDS = 3  # an answer that takes longer is stopped
SVG = """<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{}" viewBox="0 0 360 200" font-size="13" \
style="max-width: 468px; background: white" font-family="sans-serif" fill="none"><rect width="360" height="200" \
fill="white"/><path d="M50 15V170H345" stroke="black"/><path d="{}" stroke="#bbb" stroke-width="7"/><path d="{}" \
stroke="crimson" stroke-width="2"/><g fill="black"><text x="50" y="190">{:.3g}</text><text x="345" y="190" \
text-anchor="end">{:.3g}</text><text x="45" y="169" text-anchor="end">{:.2g}</text><text x="45" y="25" \
text-anchor="end">{:.2g}</text></g><text x="198" y="190" text-anchor="middle" fill="crimson">yours \
<tspan fill="#666">over the right one</tspan></text></svg>"""
_last = {}  # the hint that each exercise gave last: if it comes again, a second one comes with it


@dataclass(frozen=True)
class Exercise:
    """What check knows of an exercise: an entry of the table in exercises.py, which says what each part means."""

    right: object
    wrong: dict
    more: str
    inputs: list = ()
    goal: Callable = None
    task: str = ""
    uses: list = ()
    within: float | None = None
    draw: tuple = ()

    @cached_property
    def wants(self):
        """What the right function makes of each input."""
        return [_try(self.right, copy.deepcopy(args))[0] for args in self.inputs]

    @cached_property
    def known(self):
        """Each known wrong function as its hint, and what it makes of each input."""
        wrongs = [(hint, wrong) for hint, wrongs in self.wrong.items() for wrong in wrongs]
        return [(hint, [_try(wrong, copy.deepcopy(args)) for args in self.inputs]) for hint, wrong in wrongs]


EXERCISES = {name: Exercise(**entry) for name, entry in exercises.EXERCISES.items()}


def check(name, answer):
    """Print whether answer solves the exercise, and if not what is wrong; draw a wrong curve over the right one."""
    text, svg = verdict(name, answer)
    print(text)
    ipython = sys.modules.get("IPython")
    if svg and ipython and ipython.get_ipython():
        words = re.search('aria-label="(.*?)"', svg)[1]
        ipython.display.display({"text/html": svg, "text/plain": words}, raw=True)


def yours_or_ours(name, answer):
    """Return the answer to an exercise if it is right, else the right one, and print which goes on."""
    right = _judgement(name, answer)[0].startswith("right")
    print(f"{name}: the lesson goes on with {'yours' if right else 'ours, until yours is right'}.")
    return answer if right else EXERCISES[name].right


class _Stop(SystemExit):
    """What ends an answer that takes too long: no Exception, so that a learner's `except Exception` lets it through."""


def _in_a_thread(work, seconds):
    """Do work in a thread and return ""; or stop it after so many seconds, and return words for that.

    It needs no signals, which may be ignored. A page without threads hands its own function to verdict.
    What cannot be stopped is one long call into C that keeps Python's lock, such as sum(range(10**12)): no other
    thread runs then, and no signal is heard, so that check itself hangs until the kernel is restarted.
    """
    import ctypes

    def quiet():
        with suppress(_Stop), suppress(_Stop):  # twice, for it is sent more than once
            work()

    thread = threading.Thread(target=quiet, daemon=True)
    thread.start()
    try:
        thread.join(seconds)
        if not thread.is_alive():
            return ""
    finally:
        patience = time.monotonic() + 1
        while thread.is_alive() and time.monotonic() < patience:  # a bare `except:` in a loop swallows some of these
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident), ctypes.py_object(_Stop))
            thread.join(0.001)
    left = " It could not even be stopped: restart the kernel." if thread.is_alive() else ""
    return f"nothing came for {seconds} seconds, so it was stopped.{left}"


def verdict(name, answer, limited=_in_a_thread):
    """Return what check says of an answer, and a drawing as SVG text or "".

    limited(work, seconds) does work, and returns "" or why it did not come to an end.
    Raises ValueError for an exercise that is not there.
    """
    text, hint, svg = _judgement(name, answer, limited)
    more = hint is not None and (not hint or _last.get(name) == hint)
    _last[name] = hint
    shown = "" if hint is None or hint in text else hint  # a goal says it in its own words
    return " ".join(filter(None, (f"{name}: {text}", shown, more and EXERCISES[name].more))), svg


def _judgement(name, answer, limited=_in_a_thread):
    """Return a text and a hint, as _judge does, and a drawing as SVG text or ""; an answer that hangs is stopped."""
    if name not in EXERCISES:
        raise ValueError(f"no exercise is called {name!r}; there are {', '.join(EXERCISES)}")
    exercise, judged = EXERCISES[name], []

    def work():
        try:
            with np.errstate(all="ignore"):
                text, hint = _judge(exercise, answer)
                judged.append((text, hint, _draw(exercise, answer) if "you get" in text else ""))
        except _Stop:
            raise
        except BaseException as error:  # so odd that it cannot even be looked at
            judged.append((f"this cannot be checked: {type(error).__name__}.", "", ""))

    late = limited(work, SECONDS)
    return (late, "Does each loop come to its end?", "") if late else judged[0]


def _judge(exercise, answer):
    """Return a text, and a hint: None if the answer is right or not begun, "" if no hint fits."""
    if exercise.task:
        return _judge_run(exercise, answer)
    if callable(exercise.right):
        return _judge_function(exercise, answer)
    if answer is None or answer is ...:
        return "not answered yet.", None
    return (_judge_word if isinstance(exercise.right, (str, list)) else _judge_numbers)(exercise, answer)


def _judge_function(exercise, answer):
    """Try a function on all inputs; say where it fails first, with the hint for it."""
    if not callable(answer):
        return "hand over the function itself: its name, without brackets or quotes.", None
    given = [copy.deepcopy(args) for args in exercise.inputs]  # one by one: they may share an array
    mine = [_try(answer, args) for args in given]
    if mine[0][0] is ...:
        return "not written yet. Put your code in place of the dots.", None
    within, wants = exercise.within or 1e-9, exercise.wants
    right = [not said and _same(got, want, atol=within) for (got, said), want in zip(mine, wants)]
    kept = [_same(_plain(after), _plain(before), 0, 0) for after, before in zip(given, exercise.inputs)]
    if all(right + kept):
        return f"right, for all {len(right)} inputs tried.", None
    at = (kept if all(right) else right).index(False)
    (got, said), want, shown = mine[at], wants[at], ", ".join(map(_show, exercise.inputs[at]))
    if all(right):
        return f"for the input {shown} it is right, but it has changed the input itself.", "Make a new array instead."
    digits = 4 if _show(got, 4) != _show(want, 4) else 12
    text = said or f"you get {_show(got, digits)} and should get {_show(want, digits)}."
    return f"for the input {shown} {text}", _hint(exercise, answer, mine, right)


def _try(function, args):
    """Return what function makes of args, plain if it can be, and a complaint, be it of Python, numpy or us, or "".

    Where numpy knows of no overflow, as in a browser, a page may report it itself: np.geterrcall()("overflow", 0).
    """
    noted = {}
    with np.errstate(all="call", under="ignore", call=lambda kind, flag: noted.setdefault(kind)):
        try:
            result = _plain(function(*args))
            said = f"it says {'; '.join(noted)!r}." if noted else ""
            return result, "it gives back None." if result is None else said
        except _Stop:
            raise
        except BaseException as error:
            return None, f"it says {f'{type(error).__name__}: {error}'!r}."


def _plain(value):
    """Return an array of numbers, or a tuple of such, so that nobody's own code runs later; what is neither stays."""
    if type(value) is tuple:
        return tuple(map(_plain, value))
    if value is None or value is ... or isinstance(value, str) or callable(value):
        return value
    try:
        array = np.array(value)
        array = array.astype(float) if array.dtype.kind == "O" else array
        return array if array.dtype.kind in "biuf" else array.tolist()
    except (TypeError, ValueError):
        return tuple(map(_plain, value)) if isinstance(value, list) else value


def _same(got, want, rtol=1e-6, atol=1e-9):
    """Return whether got is as good as want: same shapes, and numbers that agree."""
    if not isinstance(want, (tuple, np.ndarray)):
        return got is want
    if isinstance(want, tuple):
        parts = list(got) if isinstance(got, tuple) or np.ndim(got) else []
        return len(parts) == len(want) and all(_same(g, w, rtol, atol) for g, w in zip(parts, want))
    got = _array(got)
    numbers = got.dtype.kind in "biuf" and got.shape == want.shape
    return numbers and np.allclose(got, want, rtol, atol, equal_nan=True)


def _array(value):
    """Return a value as an array; parts of different shapes make none, but an empty one of no numbers."""
    try:
        return np.asarray(value)
    except ValueError:
        return np.array([], object)


def _hint(exercise, answer, mine, right):
    """Return the hint for the known mistake that does what the answer does, or for one that any exercise can suffer."""
    at, names = right.index(False), getattr(getattr(answer, "__code__", None), "co_names", ())
    (got, said), want = mine[at], exercise.wants[at]
    if known := _known(exercise, mine, right):
        return known
    if not said:
        if form := _first(FORMS, got, want):
            return form
        if not _same(_try(answer, copy.deepcopy(exercise.inputs[at]))[0], got, 0, 0):
            return "Asked again, it gives something else: the result must depend on the input alone."
    if said:
        return next((hint for part, name, hint in SYMPTOMS if part in said and (not name or name in names)), "")
    if isinstance(want, tuple):
        if _same(got, want[::-1]):
            return "These are the right things in the wrong order."
        number = [_same(g, w) for g, w in zip(got, want)].index(False)
        return f"Of the {len(want)} things that come back, number {number + 1} is wrong."
    return _first(SHAPES, np.asarray(got), want) or _pattern(exercise, mine)


def _known(exercise, mine, right):
    """Return the hint for the known mistake that fails first as the answer does, and most like it elsewhere, or ""."""
    at, best = right.index(False), (0, "")
    for hint, theirs in exercise.known:
        pairs = list(zip(mine, theirs))
        alike = [said[:40] == says[:40] and _same(got, other) for (got, said), (other, says) in pairs]
        excused = [fine or said or says for fine, ((_, said), (_, says)) in zip(right, pairs)]
        if alike[at] and all(map(any, zip(alike, excused))) and sum(alike) > best[0]:
            best = sum(alike), hint
    return best[1]


def _pattern(exercise, mine):
    """Return a hint from how numbers stand to the right ones, or from where they are wrong, or ""."""
    tried = zip(exercise.inputs, mine, exercise.wants)
    rows = [(_array(args[0]), _array(got), want) for args, (got, said), want in tried if not said]
    rows = [row for row in rows if row[1].shape == row[2].shape and row[1].dtype.kind in "biuf"]
    x, got, want = (np.concatenate([part.ravel() for part in parts]) for parts in zip(*rows))
    if relation := _first(RELATIONS, got.astype(float), want.astype(float)):
        return relation
    each = zip(x, got, want) if all(x.shape == w.shape for x, _, w in rows) else ()
    for table, inputs in ((PLACES, rows), (SIDES, list(each))):
        wrong = [not np.allclose(g, w) for _, g, w in inputs]
        for hint, place in table.items():
            if not all(wrong) and wrong == [bool(place(x)) for x, *_ in inputs]:
                return hint
    return ""


def _first(table, got, want):
    """Return the first hint of a table whose condition holds for got and want, or ""."""
    return next((hint for hint, holds in table.items() if holds(got, want)), "")


def _draw(exercise, answer):
    """Return a drawing of a function over the right one as SVG text, or "" where nothing is to be seen."""
    if not exercise.draw:
        return ""
    x, rest = np.linspace(*exercise.draw, 121), exercise.inputs[0][1:]
    right, yours = (_try(f, (x.copy(), *copy.deepcopy(rest)))[0] for f in (exercise.right, answer))
    if not isinstance(yours, np.ndarray) or yours.shape != x.shape:
        return ""
    size, yours = np.ptp(right), np.where(np.isfinite(yours), yours, np.nan)
    gap = np.nan_to_num(np.abs(yours - right))
    at, apart = np.argmax(gap), x[gap > 0.01 * size]
    if not apart.size:
        return ""
    words = "Your curve, thin and crimson, over the right one, thick and grey. They part between x = "
    words += f"{apart[0]:.3g} and {apart[-1]:.3g}: at {x[at]:.3g} "
    words += f"yours is {yours[at]:.3g}, the right one {right[at]:.3g}."
    low, high = np.nanmin([right, yours]), np.nanmax([right, yours])
    low, high = max(low, min(right) - size), min(high, max(right) + size)
    paths = []
    for y in (right, yours):  # the pen is lifted where a curve leaves the frame
        inside = (low <= y) & (y <= high)
        pens = np.where(np.roll(inside, 1) & (x > x[0]), "L", "M")
        points = np.column_stack([np.interp(x, exercise.draw, (50, 345)), np.interp(y, (low, high), (165, 20))])
        paths.append("".join(f"{pen}{x:.1f} {y:.1f}" for pen, (x, y) in zip(pens[inside], points[inside])))
    return SVG.format(words, *paths, *exercise.draw, low, high)


def _judge_numbers(exercise, answer):
    """Compare numbers with the right ones, or with a goal; return a text and a hint."""
    want = np.ravel(exercise.right)
    got = _numbers(answer, want)
    if got is None:
        many = "a number" if len(want) == 1 else f"{len(want)} numbers, with commas between them"
        return f"please answer with {many}. {FORMAT}", None
    if exercise.goal:
        off = exercise.goal(*got)
        said = next((hint for hint in exercise.wrong if hint in off), "not yet.")
        return (f"not yet. {off}", said) if off else ("right.", None)
    within = np.abs(want) * 0.005 + 1e-9 if exercise.within is None else exercise.within
    if np.all(fine := np.abs(got - want) <= within):
        return "right.", None
    known = [(np.abs(got - np.ravel(wrong)), hint) for hint, wrongs in exercise.wrong.items() for wrong in wrongs]
    near = [(np.sum(off), hint) for off, hint in known if np.all(off <= np.maximum(within, 0.01 * np.abs(got)))]
    if near or not any(fine):
        return "not right.", min(near)[1] if near else _first(TYPED, got, want)
    off = [str(i + 1) for i in np.flatnonzero(~fine)]
    return "not right.", f"Numbers {' and '.join(off)} are wrong." if off[1:] else f"Number {off[0]} is wrong."


def _judge_word(exercise, answer):
    """Compare a choice with the right one and the wrong ones; return a text and a hint."""
    right = [exercise.right] if isinstance(exercise.right, str) else exercise.right
    hints = {"": right} | exercise.wrong
    chosen = _choose(answer, hints)
    if chosen is None:
        return f"please answer with one of these: {', '.join(sorted(words[0] for words in hints.values()))}.", None
    return ("not right.", chosen) if chosen else ("right.", None)


def _judge_run(exercise, run):
    """Return a text and a hint about a run, or about what stands in its place."""
    from lessons import playground  # here, so that practice alone needs it not

    if run is None or run is ...:
        return "not tried yet. Put play(...) in place of None.", None
    if not isinstance(run, playground.Run):
        return "hand over what play returns.", None
    if not (kept := exercise.goal(run)):
        given = f"{playground._title(run)}, {sum(run.layers)} hidden units, {max(run.nets)} epochs"
        given += f", init {run.init}, rate {run.rate}"
        return f"this run is another task: {given}. The rule: {exercise.task}.", None
    if run.overflow is not None:
        return f"not yet. The weights {playground._overflowed(run)}.", "overflowed"
    _, right, _, dead = playground.measure(run, max(run.nets))
    if right > 0.95:
        return f"right. {right:.1%} of the points, on {kept if isinstance(kept, str) else exercise.task}.", None
    gone = f" Layer {dead.index(1) + 1} is dead to the last unit." if 1 in dead else ""
    return f"not yet. {right:.1%} of the points are right.{gone}", next(iter(exercise.wrong))


def _show(value, digits=5):
    """Return a value in few characters."""
    if isinstance(value, tuple):
        return f"({', '.join(_show(part, digits) for part in value)})"
    if value is ... or isinstance(value, str):
        return "..." if value is ... else repr(value[:60])
    if not isinstance(value, (int, float, np.ndarray)):
        return getattr(value, "__name__", f"a {type(value).__name__}")
    floats = {"float_kind": lambda number: f"{number:.{digits}g}"}
    return np.array2string(np.asarray(value), formatter=floats, separator=", ", threshold=12).replace("\n", "")
