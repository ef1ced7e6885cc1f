"""How right the answers to the texts of a split were."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table

from sentiment.report.text import accuracy, percent, plain, shortened
from sentiment.results import EvaluationResult, Mistake


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
