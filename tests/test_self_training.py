from dataclasses import replace

import numpy as np
from test_training import tiny_corpus

from sentiment.datasets.encoding import Corpus
from sentiment.progress import silent
from sentiment.training.ngrams import fit_ngrams
from sentiment.training.self_training import self_train

UNLABELLED = tiny_corpus(40, seed=3)
CORPUS = replace(tiny_corpus(), unsupervised=UNLABELLED.train, in_domain=np.arange(60))


def test_each_teacher_learns_the_mean_of_those_before_and_of_ngrams() -> None:
    seen: list[Corpus] = []
    said = {(0, "gru"): 2.0, (1, "bow"): -1.0, (2, "gru"): 4.0}
    asked = []

    def teach(number: int, cell: str, corpus: Corpus) -> np.ndarray:
        asked.append((number, cell))
        seen.append(corpus)
        return np.full(40, said[number, cell], np.float32)

    taught = self_train(CORPUS, ("gru", "bow", "gru"), teach, silent)
    assert asked == list(said)
    assert seen[0] is CORPUS
    ngrams = fit_ngrams(CORPUS.train, CORPUS.train_targets).logits(CORPUS.unsupervised)
    np.testing.assert_allclose(targets(seen[1]), expit((ngrams + 2) / 2), rtol=1e-5)
    np.testing.assert_allclose(targets(seen[2]), expit((ngrams + 1) / 3), rtol=1e-5)
    np.testing.assert_allclose(targets(taught), expit((ngrams + 5) / 4), rtol=1e-5)


def test_labelled_texts_keep_their_labels_and_their_place() -> None:
    taught = self_train(CORPUS, ("gru",), nothing, silent)
    assert taught.train_targets[:60].tolist() == CORPUS.train_targets.tolist()
    assert len(taught.train) == len(taught.train_targets) == 100
    assert [row.tolist() for row in taught.train][60:] == [r.tolist() for r in UNLABELLED.train]
    assert taught.validation is CORPUS.validation


def test_ngrams_learn_only_what_holds_for_the_unlabelled_texts() -> None:
    upside_down = CORPUS.with_targets(CORPUS.train, 1 - CORPUS.train_targets)
    taught, undisturbed = (
        targets(self_train(corpus, ("gru",), nothing, silent)) for corpus in (upside_down, CORPUS)
    )
    np.testing.assert_array_equal(taught[60:], undisturbed)
    everywhere = replace(upside_down, in_domain=np.arange(120))
    assert not np.allclose(
        targets(self_train(everywhere, ("gru",), nothing, silent))[60:], taught[60:]
    )


def nothing(*_: object) -> np.ndarray:
    return np.zeros(40, np.float32)


def targets(corpus: Corpus) -> np.ndarray:
    return corpus.train_targets[60:]


def expit(logits: np.ndarray) -> np.ndarray:
    return np.asarray(1 / (1 + np.exp(-logits)))
