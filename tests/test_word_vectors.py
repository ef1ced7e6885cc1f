from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from sentiment import paths
from sentiment.tokenizer import PADDING_ID, TokenIds
from sentiment.training import word_vectors as module
from sentiment.training.word_vectors import word_vectors

VOCABULARY = 12
WIDTH = 4
ABSENT = 11


def texts(num_texts: int = 300, seed: int = 0) -> TokenIds:
    """Ids from 1 to 10, of two topics that never meet."""
    rng = np.random.default_rng(seed)
    rows = [rng.integers(1, 6, 20) + 5 * int(rng.integers(2)) for _ in range(num_texts)]
    return TokenIds.of([row.tolist() for row in rows])


def vectors(**changed: Any) -> NDArray[np.float32]:
    options: dict[str, Any] = {
        "key": "a",
        "token_ids": [texts(200), texts(100, seed=1)],
        "vocabulary_size": VOCABULARY,
        "embedding_dim": WIDTH,
        "seed": 3,
        **changed,
    }
    found = word_vectors(options.pop("key"), options.pop("token_ids"), **options)
    assert found is not None
    return found


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MIN_TOKENS", 100)


def cached_files() -> list[Path]:
    return sorted((paths.cache_dir() / "word_vectors").glob("*"))


def no_training(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_train", lambda *arguments: pytest.fail("it was trained again"))


@pytest.mark.parametrize(("least", "found"), [(6000, True), (6001, False)])
def test_too_few_tokens_give_no_vectors(
    monkeypatch: pytest.MonkeyPatch, least: int, found: bool
) -> None:
    monkeypatch.setattr(module, "MIN_TOKENS", least)
    answer = word_vectors(
        "a", [texts(200), texts(100)], vocabulary_size=VOCABULARY, embedding_dim=WIDTH, seed=0
    )
    assert (answer is not None) == found
    assert bool(cached_files()) == found


def test_a_million_tokens_are_needed_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    assert module.MIN_TOKENS == 1_000_000
    no_training(monkeypatch)
    answer = word_vectors("a", [texts()], vocabulary_size=VOCABULARY, embedding_dim=WIDTH, seed=0)
    assert answer is None


@pytest.mark.usefixtures("few")
def test_vectors_have_a_row_for_every_id_and_none_for_padding() -> None:
    found = vectors()
    assert found.shape == (VOCABULARY, WIDTH)
    assert found.dtype == np.float32
    assert not found[PADDING_ID].any()
    assert not found[ABSENT].any()
    assert np.abs(found[1:ABSENT]).sum(axis=1).min() > 0
    assert np.isfinite(found).all()
    assert found.std() == pytest.approx(module.SCALE, rel=1e-3)


@pytest.mark.usefixtures("few")
def test_words_of_one_topic_are_closer_than_words_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SAMPLE", 0)
    monkeypatch.setattr(module, "EPOCHS", 20)
    found = vectors()[1:ABSENT]
    unit = found / np.linalg.norm(found, axis=1, keepdims=True)
    likeness = unit @ unit.T
    within = (likeness[:5, :5].sum() + likeness[5:, 5:].sum() - 10) / 40
    assert within > likeness[:5, 5:].mean() + 0.2


@pytest.mark.usefixtures("few")
def test_the_same_seed_gives_the_same_vectors_again() -> None:
    first = vectors()
    (path,) = cached_files()
    path.unlink()
    np.testing.assert_array_equal(vectors(), first)


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(
    "changed",
    [{"seed": 4}, {"key": "b", "token_ids": [texts(400, seed=5)]}, {"embedding_dim": WIDTH + 1}],
)
def test_what_the_vectors_depend_on_makes_other_vectors(changed: dict[str, Any]) -> None:
    first, second = vectors(), vectors(**changed)
    assert not np.array_equal(first, second)
    assert len(cached_files()) == 2
    np.testing.assert_array_equal(vectors(), first)


@pytest.mark.usefixtures("few")
def test_vectors_are_trained_once(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    first = vectors(progress=lambda description, *numbers: told.append(description))
    assert told == ["writing the corpus for word2vec", "training word vectors with word2vec"]
    no_training(monkeypatch)
    second = vectors()
    np.testing.assert_array_equal(second, first)
    assert second.dtype == np.float32


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def _garbage(path: Path) -> None:
    path.write_bytes(b"what is this?" * 100)


def _broken_header(path: Path) -> None:
    """As one wrong bit makes it; NumPy answers it with an error of the tokenize module."""
    content = path.read_bytes()
    assert content.count(b"), }") == 1
    path.write_bytes(content.replace(b"), }", b"(, }"))


def _zip(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04" * 100)


def _pickle(path: Path) -> None:
    np.save(path, np.array([{}, None], dtype=object), allow_pickle=True)


def _other_shape(path: Path) -> None:
    np.save(path, np.zeros((WIDTH, VOCABULARY), np.float32))


def _other_type(path: Path) -> None:
    np.save(path, np.zeros((VOCABULARY, WIDTH)))


DAMAGES = [_empty, _cut, _garbage, _broken_header, _zip, _pickle, _other_shape, _other_type]


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_made_anew(
    damage: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = vectors()
    (path,) = cached_files()
    damage(path)
    np.testing.assert_array_equal(vectors(), first)
    assert cached_files() == [path]
    no_training(monkeypatch)
    np.testing.assert_array_equal(vectors(), first)


@pytest.mark.usefixtures("few")
def test_a_folder_in_place_of_the_file_does_no_harm_and_leaves_nothing_behind() -> None:
    first = vectors()
    (path,) = cached_files()
    path.unlink()
    path.mkdir()
    np.testing.assert_array_equal(vectors(), first)
    assert cached_files() == [path]


@pytest.mark.usefixtures("few")
def test_a_cache_that_cannot_be_written_is_not_needed(home: Path) -> None:
    home.mkdir()
    (home / "cache").write_text("a file where the folder would be")
    assert vectors().shape == (VOCABULARY, WIDTH)
