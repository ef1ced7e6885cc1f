"""What `speed` lets processes of their own do: train, answer, and both with plain Keras.

    python -m sentiment.experiments.speed_worker train|answer|keras REQUEST.json

Each line of standard input asks for one thing and gets one line of JSON on standard output. A
process of its own shows the memory of training alone, keeps the progress bar out of what is timed,
and gives both sides the TensorFlow settings that they are used with: this package trains with
deterministic operations, under which Keras would not compile with XLA.
"""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sentiment.artifact import load_model
from sentiment.datasets.encoding import Corpus
from sentiment.errors import SentimentError
from sentiment.experiments.timing import Answerer, measure_latency, timed_scores
from sentiment.predictor import Predictor
from sentiment.quiet import quiet_tensorflow
from sentiment.results import EpochResult
from sentiment.tokenizer import TokenIds

if TYPE_CHECKING:
    from sentiment.training.state import Course

TRAINER, ANSWERER, KERAS = "train", "answer", "keras"  # kinds of process
TRAIN, SCORE, ASK = "train", "score", "ask"  # what they are asked for

_NUM_VALIDATION = 64  # texts; `fit_network` validates each epoch, outside the time that it tells


@dataclass(frozen=True)
class Request:
    """What a worker measures with.

    Attributes:
        model_path: model directory, for settings and tokenizer.
        train_texts: to train on.
        train_labels: 0 or 1 each.
        test_texts: to score.
        sentences: to answer one at a time; `ASK` takes the number of one.
        num_calls: of each sentence.
        num_rounds: passes over the training texts after the first, which builds the graph.
    """

    model_path: str
    train_texts: list[str]
    train_labels: list[int]
    test_texts: list[str]
    sentences: list[str]
    num_calls: int
    num_rounds: int

    @classmethod
    def read(cls, path: Path) -> "Request":
        """Read back what `write` wrote."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))

    def write(self, path: Path) -> None:
        """Write JSON."""
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")


class _Turns:
    """Trains an epoch a turn; a `training.fit.Listener`."""

    def batch(self, course: "Course", num_batches: int, reviews_per_second: float) -> None:
        """Go on."""

    def epoch(self, result: EpochResult) -> None:
        """Tell the time of an epoch, and wait for the next turn."""
        _reply({"seconds": result.train_seconds})
        sys.stdin.readline()


def train_in_turns(request: Request) -> None:
    """Train as `training.fit` does, an epoch for each line of standard input."""
    with quiet_tensorflow():
        from sentiment.training.fit import fit_network

    model = load_model(Path(request.model_path))
    labels = np.array(request.train_labels, np.int8)
    few = request.train_texts[:_NUM_VALIDATION]
    corpus = Corpus(
        key="",
        tokenizer=model.tokenizer,
        train=model.tokenizer.encode_batch(request.train_texts),
        train_targets=labels.astype(np.float32),
        validation=model.tokenizer.encode_batch(few),
        validation_labels=labels[: len(few)],
        unsupervised=TokenIds.of([]),
    )
    num_epochs = request.num_rounds + 1
    training = replace(model.config.training, epochs=num_epochs, patience=num_epochs)
    fit_network(replace(model.config, training=training), corpus, listener=_Turns())


def actions(kind: str, request: Request) -> dict[str, Callable[..., dict[str, Any]]]:
    """What a process that answers can be asked for, by name."""
    model = load_model(Path(request.model_path))
    if kind == ANSWERER:
        return _answers(Predictor.of(model), request)
    with quiet_tensorflow():
        from sentiment.experiments.plain_keras import PlainKeras

    labels = np.array(request.train_labels)
    plain = PlainKeras(model.config, model.tokenizer, request.train_texts, labels)
    return {TRAIN: lambda: {"seconds": plain.train_epoch()}, **_answers(plain, request)}


def _answers(answerer: Answerer, request: Request) -> dict[str, Callable[..., dict[str, Any]]]:
    def ask(number: str) -> dict[str, Any]:
        sentence = request.sentences[int(number)]
        return asdict(measure_latency(answerer, sentence, request.num_calls))

    return {SCORE: lambda: {"speed": timed_scores(answerer, request.test_texts)[1]}, ASK: ask}


def main(kind: str, path: Path) -> None:
    """Serve until standard input ends; whatever takes time waits for the first line."""
    line = sys.stdin.readline()
    request = Request.read(path)
    try:
        if kind == TRAINER:
            train_in_turns(request)
            return
        can = actions(kind, request)
        while line:
            name, *arguments = line.split()
            _reply(can[name](*arguments))
            line = sys.stdin.readline()
    except SentimentError as error:
        _reply({"error": str(error)})


def _reply(values: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(values) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
