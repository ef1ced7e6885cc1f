"""`python -m benchmarks score`: reviews from CSV to CSV, by one process each, in turn.

What has to be there before is made once and kept in a folder; see `prepared`.
"""

import csv
import itertools
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from benchmarks.figures import Spread, ratio, scoring_flops
from benchmarks.peers import present, product_library
from benchmarks.prepared import COPIES, FITTED, folder_for, prepare_peers, trained_network
from benchmarks.processes import (
    SENTIMENT,
    WORKER,
    Finished,
    commit_of,
    finish,
    large_product,
    package_of,
)
from benchmarks.records import ScoreReport, ScoreRow
from benchmarks.texts import labelled, load_data
from sentiment import model_store
from sentiment.artifact import load_model
from sentiment.datasets.dataset import LABEL_NAMES, Dataset
from sentiment.experiments.timing import describe_machine
from sentiment.progress import Progress, silent

OURS, SHIPPED = "sentiment", model_store.SHIPPED
LEXICONS = ("vader", "textblob")  # slow, so that a part of the reviews has to do


@dataclass(frozen=True)
class ScoreSettings:
    """What `score` measures.

    Attributes:
        data: names of the data sets; their test texts are scored.
        num_reviews: a seeded choice of so many; 0 takes all.
        num_lexicon_reviews: of those, for VADER and TextBlob; 0 takes all.
        num_rounds: processes of each library; they take turns.
        product_size: rows and columns of the large product.
        peers: other libraries.
        against: another commit of this package, which trains its own network; empty for none.
        folder: where the network and the fitted peers are kept; empty takes the user's cache.
    """

    data: tuple[str, ...] = ("imdb",)
    num_reviews: int = 0
    num_lexicon_reviews: int = 2_500
    num_rounds: int = 5
    product_size: int = 4096
    peers: tuple[str, ...] = (*COPIES, *FITTED, *LEXICONS)
    against: str = ""
    folder: str = ""


@dataclass(frozen=True)
class _Side:
    """A process that writes the file `target`, as often as there are rounds.

    Attributes:
        command: an absolute path and its arguments.
        num_reviews: in the file that it reads.
        flops: that its network needs for them; None where there is no such network.
        package: folder that `sentiment` is imported from; None takes this checkout.
    """

    command: list[str]
    num_reviews: int
    flops: int | None
    package: Path | None = None


def measure_score(settings: ScoreSettings, progress: Progress = silent) -> ScoreReport:
    """Measure scoring.

    Raises:
        SentimentError: data cannot be had, git does not know the revision, or a process failed.
    """
    peers, notes = present(settings.peers)
    progress("reading the data", 0, None)
    datasets = load_data(settings.data, 0)
    rows = _rows(datasets, settings.num_reviews)
    few = rows[: settings.num_lexicon_reviews or None]
    if len(few) < len(rows) and set(LEXICONS) & set(peers):
        notes.append(
            f"VADER and TextBlob read {len(few):,} of the {len(rows):,} reviews; their ratio is "
            "that of reviews/s"
        )
    folder = folder_for(datasets, settings.folder)
    with ExitStack() as stack:
        scratch = stack.enter_context(tempfile.TemporaryDirectory())
        whole, part, target = (Path(scratch, f"{name}.csv") for name in ("all", "few", "scored"))
        _write(whole, rows)
        _write(part, few)

        model = trained_network(folder, settings.data, progress)
        flops = _flops(model, rows)
        sides = {OURS: _Side(_score(model, whole, target), len(rows), flops)}
        shipped = model_store.PACKAGED / SHIPPED
        if shipped.is_dir():
            command = _score(shipped, whole, target)
            sides[SHIPPED] = _Side(command, len(rows), _flops(shipped, rows))
        if settings.against:
            package = stack.enter_context(package_of(settings.against))
            theirs = folder / commit_of(settings.against)
            network = trained_network(theirs, settings.data, progress, package)
            command = _work(OURS, network, whole, target)
            sides[settings.against] = _Side(command, len(rows), flops, package)
        fits = prepare_peers(folder, model, peers, datasets, progress)
        for peer in peers:
            source, count = (part, len(few)) if peer in LEXICONS else (whole, len(rows))
            command = _work(peer, folder, source, target)
            sides[peer] = _Side(command, count, flops if peer in COPIES else None)

        found, products, accuracies = _measure(sides, settings, target, progress)
    return ScoreReport(
        machine=describe_machine(),
        settings={**asdict(settings), "num_reviews": len(rows), "folder": str(folder)},
        products={library: Spread.of(values) for library, values in products.items()},
        rows=tuple(
            ScoreRow(
                side=name,
                num_reviews=side.num_reviews,
                seconds=Spread.of([done.seconds for done in found[name]]),
                reviews_per_second=Spread.of(_speeds(side.num_reviews, found[name])),
                peak_memory_mib=Spread.of([done.peak_memory_mib for done in found[name]]),
                accuracy=accuracies[name],
                sentiment_over=ratio(
                    _speeds(len(rows), found[OURS]), _speeds(side.num_reviews, found[name])
                ),
                product_share=None
                if side.flops is None
                else ratio(_speeds(side.flops, found[name]), products[product_library(name)]),
                prepare_seconds=fits.get(name),
            )
            for name, side in sides.items()
        ),
        notes=tuple(notes),
    )


def _measure(
    sides: dict[str, _Side], settings: ScoreSettings, target: Path, progress: Progress
) -> tuple[dict[str, list[Finished]], dict[str, list[float]], dict[str, float]]:
    """Processes by side, FLOP/s of a large product by library, accuracies by side."""
    found: dict[str, list[Finished]] = {name: [] for name in sides}
    products: dict[str, list[float]] = {
        library: [] for library in sorted({product_library(name) for name in sides})
    }
    accuracies = {}
    num_runs = settings.num_rounds * (len(products) + len(sides))
    runs = itertools.count()
    for number in range(settings.num_rounds):
        round_name = f"round {number + 1}/{settings.num_rounds}"
        for library, values in products.items():
            progress(f"{round_name}: a large product, {library}", next(runs), num_runs)
            values.append(large_product(library, settings.product_size))
        for name, side in sides.items():
            progress(f"{round_name}: {name}", next(runs), num_runs)
            target.unlink(missing_ok=True)
            found[name].append(finish(side.command, package=side.package))
            accuracies[name] = _accuracy(target)
    return found, products, accuracies


def _speeds(amount: int, found: Sequence[Finished]) -> list[float]:
    return [amount / done.seconds for done in found]


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


def _score(model: Path, source: Path, target: Path) -> list[str]:
    return [
        *SENTIMENT, "score", str(source), "--output", str(target), "--model", str(model), "--json",
    ]  # fmt: skip


def _work(side: str, folder: Path, source: Path, target: Path) -> list[str]:
    return [*WORKER, "score", side, str(folder), str(source), str(target)]


def _accuracy(path: Path) -> float:
    with path.open(encoding="utf-8", newline="") as file:
        right = [row["label"] == row["truth"] for row in csv.DictReader(file)]
    return float(np.mean(right))


def _flops(place: Path, rows: Sequence[dict[str, str]]) -> int:
    """Of the network in a model directory."""
    model = load_model(place)
    lengths = model.tokenizer.encode_batch([row["text"] for row in rows]).lengths
    num_tokens = int(np.minimum(lengths, model.config.data.max_tokens).sum())
    return scoring_flops(model.config.model, num_tokens, len(rows))
