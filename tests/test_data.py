"""Check the made-up data sets: their shape, their range, and that a seed makes them again."""

import numpy as np
import pytest

from lessons import clusters, spiral


@pytest.mark.parametrize("make", [spiral, clusters])
def test_same_rng_same_data(make):
    one, same, other = (make(np.random.default_rng(seed)) for seed in (3, 3, 4))
    assert all(map(np.array_equal, one, same)) and not np.array_equal(one[0], other[0])


def test_spiral_without_noise_is_arms_that_a_turn_carries_onto_each_other():
    x, arm = spiral(np.random.default_rng(0), arms=3, points=50, noise=0)
    assert x.shape == (150, 2) and np.array_equal(np.bincount(arm), [50, 50, 50])
    z = x @ [1, 1j]
    np.testing.assert_allclose(z[arm == 1], z[arm == 0] * np.exp(2j * np.pi / 3))
    np.testing.assert_allclose(np.abs(z[arm == 0]), 3 * np.linspace(0.05, 1, 50))
    assert np.ptp(np.unwrap(np.angle(z[arm == 0]))) == pytest.approx(4 * 0.95)


def test_spiral_noise_turns_points_and_keeps_their_radius():
    quiet, noisy = (spiral(np.random.default_rng(0), points=2000, noise=noise)[0] @ [1, 1j] for noise in (0, 0.1))
    np.testing.assert_allclose(np.abs(noisy), np.abs(quiet))
    assert np.angle(noisy / quiet).std() == pytest.approx(0.1, rel=0.05)


def test_clusters_gather_around_their_centres():
    x, kind = clusters(np.random.default_rng(0), kinds=4, points=400, inputs=50, noise=0.05)
    assert x.shape == (400, 50) and x.min() >= 0 and x.max() <= 1
    assert set(kind) == {0, 1, 2, 3}
    centres = np.array([x[kind == k].mean(axis=0) for k in range(4)])
    nearest = np.linalg.norm(x[:, None] - centres, axis=2).argmin(axis=1)
    assert np.array_equal(nearest, kind)
