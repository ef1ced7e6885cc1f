"""Arrow copies of splits in the user's cache directory, so that a corpus is prepared once.

    <cache dir>/datasets/<key>/
      index.json       rows and CRC-32 of each split
      <split>.arrow    Arrow IPC file, memory-mapped when it is read

A copy is written beside its place and renamed whole. The key has to change whenever the content
would, so two writers of one key write the same and it does not matter whose copy stays.
"""

import contextlib
import json
import re
import tempfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from sentiment import paths
from sentiment.datasets.dataset import Split

_FORMAT = 1
_INDEX = "index.json"
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")


def load_cached(key: str) -> dict[str, Split] | None:
    """The splits stored under a key; None where there are none or the copy is damaged.

    The texts stay on disk, mapped into memory, until they are used.

    Raises:
        ValueError: the key is not fit to be a file name.
    """
    folder = _folder(key)
    try:
        index = json.loads((folder / _INDEX).read_text(encoding="utf-8"))
        if index["format"] != _FORMAT:
            return None
        return {name: _read(folder / f"{name}.arrow", entry) for name, entry in index["splits"]}
    except (OSError, ValueError, TypeError, KeyError, pa.ArrowException):
        return None


def store(key: str, splits: Mapping[str, Split]) -> bool:
    """Keep splits under a key, in place of what was there.

    Returns:
        False where the cache directory cannot be written; a cache is never needed.

    Raises:
        ValueError: the key or the name of a split is not fit to be a file name.
    """
    folder = _folder(key)
    for name in splits:
        _check_name(name)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(
            prefix=f".{key}-", dir=folder.parent, ignore_cleanup_errors=True
        ) as scratch:
            fresh = Path(scratch, "fresh")
            fresh.mkdir()
            entries = [[name, _write(fresh / f"{name}.arrow", splits[name])] for name in splits]
            (fresh / _INDEX).write_text(json.dumps({"format": _FORMAT, "splits": entries}))
            return _put(fresh, folder, Path(scratch, "old"))
    except OSError:
        return False


def _put(fresh: Path, folder: Path, old: Path) -> bool:
    """Rename `fresh` to `folder`; what is there goes first, unless another writer is as quick."""
    with contextlib.suppress(FileNotFoundError):
        folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        return folder.is_dir()
    return True


def _write(path: Path, split: Split) -> dict[str, int]:
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, split.table.schema) as writer:
        writer.write_table(split.table)
    with pa.memory_map(str(path)) as source:
        return {"rows": len(split), "crc32": zlib.crc32(source.read_buffer())}


def _read(path: Path, entry: Any) -> Split:
    with pa.memory_map(str(path)) as source:
        buffer = source.read_buffer()
    if zlib.crc32(buffer) != entry["crc32"]:
        raise ValueError(f"{path} is damaged")
    table = pa.ipc.open_file(pa.BufferReader(buffer)).read_all()
    if table.num_rows != entry["rows"]:
        raise ValueError(f"{path} is damaged")
    return Split(table)


def _folder(key: str) -> Path:
    _check_name(key)
    return paths.cache_dir() / "datasets" / key


def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is not fit to be a file name")
