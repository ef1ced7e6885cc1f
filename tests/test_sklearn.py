"""The scikit-learn estimator, as scikit-learn's own tools use it."""

import json
import pickle
import pickletools
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer
from sklearn.utils import estimator_checks, get_tags

from sentiment.config import CELLS, ModelConfig, RunConfig
from sentiment.errors import ConfigError, DataError, SentimentError
from sentiment.sklearn import SentimentClassifier

GOOD, BAD = ("good", "fine", "lovely"), ("bad", "poor", "nasty")
THINGS = ("plot", "film", "cast", "end", "song", "scene")
TINY: dict[str, Any] = {
    "units": 3,
    "embedding_dim": 6,
    "epochs": 12,
    "learning_rate": 0.05,
    "batch_size": 16,
}


def sentences(num_texts: int = 60) -> tuple[list[str], list[str]]:
    """Half of them "yes", as their one word of judgement says."""
    rng = np.random.default_rng(0)
    labels = ["no", "yes"] * (num_texts // 2)
    words = {"no": BAD, "yes": GOOD}
    return [f"the {rng.choice(THINGS)} was {rng.choice(words[label])}" for label in labels], labels


TEXTS, LABELS = sentences()


@pytest.fixture(scope="module")
def fitted() -> SentimentClassifier:
    return SentimentClassifier(**TINY).fit(TEXTS, LABELS)


# === What a fit gives ===


def test_it_learns_and_answers_in_the_labels_it_was_given(fitted: SentimentClassifier) -> None:
    assert fitted.classes_.tolist() == ["no", "yes"]
    answers = fitted.predict(["the film was lovely", "the film was nasty"])
    assert answers.tolist() == ["yes", "no"]
    assert fitted.score(TEXTS, LABELS) == 1.0
    assert 1 <= len(fitted.epochs_) <= TINY["epochs"]


def test_probabilities_logits_and_labels_go_together(fitted: SentimentClassifier) -> None:
    texts = [*TEXTS[:10], "", "zebra"]
    shares, logits = fitted.predict_proba(texts), fitted.decision_function(texts)
    assert shares.shape == (12, 2)
    np.testing.assert_allclose(shares.sum(axis=1), 1)
    np.testing.assert_allclose(shares[:, 1], 1 / (1 + np.exp(-logits)), atol=1e-12)
    np.testing.assert_array_equal(fitted.classes_[shares.argmax(axis=1)], fitted.predict(texts))
    assert fitted.predict([]).shape == fitted.decision_function([]).shape == (0,)
    assert fitted.predict_proba([]).shape == (0, 2)


def test_a_seed_gives_the_same_fit_and_another_another(fitted: SentimentClassifier) -> None:
    expected = fitted.decision_function(TEXTS)
    again = clone(fitted).fit(np.array(TEXTS, object), np.array(LABELS))
    np.testing.assert_array_equal(again.decision_function(TEXTS), expected)
    other = clone(fitted).set_params(random_state=np.random.RandomState(3)).fit(TEXTS, LABELS)
    assert not np.array_equal(other.decision_function(TEXTS), expected)


def test_a_fit_leaves_random_states_and_the_disk_alone(home: Path) -> None:
    random.seed(5)
    np.random.seed(5)
    expected = random.random(), np.random.random()
    random.seed(5)
    np.random.seed(5)
    SentimentClassifier(**{**TINY, "epochs": 1}).fit(TEXTS, LABELS)
    assert (random.random(), np.random.random()) == expected
    assert not home.exists()


def test_a_second_fit_forgets_the_first() -> None:
    model = SentimentClassifier(**{**TINY, "cell": "bow", "epochs": 20})
    model.fit(TEXTS, LABELS)
    first = model.decision_function(TEXTS)
    flipped = np.array(LABELS)[::-1] == "yes"
    assert model.fit(TEXTS, flipped).classes_.tolist() == [False, True]
    assert np.corrcoef(first, model.decision_function(TEXTS))[0, 1] < 0


def test_settings_changed_after_a_fit_do_not_change_its_answers(
    fitted: SentimentClassifier,
) -> None:
    copy = pickle.loads(pickle.dumps(fitted))
    copy.set_params(cell="lstm", units=7, max_tokens=1)
    np.testing.assert_array_equal(copy.predict(TEXTS), fitted.predict(TEXTS))


# === Settings ===


def test_defaults_are_those_of_the_settings_classes() -> None:
    for cell in CELLS:
        assert SentimentClassifier(cell)._config() == RunConfig.from_settings({"cell": cell})
    assert SentimentClassifier().units == ModelConfig.units


def test_values_of_a_numpy_grid_are_settings() -> None:
    model = SentimentClassifier().set_params(units=np.int64(5), dropout=np.float64(0.25))
    assert type(model._config().model.units) is int


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"cell": "gnu"}, "cell must be one of"),
        ({"units": 0}, "units must be at least 1"),
        ({"units": 2.5}, "units must be a whole number"),
        ({"validation_share": 1.0}, "validation_share must be above 0 and below 1"),
    ],
)
def test_wrong_settings_are_found_by_fit_and_not_before(
    settings: dict[str, Any], expected: str
) -> None:
    model = SentimentClassifier(**settings)
    with pytest.raises(SentimentError, match=expected):
        model.fit(TEXTS, LABELS)


# === What cannot be fitted or answered ===


def test_who_is_not_fitted_says_so() -> None:
    model = SentimentClassifier()
    for ask in (model.predict, model.predict_proba, model.decision_function):
        with pytest.raises(NotFittedError, match="fit"):
            ask(["good"])


@pytest.mark.parametrize(
    ("texts", "labels", "expected"),
    [
        (TEXTS, ["no"] * 60, r"1 class"),
        (TEXTS, [*LABELS[:-1], "maybe"], r"3 class"),
        (["good", "bad", "fine"], [0, 1, 1], "a class has 1 text"),
        (TEXTS, LABELS[:-1], "inconsistent numbers"),
        (TEXTS, np.linspace(0, 1, 60), "Unknown label type"),
        ([1.5] * 60, LABELS, "text 0 is float"),
        (np.array(TEXTS)[:, None], LABELS, "choose the column"),
        ("good", LABELS, "not one text"),
        ([], [], r"0 class"),
    ],
)
def test_what_cannot_be_learned_from_gets_a_value_error(
    texts: Any, labels: Any, expected: str
) -> None:
    with pytest.raises(ValueError, match=expected):
        SentimentClassifier(**TINY).fit(texts, labels)


def test_a_share_that_leaves_nothing_to_train_on_is_refused() -> None:
    with pytest.raises(DataError, match="smaller validation_share"):
        SentimentClassifier(validation_share=0.9).fit(["good", "bad"] * 2, [1, 0] * 2)


def test_answers_are_for_lists_of_texts(fitted: SentimentClassifier) -> None:
    with pytest.raises(ValueError, match="not one text"):
        fitted.predict("good")
    missing: Any = ["good", None]
    with pytest.raises(DataError, match="text 1 is NoneType"):
        fitted.predict_proba(missing)


# === In scikit-learn's hands ===


@pytest.mark.parametrize(
    "check",
    [
        "check_no_attributes_set_in_init",
        "check_parameters_default_constructible",
        "check_get_params_invariance",
        "check_set_params",
        "check_estimator_cloneable",
        "check_estimator_repr",
        "check_estimator_tags_renamed",
        "check_valid_tag_types",
        "check_estimators_unfitted",
        "check_mixin_order",
    ],
)
def test_checks_of_scikit_learn_that_need_no_numbers_pass(check: str) -> None:
    getattr(estimator_checks, check)("SentimentClassifier", SentimentClassifier())


def test_tags_say_that_it_takes_texts_of_two_classes() -> None:
    tags = get_tags(SentimentClassifier())
    assert tags.estimator_type == "classifier"
    assert tags.input_tags.string
    assert not tags.input_tags.two_d_array
    assert not tags.classifier_tags.multi_class


def test_it_goes_through_cross_validation_grids_and_pipelines() -> None:
    lower = FunctionTransformer(lambda texts: [text.lower() for text in texts])
    pipeline = make_pipeline(lower, SentimentClassifier("bow", **TINY))
    scores = cross_val_score(pipeline, TEXTS, LABELS, cv=2, scoring="roc_auc", error_score="raise")
    assert scores.min() > 0.9
    grid = GridSearchCV(
        pipeline,
        {"sentimentclassifier__epochs": [1, 12]},
        cv=2,
        scoring="neg_log_loss",
        refit=False,
        error_score="raise",
    )
    assert grid.fit(TEXTS, LABELS).best_params_ == {"sentimentclassifier__epochs": 12}


def test_a_fitted_one_is_unpickled_and_answers_without_tensorflow(
    fitted: SentimentClassifier, tmp_path: Path
) -> None:
    fitted.predict(TEXTS)  # so that there is a session, which no pickle can hold
    path = tmp_path / "fitted.pickle"
    path.write_bytes(pickle.dumps(fitted))
    names = {str(value) for _, value, _ in pickletools.genops(path.read_bytes())}
    assert not {name for name in names if "keras" in name or "tensorflow" in name}
    code = (
        "import json, pickle, sys\n"
        "model = pickle.load(open(sys.argv[1], 'rb'))\n"
        "found = model.decision_function(json.load(sys.stdin)).tolist()\n"
        "print(json.dumps([found, sorted(sys.modules)]))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        input=json.dumps(TEXTS),
        capture_output=True,
        text=True,
        check=True,
    )
    found, loaded = json.loads(run.stdout)
    np.testing.assert_array_equal(found, fitted.decision_function(TEXTS))
    assert not {"tensorflow", "keras"} & set(loaded)


def test_setting_errors_are_config_errors() -> None:
    with pytest.raises(ConfigError, match="pooling"):
        SentimentClassifier("bow", pooling="last").fit(TEXTS, LABELS)
