"""Token ids → logits through compiled kernels, for thousands of texts at a time.

The words' part of the first layer, x·W, is worked out once for every word of the vocabulary, and
then only looked up. Texts of about one length make a batch that fits the cache, padding is never
touched, and every core takes batches of its own. Numba takes longer to import than a few texts
take in ONNX Runtime, which answers those.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from sentiment.compact import EMBEDDING
from sentiment.config import ModelConfig
from sentiment.kernels import KERNELS, max_pool, mean_pool, one_thread_each

BATCH_SIZE = 64

Floats = NDArray[np.float32]


class CompiledNetwork:
    """A recurrent network, ready to answer.

    Args:
        config: the network; not a bag of words, and with tanh.
        weights: named and shaped as `networks.network_weights` does.
    """

    def __init__(self, config: ModelConfig, weights: Mapping[str, Floats]) -> None:
        self._config = config
        self._weights = weights
        self._kernels = KERNELS[config.cell]
        self._products = {
            direction: weights[EMBEDDING] @ self._layer(1, direction, "kernel")
            for direction in config.directions
        }

    @staticmethod
    def can_run(config: ModelConfig) -> bool:
        """Whether there are kernels for a network."""
        return config.cell in KERNELS and config.activation == "tanh"

    def logits(self, rows: Sequence[NDArray[np.int32]]) -> Floats:
        """Logit of P(positive) of token ids that are cut already.

        Args:
            rows: <int32>[num_tokens] a text.

        Returns:
            <float32>[num_texts].
        """
        lengths = np.array([len(row) for row in rows], np.int64)
        logits = np.full(len(rows), self._weights["output/bias"][0], np.float32)
        longest_first = np.argsort(-lengths, kind="stable")
        order = longest_first[: np.count_nonzero(lengths)]
        batches = [order[i : i + BATCH_SIZE] for i in range(0, len(order), BATCH_SIZE)]

        def answer(batch: NDArray[np.int64]) -> None:
            token_ids = np.concatenate([rows[row] for row in batch])
            logits[batch] += self._features(token_ids, lengths[batch]) @ self._output

        with one_thread_each() as pool:
            list(pool.map(answer, batches))
        return logits

    @property
    def _output(self) -> Floats:
        return self._weights["output/kernel"][:, 0]

    def _layer(self, level: int, direction: str, name: str) -> Floats:
        return self._weights[f"{self._config.cell}_{level}/{direction}/{name}"]

    def _features(self, token_ids: NDArray[np.int32], lengths: NDArray[np.int64]) -> Floats:
        """What pooling makes of texts one after the other, <float32>[num_texts, num_features]."""
        config = self._config
        states = np.empty((0, 0), np.float32)
        for level in range(1, config.layers + 1):
            below, index = states, token_ids
            states = np.empty((len(token_ids), config.units * len(config.directions)), np.float32)
            for number, direction in enumerate(config.directions):
                inputs = self._products[direction]
                if level > 1:
                    inputs = below @ self._layer(level, direction, "kernel")
                    index = np.arange(len(token_ids), dtype=np.int32)
                self._kernels.read(
                    direction == "backward",
                    inputs,
                    index,
                    self._layer(level, direction, "recurrent_kernel"),
                    self._layer(level, direction, "bias"),
                    lengths,
                    states,
                    number * config.units,
                )
        return self._pooled(states, lengths)

    def _pooled(self, states: Floats, lengths: NDArray[np.int64]) -> Floats:
        starts = np.cumsum(lengths) - lengths
        parts = []
        if self._config.pooling == "last":
            units = self._config.units
            parts.append(states[starts + lengths - 1, :units])
            if self._config.bidirectional:
                parts.append(states[starts, units:])
        if self._config.pooling in ("max", "max_mean"):
            parts.append(max_pool(states, starts, lengths))
        if self._config.pooling in ("mean", "max_mean"):
            parts.append(mean_pool(states, starts, lengths))
        return np.concatenate(parts, axis=1)
