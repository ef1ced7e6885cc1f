"""Recurrent layers for training on a processor: Keras's, run by compiled kernels.

Each is Keras's own layer in weights, names and settings, and computes what that computes to 1e-5;
it differs in being run through `kernels`, whose gradients are formed at once for all steps, and in
writing its states beside their words in either direction.
"""

from functools import partial
from typing import Any

import keras
import tensorflow as tf

from sentiment.kernels import KERNELS


def _states(layer: Any, cell: str, sequences: Any, mask: Any) -> Any:
    """States of a layer, float32 `[batch_size, sequence_length, units]`.

    Args:
        layer: its weights and direction.
        cell: its kind.
        sequences: float32 `[batch_size, sequence_length, width]`.
        mask: bool `[batch_size, sequence_length]`, true at real tokens, which come first.
    """
    kernels, weights, backward = KERNELS[cell], layer.cell, layer.go_backwards
    lengths = tf.reduce_sum(tf.cast(mask, tf.int32), axis=1)

    @tf.custom_gradient  # type: ignore[untyped-decorator]
    def through_time(inputs: Any, kernel: Any, bias: Any) -> Any:
        states, kept = tf.numpy_function(
            partial(kernels.forward, backward),
            [inputs, kernel, bias, lengths],
            [tf.float32, tf.float32],
        )
        states.set_shape([*sequences.shape[:2], layer.units])

        def gradient(dstates: Any) -> Any:
            found = tf.numpy_function(
                partial(kernels.gradients, backward),
                [dstates, kernel, states, kept, lengths],
                [tf.float32] * 3,
            )
            for value, like in zip(found, (inputs, kernel, bias), strict=True):
                value.set_shape(like.shape)
            return found

        return states, gradient

    shape = tf.shape(sequences)
    # One product for all steps of all texts; Keras's gradient of a batched one is a product a text.
    inputs = tf.matmul(tf.reshape(sequences, [-1, sequences.shape[-1]]), weights.kernel)
    inputs = tf.reshape(inputs, [shape[0], shape[1], inputs.shape[-1]])
    return through_time(inputs, weights.recurrent_kernel.value, weights.bias.value)


class FusedSimpleRNN(keras.layers.SimpleRNN):  # type: ignore[misc]
    """`keras.layers.SimpleRNN` through `kernels`."""

    states_beside_words = True

    def call(self, sequences: Any, initial_state: None = None, mask: Any = None) -> Any:  # noqa: ARG002
        """States beside their words, see `_states`; Keras asks for an `initial_state`."""
        return _states(self, "simple_rnn", sequences, mask)


class FusedLSTM(keras.layers.LSTM):  # type: ignore[misc]
    """`keras.layers.LSTM` through `kernels`."""

    states_beside_words = True

    def call(self, sequences: Any, initial_state: None = None, mask: Any = None) -> Any:  # noqa: ARG002
        """States beside their words, see `_states`; Keras asks for an `initial_state`."""
        return _states(self, "lstm", sequences, mask)


class FusedGRU(keras.layers.GRU):  # type: ignore[misc]
    """`keras.layers.GRU` through `kernels`."""

    states_beside_words = True

    def call(self, sequences: Any, initial_state: None = None, mask: Any = None) -> Any:  # noqa: ARG002
        """States beside their words, see `_states`; Keras asks for an `initial_state`."""
        return _states(self, "gru", sequences, mask)


FUSED_LAYERS = {"simple_rnn": FusedSimpleRNN, "lstm": FusedLSTM, "gru": FusedGRU}
