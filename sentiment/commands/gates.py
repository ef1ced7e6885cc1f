"""`sentiment gates`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sentiment.commands.options import json_option, model_option, plot_option
from sentiment.commands.terminal import draw, output, print_json, warn

if TYPE_CHECKING:
    from sentiment.experiments.gates import TextTrace

EXAMPLES = """
\b
Examples:
  sentiment gates "the plot was dull but the acting was superb"
  sentiment gates --scramble "the plot was dull but the acting was superb"
  sentiment gates "not good , bad" "not bad , good" --plot gates.png
  sentiment gates --layer 1 --json "I like coffee"
"""


@click.command(epilog=EXAMPLES)
@click.argument("text")
@click.argument("other_text", required=False)
@click.option("--scramble", is_flag=True, help="Set TEXT in a random order beside it.")
@click.option(
    "--seed", type=click.IntRange(0), default=0, help="Decides the random order.  [default: 0]"
)
@click.option(
    "--layer",
    type=click.IntRange(1),
    metavar="N",
    help="Recurrent layer to look into, from 1.  [default: the last]",
)
@model_option
@plot_option
@json_option
def gates(
    *,
    text: str,
    other_text: str | None,
    scramble: bool,
    seed: int,
    layer: int | None,
    model: str | None,
    plot_path: Path | None,
    as_json: bool,
) -> None:
    """Show what each gate did at each word of TEXT, and how the verdict formed.

    OTHER_TEXT is set beside it. The probability at a word is the model's answer to the words up
    to there, as a text of their own.
    """
    from sentiment.artifact import load_model
    from sentiment.experiments.gates import trace_gates
    from sentiment.model_store import find_model

    report = trace_gates(
        load_model(find_model(model)),
        *(text, *([] if other_text is None else [other_text])),
        scramble_seed=seed if scramble else None,
        layer=layer,
    )
    for trace in report.texts:
        _warn_about(trace)
    if as_json:
        print_json(report.to_dict())
    else:
        from sentiment.report.gates import gates_report

        output().print(gates_report(report))
    if plot_path is not None:
        from sentiment.plots.gates import gates_figure

        draw(gates_figure(report), plot_path)


def _warn_about(trace: "TextTrace") -> None:
    shown = trace.text if len(trace.text) <= 40 else trace.text[:39] + "…"
    if trace.num_tokens == 0:
        warn(f"there are no words in {shown!r}; the answer means nothing")
    if trace.num_read < trace.num_tokens:
        warn(f"{shown!r} has {trace.num_tokens:,} words; the model reads {trace.num_read:,}")
    if len(trace.words) < trace.num_read:
        warn(f"{shown!r}: the first {len(trace.words):,} of {trace.num_read:,} words are shown")
