"""`sentiment gradients`."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sentiment.commands.options import json_option, plot_option
from sentiment.commands.terminal import INTERRUPTED, ProgressBar, draw, output, print_json, warn
from sentiment.config import ACTIVATIONS, CELLS
from sentiment.errors import ConfigError
from sentiment.quiet import quiet_tensorflow

if TYPE_CHECKING:
    from sentiment.experiments.adding import AddingResult

EXAMPLES = """
\b
Examples:
  sentiment gradients
  sentiment gradients --cell simple_rnn --activation sigmoid --initializer orthogonal
  sentiment gradients --train-steps 0 --layers 8
  sentiment gradients --plot gradients.png
  sentiment gradients --adding
  sentiment gradients --adding --cell gru --cell simple_rnn --length 200
"""
RECURRENT = tuple(cell for cell in CELLS if cell != "bow")
INITIALIZERS = ("orthogonal", "glorot_uniform", "he_normal", "identity")
LENGTH, ADDING_LENGTHS = 100, (20, 50, 100, 200, 400)
UNITS, ADDING_UNITS = 32, 64
SEEDS, ADDING_SEEDS = 3, 1
TRAIN_STEPS, ADDING_STEPS = 1000, 4000

_number = partial(click.option, type=int, metavar="N")


@click.command(epilog=EXAMPLES)
@click.option(
    "--cell",
    "cells",
    type=click.Choice(RECURRENT),
    multiple=True,
    default=RECURRENT,
    help="Cell to measure.  Repeatable.  [default: all]",
)
@click.option(
    "--activation",
    "activations",
    type=click.Choice(ACTIVATIONS),
    multiple=True,
    help="Activation of cell candidates.  Repeatable.  [default: all]",
)
@click.option(
    "--initializer",
    "initializers",
    type=click.Choice(INITIALIZERS),
    multiple=True,
    help="Initializer of the recurrent kernel.  Repeatable.  [default: all]",
)
@click.option(
    "--input-scale",
    "input_scales",
    type=float,
    multiple=True,
    metavar="X",
    help="Standard deviation of the random inputs.  Repeatable.  [default: 0.1, 1]",
)
@_number(
    "--length",
    "lengths",
    multiple=True,
    help=f"Steps of a sequence.  Repeatable with --adding.  [default: {LENGTH}; with --adding "
    f"{', '.join(map(str, ADDING_LENGTHS))}]",
)
@_number("--units", help=f"Width of each layer.  [default: {UNITS}; with --adding {ADDING_UNITS}]")
@_number("--layers", help="Layers of the stack whose layers are measured one by one.  [default: 4]")
@_number(
    "--seeds",
    "num_seeds",
    help=f"How often to measure, drawn anew.  [default: {SEEDS}; with --adding {ADDING_SEEDS}]",
)
@_number(
    "--train-steps",
    help="Batches of the adding problem to learn from, at most; 0 leaves training out.  "
    f"[default: {TRAIN_STEPS}; with --adding {ADDING_STEPS}]",
)
@click.option(
    "--adding", is_flag=True, help="Let the cells learn the adding problem, and measure nothing."
)
@plot_option
@json_option
def gradients(
    *,
    cells: tuple[str, ...],
    activations: tuple[str, ...],
    initializers: tuple[str, ...],
    input_scales: tuple[float, ...],
    lengths: tuple[int, ...],
    units: int | None,
    layers: int | None,
    num_seeds: int | None,
    train_steps: int | None,
    adding: bool,
    plot_path: Path | None,
    as_json: bool,
) -> None:
    """Show how gradients fade through time and depth, and what a cell can still learn.

    With --adding Ctrl-C keeps what is done.
    """
    if adding:
        if activations or initializers or input_scales or layers is not None:
            raise ConfigError(
                "--adding has one tanh layer, orthogonal at first; leave out --activation, "
                "--initializer, --input-scale and --layers"
            )
        _add(
            cells,
            lengths or ADDING_LENGTHS,
            units=ADDING_UNITS if units is None else units,
            num_seeds=ADDING_SEEDS if num_seeds is None else num_seeds,
            max_steps=ADDING_STEPS if train_steps is None else train_steps,
            plot_path=plot_path,
            as_json=as_json,
        )
        return
    if len(lengths) > 1:
        raise ConfigError("give one --length; several go with --adding")
    with quiet_tensorflow():
        from sentiment.experiments.gradient_study import GradientConfig, run_study
        from sentiment.experiments.gradient_verdicts import study_dict, verdicts

    config = GradientConfig(
        cells=tuple(dict.fromkeys(cells)),
        activations=tuple(dict.fromkeys(activations)) or ACTIVATIONS,
        initializers=tuple(dict.fromkeys(initializers)) or INITIALIZERS,
        input_scales=tuple(dict.fromkeys(input_scales)) or (0.1, 1.0),
        length=lengths[0] if lengths else LENGTH,
        units=UNITS if units is None else units,
        layers=4 if layers is None else layers,
        num_seeds=SEEDS if num_seeds is None else num_seeds,
        train_steps=TRAIN_STEPS if train_steps is None else train_steps,
    )
    with ProgressBar() as progress:
        study = run_study(config, progress)
    if as_json:
        print_json(study_dict(study))
    else:
        from sentiment.report.gradients import study_report

        output().print(study_report(study, verdicts(study)))
    if plot_path is not None:
        from sentiment.plots.gradients import gradients_figure

        draw(gradients_figure(study), plot_path)


def _add(
    cells: tuple[str, ...],
    lengths: tuple[int, ...],
    *,
    units: int,
    num_seeds: int,
    max_steps: int,
    plot_path: Path | None,
    as_json: bool,
) -> None:
    with quiet_tensorflow():
        from sentiment.experiments.adding import largest_distances, run_adding

    cells, lengths = tuple(dict.fromkeys(cells)), tuple(dict.fromkeys(lengths))
    num_results = len(cells) * len(lengths) * num_seeds
    results: list[AddingResult] = []
    try:
        with ProgressBar() as progress:
            for result in run_adding(
                cells,
                lengths,
                units=units,
                max_steps=max_steps,
                num_seeds=num_seeds,
                progress=progress,
            ):
                results.append(result)  # noqa: PERF402 (kept when Ctrl-C comes)
    except KeyboardInterrupt:
        warn(f"stopped by Ctrl-C; {len(results)} of {num_results} were done")
    if results:
        distances = largest_distances(results)
        if as_json:
            print_json(
                {
                    "adding": [result.to_dict() for result in results],
                    "largest_distances": distances,
                }
            )
        else:
            from sentiment.report.gradients import adding_report

            output().print(adding_report(results, distances))
        if plot_path is not None:
            from sentiment.plots.gradients import adding_figure

            draw(adding_figure(results), plot_path)
    if len(results) < num_results:
        click.get_current_context().exit(INTERRUPTED)
