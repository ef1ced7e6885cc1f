"""Options that several commands share, made from the settings so that help never lies."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from sentiment.cluster import ENGINES, LOCAL, RAY
from sentiment.config import read_settings, setting_choices, setting_default, setting_help

Command = TypeVar("Command", bound=Callable[..., Any])

DATA_SETTINGS = ("data_dir", "text_column", "label_column", "positive_label")
TRAINING_SETTINGS = (
    "cell",
    "layers",
    "units",
    "embedding_dim",
    "bidirectional",
    "pooling",
    "dropout",
    "vocabulary_size",
    "max_tokens",
    "pretraining",
    "epochs",
    "batch_size",
    "learning_rate",
    "seed",
)


def setting_options(*names: str) -> Callable[[Command], Command]:
    """Add an option for each setting; one that is not given is not passed on."""

    def decorate(command: Command) -> Command:
        for name in reversed(names):
            command = _setting_option(name)(command)
        return command

    return decorate


def _setting_option(name: str) -> Callable[[Command], Command]:
    flag = "--" + name.replace("_", "-")
    default = setting_default(name)
    kind: Any = str
    if setting_choices(name):
        kind = click.Choice(setting_choices(name))
    elif isinstance(default, bool):
        return click.option(f"{flag}/--no-{flag[2:]}", name, default=None, help=setting_help(name))
    elif isinstance(default, (int, float)):
        kind = type(default)
    metavar = None if isinstance(kind, click.Choice) else {int: "N", float: "X"}.get(kind, "TEXT")
    return click.option(
        flag, name, type=kind, default=None, metavar=metavar, help=setting_help(name)
    )


def data_option(command: Command) -> Command:
    """Add the repeatable `--data`."""
    return click.option(
        "--data", multiple=True, metavar="DATA", help=setting_help("data") + "  Repeatable."
    )(command)


def split_option(command: Command) -> Command:
    """Add `--split`, the labelled part of the data that is measured on."""
    return click.option(
        "--split",
        type=click.Choice(["train", "validation", "test"]),
        default="test",
        show_default=True,
        help="Which part of the data.",
    )(command)


def engine_options(command: Command) -> Command:
    """Add `--engine` and `--address`; see `check_engine`."""
    command = click.option(
        "--address",
        metavar="ADDRESS",
        help="Cluster of --engine ray: auto on one of its nodes, or HOST:PORT of its head.  "
        "[default: start Ray on this machine]",
    )(command)
    return click.option(
        "--engine",
        type=click.Choice(ENGINES),
        default=LOCAL,
        show_default=True,
        help="What does the work: this process, or workers of Ray.",
    )(command)


def check_engine(engine: str, **given: object) -> None:
    """Let no option through that is for Ray, by its name, where Ray is not asked for.

    Raises:
        click.UsageError: there is one.
    """
    for name, value in given.items():
        if value is not None and engine != RAY:
            raise click.UsageError(f"--{name} is for --engine {RAY}")


def config_option(command: Command) -> Command:
    """Add `--config FILE.toml`."""
    return click.option(
        "--config",
        "config_path",
        type=click.Path(dir_okay=False, path_type=Path),
        help="TOML file of settings, such as units = 64; options go before it.",
    )(command)


def model_option(command: Command) -> Command:
    """Add `--model NAME`, the model that answers."""
    return click.option(
        "--model",
        "model",
        metavar="NAME",
        help="Name or path of a model.  [default: the one in use, else the newest]",
    )(command)


def plot_option(command: Command) -> Command:
    """Add `--plot FILE`, a picture of what is printed; its name is checked before any work."""
    return click.option(
        "--plot",
        "plot_path",
        type=click.Path(dir_okay=False, path_type=Path),
        callback=_checked,
        metavar="FILE",
        help="Draw a picture too, into a .png or .svg file.",
    )(command)


def _checked(_context: click.Context, _option: click.Parameter, path: Path | None) -> Path | None:
    if path is not None:
        from sentiment.plots.pictures import check_picture_path

        check_picture_path(path)
    return path


def json_option(command: Command) -> Command:
    """Add `--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")(
        command
    )


def given_settings(
    config_path: Path | None, data: Sequence[str], options: dict[str, Any]
) -> dict[str, Any]:
    """Settings of the file, overridden by the options that were given.

    Raises:
        ConfigError: the file cannot be read or is not TOML.
    """
    settings = read_settings(config_path) if config_path is not None else {}
    settings.update({name: value for name, value in options.items() if value is not None})
    if data:
        settings["data"] = tuple(data)
    return settings
