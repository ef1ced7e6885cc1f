"""The errors that this package raises on purpose.

    SentimentError
    ├── ConfigError             a setting is unknown or out of range
    ├── DataError               a data set, table or text cannot be used
    │   └── DataUnavailableError    it is not within reach; `--data auto` goes on to the next
    ├── ModelError              a model is missing, damaged, or of a newer format
    ├── ClusterError            Ray is missing, does not answer, or its workers cannot work
    └── ServerError             the server cannot start, or cannot answer a request as it is
        ├── RequestTooLargeError    it asks for more than a request may
        ├── QueueFullError          too many wait; the same request may be taken in a moment
        └── UnknownModelError       it names a model that is not served

Every message is one line that says what is wrong and what to do about it. The command line turns
them into that line and exit status 1; nothing below it does.
"""

from collections.abc import Iterable


class SentimentError(Exception):
    """Something the user can mend; the message is one line and names the remedy."""


class ConfigError(SentimentError):
    """A setting is unknown, of the wrong type, or out of range."""


class DataError(SentimentError):
    """A data set, a table or a text cannot be used as it is."""


class DataUnavailableError(DataError):
    """A data set is not within reach: not prepared here, and its hosts do not answer."""


class ModelError(SentimentError):
    """A model is missing, damaged, of a newer format, or not a model at all."""


class ClusterError(SentimentError):
    """Ray is not installed, does not answer, or its workers cannot do the work."""


class ServerError(SentimentError):
    """The server cannot start, or cannot answer a request as it is."""


class RequestTooLargeError(ServerError):
    """A request asks for more than one may."""


class QueueFullError(ServerError):
    """Too many texts wait for an answer; the same request may be taken in a moment."""


class UnknownModelError(ServerError):
    """A request names a model that is not served."""


def closest(name: str, known: Iterable[str]) -> str | None:
    """What was meant by a name that is not known, for the message; None where nothing is near."""
    import difflib

    return next(iter(difflib.get_close_matches(name, list(known), n=1)), None)
