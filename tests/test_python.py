"""Fetch Python for the pages: only what was pinned is written, from whichever source has it."""

import hashlib
import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / ".site"))
import python  # noqa: E402

WHEEL = b"a wheel"
LOCK = {"packages": {"numpy": {"file_name": "numpy.whl", "sha256": hashlib.sha256(WHEEL).hexdigest()}}}
CORE = {name: name.encode() for name in python.CORE} | {"pyodide-lock.json": json.dumps(LOCK).encode()}


def fails(name):
    """Be a source that cannot be reached."""
    raise OSError("no way to it")


@pytest.fixture
def fetched(monkeypatch):
    """Have the core at hand, and none of the sources."""
    monkeypatch.setattr(python, "core", lambda: dict(CORE))
    monkeypatch.setattr(python, "SOURCES", [fails, fails])


def test_core_is_compared_with_what_was_pinned():
    data = b"as published"
    pinned = hashlib.sha256(data).hexdigest()
    assert python.checked(data, "a file", pinned) == data
    with pytest.raises(ValueError, match="a file is not the file that was pinned"):
        python.checked(data + b" ", "a file", pinned)


def test_official_host_is_asked_first():
    assert python.SOURCES == (python.from_host, python.from_carrier)


@pytest.mark.parametrize("first", [fails, lambda name: WHEEL + b"!"])
def test_second_source_serves_where_the_first_does_not(fetched, tmp_path, monkeypatch, first):
    monkeypatch.setattr(python, "SOURCES", [first, lambda name: WHEEL])
    assert python.collect(tmp_path / "python") == ""
    assert (tmp_path / "python" / "numpy.whl").read_bytes() == WHEEL
    names = {path.name for path in (tmp_path / "python").iterdir()}
    assert names == {*CORE, "numpy.whl", "lessons.zip", "about.json", *python.OURS}


@pytest.mark.parametrize("second", [fails, lambda name: WHEEL + b"!"])
def test_where_none_serves_nothing_is_written(fetched, tmp_path, monkeypatch, second):
    monkeypatch.setattr(python, "SOURCES", [fails, second])
    complaint = python.collect(tmp_path / "python")
    assert complaint.startswith("numpy for the browser is nowhere to be had: fails: no way to it")
    assert list(tmp_path.iterdir()) == []


def test_without_npm_nothing_is_written(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "npm" in python.collect(tmp_path / "python") and list(tmp_path.iterdir()) == []
