"""Columns of a table by name, and what they hold."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from sentiment.errors import DataError, closest

TEXT_NAMES = ("text", "review", "sentence")


def find_column(
    table: object, names: Sequence[str], given: str | None, usual: Sequence[str], what: str
) -> str:
    """The name of the column that holds what is asked for.

    Args:
        table: its name, for errors.
        names: its columns.
        given: the name asked for; None takes the only one of the usual names.
        usual: names in lower case.
        what: `text` or `label`.

    Raises:
        DataError: there is no such column, or it cannot be told.
    """
    if given is not None:
        if given in names:
            return given
        lowered = {name.casefold(): name for name in names}
        close = closest(given.casefold(), lowered)
        hint = f"; did you mean {lowered[close]!r}?" if close else "."
        raise DataError(f"{table} has no column {given!r}{hint} Its columns are {listed(names)}")
    found = [name for name in names if name.strip().casefold() in usual]
    if len(found) == 1:
        return found[0]
    raise DataError(
        f"cannot tell which column of {table} holds the {what}s; name it with --{what}-column. Its "
        f"columns are {listed(names)}"
    )


def check_unique(table: object, names: Sequence[str]) -> None:
    """Let no two columns of one name through.

    Raises:
        DataError: there are two.
    """
    seen = set()
    for name in names:
        if name in seen:
            raise DataError(f"{table} has two columns named {name!r}; rename one of them")
        seen.add(name)


def value_type(kind: Any) -> Any:
    """The Arrow type of a column's values, whether or not they are kept in a dictionary."""
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def is_text(kind: Any) -> bool:
    """Whether values of an Arrow type are texts."""
    tests = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
    return any(test(kind) for test in tests)


def check_text(table: object, name: str, kind: Any) -> None:
    """Let no column through that cannot hold texts; one without any value may.

    Raises:
        DataError: it holds something else.
    """
    kind = value_type(kind)
    if not (is_text(kind) or pa.types.is_null(kind)):
        raise DataError(
            f"column {name!r} of {table} holds {kind}, not text; name another with --text-column"
        )


def listed(names: Sequence[str], most: int = 12) -> str:
    """Names for people, cut where there are many."""
    shown = [repr(name if len(name) <= 40 else name[:39] + "…") for name in names[:most]]
    more = [f"{len(names) - most} more"] if len(names) > most else []
    return ", ".join([*shown, *more])
