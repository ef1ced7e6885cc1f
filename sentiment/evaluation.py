"""Labels and probabilities → figures with intervals."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sentiment.datasets.dataset import LABEL_NAMES, Dataset
from sentiment.predictor import Predictor
from sentiment.progress import Progress, silent
from sentiment.results import (
    THRESHOLD,
    Confusion,
    Evaluation,
    EvaluationResult,
    Mistake,
    PairAccuracy,
)

NUM_BINS = 15

Labels = NDArray[np.integer[Any]]
Probabilities = NDArray[np.floating[Any]]


def evaluate_probabilities(labels: Labels, probabilities: Probabilities) -> Evaluation:
    """Compare answers with labels.

    Args:
        labels: <int>[num_examples], 0 negative, 1 positive; at least one.
        probabilities: <float>[num_examples], P(positive).
    """
    from scipy.stats import binomtest
    from sklearn import metrics

    answers = (probabilities >= THRESHOLD).astype(np.int8)
    num_right = int((answers == labels).sum())
    interval = binomtest(num_right, len(labels)).proportion_ci(method="wilson")
    precision, recall, f1, _ = metrics.precision_recall_fscore_support(
        labels, answers, average="binary", zero_division=0
    )
    both = len(np.unique(labels)) == 2
    return Evaluation(
        num_examples=len(labels),
        accuracy=num_right / len(labels),
        accuracy_interval=(float(interval.low), float(interval.high)),
        precision=float(precision),
        recall=float(recall),
        f1=float(f1),
        roc_auc=float(metrics.roc_auc_score(labels, probabilities)) if both else None,
        calibration_error=calibration_error(labels, probabilities),
        confusion=Confusion(
            *(int(n) for n in metrics.confusion_matrix(labels, answers, labels=[0, 1]).ravel())
        ),
    )


def calibration_error(labels: Labels, probabilities: Probabilities) -> float:
    """Expected calibration error of the answers, from 0 to 1.

    Texts are put into 15 bins of equal width by confidence, the larger of P(positive) and
    P(negative); the error is the mean gap between a bin's accuracy and its mean confidence,
    weighted by its texts. Guo et al. (2017), On Calibration of Modern Neural Networks, eq. 5.

    Args:
        labels: <int>[num_examples], 0 negative, 1 positive; at least one.
        probabilities: <float>[num_examples], P(positive).
    """
    right = (probabilities >= THRESHOLD) == (labels == 1)
    confidence = np.maximum(probabilities, 1 - probabilities).astype(np.float64)
    bins = np.minimum((confidence * NUM_BINS).astype(int), NUM_BINS - 1)
    gaps = np.bincount(bins, right, NUM_BINS) - np.bincount(bins, confidence, NUM_BINS)
    return float(np.abs(gaps).sum() / len(labels))


def worst_mistakes(
    texts: list[str], labels: Labels, probabilities: Probabilities, num_mistakes: int
) -> list[Mistake]:
    """The texts answered wrong with most confidence, the worst first."""
    surprise = np.abs(probabilities - labels)
    wrong = np.flatnonzero((probabilities >= THRESHOLD) != (labels == 1))
    worst = wrong[np.argsort(-surprise[wrong], kind="stable")][:num_mistakes]
    return [
        Mistake(int(i), texts[i], LABEL_NAMES[int(labels[i])], float(probabilities[i]))
        for i in worst
    ]


def pair_accuracy(
    labels: Labels, probabilities: Probabilities, pairs: Labels
) -> PairAccuracy | None:
    """How right the answers to both sentences of word-order pairs are.

    Args:
        labels: <int>[num_examples], 0 negative, 1 positive.
        probabilities: <float>[num_examples], P(positive).
        pairs: <int>[num_examples], the number of the pair that a sentence belongs to; negative for
            sentences that belong to none, which do not count.

    Returns:
        The figures; None where there is no pair.
    """
    paired = pairs >= 0
    if not paired.any():
        return None
    right = ((probabilities >= THRESHOLD) == (labels == 1))[paired]
    _, numbers = np.unique(pairs[paired], return_inverse=True)
    all_right = np.bincount(numbers, right) == np.bincount(numbers)
    return PairAccuracy(len(right), float(right.mean()), float(all_right.mean()))


def evaluate_dataset(
    predictor: Predictor,
    dataset: Dataset,
    split_name: str,
    num_mistakes: int = 0,
    progress: Progress = silent,
) -> tuple[EvaluationResult, list[Mistake]]:
    """Let a model answer one labelled split of a data set.

    Args:
        predictor: the model.
        dataset: the data set.
        split_name: `train`, `validation` or `test`.
        num_mistakes: how many of the most confident mistakes to return.
        progress: is told how many texts were answered.
    """
    split = dataset.splits[split_name]
    probabilities = predictor.score(split.texts, progress)
    found = evaluate_probabilities(split.labels, probabilities)
    result = EvaluationResult(predictor.name, dataset.name, split_name, found)
    return result, worst_mistakes(split.texts, split.labels, probabilities, num_mistakes)
