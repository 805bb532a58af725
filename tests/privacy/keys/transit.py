"""A small Transit engine over HTTP: what the tests have where no Vault can be installed.

It keeps to Vault's documented paths, fields and status codes for what the provider calls, with
real AES-256-GCM under a key derived from version and context.
"""

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from os import urandom
from threading import Thread
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_PATH = re.compile(r"/v1/transit/(keys|encrypt|decrypt)/([\w.-]+)(?:/(\w+))?")


class _Refused(Exception):
    def __init__(self, status: int) -> None:
        self.status = status


class _Key:
    def __init__(self) -> None:
        self.versions = [urandom(32)]
        self.oldest = 1
        self.available = 1
        self.encrypts_from = 0
        self.is_deletable = False

    def cipher(self, version: int, context: bytes) -> AESGCM:
        derived = HKDF(SHA256(), 32, salt=None, info=context).derive(self.versions[version - 1])
        return AESGCM(derived)


class _Transit:
    def __init__(self) -> None:
        self.keys: dict[str, _Key] = {}

    def answer(self, method: str, action: str, name: str, more: str | None, given: Any) -> Any:
        if action == "keys" and method == "POST" and more is None:
            if not given.get("derived"):
                raise _Refused(400)
            self.keys.setdefault(name, _Key())
            return None
        if name not in self.keys:
            raise _Refused(404)
        key = self.keys[name]
        match method, action, more:
            case "GET", "keys", None:
                return {
                    "derived": True,
                    "latest_version": len(key.versions),
                    "min_decryption_version": key.oldest,
                    "min_available_version": key.available,
                }
            case _, "keys", "rotate":
                key.versions.append(urandom(32))
            case _, "keys", "config":
                key.oldest = int(given.get("min_decryption_version", key.oldest))
                key.encrypts_from = int(given.get("min_encryption_version", key.encrypts_from))
                key.is_deletable = bool(given.get("deletion_allowed", key.is_deletable))
            case _, "keys", "trim":
                least = int(given["min_available_version"])
                if least > min(key.oldest, key.encrypts_from):
                    raise _Refused(400)
                key.available = least
                key.versions[: least - 1] = [b"\0" * 32] * (least - 1)
            case "DELETE", "keys", None:
                if not key.is_deletable:
                    raise _Refused(400)
                del self.keys[name]
            case _, "encrypt", None:
                version, nonce = len(key.versions), urandom(12)
                cipher = key.cipher(version, b64decode(given["context"]))
                sealed = nonce + cipher.encrypt(nonce, b64decode(given["plaintext"]), None)
                return {"ciphertext": f"vault:v{version}:{b64encode(sealed).decode()}"}
            case _, "decrypt", None:
                try:
                    _, numbered, text = given["ciphertext"].split(":")
                    version, sealed = int(numbered[1:]), b64decode(text)
                    if not key.oldest <= version <= len(key.versions):
                        raise _Refused(400)
                    cipher = key.cipher(version, b64decode(given["context"]))
                    opened = cipher.decrypt(sealed[:12], sealed[12:], None)
                except (InvalidTag, ValueError):
                    raise _Refused(400) from None
                return {"plaintext": b64encode(opened).decode()}
        return None


@contextmanager
def transit_server(token: str = "testing") -> Iterator[str]:
    """Serve a Transit engine with no keys; gives its address."""
    transit = _Transit()

    class Handler(BaseHTTPRequestHandler):
        def _serve(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            given = json.loads(self.rfile.read(length) or b"{}")
            status, body = 200, None
            try:
                body = self._answer(given)
            except _Refused as refused:
                status = refused.status
            content = json.dumps({"data": body} if status == 200 else {"errors": []}).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def _answer(self, given: Any) -> Any:
            if self.headers.get("X-Vault-Token") != token:
                raise _Refused(403)
            match = _PATH.fullmatch(self.path)
            if match is None:
                raise _Refused(404)
            return transit.answer(self.command, match[1], match[2], match[3], given)

        do_GET = do_POST = do_PUT = do_DELETE = _serve  # noqa: N815 - the names http.server calls

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
