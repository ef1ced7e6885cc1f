"""Speed: the same network on both sides, measured in turn, in processes of their own."""

import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from rich.console import Console

from sentiment.artifact import load_model
from sentiment.commands import main
from sentiment.config import ModelConfig, RunConfig
from sentiment.datasets.dataset import Dataset, Split
from sentiment.errors import SentimentError
from sentiment.experiments import speed_runs, speed_worker
from sentiment.experiments.child import Child
from sentiment.experiments.parameters import count_parameters
from sentiment.experiments.plain_keras import PlainKeras, build_plain_network
from sentiment.experiments.speed import ModelSpeed, Side, SpeedReport
from sentiment.experiments.speed_runs import LENGTHS, Effort, measure_speed, save_untrained
from sentiment.experiments.speed_worker import Request
from sentiment.experiments.timing import Latency, Machine, peak_memory_mib
from sentiment.report.speed import speed_report

TEXTS = ["the film was good", "the plot was bad , not good", "bad", "good film"]
ECHO = "import sys\nfor line in sys.stdin: print({}, flush=True)"
pytestmark = pytest.mark.filterwarnings("ignore:.*does not support masking")  # max pooling
MACHINE = Machine("Fast One 9000", 2, 8.0, "System 1", "3.11.0", {"numpy": "2.0"})


@pytest.fixture
def datasets() -> list[Dataset]:
    split = Split.of(TEXTS * 40, [1, 0, 0, 1] * 40)
    return [Dataset("mine", "a test", {"train": split, "validation": split, "test": split})]


@pytest.mark.parametrize("cell", ["bow", "simple_rnn", "lstm", "gru"])
@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize(
    ("bidirectional", "pooling"), [(True, "max_mean"), (False, "mean"), (True, "max")]
)
def test_the_plain_network_has_as_many_parameters(
    cell: str, layers: int, bidirectional: bool, pooling: str
) -> None:
    config = ModelConfig(
        cell, layers, units=3, embedding_dim=4, bidirectional=bidirectional, pooling=pooling
    )
    model = build_plain_network(config, 10)
    assert model.count_params() == count_parameters(config, 10).total


def test_the_plain_network_reads_the_last_state_too() -> None:
    config = ModelConfig("gru", units=3, embedding_dim=4, pooling="last")
    assert build_plain_network(config, 10).count_params() == count_parameters(config, 10).total


def test_plain_keras_learns_and_answers(make_model: Callable[..., Path]) -> None:
    model = load_model(make_model(pooling="mean", max_tokens=6, dropout=0.0, batch_size=2))
    plain = PlainKeras(model.config, model.tokenizer, TEXTS, np.array([1, 0, 0, 1]))
    before = plain.score(TEXTS)
    assert plain.train_epoch() > 0
    scores = plain.score(TEXTS)
    assert not np.allclose(before, scores, atol=1e-5)
    answers = [plain.predict([text])[0] for text in TEXTS]
    assert [answer.text for answer in answers] == TEXTS
    assert [answer.num_tokens for answer in answers] == [4, 7, 1, 2]
    np.testing.assert_allclose([a.probability for a in answers], scores, atol=1e-5)


# === Processes ===


def test_a_child_is_asked_line_by_line_and_ended() -> None:
    code = ECHO.format('\'{"said": "%s"}\' % line.strip()')
    with Child("-c", code) as child:
        assert child.ask("one") == {"said": "one"}
        assert child.ask("two") == {"said": "two"}
        os.kill(child.process_id, 0)
        if sys.platform == "linux":
            assert (peak_memory_mib(child.process_id) or 0) > 1
    with pytest.raises(ProcessLookupError):
        os.kill(child.process_id, 0)


def test_a_child_is_ended_in_the_middle_of_its_work(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    code = f"{ECHO.format(repr('{}'))}\nopen({str(mark)!r}, 'w')"
    with Child("-c", code) as child:
        assert child.ask("one") == {}
    assert not mark.exists()


def test_a_child_that_dies_is_an_error_with_its_last_words() -> None:
    with (
        Child("-c", "import sys; sys.exit('out of luck')") as child,
        pytest.raises(SentimentError, match="status 1: out of luck"),
    ):
        child.ask("anything")


def test_a_child_can_answer_with_an_error() -> None:
    with (
        Child("-c", ECHO.format('\'{"error": "training diverged"}\'')) as child,
        pytest.raises(SentimentError, match=r"^training diverged$"),
    ):
        child.ask("train")


def request(path: Path, **changes: Any) -> Request:
    values = {
        "model_path": str(path),
        "train_texts": TEXTS,
        "train_labels": [1, 0, 0, 1],
        "test_texts": TEXTS,
        "sentences": ["good film"],
        "num_calls": 3,
        "num_rounds": 2,
    }
    return Request(**{**values, **changes})


@pytest.mark.parametrize(
    ("kind", "asked_for"),
    [
        ("train", [("train", "seconds")] * 3),
        ("answer", [("score", "speed"), ("ask 0", "p99_seconds")]),
        ("keras", [("train", "seconds"), ("score", "speed"), ("ask 0", "p99_seconds")]),
    ],
)
def test_a_worker_answers_each_line(
    make_model: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    kind: str,
    asked_for: list[tuple[str, str]],
) -> None:
    model_path = make_model()
    place = model_path.parent / "request.json"
    request(model_path).write(place)
    lines = "".join(f"{line}\n" for line, _ in asked_for)
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
    speed_worker.main(kind, place)
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(answers) == len(asked_for)
    for answer, (_, key) in zip(answers, asked_for, strict=True):
        assert answer[key] > 0


# === Measuring ===


class FakeChild:
    """Answers at once, and notes what it is asked."""

    asked: list[tuple[str, str]]

    def __init__(self, *arguments: str) -> None:
        self.kind = arguments[2]
        self.process_id = 0

    def ask(self, line: str) -> dict[str, Any]:
        self.asked.append((self.kind, line))
        if line == "train":
            first = self.asked.count((self.kind, line)) == 1
            return {"seconds": (9.0 if first else 2.0) * (2 if self.kind == "keras" else 1)}
        if line == "score":
            return {"speed": 30.0 if self.kind == "keras" else 90.0}
        return {"num_tokens": 5, "p50_seconds": 0.1, "p99_seconds": 0.2, "num_calls": 7}

    def __enter__(self) -> "FakeChild":
        return self

    def __exit__(self, *error: object) -> None:
        """Nothing to end."""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    FakeChild.asked = []
    monkeypatch.setattr(speed_runs, "Child", FakeChild)
    return FakeChild.asked


def test_both_sides_take_turns(
    make_model: Callable[..., Path], datasets: list[Dataset], asked: list[tuple[str, str]]
) -> None:
    model = load_model(make_model(batch_size=10))
    told: list[tuple[int, int | None]] = []
    found = measure_speed(
        model,
        datasets,
        Effort(num_batches=2, num_test_batches=1, num_rounds=2, num_starts=1),
        against_keras=True,
        progress=lambda _, done, total: told.append((done, total)),
    )
    assert found.keras is not None
    assert [kind for kind, line in asked if line == "train"] == ["train", "keras"] * 3
    assert [kind for kind, line in asked if line == "score"] == ["answer", "keras"] * 2
    assert [(done, total) for done, total in told] == [(i, len(told)) for i in range(len(told))]
    assert found.num_train_texts == 20
    assert found.num_test_texts == 64
    assert found.ours.train_speeds == (10.0, 10.0)
    assert found.keras.train_speeds == (5.0, 5.0)
    assert (found.ours.compile_seconds, found.keras.compile_seconds) == (7.0, 14.0)
    assert found.train_ratio is not None
    assert found.train_ratio.mean == pytest.approx(2)
    assert found.inference_ratio is not None
    assert found.inference_ratio.mean == pytest.approx(3)
    assert len(found.cold_start_seconds) == 1


def test_without_keras_no_plain_network_is_measured(
    make_model: Callable[..., Path], datasets: list[Dataset], asked: list[tuple[str, str]]
) -> None:
    found = measure_speed(load_model(make_model()), datasets, Effort(num_rounds=1))
    assert "keras" not in dict(asked)
    assert (found.keras, found.train_ratio, found.inference_ratio) == (None, None, None)
    assert "keras" not in found.to_dict()


def test_texts_come_in_whole_batches_where_there_are_enough(datasets: list[Dataset]) -> None:
    counts = {
        size: len(speed_runs._choose(datasets, "train", 3, size)[0]) for size in (10, 100, 500)
    }
    assert counts == {10: 30, 100: 100, 500: 160}
    texts, labels = speed_runs._choose(datasets, "train", 2, 10)
    assert [label == 1 for label in labels] == [text.split()[-1] != "bad" and "bad" not in text
                                                for text in texts]  # fmt: skip


def test_sentences_have_their_lengths(make_model: Callable[..., Path]) -> None:
    tokenizer = load_model(make_model()).tokenizer
    sentences = speed_runs._sentences(tokenizer, TEXTS)
    assert [len(tokenizer.encode(text)) for text in sentences] == list(LENGTHS)


def test_real_processes_are_measured(datasets: list[Dataset], tmp_path: Path) -> None:
    config = RunConfig.from_settings({"units": 2, "embedding_dim": 2, "max_tokens": 8})
    model = save_untrained(config, datasets, tmp_path)
    found = measure_speed(model, datasets, Effort(1, 1, 2, 1, 1))
    assert min(found.ours.train_speeds + found.ours.inference_speeds) > 0
    assert [latency.num_tokens for latency in found.ours.latencies] == list(LENGTHS)
    assert found.cold_start_seconds[0] > 0
    if sys.platform == "linux":
        assert (found.ours.train_memory_mib or 0) > (found.predict_memory_mib or 0) > 1


# === Command and report ===


def test_a_saved_model_keeps_its_settings(make_model: Callable[..., Path]) -> None:
    make_model()
    result = CliRunner().invoke(main, ["speed", "--model", "tiny", "--cell", "gru"])
    assert result.exit_code == 1
    assert result.stderr == "Error: a saved model has its settings; leave out cell\n"


def test_the_command_prints_one_object(
    make_model: Callable[..., Path], asked: list[tuple[str, str]]
) -> None:
    make_model()
    arguments = ["speed", "--model", "tiny", "--against", "keras", "--batches", "1", "--json"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert set(found) == {"machine", "models"}
    (model,) = found["models"]
    assert model["model"] == "tiny"
    assert model["data"] == ["pairs"]
    assert {"ours", "keras", "train_ratio", "inference_ratio", "cold_start"} <= set(model)


def test_a_configuration_is_measured_untrained_and_leaves_nothing(
    home: Path, asked: list[tuple[str, str]]
) -> None:
    small = ["--cell", "lstm", "--units", "2", "--embedding-dim", "2", "--data", "pairs"]
    result = CliRunner().invoke(main, ["speed", *small])
    assert result.exit_code == 0, result.output
    assert "untrained-lstm" in result.output
    assert not (home / "models").exists()


def test_the_report_fits_80_columns_and_says_what_is_what() -> None:
    latency = Latency(5, 0.001, 0.02, 200)
    ours = Side((100.0, 110.0, 120.0), 4.0, 900.0, (1000.0, 1000.0), (latency,) * 4)
    keras = Side((50.0, 55.0, 60.0), 9.0, None, (500.0, 500.0), (latency,) * 4)
    config = RunConfig.from_settings({})
    model = ModelSpeed("[b]m", config, 1234, ("imdb",), 20, 64, ours, keras, (0.5, 0.7), 80.0)
    console = Console(width=80, file=io.StringIO())
    console.print(speed_report(SpeedReport(MACHINE, (model, model))))
    lines = console.file.getvalue().splitlines()  # type: ignore[attr-defined]
    text = " ".join(" ".join(lines).split())
    for expected in (
        "Fast One 9000", "[b]m", "110 (100–120)", "900 MiB", "unknown", "2.00 (2.00–2.00)",
        "1 / 20", "0.60 (0.50–0.70)", "plain Keras", "64 test texts",
    ):  # fmt: skip
        assert expected in text
    assert max(map(len, lines)) <= 80
