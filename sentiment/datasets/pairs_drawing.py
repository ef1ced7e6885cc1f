"""Draws sentences of the data set `pairs`: fills the slots of a pattern from the lexicon.

Knows nothing about splits, and does not remember what it drew.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sentiment.datasets.chance import Chance
from sentiment.datasets.pairs_grammar import PUNCTUATION, Pattern, slot_of, words_of
from sentiment.datasets.pairs_lexicon import (
    FOR_THINGS_ONLY,
    HE,
    SHE,
    Topic,
    Words,
    judging_words,
    past,
    topics,
)

_OPENERS = (
    "honestly ,",
    "frankly ,",
    "to be fair ,",
    "in my opinion ,",
    "if you ask me ,",
    "truth be told ,",
    "in short ,",
    "to tell you the truth ,",
    "all in all ,",
    "i must say ,",
    "to my mind ,",
)
_DEGREES = ("really", "truly", "quite", "decidedly")
_POINTING = ("that", "this")
_SHARE_OPENER = 0.2
_SHARE_DEGREE = 0.25
_SHARE_PLURAL = 0.3
_SHARE_NO_STOP = 0.1
_SHARE_EXCLAIMED = 0.1
_SHARE_JUDGING = 0.25


@dataclass(frozen=True)
class _Plan:
    """A pattern, read: what its slots ask for.

    Attributes:
        tokens: for each token of the template the words it allows, or (side, field) of a slot;
            the side is "" where both sides share the slot.
        fields: the fields of all slots.
        same_number: a verb stands on one side only, so that both nouns must agree with it.
        also: it says the same of a second thing.
    """

    tokens: tuple[tuple[tuple[str, ...], tuple[str, str] | None], ...]
    fields: frozenset[str]
    same_number: bool
    also: bool

    @property
    def judges(self) -> bool:
        """A word judges, so that it can be held out."""
        return "this" not in self.fields

    @property
    def names(self) -> bool:
        """A noun says what is judged."""
        return not self.fields.isdisjoint({"thing", "noun"})


@cache
def _plan(pattern: Pattern) -> _Plan:
    tokens: list[tuple[tuple[str, ...], tuple[str, str] | None]] = []
    for token in pattern.template.split():
        slot = slot_of(token)
        if slot is None:
            tokens.append((words_of(token), None))
        else:
            side, _, field = slot.rpartition(".")
            tokens.append(((), (side, field)))
    slots = Counter(slot for _, slot in tokens if slot is not None)
    return _Plan(
        tuple(tokens),
        frozenset(field.rstrip("+") for _, field in slots),
        slots["win", "be"] != slots["lose", "be"] or slots["win", "was"] != slots["lose", "was"],
        any(side == "also" for side, _ in slots),
    )


class Sentences(Chance):
    """Draws the sentences of patterns, the same ones from the same seed."""

    def draw(self, pattern: Pattern, *, held_out: bool = False) -> tuple[str, str]:
        """A negative and a positive sentence of one pattern; the same tokens, if it is of pairs.

        With `held_out` one noun or one judging word is from the held-out words, unless the place
        has none.
        """
        plan = _plan(pattern)
        held_noun = held_out and plan.names and not (plan.judges and self.chance(_SHARE_JUDGING))
        held_side = self.index(2) if held_out and not held_noun else None
        be = self.choice((("was", "were"), ("is", "are")))
        topic = self.choice(_topics_of(pattern))
        shared = self._shared(topic, held_noun) | {"is": be[0], "are": be[1]}
        plural = self.chance(_SHARE_PLURAL)
        sides: list[dict[str, str]] = []
        for polarity in (0, 1, 0, 1) if plan.also else (0, 1):
            about, values = topic, {}
            if "noun" in plan.fields:
                about = self.choice(_meeting(topic))
                plural = plural if plan.same_number else self.chance(_SHARE_PLURAL)
                met = sides if len(sides) < 2 else sides[polarity : polarity + 1]
                values = self._clause(about, plural, met, held_noun)
                values |= {"be": be[plural], "was": ("was", "were")[plural]}
            held_judging = polarity == held_side and len(sides) < 2
            self._judge(values, plan, about, polarity, held_judging)
            while len(sides) >= 2 and values["adj"] == sides[polarity]["adj"]:
                self._judge(values, plan, about, polarity, held_out=False)
            sides.append(values)
        beside = [self._beside(words, slot) for words, slot in plan.tokens]
        opener = self.choice(_OPENERS).split() if self.chance(_SHARE_OPENER) else []
        stop = self.random.random()
        texts = []
        for label in (0, 1):
            by_side = {
                "": shared,
                "win": sides[label],
                "lose": sides[1 - label],
                "also": sides[-2 + label],
            }
            tokens = opener + [
                word + by_side[slot[0]][slot[1].rstrip("+")] if slot else word
                for (_, slot), word in zip(plan.tokens, beside, strict=True)
            ]
            texts.append(_written(tokens, stop))
        return texts[0], texts[1]

    def _shared(self, topic: Topic, held_out: bool) -> dict[str, str]:
        """The thing that a whole sentence judges, with its determiner and pronouns."""
        thing = self._pick(topic.things, held_out)
        he = thing in HE or (thing not in SHE and self.chance(0.5))
        it, him = (("he", "him") if he else ("she", "her")) if topic.person else ("it", "it")
        determiner = self._determiner(topic.determiners, plural=False)
        return {"det": determiner, "thing": thing, "it": it, "him": him}

    def _clause(
        self, about: Topic, plural: bool, others: Sequence[dict[str, str]], held_out: bool
    ) -> dict[str, str]:
        """A noun that the other clauses do not have, with its determiner."""
        words = about.plurals if plural else about.parts
        taken = {values["noun"] for values in others}
        noun = self._pick(words, held_out and not others)
        while noun in taken:
            noun = self.choice(words.known)
        whole = about.person or noun in about.things.known + about.things.held_out
        determiners = about.determiners if whole else ("the",)
        return {"noun": noun, "det": self._determiner(determiners, plural)}

    def _beside(self, words: tuple[str, ...], slot: tuple[str, str] | None) -> str:
        """What stands in a place whichever side fills it: a word, or a degree word if any."""
        if slot is None:
            return self.choice(words)
        graded = slot[1].endswith("+") and self.chance(_SHARE_DEGREE)
        return self.choice(_DEGREES) + " " if graded else ""

    def _judge(
        self, values: dict[str, str], plan: _Plan, about: Topic, polarity: int, held_out: bool
    ) -> None:
        """Add the words of one polarity that the plan asks for."""
        for field in sorted(plan.fields):
            if field == "adj":
                values["adj"] = self._pick(about.adjectives[polarity], held_out)
            elif field == "mild":
                words = about.mild if polarity else about.adjectives[0]
                values["mild"] = self._pick(words, held_out)
            elif field == "this":
                values["this"] = _POINTING[polarity]
            elif field in ("verb", "past"):
                if "verb" not in values:
                    verbs = _verbs(about.person)[polarity]
                    values["verb"] = self._pick(verbs, held_out)
                    values["past"] = past(values["verb"])
            elif field in judging_words():
                values[field] = self._pick(judging_words()[field][polarity], held_out)

    def _determiner(self, determiners: Sequence[str], plural: bool) -> str:
        """One of them, the first most often, and never "this" before a plural."""
        determiner = self.choice(determiners) if self.chance(0.5) else determiners[0]
        return "the" if plural and determiner == "this" else determiner

    def _pick(self, words: Words, held_out: bool) -> str:
        return self.choice(words.held_out if held_out and words.held_out else words.known)


@cache
def _topics_of(pattern: Pattern) -> tuple[Topic, ...]:
    return tuple(topic for topic in topics() if topic.name in pattern.topics)


@cache
def _meeting(topic: Topic) -> tuple[Topic, ...]:
    """The topics that can meet this one in a sentence."""
    return tuple(other for other in topics() if other.domain == topic.domain)


@cache
def _verbs(person: bool) -> tuple[Words, Words]:
    """The feeling verbs for a person or a thing, (negative, positive)."""
    negative, positive = (
        Words(tuple(v for v in verbs.known if not (person and v in FOR_THINGS_ONLY)), ())
        for verbs in judging_words()["verb"]
    )
    return negative, positive


def _written(tokens: Sequence[str], stop: float) -> str:
    """Tokens as people write them; `stop` in [0, 1) decides how the sentence ends."""
    words = list(tokens)
    if words[-1] == "." and stop < _SHARE_NO_STOP + _SHARE_EXCLAIMED:
        words[-1] = "" if stop < _SHARE_NO_STOP else "!"
    text = " ".join("I" if word == "i" else word for word in words).strip()
    for mark in PUNCTUATION:
        text = text.replace(f" {mark}", mark)
    return text[0].upper() + text[1:]
