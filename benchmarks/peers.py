"""Which libraries are measured beside this package, and which of them are here."""

import importlib.util
from collections.abc import Sequence

REMEDY = 'pip install -e ".[benchmarks]"'

_LIBRARIES = {
    "keras": "keras",
    "pytorch": "torch",
    "tfidf": "sklearn",
    "fasttext": "fasttext",
    "vader": "vaderSentiment",
    "textblob": "textblob",
}
_PRODUCTS = {"keras": "tensorflow", "pytorch": "torch"}
TITLES = {
    "sentiment": "sentiment",
    "shipped": "shipped model",
    "keras": "plain Keras",
    "pytorch": "PyTorch",
    "tfidf": "tf-idf, logistic",
    "fasttext": "fastText",
    "vader": "VADER",
    "textblob": "TextBlob",
}


def product_library(side: str) -> str:
    """The library whose large product a side's FLOP/s are a share of; ours computes with Keras."""
    return _PRODUCTS.get(side, "tensorflow")


def present(names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Names of peers whose library is installed, and a sentence on each whose is not."""
    found = [name for name in names if importlib.util.find_spec(_LIBRARIES[name]) is not None]
    missing = [
        f"{TITLES[name]} is left out, since {_LIBRARIES[name]} is not installed; run `{REMEDY}`"
        for name in names
        if name not in found
    ]
    return found, missing
