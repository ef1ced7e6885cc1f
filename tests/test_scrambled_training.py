"""Twins that learn from scrambled words: what they read, where they are kept, what they keep."""

import json
import os
import shutil
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from sentiment import paths
from sentiment.artifact import TRAINING, SavedModel, load_model
from sentiment.commands import main
from sentiment.config import RunConfig
from sentiment.datasets.encoding import Corpus
from sentiment.datasets.pairs import pairs
from sentiment.errors import ConfigError, ModelError
from sentiment.experiments import scrambled_training as module
from sentiment.experiments.scrambled_training import (
    compare_with_twin,
    scramble_corpus,
    scrambled_twin,
)
from sentiment.experiments.word_order import WordOrderResult, measure_word_order
from sentiment.model_store import find_model, list_models
from sentiment.results import EpochResult
from sentiment.tokenizer import TokenIds, Tokenizer
from sentiment.training import pipeline
from sentiment.training.pipeline import PreparedData, Run, new_run, train_model
from sentiment.training.state import Course

MakeModel = Callable[..., Path]
WORDS = ["good", "bad", "a", "b", "c", "d", "e", "f"]
TINY = {
    "cell": "simple_rnn",
    "units": 2,
    "embedding_dim": 2,
    "bidirectional": False,
    "pooling": "last",
    "epochs": 2,
    "batch_size": 16,
}


class Listener:
    """Counts batches, and does something at one of them."""

    def __init__(self, at: int = -1, action: Callable[[], object] = lambda: None) -> None:
        self.num_batches = 0
        self._at = at
        self._action = action

    def batch(self, course: Course, num_batches: int, reviews_per_second: float) -> None:
        self.num_batches += 1
        if self.num_batches == self._at:
            self._action()

    def epoch(self, result: EpochResult) -> None:
        pass


def interrupt() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def write_table(path: Path, seed: int = 0) -> Path:
    """Texts of eight words; the labels follow from no word, and from no order either."""
    rng = np.random.default_rng(seed)
    lines = [f"{' '.join(rng.permutation(WORDS))} {number},{number % 2}" for number in range(60)]
    path.write_text("\n".join(["text,label", *lines]) + "\n")
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a table, a tiny model trained on it, `mine`, and its twin."""
    folder = tmp_path_factory.mktemp("made")
    table = write_table(folder / "reviews.csv")
    config = RunConfig.from_settings({**TINY, "data": (str(table),), "positive_label": "1"})
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(paths.HOME_VARIABLE, str(folder))
        train_model(new_run(config, "mine"))
        scrambled_twin(load_model(find_model("mine")))
    return folder / "models"


@pytest.fixture
def trained(made: Path, home: Path) -> SavedModel:
    """The trained model, in the store of the test, without its twin."""
    return load_model(shutil.copytree(made / "mine", home / "models" / "mine"))


# === What a twin learns from ===


def tiny_corpus() -> Corpus:
    rows = [[2, 3, 4, 5, 6, 7, 8, 9], [], [5], [9, 8, 7, 6, 5, 4, 3, 2, 2]] * 5
    labels = np.zeros(20, np.int8)
    tokenizer = Tokenizer.train([" ".join(WORDS)] * 2, 10)
    ids = TokenIds.of(rows)
    return Corpus("key", tokenizer, ids, labels.astype(np.float32), ids, labels, TokenIds.of([]))


def test_every_text_keeps_its_words_and_loses_their_order() -> None:
    corpus = tiny_corpus()
    found = scramble_corpus(corpus, seed=0)
    assert found.key != corpus.key
    assert found.tokenizer is corpus.tokenizer
    for before, after in ((corpus.train, found.train), (corpus.validation, found.validation)):
        assert after.flat.dtype == np.int32
        moved = [old.tolist() != new.tolist() for old, new in zip(before, after, strict=True)]
        assert moved == [len(row) > 1 for row in before]
        for old, new in zip(before, after, strict=True):
            assert sorted(old) == sorted(new)
    assert len({tuple(row) for row in found.train}) > 10
    assert len(found.unsupervised) == 0


def test_the_seed_decides_the_orders_and_the_key() -> None:
    first, again, other = (scramble_corpus(tiny_corpus(), seed) for seed in (0, 0, 1))
    assert first.train.flat.tolist() == again.train.flat.tolist()
    assert first.train.flat.tolist() != other.train.flat.tolist()
    assert first.key == again.key != other.key


def test_the_sentences_of_a_pair_tell_a_twin_nothing() -> None:
    split = pairs(num_pairs=100).train
    tokenizer = Tokenizer.train(split.texts, 1_000)
    ids = tokenizer.encode_batch(split.texts)
    corpus = Corpus(
        "key", tokenizer, ids, split.labels.astype(np.float32), ids, split.labels, TokenIds.of([])
    )
    labels: dict[tuple[int, ...], list[int]] = {}
    for row, label in zip(scramble_corpus(corpus, 0).train, split.labels, strict=True):
        labels.setdefault(tuple(sorted(row.tolist())), []).append(int(label))
    in_pairs = [
        row for row, pair in zip(ids, split.table["pair"].to_pylist(), strict=True) if pair >= 0
    ]
    assert len(in_pairs) >= 100
    for row in in_pairs:
        found = labels[tuple(sorted(row.tolist()))]
        assert found.count(0) == found.count(1)


# === Training ===


def test_a_twin_differs_in_what_it_learned_alone(made: Path) -> None:
    model, twin = load_model(made / "mine"), load_model(made / "mine-scrambled")
    assert twin.info["made_by"] == "order"
    assert twin.config == model.config
    assert twin.tokenizer.to_json() == model.tokenizer.to_json()
    (of_model,), (of_twin,) = model.info["data"], twin.info["data"]
    assert of_twin["fingerprint"] == of_model["fingerprint"]
    assert of_twin["source"] == f"{of_model['source']}; words scrambled before training"
    assert of_twin["source"] in twin.card
    weights = twin.weights()
    assert any((weights[name] != value).any() for name, value in model.weights().items())


def test_a_twin_that_was_stopped_goes_on_as_if_nothing_had_happened(
    made: Path, trained: SavedModel
) -> None:
    with pytest.raises(KeyboardInterrupt):
        scrambled_twin(trained, listener=Listener(4, interrupt))
    place = trained.path.with_name("mine-scrambled")
    assert load_model(place).info["made_by"] == "order"
    assert (place / TRAINING).is_dir()
    rest = Listener()
    weights = scrambled_twin(trained, listener=rest).weights()
    assert rest.num_batches == 2
    assert not (place / TRAINING).exists()
    undisturbed = load_model(made / "mine-scrambled").weights()
    assert all((weights[name] == value).all() for name, value in undisturbed.items())
    assert [m.name for m in list_models() if m.is_default] == ["mine"]


def test_word_vectors_are_made_of_the_scrambled_texts(
    trained: SavedModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, list[TokenIds]]] = []
    given: list[PreparedData] = []

    def stopped(_run: Run, data: PreparedData, **_: object) -> None:
        given.append(data)
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "word_vectors", lambda key, ids, **_: seen.append((key, ids)))
    monkeypatch.setattr(pipeline, "train_model", stopped)
    with pytest.raises(KeyboardInterrupt):
        scrambled_twin(trained)
    corpus = given[0].corpus
    assert seen == [(corpus.key, [corpus.train, corpus.unsupervised])]
    ordered = pipeline.prepare_data(trained.config).corpus
    assert corpus.key != ordered.key
    pairs_of_rows = list(zip(corpus.train, ordered.train, strict=True))
    assert all(sorted(new) == sorted(old) for new, old in pairs_of_rows)
    assert any(new.tolist() != old.tolist() for new, old in pairs_of_rows)


def test_data_that_is_not_what_the_model_learned_from_is_refused(make_model: MakeModel) -> None:
    model = load_model(make_model("mine", data=("pairs",)))
    with pytest.raises(ModelError, match="mine learned from other data than pairs is now"):
        scrambled_twin(model)
    assert [model.name for model in list_models()] == ["mine"]


# === Twins that are there ===


def untrained(*_: object) -> None:
    raise AssertionError("a twin is trained")


def test_a_twin_that_is_there_is_taken(
    make_model: MakeModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_train", untrained)
    model = load_model(make_model("mine", seed=5))
    path = make_model("mine-scrambled", seed=5, made_by="order")
    assert scrambled_twin(model).path == path


@pytest.mark.parametrize(
    "other",
    [{"made_by": "train"}, {"max_tokens": 8}, {"seed": 6}],
    ids=lambda other: next(iter(other)),
)
def test_another_model_of_that_name_is_kept(
    make_model: MakeModel, other: dict[str, object]
) -> None:
    model = load_model(make_model("mine", seed=5))
    path = make_model("mine-scrambled", **{"seed": 5, "made_by": "order", **other})
    before = load_model(path)
    with pytest.raises(ModelError, match="`sentiment models remove mine-scrambled`"):
        scrambled_twin(model)
    assert load_model(path).files == before.files


def stopped(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_another_run_of_that_name_is_kept(
    trained: SavedModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "fit_network", stopped)
    run = new_run(trained.config, "mine-scrambled")
    with pytest.raises(KeyboardInterrupt):
        train_model(run)
    with pytest.raises(ModelError, match="`sentiment models remove mine-scrambled`"):
        scrambled_twin(trained)
    assert any(run.state_dir.iterdir())


def test_a_name_that_gets_too_long_is_refused(make_model: MakeModel) -> None:
    with pytest.raises(ConfigError, match="not fit to be a model's name"):
        scrambled_twin(load_model(make_model("x" * 60)))


# === What it keeps ===


@pytest.fixture
def measured(make_model: MakeModel) -> WordOrderResult:
    data = pairs(num_pairs=100)
    return measure_word_order(load_model(make_model(sentences=data.train.texts)), data, "test")


def with_accuracy(result: WordOrderResult, accuracy: float) -> WordOrderResult:
    first, *others = result.strengths
    return replace(result, strengths=(replace(first, accuracy=accuracy), *others))


def test_what_a_twin_keeps_is_counted_from_the_commoner_label(measured: WordOrderResult) -> None:
    measured = replace(measured, majority_share=0.6, num_texts=400)
    found = compare_with_twin(with_accuracy(measured, 0.9), with_accuracy(measured, 0.84))
    assert (found.chance, found.accuracy, found.twin_accuracy) == (0.6, 0.9, 0.84)
    assert found.kept == pytest.approx(0.8)
    assert found.margin == pytest.approx(1.96 * ((0.09 + 0.1344) / 400) ** 0.5)
    worse = compare_with_twin(with_accuracy(measured, 0.9), with_accuracy(measured, 0.57))
    assert worse.kept == pytest.approx(-0.1)
    for accuracy in (0.6, 0.5):
        nothing = compare_with_twin(with_accuracy(measured, accuracy), measured)
        assert nothing.kept is None


# === Command ===


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["order", *arguments])


def test_order_shows_every_model_beside_its_twin(make_model: MakeModel) -> None:
    texts = pairs(num_pairs=100).train.texts
    for cell in ("gru", "bow"):
        make_model(f"my-{cell}", cell=cell, sentences=texts)
        make_model(f"my-{cell}-scrambled", cell=cell, sentences=texts, made_by="order")
    options = ["--data", "pairs", "--max-texts", "40", "--train-scrambled"]
    models = ["--model", "my-gru", "--model", "my-bow"]
    result = run(*options, *models, "--json")
    assert result.exit_code == 0, result.output
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    names = ["my-gru", "my-gru-scrambled", "my-bow", "my-bow-scrambled"]
    assert [line["model"] for line in lines] == [*names, "my-gru", "my-bow"]
    assert set(lines[-1]) == {
        "model", "twin", "data", "split", "num_texts", "chance", "accuracy", "twin_accuracy",
        "margin", "kept",
    }  # fmt: skip
    assert (lines[-1]["twin"], lines[-1]["num_texts"]) == ("my-bow-scrambled", 40)
    assert (lines[-1]["twin_accuracy"], lines[-1]["kept"]) == (0.5, None)
    assert lines[-2]["twin_accuracy"] == lines[1]["strengths"][0]["accuracy"]
    shown = " ".join(run(*options, "--model", "my-bow").output.split())
    assert (
        "my-bow-scrambled, which learned from scrambled words, answers 50.00 % of texts in their "
        "own order right, my-bow 50.00 % (difference 0.00 ± 21.91 points): my-bow gains nothing "
        "over 50.00 %, which the commoner label alone gets"
    ) in shown


def test_ctrl_c_says_that_the_same_command_goes_on(
    trained: SavedModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    (data,) = trained.config.data.data
    options = ["--data", data, "--positive-label", "1", "--train-scrambled", "--json"]
    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "fit_network", stopped)
        result = run(*options)
    assert result.exit_code == 130
    assert "the same command goes on from there" in result.output
    result = run(*options)
    assert result.exit_code == 0, result.output
    assert "epoch 2/2" in result.stderr
    assert json.loads(result.stdout.splitlines()[-1])["twin"] == "mine-scrambled"
    assert "epoch" not in run(*options).stderr
