"""Change the module in small ways, one at a time, and see that a test fails each time: make mutants

usage: python tests/tools/mutants.py [module ...]. cosmic-ray makes the mutants; a process that has imported numpy
and the like forks for each of them and runs its tests. All modules take about half an hour on two cores.
"""

import ast
import contextlib
import difflib
import importlib
import itertools
import os
import re
import resource
import shutil
import signal
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

ROOT = Path(__file__).resolve().parents[2]
FOUND = [path.stem for path in sorted((ROOT / "lessons").glob("*.py"))]
TESTS = {name: [name] for name in FOUND if (ROOT / f"tests/test_{name}.py").exists()}  # module: what is to notice
TESTS["guesses"] = ["practice"]
# Operators that floats do not have, that fail on any input, or that say the same twice.
LEFT_OUT = r"Bit(Or|And|Xor)|[LR]Shift|_(Is|IsNot)$|_Invert$|UAdd|USub_Not|_(Mod|FloorDiv|Pow)$|Delete_Not"
OPTIONS = ["-x", "-q", "-o", "addopts=", "-p", "no:nbval", "-p", "no:cacheprovider"]
OPTIONS += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]  # hypothesis is there before pytest
SECONDS = 40  # of computing: what takes longer does not end


def examples(code):
    """Return where the inputs stand that exercises are tried with: another number there is no mistake."""
    starts = [0, *itertools.accumulate(map(len, code.splitlines(keepends=True)))]
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Exercise":
            node = node.args[1]
        elif not (
            isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in ("(A, LINE)", "(TABLE, TALL)", "SEEN")
        ):
            continue
        yield range(starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset)


def mutants(code):
    """Return every mutant of a module's code that is another program than the others."""
    left_out = list(examples(code))
    found = {ast.dump(ast.parse(code)): ""}
    for name in operator_names():
        operator = get_operator(name)
        if re.search(LEFT_OUT, name) or operator.arguments():
            continue
        for occurrence in itertools.count():
            mutant = mutate_code(code, operator(), occurrence)
            if mutant is None:
                break
            if any(len(os.path.commonprefix([code, mutant])) in place for place in left_out):
                continue
            with contextlib.suppress(SyntaxError):  # the * and / of a parameter list are no operators
                found.setdefault(ast.dump(ast.parse(mutant)), mutant)
    return list(found.values())[1:]


def set_up(folder):
    """Copy what the tests read into a folder of this process's own, and import what they all need."""
    os.chdir(tempfile.mkdtemp(dir=folder))
    for part in ("lessons", "tests", "notebooks"):
        shutil.copytree(ROOT / part, part, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    for part in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / part, part)
    for name in ("hypothesis.strategies", "ipywidgets", "matplotlib.pyplot", "nbformat", "scipy.stats"):
        importlib.import_module(name)


def survives(module, code):
    """Return whether all tests of a module pass with this code in its place."""
    path = Path("lessons", f"{module}.py")
    sound = path.read_text("utf8")
    path.write_text(code, "utf8")
    child = os.fork()
    if not child:
        test(module)
    _, status = os.waitpid(child, 0)
    path.write_text(sound, "utf8")
    return status == 0


def test(module):
    """Run the tests of a module and end this process with their status."""
    signal.alarm(10 * SECONDS)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.dont_write_bytecode = True
    sys.path.insert(0, os.getcwd())
    try:
        os._exit(pytest.main([*OPTIONS, *(f"tests/test_{name}.py" for name in TESTS[module])]))
    finally:
        os._exit(1)


def changes(old, new):
    """Return the lines in which two texts differ."""
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=0)
    return "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))


def main(modules):
    """Print the survivors and the share killed, of the named modules or all."""
    total = alive = 0
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(2, initializer=set_up, initargs=[folder]) as pool:
        for module in modules:
            sound = (ROOT / "lessons" / f"{module}.py").read_text("utf8")
            if not pool.submit(survives, module, sound).result():
                sys.exit(f"the tests of {module} fail without any change")
            codes = mutants(sound)
            fates = pool.map(survives, itertools.repeat(module), codes)
            survivors = [changes(sound, code) for code, fate in zip(codes, fates) if fate]
            print(*survivors, f"{module}: {len(codes) - len(survivors)} of {len(codes)} killed", sep="\n\n", flush=True)
            total, alive = total + len(codes), alive + len(survivors)
    print(f"\nall: {total - alive} of {total} killed, {1 - alive / total:.1%}")


if __name__ == "__main__":
    main(sys.argv[1:] or list(TESTS))
