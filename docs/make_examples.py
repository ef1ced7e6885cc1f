"""Runs the examples of the command pages again: `python docs/make_examples.py [COMMAND…]`.

Each example is a session in a shell, written with all that it printed to
`docs/examples/COMMAND.txt`, which the page of that command includes. All share one folder, so that
what `train` saves is there for those after it: name `train` too for `models` and `speed`.
"""

import os
import signal
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parent.parent
EXAMPLES_DIR = ROOT / "docs" / "examples"
COMMENTS = """\
id,comment
1,"the plot was dull, but the acting was superb"
2,we waited an hour for cold soup
3,
4,"not expensive, just good"
"""
EXAMPLES = {
    "predict": (
        'sentiment predict --scramble 2 "the plot was dull but the acting was superb"',
        'sentiment predict --json "I like coffee"',
    ),
    "score": (
        "cat comments.csv",
        "sentiment score comments.csv --output scored.csv --text-column comment",
        "cat scored.csv",
    ),
    "evaluate": ("sentiment evaluate --data pairs --mistakes 2",),
    "order": ('sentiment order "I thought it would be dull, but it was superb"',),
    "gates": ('sentiment gates "not good , bad" "not bad , good"',),
    "params": ("sentiment params --cell lstm --units 64", "sentiment params --budget 100000"),
    "export": ("sentiment export --format onnx --output sentiment.onnx", "ls"),
    "serve": (
        "sentiment serve --port 8000 &",
        """curl -s 127.0.0.1:8000/predict --json '{"text": "I like coffee"}'""",
    ),
    "completion": ("sentiment completion fish",),
    "data": ("sentiment data --data pairs",),
    "gradients": (
        "sentiment gradients --cell simple_rnn --cell gru --activation tanh "
        "--initializer orthogonal --length 50 --layers 2 --seeds 1 --train-steps 0",
    ),
    "train": (
        "sentiment train --cell gru --data pairs --model pairs-gru",
        "sentiment train --cell bow --data pairs --model pairs-bow --json",
    ),
    "models": (
        "sentiment models list",
        "sentiment models show pairs-gru",
        "sentiment models use shipped",
        "sentiment models remove pairs-bow --yes",
    ),
    "compare": (
        "sentiment compare --cells bow,gru --data pairs --units 16 --embedding-dim 16 --seeds 2",
    ),
    "speed": ("sentiment speed --model pairs-gru --data pairs --batches 10 | grep -v system",),
}


def run_example(lines: tuple[str, ...], folder: Path) -> str:
    """Run the lines of a session one by one.

    A line that ends in `&` goes on beside those after it, until the last of them is done.

    Args:
        lines: for the shell.
        folder: they are run in.

    Returns:
        Every line behind `$ `, and what it wrote to standard output and standard error; of one
        that goes on, its first line.

    Raises:
        SystemExit: a line failed.
    """
    path = [str(Path(sys.executable).parent), os.environ["PATH"]]
    settings = {
        "COLUMNS": "80",
        "PATH": os.pathsep.join(path),
        "PYTHONPATH": str(ROOT),
        "SENTIMENT_HOME": "sentiment-home",
    }
    start = partial(
        subprocess.Popen,
        cwd=folder,
        env={**os.environ, **settings},
        shell=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    session, servers = [], []
    for line in lines:
        process = start(line.removesuffix(" &"))
        if line.endswith(" &"):
            servers.append(process)
            printed = process.stdout.readline()
        else:
            printed, _ = process.communicate()
            if process.returncode:
                sys.exit(f"{line}\n{printed}")
        session += [f"$ {line}", *(each.rstrip() for each in printed.splitlines())]
    for server in servers:
        os.killpg(server.pid, signal.SIGTERM)
        server.communicate()
    return "\n".join(session) + "\n"


def main(names: list[str]) -> None:
    """Run the examples of the commands named, or of all."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "comments.csv").write_text(COMMENTS, encoding="utf-8")
        for name in names or EXAMPLES:
            (EXAMPLES_DIR / f"{name}.txt").write_text(
                run_example(EXAMPLES[name], folder), encoding="utf-8"
            )


if __name__ == "__main__":
    main(sys.argv[1:])
