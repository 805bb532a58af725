"""The REST door: what an agent's desktop calls while the customer waits.

Every request carries a bearer token and names its purpose. Handles travel in request bodies only,
never in a URL: URLs end in logs, histories and referrers.
"""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Header, Path, Query, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select

from privacy.access.model import Caller
from privacy.access.tokens import resolve
from privacy.errors import ConfigurationError, Refused
from privacy.opened import OpenZone
from privacy.zones.model import Purpose, purpose_named
from serving.answers import Accesses, CustomerContext, CustomerFound, OpenThreads, TimelinePage
from serving.kinds import KINDS, LONGEST_HANDLE
from serving.problems import TYPES
from serving.query import LARGEST_PAGE, CustomerQueries
from serving.rest.access_log import AccessLog
from serving.rest.problem_responses import NotAuthenticated, add_error_handlers

DESCRIPTION = """\
Customer history for agents' tools, in one residency zone.

* **Token**: `Authorization: Bearer …`, from `c360 token issue`.
* **Purpose**: header `C360-Purpose`, one of the fixed purposes, for every question.
* Each question is decided by policy and by the person's consent at that moment, answered minimally,
  and logged; the person can be told who asked.
* Errors are problem details (RFC 9457). Someone who was erased looks like someone who never was.
"""


class FindRequest(BaseModel):
    """Whom to look for."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"handle": "mia.lang@example.org"},
                {"handle": "0151 2345678", "kind": "phone", "region": "DE"},
                {"handle": "zendesk:35436"},
            ]
        }
    )

    handle: str = Field(
        min_length=1,
        max_length=LONGEST_HANDLE,
        description="E-mail address, phone number, WhatsApp id, card or user number; `kind:value`"
        " where it could be several.",
    )
    kind: str | None = Field(
        None,
        description=f"What the handle is; guessed when absent. One of: {', '.join(KINDS)}.",
        examples=["email"],
    )
    region: str | None = Field(
        None,
        pattern="^[A-Z]{2}$",
        description="ISO 3166-1 alpha-2 to read a national phone number in.",
        examples=["DE"],
    )


class Health(BaseModel):
    """The door is open."""

    status: str = Field(examples=["ok"])
    zone: str = Field(examples=["eu"])


CustomerId = Annotated[
    str,
    Path(
        description="Opaque id from `POST /customers/find`.",
        examples=["c_4zq7tkd2m5xw3b6nyh2ruvjeaf"],
        max_length=40,
    ),
]

_PROBLEM_SCHEMA = {
    "type": "object",
    "description": "Problem details (RFC 9457).",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string", "description": "Path of the problem's explanation."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string", "description": "Reference to give to the operator."},
        "fields": {"type": "array", "items": {"type": "string"}},
    },
}


def _problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    titles = {
        status: "; ".join(sorted({kind.title for kind in TYPES.values() if kind.status == status}))
        for status in statuses
    }
    return {
        status: {
            "description": titles[status],
            "content": {"application/problem+json": {"schema": _PROBLEM_SCHEMA}},
        }
        for status in statuses
    }


ASKED = _problems(400, 401, 403, 404, 413, 422, 503)


def build_app(zone: OpenZone) -> FastAPI:
    """Build the REST app of one opened zone."""
    return _app(zone.zone, lambda: zone)


def document() -> dict[str, Any]:
    """Give the OpenAPI document, for which no zone need be open."""
    return _app("ZONE", _no_zone).openapi()


def _no_zone() -> OpenZone:
    raise ConfigurationError("no zone is open")


def _app(zone_id: str, zone_of: Callable[[], OpenZone]) -> FastAPI:
    # The framework's interactive pages load scripts from other people's hosts: they are off.
    app = FastAPI(
        title=f"c360 {zone_id}",
        version="1",
        summary="Customer history for agents' tools.",
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        openapi_tags=[
            {"name": "customers", "description": "Find a customer and read what is known."},
            {"name": "service", "description": "The door itself."},
        ],
    )
    add_error_handlers(app)
    app.add_middleware(AccessLog)

    def caller_of(
        authorization: Annotated[
            str | None, Header(description="`Bearer` and a token from `c360 token issue`.")
        ] = None,
    ) -> Caller:
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise NotAuthenticated
        try:
            return resolve(zone_of(), token.strip())
        except Refused:
            raise NotAuthenticated from None

    def purpose_of(
        header: Annotated[
            str | None,
            Header(alias="C360-Purpose", description="What for; required.", examples=["service"]),
        ] = None,
        query: Annotated[
            str | None,
            Query(alias="purpose", description="The same, where a header cannot be set."),
        ] = None,
    ) -> Purpose:
        return purpose_named((header or query or "").strip())

    def queries_of(
        response: Response,
        caller: Annotated[Caller, Depends(caller_of)],
        purpose: Annotated[Purpose, Depends(purpose_of)],
    ) -> CustomerQueries:
        response.headers["Cache-Control"] = "no-store"
        return CustomerQueries(zone_of(), caller, purpose)

    queries = Annotated[CustomerQueries, Depends(queries_of)]

    @app.post("/customers/find", tags=["customers"], responses=ASKED)
    def find_customer(asked: FindRequest, ask: queries) -> CustomerFound:
        """Find the customer a handle belongs to."""
        return ask.find(asked.handle, asked.kind, region=asked.region)

    @app.get("/customers/{customer_id}/context", tags=["customers"], responses=ASKED)
    def get_context(customer_id: CustomerId, ask: queries) -> CustomerContext:
        """Give what an agent needs to know before the first word."""
        return ask.context(customer_id)

    @app.get("/customers/{customer_id}/timeline", tags=["customers"], responses=ASKED)
    def page_timeline(
        customer_id: CustomerId,
        ask: queries,
        cursor: Annotated[
            str | None,
            Query(description="`next_cursor` of the page before; absent for the newest."),
        ] = None,
        limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE, description="Entries wanted.")] = 20,
    ) -> TimelinePage:
        """Give a part of the customer's history, newest first."""
        return ask.timeline(customer_id, cursor=cursor, limit=limit)

    @app.get("/customers/{customer_id}/open-threads", tags=["customers"], responses=ASKED)
    def list_open(customer_id: CustomerId, ask: queries) -> OpenThreads:
        """Give what is still open with the customer, the longest waiting first."""
        return ask.open_threads(customer_id)

    @app.get("/customers/{customer_id}/accesses", tags=["customers"], responses=ASKED)
    def list_accesses(customer_id: CustomerId, ask: queries) -> Accesses:
        """Give who looked at the customer's record, newest first."""
        return ask.accesses(customer_id)

    @app.get("/health", tags=["service"], responses=_problems(500))
    def health() -> Health:
        """Tell that the door is open and the store answers. Needs no token."""
        with zone_of().store.connect() as store:
            store.execute(select(1))
        return Health(status="ok", zone=zone_id)

    @app.get("/problems/{slug}", tags=["service"], responses=_problems(404, 422))
    def explain_problem(slug: str) -> Response:
        """Explain one kind of problem. Needs no token."""
        kind = TYPES.get(slug) or TYPES["no-such-path"]
        return JSONResponse(
            {"title": kind.title, "status": kind.status, "advice": kind.advice},
            status_code=200 if slug in TYPES else 404,
        )

    return app
