"""Plain Keras, as its guides show it: `pad_sequences`, `Embedding`, the cell, `fit`, `predict`."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

import keras
import numpy as np
from keras.utils import pad_sequences
from numpy.typing import NDArray

from benchmarks.courses import Course
from benchmarks.jobs import Trained, TrainJob, plain_network
from benchmarks.texts import labelled, load_data
from sentiment.artifact import SavedModel
from sentiment.config import RunConfig
from sentiment.experiments.plain_keras import build_plain_network
from sentiment.tokenizer import Tokenizer

UNITS, EMBEDDING_DIM, MAX_TOKENS, BATCH_SIZE = 64, 100, 400, 64
NETWORK = "network.keras"

_TOKENIZER = "tokenizer.json"


def train(job: TrainJob) -> Trained:
    """Train for an epoch."""
    tokenizer = job.load_tokenizer()
    ends: list[float] = []
    begin = time.perf_counter()
    token_ids = _token_ids(tokenizer, job.texts, job.max_tokens)
    ready = time.perf_counter()
    model = build_plain_network(job.config.model, tokenizer.vocabulary_size)
    model.fit(
        token_ids,
        np.array(job.labels),
        batch_size=job.batch_size,
        verbose=0,
        callbacks=[_noting("on_train_batch_end", lambda _: ends.append(time.perf_counter()))],
    )
    validation = _token_ids(tokenizer, job.validation_texts, job.max_tokens)
    _, accuracy = model.evaluate(validation, np.array(job.validation_labels), verbose=0)
    return Trained.of(begin, ready, ends, float(accuracy))


def follow(cell: str, num_epochs: int, data: Sequence[str], num_reviews: int, _: Path) -> Course:
    """Train for some epochs, from raw text; see `toolkit.follow`."""
    datasets = load_data(data, num_reviews)
    train_texts, train_labels = labelled(datasets, "train")
    validation_texts, validation_labels = labelled(datasets, "validation")
    config = RunConfig.from_settings(plain_network(cell, UNITS, EMBEDDING_DIM, MAX_TOKENS))
    epochs: list[tuple[float, float]] = []

    def note(logs: dict[str, float]) -> None:
        epochs.append((time.perf_counter(), float(logs["val_accuracy"])))

    begin = time.perf_counter()
    tokenizer = Tokenizer.train(train_texts, config.data.vocabulary_size)
    model = build_plain_network(config.model, tokenizer.vocabulary_size)
    model.fit(
        _token_ids(tokenizer, train_texts, MAX_TOKENS),
        np.array(train_labels),
        validation_data=(
            _token_ids(tokenizer, validation_texts, MAX_TOKENS),
            np.array(validation_labels),
        ),
        batch_size=BATCH_SIZE,
        epochs=num_epochs,
        verbose=0,
        callbacks=[_noting("on_epoch_end", note)],
    )
    return Course.of(begin, epochs)


def prepare(folder: Path, saved: SavedModel) -> None:
    """Copy the weights of a model of this package, and keep them as Keras does."""
    weights = saved.weights()
    model = build_plain_network(saved.config.model, saved.tokenizer.vocabulary_size)
    model.set_weights([weights[name] for name in weight_names(saved.config.model.cell)])
    model.save(folder / NETWORK, include_optimizer=False)
    (folder / _TOKENIZER).write_text(saved.tokenizer.to_json(), encoding="utf-8")


def score(folder: Path, texts: Sequence[str]) -> NDArray[np.float32]:
    """P(positive) of each text, <float32>[num_texts]."""
    tokenizer = Tokenizer.from_json((folder / _TOKENIZER).read_text(encoding="utf-8"))
    model = keras.saving.load_model(folder / NETWORK, compile=False)
    token_ids = _token_ids(tokenizer, texts, MAX_TOKENS)
    found: NDArray[np.float32] = model.predict(token_ids, batch_size=BATCH_SIZE, verbose=0)
    return found[:, 0]


def weight_names(cell: str) -> list[str]:
    """Names that this package has for the weights of a plain network, in Keras's order."""
    parts = ("kernel", "recurrent_kernel", "bias")
    return [
        "embedding/embeddings",
        *(f"{cell}_1/forward/{part}" for part in parts),
        "output/kernel",
        "output/bias",
    ]


def _token_ids(tokenizer: Tokenizer, texts: Sequence[str], width: int) -> NDArray[np.int32]:
    rows = list(tokenizer.encode_batch(texts))
    padded: NDArray[np.int32] = pad_sequences(rows, maxlen=width, padding="post", truncating="post")
    return padded


def _noting(event: str, note: Callable[[dict[str, float]], None]) -> keras.callbacks.Callback:
    callback = keras.callbacks.Callback()
    setattr(callback, event, lambda _, logs=None: note(logs or {}))
    return callback
