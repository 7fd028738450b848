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

from lessons import ACTIVATIONS, leaky, leaky_relu, leaky_relu_slope, relu, relu_slope, sigmoid, sigmoid_slope
from lessons import softmax, softmax_jacobian, step, tanh, tanh_slope

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


# Values and slopes


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
    "slope, smooth", [(sigmoid_slope, lambda z: 1 / (1 + np.exp(-z))), (tanh_slope, np.tanh)], ids=["sigmoid", "tanh"]
)
def test_slope_is_the_complex_step(slope, smooth):
    x, h = np.linspace(-30, 30, 121), 1e-200
    assert_close(slope(x), smooth(x + 1j * h).imag / h, rtol=1e-14)


@pytest.mark.parametrize(
    "function, at_zero, central",
    [(step, 0, None), (ACTIVATIONS["step"].slope, 0, None), (relu_slope, 0, 0.5), (leaky_relu_slope, 0.01, 0.505)],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_convention_at_zero(function, at_zero, central):
    assert function(0.0) == function(-0.0) == at_zero
    if central:
        f = {relu_slope: relu, leaky_relu_slope: leaky_relu}[function]
        assert (f(1e-5) - f(-1e-5)) / 2e-5 == pytest.approx(central)


# Sigmoid's and tanh's numbers


def test_sigmoid_slope_has_the_known_landmarks():
    half = np.log(3 + 2 * np.sqrt(2))
    assert sigmoid_slope(0) == 0.25 and sigmoid_slope(np.linspace(-9, 9, 1001)).max() == 0.25
    assert half == pytest.approx(1.76275, abs=1e-5)
    assert_close(sigmoid_slope([-half, half]), 0.125)
    assert_close(sigmoid_slope([5, 10]), [6.648e-3, 4.540e-5], rtol=1e-4)
    assert_close(sigmoid_slope([-40, 40]), scipy.special.expit(-40), rtol=1e-15)


def test_tanh_is_a_stretched_sigmoid():
    x = np.linspace(-20, 20, 401)
    assert_close(tanh(x), 2 * sigmoid(2 * x) - 1, atol=1e-15)
    assert tanh_slope(0) == 1


def test_where_exp_overflows_and_sigmoid_rounds_to_1():
    np.exp(709.77)
    with pytest.raises(FloatingPointError, match="overflow"):
        np.exp(709.79)
    assert sigmoid(36.73) < 1 == sigmoid(36.75)


@pytest.mark.parametrize(
    "mean, value", [(sigmoid_slope, 0.2066), (relu, 0.3989), (lambda z: relu(z) ** 2, 0.5), (relu_slope, 0.5)]
)
def test_mean_over_a_standard_normal(mean, value):
    z = np.linspace(-10, 10, 20000)  # an even number, so that no point falls on the kink
    density = np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
    assert np.trapezoid(mean(z) * density, z) == pytest.approx(value, abs=1e-4)


@pytest.mark.parametrize(
    "function, inputs, outputs",
    [
        (sigmoid, [1.0, -10.0, 0.0, 15.0, -2.0], [0.7, 0.0, 0.5, 1.0, 0.1]),
        (relu, [1.0, -10.0, 0.0, 15.0, -20.0], [1.0, 0.0, 0.0, 15.0, 0.0]),
        (leaky_relu, [1.0, -10.0, 0.0, 15.0, -20.0], [1.0, -0.1, 0.0, 15.0, -0.2]),
    ],
    ids=["sigmoid", "relu", "leaky_relu"],
)
def test_worked_values(function, inputs, outputs):
    assert_array_equal(np.round(function(inputs), 1), outputs)


# Softmax


@given(x=hnp.arrays(np.float64, (3, 4), elements=st.floats(-700, 700)), axis=st.sampled_from([0, 1, -1]))
def test_softmax_is_the_oracle(x, axis):
    assert_close(softmax(x, axis), scipy.special.softmax(x, axis), rtol=1e-12, atol=1e-300)


def test_softmax_has_the_known_shares():
    assert_close(softmax([1, 2, 3]), [0.09003, 0.24473, 0.66524], atol=5e-6)


def test_softmax_does_not_mind_a_shift():
    x = np.array([[1.0, 2, 3], [-5, 0, 5]])
    assert_array_equal(softmax(x + 1000), softmax(x))


def test_softmax_at_the_extremes():
    rows = [[np.inf, np.inf, 0], [-np.inf] * 3, [1.79e308, -1.79e308, 0], [np.inf, -np.inf, 0], [np.nan, 1, 2]]
    assert_array_equal(softmax(rows), [[0.5, 0.5, 0], [1 / 3] * 3, [1, 0, 0], [1, 0, 0], [np.nan] * 3])


def test_softmax_of_two_is_sigmoid():
    x = np.linspace(-50, 50, 101)
    assert_close(softmax(np.column_stack([x, 0 * x]))[:, 0], sigmoid(x), rtol=1e-14)


def test_softmax_temperature():
    x = np.array([1.0, 2.0, 3.0])
    assert softmax(x / 0.1)[-1] > 0.9999
    assert np.ptp(softmax(x / 10)) < 0.07


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
def test_entry_is_one_piece(key, activation):
    assert key == activation.name == activation.function.__name__
    assert activation.slope.__name__ == ("softmax_jacobian" if key == "softmax" else f"{key}_slope")
    with pytest.raises(dataclasses.FrozenInstanceError):
        activation.name = "other"


@pytest.mark.parametrize("activation", ALL, ids=lambda a: a.name)
def test_formula_is_latex(activation):
    width, height, *_ = MathTextParser("path").parse(f"${activation.formula}$")
    assert width > 0 and height > 0


# Colours


@pytest.mark.parametrize("activation", ALL, ids=lambda a: a.name)
def test_color_stands_out_from_white(activation):
    assert contrast(activation.color) >= 3  # WCAG 2.2, 1.4.11: lines in figures


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
