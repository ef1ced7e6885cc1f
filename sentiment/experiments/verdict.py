"""What figures say of a sentence in a textbook."""

from dataclasses import dataclass

HOLDS = "holds here"
FAILS = "does not hold here"
CANNOT_TELL = "cannot tell"


@dataclass(frozen=True)
class Verdict:
    """A sentence, and what was measured of it.

    Attributes:
        claim: the sentence.
        answer: `holds here`, `does not hold here` or `cannot tell`.
        evidence: the figures that decide, or what is missing.
    """

    claim: str
    answer: str
    evidence: str
