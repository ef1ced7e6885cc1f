"""Pictures: what stands in them, that they are files, and that they are read without colour."""

import io
import json
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import numpy as np
import pytest
from click.testing import CliRunner

from sentiment.artifact import load_model
from sentiment.commands import main
from sentiment.config import CELLS
from sentiment.errors import ConfigError
from sentiment.experiments.adding import BASELINE, SOLVED_SHARE, AddingConfig, AddingResult
from sentiment.experiments.gates import GatesReport, trace_gates
from sentiment.experiments.gradient_study import GradientConfig, Study
from sentiment.experiments.gradients import STATES, Curve, Place
from sentiment.experiments.sentence_order import SentenceResult, SentenceStrength
from sentiment.experiments.word_order import LengthResult, StrengthResult, WordOrderResult
from sentiment.plots.gates import gates_figure
from sentiment.plots.gradients import adding_figure, gradients_figure
from sentiment.plots.order import order_figure, sentence_figure
from sentiment.plots.pictures import (
    COLOUR_MAP,
    LINE_STYLES,
    cell_style,
    check_picture_path,
    save_figure,
)
from sentiment.predictions import Scramble
from sentiment.words import STRENGTHS

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

TEXT, OTHER = "the film was good , not bad", "the film was bad , not good"
LONG_NAME = "a-name-as-long-as-the-name-of-any-model-can-be-0123456789-ok"
UNITS = re.compile(r"0 to 1|%|steps|words|share|no unit")
NAMES = re.compile(r"order of the words|word, in reading order|gate|state")  # of rows and columns


@pytest.fixture
def report(make_model: Callable[..., Path]) -> GatesReport:
    return trace_gates(load_model(make_model(cell="lstm")), TEXT, OTHER)


def texts_of(figure: "Figure") -> list[str]:
    """Every text that is in a picture."""
    content = io.BytesIO()
    from matplotlib import rc_context

    with rc_context({"svg.fonttype": "none"}):
        figure.savefig(content, format="svg")
    tree = ElementTree.fromstring(content.getvalue())
    return ["".join(node.itertext()) for node in tree.iter("{http://www.w3.org/2000/svg}text")]


def order_result(model: str = "tiny", cell: str = "gru", **changes: Any) -> WordOrderResult:
    names = ["original", *(strength.name for strength in STRENGTHS)]
    strengths = tuple(
        StrengthResult(name, 1 + number % 3, 0.5, 0.9 - 0.04 * number, 0.01 * (number % 3),
                       0.03 * number, 0.1, 0.5, 0.8, None)
        for number, name in enumerate(names)
    )  # fmt: skip
    lengths = (LengthResult(1, 20, 5, 0.9, 0.8, 0.1), LengthResult(21, 1500, 5, 0.8, 0.8, None))
    result = WordOrderResult(
        model, cell, "pairs", "test", 1000, 8, 0.0, 0.5, 0, strengths, lengths
    )  # fmt: skip
    return replace(result, **changes)


def sentence_result(model: str = "tiny") -> SentenceResult:
    strengths = tuple(
        SentenceStrength(each.name, 5, 0.5, 0.2, 0.9, 0.4, Scramble("b a", "positive", 0.9))
        for each in STRENGTHS
    )
    return SentenceResult(model, "costs $5 and $6", "negative", 0.3, False, strengths)


def study(cells: tuple[str, ...] = CELLS[1:], num_seeds: int = 2, **settings: Any) -> Study:
    """Curves of a known factor a step each, another for every cell, state and seed."""
    config = GradientConfig(
        **{
            "cells": cells, "activations": ("tanh", "relu"), "initializers": ("orthogonal",),
            "input_scales": (0.1, 1.0), "length": 6, "units": 3, "layers": 2,
            "num_seeds": num_seeds, "train_steps": 1, **settings,
        }
    )  # fmt: skip

    def curves(activation: str, scale: float | None, layers: int, trained: bool) -> list[Curve]:
        return [
            Curve(
                Place(cell, activation, initializer, scale, layers, layer, state, trained),
                seed,
                tuple((0.1 * (1 + number + layer + trained) + 0.05 * seed) ** n for n in range(6)),
            )
            for initializer in config.initializers
            for number, cell in enumerate(cells)
            for layer in range(1, layers + 1)
            for state in STATES[cell]
            for seed in range(num_seeds)
        ]

    sweep = [
        curve
        for activation in config.activations
        for scale in config.input_scales
        for curve in curves(activation, scale, 1, False)
    ]
    stack = curves("tanh", 0.1, config.layers, False) if config.layers > 1 else []
    trained = [each for when in (False, True) for each in curves("tanh", None, 1, when)]
    return Study(config, tuple(sweep), tuple(stack), tuple(trained), (), 0.0)


def adding_results(num_seeds: int = 1) -> list[AddingResult]:
    return [
        AddingResult(AddingConfig(cell, length, 3, 9, seed), 9, share * BASELINE, 1.0, ())
        for seed in range(num_seeds)
        for number, cell in enumerate(CELLS[1:])
        for length, share in ((20, 0.01 * (number + seed + 1)), (50, 1.1 * (number + 1)))
    ]


FIGURES: "dict[str, Callable[[], Figure]]" = {
    "order": lambda: order_figure([[order_result(cell=cell) for cell in CELLS]]),
    "order on two": lambda: order_figure([[order_result()], [order_result(data="imdb")]]),
    "order far from chance": lambda: order_figure([[order_result(majority_share=0.2)]]),
    "sentence": lambda: sentence_figure([sentence_result()]),
    "sentence of three": lambda: sentence_figure([sentence_result()] * 3),
    "gradients": lambda: gradients_figure(study()),
    "gradients of one cell": lambda: gradients_figure(study(("gru",), 1)),
    "gradients of a layer": lambda: gradients_figure(replace(study(layers=1), trained=())),
    "adding": lambda: adding_figure(adding_results()),
    "adding twice": lambda: adding_figure(adding_results(2)),
    "adding once": lambda: adding_figure(adding_results()[:1]),
}


# === All of them ===


def check_labels(figure: "Figure") -> None:
    """Assert that a picture has a title, a legend, and axis labels with units or names."""
    figure.draw_without_rendering()
    parts: Sequence[Any] = figure.subfigs or [figure]
    for part in parts:
        assert part.get_suptitle() or all(axes.get_title() for axes in part.axes), "no title"
        legends = [*part.legends, *(each for axes in part.axes if (each := axes.get_legend()))]
        assert legends, "no legend"
        for legend in legends:
            assert legend.get_texts(), "an empty legend"
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            shown = axis.get_visible() and any(
                label.get_visible() and label.get_text() for label in axis.get_ticklabels()
            )
            if shown:
                label = axis.get_label_text()
                assert UNITS.search(label) or NAMES.fullmatch(label.split(" (")[0]), repr(label)
            if axis.get_scale() == "log" and axis.get_label_text():
                assert "(log)" in axis.get_label_text()


@pytest.mark.parametrize("name", FIGURES)
def test_every_picture_has_title_axis_labels_with_units_and_legend(name: str) -> None:
    check_labels(FIGURES[name]())


def heights(line: "Line2D") -> list[float]:
    return [float(height) for height in np.asarray(line.get_ydata())]


# === Files ===


def test_the_suffix_decides_the_kind_of_file(report: GatesReport, tmp_path: Path) -> None:
    figure = gates_figure(report)
    save_figure(figure, tmp_path / "a.PNG")
    save_figure(figure, tmp_path / "a.svg")
    assert (tmp_path / "a.PNG").read_bytes().startswith(b"\x89PNG")
    ElementTree.parse(tmp_path / "a.svg")


@pytest.mark.parametrize("name", ["a.png", "a.svg"])
def test_the_same_record_gives_the_same_bytes(
    report: GatesReport, tmp_path: Path, name: str
) -> None:
    files = []
    for _ in range(2):
        save_figure(gates_figure(report), tmp_path / name)
        files.append((tmp_path / name).read_bytes())
    assert files[0] == files[1]


@pytest.mark.parametrize("name", ["a.pdf", "a", ".png", "png", "a.png.txt"])
def test_another_suffix_is_refused_and_nothing_is_written(
    report: GatesReport, tmp_path: Path, name: str
) -> None:
    with pytest.raises(ConfigError, match=r"\.png or \.svg"):
        check_picture_path(tmp_path / name)
    with pytest.raises(ConfigError, match=r"\.png or \.svg"):
        save_figure(gates_figure(report), tmp_path / name)
    assert not (tmp_path / name).exists()


def test_a_place_that_cannot_be_written_is_named(report: GatesReport, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"there is no folder .*missing"):
        check_picture_path(tmp_path / "missing" / "a.png")
    (tmp_path / "folder.png").mkdir()
    with pytest.raises(ConfigError, match=r"folder\.png: Is a directory"):
        save_figure(gates_figure(report), tmp_path / "folder.png")


def test_the_colour_map_grows_steadily_lighter() -> None:
    from matplotlib import colormaps

    red, green, blue = colormaps[COLOUR_MAP](np.linspace(0, 1, 256))[:, :3].T
    lightness = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    assert (np.diff(lightness) > 0).all()


def test_lines_differ_in_lightness_dashes_and_marks() -> None:
    from matplotlib.colors import to_rgb

    lightness = [np.dot((0.2126, 0.7152, 0.0722), to_rgb(style["color"])) for style in LINE_STYLES]
    assert all(darker + 0.1 < lighter for darker, lighter in pairwise(lightness))
    for key in ("linestyle", "marker"):
        assert len({style[key] for style in LINE_STYLES}) == len(LINE_STYLES)


def test_every_cell_has_a_style_and_models_of_one_cell_differ_in_it() -> None:
    assert len({cell_style(cell)["color"] for cell in CELLS}) == len(CELLS)
    first, second = cell_style("gru"), cell_style("gru", 1)
    assert {key for key in first if first[key] != second[key]} == {"fillstyle"}


# === Gates ===


@pytest.mark.parametrize("cell", ["bow", "simple_rnn", "lstm", "gru"])
def test_the_gates_picture_has_title_labels_and_legend(
    make_model: Callable[..., Path], cell: str
) -> None:
    report = trace_gates(load_model(make_model(cell=cell)), TEXT, OTHER)
    figure = gates_figure(report)
    found = texts_of(figure)
    check_labels(figure)
    title = figure.get_suptitle()
    assert "tiny" in title
    assert title in found
    for trace in report.texts:
        assert trace.text in found
        assert f"{trace.label}, P(positive) = {trace.probability:.3f}" in found
    assert found.count("word, in reading order") == 2
    assert "P(positive), 0 to 1" in found
    (legend,) = figure.legends
    assert [text.get_text() for text in legend.get_texts()] == [
        "P(positive) after the word",
        "undecided (0.5)",
    ]
    assert found.count("mean over") == (0 if cell == "bow" else 1 if cell == "simple_rnn" else 2)
    for quantity in report.texts[0].quantities:
        assert found.count(f"{quantity.title}, {quantity.direction}") == 1
        for mean, deviation in zip(quantity.mean, quantity.deviation, strict=True):
            assert f"{mean:z.2f}" in found
            assert f"±{deviation:.2f}" in found


def test_cells_have_the_colour_of_their_means(report: GatesReport) -> None:
    figure = gates_figure(report)
    upper, lower = (axes.collections[0] for axes in figure.axes[2:6:2])
    (trace, _) = report.texts
    gates = [q.mean for q in trace.quantities if q.is_gate]
    states = [q.mean for q in trace.quantities if not q.is_gate]
    for mesh, means in ((upper, gates), (lower, states)):
        np.testing.assert_allclose(
            np.ravel(np.asarray(mesh.get_array())), np.ravel(np.array(means))
        )
    assert upper.get_clim() == (0, 1)
    assert lower.get_clim() == report.state_scale
    (line, _) = figure.axes[0].lines
    np.testing.assert_allclose(
        np.asarray(line.get_ydata()), [word.probability for word in trace.words]
    )


def test_strange_texts_are_drawn_as_they_are(
    make_model: Callable[..., Path], tmp_path: Path
) -> None:
    model = load_model(make_model())
    text = r"$x^2$ \$5 <b> & 커피 😀 \alpha _ % {"
    figure = gates_figure(trace_gates(model, text, "a\x00b\x1bc\u202e", ""))
    for name in ("a.svg", "a.png"):
        save_figure(figure, tmp_path / name)
    tree = ElementTree.parse(tmp_path / "a.svg")
    found = ["".join(node.itertext()) for node in tree.iter("{http://www.w3.org/2000/svg}text")]
    assert text in found
    assert "a\ufffdb\ufffdc\ufffd" in found
    assert "커피 †" in found
    assert "† word that the model does not know" in found


@pytest.mark.parametrize("cell", ["bow", "lstm"])
@pytest.mark.parametrize("texts", [("zebra",), (TEXT, OTHER), ("word " * 40, TEXT, "")])
def test_nothing_sticks_out_of_the_picture_or_covers_another(
    make_model: Callable[..., Path], texts: tuple[str, ...], cell: str
) -> None:
    model = load_model(make_model(LONG_NAME, cell=cell))
    figure = gates_figure(trace_gates(model, *texts))
    figure.draw_without_rendering()
    inside = figure.bbox
    (legend,) = figure.legends
    (title,) = figure.texts
    boxes = [legend.get_window_extent(), title.get_window_extent()]
    boxes += [box for axes in figure.axes if (box := axes.get_tightbbox()) is not None]
    for box in boxes:
        assert box.x0 >= inside.x0
        assert box.x1 <= inside.x1
        assert box.y0 >= inside.y0
        assert box.y1 <= inside.y1
    for panel in boxes[2:]:
        assert panel.y0 >= boxes[0].y1
        assert panel.y1 <= boxes[1].y0


def test_a_long_text_has_colours_and_no_numbers(make_model: Callable[..., Path]) -> None:
    report = trace_gates(load_model(make_model()), "good bad " * 60)
    figure = gates_figure(report)
    assert figure.get_figwidth() < 28
    assert not any("±" in text for text in texts_of(figure))
    assert figure.axes[1].collections


# === Order ===


def test_the_order_picture_has_the_figures_of_the_record() -> None:
    result = order_result()
    accuracy, flips, lengths = order_figure([[result]]).axes
    scale, others = accuracy.containers
    shares = heights(scale[0]) + heights(others[0])
    assert shares == pytest.approx([100 * row.accuracy for row in result.strengths])
    assert len(heights(scale[0])) == 5, "only ever shorter n-grams are a scale"
    assert others[0].get_linestyle() == "None"
    (bars,) = scale[2]
    spreads = [np.ptp(segment[:, 1]) / 2 for segment in bars.get_segments()]
    assert spreads == pytest.approx([100 * row.accuracy_sd for row in result.strengths[:5]])
    shares = [height for line, *_ in flips.containers for height in heights(line)]
    assert shares == pytest.approx([100 * (row.flips or 0) for row in result.strengths])
    assert heights(lengths.lines[0]) == pytest.approx([10, math.nan], nan_ok=True)
    assert [label.get_text() for label in lengths.get_xticklabels()] == ["1–20", "21–1,500"]


@pytest.mark.parametrize(("share", "shown"), [(0.5, True), (0.2, False)])
def test_chance_is_drawn_where_an_answer_comes_near_it(share: float, shown: bool) -> None:
    figure = order_figure([[order_result(majority_share=share)]])
    (legend,) = figure.legends
    found = [text.get_text() for text in legend.get_texts()]
    assert ("the commoner label alone" in found) is shown


def test_two_models_of_one_cell_are_told_apart() -> None:
    figure = order_figure([[order_result("one"), order_result("two")]])
    one, two = (container[0] for container in figure.axes[0].containers[::2])
    assert one.get_color() == two.get_color()
    assert one.get_fillstyle() != two.get_fillstyle()


def test_the_sentence_picture_has_every_range() -> None:
    result = sentence_result()
    figure = sentence_figure([result])
    (axes,) = figure.axes
    ranges = [np.asarray(path.vertices)[:, 0].tolist() for path in axes.collections[0].get_paths()]
    assert ranges == [[0.3, 0.3], *[[0.2, 0.9]] * 8]
    assert np.asarray(axes.lines[0].get_xdata()).tolist() == [0.3, *[0.5] * 8]
    assert "costs $5 and $6" in texts_of(figure)


# === Gradients ===


def test_every_curve_of_a_study_is_drawn_on_a_log_axis() -> None:
    found = study()
    figure = gradients_figure(found)
    sweep, stack, trained = figure.subfigs
    assert len(sweep.axes) == 4
    assert len(stack.axes) == len(trained.axes) == 3
    assert {axes.get_yscale() for axes in figure.axes} == {"log"}
    drawn = [tuple(heights(line)) for axes in sweep.axes for line in axes.lines]
    assert sorted(drawn) == sorted(curve.norms for curve in found.sweep)
    for part, curves in ((stack, found.stack), (trained, found.trained)):
        drawn = [tuple(heights(line)) for axes in part.axes for line in axes.lines]
        assert sorted(drawn) == sorted(c.norms for c in curves if c.place.state == "h")


def test_before_and_after_training_are_told_apart() -> None:
    *_, trained = gradients_figure(study()).subfigs
    fills = {line.get_label(): line.get_fillstyle() for line in trained.axes[0].lines}
    assert (fills["before"], fills["after"]) == ("none", "full")


@pytest.mark.parametrize("norms", [(1.0, 1e-300, 0.0), (1.0, 1e300, math.inf), (0.0, 0.0, 0.0)])
def test_gradients_that_are_gone_or_overflow_are_left_out(
    norms: tuple[float, ...], tmp_path: Path
) -> None:
    found = study(("gru",), 1)
    sweep = tuple(replace(curve, norms=norms) for curve in found.sweep)
    save_figure(gradients_figure(replace(found, sweep=sweep)), tmp_path / "a.png")


def test_the_adding_picture_has_every_share_and_what_counts_as_solved() -> None:
    results = adding_results()
    results[1] = replace(results[1], error=math.inf)
    (axes,) = adding_figure(results).axes
    assert heights(axes.lines[0]) == [results[0].share, 10]
    assert heights(axes.lines[1]) == [result.share for result in results[2:4]]
    levels = {line.get_label(): heights(line)[0] for line in axes.lines[3:]}
    assert levels == {"always answering the mean": 1, "solved below 0.1": SOLVED_SHARE}
    assert axes.get_yscale() == "log"


@pytest.mark.parametrize("count", [1, 9])
def test_nothing_sticks_out_however_long_names_are(count: int) -> None:
    models = [order_result(LONG_NAME + str(number)) for number in range(count)]
    figures = [order_figure([models]), sentence_figure([sentence_result(LONG_NAME)] * count)]
    for figure in [
        *figures,
        gradients_figure(study(("lstm",), 1)),
        adding_figure(adding_results()),
    ]:
        figure.draw_without_rendering()
        box = figure.get_tightbbox()
        assert box.x0 >= 0
        assert box.y0 >= 0
        assert box.x1 <= figure.get_figwidth()
        assert box.y1 <= figure.get_figheight()


# === The commands ===


def test_gates_and_order_draw_beside_what_they_print(
    make_model: Callable[..., Path], tmp_path: Path
) -> None:
    make_model(cell="gru")
    for name, command in (("gates", ["gates", TEXT]), ("order", ["order", TEXT])):
        picture = tmp_path / f"{name}.svg"
        done = CliRunner().invoke(main, [*command, "--json", "--plot", str(picture)])
        assert done.exit_code == 0, done.stderr
        assert json.loads(done.stdout)["model"] == "tiny"
        assert str(picture) in done.stderr
        ElementTree.parse(picture)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["order", TEXT, "--plot", "a.jpg"], "end the picture's name in .png or .svg"),
        (["gates", TEXT, "--plot", "missing/a.png"], "there is no folder missing"),
    ],
)
def test_a_name_that_cannot_be_drawn_is_refused_before_any_work(
    arguments: list[str], message: str
) -> None:
    done = CliRunner().invoke(main, arguments)  # there is no model, which is found out later
    assert done.exit_code == 1
    assert message in done.stderr


def test_suites_alone_have_no_picture(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["order", "--suites", "--plot", str(tmp_path / "a.png")])
    assert done.exit_code == 2
    assert "the suites have no picture" in done.stderr
