"""Rows of a table as its format has them, and what they become in the others.

- A field of CSV or TSV is text, in JSON Lines and Parquet too.
- An object of JSON Lines stays what it is to the byte in JSON Lines: types, order and spelling. In
  the others every column is text: a string as it is, any other value as its JSON; `null` and keys
  that a line does not have are missing, which CSV and TSV write as an empty field.
- A row of Parquet keeps its types in Parquet. In JSON Lines numbers, booleans, lists and structs
  stay such; times, decimals and the like become text, bytes become base64, and numbers that JSON
  does not have `null`. CSV and TSV have the same as text.
"""

import base64
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any, Protocol

import pyarrow as pa

from sentiment.columns import is_text, value_type
from sentiment.errors import DataError
from sentiment.tables import json_text
from sentiment.words import readable


class Rows(Protocol):
    """Some rows of a table."""

    @property
    def names(self) -> Sequence[str]:
        """The columns."""

    def __len__(self) -> int:
        """How many rows."""

    def texts(self, column: str) -> list[str | None]:
        """A column's texts; None where there is none, or something else."""

    def fields(self, names: Sequence[str]) -> list[list[str]]:
        """The rows as CSV has them; an empty field where there is nothing."""

    def objects(self) -> list[bytes]:
        """The rows as JSON Lines has them, without line breaks."""

    def batch(self, names: Sequence[str]) -> pa.RecordBatch:
        """The rows as Parquet has them."""


@dataclass(frozen=True)
class FieldRows:
    """Rows of CSV or TSV.

    Attributes:
        names: the columns.
        values: the fields of each row, as many as there are columns.
    """

    names: Sequence[str]
    values: list[list[str]]

    def __len__(self) -> int:
        return len(self.values)

    def texts(self, column: str) -> list[str | None]:
        """See `Rows`."""
        place = self.names.index(column)
        return [row[place] for row in self.values]

    def fields(self, names: Sequence[str]) -> list[list[str]]:  # noqa: ARG002
        """See `Rows`."""
        return self.values

    def objects(self) -> list[bytes]:
        """See `Rows`."""
        names = self.names
        return [_json(dict(zip(names, row, strict=True))) for row in self.values]

    def batch(self, names: Sequence[str]) -> pa.RecordBatch:
        """See `Rows`."""
        columns: Iterable[Sequence[str]] = zip(*self.values, strict=True)
        columns = columns if self.values else [()] * len(names)
        return pa.RecordBatch.from_arrays(
            [pa.array(column, pa.string()) for column in columns], list(names)
        )


@dataclass(frozen=True)
class ObjectRows:
    """Rows of JSON Lines.

    Attributes:
        values: the object of each line.
        raw: the same as they are written, without white space around them.
        lines: their numbers.
    """

    values: list[dict[str, Any]]
    raw: list[bytes]
    lines: list[int]

    @cached_property
    def names(self) -> list[str]:
        """The keys that occur."""
        return list(dict.fromkeys(chain.from_iterable(self.values)))

    def __len__(self) -> int:
        return len(self.values)

    def texts(self, column: str) -> list[str | None]:
        """See `Rows`."""
        found = (row.get(column) for row in self.values)
        return [value if isinstance(value, str) else None for value in found]

    def fields(self, names: Sequence[str]) -> list[list[str]]:
        """See `Rows`."""
        return [[value or "" for value in row] for row in self._texts(names)]

    def objects(self) -> list[bytes]:
        """See `Rows`."""
        return self.raw

    def batch(self, names: Sequence[str]) -> pa.RecordBatch:
        """See `Rows`."""
        rows = self._texts(names)
        return pa.RecordBatch.from_arrays(
            [pa.array([row[i] for row in rows], pa.string()) for i in range(len(names))],
            [readable(name) for name in names],
        )

    def _texts(self, names: Sequence[str]) -> list[list[str | None]]:
        rows = []
        for value, raw in zip(self.values, self.raw, strict=True):
            row = [json_text(value.get(name)) for name in names]
            if b"\\u" in raw:  # may spell half a character, which only JSON can
                row = [text if text is None else readable(text) for text in row]
            rows.append(row)
        return rows

    def line_of(self, name: str) -> int:
        """The first line that has a key."""
        return next(n for n, row in zip(self.lines, self.values, strict=True) if name in row)


@dataclass(frozen=True)
class ArrowRows:
    """Rows of Parquet."""

    value: pa.RecordBatch

    @property
    def names(self) -> list[str]:
        """The columns."""
        names: list[str] = self.value.schema.names
        return names

    def __len__(self) -> int:
        rows: int = self.value.num_rows
        return rows

    def texts(self, column: str) -> list[str | None]:
        """See `Rows`."""
        values: list[str | None] = self.value.column(column).to_pylist()
        return values

    def fields(self, names: Sequence[str]) -> list[list[str]]:  # noqa: ARG002
        """See `Rows`."""
        columns = [_spelled(name, self.value.column(name)) for name in self.names]
        return [[text or "" for text in row] for row in zip(*columns, strict=True)]

    def objects(self) -> list[bytes]:
        """See `Rows`."""
        names = self.names
        columns = [_json_values(name, self.value.column(name)) for name in names]
        return [_json(dict(zip(names, row, strict=True))) for row in zip(*columns, strict=True)]

    def batch(self, names: Sequence[str]) -> pa.RecordBatch:  # noqa: ARG002
        """See `Rows`."""
        return self.value


def _json(value: Any) -> bytes:
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    except ValueError:  # NaN or an infinity
        text = json.dumps(_finite(value), ensure_ascii=False)
    return text.encode()


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_finite(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


# === Values of Arrow ===


def _spelled(name: str, column: pa.Array) -> list[str | None]:
    """A column as text."""
    known = _cast(column)
    if known is not None:
        return known
    return [
        value if value is None or isinstance(value, str) else _json(value).decode()
        for value in _json_values(name, column)
    ]


def _json_values(name: str, column: pa.Array) -> list[Any]:
    """A column's values as JSON has them."""
    kind = value_type(column.type)
    known = _cast(column) if pa.types.is_temporal(kind) or pa.types.is_decimal(kind) else None
    if known is not None:
        return known
    try:
        return [_json_value(value) for value in column.to_pylist()]
    except (
        ValueError,
        OverflowError,
        pa.ArrowException,
    ) as error:  # such as the year 10000 in a list
        raise DataError(
            f"column {name!r} holds {kind}, which cannot be written as text; write .parquet"
        ) from error


def _cast(column: pa.Array) -> list[str | None] | None:
    """A column as Arrow spells it; None where it has no spelling, or one that is no text."""
    kind = value_type(column.type)
    if not (is_text(kind) or pa.types.is_primitive(kind) or pa.types.is_decimal(kind)):
        return None
    try:
        texts: list[str | None] = column.cast(pa.string()).to_pylist()
    except pa.ArrowException:
        return None
    return texts


def _json_value(value: Any) -> Any:
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, dict):
        return {str(key): _json_value(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_json_value(each) for each in value]
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return str(value)
