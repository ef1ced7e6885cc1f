"""Gradients through time: exact where they are known, bounded where a bound is."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from click.testing import CliRunner
from rich.console import Console

from sentiment.commands import main
from sentiment.errors import ConfigError
from sentiment.experiments import gradients
from sentiment.experiments.adding import CELLS, AddingConfig, AddingResult, recurrent_layer
from sentiment.experiments.gradient_study import (
    GradientConfig,
    Study,
    run_study,
    summarise,
)
from sentiment.experiments.gradient_verdicts import study_dict, verdicts
from sentiment.experiments.gradients import (
    INITIALIZERS,
    Curve,
    Place,
    closed_form_error,
    gradient_norms,
    measure,
    measure_trained,
)
from sentiment.experiments.verdict import FAILS, HOLDS
from sentiment.report.gradients import study_report

SIZE: dict[str, Any] = {"length": 6, "units": 3, "layers": 1, "seed": 0}
CONFIG = GradientConfig(
    cells=("simple_rnn", "lstm"),
    activations=("tanh", "sigmoid"),
    initializers=("orthogonal",),
    input_scales=(0.1,),
    length=5,
    units=3,
    layers=2,
    num_seeds=2,
    train_steps=1,
)
PLACE = Place("simple_rnn", "tanh", "orthogonal", 0.1, 1, 1, "h", False)


def curve(*norms: float, seed: int = 0, **place: Any) -> Curve:
    return Curve(replace(PLACE, **place), seed, norms)


@pytest.fixture(scope="module")
def study() -> Study:
    return run_study(CONFIG)


# === Derivatives ===


@pytest.mark.parametrize("weight", [0.5, 0.9, -1.1])
def test_a_linear_unit_has_the_derivative_of_its_closed_form(weight: float) -> None:
    assert closed_form_error(weight) < 1e-12


@pytest.mark.parametrize("cell", CELLS)
def test_norms_agree_with_differences_of_the_loss(cell: str) -> None:
    """Moving one state a little moves the loss by what the derivative says."""
    length, units, at = 4, 2, 1
    (built,) = gradients._build_cells(
        1, cell, units=units, activation="tanh", initializer="orthogonal", seed=0
    )
    inputs = np.random.default_rng(0).normal(size=(1, length, gradients._INPUT_DIM))

    def loss(moved: int, unit: int, by: float) -> float:
        states = [tf.zeros((1, units), "float64") for _ in gradients.STATES[cell]]
        for step in range(length):
            _, after = built(tf.constant(inputs[:, step]), states)
            states = list(after) if isinstance(after, (list, tuple)) else [after]
            if step == at:
                before = states[-1]
                states[moved] += by * tf.one_hot([unit], units, dtype="float64")
                if moved == 1:  # h = o · tanh(c) moves along with c
                    states[0] *= tf.tanh(states[1]) / tf.tanh(before)
        return float(tf.reduce_sum(states[0] ** 2))

    (found,) = gradient_norms([built], inputs, lambda state: tf.reduce_sum(state**2, axis=1))
    assert len(found) == len(gradients.STATES[cell])
    for state, norms in enumerate(found):
        slopes = [(loss(state, u, 1e-5) - loss(state, u, -1e-5)) / 2e-5 for u in range(units)]
        assert norms[length - 1 - at] == pytest.approx(np.linalg.norm(slopes), rel=1e-6)


@pytest.mark.parametrize("scale", [0.01, 1.0, 3.0])
def test_an_orthogonal_sigmoid_simple_rnn_loses_a_factor_of_4_in_every_step(scale: float) -> None:
    (found,) = measure("simple_rnn", "sigmoid", "orthogonal", scale, **{**SIZE, "length": 120})
    assert len(found.norms) == 120
    assert 0 < found.worst_step <= 0.25 * (1 + 1e-9)
    assert found.factor <= 0.25


def test_an_orthogonal_tanh_simple_rnn_never_gains() -> None:
    (found,) = measure("simple_rnn", "tanh", "orthogonal", 1.0, **SIZE)
    assert found.worst_step <= 1 + 1e-9


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("initializer", INITIALIZERS)
def test_every_setting_is_measured_with_norm_1_at_the_end(cell: str, initializer: str) -> None:
    found = measure(cell, "relu", initializer, 1.0, **SIZE)
    assert [each.place.state for each in found] == list(gradients.STATES[cell])
    assert found[0].norms[0] == pytest.approx(1)
    assert found[0].place.initializer == initializer


def test_the_identity_stands_in_each_gate() -> None:
    (built,) = gradients._build_cells(
        1, "gru", units=2, activation="tanh", initializer="identity", seed=0
    )
    assert np.array_equal(built.recurrent_kernel.numpy(), np.tile(np.eye(2), (1, 3)))


def test_another_seed_draws_other_weights_and_inputs() -> None:
    once, again, other = (
        measure("gru", "tanh", "orthogonal", 1.0, **{**SIZE, "seed": seed})[0].norms
        for seed in (0, 0, 1)
    )
    assert once == again
    assert once != other


def test_a_stack_has_a_curve_for_each_layer_and_only_the_top_starts_at_1() -> None:
    found = measure("simple_rnn", "tanh", "orthogonal", 0.1, **{**SIZE, "layers": 3})
    assert [each.place.layer for each in found] == [1, 2, 3]
    assert found[2].norms[0] == pytest.approx(1)
    assert 0 < found[0].norms[0] < 1
    assert min(found[0].norms) > 0


def test_training_is_measured_on_the_same_sequences_before_and_after() -> None:
    config = AddingConfig("lstm", length=5, units=3, max_steps=0, seed=0)
    curves, _ = measure_trained(config)
    assert [(each.place.trained, each.place.state) for each in curves] == [
        (False, "h"), (False, "c"), (True, "h"), (True, "c"),
    ]  # fmt: skip
    assert curves[0].norms == curves[2].norms
    moved, _ = measure_trained(replace(config, max_steps=2))
    assert moved[0].norms == curves[0].norms
    assert moved[2].norms != curves[0].norms


def test_networks_are_measured_with_the_layers_they_train_with() -> None:
    layer = recurrent_layer("gru", 2, activation="tanh", initializer="zeros", seed=0)
    assert isinstance(layer, keras.layers.GRU)
    assert layer.cell.reset_after


# === Figures ===


def test_a_straight_line_on_the_log_axis_has_its_own_slope_ratio_and_fall() -> None:
    found = curve(*(2 * 0.1**step for step in range(6)))
    assert found.factor == pytest.approx(0.1)
    assert found.ratio == pytest.approx(1e-5)
    assert found.thousandfold in (3, 4)
    assert curve(1.0, 0.5, 0.0009, 0.5).thousandfold == 2
    assert curve(1.0, 0.5).thousandfold is None


def test_a_gradient_that_is_gone_breaks_no_figure() -> None:
    gone = curve(0.0, 0.0, 0.0)
    assert (gone.factor, gone.ratio, gone.worst_step, gone.thousandfold) == (0.0, 0.0, 0.0, 0)
    assert curve(1.0, 0.5, 0.0, 0.0).factor == pytest.approx(0.5)


def test_a_gradient_that_overflows_is_null_in_json() -> None:
    found = curve(1.0, 2.0, 4.0, float("inf"))
    assert found.factor == pytest.approx(2)
    assert found.to_dict()["norms"] == [1.0, 2.0, 4.0, None]
    json.dumps(found.to_dict(), allow_nan=False)


def test_curves_that_differ_in_their_seed_alone_are_drawn_together() -> None:
    falling = [curve(*(factor**step for step in range(5)), seed=s) for s, factor in enumerate(
        (0.1, 0.2, 0.9)
    )]  # fmt: skip
    first, second = summarise([*falling, curve(1.0, 1.0, cell="gru")])
    assert first.num_seeds == 3
    assert first.factor == pytest.approx(0.4)
    assert first.factor_range == pytest.approx((0.1, 0.9))
    assert first.ratio == pytest.approx(0.2**4)
    assert first.thousandfold is None  # two of three never fall so far
    assert second.place.cell == "gru"
    assert second.total == pytest.approx(2**0.5)


# === The study ===


def test_a_study_has_every_setting_with_every_seed(study: Study) -> None:
    places = {(each.place.cell, each.place.activation, each.seed) for each in study.sweep}
    assert len(places) == 2 * 2 * 2
    assert len(study.sweep) == 2 * 2 * (1 + 2)
    assert len(study.stack) == 2 * 2 * (1 + 2)
    assert {each.place.activation for each in study.stack} == {"tanh"}
    assert len(study.trained) == 2 * 2 * (1 + 2)
    assert [each.num_steps for each in study.adding] == [1] * 4


def test_a_study_is_json(study: Study) -> None:
    found = json.loads(json.dumps(study_dict(study), allow_nan=False))
    assert set(found) == {"curves", "stack", "trained", "adding", "verdicts"}
    assert set(found["curves"][0]) == {
        "cell", "activation", "initializer", "input_scale", "layers", "layer", "state", "trained",
        "seed", "factor", "ratio", "thousandfold", "norms",
    }  # fmt: skip
    assert set(found["verdicts"][0]) == {"claim", "answer", "evidence"}


def test_the_report_shows_every_part(study: Study) -> None:
    console = Console(width=80)
    with console.capture() as capture:
        console.print(study_report(study, verdicts(study)))
    for expected in (
        "lstm c",
        "sigmoid orthogonal 0.1",
        "stack",
        "The norm with tanh orthogonal 0.1",
        "0 to 4 steps from the end",
        "lstm h, after",
        "unsolved",
        "holds here",
    ):
        assert expected in capture.get()
    assert "…" not in capture.get()


def test_the_drawing_is_as_high_as_the_logarithm_of_the_norm(study: Study) -> None:
    fading = curve(*(10.0**-step for step in range(8)))
    ended = curve(1.0, 1e-7, 0.0, float("inf"), 1.0, 1.0, 1.0, 1.0, cell="gru")
    other = curve(*[1e-9] * 8, seed=1)
    console = Console(width=80)
    with console.capture() as capture:
        console.print(study_report(replace(study, sweep=(fading, ended, other)), ()))
    drawing = capture.get().splitlines()[:9]
    assert [line.split("│")[2].strip() for line in drawing if "│" in line] == [
        "█▇▆▅▄▃▂▁", "█▁ █████",
    ]  # fmt: skip
    assert "█ 1e+00, ▁ 1e-07" in " ".join(capture.get().split())


def test_a_broken_bound_is_an_error(study: Study) -> None:
    broken = curve(1.0, 0.26, activation="sigmoid")
    with pytest.raises(AssertionError, match="breaks the bound"):
        verdicts(replace(study, sweep=(broken,)))


@pytest.mark.parametrize(("simple", "holds"), [(0.9, True), (0.5, False)])
def test_verdicts_follow_the_figures(study: Study, simple: float, holds: bool) -> None:
    sweep = (curve(1.0, simple), curve(1.0, 0.7, cell="gru"), curve(1.0, 0.6, cell="lstm"))
    found = {
        v.claim: v.answer == HOLDS
        for v in verdicts(replace(study, sweep=sweep, stack=(), adding=()))
    }
    assert found["at initialisation a gated cell keeps its gradient longer than a SimpleRNN"] is (
        not holds
    )
    (contradiction,) = (claim for claim in found if "orthogonal tanh SimpleRNN" in claim)
    assert found[contradiction] is holds


@pytest.mark.parametrize("solver", ["simple_rnn", "lstm"])
def test_the_verdict_on_training_follows_what_was_solved(study: Study, solver: str) -> None:
    adding = tuple(
        replace(each, error=0.0 if each.config.cell == solver else 1.0) for each in study.adding
    )
    last = verdicts(replace(study, adding=adding))[-1]
    assert "carry what a SimpleRNN does not" in last.claim
    assert (last.answer == HOLDS) is (solver != "simple_rnn")
    assert f"{solver} 2 of 2 seeds" in last.evidence


def test_the_textbook_verdict_names_the_settings_that_contradict_it(study: Study) -> None:
    sweep = (
        curve(1.0, 0.9), curve(1.0, 0.7, cell="gru"),
        curve(1.0, 0.5, activation="relu"), curve(1.0, 0.7, activation="relu", cell="gru"),
    )  # fmt: skip
    found = verdicts(replace(study, sweep=sweep))[1]
    assert found.answer == FAILS
    assert found.evidence == "of 2 settings gru in 1; none with tanh orthogonal 0.1"


def test_the_verdict_on_depth_compares_layers(study: Study) -> None:
    stack = (curve(0.5, 0.1, layers=2, layer=1), curve(1.0, 0.1, layers=2, layer=2))
    assert verdicts(replace(study, sweep=(), stack=stack, adding=()))[-1].answer == HOLDS
    turned = (replace(stack[0], norms=(2.0,)), stack[1])
    assert verdicts(replace(study, sweep=(), stack=turned, adding=()))[-1].answer == FAILS


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"cells": ("bow",)}, "cells must be of simple_rnn, lstm, gru"),
        ({"initializers": ("zeros",)}, "initializers must be of orthogonal"),
        ({"input_scales": (0.0,)}, "input_scales must be above 0"),
        ({"length": 2}, "length must be at least 3"),
        ({"layers": 0}, "layers must be at least 1"),
    ],
)
def test_settings_out_of_range_are_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        replace(CONFIG, **changes)  # type: ignore[arg-type]


# === The command ===


def test_the_command_offers_what_the_library_has() -> None:
    choices = {p.name: getattr(p.type, "choices", None) for p in main.commands["gradients"].params}
    assert choices["cells"] == CELLS
    assert choices["initializers"] == INITIALIZERS


def test_the_command_measures_and_prints() -> None:
    tiny = ["--length", "4", "--units", "2", "--seeds", "1", "--layers", "1", "--train-steps", "0"]
    more = ["--cell", "simple_rnn", "--activation", "sigmoid", "--initializer", "orthogonal"]
    done = CliRunner().invoke(main, ["gradients", *tiny, *more, "--json"])
    assert done.exit_code == 0, done.stderr
    found = json.loads(done.stdout)
    assert [line["input_scale"] for line in found["curves"]] == [0.1, 1.0]
    assert found["stack"] == found["trained"] == found["adding"] == []
    shown = CliRunner().invoke(main, ["gradients", *tiny, *more])
    assert "factor of 4" in " ".join(shown.stdout.split())


def test_the_command_runs_the_adding_problem() -> None:
    tiny = ["--adding", "--cell", "gru", "--units", "2", "--train-steps", "1"]
    lengths = ["--length", "3", "--length", "4"]
    done = CliRunner().invoke(main, ["gradients", *tiny, *lengths, "--json"])
    assert done.exit_code == 0, done.stderr
    found = json.loads(done.stdout)
    assert [line["length"] for line in found["adding"]] == [3, 4]
    assert found["largest_distances"] == {"gru": None}
    shown = CliRunner().invoke(main, ["gradients", *tiny, *lengths])
    assert "none of these" in shown.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--length", "4", "--length", "5"], "give one --length"),
        (["--adding", "--layers", "2"], "leave out"),
        (["--adding", "--length", "1"], "length must be at least 2"),
        (["--units", "0"], "units must be at least 1"),
        (["--adding", "--seeds", "0"], "num_seeds must be at least 1"),
        (["--plot", "a.pdf"], "end the picture's name in .png or .svg"),
    ],
)
def test_bad_input_gets_one_line(arguments: list[str], message: str) -> None:
    done = CliRunner().invoke(main, ["gradients", *arguments])
    assert done.exit_code == 1
    assert message in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "more",
    [["--activation", "tanh", "--length", "3", "--layers", "1"], ["--adding", "--length", "3"]],
)
def test_the_command_draws(more: list[str], tmp_path: Path) -> None:
    tiny = ["--cell", "gru", "--units", "2", "--seeds", "1", "--train-steps", "1"]
    picture = tmp_path / "a.png"
    done = CliRunner().invoke(main, ["gradients", *tiny, *more, "--json", "--plot", str(picture)])
    assert done.exit_code == 0, done.stderr
    json.loads(done.stdout)
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert str(picture) in done.stderr


@pytest.mark.parametrize("num_done", [0, 1])
def test_ctrl_c_keeps_what_was_added(
    num_done: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def train(model: Any, config: AddingConfig, progress: Any) -> AddingResult:
        if config.length > 2 + num_done:
            raise KeyboardInterrupt
        return AddingResult(config, 1, 0.5, 1.0, ())

    monkeypatch.setattr("sentiment.experiments.adding.train_adder", train)
    tiny = ["--adding", "--cell", "gru", "--units", "2", "--length", "3", "--length", "4"]
    picture = tmp_path / "a.png"
    done = CliRunner().invoke(main, ["gradients", *tiny, "--plot", str(picture)])
    assert done.exit_code == 130
    assert f"stopped by Ctrl-C; {num_done} of 2 were done" in done.stderr
    assert ("Adding problem" in done.stdout) is (num_done > 0)
    assert picture.exists() is (num_done > 0)
