"""What a run of `train` or `score` found, as JSON takes it and tables show it."""

from dataclasses import asdict, dataclass, field
from typing import Any

from benchmarks.courses import Course
from benchmarks.figures import Spread
from sentiment.experiments.timing import Machine


@dataclass(frozen=True)
class TrainRow:
    """One library's training of one network, over all rounds.

    Attributes:
        side: `sentiment`, a peer, or a revision of this package.
        cell: `gru` or `lstm`.
        units: of the layer.
        seconds: from raw text to the end of an epoch, compiling included, each round.
        reviews_per_second: the reviews by those seconds.
        tokens_per_second: the tokens that are read of them, padding not counted, by those seconds.
        compile_seconds: part of the seconds; see `figures.compile_seconds`.
        product_share: FLOP/s of the epoch, text and compiling not counted, by those of a large
            product in the same library.
        accuracy: on validation texts after the epoch.
        peak_memory_mib: of the process.
        speed_over: this side's speed over that of others, by side, in the same rounds.
    """

    side: str
    cell: str
    units: int
    seconds: Spread
    reviews_per_second: Spread
    tokens_per_second: Spread
    compile_seconds: Spread
    product_share: Spread
    accuracy: Spread
    peak_memory_mib: Spread
    speed_over: dict[str, Spread] = field(default_factory=dict)


@dataclass(frozen=True)
class CellRatio:
    """Speed of a GRU over that of an LSTM, in the same rounds."""

    side: str
    units: int
    speed: Spread


@dataclass(frozen=True)
class AccuracyWithin:
    """What the defaults of this package reach while plain Keras trains.

    Attributes:
        cell: of both.
        keras: its course.
        sentiment: that of this package, with its defaults.
    """

    cell: str
    keras: Course
    sentiment: Course


@dataclass(frozen=True)
class TrainReport:
    """All of a run of `train`.

    Attributes:
        machine: what it ran on.
        settings: of the run.
        products: FLOP/s of a large float32 product by library.
        rows: one a library and network.
        cells: GRU against LSTM.
        accuracies: within the time of plain Keras.
        notes: what was left out, and why.
    """

    machine: Machine
    settings: dict[str, Any]
    products: dict[str, Spread]
    rows: tuple[TrainRow, ...]
    cells: tuple[CellRatio, ...]
    accuracies: tuple[AccuracyWithin, ...]
    notes: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """As JSON takes it."""
        return asdict(self)


@dataclass(frozen=True)
class ScoreRow:
    """One library's scoring of a CSV file, over all rounds.

    Attributes:
        side: `sentiment`, `shipped`, a peer, or a revision of this package.
        num_reviews: in the file.
        seconds: of a process that reads it and writes another.
        reviews_per_second: the reviews by those seconds.
        peak_memory_mib: of the process.
        accuracy: of the labels that it wrote.
        sentiment_over: speed of `sentiment` over this one's, in the same rounds.
        product_share: FLOP/s that its network needs, all seconds counted, by those of a large
            product in the same library; None where there is no such network.
        prepare_seconds: that fitting took before; None where nothing was fitted.
    """

    side: str
    num_reviews: int
    seconds: Spread
    reviews_per_second: Spread
    peak_memory_mib: Spread
    accuracy: float
    sentiment_over: Spread
    product_share: Spread | None
    prepare_seconds: float | None


@dataclass(frozen=True)
class ScoreReport:
    """All of a run of `score`; see `TrainReport`."""

    machine: Machine
    settings: dict[str, Any]
    products: dict[str, Spread]
    rows: tuple[ScoreRow, ...]
    notes: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """As JSON takes it."""
        return asdict(self)
