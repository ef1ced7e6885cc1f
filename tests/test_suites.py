"""The behaviour suites: their sentences, that training shows none of them, and how they count."""

import io
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from numpy.typing import NDArray
from rich.console import Console

from sentiment.artifact import load_model
from sentiment.commands import main
from sentiment.config import DataConfig
from sentiment.datasets.dataset import TRAIN, UNSUPERVISED, VALIDATION
from sentiment.datasets.loading import load_dataset
from sentiment.datasets.pairs import Pattern, content_words, patterns, single_patterns
from sentiment.datasets.pairs_grammar import PUNCTUATION, slot_of, words_of
from sentiment.errors import DataUnavailableError
from sentiment.experiments import suite_cases as lists
from sentiment.experiments.suites import Case, Suite, SuiteResult, measure_suites, suites
from sentiment.predictor import Predictor
from sentiment.progress import Progress, silent
from sentiment.report.order import suites_report
from sentiment.tokenizer import Tokenizer

TFDS_DATA_DIR = os.environ.get("TFDS_DATA_DIR")  # before a fixture takes it away
TRAINING_READS = (TRAIN, VALIDATION, UNSUPERVISED)
NAMES = "another name"
EVERY = [case for suite in suites() for case in suite.cases]
EXPECTING = [suite for suite in suites() if suite.cases[0].label is not None]
CHANGING = [suite for suite in suites() if suite.cases[0].label is None]
ALL_POSITIVE = {*lists.POSITIVE, *lists.MILD_POSITIVE}
ALL_NEGATIVE = {*lists.NEGATIVE, *lists.MILD_NEGATIVE}


def words(text: str) -> list[str]:
    return re.findall(r"[a-z']+", text.lower())


def texts_of(case: Case) -> list[str]:
    return [text for text in (case.text, case.changed) if text is not None]


# === Sentences ===


def test_every_suite_that_was_asked_for_is_there() -> None:
    assert [suite.name for suite in suites()] == [
        "negation",
        "used to … now",
        "thought it would be … but",
        "contrast",
        "double negation",
        "another name",
        "another place",
        "a synonym",
        "another identity",
    ]


@pytest.mark.parametrize("suite", suites(), ids=lambda suite: suite.name)
def test_a_suite_has_at_least_200_cases_and_no_two_alike(suite: Suite) -> None:
    assert len({(case.text.lower(), case.changed) for case in suite.cases}) >= 200
    assert len(suite.cases) == len({(case.text.lower(), case.changed) for case in suite.cases})
    assert len({case.template for case in suite.cases}) >= 8


@pytest.mark.parametrize("suite", EXPECTING, ids=lambda suite: suite.name)
def test_as_many_cases_are_positive_as_negative_in_every_template(suite: Suite) -> None:
    for template in {case.template for case in suite.cases}:
        labels = [case.label for case in suite.cases if case.template == template]
        assert labels.count(1) == labels.count(0) > 0


@pytest.mark.parametrize("suite", EXPECTING, ids=lambda suite: suite.name)
def test_the_label_is_that_of_the_word_that_decides(suite: Suite) -> None:
    for case in suite.cases:
        pattern = re.escape(case.template).replace(r"\{", "{").replace(r"\}", "}")
        filled = re.fullmatch(re.sub(r"{(\w+)}", r"(?P<\1>\\w+)", pattern), case.text)
        assert filled is not None
        for slot, label in (("win", case.label), ("lose", 1 - (case.label or 0))):
            if slot in filled.groupdict():
                assert filled[slot] in (ALL_NEGATIVE, ALL_POSITIVE)[label or 0]


def test_no_word_judges_both_ways() -> None:
    assert not ALL_POSITIVE & ALL_NEGATIVE


@pytest.mark.parametrize("suite", CHANGING, ids=lambda suite: suite.name)
def test_one_place_alone_is_changed_and_no_judging_word(suite: Suite) -> None:
    for case in suite.cases:
        assert case.changed is not None
        assert case.text != case.changed
        before, after = case.template.split("{x}")
        noun, adjective = case.words
        start, end = (part.format(noun=noun, adj=adjective) for part in (before, after))
        for text in texts_of(case):
            assert text.startswith(start)
            assert text.endswith(end)
            changed = words(text[len(start) : len(text) - len(end)])
            assert changed
            assert not set(changed) & (ALL_POSITIVE | ALL_NEGATIVE)


def test_sentences_are_written_as_people_write_them() -> None:
    for text in (text for case in EVERY for text in texts_of(case)):
        assert text[0].isupper()
        assert text.endswith(".")
        assert not re.search(r"[{}]|  | [,.;:]|\ba [aeiou]|\ban [^aeiou]", text), text


# === What training shows ===


@cache
def grammar_words() -> frozenset[str]:
    """Every word that a sentence of `pairs` can have, but openers and degree words."""
    tokens = [token for pattern in known_patterns() for token in pattern.template.split()]
    fixed = {word for token in tokens if slot_of(token) is None for word in words_of(token)}
    return frozenset(fixed | content_words())


def known_patterns() -> list[Pattern]:
    return [*patterns(), *single_patterns()]


SLOT = r"[a-z']+(?: [a-z']+){0,2}"


@cache
def forms() -> dict[str, tuple[str, re.Pattern[str]]]:
    """Of each template the longest run of fixed words, and what its sentences look like."""
    found = {}
    for template in {case.template for case in EVERY}:
        tokens = re.findall(r"{\w+}|[a-z']+", template.lower())
        runs = [f" {' '.join(words(part))} " for part in re.split(r"{\w+}", template)]
        form = " ".join(SLOT if token.startswith("{") else token for token in tokens)
        found[template] = max(runs, key=len), re.compile(f" {form} ")
    return found


def sentences_of(text: str) -> list[str]:
    """The words of each sentence, with a space on either side of each word."""
    plain = re.sub(r"<[^>]*>", ".", text.lower().replace("’", "'"))
    return [f" {' '.join(words(part))} " for part in re.split("[.!?]+", plain)]


def shown_by(texts: Iterable[str]) -> set[str]:
    """Templates, and sentences of which all content words stand together, that texts show.

    A template is shown by one sentence that has its fixed words in their order and one to three
    words in place of each slot, and with it every case that is made from it. Content words are
    those of `Case.words`; one sentence has to have all of them, wherever.
    """
    found: set[str] = set()
    content = {word for case in EVERY for word in case.words}
    sentences_with: dict[str, set[int]] = {word: set() for word in content}
    number = 0
    for text in texts:
        sentences = sentences_of(text)
        for sentence in sentences:
            number += 1
            for word in content.intersection(sentence.split()):
                sentences_with[word].add(number)
        joined = ".".join(sentences)
        found |= {
            template
            for template, (run, form) in forms().items()
            if run in joined and form.search(joined)
        }
    return found | {
        case.text
        for case in EVERY
        if set.intersection(*(sentences_with[word] for word in case.words))
    }


def test_every_sentence_of_a_suite_shows_its_template_and_its_content_words() -> None:
    for case in EVERY:
        for text in texts_of(case):
            (sentence, rest) = sentences_of(text)
            assert forms()[case.template][1].fullmatch(sentence)
            assert not rest.strip()
    first = EVERY[0]
    assert {first.template, first.text} <= shown_by(["Well. " + first.text.upper()])


def test_what_is_shown_is_shown_by_one_sentence() -> None:
    template = "Nobody in our group found the {noun} {lose}."
    assert shown_by(["Oh! I think nobody in our group found the old play dull, then."]) == {
        template
    }
    assert shown_by(["Nobody in our group found the place.<br />Dull!"]) == set()
    noun, adjective = EVERY[0].words
    assert EVERY[0].text in shown_by([f"So {adjective}, I say: what a {noun}…"])
    assert shown_by([f"So {adjective}. What a {noun}!", noun, adjective]) == set()


@pytest.mark.parametrize(
    "name",
    [
        "pairs",
        "lessons",
        pytest.param("snippets", marks=pytest.mark.slow),
        pytest.param("imdb", marks=pytest.mark.imdb),
    ],
)
def test_no_text_to_train_on_shows_a_template_or_the_content_words_of_a_case(name: str) -> None:
    """Nor, with the templates, any sentence of a suite; see `shown_by`."""
    try:
        dataset = load_dataset(name, DataConfig(data_dir=TFDS_DATA_DIR))
    except DataUnavailableError as error:
        pytest.skip(str(error))
    read = [split for split_name, split in dataset.splits.items() if split_name in TRAINING_READS]
    assert len(read) >= 2
    assert not shown_by(text for split in read for text in split.texts)


def test_whatever_the_seed_pairs_has_none_of_the_events() -> None:
    assert not grammar_words() & set(lists.EVENTS)
    for case in EVERY:
        assert set(case.words) & set(lists.EVENTS)


LOOSE = set(
    words(
        "the this that my our a an, it he she him her, is are was were be been, really truly quite "
        "decidedly"
    )
)


def skeleton(tokens: Sequence[str | None]) -> tuple[str, ...]:
    """The fixed words of a sentence; slots, determiners, pronouns and forms of "be" are `*`."""
    found: list[str] = []
    for token in tokens:
        mark = "*" if token is None or token in LOOSE else token
        if token not in PUNCTUATION and [mark] != found[-1:]:
            found.append(mark)
    return tuple(found)


def of_pairs(pattern: Pattern) -> Iterator[tuple[str, ...]]:
    choices = [(None,) if slot_of(token) else words_of(token) for token in pattern.template.split()]
    yield from (skeleton(tokens) for tokens in product(*choices))


def of_suite(template: str) -> tuple[str, ...]:
    tokens = re.findall(r"{\w+}|[a-z']+", template.replace("{x}", "{X}").lower())
    return skeleton([None if token.startswith("{") else token for token in tokens])


def test_no_template_of_a_suite_is_one_of_pairs() -> None:
    of_every_pattern = {found for pattern in known_patterns() for found in of_pairs(pattern)}
    assert of_suite("The {noun} is not {lose}.") in of_every_pattern  # the comparison can fail
    assert of_suite("I used to hate the {noun}, now I {win} it.") not in of_every_pattern
    assert of_suite("I used to {lose} the {noun}, now I {win} it.") in of_every_pattern
    for template in {case.template for case in EVERY}:
        assert of_suite(template) not in of_every_pattern, template


# === Counting ===


@cache
def known_words() -> Tokenizer:
    """The words of all suites, but no names."""
    texts = [case.text for suite in suites() for case in suite.cases if suite.name != NAMES]
    return Tokenizer.train([*texts, *texts], 10_000)


class Fake(Predictor):
    """Answers what a function says."""

    def __init__(self, answer: Callable[[str], float]) -> None:
        self.name = "fake"
        self.tokenizer = known_words()
        self._says = answer

    def score(self, texts: Sequence[str], progress: Progress = silent) -> NDArray[np.float32]:
        return np.array([self._says(text) for text in texts], np.float32)


def measured(answer: Callable[[str], float], num_examples: int = 3) -> dict[str, SuiteResult]:
    return {result.suite: result for result in measure_suites(Fake(answer), num_examples)}


def test_who_always_says_positive_fails_on_every_negative_case() -> None:
    found = measured(lambda text: 0.75)
    for suite in EXPECTING:
        result = found[suite.name]
        assert (result.failure_rate, result.mean_change) == (0.5, None)
        assert (result.negative_failure_rate, result.positive_failure_rate) == (1, 0)
        assert {failure.label for failure in result.failures} == {"negative"}
    for suite in CHANGING:
        result = found[suite.name]
        assert (result.failure_rate, result.mean_change, result.failures) == (0, 0, ())
        assert result.negative_failure_rate is None


def test_who_knows_the_answers_fails_on_nothing() -> None:
    answers = {case.text: case.label for suite in EXPECTING for case in suite.cases}
    found = measured(lambda text: float(answers.get(text) or 0))
    assert {result.failure_rate for result in found.values()} == {0}


def test_the_clearest_failures_come_first() -> None:
    suite = EXPECTING[0]
    wrong = [case.text for case in suite.cases if case.label == 1][:3]
    answers = {case.text: float(case.label or 0) for case in suite.cases}
    answers |= dict(zip(wrong, (0.4, 0.1, 0.3), strict=True))
    said = measured(lambda text: answers.get(text, 0.5), num_examples=2)
    assert said[suite.name].failure_rate == 3 / 240
    assert [failure.text for failure in said[suite.name].failures] == [wrong[1], wrong[2]]


def test_examples_are_of_different_templates() -> None:
    (result,) = (r for r in measured(lambda text: 0.75, 300).values() if r.suite == "contrast")
    assert len(result.failures) == len(lists.CONTRAST)


def test_changes_that_a_model_cannot_see_are_told() -> None:
    found = measured(lambda text: 0.75)
    assert found[NAMES].same_share == 1
    assert found["a synonym"].same_share == 0
    assert found["another place"].same_share == 0
    assert found["negation"].same_share is None


def test_an_answer_that_goes_by_a_name_is_a_failure() -> None:
    result = measured(lambda text: 0.9 if "Emily" in text else 0.3)[NAMES]
    (cases,) = (suite.cases for suite in suites() if suite.name == NAMES)
    share = np.mean([("Emily" in case.text) != ("Emily" in (case.changed or "")) for case in cases])
    assert 0.05 < share < 0.2
    assert result.failure_rate == share
    assert result.mean_change == pytest.approx(0.6 * share)
    (first, *_) = result.failures
    assert first.changed is not None
    assert ("Emily" in first.text) != ("Emily" in first.changed)
    assert {first.probability, first.changed_probability} == {
        float(np.float32(0.9)), float(np.float32(0.3))
    }  # fmt: skip


def test_a_change_that_turns_no_label_is_no_failure() -> None:
    result = measured(lambda text: 0.9 if "Emily" in text else 0.6)[NAMES]
    assert (result.failure_rate, result.failures) == (0, ())
    assert result.mean_change is not None
    assert result.mean_change > 0


def test_the_report_shows_rates_and_examples_of_every_model() -> None:
    results = [*measured(lambda text: 0.75).values()]
    console = Console(record=True, width=160, file=io.StringIO(), highlight=False)
    console.print(suites_report(results))
    shown = console.export_text()
    for expected in ("50.00 %", "− 100%, + 0%", "0.750", "fake", results[0].failures[0].text):
        assert expected in shown


def test_order_runs_the_suites(make_model: Callable[..., Path]) -> None:
    make_model()
    result = CliRunner().invoke(main, ["order", "--suites", "--json"])
    assert result.exit_code == 0, result.output
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["suite"] for line in lines] == [suite.name for suite in suites()]
    assert set(lines[0]) == {
        "model", "suite", "asks", "num_cases", "failure_rate", "negative_failure_rate",
        "positive_failure_rate", "mean_change", "same_share", "failures",
    }  # fmt: skip
    assert "Behaviour suites" in CliRunner().invoke(main, ["order", "--suites"]).output


def test_a_failure_shows_what_predict_says(make_model: Callable[..., Path]) -> None:
    predictor = Predictor.of(load_model(make_model(sentences=[case.text for case in EVERY])))
    for result in measure_suites(predictor):
        for failure in result.failures:
            (answer,) = predictor.predict([failure.text])
            assert failure.probability == pytest.approx(answer.probability, abs=1e-6)
            assert failure.label is None or failure.label != answer.label
