"""What the server counts, in Prometheus's text format.

Knows nothing about requests and networks but their numbers. May be used from any thread.
"""

from collections.abc import Callable

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

CONTENT_TYPE = CONTENT_TYPE_LATEST

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_TEXTS = (1, 2, 4, 8, 16, 32, 64, 128, 256)


class Metrics:
    """The counts of one server, apart from those of any other in the process."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._requests = Counter(
            "sentiment_requests",
            "Requests answered.",
            ["path", "status"],
            registry=self._registry,
        )
        self._seconds = Histogram(
            "sentiment_request_seconds",
            "Time from a request's headers to the end of its answer, in seconds.",
            ["path"],
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._queue = Gauge(
            "sentiment_queue_texts",
            "Texts that wait for an answer.",
            ["model"],
            registry=self._registry,
        )
        self._texts = Counter(
            "sentiment_texts",
            "Texts answered; scrambles and what explanations ask are not counted.",
            ["model"],
            registry=self._registry,
        )
        self._batches = Histogram(
            "sentiment_batch_texts",
            "Texts that were answered together.",
            ["model"],
            buckets=_TEXTS,
            registry=self._registry,
        )

    def request(self, path: str, status: int, seconds: float) -> None:
        """Count a request that was answered."""
        self._requests.labels(path, status).inc()
        self._seconds.labels(path).observe(seconds)

    def batch(self, model: str, num_texts: int) -> None:
        """Count texts that were answered together."""
        self._texts.labels(model).inc(num_texts)
        self._batches.labels(model).observe(num_texts)

    def watch_queue(self, model: str, num_waiting: Callable[[], int]) -> None:
        """Show how many texts wait for a model, asked whenever the metrics are."""
        self._queue.labels(model).set_function(num_waiting)

    def text(self) -> bytes:
        """All of it, as `CONTENT_TYPE` says."""
        return generate_latest(self._registry)
