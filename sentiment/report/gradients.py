"""Gradients through time and depth, and the adding problem."""

import math
from collections.abc import Mapping, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sentiment.experiments.adding import BASELINE, SOLVED_SHARE, AddingResult
from sentiment.experiments.gradient_study import Study, Summary, summarise
from sentiment.experiments.gradients import STATES, Curve, Place
from sentiment.experiments.verdict import Verdict
from sentiment.report.verdicts import verdict_table

_CAPTION = (
    "setting: activation, initializer, standard deviation of the inputs; a step: by what the norm "
    "is multiplied each step back, from the slope fitted to its logarithm, the mean over seeds, "
    "beside the least and the most; first/last: the norm at the first step over that at the last; "
    "1000×: the distance from the end at which it has fallen a thousandfold; both medians"
)
_LEVELS = "▁▂▃▄▅▆▇█"
_WIDTH = 50  # of a drawing, in characters


def study_report(study: Study, verdicts: Sequence[Verdict]) -> RenderableType:
    """Every curve's figures, those of a stack and of training, and what they say."""
    config = study.config
    many = f"{config.length} steps, {config.units} units, seeds: {config.num_seeds}"
    parts: list[RenderableType] = [Text(f"Gradients at initialisation: {many}", "bold")]
    parts.append(_sweep_drawing(study.sweep))
    parts += _sweep_tables(summarise(study.sweep))
    parts.append(Text(_CAPTION, "table.caption"))
    if study.stack:
        parts.append(_stack_table(summarise(study.stack)))
    if study.trained:
        parts.append(_drawing("The norm before and after training", study.trained))
        parts.append(_trained_table(summarise(study.trained)))
        parts.append(adding_table(study.adding))
    return Group(*parts, verdict_table(verdicts))


def adding_report(
    results: Sequence[AddingResult], distances: Mapping[str, int | None]
) -> RenderableType:
    """Errors of the adding problem, and the largest distance that each cell learned."""
    table = Table(title="Largest distance learned, with every seed", title_justify="left")
    table.add_column("cell")
    table.add_column("steps", justify="right")
    for cell, distance in distances.items():
        table.add_row(cell, "none of these" if distance is None else f"{distance:,}")
    return Group(adding_table(results), table)


def adding_table(results: Sequence[AddingResult]) -> Table:
    """One row a cell, length and seed."""
    table = Table(title="Adding problem", title_justify="left")
    table.add_column("cell")
    for name in ("length", "seed", "error", "share", "batches", "seconds"):
        table.add_column(name, justify="right")
    table.add_column("")
    for result in results:
        table.add_row(
            result.config.cell,
            f"{result.config.length:,}",
            f"{result.config.seed}",
            f"{result.error:.5f}",
            f"{result.share:.3f}",
            f"{result.num_steps:,}",
            f"{result.seconds:.0f}",
            Text("solved", style="green") if result.solved else Text("unsolved", style="red"),
        )
    table.caption = (
        f"share: of the error of always answering the mean, {BASELINE:.4f}; solved is below "
        f"{SOLVED_SHARE:g}"
    )
    return table


def _sweep_drawing(curves: Sequence[Curve]) -> Table:
    """Every state in the first setting."""

    def setting(curve: Curve) -> tuple[str, str, float | None]:
        return curve.place.activation, curve.place.initializer, curve.place.input_scale

    first = setting(curves[0])
    title = "The norm with {} {} {:g}".format(*first)
    return _drawing(title, [curve for curve in curves if setting(curve) == first])


def _drawing(title: str, curves: Sequence[Curve]) -> Table:
    """A line a state, as high as the logarithm of its norm; of the first seed."""
    seed = curves[0].seed
    drawn = [curve for curve in curves if curve.seed == seed]
    there = [norm for curve in drawn for norm in curve.norms if 0 < norm < math.inf]
    low, high = min(there, default=1.0), max(there, default=1.0)
    table = Table(title=title, title_justify="left")
    table.add_column("state")
    table.add_column(f"0 to {len(curves[0].norms) - 1} steps from the end")
    both = any(curve.place.trained for curve in drawn)
    for curve in drawn:
        when = (", after" if curve.place.trained else ", before") if both else ""
        table.add_row(_state(curve.place) + when, _line(curve.norms, low, high))
    table.caption = f"seed {seed}; height: logarithm of the norm, █ {high:.0e}, ▁ {low:.0e}"
    return table


def _line(norms: Sequence[float], low: float, high: float) -> str:
    """Norms as blocks on a log axis; one that is gone is a space, one that overflowed is full."""
    span = math.log(high) - math.log(low) or 1.0
    places = sorted({round(step * (len(norms) - 1) / (_WIDTH - 1)) for step in range(_WIDTH)})
    blocks = []
    for norm in (norms[place] for place in places):
        if norm > 0:
            share = (math.log(min(norm, high)) - math.log(low)) / span
            blocks.append(_LEVELS[round(share * (len(_LEVELS) - 1))])
        else:
            blocks.append(" ")
    return "".join(blocks)


def _sweep_tables(rows: Sequence[Summary]) -> list[Table]:
    """A table for each state of each cell, its settings one below the other."""
    tables: dict[str, Table] = {}
    for row in rows:
        place = row.place
        title = _state(row.place)
        if title not in tables:
            tables[title] = Table(title=title, title_justify="left")
            tables[title].add_column("setting")
            _add_figure_columns(tables[title])
        setting = f"{place.activation} {place.initializer} {place.input_scale:g}"
        tables[title].add_row(setting, *_figures(row))
    return list(tables.values())


def _stack_table(rows: Sequence[Summary]) -> Table:
    place = rows[0].place
    table = Table(
        title=f"Gradients in a stack ({place.activation}, {place.initializer}, inputs "
        f"{place.input_scale:g})",
        title_justify="left",
    )
    table.add_column("state, layer")
    table.add_column("norm", justify="right")
    _add_figure_columns(table)
    for number, row in enumerate(rows):
        if number and row.place.cell != rows[number - 1].place.cell:
            table.add_section()
        table.add_row(f"{_state(row.place)}, {row.place.layer}", f"{row.total:.3g}", *_figures(row))
    table.caption = "layer 1 is the bottom, the loss is at the top; norm: over all steps together"
    return table


def _trained_table(rows: Sequence[Summary]) -> Table:
    table = Table(
        title="Gradients on the adding problem, before and after training", title_justify="left"
    )
    table.add_column("state")
    _add_figure_columns(table)
    for row in rows:
        when = "after" if row.place.trained else "before"
        table.add_row(f"{_state(row.place)}, {when}", *_figures(row))
    table.caption = f"one {rows[0].place.activation} layer, {rows[0].place.initializer} at first"
    return table


def _state(place: Place) -> str:
    """`gru`, `lstm h`, `lstm c`."""
    return f"{place.cell} {place.state}" if len(STATES[place.cell]) > 1 else place.cell


def _add_figure_columns(table: Table) -> None:
    for name in ("a step", "least–most", "first/last", "1000×"):
        table.add_column(name, justify="right")


def _figures(row: Summary) -> tuple[str, str, str, str]:
    low, high = row.factor_range
    fall = "never" if row.thousandfold is None else f"{row.thousandfold:g}"
    return f"{row.factor:.4f}", f"{low:.4f}–{high:.4f}", f"{row.ratio:.0e}", fall
