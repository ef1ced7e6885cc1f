"""How fast does the gradient fade on its way back through time, and down through layers?

    x_1 ──► h_1 ──► h_2 ──► … ──► h_T ──► loss        ‖∂loss/∂h_t‖ against the distance T − t

The cells are run step by step and TensorFlow differentiates the loss for every state, exactly and
in float64: nothing is estimated. For a SimpleRNN ∂h_t/∂h_(t−1) = diag(φ′)·Wᵀ, so that with an
orthogonal W each step back multiplies the norm by at most the largest φ′: 1 for tanh, 1/4 for the
logistic sigmoid (Hochreiter 1991; Bengio, Simard & Frasconi, "Learning Long-Term Dependencies with
Gradient Descent is Difficult", 1994; Pascanu, Mikolov & Bengio, arXiv:1211.5063, 2013). An LSTM
has two states, h and the cell state c; ∂loss/∂c_t is what its forget gate lets through, and
∂loss/∂h_t only what passes through h_t itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from sentiment.experiments.adding import (
    AddingConfig,
    AddingResult,
    build_adder,
    draw_sequences,
    finite_or_none,
    recurrent_layer,
    train_adder,
)
from sentiment.progress import Progress, silent

_CLASSES = {
    "orthogonal": "Orthogonal",
    "glorot_uniform": "GlorotUniform",
    "he_normal": "HeNormal",
}
INITIALIZERS = (*_CLASSES, "identity")
STATES = {"simple_rnn": ("h",), "lstm": ("h", "c"), "gru": ("h",)}

_INPUT_DIM = 8
_NUM_SEQUENCES = 8
_TRAINED = 3  # a stream of random numbers that `adding` does not use
_FALL = 1e-3
_LEAST = 1e-290  # float64 has few digits left below


@dataclass(frozen=True)
class Place:
    """What a gradient was measured at.

    Attributes:
        cell: the cell.
        activation: of its candidates.
        initializer: of its recurrent kernel.
        input_scale: standard deviation of its random inputs; None for the adding problem's.
        layers: of the stack.
        layer: which of them, from 1 at the bottom.
        state: `h`, or `c` of an LSTM.
        trained: whether it was trained on the adding problem before.
    """

    cell: str
    activation: str
    initializer: str
    input_scale: float | None
    layers: int
    layer: int
    state: str
    trained: bool


@dataclass(frozen=True)
class Curve:
    """Gradient norms at one place, back through time.

    Attributes:
        place: the state, and the network that it is in.
        seed: of weights and inputs.
        norms: ‖∂loss/∂state‖, the mean over sequences, at distances 0, 1, … from the end.
    """

    place: Place
    seed: int
    norms: tuple[float, ...]

    @property
    def factor(self) -> float:
        """By what the norm is multiplied each step back: 10 to the slope fitted to log10 ‖·‖."""
        heights = np.array(self.norms)
        there = np.flatnonzero((heights > _LEAST) & np.isfinite(heights))
        if len(there) < 2:
            return 0.0
        return float(10 ** np.polyfit(there, np.log10(heights[there]), 1)[0])

    @property
    def ratio(self) -> float:
        """The norm at the first step over that at the last; 0 where the last has none."""
        return self.norms[-1] / self.norms[0] if self.norms[0] else 0.0

    @property
    def thousandfold(self) -> int | None:
        """The distance at which the norm has fallen a thousandfold; None where it never has."""
        low = self.norms[0] * _FALL
        return next((step for step, norm in enumerate(self.norms) if norm <= low), None)

    @property
    def worst_step(self) -> float:
        """The largest factor of any single step back."""
        pairs = zip(self.norms[:-1], self.norms[1:], strict=True)
        return max((far / near for near, far in pairs if near > _LEAST), default=0.0)

    def to_dict(self) -> dict[str, Any]:
        """Settings, figures and norms, as JSON takes them; null where a gradient overflowed."""
        return {
            **asdict(self.place),
            "seed": self.seed,
            "factor": self.factor,
            "ratio": finite_or_none(self.ratio),
            "thousandfold": self.thousandfold,
            "norms": [finite_or_none(norm) for norm in self.norms],
        }


def gradient_norms(
    cells: Sequence[Any], inputs: NDArray[Any], loss: Callable[[Any], Any]
) -> list[list[NDArray[np.float64]]]:
    """Differentiate a loss for every state of a stack of cells at every step.

    Args:
        cells: built Keras cells, from the bottom up.
        inputs: `<float>[num_sequences, length, input_dim]`.
        loss: from the last state h of the top cell, `[num_sequences, units]`, to one number a
            sequence, `[num_sequences]`.

    Returns:
        For each cell and each of its states (h; of an LSTM h and c) `<float64>[length]`, the mean
        over sequences of the norm, at distances 0, 1, … from the end.
    """
    kind = cells[0].compute_dtype
    steps = tf.unstack(tf.cast(inputs, kind), axis=1)
    states = [[tf.zeros((len(inputs), size), kind) for size in _sizes(cell)] for cell in cells]
    past: list[list[list[Any]]] = []
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(states)  # all that follows from them is then on the tape
        for step in steps:
            below = step
            for number, cell in enumerate(cells):
                _, after = cell(below, states[number])
                states[number] = list(after) if isinstance(after, (list, tuple)) else [after]
                below = states[number][0]
            past.append(list(states))
        total = tf.reduce_sum(loss(states[-1][0]))
    found = tape.gradient(total, past, unconnected_gradients=tf.UnconnectedGradients.ZERO)

    def norms(number: int, state: int) -> NDArray[np.float64]:
        gradients = np.stack([at[number][state].numpy() for at in reversed(found)])
        sizes = np.linalg.norm(gradients.astype(np.float64), axis=2)
        return np.asarray(sizes.mean(axis=1))

    return [[norms(n, s) for s in range(len(states[n]))] for n in range(len(cells))]


def closed_form_error(weight: float = 0.9, length: int = 50) -> float:
    """Compare TensorFlow's derivatives with those of h_t = weight · h_(t−1) + x_t, one unit.

    ∂h_T/∂h_t = weight^(T−t).

    Returns:
        The largest relative difference over all steps.
    """
    (cell,) = _build_cells(
        1, "simple_rnn", units=1, activation="linear", initializer="orthogonal", seed=0
    )
    cell.recurrent_kernel.assign([[weight]])
    inputs = np.random.default_rng(0).normal(size=(3, length, _INPUT_DIM))
    ((found,),) = gradient_norms([cell], inputs, lambda state: tf.reduce_sum(state, axis=1))
    expected = abs(weight) ** np.arange(length)
    return float(np.max(np.abs(found - expected) / expected))


def measure(
    cell: str,
    activation: str,
    initializer: str,
    input_scale: float,
    *,
    length: int,
    units: int,
    layers: int,
    seed: int,
) -> list[Curve]:
    """Gradient norms at initialisation, of a loss that is linear in the last state.

    The loss is that state's product with a random vector of length 1, so that the norm at
    distance 0 is 1. Inputs are normal, independent, of mean 0.

    Returns:
        A curve for each layer and state.
    """
    draw = np.random.default_rng(seed)
    inputs = input_scale * draw.normal(size=(_NUM_SEQUENCES, length, _INPUT_DIM))
    direction = draw.normal(size=units)
    direction /= np.linalg.norm(direction)
    cells = _build_cells(
        layers, cell, units=units, activation=activation, initializer=initializer, seed=seed
    )
    found = gradient_norms(cells, inputs, lambda state: tf.linalg.matvec(state, direction))
    return [
        Curve(
            Place(cell, activation, initializer, input_scale, layers, layer, state, False),
            seed,
            tuple(norms.tolist()),
        )
        for layer, of_layer in enumerate(found, 1)
        for state, norms in zip(STATES[cell], of_layer, strict=True)
    ]


def measure_trained(
    config: AddingConfig, progress: Progress = silent
) -> tuple[list[Curve], AddingResult]:
    """Gradient norms on the adding problem, before and after training on it.

    The loss is the squared error, halved.
    """
    model = build_adder(config)
    curves = _adder_curves(model, config, trained=False)
    result = train_adder(model, config, progress)
    return [*curves, *_adder_curves(model, config, trained=True)], result


def _adder_curves(model: keras.Model, config: AddingConfig, *, trained: bool) -> list[Curve]:
    draw = np.random.default_rng([config.seed, _TRAINED])
    inputs, sums = draw_sequences(draw, _NUM_SEQUENCES, config.length)
    output = model.get_layer("output")

    def loss(state: Any) -> Any:
        return tf.square(output(state)[:, 0] - sums) / 2

    (found,) = gradient_norms([model.get_layer("cell").cell], inputs, loss)
    places = [
        Place(config.cell, config.activation, "orthogonal", None, 1, 1, state, trained)
        for state in STATES[config.cell]
    ]
    return [
        Curve(place, config.seed, tuple(norms.tolist()))
        for place, norms in zip(places, found, strict=True)
    ]


def _build_cells(
    layers: int, cell: str, *, units: int, activation: str, initializer: str, seed: int
) -> list[Any]:
    cells = []
    for layer in range(layers):
        kernel_seed, recurrent_seed = 1000 * seed + 2 * layer, 1000 * seed + 2 * layer + 1
        recurrent: Any = _identities
        if initializer != "identity":
            recurrent = getattr(keras.initializers, _CLASSES[initializer])(seed=recurrent_seed)
        built = recurrent_layer(
            cell, units, activation=activation, initializer=recurrent, seed=kernel_seed,
            dtype="float64",
        ).cell  # fmt: skip
        built.build((None, units if layer else _INPUT_DIM))
        cells.append(built)
    return cells


def _identities(shape: tuple[int, int], dtype: Any = None) -> Any:
    """An identity for each gate, side by side (Le, Jaitly & Hinton 2015 for the SimpleRNN)."""
    return keras.ops.tile(keras.ops.eye(shape[0], dtype=dtype), (1, shape[1] // shape[0]))


def _sizes(cell: Any) -> list[int]:
    size = cell.state_size
    return list(size) if isinstance(size, (list, tuple)) else [size]
