"""What tests share: a home of their own for each, and tiny models that were never trained."""

import signal
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sentiment import model_store, paths
from sentiment.artifact import save_model
from sentiment.config import RunConfig
from sentiment.experiments.parameters import count_parameters
from sentiment.onnx_graph import build_onnx
from sentiment.tokenizer import Tokenizer

SENTENCES = ("the film was good , not bad", "the plot was bad , not good")
WIDTHS = {"units": 3, "embedding_dim": 4}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep every test's models and caches in a folder of its own, and prepared IMDB out of it.

    The models that come with the package are out of sight too.

    Fixtures of a wider scope run before this one; give them a `folder`.
    """
    folder = tmp_path / "sentiment-home"
    monkeypatch.setenv(paths.HOME_VARIABLE, str(folder))
    monkeypatch.delenv("TFDS_DATA_DIR", raising=False)
    monkeypatch.setattr(model_store, "PACKAGED", tmp_path / "packaged")
    return folder


@pytest.fixture(scope="session", autouse=True)
def heeded_ctrl_c() -> None:
    """Let the processes that tests start heed Ctrl-C, which a shell's background jobs ignore."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def make_model() -> Callable[..., Path]:
    """A function that saves a tiny model; annotate it `Callable[..., Path]`."""
    return save_tiny_model


def save_tiny_model(
    name: str = "tiny",
    *,
    seed: int = 0,
    made_by: str = "train",
    sentences: Sequence[str] = SENTENCES,
    folder: Path | None = None,
    **settings: Any,
) -> Path:
    """Save a model of random weights, none of them zero.

    Args:
        name: of its directory.
        seed: decides the weights.
        made_by: `train`, or an experiment.
        sentences: what its vocabulary is made of.
        folder: the directory goes in; None takes the store of the test.
        **settings: any of `RunConfig`, such as `cell="lstm"` or `max_tokens=8`.

    Returns:
        The model directory.
    """
    config = RunConfig.from_settings({**WIDTHS, "data": ("pairs",), **settings})
    tokenizer = Tokenizer.train([*sentences, *sentences], config.data.vocabulary_size)
    draw = np.random.default_rng(seed).normal
    rows = count_parameters(config.model, tokenizer.vocabulary_size).layers
    weights = {row.name: draw(size=row.shape).astype(np.float32) for row in rows}
    path = (paths.models_dir() if folder is None else folder) / name
    save_model(
        path,
        config=config,
        tokenizer=tokenizer,
        weights=weights,
        onnx=build_onnx(config.model, weights),
        metrics={"seed": seed},
        card=f"# {name}, seed {seed}\n",
        made_by=made_by,
        data=[{"name": "pairs", "source": "a test", "fingerprint": f"{seed:064x}"}],
    )
    return path
