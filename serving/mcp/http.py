"""The MCP door over streamable HTTP: a bearer token with every message, a purpose in a header.

No session is kept between messages, so a revoked token is refused at the next one, and any number
of processes can serve one zone.
"""

from typing import Any

import anyio.to_thread
from mcp.server.auth.provider import AccessToken
from mcp.server.auth.settings import AuthSettings
from mcp.server.mcpserver import Context
from pydantic import AnyHttpUrl
from starlette.applications import Starlette
from starlette.requests import Request

from privacy.access.model import Caller, Role
from privacy.access.tokens import resolve
from privacy.errors import AccessDenied, Refused
from privacy.opened import OpenZone
from privacy.zones.model import purpose_named
from serving.mcp.server import server_of
from serving.query import CustomerQueries

PURPOSE_HEADER = "C360-Purpose"
LARGEST_BODY_BYTES = 64 * 1024


class Tokens:
    """Checks bearer tokens for the SDK, against the zone's own list."""

    def __init__(self, zone: OpenZone) -> None:
        self._zone = zone

    async def verify_token(self, token: str) -> AccessToken | None:
        """Give who a token is of; None for one that is unknown, expired or revoked."""
        try:
            caller = await anyio.to_thread.run_sync(resolve, self._zone, token)
        except Refused:
            return None
        return AccessToken(
            token=token, client_id=caller.caller_id, scopes=[], claims={"role": caller.role.value}
        )


def build_http_app(zone: OpenZone, *, host: str, port: int, path: str = "/mcp") -> Starlette:
    """Build the streamable-HTTP app of one opened zone.

    Args:
        zone: Whose customers.
        host: Address it will listen on; on loopback, requests under other host names are refused
            (DNS rebinding).
        port: Where.
        path: Of the endpoint.
    """

    def asker(context: Context[Any, Any]) -> CustomerQueries:
        request = context.request_context.request
        if not isinstance(request, Request):
            raise AccessDenied("a bearer token is needed")
        token: AccessToken = request.user.access_token
        caller = Caller(token.client_id, Role((token.claims or {})["role"]))
        return CustomerQueries(
            zone, caller, purpose_named(request.headers.get(PURPOSE_HEADER, "").strip())
        )

    server = server_of(
        zone,
        asker,
        token_verifier=Tokens(zone),
        # Tokens are issued by the zone itself, so there is no other server to point clients to.
        auth=AuthSettings(issuer_url=AnyHttpUrl(f"http://{host}:{port}"), resource_server_url=None),
    )
    return server.streamable_http_app(
        streamable_http_path=path,
        json_response=True,
        stateless_http=True,
        max_request_body_size=LARGEST_BODY_BYTES,
        host=host,
    )
