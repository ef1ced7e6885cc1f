"""`ModelConfig` → Keras model, and its weights under the names that every side shares.

    token_ids ──► Embedding ──► cell_1 ──► … ──► cell_n ──► pooling ──► output ──► logit
                                forward, and backward beside it

Knows nothing about texts, losses or files. Masks are handed to every recurrent layer by name:
Keras passing them on by itself is not relied upon.
"""

import random
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import keras
import numpy as np
from keras import ops
from numpy.typing import NDArray

from sentiment.config import ModelConfig
from sentiment.errors import ModelError

_KERAS_LAYERS = {
    "simple_rnn": keras.layers.SimpleRNN,
    "lstm": keras.layers.LSTM,
    "gru": keras.layers.GRU,
}
_LOWEST = -1e30  # stands for minus infinity where a maximum must not see padding


@keras.saving.register_keras_serializable(package="sentiment")
class ReadingMask(keras.layers.Layer):  # type: ignore[misc]
    """Says which positions a recurrent layer reads, with at least the first of every text.

    A text of no tokens would be fully masked, which cuDNN refuses; what a layer then makes of the
    padding is dropped by `MaskedPooling`.
    """

    def call(self, real: Any) -> Any:
        """Open the first position.

        Args:
            real: bool `[batch_size, sequence_length]`, true at real tokens.

        Returns:
            bool `[batch_size, sequence_length]`.
        """
        return ops.concatenate([ops.ones_like(real[:, :1]), real[:, 1:]], axis=1)


@keras.saving.register_keras_serializable(package="sentiment")
class MaskedPooling(keras.layers.Layer):  # type: ignore[misc]
    """Makes one vector of the states at the real tokens; zeros where a text has none.

    Computes in float32 under any policy, so that a mean over hundreds of words keeps its digits.

    Args:
        pooling: one of `config.POOLINGS`.
        bidirectional: whether the second half of the features was read backward; `last` takes
            that half at token 0, where the backward reader ends.
    """

    def __init__(self, pooling: str, bidirectional: bool, **settings: Any) -> None:
        super().__init__(**{"dtype": "float32", **settings})
        self.pooling = pooling
        self.bidirectional = bidirectional
        self.supports_masking = True

    def call(self, states: Any, mask: Any) -> Any:
        """Pool over the real tokens.

        Args:
            states: float32 `[batch_size, sequence_length, num_states]`.
            mask: bool `[batch_size, sequence_length]`, true at real tokens, which come first.

        Returns:
            float32 `[batch_size, num_features]`; `max_mean` has twice `num_states` features.
        """
        lengths = ops.sum(ops.cast(mask, "int32"), axis=1, keepdims=True)
        real = mask[:, :, None]
        parts = []
        if self.pooling == "last":
            parts.append(self._last(states, lengths))
        if self.pooling in ("max", "max_mean"):
            parts.append(ops.max(ops.where(real, states, _LOWEST), axis=1))
        if self.pooling in ("mean", "max_mean"):
            total = ops.sum(ops.where(real, states, 0.0), axis=1)
            parts.append(total / ops.cast(ops.maximum(lengths, 1), states.dtype))
        return ops.where(lengths > 0, ops.concatenate(parts, axis=1), 0.0)

    def _last(self, states: Any, lengths: Any) -> Any:
        batch_size, sequence_length, num_states = ops.shape(states)
        rows = ops.arange(batch_size) * sequence_length + ops.maximum(lengths[:, 0] - 1, 0)
        final = ops.take(ops.reshape(states, (-1, num_states)), rows, axis=0)
        if not self.bidirectional:
            return final
        units = states.shape[-1] // 2
        return ops.concatenate([final[:, :units], states[:, 0, units:]], axis=1)

    def compute_mask(self, states: Any, mask: Any) -> None:
        """Nothing: one vector a text has no padding left, and a loss must not see a mask."""

    def get_config(self) -> dict[str, Any]:
        """What the constructor needs to build this layer again."""
        config: dict[str, Any] = super().get_config()
        return {**config, "pooling": self.pooling, "bidirectional": self.bidirectional}


def build_network(
    config: ModelConfig,
    vocabulary_size: int,
    seed: int,
    start: Mapping[str, NDArray[np.float32]] = MappingProxyType({}),
    *,
    fused: bool = False,
    pushed: bool = False,
) -> keras.Model:
    """Build the network that a config describes, with fresh weights.

    Recurrent layers are named `{cell}_{layer}_{direction}`; the layer `{cell}_{layer}` joins the
    directions of one level, float `[batch_size, sequence_length, num_directions · units]`.

    Args:
        config: the network.
        vocabulary_size: number of token ids, padding and unknown included.
        seed: decides every initial weight and every dropout mask.
        start: weights to begin with instead, any of those that `network_weights` names.
        fused: run recurrent layers through `kernels`, where those can: to train on a processor.
        pushed: whether vectors of single places are going to be changed on their way, as
            `training.adversarial` does; if not, those of equal words can go together.

    Returns:
        A model from `token_ids`, int32 `[batch_size, sequence_length]` padded at the end with 0
        and at least one position wide, to the logit, float32 `[batch_size]`.

    Raises:
        ModelError: a weight of `start` is unknown or of another shape.
    """
    draw = random.Random(seed)
    fused = fused and config.activation == "tanh" and not config.recurrent_dropout

    def next_seed() -> int:
        return draw.randrange(2**31)

    # === Layers ===
    token_ids = keras.Input((None,), dtype="int32", name="token_ids")
    embedding = keras.layers.Embedding(
        vocabulary_size,
        config.embedding_dim,
        embeddings_initializer=keras.initializers.RandomUniform(-0.05, 0.05, seed=next_seed()),
        name="embedding",
    )
    embedded_dropout = keras.layers.SpatialDropout1D(
        config.dropout, seed=next_seed(), name="embedded_dropout"
    )
    levels = [
        {d: _recurrent_layer(config, f"{name}_{d}", d, next_seed, fused) for d in config.directions}
        for name in _level_names(config)
    ]
    pooling = MaskedPooling(config.pooling, len(config.directions) == 2, name="pooling")
    hidden_layers = [
        _dense(config.units, next_seed(), name=f"hidden_{layer}", activation="relu")
        for layer in range(1, config.layers + 1)
        if config.cell == "bow"
    ]
    feature_dropout = keras.layers.Dropout(
        config.dropout, seed=next_seed(), name="feature_dropout", dtype="float32"
    )
    output = _dense(1, next_seed(), name="output", dtype="float32")

    # === Functional Model ===
    real = ops.not_equal(token_ids, 0)
    reading = ReadingMask(name="reading_mask")(real)
    words, places = token_ids, None
    if fused and config.directions and not config.dropout and not pushed:
        from sentiment.fused import DistinctWords

        words, places = DistinctWords(name="distinct_words")(token_ids)
    states = embedded_dropout(embedding(words))
    for name, level in zip(_level_names(config), levels, strict=True):
        states = _read(level, states, reading, name, places)
        places = None
    features = pooling(states, mask=real)
    for hidden_layer in hidden_layers:
        features = hidden_layer(features)
    logit = ops.squeeze(output(feature_dropout(features)), axis=-1)
    model = keras.Model(token_ids, logit, name=config.cell)

    # === Weights ===
    _put(model, start)
    return model


def network_weights(model: keras.Model) -> dict[str, NDArray[np.float32]]:
    """Copy a network's weights, under the names that ONNX, NumPy and the weight file share.

    Returns:
        float32 arrays, with `d` the width of a layer's input and `u` its units, layers from 1:
            `embedding/embeddings` `[vocabulary_size, embedding_dim]`
            `{cell}_{layer}/{direction}/kernel` `[d, num_gates · u]`
            `{cell}_{layer}/{direction}/recurrent_kernel` `[u, num_gates · u]`
            `{cell}_{layer}/{direction}/bias` `[num_gates · u]`, of a GRU `[2, 3 · u]`
            `hidden_{layer}/kernel` `[d, u]` and `hidden_{layer}/bias` `[u]` (bow)
            `output/kernel` `[num_features, 1]` and `output/bias` `[1]`
        Gates are in Keras's order: LSTM input, forget, candidate, output; GRU update, reset,
        candidate.
    """
    return {
        name: np.array(variable.value.numpy(), dtype=np.float32)
        for name, variable in _variables(model).items()
    }


def load_network_weights(model: keras.Model, weights: Mapping[str, NDArray[np.float32]]) -> None:
    """Put weights into a network, in place.

    Args:
        model: from `build_network`.
        weights: as `network_weights` names and shapes them.

    Raises:
        ModelError: a weight is missing, unknown, or of another shape; the model is left as it was.
    """
    variables = _variables(model)
    if missing := sorted(variables.keys() - weights.keys()):
        raise ModelError(f"the weights are not this network's; they differ in {missing[0]!r}")
    _put(model, weights)


def _put(model: keras.Model, weights: Mapping[str, NDArray[np.float32]]) -> None:
    variables = _variables(model)
    if strange := sorted(weights.keys() - variables.keys()):
        raise ModelError(f"the weights are not this network's; they differ in {strange[0]!r}")
    for name, weight in weights.items():
        _check_shape(variables[name], name, weight)
    for name, weight in weights.items():
        variables[name].assign(weight)


def _level_names(config: ModelConfig) -> list[str]:
    """Names of the recurrent levels, from the words up; a bag of words has none."""
    num_levels = config.layers if config.directions else 0
    return [f"{config.cell}_{level}" for level in range(1, num_levels + 1)]


def _recurrent_layer(
    config: ModelConfig, name: str, direction: str, next_seed: Callable[[], int], fused: bool
) -> keras.layers.Layer:
    settings: dict[str, Any] = {
        "units": config.units,
        "activation": config.activation,
        "kernel_initializer": keras.initializers.GlorotUniform(seed=next_seed()),
        "recurrent_initializer": keras.initializers.Orthogonal(seed=next_seed()),
        "recurrent_dropout": config.recurrent_dropout,
        "seed": next_seed(),
        "return_sequences": True,
        "go_backwards": direction == "backward",
        "name": name,
    }
    if config.cell == "lstm":
        settings["recurrent_activation"] = "sigmoid"
    elif config.cell == "gru":
        settings |= {"recurrent_activation": "sigmoid", "reset_after": True}
    if fused:
        from sentiment.fused import FUSED_LAYERS

        return FUSED_LAYERS[config.cell](**settings)
    return _KERAS_LAYERS[config.cell](**settings)


def _dense(units: int, seed: int, **settings: Any) -> keras.layers.Layer:
    initializer = keras.initializers.GlorotUniform(seed=seed)
    return keras.layers.Dense(units, kernel_initializer=initializer, **settings)


def _read(
    level: Mapping[str, keras.layers.Layer], states: Any, mask: Any, name: str, places: Any
) -> Any:
    """States of one level, `[batch_size, sequence_length, num_directions · units]`.

    Where there are `places`, `states` are vectors of distinct words, see `fused.DistinctWords`.
    A layer of Keras's that goes backward writes in the order it reads; flipping puts its states
    beside their words again.
    """
    shared = {} if places is None else {"places": places}
    outputs = [
        ops.flip(layer(states, mask=mask), axis=1)
        if layer.go_backwards and not getattr(layer, "states_beside_words", False)
        else layer(states, mask=mask, **shared)
        for layer in level.values()
    ]
    if len(outputs) == 1:
        return keras.layers.Identity(name=name)(outputs[0])
    return keras.layers.Concatenate(name=name)(outputs)


def _variables(model: keras.Model) -> dict[str, Any]:
    """Keras variables by shared name; `gru_1_forward` becomes `gru_1/forward`."""
    named = {}
    for layer in model.layers:
        prefix = layer.name
        if isinstance(layer, keras.layers.RNN):
            prefix = "/".join(layer.name.rsplit("_", 1))
        for variable in layer.weights:
            named[f"{prefix}/{variable.name}"] = variable
    return named


def _check_shape(variable: Any, name: str, value: NDArray[np.float32]) -> None:
    if tuple(variable.shape) != value.shape:
        raise ModelError(
            f"{name} has shape {list(value.shape)}, and this network needs {list(variable.shape)}"
        )
