"""The model that comes with the package: what it must be good at, asked of its files."""

from pathlib import Path

import numpy as np
import pytest

from sentiment.artifact import SavedModel, load_model
from sentiment.config import CELLS, RunConfig, read_settings
from sentiment.datasets.lessons import lessons
from sentiment.datasets.pairs import pairs
from sentiment.evaluation import evaluate_pairs
from sentiment.experiments.suites import measure_suites
from sentiment.predictor import Predictor
from sentiment.tokenizer import Tokenizer

PACKAGED = Path(__file__).parents[1] / "sentiment" / "models"
BARS = {"I like coffee": (0.8, 1.0), "I hate coffee": (0.0, 0.2)}
GOOD = (
    "The new bakery on our street makes wonderful bread.",
    "My brother fixed my bike and now it runs perfectly.",
    "What a beautiful morning!",
    "Thanks so much, you made my day.",
    "The train was on time and very clean.",
    "This jacket keeps me warm and fits well.",
    "Our teacher explains everything so clearly.",
    "I could listen to this song all day.",
    "The update fixed every problem I had.",
    "Best holiday we have had in years.",
)
BAD = (
    "The soup arrived cold and tasted of nothing.",
    "My phone died after two days.",
    "They lost my suitcase and nobody helped.",
    "This app keeps crashing.",
    "The weather ruined our picnic.",
    "I waited an hour and then they closed the counter.",
    "Never buying from this shop again.",
    "The room smelled of smoke and the bed was hard.",
    "He was rude to everyone at the table.",
    "What a waste of a Saturday.",
)
FACTS = (
    "The meeting is on Thursday.",
    "My aunt lives near the harbour.",
    "There are two windows in this room.",
    "We take the bus to school.",
)


@pytest.fixture(scope="module")
def model() -> SavedModel:
    return load_model(PACKAGED / "shipped")


@pytest.fixture(scope="module")
def predictor(model: SavedModel) -> Predictor:
    return Predictor.of(model)


def test_it_is_the_recipes_recurrent_and_small(model: SavedModel) -> None:
    recipe = read_settings(PACKAGED.parents[1] / "recipes" / "shipped.toml")
    assert model.config == RunConfig.from_settings(recipe)
    assert model.config.model.cell in ("gru", "lstm")
    files = [path for path in model.path.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= 12_000_000


def test_no_file_says_where_it_was_made() -> None:
    files = [path for path in PACKAGED.rglob("*") if path.is_file()]
    assert len(files) >= 6
    for path in files:
        content = path.read_bytes()
        assert b"/root" not in content
        assert b"/work" not in content
        assert b"/home/" not in content


@pytest.mark.parametrize(("text", "bounds"), BARS.items())
def test_likes_and_hates(predictor: Predictor, text: str, bounds: tuple[float, float]) -> None:
    (answer,) = predictor.predict([text])
    assert bounds[0] < answer.probability < bounds[1]


def test_everyday_sentences(predictor: Predictor) -> None:
    wrong = {
        answer.text
        for answer in predictor.predict([*GOOD, *BAD])
        if (answer.label == "positive") != (answer.text in GOOD)
    }
    assert wrong == set()


def test_facts_are_near_the_middle(predictor: Predictor) -> None:
    probabilities = [answer.probability for answer in predictor.predict(FACTS)]
    assert all(0.15 < probability < 0.85 for probability in probabilities)
    assert abs(np.mean(probabilities) - 0.5) < 0.2


def test_no_sentence_here_is_learned_from() -> None:
    asked = {plain(text) for text in (*BARS, *GOOD, *BAD, *FACTS)}
    learned = [
        text
        for data in (lessons(), pairs())
        for split in data.splits.values()
        for text in split.texts
    ]
    assert asked.isdisjoint(map(plain, learned))


def test_word_order_pairs(predictor: Predictor) -> None:
    split = pairs().test
    known, unseen = evaluate_pairs(split, predictor.score(split.texts))
    assert known is not None
    assert unseen is not None
    assert known.accuracy >= 0.99
    assert unseen.accuracy >= 0.90


def test_behaviour_suites(predictor: Predictor) -> None:
    rates = {result.suite: result.failure_rate for result in measure_suites(predictor)}
    assert {suite: rate for suite, rate in rates.items() if rate > 0.05} == {}


def test_order_as_typed_surprises_less(predictor: Predictor) -> None:
    typed, scrambled = predictor.predict(["I like coffee", "Like coffee I"])
    assert typed.surprise is not None
    assert scrambled.surprise is not None
    assert typed.surprise < scrambled.surprise - 1


# === The small models beside it ===


@pytest.mark.parametrize("cell", CELLS)
def test_a_small_model_of_each_cell_is_small_and_hears_liking(cell: str) -> None:
    small = load_model(PACKAGED / f"small-{cell}")
    recipe = read_settings(PACKAGED.parents[1] / "recipes" / "small.toml")
    assert small.config == RunConfig.from_settings({**recipe, "cell": cell})
    assert sum(path.stat().st_size for path in small.path.iterdir()) < 2_000_000
    like, hate = Predictor.of(small).predict(["I love this place", "I hate this place"])
    assert (like.label, hate.label) == ("positive", "negative")


@pytest.mark.parametrize("cell", CELLS)
def test_of_the_small_models_all_but_the_bag_of_words_hear_order(cell: str) -> None:
    split = pairs().test
    small = Predictor.of(load_model(PACKAGED / f"small-{cell}"))
    known, _ = evaluate_pairs(split, small.score(split.texts))
    assert known is not None
    if cell == "bow":
        assert known.accuracy == 0.5
    else:
        assert known.accuracy > 0.9


def plain(text: str) -> str:
    words = (word.token for word in TOKENIZER.words(text))
    return " ".join(word for word in words if word[0].isalnum())


TOKENIZER = Tokenizer.train(["a a"], 10)
