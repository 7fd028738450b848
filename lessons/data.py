"""Small data sets: points drawn from a numpy Generator, and handwritten digits."""

from functools import partial
from pathlib import Path

import numpy as np


def spiral(rng, arms=3, points=50, noise=0.1, turn=4):
    """Return points on the arms of a spiral, (arms * points, 2), and the arm of each, as in CS231n's notes."""
    labels = np.repeat(np.arange(arms), points)
    r = np.tile(np.linspace(0.05, 1, points), arms)
    angle = 2 * np.pi * labels / arms + turn * r + rng.normal(0, noise, r.shape)
    return 3 * np.column_stack([r * np.cos(angle), r * np.sin(angle)]), labels


def xor(rng, points=250):
    """Return points in four squares, (points, 2), and 1 for those whose coordinates differ in sign."""
    x = rng.uniform(0.2, 2.8, (points, 2)) * rng.choice([-1, 1], (points, 2))
    return x, np.where(x[:, 0] * x[:, 1] < 0, 1, 0)


def circles(rng, points=250):
    """Return points in a disc and on a ring around it, (points, 2), and 1 for those on the ring."""
    labels = np.arange(points) % 2
    r, angle = rng.uniform(2 * labels, 1.2 + 1.8 * labels), rng.uniform(0, 2 * np.pi, points)
    return np.column_stack([r * np.cos(angle), r * np.sin(angle)]), labels


def moons(rng, points=250, noise=0.2):
    """Return points on two half circles that reach into each other, (points, 2), and the half of each."""
    labels = np.arange(points) % 2
    angle = np.pi * (rng.uniform(size=points) + labels)
    x = 1.6 * np.column_stack([np.cos(angle) + labels - 0.5, np.sin(angle) + labels / 2 - 0.25])
    return x + rng.normal(0, noise, x.shape), labels


def digits(rng):
    """Return handwritten digits: 1400 pictures in [0, 1], (1400, 64), their labels, and 397 new ones with theirs.

    They are 8 by 8 pixels by Alpaydin & Kaynak (1998), shuffled; see digits.md.
    """
    with np.load(Path(__file__).with_name("digits.npz")) as stored:
        order = rng.permutation(len(stored["y"]))
        x, labels = stored["x"][order] / 16, stored["y"][order]
    return x[:1400], labels[:1400], x[1400:], labels[1400:]


DATA = {"xor": xor, "circles": circles, "moons": moons, "spiral": partial(spiral, arms=2, points=125, turn=6)}
