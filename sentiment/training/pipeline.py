"""The main job: settings → data → word vectors → fit → saved model → figures.

What is saved is what is measured: validation and test go through the saved ONNX graph.
"""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sentiment import paths
from sentiment.artifact import save_model
from sentiment.config import RunConfig
from sentiment.datasets.dataset import Dataset, Split
from sentiment.datasets.encoding import encode_datasets
from sentiment.datasets.loading import load_datasets
from sentiment.errors import ConfigError, ModelError
from sentiment.evaluation import evaluate_probabilities, pair_accuracy
from sentiment.model_store import TRAIN, default_name, model_path
from sentiment.onnx_graph import build_onnx
from sentiment.predictor import Predictor
from sentiment.progress import Progress, silent
from sentiment.results import DataResult, PairAccuracy, TrainingResult
from sentiment.training.card import model_card
from sentiment.training.fit import Listener, fit_network
from sentiment.training.state import FOLDER, delete_state
from sentiment.training.word_vectors import word_vectors

_RUN = "run.json"


@dataclass(frozen=True)
class Run:
    """A run that has been given a place.

    Attributes:
        name: of the model it makes.
        config: its settings.
        fingerprints: of the data sets when it began, by name; empty for a new run.
    """

    name: str
    config: RunConfig
    fingerprints: dict[str, str]

    @property
    def path(self) -> Path:
        """Where the model goes."""
        return model_path(self.name)

    @property
    def state_dir(self) -> Path:
        """Where the state is while the run is unfinished."""
        return self.path / FOLDER


def new_run(config: RunConfig, name: str | None = None) -> Run:
    """A run under a name of its own.

    Raises:
        ConfigError: the name is not fit to be a folder's.
    """
    chosen = name or default_name(config.model.cell)
    model_path(chosen)
    return Run(chosen, config, {})


def unfinished_run(name: str | None = None) -> Run:
    """The run that was stopped last, or the one of that name.

    Raises:
        ModelError: there is none, or what is left of it is damaged.
    """
    places = paths.models_dir().glob(f"*/{FOLDER}/{_RUN}")
    found = [place for place in places if name in (None, place.parent.parent.name)]
    if not found:
        which = f"unfinished run {name!r}" if name else "unfinished run"
        raise ModelError(f"there is no {which} to resume; start one with `sentiment train`")
    newest = max(found, key=lambda place: place.parent.stat().st_mtime_ns)
    try:
        values = json.loads(newest.read_text(encoding="utf-8"))
        config = RunConfig.from_dict(values["config"])
        return Run(newest.parent.parent.name, config, dict(values["fingerprints"]))
    except (OSError, ValueError, KeyError, TypeError, ConfigError) as error:
        raise ModelError(f"{newest} is damaged: {error}; start the run anew") from error


def train_model(
    run: Run,
    *,
    progress: Progress = silent,
    listener: Listener | None = None,
    tensorboard_dir: Path | None = None,
    reads_test: bool = True,
) -> TrainingResult:
    """Do a run from its beginning, or from where it was stopped.

    Args:
        run: from `new_run` or `unfinished_run`.
        progress: is told what is being waited for.
        listener: is told of every batch and epoch.
        tensorboard_dir: where to write TensorBoard logs.
        reads_test: whether to measure on the test split, which settings are not chosen on.

    Returns:
        What came of it. Where Ctrl-C ended training the model holds the best epoch so far,
        `interrupted` is true, the test split was not read, and the run can be resumed.

    Raises:
        SentimentError: data cannot be had, the state is damaged, or training diverged.
        KeyboardInterrupt: Ctrl-C ended training before the first epoch; the run can be resumed.
    """
    started = time.perf_counter()
    datasets = load_datasets(run.config.data, progress)
    fingerprints = {dataset.name: dataset.fingerprint() for dataset in datasets}
    _note_start(run, fingerprints)
    corpus = encode_datasets(datasets, run.config.data.vocabulary_size, progress)
    vectors = None
    if run.config.training.word_vectors:
        vectors = word_vectors(
            corpus.key,
            [corpus.train, corpus.unsupervised],
            vocabulary_size=corpus.tokenizer.vocabulary_size,
            embedding_dim=run.config.model.embedding_dim,
            seed=run.config.training.seed,
            progress=progress,
        )
    progress("building the network", 0, None)
    fit = fit_network(
        run.config,
        corpus,
        word_vectors=vectors,
        state_dir=run.state_dir,
        listener=listener,
        tensorboard_dir=tensorboard_dir,
    )
    if not fit.weights:
        raise KeyboardInterrupt
    onnx = build_onnx(run.config.model, fit.weights)
    predictor = Predictor(run.name, run.config, corpus.tokenizer, onnx)
    reads_test = reads_test and not fit.interrupted
    results = tuple(_measure(predictor, data, reads_test, progress) for data in datasets)
    result = TrainingResult(
        model=run.name,
        path=str(run.path),
        config=run.config,
        vocabulary_size=corpus.tokenizer.vocabulary_size,
        num_parameters=sum(weight.size for weight in fit.weights.values()),
        word_vectors=vectors is not None,
        epochs=fit.epochs,
        best_epoch=fit.best_epoch,
        train_seconds=fit.seconds,
        total_seconds=time.perf_counter() - started,
        padding_share=fit.padding_share,
        cut_share=float((corpus.train.lengths > run.config.data.max_tokens).mean()),
        num_devices=fit.num_devices,
        interrupted=fit.interrupted,
        results=results,
    )
    progress("saving the model", 0, None)
    save_model(
        run.path,
        config=run.config,
        tokenizer=corpus.tokenizer,
        weights=fit.weights,
        onnx=onnx,
        metrics=result.to_dict(),
        card=model_card(result),
        made_by=TRAIN,
        data=[
            {"name": data.name, "source": data.source, "fingerprint": fingerprints[data.name]}
            for data in datasets
        ],
    )
    if not fit.interrupted:
        delete_state(run.state_dir)
    return replace(result, total_seconds=time.perf_counter() - started)


def _note_start(run: Run, fingerprints: Mapping[str, str]) -> None:
    """Write down what the run is, or check that a resumed one still has the same data."""
    if not run.fingerprints:
        delete_state(run.state_dir)
        run.state_dir.mkdir(parents=True)
        values = {"config": run.config.to_dict(), "fingerprints": dict(fingerprints)}
        (run.state_dir / _RUN).write_text(json.dumps(values), encoding="utf-8")
    elif run.fingerprints != fingerprints:
        raise ModelError(f"the data of the run {run.name!r} has changed since it began; train anew")


def _measure(
    predictor: Predictor, dataset: Dataset, reads_test: bool, progress: Progress
) -> DataResult:
    validation = evaluate_probabilities(
        dataset.validation.labels, predictor.score(dataset.validation.texts, progress)
    )
    test, known, unseen = None, None, None
    if reads_test:
        probabilities = predictor.score(dataset.test.texts, progress)
        test = evaluate_probabilities(dataset.test.labels, probabilities)
        known, unseen = _pairs(dataset.test, probabilities)
    return DataResult(
        data=dataset.name,
        source=dataset.source,
        notes=dataset.notes,
        validation=validation,
        test=test,
        pairs=known,
        unseen_pairs=unseen,
    )


def _pairs(
    split: Split, probabilities: NDArray[np.float32]
) -> tuple[PairAccuracy | None, PairAccuracy | None]:
    """Figures on word-order pairs of known and of unseen patterns; None for other data."""
    if "pair" not in split.table.column_names:
        return None, None
    pairs = split.table["pair"].to_numpy()
    unseen = split.table["unseen_pattern"].to_numpy()
    known_pairs, unseen_pairs = (
        pair_accuracy(split.labels[rows], probabilities[rows], pairs[rows])
        for rows in (~unseen, unseen)
    )
    return known_pairs, unseen_pairs
