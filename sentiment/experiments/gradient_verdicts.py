"""What the textbook's sentences about gradients are worth in the settings that were measured.

Verdicts are computed from the figures and may contradict the textbook.
"""

import itertools
import statistics
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sentiment.experiments.gradient_study import Study, summarise
from sentiment.experiments.gradients import Curve
from sentiment.experiments.verdict import FAILS, HOLDS, Verdict

SIGMOID_BOUND = 1 / 4
_SIMPLE = "simple_rnn"


def verdicts(study: Study) -> list[Verdict]:
    """Judge the sentences that the study has figures for.

    Raises:
        AssertionError: a sigmoid SimpleRNN with orthogonal recurrence loses less than a factor of
            4 in a step, which cannot be: its Jacobian is diag(φ′)·Wᵀ with φ′ ≤ 1/4.
    """
    found = [
        Verdict(
            "TensorFlow differentiates a linear one-unit recurrence as its closed form does",
            _answer(study.closed_form_error < 1e-12),
            f"largest relative difference {study.closed_form_error:.1e}",
        )
    ]
    found += _bound(study.sweep)
    found += _textbook(study.sweep)
    found += _depth(study.stack)
    found += _training(study)
    return found


def _bound(sweep: Sequence[Curve]) -> list[Verdict]:
    bound = [
        curve.worst_step
        for curve in sweep
        if (curve.place.cell, curve.place.activation, curve.place.initializer)
        == (_SIMPLE, "sigmoid", "orthogonal")
    ]
    if not bound:
        return []
    if max(bound) > SIGMOID_BOUND * (1 + 1e-9):
        raise AssertionError(f"a factor of {max(bound)} a step breaks the bound of 1/4")
    return [
        Verdict(
            "a sigmoid SimpleRNN with orthogonal recurrence loses at least a factor of 4 a step",
            HOLDS,
            f"no step of {len(bound)} curves multiplies the norm by more than {max(bound):.4f}",
        )
    ]


def _textbook(sweep: Sequence[Curve]) -> list[Verdict]:
    """Whether gates keep the gradient longer at initialisation, a setting at a time."""
    settings: dict[tuple[Any, ...], dict[str, float]] = {}
    for summary in summarise(sweep):
        place = summary.place
        setting = (place.activation, place.initializer, place.input_scale)
        cells = settings.setdefault(setting, {})
        cells[place.cell] = max(summary.factor, cells.get(place.cell, 0.0))
    compared = {s: cells for s, cells in settings.items() if len(cells) > 1 and _SIMPLE in cells}
    if not compared:
        return []
    longer = {
        cell: [s for s, cells in compared.items() if cells[cell] > cells[_SIMPLE]]
        for cell in next(iter(compared.values()))
        if cell != _SIMPLE
    }
    exceptions = [s for s in compared if not any(s in of_cell for of_cell in longer.values())]
    counts = ", ".join(f"{cell} in {len(of_cell)}" for cell, of_cell in longer.items())
    named = "; none with " + ", ".join(" ".join(map(str, s)) for s in exceptions)
    found = [
        Verdict(
            "at initialisation a gated cell keeps its gradient longer than a SimpleRNN",
            _answer(not exceptions),
            f"of {len(compared)} settings {counts}{named if exceptions else ''}",
        )
    ]
    small = min(setting[2] for setting in compared)
    if ("tanh", "orthogonal", small) in compared:
        cells = compared["tanh", "orthogonal", small]
        others = [factor for cell, factor in cells.items() if cell != _SIMPLE]
        shown = ", ".join(f"{cell} keeps {factor:.4g}" for cell, factor in cells.items())
        found.append(
            Verdict(
                "at initialisation an orthogonal tanh SimpleRNN with small inputs keeps its "
                "gradient longer than the gated cells",
                _answer(cells[_SIMPLE] > max(others)),
                f"inputs of {small:g}: of its norm a step back {shown}",
            )
        )
    return found


def _depth(stack: Sequence[Curve]) -> list[Verdict]:
    """Whether the gradient fades on the way down, for each cell by the norm over all steps."""
    found = []
    rows = [summary for summary in summarise(stack) if summary.place.state == "h"]
    for cell, group in itertools.groupby(rows, key=lambda summary: summary.place.cell):
        totals = [summary.total for summary in group]
        found.append(
            Verdict(
                f"in a stack of {len(totals)} {cell} layers the bottom gets the least gradient",
                _answer(totals[0] == min(totals)),
                "over all steps, from the bottom up: " + ", ".join(f"{t:.3g}" for t in totals),
            )
        )
    return found


def _training(study: Study) -> list[Verdict]:
    """What training made of the gradient that there was."""
    solved: dict[str, list[bool]] = {}
    for result in study.adding:
        solved.setdefault(result.config.cell, []).append(result.solved)
    if _SIMPLE not in solved or len(solved) < 2:
        return []
    shown = []
    for cell, outcomes in solved.items():
        rows = [row for row in summarise(study.trained) if row.place.cell == cell]
        before, after = (
            max(row.factor for row in rows if row.place.trained is trained)
            for trained in (False, True)
        )
        share = statistics.median(r.share for r in study.adding if r.config.cell == cell)
        shown.append(
            f"{cell} {sum(outcomes)} of {len(outcomes)} seeds, error {share:.2g} of the mean's, "
            f"gradient kept a step back {before:.4g} before and {after:.4g} after"
        )
    gated = max(sum(outcomes) for cell, outcomes in solved.items() if cell != _SIMPLE)
    return [
        Verdict(
            "whatever its gradient at initialisation, a gated cell learns to carry what a "
            "SimpleRNN does not",
            _answer(gated > sum(solved[_SIMPLE])),
            f"adding problem of length {study.config.length} solved: " + "; ".join(shown),
        )
    ]


def _answer(holds: bool) -> str:
    return HOLDS if holds else FAILS


def study_dict(study: Study) -> dict[str, Any]:
    """`{"curves", "stack", "trained", "adding", "verdicts"}`, as JSON takes it."""
    return {
        "curves": [curve.to_dict() for curve in study.sweep],
        "stack": [curve.to_dict() for curve in study.stack],
        "trained": [curve.to_dict() for curve in study.trained],
        "adding": [result.to_dict() for result in study.adding],
        "verdicts": [asdict(verdict) for verdict in verdicts(study)],
    }
