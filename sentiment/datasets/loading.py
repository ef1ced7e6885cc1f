"""`--data` → data sets: the forms that it takes, and what `auto` does."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from sentiment.config import DataConfig
from sentiment.datasets.dataset import Dataset
from sentiment.datasets.imdb import imdb, imdb_archive
from sentiment.datasets.lessons import lessons
from sentiment.datasets.lexicon import lexicon
from sentiment.datasets.own_table import own_table
from sentiment.datasets.pairs import pairs
from sentiment.datasets.snippets import snippets
from sentiment.errors import DataError, DataUnavailableError
from sentiment.progress import Progress, silent

AUTO = "auto"
AUTO_ORDER = ("imdb", "snippets", "pairs")


def load_datasets(config: DataConfig, progress: Progress = silent) -> tuple[Dataset, ...]:
    """Load every data set of a run, in the order given.

    Raises:
        DataError: one is unknown, cannot be read, or is named twice.
    """
    datasets = tuple(load_dataset(name, config, progress) for name in config.data)
    names = [dataset.name for dataset in datasets]
    for name in names:
        if names.count(name) > 1:
            raise DataError(f"the data set {name!r} is named twice; name it once")
    return datasets


def load_dataset(name: str, config: DataConfig, progress: Progress = silent) -> Dataset:
    """Load one data set.

    Args:
        name: `auto`, `imdb`, `snippets`, `snippets:DOMAIN`, `pairs`, `lessons`, `lexicon`, or the
            path of a table, of `aclImdb_v1.tar.gz` or of an unpacked `aclImdb`.
        config: the folders and columns to use; its `data` does not count.
        progress: is told what is being waited for.

    Raises:
        DataError: there is no such data set, or it cannot be read.
        DataUnavailableError: it is not within reach.
    """

    def told(description: str) -> None:
        progress(description, 0, None)

    if name == AUTO:
        return _auto(config, progress)
    if name == "imdb":
        return imdb(Path(config.data_dir).expanduser() if config.data_dir else None, progress)
    if name in ("pairs", "lessons"):
        return pairs() if name == "pairs" else lessons()
    if name == "lexicon":
        return lexicon(told)
    if name == "snippets" or name.startswith("snippets:"):
        return snippets(name.partition(":")[2] or None, told)
    try:
        path = Path(name).expanduser()
        path.exists()  # raises where a name is too long or a folder cannot be entered
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DataError(f"cannot read {name!r}: {reason}; check the path") from error
    return _from_path(path, name, config, progress)


def _from_path(path: Path, name: str, config: DataConfig, progress: Progress) -> Dataset:
    if path.is_dir() or path.name.endswith((".tar.gz", ".tgz")):
        return imdb_archive(path, progress)
    if not path.exists() and not path.suffix:
        raise DataError(
            f"there is no data set or file {str(path)!r}; give {', '.join(AUTO_ORDER)}, lessons, "
            "lexicon, snippets:DOMAIN, or the path of a table (.csv, .tsv, .jsonl, .parquet)"
        )
    table = own_table(path, config.text_column, config.label_column, config.positive_label)
    return replace(table, name=name)


def _auto(config: DataConfig, progress: Progress) -> Dataset:
    """Load the first data set that can be had; its notes say which, and why not the earlier."""
    failures: dict[str, str] = {}
    for name in AUTO_ORDER:
        try:
            dataset = load_dataset(name, config, progress)
        except DataUnavailableError as error:
            failures[name] = str(error)
        else:
            return replace(dataset, notes=(_why(name, failures), *dataset.notes))
    raise DataUnavailableError("; ".join(failures.values()))


def _why(name: str, failures: Mapping[str, str]) -> str:
    if not failures:
        return f"auto chose {name}, the first of {', '.join(AUTO_ORDER)}"
    reasons = "; ".join(failures.values())
    return f"auto chose {name}, since {reasons}"
