"""`sentiment train`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

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
from sentiment.commands.terminal import (
    INTERRUPTED,
    TrainingProgress,
    output,
    print_json,
    warn,
)
from sentiment.config import RunConfig
from sentiment.errors import ConfigError
from sentiment.quiet import quiet_tensorflow

if TYPE_CHECKING:
    from sentiment.training.pipeline import Run

EXAMPLES = """
\b
Examples:
  sentiment train --cell gru
  sentiment train --cell lstm --layers 2 --units 32 --data imdb
  sentiment train --cell bow --data pairs --model pairs-bow
  sentiment train --data reviews.csv --text-column body --label-column stars
  sentiment train --config recipe.toml --seed 1
  sentiment train --resume
"""


@click.command(epilog=EXAMPLES)
@setting_options(*TRAINING_SETTINGS)
@data_option
@setting_options(*DATA_SETTINGS)
@config_option
@click.option(
    "--model", "name", metavar="NAME", help="What to call the model.  [default: cell and time]"
)
@click.option(
    "--resume", is_flag=True, help="Go on with a run that was stopped: the last, or --model."
)
@click.option(
    "--tensorboard",
    "tensorboard_dir",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to write TensorBoard logs to.",
)
@click.option(
    "--validation-only",
    is_flag=True,
    help="Leave the test split unread; for choosing settings.",
)
@json_option
def train(
    *,
    data: tuple[str, ...],
    config_path: Path | None,
    name: str | None,
    resume: bool,
    tensorboard_dir: Path | None,
    validation_only: bool,
    as_json: bool,
    **options: Any,
) -> None:
    """Train a classifier, evaluate it and save it.

    The data is tokenized into words; the cell reads them through word vectors, in order (bow: in
    no order). Ctrl-C keeps the best epoch so far, and --resume goes on from where a run was
    stopped or killed.
    """
    settings = given_settings(config_path, data, options)
    run = _run(settings, name, resume)
    from sentiment.training.pipeline import train_model

    try:
        with TrainingProgress(run.config.training.epochs) as progress:
            result = train_model(
                run,
                progress=progress,
                listener=progress,
                tensorboard_dir=tensorboard_dir,
                reads_test=not validation_only,
            )
    except KeyboardInterrupt:
        begun = run.state_dir.exists()
        warn(
            f"stopped by Ctrl-C; {_goes_on(run.name) if begun else 'nothing had been learned yet'}"
        )
        click.get_current_context().exit(INTERRUPTED)
    if as_json:
        print_json(result.to_dict())
    else:
        from sentiment.report.training import training_report

        output().print(training_report(result))
    if result.interrupted:
        warn(
            f"stopped by Ctrl-C; {result.model} holds epoch {result.best_epoch + 1}, the best so "
            f"far; {_goes_on(result.model)}"
        )
        click.get_current_context().exit(INTERRUPTED)


def _run(settings: dict[str, Any], name: str | None, resume: bool) -> "Run":
    if resume and settings:
        raise ConfigError(
            f"a resumed run keeps its settings; leave out {', '.join(sorted(settings))}"
        )
    config = None if resume else RunConfig.from_settings(settings)
    with quiet_tensorflow():
        from sentiment.training.pipeline import new_run, unfinished_run

    return unfinished_run(name) if config is None else new_run(config, name)


def _goes_on(name: str) -> str:
    return f"`sentiment train --resume --model {name}` goes on from there"
