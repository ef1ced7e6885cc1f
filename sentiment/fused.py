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


@keras.saving.register_keras_serializable(package="sentiment")
class DistinctWords(keras.layers.Layer):  # type: ignore[misc]
    """The words of a batch, each once: a quarter or a fifth of its places, to multiply with."""

    def call(self, token_ids: Any) -> Any:
        """Find the words.

        Args:
            token_ids: int32 `[batch_size, sequence_length]`.

        Returns:
            The words, int32 `[1, num_words]`, and which of them is at each place, int32
            `[batch_size, sequence_length]`.
        """
        words, places = tf.unique(tf.reshape(token_ids, [-1]))
        return words[None], tf.reshape(places, tf.shape(token_ids))

    def compute_output_spec(self, token_ids: Any) -> Any:
        """Shapes; eager functions of a layer's call cannot tell how many words there will be."""
        return keras.KerasTensor((1, None), "int32"), keras.KerasTensor(token_ids.shape, "int32")


def _states(layer: Any, cell: str, sequences: Any, mask: Any, places: Any) -> Any:
    """States of a layer, float32 `[batch_size, sequence_length, units]`.

    Args:
        layer: its weights and direction.
        cell: its kind.
        sequences: float32 `[batch_size, sequence_length, width]`; with `places`, the vectors of
            distinct words, `[1, num_words, width]`.
        mask: bool `[batch_size, sequence_length]`, true at real tokens, which come first.
        places: from `DistinctWords`; None where sequences have a vector at every place.
    """
    kernels, weights, backward = KERNELS[cell], layer.cell, layer.go_backwards
    lengths = tf.reduce_sum(tf.cast(mask, tf.int32), axis=1)
    vectors = tf.reshape(sequences, [-1, sequences.shape[-1]])
    num_vectors = tf.shape(vectors)[0]
    if places is None:
        places = tf.reshape(tf.range(num_vectors), tf.shape(mask))

    @tf.custom_gradient  # type: ignore[untyped-decorator]
    def through_time(inputs: Any, kernel: Any, bias: Any) -> Any:
        states, kept = tf.numpy_function(
            partial(kernels.forward, backward),
            [inputs, places, kernel, bias, lengths],
            [tf.float32, tf.float32],
        )
        states.set_shape([*mask.shape, layer.units])

        def gradient(dstates: Any) -> Any:
            found = tf.numpy_function(
                partial(kernels.gradients, backward),
                [dstates, places, kernel, states, kept, lengths, num_vectors],
                [tf.float32] * 3,
            )
            for value, like in zip(found, (inputs, kernel, bias), strict=True):
                value.set_shape(like.shape)
            return found

        return states, gradient

    # One product for all steps of all texts; Keras's gradient of a batched one is a product a text.
    inputs = tf.matmul(vectors, weights.kernel)
    return through_time(inputs, weights.recurrent_kernel.value, weights.bias.value)


class _ThroughKernels:
    """What the three layers differ in from Keras's, which stand behind it."""

    kind: str
    states_beside_words = True

    def call(
        self,
        sequences: Any,
        initial_state: None = None,  # noqa: ARG002
        mask: Any = None,
        places: Any = None,
    ) -> Any:
        """States beside their words, see `_states`; Keras asks for an `initial_state`."""
        return _states(self, self.kind, sequences, mask, places)


class FusedSimpleRNN(_ThroughKernels, keras.layers.SimpleRNN):  # type: ignore[misc]
    """`keras.layers.SimpleRNN` through `kernels`."""

    kind = "simple_rnn"


class FusedLSTM(_ThroughKernels, keras.layers.LSTM):  # type: ignore[misc]
    """`keras.layers.LSTM` through `kernels`."""

    kind = "lstm"


class FusedGRU(_ThroughKernels, keras.layers.GRU):  # type: ignore[misc]
    """`keras.layers.GRU` through `kernels`."""

    kind = "gru"


FUSED_LAYERS = {layer.kind: layer for layer in (FusedSimpleRNN, FusedLSTM, FusedGRU)}
