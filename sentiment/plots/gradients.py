"""Gradients through time and depth on a log axis, and the errors of the adding problem."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sentiment.experiments.adding import SOLVED_SHARE, AddingResult
from sentiment.experiments.gradient_study import Study
from sentiment.experiments.gradients import Curve
from sentiment.plots.pictures import COLOUR_MAP, cell_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure, SubFigure
    from numpy.typing import NDArray

_NORM = "‖∂loss/∂state‖, no unit (log)"
_LEAST = 1e-250  # a norm below it is gone, above its inverse overflowed, and is not drawn
_LOG = {"yscale": "log"}
_NUM_MARKS = 5  # of a line
_MOST = 10.0  # a share that is higher, or infinite, stands here
_WIDTH, _HEIGHT = 3.1, 2.1  # inches of a panel


def gradients_figure(study: Study) -> "Figure":
    """Every norm of a study against the distance from the end, a thin line a seed.

    First one layer in every setting, a column an initializer, where rows share their axis. Then
    the layers of a stack and, of the adding problem, the time before and after training, both of
    the state h and with a panel a cell.
    """
    from matplotlib.figure import Figure

    config = study.config
    heights = [0.9 + _HEIGHT * len(config.activations) * len(config.input_scales)]
    heights += [1.2 + 1.3 * _HEIGHT for curves in (study.stack, study.trained) if curves]
    width = max(10.0, _WIDTH * max(len(config.initializers), len(config.cells)))
    figure = Figure(figsize=(width, sum(heights)), layout="constrained")
    parts = iter(figure.subfigures(len(heights), 1, squeeze=False, height_ratios=heights)[:, 0])
    _draw_sweep(next(parts), study)
    if study.stack:
        _draw_stack(next(parts), study)
    if study.trained:
        _draw_trained(next(parts), study)
    return figure


def adding_figure(results: Sequence[AddingResult]) -> "Figure":
    """The error on the adding problem by length, a line a cell and seed.

    Where training diverged, or came to an error above ten times that of always answering the
    mean, it stands at ten.
    """
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8.5, 5), layout="constrained")
    axes = figure.subplots()
    lines: dict[tuple[str, int], dict[int, float]] = {}
    for result in results:
        line = lines.setdefault((result.config.cell, result.config.seed), {})
        line[result.config.length] = min(result.share, _MOST)
    for (cell, seed), line in lines.items():
        label = cell if seed == results[0].config.seed else None
        axes.plot(*zip(*sorted(line.items()), strict=True), label=label, **cell_style(cell))
    axes.axhline(1, color="0.45", label="always answering the mean")
    axes.axhline(SOLVED_SHARE, color="black", linewidth=2, label=f"solved below {SOLVED_SHARE:g}")
    axes.set_xscale("log")
    axes.set_yscale("log")
    lengths = sorted({result.config.length for result in results})
    axes.set_xticks(lengths, [f"{length:,}" for length in lengths])
    axes.minorticks_off()
    axes.set_title("The adding problem: over what distance a cell learns to carry a number")
    axes.set_xlabel("length of the sequences, steps (log)")
    axes.set_ylabel(f"error, share of that of always\nanswering the mean, up to {_MOST:g} (log)")
    axes.grid(axis="y", color="0.85")
    figure.legend(loc="outside lower center", ncols=5)
    return figure


def _draw_sweep(part: "SubFigure", study: Study) -> None:
    config = study.config
    rows = [(each, scale) for each in config.activations for scale in config.input_scales]
    panels = part.subplots(
        len(rows),
        len(config.initializers),
        squeeze=False,
        sharex=True,
        sharey="row",
        subplot_kw=_LOG,
    )
    for (activation, scale), row in zip(rows, panels, strict=True):
        for initializer, axes in zip(config.initializers, row, strict=True):
            setting = (activation, initializer, scale)
            for curve in study.sweep:
                place = curve.place
                if (place.activation, place.initializer, place.input_scale) == setting:
                    style = cell_style(place.cell)
                    if place.state == "c":
                        style |= {"marker": "x", "begin": 0.5}
                    _draw_curve(axes, curve, f"{place.cell} {place.state}", **style)
        row[0].set_ylabel(f"{activation}, inputs {scale:g}\n{_NORM}", fontsize=9)
    for initializer, axes in zip(config.initializers, panels[0], strict=True):
        axes.set_title(initializer)
    _finish(part, panels, f"Gradients at initialisation, one layer of {config.units} units")
    part.legend(*panels[0, 0].get_legend_handles_labels(), loc="outside lower center", ncols=4)


def _draw_stack(part: "SubFigure", study: Study) -> None:
    from matplotlib import colormaps

    layers = study.config.layers
    panels = _panel_a_cell(part, study)
    for cell, axes in zip(study.config.cells, panels[0], strict=True):
        for curve in study.stack:
            if (curve.place.cell, curve.place.state) == (cell, "h"):
                above = layers - curve.place.layer
                _draw_curve(
                    axes,
                    curve,
                    begin=above / layers,
                    color=colormaps[COLOUR_MAP](0.8 * above / layers),
                    marker=rf"$\mathbf{{{curve.place.layer}}}$",
                    markersize=9,
                    markeredgecolor="white",
                    markeredgewidth=0.4,
                )
    place = study.stack[0].place
    setting = f"{place.activation}, {place.initializer}, inputs {place.input_scale:g}"
    _finish(part, panels, f"Gradients in a stack of {layers} layers ({setting})")
    mark = panels[0, 0].scatter([], [], 50, color="black", linewidth=0, marker=r"$\mathbf{1}$")
    part.legend([mark], ["number of the layer, 1 is the bottom"], loc="outside lower center")


def _draw_trained(part: "SubFigure", study: Study) -> None:
    panels = _panel_a_cell(part, study)
    for cell, axes in zip(study.config.cells, panels[0], strict=True):
        for curve in study.trained:
            if (curve.place.cell, curve.place.state) == (cell, "h"):
                after = curve.place.trained
                style = {**cell_style(cell), "fillstyle": "full" if after else "none"}
                _draw_curve(axes, curve, "after" if after else "before", all_marked=True, **style)
        axes.legend()
    _finish(part, panels, "Gradients on the adding problem, before and after training")


def _panel_a_cell(part: "SubFigure", study: Study) -> "NDArray[Any]":
    """`[1, len(cells)]` panels of the state h."""
    cells = study.config.cells
    panels: NDArray[Any] = part.subplots(1, len(cells), squeeze=False, sharey=True, subplot_kw=_LOG)
    for cell, axes in zip(cells, panels[0], strict=True):
        axes.set_title(f"{cell} h")
    panels[0, 0].set_ylabel(_NORM)
    return panels


def _draw_curve(
    axes: "Axes",
    curve: Curve,
    label: str | None = None,
    *,
    begin: float = 0.0,
    all_marked: bool = False,
    **style: Any,
) -> None:
    """A thin line; that of the first seed has marks, or all have, and stands in the legend.

    Marks are as far from each other in every line; `begin`, from 0 to 1, sets the first aside.
    """
    apart = max(1, len(curve.norms) // _NUM_MARKS)
    style = {"linewidth": 1.0, "markersize": 5, **style}
    if curve.seed:
        label = None
        style["marker"] = style["marker"] if all_marked else ""
    there = [norm if _LEAST < norm < 1 / _LEAST else math.nan for norm in curve.norms]
    axes.plot(there, label=label, markevery=(int(begin * apart), apart), **style)


def _finish(part: "SubFigure", panels: "NDArray[Any]", title: str) -> None:
    part.suptitle(f"{title}, a line a seed", fontsize=13, fontweight="bold")
    for axes in panels.flat:
        axes.grid(color="0.9")
    for axes in panels[-1]:
        axes.set_xlabel("distance from the end, steps")
