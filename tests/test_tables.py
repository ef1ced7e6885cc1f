import csv
import gzip
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sentiment import tables
from sentiment.errors import DataError
from sentiment.tables import read_batches, read_table

LITERAL = ["007", "null", "NA", "NaN", "true", "2021-01-01", "2021-01-01 00:00:00", " 1 ", "1e5"]
HOSTILE = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    data = content.encode() if isinstance(content, str) else content
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return path


def as_csv(rows: list[dict[str, str]], delimiter: str = ",", quoting: int = csv.QUOTE_ALL) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, quoting=quoting)  # type: ignore[arg-type]
    writer.writerow(rows[0])
    writer.writerows(row.values() for row in rows)
    return stream.getvalue()


def as_json_lines(rows: list[dict[str, str]], ensure_ascii: bool) -> str:
    return "".join(json.dumps(row, ensure_ascii=ensure_ascii) + "\n" for row in rows)


def message(path: Path) -> str:
    with pytest.raises(DataError) as caught:
        read_table(path)
    text = str(caught.value)
    assert path.name in text
    assert len(text.splitlines()) == 1
    return text


# === What is read ===


@pytest.mark.parametrize("suffix", [".csv", ".CSV", ".csv.gz"])
def test_csv_texts_stay_exactly_as_they_are_written(tmp_path: Path, suffix: str) -> None:
    path = write(tmp_path, f"t{suffix}", "text,n\n" + "".join(f"{text},1\n" for text in LITERAL))
    table = read_table(path)
    assert table["text"].to_pylist() == LITERAL
    assert table.schema == pa.schema({"text": pa.string(), "n": pa.string()})


def test_an_empty_csv_field_is_missing_and_a_quoted_empty_one_is_a_text(tmp_path: Path) -> None:
    path = write(tmp_path, "t.csv", 'text,n\n,1\n"",2\n')
    assert read_table(path)["text"].to_pylist() == [None, ""]


def test_csv_takes_bom_crlf_quoted_line_breaks_and_doubled_quotes(tmp_path: Path) -> None:
    path = write(tmp_path, "t.csv", b'\xef\xbb\xbftext,n\r\n"one\r\ntwo, ""three""",1\r\n5" disk,2')
    assert read_table(path).to_pylist() == [
        {"text": 'one\r\ntwo, "three"', "n": "1"},
        {"text": '5" disk', "n": "2"},
    ]


def test_csv_skips_lines_with_nothing_on_them(tmp_path: Path) -> None:
    path = write(tmp_path, "t.csv", "\ntext,n\n\na,1\n\nb,2\n\n")
    assert read_table(path)["text"].to_pylist() == ["a", "b"]


@pytest.mark.parametrize("name", ["t.tsv", "t.tsv.gz"])
def test_tsv_is_split_at_tabs_alone(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, name, 'text\tn\na, b\t1\n"c\td"\t2\n')
    assert read_table(path)["text"].to_pylist() == ["a, b", "c\td"]


@pytest.mark.parametrize("name", ["t.jsonl", "t.ndjson", "t.jsonl.gz"])
def test_json_lines_strings_stay_and_other_values_become_their_json(
    tmp_path: Path, name: str
) -> None:
    lines = [json.dumps({"text": text, "n": 1}) for text in LITERAL]
    lines += ["", '{"text": null, "n": 1.0}', '{"n": true, "extra": ["é", {"a": 1}]}']
    table = read_table(write(tmp_path, name, "\ufeff" + "\r\n".join(lines)))
    assert table["text"].to_pylist() == [*LITERAL, None, None]
    assert table["n"].to_pylist() == ["1"] * len(LITERAL) + ["1.0", "true"]
    assert table["extra"].to_pylist()[-1] == '["é", {"a": 1}]'


def test_columns_that_come_late_in_json_lines_are_missing_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "BATCH_ROWS", 2)
    path = write(tmp_path, "t.jsonl", '{"a": "1"}\n{"a": "2"}\n{"b": "3"}\n')
    assert [batch.num_rows for batch in read_batches(path)] == [2, 1]
    assert read_table(path).to_pydict() == {"a": ["1", "2", None], "b": [None, None, "3"]}


def test_parquet_keeps_its_types(tmp_path: Path) -> None:
    table = pa.table({"text": LITERAL, "label": list(range(len(LITERAL)))})
    pyarrow.parquet.write_table(table, tmp_path / "t.parquet")
    assert read_table(tmp_path / "t.parquet") == table


def test_large_csv_files_come_in_several_batches_and_lose_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "BLOCK_BYTES", 64)
    rows = [{"text": f"line\n{number}", "n": str(number)} for number in range(50)]
    path = write(tmp_path, "t.csv", as_csv(rows))
    batches = list(read_batches(path))
    assert len(batches) > 5
    assert [row for batch in batches for row in batch.to_pylist()] == rows


def test_reading_starts_with_the_first_batch_and_not_before(tmp_path: Path) -> None:
    batches = read_batches(tmp_path / "missing.csv")
    with pytest.raises(DataError, match="there is no file"):
        next(batches)


@settings(
    deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(HOSTILE, HOSTILE), min_size=1, max_size=8), st.sampled_from("abcde"))
@example([('=HYPERLINK("x")', "@SUM(1)"), ("-1+1", "\x00\x1b[31m")], "a")
@example([("좋아요 👍🏽", "\u2028\u0085\x0b\x1c"), ("\r", "\n"), ('"', "''")], "b")
@example([("long " * 200_000, "\ufeff"), ("\ufeff", "")], "c")
def test_whatever_is_written_is_read_back_exactly(
    tmp_path: Path, pairs: list[tuple[str, str]], kind: str
) -> None:
    rows = [{"text": text, "other": other} for text, other in pairs]
    name, content = {
        "a": ("t.csv", as_csv(rows)),
        "b": ("t.tsv", as_csv(rows, "\t")),
        "c": ("t.csv", as_csv(rows, quoting=csv.QUOTE_MINIMAL)),
        "d": ("t.jsonl", as_json_lines(rows, ensure_ascii=True)),
        "e": ("t.jsonl", as_json_lines(rows, ensure_ascii=False)),
    }[kind]
    read = read_table(write(tmp_path, name, content)).to_pylist()
    if kind == "c":  # an empty text without quotes is missing
        rows = [{k: v or None for k, v in row.items()} for row in rows]  # type: ignore[misc]
    assert read == rows


# === What is answered ===


@pytest.mark.parametrize("name", ["t.xlsx", "t", "t.gz", "t.parquet.gz", "t.csv.zip", ".csv"])
def test_an_unknown_suffix_is_answered_with_the_known_ones(tmp_path: Path, name: str) -> None:
    text = message(write(tmp_path, name, "text\na\n"))
    assert all(suffix in text for suffix in (".csv", ".tsv", ".jsonl", ".ndjson", ".parquet"))


def test_a_missing_file_and_a_directory_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "d.csv").mkdir()
    assert "there is no file" in message(tmp_path / "t.csv")
    assert "is a directory" in message(tmp_path / "d.csv")


def test_a_path_that_cannot_be_is_a_data_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot read"):
        read_table(tmp_path / f"{'x' * 300}.csv")


def test_a_file_that_cannot_be_opened_is_a_data_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tables, "open_table", refuse)
    assert "Permission denied; check" in message(write(tmp_path, "t.csv", "text\na\n"))


@pytest.mark.parametrize("name", ["t.csv", "t.tsv", "t.jsonl", "t.parquet", "t.csv.gz"])
def test_an_empty_file_is_said_to_be_empty(tmp_path: Path, name: str) -> None:
    assert "is empty" in message(write(tmp_path, name, ""))


@pytest.mark.parametrize("name", ["t.csv", "t.jsonl"])
def test_a_file_of_line_breaks_is_said_to_be_empty(tmp_path: Path, name: str) -> None:
    assert "is empty" in message(write(tmp_path, name, "\n\n"))


def test_a_table_without_rows_is_answered(tmp_path: Path) -> None:
    assert "no rows" in message(write(tmp_path, "t.csv", "text,label\n"))
    pyarrow.parquet.write_table(pa.table({"a": pa.array([], pa.string())}), tmp_path / "t.parquet")
    assert "no rows" in message(tmp_path / "t.parquet")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.csv", b"text,n\nfine,1\ncaf\xe9,2\n"),
        ("t.csv.gz", b"text,n\nfine,1\ncaf\xe9,2\n"),
        ("t.tsv", b"text\tn\nfine\t1\ncaf\xe9\t2\n"),
        ("t.jsonl", b'{"a": "1"}\n\n{"a": "caf\xe9"}\n'),
    ],
)
def test_bytes_that_are_not_utf8_are_answered_with_their_line(
    tmp_path: Path, name: str, content: bytes
) -> None:
    assert "line 3: not UTF-8; save the file as UTF-8" in message(write(tmp_path, name, content))


def test_bytes_that_are_not_utf8_far_down_are_answered_with_their_line(tmp_path: Path) -> None:
    path = write(tmp_path, "t.csv", b"text,n\n" + b'"two\nlines",1\n' * 5000 + b"caf\xe9,2\n")
    assert "line 10002: not UTF-8" in message(path)


def test_utf16_is_not_utf8(tmp_path: Path) -> None:
    path = write(tmp_path, "t.csv", "text,n\na,1\n".encode("utf-16"))
    assert "line 1: not UTF-8" in message(path)


@pytest.mark.parametrize(("row", "count"), [("3", 1), ("3,4,5", 3), ('"3', 1)])
def test_a_wrong_number_of_fields_is_answered_with_its_line(
    tmp_path: Path, row: str, count: int
) -> None:
    path = write(tmp_path, "t.csv", f'text,n\n"two\nlines",1\n\nfine,2\n{row}\n')
    assert f"line 6: {count} field(s) where the header has 2" in message(path)


def test_a_wrong_row_after_a_field_of_great_length_is_answered_with_its_row(
    tmp_path: Path,
) -> None:
    path = write(tmp_path, "t.csv", f"text,n\n{'x' * 200_000},1\n3\n")
    assert "row 3: 1 field(s)" in message(path)


@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
def test_a_quotation_mark_that_is_never_closed_does_not_swallow_rows(
    tmp_path: Path, end: str
) -> None:
    path = write(tmp_path, "t.csv", f'n,text\n1,fine\n2,"open\n3,lost{end}')
    text = message(path)
    assert "never closed" in text
    assert "'open'" in text


@pytest.mark.parametrize("end", ["", "\n", "\r\n\r\n", " \n", "\n" * 2**21])
def test_a_closed_quotation_with_a_line_break_at_the_end_is_fine(tmp_path: Path, end: str) -> None:
    path = write(tmp_path, "t.csv", f'n,text\n1,"a\nb"{end}')
    assert read_table(path)["text"].to_pylist()[0].startswith("a\nb")


def test_a_row_longer_than_a_block_is_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "BLOCK_BYTES", 64)
    path = write(tmp_path, "t.csv", "text,n\n" + "a,1\n" * 20 + "x" * 200 + ",1\n")
    assert "quotation mark" in message(path)


def test_a_header_without_an_end_is_answered(tmp_path: Path) -> None:
    assert "line 1" in message(write(tmp_path, "t.csv", "x" * 200_000))


def test_two_columns_of_one_name_are_answered(tmp_path: Path) -> None:
    assert "two columns named 'a'" in message(write(tmp_path, "t.csv", "a,a\n1,2\n"))
    table = pa.Table.from_arrays([pa.array(["1"]), pa.array(["2"])], names=["a", "a"])
    pyarrow.parquet.write_table(table, tmp_path / "t.parquet")
    assert "two columns named 'a'" in message(tmp_path / "t.parquet")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"text": "a"', "line 3, column 13: not JSON"),
        ("text", "line 3, column 1: not JSON"),
        ('["a"]', "line 3: a JSON list"),
        ('"a"', "line 3: a JSON str"),
        ("{}", "line 3: an empty object"),
        ('{"text": "\\ud83d"}', "line 3: holds half a character"),
        ("[" * 100_000, "line 3: too deep"),
    ],
)
def test_broken_json_is_answered_with_its_line(tmp_path: Path, line: str, words: str) -> None:
    assert words in message(write(tmp_path, "t.jsonl", f'{{"text": "a"}}\n\n{line}\n'))


def _cut(data: bytes) -> bytes:
    return data[:-20]


def _overwrite(data: bytes) -> bytes:
    return data[:12] + b"\xff\xff\xff" + data[15:]


def _replace(data: bytes) -> bytes:
    return b"plain"


@pytest.mark.parametrize("damage", [_cut, _overwrite, _replace])
@pytest.mark.parametrize("name", ["t.csv.gz", "t.jsonl.gz"])
def test_damaged_gzip_is_answered(
    tmp_path: Path, name: str, damage: Callable[[bytes], bytes]
) -> None:
    path = write(tmp_path, name, '{"text": "a, b"}\n' * 1000)
    path.write_bytes(damage(path.read_bytes()))
    assert "damaged or not gzip" in message(path)


@pytest.mark.parametrize("name", ["t.csv.zst", "t.jsonl.zst"])
def test_zstd_is_read_and_its_damage_answered(tmp_path: Path, name: str) -> None:
    data = '{"text": "a"}\n' * 1000
    path = tmp_path / name
    path.write_bytes(pa.compress(data.encode(), codec="zstd", asbytes=True))
    assert read_table(path).num_rows == (999 if "csv" in name else 1000)
    for damage in (_cut, _replace):
        write(tmp_path, name, damage(pa.compress(data.encode(), codec="zstd", asbytes=True)))
        assert "damaged or not zstd" in message(path)


@pytest.mark.parametrize("damage", [_cut, _replace])
def test_damaged_parquet_is_answered(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "t.parquet"
    pyarrow.parquet.write_table(pa.table({"text": ["a"] * 100}), path)
    path.write_bytes(damage(path.read_bytes()))
    assert "is not a Parquet file or is damaged" in message(path)


def test_parquet_text_that_is_not_utf8_is_answered(tmp_path: Path) -> None:
    bad = pa.array([b"caf\xe9"], pa.binary()).view(pa.string())
    pyarrow.parquet.write_table(pa.table({"text": bad}), tmp_path / "t.parquet")
    assert re.search(r"damaged \(.*UTF", message(tmp_path / "t.parquet"))
