"""The surprise of words: what the equations say, normalised, and each text as if it were alone."""

import json
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from numpy.typing import NDArray

from sentiment import surprise as surprise_module
from sentiment.artifact import SavedModel, load_model, save_model
from sentiment.commands import main
from sentiment.compact import EMBEDDING, compact_weights, expand_weights
from sentiment.errors import ModelError
from sentiment.predictor import Predictor
from sentiment.recurrence import GRUTrace, gru_step
from sentiment.surprise import PREFIX, LanguageModel, class_size, weight_shapes

VOCABULARY_SIZE, EMBEDDING_DIM, UNITS = 11, 4, 3
CLASSES = [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10]]


def tiny_weights(seed: int = 0, scale: float = 1.0) -> dict[str, NDArray[np.float32]]:
    draw = np.random.default_rng(seed).normal
    shapes = weight_shapes(VOCABULARY_SIZE, EMBEDDING_DIM, UNITS)
    return {name: draw(0, scale, shape).astype(np.float32) for name, shape in shapes.items()}


def tiny_word_vectors(seed: int = 1) -> NDArray[np.float32]:
    draw = np.random.default_rng(seed).normal
    return draw(size=(VOCABULARY_SIZE, EMBEDDING_DIM)).astype(np.float32)


def tiny_model(seed: int = 0) -> LanguageModel:
    return LanguageModel({EMBEDDING: tiny_word_vectors(), **tiny_weights(seed)})


def ids(*values: int) -> NDArray[np.int32]:
    return np.array(values, np.int32)


def add_language_model(path: Path, seed: int = 0) -> SavedModel:
    """Save the model again, with a language model of random weights."""
    model = load_model(path)
    weights = model.weights()
    draw = np.random.default_rng(seed).normal
    vocabulary_size, embedding_dim = weights[EMBEDDING].shape
    for name, shape in weight_shapes(vocabulary_size, embedding_dim, UNITS).items():
        weights[name] = draw(size=shape).astype(np.float32)
    save_model(
        path,
        config=model.config,
        tokenizer=model.tokenizer,
        weights=weights,
        onnx=model.onnx,
        metrics=model.metrics,
        card=model.card,
        made_by=model.info["made_by"],
        data=model.info["data"],
    )
    return load_model(path)


def test_surprise_is_that_of_the_equations() -> None:
    weights = {name: value.astype(np.float64) for name, value in tiny_weights().items()}
    embedding = tiny_word_vectors().astype(np.float64)
    gru = {name: weights[f"{PREFIX}gru/{name}"] for name in ("kernel", "recurrent_kernel", "bias")}
    nothing = np.zeros((1, UNITS))
    state = GRUTrace(nothing, nothing, nothing, nothing)
    read = weights[f"{PREFIX}start"]
    expected = []
    text = ids(3, 1, 8, 10, 5, 3)
    for word in text.tolist():
        state = gru_step(gru, read[None], state)
        projected = state.hidden[0] @ weights[f"{PREFIX}projection/kernel"]
        projected += weights[f"{PREFIX}projection/bias"]
        scores = embedding @ projected + weights[f"{PREFIX}output/bias"]
        of_classes = state.hidden[0] @ weights[f"{PREFIX}class/kernel"]
        of_classes += weights[f"{PREFIX}class/bias"]
        (number,) = (number for number, members in enumerate(CLASSES) if word in members)
        of_class = math.exp(of_classes[number]) / np.exp(of_classes).sum()
        within = math.exp(scores[word]) / np.exp(scores[CLASSES[number]]).sum()
        expected.append(-math.log2(of_class * within))
        read = embedding[word]
    (found,) = tiny_model().surprises([text])
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, expected, rtol=1e-5)
    assert tiny_model().surprise(text) == pytest.approx(np.mean(expected), rel=1e-5)


def test_probabilities_of_all_next_words_sum_to_one() -> None:
    for before in ([], [2, 5], [9, 10, 1]):
        texts = [ids(*before, word) for word in range(VOCABULARY_SIZE)]
        bits = np.array([found[-1] for found in tiny_model().surprises(texts)])
        assert np.exp2(-bits).sum() == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("vocabulary_size", [1, 2, 3, 4, 5, 9, 10, 99, 100, 101, 30_000])
def test_there_are_about_as_many_classes_as_words_in_each(vocabulary_size: int) -> None:
    size = class_size(vocabulary_size)
    assert size == math.ceil(math.sqrt(vocabulary_size))
    (num_classes,) = weight_shapes(vocabulary_size, 1, 1)[f"{PREFIX}class/bias"]
    assert (num_classes - 1) * size < vocabulary_size <= num_classes * size


def test_a_word_surprises_by_what_came_before_it_alone() -> None:
    first, second = tiny_model().surprises([ids(2, 3, 4, 5), ids(2, 3, 6, 5)])
    np.testing.assert_array_equal(first[:2], second[:2])
    assert (first[2:] != second[2:]).all()


def test_texts_do_not_disturb_one_another(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(0)
    texts = [
        rng.integers(1, VOCABULARY_SIZE, rng.integers(0, 9)).astype(np.int32) for _ in range(60)
    ]
    model = tiny_model()
    alone = [model.surprises([text])[0] for text in texts]
    for most in (1, 5, 20, 512):
        monkeypatch.setattr(surprise_module, "_MAX_WORDS", most)
        for one, among, text in zip(alone, model.surprises(texts), texts, strict=True):
            assert among.shape == text.shape
            np.testing.assert_allclose(among, one, rtol=1e-5)


def test_no_words_have_no_surprise() -> None:
    assert tiny_model().surprise(ids()) is None
    assert [found.shape for found in tiny_model().surprises([ids(), ids(2)])] == [(0,), (1,)]
    assert tiny_model().surprises([]) == []


def test_scores_far_apart_neither_overflow_nor_vanish() -> None:
    weights = tiny_weights()
    for name, chosen in ((f"{PREFIX}output/bias", [2, 8]), (f"{PREFIX}class/bias", [0])):
        bias = np.full(len(weights[name]), -300, np.float32)
        bias[chosen] = 300
        weights[name] = bias
    model = LanguageModel({EMBEDDING: tiny_word_vectors(), **weights})
    (bits,) = model.surprises([ids(2, 3, 8, 9)])
    assert bits[0] == pytest.approx(0, abs=1e-6)
    assert bits[1:] * math.log(2) == pytest.approx([600, 600, 1200], rel=0.05)


def test_compact_weights_give_what_they_expand_to() -> None:
    stored = compact_weights({EMBEDDING: tiny_word_vectors(), **tiny_weights()})
    rows = [ids(2, 3, 8, 9), ids(10, 2)]
    compact, expanded = LanguageModel(stored), LanguageModel(expand_weights(stored))
    for _ in range(2):  # word vectors of a class are kept from the first time
        for found, expected in zip(compact.surprises(rows), expanded.surprises(rows), strict=True):
            np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("name", weight_shapes(1, 1, 1))
def test_weights_that_do_not_fit_are_named(name: str) -> None:
    weights = {EMBEDDING: tiny_word_vectors(), **tiny_weights()}
    with pytest.raises(ModelError, match=r"train the model again"):
        LanguageModel({**weights, name: np.zeros((7, 7), np.float32)})
    del weights[name]
    with pytest.raises(ModelError, match=r"surprise/\S+ is missing"):
        LanguageModel(weights)


# === Models that have one ===


@pytest.fixture
def model(make_model: Callable[..., Path]) -> SavedModel:
    return add_language_model(make_model("mine", max_tokens=6))


def surprise_of(model: SavedModel, text: str) -> float | None:
    language_model = LanguageModel.of(model)
    assert language_model is not None
    return language_model.surprise(model.tokenizer.encode(text))


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, [*arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_saved_model_has_a_language_model_or_none(
    make_model: Callable[..., Path], model: SavedModel
) -> None:
    assert LanguageModel.of(load_model(make_model("other"))) is None
    assert surprise_of(model, "the film was good") != surprise_of(model, "good the film was")


def test_answers_say_how_much_the_words_that_were_read_surprise(model: SavedModel) -> None:
    predictor = Predictor.of(model)
    texts = ["the film was good", "zebra", "the film was good , not bad film", ""]
    *answers, of_nothing = predictor.predict(texts)
    assert of_nothing.surprise is None
    for text, answer in zip(texts[:3], answers, strict=True):
        words, _ = predictor.read(text)
        expected = surprise_of(model, " ".join(words))
        assert answer.surprise == pytest.approx(expected, rel=1e-5)
    assert answers[2].surprise != pytest.approx(surprise_of(model, texts[2]), rel=1e-3)  # cut
    (scramble,) = predictor.scramble(texts[0], 1, seed=0)
    assert scramble.surprise == pytest.approx(surprise_of(model, scramble.text), rel=1e-5)


def test_models_without_one_say_nothing(make_model: Callable[..., Path]) -> None:
    model = load_model(make_model("other"))
    (answer,) = Predictor.of(model).predict(["the film was good"])
    assert answer.surprise is None
    make_model("other")
    assert json.loads(run("predict", "the film", "--json"))["surprise"] is None
    assert "bits" not in run("predict", "the film", "--scramble", "1")
    assert json.loads(run("order", "the film was", "--json"))["surprise"] is None
    assert "bits" not in run("order", "the film was")


@pytest.mark.usefixtures("model")
def test_predict_shows_it_beside_every_answer() -> None:
    line = json.loads(run("predict", "the film was good", "--scramble", "2", "--json"))
    bits = [line["surprise"], *(each["surprise"] for each in line["scrambles"])]
    assert len(set(bits)) > 1
    shown = run("predict", "the film was good", "--scramble", "2")
    assert all(f"{value:.1f} │" in shown for value in bits)
    piped = CliRunner().invoke(main, ["predict"], input="the film was good\n").stdout
    assert f"{bits[0]:.1f} bits a word" in piped


def test_order_shows_it_of_the_original_and_of_the_mean_scramble(model: SavedModel) -> None:
    line = json.loads(run("order", "the film was good", "--json"))
    assert line["surprise"] == pytest.approx(surprise_of(model, "the film was good"), rel=1e-5)
    backward = next(row for row in line["strengths"] if row["name"] == "reversed")
    expected = surprise_of(model, "good was film the")
    assert backward["surprise"] == pytest.approx(expected, rel=1e-5)
    assert backward["example"]["surprise"] == pytest.approx(expected, rel=1e-5)
    shown = run("order", "the film was good")
    assert f"{line['surprise']:.1f} │" in shown
    assert f"{backward['surprise']:.1f} │" in shown


def test_order_shows_it_of_the_sentences_of_a_data_set(model: SavedModel) -> None:
    options = ["order", "--data", "pairs", "--max-texts", "40"]
    found = json.loads(run(*options, "--json"))["surprise"]
    assert found["num_sentences"] > 20
    assert found["original_bits"] > 0
    assert "own order surprises less" in run(*options)


def test_weights_are_read_when_surprise_is_asked_for_first(
    model: SavedModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = []
    of = LanguageModel.of

    def noted(model: SavedModel) -> LanguageModel | None:
        read.append(model)
        return of(model)

    monkeypatch.setattr(LanguageModel, "of", noted)
    predictor = Predictor.of(model)
    predictor.score(["the film was good"])
    assert not read
    predictor.predict(["the film"])
    predictor.predict(["the plot"])
    assert len(read) == 1
