"""The model directory, with networks of ten words and two units; its names: `test_model_store`."""

import errno
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest
import safetensors.numpy
from numpy.typing import NDArray

from sentiment import artifact, model_store, paths
from sentiment.artifact import CONFIG, FILES, ONNX, WEIGHTS, load_model, save_model
from sentiment.compact import EMBEDDING, compact_weights, expand_weights
from sentiment.config import RunConfig
from sentiment.errors import ModelError
from sentiment.model_store import list_models
from sentiment.onnx_graph import build_onnx
from sentiment.tokenizer import Tokenizer

DATA = {"name": "pairs", "source": "a grammar", "fingerprint": "ab" * 32}
STATE = "training/state.safetensors"


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty store, in a working directory that has nothing else."""
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "home"))
    monkeypatch.setattr(model_store, "PACKAGED", tmp_path / "package" / "models")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home" / "models"


def tiny_config(cell: str = "gru") -> RunConfig:
    return RunConfig.from_settings(
        {"cell": cell, "units": 2, "embedding_dim": 3, "bidirectional": False, "pooling": "mean"}
    )


def tiny_weights(cell: str, seed: int) -> dict[str, NDArray[np.float32]]:
    draw = np.random.default_rng(seed).normal
    gates, biases = {"gru": (6, (2, 6)), "lstm": (8, (8,))}[cell]
    shapes: dict[str, tuple[int, ...]] = {
        "embedding/embeddings": (10, 3),
        f"{cell}_1/forward/kernel": (3, gates),
        f"{cell}_1/forward/recurrent_kernel": (2, gates),
        f"{cell}_1/forward/bias": biases,
        "output/kernel": (2, 1),
        "output/bias": (1,),
    }
    return {name: draw(size=shape).astype(np.float32) for name, shape in shapes.items()}


def tiny_tokenizer(last_word: str = "plot") -> Tokenizer:
    text = f"the film was good bad not dull {last_word}"
    return Tokenizer.train([text, text], 10)


def save(
    path: Path, *, cell: str = "gru", seed: int = 0, compact: bool = False, **changes: Any
) -> Path:
    drawn = tiny_weights(cell, seed)
    weights = compact_weights(drawn) if compact else drawn
    content: dict[str, Any] = {
        "config": tiny_config(cell),
        "tokenizer": tiny_tokenizer(),
        "weights": weights,
        "onnx": build_onnx(tiny_config(cell).model, weights),
        "metrics": {"accuracy": 0.5, "seed": seed},
        "card": f"# A tiny model of seed {seed}\n",
        "made_by": "train",
        "data": [DATA],
    }
    save_model(path, **{**content, **changes})
    return path


def rewrite_config(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change what `config.json` says, with its own hash made to fit."""
    content = json.loads((path / CONFIG).read_bytes())
    del content["sha256"]
    change(content)
    content["sha256"] = artifact._own_hash(content)
    (path / CONFIG).write_text(json.dumps(content))


def turn_into_format_1(path: Path) -> Path:
    """Put the embedding back into `model.onnx`, where the first format has it."""
    onnx = load_model(path).onnx
    (path / ONNX).write_bytes(onnx)

    def change(content: dict[str, Any]) -> None:
        content["format"] = 1
        content["files"][ONNX] = {"sha256": artifact._sha256(onnx), "bytes": len(onnx)}

    rewrite_config(path, change)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(ModelError) as caught:
        load_model(path)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_what_was_saved_is_loaded(store: Path) -> None:
    model = load_model(save(store / "mine"))
    assert (model.name, model.path) == ("mine", store / "mine")
    assert model.config == tiny_config()
    assert model.tokenizer.to_json() == tiny_tokenizer().to_json()
    weights = model.weights()
    assert weights.keys() == tiny_weights("gru", 0).keys()
    assert all((weights[n] == w).all() for n, w in tiny_weights("gru", 0).items())
    assert {weight.dtype for weight in weights.values()} == {np.dtype(np.float32)}
    assert model.metrics == {"accuracy": 0.5, "seed": 0}
    assert model.card == "# A tiny model of seed 0\n"
    assert onnxruntime.InferenceSession(model.onnx).get_outputs()[0].name == "logit"
    assert model.info["made_by"] == "train"
    assert model.info["data"] == [DATA]
    assert model.info["vocabulary_size"] == 10
    assert model.info["created"].endswith("+00:00")
    assert {"sentiment", "keras", "numpy"} <= model.info["versions"].keys()
    assert [entry.name for entry in store.iterdir()] == ["mine"]
    assert sorted(entry.name for entry in model.path.iterdir()) == sorted([CONFIG, *FILES])


@pytest.mark.parametrize("cell", ["gru", "lstm"])
def test_compact_weights_are_stored_as_they_are_and_come_back_expanded(
    store: Path, cell: str
) -> None:
    others = {"surprise/start": np.linspace(0, 1, 3, dtype=np.float32)}
    compact = compact_weights({**tiny_weights(cell, 0), **others})
    onnx = build_onnx(tiny_config(cell).model, compact)
    model = load_model(save(store / "mine", cell=cell, weights=compact, onnx=onnx))
    stored = safetensors.numpy.load_file(model.path / WEIGHTS)
    assert {name: value.dtype for name, value in stored.items()} == {
        name: value.dtype for name, value in compact.items()
    }
    expected, weights = expand_weights(compact), model.weights()
    assert weights.keys() == expected.keys() == {*tiny_weights(cell, 0), *others}
    assert all((weights[name] == value).all() for name, value in expected.items())
    assert {weight.dtype for weight in weights.values()} == {np.dtype(np.float32)}
    assert model.onnx == onnx


@pytest.mark.parametrize("compact", [False, True])
def test_the_embedding_is_on_disk_once(store: Path, compact: bool) -> None:
    path = save(store / "mine", compact=compact)
    embedding = safetensors.numpy.load_file(path / WEIGHTS)[EMBEDDING].tobytes()
    holders = [name for name in FILES if embedding in (path / name).read_bytes()]
    assert holders == [WEIGHTS]
    model = load_model(path)
    assert model.onnx == model.files[ONNX] + embedding
    assert onnxruntime.InferenceSession(model.onnx).get_outputs()[0].name == "logit"


def test_weights_that_the_graph_was_not_made_of_are_not_saved(store: Path) -> None:
    onnx = build_onnx(tiny_config().model, tiny_weights("gru", 0))
    for weights in (tiny_weights("gru", 1), compact_weights(tiny_weights("gru", 0))):
        with pytest.raises(ValueError, match="does not end with the embedding"):
            save(store / "mine", weights=weights, onnx=onnx)
    assert not store.exists()


def test_a_model_of_the_first_format_is_loaded(store: Path) -> None:
    new = load_model(save(store / "new"))
    old = load_model(turn_into_format_1(save(store / "old")))
    assert (old.info["format"], new.info["format"]) == (1, artifact.FORMAT)
    assert old.files[ONNX] == old.onnx == new.onnx
    assert all((old.weights()[name] == value).all() for name, value in new.weights().items())


def test_a_model_of_the_first_format_with_other_settings_says_to_train_again(store: Path) -> None:
    path = turn_into_format_1(save(store / "mine"))
    rewrite_config(path, lambda content: content["config"]["model"].pop("activation"))
    message = refusal(path)
    assert message.startswith(f"{path / CONFIG} is of an earlier version")
    assert "'activation'" in message
    assert message.endswith("train it again")


def cut_short(place: Path, other: Path) -> None:
    place.write_bytes(place.read_bytes()[:-3])


def empty(place: Path, other: Path) -> None:
    place.write_bytes(b"")


def exchange(place: Path, other: Path) -> None:
    shutil.copyfile(other / place.name, place)


def fill_with_noise(place: Path, other: Path) -> None:
    place.write_bytes(np.random.default_rng(0).bytes(place.stat().st_size))


def flip_one_bit(place: Path, other: Path) -> None:
    value = bytearray(place.read_bytes())
    value[len(value) // 2] ^= 1
    place.write_bytes(value)


def delete(place: Path, other: Path) -> None:
    place.unlink()


def put_a_folder_there(place: Path, other: Path) -> None:
    place.unlink()
    place.mkdir()


@pytest.mark.parametrize("name", [CONFIG, *FILES])
@pytest.mark.parametrize(
    "damage",
    [cut_short, empty, exchange, fill_with_noise, flip_one_bit, delete, put_a_folder_there],
)
def test_a_damaged_file_is_named_with_the_remedy(
    store: Path, name: str, damage: Callable[[Path, Path], None]
) -> None:
    path = save(store / "mine")
    other = save(store / "other", cell="lstm", seed=1, tokenizer=tiny_tokenizer("cast"))
    damage(path / name, other)
    message = refusal(path)
    # An exchanged config.json names what it does not go with too, after itself.
    named = [each for each in (CONFIG, *FILES) if str(path / each) in message]
    assert named == [name]
    assert "copy the model anew or train it again" in message


@pytest.mark.parametrize("cell", ["gru", "lstm"])
def test_a_config_of_a_model_on_the_same_words_is_the_one_refused(store: Path, cell: str) -> None:
    path = save(store / "mine")
    exchange(path / CONFIG, save(store / "other", cell=cell, seed=1))
    assert refusal(path).startswith(str(path / CONFIG))


def test_a_newer_format_asks_for_an_upgrade(store: Path) -> None:
    path = save(store / "mine")
    (path / CONFIG).write_text(json.dumps({"format": artifact.FORMAT + 1, "nothing": "known"}))
    message = refusal(path)
    assert str(path / CONFIG) in message
    assert "upgrade" in message


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda content: content["config"]["model"].update(units=0), "units must be at least 1"),
        (lambda content: content["config"]["model"].update(cell="tree"), "cell must be one of"),
        (lambda content: content["config"].pop("data"), "incomplete"),
        (lambda content: content["files"].pop(ONNX), ONNX),
        (lambda content: content["files"].update({ONNX: "ab"}), "incomplete"),
        (lambda content: content.update(files=None), "incomplete"),
        (lambda content: content.update(data=[{}]), "name"),
        (lambda content: content.update(created=5), "created"),
        (lambda content: content.pop("made_by"), "made_by"),
        (lambda content: content.pop("format"), "damaged"),
    ],
)
def test_settings_that_no_version_writes_are_refused(
    store: Path, change: Callable[[dict[str, Any]], object], said: str
) -> None:
    path = save(store / "mine")
    rewrite_config(path, change)
    message = refusal(path)
    assert str(path / CONFIG) in message
    assert said in message


def test_a_setting_changed_by_hand_is_refused(store: Path) -> None:
    path = save(store / "mine")
    text = (path / CONFIG).read_text()
    (path / CONFIG).write_text(text.replace('"embedding_dim": 3', '"embedding_dim": 4'))
    assert str(path / CONFIG) in refusal(path)
    (path / CONFIG).write_text(json.dumps(json.loads(text)))
    assert load_model(path).config == tiny_config()


@pytest.mark.parametrize("text", ["[]", "null", "{}", "5", "[" * 100_000, '{"format": 1e999}'])
def test_json_that_is_no_config_is_refused(store: Path, text: str) -> None:
    path = save(store / "mine")
    (path / CONFIG).write_text(text)
    assert refusal(path).startswith(str(path / CONFIG))


def test_what_is_not_a_model_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.txt").touch()
    assert "is not a model" in refusal(tmp_path / "notes")
    assert "is a file" in refusal(tmp_path / "notes" / "a.txt")
    assert "is not there" in refusal(tmp_path / "nothing")
    assert "is not there" in refusal(tmp_path / ("long" * 100))


def fail_at(monkeypatch: pytest.MonkeyPatch, method: str, call: int, error: BaseException) -> None:
    """Let the call of that number to a method of `Path` raise."""
    real, calls = getattr(Path, method), iter(range(1, 100))

    def failing(*arguments: Any, **options: Any) -> Any:
        if next(calls) == call:
            raise error
        return real(*arguments, **options)

    monkeypatch.setattr(Path, method, failing)


@pytest.mark.parametrize(
    "place", [("mkdir", 2), ("write_bytes", 1), ("write_bytes", 6), ("rename", 2)]
)
@pytest.mark.parametrize(
    ("error", "seen"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), ModelError),
        (KeyboardInterrupt(), KeyboardInterrupt),
    ],
)
def test_a_failed_save_leaves_the_old_model_and_nothing_else(
    store: Path,
    monkeypatch: pytest.MonkeyPatch,
    place: tuple[str, int],
    error: BaseException,
    seen: type[BaseException],
) -> None:
    path = save(store / "mine")
    with monkeypatch.context() as patch:
        fail_at(patch, *place, error)
        with pytest.raises(seen):
            save(path, seed=1)
    assert load_model(path).metrics["seed"] == 0
    assert os.listdir(store) == ["mine"]


def test_an_old_model_that_cannot_be_put_back_is_still_not_deleted(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = save(store / "mine")
    real = Path.rename

    def rename(self: Path, target: Path) -> Path:
        if target == path:
            raise OSError(errno.EACCES, "Permission denied")
        return real(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", rename)
        with pytest.raises(ModelError, match="Permission denied"):
            save(path, seed=1)
    (kept,) = store.glob("*/old")
    assert load_model(kept).metrics["seed"] == 0


def test_saving_again_replaces_all_but_the_state_of_the_run(store: Path) -> None:
    path = save(store / "mine")
    (path / "training").mkdir()
    (path / STATE).write_bytes(b"state")
    save(path, seed=1)
    assert load_model(path).metrics["seed"] == 1
    assert (path / STATE).read_bytes() == b"state"
    assert os.listdir(store) == ["mine"]


def test_a_folder_that_is_not_a_model_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.txt").touch()
    for path in (tmp_path / "notes", tmp_path / "notes" / "a.txt"):
        with pytest.raises(ModelError, match="is not a model; choose another name"):
            save(path)
    assert os.listdir(tmp_path / "notes") == ["a.txt"]


@pytest.mark.parametrize("name", [CONFIG, *FILES])
def test_two_models_that_exchange_a_file_are_both_refused(store: Path, name: str) -> None:
    first = save(store / "first")
    second = save(store / "second", cell="lstm", seed=1, tokenizer=tiny_tokenizer("cast"))
    (first / name).rename(store / "kept")
    (second / name).rename(first / name)
    (store / "kept").rename(second / name)
    for path in (first, second):
        assert [each for each in (CONFIG, *FILES) if str(path / each) in refusal(path)] == [name]


def test_a_flipped_bit_anywhere_in_the_config_is_refused(store: Path) -> None:
    path = save(store / "mine")
    whole = (path / CONFIG).read_bytes()
    for place in range(0, len(whole), 7):
        flipped = bytearray(whole)
        flipped[place] ^= 1
        (path / CONFIG).write_bytes(flipped)
        assert str(path / CONFIG) in refusal(path)
    (path / CONFIG).write_bytes(whole)
    load_model(path)


def test_saving_twice_writes_the_same_bytes(store: Path) -> None:
    first, second = (save(store / name) for name in ("first", "second"))
    for name in FILES:
        assert (first / name).read_bytes() == (second / name).read_bytes()


def test_nothing_has_the_name_before_it_is_whole(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, seen = Path.write_bytes, []

    def write_bytes(self: Path, value: bytes) -> int:
        written = real(self, value)
        seen.append(((store / "mine").exists(), list_models()))
        return written

    monkeypatch.setattr(Path, "write_bytes", write_bytes)
    save(store / "mine")
    assert seen == [(False, [])] * len((CONFIG, *FILES))
    seen.clear()
    save(store / "mine", seed=1)
    assert [[model.problem for model in models] for _, models in seen] == [[""]] * 6


@pytest.mark.parametrize("call", [1, 2, 3])
@pytest.mark.parametrize("done", [False, True])
def test_an_interrupted_save_never_loses_the_state_of_the_run(
    store: Path, monkeypatch: pytest.MonkeyPatch, call: int, done: bool
) -> None:
    path = save(store / "mine")
    (path / "training").mkdir()
    (path / STATE).write_bytes(b"state")
    real, calls = Path.rename, iter(range(1, 100))

    def rename(self: Path, target: Path) -> Path:
        interrupted = next(calls) == call
        if done or not interrupted:
            real(self, target)
        if interrupted:
            raise KeyboardInterrupt
        return target

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", rename)
        with pytest.raises(KeyboardInterrupt):
            save(path, seed=1)
    assert load_model(path).metrics["seed"] in (0, 1)
    assert (path / STATE).read_bytes() == b"state"
    assert os.listdir(store) == ["mine"]
