"""Zones of both suites, a provider that counts its calls, and the key services there are."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from privacy.keys.local import LocalProvider
from privacy.opened import OpenZone, create_zone, open_zone
from tests.privacy.keys.transit import transit_server


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


@pytest.fixture
def aws_kms_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Run moto's server of AWS' interfaces; boto3 finds it by the environment."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    for name, value in {
        "AWS_ENDPOINT_URL": url,
        "AWS_DEFAULT_REGION": "eu-central-1",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
    }.items():
        monkeypatch.setenv(name, value)
    yield url
    server.stop()


@pytest.fixture
def vault_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Run a small Transit engine; hvac finds it by the environment."""
    with transit_server() as url:
        monkeypatch.setenv("VAULT_ADDR", url)
        monkeypatch.setenv("VAULT_TOKEN", "testing")
        yield url


_LIBRARIES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/softhsm/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
)


@pytest.fixture(scope="session")
def softhsm(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Make a token in SoftHSM2, where that is installed; gives the library's path."""
    library = next((path for path in _LIBRARIES if Path(path).exists()), None)
    tool = shutil.which("softhsm2-util")
    if library is None or tool is None:
        pytest.skip("SoftHSM2 is not installed (Debian: softhsm2)")
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    configuration = folder / "softhsm2.conf"
    configuration.write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    # The library reads it once, when a process loads it: it cannot be taken back after a test.
    os.environ["SOFTHSM2_CONF"] = str(configuration)
    pins = ("--pin", "c360-1234", "--so-pin", "c360-5678")
    subprocess.run(
        [tool, "--init-token", "--free", "--label", "c360", *pins], check=True, capture_output=True
    )
    return library
