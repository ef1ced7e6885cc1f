"""A model by name: the one in the store, or else trained now."""

from collections.abc import Mapping
from typing import Any

from sentiment.artifact import CONFIG, TRAINING, SavedModel, load_model
from sentiment.config import RunConfig
from sentiment.model_store import model_path
from sentiment.progress import Progress, silent
from sentiment.quiet import quiet_tensorflow


def trained_model(
    name: str, settings: Mapping[str, Any], progress: Progress = silent
) -> SavedModel:
    """Load a model, and train it first where the store has none of that name.

    A run that was stopped goes on. TensorFlow is loaded only to train.

    Args:
        name: of the model.
        settings: as `RunConfig.from_settings` takes them; a model that is there keeps its own.
        progress: is told what is being waited for.

    Raises:
        SentimentError: the settings are wrong, the model is damaged, or training failed.
        KeyboardInterrupt: Ctrl-C ended training.
    """
    path = model_path(name)
    stopped = (path / TRAINING).is_dir()
    if stopped or not (path / CONFIG).exists():
        with quiet_tensorflow():
            from sentiment.training.pipeline import new_run, train_model, unfinished_run

        run = unfinished_run(name) if stopped else new_run(RunConfig.from_settings(settings), name)
        if train_model(run, progress=progress).interrupted:
            raise KeyboardInterrupt
    return load_model(path)
