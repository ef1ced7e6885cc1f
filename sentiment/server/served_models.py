"""Which models a server answers with, by name; each is loaded when it is asked for first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sentiment.artifact import load_model, read_info
from sentiment.config import RunConfig
from sentiment.errors import ServerError, UnknownModelError
from sentiment.experiments.parameters import count_parameters
from sentiment.model_store import find_model, packaged_models
from sentiment.server.metrics import Metrics
from sentiment.server.worker import Worker


@dataclass(frozen=True)
class ServedModel:
    """A model that may be asked.

    Attributes:
        name: of its directory.
        cell: of its network.
        num_parameters: of its network.
        worker: answers for it.
    """

    name: str
    cell: str
    num_parameters: int
    worker: Worker


class ServedModels:
    """The models of one server; the first answers where none is named.

    Args:
        names: names or paths, as `model_store.find_model` takes them; where there are none, the
            model that answers by default. Those that come with the package are added.
        queue_size: texts that may wait for each.
        metrics: is told of every batch.

    Raises:
        ModelError: there is no model of that name, or it is damaged.
        ServerError: two of the named models have one name.
    """

    def __init__(self, names: Sequence[str], queue_size: int, metrics: Metrics) -> None:
        named = [find_model(name) for name in names or (None,)]
        paths: dict[str, Path] = {}
        for path in dict.fromkeys(path.resolve() for path in named):
            if path.name in paths:
                raise ServerError(
                    f"{paths[path.name]} and {path} have one name; rename one, or serve one of them"
                )
            paths[path.name] = path
        for path in packaged_models():
            paths.setdefault(path.name, path)
        self._models = {name: _served(path, queue_size, metrics) for name, path in paths.items()}

    @property
    def default(self) -> ServedModel:
        """The model that answers where none is named."""
        return next(iter(self))

    def __iter__(self) -> Iterator[ServedModel]:
        return iter(self._models.values())

    def find(self, name: str | None) -> ServedModel:
        """The model of a name; the default for None.

        Raises:
            UnknownModelError: there is none of that name.
        """
        if name is None:
            return self.default
        if name not in self._models:
            raise UnknownModelError(
                f"there is no model {name[:60]!r} here; there are {', '.join(self._models)}"
            )
        return self._models[name]

    def close(self) -> None:
        """End all threads after what they are at."""
        for model in self:
            model.worker.close()


def _served(path: Path, queue_size: int, metrics: Metrics) -> ServedModel:
    info = read_info(path)
    config = RunConfig.from_dict(info["config"])
    return ServedModel(
        name=path.name,
        cell=config.model.cell,
        num_parameters=count_parameters(config.model, info["vocabulary_size"]).total,
        worker=Worker(path.name, partial(load_model, path), queue_size, metrics),
    )
