"""A linear teacher: n-grams weighted by naive Bayes, under logistic regression.

S. Wang & C. Manning, “Baselines and bigrams: simple, good sentiment and topic classification”
(2012), https://aclanthology.org/P12-2018: a feature of a text is whether an n-gram is in it, times
the n-gram's log-count ratio. It sees single phrases sharply and nothing beyond them, so that it
errs elsewhere than a recurrent network. Targets may be probabilities, such as another teacher's.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.optimize
import scipy.sparse
import scipy.special
from numpy.typing import NDArray

from sentiment.tokenizer import TokenIds

MAX_ORDER = 3
MIN_COUNT = 2
REGULARIZATION = 1.0
MAX_ITERATIONS = 60

_ID_BITS = 20  # three ids fit into one int64; a lower order leaves the upper bits 0, as no id is


@dataclass(frozen=True)
class NgramClassifier:
    """What `fit_ngrams` found.

    Attributes:
        keys: <int64>[num_features], the n-grams known, ascending.
        coefficients: <float32>[num_features], what the presence of each adds to the logit.
        intercept: of the logit.
    """

    keys: NDArray[np.int64]
    coefficients: NDArray[np.float32]
    intercept: float

    def logits(self, texts: TokenIds) -> NDArray[np.float32]:
        """Logit of P(positive) of each text, <float32>[num_texts]."""
        rows, keys = _occurrences(texts)
        places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        known = self.keys[places] == keys
        presence = _presence(rows[known], places[known], (len(texts), len(self.keys)))
        logits: NDArray[np.float32] = presence @ self.coefficients + np.float32(self.intercept)
        return logits


def fit_ngrams(texts: TokenIds, targets: NDArray[np.float32]) -> NgramClassifier:
    """Fit by L-BFGS to the cross-entropy with the targets, weights kept short.

    Args:
        texts: uncut token ids, below 2²⁰.
        targets: <float32>[num_texts], P(positive) of each, or labels 0 and 1.
    """
    rows, occurring = _occurrences(texts)
    keys, columns, counts = np.unique(occurring, return_inverse=True, return_counts=True)
    frequent = counts >= MIN_COUNT
    keys, renumbered = keys[frequent], np.cumsum(frequent) - 1
    kept = frequent[columns]
    presence = _presence(rows[kept], renumbered[columns[kept]], (len(texts), len(keys)))
    positive, negative = (presence.T @ share + 1 for share in (targets, 1 - targets))
    ratios = np.log(positive / positive.sum()) - np.log(negative / negative.sum())
    features = (presence @ scipy.sparse.diags(ratios.astype(np.float32))).tocsr()
    transposed = features.T.tocsr()

    def loss(parameters: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = parameters[:-1].astype(np.float32)
        logits = features @ weights + np.float32(parameters[-1])
        cross_entropy = np.logaddexp(0, logits) - targets * logits
        errors = scipy.special.expit(logits) - targets
        total = cross_entropy.sum(dtype=np.float64) + weights @ weights / (2 * REGULARIZATION)
        gradient = transposed @ errors.astype(np.float32) + weights / REGULARIZATION
        return float(total), np.append(gradient, errors.sum()).astype(np.float64)

    found = scipy.optimize.minimize(
        loss,
        np.zeros(len(keys) + 1),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": MAX_ITERATIONS},
    )
    coefficients = (found.x[:-1] * ratios).astype(np.float32)
    return NgramClassifier(keys, coefficients, float(found.x[-1]))


def _occurrences(texts: TokenIds) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Number of the text and key of every n-gram, one order behind the other."""
    ids = texts.flat.astype(np.int64)
    text_of = np.repeat(np.arange(len(texts), dtype=np.int32), texts.lengths)
    rows, keys = [text_of], [ids]
    key = ids
    for more in range(1, MAX_ORDER):
        key = (key[:-1] << _ID_BITS) | ids[more:]
        in_one_text = text_of[more:] == text_of[: len(key)]
        rows.append(text_of[more:][in_one_text])
        keys.append(key[in_one_text])
    return np.concatenate(rows), np.concatenate(keys)


def _presence(
    rows: NDArray[Any], columns: NDArray[Any], shape: tuple[int, int]
) -> scipy.sparse.csr_matrix:
    """1 where an n-gram is in a text, however often, <float32>[num_texts, num_features]."""
    ones = np.ones(len(rows), np.float32)
    presence = scipy.sparse.csr_matrix((ones, (rows, columns)), shape=shape)
    presence.sum_duplicates()
    presence.data[:] = 1
    return presence
