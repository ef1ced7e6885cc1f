from dataclasses import replace

import numpy as np
import pytest
from test_training import tiny_corpus

from sentiment.datasets.encoding import Corpus
from sentiment.errors import ConfigError
from sentiment.progress import silent
from sentiment.training.ngrams import fit_ngrams
from sentiment.training.self_training import self_train

UNLABELLED = tiny_corpus(40, seed=3)
CORPUS = replace(tiny_corpus(), unsupervised=UNLABELLED.train)


def test_each_round_learns_what_the_one_before_taught() -> None:
    seen: list[Corpus] = []
    said = {(0, "gru"): 2.0, (0, "bow"): -1.0, (1, "gru"): 4.0, (1, "bow"): 0.0}
    asked = []

    def teach(number: int, cell: str, corpus: Corpus) -> np.ndarray:
        asked.append((number, cell))
        seen.append(corpus)
        return np.full(40, said[number, cell], np.float32)

    taught = self_train(CORPUS, 2, ("gru", "bow"), teach, silent)
    assert asked == list(said)
    assert seen[0] is seen[1] is CORPUS
    assert seen[2] is seen[3]
    first = fit_ngrams(CORPUS.train, CORPUS.train_targets).logits(CORPUS.unsupervised)
    second = fit_ngrams(seen[2].train, seen[2].train_targets).logits(CORPUS.unsupervised)
    np.testing.assert_allclose(targets(seen[2]), expit((first + 1) / 3), rtol=1e-5)
    np.testing.assert_allclose(targets(taught), expit((second + 4) / 3), rtol=1e-5)


def test_labelled_texts_keep_their_labels_and_their_place() -> None:
    taught = self_train(CORPUS, 1, ("gru",), lambda *_: np.zeros(40, np.float32), silent)
    assert taught.train_targets[:60].tolist() == CORPUS.train_targets.tolist()
    assert len(taught.train) == len(taught.train_targets) == 100
    assert [row.tolist() for row in taught.train][60:] == [r.tolist() for r in UNLABELLED.train]
    assert taught.validation is CORPUS.validation


def test_no_unlabelled_texts_is_an_error_with_a_remedy() -> None:
    with pytest.raises(ConfigError, match="--data imdb"):
        self_train(tiny_corpus(), 1, ("gru",), lambda *_: np.zeros(0, np.float32), silent)


def targets(corpus: Corpus) -> np.ndarray:
    return corpus.train_targets[60:]


def expit(logits: np.ndarray) -> np.ndarray:
    return np.asarray(1 / (1 + np.exp(-logits)))
