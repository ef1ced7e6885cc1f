"""Answers to texts."""

from collections.abc import Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from sentiment.predictions import Prediction, Scramble
from sentiment.report.text import LABEL_STYLES, bar, plain

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
