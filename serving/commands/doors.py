"""`c360 serve` and `c360 mcp`: open a zone's doors."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Annotated, Any

import typer

from privacy.errors import ConfigurationError
from serving.commands.state import CallerName, CallerRole, Zone, caller_named, opened

if TYPE_CHECKING:
    from privacy.opened import OpenZone

_LOG = logging.getLogger("c360.audit")
LOOPBACK = ("127.0.0.1", "localhost", "::1")

Host = Annotated[str, typer.Option("--host", help="Address to listen on.")]
Port = Annotated[int, typer.Option("--port", min=1, max=65535, help="Port to listen on.")]
Certificate = Annotated[
    Path | None,
    typer.Option("--tls-certificate", exists=True, dir_okay=False, help="PEM file, for HTTPS."),
]
CertificateKey = Annotated[
    Path | None, typer.Option("--tls-key", exists=True, dir_okay=False, help="Its private key.")
]
BehindProxy = Annotated[
    bool,
    typer.Option(
        "--behind-proxy", help="Something in front of us speaks HTTPS: plain HTTP will do."
    ),
]
SealEvery = Annotated[
    float,
    typer.Option("--seal-every", min=0, help="Seconds between seals of the audit log; 0: never."),
]


def serve(
    context: typer.Context,
    zone: Zone,
    host: Host = "127.0.0.1",
    port: Port = 8360,
    tls_certificate: Certificate = None,
    tls_key: CertificateKey = None,
    behind_proxy: BehindProxy = False,
    seal_every: SealEvery = 60,
) -> None:
    """Serve REST until stopped. Callers need tokens: `c360 token issue`."""
    from serving.rest.app import build_app

    _check_transport(host, tls_certificate, behind_proxy=behind_proxy)
    open_zone = opened(context, zone)
    with sealing(open_zone, seal_every):
        _serve(build_app(open_zone), host, port, tls_certificate, tls_key)


def mcp(
    context: typer.Context,
    zone: Zone,
    http: Annotated[
        bool,
        typer.Option("--http", help="Serve streamable HTTP at /mcp instead of stdio."),
    ] = False,
    purpose: Annotated[
        str | None,
        typer.Option("--purpose", help="What for; over HTTP each request says so itself."),
    ] = None,
    caller: CallerName = None,
    role: CallerRole = "ai_agent",
    host: Host = "127.0.0.1",
    port: Port = 8361,
    tls_certificate: Certificate = None,
    tls_key: CertificateKey = None,
    behind_proxy: BehindProxy = False,
    seal_every: SealEvery = 60,
) -> None:
    """Serve agents' tools over MCP: on standard input and output, or over HTTP with tokens."""
    if http:
        from serving.mcp.http import build_http_app

        _check_transport(host, tls_certificate, behind_proxy=behind_proxy)
        open_zone = opened(context, zone)
        with sealing(open_zone, seal_every):
            app = build_http_app(open_zone, host=host, port=port)
            _serve(app, host, port, tls_certificate, tls_key)
        return
    from privacy.zones.model import purpose_named
    from serving.mcp.server import build_server

    wanted = purpose_named(purpose or "")
    open_zone = opened(context, zone)
    # Standard output is the protocol's; whatever is logged goes to standard error.
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    build_server(open_zone, caller_named(context, open_zone, caller, role), wanted).run("stdio")


@contextmanager
def sealing(zone: "OpenZone", every_seconds: float) -> Iterator[None]:
    """Seal the audit log now and then, and once at the end; entries wait for it no longer."""
    from privacy.audit.log import AuditLog

    log = AuditLog(zone)
    is_over = Event()

    def seal() -> None:
        while not is_over.wait(every_seconds):
            try:
                log.seal()
            except Exception as error:  # noqa: BLE001
                # A store that is busy is asked again; a log that was tampered with is reported
                # at every seal and by `c360 audit verify`, and no answer depends on it.
                _LOG.error("not sealed: %s", type(error).__name__)

    if not every_seconds:
        yield
        return
    thread = Thread(target=seal, name="audit-seal", daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()
        log.seal()


def _check_transport(host: str, certificate: Path | None, *, behind_proxy: bool) -> None:
    if host not in LOOPBACK and certificate is None and not behind_proxy:
        raise ConfigurationError(
            "tokens and answers would cross the network in the clear:"
            " give --tls-certificate and --tls-key, or say --behind-proxy"
        )


def _serve(app: Any, host: str, port: int, certificate: Path | None, key: Path | None) -> None:
    import uvicorn

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    # The server's own access log has whole URLs in it; ours has templates only.
    uvicorn.run(
        app,
        host=host,
        port=port,
        access_log=False,
        log_config=None,
        server_header=False,
        ssl_certfile=certificate,
        ssl_keyfile=key,
        timeout_graceful_shutdown=10,
    )
