"""Which model a name, a path or nothing at all stands for, and what the store does with it."""

import io
import os
import shutil
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console

import sentiment
from sentiment import artifact, model_store
from sentiment.artifact import CONFIG, FILES, TRAINING, WEIGHTS, load_model
from sentiment.errors import ConfigError, ModelError
from sentiment.model_store import (
    PACKAGED,
    SHIPPED,
    default_name,
    find_model,
    list_models,
    model_path,
    remove_model,
    use_model,
)
from sentiment.paths import models_dir
from sentiment.report.store import models_report

MakeModel = Callable[..., Path]


class Clock(datetime):
    """A clock that goes back a day each time it is read, unlike the time that files have."""

    days = iter(range(10_000))

    @classmethod
    def now(cls, tz: object = None) -> "Clock":
        past = datetime(2026, 1, 1, tzinfo=UTC) - timedelta(days=next(cls.days))
        return cls.fromtimestamp(past.timestamp(), UTC)


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No model comes with the package, and the working directory is empty."""
    monkeypatch.setattr(model_store, "PACKAGED", tmp_path / "package" / "models")
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")


@pytest.fixture
def backwards(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is saved later is older."""
    monkeypatch.setattr(artifact, "datetime", Clock)


def refusal(spec: str | None) -> str:
    with pytest.raises(ModelError) as caught:
        find_model(spec)
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    return message


def names() -> list[str]:
    return [model.name for model in list_models()]


def default() -> list[str]:
    return [model.name for model in list_models() if model.is_default]


def packaged(make_model: MakeModel) -> tuple[Path, Path]:
    """Let two models come with the package, the one that answers by default first."""
    folder = model_store.PACKAGED
    return make_model(SHIPPED, folder=folder), make_model("small-bow", cell="bow", folder=folder)


def damage(path: Path) -> Path:
    """Flip a bit, and leave the length as it is."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    return path


# === No model named ===


def test_an_empty_store_says_how_to_get_a_model() -> None:
    assert list_models() == []
    assert "train one with `sentiment train" in refusal(None)
    models_dir().mkdir(parents=True)
    assert list_models() == []
    assert "train one with `sentiment train" in refusal(None)
    assert "there is none yet" in refusal("gru")


def test_the_newest_is_the_one_that_says_so_not_the_one_written_last(
    make_model: MakeModel, backwards: None
) -> None:
    for name in ("b", "c", "a"):
        make_model(name)
    assert find_model() == models_dir() / "b"
    assert names() == ["a", "c", "b"]
    assert default() == ["b"]


def test_what_experiments_leave_never_answers_by_default(make_model: MakeModel) -> None:
    make_model("compared", made_by="compare")
    make_model("ordered", made_by="order")
    assert "there is no model yet" in refusal(None)
    assert names() == ["compared", "ordered"]
    assert default() == []
    assert find_model("compared") == models_dir() / "compared"
    use_model("compared")
    assert default() == ["compared"]


def test_a_newer_model_with_a_damaged_config_does_not_answer(make_model: MakeModel) -> None:
    make_model("whole")
    broken = damage(make_model("broken") / CONFIG)
    assert find_model() == models_dir() / "whole"
    assert names() == ["broken", "whole"]
    assert default() == ["whole"]
    assert list_models()[0].problem.startswith(f"{broken} is damaged")
    shutil.rmtree(models_dir() / "whole")
    assert "there is no model yet" in refusal(None)


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-3])


def empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("name", [CONFIG, *FILES])
@pytest.mark.parametrize("shorten", [cut_short, empty, Path.unlink])
def test_a_newer_model_whose_files_are_not_whole_is_listed_and_does_not_answer(
    make_model: MakeModel, name: str, shorten: Callable[[Path], None]
) -> None:
    make_model("whole")
    shorten(make_model("broken") / name)
    assert find_model() == models_dir() / "whole"
    broken, whole = list_models()
    assert (broken.name, broken.is_default) == ("broken", False)
    assert str(models_dir() / "broken" / name) in broken.problem
    assert (whole.name, whole.is_default, whole.problem) == ("whole", True, "")


def test_the_shipped_model_answers_where_the_user_has_none(make_model: MakeModel) -> None:
    shipped, _ = packaged(make_model)
    make_model("compared", made_by="compare")
    assert find_model() == shipped
    assert default() == ["shipped"]
    make_model("mine")
    assert find_model() == models_dir() / "mine"
    assert default() == ["mine"]
    use_model("shipped")
    assert find_model() == shipped
    assert default() == ["shipped"]


def test_the_other_models_of_the_package_answer_only_where_they_are_named(
    make_model: MakeModel,
) -> None:
    shipped, small = packaged(make_model)
    assert find_model("small-bow") == small
    shutil.rmtree(shipped)
    assert names() == ["small-bow"]
    assert default() == []
    assert "there is no model yet" in refusal(None)
    use_model("small-bow")
    assert find_model() == small
    assert default() == ["small-bow"]


def test_models_of_the_package_are_listed_as_such_and_stay(make_model: MakeModel) -> None:
    packaged(make_model)
    make_model("mine")
    assert [(model.name, model.is_packaged) for model in list_models()] == [
        ("shipped", True),
        ("small-bow", True),
        ("mine", False),
    ]
    for name in ("shipped", "small-bow"):
        with pytest.raises(ModelError, match=f"{name} comes with the package"):
            remove_model(name)
    assert names() == ["shipped", "small-bow", "mine"]
    console = Console(file=io.StringIO(), width=200)
    console.print(models_report(list_models()))
    shown = console.file.getvalue().splitlines()  # type: ignore[attr-defined]
    origins = {name: [line for line in shown if name in line] for name in names()}
    assert all("the package" in line for line in (*origins["shipped"], *origins["small-bow"]))
    assert [line.count("train") for line in origins["mine"]] == [1]


def test_a_damaged_model_of_the_package_is_listed_with_what_is_wrong(make_model: MakeModel) -> None:
    shipped, _ = packaged(make_model)
    damage(shipped / WEIGHTS)
    broken = list_models()[0]
    assert (broken.name, broken.is_packaged, broken.is_default) == ("shipped", True, True)
    assert WEIGHTS in broken.problem


def test_a_name_that_the_package_has_too_means_the_models_of_the_user(
    make_model: MakeModel,
) -> None:
    _, small = packaged(make_model)
    mine = make_model("small-bow", made_by="compare")
    assert find_model("small-bow") == mine
    remove_model("small-bow")
    assert not mine.exists()
    assert find_model("small-bow") == small


def test_files_beside_the_models_of_the_package_are_no_models(make_model: MakeModel) -> None:
    packaged(make_model)
    (model_store.PACKAGED / "README.md").touch()
    (model_store.PACKAGED / "__pycache__").mkdir()
    assert names() == ["shipped", "small-bow"]


def test_the_models_of_the_package_are_where_the_wheel_takes_them_from() -> None:
    project = Path(sentiment.__file__).parents[1] / "pyproject.toml"
    settings = tomllib.loads(project.read_text(encoding="utf-8"))["tool"]["setuptools"]
    assert f"{PACKAGED.name}/*/*" in settings["package-data"]["sentiment"]
    assert PACKAGED.parent == Path(sentiment.__file__).parent


@pytest.mark.parametrize("content", [b"", b"gone\n", b"../../work\n", b"\xff\x00", b"a\nb\n"])
def test_a_choice_that_names_nothing_is_no_choice(make_model: MakeModel, content: bytes) -> None:
    make_model("mine")
    (models_dir() / ".default").write_bytes(content)
    assert find_model() == models_dir() / "mine"
    assert names() == ["mine"]


# === A model named ===


def test_a_path_is_taken_as_it_is(make_model: MakeModel, tmp_path: Path) -> None:
    path = make_model("mine", folder=tmp_path / "elsewhere")
    assert find_model(str(path)) == path
    assert find_model("../elsewhere/mine") == Path("../elsewhere/mine")
    assert load_model(find_model("../elsewhere/mine")).name == "mine"
    assert find_model("./mine") == Path("mine")
    with pytest.raises(ModelError, match="mine is not there"):
        load_model(find_model("./mine"))


def test_a_tilde_stands_for_the_home_directory(
    make_model: MakeModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    path = make_model("mine", folder=tmp_path / "elsewhere")
    assert find_model("~/elsewhere/mine") == path
    with pytest.raises(ModelError, match="is not there"):
        load_model(find_model("~nobody-of-this-name/mine"))


def test_a_model_here_goes_before_one_of_that_name_and_other_folders_after(
    make_model: MakeModel,
) -> None:
    make_model("mine")
    Path("mine").mkdir()
    Path("mine", "notes.txt").touch()
    assert find_model("mine") == models_dir() / "mine"
    make_model("yours", folder=Path())
    make_model("yours")
    assert find_model("yours") == Path("yours")
    remove_model("yours")
    assert names() == ["mine"]
    assert load_model(Path("yours")).name == "yours"


def test_an_unknown_name_is_answered_with_a_close_one_or_the_newest(make_model: MakeModel) -> None:
    for number in range(7):
        if number == 2:
            assert refusal("zzz").endswith("there are run-0, run-1")
        os.utime(make_model(f"run-{number}"), (number, number))
    assert refusal("run-33").endswith("did you mean 'run-3'?")
    assert refusal("zzz").endswith("there are 2 more and run-2, run-3, run-4, run-5, run-6")


@pytest.mark.parametrize(
    "name", ["nothing", "", "a\nb", "a\0b", "\udc80", "좋", "x" * 300, "x" * 5_000, "-x", "~zzz"]
)
def test_a_name_of_nothing_is_refused_everywhere(make_model: MakeModel, name: str) -> None:
    make_model("mine")
    refusal(name)
    for function in (use_model, remove_model):
        with pytest.raises(ModelError, match="there is no model"):
            function(name)
    assert names() == ["mine"]


@pytest.mark.parametrize(
    "name", ["", " x", ".x", ".", "..", "a/b", "/a", "a\\b", "a\0", "a\n", "-x", "x" * 61]
)
def test_a_name_unfit_for_a_folder_is_refused(name: str) -> None:
    with pytest.raises(ConfigError, match="not fit to be a model's name"):
        model_path(name)


@pytest.mark.parametrize("name", ["x", "gru-20261125-143015", "좋은 모델 2", "a.b+c_d", "x" * 60])
def test_a_name_fit_for_a_folder_is_kept(make_model: MakeModel, name: str) -> None:
    assert model_path(name) == models_dir() / name
    make_model(name)
    assert (find_model(name), names()) == (models_dir() / name, [name])
    use_model(name)
    assert default() == [name]


def test_default_names_say_the_cell_and_are_free() -> None:
    found = set()
    for _ in range(4):
        name = default_name("lstm")
        assert name.startswith("lstm-20")
        model_path(name).mkdir(parents=True)
        found.add(name)
    assert len(found) == 4


# === List, use, remove ===


def test_the_list_says_what_each_model_is(make_model: MakeModel) -> None:
    path = make_model("mine", cell="lstm", data=("pairs",), made_by="compare")
    (model,) = list_models()
    assert model.to_dict() == {
        "name": "mine",
        "path": str(path),
        "made_by": "compare",
        "created": load_model(path).info["created"],
        "cell": "lstm",
        "data": ("pairs",),
        "is_packaged": False,
        "is_default": False,
        "problem": "",
    }


def test_folders_and_files_that_are_no_models_are_not_listed(make_model: MakeModel) -> None:
    make_model("mine")
    (models_dir() / "run" / "training").mkdir(parents=True)
    (models_dir() / "notes").mkdir()
    (models_dir() / "notes" / "a.txt").touch()
    (models_dir() / "file").touch()
    make_model("hidden").rename(models_dir() / ".hidden")
    assert names() == ["mine"]


def test_an_unfinished_run_can_be_removed_but_not_used(make_model: MakeModel) -> None:
    run = models_dir() / "run"
    state = run / TRAINING / "state.safetensors"
    state.parent.mkdir(parents=True)
    state.write_bytes(b"state")
    assert names() == []
    assert "there is no model yet" in refusal(None)
    with pytest.raises(ModelError, match="`sentiment train --resume --model run`"):
        load_model(find_model("run"))
    with pytest.raises(ModelError, match="is an unfinished run; go on with"):
        use_model("run")
    make_model("run")
    assert find_model() == run
    assert state.read_bytes() == b"state"
    remove_model("run")
    assert not run.exists()


def test_a_model_without_its_config_is_listed_as_damaged(make_model: MakeModel) -> None:
    path = make_model("mine")
    (path / CONFIG).unlink()
    (model,) = list_models()
    assert model.problem.startswith(f"{path / CONFIG} is missing")
    assert "there is no model yet" in refusal(None)


def test_the_list_sees_damage_that_leaves_the_length(make_model: MakeModel) -> None:
    damage(make_model("mine") / WEIGHTS)
    assert WEIGHTS in list_models()[0].problem


@pytest.mark.parametrize("name", [CONFIG, *FILES])
def test_a_damaged_model_is_not_used_and_the_choice_stays(make_model: MakeModel, name: str) -> None:
    make_model("first")
    make_model("second")
    use_model("first")
    damage(models_dir() / "second" / name)
    with pytest.raises(ModelError, match=f"{name} is damaged"):
        use_model("second")
    assert find_model() == models_dir() / "first"
    remove_model("second")
    assert names() == ["first"]


def test_a_chosen_model_that_is_damaged_since_is_not_passed_over(make_model: MakeModel) -> None:
    make_model("first")
    make_model("second")
    use_model("first")
    broken = damage(models_dir() / "first" / CONFIG)
    assert find_model() == models_dir() / "first"
    assert default() == ["first"]
    with pytest.raises(ModelError, match=f"{broken} is damaged"):
        load_model(find_model())


def test_a_removed_default_leaves_the_place_to_the_newest(make_model: MakeModel) -> None:
    make_model("first")
    make_model("second")
    make_model("compared", made_by="compare")
    use_model("compared")
    assert default() == ["compared"]
    remove_model("compared")
    assert default() == ["second"]
    make_model("compared", made_by="compare")
    assert default() == ["second"]
    remove_model("second")
    assert default() == ["first"]
    remove_model("first")
    assert "there is no model yet" in refusal(None)


def test_a_choice_of_which_only_a_run_is_left_is_no_choice(make_model: MakeModel) -> None:
    make_model("first")
    make_model("second")
    use_model("first")
    shutil.rmtree(models_dir() / "first")
    (models_dir() / "first" / "training").mkdir(parents=True)
    assert find_model() == models_dir() / "second"


def test_models_outside_the_store_are_not_removed(make_model: MakeModel) -> None:
    path = make_model("elsewhere", folder=Path())
    for name in ("elsewhere", str(path.resolve()), "..", "."):
        with pytest.raises(ModelError, match="there is no model"):
            remove_model(name)
    assert load_model(path).name == "elsewhere"


def test_a_removed_link_leaves_what_it_points_to(make_model: MakeModel, tmp_path: Path) -> None:
    path = make_model("elsewhere", folder=tmp_path)
    models_dir().mkdir(parents=True)
    (models_dir() / "link").symlink_to(path)
    assert find_model() == models_dir() / "link"
    remove_model("link")
    assert names() == []
    assert load_model(path).name == "elsewhere"


def test_what_cannot_be_written_or_deleted_is_a_model_error(
    make_model: MakeModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_model("mine")

    def refuse(*arguments: object, **options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "write_text", refuse)
    with pytest.raises(ModelError, match=r"cannot write .*\.default: Permission denied"):
        use_model("mine")
    monkeypatch.setattr(shutil, "rmtree", refuse)
    with pytest.raises(ModelError, match=r"cannot delete .*mine: Permission denied"):
        remove_model("mine")
    assert load_model(path).name == "mine"


def test_a_store_that_is_a_file_is_a_model_error() -> None:
    models_dir().parent.mkdir(parents=True)
    models_dir().touch()
    assert "cannot read" in refusal(None)
    with pytest.raises(ModelError, match="cannot read"):
        list_models()
