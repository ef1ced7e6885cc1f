"""`scale` as a picture: cost and memory against what grows, on logarithmic axes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from benchmarks.scale import ROWS, SCORE, TRAIN, Curve, ScaleReport
from sentiment.plots.pictures import LINE_STYLES

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_COLUMNS = 3
_LABELS = {
    "tokens": "tokens a review",
    "units": "units",
    "layers": "layers",
    "batch_size": "reviews a batch",
    "threads": "threads",
    "rows": "rows of the table",
}
_TASKS = {TRAIN: "training", SCORE: "scoring"}


def scale_figure(report: ScaleReport) -> "Figure":
    """A panel for each thing that grows, and one for memory against rows."""
    from matplotlib.figure import Figure

    curve_values = {curve.axis: curve.values for curve in report.curves}
    axes_names = list(curve_values)
    num_rows = -(-(len(axes_names) + 1) // _COLUMNS)
    figure = Figure(figsize=(14, 1 + 3.8 * num_rows), layout="constrained")
    figure.suptitle("What training and scoring cost", fontsize=13, fontweight="bold")
    panels = list(figure.subplots(num_rows, _COLUMNS, squeeze=False).flat)
    for name, panel in zip(axes_names, panels, strict=False):
        for curve in report.curves:
            if curve.axis == name:
                _draw(panel, curve, memory=False)
        what = "seconds" if name == ROWS else "ms a review"
        _finish(panel, f"Time against {_LABELS[name]}", curve_values[name], _LABELS[name], what)
    last = [curve for curve in report.curves if curve.axis == ROWS]
    rest = panels[len(axes_names) :]
    for curve in last:
        _draw(rest[0], curve, memory=True)
        _finish(rest[0], "Peak memory against rows", curve.values, _LABELS[ROWS], "MiB")
    for panel in rest[1:] if last else rest:
        panel.set_axis_off()
    return figure


def _draw(panel: "Axes", curve: Curve, *, memory: bool) -> None:
    spreads = curve.peak_memory_mib if memory else curve.seconds
    slope = curve.memory_slope if memory else curve.slope
    unit = 1.0 if memory or curve.axis == ROWS else 1e3
    style = LINE_STYLES[list(_TASKS).index(curve.task)]
    label = f"{_TASKS[curve.task]}, slope {slope.median:.2f}"
    panel.plot(curve.values, [unit * each.median for each in spreads], label=label, **style)
    low, high = ([unit * getattr(each, end) for each in spreads] for end in ("low", "high"))
    panel.fill_between(curve.values, low, high, color=style["color"], alpha=0.2, linewidth=0)


def _finish(panel: "Axes", title: str, values: Sequence[int], x_label: str, y_label: str) -> None:
    from matplotlib.ticker import LogLocator, NullFormatter, StrMethodFormatter

    panel.set_xscale("log")
    panel.set_yscale("log")
    panel.set_xticks(values, [f"{value:,}" for value in values])
    panel.set_xticks([], minor=True)
    panel.yaxis.set_major_locator(LogLocator(subs=(1, 2, 3, 5)))
    panel.yaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
    panel.yaxis.set_minor_formatter(NullFormatter())
    panel.set_title(title, fontsize=10)
    panel.set_xlabel(x_label)
    panel.set_ylabel(y_label)
    panel.grid(color="0.85", which="both")
    panel.legend()
