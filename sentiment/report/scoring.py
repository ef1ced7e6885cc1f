"""What came of scoring a table."""

from rich.console import RenderableType
from rich.panel import Panel
from rich.text import Text

from sentiment.report.text import plain
from sentiment.scoring import ScoringResult
from sentiment.scoring_job import STREAM


def scoring_report(result: ScoringResult) -> RenderableType:
    """Rows, how many have no answer and why, and the speed."""
    where = "standard output" if result.output == STREAM else result.output
    lines = [plain(f"{_rows(result.num_rows)} in {where}, answered by {result.model}")]
    if result.num_empty:
        lines.append(plain(f"{_rows(result.num_empty)} without a text, left without an answer"))
    if result.num_malformed:
        shown = ", ".join(f"{line:,}" for line in result.malformed_lines)
        more = ", …" if result.num_malformed > len(result.malformed_lines) else ""
        lines.append(plain(f"{_rows(result.num_malformed)} malformed, at line {shown}{more}"))
    lines.append(plain(f"{result.seconds:,.1f} s, {result.rows_per_second:,.0f} rows/s"))
    return Panel(Text("\n").join(lines), title="Scored", title_align="left", expand=False)


def _rows(number: int) -> str:
    return "1 row" if number == 1 else f"{number:,} rows"
