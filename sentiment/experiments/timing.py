"""How fast a model answers, and on what machine. Loads no TensorFlow."""

import os
import platform
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sentiment.artifact import installed_versions
from sentiment.predictions import Prediction
from sentiment.predictor import MANY
from sentiment.progress import Progress, silent

_WARM_CALLS = 10
_PACKAGES = ("tensorflow", "keras", "onnxruntime", "numpy")
_CPU_INFO = Path("/proc/cpuinfo")


class Answerer(Protocol):
    """Whatever answers texts as a `predictor.Predictor` does."""

    def predict(self, texts: Sequence[str]) -> list[Prediction]:
        """Answer texts, in order."""

    def score(self, texts: Sequence[str], progress: Progress = silent) -> NDArray[np.float32]:
        """P(positive) of many texts, <float32>[num_texts]."""


@dataclass(frozen=True)
class Latency:
    """How long one text takes, from text to answer, with the model loaded and warm.

    Attributes:
        num_tokens: of the text, uncut.
        p50_seconds: the median.
        p99_seconds: what 99 % of the calls stay below.
        num_calls: calls measured.
    """

    num_tokens: int
    p50_seconds: float
    p99_seconds: float
    num_calls: int


@dataclass(frozen=True)
class Machine:
    """What figures were measured on.

    Attributes:
        processor: its name.
        num_cores: logical cores that this process may use.
        memory_gib: of the machine; None where the system does not tell.
        system: operating system.
        python: its version.
        versions: of the packages that the figures depend on, by name.
    """

    processor: str
    num_cores: int
    memory_gib: float | None
    system: str
    python: str
    versions: Mapping[str, str]


def measure_latency(predictor: Answerer, text: str, num_calls: int = 200) -> Latency:
    """Ask about one text again and again, one text a call.

    Args:
        predictor: the model.
        text: as a user types it.
        num_calls: calls to measure, at least 1; some unmeasured ones come before them.

    Raises:
        ModelError: the network cannot be run.
    """
    for _ in range(_WARM_CALLS):
        (answer,) = predictor.predict([text])
    seconds = np.empty(num_calls)
    for call in range(num_calls):
        begin = time.perf_counter()
        predictor.predict([text])
        seconds[call] = time.perf_counter() - begin
    p50, p99 = np.percentile(seconds, [50, 99])
    return Latency(answer.num_tokens, float(p50), float(p99), num_calls)


def timed_scores(
    predictor: Answerer, texts: Sequence[str], progress: Progress = silent
) -> tuple[NDArray[np.float32], float]:
    """Score many texts, from text to probability; tokenizing counts.

    Some of them, of every length, are scored before the clock starts: the first time loads the
    network and takes its memory. Of many texts these are enough to go the way of many, too.

    Args:
        predictor: the model.
        texts: at least one.
        progress: is told how many are scored.

    Returns:
        P(positive), <float32>[num_texts], and texts a second.

    Raises:
        ModelError: the network cannot be run.
    """
    by_length = sorted(texts, key=len)
    predictor.score(by_length[:: max(1, len(texts) // MANY)])
    begin = time.perf_counter()
    probabilities = predictor.score(texts, progress)
    return probabilities, len(texts) / (time.perf_counter() - begin)


def describe_machine() -> Machine:
    """What this process runs on."""
    return Machine(
        processor=_processor(),
        num_cores=_num_cores(),
        memory_gib=_memory_gib(),
        system=f"{platform.system()} {platform.release()}",
        python=platform.python_version(),
        versions=installed_versions(_PACKAGES),
    )


def peak_memory_mib(process_id: int) -> float | None:
    """The most memory that a running process has had resident so far; None but on Linux.

    The kernel counts anew when a program starts, unlike the figure that a parent gets when its
    child has ended, in which the parent's own memory can hide.
    """
    try:
        lines = Path(f"/proc/{process_id}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    kilobytes = [line.split()[1] for line in lines if line.startswith("VmHWM:")]
    return int(kilobytes[0]) / 1024 if kilobytes else None


def _processor() -> str:
    """Its name; on Linux Python knows the architecture alone."""
    try:
        lines = _CPU_INFO.read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    for line in lines:
        key, _, value = line.partition(":")
        if key.strip() == "model name":
            return value.strip()
    return platform.processor() or platform.machine()


def _num_cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _memory_gib() -> float | None:
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    except (AttributeError, ValueError, OSError):
        return None
