"""Measures speed: in turn with plain Keras, and each thing where it is used.

Training runs in processes of their own, see `speed_worker`; this one loads no TensorFlow.
"""

import itertools
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from sentiment.artifact import SavedModel, load_model, save_model
from sentiment.config import RunConfig
from sentiment.datasets import dataset as splits
from sentiment.datasets.dataset import Dataset
from sentiment.datasets.encoding import encode_datasets
from sentiment.experiments.child import Child
from sentiment.experiments.parameters import count_parameters
from sentiment.experiments.speed import ModelSpeed, Side
from sentiment.experiments.speed_worker import (
    ANSWERER,
    ASK,
    KERAS,
    SCORE,
    TRAIN,
    TRAINER,
    Request,
)
from sentiment.experiments.timing import Latency, peak_memory_mib
from sentiment.onnx_graph import build_onnx
from sentiment.predictor import BATCH_SIZE
from sentiment.progress import Progress, silent
from sentiment.tokenizer import Tokenizer

MADE_BY = "speed"
LENGTHS = (5, 20, 100, 400)  # tokens of the texts that are answered one at a time

_WEIGHT_SCALE = 0.05  # of weights that were never trained; speed does not depend on it
_WORKER = "sentiment.experiments.speed_worker"
_PREDICT = ("sentiment.commands", "predict", "--json", "--model")


@dataclass(frozen=True)
class Effort:
    """How much to measure.

    Attributes:
        num_batches: of training, a round.
        num_test_batches: of `predictor.BATCH_SIZE` texts to score, a round.
        num_calls: for each latency.
        num_rounds: measurements of each speed; sides take turns.
        num_starts: fresh processes.
    """

    num_batches: int = 40
    num_test_batches: int = 32
    num_calls: int = 200
    num_rounds: int = 3
    num_starts: int = 5


def save_untrained(
    config: RunConfig, datasets: Sequence[Dataset], folder: Path, progress: Progress = silent
) -> SavedModel:
    """Save a network that a config describes with weights drawn at random, to measure it.

    Args:
        config: the network; what its training would be.
        datasets: the vocabulary is learned from.
        folder: the model directory goes in.
        progress: is told what is being waited for.

    Raises:
        ModelError: the directory cannot be written.
    """
    tokenizer = encode_datasets(datasets, config.data.vocabulary_size, progress).tokenizer
    rng = np.random.default_rng(config.training.seed)
    weights = {
        row.name: rng.normal(0, _WEIGHT_SCALE, row.shape).astype(np.float32)
        for row in count_parameters(config.model, tokenizer.vocabulary_size).layers
    }
    path = folder / f"untrained-{config.model.cell}"
    save_model(
        path,
        config=config,
        tokenizer=tokenizer,
        weights=weights,
        onnx=build_onnx(config.model, weights),
        metrics={},
        card="Weights drawn at random, to measure speed.\n",
        made_by=MADE_BY,
        data=[],
    )
    return load_model(path)


def measure_speed(
    model: SavedModel,
    datasets: Sequence[Dataset],
    effort: Effort,
    *,
    against_keras: bool = False,
    progress: Progress = silent,
) -> ModelSpeed:
    """Measure a model, and a plain Keras network of the same settings in turn with it.

    Args:
        model: it answers, and its settings are trained with, from fresh weights.
        datasets: training texts to train on and test texts to score, a seeded choice of them.
        effort: how much to measure.
        against_keras: whether to measure plain Keras too.
        progress: is told how far it is.

    Raises:
        SentimentError: training diverged, or a process could not do its part.
    """
    batch_size = model.config.training.batch_size
    train_texts, labels = _choose(datasets, splits.TRAIN, effort.num_batches, batch_size)
    test_texts, _ = _choose(datasets, splits.TEST, effort.num_test_batches, BATCH_SIZE)
    request = Request(
        model_path=str(model.path.resolve()),
        train_texts=train_texts,
        train_labels=labels,
        test_texts=test_texts,
        sentences=_sentences(model.tokenizer, test_texts),
        num_calls=effort.num_calls,
        num_rounds=effort.num_rounds,
    )
    kinds = (TRAINER, ANSWERER, KERAS) if against_keras else (TRAINER, ANSWERER)
    num_sides = 2 if against_keras else 1
    num_turns = num_sides * (2 * effort.num_rounds + 1 + len(LENGTHS)) + effort.num_starts
    turns = itertools.count()

    def step() -> None:
        progress(f"measuring {model.name}", next(turns), num_turns)

    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory()), "request.json")
        request.write(place)
        workers = {
            kind: stack.enter_context(Child("-m", _WORKER, kind, str(place))) for kind in kinds
        }
        ours, keras = _measure_sides(request, workers, step)
    starts = []
    for _ in range(effort.num_starts):
        step()
        starts.append(_start(request.model_path, request.sentences[0]))
    memory = [mib for _, mib in starts if mib is not None]
    return ModelSpeed(
        model=model.name,
        config=model.config,
        num_parameters=count_parameters(model.config.model, model.tokenizer.vocabulary_size).total,
        data=tuple(dataset.name for dataset in datasets),
        num_train_texts=len(train_texts),
        num_test_texts=len(test_texts),
        ours=ours,
        keras=keras,
        cold_start_seconds=tuple(seconds for seconds, _ in starts),
        predict_memory_mib=median(memory) if memory else None,
    )


def _measure_sides(
    request: Request, workers: Mapping[str, Child], step: Callable[[], None]
) -> tuple[Side, Side | None]:
    """Ask both sides for the same thing, one after the other, again and again."""
    trainers = [workers[kind] for kind in (TRAINER, KERAS) if kind in workers]
    answerers = [workers[kind] for kind in (ANSWERER, KERAS) if kind in workers]

    def ask_all(children: Sequence[Child], line: str) -> list[dict[str, Any]]:
        answers = []
        for child in children:
            step()
            answers.append(child.ask(line))
        return answers

    epochs = [ask_all(trainers, TRAIN) for _ in range(request.num_rounds + 1)]
    memory = [peak_memory_mib(child.process_id) for child in trainers]
    scores = [ask_all(answerers, SCORE) for _ in range(request.num_rounds)]
    latencies = [ask_all(answerers, f"{ASK} {i}") for i in range(len(request.sentences))]
    sides = []
    for number, mib in enumerate(memory):
        first, *seconds = [answers[number]["seconds"] for answers in epochs]
        sides.append(
            Side(
                train_speeds=tuple(len(request.train_texts) / each for each in seconds),
                compile_seconds=first - median(seconds),
                train_memory_mib=mib,
                inference_speeds=tuple(answers[number]["speed"] for answers in scores),
                latencies=tuple(Latency(**answers[number]) for answers in latencies),
            )
        )
    return sides[0], sides[1] if len(sides) > 1 else None


def _start(model_path: str, text: str) -> tuple[float, float | None]:
    """Start `sentiment predict`: seconds to its first answer, and its memory in MiB."""
    begin = time.perf_counter()
    with Child("-m", *_PREDICT, model_path) as child:
        child.ask(text)
        seconds = time.perf_counter() - begin
        return seconds, peak_memory_mib(child.process_id)


def _choose(
    datasets: Sequence[Dataset], split_name: str, num_batches: int, batch_size: int
) -> tuple[list[str], list[int]]:
    """Texts and labels drawn at random, in whole batches where there are enough of them."""
    parts = [dataset.splits[split_name] for dataset in datasets]
    texts = [text for part in parts for text in part.texts]
    labels = np.concatenate([part.labels for part in parts])
    num_texts = min(len(texts), num_batches * batch_size)
    num_texts -= num_texts % batch_size if num_texts > batch_size else 0
    rows = np.random.default_rng(0).permutation(len(texts))[:num_texts]
    return [texts[row] for row in rows], labels[rows].tolist()


def _sentences(tokenizer: Tokenizer, texts: Sequence[str]) -> list[str]:
    """One text of each of `LENGTHS`, of the words of texts one behind the other."""
    words = itertools.cycle(word.surface for text in texts for word in tokenizer.words(text))
    longest = list(itertools.islice(words, max(LENGTHS)))
    return [" ".join(longest[:length]) for length in LENGTHS]
