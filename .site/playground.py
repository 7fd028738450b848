"""The parts of the page that trains a net: its controls, and the first frame, made as the page will make all others."""

import base64
import json
import zlib
from pathlib import Path
from types import SimpleNamespace

import live
import numpy as np
from jinja2 import Environment, FileSystemLoader

from lessons import DATA, EXERCISES

HERE = Path(__file__).resolve().parent
INVITATION = """On this page that cell does not run. But a net trains here all the same: press *Play*.
(There is [a page for it alone](playground.html), too.)"""
OPENING = "Each circle shows what a unit says of all places in the plane, each ring how much error signal comes back."
CHOICES = {
    "inits": [0, 0.01, 0.1, 0.5, 1, 2, 4, 6, 9, 16, 25, 41, 100, 400, "default"],
    "rates": [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 2, 3, 10],
    "batches": [1, 2, 5, 10, 25, 50, 125, 250],
}


def section():
    """Return the HTML of the net that trains, in as few lines as Markdown wants."""
    first = live.live(json.dumps({"make": live.START}))
    look = Environment(loader=FileSystemLoader(HERE), trim_blocks=True).get_template("playground.html.j2")
    text = look.render(
        CHOICES,
        first=base64.b64encode(zlib.compress(first, 9)).decode(),
        start=live.START,
        functions=["tanh", "relu", "leaky_relu", "sigmoid", "linear", "step"],
        tasks={name: some_of(*data(np.random.default_rng(0))) for name, data in DATA.items()},
        words=live.net.kinds(0)["start"][1],
        challenges={name: EXERCISES[name].task for name in live.CHALLENGES},
    )
    return text.replace("\n", "")


def some_of(points, labels):
    """Return some points of a task, as SVG, for a small picture."""
    return live.marks(points[::3], labels[::3]).values()


def page(plays):
    """Return a page that holds nothing else."""
    body = f"<h1>Press play</h1>\n<p>{OPENING}</p>\n{plays}"
    return SimpleNamespace(
        name="playground", title="Press play", question=OPENING, contents=[], binder="", body=body, plays=True
    )
