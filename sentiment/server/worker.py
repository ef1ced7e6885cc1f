"""Answers for one model, in a thread of its own, so that whoever asks goes on meanwhile.

Requests that wait are answered together: while the network reads one batch, the next gathers. So
nothing is ever held back for others to come, and batches grow by themselves with the load. Knows
nothing about HTTP.
"""

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from sentiment.artifact import SavedModel
from sentiment.errors import QueueFullError
from sentiment.predictions import Prediction
from sentiment.predictor import BATCH_SIZE, Predictor
from sentiment.server.metrics import Metrics

T = TypeVar("T")
Future = asyncio.Future[Any]


@dataclass(frozen=True)
class Loaded:
    """A model, and what answers for it."""

    model: SavedModel
    predictor: Predictor


@dataclass(frozen=True, eq=False)
class _Job:
    """What one request waits for.

    Attributes:
        num_texts: what it counts for in the queue.
        future: of the event loop that waits.
        texts: to be answered with others of about their length; empty for a task.
        task: anything else, done by itself.
    """

    num_texts: int
    future: Future
    texts: Sequence[str] = ()
    task: Callable[[Loaded], Any] | None = None

    @cached_property
    def width(self) -> int:
        """The same for texts of about one length, which cost each other little padding."""
        return max(map(len, self.texts), default=0).bit_length() // 2

    def goes_with(self, first: "_Job") -> bool:
        """Whether both can be answered in one batch."""
        return self.task is None and first.task is None and self.width == first.width


class Worker:
    """The thread and the queue of one model.

    Args:
        name: of the model.
        load: reads it; called once, when it is asked for first.
        queue_size: texts that may wait.
        metrics: is told of every batch.
    """

    def __init__(
        self, name: str, load: Callable[[], SavedModel], queue_size: int, metrics: Metrics
    ) -> None:
        self._name = name
        self._load = load
        self._queue_size = queue_size
        self._metrics = metrics
        self._waiting: deque[_Job] = deque()
        self._num_waiting = 0
        self._closed = False
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        metrics.watch_queue(name, lambda: self._num_waiting)

    @cached_property
    def loaded(self) -> Loaded:
        """The model, its network ready to run.

        Raises:
            ModelError: it is damaged, or its network cannot be run.
        """
        model = self._load()
        predictor = Predictor.of(
            model, num_threads=1
        )  # the other cores are for HTTP and other models
        predictor.predict(["ready"])
        return Loaded(model, predictor)

    async def predict(self, texts: Sequence[str]) -> list[Prediction]:
        """Answer texts, in order, together with those of other requests.

        Raises:
            QueueFullError: too many wait.
            ModelError: the model cannot be loaded or run.
        """
        future = asyncio.get_running_loop().create_future()
        found: list[Prediction] = await self._put(_Job(len(texts), future, texts=texts))
        return found

    async def run(self, task: Callable[[Loaded], T], num_texts: int = BATCH_SIZE) -> T:
        """Do anything else with the model, by itself.

        Args:
            task: is called in the thread.
            num_texts: what it counts for in the queue.

        Raises:
            QueueFullError: too many wait.
            ModelError: the model cannot be loaded or run.
        """
        future = asyncio.get_running_loop().create_future()
        found: T = await self._put(_Job(num_texts, future, task=task))
        return found

    def close(self) -> None:
        """End the thread after what it is at."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()

    def _put(self, job: _Job) -> Future:
        with self._changed:
            if self._num_waiting and self._num_waiting + job.num_texts > self._queue_size:
                raise QueueFullError(
                    f"{self._num_waiting:,} texts wait for {self._name} already, of at most "
                    f"{self._queue_size:,}; try again in a moment"
                )
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
                self._thread.start()
            self._waiting.append(job)
            self._num_waiting += job.num_texts
            self._changed.notify()
        return job.future

    def _work(self) -> None:
        while batch := self._take():
            try:
                answers = self._answer(batch)
            except Exception as error:  # whatever it is, the next batch may go well
                _deliver(batch, [error] * len(batch))
            else:
                _deliver(batch, answers)

    def _take(self) -> list[_Job]:
        """The job that waits longest, and those of the next that go with it; empty at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed)
            if self._closed:
                return []
            batch = [self._waiting.popleft()]
            room = BATCH_SIZE - batch[0].num_texts
            passed_over = []
            while self._waiting and room > 0:
                job = self._waiting.popleft()
                if job.num_texts <= room and job.goes_with(batch[0]):
                    batch.append(job)
                    room -= job.num_texts
                else:
                    passed_over.append(job)
            self._waiting.extendleft(reversed(passed_over))
            self._num_waiting -= sum(job.num_texts for job in batch)
            return batch

    def _answer(self, batch: Sequence[_Job]) -> list[Any]:
        if batch[0].task is not None:
            return [batch[0].task(self.loaded)]
        texts = [text for job in batch for text in job.texts]
        predictions = iter(self.loaded.predictor.predict(texts))
        self._metrics.batch(self._name, len(texts))
        return [[next(predictions) for _ in job.texts] for job in batch]


def _deliver(batch: Sequence[_Job], answers: Sequence[Any]) -> None:
    """Hand the answers to the event loop that waits for them, in one call."""
    loop = batch[0].future.get_loop()
    with suppress(RuntimeError):  # a loop that is closed waits for nothing
        loop.call_soon_threadsafe(_resolve, batch, answers)


def _resolve(batch: Sequence[_Job], answers: Sequence[Any]) -> None:
    for job, answer in zip(batch, answers, strict=True):
        if job.future.done():  # whoever asked has gone
            continue
        if isinstance(answer, Exception):
            job.future.set_exception(answer)
        else:
            job.future.set_result(answer)
