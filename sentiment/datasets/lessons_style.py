"""How the sentences of the data set `lessons` are typed: case, full stops, openers, apostrophes.

Every choice is by chance alone, so that no way of typing gives a label away.
"""

import re

from sentiment.datasets.chance import Chance

_OPENERS = (
    "honestly, ", "to be honest, ", "well, ", "in my opinion, ", "overall, ", "i must say, ",
    "tbh ", "imo ", "ok so ", "to be fair, ", "i have to say, ", "for me, ", "all in all, ",
    "in short, ", "hi all, ", "update: ", "just saying, ", "hmm, ", "so, ",
)  # fmt: skip
_TAILS = (
    ", to be honest",
    " imo",
    ", if you ask me",
    ", honestly",
    " tbh",
    ", really",
    ", I think",
)
_ENDS = ((0.62, "."), (0.8, ""), (0.91, "!"), (0.94, "..."), (0.97, "!!"), (1.0, "!!!"))
_CALM_ENDS = ((0.75, "."), (0.97, ""), (1.0, "..."))
_SHARE_LOWER = 0.22
_SHARE_NO_APOSTROPHE = 0.3  # of the lower-case ones
_SHARE_SHOUTED = 0.01
_SHARE_OPENER = 0.1
_SHARE_TAIL = 0.03
_KEPT_END = re.compile(r"([.?!)(<3/]|:D|\bxx|[^\w\s'\"])$")
_SENTENCE = re.compile(r"([.?!] )([a-z])")
_WORD = re.compile(r"\w+|[:;]-?[()d/]|<3|[^\x00-\x7f\s]")
_ALONE_I = re.compile(r"\bi\b(?!\.e\.)")


def styled(text: str, by: Chance, *, opener: bool = False, exclaim: bool = True) -> str:
    """A sentence as somebody might type it.

    Args:
        text: a sentence; it may have its capital and its full stop already.
        by: makes the choices.
        opener: it may begin with "Honestly," and the like, or end with "to be honest".
        exclaim: it may end with an exclamation mark.
    """
    text = text.removesuffix(".") if not text.endswith("..") else text
    if opener and by.chance(_SHARE_OPENER):
        text = _OPENERS[by.index(len(_OPENERS))] + text
    elif opener and by.chance(_SHARE_TAIL) and "?" not in text:
        text += _TAILS[by.index(len(_TAILS))]
    if not _KEPT_END.search(text):
        drawn = by.index(1_000) / 1_000
        text += next(end for share, end in (_ENDS if exclaim else _CALM_ENDS) if drawn < share)
    if by.chance(_SHARE_LOWER):
        text = text.lower() if ":D" not in text else text
        return text.replace("'", "") if by.chance(_SHARE_NO_APOSTROPHE) else text
    if exclaim and by.chance(_SHARE_SHOUTED):
        return text.upper()
    text = _SENTENCE.sub(lambda match: match[1] + match[2].upper(), text)
    text = _ALONE_I.sub("I", text)
    return text[0].upper() + text[1:]


def key_of(text: str) -> str:
    """What makes two sentences the same: words and smileys, whatever the case and the marks."""
    return " ".join(_WORD.findall(text.lower().replace("'", "").replace("’", ""))) or text
