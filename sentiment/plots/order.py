"""What word order is worth: accuracy and flips by scramble strength; one sentence's answers."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from sentiment.experiments.sentence_order import SentenceResult
from sentiment.experiments.word_order import ORIGINAL, StrengthResult, WordOrderResult
from sentiment.plots.pictures import cell_style, literal
from sentiment.predictions import THRESHOLD
from sentiment.words import WORDS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_GONE = float("nan")  # where there is nothing to measure; matplotlib leaves it out
_ASIDE = 0.09  # of the space between orders, so that models do not hide each other
_NEAR = 10  # points; where no model comes so near to chance, its line would only waste room


def order_figure(tables: Sequence[Sequence[WordOrderResult]]) -> "Figure":
    """Accuracy and flips by scramble strength, and flips by length, a line a model.

    Args:
        tables: a row of panels each: for one data set the results of the models, the same in each.
    """
    from matplotlib.figure import Figure

    figure = Figure(figsize=(14, 1.2 + 3.8 * len(tables)), layout="constrained")
    figure.suptitle("What word order is worth", fontsize=13, fontweight="bold")
    drawings = (_draw_accuracy, _draw_flips, _draw_lengths)
    for results, row in zip(tables, figure.subplots(len(tables), 3, squeeze=False), strict=True):
        first = results[0]
        data = f"{literal(first.data, 22)}, {first.split}, {first.num_texts:,} texts"
        titles = (data, "Right answers that turn wrong", "The same by length, words scrambled")
        for draw, axes, title in zip(drawings, row, titles, strict=True):
            draw(axes, results)
            axes.set_title(title, fontsize=10)
    labelled = [axes.get_legend_handles_labels() for axes in figure.axes[::3]]
    entries = {
        label: handle
        for handles, labels in labelled
        for handle, label in zip(handles, labels, strict=True)
    }
    columns = int(12 * figure.get_figwidth() / (8 + max(map(len, entries))))
    figure.legend(entries.values(), entries.keys(), loc="outside lower center", ncols=columns)
    return figure


def sentence_figure(results: Sequence[SentenceResult]) -> "Figure":
    """P(positive) of one sentence in each order, from lowest to highest, a panel a model."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(max(7.0, 2.5 + 2.8 * len(results)), 4.6), layout="constrained")
    columns = int(10 * figure.get_figwidth())
    figure.suptitle(literal(results[0].text, columns), fontsize=13, fontweight="bold")
    panels = figure.subplots(1, len(results), squeeze=False, sharex=True, sharey=True)[0]
    for axes, result in zip(panels, results, strict=True):
        names = [ORIGINAL, *(row.name for row in result.strengths)]
        means = [result.probability, *(row.probability for row in result.strengths)]
        lows = [result.probability, *(row.lowest for row in result.strengths)]
        highs = [result.probability, *(row.highest for row in result.strengths)]
        axes.hlines(names, lows, highs, color="0.6", linewidth=7, label="from lowest to highest")
        axes.plot(means, names, "ko", label="mean over the permutations")
        axes.axvline(THRESHOLD, color="black", linestyle="--", label=f"undecided ({THRESHOLD})")
        axes.set_title(literal(result.model, 30), fontsize=10)
        axes.set_xlabel("P(positive), 0 to 1")
        axes.set_xlim(-0.03, 1.03)
        axes.grid(axis="x", color="0.85")
    panels[0].invert_yaxis()
    panels[0].set_ylabel("order of the words")
    handles, labels = panels[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=3)
    return figure


def _styles(results: Sequence[WordOrderResult]) -> list[dict[str, Any]]:
    cells = [result.cell for result in results]
    return [cell_style(cell, cells[:place].count(cell)) for place, cell in enumerate(cells)]


def _draw_accuracy(axes: "Axes", results: Sequence[WordOrderResult]) -> None:
    _draw_by_strength(axes, results, lambda row: (100 * row.accuracy, 100 * row.accuracy_sd))
    axes.set_ylabel("accuracy, %, ± standard deviation")
    chance = 100 * results[0].majority_share
    if axes.get_ylim()[0] < chance + _NEAR:
        axes.axhline(chance, color="black", linewidth=1, label="the commoner label alone")


def _draw_flips(axes: "Axes", results: Sequence[WordOrderResult]) -> None:
    _draw_by_strength(axes, results, lambda row: (_percent(row.flips), 0.0))
    axes.set_ylabel("flips, % of right answers")


def _draw_by_strength(
    axes: "Axes",
    results: Sequence[WordOrderResult],
    figures: Callable[[StrengthResult], tuple[float, float]],
) -> None:
    """A height and its spread for each order; those that are a scale are joined by a line."""
    names = [row.name for row in results[0].strengths]
    scale = names.index(WORDS) + 1
    for number, (result, style) in enumerate(zip(results, _styles(results), strict=True)):
        aside = _ASIDE * (number - (len(results) - 1) / 2)
        rows = [(place + aside, *figures(row)) for place, row in enumerate(result.strengths)]
        places, heights, spreads = zip(*rows[:scale], strict=True)
        label = literal(result.model, 40)
        axes.errorbar(places, heights, spreads, capsize=3, label=label, **style)
        places, heights, spreads = zip(*rows[scale:], strict=True)
        axes.errorbar(places, heights, spreads, capsize=3, **{**style, "linestyle": "none"})
    axes.set_xticks(range(len(names)), names, rotation=30, ha="right", rotation_mode="anchor")
    axes.set_xlabel("order of the words (n-grams are kept whole)")
    axes.grid(axis="y", color="0.85")


def _draw_lengths(axes: "Axes", results: Sequence[WordOrderResult]) -> None:
    for result, style in zip(results, _styles(results), strict=True):
        axes.plot([_percent(row.flips) for row in result.lengths], **style)
    names = [f"{row.shortest:,}–{row.longest:,}" for row in results[0].lengths]
    axes.set_xticks(range(len(names)), names)
    axes.set_xlabel("length, words")
    axes.set_ylabel("flips, % of right answers")
    axes.grid(axis="y", color="0.85")


def _percent(share: float | None) -> float:
    return _GONE if share is None else 100 * share
