"""A table that is being written: a hidden folder beside its place, from which a run can go on.

    .NAME.part/
      state.json         what its owner wrote last about the run; replaced in one step
      rows               a text table so far
      00000000.parquet   … or a Parquet table, a file a chunk
      whole.parquet      the chunks joined, when all are there

Knows nothing about what the state says. The table takes its place in one step, at the end.
"""

import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pyarrow.parquet

from sentiment.errors import DataError
from sentiment.table_files import PARQUET

_STATE = "state.json"
_ROWS = "rows"
_WHOLE = f"whole{PARQUET}"


class Unfinished:
    """The folder of a table that is being written.

    Args:
        output: where the table goes; Parquet, or a text format.
    """

    def __init__(self, output: Path) -> None:
        self.output = output
        self.folder = output.with_name(f".{output.name}.part")
        self._is_parquet = output.suffix.lower() == PARQUET
        self._handle: int | None = None

    def state(self) -> dict[str, Any] | None:
        """What was written last; None where there is nothing to go on from."""
        with self._writing():
            try:
                text = (self.folder / _STATE).read_bytes()
            except (FileNotFoundError, NotADirectoryError):
                return None
        try:
            value = json.loads(text)
        except ValueError as error:
            raise self._damaged() from error
        if not isinstance(value, dict):
            raise self._damaged()
        return value if self._is_parquet or (self.folder / _ROWS).exists() else None

    def begin(self, state: dict[str, Any]) -> None:
        """Start with nothing, whatever there was.

        Raises:
            DataError: another run is writing the same table, or the folder cannot be written.
        """
        with self._writing():
            self.folder.mkdir(exist_ok=True)
            self._lock()
            for path in self.folder.iterdir():
                path.unlink()
            if not self._is_parquet:
                (self.folder / _ROWS).touch()
        self.keep(state)

    def go_on(self, num_chunks: int, num_bytes: int) -> None:
        """Forget what was written after the state.

        Raises:
            DataError: as for `begin`, or what was written is not there.
        """
        with self._writing():
            self._lock()
            if self._is_parquet:
                if not all(self._part(number).exists() for number in range(num_chunks)):
                    raise self._damaged()
            elif (self.folder / _ROWS).stat().st_size < num_bytes:
                raise self._damaged()
            else:
                os.truncate(self.folder / _ROWS, num_bytes)

    def append(self, number: int, data: bytes) -> int:
        """Write a chunk, so that it outlives a failure of power.

        Args:
            number: of the chunk, from 0.
            data: its bytes.

        Returns:
            Length in bytes of `rows`.
        """
        path = self._part(number) if self._is_parquet else self.folder / _ROWS
        with self._writing(), path.open("wb" if self._is_parquet else "ab") as stream:
            stream.write(data)
            _sync(stream)
            return 0 if self._is_parquet else stream.tell()

    def keep(self, state: dict[str, Any]) -> None:
        """Write the state, in one step."""
        fresh = self.folder / f"{_STATE}.new"
        with self._writing():
            with fresh.open("w", encoding="utf-8") as stream:
                json.dump(state, stream, ensure_ascii=False, indent=1)
                _sync(stream)
            fresh.replace(self.folder / _STATE)

    def finish(self, num_chunks: int) -> None:
        """Put the table in its place and remove the folder."""
        with self._writing():
            if self._is_parquet:
                self._join(num_chunks)
            (self.folder / (_WHOLE if self._is_parquet else _ROWS)).replace(self.output)
            shutil.rmtree(self.folder)

    def discard(self) -> None:
        """Remove the folder."""
        with self._writing():
            shutil.rmtree(self.folder)

    def close(self) -> None:
        """Let others write the table."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _lock(self) -> None:
        """Keep others from writing the table, while this process lives and does not `close`."""
        if sys.platform == "win32":
            return
        import fcntl

        self._handle = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self.close()
            raise DataError(f"another run is writing {self.output}; wait for its end") from error

    def _part(self, number: int) -> Path:
        return self.folder / f"{number:08}{PARQUET}"

    def _join(self, num_chunks: int) -> None:
        schema = pyarrow.parquet.read_schema(self._part(0))
        with (
            (self.folder / _WHOLE).open("wb") as stream,
            pyarrow.parquet.ParquetWriter(stream, schema) as writer,
        ):
            for number in range(num_chunks):
                with self._part(number).open("rb") as part:
                    table = pyarrow.parquet.ParquetFile(part).read(use_threads=False)
                writer.write_table(table, row_group_size=max(1, table.num_rows))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise DataError(
                f"cannot write {self.output}: {error.strerror or error}; check the folder and its "
                "free space"
            ) from error

    def _damaged(self) -> DataError:
        return DataError(f"{self.folder} is damaged; start anew with --overwrite")


def _sync(stream: IO[Any]) -> None:
    stream.flush()
    os.fsync(stream.fileno())
