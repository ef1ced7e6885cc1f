"""Temperature scaling: one divisor for all logits, so that probabilities are as sure as right.

C. Guo et al., “On calibration of modern neural networks” (2017), arXiv:1706.04599, section 4.2.
The divisor goes into the weights of the output layer, so that nothing else has to know of it.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import scipy.optimize
from numpy.typing import NDArray

_BOUNDS = (0.05, 20.0)
_OUTPUT = "output/"


def best_temperature(
    logits: Sequence[NDArray[np.float32]], labels: Sequence[NDArray[np.int8]]
) -> float:
    """The divisor of logits that gives the labels the highest likelihood.

    No label counts as quite sure: the targets are those of J. Platt, “Probabilistic outputs for
    support vector machines” (1999), section 2.2, so that a network without an error on few texts
    does not become surer without end.

    Args:
        logits: <float32>[num_texts] of each data set; all data sets count alike.
        labels: <int8>[num_texts] of each, 0 and 1.
    """
    targets = [_targets(each) for each in labels]

    def loss(log_temperature: float) -> float:
        scale = np.exp(-log_temperature)
        means = [
            (np.logaddexp(0, scale * logit) - target * scale * logit).mean()
            for logit, target in zip(logits, targets, strict=True)
        ]
        return float(np.mean(means))

    found = scipy.optimize.minimize_scalar(loss, bounds=np.log(_BOUNDS), method="bounded")
    return float(np.exp(found.x))


def _targets(labels: NDArray[np.int8]) -> NDArray[np.float64]:
    num_positive = int(labels.sum())
    positive = (num_positive + 1) / (num_positive + 2)
    negative = 1 / (len(labels) - num_positive + 2)
    return np.where(labels == 1, positive, negative)


def with_temperature(
    weights: Mapping[str, NDArray[np.float32]], temperature: float
) -> dict[str, NDArray[np.float32]]:
    """The weights of a network whose logits are divided by a temperature."""
    return {
        name: weight / np.float32(temperature) if name.startswith(_OUTPUT) else weight
        for name, weight in weights.items()
    }
