"""One measured process after another, each fresh, with as many threads as it is told."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sentiment.errors import SentimentError
from sentiment.paths import HOME_VARIABLE

ROOT = Path(__file__).resolve().parent.parent
SENTIMENT = (sys.executable, "-P", "-m", "sentiment.commands")
WORKER = (sys.executable, "-P", "-m", "benchmarks.worker")
NUM_THREADS = 2

_LAUNCH = (sys.executable, "-I", "-S", str(ROOT / "benchmarks" / "launch.py"))
_THREADS = (
    "OMP_NUM_THREADS",
    "MKL_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "RAYON_NUM_THREADS",
    "TF_NUM_INTRAOP_THREADS",
    "TF_NUM_INTEROP_THREADS",
)


@dataclass(frozen=True)
class Finished:
    """What a process took.

    Attributes:
        seconds: from its start to its end.
        cpu_seconds: of all its threads.
        peak_memory_mib: the most that it had resident.
        output: its standard output.
    """

    seconds: float
    cpu_seconds: float
    peak_memory_mib: float
    output: str

    @property
    def answer(self) -> Any:
        """The JSON on the last line of its output; libraries may print before it."""
        return json.loads(self.output.splitlines()[-1])


def finish(
    command: Sequence[str],
    *,
    num_threads: int = NUM_THREADS,
    package: Path | None = None,
    home: Path | None = None,
) -> Finished:
    """Run a command to its end, alone.

    Args:
        command: an absolute path and its arguments.
        num_threads: for each library's pool, on as many cores.
        package: folder that `sentiment` is imported from; None takes this checkout.
        home: where it keeps models and caches; None takes this process's.

    Raises:
        SentimentError: it failed; the message has its last words.
    """
    variables = environment(num_threads, package)
    if home is not None:
        variables[HOME_VARIABLE] = str(home)
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch, "figures.json")
        run = subprocess.run(
            [*_LAUNCH, str(place), str(num_threads), *command],
            capture_output=True,
            text=True,
            env=variables,
            check=False,
        )
        found = json.loads(place.read_text(encoding="utf-8")) if place.exists() else {"status": 1}
    if found.pop("status"):
        lines = [line for line in run.stderr.splitlines() if line.strip()] or ["it said nothing"]
        raise SentimentError(f"`{' '.join(command[2:])}` failed: {lines[-1].strip()}")
    return Finished(output=run.stdout, **found)


def large_product(library: str, size: int) -> float:
    """FLOP/s of a `size`×`size` float32 product in a library, in a fresh process."""
    found: float = finish([*WORKER, "product", library, str(size)]).answer["flops_per_second"]
    return found


def environment(num_threads: int = NUM_THREADS, package: Path | None = None) -> dict[str, str]:
    """The variables of a measured process; see `finish`.

    Bytecode is kept between runs, as that of every installed package is.
    """
    folders = [str(folder) for folder in (package, ROOT) if folder is not None]
    kept = {name: each for name, each in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {
        **kept,
        **dict.fromkeys(_THREADS, str(num_threads)),
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "PYTHONPATH": os.pathsep.join(filter(None, [*folders, os.environ.get("PYTHONPATH")])),
    }


@contextmanager
def package_of(revision: str) -> Iterator[Path]:
    """A folder with nothing but the package `sentiment` of another commit, until the context ends.

    Raises:
        SentimentError: git does not know the revision.
    """
    with tempfile.TemporaryDirectory() as scratch:
        tree, folder = Path(scratch, "tree"), Path(scratch, "package")
        _git("worktree", "add", "--detach", str(tree), revision)
        try:
            folder.mkdir()
            (folder / "sentiment").symlink_to(tree / "sentiment")
            yield folder
        finally:
            _git("worktree", "remove", "--force", str(tree))


def commit_of(revision: str) -> str:
    """The whole hash of a revision.

    Raises:
        SentimentError: git does not know it.
    """
    return _git("rev-parse", "--verify", f"{revision}^{{commit}}")


def _git(*arguments: str) -> str:
    run = subprocess.run(
        ["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=False
    )
    if run.returncode:
        words = run.stderr.strip().splitlines() or ["it said nothing"]
        raise SentimentError(f"git {arguments[0]} {arguments[1]} failed: {words[-1]}")
    return run.stdout.strip()
