"""Where this program keeps its files on the user's machine. Creates nothing."""

import os
from pathlib import Path

import platformdirs

HOME_VARIABLE = "SENTIMENT_HOME"


def cache_dir() -> Path:
    """Folder of what can be had again: `$SENTIMENT_HOME/cache`, else the user's cache directory."""
    home = _home()
    if home is not None:
        return home / "cache"
    return Path(platformdirs.user_cache_dir("sentiment", appauthor=False))


def models_dir() -> Path:
    """Folder of trained models: `$SENTIMENT_HOME/models`, else in the user's data directory."""
    return _data_dir() / "models"


def comparisons_dir() -> Path:
    """Folder of the runs of comparisons, beside that of trained models."""
    return _data_dir() / "comparisons"


def _data_dir() -> Path:
    return _home() or Path(platformdirs.user_data_dir("sentiment", appauthor=False))


def _home() -> Path | None:
    value = os.environ.get(HOME_VARIABLE)
    return Path(value).expanduser() if value else None
