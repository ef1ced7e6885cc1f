"""The data set `pairs`: word-order pairs and single sentences, drawn from the project's grammar.

The two sentences of a pair have the same tokens, as often, and opposite labels, so that nothing
but the order of words tells them apart. The test split has pairs alone: most of patterns that
training shows, the rest of the ten that it does not. Some of its pairs of known patterns have a
content word that training does not show. Mostly that is a noun, which decides nothing; else it
judges, and then the other side decides, whose word is known and of the opposite polarity.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

import pyarrow as pa

from sentiment.datasets.dataset import TEST, TRAIN, VALIDATION, Dataset, Split
from sentiment.datasets.pairs_drawing import Sentences
from sentiment.datasets.pairs_grammar import Pattern, patterns, single_patterns
from sentiment.datasets.pairs_lexicon import content_words, held_out_words, topics
from sentiment.errors import DataError

__all__ = [
    "Pattern",
    "content_words",
    "held_out_words",
    "num_distinct_at_least",
    "pairs",
    "patterns",
    "single_patterns",
]

NO_PAIR = -1

_SHARE_VALIDATION = 0.08
_SHARE_TEST = 0.2
_SHARE_UNSEEN = 0.3  # of the test pairs
_SHARE_HELD_OUT = 0.3  # of the test pairs of known patterns
_SINGLES_PER_PAIR = 2 / 3
_MIN_PAIRS = 100
_TRIES_A_PATTERN = 20
_MAX_TRIES = 2_000


@dataclass(frozen=True)
class _Row:
    text: str
    label: int
    pair: int
    pattern: Pattern


def pairs(num_pairs: int = 10_000, seed: int = 0) -> Dataset:
    """Draw the data set.

    Of the pairs, 72 % are for training, 8 % for validation and 20 % for the test; training and
    validation have two single sentences for every three pairs besides. Rows are in random order,
    and no sentence occurs twice. Columns besides `text` and `label`:

        pair (int32): the same number for the two sentences of a pair, -1 for a single sentence
        pattern (string): the name of the pattern
        unseen_pattern (bool): the pattern occurs in the test split only
        held_out_words (bool): a content word of the sentence occurs in the test split only

    Args:
        num_pairs: pairs in the three splits together, at least 100.
        seed: decides every choice; which patterns and words are held out never changes.

    Raises:
        DataError: `num_pairs` is below 100, or more than the grammar can give.
    """
    if num_pairs < _MIN_PAIRS:
        raise DataError(f"'pairs' needs num_pairs of at least {_MIN_PAIRS}, not {num_pairs}")
    num_validation = round(num_pairs * _SHARE_VALIDATION)
    num_test = round(num_pairs * _SHARE_TEST)
    num_train = num_pairs - num_validation - num_test
    num_unseen = round(num_test * _SHARE_UNSEEN)
    num_held_out = round((num_test - num_unseen) * _SHARE_HELD_OUT)
    known = [pattern for pattern in patterns() if not pattern.unseen]
    unseen = [pattern for pattern in patterns() if pattern.unseen]
    drawing = _Drawing(seed)
    rows = {
        TRAIN: drawing.pairs(known, num_train)
        + drawing.singles(round(num_train * _SINGLES_PER_PAIR)),
        VALIDATION: drawing.pairs(known, num_validation)
        + drawing.singles(round(num_validation * _SINGLES_PER_PAIR)),
        TEST: drawing.pairs(known, num_test - num_unseen - num_held_out)
        + drawing.pairs(known, num_held_out, held_out=True)
        + drawing.pairs(unseen, num_unseen),
    }
    return Dataset(
        name="pairs",
        source=f"word-order pairs from this project's own grammar, seed {seed}",
        splits={name: _split(drawing.sentences.shuffled(rows[name])) for name in rows},
    )


def num_distinct_at_least() -> int:
    """A lower bound of the number of distinct sentences.

    Counts the patterns that judge one thing with two adjectives, and in them the choices of the
    thing, the adjectives and the label; openers, degree words, determiners and alternatives,
    and all other patterns come on top.
    """
    return sum(
        2 * prod(len(words) for words in (topic.things, *topic.adjectives))
        for pattern in patterns()
        if all(slot in pattern.template for slot in ("{thing}", "{win.adj", "{lose.adj"))
        for topic in topics()
        if topic.name in pattern.topics
    )


class _Drawing:
    """Draws rows from a seed, and no sentence twice."""

    def __init__(self, seed: int) -> None:
        self.sentences = Sentences(seed)
        self._drawn: set[str] = set()
        self._num_pairs = 0

    def pairs(
        self, of_patterns: Sequence[Pattern], count: int, *, held_out: bool = False
    ) -> list[_Row]:
        """The rows of `count` pairs, patterns in turn; every pair or none has a held-out word."""
        rows: list[_Row] = []
        for turn in range(count):
            pattern, texts = self._new(of_patterns, turn, (0, 1), held_out)
            rows += [_Row(texts[label], label, self._num_pairs, pattern) for label in (0, 1)]
            self._num_pairs += 1
        return rows

    def singles(self, count: int) -> list[_Row]:
        """The rows of `count` single sentences, patterns and labels in turn."""
        rows: list[_Row] = []
        of_patterns = single_patterns()
        for turn in range(count):
            label = turn % 2
            pattern, texts = self._new(of_patterns, turn // 2, (label,), False)
            rows.append(_Row(texts[0], label, NO_PAIR, pattern))
        return rows

    def _new(
        self, of_patterns: Sequence[Pattern], turn: int, labels: Sequence[int], held_out: bool
    ) -> tuple[Pattern, list[str]]:
        """A pattern and texts with `labels` that were not drawn before.

        A pattern that has no more to give passes its turn to the next one.
        """
        for attempt in range(_MAX_TRIES):
            pattern = of_patterns[(turn + attempt // _TRIES_A_PATTERN) % len(of_patterns)]
            drawn = self.sentences.draw(pattern, held_out=held_out)
            texts = [drawn[label] for label in labels]
            keys = {text.lower() for text in texts}
            if self._drawn.isdisjoint(keys) and _has_held_out(texts[0]) == held_out:
                self._drawn |= keys
                return pattern, texts
        raise DataError(f"the grammar of 'pairs' ran out after {len(self._drawn)} sentences")


def _split(rows: Sequence[_Row]) -> Split:
    return Split.of(
        [row.text for row in rows],
        [row.label for row in rows],
        pair=pa.array([row.pair for row in rows], pa.int32()),
        pattern=pa.array([row.pattern.name for row in rows], pa.string()),
        unseen_pattern=pa.array([row.pattern.unseen for row in rows], pa.bool_()),
        held_out_words=pa.array([_has_held_out(row.text) for row in rows], pa.bool_()),
    )


def _has_held_out(text: str) -> bool:
    words = text.lower().replace(",", "").replace(";", "").rstrip(".!").split()
    return not held_out_words().isdisjoint(words)
