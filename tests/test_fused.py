"""The compiled kernels against Keras's own layers: the same states, the same gradients."""

from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from numpy.typing import NDArray

from sentiment.config import ModelConfig
from sentiment.fused import FUSED_LAYERS
from sentiment.kernels import KERNELS, _aligned, _shares
from sentiment.networks import build_network, load_network_weights, network_weights

LAYERS = {
    "simple_rnn": keras.layers.SimpleRNN,
    "lstm": keras.layers.LSTM,
    "gru": keras.layers.GRU,
}
LENGTHS = {
    "all as wide as the batch": [7, 7, 7, 7],
    "sorted": [7, 5, 5, 1],
    "in any order": [1, 7, 3, 3, 6],
    "shorter than the batch": [2, 4],
    "one text": [3],
    "one word each": [1, 1, 1],
    "more steps than a block of products": [400, 260, 399, 1],
    "more texts than a block of products": [2, 1] * 100,
}


def outputs_and_gradients(
    layer: Any, sequences: Any, mask: Any, upstream: Any, flips: bool
) -> list[NDArray[np.float32]]:
    @tf.function  # type: ignore[untyped-decorator]
    def run() -> Any:
        with tf.GradientTape() as tape:
            tape.watch(sequences)
            states = layer(sequences, mask=mask)
            if flips:
                states = tf.reverse(states, [1])
            states *= tf.cast(mask, tf.float32)[:, :, None]
            total = tf.reduce_sum(states * upstream)
        weights = [variable.value for variable in layer.trainable_weights]
        return [states, *tape.gradient(total, [sequences, *weights])]

    return [value.numpy() for value in run()]


@pytest.mark.parametrize("lengths", LENGTHS.values(), ids=LENGTHS)
@pytest.mark.parametrize("backward", [False, True])
@pytest.mark.parametrize("cell", LAYERS)
def test_states_and_gradients_are_keras_s(cell: str, backward: bool, lengths: list[int]) -> None:
    compare(cell, backward, lengths, units=4)


@pytest.mark.parametrize("units", [120, 400])
@pytest.mark.parametrize("cell", LAYERS)
def test_large_products_are_keras_s_in_pieces_and_whole(cell: str, units: int) -> None:
    compare(cell, backward=False, lengths=[2] * 60, units=units)


def compare(cell: str, backward: bool, lengths: list[int], units: int) -> None:
    random = np.random.default_rng(0)
    width, steps = 3, max(7, *lengths)
    shape = (len(lengths), steps, width)
    sequences = tf.constant(random.normal(size=shape).astype(np.float32))
    upstream = tf.constant(random.normal(size=(*shape[:2], units)).astype(np.float32))
    mask = tf.constant(np.arange(steps) < np.array(lengths)[:, None])
    layers: list[Any] = [
        kind[cell](units, return_sequences=True, go_backwards=backward)
        for kind in (LAYERS, FUSED_LAYERS)
    ]
    for layer in layers:
        layer.build(shape)
    weights = [random.normal(scale=1 / units**0.5, size=w.shape) for w in layers[0].weights]
    for layer in layers:
        layer.set_weights(weights)
    theirs = outputs_and_gradients(layers[0], sequences, mask, upstream, flips=backward)
    ours = outputs_and_gradients(layers[1], sequences, mask, upstream, flips=False)
    for our, their in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(our, their, rtol=0, atol=1e-5 * max(1, np.abs(their).max()))


@pytest.mark.parametrize("settings", [{}, {"bidirectional": True, "layers": 2, "pooling": "last"}])
@pytest.mark.parametrize("cell", LAYERS)
def test_a_network_answers_the_same_with_either_layers(cell: str, settings: Any) -> None:
    config = ModelConfig(**{"cell": cell, "units": 3, "embedding_dim": 4, **settings})
    token_ids = np.array([[2, 3, 4, 5], [3, 4, 0, 0], [0] * 4, [9, 0, 0, 0]], np.int32)
    keras_network = build_network(config, 10, seed=1)
    fused_network = build_network(config, 10, seed=1, fused=True)
    load_network_weights(fused_network, network_weights(keras_network))
    ours, theirs = (
        network.predict_on_batch(token_ids) for network in (fused_network, keras_network)
    )
    np.testing.assert_allclose(ours, theirs, atol=1e-6)


@pytest.mark.parametrize("settings", [{}, {"bidirectional": True, "layers": 2, "pooling": "last"}])
@pytest.mark.parametrize("cell", LAYERS)
def test_a_network_learns_the_same_with_words_that_occur_often(cell: str, settings: Any) -> None:
    config = ModelConfig(**{"cell": cell, "units": 3, "embedding_dim": 4, "dropout": 0, **settings})
    token_ids = np.array([[2, 3, 2, 2, 5], [3, 4, 2, 0, 0], [0] * 5, [9, 0, 0, 0, 0]], np.int32)
    networks = [build_network(config, 10, seed=1, fused=fused) for fused in (False, True)]
    load_network_weights(networks[1], network_weights(networks[0]))
    networks[1].get_layer("distinct_words")
    theirs, ours = (weight_gradients(network, token_ids) for network in networks)
    assert ours.keys() == theirs.keys()
    for name, their in theirs.items():
        np.testing.assert_allclose(ours[name], their, atol=1e-5)


def weight_gradients(network: Any, token_ids: NDArray[np.int32]) -> dict[str, Any]:
    variables = sorted(network.trainable_weights, key=lambda variable: variable.path)

    @tf.function  # type: ignore[untyped-decorator]
    def run() -> Any:
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(network(token_ids) * tf.range(1.0, 1.0 + len(token_ids)))
        gradients = tape.gradient(loss, [each.value for each in variables])
        return [tf.convert_to_tensor(gradient) for gradient in gradients]

    found = [value.numpy() for value in run()]
    return dict(zip([each.path for each in variables], found, strict=True))


@pytest.mark.parametrize("settings", [{"dropout": 0.1}, {"dropout": 0.0, "pushed": True}])
def test_words_whose_vectors_change_by_place_are_not_shared(settings: Any) -> None:
    pushed = settings.pop("pushed", False)
    config = ModelConfig(cell="gru", units=3, embedding_dim=4, **settings)
    network = build_network(config, 10, seed=0, fused=True, pushed=pushed)
    assert "distinct_words" not in {layer.name for layer in network.layers}


@pytest.mark.parametrize("settings", [{"activation": "relu"}, {"recurrent_dropout": 0.1}])
def test_what_the_kernels_cannot_do_is_left_to_keras(settings: Any) -> None:
    config = ModelConfig(**{"cell": "gru", "units": 3, "embedding_dim": 4, **settings})
    layer = build_network(config, 10, seed=0, fused=True).get_layer("gru_1_forward")
    assert type(layer) is keras.layers.GRU


@pytest.mark.parametrize("cell", KERNELS)
def test_large_values_saturate_and_what_is_no_number_stays_none(cell: str) -> None:
    kernels = KERNELS[cell]
    inputs = np.full((1, kernels.num_gates), 1e30, np.float32)
    places = np.zeros((1, 1), np.int32)
    kernel = np.zeros((1, kernels.num_gates), np.float32)
    bias = np.zeros((2, 3) if cell == "gru" else kernels.num_gates, np.float32)
    lengths = np.ones(1, np.int32)
    states, _ = kernels.forward(False, inputs, places, kernel, bias, lengths)
    expected = {"simple_rnn": 1.0, "lstm": np.tanh(1.0), "gru": 0.0}
    np.testing.assert_allclose(states[0, 0, 0], expected[cell], atol=1e-6)
    states, _ = kernels.forward(False, inputs * np.nan, places, kernel, bias, lengths)
    assert np.isnan(states[0, 0, 0])


def test_memory_is_used_again_only_when_nobody_needs_it() -> None:
    first = _aligned(3, 5)
    first[:] = 1
    view, place = first[1:], first.ctypes.data
    assert place % 64 == 0
    del first
    second = _aligned(3, 5)
    assert second.ctypes.data != place
    second[:] = 2
    assert (view == 1).all()
    del view
    assert _aligned(2, 4).ctypes.data == place


def test_every_text_is_in_one_share_longest_first_with_its_words_counted() -> None:
    lengths = np.array([2, 9, 1, 4, 4], np.int32)
    shares = _shares(lengths)
    assert sorted(row for rows, _ in shares for row in rows) == [0, 1, 2, 3, 4]
    for rows, counts in shares:
        found = lengths[rows]
        assert found.tolist() == sorted(found, reverse=True)
        assert counts.tolist() == [int((found > step).sum()) for step in range(found[0])]
