"""What is word order worth to a model? Its answers to texts, and to the same words scrambled.

Texts are cut to `max_tokens` first and their token ids scrambled then, so that original and
scramble hold the same tokens. A bag of words must answer both alike, to the last bit, and stands
beside the others as their control. For one typed sentence see `sentence_order`.
"""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sentiment.artifact import SavedModel
from sentiment.datasets.dataset import Dataset, Split
from sentiment.datasets.encoding import encode_texts
from sentiment.errors import DataError
from sentiment.evaluation import pair_accuracy
from sentiment.experiments.scrambling import ScrambledTexts
from sentiment.experiments.sentence_surprise import OrderSurprise, order_surprise
from sentiment.predictions import THRESHOLD
from sentiment.progress import Progress, silent
from sentiment.surprise import LanguageModel
from sentiment.tokenizer import cut
from sentiment.words import STRENGTHS, WORDS

ORIGINAL = "original"
NUM_PERMUTATIONS = 5
MAX_TEXTS = 1_000

_PAIR = "pair"

Probabilities = NDArray[np.float32]


@dataclass(frozen=True)
class StrengthResult:
    """The answers to all texts at one scramble strength.

    Attributes:
        name: `original`, or that of one of `words.STRENGTHS`.
        num_permutations: orders that each text was put into; 1 where chance has no part.
        changed_share: share of scrambles that differ from the original.
        accuracy: share of texts answered right, mean over the permutations.
        accuracy_sd: its sample standard deviation over the permutations; 0 where there is one.
        flips: share of originally right answers that turn wrong; None where none was right.
        mean_change: mean distance of the probability from that of the original.
        max_change: the greatest such distance; 0, exactly, for a bag of words.
        confidence: mean of the larger of P(positive) and P(negative).
        both_right: share of word-order pairs with both sentences answered right; None where the
            data has no pairs.
    """

    name: str
    num_permutations: int
    changed_share: float
    accuracy: float
    accuracy_sd: float
    flips: float | None
    mean_change: float
    max_change: float
    confidence: float
    both_right: float | None


@dataclass(frozen=True)
class LengthResult:
    """Texts of about one length, as they are and with all words scrambled.

    Attributes:
        shortest: fewest tokens of a text here, before cutting.
        longest: most tokens of a text here.
        num_texts: how many.
        accuracy: share answered right in their own order.
        scrambled_accuracy: share answered right when scrambled by words.
        flips: share of originally right answers that turn wrong; None where none was right.
    """

    shortest: int
    longest: int
    num_texts: int
    accuracy: float
    scrambled_accuracy: float
    flips: float | None


@dataclass(frozen=True)
class WordOrderResult:
    """What word order is worth to one model on one split; `to_dict` is `order --json`.

    Attributes:
        model: its name.
        cell: its kind.
        data: name of the data set.
        split: name of the split.
        num_texts: texts measured on.
        max_tokens: what texts were cut to.
        cut_share: share of texts that were.
        majority_share: share of the commoner label, which is what answering it always gets.
        seed: decided texts and orders.
        strengths: `original` first, then as in `words.STRENGTHS`.
        lengths: quarters of the texts by length, the shortest first; fewer where many are alike.
        surprise: how sentences of the texts surprise in their own order and scrambled; None where
            the model has no language model, or the texts no sentences that are long enough.
    """

    model: str
    cell: str
    data: str
    split: str
    num_texts: int
    max_tokens: int
    cut_share: float
    majority_share: float
    seed: int
    strengths: tuple[StrengthResult, ...]
    lengths: tuple[LengthResult, ...]
    surprise: OrderSurprise | None = None

    def to_dict(self) -> dict[str, Any]:
        """The object that `order --json` prints."""
        return asdict(self)


def measure_word_order(
    model: SavedModel,
    dataset: Dataset,
    split_name: str,
    *,
    num_permutations: int = NUM_PERMUTATIONS,
    seed: int = 0,
    max_texts: int = MAX_TEXTS,
    progress: Progress = silent,
) -> WordOrderResult:
    """Let a model answer the texts of a split in their own order and scrambled.

    Models that cut alike see the same texts in the same orders.

    Args:
        model: the model.
        dataset: the data set.
        split_name: `train`, `validation` or `test`.
        num_permutations: orders to try where chance decides them, at least 1.
        seed: decides texts and orders.
        max_texts: most texts to take, drawn at random and word-order pairs whole; 0 takes all.
        progress: is told how many texts were answered.

    Raises:
        DataError: `max_texts` is less than a pair.
        ModelError: the network cannot be run or answers with what is not a probability, or a bag
            of words answers a scramble otherwise than the original.
    """
    split = _sample(dataset.splits[split_name], max_texts, seed)
    config = model.config.data
    uncut = encode_texts(model.tokenizer, split.texts, split_name, progress)
    texts = ScrambledTexts(
        model,
        [cut(row, config.max_tokens, config.truncation) for row in uncut],
        num_permutations=num_permutations,
        seed=seed,
        progress=progress,
    )
    original = texts.original
    strengths = [_strength(ORIGINAL, split, original, original[None], 0.0)]
    lengths: tuple[LengthResult, ...] = ()
    for strength in STRENGTHS:
        scrambled, changed_share = texts.answers(strength)
        strengths.append(_strength(strength.name, split, original, scrambled, changed_share))
        if strength.name == WORDS:
            lengths = _by_length(uncut.lengths, split.labels, original, scrambled)
    return WordOrderResult(
        model=model.name,
        cell=model.config.model.cell,
        data=dataset.name,
        split=split_name,
        num_texts=len(split),
        max_tokens=config.max_tokens,
        cut_share=float((uncut.lengths > config.max_tokens).mean()),
        majority_share=float(max(np.bincount(split.labels) / len(split))),
        seed=seed,
        strengths=tuple(strengths),
        lengths=lengths,
        surprise=_surprise(model, split, seed, progress),
    )


def _surprise(
    model: SavedModel, split: Split, seed: int, progress: Progress
) -> OrderSurprise | None:
    language_model = LanguageModel.of(model)
    if language_model is None:
        return None
    progress("comparing the surprise of sentences", 0, None)
    return order_surprise(language_model, model.tokenizer, split.texts, seed)


def _sample(split: Split, max_texts: int, seed: int) -> Split:
    """At most `max_texts` texts at random, in their order; both of a pair or none.

    Raises:
        DataError: a pair is more than `max_texts`.
    """
    if not 0 < max_texts < len(split):
        return split
    groups = np.arange(len(split))
    if _PAIR in split.table.column_names:
        pairs = split.table[_PAIR].to_numpy()
        groups = np.where(pairs >= 0, pairs, groups + pairs.max() + 1)
    _, groups = np.unique(groups, return_inverse=True)
    turns = np.random.default_rng(seed).permutation(groups.max() + 1)[groups]
    chosen = np.flatnonzero(np.cumsum(np.bincount(turns))[turns] <= max_texts)
    if len(chosen) == 0:
        raise DataError(f"{max_texts} texts are less than a word-order pair; raise --max-texts")
    return split.take(chosen)


def _strength(
    name: str, split: Split, original: Probabilities, scrambled: Probabilities, changed_share: float
) -> StrengthResult:
    """Figures of answers, <float32>[num_permutations, num_texts], beside the original ones."""
    right = _right(scrambled, split.labels)
    accuracies = right.mean(axis=1)
    exact = scrambled.astype(np.float64)
    changes = np.abs(exact - original)
    return StrengthResult(
        name=name,
        num_permutations=len(scrambled),
        changed_share=changed_share,
        accuracy=float(accuracies.mean()),
        accuracy_sd=float(accuracies.std(ddof=1)) if len(scrambled) > 1 else 0.0,
        flips=_flips(_right(original, split.labels), right),
        mean_change=float(changes.mean()),
        max_change=float(changes.max()),
        confidence=float(np.maximum(exact, 1 - exact).mean()),
        both_right=_both_right(split, scrambled),
    )


def _by_length(
    lengths: NDArray[np.int64],
    labels: NDArray[np.int8],
    original: Probabilities,
    scrambled: Probabilities,
) -> tuple[LengthResult, ...]:
    quarters = np.searchsorted(np.quantile(lengths, (0.25, 0.5, 0.75)), lengths)
    right = _right(original, labels)
    scrambled_right = _right(scrambled, labels)
    results = []
    for quarter in np.unique(quarters):
        chosen = quarters == quarter
        results.append(
            LengthResult(
                shortest=int(lengths[chosen].min()),
                longest=int(lengths[chosen].max()),
                num_texts=int(chosen.sum()),
                accuracy=float(right[chosen].mean()),
                scrambled_accuracy=float(scrambled_right[:, chosen].mean()),
                flips=_flips(right[chosen], scrambled_right[:, chosen]),
            )
        )
    return tuple(results)


def _right(probabilities: Probabilities, labels: NDArray[np.int8]) -> NDArray[np.bool_]:
    """<bool>[..., num_texts], whether each answer is right."""
    right: NDArray[np.bool_] = (probabilities >= THRESHOLD) == (labels == 1)
    return right


def _flips(right: NDArray[np.bool_], scrambled_right: NDArray[np.bool_]) -> float | None:
    """Share of the right answers that turn wrong, mean over the permutations."""
    return float(1 - scrambled_right[:, right].mean()) if right.any() else None


def _both_right(split: Split, scrambled: Probabilities) -> float | None:
    if _PAIR not in split.table.column_names:
        return None
    pairs = split.table[_PAIR].to_numpy()
    found = [pair_accuracy(split.labels, probabilities, pairs) for probabilities in scrambled]
    shares = [figures.both_right for figures in found if figures is not None]
    return float(np.mean(shares)) if shares else None
