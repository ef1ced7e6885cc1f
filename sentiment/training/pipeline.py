"""The main job: settings → data → word vectors → fit → saved model → figures.

Where the settings say so, each network is pretrained (`pretraining`), teachers come before the fit
(`self_training`), and a language model after it (`language_model`). What is saved is what is
measured: validation and test go through the saved ONNX graph.
"""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sentiment import paths
from sentiment.artifact import save_model
from sentiment.compact import EMBEDDING, Stored, compact_weights, expand_weights
from sentiment.config import RunConfig
from sentiment.datasets.dataset import UNSUPERVISED, Dataset
from sentiment.datasets.encoding import Corpus, encode_datasets
from sentiment.datasets.loading import load_datasets
from sentiment.errors import ConfigError, ModelError
from sentiment.evaluation import evaluate_pairs, evaluate_probabilities
from sentiment.model_store import TRAIN, default_name, model_path
from sentiment.onnx_graph import build_onnx
from sentiment.predictor import CHUNK, Predictor
from sentiment.progress import Progress, silent
from sentiment.results import DataResult, TrainingResult
from sentiment.tokenizer import TokenIds, cut
from sentiment.training.calibration import best_temperature, with_temperature
from sentiment.training.card import model_card
from sentiment.training.fit import Fit, Listener, Weights, fit_network
from sentiment.training.language_model import fit_language_model
from sentiment.training.pretraining import pretrain
from sentiment.training.self_training import self_train
from sentiment.training.state import FOLDER, delete_state
from sentiment.training.word_vectors import word_vectors

_RUN = "run.json"


@dataclass(frozen=True)
class Run:
    """A run that has been given a place.

    Attributes:
        path: where the model goes.
        config: its settings.
        made_by: `train`, or the experiment whose by-product the model is.
        fingerprints: of the data sets when it began, by name; empty for a new run.
    """

    path: Path
    config: RunConfig
    made_by: str = TRAIN
    fingerprints: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Of the model it makes."""
        return self.path.name

    @property
    def state_dir(self) -> Path:
        """Where the state is while the run is unfinished."""
        return self.path / FOLDER


@dataclass(frozen=True)
class PreparedData:
    """What runs on the same data share, made once.

    Attributes:
        datasets: texts and labels.
        fingerprints: of each data set, by name.
        corpus: tokenizer and token ids.
        start: weights that networks begin with: word vectors, where the settings want them.
    """

    datasets: tuple[Dataset, ...]
    fingerprints: Mapping[str, str]
    corpus: Corpus
    start: Weights


def new_run(config: RunConfig, name: str | None = None) -> Run:
    """A run under a name of its own.

    Raises:
        ConfigError: the name is not fit to be a folder's.
    """
    return Run(model_path(name or default_name(config.model.cell)), config)


def experiment_run(path: Path, config: RunConfig, made_by: str) -> Run:
    """The run of an experiment: what is unfinished at that place, where its settings are the same.

    Raises:
        ModelError: what is left of it is damaged.
    """
    if (path / FOLDER / _RUN).exists():
        run = _read_run(path)
        if (run.config, run.made_by) == (config, made_by):
            return run
    return Run(path, config, made_by)


def unfinished_run(name: str | None = None) -> Run:
    """The run that was stopped last, or the one of that name.

    Raises:
        ModelError: there is none, or what is left of it is damaged.
    """
    places = paths.models_dir().glob(f"*/{FOLDER}/{_RUN}")
    newest_first = sorted(places, key=lambda place: place.parent.stat().st_mtime_ns, reverse=True)
    for place in newest_first:
        if name in (None, place.parent.parent.name):
            run = _read_run(place.parent.parent)
            if run.made_by == TRAIN:
                return run
    which = f"unfinished run {name!r}" if name else "unfinished run"
    raise ModelError(f"there is no {which} to resume; start one with `sentiment train`")


def _read_run(path: Path) -> Run:
    place = path / FOLDER / _RUN
    try:
        values = json.loads(place.read_text(encoding="utf-8"))
        config = RunConfig.from_dict(values["config"])
        return Run(path, config, values["made_by"], dict(values["fingerprints"]))
    except (OSError, ValueError, KeyError, TypeError, ConfigError) as error:
        raise ModelError(f"{place} is damaged: {error}; start the run anew") from error


def prepare_data(config: RunConfig, progress: Progress = silent) -> PreparedData:
    """Get the data of a run, tokenize it, and train word vectors where the settings want them.

    Runs with the same data settings and embedding width can share what comes of it.

    Raises:
        SentimentError: data cannot be had, or teachers would have no unlabelled texts.
    """
    datasets = tuple(load_datasets(config.data, progress))
    if config.training.teachers and not any(UNSUPERVISED in each.splits for each in datasets):
        raise ConfigError("teachers need unlabelled texts; add --data imdb, which has some")
    fingerprints = {dataset.name: dataset.fingerprint() for dataset in datasets}
    corpus = encode_datasets(datasets, config.data.vocabulary_size, progress)
    start = starting_weights(config, corpus, progress)
    return PreparedData(datasets, fingerprints, corpus, start)


def starting_weights(config: RunConfig, corpus: Corpus, progress: Progress = silent) -> Weights:
    """Word vectors of a corpus as weights; none where none are wanted or there is too little text.

    Returns:
        Of the embedding, <float32>[vocabulary_size, embedding_dim], or nothing.
    """
    if not config.training.word_vectors:
        return {}
    vectors = word_vectors(
        corpus.key,
        [corpus.train, corpus.unsupervised],
        vocabulary_size=corpus.tokenizer.vocabulary_size,
        embedding_dim=config.model.embedding_dim,
        seed=config.training.seed,
        progress=progress,
    )
    return {} if vectors is None else {EMBEDDING: vectors}


def train_model(
    run: Run,
    data: PreparedData | None = None,
    *,
    progress: Progress = silent,
    listener: Listener | None = None,
    tensorboard_dir: Path | None = None,
    reads_test: bool = True,
) -> TrainingResult:
    """Do a run from its beginning, or from where it was stopped.

    Args:
        run: from `new_run`, `unfinished_run` or `experiment_run`.
        data: what `prepare_data` gave; None prepares it.
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
    if data is None:
        data = prepare_data(run.config, progress)
    corpus = data.corpus
    _note_start(run, data.fingerprints)
    fit = _Fitting(run, data, progress, listener, tensorboard_dir).last()
    temperature = _temperature(run, data, fit.weights)
    weights: Stored = with_temperature(fit.weights, temperature)
    # Who stops a run does not want to wait for a language model; resuming trains it.
    if run.config.training.language_model and not fit.interrupted:
        weights = {**weights, **_language_model(run, corpus, weights[EMBEDDING], progress)}
    if run.config.training.compact:
        weights = compact_weights(weights)
    onnx = build_onnx(run.config.model, weights)
    predictor = Predictor(
        run.name, run.config, corpus.tokenizer, onnx, load_weights=partial(expand_weights, weights)
    )
    reads_test = reads_test and not fit.interrupted
    results = tuple(_measure(predictor, each, reads_test, progress) for each in data.datasets)
    result = TrainingResult(
        model=run.name,
        path=str(run.path),
        config=run.config,
        vocabulary_size=corpus.tokenizer.vocabulary_size,
        num_parameters=sum(weight.size for weight in fit.weights.values()),
        word_vectors=bool(data.start),
        epochs=fit.epochs,
        best_epoch=fit.best_epoch,
        train_seconds=fit.seconds,
        total_seconds=time.perf_counter() - started,
        temperature=temperature,
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
        weights=weights,
        onnx=onnx,
        metrics={name: value for name, value in result.to_dict().items() if name != "path"},
        card=model_card(result),
        made_by=run.made_by,
        data=[
            {"name": each.name, "source": each.source, "fingerprint": data.fingerprints[each.name]}
            for each in data.datasets
        ],
    )
    if not fit.interrupted:
        delete_state(run.state_dir)
    return replace(result, total_seconds=time.perf_counter() - started)


class _Fitting:
    """Trains the networks of a run, one after the other, each with a state of its own."""

    def __init__(
        self,
        run: Run,
        data: PreparedData,
        progress: Progress,
        listener: Listener | None,
        tensorboard_dir: Path | None,
    ) -> None:
        self._run = run
        self._corpus = data.corpus
        self._start = data.start
        self._pretrained_by_cell: dict[str, Weights] = {}
        self._progress = progress
        self._listener = listener
        self._tensorboard_dir = tensorboard_dir

    def last(self) -> Fit:
        """Train the network that is saved, and before it those that teach it."""
        training = self._run.config.training
        corpus = _with_neutral(self._corpus) if training.neutral else self._corpus
        if training.teachers:
            corpus = self_train(corpus, training.teachers, self._teach, self._progress)
        return self._fit(self._run.config, corpus, self._run.state_dir)

    def _teach(self, number: int, cell: str, corpus: Corpus) -> NDArray[np.float32]:
        """Train a teacher, and let it read the unlabelled texts."""
        config = self._run.config.with_cell(cell)
        seed = config.training.seed + number + 1
        config = replace(config, training=replace(config.training, seed=seed))
        fit = self._fit(config, corpus, self._run.state_dir / f"teacher-{number + 1}-{cell}")
        if fit.interrupted:
            raise KeyboardInterrupt
        return _logits(config, corpus, fit.weights, corpus.unsupervised, self._progress)

    def _pretrained(self, cell: str) -> Weights:
        """What a network of that cell starts from; pretrained when it is needed first."""
        config = self._run.config.with_cell(cell)
        if not config.training.pretraining or not config.model.directions:
            return self._start
        if cell not in self._pretrained_by_cell:
            state_dir = self._run.state_dir / f"pretraining-{cell}"
            self._pretrained_by_cell[cell] = pretrain(
                config, self._corpus, self._start, state_dir=state_dir, progress=self._progress
            )
        return self._pretrained_by_cell[cell]

    def _fit(self, config: RunConfig, corpus: Corpus, state_dir: Path) -> Fit:
        start = self._pretrained(config.model.cell)
        self._progress("building the network", 0, None)
        fit = fit_network(
            config,
            corpus,
            start=start,
            state_dir=state_dir,
            listener=self._listener,
            tensorboard_dir=self._tensorboard_dir,
        )
        if not fit.weights:
            raise KeyboardInterrupt
        return fit


def _with_neutral(corpus: Corpus) -> Corpus:
    return corpus.with_targets(corpus.neutral, np.full(len(corpus.neutral), 0.5, np.float32))


def _logits(
    config: RunConfig,
    corpus: Corpus,
    weights: Weights,
    texts: TokenIds,
    progress: Progress = silent,
) -> NDArray[np.float32]:
    """Logits of uncut texts, <float32>[num_texts]."""
    data = config.data
    onnx = build_onnx(config.model, weights)
    predictor = Predictor("", config, corpus.tokenizer, onnx, load_weights=lambda: weights)
    parts = []
    for start in range(0, len(texts), CHUNK):
        numbers = range(start, min(start + CHUNK, len(texts)))
        rows = [cut(texts[number], data.max_tokens, data.truncation) for number in numbers]
        parts.append(predictor.logits(rows))
        progress("reading the unlabelled texts", numbers.stop, len(texts))
    return np.concatenate(parts)


def _temperature(run: Run, data: PreparedData, weights: Weights) -> float:
    """What the logits are to be divided by, found on the validation texts."""
    logits = _logits(run.config, data.corpus, weights, data.corpus.validation)
    ends = np.cumsum([len(dataset.validation) for dataset in data.datasets])[:-1]
    return best_temperature(np.split(logits, ends), np.split(data.corpus.validation_labels, ends))


def _language_model(
    run: Run, corpus: Corpus, embedding: NDArray[np.float32], progress: Progress
) -> dict[str, NDArray[np.float32]]:
    """Weights of a language model on the word vectors as they will be stored."""
    training = run.config.training
    vectors = {EMBEDDING: embedding}
    if training.compact:
        vectors = expand_weights(compact_weights(vectors))
    fit = fit_language_model(
        vectors[EMBEDDING],
        corpus.tokenizer.sentence_ends,
        TokenIds.concatenate([corpus.train, corpus.unsupervised]),
        corpus.validation,
        seed=training.seed,
        state_dir=run.state_dir / "language-model",
        progress=progress,
    )
    return fit.weights


def _note_start(run: Run, fingerprints: Mapping[str, str]) -> None:
    """Write down what the run is, or check that a resumed one still has the same data."""
    if not run.fingerprints:
        delete_state(run.state_dir)
        run.state_dir.mkdir(parents=True)
        values = {
            "made_by": run.made_by,
            "config": run.config.to_dict(),
            "fingerprints": dict(fingerprints),
        }
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
        known, unseen = evaluate_pairs(dataset.test, probabilities)
    return DataResult(
        data=dataset.name,
        source=dataset.source,
        notes=dataset.notes,
        validation=validation,
        test=test,
        pairs=known,
        unseen_pairs=unseen,
    )
