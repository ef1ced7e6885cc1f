"""The content words of the data set `pairs`: what people talk about, and how they judge it.

A topic lists nouns with the adjectives that fit all of them, so that food is tasty or bland and
an app fast or buggy. Words that judge have one polarity everywhere. A word in `HELD_OUT` occurs
in the test split only. Knows nothing about sentences.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class Words:
    """Words that can stand in one place, apart by the splits that may use them."""

    known: tuple[str, ...]
    held_out: tuple[str, ...]

    @classmethod
    def of(cls, listed: str) -> "Words":
        """Sort blank-separated words by whether they are in `HELD_OUT`."""
        words = listed.split()
        held_out = HELD_OUT
        return cls(
            tuple(word for word in words if word not in held_out),
            tuple(word for word in words if word in held_out),
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self.known + self.held_out)

    def __len__(self) -> int:
        return len(self.known) + len(self.held_out)


@dataclass(frozen=True)
class Topic:
    """Nouns, and the adjectives that fit every one of them.

    Attributes:
        name: what patterns call it.
        domain: topics of one domain can meet in one sentence.
        person: `he` or `she` instead of `it`.
        determiners: what may stand before a noun.
        things: singular nouns that a whole sentence can judge.
        parts: singular nouns that a clause can judge.
        plurals: plural nouns that a clause can judge.
        adjectives: by polarity, (negative, positive).
        mild: adjectives that are no fault (`not dull, just quiet`).
    """

    name: str
    domain: str
    person: bool
    determiners: tuple[str, ...]
    things: Words
    parts: Words
    plurals: Words
    adjectives: tuple[Words, Words]
    mild: Words


_HELD_OUT = """
    thriller remake storyline choreography lasagne risotto dumplings lemonade cocoa bistro
    waitress cooks boutique showroom toaster tent shopkeeper browser dashboard installer autumn
    afternoon hostel cottage tram porter pilot plumber aunt
    witty tedious splendid sloppy scrumptious soggy aromatic insipid cosy gloomy surly sturdy
    flimsy polished clunky glorious dismal thoughtful arrogant punctual
    marvel travesty gratitude despair perks defects beautifully dreadfully
"""
HELD_OUT = frozenset(_HELD_OUT.split())

_KIND = "kind polite friendly cheerful helpful patient courteous"
_RUDE = "rude careless unhelpful impatient grumpy surly unfriendly"
_STAFF_MILD = "shy busy young quiet reserved"

# name, domain, determiners, things, parts ("=" the things), plurals, negative, positive, mild
_TOPICS: tuple[tuple[str, str, str, str, str, str, str, str, str], ...] = (
    (
        "story",
        "films",
        "the this",
        "film movie novel play series sequel documentary thriller drama remake musical cartoon "
        "episode comedy biography trilogy",
        "plot script story ending opening finale premise dialogue storyline",
        "scenes chapters subplots twists",
        "dull predictable tedious boring silly confusing shallow pretentious lifeless "
        "forgettable incoherent",
        "gripping clever moving witty brilliant engaging thrilling captivating charming "
        "inventive memorable",
        "quiet short simple calm understated strange",
    ),
    (
        "screen",
        "films",
        "the",
        "",
        "acting cinematography direction soundtrack score camerawork editing choreography",
        "actors costumes songs effects stunts performances",
        "amateurish dreadful awful poor sloppy mediocre abysmal laughable uninspired",
        "superb stunning brilliant outstanding splendid flawless impressive marvellous magnificent",
        "",
    ),
    (
        "dish",
        "food",
        "the this my our",
        "soup pizza curry cake bread pasta steak stew sauce burger sandwich omelette pie rice "
        "lasagne risotto quiche",
        "=",
        "noodles pancakes dumplings fries mushrooms vegetables waffles",
        "bland stale soggy greasy tasteless inedible disgusting mushy overcooked revolting",
        "tasty delicious fresh flavourful fragrant perfect scrumptious exquisite heavenly",
        "simple light plain spicy small hot",
    ),
    (
        "drink",
        "food",
        "the this my our",
        "coffee tea cocoa juice wine beer lemonade cider",
        "=",
        "drinks cocktails",
        "bitter watery stale sour undrinkable vile insipid",
        "delicious refreshing smooth aromatic tasty excellent",
        "strong sweet cold light",
    ),
    (
        "venue",
        "food",
        "the this our",
        "restaurant cafe bistro diner canteen pub bakery tavern",
        "terrace interior lounge patio decor",
        "tables toilets",
        "dirty gloomy shabby unpleasant filthy dingy grim horrid",
        "lovely cosy charming pleasant delightful inviting spotless",
        "small plain modest old simple",
    ),
    (
        "staff",
        "food",
        "the our",
        "waiter waitress chef host barista bartender manager",
        "=",
        "waiters cooks servers",
        _RUDE,
        _KIND,
        _STAFF_MILD,
    ),
    (
        "shop",
        "shops",
        "the this our",
        "shop store market bookshop boutique supermarket pharmacy kiosk mall",
        "entrance showroom counter display",
        "shelves aisles",
        "messy cluttered shabby dingy chaotic cramped dirty gloomy",
        "tidy spacious inviting bright spotless excellent lovely",
        "small quiet old plain modest",
    ),
    (
        "goods",
        "shops",
        "the this my our",
        "phone laptop kettle toaster jacket lamp sofa chair mattress backpack bicycle camera "
        "printer watch blender tent",
        "=",
        "shoes boots headphones gloves curtains towels",
        "flimsy faulty defective useless shoddy ugly worthless overpriced",
        "sturdy reliable practical excellent elegant durable stylish solid",
        "simple small light old heavy plain",
    ),
    (
        "clerk",
        "shops",
        "the our",
        "cashier clerk assistant salesman shopkeeper florist",
        "=",
        "cashiers sellers assistants",
        _RUDE,
        _KIND,
        _STAFF_MILD,
    ),
    (
        "app",
        "apps",
        "the this my our",
        "app website game program browser tool editor calendar plugin platform",
        "menu interface layout design login setup installer checkout dashboard search",
        "settings icons buttons updates notifications controls",
        "buggy clunky sluggish unstable confusing cluttered glitchy laggy useless cumbersome",
        "intuitive smooth reliable handy responsive elegant polished neat helpful flexible fast",
        "simple small minimal basic plain new",
    ),
    (
        "weather",
        "weather",
        "the this",
        "morning afternoon evening day week weekend summer winter autumn spring holiday",
        "=",
        "mornings evenings days",
        "dreary gloomy miserable dismal bleak grim rotten horrid stormy",
        "sunny pleasant glorious lovely beautiful gorgeous delightful",
        "cool breezy windy cloudy calm",
    ),
    (
        "stay",
        "travel",
        "the this our",
        "hotel hostel cabin apartment campsite cottage motel guesthouse",
        "room bathroom lobby pool garden",
        "rooms beds corridors",
        "dirty noisy crowded uncomfortable filthy cramped smelly damp gloomy",
        "clean comfortable peaceful lovely spacious relaxing spotless cosy",
        "small old simple plain modest",
    ),
    (
        "ride",
        "travel",
        "the this our",
        "train bus ferry tram coach",
        "=",
        "seats carriages trains",
        "dirty noisy crowded uncomfortable filthy unreliable smelly",
        "punctual clean comfortable reliable excellent spotless",
        "small old simple plain",
    ),
    (
        "crew",
        "travel",
        "the our",
        "guide driver receptionist porter pilot conductor",
        "=",
        "guides drivers stewards",
        _RUDE,
        _KIND,
        _STAFF_MILD,
    ),
    (
        "people",
        "people",
        "my our",
        "neighbour teacher doctor nurse boss colleague landlord dentist trainer uncle aunt cousin "
        "plumber mechanic librarian hairdresser tutor roommate",
        "=",
        "neighbours colleagues teachers relatives classmates",
        "rude arrogant selfish mean dishonest hostile grumpy cruel unfriendly nasty lazy bossy",
        "kind polite patient honest generous friendly thoughtful caring gentle considerate loyal "
        "cheerful",
        "shy quiet reserved busy young strict",
    ),
)

PEOPLE = ("staff", "clerk", "crew", "people")

# Each kind of judging word by polarity, (negative, positive).
_JUDGING = {
    "judgement": (
        "mess chore bore disaster letdown nightmare failure flop dud disgrace pain travesty joke",
        "joy treat gem delight pleasure triumph success wonder marvel blessing winner",
    ),
    "mood": (
        "boredom disappointment anger frustration regret annoyance disgust irritation despair",
        "happiness joy admiration delight excitement pleasure relief enthusiasm gratitude",
    ),
    "trait": (
        "flaws faults weaknesses problems drawbacks defects shortcomings mistakes disadvantages",
        "strengths merits charms virtues joys perks highlights advantages benefits",
    ),
    "adverb": (
        "badly poorly terribly awfully dreadfully horribly miserably unreliably",
        "smoothly perfectly beautifully reliably flawlessly brilliantly superbly nicely well",
    ),
    "effect": (
        "bored annoyed disappointed irritated disgusted frustrated saddened angered upset",
        "charmed delighted amused impressed thrilled pleased fascinated enchanted dazzled",
    ),
    "verb": (
        "hate dislike loathe detest despise resent",
        "love like adore admire appreciate value enjoy",
    ),
}

HE = frozenset({"waiter", "salesman", "uncle", "landlord"})
SHE = frozenset({"waitress", "aunt"})
FOR_THINGS_ONLY = frozenset({"enjoy"})


def past(verb: str) -> str:
    """The past tense of a feeling verb, such as `hated` of `hate`."""
    return verb + ("d" if verb.endswith("e") else "ed")


@cache
def topics() -> tuple[Topic, ...]:
    """Every topic, in a fixed order."""
    return tuple(
        Topic(
            name,
            domain,
            name in PEOPLE,
            tuple(determiners.split()),
            Words.of(things),
            Words.of(things if parts == "=" else parts),
            Words.of(plurals),
            (Words.of(negative), Words.of(positive)),
            Words.of(mild),
        )
        for name, domain, determiners, things, parts, plurals, negative, positive, mild in _TOPICS
    )


@cache
def judging_words() -> dict[str, tuple[Words, Words]]:
    """Words that judge whatever the topic: kind of word to (negative, positive)."""
    return {
        kind: (Words.of(negative), Words.of(positive))
        for kind, (negative, positive) in _JUDGING.items()
    }


@cache
def polarities() -> dict[str, int]:
    """Every judging word to its polarity, 0 negative, 1 positive; verbs in both tenses."""
    found: dict[str, int] = {}
    groups = [topic.adjectives for topic in topics()] + list(judging_words().values())
    for group in groups:
        for polarity, words in enumerate(group):
            found.update(dict.fromkeys(words, polarity))
    for polarity, verbs in enumerate(judging_words()["verb"]):
        found.update({past(verb): polarity for verb in verbs})
    return found


@cache
def content_words() -> frozenset[str]:
    """Every noun, adjective, adverb and verb that fills a slot, in the forms that occur."""
    nouns_and_mild = (
        word
        for topic in topics()
        for words in (topic.things, topic.parts, topic.plurals, topic.mild)
        for word in words
    )
    return frozenset(nouns_and_mild) | frozenset(polarities())


def held_out_words() -> frozenset[str]:
    """The content words that occur in the test split only."""
    return HELD_OUT
