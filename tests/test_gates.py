"""What each gate did at each word: the record, the tables, the command."""

import io
import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from sentiment.artifact import load_model
from sentiment.commands import main
from sentiment.errors import ConfigError
from sentiment.experiments.gates import MAX_WORDS, QUANTITIES, GatesReport, trace_gates
from sentiment.predictor import Predictor
from sentiment.recurrence import run_network
from sentiment.report.gates import gates_report

TEXT, OTHER = "the film was good , not bad", "the film was bad , not good"
ROOT = Path(__file__).parent.parent


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["gates", *arguments])


def json_line(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    assert result.stdout.count("\n") == 1
    return json.loads(result.stdout)


def shown(report: GatesReport, width: int = 80) -> str:
    console = Console(record=True, width=width, file=io.StringIO(), highlight=False)
    console.print(gates_report(report))
    return console.export_text()


# === The record ===


@pytest.mark.parametrize("bidirectional", [True, False])
@pytest.mark.parametrize("cell", ["bow", "simple_rnn", "lstm", "gru"])
def test_the_probability_at_a_word_is_the_answer_to_the_words_up_to_it(
    make_model: Callable[..., Path], cell: str, bidirectional: bool
) -> None:
    model = load_model(make_model(cell=cell, bidirectional=bidirectional))
    (trace,) = trace_gates(model, TEXT).texts
    words = TEXT.split()
    assert [word.word for word in trace.words] == words
    beginnings = [" ".join(words[: end + 1]) for end in range(len(words))]
    answers = [answer.probability for answer in Predictor.of(model).predict(beginnings)]
    np.testing.assert_allclose([word.probability for word in trace.words], answers, atol=1e-6)
    assert len(set(answers)) > 2
    assert trace.probability == trace.words[-1].probability


@pytest.mark.parametrize("cell", ["simple_rnn", "lstm", "gru"])
def test_gates_are_those_of_the_recurrence_over_the_whole_text(
    make_model: Callable[..., Path], cell: str
) -> None:
    model = load_model(make_model(cell=cell, layers=2))
    token_ids = model.tokenizer.encode(TEXT)[None]
    layers = run_network(model.config.model, model.weights(), token_ids).layers
    for layer in (1, 2):
        report = trace_gates(model, TEXT, layer=layer)
        (trace,) = report.texts
        assert report.layer == layer
        found = [(q.direction, q.name) for q in trace.quantities]
        assert found == [(d, n) for d in ("forward", "backward") for n in QUANTITIES[cell]]
        for quantity in trace.quantities:
            units = getattr(layers[layer - 1][quantity.direction], quantity.name)[0]
            for place in range(7):
                values = [float(value) for value in units[place]]
                mean = sum(values) / 3
                spread = (sum((value - mean) ** 2 for value in values) / 3) ** 0.5
                assert quantity.mean[place] == pytest.approx(mean, abs=1e-6)
                assert quantity.deviation[place] == pytest.approx(spread, abs=1e-6)
    assert trace_gates(model, TEXT) == report


def test_a_backward_reader_has_read_the_rest_of_the_text_at_the_first_word(
    make_model: Callable[..., Path],
) -> None:
    model = load_model(make_model())
    one, other = trace_gates(model, "the film was good", "the film was bad").texts
    for quantity, changed in zip(one.quantities, other.quantities, strict=True):
        same_at_first = quantity.mean[0] == pytest.approx(changed.mean[0], abs=1e-7)
        assert same_at_first == (quantity.direction == "forward"), quantity.name


def test_a_bag_of_words_has_probabilities_and_no_gates(make_model: Callable[..., Path]) -> None:
    model = load_model(make_model(cell="bow"))
    report = trace_gates(model, TEXT, OTHER)
    one, other = report.texts
    assert report.layer is None
    assert one.quantities == ()
    assert one.probability == other.probability
    assert "no gates" in shown(report)
    with pytest.raises(ConfigError, match="no recurrent layers"):
        trace_gates(model, TEXT, layer=1)


def test_a_scramble_holds_the_same_words_and_follows_the_seed(
    make_model: Callable[..., Path],
) -> None:
    model = load_model(make_model())
    text, scramble = trace_gates(model, TEXT, scramble_seed=3).texts
    assert sorted(scramble.text.split()) == sorted(TEXT.split())
    assert scramble.text != text.text
    assert trace_gates(model, TEXT, scramble_seed=3).texts[1] == scramble
    assert trace_gates(model, TEXT, scramble_seed=4).texts[1] != scramble


@pytest.mark.parametrize(
    ("truncation", "read"),
    [("head", "the film was"), ("tail", "not bad zebra"), ("both", "the film zebra")],
)
def test_a_long_text_is_cut_as_predict_cuts_it(
    make_model: Callable[..., Path], truncation: str, read: str
) -> None:
    model = load_model(make_model(max_tokens=3, truncation=truncation))
    text = f"{TEXT} zebra"
    (trace,) = trace_gates(model, text).texts
    assert [word.word for word in trace.words] == read.split()
    assert [word.known for word in trace.words] == [word != "zebra" for word in read.split()]
    assert (trace.num_tokens, trace.num_read) == (8, 3)
    (answer,) = Predictor.of(model).predict([text])
    assert trace.probability == pytest.approx(answer.probability, abs=1e-6)


def test_words_that_are_left_out_still_count(make_model: Callable[..., Path]) -> None:
    model = load_model(make_model())
    (whole,) = trace_gates(model, TEXT).texts
    (part,) = trace_gates(model, TEXT, max_words=2).texts
    assert part.words == whole.words[:2]
    assert (part.num_read, part.num_tokens) == (7, 7)
    assert part.probability == pytest.approx(whole.probability, abs=1e-6)
    for quantity, longer in zip(part.quantities, whole.quantities, strict=True):
        assert quantity.mean == longer.mean[:2]


@pytest.mark.parametrize("cell", ["bow", "gru"])
@pytest.mark.parametrize("text", ["", " \n", "\x00"])
def test_a_text_of_no_words_has_an_answer_and_nothing_else(
    make_model: Callable[..., Path], cell: str, text: str
) -> None:
    model = load_model(make_model(cell=cell))
    report = trace_gates(model, text, scramble_seed=0)
    for trace in report.texts:
        assert trace.words == ()
        assert all(quantity.mean == () for quantity in trace.quantities)
    (answer,) = Predictor.of(model).predict([text])
    assert report.texts[0].probability == answer.probability
    assert f"{answer.probability:.3f}" in shown(report)


# === The tables ===


@pytest.mark.parametrize("cell", ["bow", "simple_rnn", "lstm", "gru"])
def test_every_figure_is_in_a_table_of_eighty_columns(
    make_model: Callable[..., Path], cell: str
) -> None:
    report = trace_gates(load_model(make_model(cell=cell)), TEXT, OTHER)
    output = shown(report)
    assert "…" not in output
    for trace in report.texts:
        assert trace.text in output
        for word in trace.words:
            assert re.search(rf" {word.word} +{word.probability:.3f} ", output)
        for quantity in trace.quantities:
            sign = "" if quantity.is_gate else "+"
            for mean, deviation in zip(quantity.mean, quantity.deviation, strict=True):
                assert f"{mean:{sign}z.2f}±{deviation:.2f}" in output
    both = ("→", "←") if cell != "bow" else ()
    assert all(output.count(arrow) == 14 + 1 for arrow in both)


@pytest.mark.parametrize("cell", ["lstm", "gru"])
def test_long_words_are_folded_and_figures_are_not(
    make_model: Callable[..., Path], cell: str
) -> None:
    report = trace_gates(load_model(make_model(cell=cell)), f"{'x' * 70} good")
    output = shown(report)
    assert max(map(len, output.splitlines())) <= 80
    for quantity in report.texts[0].quantities:
        sign = "" if quantity.is_gate else "+"
        for mean, deviation in zip(quantity.mean, quantity.deviation, strict=True):
            assert f"{mean:{sign}z.2f}±{deviation:.2f}" in output


def test_two_tables_stand_side_by_side_where_there_is_room(
    make_model: Callable[..., Path],
) -> None:
    report = trace_gates(load_model(make_model(cell="lstm")), TEXT, OTHER)
    for width, most in ((200, 2), (80, 1)):
        lines = shown(report, width).splitlines()
        assert max(len(re.findall(r"word +P", line)) for line in lines) == most


def test_light_cells_are_high_and_dark_cells_low(make_model: Callable[..., Path]) -> None:
    report = trace_gates(load_model(make_model(bidirectional=False)), "good bad")
    (trace,) = report.texts
    gate = replace(trace.quantities[0], mean=(0.0, 1.0), deviation=(0.0, 0.0))
    report = replace(report, texts=(replace(trace, quantities=(gate,)),))
    console = Console(width=80, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(gates_report(report))
    output = console.file.getvalue()  # type: ignore[attr-defined]
    assert re.search(r"\x1b\[37;48;2;0;34;78m *0\.00±0\.00", output)
    assert re.search(r"\x1b\[30;48;2;254;232;56m *1\.00±0\.00", output)


def test_words_that_are_not_known_are_marked_and_texts_do_nothing(
    make_model: Callable[..., Path],
) -> None:
    model = load_model(make_model())
    output = shown(trace_gates(model, "the [red]zebra[/red] :smile:"))
    assert "[red]zebra[/red] :smile:" in output
    assert re.search(r"^ zebra †", output, re.MULTILINE)
    assert re.search(r"^ the  ", output, re.MULTILINE)
    assert "† a word that the model does not know" in output
    assert "†" not in shown(trace_gates(model, TEXT))


# === The command ===


def test_gates_prints_one_json_object(make_model: Callable[..., Path]) -> None:
    make_model(cell="lstm")
    found = json_line(run("--json", TEXT, OTHER))
    assert set(found) == {"model", "cell", "layer", "num_layers", "units", "texts"}
    assert [text["text"] for text in found["texts"]] == [TEXT, OTHER]
    for text in found["texts"]:
        assert set(text) == {
            "text", "label", "probability", "num_tokens", "num_read", "words", "quantities"
        }  # fmt: skip
        assert set(text["words"][0]) == {"word", "known", "probability"}
        for quantity in text["quantities"]:
            assert set(quantity) == {"direction", "name", "mean", "deviation"}
            assert len(quantity["mean"]) == len(quantity["deviation"]) == 7
    assert len(json_line(run("--json", "--scramble", TEXT, OTHER))["texts"]) == 3
    assert len(json_line(run("--json", TEXT))["texts"]) == 1


def test_gates_shows_tables_and_draws_a_picture(
    make_model: Callable[..., Path], tmp_path: Path
) -> None:
    make_model()
    result = run(TEXT, "--scramble", "--plot", str(tmp_path / "gates.png"))
    assert result.exit_code == 0, result.output
    assert "update" in result.stdout
    assert "gates.png" in result.stderr
    assert (tmp_path / "gates.png").read_bytes().startswith(b"\x89PNG")


def test_cut_and_long_and_empty_texts_are_told_of(make_model: Callable[..., Path]) -> None:
    make_model(max_tokens=300)
    result = run("--json", "good " * 400)
    (trace,) = json_line(result)["texts"]
    assert len(trace["words"]) == MAX_WORDS
    assert "has 400 words; the model reads 300" in result.stderr
    assert "the first 200 of 300 words are shown" in result.stderr
    assert "no words" in run("").stderr
    assert run("good").stderr == ""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--layer", "2"], "no layer 2; choose one from 1 to 1"),
        (["--plot", "gates.pdf"], "end the picture's name in .png or .svg"),
        (["--plot", "missing/gates.png"], "cannot write missing/gates.png"),
        (["--model", "tiby"], "did you mean 'tiny'"),
    ],
)
def test_bad_input_gets_one_line(
    make_model: Callable[..., Path], arguments: list[str], message: str
) -> None:
    make_model()
    result = run(TEXT, *arguments)
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
    assert message in result.stderr


def test_gates_loads_no_tensorflow_and_draws_without_pyplot(
    make_model: Callable[..., Path], tmp_path: Path
) -> None:
    make_model()
    code = (
        "import sys\n"
        "from sentiment.commands import main\n"
        "main(sys.argv[1:], standalone_mode=False)\n"
        "print('\\n' + ' '.join(sys.modules))\n"
    )
    loaded = []
    for more in ([], ["--plot", str(tmp_path / "gates.svg")]):
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", code, "gates", TEXT, *more],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        )
        loaded.append(set(done.stdout.splitlines()[-1].split()))
    assert not (loaded[0] | loaded[1]) & {"tensorflow", "keras", "matplotlib.pyplot"}
    assert "matplotlib" not in loaded[0]
    assert "matplotlib" in loaded[1]
