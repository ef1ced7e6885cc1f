"""`sentiment data`."""

from dataclasses import asdict
from typing import Any

import click

from sentiment.commands.options import (
    DATA_SETTINGS,
    data_option,
    given_settings,
    json_option,
    setting_options,
)
from sentiment.commands.terminal import ProgressBar, output, print_json

EXAMPLES = """
\b
Examples:
  sentiment data
  sentiment data --data imdb --data-dir ~/tensorflow_datasets
  sentiment data --data snippets:films --data pairs
  sentiment data --data reviews.csv --text-column body --label-column stars
"""


@click.command(epilog=EXAMPLES)
@data_option
@setting_options(*DATA_SETTINGS, "vocabulary_size")
@click.option(
    "--samples",
    "num_samples",
    type=click.IntRange(0, 20),
    default=2,
    show_default=True,
    metavar="N",
    help="Show N training texts of each label.",
)
@json_option
def data(data: tuple[str, ...], num_samples: int, as_json: bool, **options: Any) -> None:
    """Prepare a data set and describe it: sizes, balance, lengths, coverage, samples.

    What is prepared is kept in the cache directory, so that training starts at once.
    """
    from sentiment.config import DataConfig
    from sentiment.datasets.description import describe
    from sentiment.datasets.loading import load_datasets

    config = DataConfig(**given_settings(None, data, options))
    with ProgressBar() as progress:
        found = [
            describe(dataset, config.vocabulary_size, num_samples, progress=progress)
            for dataset in load_datasets(config, progress)
        ]
    for description in found:
        if as_json:
            print_json(asdict(description))
        else:
            from sentiment.report.store import data_report

            output().print(data_report(description))
