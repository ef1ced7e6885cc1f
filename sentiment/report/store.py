"""Data sets and models, as they lie there."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sentiment.model_store import StoredModel
from sentiment.report.text import LABEL_STYLES, percent, plain, shortened
from sentiment.results import DataDescription


def data_report(description: DataDescription) -> RenderableType:
    """A data set: sizes, balance, lengths, coverage, samples."""
    title = plain(f"{description.name}: {description.source}", "table.title")
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
            "" if split.positive_share is None else percent(split.positive_share),
            *(f"{length:,}" for length in split.length_quantiles),
            percent(split.coverage),
        )
    table.caption = (
        f"vocabulary: {description.vocabulary_size:,} ids, learned from train and unsupervised; "
        f"fingerprint {description.fingerprint[:12]}"
    )
    samples = Table(title="Samples from train", title_justify="left", show_header=False)
    for label, text in description.samples:
        samples.add_row(Text(label, style=LABEL_STYLES[label]), plain(shortened(text)))
    notes = (plain(f"Note: {note}.", "yellow") for note in description.notes)
    return Group(table, samples, *notes)


def models_report(models: Sequence[StoredModel]) -> RenderableType:
    """The models that can be named, the newest last."""
    if not models:
        return Text("no models yet; train one with `sentiment train --cell gru`")
    table = Table(title="Models", title_justify="left")
    for name in ("", "name", "cell", "data", "made by", "created, UTC"):
        table.add_column(name, overflow="fold")
    for model in models:
        if model.problem:
            table.add_row("!", plain(model.name), plain(model.problem, "red"))
        else:
            table.add_row(
                "*" if model.is_default else "",
                plain(model.name),
                plain(model.cell),
                plain(", ".join(model.data)),
                plain("the package" if model.is_packaged else model.made_by),
                plain(model.created[:16].replace("T", " ")),
            )
    table.caption = "* answers where no --model is given"
    return table


def card_report(card: str) -> RenderableType:
    """A model card."""
    from rich.markdown import Markdown  # slow, and `predict` does not need it

    return Markdown(card)
