"""Cells side by side, and what that says of the textbook."""

from collections.abc import Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table

from sentiment.experiments.comparison import PAIRS, CellPair, CellSummary, Comparison
from sentiment.experiments.verdict import Verdict
from sentiment.report.verdicts import verdict_table

_CAPTION = (
    "reviews/s in training, and from text to probability; 1 text: one typed sentence; accuracy: "
    "mean ± standard deviation over the seeds, on test texts; disk: the saved model"
)
_PAIRS_CAPTION = (
    "difference of accuracy with its 95 % interval over seeds and texts; alone: texts (of pairs, "
    "pairs) that this one answers better, mean over the seeds; p: McNemar's test"
)


def comparison_report(comparison: Comparison, verdicts: Sequence[Verdict]) -> RenderableType:
    """A table a data set, every two networks, and the verdicts."""
    parts: list[RenderableType] = []
    for data in comparison.datasets:
        parts.append(_networks_table(comparison, data))
        if pairs := comparison.pairs(data):
            parts.append(_pairs_table(pairs))
    return Group(*parts, verdict_table(verdicts))


def _networks_table(comparison: Comparison, data: str) -> Table:
    many = f"{comparison.num_seeds} seed{'s' if comparison.num_seeds > 1 else ''}"
    what = " (both sentences of a pair in the test)" if data == PAIRS else ""
    table = _table(
        f"{data}{what}: {many}, {comparison.epochs} epochs, equal {comparison.equal}",
        _CAPTION,
        names=("cell, layers\n× units",),
        figures=(
            "parameters",
            "s an\nepoch",
            "training\nreviews/s",
            "scoring\nreviews/s",
            "1 text\nms",
            "accuracy\n%",
            "disk\nMB",
        ),
    )
    for row in comparison.summaries(data):
        table.add_row(
            _network(row),
            f"{row.num_parameters:,}",
            f"{row.epoch_seconds:.1f}",
            f"{row.train_speed:,.0f}",
            f"{row.inference_speed:,.0f}",
            f"{1000 * row.latency_seconds:.2f}",
            _accuracy(row),
            f"{row.num_bytes / 1e6:.1f}",
        )
    return table


def _table(title: str, caption: str, *, names: Sequence[str], figures: Sequence[str]) -> Table:
    """A table that is narrow enough for a terminal: columns of names, then of figures."""
    table = Table(
        title=title,
        title_justify="left",
        caption=caption,
        caption_justify="left",
        box=box.SIMPLE_HEAD,
        padding=0,
    )
    for name in names:
        table.add_column(name, no_wrap=True)
    for name in figures:
        table.add_column(name, justify="right", no_wrap=True)
    return table


def _network(row: CellSummary) -> str:
    return f"{row.cell} {row.layers}×{row.units}"


def _accuracy(row: CellSummary) -> str:
    spread = "" if row.accuracy_sd is None else f" ±{100 * row.accuracy_sd:.2f}"
    return f"{100 * row.accuracy:.2f}{spread}"


def _pairs_table(pairs: Sequence[CellPair]) -> Table:
    several = len({layers for pair in pairs for _, layers in (pair.first, pair.second)}) > 1
    table = _table(
        f"{pairs[0].data}: every two networks",
        _PAIRS_CAPTION,
        names=("first", "second"),
        figures=("difference\npoints", "95 % interval", "first\nalone", "second\nalone", "p"),
    )
    for pair in pairs:
        gap = pair.difference
        shown = (
            ("", "") if gap is None else (f"{100 * gap.mean:+.2f}", _interval(gap.low, gap.high))
        )
        names = [
            f"{cell} {layers}×" if several else cell for cell, layers in (pair.first, pair.second)
        ]
        table.add_row(
            *names,
            *shown,
            f"{pair.test.num_first:,.0f}",
            f"{pair.test.num_second:,.0f}",
            "<1e-99" if pair.test.p_value < 1e-99 else f"{pair.test.p_value:.1g}",
        )
    return table


def _interval(low: float, high: float) -> str:
    return f"{100 * low:+.2f} to {100 * high:+.2f}"
