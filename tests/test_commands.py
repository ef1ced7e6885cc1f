"""Every command as its user meets it: help, JSON contract, errors, streams, start-up."""

import csv
import json
import os
import platform
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sentiment
from sentiment.commands import main
from sentiment.commands.options import TRAINING_SETTINGS
from sentiment.config import setting_default

ROOT = Path(__file__).parent.parent
TINY = ["--units", "4", "--embedding-dim", "4", "--epochs", "1", "--max-tokens", "12"]


def run(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), input=stdin)


def fresh(*arguments: str, **settings: Any) -> "subprocess.CompletedProcess[bytes]":
    """Run the command line in a process of its own."""
    code = [sys.executable, str(ROOT / "cli.py"), *arguments]
    return subprocess.run(code, capture_output=True, check=False, timeout=300, **settings)


def json_lines(result: Result) -> list[Any]:
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.split("\n")[:-1]]


def one_line_error(result: Result, status: int = 1) -> str:
    assert result.exit_code == status, result.output
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
    assert "Traceback" not in result.output
    return result.stderr


def every_command() -> Iterator[tuple[str, click.Command]]:
    def walk(path: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
        yield path, command
        if isinstance(command, click.Group):
            for name, inner in command.commands.items():
                yield from walk(f"{path} {name}".strip(), inner)

    yield from walk("", main)


COMMANDS = dict(every_command())


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_has_help_with_an_example(path: str) -> None:
    result = run(*path.split(), "--help")
    assert result.exit_code == 0
    assert "Example" in result.output
    assert f"sentiment {path}".strip() in result.output
    for option in COMMANDS[path].params:
        if isinstance(option, click.Option):
            assert option.help, f"{option.name} has no help"


@pytest.mark.parametrize("name", TRAINING_SETTINGS)
def test_help_shows_the_default_of_the_settings_class(name: str) -> None:
    default = setting_default(name)
    shown = {True: "yes", False: "no"}[default] if isinstance(default, bool) else str(default)
    flag = "--" + name.replace("_", "-")
    text = " ".join(run("train", "--help").output.split())
    rest = text[text.index(f" {flag}") :]
    start = rest.index("[default: ") + len("[default: ")
    assert rest[start : rest.index("]", start)].split(";")[0] == shown


def test_an_unknown_option_is_a_usage_error() -> None:
    result = run("predict", "--nonsense")
    assert result.exit_code == 2
    assert "No such option" in result.stderr


@pytest.mark.parametrize("arguments", [[], ["models"]])
def test_a_group_alone_shows_its_help(arguments: list[str]) -> None:
    assert "Commands:" in run(*arguments).output


def test_the_versions_that_matter_are_told() -> None:
    first, python, packages = run("--version").output.splitlines()
    assert first == f"sentiment {sentiment.__version__}"
    assert python.startswith(f"python {platform.python_version()}, ")
    assert f"keras {metadata.version('keras')}" in packages


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_is_told_how_to_complete(shell: str) -> None:
    script = run("completion", shell).stdout
    assert "_SENTIMENT_COMPLETE" in script
    assert shell in script


def test_commands_options_and_their_values_are_completed() -> None:
    def completions(words: str) -> set[str]:
        environment = {**os.environ, "_SENTIMENT_COMPLETE": "bash_complete"}
        environment |= {"COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1)}
        code = "from sentiment.commands import main; main(prog_name='sentiment')"
        found = subprocess.run(
            [sys.executable, "-c", code],
            env=environment,
            capture_output=True,
            check=True,
            timeout=60,
            text=True,
        )
        return {line.partition(",")[2] for line in found.stdout.splitlines()}

    assert completions("sentiment pre") == {"predict"}
    assert "--cell" in completions("sentiment train --")
    assert completions("sentiment train --cell gr") == {"gru"}


@pytest.mark.parametrize("arguments", [["-q", "predict"], ["predict", "--quiet"]])
def test_quiet_leaves_notes_out_and_results_in(
    make_model: Callable[..., Path], arguments: list[str]
) -> None:
    make_model()
    assert "Note: " in run("predict", "zebra zebra").stderr
    result = run(*arguments, "zebra zebra")
    assert result.stderr == ""
    assert "zebra" in result.stdout


def test_quiet_keeps_errors() -> None:
    one_line_error(run("predict", "good", "--model", "nowhere", "--quiet"))


def test_verbose_says_where_an_error_arose(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TF_CPP_MIN_LOG_LEVEL", "3")
    result = run("predict", "good", "--model", "nowhere", "--verbose")
    assert result.exit_code == 1
    assert "Traceback" in result.stderr
    assert result.stderr.splitlines()[-1].startswith("Error: ")
    one_line_error(run("predict", "good", "--model", "nowhere"))


# === predict ===


def test_predict_gives_one_json_object_a_text_in_order(make_model: Callable[..., Path]) -> None:
    make_model(max_tokens=4)
    texts = ["the film was good, not bad", "zebra", "", "-", "the film"]
    found = json_lines(run("predict", "--json", "--", *texts))
    assert [line["text"] for line in found] == texts
    for line in found:
        assert set(line) == {
            "text", "label", "probability", "num_tokens", "num_unknown", "truncated", "model",
            "surprise",
        }  # fmt: skip
        assert 0 <= line["probability"] <= 1
        assert line["label"] == ("positive" if line["probability"] >= 0.5 else "negative")
        assert line["model"] == "tiny"
    assert [line["num_tokens"] for line in found] == [7, 1, 0, 1, 2]
    assert [line["num_unknown"] for line in found] == [0, 1, 0, 1, 0]
    assert [line["truncated"] for line in found] == [True, False, False, False, False]


def test_predict_shows_a_table(make_model: Callable[..., Path]) -> None:
    make_model()
    result = run("predict", "the film was good", "[red]bad[/red]")
    assert result.exit_code == 0
    for expected in ("the film was good", "[red]bad[/red]", "P(positive)", "tiny"):
        assert expected in result.output


def test_scrambles_hold_the_same_words_and_say_how_far_the_answer_moved(
    make_model: Callable[..., Path],
) -> None:
    make_model()
    arguments = ("predict", "--scramble", "4", "the film was GOOD , not bad")
    (line,) = json_lines(run(*arguments, "--json"))
    assert len(line["scrambles"]) == 4
    for scramble in line["scrambles"]:
        assert sorted(scramble["text"].split()) == sorted(line["text"].split())
        assert set(scramble) == {"text", "label", "probability", "surprise"}
    assert json_lines(run(*arguments, "--json")) == [line]
    assert json_lines(run(*arguments, "--json", "--seed", "1")) != [line]
    moved = line["scrambles"][0]["probability"] - line["probability"]
    assert f"{moved:+.3f}" in run(*arguments).output


def test_lines_of_standard_input_are_texts(make_model: Callable[..., Path]) -> None:
    make_model()
    found = json_lines(run("predict", "--json", stdin=b"good film\r\n\nbad \xff\xfe plot\nlast"))
    assert [line["text"] for line in found] == ["good film", "", "bad \ufffd\ufffd plot", "last"]


def test_standard_input_is_answered_line_by_line(make_model: Callable[..., Path]) -> None:
    make_model()
    command = [sys.executable, str(ROOT / "cli.py"), "predict", "--json"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for text in ("good", "bad"):
            process.stdin.write(f"{text}\n".encode())
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["text"] == text
        process.stdin.close()
    assert process.returncode == 0


def test_lines_of_standard_input_are_answered_on_lines(make_model: Callable[..., Path]) -> None:
    make_model()
    result = run("predict", "--scramble", "1", stdin="the film was good, not bad\n[/]\n")
    first, scramble, last, _ = result.stdout.splitlines()
    assert first.split()[0] in ("positive", "negative")
    assert first.endswith("the film was good, not bad")
    assert scramble.split()[2][0] in "+-"
    assert last.endswith("[/]")


def test_warnings_go_to_standard_error(make_model: Callable[..., Path]) -> None:
    make_model(max_tokens=3)
    result = run("predict", "--json", "", "zebra quagga good", "the film was good")
    assert len(json_lines(result)) == 3
    assert "no words" in result.stderr
    assert "does not know 2 of the 3 words" in result.stderr
    assert "was cut" in result.stderr


def test_without_a_model_the_error_says_how_to_get_one() -> None:
    assert "sentiment train" in one_line_error(run("predict", "good"))


def test_a_wrong_model_name_is_answered_with_a_close_one(make_model: Callable[..., Path]) -> None:
    make_model()
    assert "did you mean 'tiny'" in one_line_error(run("predict", "--model", "tiby", "good"))


def test_head_closing_the_pipe_is_silent(make_model: Callable[..., Path]) -> None:
    make_model()
    command = f"yes 'good film' | {sys.executable} {ROOT / 'cli.py'} predict --json | head -n 2"
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, check=False, timeout=60, text=True
    )
    assert len(done.stdout.splitlines()) == 2
    assert done.stderr == ""


def test_ctrl_c_while_answering_exits_with_130(make_model: Callable[..., Path]) -> None:
    make_model()
    command = [sys.executable, str(ROOT / "cli.py"), "predict", "--json"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b"good\n")
        process.stdin.flush()
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 130
        assert b"Traceback" not in process.stderr.read()


HOSTILE = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="\x00\x01\x1b\x7f\u200b\u202e\ufeff\r\n\t,;\"'=<>&[]/\\", max_size=30),
    st.text(alphabet="한국어커피😀👍🏽é́ßİ", max_size=20),
    st.integers(1, 3_000).map(lambda n: "good " * n),
    st.sampled_from(["=1+1", "--help", "-", "<br />", "&lt;b&gt;", "[PAD]", "[/]", "%s %n", "NaN"]),
)


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(texts=st.lists(HOSTILE, min_size=1, max_size=4), scramble=st.booleans())
def test_hostile_texts_are_all_answered(
    make_model: Callable[..., Path], texts: list[str], scramble: bool
) -> None:
    if not (Path(os.environ["SENTIMENT_HOME"]) / "models" / "tiny").exists():
        make_model(max_tokens=16)
    more = ["--scramble", "2"] if scramble else []
    found = json_lines(run("predict", "--json", *more, "--", *texts))
    assert [line["text"] for line in found] == texts
    assert run("predict", *more, "--", *texts).exit_code == 0


def test_arguments_that_are_not_utf_8_are_answered(make_model: Callable[..., Path]) -> None:
    make_model()
    done = fresh("predict", "--json", b"good \xff\xed\xa0\x80 film")  # type: ignore[arg-type]
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["num_tokens"] >= 2


def test_a_megabyte_of_text_is_answered(make_model: Callable[..., Path]) -> None:
    make_model(max_tokens=16)
    (line,) = json_lines(run("predict", "--json", stdin="good film " * 100_000))
    assert line["truncated"]
    assert line["num_tokens"] == 200_000


# === train, evaluate, data ===


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """An own table in which `good` is positive and `bad` negative."""
    path = tmp_path / "reviews.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["review", "stars"])
        for number in range(40):
            word, stars = ("good", "up") if number % 2 else ("bad", "down")
            writer.writerow([f"a {word} film number {number}", stars])
    return path


OWN = ["--label-column", "stars", "--positive-label", "up"]


def test_train_saves_a_model_that_predict_and_evaluate_use(table: Path, home: Path) -> None:
    more = ["--data", str(table), *OWN, *TINY]
    result = run("train", "--cell", "gru", "--model", "mine", "--json", *more)
    (line,) = json_lines(result)
    assert set(line) == {
        "model", "path", "cell", "num_parameters", "epochs", "train_seconds", "total_seconds",
        "reviews_per_second", "temperature", "padding_share", "seed",
        "results",
    }  # fmt: skip
    assert line["path"] == str(home / "models" / "mine")
    assert line["cell"] == "gru"
    assert set(line["results"]) == {str(table)}
    figures = line["results"][str(table)]
    assert set(figures) == {"validation_accuracy", "test_accuracy", "num_test"}
    assert not (home / "models" / "mine" / "training").exists()
    (found,) = json_lines(run("evaluate", "--data", str(table), *OWN, "--json"))
    assert found["accuracy"] == figures["test_accuracy"]
    assert {"model", "data", "split", "num_examples", "accuracy", "accuracy_interval"} <= set(found)
    assert {"precision", "recall", "f1", "roc_auc", "calibration_error"} <= set(found)
    assert json_lines(run("predict", "--json", "good"))[0]["model"] == "mine"
    shown = run("evaluate", "--data", str(table), *OWN)
    assert "reviews.csv" in shown.output
    assert "Confusion" in shown.output


def test_train_shows_settings_parameters_and_where_the_model_is(table: Path, home: Path) -> None:
    result = run("train", "--data", str(table), *OWN, *TINY, "--cell", "bow", "--model", "m")
    assert result.exit_code == 0, result.output
    for expected in ("Settings", "Parameters of bow", "hidden_1", "Epochs", "95 %", "reviews.csv"):
        assert expected in result.stdout
    assert "epoch 1/1" in result.stderr


def test_validation_only_leaves_the_test_split_unread(table: Path) -> None:
    more = ["--data", str(table), *OWN, *TINY]
    (line,) = json_lines(run("train", "--validation-only", "--json", *more))
    assert set(line["results"][str(table)]) == {"validation_accuracy"}


def test_several_data_sets_are_learned_together(table: Path) -> None:
    more = ["--data", str(table), "--data", "pairs", *OWN, *TINY, "--max-tokens", "50"]
    (line,) = json_lines(run("train", "--cell", "bow", "--json", *more))
    assert set(line["results"]) == {str(table), "pairs"}
    assert line["results"]["pairs"]["pair_accuracy"] == 0.5
    assert line["results"]["pairs"]["unseen_pair_accuracy"] == 0.5


def test_settings_come_from_a_file_and_options_go_before(table: Path, tmp_path: Path) -> None:
    file = tmp_path / "run.toml"
    file.write_text(
        f'cell = "bow"\nunits = 3\nembedding_dim = 4\nepochs = 1\nactivation = "relu"\n'
        f'data = "{table}"\nlabel_column = "stars"\npositive_label = "up"\n'
    )
    (line,) = json_lines(run("train", "--config", str(file), "--cell", "lstm", "--json"))
    assert line["cell"] == "lstm"
    (shown,) = json_lines(run("models", "show", line["model"], "--json"))
    assert shown["config"]["model"]["units"] == 3
    assert shown["config"]["model"]["activation"] == "relu"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--data", "nonsense"], "no data set or file 'nonsense'"),
        (["--data", "missing.csv"], "missing.csv"),
        (["--units", "0"], "units must be at least 1"),
        (["--dropout", "1"], "dropout must be"),
        (["--cell", "bow", "--pooling", "last"], "needs an order of words"),
        (["--config", "missing.toml"], "cannot read missing.toml"),
        (["--model", "a/b"], "not fit to be a model's name"),
        (["--resume"], "no unfinished run to resume"),
        (["--resume", "--units", "4"], "leave out units"),
    ],
)
def test_bad_input_gets_one_line_that_names_it(arguments: list[str], message: str) -> None:
    assert message in one_line_error(run("train", *arguments))


def test_wrong_columns_are_answered_with_the_columns_there_are(table: Path) -> None:
    error = one_line_error(run("train", "--data", str(table), "--label-column", "star"))
    assert "'stars'" in error


def test_a_killed_train_command_resumes(table: Path, home: Path) -> None:
    more = ["--data", "pairs", *TINY, "--seed", "3"]
    whole = json_lines(run("train", "--model", "whole", "--json", *more))[0]
    command = [sys.executable, str(ROOT / "cli.py"), "train", "--model", "killed", *more]
    state = home / "models" / "killed" / "training" / "run.json"
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        while b"training" not in process.stderr.readline():
            assert process.poll() is None
        time.sleep(0.3)
        process.kill()
    assert state.exists()
    assert "unfinished run" in one_line_error(run("predict", "--model", "killed", "good"))
    again = json_lines(run("train", "--resume", "--json"))[0]
    assert again["model"] == "killed"
    assert again["results"] == whole["results"]
    weights = [home / "models" / name / "weights.safetensors" for name in ("whole", "killed")]
    assert weights[0].read_bytes() == weights[1].read_bytes()


def test_ctrl_c_in_train_keeps_the_best_epoch_and_says_how_to_go_on(home: Path) -> None:
    more = ["--data", "pairs", *TINY[:4], "--epochs", "40", "--dropout", "0", "--model", "stopped"]
    command = [sys.executable, str(ROOT / "cli.py"), "train", *more]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        while b"epoch 1/40" not in process.stderr.readline():
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read().decode()
    assert process.returncode == 130
    assert "holds epoch" in rest
    assert "--resume --model stopped" in rest
    assert "Traceback" not in rest
    assert json_lines(run("predict", "--json", "good"))[0]["model"] == "stopped"
    assert (home / "models" / "stopped" / "training" / "state.safetensors").exists()


def test_ctrl_c_before_training_says_that_nothing_is_lost(home: Path) -> None:
    command = [sys.executable, str(ROOT / "cli.py"), "train", "--data", "pairs", "--model", "early"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        assert process.stderr.readline()
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read().decode()
    assert process.returncode == 130
    assert "nothing had been learned yet" in rest
    assert not (home / "models" / "early").exists()
    assert "Traceback" not in rest


def test_resuming_on_other_data_is_refused(table: Path, home: Path) -> None:
    more = ["--data", str(table), *OWN, *TINY]
    assert run("train", "--model", "m", *more).exit_code == 0
    folder = home / "models" / "m" / "training"
    folder.mkdir()
    config = json.loads((home / "models" / "m" / "config.json").read_text())["config"]
    (folder / "run.json").write_text(
        json.dumps({"made_by": "train", "config": config, "fingerprints": {str(table): "other"}})
    )
    assert "has changed since it began" in one_line_error(run("train", "--resume"))


def test_data_describes_a_table(table: Path) -> None:
    result = run("data", "--data", str(table), *OWN)
    assert result.exit_code == 0, result.output
    for expected in ("reviews.csv", "train", "validation", "test", "Samples"):
        assert expected in result.output
    (line,) = json_lines(run("data", "--data", str(table), *OWN, "--json"))
    assert [split["num_texts"] for split in line["splits"]] == [32, 4, 4]


# === params, models ===


def test_params_prints_the_contract() -> None:
    (line,) = json_lines(run("params", "--cell", "lstm", "--units", "8", "--json"))
    assert set(line) == {"cell", "total", "layers"}
    assert set(line["layers"][0]) == {"name", "shape", "count", "formula"}
    assert line["total"] == sum(layer["count"] for layer in line["layers"])
    assert "4·" in run("params", "--cell", "lstm").output


def test_params_of_a_saved_model_are_its_own(make_model: Callable[..., Path]) -> None:
    make_model(units=2)
    (line,) = json_lines(run("params", "--model", "tiny", "--json"))
    (shown,) = json_lines(run("models", "show", "--json"))
    assert line["layers"][0]["shape"][0] == shown["vocabulary_size"]
    assert "leave out units" in one_line_error(run("params", "--model", "tiny", "--units", "3"))


def test_a_budget_is_solved_for_every_cell() -> None:
    found = json_lines(run("params", "--budget", "100000", "--json"))
    assert [line["cell"] for line in found] == ["bow", "simple_rnn", "lstm", "gru"]
    assert all(90_000 < line["besides_embedding"] <= 100_000 for line in found)
    assert "units" in run("params", "--budget", "100000", "--cell", "gru").output
    assert "cannot fit 5" in one_line_error(run("params", "--budget", "5", "--cell", "gru"))


def test_models_are_listed_chosen_and_removed(make_model: Callable[..., Path]) -> None:
    assert "no models yet" in run("models", "list").output
    make_model("first")
    make_model("second", seed=1)
    assert [line["name"] for line in json_lines(run("models", "list", "--json"))] == [
        "first",
        "second",
    ]
    assert json_lines(run("predict", "--json", "good"))[0]["model"] == "second"
    assert run("models", "use", "first").exit_code == 0
    assert json_lines(run("predict", "--json", "good"))[0]["model"] == "first"
    assert "first" in run("models", "list").output
    assert "seed 0" in run("models", "show").output
    assert run("models", "remove", "first", stdin="n\n").exit_code == 130
    assert run("models", "remove", "first", "--yes").exit_code == 0
    assert json_lines(run("predict", "--json", "good"))[0]["model"] == "second"
    assert "no model 'first'" in one_line_error(run("models", "show", "first"))


# === start-up ===


@pytest.mark.parametrize("path", COMMANDS)
def test_help_loads_no_tensorflow(path: str) -> None:
    assert not loaded_by(*path.split(), "--help") & {
        "tensorflow", "keras", "tensorflow_datasets", "numpy", "pyarrow", "rich"
    }  # fmt: skip


@pytest.mark.parametrize(
    "arguments",
    [
        ["predict", "good film", "--scramble", "2"],
        ["params", "--cell", "lstm"],
        ["params", "--model", "tiny"],
        ["models", "list"],
        ["evaluate", "--data", "pairs"],
        ["gates", "good film", "film good"],
        ["order", "good film, not bad"],
        ["order", "--data", "pairs", "--max-texts", "20"],
    ],
    ids=" ".join,
)
def test_commands_on_trained_models_load_no_tensorflow(
    make_model: Callable[..., Path], arguments: list[str]
) -> None:
    make_model()
    assert not loaded_by(*arguments) & {"tensorflow", "keras", "tensorflow_datasets"}


def test_predict_loads_nothing_that_it_has_no_use_for(make_model: Callable[..., Path]) -> None:
    make_model()
    costly = {"difflib", "logging", "numpy.random", "rich._emoji_codes", "rich.progress", "tomllib"}
    assert not loaded_by("predict", "good film") & costly
    assert "numpy.random" in loaded_by("predict", "good film", "--scramble", "1")


def loaded_by(*arguments: str) -> set[str]:
    """Modules that a command loads in a fresh process."""
    code = (
        "import sys\n"
        "from sentiment.commands import main\n"
        f"sys.argv = ['sentiment', *{list(arguments)!r}]\n"
        "try:\n"
        "    main()\n"
        "except SystemExit as end:\n"
        "    assert end.code == 0, end.code\n"
        "print('\\n' + ' '.join(sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


def test_compare_prints_json_and_goes_on_from_what_is_there(table: Path) -> None:
    more = ["--cells", "bow, bow,gru", "--seeds", "1", *TINY, "--data", str(table), *OWN]
    (found,) = json_lines(run("compare", "--json", *more))
    networks = [(each["data"] == "pairs", each["cell"]) for each in found["networks"]]
    assert networks == [(False, "bow"), (False, "gru"), (True, "bow"), (True, "gru")]
    assert len(found["verdicts"]) == 6
    again = run("compare", *more)
    assert again.exit_code == 0, again.output
    assert again.stderr.count("done before") == 4
    assert "What the textbook says" in again.stdout


def test_compare_names_what_is_wrong_with_a_list() -> None:
    for option, value in (("--cells", "gru,rnn"), ("--layers", "1,0"), ("--layers", "1,")):
        result = run("compare", option, value)
        assert result.exit_code == 2
        assert option in result.stderr


def test_ctrl_c_in_compare_says_how_far_it_came(home: Path) -> None:
    command = [sys.executable, str(ROOT / "cli.py"), "compare", "--data", "pairs", *TINY]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        while b"run 1/12" not in process.stderr.readline():
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read().decode()
    assert process.returncode == 130
    assert "of 12 runs are done; the same command goes on" in rest
    assert "Traceback" not in rest
