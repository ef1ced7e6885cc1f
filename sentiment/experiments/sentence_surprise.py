"""Does a language model hear the order of words? Sentences against their own scrambles.

Of each sentence and a scramble of it, which hold the same words, the one that surprises less is
picked; whoever ignores order can be right half the time at most. Knows nothing about sentiment.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sentiment.surprise import LanguageModel
from sentiment.tokenizer import TokenIds, Tokenizer
from sentiment.words import sentence_numbers

FEWEST_WORDS = 6
MOST_WORDS = 30
MAX_SENTENCES = 1_000


@dataclass(frozen=True)
class OrderSurprise:
    """How sentences surprise in their own order and scrambled.

    Attributes:
        num_sentences: how many were scrambled, once each.
        share: of them that surprise less in their own order.
        interval: 95 % Wilson score interval of the share, (low, high).
        original_bits: mean surprise in their own order, in bits a word.
        scrambled_bits: the same of the scrambles.
    """

    num_sentences: int
    share: float
    interval: tuple[float, float]
    original_bits: float
    scrambled_bits: float

    def to_dict(self) -> dict[str, Any]:
        """The object that goes into JSON."""
        return {**asdict(self), "interval": list(self.interval)}


def order_surprise(
    language_model: LanguageModel,
    tokenizer: Tokenizer,
    texts: Sequence[str],
    seed: int = 0,
    *,
    max_sentences: int = MAX_SENTENCES,
) -> OrderSurprise | None:
    """Compare sentences with scrambles of them.

    Args:
        language_model: says how surprising each is.
        tokenizer: makes token ids of texts.
        texts: to take sentences from, of 6 to 30 words without the marks that end them; best such
            as the language model did not learn from.
        seed: decides the sentences and the scrambles.
        max_sentences: most sentences to take, drawn at random.

    Returns:
        None where there is no such sentence.
    """
    from scipy.stats import binomtest

    rng = np.random.default_rng(seed)
    found = list(sentences(tokenizer.encode_batch(texts), tokenizer.sentence_ends))
    drawn = rng.permutation(len(found))[:max_sentences]
    if not len(drawn):
        return None
    originals = [found[number] for number in np.sort(drawn).tolist()]
    scrambled = [_scrambled(row, rng) for row in originals]
    before, after = _mean_bits(language_model, originals), _mean_bits(language_model, scrambled)
    num_right = int((before < after).sum())
    interval = binomtest(num_right, len(originals)).proportion_ci(method="wilson")
    return OrderSurprise(
        num_sentences=len(originals),
        share=num_right / len(originals),
        interval=(float(interval.low), float(interval.high)),
        original_bits=float(before.mean()),
        scrambled_bits=float(after.mean()),
    )


def sentences(
    texts: TokenIds,
    is_end: NDArray[np.bool_],
    fewest: int = FEWEST_WORDS,
    most: int = MOST_WORDS,
) -> Iterator[NDArray[np.int32]]:
    """Yield the sentences of texts that have another order, without the marks that end them.

    Args:
        texts: uncut.
        is_end: <bool>[vocabulary_size], whether each token ends a sentence.
        fewest: least tokens of a sentence.
        most: most tokens of a sentence.

    Yields:
        <int32>[fewest to most], not all of them the same word.
    """
    for text in texts:
        ends = is_end[text]
        cuts = np.flatnonzero(np.diff(sentence_numbers(ends))) + 1
        for sentence, marks in zip(np.split(text, cuts), np.split(ends, cuts), strict=True):
            words = sentence[~marks]
            if fewest <= len(words) <= most and (words != words[0]).any():
                yield words


def _scrambled(words: NDArray[np.int32], rng: np.random.Generator) -> NDArray[np.int32]:
    """The words in an order that is not theirs."""
    while True:
        order = rng.permutation(words)
        if not np.array_equal(order, words):
            return order


def _mean_bits(
    language_model: LanguageModel, rows: Sequence[NDArray[np.int32]]
) -> NDArray[np.float64]:
    bits = language_model.surprises(rows)
    return np.array([row.mean(dtype=np.float64) for row in bits])
