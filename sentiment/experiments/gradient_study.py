"""Gradients in every setting: at initialisation, down a stack, before and after training.

Measures nothing itself; see `gradients`. What the figures say is in `gradient_verdicts`.
"""

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sentiment.config import ACTIVATIONS
from sentiment.errors import ConfigError
from sentiment.experiments.adding import CELLS, AddingConfig, AddingResult
from sentiment.experiments.gradients import (
    INITIALIZERS,
    Curve,
    Place,
    closed_form_error,
    measure,
    measure_trained,
)
from sentiment.progress import Progress, silent


@dataclass(frozen=True)
class GradientConfig:
    """What to measure.

    Attributes:
        cells: of `CELLS`.
        activations: of cell candidates, of `config.ACTIVATIONS`.
        initializers: of the recurrent kernel, of `INITIALIZERS`.
        input_scales: standard deviations of the random inputs.
        length: steps of a sequence.
        units: width of each layer.
        layers: of the stack, which has the first activation, initializer and input scale.
        num_seeds: how often each is measured, with weights and inputs drawn anew.
        train_steps: batches of the adding problem to train on, at most; 0 trains nothing.
    """

    cells: tuple[str, ...]
    activations: tuple[str, ...]
    initializers: tuple[str, ...]
    input_scales: tuple[float, ...]
    length: int
    units: int
    layers: int
    num_seeds: int
    train_steps: int

    def __post_init__(self) -> None:
        known = {"cells": CELLS, "activations": ACTIVATIONS, "initializers": INITIALIZERS}
        for name, choices in known.items():
            if strange := set(getattr(self, name)) - set(choices):
                raise ConfigError(
                    f"{name} must be of {', '.join(choices)}, not {sorted(strange)[0]!r}"
                )
        least = {"length": 3, "units": 1, "layers": 1, "num_seeds": 1, "train_steps": 0}
        for name, smallest in least.items():
            if getattr(self, name) < smallest:
                raise ConfigError(
                    f"{name} must be at least {smallest}, not {getattr(self, name)!r}"
                )
        if not all(0 < scale < float("inf") for scale in self.input_scales):
            raise ConfigError("input_scales must be above 0 and finite")


@dataclass(frozen=True)
class Study:
    """Everything that was measured.

    Attributes:
        config: what was asked for.
        sweep: one layer of every cell, activation, initializer and input scale, with each seed.
        stack: every layer of a stack of each cell.
        trained: each cell on the adding problem, before and after training on it.
        adding: what that training came to, one a cell and seed.
        closed_form_error: largest relative error of TensorFlow's derivatives where they are known.
    """

    config: GradientConfig
    sweep: tuple[Curve, ...]
    stack: tuple[Curve, ...]
    trained: tuple[Curve, ...]
    adding: tuple[AddingResult, ...]
    closed_form_error: float


def run_study(config: GradientConfig, progress: Progress = silent) -> Study:
    """Measure everything; see `Study`."""
    settings = [
        ((cell, activation, initializer, scale), seed)
        for cell in config.cells
        for activation in config.activations
        for initializer in config.initializers
        for scale in config.input_scales
        for seed in range(config.num_seeds)
    ]
    first = (config.activations[0], config.initializers[0], config.input_scales[0])

    def at_start(setting: tuple[str, str, str, float], layers: int, seed: int) -> list[Curve]:
        return measure(*setting, length=config.length, units=config.units, layers=layers, seed=seed)

    sweep: list[Curve] = []
    for done, (setting, seed) in enumerate(settings):
        progress("gradients at initialisation", done, len(settings))
        sweep += at_start(setting, 1, seed)
    each = [(cell, seed) for cell in config.cells for seed in range(config.num_seeds)]
    stack: list[Curve] = []
    for done, (cell, seed) in enumerate(each if config.layers > 1 else []):
        progress("gradients in a stack", done, len(each))
        stack += at_start((cell, *first), config.layers, seed)
    trained: list[Curve] = []
    adding: list[AddingResult] = []
    for cell, seed in each if config.train_steps else []:
        task = AddingConfig(
            cell, config.length, config.units, config.train_steps, seed, activation=first[0]
        )
        curves, result = measure_trained(task, progress)
        trained += curves
        adding.append(result)
    return Study(
        config, tuple(sweep), tuple(stack), tuple(trained), tuple(adding), closed_form_error()
    )


@dataclass(frozen=True)
class Summary:
    """One state of one layer in one setting, over all seeds.

    Attributes:
        place: the state, and the network that it is in.
        num_seeds: curves that this is of.
        factor: by what the norm is multiplied each step back, the mean over seeds.
        factor_range: the smallest and the largest of any seed.
        ratio: the norm at the first step over that at the last, the median.
        thousandfold: the median distance of a thousandfold fall; None where half never fall so far.
        total: the norm over all steps together, the mean.
    """

    place: Place
    num_seeds: int
    factor: float
    factor_range: tuple[float, float]
    ratio: float
    thousandfold: float | None
    total: float


def summarise(curves: Iterable[Curve]) -> list[Summary]:
    """Draw the curves together that differ in their seed alone, in the order they come in."""
    groups: dict[Place, list[Curve]] = {}
    for curve in curves:
        groups.setdefault(curve.place, []).append(curve)
    return [_summary(place, group) for place, group in groups.items()]


def _summary(place: Place, curves: Sequence[Curve]) -> Summary:
    factors = [curve.factor for curve in curves]
    falls = [math.inf if curve.thousandfold is None else curve.thousandfold for curve in curves]
    fall = statistics.median_high(falls)
    return Summary(
        place,
        num_seeds=len(curves),
        factor=statistics.fmean(factors),
        factor_range=(min(factors), max(factors)),
        ratio=statistics.median(curve.ratio for curve in curves),
        thousandfold=None if math.isinf(fall) else fall,
        total=statistics.fmean(math.hypot(*curve.norms) for curve in curves),
    )
