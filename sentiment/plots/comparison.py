"""Cells side by side: what accuracy costs in training time."""

from typing import TYPE_CHECKING

from sentiment.experiments.comparison import Comparison
from sentiment.plots.pictures import cell_style, literal

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def comparison_figure(comparison: Comparison) -> "Figure":
    """Accuracy against training speed, a panel a data set, a mark a network.

    Error bars are one standard deviation over the seeds; the small marks are single seeds.
    """
    from matplotlib.figure import Figure
    from matplotlib.ticker import StrMethodFormatter

    datasets = comparison.datasets
    figure = Figure(figsize=(1 + 5 * len(datasets), 5), layout="constrained")
    panels = figure.subplots(1, len(datasets), squeeze=False)[0]
    for axes, data in zip(panels, datasets, strict=True):
        depths = sorted({layers for _, layers in comparison.networks(data)})
        for row in comparison.summaries(data):
            style = cell_style(row.cell, depths.index(row.layers))
            runs = comparison.of(data, row.cell, row.layers)
            accuracies = [100 * float(run.scores.mean()) for run in runs]
            speeds = [row.train_speed] * len(runs)
            axes.plot(speeds, accuracies, **{**style, "linestyle": "none", "markersize": 3})
            axes.errorbar(
                row.train_speed,
                100 * row.accuracy,
                yerr=None if row.accuracy_sd is None else 100 * row.accuracy_sd,
                capsize=4,
                markersize=9,
                label=f"{row.cell}, {row.layers} × {row.units} units",
                **{**style, "linestyle": "none"},
            )
        axes.set_xscale("log")
        for which in (axes.xaxis.set_major_formatter, axes.xaxis.set_minor_formatter):
            which(StrMethodFormatter("{x:,.0f}"))
        axes.tick_params(axis="x", which="both", labelrotation=45)
        axes.grid(color="0.9")
        axes.set_title(f"{literal(data, 40)}, seeds: {comparison.num_seeds}", fontsize=11)
        axes.set_xlabel("training speed (reviews/s)")
        axes.set_ylabel("accuracy on test texts (%)")
        axes.legend(fontsize=9)
    figure.suptitle("Accuracy against training speed", fontsize=13, fontweight="bold")
    return figure
