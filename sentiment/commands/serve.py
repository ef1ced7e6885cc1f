"""`sentiment serve`."""

import re

import click

from sentiment.commands.terminal import warn
from sentiment.errors import ServerError
from sentiment.server.limits import Limits

EXAMPLES = """
\b
Examples:
  sentiment serve
  sentiment serve --port 0 --model my-gru --model my-bow
  SENTIMENT_TOKEN=something-secret sentiment serve --host 0.0.0.0
  curl 127.0.0.1:8000/predict --json '{"text": "I like coffee"}'
"""
EXTRA = ("fastapi", "prometheus_client", "uvicorn")


def _checked(_context: click.Context, _option: click.Parameter, token: str | None) -> str | None:
    if token is not None and not re.fullmatch("[!-~]+", token):
        raise click.BadParameter("use letters, digits and signs of ASCII, without spaces")
    return token


@click.command(epilog=EXAMPLES)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Name or address to listen at; 0.0.0.0 for all that this machine has.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8000,
    show_default=True,
    metavar="N",
    help="Port to listen at; 0 for any that is free.",
)
@click.option(
    "--model",
    "models",
    multiple=True,
    metavar="NAME",
    help="Name or path of a model; repeatable, the first answers by default.  [default: the one in "
    "use, else the newest]",
)
@click.option(
    "--token",
    envvar="SENTIMENT_TOKEN",
    show_envvar=True,
    callback=_checked,
    metavar="TEXT",
    help="Answer only requests that bring it as a bearer token; other users of this machine may "
    "see an option, but not the variable.",
)
@click.option(
    "--queue",
    "queue_size",
    type=click.IntRange(1),
    default=Limits.queue_size,
    show_default=True,
    metavar="N",
    help="Texts that may wait for a model; beyond it, requests are told to come again.",
)
def serve(
    *, host: str, port: int, models: tuple[str, ...], token: str | None, queue_size: int
) -> None:
    """Answer over HTTP, with a page to type sentences into.

    POST /predict, /explain, /order and /gates give what the commands print with --json; GET
    /models, /health and /metrics tell of the server, and /openapi.json of all that. Ctrl-C or
    SIGTERM ends it when the requests under way are answered.
    """
    try:
        from sentiment.server.app import create_app
        from sentiment.server.metrics import Metrics
        from sentiment.server.running import address_of, is_loopback, listen, run
        from sentiment.server.served_models import ServedModels
    except ModuleNotFoundError as error:
        if error.name not in EXTRA:
            raise
        raise ServerError(
            'the server needs packages of its own; pip install "sentiment[serve]"'
        ) from error
    limits = Limits(queue_size=queue_size)
    metrics = Metrics()
    served = ServedModels(models, limits.queue_size, metrics)
    name = served.default.worker.loaded.model.name
    app = create_app(served, limits, metrics, token)
    with listen(host, port) as listener:
        address = address_of(listener)
        if token is None and not is_loopback(listener):
            warn(f"whoever reaches {address} is answered, without authentication; set --token")
        run(app, listener, lambda: click.echo(f"{name} answers at {address}"))
