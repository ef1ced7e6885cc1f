"""The model directory: everything a model is, in files that are checked when they are read.

    <name>/
      config.json          settings, seed, versions, data; SHA-256 of itself and of the files below
      tokenizer.json
      weights.safetensors  the source of all weights
      model.onnx           to predict
      metrics.json         what was measured, on what
      MODEL_CARD.md
      training/            the state of an unfinished run; see `training.state`

A directory is written beside its place and renamed whole. Nothing in it can run code.
"""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sentiment.config import RunConfig
from sentiment.errors import ConfigError, ModelError
from sentiment.tokenizer import Tokenizer

FORMAT = 1
CONFIG = "config.json"
TOKENIZER = "tokenizer.json"
WEIGHTS = "weights.safetensors"
ONNX = "model.onnx"
METRICS = "metrics.json"
CARD = "MODEL_CARD.md"
FILES = (TOKENIZER, WEIGHTS, ONNX, METRICS, CARD)
TRAINING = "training"

_OWN_HASH = "sha256"
_PACKAGES = ("sentiment", "tensorflow", "keras", "numpy", "tokenizers", "onnx", "onnxruntime")
_REMEDY = "copy the model anew or train it again"

Weights = Mapping[str, NDArray[np.float32]]


@dataclass(frozen=True)
class SavedModel:
    """A model whose files have been read and checked.

    Attributes:
        name: of its directory.
        path: of its directory.
        info: what `config.json` says beside the settings: `made_by`, `created`, `versions`, `data`.
        config: every setting.
        files: the content of each file below `config.json`.
    """

    name: str
    path: Path
    info: Mapping[str, Any]
    config: RunConfig
    files: Mapping[str, bytes]

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """Makes token ids of texts."""
        return Tokenizer.from_json(self.files[TOKENIZER].decode())

    @property
    def onnx(self) -> bytes:
        """The network, as `onnx_graph.build_onnx` made it."""
        return self.files[ONNX]

    def weights(self) -> dict[str, NDArray[np.float32]]:
        """float32 arrays, named as `networks.network_weights` does."""
        from safetensors.numpy import load

        return load(self.files[WEIGHTS])

    @property
    def metrics(self) -> dict[str, Any]:
        """What was measured, on what."""
        values: dict[str, Any] = json.loads(self.files[METRICS])
        return values

    @property
    def card(self) -> str:
        """The model card, Markdown."""
        return self.files[CARD].decode()


def save_model(
    path: Path,
    *,
    config: RunConfig,
    tokenizer: Tokenizer,
    weights: Weights,
    onnx: bytes,
    metrics: Mapping[str, Any],
    card: str,
    made_by: str,
    data: Sequence[Mapping[str, str]],
) -> None:
    """Write a model directory, in place of what was there; a `training/` in it stays.

    Args:
        path: the directory.
        config: every setting.
        tokenizer: makes token ids of texts.
        weights: named as `networks.network_weights` does.
        onnx: the network, from `onnx_graph.build_onnx`.
        metrics: what was measured, as JSON takes it.
        card: the model card, Markdown.
        made_by: `train`, or the experiment whose by-product the model is.
        data: `name`, `source` and `fingerprint` of each data set.

    Raises:
        ModelError: the directory cannot be written.
    """
    from safetensors.numpy import save

    arrays = {name: np.ascontiguousarray(value) for name, value in weights.items()}
    files = {
        TOKENIZER: tokenizer.to_json().encode(),
        WEIGHTS: save(arrays),
        ONNX: onnx,
        METRICS: (json.dumps(metrics, indent=2) + "\n").encode(),
        CARD: card.encode(),
    }
    content = {
        "format": FORMAT,
        "made_by": made_by,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "versions": {name: metadata.version(name) for name in _PACKAGES},
        "data": [dict(each) for each in data],
        "config": config.to_dict(),
        "files": {name: hashlib.sha256(value).hexdigest() for name, value in files.items()},
    }
    content[_OWN_HASH] = _own_hash(content)
    files[CONFIG] = (json.dumps(content, indent=2) + "\n").encode()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(
            dir=path.parent, prefix=".", ignore_cleanup_errors=True
        ) as scratch:
            fresh = Path(scratch, "fresh")
            fresh.mkdir()
            for name, value in files.items():
                (fresh / name).write_bytes(value)
            _put(fresh, path, Path(scratch, "old"))
    except OSError as error:
        raise ModelError(f"cannot save the model in {path}: {error.strerror}") from error


def _put(fresh: Path, path: Path, old: Path) -> None:
    if not path.exists():
        fresh.rename(path)
        return
    path.rename(old)
    try:
        fresh.rename(path)
    except OSError:
        old.rename(path)
        raise
    if (old / TRAINING).is_dir():
        (old / TRAINING).rename(path / TRAINING)


def load_model(path: Path) -> SavedModel:
    """Read a model directory and check every file of it.

    Raises:
        ModelError: it is no model, of a newer format, or a file is missing or damaged.
    """
    content = _read_config(path)
    files = {}
    damaged = []
    for name in FILES:
        try:
            files[name] = (path / name).read_bytes()
        except FileNotFoundError:
            raise ModelError(f"the model {path} lacks {name}; {_REMEDY}") from None
        except OSError as error:
            raise ModelError(f"cannot read {path / name}: {error.strerror}") from error
        if hashlib.sha256(files[name]).hexdigest() != content["files"][name]:
            damaged.append(name)
    if len(damaged) == 1:
        raise ModelError(f"{path / damaged[0]} is damaged or of another model; {_REMEDY}")
    if damaged:
        raise ModelError(
            f"{path / CONFIG} is of another model than {' and '.join(damaged)}; {_REMEDY}"
        )
    try:
        config = RunConfig.from_dict(content["config"])
    except ConfigError as error:
        raise ModelError(f"{path / CONFIG} cannot be used: {error}; {_REMEDY}") from error
    info = {name: content[name] for name in ("made_by", "created", "versions", "data")}
    return SavedModel(path.resolve().name, path, info, config, files)


def read_info(path: Path) -> dict[str, Any]:
    """What `config.json` says, without a look at the other files.

    Raises:
        ModelError: it is missing, damaged or of a newer format.
    """
    return _read_config(path)


def remove_files(path: Path) -> None:
    """Delete a model directory."""
    shutil.rmtree(path)


def _read_config(path: Path) -> dict[str, Any]:
    place = path / CONFIG
    try:
        content = json.loads(place.read_bytes())
        if not isinstance(content, dict):
            raise ValueError
        if isinstance(content.get("format"), int) and content["format"] > FORMAT:
            raise ModelError(
                f"{place} has format {content['format']}, newer than this version reads; "
                "run `pip install --upgrade sentiment`"
            )
        if content.pop(_OWN_HASH, None) != _own_hash(content):
            raise ValueError
    except FileNotFoundError:
        raise ModelError(
            f"{path} is not a model: it has no {CONFIG}; see `sentiment models list`"
        ) from None
    except NotADirectoryError:
        raise ModelError(f"{path} is a file, not a model's directory") from None
    except OSError as error:
        raise ModelError(f"cannot read {place}: {error.strerror}") from error
    except (ValueError, RecursionError):
        raise ModelError(f"{place} is damaged; {_REMEDY}") from None
    return content


def _own_hash(content: Mapping[str, Any]) -> str:
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()
