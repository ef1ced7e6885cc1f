"""Where the bytes of a scored table go, and how a stopped run goes on."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import IO, Any, Protocol

from sentiment.artifact import SavedModel
from sentiment.errors import DataError
from sentiment.row_reading import Chunk
from sentiment.scoring_job import STREAM, ScoringJob
from sentiment.unfinished import Unfinished

MOST_LINES = 5

_HEAD_BYTES = 2**20
CHANGES = {  # what no run goes on with, by what its state calls it
    "input": "another input",
    "size": "an input that has changed since",
    "modified": "an input that has changed since",
    "head": "an input that has changed since",
    "model": "another model",
    "text_column": "another --text-column",
    "probability_column": "another --probability-column",
    "label_column": "another --label-column",
    "chunk_rows": "another version of this program",
}


@dataclass(frozen=True)
class Done:
    """How far a run has come.

    Attributes:
        chunks: chunks written.
        rows: rows in them.
        empty: rows that had no text.
        malformed: rows that were malformed, left out or not.
        malformed_lines: the first lines that these begin at.
        bytes: length of the output so far, where it is one file.
    """

    chunks: int = 0
    rows: int = 0
    empty: int = 0
    malformed: int = 0
    malformed_lines: tuple[int, ...] = ()
    bytes: int = 0

    @classmethod
    def from_dict(cls, value: dict[str, Any]) -> "Done":
        """Read back what `asdict` gave and JSON kept."""
        return cls(**{**value, "malformed_lines": tuple(value["malformed_lines"])})

    def plus(self, chunk: Chunk, num_empty: int) -> "Done":
        """With one more chunk, of which some rows have no text."""
        return replace(
            self,
            chunks=self.chunks + 1,
            rows=self.rows + len(chunk.rows),
            empty=self.empty + num_empty,
            malformed=self.malformed + len(chunk.malformed_lines),
            malformed_lines=(*self.malformed_lines, *chunk.malformed_lines)[:MOST_LINES],
        )


class Sink(Protocol):
    """Where the bytes go.

    Attributes:
        done: how far the run has come.
    """

    done: Done

    def append(self, data: bytes, done: Done) -> None:
        """Write a chunk, with which the run has come as far as `done`."""

    def finish(self) -> None:
        """Put the table in its place."""


class _StreamSink:
    """Standard output."""

    def __init__(self, stdout: IO[bytes]) -> None:
        self.done = Done()
        self._stdout = stdout

    def append(self, data: bytes, done: Done) -> None:
        try:
            self._stdout.write(data)
            self._stdout.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise DataError(f"cannot write standard output: {error.strerror or error}") from error
        self.done = done

    def finish(self) -> None:
        pass


class _FileSink:
    """A file, and beside it, while it is unfinished, how far it has come."""

    def __init__(self, unfinished: Unfinished, run: dict[str, Any], job: ScoringJob) -> None:
        self._unfinished = unfinished
        self._state: dict[str, Any] = {"run": run, "on_error": job.on_error}
        self.done = Done()
        old = unfinished.state() if job.resume else None
        if old is None:
            unfinished.begin(self._at(self.done))
            return
        try:
            old_run, self.done = old["run"], Done.from_dict(old["done"])
            changed = [name for name in run if run[name] != old_run.get(name)]
            other_mode = bool(self.done.malformed) and old["on_error"] != job.on_error
        except (KeyError, TypeError, AttributeError) as error:
            raise DataError(
                f"the state of the unfinished {unfinished.output} is damaged; start anew with "
                "--overwrite in place of --resume"
            ) from error
        if changed or other_mode:
            what = CHANGES[changed[0]] if changed else "another --on-error"
            raise DataError(
                f"{unfinished.output} cannot be resumed with {what}; give what it was begun with, "
                "or start anew with --overwrite in place of --resume"
            )
        unfinished.go_on(self.done.chunks, self.done.bytes)

    def append(self, data: bytes, done: Done) -> None:
        done = replace(done, bytes=self._unfinished.append(done.chunks - 1, data))
        self._unfinished.keep(self._at(done))
        self.done = done

    def finish(self) -> None:
        self._unfinished.finish(self.done.chunks)

    def _at(self, done: Done) -> dict[str, Any]:
        return {**self._state, "done": asdict(done)}


@contextmanager
def open_sink(
    job: ScoringJob,
    model: SavedModel,
    *,
    text_column: str | None,
    chunk_rows: int,
    stdout: IO[bytes],
) -> Iterator[Sink]:
    """Open what the bytes go to; what cannot be gone on from is removed when a run is stopped.

    Args:
        job: says where they go, and whether an earlier run is resumed.
        model: what answers.
        text_column: where the texts are.
        chunk_rows: most rows a chunk.
        stdout: standard output.

    Raises:
        DataError: the earlier run was another, or the output cannot be written.
    """
    if job.output_path is None:
        yield _StreamSink(stdout)
        return
    run = {**_run(job, model), "text_column": text_column, "chunk_rows": chunk_rows}
    unfinished = Unfinished(job.output_path)
    try:
        sink = _FileSink(unfinished, run, job)
        try:
            yield sink
        except BaseException:
            if sink.done.chunks == 0 or job.input_path is None:
                unfinished.discard()
            raise
    finally:
        unfinished.close()


def _run(job: ScoringJob, model: SavedModel) -> dict[str, Any]:
    """What must be the same for a run to go on."""
    run: dict[str, Any] = {
        "input": STREAM,
        "model": model.sha256,
        "probability_column": job.probability_column,
        "label_column": job.label_column,
    }
    if job.input_path is not None:
        with job.input_path.open("rb") as stream:
            found = os.fstat(stream.fileno())
            head = hashlib.sha256(stream.read(_HEAD_BYTES)).hexdigest()
        run |= {
            "input": str(job.input_path.resolve()),
            "size": found.st_size,
            "modified": found.st_mtime_ns,
            "head": head,
        }
    return run


def rows_done(job: ScoringJob) -> int | None:
    """Rows that a stopped run has left to go on from; None where there is nothing to go on from."""
    if job.input_path is None or job.output_path is None:
        return None
    state = Unfinished(job.output_path).state()
    return None if state is None else Done.from_dict(state["done"]).rows
