"""What one sentence of the data set `lessons` speaks of, and the words that judge it.

A slot is filled once, so that `{the}` is the same thing wherever it stands, and with both labels.
Knows nothing about how templates are written.
"""

from collections.abc import Sequence
from functools import cache

from sentiment.datasets import lessons_judgements as judging
from sentiment.datasets import lessons_names as naming
from sentiment.datasets.chance import Chance
from sentiment.datasets.lessons_fitting import fitting, meeting, topic_named
from sentiment.datasets.lessons_lexicon import (
    COUNT,
    HE,
    PLURAL,
    SHE,
    Noun,
    Topic,
    items,
)
from sentiment.datasets.lessons_templates import Template
from sentiment.datasets.lessons_words import capital, determined, plural_of, third_person

_SIDES = {"neg": 0, "pos": 1}
_TOPIC_OF = {"person": "boss", "place": "sight", "stay": "stay", "food": "dish"}
_DEGREES = ("really ", "so ", "truly ", "just ")
_SHARE_DEGREE = 0.45
_SHARE_SMILE = 0.65
_PLAIN = {
    "gadj": judging.GENERAL["thing"],
    "gmild": judging.MILD,
    "effect": judging.EFFECTS,
    "mood": judging.MOODS,
    "moodg": judging.MOODS_ABOUT_THINGS,
    "moodw": judging.MOODS_WITH,
    "moodm": judging.MILD_MOODS,
    "nameless": judging.NAMELESS,
    "flaw": judging.FLAWS,
    "gen": judging.GENERIC,
    "betterworse": judging.COMPARATIVES,
    "bestworst": judging.SUPERLATIVES,
    "smile": judging.SMILES,
    "judge": judging.JUDGEMENTS,
    "adv": judging.ADVERBS,
    "adv2": judging.ADVERBS,
}
_FORMS = {
    "feel": (judging.FEELINGS, 0),
    "felt": (judging.FEELINGS, 1),
    "feels": (judging.FEELINGS, 2),
    "plainfeel": (judging.PLAIN_FEELINGS, 0),
    "plainfelt": (judging.PLAIN_FEELINGS, 1),
    "bare": (judging.DENIED_EFFECTS, 0),
    "ed": (judging.DENIED_EFFECTS, 1),
}
_FREE = {
    "name": naming.NAMES,
    "place": naming.PLACES,
    "identity": naming.IDENTITIES,
    "people": naming.PEOPLE,
    "friend": naming.FRIENDS,
    "time": naming.TIMES,
    "day": naming.DAYS,
    "clock": naming.CLOCK,
    "number": naming.NUMBERS,
    "workplace": naming.PROFESSIONS,
    "event": naming.EVERYDAY,
    "pastime": naming.PASTIMES,
    "this": naming.POINTERS,
    "all": naming.TOTALS,
}


class Scene:
    """What one sentence speaks of; every slot keeps its value."""

    def __init__(self, drawing: Chance, template: Template) -> None:
        self._drawing = drawing
        self._label = 0
        self._same_topic = template.skill == "comparison"
        self._things: dict[tuple[str, str], str] = {}
        self._judgements: dict[tuple[str, str], str] = {}
        self._tense = drawing.index(2)
        self._other: tuple[Topic, Noun] | None = None
        self._person = False
        if template.scope != "free":
            self._topic, self._noun = drawing.choice(fitting(template))
            self._person = self._topic.person
            word = self._noun.word
            self._he = word in HE or (word not in SHE and drawing.chance(0.5))

    def judge(self, label: int) -> None:
        """Begin a sentence with this label, about the same things."""
        self._label = label
        self._judgements = {}

    def value(self, side: str, field: str) -> str:
        """What stands in a slot."""
        key = (side, field)
        values = self._things if side in ("", "other") else self._judgements
        if key not in values:
            values[key] = self._drawn(side, field)
        return values[key]

    def _drawn(self, side: str, field: str) -> str:  # noqa: PLR0911
        if field.endswith("cap") and field != "cap":
            return capital(self.value(side, field.removesuffix("cap").rstrip(".")))
        if side == "other":
            return self._of_noun(field, *self._another())
        if side in _TOPIC_OF:
            return self._of_topic(side, field)
        if side:
            polarity = _SIDES.get(side, self._label if side == "win" else 1 - self._label)
            return self._judgement(side, field, polarity)
        if field == "age":
            return str(self._drawing.index(60) + 18)
        base = field.rstrip("0123456789")
        if base in _FREE:
            return self._free(base, field)
        return self._of_noun(field, self._topic, self._noun)

    def _free(self, base: str, field: str) -> str:
        first = self._things.get(("", base))
        value = self._drawing.choice(_FREE[base])
        while field != base and value == first:
            value = self._drawing.choice(_FREE[base])
        return value

    def _another(self) -> tuple[Topic, Noun]:
        if self._other is None:
            choices = meeting(self._topic.name if self._same_topic else "", self._topic.domain)
            self._other = self._drawing.choice(choices)
            while self._other[1] == self._noun:
                self._other = self._drawing.choice(choices)
        return self._other

    def _of_noun(self, field: str, topic: Topic, noun: Noun) -> str:  # noqa: PLR0911, PLR0912
        plural = noun.number == PLURAL
        match field:
            case "the":
                return determined(self._drawing.choice(topic.determiners), noun)
            case "that":
                return determined(self._drawing.choice(("the", "this", "that")), noun)
            case "thing":
                return f"the {noun.word}"
            case "noun":
                return noun.word
            case "nouns":
                return plural_of(noun.word)
            case "anoun":
                return f"a {noun.word}" if noun.number == COUNT else noun.word
            case "is" | "was":
                return {"is": ("is", "are"), "was": ("was", "were")}[field][plural]
            case "be":
                return (("is", "was"), ("are", "were"))[plural][self._tense]
            case "isnt":
                be = (("is", "was"), ("are", "were"))[plural][self._tense]
                return be + self._drawing.choice(("n't", "n't", " not"))
            case "wasnt":
                return ("was", "were")[plural] + self._drawing.choice(("n't", " not"))
            case "were":
                return "were" if plural else self._drawing.choice(("was", "were"))
            case "has":
                return "have" if plural else "has"
            case "s":
                return "" if plural else "s"
            case "dont3":
                be = "do" if plural else "does"
                return be + self._drawing.choice(("n't", "n't", " not"))
            case "dont":
                return self._drawing.choice(("don't", "do not"))
            case "it" | "him" | "its":
                return self._pronoun(field, topic, plural)
        raise KeyError(field)

    def _pronoun(self, field: str, topic: Topic, plural: bool) -> str:
        which = ("it", "him", "its").index(field)
        if plural:
            return ("they", "them", "their")[which]
        if topic.person:
            return (("she", "her", "her"), ("he", "him", "his"))[self._he][which]
        return ("it", "it", "its")[which]

    def _judgement(self, side: str, field: str, polarity: int) -> str:  # noqa: PLR0911, PLR0912
        choice = self._drawing.choice
        if field in _PLAIN:
            if field == "smile" and not self._drawing.chance(_SHARE_SMILE):
                return ""
            return self._unlike(side, field, _listed(field, polarity))
        if field in _FORMS:
            forms, which = _FORMS[field]
            return choice(_verbs(forms, polarity, self._person))[which]
        match field:
            case "adj" | "adj2":
                return self._unlike(side, field, self._topic.adjectives[polarity])
            case "attr" | "attr2":
                return self._unlike(side, field, _attributive(self._topic.adjectives[polarity]))
            case "deg":
                return self._graded(choice(self._topic.adjectives[polarity]))
            case "mild" | "mild2":
                return self._unlike(side, field, self._topic.mild[polarity])
            case "oadj":
                return choice(self._another()[0].adjectives[polarity])
            case "oattr":
                return choice(_attributive(self._another()[0].adjectives[polarity]))
            case "omild":
                return choice(self._another()[0].mild[polarity])
            case "a":
                return self._with_noun(choice(_attributive(self._topic.adjectives[polarity])))
            case "amild":
                return self._with_noun(choice(_attributive(self._topic.mild[polarity])))
            case "betternoun":
                return self._with_noun(("worse", "better")[polarity])
            case "phrase":
                return choice(self._topic.predicates[polarity])
            case "excess":
                return self._excess(polarity)
            case "plainfeels":
                return third_person(self.value(side, "plainfeel"))
        raise KeyError(field)

    def _of_topic(self, side: str, field: str) -> str:
        topic = topic_named(_TOPIC_OF[side])
        if field == "phrase":
            return self._drawing.choice(topic.predicates[self._label])
        polarity = self._label if field.startswith("win") else 1 - self._label
        return self._unlike(side, field, topic.adjectives[polarity])

    def _unlike(self, side: str, field: str, words: Sequence[str]) -> str:
        """One of the words, not the one that the same slot without a number has."""
        taken = self._judgements.get((side, field.rstrip("2")))
        word = self._drawing.choice(words)
        while word == taken:
            word = self._drawing.choice(words)
        return word

    def _graded(self, adjective: str) -> str:
        if " " in adjective or not self._drawing.chance(_SHARE_DEGREE):
            return adjective
        return self._drawing.choice(_DEGREES) + adjective

    def _with_noun(self, adjective: str) -> str:
        article = "a " if self._noun.number == COUNT else ""
        return f"{article}{adjective} {self._noun.word}"

    def _excess(self, polarity: int) -> str:
        choice, (much, enough) = self._drawing.choice, self._topic.excess
        if self._drawing.chance(0.6):
            return choice((_TOO, _NOT_TOO)[polarity]) + choice(much)
        return choice((_NOT_ENOUGH, _ENOUGH)[polarity]).format(choice(enough))


_TOO = ("too ", "way too ", "far too ", "much too ", "a bit too ", "just too ")
_NOT_TOO = ("not too ", "never too ", "not at all too ", "by no means too ")
_NOT_ENOUGH = ("not {} enough", "not nearly {} enough", "never {} enough")
_ENOUGH = ("{} enough", "just {} enough", "more than {} enough")


# === Words ===


@cache
def _listed(field: str, polarity: int) -> tuple[str, ...]:
    return items(_PLAIN[field][polarity])


@cache
def _verbs(forms: judging.Lists, polarity: int, person: bool) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(verb.lstrip("*").split("/"))
        for verb in items(forms[polarity])
        if not (person and verb.startswith("*"))
    )


@cache
def _attributive(adjectives: tuple[str, ...]) -> tuple[str, ...]:
    """Those that can stand before a noun."""
    return tuple(adjective for adjective in adjectives if " " not in adjective)
