"""The endpoints: JSON in, one call to a model's worker, JSON out.

Answers are the objects that the commands print with `--json`. Nothing here works out anything
itself, so that the event loop is always free to take the next request.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.security import HTTPBearer
from pydantic_core import to_json
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from sentiment import __version__
from sentiment.errors import (
    QueueFullError,
    RequestTooLargeError,
    ServerError,
    UnknownModelError,
)
from sentiment.experiments.explanation import explain
from sentiment.experiments.gates import GatesReport, trace_gates
from sentiment.experiments.sentence_order import SentenceResult, measure_sentence
from sentiment.server import bodies
from sentiment.server.limits import Limits
from sentiment.server.metrics import CONTENT_TYPE, Metrics
from sentiment.server.middleware import BodyLimit, Measured, TokenRequired
from sentiment.server.page_files import page_files
from sentiment.server.served_models import ServedModels
from sentiment.server.worker import Loaded

HEALTH = "/health"
RETRY_SECONDS = 1

_STATUSES: Mapping[type[ServerError], int] = {
    RequestTooLargeError: 422,
    UnknownModelError: 404,
    QueueFullError: 503,
}
_PROBLEMS = {
    400: "The body cannot be read.",
    404: "There is no model of that name.",
    413: "The body is too long.",
    422: "The request is not as it should be, or asks for too much.",
    503: "Too many texts wait; try again after the seconds of Retry-After.",
}
_RETRY_HEADER = {"Retry-After": {"description": "Seconds.", "schema": {"type": "integer"}}}


class Api:
    """The endpoints of one server.

    Args:
        served: the models.
        limits: what one request may ask for.
        metrics: what `/metrics` shows.
    """

    def __init__(self, served: ServedModels, limits: Limits, metrics: Metrics) -> None:
        self._served = served
        self._limits = limits
        self._metrics = metrics

    async def predict(self, body: bodies.PredictRequest) -> Response:
        """Say whether texts are positive or negative, as `sentiment predict --json` does."""
        texts = body.all_texts()
        self._limits.check(texts, body.num_scrambles)
        worker = self._served.find(body.model).worker
        if not body.num_scrambles:
            return _json({"predictions": await worker.predict(texts)})
        task = partial(_scrambled, texts, body.num_scrambles, body.seed)
        answers = await worker.run(task, len(texts) * (1 + body.num_scrambles))
        return _json({"predictions": answers})

    async def explain(self, body: bodies.TextRequest) -> Response:
        """Show what each word did to the verdict, as `sentiment predict --explain --json` does."""
        self._limits.check([body.text])
        worker = self._served.find(body.model).worker
        found = await worker.run(lambda loaded: explain(loaded.predictor, body.text))
        return _json(found.to_dict())

    async def order(self, body: bodies.OrderRequest) -> Response:
        """Show what word order is worth in a text, as `sentiment order TEXT --json` does."""
        self._limits.check([body.text])
        measure = partial(measure_sentence, num_permutations=body.num_permutations, seed=body.seed)
        worker = self._served.find(body.model).worker
        found = await worker.run(
            lambda loaded: measure(loaded.model, body.text, predictor=loaded.predictor)
        )
        return _json(found.to_dict())

    async def gates(self, body: bodies.TextRequest) -> Response:
        """Show what each gate did at each word, as `sentiment gates --json` does."""
        self._limits.check([body.text])
        worker = self._served.find(body.model).worker
        found = await worker.run(
            lambda loaded: trace_gates(loaded.model, body.text, predictor=loaded.predictor)
        )
        return _json(found.to_dict())

    async def models(self) -> bodies.ModelsResponse:
        """List the models that may be asked, the default first."""
        default = self._served.default
        entries = [
            bodies.ModelEntry(
                name=model.name,
                cell=model.cell,
                num_parameters=model.num_parameters,
                default=model is default,
            )
            for model in self._served
        ]
        return bodies.ModelsResponse(models=entries)

    async def health(self) -> bodies.HealthResponse:
        """Say that the server answers."""
        return bodies.HealthResponse(
            status="ok", model=self._served.default.name, version=__version__
        )

    async def metrics(self) -> Response:
        """Show what was counted, in Prometheus's text format."""
        return Response(self._metrics.text(), media_type=CONTENT_TYPE)


def create_app(
    served: ServedModels, limits: Limits, metrics: Metrics, token: str | None = None
) -> ASGIApp:
    """The whole server but its socket.

    Args:
        served: the models; their threads end with the application.
        limits: what one request may ask for.
        metrics: what the workers of `served` count in too.
        token: wanted for all but the page and `/health`; printable ASCII without spaces. None
            for no authentication.
    """

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        served.close()

    # The pages of /docs would load their scripts from elsewhere.
    api = FastAPI(
        title="sentiment",
        version=__version__,
        summary="What recurrent networks make of texts, and of the order of their words.",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    _add_endpoints(api, Api(served, limits, metrics), with_token=token is not None)
    pages = page_files()
    for path, (content, media_type) in pages.items():
        api.add_api_route(
            path,
            partial(_page_file, content, media_type),
            methods=["GET", "HEAD"],
            include_in_schema=False,
        )
    api.add_exception_handler(RequestValidationError, _not_understood)
    api.add_exception_handler(HTTPException, _http_problem)
    api.add_exception_handler(ServerError, _refused)
    api.add_exception_handler(Exception, _failed)
    bodies.describe_limits(api.openapi()["components"]["schemas"], limits)
    app: ASGIApp = BodyLimit(api, limits.max_body_bytes)
    if token is not None:
        app = TokenRequired(app, token, {HEALTH, *pages})
    return Measured(app, {*api.openapi()["paths"], "/openapi.json", *pages}, metrics)


def _add_endpoints(api: FastAPI, endpoints: Api, *, with_token: bool) -> None:
    closed: dict[int | str, dict[str, Any]] = {}
    dependencies = []
    if with_token:  # `TokenRequired` checks it; this is for the OpenAPI document
        closed = {401: {"model": bodies.Problem, "description": "The token is missing or wrong."}}
        dependencies = [Depends(HTTPBearer(auto_error=False))]
    problems: dict[int | str, dict[str, Any]] = {
        status: {"model": bodies.Problem, "description": description}
        for status, description in _PROBLEMS.items()
    }
    problems[503]["headers"] = _RETRY_HEADER
    asked: Mapping[str, tuple[Callable[..., Any], Any]] = {
        "/predict": (endpoints.predict, bodies.PredictResponse),
        "/explain": (endpoints.explain, bodies.ExplainResponse),
        "/order": (endpoints.order, SentenceResult),
        "/gates": (endpoints.gates, GatesReport),
    }
    for path, (endpoint, answer) in asked.items():
        api.post(
            path,
            response_model=answer,
            responses={**problems, **closed},
            dependencies=dependencies,
        )(endpoint)
    api.get(HEALTH)(endpoints.health)
    api.get("/models", responses=closed, dependencies=dependencies)(endpoints.models)
    api.get(
        "/metrics",
        response_class=Response,
        responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}, **closed},
        dependencies=dependencies,
    )(endpoints.metrics)


def _scrambled(texts: list[str], num_scrambles: int, seed: int, loaded: Loaded) -> list[Any]:
    answers = []
    for prediction in loaded.predictor.predict(texts):
        scrambles = loaded.predictor.scramble(prediction.text, num_scrambles, seed)
        answers.append(bodies.Answer(**vars(prediction), scrambles=tuple(scrambles)))
    return answers


def _json(value: Any) -> Response:
    return Response(to_json(value, inf_nan_mode="null"), media_type="application/json")


async def _page_file(content: bytes, media_type: str) -> Response:
    return Response(content, media_type=media_type)


def _problem(status: int, detail: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    return JSONResponse({"detail": bodies.one_line(detail)}, status, headers)


async def _not_understood(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    return _problem(422, bodies.what_is_wrong(error.errors()))


async def _http_problem(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    detail = error.detail
    if error.status_code == 404:
        detail = f"there is nothing at {request.url.path}; /openapi.json says what there is"
    return _problem(error.status_code, detail, error.headers)


async def _refused(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, ServerError)
    status = _STATUSES[type(error)]
    headers = {"Retry-After": str(RETRY_SECONDS)} if status == 503 else None
    return _problem(status, str(error), headers)


async def _failed(_: Request, __: Exception) -> JSONResponse:
    """Tell the client no more than that; Uvicorn writes the error to standard error."""
    return _problem(500, "the server failed to answer; its standard error says why")
