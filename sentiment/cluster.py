"""Ray: a cluster that is there, or one on this machine for as long as it is needed.

Knows nothing about what the workers do. Ray is imported only when it is asked for.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from typing import Any

from sentiment.cores import THREADS_VARIABLE, num_cores
from sentiment.errors import ClusterError, ConfigError, SentimentError

LOCAL = "local"
RAY = "ray"
ENGINES = (LOCAL, RAY)
AUTO = "auto"

_ANSWER_SECONDS = 5.0
_SETTINGS = b"\x04"  # kind of a frame
_PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0\0\0" + _SETTINGS + bytes(5)
_TOKEN = "set RAY_AUTH_MODE=token and RAY_AUTH_TOKEN where the cluster asks for a token"
_REMEDY = "look at `ray status` on the head node, or leave --address out to work on this machine"
# What Ray reads when it starts on this machine: it reports to nobody, and keeps to itself what
# later versions of it will do about GPUs.
_QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0"}


def import_ray() -> Any:
    """The package `ray`.

    Raises:
        ClusterError: it is not installed.
    """
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
    try:
        import ray
    except ModuleNotFoundError as error:
        if error.name != "ray":
            raise
        raise ClusterError(
            '--engine ray needs a package of its own; pip install "sentiment[cluster]"'
        ) from error
    return ray


@contextmanager
def connected(address: str | None, num_cpus: int | None = None) -> Iterator[Any]:
    """Connect to Ray, and part from it at the end; a connection that is there already is used.

    Args:
        address: `auto` for the cluster that this machine is part of, or HOST:PORT of its head;
            None starts Ray on this machine.
        num_cpus: cores that Ray has on this machine where it is started; None for all.

    Yields:
        The package `ray`.

    Raises:
        ClusterError: Ray is not installed, or does not answer.
        ConfigError: the address is none.
    """
    import logging

    ray = import_ray()
    if ray.is_initialized():
        yield ray
        return
    if address is None:
        place = {
            "address": "local",
            "num_cpus": num_cpus or num_cores(),
            "include_dashboard": False,
        }
    else:
        _check_address(address)
        place = {"address": address}
    try:
        ray.init(**place, log_to_driver=False, logging_level=logging.CRITICAL)
    except (ConnectionError, RuntimeError, ValueError, TimeoutError) as error:
        ray.shutdown()
        if address is None:
            problem, remedy = "Ray cannot be started here", "--engine local works without it"
        else:
            problem, remedy = f"no Ray answers at {address}", f"{_TOKEN}, {_REMEDY}"
        raise ClusterError(f"{problem} ({_first_line(error)}); {remedy}") from error
    with redirect_stdout(sys.stderr):  # Ray tells there of workers that died
        try:
            yield ray
        finally:
            ray.shutdown()


def _check_address(address: str) -> None:
    """Let no address through where nothing answers as Ray does; it would be tried for minutes.

    Ray's head speaks gRPC, whose servers begin with the settings of their HTTP/2 (RFC 9113, 3.4).
    """
    if address == AUTO:
        return
    host, _, port = address.rpartition(":")
    if not host or "/" in host or not port.isdigit():
        raise ConfigError(
            f"--address has to be {AUTO} or HOST:PORT of the head node, not {address!r}; from "
            "outside a cluster use `ray job submit`"
        )
    import socket

    place = (host.strip("[]"), int(port))
    try:
        with socket.create_connection(place, _ANSWER_SECONDS) as connection:
            if os.environ.get("RAY_USE_TLS", "0") in ("", "0"):
                connection.sendall(_PREFACE)
                if connection.recv(9)[3:4] != _SETTINGS:
                    raise ConnectionError("something else does")
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ClusterError(f"no Ray answers at {address} ({reason}); {_REMEDY}") from error


def cluster_cores(ray: Any) -> int:
    """Cores of all nodes that are up."""
    return int(ray.cluster_resources().get("CPU", 0))


def outcome(ray: Any, reference: Any, work: str) -> Any:
    """What came of work that is done.

    Args:
        ray: from `connected`.
        reference: to the result.
        work: what it was about, for errors.

    Raises:
        SentimentError: what the worker raised.
        ClusterError: the worker could not do it, whatever it was.
    """
    try:
        return ray.get(reference)
    except ray.exceptions.RayTaskError as error:
        if isinstance(error.cause, SentimentError):
            raise error.cause from None
        raise ClusterError(
            f"a worker failed on {work}: {type(error.cause).__name__}: {_first_line(error.cause)}; "
            "its log is in /tmp/ray/session_latest/logs of its node"
        ) from error
    except ray.exceptions.RayError as error:
        raise ClusterError(
            f"the workers that were to do {work} died, or did not start: {_last_line(error)}; see "
            "that every node has this version of the package, and memory enough"
        ) from error


def take_one_core() -> None:
    """Keep this process, a worker of Ray, to the one core that it was given."""
    os.environ[THREADS_VARIABLE] = "1"
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    import pyarrow as pa
    import scipy.linalg.cython_blas  # noqa: F401  # so that its BLAS is held back too
    from threadpoolctl import threadpool_limits

    pa.set_cpu_count(1)
    threadpool_limits(1)


def _first_line(error: object) -> str:
    return (str(error).splitlines() or [""])[0]


def _last_line(error: object) -> str:
    return ([line.strip() for line in str(error).splitlines() if line.strip()] or [""])[-1]
