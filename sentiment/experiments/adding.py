"""The adding problem: over what distance can a cell learn to carry two numbers?

    value   .3  .9  .1  .7  .5  .2  .8  .4       each uniform on [0, 1]
    mark     0   1   0   0   0   0   1   0       one in each half, drawn anew for each sequence
    target  .9 + .8

Hochreiter & Schmidhuber, "Long Short-Term Memory", Neural Computation 9(8), 1997, experiment 4, in
the form of Le, Jaitly & Hinton, "A Simple Way to Initialize Recurrent Networks of Rectified Linear
Units", arXiv:1504.00941, 2015. The sum of two independent uniform numbers has mean 1 and variance
2 · 1/12 = 1/6, which is the squared error of always answering 1. The first number stands up to
`length` steps before the answer, so the longest length that is solved is the largest distance that
a cell learns.
"""

import dataclasses
import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from sentiment.errors import ConfigError
from sentiment.progress import Progress, silent

LEARNING_RATES = {"simple_rnn": 1e-3, "lstm": 5e-3, "gru": 5e-3}
"""The best of those tried: with 5e-3 a SimpleRNN learns nothing even at length 50."""
CELLS = tuple(LEARNING_RATES)
BASELINE = 1 / 6
SOLVED_SHARE = 0.1

_STOP_SHARE = 0.05  # training goes on to half of what counts as solved, so that a test agrees
_NUM_HELD_OUT = 500
_TRAIN, _STOP, _TEST = range(3)  # streams of random numbers that never meet


@dataclass(frozen=True)
class AddingConfig:
    """One cell on sequences of one length.

    Attributes:
        cell: one of `CELLS`.
        length: steps of a sequence.
        units: width of the state.
        max_steps: batches to learn from, at most; each is drawn anew.
        seed: decides the initial weights and every sequence.
        activation: of cell candidates.
        batch_size: sequences a step.
        learning_rate: of Adam; None takes the cell's own of `LEARNING_RATES`.
        clip_norm: longest gradient, all weights together.
        check_every: steps between two looks at the error.
    """

    cell: str
    length: int
    units: int
    max_steps: int
    seed: int
    activation: str = "tanh"
    batch_size: int = 64
    learning_rate: float | None = None
    clip_norm: float = 1.0
    check_every: int = 100

    def __post_init__(self) -> None:
        if self.cell not in CELLS:
            raise ConfigError(f"cell must be one of {', '.join(CELLS)}, not {self.cell!r}")
        smallest = {
            "length": 2, "units": 1, "max_steps": 0, "seed": 0, "batch_size": 1, "check_every": 1
        }  # fmt: skip
        for name, least in smallest.items():
            if getattr(self, name) < least:
                raise ConfigError(f"{name} must be at least {least}, not {getattr(self, name)!r}")

    @property
    def rate(self) -> float:
        """The learning rate that is used."""
        return LEARNING_RATES[self.cell] if self.learning_rate is None else self.learning_rate


@dataclass(frozen=True)
class AddingResult:
    """How well a cell came to add.

    Attributes:
        config: what was tried.
        num_steps: batches learned from; below `config.max_steps` where it stopped as solved.
        error: mean squared error on sequences never seen; infinite where training diverged.
        seconds: spent on training.
        course: (steps, error on held-out sequences) at each look.
    """

    config: AddingConfig
    num_steps: int
    error: float
    seconds: float
    course: tuple[tuple[int, float], ...]

    @property
    def share(self) -> float:
        """The error as a share of that of always answering the mean."""
        return self.error / BASELINE

    @property
    def solved(self) -> bool:
        """Whether the error is below a tenth of that of always answering the mean."""
        return self.share < SOLVED_SHARE

    def to_dict(self) -> dict[str, Any]:
        """Settings and figures as JSON takes them; an infinite error is null."""
        return {
            **dataclasses.asdict(self.config),
            "learning_rate": self.config.rate,
            "num_steps": self.num_steps,
            "error": finite_or_none(self.error),
            "baseline": BASELINE,
            "solved": self.solved,
            "seconds": self.seconds,
            "course": [[steps, finite_or_none(error)] for steps, error in self.course],
        }


def draw_sequences(
    draw: np.random.Generator, num_sequences: int, length: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Draw sequences and their sums.

    Args:
        draw: the source of every number.
        num_sequences: how many.
        length: steps of each, at least 2.

    Returns:
        `<float32>[num_sequences, length, 2]`, value and mark of each step, and
        `<float32>[num_sequences]`, the sum of the two values that are marked.
    """
    values = draw.random((num_sequences, length), dtype=np.float32)
    marks = np.zeros_like(values)
    rows, half = np.arange(num_sequences), length // 2
    marks[rows, draw.integers(0, half, num_sequences)] = 1
    marks[rows, draw.integers(half, length, num_sequences)] = 1
    return np.stack([values, marks], axis=2), (values * marks).sum(axis=1)


def recurrent_layer(
    cell: str, units: int, *, activation: str, initializer: Any, seed: int, **settings: Any
) -> keras.layers.Layer:
    """One recurrent layer with gates as `networks` has them.

    Args:
        cell: one of `CELLS`.
        units: width of the state.
        activation: of cell candidates.
        initializer: of the recurrent kernel, `<float>[units, num_gates · units]`.
        seed: decides the kernel.
        **settings: any other of Keras's.
    """
    settings = {
        "units": units,
        "activation": activation,
        "kernel_initializer": keras.initializers.GlorotUniform(seed=seed),
        "recurrent_initializer": initializer,
        **settings,
    }
    if cell == "simple_rnn":
        return keras.layers.SimpleRNN(**settings)
    settings["use_cudnn"] = False  # which knows neither float64 nor XLA
    if cell == "lstm":
        return keras.layers.LSTM(recurrent_activation="sigmoid", **settings)
    return keras.layers.GRU(recurrent_activation="sigmoid", reset_after=True, **settings)


def build_adder(config: AddingConfig) -> keras.Model:
    """Build a network of one recurrent layer, orthogonal at first, and a linear output.

    Returns:
        A model from `<float32>[batch_size, length, 2]` to `<float32>[batch_size]`, with the layers
        `cell` and `output`.
    """
    sequences = keras.Input((config.length, 2))
    layer = recurrent_layer(
        config.cell,
        config.units,
        activation=config.activation,
        initializer=keras.initializers.Orthogonal(seed=config.seed),
        seed=config.seed + 1,
        name="cell",
    )
    output = keras.layers.Dense(
        1, kernel_initializer=keras.initializers.GlorotUniform(seed=config.seed + 2), name="output"
    )
    return keras.Model(sequences, keras.ops.squeeze(output(layer(sequences)), axis=-1))


def train_adder(
    model: keras.Model, config: AddingConfig, progress: Progress = silent
) -> AddingResult:
    """Train a network, in place, until it adds or its steps are used up.

    Args:
        model: from `build_adder` with the same config.
        config: the budget and how to use it.
        progress: is told how far training has come.

    Returns:
        The error on a test set that neither training nor stopping saw.
    """
    optimizer = keras.optimizers.Adam(config.rate, global_clipnorm=config.clip_norm)
    optimizer.build(model.trainable_variables)

    def learn(sequences: Any, sums: Any) -> None:
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(model(sequences, training=True) - sums))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables, strict=True))

    shapes = [(config.batch_size, config.length, 2), (config.batch_size,)]
    specs = [tf.TensorSpec(shape) for shape in shapes]
    # XLA halves the time of a step, and what is traced by hand is not warned about as retraced.
    step = tf.function(learn, jit_compile=True).get_concrete_function(*specs)
    held_out = tf.TensorSpec((_NUM_HELD_OUT, config.length, 2))
    answer = tf.function(lambda x: model(x, training=False)).get_concrete_function(held_out)

    def error(stream: int) -> float:
        draw = np.random.default_rng([config.seed, stream])
        sequences, sums = draw_sequences(draw, _NUM_HELD_OUT, config.length)
        found = float(np.mean((answer(tf.constant(sequences)).numpy() - sums) ** 2))
        return found if math.isfinite(found) else math.inf

    draw = np.random.default_rng([config.seed, _TRAIN])
    course: list[tuple[int, float]] = []
    steps, begin = 0, time.perf_counter()
    while steps < config.max_steps:
        for _ in range(min(config.check_every, config.max_steps - steps)):
            drawn = draw_sequences(draw, config.batch_size, config.length)
            step(*map(tf.constant, drawn))
            steps += 1
        course.append((steps, error(_STOP)))
        progress(
            f"{config.cell}, length {config.length}, seed {config.seed}", steps, config.max_steps
        )
        if course[-1][1] < _STOP_SHARE * BASELINE or math.isinf(course[-1][1]):
            break
    seconds = time.perf_counter() - begin
    return AddingResult(config, steps, error(_TEST), seconds, tuple(course))


def run_adding(
    cells: Sequence[str],
    lengths: Sequence[int],
    *,
    units: int,
    max_steps: int,
    num_seeds: int,
    progress: Progress = silent,
) -> Iterator[AddingResult]:
    """Let each cell try each length, with fresh weights each time, and yield what came of it.

    Raises:
        ConfigError: a cell is unknown, or a number too small.
    """
    if num_seeds < 1:
        raise ConfigError(f"num_seeds must be at least 1, not {num_seeds!r}")
    configs = [
        AddingConfig(cell, length, units, max_steps, seed)
        for length in lengths
        for cell in cells
        for seed in range(num_seeds)
    ]
    for config in configs:
        yield train_adder(build_adder(config), config, progress)


def largest_distances(results: Sequence[AddingResult]) -> dict[str, int | None]:
    """The longest length that each cell solved with every seed; None where it solved none."""
    found: dict[str, int | None] = {}
    for cell in dict.fromkeys(result.config.cell for result in results):
        of_cell = [result for result in results if result.config.cell == cell]
        failed = {result.config.length for result in of_cell if not result.solved}
        solved = {result.config.length for result in of_cell} - failed
        found[cell] = max(solved, default=None)
    return found


def finite_or_none(value: float) -> float | None:
    """A number as JSON takes it, which knows neither infinity nor NaN."""
    return value if math.isfinite(value) else None
