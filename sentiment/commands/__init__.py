"""The command line, one file a family of commands."""

import click

from sentiment.commands.compare import compare
from sentiment.commands.data import data
from sentiment.commands.evaluate import evaluate
from sentiment.commands.export import export
from sentiment.commands.gates import gates
from sentiment.commands.gradients import gradients
from sentiment.commands.models import models
from sentiment.commands.order import order
from sentiment.commands.params import params
from sentiment.commands.predict import predict
from sentiment.commands.score import score
from sentiment.commands.serve import serve
from sentiment.commands.shell import completion, version_option
from sentiment.commands.speed import speed
from sentiment.commands.terminal import Group, add_verbosity
from sentiment.commands.train import train

EXAMPLES = """
\b
Examples:
  sentiment train --cell gru
  sentiment predict "I like coffee"
  sentiment predict --scramble 5 "the plot was dull but the acting was superb"
  sentiment score reviews.csv --output scored.csv
  sentiment evaluate --data imdb
"""


@click.group(cls=Group, epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@version_option
def main() -> None:
    """Train recurrent sentiment classifiers, and see what they make of word order."""


for _command in (
    train,
    predict,
    score,
    evaluate,
    compare,
    gates,
    gradients,
    order,
    params,
    speed,
    serve,
    models,
    data,
    export,
    completion,
):
    main.add_command(_command)
add_verbosity(main)
