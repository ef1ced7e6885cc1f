"""The clock starts warm, covers the way from the text on, and the machine is described."""

import itertools
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from sentiment.artifact import load_model
from sentiment.experiments import timing
from sentiment.experiments.timing import describe_machine, measure_latency, timed_scores
from sentiment.predictor import MANY, Predictor
from sentiment.progress import silent


@pytest.fixture
def predictor(make_model: Callable[..., Path]) -> Predictor:
    return Predictor.of(load_model(make_model(max_tokens=4)))


@pytest.fixture
def ticks(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """What the clock says, one after another."""
    times: list[float] = []
    monkeypatch.setattr(time, "perf_counter", lambda: times.pop(0))
    yield times
    assert times == []


def test_latency_is_a_quantile_over_single_calls(predictor: Predictor, ticks: list[float]) -> None:
    seconds = [0.001 * (1 + number) for number in range(101)]
    ticks += itertools.chain.from_iterable((10.0 * i, 10.0 * i + s) for i, s in enumerate(seconds))
    latency = measure_latency(predictor, "the film was good, not bad", num_calls=101)
    assert latency.num_tokens == 7
    assert latency.num_calls == 101
    assert latency.p50_seconds == pytest.approx(0.051)
    assert latency.p99_seconds == pytest.approx(0.100)


def test_latency_is_measured_on_raw_text_and_warm(
    predictor: Predictor, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[Any] = []
    predict, clock = Predictor.predict, time.perf_counter

    def note_predict(self: Predictor, texts: Sequence[str]) -> Any:
        calls.append(list(texts))
        return predict(self, texts)

    def note_clock() -> float:
        calls.append("clock")
        return clock()

    monkeypatch.setattr(Predictor, "predict", note_predict)
    monkeypatch.setattr(time, "perf_counter", note_clock)
    measure_latency(predictor, "good film", num_calls=2)
    first = calls.index("clock")
    assert first > 0
    assert calls[first:] == ["clock", ["good film"], "clock"] * 2


def test_inference_is_texts_a_second_of_all_texts(
    predictor: Predictor, ticks: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    scored: list[int] = []
    score = Predictor.score

    def note(self: Predictor, texts: Sequence[str], progress: Any = silent) -> NDArray[np.float32]:
        scored.append(len(texts))
        return score(self, texts, progress)

    monkeypatch.setattr(Predictor, "score", note)
    ticks += [5.0, 7.0]
    assert timed_scores(predictor, ["good film"] * 5_000)[1] == 2_500
    warm, timed = scored
    assert MANY <= warm < 2 * MANY  # with as few they would go another way than many
    assert timed == 5_000


@pytest.mark.parametrize("num_texts", [1, 2, 257])
def test_inference_of_any_number_of_texts_is_measured(predictor: Predictor, num_texts: int) -> None:
    assert timed_scores(predictor, ["good film"] * num_texts)[1] > 0


def test_inference_tells_how_far_it_is(predictor: Predictor) -> None:
    told: list[tuple[int, int | None]] = []
    timed_scores(predictor, ["good"] * 3, lambda _, done, total: told.append((done, total)))
    assert told == [(3, 3)]


def test_the_machine_is_described() -> None:
    machine = describe_machine()
    assert machine.processor
    assert machine.num_cores >= 1
    assert machine.memory_gib is None or machine.memory_gib > 0.1
    assert machine.python == ".".join(map(str, sys.version_info[:3]))
    assert machine.versions["numpy"] == np.__version__
    assert {"tensorflow", "keras", "onnxruntime"} >= set(machine.versions) - {"numpy"}


def test_a_processor_without_a_name_is_called_by_its_architecture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = tmp_path / "cpuinfo"
    named.write_text("processor\t: 0\nmodel name\t: Fast One 9000\n\nmodel name\t: Other\n")
    monkeypatch.setattr(timing, "_CPU_INFO", named)
    assert describe_machine().processor == "Fast One 9000"
    monkeypatch.setattr(timing, "_CPU_INFO", tmp_path / "missing")
    assert describe_machine().processor not in ("", "Fast One 9000")


def test_describing_the_machine_loads_no_tensorflow() -> None:
    code = (
        "import sys\n"
        "from sentiment.experiments.timing import describe_machine\n"
        "describe_machine()\n"
        "assert not {'tensorflow', 'keras', 'onnxruntime'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
