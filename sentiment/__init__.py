"""sentiment: recurrent text sentiment classification, every claim a report that you can run.

    import sentiment

    model = sentiment.load()
    model.predict(["I like coffee"])[0].label

Importing it imports nothing but the standard library.
"""

from typing import TYPE_CHECKING, Any

from sentiment.errors import SentimentError

if TYPE_CHECKING:
    from pathlib import Path

    from sentiment.api import Model
    from sentiment.results import TrainingResult

__version__ = "0.1.0"
__all__ = ["SentimentError", "__version__", "load", "train"]


def load(name_or_path: "str | Path | None" = None) -> "Model":
    """Load a trained model, as every command does; needs no TensorFlow.

    Args:
        name_or_path: a name that `sentiment models list` shows, or the path of a model's
            directory. None takes the one in use, else the newest, else the one that comes with the
            package.

    Raises:
        SentimentError: there is no such model, or it is damaged.
    """
    from sentiment.api import load_model_named

    return load_model_named(name_or_path)


def train(name: str | None = None, **settings: Any) -> "TrainingResult":
    """Train a model and save it, as `sentiment train` does; `load(result.model)` loads it.

    Args:
        name: what to call the model; None takes its cell and the time.
        **settings: any of `DataConfig`, `ModelConfig` and `TrainingConfig`, such as `cell="gru"`
            or `data="imdb"`; what is not given has its default.

    Returns:
        The figures, and the model's name and path.

    Raises:
        SentimentError: a setting is wrong, the data cannot be had, or training diverged.
    """
    from sentiment.api import train_with

    return train_with(name, settings)
