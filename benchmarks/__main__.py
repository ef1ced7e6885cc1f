"""`python -m benchmarks`: measurements side by side, each a table and, with `--output`, JSON."""

import json
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from benchmarks.scale import ScaleSettings
from benchmarks.score import ScoreSettings
from benchmarks.train import TrainSettings
from sentiment.commands.options import plot_option
from sentiment.commands.terminal import Group, ProgressBar, draw, output
from sentiment.errors import ConfigError

if TYPE_CHECKING:
    from rich.console import RenderableType

Command = TypeVar("Command", bound=Callable[..., Any])

EXAMPLES = """
\b
Examples:
  python -m benchmarks train --reviews 4096
  python -m benchmarks train --cell gru --units 64 --against HEAD~5 --output train.json
  python -m benchmarks score --output score.json
  python -m benchmarks start
  python -m benchmarks scale --plot scale.png
"""
START_ROUNDS = 7


def _default(settings: type[Any], name: str) -> Any:
    return next(field.default for field in fields(settings) if field.name == name)


def _number(
    settings: type[Any], flag: str, name: str, text: str, least: int = 0
) -> Callable[[Command], Command]:
    return click.option(
        flag,
        name,
        type=click.IntRange(least),
        default=_default(settings, name),
        show_default=True,
        metavar="N",
        help=text,
    )


def _data_option(settings: type[Any]) -> Callable[[Command], Command]:
    return click.option(
        "--data",
        multiple=True,
        default=_default(settings, "data"),
        show_default=True,
        metavar="DATA",
        help="Data set, as `sentiment train` takes it.  Repeatable.",
    )


def _set_data_dir(_context: click.Context, _option: click.Parameter, folder: str | None) -> None:
    import os

    if folder:
        os.environ["TFDS_DATA_DIR"] = folder  # the measured processes look there, too


_output_option = click.option(
    "--output",
    "output_path",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write everything that was measured as JSON, too.",
)
_against_option = click.option(
    "--against", default="", metavar="REVISION", help="Measure another commit of this package, too."
)
_data_dir_option = click.option(
    "--data-dir",
    envvar="TFDS_DATA_DIR",
    metavar="FOLDER",
    expose_value=False,
    callback=_set_data_dir,
    help="Folder where TensorFlow Datasets keeps IMDB prepared.  [default: TFDS_DATA_DIR]",
)


def _show(report: Any, tables: "RenderableType", output_path: Path | None) -> None:
    output().print(tables)
    if output_path is None:
        return
    text = json.dumps(report.to_dict(), ensure_ascii=False, indent=1) + "\n"
    try:
        output_path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"cannot write {output_path}: {error.strerror or error}") from error


@click.group(cls=Group, epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Measure this toolkit beside others: every process alone, in turn, with 2 threads.

    Run nothing else meanwhile. Medians are shown with the least and the greatest of the rounds.
    """


@main.command(epilog="Example: python -m benchmarks train --cell gru --units 64 --reviews 4096")
@click.option(
    "--cell",
    "cells",
    multiple=True,
    type=click.Choice(["gru", "lstm"]),
    default=TrainSettings.cells,
    show_default=True,
    help="Repeatable.",
)
@click.option(
    "--units",
    multiple=True,
    type=click.IntRange(1),
    default=TrainSettings.units,
    show_default=True,
    metavar="N",
    help="Of the one layer.  Repeatable.",
)
@_data_option(TrainSettings)
@_data_dir_option
@_number(TrainSettings, "--reviews", "num_reviews", "Reviews to train on; 0 is all.")
@_number(TrainSettings, "--batch-size", "batch_size", "Reviews a step.", 1)
@_number(TrainSettings, "--max-tokens", "max_tokens", "Tokens read of a review.", 1)
@_number(TrainSettings, "--embedding-dim", "embedding_dim", "Width of a word vector.", 1)
@_number(TrainSettings, "--rounds", "num_rounds", "Epochs of each library; they take turns.", 1)
@_against_option
@click.option(
    "--accuracy", is_flag=True, help="Also: accuracy within the time of 4 epochs of plain Keras."
)
@_output_option
def train(output_path: Path | None, **given: Any) -> None:
    """Train the same network for an epoch in each library, from raw text."""
    from benchmarks.tables import train_tables
    from benchmarks.train import measure_train

    with ProgressBar() as progress:
        report = measure_train(TrainSettings(**given), progress)
    _show(report, train_tables(report), output_path)


@main.command(epilog="Example: python -m benchmarks score --reviews 1000 --rounds 3")
@_data_option(ScoreSettings)
@_data_dir_option
@_number(ScoreSettings, "--reviews", "num_reviews", "Test reviews to score; 0 is all.")
@_number(
    ScoreSettings,
    "--lexicon-reviews",
    "num_lexicon_reviews",
    "How many of them VADER and TextBlob, which are slow, score; 0 is all.",
)
@_number(ScoreSettings, "--rounds", "num_rounds", "Processes of each library, in turn.", 1)
@click.option(
    "--folder",
    default="",
    metavar="FOLDER",
    help="Where the networks and the fitted peers are kept.  [default: in the user's cache]",
)
@_against_option
@_output_option
def score(output_path: Path | None, **given: Any) -> None:
    """Score test reviews from a CSV file to a CSV file.

    A GRU of 64 units that reads 400 tokens is trained for an epoch where it is not there, and the
    peers that need it are fitted to the same reviews.
    """
    from benchmarks.score import measure_score
    from benchmarks.tables import score_table

    with ProgressBar() as progress:
        report = measure_score(ScoreSettings(**given), progress)
    _show(report, score_table(report), output_path)


@main.command(epilog="Example: python -m benchmarks start --rounds 15")
@click.option(
    "--rounds",
    "num_rounds",
    type=click.IntRange(1),
    default=START_ROUNDS,
    show_default=True,
    metavar="N",
    help="Processes of each command, after one to warm the file cache.",
)
@_output_option
def start(num_rounds: int, output_path: Path | None) -> None:
    """Start `sentiment predict` cold, beside `import tensorflow`, and see where the time goes."""
    from benchmarks.start import measure_start, start_tables

    with ProgressBar() as progress:
        report = measure_start(num_rounds, progress)
    _show(report, start_tables(report), output_path)


@main.command(epilog="Example: python -m benchmarks scale --rows 1000 --rows 100000 --rounds 3")
@click.option(
    "--cell",
    type=click.Choice(["gru", "lstm", "simple_rnn"]),
    default=ScaleSettings.cell,
    show_default=True,
    help="Of the network, which else is that of `sentiment train`.",
)
@_number(ScaleSettings, "--reviews", "num_reviews", "Made-up reviews at each point.", 1)
@click.option(
    "--rows",
    multiple=True,
    type=click.IntRange(1),
    default=ScaleSettings.rows,
    show_default=True,
    metavar="N",
    help="Rows of the tables that `sentiment score` reads.  Repeatable.",
)
@_number(ScaleSettings, "--rounds", "num_rounds", "Processes a point.", 1)
@plot_option
@_output_option
def scale(plot_path: Path | None, output_path: Path | None, **given: Any) -> None:
    """Draw what training and scoring cost: tokens, units, layers, batch, threads, rows."""
    from benchmarks.scale import measure_scale
    from benchmarks.tables import scale_tables

    with ProgressBar() as progress:
        report = measure_scale(ScaleSettings(**given), progress)
    _show(report, scale_tables(report), output_path)
    if plot_path is not None:
        from benchmarks.pictures import scale_figure

        draw(scale_figure(report), plot_path)


if __name__ == "__main__":
    main(prog_name="python -m benchmarks")
