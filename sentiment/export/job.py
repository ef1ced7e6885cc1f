"""A model → a file or folder of another format, which appears checked and whole, or not at all."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import tokenizers

from sentiment.artifact import SavedModel
from sentiment.errors import ConfigError, DataError, ModelError
from sentiment.export.texts import checked_texts
from sentiment.predictor import Predictor
from sentiment.progress import Progress, silent
from sentiment.quiet import quiet_tensorflow
from sentiment.tokenizer import PADDING, PADDING_ID

KERAS = "keras"
ONNX = "onnx"
SAVED_MODEL = "savedmodel"
FORMATS = (KERAS, ONNX, SAVED_MODEL)
TOLERANCE = 1e-4

_SUFFIXES = {KERAS: ".keras", ONNX: ".onnx"}


@dataclass(frozen=True)
class ExportResult:
    """What was written; `to_dict` is `export --json`.

    Attributes:
        model: name of what was exported.
        format: one of `FORMATS`.
        path: of the file or folder.
        tokenizer_path: of the tokenizer file beside it; None where the format takes texts.
        num_bytes: of both.
        num_texts: that its answers were compared on.
        greatest_difference: of its P(positive) from that of `predict`.
        max_tokens: ids of a text that are read.
        truncation: the part of a longer text that is kept.
    """

    model: str
    format: str
    path: str
    tokenizer_path: str | None
    num_bytes: int
    num_texts: int
    greatest_difference: float
    max_tokens: int
    truncation: str

    def to_dict(self) -> dict[str, Any]:
        """The object that `export --json` prints."""
        return asdict(self)


def export_model(
    model: SavedModel,
    format: str,  # noqa: A002 (what the option is called)
    path: Path,
    *,
    overwrite: bool = False,
    progress: Progress = silent,
) -> ExportResult:
    """Write a model in another format, and compare its answers with those of `predict`.

    Args:
        model: a loaded model.
        format: one of `FORMATS`.
        path: file, or for a SavedModel folder, to write.
        overwrite: whether to replace what is there.
        progress: is told what is being waited for.

    Raises:
        ConfigError: there is no such format, or the name does not go with it.
        DataError: something is there already, or nothing can be written there.
        ModelError: what was written answers otherwise, by more than `TOLERANCE`.
    """
    check_path(format, path, overwrite=overwrite)
    texts = checked_texts(model.config.data.max_tokens)
    tokenizer_path = None if format == SAVED_MODEL else _tokenizer_path(path)
    with _scratch(path.parent) as scratch:
        fresh, fresh_tokenizer = scratch / path.name, scratch / "tokenizer"
        progress(f"writing {format}", 0, None)
        _write(model, format, fresh)
        fresh_tokenizer.write_text(padding_tokenizer(model), encoding="utf-8")
        progress("comparing its answers", 0, None)
        difference = _difference(model, format, fresh, texts)
        num_bytes = _size(fresh)
        if tokenizer_path is not None:
            num_bytes += _size(fresh_tokenizer)
            fresh_tokenizer.replace(tokenizer_path)
        _put(fresh, path, scratch / "old")
    return ExportResult(
        model=model.name,
        format=format,
        path=str(path),
        tokenizer_path=None if tokenizer_path is None else str(tokenizer_path),
        num_bytes=num_bytes,
        num_texts=len(texts),
        greatest_difference=difference,
        max_tokens=model.config.data.max_tokens,
        truncation=model.config.data.truncation,
    )


def check_path(format: str, path: Path, *, overwrite: bool) -> None:  # noqa: A002
    """Let no export through that has no place, before any work.

    Raises:
        ConfigError, DataError: as in `export_model`.
    """
    if format not in FORMATS:
        raise ConfigError(f"there is no format {format!r}; there are {', '.join(FORMATS)}")
    suffix = _SUFFIXES.get(format)
    if suffix is not None and path.suffix != suffix:
        raise ConfigError(f"a file of format {format} ends in {suffix}; {path.name!r} does not")
    if suffix is None and path.suffix in _SUFFIXES.values():
        raise ConfigError(f"a SavedModel is a folder; name one without {path.suffix}")
    if not path.parent.is_dir():
        raise DataError(f"there is no folder {path.parent}; make it, or name another output")
    places = [path] if suffix is None else [path, _tokenizer_path(path)]
    for place in places:
        if not os.path.lexists(place):
            continue
        if not (_is_saved_model(place) if suffix is None else place.is_file()):
            raise DataError(f"{place} is there and is not of format {format}; name another output")
        if not overwrite:
            raise DataError(f"{place} is there already; replace it with --overwrite")


def padding_tokenizer(model: SavedModel) -> str:
    """The tokenizer file of a model, that pads a batch to its longest text besides."""
    backend = tokenizers.Tokenizer.from_str(model.tokenizer.to_json())
    backend.enable_padding(pad_id=PADDING_ID, pad_token=PADDING)
    text: str = backend.to_str()
    return text


def _tokenizer_path(path: Path) -> Path:
    return path.with_name(f"{path.name}.tokenizer.json")


def _write(model: SavedModel, format: str, path: Path) -> None:  # noqa: A002
    try:
        if format == ONNX:
            from sentiment.export.onnx_file import onnx_file

            path.write_bytes(onnx_file(model))
            return
        with quiet_tensorflow():
            from sentiment.export.keras_network import write_keras
            from sentiment.export.saved_model import write_saved_model

            (write_keras if format == KERAS else write_saved_model)(model, path)
    except OSError as error:
        raise _unwritable(path, error) from error


def _difference(model: SavedModel, format: str, path: Path, texts: list[str]) -> float:  # noqa: A002
    """The greatest difference of its answers from those of `predict`."""
    predictor = Predictor.of(model)
    expected = predictor.score(texts)
    if format == ONNX:
        from sentiment.export.onnx_file import answers_of_onnx

        found = answers_of_onnx(path, texts)
    else:
        from sentiment.export.checking import answers_of_keras, answers_of_saved_model

        if format == KERAS:
            found = answers_of_keras(path, predictor.token_ids(texts))
        else:
            found = answers_of_saved_model(path, texts)
    difference = float(np.abs(found - expected).max())
    if not difference <= TOLERANCE:
        raise ModelError(
            f"the exported model answers otherwise than {model.name}, by up to {difference:.2g}; "
            "nothing was kept; please report this with the versions of TensorFlow and Keras"
        )
    return difference


def _put(fresh: Path, path: Path, old: Path) -> None:
    """Put a file or folder in its place; what was there is back where that fails."""
    if fresh.is_file():
        fresh.replace(path)
        return
    try:
        if path.exists():
            path.rename(old)
        fresh.rename(path)
    finally:
        if old.exists() and not path.exists():
            old.rename(path)


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    """A hidden folder beside the place of what is written; nothing of it stays."""
    try:
        scratch = Path(tempfile.mkdtemp(dir=folder, prefix=".export-"))
    except OSError as error:
        raise _unwritable(folder, error) from error
    try:
        yield scratch
    except OSError as error:
        raise _unwritable(folder, error) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _unwritable(path: Path, error: OSError) -> DataError:
    return DataError(f"cannot write {path}: {error.strerror or error}; name another output")


def _is_saved_model(path: Path) -> bool:
    return path.is_dir() and ((path / "saved_model.pb").is_file() or not any(path.iterdir()))


def _size(path: Path) -> int:
    if path.is_file():
        return path.stat().st_size
    return sum(each.stat().st_size for each in path.rglob("*") if each.is_file())
