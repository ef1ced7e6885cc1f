"""Another Python process that is asked line by line, as `sentiment predict --json` is by a pipe."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Self

import sentiment
from sentiment.errors import SentimentError

_ROOT = Path(sentiment.__file__).parent.parent


class Child:
    """A process of this interpreter with this package; leaving the context ends it.

    Ctrl-C does not reach it, only whoever waits for it.

    Args:
        *arguments: of the interpreter.
    """

    def __init__(self, *arguments: str) -> None:
        path = os.environ.get("PYTHONPATH")
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 (closed on exit)
        self._process = subprocess.Popen(
            [sys.executable, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(_ROOT), *filter(None, [path])])},
            start_new_session=True,
        )

    @property
    def process_id(self) -> int:
        """As the operating system counts."""
        return self._process.pid

    def ask(self, line: str) -> dict[str, Any]:
        """Send a line, and wait for the JSON object that answers it.

        Raises:
            SentimentError: the process ended, or its answer is `{"error": …}`.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(f"{line}\n".encode())
            self._process.stdin.flush()
        except BrokenPipeError:
            pass  # it ended; its last words are read below
        answer = self._process.stdout.readline()
        if not answer:
            raise SentimentError(self._last_words())
        values: dict[str, Any] = json.loads(answer)
        if "error" in values:
            raise SentimentError(values["error"])
        return values

    def _last_words(self) -> str:
        status = self._process.wait()
        self._errors.seek(0)
        lines = self._errors.read().decode(errors="replace").split("\n")
        last = next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")
        return f"a process that was to be measured ended with status {status}: {last}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._process.kill()
        self._process.communicate()
        self._errors.close()
