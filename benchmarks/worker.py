"""The processes that are measured: `python -m benchmarks.worker TASK …`, JSON on the last line.

    train SIDE JOB                          an epoch; a `jobs.Trained`
    follow SIDE CELL EPOCHS DATA REVIEWS    accuracy with time; a `courses.Course`
    product LIBRARY SIZE                    FLOP/s of a large float32 product
    prepare PEER FOLDER [MODEL | JOB]       what scoring needs: a model's weights, or a fit
    score SIDE FOLDER INPUT OUTPUT          a CSV file in, the same with two more columns out
    scale TASK POINT                        cost of training or scoring at one point

Each loads the library that it is about, and no other.
"""

import csv
import importlib
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.jobs import TrainJob

_MODULES = {"sentiment": "benchmarks.toolkit"}
_NUM_PRODUCTS = 3


def _side(name: str) -> Any:
    return importlib.import_module(_MODULES.get(name, f"benchmarks.peers_{name}"))


def train(side: str, place: str) -> dict[str, Any]:
    """Train for an epoch."""
    return asdict(_side(side).train(TrainJob.read(Path(place))))


def follow(side: str, cell: str, num_epochs: str, data: str, num_reviews: str) -> dict[str, Any]:
    """Train for some epochs; `data` is names with commas between."""
    with tempfile.TemporaryDirectory() as home:
        names = data.split(",")
        found = _side(side).follow(cell, int(num_epochs), names, int(num_reviews), Path(home))
    return asdict(found)


def product(library: str, size: str) -> dict[str, Any]:
    """Multiply two square float32 matrices; FLOP/s, the median of a few."""
    num_rows = int(size)
    multiply = _products[library](num_rows)
    multiply()
    seconds = []
    for _ in range(_NUM_PRODUCTS):
        begin = time.perf_counter()
        multiply()
        seconds.append(time.perf_counter() - begin)
    return {"flops_per_second": 2 * num_rows**3 / statistics.median(seconds)}


def _tensorflow_product(size: int) -> Callable[[], object]:
    import tensorflow as tf

    matrix = tf.random.normal((size, size))
    return lambda: tf.linalg.matmul(matrix, matrix).numpy()


def _torch_product(size: int) -> Callable[[], object]:
    import torch

    matrix = torch.randn(size, size)
    return lambda: matrix @ matrix


_products = {"tensorflow": _tensorflow_product, "torch": _torch_product}


def prepare(peer: str, folder: str, given: str) -> dict[str, Any]:
    """Fit a peer to the texts of a job, or give it the weights of a model directory."""
    side, path = _side(peer), Path(given)
    begin = time.perf_counter()
    if path.is_dir():
        from sentiment.artifact import load_model

        side.prepare(Path(folder), load_model(path))
    else:
        job = json.loads(path.read_text(encoding="utf-8"))
        side.fit(Path(folder), job["texts"], job["labels"])
    return {"seconds": time.perf_counter() - begin}


def score(side: str, folder: str, source: str, target: str) -> dict[str, Any]:
    """Answer the column `text` of a CSV file, from what `prepare` made, or a model directory."""
    with Path(source).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    probabilities = _side(side).score(Path(folder), [row["text"] for row in rows])
    with Path(target).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0], "probability", "label"])
        writer.writeheader()
        for row, probability in zip(rows, probabilities.tolist(), strict=True):
            label = "positive" if probability >= 0.5 else "negative"
            writer.writerow({**row, "probability": probability, "label": label})
    return {"num_rows": len(rows)}


def scale(task: str, point: str) -> dict[str, Any]:
    """Measure the cost at one point."""
    from benchmarks import scale_points

    measure = {"train": scale_points.train, "score": scale_points.score}[task]
    return measure(scale_points.Point(**json.loads(point)))


_TASKS: dict[str, Callable[..., dict[str, Any]]] = {
    task.__name__: task for task in (train, follow, product, prepare, score, scale)
}


def main(task: str, *arguments: str) -> None:
    """Do a task, and tell what it took."""
    found = _TASKS[task](*arguments)
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
