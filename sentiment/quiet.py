"""Keeping TensorFlow's notes to itself."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quiet_tensorflow() -> Iterator[None]:
    """Keep TensorFlow's notes about this machine off standard error while a block imports it.

    It writes the first ones before it looks at any setting, straight to the file descriptor. Who
    has set `TF_CPP_MIN_LOG_LEVEL` gets what it asks for.
    """
    if os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3") != "3":
        yield
        return
    sys.stderr.flush()
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
