"""How unlikely an order of words is: a small language model on the classifier's word vectors.

A forward GRU reads the words so far, and says of every word of the vocabulary how likely it comes
next. What it expects is compared with the word vectors themselves, so that it adds little to a
model: a tied output embedding, Press and Wolf (2017), Using the Output Embedding to Improve
Language Models, and Inan, Khosravi and Socher (2017), Tying Word Vectors and Word Classifiers.

The vocabulary is cut into classes, and the chance of a word is that of its class times that of the
word within it: Goodman (2001), Classes for Fast Maximum Entropy Training, and Mikolov et al.
(2011), Extensions of Recurrent Neural Network Language Model. Both are softmaxes over about √V
scores, so that a word costs 2·√V scores in place of V. Ids follow the frequency of words, and a
class is a run of ids, words about as common as one another. Trained by `training.language_model`.
Knows nothing about sentiment.

A word that the vocabulary does not have counts as any other: its surprise is that of meeting some
unknown word, which is less than that of the word itself.
"""

import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from sentiment.artifact import SavedModel
from sentiment.compact import EMBEDDING, Stored, expand_word_vectors
from sentiment.datasets.buckets import pad
from sentiment.errors import ModelError
from sentiment.recurrence import gru_states

PREFIX = "surprise/"

_MAX_WORDS = 4_096  # at a time, which bounds the memory


class LanguageModel:
    """Says how unlikely each word of a text is after those before it.

    Args:
        stored: float32 weights, or what `compact.compact_weights` made of them; word vectors stay
            as they are until a text has need of them, and others than these are passed over:

            embedding/embeddings            [vocabulary_size, embedding_dim], the classifier's
            surprise/start                  [embedding_dim], read before the first word
            surprise/gru/kernel             [embedding_dim, 3 · units], gates in the order z, r, h
            surprise/gru/recurrent_kernel   [units, 3 · units]
            surprise/gru/bias               [2, 3 · units]
            surprise/projection/kernel      [units, embedding_dim]
            surprise/projection/bias        [embedding_dim]
            surprise/class/kernel           [units, num_classes], from the state as it is
            surprise/class/bias             [num_classes]
            surprise/output/bias            [vocabulary_size]

    Raises:
        ModelError: one of them is missing or has another shape.
    """

    def __init__(self, stored: Stored) -> None:
        vocabulary_size, embedding_dim = stored[EMBEDDING].shape
        units = len(stored.get(f"{PREFIX}gru/recurrent_kernel", ()))
        shapes = weight_shapes(vocabulary_size, embedding_dim, units)
        for name, shape in shapes.items():
            if name not in stored or stored[name].shape != shape:
                raise ModelError(f"{name} is missing or not {list(shape)}; train the model again")
        weights = {name: stored[name].astype(np.float32) for name in shapes}
        self._stored = stored
        self._start = weights[f"{PREFIX}start"]
        self._gru = {
            name: weights[f"{PREFIX}gru/{name}"] for name in ("kernel", "recurrent_kernel", "bias")
        }
        self._kernel = weights[f"{PREFIX}projection/kernel"]
        self._bias = weights[f"{PREFIX}projection/bias"]
        self._class_kernel = weights[f"{PREFIX}class/kernel"]
        self._class_bias = weights[f"{PREFIX}class/bias"]
        self._output_bias = weights[f"{PREFIX}output/bias"]
        self._class_size = class_size(vocabulary_size)
        self._of_class: dict[int, NDArray[np.float32]] = {}

    @classmethod
    def of(cls, model: SavedModel) -> "LanguageModel | None":
        """The language model of a loaded model; None where it was saved without one."""
        if not any(name.startswith(PREFIX) for name in model.weight_names):
            return None
        return cls(model.stored_weights())

    def surprise(self, token_ids: NDArray[np.int32]) -> float | None:
        """Mean surprise of the words of a text, in bits a word.

        Args:
            token_ids: <int32>[num_tokens], no padding.

        Returns:
            The mean of −log₂ P(word | words before it), which is the logarithm of the perplexity;
            None for a text of no words.
        """
        if len(token_ids) == 0:
            return None
        (bits,) = self.surprises([token_ids])
        return float(bits.mean())

    def surprises(self, token_ids: Sequence[NDArray[np.int32]]) -> list[NDArray[np.float32]]:
        """Surprise of every word of texts; texts of about one length are read together.

        Args:
            token_ids: <int32>[num_tokens] a text, no padding.

        Returns:
            <float32>[num_tokens] a text, −log₂ P(word | words before it).
        """
        found = [np.zeros(0, np.float32)] * len(token_ids)
        for chosen in _read_together([len(row) for row in token_ids]):
            bits = self._bits([token_ids[row] for row in chosen])
            for row, of_text in zip(chosen, bits, strict=True):
                found[row] = of_text
        return found

    def _bits(self, rows: list[NDArray[np.int32]]) -> list[NDArray[np.float32]]:
        """Bits of each word, <float32>[num_tokens] a text; the longest text comes first."""
        lengths = np.array([len(row) for row in rows])
        width = int(lengths.max())
        padded = pad(rows, width)
        inputs = np.empty((*padded.shape, len(self._start)), np.float32)
        inputs[:, 0] = self._start
        inputs[:, 1:] = expand_word_vectors(self._stored, padded[:, :-1])
        states = gru_states(self._gru, inputs, lengths)[np.arange(width) < lengths[:, None]]
        bits = self._nats(states, np.concatenate(rows)) / np.float32(np.log(2))
        return np.split(bits, np.cumsum(lengths)[:-1])

    def _nats(self, states: NDArray[np.float32], targets: NDArray[np.int32]) -> NDArray[np.float32]:
        """−ln P(class) − ln P(word | class) of the targets, <float32>[num_tokens].

        Words of one class are taken together, wherever they stand.
        """
        classes = targets // self._class_size
        nats = _cross_entropy(states @ self._class_kernel + self._class_bias, classes)
        expected: NDArray[np.float32] = states @ self._kernel + self._bias
        for number in set(classes.tolist()):
            chosen = np.flatnonzero(classes == number)
            first = number * self._class_size
            scores = expected[chosen] @ self._members(number).T
            scores += self._output_bias[first : first + self._class_size]
            nats[chosen] += _cross_entropy(scores, targets[chosen] - first)
        return nats

    def _members(self, number: int) -> NDArray[np.float32]:
        """Word vectors of a class, <float32>[class_size, embedding_dim], kept for the next text."""
        if number not in self._of_class:
            first = number * self._class_size
            members = slice(first, first + self._class_size)
            self._of_class[number] = expand_word_vectors(self._stored, members)
        return self._of_class[number]


def class_size(vocabulary_size: int) -> int:
    """How many words make a class, √V rounded up: word i is in class i // size."""
    return math.isqrt(vocabulary_size - 1) + 1


def weight_shapes(
    vocabulary_size: int, embedding_dim: int, units: int
) -> dict[str, tuple[int, ...]]:
    """Shape of each weight of a language model, by name."""
    num_classes = -(-vocabulary_size // class_size(vocabulary_size))
    return {
        f"{PREFIX}start": (embedding_dim,),
        f"{PREFIX}gru/kernel": (embedding_dim, 3 * units),
        f"{PREFIX}gru/recurrent_kernel": (units, 3 * units),
        f"{PREFIX}gru/bias": (2, 3 * units),
        f"{PREFIX}projection/kernel": (units, embedding_dim),
        f"{PREFIX}projection/bias": (embedding_dim,),
        f"{PREFIX}class/kernel": (units, num_classes),
        f"{PREFIX}class/bias": (num_classes,),
        f"{PREFIX}output/bias": (vocabulary_size,),
    }


def _read_together(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield numbers of texts, the longest first; padded, they have at most `_MAX_WORDS` words.

    Texts without words are left out; a text that is longer than that goes by itself.
    """
    numbers = sorted(range(len(lengths)), key=lambda number: -lengths[number])
    chosen: list[int] = []
    for number in numbers:
        if chosen and (len(chosen) + 1) * lengths[chosen[0]] > _MAX_WORDS:
            yield chosen
            chosen = []
        if lengths[number]:
            chosen.append(number)
    if chosen:
        yield chosen


def _cross_entropy(scores: NDArray[np.float32], targets: NDArray[np.int32]) -> NDArray[np.float32]:
    """−ln softmax(scores) at the targets, <float32>[num_rows]; the scores are overwritten."""
    scores -= scores.max(axis=1, keepdims=True)  # so that no exponential overflows
    of_targets = scores[np.arange(len(targets)), targets]
    np.exp(scores, out=scores)
    nats: NDArray[np.float32] = np.log(scores.sum(axis=1)) - of_targets
    return nats
