"""The source distribution of vaderSentiment 3.3.2, which has human ratings of words and sentences.

Hutto & Gilbert (2014), VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social
Media Text, ICWSM-14; MIT licence. The user's own pip brings it; it is checked against its hash and
read in memory.
"""

import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sentiment.datasets.cache import load_cached, store
from sentiment.datasets.dataset import Split
from sentiment.errors import DataUnavailableError

SDIST_SHA256 = "5d7c06e027fc8b99238edb0d53d970cf97066ef97654009890b83703849632f9"
PIP_SECONDS = 120

_PACKAGE = "vaderSentiment"
REQUIREMENT = f"{_PACKAGE}==3.3.2"


def cached_splits(
    data: str,
    layout: int,
    build: Callable[[bytes], dict[str, Split]],
    progress: Callable[[str], None] | None,
) -> tuple[dict[str, Split], list[str]]:
    """Splits from the user's cache, else from the archive.

    Args:
        data: name of the data set.
        layout: of its splits, so that what an earlier version cached is not taken for them.
        build: makes the splits of the archive's bytes.
        progress: is told what is being waited for, once, if there is anything to wait for.

    Returns:
        The splits, and what the user should know about them.

    Raises:
        DataUnavailableError: the archive is not cached and cannot be had.
    """
    key = f"{data}-{SDIST_SHA256[:16]}-{layout}"
    splits = load_cached(key)
    notes = []
    if splits is None:
        splits = build(fetch_sdist(data, progress))
        if not store(key, splits):
            notes.append("the cache directory cannot be written, so they are downloaded every time")
    return splits, notes


@contextmanager
def unpacked(data: str) -> Iterator[None]:
    """Let what goes wrong in reading the files be one clear line.

    Args:
        data: name of the data set that is read.
    """
    try:
        yield
    except (tarfile.TarError, OSError, EOFError, KeyError, ValueError) as error:
        raise DataUnavailableError(
            f"{data}: the source distribution of {REQUIREMENT} is not laid out as expected; use "
            "--data imdb or pairs"
        ) from error


def members(archive: bytes, names: Iterable[str]) -> dict[str, bytes]:
    """Contents of the files in a .tar.gz that have one of these names, whatever their folder."""
    wanted = set(names)
    found: dict[str, bytes] = {}
    with tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as tar:
        for member in tar:
            name = member.name.rpartition("/")[2]
            content = tar.extractfile(member) if name in wanted else None
            if content is not None:
                found[name] = content.read()
    return found


def fetch_sdist(data: str, progress: Callable[[str], None] | None) -> bytes:
    """The archive's bytes.

    Args:
        data: name of the data set that is made of it, for messages.
        progress: is told what is being waited for.

    Raises:
        DataUnavailableError: it cannot be had.
    """
    if progress is not None:
        progress(f"downloading the source distribution of {REQUIREMENT} with pip (2.5 MB)")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        _run_pip(data, Path(scratch))
        archives = list(Path(scratch).glob("*.tar.gz"))
        content = archives[0].read_bytes() if archives else b""
    if hashlib.sha256(content).hexdigest() != SDIST_SHA256:
        raise _unavailable(data, "pip brought something else, whose hash differs")
    return content


def _run_pip(data: str, folder: Path) -> None:
    """Let the user's pip, with its own settings, put the source distribution into a folder."""
    requirements = folder / "requirements.txt"
    requirements.write_text(f"{REQUIREMENT} --hash=sha256:{SDIST_SHA256}\n", encoding="utf-8")
    log = folder / "pip.log"
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--require-hashes"]
    command += ["--no-binary", _PACKAGE]  # not :all:, which would compile pip's build tools too
    command += ["--retries", "0", "--timeout", "5", "--no-input", "--disable-pip-version-check"]
    command += ["--progress-bar", "off", "-r", str(requirements), "-d", str(folder)]
    try:
        with log.open("wb") as output:  # a file: what pip starts could keep a pipe open for ever
            status = subprocess.run(
                command,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                timeout=PIP_SECONDS,
                check=False,
            ).returncode
    except subprocess.TimeoutExpired as error:
        raise _unavailable(data, f"pip took more than {PIP_SECONDS} seconds") from error
    except OSError as error:
        raise _unavailable(data, "Python could not be started to run pip") from error
    if status:
        raise _unavailable(data, _reason(log.read_text(encoding="utf-8", errors="replace"), status))


def _reason(output: str, status: int) -> str:
    """Why pip failed, in our words: its own name hosts and folders."""
    if "No module named pip" in output:
        return "this Python has no pip; get it with `python -m ensurepip`"
    if "DO NOT MATCH THE HASHES" in output:
        return "what pip found has another hash"
    if "No matching distribution found" in output:
        return "pip's package index does not answer or does not have it"
    return f"pip ended with status {status}; run `pip download --no-deps {REQUIREMENT}` to see why"


def _unavailable(data: str, reason: str) -> DataUnavailableError:
    return DataUnavailableError(
        f"{data} needs the source distribution of {REQUIREMENT}: {reason}; or use --data imdb "
        "or pairs"
    )
