"""How many requests `sentiment serve` answers, and how soon: `python -m benchmarks.serve`.

The server runs in a process of its own, and this one loads it: every connection sends its next
request when it has the answer to the last. Needs the extra `serve`. Run nothing else meanwhile.
"""

import asyncio
import itertools
import json
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from statistics import quantiles
from urllib.parse import urlsplit

import click
from rich.console import Console
from rich.table import Table

from sentiment.datasets.lessons import lessons

SERVER = [sys.executable, "-m", "sentiment.commands", "serve", "--port", "0"]
WARM_UP_SECONDS = 1.0
NUM_CONNECTIONS = (64, 1)


@dataclass(frozen=True)
class Load:
    """What came of loading the server for a while.

    Attributes:
        num_connections: at a time.
        seconds: for how long.
        num_requests: answered.
        requests_per_second: answered.
        p50_milliseconds: from a request to the whole answer, half of them.
        p99_milliseconds: the same, 99 of a hundred.
        num_errors: answers with another status than 200, and connections that broke.
        texts_a_batch: answered together, on average.
    """

    num_connections: int
    seconds: float
    num_requests: int
    requests_per_second: float
    p50_milliseconds: float
    p99_milliseconds: float
    num_errors: int
    texts_a_batch: float


class Client(asyncio.Protocol):
    """One connection that is kept, and asks again as soon as it is answered."""

    def __init__(self, requests: Iterator[bytes], seconds: list[float]) -> None:
        self.num_errors = 0
        self._requests = requests
        self._seconds = seconds
        self._received = b""
        self._stopped = False
        self._started = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the first time."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._ask()

    def data_received(self, data: bytes) -> None:
        """Note how long the answer took, when it is whole, and ask again."""
        self._received += data
        head, separator, body = self._received.partition(b"\r\n\r\n")
        if not separator:
            return
        length = re.search(rb"(?i)content-length: (\d+)", head)
        if length is None or len(body) < int(length[1]):
            return
        self._seconds.append(time.perf_counter() - self._started)
        self.num_errors += not head.startswith(b"HTTP/1.1 200")
        self._received = b""
        self._ask()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        """Count it, unless it is the end."""
        self.num_errors += not self._stopped

    def stop(self) -> None:
        """Ask no more."""
        self._stopped = True
        self._transport.close()

    def _ask(self) -> None:
        self._started = time.perf_counter()
        self._transport.write(next(self._requests))


async def load(address: str, num_connections: int, seconds: float) -> Load:
    """Load a server with so many connections."""
    host, port = urlsplit(address).hostname or "", urlsplit(address).port or 0
    requests = itertools.cycle(_requests(address))
    loop = asyncio.get_running_loop()
    measured: list[float] = []
    clients = [Client(requests, measured) for _ in range(num_connections)]
    for client in clients:
        await loop.create_connection(lambda client=client: client, host, port)  # type: ignore[misc]
    await asyncio.sleep(WARM_UP_SECONDS)
    measured.clear()
    texts, batches = _batches(address)
    started = time.perf_counter()
    await asyncio.sleep(seconds)
    elapsed = time.perf_counter() - started
    for client in clients:
        client.stop()
    await asyncio.sleep(0.1)
    later_texts, later_batches = _batches(address)
    percentiles = quantiles(measured, n=100)
    return Load(
        num_connections=num_connections,
        seconds=elapsed,
        num_requests=len(measured),
        requests_per_second=len(measured) / elapsed,
        p50_milliseconds=1e3 * percentiles[49],
        p99_milliseconds=1e3 * percentiles[98],
        num_errors=sum(client.num_errors for client in clients),
        texts_a_batch=(later_texts - texts) / (later_batches - batches),
    )


def _requests(address: str) -> list[bytes]:
    """Requests to predict an everyday sentence each."""
    found = []
    for text in lessons().test.texts[:1000]:
        body = json.dumps({"text": text}).encode()
        head = (
            f"POST /predict HTTP/1.1\r\nHost: {urlsplit(address).netloc}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        found.append(head.encode() + body)
    return found


def _batches(address: str) -> tuple[float, float]:
    """How many texts the server has answered so far, and in how many batches."""
    with urllib.request.urlopen(f"{address}metrics") as response:
        text = response.read().decode()
    found = [
        re.search(rf"sentiment_batch_texts_{name}{{.*}} (.*)", text) for name in ("sum", "count")
    ]
    total, count = (float(match[1]) if match else 0.0 for match in found)
    return total, count


@contextmanager
def running_server() -> Iterator[str]:
    """A server in a process of its own; gives its address."""
    with subprocess.Popen(SERVER, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().split()[-1]
        finally:
            process.send_signal(signal.SIGTERM)


@click.command()
@click.option("--seconds", type=float, default=60.0, show_default=True, help="For each row.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def main(*, seconds: float, as_json: bool) -> None:
    """Measure and print a table."""
    with running_server() as address:
        found = [asyncio.run(load(address, number, seconds)) for number in NUM_CONNECTIONS]
    if as_json:
        for each in found:
            click.echo(json.dumps(asdict(each)))
        return
    table = Table(title=f"One sentence a request, {seconds:g} s each", title_justify="left")
    for column in (
        "connections", "requests/s", "p50, ms", "p99, ms", "errors", "texts a batch",
    ):  # fmt: skip
        table.add_column(column, justify="right")
    for each in found:
        table.add_row(
            f"{each.num_connections}",
            f"{each.requests_per_second:,.0f}",
            f"{each.p50_milliseconds:.2f}",
            f"{each.p99_milliseconds:.2f}",
            f"{each.num_errors}",
            f"{each.texts_a_batch:.1f}",
        )
    Console().print(table)


if __name__ == "__main__":
    main()
