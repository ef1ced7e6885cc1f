"""`sentiment params`."""

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click

from sentiment.commands.options import config_option, given_settings, json_option, setting_options
from sentiment.commands.terminal import output, print_json
from sentiment.config import CELLS, ModelConfig, RunConfig
from sentiment.errors import ConfigError

EXAMPLES = """
\b
Examples:
  sentiment params --cell lstm --units 64
  sentiment params --model gru-20261125-143015
  sentiment params --budget 100000
"""


@click.command(epilog=EXAMPLES)
@setting_options(
    "cell", "layers", "units", "embedding_dim", "bidirectional", "pooling", "vocabulary_size"
)
@config_option
@click.option("--model", metavar="NAME", help="Count a saved model instead.")
@click.option(
    "--budget",
    type=click.IntRange(1),
    metavar="N",
    help="Find the units with which each cell has at most N parameters besides the embedding.",
)
@json_option
def params(
    config_path: Path | None,
    model: str | None,
    budget: int | None,
    as_json: bool,
    **options: Any,
) -> None:
    """Count parameters by formula: every weight array, per gate, with the numbers put in."""
    settings = given_settings(config_path, (), options)
    if model is not None and settings:
        raise ConfigError(
            f"a saved model has its settings; leave out {', '.join(sorted(settings))}"
        )
    if model is not None:
        from sentiment.artifact import load_model
        from sentiment.model_store import find_model

        saved = load_model(find_model(model))
        config, vocabulary_size = saved.config.model, saved.tokenizer.vocabulary_size
    else:
        run = RunConfig.from_settings(settings)
        config, vocabulary_size = run.model, run.data.vocabulary_size
    if budget is not None:
        cells = (config.cell,) if "cell" in settings or model is not None else CELLS
        _show_budget(config, cells, vocabulary_size, budget, as_json)
        return
    from sentiment.experiments.parameters import count_parameters

    report = count_parameters(config, vocabulary_size)
    if as_json:
        print_json(report.to_dict())
    else:
        from sentiment.report.training import parameters_report

        output().print(parameters_report(report, layers_only=False))


def _show_budget(
    config: ModelConfig, cells: tuple[str, ...], vocabulary_size: int, budget: int, as_json: bool
) -> None:
    from sentiment.experiments.parameters import units_for_budget

    rows = []
    for cell in cells:
        pooling = "max_mean" if cell == "bow" and config.pooling == "last" else config.pooling
        of_cell = replace(config, cell=cell, pooling=pooling)
        rows.append(units_for_budget(of_cell, vocabulary_size, budget))
    if as_json:
        for row in rows:
            print_json(asdict(row))
    else:
        from sentiment.report.training import budget_report

        output().print(budget_report(rows, budget))
