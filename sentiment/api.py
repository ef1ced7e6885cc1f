"""What `sentiment.load` and `sentiment.train` give: a model to ask from Python.

Everything here is a thin front of what the commands call, so that both give the same answers.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sentiment.artifact import SavedModel, load_model
from sentiment.config import RunConfig
from sentiment.errors import DataError
from sentiment.model_store import find_model
from sentiment.predictions import Prediction
from sentiment.predictor import Predictor
from sentiment.quiet import quiet_tensorflow
from sentiment.results import TrainingResult

if TYPE_CHECKING:
    from sentiment.experiments.explanation import Explanation
    from sentiment.experiments.gates import GatesReport
    from sentiment.experiments.sentence_order import SentenceResult


class Model:
    """A trained model.

    `predict` and `score` answer many texts, and go through the network in batches; `explain`,
    `order`, `gates` and `surprise` look into one.

    Args:
        saved: its files, from `artifact.load_model`.
    """

    def __init__(self, saved: SavedModel) -> None:
        self._saved = saved
        self._predictor = Predictor.of(saved)

    def __repr__(self) -> str:
        return f"<sentiment.Model {self.name!r}, {self.config.model.cell}>"

    @property
    def name(self) -> str:
        """Of its directory."""
        return self._saved.name

    @property
    def path(self) -> Path:
        """Of its directory."""
        return self._saved.path

    @property
    def config(self) -> RunConfig:
        """The settings it was trained with."""
        return self._saved.config

    def predict(self, texts: Iterable[str]) -> list[Prediction]:
        """Answer texts, in order: label, P(positive), and what was read of each.

        Args:
            texts: any iterable of str: a list, a generator, an array, a Series.

        Raises:
            DataError: `texts` is one str, or has something else than str in it.
        """
        return self._predictor.predict(list_of_texts(texts))

    def score(self, texts: Iterable[str]) -> NDArray[np.float32]:
        """P(positive) of texts and nothing else, for many of them.

        Args:
            texts: as `predict` takes them.

        Returns:
            <float32>[num_texts], in order.

        Raises:
            DataError: as in `predict`.
        """
        return self._predictor.score(list_of_texts(texts))

    def explain(self, text: str) -> "Explanation":
        """What each word of a text, and each pair of words, did to the verdict."""
        from sentiment.experiments.explanation import explain

        return explain(self._predictor, text)

    def order(self, text: str, *, num_permutations: int = 5, seed: int = 0) -> "SentenceResult":
        """What the order of words is worth: the answers to a text in its own order and scrambled.

        Args:
            text: whatever is in it.
            num_permutations: orders to try where chance decides them, at least 1.
            seed: decides the orders.
        """
        from sentiment.experiments.sentence_order import measure_sentence

        return measure_sentence(
            self._saved,
            text,
            num_permutations=num_permutations,
            seed=seed,
            predictor=self._predictor,
        )

    def gates(self, text: str, *, layer: int | None = None) -> "GatesReport":
        """What each gate did at each word of a text, and how the verdict formed.

        Args:
            text: whatever is in it.
            layer: the recurrent layer to look into, from 1; None for the last.

        Raises:
            ConfigError: the network has no such layer.
        """
        from sentiment.experiments.gates import trace_gates

        return trace_gates(self._saved, text, layer=layer, predictor=self._predictor)

    def surprise(self, text: str) -> float | None:
        """How unlikely the order of a text's words is, in bits a word.

        Returns:
            None where the model has no language model, or the text no words.
        """
        _, token_ids = self._predictor.read(text)
        return self._predictor.surprises([token_ids])[0]


def load_model_named(name_or_path: str | Path | None = None) -> Model:
    """Load a model; see `sentiment.load`.

    Raises:
        ModelError: there is no such model, or it is damaged.
    """
    if isinstance(name_or_path, Path):  # "here" is a name, and Path("here") the folder
        return Model(load_model(name_or_path.expanduser()))
    return Model(load_model(find_model(name_or_path)))


def train_with(name: str | None, settings: Mapping[str, Any]) -> TrainingResult:
    """Train a model and save it; see `sentiment.train`.

    Raises:
        SentimentError: a setting is wrong, the data cannot be had, or training diverged.
    """
    given = {
        key: tuple(value) if isinstance(value, list) else value for key, value in settings.items()
    }
    if isinstance(given.get("data"), str):
        given["data"] = (given["data"],)
    config = RunConfig.from_settings(given)
    with quiet_tensorflow():
        from sentiment.training.pipeline import new_run, train_model

    return train_model(new_run(config, name))


def list_of_texts(texts: Iterable[str]) -> list[str]:
    """Texts as a list, each of them looked at.

    One str is refused, since it is an iterable of its letters; so is a table, which is one of the
    names of its columns.

    Raises:
        DataError: it is one text, a table, or has something else than str in it.
    """
    if isinstance(texts, (str, bytes)):
        raise DataError(f"a list of texts is asked for, not one text; use [{texts[:20]!r}]")
    if isinstance(texts, Mapping) or getattr(texts, "ndim", 1) > 1:
        raise DataError("a list of texts is asked for, not a table; choose the column of the texts")
    try:
        found = list(texts)
    except TypeError:
        raise DataError(
            f"a list of texts is asked for, not {type(texts).__name__}; use [text]"
        ) from None
    for number, text in enumerate(found):
        if not isinstance(text, str):
            raise DataError(
                f"text {number} is {type(text).__name__} ({text!r:.40}), not str; "
                "leave it out or make it a text"
            )
    return found
