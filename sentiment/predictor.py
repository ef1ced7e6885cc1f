"""Texts → probabilities, with ONNX Runtime; needs neither Keras nor TensorFlow.

Texts of about one length go through the network together, and come back in the order given. Many
texts go through compiled kernels instead, which are faster once they are loaded.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sentiment.artifact import SavedModel
from sentiment.config import RunConfig
from sentiment.datasets.buckets import pad
from sentiment.errors import ModelError
from sentiment.predictions import Prediction, Scramble, label_name
from sentiment.progress import Progress, silent
from sentiment.tokenizer import UNKNOWN_ID, TokenIds, Tokenizer, cut
from sentiment.words import readable, scrambles

if TYPE_CHECKING:
    from sentiment.compiled import CompiledNetwork
    from sentiment.surprise import LanguageModel

BATCH_SIZE = 64
BATCH_TOKENS = 16_384  # at most, padding counted: ONNX Runtime keeps memory for every one of them
CHUNK = 2_048
MANY = 1_024  # texts that are worth the loading of compiled kernels

Weights = Mapping[str, NDArray[np.float32]]


class Predictor:
    """A network and its tokenizer, ready to answer.

    Args:
        name: of the model, for the answers.
        config: the settings it was trained with.
        tokenizer: makes token ids of texts.
        onnx: the network, from `onnx_graph.build_onnx`.
        load_weights: gives its weights, when many texts are asked about first.
        load_language_model: gives what says how unlikely the order of words is, when that is
            asked for first; None where there is none.
        num_threads: that run the network; 0 leaves it to ONNX Runtime, which takes all cores.
    """

    def __init__(
        self,
        name: str,
        config: RunConfig,
        tokenizer: Tokenizer,
        onnx: bytes,
        *,
        load_weights: Callable[[], Weights],
        load_language_model: "Callable[[], LanguageModel | None]" = lambda: None,
        num_threads: int = 0,
    ) -> None:
        self.name = name
        self.tokenizer = tokenizer
        self._onnx = onnx
        self._data = config.data
        self._network = config.model
        self._load_weights = load_weights
        self._load_language_model = load_language_model
        self._num_threads = num_threads

    @classmethod
    def of(cls, model: SavedModel, *, num_threads: int = 0) -> "Predictor":
        """A loaded model, ready to answer; arguments as above."""
        return cls(
            model.name,
            model.config,
            model.tokenizer,
            model.onnx,
            load_weights=model.weights,
            load_language_model=partial(_language_model, model),
            num_threads=num_threads,
        )

    @cached_property
    def _session(self) -> Any:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = self._num_threads
        # Threads that spin while they wait would take cores from tokenizer and language model.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            return onnxruntime.InferenceSession(
                self._onnx, options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # ONNX Runtime has a family of its own below Exception
            raise ModelError(f"{self.name}: model.onnx cannot be run: {error}") from error

    @cached_property
    def _compiled(self) -> "CompiledNetwork | None":
        from sentiment.compiled import CompiledNetwork

        if not CompiledNetwork.can_run(self._network):
            return None
        return CompiledNetwork(self._network, self._load_weights())

    @cached_property
    def language_model(self) -> "LanguageModel | None":
        """Says how unlikely the order of words is; None where the model has none."""
        return self._load_language_model()

    def predict(self, texts: Sequence[str]) -> list[Prediction]:
        """Answer texts, whatever is in them, in order."""
        clean = [readable(text) for text in texts]
        token_ids = self.tokenizer.encode_batch(clean)
        rows = self._cut(token_ids)
        probabilities = self.probabilities(rows)
        return [
            prediction(
                text, uncut, float(probability), self._data.max_tokens, self.name, surprise=bits
            )
            for text, uncut, probability, bits in zip(
                clean, token_ids, probabilities, self.surprises(rows), strict=True
            )
        ]

    def read(self, text: str) -> tuple[list[str], NDArray[np.int32]]:
        """What the model reads of a text.

        Returns:
            The words, as the text spells them, and their token ids, <int32>[num_read].
        """
        clean = readable(text)
        words = [word.surface for word in self.tokenizer.words(clean)]
        (kept,) = self._cut(TokenIds.of([range(len(words))]))
        return [words[place] for place in kept], self.tokenizer.encode(clean)[kept]

    def token_ids(self, texts: Sequence[str]) -> list[NDArray[np.int32]]:
        """Token ids that the model reads of texts, <int32>[num_read] a text."""
        return self._cut(self.tokenizer.encode_batch([readable(text) for text in texts]))

    def scramble(self, text: str, num_scrambles: int, seed: int) -> list[Scramble]:
        """Answer seeded scrambles of the words that the model reads of a text.

        Args:
            text: cut to `max_tokens` first, so that all scrambles hold the same tokens.
            num_scrambles: how many.
            seed: decides the orders.
        """
        kept, _ = self.read(text)
        texts = [" ".join(order) for order in scrambles(kept, num_scrambles, seed)]
        return [
            Scramble(each.text, each.label, each.probability, each.surprise)
            for each in self.predict(texts)
        ]

    def score(self, texts: Sequence[str], progress: Progress = silent) -> NDArray[np.float32]:
        """P(positive) of many texts.

        Returns:
            <float32>[num_texts], in the order of the texts.
        """
        parts = [np.zeros(0, np.float32)]
        for start in range(0, len(texts), CHUNK):
            chunk = texts[start : start + CHUNK]
            parts.append(self.probabilities(self.token_ids(chunk)))
            progress("scoring", start + len(chunk), len(texts))
        return np.concatenate(parts)

    def probabilities(self, rows: Sequence[NDArray[np.int32]]) -> NDArray[np.float32]:
        """P(positive) of token ids that are cut already.

        Of a bag of words the answer is the same to the last bit in whatever order the words come
        and whatever texts are answered beside it: its ids are sorted, and go through the network
        in a batch whose shape follows from the text's own length.

        Args:
            rows: <int32>[num_tokens] a text.

        Returns:
            <float32>[num_texts].
        """
        # 1 / (1 + e^−logit), without the power that overflows where the logit is far below 0.
        probabilities = np.exp(-np.logaddexp(0, -self.logits(rows).astype(np.float64)))
        return probabilities.astype(np.float32)

    def logits(self, rows: Sequence[NDArray[np.int32]]) -> NDArray[np.float32]:
        """Logit of P(positive) of token ids that are cut already.

        Args:
            rows: <int32>[num_tokens] a text.

        Returns:
            <float32>[num_texts].
        """
        if len(rows) >= MANY and self._compiled is not None:
            return self._compiled.logits(rows)
        lengths = np.array([len(row) for row in rows], np.int32)
        logits = np.empty(len(rows), np.float32)
        if self._network.cell != "bow":
            for batch in _longest_first(lengths):
                chosen = [rows[row] for row in batch]
                logits[batch] = self._run(chosen, max(1, int(lengths[batch[0]])))
            return logits
        widths = 2 ** np.ceil(np.log2(np.maximum(lengths, 1))).astype(np.int64)
        for width in np.unique(widths):
            for batch in _in_batches(np.flatnonzero(widths == width)):
                chosen = [np.sort(rows[row]) for row in batch]
                filled = chosen + [rows[batch[0]][:0]] * (BATCH_SIZE - len(chosen))
                logits[batch] = self._run(filled, int(width))[: len(batch)]
        return logits

    def surprises(self, rows: Sequence[NDArray[np.int32]]) -> list[float | None]:
        """How unlikely the order of words of token ids is, in bits a word.

        Args:
            rows: <int32>[num_tokens] a text, cut already.

        Returns:
            None for a text of no words, and for all where the model has no language model.
        """
        if self.language_model is None:
            return [None] * len(rows)
        found = self.language_model.surprises(rows)
        return [float(bits.mean()) if len(bits) else None for bits in found]

    def _run(self, rows: Sequence[NDArray[np.int32]], width: int) -> NDArray[np.float32]:
        lengths = np.array([len(row) for row in rows], np.int32)
        inputs = {"token_ids": pad(list(rows), width), "lengths": lengths}
        logits: NDArray[np.float32]
        (logits,) = self._session.run(None, inputs)
        return logits

    def _cut(self, token_ids: TokenIds) -> list[NDArray[np.int32]]:
        return [cut(row, self._data.max_tokens, self._data.truncation) for row in token_ids]


def prediction(
    text: str,
    uncut: NDArray[np.int32],
    probability: float,
    max_tokens: int,
    model: str,
    *,
    surprise: float | None = None,
) -> Prediction:
    """The answer to a text.

    Args:
        text: as it was read.
        uncut: <int32>[num_tokens], its token ids.
        probability: P(positive).
        max_tokens: what it was cut to.
        model: name of what answered.
        surprise: how unlikely the order of the words that were read is, in bits a word.
    """
    return Prediction(
        text=text,
        label=label_name(probability),
        probability=probability,
        num_tokens=len(uncut),
        num_unknown=int((uncut == UNKNOWN_ID).sum()),
        truncated=len(uncut) > max_tokens,
        model=model,
        surprise=surprise,
    )


def _language_model(model: SavedModel) -> "LanguageModel | None":
    from sentiment.surprise import LanguageModel

    return LanguageModel.of(model)


def _longest_first(lengths: NDArray[np.int32]) -> Iterator[NDArray[np.int64]]:
    """Yield numbers of rows of about one length, no more than a batch may have."""
    order = np.argsort(-lengths, kind="stable")
    start = 0
    while start < len(order):
        width = max(1, int(lengths[order[start]]))
        size = min(BATCH_SIZE, max(1, BATCH_TOKENS // width))
        yield order[start : start + size]
        start += size


def _in_batches(rows: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """Yield row numbers, `BATCH_SIZE` at a time."""
    for start in range(0, len(rows), BATCH_SIZE):
        yield rows[start : start + BATCH_SIZE]
