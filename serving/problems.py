"""Our errors as a caller sees them: RFC 9457 problem details over HTTP, tool errors over MCP.

An error that is the caller's to mend says how; one that is ours says only that it is, and gives a
reference under which the operator finds its kind in the log. No body holds anything of a person.
"""

import logging
import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import OperationalError

from privacy.errors import (
    AccessDenied,
    ConfigurationError,
    ConsentMissing,
    ErasureIncomplete,
    GateFailed,
    KeyDestroyed,
    KeyUnavailable,
    LegalHold,
    NotFound,
    PolicyError,
    PrivacyError,
    Refused,
    Tampered,
    TransferForbidden,
    UnknownPurpose,
    UnknownZone,
    Unroutable,
    WarehouseBusy,
    WireFormatError,
    WrongKey,
)

CONTENT_TYPE = "application/problem+json"
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ProblemType:
    """One kind of problem.

    Attributes:
        slug: Its name in a URL.
        status: HTTP status (RFC 9110 §15).
        title: The same for every problem of this kind.
        advice: What a caller can do about it.
        detail: What is said of one occurrence, for kinds that must all read alike; None to say
            what the error says, "" to say nothing.
        retry_after_seconds: Where trying again helps.
    """

    slug: str
    status: int
    title: str
    advice: str
    detail: str | None = None
    retry_after_seconds: int | None = None


INTERNAL = ProblemType(
    "internal-error",
    500,
    "Something went wrong on our side",
    "Give the reference in `instance` to the operator; the log has the kind of error under it.",
    detail="",
)
UNAUTHENTICATED = ProblemType(
    "not-authenticated",
    401,
    "No valid token",
    "Send `Authorization: Bearer …` with a token from `c360 token issue` that is neither expired"
    " nor revoked.",
    detail="a valid bearer token is needed",
)
BAD_REQUEST = ProblemType(
    "bad-request",
    422,
    "The request is not of its documented form",
    "Compare the request with the OpenAPI document; the answer names the field.",
)
TOO_LARGE = ProblemType(
    "too-large",
    413,
    "The request is too large",
    "No request needs more than a few hundred bytes.",
    detail="the request is larger than any that is needed",
)
NO_SUCH_PATH = ProblemType(
    "no-such-path",
    404,
    "No such path",
    "See /openapi.json for the paths there are.",
    detail="nothing is served under this path and method",
)
_NOT_FOUND = ProblemType(
    "not-found",
    404,
    "Nobody by that handle or id",
    "Look for the customer by another handle. Someone who was erased looks the same as someone who"
    " never was.",
    detail="nobody by that handle or id",
)
_BUSY = ProblemType(
    "busy",
    503,
    "Busy",
    "Try again after the seconds in `Retry-After`.",
    retry_after_seconds=5,
)

PROBLEMS: dict[type[PrivacyError], ProblemType] = {
    AccessDenied: ProblemType(
        "access-denied",
        403,
        "Not allowed",
        "Ask with a purpose your role has, or have the policy changed.",
    ),
    ConsentMissing: ProblemType(
        "consent-missing",
        403,
        "No consent or legal basis covers this purpose",
        "Do not use this person's data for this purpose.",
    ),
    TransferForbidden: ProblemType(
        "transfer-forbidden", 403, "The data may not leave its zone", "Ask in the customer's zone."
    ),
    LegalHold: ProblemType(
        "legal-hold", 409, "Held back from erasure", "Try again once the hold is released."
    ),
    Refused: ProblemType("refused", 403, "Refused", "A rule said no; the detail names it."),
    NotFound: _NOT_FOUND,
    KeyDestroyed: _NOT_FOUND,
    UnknownPurpose: ProblemType(
        "unknown-purpose",
        400,
        "No such purpose",
        "Name one of the fixed purposes in the header `C360-Purpose`.",
    ),
    UnknownZone: ProblemType("unknown-zone", 400, "No such zone", "See `c360 zones`."),
    WireFormatError: BAD_REQUEST,
    Unroutable: BAD_REQUEST,
    KeyUnavailable: _BUSY,
    WarehouseBusy: _BUSY,
    ErasureIncomplete: ProblemType(
        "erasure-incomplete", 409, "The erasure is not complete", "Run it again; it goes on."
    ),
    ConfigurationError: INTERNAL,
    PolicyError: INTERNAL,
    WrongKey: INTERNAL,
    Tampered: INTERNAL,
    GateFailed: INTERNAL,
    PrivacyError: INTERNAL,
}
"""Every error of the tree, and what it is to a caller; a test keeps it whole."""

TYPES: dict[str, ProblemType] = {
    kind.slug: kind
    for kind in (*PROBLEMS.values(), UNAUTHENTICATED, TOO_LARGE, NO_SUCH_PATH, INTERNAL)
}
"""Every problem type by its slug."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One occurrence of a problem."""

    kind: ProblemType
    detail: str = ""
    instance: str | None = None
    fields: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Give the problem-details object (RFC 9457 §3.1)."""
        body: dict[str, Any] = {
            "type": f"/problems/{self.kind.slug}",
            "title": self.kind.title,
            "status": self.kind.status,
        }
        if self.detail:
            body["detail"] = self.detail
        if self.instance:
            body["instance"] = self.instance
        if self.fields:
            body["fields"] = list(self.fields)
        return body

    def as_sentence(self) -> str:
        """Give one line for a reader who is a program or a person at a terminal."""
        parts = [self.kind.title, self.detail, self.instance or ""]
        return ": ".join(part for part in parts if part)


def problem_of(error: Exception) -> Problem:
    """Give what a caller may know of an error; log the kind of those that are ours."""
    if isinstance(error, OperationalError):
        return Problem(_BUSY, detail="the store did not answer in time")
    kind = next((PROBLEMS[t] for t in type(error).__mro__ if t in PROBLEMS), INTERNAL)
    if kind is INTERNAL:
        instance = f"urn:c360:occurrence:{secrets.token_hex(8)}"
        # The kind only: the message of an error that is not ours may hold anything.
        _LOG.error("%s %s", instance, _kinds(error))
        return Problem(kind, instance=instance)
    detail = str(error) if kind.detail is None else kind.detail
    return Problem(kind, detail=detail)


def _kinds(error: BaseException) -> str:
    """Name the error and where in our code it arose; never what it says."""
    place = ""
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        place = f" at {code.co_qualname}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__module__}.{type(error).__qualname__}{place}"
