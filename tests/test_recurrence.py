"""The NumPy cells against values worked out by hand: σ(ln 3) = 3/4, tanh(ln 2) = 3/5."""

import math
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from sentiment.config import CELLS, ModelConfig
from sentiment.experiments.parameters import count_parameters
from sentiment.recurrence import (
    GRUTrace,
    LSTMTrace,
    SimpleRNNTrace,
    gru_states,
    gru_step,
    lstm_step,
    pool,
    relu,
    run_cell,
    run_network,
    sigmoid,
    simple_rnn_step,
)

LN2, LN3 = math.log(2), math.log(3)
RECURRENT = ("simple_rnn", "lstm", "gru")
TOKEN_IDS = np.array([[2, 3, 4, 5, 6], [3, 4, 0, 0, 0], [0] * 5, [9, 0, 0, 0, 0]], np.int32)


def array(*values: Any) -> NDArray[np.float64]:
    return np.array(values, np.float64)


def random_weights(config: ModelConfig, seed: int = 0) -> dict[str, NDArray[np.float32]]:
    random = np.random.default_rng(seed)
    rows = count_parameters(config, vocabulary_size=10).layers
    return {row.name: random.normal(size=row.shape).astype(np.float32) for row in rows}


def cell_weights(cell: str, d: int, units: int) -> dict[str, NDArray[np.float32]]:
    config = ModelConfig(cell=cell, units=units, embedding_dim=d, bidirectional=False)
    prefix = f"{cell}_1/forward/"
    weights = random_weights(config)
    return {n.removeprefix(prefix): w for n, w in weights.items() if n.startswith(prefix)}


def test_simple_rnn_step_is_the_hand_computed_one() -> None:
    weights = {"kernel": array([LN2]), "recurrent_kernel": array([-2.0]), "bias": array(0.5)}
    previous = SimpleRNNTrace(hidden=array([0.25]))  # 1·ln 2 − 2·0.25 + 0.5 = ln 2
    new = simple_rnn_step(weights, array([1.0]), previous)
    np.testing.assert_allclose(new.hidden, [[0.6]], atol=1e-12)


def test_lstm_step_is_the_hand_computed_one() -> None:
    # x = 2 and h = 0.5, so that each gate's sum is 2·W + U/2 + b: i ln 3, f −ln 3, c ln 2, o 0.
    weights = {
        "kernel": array([LN3 / 2, 0.5, LN2, 1.0]),
        "recurrent_kernel": array([2.0, -2 * LN3, -LN2, -2.0]),
        "bias": array(-1.0, -1.0, -LN2 / 2, -1.0),
    }
    previous = LSTMTrace(array([0.5]), array([2.0]), *[array([0.0])] * 4)
    new = lstm_step(weights, array([2.0]), previous)
    np.testing.assert_allclose(new.input_gate, [[0.75]], atol=1e-12)
    np.testing.assert_allclose(new.forget_gate, [[0.25]], atol=1e-12)
    np.testing.assert_allclose(new.candidate, [[0.6]], atol=1e-12)
    np.testing.assert_allclose(new.output_gate, [[0.5]], atol=1e-12)
    np.testing.assert_allclose(new.cell_state, [[0.25 * 2 + 0.75 * 0.6]], atol=1e-12)
    np.testing.assert_allclose(new.hidden, [[0.5 * math.tanh(0.95)]], atol=1e-12)


def test_gru_step_is_the_hand_computed_one() -> None:
    # x = 1 and h = 0.2; z: ln 3, r: −ln 3, and ln 2 for the candidate, of which r lets a quarter
    # of U·h + b' = 4·0.2 + 1.2 = 2 in.
    weights = {
        "kernel": array([LN3, -LN3, LN2]),
        "recurrent_kernel": array([5.0, 10.0, 4.0]),
        "bias": array([-3.0, 1.0, -0.5], [2.0, -3.0, 1.2]),
    }
    previous = GRUTrace(array([0.2]), *[array([0.0])] * 3)
    new = gru_step(weights, array([1.0]), previous)
    np.testing.assert_allclose(new.update_gate, [[0.75]], atol=1e-12)
    np.testing.assert_allclose(new.reset_gate, [[0.25]], atol=1e-12)
    np.testing.assert_allclose(new.candidate, [[0.6]], atol=1e-12)
    np.testing.assert_allclose(new.hidden, [[0.75 * 0.2 + 0.25 * 0.6]], atol=1e-12)


def test_linear_simple_rnn_is_a_sum_of_matrix_powers() -> None:
    kernel, recurrent = array([1.0, 0.0], [0.5, 2.0]), array([0.5, 0.25], [0.0, 1.0])
    inputs = array([[1.0, 2.0], [0.5, 0.0], [3.0, 1.0], [0.0, 1.0]])
    weights = {"kernel": kernel, "recurrent_kernel": recurrent, "bias": np.zeros(2)}
    real = np.ones((1, 4), bool)
    trace = run_cell("simple_rnn", weights, inputs, real, backward=False, activation=relu)
    expected = sum(
        inputs[0, k] @ kernel @ np.linalg.matrix_power(recurrent, 3 - k) for k in range(4)
    )
    np.testing.assert_allclose(trace.hidden[0, -1], expected, rtol=1e-12)


def test_open_lstm_adds_its_candidates_up() -> None:
    weights = {
        "kernel": array([0.0, 0.0, 1.0, 0.0]),
        "recurrent_kernel": np.zeros((1, 4)),
        "bias": array(100.0, 100.0, 0.0, 100.0),  # every gate at 1
    }
    inputs = array([[0.3], [-0.8], [1.5]])
    trace = run_cell("lstm", weights, inputs, np.ones((1, 3), bool), backward=False)
    assert isinstance(trace, LSTMTrace)
    np.testing.assert_allclose(trace.cell_state, np.cumsum(np.tanh(inputs), axis=1), rtol=1e-12)


@pytest.mark.parametrize("cell", RECURRENT)
def test_backward_is_forward_over_the_reversed_text(cell: str) -> None:
    inputs = np.random.default_rng(1).normal(size=(2, 4, 3)).astype(np.float32)
    weights, real = cell_weights(cell, 3, 2), np.ones((2, 4), bool)
    backward = run_cell(cell, weights, inputs, real, backward=True)
    forward = run_cell(cell, weights, inputs[:, ::-1], real, backward=False)
    for name, values in backward._asdict().items():
        np.testing.assert_array_equal(values, getattr(forward, name)[:, ::-1])


@pytest.mark.parametrize("cell", RECURRENT)
@pytest.mark.parametrize("backward", [False, True])
def test_padding_carries_the_state_and_leaves_gates_at_zero(cell: str, backward: bool) -> None:
    inputs = np.random.default_rng(1).normal(size=(1, 5, 3)).astype(np.float32)
    real = np.array([[True, True, True, False, False]])
    weights = cell_weights(cell, 3, 2)
    padded = run_cell(cell, weights, inputs, real, backward=backward)
    alone = run_cell(cell, weights, inputs[:, :3], real[:, :3], backward=backward)
    for name, values in padded._asdict().items():
        np.testing.assert_array_equal(values[:, :3], getattr(alone, name))
        carried = name in ("hidden", "cell_state") and not backward
        after = values[:, 2:3] if carried else np.zeros_like(values[:, :1])
        np.testing.assert_array_equal(values[:, 3:], np.repeat(after, 2, axis=1))


def test_gru_states_are_those_of_the_cell() -> None:
    weights = cell_weights("gru", d=4, units=3)
    inputs = np.random.default_rng(1).normal(size=(5, 7, 4)).astype(np.float32)
    lengths = np.array([7, 7, 4, 1, 0])
    real = np.arange(7) < lengths[:, None]
    trace = run_cell("gru", weights, inputs, real, backward=False)
    states = gru_states(weights, inputs, lengths)
    assert states.dtype == np.float32
    np.testing.assert_allclose(states[real], trace.hidden[real], atol=1e-6)


def test_pooling_sees_real_tokens_alone() -> None:
    states = array(
        [[1, -2, 3, 40], [5, -6, 7, 80], [99, 99, 99, 99]],
        [[7, 7, 7, 7], [7, 7, 7, 7], [7, 7, 7, 7]],
    )
    real = np.array([[True, True, False], [False] * 3])
    nothing = [0, 0, 0, 0]
    np.testing.assert_array_equal(pool("last", states, real), [[5, -6, 7, 80], nothing])
    np.testing.assert_array_equal(
        pool("last", states, real, bidirectional=True), [[5, -6, 3, 40], nothing]
    )
    np.testing.assert_array_equal(pool("max", states, real), [[5, -2, 7, 80], nothing])
    np.testing.assert_array_equal(pool("mean", states, real), [[3, -4, 5, 60], nothing])
    np.testing.assert_array_equal(
        pool("max_mean", states, real), [[5, -2, 7, 80, 3, -4, 5, 60], nothing * 2]
    )


@pytest.mark.parametrize("cell", CELLS)
def test_network_reads_each_text_as_if_it_were_alone(cell: str) -> None:
    config = ModelConfig(cell=cell, layers=2, units=3, embedding_dim=4)
    weights = random_weights(config)
    together = run_network(config, weights, TOKEN_IDS)
    for row, length in enumerate([5, 2, 1, 1]):
        alone = run_network(config, weights, TOKEN_IDS[row : row + 1, :length])
        np.testing.assert_allclose(together.logit[row], alone.logit[0], atol=1e-5)
        np.testing.assert_allclose(together.pooled[row], alone.pooled[0], atol=1e-5)


def test_network_keeps_a_trace_for_each_layer_and_direction() -> None:
    config = ModelConfig(cell="lstm", layers=2, units=3, embedding_dim=4)
    trace = run_network(config, random_weights(config), TOKEN_IDS)
    assert [list(layer) for layer in trace.layers] == [["forward", "backward"]] * 2
    for layer in trace.layers:
        for direction in layer.values():
            assert isinstance(direction, LSTMTrace)
            assert {values.shape for values in direction._asdict().values()} == {(4, 5, 3)}
            shown = direction.output_gate * np.tanh(direction.cell_state)
            real = TOKEN_IDS != 0
            np.testing.assert_allclose(direction.hidden[real], shown[real], atol=1e-6)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_network_computes_in_the_float_type_of_its_weights(cell: str, dtype: type[Any]) -> None:
    config = ModelConfig(cell=cell, units=2, embedding_dim=2)
    weights: dict[str, Any] = {n: w.astype(dtype) for n, w in random_weights(config).items()}
    trace = run_network(config, weights, TOKEN_IDS)
    assert trace.logit.dtype == trace.pooled.dtype == dtype
    for layer in trace.layers:
        for direction in layer.values():
            assert {values.dtype for values in direction._asdict().values()} == {np.dtype(dtype)}


def test_sigmoid_takes_any_number_without_overflow() -> None:
    values = np.array([-1e4, -LN3, 0, LN3, 1e4], np.float32)
    np.testing.assert_allclose(sigmoid(values), [0, 0.25, 0.5, 0.75, 1], atol=1e-7)
