"""VADER: rated words and a handful of rules. Nothing is fitted."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer


def score(_: Path, texts: Sequence[str]) -> NDArray[np.float32]:
    """VADER's compound score from 0 to 1 instead of −1 to 1, <float32>[num_texts]."""
    analyzer = SentimentIntensityAnalyzer()
    compounds = [analyzer.polarity_scores(text)["compound"] for text in texts]
    return np.array([(compound + 1) / 2 for compound in compounds], np.float32)
