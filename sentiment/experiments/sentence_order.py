"""What is word order worth to a model in one sentence? Its answers, and the orders that move it.

The words that the model reads are scrambled as `word_order` scrambles those of a data set.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from sentiment.artifact import SavedModel
from sentiment.experiments.scrambling import ScrambledTexts
from sentiment.predictions import THRESHOLD, Scramble, label_name
from sentiment.predictor import Predictor
from sentiment.tokenizer import cut
from sentiment.words import STRENGTHS, readable


@dataclass(frozen=True)
class SentenceStrength:
    """The answers to one sentence at one scramble strength.

    Attributes:
        name: of the strength.
        num_permutations: orders that it was put into.
        probability: mean P(positive).
        lowest: lowest P(positive).
        highest: highest P(positive).
        flips: share of orders whose label is not that of the original.
        example: the order whose probability moved most.
        surprise: mean over the orders of how unlikely they are, in bits a word; None where the
            model has no language model.
    """

    name: str
    num_permutations: int
    probability: float
    lowest: float
    highest: float
    flips: float
    example: Scramble
    surprise: float | None = None


@dataclass(frozen=True)
class SentenceResult:
    """What word order is worth to one model in one sentence; `to_dict` is `order TEXT --json`.

    Attributes:
        model: its name.
        text: as it was read.
        label: `positive` or `negative`, in its own order.
        probability: P(positive) in its own order.
        truncated: whether it was cut, and the rest scrambled.
        strengths: as in `words.STRENGTHS`.
        surprise: how unlikely its own order is, in bits a word; None where the model has no
            language model, or the text no words.
    """

    model: str
    text: str
    label: str
    probability: float
    truncated: bool
    strengths: tuple[SentenceStrength, ...]
    surprise: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """The object that `order TEXT --json` prints."""
        return asdict(self)


def measure_sentence(
    model: SavedModel,
    text: str,
    *,
    num_permutations: int = 5,
    seed: int = 0,
    predictor: Predictor | None = None,
) -> SentenceResult:
    """Let a model answer one text in its own order and scrambled.

    Args:
        model: the model.
        text: whatever is in it.
        num_permutations: orders to try where chance decides them, at least 1.
        seed: decides the orders.
        predictor: the model ready to answer, where it is already.

    Raises:
        ModelError: as in `ScrambledTexts`.
    """
    text = readable(text)
    config = model.config.data
    uncut = model.tokenizer.encode(text)
    places = np.arange(len(uncut), dtype=np.int32)
    kept = cut(places, config.max_tokens, config.truncation)
    words = [word.surface for word in model.tokenizer.words(text)]
    predictor = predictor or Predictor.of(model)
    texts = ScrambledTexts(
        model,
        [uncut[kept]],
        num_permutations=num_permutations,
        seed=seed,
        predictor=predictor,
    )
    original = float(texts.original[0])
    strengths = []
    for strength in STRENGTHS:
        answers = texts.answers(strength)[0][:, 0].astype(np.float64)
        orders = [order for (order,) in texts.orders(strength)]
        surprises = predictor.surprises([uncut[kept][places] for places in orders])
        most = int(np.abs(answers - original).argmax())
        example = " ".join(words[place] for place in kept[orders[most]])
        strengths.append(
            SentenceStrength(
                name=strength.name,
                num_permutations=len(orders),
                probability=float(answers.mean()),
                lowest=float(answers.min()),
                highest=float(answers.max()),
                flips=float(((answers >= THRESHOLD) != (original >= THRESHOLD)).mean()),
                example=Scramble(
                    example, label_name(answers[most]), float(answers[most]), surprises[most]
                ),
                surprise=_mean(surprises),
            )
        )
    return SentenceResult(
        model=model.name,
        text=text,
        label=label_name(original),
        probability=original,
        truncated=len(uncut) > config.max_tokens,
        strengths=tuple(strengths),
        surprise=predictor.surprises([uncut[kept]])[0],
    )


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
