"""What a data set is: named splits of labelled texts, held as Arrow tables.

Knows nothing about where data comes from or how it is tokenized.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa

TRAIN = "train"
VALIDATION = "validation"
TEST = "test"
UNSUPERVISED = "unsupervised"
NEUTRAL = "neutral"
LABEL_NAMES = ("negative", "positive")


@dataclass(frozen=True)
class Split:
    """Texts with their labels, a row a text.

    Attributes:
        table: columns `text` (string, no nulls), `label` (int8: 0 negative, 1 positive; null in
            the unlabelled splits), and any that describe a text further, such as `domain`.
    """

    table: pa.Table

    @classmethod
    def of(
        cls, texts: Sequence[str], labels: Sequence[int] | None, **columns: Sequence[Any]
    ) -> "Split":
        """Build a split from Python sequences of one length; `labels` None marks it unlabelled."""
        label = pa.nulls(len(texts), pa.int8()) if labels is None else pa.array(labels, pa.int8())
        return cls(pa.table({"text": pa.array(texts, pa.string()), "label": label, **columns}))

    def __len__(self) -> int:
        return cast(int, self.table.num_rows)

    @property
    def texts(self) -> list[str]:
        """The texts, in order."""
        return cast(list[str], self.table["text"].to_pylist())

    @property
    def labels(self) -> npt.NDArray[np.int8]:
        """<int8>[num_examples], 0 negative, 1 positive; only for splits that are labelled."""
        return cast(npt.NDArray[np.int8], self.table["label"].to_numpy())

    def take(self, indices: npt.NDArray[np.integer[Any]]) -> "Split":
        """The rows at `indices`, in that order."""
        return Split(self.table.take(pa.array(indices)))

    def fingerprint(self) -> str:
        """SHA-256 (hexadecimal) of texts and labels in order; other columns do not count."""
        digest = hashlib.sha256()
        for text in self.texts:
            encoded = text.encode()
            digest.update(len(encoded).to_bytes(8, "little"))
            digest.update(encoded)
        digest.update(repr(self.table["label"].to_pylist()).encode())
        return digest.hexdigest()


@dataclass(frozen=True)
class Dataset:
    """Named splits of one corpus.

    Attributes:
        name: what `--data` calls it: `imdb`, `snippets:films`, `pairs`, or a table's path.
        source: where the texts came from, one line for people.
        splits: by name, of `train`, `validation`, `test`, `unsupervised`, `neutral`; the
            labelled three are always there and never empty.
        notes: what the user should know about this copy, a sentence each (rows left out,
            duplicates, what was tried before).
    """

    name: str
    source: str
    splits: Mapping[str, Split]
    notes: tuple[str, ...] = field(default=())

    @property
    def train(self) -> Split:
        """The split that weights and vocabulary are learned from."""
        return self.splits[TRAIN]

    @property
    def validation(self) -> Split:
        """The split that settings and the best epoch are chosen on."""
        return self.splits[VALIDATION]

    @property
    def test(self) -> Split:
        """The split that is read once, for the final figure."""
        return self.splits[TEST]

    def fingerprint(self) -> str:
        """SHA-256 (hexadecimal) over the names and fingerprints of all splits."""
        digest = hashlib.sha256()
        for name in sorted(self.splits):
            digest.update(f"{name}:{self.splits[name].fingerprint()}\n".encode())
        return digest.hexdigest()


def hold_out(
    labels: npt.NDArray[np.integer[Any]], fraction: float, seed: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Split row numbers in two, at random and with the balance of labels kept.

    Args:
        labels: <int>[num_examples], one label a row.
        fraction: share of each label's rows to hold out, in (0, 1); at least one row each.
        seed: decides which.

    Returns:
        (kept, held_out), each <int64>, sorted ascending.
    """
    rng = np.random.default_rng(seed)
    held: list[npt.NDArray[np.int64]] = []
    for label in np.unique(labels):
        rows = np.flatnonzero(labels == label)
        num_held = max(1, round(len(rows) * fraction))
        held.append(rng.permutation(rows)[:num_held])
    held_out = np.sort(np.concatenate(held))
    kept = np.setdiff1d(np.arange(len(labels)), held_out)
    return kept, held_out
