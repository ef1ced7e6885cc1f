"""What is in a data set: sizes, balance, lengths, vocabulary coverage, samples."""

import numpy as np

from sentiment.datasets.dataset import (
    LABEL_NAMES,
    TRAIN,
    UNSUPERVISED,
    VALIDATION,
    Dataset,
    Split,
)
from sentiment.datasets.encoding import encode_datasets, encode_texts
from sentiment.progress import Progress, silent
from sentiment.results import DataDescription, SplitDescription
from sentiment.tokenizer import UNKNOWN_ID, TokenIds

QUANTILES = (0.05, 0.5, 0.95, 1.0)


def describe(
    dataset: Dataset,
    vocabulary_size: int,
    num_samples: int = 2,
    seed: int = 0,
    progress: Progress = silent,
) -> DataDescription:
    """Describe a data set; its token ids are then in the cache, for training to take.

    Args:
        dataset: any.
        vocabulary_size: most token ids to tell apart; they are learned from `train` and
            `unsupervised`, and coverage is the share of a split's tokens that they know.
        num_samples: texts to show of each label, from `train`.
        seed: decides which.
        progress: is told how many texts were read.
    """
    corpus = encode_datasets([dataset], vocabulary_size, progress)
    encoded = {TRAIN: corpus.train, VALIDATION: corpus.validation}
    if UNSUPERVISED in dataset.splits:
        encoded[UNSUPERVISED] = corpus.unsupervised
    splits = []
    for name, split in dataset.splits.items():
        if name not in encoded:
            encoded[name] = encode_texts(corpus.tokenizer, split.texts, name, progress)
        splits.append(_describe_split(name, split, encoded[name]))
    return DataDescription(
        name=dataset.name,
        source=dataset.source,
        notes=dataset.notes,
        fingerprint=dataset.fingerprint(),
        vocabulary_size=corpus.tokenizer.vocabulary_size,
        splits=tuple(splits),
        samples=_samples(dataset.train, num_samples, seed),
    )


def _describe_split(name: str, split: Split, token_ids: TokenIds) -> SplitDescription:
    lengths = token_ids.lengths if len(token_ids) else np.zeros(1, np.int64)
    num_unknown = int((token_ids.flat == UNKNOWN_ID).sum())
    labelled = len(split) > 0 and split.table["label"].null_count == 0
    return SplitDescription(
        name=name,
        num_texts=len(split),
        positive_share=float(split.labels.mean()) if labelled else None,
        length_quantiles=tuple(int(length) for length in np.quantile(lengths, QUANTILES)),
        coverage=1 - num_unknown / max(1, int(lengths.sum())),
    )


def _samples(split: Split, num_samples: int, seed: int) -> tuple[tuple[str, str], ...]:
    rng = np.random.default_rng(seed)
    texts, labels = split.texts, split.labels
    return tuple(
        (name, texts[row])
        for label, name in reversed(tuple(enumerate(LABEL_NAMES)))
        for row in rng.permutation(np.flatnonzero(labels == label))[:num_samples]
    )
