"""Does what `sentiment predict TEXT` does, and writes down where the time went.

    python -P -m benchmarks.start_worker BEGIN TEXT

BEGIN is `time.perf_counter()` of whoever started it, which on Linux counts the same everywhere. A
line of JSON on standard error has milliseconds by phase; each counts without the phases within it.
Imports are counted by the package that is imported: nothing is imported that the command does not
import itself, and what is asked of the modules is timed as soon as they are there.
"""

import builtins
import functools
import json
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

_PARTS = (  # (module, class or none, function, phase)
    ("sentiment.artifact", "", "load_model", "read: model files, and their hashes"),
    ("sentiment.tokenizer", "Tokenizer", "from_json", "build: tokenizer"),
    ("sentiment.surprise", "LanguageModel", "of", "build: language model"),
    ("sentiment.surprise", "LanguageModel", "surprises", "answer: language model"),
    ("onnxruntime", "", "InferenceSession", "build: ONNX Runtime session"),
    ("sentiment.predictor", "Predictor", "predict", "answer: tokens and network"),
    ("rich.console", "Console", "print", "print"),
)


class Phases:
    """Seconds by phase, each without what is within it."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._open: list[str] = []
        self._since = time.perf_counter()

    def _pass(self) -> None:
        now = time.perf_counter()
        if self._open:
            name = self._open[-1]
            self.seconds[name] = self.seconds.get(name, 0.0) + now - self._since
        self._since = now

    def run(self, name: str, function: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        """Call a function in a phase."""
        self._pass()
        self._open.append(name)
        try:
            return function(*arguments, **named)
        finally:
            self._pass()
            self._open.pop()


def watch(phases: Phases) -> None:
    """Time imports from now on, and `_PARTS` as soon as their modules are there."""
    whole_import = builtins.__import__
    waiting = list(_PARTS)

    def watched(
        name: str,
        globals: Any = None,  # noqa: A002 (`__import__` calls them so)
        locals: Any = None,  # noqa: A002
        fromlist: Any = (),
        level: int = 0,
    ) -> Any:
        package = name if level == 0 else (globals or {}).get("__package__") or name
        package = package.partition(".")[0]
        own = package in sys.stdlib_module_names
        phase = f"import: {'standard library' if own else package}"
        module = phases.run(phase, whole_import, name, globals, locals, fromlist, level)
        for part in [part for part in waiting if _is_ready(part)]:
            waiting.remove(part)
            _time(phases, part)
        return module

    builtins.__import__ = watched


def _is_ready(part: tuple[str, str, str, str]) -> bool:
    module_name, class_name, function, _ = part
    return hasattr(sys.modules.get(module_name), class_name or function)


def _time(phases: Phases, part: tuple[str, str, str, str]) -> None:
    module_name, class_name, name, phase = part
    owner: Any = sys.modules[module_name]
    if class_name:
        owner = getattr(owner, class_name)
    function = vars(owner)[name]
    if isinstance(function, classmethod):
        inner = function.__func__
        setattr(owner, name, classmethod(functools.partial(phases.run, phase, inner)))
        return

    def timed(*arguments: Any, **named: Any) -> Any:
        return phases.run(phase, function, *arguments, **named)

    setattr(owner, name, timed)


def main(begin: float, text: str) -> None:
    """Run the command."""
    phases = Phases()
    phases.seconds["interpreter"] = time.perf_counter() - begin
    watch(phases)

    def predict() -> None:
        from sentiment.commands import main as command

        with suppress(SystemExit):
            command(["predict", text])

    phases.run("rest of the command", predict)
    done = time.perf_counter() - begin
    sys.stderr.write("\n" + json.dumps({"phases": phases.seconds, "done": done}) + "\n")


if __name__ == "__main__":
    main(float(sys.argv[1]), sys.argv[2])
