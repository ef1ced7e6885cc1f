"""Adversarial training: every text is learned as it is, and as what would mislead most.

T. Miyato, A. Dai & I. Goodfellow, “Adversarial training methods for semi-supervised text
classification” (2017), arXiv:1605.07725: the word vectors of a text are pushed a set distance along
the gradient of the loss, `r = ε · g / ‖g‖`, all words of the text together, and the network has to
answer the pushed text as well. It costs a second pass, and keeps word vectors from growing apart
for the sake of few texts.
"""

from typing import Any

import keras
import tensorflow as tf

_TINY = 1e-12  # keeps the gradient of a text that is learned perfectly from being divided by 0


class AdversarialModel(keras.Model):  # type: ignore[misc]
    """A network that trains against pushed word vectors, and answers as it would without.

    Args:
        network: from `networks.build_network`; its layers are shared, not copied.
        distance: ε, the length of the push, of all word vectors of a text together.
    """

    def __init__(self, network: keras.Model, distance: float) -> None:
        super().__init__(network.input, network.output, name=network.name)
        embedded = network.get_layer("embedding").output
        self._reader = keras.Model([network.input, embedded], network.output)
        self._distance = distance

    def train_step(self, data: Any) -> Any:
        """Learn a batch: (<int32>[batch_size, sequence_length], <float32>[batch_size])."""
        token_ids, targets, _ = keras.utils.unpack_x_y_sample_weight(data)
        with tf.GradientTape() as tape:
            vectors = self.get_layer("embedding")(token_ids)
            with tf.GradientTape() as towards:
                towards.watch(vectors)
                logits = self._reader([token_ids, vectors], training=True)
                loss = self.compute_loss(y=targets, y_pred=logits)
            with tape.stop_recording():
                push = self._push(towards.gradient(loss, vectors))
            pushed = self._reader([token_ids, vectors + push], training=True)
            total = loss + self.compute_loss(y=targets, y_pred=pushed)
        gradients = tape.gradient(total, self.trainable_variables)
        self.optimizer.apply(gradients, self.trainable_variables)
        for metric in self.metrics:
            if metric.name == "loss":
                metric.update_state(loss, sample_weight=tf.shape(token_ids)[0])
        return self.compute_metrics(token_ids, targets, logits)

    def _push(self, gradient: Any) -> Any:
        squares = tf.reduce_sum(tf.square(gradient), axis=[1, 2], keepdims=True)
        return self._distance * gradient * tf.math.rsqrt(squares + _TINY)
