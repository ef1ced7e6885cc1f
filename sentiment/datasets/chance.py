"""Random choices that are the same again from the same seed, whatever Python version draws them."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

_T = TypeVar("_T")


class Chance:
    """Draws with nothing but `Random.random`, whose sequence Python promises to keep."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def index(self, size: int) -> int:
        """A number from 0 to `size` - 1."""
        return int(self.random.random() * size)

    def choice(self, things: Sequence[_T]) -> _T:
        """One of them."""
        return things[self.index(len(things))]

    def chance(self, share: float) -> bool:
        """True in `share` of all calls."""
        return self.random.random() < share

    def shuffled(self, things: Sequence[_T]) -> list[_T]:
        """The things in random order."""
        shuffled = list(things)
        for last in range(len(shuffled) - 1, 0, -1):
            other = self.index(last + 1)
            shuffled[last], shuffled[other] = shuffled[other], shuffled[last]
        return shuffled
