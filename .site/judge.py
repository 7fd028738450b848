"""What the worker runs: an answer, then the lessons' own verdict on it; and what Python lacks in a browser.

There are no threads, so the limit is an interrupt that the worker sends. And WebAssembly has no floating-point
flags: numpy never reports an overflow. Arrays that look at their own results do it instead.
"""

import contextlib
import functools
import io
import json
import signal
import traceback

import lessons
import numpy as np
from lessons import practice
from page import limit  # of worker.js: interrupt after so many seconds; 0 for never

RISKY = "exp exp2 expm1 log log1p log2 log10 sqrt sinh cosh power divide true_divide".split()
NAMES = {"invalid": "invalid value", "divide": "divide by zero", "over": "overflow"}  # as numpy says it
RUN_SECONDS = 60  # for play(...), which trains a net


def interrupt(*_):
    """End an answer as practice does, so that a learner's `except Exception` lets it through."""
    raise practice._Stop


signal.signal(signal.SIGINT, interrupt)


def limited(work, seconds):
    """Do work and return "", or why it did not come to an end: the limit that verdict asks for."""
    try:
        limit(seconds)
        work()
    except practice._Stop:
        return f"nothing came for {seconds} seconds, so it was stopped."
    finally:
        limit(0)
    return ""


class Watched(np.ndarray):
    """An array that reports overflow, division by zero and invalid values where numpy would."""

    def __array_ufunc__(self, ufunc, method, *inputs, out=(), **how):
        inputs = list(map(plain, inputs))
        if out:
            how["out"] = tuple(part.view(np.ndarray) for part in out)
        result = getattr(ufunc, method)(*inputs, **how)
        if method == "__call__" and not ufunc.signature and np.asarray(result).dtype.kind == "f":
            report(ufunc, result, inputs)
        return out[0] if out else watched(result)


def report(ufunc, result, inputs):
    """Call numpy's handler, if one is set, for what has come out of finite numbers, and for a new nan."""
    finite, number = True, True
    for part in inputs:
        finite, number = finite & np.isfinite(part), number & ~np.isnan(part)
    over = "divide" if ufunc.__name__ == "divide" or ufunc.__name__.startswith("log") else "over"
    for kind, where in {"invalid": np.isnan(result) & number, over: np.isinf(result) & finite}.items():
        if np.any(where) and np.geterr()[kind] == "call":
            np.geterrcall()(NAMES[kind], 0)


def watched(value):
    """Return arrays as Watched ones, also those in a list or tuple; a list stays the same list."""
    if isinstance(value, list):
        value[:] = map(watched, value)
    if isinstance(value, tuple):
        return tuple(map(watched, value))
    return np.asarray(value).view(Watched) if isinstance(value, (np.ndarray, np.generic)) else value


def plainly(ufunc):
    """Return a function like numpy's that also reports what becomes of plain numbers."""
    return lambda x, *rest, **how: ufunc(np.asarray(x).view(Watched) if np.isscalar(x) else x, *rest, **how)


def tried(function, args, real=practice._try):
    """Do as practice does, with arrays that report."""
    result, said = real(function, watched(args))
    return plain(result), said


def plain(value):
    """Return arrays as numpy's own again, also those in a tuple."""
    if isinstance(value, tuple):
        return tuple(map(plain, value))
    return value.view(np.ndarray) if isinstance(value, Watched) else value


for name in RISKY:
    setattr(np, name, plainly(getattr(np, name)))
np.asarray, np.array = np.asanyarray, functools.partial(np.array, subok=True)  # or else they report no longer
practice._try = tried


def judge(name, text, variable):
    """Return as JSON what check says of a typed answer: text, drawing, whether it is right, and what was printed.

    variable is the name that the typed code gives the answer, or "" where the answer itself is typed.
    """
    exercise, printed = practice.EXERCISES[name], io.StringIO()
    with contextlib.redirect_stdout(printed):
        said, answer = run(exercise, text, variable) if variable else ("", text.strip() or ...)
        said, svg = (f"{name}: {said}", "") if said else practice.verdict(name, answer, limited)
    right = said.startswith(f"{name}: right")
    return json.dumps({"text": said, "svg": svg, "right": right, "printed": printed.getvalue()[-2000:]})


def run(exercise, text, variable):
    """Run typed code; return what went wrong, or "", and its answer."""
    names, found = {"np": np} | {name: getattr(lessons, name) for name in exercise.uses}, []

    def work():
        try:
            exec(compile(text, "answer", "exec"), names)
        except practice._Stop:
            raise
        except BaseException as error:
            lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "answer"]
            line = lines[-1] if lines else getattr(error, "lineno", 1)
            found.append(f"line {line}: {type(error).__name__}: {getattr(error, 'msg', error)}.")

    if not text.strip():
        return "", lambda *args: ...
    late = limited(work, RUN_SECONDS if exercise.task else practice.SECONDS)
    kind = "a run" if exercise.task else "a function"
    missing = "" if variable in names else f"the code has no {variable}. The check looks for {kind} of that name."
    return late or "".join(found) or missing, names.get(variable)
