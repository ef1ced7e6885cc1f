"""One point of a curve: the cost of training, or of scoring, made-up reviews of one length."""

import os
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sentiment.config import RunConfig
from sentiment.datasets.dataset import Dataset, Split
from sentiment.tokenizer import TokenIds, Tokenizer

_NUM_WORDS = 10_000
_WEIGHT_SCALE = 0.05  # of weights that were never trained; speed does not depend on it


@dataclass(frozen=True)
class Point:
    """What is trained or scored.

    Attributes:
        cell: of the network, which else has the defaults of `sentiment train`.
        tokens: of each review.
        units: of each layer and direction.
        layers: of the network.
        batch_size: reviews a step; scoring has its own.
        num_reviews: made up.
    """

    cell: str = "gru"
    tokens: int = 100
    units: int = 64
    layers: int = 1
    batch_size: int = 64
    num_reviews: int = 2_048

    @property
    def config(self) -> RunConfig:
        """In the settings of this package."""
        values = asdict(self)
        tokens = values.pop("tokens")
        del values["num_reviews"]
        window = {"max_tokens": tokens, "window_tokens": tokens}
        return RunConfig.from_settings({**values, **window, "epochs": 1, "word_vectors": False})


def train(point: Point) -> dict[str, Any]:
    """Seconds a review, text and compiling not counted."""
    from benchmarks.figures import compile_seconds
    from benchmarks.toolkit import Clock
    from sentiment.datasets.encoding import Corpus
    from sentiment.quiet import quiet_tensorflow

    with quiet_tensorflow():
        from sentiment.training.fit import fit_network

    texts, labels = made_up(point.num_reviews, point.tokens)
    tokenizer = Tokenizer.train(texts, _NUM_WORDS)
    token_ids = tokenizer.encode_batch(texts)
    few = np.arange(min(len(texts), point.batch_size))
    corpus = Corpus(
        key="",
        tokenizer=tokenizer,
        train=token_ids,
        train_targets=labels.astype(np.float32),
        validation=token_ids.take(few),
        validation_labels=labels[few],
        unsupervised=TokenIds.of([]),
    )
    clock = Clock()
    fit_network(point.config, corpus, listener=clock)
    steps = np.diff(clock.ends).tolist()  # the first batch, which compiles, ends where they begin
    spent = sum(steps) - compile_seconds(steps)
    return {"seconds": spent / (len(texts) - len(few))}


def score(point: Point) -> dict[str, Any]:
    """Seconds a review, from text to probability with a network that is warm."""
    from sentiment.experiments.parameters import count_parameters
    from sentiment.experiments.timing import timed_scores
    from sentiment.onnx_graph import build_onnx
    from sentiment.predictor import Predictor

    _limit_onnxruntime(int(os.environ.get("OMP_NUM_THREADS", "0")))
    texts, _ = made_up(point.num_reviews, point.tokens)
    tokenizer = Tokenizer.train(texts, _NUM_WORDS)
    rng = np.random.default_rng(0)
    weights = {
        row.name: rng.normal(0, _WEIGHT_SCALE, row.shape).astype(np.float32)
        for row in count_parameters(point.config.model, tokenizer.vocabulary_size).layers
    }
    onnx = build_onnx(point.config.model, weights)
    predictor = Predictor("made up", point.config, tokenizer, onnx, load_weights=lambda: weights)
    _, speed = timed_scores(predictor, texts)
    return {"seconds": 1 / speed}


def _limit_onnxruntime(num_threads: int) -> None:
    """Have it use no more threads; by itself it takes all cores, those forbidden to it too."""
    import onnxruntime

    class Options(onnxruntime.SessionOptions):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.intra_op_num_threads = num_threads

    onnxruntime.SessionOptions = Options


def made_up(num_texts: int, num_tokens: int) -> tuple[list[str], NDArray[np.int8]]:
    """Texts of words that mean nothing, and labels that follow from nothing.

    Returns:
        `num_texts` texts of `num_tokens` words each, and their labels, <int8>[num_texts].
    """
    rng = np.random.default_rng(0)
    words = [f"w{number}" for number in range(_NUM_WORDS)]
    texts = [
        " ".join(words[number] for number in row)
        for row in rng.integers(_NUM_WORDS, size=(num_texts, num_tokens))
    ]
    return texts, rng.integers(2, size=num_texts).astype(np.int8)


def made_up_dataset(num_texts: int, num_tokens: int) -> Dataset:
    """The same texts as a data set, for training and test alike."""
    texts, labels = made_up(num_texts, num_tokens)
    split = Split.of(texts, labels.tolist())
    return Dataset("made up", "made up", dict.fromkeys(("train", "validation", "test"), split))
