"""Comparisons that train: tiny networks on a table of few texts, and word-order pairs."""

import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest

from sentiment import paths
from sentiment.config import RunConfig
from sentiment.datasets import loading
from sentiment.datasets.pairs import pairs
from sentiment.errors import ConfigError, ModelError
from sentiment.experiments import comparison_runs
from sentiment.experiments.comparison import CellRun
from sentiment.experiments.comparison_runs import ComparisonConfig, run_comparison
from sentiment.model_store import find_model
from sentiment.progress import Progress
from sentiment.results import EpochResult
from sentiment.training.pipeline import PreparedData, prepare_data
from sentiment.training.state import Course

SMALL = {"units": 3, "embedding_dim": 4, "epochs": 1, "max_tokens": 12}


@pytest.fixture(autouse=True)
def few_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "pairs", lambda: pairs(100))


def config(*cells: str, num_seeds: int = 1, **settings: Any) -> ComparisonConfig:
    given = {**SMALL, "data": ("pairs",), **settings}
    return ComparisonConfig(cells, (1,), num_seeds, "units", given)


class Notes:
    """A `Watcher` that writes down what it is told, and can stop in a run."""

    def __init__(self, stop_in: int = 0) -> None:
        self.stop_in = stop_in
        self.number = 0
        self.done_before: list[bool] = []

    def run(self, number: int, num_runs: int, title: str) -> None:
        self.number = number

    def batch(self, course: Course, num_batches: int, reviews_per_second: float) -> None:
        if self.number == self.stop_in:
            raise KeyboardInterrupt

    def epoch(self, result: EpochResult) -> None: ...

    def done(self, run: CellRun, was_there: bool) -> None:
        self.done_before.append(was_there)


def test_every_network_is_trained_with_every_seed_and_kept_from_being_the_default() -> None:
    found = run_comparison(config("bow", "gru", num_seeds=2))
    assert [(run.seed, run.cell) for run in found.runs] == [
        (0, "bow"),
        (0, "gru"),
        (1, "bow"),
        (1, "gru"),
    ]
    for run in found.runs:
        assert run.unit_size == 2
        assert len(run.num_right) == 20
        assert run.inference_speed > 0
        assert run.latency_seconds > 0
        model = Path(run.path)
        assert run.num_bytes == sum(file.stat().st_size for file in model.iterdir())
        assert json.loads((model / "config.json").read_text())["made_by"] == "compare"
    assert all(set(run.num_right) == {"1"} for run in found.runs if run.cell == "bow")
    with pytest.raises(ModelError, match="no model yet"):
        find_model()


def test_an_interrupted_comparison_goes_on_where_it_stopped() -> None:
    whole = run_comparison(config("bow", "simple_rnn", "gru"), anew=True)
    for record in paths.comparisons_dir().glob("*.json"):
        record.unlink()
    with pytest.raises(KeyboardInterrupt):
        run_comparison(config("bow", "simple_rnn", "gru"), watcher=Notes(stop_in=2))
    notes = Notes()
    resumed = run_comparison(config("bow", "simple_rnn", "gru"), watcher=notes)
    assert notes.done_before == [True, False, False]
    assert [run.num_right for run in resumed.runs] == [run.num_right for run in whole.runs]


def test_a_run_stopped_after_an_epoch_is_not_taken_for_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = run_comparison(config("gru", epochs=3), anew=True)
    next(paths.comparisons_dir().glob("*.json")).unlink()
    stopping = Notes()
    monkeypatch.setattr(stopping, "epoch", lambda _: os.kill(os.getpid(), signal.SIGINT))
    with pytest.raises(KeyboardInterrupt):
        run_comparison(config("gru", epochs=3), watcher=stopping)
    assert not list(paths.comparisons_dir().glob("*.json"))
    resumed = run_comparison(config("gru", epochs=3))
    assert len(resumed.runs[0].train_speeds) == 3
    assert resumed.runs[0].num_right == whole.runs[0].num_right


def test_a_larger_comparison_takes_the_runs_that_are_there() -> None:
    run_comparison(config("bow"))
    notes = Notes()
    run_comparison(config("bow", num_seeds=2), watcher=notes)
    assert notes.done_before == [True, False]
    other = Notes()
    run_comparison(config("bow", units=5), watcher=other)
    assert other.done_before == [False]


def test_a_damaged_record_is_measured_again() -> None:
    run_comparison(config("bow"))
    (record,) = paths.comparisons_dir().glob("*.json")
    record.write_text(record.read_text()[:40])
    notes = Notes()
    run_comparison(config("bow"), watcher=notes)
    assert notes.done_before == [False]


def test_word_vectors_are_those_of_the_first_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    seeds = []

    def note(config: RunConfig, progress: Progress) -> PreparedData:
        seeds.append(config.training.seed)
        return prepare_data(config, progress)

    monkeypatch.setattr(comparison_runs, "prepare_data", note)
    run_comparison(config("bow", num_seeds=2, seed=4))
    assert seeds == [4]


def test_bag_of_words_and_cells_meet_on_pairs_too(tmp_path: Path) -> None:
    table = tmp_path / "reviews.csv"
    rows = [f"good film number {i},1\nbad film number {i},0\n" for i in range(30)]
    table.write_text("text,label\n" + "".join(rows))
    settings = {**SMALL, "data": (str(table),), "positive_label": "1"}
    found = run_comparison(ComparisonConfig(("bow", "gru"), (1, 2), 1, "units", settings))
    assert [(run.data == "pairs", run.cell, run.layers) for run in found.runs] == [
        (False, "bow", 1),
        (False, "gru", 1),
        (False, "gru", 2),
        (True, "bow", 1),
        (True, "gru", 1),
    ]


def test_equal_parameters_give_every_cell_the_units_that_fit() -> None:
    given = ComparisonConfig(
        ("bow", "simple_rnn", "lstm", "gru"), (1, 2), 1, "parameters", {"units": 64}
    )
    units = {(each.model.cell, each.model.layers): each.model.units for each in given.run_configs()}
    assert units["lstm", 1] == units["bow", 1] == 64
    assert units["simple_rnn", 1] > units["gru", 1] > 64 > units["lstm", 2]


def test_all_cells_have_the_same_epochs() -> None:
    given = ComparisonConfig(("bow", "simple_rnn", "lstm", "gru"), (1,), 1, "units", {})
    assert {each.training.epochs for each in given.run_configs()} == {given.epochs}


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"cell": "gru"}, "several of cell"),
        ({"layers": 2}, "several of layers"),
        ({"data": ("imdb", "pairs")}, "one data set"),
    ],
)
def test_settings_that_do_not_go_with_a_comparison_are_refused(
    settings: dict[str, Any], message: str
) -> None:
    with pytest.raises(ConfigError, match=message):
        ComparisonConfig(("gru",), (1,), 1, "units", settings)
