"""English forms that the sentences of the data set `lessons` need: articles, plurals, capitals."""

import re

from sentiment.datasets.lessons_lexicon import PLURAL, Noun

_ARTICLE = re.compile(r"\b([Aa]) (?=[aeiouAEIOU])(?!(?:one|use|uni[qtvf]|[Ee]u|[Uu]kr))")
_SPACES = re.compile(r"  +")
_HOUR = re.compile(r"\b([Aa]) (?=(?:hour|honest|8|11|18)\b)")


def determined(determiner: str, noun: Noun) -> str:
    """A noun with a determiner that agrees with it."""
    words = f"{determiner} {noun.word}"
    if noun.number == PLURAL:
        words = words.replace("this ", "these ", 1) if words.startswith("this ") else words
        words = words.replace("that ", "those ", 1) if words.startswith("that ") else words
    elif words.startswith("these "):
        words = words.replace("these ", "this ", 1)
    return words


def plural_of(noun: str) -> str:
    """The plural of a countable noun."""
    for ending, plural in (("fe", "ves"), ("shelf", "shelves")):
        if noun.endswith(ending) and noun != "café":
            return noun.removesuffix(ending) + plural
    if noun.endswith("y") and noun[-2] not in "aeou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


def third_person(verb: str) -> str:
    """The third person singular of a verb."""
    return verb + "s"


def mended(text: str) -> str:
    """Articles before vowels, and single spaces."""
    if "a " in text or "A " in text:
        text = _HOUR.sub(r"\1n ", _ARTICLE.sub(r"\1n ", text))
    if "  " in text:
        text = _SPACES.sub(" ", text)
    return text.strip()


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]
