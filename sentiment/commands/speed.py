"""`sentiment speed`."""

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from sentiment.commands.options import (
    DATA_SETTINGS,
    TRAINING_SETTINGS,
    config_option,
    data_option,
    given_settings,
    json_option,
    setting_options,
)
from sentiment.commands.terminal import ProgressBar, output, print_json
from sentiment.config import DataConfig, RunConfig
from sentiment.errors import ConfigError

EXAMPLES = """
\b
Examples:
  sentiment speed --model my-gru
  sentiment speed --model my-gru --model my-bow --data pairs
  sentiment speed --cell lstm --units 128 --data imdb --against keras
  sentiment speed --config recipe.toml --json
"""


@click.command(epilog=EXAMPLES)
@click.option(
    "--model",
    "models",
    multiple=True,
    metavar="NAME",
    help="Name or path of a saved model; repeatable.  [default: an untrained network of the "
    "settings]",
)
@data_option
@setting_options(*DATA_SETTINGS)
@setting_options(*(name for name in TRAINING_SETTINGS if name not in ("pretraining", "epochs")))
@config_option
@click.option(
    "--against",
    type=click.Choice(["keras"]),
    help="Measure the same network in plain Keras too, in turn.",
)
@click.option(
    "--batches",
    "num_batches",
    type=click.IntRange(1),
    default=40,
    show_default=True,
    metavar="N",
    help="Batches to train on each round.",
)
@json_option
def speed(
    *,
    models: tuple[str, ...],
    data: tuple[str, ...],
    config_path: Path | None,
    against: str | None,
    num_batches: int,
    as_json: bool,
    **options: Any,
) -> None:
    """Measure speed: training and inference, latency by length, memory, cold start.

    With --model of saved models, on the data that each was trained on or on --data. Without, of
    the network and the training that the settings describe. Each speed is measured in three
    rounds after one to warm up.
    """
    settings = given_settings(config_path, data, options)
    strange = sorted(settings.keys() - {"data", *DATA_SETTINGS})
    if models and strange:
        raise ConfigError(f"a saved model has its settings; leave out {', '.join(strange)}")
    config = RunConfig.from_settings(settings)
    from sentiment.artifact import load_model
    from sentiment.datasets.loading import load_datasets
    from sentiment.experiments.speed import SpeedReport
    from sentiment.experiments.speed_runs import Effort, measure_speed, save_untrained
    from sentiment.experiments.timing import describe_machine
    from sentiment.model_store import find_model

    saved = [load_model(find_model(name)) for name in dict.fromkeys(models)]
    found = []
    with ExitStack() as stack:
        progress = stack.enter_context(ProgressBar())
        if saved:
            wanted = [_data_of(model.config, settings) for model in saved]
            loaded = {each: load_datasets(each, progress) for each in dict.fromkeys(wanted)}
            pairs = [(model, loaded[each]) for model, each in zip(saved, wanted, strict=True)]
        else:
            datasets = load_datasets(config.data, progress)
            folder = Path(stack.enter_context(TemporaryDirectory()))
            pairs = [(save_untrained(config, datasets, folder, progress), datasets)]
        for model, datasets in pairs:
            found.append(
                measure_speed(
                    model,
                    datasets,
                    Effort(num_batches),
                    against_keras=against is not None,
                    progress=progress,
                )
            )
    report = SpeedReport(describe_machine(), tuple(found))
    if as_json:
        print_json(report.to_dict())
    else:
        from sentiment.report.speed import speed_report

        output().print(speed_report(report))


def _data_of(config: RunConfig, settings: dict[str, Any]) -> DataConfig:
    """The data that a model was trained on, unless other data is named."""
    return replace(DataConfig() if "data" in settings else config.data, **settings)
