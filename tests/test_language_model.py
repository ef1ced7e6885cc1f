"""Training the language model on tiny languages: what is learned, laid out and repeated."""

import os
import signal
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf
from numpy.typing import NDArray
from test_training import StoppedError

from sentiment import compact
from sentiment.errors import SentimentError
from sentiment.surprise import PREFIX, LanguageModel
from sentiment.tokenizer import PADDING_ID, TokenIds
from sentiment.training import language_model as module
from sentiment.training.language_model import (
    LanguageModelFit,
    fit_language_model,
    sentence_pieces,
    tiles,
)

VOCABULARY_SIZE = 12
STOP = 2
IS_END = np.arange(VOCABULARY_SIZE) == STOP
EMBEDDING = np.random.default_rng(0).normal(0, 0.05, (VOCABULARY_SIZE, 8)).astype(np.float32)
# Each sentence counts on from its first word: 3 4 5 6 7 2, 5 6 7 8 9 2, ...
SENTENCES = [[first, *range(first + 1, first + 5), STOP] for first in (3, 5, 7)]


def texts(num_texts: int, seed: int = 0) -> TokenIds:
    rng = np.random.default_rng(seed)
    rows = [[i for s in rng.integers(3, size=3) for i in SENTENCES[s]] for _ in range(num_texts)]
    return TokenIds.of(rows)


def fit(num_texts: int = 200, **settings: object) -> LanguageModelFit:
    choices = {"units": 16, "epochs": 8, "batch_size": 16, "learning_rate": 0.03, **settings}
    return fit_language_model(EMBEDDING, IS_END, texts(num_texts), texts(20, 1), **choices)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def fitted() -> LanguageModelFit:
    return fit()


def test_it_learns_what_follows_what(fitted: LanguageModelFit) -> None:
    model = LanguageModel({compact.EMBEDDING: EMBEDDING, **fitted.weights})
    rows = [np.array(sentence, np.int32) for sentence in SENTENCES]
    orderly = np.mean([model.surprise(row) for row in rows])
    scrambled = np.mean([model.surprise(row[[3, 0, 4, 2, 5, 1]]) for row in rows])
    assert orderly < 1.5 < scrambled - 1
    # One of three words, then all but none to choose from: log2(3) / 6 bits a word.
    assert fitted.validation_bits is not None
    assert np.log2(3) / 6 - 0.1 < fitted.validation_bits < 1
    assert fitted.num_tokens == 8 * 200 * 18


def test_the_word_vectors_are_not_touched_and_their_scale_does_not_matter() -> None:
    before = EMBEDDING.copy()
    fit(20)
    np.testing.assert_array_equal(EMBEDDING, before)
    large = fit_language_model(
        100 * EMBEDDING, IS_END, texts(20), texts(20, 1), units=8, epochs=1, batch_size=16
    )
    small = fit_language_model(
        EMBEDDING, IS_END, texts(20), texts(20, 1), units=8, epochs=1, batch_size=16
    )
    assert large.validation_bits == pytest.approx(small.validation_bits, rel=1e-4)


def test_the_same_seed_gives_the_same_weights() -> None:
    first, again, other = fit(20), fit(20), fit(20, seed=1)
    assert all(np.array_equal(first.weights[n], again.weights[n]) for n in first.weights)
    assert any(not np.array_equal(first.weights[n], other.weights[n]) for n in first.weights)


def test_it_learns_the_chances_of_words() -> None:
    """Where words come by chance the surprise is their entropy, and no less can be learned."""
    chances = 0.6 ** np.arange(9)
    chances /= chances.sum()
    rng = np.random.default_rng(0)
    rows = [rng.choice(np.arange(3, 12), 20, p=chances).tolist() for _ in range(500)]
    spoken, heard = TokenIds.of(rows[:400]), TokenIds.of(rows[400:])
    choices = {"units": 4, "epochs": 10, "batch_size": 16, "learning_rate": 0.03}
    found = fit_language_model(EMBEDDING, IS_END, spoken, heard, **choices)  # type: ignore[arg-type]
    entropy = -(chances * np.log2(chances)).sum()
    assert found.validation_bits == pytest.approx(entropy, abs=0.06)


def test_it_begins_with_the_frequencies_of_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SCALE", 1e-9)  # nothing is heard
    rows = texts(40)
    found = fit_language_model(EMBEDDING, IS_END, rows, rows, units=8, learning_rate=0.0)
    counts = np.bincount(rows.flat, minlength=VOCABULARY_SIZE)[1:]
    frequencies = np.maximum(counts, 1) / np.maximum(counts, 1).sum()
    expected = -(counts * np.log2(frequencies)).sum() / counts.sum()
    assert found.validation_bits == pytest.approx(expected, abs=0.002)


@pytest.mark.parametrize("vocabulary_size", [12, 11, 10, 9])
def test_the_loss_is_the_surprise(monkeypatch: pytest.MonkeyPatch, vocabulary_size: int) -> None:
    totals = []
    learn = module._Learner.learn

    def noted(learner: module._Learner, token_ids: NDArray[np.int32]) -> float:
        loss = learn(learner, token_ids)
        totals.append(loss * np.count_nonzero(token_ids))
        return loss

    monkeypatch.setattr(module._Learner, "learn", noted)
    monkeypatch.setattr(module, "_SCALE", 3.0)  # so that all scores differ
    rows = TokenIds.of([[3, 4, 2, 8] * 10, [6, 7, 1]])
    embedding, is_end = EMBEDDING[:vocabulary_size], IS_END[:vocabulary_size]
    found = fit_language_model(embedding, is_end, rows, rows, units=8, learning_rate=0.0)
    assert found.validation_bits is not None
    assert sum(totals) / 43 == pytest.approx(found.validation_bits * np.log(2), rel=1e-5)


def test_padding_is_never_expected(fitted: LanguageModelFit) -> None:
    model = LanguageModel({compact.EMBEDDING: EMBEDDING, **fitted.weights})
    (bits,) = model.surprises([np.array([3, 4, PADDING_ID], np.int32)])
    assert bits[-1] > 30
    bias = fitted.weights[f"{PREFIX}output/bias"][PADDING_ID]
    assert bias == pytest.approx(module._NEVER, abs=0.1)


def test_nothing_to_learn_from_is_said() -> None:
    with pytest.raises(SentimentError, match="no words"):
        fit(0)


def test_a_rate_that_is_too_high_is_said() -> None:
    with pytest.raises(SentimentError, match="smaller learning rate"):
        fit(200, learning_rate=float("inf"))


@pytest.mark.parametrize("after", [1, 5, 8])
def test_a_killed_training_goes_on_to_the_same_weights(tmp_path: Path, after: int) -> None:
    undisturbed = fit(60, epochs=2)

    def stop(_: str, done: int, total: int | None) -> None:
        assert total == 8
        if done == after + 1:
            raise StoppedError

    if after < 8:
        with pytest.raises(StoppedError):
            fit(60, epochs=2, state_dir=tmp_path, save_seconds=0, progress=stop)
    else:
        fit(60, epochs=2, state_dir=tmp_path)
    seen: list[int] = []
    resumed = fit(
        60, epochs=2, state_dir=tmp_path, progress=lambda _, done, total: seen.append(done)
    )
    assert seen == list(range(after + 1, 9))
    assert all(
        np.array_equal(resumed.weights[name], weight)
        for name, weight in undisturbed.weights.items()
    )


def test_ctrl_c_saves_and_ends_it(tmp_path: Path) -> None:
    def interrupt(_: str, done: int, total: int | None) -> None:
        if done == 3:
            os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        fit(60, epochs=2, state_dir=tmp_path, progress=interrupt)
    seen: list[int] = []
    fit(60, epochs=2, state_dir=tmp_path, progress=lambda _, done, total: seen.append(done))
    assert seen[0] == 4


# === Pieces ===


def test_pieces_begin_with_sentences_and_pass_over_what_is_left() -> None:
    rows = TokenIds.of([[5, 6, 2, 7, 8, 9, 5, 2, 2, 6, 7], [], [9, 2, 8], [5, 6, 7, 8, 9, 5]])
    pieces = [piece.tolist() for piece in sentence_pieces(rows, IS_END, 4)]
    assert pieces == [[5, 6, 2, 7], [6, 7], [9, 2, 8], [5, 6, 7, 8]]


def test_pieces_of_whole_sentences_hold_every_word() -> None:
    rows = texts(30)
    pieces = sentence_pieces(rows, IS_END, 6)
    np.testing.assert_array_equal(np.concatenate(pieces), rows.flat)
    assert {len(piece) for piece in pieces} == {6}
    assert sentence_pieces(TokenIds.of([]), IS_END, 6) == []


# === Tiles of one class ===


@pytest.mark.parametrize("size", [1, 3, 16])
def test_every_word_stands_in_one_tile_of_its_class(size: int) -> None:
    given = np.random.default_rng(0).integers(1, 9, 50).astype(np.int32)
    given[given == 4] = 5  # classes 0, 4 and 9 have no words
    words, taken, classes = (each.numpy() for each in tiles(tf.constant(given), 10, size))
    assert words.shape == taken.shape == (len(classes), size)
    assert sorted(words[taken].tolist()) == list(range(50))
    assert (given[words] == classes[:, None])[taken].all()
    assert len(classes) == sum(-(-count // size) for count in np.bincount(given))


def test_one_class_fills_its_tiles_in_the_order_of_the_words() -> None:
    words, taken, classes = tiles(tf.constant([2, 2, 2, 2, 2]), 3, 2)
    assert words.numpy()[:2].tolist() == [[0, 1], [2, 3]]
    assert taken.numpy().tolist() == [[True, True], [True, True], [True, False]]
    assert classes.numpy().tolist() == [2, 2, 2]
