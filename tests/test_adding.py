"""The adding problem: what is drawn, what counts as solved, and that a cell can learn it."""

import json
import math
from dataclasses import replace

import numpy as np
import pytest

from sentiment.errors import ConfigError
from sentiment.experiments.adding import (
    BASELINE,
    CELLS,
    LEARNING_RATES,
    AddingConfig,
    AddingResult,
    build_adder,
    draw_sequences,
    largest_distances,
    run_adding,
    train_adder,
)

TINY = AddingConfig("gru", length=4, units=3, max_steps=2, seed=0, batch_size=4, check_every=1)


def result(cell: str, length: int, error: float, seed: int = 0) -> AddingResult:
    return AddingResult(replace(TINY, cell=cell, length=length, seed=seed), 2, error, 1.0, ())


def test_the_target_is_the_sum_of_the_values_marked_one_in_each_half() -> None:
    sequences, sums = draw_sequences(np.random.default_rng(0), 200, 7)
    values, marks = sequences[:, :, 0], sequences[:, :, 1]
    assert sequences.shape == (200, 7, 2)
    assert sequences.dtype == sums.dtype == np.float32
    assert values.min() >= 0
    assert values.max() <= 1
    assert np.all(marks[:, :3].sum(axis=1) == 1)
    assert np.all(marks[:, 3:].sum(axis=1) == 1)
    assert np.all(marks.sum(axis=0) > 0), "a place is never marked"
    for row, total in enumerate(sums):
        assert total == pytest.approx(values[row][marks[row] == 1].sum())


def test_sequences_follow_from_the_seed() -> None:
    once, again, other = (draw_sequences(np.random.default_rng(s), 3, 5)[0] for s in (1, 1, 2))
    assert np.array_equal(once, again)
    assert not np.array_equal(once, other)


def test_always_answering_the_mean_has_the_baselines_error() -> None:
    _, sums = draw_sequences(np.random.default_rng(0), 200_000, 2)
    assert float(np.mean((sums - 1) ** 2)) == pytest.approx(BASELINE, rel=0.02)


def test_solved_is_below_a_tenth_of_the_baseline() -> None:
    assert result("gru", 4, 0.0999 * BASELINE).solved
    assert not result("gru", 4, 0.1001 * BASELINE).solved
    assert not result("gru", 4, math.inf).solved


def test_an_infinite_error_is_null_in_json() -> None:
    found = result("gru", 4, math.inf).to_dict()
    assert found["error"] is None
    json.dumps(found, allow_nan=False)


def test_the_largest_distance_is_the_longest_length_solved_with_every_seed() -> None:
    good, bad = 0.001, 0.1
    found = largest_distances(
        [
            result("gru", 50, good), result("gru", 50, good, seed=1),
            result("gru", 100, good), result("gru", 100, bad, seed=1),
            result("lstm", 50, good), result("lstm", 100, good),
            result("simple_rnn", 50, bad),
        ]
    )  # fmt: skip
    assert found == {"gru": 50, "lstm": 100, "simple_rnn": None}


def test_every_cell_trains_with_its_own_learning_rate() -> None:
    found = list(run_adding(CELLS, [4], units=2, max_steps=1, num_seeds=1))
    assert [each.config.cell for each in found] == list(CELLS)
    assert [each.to_dict()["learning_rate"] for each in found] == list(LEARNING_RATES.values())
    assert all(each.num_steps == 1 and each.error > 0 for each in found)


def test_a_seed_reproduces_a_run_and_another_does_not() -> None:
    first, again, other = (
        train_adder(build_adder(config), config).error
        for config in (TINY, TINY, replace(TINY, seed=1))
    )
    assert first == again
    assert first != other


def test_progress_tells_cell_length_and_seed() -> None:
    told = []
    train_adder(build_adder(TINY), TINY, lambda *news: told.append(news))
    assert told == [("gru, length 4, seed 0", 1, 2), ("gru, length 4, seed 0", 2, 2)]


def test_a_short_sum_is_learned_and_training_stops_once_it_is_solved() -> None:
    config = replace(
        TINY, length=6, units=16, max_steps=3000, batch_size=64, check_every=50, learning_rate=0.02
    )
    found = train_adder(build_adder(config), config)
    assert found.solved, found
    assert found.num_steps < config.max_steps
    assert found.course[-1][0] == found.num_steps
    assert found.course[-1][1] < 0.05 * BASELINE < found.course[-2][1]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"cell": "bow"}, "cell must be one of simple_rnn"),
        ({"length": 1}, "length must be at least 2"),
        ({"units": 0}, "units must be at least 1"),
        ({"max_steps": -1}, "max_steps must be at least 0"),
    ],
)
def test_settings_out_of_range_are_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        replace(TINY, **changes)  # type: ignore[arg-type]


@pytest.mark.slow
def test_length_200_is_solved_by_the_gru_and_not_by_the_simple_rnn() -> None:
    found = run_adding(["gru", "simple_rnn"], [200], units=64, max_steps=4000, num_seeds=1)
    assert [each.solved for each in found] == [True, False]
