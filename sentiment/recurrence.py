"""The three recurrent cells in NumPy, written to be read: the reference for the equations.

Every gate that a cell computes on the way is kept in its trace. It knows the weight names of
`networks.network_weights`, and nothing about training. Notation of the docstrings: `x` the input,
`h` the hidden state, `c` the cell state, `t` the step, `σ` the logistic sigmoid, `φ` the
activation (tanh in the papers), `∘` the product of elements; `W` are columns of `kernel`, `U` of
`recurrent_kernel`, `b` of `bias`.

Arrays have the float type of the weights: float32 as trained, float64 if they were converted.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sentiment.config import ModelConfig

Floats = NDArray[np.floating[Any]]
Weights = Mapping[str, Floats]
Activation = Callable[[Floats], Floats]


class SimpleRNNTrace(NamedTuple):
    """What a simple RNN holds.

    Each `[batch_size, units]` at one step, `[batch_size, sequence_length, units]` over a text.

    Attributes:
        hidden: the state after reading the token; past the end of a text it stays as it was.
    """

    hidden: Floats


class LSTMTrace(NamedTuple):
    """What an LSTM computes.

    Each `[batch_size, units]` at one step, `[batch_size, sequence_length, units]` over a text.

    Attributes:
        hidden: the state after reading the token; past the end of a text it stays as it was.
        cell_state: likewise.
        input_gate: share of the candidate that is written, 0 to 1; 0 at padding.
        forget_gate: share of the cell state that is kept, 0 to 1; 0 at padding.
        output_gate: share of the cell state that is shown, 0 to 1; 0 at padding.
        candidate: what could be written; 0 at padding.
    """

    hidden: Floats
    cell_state: Floats
    input_gate: Floats
    forget_gate: Floats
    output_gate: Floats
    candidate: Floats


class GRUTrace(NamedTuple):
    """What a GRU computes.

    Each `[batch_size, units]` at one step, `[batch_size, sequence_length, units]` over a text.

    Attributes:
        hidden: the state after reading the token; past the end of a text it stays as it was.
        update_gate: share of the old state that is kept, 0 to 1; 0 at padding.
        reset_gate: share of the old state that the candidate sees, 0 to 1; 0 at padding.
        candidate: what replaces the rest of the state; 0 at padding.
    """

    hidden: Floats
    update_gate: Floats
    reset_gate: Floats
    candidate: Floats


Trace = SimpleRNNTrace | LSTMTrace | GRUTrace
_CARRIED = ("hidden", "cell_state")  # fields that padding leaves as they were


class NetworkTrace(NamedTuple):
    """A forward pass with everything on the way.

    Attributes:
        logit: `[batch_size]`.
        pooled: `[batch_size, num_features]`, what the pooling made of the last layer's states
            (of the word vectors for a bag of words).
        layers: from the words up, one mapping a layer from direction, `forward` or `backward`, to
            its trace; position `t` belongs to token `t` in both. Empty for a bag of words.
    """

    logit: Floats
    pooled: Floats
    layers: tuple[Mapping[str, Trace], ...]


def run_network(
    config: ModelConfig, weights: Weights, token_ids: NDArray[np.int32]
) -> NetworkTrace:
    """Read texts with a trained network.

    Args:
        config: the network.
        weights: as `networks.network_weights` names and shapes them.
        token_ids: int32 `[batch_size, sequence_length]`, padded at the end with 0, at least one
            position wide.

    Returns:
        The logits and every gate. A text of no tokens has pooled features of zero.
    """
    activation = ACTIVATIONS[config.activation]
    levels = range(1, config.layers + 1)
    real = token_ids != 0
    states = weights["embedding/embeddings"][token_ids]
    layers: list[Mapping[str, Trace]] = []
    for level in levels if config.directions else ():
        traces = {}
        for direction in config.directions:
            cell_weights = _below(weights, f"{config.cell}_{level}/{direction}/")
            traces[direction] = run_cell(
                config.cell,
                cell_weights,
                states,
                real,
                backward=direction == "backward",
                activation=activation,
            )
        states = np.concatenate([trace.hidden for trace in traces.values()], axis=-1)
        layers.append(traces)
    pooled = pool(config.pooling, states, real, bidirectional=len(config.directions) == 2)
    features = pooled
    for level in levels if config.cell == "bow" else ():
        hidden = _below(weights, f"hidden_{level}/")
        features = relu(features @ hidden["kernel"] + hidden["bias"])
    logit = (features @ weights["output/kernel"] + weights["output/bias"])[:, 0]
    return NetworkTrace(logit=logit, pooled=pooled, layers=tuple(layers))


def run_cell(
    cell: str,
    weights: Weights,
    inputs: Floats,
    real: NDArray[np.bool_],
    *,
    backward: bool,
    activation: Activation = np.tanh,
) -> Trace:
    """Carry a cell's state over the words of each text, from zeros.

    Args:
        cell: `simple_rnn`, `lstm` or `gru`.
        weights: `kernel` `[d, num_gates · units]`, `recurrent_kernel` `[units, num_gates · units]`
            and `bias` `[num_gates · units]`, of a GRU `[2, 3 · units]`.
        inputs: `[batch_size, sequence_length, d]`.
        real: bool `[batch_size, sequence_length]`; where false the state is carried on unchanged.
        backward: whether to read from the last word to the first.
        activation: `φ`.

    Returns:
        The cell's trace, `[batch_size, sequence_length, units]`.
    """
    step, trace_type = CELL_STEPS[cell]
    batch_size, sequence_length, _ = inputs.shape
    shape = (batch_size, sequence_length, len(weights["recurrent_kernel"]))
    stacked = {name: np.zeros(shape, inputs.dtype) for name in trace_type._fields}
    nothing = np.zeros((batch_size, shape[-1]), inputs.dtype)
    state: dict[str, Floats] = dict.fromkeys(stacked, nothing)
    for t in reversed(range(sequence_length)) if backward else range(sequence_length):
        new = step(weights, inputs[:, t], trace_type(**state), activation)
        for name, steps in stacked.items():
            at_padding = state[name] if name in _CARRIED else nothing
            state[name] = np.where(real[:, t, None], getattr(new, name), at_padding)
            steps[:, t] = state[name]
    return trace_type(**stacked)


def simple_rnn_step(
    weights: Weights, x: Floats, previous: SimpleRNNTrace, activation: Activation = np.tanh
) -> SimpleRNNTrace:
    """One step of the simple recurrent network.

        h_t = φ(W x_t + U h_{t−1} + b)

    J. L. Elman, “Finding structure in time”, Cognitive Science 14 (1990).

    Args:
        weights: `kernel` `[d, units]`, `recurrent_kernel` `[units, units]`, `bias` `[units]`.
        x: `[batch_size, d]`.
        previous: the step before, `[batch_size, units]`.
        activation: `φ`.

    Returns:
        This step, `[batch_size, units]`.
    """
    from_input = x @ weights["kernel"] + weights["bias"]
    from_state = previous.hidden @ weights["recurrent_kernel"]
    return SimpleRNNTrace(hidden=activation(from_input + from_state))


def lstm_step(
    weights: Weights, x: Floats, previous: LSTMTrace, activation: Activation = np.tanh
) -> LSTMTrace:
    """One step of the long short-term memory.

        i_t = σ(W_i x_t + U_i h_{t−1} + b_i)
        f_t = σ(W_f x_t + U_f h_{t−1} + b_f)
        g_t = φ(W_c x_t + U_c h_{t−1} + b_c)
        o_t = σ(W_o x_t + U_o h_{t−1} + b_o)
        c_t = f_t ∘ c_{t−1} + i_t ∘ g_t
        h_t = o_t ∘ φ(c_t)

    S. Hochreiter and J. Schmidhuber, “Long short-term memory”, Neural Computation 9 (1997), with
    the forget gate of F. A. Gers, J. Schmidhuber and F. Cummins, “Learning to forget”, Neural
    Computation 12 (2000). No peepholes. Without `f_t` (that is, at 1) it is the cell of 1997.

    Args:
        weights: `kernel` `[d, 4 · units]`, `recurrent_kernel` `[units, 4 · units]` and `bias`
            `[4 · units]`, gates in the order i, f, c, o.
        x: `[batch_size, d]`.
        previous: the step before, `[batch_size, units]`.
        activation: `φ`.

    Returns:
        This step, `[batch_size, units]`.
    """
    from_input = x @ weights["kernel"] + weights["bias"]
    from_state = previous.hidden @ weights["recurrent_kernel"]
    for_i, for_f, for_c, for_o = np.split(from_input + from_state, 4, axis=-1)
    input_gate, forget_gate, output_gate = sigmoid(for_i), sigmoid(for_f), sigmoid(for_o)
    candidate = activation(for_c)
    cell_state = forget_gate * previous.cell_state + input_gate * candidate
    return LSTMTrace(
        hidden=output_gate * activation(cell_state),
        cell_state=cell_state,
        input_gate=input_gate,
        forget_gate=forget_gate,
        output_gate=output_gate,
        candidate=candidate,
    )


def gru_step(
    weights: Weights, x: Floats, previous: GRUTrace, activation: Activation = np.tanh
) -> GRUTrace:
    """One step of the gated recurrent unit.

        z_t = σ(W_z x_t + b_z + U_z h_{t−1} + b'_z)
        r_t = σ(W_r x_t + b_r + U_r h_{t−1} + b'_r)
        g_t = φ(W_h x_t + b_h + r_t ∘ (U_h h_{t−1} + b'_h))
        h_t = z_t ∘ h_{t−1} + (1 − z_t) ∘ g_t

    K. Cho et al., “Learning phrase representations using RNN encoder–decoder”, EMNLP 2014,
    arXiv:1406.1078v3. Their first version, v1, and cuDNN put the reset gate after the product with
    `U_h`, as here (`reset_after`); v3 puts it before, `U_h (r_t ∘ h_{t−1})`. Some texts swap `z`
    and `1 − z`.

    Args:
        weights: `kernel` `[d, 3 · units]`, `recurrent_kernel` `[units, 3 · units]` and `bias`
            `[2, 3 · units]` (row 0 `b`, row 1 `b'`), gates in the order z, r, h.
        x: `[batch_size, d]`.
        previous: the step before, `[batch_size, units]`.
        activation: `φ`.

    Returns:
        This step, `[batch_size, units]`.
    """
    from_input = np.split(x @ weights["kernel"] + weights["bias"][0], 3, axis=-1)
    from_state = np.split(
        previous.hidden @ weights["recurrent_kernel"] + weights["bias"][1], 3, axis=-1
    )
    update_gate = sigmoid(from_input[0] + from_state[0])
    reset_gate = sigmoid(from_input[1] + from_state[1])
    candidate = activation(from_input[2] + reset_gate * from_state[2])
    return GRUTrace(
        hidden=update_gate * previous.hidden + (1 - update_gate) * candidate,
        update_gate=update_gate,
        reset_gate=reset_gate,
        candidate=candidate,
    )


def gru_states(weights: Weights, inputs: Floats, lengths: NDArray[np.int64]) -> Floats:
    """The states of a GRU, as `run_cell` computes them, and nothing else.

    The products with the inputs are taken at once, no gate is kept, and a text that has ended is
    read no further: several times as fast.

    Args:
        weights: as in `gru_step`.
        inputs: `[batch_size, sequence_length, d]`.
        lengths: `[batch_size]`, how far each text goes, the longest first.

    Returns:
        `h`, `[batch_size, sequence_length, units]`; anything where a text has ended.
    """
    kernel, bias = weights["recurrent_kernel"], weights["bias"]
    units = len(kernel)
    from_input = inputs @ weights["kernel"] + bias[0]
    hidden = np.zeros((len(inputs), units), inputs.dtype)
    states = np.empty((*inputs.shape[:2], units), inputs.dtype)
    for t in range(inputs.shape[1]):
        still = int(np.count_nonzero(lengths > t))
        hidden = hidden[:still]
        now = from_input[:still, t]
        from_state = hidden @ kernel + bias[1]
        gates = sigmoid(now[:, : 2 * units] + from_state[:, : 2 * units])
        update_gate, reset_gate = gates[:, :units], gates[:, units:]
        candidate = np.tanh(now[:, 2 * units :] + reset_gate * from_state[:, 2 * units :])
        hidden = candidate + update_gate * (hidden - candidate)
        states[:still, t] = hidden
    return states


def pool(
    pooling: str, states: Floats, real: NDArray[np.bool_], *, bidirectional: bool = False
) -> Floats:
    """Make one vector of the states at the real tokens; zeros where a text has none.

    Args:
        pooling: one of `config.POOLINGS`.
        states: `[batch_size, sequence_length, num_states]`.
        real: bool `[batch_size, sequence_length]`, true at real tokens, which come first.
        bidirectional: whether the second half of the states was read backward; `last` takes that
            half at token 0, where the backward reader ends.

    Returns:
        `[batch_size, num_features]`; `max_mean` has twice `num_states` features.
    """
    lengths = real.sum(axis=1, keepdims=True)
    padding = ~real[:, :, None]
    parts = []
    if pooling == "last":
        final = states[np.arange(len(states)), np.maximum(lengths[:, 0] - 1, 0)]
        units = states.shape[-1] // 2
        halves = [final[:, :units], states[:, 0, units:]]
        parts.append(np.concatenate(halves, axis=1) if bidirectional else final)
    if pooling in ("max", "max_mean"):
        parts.append(np.where(padding, -np.inf, states).max(axis=1))
    if pooling in ("mean", "max_mean"):
        total = np.where(padding, 0, states).sum(axis=1)
        parts.append((total / np.maximum(lengths, 1)).astype(states.dtype))
    pooled: Floats = np.where(lengths > 0, np.concatenate(parts, axis=1), 0)
    return pooled


def sigmoid(values: Floats) -> Floats:
    """The logistic function 1 / (1 + e^−x), written so that no exponential overflows."""
    result: Floats = 0.5 * (1 + np.tanh(0.5 * values))
    return result


def relu(values: Floats) -> Floats:
    """The values, negative ones as zero."""
    return np.maximum(values, 0)


ACTIVATIONS: Mapping[str, Activation] = {"tanh": np.tanh, "sigmoid": sigmoid, "relu": relu}


def _below(weights: Weights, prefix: str) -> Weights:
    """The weights of one layer, named without the layer."""
    return {n.removeprefix(prefix): w for n, w in weights.items() if n.startswith(prefix)}


CELL_STEPS: Mapping[str, tuple[Callable[..., Trace], type[Trace]]] = {
    "simple_rnn": (simple_rnn_step, SimpleRNNTrace),
    "lstm": (lstm_step, LSTMTrace),
    "gru": (gru_step, GRUTrace),
}
