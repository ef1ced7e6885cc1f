"""Does a model understand what turns a sentence, and leave aside what must not?

Behaviour suites after Ribeiro et al. (2020), Beyond Accuracy: Behavioral Testing of NLP Models with
CheckList, https://aclanthology.org/2020.acl-main.442. A suite either expects an answer, or changes
a word that must not change the answer. Their sentences are in `suite_cases`.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

import numpy as np

from sentiment.experiments import suite_cases as lists
from sentiment.predictions import THRESHOLD, label_name
from sentiment.predictor import Predictor
from sentiment.progress import Progress, silent

NUM_CASES = 240
NUM_EXAMPLES = 3

_STEP = 7  # from a name, place or identity to the one it is changed for


@dataclass(frozen=True)
class Case:
    """One sentence of a suite.

    Attributes:
        text: the sentence.
        label: the expected answer, 0 negative, 1 positive; None where only a change is asked for.
        changed: the sentence with the change that must not change the answer; None where an
            answer is expected.
        template: that both were made from.
        words: the content words that the template was filled with, changed ones left out.
    """

    text: str
    label: int | None
    changed: str | None
    template: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Suite:
    """Sentences that ask for one ability.

    Attributes:
        name: for people and for JSON.
        asks: what a model has to do, one line.
        cases: the sentences, always the same.
    """

    name: str
    asks: str
    cases: tuple[Case, ...]


@dataclass(frozen=True)
class Failure:
    """A sentence that a model failed on.

    Attributes:
        text: the sentence.
        probability: P(positive) that it got.
        label: the expected label's name; None where only a change was asked for.
        changed: the changed sentence; None where an answer was expected.
        changed_probability: P(positive) that the changed sentence got.
    """

    text: str
    probability: float
    label: str | None
    changed: str | None
    changed_probability: float | None


@dataclass(frozen=True)
class SuiteResult:
    """How a model does on a suite; `to_dict` is `order --suites --json`.

    Attributes:
        model: its name.
        suite: name of the suite.
        asks: what it asks for.
        num_cases: its sentences.
        failure_rate: share of them that it fails on.
        negative_failure_rate: of those that are negative; None where no answer is expected.
        positive_failure_rate: of those that are positive; None where no answer is expected.
        mean_change: mean distance of the probability of the changed sentence from that of the
            first; None where an answer is expected.
        same_share: share of cases whose change the model cannot see, since it knows neither word,
            and which it cannot fail on; None where an answer is expected.
        failures: examples, one a template, the clearest first.
    """

    model: str
    suite: str
    asks: str
    num_cases: int
    failure_rate: float
    negative_failure_rate: float | None
    positive_failure_rate: float | None
    mean_change: float | None
    same_share: float | None
    failures: tuple[Failure, ...]

    def to_dict(self) -> dict[str, Any]:
        """The object that `order --suites --json` prints."""
        return asdict(self)


def measure_suites(
    predictor: Predictor, num_examples: int = NUM_EXAMPLES, progress: Progress = silent
) -> tuple[SuiteResult, ...]:
    """Let a model answer every suite.

    Args:
        predictor: the model.
        num_examples: most failures to return of each suite.
        progress: is told how many suites were answered.

    Raises:
        ModelError: the network cannot be run.
    """
    results = []
    for number, suite in enumerate(suites()):
        progress("answering suites", number, len(suites()))
        results.append(_measure(predictor, suite, num_examples))
    return tuple(results)


def _measure(predictor: Predictor, suite: Suite, num_examples: int) -> SuiteResult:
    texts = [case.text for case in suite.cases]
    answers = predictor.score(texts).astype(np.float64)
    changed_texts = [case.changed for case in suite.cases if case.changed is not None]
    by_label: list[float | None] = [None, None]
    mean_change, same_share = None, None
    if changed_texts:
        encoded = [predictor.tokenizer.encode_batch(each) for each in (texts, changed_texts)]
        same_share = float(np.mean([np.array_equal(*both) for both in zip(*encoded, strict=True)]))
        others = predictor.score(changed_texts).astype(np.float64)
        surprise = np.abs(others - answers)
        failed = (others >= THRESHOLD) != (answers >= THRESHOLD)
        mean_change = float(surprise.mean())
    else:
        others = answers
        labels = np.array([case.label for case in suite.cases])
        surprise = np.abs(answers - labels)
        failed = (answers >= THRESHOLD) != (labels == 1)
        by_label = [float(failed[labels == label].mean()) for label in (0, 1)]
    worst = sorted(np.flatnonzero(failed), key=lambda row: -surprise[row])
    examples: dict[str, int] = {}
    for row in worst:
        examples.setdefault(suite.cases[row].template, int(row))
    return SuiteResult(
        model=predictor.name,
        suite=suite.name,
        asks=suite.asks,
        num_cases=len(suite.cases),
        failure_rate=float(failed.mean()),
        negative_failure_rate=by_label[0],
        positive_failure_rate=by_label[1],
        mean_change=mean_change,
        same_share=same_share,
        failures=tuple(
            _failure(suite.cases[row], float(answers[row]), float(others[row]))
            for row in list(examples.values())[:num_examples]
        ),
    )


def _failure(case: Case, answer: float, other: float) -> Failure:
    label = None if case.label is None else label_name(case.label)
    return Failure(case.text, answer, label, case.changed, None if case.changed is None else other)


# === The suites ===


@cache
def suites() -> tuple[Suite, ...]:
    """Every suite, in a fixed order."""
    strong = (lists.NEGATIVE, lists.POSITIVE)
    mild = (lists.MILD_NEGATIVE, lists.MILD_POSITIVE)
    return (
        Suite("negation", "turn what is denied", _expecting(lists.NEGATION, mild)),
        Suite("used to … now", "go by what is so now", _expecting(lists.USED_TO_NOW, strong)),
        Suite(
            "thought it would be … but",
            "go by what it was, not by what was thought",
            _expecting(lists.THOUGHT_BUT, strong),
        ),
        Suite("contrast", "go by the side that is insisted on", _expecting(lists.CONTRAST, strong)),
        Suite(
            "double negation",
            "take two negations for none",
            _expecting(lists.DOUBLE_NEGATION, strong),
        ),
        Suite("another name", "answer alike", _changing(lists.NAME, lists.NAMES)),
        Suite("another place", "answer alike", _changing(lists.PLACE, lists.PLACES)),
        Suite("a synonym", "answer alike", _synonyms()),
        Suite("another identity", "answer alike", _changing(lists.IDENTITY, lists.IDENTITIES)),
    )


def _expecting(
    templates: Sequence[str], judging: tuple[Sequence[str], Sequence[str]]
) -> tuple[Case, ...]:
    """Cases with the label of {win}, negative and positive in turn."""
    cases = []
    for number in range(NUM_CASES):
        turn, label = divmod(number, 2)
        template = _in_turn(templates, turn)
        slots = {
            "noun": _in_turn(lists.EVENTS, turn),
            "aspect": _in_turn(lists.ASPECTS, turn),
            "win": _in_turn(judging[label], turn),
            "lose": _in_turn(judging[1 - label], turn),
        }
        words = tuple(word for slot, word in slots.items() if f"{{{slot}}}" in template)
        cases.append(Case(template.format(**slots), label, None, template, words))
    return tuple(cases)


def _changing(templates: Sequence[str], fillings: Sequence[str]) -> tuple[Case, ...]:
    """Cases whose {x} is changed for another filling, negative and positive in turn."""
    return tuple(
        _case(
            _in_turn(templates, number // 2),
            _in_turn(fillings, number),
            _in_turn(fillings, number + _STEP),
            number,
        )
        for number in range(NUM_CASES)
    )


def _synonyms() -> tuple[Case, ...]:
    """Cases whose {x} is changed for a synonym, this way and that in turn."""
    cases = []
    for number in range(NUM_CASES):
        template, *both = _in_turn(lists.SYNONYM, number // 2)
        first, second = both if number // 2 // len(lists.SYNONYM) % 2 else both[::-1]
        cases.append(_case(template, first, second, number))
    return tuple(cases)


def _case(template: str, first: str, second: str, number: int) -> Case:
    turn, polarity = divmod(number, 2)
    noun = _in_turn(lists.EVENTS, turn)
    adjective = _in_turn((lists.NEGATIVE, lists.POSITIVE)[polarity], turn)
    text, changed = (template.format(x=x, noun=noun, adj=adjective) for x in (first, second))
    return Case(text, None, changed, template, (noun, adjective))


def _in_turn(items: Sequence[Any], turn: int) -> Any:
    return items[turn % len(items)]
