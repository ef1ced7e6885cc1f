"""Cells side by side: the same data, splits and epochs, several seeds, and what came of each.

Holds what was measured and sums it up; `comparison_runs` measures, `comparison_verdicts` judges.
"""

import itertools
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sentiment.experiments.intervals import (
    Interval,
    McNemar,
    mcnemar,
    score_difference,
    speed_ratio,
)

PAIRS = "pairs"  # the data set on which order decides


@dataclass(frozen=True)
class CellRun:
    """One network, trained and measured.

    Attributes:
        data: name of the data set.
        cell: of the network.
        layers: of the network.
        units: of each layer and direction.
        seed: decided its weights and the order of its batches.
        num_parameters: of the network.
        epoch_seconds: training time of each epoch, validation left out.
        train_speeds: training reviews/s in each epoch.
        inference_speed: test reviews/s, from text to probability.
        latency_seconds: for one typed sentence, the median.
        num_bytes: of the saved model.
        path: where it is saved.
        unit_size: texts that are answered together: 2 on word-order pairs, else 1.
        num_right: a digit for each of them: how many of its texts were answered right.
    """

    data: str
    cell: str
    layers: int
    units: int
    seed: int
    num_parameters: int
    epoch_seconds: tuple[float, ...]
    train_speeds: tuple[float, ...]
    inference_speed: float
    latency_seconds: float
    num_bytes: int
    path: str
    unit_size: int
    num_right: str

    @property
    def scores(self) -> NDArray[np.float64]:
        """<float64>[num_texts], or a word-order pair each: the share answered right."""
        digits = np.frombuffer(self.num_right.encode(), np.uint8) - ord("0")
        return digits / self.unit_size


@dataclass(frozen=True)
class CellSummary:
    """The runs of one network with all seeds.

    Attributes:
        data: name of the data set.
        cell: of the networks.
        layers: of the networks.
        units: of each layer and direction.
        num_seeds: runs.
        num_parameters: of the network.
        epoch_seconds: training time of an epoch, mean.
        train_speed: training reviews/s, median over all epochs.
        inference_speed: test reviews/s, median over the seeds.
        latency_seconds: for one typed sentence, median over the seeds.
        accuracy: share of test texts answered right, mean over the seeds.
        accuracy_sd: its sample standard deviation; None with one seed.
        num_bytes: of a saved model.
    """

    data: str
    cell: str
    layers: int
    units: int
    num_seeds: int
    num_parameters: int
    epoch_seconds: float
    train_speed: float
    inference_speed: float
    latency_seconds: float
    accuracy: float
    accuracy_sd: float | None
    num_bytes: int


@dataclass(frozen=True)
class CellPair:
    """Two networks on the same test texts.

    Attributes:
        data: name of the data set.
        first: cell and layers.
        second: cell and layers.
        difference: of their accuracies, first less second; None with one seed.
        test: McNemar's.
    """

    data: str
    first: tuple[str, int]
    second: tuple[str, int]
    difference: Interval | None
    test: McNemar


@dataclass(frozen=True)
class Comparison:
    """Every run of a comparison.

    Attributes:
        data: the data set that was asked for.
        epochs: passes over the training texts, at most, the same for all.
        num_seeds: runs of each network.
        equal: what the networks have the same number of: `units` or `parameters`.
        runs: by data set, seed, layers and cell.
    """

    data: str
    epochs: int
    num_seeds: int
    equal: str
    runs: tuple[CellRun, ...]

    @property
    def datasets(self) -> tuple[str, ...]:
        """Names of the data sets, in the order of the runs."""
        return tuple(dict.fromkeys(run.data for run in self.runs))

    def networks(self, data: str) -> tuple[tuple[str, int], ...]:
        """Cell and layers of the networks on a data set, in the order of the runs."""
        return tuple(dict.fromkeys((r.cell, r.layers) for r in self.runs if r.data == data))

    def of(self, data: str, cell: str, layers: int) -> tuple[CellRun, ...]:
        """The runs of one network, a seed each; empty where there are none."""
        wanted = (data, cell, layers)
        return tuple(run for run in self.runs if (run.data, run.cell, run.layers) == wanted)

    def summaries(self, data: str) -> list[CellSummary]:
        """A line a network."""
        return [_summary(self.of(data, *network)) for network in self.networks(data)]

    def pairs(self, data: str) -> list[CellPair]:
        """Every two networks of the data set."""
        return [
            CellPair(
                data,
                first,
                second,
                difference(self.of(data, *first), self.of(data, *second)),
                mcnemar(_scores(self.of(data, *first)), _scores(self.of(data, *second))),
            )
            for first, second in itertools.combinations(self.networks(data), 2)
        ]

    def to_dict(self) -> dict[str, Any]:
        """As JSON takes it; the answers to single texts stay out."""
        runs = [asdict(run) for run in self.runs]
        for run in runs:
            del run["num_right"], run["unit_size"]
        return {
            "data": self.data,
            "epochs": self.epochs,
            "num_seeds": self.num_seeds,
            "equal": self.equal,
            "networks": [asdict(row) for data in self.datasets for row in self.summaries(data)],
            "pairs": [asdict(pair) for data in self.datasets for pair in self.pairs(data)],
            "runs": runs,
        }


def difference(first: Iterable[CellRun], second: Iterable[CellRun]) -> Interval | None:
    """Accuracy of the first less that of the second; None with one seed."""
    return score_difference(_scores(first), _scores(second))


def train_speed_ratio(first: Iterable[CellRun], second: Iterable[CellRun]) -> Interval | None:
    """Training speed of the first over that of the second, epoch by epoch; None with one epoch."""
    epochs = [
        speeds
        for one, other in zip(first, second, strict=True)
        for speeds in zip(one.train_speeds, other.train_speeds, strict=False)
    ]
    return speed_ratio(*np.array(epochs).T)


def _scores(runs: Iterable[CellRun]) -> NDArray[np.float64]:
    return np.stack([run.scores for run in runs])


def _summary(runs: tuple[CellRun, ...]) -> CellSummary:
    accuracies = [float(run.scores.mean()) for run in runs]
    first = runs[0]
    return CellSummary(
        data=first.data,
        cell=first.cell,
        layers=first.layers,
        units=first.units,
        num_seeds=len(runs),
        num_parameters=first.num_parameters,
        epoch_seconds=float(np.mean([s for run in runs for s in run.epoch_seconds])),
        train_speed=float(np.median([s for run in runs for s in run.train_speeds])),
        inference_speed=float(np.median([run.inference_speed for run in runs])),
        latency_seconds=float(np.median([run.latency_seconds for run in runs])),
        accuracy=float(np.mean(accuracies)),
        accuracy_sd=float(np.std(accuracies, ddof=1)) if len(runs) > 1 else None,
        num_bytes=first.num_bytes,
    )
