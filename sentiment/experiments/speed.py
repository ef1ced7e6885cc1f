"""How fast a network trains and answers, in how much memory, and beside plain Keras.

Holds what was measured and sums it up; `speed_runs` measures.
"""

from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

import numpy as np

from sentiment.config import RunConfig
from sentiment.experiments.intervals import Interval, speed_ratio
from sentiment.experiments.timing import Latency, Machine


@dataclass(frozen=True)
class Side:
    """What was measured of one implementation of a network.

    Attributes:
        train_speeds: training reviews/s, each round; batches are made meanwhile.
        compile_seconds: by how much the first round was slower than the median of the others.
        train_memory_mib: most memory resident in a process that trains; None but on Linux.
        inference_speeds: reviews/s from text to probability, each round.
        latencies: of one text, by length.
    """

    train_speeds: tuple[float, ...]
    compile_seconds: float
    train_memory_mib: float | None
    inference_speeds: tuple[float, ...]
    latencies: tuple[Latency, ...]

    @property
    def train_speed(self) -> float:
        """Training reviews/s, the median."""
        return median(self.train_speeds)

    @property
    def inference_speed(self) -> float:
        """Reviews/s from text to probability, the median."""
        return median(self.inference_speeds)

    def to_dict(self) -> dict[str, Any]:
        """As JSON takes it."""
        return {
            "train_speed": self.train_speed,
            "inference_speed": self.inference_speed,
            **asdict(self),
        }


@dataclass(frozen=True)
class ModelSpeed:
    """What was measured of one model.

    Attributes:
        model: its name.
        config: its settings.
        num_parameters: of the network.
        data: names of the data sets that the texts are of.
        num_train_texts: trained on each round.
        num_test_texts: scored each round.
        ours: this package.
        keras: plain Keras; None where it was not asked for.
        cold_start_seconds: from the start of `sentiment predict` to its first answer, each time.
        predict_memory_mib: most memory resident in such a process, the median; None but on Linux.
    """

    model: str
    config: RunConfig
    num_parameters: int
    data: tuple[str, ...]
    num_train_texts: int
    num_test_texts: int
    ours: Side
    keras: Side | None
    cold_start_seconds: tuple[float, ...]
    predict_memory_mib: float | None

    @property
    def cold_start(self) -> float:
        """Seconds from the start of `sentiment predict` to its first answer, the median."""
        return median(self.cold_start_seconds)

    @property
    def train_ratio(self) -> Interval | None:
        """Training speed over that of plain Keras; None without it, or with one round."""
        return self._ratio("train_speeds")

    @property
    def inference_ratio(self) -> Interval | None:
        """Inference speed over that of plain Keras; None without it, or with one round."""
        return self._ratio("inference_speeds")

    def _ratio(self, name: str) -> Interval | None:
        if self.keras is None:
            return None
        return speed_ratio(*(np.array(getattr(side, name)) for side in (self.ours, self.keras)))

    def to_dict(self) -> dict[str, Any]:
        """As JSON takes it; of plain Keras only where it was measured."""
        values = {
            **asdict(self),
            "config": self.config.to_dict(),
            "ours": self.ours.to_dict(),
            "cold_start": self.cold_start,
        }
        del values["keras"]
        if self.keras is not None:
            values["keras"] = self.keras.to_dict()
            for name in ("train_ratio", "inference_ratio"):
                ratio = getattr(self, name)
                values[name] = ratio and asdict(ratio)
        return values


@dataclass(frozen=True)
class SpeedReport:
    """What was measured of several models, and where.

    Attributes:
        machine: what it was measured on.
        models: in the order that they were asked for.
    """

    machine: Machine
    models: tuple[ModelSpeed, ...]

    def to_dict(self) -> dict[str, Any]:
        """The object that `speed --json` prints."""
        return {
            "machine": asdict(self.machine),
            "models": [model.to_dict() for model in self.models],
        }
