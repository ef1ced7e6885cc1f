"""Rated sentences in four domains: films, tweets, products and editorials.

Hutto & Gilbert (2014), VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social
Media Text, ICWSM-14. 20 people rated each sentence from −4 to 4; the mean of at least 0.5 counts as
positive, of at most −0.5 as negative, the rest is kept apart as `neutral`. MIT licence. The files
come with `vader_sdist`.

A labelled sentence belongs to a split by its text alone, whatever else is in the set:
`int(sha256(text as UTF-8).hexdigest(), 16) % 10` is 0 to 7 in `train`, 8 in `validation`, 9 in
`test`. A text that occurs more than once counts once, with the rating it has first.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping

import pyarrow as pa
import pyarrow.compute

from sentiment.datasets.dataset import NEUTRAL, TEST, TRAIN, VALIDATION, Dataset, Split
from sentiment.datasets.vader_sdist import REQUIREMENT, cached_splits, members, unpacked
from sentiment.errors import DataError, closest

POSITIVE_FROM = 0.5
NEGATIVE_TO = -0.5

DOMAIN_FILES = {
    "films": "movieReviewSnippets_GroundTruth.txt",
    "tweets": "tweets_GroundTruth.txt",
    "products": "amazonReviewSnippets_GroundTruth.txt",
    "editorials": "nytEditorialSnippets_GroundTruth.txt",
}
DOMAINS = tuple(DOMAIN_FILES)

_INNER_ARCHIVE = "hutto_ICWSM_2014.tar.gz"
_ENCODING = "utf-8"
_LAYOUT = 2
_SOURCE = f"Hutto & Gilbert 2014 (MIT), inside the source distribution of {REQUIREMENT}"


def snippets(domain: str | None = None, progress: Callable[[str], None] | None = None) -> Dataset:
    """The rated sentences of all domains, or of one.

    Args:
        domain: one of `DOMAINS`; None takes all.
        progress: is told what is being waited for, once, if there is anything to wait for.

    Returns:
        A data set named `snippets` or `snippets:films`, with the splits `train`, `validation`,
        `test` and the unlabelled `neutral`; each has the columns `domain` (string) and `rating`
        (float64, −4 to 4) too.

    Raises:
        DataError: there is no such domain.
        DataUnavailableError: the source distribution is not cached and cannot be had.
    """
    if domain is not None and domain not in DOMAINS:
        close = closest(domain, DOMAINS)
        hint = f"did you mean 'snippets:{close}'? " if close else ""
        raise DataError(
            f"there is no domain {domain!r} in snippets; {hint}There are {', '.join(DOMAINS)}"
        )
    splits, notes = cached_splits("snippets", _LAYOUT, _build, progress)
    notes = ["sentences that occur more than once are kept once", *notes]
    if domain is not None:
        splits = {name: _of_domain(split, domain) for name, split in splits.items()}
    notes.append(f"{len(splits[NEUTRAL]):,} sentences with a mean rating near 0 are kept apart")
    name = "snippets" if domain is None else f"snippets:{domain}"
    return Dataset(name, _SOURCE, splits, tuple(notes))


def split_of(text: str) -> str:
    """The split that a labelled sentence belongs to, by its text alone."""
    remainder = int(hashlib.sha256(text.encode("utf-8")).hexdigest(), 16) % 10
    if remainder == 9:
        return TEST
    return VALIDATION if remainder == 8 else TRAIN


def _of_domain(split: Split, domain: str) -> Split:
    return Split(split.table.filter(pyarrow.compute.equal(split.table["domain"], domain)))


# === Reading ===


def rated_splits(ratings: Mapping[str, float], **columns: Mapping[str, str]) -> dict[str, Split]:
    """The splits of rated texts.

    Args:
        ratings: mean rating of each text, −4 to 4.
        columns: by name, what each text has in a column of its own, beside `rating`.
    """
    rows: dict[str, list[str]] = {TRAIN: [], VALIDATION: [], TEST: [], NEUTRAL: []}
    for text, rating in ratings.items():
        neutral = NEGATIVE_TO < rating < POSITIVE_FROM
        rows[NEUTRAL if neutral else split_of(text)].append(text)
    return {
        name: Split.of(
            texts,
            None if name == NEUTRAL else [int(ratings[text] > 0) for text in texts],
            **{
                column: pa.array([value[text] for text in texts], pa.string())
                for column, value in columns.items()
            },
            rating=pa.array([ratings[text] for text in texts], pa.float64()),
        )
        for name, texts in rows.items()
    }


def _build(sdist: bytes) -> dict[str, Split]:
    domains: dict[str, str] = {}
    ratings: dict[str, float] = {}
    for domain, text, rating in _rated_sentences(sdist):
        if text not in ratings:
            domains[text], ratings[text] = domain, rating
    return rated_splits(ratings, domain=domains)


def _rated_sentences(sdist: bytes) -> Iterator[tuple[str, str, float]]:
    """Yield (domain, text, mean rating), domain by domain in the order of the files."""
    with unpacked("snippets"):
        files = members(members(sdist, (_INNER_ARCHIVE,))[_INNER_ARCHIVE], DOMAIN_FILES.values())
        for domain, file_name in DOMAIN_FILES.items():
            for line in files[file_name].decode(_ENCODING).split("\n"):
                if line.strip():
                    _, rating, text = line.rstrip("\r").split("\t")
                    yield domain, text, float(rating)
