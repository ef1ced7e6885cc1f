"""What a difference between two models is worth: intervals over seeds and texts, McNemar's test.

Knows nothing about models; it takes what was measured with several seeds.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CONFIDENCE = 0.95

Scores = NDArray[np.float64]


@dataclass(frozen=True)
class Interval:
    """A mean with its 95 % interval.

    Attributes:
        mean: what was measured.
        low: lower end.
        high: upper end.
    """

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class McNemar:
    """McNemar's test between two models on the same texts, seed by seed.

    Attributes:
        num_first: texts that the first alone answers right, mean over the seeds.
        num_second: texts that the second alone answers right.
        p_value: chance of so uneven counts, or more uneven ones, if both were equally good.
    """

    num_first: float
    num_second: float
    p_value: float


def score_difference(first: Scores, second: Scores) -> Interval | None:
    """Difference of two mean scores, for new seeds and new texts of the same kind.

    The seeds and the texts are two crossed samples. Their variances of the mean add up, and
    Student's t has the degrees of freedom of Satterthwaite (1946), An Approximate Distribution of
    Estimates of Variance Components.

    Args:
        first: <float64>[num_seeds, num_texts], score of each text; seeds and texts pair up.
        second: the same of the other model.

    Returns:
        First less second; None with fewer than two seeds or texts, which show no spread.
    """
    gaps = first - second
    if min(gaps.shape) < 2:
        return None
    parts = []
    for axis in (0, 1):
        means = gaps.mean(axis=axis)
        parts.append((float(means.var(ddof=1)) / len(means), len(means) - 1))
    variance = sum(part for part, _ in parts)
    mean = float(gaps.mean())
    if variance == 0:
        return Interval(mean, mean, mean)
    freedom = variance**2 / sum(part**2 / degrees for part, degrees in parts)
    return _student(mean, variance**0.5, freedom)


def speed_ratio(first: Scores, second: Scores) -> Interval | None:
    """Ratio of two speeds measured in turn; the interval is of the mean logarithm.

    Args:
        first: <float64>[num_measurements], all above 0.
        second: the same of the other model.

    Returns:
        First over second, geometric mean; None with fewer than two measurements.
    """
    logs = np.log(first) - np.log(second)
    if len(logs) < 2:
        return None
    found = _student(float(logs.mean()), float(logs.std(ddof=1)) / len(logs) ** 0.5, len(logs) - 1)
    return Interval(*(float(np.exp(value)) for value in (found.mean, found.low, found.high)))


def mcnemar(first: Scores, second: Scores) -> McNemar:
    """McNemar's exact test (McNemar 1947), with several seeds twice the median of their p-values.

    The median is valid whatever the seeds have in common: Vovk and Wang (2020), Combining p-values
    via averaging.

    Args:
        first: <float64>[num_seeds, num_texts], score of each text; seeds and texts pair up.
        second: the same of the other model.
    """
    from scipy.stats import binomtest

    wins = (first > second).sum(axis=1)
    losses = (first < second).sum(axis=1)
    p_values = [
        float(binomtest(int(won), int(won + lost)).pvalue) if won + lost else 1.0
        for won, lost in zip(wins, losses, strict=True)
    ]
    p_value = p_values[0] if len(p_values) == 1 else min(1.0, 2 * float(np.median(p_values)))
    return McNemar(float(wins.mean()), float(losses.mean()), p_value)


def _student(mean: float, error: float, freedom: float) -> Interval:
    from scipy.stats import t

    reach = float(t.ppf((1 + CONFIDENCE) / 2, freedom)) * error
    return Interval(mean, mean - reach, mean + reach)
