"""What texts lose on their way into a batch, what is padding, and what cutting costs."""

from typing import TYPE_CHECKING, Any, Literal

from sentiment.experiments.pipeline import CutReport, PipelineReport
from sentiment.plots.pictures import LINE_STYLES, literal

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_Corner = Literal["upper left", "upper right", "lower left", "lower right"]
_CAP: dict[str, Any] = {"color": "black", "linewidth": 2}
_LINE: dict[str, Any] = {"color": "0.45", "linestyle": ":"}


def coverage_figure(report: PipelineReport) -> "Figure":
    """The share of words that a vocabulary knows, by its size."""
    figure, axes = _panel()
    sizes = [row.vocabulary_size for row in report.coverage]
    shares = [100 * row.train for row in report.coverage]
    axes.plot(sizes, shares, label="training texts", color="#9db4d6", linewidth=6)
    shares = [100 * row.validation for row in report.coverage]
    axes.plot(sizes, shares, label="validation texts", markersize=4, **LINE_STYLES[0])
    axes.axvline(report.vocabulary_size, label=f"all {report.vocabulary_size:,} ids", **_CAP)
    axes.set(
        title="How much of the texts a vocabulary knows",
        xlabel="vocabulary size, token ids (logarithmic)",
        ylabel="words known, % of all words",
        ylim=(-3, 103),
    )
    _in_ratios(axes)
    _finish(axes, "upper left")
    return figure


def lengths_figure(report: PipelineReport) -> "Figure":
    """How long texts are and where the widths of batches lie, over what a cap cuts."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 6.5), layout="constrained")
    upper, lower = figure.subplots(2, sharex=True)
    figure.suptitle(f"How long {report.num_texts:,} training texts are, and what a cap cuts")
    upper.stairs(report.counts, report.edges, fill=True, color="#9db4d6", label="texts")
    for number, width in enumerate(report.widths):
        label = f"widths of batches ({len(report.widths)})" if number == 0 else None
        upper.axvline(width, label=label, **_LINE)
    upper.set(title="Lengths", ylabel="texts, number a bar")
    caps = [row.max_tokens for row in report.losses]
    for name, style in zip(("texts", "words"), LINE_STYLES, strict=False):
        shares = [100 * getattr(row, name) for row in report.losses]
        label = {"texts": "texts that are cut", "words": "words that are cut away"}[name]
        lower.plot(caps, shares, label=label, markersize=4, **style)
    lower.set(
        title="What a cap cuts",
        xlabel="length of a text, or cap, words (logarithmic)",
        ylabel="% of all texts, or of all words",
        ylim=(-3, 103),
    )
    _in_ratios(lower)
    for axes in (upper, lower):
        axes.axvline(report.max_tokens, label=f"cap of {report.max_tokens:,} words", **_CAP)
        _finish(axes, "upper right" if axes is upper else "lower left")
    return figure


def padding_figure(report: PipelineReport) -> "Figure":
    """The share of positions that is padding, by the number of widths that batches have."""
    figure, axes = _panel()
    numbers = [row.num_widths for row in report.padding]
    shares = [100 * row.share for row in report.padding]
    axes.bar(
        numbers, shares, color="#9db4d6", edgecolor="#14305c", label="texts of about one length"
    )
    for number, share in zip(numbers, shares, strict=True):
        axes.annotate(
            f"{share:.1f}",
            (number, share),
            (0, -3),
            textcoords="offset points",
            ha="center",
            va="top",
            fontsize=9,
        )
    axes.axhline(
        100 * report.padding_unsorted,
        label="any texts together, each batch as wide as its longest",
        **{**_CAP, "linestyle": "--"},
    )
    axes.set(
        title=f"How much of a batch of {report.batch_size} texts is padding",
        xlabel="widths that batches may have, number",
        ylabel="padding, % of all positions",
        xticks=numbers,
        ylim=(0, 115 * max(report.padding_unsorted, report.padding[0].share) + 1),
    )
    _finish(axes, "upper right")
    return figure


def cuts_figure(report: CutReport) -> "Figure":
    """The accuracy on texts that are cut, by cap and by the part that is kept."""
    figure, axes = _panel()
    parts = {"head": "the beginning", "tail": "the end", "both": "half from either end"}
    for (truncation, part), style in zip(parts.items(), LINE_STYLES, strict=False):
        rows = [row for row in report.rows if row.truncation == truncation]
        axes.plot(
            [row.max_tokens for row in rows],
            [100 * row.accuracy for row in rows],
            label=f"{part} is read",
            **style,
        )
    caps = sorted({row.max_tokens for row in report.rows})
    axes.set(
        title=f"What {literal(report.model, 60)} makes of {report.num_texts:,} cut texts",
        xlabel="cap, words (logarithmic)",
        ylabel="accuracy, % of texts",
    )
    _in_ratios(axes)
    axes.set_xticks(caps, [f"{cap:,}" for cap in caps])
    axes.minorticks_off()
    _finish(axes, "lower right")
    return figure


def _panel() -> "tuple[Figure, Axes]":
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 4.5), layout="constrained")
    return figure, figure.subplots()


def _in_ratios(axes: "Axes") -> None:
    """Make equal ratios equally wide."""
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter("{x:,.0f}")


def _finish(axes: "Axes", place: _Corner) -> None:
    axes.grid(color="0.85")
    axes.set_axisbelow(True)
    axes.legend(loc=place, fontsize=9)
