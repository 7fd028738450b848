"""Keep the lessons module small, documented and free of surprises."""

import inspect
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import lessons

FILES = sorted(Path(lessons.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("name", lessons.__all__)
def test_public_name_is_documented(name):
    public = getattr(lessons, name)
    if callable(public):
        assert inspect.getdoc(public) and public.__doc__[0].isupper()
        source = inspect.getsource(inspect.unwrap(public))  # what a learner sees after ??name
        assert f"def {name}(" in source or f"class {name}" in source


def test_all_names_what_is_public():
    public = {name for name in dir(lessons) if name[0] != "_" and not inspect.ismodule(getattr(lessons, name))}
    assert set(lessons.__all__) == public and len(lessons.__all__) == len(public)
    for module in (import_module(f"lessons.{path.stem}") for path in FILES if path.stem != "__init__"):
        own = {name for name, value in vars(module).items() if getattr(value, "__module__", "") == module.__name__}
        assert {name for name in own if not name.startswith("_")} <= public


def test_what_draws_nothing_needs_numpy_alone():
    code = (
        "import sys\n"
        "sys.modules |= dict.fromkeys(['ipywidgets', 'IPython', 'matplotlib', 'PIL'])  # None: not to be found\n"
        "import lessons, lessons.activations, lessons.data, lessons.network, lessons.practice\n"
        "lessons.check('sigmoid', lessons.sigmoid)\n"
        "try:\n"
        "    from lessons import explore\n"
        "except ModuleNotFoundError:\n"
        "    print('no pictures')\n"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (result.returncode, result.stdout.splitlines()[1:], result.stderr) == (0, ["no pictures"], "")


def test_unknown_name_is_named():
    with pytest.raises(AttributeError, match="module 'lessons' has no attribute 'explode'"):
        lessons.explode


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
