"""`sentiment score`."""

import sys
from typing import TYPE_CHECKING, Any

import click

from sentiment.cluster import RAY
from sentiment.commands.options import check_engine, engine_options, json_option, model_option
from sentiment.commands.terminal import (
    INTERRUPTED,
    ScoringProgress,
    output,
    print_json,
    warn,
)

if TYPE_CHECKING:
    from sentiment.artifact import SavedModel
    from sentiment.scoring import ScoringResult
    from sentiment.scoring_job import ScoringJob

EXAMPLES = """
\b
Examples:
  sentiment score reviews.csv --output scored.csv
  sentiment score reviews.csv.gz --output scored.parquet --text-column body
  sentiment score tweets.jsonl.zst --output scored.jsonl.zst --on-error skip --json
  sentiment score reviews.csv --output scored.csv --resume
  cat reviews.csv | sentiment score - --format csv --output - | head
  sentiment score reviews/ --output scored/ --engine ray
  sentiment score '/shared/reviews/*.parquet' --output /shared/scored --engine ray --address auto
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
@engine_options
@click.option(
    "--workers",
    "num_workers",
    type=click.IntRange(1),
    metavar="N",
    help="Workers of Ray, a core each; more than there are make a cluster grow.  [default: one for "
    "every core]",
)
@model_option
@json_option
def score(
    *,
    input_name: str,
    output_name: str,
    engine: str,
    address: str | None,
    num_workers: int | None,
    model: str | None,
    as_json: bool,
    **given: Any,
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

    With --engine ray, INPUT is a directory of Parquet files, or a pattern of their names, and FILE
    a directory: each file is scored by a worker of Ray into one of the same name, with the bytes
    that it gets without Ray. The nodes of a cluster have to see both under the same paths.
    """
    from sentiment.artifact import load_model
    from sentiment.model_store import find_model
    from sentiment.scoring_job import ScoringJob

    check_engine(engine, address=address, workers=num_workers)
    job = ScoringJob(input_name, output_name, **given)
    is_stream = job.output_path is None
    saved = load_model(find_model(model))
    try:
        with ScoringProgress() as progress:
            result = (
                _on_ray(saved, job, progress, address, num_workers)
                if engine == RAY
                else _here(saved, job, progress)
            )
    except KeyboardInterrupt:
        kept = "files that are done are kept; the same command with --resume goes on from there"
        warn(f"stopped by Ctrl-C; {kept if engine == RAY else _goes_on(job)}")
        click.get_current_context().exit(INTERRUPTED)
    if as_json:
        print_json(result.to_dict(), on_stderr=is_stream)
    else:
        from sentiment.report.scoring import scoring_report

        output(on_stderr=is_stream).print(scoring_report(result))


def _here(saved: "SavedModel", job: "ScoringJob", progress: ScoringProgress) -> "ScoringResult":
    from sentiment.scoring import score_table

    is_shown = job.output_path is None and sys.stdout.isatty()
    return score_table(
        saved,
        job,
        stdin=sys.stdin.buffer,
        stdout=sys.stdout.buffer,
        listener=None if is_shown else progress,
    )


def _on_ray(
    saved: "SavedModel",
    job: "ScoringJob",
    progress: ScoringProgress,
    address: str | None,
    num_workers: int | None,
) -> "ScoringResult":
    from sentiment.scoring_cluster import score_files

    return score_files(saved, job, address=address, num_workers=num_workers, listener=progress)


def _goes_on(job: "ScoringJob") -> str:
    from sentiment.scoring_output import rows_done

    num_rows = rows_done(job)
    if num_rows is None:
        return "nothing was kept"
    return f"{num_rows:,} rows are kept; the same command with --resume goes on from there"
