import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sentiment.config import DataConfig
from sentiment.datasets import loading as module
from sentiment.datasets.dataset import Dataset, Split
from sentiment.datasets.loading import AUTO_ORDER, load_dataset, load_datasets
from sentiment.errors import DataError, DataUnavailableError


def made_up(name: str, notes: tuple[str, ...] = ()) -> Dataset:
    split = Split.of([f"good {name}", f"bad {name}"], [1, 0])
    return Dataset(name, "made up", dict.fromkeys(("train", "validation", "test"), split), notes)


Calls = list[tuple[Any, ...]]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """Stand-ins for what loads; gives what each was asked for."""
    found: Calls = []

    def imdb(data_dir: Path | None, progress: object) -> Dataset:
        found.append(("imdb", data_dir))
        return made_up("imdb", ("a note of its own",))

    def imdb_archive(path: Path, progress: object) -> Dataset:
        found.append(("archive", path))
        return made_up("imdb")

    def snippets(domain: str | None, progress: Callable[[str], None]) -> Dataset:
        found.append(("snippets", domain))
        progress("waiting")
        return made_up(f"snippets:{domain}" if domain else "snippets")

    def pairs() -> Dataset:
        found.append(("pairs",))
        return made_up("pairs")

    def own_table(path: Path, *columns: str | None) -> Dataset:
        found.append(("table", path, *columns))
        return made_up(path.name)

    for loader in (imdb, imdb_archive, snippets, pairs, own_table):
        monkeypatch.setattr(module, loader.__name__, loader)
    return found


def unavailable(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    def refuse(name: str) -> Callable[..., Dataset]:
        def load(*arguments: object) -> Dataset:
            raise DataUnavailableError(f"{name} cannot be had")

        return load

    for name in names:
        monkeypatch.setattr(module, name, refuse(name))


def refusal(*names: str, kind: type[DataError] = DataError) -> str:
    with pytest.raises(DataError) as caught:
        load_datasets(DataConfig(data=names))
    assert type(caught.value) is kind
    text = str(caught.value)
    assert len(text.splitlines()) == 1
    return text


# === Forms ===


@pytest.mark.parametrize(
    ("name", "call", "expected"),
    [
        ("imdb", ("imdb", None), "imdb"),
        ("pairs", ("pairs",), "pairs"),
        ("snippets", ("snippets", None), "snippets"),
        ("snippets:films", ("snippets", "films"), "snippets:films"),
        ("a/b.csv", ("table", Path("a/b.csv"), None, None, None), "a/b.csv"),
        ("b.jsonl.gz", ("table", Path("b.jsonl.gz"), None, None, None), "b.jsonl.gz"),
        ("./imdb.tsv", ("table", Path("imdb.tsv"), None, None, None), "./imdb.tsv"),
        ("a/aclImdb_v1.tar.gz", ("archive", Path("a/aclImdb_v1.tar.gz")), "imdb"),
        ("aclImdb.tgz", ("archive", Path("aclImdb.tgz")), "imdb"),
    ],
)
def test_each_form_goes_to_what_loads_it(
    calls: Calls, name: str, call: tuple[Any, ...], expected: str
) -> None:
    assert load_dataset(name, DataConfig()).name == expected
    assert calls == [call]


def test_a_folder_is_taken_for_the_unpacked_archive(calls: Calls, tmp_path: Path) -> None:
    (tmp_path / "aclImdb.csv").mkdir()
    load_dataset(str(tmp_path / "aclImdb.csv"), DataConfig())
    assert calls == [("archive", tmp_path / "aclImdb.csv")]


def test_a_path_with_a_tilde_is_in_the_home_folder(
    calls: Calls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    load_dataset("~/a.csv", DataConfig())
    load_dataset("imdb", DataConfig(data_dir="~/prepared"))
    assert [call[1] for call in calls] == [tmp_path / "a.csv", tmp_path / "prepared"]


def test_columns_and_label_go_to_the_table(calls: Calls) -> None:
    config = DataConfig(text_column="t", label_column="l", positive_label="p")
    load_dataset("a.csv", config)
    assert calls == [("table", Path("a.csv"), "t", "l", "p")]


def test_the_data_of_a_config_does_not_count_for_one_data_set(calls: Calls) -> None:
    assert load_dataset("pairs", DataConfig(data=("imdb",))).name == "pairs"


def test_what_is_waited_for_is_passed_on(calls: Calls) -> None:
    told: list[tuple[str, int, int | None]] = []
    load_dataset("snippets", DataConfig(), lambda *words: told.append(words))
    assert told == [("waiting", 0, None)]


def test_several_data_sets_come_in_the_order_given(calls: Calls) -> None:
    config = DataConfig(data=("snippets:tweets", "imdb", "pairs"))
    assert [found.name for found in load_datasets(config)] == ["snippets:tweets", "imdb", "pairs"]


def test_an_own_table_is_read_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    with path.open("w", newline="") as file:
        rows = [(f"text {number}", ("yes", "no")[number % 2]) for number in range(20)]
        csv.writer(file).writerows([("what", "is good"), *rows])
    config = DataConfig(data=(str(path),), text_column="what", label_column="is good")
    (dataset,) = load_datasets(config)
    assert dataset.name == str(path)
    assert sum(len(split) for split in dataset.splits.values()) == 20


def test_pairs_need_nothing_from_outside() -> None:
    assert load_dataset("pairs", DataConfig()).name == "pairs"


# === Auto ===


def test_auto_takes_imdb_first_and_says_so(calls: Calls) -> None:
    dataset = load_dataset("auto", DataConfig(data_dir="/prepared"))
    assert dataset.name == "imdb"
    assert calls == [("imdb", Path("/prepared"))]
    chosen, own = dataset.notes
    assert chosen == "auto chose imdb, the first of imdb, snippets, pairs"
    assert own == "a note of its own"


@pytest.mark.parametrize("number", [1, 2])
def test_auto_goes_on_in_order_and_gives_the_reasons(
    calls: Calls, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    unavailable(monkeypatch, *AUTO_ORDER[:number])
    dataset = load_dataset("auto", DataConfig())
    assert dataset.name == AUTO_ORDER[number]
    reasons = "; ".join(f"{name} cannot be had" for name in AUTO_ORDER[:number])
    assert dataset.notes[0] == f"auto chose {AUTO_ORDER[number]}, since {reasons}"


def test_auto_is_what_is_loaded_without_a_name(calls: Calls) -> None:
    assert [found.name for found in load_datasets(DataConfig())] == ["imdb"]


def test_auto_does_not_pass_over_a_damaged_data_set(
    calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(*arguments: object) -> Dataset:
        raise DataError("it is damaged")

    monkeypatch.setattr(module, "imdb", damaged)
    assert refusal("auto") == "it is damaged"
    assert calls == []


def test_when_nothing_can_be_had_every_reason_is_given(
    calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    unavailable(monkeypatch, *AUTO_ORDER)
    text = refusal("auto", kind=DataUnavailableError)
    assert text == "; ".join(f"{name} cannot be had" for name in AUTO_ORDER)


def test_a_data_set_by_its_name_is_never_replaced_by_another(
    calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    unavailable(monkeypatch, "imdb")
    assert refusal("imdb", kind=DataUnavailableError) == "imdb cannot be had"
    assert calls == []


# === What is answered ===


@pytest.mark.parametrize("name", ["imbd", "IMDB", "/nowhere/at all", "film:snippets"])
def test_an_unknown_name_is_answered_with_the_possibilities(name: str) -> None:
    text = refusal(name)
    assert repr(name) in text
    for words in ("imdb", "snippets", "pairs", "snippets:DOMAIN", ".csv", ".jsonl", ".parquet"):
        assert words in text


def test_an_unknown_domain_is_answered_with_the_known_ones() -> None:
    text = refusal("snippets:film")
    assert "did you mean 'snippets:films'" in text
    assert "editorials" in text


def test_a_table_that_is_not_there_is_answered(tmp_path: Path) -> None:
    assert "there is no file" in refusal(str(tmp_path / "missing.csv"))


@pytest.mark.parametrize("name", ["x" * 300, "~nobody-of-this-name/x.csv", "a\0b"])
def test_a_path_that_cannot_be_is_answered(name: str) -> None:
    refusal(name)


@pytest.mark.parametrize(
    "names",
    [
        ("pairs", "imdb", "pairs"),
        ("auto", "imdb"),
        ("imdb", "aclImdb.tgz"),
        ("a.csv", "a.csv"),
    ],
)
def test_a_data_set_that_is_named_twice_is_answered(calls: Calls, names: tuple[str, ...]) -> None:
    text = refusal(*names)
    assert "named twice" in text
    assert repr({"auto": "imdb"}.get(names[0], names[0])) in text


def test_a_domain_beside_another_is_not_named_twice(calls: Calls) -> None:
    config = DataConfig(data=("snippets:films", "snippets:tweets"))
    assert len(load_datasets(config)) == 2
