"""What rounding weights costs, and what it leaves alone."""

import hypothesis
import hypothesis.extra.numpy as arrays
import numpy as np
import pytest
from hypothesis import strategies
from numpy.typing import NDArray

from sentiment.compact import EMBEDDING, SCALES, compact_weights, expand_weights

Weights = dict[str, NDArray[np.float32]]
FINITE = strategies.floats(-(2.0**100), 2.0**100, width=32)


def weights(**changes: NDArray[np.float32]) -> Weights:
    draw = np.random.default_rng(0).normal
    drawn = {
        EMBEDDING: draw(size=(10, 4)),
        "gru_1/forward/kernel": draw(size=(4, 9)),
        "gru_1/forward/bias": draw(size=(2, 9)),
        "surprise/output/bias": draw(size=10),
    }
    return {**{name: value.astype(np.float32) for name, value in drawn.items()}, **changes}


def embedding(*rows: list[float]) -> Weights:
    return weights(**{EMBEDDING: np.array(rows, np.float32)})


def test_each_kind_of_weight_has_its_type() -> None:
    given = weights()
    stored = compact_weights(given)
    assert {name: (value.dtype.name, value.shape) for name, value in stored.items()} == {
        EMBEDDING: ("int8", (10, 4)),
        SCALES: ("float32", (10, 1)),
        "gru_1/forward/kernel": ("float16", (4, 9)),
        "gru_1/forward/bias": ("float16", (2, 9)),
        "surprise/output/bias": ("float16", (10,)),
    }
    expanded = expand_weights(stored)
    assert expanded.keys() == given.keys()
    for name, value in given.items():
        assert (expanded[name].dtype.name, expanded[name].shape) == ("float32", value.shape)


@hypothesis.given(arrays.arrays(np.float32, (3, 4), elements=FINITE))
def test_a_word_vector_is_off_by_half_a_step_of_its_row_at_most(rows: NDArray[np.float32]) -> None:
    expanded = expand_weights(compact_weights({EMBEDDING: rows}))[EMBEDDING].astype(np.float64)
    step = np.abs(rows).max(axis=1, keepdims=True).astype(np.float64) / 127
    smallest = np.finfo(np.float32).tiny
    assert (np.abs(expanded - rows) <= 0.501 * step + 127 * smallest).all()


def test_a_row_uses_the_whole_range_whatever_its_neighbours_are() -> None:
    stored = compact_weights(embedding([1e-6, -4e-7], [60, -200], [0, 0]))
    assert stored[EMBEDDING].tolist() == [[127, -51], [38, -127], [0, 0]]
    assert expand_weights(stored)[EMBEDDING][2].tolist() == [0, 0]


def test_the_other_weights_keep_eleven_bits() -> None:
    given = weights()
    expanded = expand_weights(compact_weights(given))
    for name in given.keys() - {EMBEDDING}:
        np.testing.assert_allclose(expanded[name], given[name], rtol=2**-11, atol=2**-25)


@pytest.mark.parametrize("value", [65_520, -1e30, np.inf])
def test_a_weight_that_float16_cannot_hold_stays_as_it_is(value: float) -> None:
    given = weights(**{"output/bias": np.array([value], np.float32)})
    stored = compact_weights(given)
    assert stored["output/bias"].dtype == np.float32
    assert expand_weights(stored)["output/bias"] == given["output/bias"]


def test_weights_that_are_not_compact_are_expanded_to_themselves() -> None:
    given = weights()
    expanded = expand_weights(given)
    assert expanded.keys() == given.keys()
    for name, value in given.items():
        np.testing.assert_array_equal(expanded[name], value)
        assert not np.shares_memory(expanded[name], value)


def test_nothing_is_lost_by_rounding_again() -> None:
    once = expand_weights(compact_weights(weights()))
    twice = expand_weights(compact_weights(once))
    for name, value in once.items():
        np.testing.assert_allclose(twice[name], value, rtol=1e-6)


def test_what_is_given_is_left_as_it_was() -> None:
    given = weights()
    stored = compact_weights(given)
    before = {name: value.copy() for name, value in stored.items()}
    expand_weights(stored)
    for name, value in weights().items():
        np.testing.assert_array_equal(given[name], value)
    for name, value in before.items():
        np.testing.assert_array_equal(stored[name], value)
