"""`python -m benchmarks score`: reviews from CSV to CSV, by one process each, in turn.

What has to be there before, a trained network and fitted peers, is made once and kept in a folder.
"""

import csv
import hashlib
import itertools
import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from benchmarks.figures import Spread, ratio
from benchmarks.jobs import plain_network
from benchmarks.peers import present
from benchmarks.processes import SENTIMENT, WORKER, Finished, finish
from benchmarks.records import ScoreReport, ScoreRow
from benchmarks.texts import labelled, load_data
from sentiment import model_store, paths
from sentiment.artifact import load_model
from sentiment.datasets.dataset import LABEL_NAMES, Dataset
from sentiment.experiments.timing import describe_machine
from sentiment.progress import Progress, silent

OURS, SHIPPED = "sentiment", model_store.SHIPPED
COPIES = ("keras", "pytorch")  # get the weights of our network
FITTED = ("tfidf", "fasttext")
LEXICONS = ("vader", "textblob")  # slow, so that a part of the reviews has to do
CELL, UNITS, EMBEDDING_DIM, MAX_TOKENS = "gru", 64, 100, 400

_MODEL = "network"


@dataclass(frozen=True)
class ScoreSettings:
    """What `score` measures.

    Attributes:
        data: names of the data sets; their test texts are scored.
        num_reviews: a seeded choice of so many; 0 takes all.
        num_lexicon_reviews: of those, for VADER and TextBlob; 0 takes all.
        num_rounds: processes of each library; they take turns.
        peers: other libraries.
        folder: where the network and the fitted peers are kept; empty takes the user's cache.
    """

    data: tuple[str, ...] = ("imdb",)
    num_reviews: int = 0
    num_lexicon_reviews: int = 2_500
    num_rounds: int = 5
    peers: tuple[str, ...] = (*COPIES, *FITTED, *LEXICONS)
    folder: str = ""


def measure_score(settings: ScoreSettings, progress: Progress = silent) -> ScoreReport:
    """Measure scoring.

    Raises:
        SentimentError: data cannot be had, or a process failed.
    """
    peers, notes = present(settings.peers)
    progress("reading the data", 0, None)
    datasets = load_data(settings.data, 0)
    folder = _folder(settings, datasets)
    model = _model(folder, settings.data, progress)
    prepared = _prepare(folder, model, peers, datasets, progress)
    shipped = model_store.PACKAGED / SHIPPED
    sides = [OURS, *([SHIPPED] if shipped.is_dir() else []), *peers]
    models = {OURS: model, SHIPPED: shipped}
    rows = _rows(datasets, settings.num_reviews)
    few = rows[: settings.num_lexicon_reviews or None]
    if len(few) < len(rows) and set(LEXICONS) & set(peers):
        notes.append(
            f"VADER and TextBlob read {len(few):,} of the {len(rows):,} reviews; their ratio is "
            "that of reviews/s"
        )
    found: dict[str, list[Finished]] = {side: [] for side in sides}
    accuracies = {}
    runs = itertools.count()
    with tempfile.TemporaryDirectory() as scratch:
        whole, part = Path(scratch, "all.csv"), Path(scratch, "few.csv")
        _write(whole, rows)
        _write(part, few)
        for number, side in itertools.product(range(settings.num_rounds), sides):
            progress(
                f"round {number + 1}/{settings.num_rounds}: {side}",
                next(runs),
                settings.num_rounds * len(sides),
            )
            target = Path(scratch, "scored.csv")
            target.unlink(missing_ok=True)
            source = part if side in LEXICONS else whole
            found[side].append(finish(_command(side, source, target, folder, models.get(side))))
            accuracies[side] = _accuracy(target)
    counts = {side: len(few if side in LEXICONS else rows) for side in sides}
    return ScoreReport(
        machine=describe_machine(),
        settings={**asdict(settings), "num_reviews": len(rows), "folder": str(folder)},
        rows=tuple(
            _row(side, counts, found, accuracies[side], prepared.get(side)) for side in sides
        ),
        notes=tuple(notes),
    )


def _folder(settings: ScoreSettings, datasets: Sequence[Dataset]) -> Path:
    """One for each content of the data."""
    prints = "".join(dataset.fingerprint() for dataset in datasets)
    root = Path(settings.folder) if settings.folder else paths.cache_dir() / "benchmarks"
    folder = root.resolve() / hashlib.sha256(prints.encode()).hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _model(folder: Path, data: Sequence[str], progress: Progress) -> Path:
    """The network that `sentiment train` makes, trained where it is not there."""
    path = folder / "models" / _MODEL
    if not (path / "config.json").exists():
        progress("training a network", 0, None)
        settings = {
            **plain_network(CELL, UNITS, EMBEDDING_DIM, MAX_TOKENS),
            "data": list(data),
            "epochs": 1,
            "window_tokens": MAX_TOKENS,
        }
        lines = [f"{name} = {json.dumps(value)}" for name, value in settings.items()]
        place = folder / "network.toml"
        place.write_text("\n".join(lines) + "\n", encoding="utf-8")
        finish(
            [*SENTIMENT, "train", "--config", str(place), "--model", _MODEL, "--json"],
            home=folder,
        )
    return path


def _prepare(
    folder: Path,
    model: Path,
    peers: Sequence[str],
    datasets: Sequence[Dataset],
    progress: Progress,
) -> dict[str, float]:
    """Make what each peer needs, where it is not there; seconds that fitting took."""
    place = folder / "prepared.json"
    prepared = json.loads(place.read_text(encoding="utf-8")) if place.exists() else {}
    digest = load_model(model).info["created"]  # another network means other weights to copy
    for peer in peers:
        key = f"{peer} {digest}" if peer in COPIES else peer
        if peer in LEXICONS or key in prepared:
            continue
        progress(f"preparing {peer}", 0, None)
        with tempfile.TemporaryDirectory() as scratch:
            given = model
            if peer in FITTED:
                given = Path(scratch, "job.json")
                job = dict(zip(("texts", "labels"), labelled(datasets, "train"), strict=True))
                given.write_text(json.dumps(job), encoding="utf-8")
            answer = finish([*WORKER, "prepare", peer, str(folder), str(given)]).answer
        prepared[key] = answer["seconds"]
        place.write_text(json.dumps(prepared), encoding="utf-8")
    return {peer: prepared[peer] for peer in peers if peer in FITTED}


def _rows(datasets: Sequence[Dataset], num_reviews: int) -> list[dict[str, str]]:
    rows = [
        {"text": text, "truth": LABEL_NAMES[label]}
        for text, label in zip(*labelled(datasets, "test"), strict=True)
    ]
    order = np.random.default_rng(0).permutation(len(rows))[: num_reviews or None]
    return [rows[row] for row in order]


def _write(path: Path, rows: Sequence[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["text", "truth"])
        writer.writeheader()
        writer.writerows(rows)


def _command(side: str, source: Path, target: Path, folder: Path, model: Path | None) -> list[str]:
    if model is not None:
        return [
            *SENTIMENT, "score", str(source), "--output", str(target), "--model", str(model),
            "--json",
        ]  # fmt: skip
    return [*WORKER, "score", side, str(folder), str(source), str(target)]


def _accuracy(path: Path) -> float:
    with path.open(encoding="utf-8", newline="") as file:
        right = [row["label"] == row["truth"] for row in csv.DictReader(file)]
    return float(np.mean(right))


def _row(
    side: str,
    counts: dict[str, int],
    found: dict[str, list[Finished]],
    accuracy: float,
    prepare_seconds: float | None,
) -> ScoreRow:
    speeds = {each: [counts[each] / done.seconds for done in found[each]] for each in (OURS, side)}
    return ScoreRow(
        side=side,
        num_reviews=counts[side],
        seconds=Spread.of([done.seconds for done in found[side]]),
        reviews_per_second=Spread.of(speeds[side]),
        peak_memory_mib=Spread.of([done.peak_memory_mib for done in found[side]]),
        accuracy=accuracy,
        sentiment_over=ratio(speeds[OURS], speeds[side]),
        prepare_seconds=prepare_seconds,
    )
