"""Records → Rich tables."""

from collections.abc import Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table

from benchmarks.figures import Spread
from benchmarks.peers import TITLES
from benchmarks.records import AccuracyWithin, ScoreReport, TrainReport, TrainRow
from benchmarks.scale import ROWS, Curve, ScaleReport
from benchmarks.train import OURS
from sentiment.experiments.timing import Machine
from sentiment.report.text import percent, plain

_NAME_WIDTH = 11


def train_tables(report: TrainReport) -> RenderableType:
    """Speeds, ratios, GRU against LSTM, and what a time buys."""
    settings = report.settings
    about = (
        f"{_machine(report.machine)}; {settings['num_reviews']:,} reviews of "
        f"{settings['num_tokens']:,} tokens, batches of {settings['batch_size']}, "
        f"{settings['num_rounds']} rounds"
    )
    lines = [about, _products(report), *report.notes]
    return Group(
        *(plain(line) for line in lines),
        _train_table(report.rows),
        _ratio_table(report.rows),
        *([_cell_table(report)] if report.cells else []),
        *(_course_table(each) for each in report.accuracies),
    )


def score_table(report: ScoreReport) -> RenderableType:
    """Speeds, accuracies and ratios."""
    table = _table("From CSV to CSV", "side")
    table.padding = 0  # so that it fits 80 columns
    names = ("reviews", "s", "reviews/s", "FLOP/s", "accuracy", "MiB", "ratio", "fit")
    _add_numbers(table, *names)
    for row in report.rows:
        table.add_row(
            _title(row.side),
            f"{row.num_reviews:,}",
            f"{row.seconds.median:.2f}",
            stacked(row.reviews_per_second, ",.0f"),
            "" if row.product_share is None else f"{100 * row.product_share.median:.1f} %",
            percent(row.accuracy),
            f"{row.peak_memory_mib.median:,.0f}",
            stacked(row.sentiment_over, ".2f"),
            "" if row.prepare_seconds is None else f"{row.prepare_seconds:.0f} s",
        )
    table.caption = (
        "median (least–greatest) of the rounds; s: of a whole process, its start included; "
        "FLOP/s: of the matrix products that the tokens need, in those seconds, as a share of "
        "what a large product reaches in the same library; MiB: peak memory; ratio: how many "
        "times as many reviews/s sentiment answers; fit: once, before"
    )
    about = f"{_machine(report.machine)}; {report.settings['num_rounds']} rounds"
    return Group(*(plain(line) for line in (about, _products(report), *report.notes)), table)


def _train_table(rows: Sequence[TrainRow]) -> Table:
    table = _table("An epoch, from raw text and with compiling", "side")
    names = ("s", "reviews/s", "tokens/s", "compile", "FLOP/s", "accuracy", "MiB")
    _add_numbers(table, *names)
    for row in rows:
        _begin_network(table, row)
        table.add_row(
            _title(row.side),
            f"{row.seconds.median:.1f}",
            stacked(row.reviews_per_second, ",.0f"),
            f"{row.tokens_per_second.median:,.0f}",
            f"{row.compile_seconds.median:.1f}",
            f"{100 * row.product_share.median:.1f} %",
            f"{100 * row.accuracy.median:.1f} %",
            f"{row.peak_memory_mib.median:,.0f}",
        )
    table.caption = (
        "median (least–greatest) of the rounds; s: from raw text to the last batch, compiling "
        "included; FLOP/s: of the matrix products that the tokens "
        "need, text and compiling not counted, as a share of what a large product reaches in the "
        "same library; accuracy: on validation texts after the epoch; MiB: peak memory"
    )
    return table


def _ratio_table(rows: Sequence[TrainRow]) -> Table:
    named = dict.fromkeys(other for row in rows for other in row.speed_over)
    others = [other for other in named if other != OURS]  # that ratio stands in our own row
    table = _table("How many times as fast, seconds against seconds", "side")
    _add_numbers(table, *(f"÷ {TITLES.get(other, other)}" for other in others))
    for row in rows:
        _begin_network(table, row)
        ratios = [row.speed_over.get(other) for other in others]
        table.add_row(
            _title(row.side),
            *("" if each is None else _spread(each, ".2f") for each in ratios),
        )
    table.caption = (
        "median (least–greatest) of the rounds' ratios; above 1 the row's side is faster"
    )
    return table


def _cell_table(report: TrainReport) -> Table:
    table = _table("GRU against LSTM", "side")
    _add_numbers(table, "units", "GRU ÷ LSTM")
    for row in report.cells:
        table.add_row(_title(row.side), str(row.units), _spread(row.speed, ".2f"))
    return table


def _course_table(found: AccuracyWithin) -> Table:
    limit = found.keras.seconds[-1]
    num_epochs = len(found.keras.seconds)
    title = f"{found.cell}: accuracy within {limit:.0f} s, {num_epochs} epochs of plain Keras"
    table = _table(title, "side")
    _add_numbers(table, "epochs", "best")
    table.add_column("after each epoch")
    for name, course in (("sentiment", found.sentiment), ("keras", found.keras)):
        within = course.within(limit)
        epochs, best = ("0", "none yet") if within is None else (str(within[0]), percent(within[1]))
        steps = zip(course.seconds, course.accuracies, strict=True)
        each = ", ".join(f"{100 * right:.2f} at {seconds:.0f} s" for seconds, right in steps)
        table.add_row(_title(name), epochs, best, each)
    return table


def _begin_network(table: Table, row: TrainRow) -> None:
    if row.side == OURS:
        table.add_section()
        table.add_row(plain(f"{row.cell}, {row.units}", "bold"))


def _products(report: TrainReport | ScoreReport) -> str:
    products = ", ".join(
        f"{library} {_spread(spread, '.1f', 1e-9)} GFLOP/s"
        for library, spread in report.products.items()
    )
    size = report.settings["product_size"]
    return f"a {size}×{size} float32 product: {products}"


def _machine(machine: Machine) -> str:
    return f"{machine.processor}, {machine.num_cores} cores, {machine.system}"


def _title(side: str) -> RenderableType:
    return plain(TITLES.get(side, side))


def _table(title: str, first: str) -> Table:
    table = Table(
        title=title,
        title_justify="left",
        caption_justify="left",
        box=box.SIMPLE_HEAD,
        show_edge=False,
        padding=(0, 1, 0, 0),
        pad_edge=False,
    )
    table.add_column(first, min_width=_NAME_WIDTH)
    return table


def _add_numbers(table: Table, *names: str) -> None:
    for name in names:
        table.add_column(plain(name), justify="right", no_wrap=True)


def stacked(spread: Spread, shown: str) -> str:
    """A median, and under it the least and the greatest in brackets."""
    return _spread(spread, shown).replace(" ", "\n")


def _spread(spread: Spread, shown: str, times: float = 1.0) -> str:
    median, low, high = (
        format(times * value, shown) for value in (spread.median, spread.low, spread.high)
    )
    return f"{median} ({low}–{high})"


def scale_tables(report: ScaleReport) -> RenderableType:
    """A table a curve: cost and memory at each value, and the slopes."""
    settings = ", ".join(f"{name} {value}" for name, value in report.base.items())
    return Group(
        plain(f"{_machine(report.machine)}; {report.settings['num_rounds']} rounds"),
        plain(f"what does not grow: {settings}"),
        *(_curve_table(curve) for curve in report.curves),
    )


def _curve_table(curve: Curve) -> Table:
    is_rows = curve.axis == ROWS
    table = _table(f"{curve.task}: {curve.axis}", curve.axis)
    _add_numbers(table, "seconds" if is_rows else "ms a review", "memory, MiB")
    points = zip(curve.values, curve.seconds, curve.peak_memory_mib, strict=True)
    for value, seconds, memory in points:
        shown = _spread(seconds, ".2f") if is_rows else _spread(seconds, ".3f", 1e3)
        table.add_row(f"{value:,}", shown, _spread(memory, ",.0f"))
    table.add_section()
    slopes = (curve.slope, curve.memory_slope)
    table.add_row("slope", *(_spread(slope, ".2f") for slope in slopes), style="bold")
    return table
