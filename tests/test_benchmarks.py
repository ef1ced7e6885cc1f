"""Benchmarks: the arithmetic by hand, tables from made-up records, one epoch for real."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest
from click.testing import CliRunner
from rich.console import Console, RenderableType

from benchmarks import peers, prepared, processes, scale, score, start, worker
from benchmarks import train as training
from benchmarks.__main__ import main
from benchmarks.courses import Course
from benchmarks.figures import (
    Spread,
    compile_seconds,
    log_log_slope,
    ratio,
    scoring_flops,
    training_flops,
)
from benchmarks.jobs import Trained, TrainJob
from benchmarks.pictures import scale_figure
from benchmarks.processes import Finished, commit_of, finish, package_of
from benchmarks.records import (
    AccuracyWithin,
    CellRatio,
    ScoreReport,
    ScoreRow,
    TrainReport,
    TrainRow,
)
from benchmarks.scale import ScaleReport, curves
from benchmarks.scale_points import Point, made_up
from benchmarks.start_worker import Phases
from benchmarks.tables import scale_tables, score_table, train_tables
from benchmarks.train import TrainSettings, measure_train
from sentiment.artifact import load_model
from sentiment.config import ModelConfig
from sentiment.errors import SentimentError
from sentiment.experiments.timing import Machine
from sentiment.predictor import Predictor

MACHINE = Machine("Fast One 9000", 2, 8.0, "System 1", "3.11.0", {"numpy": "2.0"})
SPREAD = Spread(2.0, 1.0, 3.0)
TEXTS = ["the film was good", "the plot was bad , not good", "bad", "good film"]
PLAIN = {"bidirectional": False, "pooling": "last", "max_tokens": 400, "truncation": "head"}


def shown(table: RenderableType, width: int = 120) -> str:
    console = Console(width=width, file=io.StringIO())
    console.print(table)
    return " ".join(console.file.getvalue().split())  # type: ignore[attr-defined]


# === Figures ===


def test_a_spread_is_a_median_between_the_least_and_the_greatest() -> None:
    assert Spread.of([5.0, 1.0, 2.0]) == Spread(2.0, 1.0, 5.0)


def test_ratios_pair_the_rounds() -> None:
    assert ratio([2.0, 40.0, 9.0], [1.0, 10.0, 3.0]) == Spread(3.0, 2.0, 4.0)


@pytest.mark.parametrize("power", [-1.0, 0.0, 0.5, 2.0])
def test_the_slope_is_the_exponent(power: float) -> None:
    values = [10.0, 100.0, 1000.0]
    assert log_log_slope(values, [7 * x**power for x in values]) == pytest.approx(power, abs=1e-9)


def test_compiling_is_what_the_first_batch_and_slow_ones_took_beyond_the_median() -> None:
    assert compile_seconds([5.0, 1.0, 1.0, 2.0, 4.0, 1.0, 0.5]) == pytest.approx(4.0 + 3.0)
    assert compile_seconds([0.5, 1.0, 1.0]) == 0.0


@pytest.mark.parametrize(("cell", "gates"), [("gru", 3), ("lstm", 4)])
def test_the_flops_are_those_counted_by_hand(cell: str, gates: int) -> None:
    config = ModelConfig(cell, units=2, embedding_dim=5, bidirectional=False, pooling="last")
    # Forward: a row of 5 times [5, 2·gates], one of 2 times [2, 2·gates]; 2 FLOPs a multiply-add.
    forward = 2 * (5 * 2 * gates + 2 * 2 * gates)
    # Back: for each product the gradient of its input, and that of its weights, cost the same.
    output = 3 * 2 * 2  # a row of 2 times [2, 1]
    assert training_flops(config, 10, 3) == 10 * 3 * forward + 3 * output
    assert scoring_flops(config, 10, 3) == 10 * forward + output


def test_the_flops_count_directions_layers_and_pooled_features() -> None:
    config = ModelConfig("gru", 2, units=2, embedding_dim=5, pooling="max_mean")
    first, second = 2 * 3 * 2 * (5 + 2), 2 * 3 * 2 * (4 + 2)
    assert training_flops(config, 1, 0) == 6 * (first + second)
    assert training_flops(config, 0, 1) == 6 * 8


def test_a_course_knows_what_a_time_buys() -> None:
    course = Course.of(100.0, [(110.0, 0.8), (120.0, 0.9), (130.0, 0.85)])
    assert course.seconds == (10.0, 20.0, 30.0)
    assert course.within(9.9) is None
    assert course.within(10.0) == (1, 0.8)
    assert course.within(99.0) == (3, 0.9)


def test_readings_of_a_clock_become_seconds() -> None:
    found = Trained.of(10.0, 12.0, [15.0, 16.0], 0.5)
    assert found == Trained(6.0, 2.0, (3.0, 1.0), 0.5)


# === Processes ===


def test_a_finished_process_tells_its_time_memory_and_last_line() -> None:
    code = "import time; x = b'x' * (60 << 20); time.sleep(0.2); print('noise'); print([1])"
    done = finish([sys.executable, "-c", code])
    assert done.answer == [1]
    assert 0.2 <= done.seconds < 60
    assert 60 < done.peak_memory_mib < 200


def test_a_process_does_not_count_the_memory_of_its_parent() -> None:
    weight = np.ones(40 << 20)  # 320 MiB, resident
    assert finish([sys.executable, "-S", "-c", "print(0)"]).peak_memory_mib < 100 < weight.size


def test_a_process_that_fails_is_an_error_with_its_last_words() -> None:
    command = [sys.executable, "-c", "import sys; sys.exit('out of luck')"]
    with pytest.raises(SentimentError, match=r"failed: out of luck$"):
        finish(command)


@pytest.mark.skipif(sys.platform != "linux", reason="cores are chosen on Linux alone")
def test_a_process_has_as_many_cores_and_threads_as_it_is_told() -> None:
    code = "import os; print([len(os.sched_getaffinity(0)), int(os.environ['OMP_NUM_THREADS'])])"
    assert finish([sys.executable, "-c", code], num_threads=1).answer == [1, 1]


def test_another_commit_is_measured_from_a_folder_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=t", "-c", "user.email=t@localhost"]
        subprocess.run(
            ["git", *identity, "-C", str(tmp_path), *arguments], check=True, capture_output=True
        )

    module = tmp_path / "sentiment" / "__init__.py"
    module.parent.mkdir()
    git("init")
    for content in ("old", "new"):
        module.write_text(f"AGE = {content!r}\n")
        git("add", ".")
        git("commit", "-m", content)
    monkeypatch.setattr(processes, "ROOT", tmp_path)
    code = [sys.executable, "-P", "-c", "import sentiment; print(repr(sentiment.AGE)[1:-1])"]
    with package_of("HEAD~1") as package:
        assert finish(code, package=package).output == "old\n"
        assert finish(code).output == "new\n"
    assert commit_of("HEAD~1") != commit_of("HEAD")
    assert len(commit_of("HEAD")) == 40
    assert not package.exists()
    with pytest.raises(SentimentError, match="nowhere"), package_of("nowhere"):
        pass


def test_a_peer_that_is_not_installed_is_left_out_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(peers._LIBRARIES, "pytorch", "no_such_library")
    found, notes = peers.present(["keras", "pytorch"])
    assert found == ["keras"]
    assert notes == [
        "PyTorch is left out, since no_such_library is not installed; run "
        '`pip install -e ".[benchmarks]"`'
    ]


# === train ===


@pytest.fixture
def table(tmp_path: Path) -> str:
    """A data set of a hundred reviews of words that mean nothing."""
    path = tmp_path / "reviews.csv"
    texts, labels = made_up(100, 6)
    names = [("negative", "positive")[label] for label in labels]
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([["text", "label"], *zip(texts, names, strict=True)])
    return str(path)


def test_an_epoch_of_this_package_is_measured_for_real(table: str) -> None:
    settings = TrainSettings(
        data=(table,),
        cells=("gru",),
        units=(3,),
        num_reviews=64,
        embedding_dim=4,
        batch_size=16,
        max_tokens=5,
        num_rounds=1,
        product_size=64,
        peers=(),
    )
    report = measure_train(settings)
    (row,) = report.rows
    assert (row.side, row.cell, row.units) == ("sentiment", "gru", 3)
    assert report.settings["num_reviews"] == 64
    assert report.settings["num_tokens"] == 64 * 5
    assert 0 < row.compile_seconds.median < row.seconds.median
    assert row.reviews_per_second.median == pytest.approx(64 / row.seconds.median)
    assert row.tokens_per_second.median == pytest.approx(320 / row.seconds.median)
    assert 0 <= row.accuracy.median <= 1
    assert row.product_share.median > 0
    assert report.products["tensorflow"].median > 0
    assert shown(train_tables(report))
    json.dumps(report.to_dict())


class Fake:
    """Answers instead of processes, twice as slowly for Keras, and notes what is run."""

    def __init__(self) -> None:
        self.commands: list[list[str]] = []
        self.packages: list[Path | None] = []

    def finish(self, command: Any, *, package: Path | None = None, **_: Any) -> Finished:
        task, *arguments = command[len(processes.WORKER) :]
        self.commands.append([task, *arguments])
        self.packages.append(package)
        if task == "product":
            return Finished(1, 1, 1, '{"flops_per_second": 1e6}')
        if task == "follow":
            return Finished(1, 1, 1, '{"seconds": [1, 2], "accuracies": [0.5, 0.75]}')
        job = TrainJob.read(Path(arguments[1]))
        batch = (2.0 if arguments[0] == "keras" else 1.0) * (2.0 if job.cell == "lstm" else 1.0)
        answer = {
            "seconds": 4 * batch,
            "prepare_seconds": 0.0,
            "batch_seconds": [2 * batch, batch, batch],
            "accuracy": 0.5,
        }
        return Finished(9, 9, 50, f"noise\n{json.dumps(answer)}\n")


def test_sides_take_turns_and_are_compared_round_by_round(
    table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = Fake()
    monkeypatch.setattr(training, "finish", fake.finish)
    monkeypatch.setattr(processes, "finish", fake.finish)
    settings = TrainSettings((table,), units=(3,), num_rounds=2, peers=("keras",), accuracy=True)
    report = measure_train(settings)
    sides = [arguments[1] for arguments in fake.commands if arguments[0] == "train"]
    assert sides == ["sentiment", "keras"] * 4
    ours, keras = (row for row in report.rows if row.cell == "gru")
    assert ours.speed_over == {"keras": Spread(2.0, 2.0, 2.0)}
    assert keras.speed_over == {"sentiment": Spread(0.5, 0.5, 0.5)}
    assert ours.compile_seconds == Spread(1.0, 1.0, 1.0)
    flops = training_flops(
        ModelConfig("gru", units=3, bidirectional=False, pooling="last"),
        report.settings["num_tokens"],
        report.settings["num_reviews"],
    )
    assert ours.product_share.median == pytest.approx(flops / 3.0 / 1e6)  # 3 s without compiling
    assert report.cells == tuple(
        CellRatio(side, 3, Spread(2.0, 2.0, 2.0)) for side in ("sentiment", "keras")
    )
    assert [each.cell for each in report.accuracies] == ["gru", "lstm"]


def test_all_sides_train_the_same_network() -> None:
    job = TrainJob("", [], [], [], [], "lstm", 3, 4, 16, 5)
    config = job.config
    assert config.model == ModelConfig(
        "lstm", units=3, embedding_dim=4, bidirectional=False, pooling="last", dropout=0.0
    )
    assert (config.training.batch_size, config.training.window_tokens) == (16, 5)
    assert (config.data.max_tokens, config.training.word_dropout) == (5, 0.0)


def test_the_training_tables_say_what_is_what() -> None:
    rows = [
        TrainRow(side, "gru", 64, SPREAD, SPREAD, SPREAD, SPREAD, SPREAD, SPREAD, SPREAD, over)
        for side, over in (("sentiment", {"keras": Spread(4.5, 4.0, 5.0)}), ("HEAD~3", {}))
    ]
    course = Course((10.0, 20.0), (0.5, 0.875))
    report = TrainReport(
        machine=MACHINE,
        settings={
            "num_reviews": 1000, "num_tokens": 5000, "batch_size": 64, "num_rounds": 5,
            "product_size": 4096,
        },
        products={"torch": Spread(1e11, 9e10, 1.1e11)},
        rows=tuple(rows),
        cells=(CellRatio("sentiment", 64, SPREAD),),
        accuracies=(AccuracyWithin("gru", course, Course((15.0, 25.0), (0.75, 0.9375))),),
        notes=("[b]left out",),
    )  # fmt: skip
    text = shown(train_tables(report))
    for expected in (
        "Fast One 9000", "[b]left out", "torch 100.0 (90.0–110.0) GFLOP/s", "HEAD~3",
        "4.50 (4.00–5.00)", "÷ plain Keras", "accuracy within 20 s", "75.00 %", "93.75 at 25 s",
        "GRU ÷ LSTM",
    ):  # fmt: skip
        assert expected in text


# === score ===


def test_this_package_answers_a_table_from_a_model_directory(
    make_model: Callable[..., Path], tmp_path: Path
) -> None:
    model = make_model(**PLAIN)
    expected = Predictor.of(load_model(model)).predict(TEXTS)
    assert labels("sentiment", TEXTS, tmp_path, model) == [each.label for each in expected]


@pytest.mark.filterwarnings("ignore:__array__ implementation")  # Keras's own, when it saves
def test_keras_answers_what_this_package_answers(
    make_model: Callable[..., Path], tmp_path: Path
) -> None:
    for cell in ("gru", "lstm"):
        model = load_model(make_model(cell, cell=cell, **PLAIN))
        side = worker._side("keras")
        side.prepare(tmp_path, model)
        expected = Predictor.of(model).score(TEXTS)
        np.testing.assert_allclose(side.score(tmp_path, TEXTS), expected, atol=1e-5)


@pytest.mark.parametrize("cell", ["gru", "lstm"])
def test_pytorch_answers_what_this_package_answers(
    make_model: Callable[..., Path], tmp_path: Path, cell: str
) -> None:
    pytest.importorskip("torch", reason=peers.REMEDY)
    model = load_model(make_model(cell=cell, **PLAIN))
    side = worker._side("pytorch")
    side.prepare(tmp_path, model)
    expected = Predictor.of(model).score(TEXTS)
    np.testing.assert_allclose(side.score(tmp_path, TEXTS), expected, atol=1e-5)


@pytest.mark.parametrize(("peer", "library"), [("tfidf", "sklearn"), ("fasttext", "fasttext")])
def test_a_fitted_peer_answers_a_table(
    peer: str, library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip(library, reason=peers.REMEDY)
    monkeypatch.setattr(worker._side(peer), "_NUM_BUCKETS", 1_000, raising=False)
    job = tmp_path / "job.json"
    texts = ["a good film , good", "a bad film , bad"] * 20
    job.write_text(json.dumps({"texts": texts, "labels": [1, 0] * 20}))
    assert worker.prepare(peer, str(tmp_path), str(job))["seconds"] > 0
    assert labels(peer, ["good film", "bad film"], tmp_path) == ["positive", "negative"]


@pytest.mark.parametrize(
    ("peer", "library"), [("vader", "vaderSentiment"), ("textblob", "textblob")]
)
def test_a_lexicon_answers_a_table(peer: str, library: str, tmp_path: Path) -> None:
    pytest.importorskip(library, reason=peers.REMEDY)
    assert labels(peer, ["a good film", "a bad film"], tmp_path) == ["positive", "negative"]


def labels(side: str, texts: list[str], folder: Path, given: Path | None = None) -> list[str]:
    source, target = folder / "in.csv", folder / "out.csv"
    score._write(source, [{"text": text, "truth": "positive"} for text in texts])
    assert worker.score(side, str(given or folder), str(source), str(target)) == {
        "num_rows": len(texts)
    }
    with target.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["text"] for row in rows] == texts
    assert score._accuracy(target) == np.mean([row["label"] == "positive" for row in rows])
    return [row["label"] for row in rows]


def test_libraries_score_in_turn_and_lexicons_a_part(
    make_model: Callable[..., Path], table: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[list[str]] = []

    packages: list[Path | None] = []
    read: list[list[str]] = []

    def fake(command: list[str], package: Path | None = None, **_: Any) -> Finished:
        ran.append([str(part) for part in command[len(processes.WORKER) :]])
        if ran[-1][0] == "prepare":
            return Finished(1, 1, 1, '{"seconds": 7.0}')
        packages.append(package)
        source, target = (Path(part) for part in command if str(part).endswith(".csv"))
        rows = list(csv.DictReader(source.read_text().splitlines()))
        read.append([row["text"] for row in rows])
        lines = [f"{row['truth']},positive" for row in rows]
        target.write_text("\n".join(["truth,label", *lines]))
        return Finished(len(rows) / 10, 1, 50, "")

    monkeypatch.setattr(score, "finish", fake)
    monkeypatch.setattr(prepared, "finish", fake)
    monkeypatch.setattr(score, "large_product", lambda *_: 1e3)
    monkeypatch.setattr(score, "package_of", lambda _: nullcontext(tmp_path / "old"))
    monkeypatch.setattr(score, "commit_of", lambda _: "0123abc")
    monkeypatch.setattr(score, "present", lambda peers: (peers, []))
    monkeypatch.setattr(score, "trained_network", lambda *_: make_model(**PLAIN))
    settings = score.ScoreSettings(
        (table,),
        4,
        2,
        num_rounds=2,
        peers=("tfidf", "vader"),
        against="HEAD",
        folder=str(tmp_path / "kept"),
    )
    for _ in range(2):  # what is prepared is kept
        report = score.measure_score(settings)
    assert [arguments[:2] for arguments in ran if arguments[0] == "prepare"] == [
        ["prepare", "tfidf"]
    ]
    assert [row.side for row in report.rows] == ["sentiment", "HEAD", "tfidf", "vader"]
    assert [row.num_reviews for row in report.rows] == [4, 4, 4, 2]
    assert [row.prepare_seconds for row in report.rows] == [None, None, 7.0, None]
    assert [package is not None for package in packages[-4:]] == [False, True, False, False]
    ours, theirs, *others = [row.product_share for row in report.rows]
    model = load_model(make_model(**PLAIN))
    num_tokens = sum(min(len(row), 400) for row in model.tokenizer.encode_batch(read[0]))
    flops = scoring_flops(model.config.model, num_tokens, 4)
    assert ours == theirs == Spread.of([flops / (4 / 10) / 1e3])
    assert others == [None, None]
    assert report.rows[3].sentiment_over == Spread(1.0, 1.0, 1.0)
    assert {row.reviews_per_second.median for row in report.rows} == {10.0}
    assert len(report.notes) == 1


def test_the_scoring_table_says_what_is_what() -> None:
    ratios, share = Spread(10.5, 10.25, 20.0), Spread(0.3125, 0.25, 0.5)
    speed = Spread(5500.0, 5400.0, 5600.0)
    row = ScoreRow("tfidf", 1000, SPREAD, speed, SPREAD, 0.875, ratios, share, 12.0)
    settings = {"num_rounds": 5, "product_size": 4096}
    products = {"tensorflow": Spread(2e11, 1e11, 3e11)}
    report = ScoreReport(MACHINE, settings, products, (row,), ("VADER read less",))
    text = shown(score_table(report), width=80)
    for expected in (
        "tf-idf,", "87.50 %", "(10.25–20.00)", "(5,400–5,600)", "12 s", "VADER read less",
        "31.2 %", "4096×4096", "200.0 (100.0–300.0)",
    ):  # fmt: skip
        assert expected in text


# === scale and start ===


def found_costs() -> dict[scale.Key, list[scale.Cost]]:
    costs: dict[scale.Key, list[scale.Cost]] = {
        ("train", "units", units): [(units**2.0, 100.0), (2 * units**2.0, 100.0)]
        for units in (32, 64, 128)
    }
    return {**costs, ("score", "rows", 10): [(1.0, 80.0)], ("score", "rows", 100): [(10.0, 80.0)]}


def test_costs_become_curves_with_their_slopes() -> None:
    units, rows = curves(found_costs())
    assert (units.task, units.axis, units.values) == ("train", "units", (32, 64, 128))
    assert units.slope.median == pytest.approx(2)
    assert units.seconds[0] == Spread(1536.0, 1024.0, 2048.0)
    assert rows.slope.median == pytest.approx(1)
    assert rows.memory_slope.median == pytest.approx(0, abs=1e-9)


def test_the_curves_are_shown_and_drawn() -> None:
    report = ScaleReport(MACHINE, {"num_rounds": 2}, {"tokens": 100}, curves(found_costs()))
    text = shown(scale_tables(report))
    for expected in ("train: units", "score: rows", "slope", "2.00 (2.00–2.00)", "tokens 100"):
        assert expected in text
    figure = scale_figure(report)
    titles = [axes.get_title() for axes in figure.axes]
    assert titles == [
        "Time against units",
        "Time against rows of the table",
        "Peak memory against rows",
    ]
    for axes in figure.axes:
        assert axes.get_xlabel()
        assert axes.get_ylabel()
        assert axes.get_legend() is not None
    ticks = [[tick.get_text() for tick in axes.get_xticklabels()] for axes in figure.axes]
    assert ticks == [
        [f"{value:,}" for value in curve.values] for curve in (*report.curves, report.curves[-1])
    ]


@pytest.mark.parametrize("task", ["train", "score"])
def test_a_point_is_measured(task: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onnxruntime, "SessionOptions", onnxruntime.SessionOptions)  # put it back
    point = Point("gru", tokens=4, units=2, batch_size=4, num_reviews=16)
    assert worker.scale(task, json.dumps(vars(point)))["seconds"] > 0


def test_curves_measure_a_point_once_a_round(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[tuple[Any, ...]] = []

    def fake(command: list[str], num_threads: int = 2) -> Finished:
        ran.append((*command[len(processes.WORKER) :], num_threads))
        return Finished(5.0, 1, 50, '{"seconds": 0.5}')

    monkeypatch.setattr(scale, "finish", fake)
    report = scale.measure_scale(scale.ScaleSettings("gru", 64, (10, 20), num_rounds=2))
    once = [run for run in ran if run[0] == "scale"]
    assert len(once) == 2 * len(set(once))
    found = {(curve.task, curve.axis): curve for curve in report.curves}
    assert found["train", "tokens"].seconds == (Spread(0.5, 0.5, 0.5),) * 5
    assert found["score", "rows"].seconds == (Spread(5.0, 5.0, 5.0),) * 2
    assert ("score", "batch_size") not in found


def test_the_base_is_a_point_of_every_curve_and_one_thing_grows() -> None:
    base = Point(num_reviews=64)
    for task, axis, value, point, num_threads in scale._points(base):
        if task == "train":
            assert point.num_reviews >= 4 * point.batch_size
        alike = replace(point, num_reviews=64)
        if axis == scale.THREADS:
            assert (alike, num_threads) == (base, value)
        else:
            assert getattr(alike, axis) == value
            changed = replace(alike, **{axis: getattr(base, axis)})
            assert changed == base, task


def test_phases_count_without_those_within_them(monkeypatch: pytest.MonkeyPatch) -> None:
    now = iter([0.0, 1.0, 3.0, 7.0, 8.0])
    monkeypatch.setattr("benchmarks.start_worker.time.perf_counter", lambda: next(now))
    phases = Phases()
    phases.run("outer", lambda: phases.run("inner", lambda: None))
    assert phases.seconds == {"outer": 2.0 + 1.0, "inner": 4.0}


def test_a_budget_names_what_is_imported_read_and_built(make_model: Callable[..., Path]) -> None:
    make_model()
    budget = start.measure_budget()
    assert {
        "interpreter",
        "import: numpy",
        "import: onnxruntime",
        "read: model files, and their hashes",
        "build: tokenizer",
        "build: ONNX Runtime session",
        "answer: tokens and network",
        "end of the process",
    } <= set(budget)
    assert min(budget.values()) >= 0


def test_every_command_has_help_with_an_example() -> None:
    for name in ("train", "score", "start", "scale"):
        result = CliRunner().invoke(main, [name, "--help"])
        assert result.exit_code == 0, result.output
        assert f"python -m benchmarks {name}" in result.output


def test_a_start_report_goes_to_a_file_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "finish", lambda _: Finished(2.0, 1.0, 50.0, ""))
    monkeypatch.setattr(start, "measure_budget", lambda: {"interpreter": 10.0, "tiny": 0.01})
    place = tmp_path / "start.json"
    result = CliRunner().invoke(main, ["start", "--rounds", "2", "--output", str(place)])
    assert result.exit_code == 0, result.output
    assert "smaller ones" in result.output
    report = json.loads(place.read_text())
    assert report["budget"]["interpreter"] == {"median": 10.0, "low": 10.0, "high": 10.0}
    assert len(report["rows"]) == len(start.COMMANDS)
    assert report["rows"][0]["over_libraries"]["median"] == 1


def test_measured_processes_keep_their_bytecode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    code = "import sys; print(sys.dont_write_bytecode)"
    assert finish([sys.executable, "-c", code]).output.strip() == "False"
