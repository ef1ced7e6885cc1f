"""What word order is worth: curves, single sentences, behaviour suites; models side by side."""

from collections.abc import Callable, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sentiment.experiments.scrambled_training import TwinResult
from sentiment.experiments.sentence_order import SentenceResult
from sentiment.experiments.suites import Failure, SuiteResult
from sentiment.experiments.word_order import StrengthResult, WordOrderResult
from sentiment.report.answers import SURPRISE_NOTE, bits
from sentiment.report.text import LABEL_STYLES, bar, percent, plain

_WHOLE = ("accuracy", "", "confidence")  # columns that are no use in part


def word_order_report(results: Sequence[WordOrderResult]) -> RenderableType:
    """The curve of one split, by scramble strength and by length, a line a model."""
    first = results[0]
    names = ", ".join(result.model for result in results)
    title = f"{names} on {first.data}, {first.split}, {first.num_texts:,} texts: accuracy"
    in_pairs = any(result.strengths[0].both_right is not None for result in results)
    columns = ["accuracy", "", *["both right"] * in_pairs]
    curve = _by_strength(title, columns, results, lambda row: _curve(row, in_pairs))
    columns = ["flips", "change", "at most", "confidence", "texts changed"]
    changes = _by_strength("What scrambling changes", columns, results, _changes)
    changes.caption = plain(_caption(first), "table.caption")
    return Group(curve, changes, _lengths_table(results), *_surprises_table(results))


def _surprises_table(results: Sequence[WordOrderResult]) -> list[Table]:
    """How sentences surprise in their own order; nothing where no model can tell."""
    table = _table("Surprise of sentences of 6 to 30 words, bits a word")
    table.add_column("model", overflow="fold")
    for name in ("sentences", "own order", "scrambled", "own order surprises less"):
        table.add_column(name, justify="right")
    for result in results:
        found = result.surprise
        if found is not None:
            low, high = found.interval
            table.add_row(
                plain(result.model),
                f"{found.num_sentences:,}",
                f"{found.original_bits:.2f}",
                f"{found.scrambled_bits:.2f}",
                f"{percent(found.share)} ({100 * low:.2f}–{100 * high:.2f})",
            )
    return [table] if table.row_count else []


def _by_strength(
    title: str,
    columns: Sequence[str],
    results: Sequence[WordOrderResult],
    cells: Callable[[StrengthResult], list[str]],
) -> Table:
    """A section a strength, and in it a line a model."""
    table = _table(title)
    table.add_column("order")
    table.add_column("model", overflow="fold")
    for name in columns:
        table.add_column(name, justify="right", no_wrap=name in _WHOLE)
    for rows in zip(*(result.strengths for result in results), strict=True):
        for number, (result, row) in enumerate(zip(results, rows, strict=True)):
            table.add_row("" if number else row.name, plain(result.model), *cells(row))
        table.add_section()
    return table


def _table(title: str) -> Table:
    return Table(title=plain(title, "table.title"), title_justify="left", caption_justify="left")


def _curve(row: StrengthResult, in_pairs: bool) -> list[str]:
    spread = f" ± {100 * row.accuracy_sd:.2f}" if row.num_permutations > 1 else ""
    both_right = "" if row.both_right is None else percent(row.both_right)
    return [percent(row.accuracy) + spread, bar(row.accuracy), *[both_right] * in_pairs]


def _changes(row: StrengthResult) -> list[str]:
    return [
        "" if row.flips is None else percent(row.flips),
        _distance(row.mean_change),
        _distance(row.max_change),
        f"{row.confidence:.3f}",
        percent(row.changed_share),
    ]


def _distance(change: float) -> str:
    """A distance of probabilities; `0` is exactly zero, and nothing else is."""
    if change == 0:
        return "0"
    return f"{change:.4f}" if change >= 0.00005 else f"{change:.0e}"


def _caption(result: WordOrderResult) -> str:
    permutations = max(row.num_permutations for row in result.strengths)
    return (
        f"{permutations} permutations a text, seed {result.seed}, accuracy ± standard deviation "
        "over them; flips: right answers that turn wrong; change: mean distance of P(positive) "
        "from the original, and at most; a bag of words has 0, exactly; both right: in a word-"
        f"order pair; {percent(result.cut_share)} of texts are cut to {result.max_tokens} words"
    )


def _lengths_table(results: Sequence[WordOrderResult]) -> Table:
    table = _table("By length, all words scrambled")
    table.add_column("words")
    table.add_column("model", overflow="fold")
    for name in ("texts", "original", "scrambled", "flips"):
        table.add_column(name, justify="right")
    for result in results:
        for row in result.lengths:
            table.add_row(
                f"{row.shortest:,}–{row.longest:,}",
                plain(result.model),
                f"{row.num_texts:,}",
                percent(row.accuracy),
                percent(row.scrambled_accuracy),
                "" if row.flips is None else percent(row.flips),
            )
        table.add_section()
    return table


def twins_report(results: Sequence[TwinResult]) -> RenderableType:
    """What is left of each model's gain to its twin, a sentence a model."""
    return Group(*(plain(_kept(result)) for result in results))


def _kept(result: TwinResult) -> str:
    gap = 100 * (result.accuracy - result.twin_accuracy)
    figures = (
        f"{result.twin}, which learned from scrambled words, answers "
        f"{percent(result.twin_accuracy)} of texts in their own order right, {result.model} "
        f"{percent(result.accuracy)} (difference {gap:.2f} ± {100 * result.margin:.2f} points): "
    )
    chance = f"{percent(result.chance)}, which the commoner label alone gets"
    if result.kept is None:
        return f"{figures}{result.model} gains nothing over {chance}"
    return f"{figures}it keeps {result.kept:.0%} of what {result.model} gains over {chance}"


def sentence_report(results: Sequence[SentenceResult]) -> RenderableType:
    """The answers to one sentence in other orders, each with the order that moved it most."""
    tables: list[RenderableType] = []
    for result in results:
        title = f"{result.model}: {result.label}, P(positive) {result.probability:.3f}"
        table = _table(title)
        table.add_column("order")
        table.add_column("P(positive)", justify="right")
        table.add_column("from – to", justify="right")
        table.add_column("flips", justify="right")
        table.add_column("moved most", overflow="fold")
        table.add_column("", justify="right")
        surprising = result.surprise is not None
        if surprising:
            table.add_column("bits", justify="right", no_wrap=True)
            table.caption = plain(SURPRISE_NOTE, "table.caption")
        original = f"{result.probability:.3f}"
        text = plain(result.text, LABEL_STYLES[result.label])
        last = [bits(result.surprise)] * surprising
        table.add_row("original", original, "", "", text, original, *last, end_section=True)
        for row in result.strengths:
            table.add_row(
                row.name,
                f"{row.probability:.3f}",
                f"{row.lowest:.3f} – {row.highest:.3f}" if row.num_permutations > 1 else "",
                f"{row.flips:.0%}",
                plain(row.example.text, LABEL_STYLES[row.example.label]),
                f"{row.example.probability:.3f}",
                *[bits(row.surprise)] * surprising,
            )
        tables.append(table)
    return Group(*tables)


def suites_report(results: Sequence[SuiteResult]) -> RenderableType:
    """Failure rates of the suites, a column a model, and examples.

    Args:
        results: every suite of every model, the models one behind the other.
    """
    by_suite: dict[str, list[SuiteResult]] = {}
    for result in results:
        by_suite.setdefault(result.suite, []).append(result)
    rates = _table("Behaviour suites, share of failures")
    rates.add_column("suite")
    rates.add_column("the model has to")
    rates.add_column("cases", justify="right")
    for result in next(iter(by_suite.values()), []):
        rates.add_column(plain(result.model), justify="right")
    for name, found in by_suite.items():
        shares = [percent(result.failure_rate) + _details(result) for result in found]
        rates.add_row(name, found[0].asks, f"{found[0].num_cases}", *shares)
    rates.caption = (
        "after CheckList (Ribeiro et al. 2020); −: of negative cases, +: of positive ones; moved: "
        "mean distance of P(positive); same: cases that test nothing, since the model knows "
        "neither word and reads the same twice"
    )
    examples = _table("Clearest failures")
    for column in ("suite", "model", "expected", "P(positive)", "text"):
        examples.add_column(column, overflow="fold")
    for found in by_suite.values():
        for result in found:
            for failure in result.failures:
                examples.add_row(result.suite, plain(result.model), *_example(failure))
        examples.add_section()
    return Group(rates, examples) if examples.row_count else rates


def _details(result: SuiteResult) -> str:
    if result.mean_change is not None and result.same_share is not None:
        return f"\nmoved {_distance(result.mean_change)}\nsame {result.same_share:.0%}"
    return f"\n− {result.negative_failure_rate:.0%}, + {result.positive_failure_rate:.0%}"


def _example(failure: Failure) -> tuple[RenderableType, ...]:
    if failure.changed is None or failure.changed_probability is None:
        expected = failure.label or ""
        return expected, f"{failure.probability:.3f}", plain(failure.text)
    probabilities = Text(f"{failure.probability:.3f}\n{failure.changed_probability:.3f}")
    return "alike", probabilities, plain(f"{failure.text}\n{failure.changed}")
