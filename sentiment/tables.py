"""Tables from files: CSV, TSV, JSON Lines and Parquet, as Arrow record batches.

What each format means here:

- CSV and TSV have a header line. Values may be quoted with `"` and then hold delimiters and line
  breaks; `""` in them is one quotation mark. Every column is text, exactly as it is written: `007`,
  `null` and `2021-01-01` stay what they are. An empty field is missing; a quoted empty one (`""`)
  is an empty text. Lines with nothing on them do not count as rows.
- JSON Lines has one object a line. Every column is text: a string as it is, any other value as its
  JSON (`1`, `true`, `[1, 2]`); `null` and keys that a line does not have are missing.
- Parquet keeps its types.

The text formats are UTF-8, with or without a byte order mark, and may be compressed (`.gz`,
`.zst`). Knows nothing about labels or about what the columns are for.
"""

import csv
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from sentiment.columns import check_unique
from sentiment.errors import DataError
from sentiment.table_files import (
    BLOCK_BYTES,
    BYTE_ORDER_MARK,
    TableFormat,
    check_file,
    empty_file,
    explained,
    open_table,
    table_format,
    wrong_fields,
)

BATCH_ROWS = 8192


def read_table(path: Path) -> pa.Table:
    """Read a whole table; its format is told from the suffix of its name.

    Raises:
        DataError: as for `read_batches`.
    """
    batches = [pa.Table.from_batches([batch]) for batch in read_batches(path)]
    return pa.concat_tables(batches, promote_options="default")


def read_batches(path: Path) -> Iterator[pa.RecordBatch]:
    """Read a table piece by piece, in order; no piece is empty.

    The batches of a CSV, TSV or Parquet file have one schema. Those of JSON Lines have the columns
    that occur in their lines.

    Raises:
        DataError: the suffix is unknown, the file is missing, a directory, empty, without rows,
            damaged or not UTF-8, or a line of it is broken. Raised when the first batch is asked
            for, or later where the trouble is further down.
    """
    kind = table_format(path)
    _check_file(path)
    num_rows = 0
    try:
        with explained(path):
            for batch in _batches(path, kind):
                if batch.num_rows:
                    num_rows += batch.num_rows
                    yield batch
    except UnicodeDecodeError as error:
        raise _not_utf8(path) from error
    if num_rows == 0:
        raise DataError(f"{path} has a header but no rows; add at least one row below it")


def _batches(path: Path, kind: TableFormat) -> Iterator[pa.RecordBatch]:
    if kind.delimiter is not None:
        return _read_delimited(path, kind.delimiter)
    return _read_json_lines(path) if kind.is_json else read_parquet(path, BATCH_ROWS)


# === Files ===


def _check_file(path: Path) -> None:
    check_file(path)
    if path.stat().st_size == 0:
        raise empty_file(path)


def _not_utf8(path: Path) -> DataError:
    with open_table(path) as stream:
        for number, line in enumerate(stream, start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return DataError(f"{path}, line {number}: not UTF-8; save the file as UTF-8")
    return DataError(f"{path} is not UTF-8; save the file as UTF-8")


def _first_line(error: Exception) -> str:
    lines = str(error).splitlines()
    return lines[0][:200] if lines else type(error).__name__


# === CSV and TSV ===


def _read_delimited(path: Path, delimiter: str) -> Iterator[pa.RecordBatch]:
    names = _header(path, delimiter)
    bad_rows: list[Any] = []

    def on_bad_row(row: Any) -> str:
        bad_rows.append(row)
        return "error"

    last: pa.RecordBatch | None = None
    with open_table(path) as stream:
        try:
            reader = pyarrow.csv.open_csv(
                stream,
                read_options=pyarrow.csv.ReadOptions(use_threads=False, block_size=BLOCK_BYTES),
                parse_options=pyarrow.csv.ParseOptions(
                    delimiter=delimiter, newlines_in_values=True, invalid_row_handler=on_bad_row
                ),
                convert_options=pyarrow.csv.ConvertOptions(
                    column_types=dict.fromkeys(names, pa.string()),
                    null_values=[""],
                    strings_can_be_null=True,
                    quoted_strings_can_be_null=False,
                ),
            )
            for batch in reader:
                last = batch if batch.num_rows else last
                yield batch
        except pa.ArrowInvalid as error:
            if bad_rows:
                raise _wrong_fields(path, delimiter, bad_rows[0]) from error
            raise _unreadable(path, error) from error
    if last is not None:
        _check_quotes_closed(path, last.column(last.num_columns - 1)[-1].as_py())


def _header(path: Path, delimiter: str) -> list[str]:
    with open_table(path) as stream:
        lines = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
        try:
            names = next((row for row in csv.reader(lines, delimiter=delimiter) if row), None)
        except csv.Error as error:
            raise DataError(
                f"{path}, line 1: {error}; the first line has to name the columns"
            ) from error
    if names is None:
        raise empty_file(path)
    check_unique(path, names)
    return names


def _wrong_fields(path: Path, delimiter: str, row: Any) -> DataError:
    """The error for a row of the wrong length, with its line; Arrow counts rows, not lines."""
    place = f"row {row.number}"
    with open_table(path) as stream:
        reader = csv.reader(
            io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline=""),
            delimiter=delimiter,
        )
        start = 1
        try:
            for fields in reader:
                if fields and len(fields) != row.expected_columns:
                    place = f"line {start}"
                    break
                start = reader.line_num + 1
        except csv.Error:
            pass  # a field longer than the csv module takes: Arrow's count of rows has to do
    reason = wrong_fields(row.actual_columns, row.expected_columns)
    return DataError(f"{path}, {place}: {reason}")


def _unreadable(path: Path, error: Exception) -> DataError:
    message = str(error)
    if "UTF8" in message:
        return _not_utf8(path)
    if "straddl" in message:
        return DataError(
            f"{path} has a row of more than {BLOCK_BYTES // 2**20} MB; look for a quotation mark "
            "that is not closed"
        )
    return DataError(f"cannot read {path}: {_first_line(error)}; check the file")


def _check_quotes_closed(path: Path, last_value: str | None) -> None:
    """Arrow takes all the rest of a file for one value where a quotation mark is never closed."""
    if last_value is None or not set(last_value) & {"\n", "\r"}:
        return
    tail = b""
    with open_table(path) as stream:
        while chunk := stream.read(2**20):
            tail = chunk.rstrip()[-1:] or tail
    if tail != b'"':
        raise DataError(
            f"{path} has a quotation mark that is never closed, before "
            f"{last_value.splitlines()[0][:40]!r}; close it, or double it inside a quoted value"
        )


# === JSON Lines ===


def _read_json_lines(path: Path) -> Iterator[pa.RecordBatch]:
    rows: list[dict[str, Any]] = []
    num_bytes = 0
    seen = False
    with open_table(path) as stream:
        for number, line in enumerate(stream, start=1):
            content = (line.removeprefix(BYTE_ORDER_MARK) if number == 1 else line).strip()
            if not content:
                continue
            seen = True
            rows.append(_json_row(path, number, content))
            num_bytes += len(content)
            if len(rows) == BATCH_ROWS or num_bytes > BLOCK_BYTES:
                yield _json_batch(rows)
                rows, num_bytes = [], 0
    if not seen:
        raise empty_file(path)
    if rows:
        yield _json_batch(rows)


def _json_row(path: Path, number: int, line: bytes) -> dict[str, Any]:
    place = f"{path}, line {number}"
    row = json_object(place, line)
    try:
        if b"\\u" in line:
            json.dumps(row, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as error:
        raise DataError(
            f"{place}: holds half a character (\\ud800 to \\udfff alone); write UTF-8 instead"
        ) from error
    if not row:
        raise _not_an_object(place, "an empty object")
    return row


def json_object(place: str, line: bytes) -> dict[str, Any]:
    """The object that a line of JSON Lines is.

    Args:
        place: file and line, for errors.
        line: without white space around it.

    Raises:
        DataError: it is not an object, or not JSON.
        UnicodeDecodeError: it is not UTF-8.
    """
    try:
        value = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise
    except json.JSONDecodeError as error:
        raise DataError(
            f"{place}, column {error.colno}: not JSON ({error.msg}); each line has to be one whole "
            "object"
        ) from error
    except (ValueError, RecursionError) as error:
        raise DataError(f"{place}: too deep or too large a value; make it simpler") from error
    if not isinstance(value, dict):
        raise _not_an_object(place, f"a JSON {type(value).__name__}")
    return value


def _not_an_object(place: str, what: str) -> DataError:
    return DataError(f'{place}: {what}; each line has to be one object, like {{"text": "…"}}')


def _json_batch(rows: list[dict[str, Any]]) -> pa.RecordBatch:
    names = dict.fromkeys(name for row in rows for name in row)
    return pa.RecordBatch.from_pydict(
        {name: pa.array([json_text(row.get(name)) for row in rows], pa.string()) for name in names}
    )


def json_text(value: Any) -> str | None:
    """A value of JSON as text: a string as it is, any other as its JSON, `null` as None."""
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


# === Parquet ===


def read_parquet(path: Path, batch_rows: int) -> Iterator[pa.RecordBatch]:
    """Read a Parquet file piece by piece, in order; one without rows has one piece.

    Raises:
        DataError: it is no Parquet file, damaged, or has two columns of one name.
    """
    with _parquet_file(path) as file:
        check_unique(path, file.schema_arrow.names)
        if file.metadata.num_rows == 0:
            columns = [column.combine_chunks() for column in file.read().columns]
            yield pa.RecordBatch.from_arrays(columns, schema=file.schema_arrow)
        for batch in file.iter_batches(batch_size=batch_rows, use_threads=False):
            batch.validate(full=True)
            yield batch


def num_parquet_rows(path: Path) -> int:
    """How many rows a Parquet file has.

    Raises:
        DataError: it is no Parquet file, or damaged.
    """
    with _parquet_file(path) as file:
        rows: int = file.metadata.num_rows
        return rows


@contextmanager
def _parquet_file(path: Path) -> Iterator[pyarrow.parquet.ParquetFile]:
    with path.open("rb") as stream:
        try:
            yield pyarrow.parquet.ParquetFile(stream)
        except (pa.ArrowException, OSError) as error:
            raise DataError(
                f"{path} is not a Parquet file or is damaged ({_first_line(error)}); write it again"
            ) from error
