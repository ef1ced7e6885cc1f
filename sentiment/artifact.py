"""The model directory: everything a model is, in files that are checked when they are read.

    <name>/
      config.json          settings, seed, versions, data; SHA-256 of itself and of the files below
      tokenizer.json
      weights.safetensors  the source of all weights, compact or not; see `compact`
      model.onnx           to predict; its end, the embedding, is read from weights.safetensors
      metrics.json         what was measured, on what
      MODEL_CARD.md
      training/            the state of an unfinished run; see `training.state`

A directory is written beside its place and renamed whole. Nothing in it can run code. Knows
nothing about names and defaults; see `model_store`.

Formats: 2 is written. In 1, which is read too, `model.onnx` has the embedding in itself and no
weights are compact.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sentiment.compact import EMBEDDING, Stored, expand_weights
from sentiment.config import RunConfig
from sentiment.errors import ConfigError, ModelError
from sentiment.tokenizer import Tokenizer

FORMAT = 3
CONFIG = "config.json"
TOKENIZER = "tokenizer.json"
WEIGHTS = "weights.safetensors"
ONNX = "model.onnx"
METRICS = "metrics.json"
CARD = "MODEL_CARD.md"
FILES = (TOKENIZER, WEIGHTS, ONNX, METRICS, CARD)
TRAINING = "training"

_OWN_HASH = "sha256"
_WHOLE_ONNX = 1  # the last format whose model.onnx has the embedding in itself
_INFO = ("format", "made_by", "created", "versions", "data", "vocabulary_size")
_PACKAGES = ("sentiment", "tensorflow", "keras", "numpy", "tokenizers", "onnx", "onnxruntime")
_REMEDY = "copy the model anew or train it again"


@dataclass(frozen=True)
class SavedModel:
    """A model whose files have been read and checked.

    Attributes:
        name: of its directory.
        path: of its directory.
        info: what `config.json` says beside the settings: `format`, `made_by` (`train`, or an
            experiment), `created` (ISO 8601, UTC), `versions` by package, `data` (`name`,
            `source` and `fingerprint` of each data set), `vocabulary_size`.
        config: every setting.
        sha256: of what `config.json` says, the hashes of the other files included.
        files: the content of each file below `config.json`.
    """

    name: str
    path: Path
    info: Mapping[str, Any]
    config: RunConfig
    sha256: str
    files: Mapping[str, bytes] = field(repr=False)

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """Makes token ids of texts."""
        return Tokenizer.from_json(self.files[TOKENIZER].decode())

    @property
    def onnx(self) -> bytes:
        """The network, as `onnx_graph.build_onnx` made it."""
        if self.info["format"] <= _WHOLE_ONNX:
            return self.files[ONNX]
        return b"".join([self.files[ONNX], _stored_bytes(self.files[WEIGHTS], EMBEDDING)])

    def weights(self) -> dict[str, NDArray[np.float32]]:
        """float32 arrays, named and shaped as `networks.network_weights` does, however stored."""
        return expand_weights(self.stored_weights())

    def stored_weights(self) -> Stored:
        """The same weights as they are stored; see `compact`."""
        from safetensors.numpy import load

        stored: Stored = load(self.files[WEIGHTS])
        return stored

    @property
    def weight_names(self) -> tuple[str, ...]:
        """Names of the stored weights, without reading any of them."""
        header, _ = _header(self.files[WEIGHTS])
        return tuple(header)

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
    weights: Stored,
    onnx: bytes,
    metrics: Mapping[str, Any],
    card: str,
    made_by: str,
    data: Sequence[Mapping[str, str]],
) -> None:
    """Write a model directory, in place of what was there; a `training/` in it stays.

    Args:
        path: the directory; see `model_store.model_path`.
        config: every setting.
        tokenizer: makes token ids of texts.
        weights: named and shaped as `networks.network_weights` does, or what
            `compact.compact_weights` made of them; they are stored as they are.
        onnx: the network, which `onnx_graph.build_onnx` made of these very weights.
        metrics: what was measured, as JSON takes it.
        card: the model card, Markdown.
        made_by: `train`, or the experiment whose by-product the model is.
        data: `name`, `source` and `fingerprint` of each data set.

    Raises:
        ModelError: the directory cannot be written, or what is there is not a model.
        ValueError: `onnx` was made of another embedding.
    """
    from safetensors.numpy import save

    embedding = weights[EMBEDDING].tobytes()
    if not onnx.endswith(embedding):
        raise ValueError("the ONNX graph does not end with the embedding of these weights")
    files = {
        TOKENIZER: tokenizer.to_json().encode(),
        WEIGHTS: save({name: np.ascontiguousarray(value) for name, value in weights.items()}),
        ONNX: onnx.removesuffix(embedding),
        METRICS: _json(metrics),
        CARD: card.encode(),
    }
    content = {
        "format": FORMAT,
        "made_by": made_by,
        "created": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "versions": installed_versions(_PACKAGES),
        "data": [dict(each) for each in data],
        "vocabulary_size": tokenizer.vocabulary_size,
        "config": config.to_dict(),
        "files": {
            name: {"sha256": _sha256(value), "bytes": len(value)} for name, value in files.items()
        },
    }
    files[CONFIG] = _json({**content, _OWN_HASH: _own_hash(content)})
    try:
        _write(path, files)
    except OSError as error:
        raise ModelError(f"cannot save the model in {path}: {error.strerror or error}") from error


def load_model(path: Path) -> SavedModel:
    """Read a model directory and check every file of it.

    Raises:
        ModelError: it is no model, of a newer format, or a file is missing or damaged.
    """
    content = _read_config(path)
    files = {name: _read(path, name) for name in FILES}
    strange = [name for name in FILES if _sha256(files[name]) != content["files"][name]["sha256"]]
    if len(strange) == 1:
        raise _damaged(path / strange[0])
    if strange:
        # More likely than that many damaged files is one config.json of another model.
        raise ModelError(
            f"{path / CONFIG} does not go with {', '.join(strange)} beside it; {_REMEDY}"
        )
    config = RunConfig.from_dict(content["config"])
    info = {name: content[name] for name in _INFO}
    return SavedModel(path.resolve().name, path, info, config, _own_hash(content), files)


def read_info(path: Path) -> dict[str, Any]:
    """What `config.json` says, with no more than a look at the lengths of the other files.

    Returns:
        What `SavedModel.info` has, and every setting under `config`.

    Raises:
        ModelError: it is no model, of a newer format, `config.json` is damaged, or another file
            is missing or of another length.
    """
    content = _read_config(path)
    for name in FILES:
        try:
            length = (path / name).stat().st_size
        except OSError:
            raise ModelError(f"{path / name} is missing; {_REMEDY}") from None
        if length != content["files"][name]["bytes"]:
            raise _damaged(path / name)
    return {name: content[name] for name in (*_INFO, "config")}


def _write(path: Path, files: Mapping[str, bytes]) -> None:
    """Write a directory and put it in its place; what was there is removed only then."""
    import shutil
    import tempfile

    if not _replaceable(path):
        raise ModelError(f"{path} is there and is not a model; choose another name")
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(dir=path.parent, prefix="."))
    fresh, old = scratch / "fresh", scratch / "old"
    try:
        fresh.mkdir()
        for name, value in files.items():
            (fresh / name).write_bytes(value)
        if (path / TRAINING).is_dir():
            (path / TRAINING).rename(fresh / TRAINING)
        if path.exists():
            path.rename(old)
        fresh.rename(path)
    finally:  # puts all back where something failed, or Ctrl-C came
        if os.path.lexists(old) and not os.path.lexists(path):
            old.rename(path)
        if (fresh / TRAINING).is_dir():
            (fresh / TRAINING).rename(path / TRAINING)
        shutil.rmtree(scratch, ignore_errors=True)


def _replaceable(path: Path) -> bool:
    """Whether nothing is there, or a model, or an unfinished run and nothing else."""
    if not path.exists():
        return True
    if not path.is_dir():
        return False
    return (path / CONFIG).exists() or {entry.name for entry in path.iterdir()} <= {TRAINING}


def _read_config(path: Path) -> dict[str, Any]:
    """Read `config.json` and check it, apart from what it says of the other files."""
    place = path / CONFIG
    if not os.path.isdir(path):  # which, unlike `Path.is_dir`, takes any name
        wrong = "is a file, not a model's directory" if os.path.exists(path) else "is not there"
        raise ModelError(f"{path} {wrong}; `sentiment models list` shows the models there are")
    if not place.exists():
        if any((path / name).exists() for name in FILES):
            raise ModelError(f"{place} is missing; {_REMEDY}")
        if (path / TRAINING).is_dir():
            raise ModelError(
                f"{path} is an unfinished run; go on with "
                f"`sentiment train --resume --model {path.name}`, or the command that began it"
            )
        raise ModelError(
            f"{path} is not a model: it has no {CONFIG}; "
            "`sentiment models list` shows the models there are"
        )
    try:
        content = json.loads(_read(path, CONFIG))
        newer = isinstance(content["format"], int) and content["format"] > FORMAT
        intact = newer or content.pop(_OWN_HASH) == _own_hash(content)
    except (ValueError, TypeError, KeyError, RecursionError):
        raise _damaged(place) from None
    if newer:
        raise ModelError(
            f"{place} has format {content['format']}, and this version reads up to {FORMAT}; "
            "upgrade with `pip install --upgrade sentiment`"
        )
    if not intact:
        raise _damaged(place)
    _check_content(place, content)
    return dict(content)


def _check_content(place: Path, content: Mapping[str, Any]) -> None:
    """Check what an intact `config.json` says, for one that another program wrote."""
    try:
        RunConfig.from_dict(content["config"])
        kinds = {
            "format": int,
            "made_by": str,
            "created": str,
            "versions": dict,
            "vocabulary_size": int,
        }
        for name, kind in kinds.items():
            if not isinstance(content[name], kind):
                raise TypeError(f"{name} is {content[name]!r}")
        for each in content["data"]:
            each["name"], each["source"], each["fingerprint"]
        for name in FILES:
            content["files"][name]["sha256"], content["files"][name]["bytes"]
    except ConfigError as error:
        if content["format"] != FORMAT:
            raise ModelError(
                f"{place} is of an earlier version, whose settings were others: {error}; "
                "train it again"
            ) from error
        raise ModelError(f"{place} cannot be used: {error}; {_REMEDY}") from error
    except (KeyError, TypeError) as error:
        raise ModelError(f"{place} is incomplete: {error}; {_REMEDY}") from error


def _damaged(place: Path) -> ModelError:
    return ModelError(f"{place} is damaged or another model's; {_REMEDY}")


def _read(path: Path, name: str) -> bytes:
    try:
        return (path / name).read_bytes()
    except FileNotFoundError:
        raise ModelError(f"{path / name} is missing; {_REMEDY}") from None
    except OSError as error:
        raise ModelError(
            f"cannot read {path / name}: {error.strerror or error}; {_REMEDY}"
        ) from error


def _stored_bytes(weights: bytes, name: str) -> memoryview:
    """The bytes of one weight in a safetensors file, without a copy of it or of any other."""
    header, start = _header(weights)
    begin, end = header[name]["data_offsets"]
    return memoryview(weights)[start + begin : start + end]


def _header(weights: bytes) -> tuple[dict[str, Any], int]:
    """What a safetensors file says of its weights, by name, and where they start.

    The file is the length of its header in 8 bytes, the header in JSON, and then the weights.
    """
    start = 8 + int.from_bytes(weights[:8], "little")
    return json.loads(weights[8:start]), start


def _json(values: Mapping[str, Any]) -> bytes:
    return (json.dumps(values, indent=2) + "\n").encode()


def _sha256(value: bytes) -> str:
    return hashlib.sha256(value).hexdigest()


def _own_hash(content: Mapping[str, Any]) -> str:
    """SHA-256 of what `config.json` says, however it is laid out."""
    return _sha256(json.dumps(content, sort_keys=True).encode())


def installed_versions(names: Iterable[str]) -> dict[str, str]:
    """Versions by package, of those that are installed; TensorFlow, say, has more than one name."""
    from importlib import metadata

    versions = {}
    for name in names:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return versions
