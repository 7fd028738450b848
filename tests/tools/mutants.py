"""Change the module in small ways, one at a time, and see that a test fails each time: make mutants

usage: python tests/tools/mutants.py [module ...] [most]. cosmic-ray makes the mutants; a process that has imported
numpy and the like forks for each of them and runs its tests. With a number, at most so many mutants of each module
are tried, the same in each run. What survives is printed as a diff.
"""

import ast
import compileall
import contextlib
import difflib
import importlib
import itertools
import os
import random
import re
import resource
import shutil
import signal
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from py_compile import PycInvalidationMode

import pytest
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

ROOT = Path(__file__).resolve().parents[2]
FOUND = [path.stem for path in sorted((ROOT / "lessons").glob("*.py"))]
TESTS = {name: [name] for name in FOUND if (ROOT / f"tests/test_{name}.py").exists()}  # module: what is to notice
TESTS |= {"guesses": ["practice"], "network": ["network", "playground"], "playground": ["playground", "netmap"]}
# Operators that floats do not have, that fail on any input, or that say the same twice.
LEFT_OUT = r"Bit(Or|And|Xor)|[LR]Shift|_(Is|IsNot)$|_Invert$|UAdd|USub_Not|_(Mod|FloorDiv|Pow)$|Delete_Not"
OPTIONS = ["-x", "-q", "-o", "addopts=", "-p", "no:nbval", "-p", "no:cacheprovider", "--assert=plain"]
OPTIONS += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]  # hypothesis is there before pytest
# Parts of names of tests that take long: they are run last, for they seldom notice what the others do not.
SLOW = "any_value or of_the_table or of_a_run or no_signals or cure or frames or every_second or never_beyond or again"
SECONDS = 40  # of computing: what takes longer does not end


def mutants(code, most=None):
    """Return mutants of a module's code, each another program than the others: all, or so many drawn at random."""
    names = [name for name in operator_names() if not re.search(LEFT_OUT, name) and not get_operator(name).arguments()]
    nodes = list(ast_nodes(get_ast(code)))
    counts = {name: sum(len(list(get_operator(name)().mutation_positions(node))) for node in nodes) for name in names}
    places = [(name, i) for name, count in counts.items() for i in range(count)]
    random.Random(0).shuffle(places)
    found = {ast.dump(ast.parse(code)): ""}
    for name, i in places:
        if len(found) - 1 == most:
            break
        mutant = mutate_code(code, get_operator(name)(), i)
        with contextlib.suppress(SyntaxError):  # the * and / of a parameter list are no operators
            found.setdefault(ast.dump(ast.parse(mutant)), mutant)
    return list(found.values())[1:]


def set_up(folder):
    """Copy what the tests read into a folder of this process's own, and import what they all need."""
    os.chdir(tempfile.mkdtemp(dir=folder))
    os.environ["PYTHONPATH"] = os.getcwd()  # for kernels and other programs that a test starts
    for part in ("lessons", "tests", "notebooks"):
        shutil.copytree(ROOT / part, part, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    for part in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / part, part)
    compileall.compile_dir(".", quiet=2, invalidation_mode=PycInvalidationMode.CHECKED_HASH)  # no mutant passes for it
    for name in ("hypothesis.strategies", "ipywidgets", "matplotlib.pyplot", "nbformat", "scipy.stats"):
        importlib.import_module(name)


def survives(module, code):
    """Return whether all tests of a module pass with this code in its place."""
    path = Path("lessons", f"{module}.py")
    sound = path.read_text("utf8")
    path.write_text(code, "utf8")
    alive = passes(module, f"not ({SLOW})") and passes(module, SLOW)
    path.write_text(sound, "utf8")
    return alive


def passes(module, choice):
    """Return whether those of a module's tests pass that a choice as for pytest -k names."""
    child = os.fork()
    if not child:
        test(module, choice)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)


def test(module, choice):
    """Run tests of a module and end this process with their status."""
    signal.alarm(10 * SECONDS)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.dont_write_bytecode = True
    sys.path.insert(0, os.getcwd())
    try:
        os._exit(pytest.main([*OPTIONS, "-k", choice, *(f"tests/test_{name}.py" for name in TESTS[module])]))
    finally:
        os._exit(1)


def changes(old, new):
    """Return the lines in which two texts differ."""
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=0)
    return "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))


def main(modules, most=None):
    """Print the survivors and the share killed, of the named modules or all."""
    total = alive = 0
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(2, initializer=set_up, initargs=[folder]) as pool:
        for module in modules or TESTS:
            sound = (ROOT / "lessons" / f"{module}.py").read_text("utf8")
            if not pool.submit(survives, module, sound).result():
                sys.exit(f"the tests of {module} fail without any change")
            codes, survivors = mutants(sound, most), 0
            for code, fate in zip(codes, pool.map(survives, itertools.repeat(module), codes)):
                if fate:
                    survivors += 1
                    print(changes(sound, code), end="\n\n", flush=True)
            print(f"{module}: {len(codes) - survivors} of {len(codes)} killed\n", flush=True)
            total, alive = total + len(codes), alive + survivors
    print(f"all: {total - alive} of {total} killed, {1 - alive / total:.1%}")


if __name__ == "__main__":
    main([name for name in sys.argv[1:] if not name.isdigit()], *[int(word) for word in sys.argv[1:] if word.isdigit()])
