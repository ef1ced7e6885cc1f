"""How long a cold start takes beside `import tensorflow`: `python -m benchmarks.start`.

Each round runs every command once, in a fresh process; the medians over the rounds are compared.
Needs a trained model. Run nothing else meanwhile.
"""

import os
import resource
import statistics
import subprocess
import sys
import time

from rich.console import Console
from rich.table import Table

ROUNDS = 7
SENTIMENT = [sys.executable, "-m", "sentiment.commands"]
COMMANDS = {
    'sentiment predict "I like coffee"': [*SENTIMENT, "predict", "I like coffee"],
    "sentiment --help": [*SENTIMENT, "--help"],
    "import onnxruntime, tokenizers, click": [
        sys.executable,
        "-c",
        "import onnxruntime, tokenizers, click",
    ],
    "import tensorflow": [sys.executable, "-c", "import tensorflow"],
}


def seconds(command: list[str]) -> tuple[float, float]:
    """Wall and CPU time of a command in a process of its own, in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure and print a table."""
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    measured: dict[str, list[tuple[float, float]]] = {name: [] for name in COMMANDS}
    for number in range(ROUNDS + 1):
        for name, command in COMMANDS.items():
            once = seconds(command)
            if number:  # the first round warms the file cache
                measured[name].append(once)
    slowest = statistics.median(wall for wall, _ in measured["import tensorflow"])
    table = Table(title=f"Cold start, medians of {ROUNDS}", title_justify="left")
    for column in ("command", "wall, s", "lowest–highest", "CPU, s", "of import tensorflow"):
        table.add_column(column, justify="left" if column == "command" else "right")
    for name, found in measured.items():
        walls = [wall for wall, _ in found]
        table.add_row(
            name,
            f"{statistics.median(walls):.3f}",
            f"{min(walls):.3f}–{max(walls):.3f}",
            f"{statistics.median(cpu for _, cpu in found):.3f}",
            f"1/{slowest / statistics.median(walls):.1f}",
        )
    Console().print(table)


if __name__ == "__main__":
    main()
