"""The textbook's claims about recurrent cells, each judged by the figures of a comparison.

A claim holds, or does not, where a 95 % interval over seeds and test texts says so, and cannot be
told where the interval leaves it open or where what it speaks of was not measured.
"""

from collections.abc import Callable, Sequence
from functools import partial

from sentiment.experiments.comparison import (
    PAIRS,
    CellRun,
    Comparison,
    difference,
    train_speed_ratio,
)
from sentiment.experiments.intervals import Interval
from sentiment.experiments.verdict import CANNOT_TELL, FAILS, HOLDS, Verdict

MARGIN = 0.01  # of accuracy; within it two networks are about equal
RECURRENT = ("simple_rnn", "lstm", "gru")
GATED = ("lstm", "gru")
ONE_SEED = "one seed shows no spread; use --seeds 3 or more"

_OPPOSITE = {HOLDS: FAILS, FAILS: HOLDS, CANNOT_TELL: CANNOT_TELL}

Answer = tuple[str, str]
Runs = tuple[CellRun, ...]


def comparison_verdicts(comparison: Comparison) -> list[Verdict]:
    """Judge every claim, in the order in which textbooks make them."""
    judged = (
        (
            "a GRU has fewer parameters than an LSTM of the same width",
            partial(_of_both, _parameters),
        ),
        ("a GRU trains faster than an LSTM", partial(_of_both, _speed)),
        ("GRU and LSTM are about equally accurate, within a point", partial(_of_both, _equal)),
        ("GRU and LSTM are both more accurate than a SimpleRNN", _gates),
        ("every recurrent cell beats the bag of words where order decides", _order),
        ("more layers help little, by less than a point", _depth),
    )
    return [Verdict(claim, *judge(comparison)) for claim, judge in judged]


def _of_both(judge: Callable[[Runs, Runs], Answer], comparison: Comparison) -> Answer:
    """What a judge says of GRU and LSTM."""
    gru, lstm = (_first(comparison, comparison.data, cell) for cell in ("gru", "lstm"))
    return judge(gru, lstm) if gru and lstm else (CANNOT_TELL, _absent("gru", "lstm"))


def _parameters(gru: Runs, lstm: Runs) -> Answer:
    counts = gru[0].num_parameters, lstm[0].num_parameters
    shown = f"{counts[0]:,} and {counts[1]:,}"
    if gru[0].units != lstm[0].units:
        return CANNOT_TELL, f"{shown}, but with {gru[0].units} and {lstm[0].units} units"
    return (HOLDS if counts[0] < counts[1] else FAILS), f"{shown} with {gru[0].units} units"


def _speed(gru: Runs, lstm: Runs) -> Answer:
    ratio = train_speed_ratio(gru, lstm)
    if ratio is None:
        return CANNOT_TELL, "a single epoch shows no spread; use more --seeds or --epochs"
    shown = f"{ratio.mean:.2f} times as fast ({ratio.low:.2f} to {ratio.high:.2f})"
    return _above(ratio, 1.0), shown


def _equal(gru: Runs, lstm: Runs) -> Answer:
    gap = difference(gru, lstm)
    if gap is None:
        return CANNOT_TELL, ONE_SEED
    evidence = f"GRU less LSTM on {gru[0].data}: {_points(gap)}"
    if gap.low >= -MARGIN and gap.high <= MARGIN:
        return HOLDS, evidence
    return (FAILS if gap.low > MARGIN or gap.high < -MARGIN else CANNOT_TELL), evidence


def _gates(comparison: Comparison) -> Answer:
    return _all_beat(comparison, comparison.data, GATED, "simple_rnn")


def _order(comparison: Comparison) -> Answer:
    cells = [cell for cell in RECURRENT if _first(comparison, PAIRS, cell)]
    return _all_beat(comparison, PAIRS, cells or RECURRENT, "bow")


def _depth(comparison: Comparison) -> Answer:
    """Every deeper stack beside the shallowest of its cell."""
    found: list[tuple[str, Answer]] = []
    for cell in RECURRENT:
        shallow = _first(comparison, comparison.data, cell)
        for other, layers in comparison.networks(comparison.data):
            if other == cell and layers > shallow[0].layers:
                answer, shown = _exceeds(
                    comparison.of(comparison.data, cell, layers), shallow, MARGIN
                )
                found.append((f"{cell} with {layers} layers", (_OPPOSITE[answer], shown)))
    if not found:
        return CANNOT_TELL, "only one depth was measured; use --layers 1,2,3"
    return _together(found)


def _all_beat(comparison: Comparison, data: str, cells: Sequence[str], other: str) -> Answer:
    """Whether each of some cells is more accurate than another."""
    beaten = _first(comparison, data, other)
    runs = {cell: _first(comparison, data, cell) for cell in cells}
    if not beaten or not all(runs.values()):
        return CANNOT_TELL, _absent(*cells, other) + f" on {data}"
    return _together(
        [(f"{cell} less {other} on {data}", _exceeds(runs[cell], beaten, 0.0)) for cell in cells]
    )


def _together(found: Sequence[tuple[str, Answer]]) -> Answer:
    """Whether all hold; one that does not decides."""
    answers = [answer for _, (answer, _) in found]
    evidence = "; ".join(f"{name}: {shown}" for name, (_, shown) in found)
    if FAILS in answers:
        return FAILS, evidence
    return (CANNOT_TELL if CANNOT_TELL in answers else HOLDS), evidence


def _exceeds(first: Runs, second: Runs, bound: float) -> Answer:
    """Whether the accuracy of the first is above that of the second by more than a bound."""
    gap = difference(first, second)
    return (CANNOT_TELL, ONE_SEED) if gap is None else (_above(gap, bound), _points(gap))


def _above(interval: Interval, bound: float) -> str:
    """Whether what an interval is of lies above a bound."""
    if interval.low > bound:
        return HOLDS
    return FAILS if interval.high < bound or interval.low == interval.high else CANNOT_TELL


def _first(comparison: Comparison, data: str, cell: str) -> Runs:
    """The runs of a cell with the fewest layers that it was measured with."""
    depths = [layers for each, layers in comparison.networks(data) if each == cell]
    return comparison.of(data, cell, min(depths)) if depths else ()


def _points(gap: Interval) -> str:
    return f"{100 * gap.mean:+.2f} points ({100 * gap.low:+.2f} to {100 * gap.high:+.2f})"


def _absent(*cells: str) -> str:
    return f"needs {', '.join(cells[:-1])} and {cells[-1]}"
