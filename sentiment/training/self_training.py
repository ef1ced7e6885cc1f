"""Self-training: the next network learns what earlier ones and n-grams say of unlabelled texts.

    labelled texts ──► n-grams, network ──► targets of unlabelled texts ──► n-grams, network ──► …

The two err on different texts, so that their average is a better teacher than either, and a
network that learns it from many more texts comes out better than the one before: D. Yarowsky
(1995), https://aclanthology.org/P95-1026; A. Blum & T. Mitchell (1998), on two views; Q. Xie et
al., “Self-training with noisy student improves ImageNet classification” (2020), arXiv:1911.04252.
"""

from collections.abc import Callable, Sequence

import numpy as np
import scipy.special
from numpy.typing import NDArray

from sentiment.datasets.encoding import Corpus
from sentiment.errors import ConfigError
from sentiment.progress import Progress
from sentiment.training.ngrams import fit_ngrams

Teach = Callable[[int, str, Corpus], NDArray[np.float32]]


def self_train(
    corpus: Corpus, num_rounds: int, cells: Sequence[str], teach: Teach, progress: Progress
) -> Corpus:
    """Let teachers say what the unlabelled texts are, each round's taught by the round before.

    Args:
        corpus: labelled and unlabelled texts.
        num_rounds: how often teachers are trained.
        cells: of the networks that teach in each round, beside n-grams.
        teach: trains the network of a round, from 0, and a cell on a corpus, and gives its logits
            of the unlabelled texts, <float32>[num_unsupervised].
        progress: is told which round it is.

    Returns:
        The corpus with the unlabelled texts and their targets among those to learn from: the mean
        of the last teachers' logits, as a probability.

    Raises:
        ConfigError: there are no unlabelled texts.
    """
    if not len(corpus.unsupervised):
        raise ConfigError("self_training needs unlabelled texts; add --data imdb, which has some")
    taught = corpus
    for number in range(num_rounds):
        which = f"self-training, round {number + 1} of {num_rounds}"
        progress(f"{which}: n-grams", 0, None)
        ngrams = fit_ngrams(taught.train, taught.train_targets)
        logits = [ngrams.logits(corpus.unsupervised)]
        for cell in cells:
            progress(f"{which}: {cell}", 0, None)
            logits.append(teach(number, cell, taught))
        targets = scipy.special.expit(np.mean(logits, axis=0)).astype(np.float32)
        taught = corpus.with_targets(corpus.unsupervised, targets)
    return taught
