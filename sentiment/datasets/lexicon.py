"""Rated words, abbreviations and emoticons, to learn what single words say.

10 people rated each from −4 to 4 (`vader_sdist`); the mean of at least 0.5 counts as positive, of
at most −0.5 as negative, the rest is kept apart as `neutral`. Splits as in `snippets`.
"""

from collections.abc import Callable

import pyarrow as pa

from sentiment.datasets.cache import load_cached, store
from sentiment.datasets.dataset import NEUTRAL, TEST, TRAIN, VALIDATION, Dataset, Split
from sentiment.datasets.snippets import NEGATIVE_TO, POSITIVE_FROM, split_of
from sentiment.datasets.vader_sdist import REQUIREMENT, SDIST_SHA256, fetch_sdist, members, unpacked

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
    key = f"lexicon-{SDIST_SHA256[:16]}-{_LAYOUT}"
    splits = load_cached(key)
    if splits is None:
        splits = _build(fetch_sdist("lexicon", progress))
        store(key, splits)
    return Dataset("lexicon", _SOURCE, splits)


def _build(sdist: bytes) -> dict[str, Split]:
    ratings: dict[str, float] = {}
    with unpacked("lexicon"):
        for line in members(sdist, (_FILE,))[_FILE].decode().splitlines():
            if line.strip():
                text, mean, *_ = line.split("\t")
                ratings.setdefault(text, float(mean))
    rows: dict[str, list[str]] = {TRAIN: [], VALIDATION: [], TEST: [], NEUTRAL: []}
    for text, rating in ratings.items():
        neutral = NEGATIVE_TO < rating < POSITIVE_FROM
        rows[NEUTRAL if neutral else split_of(text)].append(text)
    return {
        name: Split.of(
            texts,
            None if name == NEUTRAL else [int(ratings[text] > 0) for text in texts],
            rating=pa.array([ratings[text] for text in texts], pa.float64()),
        )
        for name, texts in rows.items()
    }
