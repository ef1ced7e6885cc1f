"""Weights → ONNX graph, written node by node; needs neither Keras nor TensorFlow.

    token_ids ─► Transpose ─► Gather ─► GRU | LSTM | RNN (1..n) ─► pooling ─► Gemm ─► logit
    lengths ───────────────────────────┴──────────────────────────┘

ONNX's recurrent operators read time first, `[sequence_length, batch_size, d]`, so the ids are
transposed before they are looked up. Operators: https://onnx.ai/onnx/operators/

Compact weights stay as small in the graph: looked-up rows of int8 are cast and multiplied by their
scales, and float16 weights are cast to float32 once, when ONNX Runtime loads the graph and folds
its constants. Either way the numbers are those of `compact.expand_weights`.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from sentiment.compact import EMBEDDING, SCALES, Stored
from sentiment.config import ModelConfig

OPSET = 18
IR_VERSION = 8  # the lowest that opset 18 goes with, so that every ONNX Runtime since 1.14 reads it

_OPERATORS = {"simple_rnn": "RNN", "lstm": "LSTM", "gru": "GRU"}
_GATE_ORDERS = {"simple_rnn": (0,), "lstm": (0, 3, 1, 2), "gru": (0, 1, 2)}  # from Keras's order
_LOWEST = -1e30  # added to a state, leaves nothing that a maximum would choose
_ACTIVATIONS = {"tanh": "Tanh", "sigmoid": "Sigmoid", "relu": "Relu"}

Floats = NDArray[np.floating[Any]]


def build_onnx(config: ModelConfig, weights: Stored) -> bytes:
    """Build the graph of a trained network.

    Its inputs are `token_ids`, int32 `[batch_size, sequence_length]`, at least one position wide,
    and `lengths`, int32 `[batch_size]`, the number of tokens of each text before its padding. Its
    output is `logit`, float32 `[batch_size]`. A text of length 0 has pooled features of zero.

    Args:
        config: the network.
        weights: as `networks.network_weights` names and shapes them, or as
            `compact.compact_weights` made them; other names are passed over.

    Returns:
        A serialised `ModelProto`; the same bytes for the same arguments. It ends with the bytes of
        the embedding, so that `artifact` can keep them in one file.
    """
    graph = _Graph()
    ids = graph.add("Transpose", ["token_ids"], "time_major_ids", perm=[1, 0])
    words = _embedded(graph, weights, ids)
    if config.directions:
        features = _recurrent_features(graph, config, weights, words)
    else:
        states = graph.add("Unsqueeze", [words, graph.axes(1)], "embedded_states")
        features = _pool(graph, config.pooling, states)
        for level in range(1, config.layers + 1):
            features = _dense(graph, weights, f"hidden_{level}", features)
            features = graph.add("Relu", [features], f"hidden_{level}/output")
    logit = _dense(graph, weights, "output", features)
    graph.add("Squeeze", [logit, graph.axes(1)], "logit")
    return graph.model(config.cell, last=EMBEDDING)


class _Graph:
    """Nodes and initializers in the order they were added; every method returns a value's name."""

    def __init__(self) -> None:
        self._nodes: list[Any] = []
        self._initializers: dict[str, Any] = {}

    def constant(self, name: str, value: NDArray[Any]) -> str:
        self._initializers[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def weight(self, name: str, value: Floats) -> str:
        """Add a weight that is float32 to whoever reads it, and stays float16 if it is."""
        if value.dtype == np.float32:
            return self.constant(name, value)
        return self.add("Cast", [self.constant(f"{name}/half", value)], name, to=TensorProto.FLOAT)

    def axes(self, *axes: int) -> str:
        name = "axes_" + "_".join(map(str, axes))
        return self.constant(name, np.array(axes, np.int64))

    def add(self, operator: str, inputs: Sequence[str], *outputs: str, **attributes: Any) -> str:
        name = next(filter(None, outputs))
        self._nodes.append(helper.make_node(operator, inputs, outputs, name=name, **attributes))
        return name

    def model(self, name: str, *, last: str) -> bytes:
        """Serialise the graph, with the bytes of one initializer at its very end.

        Protocol buffers merge messages that are written one after the other into one
        (https://protobuf.dev/programming-guides/encoding/#last-one-wins), so a second `ModelProto`
        with nothing but that initializer completes the first.
        """
        batch, width = "batch_size", "sequence_length"
        graph = helper.make_graph(
            self._nodes,
            name,
            [
                helper.make_tensor_value_info("token_ids", TensorProto.INT32, [batch, width]),
                helper.make_tensor_value_info("lengths", TensorProto.INT32, [batch]),
            ],
            [helper.make_tensor_value_info("logit", TensorProto.FLOAT, [batch])],
            [value for each, value in self._initializers.items() if each != last],
        )
        model = helper.make_model(
            graph,
            opset_imports=[helper.make_opsetid("", OPSET)],
            ir_version=IR_VERSION,
            producer_name="sentiment",
        )
        end = onnx.ModelProto(graph=onnx.GraphProto(initializer=[self._initializers[last]]))
        serialised = b"".join(each.SerializeToString(deterministic=True) for each in (model, end))
        onnx.checker.check_model(serialised)
        return serialised


def _embedded(graph: _Graph, weights: Stored, ids: str) -> str:
    """Look up the word vectors, float32 `[sequence_length, batch_size, embedding_dim]`."""
    rows = graph.add("Gather", [graph.constant(EMBEDDING, weights[EMBEDDING]), ids], "rows", axis=0)
    if SCALES not in weights:
        return rows
    scales = graph.add("Gather", [graph.constant(SCALES, weights[SCALES]), ids], "scales", axis=0)
    return graph.add(
        "Mul", [graph.add("Cast", [rows], "steps", to=TensorProto.FLOAT), scales], "embedded"
    )


def _recurrent_features(graph: _Graph, config: ModelConfig, weights: Stored, words: str) -> str:
    """Add the recurrent layers and the pooling: `[batch_size, num_features]`.

    An empty text reads one position of padding, which the pooling drops: a `sequence_lens` of 0
    is not in ONNX's specification.
    """
    one = graph.constant("one", np.array([1], np.int32))
    read_lengths = graph.add("Max", ["lengths", one], "read_lengths")
    states = final = ""
    for level in range(1, config.layers + 1):
        name = f"{config.cell}_{level}"
        inputs = words if level == 1 else _join_directions(graph, states, f"{name}/inputs")
        states, final = f"{name}/states", f"{name}/final"
        graph.add(
            _OPERATORS[config.cell],
            [inputs, *_cell_weights(graph, config, weights, name), read_lengths],
            states,
            final,
            hidden_size=config.units,
            direction="bidirectional" if config.bidirectional else "forward",
            activations=_activations(config) * len(config.directions),
            **({"linear_before_reset": 1} if config.cell == "gru" else {}),
        )
    if config.pooling == "last":
        return _zero_if_empty(graph, _batch_major(graph, final))
    return _pool(graph, config.pooling, states)


def _cell_weights(graph: _Graph, config: ModelConfig, weights: Stored, name: str) -> list[str]:
    """Add one level's weights as ONNX wants them, gates stacked in rows and in its own order.

    The names of `W` `[num_directions, num_gates · units, d]`, `R` `[…, num_gates · units, units]`
    and `B` `[num_directions, 2 · num_gates · units]`, the input's bias before the state's.
    """
    order = _GATE_ORDERS[config.cell]

    def rows(array: Floats) -> Floats:
        gates = np.split(array, len(order), axis=-1)
        return np.concatenate([gates[gate].T for gate in order])

    def biases(bias: Floats) -> Floats:
        from_input, from_state = bias if config.cell == "gru" else (bias, np.zeros_like(bias))
        return np.concatenate([rows(from_input), rows(from_state)])

    converted = {"kernel": rows, "recurrent_kernel": rows, "bias": biases}
    return [
        graph.weight(
            f"{name}/{part}",
            np.stack([convert(weights[f"{name}/{d}/{part}"]) for d in config.directions]),
        )
        for part, convert in converted.items()
    ]


def _activations(config: ModelConfig) -> list[str]:
    """Activations of one direction, as the operators of ONNX count them."""
    activation = _ACTIVATIONS[config.activation]
    return {
        "simple_rnn": [activation],
        "lstm": ["Sigmoid", activation, activation],
        "gru": ["Sigmoid", activation],
    }[config.cell]


def _join_directions(graph: _Graph, states: str, output: str) -> str:
    """`[sequence_length, num_directions, batch_size, units]` → one vector for each word."""
    by_text = graph.add("Transpose", [states], f"{output}_by_text", perm=[0, 2, 1, 3])
    shape = graph.constant("joined_shape", np.array([0, 0, -1], np.int64))
    return graph.add("Reshape", [by_text, shape], output)


def _batch_major(graph: _Graph, features: str) -> str:
    """`[num_directions, batch_size, num_states]` → `[batch_size, num_directions · num_states]`."""
    by_text = graph.add("Transpose", [features], f"{features}_by_text", perm=[1, 0, 2])
    shape = graph.constant("features_shape", np.array([0, -1], np.int64))
    return graph.add("Reshape", [by_text, shape], f"{features}_features")


def _pool(graph: _Graph, pooling: str, states: str) -> str:
    """`[sequence_length, num_directions, batch_size, n]` → `[batch_size, num_features]`."""
    real = _real_positions(graph)
    first_axis, parts = graph.axes(0), []
    if pooling in ("max", "max_mean"):
        none = graph.constant("no_shift", np.array(0, np.float32))
        lowest = graph.constant("lowest", np.array(_LOWEST, np.float32))
        shift = graph.add("Where", [real, none, lowest], "shift")
        shifted = graph.add("Add", [states, shift], "states_or_lowest")
        maximum = graph.add("ReduceMax", [shifted, first_axis], "maximum", keepdims=0)
        parts.append(_batch_major(graph, maximum))
    if pooling in ("mean", "max_mean"):
        factor = graph.add("Cast", [real], "factor", to=TensorProto.FLOAT)
        kept = graph.add("Mul", [states, factor], "states_or_zero")
        total = graph.add("ReduceSum", [kept, first_axis], "total", keepdims=0)
        counts = graph.add("Cast", ["lengths"], "counts", to=TensorProto.FLOAT)
        column = graph.add("Unsqueeze", [counts, graph.axes(1)], "counts_column")
        parts.append(_batch_major(graph, graph.add("Div", [total, column], "mean")))
    return _zero_if_empty(graph, graph.add("Concat", parts, "pooled", axis=1))


def _real_positions(graph: _Graph) -> str:
    """Add a mask that is true before a text's end, bool `[sequence_length, 1, batch_size, 1]`."""
    width = graph.add("Shape", ["token_ids"], "width", start=1)
    start, step = (graph.constant(f"range_{n}", np.array(n, np.int64)) for n in (0, 1))
    scalar = graph.add("Squeeze", [width, graph.axes(0)], "sequence_length")
    positions = graph.add("Range", [start, scalar, step], "positions")
    column = graph.add("Unsqueeze", [positions, graph.axes(1, 2, 3)], "positions_column")
    lengths = graph.add("Cast", ["lengths"], "long_lengths", to=TensorProto.INT64)
    ends = graph.add("Unsqueeze", [lengths, graph.axes(1)], "ends")
    return graph.add("Less", [column, ends], "real")


def _zero_if_empty(graph: _Graph, features: str) -> str:
    """Replace the features of texts of length 0 by zeros, `[batch_size, num_features]`."""
    none = graph.constant("no_tokens", np.array(0, np.int32))
    zero = graph.constant("zero", np.array(0, np.float32))
    filled = graph.add("Greater", ["lengths", none], "filled")
    column = graph.add("Unsqueeze", [filled, graph.axes(1)], "filled_column")
    return graph.add("Where", [column, features, zero], "features")


def _dense(graph: _Graph, weights: Stored, name: str, features: str) -> str:
    """`features` · kernel + bias, `[batch_size, width]`."""
    kernel = graph.weight(f"{name}/kernel", weights[f"{name}/kernel"])
    bias = graph.weight(f"{name}/bias", weights[f"{name}/bias"])
    return graph.add("Gemm", [features, kernel, bias], f"{name}/dense")
