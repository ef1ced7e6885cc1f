"""What do texts lose on their way into a batch, and how much of a batch is padding?

words ──► ids         a word that the vocabulary does not have becomes one id for all such
ids ──► cut ids       what is beyond `max_tokens` is not read
cut ids ──► a batch   shorter texts are filled up to its width
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sentiment.artifact import SavedModel
from sentiment.config import TRUNCATIONS
from sentiment.datasets.buckets import (
    MAX_WIDTHS,
    Batch,
    bucket_widths,
    make_batches,
    padding_share,
)
from sentiment.datasets.dataset import Split
from sentiment.datasets.encoding import Corpus, encode_texts
from sentiment.evaluation import evaluate_probabilities
from sentiment.predictor import Predictor
from sentiment.progress import Progress, silent
from sentiment.tokenizer import UNKNOWN_ID, TokenIds, cut

_NUM_POINTS = 25  # of a curve
_NUM_BARS = 40  # of a histogram


@dataclass(frozen=True)
class Coverage:
    """What a vocabulary knows.

    Attributes:
        vocabulary_size: token ids, padding and unknown included; the commonest words have them.
        train: share of the words of the training texts that it has.
        validation: share of those of the validation texts, which it was not learned from.
    """

    vocabulary_size: int
    train: float
    validation: float


@dataclass(frozen=True)
class Loss:
    """What a cap cuts.

    Attributes:
        max_tokens: the cap.
        texts: share of the training texts that are longer.
        words: share of all their words that is cut.
    """

    max_tokens: int
    texts: float
    words: float


@dataclass(frozen=True)
class Padding:
    """What is padding where batches have so many different widths.

    Attributes:
        num_widths: most widths; with 1 every batch is as wide as the longest text.
        share: of all positions, from 0 to 1.
    """

    num_widths: int
    share: float


@dataclass(frozen=True)
class PipelineReport:
    """The way of the training texts into batches.

    Attributes:
        num_texts: training texts.
        vocabulary_size: token ids there are.
        max_tokens: the cap that texts are cut to before they are put in batches.
        batch_size: texts a batch.
        edges: of the bars of a histogram of lengths, in words, in about equal ratios; one more than
            `counts`.
        counts: texts a bar, uncut.
        coverage: by vocabulary size, the last is the whole vocabulary.
        losses: by cap, the last cuts nothing.
        widths: of the batches, ascending, in words.
        padding: by number of widths, from 1.
        padding_unsorted: share of padding where texts are shuffled into batches whatever their
            length, and each batch is as wide as its longest text.
    """

    num_texts: int
    vocabulary_size: int
    max_tokens: int
    batch_size: int
    edges: tuple[int, ...]
    counts: tuple[int, ...]
    coverage: tuple[Coverage, ...]
    losses: tuple[Loss, ...]
    widths: tuple[int, ...]
    padding: tuple[Padding, ...]
    padding_unsorted: float


def measure_pipeline(
    corpus: Corpus, *, max_tokens: int, batch_size: int, seed: int = 0
) -> PipelineReport:
    """Measure what is lost and what is padding; trains nothing.

    Args:
        corpus: the texts.
        max_tokens: the cap.
        batch_size: texts a batch.
        seed: decides the order of the texts.
    """
    lengths = corpus.train.lengths
    shortest, longest = max(1, int(lengths.min())), int(lengths.max())
    counts, edges = np.histogram(lengths, bins=_spread(shortest, longest + 1, _NUM_BARS + 1))
    read = np.minimum(lengths, max_tokens)
    rng = np.random.default_rng(seed)
    padding = []
    for num_widths in range(1, MAX_WIDTHS + 1):
        widths = bucket_widths(read, num_widths)
        batches = make_batches(read, batch_size, widths, rng)
        padding.append(Padding(num_widths, padding_share(read, batches)))
    vocabulary_size = corpus.tokenizer.vocabulary_size
    sizes = _spread(UNKNOWN_ID + 1, vocabulary_size, _NUM_POINTS)
    shares = [_known(ids, vocabulary_size)[sizes - 1] for ids in (corpus.train, corpus.validation)]
    return PipelineReport(
        num_texts=len(lengths),
        vocabulary_size=vocabulary_size,
        max_tokens=max_tokens,
        batch_size=batch_size,
        edges=tuple(edges.tolist()),
        counts=tuple(counts.tolist()),
        coverage=tuple(
            Coverage(*row)
            for row in zip(sizes.tolist(), *map(np.ndarray.tolist, shares), strict=True)
        ),
        losses=tuple(
            _loss(lengths, cap) for cap in _spread(shortest, longest, _NUM_POINTS).tolist()
        ),
        widths=tuple(widths),
        padding=tuple(padding),
        padding_unsorted=padding_share(read, _unsorted(read, batch_size, rng)),
    )


def _spread(first: int, last: int, most: int) -> NDArray[np.int64]:
    """Whole numbers from `first` to `last`, at most so many, in about equal ratios."""
    return np.unique(np.geomspace(first, last, most).round().astype(np.int64))


def _known(texts: TokenIds, vocabulary_size: int) -> NDArray[np.float64]:
    """<float64>[vocabulary_size], share of the tokens whose id is up to each id and known."""
    counts = np.bincount(texts.flat, minlength=vocabulary_size)
    counts[UNKNOWN_ID] = 0
    shares: NDArray[np.float64] = np.cumsum(counts) / max(1, len(texts.flat))
    return shares


def _loss(lengths: NDArray[np.int64], cap: int) -> Loss:
    beyond = np.maximum(lengths - cap, 0)
    return Loss(cap, float((beyond > 0).mean()), float(beyond.sum() / lengths.sum()))


def _unsorted(
    lengths: NDArray[np.integer[Any]], batch_size: int, rng: np.random.Generator
) -> list[Batch]:
    order = rng.permutation(len(lengths))
    parts = [order[start : start + batch_size] for start in range(0, len(order), batch_size)]
    return [Batch(rows, int(lengths[rows].max())) for rows in parts]


@dataclass(frozen=True)
class CutAccuracy:
    """How right a model is about texts that are cut.

    Attributes:
        max_tokens: the cap.
        truncation: the part that is kept, of `config.TRUNCATIONS`.
        accuracy: share of texts answered right.
        interval: 95 % Wilson score interval of the accuracy, (low, high).
    """

    max_tokens: int
    truncation: str
    accuracy: float
    interval: tuple[float, float]


@dataclass(frozen=True)
class CutReport:
    """What a cap costs a model.

    Attributes:
        model: its name.
        num_texts: texts asked about.
        rows: by truncation, and within it by cap.
    """

    model: str
    num_texts: int
    rows: tuple[CutAccuracy, ...]


def measure_cuts(
    model: SavedModel, split: Split, caps: Sequence[int], progress: Progress = silent
) -> CutReport:
    """Let a trained model answer texts cut to other lengths than its own.

    Args:
        model: the model.
        split: labelled texts, better not those of the test split.
        caps: most tokens of a text, one after another.
        progress: is told how far it is.

    Raises:
        ModelError: the network cannot be run.
    """
    predictor = Predictor.of(model)
    texts = list(encode_texts(model.tokenizer, split.texts, "texts to cut", progress))
    labels = split.labels
    rows: list[CutAccuracy] = []
    for truncation in TRUNCATIONS:
        for cap in caps:
            progress("answering cut texts", len(rows), len(TRUNCATIONS) * len(caps))
            read = [cut(token_ids, cap, truncation) for token_ids in texts]
            found = evaluate_probabilities(labels, predictor.probabilities(read))
            rows.append(CutAccuracy(cap, truncation, found.accuracy, found.accuracy_interval))
    return CutReport(model.name, len(texts), tuple(rows))
