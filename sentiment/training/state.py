"""The state of an unfinished run on disk, so that a killed run goes on as if nothing had happened.

    training/
      run.json             settings, and the data they were used on
      state.safetensors    every variable of network, optimizer and seed generators, the best
                           weights so far, and as metadata the course of the run

The state is one file, written beside its place and renamed, so that a kill leaves the last whole
one.
"""

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sentiment.errors import ModelError
from sentiment.results import EpochResult

Arrays = dict[str, NDArray[Any]]

FOLDER = "training"
_STATE = "state.safetensors"
_COURSE = "course"
_BEST = "best/"


@dataclass(frozen=True)
class Course:
    """How far a run has come.

    Attributes:
        epoch: the epoch under way, from 0.
        batch: batches of it that are done.
        batches_loss: mean training loss over those batches.
        batches_accuracy: mean training accuracy over those batches.
        epoch_seconds: time spent on them.
        epochs: what each finished epoch gave.
        best_epoch: the one with the lowest validation loss, from 0; −1 before the first ended.
        seconds: time spent on all finished epochs, validation included.
    """

    epoch: int = 0
    batch: int = 0
    batches_loss: float = 0.0
    batches_accuracy: float = 0.0
    epoch_seconds: float = 0.0
    epochs: tuple[EpochResult, ...] = field(default=())
    best_epoch: int = -1
    seconds: float = 0.0

    def with_epoch(self, result: EpochResult) -> "Course":
        """The course after one epoch more."""
        best = self.epochs[self.best_epoch].validation_loss if self.epochs else np.inf
        return replace(
            Course(),
            epoch=self.epoch + 1,
            epochs=(*self.epochs, result),
            best_epoch=self.epoch if result.validation_loss < best else self.best_epoch,
            seconds=self.seconds + result.seconds,
        )


def save_state(
    folder: Path, course: Course, variables: Sequence[Any], best: Mapping[str, NDArray[np.float32]]
) -> None:
    """Write the state of a run, in place of the one before.

    Args:
        folder: the run's `training/`.
        course: how far it has come.
        variables: Keras variables of network and optimizer, in a fixed order.
        best: weights of the best epoch so far, empty before the first ended.
    """
    from safetensors.numpy import save_file

    arrays: Arrays = {
        f"{number:05d}": np.asarray(variable.value.numpy(), order="C")
        for number, variable in enumerate(variables)
    }
    arrays.update({_BEST + name: np.asarray(value, order="C") for name, value in best.items()})
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"{_STATE}.new"
    save_file(arrays, fresh, metadata={_COURSE: json.dumps(asdict(course))})
    fresh.replace(folder / _STATE)


def load_state(
    folder: Path, variables: Sequence[Any]
) -> tuple[Course, dict[str, NDArray[np.float32]]] | None:
    """Put a saved state back into a network and its optimizer, in place.

    Returns:
        How far the run had come, and the best weights so far; None where nothing was saved yet.

    Raises:
        ModelError: the state is damaged or of another network.
    """
    from safetensors import SafetensorError, safe_open

    place = folder / _STATE
    if not place.exists():
        return None
    try:
        with safe_open(place, framework="numpy") as file:
            arrays: Arrays = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
            values = json.loads(file.metadata()[_COURSE])
        epochs = tuple(EpochResult(**epoch) for epoch in values.pop("epochs"))
        course = Course(**values, epochs=epochs)
        for number, variable in enumerate(variables):
            array = arrays[f"{number:05d}"]
            if tuple(variable.shape) != array.shape:
                raise ValueError(f"{variable.path} has another shape")
            variable.assign(array)
    except (OSError, ValueError, KeyError, TypeError, SafetensorError) as error:
        raise ModelError(
            f"the saved state in {place} cannot be used: {error}; delete {folder} and train anew"
        ) from error
    best = {n.removeprefix(_BEST): a for n, a in arrays.items() if n.startswith(_BEST)}
    return course, best


def delete_state(folder: Path) -> None:
    """Remove the state of a run that has ended."""
    shutil.rmtree(folder, ignore_errors=True)
