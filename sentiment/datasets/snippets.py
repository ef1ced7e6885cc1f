"""Rated sentences in four domains: films, tweets, products and editorials.

Hutto & Gilbert (2014), VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social
Media Text, ICWSM-14. 20 people rated each sentence from −4 to 4; the mean of at least 0.5 counts as
positive, of at most −0.5 as negative, the rest is kept apart as `neutral`. MIT licence. The files
are in the source distribution of vaderSentiment 3.3.2, which the user's own pip brings; it is
checked against its hash and read in memory.

A labelled sentence belongs to a split by its text alone, whatever else is in the set:
`int(sha256(text as UTF-8).hexdigest(), 16) % 10` is 0 to 7 in `train`, 8 in `validation`, 9 in
`test`. A text that occurs more than once counts once, with the rating it has first.
"""

import difflib
import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute

from sentiment.datasets.cache import load_cached, store
from sentiment.datasets.dataset import NEUTRAL, TEST, TRAIN, VALIDATION, Dataset, Split
from sentiment.errors import DataError, DataUnavailableError

SDIST_SHA256 = "5d7c06e027fc8b99238edb0d53d970cf97066ef97654009890b83703849632f9"
PIP_SECONDS = 120
POSITIVE_FROM = 0.5
NEGATIVE_TO = -0.5

DOMAIN_FILES = {
    "films": "movieReviewSnippets_GroundTruth.txt",
    "tweets": "tweets_GroundTruth.txt",
    "products": "amazonReviewSnippets_GroundTruth.txt",
    "editorials": "nytEditorialSnippets_GroundTruth.txt",
}
DOMAINS = tuple(DOMAIN_FILES)

_PACKAGE = "vaderSentiment"
_REQUIREMENT = f"{_PACKAGE}==3.3.2"
_INNER_ARCHIVE = "hutto_ICWSM_2014.tar.gz"
_ENCODING = "utf-8"
_LAYOUT = 2
_SOURCE = f"Hutto & Gilbert 2014 (MIT), inside the source distribution of {_REQUIREMENT}"


def snippets(domain: str | None = None, progress: Callable[[str], None] | None = None) -> Dataset:
    """The rated sentences of all domains, or of one.

    Args:
        domain: one of `DOMAINS`; None takes all.
        progress: is told what is being waited for, once, if there is anything to wait for.

    Returns:
        A data set named `snippets` or `snippets:films`, with the splits `train`, `validation`,
        `test` and the unlabelled `neutral`; each has the columns `domain` (string) and `rating`
        (float64, −4 to 4) too.

    Raises:
        DataError: there is no such domain.
        DataUnavailableError: the source distribution is not cached and cannot be had.
    """
    if domain is not None and domain not in DOMAINS:
        close = difflib.get_close_matches(domain, DOMAINS, n=1)
        hint = f"did you mean 'snippets:{close[0]}'? " if close else ""
        raise DataError(
            f"there is no domain {domain!r} in snippets; {hint}There are {', '.join(DOMAINS)}"
        )
    notes = ["sentences that occur more than once are kept once"]
    key = f"snippets-{SDIST_SHA256[:16]}-{_LAYOUT}"
    splits = load_cached(key)
    if splits is None:
        splits = _build(_fetch_sdist(progress))
        if not store(key, splits):
            notes.append("the cache directory cannot be written, so they are downloaded every time")
    if domain is not None:
        splits = {name: _of_domain(split, domain) for name, split in splits.items()}
    notes.append(f"{len(splits[NEUTRAL]):,} sentences with a mean rating near 0 are kept apart")
    name = "snippets" if domain is None else f"snippets:{domain}"
    return Dataset(name, _SOURCE, splits, tuple(notes))


def split_of(text: str) -> str:
    """The split that a labelled sentence belongs to, by its text alone."""
    remainder = int(hashlib.sha256(text.encode("utf-8")).hexdigest(), 16) % 10
    if remainder == 9:
        return TEST
    return VALIDATION if remainder == 8 else TRAIN


def _of_domain(split: Split, domain: str) -> Split:
    return Split(split.table.filter(pyarrow.compute.equal(split.table["domain"], domain)))


# === Reading ===


def _build(sdist: bytes) -> dict[str, Split]:
    rows: dict[str, list[tuple[str, str, float]]] = {
        TRAIN: [],
        VALIDATION: [],
        TEST: [],
        NEUTRAL: [],
    }
    seen: set[str] = set()
    for domain, text, rating in _rated_sentences(sdist):
        if text in seen:
            continue
        seen.add(text)
        neutral = NEGATIVE_TO < rating < POSITIVE_FROM
        rows[NEUTRAL if neutral else split_of(text)].append((domain, text, rating))
    return {
        name: Split.of(
            [text for _, text, _ in found],
            None if name == NEUTRAL else [int(rating > 0) for _, _, rating in found],
            domain=pa.array([domain for domain, _, _ in found], pa.string()),
            rating=pa.array([rating for _, _, rating in found], pa.float64()),
        )
        for name, found in rows.items()
    }


def _rated_sentences(sdist: bytes) -> Iterator[tuple[str, str, float]]:
    """Yield (domain, text, mean rating), domain by domain in the order of the files."""
    try:
        files = _members(_members(sdist, (_INNER_ARCHIVE,))[_INNER_ARCHIVE], DOMAIN_FILES.values())
        for domain, file_name in DOMAIN_FILES.items():
            for line in files[file_name].decode(_ENCODING).split("\n"):
                if line.strip():
                    _, rating, text = line.rstrip("\r").split("\t")
                    yield domain, text, float(rating)
    except (tarfile.TarError, OSError, EOFError, KeyError, ValueError) as error:
        raise DataUnavailableError(
            f"the source distribution of {_REQUIREMENT} is not laid out as expected; use --data "
            "imdb or pairs"
        ) from error


def _members(archive: bytes, names: Iterable[str]) -> dict[str, bytes]:
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


# === Fetching ===


def _fetch_sdist(progress: Callable[[str], None] | None) -> bytes:
    if progress is not None:
        progress(f"downloading the source distribution of {_REQUIREMENT} with pip (2.5 MB)")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        _run_pip(Path(scratch))
        archives = list(Path(scratch).glob("*.tar.gz"))
        content = archives[0].read_bytes() if archives else b""
    if hashlib.sha256(content).hexdigest() != SDIST_SHA256:
        raise _unavailable("pip brought something else, whose hash differs")
    return content


def _run_pip(folder: Path) -> None:
    """Let the user's pip, with its own settings, put the source distribution into a folder."""
    requirements = folder / "requirements.txt"
    requirements.write_text(f"{_REQUIREMENT} --hash=sha256:{SDIST_SHA256}\n", encoding="utf-8")
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
        raise _unavailable(f"pip took more than {PIP_SECONDS} seconds") from error
    except OSError as error:
        raise _unavailable("Python could not be started to run pip") from error
    if status:
        raise _unavailable(_reason(log.read_text(encoding="utf-8", errors="replace"), status))


def _reason(output: str, status: int) -> str:
    """Why pip failed, in our words: its own name hosts and folders."""
    if "No module named pip" in output:
        return "this Python has no pip; get it with `python -m ensurepip`"
    if "DO NOT MATCH THE HASHES" in output:
        return "what pip found has another hash"
    if "No matching distribution found" in output:
        return "pip's package index does not answer or does not have it"
    return f"pip ended with status {status}; run `pip download --no-deps {_REQUIREMENT}` to see why"


def _unavailable(reason: str) -> DataUnavailableError:
    return DataUnavailableError(
        f"snippets needs the source distribution of {_REQUIREMENT}: {reason}; or use --data imdb "
        "or pairs"
    )
