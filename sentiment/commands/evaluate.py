"""`sentiment evaluate`."""

from typing import Any

import click

from sentiment.commands.options import (
    DATA_SETTINGS,
    data_option,
    given_settings,
    json_option,
    model_option,
    setting_options,
    split_option,
)
from sentiment.commands.terminal import ProgressBar, output, print_json

EXAMPLES = """
\b
Examples:
  sentiment evaluate --data imdb
  sentiment evaluate --data snippets:films --split validation --json
  sentiment evaluate --data reviews.csv --model gru-20261125-143015
"""


@click.command(epilog=EXAMPLES)
@data_option
@split_option
@setting_options(*DATA_SETTINGS)
@click.option(
    "--mistakes",
    "num_mistakes",
    type=click.IntRange(0, 100),
    default=5,
    show_default=True,
    metavar="N",
    help="Show the N most confident mistakes.",
)
@model_option
@json_option
def evaluate(
    data: tuple[str, ...],
    split: str,
    num_mistakes: int,
    model: str | None,
    as_json: bool,
    **options: Any,
) -> None:
    """Measure a model on a data set: accuracy with its interval, F1, ROC AUC, calibration."""
    from sentiment.artifact import load_model
    from sentiment.config import DataConfig
    from sentiment.datasets.loading import load_datasets
    from sentiment.evaluation import evaluate_dataset
    from sentiment.model_store import find_model
    from sentiment.predictor import Predictor

    config = DataConfig(**given_settings(None, data, options))
    predictor = Predictor.of(load_model(find_model(model)))
    with ProgressBar() as progress:
        found = [
            evaluate_dataset(predictor, dataset, split, num_mistakes, progress)
            for dataset in load_datasets(config, progress)
        ]
    for result, mistakes in found:
        if as_json:
            print_json(result.to_dict())
        else:
            from sentiment.report.evaluation import evaluation_report

            output().print(evaluation_report(result, mistakes))
