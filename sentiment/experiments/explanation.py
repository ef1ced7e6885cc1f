"""What each word of a text did to a verdict: left out, read so far, and together with another.

A word is judged by what changes when it is left out: Li, Monroe and Jurafsky (2016), Understanding
Neural Networks through Representation Erasure, arXiv:1612.08220. Two words by what is left when the
changes that each makes alone are taken off: the discrete derivative that the interaction index of
Grabisch and Roubens (1999), An axiomatic approach to the concept of interaction among players in
cooperative games, averages over all coalitions. Here the one coalition is the rest of the text, so
that “not” and “good” are judged where they stand.
"""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sentiment.predictions import label_name
from sentiment.predictor import Predictor
from sentiment.tokenizer import UNKNOWN_ID
from sentiment.words import readable

MAX_WORDS = 100
WINDOW = 5
MAX_PAIRS = 100
MAX_INTERACTIONS = 5
CLEAR_INTERACTION = 0.5  # in logits; the odds are then multiplied by 1.65 or more

_SUREST = 1e-6  # a probability nearer to 0 or 1 is taken for this one, since float32 has no finer


@dataclass(frozen=True)
class WordEffect:
    """What one word did.

    Attributes:
        word: as the text spells it.
        known: whether the vocabulary has it.
        effect: P(positive) of the text less that of the text without this word; above 0 where
            the word makes the text more positive.
        running_probability: P(positive) of the words up to and including this one, as a text of
            their own.
    """

    word: str
    known: bool
    effect: float
    running_probability: float


@dataclass(frozen=True)
class Interaction:
    """What two words do together beyond what each does alone.

    Attributes:
        words: as the text spells them.
        positions: their places among the explained words, from 0.
        effect: f − f_i − f_j + f_ij, in logits: f of the text, f_i and f_j without the one or
            the other, f_ij without both. Below 0 where each takes from what the other adds to
            P(positive), as “not” from “good”.
    """

    words: tuple[str, str]
    positions: tuple[int, int]
    effect: float


@dataclass(frozen=True)
class Explanation:
    """How the verdict on a text came about.

    Attributes:
        text: as it was read, with what is not a character replaced.
        label: `positive` or `negative`.
        probability: P(positive).
        num_read: words that the model reads of it.
        words: the first of those, at most `max_words`.
        interactions: the strongest pairs of them, the strongest first; only where it is clear.
    """

    text: str
    label: str
    probability: float
    num_read: int
    words: tuple[WordEffect, ...]
    interactions: tuple[Interaction, ...]

    def to_dict(self) -> dict[str, Any]:
        """The object that `predict --json --explain` has under `explanation`."""
        return {
            "words": [
                {
                    "word": word.word,
                    "effect": word.effect,
                    "running_probability": word.running_probability,
                }
                for word in self.words
            ],
            "interactions": [asdict(each) for each in self.interactions],
        }


def explain(predictor: Predictor, text: str, *, max_words: int = MAX_WORDS) -> Explanation:
    """Answer a text again and again: without each word, up to each, and without pairs.

    Args:
        predictor: the model.
        text: whatever is in it; the model reads as much of it as `predict` does.
        max_words: most words to explain; the rest of the text stays as it is. Of the pairs at
            most `MAX_PAIRS` are looked at, whose words have the greatest effects alone.

    Raises:
        ModelError: the network cannot be run.
    """
    words, token_ids = predictor.read(text)
    shown = min(len(words), max_words)
    beginnings = [token_ids[: place + 1] for place in range(shown)]
    without = [np.delete(token_ids, place) for place in range(shown)]
    answers = predictor.probabilities([token_ids, *beginnings, *without]).astype(np.float64)
    whole, running, left_out = answers[0], answers[1 : shown + 1], answers[shown + 1 :]
    return Explanation(
        text=readable(text),
        label=label_name(whole),
        probability=float(whole),
        num_read=len(words),
        words=tuple(
            WordEffect(word, bool(token_id != UNKNOWN_ID), float(effect), float(probability))
            for word, token_id, effect, probability in zip(
                words[:shown], token_ids[:shown], whole - left_out, running, strict=True
            )
        ),
        interactions=_interactions(predictor, words, token_ids, whole, left_out),
    )


def _interactions(
    predictor: Predictor,
    words: list[str],
    token_ids: NDArray[np.int32],
    whole: np.float64,
    left_out: NDArray[np.float64],
) -> tuple[Interaction, ...]:
    """The strongest interactions of words at most `WINDOW` places apart.

    Args:
        predictor: the model.
        words: that it reads.
        token_ids: of the words, <int32>[num_read].
        whole: P(positive) of the text.
        left_out: <float64>[num_explained], P(positive) without each of the first words.
    """
    shown = len(left_out)
    pairs = [(i, j) for i in range(shown) for j in range(i + 1, min(i + WINDOW + 1, shown))]
    alone = _logits(np.append(left_out, whole))
    effects = np.abs(alone[-1] - alone)
    pairs.sort(key=lambda pair: -(effects[pair[0]] + effects[pair[1]]))
    del pairs[MAX_PAIRS:]
    both = predictor.probabilities([np.delete(token_ids, pair) for pair in pairs])
    found = [
        Interaction((words[i], words[j]), (i, j), float(alone[-1] - alone[i] - alone[j] + without))
        for (i, j), without in zip(pairs, _logits(both.astype(np.float64)), strict=True)
    ]
    found.sort(key=lambda interaction: -abs(interaction.effect))
    clear = [each for each in found if abs(each.effect) >= CLEAR_INTERACTION]
    return tuple(clear[:MAX_INTERACTIONS])


def _logits(probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
    bounded = np.clip(probabilities, _SUREST, 1 - _SUREST)
    logits: NDArray[np.float64] = np.log(bounded) - np.log1p(-bounded)
    return logits
