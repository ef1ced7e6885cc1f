"""The user's models by name, and which of them answers by default.

<models dir>/
<name>/          a model directory, see `artifact`
default.txt      the name chosen with `models use`
"""

import difflib
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sentiment import paths
from sentiment.artifact import CONFIG, read_info, remove_files
from sentiment.errors import ConfigError, ModelError

TRAIN = "train"
SHIPPED = Path(__file__).parent / "model"

_DEFAULT = "default.txt"


@dataclass(frozen=True)
class StoredModel:
    """A model in the store.

    Attributes:
        name: of its directory.
        path: of its directory.
        made_by: `train`, or the experiment whose by-product it is; empty where it is damaged.
        created: ISO 8601, UTC.
        cell: of its network.
        data: names of the data sets it was trained on.
        is_default: whether it answers where no model is named.
        problem: what is wrong with it; empty where nothing is.
    """

    name: str
    path: str
    made_by: str = ""
    created: str = ""
    cell: str = ""
    data: tuple[str, ...] = ()
    is_default: bool = False
    problem: str = ""

    def to_dict(self) -> dict[str, Any]:
        """As JSON takes it."""
        return asdict(self)


def default_name(cell: str) -> str:
    """A name that no model has yet: cell and local time."""
    stem = f"{cell}-{datetime.now():%Y%m%d-%H%M%S}"
    name, number = stem, 1
    while model_path(name).exists():
        number += 1
        name = f"{stem}-{number}"
    return name


def model_path(name: str) -> Path:
    """Where the model of a name is or goes.

    Raises:
        ConfigError: the name is not fit to be a folder's.
    """
    if not name or Path(name).name != name or name.startswith(".") or "\0" in name:
        raise ConfigError(f"{name!r} is not fit to be a model's name; use letters, digits, - and _")
    return paths.models_dir() / name


def find_model(name: str | None = None) -> Path:
    """The directory of a model.

    Args:
        name: a name in the store, or a path. None takes the one chosen with `use_model`, else the
            newest made by `train`, else the one that comes with the package.

    Raises:
        ModelError: there is no such model, or none at all.
    """
    if name is None:
        found = _default()
        if found is None:
            raise ModelError("there is no model yet; train one with `sentiment train --cell gru`")
        return found
    path = Path(name).expanduser()
    if (path / CONFIG).is_file() or path.name != name:
        return path
    if (paths.models_dir() / name).is_dir():
        return paths.models_dir() / name
    if path.exists():
        return path
    names = [entry.name for entry in _folders()]
    close = difflib.get_close_matches(name, names, n=1)
    if close:
        hint = f"did you mean {close[0]!r}?"
    else:
        hint = f"there are {', '.join(names[-5:])}" if names else "train one with `sentiment train`"
    raise ModelError(f"there is no model {name!r}; {hint}")


def list_models() -> list[StoredModel]:
    """Every model in the store, the newest last; damaged ones with what is wrong."""
    default = _default()
    return [_entry(folder, folder == default) for folder in _folders()]


def use_model(name: str) -> None:
    """Let a model answer where none is named.

    Raises:
        ModelError: there is no such model in the store, or it is damaged.
    """
    path = _in_store(name)
    read_info(path)
    (paths.models_dir() / _DEFAULT).write_text(name + "\n", encoding="utf-8")


def remove_model(name: str) -> None:
    """Delete a model of the store.

    Raises:
        ModelError: there is no such model.
    """
    path = _in_store(name)
    remove_files(path)
    chosen = paths.models_dir() / _DEFAULT
    if chosen.exists() and chosen.read_text(encoding="utf-8").strip() == name:
        chosen.unlink()


def _in_store(name: str) -> Path:
    path = find_model(name)
    if path.parent != paths.models_dir():
        raise ModelError(f"{name} is not in the store {paths.models_dir()}; name one that is")
    return path


def _folders() -> list[Path]:
    """Model directories of the store, the oldest `config.json` first."""
    places = paths.models_dir().glob(f"*/{CONFIG}")
    return [place.parent for place in sorted(places, key=lambda place: place.stat().st_mtime_ns)]


def _default() -> Path | None:
    chosen = paths.models_dir() / _DEFAULT
    if chosen.is_file():
        path = paths.models_dir() / chosen.read_text(encoding="utf-8").strip()
        if (path / CONFIG).is_file():
            return path
    for folder in reversed(_folders()):
        try:
            if read_info(folder)["made_by"] == TRAIN:
                return folder
        except (ModelError, KeyError):
            continue
    return SHIPPED if (SHIPPED / CONFIG).is_file() else None


def _entry(folder: Path, is_default: bool) -> StoredModel:
    try:
        info = read_info(folder)
        return StoredModel(
            folder.name,
            str(folder),
            made_by=info["made_by"],
            created=info["created"],
            cell=info["config"]["model"]["cell"],
            data=tuple(each["name"] for each in info["data"]),
            is_default=is_default,
        )
    except (ModelError, KeyError, TypeError) as error:
        return StoredModel(folder.name, str(folder), problem=str(error))
