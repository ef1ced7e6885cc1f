"""Ctrl-C during training: the first one is noted, the second one ends everything at once."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Interruptible(Protocol):
    """What looks now and then whether it is to stop."""

    interrupted: bool


@contextmanager
def interruptible(loop: Interruptible) -> Iterator[None]:
    """Let the first Ctrl-C set `interrupted`, so that the batch under way is finished first."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        if loop.interrupted:
            raise KeyboardInterrupt
        loop.interrupted = True

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
