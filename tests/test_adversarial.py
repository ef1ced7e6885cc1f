"""Training against pushed word vectors: what is pushed, how far, and what it does to weights."""

from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from test_training import same_weights, tiny_config, tiny_corpus

from sentiment.networks import build_network, network_weights
from sentiment.training.adversarial import AdversarialModel
from sentiment.training.fit import fit_network

IDS = np.array([[2, 3, 4], [5, 6, 0]], np.int32)
TARGETS = np.array([1, 0], np.float32)


def compiled(distance: float) -> AdversarialModel:
    config = tiny_config(dropout=0.0)
    model = AdversarialModel(build_network(config.model, 10, seed=0), distance)
    loss = keras.losses.BinaryCrossentropy(from_logits=True)
    model.compile(keras.optimizers.SGD(0.1), loss=loss)
    return model


def test_answers_and_weights_are_those_of_the_network() -> None:
    network = build_network(tiny_config().model, 10, seed=0)
    model = AdversarialModel(network, 0.5)
    np.testing.assert_array_equal(model(IDS), network(IDS))
    assert network_weights(model).keys() == network_weights(network).keys()


def test_each_text_is_pushed_as_far_as_it_is_told_and_towards_a_higher_loss() -> None:
    model = compiled(0.5)
    pushes: list[Any] = []
    losses: list[float] = []
    push = model._push

    def watched(gradient: Any) -> Any:
        pushes.append(push(gradient).numpy())
        return push(gradient)

    model._push = watched  # type: ignore[method-assign]
    compute = model.compute_loss

    def heard(**values: Any) -> Any:
        loss = compute(**values)
        losses.append(float(loss))
        return loss

    model.compute_loss = heard
    model.train_step((tf.constant(IDS), tf.constant(TARGETS)))
    lengths = np.sqrt((pushes[0] ** 2).sum(axis=(1, 2)))
    np.testing.assert_allclose(lengths, 0.5, rtol=1e-4)
    assert np.abs(pushes[0][1, 2]).max() == 0  # padding is not read, so there is nothing to push
    assert losses[1] > losses[0]


def test_a_text_without_a_gradient_is_not_pushed_and_nothing_is_infinite() -> None:
    push = compiled(0.5)._push(tf.zeros((2, 3, 4)))
    assert np.abs(push).max() == 0


def test_without_a_push_each_text_counts_twice() -> None:
    pushed = compiled(0.0)
    pushed.train_on_batch(IDS, TARGETS)
    network = build_network(tiny_config(dropout=0.0).model, 10, seed=0)
    network.compile(
        keras.optimizers.SGD(0.2), loss=keras.losses.BinaryCrossentropy(from_logits=True)
    )
    network.train_on_batch(IDS, TARGETS)
    for name, weight in network_weights(network).items():
        np.testing.assert_allclose(network_weights(pushed)[name], weight, atol=1e-6)


def test_the_setting_changes_what_is_learned_and_follows_the_seed() -> None:
    corpus = tiny_corpus()
    first, again = (fit_network(tiny_config(adversarial=0.5), corpus) for _ in range(2))
    assert same_weights(first, again)
    assert not same_weights(first, fit_network(tiny_config(), corpus))


def test_the_reported_loss_is_that_of_the_texts_as_they_are() -> None:
    model = compiled(0.5)
    before = float(model.compute_loss(y=TARGETS, y_pred=model(IDS)))
    assert model.train_on_batch(IDS, TARGETS) == pytest.approx(before, rel=1e-5)
