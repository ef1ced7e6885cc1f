from pathlib import Path

import pytest

from sentiment.datasets import encoding as module
from sentiment.datasets.dataset import Dataset, Split
from sentiment.datasets.description import describe
from sentiment.datasets.encoding import encode_datasets
from sentiment.results import DataDescription, SplitDescription
from sentiment.tokenizer import Tokenizer

LENGTHS = (1, 2, 3, 4, 21)
TRAIN = [" ".join(["word"] * length) for length in LENGTHS]


def dataset(**changed: Split) -> Dataset:
    splits = {
        "train": Split.of(TRAIN, [1, 0, 0, 0, 1]),
        "validation": Split.of(["word new", "word word plot twist"], [1, 1]),
        "test": Split.of(["new new new word", "plot"], [0, 1]),
        "unsupervised": Split.of(["plot plot"], None),
    }
    return Dataset("films", "made up", {**splits, **changed}, ("one note", "another"))


def split(description: DataDescription, name: str) -> SplitDescription:
    return next(found for found in description.splits if found.name == name)


def test_a_description_says_what_and_whence() -> None:
    found = describe(dataset(), 100)
    assert found.name == "films"
    assert found.source == "made up"
    assert found.notes == ("one note", "another")
    assert found.fingerprint == dataset().fingerprint()
    assert [each.name for each in found.splits] == list(dataset().splits)


def test_sizes_and_balance_are_counted() -> None:
    found = describe(dataset(), 100)
    assert [each.num_texts for each in found.splits] == [5, 2, 2, 1]
    assert split(found, "train").positive_share == pytest.approx(2 / 5)
    assert split(found, "validation").positive_share == 1
    assert split(found, "test").positive_share == 0.5


def test_a_split_without_labels_has_no_balance() -> None:
    assert split(describe(dataset(), 100), "unsupervised").positive_share is None


def test_lengths_are_the_quantiles_of_the_tokens() -> None:
    # sorted 1 2 3 4 21: 5 % lies at 0.2 between 1 and 2, 95 % at 0.8 between 4 and 21, rounded down
    found = describe(dataset(), 100)
    assert split(found, "train").length_quantiles == (1, 3, 17, 21)
    assert split(found, "unsupervised").length_quantiles == (2, 2, 2, 2)


def test_lengths_are_not_cut() -> None:
    long = Split.of(["word " * 5000, "word"], [1, 0])
    assert split(describe(dataset(test=long), 100), "test").length_quantiles[-1] == 5000


def test_coverage_is_the_share_of_tokens_that_train_and_unsupervised_teach() -> None:
    found = describe(dataset(), 100)
    assert found.vocabulary_size == 4  # padding, unknown, word, plot
    assert split(found, "train").coverage == 1
    assert split(found, "validation").coverage == pytest.approx(4 / 6)
    assert split(found, "test").coverage == pytest.approx(2 / 5)


def test_a_smaller_vocabulary_covers_less() -> None:
    found = describe(dataset(), 3)
    assert found.vocabulary_size == 3
    assert split(found, "unsupervised").coverage == 0
    assert split(found, "validation").coverage == pytest.approx(3 / 6)


def test_texts_without_a_token_are_covered() -> None:
    found = describe(dataset(test=Split.of([" ", ""], [0, 1])), 100)
    assert split(found, "test").coverage == 1
    assert split(found, "test").length_quantiles == (0, 0, 0, 0)


def test_chunks_do_not_change_the_figures(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    whole = describe(dataset(), 100)
    monkeypatch.setenv("SENTIMENT_HOME", str(tmp_path / "empty"))
    monkeypatch.setattr(module, "_CHUNK", 2)
    told: list[tuple[str, int, int | None]] = []
    assert describe(dataset(), 100, progress=lambda *said: told.append(said)) == whole
    assert [said for said in told if said[0] == "tokenizing train"] == [
        ("tokenizing train", number, 5) for number in (2, 4, 5)
    ]


def test_samples_are_training_texts_of_each_label_positive_first() -> None:
    samples = describe(dataset(), 100, num_samples=2).samples
    assert [label for label, _ in samples] == ["positive"] * 2 + ["negative"] * 2
    texts = [text for _, text in samples]
    assert set(texts[:2]) == {TRAIN[0], TRAIN[4]}
    assert set(texts[2:]) < {TRAIN[1], TRAIN[2], TRAIN[3]}
    assert len(set(texts)) == 4


def test_fewer_texts_than_samples_are_all_shown() -> None:
    samples = describe(dataset(), 100, num_samples=50).samples
    assert sorted(text for _, text in samples) == sorted(TRAIN)
    assert describe(dataset(), 100, num_samples=0).samples == ()


def test_the_seed_decides_the_samples() -> None:
    def drawn(seed: int) -> tuple[tuple[str, str], ...]:
        return describe(dataset(), 100, num_samples=1, seed=seed).samples

    assert drawn(1) == drawn(1)
    assert len({drawn(seed) for seed in range(20)}) > 1


def test_an_empty_split_is_described() -> None:
    found = split(describe(dataset(unsupervised=Split.of([], None)), 100), "unsupervised")
    assert found == SplitDescription("unsupervised", 0, None, (0, 0, 0, 0), 1.0)


def test_describing_prepares_the_token_ids_for_training(monkeypatch: pytest.MonkeyPatch) -> None:
    describe(dataset(), 50)

    def fail(*arguments: object) -> None:
        raise AssertionError("the vocabulary was learned again")

    monkeypatch.setattr(Tokenizer, "train", fail)
    assert encode_datasets([dataset()], 50).tokenizer.vocabulary_size > 2
