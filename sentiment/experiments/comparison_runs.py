"""Trains and measures every network of a comparison, and keeps what is done.

    <comparisons dir>/
      <run>/        a model directory
      <run>.json    what was measured of it, written last

A run's name ends in a hash of all that decides it, so that the same comparison started again, or a
larger one, takes the runs that are there. Data, token ids and word vectors are made once a data
set and shared by its runs.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from importlib import metadata
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from sentiment import paths
from sentiment.artifact import load_model
from sentiment.config import RunConfig, setting_default
from sentiment.datasets.dataset import Split
from sentiment.errors import ConfigError, SentimentError
from sentiment.experiments.comparison import PAIRS, CellRun, Comparison
from sentiment.experiments.parameters import count_parameters, units_for_budget
from sentiment.experiments.timing import measure_latency, timed_scores
from sentiment.predictions import THRESHOLD
from sentiment.predictor import Predictor
from sentiment.progress import Progress, silent
from sentiment.training.fit import Listener
from sentiment.training.pipeline import (
    PreparedData,
    experiment_run,
    prepare_data,
    train_model,
)

EQUAL = ("units", "parameters")
MADE_BY = "compare"

_OF_DATA = ("data", "data_dir", "text_column", "label_column", "positive_label")
_SENTENCE = "the plot was dull but the acting was superb"


class Watcher(Listener, Protocol):
    """Is told how a comparison goes."""

    def run(self, number: int, num_runs: int, title: str) -> None:
        """The next run begins, `number` from 1."""

    def done(self, run: CellRun, was_there: bool) -> None:
        """A run is measured, or was there already."""


@dataclass(frozen=True)
class ComparisonConfig:
    """What to compare.

    Attributes:
        cells: kinds of network.
        layers: numbers of layers, each with each recurrent cell; a bag of words has the first.
        num_seeds: runs of each network, with seeds from that of the settings on.
        equal: give the recurrent networks the same `units`, or as many as fit in the `parameters`
            of an LSTM of those units and the fewest layers.
        settings: of all runs, as `RunConfig.from_settings` takes them.
    """

    cells: tuple[str, ...]
    layers: tuple[int, ...]
    num_seeds: int
    equal: str
    settings: Mapping[str, Any]

    def __post_init__(self) -> None:
        if not self.cells or not self.layers or self.num_seeds < 1:
            raise ConfigError("a comparison needs at least one cell, one depth and one seed")
        if self.equal not in EQUAL:
            raise ConfigError(f"equal must be one of {', '.join(EQUAL)}, not {self.equal!r}")
        for name in ("cell", "layers"):
            if name in self.settings:
                raise ConfigError(f"a comparison has several of {name}; leave out that setting")
        if len(self.settings.get("data", ("auto",))) != 1:
            raise ConfigError("a comparison is on one data set; name one --data")

    @property
    def epochs(self) -> int:
        """Passes over the training texts, at most, for every cell."""
        return int(self.settings.get("epochs", setting_default("epochs")))

    def run_configs(self, data: str | None = None) -> list[RunConfig]:
        """Settings of every run, the seeds outermost so that the machine's moods meet all cells.

        Args:
            data: another data set than that of the settings, on which the fewest layers will do.
        """
        seed = int(self.settings.get("seed", setting_default("seed")))
        depths = sorted(set(self.layers)) if data is None else [min(self.layers)]
        return [
            self._run_config(cell, layers, seed + number, data)
            for number in range(self.num_seeds)
            for layers in depths
            for cell in dict.fromkeys(self.cells)
            if cell != "bow" or layers == depths[0]
        ]

    def _run_config(self, cell: str, layers: int, seed: int, data: str | None) -> RunConfig:
        settings = {**self.settings, "epochs": self.epochs, "layers": layers, "seed": seed}
        if data is not None:
            kept = {name: value for name, value in settings.items() if name not in _OF_DATA}
            settings = {**kept, "data": (data,)}
        config = RunConfig.from_settings({**settings, "cell": cell})
        if self.equal == "units" or cell == "bow":
            return config
        widest = {**settings, "cell": "lstm", "layers": min(self.layers)}
        largest = RunConfig.from_settings(widest).model
        vocabulary_size = config.data.vocabulary_size
        budget = count_parameters(largest, vocabulary_size).total
        budget -= vocabulary_size * largest.embedding_dim
        units = units_for_budget(config.model, vocabulary_size, budget).units
        return RunConfig.from_settings({**settings, "cell": cell, "units": units})


def run_comparison(
    config: ComparisonConfig,
    *,
    anew: bool = False,
    progress: Progress = silent,
    watcher: Watcher | None = None,
) -> Comparison:
    """Train and measure what is not there yet.

    A bag of words and a recurrent cell are compared on word-order pairs too, where order decides.

    Args:
        config: what to compare.
        anew: do runs again that are there.
        progress: is told what is being waited for.
        watcher: is told of every run, batch and epoch.

    Raises:
        SentimentError: data cannot be had, or training diverged.
        KeyboardInterrupt: Ctrl-C; what is done is kept, and the same call goes on from there.
    """
    plan = plan_comparison(config, progress)
    runs: list[CellRun] = []
    for planned in plan.runs:
        if watcher is not None:
            watcher.run(len(runs) + 1, len(plan.runs), planned.title)
        found = None if anew else load_run(planned.place)
        run = found or measure_run(
            planned.place, planned.config, planned.data, progress=progress, watcher=watcher
        )
        if found is None:
            store_run(planned.place, run)
        if watcher is not None:
            watcher.done(run, found is not None)
        runs.append(run)
    return plan.comparison(runs)


@dataclass(frozen=True)
class PlannedRun:
    """A run of a comparison.

    Attributes:
        place: its model directory, there or not.
        config: its settings.
        data: what it is trained and measured on.
    """

    place: Path
    config: RunConfig
    data: PreparedData

    @property
    def title(self) -> str:
        """For people."""
        model = self.config.model
        layers = f"{model.layers} layer{'s' if model.layers > 1 else ''}"
        data = self.data.datasets[0].name
        return f"{data}: {model.cell}, {layers}, seed {self.config.training.seed}"


@dataclass(frozen=True)
class Plan:
    """What a comparison takes.

    Attributes:
        config: what is compared.
        data: name of the data set.
        runs: all of them, on the same data one after the other.
    """

    config: ComparisonConfig
    data: str
    runs: tuple[PlannedRun, ...]

    def comparison(self, runs: Iterable[CellRun]) -> Comparison:
        """The comparison, of all runs in the order of the plan."""
        config = self.config
        return Comparison(self.data, config.epochs, config.num_seeds, config.equal, tuple(runs))


def plan_comparison(config: ComparisonConfig, progress: Progress = silent) -> Plan:
    """Prepare the data of a comparison and list its runs.

    Raises:
        SentimentError: data cannot be had.
    """
    main = config.run_configs()
    data = prepare_data(main[0], progress)
    parts = [(main, data)]
    (dataset,) = data.datasets
    if "bow" in config.cells and len(set(config.cells)) > 1 and dataset.name != PAIRS:
        order = config.run_configs(PAIRS)
        parts.append((order, prepare_data(order[0], progress)))
    folder = paths.comparisons_dir()
    runs = [
        PlannedRun(folder / _name(run, configs[0], prepared), run, prepared)
        for configs, prepared in parts
        for run in configs
    ]
    return Plan(config, dataset.name, tuple(runs))


def measure_run(
    place: Path,
    config: RunConfig,
    data: PreparedData,
    *,
    progress: Progress = silent,
    watcher: Listener | None = None,
) -> CellRun:
    """Train a network, or go on with it, and measure it.

    Raises:
        SentimentError: training diverged, or the model cannot be saved.
        KeyboardInterrupt: Ctrl-C; the same call goes on from there.
    """
    training = train_model(
        experiment_run(place, config, MADE_BY),
        data,
        progress=progress,
        listener=watcher,
        reads_test=False,
    )
    if training.interrupted:
        raise KeyboardInterrupt
    predictor = Predictor.of(load_model(place))
    test = data.datasets[0].test
    probabilities, inference_speed = timed_scores(predictor, test.texts, progress)
    unit_size, num_right = _units(test, probabilities)
    return CellRun(
        data=data.datasets[0].name,
        cell=config.model.cell,
        layers=config.model.layers,
        units=config.model.units,
        seed=config.training.seed,
        num_parameters=training.num_parameters,
        epoch_seconds=tuple(epoch.train_seconds for epoch in training.epochs),
        train_speeds=tuple(epoch.reviews_per_second for epoch in training.epochs),
        inference_speed=inference_speed,
        latency_seconds=measure_latency(predictor, _SENTENCE).p50_seconds,
        num_bytes=sum(file.stat().st_size for file in place.iterdir() if file.is_file()),
        path=str(place),
        unit_size=unit_size,
        num_right="".join(map(str, num_right.tolist())),
    )


def _units(test: Split, probabilities: NDArray[np.float32]) -> tuple[int, NDArray[np.int64]]:
    """Texts a unit, and <int64>[num_units], how many of each were answered right."""
    right = (probabilities >= THRESHOLD) == (test.labels == 1)
    if "pair" not in test.table.column_names:
        return 1, right.astype(np.int64)
    pairs = test.table["pair"].to_numpy()
    _, numbers = np.unique(pairs[pairs >= 0], return_inverse=True)
    return 2, np.bincount(numbers, right[pairs >= 0]).astype(np.int64)


# === What is done ===


def _name(config: RunConfig, first: RunConfig, data: PreparedData) -> str:
    """The run's name; the seed of the first decided the word vectors."""
    recipe: dict[str, Any] = {
        "config": config.to_dict(),
        "vectors": first.training.seed,
        "data": dict(data.fingerprints),
        "versions": [metadata.version(name) for name in ("sentiment", "keras", "tensorflow")],
    }
    del recipe["config"]["data"]["data"], recipe["config"]["data"]["data_dir"]
    digest = hashlib.sha256(json.dumps(recipe, sort_keys=True).encode()).hexdigest()
    model = config.model
    return f"{model.cell}-{model.layers}x{model.units}-{config.training.seed}-{digest[:12]}"


def _record(place: Path) -> Path:
    return place.with_name(place.name + ".json")


def load_run(place: Path) -> CellRun | None:
    """What was measured of a run; None where it is not done, or what is there is damaged."""
    try:
        values = json.loads(_record(place).read_text(encoding="utf-8"))
        if set(values) != {field.name for field in fields(CellRun)}:
            return None
        lists = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
        return CellRun(**{**values, **lists})
    except (OSError, ValueError, TypeError):
        return None


def store_run(place: Path, run: CellRun) -> None:
    """Keep what was measured of a run.

    Raises:
        SentimentError: it cannot be written.
    """
    fresh = place.with_name(place.name + ".new")
    try:
        fresh.write_text(json.dumps(asdict(run)) + "\n", encoding="utf-8")
        fresh.replace(_record(place))
    except OSError as error:
        raise SentimentError(f"cannot write {fresh}: {error.strerror or error}") from error
