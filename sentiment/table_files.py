"""Files that tables are in: the format that a name says, and the bytes behind it.

The text formats are CSV, TSV and JSON Lines, in UTF-8, and may be compressed (`.gz`, `.zst`);
Parquet compresses by itself. Knows nothing about rows; see `tables` and `row_reading`.
"""

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import pyarrow as pa

from sentiment.errors import DataError

DELIMITERS = {".csv": ",", ".tsv": "\t"}
JSON_LINES = (".jsonl", ".ndjson")
PARQUET = ".parquet"
TEXT_SUFFIXES = (*DELIMITERS, *JSON_LINES)
KNOWN_SUFFIXES = (*TEXT_SUFFIXES, PARQUET)

GZIP = ".gz"
ZSTD = ".zst"

BLOCK_BYTES = 32 * 2**20
BYTE_ORDER_MARK = b"\xef\xbb\xbf"

_DAMAGED = (gzip.BadGzipFile, EOFError, zlib.error)


@dataclass(frozen=True)
class TableFormat:
    """How a table is written.

    Attributes:
        suffix: one of `KNOWN_SUFFIXES`.
        compression: `.gz`, `.zst`, or nothing.
    """

    suffix: str
    compression: str = ""

    @property
    def delimiter(self) -> str | None:
        """What stands between fields; None where there are none."""
        return DELIMITERS.get(self.suffix)

    @property
    def is_json(self) -> bool:
        """Whether it has one JSON object a line."""
        return self.suffix in JSON_LINES


def table_format(path: Path) -> TableFormat:
    """The format that a file's name says.

    Raises:
        DataError: it says none that is known.
    """
    suffixes = [suffix.lower() for suffix in path.suffixes]
    suffix = suffixes[-1] if suffixes else ""
    if suffix in (GZIP, ZSTD):
        inner = suffixes[-2] if len(suffixes) > 1 else ""
        if inner in TEXT_SUFFIXES:
            return TableFormat(inner, suffix)
    elif suffix in KNOWN_SUFFIXES:
        return TableFormat(suffix)
    raise DataError(
        f"cannot tell the format of {path} from its name; it has to end in "
        f"{', '.join(KNOWN_SUFFIXES)}, or {GZIP} or {ZSTD} after one of the text formats"
    )


def check_file(path: Path) -> None:
    """Let no file through that cannot be a table.

    Raises:
        DataError: it is missing, a directory, or cannot be looked at.
    """
    try:
        if path.is_dir():
            raise DataError(f"{path} is a directory; name a file in it")
        if not path.exists():
            raise DataError(f"there is no file {path}; check the path")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DataError(f"cannot read {path}: {reason}; check the path") from error


def open_table(path: Path, raw: IO[bytes] | None = None) -> IO[bytes]:
    """Open a file's bytes, without its compression.

    Args:
        path: its name says how it is compressed.
        raw: the file, open already, whose place shows how far the reading has come; it stays open
            for its owner to close.
    """
    suffix = path.suffix.lower()
    if suffix == GZIP:
        return cast(IO[bytes], gzip.open(path if raw is None else raw, "rb"))
    if suffix == ZSTD:
        return io.BufferedReader(pa.CompressedInputStream(path if raw is None else raw, "zstd"))
    return path.open("rb") if raw is None else raw


@contextmanager
def explained(name: object) -> Iterator[None]:
    """Turn what goes wrong in reading a file into an error that names it.

    Raises:
        DataError: it is damaged, or cannot be read.
    """
    try:
        yield
    except _DAMAGED as error:
        raise DataError(
            f"{name} is cut short, damaged or not gzip; compress or copy it again"
        ) from error
    except OSError as error:
        if "ZSTD" in str(error) or "compressed stream" in str(error):
            raise DataError(
                f"{name} is cut short, damaged or not zstd; compress or copy it again"
            ) from error
        raise DataError(
            f"cannot read {name}: {error.strerror or error}; check the file and its permissions"
        ) from error


def empty_file(name: object) -> DataError:
    """The error for a file with nothing in it."""
    return DataError(f"{name} is empty; a table needs a header and rows, or JSON objects")


def wrong_fields(actual: int, expected: int) -> str:
    """What is wrong with a row of CSV or TSV that is longer or shorter than the header."""
    return (
        f"{actual} field(s) where the header has {expected}; put values that hold a delimiter or "
        'line break in "quotes"'
    )
