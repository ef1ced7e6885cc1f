"""A user's own table as a data set: two labels of any spelling, split so that no text leaks.

- Rows without a text (nothing but white space) or without a label are left out.
- A text that stands in several rows under one label is kept once; under both labels it is left out
  altogether, since nothing tells which is right. So no text stands in two splits.
- A column named `split` with the values train, validation and test is honoured. Of a text that
  stands in several of them, test keeps it before validation, and validation before train. Where it
  has no validation or no test rows, a tenth of train is held out for them. Without such a column
  80 % of each label's rows are for training, 10 % for validation and 10 % for testing.
- Labels are compared without regard to case, outer white space and the form of whole numbers:
  `1`, `1.0` and `+1` are one label, `true` and `True` too.
"""

import math
import re
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from sentiment.columns import TEXT_NAMES, check_text, find_column, is_text, listed, value_type
from sentiment.datasets.dataset import (
    LABEL_NAMES,
    TEST,
    TRAIN,
    VALIDATION,
    Dataset,
    Split,
    hold_out,
)
from sentiment.errors import DataError
from sentiment.tables import read_table

LABEL_COLUMN_NAMES = ("label", "sentiment")
SPLIT_NAME = "split"
LEAST_ROWS = 3

_WELL_KNOWN = (  # (positive, negative)
    ("positive", "negative"),
    ("pos", "neg"),
    ("1", "0"),
    ("1", "-1"),
    ("true", "false"),
    ("yes", "no"),
    ("good", "bad"),
)
_WHOLE_NUMBER = re.compile(r"\+?(-?\d+)(?:\.0+)?")
_SPLITS = (TEST, VALIDATION, TRAIN)  # the order in which they keep a text that several have


def own_table(
    path: Path,
    text_column: str | None = None,
    label_column: str | None = None,
    positive_label: str | None = None,
    seed: int = 0,
) -> Dataset:
    """Read a table and split it.

    Args:
        path: a CSV, TSV, JSON Lines or Parquet file.
        text_column: None takes the only column named text, review or sentence.
        label_column: None takes the only column named label or sentiment.
        positive_label: None tells it from well-known pairs, such as pos and neg, or 1 and 0.
        seed: decides which rows are held out.

    Raises:
        DataError: the table cannot be read; a column is missing or cannot be told; there are not
            exactly two labels, or it cannot be told which is positive; too few rows are left.
    """
    table = read_table(path)
    text_name = find_column(path, table.column_names, text_column, TEXT_NAMES, "text")
    label_name = find_column(path, table.column_names, label_column, LABEL_COLUMN_NAMES, "label")
    if text_name == label_name:
        raise DataError(
            f"column {text_name!r} of {path} cannot be text and label; name two columns"
        )
    texts = _texts(path, table, text_name)
    spellings = _spellings(path, table, label_name)
    split_name = next((n for n in table.column_names if n.strip().casefold() == SPLIT_NAME), None)
    if split_name in (text_name, label_name):
        split_name = None

    notes: list[str] = []
    rows = [i for i, text in enumerate(texts) if text.strip() and _key(spellings[i])]
    if len(rows) < len(texts):
        notes.append(f"{_count(len(texts) - len(rows))} without a text or label left out")
    positive = _positive_key(path, [spellings[i] for i in rows], positive_label)
    labels = {i: int(_key(spellings[i]) == positive) for i in rows}
    assigned = _assigned_splits(path, table, split_name, rows)
    rows = _without_repeats(rows, texts, labels, assigned, notes)

    kept_labels = np.array([labels[i] for i in rows], np.int8)
    if split_name is None:
        places = _split_at_random(path, kept_labels, seed)
        notes.append(f"split at random, 80 % / 10 % / 10 %, with seed {seed}")
    else:
        places = _split_as_assigned(path, kept_labels, [assigned[i] for i in rows], seed, notes)
    chosen = [texts[i] for i in rows]
    splits = {
        name: Split.of([chosen[place] for place in at], kept_labels[at].tolist())
        for name, at in places.items()
    }
    source = f"own table {path} (text {text_name!r}, label {label_name!r}, positive {positive!r})"
    return Dataset(path.name, source, splits, tuple(notes))


# === Columns ===


def _texts(path: Path, table: pa.Table, name: str) -> list[str]:
    """<str>[num_rows], empty where a text is missing."""
    column = table[name]
    check_text(path, name, column.type)
    return [text or "" for text in column.to_pylist()]


def _spellings(path: Path, table: pa.Table, name: str) -> list[str]:
    """<str>[num_rows], labels as they are written, empty where one is missing."""
    column = table[name]
    kind = value_type(column.type)
    is_scalar = (pa.types.is_boolean, pa.types.is_integer, pa.types.is_floating, pa.types.is_null)
    if not (is_text(kind) or any(test(kind) for test in is_scalar)):
        raise DataError(
            f"column {name!r} of {path} holds {kind}, not labels; name another with --label-column"
        )
    return [_spelling(value) for value in column.to_pylist()]


def _spelling(value: Any) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    return str(value).strip()


# === Labels ===


def _key(spelling: str) -> str:
    """What a label is compared by."""
    number = _WHOLE_NUMBER.fullmatch(spelling.strip())
    return number.group(1) if number else spelling.strip().casefold()


def _positive_key(path: Path, spellings: list[str], given: str | None) -> str:
    shown: dict[str, str] = {}
    for spelling in spellings:
        shown.setdefault(_key(spelling), spelling)
    keys = list(shown)
    if len(keys) != 2:
        several = f": {listed(list(shown.values()), 5)}" if keys else ""
        raise DataError(
            f"{path} has {len(keys)} different labels where two are needed{several}; keep the rows "
            "of two, or name another --label-column"
        )
    one, other = shown.values()
    if given is not None:
        if _key(given) in keys:
            return _key(given)
        raise DataError(
            f"no row of {path} has the label {given!r}; --positive-label has to be {one!r} or "
            f"{other!r}"
        )
    for positive, negative in _WELL_KNOWN:
        if {positive, negative} == set(keys):
            return positive
    raise DataError(
        f"cannot tell which label of {path} is positive, {one!r} or {other!r}; say so with "
        "--positive-label"
    )


# === Rows ===


def _assigned_splits(
    path: Path, table: pa.Table, name: str | None, rows: list[int]
) -> dict[int, str]:
    """The split that the table gives to each row; empty without a split column."""
    if name is None:
        return {}
    values = [str(value or "").strip().casefold() for value in table[name].to_pylist()]
    unknown = list(dict.fromkeys(values[i] for i in rows if values[i] not in _SPLITS))
    if unknown:
        raise DataError(
            f"column {name!r} of {path} holds {listed(unknown, 5)} where train, validation or "
            "test has to be; rename the column to have the rows split at random"
        )
    return {i: values[i] for i in rows}


def _without_repeats(
    rows: list[int],
    texts: list[str],
    labels: dict[int, int],
    assigned: dict[int, str],
    notes: list[str],
) -> list[int]:
    by_text: dict[str, list[int]] = {}
    for i in rows:
        by_text.setdefault(texts[i], []).append(i)
    kept: list[int] = []
    num_repeated = num_contradicted = 0
    for same in by_text.values():
        if len({labels[i] for i in same}) > 1:
            num_contradicted += len(same)
            continue
        num_repeated += len(same) - 1
        kept.append(min(same, key=lambda i: _SPLITS.index(assigned[i])) if assigned else same[0])
    if num_repeated:
        notes.append(f"{_count(num_repeated)} left out that repeat an earlier text and its label")
    if num_contradicted:
        notes.append(f"{_count(num_contradicted)} left out whose text stands under both labels")
    return sorted(kept)


def _split_at_random(
    path: Path, labels: npt.NDArray[np.int8], seed: int
) -> dict[str, npt.NDArray[np.int64]]:
    counts = np.bincount(labels, minlength=2)
    for name, count in zip(LABEL_NAMES, counts, strict=True):
        if count < LEAST_ROWS:
            raise DataError(
                f"{path} leaves {_count(int(count))} of the {name} label to use; training, "
                f"validation and test need at least {LEAST_ROWS} different texts of each"
            )
    rest, test = hold_out(labels, 1 / 10, seed)
    train, validation = hold_out(labels[rest], 1 / 9, seed)
    return {TRAIN: rest[train], VALIDATION: rest[validation], TEST: test}


def _split_as_assigned(
    path: Path,
    labels: npt.NDArray[np.int8],
    assigned: list[str],
    seed: int,
    notes: list[str],
) -> dict[str, npt.NDArray[np.int64]]:
    names = np.array(assigned)
    places = {name: np.flatnonzero(names == name) for name in (TRAIN, VALIDATION, TEST)}
    for name in (TEST, VALIDATION):
        if not len(places[name]) and len(places[TRAIN]):
            train = places[TRAIN]
            rest, held = hold_out(labels[train], 1 / 10, seed)
            places[TRAIN], places[name] = train[rest], train[held]
            notes.append(f"no row has the split {name}, so a tenth of train was held out for it")
    for name, at in places.items():
        for label, label_name in enumerate(LABEL_NAMES):
            if label not in labels[at]:
                raise DataError(
                    f"split {name!r} of {path} has no {label_name} text left to use; add rows or "
                    "rename its split column to have the rows split at random"
                )
    return places


# === Words for people ===


def _count(number: int) -> str:
    return "1 row" if number == 1 else f"{number:,} rows"
