"""Tables read as rows, chunk by chunk, whatever is broken in them; see `rows`.

Unlike `tables.read_batches` this reads standard input too, keeps every row as it is written, and
can leave out or keep rows that are malformed:

- A row of CSV or TSV with too few fields is filled with empty ones; of too many, those too many
  are joined into the last. Bytes that are not UTF-8 become U+FFFD.
- A line that is no JSON object becomes an empty object.

Where a chunk ends depends on nothing but the table, so that a second reading has the same chunks.
"""

import csv
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import IO

from sentiment.columns import check_unique
from sentiment.errors import DataError
from sentiment.rows import ArrowRows, FieldRows, ObjectRows, Rows
from sentiment.table_files import (
    BLOCK_BYTES,
    BYTE_ORDER_MARK,
    TableFormat,
    check_file,
    empty_file,
    explained,
    open_table,
    wrong_fields,
)
from sentiment.tables import json_object, num_parquet_rows, read_parquet

FAIL = "fail"
SKIP = "skip"
EMPTY = "empty"
ON_ERROR = (FAIL, SKIP, EMPTY)

_NOT_UTF8 = "not UTF-8; save the file as UTF-8"
_UNCLOSED = "a quotation mark is never closed; close it, or double it inside a quoted value"


@dataclass(frozen=True)
class Chunk:
    """Consecutive rows of a table.

    Attributes:
        rows: the rows.
        malformed_lines: lines at which malformed rows begin, left out or kept.
        malformed: which of `rows` are malformed ones, from 0.
    """

    rows: Rows
    malformed_lines: tuple[int, ...] = ()
    malformed: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Source:
    """An open table.

    Attributes:
        name: for errors.
        kind: its format.
        path: of the file; None for standard input.
        stream: its bytes, without compression.
        raw: its bytes as they lie in the file; None where it is read otherwise.
        total: bytes of `raw`, or rows where that is None; None where it is not known.
    """

    name: str
    kind: TableFormat
    path: Path | None
    stream: IO[bytes]
    raw: IO[bytes] | None
    total: int | None

    def position(self, num_rows: int) -> int:
        """How much of `total` has been read, when some rows have been."""
        return num_rows if self.raw is None else self.raw.tell()


@contextmanager
def open_source(path: Path | None, kind: TableFormat, stdin: IO[bytes]) -> Iterator[Source]:
    """Open a table for `read_chunks`.

    Args:
        path: of the file; None reads `stdin`.
        kind: its format.
        stdin: standard input.

    Raises:
        DataError: there is no such file, or it cannot be read.
    """
    if path is None:
        yield Source("standard input", kind, None, stdin, None, None)
        return
    check_file(path)
    name = str(path)
    try:
        raw = path.open("rb")
    except OSError as error:
        raise DataError(f"cannot read {name}: {error.strerror}; check its permissions") from error
    with raw:
        if kind.delimiter is None and not kind.is_json:
            yield Source(name, kind, path, raw, None, num_parquet_rows(path))
        else:
            size = os.fstat(raw.fileno()).st_size
            yield Source(name, kind, path, open_table(path, raw), raw, size)


def read_chunks(source: Source, on_error: str, chunk_rows: int) -> Iterator[Chunk]:
    """Read a table, at least one chunk; only one without rows has an empty first.

    Args:
        source: the table.
        on_error: what becomes of malformed rows, one of `ON_ERROR`. Those of Parquet, and a
            quotation mark that is never closed, always fail.
        chunk_rows: most rows a chunk; it has fewer where they are long.

    Raises:
        DataError: the table is damaged or has no header, or a row is malformed.
    """
    with explained(source.name):
        if source.kind.delimiter is not None:
            yield from _field_chunks(source, source.kind.delimiter, on_error, chunk_rows)
        elif source.kind.is_json:
            yield from _object_chunks(source, on_error, chunk_rows)
        elif source.path is not None:
            for batch in read_parquet(source.path, chunk_rows):
                yield Chunk(ArrowRows(batch))


def _at(source: Source, line: int, reason: str) -> DataError:
    return DataError(f"{source.name}, line {line}: {reason}")


def _malformed(error: DataError) -> DataError:
    return DataError(f"{error}; or use --on-error {SKIP} or {EMPTY}")


def _too_long(source: Source, line: int) -> DataError:
    return _at(
        source,
        line,
        f"a row of more than {BLOCK_BYTES // 2**20} MB; look for a quotation mark that is not "
        "closed, or a line break that is missing",
    )


# === CSV and TSV ===


class _Lines:
    """The lines of a text, which knows how much of it has been read."""

    def __init__(self, source: Source) -> None:
        self.num_characters = 0
        self.at_end = False
        self.num_lines = 0
        self._source = source

    def __iter__(self) -> Iterator[str]:
        text = io.TextIOWrapper(
            self._source.stream, encoding="utf-8-sig", errors="surrogateescape", newline=""
        )
        try:
            for line in iter(partial(text.readline, BLOCK_BYTES), ""):
                self.num_lines += 1
                self.num_characters += len(line)
                if len(line) == BLOCK_BYTES:
                    raise _too_long(self._source, self.num_lines)
                yield line
            self.at_end = True
        finally:
            with suppress(ValueError):  # closed already
                text.detach()  # or standard input would be closed with it


def _field_chunks(
    source: Source, delimiter: str, on_error: str, chunk_rows: int
) -> Iterator[Chunk]:
    lines = _Lines(source)
    reader = csv.reader(iter(lines), delimiter=delimiter)
    chunk = partial(_field_chunk, source, delimiter=delimiter, on_error=on_error)
    rows: list[list[str]] = []
    starts: list[int] = []
    names: list[str] | None = None
    start, size = 1, 0
    is_first = True
    limit = csv.field_size_limit(BLOCK_BYTES)
    try:
        for row in reader:
            if lines.at_end:
                raise _at(source, start, _UNCLOSED)
            if row and names is None:
                names = row
                _check_header(source, start, names)
                size = lines.num_characters
            elif row:
                rows.append(row)
                starts.append(start)
            start = reader.line_num + 1
            is_long = lines.num_characters - size > BLOCK_BYTES
            if names is not None and rows and (len(rows) == chunk_rows or is_long):
                yield chunk(names, rows, starts)
                rows, starts, size = [], [], lines.num_characters
                is_first = False
    except csv.Error as error:
        if "field limit" in str(error):
            raise _too_long(source, start) from error
        raise _at(source, start, f"{error}; check the file") from error
    finally:
        csv.field_size_limit(limit)
    if names is None:
        raise empty_file(source.name)
    if rows or is_first:
        yield chunk(names, rows, starts)


def _check_header(source: Source, start: int, names: list[str]) -> None:
    if not _is_utf8(names):
        raise _at(source, start, _NOT_UTF8)
    check_unique(source.name, names)


def _is_utf8(fields: list[str]) -> bool:
    try:
        "".join(fields).encode()
    except UnicodeEncodeError:
        return False
    return True


def _field_chunk(
    source: Source,
    names: list[str],
    rows: list[list[str]],
    starts: list[int],
    *,
    delimiter: str,
    on_error: str,
) -> Chunk:
    width = len(names)
    broken = {i for i, row in enumerate(rows) if len(row) != width}
    if not _is_utf8(list(chain.from_iterable(rows))):
        broken |= {i for i, row in enumerate(rows) if not _is_utf8(row)}
    if not broken:
        return Chunk(FieldRows(names, rows))
    first = min(broken)
    if on_error == FAIL:
        fields = len(rows[first])
        reason = _NOT_UTF8 if fields == width else wrong_fields(fields, width)
        raise _malformed(_at(source, starts[first], reason))
    lines = tuple(starts[i] for i in sorted(broken))
    if on_error == SKIP:
        return Chunk(FieldRows(names, [r for i, r in enumerate(rows) if i not in broken]), lines)
    for i in broken:
        rows[i] = _mended(rows[i], width, delimiter)
    return Chunk(FieldRows(names, rows), lines, frozenset(broken))


def _mended(row: list[str], width: int, delimiter: str) -> list[str]:
    fields = [each.encode(errors="surrogateescape").decode(errors="replace") for each in row]
    if len(fields) > width:
        fields[width - 1 :] = [delimiter.join(fields[width - 1 :])]
    return fields + [""] * (width - len(fields))


# === JSON Lines ===


def _object_chunks(source: Source, on_error: str, chunk_rows: int) -> Iterator[Chunk]:
    rows = ObjectRows([], [], [])
    malformed_lines: list[int] = []
    malformed: set[int] = set()
    num_rows = num_bytes = 0
    is_first = True
    for number, line in enumerate(iter(partial(source.stream.readline, BLOCK_BYTES), b""), 1):
        if len(line) == BLOCK_BYTES:
            raise _too_long(source, number)
        content = (line.removeprefix(BYTE_ORDER_MARK) if number == 1 else line).strip()
        if not content:
            continue
        num_rows += 1
        num_bytes += len(content)
        keeps = True
        try:
            value = json_object(f"{source.name}, line {number}", content)
        except (DataError, UnicodeDecodeError) as error:
            if on_error == FAIL:
                known = error if isinstance(error, DataError) else _at(source, number, _NOT_UTF8)
                raise _malformed(known) from error
            malformed_lines.append(number)
            value, content = {}, b"{}"
            keeps = on_error == EMPTY
            if keeps:
                malformed.add(len(rows))
        if keeps:
            rows.values.append(value)
            rows.raw.append(content)
            rows.lines.append(number)
        if num_rows == chunk_rows or num_bytes > BLOCK_BYTES:
            yield Chunk(rows, tuple(malformed_lines), frozenset(malformed))
            rows, malformed_lines, malformed = ObjectRows([], [], []), [], set()
            num_rows = num_bytes = 0
            is_first = False
    if is_first or num_rows:
        yield Chunk(rows, tuple(malformed_lines), frozenset(malformed))
