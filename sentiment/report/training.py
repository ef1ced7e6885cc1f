"""What came of a training run, and where its parameters are."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table

from sentiment.config import RunConfig
from sentiment.experiments.parameters import BudgetRow, ParameterReport, count_parameters
from sentiment.report.text import accuracy, percent, plain
from sentiment.results import DataResult, TrainingResult


def training_report(result: TrainingResult) -> RenderableType:
    """Everything about a run, from its settings to where the model is."""
    parameters = count_parameters(result.config.model, result.vocabulary_size)
    return Group(
        _settings_table(result.config),
        parameters_report(parameters),
        _epochs_table(result),
        _results_table(result.results),
        *(plain(f"Note: {note}.", "yellow") for r in result.results for note in r.notes),
        Panel(plain(_summary(result)), title="Model", title_align="left"),
    )


def _settings_table(config: RunConfig) -> Table:
    table = Table(title="Settings", title_justify="left", show_header=False)
    for section, values in config.to_dict().items():
        shown = [f"{name} {_value(value)}" for name, value in values.items() if value is not None]
        table.add_row(section, plain(", ".join(shown)))
    return table


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return (" ".join(map(str, value)) or "none") if isinstance(value, list) else str(value)


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


def _epochs_table(result: TrainingResult) -> Table:
    table = Table(title="Epochs", title_justify="left")
    for name in ("epoch", "loss", "accuracy", "val. loss", "val. accuracy", "seconds", "reviews/s"):
        table.add_column(name, justify="right")
    for epoch in result.epochs:
        table.add_row(
            f"{epoch.epoch + 1}{' *' if epoch.epoch == result.best_epoch else ''}",
            f"{epoch.loss:.4f}",
            percent(epoch.accuracy),
            f"{epoch.validation_loss:.4f}",
            percent(epoch.validation_accuracy),
            f"{epoch.seconds:.1f}",
            f"{epoch.reviews_per_second:,.0f}",
        )
    table.caption = (
        f"* the epoch that is kept; padding is {percent(result.padding_share)} of all positions; "
        f"{percent(result.cut_share)} of texts are longer than max_tokens and cut; "
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
        test = "not read" if result.test is None else accuracy(result.test)
        number = "" if result.test is None else f"{result.test.num_examples:,}"
        table.add_row(plain(result.data), accuracy(result.validation), test, number)
        for name, found in (
            ("pairs, known patterns", result.pairs),
            ("pairs, unseen patterns", result.unseen_pairs),
        ):
            if found is not None:
                table.add_row(f"  {name}", "", percent(found.accuracy), f"{found.num_examples:,}")
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
        f"logits divided by {result.temperature:.2f}, which suits validation best (temperature)\n"
        f"{result.num_parameters:,} parameters, saved in {result.path}\n\n"
        'Try it: sentiment predict "I like coffee"'
    )
