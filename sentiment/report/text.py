"""What all tables share: texts shown as they are, shares, bars.

Names, paths and texts are the user's: they go through `plain`, so that square brackets, `:smile:`
and control characters in them are shown and do nothing.
"""

import re
from typing import TYPE_CHECKING

from rich.text import Text

if TYPE_CHECKING:
    from sentiment.results import Evaluation

LABEL_STYLES = {"positive": "green", "negative": "red"}

_BAR = 20
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def plain(text: str, style: str = "") -> Text:
    """A text as it is; Rich reads markup in a `str`, and passes control characters on."""
    return Text(_CONTROL.sub("\ufffd", text), style=style)


def bar(share: float) -> str:
    """A share from 0 to 1 as a bar of 20 characters."""
    filled = round(share * _BAR)
    return "█" * filled + "░" * (_BAR - filled)


def percent(share: float) -> str:
    """A share from 0 to 1 in per cent, with two decimals."""
    return f"{100 * share:.2f} %"


def accuracy(found: "Evaluation") -> str:
    """An accuracy with its interval, in per cent."""
    low, high = found.accuracy_interval
    return f"{percent(found.accuracy)} ({100 * low:.2f}–{100 * high:.2f})"


def shortened(text: str, most: int = 200) -> str:
    """A text on one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"
