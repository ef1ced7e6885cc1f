"""`sentiment export`."""

from pathlib import Path

import click

from sentiment.commands.options import json_option, model_option
from sentiment.commands.terminal import ProgressBar, output, print_json

EXAMPLES = """
\b
Examples:
  sentiment export --format savedmodel --output sentiment-model
  sentiment export --format onnx --output sentiment.onnx --model gru-20261125-143015
  sentiment export --format keras --output sentiment.keras --overwrite --json
"""


@click.command(epilog=EXAMPLES)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["keras", "onnx", "savedmodel"]),
    required=True,
    help="What to write.",
)
@click.option(
    "--output",
    "path",
    type=click.Path(path_type=Path),
    required=True,
    metavar="PATH",
    help="File to write, .keras or .onnx; for a SavedModel, folder.",
)
@click.option("--overwrite", is_flag=True, help="Replace what is at PATH.")
@model_option
@json_option
def export(*, format_: str, path: Path, overwrite: bool, model: str | None, as_json: bool) -> None:
    """Write a model for other programs: Keras, ONNX, or a TensorFlow SavedModel.

    A SavedModel takes texts and gives P(positive); the tokenizer is in its graph. The Keras network
    (token ids to logits; import sentiment.networks before it is loaded) and the ONNX file (token
    ids and lengths to logit and probability; its metadata say how texts become those) come with
    the tokenizer in a file beside them, which Hugging Face tokenizers reads.

    What is written is loaded in its own runtime and answers 100 texts; where an answer differs from
    that of predict by more than 0.0001, there is an error and nothing is kept.
    """
    from sentiment.artifact import load_model
    from sentiment.export.job import check_path, export_model
    from sentiment.model_store import find_model

    check_path(format_, path, overwrite=overwrite)
    saved = load_model(find_model(model))
    with ProgressBar() as progress:
        result = export_model(saved, format_, path, overwrite=overwrite, progress=progress)
    if as_json:
        print_json(result.to_dict())
    else:
        from sentiment.report.export import export_report

        output().print(export_report(result), soft_wrap=True)
