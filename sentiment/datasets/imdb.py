"""The Large Movie Review Dataset (IMDB): 50,000 labelled reviews and 50,000 without a label.

Maas et al. (2011), Learning Word Vectors for Sentiment Analysis, ACL-HLT. Whatever it is read from,
rows are put into the order of their texts' SHA-256, so that the same reviews always end up in the
same split with the same fingerprint. The only data set that needs TensorFlow Datasets, and only
the first time: afterwards the Arrow copy serves.
"""

import concurrent.futures
import functools
import hashlib
import os
import tarfile
import threading
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from sentiment.datasets.cache import load_cached, store
from sentiment.datasets.dataset import (
    TEST,
    TRAIN,
    UNSUPERVISED,
    VALIDATION,
    Dataset,
    Split,
    hold_out,
)
from sentiment.errors import DataError, DataUnavailableError
from sentiment.progress import Progress, silent
from sentiment.quiet import quiet_tensorflow

BUILDER = "imdb_reviews/plain_text/1.0.0"
BUCKET = f"gs://tfds-data/datasets/{BUILDER}"
ARCHIVE_SHA256 = "c40f74a18d3b61f90feba1e17730e0d38e8b97c05fde7008942e91923d1658fe"  # TFDS's own
_BUCKET_HOST = "TFDS's public bucket"
PROBES = {
    _BUCKET_HOST: f"https://storage.googleapis.com/tfds-data/datasets/{BUILDER}/features.json",
    "the original host": "http://ai.stanford.edu/~amaas/data/sentiment/",
}
PROBE_SECONDS = 8.0
VALIDATION_FRACTION = 0.1
VALIDATION_SEED = 0
NUM_REVIEWS = 100_000

_LAYOUT = 1
_PREPARED = f"prepared folder {BUILDER}"  # not its whole path: models travel
_DOWNLOADED = f"imdb-downloaded-{_LAYOUT}"
_BATCH_SIZE = 1_000
_FOLDERS = {"train/neg": 0, "train/pos": 1, "train/unsup": -1, "test/neg": 0, "test/pos": 1}

Rows = Iterator[tuple[str, str, int]]
"""(`train`, `test` or `unsupervised`; text; label, −1 where there is none)."""


def imdb(data_dir: Path | None = None, progress: Progress = silent) -> Dataset:
    """The reviews, prepared by TensorFlow Datasets.

    Args:
        data_dir: where TensorFlow Datasets keeps prepared data; None takes `TFDS_DATA_DIR`, else
            `~/tensorflow_datasets`. A prepared folder is only read. Without one the reviews come
            from TFDS's public bucket, else from the original host, which prepares them there.
        progress: is told how many of the reviews were read.

    Raises:
        DataUnavailableError: they are not prepared and no host answers.
        DataError: the prepared folder is damaged.
    """
    root = data_dir or Path(os.environ.get("TFDS_DATA_DIR") or "~/tensorflow_datasets").expanduser()
    prepared = root / BUILDER
    if (prepared / "dataset_info.json").is_file():
        key = _key(_folder_digest(prepared))
        return _dataset(key, _PREPARED, lambda: _read_prepared(str(prepared)), progress)
    if data_dir is not None and not data_dir.is_dir():
        raise DataUnavailableError(f"IMDB: there is no folder {data_dir}; name one with --data-dir")
    cached = load_cached(_DOWNLOADED)
    if cached is not None:
        return Dataset("imdb", "downloaded before by TensorFlow Datasets", cached)
    return _download(root, progress)


def imdb_archive(path: Path, progress: Progress = silent) -> Dataset:
    """The reviews from `aclImdb_v1.tar.gz`, or from the folder `aclImdb` that it unpacks to.

    Raises:
        DataError: the archive is not the one that TensorFlow Datasets knows, or the folder lacks
            a part.
    """
    if path.is_dir():
        missing = [name for name in _FOLDERS if not (path / name).is_dir()]
        if missing:
            raise DataError(f"{path} is not the unpacked IMDB archive: it has no {missing[0]}")
        digest = _digest(
            f"{name}:{hashlib.sha256((path / name).read_bytes()).hexdigest()}"
            for name in _names_in(path)
        )
        return _dataset(_key(digest), f"folder {path}", lambda: _read_folder(path), progress)
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise DataError(f"cannot read {path}: {error.strerror}") from error
    if digest != ARCHIVE_SHA256:
        raise DataError(
            f"{path} is not the IMDB archive: its SHA-256 is {digest[:12]}…, not "
            f"{ARCHIVE_SHA256[:12]}…; download it again"
        )
    return _dataset(_key(digest), f"archive {path}", lambda: _read_archive(path), progress)


# === Splits ===


def _dataset(key: str, source: str, read: Callable[[], Rows], progress: Progress) -> Dataset:
    splits = load_cached(key)
    if splits is None:
        splits = _build(read(), progress)
        store(key, splits)
    return Dataset("imdb", source, splits)


def _build(rows: Rows, progress: Progress) -> dict[str, Split]:
    found: dict[str, list[tuple[bytes, str, int]]] = {TRAIN: [], TEST: [], UNSUPERVISED: []}
    progress("reading IMDB", 0, NUM_REVIEWS)
    for number, (name, text, label) in enumerate(rows, start=1):
        found[name].append((hashlib.sha256(text.encode()).digest(), text, label))
        if number % _BATCH_SIZE == 0:
            progress("reading IMDB", number, NUM_REVIEWS)
    for name, split in found.items():
        if not split:
            raise DataError(f"IMDB as found here has no {name} reviews; prepare it again")
        split.sort()
    splits = {
        TRAIN: _labelled(found[TRAIN]),
        TEST: _labelled(found[TEST]),
        UNSUPERVISED: Split.of([text for _, text, _ in found[UNSUPERVISED]], None),
    }
    kept, held_out = hold_out(splits[TRAIN].labels, VALIDATION_FRACTION, VALIDATION_SEED)
    return {
        TRAIN: splits[TRAIN].take(kept),
        VALIDATION: splits[TRAIN].take(held_out),
        TEST: splits[TEST],
        UNSUPERVISED: splits[UNSUPERVISED],
    }


def _labelled(rows: list[tuple[bytes, str, int]]) -> Split:
    return Split.of([text for _, text, _ in rows], [label for _, _, label in rows])


def _key(digest: str) -> str:
    return f"imdb-{digest[:16]}-{_LAYOUT}"


# === Reading ===


def _folder_digest(folder: Path) -> str:
    parts = []
    for path in sorted(path for path in folder.iterdir() if path.is_file()):
        with path.open("rb") as file:
            parts.append(f"{path.name}:{hashlib.file_digest(file, 'sha256').hexdigest()}")
    return _digest(parts)


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _read_prepared(folder: str) -> Rows:
    """Rows of a folder, or bucket, that TensorFlow Datasets prepared."""
    with quiet_tensorflow():
        import tensorflow_datasets as tfds

    try:
        builder = tfds.builder_from_directory(folder)
        for name in (TRAIN, TEST, UNSUPERVISED):
            batches = builder.as_dataset(split=name, batch_size=_BATCH_SIZE, shuffle_files=False)
            for batch in tfds.as_numpy(batches):
                for text, label in zip(batch["text"], batch["label"], strict=True):
                    yield name, text.decode(), int(label)
    except Exception as error:  # TensorFlow and TFDS raise what they like on damaged files
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise DataError(f"IMDB prepared in {folder} cannot be read: {reason[:200]}") from error


def _read_folder(folder: Path) -> Rows:
    for name in _names_in(folder):
        yield _row(name, (folder / name).read_bytes())


def _names_in(folder: Path) -> Iterator[str]:
    for part in _FOLDERS:
        for path in sorted((folder / part).glob("*.txt")):
            yield f"{part}/{path.name}"


def _read_archive(path: Path) -> Rows:
    try:
        with tarfile.open(path, mode="r|gz") as archive:
            for member in archive:
                name = member.name.partition("aclImdb/")[2]
                if name.rpartition("/")[0] in _FOLDERS and name.endswith(".txt"):
                    content = archive.extractfile(member)
                    assert content is not None
                    yield _row(name, content.read())
    except (tarfile.TarError, OSError, EOFError) as error:
        raise DataError(f"{path} cannot be unpacked: {error}; download it again") from error


def _row(name: str, content: bytes) -> tuple[str, str, int]:
    folder = name.rpartition("/")[0]
    label = _FOLDERS[folder]
    split = UNSUPERVISED if label < 0 else folder.partition("/")[0]
    # TensorFlow Datasets strips the texts, so that is what a prepared folder holds.
    return split, content.strip().decode("utf-8", errors="replace"), label


# === Downloading ===


def _download(root: Path, progress: Progress) -> Dataset:
    progress("looking for IMDB's hosts", 0, None)
    reachable = reachable_hosts()
    failures = [f"{host} does not answer" for host in PROBES if host not in reachable]
    for host in reachable:
        progress(f"fetching IMDB from {host}", 0, None)
        try:
            folder = BUCKET if host == _BUCKET_HOST else _prepare(root)
            return _dataset(_DOWNLOADED, host, functools.partial(_read_prepared, folder), progress)
        except DataError as error:
            failures.append(str(error))
    raise DataUnavailableError(
        f"IMDB is not prepared in {root}, and {'; '.join(failures)}. Point --data-dir or "
        "TFDS_DATA_DIR to a prepared folder, or give --data the path of aclImdb_v1.tar.gz"
    )


def _prepare(root: Path) -> str:
    """Let TensorFlow Datasets download from the original host and prepare the reviews."""
    with quiet_tensorflow():
        import tensorflow_datasets as tfds

    try:
        builder = tfds.builder(BUILDER.rpartition("/")[0], data_dir=str(root))
        config = tfds.download.DownloadConfig(try_download_gcs=False)
        builder.download_and_prepare(download_config=config)
        return str(builder.data_dir)
    except Exception as error:  # TensorFlow Datasets raises what its downloader raises
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise DataError(f"TensorFlow Datasets could not prepare it: {reason[:200]}") from error


def reachable_hosts(seconds: float = PROBE_SECONDS) -> list[str]:
    """Names of the hosts of `PROBES` that answer, all asked at once, within `seconds` in all.

    TensorFlow and TFDS ask an unreachable host again for over three minutes; this asks once.
    """
    answers: dict[str, concurrent.futures.Future[bool]] = {}
    for host, address in PROBES.items():
        answer: concurrent.futures.Future[bool] = concurrent.futures.Future()
        answers[host] = answer
        # A daemon, since looking up a name can hang longer than any time-out of a socket.
        threading.Thread(target=_probe, args=(address, seconds, answer), daemon=True).start()
    concurrent.futures.wait(answers.values(), timeout=seconds)
    return [host for host, answer in answers.items() if answer.done() and answer.result()]


def _probe(address: str, seconds: float, answer: "concurrent.futures.Future[bool]") -> None:
    try:
        request = urllib.request.Request(address, method="HEAD")
        with urllib.request.urlopen(request, timeout=seconds):
            answer.set_result(True)
    except Exception:  # urllib raises what it likes on odd answers and proxies
        answer.set_result(False)
