"""Weights in fewer bytes: int8 word vectors with a scale a row, and float16 for all the rest.

The embedding has most of a network's weights, and is only looked up, so that its rows can be
rounded each by itself: `row ≈ scale · int8`, with `scale = max |row| / 127`, which is symmetric
quantisation by row (M. Nagel et al., “A white paper on neural network quantization”, 2021,
arXiv:2106.08295, section 2.2). Rounding happens here and nowhere else: the files, the ONNX graph
and what `expand_weights` gives all hold the same rounded numbers.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

EMBEDDING = "embedding/embeddings"
SCALES = "embedding/scales"

_HIGHEST = 127  # −128 is left out, so that a row and its negative are rounded alike

Stored = Mapping[str, NDArray[Any]]


def compact_weights(weights: Mapping[str, NDArray[np.float32]]) -> dict[str, NDArray[Any]]:
    """Round weights to what a small model directory holds.

    Args:
        weights: float32, named and shaped as `networks.network_weights` does; other names may be
            among them.

    Returns:
        `embedding/embeddings` int8 `[vocabulary_size, embedding_dim]`, `embedding/scales` float32
        `[vocabulary_size, 1]`, and every other weight as float16, or as it was where it has a
        number that float16 cannot hold.
    """
    embedding = weights[EMBEDDING]
    scales = np.abs(embedding).max(axis=1, keepdims=True) / np.float32(_HIGHEST)
    steps = np.divide(embedding, scales, out=np.zeros_like(embedding), where=scales > 0)
    others = {name: _halved(weight) for name, weight in weights.items() if name != EMBEDDING}
    # A scale below the smallest normal float32 is rounded itself, and may leave more than 127.
    rounded = np.clip(np.rint(steps), -_HIGHEST, _HIGHEST).astype(np.int8)
    return {EMBEDDING: rounded, SCALES: scales, **others}


def expand_weights(stored: Stored) -> dict[str, NDArray[np.float32]]:
    """The float32 weights that stored ones stand for, whether they are compact or not.

    Args:
        stored: float32 weights, or what `compact_weights` made of them.

    Returns:
        float32, named and shaped as `networks.network_weights` does.
    """
    others = [name for name in stored if name not in (EMBEDDING, SCALES)]
    expanded = {name: stored[name].astype(np.float32) for name in others}
    return {EMBEDDING: expand_word_vectors(stored), **expanded}


def expand_word_vectors(
    stored: Stored, rows: slice | NDArray[np.integer[Any]] = slice(None)
) -> NDArray[np.float32]:
    """The float32 word vectors that stored ones stand for.

    Args:
        stored: as `expand_weights` takes them.
        rows: of the embedding, those wanted: a slice, or <int>[...].

    Returns:
        <float32>[..., embedding_dim], a copy.
    """
    vectors: NDArray[np.float32] = stored[EMBEDDING][rows].astype(np.float32)
    if SCALES in stored:
        vectors *= stored[SCALES][rows]
    return vectors


def _halved(weight: NDArray[np.float32]) -> NDArray[Any]:
    fits = bool((np.abs(weight) <= np.finfo(np.float16).max).all())
    return weight.astype(np.float16) if fits else weight
