"""How long-running library code says where it is, without knowing who listens."""

from collections.abc import Callable

Progress = Callable[[str, int, int | None], None]
"""Called as `progress(description, completed, total)`; `total` is None where it is not known."""


def silent(description: str, completed: int, total: int | None) -> None:
    """Listen to nothing."""
