"""`python -m benchmarks train`: one epoch of the same network in each library, in turn.

Every epoch runs in a fresh process, and its clock runs from raw text to the last batch.
"""

import itertools
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.courses import Course
from benchmarks.figures import Spread, compile_seconds, ratio, training_flops
from benchmarks.jobs import Trained, TrainJob
from benchmarks.peers import present, product_library
from benchmarks.processes import WORKER, Finished, finish, large_product, package_of
from benchmarks.records import AccuracyWithin, CellRatio, TrainReport, TrainRow
from benchmarks.texts import labelled, load_data
from sentiment.config import DataConfig
from sentiment.datasets.dataset import Dataset
from sentiment.experiments.timing import describe_machine
from sentiment.progress import Progress, silent
from sentiment.tokenizer import Tokenizer

OURS, KERAS, PYTORCH = "sentiment", "keras", "pytorch"
KERAS_EPOCHS = 4


@dataclass(frozen=True)
class TrainSettings:
    """What `train` measures.

    Attributes:
        data: names of the data sets.
        cells: of `gru` and `lstm`.
        units: of the one layer, each measured by itself.
        num_reviews: to train on, whole batches of them; 0 takes all.
        embedding_dim: width of word vectors.
        batch_size: reviews a step.
        max_tokens: read of a review.
        num_rounds: epochs of each library; they take turns.
        product_size: rows and columns of the large product.
        peers: other libraries.
        against: another commit of this package; empty for none.
        accuracy: whether to follow accuracy with time, too.
    """

    data: tuple[str, ...] = ("imdb",)
    cells: tuple[str, ...] = ("gru", "lstm")
    units: tuple[int, ...] = (64, 128)
    num_reviews: int = 0
    embedding_dim: int = 100
    batch_size: int = 64
    max_tokens: int = 400
    num_rounds: int = 5
    product_size: int = 4096
    peers: tuple[str, ...] = (KERAS, PYTORCH)
    against: str = ""
    accuracy: bool = False


Key = tuple[str, str, int]
"""(side, cell, units)."""


def measure_train(settings: TrainSettings, progress: Progress = silent) -> TrainReport:
    """Measure training.

    Raises:
        SentimentError: data cannot be had, git does not know the revision, or a process failed.
    """
    peers, notes = present(settings.peers)
    sides = [OURS, *([settings.against] if settings.against else []), *peers]
    progress("reading the data", 0, None)
    datasets = load_data(settings.data, 0)
    job = _job(settings, datasets)
    networks = list(itertools.product(settings.cells, settings.units))
    libraries = sorted({product_library(side) for side in sides})
    num_runs = settings.num_rounds * (len(networks) * len(sides) + len(libraries))
    runs = itertools.count()
    found: dict[Key, list[tuple[Trained, Finished]]] = {}
    products: dict[str, list[float]] = {library: [] for library in libraries}
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory()), "job.json")
        packages = {}
        if settings.against:
            packages[settings.against] = stack.enter_context(package_of(settings.against))
        for number in range(settings.num_rounds):
            round_name = f"round {number + 1}/{settings.num_rounds}"
            for library in libraries:
                progress(f"{round_name}: a large product, {library}", next(runs), num_runs)
                products[library].append(large_product(library, settings.product_size))
            for cell, units in networks:
                replace(job, cell=cell, units=units).write(place)
                for side in sides:
                    progress(f"{round_name}: {cell} {units}, {side}", next(runs), num_runs)
                    kind = OURS if side in packages else side
                    done = finish([*WORKER, "train", kind, str(place)], package=packages.get(side))
                    trained = _trained(done)
                    found.setdefault((side, cell, units), []).append((trained, done))
    num_tokens = _num_tokens(job)
    rows = tuple(
        _row(key, found, replace(job, cell=key[1], units=key[2]), num_tokens, products)
        for key in found
    )
    return TrainReport(
        machine=describe_machine(),
        settings={
            **asdict(settings),
            "num_reviews": len(job.texts),
            "num_tokens": num_tokens,
            "num_validation": len(job.validation_texts),
        },
        products={library: Spread.of(values) for library, values in products.items()},
        rows=rows,
        cells=_cell_ratios(found),
        accuracies=_follow(settings, progress) if settings.accuracy and KERAS in peers else (),
        notes=tuple(notes),
    )


def _trained(done: Finished) -> Trained:
    answer = done.answer
    return Trained(**{**answer, "batch_seconds": tuple(answer["batch_seconds"])})


def _job(settings: TrainSettings, datasets: Sequence[Dataset]) -> TrainJob:
    """The texts, of which every library gets the same, in whole batches."""
    texts, labels = labelled(datasets, "train")
    wanted = settings.num_reviews or len(texts)
    num_reviews = max(1, min(wanted, len(texts)) // settings.batch_size) * settings.batch_size
    rows = np.random.default_rng(0).permutation(len(texts))[:num_reviews]
    chosen = [texts[row] for row in rows]
    validation_texts, validation_labels = labelled(datasets, "validation")
    few = np.random.default_rng(0).permutation(len(validation_texts))[:num_reviews]
    return TrainJob(
        tokenizer=Tokenizer.train(chosen, DataConfig.vocabulary_size).to_json(),
        texts=chosen,
        labels=[labels[row] for row in rows],
        validation_texts=[validation_texts[row] for row in few],
        validation_labels=[validation_labels[row] for row in few],
        cell="",
        units=0,
        embedding_dim=settings.embedding_dim,
        batch_size=settings.batch_size,
        max_tokens=settings.max_tokens,
    )


def _num_tokens(job: TrainJob) -> int:
    lengths = job.load_tokenizer().encode_batch(job.texts).lengths
    return int(np.minimum(lengths, job.max_tokens).sum())


def _row(
    key: Key,
    found: dict[Key, list[tuple[Trained, Finished]]],
    job: TrainJob,
    num_tokens: int,
    products: dict[str, list[float]],
) -> TrainRow:
    side, cell, units = key
    runs = [trained for trained, _ in found[key]]
    seconds = [run.seconds for run in runs]
    compiling = [compile_seconds(run.batch_seconds) for run in runs]
    flops = training_flops(job.config.model, num_tokens, len(job.texts))
    speeds = [flops / (sum(run.batch_seconds) - c) for run, c in zip(runs, compiling, strict=True)]
    others = {
        other: [trained.seconds for trained, _ in theirs]
        for (other, *network), theirs in found.items()
        if other != side and network == [cell, units]
    }
    return TrainRow(
        side=side,
        cell=cell,
        units=units,
        seconds=Spread.of(seconds),
        reviews_per_second=Spread.of([len(job.texts) / each for each in seconds]),
        tokens_per_second=Spread.of([num_tokens / each for each in seconds]),
        compile_seconds=Spread.of(compiling),
        product_share=ratio(speeds, products[product_library(side)]),
        accuracy=Spread.of([run.accuracy for run in runs]),
        peak_memory_mib=Spread.of([done.peak_memory_mib for _, done in found[key]]),
        speed_over={other: ratio(theirs, seconds) for other, theirs in others.items()},
    )


def _cell_ratios(found: dict[Key, list[tuple[Trained, Finished]]]) -> tuple[CellRatio, ...]:
    ratios = []
    for (side, cell, units), runs in found.items():
        lstm = found.get((side, "lstm", units))
        if cell == "gru" and lstm is not None:
            times = [[trained.seconds for trained, _ in each] for each in (lstm, runs)]
            ratios.append(CellRatio(side, units, ratio(*times)))
    return tuple(ratios)


def _follow(settings: TrainSettings, progress: Progress) -> tuple[AccuracyWithin, ...]:
    found = []
    for cell in settings.cells:
        courses = {}
        for side, num_epochs in ((KERAS, KERAS_EPOCHS), (OURS, 0)):
            progress(f"accuracy with time: {cell}, {side}", 0, None)
            arguments = (cell, str(num_epochs), ",".join(settings.data), str(settings.num_reviews))
            answer = finish([*WORKER, "follow", side, *arguments]).answer
            courses[side] = Course(tuple(answer["seconds"]), tuple(answer["accuracies"]))
        found.append(AccuracyWithin(cell, courses[KERAS], courses[OURS]))
    return tuple(found)
