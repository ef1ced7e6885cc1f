"""The server as its clients meet it: answers, errors, limits, headers, the token."""

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from sentiment import model_store
from sentiment.artifact import SavedModel, load_model
from sentiment.commands import main
from sentiment.server import served_models
from sentiment.server.app import create_app
from sentiment.server.limits import Limits
from sentiment.server.metrics import Metrics
from sentiment.server.served_models import ServedModels

TEXT = "the film was good , not bad"
LIMITS = Limits(
    max_body_bytes=20_000, max_texts=6, max_characters=400, max_all_characters=2_500, queue_size=100
)
ASKED = ("/predict", "/explain", "/order", "/gates")
SHOWN = ("/models", "/metrics", "/openapi.json")


class Server:
    """A server in this process, and its models."""

    def __init__(self, *names: str, limits: Limits = LIMITS, token: str | None = None) -> None:
        metrics = Metrics()
        self.served = ServedModels(names, limits.queue_size, metrics)
        self.client = TestClient(
            create_app(self.served, limits, metrics, token), raise_server_exceptions=False
        )

    def post(self, path: str, **body: Any) -> Any:
        return self.client.post(path, json=body)


@pytest.fixture
def start(make_model: Callable[..., Path]) -> Iterator[Callable[..., Server]]:
    """A function that starts a server; one that has no model yet gets a tiny one."""
    clients = []

    def start(*names: str, **options: Any) -> Server:
        if not names and not model_store.list_models():
            make_model(max_tokens=40)
        server = Server(*names, **options)
        clients.append(server.client.__enter__())
        return server

    yield start
    for client in clients:
        client.__exit__()


def printed(*arguments: str) -> list[Any]:
    """What a command prints with --json."""
    result = CliRunner().invoke(main, [*arguments[:1], "--json", *arguments[1:]])
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def detail(response: Any, status: int) -> str:
    """The one line that an answer with an error has."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/json"
    (line,) = response.json().values()
    assert response.json() == {"detail": line}
    assert "\n" not in line
    return str(line)


# === Answers ===


def test_predict_gives_what_the_command_prints(start: Callable[..., Server]) -> None:
    server = start()
    texts = [TEXT, "", "zebra", "good " * 60]
    expected = printed("predict", "--", *texts)
    assert server.post("/predict", texts=texts).json() == {"predictions": expected}
    assert server.post("/predict", text=TEXT).json()["predictions"] == expected[:1]
    assert server.post("/predict", texts=[]).json() == {"predictions": []}


def test_scrambles_are_those_of_the_command(start: Callable[..., Server]) -> None:
    server = start()
    expected = printed("predict", "--scramble", "2", "--seed", "7", "--", TEXT, "good film")
    found = server.post("/predict", texts=[TEXT, "good film"], num_scrambles=2, seed=7.0)
    assert found.json() == {"predictions": expected}
    assert len(found.json()["predictions"][0]["scrambles"]) == 2


def test_explanations_orders_and_gates_are_those_of_the_commands(
    start: Callable[..., Server],
) -> None:
    server = start()
    (predicted,) = printed("predict", "--explain", TEXT)
    assert server.post("/explain", text=TEXT).json() == predicted["explanation"]
    (order,) = printed("order", "--permutations", "6", "--seed", "3", TEXT)
    assert server.post("/order", text=TEXT, num_permutations=6, seed=3).json() == order
    (gates,) = printed("gates", TEXT)
    assert server.post("/gates", text=TEXT).json() == gates


def test_any_text_is_answered(start: Callable[..., Server]) -> None:
    server = start()
    texts = ["\x00", "\x1b[31m", "\u202egood", "<script>alert(1)</script>", "한국어", "😀" * 100]
    assert [
        each["text"] for each in server.post("/predict", texts=texts).json()["predictions"]
    ] == texts
    for path in ASKED:
        for text in texts:
            assert server.post(path, text=text).status_code == 200
        half = server.client.post(
            path,
            content='{"text": "good \\ud83d film"}',
            headers={"Content-Type": "application/json"},
        )
        assert half.status_code == 200
        assert "\\ud83d" not in half.text


# === Models ===


def test_models_are_listed_the_default_first_and_the_packaged_last(
    make_model: Callable[..., Path], start: Callable[..., Server]
) -> None:
    for cell in ("lstm", "gru"):
        make_model(f"small-{cell}", cell=cell, folder=model_store.PACKAGED)
    make_model("older", cell="bow")
    make_model("newer")
    found = start().client.get("/models").json()["models"]
    assert [each["name"] for each in found] == ["newer", "small-gru", "small-lstm"]
    assert [each["default"] for each in found] == [True, False, False]
    assert [each["cell"] for each in found] == ["gru", "gru", "lstm"]
    (params,) = printed("params", "--model", "newer")
    assert found[0]["num_parameters"] == params["total"]
    found = start("older", "newer").client.get("/models").json()["models"]
    assert [each["name"] for each in found] == ["older", "newer", "small-gru", "small-lstm"]


def test_a_model_is_loaded_when_it_is_asked_for_first_and_kept(
    make_model: Callable[..., Path],
    start: Callable[..., Server],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_model("first")
    make_model("second", seed=1)
    loaded = []

    def load(path: Path) -> SavedModel:
        loaded.append(path.name)
        return load_model(path)

    monkeypatch.setattr(served_models, "load_model", load)
    server = start("first", "second")
    assert loaded == []
    for _ in range(2):
        found = server.post("/predict", text=TEXT, model="second").json()["predictions"]
        assert [each["model"] for each in found] == ["second"]
    assert loaded == ["second"]


def test_an_unknown_model_is_answered_with_the_names_there_are(
    make_model: Callable[..., Path], start: Callable[..., Server], tmp_path: Path
) -> None:
    make_model("first")
    outside = make_model("outside", folder=tmp_path)
    server = start("first")
    for path in ASKED:
        for name in ("second", "", "\x00", "a" * 5000, str(outside), "../models/first"):
            assert "there are first" in detail(server.post(path, text=TEXT, model=name), 404)


def test_a_damaged_model_is_the_servers_fault_and_others_go_on(
    make_model: Callable[..., Path], start: Callable[..., Server]
) -> None:
    make_model("whole")
    weights = make_model("damaged") / "weights.safetensors"
    server = start("whole", "damaged")
    weights.write_bytes(weights.read_bytes()[::-1])
    failed = server.post("/predict", text=TEXT, model="damaged")
    assert str(weights.parent) not in detail(failed, 500)
    assert server.post("/predict", text=TEXT).status_code == 200


# === What is refused ===


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("{", "not JSON"),
        ("", "JSON object"),
        ("[]", "JSON object"),
        ("null", "JSON object"),
        ("{}", "either text or texts"),
        ('{"text": "a", "texts": ["a"]}', "either text or texts"),
        ('{"text": 5}', "text: "),
        ('{"text": null}', "text: "),
        ('{"text": ["a"]}', "text: "),
        ('{"texts": "a"}', "texts: "),
        ('{"texts": ["a", 5]}', "texts.1: "),
        ('{"text": "a", "\\ud800": 1}', "unicode"),
        ('{"text": "a", "language": "en"}', "language: "),
        ('{"text": "a", "model": 1}', "model: "),
        ('{"text": "a", "num_scrambles": -1}', "num_scrambles: "),
        ('{"text": "a", "num_scrambles": 101}', "100"),
        ('{"text": "a", "num_scrambles": "1"}', "num_scrambles: "),
        ('{"text": "a", "num_scrambles": 1.5}', "num_scrambles: "),
        ('{"text": "a", "num_scrambles": true}', "num_scrambles: "),
        ('{"text": "a", "num_scrambles": NaN}', "num_scrambles: "),
        ('{"text": "a", "seed": -1}', "seed: "),
        ('{"text": "a", "seed": 1e400}', "seed: "),
        (f'{{"text": "a", "seed": 1{"0" * 4000}}}', "seed: "),
    ],
)
def test_a_request_that_is_wrong_gets_one_line(
    start: Callable[..., Server], body: str, expected: str
) -> None:
    headers = {"Content-Type": "application/json"}
    found = start().client.post("/predict", content=body, headers=headers)
    assert expected in detail(found, 422)


@pytest.mark.parametrize(
    "body", [b'{"text": "\xff"}', b'{"text": "a", "seed": 1%s}' % (b"0" * 5000), b"[" * 19_000]
)
def test_a_body_that_cannot_be_read_is_refused(start: Callable[..., Server], body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    found = start().client.post("/predict", content=body, headers=headers)
    assert detail(found, found.status_code)
    assert found.status_code in (400, 422)


def test_another_content_type_is_refused(start: Callable[..., Server]) -> None:
    client = start().client
    for kind in ("text/plain", "application/x-www-form-urlencoded", "application/xml", "nonsense"):
        found = client.post("/predict", content='{"text": "a"}', headers={"Content-Type": kind})
        assert "Content-Type: application/json" in detail(found, 422)


def test_a_limit_is_named_with_what_was_given(start: Callable[..., Server]) -> None:
    server = start()
    for path in ASKED:
        found = detail(server.post(path, text="a" * 401), 422)
        assert "401" in found
        assert "400" in found
    assert "text 2 has 500 characters" in detail(
        server.post("/predict", texts=["a", "b" * 500]), 422
    )
    found = detail(server.post("/predict", texts=["a"] * 7), 422)
    assert "7 texts" in found
    assert "at most 6" in found
    found = detail(server.post("/predict", texts=["a" * 300] * 2, num_scrambles=4), 422)
    assert "3,000 characters" in found
    assert "at most 2,500" in found
    assert server.post("/predict", texts=["a" * 400] * 6).status_code == 200


def test_a_body_that_is_too_long_is_refused(start: Callable[..., Server]) -> None:
    client = start().client
    body = b'{"text": "%s"}' % (b"a" * 20_000)
    headers = {"Content-Type": "application/json"}
    told = client.post("/predict", content=body, headers=headers)
    assert "20,012 bytes" in detail(told, 413)
    untold = client.post("/predict", content=iter([body[:9000], body[9000:]]), headers=headers)
    assert "at most 20,000" in detail(untold, 413)


def test_what_is_not_there_and_what_cannot_be_done(start: Callable[..., Server]) -> None:
    client = start().client
    for path in ("/nothing", "/docs", "/redoc", "/../app.py", "/page/index.html", "/%00"):
        assert "/openapi.json" in detail(client.get(path), 404)
    found = client.get("/predict")
    assert detail(found, 405)
    assert found.headers["allow"] == "POST"


def test_a_full_queue_refuses_and_the_loop_goes_on(start: Callable[..., Server]) -> None:
    server = start(limits=Limits(queue_size=2))
    begun, finish = threading.Event(), threading.Event()
    predictor = server.served.default.worker.loaded.predictor
    predict = predictor.predict

    def slow(texts: list[str]) -> Any:
        begun.set()
        assert finish.wait(30)
        return predict(texts)

    predictor.predict = slow  # type: ignore[method-assign, assignment]
    answers = []

    def ask() -> None:
        answers.append(server.post("/predict", texts=["good", "bad"]).status_code)

    threads = [threading.Thread(target=ask) for _ in range(2)]
    try:
        threads[0].start()
        assert begun.wait(30)
        threads[1].start()
        waiting = 'sentiment_queue_texts{model="tiny"} 2.0'
        while waiting not in server.client.get("/metrics").text:
            assert threads[1].is_alive()
        refused = server.post("/predict", text=TEXT)
        assert "2 texts wait" in detail(refused, 503)
        assert int(refused.headers["retry-after"]) >= 1
        assert server.client.get("/health").status_code == 200
    finally:
        finish.set()
    for thread in threads:
        thread.join()
    assert answers == [200, 200]
    assert server.post("/predict", text=TEXT).status_code == 200


# === Around the endpoints ===


def test_health_and_the_document_of_the_endpoints(start: Callable[..., Server]) -> None:
    client = start().client
    health = client.get("/health").json()
    assert health == {"status": "ok", "model": "tiny", "version": "0.1.0"}
    document = client.get("/openapi.json").json()
    assert set(document["paths"]) == {*ASKED, "/models", "/health", "/metrics"}
    for path in ASKED:
        assert {"200", "404", "413", "422", "503"} <= set(
            document["paths"][path]["post"]["responses"]
        )
    text = document["components"]["schemas"]["PredictRequest"]["properties"]["text"]
    assert text["maxLength"] == LIMITS.max_characters


def test_every_answer_keeps_browsers_from_loading_anything_else(
    start: Callable[..., Server],
) -> None:
    client = start().client
    for path in ("/", "/index.html", "/health", "/models", "/nothing"):
        headers = client.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'self';")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-cache"
    assert client.get("/").headers["content-type"] == "text/html; charset=utf-8"
    assert client.head("/").status_code == 200
    assert client.head("/").content == b""


def test_what_is_done_is_counted(start: Callable[..., Server]) -> None:
    server = start()
    server.post("/predict", texts=[TEXT, TEXT, TEXT])
    server.post("/predict", texts=[TEXT], num_scrambles=2)
    server.post("/predict", text=5)
    server.client.get("/a/path/that/an/attacker/made/up")
    found = server.client.get("/metrics")
    assert found.headers["content-type"].startswith("text/plain")
    for line in (
        'sentiment_requests_total{path="/predict",status="200"} 2.0',
        'sentiment_requests_total{path="/predict",status="422"} 1.0',
        'sentiment_requests_total{path="other",status="404"} 1.0',
        'sentiment_request_seconds_count{path="/predict"} 3.0',
        'sentiment_texts_total{model="tiny"} 3.0',
        'sentiment_batch_texts_sum{model="tiny"} 3.0',
        'sentiment_queue_texts{model="tiny"} 0.0',
    ):
        assert line in found.text.splitlines()


def test_with_a_token_all_but_the_page_and_health_want_it(start: Callable[..., Server]) -> None:
    server = start(token="secret")
    client = server.client
    wrong = [{}, {"Authorization": "Bearer secre"}, {"Authorization": "Basic secret"}]
    wrong += [{"Authorization": "secret"}, {"Authorization": b"Bearer secret\xff"}]  # type: ignore[dict-item]
    for headers in wrong:
        for path in SHOWN:
            refused = client.get(path, headers=headers)
            assert "token" in detail(refused, 401)
            assert refused.headers["www-authenticate"] == "Bearer"
        for path in (*ASKED, "/nothing"):
            detail(client.post(path, json={"text": TEXT}, headers=headers), 401)
        for path in ("/", "/index.html", "/health"):
            assert client.get(path, headers=headers).status_code == 200
    right = {"Authorization": "bearer secret"}
    for path in SHOWN:
        assert client.get(path, headers=right).status_code == 200
    for path in ASKED:
        assert client.post(path, json={"text": TEXT}, headers=right).status_code == 200
    document = client.get("/openapi.json", headers=right).json()
    assert document["paths"]["/predict"]["post"]["security"] == [{"HTTPBearer": []}]
