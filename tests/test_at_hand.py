"""A model by name, trained where the store has none."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sentiment.config import RunConfig
from sentiment.errors import ConfigError
from sentiment.training import pipeline
from sentiment.training.at_hand import trained_model

TINY = {"cell": "bow", "data": ("pairs",), "units": 2, "embedding_dim": 2, "word_vectors": False}


class Result:
    """All of a run's result that is looked at."""

    def __init__(self, interrupted: bool) -> None:
        self.interrupted = interrupted


@pytest.fixture
def trains(monkeypatch: pytest.MonkeyPatch, make_model: Callable[..., Path]) -> list[Any]:
    """Every run that is asked for, in place of training."""
    asked: list[Any] = []

    def train(run: Any, **options: Any) -> Any:
        asked.append(run)
        make_model(run.name, cell=run.config.model.cell)
        return Result(interrupted=False)

    monkeypatch.setattr(pipeline, "train_model", train)
    return asked


def test_a_model_that_is_there_is_taken_with_its_own_settings(
    make_model: Callable[..., Path], trains: list[Any]
) -> None:
    make_model("there", cell="lstm")
    assert trained_model("there", TINY).config.model.cell == "lstm"
    assert not trains


def test_a_model_that_is_not_there_is_trained_once(trains: list[Any]) -> None:
    for _ in range(2):
        assert trained_model("new", TINY).name == "new"
    (run,) = trains
    assert (run.name, run.config.model.units) == ("new", 2)


def test_a_run_that_was_stopped_goes_on(
    make_model: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, trains: list[Any]
) -> None:
    (make_model("stopped") / "training").mkdir()
    stopped = pipeline.new_run(RunConfig.from_settings({**TINY, "units": 3}), "stopped")
    monkeypatch.setattr(pipeline, "unfinished_run", {"stopped": stopped}.__getitem__)
    trained_model("stopped", TINY)
    assert trains == [stopped]


def test_ctrl_c_is_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "train_model", lambda run, **options: Result(interrupted=True))
    with pytest.raises(KeyboardInterrupt):
        trained_model("new", TINY)


def test_wrong_settings_are_named() -> None:
    with pytest.raises(ConfigError, match="there is no setting 'unit'"):
        trained_model("new", {"unit": 2})


def test_a_model_that_is_there_needs_no_tensorflow(make_model: Callable[..., Path]) -> None:
    make_model("there")
    code = (
        "import sys; from sentiment.training.at_hand import trained_model; "
        "trained_model('there', {}); assert 'tensorflow' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
