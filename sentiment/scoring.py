"""Whole tables scored, of any length in constant memory: the same rows with two more columns.

A chunk of rows is read, answered, written and made durable, then the next. A run that was stopped
goes on after the last chunk that is durable, and ends with the bytes of one that was not.
"""

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from typing import IO, Any, Protocol

import numpy as np

from sentiment.artifact import SavedModel
from sentiment.columns import TEXT_NAMES, check_text, find_column
from sentiment.errors import DataError
from sentiment.predictor import Predictor
from sentiment.progress import Progress
from sentiment.row_reading import Chunk, Source, open_source, read_chunks
from sentiment.row_writing import Answers, RowEncoder
from sentiment.rows import ArrowRows, ObjectRows
from sentiment.scoring_job import ScoringJob, check_paths, formats
from sentiment.scoring_output import open_sink

CHUNK_ROWS = 16_384


@dataclass(frozen=True)
class ScoringResult:
    """What came of a job.

    Attributes:
        model: name of the model that answered.
        input: path of the table, or `-`.
        output: path of the scored table, or `-`.
        num_rows: rows written, those of an earlier run that this one resumed included.
        num_empty: rows written without an answer, since they have no text.
        num_malformed: rows that were malformed, left out or written without an answer.
        malformed_lines: the first lines that these begin at.
        seconds: time that this run took, without loading the model.
        rows_per_second: rows that this run wrote, by `seconds`.
    """

    model: str
    input: str
    output: str
    num_rows: int
    num_empty: int
    num_malformed: int
    malformed_lines: tuple[int, ...]
    seconds: float
    rows_per_second: float

    def to_dict(self) -> dict[str, Any]:
        """The object that `score --json` prints."""
        values = asdict(self)
        del values["malformed_lines"]
        return values


class Listener(Protocol):
    """Hears how far a job has come."""

    def rows(self, num_rows: int, per_second: float, completed: int, total: int | None) -> None:
        """Some rows are written.

        Args:
            num_rows: rows in all.
            per_second: rows a second.
            completed: how much of the input has been read.
            total: how much there is; None where it is not known.
        """


def score_table(
    model: SavedModel,
    job: ScoringJob,
    *,
    stdin: IO[bytes],
    stdout: IO[bytes],
    listener: Listener | None = None,
    predictor: Predictor | None = None,
) -> ScoringResult:
    """Score a table.

    Args:
        model: what answers.
        job: what is to be done.
        stdin: standard input, read where the job says so.
        stdout: standard output, written where the job says so.
        listener: hears how far it is.
        predictor: the model ready to answer, where it is already.

    Raises:
        ConfigError: options do not go together.
        DataError: the table cannot be read or written, a row is malformed, or the output is there
            already, finished or not.
        BrokenPipeError: nobody reads standard output any more.
    """
    started = time.perf_counter()
    input_format, output_format = formats(job)
    check_paths(job)
    predictor = predictor or Predictor.of(model)
    with open_source(job.input_path, input_format, stdin) as source:
        chunks = read_chunks(source, job.on_error, CHUNK_ROWS)
        first = next(chunks)
        columns = Columns(source.name, job, first, takes_new=output_format.is_json)
        encoder = RowEncoder(output_format, columns.names, job.probability_column, job.label_column)
        opened = open_sink(
            job, model, text_column=columns.text, chunk_rows=CHUNK_ROWS, stdout=stdout
        )
        with opened as sink:
            before = sink.done
            meter = _Meter(source, listener, started, before.rows)
            for number, chunk in enumerate(chain([first], chunks)):
                meter.read(len(chunk.rows))
                if number >= before.chunks:
                    columns.check(chunk)
                    answers, num_empty = _answers(predictor, chunk, columns.text, meter)
                    data = encoder.encode(chunk.rows, answers, is_first=number == 0)
                    sink.append(data, sink.done.plus(chunk, num_empty))
                meter.wrote(sink.done.rows)
            done = sink.done
            sink.finish()
    seconds = time.perf_counter() - started
    return ScoringResult(
        model=model.name,
        input=job.input,
        output=job.output,
        num_rows=done.rows,
        num_empty=done.empty,
        num_malformed=done.malformed,
        malformed_lines=done.malformed_lines,
        seconds=seconds,
        rows_per_second=(done.rows - before.rows) / seconds,
    )


class _Meter:
    """Tells a listener how far a job has come; a `progress.Progress` within a chunk."""

    def __init__(
        self, source: Source, listener: Listener | None, started: float, rows_before: int
    ) -> None:
        self._source = source
        self._listener = listener
        self._started = started
        self._rows_before = self._rows = rows_before
        self._num_read = self._behind = self._ahead = 0

    def read(self, num_rows: int) -> None:
        """A chunk is read, and not yet answered."""
        self._num_read += num_rows
        self._ahead = self._source.position(self._num_read)

    def __call__(self, _description: str, completed: int, total: int | None) -> None:
        """Some texts of the chunk are answered."""
        step = (self._ahead - self._behind) * completed // (total or 1)
        self._tell(self._rows + completed, self._behind + step)

    def wrote(self, num_rows: int) -> None:
        """All rows that were read are written, or were before."""
        self._rows, self._behind = num_rows, self._ahead
        self._tell(num_rows, self._ahead)

    def _tell(self, num_rows: int, completed: int) -> None:
        if self._listener is not None:
            per_second = (num_rows - self._rows_before) / (time.perf_counter() - self._started)
            self._listener.rows(num_rows, per_second, completed, self._source.total)


class Columns:
    """The columns of a table, looked at before any row is scored.

    Args:
        table: its name, for errors.
        job: what is to be done.
        first: the first rows.
        takes_new: whether later rows may have columns that these do not have.

    Attributes:
        names: the columns.
        text: the one that holds the texts; None where there is no row to have one.

    Raises:
        DataError: a column is missing, holds no text, or has a new one's name.
    """

    def __init__(self, table: str, job: ScoringJob, first: Chunk, takes_new: bool) -> None:
        self.names: Sequence[str] = first.rows.names
        self._known = frozenset(self.names)
        self._table = table
        self._new = {
            job.probability_column: "--probability-column",
            job.label_column: "--label-column",
        }
        self._takes_new = takes_new
        self.check(first)
        self.text: str | None = None
        if self.names or len(first.rows) or first.malformed_lines:
            self.text = find_column(table, self.names, job.text_column, TEXT_NAMES, "text")
        if self.text is not None and isinstance(first.rows, ArrowRows):
            check_text(table, self.text, first.rows.value.schema.field(self.text).type)

    def check(self, chunk: Chunk) -> None:
        """Let no chunk through that has a new column's name, or one that has no place."""
        for name in chunk.rows.names:
            if name in self._new:
                raise self._error(
                    chunk,
                    name,
                    f"there is a column {name!r} already; call the new one otherwise with "
                    f"{self._new[name]}",
                )
            if not self._takes_new and name not in self._known:
                raise self._error(
                    chunk,
                    name,
                    f"the key {name!r} is in none of the first {CHUNK_ROWS:,} lines, whose keys "
                    "became the columns; write .jsonl instead",
                )

    def _error(self, chunk: Chunk, name: str, reason: str) -> DataError:
        place = self._table
        if isinstance(chunk.rows, ObjectRows):
            place = f"{place}, line {chunk.rows.line_of(name)}"
        return DataError(f"{place}: {reason}")


def _answers(
    predictor: Predictor, chunk: Chunk, column: str | None, progress: Progress
) -> tuple[Answers, int]:
    """The answers to a chunk, and how many of its rows have no text."""
    texts = [] if column is None else chunk.rows.texts(column)
    places = [
        i for i, text in enumerate(texts) if text and i not in chunk.malformed and text.strip()
    ]
    found = predictor.score([text for i in places if (text := texts[i])], progress)
    answers = Answers.of(len(chunk.rows), np.array(places, np.int64), found)
    return answers, len(chunk.rows) - len(places) - len(chunk.malformed)
