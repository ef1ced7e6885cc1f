"""Texts to measure with, as the data sets of this package."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sentiment.config import DataConfig
from sentiment.datasets.dataset import Dataset
from sentiment.datasets.loading import load_datasets


def load_data(names: Sequence[str], num_reviews: int) -> tuple[Dataset, ...]:
    """Data sets by name, each split cut to a seeded choice of texts; 0 takes all.

    Raises:
        DataError: one is unknown, or cannot be read.
    """
    datasets = load_datasets(DataConfig(data=tuple(names)))
    return tuple(_chosen(dataset, num_reviews) for dataset in datasets) if num_reviews else datasets


def labelled(datasets: Sequence[Dataset], split: str) -> tuple[list[str], list[int]]:
    """Texts and labels of one split, of all data sets one behind the other."""
    parts = [dataset.splits[split] for dataset in datasets]
    texts = [text for part in parts for text in part.texts]
    return texts, [int(label) for part in parts for label in part.labels]


def _chosen(dataset: Dataset, num_reviews: int) -> Dataset:
    rng = np.random.default_rng(0)
    splits = {
        name: split.take(rng.permutation(len(split))[:num_reviews])
        for name, split in dataset.splits.items()
    }
    return replace(dataset, splits=splits)
