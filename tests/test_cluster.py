"""Work spread over Ray: what one process makes, whatever dies on the way."""

import io
import json
import os
import shutil
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet
import pytest
from click.testing import CliRunner, Result

from sentiment import cluster, scoring_cluster
from sentiment.artifact import SavedModel, load_model
from sentiment.cluster import connected, import_ray
from sentiment.commands import main
from sentiment.cores import THREADS_VARIABLE, num_cores
from sentiment.datasets import loading
from sentiment.datasets.pairs import pairs
from sentiment.errors import ClusterError, ConfigError, DataError
from sentiment.experiments.comparison import CellRun
from sentiment.experiments.comparison_cluster import run_on_ray
from sentiment.experiments.comparison_runs import ComparisonConfig, run_comparison
from sentiment.scoring import score_table
from sentiment.scoring_cluster import Scorer, score_files
from sentiment.scoring_job import ScoringJob

# Ray leaves its processes to end by themselves.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

LONG = 40_000  # rows of three chunks


@pytest.fixture(scope="module")
def ray() -> Iterator[Any]:
    """Ray with two cores, started once; whatever connects after it uses it."""
    with connected(None, 2) as started:
        # Workers cannot import this module.
        started.cloudpickle.register_pickle_by_value(sys.modules[__name__])
        yield started


@pytest.fixture
def model(make_model: Callable[..., Path]) -> SavedModel:
    return load_model(make_model(cell="gru", max_tokens=8))


def table(num_rows: int, seed: int = 0) -> pa.Table:
    texts = [
        (None, "", " ", "good film " * (i % 5), "not bad , the plot", "bad")[(i + seed) % 6]
        for i in range(num_rows)
    ]
    return pa.table(
        {
            "id": pa.array(range(num_rows), pa.int16() if num_rows < 2**15 else pa.int32()),
            "text": pa.array(texts, pa.string()).dictionary_encode(),
            "nested": pa.array(
                [[{"a": i}] for i in range(num_rows)], pa.list_(pa.struct([("a", pa.int64())]))
            ),
        }
    )


@pytest.fixture
def reviews(tmp_path: Path) -> Path:
    """A directory of files of all lengths."""
    folder = tmp_path / "reviews"
    folder.mkdir()
    for number, num_rows in enumerate((5, 2_000, 0, 17_000)):
        pyarrow.parquet.write_table(table(num_rows, number), folder / f"part-{number}.parquet")
    (folder / "_SUCCESS").touch()
    return folder


def job(reviews: Path, **given: Any) -> ScoringJob:
    return ScoringJob(str(reviews), str(reviews.with_name("scored")), **given)


def check_same(model: SavedModel, reviews: Path, scored: Path) -> None:
    """Each file has the bytes that it gets alone, in this process; nothing else is there."""
    assert {path.name for path in scored.iterdir()} == {p.name for p in reviews.glob("*.parquet")}
    for path in reviews.glob("*.parquet"):
        alone = scored.with_name("alone.parquet")
        one = ScoringJob(str(path), str(alone), overwrite=True)
        score_table(model, one, stdin=io.BytesIO(), stdout=io.BytesIO())
        assert (scored / path.name).read_bytes() == alone.read_bytes(), path.name


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["score", *map(str, arguments), "--engine", "ray"])


def one_line_error(result: Result, status: int = 1) -> str:
    assert result.exit_code == status, result.output
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
    return result.stderr


# === Scoring ===


def test_each_file_gets_the_bytes_that_it_gets_alone(
    ray: Any, model: SavedModel, reviews: Path
) -> None:
    shutil.rmtree(model.path)  # workers have it from Ray
    result = score_files(model, job(reviews))
    scored = reviews.with_name("scored")
    check_same(model, reviews, scored)
    assert result.num_rows == 19_005
    found = [pyarrow.parquet.read_table(path) for path in sorted(scored.iterdir())]
    assert result.num_empty == sum(each["label"].null_count for each in found) > 9_000
    assert not list(reviews.parent.glob(".scored*"))


class Dying(Scorer):
    """A worker that is killed once, when part of a file is durable."""

    def score(self, stored: list[Any], job: ScoringJob) -> None:
        output = Path(job.output)
        marker = Path(job.input).parent.with_name("died")
        if output.name == "long.parquet" and not marker.exists():
            part = output.with_name(f".{output.name}.part") / "00000000.parquet"

            def kill() -> None:
                while not part.exists():
                    time.sleep(0.001)
                marker.write_text(str(output.exists()))
                os.kill(os.getpid(), signal.SIGKILL)

            threading.Thread(target=kill, daemon=True).start()
        super().score(stored, job)


def test_a_worker_that_is_killed_in_the_middle_loses_nothing(
    ray: Any, model: SavedModel, reviews: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in reviews.glob("*.parquet"):
        path.unlink()
    for name, num_rows in (("long", LONG), ("short", LONG // 20)):
        pyarrow.parquet.write_table(table(LONG)[:num_rows], reviews / f"{name}.parquet")
    monkeypatch.setattr(scoring_cluster, "Scorer", Dying)
    result = score_files(model, job(reviews), num_workers=1)
    assert reviews.with_name("died").read_text() == "False"
    assert result.num_rows == LONG + LONG // 20
    check_same(model, reviews, reviews.with_name("scored"))


class Stopping:
    """A listener that presses Ctrl-C when some rows are done."""

    def __init__(self, at: int | None = None) -> None:
        self.at = at
        self.heard: list[int] = []

    def rows(self, num_rows: int, per_second: float, completed: int, total: int | None) -> None:
        assert (completed, total) == (num_rows, 19_005)
        self.heard.append(num_rows)
        if self.at is not None and num_rows >= self.at:
            raise KeyboardInterrupt


def test_a_stopped_run_goes_on_and_as_no_other(
    ray: Any, model: SavedModel, reviews: Path, make_model: Callable[..., Path]
) -> None:
    with pytest.raises(KeyboardInterrupt):
        score_files(model, job(reviews), num_workers=1, listener=Stopping(17_000))
    scored, part = reviews.with_name("scored"), reviews.with_name(".scored.part") / "files"
    assert not scored.exists()
    before = (part / "part-3.parquet").stat().st_mtime_ns
    with pytest.raises(DataError, match="go on with --resume, or start anew with --overwrite"):
        score_files(model, job(reviews))
    other = load_model(make_model("other", cell="gru", seed=1))
    more = reviews / "part-9.parquet"
    for changed, given, words in (
        (other, {}, "another model"),
        (model, {"label_column": "l"}, "another --label-column"),
        (model, {"text_column": "text"}, "another --text-column"),
    ):
        with pytest.raises(DataError, match=f"cannot be resumed with {words}"):
            score_files(changed, job(reviews, resume=True, **given))
    pyarrow.parquet.write_table(table(5), more)
    with pytest.raises(DataError, match="cannot be resumed with another input"):
        score_files(model, job(reviews, resume=True))
    more.unlink()
    listener = Stopping()
    score_files(model, job(reviews, resume=True), listener=listener)
    assert listener.heard[0] == 17_000
    assert listener.heard[-1] == 19_005
    assert (scored / "part-3.parquet").stat().st_mtime_ns == before
    check_same(model, reviews, scored)


def test_the_command_takes_a_pattern_and_replaces_only_when_asked_to(
    ray: Any, model: SavedModel, reviews: Path
) -> None:
    scored = reviews.with_name("scored")
    scored.mkdir()
    (scored / "old.parquet").touch()
    arguments = [reviews / "part-[01].parquet", "--output", scored, "--json"]
    assert "replace it with --overwrite" in one_line_error(run(*arguments))
    result = run(*arguments, "--overwrite", "--workers", "1")
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    assert json.loads(result.stdout)["num_rows"] == 2_005
    assert {path.name for path in scored.iterdir()} == {"part-0.parquet", "part-1.parquet"}


def test_what_a_worker_finds_wrong_is_one_line(ray: Any, model: SavedModel, reviews: Path) -> None:
    text = pa.array([b"caf\xe9"], pa.binary()).view(pa.string())
    for path in reviews.glob("*.parquet"):
        path.unlink()
    pyarrow.parquet.write_table(pa.table({"text": ["good"]}), reviews / "a.parquet")
    pyarrow.parquet.write_table(pa.table({"text": text}), reviews / "b.parquet")
    error = one_line_error(run(reviews, "--output", reviews.with_name("scored")))
    assert "b.parquet is not a Parquet file or is damaged" in error


class Looking(Scorer):
    """A worker that says how it works."""

    def look(self, stored: list[Any]) -> tuple[int, set[int], set[str]]:
        from threadpoolctl import threadpool_info

        from sentiment.kernels import num_threads

        self._predictor(stored).score(["good"] * 2_000)
        threads = {each["num_threads"] for each in threadpool_info()}
        return num_threads(), threads, {name.partition(".")[0] for name in sys.modules}


def test_a_worker_has_one_thread_and_no_tensorflow(ray: Any, model: SavedModel) -> None:
    worker = ray.remote(num_cpus=1)(Looking).remote()
    num_threads, threads, modules = ray.get(worker.look.remote([ray.put(replace(model))]))
    assert (num_threads, threads) == (1, {1})
    assert "numba" in modules
    assert not modules & {"tensorflow", "keras", "tensorflow_datasets"}


def test_cores_are_those_that_a_scheduler_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(THREADS_VARIABLE, raising=False)
    every = num_cores()
    for value, expected in (("1", 1), ("1000", every), ("", every), ("0", every), ("4,2", every)):
        monkeypatch.setenv(THREADS_VARIABLE, value)
        assert num_cores() == expected


# === What is wrong before any work ===


@pytest.fixture
def no_ray(monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(*_: object) -> None:
        raise AssertionError("work has begun")

    monkeypatch.setattr(scoring_cluster, "connected", connect)


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (pa.table({"text": ["a"], "n": ["1"]}), "b.parquet and"),
        (pa.table({"text": ["a"], "n": ["1"]}), "differ in column 'n'"),
        (pa.table({"n": [1], "text": ["a"]}), "differ in the order of the columns"),
        (pa.table({"text": ["a"], "n": [1], "m": [1]}), "differ in column 'm'"),
        (b"no table", "b.parquet is not a Parquet file"),
    ],
)
def test_files_that_do_not_go_together_are_answered(
    no_ray: None, model: SavedModel, tmp_path: Path, other: Any, words: str
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    pyarrow.parquet.write_table(pa.table({"text": ["a"], "n": [1]}), folder / "a.parquet")
    if isinstance(other, bytes):
        (folder / "b.parquet").write_bytes(other)
    else:
        pyarrow.parquet.write_table(other, folder / "b.parquet")
    assert words in one_line_error(run(folder, "--output", tmp_path / "out"))
    assert sorted(path.name for path in tmp_path.iterdir() if path != folder) == ["sentiment-home"]


def test_places_and_columns_are_looked_at_first(
    no_ray: None, model: SavedModel, reviews: Path, tmp_path: Path
) -> None:
    out, empty, full = tmp_path / "out", tmp_path / "empty", tmp_path / "full"
    empty.mkdir()
    full.mkdir()
    (full / "precious.txt").touch()
    (tmp_path / "file").touch()
    copy = tmp_path / "copy"
    shutil.copytree(reviews, copy)
    for arguments, words in (
        ([empty, "--output", out], "has no .parquet file"),
        ([tmp_path / "none*", "--output", out], "has no .parquet file"),
        ([f"{reviews}/*", "--output", out], "_SUCCESS is no .parquet file"),
        ([f"{tmp_path}/*/part-0.parquet", "--output", out], "would become one file"),
        ([reviews, "--output", tmp_path / "none" / "out"], "there is no folder"),
        ([reviews, "--output", reviews, "--overwrite"], "is the input"),
        ([reviews, "--output", tmp_path / "file"], "is a file; name a directory"),
        ([reviews, "--output", full, "--overwrite"], "has precious.txt in it"),
        ([reviews, "--output", out, "--label-column", "id"], "there is a column 'id' already"),
        ([reviews, "--output", out, "--text-column", "id"], "not text"),
        ([reviews, "--output", out, "--label-column", "probability"], "both new columns"),
        ([reviews, "--output", out, "--format", "csv"], "--format is for standard input"),
    ):
        assert words in one_line_error(run(*arguments)), arguments
    assert (full / "precious.txt").exists()
    assert not out.exists()


def test_a_missing_package_is_named_with_the_extra(
    model: SavedModel, reviews: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    error = one_line_error(run(reviews, "--output", reviews.with_name("out")))
    assert 'pip install "sentiment[cluster]"' in error


@pytest.mark.parametrize("listens", [False, True])
def test_an_address_where_no_ray_answers_is_told_soon(
    monkeypatch: pytest.MonkeyPatch, listens: bool
) -> None:
    monkeypatch.setattr(import_ray(), "is_initialized", lambda: False)
    monkeypatch.setattr(cluster, "_ANSWER_SECONDS", 0.5)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        if listens:
            taken.listen()
        port = taken.getsockname()[1]
        started = time.perf_counter()
        with pytest.raises(ClusterError, match=f"no Ray answers at 127.0.0.1:{port} \\("):
            connected(f"127.0.0.1:{port}").__enter__()
        assert time.perf_counter() - started < 5
    for address in ("ray://127.0.0.1:10001", "head", "head:"):
        with pytest.raises(ConfigError, match="has to be auto or HOST:PORT"):
            connected(address).__enter__()


@pytest.mark.parametrize(
    ("address", "remedy"),
    [(None, "--engine local works without it"), ("auto", "set RAY_AUTH_MODE=token")],
)
def test_what_to_do_when_ray_refuses(
    monkeypatch: pytest.MonkeyPatch, address: str | None, remedy: str
) -> None:
    ray = import_ray()

    def refuse(**_: Any) -> None:
        raise ConnectionError("Failed to connect")

    monkeypatch.setattr(ray, "is_initialized", lambda: False)
    monkeypatch.setattr(ray, "init", refuse)
    monkeypatch.setattr(cluster, "_check_address", lambda _: None)
    with pytest.raises(ClusterError, match=f"\\(Failed to connect\\); {remedy}"):
        connected(address).__enter__()


def test_options_of_ray_are_for_ray() -> None:
    for command, option in (("score", "workers"), ("score", "address"), ("compare", "cores")):
        more = ["in", "--output", "out"] if command == "score" else []
        result = CliRunner().invoke(main, [command, *more, f"--{option}", "1"])
        assert result.exit_code == 2
        assert f"--{option} is for --engine ray" in result.stderr


# === Comparisons ===


class Notes:
    """A `Watcher` that writes down which runs were there."""

    def __init__(self) -> None:
        self.was_there: list[bool] = []

    def run(self, number: int, num_runs: int, title: str) -> None:
        assert 1 <= number <= num_runs == 2

    def batch(self, *_: object) -> None: ...

    def epoch(self, *_: object) -> None: ...

    def done(self, run: CellRun, was_there: bool) -> None:
        self.was_there.append(was_there)


def test_networks_trained_on_ray_are_those_trained_here(
    ray: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "pairs", lambda: pairs(100))
    settings = {"units": 3, "embedding_dim": 4, "epochs": 1, "max_tokens": 12, "data": ("pairs",)}
    config = ComparisonConfig(("bow", "gru"), (1,), 1, "units", settings)
    here = run_comparison(config)
    weights = [Path(run.path, "weights.safetensors").read_bytes() for run in here.runs]
    notes = Notes()
    there = run_on_ray(config, anew=True, watcher=notes)
    assert [run.num_right for run in there.runs] == [run.num_right for run in here.runs]
    assert [run.path for run in there.runs] == [run.path for run in here.runs]
    assert [Path(run.path, "weights.safetensors").read_bytes() for run in there.runs] == weights
    assert load_model(Path(there.runs[0].path)).info["made_by"] == "compare"
    assert run_on_ray(config, watcher=notes) == run_comparison(config) == there
    assert notes.was_there == [False, False, True, True]
    with pytest.raises(ClusterError, match="no node of the cluster has 99 cores; say --cores 2"):
        run_on_ray(config, cores_per_run=99, anew=True)
