import hashlib
import inspect
import io
import os
import shutil
import socket
import subprocess
import sys
import tarfile
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from sentiment import paths
from sentiment.datasets import imdb as module
from sentiment.datasets.dataset import Dataset
from sentiment.datasets.imdb import BUILDER, imdb, imdb_archive, reachable_hosts
from sentiment.errors import DataError, DataUnavailableError

# Ends of lines and spaces around a text are not part of it for TensorFlow Datasets.
ENDS = ("", "\n", " ", "\r\n\t", "  ")
LABELLED = 20  # texts of each label, in train and in test
UNLABELLED = 9
PARTS = {"train/neg": LABELLED, "train/pos": LABELLED, "test/neg": LABELLED, "test/pos": LABELLED}
PARTS["train/unsup"] = UNLABELLED


def review(part: str, number: int) -> str:
    word = {"neg": "dull", "pos": "bright"}.get(part.partition("/")[2], "some")
    return f"The {word} café № {number} of {part}.<br />It is what it is."


TEXTS = {part: [review(part, number) for number in range(count)] for part, count in PARTS.items()}


# === What the reviews are read from, made once ===


@pytest.fixture(scope="session")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked") / "aclImdb"
    for part, texts in TEXTS.items():
        (folder / part).mkdir(parents=True)
        for number, text in enumerate(texts):
            content = text + ENDS[number % len(ENDS)]
            (folder / part / f"{number}_5.txt").write_bytes(content.encode())
    (folder / "README").write_text("not a review")
    (folder / "train" / "urls_pos.txt").write_text("not a review")
    return folder


@pytest.fixture(scope="session")
def archive(unpacked: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("archive") / "aclImdb_v1.tar.gz"
    with tarfile.open(path, mode="w:gz") as tar:
        tar.add(unpacked, "aclImdb")
    return path


def prepare(root: Path, unpacked: Path, backwards: bool = False, shard: int = 100) -> Path:
    """What TensorFlow Datasets makes of the unpacked reviews, by its own reader and writer."""
    import tensorflow_datasets as tfds
    from tensorflow_datasets.core import sequential_writer
    from tensorflow_datasets.datasets.imdb_reviews import imdb_reviews_dataset_builder

    read: Any = imdb_reviews_dataset_builder.Builder._generate_examples
    folder = root / BUILDER
    folder.mkdir(parents=True)
    identity = tfds.core.dataset_info.DatasetIdentity(
        name="imdb_reviews",
        version=tfds.core.Version("1.0.0"),
        data_dir=str(folder),
        module_name=__name__,
        config_name="plain_text",
    )
    features = tfds.features.FeaturesDict(
        {"text": tfds.features.Text(), "label": tfds.features.ClassLabel(names=["neg", "pos"])}
    )
    info = tfds.core.DatasetInfo(builder=identity, features=features)
    writer = sequential_writer.SequentialWriter(info, max_examples_per_shard=shard)
    splits = {"train": "train", "test": "test", "unsupervised": "train"}
    writer.initialize_splits(list(splits))
    files = [
        (f"aclImdb/{path.relative_to(unpacked)}", path) for path in sorted(unpacked.rglob("*.txt"))
    ]
    for name, directory in splits.items():
        opened = ((name, io.BytesIO(path.read_bytes())) for name, path in files)
        rows = read(None, opened, f"aclImdb/{directory}", labeled=name != "unsupervised")
        examples = [row for _, row in rows]
        writer.add_examples({name: examples[::-1] if backwards else examples})
    writer.close_all()
    return root


@pytest.fixture(scope="session")
def prepared(unpacked: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepare(tmp_path_factory.mktemp("prepared"), unpacked)


@pytest.fixture(scope="session")
def dataset(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """What the prepared folder gives."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(paths.HOME_VARIABLE, str(tmp_path_factory.mktemp("home")))
        return imdb(prepared)


@pytest.fixture(autouse=True)
def nothing_around(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No prepared data, no proxy, and hosts that are ports of this machine where nobody listens."""
    monkeypatch.setenv("HOME", str(tmp_path / "nobody"))
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setattr(module, "BUCKET", str(tmp_path / "no bucket"))
    closed = closed_port()
    monkeypatch.setattr(
        module, "PROBES", dict.fromkeys(module.PROBES, f"http://127.0.0.1:{closed}")
    )


def rows_of(dataset: Dataset) -> dict[str, list[tuple[str, int | None]]]:
    return {
        name: [(row["text"], row["label"]) for row in split.table.to_pylist()]
        for name, split in dataset.splits.items()
    }


def one_line(error: BaseException) -> str:
    text = str(error)
    assert len(text.splitlines()) == 1
    return text


PREPARED = f"prepared folder {BUILDER}"


def no_tfds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tensorflow_datasets", None)


# === A prepared folder ===


def test_a_prepared_folder_gives_the_official_splits(dataset: Dataset, prepared: Path) -> None:
    found = rows_of(dataset)
    assert dataset.name == "imdb"
    assert dataset.source == PREPARED
    assert str(prepared) not in dataset.source  # it goes into models, which travel
    assert list(found) == ["train", "validation", "test", "unsupervised"]
    train = {(text, 0) for text in TEXTS["train/neg"]} | {(text, 1) for text in TEXTS["train/pos"]}
    test = {(text, 0) for text in TEXTS["test/neg"]} | {(text, 1) for text in TEXTS["test/pos"]}
    assert sorted(found["train"] + found["validation"]) == sorted(train)
    assert sorted(found["test"]) == sorted(test)
    assert sorted(found["unsupervised"]) == sorted((t, None) for t in TEXTS["train/unsup"])


def test_a_tenth_of_each_label_is_held_out(dataset: Dataset) -> None:
    assert dataset.validation.labels.tolist().count(0) == LABELLED // 10
    assert dataset.validation.labels.tolist().count(1) == LABELLED // 10
    assert dataset.train.labels.tolist().count(0) == LABELLED - LABELLED // 10
    assert dataset.train.labels.tolist().count(1) == LABELLED - LABELLED // 10


def test_rows_are_in_the_order_of_their_hashes(dataset: Dataset) -> None:
    for split in dataset.splits.values():
        hashes = [hashlib.sha256(text.encode()).hexdigest() for text in split.texts]
        assert hashes == sorted(hashes)


def test_the_order_of_files_and_examples_does_not_matter(
    dataset: Dataset, prepared: Path, unpacked: Path, tmp_path: Path
) -> None:
    other = prepare(tmp_path / "other", unpacked, backwards=True, shard=7)
    assert len(list((other / BUILDER).iterdir())) > len(list((prepared / BUILDER).iterdir()))
    assert rows_of(imdb(other)) == rows_of(dataset)
    assert imdb(other).fingerprint() == dataset.fingerprint()


def test_a_prepared_folder_is_never_written_to(prepared: Path) -> None:
    def state() -> list[tuple[str, int, int, bytes]]:
        return [
            (str(p), p.stat().st_mtime_ns, p.stat().st_mode, p.read_bytes() if p.is_file() else b"")
            for p in sorted([prepared, *prepared.rglob("*")])
        ]

    for path in prepared.rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    prepared.chmod(0o555)
    try:
        before = state()
        imdb(prepared)
        imdb(prepared)
        assert state() == before
    finally:
        for path in [prepared, *prepared.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)


def test_a_second_read_comes_from_the_copy_and_without_tensorflow(prepared: Path) -> None:
    first = imdb(prepared)
    code = (
        "import sys; from pathlib import Path; from sentiment.datasets.imdb import imdb\n"
        "dataset = imdb(Path(sys.argv[1]))\n"
        "slow = {'tensorflow', 'tensorflow_datasets', 'keras'} & set(sys.modules)\n"
        "print(dataset.fingerprint(), sorted(slow))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code, str(prepared)], capture_output=True, text=True, check=True
    )
    assert answer.stdout.split(maxsplit=1) == [first.fingerprint(), "[]\n"]


def test_a_prepared_folder_with_other_contents_is_read_anew(
    dataset: Dataset, unpacked: Path, tmp_path: Path
) -> None:
    changed = shutil.copytree(unpacked, tmp_path / "aclImdb")
    (changed / "train/pos/0_5.txt").write_text("Another one.")
    second = imdb(prepare(tmp_path / "changed", changed))
    assert dataset.fingerprint() != second.fingerprint()
    assert "Another one." in second.train.texts + second.validation.texts


def test_the_variable_of_tensorflow_datasets_is_honoured(
    prepared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TFDS_DATA_DIR", str(prepared))
    assert imdb().source == PREPARED


def test_a_folder_that_is_given_goes_before_the_variable(
    prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TFDS_DATA_DIR", str(tmp_path))
    assert imdb(prepared).source == PREPARED


def test_without_a_variable_the_home_folder_is_looked_into(
    prepared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Path(os.environ["HOME"])
    home.mkdir()
    (home / "tensorflow_datasets").symlink_to(prepared)
    assert imdb().source == PREPARED


def test_a_folder_that_is_not_there_is_answered_without_asking_a_host(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "reachable_hosts", lambda: pytest.fail("a host was asked"))
    with pytest.raises(DataUnavailableError, match="there is no folder"):
        imdb(tmp_path / "missing")


def test_other_folders_in_a_prepared_folder_do_not_disturb(
    dataset: Dataset, prepared: Path, tmp_path: Path
) -> None:
    copy = shutil.copytree(prepared, tmp_path / "copy")
    (copy / BUILDER / ".config").mkdir()
    assert imdb(copy).fingerprint() == dataset.fingerprint()


def _overwrite(data: bytes) -> bytes:
    return data[:200] + b"\xff" * 20 + data[220:]


def _cut(data: bytes) -> bytes:
    return data[:-20]


def _halve(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _empty(data: bytes) -> bytes:
    return b""


@pytest.mark.parametrize("damage", [_overwrite, _cut, _empty])
@pytest.mark.parametrize("name", ["train.tfrecord", "unsupervised.tfrecord"])
def test_a_damaged_record_file_is_answered_and_not_kept(
    prepared: Path, tmp_path: Path, name: str, damage: Callable[[bytes], bytes]
) -> None:
    copy = shutil.copytree(prepared, tmp_path / "copy")
    (path,) = (copy / BUILDER).glob(f"*{name}*")
    path.write_bytes(damage(path.read_bytes()))
    for _ in range(2):
        with pytest.raises(DataError, match="cannot be read") as caught:
            imdb(copy)
        assert str(copy) in one_line(caught.value)
        assert not isinstance(caught.value, DataUnavailableError)


@pytest.mark.parametrize("name", ["dataset_info.json", "features.json"])
def test_damaged_metadata_is_answered(prepared: Path, tmp_path: Path, name: str) -> None:
    copy = shutil.copytree(prepared, tmp_path / "copy")
    (copy / BUILDER / name).write_text("{")
    with pytest.raises(DataError, match="cannot be read") as caught:
        imdb(copy)
    one_line(caught.value)


def test_progress_says_how_many_reviews_were_read(
    prepared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_BATCH_SIZE", 10)
    told: list[int] = []
    imdb(prepared, lambda description, completed, total: told.append(completed))
    assert told == list(range(0, sum(PARTS.values()) + 1, 10))


# === The archive and what it unpacks to ===


@pytest.fixture
def accepted(archive: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    monkeypatch.setattr(module, "ARCHIVE_SHA256", digest)
    return archive


def test_archive_unpacked_folder_and_prepared_folder_are_one(
    accepted: Path, unpacked: Path, dataset: Dataset
) -> None:
    for path in (accepted, unpacked):
        found = imdb_archive(path)
        assert found.name == "imdb"
        assert str(path) in found.source
        assert rows_of(found) == rows_of(dataset)
        assert found.fingerprint() == dataset.fingerprint()


def test_the_archive_is_read_without_tensorflow_and_once(
    accepted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_tfds(monkeypatch)
    first = imdb_archive(accepted)
    monkeypatch.setattr(module, "_read_archive", lambda path: pytest.fail("it was read again"))
    assert imdb_archive(accepted).fingerprint() == first.fingerprint()


def test_another_archive_is_refused_with_its_hash(archive: Path) -> None:
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    with pytest.raises(DataError, match="is not the IMDB archive") as caught:
        imdb_archive(archive)
    text = one_line(caught.value)
    assert digest[:12] in text
    assert "c40f74a18d3b" in text
    assert "download it again" in text


def test_an_archive_that_is_not_there_is_answered(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="No such file") as caught:
        imdb_archive(tmp_path / "aclImdb_v1.tar.gz")
    one_line(caught.value)


@pytest.mark.parametrize("damage", [_overwrite, _halve, _empty])
def test_an_archive_that_cannot_be_unpacked_is_answered(
    archive: Path, tmp_path: Path, damage: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    content = damage(archive.read_bytes())
    monkeypatch.setattr(module, "ARCHIVE_SHA256", hashlib.sha256(content).hexdigest())
    (tmp_path / "aclImdb_v1.tar.gz").write_bytes(content)
    with pytest.raises(DataError, match=r"cannot be unpacked|has no \w+ reviews") as caught:
        imdb_archive(tmp_path / "aclImdb_v1.tar.gz")
    one_line(caught.value)


@pytest.mark.parametrize("part", PARTS)
def test_a_part_that_an_unpacked_folder_lacks_is_named(
    unpacked: Path, tmp_path: Path, part: str
) -> None:
    copy = shutil.copytree(unpacked, tmp_path / "aclImdb")
    shutil.rmtree(copy / part)
    with pytest.raises(DataError, match=f"it has no {part}$") as caught:
        imdb_archive(copy)
    assert str(copy) in one_line(caught.value)


def test_an_unpacked_folder_without_texts_in_a_part_is_answered(
    unpacked: Path, tmp_path: Path
) -> None:
    copy = shutil.copytree(unpacked, tmp_path / "aclImdb")
    shutil.rmtree(copy / "train/unsup")
    (copy / "train/unsup").mkdir()
    with pytest.raises(DataError, match="no unsupervised reviews"):
        imdb_archive(copy)


def test_a_text_that_changes_in_an_unpacked_folder_is_read_anew(
    unpacked: Path, tmp_path: Path
) -> None:
    copy = shutil.copytree(unpacked, tmp_path / "aclImdb")
    first = imdb_archive(copy)
    (copy / "test/neg/0_5.txt").write_text("Another one.")
    second = imdb_archive(copy)
    assert "Another one." in second.test.texts
    assert first.fingerprint() != second.fingerprint()


# === Hosts ===


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


Listen = Callable[[bytes | None], str]


@pytest.fixture
def listen() -> Iterator[Listen]:
    """Servers of this machine that say `answer` to whoever connects, or hang; gives addresses."""
    servers: list[socket.socket] = []
    connections: list[socket.socket] = []

    def serve(server: socket.socket, answer: bytes | None) -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            connections.append(connection)
            if answer is not None:
                connection.recv(10_000)
                connection.sendall(answer)
                connection.close()

    def start(answer: bytes | None) -> str:
        server = socket.create_server(("127.0.0.1", 0))
        servers.append(server)
        threading.Thread(target=serve, args=(server, answer), daemon=True).start()
        return f"http://127.0.0.1:{server.getsockname()[1]}/"

    yield start
    for server in servers:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
    for connection in connections:
        connection.close()


def probe(monkeypatch: pytest.MonkeyPatch, seconds: float, **hosts: str) -> tuple[list[str], float]:
    monkeypatch.setattr(module, "PROBES", hosts)
    started = time.monotonic()
    found = reachable_hosts(seconds)
    return found, time.monotonic() - started


OK = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"


def test_hosts_that_answer_are_named_in_order(
    listen: Listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = f"http://127.0.0.1:{closed_port()}"
    found, took = probe(monkeypatch, 8, b=listen(OK), closed=closed, a=listen(OK))
    assert found == ["b", "a"]
    assert took < 4


def test_servers_that_never_answer_cost_no_more_than_the_time_given(
    listen: Listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, took = probe(monkeypatch, 0.4, a=listen(None), b=listen(None), c=listen(OK))
    assert found == ["c"]
    assert took < 0.4 + 0.5


def test_a_name_that_is_looked_up_for_ever_costs_no_more_than_the_time_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    released = threading.Event()

    def look_up(*arguments: Any, **options: Any) -> None:
        released.wait(10)
        raise OSError("no such name")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    found, took = probe(monkeypatch, 0.3, a="http://host.invalid/")
    released.set()
    assert found == []
    assert took < 0.3 + 0.5


def test_a_closed_port_does_not_answer_and_takes_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    found, took = probe(monkeypatch, 8, a=f"http://127.0.0.1:{closed_port()}")
    assert found == []
    assert took < 2


@pytest.mark.parametrize(
    "answer", [b"", b"what?\r\n\r\n", b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"]
)
def test_a_server_that_answers_with_something_else_does_not_count(
    listen: Listen, monkeypatch: pytest.MonkeyPatch, answer: bytes
) -> None:
    found, took = probe(monkeypatch, 8, a=listen(answer))
    assert found == []
    assert took < 4


def test_an_address_that_cannot_be_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    found, took = probe(monkeypatch, 8, a="no address", b="http://127.0.0.1:99999999/")
    assert found == []
    assert took < 4


def test_probing_takes_at_most_ten_seconds_unless_told() -> None:
    assert 0 < module.PROBE_SECONDS <= 10
    assert inspect.signature(reachable_hosts).parameters["seconds"].default <= 10


def test_without_a_host_the_answer_names_what_was_tried_and_the_remedy(
    listen: Listen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(module.PROBES) == 2
    monkeypatch.setattr(module, "PROBES", {**module.PROBES, "the original host": listen(None)})
    monkeypatch.setattr(module, "reachable_hosts", partial(reachable_hosts, 0.3))
    monkeypatch.setenv("TFDS_DATA_DIR", str(tmp_path / "empty"))
    with pytest.raises(DataUnavailableError) as caught:
        imdb()
    text = one_line(caught.value)
    for words in (
        f"not prepared in {tmp_path / 'empty'}",
        "TFDS's public bucket does not answer",
        "the original host does not answer",
        "--data-dir",
        "TFDS_DATA_DIR",
        "aclImdb_v1.tar.gz",
    ):
        assert words in text


def answering(monkeypatch: pytest.MonkeyPatch, *hosts: str) -> None:
    monkeypatch.setattr(module, "reachable_hosts", lambda: list(hosts))


def test_the_bucket_is_read_and_kept(
    dataset: Dataset, prepared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BUCKET", str(prepared / BUILDER))
    answering(monkeypatch, *module.PROBES)
    first = imdb()
    assert first.source == "TFDS's public bucket"
    assert first.fingerprint() == dataset.fingerprint()
    monkeypatch.setattr(module, "reachable_hosts", lambda: pytest.fail("a host was asked"))
    no_tfds(monkeypatch)
    second = imdb()
    assert second.source == "downloaded before by TensorFlow Datasets"
    assert second.fingerprint() == first.fingerprint()


def test_the_original_host_is_asked_where_the_bucket_fails(
    dataset: Dataset, prepared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(monkeypatch, *module.PROBES)
    monkeypatch.setattr(module, "_prepare", lambda root: str(prepared / BUILDER))
    found = imdb()
    assert found.source == "the original host"
    assert found.fingerprint() == dataset.fingerprint()


def test_hosts_that_answer_and_fail_are_named_with_the_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import tensorflow_datasets as tfds

    def fail(*arguments: Any, **options: Any) -> None:
        raise RuntimeError("the disk is full\nand more")

    answering(monkeypatch, "the original host")
    monkeypatch.setattr(tfds, "builder", fail)
    with pytest.raises(DataUnavailableError) as caught:
        imdb()
    text = one_line(caught.value)
    assert "TFDS's public bucket does not answer" in text
    assert "could not prepare it: the disk is full" in text
