"""What is in a data set: sizes, balance, lengths, vocabulary coverage, samples."""

import numpy as np

from sentiment.datasets.dataset import LABEL_NAMES, TRAIN, UNSUPERVISED, Dataset, Split
from sentiment.progress import Progress, silent
from sentiment.results import DataDescription, SplitDescription
from sentiment.tokenizer import UNKNOWN_ID, Tokenizer

QUANTILES = (0.05, 0.5, 0.95, 1.0)
_CHUNK = 2_000


def describe(
    dataset: Dataset,
    vocabulary_size: int,
    num_samples: int = 2,
    seed: int = 0,
    progress: Progress = silent,
) -> DataDescription:
    """Describe a data set.

    Args:
        dataset: any.
        vocabulary_size: most token ids to tell apart; they are learned from `train` and
            `unsupervised`, and coverage is the share of a split's tokens that they know.
        num_samples: texts to show of each label, from `train`.
        seed: decides which.
        progress: is told how many texts were read.
    """
    learned = [
        text
        for name in (TRAIN, UNSUPERVISED)
        if name in dataset.splits
        for text in dataset.splits[name].texts
    ]
    progress("learning the vocabulary", 0, None)
    tokenizer = Tokenizer.train(learned, vocabulary_size)
    return DataDescription(
        name=dataset.name,
        source=dataset.source,
        notes=dataset.notes,
        fingerprint=dataset.fingerprint(),
        vocabulary_size=tokenizer.vocabulary_size,
        splits=tuple(
            _describe_split(name, split, tokenizer, progress)
            for name, split in dataset.splits.items()
        ),
        samples=_samples(dataset.train, num_samples, seed),
    )


def _describe_split(
    name: str, split: Split, tokenizer: Tokenizer, progress: Progress
) -> SplitDescription:
    texts = split.texts
    lengths: list[int] = []
    num_unknown = 0
    for start in range(0, len(texts), _CHUNK):
        token_ids = tokenizer.encode_batch(texts[start : start + _CHUNK])
        lengths.extend(token_ids.lengths.tolist())
        num_unknown += int((token_ids.flat == UNKNOWN_ID).sum())
        progress(f"tokenizing {name}", len(lengths), len(texts))
    labelled = len(split) > 0 and split.table["label"].null_count == 0
    return SplitDescription(
        name=name,
        num_texts=len(texts),
        positive_share=float(split.labels.mean()) if labelled else None,
        length_quantiles=tuple(int(length) for length in np.quantile(lengths or [0], QUANTILES)),
        coverage=1 - num_unknown / max(1, sum(lengths)),
    )


def _samples(split: Split, num_samples: int, seed: int) -> tuple[tuple[str, str], ...]:
    rng = np.random.default_rng(seed)
    texts, labels = split.texts, split.labels
    return tuple(
        (name, texts[row])
        for label, name in reversed(tuple(enumerate(LABEL_NAMES)))
        for row in rng.permutation(np.flatnonzero(labels == label))[:num_samples]
    )
