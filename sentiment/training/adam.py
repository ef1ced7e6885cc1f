"""Keras's Adam, each variable updated by one operation instead of a dozen.

D. Kingma & J. Ba, “Adam: a method for stochastic optimization” (2015), arXiv:1412.6980. An
embedding is most of a network's weights, and passes over it cost as much as a recurrent layer.
"""

from collections.abc import Sequence
from typing import Any

import keras
import tensorflow as tf


class Adam(keras.optimizers.Adam):  # type: ignore[misc]
    """`keras.optimizers.Adam`, equal to it up to rounding.

    Args:
        learning_rate: or a schedule.
        clip_norm: gradients that are longer, all taken together, are cut to this length.
    """

    def __init__(self, learning_rate: Any, clip_norm: float) -> None:
        super().__init__(learning_rate)
        self._clip_norm = clip_norm

    def apply(self, grads: Sequence[Any], trainable_variables: Sequence[Any] | None = None) -> None:
        """Update the variables.

        Args:
            grads: a gradient each, whole or as the rows that there are (`tf.IndexedSlices`).
            trainable_variables: of a built optimizer, or None for those that it was built for.
        """
        each_row_once = [_with_rows_added_up(grad) for grad in grads]
        clipped, _ = tf.clip_by_global_norm(each_row_once, self._clip_norm)
        super().apply(clipped, trainable_variables)

    def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        """Update a variable and its two moments in one pass."""
        place = self._get_variable_index(variable)
        step = tf.cast(self.iterations + 1, tf.float32)
        tf.raw_ops.ResourceApplyAdam(
            var=variable.handle,
            m=self._momentums[place].value.handle,
            v=self._velocities[place].value.handle,
            beta1_power=tf.pow(self.beta_1, step),
            beta2_power=tf.pow(self.beta_2, step),
            lr=tf.cast(learning_rate, tf.float32),
            beta1=self.beta_1,
            beta2=self.beta_2,
            epsilon=self.epsilon,
            grad=tf.convert_to_tensor(gradient),
        )


def warmup_and_cosine(learning_rate: float, num_batches: int, warmup_share: float) -> Any:
    """A schedule that rises from zero over a share of the batches, and falls again on a cosine.

    Args:
        learning_rate: at its highest.
        num_batches: of all epochs together.
        warmup_share: of the batches, at least one of them.
    """
    return keras.optimizers.schedules.CosineDecay(
        0.0,
        num_batches,
        warmup_target=learning_rate,
        warmup_steps=max(1, round(warmup_share * num_batches)),
    )


def _with_rows_added_up(gradient: Any) -> Any:
    """The same gradient with no row twice, so that the norm of its rows is its own."""
    if not isinstance(gradient, tf.IndexedSlices):
        return gradient
    rows, places = tf.unique(gradient.indices)
    values = tf.cond(  # words that `DistinctWords` gave are each there once as it is
        tf.size(rows) == tf.size(places),
        lambda: tf.convert_to_tensor(gradient.values),
        lambda: tf.math.unsorted_segment_sum(gradient.values, places, tf.size(rows)),
    )
    return tf.IndexedSlices(values, rows, gradient.dense_shape)
