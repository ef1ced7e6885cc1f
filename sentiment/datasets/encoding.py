"""Data sets → one tokenizer and the token ids of their splits, kept in the user's cache directory.

The vocabulary is learned from training and unlabelled texts, never from validation or test.
"""

import hashlib
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from sentiment import paths
from sentiment.datasets.dataset import NEUTRAL, TRAIN, UNSUPERVISED, VALIDATION, Dataset, Split
from sentiment.errors import ModelError
from sentiment.progress import Progress, silent
from sentiment.tokenizer import TokenIds, Tokenizer

_LAYOUT = 2
_CHUNK = 2_000
_SPLITS = (TRAIN, VALIDATION, UNSUPERVISED, NEUTRAL)
_TOKENIZER = "tokenizer"  # beside the ids, so that one checksum a part covers all


@dataclass(frozen=True)
class Corpus:
    """The texts of one or more data sets as token ids, uncut.

    Attributes:
        key: SHA-256 (hexadecimal) of what it was made from.
        tokenizer: learned from `train` and `unsupervised`.
        train: texts to learn from, of all data sets one behind the other.
        train_targets: <float32>[num_train], P(positive) to learn: the labels 0 and 1, unless
            something better is known.
        validation: texts to choose on.
        validation_labels: <int8>[num_validation].
        unsupervised: texts without labels, for word vectors and self-training.
        neutral: texts that are neither positive nor negative.
        in_domain: <int64>, rows of `train` that come from a data set with unlabelled texts too, so
            that what they teach holds for those.
    """

    key: str
    tokenizer: Tokenizer
    train: TokenIds
    train_targets: NDArray[np.float32]
    validation: TokenIds
    validation_labels: NDArray[np.int8]
    unsupervised: TokenIds
    neutral: TokenIds = field(default_factory=lambda: TokenIds.of([]))
    in_domain: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))

    def with_targets(self, texts: TokenIds, targets: NDArray[np.float32]) -> "Corpus":
        """The same with more texts to learn from.

        Args:
            texts: any number, uncut.
            targets: <float32>[num_texts], P(positive) of each.
        """
        return replace(
            self,
            train=TokenIds.concatenate([self.train, texts]),
            train_targets=np.concatenate([self.train_targets, targets]),
        )


def encode_datasets(
    datasets: Sequence[Dataset], vocabulary_size: int, progress: Progress = silent
) -> Corpus:
    """Learn a vocabulary and turn the texts that training reads into token ids.

    Args:
        datasets: at least one.
        vocabulary_size: most ids to give, padding and unknown included.
        progress: is told how many texts were read.
    """
    splits = {
        name: [dataset.splits[name] for dataset in datasets if name in dataset.splits]
        for name in _SPLITS
    }
    prints = [f"{name}:{split.fingerprint()}" for name in splits for split in splits[name]]
    key = hashlib.sha256(
        "\n".join([f"layout {_LAYOUT}", f"vocabulary {vocabulary_size}", *prints]).encode()
    ).hexdigest()
    loaded = _load(_folder(key))
    if loaded is None:
        texts = {
            name: [t for split in found for t in split.texts] for name, found in splits.items()
        }
        learned = [*texts[TRAIN], *texts[UNSUPERVISED]]
        counted = _counted(learned, "learning the vocabulary", progress)
        tokenizer = Tokenizer.train(counted, vocabulary_size)
        token_ids = {name: encode_texts(tokenizer, texts[name], name, progress) for name in texts}
        _store(_folder(key), tokenizer, token_ids)
    else:
        tokenizer, token_ids = loaded
    sizes = [len(split) for split in splits[TRAIN]]
    return Corpus(
        key,
        tokenizer,
        token_ids[TRAIN],
        _labels(splits[TRAIN]).astype(np.float32),
        token_ids[VALIDATION],
        _labels(splits[VALIDATION]),
        token_ids[UNSUPERVISED],
        token_ids[NEUTRAL],
        np.flatnonzero(np.repeat([UNSUPERVISED in each.splits for each in datasets], sizes)),
    )


def _labels(splits: Sequence[Split]) -> NDArray[np.int8]:
    return np.concatenate([split.labels for split in splits])


def _counted(texts: list[str], description: str, progress: Progress) -> Iterator[str]:
    for number, text in enumerate(texts):
        if number % _CHUNK == 0:
            progress(description, number, len(texts))
        yield text
    progress(description, len(texts), len(texts))


def encode_texts(
    tokenizer: Tokenizer, texts: Sequence[str], name: str, progress: Progress = silent
) -> TokenIds:
    """Token ids of many texts, uncut; `name` says which, to whoever watches the progress."""
    parts = []
    for start in range(0, len(texts), _CHUNK):
        parts.append(tokenizer.encode_batch(texts[start : start + _CHUNK]))
        progress(f"tokenizing {name}", min(start + _CHUNK, len(texts)), len(texts))
    return TokenIds.concatenate(parts)


# === Cache ===


def _folder(key: str) -> Path:
    return paths.cache_dir() / "tokens" / key[:32]


def _load(folder: Path) -> tuple[Tokenizer, dict[str, TokenIds]] | None:
    try:
        with (
            (folder / "token_ids.npz").open("rb") as file,
            np.load(file, allow_pickle=False) as arrays,
        ):
            tokenizer = Tokenizer.from_json(arrays[_TOKENIZER].tobytes().decode())
            token_ids = {
                name: TokenIds(arrays[f"{name}.flat"], arrays[f"{name}.offsets"])
                for name in _SPLITS
            }
    except (OSError, ValueError, KeyError, EOFError, RuntimeError, zipfile.BadZipFile, ModelError):
        return None  # RuntimeError: damage that makes a part look encrypted or compressed
    return tokenizer, token_ids


def _store(folder: Path, tokenizer: Tokenizer, token_ids: dict[str, TokenIds]) -> None:
    """Write beside its place and rename; a cache that cannot be written is not needed."""
    arrays: dict[str, NDArray[Any]] = {
        _TOKENIZER: np.frombuffer(tokenizer.to_json().encode(), np.uint8)
    }
    for name, ids in token_ids.items():
        arrays[f"{name}.flat"] = ids.flat
        arrays[f"{name}.offsets"] = ids.offsets
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(
            dir=folder.parent, prefix=".", ignore_cleanup_errors=True
        ) as scratch:
            fresh = Path(scratch, "fresh")
            fresh.mkdir()
            np.savez(fresh / "token_ids.npz", **cast(Any, arrays))
            if folder.exists():  # damaged, or another run was as quick
                folder.rename(Path(scratch, "old"))
            fresh.rename(folder)
    except OSError:
        return
