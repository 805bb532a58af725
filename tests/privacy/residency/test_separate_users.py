"""A process of one zone cannot read another's: the system keeps the key file, the cipher the rest.

Two zones of one home, each the property of a user of its own. Their data files are made readable to
everybody here, on purpose; then every comparison of ids is made to pass, and the key still refuses.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from privacy.errors import Tampered, WrongKey
from privacy.keys import handoff
from privacy.keys.envelope import SealingKey
from privacy.keys.suites import joined
from privacy.keys.wrapping import WrappingKey
from privacy.residency.keys import wrapped_keys
from privacy.warehouse.open import attach, connect
from tests.privacy.residency.two_zones import Home, subject_of

needs_root = pytest.mark.skipif(
    os.geteuid() != 0, reason="only root can start processes as other users"
)

USERS = {"eu": 65533, "us": 65534}

PROGRAM = """
import json, os, sys
from pathlib import Path
from privacy.errors import PrivacyError
from privacy.opened import open_zone

def opened(home, zone_id):
    try:
        with open_zone(home, zone_id) as zone:
            zone.keyring.index
            return {"opened": zone.zone}
    except (PrivacyError, OSError) as error:
        return {"refused": type(error).__name__, "why": str(error)}

home, zone_id, user, loaded = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), Path(sys.argv[4])
# The interpreter's own files may be root's alone: what is loaded late is loaded before.
assert opened(loaded, zone_id) == {"opened": zone_id}
os.setgroups([])
os.setgid(user)
os.setuid(user)
print(json.dumps(opened(home, zone_id)))
"""


def as_user(home: Path, zone: str, user: int) -> dict[str, str]:
    """Open a zone in a process of its own that runs as a user."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(home), zone, str(user), str(home.parent / "roots")],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    said: dict[str, str] = json.loads(done.stdout)
    return said


def give(path: Path, user: int) -> None:
    for each in [path, *path.rglob("*")]:
        os.chown(each, user, user)


@pytest.fixture(scope="module")
def reachable() -> Iterator[Path]:
    """A folder that every user may pass through: pytest's own are shut to all but who runs it."""
    with TemporaryDirectory(prefix="c360-users-") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


@pytest.fixture(scope="module")
def shared_home(open_home: Callable[[Path], Home], reachable: Path) -> Path:
    """A home below which each zone's part is its user's."""
    base = reachable / "own"
    home = open_home(base / "home")
    for zone in USERS:
        home.zones[zone].close()
    shutil.copytree(home.path, base / "roots")
    for zone, user in USERS.items():
        give(home.path / "zones" / zone, user)
    for folder in (base, home.path, home.path / "zones"):
        folder.chmod(0o755)
    return home.path


def test_past_every_comparison_the_cipher_itself_refuses(
    tmp_path: Path, open_home: Callable[[Path], Home]
) -> None:
    """No name, no fingerprint and no commitment stands between `us` and the values of `eu`."""
    home = open_home(tmp_path / "home")
    eu, us = home.eu.keyring, home.us.keyring
    suite, raw = eu.suite, bytes(32)
    own = SealingKey(raw, suite)
    for subject in (subject_of(home.eu), None):
        sealed = eu.seal(subject, table="originals", column="sealed", value=b"of a German")
        context = joined("eu", subject or "-", "originals", "sealed")
        # The value is made to claim that it was sealed under the other key.
        claimed = sealed[:13] + own.commitment + sealed[45:]
        with pytest.raises(WrongKey):
            own.open(sealed, context)
        with pytest.raises(Tampered, match="changed, or belongs to another"):
            own.open(claimed, context)
    wrapping = WrappingKey(raw)
    for _, label, wrapped in wrapped_keys(home.eu.store):
        claimed = b"\x01" + wrapping.fingerprint + wrapped[9:]
        with pytest.raises(Tampered, match="changed, or belongs to another"):
            wrapping.unwrap(claimed, joined("eu", label))
    private, _ = handoff.new_key()
    sealed = handoff.seal_to(eu.public_keys.handoff_key, b"an item", zone=eu.zone)
    with pytest.raises(Tampered):
        handoff.open_with(private, sealed, zone=eu.zone)
    [file_key] = us.warehouse_keys.candidates()
    connection = connect(tmp_path / "spill")
    with pytest.raises(WrongKey):
        attach(connection, home.eu.layout.warehouse, file_key, read_only=True)
    connection.close()


@needs_root
def test_each_user_opens_the_users_own_zone_and_the_system_shuts_the_others(
    shared_home: Path,
) -> None:
    for zone, user in USERS.items():
        assert as_user(shared_home, zone, user) == {"opened": zone}
    other = as_user(shared_home, "eu", USERS["us"])
    assert "Permission denied" in other["why"]


@needs_root
def test_where_every_file_but_the_keystore_is_readable_the_system_keeps_the_key(
    shared_home: Path, reachable: Path
) -> None:
    home = copied(shared_home, reachable / "no_keystore", USERS["us"])
    keystore = home / "zones" / "eu" / "keys" / "keystore.json"
    os.chown(keystore, USERS["eu"], USERS["eu"])
    said = as_user(home, "eu", USERS["us"])
    assert said["refused"] == "ConfigurationError"
    assert "Permission denied" in said["why"]


@needs_root
def test_where_every_id_agrees_and_all_data_is_readable_the_key_itself_refuses(
    shared_home: Path, reachable: Path
) -> None:
    home = copied(shared_home, reachable / "own_keystore", USERS["us"])
    # `us` calls its own keystore that of `eu`, over the data of `eu`: no name tells them apart.
    shutil.copy(home / "zones" / "us" / "keys" / "keystore.json", home / "zones" / "eu" / "keys")
    keystore = home / "zones" / "eu" / "keys" / "keystore.json"
    os.chown(keystore, USERS["us"], USERS["us"])
    said = as_user(home, "eu", USERS["us"])
    assert said.get("refused") == "WrongKey", said


def copied(shared_home: Path, folder: Path, user: int) -> Path:
    """Copy a home so that one user may read and write all of it."""
    home = folder / "home"
    folder.mkdir()
    shutil.copytree(shared_home, home)
    shutil.copytree(shared_home.parent / "roots", folder / "roots")
    give(home, user)
    folder.chmod(0o755)
    return home
