"""`sentiment order`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from sentiment.commands.options import (
    DATA_SETTINGS,
    data_option,
    given_settings,
    json_option,
    plot_option,
    setting_options,
    split_option,
)
from sentiment.commands.terminal import (
    INTERRUPTED,
    ProgressBar,
    TrainingProgress,
    draw,
    output,
    print_json,
    warn,
)

EXAMPLES = """
\b
Examples:
  sentiment order "I thought it would be dull, but it was superb"
  sentiment order --data imdb --data pairs --model my-gru --model my-bow
  sentiment order --data snippets:films --split validation --max-texts 500 --json
  sentiment order --data pairs --model my-gru --train-scrambled
  sentiment order --suites
"""


@click.command(epilog=EXAMPLES)
@click.argument("text", required=False)
@data_option
@split_option
@click.option(
    "--permutations",
    "num_permutations",
    type=click.IntRange(5, 1000),
    default=5,
    show_default=True,
    metavar="N",
    help="Orders to try at each strength that chance decides.",
)
@click.option(
    "--max-texts",
    type=click.IntRange(0),
    default=1000,
    show_default=True,
    metavar="N",
    help="Most texts to take, drawn at random; 0 takes all.",
)
@click.option(
    "--suites", is_flag=True, help="Run the behaviour suites; on data too if it is named."
)
@click.option(
    "--seed",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    metavar="N",
    help="Decides texts and orders.",
)
@setting_options(*DATA_SETTINGS)
@click.option(
    "--model",
    "models",
    multiple=True,
    metavar="NAME",
    help="Name or path of a model; repeatable, such as a gru and a bag of words as its control.  "
    "[default: the one in use, else the newest]",
)
@click.option(
    "--train-scrambled",
    is_flag=True,
    help="Show beside each model its twin, trained now on the same texts with scrambled words and "
    "kept as NAME-scrambled.",
)
@plot_option
@json_option
def order(
    *,
    text: str | None,
    data: tuple[str, ...],
    split: str,
    num_permutations: int,
    max_texts: int,
    suites: bool,
    seed: int,
    models: tuple[str, ...],
    train_scrambled: bool,
    plot_path: Path | None,
    as_json: bool,
    **options: Any,
) -> None:
    """Show what word order is worth to a model.

    With TEXT: how the answer to that sentence changes as its words are scrambled, from word
    n-grams kept whole to all words sorted. Without: the same for the accuracy on a data set, by
    scramble strength and by length, and the two sentences of word-order pairs on `pairs`. With
    --suites: sentences that turn on negation, contrast and the like. With --train-scrambled: what
    is left to a model that never saw a word in its place.
    """
    given = {name: value for name, value in options.items() if value is not None}
    if text is not None and (data or suites or given):
        raise click.UsageError("TEXT goes without --suites and without data; leave one out")
    if plot_path is not None and suites and not data:
        raise click.UsageError("the suites have no picture; leave out --plot, or name --data")
    from sentiment.artifact import load_model
    from sentiment.model_store import find_model

    loaded = [load_model(find_model(name)) for name in models or (None,)]
    if train_scrambled:
        loaded = [each for model in loaded for each in (model, _twin(model))]
    if text is not None:
        from sentiment.experiments.sentence_order import measure_sentence

        found = [
            measure_sentence(model, text, num_permutations=num_permutations, seed=seed)
            for model in loaded
        ]
        if any(result.truncated for result in found):
            warn("the text has more words than a model reads; it was cut, and then scrambled")
        if as_json:
            _print_lines(found)
        else:
            from sentiment.report.order import sentence_report

            output().print(sentence_report(found))
        if plot_path is not None:
            from sentiment.plots.order import sentence_figure

            draw(sentence_figure(found), plot_path)
        return
    if data or not suites:
        _order_on_data(
            loaded,
            given_settings(None, data, given),
            train_scrambled,
            plot_path,
            as_json,
            split_name=split,
            num_permutations=num_permutations,
            max_texts=max_texts,
            seed=seed,
        )
    if suites:
        _order_in_suites(loaded, as_json)


def _twin(model: Any) -> Any:
    from sentiment.experiments.scrambled_training import scrambled_twin

    try:
        with TrainingProgress(model.config.training.epochs) as progress:
            return scrambled_twin(model, progress=progress, listener=progress)
    except KeyboardInterrupt:
        warn("stopped by Ctrl-C; the same command goes on from there")
        click.get_current_context().exit(INTERRUPTED)


def _order_on_data(
    models: Sequence[Any],
    settings: dict[str, Any],
    with_twins: bool,
    plot_path: Path | None,
    as_json: bool,
    **choices: Any,
) -> None:
    from sentiment.config import DataConfig
    from sentiment.datasets.loading import load_datasets
    from sentiment.experiments.word_order import measure_word_order

    with ProgressBar() as progress:
        found = [
            [measure_word_order(model, dataset, progress=progress, **choices) for model in models]
            for dataset in load_datasets(DataConfig(**settings), progress)
        ]
    for results in found:
        if as_json:
            _print_lines(results)
        else:
            from sentiment.report.order import word_order_report

            output().print(word_order_report(results))
        if with_twins:
            _print_twins(results, as_json)
    if plot_path is not None:
        from sentiment.plots.order import order_figure

        draw(order_figure(found), plot_path)


def _print_twins(results: Sequence[Any], as_json: bool) -> None:
    from sentiment.experiments.scrambled_training import compare_with_twin

    found = [compare_with_twin(*both) for both in zip(results[::2], results[1::2], strict=True)]
    if as_json:
        _print_lines(found)
    else:
        from sentiment.report.order import twins_report

        output().print(twins_report(found))


def _order_in_suites(models: Sequence[Any], as_json: bool) -> None:
    from sentiment.experiments.suites import measure_suites
    from sentiment.predictor import Predictor

    with ProgressBar() as progress:
        found = [
            result
            for model in models
            for result in measure_suites(Predictor.of(model), progress=progress)
        ]
    if as_json:
        _print_lines(found)
    else:
        from sentiment.report.order import suites_report

        output().print(suites_report(found))


def _print_lines(results: Sequence[Any]) -> None:
    for result in results:
        print_json(result.to_dict())
