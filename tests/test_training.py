"""The training loop on tiny data: what is kept, what a kill and Ctrl-C leave, devices."""

import json
import os
import signal
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from sentiment.config import RunConfig
from sentiment.datasets.encoding import Corpus
from sentiment.errors import ModelError, SentimentError
from sentiment.results import EpochResult
from sentiment.tokenizer import TokenIds, Tokenizer
from sentiment.training.fit import Fit, fit_network
from sentiment.training.state import Course, load_state, save_state

TINY = {
    "units": 4,
    "embedding_dim": 4,
    "batch_size": 8,
    "epochs": 2,
    "dropout": 0.3,
    "word_dropout": 0.1,
    "max_tokens": 6,
    "window_tokens": 5,
    "learning_rate": 0.05,
}


def tiny_config(**settings: object) -> RunConfig:
    return RunConfig.from_settings({**TINY, **settings})


def tiny_corpus(num_texts: int = 60, seed: int = 0) -> Corpus:
    """Texts of ids 2 to 9 that are positive where they hold a 2 and negative where a 3."""
    rng = np.random.default_rng(seed)
    tokenizer = Tokenizer.train(["good bad a b c d e f"] * 2, vocabulary_size=10)

    def split(size: int) -> tuple[TokenIds, NDArray[np.int8]]:
        labels = rng.integers(0, 2, size).astype(np.int8)
        rows = []
        for label in labels:
            row = rng.integers(4, 10, rng.integers(1, 9))
            row[rng.integers(len(row))] = 3 - label
            rows.append(row.tolist())
        return TokenIds.of(rows), labels

    train, train_labels = split(num_texts)
    validation, validation_labels = split(20)
    return Corpus(
        "key",
        tokenizer,
        train,
        train_labels.astype(np.float32),
        validation,
        validation_labels,
        unsupervised=TokenIds.of([]),
    )


def same_weights(first: Fit, second: Fit) -> bool:
    return first.weights.keys() == second.weights.keys() and all(
        np.array_equal(first.weights[name], second.weights[name]) for name in first.weights
    )


class Recorder:
    """Listens, and does something after a number of batches."""

    def __init__(self, after: int = -1, action: object = None) -> None:
        self.batches: list[Course] = []
        self.epochs: list[EpochResult] = []
        self._after = after
        self._action = action

    def batch(self, course: Course, num_batches: int, reviews_per_second: float) -> None:
        self.batches.append(course)
        assert 1 <= course.batch <= num_batches
        assert reviews_per_second > 0
        if len(self.batches) == self._after and callable(self._action):
            self._action()

    def epoch(self, result: EpochResult) -> None:
        self.epochs.append(result)


class StoppedError(Exception):
    """Stands for whatever ends a process."""


def stop() -> None:
    raise StoppedError


def interrupt() -> None:
    os.kill(os.getpid(), signal.SIGINT)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return tiny_corpus()


@pytest.fixture(scope="module")
def undisturbed(corpus: Corpus) -> Fit:
    return fit_network(tiny_config(), corpus)


def test_training_learns_what_decides(corpus: Corpus) -> None:
    fit = fit_network(tiny_config(epochs=15, dropout=0.0, word_dropout=0.0, patience=15), corpus)
    assert fit.epochs[-1].validation_accuracy > 0.8
    assert fit.epochs[-1].loss < fit.epochs[0].loss


def test_a_seed_gives_the_same_weights_again(corpus: Corpus, undisturbed: Fit) -> None:
    assert same_weights(fit_network(tiny_config(), corpus), undisturbed)
    assert not same_weights(fit_network(tiny_config(seed=1), corpus), undisturbed)


def test_short_windows_change_what_is_read_and_follow_the_seed(
    corpus: Corpus, undisturbed: Fit
) -> None:
    first, again = (fit_network(tiny_config(short_windows=0.5), corpus) for _ in range(2))
    assert same_weights(first, again)
    assert not same_weights(first, undisturbed)


def test_listeners_hear_of_every_batch_and_epoch(corpus: Corpus) -> None:
    recorder = Recorder()
    fit = fit_network(tiny_config(), corpus, listener=recorder)
    assert tuple(recorder.epochs) == fit.epochs
    assert len(fit.epochs) == 2
    numbers = [(course.epoch, course.batch) for course in recorder.batches]
    assert numbers == sorted(set(numbers))


def test_the_best_epoch_is_kept_and_training_stops_early(corpus: Corpus) -> None:
    config = tiny_config(epochs=30, learning_rate=0.5, schedule="constant", patience=2)
    fit = fit_network(config, corpus)
    losses = [epoch.validation_loss for epoch in fit.epochs]
    assert fit.best_epoch == int(np.argmin(losses))
    assert len(losses) < 30
    assert len(losses) - 1 - fit.best_epoch == 2
    shorter = fit_network(replace(config, training=replace(config.training, patience=30)), corpus)
    assert len(shorter.epochs) == 30


def test_a_diverged_run_says_so(corpus: Corpus) -> None:
    broken = np.full((corpus.tokenizer.vocabulary_size, 4), np.nan, np.float32)
    with pytest.raises(SentimentError, match=r"diverged in epoch 1.*--learning-rate"):
        fit_network(tiny_config(), corpus, start={"embedding/embeddings": broken})


@pytest.mark.parametrize("after", [3, 11])
def test_a_stopped_run_goes_on_to_the_same_weights(
    corpus: Corpus, undisturbed: Fit, tmp_path: Path, after: int
) -> None:
    recorder = Recorder(after, stop)
    with pytest.raises(StoppedError):
        fit_network(tiny_config(), corpus, state_dir=tmp_path, save_seconds=0, listener=recorder)
    rest = Recorder()
    fit = fit_network(tiny_config(), corpus, state_dir=tmp_path, listener=rest)
    assert same_weights(fit, undisturbed)
    assert len(rest.batches) < len(recorder.batches) + len(rest.batches)
    for one, other in zip(fit.epochs, undisturbed.epochs, strict=True):
        assert one.loss == pytest.approx(other.loss, rel=1e-5)
        assert one.accuracy == pytest.approx(other.accuracy, rel=1e-5)
        assert one.validation_loss == other.validation_loss


def test_a_run_stopped_between_the_last_batch_and_validation_goes_on(
    corpus: Corpus, undisturbed: Fit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("keras.Model.evaluate", lambda *_, **__: stop())
        with pytest.raises(StoppedError):
            fit_network(tiny_config(), corpus, state_dir=tmp_path, save_seconds=0)
    assert same_weights(fit_network(tiny_config(), corpus, state_dir=tmp_path), undisturbed)


@pytest.mark.parametrize("cell", ["bow", "simple_rnn", "lstm"])
def test_every_cell_goes_on_to_the_same_weights(corpus: Corpus, tmp_path: Path, cell: str) -> None:
    config = tiny_config(cell=cell, recurrent_dropout=0.2, epochs=1)
    whole = fit_network(config, corpus)
    with pytest.raises(StoppedError):
        fit_network(config, corpus, state_dir=tmp_path, save_seconds=0, listener=Recorder(4, stop))
    assert same_weights(fit_network(config, corpus, state_dir=tmp_path), whole)


def test_a_killed_process_goes_on_to_the_same_weights(
    corpus: Corpus, undisturbed: Fit, tmp_path: Path
) -> None:
    script = textwrap.dedent(
        f"""
        import sys, time
        sys.path.insert(0, {str(Path(__file__).parent)!r})
        from pathlib import Path
        from test_training import Recorder, fit_network, tiny_config, tiny_corpus
        recorder = Recorder(11, lambda: (print("here", flush=True), time.sleep(60)))
        fit_network(tiny_config(), tiny_corpus(), state_dir=Path({str(tmp_path)!r}),
                    save_seconds=0, listener=recorder)
        """
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"here\n"
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    recorder = Recorder()
    fit = fit_network(tiny_config(), corpus, state_dir=tmp_path, listener=recorder)
    assert (recorder.batches[0].epoch, recorder.batches[0].batch) > (0, 1)
    assert same_weights(fit, undisturbed)


def test_ctrl_c_keeps_the_best_epoch_and_the_state(
    corpus: Corpus, undisturbed: Fit, tmp_path: Path
) -> None:
    num_batches = len([b for b in _batches(corpus) if b.epoch == 0])
    recorder = Recorder(num_batches + 2, interrupt)
    before = signal.getsignal(signal.SIGINT)
    fit = fit_network(tiny_config(), corpus, state_dir=tmp_path, listener=recorder)
    assert signal.getsignal(signal.SIGINT) is before
    assert fit.interrupted
    assert len(fit.epochs) == 1
    assert fit.weights
    assert len(recorder.batches) == num_batches + 2
    assert same_weights(fit_network(tiny_config(), corpus, state_dir=tmp_path), undisturbed)


def test_ctrl_c_before_the_first_epoch_leaves_no_weights(corpus: Corpus, tmp_path: Path) -> None:
    recorder = Recorder(1, interrupt)
    fit = fit_network(tiny_config(), corpus, state_dir=tmp_path, listener=recorder)
    assert fit.interrupted
    assert not fit.weights
    assert load_course(tmp_path).batch == 1


def _batches(corpus: Corpus) -> list[Course]:
    recorder = Recorder()
    fit_network(tiny_config(), corpus, listener=recorder)
    return recorder.batches


def load_course(folder: Path) -> Course:
    saved = load_state(folder, [])
    assert saved is not None
    return saved[0]


@pytest.mark.parametrize("damage", [b"", b"noise" * 100])
def test_a_damaged_state_is_refused(corpus: Corpus, tmp_path: Path, damage: bytes) -> None:
    fit_network(tiny_config(epochs=1), corpus, state_dir=tmp_path)
    (tmp_path / "state.safetensors").write_bytes(damage)
    with pytest.raises(ModelError, match=r"state\.safetensors cannot be used") as caught:
        fit_network(tiny_config(epochs=1), corpus, state_dir=tmp_path)
    assert "\n" not in str(caught.value)


def test_the_state_of_another_network_is_refused(corpus: Corpus, tmp_path: Path) -> None:
    fit_network(tiny_config(epochs=1), corpus, state_dir=tmp_path)
    with pytest.raises(ModelError, match="cannot be used"):
        fit_network(tiny_config(epochs=1, units=3), corpus, state_dir=tmp_path)


def test_a_kill_while_the_state_is_written_leaves_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_state(tmp_path, Course(epoch=1), [], {})

    def fail(self: Path, target: Path) -> Path:
        raise StoppedError

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(StoppedError):
        save_state(tmp_path, Course(epoch=2), [], {})
    assert load_course(tmp_path).epoch == 1


def test_two_devices_share_every_batch() -> None:
    script = textwrap.dedent(
        f"""
        import json, sys
        sys.path.insert(0, {str(Path(__file__).parent)!r})
        import tensorflow as tf
        cpu = tf.config.list_physical_devices("CPU")[0]
        two = [tf.config.LogicalDeviceConfiguration()] * 2
        tf.config.set_logical_device_configuration(cpu, two)
        from test_training import fit_network, tiny_config, tiny_corpus
        fit = fit_network(tiny_config(epochs=15, dropout=0.0, word_dropout=0.0,
                          patience=15), tiny_corpus(61),
                          devices=["CPU:0", "CPU:1"])
        print(json.dumps([fit.num_devices, fit.epochs[-1].validation_accuracy]))
        """
    )
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=300
    )
    assert run.returncode == 0, run.stderr[-2_000:]
    num_devices, accuracy = json.loads(run.stdout.splitlines()[-1])
    assert num_devices == 2
    assert accuracy > 0.8


def test_tensorboard_logs_are_written_on_request(corpus: Corpus, tmp_path: Path) -> None:
    fit_network(tiny_config(epochs=1), corpus, tensorboard_dir=tmp_path / "logs")
    assert list((tmp_path / "logs").glob("events*"))
