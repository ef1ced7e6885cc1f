"""TextBlob: rated adjectives and a handful of rules. Nothing is fitted."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from textblob import TextBlob


def score(_: Path, texts: Sequence[str]) -> NDArray[np.float32]:
    """TextBlob's polarity from 0 to 1 instead of −1 to 1, <float32>[num_texts]."""
    polarities = [TextBlob(text).sentiment.polarity for text in texts]
    return np.array([(polarity + 1) / 2 for polarity in polarities], np.float32)
