"""scikit-learn: tf-idf of single words and pairs, and a logistic regression."""

import pickle
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

_FILE = "tfidf.pickle"


def fit(folder: Path, texts: Sequence[str], labels: Sequence[int]) -> None:
    """Fit to texts, and keep what came of it in a folder of the benchmark's own."""
    model = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), min_df=3, sublinear_tf=True),
        LogisticRegression(C=10, max_iter=1_000),
    )
    model.fit(texts, labels)
    (folder / _FILE).write_bytes(pickle.dumps(model))


def score(folder: Path, texts: Sequence[str]) -> NDArray[np.float32]:
    """P(positive) of each text, <float32>[num_texts]."""
    model = pickle.loads((folder / _FILE).read_bytes())  # written by `fit`
    probabilities: NDArray[np.float64] = model.predict_proba(texts)[:, 1]
    return probabilities.astype(np.float32)
