"""The thread that answers for a model: what goes together, what is refused, what ends."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from sentiment.artifact import load_model
from sentiment.errors import ModelError, QueueFullError
from sentiment.predictions import Prediction
from sentiment.predictor import BATCH_SIZE
from sentiment.server.metrics import Metrics
from sentiment.server.worker import Loaded, Worker

SECONDS = 30


@pytest.fixture
def worker(make_model: Callable[..., Path]) -> Worker:
    path = make_model()
    return Worker("tiny", lambda: load_model(path), 200, Metrics())


@pytest.fixture
def batches(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The texts that the worker answers together, batch by batch."""
    found: list[list[str]] = []
    predictor = worker.loaded.predictor
    predict = predictor.predict

    def noting(texts: Sequence[str]) -> list[Prediction]:
        found.append(list(texts))
        return predict(texts)

    monkeypatch.setattr(predictor, "predict", noting)
    return found


def held(worker: Worker, *asking: Callable[[], Awaitable[Any]]) -> list[Any]:
    """What comes of asking while the worker is busy, errors too; then the worker ends."""

    async def ask() -> list[Any]:
        busy, go_on = threading.Event(), threading.Event()

        def hold(_: Loaded) -> None:
            busy.set()
            assert go_on.wait(SECONDS)

        holding = asyncio.ensure_future(worker.run(hold))
        assert await asyncio.to_thread(busy.wait, SECONDS)
        waiting = [asyncio.ensure_future(each()) for each in asking]
        for _ in range(3):  # until all of them are in the queue, or refused
            await asyncio.sleep(0)
        go_on.set()
        await holding
        return await asyncio.gather(*waiting, return_exceptions=True)

    try:
        return asyncio.run(asyncio.wait_for(ask(), SECONDS))
    finally:
        worker.close()


def predicting(worker: Worker, *texts: str) -> Callable[[], Awaitable[list[Prediction]]]:
    return lambda: worker.predict(texts)


def test_what_waits_is_answered_together_and_each_gets_its_own(
    worker: Worker, batches: list[list[str]]
) -> None:
    found = held(
        worker,
        predicting(worker, "good film"),
        predicting(worker, "bad film", "the plot"),
        predicting(worker),
        predicting(worker, "not good"),
    )
    assert batches == [["good film", "bad film", "the plot", "not good"], []]
    assert [[each.text for each in answers] for answers in found] == [
        ["good film"],
        ["bad film", "the plot"],
        [],
        ["not good"],
    ]
    assert found[0] == worker.loaded.predictor.predict(["good film"])


def test_what_waits_alone_is_answered_at_once(worker: Worker, batches: list[list[str]]) -> None:
    async def one_by_one() -> None:
        for text in ("good film", "bad film"):
            await worker.predict([text])

    asyncio.run(one_by_one())
    worker.close()
    assert batches == [["good film"], ["bad film"]]


def test_long_texts_do_not_hold_up_short_ones(worker: Worker, batches: list[list[str]]) -> None:
    long = "good film " * 100
    held(worker, *(predicting(worker, text) for text in ("short one", long, "other one", long)))
    assert batches == [["short one", "other one"], [long, long]]


def test_a_batch_has_an_end(worker: Worker, batches: list[list[str]]) -> None:
    held(worker, *[predicting(worker, "good film")] * (BATCH_SIZE + 6))
    assert [len(batch) for batch in batches] == [BATCH_SIZE, 6]


def test_a_task_is_done_in_its_turn_and_by_itself(worker: Worker, batches: list[list[str]]) -> None:
    found = held(
        worker,
        predicting(worker, "good film"),
        lambda: worker.run(lambda loaded: (loaded.model.name, len(batches))),
        predicting(worker, "not good"),
    )
    assert found[1] == ("tiny", 1)
    assert batches == [["good film", "not good"]]


def test_beyond_the_queue_requests_are_refused(worker: Worker, batches: list[list[str]]) -> None:
    found = held(
        worker,
        predicting(worker, *["good film"] * 150),
        predicting(worker, *["bad film"] * 51),
        predicting(worker, *["not good"] * 50),
    )
    assert [type(each) for each in found] == [list, QueueFullError, list]
    assert "150 texts wait for tiny" in str(found[1])
    assert [len(batch) for batch in batches] == [150, 50]


def test_where_none_waits_any_request_is_taken(worker: Worker) -> None:
    async def many() -> list[Prediction]:
        return await worker.predict(["good film"] * 201)

    assert len(asyncio.run(many())) == 201
    worker.close()


def test_who_has_gone_leaves_the_others_be(worker: Worker, batches: list[list[str]]) -> None:
    async def go() -> None:
        asking = asyncio.ensure_future(worker.predict(["bad film"]))
        await asyncio.sleep(0)  # it is in the queue
        asking.cancel()

    async def wait() -> list[Prediction]:
        await asyncio.sleep(0)
        return await worker.predict(["good film"])

    found = held(worker, go, wait)
    assert batches == [["bad film", "good film"]]
    assert [each.text for each in found[1]] == ["good film"]


def test_an_error_reaches_who_asked_and_the_next_goes_well(worker: Worker) -> None:
    def fail(_: Loaded) -> None:
        raise ZeroDivisionError

    found = held(worker, lambda: worker.run(fail), predicting(worker, "good film"))
    assert [type(each) for each in found] == [ZeroDivisionError, list]


def test_a_model_that_cannot_be_loaded_is_tried_again(make_model: Callable[..., Path]) -> None:
    path = make_model()
    (path / "model.onnx").rename(path / "away")
    worker = Worker("tiny", lambda: load_model(path), 10, Metrics())

    async def ask() -> int:
        with pytest.raises(ModelError, match="missing"):
            await worker.predict(["good film"])
        (path / "away").rename(path / "model.onnx")
        return len(await worker.predict(["good film"]))

    assert asyncio.run(ask()) == 1
    worker.close()


def test_work_is_not_done_in_the_thread_that_asks(worker: Worker) -> None:
    async def where() -> str:
        return await worker.run(lambda _: threading.current_thread().name)

    assert asyncio.run(where()) == "tiny"
    worker.close()
