"""What scoring needs before: trained networks and fitted peers, made once and kept in a folder."""

import hashlib
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.jobs import plain_network
from benchmarks.processes import SENTIMENT, WORKER, finish
from benchmarks.texts import labelled
from sentiment import paths
from sentiment.artifact import load_model
from sentiment.datasets.dataset import Dataset
from sentiment.progress import Progress

COPIES = ("keras", "pytorch")  # get the weights of our network
FITTED = ("tfidf", "fasttext")
CELL, UNITS, EMBEDDING_DIM, MAX_TOKENS = "gru", 64, 100, 400

_MODEL = "network"


def folder_for(datasets: Sequence[Dataset], root: str) -> Path:
    """One for each content of the data, in `root` or the user's cache."""
    prints = "".join(dataset.fingerprint() for dataset in datasets)
    place = Path(root) if root else paths.cache_dir() / "benchmarks"
    folder = place.resolve() / hashlib.sha256(prints.encode()).hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def trained_network(
    folder: Path, data: Sequence[str], progress: Progress, package: Path | None = None
) -> Path:
    """The network that `sentiment train` of a package makes, trained where it is not there."""
    path = folder / "models" / _MODEL
    if not (path / "config.json").exists():
        progress("training a network", 0, None)
        folder.mkdir(parents=True, exist_ok=True)
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
            package=package,
            home=folder,
        )
    return path


def prepare_peers(
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
        if peer not in (*COPIES, *FITTED) or key in prepared:
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
