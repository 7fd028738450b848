"""Plant faults in copies of a lesson, and see that the tests notice each of them: make drill."""

import os
import re
import shutil
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_output
from test_notebooks import NOTEBOOKS

LESSON = "02-sigmoid"  # the cells named below are its own
FORM = ["tests/test_notebooks.py", "-k", f"{LESSON} or first_five"]
PRACTICE = ["tests/test_practice.py", "-k", f"{LESSON} or lessons or stub or folded or guess"]
CURVES = ["tests/test_curves.py", "-k", LESSON[:3]]
RUN = [f"notebooks/{LESSON}.ipynb"]


def source(cell, old, new):
    """Return a fault: other text in a cell."""

    def plant(cells):
        assert old in cells[cell].source, f"{old!r} is not in {cell}"
        cells[cell].source = cells[cell].source.replace(old, new, 1)

    return plant


def stored(cell, old, new):
    """Return a fault: another stored output."""

    def plant(cells):
        assert old in cells[cell].outputs[0].text
        cells[cell].outputs[0].text = cells[cell].outputs[0].text.replace(old, new, 1)

    return plant


def change(cell, edit):
    """Return a fault: what edit does to a cell."""
    return lambda cells: edit(cells[cell])


def strip(cells):
    """Take away what running has left."""
    for cell in cells.values():
        if cell.cell_type == "code":
            cell.update(outputs=[], execution_count=None)


def add_view(cell):
    """Store a widget view, as JupyterLab does."""
    cell.outputs[0].data["application/vnd.jupyter.widget-view+json"] = {"model_id": "1"}


QUIZ = "**No.** It moves"
NUMPY = "import numpy as np\n"
NEXT = "[3. Vanishing gradients](03-vanishing-gradients.ipynb)"
FAULTS = {  # all in one lesson: the fault, and the tests that must notice it
    "a stored number is changed": (stored("cost", "0.0513", "0.0613"), RUN),
    "a stored practice answer is changed": (stored("sigmoid-check", "not written", "written"), RUN),
    "a constant in a formula is wrong": (source("cost", "/ 2", "/ 3"), RUN),
    "a sign in a formula is wrong": (source("overflow-shown", "np.exp(-z)", "np.exp(z)"), RUN),
    "a fact is false": (source("factors", "0.243", "0.343"), FORM),
    "one slider position raises": (
        source("valley-figure", "says =", "assert w > -3; says ="),
        RUN,
    ),
    "a slider position overflows": (
        source("misses-draw", "a = sigmoid(w", "a = 0 * np.exp(1000.0 * (b == -1)) + sigmoid(w"),
        RUN,
    ),
    "a figure has no alt text": (source("riddle-figure", "alt=", "note="), RUN),
    "a module that is not installed": (source("imports", NUMPY, NUMPY + "import sundials\n"), RUN),
    "a prediction is misspelt": (source("guess-hurry", '"hurry"', '"hury"'), RUN),
    "a cell is empty of its figure": (source("shelf-figure", "explore(draw", "0 and explore(draw"), RUN),
    "the curve of the plot is mirrored": (source("misses-draw", "sigmoid(w * grid", "sigmoid(-w * grid"), CURVES),
    "the walk goes the wrong way": (source("fit-train", "w -= 0.5", "w += 0.5"), RUN),
    "the cross-entropy takes the wrong chance": (source("shelf-draw", "a, 1 - a", "1 - a, a"), CURVES),
    "stripped of its outputs": (strip, FORM),
    "the next lesson is the wrong one": (source("opening", NEXT, NEXT.replace("03-vanishing", "04-vanishing")), FORM),
    "previous and next are swapped": (
        source("opening", NEXT, "[3. Vanishing gradients](01-activation-functions.ipynb)"),
        FORM,
    ),
    "a stored picture has no alt text": (change("hand-figure", lambda cell: cell.outputs[0].metadata.clear()), FORM),
    "a widget view is stored": (change("hand-figure", add_view), FORM),
    "an error is stored": (
        change("cost", lambda cell: cell.outputs.append(new_output("error", ename="E", evalue="e"))),
        FORM,
    ),
    "cells have been run out of order": (change("cost", lambda cell: cell.update(execution_count=99)), FORM),
    "a cell is hidden from nbval": (change("walk", lambda cell: cell.metadata.update(tags=["nbval-skip"])), FORM),
    "an import is not used": (source("imports", NUMPY, NUMPY + "import math\n"), FORM),
    "an import in a later cell": (source("cost", "def cost", "import math\ndef cost"), FORM),
    "a section is missing": (source("references", "## References", "## Books"), FORM),
    "a heading level is skipped": (source("hand", "## Your hand", "#### Your hand"), FORM),
    "a cell is too long": (source("cost", "def", "x = 0\n" * 15 + "def"), FORM),
    "it plots on what is current": (source("classes-figure", "left.set(", "plt.plot([0]); left.set("), FORM),
    "the minutes differ from the README": (source("opening", "About 40 minutes", "About 10 minutes"), FORM),
    "a quiz has two right answers": (source("quiz-3", QUIZ, QUIZ.replace("No", "Right")), PRACTICE),
    "a quiz answer has no words": (
        source("quiz-3", "It walks against the slope.", ""),
        PRACTICE,
    ),
    "a folded solution is wrong": (source("sigmoid-help", "np.where(np.asarray(z) >= 0, 1, e)", "1"), PRACTICE),
    "a stub gives the answer away": (source("sigmoid-stub", "...", "(1 + np.tanh(z / 2)) / 2"), PRACTICE),
    "a guess is filled in": (source("guess-share-kept", "None", '"smaller"'), PRACTICE),
    "an exercise is not checked": (source("sigmoid-check", "check(", "print("), PRACTICE),
}


@pytest.fixture
def copy(tmp_path):
    """Return a copy of what the tests read."""
    for name in ("notebooks", "tests", "lessons"):
        shutil.copytree(NOTEBOOKS.parent / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    for name in ("README.md", "pyproject.toml"):
        shutil.copy(NOTEBOOKS.parent / name, tmp_path)
    return tmp_path


def run(copy, tests):
    """Run some of the tests on a copy; return their exit status and what they print."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    env = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, env=env)
    return done.returncode, done.stdout


@pytest.mark.parametrize("tests", [FORM, PRACTICE, CURVES, RUN], ids=["form", "practice", "curves", "run"])
def test_sound_copy_passes(copy, tests):
    status, text = run(copy, tests)
    assert status == 0, text


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_is_noticed(copy, fault):
    plant, tests = FAULTS[fault]
    path = copy / "notebooks" / f"{LESSON}.ipynb"
    nb = nbformat.read(path, as_version=4)
    plant({cell.id: cell for cell in nb.cells})
    nbformat.write(nb, path)
    status, text = run(copy, tests)
    assert status == 1 and re.search(r"^FAILED", text, re.M), text  # a test failed: nothing less, nothing else
    print(f"{fault:42} noticed by {re.search('^FAILED (.*?)( - |$)', text, re.M)[1]}")
