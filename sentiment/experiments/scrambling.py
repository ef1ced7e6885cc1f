"""A model's answers to token ids in their own order and in others; a bag of words is the control.

Knows nothing about labels; see `word_order`.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from sentiment.artifact import SavedModel
from sentiment.errors import ModelError
from sentiment.predictor import CHUNK, Predictor
from sentiment.progress import Progress, silent
from sentiment.words import STRENGTHS, Places, Strength


class ScrambledTexts:
    """Texts to be answered in one order after another; the first is their own.

    Args:
        model: the model.
        rows: <int32>[num_tokens] a text, cut already.
        num_permutations: orders to try where chance decides them, at least 1.
        seed: decides the orders; the same for every model that reads the same words.
        progress: is told how many texts were answered, all orders together.
        predictor: the model ready to answer, where it is already.

    Attributes:
        original: <float32>[num_texts], P(positive) of the texts in their own order.

    Raises:
        ModelError: the network cannot be run, or answers with what is not a probability.
    """

    def __init__(
        self,
        model: SavedModel,
        rows: Sequence[NDArray[np.int32]],
        *,
        num_permutations: int,
        seed: int,
        progress: Progress = silent,
        predictor: Predictor | None = None,
    ) -> None:
        self._predictor = predictor or Predictor.of(model)
        self._is_bow = model.config.model.cell == "bow"
        self._rows = rows
        self._num_permutations = num_permutations
        self._seed = seed
        self._progress = progress
        self._answered = 0
        self._ends = model.tokenizer.sentence_ends
        self.original = self._answer(rows)

    def orders(self, strength: Strength) -> Iterator[list[Places]]:
        """Yield, for each permutation, the places of the words of every text."""
        number = STRENGTHS.index(strength)
        for permutation in range(self._num_permutations if strength.is_random else 1):
            rng = np.random.default_rng((self._seed, number, permutation))
            yield [strength.places(row, self._ends[row], rng) for row in self._rows]

    def answers(self, strength: Strength) -> tuple[NDArray[np.float32], float]:
        """Answer the texts in other orders.

        Returns:
            <float32>[num_permutations, num_texts], P(positive); and the share of scrambles whose
            tokens are not in the order of the original.

        Raises:
            ModelError: an answer is not a probability, or a bag of words answers a scramble
                otherwise than the original, be it by a single bit.
        """
        found = []
        num_changed = 0
        for orders in self.orders(strength):
            rows = [row[places] for row, places in zip(self._rows, orders, strict=True)]
            num_changed += sum(
                not np.array_equal(old, new) for old, new in zip(self._rows, rows, strict=True)
            )
            found.append(self._answer(rows))
        probabilities = np.stack(found)
        if self._is_bow and (probabilities != self.original).any():
            raise ModelError(
                f"{self._predictor.name}: this bag of words answers scrambled words otherwise than "
                "the original, which it never may; train it again, and report it if that recurs"
            )
        return probabilities, num_changed / max(1, probabilities.size)

    def _answer(self, rows: Sequence[NDArray[np.int32]]) -> NDArray[np.float32]:
        parts = [np.zeros(0, np.float32)]
        passes = 1 + sum(self._num_permutations if s.is_random else 1 for s in STRENGTHS)
        for start in range(0, len(rows), CHUNK):
            parts.append(self._predictor.probabilities(rows[start : start + CHUNK]))
            self._answered += len(parts[-1])
            self._progress("answering scrambled texts", self._answered, passes * len(rows))
        probabilities = np.concatenate(parts)
        if not ((probabilities >= 0) & (probabilities <= 1)).all():
            raise ModelError(
                f"{self._predictor.name}: the answers are not probabilities; train it again with a "
                "lower --learning-rate"
            )
        return probabilities
