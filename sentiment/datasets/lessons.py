"""The data set `lessons`: everyday sentences of the project's own, and what turns them.

A model that has read long reviews of films meets short typed sentences here, about anything that
people like or hate, in the language of opinion: negation once and twice, contrast, time,
expectation, comparison, wishes, and people and places that must not matter. Every template is drawn
with both labels equally often, so that no template gives the label away. Validation and test have
templates of their own besides those that training shows. The split `neutral` has sentences that say
nothing for or against.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyarrow as pa

from sentiment.datasets.dataset import NEUTRAL, TEST, TRAIN, VALIDATION, Dataset, Split
from sentiment.datasets.lessons_drawing import Drawing
from sentiment.datasets.lessons_neutral import NEUTRAL_SENTENCES, neutral_templates
from sentiment.datasets.lessons_sentences import written_sentences
from sentiment.datasets.lessons_style import key_of, styled
from sentiment.datasets.lessons_templates import Template, templates

WRITTEN = "written"

_NUM_SENTENCES = {TRAIN: 60_000, VALIDATION: 2_000, TEST: 2_000}
_NUM_NEUTRAL = 6_000
_SHARE_UNSEEN = 0.5
_VARIANTS = 6  # of a written sentence in training, besides itself
_EVERY = 12  # written sentence is for validation, and the next one for the test
_MAX_TRIES = 12


@dataclass(frozen=True)
class _Row:
    text: str
    label: int
    skill: str
    unseen: bool


def lessons(seed: int = 0) -> Dataset:
    """Draw the data set.

    About 60,000 sentences for training, 2,000 for validation, 2,000 for the test, half of them
    positive in each skill, and 6,000 neutral ones. Rows are in random order, and no two splits have
    a sentence of the same words. Columns besides `text` and `label`:

        skill (string): the phenomenon; `written` for whole sentences that no template made
        unseen_template (bool): the template (or the written sentence) is not in training

    Args:
        seed: decides every choice; which templates are held out never changes.
    """
    drawing = _Drawing(seed)
    held_out = {name: drawing.written(name) for name in (VALIDATION, TEST)}
    training = drawing.written(TRAIN)
    known = [template for template in templates() if template.split == TRAIN]
    rows = {}
    for name, own in held_out.items():
        count = _NUM_SENTENCES[name] - len(own)
        new = [template for template in templates() if template.split == name]
        rows[name] = own + drawing.pairs(new, round(count * _SHARE_UNSEEN), unseen=True)
        rows[name] += drawing.pairs(known, _NUM_SENTENCES[name] - len(rows[name]))
    rows[TRAIN] = training + drawing.pairs(known, _NUM_SENTENCES[TRAIN] - len(training))
    shuffled = drawing.sentences.shuffled
    splits = {name: _split(shuffled(rows[name])) for name in (TRAIN, VALIDATION, TEST)}
    return Dataset(
        name="lessons",
        source=f"everyday sentences of this project's own, seed {seed}",
        splits={**splits, NEUTRAL: _neutral_split(shuffled(drawing.neutral()))},
    )


class _Drawing:
    """Draws rows from a seed, and no sentence twice."""

    def __init__(self, seed: int) -> None:
        self.sentences = Drawing(seed)
        self._drawn: set[str] = set()

    def written(self, split: str) -> list[_Row]:
        """The written sentences of a split; in training each in several spellings."""
        rows = []
        for number, (label, text) in enumerate(written_sentences()):
            place = number // 2 % _EVERY
            if split != {0: VALIDATION, 1: TEST}.get(place, TRAIN):
                continue
            self._drawn.add(key_of(text))
            texts = [text]
            if split == TRAIN:
                begun = text if text[:2] in ("I ", "I'") else text[0].lower() + text[1:]
                opener = text[-1] not in "?!"
                texts += [styled(begun, self.sentences, opener=opener) for _ in range(_VARIANTS)]
            rows += [_Row(each, label, WRITTEN, split != TRAIN) for each in dict.fromkeys(texts)]
        return rows

    def pairs(
        self, of_templates: Sequence[Template], count: int, *, unseen: bool = False
    ) -> list[_Row]:
        """About `count` rows, a negative and a positive one of each template in turn.

        Templates are in random order; one that has no more to give is left out from then on.
        """
        rows: list[_Row] = []
        going = self.sentences.shuffled(of_templates)
        while len(rows) < count and going:
            for template in list(going):
                found = self._new(template)
                if found is None:
                    going.remove(template)
                    continue
                rows += [_Row(found[label], label, template.skill, unseen) for label in (0, 1)]
                if len(rows) >= count:
                    break
        return rows

    def _new(self, template: Template) -> tuple[str, str] | None:
        """A negative and a positive sentence that were not drawn before."""
        for _ in range(_MAX_TRIES):
            found = self.sentences.draw(template)
            keys = {key_of(text) for text in found}
            if len(keys) == len(found) and self._drawn.isdisjoint(keys):
                self._drawn |= keys
                opener = template.takes_opener
                negative, positive = (styled(each, self.sentences, opener=opener) for each in found)
                return negative, positive
        return None

    def neutral(self) -> list[_Row]:
        """The neutral rows, their label of no meaning."""
        rows = [_Row(text, 0, WRITTEN, False) for text in NEUTRAL_SENTENCES]
        self._drawn |= {key_of(text) for text in NEUTRAL_SENTENCES}
        going = list(neutral_templates())
        while len(rows) < _NUM_NEUTRAL and going:
            for template in list(going):
                for _ in range(_MAX_TRIES):
                    text, _ = self.sentences.draw(template)
                    key = key_of(text)
                    if key not in self._drawn:
                        self._drawn.add(key)
                        shown = styled(text, self.sentences, opener=False, exclaim=False)
                        rows.append(_Row(shown, 0, template.skill, False))
                        break
                else:
                    going.remove(template)
        return rows[:_NUM_NEUTRAL]


def _split(rows: Sequence[_Row]) -> Split:
    return Split.of([row.text for row in rows], [row.label for row in rows], **_columns(rows))


def _neutral_split(rows: Sequence[_Row]) -> Split:
    return Split.of([row.text for row in rows], None, **_columns(rows))


def _columns(rows: Iterable[_Row]) -> dict[str, pa.Array]:
    return {
        "skill": pa.array([row.skill for row in rows], pa.string()),
        "unseen_template": pa.array([row.unseen for row in rows], pa.bool_()),
    }
