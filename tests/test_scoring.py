"""Whole tables in, the same tables with two more columns out, however often a run is killed."""

import csv
import datetime
import gzip
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet
import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sentiment import predictor as predictor_module
from sentiment import row_reading, scoring
from sentiment.artifact import SavedModel, load_model
from sentiment.commands import main
from sentiment.commands.score import score
from sentiment.errors import ConfigError
from sentiment.predictor import Predictor
from sentiment.row_reading import ON_ERROR
from sentiment.row_writing import Answers
from sentiment.scoring import score_table
from sentiment.scoring_job import ScoringJob
from sentiment.table_files import open_table
from sentiment.unfinished import Unfinished

ROOT = Path(__file__).parent.parent
TEXTS = [
    "the film was good",
    "the plot was bad",
    "",
    "좋아요 👍🏽",
    'a "quoted", text',
    "two\r\nlines",
]
SUFFIXES = (".csv", ".tsv", ".jsonl", ".csv.gz", ".tsv.zst", ".jsonl.zst", ".ndjson.gz", ".parquet")
HOSTILE = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.text(alphabet='\x00\x1b\r\n\t,;"\\\u2028\u0085\ufeff=', max_size=12),
)
WORDS = st.sampled_from(["good", "bad film", " ", "", "not good", "🇰🇷", "\x00"])


@pytest.fixture
def model(make_model: Callable[..., Path]) -> SavedModel:
    return load_model(make_model(max_tokens=8))


@pytest.fixture
def probabilities(model: SavedModel) -> Callable[[list[str]], list[float]]:
    predictor = Predictor.of(model)
    return lambda texts: [float(found) for found in predictor.score(texts)]


def run(*arguments: object, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["score", *map(str, arguments)], input=stdin)


def scored(source: Path, target: Path, *more: object) -> Path:
    """Score a table, which must go well and leave nothing else behind."""
    before = set(source.parent.iterdir())
    result = run(source, "--output", target, *more)
    assert result.exit_code == 0, result.output
    assert set(source.parent.iterdir()) == before | {target}
    return target


def one_line_error(result: Result, status: int = 1) -> str:
    assert result.exit_code == status, result.output
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
    return result.stderr


def content(path: Path) -> bytes:
    with open_table(path) as stream:
        return stream.read()


def write(path: Path, data: bytes) -> Path:
    if path.suffix == ".gz":
        data = gzip.compress(data)
    elif path.suffix == ".zst":
        data = pa.compress(data, codec="zstd", asbytes=True)
    path.write_bytes(data)
    return path


def make_table(path: Path, rows: list[dict[str, str]]) -> Path:
    """Write rows of text in the format that a name says."""
    kind = path.name.split(".")[1]
    if kind == "parquet":
        names = list(rows[0])
        table = pa.table({name: [row[name] for row in rows] for name in names})
        pyarrow.parquet.write_table(table, path)
        return path
    if kind in ("jsonl", "ndjson"):
        return write(path, "".join(json.dumps(row) + "\n" for row in rows).encode())
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter="," if kind == "csv" else "\t", quoting=csv.QUOTE_ALL)
    writer.writerow(rows[0])
    writer.writerows(row.values() for row in rows)
    return write(path, stream.getvalue().encode())


def read_back(path: Path) -> list[dict[str, Any]]:
    """The rows of a table, by other means than those that wrote it."""
    kind = path.name.split(".")[1]
    if kind == "parquet":
        rows: list[dict[str, Any]] = pyarrow.parquet.read_table(path).to_pylist()
        return rows
    text = content(path).decode()
    if kind in ("jsonl", "ndjson"):
        return [json.loads(line) for line in text.split("\n")[:-1]]
    return list(
        csv.DictReader(
            io.StringIO(text, newline=""), delimiter="," if kind == "csv" else "\t", strict=True
        )
    )


def answers(row: dict[str, Any]) -> tuple[float | None, str | None]:
    """The answer to a row, whatever its table is."""
    probability, label = row["probability"], row["label"]
    return (None, None) if probability in ("", None) else (float(probability), label)


# === What comes out ===


@pytest.mark.parametrize("target", SUFFIXES)
@pytest.mark.parametrize("source", SUFFIXES)
def test_every_format_becomes_every_other(
    tmp_path: Path,
    probabilities: Callable[[list[str]], list[float]],
    source: str,
    target: str,
) -> None:
    rows = [{"id": f"00{i}", "text": text, "é": "null"} for i, text in enumerate(TEXTS)]
    path = scored(make_table(tmp_path / f"in{source}", rows), tmp_path / f"out{target}")
    found = read_back(path)
    assert [{name: row[name] for name in rows[0]} for row in found] == rows
    assert list(found[0]) == ["id", "text", "é", "probability", "label"]
    expected = iter(probabilities([text for text in TEXTS if text]))
    for text, row in zip(TEXTS, found, strict=True):
        probability, label = answers(row)
        if not text:
            assert (probability, label) == (None, None)
            continue
        assert probability == pytest.approx(next(expected), abs=1e-6)
        assert label == (
            "positive" if probability is not None and probability >= 0.5 else "negative"
        )


@settings(
    deadline=None, max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.tuples(HOSTILE, st.one_of(HOSTILE, WORDS)), min_size=1, max_size=7),
    st.sampled_from(SUFFIXES),
    st.sampled_from(SUFFIXES),
)
@example([("\r", '"'), ("\n", ","), ("", " ")], ".csv", ".tsv")
@example([("=1+1", "\ufeff"), ("\ufeff", "")], ".tsv", ".csv")
def test_whatever_is_in_a_field_comes_out_again(
    tmp_path: Path,
    model: SavedModel,
    rows: list[tuple[str, str]],
    source: str,
    target: str,
) -> None:
    table = [{"other": other, "text": text} for other, text in rows]
    path = make_table(tmp_path / f"in{source}", table)
    output = tmp_path / f"out{target}"
    job = ScoringJob(str(path), str(output), overwrite=True)
    result = score_table(model, job, stdin=io.BytesIO(), stdout=io.BytesIO())
    found = read_back(output)
    assert [{"other": row["other"], "text": row["text"]} for row in found] == table
    assert result.num_empty == sum(not text.strip() for _, text in rows)
    assert [answers(row)[1] is None for row in found] == [not text.strip() for _, text in rows]


def test_csv_is_written_as_it_was_but_for_needless_quotes(
    tmp_path: Path, model: SavedModel
) -> None:
    data = b'\xef\xbb\xbfid,text,n\r\n007,"good",\r\n"","bad, ""so"" bad\r\nindeed",1e5\r\n\r\n1,,x'
    path = scored(write(tmp_path / "in.csv", data), tmp_path / "out.csv")
    lines = path.read_bytes().decode()
    first, *rest = lines.split("\n")
    assert first == "id,text,n,probability,label"
    assert rest[0].startswith("007,good,,0.")
    assert '\n,"bad, ""so"" bad\r\nindeed",1e5,0.' in lines
    assert lines.endswith("\n1,,x,,\n")


def test_json_lines_keep_every_byte_of_their_objects(tmp_path: Path, model: SavedModel) -> None:
    lines = [
        r'{"text": "good", "n": 1.50, "big": 12345678901234567890, "z": [1, {"a": null}]}',
        r'{ "b" : true,"text":"caf\u00e9 \ud83d", "e": 1E400 }',
        r'{"text": "bad", "n": 1, "n": 2}',
        r'{"n": NaN}',
        r"{}",
        r'{"text": 5}',
    ]
    data = "\ufeff" + "\r\n".join([*lines[:2], "", *lines[2:]])
    path = scored(write(tmp_path / "in.jsonl", data.encode()), tmp_path / "out.jsonl")
    written = path.read_text().split("\n")
    assert written.pop() == ""
    for line, original in zip(written, lines, strict=True):
        inner = original[:-1].rstrip()
        assert line.startswith(inner + (', "probability": ' if inner != "{" else '"probability": '))
        assert list(json.loads(line))[-2:] == ["probability", "label"]
    assert [json.loads(line)["label"] is None for line in written] == [False] * 3 + [True] * 3


def test_json_lines_become_columns_of_text(tmp_path: Path, model: SavedModel) -> None:
    lines = [
        b'{"text": "good \\ud83d", "n": 1.50, "list": ["\\u00e9"]}',
        b'{"text": null, "n": null, "more": false}',
    ]
    source = write(tmp_path / "in.jsonl", b"\n".join(lines))
    expected = [["good \ufffd", "1.5", '["é"]', None], [None, None, None, "false"]]
    for name in ("out.parquet", "out.csv"):
        found = [list(row.values())[:4] for row in read_back(scored(source, tmp_path / name))]
        source.with_name(name).unlink()
        filled = expected if "parquet" in name else [[v or "" for v in row] for row in expected]
        assert found == filled


def test_parquet_keeps_its_schema(tmp_path: Path, model: SavedModel) -> None:
    when = pa.array([1, None], pa.timestamp("ns", "UTC"))
    columns = {
        "text": pa.array(["good", None]).dictionary_encode(),
        "n": pa.array([1, None], pa.int8()),
        "when": when,
        "price": pa.array([Decimal("1.50"), None]),
        "raw": pa.array([b"\xff", b""]),
        "nested": pa.array([[{"a": float("nan")}], None]),
        "day": pa.array([datetime.date(2021, 1, 2), None]),
        "took": pa.array([datetime.timedelta(seconds=1), None]),
        "x": pa.array([float("inf"), 0.5]),
        "nothing": pa.nulls(2),
        "ok": pa.array([True, None]),
    }
    table = pa.table(columns).replace_schema_metadata({"made": "here"})
    pyarrow.parquet.write_table(table, tmp_path / "in.parquet")
    stored = pyarrow.parquet.read_table(tmp_path / "in.parquet")
    found = pyarrow.parquet.read_table(scored(tmp_path / "in.parquet", tmp_path / "out.parquet"))
    assert found.schema.metadata == {b"made": b"here"}
    assert found.select(table.column_names).schema.equals(stored.schema)
    for name in set(columns) - {"when"}:  # Python's own times have no nanoseconds
        assert str(found[name].to_pylist()) == str(stored[name].to_pylist())
    assert found["when"].equals(stored["when"])
    assert found.schema.field("probability").type == pa.float32()
    assert found["label"].null_count == found["probability"].null_count == 1
    first, second = read_back(scored(tmp_path / "in.parquet", tmp_path / "out.jsonl"))
    assert first | {"probability": 0, "label": ""} == {
        "text": "good", "n": 1, "when": "1970-01-01 00:00:00.000000001Z", "price": "1.50",
        "raw": "/w==", "nested": [{"a": None}], "day": "2021-01-02", "took": "1000000", "x": None,
        "nothing": None, "ok": True, "probability": 0, "label": "",
    }  # fmt: skip
    assert second["raw"] == ""
    assert second["x"] == 0.5
    row = read_back(scored(tmp_path / "in.parquet", tmp_path / "out.csv"))[0]
    assert (row["n"], row["nested"], row["ok"]) == ("1", '[{"a": null}]', "true")


def test_what_has_no_spelling_is_answered(tmp_path: Path, model: SavedModel) -> None:
    strange = pa.array([[10**15]], pa.list_(pa.timestamp("s")))  # past the year 9999
    pyarrow.parquet.write_table(pa.table({"text": ["a"], "x": strange}), tmp_path / "in.parquet")
    scored(tmp_path / "in.parquet", tmp_path / "out.parquet")
    error = one_line_error(run(tmp_path / "in.parquet", "--output", tmp_path / "out.jsonl"))
    assert "column 'x' holds list<" in error
    assert "write .parquet" in error


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("in.csv", b"a,text\n", b"a,text,probability,label\n"),
        ("in.csv.gz", b"a,text", b"a,text,probability,label\n"),
        ("in.jsonl", b"", b""),
        ("in.jsonl.zst", b"\n\n", b""),
    ],
)
def test_a_table_without_rows_stays_one(
    tmp_path: Path, model: SavedModel, name: str, data: bytes, expected: bytes
) -> None:
    source = write(tmp_path / name, data)
    assert content(scored(source, tmp_path / name.replace("in", "out"))) == expected
    found = pyarrow.parquet.read_table(scored(source, tmp_path / "out.parquet"))
    assert found.num_rows == 0
    assert found.column_names[-2:] == ["probability", "label"]
    again = scored(tmp_path / "out.parquet", tmp_path / "again.csv", "--probability-column", "p",
                   "--label-column", "l", *(["--text-column", "label"]))  # fmt: skip
    assert again.read_text().endswith("probability,label,p,l\n")


def test_one_row_is_answered(tmp_path: Path, model: SavedModel) -> None:
    path = scored(write(tmp_path / "in.csv", b"text\ngood"), tmp_path / "out.csv")
    assert len(read_back(path)) == 1


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_long_tables_come_in_chunks_and_lose_nothing(
    tmp_path: Path, model: SavedModel, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    rows = [{"n": str(i), "text": f"good {'film ' * (i % 9)}" if i % 7 else ""} for i in range(100)]
    source = make_table(tmp_path / f"in{suffix}", rows)
    whole = read_back(scored(source, tmp_path / f"whole{suffix}"))
    monkeypatch.setattr(scoring, "CHUNK_ROWS", 9)
    found = read_back(scored(source, tmp_path / f"out{suffix}"))
    assert [answers(row)[1] for row in found] == [answers(row)[1] for row in whole]
    assert [row["n"] for row in found] == [row["n"] for row in rows]
    assert sum(answers(row)[0] is None for row in found) == 15


def test_long_rows_make_short_chunks(
    tmp_path: Path, model: SavedModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(row_reading, "BLOCK_BYTES", 64)
    sizes: list[int] = []
    monkeypatch.setattr(scoring, "_answers", _noting(sizes, scoring._answers))
    for suffix in (".csv", ".jsonl"):
        rows = [{"n": str(i), "text": "x" * 20} for i in range(10)]
        source = make_table(tmp_path / f"in{suffix}", rows)
        assert len(read_back(scored(source, tmp_path / f"out{suffix}"))) == 10
    assert max(sizes) <= 3
    assert sum(sizes) == 20


def _noting(sizes: list[int], inner: Callable[..., Any]) -> Callable[..., Any]:
    def noting(predictor: Predictor, chunk: row_reading.Chunk, *more: Any) -> Any:
        sizes.append(len(chunk.rows))
        return inner(predictor, chunk, *more)

    return noting


def test_columns_are_called_as_asked_for(tmp_path: Path, model: SavedModel) -> None:
    source = write(tmp_path / "in.csv", b"body,label\ngood,x\n")
    more = ["--text-column", "body", "--probability-column", "p, positive", "--label-column", "é"]
    path = scored(source, tmp_path / "out.csv", *more)
    assert path.read_text().splitlines()[0] == 'body,label,"p, positive",é'


def test_probabilities_have_a_point_few_digits_and_gaps() -> None:
    found = Answers.of(5, np.array([0, 1, 3, 4]), np.array([0, 1, 0.1, 0.5], np.float32))
    assert found.spelled == ["0.0", "1.0", None, "0.1", "0.5"]
    assert found.labels == ["negative", "positive", None, "negative", "positive"]


def test_the_csv_module_is_left_as_it_was(tmp_path: Path, model: SavedModel) -> None:
    limit = csv.field_size_limit()
    source = write(tmp_path / "in.csv", b"text,n\n" + b"good " * 50_000 + b",1\nbad\n")
    assert "line 3" in one_line_error(run(source, "--output", tmp_path / "out.csv"))
    scored(source, tmp_path / "out.csv", "--on-error", "skip")
    assert csv.field_size_limit() == limit


def test_compressed_output_does_not_depend_on_the_time(tmp_path: Path, model: SavedModel) -> None:
    source = write(tmp_path / "in.csv", b"text\ngood\n")
    first = scored(source, tmp_path / "a.csv.gz").read_bytes()
    assert first[4:8] == b"\0\0\0\0"
    assert scored(source, tmp_path / "b.csv.gz").read_bytes() == first


# === What is said ===


def test_the_summary_counts_rows(tmp_path: Path, model: SavedModel) -> None:
    data = b"text,n\ngood,1\n,2\nbad\nbad,1\nbad,1,2\n"
    source = write(tmp_path / "in.csv", data)
    result = run(source, "--output", tmp_path / "out.csv", "--on-error", "skip", "--json")
    assert result.exit_code == 0
    assert result.stderr == ""
    found = json.loads(result.stdout)
    assert list(found) == [
        "model", "input", "output", "num_rows", "num_empty", "num_malformed", "seconds",
        "rows_per_second",
    ]  # fmt: skip
    assert (found["num_rows"], found["num_empty"], found["num_malformed"]) == (3, 1, 2)
    assert found["model"] == "tiny"
    assert found["output"] == str(tmp_path / "out.csv")
    shown = run(source, "--output", tmp_path / "out.csv", "--on-error", "skip", "--overwrite")
    assert "2 rows malformed, at line 4, 6" in shown.stdout
    assert "1 row without a text" in shown.stdout
    assert "╭─ Scored" in shown.stdout


def test_only_the_first_malformed_lines_are_named(tmp_path: Path, model: SavedModel) -> None:
    source = write(tmp_path / "in.jsonl", b"{}\n" + b"x\n" * 2000)
    more = ["--on-error", "skip", "--text-column", "text"]
    result = run(source, "--output", tmp_path / "out.jsonl", *more)
    assert "no column 'text'" in one_line_error(result)
    source.write_bytes(b'{"text": ""}\n' + b"x\n" * 2000)
    result = run(source, "--output", tmp_path / "out.jsonl", *more)
    assert "2,000 rows malformed, at line 2, 3, 4, 5, 6, …" in result.stdout


def test_defaults_of_the_options_are_those_of_the_job() -> None:
    job = ScoringJob("in", "out")
    for option in score.params:
        if option.name in ("probability_column", "label_column", "on_error"):
            assert option.default == getattr(job, option.name)
        if option.name == "on_error":
            assert tuple(option.type.choices) == ON_ERROR  # type: ignore[attr-defined]


# === What is wrong before any work ===


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("in.csv", b"text,probability\na,1\n", "there is a column 'probability' already"),
        ("in.tsv", b"label\ttext\na\t1\n", "call the new one otherwise with --label-column"),
        ("in.jsonl", b'{"text": "a", "label": 1}', "line 1: there is a column 'label' already"),
        ("in.csv", b"a,text,a\n1,2,3\n", "two columns named 'a'"),
        ("in.csv", b"a,b\n1,2\n", "name it with --text-column"),
        ("in.csv", b"text,review\n1,2\n", "name it with --text-column"),
        ("in.csv", b"", "is empty"),
        ("in.csv", b"\n\n", "is empty"),
        ("in.csv", b"caf\xe9,text\n1,2\n", "line 1: not UTF-8"),
        ("in.csv.gz", b"", "is empty"),
        ("in.xlsx", b"text\na\n", "cannot tell the format"),
        ("in.parquet", b"text\na\n", "is not a Parquet file"),
    ],
)
def test_an_unfit_table_leaves_nothing_behind(
    tmp_path: Path, model: SavedModel, name: str, data: bytes, words: str
) -> None:
    source = write(tmp_path / name, data)
    before = set(tmp_path.iterdir())
    assert words in one_line_error(run(source, "--output", tmp_path / "out.csv"))
    assert set(tmp_path.iterdir()) == before


def test_a_column_of_numbers_is_no_text(tmp_path: Path, model: SavedModel) -> None:
    pyarrow.parquet.write_table(pa.table({"text": [1, 2]}), tmp_path / "in.parquet")
    error = one_line_error(run(tmp_path / "in.parquet", "--output", tmp_path / "out.csv"))
    assert "holds int64, not text" in error


def test_a_name_taken_far_down_is_answered_with_its_line(
    tmp_path: Path, model: SavedModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scoring, "CHUNK_ROWS", 2)
    source = write(tmp_path / "in.jsonl", b'{"text": "a"}\n' * 4 + b'{"text": "a", "label": 1}\n')
    error = one_line_error(run(source, "--output", tmp_path / "out.jsonl"))
    assert "in.jsonl, line 5: there is a column 'label' already" in error
    source.write_bytes(b'{"text": "a"}\n' * 4 + b'{"text": "a", "more": 1}\n')
    error = one_line_error(run(source, "--output", tmp_path / "out.csv"))
    assert "line 5: the key 'more' is in none of the first 2 lines" in error


def test_options_that_do_not_go_together_are_answered(tmp_path: Path, model: SavedModel) -> None:
    source = write(tmp_path / "in.csv", b"text\na\n")
    pyarrow.parquet.write_table(pa.table({"text": ["a"]}), tmp_path / "in.parquet")
    out = tmp_path / "out.csv"
    for arguments, words in (
        ([tmp_path / "missing.csv", "--output", out], "there is no file"),
        ([tmp_path, "--output", out], "cannot tell the format"),
        ([source, "--output", tmp_path / "none" / "out.csv"], "there is no folder"),
        ([source, "--output", tmp_path / "out.txt"], "cannot tell the format"),
        ([source, "--output", source], "is the input; name another"),
        ([source, "--output", source, "--overwrite"], "is the input; name another"),
        ([source, "--output", out, "--format", "csv"], "--format is for standard input"),
        (["-", "--output", out], "--format csv, tsv or jsonl"),
        (["-", "--output", out, "--format", "csv", "--resume"], "cannot be resumed"),
        ([source, "--output", "-", "--resume"], "cannot be resumed"),
        ([tmp_path / "in.parquet", "--output", "-"], "Parquet does not go to standard output"),
        ([source, "--output", out, "--label-column", "probability"], "both new columns"),
        ([source, "--output", out, "--label-column", "\udcff"], "is not UTF-8"),
        ([source, "--output", tmp_path / f"{'x' * 300}.csv"], "File name too long"),
    ):
        assert words in one_line_error(run(*arguments)), arguments
    assert not out.exists()
    assert run(source).exit_code == 2
    job = ScoringJob(str(source), str(out), on_error="ignore")
    with pytest.raises(ConfigError, match="on_error has to be one of fail, skip, empty"):
        score_table(model, job, stdin=io.BytesIO(), stdout=io.BytesIO())


def test_the_input_under_another_name_is_the_input(tmp_path: Path, model: SavedModel) -> None:
    source = write(tmp_path / "in.csv", b"text\na\n")
    (tmp_path / "link.csv").symlink_to(source)
    error = one_line_error(run(source, "--output", tmp_path / "link.csv", "--overwrite"))
    assert "is the input" in error
    assert source.read_bytes() == b"text\na\n"


def test_what_is_there_is_kept_unless_it_may_be_overwritten(
    tmp_path: Path, model: SavedModel
) -> None:
    source = write(tmp_path / "in.csv", b"text\na\n")
    output = write(tmp_path / "out.csv", b"precious")
    assert "--overwrite" in one_line_error(run(source, "--output", output))
    assert output.read_bytes() == b"precious"
    write(source, b"text,n\na\n")
    assert "line 2" in one_line_error(run(source, "--output", output, "--overwrite"))
    assert output.read_bytes() == b"precious"
    write(source, b"text,n\na,1\n")
    assert run(source, "--output", output, "--overwrite").exit_code == 0
    assert output.read_bytes().startswith(b"text,n,probability,label\n")


# === Malformed rows ===

BROKEN_CSV = b'id,text,n\n1,good,1\n2,bad\n"two\nlines",bad,2,3\n\n4,caf\xe9 good,2\n5,good,3\n'
BROKEN_JSON = b'{"text": "good"}\nnot json\n["a"]\n\n{"text": "caf\xe9"}\n{"text": "bad"}\n'


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("in.csv", BROKEN_CSV, "in.csv, line 3: 2 field(s) where the header has 3"),
        ("in.csv", b"text\ngood\ncaf\xe9\n", "in.csv, line 3: not UTF-8"),
        ("in.jsonl", BROKEN_JSON, "in.jsonl, line 2, column 1: not JSON"),
        ("in.jsonl", b'{"text": ""}\n3\n', "line 2: a JSON int"),
        ("in.jsonl.gz", b'{"text": "caf\xe9"}\n', "line 1: not UTF-8"),
        ("in.jsonl", b'{"text": ""}\n' + b"[" * 100_000, "line 2: too deep"),
    ],
)
def test_a_malformed_row_stops_the_run_with_its_line(
    tmp_path: Path, model: SavedModel, name: str, data: bytes, words: str
) -> None:
    source = write(tmp_path / name, data)
    error = one_line_error(run(source, "--output", tmp_path / "out.jsonl"))
    assert words in error
    assert "--on-error skip or empty" in error
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize("target", [".csv", ".jsonl", ".parquet"])
def test_malformed_rows_are_left_out(tmp_path: Path, model: SavedModel, target: str) -> None:
    source = write(tmp_path / "in.csv", BROKEN_CSV)
    found = read_back(scored(source, tmp_path / f"out{target}", "--on-error", "skip"))
    assert [row["id"] for row in found] == ["1", "5"]
    source = write(tmp_path / "in.jsonl", BROKEN_JSON)
    found = read_back(scored(source, tmp_path / f"more{target}", "--on-error", "skip"))
    assert [row["text"] for row in found] == ["good", "bad"]


@pytest.mark.parametrize("target", [".csv", ".jsonl", ".parquet"])
def test_malformed_rows_are_kept_without_an_answer(
    tmp_path: Path, model: SavedModel, target: str
) -> None:
    source = write(tmp_path / "in.csv", BROKEN_CSV)
    found = read_back(scored(source, tmp_path / f"out{target}", "--on-error", "empty"))
    assert [tuple(row.values())[:3] for row in found] == [
        ("1", "good", "1"),
        ("2", "bad", ""),
        ("two\nlines", "bad", "2,3"),
        ("4", "caf\ufffd good", "2"),
        ("5", "good", "3"),
    ]
    assert [answers(row)[1] is None for row in found] == [False, True, True, True, False]
    source = write(tmp_path / "in.jsonl", BROKEN_JSON)
    found = read_back(scored(source, tmp_path / f"more{target}", "--on-error", "empty"))
    assert [row.get("text") or "" for row in found] == ["good", "", "", "", "bad"]
    assert [answers(row)[1] is None for row in found] == [False, True, True, True, False]


@pytest.mark.parametrize("mode", ON_ERROR)
def test_a_quotation_mark_that_is_never_closed_always_fails(
    tmp_path: Path, model: SavedModel, mode: str
) -> None:
    source = write(tmp_path / "in.csv", b'n,text\n1,fine\n2,"open\n3,lost\n')
    error = one_line_error(run(source, "--output", tmp_path / "out.csv", "--on-error", mode))
    assert "line 3: a quotation mark is never closed" in error


def test_rows_that_are_too_long_are_answered(
    tmp_path: Path, model: SavedModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(row_reading, "BLOCK_BYTES", 1 << 18)
    for name, data in (
        ("in.csv", b"text\nfine\n" + b"x" * 300_000),
        ("in.csv", b'text\nfine\n"' + b"x\n" * 300_000),
        ("in.jsonl", b'{"text": "fine"}\n' + b" " * 300_000),
    ):
        source = write(tmp_path / name, data)
        error = one_line_error(run(source, "--output", tmp_path / "out.jsonl"))
        assert "look for a quotation mark" in error


@pytest.mark.parametrize("name", ["in.csv.gz", "in.jsonl.zst"])
def test_damaged_compression_is_answered(tmp_path: Path, model: SavedModel, name: str) -> None:
    source = write(tmp_path / name, b'{"text": "a, b"}\n' + os.urandom(100).hex().encode() * 99)
    source.write_bytes(source.read_bytes()[:-9])
    error = one_line_error(run(source, "--output", tmp_path / "out.csv", "--on-error", "skip"))
    assert "is cut short, damaged or not" in error


def test_parquet_text_that_is_not_utf8_is_answered(tmp_path: Path, model: SavedModel) -> None:
    bad = pa.array([b"caf\xe9"], pa.binary()).view(pa.string())
    pyarrow.parquet.write_table(pa.table({"text": bad}), tmp_path / "in.parquet")
    error = one_line_error(run(tmp_path / "in.parquet", "--output", tmp_path / "out.csv"))
    assert "damaged" in error


# === Streams ===


@pytest.mark.parametrize(
    ("kind", "data", "starts"),
    [
        ("csv", b"text\ngood\n", b"text,probability,label\ngood,0."),
        ("tsv", b'text\ta\n"a\tb"\t1\n', b'text\ta\tprobability\tlabel\n"a\tb"\t1\t0.'),
        ("jsonl", b'{"text": "good"}\n', b'{"text": "good", "probability": 0.'),
    ],
)
def test_standard_input_goes_to_standard_output(
    model: SavedModel, kind: str, data: bytes, starts: bytes
) -> None:
    result = run("-", "--format", kind, "--output", "-", "--json", stdin=data)
    assert result.exit_code == 0, result.output
    assert result.stdout_bytes.startswith(starts)
    assert json.loads(result.stderr)["num_rows"] == 1
    shown = run("-", "--format", kind, "--output", "-", stdin=data)
    assert shown.stdout_bytes == result.stdout_bytes
    assert "standard output, answered by tiny" in shown.stderr


def test_standard_input_goes_to_a_file_and_a_file_to_standard_output(
    tmp_path: Path, model: SavedModel
) -> None:
    out = tmp_path / "out.csv.gz"
    result = run("-", "--format", "jsonl", "--output", out, stdin=b'{"text": "good"}\n')
    assert result.exit_code == 0
    assert content(out).startswith(b"text,probability,label\ngood,0.")
    more = ["--label-column", "b", "--probability-column", "a"]
    assert run(out, "--output", "-", *more).stdout.startswith("text,probability,label,a,b\n")


def test_a_stopped_run_over_standard_input_leaves_nothing(
    tmp_path: Path, model: SavedModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scoring, "CHUNK_ROWS", 2)
    data = b'{"text": "a"}\n' * 10 + b"x"
    before = set(tmp_path.iterdir())
    result = run("-", "--format", "jsonl", "--output", tmp_path / "out.csv", stdin=data)
    assert "standard input, line 11" in one_line_error(result)
    assert set(tmp_path.iterdir()) == before


def test_head_closing_the_pipe_is_silent(tmp_path: Path, model: SavedModel) -> None:
    source = write(tmp_path / "in.csv", b"text\n" + b"good film\n" * 60_000)
    command = f"{sys.executable} {ROOT / 'cli.py'} score {source} --output - | head -n 2"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False, timeout=120)
    assert len(done.stdout.splitlines()) == 2
    assert done.stderr == b""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="asks Linux")
@pytest.mark.parametrize("target", [".jsonl", ".parquet"])
def test_memory_is_flat(tmp_path: Path, model: SavedModel, target: str) -> None:
    peaks = []
    for num_rows in (40_000, 200_000):
        source = write(
            tmp_path / f"{num_rows}.csv", b"text,x\n" + (b"good," + b"x" * 500 + b"\n") * num_rows
        )
        code = (
            "import re\nfrom sentiment.commands import main\n"
            "try:\n    main()\nexcept SystemExit as end:\n    assert end.code == 0\n"
            "status = open('/proc/self/status').read()\n"
            "print(re.search(r'VmHWM:\\s+(\\d+) kB', status)[1])\n"
        )
        command = ["score", str(source), "--output", str(tmp_path / f"{num_rows}{target}")]
        done = subprocess.run(
            [sys.executable, "-c", code, *command], capture_output=True, check=True, text=True
        )
        peaks.append(int(done.stdout.split()[-1]) / 1024)
    assert peaks[1] < peaks[0] + 40, "MB; the larger table has 80 MB more"


def test_no_tensorflow_is_loaded(tmp_path: Path, model: SavedModel) -> None:
    source = write(tmp_path / "in.csv", b"text\ngood\n")
    code = (
        "import sys\nfrom sentiment.commands import main\n"
        f"sys.argv = ['sentiment', 'score', {str(source)!r}, '--output', '-']\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert end.code == 0\n"
        "print(' '.join(sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert not {"tensorflow", "keras", "tensorflow_datasets"} & set(done.stdout.split())


# === Stopped and resumed ===

SLOW = """
import sys, time
from sentiment import scoring
from sentiment.commands import main
scoring.CHUNK_ROWS = 50
inner = scoring._answers
def slow(*arguments):
    print("chunk", file=sys.stderr, flush=True)
    time.sleep({seconds})
    return inner(*arguments)
scoring._answers = slow
main(prog_name="sentiment")
"""


def slow_run(*arguments: object, seconds: float = 0.0) -> "subprocess.Popen[str]":
    """Score in a process of its own, 50 rows at a time, which says when it answers some."""
    return subprocess.Popen(
        [sys.executable, "-c", SLOW.format(seconds=seconds), "score", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def stop_after(process: "subprocess.Popen[str]", num_chunks: int, how: signal.Signals) -> str:
    """Stop a process while it answers its n-th chunk, and give what it still says."""
    assert process.stderr is not None
    for _ in range(num_chunks):
        assert process.stderr.readline() == "chunk\n"
    time.sleep(0.1)
    process.send_signal(how)
    _, rest = process.communicate(timeout=60)
    return rest


def big_table(path: Path) -> Path:
    return make_table(
        path,
        [
            {"n": str(i), "text": "" if i % 11 == 0 else f"good {'film bad ' * (i % 7)}\n'{i}'"}
            for i in range(520)
        ],
    )


@pytest.mark.parametrize(
    "name", ["out.csv", "out.csv.gz", "out.jsonl.zst", "out.parquet", "out.tsv.zst"]
)
def test_a_killed_run_resumes_to_the_same_bytes(
    tmp_path: Path, model: SavedModel, name: str
) -> None:
    source = big_table(tmp_path / ("in." + name.split(".", 1)[1]))
    output, whole = tmp_path / name, tmp_path / f"whole-{name}"
    undisturbed = slow_run(source, "--output", whole)
    _, said = undisturbed.communicate(timeout=60)
    assert undisturbed.returncode == 0, said
    assert said.count("chunk") == 11
    num_answered = 0
    for num_chunks in (3, 4):
        process = slow_run(source, "--output", output, "--resume", seconds=0.2)
        num_answered += num_chunks + stop_after(process, num_chunks, signal.SIGKILL).count("chunk")
        assert process.returncode == -signal.SIGKILL
        assert not output.exists()
    state = json.loads((tmp_path / f".{name}.part" / "state.json").read_text())
    assert state["done"]["rows"] >= 250
    if "parquet" not in name:  # what was being written is cut off again
        with (tmp_path / f".{name}.part" / "rows").open("ab") as stream:
            stream.write(b"half a chunk")
    else:
        (tmp_path / f".{name}.part" / f"{state['done']['chunks']:08}.parquet").write_bytes(b"half")
    process = slow_run(source, "--output", output, "--resume", "--json")
    stdout, said = process.communicate(timeout=60)
    assert process.returncode == 0, said
    assert said.count("chunk") == 11 - state["done"]["chunks"]
    assert output.read_bytes() == whole.read_bytes()
    assert not (tmp_path / f".{name}.part").exists()
    found = json.loads(stdout)
    assert (found["num_rows"], found["num_empty"]) == (520, 48)


def test_ctrl_c_says_how_to_go_on(tmp_path: Path, model: SavedModel) -> None:
    source, output = big_table(tmp_path / "in.csv"), tmp_path / "out.csv"
    process = slow_run(source, "--output", output, seconds=0.3)
    said = stop_after(process, 4, signal.SIGINT)
    assert process.returncode == 130
    assert "150 rows are kept; the same command with --resume goes on" in said
    assert "Traceback" not in said
    assert said.count("\n") == 1
    assert "--resume" in one_line_error(run(source, "--output", output))
    assert "--overwrite" in one_line_error(run(source, "--output", output))
    process = slow_run(source, "--output", output, "--resume")
    process.communicate(timeout=60)
    assert len(read_back(output)) == 520


def test_two_runs_do_not_write_one_table(tmp_path: Path, model: SavedModel) -> None:
    source, output = big_table(tmp_path / "in.csv"), tmp_path / "out.csv"
    process = slow_run(source, "--output", output, seconds=0.5)
    assert process.stderr is not None
    for _ in range(2):
        process.stderr.readline()
    for more in (["--overwrite"], ["--resume"]):
        second = slow_run(source, "--output", output, *more)
        _, said = second.communicate(timeout=60)
        assert second.returncode == 1
        assert said == f"Error: another run is writing {output}; wait for its end\n"
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert len(read_back(output)) == 520


def test_ctrl_c_before_the_first_chunk_keeps_nothing(tmp_path: Path, model: SavedModel) -> None:
    source, output = big_table(tmp_path / "in.csv"), tmp_path / "out.csv"
    before = set(tmp_path.iterdir())
    process = slow_run("-", "--format", "csv", "--output", "-")
    process.communicate("text\n", timeout=60)
    process = slow_run(source, "--output", output, seconds=30)
    deadline = time.monotonic() + 60
    while not (tmp_path / ".out.csv.part" / "state.json").exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    said = stop_after(process, 0, signal.SIGINT)
    assert process.returncode == 130
    assert "nothing was kept" in said
    assert set(tmp_path.iterdir()) == before


@pytest.fixture
def stopped(
    tmp_path: Path, model: SavedModel, monkeypatch: pytest.MonkeyPatch
) -> tuple[Path, Path]:
    """Input and output of a run that stopped after 100 of 120 rows, for a row that is malformed."""
    monkeypatch.setattr(scoring, "CHUNK_ROWS", 50)
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    rows = [b"good,%d\n" % i for i in range(120)]
    rows[110] = b"bad\n"
    write(source, b"text,n\n" + b"".join(rows))
    assert "line 112" in one_line_error(run(source, "--output", output))
    assert Unfinished(output).state() is not None
    return source, output


def test_a_run_that_failed_goes_on_with_another_on_error(
    tmp_path: Path, stopped: tuple[Path, Path]
) -> None:
    source, output = stopped
    result = run(source, "--output", output, "--resume", "--on-error", "skip", "--json")
    assert json.loads(result.stdout)["num_rows"] == 119
    assert json.loads(result.stdout)["num_malformed"] == 1
    whole = scored(source, tmp_path / "whole.csv", "--on-error", "skip")
    assert output.read_bytes() == whole.read_bytes()


def test_a_left_over_run_is_replaced_only_when_asked_for(stopped: tuple[Path, Path]) -> None:
    source, output = stopped
    more = ["--on-error", "empty", "--json"]
    error = one_line_error(run(source, "--output", output, *more))
    assert "go on with --resume, or start anew with --overwrite" in error
    found = json.loads(run(source, "--output", output, "--overwrite", *more).stdout)
    assert found["num_rows"] == 120
    assert not (output.parent / ".out.csv.part").exists()


def test_a_run_is_not_resumed_as_another(
    stopped: tuple[Path, Path], make_model: Callable[..., Path]
) -> None:
    source, output = stopped
    make_model("other", seed=1, made_by="compare")
    skip = ["--on-error", "skip"]
    copy = write(source.with_name("copy.csv"), source.read_bytes())
    for first, more, words in (
        (source, ["--label-column", "l"], "another --label-column"),
        (source, ["--probability-column", "p"], "another --probability-column"),
        (source, ["--text-column", "n"], "another --text-column"),
        (source, ["--model", "other"], "another model"),
        (copy, [], "another input"),
    ):
        error = one_line_error(run(first, "--output", output, "--resume", *skip, *more))
        assert f"cannot be resumed with {words}" in error
    data = source.read_bytes()
    os.utime(source, (1, 1))
    error = one_line_error(run(source, "--output", output, "--resume", *skip))
    assert "an input that has changed since" in error
    source.write_bytes(data + b"more,1\n")
    error = one_line_error(run(source, "--output", output, "--resume", *skip))
    assert "an input that has changed since" in error
    assert Unfinished(output).state() is not None


def test_rows_left_out_already_are_not_resumed_in_another_way(
    tmp_path: Path, model: SavedModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scoring, "CHUNK_ROWS", 2)
    source, output = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    write(source, b'{"text": "a"}\nx\n{"text": "a"}\n{"label": ""}\n')
    run(source, "--output", output, "--on-error", "skip")
    state = Unfinished(output).state()
    assert state is not None
    assert state["done"]["malformed_lines"] == [2]
    error = one_line_error(run(source, "--output", output, "--resume", "--on-error", "empty"))
    assert "another --on-error" in error


def test_a_damaged_state_is_answered(stopped: tuple[Path, Path]) -> None:
    source, output = stopped
    folder = output.parent / ".out.csv.part"
    state = folder / "state.json"
    good = state.read_text()
    for data in (b"", b"[]", b"\xff", b"{}", b'{"run": [], "done": {}}'):
        state.write_bytes(data)
        error = one_line_error(run(source, "--output", output, "--resume"))
        assert "damaged; start anew with --overwrite" in error
    state.write_text(good)
    (folder / "rows").write_bytes(b"")
    error = one_line_error(run(source, "--output", output, "--resume"))
    assert "damaged; start anew with --overwrite" in error
    done = run(source, "--output", output, "--overwrite", "--on-error", "skip")
    assert done.exit_code == 0


def test_resume_with_nothing_to_go_on_from_starts(tmp_path: Path, model: SavedModel) -> None:
    source = write(tmp_path / "in.csv", b"text\ngood\n")
    scored(source, tmp_path / "out.csv", "--resume")
    assert "there already" in one_line_error(run(source, "--output", tmp_path / "out.csv"))


def test_a_run_that_may_overwrite_keeps_the_old_file_to_the_end(
    stopped: tuple[Path, Path],
) -> None:
    source, output = stopped
    output.write_bytes(b"precious")
    more = ["--resume", "--on-error", "skip"]
    assert "--overwrite" in one_line_error(run(source, "--output", output, *more))
    assert output.read_bytes() == b"precious"
    result = run(source, "--output", output, *more, "--overwrite", "--json")
    assert json.loads(result.stdout)["num_rows"] == 119
    assert output.read_bytes().startswith(b"text,n,probability,label\n")


@pytest.mark.parametrize("name", ["out.csv", "out.parquet"])
def test_an_output_that_cannot_be_written_is_answered(
    tmp_path: Path, model: SavedModel, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    source = write(tmp_path / "in.csv", b"text\ngood\n")
    monkeypatch.setattr(os, "fsync", full)
    error = one_line_error(run(source, "--output", tmp_path / name))
    assert "No space left on device; check the folder" in error
    assert not (tmp_path / name).exists()


def test_standard_output_that_cannot_be_written_is_answered(
    tmp_path: Path, model: SavedModel
) -> None:
    source = write(tmp_path / "in.csv", b"text\ngood\n")
    with Path("/dev/full").open("wb", buffering=0) as full:
        command = [sys.executable, str(ROOT / "cli.py"), "score", str(source), "--output", "-"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(b"Error: cannot write standard output: No space left")


def test_parquet_that_is_lost_is_not_resumed(
    tmp_path: Path, model: SavedModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scoring, "CHUNK_ROWS", 2)
    source = write(tmp_path / "in.jsonl", b'{"text": "a"}\n' * 6 + b"x")
    output = tmp_path / "out.parquet"
    one_line_error(run(source, "--output", output))
    (tmp_path / ".out.parquet.part" / "00000001.parquet").unlink()
    error = one_line_error(run(source, "--output", output, "--resume", "--on-error", "skip"))
    assert "damaged; start anew with --overwrite" in error


def test_a_listener_hears_how_far_it_is(
    tmp_path: Path, model: SavedModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scoring, "CHUNK_ROWS", 4)
    monkeypatch.setattr(predictor_module, "CHUNK", 3)
    heard: list[tuple[int, int, int | None]] = []

    class Listener:
        def rows(self, num_rows: int, per_second: float, completed: int, total: int | None) -> None:
            assert per_second > 0
            heard.append((num_rows, completed, total))

    data = b"text\n" + b"good\n" * 10
    source = write(tmp_path / "in.csv", data)
    pyarrow.parquet.write_table(pa.table({"text": ["good"] * 10}), tmp_path / "in.parquet")
    for path, total in ((source, len(data)), (tmp_path / "in.parquet", 10)):
        heard.clear()
        job = ScoringJob(str(path), "-" if path is source else str(tmp_path / "out.csv"))
        score_table(model, job, stdin=io.BytesIO(), stdout=io.BytesIO(), listener=Listener())
        assert [each[0] for each in heard] == [3, 4, 4, 7, 8, 8, 10, 10]
        assert heard[-1][1:] == (total, total)
        assert [each[1] for each in heard] == sorted(each[1] for each in heard)
    job = ScoringJob("-", "-", stdin_format="csv")
    heard.clear()
    score_table(model, job, stdin=io.BytesIO(data), stdout=io.BytesIO(), listener=Listener())
    assert heard[-1] == (10, 10, None)
