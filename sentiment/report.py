"""Records → Rich tables. Computes nothing that a record does not hold.

Names, paths and texts are the user's: they go through `_plain`, so that square brackets, `:smile:`
and control characters in them are shown and do nothing.
"""

import re
from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from sentiment.config import RunConfig
from sentiment.experiments.parameters import BudgetRow, ParameterReport, count_parameters
from sentiment.model_store import StoredModel
from sentiment.results import (
    DataDescription,
    DataResult,
    Evaluation,
    EvaluationResult,
    Mistake,
    Prediction,
    Scramble,
    TrainingResult,
)

_BAR = 20
_STYLES = {"positive": "green", "negative": "red"}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def prediction_report(
    predictions: Sequence[Prediction], scrambles: Sequence[Sequence[Scramble]]
) -> RenderableType:
    """Answers, each followed by its scrambles with how far the probability moved."""
    caption = _plain(f"model: {predictions[0].model}", "table.caption")
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


def _add_answer(
    table: Table, answer: Prediction | Scramble, change: float | None, moved: bool
) -> None:
    style = _STYLES[answer.label]
    cells: list[RenderableType] = [
        _plain(answer.text, "" if change is None else "dim"),
        Text(answer.label, style=style),
        f"{answer.probability:.3f}",
        Text(_bar(answer.probability), style=style),
    ]
    if moved:
        cells.append("" if change is None else f"{change:+.3f}")
    table.add_row(*cells)


def _plain(text: str, style: str = "") -> Text:
    """A text as it is; Rich reads markup in a `str`, and passes control characters on."""
    return Text(_CONTROL.sub("\ufffd", text), style=style)


def _bar(share: float) -> str:
    filled = round(share * _BAR)
    return "█" * filled + "░" * (_BAR - filled)


def training_report(result: TrainingResult) -> RenderableType:
    """Everything about a run, from its settings to where the model is."""
    parameters = count_parameters(result.config.model, result.vocabulary_size)
    return Group(
        _settings_table(result.config),
        parameters_report(parameters),
        _epochs_table(result),
        _results_table(result.results),
        *(_plain(f"Note: {note}.", "yellow") for r in result.results for note in r.notes),
        Panel(_plain(_summary(result)), title="Model", title_align="left"),
    )


def _settings_table(config: RunConfig) -> Table:
    table = Table(title="Settings", title_justify="left", show_header=False)
    for section, values in config.to_dict().items():
        shown = [f"{name} {_value(value)}" for name, value in values.items() if value is not None]
        table.add_row(section, _plain(", ".join(shown)))
    return table


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def parameters_report(report: ParameterReport, layers_only: bool = True) -> Table:
    """Parameters a layer, or a weight array, with the formula and the numbers put in."""
    table = Table(title=f"Parameters of {report.cell}", title_justify="left", show_footer=True)
    table.add_column("layer" if layers_only else "weight", "total")
    if not layers_only:
        table.add_column("shape")
    table.add_column("formula", overflow="fold")
    table.add_column("parameters", f"{report.total:,}", justify="right")
    if layers_only:
        for subtotal in report.subtotals:
            table.add_row(subtotal.name, subtotal.formula, f"{subtotal.count:,}")
        return table
    for weight in report.layers:
        shape = "×".join(map(str, weight.shape))
        table.add_row(weight.name, shape, weight.formula, f"{weight.count:,}")
    return table


def _epochs_table(result: TrainingResult) -> Table:
    table = Table(title="Epochs", title_justify="left")
    for name in ("epoch", "loss", "accuracy", "val. loss", "val. accuracy", "seconds", "reviews/s"):
        table.add_column(name, justify="right")
    for epoch in result.epochs:
        table.add_row(
            f"{epoch.epoch + 1}{' *' if epoch.epoch == result.best_epoch else ''}",
            f"{epoch.loss:.4f}",
            _percent(epoch.accuracy),
            f"{epoch.validation_loss:.4f}",
            _percent(epoch.validation_accuracy),
            f"{epoch.seconds:.1f}",
            f"{epoch.reviews_per_second:,.0f}",
        )
    table.caption = (
        f"* the epoch that is kept; padding is {_percent(result.padding_share)} of all positions; "
        f"devices: {result.num_devices}"
    )
    return table


def _results_table(results: Sequence[DataResult]) -> Table:
    table = Table(title="Accuracy, with its 95 % interval", title_justify="left")
    table.add_column("data")
    table.add_column("validation", justify="right")
    table.add_column("test", justify="right")
    table.add_column("test texts", justify="right")
    for result in results:
        test = "not read" if result.test is None else _accuracy(result.test)
        number = "" if result.test is None else f"{result.test.num_examples:,}"
        table.add_row(_plain(result.data), _accuracy(result.validation), test, number)
        for name, found in (
            ("pairs, known patterns", result.pairs),
            ("pairs, unseen patterns", result.unseen_pairs),
        ):
            if found is not None:
                table.add_row(f"  {name}", "", _percent(found.accuracy), f"{found.num_examples:,}")
    return table


def _summary(result: TrainingResult) -> str:
    vectors = (
        "word vectors: started from word2vec, trained on train and unsupervised"
        if result.word_vectors
        else "word vectors: learned from scratch"
    )
    sources = "\n".join(f"{r.data}: {r.source}" for r in result.results)
    return (
        f"{sources}\n{vectors}\n"
        f"trained in {result.train_seconds:.0f} s, {result.total_seconds:.0f} s in all, at "
        f"{result.reviews_per_second:,.0f} reviews/s\n"
        f"{result.num_parameters:,} parameters, saved in {result.path}\n\n"
        'Try it: sentiment predict "I like coffee"'
    )


def evaluation_report(result: EvaluationResult, mistakes: Sequence[Mistake]) -> RenderableType:
    """Figures of one split, the confusion matrix, and the most confident mistakes."""
    found = result.evaluation
    figures = Table(
        title=_plain(f"{result.model} on {result.data}, {result.split}", "table.title"),
        title_justify="left",
        show_header=False,
    )
    figures.add_row("texts", f"{found.num_examples:,}")
    figures.add_row("accuracy", _accuracy(found))
    for name in ("precision", "recall", "f1"):
        figures.add_row(name, _percent(getattr(found, name)))
    roc_auc = "needs both labels" if found.roc_auc is None else f"{found.roc_auc:.4f}"
    figures.add_row("ROC AUC", roc_auc)
    figures.add_row("calibration error", _percent(found.calibration_error))
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
            text = _plain(shortened(mistake.text))
            table.add_row(mistake.label, f"{mistake.probability:.3f}", text)
        parts.append(table)
    return Group(*parts)


def data_report(description: DataDescription) -> RenderableType:
    """A data set: sizes, balance, lengths, coverage, samples."""
    title = _plain(f"{description.name}: {description.source}", "table.title")
    table = Table(title=title, title_justify="left")
    for name in (
        "split",
        "texts",
        "positive",
        "tokens: 5 %",
        "median",
        "95 %",
        "most",
        "known words",
    ):
        table.add_column(name, justify="left" if name == "split" else "right")
    for split in description.splits:
        table.add_row(
            split.name,
            f"{split.num_texts:,}",
            "" if split.positive_share is None else _percent(split.positive_share),
            *(f"{length:,}" for length in split.length_quantiles),
            _percent(split.coverage),
        )
    table.caption = (
        f"vocabulary: {description.vocabulary_size:,} ids, learned from train and unsupervised; "
        f"fingerprint {description.fingerprint[:12]}"
    )
    samples = Table(title="Samples from train", title_justify="left", show_header=False)
    for label, text in description.samples:
        samples.add_row(Text(label, style=_STYLES[label]), _plain(shortened(text)))
    notes = (_plain(f"Note: {note}.", "yellow") for note in description.notes)
    return Group(table, samples, *notes)


def shortened(text: str, most: int = 200) -> str:
    """A text on one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def _accuracy(found: Evaluation) -> str:
    low, high = found.accuracy_interval
    return f"{_percent(found.accuracy)} ({100 * low:.2f}–{100 * high:.2f})"


def _percent(share: float) -> str:
    return f"{100 * share:.2f} %"


def budget_report(rows: Sequence[BudgetRow], budget: int) -> Table:
    """The units of each cell that fit a number of parameters."""
    table = Table(
        title=f"Units that fit {budget:,} parameters besides the embedding", title_justify="left"
    )
    for name in ("cell", "units", "besides the embedding", "total"):
        table.add_column(name, justify="left" if name == "cell" else "right")
    for row in rows:
        table.add_row(row.cell, f"{row.units:,}", f"{row.besides_embedding:,}", f"{row.total:,}")
    return table


def models_report(models: Sequence[StoredModel]) -> RenderableType:
    """The models in the store, the newest last."""
    if not models:
        return Text("no models yet; train one with `sentiment train --cell gru`")
    table = Table(title="Models", title_justify="left")
    for name in ("", "name", "cell", "data", "made by", "created"):
        table.add_column(name, overflow="fold")
    for model in models:
        if model.problem:
            table.add_row("!", _plain(model.name), _plain(model.problem, "red"))
        else:
            table.add_row(
                "*" if model.is_default else "",
                _plain(model.name),
                _plain(model.cell),
                _plain(", ".join(model.data)),
                _plain(model.made_by),
                _plain(model.created),
            )
    table.caption = "* answers where no --model is given"
    return table


def card_report(card: str) -> RenderableType:
    """A model card."""
    from rich.markdown import Markdown  # slow, and `predict` does not need it

    return Markdown(card)
