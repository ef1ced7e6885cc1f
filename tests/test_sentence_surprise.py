"""Sentences against their scrambles: which sentences, and what ears for order are worth."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from sentiment.experiments.sentence_surprise import (
    OrderSurprise,
    order_surprise,
    sentences,
)
from sentiment.surprise import LanguageModel
from sentiment.tokenizer import Tokenizer

TEXT = "the plot was dull but the acting was superb . it ended !! no , really : it never ended well"
TOKENIZER = Tokenizer.train([TEXT, TEXT], 100)


class Listener(LanguageModel):
    """Is surprised by what `rule` says of token ids, one value a text."""

    def __init__(self, rule: object) -> None:
        self.rule = rule
        self.read: list[tuple[int, ...]] = []

    def surprises(self, token_ids: Sequence[NDArray[np.int32]]) -> list[NDArray[np.float32]]:
        self.read += [tuple(row.tolist()) for row in token_ids]
        return [np.full(len(row), self.rule(row), np.float32) for row in token_ids]  # type: ignore[operator]


def known(row: NDArray[np.int32]) -> float:
    """Little surprise where the words are in their order in TEXT."""
    words = [TOKENIZER.vocabulary[word] for word in row.tolist()]
    return 2.0 if " ".join(words) in TEXT else 5.0


def measured(rule: object, **settings: int) -> OrderSurprise:
    found = order_surprise(Listener(rule), TOKENIZER, [TEXT] * 20, **settings)
    assert found is not None
    return found


def test_sentences_of_some_length_are_taken_without_their_marks() -> None:
    found = sentences(TOKENIZER.encode_batch([TEXT, "", "was " * 8]), TOKENIZER.sentence_ends)
    words = [" ".join(TOKENIZER.vocabulary[word] for word in row.tolist()) for row in found]
    assert words == [
        "the plot was dull but the acting was superb",
        "no , really : it never ended well",
    ]
    some = sentences(TOKENIZER.encode_batch([TEXT]), TOKENIZER.sentence_ends, 2, 8)
    assert [len(row) for row in some] == [2, 8]


def test_the_share_is_of_sentences_that_surprise_less_in_their_own_order() -> None:
    found = measured(known)
    assert (found.num_sentences, found.share) == (40, 1.0)
    assert (found.original_bits, found.scrambled_bits) == (2, 5)
    assert found.interval == pytest.approx((0.9124, 1.0), abs=1e-4)
    assert measured(lambda row: -known(row)).share == 0
    assert found.to_dict()["interval"] == list(found.interval)


def test_who_ignores_order_is_never_right() -> None:
    found = measured(lambda row: float(len(row)))
    assert found.share == 0
    assert found.original_bits == found.scrambled_bits


def test_scrambles_hold_the_same_words_in_another_order_and_follow_the_seed() -> None:
    def read(seed: int, text: str = TEXT) -> list[tuple[int, ...]]:
        listener = Listener(known)
        order_surprise(listener, TOKENIZER, [text] * 20, seed)
        return listener.read

    rows = read(0, "was was was was was dull .")
    assert len(rows) == 40
    assert all(scramble != rows[0] for scramble in rows[20:])
    rows = read(0)
    for original, scramble in zip(rows[:40], rows[40:], strict=True):
        assert sorted(original) == sorted(scramble)
        assert original != scramble
    assert rows == read(0)
    assert rows != read(1)


def test_as_many_sentences_are_taken_as_are_asked_for() -> None:
    assert measured(known, max_sentences=7).num_sentences == 7


def test_texts_without_sentences_have_no_figure() -> None:
    assert order_surprise(Listener(known), TOKENIZER, ["too short", ""]) is None
