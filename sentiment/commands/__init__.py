"""The command line, one file a family of commands, each imported when it is asked for."""

import click

from sentiment.commands.shell import version_option
from sentiment.commands.terminal import Group, LazyCommands, verbosity_options

EXAMPLES = """
\b
Examples:
  sentiment train --cell gru
  sentiment predict "I like coffee"
  sentiment predict --scramble 5 "the plot was dull but the acting was superb"
  sentiment score reviews.csv --output scored.csv
  sentiment evaluate --data imdb
"""
_NAMES = (
    "train",
    "predict",
    "score",
    "evaluate",
    "compare",
    "gates",
    "gradients",
    "order",
    "params",
    "speed",
    "serve",
    "models",
    "data",
    "export",
)
_MODULES = {name: f"sentiment.commands.{name}" for name in _NAMES}


@click.group(
    cls=Group,
    commands=LazyCommands({**_MODULES, "completion": "sentiment.commands.shell"}),
    epilog=EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@version_option
def main() -> None:
    """Train recurrent sentiment classifiers, and see what they make of word order."""


main.params += verbosity_options()


def __getattr__(name: str) -> click.Command:
    """A command by its name, for the documentation, which shows each by itself."""
    if name not in main.commands:
        raise AttributeError(name)
    command = main.commands[name]
    globals()[name] = command  # the import has put the module of that name there
    return command
