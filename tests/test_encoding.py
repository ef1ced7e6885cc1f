from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sentiment import paths
from sentiment.datasets import encoding as module
from sentiment.datasets.dataset import Dataset, Split
from sentiment.datasets.encoding import Corpus, encode_datasets
from sentiment.tokenizer import UNKNOWN_ID, TokenIds, Tokenizer


def films(**changed: Split) -> Dataset:
    splits = {
        "train": Split.of(["a good film", "a bad film", "a good good plot"], [1, 0, 1]),
        "validation": Split.of(["a fresh film", "a bad film fresh"], [1, 0]),
        "test": Split.of(["stale stale film", "a good stale plot"], [0, 1]),
        "unsupervised": Split.of(["a plot twist", "a film twist"], None),
        "neutral": Split.of(["meh meh film"], None),
    }
    return Dataset("films", "made up", {**splits, **changed})


def books() -> Dataset:
    splits = {
        "train": Split.of(["a long book", "a short book"], [0, 1]),
        "validation": Split.of(["the long book"], [0]),
        "test": Split.of(["the short book"], [1]),
    }
    return Dataset("books", "made up", splits)


def words(corpus: Corpus, token_ids: TokenIds) -> list[str]:
    return [" ".join(corpus.tokenizer.vocabulary[i] for i in ids) for ids in token_ids]


def same(one: Corpus, other: Corpus) -> None:
    assert one.key == other.key
    assert one.tokenizer.to_json() == other.tokenizer.to_json()
    for name in ("train", "validation", "unsupervised"):
        first, second = getattr(one, name), getattr(other, name)
        for array in ("flat", "offsets"):
            a, b = getattr(first, array), getattr(second, array)
            assert a.dtype == b.dtype
            np.testing.assert_array_equal(a, b)
    np.testing.assert_array_equal(one.train_targets, other.train_targets)
    np.testing.assert_array_equal(one.validation_labels, other.validation_labels)


def no_training(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: Any) -> None:
        pytest.fail("the vocabulary was learned again")

    monkeypatch.setattr(Tokenizer, "train", fail)


def cached_files() -> list[Path]:
    return sorted(path for path in (paths.cache_dir() / "tokens").rglob("*") if path.is_file())


# === Vocabulary and ids ===


def test_the_vocabulary_is_learned_from_train_and_unsupervised_alone() -> None:
    vocabulary = encode_datasets([films()], 100).tokenizer.vocabulary
    assert sorted(vocabulary) == ["[PAD]", "[UNK]", "a", "film", "good", "plot", "twist"]


@pytest.mark.parametrize("word", ["fresh", "stale", "meh"])
def test_a_word_of_validation_test_or_neutral_alone_is_unknown(word: str) -> None:
    corpus = encode_datasets([films()], 100)
    assert word not in corpus.tokenizer.vocabulary
    assert corpus.tokenizer.encode(word).tolist() == [UNKNOWN_ID]


def test_ids_stand_for_the_words_of_their_texts() -> None:
    corpus = encode_datasets([films()], 100)
    assert words(corpus, corpus.train) == ["a good film", "a [UNK] film", "a good good plot"]
    assert words(corpus, corpus.validation) == ["a [UNK] film", "a [UNK] film [UNK]"]
    assert words(corpus, corpus.unsupervised) == ["a plot twist", "a film twist"]
    assert corpus.train_targets.tolist() == [1, 0, 1]
    assert corpus.validation_labels.tolist() == [1, 0]
    assert corpus.train.flat.dtype == np.int32
    assert corpus.train_targets.dtype == np.float32


def test_texts_are_not_cut() -> None:
    long = " ".join(["good"] * 3000)
    corpus = encode_datasets([films(train=Split.of([long, "bad bad"], [1, 0]))], 100)
    assert corpus.train.lengths.tolist() == [3000, 2]


def test_a_data_set_without_unlabelled_texts_has_none() -> None:
    corpus = encode_datasets([books()], 100)
    assert len(corpus.unsupervised) == 0
    assert corpus.unsupervised.flat.dtype == np.int32


def test_several_data_sets_are_joined_in_the_order_given() -> None:
    one = encode_datasets([films(), books()], 100)
    other = encode_datasets([books(), films()], 100)
    long_books = ["a [UNK] book"] * 2
    long_films = ["a good film", "a [UNK] film", "a good good plot"]
    assert words(one, one.train) == long_films + long_books
    assert words(other, other.train) == long_books + long_films
    assert one.train_targets.tolist() == [1, 0, 1, 0, 1]
    assert other.train_targets.tolist() == [0, 1, 1, 0, 1]
    assert one.validation_labels.tolist() == [1, 0, 0]
    assert other.validation_labels.tolist() == [0, 1, 0]
    assert one.key != other.key


def test_more_texts_than_a_chunk_keep_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = encode_datasets([films(), books()], 100)
    cached_files()[0].unlink()
    monkeypatch.setattr(module, "_CHUNK", 2)
    told: list[tuple[str, int, int | None]] = []
    same(encode_datasets([films(), books()], 100, lambda *said: told.append(said)), whole)
    assert [said for said in told if said[0] == "tokenizing train"] == [
        ("tokenizing train", number, 5) for number in (2, 4, 5)
    ]
    assert ("learning the vocabulary", 7, 7) in told


# === Cache ===


def test_the_same_contents_are_tokenized_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = encode_datasets([films(), books()], 100)
    no_training(monkeypatch)
    renamed = Dataset("other", "from elsewhere", films().splits, ("a note",))
    same(encode_datasets([renamed, books()], 100), first)


def test_the_test_split_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    first = encode_datasets([films()], 100)
    no_training(monkeypatch)
    same(encode_datasets([films(test=Split.of(["new"], [1]))], 100), first)


def test_other_contents_have_another_key() -> None:
    plain = films()
    changes = [
        films(train=Split.of(plain.train.texts, [0, 0, 1])),
        films(train=Split.of(plain.train.texts[::-1], [1, 0, 1])),
        films(validation=Split.of(["a new film", "a bad film fresh"], [1, 0])),
        films(unsupervised=Split.of(["a plot twist"], None)),
        films(train=plain.validation, validation=plain.train),
    ]
    keys = {encode_datasets([dataset], 100).key for dataset in [plain, *changes]}
    assert len(keys) == len(changes) + 1


def test_another_vocabulary_size_has_another_key() -> None:
    small, large = encode_datasets([films()], 4), encode_datasets([films()], 100)
    assert small.key != large.key
    assert small.tokenizer.vocabulary_size == 4
    assert large.tokenizer.vocabulary_size == 7
    assert words(small, small.train)[0] == "a [UNK] film"


def _missing(path: Path) -> None:
    path.unlink()


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def _garbage(path: Path) -> None:
    path.write_bytes(b"what is this?" * 100)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _other_tokenizer(path: Path) -> None:
    """A word of the vocabulary changes, as where a bit on the disk does."""
    content = path.read_bytes()
    assert content.count(b'"film"') == 1
    path.write_bytes(content.replace(b'"film"', b'"filn"'))


def _other_ids(path: Path) -> None:
    with np.load(path) as arrays:
        ids = arrays["train.flat"].tobytes()
    content = path.read_bytes()
    assert content.count(ids) == 1
    path.write_bytes(content.replace(ids, ids[::-1]))


def _compressed(path: Path) -> None:
    """A part says that it is compressed in a way that zipfile does not know."""
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 10] = 99
    path.write_bytes(content)


DAMAGES = [
    _missing,
    _empty,
    _cut,
    _garbage,
    _folder,
    _other_tokenizer,
    _other_ids,
    _compressed,
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_cache_is_made_anew(
    damage: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = encode_datasets([films()], 100)
    (path,) = cached_files()
    damage(path)
    same(encode_datasets([films()], 100), first)
    assert cached_files() == [path]
    no_training(monkeypatch)
    same(encode_datasets([films()], 100), first)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10_000), st.integers(1, 255))
def test_no_damaged_byte_changes_what_is_read_or_stops_it(place: int, change: int) -> None:
    first = encode_datasets([films()], 100)
    (path,) = cached_files()
    content = bytearray(path.read_bytes())
    content[place % len(content)] ^= change
    path.write_bytes(content)
    same(encode_datasets([films()], 100), first)
    path.unlink()


def test_a_cache_that_cannot_be_written_is_not_needed(home: Path) -> None:
    home.mkdir()
    (home / "cache").write_text("a file where the folder would be")
    corpus = encode_datasets([films()], 100)
    assert corpus.train.lengths.tolist() == [3, 3, 4]


def test_nothing_half_written_is_left_behind() -> None:
    corpus = encode_datasets([films()], 100)
    folder = paths.cache_dir() / "tokens"
    assert [path.name for path in folder.iterdir()] == [corpus.key[:32]]


def test_texts_are_in_domain_where_their_data_set_has_unlabelled_ones() -> None:
    corpus = encode_datasets([books(), films()], 100)
    assert corpus.in_domain.tolist() == [2, 3, 4]
    assert words(corpus, corpus.train.take(corpus.in_domain))[0] == "a good film"
    assert not len(encode_datasets([books()], 100).in_domain)
