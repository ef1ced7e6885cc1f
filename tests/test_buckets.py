import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sentiment.datasets.buckets import (
    SHORTEST_WINDOW,
    bucket_widths,
    cut_windows,
    draw_window_sizes,
    drop_words,
    make_batches,
    pad,
    padding_share,
)
from sentiment.tokenizer import UNKNOWN_ID, TokenIds


def positions(lengths: list[int], widths: tuple[int, ...]) -> int:
    return sum(min(width for width in widths if width >= length) for length in lengths)


@given(st.lists(st.integers(1, 12), min_size=1, max_size=12), st.integers(1, 4))
def test_no_other_widths_pad_less(lengths: list[int], num_widths: int) -> None:
    widths = tuple(bucket_widths(np.array(lengths), num_widths))
    assert len(widths) <= num_widths
    assert list(widths) == sorted(set(widths))
    choices = itertools.combinations(sorted(set(lengths)), min(num_widths, len(set(lengths))))
    best = min(positions(lengths, c) for c in choices if c[-1] == max(lengths))
    assert positions(lengths, widths) == best


def test_empty_texts_get_a_width_of_one() -> None:
    assert bucket_widths(np.array([0, 0])) == [1]


def test_padding_of_long_tailed_lengths_stays_under_a_tenth() -> None:
    rng = np.random.default_rng(0)
    lengths = np.minimum(rng.lognormal(5.2, 0.7, 5_000).astype(int) + 1, 400)
    batches = make_batches(lengths, 64, bucket_widths(lengths), rng)
    assert 0 < padding_share(lengths, batches) < 0.1


@pytest.mark.parametrize("seed", [None, 3])
def test_every_text_is_in_one_batch_wide_enough(seed: int | None) -> None:
    lengths = np.array([5, 1, 9, 3, 3, 7, 2, 9])
    rng = None if seed is None else np.random.default_rng(seed)
    batches = make_batches(lengths, 2, bucket_widths(lengths, 3), rng)
    assert sorted(np.concatenate([b.rows for b in batches])) == list(range(8))
    assert all(lengths[b.rows].max() <= b.width and len(b.rows) <= 2 for b in batches)


def test_batches_follow_the_generator() -> None:
    lengths = np.arange(1, 40)

    def order(seed: int) -> list[list[int]]:
        batches = make_batches(lengths, 4, [20, 39], np.random.default_rng(seed))
        return [batch.rows.tolist() for batch in batches]

    assert order(1) == order(1) != order(2)


def test_padding_comes_at_the_end() -> None:
    rows = [np.array([4, 5], np.int32), np.array([], np.int32), np.array([6], np.int32)]
    assert pad(rows, 2).tolist() == [[4, 5], [0, 0], [6, 0]]


def test_windows_of_long_texts_move_and_short_texts_stay_whole() -> None:
    short, long = np.arange(3, dtype=np.int32), np.arange(100, dtype=np.int32)
    rng = np.random.default_rng(0)
    sizes = np.array([10, 10])
    windows = [cut_windows([short, long], sizes, rng) for _ in range(20)]
    assert all(first.tolist() == short.tolist() for first, _ in windows)
    assert all(np.diff(second).tolist() == [1] * 9 for _, second in windows)
    assert len({int(second[0]) for _, second in windows}) > 5


def test_every_text_has_a_window_of_its_own_size() -> None:
    rows = [np.arange(9, dtype=np.int32)] * 3
    found = cut_windows(rows, np.array([2, 9, 50]), np.random.default_rng(0))
    assert [len(row) for row in found] == [2, 9, 9]


def test_a_share_of_the_windows_is_shorter_down_to_a_few_words() -> None:
    rng = np.random.default_rng(0)
    assert draw_window_sizes(50, 256, 0.0, rng).tolist() == [256] * 50
    sizes = draw_window_sizes(20_000, 256, 0.4, rng)
    short = sizes[sizes < 256]
    assert len(short) / len(sizes) == pytest.approx(0.4, abs=0.02)
    assert short.min() == SHORTEST_WINDOW
    assert np.median(short) == pytest.approx((SHORTEST_WINDOW * 256) ** 0.5, rel=0.1)
    assert draw_window_sizes(9, 3, 0.9, rng).max() == 3


def test_dropped_words_become_unknown_and_the_rest_stays() -> None:
    texts = TokenIds.of([list(range(2, 500)), [7]])
    dropped = drop_words(texts, 0.2, np.random.default_rng(0))
    changed = dropped.flat != texts.flat
    assert 0.1 < changed.mean() < 0.3
    assert set(dropped.flat[changed]) == {UNKNOWN_ID}
    assert dropped.lengths.tolist() == texts.lengths.tolist()
    assert drop_words(texts, 0.0, np.random.default_rng(0)).flat.tolist() == texts.flat.tolist()
