"""Check the made-up data sets: their shape, their range, and that a seed makes them again."""

import numpy as np
import pytest

from lessons import DATA, circles, digits, moons, spiral, xor


@pytest.mark.parametrize("make", [spiral, digits, *DATA.values()])
def test_same_rng_same_data(make):
    one, same, other = (make(np.random.default_rng(seed)) for seed in (3, 3, 4))
    assert all(map(np.array_equal, one, same)) and not np.array_equal(one[0], other[0])


def test_spiral_without_noise_is_arms_that_a_turn_carries_onto_each_other():
    x, labels = spiral(np.random.default_rng(0), noise=0)
    assert x.shape == (150, 2) and np.array_equal(np.bincount(labels), [50, 50, 50])
    z = x @ [1, 1j]
    np.testing.assert_allclose(z[labels == 1], z[labels == 0] * np.exp(2j * np.pi / 3))
    np.testing.assert_allclose(np.abs(z[labels == 0]), 3 * np.linspace(0.05, 1, 50))
    assert np.ptp(np.unwrap(np.angle(z[labels == 0]))) == pytest.approx(4 * 0.95)


def test_spiral_noise_turns_points_and_keeps_their_radius():
    quiet, noisy = (spiral(np.random.default_rng(0), points=2000, **how)[0] @ [1, 1j] for how in ({"noise": 0}, {}))
    np.testing.assert_allclose(np.abs(noisy), np.abs(quiet))
    assert np.angle(noisy / quiet).std() == pytest.approx(0.1, rel=0.05)


@pytest.mark.parametrize(
    "name, x0, x1",
    [("xor", 1.3129, -2.3918), ("circles", 1.5641, -2.3645), ("moons", 1.8063, -0.5122), ("spiral", -2.7569, 1.1829)],
)
def test_tasks_of_the_playground_are_those_whose_numbers_the_lessons_store(name, x0, x1):
    x, labels = DATA[name](np.random.default_rng(0))
    assert labels[-1] == 1 and x[-1] == pytest.approx([x0, x1], abs=1e-4)
    assert x.shape == (250, 2) and set(labels) == {0, 1} and 100 <= labels.sum() <= 150
    assert np.abs(x).max() < 3.5 and np.all((0.5 < x.std(axis=0)) & (x.std(axis=0) < 2))  # the map shows all


def test_xor_is_the_sign_of_the_product():
    x, labels = xor(np.random.default_rng(0))
    assert np.array_equal(labels == 1, x[:, 0] * x[:, 1] < 0) and np.abs(x).min() >= 0.2
    assert np.abs(x).min() < 0.25 and 2.7 < np.abs(x).max() <= 2.8  # the squares are filled
    assert np.unique(np.sign(x), axis=0).tolist() == [[-1, -1], [-1, 1], [1, -1], [1, 1]]


def test_circles_are_a_disc_and_a_ring_with_a_gap():
    x, labels = circles(np.random.default_rng(0))
    r = np.hypot(*x.T)
    assert r[labels == 0].max() < 1.2 < 2 < r[labels == 1].min() and r.max() < 3
    assert r.min() < 0.1 and 1.1 < r[labels == 0].max() and r[labels == 1].min() < 2.1 and 2.9 < r.max()
    angles = np.sort(np.arctan2(*x.T))
    assert np.diff(angles).max() < 0.2 and np.ptp(angles) > 2 * np.pi - 0.2  # all the way round


def test_moons_without_noise_are_two_half_circles_that_a_half_turn_carries_onto_each_other():
    x, labels = moons(np.random.default_rng(0), noise=0)
    for y in (x[labels == 0], -x[labels == 1]):
        np.testing.assert_allclose(np.hypot(*(y - [-0.8, -0.4]).T), 1.6)
        assert (y[:, 1] >= -0.4).all() and np.ptp(y[:, 0]) > 3


def test_moons_noise_has_its_size_in_every_direction():
    noisy, quiet = (moons(np.random.default_rng(0), points=5000, **noise)[0] for noise in ({}, {"noise": 0}))
    np.testing.assert_allclose((noisy - quiet).std(axis=0), 0.2, rtol=0.05)
    np.testing.assert_allclose((noisy - quiet).mean(axis=0), 0, atol=0.01)


def test_spiral_of_the_playground_has_two_arms_of_nearly_a_turn():
    x, labels = DATA["spiral"](np.random.default_rng(0))
    angle = np.unwrap(np.angle(x[labels == 0] @ [1, 1j]))
    assert angle[-1] - angle[0] == pytest.approx(6 * 0.95, abs=0.5)


def test_digits_are_pictures_and_none_is_in_both_parts():
    x, labels, new_x, new_labels = digits(np.random.default_rng(0))
    assert (x.shape, labels.shape, new_x.shape, new_labels.shape) == ((1400, 64), (1400,), (397, 64), (397,))
    pictures = np.vstack([x, new_x])
    assert pictures.min() == 0 and pictures.max() == 1 and len(np.unique(pictures, axis=0)) == 1797
    counts = np.bincount([*labels, *new_labels])
    assert counts.tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]  # as the source counts them
    ones, zeros = (x[labels == digit].mean(axis=0).reshape(8, 8) for digit in (1, 0))
    assert ones[3:5, 3:5].min() > 0.5 > 0.2 > zeros[3:5, 3:5].max()  # row by row, and each with its label
