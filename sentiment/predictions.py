"""What a model answers to a text, and the rule that makes a label of a probability."""

from dataclasses import dataclass

THRESHOLD = 0.5


def label_name(probability: float) -> str:
    """`positive` from P(positive) = 0.5 on, else `negative`."""
    return "positive" if probability >= THRESHOLD else "negative"


@dataclass(frozen=True)
class Prediction:
    """The answer to one text; its fields are those of `predict --json`.

    Attributes:
        text: as it was read, with what is not a character replaced.
        label: `positive` or `negative`.
        probability: P(positive).
        num_tokens: tokens of the whole text.
        num_unknown: tokens that the vocabulary does not have.
        truncated: whether the text was cut.
        model: name of the model that answered.
        surprise: how unlikely the order of the words that were read is, in bits a word; None
            where the model has no language model, or the text no words.
    """

    text: str
    label: str
    probability: float
    num_tokens: int
    num_unknown: int
    truncated: bool
    model: str
    surprise: float | None = None


@dataclass(frozen=True)
class Scramble:
    """The answer to the words of a text in another order.

    Attributes:
        text: the words, joined by spaces.
        label: `positive` or `negative`.
        probability: P(positive).
        surprise: as in `Prediction`.
    """

    text: str
    label: str
    probability: float
    surprise: float | None = None
