"""The Keras networks, and the agreement of Keras, ONNX and NumPy on the same weights."""

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keras
import numpy as np
import onnxruntime
import pytest
import tensorflow as tf
from numpy.typing import NDArray

from sentiment.config import CELLS, POOLINGS, ModelConfig
from sentiment.errors import ModelError
from sentiment.networks import (
    MaskedPooling,
    ReadingMask,
    build_network,
    load_network_weights,
    network_weights,
)
from sentiment.onnx_graph import build_onnx
from sentiment.recurrence import run_network

VOCABULARY_SIZE = 10
TOKEN_IDS = np.array(
    [[2, 3, 4, 5, 6], [3, 4, 0, 0, 0], [0] * 5, [9, 0, 0, 0, 0], [8, 8, 7, 1, 0]], np.int32
)
LENGTHS = np.array([5, 2, 0, 1, 4], np.int32)


def tiny(cell: str, **settings: Any) -> ModelConfig:
    return ModelConfig(**{"cell": cell, "units": 3, "embedding_dim": 4, **settings})


def network(config: ModelConfig, seed: int = 0) -> Any:
    """A network whose weights, biases too, are far from zero."""
    model = build_network(config, VOCABULARY_SIZE, seed=0)
    random = np.random.default_rng(seed)
    shapes = {name: weight.shape for name, weight in network_weights(model).items()}
    load_network_weights(
        model, {n: random.normal(size=s).astype(np.float32) for n, s in shapes.items()}
    )
    return model


def logit(model: Any, token_ids: NDArray[np.int32] = TOKEN_IDS) -> NDArray[np.float32]:
    values: NDArray[np.float32] = model(token_ids, training=False).numpy()
    return values


def assert_the_three_agree(config: ModelConfig) -> None:
    model = network(config)
    weights = network_weights(model)
    session = onnxruntime.InferenceSession(
        build_onnx(config, weights), providers=["CPUExecutionProvider"]
    )
    (from_onnx,) = session.run(["logit"], {"token_ids": TOKEN_IDS, "lengths": LENGTHS})
    from_keras = logit(model)
    assert from_keras.shape == (5,)
    np.testing.assert_allclose(run_network(config, weights, TOKEN_IDS).logit, from_keras, atol=1e-4)
    np.testing.assert_allclose(from_onnx, from_keras, atol=1e-4)


@pytest.mark.parametrize(
    ("cell", "layers", "bidirectional", "pooling"),
    [
        (cell, layers, bidirectional, pooling)
        for cell, layers, bidirectional, pooling in itertools.product(
            CELLS, (1, 2, 3), (False, True), POOLINGS
        )
        if cell != "bow" or (pooling != "last" and not bidirectional)
    ],
)
def test_keras_onnx_and_numpy_agree(
    cell: str, layers: int, bidirectional: bool, pooling: str
) -> None:
    assert_the_three_agree(tiny(cell, layers=layers, bidirectional=bidirectional, pooling=pooling))


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("activation", ["relu", "sigmoid"])
def test_keras_onnx_and_numpy_agree_on_activations(cell: str, activation: str) -> None:
    assert_the_three_agree(tiny(cell, layers=2, activation=activation))


@pytest.mark.parametrize(
    ("cell", "pooling"), [(c, p) for c in CELLS for p in POOLINGS if (c, p) != ("bow", "last")]
)
def test_padding_never_changes_a_prediction(cell: str, pooling: str) -> None:
    model = network(tiny(cell, layers=2, pooling=pooling))
    together = logit(model)
    for row, length in enumerate(LENGTHS):
        alone = logit(model, TOKEN_IDS[row : row + 1, : max(length, 1)])
        np.testing.assert_allclose(together[row], alone[0], atol=1e-5)


@pytest.mark.parametrize("cell", ["simple_rnn", "lstm", "gru"])
@pytest.mark.parametrize("pooling", POOLINGS)
def test_text_without_tokens_has_zero_features(cell: str, pooling: str) -> None:
    model = network(tiny(cell, pooling=pooling))
    bias = network_weights(model)["output/bias"]
    np.testing.assert_allclose(logit(model, np.zeros((1, 3), np.int32)), bias, atol=1e-6)


def test_recurrent_layers_never_meet_a_text_fully_masked() -> None:
    reading = ReadingMask()(TOKEN_IDS != 0).numpy()
    np.testing.assert_array_equal(reading.sum(axis=1), np.maximum(LENGTHS, 1))
    model = build_network(tiny("gru", layers=2), VOCABULARY_SIZE, seed=0)
    masks = [
        node["kwargs"]["mask"]["config"]["keras_history"][0]
        for layer in model.get_config()["layers"]
        if layer["class_name"] == "GRU"
        for node in layer["inbound_nodes"]
    ]
    assert masks == ["reading_mask"] * 4


@pytest.mark.parametrize("cell", CELLS)
def test_gradients_are_finite_and_none_reaches_padding(cell: str) -> None:
    model = network(tiny(cell, layers=2))
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(model(TOKEN_IDS, training=False) ** 2)
    variables = [variable.value for variable in model.trainable_variables]
    for gradient in tape.gradient(loss, variables):
        dense = tf.convert_to_tensor(gradient).numpy()
        assert np.isfinite(dense).all()
        assert np.abs(dense).sum() > 0
        if len(dense) == VOCABULARY_SIZE:
            np.testing.assert_array_equal(dense[0], 0)


def test_seed_decides_weights_and_dropout() -> None:
    config = tiny("gru", layers=2, recurrent_dropout=0.5)
    one, same, other = (build_network(config, VOCABULARY_SIZE, seed) for seed in (1, 1, 2))
    for name, weight in network_weights(one).items():
        np.testing.assert_array_equal(weight, network_weights(same)[name])
        assert name.endswith("bias") or (weight != network_weights(other)[name]).any()
    dropped = [model(TOKEN_IDS, training=True).numpy() for model in (one, same)]
    np.testing.assert_array_equal(*dropped)
    assert (dropped[0] != logit(one)).any()


def test_every_random_layer_has_a_seed_of_its_own() -> None:
    config = tiny("lstm", layers=2, recurrent_dropout=0.5)
    layers = build_network(config, VOCABULARY_SIZE, seed=0).get_config()["layers"]
    seeds = [
        seed
        for settings in (layer["config"] for layer in layers)
        for seed in (
            settings.get("seed"),
            *(
                initializer["config"].get("seed")
                for initializer in settings.values()
                if isinstance(initializer, dict) and "config" in initializer
            ),
        )
        if seed is not None
    ]
    assert len(seeds) == 3 + 4 * 3 + 1  # embedding, two dropouts; four cells; output
    assert len(set(seeds)) == len(seeds)


def test_word_vectors_start_the_embedding() -> None:
    vectors = np.arange(40, dtype=np.float32).reshape(10, 4)
    model = build_network(
        tiny("gru"), VOCABULARY_SIZE, seed=0, start={"embedding/embeddings": vectors}
    )
    np.testing.assert_array_equal(network_weights(model)["embedding/embeddings"], vectors)
    with pytest.raises(ModelError, match=r"\[9, 4\]"):
        build_network(
            tiny("gru"), VOCABULARY_SIZE, seed=0, start={"embedding/embeddings": vectors[1:]}
        )


def test_states_of_a_level_are_found_by_its_name() -> None:
    model = build_network(tiny("lstm", layers=2), VOCABULARY_SIZE, seed=0)
    assert model.get_layer("lstm_1").output.shape == (None, None, 6)
    assert model.get_layer("lstm_2").output.shape == (None, None, 6)
    one_way = build_network(tiny("gru", bidirectional=False), VOCABULARY_SIZE, seed=0)
    assert one_way.get_layer("gru_1").output.shape == (None, None, 3)


@pytest.mark.parametrize("cell", CELLS)
def test_weights_go_from_one_network_into_another(cell: str) -> None:
    config = tiny(cell, layers=2)
    source, target = network(config), build_network(config, VOCABULARY_SIZE, seed=0)
    load_network_weights(target, network_weights(source))
    np.testing.assert_array_equal(logit(target), logit(source))


def test_weights_of_another_network_are_refused_and_nothing_changes() -> None:
    model = network(tiny("gru"))
    before = network_weights(model)
    changed = {name: weight + 1 for name, weight in before.items()}
    missing = {name: weight for name, weight in changed.items() if name != "output/bias"}
    with pytest.raises(ModelError, match="output/bias"):
        load_network_weights(model, missing)
    with pytest.raises(ModelError, match="lstm_1/forward/kernel"):
        load_network_weights(model, {**changed, "lstm_1/forward/kernel": np.zeros(1, np.float32)})
    with pytest.raises(ModelError, match=r"output/kernel has shape \[2, 1\]"):
        load_network_weights(model, {**changed, "output/kernel": np.zeros((2, 1), np.float32)})
    for name, weight in network_weights(model).items():
        np.testing.assert_array_equal(weight, before[name])


def test_copied_weights_do_not_follow_the_network() -> None:
    model = network(tiny("bow"))
    weights = network_weights(model)
    bias = weights["output/bias"].copy()
    model.get_layer("output").bias.assign([7.0])
    np.testing.assert_array_equal(weights["output/bias"], bias)


# Keras 3.15 copies TensorFlow variables in a way that NumPy 2 warns of.
@pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept a copy keyword")
@pytest.mark.parametrize("cell", CELLS)
def test_saved_network_loads_again(cell: str, tmp_path: Path) -> None:
    model = network(tiny(cell, layers=2))
    model.save(tmp_path / "network.keras")
    loaded = keras.models.load_model(tmp_path / "network.keras")
    np.testing.assert_allclose(logit(loaded), logit(model), atol=1e-6)


@pytest.fixture
def mixed_precision() -> Iterator[None]:
    policy = keras.mixed_precision.global_policy()
    keras.mixed_precision.set_global_policy("mixed_bfloat16")
    yield
    keras.mixed_precision.set_global_policy(policy)


@pytest.mark.usefixtures("mixed_precision")
@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("pooling", ["max_mean", "mean"])
def test_mixed_precision_gives_float32_logits_close_by(cell: str, pooling: str) -> None:
    config = tiny(cell, layers=2, pooling=pooling)
    model = network(config)
    assert model.get_layer("embedding").compute_dtype == "bfloat16"
    values = logit(model)
    assert values.dtype == np.float32
    expected = run_network(config, network_weights(model), TOKEN_IDS).logit
    np.testing.assert_allclose(values, expected, atol=0.1)


@pytest.mark.usefixtures("mixed_precision")
def test_mean_of_a_long_text_keeps_its_digits_under_mixed_precision() -> None:
    states = tf.cast(tf.fill([1, 2001, 1], 0.5) + tf.eye(2001)[None, :, :1], "bfloat16")
    mean = MaskedPooling("mean", bidirectional=False)(states, mask=tf.fill([1, 2001], True))
    assert mean.dtype == tf.float32
    np.testing.assert_allclose(mean, [[0.5 + 1 / 2001]], rtol=1e-6)


def test_no_mask_goes_past_the_pooling() -> None:
    model = build_network(tiny("gru"), VOCABULARY_SIZE, seed=0)
    assert getattr(model.get_layer("gru_1_forward").output, "_keras_mask", None) is not None
    assert getattr(model.get_layer("pooling").output, "_keras_mask", None) is None


@pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept a copy keyword")
def test_network_learns() -> None:
    model = build_network(tiny("gru", dropout=0.0), VOCABULARY_SIZE, seed=0)
    model.compile(
        keras.optimizers.Adam(0.1), loss=keras.losses.BinaryCrossentropy(from_logits=True)
    )
    labels = np.array([1, 0, 1, 0, 1], np.float32)
    history = model.fit(TOKEN_IDS, labels, epochs=10, verbose=0).history["loss"]
    assert history[-1] < history[0] - 0.2
