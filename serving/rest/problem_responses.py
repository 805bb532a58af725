"""Errors as HTTP responses: ours and the framework's, all as problem details.

Those nobody foresaw are caught further out, in `serving.rest.access_log`.
"""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from privacy.errors import PrivacyError
from serving.problems import (
    BAD_REQUEST,
    CONTENT_TYPE,
    NO_SUCH_PATH,
    UNAUTHENTICATED,
    Problem,
    ProblemType,
    problem_of,
)


class NotAuthenticated(Exception):
    """The request has no valid token; a matter of HTTP only."""


def response_of(problem: Problem) -> Response:
    """Give a problem as an `application/problem+json` response (RFC 9457)."""
    headers = {"Cache-Control": "no-store"}
    if problem.kind is UNAUTHENTICATED:
        headers["WWW-Authenticate"] = "Bearer"  # RFC 6750 §3
    if problem.kind.retry_after_seconds:
        headers["Retry-After"] = str(problem.kind.retry_after_seconds)
    return JSONResponse(
        problem.as_json(),
        status_code=problem.kind.status,
        media_type=CONTENT_TYPE,
        headers=headers,
    )


def add_error_handlers(app: FastAPI) -> None:
    """Make every error of the app a problem document."""

    @app.exception_handler(PrivacyError)
    def of_ours(_: Request, error: PrivacyError) -> Response:
        return response_of(problem_of(error))

    @app.exception_handler(NotAuthenticated)
    def of_strangers(_: Request, __: NotAuthenticated) -> Response:
        return response_of(Problem(UNAUTHENTICATED, detail=str(UNAUTHENTICATED.detail)))

    @app.exception_handler(RequestValidationError)
    def of_form(_: Request, error: RequestValidationError) -> Response:
        # The framework's own answer would repeat the value, and so the handle.
        fields = sorted({_place(each["loc"]) for each in error.errors()})
        return response_of(
            Problem(BAD_REQUEST, detail="not of the documented form", fields=tuple(fields))
        )

    @app.exception_handler(HTTPException)
    def of_routing(_: Request, error: HTTPException) -> Response:
        if error.status_code in {404, 405}:
            return response_of(Problem(NO_SUCH_PATH, detail=str(NO_SUCH_PATH.detail)))
        kind = ProblemType("http", error.status_code, "The request cannot be served", "")
        return response_of(Problem(kind))


def _place(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location)
