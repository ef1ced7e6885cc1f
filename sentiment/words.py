"""The words of a text, and ways of scrambling them.

Words are scrambled, never pieces of them, and joined by spaces, so that original and scramble hold
the same tokens. Knows nothing about vocabularies or networks.
"""

from collections.abc import Iterator, Sequence

import numpy as np


def readable(text: str) -> str:
    """The text with what is not a character, such as half a surrogate pair, made U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def scrambles(words: Sequence[str], num_scrambles: int, seed: int) -> Iterator[list[str]]:
    """Yield the words in random orders; the same seed gives the same orders.

    Args:
        words: of one text, in order.
        num_scrambles: how many orders; some may be alike where there are few words.
        seed: decides the orders.
    """
    rng = np.random.default_rng(seed)
    for _ in range(num_scrambles):
        yield [words[index] for index in rng.permutation(len(words))]
