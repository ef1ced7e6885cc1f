"""The runs of a comparison as tasks of Ray, a network each.

A task gets its data from Ray's object store, and gives back the files of the model with what was
measured, so that nodes share nothing with this machine. Runs that are done are those of
`comparison_runs`, which has the same results with as many cores a run: gradients are summed core
by core, so that another number of cores moves the last digits of every weight. Timings are those of
the nodes, and of runs beside one another where they share one.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sentiment.artifact import CONFIG, FILES
from sentiment.cluster import connected, import_ray, outcome
from sentiment.config import RunConfig
from sentiment.cores import THREADS_VARIABLE, num_cores
from sentiment.errors import ClusterError, SentimentError
from sentiment.experiments.comparison import CellRun, Comparison
from sentiment.experiments.comparison_runs import (
    ComparisonConfig,
    PlannedRun,
    Watcher,
    load_run,
    measure_run,
    plan_comparison,
    store_run,
)
from sentiment.progress import Progress, silent
from sentiment.quiet import quiet_tensorflow
from sentiment.training.pipeline import PreparedData

_MOST_DEATHS = 3  # of workers at one run
_Result = tuple[CellRun, dict[str, bytes]]


def run_on_ray(
    config: ComparisonConfig,
    *,
    address: str | None = None,
    cores_per_run: int | None = None,
    anew: bool = False,
    progress: Progress = silent,
    watcher: Watcher | None = None,
) -> Comparison:
    """Train and measure what is not there yet, see `comparison_runs.run_comparison`.

    Args:
        config: what to compare.
        address: as for `cluster.connected`.
        cores_per_run: None for as many as this process may use.
        anew: do runs again that are there.
        progress: is told what is being waited for.
        watcher: is told of every run when it is done.

    Raises:
        ClusterError: Ray is not installed, does not answer, or its workers cannot work.
        SentimentError: data cannot be had, or training diverged.
        KeyboardInterrupt: Ctrl-C; runs that are done are kept.
    """
    import_ray()
    cores = cores_per_run or num_cores()
    plan = plan_comparison(config, progress)
    done: dict[Path, CellRun] = {}

    def note(planned: PlannedRun, run: CellRun, was_there: bool) -> None:
        done[planned.place] = run
        if watcher is not None:
            watcher.run(len(done), len(plan.runs), planned.title)
            watcher.done(run, was_there)

    def waiting() -> None:
        progress("waiting for Ray", len(done), len(plan.runs))
        if watcher is not None:
            watcher.run(len(done) + 1, len(plan.runs), "on Ray")

    left = []
    for planned in plan.runs:
        found = None if anew else load_run(planned.place)
        if found is None:
            left.append(planned)
        else:
            note(planned, found, True)
    if left:
        with connected(address) as ray:
            _check_cores(ray, cores)
            for planned, result in _results(ray, left, cores, waiting):
                run = replace(result[0], path=str(planned.place))
                _write(planned.place, result[1])
                store_run(planned.place, run)
                note(planned, run, False)
    return plan.comparison(done[planned.place] for planned in plan.runs)


def _results(
    ray: Any, runs: Sequence[PlannedRun], cores: int, waiting: Callable[[], None]
) -> Iterator[tuple[PlannedRun, _Result]]:
    """Yield runs and what came of them, as they are done."""
    task = ray.remote(num_cpus=cores, max_retries=_MOST_DEATHS, max_calls=1)(_train)
    stored = {key: ray.put(data) for key, data in {id(run.data): run.data for run in runs}.items()}
    under_way = {task.remote(run.config, stored[id(run.data)], cores): run for run in runs}
    try:
        while under_way:
            waiting()
            (reference,), _ = ray.wait(list(under_way), num_returns=1)
            run = under_way.pop(reference)
            yield run, outcome(ray, reference, run.title)
    finally:
        for reference in under_way:
            ray.cancel(reference)


def _check_cores(ray: Any, cores: int) -> None:
    most = max((int(node["Resources"].get("CPU", 0)) for node in ray.nodes()), default=0)
    if cores > most:
        raise ClusterError(f"no node of the cluster has {cores} cores; say --cores {most or 1}")


def _train(config: RunConfig, data: PreparedData, cores: int) -> _Result:
    """What a worker does: the run, and the files of its model."""
    for name in (THREADS_VARIABLE, "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"):
        os.environ[name] = str(cores)
    with tempfile.TemporaryDirectory() as folder, quiet_tensorflow():
        place = Path(folder) / "run"
        run = measure_run(place, config, data)
        return run, {name: (place / name).read_bytes() for name in (CONFIG, *FILES)}


def _write(place: Path, files: Mapping[str, bytes]) -> None:
    """Put a model in its place; it counts only when its record is there too."""
    try:
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        for name, value in files.items():
            (place / name).write_bytes(value)
    except OSError as error:
        raise SentimentError(f"cannot write {place}: {error.strerror or error}") from error
