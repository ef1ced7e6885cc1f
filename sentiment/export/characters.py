"""What the tokenizer makes of each character, asked of the tokenizer itself.

TensorFlow has no Unicode normalisation, and its regular expressions know other versions of Unicode
than the tokenizer's. So `graph_tokenizer` works on tables and explicit classes of characters, and
these are read off Hugging Face `tokenizers`, a character at a time.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache

from tokenizers import Regex, normalizers, pre_tokenizers

from sentiment.tokenizer import APOSTROPHES

_CHUNK = 256
_SURROGATES = range(0xD800, 0xE000)


@dataclass(frozen=True)
class Characters:
    r"""Tables and classes of all characters of Unicode.

    Attributes:
        decomposed: the full compatibility decomposition (NFKD) of each character that has one.
        composed: what two characters next to one another become in NFC, by the two.
        combining: canonical combining class of each character that has one above 0, as its rank
            among all classes, from 1.
        lowered: what lower case and one apostrophe make of a character, where it is another.
        letters, numbers, marks, others, spaces: inside of a class of a regular expression, the
            characters that these stand for: `\p{L}`, `\p{N}`, `\p{M}`, `[^\w\s\p{C}]|_` without
            those three, and `\s`.
    """

    decomposed: dict[str, str]
    composed: dict[str, str]
    combining: dict[str, int]
    lowered: dict[str, str]
    letters: str
    numbers: str
    marks: str
    others: str
    spaces: str


@cache
def read_characters() -> Characters:
    """Ask for every character; takes a second or two."""
    every = "".join(chr(point) for point in range(0x110000) if point not in _SURROGATES)
    nfd, nfc = normalizers.NFD(), normalizers.NFC()
    decomposed, composed = _changed(every, normalizers.NFKD()), {}
    for character in decomposed:
        canonical = nfd.normalize_str(character)
        pair = nfc.normalize_str(canonical[:-1]) + canonical[-1]
        if len(pair) == 2 and nfc.normalize_str(pair) == character:
            composed[pair] = character
    letters, numbers, marks, others, spaces = (
        _members(pattern, every)
        for pattern in (r"\p{L}", r"\p{N}", r"\p{M}", r"[^\w\s\p{C}]|_", r"\s")
    )
    return Characters(
        decomposed=decomposed,
        composed=composed,
        combining=_combining(marks),
        lowered={
            **_changed(every, normalizers.Lowercase()),
            **dict.fromkeys(APOSTROPHES, "'"),
        },
        letters=_ranges(letters),
        numbers=_ranges(numbers),
        marks=_ranges(marks),
        others=_ranges(others - letters - numbers - marks),
        spaces=_ranges(spaces),
    )


def _combining(marks: set[str]) -> dict[str, int]:
    """Rank of the combining class of each mark that has one above 0, from 1.

    Of two marks in a row the one of the lower class goes first, so a class shows in how a mark
    goes with one mark of every class. Python is only asked for those; its Unicode is older.
    """
    nfd = normalizers.NFD()
    whole = sorted(mark for mark in marks if nfd.normalize_str(mark) == mark)
    of_class = {unicodedata.combining(mark): mark for mark in reversed(whole)}
    of_class.pop(0, None)

    def swap(first: str, second: str) -> bool:
        return nfd.normalize_str(first + second) == second + first

    ranks = {}
    for mark in whole:
        others = [other for other in of_class.values() if other != mark]
        lower = sum(swap(mark, other) for other in others)
        if lower or any(swap(other, mark) for other in others):
            ranks[mark] = 1 + lower
    return ranks


def _changed(every: str, normalizer: normalizers.Normalizer) -> dict[str, str]:
    """What a normalizer makes of each character that it changes."""
    found = {}
    for start in range(0, len(every), _CHUNK):
        chunk = every[start : start + _CHUNK]
        if normalizer.normalize_str(chunk) != chunk:
            found.update({each: normalizer.normalize_str(each) for each in chunk})
    return {each: changed for each, changed in found.items() if changed != each}


def _members(pattern: str, every: str) -> set[str]:
    """The characters that a pattern of one character matches, as the tokenizer reads patterns."""
    split = pre_tokenizers.Split(Regex(f"(?:{pattern})+"), behavior="removed", invert=True)
    return {each for found, _ in split.pre_tokenize_str(every) for each in found}


def _ranges(members: set[str]) -> str:
    r"""Characters as the inside of a class of a regular expression, such as `\x{61}-\x{7a}`."""
    ranges: list[list[int]] = []
    for point in sorted(map(ord, members)):
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return "".join(rf"\x{{{first:x}}}-\x{{{last:x}}}" for first, last in ranges)
