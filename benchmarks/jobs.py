"""What is asked of a measured process, and what it answers."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from sentiment.config import RunConfig
from sentiment.tokenizer import Tokenizer


@dataclass(frozen=True)
class TrainJob:
    """An epoch of training, the same for every library.

    Attributes:
        tokenizer: as `Tokenizer.to_json` writes it, learned before, the same for all, so that all
            read the same tokens; making token ids of texts is part of the job.
        texts: raw, to train on.
        labels: 0 or 1 each.
        validation_texts: raw, to measure accuracy on when the clock has stopped.
        validation_labels: 0 or 1 each.
        cell: `gru` or `lstm`.
        units: of the one layer, which reads forward; its last state is the feature.
        embedding_dim: width of word vectors, which start at random.
        batch_size: reviews a step.
        max_tokens: the first so many tokens of a review are read.
    """

    tokenizer: str
    texts: list[str]
    labels: list[int]
    validation_texts: list[str]
    validation_labels: list[int]
    cell: str
    units: int
    embedding_dim: int
    batch_size: int
    max_tokens: int

    @classmethod
    def read(cls, path: Path) -> "TrainJob":
        """Read back what `write` wrote."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))

    def write(self, path: Path) -> None:
        """Write JSON."""
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")

    @property
    def config(self) -> RunConfig:
        """The same in this package's settings, without what the others do not have."""
        return RunConfig.from_settings(
            {
                **plain_network(self.cell, self.units, self.embedding_dim, self.max_tokens),
                "batch_size": self.batch_size,
                "epochs": 1,
                "window_tokens": self.max_tokens,
                "learning_rate": 1e-3,
                "schedule": "constant",
                "word_dropout": 0.0,
                "word_vectors": False,
            }
        )

    def load_tokenizer(self) -> Tokenizer:
        """Makes token ids of the texts."""
        return Tokenizer.from_json(self.tokenizer)


@dataclass(frozen=True)
class Trained:
    """What an epoch took.

    Attributes:
        seconds: from raw text to the end of the last batch, compiling included.
        prepare_seconds: part of these in which texts became token ids.
        batch_seconds: of each batch, in order, the first with building the network; together with
            `prepare_seconds` all of `seconds`.
        accuracy: on the validation texts afterwards, from 0 to 1.
    """

    seconds: float
    prepare_seconds: float
    batch_seconds: tuple[float, ...]
    accuracy: float

    @classmethod
    def of(cls, begin: float, ready: float, ends: list[float], accuracy: float) -> "Trained":
        """From readings of `time.perf_counter`.

        Args:
            begin: at the raw texts.
            ready: when there were token ids.
            ends: after each batch.
            accuracy: from 0 to 1.
        """
        between = zip([ready, *ends], ends, strict=False)
        batch_seconds = tuple(after - before for before, after in between)
        return cls(ends[-1] - begin, ready - begin, batch_seconds, accuracy)


def plain_network(cell: str, units: int, embedding_dim: int, max_tokens: int) -> dict[str, object]:
    """Settings of a network that every library has: one layer, read forward, its last state."""
    return {
        "cell": cell,
        "units": units,
        "embedding_dim": embedding_dim,
        "bidirectional": False,
        "pooling": "last",
        "dropout": 0.0,
        "max_tokens": max_tokens,
        "truncation": "head",
    }
