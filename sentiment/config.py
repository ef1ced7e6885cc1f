"""Every setting of a run, in three frozen dataclasses; TOML and JSON in and out.

Defaults live here and nowhere else: the command line reads them from the dataclasses, and a
cell's own defaults from `CELL_DEFAULTS`. Configs are complete when they are made; what follows
from them is computed where it is needed and never written back.
"""

import dataclasses
import json
import math
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args, get_origin

from sentiment.errors import ConfigError, closest

CELLS = ("bow", "simple_rnn", "lstm", "gru")
POOLINGS = ("last", "max", "mean", "max_mean")
TRUNCATIONS = ("head", "tail", "both")
ACTIVATIONS = ("tanh", "sigmoid", "relu")
SCHEDULES = ("constant", "cosine")

CELL_DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    "bow": {"pooling": "mean", "window_tokens": 400, "learning_rate": 5e-3, "epochs": 8},
    "simple_rnn": {"learning_rate": 2e-3},
    "lstm": {},
    "gru": {},
}


def _setting(default: Any, help_text: str, choices: tuple[str, ...] = ()) -> Any:
    return field(default=default, metadata={"help": help_text, "choices": choices})


@dataclass(frozen=True)
class DataConfig:
    """Which texts, and how they become token ids."""

    data: tuple[str, ...] = _setting(
        ("auto",),
        "Data set: auto, imdb, snippets, snippets:DOMAIN, pairs, lessons, lexicon, or a table.",
    )
    data_dir: str | None = _setting(
        None, "Folder where TensorFlow Datasets keeps IMDB prepared, else TFDS_DATA_DIR."
    )
    text_column: str | None = _setting(None, "Column of an own table that holds the texts.")
    label_column: str | None = _setting(None, "Column of an own table that holds the labels.")
    positive_label: str | None = _setting(None, "The label that means positive in an own table.")
    vocabulary_size: int = _setting(
        30_000, "Most token ids to tell apart, padding and unknown included."
    )
    max_tokens: int = _setting(600, "Tokens of a text that are read; the rest is cut.")
    truncation: str = _setting("both", "Part of a longer text that is kept.", TRUNCATIONS)

    def __post_init__(self) -> None:
        _check_types(self)
        _check(bool(self.data), "data", "at least one data set", self.data)
        _check(self.vocabulary_size >= 3, "vocabulary_size", "at least 3", self.vocabulary_size)
        _check(self.max_tokens >= 1, "max_tokens", "at least 1", self.max_tokens)
        _check_choices(self)


@dataclass(frozen=True)
class ModelConfig:
    """The network between token ids and logit."""

    cell: str = _setting("gru", "What carries the state from word to word.", CELLS)
    layers: int = _setting(1, "Recurrent layers on top of one another (bow: hidden layers).")
    units: int = _setting(64, "Width of each layer, and of each direction.")
    embedding_dim: int = _setting(100, "Width of a word vector.")
    bidirectional: bool = _setting(True, "Read from both ends.")
    pooling: str = _setting("max_mean", "How the states of all words become one.", POOLINGS)
    activation: str = _setting("tanh", "Activation of cell candidates.", ACTIVATIONS)
    dropout: float = _setting(0.3, "Share of inputs and of pooled features dropped in training.")
    recurrent_dropout: float = _setting(0.0, "Share of the state dropped at each step in training.")

    def __post_init__(self) -> None:
        _check_types(self)
        _check_choices(self)
        for name in ("layers", "units", "embedding_dim"):
            _check(getattr(self, name) >= 1, name, "at least 1", getattr(self, name))
        for name in ("dropout", "recurrent_dropout"):
            value = getattr(self, name)
            _check(0 <= value < 1, name, "at least 0 and below 1", value)
        if self.cell == "bow" and self.pooling == "last":
            raise ConfigError("pooling 'last' needs an order of words, and a bag of words has none")

    @property
    def directions(self) -> tuple[str, ...]:
        """The directions that each recurrent layer reads in; empty for a bag of words."""
        if self.cell == "bow":
            return ()
        return ("forward", "backward") if self.bidirectional else ("forward",)


@dataclass(frozen=True)
class TrainingConfig:
    """How weights are found."""

    epochs: int = _setting(3, "Passes over the training texts, at most.")
    batch_size: int = _setting(64, "Texts a step.")
    learning_rate: float = _setting(4e-3, "Adam's step size at its highest.")
    schedule: str = _setting("cosine", "Course of the learning rate to the last epoch.", SCHEDULES)
    clip_norm: float = _setting(1.0, "Longest gradient, all weights together.")
    patience: int = _setting(2, "Epochs without a better validation loss before stopping.")
    window_tokens: int = _setting(
        256, "Training texts are read through a window of so many tokens, placed anew each epoch."
    )
    short_windows: float = _setting(
        0.0, "Share of training texts read through a shorter window, of any length, each epoch."
    )
    word_dropout: float = _setting(
        0.1, "Share of training words made unknown, drawn anew each epoch."
    )
    adversarial: float = _setting(
        0.0, "How far the word vectors of a text are pushed, all together, to mislead in training."
    )
    word_vectors: bool = _setting(True, "Start the embedding from word2vec vectors.")
    pretraining: int = _setting(
        0, "Passes over all texts, before any label, to learn which words are near one another."
    )
    neutral: bool = _setting(False, "Learn an answer of 0.5 from neutral texts.")
    teachers: tuple[str, ...] = _setting(
        (),
        "Cells of networks trained before, one after the other, that with n-grams tell the "
        "next what unlabelled texts are.",
    )
    language_model: bool = _setting(False, "Learn which word comes next, to tell the surprise.")
    compact: bool = _setting(False, "Round word vectors to 8 bits and other weights to 16.")
    seed: int = _setting(0, "Decides every random choice.")

    def __post_init__(self) -> None:
        _check_types(self)
        _check_choices(self)
        for name in ("epochs", "batch_size", "patience", "window_tokens"):
            _check(getattr(self, name) >= 1, name, "at least 1", getattr(self, name))
        strange = sorted(set(self.teachers) - set(CELLS))
        _check(not strange, "teachers", f"of {', '.join(CELLS)}", self.teachers)
        for name in ("learning_rate", "clip_norm"):
            value = getattr(self, name)
            _check(0 < value < math.inf, name, "above 0 and finite", value)
        _check(
            0 <= self.adversarial < math.inf,
            "adversarial",
            "at least 0 and finite",
            self.adversarial,
        )
        for name in ("word_dropout", "short_windows"):
            value = getattr(self, name)
            _check(0 <= value < 1, name, "at least 0 and below 1", value)
        _check(self.pretraining >= 0, "pretraining", "at least 0", self.pretraining)
        _check(0 <= self.seed < 2**31, "seed", "from 0 to 2147483647", self.seed)


@dataclass(frozen=True)
class RunConfig:
    """All settings of one training run."""

    data: DataConfig
    model: ModelConfig
    training: TrainingConfig

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> "RunConfig":
        """Build a run from flat settings; what is not given has the cell's default.

        Raises:
            ConfigError: a setting is unknown, of the wrong type, or out of range.
        """
        known = {f.name: kind for kind in _SECTIONS.values() for f in dataclasses.fields(kind)}
        for name in settings:
            if name not in known:
                close = closest(str(name), known)
                hint = f"did you mean {close!r}?" if close else "known are " + ", ".join(known)
                raise ConfigError(f"there is no setting {name!r}; {hint}")
        cell = settings.get("cell", ModelConfig.cell)
        own = CELL_DEFAULTS.get(cell, {}) if isinstance(cell, str) else {}
        merged = {**own, **settings}
        sections = {
            section: kind(**{n: merged[n] for n in merged if known[n] is kind})
            for section, kind in _SECTIONS.items()
        }
        return cls(**sections)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "RunConfig":
        """Read back what `to_dict` wrote, also before the latest settings were there.

        Raises:
            ConfigError: a section or setting is missing, unknown or out of range.
        """
        try:
            sections = {}
            for section, kind in _SECTIONS.items():
                given = {name: _tuples(value) for name, value in values[section].items()}
                for item in dataclasses.fields(kind):
                    if item.name in _LATER:
                        given.setdefault(item.name, _LATER[item.name])
                    given[item.name]  # else today's default would stand in for it
                sections[section] = kind(**given)
            return cls(**sections)
        except (KeyError, TypeError, AttributeError) as error:
            raise ConfigError(f"the settings are incomplete or unknown: {error}") from error

    def with_cell(self, cell: str) -> "RunConfig":
        """The same run with a cell, and with the defaults that are this cell's own.

        Raises:
            ConfigError: the settings do not go with that cell.
        """
        if cell == self.model.cell:
            return self
        settings = {n: v for section in vars(self).values() for n, v in vars(section).items()}
        return self.from_settings({**settings, **CELL_DEFAULTS[cell], "cell": cell})

    def to_dict(self) -> dict[str, Any]:
        """Every setting, section by section, as JSON takes it."""
        plain: dict[str, Any] = json.loads(json.dumps(dataclasses.asdict(self)))
        return plain


# What models and runs were trained with that were saved before these settings were there.
_LATER: Mapping[str, Any] = {"pretraining": 0}
_SECTIONS: Mapping[str, Any] = {
    "data": DataConfig,
    "model": ModelConfig,
    "training": TrainingConfig,
}


def read_settings(path: Path) -> dict[str, Any]:
    """Read flat settings from a TOML file, such as `cell = "gru"`.

    Raises:
        ConfigError: the file cannot be read or is not TOML.
    """
    import tomllib

    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"cannot read {path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigError(f"{path} is not TOML: {error}") from error
    if isinstance(settings.get("data"), str):
        settings["data"] = [settings["data"]]
    return {name: _tuples(value) for name, value in settings.items()}


def setting_default(name: str) -> Any:
    """The default of a setting, whatever section it is in."""
    return _field(name).default


def setting_help(name: str) -> str:
    """One sentence about a setting, with its default and the cells that have another."""
    default = _field(name).default
    others = [
        f"{cell}: {_shown(cell_defaults[name])}"
        for cell, cell_defaults in CELL_DEFAULTS.items()
        if name in cell_defaults
    ]
    shown = "; ".join([_shown(default), *others])
    text: str = _field(name).metadata["help"]
    return text if default is None else f"{text}  [default: {shown}]"


def setting_choices(name: str) -> tuple[str, ...]:
    """The values that a setting may have, empty where any of its type will do."""
    choices: tuple[str, ...] = _field(name).metadata["choices"]
    return choices


def _field(name: str) -> "dataclasses.Field[Any]":
    return next(
        f for kind in _SECTIONS.values() for f in dataclasses.fields(kind) if f.name == name
    )


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return (", ".join(value) or "none") if isinstance(value, tuple) else str(value)


def _tuples(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _check(holds: bool, name: str, rule: str, value: Any) -> None:
    if not holds:
        raise ConfigError(f"{name} must be {rule}, not {value!r}")


def _check_choices(config: Any) -> None:
    for item in dataclasses.fields(config):
        choices = item.metadata["choices"]
        if choices and getattr(config, item.name) not in choices:
            value = getattr(config, item.name)
            raise ConfigError(f"{item.name} must be one of {', '.join(choices)}, not {value!r}")


def _check_types(config: Any) -> None:
    for name, hint in typing.get_type_hints(type(config)).items():
        value = getattr(config, name)
        if not _matches(value, hint):
            raise ConfigError(f"{name} must be {_type_name(hint)}, not {value!r}")


def _matches(value: Any, hint: Any) -> bool:
    if get_origin(hint) is types.UnionType:
        return any(_matches(value, each) for each in get_args(hint))
    if get_origin(hint) is tuple:
        return isinstance(value, tuple) and all(isinstance(item, str) for item in value)
    if hint is float:
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    if hint is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, hint)


def _type_name(hint: Any) -> str:
    if get_origin(hint) is types.UnionType:
        return _type_name(get_args(hint)[0])
    if get_origin(hint) is tuple:
        return "a list of texts"
    return {int: "a whole number", float: "a number", str: "a text", bool: "true or false"}[hint]
