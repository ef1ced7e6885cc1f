"""Settings: defaults, checks, and the way to TOML and JSON and back."""

import dataclasses
import json
import math
from pathlib import Path
from typing import Any

import pytest

from sentiment.config import (
    CELL_DEFAULTS,
    CELLS,
    DataConfig,
    ModelConfig,
    RunConfig,
    TrainingConfig,
    read_settings,
    setting_choices,
    setting_default,
    setting_help,
)
from sentiment.errors import ConfigError

SECTIONS = (DataConfig, ModelConfig, TrainingConfig)
SETTINGS = [item for kind in SECTIONS for item in dataclasses.fields(kind)]
NAMES = [item.name for item in SETTINGS]

OTHER: dict[str, Any] = {
    "data": ("imdb", "snippets:films"),
    "data_dir": "/data",
    "text_column": "review",
    "label_column": "stars",
    "positive_label": "5",
    "vocabulary_size": 3,
    "max_tokens": 1,
    "truncation": "tail",
    "cell": "lstm",
    "layers": 2,
    "units": 1,
    "embedding_dim": 1,
    "bidirectional": False,
    "pooling": "last",
    "activation": "relu",
    "dropout": 0,
    "recurrent_dropout": 0.99,
    "epochs": 1,
    "batch_size": 1,
    "learning_rate": 1e-9,
    "schedule": "constant",
    "clip_norm": 5,
    "patience": 1,
    "window_tokens": 1,
    "short_windows": 0.3,
    "word_dropout": 0.2,
    "adversarial": 0.5,
    "word_vectors": False,
    "pretraining": 2,
    "neutral": True,
    "teachers": ("bow",),
    "language_model": True,
    "compact": True,
    "seed": 2**31 - 1,
}

WRONG_TYPES: dict[type, list[Any]] = {
    int: [True, 1.0, "1", None, (1,)],
    float: [True, "0.1", None, (0.1,)],
    bool: [1, 0, "yes", None],
    str: [1, True, None, ("gru",), {"a": 1}, b"gru"],
}
OUT_OF_RANGE: list[tuple[str, Any]] = [
    ("data", ()),
    ("data", "imdb"),
    ("data", (1,)),
    ("data_dir", 5),
    ("text_column", 5),
    ("label_column", True),
    ("positive_label", 1),
    ("vocabulary_size", 2),
    ("max_tokens", 0),
    ("truncation", "middle"),
    ("cell", "rnn"),
    ("layers", 0),
    ("units", -1),
    ("embedding_dim", 0),
    ("pooling", "min"),
    ("activation", "gelu"),
    *[(name, value) for name in ("dropout", "recurrent_dropout") for value in (-0.1, 1, 1.0, 2)],
    *[(name, value) for name in ("learning_rate", "clip_norm") for value in (0, -1.0)],
    ("epochs", 0),
    ("batch_size", 0),
    ("patience", 0),
    ("window_tokens", 0),
    ("schedule", "linear"),
    ("pretraining", -1),
    ("seed", -1),
    ("seed", 2**31),
]
NOT_FINITE = [
    (name, value)
    for name in ("dropout", "recurrent_dropout", "learning_rate", "clip_norm")
    for value in (math.nan, math.inf, -math.inf)
]


def settings_of(run: RunConfig) -> dict[str, Any]:
    """Every setting, flat."""
    sections = dataclasses.asdict(run)
    return {name: value for section in sections.values() for name, value in section.items()}


def refusal(settings: dict[str, Any]) -> str:
    with pytest.raises(ConfigError) as caught:
        RunConfig.from_settings(settings)
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    return message


# === Defaults ===


def test_defaults_are_complete_and_fit() -> None:
    found = settings_of(RunConfig.from_settings({}))
    assert found == {item.name: item.default for item in SETTINGS}
    assert sorted(found) == sorted(OTHER)


@pytest.mark.parametrize("cell", CELLS)
def test_a_cells_own_defaults_apply_and_no_others_change(cell: str) -> None:
    found = settings_of(RunConfig.from_settings({"cell": cell}))
    common = {item.name: item.default for item in SETTINGS}
    assert found == {**common, "cell": cell, **CELL_DEFAULTS[cell]}


def test_what_is_given_goes_before_a_cells_default() -> None:
    run = RunConfig.from_settings({"cell": "bow", "pooling": "max", "window_tokens": 7})
    assert (run.model.pooling, run.training.window_tokens) == ("max", 7)


def test_another_cell_comes_with_its_own_defaults_and_changes_nothing_else() -> None:
    run = RunConfig.from_settings({"cell": "gru", "units": 7, "epochs": 9, "seed": 3})
    assert run.with_cell("gru") is run
    assert settings_of(run.with_cell("bow")) == {
        **settings_of(run), "cell": "bow", **CELL_DEFAULTS["bow"]
    }  # fmt: skip


def test_every_setting_can_be_given() -> None:
    assert settings_of(RunConfig.from_settings(OTHER)) == OTHER


def test_settings_cannot_be_changed() -> None:
    run = RunConfig.from_settings({})
    with pytest.raises(dataclasses.FrozenInstanceError):
        run.model.units = 5  # type: ignore[misc]


@pytest.mark.parametrize(
    ("cell", "bidirectional", "expected"),
    [
        ("gru", True, ("forward", "backward")),
        ("lstm", False, ("forward",)),
        ("bow", True, ()),
        ("bow", False, ()),
    ],
)
def test_directions_follow_cell_and_bidirectional(
    cell: str, bidirectional: bool, expected: tuple[str, ...]
) -> None:
    config = ModelConfig(cell=cell, bidirectional=bidirectional)
    assert config.directions == expected


# === Checks ===


@pytest.mark.parametrize(("name", "value"), OUT_OF_RANGE)
def test_a_value_out_of_range_is_refused_by_name(name: str, value: Any) -> None:
    message = refusal({name: value})
    assert message.startswith(f"{name} must be ")
    assert message.endswith(f", not {value!r}")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (item.name, value)
        for item in SETTINGS
        for value in WRONG_TYPES.get(item.type if isinstance(item.type, type) else object, [])
    ],
)
def test_a_value_of_the_wrong_type_is_refused_by_name(name: str, value: Any) -> None:
    assert refusal({name: value}).startswith(f"{name} must be ")


@pytest.mark.parametrize(("name", "value"), NOT_FINITE)
def test_a_number_that_is_not_finite_is_refused_by_name(name: str, value: float) -> None:
    assert refusal({name: value}).startswith(f"{name} must be ")


@pytest.mark.parametrize("name", [item.name for item in SETTINGS if item.metadata["choices"]])
def test_a_wrong_choice_is_answered_with_all_choices(name: str) -> None:
    message = refusal({name: "none"})
    assert message == f"{name} must be one of {', '.join(setting_choices(name))}, not 'none'"


def test_the_bounds_themselves_are_allowed() -> None:
    for name, value in [("seed", 0), ("dropout", 0.0), ("vocabulary_size", 3), ("clip_norm", 1)]:
        assert settings_of(RunConfig.from_settings({name: value}))[name] == value


def test_a_bag_of_words_has_no_last_word() -> None:
    assert "'last'" in refusal({"cell": "bow", "pooling": "last"})


@pytest.mark.parametrize("name", ["unit", "learningrate", "Cell", "batchsize"])
def test_an_unknown_setting_is_answered_with_a_close_one(name: str) -> None:
    close = {"unit": "units", "learningrate": "learning_rate", "Cell": "cell"}
    message = refusal({name: 1})
    assert message == (
        f"there is no setting {name!r}; did you mean {close.get(name, 'batch_size')!r}?"
    )


def test_an_unknown_setting_unlike_all_others_is_answered_with_all() -> None:
    message = refusal({"zzz\n": 1})
    assert "'zzz\\n'" in message
    assert all(name in message for name in NAMES)


# === JSON ===


@pytest.mark.parametrize("settings", [{}, OTHER, *({"cell": cell} for cell in CELLS)])
def test_settings_come_back_from_json(settings: dict[str, Any]) -> None:
    run = RunConfig.from_settings(settings)
    again = RunConfig.from_dict(json.loads(json.dumps(run.to_dict())))
    assert again == run
    assert hash(again) == hash(run)


@pytest.mark.parametrize("section", ["data", "model", "training"])
@pytest.mark.parametrize("value", [None, [], "gru", 5])
def test_a_section_that_is_none_is_refused(section: str, value: Any) -> None:
    values = RunConfig.from_settings({}).to_dict()
    with pytest.raises(ConfigError):
        RunConfig.from_dict({**values, section: value})
    del values[section]
    with pytest.raises(ConfigError, match=section):
        RunConfig.from_dict(values)


def test_json_from_before_a_setting_was_there_has_it_as_it_was_then() -> None:
    values = RunConfig.from_settings({"pretraining": 3}).to_dict()
    del values["training"]["pretraining"]
    assert RunConfig.from_dict(values) == RunConfig.from_settings({"pretraining": 0})


@pytest.mark.parametrize("name", [name for name in NAMES if name != "pretraining"])
def test_a_setting_missing_from_json_is_refused(name: str) -> None:
    values = RunConfig.from_settings({}).to_dict()
    for section in values.values():
        section.pop(name, None)
    with pytest.raises(ConfigError, match=name):
        RunConfig.from_dict(values)


def test_an_unknown_or_wrong_setting_in_json_is_refused() -> None:
    values = RunConfig.from_settings({}).to_dict()
    with pytest.raises(ConfigError, match="colour"):
        RunConfig.from_dict({**values, "model": {**values["model"], "colour": 1}})
    with pytest.raises(ConfigError, match="units must be a whole number, not 'x'"):
        RunConfig.from_dict({**values, "model": {**values["model"], "units": "x"}})


# === TOML ===


def write(folder: Path, content: str | bytes) -> Path:
    path = folder / "run.toml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("toml", "expected"),
    [
        ('data = "pairs"', ("pairs",)),
        ('data = ["pairs"]', ("pairs",)),
        ('data = ["imdb", "좋은.csv"]', ("imdb", "좋은.csv")),
    ],
)
def test_data_in_toml_is_a_text_or_a_list(
    tmp_path: Path, toml: str, expected: tuple[str, ...]
) -> None:
    settings = read_settings(write(tmp_path, toml))
    assert RunConfig.from_settings(settings).data.data == expected


def test_toml_holds_every_kind_of_setting(tmp_path: Path) -> None:
    toml = 'cell = "lstm"\nunits = 8\ndropout = 0.5\nclip_norm = 2\nword_vectors = false\n'
    settings = read_settings(write(tmp_path, toml))
    assert settings == {
        "cell": "lstm", "units": 8, "dropout": 0.5, "clip_norm": 2, "word_vectors": False,
    }  # fmt: skip
    assert RunConfig.from_settings(settings).model.units == 8


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("data = []", "data must be at least one data set, not ()"),
        ("data = 5", "data must be a list of texts"),
        ("data = [1]", "data must be a list of texts"),
        ("data = [[1]]", "data must be a list of texts"),
        ("learning_rate = inf", "learning_rate must be"),
        ("dropout = nan", "dropout must be"),
        ("units = true", "units must be a whole number"),
        ("cell = 2026-11-25", "cell must be a text"),
        ("cell = { a = 1 }", "cell must be a text"),
        ("cell = [[1]]", "cell must be a text"),
        ("[training]\nepochs = 3", "no setting 'training'"),
    ],
)
def test_toml_with_a_wrong_setting_is_refused_by_name(tmp_path: Path, toml: str, said: str) -> None:
    assert said in refusal(read_settings(write(tmp_path, toml)))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("cell gru", "is not TOML"),
        ('cell = "gru', "is not TOML"),
        ("units = 1\nunits = 2", "is not TOML"),
        (b"cell = '\xff'", "is not TOML"),
        (b"\x00\x01\x02", "is not TOML"),
        ('cell = "gru"'.encode("utf-16"), "is not TOML"),
        ("a = " + "[" * 100_000, "is not TOML"),
    ],
)
def test_what_is_not_toml_is_refused_with_its_path(
    tmp_path: Path, content: str | bytes, said: str
) -> None:
    path = write(tmp_path, content)
    with pytest.raises(ConfigError, match=said) as caught:
        read_settings(path)
    assert str(path) in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_a_file_that_cannot_be_read_is_refused_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"cannot read .*run\.toml: No such file"):
        read_settings(tmp_path / "run.toml")
    with pytest.raises(ConfigError, match=r"cannot read .*: Is a directory"):
        read_settings(tmp_path)


def test_an_empty_file_sets_nothing(tmp_path: Path) -> None:
    assert read_settings(write(tmp_path, "")) == {}


# === Help ===


@pytest.mark.parametrize("item", SETTINGS, ids=NAMES)
def test_help_is_a_sentence_and_says_the_default(item: "dataclasses.Field[Any]") -> None:
    text = setting_help(item.name)
    sentence, _, default = text.partition("  [default: ")
    assert sentence.endswith(".")
    assert sentence[0].isupper()
    assert setting_default(item.name) == item.default
    shown = {"None": "", "True": "yes", "False": "no", "('auto',)": "auto", "()": "none"}
    assert default.rstrip("]").split("; ")[0] == shown.get(str(item.default), str(item.default))


def test_help_says_the_cells_with_another_default() -> None:
    for name in NAMES:
        defaults = setting_help(name).partition("[default: ")[2].rstrip("]")
        _, *others = defaults.split("; ")
        assert others == [f"{c}: {own[name]}" for c, own in CELL_DEFAULTS.items() if name in own]
    assert setting_help("pooling").endswith("; bow: mean]")
