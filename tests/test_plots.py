"""Pictures: what stands in them, that they are files, and that they are read without colour."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import numpy as np
import pytest

from sentiment.artifact import load_model
from sentiment.errors import ConfigError
from sentiment.experiments.gates import GatesReport, trace_gates
from sentiment.plots import COLOUR_MAP, check_picture_path, gates_figure, save_figure

if TYPE_CHECKING:
    from matplotlib.figure import Figure

TEXT, OTHER = "the film was good , not bad", "the film was bad , not good"


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
    with pytest.raises(ConfigError, match=r"missing.*No such file"):
        save_figure(gates_figure(report), tmp_path / "missing" / "a.png")


def test_the_colour_map_grows_steadily_lighter() -> None:
    from matplotlib import colormaps

    red, green, blue = colormaps[COLOUR_MAP](np.linspace(0, 1, 256))[:, :3].T
    lightness = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    assert (np.diff(lightness) > 0).all()


# === Gates ===


@pytest.mark.parametrize("cell", ["bow", "simple_rnn", "lstm", "gru"])
def test_the_gates_picture_has_title_labels_and_legend(
    make_model: Callable[..., Path], cell: str
) -> None:
    report = trace_gates(load_model(make_model(cell=cell)), TEXT, OTHER)
    figure = gates_figure(report)
    found = texts_of(figure)
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
    model = load_model(
        make_model("a-name-as-long-as-the-name-of-any-model-can-be-0123456789-ok", cell=cell)
    )
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
