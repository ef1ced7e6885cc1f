import threading
from pathlib import Path

import pytest

from sentiment import paths
from sentiment.datasets.cache import load_cached, store
from sentiment.datasets.dataset import Split

SPLITS = {
    "train": Split.of(["good", "bad"], [1, 0], domain=["films", "tweets"]),
    "neutral": Split.of(["so so"], None),
    "test": Split.of([], []),
}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "home"))
    return tmp_path / "home"


def folder(home: Path, key: str = "key") -> Path:
    return home / "cache" / "datasets" / key


def test_home_variable_decides_where_files_are_kept(home: Path) -> None:
    assert paths.cache_dir() == home / "cache"
    assert paths.models_dir() == home / "models"
    assert not home.exists()


def test_without_the_home_variable_the_users_own_directories_are_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(paths.HOME_VARIABLE, "")
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda name, **_: f"/c/{name}")
    monkeypatch.setattr("platformdirs.user_data_dir", lambda name, **_: f"/d/{name}")
    assert paths.cache_dir() == Path("/c/sentiment")
    assert paths.models_dir() == Path("/d/sentiment/models")


def test_what_was_stored_is_loaded_with_every_column(home: Path) -> None:
    assert load_cached("key") is None
    assert store("key", SPLITS)
    loaded = load_cached("key")
    assert loaded is not None
    assert list(loaded) == list(SPLITS)
    assert all(loaded[name].table == SPLITS[name].table for name in SPLITS)
    assert [path.name for path in (home / "cache" / "datasets").iterdir()] == ["key"]


def test_storing_again_replaces_what_was_there() -> None:
    store("key", SPLITS)
    store("key", {"train": SPLITS["neutral"]})
    loaded = load_cached("key")
    assert loaded is not None
    assert {name: split.texts for name, split in loaded.items()} == {"train": ["so so"]}


@pytest.mark.parametrize("name", ["index.json", "train.arrow", "test.arrow"])
@pytest.mark.parametrize("damage", ["cut", "flip", "remove", "nonsense"])
def test_a_damaged_copy_counts_as_absent_and_can_be_stored_anew(
    home: Path, name: str, damage: str
) -> None:
    store("key", SPLITS)
    path = folder(home) / name
    content = path.read_bytes()
    path.unlink()
    if damage == "cut":
        path.write_bytes(content[: len(content) // 2])
    elif damage == "flip":
        middle = len(content) // 2
        path.write_bytes(content[:middle] + bytes([content[middle] ^ 0x80]) + content[middle + 1 :])
    elif damage == "nonsense":
        path.write_bytes(b"[]")
    assert load_cached("key") is None
    assert store("key", SPLITS)
    assert load_cached("key") is not None


def test_a_copy_of_another_format_counts_as_absent(home: Path) -> None:
    store("key", SPLITS)
    index = folder(home) / "index.json"
    index.write_text(index.read_text().replace('"format": 1', '"format": 2'))
    assert load_cached("key") is None


def test_a_copy_with_another_number_of_rows_counts_as_absent(home: Path) -> None:
    store("key", SPLITS)
    index = folder(home) / "index.json"
    index.write_text(index.read_text().replace('"rows": 2', '"rows": 3'))
    assert load_cached("key") is None


def test_a_writer_that_is_stopped_leaves_nothing_behind(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sentiment.datasets.cache._put", stop)
    with pytest.raises(KeyboardInterrupt):
        store("key", SPLITS)
    assert list((home / "cache" / "datasets").iterdir()) == []


def test_a_cache_that_cannot_be_written_is_done_without(home: Path) -> None:
    home.parent.mkdir(exist_ok=True)
    home.write_text("a file where the folder should be")
    assert store("key", SPLITS) is False
    assert load_cached("key") is None


def test_a_writer_that_finds_a_new_copy_in_its_place_keeps_that(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def rename_late(path: Path, target: Path) -> Path:
        if path.name == "fresh" and not folder(home).exists():
            monkeypatch.setattr(Path, "rename", rename)
            store("key", SPLITS)
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", rename_late)
    assert store("key", SPLITS)
    assert load_cached("key") is not None
    assert [path.name for path in folder(home).parent.iterdir()] == ["key"]


def test_concurrent_writers_and_readers_do_not_break_each_other(home: Path) -> None:
    wrong: list[object] = []

    def work() -> None:
        for _ in range(10):
            if not store("key", SPLITS):
                wrong.append("not stored")
            loaded = load_cached("key")
            if loaded is not None and loaded["train"].texts != ["good", "bad"]:
                wrong.append(loaded)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert load_cached("key") is not None
    assert [path.name for path in folder(home).parent.iterdir()] == ["key"]


@pytest.mark.parametrize("key", ["", "../up", "a/b", ".hidden", "a\x00"])
def test_a_key_that_is_no_file_name_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="file name"):
        store(key, SPLITS)
    with pytest.raises(ValueError, match="file name"):
        load_cached(key)
    with pytest.raises(ValueError, match="file name"):
        store("key", {f"x/{key}": SPLITS["train"]})
