"""What a network did at each word."""

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.columns import Columns
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sentiment.experiments.gates import GatesReport, Quantity, TextTrace
from sentiment.predictions import label_name
from sentiment.report.text import LABEL_STYLES, plain, shortened

UNKNOWN_MARK = "†"

_ARROWS = {"forward": "→", "backward": "←"}
_BLOCKS = " ▏▎▍▌▋▊▉█"
_BAR = 5
_TITLE_WIDTH = 60
# From the dark end of matplotlib's cividis to its light one; grey in between, as in the pictures.
_DARK, _LIGHT = (0, 34, 78), (254, 232, 56)
_MIDDLE = (124, 123, 120)


def gates_report(report: GatesReport) -> RenderableType:
    """A table a text, beside one another where there is room, and how to read them."""
    directions = list(dict.fromkeys(q.direction for q in report.texts[0].quantities))
    tables = [_text_table(report, text, directions) for text in report.texts]
    return Group(Columns(tables, padding=(0, 4)), *_legend(report, directions))


def _text_table(report: GatesReport, trace: TextTrace, directions: list[str]) -> Table:
    text = plain(shortened(trace.text), "table.title")
    verdict = f"{trace.label}, P(positive) {trace.probability:.3f}"
    table = Table(
        title=Text.assemble(text, "\n", (verdict, LABEL_STYLES[trace.label])),
        title_justify="left",
        box=SIMPLE_HEAD,
        padding=0,
        min_width=min(_TITLE_WIDTH, max(cell_len(text.plain), len(verdict))),
    )
    table.add_column("word", overflow="fold", min_width=4)
    table.add_column("P(positive)", no_wrap=True)
    if len(directions) > 1:
        table.add_column("", no_wrap=True)
    lines = [[q for q in trace.quantities if q.direction == each] for each in directions]
    for quantity in lines[0] if lines else ():
        header = quantity.title.replace(" ", "\n")
        table.add_column(header, justify="right", no_wrap=True)
    scale = report.state_scale
    for place, word in enumerate(trace.words):
        shown = plain(word.word, "" if word.known else "dim")
        first = [
            shown if word.known else shown + Text(f" {UNKNOWN_MARK}", style="dim"),
            Text(
                f"{word.probability:.3f} {_small_bar(word.probability)}",
                style=LABEL_STYLES[label_name(word.probability)],
            ),
        ]
        if not lines:
            table.add_row(*first)
        for direction, line in zip(directions, lines, strict=True):
            arrow = [_ARROWS[direction]] if len(directions) > 1 else []
            table.add_row(*first, *arrow, *(_value(q, place, scale) for q in line))
            first = [Text(), Text()]
    return table


def _value(quantity: Quantity, place: int, state_scale: tuple[float, float]) -> Text:
    """Mean and deviation on the colour of the mean: gates from 0 to 1, states about 0."""
    mean, deviation = quantity.mean[place], quantity.deviation[place]
    low, high = (0.0, 1.0) if quantity.is_gate else state_scale
    sign = "" if quantity.is_gate else "+"
    style = _shade((mean - low) / (high - low))
    return Text(f"{mean:{sign}z.2f}±{deviation:.2f}", style=style)


def _shade(share: float) -> str:
    """A style from dark at 0 to light at 1."""
    start, end = (_DARK, _MIDDLE) if share < 0.5 else (_MIDDLE, _LIGHT)
    part = 2 * share % 1 if share < 1 else 1.0
    mixed = (round(a + part * (b - a)) for a, b in zip(start, end, strict=True))
    return f"{'white' if share < 0.5 else 'black'} on rgb({','.join(map(str, mixed))})"


def _small_bar(share: float) -> str:
    """A share from 0 to 1 as a bar of 5 characters, to an eighth of one."""
    eighths = round(share * _BAR * 8)
    full = _BLOCKS[-1] * (eighths // 8)
    return full + (_BLOCKS[eighths % 8] if eighths % 8 else "")


def _legend(report: GatesReport, directions: list[str]) -> list[Text]:
    """What the columns mean, in lines."""
    lines = ["P(positive): what the model says of the words so far, had the text ended there."]
    if report.layer is None:
        about = "bag of words"
        lines.append("A bag of words has no gates and no order: there is nothing else to see.")
    else:
        about = f"{report.cell}, layer {report.layer} of {report.num_layers}"
        lines.append(
            f"Gates, states: mean±standard deviation over {report.units} units; "
            "dark is low, light high."
        )
    if len(directions) > 1:
        lines.append("→ reads from the first word on, ← from the last word back.")
    if any(not word.known for text in report.texts for word in text.words):
        lines.append(f"{UNKNOWN_MARK} a word that the model does not know.")
    return [plain(line, "dim") for line in (*lines, f"model: {report.model} ({about})")]
