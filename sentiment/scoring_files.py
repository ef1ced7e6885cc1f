"""A directory of Parquet files, scored file by file: which there are, and where answers wait.

    .NAME.part/                 beside NAME, while it is unfinished
      run.json                  what the run is, so that no other goes on from it
      files/                    what becomes NAME
        reviews-0.parquet       a file that is done
        .reviews-1.parquet.part one under way, see `unfinished`
      old/                      what NAME was, while it is replaced

The directory takes its place in one step, when all its files are there. Knows nothing of Ray.
"""

import glob
import json
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet

from sentiment.artifact import SavedModel
from sentiment.errors import DataError
from sentiment.row_reading import Chunk
from sentiment.rows import ArrowRows
from sentiment.scoring import CHUNK_ROWS, Columns
from sentiment.scoring_job import ScoringJob, formats
from sentiment.scoring_output import CHANGES
from sentiment.table_files import PARQUET, explained
from sentiment.tables import read_parquet

_RUN = "run.json"
_FILES = "files"
_OLD = "old"
_READERS = 16  # threads that look at files; they wait for the storage more than they work


@dataclass(frozen=True)
class TableFile:
    """One of the files.

    Attributes:
        path: where it is.
        num_rows: how many it has.
        num_bytes: its size.
        modified: when it was written, nanoseconds since 1970.
    """

    path: Path
    num_rows: int
    num_bytes: int
    modified: int


def find_files(job: ScoringJob) -> list[TableFile]:
    """The files to be scored, all of one schema, by name.

    Args:
        job: its input is a directory, a pattern such as `reviews/*.parquet`, or a file.

    Raises:
        ConfigError: options do not go together.
        DataError: there are no such files, one is damaged, two have one name, schemas differ, or
            columns do not fit the job.
    """
    place = Path(job.input)
    with explained(job.input):
        if place.is_dir():
            paths = [p for p in place.glob(f"*{PARQUET}") if not p.name.startswith(".")]
        else:
            paths = [place] if place.exists() else [Path(p) for p in glob.glob(job.input)]
    paths = sorted((path for path in paths if path.is_file()), key=lambda path: path.name)
    other = next((path for path in paths if path.suffix.lower() != PARQUET), None)
    if not paths or other is not None:
        raise DataError(
            f"{job.input} has no {PARQUET} file; name a directory with some, or a pattern"
            if other is None
            else f"{other} is no {PARQUET} file; Ray's workers read and write no other"
        )
    for first, second in pairwise(paths):
        if first.name == second.name:
            raise DataError(
                f"{first} and {second} would become one file of {job.output}; score them apart"
            )
    formats(replace(job, input=str(paths[0]), output=str(Path(job.output) / paths[0].name)))
    with ThreadPoolExecutor(_READERS) as pool:
        found = list(pool.map(_look_at, paths))
    _check_schemas(paths, [schema for _, schema in found])
    Columns(str(paths[0]), job, Chunk(ArrowRows(next(read_parquet(paths[0], 1)))), takes_new=False)
    return [file for file, _ in found]


def _look_at(path: Path) -> tuple[TableFile, pa.Schema]:
    with explained(path):
        status = path.stat()
        try:
            with pyarrow.parquet.ParquetFile(path) as file:
                table = TableFile(path, file.metadata.num_rows, status.st_size, status.st_mtime_ns)
                return table, file.schema_arrow
        except pa.ArrowException as error:
            raise DataError(
                f"{path} is not a Parquet file or is damaged; write it again"
            ) from error


def _check_schemas(paths: Sequence[Path], schemas: Sequence[pa.Schema]) -> None:
    for path, schema in zip(paths, schemas, strict=True):
        if not schema.equals(schemas[0]):
            fields = {field.name: field.type for field in schemas[0]}
            own = {field.name: field.type for field in schema}
            names = [name for name in {**fields, **own} if fields.get(name) != own.get(name)]
            where = f"column {names[0]!r}" if names else "the order of the columns"
            raise DataError(
                f"{path} and {paths[0]} differ in {where}; score files of one schema at a time"
            )


def count_rows(path: Path) -> tuple[int, int]:
    """Rows of a scored file, and how many of them have no answer, as its footer has them."""
    metadata = pyarrow.parquet.read_metadata(path)
    place = metadata.num_columns - 2  # the probability; the label is behind it
    groups = [metadata.row_group(i) for i in range(metadata.num_row_groups)]
    empty = sum(group.column(place).statistics.null_count for group in groups if group.num_rows)
    return metadata.num_rows, empty


class ScoredFiles:
    """The directory of scored files, while they are being written.

    Args:
        job: its output is the directory.
        model: what answers.
        files: from `find_files`.

    Raises:
        DataError: the output has no place, is there already, finished or not, or the earlier run
            was another.
    """

    def __init__(self, job: ScoringJob, model: SavedModel, files: Sequence[TableFile]) -> None:
        self.output = Path(job.output)
        self.folder = self.output.with_name(f".{self.output.name}.part")
        self._files = self.folder / _FILES
        self._job = job
        self._run: dict[str, Any] = {
            "model": model.sha256,
            "text_column": job.text_column,
            "probability_column": job.probability_column,
            "label_column": job.label_column,
            "chunk_rows": CHUNK_ROWS,
            "input": {each.path.name: [each.num_bytes, each.modified] for each in files},
        }
        with self._writing():
            self._check_place(files)
            self._old = self._read_run()
        if self._old is not None and job.resume:
            self._check_run(self._old)
        elif self._old is not None and not job.overwrite:
            raise DataError(
                f"an earlier run left {self.output} unfinished; go on with --resume, or start anew "
                "with --overwrite"
            )

    def begin(self) -> None:
        """Make the folder, or go on with the one that is there."""
        with self._writing():
            if self._old is None or not self._job.resume:
                shutil.rmtree(self.folder, ignore_errors=True)
                self._files.mkdir(parents=True)
                (self.folder / _RUN).write_text(json.dumps(self._run), encoding="utf-8")

    def job(self, file: TableFile) -> ScoringJob:
        """What is to be done with one file; gone on with where it was begun."""
        return replace(
            self._job,
            input=str(file.path.resolve()),
            output=str(self._files.resolve() / file.path.name),
            resume=True,
            overwrite=False,
        )

    def is_done(self, file: TableFile) -> bool:
        """Whether a file is scored."""
        return (self._files / file.path.name).exists()

    def counts(self, file: TableFile) -> tuple[int, int]:
        """Rows of a file that is scored, and how many of them have no answer."""
        with self._writing():
            return count_rows(self._files / file.path.name)

    def finish(self) -> None:
        """Put the directory in its place."""
        with self._writing():
            for left in self._files.glob(".*.part"):  # by a worker that died at a file's very end
                shutil.rmtree(left)
            if self.output.exists():
                self.output.rename(self.folder / _OLD)
            self._files.rename(self.output)
            shutil.rmtree(self.folder)

    def _check_place(self, files: Sequence[TableFile]) -> None:
        output = self.output
        if not output.parent.is_dir():
            raise DataError(f"there is no folder {output.parent}; make it, or name another output")
        if not output.exists():
            return
        if not output.is_dir():
            raise DataError(f"{output} is a file; name a directory with --output")
        if any(output.samefile(each.path.parent) for each in files):
            raise DataError(f"{output} is the input; name another directory with --output")
        if not self._job.overwrite:
            raise DataError(f"{output} is there already; replace it with --overwrite")
        other = next((p for p in output.iterdir() if p.suffix.lower() != PARQUET), None)
        if other is not None:
            raise DataError(
                f"{output} has {other.name} in it, which is no scored file; name another directory"
            )

    def _read_run(self) -> dict[str, Any] | None:
        try:
            value = json.loads((self.folder / _RUN).read_text(encoding="utf-8"))
        except (FileNotFoundError, NotADirectoryError):
            return None
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}

    def _check_run(self, old: dict[str, Any]) -> None:
        changed = next((name for name in self._run if old.get(name) != self._run[name]), None)
        if changed is not None:
            raise DataError(
                f"{self.output} cannot be resumed with {CHANGES[changed]}; give what it was begun "
                "with, or start anew with --overwrite in place of --resume"
            )

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise DataError(
                f"cannot write {self.output}: {reason}; check the folder and its free space"
            ) from error
