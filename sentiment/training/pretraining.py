"""Pretrains a recurrent layer without labels: from each state it tells a word that is near.

    texts, one behind the other ──► windows ──► first layer ──► a word of the next five
                                                 backward  ──► a word of the five before

R. Johnson & T. Zhang, “Supervised and semi-supervised text categorization using LSTM for region
embeddings” (2016), arXiv:1602.02373: what the words after a place are, rather than which comes
next, has a layer gather what a text is about. Frequent words are asked for less, by the rule of
word2vec, T. Mikolov et al. (2013), arXiv:1310.4546. The right word is told from words that are
asked for elsewhere in the batch, so that a score becomes pointwise mutual information: A. van den
Oord et al., “Representation learning with contrastive predictive coding” (2018), arXiv:1807.03748.
Knows nothing about labels.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from sentiment.config import RunConfig
from sentiment.datasets.encoding import Corpus
from sentiment.errors import SentimentError
from sentiment.networks import build_network, network_weights
from sentiment.progress import Progress, silent
from sentiment.tokenizer import PADDING_ID, UNKNOWN_ID, TokenIds
from sentiment.training.adam import Adam, warmup_and_cosine
from sentiment.training.steps import SAVE_SECONDS, take_steps

REGION = 5  # words that a state may be asked for
WINDOW_TOKENS = 200
BATCH_SIZE = 128  # windows
NUM_OTHERS = 320  # words that the right one is told from
LEARNING_RATE = 4e-3

_SAMPLE = 1e-4  # frequency from which on a word is asked for less
_WARMUP_SHARE = 0.05
_CLIP_NORM = 1.0
_EXCLUDED = -1e9  # score of a word that is the right one

Weights = dict[str, NDArray[np.float32]]
Asked = list[tuple[NDArray[np.int64], NDArray[np.int32]]]


def pretrain(
    config: RunConfig,
    corpus: Corpus,
    start: Weights,
    *,
    state_dir: Path | None = None,
    save_seconds: float = SAVE_SECONDS,
    progress: Progress = silent,
) -> Weights:
    """Train embedding and first recurrent layer, from their saved state where there is one.

    Args:
        config: the run; its cell is recurrent.
        corpus: training and unlabelled texts to learn from.
        start: weights to begin with, such as word vectors.
        state_dir: where to keep the state, also of what is finished; None keeps none.
        save_seconds: time between two saves.
        progress: is told of every batch.

    Returns:
        The embedding and the weights of the first layer, named as `networks.network_weights` does.

    Raises:
        ModelError: the saved state is damaged or of another network.
        SentimentError: there is nothing to learn from, or training diverged.
        KeyboardInterrupt: Ctrl-C ended it; its state is saved.
    """
    learner = _Learner(config, corpus, start)
    take_steps(
        learner,
        "pretraining: learning which words are near",
        state_dir=state_dir,
        save_seconds=save_seconds,
        progress=progress,
    )
    return learner.weights()


def pack_windows(texts: TokenIds, width: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Put texts one behind the other in a random order, and cut them into windows.

    Args:
        texts: uncut.
        width: tokens a window.
        rng: decides the order, and where the first window begins.

    Returns:
        <int64>[num_windows, width], places in `texts.flat`; fewer than two windows are left out.
    """
    lengths = np.diff(texts.offsets)
    order = rng.permutation(len(texts))
    lengths = lengths[order]
    begins = np.cumsum(lengths) - lengths
    places = np.repeat(texts.offsets[order] - begins, lengths) + np.arange(lengths.sum())
    spare = len(places) - width
    places = places[int(rng.integers(min(width, spare) + 1)) if spare > 0 else 0 :]
    return places[: len(places) // width * width].reshape(-1, width)


def ask(
    words: NDArray[np.int32],
    of_text: NDArray[np.int32],
    log_chances: NDArray[np.float32],
    rng: np.random.Generator,
) -> Asked:
    """Draw a word that each state is asked for, of the next `REGION` or of those before.

    Args:
        words: <int32>[batch_size, width].
        of_text: <int32>[batch_size, width], the text of each word; no other text is asked about.
        log_chances: <float32>[vocabulary_size], logarithm of how often each word is to be asked
            for among others, −∞ for never.
        rng: decides.

    Returns:
        For a reader forward and for one backward the places that are asked, <int64>[num_asked], in
        the batch laid out flat, and the words, <int32>[num_asked].
    """
    asked = []
    for ahead in (True, False):
        best = np.full(words.shape, -np.inf, np.float32)
        chosen = np.zeros_like(words)
        for distance in range(1, min(REGION, words.shape[1] - 1) + 1):
            here, there = slice(None, -distance), slice(distance, None)
            if not ahead:
                here, there = there, here
            # The greatest of log-chances with Gumbel noise is a draw by those chances.
            scores = log_chances[words[:, there]] + rng.gumbel(size=words[:, there].shape)
            scores[of_text[:, here] != of_text[:, there]] = -np.inf
            better = scores > best[:, here]
            best[:, here][better] = scores[better]
            chosen[:, here][better] = words[:, there][better]
        places = np.flatnonzero(best > -np.inf)
        asked.append((places, chosen.ravel()[places]))
    return asked


class _Learner:
    """The layer, what it answers with, and the windows that it reads."""

    def __init__(self, config: RunConfig, corpus: Corpus, start: Weights) -> None:
        vocabulary_size = corpus.tokenizer.vocabulary_size
        texts = TokenIds.concatenate([corpus.train, corpus.unsupervised])
        counts = np.bincount(texts.flat, minlength=vocabulary_size).astype(np.float64)
        counts[[PADDING_ID, UNKNOWN_ID]] = 0
        if not counts.any():
            raise SentimentError("there are no words to pretrain on; add texts")
        self._seed = config.training.seed
        self._windows: NDArray[np.int64] | None = None
        self._texts = texts
        self._of_text = np.repeat(np.arange(len(texts), dtype=np.int32), np.diff(texts.offsets))
        self._width = min(WINDOW_TOKENS, len(texts.flat))
        num_windows = max(1, len(texts.flat) // self._width - 1)  # one may go where windows begin
        self._batch_size = min(BATCH_SIZE, num_windows)
        self._batches_an_epoch = num_windows // self._batch_size
        self.num_steps = config.training.pretraining * self._batches_an_epoch
        with np.errstate(divide="ignore"):
            rarity = np.sqrt(_SAMPLE * counts.sum() / counts)
            chances = np.where(counts, np.minimum(1, rarity), 0)
            self._log_chances = np.log(chances).astype(np.float32)

        # === Network ===
        tf.config.experimental.enable_op_determinism()
        keras.utils.set_random_seed(self._seed)
        model = replace(config.model, layers=1, dropout=0.0, recurrent_dropout=0.0)
        self._network = build_network(
            model,
            vocabulary_size,
            self._seed,
            start,
            fused=not tf.config.list_logical_devices("GPU"),
        )
        layer = self._network.get_layer(f"{model.cell}_1")
        self._reader = keras.Model(self._network.input, layer.output)
        self._directions = len(model.directions)
        rng = np.random.default_rng((self._seed, vocabulary_size))
        self._outputs = [
            keras.Variable(rng.normal(0, 0.05, (vocabulary_size, model.units)).astype(np.float32))
            for _ in model.directions
        ]
        self._trained = [*self._reader.trainable_variables, *self._outputs]
        schedule = warmup_and_cosine(LEARNING_RATE, self.num_steps, _WARMUP_SHARE)
        self._optimizer = Adam(schedule, _CLIP_NORM)
        self._optimizer.build(self._trained)
        self._compiled = tf.function(self._learn, reduce_retracing=True)

    @property
    def variables(self) -> list[Any]:
        """All that the steps change."""
        return [*self._trained, *self._optimizer.variables]

    def weights(self) -> Weights:
        """Of embedding and layer."""
        weights = network_weights(self._network)
        return {name: value for name, value in weights.items() if not name.startswith("output/")}

    def step(self, number: int) -> None:
        """Learn from the windows of a batch."""
        epoch, batch = divmod(number, self._batches_an_epoch)
        if self._windows is None or not batch:
            rng = np.random.default_rng((self._seed, epoch))
            self._windows = pack_windows(self._texts, self._width, rng)
        first = batch * self._batch_size
        places = self._windows[first : first + self._batch_size]
        words = self._texts.flat[places]
        rng = np.random.default_rng((self._seed, epoch, batch))
        asked = ask(words, self._of_text[places], self._log_chances, rng)[: self._directions]
        candidates = np.concatenate([right for _, right in asked])
        if not len(candidates):
            return  # texts of a word each
        others = rng.choice(candidates, NUM_OTHERS)
        questions = [tuple(map(tf.constant, each)) for each in asked]
        loss = float(self._compiled(tf.constant(words), questions, tf.constant(others)))
        if not np.isfinite(loss):
            raise SentimentError(f"pretraining diverged: the loss is {loss}")

    def _learn(self, words: Any, questions: Any, others: Any) -> Any:
        """One step; gives the mean cross-entropy of the readers, in nats."""
        with tf.GradientTape() as tape:
            states = tf.split(self._reader(words), self._directions, axis=-1)
            losses = [
                _loss(of_reader, places, right, output.value, others)
                for of_reader, (places, right), output in zip(
                    states, questions, self._outputs, strict=True
                )
            ]
            loss = tf.add_n(losses)
        gradients = tape.gradient(loss, [variable.value for variable in self._trained])
        self._optimizer.apply(gradients, self._trained)
        return loss / len(losses)


def _loss(states: Any, places: Any, right: Any, output: Any, others: Any) -> Any:
    """Mean of −ln P(right word | it or one of the others); zero where nothing is asked."""
    states = tf.gather(tf.reshape(states, [-1, states.shape[-1]]), places)
    score = tf.reduce_sum(states * tf.gather(output, right), axis=1)
    scores = tf.matmul(states, tf.gather(output, others), transpose_b=True)
    scores = tf.where(right[:, None] == others, _EXCLUDED, scores)
    losses = tf.nn.softplus(tf.reduce_logsumexp(scores, axis=1) - score)
    return tf.math.divide_no_nan(tf.reduce_sum(losses), tf.cast(tf.size(losses), tf.float32))
