"""Texts to probabilities: in order, whatever the texts, and as the saved weights say."""

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from sentiment import predictor as predictor_module
from sentiment.artifact import SavedModel, load_model
from sentiment.config import CELLS
from sentiment.errors import ModelError
from sentiment.onnx_graph import build_onnx
from sentiment.predictions import label_name
from sentiment.predictor import Predictor
from sentiment.recurrence import run_network, sigmoid
from sentiment.tokenizer import cut
from sentiment.words import readable

WORDS = ["the", "film", "plot", "was", "good", "bad", "not", ","]
STRANGE = [
    "",
    " \t\n",
    "zebra xylophone",
    "👍🏽 👨‍👩‍👧 🇰🇷",
    "이 영화 정말 좋아요",
    "\x00\x01\x1b[31m\x7f\x85\u2028\ufeff",
    "\ud83d",
    "good \udc80 film",
    "[PAD] [UNK] <br /> &amp;lt; ½ ﷺ",
    "e\u0301" * 50,
    "\u0301" * 50,
    "!?" * 500,
]
HOSTILE = st.one_of(
    st.text(st.characters(), max_size=40),
    st.lists(st.sampled_from([*WORDS, *STRANGE]), max_size=30).map(" ".join),
    st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=5)), max_size=30).map("".join),
)
LAYOUTS = [
    {"cell": cell, "pooling": pooling, "layers": layers}
    for cell, pooling, layers in itertools.product(CELLS, ["last", "max", "max_mean"], [1, 2])
    if (cell, pooling) != ("bow", "last")
]


def random_texts(num_texts: int, max_words: int = 12, seed: int = 0) -> list[str]:
    rng = np.random.default_rng(seed)
    words = [*WORDS, "zebra"]
    return [" ".join(rng.choice(words, rng.integers(0, max_words + 1))) for _ in range(num_texts)]


def numpy_probability(model: SavedModel, text: str) -> float:
    """What `recurrence` makes of the saved weights and one text, by itself."""
    data = model.config.data
    token_ids = cut(model.tokenizer.encode(text), data.max_tokens, data.truncation)
    padded = np.zeros((1, max(1, len(token_ids))), np.int32)
    padded[0, : len(token_ids)] = token_ids
    return float(sigmoid(run_network(model.config.model, model.weights(), padded).logit)[0])


def probabilities_of(predictor: Predictor, texts: list[str]) -> NDArray[np.float64]:
    return np.array([answer.probability for answer in predictor.predict(texts)])


@pytest.fixture(scope="module")
def model(make_model: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> SavedModel:
    folder = tmp_path_factory.mktemp("models")
    return load_model(make_model("mine", folder=folder, max_tokens=8, truncation="tail", seed=3))


@pytest.fixture(scope="module")
def predictor(model: SavedModel) -> Predictor:
    return Predictor.of(model)


# === What an answer is ===


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: "-".join(map(str, layout.values())))
@pytest.mark.parametrize("many", [1, predictor_module.MANY])
def test_answers_agree_with_the_recurrence_on_the_saved_weights(
    make_model: Callable[..., Path],
    layout: dict[str, object],
    many: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(predictor_module, "MANY", many)
    model = load_model(make_model("mine", max_tokens=8, **layout))
    texts = [*random_texts(20), "", "zebra"]
    expected = [numpy_probability(model, text) for text in texts]
    assert max(expected) - min(expected) > 1e-3
    found = probabilities_of(Predictor.of(model), texts)
    np.testing.assert_allclose(found, expected, atol=1e-4)


def test_an_answer_says_what_was_read(predictor: Predictor) -> None:
    (answer,) = predictor.predict(["The <b>film</b> was a zebra &amp; GOOD"])
    assert answer.text == "The <b>film</b> was a zebra &amp; GOOD"
    assert (answer.num_tokens, answer.num_unknown, answer.truncated) == (7, 3, False)
    assert answer.model == "mine"
    assert type(answer.probability) is float


def test_labels_go_with_probabilities(predictor: Predictor) -> None:
    answers = predictor.predict(random_texts(60))
    assert {answer.label for answer in answers} == {"negative", "positive"}
    assert all(answer.label == label_name(answer.probability) for answer in answers)


@pytest.mark.parametrize("bias", [-2_000.0, -100.0, 100.0, 2_000.0])
def test_a_network_that_is_all_too_sure_stays_within_bounds(model: SavedModel, bias: float) -> None:
    weights = {**model.weights(), "output/bias": np.array([bias], np.float32)}
    onnx = build_onnx(model.config.model, weights)
    sure = Predictor("sure", model.config, model.tokenizer, onnx, load_weights=model.weights)
    assert sure.score(["good", ""]).tolist() == pytest.approx([float(bias > 0)] * 2, abs=1e-6)


def test_a_network_that_cannot_be_run_is_a_model_error(model: SavedModel) -> None:
    broken = Predictor("broken", model.config, model.tokenizer, b"noise", load_weights=dict)
    with pytest.raises(ModelError, match=r"broken: model\.onnx cannot be run"):
        broken.predict(["good"])


# === Order, batches and padding ===


@pytest.mark.parametrize("cell", CELLS)
def test_answers_come_in_the_order_of_the_texts(
    make_model: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, cell: str
) -> None:
    monkeypatch.setattr(predictor_module, "BATCH_SIZE", 3)
    monkeypatch.setattr(predictor_module, "CHUNK", 7)
    model = load_model(make_model("mine", cell=cell, max_tokens=10))
    predictor = Predictor.of(model)
    texts = random_texts(50)
    assert sorted(texts, key=len) != texts
    answers = predictor.predict(texts)
    assert [answer.text for answer in answers] == texts
    expected = [numpy_probability(model, text) for text in texts]
    np.testing.assert_allclose([a.probability for a in answers], expected, atol=1e-4)
    steps: list[tuple[str, int, int | None]] = []
    scores = predictor.score(texts, lambda *step: steps.append(step))
    assert scores.dtype == np.float32
    np.testing.assert_allclose(scores, expected, atol=1e-4)
    assert [completed for _, completed, _ in steps] == [7, 14, 21, 28, 35, 42, 49, 50]
    assert {total for _, _, total in steps} == {50}


def test_long_texts_make_small_batches(
    make_model: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(predictor_module, "BATCH_TOKENS", 12)
    shapes: list[tuple[int, int]] = []
    run = Predictor._run

    def note(self: Predictor, rows: Any, width: int) -> Any:
        shapes.append((len(rows), width))
        return run(self, rows, width)

    monkeypatch.setattr(Predictor, "_run", note)
    predictor = Predictor.of(load_model(make_model("mine", max_tokens=20)))
    texts = ["good", "good " * 20, "good " * 4, "good " * 5, "good " * 6]
    expected = [predictor.predict([text])[0].probability for text in texts]
    shapes.clear()
    np.testing.assert_allclose(predictor.score(texts), expected, atol=1e-5)
    assert shapes == [(1, 20), (2, 6), (2, 4)]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: "-".join(map(str, layout.values())))
def test_padding_never_changes_an_answer(
    make_model: Callable[..., Path], layout: dict[str, object]
) -> None:
    predictor = Predictor.of(load_model(make_model("mine", **layout)))
    texts = ["", "good", "zebra", "the film was bad", "not good , " * 30]
    alone = [predictor.predict([text])[0].probability for text in texts]
    together = probabilities_of(predictor, texts)
    np.testing.assert_allclose(together, alone, atol=1e-5)
    np.testing.assert_allclose(predictor.score(texts), alone, atol=1e-5)


def test_no_texts_have_no_answers(predictor: Predictor) -> None:
    assert predictor.predict([]) == []
    assert predictor.score([]).shape == (0,)
    assert predictor.scramble("good", 0, seed=0) == []


@pytest.mark.parametrize("pooling", ["mean", "max", "max_mean"])
def test_a_bag_of_words_gives_every_order_the_same_answer_to_the_bit(
    make_model: Callable[..., Path], pooling: str
) -> None:
    predictor = Predictor.of(load_model(make_model("bag", cell="bow", pooling=pooling)))
    rng = np.random.default_rng(0)
    words = [
        "the",
        "film",
        "was",
        "good",
        "but",
        "the",
        "plot",
        ",",
        "well",
        ",",
        "was",
        "not",
        "good",
        ",",
        "not",
        "bad",
        ",",
        "not",
        "a",
        "zebra",
    ]
    orders = [" ".join(rng.permutation(words)) for _ in range(100)]
    found = [
        *probabilities_of(predictor, orders),
        *(predictor.predict([order])[0].probability for order in orders),
        *predictor.score(orders).tolist(),
        *(scramble.probability for scramble in predictor.scramble(orders[0], 9, seed=0)),
        *(predictor.predict([*random_texts(n), orders[n]])[-1].probability for n in range(70)),
    ]
    assert len(found) == 379
    assert len(set(found)) == 1


def test_a_recurrent_network_hears_the_order(predictor: Predictor) -> None:
    first, second = predictor.predict(["not good , bad", "not bad , good"])
    assert abs(first.probability - second.probability) > 1e-3


# === Any text ===


@pytest.mark.parametrize("text", STRANGE, ids=ascii)
def test_strange_texts_are_answered_like_any_other(
    model: SavedModel, predictor: Predictor, text: str
) -> None:
    (answer,) = predictor.predict([text])
    assert answer.probability == pytest.approx(numpy_probability(model, readable(text)), abs=1e-4)
    answer.text.encode()


def test_texts_without_known_words_are_counted_as_such(predictor: Predictor) -> None:
    known = predictor.tokenizer.vocabulary[2:]
    assert predictor.predict([" ".join(known)])[0].num_unknown == 0
    empty, unknown, korean = predictor.predict(["", "zebra xylophone", "정말 좋아요"])
    assert (empty.num_tokens, empty.num_unknown) == (0, 0)
    assert (unknown.num_tokens, unknown.num_unknown) == (2, 2)
    assert korean.probability == pytest.approx(unknown.probability, abs=1e-6)


def test_a_megabyte_of_text_is_read_to_its_end(predictor: Predictor) -> None:
    long, short = predictor.predict(["not good " * 120_000, "not good " * 4])
    assert (long.num_tokens, long.truncated) == (240_000, True)
    assert long.probability == pytest.approx(short.probability, abs=1e-6)
    (joined,) = predictor.predict(["x" * 1_000_000])
    assert (joined.num_tokens, joined.num_unknown) == (1, 1)


@settings(deadline=None, max_examples=200)
@given(st.lists(HOSTILE, max_size=8))
@example(STRANGE)
def test_every_text_gets_a_probability_in_order(predictor: Predictor, texts: list[str]) -> None:
    answers = predictor.predict(texts)
    assert [answer.text for answer in answers] == [readable(text) for text in texts]
    scores = predictor.score(texts)
    assert len(scores) == len(texts)
    for text, answer, score in zip(texts, answers, scores, strict=True):
        assert 0 <= answer.probability <= 1
        assert answer.probability == pytest.approx(score, abs=1e-6)
        (alone,) = predictor.predict([text])
        assert answer.probability == pytest.approx(alone.probability, abs=1e-5)
        assert 0 <= answer.num_unknown <= answer.num_tokens
        assert answer.truncated == (answer.num_tokens > 8)


# === What is cut ===


@pytest.mark.parametrize(
    ("truncation", "kept"),
    [("head", "the film was"), ("tail", "plot not bad"), ("both", "the film bad")],
)
def test_a_long_text_is_answered_by_the_part_that_is_kept(
    make_model: Callable[..., Path], truncation: str, kept: str
) -> None:
    predictor = Predictor.of(load_model(make_model("cut", max_tokens=3, truncation=truncation)))
    long, *parts = predictor.predict(
        ["the film was good plot not bad", "the film was", "plot not bad", "the film bad"]
    )
    assert (long.num_tokens, long.truncated) == (7, True)
    assert not any(part.truncated for part in parts)
    close = [p.text for p in parts if abs(p.probability - long.probability) < 1e-5]
    assert close == [kept]
    assert predictor.score([long.text])[0] == pytest.approx(long.probability, abs=1e-6)


# === Scrambles ===


@pytest.mark.parametrize("truncation", ["head", "tail", "both"])
@pytest.mark.parametrize(
    "text", ["Not the plot, the film was &quot;GOOD&quot; 8/10 zebra ½", "good", "", *STRANGE[2:]]
)
def test_scrambles_hold_the_tokens_that_were_read(
    make_model: Callable[..., Path], truncation: str, text: str
) -> None:
    model = load_model(make_model("cut", max_tokens=5, truncation=truncation))
    tokens = [word.token for word in model.tokenizer.words(readable(text))]
    read = [tokens[i] for i in cut(np.arange(len(tokens), dtype=np.int32), 5, truncation)]
    found = Predictor.of(model).scramble(text, 6, seed=1)
    assert len(found) == 6
    for scramble in found:
        again = [word.token for word in model.tokenizer.words(scramble.text)]
        assert sorted(again) == sorted(read)
        assert scramble.label == label_name(scramble.probability)
        expected = numpy_probability(model, scramble.text)
        assert scramble.probability == pytest.approx(expected, abs=1e-4)


def test_scrambles_follow_the_seed(predictor: Predictor) -> None:
    text = "the film was good , the plot"
    first = predictor.scramble(text, 5, seed=1)
    assert first == predictor.scramble(text, 5, seed=1)
    assert first[:3] == predictor.scramble(text, 3, seed=1)
    assert first != predictor.scramble(text, 5, seed=2)
    assert len({scramble.text for scramble in first}) > 1


@settings(deadline=None, max_examples=100)
@given(HOSTILE)
def test_scrambles_of_any_text_hold_its_tokens(predictor: Predictor, text: str) -> None:
    token_ids = cut(predictor.tokenizer.encode(readable(text)), 8, "tail")
    for scramble in predictor.scramble(text, 2, seed=0):
        again = predictor.tokenizer.encode(scramble.text)
        assert sorted(again) == sorted(token_ids)
