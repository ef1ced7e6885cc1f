"""What does a model learn from text whose order was destroyed before training? Its twin tells.

A twin has a model's settings, seed, texts, vocabulary and batches, but every text that it learned
from or was chosen on, and those that its word vectors are from, had its words put in one random
order. Where training reads a window of a long text, the window holds words from all over it.
"""

import hashlib
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sentiment.artifact import TRAINING, SavedModel, load_model
from sentiment.datasets.encoding import Corpus
from sentiment.errors import ModelError
from sentiment.experiments.word_order import ORIGINAL, WordOrderResult
from sentiment.model_store import model_path
from sentiment.progress import Progress, silent
from sentiment.quiet import quiet_tensorflow
from sentiment.tokenizer import TokenIds

if TYPE_CHECKING:
    from sentiment.training.fit import Listener

MADE_BY = "order"
SUFFIX = "-scrambled"

_Z = 1.96  # of a 95 % interval


@dataclass(frozen=True)
class TwinResult:
    """A model and its twin on texts in their own order; `to_dict` is in `order --json`.

    Attributes:
        model: name of the model.
        twin: name of its twin.
        data: name of the data set.
        split: name of the split.
        num_texts: texts measured on.
        chance: share of the commoner label, which is what answering it always gets.
        accuracy: of the model.
        twin_accuracy: of the twin.
        margin: half the 95 % interval of the difference of the two, as if they had answered
            different texts, which is wider than theirs.
        kept: the twin's gain over chance as a share of the model's; None where that gains nothing.
    """

    model: str
    twin: str
    data: str
    split: str
    num_texts: int
    chance: float
    accuracy: float
    twin_accuracy: float
    margin: float
    kept: float | None

    def to_dict(self) -> dict[str, Any]:
        """An object that `order --train-scrambled --json` prints."""
        return asdict(self)


def compare_with_twin(model: WordOrderResult, twin: WordOrderResult) -> TwinResult:
    """What a twin keeps of a model's gain, from what was measured on the same texts."""
    first, second = (
        next(row.accuracy for row in result.strengths if row.name == ORIGINAL)
        for result in (model, twin)
    )
    variance = first * (1 - first) + second * (1 - second)
    gain = first - model.majority_share
    return TwinResult(
        model=model.model,
        twin=twin.model,
        data=model.data,
        split=model.split,
        num_texts=model.num_texts,
        chance=model.majority_share,
        accuracy=first,
        twin_accuracy=second,
        margin=_Z * (variance / model.num_texts) ** 0.5,
        kept=(second - model.majority_share) / gain if gain > 0 else None,
    )


def scrambled_twin(
    model: SavedModel, *, progress: Progress = silent, listener: "Listener | None" = None
) -> SavedModel:
    """The twin of a model, trained now where the store does not have it.

    It is named after the model, with `-scrambled` behind, and never answers by default. Training
    that was stopped goes on. TensorFlow is loaded only to train.

    Args:
        model: the model, with its data within reach.
        progress: is told what is being waited for.
        listener: is told of every batch and epoch of training.

    Raises:
        ConfigError: the name is too long with what comes behind.
        ModelError: something else has that name, or the data is not what the model learned from.
        SentimentError: the data cannot be had, or training diverged.
        KeyboardInterrupt: Ctrl-C ended training; calling again goes on.
    """
    path = model_path(model.name + SUFFIX)
    if not path.exists() or (path / TRAINING).is_dir():
        _train(path, model, progress, listener)
    twin = load_model(path)
    alike = (MADE_BY, model.config, _fingerprints(model))
    if (twin.info["made_by"], twin.config, _fingerprints(twin)) != alike:
        raise _occupied(path, model)
    return twin


def _train(path: Path, model: SavedModel, progress: Progress, listener: "Listener | None") -> None:
    with quiet_tensorflow():
        from sentiment.training.pipeline import (
            experiment_run,
            prepare_data,
            starting_weights,
            train_model,
        )

    run = experiment_run(path, model.config, MADE_BY)
    if path.exists() and run.fingerprints != _fingerprints(model):
        raise _occupied(path, model)
    vectorless = replace(model.config.training, word_vectors=False)
    data = prepare_data(replace(model.config, training=vectorless), progress)
    if data.fingerprints != _fingerprints(model):
        raise ModelError(
            f"{model.name} learned from other data than {', '.join(model.config.data.data)} is "
            "now; train it again for a twin"
        )
    progress("scrambling the texts to train on", 0, None)
    corpus = scramble_corpus(data.corpus, model.config.training.seed)
    datasets = tuple(
        replace(dataset, source=f"{dataset.source}; words scrambled before training")
        for dataset in data.datasets
    )
    start = starting_weights(model.config, corpus, progress)
    data = replace(data, datasets=datasets, corpus=corpus, start=start)
    if train_model(run, data, progress=progress, listener=listener).interrupted:
        raise KeyboardInterrupt


def scramble_corpus(corpus: Corpus, seed: int) -> Corpus:
    """A corpus whose every text has its token ids in a random order, under a key of its own."""
    rng = np.random.default_rng(seed)
    return replace(
        corpus,
        key=hashlib.sha256(f"{corpus.key} scrambled {seed}".encode()).hexdigest(),
        train=_scrambled(corpus.train, rng),
        validation=_scrambled(corpus.validation, rng),
        unsupervised=_scrambled(corpus.unsupervised, rng),
        neutral=_scrambled(corpus.neutral, rng),
    )


def _scrambled(texts: TokenIds, rng: np.random.Generator) -> TokenIds:
    rows = [rng.permutation(text) for text in texts]
    return TokenIds(np.concatenate([np.zeros(0, np.int32), *rows]), texts.offsets)


def _fingerprints(model: SavedModel) -> dict[str, str]:
    return {each["name"]: each["fingerprint"] for each in model.info["data"]}


def _occupied(path: Path, model: SavedModel) -> ModelError:
    return ModelError(
        f"{path.name} is there and is not the twin of {model.name}: settings or data differ; "
        f"remove it with `sentiment models remove {path.name}`"
    )
