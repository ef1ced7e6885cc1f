"""Exports: the same answers in their own runtimes, whole or not at all, one line when not."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
import tensorflow as tf
import tokenizers
from click.testing import CliRunner, Result

from sentiment.artifact import load_model, save_model
from sentiment.commands import main
from sentiment.compact import compact_weights
from sentiment.errors import ModelError
from sentiment.export import checking, job
from sentiment.export.job import FORMATS, export_model
from sentiment.export.keras_network import keras_network
from sentiment.export.saved_model import TextModel
from sentiment.export.texts import NUM_TEXTS, checked_texts
from sentiment.networks import network_weights
from sentiment.onnx_graph import build_onnx
from sentiment.predictor import Predictor
from sentiment.report.export import usage

PATHS = {"keras": "model.keras", "onnx": "model.onnx", "savedmodel": "model"}
# Keras 3.15 copies TensorFlow variables in a way that NumPy 2 warns of.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept a copy")


def export(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["export", *arguments])


def one_line_error(result: Result) -> str:
    assert result.exit_code == 1, result.output
    assert result.stdout == ""
    assert result.stderr.splitlines()[-1].startswith("Error: ")
    assert "Traceback" not in result.stderr
    return result.stderr


def everything_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# === What is written ===


@pytest.mark.parametrize("format_", FORMATS)
def test_the_printed_lines_answer_as_predict_does(
    make_model: Callable[..., Path], tmp_path: Path, format_: str
) -> None:
    model = load_model(make_model(max_tokens=9))
    folder = tmp_path / "exports"
    folder.mkdir()
    result = export_model(model, format_, folder / PATHS[format_])
    beside = [] if format_ == "savedmodel" else [f"{PATHS[format_]}.tokenizer.json"]
    assert everything_in(folder) == sorted([PATHS[format_], *beside])
    assert result.greatest_difference < 1e-5
    assert result.num_texts == NUM_TEXTS
    code = usage(result).replace("I like coffee", "the film was good")
    assert len(code.splitlines()) <= 5
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    (shown,) = re.findall(r"0\.\d+", run.stdout)
    assert float(shown) == pytest.approx(
        Predictor.of(model).score(["the film was good"])[0], abs=1e-4
    )


@pytest.mark.parametrize(
    ("cell", "truncation"),
    [("bow", "head"), ("simple_rnn", "tail"), ("lstm", "both"), ("gru", "both")],
)
def test_texts_go_through_one_graph_as_through_predict(
    make_model: Callable[..., Path], cell: str, truncation: str
) -> None:
    saved = load_model(make_model(cell=cell, layers=2, max_tokens=5, truncation=truncation))
    model = TextModel(saved)
    texts = [*checked_texts(5)[::5], "the film was good , not bad , the plot was"]
    np.testing.assert_allclose(
        model(tf.constant(texts)), Predictor.of(saved).score(texts), atol=1e-5
    )
    assert model(tf.constant(["", ""])).shape == (2,)


def test_the_onnx_file_says_how_texts_become_its_input(
    make_model: Callable[..., Path], tmp_path: Path
) -> None:
    model = load_model(make_model(max_tokens=9, truncation="both"))
    path = tmp_path / "model.onnx"
    export_model(model, "onnx", path)
    network = onnx.load(path)
    notes = {each.key: each.value for each in network.metadata_props}
    assert [each.name for each in network.graph.input] == ["token_ids", "lengths"]
    assert [each.name for each in network.graph.output] == ["logit", "probability"]
    assert (notes["model"], notes["max_tokens"], notes["truncation"]) == ("tiny", "9", "both")
    assert (notes["padding_id"], notes["unknown_id"]) == ("0", "1")
    assert "the first 5 and the last 4" in notes["preprocessing"]
    assert notes["tokenizer"] == model.tokenizer.to_json()


def test_an_onnx_file_is_written_without_tensorflow(
    make_model: Callable[..., Path], tmp_path: Path
) -> None:
    make_model()
    code = (
        "import sys\n"
        "from sentiment.commands import main\n"
        "main(sys.argv[1:], standalone_mode=False)\n"
        "print(sorted({'tensorflow', 'keras'} & set(sys.modules)))\n"
    )
    arguments = ["export", "--json", "--format", "onnx", "--output", str(tmp_path / "model.onnx")]
    run = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True
    )
    assert run.stdout.splitlines()[-1] == "[]"


def test_the_tokenizer_beside_a_file_pads(make_model: Callable[..., Path], tmp_path: Path) -> None:
    model = load_model(make_model())
    export_model(model, "onnx", tmp_path / "model.onnx")
    beside = tokenizers.Tokenizer.from_file(str(tmp_path / "model.onnx.tokenizer.json"))
    read = beside.encode_batch(["the film", "the film was good", ""])
    assert [len(each.ids) for each in read] == [4, 4, 4]
    assert [sum(each.attention_mask) for each in read] == [2, 4, 0]
    assert read[0].ids[:2] == model.tokenizer.encode("the film").tolist()


def test_rounded_weights_are_exported_as_they_are(
    make_model: Callable[..., Path], tmp_path: Path
) -> None:
    whole = load_model(make_model("whole"))
    weights = compact_weights(whole.weights())
    weights["surprise/start"] = np.zeros(4, np.float32)  # no part of the network
    save_model(
        tmp_path / "rounded",
        config=whole.config,
        tokenizer=whole.tokenizer,
        weights=weights,
        onnx=build_onnx(whole.config.model, weights),
        metrics={},
        card="",
        made_by="train",
        data=[],
    )
    rounded = load_model(tmp_path / "rounded")
    for name, weight in network_weights(keras_network(rounded)).items():
        np.testing.assert_array_equal(weight, rounded.weights()[name])
    assert export_model(rounded, "onnx", tmp_path / "rounded.onnx").greatest_difference < 1e-6


@pytest.mark.parametrize("max_tokens", [1, 30, 600])
def test_the_texts_that_are_compared_are_short_long_and_odd(max_tokens: int) -> None:
    texts = checked_texts(max_tokens)
    assert len(texts) == NUM_TEXTS
    assert len(set(texts)) > 80
    assert texts == checked_texts(max_tokens)
    assert "" in texts
    assert max(len(text.split()) for text in texts) > max_tokens
    assert {"’", "👍", "<", "\x00"} <= set("".join(texts))


# === The command ===


def test_the_command_shows_place_agreement_and_use(
    make_model: Callable[..., Path], tmp_path: Path
) -> None:
    make_model()
    path = tmp_path / "model.onnx"
    result = export("--format", "onnx", "--output", str(path))
    assert result.exit_code == 0, result.output
    for expected in (str(path), "100 texts", "onnxruntime.InferenceSession", "keep the first 300"):
        assert expected in result.stdout
    result = export("--format", "onnx", "--output", str(path), "--overwrite", "--json")
    values: dict[str, Any] = json.loads(result.stdout)
    assert values["greatest_difference"] < 1e-5
    sizes = [Path(values[name]).stat().st_size for name in ("path", "tokenizer_path")]
    assert values["num_bytes"] == sum(sizes)


@pytest.mark.parametrize(
    ("format_", "name", "expected"),
    [
        ("keras", "model.onnx", "ends in .keras"),
        ("onnx", "model", "ends in .onnx"),
        ("savedmodel", "model.keras", "is a folder"),
        ("onnx", "nowhere/model.onnx", "there is no folder"),
        ("savedmodel", "full", "is not of format savedmodel"),
        ("savedmodel", "empty", "is there already; replace it with --overwrite"),
        ("keras", "there.keras", "is there already; replace it with --overwrite"),
        ("onnx", "beside.onnx", "beside.onnx.tokenizer.json is there already"),
    ],
)
def test_a_name_that_cannot_be_written_gets_one_line(
    make_model: Callable[..., Path], tmp_path: Path, format_: str, name: str, expected: str
) -> None:
    make_model()
    (tmp_path / "empty").mkdir()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes.txt").write_text("mine")
    (tmp_path / "there.keras").write_text("mine")
    (tmp_path / "beside.onnx.tokenizer.json").write_text("mine")
    before = everything_in(tmp_path)
    assert expected in one_line_error(export("--format", format_, "--output", str(tmp_path / name)))
    assert everything_in(tmp_path) == before


@pytest.mark.parametrize(("format_", "name"), [("savedmodel", "full"), ("onnx", "folder.onnx")])
def test_what_is_of_another_kind_is_never_replaced(
    make_model: Callable[..., Path], tmp_path: Path, format_: str, name: str
) -> None:
    make_model()
    (tmp_path / name).mkdir()
    (tmp_path / name / "notes.txt").write_text("mine")
    error = one_line_error(
        export("--format", format_, "--output", str(tmp_path / name), "--overwrite")
    )
    assert f"is not of format {format_}" in error
    assert (tmp_path / name / "notes.txt").read_text() == "mine"


# === Whole or not at all ===


def test_other_answers_leave_nothing_and_what_was_there(
    make_model: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, other = load_model(make_model()), load_model(make_model("other", seed=1))
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "model.onnx").write_text("old")
    write = job._write
    monkeypatch.setattr(job, "_write", lambda _, *rest: write(other, *rest))
    with pytest.raises(ModelError, match="answers otherwise than tiny"):
        export_model(model, "onnx", folder / "model.onnx", overwrite=True)
    assert everything_in(folder) == ["model.onnx"]
    assert (folder / "model.onnx").read_text() == "old"


def test_what_cannot_be_loaded_is_one_line_and_leaves_nothing(
    make_model: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_model()
    folder = tmp_path / "exports"
    folder.mkdir()
    monkeypatch.setattr(job, "_write", lambda _, __, path: path.write_bytes(b"noise"))
    monkeypatch.setattr(checking, "_KERAS", "raise ValueError('no network\\n')")
    result = export("--format", "keras", "--output", str(folder / "model.keras"))
    assert "cannot be loaded: ValueError: no network" in one_line_error(result)
    assert everything_in(folder) == []


def test_a_saved_model_takes_the_place_of_the_one_before(
    make_model: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = load_model(make_model())
    old = tmp_path / "model"
    old.mkdir()
    (old / "saved_model.pb").write_text("old")
    monkeypatch.setattr(job, "_difference", lambda *_: 0.0)

    def write(_model: object, _format: str, path: Path) -> None:
        path.mkdir()
        (path / "saved_model.pb").write_text("new")

    monkeypatch.setattr(job, "_write", write)
    export_model(model, "savedmodel", old, overwrite=True)
    assert (old / "saved_model.pb").read_text() == "new"
    assert not [name for name in everything_in(tmp_path) if name.startswith(".export-")]
