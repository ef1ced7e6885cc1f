"""What a network did at each word, as heat maps under the course of its verdict."""

from collections.abc import Sequence
from textwrap import fill
from typing import TYPE_CHECKING, Any

from sentiment.experiments.gates import GatesReport, Quantity, TextTrace
from sentiment.plots.pictures import COLOUR_MAP, literal
from sentiment.predictions import THRESHOLD
from sentiment.report.gates import UNKNOWN_MARK

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

_WORD_WIDTH = 0.62  # inches; room for a mean and a deviation
_MAX_WIDTH = 24.0  # inches a text
_MAX_NUMBERS = 30  # words in a text whose cells have numbers in them
_MAX_LETTERS = 20  # letters of a word


def gates_figure(report: GatesReport) -> "Figure":
    """The probability after every word, over heat maps of gates and of states.

    Texts are columns. All heat maps of a kind share their scale: gates from 0 to 1, states about 0
    by `GatesReport.state_scale`. In texts of up to 30 words each cell shows mean and standard
    deviation. A bag of words has the probability alone.
    """
    from matplotlib.cm import ScalarMappable
    from matplotlib.colors import Normalize

    texts = report.texts
    kinds = sorted({q.is_gate for q in texts[0].quantities}, reverse=True)
    heights = [2.0, *(0.44 * len(_of_kind(texts[0], kind)) for kind in kinds)]
    least = 6.5 / len(texts) ** 0.5  # inches; the legend takes 7 in all
    widths = [min(max(least, _WORD_WIDTH * len(text.words)), _MAX_WIDTH) for text in texts]
    titles = [_verdict(text, round(11 * width)) for text, width in zip(texts, widths, strict=True)]
    longest = max((min(len(w.word), _MAX_LETTERS) for t in texts for w in t.words), default=0)
    left = 0.7 + 0.072 * max(map(len, _names(texts[0].quantities)), default=0)
    right = 1.5 if kinds else 0.3
    heading = fill(_title(report), int(8 * (left + sum(widths) + right)))
    figure, panels = _grid(
        widths,
        heights,
        left=left,
        right=right,
        top=0.25
        + 0.22 * (heading.count("\n") + 1)
        + 0.17 * max(title.count("\n") + 1 for title in titles),
        bottom=0.95 + 0.06 * longest,
    )
    for axes, text, title in zip(panels[0], texts, titles, strict=True):
        _draw_verdict(axes, text)
        axes.set_title(title, fontsize=10, y=1)  # a given height is not looked for
    panels[0][0].set_ylabel("P(positive), 0 to 1")
    for kind, row in zip(kinds, panels[1:], strict=True):
        low, high = (0.0, 1.0) if kind else report.state_scale
        for axes, text in zip(row, texts, strict=True):
            _draw_heat_map(axes, _of_kind(text, kind), low, high)
        row[0].set_ylabel("gate" if kind else "state")
        place = row[-1].get_position()
        side = (place.x1 + 0.2 / figure.get_figwidth(), place.y0, 0.2 / figure.get_figwidth())
        unit = "share, 0 to 1" if kind else "no unit"
        label = f"mean over\n{report.units} units\n({unit})"
        scale = ScalarMappable(Normalize(low, high), COLOUR_MAP)
        figure.colorbar(scale, cax=figure.add_axes((*side, place.height)), label=label)
    for axes, text in zip(panels[-1], texts, strict=True):
        _label_words(axes, text)
    # Ticks without labels take their time too.
    for axes in panels[:-1].flat:
        axes.xaxis.set_visible(False)
    for axes in panels[1:, 1:].flat:
        axes.yaxis.set_visible(False)
    figure.suptitle(
        heading, y=1 - 0.1 / figure.get_figheight(), va="top", fontsize=13, fontweight="bold"
    )
    if any(not word.known for text in texts for word in text.words):
        label = f"{UNKNOWN_MARK} word that the model does not know"
        panels[0][0].scatter([], [], color="white", edgecolors="black", label=label)
    figure.legend(
        *panels[0][0].get_legend_handles_labels(), loc="lower center", ncols=3, fontsize=9
    )
    return figure


def _grid(
    widths: Sequence[float],
    heights: Sequence[float],
    *,
    left: float,
    right: float,
    top: float,
    bottom: float,
) -> "tuple[Figure, NDArray[Any]]":
    """Panels of given sizes with given margins, in inches: `[len(heights), len(widths)]` of them.

    Sizes are given since they are known: to let matplotlib find them takes as long as to draw.
    """
    from matplotlib.figure import Figure

    gap = 0.2
    width = left + sum(widths) + gap * (len(widths) - 1) + right
    height = bottom + sum(heights) + gap * (len(heights) - 1) + top
    figure = Figure(figsize=(width, height))
    panels = figure.subplots(
        len(heights),
        len(widths),
        squeeze=False,
        sharex="col",
        sharey="row",
        height_ratios=heights,
        width_ratios=widths,
        gridspec_kw={
            "left": left / width,
            "right": 1 - right / width,
            "bottom": bottom / height,
            "top": 1 - top / height,
            "wspace": gap * len(widths) / sum(widths),
            "hspace": gap * len(heights) / sum(heights),
        },
    )
    return figure, panels


def _of_kind(trace: TextTrace, is_gate: bool) -> list[Quantity]:
    """Gates, or states, of all directions."""
    return [quantity for quantity in trace.quantities if quantity.is_gate == is_gate]


def _names(quantities: Sequence[Quantity]) -> list[str]:
    """What the quantities are called, with the direction where there are two."""
    both = len({q.direction for q in quantities}) > 1
    return [f"{q.title}, {q.direction}" if both else q.title for q in quantities]


def _verdict(trace: TextTrace, columns: int) -> str:
    """The text, in lines of so many letters, and the answer to it."""
    lines = fill(literal(trace.text, 2 * columns), columns)
    return f"{lines}\n{trace.label}, P(positive) = {trace.probability:.3f}"


def _title(report: GatesReport) -> str:
    name = literal(report.model, 60)
    if report.layer is None:
        return f"What the bag of words {name} made of each word"
    layer = f"layer {report.layer} of {report.num_layers}"
    return f"What {name} ({report.cell}, {layer}) did at each word"


def _draw_verdict(axes: "Axes", trace: TextTrace) -> None:
    """The probability after every word; words that the model does not know have hollow marks."""
    places = [place + 0.5 for place in range(len(trace.words))]
    chances = [word.probability for word in trace.words]
    hollow = ["white" if not word.known else "black" for word in trace.words]
    axes.plot(places, chances, color="black", marker="o", label="P(positive) after the word")
    axes.scatter(places, chances, c=hollow, edgecolors="black", zorder=3)
    axes.axhline(THRESHOLD, color="0.45", linestyle="--", label=f"undecided ({THRESHOLD})")
    axes.set_ylim(-0.05, 1.05)
    axes.grid(axis="y", color="0.85")


def _draw_heat_map(axes: "Axes", rows: Sequence[Quantity], low: float, high: float) -> None:
    """A row a quantity, a cell a word, coloured by the mean from `low` to `high`."""
    axes.set_yticks([place + 0.5 for place in range(len(rows))], _names(rows))
    axes.set_ylim(len(rows), 0)
    axes.tick_params(length=0)
    num_words = len(rows[0].mean)
    if num_words:
        means = [q.mean for q in rows]
        mesh = axes.pcolormesh(means, cmap=COLOUR_MAP, vmin=low, vmax=high)
        mesh.set(edgecolors="white", linewidth=0.5)
    if num_words > _MAX_NUMBERS:
        return
    for height, row in enumerate(rows):
        for place, (mean, deviation) in enumerate(zip(row.mean, row.deviation, strict=True)):
            axes.text(
                place + 0.5,
                height + 0.5,
                f"{mean:z.2f}\n±{deviation:.2f}",
                ha="center",
                va="center",
                fontsize=7.5,
                color="white" if (mean - low) / (high - low) < 0.5 else "black",
            )


def _label_words(axes: "Axes", trace: TextTrace) -> None:
    marks = ["" if word.known else f" {UNKNOWN_MARK}" for word in trace.words]
    labels = [
        literal(w.word, _MAX_LETTERS) + mark for w, mark in zip(trace.words, marks, strict=True)
    ]
    size = 9 if len(labels) <= _MAX_NUMBERS else 6
    places = [place + 0.5 for place in range(len(labels))]
    axes.set_xticks(places, labels, rotation=90 if size == 6 else 45, fontsize=size)
    axes.set_xlim(0, max(1, len(labels)))
    axes.set_xlabel("word, in reading order")
