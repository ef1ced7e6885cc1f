"""How accuracy grows with time, and what of it a given time buys."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Course:
    """Validation accuracy after each epoch.

    Attributes:
        seconds: from raw text to the end of each epoch, its validation included.
        accuracies: from 0 to 1.
    """

    seconds: tuple[float, ...]
    accuracies: tuple[float, ...]

    @classmethod
    def of(cls, begin: float, epochs: Sequence[tuple[float, float]]) -> "Course":
        """From readings of `time.perf_counter` at the raw texts and, with accuracy, each epoch."""
        return cls(tuple(end - begin for end, _ in epochs), tuple(right for _, right in epochs))

    def within(self, seconds: float) -> tuple[int, float] | None:
        """Epochs done within a time, and the best accuracy among them; None if there is none."""
        done = [
            right
            for end, right in zip(self.seconds, self.accuracies, strict=True)
            if end <= seconds
        ]
        return (len(done), max(done)) if done else None
