"""Many Parquet files scored by workers of Ray, each file to the bytes that it has here.

A worker is an actor with one core. It loads the model once, out of Ray's object store, and scores
file after file as `scoring.score_table` does. What a worker that died leaves of a file is gone on
with by another, after the last chunk that is durable.
"""

import io
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from sentiment.artifact import SavedModel
from sentiment.cluster import cluster_cores, connected, import_ray, outcome, take_one_core
from sentiment.cores import num_cores
from sentiment.predictor import Predictor
from sentiment.scoring import Listener, ScoringResult, score_table
from sentiment.scoring_files import ScoredFiles, TableFile, find_files
from sentiment.scoring_job import ScoringJob

MOST_DEATHS = 10  # of workers on one file, which would kill them for ever otherwise


class Scorer:
    """A worker."""

    def __init__(self) -> None:
        take_one_core()
        self._model: SavedModel | None = None

    def ready(self) -> None:
        """Nothing; done as soon as the worker is there."""

    def score(self, stored: list[Any], job: ScoringJob) -> None:
        """Score a file, unless a worker that died then had done so.

        Args:
            stored: where the model is, in a list: Ray leaves it there, to be got once a worker.
            job: what is to be done.
        """
        predictor = self._predictor(stored)
        if self._model and job.output_path and not job.output_path.exists():
            score_table(
                self._model, job, stdin=io.BytesIO(), stdout=io.BytesIO(), predictor=predictor
            )

    def _predictor(self, stored: list[Any]) -> Predictor:
        if self._model is None:
            self._model = import_ray().get(stored[0])
            self._loaded = Predictor.of(self._model, num_threads=1)
        return self._loaded


def score_files(
    model: SavedModel,
    job: ScoringJob,
    *,
    address: str | None = None,
    num_workers: int | None = None,
    listener: Listener | None = None,
) -> ScoringResult:
    """Score Parquet files on Ray.

    Args:
        model: what answers.
        job: its input is a directory, a pattern or a file, its output a directory; all nodes see
            both under the same paths.
        address: as for `cluster.connected`.
        num_workers: None for as many as there are cores.
        listener: hears of every file that is done, in rows.

    Returns:
        What came of it; `rows_per_second` counts the files that this run finished, with the time in
        which Ray was started.

    Raises:
        ClusterError: Ray is not installed, does not answer, or its workers cannot work.
        ConfigError: options do not go together.
        DataError: the files cannot be read or written, or the output is there already.
        KeyboardInterrupt: Ctrl-C; files that are done are kept for `resume`.
    """
    started = time.perf_counter()
    import_ray()
    files = find_files(job)
    scored = ScoredFiles(job, model, files)
    if address is None:
        num_workers = min(num_workers or num_cores(), len(files))
    with connected(address, num_workers) as ray:
        scored.begin()
        done = [file for file in files if scored.is_done(file)]
        tally = _Tally(scored, done, sum(file.num_rows for file in files), listener, started)
        left = [file for file in files if file not in set(done)]
        num_workers = min(num_workers or max(1, cluster_cores(ray)), len(left))
        stored = ray.put(replace(model))  # without what it may have parsed already
        actor = ray.remote(num_cpus=1, max_restarts=-1, max_task_retries=MOST_DEATHS)(Scorer)
        workers = [actor.remote() for _ in range(num_workers)]

        def give(worker: Any, file: TableFile) -> Any:
            return worker.score.remote([stored], scored.job(file))

        _score(ray, workers, left, give, tally)
    scored.finish()
    seconds = time.perf_counter() - started
    return ScoringResult(
        model=model.name,
        input=job.input,
        output=job.output,
        num_rows=tally.num_rows,
        num_empty=tally.num_empty,
        num_malformed=0,
        malformed_lines=(),
        seconds=seconds,
        rows_per_second=(tally.num_rows - tally.rows_before) / seconds,
    )


class _Tally:
    """Counts the rows of files that are done, and tells a listener."""

    def __init__(
        self,
        scored: ScoredFiles,
        done: Sequence[TableFile],
        total: int,
        listener: Listener | None,
        started: float,
    ) -> None:
        self.num_rows = self.num_empty = self.rows_before = 0
        self._scored = scored
        self._total = total
        self._listener = listener
        self._started = started
        for file in done:
            self.add(file)
        self.rows_before = self.num_rows

    def add(self, file: TableFile) -> None:
        """A file is done."""
        rows, empty = self._scored.counts(file)
        self.num_rows += rows
        self.num_empty += empty
        if self._listener is not None:
            seconds = time.perf_counter() - self._started
            speed = (self.num_rows - self.rows_before) / seconds
            self._listener.rows(self.num_rows, speed, self.num_rows, self._total)


def _score(
    ray: Any,
    workers: Sequence[Any],
    files: Sequence[TableFile],
    give: Callable[[Any, TableFile], Any],
    tally: _Tally,
) -> None:
    """Give a file to each worker that is there and has none, the largest first.

    A worker that there is no file for ends at once, so that its node may go.
    """
    waiting = deque(sorted(files, key=lambda file: file.num_bytes, reverse=True))
    under_way: dict[Any, tuple[Any, TableFile | None]] = {
        worker.ready.remote(): (worker, None) for worker in workers
    }
    num_left = len(files)
    try:
        while num_left:
            (reference,), _ = ray.wait(list(under_way), num_returns=1)
            outcome(ray, reference, _work(under_way[reference][1]))
            worker, file = under_way.pop(reference)
            if file is not None:
                tally.add(file)
                num_left -= 1
            if waiting:
                file = waiting.popleft()
                under_way[give(worker, file)] = (worker, file)
            else:
                ray.kill(worker)
    finally:
        for worker in workers:
            ray.kill(worker)


def _work(file: TableFile | None) -> str:
    return "the files" if file is None else str(file.path)
