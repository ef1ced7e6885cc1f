"""What figures say of the sentences of the textbook."""

from collections.abc import Iterable

from rich import box
from rich.table import Table
from rich.text import Text

from sentiment.experiments.verdict import CANNOT_TELL, FAILS, HOLDS, Verdict

_ANSWER_STYLES = {HOLDS: "green", FAILS: "red", CANNOT_TELL: "yellow"}


def verdict_table(verdicts: Iterable[Verdict]) -> Table:
    """For each sentence whether it holds, and under it the figures that decide."""
    table = Table(
        title="What the textbook says", title_justify="left", box=box.SIMPLE, show_header=False
    )
    table.add_column(no_wrap=True)
    table.add_column()
    for verdict in verdicts:
        answer = Text(verdict.answer, _ANSWER_STYLES[verdict.answer])
        table.add_row(answer, Text.assemble(verdict.claim, "\n", (verdict.evidence, "dim")))
    return table
