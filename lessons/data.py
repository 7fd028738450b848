"""Small made-up data sets, drawn from a numpy Generator."""

import numpy as np


def spiral(rng, arms=3, points=50, noise=0.1):
    """Return points on the arms of a spiral, (arms * points, 2), and the arm of each, as in CS231n's notes."""
    arm = np.repeat(np.arange(arms), points)
    r = np.tile(np.linspace(0.05, 1, points), arms)
    angle = 2 * np.pi * arm / arms + 4 * r + rng.normal(0, noise, r.shape)
    return 3 * np.column_stack([r * np.cos(angle), r * np.sin(angle)]), arm


def clusters(rng, kinds=10, points=300, inputs=784, noise=0.2):
    """Return points in [0, 1], (points, inputs), around one random centre a kind, and each one's kind."""
    kind = rng.integers(kinds, size=points)
    centres = rng.uniform(size=(kinds, inputs))
    return np.clip(centres[kind] + rng.normal(0, noise, (points, inputs)), 0, 1), kind
