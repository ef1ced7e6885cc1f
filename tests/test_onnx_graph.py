"""The ONNX graph against the NumPy recurrence; `test_networks` holds both to Keras."""

import itertools
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from numpy.typing import NDArray

from sentiment.compact import EMBEDDING, SCALES, compact_weights, expand_weights
from sentiment.config import CELLS, POOLINGS, ModelConfig
from sentiment.experiments.parameters import count_parameters
from sentiment.onnx_graph import IR_VERSION, OPSET, build_onnx
from sentiment.recurrence import run_network

TOKEN_IDS = np.array(
    [[2, 3, 4, 5, 6], [3, 4, 0, 0, 0], [0] * 5, [9, 0, 0, 0, 0], [8, 8, 7, 1, 0]], np.int32
)
LAYOUTS = [
    (cell, layers, bidirectional)
    for cell, layers, bidirectional in itertools.product(CELLS, (1, 2, 3), (False, True))
    if cell != "bow" or not bidirectional
]


def random_weights(config: ModelConfig) -> dict[str, NDArray[np.float32]]:
    random = np.random.default_rng(0)
    rows = count_parameters(config, vocabulary_size=10).layers
    return {row.name: random.normal(size=row.shape).astype(np.float32) for row in rows}


def run_onnx(model: bytes, token_ids: NDArray[np.int32]) -> NDArray[np.float32]:
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    lengths = (token_ids != 0).sum(axis=1).astype(np.int32)
    logit: NDArray[np.float32]
    (logit,) = session.run(["logit"], {"token_ids": token_ids, "lengths": lengths})
    return logit


@pytest.mark.parametrize(("cell", "layers", "bidirectional"), LAYOUTS)
@pytest.mark.parametrize("activation", ["tanh", "sigmoid", "relu"])
def test_graph_agrees_with_numpy(
    cell: str, layers: int, bidirectional: bool, activation: str
) -> None:
    for pooling in POOLINGS[1:] if cell == "bow" else POOLINGS:
        config = ModelConfig(
            cell=cell,
            layers=layers,
            units=3,
            embedding_dim=4,
            bidirectional=bidirectional,
            pooling=pooling,
            activation=activation,
        )
        weights = random_weights(config)
        logit = run_onnx(build_onnx(config, weights), TOKEN_IDS)
        assert logit.shape == (5,)
        assert logit.dtype == np.float32
        expected = run_network(config, weights, TOKEN_IDS).logit
        np.testing.assert_allclose(logit, expected, atol=1e-4)


@pytest.mark.parametrize(("cell", "layers", "bidirectional"), LAYOUTS)
def test_graph_of_compact_weights_agrees_with_numpy_on_the_expanded_ones(
    cell: str, layers: int, bidirectional: bool
) -> None:
    config = ModelConfig(
        cell=cell, layers=layers, units=3, embedding_dim=4, bidirectional=bidirectional
    )
    compact = compact_weights(random_weights(config))
    logit = run_onnx(build_onnx(config, compact), TOKEN_IDS)
    expanded = expand_weights(compact)
    np.testing.assert_allclose(logit, run_onnx(build_onnx(config, expanded), TOKEN_IDS), atol=1e-6)
    np.testing.assert_allclose(logit, run_network(config, expanded, TOKEN_IDS).logit, atol=1e-4)


@pytest.mark.parametrize(
    ("cell", "pooling"), [(c, p) for c in CELLS for p in POOLINGS if (c, p) != ("bow", "last")]
)
def test_padding_never_changes_a_prediction(cell: str, pooling: str) -> None:
    config = ModelConfig(cell=cell, layers=2, units=3, embedding_dim=4, pooling=pooling)
    model = build_onnx(config, random_weights(config))
    together = run_onnx(model, TOKEN_IDS)
    for row, length in enumerate([5, 2, 1, 1, 4]):
        alone = run_onnx(model, TOKEN_IDS[row : row + 1, :length])
        np.testing.assert_allclose(together[row], alone[0], atol=1e-5)


@pytest.mark.parametrize("cell", CELLS)
def test_text_without_tokens_has_zero_features(cell: str) -> None:
    config = ModelConfig(cell=cell, units=3, embedding_dim=4)
    weights = random_weights(config)
    if cell == "bow":
        weights["hidden_1/bias"][:] = 0
    logit = run_onnx(build_onnx(config, weights), np.zeros((1, 3), np.int32))
    np.testing.assert_allclose(logit, weights["output/bias"], atol=1e-6)


def test_recurrent_operators_read_at_least_one_position() -> None:
    config = ModelConfig(units=3, embedding_dim=4)
    model = onnx.load_model_from_string(build_onnx(config, random_weights(config)))
    (gru,) = [node for node in model.graph.node if node.op_type == "GRU"]
    sequence_lens = gru.input[4]
    model.graph.output.add().CopyFrom(
        onnx.helper.make_tensor_value_info(sequence_lens, onnx.TensorProto.INT32, ["batch_size"])
    )
    session = onnxruntime.InferenceSession(model.SerializeToString())
    inputs = {"token_ids": TOKEN_IDS, "lengths": np.array([5, 2, 0, 1, 4], np.int32)}
    (read,) = session.run([sequence_lens], inputs)
    np.testing.assert_array_equal(read, [5, 2, 1, 1, 4])


def test_same_weights_give_the_same_bytes() -> None:
    config = ModelConfig(units=3, embedding_dim=4)
    assert build_onnx(config, random_weights(config)) == build_onnx(config, random_weights(config))


@pytest.mark.parametrize("compact", [False, True])
@pytest.mark.parametrize("cell", CELLS)
def test_the_graph_ends_with_the_embedding_and_has_no_weights_of_others(
    cell: str, compact: bool
) -> None:
    config = ModelConfig(cell=cell, units=3, embedding_dim=4)
    weights = {**random_weights(config), "surprise/output/bias": np.ones(10, np.float32)}
    stored = compact_weights(weights) if compact else weights
    model = build_onnx(config, stored)
    assert model.endswith(stored[EMBEDDING].tobytes())
    del stored["surprise/output/bias"]
    assert model == build_onnx(config, stored)


@pytest.mark.parametrize("cell", CELLS)
def test_compact_weights_stay_small_in_the_graph_and_are_cast_when_it_is_loaded(
    cell: str, tmp_path: Path
) -> None:
    config = ModelConfig(cell=cell, units=3, embedding_dim=4)
    serialised = build_onnx(config, compact_weights(random_weights(config)))
    kinds = {
        value.name: onnx.TensorProto.DataType.Name(value.data_type)
        for value in onnx.load_model_from_string(serialised).graph.initializer
        if "/" in value.name
    }
    assert (kinds.pop(EMBEDDING), kinds.pop(SCALES)) == ("INT8", "FLOAT")
    assert set(kinds.values()) == {"FLOAT16"}
    options = onnxruntime.SessionOptions()
    options.optimized_model_filepath = str(tmp_path / "loaded.onnx")
    onnxruntime.InferenceSession(serialised, options, providers=["CPUExecutionProvider"])
    loaded = onnx.load(tmp_path / "loaded.onnx").graph.initializer
    assert onnx.TensorProto.FLOAT16 not in {value.data_type for value in loaded}


def test_graph_says_what_goes_in_and_out() -> None:
    config = ModelConfig(units=3, embedding_dim=4)
    model = build_onnx(config, random_weights(config))
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    values = [(v.name, v.type, v.shape) for v in (*session.get_inputs(), *session.get_outputs())]
    assert values == [
        ("token_ids", "tensor(int32)", ["batch_size", "sequence_length"]),
        ("lengths", "tensor(int32)", ["batch_size"]),
        ("logit", "tensor(float)", ["batch_size"]),
    ]


@pytest.mark.parametrize("compact", [False, True])
@pytest.mark.parametrize("cell", CELLS)
def test_graph_is_plain_onnx_of_the_stated_versions(cell: str, compact: bool) -> None:
    config = ModelConfig(cell=cell, units=3, embedding_dim=4)
    weights = random_weights(config)
    model = onnx.load_model_from_string(
        build_onnx(config, compact_weights(weights) if compact else weights)
    )
    onnx.checker.check_model(model, full_check=True)
    assert model.ir_version == IR_VERSION
    assert [(o.domain, o.version) for o in model.opset_import] == [("", OPSET)]
    assert {node.domain for node in model.graph.node} == {""}
