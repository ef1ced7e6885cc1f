"""The training loop: batches by length through Keras, with a state that survives a kill.

The order of batches follows from (seed, epoch) alone, so that a run which goes on from its saved
state sees what an undisturbed one would have seen. Knows nothing about texts or model files.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from sentiment.config import RunConfig, TrainingConfig
from sentiment.datasets.buckets import (
    Batch,
    bucket_widths,
    cut_windows,
    draw_window_sizes,
    drop_words,
    make_batches,
    pad,
    padding_share,
)
from sentiment.datasets.encoding import Corpus
from sentiment.errors import SentimentError
from sentiment.networks import build_network, network_weights
from sentiment.results import EpochResult
from sentiment.tokenizer import TokenIds, cut
from sentiment.training.adam import Adam
from sentiment.training.adversarial import AdversarialModel
from sentiment.training.interruption import interruptible
from sentiment.training.state import Course, load_state, save_state

SAVE_SECONDS = 30.0
_EVALUATION_BATCH_SIZE = 256

Weights = dict[str, NDArray[np.float32]]


class Listener(Protocol):
    """Is told how training goes."""

    def batch(self, course: Course, num_batches: int, reviews_per_second: float) -> None:
        """Another batch is done."""

    def epoch(self, result: EpochResult) -> None:
        """Another epoch is done and validated."""


@dataclass(frozen=True)
class Fit:
    """What training gave.

    Attributes:
        weights: of the best epoch, named as `networks.network_weights` does; empty where a run
            was interrupted before the first epoch ended.
        epochs: what each epoch gave, in order.
        best_epoch: the one that the weights are of, from 0.
        seconds: spent on training and validation.
        padding_share: of all positions trained on, from 0 to 1.
        num_devices: devices that shared each batch.
        interrupted: whether Ctrl-C ended it.
    """

    weights: Weights
    epochs: tuple[EpochResult, ...]
    best_epoch: int
    seconds: float
    padding_share: float
    num_devices: int
    interrupted: bool


def fit_network(
    config: RunConfig,
    corpus: Corpus,
    *,
    start: Mapping[str, NDArray[np.float32]] = MappingProxyType({}),
    state_dir: Path | None = None,
    save_seconds: float = SAVE_SECONDS,
    listener: Listener | None = None,
    devices: Sequence[str] | None = None,
    tensorboard_dir: Path | None = None,
) -> Fit:
    """Train a network, from its saved state where there is one.

    Args:
        config: the run.
        corpus: token ids and labels to train and to choose on.
        start: weights to begin with, any of those that `networks.network_weights` names.
        state_dir: where to keep the state; None keeps none.
        save_seconds: time between two saves; each epoch's end is saved too.
        listener: is told of every batch and epoch.
        devices: TensorFlow devices that share each batch; None takes every GPU there is.
        tensorboard_dir: where to write TensorBoard logs; None writes none.

    Raises:
        ModelError: the saved state is damaged or of another network.
        SentimentError: training diverged, or TensorBoard logs are asked for and it is not there.
    """
    tf.config.experimental.enable_op_determinism()
    keras.utils.set_random_seed(config.training.seed)
    plan = _Plan(config, corpus)
    strategy = _strategy(devices)
    with strategy.scope():
        model = build_network(
            config.model,
            corpus.tokenizer.vocabulary_size,
            config.training.seed,
            start,
            fused=not _gpus(),
            pushed=bool(config.training.adversarial),
        )
        if config.training.adversarial:
            model = AdversarialModel(model, config.training.adversarial)
        _compile(model, config.training, plan.num_batches)
    loop = _Loop(
        model,
        plan,
        state_dir=state_dir,
        save_seconds=save_seconds,
        listener=listener,
        num_replicas=strategy.num_replicas_in_sync,
    )
    with _summary_writer(tensorboard_dir) as writer, interruptible(loop):
        while loop.goes_on():
            loop.run_epoch()
            if loop.course.batch == 0:
                _write_summary(writer, loop.course.epochs[-1])
    return Fit(
        loop.best,
        loop.course.epochs,
        loop.course.best_epoch,
        loop.course.seconds + loop.course.epoch_seconds,
        plan.padding_share,
        strategy.num_replicas_in_sync,
        loop.interrupted,
    )


class _Plan:
    """Which texts are read in which batch of which epoch, and through which window."""

    def __init__(self, config: RunConfig, corpus: Corpus) -> None:
        self.config = config
        self._corpus = corpus
        self._window = min(config.training.window_tokens, config.data.max_tokens)
        lengths = self._lengths(0)
        # In another epoch the longest text may be read through its whole window.
        lengths[lengths.argmax()] = min(corpus.train.lengths.max(), self._window)
        self._widths = bucket_widths(lengths)

    def _rng(self, epoch: int, purpose: int) -> np.random.Generator:
        return np.random.default_rng((self.config.training.seed, epoch, purpose))

    def _sizes(self, epoch: int) -> NDArray[np.int64]:
        short_share = self.config.training.short_windows
        rng = self._rng(epoch, 3)
        return draw_window_sizes(len(self._corpus.train), self._window, short_share, rng)

    def _lengths(self, epoch: int) -> NDArray[np.int64]:
        return np.minimum(self._corpus.train.lengths, self._sizes(epoch))

    def batches(self, epoch: int) -> list[Batch]:
        """The batches of an epoch, in their order."""
        batch_size = self.config.training.batch_size
        return make_batches(self._lengths(epoch), batch_size, self._widths, self._rng(epoch, 0))

    @property
    def num_batches(self) -> int:
        """Of all epochs together."""
        return sum(len(self.batches(epoch)) for epoch in range(self.config.training.epochs))

    @property
    def padding_share(self) -> float:
        return padding_share(self._lengths(0), self.batches(0))

    def training(self, epoch: int, start: int, num_replicas: int) -> tf.data.Dataset:
        """Batches of an epoch from number `start` on.

        Each is (<int32>[batch_size, sequence_length], <float32>[batch_size]).
        """
        texts = drop_words(
            self._corpus.train, self.config.training.word_dropout, self._rng(epoch, 2)
        )
        windows = cut_windows(texts, self._sizes(epoch), self._rng(epoch, 1))
        batches = self.batches(epoch)[start:]
        return _dataset(windows, self._corpus.train_targets, batches, num_replicas)

    def validation(self, num_replicas: int) -> tf.data.Dataset:
        """All validation texts, cut as they are for prediction."""
        rows = _cut(self._corpus.validation, self.config)
        lengths = np.array([len(row) for row in rows])
        batches = make_batches(lengths, _EVALUATION_BATCH_SIZE, bucket_widths(lengths))
        return _dataset(rows, self._corpus.validation_labels, batches, num_replicas)


class _Loop(keras.callbacks.Callback):  # type: ignore[misc]
    """Runs epochs, keeps the best weights and the state."""

    def __init__(
        self,
        model: keras.Model,
        plan: _Plan,
        *,
        state_dir: Path | None,
        save_seconds: float,
        listener: Listener | None,
        num_replicas: int,
    ) -> None:
        super().__init__()
        self.interrupted = False
        self.course = Course()
        self.best: Weights = {}
        self._network = model
        self._plan = plan
        self._validation = plan.validation(num_replicas)
        self._state_dir = state_dir
        self._save_seconds = save_seconds
        self._listener = listener
        self._num_replicas = num_replicas
        self._variables = [*model.variables, *model.optimizer.variables]
        if state_dir is not None and (saved := load_state(state_dir, self._variables)):
            self.course, self.best = saved
        self._started = self.course

    def goes_on(self) -> bool:
        """Whether there is an epoch to run."""
        training = self._plan.config.training
        since_best = len(self.course.epochs) - 1 - self.course.best_epoch
        return (
            not self.interrupted
            and self.course.epoch < training.epochs
            and not (self.course.epochs and since_best >= training.patience)
        )

    def run_epoch(self) -> None:
        """Run one epoch, or the rest of it, and validate; stops early on Ctrl-C."""
        epoch = self.course.epoch
        self._started = self.course
        self._batches = self._plan.batches(epoch)
        self._begin = self._saved = time.perf_counter()
        if self.course.batch < len(self._batches):  # else it was killed before its validation
            data = self._plan.training(epoch, self.course.batch, self._num_replicas)
            self._network.fit(
                data,
                epochs=epoch + 1,
                initial_epoch=epoch,
                shuffle=False,
                verbose=0,
                callbacks=[self],
            )
        if self.interrupted and self.course.batch < len(self._batches):
            self._save()
            return
        trained_seconds = self.course.epoch_seconds
        validation = self._network.evaluate(self._validation, verbose=0, return_dict=True)
        num_texts = sum(len(batch.rows) for batch in self._batches)
        result = EpochResult(
            epoch=epoch,
            loss=self.course.batches_loss,
            accuracy=self.course.batches_accuracy,
            validation_loss=float(validation["loss"]),
            validation_accuracy=float(validation["accuracy"]),
            train_seconds=trained_seconds,
            seconds=self._elapsed(),
            reviews_per_second=num_texts / trained_seconds,
        )
        self.course = self.course.with_epoch(result)
        if self.course.best_epoch == epoch:
            self.best = network_weights(self._network)
        self._save()
        if self._listener is not None:
            self._listener.epoch(result)

    def on_train_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        """Note how far the epoch has come; save now and then; heed Ctrl-C."""
        assert logs is not None
        loss, accuracy = float(logs["loss"]), float(logs["accuracy"])
        if not np.isfinite(loss):
            raise SentimentError(
                f"training diverged in epoch {self.course.epoch + 1}: the loss is {loss}; use a "
                "smaller --learning-rate"
            )
        done = self._started.batch + batch + 1
        rows_before = sum(len(b.rows) for b in self._batches[: self._started.batch])
        rows_now = sum(len(b.rows) for b in self._batches[self._started.batch : done])
        share = rows_now / (rows_before + rows_now)
        self.course = replace(
            self._started,
            batch=done,
            batches_loss=share * loss + (1 - share) * self._started.batches_loss,
            batches_accuracy=share * accuracy + (1 - share) * self._started.batches_accuracy,
            epoch_seconds=self._elapsed(),
        )
        if self._listener is not None:
            speed = (rows_before + rows_now) / self.course.epoch_seconds
            self._listener.batch(self.course, len(self._batches), speed)
        if self.interrupted:
            self._network.stop_training = True
        elif time.perf_counter() - self._saved >= self._save_seconds:
            self._save()

    def _elapsed(self) -> float:
        return self._started.epoch_seconds + time.perf_counter() - self._begin

    def _save(self) -> None:
        if self._state_dir is not None:
            save_state(self._state_dir, self.course, self._variables, self.best)
        self._saved = time.perf_counter()


def _cut(texts: TokenIds, config: RunConfig) -> list[NDArray[np.int32]]:
    return [cut(text, config.data.max_tokens, config.data.truncation) for text in texts]


def _dataset(
    rows: Sequence[NDArray[np.int32]],
    targets: NDArray[np.floating[Any] | np.integer[Any]],
    batches: Sequence[Batch],
    num_replicas: int,
) -> tf.data.Dataset:
    def generate() -> Iterator[tuple[NDArray[np.int32], NDArray[np.float32]]]:
        for batch in batches:
            # Devices get equal shares: a batch that cannot be shared out repeats its first rows.
            size = -(-len(batch.rows) // num_replicas) * num_replicas
            chosen = np.resize(batch.rows, size)
            padded = pad([rows[row] for row in chosen.tolist()], batch.width)
            yield padded, targets[chosen].astype(np.float32)

    signature = (tf.TensorSpec((None, None), tf.int32), tf.TensorSpec((None,), tf.float32))
    data = tf.data.Dataset.from_generator(generate, output_signature=signature)
    options = tf.data.Options()
    options.autotune.enabled = False  # there is nothing to tune, and its thread takes 8 s to end
    data = data.apply(tf.data.experimental.assert_cardinality(len(batches)))
    return data.prefetch(2).with_options(options)


def _compile(model: keras.Model, training: TrainingConfig, num_batches: int) -> None:
    rate: Any = training.learning_rate
    if training.schedule == "cosine":
        rate = keras.optimizers.schedules.CosineDecay(rate, num_batches)
    optimizer = Adam(rate, training.clip_norm)
    optimizer.build(model.trainable_variables)
    loss = keras.losses.BinaryCrossentropy(from_logits=True)
    model.compile(
        optimizer, loss=loss, metrics=[keras.metrics.MeanMetricWrapper(_right, name="accuracy")]
    )


def _right(labels: Any, logits: Any) -> Any:
    return keras.ops.cast(keras.ops.equal(labels > 0.5, logits >= 0.0), "float32")


def _gpus() -> list[Any]:
    gpus: list[Any] = tf.config.list_logical_devices("GPU")
    return gpus


def _strategy(devices: Sequence[str] | None) -> tf.distribute.Strategy:
    """One device as it is; several share each batch."""
    found = devices or [f"GPU:{number}" for number in range(len(_gpus()))]
    return tf.distribute.MirroredStrategy(found) if len(found) > 1 else tf.distribute.get_strategy()


@contextmanager
def _summary_writer(folder: Path | None) -> Iterator[Any]:
    if folder is None:
        yield None
        return
    try:
        import tensorboard  # noqa: F401
    except ImportError as error:
        raise SentimentError(
            "TensorBoard is not installed; run `pip install tensorboard`"
        ) from error
    writer = tf.summary.create_file_writer(str(folder))
    try:
        yield writer
    finally:
        writer.close()


def _write_summary(writer: Any, result: EpochResult) -> None:
    if writer is None:
        return
    with writer.as_default(step=result.epoch + 1):
        for name in ("loss", "accuracy", "validation_loss", "validation_accuracy"):
            tf.summary.scalar(name, getattr(result, name))
