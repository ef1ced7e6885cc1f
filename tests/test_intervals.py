"""Intervals over seeds and texts, and McNemar's test."""

import numpy as np
import pytest
from scipy import stats

from sentiment.experiments.intervals import mcnemar, score_difference, speed_ratio


def test_the_interval_of_a_difference_covers_new_seeds_and_texts_at_its_rate() -> None:
    rng = np.random.default_rng(0)
    num_seeds, num_texts, trials = 4, 60, 400
    covered = 0
    for _ in range(trials):
        texts = rng.normal(0, 1, num_texts)
        seeds = rng.normal(0, 0.2, (num_seeds, 1))
        noise = rng.normal(0, 0.5, (num_seeds, num_texts))
        found = score_difference(texts + seeds + noise, np.zeros((num_seeds, num_texts)))
        assert found is not None
        covered += found.low <= 0 <= found.high
    assert 0.92 <= covered / trials <= 0.99


def test_a_spread_over_texts_alone_gives_the_t_interval_over_texts() -> None:
    gaps = np.random.default_rng(1).normal(0.3, 1, 50)
    found = score_difference(np.stack([gaps, gaps, gaps]), np.zeros((3, 50)))
    low, high = stats.t.interval(0.95, 49, gaps.mean(), gaps.std(ddof=1) / 50**0.5)
    assert found is not None
    assert (found.mean, found.low, found.high) == pytest.approx((gaps.mean(), low, high))


def test_a_spread_over_seeds_alone_gives_the_t_interval_over_seeds() -> None:
    shifts = np.array([0.1, 0.2, 0.4])
    found = score_difference(np.tile(shifts[:, None], 50), np.zeros((3, 50)))
    low, high = stats.t.interval(0.95, 2, shifts.mean(), shifts.std(ddof=1) / 3**0.5)
    assert found is not None
    assert (found.low, found.high) == pytest.approx((low, high))


def test_no_spread_at_all_gives_a_point() -> None:
    found = score_difference(np.ones((2, 5)), np.zeros((2, 5)))
    assert found is not None
    assert (found.mean, found.low, found.high) == (1, 1, 1)


def test_one_seed_shows_no_spread() -> None:
    assert score_difference(np.ones((1, 5)), np.zeros((1, 5))) is None
    assert speed_ratio(np.array([2.0]), np.array([1.0])) is None


def test_a_ratio_of_speeds_is_the_same_upside_down() -> None:
    fast, slow = np.array([200.0, 220, 210]), np.array([100.0, 105, 90])
    found, inverse = speed_ratio(fast, slow), speed_ratio(slow, fast)
    assert found is not None
    assert inverse is not None
    assert found.low < 2 < found.mean == pytest.approx((2 * 220 / 105 * 210 / 90) ** (1 / 3))
    assert (inverse.low, inverse.high) == pytest.approx((1 / found.high, 1 / found.low))


def test_mcnemar_counts_where_the_two_differ() -> None:
    first = np.array([[1, 1, 1, 0, 0, 1.0]])
    second = np.array([[0, 0, 1, 0, 1, 0.0]])
    found = mcnemar(first, second)
    assert (found.num_first, found.num_second) == (3, 1)
    assert found.p_value == pytest.approx(stats.binomtest(3, 4).pvalue)


def test_mcnemar_with_seeds_is_twice_the_median_p_value_and_at_most_one() -> None:
    won, lost, even = np.ones(8), np.zeros(8), np.array([1.0, 0] * 4)
    first, second = np.stack([won, won, won]), np.stack([lost, lost, even])
    assert mcnemar(first, second).p_value == pytest.approx(2 * 2 / 2**8)
    assert mcnemar(np.stack([even, even]), np.stack([1 - even] * 2)).p_value == 1


def test_models_that_answer_alike_differ_by_chance_alone() -> None:
    same = np.array([[1.0, 0, 1]])
    assert mcnemar(same, same).p_value == 1
