"""This package's side: its ordinary training path, its ordinary pipeline, its ordinary scoring.

Imports nothing of the package that older revisions do not have, so that they can be measured too.
"""

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.courses import Course
from benchmarks.jobs import Trained, TrainJob
from benchmarks.texts import load_data
from sentiment.artifact import load_model
from sentiment.config import RunConfig
from sentiment.datasets.encoding import Corpus
from sentiment.predictor import Predictor
from sentiment.quiet import quiet_tensorflow
from sentiment.results import EpochResult
from sentiment.tokenizer import TokenIds

# `train_targets`, which was `train_labels` before there were soft ones.
_TARGETS = next(each.name for each in fields(Corpus) if each.name.startswith("train_"))


@dataclass
class Clock:
    """Notes when each batch ended, and each epoch; a `training.fit.Listener`."""

    ends: list[float] = field(default_factory=list)
    epochs: list[tuple[float, float]] = field(default_factory=list)

    def batch(self, *_: Any) -> None:
        """Note the time."""
        self.ends.append(time.perf_counter())

    def epoch(self, result: EpochResult) -> None:
        """Note the time, and the accuracy."""
        self.epochs.append((time.perf_counter(), result.validation_accuracy))


def train(job: TrainJob) -> Trained:
    """Train as `sentiment train` does, with `training.fit.fit_network`."""
    with quiet_tensorflow():
        from sentiment.training.fit import fit_network

    tokenizer = job.load_tokenizer()
    validation = tokenizer.encode_batch(job.validation_texts)
    clock = Clock()
    begin = time.perf_counter()
    targets: Any = {_TARGETS: np.array(job.labels, np.float32)}
    corpus = Corpus(
        key="",
        tokenizer=tokenizer,
        train=tokenizer.encode_batch(job.texts),
        **targets,
        validation=validation,
        validation_labels=np.array(job.validation_labels, np.int8),
        unsupervised=TokenIds.of([]),
    )
    ready = time.perf_counter()
    fit_network(job.config, corpus, listener=clock)
    return Trained.of(begin, ready, clock.ends, clock.epochs[-1][1])


def score(folder: Path, texts: Sequence[str]) -> NDArray[np.float32]:
    """P(positive) of each text, <float32>[num_texts], of a model directory."""
    return Predictor.of(load_model(folder)).score(texts)


def follow(cell: str, num_epochs: int, data: Sequence[str], num_reviews: int, home: Path) -> Course:
    """Train with the defaults of `sentiment train`, from raw text and without any cache.

    Args:
        cell: the cell.
        num_epochs: 0 takes the default.
        data: names of data sets.
        num_reviews: of each split at most; 0 takes all.
        home: an empty folder for the caches.
    """
    with quiet_tensorflow():
        from sentiment.training.fit import fit_network
        from sentiment.training.pipeline import starting_weights

    from sentiment.datasets.encoding import encode_datasets

    datasets = load_data(data, num_reviews)
    os.environ["SENTIMENT_HOME"] = str(home)
    epochs = {"epochs": num_epochs} if num_epochs else {}
    config = RunConfig.from_settings({"cell": cell, "data": tuple(data), **epochs})
    clock = Clock()
    begin = time.perf_counter()
    corpus = encode_datasets(datasets, config.data.vocabulary_size)
    start = starting_weights(config, corpus)
    fit_network(config, corpus, start=start, listener=clock)
    return Course.of(begin, clock.epochs)
