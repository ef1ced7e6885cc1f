"""Adam in one operation a variable, against Keras's."""

from functools import partial
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from sentiment.training.adam import Adam

clipping = partial(Adam, clip_norm=1.0)


def after_steps(build: Any, num_steps: int, rows: bool) -> list[Any]:
    """A variable and its moments after some steps, on seeded gradients."""
    random = np.random.default_rng(0)
    variable = keras.Variable(random.normal(size=(5, 3)).astype(np.float32))
    schedule = keras.optimizers.schedules.CosineDecay(0.1, 10)
    optimizer = build(schedule)
    optimizer.build([variable])
    for _ in range(num_steps):
        places = np.array([1, 3, 1])
        values = random.normal(size=(3, 3)).astype(np.float32)
        whole = np.zeros((5, 3), np.float32)
        np.add.at(whole, places, values)
        slices = tf.IndexedSlices(tf.constant(values), tf.constant(places), tf.constant([5, 3]))
        optimizer.apply([slices if rows else tf.constant(whole)], [variable])
    return [value.value.numpy() for value in (variable, *optimizer.variables)]


def test_steps_are_those_of_keras() -> None:
    ours = after_steps(clipping, 4, rows=False)
    theirs = after_steps(partial(keras.optimizers.Adam, global_clipnorm=1.0), 4, rows=False)
    for our, their in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(our, their, rtol=0, atol=1e-5)


def test_rows_of_a_gradient_count_as_the_whole_of_it() -> None:
    for rows, whole in zip(
        after_steps(clipping, 4, rows=True), after_steps(clipping, 4, rows=False), strict=True
    ):
        np.testing.assert_allclose(rows, whole, rtol=1e-6)
