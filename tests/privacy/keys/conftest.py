"""Zones of both suites, and a provider that counts its calls."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from privacy.keys.local import LocalProvider
from privacy.opened import OpenZone, create_zone, open_zone


@pytest.fixture(params=["eu", "cn"])
def zone(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OpenZone]:
    """A new zone: one that seals with AES, one with SM4."""
    with create_zone(tmp_path, request.param) as made:
        yield made


@pytest.fixture
def reopened(zone: OpenZone) -> Iterator[OpenZone]:
    """The same zone as another process has it."""
    with open_zone(zone.layout.home, zone.zone) as other:
        yield other


@pytest.fixture
def count_provider_calls(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Tell how often the provider was asked to unwrap since the last time of asking."""
    calls = 0
    unwrap = LocalProvider.unwrap

    def counted(self: LocalProvider, wrapped: bytes, *, context: bytes) -> bytes:
        nonlocal calls
        calls += 1
        return unwrap(self, wrapped, context=context)

    monkeypatch.setattr(LocalProvider, "unwrap", counted)

    def taken() -> int:
        nonlocal calls
        taken, calls = calls, 0
        return taken

    return taken
