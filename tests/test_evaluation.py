"""Figures against values worked out by hand."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from sentiment.artifact import load_model
from sentiment.datasets.dataset import Dataset, Split
from sentiment.errors import DataError, ModelError
from sentiment.evaluation import (
    calibration_error,
    evaluate_dataset,
    evaluate_probabilities,
    pair_accuracy,
    worst_mistakes,
)
from sentiment.predictor import Predictor
from sentiment.results import Confusion, Mistake, PairAccuracy

LABELS = [1, 1, 1, 0, 0, 0, 0, 1]
PROBABILITIES = [0.9, 0.5, 0.2, 0.5, 0.1, 0.7, 0.3, 0.6]


def ints(values: list[int]) -> NDArray[np.int8]:
    return np.array(values, np.int8)


def floats(values: list[float]) -> NDArray[np.float32]:
    return np.array(values, np.float32)


# === Accuracy and its like ===


def test_figures_agree_with_counting_by_hand() -> None:
    found = evaluate_probabilities(ints(LABELS), floats(PROBABILITIES))
    assert found.num_examples == 8
    assert found.confusion == Confusion(
        true_negatives=2, false_positives=2, false_negatives=1, true_positives=3
    )
    assert found.accuracy == 5 / 8
    assert found.precision == 3 / 5
    assert found.recall == 3 / 4
    assert found.f1 == pytest.approx(2 / 3)
    # Of 16 couples of a positive and a negative text, 10 are in order and one is tied.
    assert found.roc_auc == 10.5 / 16


@pytest.mark.parametrize(
    ("num_right", "num_examples", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_that_of_newcombe_1998_table_1(
    num_right: int, num_examples: int, low: float, high: float
) -> None:
    labels = ints([1] * num_right + [0] * (num_examples - num_right))
    found = evaluate_probabilities(labels, np.ones(num_examples, np.float32))
    assert found.accuracy == num_right / num_examples
    assert found.accuracy_interval == pytest.approx((low, high), abs=5e-5)


def test_a_probability_of_one_half_is_an_answer_of_positive() -> None:
    below = float(np.nextafter(np.float32(0.5), np.float32(0)))
    found = evaluate_probabilities(ints([1, 1]), floats([0.5, below]))
    assert found.confusion == Confusion(0, 0, false_negatives=1, true_positives=1)


def test_ties_count_half() -> None:
    found = evaluate_probabilities(ints([0, 1, 0, 1]), floats([0.7, 0.7, 0.7, 0.7]))
    assert found.roc_auc == 0.5


@pytest.mark.parametrize(
    ("label", "probability", "figures"),
    [
        (1, 0.8, (1, 1, 1, 1)),
        (1, 0.2, (0, 0, 0, 0)),
        (0, 0.8, (0, 0, 0, 0)),
        (0, 0.2, (1, 0, 0, 0)),
    ],
)
@pytest.mark.parametrize("num_examples", [1, 4])
def test_texts_of_one_label_have_figures_without_an_auc(
    num_examples: int, label: int, probability: float, figures: tuple[float, ...]
) -> None:
    labels, probabilities = ints([label] * num_examples), floats([probability] * num_examples)
    found = evaluate_probabilities(labels, probabilities)
    assert found.roc_auc is None
    assert (found.accuracy, found.precision, found.recall, found.f1) == figures
    low, high = found.accuracy_interval
    assert 0 <= low < high <= 1
    assert low <= found.accuracy <= high


def test_figures_are_plain_numbers_that_json_takes() -> None:
    found = evaluate_probabilities(ints(LABELS), floats(PROBABILITIES))
    figures = [found.accuracy, *found.accuracy_interval, found.f1, found.calibration_error]
    assert {type(figure) for figure in [*figures, found.roc_auc, found.precision]} == {float}
    assert type(found.confusion.true_positives) is int


def test_no_texts_are_a_data_error() -> None:
    for measure in (evaluate_probabilities, calibration_error):
        with pytest.raises(DataError, match="no labelled texts"):
            measure(ints([]), floats([]))


@pytest.mark.parametrize("bad", [np.nan, np.inf, -0.1, 1.1])
def test_what_is_not_a_probability_is_a_model_error(bad: float) -> None:
    for measure in (evaluate_probabilities, calibration_error):
        with pytest.raises(ModelError, match="not probabilities"):
            measure(ints([0, 1]), floats([0.5, bad]))


# === Calibration ===


def test_calibration_error_agrees_with_a_sum_by_hand() -> None:
    # 0.9 right and 0.92 wrong share a bin; 0.3 is a confidence of 0.7, right; 0.55 is right.
    expected = (abs(1 - 1.82) + abs(1 - 0.7) + abs(1 - 0.55)) / 4
    found = calibration_error(ints([1, 0, 0, 1]), floats([0.9, 0.92, 0.3, 0.55]))
    assert found == pytest.approx(expected, abs=1e-6)


def test_the_upper_end_of_a_bin_belongs_to_it() -> None:
    # Both are in (8 / 15, 9 / 15]; in two bins the error would be 0.475.
    found = calibration_error(ints([1, 0]), np.array([9 / 15, 0.55]))
    assert found == pytest.approx(abs(1 - 1.15) / 2)


@pytest.mark.parametrize(
    ("labels", "probabilities", "expected"),
    [
        ([1, 0], [1.0, 0.0], 0.0),
        ([0, 1], [1.0, 0.0], 1.0),
        ([1, 0, 1, 0], [1.0, 1.0, 1.0, 1.0], 0.5),
        ([1, 0], [0.5, 0.5], 0.0),
        ([1], [0.75], 0.25),
    ],
)
def test_calibration_error_of_simple_cases(
    labels: list[int], probabilities: list[float], expected: float
) -> None:
    found = calibration_error(ints(labels), floats(probabilities))
    assert found == pytest.approx(expected, abs=1e-7)
    assert evaluate_probabilities(ints(labels), floats(probabilities)).calibration_error == found


# === Mistakes ===


def test_the_most_confident_mistake_comes_first_and_ties_keep_their_order() -> None:
    labels = ints([0, 1, 1, 0, 1, 0])
    probabilities = floats([0.75, 0.125, 0.9, 0.5, 0.25, 0.1])
    texts = ["a", "b", "c", "d", "e", "f"]
    worst = [
        Mistake(1, "b", "positive", 0.125),
        Mistake(0, "a", "negative", 0.75),
        Mistake(4, "e", "positive", 0.25),
        Mistake(3, "d", "negative", 0.5),
    ]
    for num_mistakes in (0, 2, 4, 9):
        found = worst_mistakes(texts, labels, probabilities, num_mistakes)
        assert found == worst[:num_mistakes]


# === Pairs ===


def test_both_sentences_of_a_pair_must_be_right_and_single_ones_do_not_count() -> None:
    pairs = ints([7, 3, 7, -1, 3, 9, 9, -1])
    labels = ints([1, 1, 0, 1, 0, 1, 0, 0])
    # Right are the first three: both sentences of pair 7, one of pair 3, none of pair 9.
    probabilities = floats([0.9, 0.9, 0.1, 0.1, 0.9, 0.1, 0.9, 0.9])
    found = pair_accuracy(labels, probabilities, pairs)
    assert found == PairAccuracy(num_examples=6, accuracy=3 / 6, both_right=1 / 3)


def test_answers_that_ignore_order_get_half_of_the_pairs_sentences_and_no_pair() -> None:
    found = pair_accuracy(ints([0, 1, 1, 0]), floats([0.8, 0.8, 0.5, 0.5]), ints([0, 0, 1, 1]))
    assert found == PairAccuracy(num_examples=4, accuracy=0.5, both_right=0.0)


def test_texts_without_pairs_have_no_pair_accuracy() -> None:
    assert pair_accuracy(ints([0, 1]), floats([0.1, 0.9]), ints([-1, -1])) is None
    assert pair_accuracy(ints([]), floats([]), ints([])) is None


# === A model on a split ===


def test_a_split_is_answered_and_measured(make_model: Callable[..., Path]) -> None:
    predictor = Predictor.of(load_model(make_model("mine")))
    texts = ["good film", "bad plot", "the film was not good", "the plot"]
    split = Split.of(texts, [1, 0, 0, 1])
    steps: list[tuple[str, int, int | None]] = []
    result, mistakes = evaluate_dataset(
        predictor,
        Dataset("own", "a test", {"test": split, "train": Split.of(["bad"], [0])}),
        "test",
        num_mistakes=9,
        progress=lambda *step: steps.append(step),
    )
    probabilities = predictor.score(texts)
    assert (result.model, result.data, result.split) == ("mine", "own", "test")
    assert result.evaluation == evaluate_probabilities(split.labels, probabilities)
    assert mistakes == worst_mistakes(texts, split.labels, probabilities, 9)
    assert len(mistakes) == round(4 * (1 - result.evaluation.accuracy))
    assert steps == [("scoring", 4, 4)]
    assert list(result.to_dict()) == [
        "model", "data", "split", "num_examples", "accuracy", "accuracy_interval", "precision",
        "recall", "f1", "roc_auc", "calibration_error", "confusion",
    ]  # fmt: skip


def test_answers_to_neutral_texts_are_measured_apart(make_model: Callable[..., Path]) -> None:
    predictor = Predictor.of(load_model(make_model()))
    texts = ["the film", "bad", "good plot"]
    split = Split.of(["good", "bad"], [1, 0])
    dataset = Dataset("d", "here", {"test": split, "neutral": Split.of(texts, None)})
    result, _ = evaluate_dataset(predictor, dataset, "test")
    answers = [prediction.probability for prediction in predictor.predict(texts)]
    mean = sum(answers) / 3
    distance = sum(abs(answer - 0.5) for answer in answers) / 3
    assert result.neutral is not None
    assert result.neutral.num_examples == 3
    assert result.neutral.mean_probability == pytest.approx(mean)
    assert result.neutral.mean_distance == pytest.approx(distance)
    assert result.to_dict()["neutral"]["num_examples"] == 3
    without, _ = evaluate_dataset(predictor, Dataset("d", "here", {"test": split}), "test")
    assert without.neutral is None
    assert "neutral" not in without.to_dict()


def test_pairs_are_measured_by_whether_their_pattern_was_seen(
    make_model: Callable[..., Path],
) -> None:
    predictor = Predictor.of(load_model(make_model()))
    split = Split.of(
        ["good", "bad", "good film", "film good", "plot"],
        [1, 0, 0, 1, 1],
        pair=[0, 0, 1, 1, -1],
        unseen_pattern=[False, False, True, True, False],
    )
    result, _ = evaluate_dataset(predictor, Dataset("p", "here", {"test": split}), "test")
    answers = predictor.score(split.texts) >= 0.5
    known, unseen = result.pairs, result.unseen_pairs
    assert known is not None
    assert unseen is not None
    assert (known.num_examples, unseen.num_examples) == (2, 2)
    assert known.accuracy == (answers == split.labels.astype(bool))[:2].mean()
    assert unseen.accuracy == (answers == split.labels.astype(bool))[2:4].mean()
    assert result.to_dict()["pair_accuracy"] == known.accuracy
    assert result.to_dict()["unseen_pair_accuracy"] == unseen.accuracy
