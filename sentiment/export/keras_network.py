"""A model as a Keras network, for a `.keras` file and for what is built on it."""

from pathlib import Path

import keras

from sentiment.artifact import SavedModel
from sentiment.networks import build_network, load_network_weights
from sentiment.surprise import PREFIX


def keras_network(model: SavedModel) -> keras.Model:
    """The network with its weights, from token ids to logits; see `networks.build_network`."""
    network = build_network(model.config.model, model.tokenizer.vocabulary_size, seed=0)
    weights = model.weights()
    load_network_weights(
        network, {name: value for name, value in weights.items() if not name.startswith(PREFIX)}
    )
    return network


def write_keras(model: SavedModel, path: Path) -> None:
    """Write a `.keras` file, which loads in safe mode once `sentiment.networks` is imported."""
    keras_network(model).save(path)
