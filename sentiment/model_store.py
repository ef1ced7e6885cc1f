"""The user's models by name, and which of them answers by default.

    <models dir>/
      <name>/       a model directory, see `artifact`; or an unfinished run, which is no model yet
      .default      the name chosen with `models use`

The models that come with the package, where there are any, can be named and chosen like them; of
two of the same name, the user's is meant:

    sentiment/models/
      shipped/      answers where the user has trained none and chosen none
      small-gru/    and others, to compare with it; they answer only where they are named
"""

import os
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sentiment import paths
from sentiment.artifact import CONFIG, FILES, load_model, read_info
from sentiment.errors import ConfigError, ModelError, closest

TRAIN = "train"
PACKAGED = Path(__file__).parent / "models"
SHIPPED = "shipped"

_CHOSEN = ".default"
_NAME = re.compile(r"\w[\w .+-]{0,59}")


@dataclass(frozen=True)
class StoredModel:
    """A model that can be named.

    Attributes:
        name: of its directory.
        path: of its directory.
        made_by: `train`, or the experiment whose by-product it is; empty where it is damaged.
        created: ISO 8601, UTC; empty where it is damaged.
        cell: of its network; empty where it is damaged.
        data: names of the data sets it was trained on.
        is_packaged: whether it comes with the package.
        is_default: whether it answers where no model is named.
        problem: what is wrong with it; empty where nothing is.
    """

    name: str
    path: str
    made_by: str = ""
    created: str = ""
    cell: str = ""
    data: tuple[str, ...] = ()
    is_packaged: bool = False
    is_default: bool = False
    problem: str = ""

    def to_dict(self) -> dict[str, Any]:
        """As JSON takes it."""
        return asdict(self)


def default_name(cell: str) -> str:
    """A name that no model has yet: cell and local time, such as `gru-20261125-143015`."""
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
    if not _NAME.fullmatch(name):
        raise ConfigError(
            f"{name!r} is not fit to be a model's name; use up to 60 letters, digits, - and _"
        )
    return paths.models_dir() / name


def find_model(spec: str | None = None) -> Path:
    """The directory of a model; `artifact.load_model` says whether it is whole.

    Args:
        spec: a path, which has a separator in it or a model in it, or a name. None takes the one
            chosen with `use_model`, else the newest made by `train` that is not damaged, as far
            as `artifact.read_info` sees, else `SHIPPED` of those that come with the package.

    Raises:
        ModelError: there is no model of that name, or none at all.
    """
    if spec is None:
        found = _default()
        if found is None:
            raise ModelError("there is no model yet; train one with `sentiment train --cell gru`")
        return found
    path = Path(os.path.expanduser(spec))
    is_path = Path(spec).name != spec or os.path.isfile(path / CONFIG)
    if spec and (is_path or (_named(spec) is None and os.path.exists(path))):
        return path
    return _in_store(spec)


def list_models() -> list[StoredModel]:
    """Every model that can be named, every file of it read: damaged ones first, the newest last."""
    default = _default()
    found = [_described(folder, folder == default) for folder in _folders()]
    return sorted(found, key=lambda model: (model.created, model.name))


def packaged_models() -> list[Path]:
    """Model directories that come with the package, by name."""
    return sorted(place.parent for place in PACKAGED.glob(f"*/{CONFIG}"))


def use_model(name: str) -> None:
    """Let a model answer where none is named.

    Raises:
        ModelError: there is no model of that name, or it is damaged.
    """
    load_model(_in_store(name))
    chosen = paths.models_dir() / _CHOSEN
    fresh = chosen.with_suffix(".new")
    try:
        chosen.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(name + "\n", encoding="utf-8")
        fresh.replace(chosen)
    except OSError as error:
        raise ModelError(f"cannot write {chosen}: {error.strerror or error}") from error


def remove_model(name: str) -> None:
    """Delete a model, or what is left of an unfinished run.

    Raises:
        ModelError: there is no model of that name, it comes with the package, or it cannot be
            deleted.
    """
    import shutil

    path = _in_store(name)
    if path.parent == PACKAGED:
        raise ModelError(f"{name} comes with the package; it goes with `pip uninstall sentiment`")
    was_chosen = _chosen() == path
    try:
        if path.is_symlink():
            path.unlink()
        else:
            shutil.rmtree(path)
        if was_chosen:
            (paths.models_dir() / _CHOSEN).unlink()
    except OSError as error:
        raise ModelError(f"cannot delete {path}: {error.strerror or error}") from error


def _named(name: str) -> Path | None:
    """The directory of a name, a model's or an unfinished run's."""
    path = paths.models_dir() / name
    if _NAME.fullmatch(name) and os.path.isdir(path):
        return path
    return next((folder for folder in packaged_models() if folder.name == name), None)


def _in_store(name: str) -> Path:
    """The directory of a name; else an error that says which names there are."""
    path = _named(name)
    if path is not None:
        return path
    names = [folder.name for folder in sorted(_folders(), key=os.path.getmtime)]
    close = closest(name, names)
    if close:
        hint = f"did you mean {close!r}?"
    elif names:
        more = f"{len(names) - 5} more and " if len(names) > 5 else ""
        hint = f"there are {more}{', '.join(names[-5:])}"
    else:
        hint = "there is none yet; train one with `sentiment train --cell gru`"
    raise ModelError(f"there is no model {name!r}; {hint}")


def _default() -> Path | None:
    """The model that answers where none is named."""
    return _chosen() or _newest() or next((f for f in packaged_models() if f.name == SHIPPED), None)


def _chosen() -> Path | None:
    """The model chosen with `use_model`, whole or not; None where it is gone."""
    try:
        name = (paths.models_dir() / _CHOSEN).read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return None
    path = _named(name)
    return path if path is not None and _is_model(path) else None


def _newest() -> Path | None:
    """The model of the store that `train` made last and that is not damaged."""
    found = []
    for folder in _stored():
        try:
            info = read_info(folder)
        except ModelError:
            continue
        if info["made_by"] == TRAIN:
            found.append((info["created"], folder))
    return max(found)[1] if found else None


def _stored() -> Iterator[Path]:
    """Model directories of the store, whole or not."""
    folder = paths.models_dir()
    try:
        names = sorted(os.listdir(folder))
    except FileNotFoundError:
        return
    except OSError as error:
        raise ModelError(f"cannot read {folder}: {error.strerror or error}") from error
    for name in names:
        if _NAME.fullmatch(name) and _is_model(folder / name):
            yield folder / name


def _folders() -> list[Path]:
    """Model directories of the store, and those that come with the package."""
    return [*packaged_models(), *_stored()]


def _is_model(path: Path) -> bool:
    """Whether a directory has any file of a model, and not only the state of a run."""
    return any(os.path.isfile(path / name) for name in (CONFIG, *FILES))


def _described(folder: Path, is_default: bool) -> StoredModel:
    known: dict[str, Any] = {"is_packaged": folder.parent == PACKAGED, "is_default": is_default}
    try:
        model = load_model(folder)
    except ModelError as error:
        return StoredModel(folder.name, str(folder), problem=str(error), **known)
    return StoredModel(
        folder.name,
        str(folder),
        made_by=model.info["made_by"],
        created=model.info["created"],
        cell=model.config.model.cell,
        data=tuple(each["name"] for each in model.info["data"]),
        **known,
    )
