"""Keep the lessons module small, documented and free of surprises."""

import inspect
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import lessons

MOST_LINES = 500  # in all, without blank ones: a learner reads it in one sitting
FILES = sorted(Path(lessons.__file__).parent.glob("*.py"))


def test_module_is_small():
    lines = [line for path in FILES for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    assert len(lines) <= MOST_LINES


@pytest.mark.parametrize("name", lessons.__all__)
def test_public_name_is_documented(name):
    public = getattr(lessons, name)
    if callable(public):
        assert inspect.getdoc(public) and public.__doc__[0].isupper()
        source = inspect.getsource(inspect.unwrap(public))  # what a learner sees after ??name
        assert f"def {name}(" in source or f"class {name}" in source


def test_all_names_what_is_public():
    public = {name for name, value in vars(lessons).items() if not name.startswith("_") and not inspect.ismodule(value)}
    assert set(lessons.__all__) == public and len(lessons.__all__) == len(public)
    for module in (import_module(f"lessons.{path.stem}") for path in FILES if path.stem != "__init__"):
        own = {name for name, value in vars(module).items() if getattr(value, "__module__", "") == module.__name__}
        assert {name for name in own if not name.startswith("_")} <= public


def test_import_changes_nothing():
    code = (
        "import sys, matplotlib, numpy\n"
        "matplotlib.use('agg')\n"  # else a look at rcParams imports pyplot to find a backend
        "before = dict(matplotlib.rcParams), numpy.geterr()\n"
        "import lessons\n"
        "assert before == (dict(matplotlib.rcParams), numpy.geterr())\n"
        "assert 'matplotlib.pyplot' not in sys.modules\n"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
