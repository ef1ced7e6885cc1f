"""Trains the language model of `surprise` on the frozen word vectors of a classifier.

The texts are cut into pieces that begin with a sentence, as what people type does. The loss is the
cross-entropy over the whole vocabulary, which the classes of `surprise` make cheap: the words of a
batch are laid out in tiles of one class each, so that the vectors of a class are fetched once a
tile and not once a word. Knows nothing about labels.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from sentiment.compact import EMBEDDING
from sentiment.datasets.buckets import Batch, bucket_widths, make_batches, pad
from sentiment.errors import SentimentError
from sentiment.progress import Progress, silent
from sentiment.surprise import PREFIX, LanguageModel, class_size, weight_shapes
from sentiment.tokenizer import PADDING_ID, TokenIds
from sentiment.training.adam import warmup_and_cosine
from sentiment.training.steps import SAVE_SECONDS, take_steps

PIECE_TOKENS = 40
LEARNING_RATE = 4e-3
VALIDATION_TOKENS = 50_000

_NUM_WIDTHS = 2  # each is compiled for itself, which takes seconds
_TILE = 16  # words; more would leave more room empty, less would fetch a class more often
_SCALE = 0.3  # standard deviation that the word vectors are given for training
_WARMUP_SHARE = 0.02
_NEVER = -30.0  # bias of the padding, which is no word
_EXCLUDED = -1e9  # score of what fills up the last class

_cross_entropy = tf.nn.sparse_softmax_cross_entropy_with_logits
Weights = dict[str, NDArray[np.float32]]


@dataclass(frozen=True)
class LanguageModelFit:
    """What training gave.

    Attributes:
        weights: named and shaped as `surprise.LanguageModel` takes them.
        validation_bits: mean surprise of the validation words, in bits a word, over the whole
            vocabulary; None where there are none.
        num_tokens: words trained on, all epochs together.
    """

    weights: Weights
    validation_bits: float | None
    num_tokens: int


def fit_language_model(
    embedding: NDArray[np.float32],
    is_end: NDArray[np.bool_],
    texts: TokenIds,
    validation: TokenIds,
    *,
    units: int = 256,
    epochs: int = 1,
    piece_tokens: int = PIECE_TOKENS,
    batch_size: int = 64,
    learning_rate: float = LEARNING_RATE,
    seed: int = 0,
    state_dir: Path | None = None,
    save_seconds: float = SAVE_SECONDS,
    progress: Progress = silent,
) -> LanguageModelFit:
    """Learn which words follow which, from the saved state on where there is one.

    Args:
        embedding: <float32>[vocabulary_size, embedding_dim], of the trained classifier; it stays
            as it is.
        is_end: <bool>[vocabulary_size], whether each token ends a sentence; see
            `Tokenizer.sentence_ends`.
        texts: to learn from; labels are not needed.
        validation: to measure on, the first `VALIDATION_TOKENS` words or so.
        units: of the GRU.
        epochs: passes over the texts.
        piece_tokens: most words that are read at a stretch.
        batch_size: pieces a step.
        learning_rate: at its highest; it rises at first and falls to zero on a cosine.
        seed: decides first weights and order of the pieces.
        state_dir: where to keep the state, also of what is finished; None keeps none.
        save_seconds: time between two saves.
        progress: is told of every batch.

    Raises:
        ModelError: the saved state is damaged or of another network.
        SentimentError: there is nothing to learn from, or training diverged.
        KeyboardInterrupt: Ctrl-C ended it; its state is saved.
    """
    rows = sentence_pieces(texts, is_end, piece_tokens)
    if not rows:
        raise SentimentError("there are no words to learn a language model from; add texts")
    counts = np.bincount(texts.flat, minlength=len(embedding)).astype(np.float64)
    counts[PADDING_ID] = 0
    tf.config.experimental.enable_op_determinism()
    learner = _Learner(
        embedding,
        counts,
        rows,
        units=units,
        epochs=epochs,
        batch_size=batch_size,
        learning_rate=learning_rate,
        rng=np.random.default_rng(seed),
    )
    take_steps(
        learner,
        "learning which words follow which",
        state_dir=state_dir,
        save_seconds=save_seconds,
        progress=progress,
    )
    weights = learner.weights()
    pieces = sentence_pieces(validation, is_end, piece_tokens)
    num_tokens = epochs * sum(map(len, rows))
    return LanguageModelFit(weights, _mean_bits(embedding, weights, pieces), num_tokens)


def sentence_pieces(
    texts: TokenIds, is_end: NDArray[np.bool_], piece_tokens: int
) -> list[NDArray[np.int32]]:
    """Cut texts into pieces that begin with a sentence.

    Each piece goes on for `piece_tokens`, or to the end of its text; the next begins with the
    first sentence after it. What is left of a sentence between them is passed over.

    Args:
        texts: uncut.
        is_end: <bool>[vocabulary_size], whether each token ends a sentence.
        piece_tokens: most tokens of a piece.

    Returns:
        <int32>[at most piece_tokens] each, views of the texts.
    """
    ends = is_end[texts.flat]
    num_tokens = len(ends)
    begins = np.zeros(num_tokens + 1, bool)
    begins[1:-1] = ends[:-1] & ~ends[1:]
    begins[texts.offsets] = True
    # For each place the first begin from there on, by carrying it back from the end.
    places = np.where(begins, np.arange(num_tokens + 1), num_tokens)
    following = np.minimum.accumulate(places[::-1])[::-1].tolist()
    pieces = []
    for start, stop in zip(texts.offsets[:-1].tolist(), texts.offsets[1:].tolist(), strict=True):
        place = start
        while place < stop:
            end = min(place + piece_tokens, stop)
            pieces.append(texts.flat[place:end])
            place = following[end]
    return pieces


def tiles(classes: Any, num_classes: int, size: int = _TILE) -> tuple[Any, Any, Any]:
    """Lay words out in tiles of one class each; the last one of a class may have room to spare.

    Args:
        classes: <int32>[num_words], the class of each word.
        num_classes: how many there are.
        size: words of a tile.

    Returns:
        <int32>[num_tiles, size], the word at each place; <bool>[num_tiles, size], whether the
        place is taken; and <int32>[num_tiles], the class of each tile.
    """
    order = tf.argsort(classes, stable=True)
    begins = tf.searchsorted(tf.gather(classes, order), tf.range(num_classes + 1))
    num_tiles = -(-(begins[1:] - begins[:-1]) // size)  # of each class
    of_tiles = tf.repeat(tf.range(num_classes), num_tiles)
    first = tf.cumsum(num_tiles, exclusive=True)
    number = tf.range(tf.size(of_tiles)) - tf.gather(first, of_tiles)
    places = (tf.gather(begins, of_tiles) + number * size)[:, None] + tf.range(size)
    taken = places < tf.gather(begins, of_tiles + 1)[:, None]
    return tf.gather(order, tf.where(taken, places, 0)), taken, of_tiles


class _Learner:
    """The weights as Keras variables, and the batches that they learn from.

    Inside, the word vectors have a standard deviation of `_SCALE`, whatever they have outside.
    """

    def __init__(
        self,
        embedding: NDArray[np.float32],
        counts: NDArray[np.float64],
        rows: list[NDArray[np.int32]],
        *,
        units: int,
        epochs: int,
        batch_size: int,
        learning_rate: float,
        rng: np.random.Generator,
    ) -> None:
        vocabulary_size, embedding_dim = embedding.shape
        self._scale = np.float32(_SCALE / (float(embedding.std()) or 1.0))
        self._embedding = tf.constant(embedding * self._scale)
        self._class_size = class_size(vocabulary_size)
        self._num_spare = -vocabulary_size % self._class_size
        padded = tf.pad(self._embedding, [[0, self._num_spare], [0, 0]])
        self._members = tf.reshape(padded, [-1, self._class_size, embedding_dim])
        shapes = weight_shapes(vocabulary_size, embedding_dim, units)
        first = {name: np.zeros(shape, np.float32) for name, shape in shapes.items()}
        for name, shape in shapes.items():
            if name.endswith("kernel"):
                first[name] = rng.normal(0, shape[0] ** -0.5, shape).astype(np.float32)
        frequencies = np.maximum(counts, 1) / np.maximum(counts, 1).sum()
        frequencies[PADDING_ID] = np.exp(_NEVER)
        first[f"{PREFIX}output/bias"] = np.log(frequencies).astype(np.float32)
        of_classes = np.add.reduceat(frequencies, np.arange(0, vocabulary_size, self._class_size))
        first[f"{PREFIX}class/bias"] = np.log(of_classes).astype(np.float32)
        self._weights = {name: keras.Variable(value) for name, value in first.items()}

        # === Batches ===
        self._rows = rows
        self._batch_size = batch_size
        lengths = np.array([len(row) for row in rows], np.int32)
        widths = bucket_widths(lengths, _NUM_WIDTHS)
        self._batches = [
            batch for _ in range(epochs) for batch in make_batches(lengths, batch_size, widths, rng)
        ]
        self.num_steps = len(self._batches)
        schedule = warmup_and_cosine(learning_rate, self.num_steps, _WARMUP_SHARE)
        self._optimizer = keras.optimizers.Adam(schedule, global_clipnorm=1.0)
        self._optimizer.build(list(self._weights.values()))
        self._compiled = tf.function(self._learn)

    @property
    def variables(self) -> list[Any]:
        """All that the steps change."""
        return [*self._weights.values(), *self._optimizer.variables]

    def step(self, number: int) -> None:
        """Learn from one batch of pieces."""
        token_ids = _padded(self._rows, self._batches[number], self._batch_size)
        loss = self.learn(token_ids)
        if not np.isfinite(loss):
            raise SentimentError(
                f"the language model diverged: the loss is {loss}; use a smaller learning rate"
            )

    def learn(self, token_ids: NDArray[np.int32]) -> float:
        """Learn from pieces, <int32>[batch_size, width]; gives the mean loss, in nats."""
        return float(self._compiled(tf.constant(token_ids)))

    def weights(self) -> Weights:
        """The weights as `surprise.LanguageModel` takes them, for the vectors as they came."""
        weights = {name: variable.numpy() for name, variable in self._weights.items()}
        weights[f"{PREFIX}start"] /= self._scale
        for name in ("gru/kernel", "projection/kernel", "projection/bias"):
            weights[PREFIX + name] *= self._scale
        return weights

    def _learn(self, token_ids: Any) -> Any:
        variables = list(self._weights.values())
        with tf.GradientTape() as tape:
            loss = self._loss(token_ids)
        gradients = tape.gradient(loss, [variable.value for variable in variables])
        self._optimizer.apply(list(map(tf.convert_to_tensor, gradients)), variables)
        return loss

    def _loss(self, token_ids: Any) -> Any:
        """Mean cross-entropy of the words, in nats."""
        batch_size, width = token_ids.shape
        targets = tf.reshape(tf.transpose(token_ids), [-1])
        vectors = tf.gather(self._embedding, targets[: (width - 1) * batch_size])
        start = tf.tile(self._weights[f"{PREFIX}start"][None], [batch_size, 1])
        states = self._states(tf.concat([start, vectors], axis=0), batch_size, width)
        real = tf.where(targets != PADDING_ID)[:, 0]
        targets, states = tf.gather(targets, real), tf.gather(states, real)
        classes = targets // self._class_size
        of_classes = _cross_entropy(classes, self._dense("class", states))
        of_words = self._word_losses(states, targets, classes)
        num_words = tf.cast(tf.size(targets), of_words.dtype)
        return (tf.reduce_sum(of_classes) + tf.reduce_sum(of_words)) / num_words

    def _word_losses(self, states: Any, targets: Any, classes: Any) -> Any:
        """−ln P(word | class) of the words, in tiles; zero where a tile has room to spare."""
        bias = self._weights[f"{PREFIX}output/bias"]
        bias = tf.pad(bias, [[0, self._num_spare]], constant_values=_EXCLUDED)
        bias = tf.reshape(bias, [-1, self._class_size])
        words, taken, of_tiles = tiles(classes, len(self._members))
        expected = tf.gather(self._dense("projection", states), words)
        scores = tf.matmul(expected, tf.gather(self._members, of_tiles), transpose_b=True)
        scores += tf.gather(bias, of_tiles)[:, None]
        losses = _cross_entropy(tf.gather(targets, words) % self._class_size, scores)
        return tf.where(taken, losses, 0.0)

    def _dense(self, layer: str, states: Any) -> Any:
        kernel, bias = (self._weights[f"{PREFIX}{layer}/{name}"] for name in ("kernel", "bias"))
        return tf.matmul(states, kernel) + bias

    def _states(self, inputs: Any, batch_size: int, width: int) -> Any:
        """The states of the GRU, [width · batch_size, units], in the order of the inputs."""
        kernel = self._weights[f"{PREFIX}gru/recurrent_kernel"]
        bias, from_state_bias = tf.unstack(self._weights[f"{PREFIX}gru/bias"])
        units = kernel.shape[0]
        from_input = tf.matmul(inputs, self._weights[f"{PREFIX}gru/kernel"]) + bias
        hidden = tf.zeros([batch_size, units])
        states = []
        for step in tf.split(from_input, width):
            from_state = tf.matmul(hidden, kernel) + from_state_bias
            gates = tf.sigmoid(step[:, : 2 * units] + from_state[:, : 2 * units])
            update_gate, reset_gate = tf.split(gates, 2, axis=1)
            candidate = tf.tanh(step[:, 2 * units :] + reset_gate * from_state[:, 2 * units :])
            hidden = candidate + update_gate * (hidden - candidate)
            states.append(hidden)
        return tf.concat(states, axis=0)


def _padded(rows: list[NDArray[np.int32]], batch: Batch, batch_size: int) -> NDArray[np.int32]:
    """A batch as <int32>[batch_size, width], whatever it holds, so that few shapes are compiled."""
    padded = np.full((batch_size, batch.width), PADDING_ID, np.int32)
    padded[: len(batch.rows)] = pad([rows[row] for row in batch.rows.tolist()], batch.width)
    return padded


def _mean_bits(
    embedding: NDArray[np.float32], weights: Weights, pieces: list[NDArray[np.int32]]
) -> float | None:
    total = np.cumsum([len(piece) for piece in pieces])
    chosen = pieces[: int(np.searchsorted(total, VALIDATION_TOKENS)) + 1]
    if not chosen:
        return None
    bits = LanguageModel({EMBEDDING: embedding, **weights}).surprises(chosen)
    return float(np.concatenate(bits).mean(dtype=np.float64))
