"""A scikit-learn estimator: texts and any two labels in, a recurrent network fitted to them.

`fit` trains as `sentiment train` does, with Keras; all else runs on ONNX Runtime, and a fitted
estimator is arrays and text, so that it can be pickled and read where TensorFlow is not. Writes
nothing but word vectors, into the user's cache, and only where there is enough text for them.
"""

import hashlib
import random
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.preprocessing import LabelEncoder
from sklearn.utils import check_random_state
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_consistent_length, check_is_fitted, column_or_1d

from sentiment.api import list_of_texts
from sentiment.config import DataConfig, ModelConfig, RunConfig, TrainingConfig
from sentiment.datasets.dataset import hold_out
from sentiment.datasets.encoding import Corpus, encode_texts
from sentiment.errors import DataError
from sentiment.onnx_graph import build_onnx
from sentiment.predictor import CHUNK, Predictor
from sentiment.quiet import quiet_tensorflow
from sentiment.tokenizer import TokenIds, Tokenizer, cut

_NO_SETTINGS = ("validation_share", "random_state")  # of the parameters; all others are in `config`


class InputError(DataError, ValueError):
    """Texts or labels cannot be used; a `ValueError` too, which scikit-learn's tools expect."""


class SentimentClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """A recurrent network that tells texts of two classes apart.

    Args:
        cell: what carries the state from word to word: `bow`, `simple_rnn`, `lstm` or `gru`.
        layers: recurrent layers on top of one another.
        units: width of each layer, and of each direction.
        embedding_dim: width of a word vector.
        bidirectional: whether to read from both ends.
        pooling: how the states of all words become one: `last`, `max`, `mean` or `max_mean`; None
            takes the cell's default.
        dropout: share of inputs and of pooled features dropped in training.
        vocabulary_size: most token ids to tell apart, padding and unknown included.
        max_tokens: tokens of a text that are read; the middle of a longer one is cut.
        epochs: passes over the training texts, at most; None takes the cell's default.
        batch_size: texts a step.
        learning_rate: Adam's step size at its highest; None takes the cell's default.
        word_vectors: whether to start from word2vec vectors of the training texts, where these
            have a million words or more.
        validation_share: share of each class that is held out to choose the best epoch and to
            calibrate on; at least one text.
        random_state: decides every random choice: a whole number, a `RandomState`, or None.

    Attributes:
        classes_: <any>[2], the labels, sorted; the second is what the network calls positive.
        config_: every setting it was fitted with.
        epochs_: what each epoch gave, a tuple of `results.EpochResult`.
        tokenizer_: the tokenizer, a JSON text.
        weights_: float32 arrays by name, see `networks.network_weights`.
    """

    def __init__(
        self,
        cell: str = ModelConfig.cell,
        *,
        layers: int = ModelConfig.layers,
        units: int = ModelConfig.units,
        embedding_dim: int = ModelConfig.embedding_dim,
        bidirectional: bool = ModelConfig.bidirectional,
        pooling: str | None = None,
        dropout: float = ModelConfig.dropout,
        vocabulary_size: int = DataConfig.vocabulary_size,
        max_tokens: int = DataConfig.max_tokens,
        epochs: int | None = None,
        batch_size: int = TrainingConfig.batch_size,
        learning_rate: float | None = None,
        word_vectors: bool = TrainingConfig.word_vectors,
        validation_share: float = 0.1,
        random_state: int | np.random.RandomState | None = TrainingConfig.seed,
    ) -> None:
        self.cell = cell
        self.layers = layers
        self.units = units
        self.embedding_dim = embedding_dim
        self.bidirectional = bidirectional
        self.pooling = pooling
        self.dropout = dropout
        self.vocabulary_size = vocabulary_size
        self.max_tokens = max_tokens
        self.epochs = epochs
        self.batch_size = batch_size
        self.learning_rate = learning_rate
        self.word_vectors = word_vectors
        self.validation_share = validation_share
        self.random_state = random_state

    def fit(self, X: Iterable[str], y: ArrayLike) -> Self:  # noqa: N803 (scikit-learn's name)
        """Train on texts with their labels.

        Args:
            X: str, one a text: a list, an array or a Series.
            y: as many labels, of two kinds.

        Raises:
            ConfigError: a setting is out of range.
            InputError: `X` has no texts in it, `y` has not two classes, or a class has less than
                two texts.
            KeyboardInterrupt: Ctrl-C ended training.
        """
        config = self._config()
        texts = _texts(X)
        labels, classes = _encoded(y)
        check_consistent_length(texts, labels)
        corpus = _corpus(texts, labels, config, self.validation_share)
        with quiet_tensorflow():
            from sentiment.training.fit import fit_network
            from sentiment.training.pipeline import starting_weights
        with _kept_random_states():
            fit = fit_network(config, corpus, start=starting_weights(config, corpus))
        if fit.interrupted:
            raise KeyboardInterrupt
        self.classes_ = classes
        self.config_ = config
        self.epochs_ = fit.epochs
        self.tokenizer_ = corpus.tokenizer.to_json()
        self.weights_ = _calibrated(config, corpus, fit.weights)
        self.__dict__.pop("_predictor", None)
        return self

    def predict(self, X: Iterable[str]) -> NDArray[Any]:  # noqa: N803
        """The likelier label of each text.

        Returns:
            <any>[num_texts], of the labels that `fit` was given.
        """
        logits = self.decision_function(X)
        labels: NDArray[Any] = self.classes_[(logits >= 0).astype(np.int64)]
        return labels

    def predict_proba(self, X: Iterable[str]) -> NDArray[np.float64]:  # noqa: N803
        """Probability of each label of each text.

        Returns:
            <float64>[num_texts, 2], in the order of `classes_`.
        """
        logits = self.decision_function(X)
        return np.exp(-np.logaddexp(0, np.stack([logits, -logits], axis=1)))

    def decision_function(self, X: Iterable[str]) -> NDArray[np.float64]:  # noqa: N803
        """Logit of the second label of each text; above 0 where it is the likelier.

        Returns:
            <float64>[num_texts].

        Raises:
            NotFittedError: `fit` comes first.
            InputError: `X` is no list of texts.
        """
        check_is_fitted(self)
        return _logits(self._predictor, _texts(X))

    @cached_property
    def _predictor(self) -> Predictor:
        return _predictor(self.config_, Tokenizer.from_json(self.tokenizer_), self.weights_)

    def _config(self) -> RunConfig:
        """The settings as they are now; one that is None has the cell's default."""
        if not 0 < self.validation_share < 1:
            raise InputError(
                f"validation_share must be above 0 and below 1, not {self.validation_share!r}"
            )
        seed = self.random_state
        if not isinstance(seed, (int, np.integer)):
            seed = check_random_state(seed).randint(2**31)
        given = {
            name: _plain(value)
            for name, value in self.get_params(deep=False).items()
            if name not in _NO_SETTINGS and value is not None
        }
        return RunConfig.from_settings({**given, "seed": int(seed)})

    def __getstate__(self) -> dict[str, Any]:
        state = super().__getstate__()
        return {name: value for name, value in state.items() if name != "_predictor"}

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.one_d_array = True
        tags.input_tags.two_d_array = False
        tags.classifier_tags.multi_class = False
        return tags


def _texts(texts: Iterable[str]) -> list[str]:
    try:
        return list_of_texts(texts)
    except DataError as error:
        raise InputError(str(error)) from None


def _plain(value: Any) -> Any:
    """A setting without NumPy's types, which a grid of parameters may have."""
    return value.item() if isinstance(value, np.generic) else value


def _encoded(y: ArrayLike) -> tuple[NDArray[np.int8], NDArray[Any]]:
    """Labels as 0 and 1, <int8>[num_texts], and the two that these stand for."""
    given = column_or_1d(y, warn=True)
    check_classification_targets(given)
    encoder = LabelEncoder()
    labels = encoder.fit_transform(given).astype(np.int8)
    if len(encoder.classes_) != 2:
        raise InputError(
            f"y has {len(encoder.classes_)} class(es), and exactly two can be told apart; "
            "choose texts of two"
        )
    if (fewest := int(np.bincount(labels).min())) < 2:
        raise InputError(
            f"a class has {fewest} text, and one is held out for validation; give it two or more"
        )
    return labels, encoder.classes_


def _corpus(
    texts: list[str], labels: NDArray[np.int8], config: RunConfig, validation_share: float
) -> Corpus:
    """The texts as token ids, with a share of each class held out."""
    kept, held_out = hold_out(labels, validation_share, config.training.seed)
    if len(np.unique(labels[kept])) < 2:
        raise InputError("no text of a class is left to train on; use a smaller validation_share")
    learned = [texts[row] for row in kept]
    tokenizer = Tokenizer.train(learned, config.data.vocabulary_size)
    train = encode_texts(tokenizer, learned, "train")
    digest = hashlib.sha256(tokenizer.to_json().encode())
    digest.update(train.offsets.tobytes())
    digest.update(train.flat.tobytes())
    return Corpus(
        key=digest.hexdigest(),
        tokenizer=tokenizer,
        train=train,
        train_targets=labels[kept].astype(np.float32),
        validation=encode_texts(tokenizer, [texts[row] for row in held_out], "validation"),
        validation_labels=labels[held_out],
        unsupervised=TokenIds.of([]),
    )


def _calibrated(
    config: RunConfig, corpus: Corpus, weights: dict[str, NDArray[np.float32]]
) -> dict[str, NDArray[np.float32]]:
    """Weights whose probabilities are as sure as they are right on the held-out texts."""
    from sentiment.training.calibration import best_temperature, with_temperature

    data = config.data
    rows = [cut(row, data.max_tokens, data.truncation) for row in corpus.validation]
    logits = _predictor(config, corpus.tokenizer, weights).logits(rows)
    return with_temperature(weights, best_temperature([logits], [corpus.validation_labels]))


def _predictor(
    config: RunConfig, tokenizer: Tokenizer, weights: dict[str, NDArray[np.float32]]
) -> Predictor:
    onnx = build_onnx(config.model, weights)
    return Predictor("SentimentClassifier", config, tokenizer, onnx, load_weights=lambda: weights)


def _logits(predictor: Predictor, texts: list[str]) -> NDArray[np.float64]:
    parts = [
        predictor.logits(predictor.token_ids(texts[start : start + CHUNK]))
        for start in range(0, len(texts), CHUNK)
    ]
    return np.concatenate([np.zeros(0), *parts])


@contextmanager
def _kept_random_states() -> Iterator[None]:
    """Leave the global random states as they were; Keras seeds them for a fit."""
    states = random.getstate(), np.random.get_state()
    try:
        yield
    finally:
        random.setstate(states[0])
        np.random.set_state(states[1])
