import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet
import pytest

from sentiment.datasets.dataset import Dataset
from sentiment.datasets.own_table import own_table
from sentiment.errors import DataError


def table(folder: Path, columns: dict[str, Any], name: str = "own.parquet") -> Path:
    pyarrow.parquet.write_table(pa.table(columns), folder / name)
    return folder / name


def labelled(folder: Path, labels: Any, **columns: Any) -> Path:
    texts = [f"text {number}" for number in range(len(labels))]
    return table(folder, {"text": texts, "label": labels, **columns})


def refusal(path: Path, **options: str) -> str:
    with pytest.raises(DataError) as caught:
        own_table(path, **options)  # type: ignore[arg-type]
    text = str(caught.value)
    assert path.name in text
    assert len(text.splitlines()) == 1
    return text


def label_of(dataset: Dataset) -> dict[str, int]:
    return {
        text: int(label)
        for split in dataset.splits.values()
        for text, label in zip(split.texts, split.labels, strict=True)
    }


# === Columns ===


@pytest.mark.parametrize("text_name", ["text", "Review", "SENTENCE", " text "])
@pytest.mark.parametrize("label_name", ["label", "Sentiment"])
def test_usual_column_names_are_found(tmp_path: Path, text_name: str, label_name: str) -> None:
    columns = {"id": list(range(6)), text_name: list("abcdef"), label_name: ["pos", "neg"] * 3}
    dataset = own_table(table(tmp_path, columns))
    assert label_of(dataset) == {"a": 1, "b": 0, "c": 1, "d": 0, "e": 1, "f": 0}
    assert dataset.name == "own.parquet"
    assert str(tmp_path) in dataset.source


def test_named_columns_come_before_usual_ones(tmp_path: Path) -> None:
    path = labelled(tmp_path, [1, 0] * 3, body=list("abcdef"), stars=["bad", "good"] * 3)
    dataset = own_table(path, text_column="body", label_column="stars")
    assert label_of(dataset) == {"a": 0, "b": 1, "c": 0, "d": 1, "e": 0, "f": 1}


def test_columns_that_cannot_be_told_are_answered_with_those_there_are(tmp_path: Path) -> None:
    two = table(tmp_path, {"text": ["a"], "review": ["b"], "label": ["pos"]})
    assert "--text-column. Its columns are 'text', 'review', 'label'" in refusal(two)
    none = table(tmp_path, {"text": ["a"], "polarity": ["pos"]})
    assert "--label-column. Its columns are 'text', 'polarity'" in refusal(none)


def test_a_wrong_column_name_is_answered_with_the_closest_and_all(tmp_path: Path) -> None:
    path = labelled(tmp_path, [1, 0])
    text = refusal(path, text_column="Texts")
    assert "no column 'Texts'; did you mean 'text'? Its columns are 'text', 'label'" in text
    assert "no column 'xyz'. Its columns are" in refusal(path, label_column="xyz")


def test_a_header_of_great_length_is_cut_in_the_answer(tmp_path: Path) -> None:
    path = table(tmp_path, {f"{number}\n{'x' * 500}": ["a"] for number in range(20)})
    text = refusal(path)
    assert "8 more" in text
    assert len(text) < 1000


def test_one_column_cannot_be_both(tmp_path: Path) -> None:
    assert "name two columns" in refusal(labelled(tmp_path, [1, 0]), text_column="label")


def test_columns_of_the_wrong_type_are_answered(tmp_path: Path) -> None:
    numbers = table(tmp_path, {"text": [1, 2], "label": ["pos", "neg"]})
    assert "column 'text' of" in refusal(numbers)
    lists = labelled(tmp_path, [["pos"], ["neg"]])
    assert "holds list<" in refusal(lists)


# === Labels ===


@pytest.mark.parametrize(
    ("positive", "negative"),
    [
        ("positive", "negative"),
        ("POS", "Neg"),
        ("1", "0"),
        ("+1", "-1"),
        ("1.0", "0.0"),
        ("true", "False"),
        (" yes ", "no"),
        ("Good", "bad"),
        (1, 0),
        (1, -1),
        (1.0, 0.0),
        (True, False),
    ],
)
def test_well_known_labels_need_no_positive_label(
    tmp_path: Path, positive: Any, negative: Any
) -> None:
    dataset = own_table(labelled(tmp_path, [positive, negative, negative] * 3))
    assert label_of(dataset) == {f"text {i}": int(i % 3 == 0) for i in range(9)}


@pytest.mark.parametrize("value", ["1", "1.0", "true"])
def test_json_numbers_and_bools_are_labels(tmp_path: Path, value: str) -> None:
    other = {"1": "0", "1.0": "0.0", "true": "false"}[value]
    lines = [f'{{"text": "{i}", "label": {value if i % 2 else other}}}' for i in range(6)]
    path = tmp_path / "own.jsonl"
    path.write_text("\n".join(lines))
    assert label_of(own_table(path)) == {str(i): i % 2 for i in range(6)}


@pytest.mark.parametrize("kind", [pa.large_string(), pa.dictionary(pa.int8(), pa.string())])
def test_other_arrow_texts_are_read_too(tmp_path: Path, kind: Any) -> None:
    labels = pa.array(["pos", "neg"] * 3).cast(kind)
    texts = pa.array(list("abcdef")).cast(kind)
    dataset = own_table(table(tmp_path, {"text": texts, "label": labels}))
    assert label_of(dataset)["a"] == 1
    assert dataset.train.table.schema == pa.schema({"text": pa.string(), "label": pa.int8()})


def test_labels_that_differ_in_case_and_number_form_are_one(tmp_path: Path) -> None:
    assert len(label_of(own_table(labelled(tmp_path, ["Pos", "pos ", "POS", "neg"] * 4)))) == 16
    assert len(label_of(own_table(labelled(tmp_path, ["1", "1.0", "0", "0.0"] * 4)))) == 16


@pytest.mark.parametrize(("given", "expected"), [("Up", 1), ("up", 1), ("down", 0)])
def test_the_positive_label_can_be_given(tmp_path: Path, given: str, expected: int) -> None:
    dataset = own_table(labelled(tmp_path, ["Up", "Down"] * 3), positive_label=given)
    assert label_of(dataset)["text 0"] == expected


def test_the_positive_label_that_is_given_comes_before_the_well_known(tmp_path: Path) -> None:
    dataset = own_table(labelled(tmp_path, [1, 0] * 3), positive_label="0.0")
    assert label_of(dataset)["text 0"] == 0


def test_labels_that_do_not_tell_are_answered_with_both(tmp_path: Path) -> None:
    text = refusal(labelled(tmp_path, ["Up", "Down", "UP", "DOWN"]))
    assert "'Up' or 'Down'; say so with --positive-label" in text


def test_a_wrong_positive_label_is_answered_with_both(tmp_path: Path) -> None:
    text = refusal(labelled(tmp_path, ["pos", "neg"] * 3), positive_label="positive")
    assert "the label 'positive'; --positive-label has to be 'pos' or 'neg'" in text


def test_another_number_of_labels_is_answered_with_the_first_few(tmp_path: Path) -> None:
    stars = refusal(labelled(tmp_path, [5, 4, 3, 2, 1, 0, 5]))
    assert "6 different labels where two are needed: '5', '4', '3', '2', '1', 1 more" in stars
    assert "1 different labels where two are needed: 'pos'" in refusal(labelled(tmp_path, ["pos"]))
    assert "0 different labels" in refusal(labelled(tmp_path, pa.nulls(3)))


# === Rows ===


def test_rows_without_text_or_label_are_left_out_and_counted(tmp_path: Path) -> None:
    texts = [*"abcdef", None, "", " \n", "g", "h", "i"]
    labels = [*["pos", "neg"] * 3, "pos", "pos", "neg", None, "", "  "]
    dataset = own_table(table(tmp_path, {"text": texts, "label": labels}))
    assert set(label_of(dataset)) == set("abcdef")
    assert "6 rows without a text or label left out" in dataset.notes


def test_nan_is_a_missing_label(tmp_path: Path) -> None:
    dataset = own_table(labelled(tmp_path, [1.0, 0.0, 1.0, 0.0, 1.0, 0.0, float("nan")]))
    assert len(label_of(dataset)) == 6
    assert "1 row without a text or label left out" in dataset.notes


def test_a_text_is_kept_once_and_left_out_where_its_labels_disagree(tmp_path: Path) -> None:
    texts = ["a", "a", "a", "b", "b", "c", "d", "e", "f", "g", "h"]
    labels = [1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1]
    dataset = own_table(table(tmp_path, {"text": texts, "label": labels}))
    assert sorted(text for split in dataset.splits.values() for text in split.texts) == list(
        "acdefgh"
    )
    assert "2 rows left out that repeat an earlier text and its label" in dataset.notes
    assert "2 rows left out whose text stands under both labels" in dataset.notes


def test_texts_are_kept_exactly_as_they_are(tmp_path: Path) -> None:
    texts = [" a ", "a", "A", "좋아요 👍", "=1+1", "x\ny"]
    dataset = own_table(table(tmp_path, {"text": texts, "label": [1, 0] * 3}))
    assert set(label_of(dataset)) == set(texts)


# === Splits ===


def test_a_table_is_split_in_tenths_with_the_balance_of_labels_kept(tmp_path: Path) -> None:
    dataset = own_table(labelled(tmp_path, ["pos"] * 200 + ["neg"] * 100))
    shapes = {name: np.bincount(split.labels).tolist() for name, split in dataset.splits.items()}
    assert shapes == {"train": [80, 160], "validation": [10, 20], "test": [10, 20]}
    assert len(label_of(dataset)) == 300
    assert "split at random, 80 % / 10 % / 10 %, with seed 0" in dataset.notes


def test_the_seed_decides_the_split(tmp_path: Path) -> None:
    path = labelled(tmp_path, ["pos", "neg"] * 50)
    assert own_table(path, seed=1).fingerprint() == own_table(path, seed=1).fingerprint()
    assert own_table(path, seed=1).test.texts != own_table(path, seed=2).test.texts


def test_three_rows_of_each_label_are_enough_and_two_are_not(tmp_path: Path) -> None:
    dataset = own_table(labelled(tmp_path, ["pos", "neg"] * 3))
    assert [len(split) for split in dataset.splits.values()] == [2, 2, 2]
    text = refusal(labelled(tmp_path, ["pos", "pos", "pos", "neg", "neg"]))
    assert "2 rows of the negative label" in text
    assert "at least 3" in text


def test_a_split_column_is_honoured(tmp_path: Path) -> None:
    splits = ["Train", "train", "validation", "validation", "test", " TEST "]
    dataset = own_table(labelled(tmp_path, [1, 0] * 3, Split=splits))
    assert {name: split.texts for name, split in dataset.splits.items()} == {
        "train": ["text 0", "text 1"],
        "validation": ["text 2", "text 3"],
        "test": ["text 4", "text 5"],
    }
    assert dataset.notes == ()


def test_of_a_text_in_several_splits_test_keeps_it(tmp_path: Path) -> None:
    texts = ["a", "b", "same", "c", "d", "also", "same", "e", "also"]
    labels = [1, 0, 1, 1, 0, 0, 1, 0, 0]
    splits = ["train"] * 3 + ["validation"] * 3 + ["test"] * 2 + ["train"]
    columns = {"text": texts, "label": labels, "split": splits}
    dataset = own_table(table(tmp_path, columns))
    assert {name: split.texts for name, split in dataset.splits.items()} == {
        "train": ["a", "b"],
        "validation": ["c", "d", "also"],
        "test": ["same", "e"],
    }


def test_what_a_split_column_does_not_have_is_held_out_of_train(tmp_path: Path) -> None:
    path = labelled(tmp_path, [1, 0] * 25, split=["train"] * 40 + ["test"] * 10)
    dataset = own_table(path)
    assert {name: len(split) for name, split in dataset.splits.items()} == {
        "train": 36,
        "validation": 4,
        "test": 10,
    }
    assert dataset.test.texts == [f"text {i}" for i in range(40, 50)]
    assert "no row has the split validation, so a tenth of train was held out" in dataset.notes[0]
    assert len(label_of(dataset)) == 50
    only_train = own_table(labelled(tmp_path, [1, 0] * 25, split=["train"] * 50))
    assert [len(split) for split in only_train.splits.values()] == [42, 4, 4]


def test_other_values_of_a_split_column_are_answered(tmp_path: Path) -> None:
    splits = ["train", "fold 2", None, "test", "test", "train"]
    text = refusal(labelled(tmp_path, [1, 0] * 3, split=splits))
    assert "column 'split' of" in text
    assert "holds 'fold 2', '' where train, validation or test" in text


def test_a_split_with_one_label_alone_is_answered(tmp_path: Path) -> None:
    splits = ["train", "train", "validation", "test", "test", "test"]
    assert "'validation' of" in refusal(labelled(tmp_path, [1, 0] * 3, split=splits))
    no_train = ["validation", "validation", "test", "test"]
    assert "'train' of" in refusal(labelled(tmp_path, [1, 0] * 2, split=no_train))


def test_a_label_column_named_split_is_no_split(tmp_path: Path) -> None:
    path = table(tmp_path, {"text": list("abcdef"), "split": ["pos", "neg"] * 3})
    assert len(own_table(path, label_column="split").train) == 2


def test_a_csv_table_and_a_json_lines_table_of_the_same_rows_are_the_same(tmp_path: Path) -> None:
    rows = [(f"text {i}, with commas", "good" if i % 2 else "bad") for i in range(20)]
    csv_path, json_path = tmp_path / "a.csv", tmp_path / "a.jsonl"
    csv_path.write_text("text,label\n" + "".join(f'"{t}",{label}\n' for t, label in rows))
    json_path.write_text("\n".join(json.dumps({"text": t, "label": label}) for t, label in rows))
    assert own_table(csv_path).fingerprint() == own_table(json_path).fingerprint()
