"""`sentiment serve` as its user meets it: start, errors, end."""

import http.client
import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner, Result

from sentiment.commands import main

ROOT = Path(__file__).parent.parent
BODY = json.dumps({"text": "good film"}).encode()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["serve", *arguments])


def one_line_error(result: Result) -> str:
    assert result.exit_code == 1, result.output
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
    return result.stderr


@contextmanager
def serving(*arguments: str) -> Iterator[tuple["subprocess.Popen[str]", str, int]]:
    """A server in a process of its own, with the host and port it says it answers at."""
    command = [sys.executable, str(ROOT / "cli.py"), "serve", "--port", "0", *arguments]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            address = urlsplit(process.stdout.readline().split()[-1])
            assert address.hostname is not None
            assert address.port is not None
            yield process, address.hostname, address.port
        finally:
            process.kill()


@pytest.fixture
def not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `serve` do all but answer."""
    from sentiment.server import running

    monkeypatch.setattr(running, "run", lambda app, listener, on_start: on_start())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_lets_what_was_taken_be_finished(
    make_model: Callable[..., Path], number: signal.Signals
) -> None:
    make_model()
    with serving() as (process, host, port):
        idle = http.client.HTTPConnection(host, port, timeout=30)
        idle.request("GET", "/health")
        assert json.loads(idle.getresponse().read())["status"] == "ok"
        taken = socket.create_connection((host, port), timeout=30)
        head = f"POST /predict HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
        taken.sendall(f"{head}Content-Length: {len(BODY)}\r\n\r\n".encode() + BODY[:5])
        idle.request("GET", "/metrics")  # answered after the other request was taken
        assert idle.getresponse().read()
        process.send_signal(number)
        assert idle.sock.recv(1) == b""  # the server hangs up where nothing is under way
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection((host, port), timeout=30)
        taken.sendall(BODY[5:])
        with taken, taken.makefile("rb") as answer:
            assert answer.readline().split()[1] == b"200"
            assert b'"text":"good film"' in answer.read()
        idle.close()
        assert process.wait(30) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_two_models_and_a_token(make_model: Callable[..., Path]) -> None:
    make_model("first")
    make_model("second")
    options = ("--model", "first", "--model", "second", "--token", "secret")
    with serving(*options) as (_, host, port):
        client = http.client.HTTPConnection(host, port, timeout=30)
        client.request("GET", "/models")
        refused = client.getresponse()
        assert refused.status == 401
        refused.read()
        client.request("GET", "/models", headers={"Authorization": "Bearer secret"})
        models = json.loads(client.getresponse().read())["models"]
        assert [each["name"] for each in models][:2] == ["first", "second"]
        client.close()


def test_a_port_in_use_gets_one_line(make_model: Callable[..., Path]) -> None:
    make_model()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        error = one_line_error(run("--port", port))
    assert port in error
    assert "--port 0" in error


def test_a_host_that_is_not_there_gets_one_line(make_model: Callable[..., Path]) -> None:
    make_model()
    assert "127.0.0.1" in one_line_error(run("--host", "no such host"))
    assert "--host" in one_line_error(run("--host", "192.0.2.1", "--port", "0"))


@pytest.mark.parametrize("missing", ["fastapi", "uvicorn", "prometheus_client"])
def test_without_the_extra_the_line_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    for name in [name for name in sys.modules if name.startswith("sentiment.server")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, missing, None)
    assert 'pip install "sentiment[serve]"' in one_line_error(run())


def test_without_a_model_the_line_says_how_to_get_one() -> None:
    assert "sentiment train" in one_line_error(run("--port", "0"))


def test_a_damaged_model_gets_one_line_before_anything_is_answered(
    make_model: Callable[..., Path],
) -> None:
    weights = make_model() / "weights.safetensors"
    weights.write_bytes(weights.read_bytes()[::-1])
    assert "damaged" in one_line_error(run("--port", "0", "--model", "tiny"))


def test_two_models_of_one_name_get_one_line(
    make_model: Callable[..., Path], tmp_path: Path
) -> None:
    make_model()
    other = make_model(folder=tmp_path)
    assert "one name" in one_line_error(run("--model", "tiny", "--model", str(other)))


@pytest.mark.usefixtures("not_run")
def test_another_host_without_a_token_is_warned_of(make_model: Callable[..., Path]) -> None:
    make_model()
    for host in ("0.0.0.0", "::"):
        result = run("--host", host, "--port", "0")
        assert result.exit_code == 0, result.output
        assert "without authentication" in result.stderr
        assert run("--host", host, "--port", "0", "--token", "secret").stderr == ""
    assert run("--port", "0").stderr == ""


@pytest.mark.usefixtures("not_run")
def test_the_address_is_printed(make_model: Callable[..., Path]) -> None:
    make_model()
    found = run("--port", "0").stdout
    assert re.fullmatch(r"tiny answers at http://127\.0\.0\.1:[1-9]\d+/\n", found)


def test_a_token_that_no_header_can_hold_is_a_usage_error() -> None:
    for token in ("", " ", "two words", "zwei Wörter", "é", "a\nb"):
        result = run("--token", token)
        assert result.exit_code == 2
        assert "--token" in result.stderr


def test_no_answer_loads_tensorflow(make_model: Callable[..., Path]) -> None:
    make_model()
    code = """
import sys
from starlette.testclient import TestClient
from sentiment.server import running
from sentiment.server.app import create_app
from sentiment.server.limits import Limits
from sentiment.server.metrics import Metrics
from sentiment.server.served_models import ServedModels
metrics = Metrics()
with TestClient(create_app(ServedModels((), 9, metrics), Limits(), metrics)) as client:
    for path in ("/predict", "/explain", "/order", "/gates"):
        assert client.post(path, json={"text": "good film"}).status_code == 200
print(" ".join({name.partition(".")[0] for name in sys.modules}))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not set(done.stdout.split()) & {"tensorflow", "keras", "tensorflow_datasets"}
