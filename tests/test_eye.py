"""See that what watches the lessons' kernels notices what it is there for."""

import eye
import matplotlib.pyplot as plt
import numpy as np
import pytest
from stricter import Picture

from lessons.sliders import explore


@pytest.fixture
def ax():
    """Return axes as a lesson sets them up, on a canvas that a phone shows whole."""
    with plt.style.context("default"):
        ax = plt.figure(figsize=(5, 3), layout="constrained").add_subplot()
        ax.set(xlim=(0, 1), ylim=(0, 1), xlabel="x", ylabel="y")
        yield ax
    plt.close("all")


FAULTS = {
    "a point leaves its axes": lambda ax, k: ax.plot([0.5], [k], "o"),
    "a scattered point leaves its axes": lambda ax, k: ax.scatter([0.5], [k]),
    "a bar leaves its axes": lambda ax, k: ax.bar([0.5], [k]),
    "a line is out of sight": lambda ax, k: ax.plot([0, 1], [k, k]),
    "a word is cut off": lambda ax, k: ax.text(k - 0.7, 0.5, "a word that is long"),
    "letters are too small": lambda ax, k: ax.text(0.5, 0.5, "small", size=10 - k),
    "an axis has no label": lambda ax, k: (ax.set(ylabel=""), ax.plot([0, 1], [0, 1]))[1],
    "pixels hide still words": lambda ax, k: (
        ax.texts or ax.text(0.5, 0.4, "still"),
        ax.plot([0, 1], [0, 1], rasterized=True),
    )[1],
    "still words are cut off": lambda ax, k: (ax.set(title="long " * 40), ax.plot([0, 1], [0, 1]))[1],
}


@pytest.mark.parametrize("fault", FAULTS)
def test_frame_that_a_reader_could_stumble_over_is_noticed(fault, ax, monkeypatch):
    monkeypatch.setattr(eye, "EXCUSED", {})
    with pytest.raises(AssertionError, match="k"):
        eye.looking(explore)(lambda k: FAULTS[fault](ax, k), alt="A figure with {k}", k=(0, 2, 1))


def test_sound_frames_pass(ax, monkeypatch):
    monkeypatch.setattr(eye, "EXCUSED", {})
    x = np.linspace(0, 1)

    def draw(k):
        return ax.plot(x, k * x), ax.plot(0.5, 0.5, "o"), ax.bar([0.5], [0.4]), ax.text(0.1, 0.9, f"k = {k}")

    eye.looking(explore)(draw, alt="Lines with slope {k}", k=(0, 2, 1))


def test_other_machines_and_our_own_files_are_refused(tmp_path):
    for event, args in (
        ("socket.getaddrinfo", ("example.org", 443, 0, 0, 0)),
        ("socket.connect", (None, ("192.0.2.1", 80))),
        ("open", (str(eye.ROOT / "notebooks" / "new.txt"), "w", 0)),
        ("open", (str(eye.ROOT / "lessons" / "new.txt"), None, 0o101)),
    ):
        with pytest.raises(PermissionError, match="a lesson"):
            eye.refuse(event, args)
    for event, args in (
        ("socket.getaddrinfo", ("localhost", 80, 0, 0, 0)),
        ("socket.connect", (None, ("127.0.0.1", 80))),
        ("open", (str(tmp_path / "new.txt"), "w", 0)),
        ("open", (str(eye.ROOT / "README.md"), "r", 0)),
    ):
        eye.refuse(event, args)


def png(ax):
    """Return a figure's picture, as explore stores it."""
    return Picture(explore(lambda k: ax.plot([0, k], [0, 1]), alt="A line to {k}", k=(0, 1, 1)).picture)


def test_pictures_differ_by_a_word(ax):
    words = {}
    for word in ("x", "z"):
        one = plt.figure(figsize=(5, 3)).add_subplot(xlim=(0, 1), ylim=(0, 1), xlabel=word)
        words[word] = png(one)
    assert words["x"] != words["z"] and not words["x"] != Picture(words["x"])
    assert words["x"] != "no picture"
