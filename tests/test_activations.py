"""Compare every activation and slope with an authority, up to the ends of the float range."""

import dataclasses
import itertools
from functools import partial

import numpy as np
import pytest
import scipy.special
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from matplotlib.mathtext import MathTextParser
from numpy.testing import assert_allclose as assert_close
from numpy.testing import assert_array_equal
from sight import SIGHTS, ciede2000, contrast, difference

from lessons import ACTIVATIONS, leaky, leaky_relu, leaky_relu_slope, relu
from lessons import sigmoid, sigmoid_slope, softmax, softmax_jacobian, tanh_slope

ALL = list(ACTIVATIONS.values())
ONE_BY_ONE = [a for a in ALL if a.name != "softmax"]
FUNCTIONS = [f for a in ONE_BY_ONE for f in (a.function, a.slope)] + [softmax]
SIZES = [5e-324, 2.3e-308, 2.2e-16, 1, 5, 12, 40, 90, 710, 60000, 1.79e308, np.inf]
EXTREMES = np.array([-s for s in reversed(SIZES)] + [-0.0, 0.0] + SIZES)  # where floats go wrong
VALUES = {  # written with if, one number at a time: what the docstrings promise
    "step": lambda x: 1 if x > 0 else 0,
    "linear": lambda x: x,
    "sigmoid": scipy.special.expit,
    "tanh": np.tanh,
    "relu": lambda x: x if x > 0 else 0,
    "leaky_relu": lambda x: x if x > 0 else 0.01 * x,
}
SLOPES = {
    "step": lambda x: 0,
    "linear": lambda x: 1,
    "sigmoid": lambda x: scipy.special.expit(x) * scipy.special.expit(-x),
    "tanh": lambda x: 4 * scipy.special.expit(2 * x) * scipy.special.expit(-2 * x),
    "relu": lambda x: 1 if x > 0 else 0,
    "leaky_relu": lambda x: 1 if x > 0 else 0.01,
}

by_name = pytest.mark.parametrize("activation", ONE_BY_ONE, ids=lambda a: a.name)
by_function = pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f.__name__)
arrays = hnp.arrays(np.float64, hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4))


@pytest.fixture(autouse=True)
def _strict():
    """Make every floating-point surprise an error but underflow, which rounds to 0."""
    with np.errstate(all="raise", under="ignore"):
        yield


def expected(oracle, x):
    """Return oracle of each number in x."""
    with np.errstate(all="ignore"):
        return np.array([oracle(float(v)) for v in x.flat], float).reshape(x.shape)


# Values and slopes, also at 0 by convention


@pytest.mark.parametrize("part, oracles", [("function", VALUES), ("slope", SLOPES)], ids=["value", "slope"])
@by_name
def test_it_is_the_oracle_up_to_the_extremes(activation, part, oracles):
    y = getattr(activation, part)(EXTREMES)
    assert_close(y, expected(oracles[activation.name], EXTREMES), rtol=1e-15, atol=2.3e-308)


@by_name
@given(x=arrays)
def test_value_is_the_oracle_on_any_array(activation, x):
    numbers = ~np.isnan(x)
    y = np.asarray(activation.function(x))
    assert_close(y[numbers], expected(VALUES[activation.name], x[numbers]), rtol=1e-15, atol=1e-300)
    assert np.isnan(y[~numbers]).all()


@by_name
def test_slope_is_the_central_difference_off_the_kink(activation):
    x, h = np.delete(np.linspace(-6, 6, 121), 60), 1e-5
    difference_ = (activation.function(x + h) - activation.function(x - h)) / (2 * h)
    assert_close(activation.slope(x), difference_, atol=1e-10)


@pytest.mark.parametrize(
    "function, x, y",
    [
        (sigmoid, [1, -10, 0, 15, -2], [0.7310586, 4.5397868e-5, 0.5, 0.9999997, 0.1192029]),
        (sigmoid_slope, [0, np.log(3 + 2 * np.sqrt(2)), 5, 10], [0.25, 0.125, 6.6480567e-3, 4.5395807e-5]),
        (tanh_slope, [0, 1], [1, 0.4199743]),
        (relu, [1, -10, 0, 15, -20], [1, 0, 0, 15, 0]),
        (leaky_relu, [1, -10, 0, 15, -20], [1, -0.1, 0, 15, -0.2]),
        (softmax, [1, 2, 3], [0.09003057, 0.24472847, 0.66524096]),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_known_numbers(function, x, y):
    assert_close(function(x), y, rtol=1e-6)


# Softmax


@given(x=hnp.arrays(np.float64, (3, 4), elements=st.floats(-700, 700)), axis=st.sampled_from([0, 1, -1]))
def test_softmax_is_the_oracle(x, axis):
    assert_close(softmax(x, axis), scipy.special.softmax(x, axis), rtol=1e-12, atol=1e-300)


def test_softmax_at_the_extremes():
    rows = [[np.inf, np.inf, 0], [-np.inf] * 3, [1.79e308, -1.79e308, 0], [np.inf, -np.inf, 0], [np.nan, 1, 2]]
    assert_array_equal(softmax(rows), [[0.5, 0.5, 0], [1 / 3] * 3, [1, 0, 0], [1, 0, 0], [np.nan] * 3])


@given(x=hnp.arrays(np.float64, (2, 5), elements=st.floats(-20, 20)))
def test_softmax_jacobian_is_the_central_difference(x):
    h = 1e-5
    moved = [(softmax(x + h * unit) - softmax(x - h * unit)) / (2 * h) for unit in np.eye(5)]
    assert_close(softmax_jacobian(x), np.stack(moved, axis=-1), atol=1e-9)
    assert_close(softmax_jacobian(x).sum(axis=-1), 0, atol=1e-15)


def test_softmax_jacobian_takes_lists_and_stacks_of_any_depth():
    x = np.linspace(-2, 2, 24).reshape(2, 3, 4)
    assert_array_equal(softmax_jacobian(x), [[softmax_jacobian(row.tolist()) for row in rows] for rows in x])


# What goes in, what comes out


@by_function
@given(x=arrays)
def test_shape_is_kept_and_input_untouched(function, x):
    assume(x.size or function is not softmax)  # nothing has no largest number
    before = x.copy()
    y = function(x)
    assert np.shape(y) == x.shape and not np.shares_memory(y, x)
    assert_array_equal(x, before)


@by_function
def test_numbers_and_lists_give_floats(function):
    y = function(np.array([-1.0, 0.0, 2.0]))
    assert_array_equal(function([-1, 0, 2]), y)
    assert function([-1, 0, 2]).dtype == y.dtype == np.float64
    for x in (-1, -1.0, np.array(-1.0)):
        assert isinstance(function(x), float) and function(x) == function([-1.0])[0]


@pytest.mark.parametrize("alpha", [-1, 0, 0.01, 0.3, 1, 2.5])
def test_leaky_relu_takes_any_alpha(alpha):
    x, entry = np.array([-3.0, -0.5, 0.0, 2.0]), leaky(alpha)
    for function in (entry.function, partial(leaky_relu, alpha=alpha)):
        assert_array_equal(function(x), [-3 * alpha, -0.5 * alpha, 0, 2])
    for slope in (entry.slope, partial(leaky_relu_slope, alpha=alpha)):
        assert_array_equal(slope(x), [alpha, alpha, alpha, 1])
    assert (entry.name, entry.color) == ("leaky_relu", ACTIVATIONS["leaky_relu"].color)


# The table


def test_table_has_the_seven_in_order():
    assert list(ACTIVATIONS) == ["step", "linear", "sigmoid", "tanh", "relu", "leaky_relu", "softmax"]


@pytest.mark.parametrize("key, activation", list(ACTIVATIONS.items()), ids=list(ACTIVATIONS))
def test_entry_is_one_piece_in_latex_and_a_colour_that_stands_out_from_white(key, activation):
    assert key == activation.name == activation.function.__name__
    assert activation.slope.__name__ == ("softmax_jacobian" if key == "softmax" else f"{key}_slope")
    with pytest.raises(dataclasses.FrozenInstanceError):
        activation.name = "other"
    width, height, *_ = MathTextParser("path").parse(f"${activation.formula}$")
    assert width > 0 and height > 0
    assert contrast(activation.color) >= 3  # WCAG 2.2, 1.4.11: lines in figures


# Colours


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("one, other", list(itertools.combinations(ALL, 2)), ids=lambda a: a.name)
def test_colors_differ_to_every_sight(one, other, sight):
    # A difference of 1 can just be seen side by side; 10 can still be told between thin, distant lines.
    assert difference(one.color, other.color, sight) >= 10


@pytest.mark.parametrize(
    "one, other, expected",  # Sharma, Wu & Dalal (2005), Table 1
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_difference_is_ciede2000(one, other, expected):
    assert ciede2000(one, other) == pytest.approx(expected, abs=5e-5)
