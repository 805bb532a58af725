"""The doors as commands: they listen, they seal the log, they end."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx2
import pytest

from privacy.access.model import Caller
from privacy.access.tokens import issue
from privacy.audit.log import AuditLog
from privacy.opened import OpenZone, create_zone
from serving.commands.doors import sealing


def test_the_log_is_sealed_now_and_then_and_at_the_end(zone: OpenZone) -> None:
    log = AuditLog(zone)

    def record() -> None:
        log.record(action="x", caller_id="x", purpose=None, outcome="done")

    with sealing(zone, 0.05):
        record()
        ends = time.monotonic() + 5
        while not log.checkpoints() and time.monotonic() < ends:
            time.sleep(0.02)
        assert log.checkpoints()[-1].size == 1
        record()
    assert log.checkpoints()[-1].size == 2


def test_a_seal_that_fails_closes_no_door(
    zone: OpenZone, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real, calls = AuditLog.seal, []

    def fails_at_first(self: AuditLog) -> Any:
        calls.append(1)
        if len(calls) == 1:
            raise OSError("mia.lang@example.org")
        return real(self)

    monkeypatch.setattr(AuditLog, "seal", fails_at_first)
    with sealing(zone, 0.02):
        ends = time.monotonic() + 5
        while len(calls) < 2 and time.monotonic() < ends:
            time.sleep(0.02)
    assert len(calls) >= 2
    assert "not sealed: OSError" in caplog.text
    assert "mia.lang" not in caplog.text


@pytest.mark.slow
def test_serve_answers_logs_no_id_and_ends_when_told(
    zone: OpenZone, policies: Path, agent: Caller, mia: str, tmp_path: Path
) -> None:
    with create_zone(zone.layout.home, "eu") as now:
        token = issue(now, agent)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(sys.path),
        "C360_HOME": str(zone.layout.home),
        "C360_POLICIES": str(policies),
    }
    command = [sys.executable, "-m", "serving.cli", "serve", "--zone", "eu", "--port", str(port)]
    server = subprocess.Popen(
        command, env=environment, cwd=tmp_path, stderr=subprocess.PIPE, text=True
    )
    try:
        url = f"http://127.0.0.1:{port}"
        ends = time.monotonic() + 20
        while time.monotonic() < ends:
            try:
                httpx2.get(f"{url}/health")
                break
            except httpx2.HTTPError:
                time.sleep(0.1)
        headers = {"Authorization": f"Bearer {token}", "C360-Purpose": "service"}
        answer = httpx2.get(f"{url}/customers/{mia}/context", headers=headers)
        assert answer.status_code == 200
        assert "server" not in answer.headers
    finally:
        server.send_signal(signal.SIGINT)
        _, logged = server.communicate(timeout=20)
    assert "GET /customers/{customer_id}/context 200" in logged
    assert mia not in logged
    assert token not in logged
