"""The same network in plain Keras, built, trained and asked as Keras' own guides show it.

`Embedding(mask_zero=True)`, `Bidirectional`, global pooling and `Dense`; `pad_sequences` to one
length; `fit` with a shuffle and `predict` with a batch size. Nothing of `networks` is in it.
"""

import time
from collections.abc import Sequence

import keras
import numpy as np
from keras.utils import pad_sequences
from numpy.typing import NDArray

from sentiment.config import ModelConfig, RunConfig
from sentiment.predictions import Prediction
from sentiment.predictor import BATCH_SIZE, prediction
from sentiment.progress import Progress, silent
from sentiment.tokenizer import Tokenizer, cut

NAME = "keras"

_CELLS = {
    "simple_rnn": keras.layers.SimpleRNN,
    "lstm": keras.layers.LSTM,
    "gru": keras.layers.GRU,
}


def build_plain_network(config: ModelConfig, vocabulary_size: int) -> keras.Model:
    """A network of the same layers and as many parameters as `networks.build_network` gives.

    Global max pooling in Keras sees padding too; the answers differ a little, the work does not.

    Args:
        config: the network.
        vocabulary_size: number of token ids, padding and unknown included.

    Returns:
        A compiled model from int32 `[batch_size, sequence_length]`, padded with 0 at the end, to
        P(positive), float32 `[batch_size, 1]`.
    """
    token_ids = keras.Input((None,), dtype="int32")
    states = keras.layers.Embedding(vocabulary_size, config.embedding_dim, mask_zero=True)(
        token_ids
    )
    states = keras.layers.SpatialDropout1D(config.dropout)(states)
    if config.directions:
        for level in range(1, config.layers + 1):
            layer = _CELLS[config.cell](
                config.units,
                activation=config.activation,
                recurrent_dropout=config.recurrent_dropout,
                return_sequences=level < config.layers or config.pooling != "last",
            )
            states = (keras.layers.Bidirectional(layer) if config.bidirectional else layer)(states)
    features = _pooled(states, config.pooling)
    if not config.directions:
        for _ in range(config.layers):
            features = keras.layers.Dense(config.units, activation="relu")(features)
    features = keras.layers.Dropout(config.dropout)(features)
    model = keras.Model(token_ids, keras.layers.Dense(1, activation="sigmoid")(features))
    model.compile("adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model


def _pooled(states: keras.KerasTensor, pooling: str) -> keras.KerasTensor:
    if pooling == "last":
        return states
    parts = []
    if pooling in ("max", "max_mean"):
        parts.append(keras.layers.GlobalMaxPooling1D()(states))
    if pooling in ("mean", "max_mean"):
        parts.append(keras.layers.GlobalAveragePooling1D()(states))
    return parts[0] if len(parts) == 1 else keras.layers.Concatenate()(parts)


class PlainKeras:
    """The plain network with its texts; a `timing.Answerer`.

    Args:
        config: the settings of the run that it stands beside.
        tokenizer: makes token ids of texts; the same on both sides, so that it decides nothing.
        texts: to train on; padded here, before any clock starts.
        labels: <int>[num_texts].
    """

    def __init__(
        self,
        config: RunConfig,
        tokenizer: Tokenizer,
        texts: Sequence[str],
        labels: NDArray[np.int64],
    ) -> None:
        self._config = config
        self._tokenizer = tokenizer
        self._model = build_plain_network(config.model, tokenizer.vocabulary_size)
        window = min(config.training.window_tokens, config.data.max_tokens)
        self._train_ids = _padded(list(tokenizer.encode_batch(texts)), window)
        self._train_labels = labels

    def train_epoch(self) -> float:
        """Pass over the training texts once; seconds that it took."""
        begin = time.perf_counter()
        self._model.fit(
            self._train_ids,
            self._train_labels,
            batch_size=self._config.training.batch_size,
            shuffle=True,
            verbose=0,
        )
        return time.perf_counter() - begin

    def predict(self, texts: Sequence[str]) -> list[Prediction]:
        """Answer a few texts in one batch, padded to the longest of them only.

        `predict_on_batch` spares one text the data pipeline that `predict` sets up for many.
        """
        token_ids = list(self._tokenizer.encode_batch(texts))
        most = self._config.data.max_tokens
        width = min(max(map(len, token_ids)) or 1, most)
        probabilities = self._model.predict_on_batch(self._cut(token_ids, width))
        return [
            prediction(text, row, float(probability), most, NAME)
            for text, row, (probability,) in zip(texts, token_ids, probabilities, strict=True)
        ]

    def score(self, texts: Sequence[str], progress: Progress = silent) -> NDArray[np.float32]:
        """P(positive) of many texts, all padded to `max_tokens`; <float32>[num_texts]."""
        token_ids = self._cut(
            list(self._tokenizer.encode_batch(texts)), self._config.data.max_tokens
        )
        found: NDArray[np.float32] = self._model.predict(
            token_ids, batch_size=BATCH_SIZE, verbose=0
        )
        progress("scoring with plain Keras", len(texts), len(texts))
        return found[:, 0]

    def _cut(self, token_ids: Sequence[NDArray[np.int32]], width: int) -> NDArray[np.int32]:
        data = self._config.data
        return _padded([cut(row, data.max_tokens, data.truncation) for row in token_ids], width)


def _padded(token_ids: Sequence[NDArray[np.int32]], width: int) -> NDArray[np.int32]:
    padded: NDArray[np.int32] = pad_sequences(
        token_ids, maxlen=width, padding="post", truncating="post"
    )
    return padded
