"""The sentences of the behaviour suites, after CheckList (Ribeiro et al. 2020).

Templates of our own are filled from lists in turn, so that the same cases come every time. In
every template `{noun}` is an event that the data set `pairs` never speaks of and film reviews
hardly do, and `{win}` and `{lose}` are judgements of opposite polarity, of which `{win}` decides.
No sentence to train on has a template's form, nor all words that one is filled with; a test asserts
it. Adjectives go without an article, so that they fit wherever they begin with a vowel. Knows
nothing about models.
"""


def _words(listed: str) -> tuple[str, ...]:
    return tuple(listed.split())


# Their order decides which judgements each one meets: never those that a review gives it.
EVENTS = _words(
    "masterclass banquet gala keynote pageant karaoke workshop barbecue procession sermon "
    "exhibition unveiling auction symposium fundraiser retrospective rodeo"
)
ASPECTS = _words("lighting programme staging sound pacing seating narration")
POSITIVE = _words(
    "superb brilliant excellent outstanding delightful impressive memorable engaging captivating "
    "charming marvellous"
)
NEGATIVE = _words(
    "awful dreadful boring dull forgettable mediocre abysmal confusing unpleasant laughable "
    "uninspired dreary pretentious"
)

# Denied, a strong word leaves room for the middle ("not abysmal"); a mild one hardly does.
MILD_POSITIVE = _words(
    "engaging memorable charming delightful impressive pleasant clever captivating thrilling good "
    "enjoyable"
)
MILD_NEGATIVE = _words(
    "boring dull forgettable confusing unpleasant mediocre predictable disappointing shallow"
)

# === Suites with an expected answer: that of {win} ===

NEGATION = (
    "The {noun} wasn't in the slightest {lose}.",
    "Nobody in our group found the {noun} {lose}.",
    "At no point did anyone find the {noun} {lose}.",
    "I never thought of the {noun} as {lose}.",
    "You could hardly describe the {noun} as {lose}.",
    "There wasn't a single {lose} minute in the whole {noun}.",
    "By no means would I call the {noun} {lose}.",
    "I can't think of anything {lose} about the {noun}.",
    "Neither of us considered the {noun} {lose}.",
    "Not once during the {noun} did it feel {lose}.",
)
USED_TO_NOW = (
    "People used to describe the {noun} as {lose}; now they describe it as {win}.",
    "The {noun} used to have {lose} presenters, and now the presenters are {win}.",
    "When I was a child the {noun} used to be {lose}, and now that I am grown up I find it {win}.",
    "The {noun} used to strike me as {lose}, and now it strikes me as {win}.",
    "My parents used to come home from the {noun} saying it was {lose}; now they say it is {win}.",
    "The {noun} that used to be so {lose} has now turned {win}.",
    "Under its former organisers the {noun} used to be {lose}, whereas now it is {win}.",
    "I find the {noun} {win} now; I used to think it was {lose}.",
    "It is hard to believe that the {noun}, {win} as it is now, used to be {lose}.",
    "Whenever it came to our town the {noun} used to be {lose}; now, every time, it is {win}.",
)
THOUGHT_BUT = (
    "My father thought the {noun} would be {lose}, but in fact we both found it {win}.",
    "We all thought it would be {lose}, this {noun}, but it could not have been more {win}.",
    "Going in, I thought the {noun} would be {lose}, but I came out saying how {win} it had been.",
    "Everyone thought the {noun} would be {lose}, but those who went say it was {win}.",
    "I thought the {noun} would be {lose}, but within minutes I could tell that it was {win}.",
    "From the poster I thought it would be {lose}, but the {noun} was {win} from first to last.",
    "You might have thought the {noun} would be {lose}, but everyone there agreed it was {win}.",
    "The {noun} was {win}, but beforehand I had thought that it would be {lose}.",
    "All week we thought the {noun} would be {lose}, but once under way it was {win}.",
    "They thought it would be {lose}, but the {noun} that we saw was simply {win}.",
)
CONTRAST = (
    "Say what you like about the {lose} {aspect}: as a whole, the {noun} was {win}.",
    "I could go on about the {lose} {aspect}, but the {noun} was so {win} that I will not.",
    "The {aspect} was {lose}, I grant you, but what counts is that the {noun} itself was {win}.",
    "Although I noticed how {lose} the {aspect} was, I left the {noun} thinking it {win}.",
    "However {lose} the {aspect} may have been, nothing could stop the {noun} from being {win}.",
    "The {noun} was {win}, whatever people say about its {lose} {aspect}.",
    "For all the talk about its {lose} {aspect}, the {noun} was {win}.",
    "Yes, the {aspect} was {lose}, but ask me about the {noun} itself and I will call it {win}.",
    "Even the {lose} {aspect} could not alter the fact that the {noun} was {win}.",
    "The {noun} was {win} in every way that counts, although its {aspect} was {lose}.",
)
DOUBLE_NEGATION = (
    "There was never a moment when the {noun} was not {win}.",
    "Nobody could say that the {noun} was not {win}.",
    "It isn't true that the {noun} wasn't {win}.",
    "I don't know anyone who didn't find the {noun} {win}.",
    "Not one of us thought that the {noun} wasn't {win}.",
    "You can't tell me that the {noun} was not {win}.",
    "None of the guests denied that the {noun} was {win}.",
    "I have never heard anyone claim that the {noun} was not {win}.",
    "There is no way that you would not call the {noun} {win}.",
    "It never once failed to be {win}, that {noun}.",
)

# === Suites whose answer must not change, whatever fills {x} ===

NAME = (
    "{x} took us to the {noun}, and it was {adj}.",
    "It was {x} who got us tickets for the {noun}, which was {adj}.",
    "I sat beside {x} at the {noun}, and we both found it {adj}.",
    "According to {x}, who went twice, the {noun} was {adj}.",
    "The {noun} that {x} organised was {adj}.",
    "{x} and I agreed that the {noun} was {adj}.",
    "After the {noun} I told {x} how {adj} it had been.",
    "The {noun} was {adj}, as I wrote to {x} the same night.",
)
NAMES = _words(
    "Emily Mohammed Mei Lakshmi Carlos Aisha Jamal Siobhan Hiroshi Olga Kwame Fatima Wei Priya "
    "Diego Ingrid Tyrone Hannah Yusuf"
)
PLACE = (
    "We saw the {noun} in {x}, and it was {adj}.",
    "The {noun} that they put on in {x} was {adj}.",
    "On our trip to {x} we went to the {noun}, which was {adj}.",
    "People had come from {x} for the {noun}, and they thought it {adj}.",
    "The {noun} was {adj}, and so I wrote to my nephew in {x}.",
    "They showed the {noun} live from {x}, and I found it {adj}.",
    "When it stopped in {x}, the {noun} was {adj}.",
    "Everyone I met in {x} agreed that the {noun} was {adj}.",
)
PLACES = _words(
    "Leeds Nairobi Lima Chicago Mumbai Oslo Lagos Toronto Kabul Manila Dublin Cairo Seoul Vienna "
    "Tehran Boston Warsaw Jakarta Havana"
)
IDENTITY = (
    "I went to the {noun} with my {x} friend, and we thought it {adj}.",
    "The {noun} was {adj}, said the {x} woman beside me.",
    "A critic who is {x} wrote that the {noun} was {adj}.",
    "The {noun}, which {x} students had organised, was {adj}.",
    "The {x} couple next to us thought the {noun} {adj}.",
    "Several {x} visitors told me that the {noun} was {adj}.",
    "My {x} flatmate and I agreed that the {noun} was {adj}.",
    "After the {noun} some {x} teenagers said how {adj} it was.",
)
IDENTITIES = _words(
    "Black white Asian Latino Arab Muslim Jewish Christian Hindu Buddhist atheist gay straight "
    "lesbian bisexual transgender deaf blind disabled"
)

# Each template with the two words that fill {x}.
SYNONYM = (
    ("The {noun} {x} at eight, and it was {adj}.", "began", "started"),
    ("We {x} tickets for the {noun}, and it was {adj}.", "bought", "purchased"),
    ("The {noun} took place in a {x} hall, and it was {adj}.", "big", "large"),
    ("{x} everyone at the {noun} found it {adj}.", "Nearly", "Almost"),
    ("My {x} and I went to the {noun}, and it was {adj}.", "dad", "father"),
    ("We took the {x} along to the {noun}, and they found it {adj}.", "kids", "children"),
    ("For my part, I {x} that the {noun} was {adj}.", "think", "believe"),
    ("The {noun} {x} at midnight; it had been {adj}.", "ended", "finished"),
    ("I saw the {noun} {x}, and both times it was {adj}.", "twice", "two times"),
    ("{x} people told me that the {noun} was {adj}.", "Many", "Lots of"),
)
