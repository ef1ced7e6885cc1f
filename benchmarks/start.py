"""`python -m benchmarks start`: a cold start beside `import tensorflow`, and where its time goes.

Each round runs every command once, in a fresh process; the medians over the rounds are compared.
"""

import json
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table

from benchmarks.figures import Spread, ratio
from benchmarks.processes import SENTIMENT, WORKER, environment, finish
from benchmarks.tables import stacked
from sentiment.errors import SentimentError
from sentiment.experiments.timing import Machine, describe_machine
from sentiment.progress import Progress, silent
from sentiment.report.text import percent

_SMALL = 0.005  # of the whole; what takes less is summed up

TEXT = "I like coffee"
PREDICT, TENSORFLOW = f'sentiment predict "{TEXT}"', "import tensorflow"
LIBRARIES = "import onnxruntime, tokenizers, click"  # what `predict` cannot do without
COMMANDS = {
    PREDICT: [*SENTIMENT, "predict", TEXT],
    "sentiment --help": [*SENTIMENT, "--help"],
    LIBRARIES: [sys.executable, "-c", LIBRARIES],
    TENSORFLOW: [sys.executable, "-c", TENSORFLOW],
}


@dataclass(frozen=True)
class CommandRow:
    """One command.

    Attributes:
        command: as it is typed.
        seconds: from its start to its end, each round.
        cpu_seconds: of all its threads.
        peak_memory_mib: of its process.
        tensorflow_over: the time of `import tensorflow` over its own, in the same rounds.
        over_libraries: its own time over that of `LIBRARIES`, in the same rounds.
    """

    command: str
    seconds: Spread
    cpu_seconds: Spread
    peak_memory_mib: Spread
    tensorflow_over: Spread
    over_libraries: Spread


@dataclass(frozen=True)
class StartReport:
    """All of a run of `start`.

    Attributes:
        machine: what it ran on.
        num_rounds: processes of each command.
        rows: one a command.
        budget: milliseconds of `sentiment predict` by phase, each without those within it, greatest
            first.
        total: their sum.
    """

    machine: Machine
    num_rounds: int
    rows: tuple[CommandRow, ...]
    budget: dict[str, Spread]
    total: Spread

    def to_dict(self) -> dict[str, Any]:
        """As JSON takes it."""
        return asdict(self)


def measure_start(num_rounds: int, progress: Progress = silent) -> StartReport:
    """Measure cold starts.

    Raises:
        SentimentError: a command failed.
    """
    finished: dict[str, list[Any]] = {name: [] for name in COMMANDS}
    budgets = []
    for number in range(num_rounds + 1):
        progress("starting", number, num_rounds + 1)
        once = {name: finish(command) for name, command in COMMANDS.items()}
        budget = measure_budget()
        if number:  # the first round warms the file cache
            for name, done in once.items():
                finished[name].append(done)
            budgets.append(budget)
    seconds = {name: [done.seconds for done in runs] for name, runs in finished.items()}
    rows = [
        CommandRow(
            command=name,
            seconds=Spread.of(seconds[name]),
            cpu_seconds=Spread.of([done.cpu_seconds for done in runs]),
            peak_memory_mib=Spread.of([done.peak_memory_mib for done in runs]),
            tensorflow_over=ratio(seconds[TENSORFLOW], seconds[name]),
            over_libraries=ratio(seconds[name], seconds[LIBRARIES]),
        )
        for name, runs in finished.items()
    ]
    names = dict.fromkeys(name for budget in budgets for name in budget)
    spreads = {name: Spread.of([each.get(name, 0.0) for each in budgets]) for name in names}
    return StartReport(
        machine=describe_machine(),
        num_rounds=num_rounds,
        rows=tuple(rows),
        budget=dict(sorted(spreads.items(), key=lambda item: -item[1].median)),
        total=Spread.of([sum(budget.values()) for budget in budgets]),
    )


def measure_budget() -> dict[str, float]:
    """Milliseconds of one cold `sentiment predict` by phase, from its start to its end.

    Raises:
        SentimentError: it failed.
    """
    begin = time.perf_counter()
    command = [*WORKER[:-1], "benchmarks.start_worker", str(begin), TEXT]
    run = subprocess.run(command, capture_output=True, text=True, check=False, env=environment())
    end = time.perf_counter()
    lines = run.stderr.splitlines() or ["it said nothing"]
    if run.returncode:
        raise SentimentError(f"`{PREDICT}` failed: {lines[-1].strip()}")
    found = json.loads(lines[-1])
    seconds = {**found["phases"], "end of the process": end - begin - found["done"]}
    return {name: 1e3 * each for name, each in seconds.items()}


def start_tables(report: StartReport) -> RenderableType:
    """The commands side by side, and the budget."""
    return Group(_command_table(report), _budget_table(report))


def _command_table(report: StartReport) -> Table:
    table = Table(title=f"Cold start, medians of {report.num_rounds}", title_justify="left")
    names = ("wall, s", "CPU, s", "MiB", "TensorFlow ÷", "÷ libraries")
    table.add_column("command", overflow="fold")
    for name in names:
        table.add_column(name, justify="right", no_wrap=True)
    for row in report.rows:
        table.add_row(
            row.command,
            stacked(row.seconds, ".3f"),
            f"{row.cpu_seconds.median:.3f}",
            f"{row.peak_memory_mib.median:,.0f}",
            stacked(row.tensorflow_over, ".1f"),
            stacked(row.over_libraries, ".2f"),
        )
    table.caption = f"MiB: peak memory; TensorFlow ÷: {TENSORFLOW} over it; libraries: {LIBRARIES}"
    return table


def _budget_table(report: StartReport) -> Table:
    table = Table(title=f"Where the time of {PREDICT} goes", title_justify="left")
    for name in ("phase", "ms", "least–greatest", "share"):
        table.add_column(name, justify="left" if name == "phase" else "right")
    small = 0.0
    for name, spread in report.budget.items():
        share = spread.median / report.total.median
        if share < _SMALL:
            small += spread.median
            continue
        between = f"{spread.low:.1f}–{spread.high:.1f}"
        table.add_row(name, f"{spread.median:.1f}", between, percent(share))
    table.add_row("smaller ones", f"{small:.1f}", "", percent(small / report.total.median))
    table.add_section()
    total = report.total
    table.add_row("all", f"{total.median:.1f}", f"{total.low:.1f}–{total.high:.1f}", "")
    table.caption = "each phase without those within it; imports by package"
    return table
