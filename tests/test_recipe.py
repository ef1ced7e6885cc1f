"""What a recipe asks for beyond one fit: from pretraining and teachers to small files."""

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load

from sentiment.artifact import WEIGHTS, load_model
from sentiment.compact import SCALES
from sentiment.config import RunConfig, read_settings
from sentiment.datasets.dataset import (
    NEUTRAL,
    TEST,
    TRAIN,
    UNSUPERVISED,
    VALIDATION,
    Dataset,
    Split,
)
from sentiment.datasets.encoding import encode_datasets
from sentiment.errors import ConfigError
from sentiment.predictor import Predictor
from sentiment.training import pipeline
from sentiment.training.fit import Fit, fit_network
from sentiment.training.pipeline import (
    PreparedData,
    Run,
    new_run,
    prepare_data,
    train_model,
    unfinished_run,
)
from sentiment.training.state import FOLDER

RECIPES = sorted((Path(__file__).parents[1] / "recipes").glob("*.toml"))
GOOD, BAD = ("good", "fine", "lovely"), ("bad", "poor", "nasty")
THINGS = ("plot", "film", "cast", "end", "song", "scene")
SETTINGS = {
    "data": ("mine",),
    "cell": "gru",
    "units": 6,
    "embedding_dim": 8,
    "epochs": 12,
    "patience": 12,
    "batch_size": 16,
    "learning_rate": 0.02,
    "dropout": 0.0,
    "word_dropout": 0.0,
}
EVERYTHING = {
    "pretraining": 1,
    "teachers": ("gru", "bow"),
    "neutral": True,
    "language_model": True,
    "compact": True,
}


def prepared(**settings: Any) -> tuple[RunConfig, PreparedData]:
    config = RunConfig.from_settings({**SETTINGS, **settings})
    rng = np.random.default_rng(0)

    def drawn(size: int) -> tuple[list[str], list[int]]:
        labels = [number % 2 for number in range(size)]
        words = [rng.choice(GOOD if label else BAD) for label in labels]
        return [f"the {rng.choice(THINGS)} was {word} ." for word in words], labels

    splits = {name: Split.of(*drawn(size)) for name, size in SIZES.items()}
    splits[UNSUPERVISED] = Split.of(drawn(80)[0], None)
    splits[NEUTRAL] = Split.of(
        [f"the {one} was the {other} ." for one in THINGS for other in THINGS], None
    )
    datasets = (Dataset("mine", "a test", splits),)
    corpus = encode_datasets(datasets, config.data.vocabulary_size)
    return config, PreparedData(datasets, {"mine": datasets[0].fingerprint()}, corpus, {})


SIZES = {TRAIN: 48, VALIDATION: 24, TEST: 24}


@pytest.fixture
def run_and_data() -> tuple[Run, PreparedData]:
    config, data = prepared(**EVERYTHING)
    return new_run(config, "all"), data


def test_all_of_a_recipe_ends_in_one_small_model(run_and_data: tuple[Run, PreparedData]) -> None:
    run, data = run_and_data
    result = train_model(run, data)
    assert result.results[0].test is not None
    assert result.results[0].test.accuracy == 1
    assert not (run.path / FOLDER).exists()
    model = load_model(run.path)
    predictor = Predictor.of(model)
    good, bad, neither = predictor.predict(
        ["the plot was good .", "the plot was bad .", "the film was the cast ."]
    )
    assert bad.probability + 0.15 < neither.probability < good.probability - 0.15
    assert good.probability > 0.7
    assert bad.probability < 0.3
    assert good.surprise is not None
    assert good.surprise > 0
    stored = load(model.files[WEIGHTS])
    assert SCALES in stored
    kinds = {str(v.dtype) for n, v in stored.items() if not n.startswith("embedding/")}
    assert kinds == {"float16"}
    assert any(name.startswith("surprise/") for name in stored)
    assert result.num_parameters == sum(
        value.size for name, value in model.weights().items() if not name.startswith("surprise/")
    )


def test_teachers_without_unlabelled_texts_are_an_error_before_anything_is_tokenized(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pipeline, "encode_datasets", None)
    config = RunConfig.from_settings({"data": ("pairs",), "teachers": ("gru",)})
    with pytest.raises(ConfigError, match="add --data imdb"):
        prepare_data(config)


def test_nothing_of_it_happens_unasked() -> None:
    config, data = prepared()
    result = train_model(new_run(config, "plain"), data)
    model = load_model(Path(result.path))
    assert all(value.dtype == np.float32 for value in load(model.files[WEIGHTS]).values())
    assert Predictor.of(model).predict(["the plot was good ."])[0].surprise is None


def test_every_network_is_another_and_the_first_has_labels_alone(
    run_and_data: tuple[Run, PreparedData], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[int, int, Path]] = []

    def fit(config: RunConfig, corpus: Any, *, state_dir: Path, **options: Any) -> Fit:
        seen.append((config.training.seed, len(corpus.train), state_dir))
        return FIT(config, corpus, state_dir=state_dir, **options)

    monkeypatch.setattr(pipeline, "fit_network", fit)
    run, data = run_and_data
    train_model(run, data, reads_test=False)
    labelled, all_texts = 48 + 36, 48 + 36 + 80  # the neutral ones are among both
    assert [(seed, num, state.name) for seed, num, state in seen] == [
        (1, labelled, "teacher-1-gru"),
        (2, all_texts, "teacher-2-bow"),
        (0, all_texts, FOLDER),
    ]


def test_networks_of_a_cell_start_from_one_pretraining(
    run_and_data: tuple[Run, PreparedData], monkeypatch: pytest.MonkeyPatch
) -> None:
    starts: list[dict[str, Any]] = []

    def fit(config: RunConfig, corpus: Any, *, start: Any, **options: Any) -> Fit:
        starts.append(start)
        return FIT(config, corpus, start=start, **options)

    monkeypatch.setattr(pipeline, "fit_network", fit)
    run, data = run_and_data
    train_model(run, data, reads_test=False)
    teacher, bag_of_words, last = starts
    assert bag_of_words == {}
    assert "gru_1/backward/recurrent_kernel" in teacher
    assert teacher.keys() == last.keys()
    assert all(np.array_equal(teacher[name], last[name]) for name in teacher)


FIT = fit_network
FOLDERS = ["teacher-1-gru", "teacher-2-bow", FOLDER]


def test_a_run_stopped_in_a_teacher_goes_on_to_the_same_model(
    run_and_data: tuple[Run, PreparedData], monkeypatch: pytest.MonkeyPatch
) -> None:
    run, data = run_and_data
    config, _ = prepared(**EVERYTHING)
    undisturbed = train_model(new_run(config, "whole"), data)

    def stop_in_the_second(
        config: RunConfig, corpus: Any, *, state_dir: Path, **options: Any
    ) -> Fit:
        if state_dir.name == "teacher-2-bow":
            raise KeyboardInterrupt
        return FIT(config, corpus, state_dir=state_dir, **options)

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "fit_network", stop_in_the_second)
        with pytest.raises(KeyboardInterrupt):
            train_model(run, data)
    fits: list[str] = []

    def count(config: RunConfig, corpus: Any, *, state_dir: Path, **options: Any) -> Fit:
        found = FIT(config, corpus, state_dir=state_dir, **options)
        fits.append(state_dir.name)
        return found

    monkeypatch.setattr(pipeline, "fit_network", count)
    resumed = train_model(unfinished_run("all"), data)
    assert fits == FOLDERS
    first, second = load_model(Path(undisturbed.path)), load_model(Path(resumed.path))
    assert first.files[WEIGHTS] == second.files[WEIGHTS]


def test_who_stops_the_last_fit_does_not_wait_for_a_language_model(
    run_and_data: tuple[Run, PreparedData], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(config: RunConfig, corpus: Any, *, state_dir: Path, **options: Any) -> Fit:
        fit = FIT(config, corpus, state_dir=state_dir, **options)
        return replace(fit, interrupted=state_dir.name == FOLDER)

    run, data = run_and_data
    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "fit_network", stopped)
        assert train_model(run, data).interrupted
    assert Predictor.of(load_model(run.path)).predict(["good"])[0].surprise is None
    train_model(unfinished_run("all"), data)
    assert Predictor.of(load_model(run.path)).predict(["good"])[0].surprise is not None


def test_the_temperature_is_in_the_saved_output(monkeypatch: pytest.MonkeyPatch) -> None:
    config, data = prepared()
    plain = train_model(new_run(config, "plain"), data)
    monkeypatch.setattr(pipeline, "best_temperature", lambda *_: plain.temperature * 2)
    cooled = train_model(new_run(config, "cooled"), data)
    assert cooled.temperature == plain.temperature * 2
    weights = [load_model(Path(each.path)).weights() for each in (plain, cooled)]
    for name in weights[0]:
        factor = 2 if name.startswith("output/") else 1
        np.testing.assert_allclose(weights[0][name], factor * weights[1][name], rtol=1e-5)


@pytest.mark.parametrize("path", RECIPES, ids=lambda path: path.stem)
def test_every_recipe_is_a_run(path: Path) -> None:
    settings = read_settings(path)
    config = RunConfig.from_settings(settings)
    assert tomllib.loads(path.read_text())["cell"] == config.model.cell
    assert config.training.compact
