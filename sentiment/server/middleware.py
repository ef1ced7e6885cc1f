"""What stands around the endpoints: counting, headers, the token, and the size of bodies.

Plain ASGI, since each request passes all of them.
"""

import hmac
import time
from collections.abc import Collection

from fastapi import HTTPException
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sentiment.server.metrics import Metrics

OTHER_PATH = "other"
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; object-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


class Measured:
    """Counts every request, and gives every answer the same headers.

    Args:
        app: what answers.
        paths: those that there are; all else counts as `OTHER_PATH`.
        metrics: is told of every request.
    """

    def __init__(self, app: ASGIApp, paths: Collection[str], metrics: Metrics) -> None:
        self._app = app
        self._paths = paths
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        status = 500

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        finally:
            path = scope["path"] if scope["path"] in self._paths else OTHER_PATH
            self._metrics.request(path, status, time.perf_counter() - started)


class TokenRequired:
    """Answers only who has the token, apart from some paths.

    Args:
        app: what answers.
        token: printable ASCII without spaces.
        open_paths: answer without.
    """

    def __init__(self, app: ASGIApp, token: str, open_paths: Collection[str]) -> None:
        self._app = app
        self._token = token.encode()
        self._open_paths = open_paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or scope["path"] in self._open_paths or self._has_token(scope):
            await self._app(scope, receive, send)
            return
        response = JSONResponse(
            {"detail": "send the server's token, with Authorization: Bearer TOKEN"},
            status_code=401,
            headers={"WWW-Authenticate": "Bearer"},
        )
        await response(scope, receive, send)

    def _has_token(self, scope: Scope) -> bool:
        given = Headers(scope=scope).get("Authorization", "")
        scheme, _, token = given.partition(" ")
        matches = hmac.compare_digest(token.strip().encode(), self._token)
        return matches and scheme.lower() == "bearer"


class BodyLimit:
    """Refuses a body that is too long, before it is read where its length is told.

    Args:
        app: what answers.
        max_bytes: of a body.
    """

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        self._app = app
        self._max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        told = Headers(scope=scope).get("Content-Length", "")
        if told.isdecimal() and int(told[:20]) > self._max_bytes:
            refusal = self._too_large(f"{int(told[:20]):,}")
            response = JSONResponse({"detail": refusal.detail}, status_code=413)
            await response(scope, receive, send)
            return
        num_bytes = 0

        async def receive_within_limit() -> Message:
            nonlocal num_bytes
            message = await receive()
            num_bytes += len(message.get("body", b""))
            if num_bytes > self._max_bytes:
                raise self._too_large(f"more than {self._max_bytes:,}")
            return message

        await self._app(scope, receive_within_limit, send)

    def _too_large(self, size: str) -> HTTPException:
        detail = f"the body has {size} bytes, and at most {self._max_bytes:,} are taken"
        return HTTPException(413, detail)
