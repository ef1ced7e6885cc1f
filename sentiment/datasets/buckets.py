"""Token ids → batches of texts of about one length, so that little is padding.

A batch is as wide as the bucket its texts fall into. The few widths are chosen so that the padding
over the whole collection is as small as it can be with that many.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sentiment.tokenizer import PADDING_ID, UNKNOWN_ID, TokenIds

MAX_WIDTHS = 10
SHORTEST_WINDOW = 5


@dataclass(frozen=True)
class Batch:
    """Texts that go through the network together.

    Attributes:
        rows: <int64>[batch_size], which texts.
        width: padded length.
    """

    rows: NDArray[np.int64]
    width: int


def bucket_widths(lengths: NDArray[np.integer[Any]], num_widths: int = MAX_WIDTHS) -> list[int]:
    """The widths that pad least, by dynamic programming over the lengths there are.

    Args:
        lengths: <int>[num_texts], tokens of each text.
        num_widths: most widths to use.

    Returns:
        Ascending; the last is the greatest length, and none is below 1.
    """
    values, counts = np.unique(np.maximum(lengths, 1), return_counts=True)
    num_values = len(values)
    below = np.concatenate([[0], np.cumsum(counts)])
    # cost[i] is the fewest positions for the i shortest distinct lengths; each round allows one
    # width more, at values[i - 1], for the lengths from j on.
    positions = values * (below[1:] - below[:-1, None])
    allowed = np.triu(np.ones((num_values, num_values), bool))
    step = np.where(allowed, positions, np.inf)
    cost = np.full(num_values + 1, np.inf)
    cost[0] = 0
    origins = []
    for _ in range(min(num_widths, num_values)):
        total = cost[:-1, None] + step
        origin = total.argmin(axis=0)
        best = total[origin, np.arange(num_values)]
        origins.append(origin)
        cost = np.concatenate([[0], best])
    widths = []
    end = num_values
    for origin in reversed(origins):
        if end == 0:
            break
        widths.append(int(values[end - 1]))
        end = int(origin[end - 1])
    return widths[::-1]


def make_batches(
    lengths: NDArray[np.integer[Any]],
    batch_size: int,
    widths: list[int],
    rng: "np.random.Generator | None" = None,
) -> list[Batch]:
    """Group texts into batches by width.

    Args:
        lengths: <int>[num_texts], tokens of each text, none above the greatest width.
        batch_size: most texts a batch; the last one of each width may be smaller.
        widths: ascending, from `bucket_widths`.
        rng: shuffles the texts within their width, and the batches; None keeps the order.
    """
    order = np.arange(len(lengths)) if rng is None else rng.permutation(len(lengths))
    bucket = np.searchsorted(widths, lengths[order])
    batches = [
        Batch(rows[start : start + batch_size], width)
        for number, width in enumerate(widths)
        for rows in [order[bucket == number]]
        for start in range(0, len(rows), batch_size)
    ]
    if rng is not None:
        batches = [batches[i] for i in rng.permutation(len(batches))]
    return batches


def pad(rows: list[NDArray[np.int32]], width: int) -> NDArray[np.int32]:
    """Put ids of texts below one another, padded at the end.

    Args:
        rows: <int32>[num_tokens] each, none longer than `width`.
        width: at least 1.

    Returns:
        <int32>[len(rows), width].
    """
    padded = np.full((len(rows), width), PADDING_ID, np.int32)
    for row, token_ids in zip(padded, rows, strict=True):
        row[: len(token_ids)] = token_ids
    return padded


def padding_share(lengths: NDArray[np.integer[Any]], batches: list[Batch]) -> float:
    """Share of all positions of the batches that is padding, from 0 to 1."""
    positions = sum(len(batch.rows) * batch.width for batch in batches)
    tokens = sum(int(lengths[batch.rows].sum()) for batch in batches)
    return 1 - tokens / positions if positions else 0.0


def cut_windows(
    rows: Iterable[NDArray[np.int32]], sizes: NDArray[np.int64], rng: "np.random.Generator"
) -> list[NDArray[np.int32]]:
    """Keep of every text that is longer than its window the ids in it, at a random place.

    Args:
        rows: <int32>[num_tokens] a text.
        sizes: <int64>[num_texts], ids that each text's window takes.
        rng: decides the places.
    """
    windows = []
    for token_ids, size in zip(rows, sizes.tolist(), strict=True):
        spare = len(token_ids) - size
        start = int(rng.integers(spare + 1)) if spare > 0 else 0
        windows.append(token_ids[start : start + size])
    return windows


def draw_window_sizes(
    num_texts: int, greatest: int, short_share: float, rng: "np.random.Generator"
) -> NDArray[np.int64]:
    """Sizes of windows: `greatest`, or for a share of the texts anything down to `SHORTEST_WINDOW`.

    The logarithms of the shorter ones are spread evenly, so that sentences are as common among
    them as paragraphs.
    """
    shortest = min(SHORTEST_WINDOW, greatest)
    short = np.exp(rng.uniform(np.log(shortest), np.log(greatest), num_texts)).astype(np.int64)
    return np.where(rng.random(num_texts) < short_share, short, greatest)


def drop_words(texts: TokenIds, share: float, rng: "np.random.Generator") -> TokenIds:
    """Make a share of all words unknown, at random.

    A network then learns what to do without a word, and what to make of one it does not know:
    Iyyer et al. (2015), Deep Unordered Composition Rivals Syntactic Methods, section 3.1.
    """
    dropped = rng.random(len(texts.flat), np.float32) < share
    return TokenIds(np.where(dropped, np.int32(UNKNOWN_ID), texts.flat), texts.offsets)
