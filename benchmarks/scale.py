"""`python -m benchmarks scale`: curves of what training and scoring cost, on made-up reviews.

One thing grows at a time, the rest stays as in `Point`; every value runs in a fresh process.
"""

import csv
import itertools
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, cast

from benchmarks.figures import Spread, log_log_slope
from benchmarks.processes import NUM_THREADS, SENTIMENT, WORKER, Finished, finish
from benchmarks.scale_points import Point, made_up, made_up_dataset
from sentiment.experiments.speed_runs import save_untrained
from sentiment.experiments.timing import Machine, describe_machine
from sentiment.progress import Progress, silent

TRAIN, SCORE = "train", "score"
ROWS, THREADS, BATCH_SIZE = "rows", "threads", "batch_size"
AXES: dict[str, tuple[int, ...]] = {
    "tokens": (25, 50, 100, 200, 400),
    "units": (32, 64, 128, 256),
    "layers": (1, 2, 3, 4),
    BATCH_SIZE: (16, 32, 64, 128, 256),
    THREADS: (1, 2),
}

_FEWEST_BATCHES = 4  # of training, of which the first is not counted
_ROW_TOKENS = 20
_ROW_TEXTS = 5_000  # different ones; then they come again


@dataclass(frozen=True)
class ScaleSettings:
    """What `scale` measures.

    Attributes:
        cell: of the network.
        num_reviews: at each point; at least four batches of them are trained on.
        rows: numbers of rows of the CSV files that `sentiment score` reads.
        num_rounds: processes a point.
    """

    cell: str = "gru"
    num_reviews: int = 2_048
    rows: tuple[int, ...] = (1_000, 10_000, 100_000, 1_000_000)
    num_rounds: int = 5


@dataclass(frozen=True)
class Curve:
    """Cost against one thing that grows.

    Attributes:
        task: `train` or `score`.
        axis: what grows: one of `AXES`, or `rows` of a CSV file.
        values: of it.
        seconds: at each value a review; of `rows`, of the whole process.
        peak_memory_mib: of the process at each value.
        slope: exponent p of seconds ~ value^p, by least squares over all values; each round's.
        memory_slope: the same of the memory.
    """

    task: str
    axis: str
    values: tuple[int, ...]
    seconds: tuple[Spread, ...]
    peak_memory_mib: tuple[Spread, ...]
    slope: Spread
    memory_slope: Spread


@dataclass(frozen=True)
class ScaleReport:
    """All of a run of `scale`."""

    machine: Machine
    settings: dict[str, Any]
    base: dict[str, Any]
    curves: tuple[Curve, ...]

    def to_dict(self) -> dict[str, Any]:
        """As JSON takes it."""
        return asdict(self)


Key = tuple[str, str, int]
"""(task, axis, value)."""
Cost = tuple[float, float]
"""Seconds, and MiB."""


def measure_scale(settings: ScaleSettings, progress: Progress = silent) -> ScaleReport:
    """Measure all curves.

    Raises:
        SentimentError: a process failed.
    """
    base = Point(cell=settings.cell, num_reviews=settings.num_reviews)
    points = list(_points(base))
    total = settings.num_rounds * (len(points) + len(settings.rows))
    runs = itertools.count()
    found: dict[Key, list[Cost]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        config = replace(base, tokens=_ROW_TOKENS).config
        model = save_untrained(config, [made_up_dataset(_ROW_TEXTS, _ROW_TOKENS)], folder)
        for number in range(settings.num_rounds):
            round_name = f"round {number + 1}/{settings.num_rounds}"
            known: dict[tuple[str, Point, int], Cost] = {}  # the base is a point of every curve
            for task, axis, value, point, num_threads in points:
                progress(f"{round_name}: {task}, {axis} {value}", next(runs), total)
                place = (task, point, num_threads)
                if place not in known:
                    command = [*WORKER, "scale", task, json.dumps(asdict(point))]
                    done = finish(command, num_threads=num_threads)
                    known[place] = (done.answer["seconds"], done.peak_memory_mib)
                found.setdefault((task, axis, value), []).append(known[place])
            for value in settings.rows:
                progress(f"{round_name}: {value:,} rows", next(runs), total)
                done = _score_rows(folder, model.path, value)
                cost = (done.seconds, done.peak_memory_mib)
                found.setdefault((SCORE, ROWS, value), []).append(cost)
    return ScaleReport(
        machine=describe_machine(),
        settings=asdict(settings),
        base={**asdict(base), "num_threads": NUM_THREADS, "row_tokens": _ROW_TOKENS},
        curves=curves(found),
    )


def curves(found: dict[Key, list[Cost]]) -> tuple[Curve, ...]:
    """Costs of each point, a cost a round → curves."""
    made = []
    for task, axis in dict.fromkeys((task, axis) for task, axis, _ in found):
        values = tuple(value for t, a, value in found if (t, a) == (task, axis))
        costs = [found[task, axis, value] for value in values]
        seconds, memory = ([[cost[part] for cost in each] for each in costs] for part in (0, 1))
        made.append(
            Curve(
                task=task,
                axis=axis,
                values=values,
                seconds=tuple(map(Spread.of, seconds)),
                peak_memory_mib=tuple(map(Spread.of, memory)),
                slope=_slope(values, seconds),
                memory_slope=_slope(values, memory),
            )
        )
    return tuple(made)


def _slope(values: Sequence[int], rounds: Sequence[Sequence[float]]) -> Spread:
    if len(values) < 2:
        return Spread(0.0, 0.0, 0.0)
    return Spread.of([log_log_slope(values, costs) for costs in zip(*rounds, strict=True)])


def _points(base: Point) -> Iterator[tuple[str, str, int, Point, int]]:
    """(task, axis, value, point, number of threads), for every curve but `rows`."""
    for task, (axis, values) in itertools.product((TRAIN, SCORE), AXES.items()):
        if (task, axis) == (SCORE, BATCH_SIZE):  # always `predictor.BATCH_SIZE`
            continue
        for value in values:
            num_threads = value if axis == THREADS else NUM_THREADS
            point = base if axis == THREADS else replace(base, **cast(Any, {axis: value}))
            fewest = _FEWEST_BATCHES * point.batch_size if task == TRAIN else 0
            point = replace(point, num_reviews=max(point.num_reviews, fewest))
            yield task, axis, value, point, num_threads


def _score_rows(folder: Path, model: Path, num_rows: int) -> Finished:
    source, target = folder / f"{num_rows}.csv", folder / "scored.csv"
    if not source.exists():
        texts, _ = made_up(_ROW_TEXTS, _ROW_TOKENS)
        with source.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["text"])
            writer.writerows([text] for text in itertools.islice(itertools.cycle(texts), num_rows))
    target.unlink(missing_ok=True)
    arguments = (str(source), "--output", str(target), "--model", str(model), "--json")
    return finish([*SENTIMENT, "score", *arguments])
