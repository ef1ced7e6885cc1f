"""What repeated measurements come to: medians with their spread, ratios, slopes, FLOPs.

Pure: measures nothing, and knows nothing about processes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from sentiment.config import ModelConfig
from sentiment.experiments.parameters import NUM_GATES

_SLOW = 3.0  # times the median; widths of batches differ by less


@dataclass(frozen=True)
class Spread:
    """A median, and how far the single values lie apart.

    Attributes:
        median: of all values.
        low: the least of them.
        high: the greatest of them.
    """

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        """Of at least one value."""
        return cls(median(values), min(values), max(values))


def ratio(first: Sequence[float], second: Sequence[float]) -> Spread:
    """First over second, round by round, so that what slows a whole round down cancels.

    Args:
        first: a value a round, all above 0.
        second: those of the same rounds.
    """
    return Spread.of([a / b for a, b in zip(first, second, strict=True)])


def log_log_slope(x: Sequence[float], y: Sequence[float]) -> float:
    """Exponent p of y ~ x^p, by least squares on the logarithms.

    Args:
        x: at least two different values above 0.
        y: as many, above 0.
    """
    return float(np.polyfit(np.log(x), np.log(y), 1)[0])


def compile_seconds(batch_seconds: Sequence[float]) -> float:
    """Seconds that building and compiling took from the first batch to the last.

    That is by how much the first batch, and every other that took more than three times the
    median, was slower than the median: a new shape is compiled where it comes first.

    Args:
        batch_seconds: of every batch of an epoch, in order; at least two.
    """
    usual = median(batch_seconds)
    slow = [
        seconds
        for number, seconds in enumerate(batch_seconds)
        if number == 0 or seconds > _SLOW * usual
    ]
    return sum(max(0.0, seconds - usual) for seconds in slow)


def scoring_flops(config: ModelConfig, num_tokens: int, num_reviews: int) -> int:
    """Floating-point operations of the matrix products that an answer needs at the least.

    A token costs a recurrent layer of g gates, u units and inputs of width d, in each direction,
    the products with kernel and recurrent kernel, `g·u·d + g·u·u` multiply-adds of 2 FLOPs: in
    all `2·g·u·(d+u)`. A review costs another `2·f` for the output of f features. Padding,
    activations and the embedding's look-up are not counted.

    Args:
        config: a recurrent network.
        num_tokens: read, padding not counted.
        num_reviews: they are of.
    """
    directions = len(config.directions)
    width, per_token = config.embedding_dim, 0
    for _ in range(config.layers):
        per_token += directions * NUM_GATES[config.cell] * config.units * (width + config.units)
        width = directions * config.units
    num_features = 2 * width if config.pooling == "max_mean" else width
    return 2 * (per_token * num_tokens + num_features * num_reviews)


def training_flops(config: ModelConfig, num_tokens: int, num_reviews: int) -> int:
    """Floating-point operations of the matrix products that training needs at the least.

    Going forward costs `scoring_flops`, going back twice that: the gradient of each product's
    input, and that of its weights. The optimizer is not counted.

    Args:
        config: a recurrent network.
        num_tokens: read in training, padding not counted.
        num_reviews: they are of.
    """
    return 3 * scoring_flops(config, num_tokens, num_reviews)
