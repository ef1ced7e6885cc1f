"""Rows and the answers to them as the bytes of a table; see `rows`.

Each chunk of rows becomes bytes by itself: a member of gzip, a frame of zstd, a whole Parquet file
of one row group. So what there is of a table can be cut after any chunk and gone on with, and the
bytes of a table do not depend on whether that happened. Text is UTF-8, lines end with a line feed,
and fields are quoted where they have to be.
"""

import csv
import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.parquet
from numpy.typing import NDArray

from sentiment.predictions import label_name
from sentiment.rows import Rows
from sentiment.table_files import GZIP, ZSTD, TableFormat
from sentiment.words import readable

_GZIP_LEVEL = 6
_WHOLE = {"0": "0.0", "1": "1.0"}  # a number with a point is never taken for an integer


@dataclass(frozen=True)
class Answers:
    """The answers to rows.

    Attributes:
        probabilities: <float32>[num_rows], P(positive), null where there is no answer.
        labels: `positive`, `negative` or None.
    """

    probabilities: pa.Array
    labels: list[str | None]

    @classmethod
    def of(
        cls, num_rows: int, answered: NDArray[np.int64], found: NDArray[np.float32]
    ) -> "Answers":
        """Answers of which some rows have none.

        Args:
            num_rows: rows in all.
            answered: <int64>[num_answers], places of those that have one.
            found: <float32>[num_answers], P(positive) of these.
        """
        probabilities = np.zeros(num_rows, np.float32)
        missing = np.ones(num_rows, np.bool_)
        labels: list[str | None] = [None] * num_rows
        probabilities[answered] = found
        missing[answered] = False
        for place, probability in zip(answered.tolist(), found.tolist(), strict=True):
            labels[place] = label_name(probability)
        return cls(pa.array(probabilities, pa.float32(), mask=missing), labels)

    @property
    def spelled(self) -> list[str | None]:
        """The probabilities in the fewest digits that tell them from others."""
        texts = self.probabilities.cast(pa.string()).to_pylist()
        return [_WHOLE.get(text, text) for text in texts]


@dataclass(frozen=True)
class RowEncoder:
    """Makes bytes of rows.

    Attributes:
        kind: the format.
        names: the columns of the table; those of JSON Lines may be fewer than occur.
        probability_column: what the column of probabilities is called.
        label_column: what the column of labels is called.
    """

    kind: TableFormat
    names: Sequence[str]
    probability_column: str
    label_column: str

    def encode(self, rows: Rows, answers: Answers, *, is_first: bool) -> bytes:
        """The bytes of a chunk.

        Args:
            rows: the chunk.
            answers: one a row.
            is_first: whether the table begins with it.
        """
        if self.kind.delimiter is not None:
            data = self._delimited(rows, answers, self.kind.delimiter, is_first)
        elif self.kind.is_json:
            data = self._json_lines(rows, answers)
        else:
            return self._parquet(rows, answers)
        if self.kind.compression == GZIP:
            return gzip.compress(data, _GZIP_LEVEL, mtime=0)
        if self.kind.compression == ZSTD:
            compressed: bytes = pa.compress(data, codec="zstd", asbytes=True)
            return compressed
        return data

    def _delimited(self, rows: Rows, answers: Answers, delimiter: str, is_first: bool) -> bytes:
        lines = _Pieces()
        # A carriage return in a field is quoted only where line ends have one; they lose it below.
        writer = csv.writer(lines, delimiter=delimiter, lineterminator="\r\n")
        if is_first:
            names = map(readable, self.names)
            writer.writerow([*names, self.probability_column, self.label_column])
        fields = rows.fields(self.names)
        writer.writerows(
            [*row, probability or "", label or ""]
            for row, probability, label in zip(fields, answers.spelled, answers.labels, strict=True)
        )
        return "".join([line[:-2] + "\n" for line in lines.pieces]).encode()

    def _json_lines(self, rows: Rows, answers: Answers) -> bytes:
        first, second = json.dumps(self.probability_column), json.dumps(self.label_column)
        lines = []
        for raw, probability, label in zip(
            rows.objects(), answers.spelled, answers.labels, strict=True
        ):
            inner = raw[:-1].rstrip()
            said = "null" if label is None else f'"{label}"'
            more = f"{first}: {probability or 'null'}, {second}: {said}}}\n"
            lines.append(inner + (b"" if inner == b"{" else b", ") + more.encode())
        return b"".join(lines)

    def _parquet(self, rows: Rows, answers: Answers) -> bytes:
        table = pa.Table.from_batches([rows.batch(self.names)])
        table = table.append_column(self.probability_column, answers.probabilities)
        table = table.append_column(self.label_column, pa.array(answers.labels, pa.string()))
        stream = pa.BufferOutputStream()
        with pyarrow.parquet.ParquetWriter(stream, table.schema) as writer:
            writer.write_table(table, row_group_size=max(1, len(rows)))
        data: bytes = stream.getvalue().to_pybytes()
        return data


class _Pieces:
    """Keeps what the csv module writes, a row a piece."""

    def __init__(self) -> None:
        self.pieces: list[str] = []

    def write(self, piece: str, /) -> None:
        self.pieces.append(piece)
