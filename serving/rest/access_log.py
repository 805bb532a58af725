"""Around every request: one log line, a limit on its size, and an answer to what nobody foresaw.

The line has the route's template, not the path: ``/customers/{customer_id}/context``. So nothing a
caller puts into a URL reaches a log, not even an opaque id.
"""

import logging
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serving.problems import TOO_LARGE, Problem, problem_of
from serving.rest.problem_responses import response_of

LARGEST_BODY_BYTES = 4096
"""A handle has at most a few hundred; nothing else comes in a body."""

_LOG = logging.getLogger("c360.access")


class AccessLog:
    """ASGI middleware: log method, route, status and milliseconds; refuse oversized bodies.

    Starlette's own last resort would log a traceback, whose message may hold a record's value.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        status = 0

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            body = await _whole_body(receive)
            if body is None:
                response = response_of(Problem(TOO_LARGE, detail=str(TOO_LARGE.detail)))
                await response(scope, receive, noted)
            else:
                await self._app(scope, _replayed(body, receive), noted)
        except Exception as error:
            if status:
                raise
            await response_of(problem_of(error))(scope, receive, noted)
        finally:
            milliseconds = (time.perf_counter() - started) * 1000
            route = getattr(scope.get("route"), "path", "(none)")
            _LOG.info("%s %s %d %.1f ms", scope["method"], route, status, milliseconds)


async def _whole_body(receive: Receive) -> bytes | None:
    """Read the request's body; None when it is larger than any we need."""
    body = b""
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return body
        part: bytes = message.get("body", b"")
        body += part
        if len(body) > LARGEST_BODY_BYTES:
            return None
        if not message.get("more_body", False):
            return body


def _replayed(body: bytes, receive: Receive) -> Receive:
    is_given = False

    async def replay() -> Message:
        nonlocal is_given
        if is_given:
            return await receive()
        is_given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
