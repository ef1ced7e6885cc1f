"""Answers to texts, and how right they were."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sentiment.report.text import LABEL_STYLES, accuracy, bar, percent, plain, shortened
from sentiment.results import EvaluationResult, Mistake, Prediction, Scramble


def prediction_report(
    predictions: Sequence[Prediction], scrambles: Sequence[Sequence[Scramble]]
) -> RenderableType:
    """Answers, each followed by its scrambles with how far the probability moved."""
    caption = plain(f"model: {predictions[0].model}", "table.caption")
    table = Table(caption=caption, caption_justify="left")
    table.add_column("text", overflow="fold")
    table.add_column("label")
    table.add_column("P(positive)", justify="right")
    table.add_column("", no_wrap=True)
    moved = any(scrambles)
    if moved:
        table.add_column("moved", justify="right")
    for prediction, found in zip(predictions, scrambles, strict=True):
        _add_answer(table, prediction, None, moved)
        for scramble in found:
            _add_answer(table, scramble, scramble.probability - prediction.probability, moved)
        if moved:
            table.add_section()
    return table


def prediction_line(answer: Prediction | Scramble, change: float | None = None) -> Text:
    """An answer on one line, for texts that come one by one; a scramble with how far it moved."""
    line = Text(f"{answer.label:8}", style=LABEL_STYLES[answer.label])
    line.append(f"  {answer.probability:.3f}  ", style="default")
    if change is not None:
        line.append(f"{change:+.3f}  ", style="default")
    return line.append(plain(" ".join(answer.text.split())))


def _add_answer(
    table: Table, answer: Prediction | Scramble, change: float | None, moved: bool
) -> None:
    style = LABEL_STYLES[answer.label]
    cells: list[RenderableType] = [
        plain(answer.text, "" if change is None else "dim"),
        Text(answer.label, style=style),
        f"{answer.probability:.3f}",
        Text(bar(answer.probability), style=style),
    ]
    if moved:
        cells.append("" if change is None else f"{change:+.3f}")
    table.add_row(*cells)


def evaluation_report(result: EvaluationResult, mistakes: Sequence[Mistake]) -> RenderableType:
    """Figures of one split, the confusion matrix, and the most confident mistakes."""
    found = result.evaluation
    figures = Table(
        title=plain(f"{result.model} on {result.data}, {result.split}", "table.title"),
        title_justify="left",
        show_header=False,
    )
    figures.add_row("texts", f"{found.num_examples:,}")
    figures.add_row("accuracy", accuracy(found))
    for name in ("precision", "recall", "f1"):
        figures.add_row(name, percent(getattr(found, name)))
    roc_auc = "needs both labels" if found.roc_auc is None else f"{found.roc_auc:.4f}"
    figures.add_row("ROC AUC", roc_auc)
    figures.add_row("calibration error", percent(found.calibration_error))
    if result.neutral is not None:
        figures.add_row(
            f"{result.neutral.num_examples:,} neutral texts",
            f"P(positive) {result.neutral.mean_probability:.3f} on average, "
            f"{result.neutral.mean_distance:.3f} from 0.5",
        )
    confusion = Table(title="Confusion", title_justify="left")
    for name in ("", "said negative", "said positive"):
        confusion.add_column(name, justify="right")
    confusion.add_row(
        "is negative",
        f"{found.confusion.true_negatives:,}",
        f"{found.confusion.false_positives:,}",
    )
    confusion.add_row(
        "is positive",
        f"{found.confusion.false_negatives:,}",
        f"{found.confusion.true_positives:,}",
    )
    parts: list[RenderableType] = [figures, confusion]
    if mistakes:
        table = Table(title="Most confident mistakes", title_justify="left")
        table.add_column("is")
        table.add_column("P(positive)", justify="right")
        table.add_column("text")
        for mistake in mistakes:
            text = plain(shortened(mistake.text))
            table.add_row(mistake.label, f"{mistake.probability:.3f}", text)
        parts.append(table)
    return Group(*parts)
