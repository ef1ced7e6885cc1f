"""`sentiment score`."""

import sys
from typing import TYPE_CHECKING, Any

import click

from sentiment.commands.options import json_option, model_option
from sentiment.commands.terminal import (
    INTERRUPTED,
    ScoringProgress,
    output,
    print_json,
    warn,
)

if TYPE_CHECKING:
    from sentiment.scoring_job import ScoringJob

EXAMPLES = """
\b
Examples:
  sentiment score reviews.csv --output scored.csv
  sentiment score reviews.csv.gz --output scored.parquet --text-column body
  sentiment score tweets.jsonl.zst --output scored.jsonl.zst --on-error skip --json
  sentiment score reviews.csv --output scored.csv --resume
  cat reviews.csv | sentiment score - --format csv --output - | head
"""


@click.command(epilog=EXAMPLES)
@click.argument("input_name", metavar="INPUT")
@click.option(
    "--output",
    "output_name",
    required=True,
    metavar="FILE",
    help="Table to write; its name says the format. - is standard output, in the input's format.",
)
@click.option(
    "--format",
    "stdin_format",
    type=click.Choice(["csv", "tsv", "jsonl"]),
    help="Format of standard input, INPUT -.",
)
@click.option(
    "--text-column",
    metavar="NAME",
    help="Column with the texts.  [default: the only one named text, review or sentence]",
)
@click.option(
    "--probability-column",
    default="probability",
    show_default=True,
    metavar="NAME",
    help="What to call the new column of P(positive).",
)
@click.option(
    "--label-column",
    default="label",
    show_default=True,
    metavar="NAME",
    help="What to call the new column of labels, positive or negative.",
)
@click.option(
    "--on-error",
    type=click.Choice(["fail", "skip", "empty"]),
    default="fail",
    show_default=True,
    help="At a malformed row: stop, leave it out, or keep it without an answer.",
)
@click.option("--resume", is_flag=True, help="Go on with a run that was stopped or killed.")
@click.option(
    "--overwrite",
    is_flag=True,
    help="Replace FILE, and what an unfinished run left, unless --resume goes on with that.",
)
@model_option
@json_option
def score(
    input_name: str, output_name: str, model: str | None, as_json: bool, **given: Any
) -> None:
    """Score a table of any length: the same rows with a probability and a label each.

    INPUT and FILE are .csv, .tsv, .jsonl or .parquet; the text formats also .gz or .zst; - is
    standard input. Rows keep their order and their values: CSV fields are text as it is written
    (quoted where they have to be, lines end with LF), JSON objects keep types and keys, Parquet
    its schema. From CSV or JSON Lines to Parquet every column is text; the columns are those that
    the first 16,384 lines have.

    A row whose text is missing, blank or no text gets no answer, and is counted.

    Malformed rows are those with a wrong number of fields, broken JSON, or bytes that are not
    UTF-8. With --on-error empty, missing fields are filled with empty ones, those too many are
    joined into the last, bytes become U+FFFD, and a line of broken JSON becomes an object with
    empty answers alone.

    FILE appears when it is whole. Until then it is in a hidden folder beside its place, from which
    --resume goes on, to the same bytes as if nothing had happened. Where the table goes to standard
    output, what is said about it goes to standard error.
    """
    from sentiment.artifact import load_model
    from sentiment.model_store import find_model
    from sentiment.scoring import score_table
    from sentiment.scoring_job import ScoringJob

    job = ScoringJob(input_name, output_name, **given)
    is_stream = job.output_path is None
    saved = load_model(find_model(model))
    try:
        with ScoringProgress() as progress:
            result = score_table(
                saved,
                job,
                stdin=sys.stdin.buffer,
                stdout=sys.stdout.buffer,
                listener=None if is_stream and sys.stdout.isatty() else progress,
            )
    except KeyboardInterrupt:
        warn(f"stopped by Ctrl-C; {_goes_on(job)}")
        click.get_current_context().exit(INTERRUPTED)
    if as_json:
        print_json(result.to_dict(), on_stderr=is_stream)
    else:
        from sentiment.report.scoring import scoring_report

        output(on_stderr=is_stream).print(scoring_report(result))


def _goes_on(job: "ScoringJob") -> str:
    from sentiment.scoring_output import rows_done

    num_rows = rows_done(job)
    if num_rows is None:
        return "nothing was kept"
    return f"{num_rows:,} rows are kept; the same command with --resume goes on from there"
