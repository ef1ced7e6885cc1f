"""`sentiment compare`."""

from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sentiment.cluster import RAY
from sentiment.commands.options import (
    DATA_SETTINGS,
    TRAINING_SETTINGS,
    check_engine,
    config_option,
    engine_options,
    given_settings,
    json_option,
    plot_option,
    setting_options,
)
from sentiment.commands.terminal import INTERRUPTED, ProgressBar, draw, output, print_json, warn
from sentiment.config import CELLS, setting_help
from sentiment.quiet import quiet_tensorflow

if TYPE_CHECKING:
    from sentiment.experiments.comparison import CellRun
    from sentiment.results import EpochResult
    from sentiment.training.state import Course

EXAMPLES = """
\b
Examples:
  sentiment compare --data imdb
  sentiment compare --cells lstm,gru --seeds 5 --units 128
  sentiment compare --cells gru --layers 1,2,3
  sentiment compare --cells simple_rnn,lstm,gru --equal parameters --json
  sentiment compare --data imdb --seeds 10 --engine ray --address auto
"""


class CommaSeparated(click.ParamType["tuple[Any, ...]"]):
    """Values of a kind between commas, such as `1,2,3`."""

    name = "list"

    def __init__(self, kind: "click.ParamType[Any]") -> None:
        self._kind = kind

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[Any, ...]:
        """The values, each once."""
        if isinstance(value, tuple):
            return value
        found = [self._kind.convert(each.strip(), param, ctx) for each in value.split(",")]
        return tuple(dict.fromkeys(found))


@click.command(epilog=EXAMPLES)
@click.option(
    "--cells",
    type=CommaSeparated(click.Choice(CELLS)),
    metavar="CELL,…",
    default=",".join(CELLS),
    show_default=True,
    help="Kinds of network.",
)
@click.option(
    "--layers",
    type=CommaSeparated(click.IntRange(1)),
    metavar="N,…",
    default="1",
    show_default=True,
    help="Depths to try with every recurrent cell.",
)
@click.option(
    "--seeds",
    "num_seeds",
    type=click.IntRange(1),
    default=3,
    show_default=True,
    metavar="N",
    help="Runs of each network.",
)
@click.option(
    "--equal",
    type=click.Choice(["units", "parameters"]),
    default="units",
    show_default=True,
    help="What recurrent networks have the same number of; parameters: as an LSTM of --units.",
)
@click.option("--data", metavar="DATA", help=setting_help("data"))
@setting_options(*(name for name in TRAINING_SETTINGS if name not in ("cell", "layers")))
@setting_options(*DATA_SETTINGS)
@config_option
@engine_options
@click.option(
    "--cores",
    type=click.IntRange(1),
    metavar="N",
    help="Cores of each run of --engine ray; fewer let more run at a time.  [default: all that "
    "this machine has]",
)
@click.option("--anew", is_flag=True, help="Do runs again that are there already.")
@plot_option
@json_option
def compare(
    *,
    cells: tuple[str, ...],
    layers: tuple[int, ...],
    num_seeds: int,
    equal: str,
    data: str | None,
    config_path: Path | None,
    engine: str,
    address: str | None,
    cores: int | None,
    anew: bool,
    plot_path: Path | None,
    as_json: bool,
    **options: Any,
) -> None:
    """Train cells on the same data, and judge the textbook by them.

    Every cell gets the same data, splits and epochs, and its other settings by default. A bag of
    words and recurrent cells meet on word-order pairs too, where order decides. Runs that are done
    are kept: the same command goes on where it was stopped.

    With --engine ray the runs are spread over the workers of Ray. With as many cores a run, and
    processors of one kind, the networks are those of --engine local; timings are those of the
    workers.
    """
    check_engine(engine, address=address, cores=cores)
    settings = given_settings(config_path, () if data is None else (data,), options)
    with quiet_tensorflow():
        from sentiment.experiments.comparison_cluster import run_on_ray
        from sentiment.experiments.comparison_runs import ComparisonConfig, run_comparison
    from sentiment.experiments.comparison_verdicts import comparison_verdicts

    config = ComparisonConfig(cells, layers, num_seeds, equal, settings)
    run = (
        partial(run_on_ray, address=address, cores_per_run=cores)
        if engine == RAY
        else (run_comparison)
    )
    with ComparisonProgress(config.epochs) as progress:
        try:
            comparison = run(config, anew=anew, progress=progress, watcher=progress)
        except KeyboardInterrupt:
            warn(f"stopped by Ctrl-C; {progress.done_of_all}; the same command goes on from there")
            click.get_current_context().exit(INTERRUPTED)
    verdicts = comparison_verdicts(comparison)
    if as_json:
        print_json({**comparison.to_dict(), "verdicts": [asdict(v) for v in verdicts]})
    else:
        from sentiment.report.comparison import comparison_report

        output().print(comparison_report(comparison, verdicts))
        warn(f"the models are in {Path(comparison.runs[0].path).parent}")
    if plot_path is not None:
        from sentiment.plots.comparison import comparison_figure

        draw(comparison_figure(comparison), plot_path)


class ComparisonProgress(ProgressBar):
    """Shows the run under way and prints a line for each; a `comparison_runs.Watcher`."""

    def __init__(self, num_epochs: int) -> None:
        super().__init__()
        self._num_epochs = num_epochs
        self._number, self._num_runs, self._title = 0, 0, ""

    @property
    def done_of_all(self) -> str:
        """How many runs are done."""
        if not self._num_runs:
            return "no run had begun"
        return f"{self._number - 1} of {self._num_runs} runs are done"

    def run(self, number: int, num_runs: int, title: str) -> None:
        """Remember what the bar is about."""
        self._number, self._num_runs, self._title = number, num_runs, title

    def batch(self, course: "Course", num_batches: int, reviews_per_second: float) -> None:
        """Move the bar."""
        done = course.epoch * num_batches + course.batch
        description = (
            f"run {self._number}/{self._num_runs}, {self._title}, epoch "
            f"{course.epoch + 1}/{self._num_epochs}, {reviews_per_second:,.0f} reviews/s"
        )
        self._show(f"training {self._title}", description, done, self._num_epochs * num_batches)

    def epoch(self, result: "EpochResult") -> None:
        """Nothing; the run's end says it."""

    def done(self, run: "CellRun", was_there: bool) -> None:
        """Print a line."""
        self.console.print(
            f"run {self._number}/{self._num_runs}, {self._title}: accuracy "
            f"{run.scores.mean():.2%}, {sum(run.epoch_seconds):.0f} s of training"
            f"{', done before' if was_there else ''}",
            soft_wrap=True,
        )
