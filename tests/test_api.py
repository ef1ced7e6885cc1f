"""The package as its user imports it: light, typed, the same answers as the commands."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

import sentiment
from sentiment.commands import main
from sentiment.errors import ConfigError, DataError, ModelError

TEXTS = ["the film was good , not bad", "", "zebra"]
HEAVY = {"tensorflow", "keras", "tensorflow_datasets"}


def test_answering_loads_no_tensorflow(make_model: Callable[..., Path]) -> None:
    make_model()
    code = (
        "import sys, sentiment\n"
        "model = sentiment.load('tiny')\n"
        "print(model.predict(['good'])[0].label, model.score(['bad']).shape)\n"
        "model.explain('not good'), model.gates('not good'), model.order('not good')\n"
        "print(sorted({name.partition('.')[0] for name in sys.modules}))\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    answer, loaded = run.stdout.splitlines()
    assert answer.split()[0] in ("positive", "negative")
    assert not HEAVY & set(json.loads(loaded.replace("'", '"')))


def test_the_library_answers_as_the_command_does(make_model: Callable[..., Path]) -> None:
    make_model()
    lines = CliRunner().invoke(main, ["predict", "--json", "--", *TEXTS]).stdout.splitlines()
    expected = [json.loads(line)["probability"] for line in lines]
    model = sentiment.load()
    assert [answer.probability for answer in model.predict(TEXTS)] == expected
    np.testing.assert_allclose(model.score(TEXTS), expected, atol=1e-7)


def test_a_model_is_found_by_name_and_by_path(make_model: Callable[..., Path]) -> None:
    path = make_model("mine", cell="lstm", max_tokens=7)
    make_model("other")
    for model in (sentiment.load("mine"), sentiment.load(path), sentiment.load(str(path))):
        assert (model.name, model.path, model.config.data.max_tokens) == ("mine", path, 7)
        assert repr(model) == "<sentiment.Model 'mine', lstm>"


def test_a_path_is_never_taken_for_a_name(
    make_model: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_model("mine", max_tokens=3)
    make_model("mine", max_tokens=5, folder=tmp_path)
    monkeypatch.chdir(tmp_path)
    assert sentiment.load(Path("mine")).config.data.max_tokens == 5


def test_what_is_no_model_is_a_sentiment_error(tmp_path: Path) -> None:
    with pytest.raises(sentiment.SentimentError, match="sentiment train"):
        sentiment.load()
    with pytest.raises(ModelError, match="nowhere"):
        sentiment.load("nowhere")
    with pytest.raises(ModelError, match="not a model"):
        sentiment.load(tmp_path)


@pytest.mark.parametrize(
    "texts",
    [
        ("good", "bad"),
        np.array(["good", "bad"]),
        np.array(["good", "bad"], object),
        {"good": 0, "bad": 1}.keys(),
    ],
    ids=["tuple", "array", "object array", "keys"],
)
def test_any_iterable_of_texts_is_answered(make_model: Callable[..., Path], texts: Any) -> None:
    make_model()
    model = sentiment.load()
    assert [answer.text for answer in model.predict(texts)] == ["good", "bad"]
    assert model.score(text for text in ["good", "bad"]).dtype == np.float32
    assert model.predict([]) == []


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ("good", r"not one text; use \['good'\]"),
        (b"good", "not one text"),
        ({"text": ["good"]}, "choose the column"),
        (np.array([["good"]]), "choose the column"),
        (np.array("good"), "not ndarray"),
        (None, "not NoneType"),
        (["good", float("nan")], r"text 1 is float \(nan\), not str"),
        ([b"good"], "text 0 is bytes"),
    ],
)
def test_what_is_no_list_of_texts_gets_one_line(
    make_model: Callable[..., Path], texts: Any, expected: str
) -> None:
    make_model()
    model = sentiment.load()
    for ask in (model.predict, model.score):
        with pytest.raises(DataError, match=expected) as caught:
            ask(texts)
        assert "\n" not in str(caught.value)


def test_one_text_can_be_looked_into(make_model: Callable[..., Path]) -> None:
    make_model(layers=2)
    model = sentiment.load()
    text = "not good , bad"
    (answer,) = model.predict([text])
    explained = model.explain(text)
    assert explained.probability == pytest.approx(answer.probability, abs=1e-6)
    assert [word.word for word in explained.words] == ["not", "good", ",", "bad"]
    assert model.order(text, num_permutations=2, seed=1).strengths[0].num_permutations == 2
    first = model.gates(text, layer=1)
    assert (first.layer, model.gates(text).layer) == (1, 2)
    assert model.surprise(text) is None
    with pytest.raises(ConfigError, match="no layer 3"):
        model.gates(text, layer=3)


def test_training_gives_figures_and_a_model_that_loads(tmp_path: Path) -> None:
    rows = [f"{number} {word} film,{word}" for number in range(30) for word in ("good", "bad")]
    table = tmp_path / "reviews.csv"
    table.write_text("\n".join(["text,label", *rows]), encoding="utf-8")
    settings = {"cell": "bow", "units": 2, "embedding_dim": 2, "max_tokens": 4, "epochs": 1}
    result = sentiment.train("mine", data=str(table), positive_label="good", **settings)
    assert result.model == sentiment.load().name == "mine"
    assert result.results[0].test is not None


def test_a_wrong_setting_is_named_before_any_work() -> None:
    with pytest.raises(ConfigError, match="did you mean 'units'"):
        sentiment.train(unit=3)
    with pytest.raises(ConfigError, match="layers must be at least 1"):
        sentiment.train(layers=0, data=["pairs"])
