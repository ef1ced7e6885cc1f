"""Self-training: networks learn what n-grams and earlier networks say of unlabelled texts.

    labelled texts ──► n-grams, teacher 1 ──► targets ──► teacher 2 ──► targets ──► … ──► network

Teachers err on different texts, so that their average is better than any of them, and a network
that learns it from many more texts comes out better than one that has labels alone: D. Yarowsky
(1995), https://aclanthology.org/P95-1026; A. Blum & T. Mitchell (1998), on two views; Q. Xie et
al., “Self-training with noisy student improves ImageNet classification” (2020), arXiv:1911.04252.
"""

from collections.abc import Callable, Sequence

import numpy as np
import scipy.special
from numpy.typing import NDArray

from sentiment.datasets.encoding import Corpus
from sentiment.progress import Progress
from sentiment.training.ngrams import fit_ngrams

Teach = Callable[[int, str, Corpus], NDArray[np.float32]]


def self_train(corpus: Corpus, cells: Sequence[str], teach: Teach, progress: Progress) -> Corpus:
    """Let n-grams and networks say what the unlabelled texts are.

    Args:
        corpus: labelled and unlabelled texts, some of each.
        cells: of the networks that teach, one after the other. The first learns the labelled texts,
            each later one also what all before it said of the others. N-grams learn the labels
            `in_domain`, since they cannot tell a review's words from the same words in a lesson.
        teach: trains the network of a number, from 0, and a cell on a corpus, and gives its logits
            of the unlabelled texts, <float32>[num_unsupervised].
        progress: is told which teacher it is.

    Returns:
        The corpus with the unlabelled texts and their targets among those to learn from: the mean
        of all teachers' logits, as a probability.
    """
    progress("self-training: n-grams", 0, None)
    ngrams = fit_ngrams(corpus.train.take(corpus.in_domain), corpus.train_targets[corpus.in_domain])
    logits = [ngrams.logits(corpus.unsupervised)]
    taught = corpus
    for number, cell in enumerate(cells):
        progress(f"self-training: teacher {number + 1} of {len(cells)}, {cell}", 0, None)
        logits.append(teach(number, cell, taught))
        targets = scipy.special.expit(np.mean(logits, axis=0)).astype(np.float32)
        taught = corpus.with_targets(corpus.unsupervised, targets)
    return taught
