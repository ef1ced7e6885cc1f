"""Frozen records of what was measured. They hold figures; they compute none from texts."""

from dataclasses import asdict, dataclass
from typing import Any

from sentiment.config import RunConfig


@dataclass(frozen=True)
class Confusion:
    """How many texts of each label got which answer."""

    true_negatives: int
    false_positives: int
    false_negatives: int
    true_positives: int


@dataclass(frozen=True)
class Evaluation:
    """How right the answers to labelled texts were.

    Attributes:
        num_examples: texts answered.
        accuracy: share answered right.
        accuracy_interval: 95 % Wilson score interval of the accuracy, (low, high).
        precision: share of texts called positive that are; 0 where none is called so.
        recall: share of positive texts called so; 0 where there is none.
        f1: harmonic mean of precision and recall; 0 where both are.
        roc_auc: chance that a positive text gets a higher probability than a negative one, ties
            counted half; None where the texts have one label only.
        calibration_error: expected calibration error, see `evaluation.calibration_error`.
        confusion: counts by label and answer.
    """

    num_examples: int
    accuracy: float
    accuracy_interval: tuple[float, float]
    precision: float
    recall: float
    f1: float
    roc_auc: float | None
    calibration_error: float
    confusion: Confusion


@dataclass(frozen=True)
class NeutralAnswers:
    """What a model makes of texts that are neither positive nor negative.

    Attributes:
        num_examples: neutral texts answered.
        mean_probability: mean P(positive); 0.5 leans to neither side.
        mean_distance: mean distance of P(positive) from 0.5, from 0 to 0.5; 0 is best.
    """

    num_examples: int
    mean_probability: float
    mean_distance: float


@dataclass(frozen=True)
class PairAccuracy:
    """How right the answers to word-order pairs were.

    Attributes:
        num_examples: sentences in pairs.
        accuracy: share of them answered right; a half, exactly, for whatever ignores order.
        both_right: share of pairs with both sentences answered right.
    """

    num_examples: int
    accuracy: float
    both_right: float


def _pair_accuracies(known: PairAccuracy | None, unseen: PairAccuracy | None) -> dict[str, float]:
    both = {"pair_accuracy": known, "unseen_pair_accuracy": unseen}
    return {name: found.accuracy for name, found in both.items() if found is not None}


@dataclass(frozen=True)
class EvaluationResult:
    """How a model does on one split of a data set.

    Attributes:
        model: its name.
        data: name of the data set.
        split: name of the split.
        evaluation: the figures.
        neutral: answers to the neutral texts of the data set; None where it has none.
        pairs: figures on word-order pairs of known patterns; None where there are none.
        unseen_pairs: figures on pairs of patterns that only the test split has.
    """

    model: str
    data: str
    split: str
    evaluation: Evaluation
    neutral: NeutralAnswers | None = None
    pairs: PairAccuracy | None = None
    unseen_pairs: PairAccuracy | None = None

    def to_dict(self) -> dict[str, Any]:
        """The object that `evaluate --json` prints."""
        figures = asdict(self.evaluation)
        figures["accuracy_interval"] = list(self.evaluation.accuracy_interval)
        values = {"model": self.model, "data": self.data, "split": self.split, **figures}
        if self.neutral is not None:
            values["neutral"] = asdict(self.neutral)
        return values | _pair_accuracies(self.pairs, self.unseen_pairs)


@dataclass(frozen=True)
class Mistake:
    """A text that was answered wrong.

    Attributes:
        index: its row in the split.
        text: the text.
        label: its label, `positive` or `negative`.
        probability: P(positive) that it got.
    """

    index: int
    text: str
    label: str
    probability: float


@dataclass(frozen=True)
class EpochResult:
    """What one epoch of training gave.

    Attributes:
        epoch: from 0.
        loss: mean cross-entropy over the training batches, in nats, with dropout on.
        accuracy: share of training texts answered right, with dropout on.
        validation_loss: mean cross-entropy over the validation texts, in nats.
        validation_accuracy: share of validation texts answered right.
        train_seconds: time in training.
        seconds: time in all, validation included.
        reviews_per_second: training texts by `train_seconds`.
    """

    epoch: int
    loss: float
    accuracy: float
    validation_loss: float
    validation_accuracy: float
    train_seconds: float
    seconds: float
    reviews_per_second: float


@dataclass(frozen=True)
class DataResult:
    """How a trained model does on one data set.

    Attributes:
        data: name of the data set.
        source: where its texts came from.
        notes: what the user should know about this copy.
        validation: figures on its validation split.
        test: figures on its test split; None where the run was interrupted.
        pairs: figures on test pairs of known patterns; None where there are none.
        unseen_pairs: figures on test pairs of patterns that only the test split has.
    """

    data: str
    source: str
    notes: tuple[str, ...]
    validation: Evaluation
    test: Evaluation | None
    pairs: PairAccuracy | None
    unseen_pairs: PairAccuracy | None

    def to_dict(self) -> dict[str, Any]:
        """What `train --json` says of this data set."""
        values: dict[str, Any] = {"validation_accuracy": self.validation.accuracy}
        if self.test is not None:
            values["test_accuracy"] = self.test.accuracy
            values["num_test"] = self.test.num_examples
        return values | _pair_accuracies(self.pairs, self.unseen_pairs)


@dataclass(frozen=True)
class TrainingResult:
    """What came of a run.

    Attributes:
        model: its name.
        path: where it is saved.
        config: every setting.
        vocabulary_size: number of token ids, padding and unknown included.
        num_parameters: of the network.
        word_vectors: whether the embedding started from word2vec vectors.
        epochs: what each gave, in order.
        best_epoch: the one that is kept, from 0.
        train_seconds: time in training and validation.
        total_seconds: time from the command's start to the saved model.
        temperature: what the logits were divided by, to make the probabilities as sure as they are
            right on the validation texts.
        padding_share: of all positions trained on, from 0 to 1.
        cut_share: share of training texts with more than `max_tokens` tokens, from 0 to 1.
        num_devices: devices that shared each batch.
        interrupted: whether Ctrl-C ended the run.
        results: how the model does on each data set.
    """

    model: str
    path: str
    config: RunConfig
    vocabulary_size: int
    num_parameters: int
    word_vectors: bool
    epochs: tuple[EpochResult, ...]
    best_epoch: int
    train_seconds: float
    total_seconds: float
    temperature: float
    padding_share: float
    cut_share: float
    num_devices: int
    interrupted: bool
    results: tuple[DataResult, ...]

    @property
    def reviews_per_second(self) -> float:
        """Training texts a second of training, over all epochs."""
        texts = sum(epoch.reviews_per_second * epoch.train_seconds for epoch in self.epochs)
        return texts / sum(epoch.train_seconds for epoch in self.epochs)

    def to_dict(self) -> dict[str, Any]:
        """The object that `train --json` prints."""
        return {
            "model": self.model,
            "path": self.path,
            "cell": self.config.model.cell,
            "num_parameters": self.num_parameters,
            "epochs": len(self.epochs),
            "train_seconds": self.train_seconds,
            "total_seconds": self.total_seconds,
            "reviews_per_second": self.reviews_per_second,
            "temperature": self.temperature,
            "padding_share": self.padding_share,
            "seed": self.config.training.seed,
            "results": {result.data: result.to_dict() for result in self.results},
        }


@dataclass(frozen=True)
class SplitDescription:
    """What is in one split.

    Attributes:
        name: of the split.
        num_texts: texts in it.
        positive_share: share of positive labels; None where it has no labels.
        length_quantiles: tokens a text at 5 %, 50 %, 95 % and 100 %.
        coverage: share of its tokens that the vocabulary knows.
    """

    name: str
    num_texts: int
    positive_share: float | None
    length_quantiles: tuple[int, ...]
    coverage: float


@dataclass(frozen=True)
class DataDescription:
    """What is in a data set.

    Attributes:
        name: what `--data` calls it.
        source: where its texts came from.
        notes: what the user should know about this copy.
        fingerprint: SHA-256 (hexadecimal) of texts and labels.
        vocabulary_size: number of token ids learned.
        splits: one entry a split.
        samples: (label name, text) of some training texts.
    """

    name: str
    source: str
    notes: tuple[str, ...]
    fingerprint: str
    vocabulary_size: int
    splits: tuple[SplitDescription, ...]
    samples: tuple[tuple[str, str], ...]
