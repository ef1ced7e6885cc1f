"""What a template of the data set `lessons` can speak of, and what can stand beside it."""

from functools import cache

from sentiment.datasets.lessons_lexicon import COUNT, GROUPS, PLURAL, Noun, Topic, topics
from sentiment.datasets.lessons_templates import Template


@cache
def fitting(template: Template) -> tuple[tuple[Topic, Noun], ...]:
    """The topics, each with a noun, that a template can speak of."""
    text = " ".join(template.texts)
    singular = template.scope == "sing" or ".phrase}" in text
    return tuple(
        (topic, noun)
        for topic in topics()
        if _in_scope(topic, template.scope)
        and (topic.predicates[0] or ".phrase}" not in text)
        and (topic.excess[0] or ".excess" not in text)
        for noun in topic.nouns
        if not (singular and noun.number == PLURAL)
        and not ("{nouns}" in text and noun.number != COUNT)
    )


def _in_scope(topic: Topic, scope: str) -> bool:
    if scope in GROUPS:
        return topic.name in GROUPS[scope]
    return {
        "any": True,
        "sing": True,
        "things": not topic.person,
        "persons": topic.person,
        "lasting": topic.lasting,
        "bought": topic.bought,
    }[scope]


@cache
def meeting(name: str, domain: str) -> tuple[tuple[Topic, Noun], ...]:
    """What can stand beside something: of the topic `name`, or of any topic of its domain."""
    return tuple(
        (topic, noun)
        for topic in topics()
        if topic.domain == domain and name in ("", topic.name)
        for noun in topic.nouns
    )


@cache
def topic_named(name: str) -> Topic:
    """The topic of this name."""
    return next(topic for topic in topics() if topic.name == name)
