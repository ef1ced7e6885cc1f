"""Starts a command and writes down what it took: `launch.py PLACE CORES COMMAND…`.

Run by a bare interpreter, whose own memory is smaller than that of anything measured: what the
system reports of a child includes the memory of whoever started it.
"""

import json
import os
import sys
import time

_BYTES = 1 if sys.platform == "darwin" else 1024  # unit of `ru_maxrss`


def main(place: str, cores: int, command: list[str]) -> None:
    """Run a command on the first of the cores there are; JSON of its figures goes to `place`."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
    begin = time.perf_counter()
    process_id = os.posix_spawn(command[0], command, os.environ)
    _, status, usage = os.wait4(process_id, 0)
    found = {
        "seconds": time.perf_counter() - begin,
        "cpu_seconds": usage.ru_utime + usage.ru_stime,
        "peak_memory_mib": usage.ru_maxrss * _BYTES / 2**20,
        "status": os.waitstatus_to_exitcode(status),
    }
    with open(place, "w", encoding="utf-8") as file:
        json.dump(found, file)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3:])
