"""The words of a text, and ways of scrambling them.

Words are scrambled, never pieces of them, so that original and scramble hold the same tokens.
`scrambles` shuffles words; `STRENGTHS` are the orders that `sentiment order` compares, as places,
so that token ids and the words as the text spells them go the same way. Knows nothing about
vocabularies or networks.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]
# In quotes, as NumPy imports its generators where they are first named.
Reorder = Callable[[NDArray[np.integer[Any]], NDArray[np.bool_], "np.random.Generator"], Places]


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


# === Scramble strengths ===


@dataclass(frozen=True)
class Strength:
    """One way of putting the words of a text into another order.

    Attributes:
        name: for people and for JSON.
        is_random: whether seeds give different orders.
        places: called as `places(token_ids, is_end, rng)` with <int>[num_tokens] and
            <bool>[num_tokens], whether each token ends a sentence; returns <int64>[num_tokens],
            for each place of the new order the place that its word had.
    """

    name: str
    is_random: bool
    places: Reorder


def is_sentence_end(token: str) -> bool:
    """Whether a token ends a sentence: `.`, `!`, `?`, or a run of full stops."""
    return token in ("!", "?") or (token != "" and not token.strip("."))


def sentence_numbers(is_end: NDArray[np.bool_]) -> Places:
    """Number the sentences of a text; all marks in a row belong to the sentence before them.

    Args:
        is_end: <bool>[num_tokens], whether each token ends a sentence.

    Returns:
        <int64>[num_tokens], from 0, never falling.
    """
    starts = np.zeros(len(is_end), np.int64)
    starts[1:] = is_end[:-1] & ~is_end[1:]
    return np.cumsum(starts)


def _blocks(
    token_ids: NDArray[np.integer[Any]],
    is_end: NDArray[np.bool_],  # noqa: ARG001 one signature for all
    rng: "np.random.Generator",
    size: int,
) -> Places:
    """Shuffle blocks of `size` words, cut from the start; the last may be shorter."""
    return _shuffled(np.arange(len(token_ids)) // size, rng)


def _within_sentences(
    token_ids: NDArray[np.integer[Any]], is_end: NDArray[np.bool_], rng: "np.random.Generator"
) -> Places:
    """Shuffle the words of each sentence; the marks that end it stay."""
    places = np.arange(len(token_ids))
    words = places[~is_end]
    places[words] = words[np.lexsort((rng.random(len(words)), sentence_numbers(is_end)[words]))]
    return places


def _sentences(
    token_ids: NDArray[np.integer[Any]],  # noqa: ARG001
    is_end: NDArray[np.bool_],
    rng: "np.random.Generator",
) -> Places:
    """Shuffle whole sentences."""
    return _shuffled(sentence_numbers(is_end), rng)


def _reversed(
    token_ids: NDArray[np.integer[Any]],
    is_end: NDArray[np.bool_],  # noqa: ARG001
    rng: "np.random.Generator",  # noqa: ARG001
) -> Places:
    """The last word first."""
    return np.arange(len(token_ids))[::-1]


def _sorted(
    token_ids: NDArray[np.integer[Any]],
    is_end: NDArray[np.bool_],  # noqa: ARG001
    rng: "np.random.Generator",  # noqa: ARG001
) -> Places:
    """By token id, the commonest word first."""
    return np.argsort(token_ids, kind="stable")


def _shuffled(groups: Places, rng: "np.random.Generator") -> Places:
    """Shuffle groups, numbered from 0 along the text, and keep each whole and in order."""
    num_groups = int(groups[-1]) + 1 if len(groups) else 0
    return np.argsort(rng.permutation(num_groups)[groups], kind="stable")


WORDS = "words"
STRENGTHS = (
    Strength("4-grams", True, partial(_blocks, size=4)),
    Strength("3-grams", True, partial(_blocks, size=3)),
    Strength("2-grams", True, partial(_blocks, size=2)),
    Strength(WORDS, True, partial(_blocks, size=1)),
    Strength("within sentences", True, _within_sentences),
    Strength("order of sentences", True, _sentences),
    Strength("reversed", False, _reversed),
    Strength("sorted", False, _sorted),
)
