"""`sentiment predict`."""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from sentiment.commands.options import json_option, model_option
from sentiment.commands.terminal import output, print_json, warn

if TYPE_CHECKING:
    from sentiment.experiments.explanation import Explanation
    from sentiment.predictions import Prediction, Scramble
    from sentiment.predictor import Predictor

    Predictions = Sequence[Prediction]
    Scrambles = Sequence[Sequence[Scramble]]
    Explanations = Sequence[Explanation | None]
    Show = Callable[[Predictions, Scrambles, Explanations], None]

EXAMPLES = """
\b
Examples:
  sentiment predict "I like coffee"
  sentiment predict "I like coffee" "I hate coffee" --json
  sentiment predict --scramble 5 "the plot was dull but the acting was superb"
  sentiment predict --explain "the food was not good at all"
  sentiment predict < sentences.txt
  sentiment predict -- "--this text starts with dashes"
"""


@click.command(epilog=EXAMPLES)
@click.argument("texts", nargs=-1, metavar="[TEXT]...")
@click.option(
    "--scramble",
    "num_scrambles",
    type=click.IntRange(0, 1000),
    default=0,
    metavar="N",
    help="Show N scrambles of the words beside each text.  [default: 0]",
)
@click.option(
    "--seed", type=click.IntRange(0), default=0, help="Decides the scrambles.  [default: 0]"
)
@click.option(
    "--explain",
    "with_explanation",
    is_flag=True,
    help="Show what each word did: left out, read so far, and together with another.",
)
@model_option
@json_option
def predict(
    *,
    texts: tuple[str, ...],
    num_scrambles: int,
    seed: int,
    with_explanation: bool,
    model: str | None,
    as_json: bool,
) -> None:
    """Say whether typed sentences are positive or negative.

    Without TEXT, lines of standard input are answered one by one as they come; on a terminal,
    a prompt asks for them. An empty line there ends it.
    """
    from sentiment.artifact import load_model
    from sentiment.model_store import find_model
    from sentiment.predictor import Predictor

    predictor = Predictor.of(load_model(find_model(model)))
    answer = partial(
        _answer,
        predictor,
        num_scrambles=num_scrambles,
        seed=seed,
        with_explanation=with_explanation,
    )
    if texts:
        answer(list(texts), show=_show_json if as_json else _show_table)
        return
    for line in _prompted() if sys.stdin.isatty() else _piped():
        answer([line], show=_show_json if as_json else _show_lines)
        sys.stdout.flush()


def _prompted() -> Iterator[str]:
    while True:
        try:
            line = click.prompt("Text", default="", show_default=False, err=True)
        except click.Abort:  # Ctrl-D
            return
        if not line.strip():
            return
        yield line


def _piped() -> Iterator[str]:
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", errors="replace").rstrip("\r\n")


def _answer(
    predictor: "Predictor",
    texts: list[str],
    *,
    num_scrambles: int,
    seed: int,
    with_explanation: bool,
    show: "Show",
) -> None:
    predictions = predictor.predict(texts)
    for prediction in predictions:
        _warn_about(prediction)
    scrambles = [
        predictor.scramble(text, num_scrambles, seed) if num_scrambles else [] for text in texts
    ]
    explanations: Sequence[Explanation | None] = [None] * len(texts)
    if with_explanation:
        from sentiment.experiments.explanation import explain

        explanations = [explain(predictor, text) for text in texts]
    show(predictions, scrambles, explanations)


def _show_json(
    predictions: "Predictions", scrambles: "Scrambles", explanations: "Explanations"
) -> None:
    for prediction, found, explanation in zip(predictions, scrambles, explanations, strict=True):
        line: dict[str, Any] = asdict(prediction)
        if found:
            line["scrambles"] = [asdict(scramble) for scramble in found]
        if explanation is not None:
            line["explanation"] = explanation.to_dict()
        print_json(line)


def _show_table(
    predictions: "Predictions", scrambles: "Scrambles", explanations: "Explanations"
) -> None:
    from sentiment.report.answers import prediction_report

    output().print(prediction_report(predictions, scrambles))
    for explanation in explanations:
        _show_explanation(explanation)


def _show_lines(
    predictions: "Predictions", scrambles: "Scrambles", explanations: "Explanations"
) -> None:
    from sentiment.report.answers import prediction_line

    console = output()
    for prediction, found, explanation in zip(predictions, scrambles, explanations, strict=True):
        console.print(prediction_line(prediction), soft_wrap=True)
        for scramble in found:
            change = scramble.probability - prediction.probability
            console.print(prediction_line(scramble, change), soft_wrap=True)
        _show_explanation(explanation)


def _show_explanation(explanation: "Explanation | None") -> None:
    if explanation is None:
        return
    from sentiment.report.explanation import explanation_report

    output().print(explanation_report(explanation))


def _warn_about(prediction: "Prediction") -> None:
    shown = prediction.text if len(prediction.text) <= 40 else prediction.text[:39] + "…"
    if prediction.num_tokens == 0:
        warn(f"there are no words in {shown!r}; the answer means nothing")
    elif 2 * prediction.num_unknown > prediction.num_tokens:
        warn(
            f"the model does not know {prediction.num_unknown} of the {prediction.num_tokens} "
            f"words of {shown!r}; do not rely on the answer"
        )
    if prediction.truncated:
        warn(
            f"{shown!r} has {prediction.num_tokens:,} words, more than the model reads; it was cut"
        )
