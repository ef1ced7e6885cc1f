"""fastText: a linear classifier of words and pairs of words."""

import re
from collections.abc import Sequence
from pathlib import Path

import fasttext
import numpy as np
from numpy.typing import NDArray

from benchmarks.processes import NUM_THREADS

_FILE = "fasttext.bin"
_NUM_BUCKETS = 2_000_000  # that pairs of words are hashed into; fastText's own default
_POSITIVE = "__label__positive"
_LABELS = ("__label__negative", _POSITIVE)


def fit(folder: Path, texts: Sequence[str], labels: Sequence[int]) -> None:
    """Fit to texts, and keep what came of it in a folder of the benchmark's own."""
    lines = [f"{_LABELS[label]} {_words(text)}" for text, label in zip(texts, labels, strict=True)]
    place = folder / "fasttext.txt"
    place.write_text("\n".join(lines) + "\n", encoding="utf-8")
    model = fasttext.train_supervised(
        str(place),
        wordNgrams=2,
        bucket=_NUM_BUCKETS,
        lr=0.5,
        epoch=5,
        dim=50,
        thread=NUM_THREADS,
        verbose=0,
    )
    place.unlink()
    model.save_model(str(folder / _FILE))


def score(folder: Path, texts: Sequence[str]) -> NDArray[np.float32]:
    """P(positive) of each text, <float32>[num_texts]."""
    model = fasttext.load_model(str(folder / _FILE))
    answers = zip(*model.predict([_words(text) for text in texts], k=2), strict=True)
    return np.array(
        [dict(zip(names, values, strict=True)).get(_POSITIVE, 0.5) for names, values in answers],
        np.float32,
    )


def _words(text: str) -> str:
    """Lower case, and punctuation apart, as fastText's own preparation of text does."""
    return " ".join(re.sub(r"([.,!?()'\"])", r" \1 ", text.replace("<br />", " ").lower()).split())
