"""The sentence patterns of the data set `pairs`, as templates with slots.

A template is a line of tokens, each of them

    but|yet               one of these words, which share a tag
    that/SCONJ            a word with its tag, where `_TAGS` would say otherwise
    {thing} {win.adj}     a slot, filled from the lexicon; its tag is in `_SLOT_TAGS`
    [thing] [win]         short for several slots, see `_SHORT`

A sentence of a pair judges twice. `win` is the side that decides what the reader feels in the
end, `lose` the side that is given up: what is said after "but", in the main clause, of now, in
fact, by me and of "this" wins over what is said before "but", after "although", of once, as
expected, by others and of "that". The label is the polarity of `win`; swapping the sides keeps
the tokens and turns the label. In single sentences `also` has the polarity of `win`, and `lose`
is denied.

`{win.adj+}` may bring a degree word along, and an opener such as "Honestly," may come before any
sentence; neither counts in the skeleton, nor does punctuation. Knows nothing about drawing.
"""

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sentiment.datasets.pairs_templates import PAIRS, SINGLES, TOPICS

PUNCTUATION = (",", ".", ";", "!")

_SHORT = {
    "[thing]": "{det} {thing}",
    "[lose]": "{lose.det} {lose.noun} {lose.be} {lose.adj+}",
    "[win]": "{win.det} {win.noun} {win.be} {win.adj+}",
    "[lose-was]": "{lose.det} {lose.noun} {lose.was} {lose.adj+}",
    "[win-was]": "{win.det} {win.noun} {win.was} {win.adj+}",
    "[also]": "{also.det} {also.noun} {also.be} {also.adj+}",
    "[the-lose]": "{lose.det} {lose.adj} {lose.noun}",
    "[the-win]": "{win.det} {win.adj} {win.noun}",
    "[lose-noun]": "{lose.det} {lose.noun}",
    "[win-noun]": "{win.det} {win.noun}",
}

_SLOT_TAGS = {
    "det": "DET",
    "thing": "NOUN",
    "it": "PRON",
    "him": "PRON",
    "is": "AUX",
    "are": "AUX",
    "noun": "NOUN",
    "be": "AUX",
    "was": "AUX",
    "adj": "ADJ",
    "adj+": "ADJ",
    "mild": "ADJ",
    "this": "DET",
    "verb": "VERB",
    "past": "VERB",
    "effect": "VERB",
    "judgement": "NOUN",
    "mood": "NOUN",
    "trait": "NOUN",
    "adverb": "ADV",
}

_TAGS: Mapping[str, str] = {
    word: tag
    for tag, words in {
        "ADJ": "better contrary finer full mistaken nicer right worse wrong",
        "ADP": "about after at before by despite far for from in of over to with",
        "ADV": "always even hardly however just later less merely mostly more much never "
        "nevertheless not now often once only overall simply so soon still then today "
        "yesterday",
        "AUX": "are be been being cannot did don't had has have is isn't was would",
        "CCONJ": "and but yet",
        "DET": "a each every my the",
        "NOUN": "beginning brother change critics end friend moments month months mother parts "
        "refit reviews sister start times update week word year years",
        "NUM": "nine ten twenty",
        "PRON": "everybody everyone i it me nobody nothing others those what which who whoever",
        "SCONJ": "although because how if than that though until when while",
        "VERB": "assumed became began call called come convinced ended expected felt filled forgot "
        "found gave got grew heard ignored imagined learned looked outshine outshone outweigh "
        "outweighed overshadow overshadowed persuaded prefer proved read recommend runs seemed "
        "sounded started take thought told turned used went works",
    }.items()
    for word in words.split()
}


@dataclass(frozen=True)
class Pattern:
    """One kind of sentence.

    Attributes:
        name: the same in the column `pattern` of the data set.
        family: `contrast`, `negation`, `time`, `expectation`, `comparison`, `agent`, `cause`, or
            `single` for sentences that come alone.
        template: the tokens with every slot written out.
        skeleton: part-of-speech tag of each token but punctuation, openers and degree words.
        unseen: it occurs in the test split only.
        topics: names of the topics that it can be about.
    """

    name: str
    family: str
    template: str
    skeleton: tuple[str, ...]
    unseen: bool
    topics: tuple[str, ...]


@cache
def patterns() -> tuple[Pattern, ...]:
    """The patterns of pairs, in a fixed order; ten of them are `unseen`."""
    return tuple(
        read_line(family, *line) for family, table in PAIRS.items() for line in _lines(table)
    )


@cache
def single_patterns() -> tuple[Pattern, ...]:
    """The patterns of sentences that come alone, family `single`."""
    return tuple(read_line("single", *line) for line in _lines(SINGLES))


def words_of(token: str) -> tuple[str, ...]:
    """The words that a token of a template allows: `but|yet` is `but` or `yet`."""
    return tuple(word.partition("/")[0] for word in token.split("|"))


def slot_of(token: str) -> str | None:
    """The name of a slot, `win.adj` of `{win.adj}`; None for words and punctuation."""
    return token[1:-1] if token.startswith("{") else None


def _lines(table: str) -> list[tuple[str, str, str]]:
    """Name, topics and template of each entry; further indented lines go on with the last."""
    entries: list[str] = []
    for line in textwrap.dedent(table).strip().splitlines():
        if line.startswith(" "):
            entries[-1] += " " + line.strip()
        else:
            entries.append(line)
    return [(name, about, rest) for name, about, rest in (e.split(maxsplit=2) for e in entries)]


def read_line(family: str, name: str, about: str, template: str) -> Pattern:
    """The pattern of one entry of a table of templates.

    Raises:
        KeyError: a word or slot has no tag, or `about` names no topics.
        ValueError: alternatives have different tags.
    """
    written = " ".join(_SHORT.get(token, token) for token in template.split())
    skeleton = tuple(_tag(token) for token in written.split() if token not in PUNCTUATION)
    topics = tuple(TOPICS[about].split())
    return Pattern(name.lstrip("*"), family, written, skeleton, name.startswith("*"), topics)


def _tag(token: str) -> str:
    """The tag of a token of a template.

    Raises:
        KeyError: a word or slot has no tag.
        ValueError: alternatives have different tags.
    """
    slot = slot_of(token)
    if slot is not None:
        return _SLOT_TAGS[slot.rpartition(".")[2]]
    tags = {
        tag or _TAGS[word] for word, _, tag in (each.partition("/") for each in token.split("|"))
    }
    if len(tags) > 1:
        raise ValueError(f"{token!r} has several tags: {sorted(tags)}")
    return tags.pop()
