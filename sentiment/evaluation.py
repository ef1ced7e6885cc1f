"""Labels and probabilities → figures with intervals."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sentiment.errors import DataError, ModelError
from sentiment.predictions import THRESHOLD, label_name
from sentiment.progress import Progress, silent
from sentiment.results import (
    Confusion,
    Evaluation,
    EvaluationResult,
    Mistake,
    NeutralAnswers,
    PairAccuracy,
)

if TYPE_CHECKING:
    from sentiment.datasets.dataset import Dataset, Split
    from sentiment.predictor import Predictor

NUM_BINS = 15

Labels = NDArray[np.integer[Any]]
Probabilities = NDArray[np.floating[Any]]


def evaluate_probabilities(labels: Labels, probabilities: Probabilities) -> Evaluation:
    """Compare answers with labels.

    Args:
        labels: <int>[num_examples], 0 negative, 1 positive; at least one.
        probabilities: <float>[num_examples], P(positive).

    Raises:
        DataError: there are no texts.
        ModelError: a probability is not a number from 0 to 1.
    """
    from scipy.stats import binomtest
    from sklearn import metrics

    _check(labels, probabilities)
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

    The confidence of an answer is the larger of P(positive) and P(negative). Bin m of 15 holds the
    texts with a confidence in ((m − 1) / 15, m / 15]. The error is the mean over the bins of the
    gap between accuracy and mean confidence, weighted by the texts in each: Guo et al. (2017), On
    Calibration of Modern Neural Networks, eq. 3, https://arxiv.org/abs/1706.04599.

    Args:
        labels: <int>[num_examples], 0 negative, 1 positive; at least one.
        probabilities: <float>[num_examples], P(positive).

    Raises:
        DataError: there are no texts.
        ModelError: a probability is not a number from 0 to 1.
    """
    _check(labels, probabilities)
    right = (probabilities >= THRESHOLD) == (labels == 1)
    exact = probabilities.astype(np.float64)
    confidence = np.maximum(exact, 1 - exact)
    bins = np.ceil(confidence * NUM_BINS).astype(np.int64) - 1
    gaps = np.bincount(bins, right, NUM_BINS) - np.bincount(bins, confidence, NUM_BINS)
    return float(np.abs(gaps).sum() / len(labels))


def worst_mistakes(
    texts: Sequence[str], labels: Labels, probabilities: Probabilities, num_mistakes: int
) -> list[Mistake]:
    """The texts answered wrong with most confidence, the worst first.

    Args:
        texts: num_examples of them.
        labels: <int>[num_examples], 0 negative, 1 positive.
        probabilities: <float>[num_examples], P(positive).
        num_mistakes: how many to return, at most.
    """
    surprise = np.abs(probabilities - labels)
    wrong = np.flatnonzero((probabilities >= THRESHOLD) != (labels == 1))
    worst = wrong[np.argsort(-surprise[wrong], kind="stable")][:num_mistakes]
    return [
        Mistake(int(i), texts[i], label_name(float(labels[i])), float(probabilities[i]))
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


def evaluate_pairs(
    split: "Split", probabilities: Probabilities
) -> tuple[PairAccuracy | None, PairAccuracy | None]:
    """Figures on word-order pairs of known and of unseen patterns; None for what is not there.

    Args:
        split: with the columns that `datasets.pairs.pairs` gives, or any other.
        probabilities: <float>[num_examples], P(positive).
    """
    if "pair" not in split.table.column_names:
        return None, None
    pairs = split.table["pair"].to_numpy()
    unseen = split.table["unseen_pattern"].to_numpy()
    known_pairs, unseen_pairs = (
        pair_accuracy(split.labels[rows], probabilities[rows], pairs[rows])
        for rows in (~unseen, unseen)
    )
    return known_pairs, unseen_pairs


def evaluate_dataset(
    predictor: "Predictor",
    dataset: "Dataset",
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

    Returns:
        The figures, and the mistakes, the worst first.

    Raises:
        ModelError: the network cannot be run, or answers with what is not a probability.
    """
    split = dataset.splits[split_name]
    probabilities = predictor.score(split.texts, progress)
    found = evaluate_probabilities(split.labels, probabilities)
    neutral = _neutral(predictor, dataset, progress)
    pairs = evaluate_pairs(split, probabilities)
    result = EvaluationResult(predictor.name, dataset.name, split_name, found, neutral, *pairs)
    return result, worst_mistakes(split.texts, split.labels, probabilities, num_mistakes)


def _neutral(
    predictor: "Predictor", dataset: "Dataset", progress: Progress
) -> NeutralAnswers | None:
    split = dataset.splits.get("neutral")
    if split is None or len(split) == 0:
        return None
    answers = predictor.score(split.texts, progress).astype(np.float64)
    return NeutralAnswers(len(split), float(answers.mean()), float(np.abs(answers - 0.5).mean()))


def _check(labels: Labels, probabilities: Probabilities) -> None:
    if len(labels) == 0:
        raise DataError("there are no labelled texts to measure on; name a split that has some")
    if not ((probabilities >= 0) & (probabilities <= 1)).all():
        raise ModelError(
            "the model's answers are not probabilities; train it again with a lower --learning-rate"
        )
