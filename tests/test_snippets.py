import hashlib
import io
import os
import subprocess
import sys
import sysconfig
import tarfile
import time
import venv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sentiment import paths
from sentiment.datasets import vader_sdist as module
from sentiment.datasets.snippets import DOMAIN_FILES, DOMAINS, snippets, split_of
from sentiment.errors import DataError, DataUnavailableError

SPLITS = ["train", "validation", "test", "neutral"]


def tar_gz(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as tar:
        folder = tarfile.TarInfo("top")
        folder.type = tarfile.DIRTYPE
        tar.addfile(folder)
        for name, content in files.items():
            member = tarfile.TarInfo(f"top/{name}")
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return stream.getvalue()


def sdist(rows: dict[str, list[tuple[float, str]]]) -> bytes:
    files = {
        DOMAIN_FILES[domain]: "\r\n".join(
            f"{number}_1\t{rating}\t{text}" for number, (rating, text) in enumerate(found)
        ).encode("utf-8")
        for domain, found in rows.items()
    }
    files["tweets_anonDataRatings.txt"] = b"not\tread"
    return tar_gz({"additional_resources/hutto_ICWSM_2014.tar.gz": tar_gz(files)})


def made_up(domain: str) -> list[tuple[float, str]]:
    return [((-1) ** i * (i % 4), f"Thing {i} of the {domain} is so so.") for i in range(80)]


ROWS = {domain: made_up(domain) for domain in DOMAINS}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test reaches a network: what pip would bring is made here."""
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "home"))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_FIND_LINKS", "")
    return tmp_path / "home"


Serve = Callable[[bytes], list[list[str]]]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Serve:
    """Let a pretended pip bring `content`, and expect its hash; gives the commands it got."""

    def start(content: bytes) -> list[list[str]]:
        commands: list[list[str]] = []

        def run(command: list[str], **options: Any) -> subprocess.CompletedProcess[bytes]:
            commands.append(command)
            (options["cwd"] / "vaderSentiment-3.3.2.tar.gz").write_bytes(content)
            return subprocess.CompletedProcess(command, 0)

        monkeypatch.setattr(subprocess, "run", run)
        monkeypatch.setattr(module, "SDIST_SHA256", hashlib.sha256(content).hexdigest())
        return commands

    return start


def refusal(words: str) -> str:
    with pytest.raises(DataUnavailableError, match=words) as caught:
        snippets()
    text = str(caught.value)
    assert len(text.splitlines()) == 1
    assert "--data imdb" in text
    return text


# === What is read ===


def test_every_sentence_is_in_the_split_that_its_hash_and_rating_give(serve: Serve) -> None:
    serve(sdist(ROWS))
    dataset = snippets()
    assert list(dataset.splits) == SPLITS
    found = 0
    for name, split in dataset.splits.items():
        for row in split.table.to_pylist():
            found += 1
            assert (row["rating"], row["text"]) in ROWS[row["domain"]]
            if name == "neutral":
                assert abs(row["rating"]) < 0.5
                assert row["label"] is None
            else:
                assert row["label"] == int(row["rating"] > 0)
                digest = hashlib.sha256(row["text"].encode()).hexdigest()
                tenth = int(digest, 16) % 10
                assert name == {8: "validation", 9: "test"}.get(tenth, "train")
    assert found == sum(len(rows) for rows in ROWS.values())
    assert "80 sentences with a mean rating near 0 are kept apart" in dataset.notes


def test_the_split_of_a_text_never_changes() -> None:
    # SHA-256 modulo 10: 0, 7, 8, 9
    texts = ["Take 2.", "Take 9.", "Broken again.", "Take 22."]
    assert [split_of(text) for text in texts] == ["train", "train", "validation", "test"]


@pytest.mark.parametrize(
    ("rating", "split", "label"),
    [
        (0.5, "labelled", 1),
        (0.49, "neutral", None),
        (-0.49, "neutral", None),
        (-0.5, "labelled", 0),
    ],
)
def test_ratings_of_half_a_point_are_labelled(
    serve: Serve, rating: float, split: str, label: int | None
) -> None:
    serve(sdist({**ROWS, "films": [*ROWS["films"], (rating, "On the edge.")]}))
    rows = {
        row["text"]: (name, row["label"])
        for name, found in snippets().splits.items()
        for row in found.table.to_pylist()
    }
    expected = "neutral" if split == "neutral" else split_of("On the edge.")
    assert rows["On the edge."] == (expected, label)


@pytest.mark.parametrize("domain", DOMAINS)
def test_a_domain_is_what_all_domains_hold_of_it(serve: Serve, domain: str) -> None:
    serve(sdist(ROWS))
    whole, part = snippets(), snippets(domain)
    assert (whole.name, part.name) == ("snippets", f"snippets:{domain}")
    for name in SPLITS:
        rows = [r for r in whole.splits[name].table.to_pylist() if r["domain"] == domain]
        assert part.splits[name].table.to_pylist() == rows
        assert rows


def test_a_text_that_occurs_again_is_kept_once_with_its_first_rating(serve: Serve) -> None:
    again = ROWS["films"][1][1]
    serve(sdist({**ROWS, "tweets": [*ROWS["tweets"], (3.0, again), (0.0, again)]}))
    rows = [row for split in snippets().splits.values() for row in split.table.to_pylist()]
    same = [(row["domain"], row["rating"]) for row in rows if row["text"] == again]
    assert same == [("films", -1.0)]


def test_texts_are_utf_8_and_next_line_characters_do_not_end_a_line(serve: Serve) -> None:
    text = "Ol\xe9\x85 a caf\xe9 \u2019s."
    serve(sdist({**ROWS, "films": [*ROWS["films"], (2.0, text)]}))
    assert text in snippets().splits[split_of(text)].texts


def test_an_unknown_domain_is_answered_with_the_known_ones() -> None:
    with pytest.raises(
        DataError, match=r"did you mean 'snippets:films'.*tweets, products"
    ) as found:
        snippets("film")
    assert not isinstance(found.value, DataUnavailableError)


# === Fetching and keeping ===


def test_pip_is_asked_once_and_for_one_hash(serve: Serve) -> None:
    commands = serve(sdist(ROWS))
    told: list[str] = []
    first, second = snippets(progress=told.append), snippets("films", progress=told.append)
    assert len(commands) == len(told) == 1
    assert "downloading" in told[0]
    assert commands[0][:4] == [sys.executable, "-m", "pip", "download"]
    assert {"--require-hashes", "--no-deps", "--no-binary"} < set(commands[0])
    assert len(first.train) > len(second.train)


def test_a_copy_that_was_kept_is_the_same_as_a_fresh_one(serve: Serve) -> None:
    serve(sdist(ROWS))
    fresh, kept = snippets(), snippets()
    assert fresh.fingerprint() == kept.fingerprint()
    assert fresh.notes == kept.notes
    assert all(fresh.splits[name].table == kept.splits[name].table for name in SPLITS)


def test_a_damaged_copy_is_fetched_again(serve: Serve, home: Path) -> None:
    commands = serve(sdist(ROWS))
    snippets()
    next(home.rglob("train.arrow")).write_bytes(b"nonsense")
    assert len(snippets().train) > 0
    assert len(commands) == 2


def test_a_cache_that_cannot_be_written_is_noted(serve: Serve, home: Path) -> None:
    home.write_text("a file where the folder should be")
    serve(sdist(ROWS))
    assert any("cache directory cannot be written" in note for note in snippets().notes)


@pytest.mark.parametrize(
    "content",
    [
        b"not an archive",
        tar_gz({"setup.py": b""}),
        tar_gz({"hutto_ICWSM_2014.tar.gz": b"not an archive"}),
        sdist({domain: ROWS[domain] for domain in DOMAINS[1:]}),
        sdist({**ROWS, "films": [(1.0, "one\ttoo many")]}),
    ],
)
def test_another_layout_is_answered_and_not_kept(serve: Serve, home: Path, content: bytes) -> None:
    serve(content)
    refusal("not laid out as expected")
    assert not home.exists()


def test_a_file_with_another_hash_is_refused(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    serve(sdist(ROWS))
    monkeypatch.setattr(module, "SDIST_SHA256", "0" * 64)
    refusal("something else, whose hash differs")
    assert not home.exists()


def test_pip_that_brings_nothing_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    done: subprocess.CompletedProcess[bytes] = subprocess.CompletedProcess([], 0)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: done)
    refusal("something else, whose hash differs")


# === The real pip, without an index ===


def test_an_index_that_does_not_have_it_is_answered_without_its_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    text = refusal("package index does not answer")
    assert "127.0.0.1" not in text


def test_pip_itself_refuses_another_hash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    links = tmp_path / "links"
    links.mkdir()
    (links / "vaderSentiment-3.3.2.tar.gz").write_bytes(sdist(ROWS))
    monkeypatch.setenv("PIP_FIND_LINKS", str(links))
    refusal("what pip found has another hash")


def test_a_python_without_pip_is_answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    venv.create(tmp_path / "bare", with_pip=False)
    python = tmp_path / "bare" / Path(sysconfig.get_path("scripts")).name / "python"
    monkeypatch.setattr(sys, "executable", str(python))
    refusal("this Python has no pip")


@pytest.mark.parametrize("executable", ["", "/nowhere/python"])
def test_a_python_that_cannot_be_started_is_answered(
    monkeypatch: pytest.MonkeyPatch, executable: str
) -> None:
    monkeypatch.setattr(sys, "executable", executable)
    refusal("Python could not be started")


def pretended(folder: Path, script: str) -> str:
    path = folder / "python"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


def test_pip_that_fails_otherwise_is_answered_without_what_it_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = "echo ERROR: https://index.example/simple; exit 7"
    monkeypatch.setattr(sys, "executable", pretended(tmp_path, script))
    text = refusal("pip ended with status 7; run `pip download")
    assert "example" not in text


def test_pip_that_takes_too_long_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", pretended(tmp_path, "sleep 20"))
    monkeypatch.setattr(module, "PIP_SECONDS", 0.2)
    started = time.monotonic()
    refusal("more than 0.2 seconds")
    assert time.monotonic() - started < 10
