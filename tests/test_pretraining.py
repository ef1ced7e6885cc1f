"""Pretraining on tiny texts: what is asked, what is learned, what a kill and Ctrl-C leave."""

import os
import signal
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from test_training import StoppedError

from sentiment.config import RunConfig
from sentiment.datasets.encoding import Corpus
from sentiment.errors import ModelError, SentimentError
from sentiment.tokenizer import UNKNOWN_ID, TokenIds, Tokenizer
from sentiment.training import pretraining as module
from sentiment.training.pretraining import REGION, Weights, ask, pack_windows, pretrain

WORDS = "a b c d e f g h"
VOCABULARY_SIZE = 10
TOPICS = (range(2, 6), range(6, 10))
TINY = {"units": 6, "embedding_dim": 4, "dropout": 0.0, "pretraining": 3}


def topical_texts(num_texts: int, seed: int = 0) -> TokenIds:
    """Each of words of one of two topics, which never meet in a text."""
    rng = np.random.default_rng(seed)
    return TokenIds.of([rng.choice(TOPICS[rng.integers(2)], 20).tolist() for _ in range(num_texts)])


def corpus_of(train: TokenIds, unsupervised: TokenIds) -> Corpus:
    nothing = np.zeros(len(train))
    return Corpus(
        "key",
        Tokenizer.train([WORDS] * 2, VOCABULARY_SIZE),
        train,
        nothing.astype(np.float32),
        TokenIds.of([]),
        np.zeros(0, np.int8),
        unsupervised=unsupervised,
    )


CORPUS = corpus_of(topical_texts(100), topical_texts(300, seed=1))


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WINDOW_TOKENS", 40)
    monkeypatch.setattr(module, "BATCH_SIZE", 8)
    monkeypatch.setattr(module, "NUM_OTHERS", 16)
    monkeypatch.setattr(module, "LEARNING_RATE", 0.03)


def run(corpus: Corpus = CORPUS, start: Weights | None = None, **settings: object) -> Weights:
    state_dir = settings.pop("state_dir", None)
    options = {
        name: settings.pop(name) for name in ("progress", "save_seconds") if name in settings
    }
    config = RunConfig.from_settings({**TINY, **settings})
    return pretrain(config, corpus, start or {}, state_dir=state_dir, **options)  # type: ignore[arg-type]


def same(first: Weights, second: Weights) -> bool:
    return first.keys() == second.keys() and all(
        np.array_equal(first[name], second[name]) for name in first
    )


# === What is asked ===


def test_windows_hold_every_text_in_its_order_and_nothing_twice() -> None:
    texts = TokenIds.of([list(range(start, start + 7)) for start in range(0, 700, 7)])
    windows = pack_windows(texts, 20, np.random.default_rng(0))
    assert windows.shape[1] == 20
    assert len(windows) >= 700 // 20 - 1
    flat = texts.flat[windows.ravel()]
    assert len(np.unique(flat)) == len(flat)
    steps = np.diff(flat)
    assert (steps[flat[:-1] % 7 != 6] == 1).all()
    assert (steps[flat[:-1] % 7 == 6] != 1).any()
    other = pack_windows(texts, 20, np.random.default_rng(1))
    assert not np.array_equal(windows[0], other[0])


def test_fewer_tokens_than_two_windows_are_one() -> None:
    texts = TokenIds.of([[2, 3, 4], [5, 6]])
    for seed in range(5):
        assert pack_windows(texts, 5, np.random.default_rng(seed)).shape == (1, 5)


def test_a_state_is_asked_for_a_word_that_is_near_and_that_it_has_not_read() -> None:
    words = np.arange(100, dtype=np.int32).reshape(2, 50)
    of_text = np.where(words % 50 < 30, 0, 1).astype(np.int32)
    for seed in range(10):
        rng = np.random.default_rng(seed)
        ahead, behind = ask(words, of_text, np.zeros(100, np.float32), rng)
        for (places, right), sign in ((ahead, 1), (behind, -1)):
            distances = sign * (right - words.ravel()[places])
            assert distances.min() >= 1
            assert distances.max() == REGION
            assert (of_text.ravel()[places] == of_text.ravel()[right]).all()
        # The last word of a text is asked for nothing ahead, the first for nothing behind.
        assert {29, 49, 79, 99}.isdisjoint(ahead[0])
        assert {0, 30, 50, 80}.isdisjoint(behind[0])
        assert len(ahead[0]) == len(behind[0]) == 96


def test_words_are_asked_for_by_their_chances() -> None:
    words = np.tile(np.array([2, 3, 4, UNKNOWN_ID], np.int32), (200, 10))
    chances = np.array([0, 0, 0.5, 1, 0.25])
    with np.errstate(divide="ignore"):
        log_chances = np.log(chances).astype(np.float32)
    (places, right), _ = ask(words, np.zeros_like(words), log_chances, np.random.default_rng(0))
    assert set(right) == {2, 3, 4}
    # From a 4 the next five are UNKNOWN, 2, 3, 4, UNKNOWN.
    found = right[words.ravel()[places] == 4]
    shares = np.array([(found == word).mean() for word in (2, 3, 4)])
    np.testing.assert_allclose(shares, chances[2:] / chances.sum(), atol=0.04)


# === What is learned ===


def closeness(vectors: NDArray[np.float32]) -> float:
    """Mean cosine of two words of a topic less that of words of different topics."""
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    cosines = unit @ unit.T
    topics = [list(topic) for topic in TOPICS]
    within = np.mean([cosines[np.ix_(topic, topic)].mean() for topic in topics])
    return float(within - cosines[np.ix_(*topics)].mean())


@pytest.mark.parametrize("cell", ["simple_rnn", "lstm", "gru"])
@pytest.mark.parametrize("bidirectional", [True, False])
def test_words_that_are_near_each_other_become_alike(cell: str, bidirectional: bool) -> None:
    weights = run(cell=cell, bidirectional=bidirectional, layers=2)
    assert closeness(weights["embedding/embeddings"]) > 0.8
    directions = ("forward", "backward") if bidirectional else ("forward",)
    parts = ("kernel", "recurrent_kernel", "bias")
    assert weights.keys() == {
        "embedding/embeddings",
        *(f"{cell}_1/{direction}/{part}" for direction in directions for part in parts),
    }


def test_it_begins_with_the_weights_that_it_is_given() -> None:
    vectors = np.random.default_rng(0).normal(size=(VOCABULARY_SIZE, 4)).astype(np.float32)
    start = {"embedding/embeddings": vectors}
    found = run(start=start, pretraining=1)
    assert not same(found, run(pretraining=1))
    # A word that is nowhere is never read, so that its vector stays.
    silent = corpus_of(TokenIds.of([[2, 3, 4, 5] * 10] * 20), TokenIds.of([]))
    after = run(silent, start, pretraining=1)["embedding/embeddings"]
    np.testing.assert_array_equal(after[6:], vectors[6:])
    assert (after[2:6] != vectors[2:6]).all()


def test_the_same_seed_gives_the_same_weights() -> None:
    assert same(run(pretraining=1), run(pretraining=1))
    assert not same(run(pretraining=1), run(pretraining=1, seed=1))


@pytest.mark.parametrize("rows", [[], [[UNKNOWN_ID] * 30]])
def test_nothing_to_learn_from_is_said(rows: list[list[int]]) -> None:
    with pytest.raises(SentimentError, match="no words to pretrain on; add texts"):
        run(corpus_of(TokenIds.of(rows), TokenIds.of([])))


@pytest.mark.parametrize("rows", [[[2], [3]] * 40, [[2, UNKNOWN_ID]] * 40])
def test_words_that_are_alone_teach_nothing_and_do_no_harm(rows: list[list[int]]) -> None:
    weights = run(corpus_of(TokenIds.of(rows), TokenIds.of([])))
    assert all(np.isfinite(weight).all() for weight in weights.values())


def test_divergence_is_said() -> None:
    broken = np.full((VOCABULARY_SIZE, 4), np.nan, np.float32)
    with pytest.raises(SentimentError, match="pretraining diverged: the loss is nan"):
        run(start={"embedding/embeddings": broken})


# === What a kill and Ctrl-C leave ===


@pytest.mark.parametrize("after", [1, 7, 20, 49])
def test_a_killed_run_goes_on_to_the_same_weights(tmp_path: Path, after: int) -> None:
    undisturbed = run(pretraining=2)

    def stop(_: str, done: int, total: int | None) -> None:
        if done == after + 1:
            raise StoppedError
        assert total == 48

    if after < 48:
        with pytest.raises(StoppedError):
            run(pretraining=2, state_dir=tmp_path, save_seconds=0, progress=stop)
    seen: list[int] = []
    resumed = run(
        pretraining=2, state_dir=tmp_path, progress=lambda _, done, total: seen.append(done)
    )
    assert same(resumed, undisturbed)
    assert seen == list(range(after + 1 if after < 48 else 1, 49))


def test_ctrl_c_saves_and_what_is_finished_is_not_done_again(tmp_path: Path) -> None:
    def interrupt(_: str, done: int, total: int | None) -> None:
        if done == 5:
            os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        run(state_dir=tmp_path, progress=interrupt)
    seen: list[int] = []
    finished = run(state_dir=tmp_path, progress=lambda _, done, total: seen.append(done))
    assert seen[0] == 6
    again = run(state_dir=tmp_path, progress=lambda *_: pytest.fail("it was done again"))
    assert same(finished, again)


def test_a_state_of_another_network_is_said(tmp_path: Path) -> None:
    run(state_dir=tmp_path, pretraining=1)
    with pytest.raises(ModelError, match="cannot be used"):
        run(state_dir=tmp_path, pretraining=1, units=7)
