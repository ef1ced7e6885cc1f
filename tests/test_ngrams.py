import numpy as np
import pytest

from sentiment.tokenizer import TokenIds
from sentiment.training.ngrams import fit_ngrams

NOT, GOOD, BAD, FILLER = 2, 3, 4, 5


def texts_and_labels(num_texts: int, seed: int) -> tuple[TokenIds, np.ndarray]:
    """“good” and “not bad” are positive, “bad” and “not good” negative: only bigrams tell."""
    rng = np.random.default_rng(seed)
    rows, labels = [], []
    for _ in range(num_texts):
        label, denied = rng.integers(2), rng.integers(2)
        word = GOOD if label != denied else BAD
        core = [NOT, word] if denied else [FILLER, word]
        before = rng.integers(FILLER, 12, rng.integers(4)).tolist()
        rows.append([*before, *core, *rng.integers(6, 12, rng.integers(4)).tolist()])
        labels.append(label)
    return TokenIds.of(rows), np.array(labels, np.float32)


def test_phrases_are_learned_where_single_words_say_nothing() -> None:
    found = fit_ngrams(*texts_and_labels(400, 0))
    texts, labels = texts_and_labels(200, 1)
    logits = found.logits(texts)
    assert logits.dtype == np.float32
    assert ((logits > 0) == labels).mean() > 0.97


def test_no_ngram_reaches_from_one_text_into_the_next() -> None:
    texts = TokenIds.of([[2], [3], [2], [3], [2, 3], [2, 3]])
    found = fit_ngrams(texts, np.array([1, 0, 1, 0, 1, 0], np.float32))
    single, bigram = 2, 2 << 20 | 3
    assert single in found.keys
    assert bigram in found.keys  # it is twice within a text
    alone = fit_ngrams(TokenIds.of([[2], [3], [2], [3]]), np.array([1, 0, 1, 0], np.float32))
    assert alone.keys.tolist() == [2, 3]


def test_an_ngram_that_occurs_once_is_left_out() -> None:
    found = fit_ngrams(TokenIds.of([[2, 9], [2], [3], [3]]), np.array([1, 1, 0, 0], np.float32))
    assert found.keys.tolist() == [2, 3]


def test_how_often_a_word_occurs_does_not_count() -> None:
    found = fit_ngrams(*texts_and_labels(100, 0))
    once, often = found.logits(TokenIds.of([[GOOD], [GOOD, 6, GOOD]]))
    with_filler = found.logits(TokenIds.of([[6, GOOD]]))[0]
    assert once != 0
    assert often != pytest.approx(2 * once)
    assert abs(often - with_filler) < abs(often - 2 * once)


def test_targets_may_be_probabilities() -> None:
    texts = TokenIds.of([[2], [2], [3], [3]] * 50)
    sure = fit_ngrams(texts, np.array([1, 1, 0, 0] * 50, np.float32))
    unsure = fit_ngrams(texts, np.array([0.8, 0.8, 0.2, 0.2] * 50, np.float32))
    one = TokenIds.of([[2]])
    assert 0 < unsure.logits(one)[0] < sure.logits(one)[0]
    assert unsure.logits(one)[0] == pytest.approx(np.log(4), abs=0.1)


def test_a_text_of_unknown_words_gets_the_intercept() -> None:
    found = fit_ngrams(*texts_and_labels(100, 0))
    assert found.logits(TokenIds.of([[500], []])) == pytest.approx([found.intercept] * 2)
