"""How many processor cores this process may use."""

import os

THREADS_VARIABLE = "OMP_NUM_THREADS"


def num_cores() -> int:
    """Cores that this process may use: those it may run on, `OMP_NUM_THREADS` at most.

    Schedulers that put several processes on a machine, Ray and Slurm among them, set that variable
    to each one's share.
    """
    affinity = getattr(os, "sched_getaffinity", None)
    available = len(affinity(0)) if affinity else os.cpu_count() or 1
    share = os.environ.get(THREADS_VARIABLE, "")
    return min(available, int(share)) if share.isdigit() and int(share) else available
