"""A server process: its socket, its signals, its end."""

import errno
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address

import uvicorn
from starlette.types import ASGIApp
from threadpoolctl import threadpool_limits

from sentiment.errors import ServerError

SHUTDOWN_SECONDS = 30  # for requests under way


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens.

    Args:
        host: name or address.
        port: 0 for any that is free.

    Raises:
        ServerError: it cannot be had.
    """
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.create_server(address[:2], family=family, backlog=2_048)
    except OSError as error:
        raise ServerError(f"cannot listen at {host}, port {port}: {_remedy(error)}") from error
    # asyncio sets it only on sockets that name TCP, and `create_server` leaves that open. Without
    # it an answer of two packets waits 40 ms for the first to be acknowledged.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _remedy(error: OSError) -> str:
    if isinstance(error, socket.gaierror):
        return "there is no such host; take 127.0.0.1 for this machine alone"
    if error.errno == errno.EADDRINUSE:
        return "something else does; choose another with --port, or any free one with --port 0"
    if error.errno == errno.EACCES:
        return "that needs an administrator; choose a --port from 1024 on"
    return f"{error.strerror or error}; choose another --host or --port"


def address_of(listener: socket.socket) -> str:
    """Where a browser finds it, such as `http://127.0.0.1:8000/`."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def is_loopback(listener: socket.socket) -> bool:
    """Whether it can be reached from this machine alone."""
    return ip_address(listener.getsockname()[0]).is_loopback


def run(app: ASGIApp, listener: socket.socket, on_start: Callable[[], None]) -> None:
    """Answer until SIGTERM or Ctrl-C; what was taken by then is finished.

    Args:
        app: from `app.create_app`.
        listener: from `listen`; closed at the end.
        on_start: called when requests are answered from now on.
    """
    config = uvicorn.Config(
        app,
        log_config=None,
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        lifespan="on",
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
    )
    # Threads cost such small products more time than they save, and keep the event loop waiting.
    with threadpool_limits(1, user_api="blas"):
        _Server(config, on_start).run([listener])


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, on_start: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_start = on_start

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._on_start()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take signals for a wish to end, where Uvicorn would raise them again at the end."""
        signals = (signal.SIGINT, signal.SIGTERM)
        before = {each: signal.signal(each, self.handle_exit) for each in signals}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)
