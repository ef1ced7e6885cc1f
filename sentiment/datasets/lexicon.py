"""Rated words, abbreviations and emoticons, to learn what single words say.

10 people rated each from −4 to 4 (`vader_sdist`); the mean of at least 0.5 counts as positive, of
at most −0.5 as negative, the rest is kept apart as `neutral`. Splits as in `snippets`.
"""

from collections.abc import Callable

from sentiment.datasets.dataset import Dataset, Split
from sentiment.datasets.snippets import rated_splits
from sentiment.datasets.vader_sdist import REQUIREMENT, cached_splits, members, unpacked

_FILE = "vader_lexicon.txt"
_LAYOUT = 1
_SOURCE = f"Hutto & Gilbert 2014 (MIT), the word list of {REQUIREMENT}"


def lexicon(progress: Callable[[str], None] | None = None) -> Dataset:
    """The rated words.

    Args:
        progress: is told what is being waited for, once, if there is anything to wait for.

    Returns:
        A data set with the splits `train`, `validation`, `test` and the unlabelled `neutral`; each
        has the column `rating` (float64, −4 to 4) too.

    Raises:
        DataUnavailableError: the source distribution is not cached and cannot be had.
    """
    splits, notes = cached_splits("lexicon", _LAYOUT, _build, progress)
    return Dataset("lexicon", _SOURCE, splits, tuple(notes))


def _build(sdist: bytes) -> dict[str, Split]:
    ratings: dict[str, float] = {}
    with unpacked("lexicon"):
        for line in members(sdist, (_FILE,))[_FILE].decode().splitlines():
            if line.strip():
                text, mean, *_ = line.split("\t")
                ratings.setdefault(text, float(mean))
    return rated_splits(ratings)
