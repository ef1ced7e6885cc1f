"""A model as a TensorFlow SavedModel that takes texts; needs no Python of ours to run."""

from pathlib import Path

import keras
import tensorflow as tf

from sentiment.artifact import SavedModel
from sentiment.config import DataConfig
from sentiment.export.graph_tokenizer import GraphTokenizer
from sentiment.export.keras_network import keras_network
from sentiment.tokenizer import PADDING_ID


class TextModel(tf.Module):  # type: ignore[misc]
    """Texts → P(positive), in one graph.

    Args:
        model: a loaded model.

    Raises:
        ModelError: its tokenizer has rules of another version.
    """

    def __init__(self, model: SavedModel) -> None:
        super().__init__(name="sentiment")
        self._tokenizer = GraphTokenizer(model.tokenizer)
        self._data = model.config.data
        network = keras_network(model)
        for layer in network.layers:
            if isinstance(layer, (keras.layers.GRU, keras.layers.LSTM)):
                layer.use_cudnn = False  # or a graph that is traced beside a GPU runs on no other
        self._network = _Untracked(network)
        self._variables = [variable.value for variable in network.trainable_variables]

    @tf.function(input_signature=[tf.TensorSpec([None], tf.string, name="texts")])  # type: ignore[untyped-decorator]
    def __call__(self, texts: tf.Tensor) -> tf.Tensor:
        """P(positive), float32 [num_texts], of texts, string [num_texts], UTF-8."""
        token_ids = _cut(self._tokenizer(texts), self._data).to_tensor(PADDING_ID)
        # The network needs one position at least, which padding is.
        shortage = tf.maximum(1 - tf.shape(token_ids)[1], 0)
        token_ids = tf.pad(token_ids, [[0, 0], [0, shortage]], constant_values=PADDING_ID)
        return tf.sigmoid(self._network.call(token_ids, training=False))


class _Untracked:
    """Holds a Keras model, of which only the variables are to be saved."""

    def __init__(self, network: keras.Model) -> None:
        self.call = network


def write_saved_model(model: SavedModel, path: Path) -> None:
    """Write the folder; its signature `serving_default` is from `texts` to `probability`.

    Raises:
        ModelError: the tokenizer has rules of another version.
    """
    module = TextModel(model)

    @tf.function(input_signature=[tf.TensorSpec([None], tf.string, name="texts")])  # type: ignore[untyped-decorator]
    def serve(texts: tf.Tensor) -> dict[str, tf.Tensor]:
        return {"probability": module(texts)}

    tf.saved_model.save(module, path, signatures={"serving_default": serve})


def _cut(token_ids: tf.RaggedTensor, config: DataConfig) -> tf.RaggedTensor:
    """Keep what `tokenizer.cut` keeps of each text."""
    head, tail = {
        "head": (config.max_tokens, 0),
        "tail": (0, config.max_tokens),
        "both": ((config.max_tokens + 1) // 2, config.max_tokens // 2),
    }[config.truncation]
    lengths = token_ids.row_lengths()
    places = tf.ragged.range(lengths)
    is_head = tf.ragged.map_flat_values(tf.less, places, head)
    from_end = tf.repeat(lengths, lengths) - places.flat_values
    is_kept = tf.logical_or(is_head.flat_values, from_end <= tail)
    return tf.ragged.boolean_mask(token_ids, token_ids.with_flat_values(is_kept))
