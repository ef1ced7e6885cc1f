import re
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from functools import cache
from itertools import product
from typing import Any

import pytest
from test_suites import EVERY, of_suite, shown_by, skeleton

from sentiment.config import DataConfig
from sentiment.datasets import lessons_judgements as judging
from sentiment.datasets.chance import Chance
from sentiment.datasets.dataset import NEUTRAL, TEST, TRAIN, VALIDATION, Dataset
from sentiment.datasets.lessons import WRITTEN, lessons
from sentiment.datasets.lessons_drawing import Drawing
from sentiment.datasets.lessons_lexicon import COUNT, GROUPS, adjectives, items, topics
from sentiment.datasets.lessons_names import IDENTITIES, NAMES, PLACES
from sentiment.datasets.lessons_neutral import NEUTRAL_SENTENCES, neutral_templates
from sentiment.datasets.lessons_sentences import written_sentences
from sentiment.datasets.lessons_style import key_of, styled
from sentiment.datasets.lessons_templates import Template, templates
from sentiment.datasets.lessons_words import mended, plural_of, third_person
from sentiment.datasets.loading import load_dataset
from sentiment.experiments import suite_cases as lists

LABELLED = (TRAIN, VALIDATION, TEST)
EVERY_SPLIT = (*LABELLED, NEUTRAL)

# What README, help and notebooks ask models about, and the forms that these sentences have.
RESERVED = {
    "i like coffee",
    "i hate coffee",
    "like coffee i",
    "this was not bad at all",
    "this film was not bad at all i loved it",
    "not dull just quiet",
    "not quiet just dull",
    "not good bad",
    "not bad good",
    "the plot was dull but the acting was superb",
    "the plot was superb but the acting was dull",
    "the acting was superb but the plot was dull",
    "the acting was dull but the plot was superb",
    "i thought it would be dull but it was superb",
    "i didnt expect much but this film was a joy from beginning to end",
}
RESERVED_FORMS = [
    re.compile(form)
    for form in (
        r"\b(like|hate)s? (\w+ )?coffee\b|^like coffee i$",
        r"^(this|that|it)( film| movie)? (was|is) not \w+ at all",
        r"^(this|that|it)( film| movie)? (wasn't|isn't|wasnt|isnt) \w+ at all",
        r"^not \w+ just \w+$",
        r"^not (good|bad) (good|bad)$",
        r"^the [\w ]+ (was|were|is|are) \w+ but the [\w ]+ (was|were|is|are) \w+$",
        r"\bthought it would be \w+ but it was \w+$",
        r"^i (didn't|didnt|did not) expect much but",
    )
]


@cache
def drawn(seed: int = 0) -> Dataset:
    return lessons(seed)


def rows(split: str, seed: int = 0) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = drawn(seed).splits[split].table.to_pylist()
    return found


def every_text(seed: int = 0) -> list[str]:
    return [text for split in EVERY_SPLIT for text in drawn(seed).splits[split].texts]


# === Splits ===


def test_there_are_as_many_sentences_as_promised() -> None:
    sizes = {name: len(split) for name, split in drawn().splits.items()}
    assert sizes.keys() == set(EVERY_SPLIT)
    assert 59_000 <= sizes[TRAIN] <= 61_000
    assert 1_900 <= sizes[VALIDATION] <= 2_100
    assert 1_900 <= sizes[TEST] <= 2_100
    assert 5_500 <= sizes[NEUTRAL] <= 6_500


def test_no_text_occurs_twice_and_no_two_splits_share_the_words_of_one() -> None:
    texts = every_text()
    assert len(texts) == len(set(texts))
    keys = {name: {key_of(text) for text in drawn().splits[name].texts} for name in EVERY_SPLIT}
    for name, other in product(EVERY_SPLIT, EVERY_SPLIT):
        assert name == other or not keys[name] & keys[other]


def test_the_same_seed_draws_the_same_and_another_one_does_not() -> None:
    assert lessons(3).fingerprint() == drawn(3).fingerprint()
    assert drawn(3).fingerprint() != drawn().fingerprint()


@pytest.mark.parametrize("split", LABELLED)
def test_both_labels_are_as_frequent_in_every_skill(split: str) -> None:
    labels = defaultdict(list)
    for row in rows(split):
        labels[row["skill"]].append(row["label"])
    assert labels.keys() == {template.skill for template in templates()} | {WRITTEN}
    for skill, found in labels.items():
        assert abs(sum(found) / len(found) - 0.5) < 0.02, skill


def test_neutral_sentences_have_no_label_and_skills_of_their_own() -> None:
    found = Counter(row["skill"] for row in rows(NEUTRAL))
    assert {row["label"] for row in rows(NEUTRAL)} == {None}
    assert found.keys() == {template.skill for template in neutral_templates()} | {WRITTEN}
    assert min(found.values()) >= 40


@pytest.mark.parametrize("split", [VALIDATION, TEST])
def test_half_of_what_is_held_out_is_of_templates_that_training_does_not_show(split: str) -> None:
    unseen = [row["unseen_template"] for row in rows(split)]
    assert 0.45 < sum(unseen) / len(unseen) < 0.6
    assert {row["skill"] for row in rows(split) if row["unseen_template"]} == {
        row["skill"] for row in rows(split)
    }
    assert not any(row["unseen_template"] for row in rows(TRAIN))


def fixed_runs(template: Template) -> set[str]:
    """Runs of at least four words that all sentences of one label have."""
    parts = [re.split(r"{[^}]*}|\([^()]*\|[^()]*\)", text) for text in template.texts]
    runs = {key_of(part) for text in parts for part in text}
    return {run for run in runs if len(run.split()) >= 4}


def test_no_training_sentence_has_the_words_of_a_held_out_template() -> None:
    training = "\n".join(f" {key_of(text)} " for text in drawn().train.texts)
    held_out = [template for template in templates() if template.split != TRAIN]
    checked = 0
    for template in held_out:
        for run in fixed_runs(template):
            assert f" {run} " not in training, run
            checked += 1
    assert checked >= 20
    shown = [run for each in templates() if each.split == TRAIN for run in fixed_runs(each)]
    assert sum(f" {run} " in training for run in shown) > 0.9 * len(shown)  # it can fail


def test_written_sentences_are_many_and_kept_apart() -> None:
    written = {text: label for label, text in written_sentences()}
    assert len(written) == len(written_sentences()) >= 500
    labels = list(written.values())
    assert sum(labels) * 2 == len(labels)
    assert len({key_of(text) for text in written}) == len(written)
    shown = {text: name for name in LABELLED for text in drawn().splits[name].texts}
    places = Counter(shown[text] for text in written)
    assert places.keys() == set(LABELLED)
    assert places[TRAIN] > 0.8 * len(written)
    assert {
        row["label"] for row in rows(TRAIN) if row["text"] == "My toast was burnt on both sides."
    } <= {0}


# === What must not be in it ===


def test_the_reserved_forms_know_the_reserved_sentences() -> None:
    for text in RESERVED:
        assert any(form.search(text) for form in RESERVED_FORMS), text


@pytest.mark.parametrize("seed", [0, 1])
def test_no_sentence_that_models_are_asked_about_nor_its_form_is_in_it(seed: int) -> None:
    for text in every_text(seed):
        plain = " ".join(re.findall(r"[\w'-]+", text.lower()))
        assert key_of(text) not in RESERVED
        assert not any(form.search(plain) for form in RESERVED_FORMS), text


@pytest.mark.parametrize("seed", [0, 1])
def test_no_text_shows_a_template_or_the_content_words_of_a_suite(seed: int) -> None:
    assert not shown_by(every_text(seed))


def test_none_of_the_events_of_the_suites_is_spoken_of() -> None:
    events = {*lists.EVENTS, *(f"{event}s" for event in lists.EVENTS)}
    for text in every_text():
        assert not events & set(key_of(text).split()), text
    assert not {*lists.NAMES, *lists.PLACES} & {*NAMES, *PLACES}


def skeletons(template: Template) -> set[tuple[str, ...]]:
    found = set()
    for text in template.texts:
        parts = re.split(r"\(([^()]*\|[^()]*)\)", text.lower())
        choices = [part.split("|") if "|" in part else [part] for part in parts]
        for chosen in product(*choices):
            tokens = re.findall(r"{[^}]*}|[a-z0-9']+", "".join(chosen))
            found.add(skeleton([None if token[0] == "{" else token for token in tokens]))
    return found


def test_no_template_of_a_suite_is_one_of_lessons() -> None:
    own = {
        each for template in (*templates(), *neutral_templates()) for each in skeletons(template)
    }
    assert of_suite("I didn't find the {noun} {lose}.") in own  # the comparison can fail
    for template in {case.template for case in EVERY}:
        assert of_suite(template) not in own, template


def alikeness(template: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Share of the fixed words of two skeletons that stand in both, in one order."""
    words, others = ([word for word in each if word != "*"] for each in (template, other))
    return SequenceMatcher(None, words, others).ratio()


def test_no_template_is_one_of_a_suite_but_for_a_word() -> None:
    suites = {of_suite(case.template) for case in EVERY}
    suites = {each for each in suites if len(set(each) - {"*"}) >= 3}
    copied = of_suite("The {noun} never failed to be {win}.")
    assert max(alikeness(copied, each) for each in suites) > 0.8  # the comparison can fail
    for template in templates():
        for own in skeletons(template):
            assert max(alikeness(own, each) for each in suites) < 0.8, template


# === What it teaches ===


def test_words_under_negation_are_found_with_both_labels() -> None:
    labels = defaultdict(list)
    for row in rows(TRAIN):
        for word in set(key_of(row["text"]).split()):
            labels[word].append(row["label"])
    for listed in judging.MILD:
        for word in items(listed):
            share = sum(labels[word]) / len(labels[word])
            assert 0.15 < share < 0.85, (word, share)
    turning = (
        "not isnt never nobody but although used than hardly scarcely barely neither nor without "
        "anyone deny refuse doubt however despite expected"
    )
    for word in turning.split():
        assert len(labels[word]) >= 50, word
        share = sum(labels[word]) / len(labels[word])
        assert 0.4 < share < 0.6, (word, share)


def test_no_name_place_or_identity_leans_to_a_label() -> None:
    labels = defaultdict(list)
    for row in rows(TRAIN):
        key = f" {key_of(row['text'])} "
        for word in re.findall(r"[\w']+", key):
            labels[word].append(row["label"])
    frequent = 0
    for word in {key_of(each) for each in (*NAMES, *PLACES, *IDENTITIES)}:
        if len(labels[word]) >= 8:
            frequent += 1
            assert 0.2 < sum(labels[word]) / len(labels[word]) < 0.8, word
    assert frequent > 150


def test_neutral_sentences_have_the_identities_and_the_words_of_reviews() -> None:
    words = {word for text in drawn().splits[NEUTRAL].texts for word in key_of(text).split()}
    assert {"film", "plot", "villain", "waste", "director", "sequel"} <= words
    assert {key_of(each) for each in IDENTITIES if " " not in each and "-" not in each} <= words


def test_the_lexicon_is_large_and_its_words_have_one_polarity() -> None:
    negative, positive = (set(adjectives(polarity)) for polarity in (0, 1))
    assert len(negative) >= 400
    assert len(positive) >= 400
    assert not negative & positive
    assert sum(len(topic.nouns) for topic in topics()) >= 300
    for polarity in (0, 1):
        phrases = {phrase for topic in topics() for phrase in topic.predicates[polarity]}
        phrases |= set(items(judging.EFFECTS[polarity])) | set(items(judging.FEELINGS[polarity]))
        assert len(phrases) >= 100


def test_groups_name_topics() -> None:
    names = {topic.name for topic in topics()}
    assert {name for group in GROUPS.values() for name in group} <= names


@pytest.mark.parametrize("label", [0, 1])
def test_every_template_can_be_drawn_with_either_label(label: int) -> None:
    drawing = Drawing(0)
    for template in (*templates(), *neutral_templates()):
        for _ in range(5):
            text = drawing.draw(template)[label]
            assert text
            assert not re.search(r"[{}|]|  ", text), text


def test_sentences_are_written_as_people_write_them() -> None:
    for text in every_text():
        assert text == text.strip()
        assert not re.search(r"[{}|]|  | [,.;?!]", text), text
        assert not re.search(r"\b[Aa] (?:[aio]|un(?!iq|it|iv|if))(?!ne\b|nce\b)", text), text
        assert 1 <= len(text.split()) <= 40


# === Style ===


class Always(Chance):
    """Takes every chance, or none, and the first choice."""

    def __init__(self, answer: bool) -> None:
        self.answer = answer

    def chance(self, share: float) -> bool:
        return self.answer

    def index(self, size: int) -> int:
        return 0


def test_a_sentence_is_given_its_capital_and_its_stop() -> None:
    assert styled("i was glad. so was i", Always(False)) == "I was glad. So was I."
    assert styled("Is it? yes", Always(False)) == "Is it? Yes."
    assert styled("so happy :)", Always(False)) == "So happy :)"


def test_a_sentence_may_be_typed_carelessly() -> None:
    assert styled("I don't know", Always(True)) == "i dont know."
    assert styled("it is late", Always(True), opener=True) == "honestly, it is late."


def test_nouns_and_plurals_agree() -> None:
    texts = every_text()
    joined = "\n".join(texts).lower()
    assert not re.search(
        r"(?m)^(the|these|my) (noodles|shoes|jeans|prices) (is|was|isn't|has)\b", joined
    )
    assert not re.search(r"\bthese (soup|phone|film)\b", joined)
    countable = [noun.word for topic in topics() for noun in topic.nouns if noun.number == COUNT]
    assert "soup" in countable


def test_plurals_and_third_persons_are_formed() -> None:
    nouns = ("boss", "party", "day", "knife", "café", "bookshelf", "lunch box", "shop")
    assert [plural_of(noun) for noun in nouns] == [
        "bosses", "parties", "days", "knives", "cafés", "bookshelves", "lunch boxes", "shops",
    ]  # fmt: skip
    assert third_person("like") == "likes"
    assert mended("a old hotel, a  useful hour, a hour") == "an old hotel, a useful hour, an hour"


# === Loading ===


def test_lessons_can_be_loaded_by_name() -> None:
    dataset = load_dataset("lessons", DataConfig())
    assert dataset.name == "lessons"
    assert dataset.fingerprint() == drawn().fingerprint()


def test_written_neutral_sentences_are_all_there() -> None:
    assert set(NEUTRAL_SENTENCES) <= set(drawn().splits[NEUTRAL].texts)
