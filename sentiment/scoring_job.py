"""What is to be scored and how, and what can be wrong with that before any work starts."""

from dataclasses import dataclass
from pathlib import Path

from sentiment.errors import ConfigError, DataError
from sentiment.row_reading import FAIL, ON_ERROR
from sentiment.table_files import PARQUET, TEXT_SUFFIXES, TableFormat, table_format
from sentiment.unfinished import Unfinished
from sentiment.words import readable

STREAM = "-"


@dataclass(frozen=True)
class ScoringJob:
    """What is to be scored, and how.

    Attributes:
        input: path of a table, or `-` for standard input.
        output: path of the table to write, or `-` for standard output.
        text_column: None takes the only column named text, review or sentence.
        probability_column: what the column of probabilities is called.
        label_column: what the column of labels is called.
        on_error: what becomes of malformed rows, one of `row_reading.ON_ERROR`.
        stdin_format: `csv`, `tsv` or `jsonl`, of standard input.
        resume: whether to go on from where an earlier run was stopped.
        overwrite: whether to replace what is there, an unfinished run included.
    """

    input: str
    output: str
    text_column: str | None = None
    probability_column: str = "probability"
    label_column: str = "label"
    on_error: str = FAIL
    stdin_format: str | None = None
    resume: bool = False
    overwrite: bool = False

    @property
    def input_path(self) -> Path | None:
        """None for standard input."""
        return None if self.input == STREAM else Path(self.input)

    @property
    def output_path(self) -> Path | None:
        """None for standard output."""
        return None if self.output == STREAM else Path(self.output)


def formats(job: ScoringJob) -> tuple[TableFormat, TableFormat]:
    """The formats of input and output.

    Raises:
        ConfigError: options do not go together.
        DataError: a name says no format.
    """
    if job.on_error not in ON_ERROR:
        raise ConfigError(f"on_error has to be one of {', '.join(ON_ERROR)}, not {job.on_error!r}")
    if job.probability_column == job.label_column:
        raise ConfigError(
            f"both new columns cannot be called {job.label_column!r}; change --label-column"
        )
    for name in (job.probability_column, job.label_column):
        if readable(name) != name:
            raise ConfigError(f"{name!r} is not UTF-8; call the new column otherwise")
    if job.input_path is not None:
        if job.stdin_format is not None:
            raise ConfigError(f"--format is for standard input; leave it out with {job.input}")
        input_format = table_format(job.input_path)
    elif f".{job.stdin_format}" in TEXT_SUFFIXES:
        input_format = TableFormat(f".{job.stdin_format}")
    else:
        raise ConfigError("say what standard input is with --format csv, tsv or jsonl")
    if job.output_path is not None:
        return input_format, table_format(job.output_path)
    if input_format.suffix == PARQUET:
        raise ConfigError("Parquet does not go to standard output; name a file with --output")
    return input_format, TableFormat(input_format.suffix)


def check_paths(job: ScoringJob) -> None:
    """Let no job through whose output has no place.

    Raises:
        ConfigError: what cannot be resumed is to be.
        DataError: the output is the input, or there already, finished or not, or cannot be there.
    """
    path = job.output_path
    if job.resume and (path is None or job.input_path is None):
        raise ConfigError("a run over standard input or output cannot be resumed; name files")
    if path is None:
        return
    try:
        if path.is_dir():
            raise DataError(f"{path} is a directory; name a file in it")
        if not path.parent.is_dir():
            raise DataError(f"there is no folder {path.parent}; make it, or name another output")
        exists = path.exists()
        from_file = job.input_path is not None and job.input_path.exists()
        if exists and from_file and path.samefile(job.input):
            raise DataError(f"{path} is the input; name another file with --output")
        if exists and not job.overwrite:
            raise DataError(f"{path} is there already; replace it with --overwrite")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DataError(f"cannot write {path}: {reason}; name another output") from error
    if not (job.resume or job.overwrite) and Unfinished(path).state() is not None:
        raise DataError(
            f"an earlier run left {path} unfinished; go on with --resume, or start anew with "
            "--overwrite"
        )
