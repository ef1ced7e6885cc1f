"""Answers to texts, and how right they were."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sentiment.report.text import LABEL_STYLES, accuracy, bar, percent, plain, shortened
from sentiment.results import EvaluationResult, Mistake, Prediction, Scramble

SURPRISE_NOTE = "bits: how much the order of words surprises, bits a word"


def prediction_report(
    predictions: Sequence[Prediction], scrambles: Sequence[Sequence[Scramble]]
) -> RenderableType:
    """Answers, each followed by its scrambles with how far the probability moved."""
    caption = plain(f"model: {predictions[0].model}", "table.caption")
    table = Table(caption=caption, caption_justify="left")
    table.add_column("text", overflow="fold")
    table.add_column("label")
    table.add_column("P(positive)", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    moved = any(scrambles)
    if moved:
        table.add_column("moved", justify="right")
    surprising = any(prediction.surprise is not None for prediction in predictions)
    if surprising:
        table.add_column("bits", justify="right", no_wrap=True)
        table.caption = plain(f"{caption.plain}; {SURPRISE_NOTE}", "table.caption")
    for prediction, found in zip(predictions, scrambles, strict=True):
        answers: list[Prediction | Scramble] = [prediction, *found]
        for answer in answers:
            cells = _cells(answer, is_scramble=answer is not prediction)
            if moved:
                change = answer.probability - prediction.probability
                cells.append("" if answer is prediction else f"{change:+.3f}")
            if surprising:
                cells.append(bits(answer.surprise))
            table.add_row(*cells)
        if moved:
            table.add_section()
    return table


def bits(surprise: float | None) -> str:
    """A surprise as a figure; nothing where there is none."""
    return "" if surprise is None else f"{surprise:.1f}"


def prediction_line(answer: Prediction | Scramble, change: float | None = None) -> Text:
    """An answer on one line, for texts that come one by one; a scramble with how far it moved."""
    line = Text(f"{answer.label:8}", style=LABEL_STYLES[answer.label])
    line.append(f"  {answer.probability:.3f}  ", style="default")
    if change is not None:
        line.append(f"{change:+.3f}  ", style="default")
    if answer.surprise is not None:
        line.append(f"{bits(answer.surprise):>4} bits a word  ", style="default")
    return line.append(plain(" ".join(answer.text.split())))


def _cells(answer: Prediction | Scramble, *, is_scramble: bool) -> list[RenderableType]:
    style = LABEL_STYLES[answer.label]
    return [
        plain(answer.text, "dim" if is_scramble else ""),
        Text(answer.label, style=style),
        f"{answer.probability:.3f}",
        Text(bar(answer.probability), style=style),
    ]


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
    for name, pairs in (
        ("pairs, known patterns", result.pairs),
        ("pairs, unseen patterns", result.unseen_pairs),
    ):
        if pairs is not None:
            figures.add_row(name, f"{percent(pairs.accuracy)} of {pairs.num_examples:,} sentences")
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
