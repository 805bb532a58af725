"""A zone's public keys in a file: the one thing zones share.

What stands in it decides who can read a hand-off, so the folder must be writable by operators only.
"""

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

from privacy.errors import ConfigurationError
from privacy.ids import ZoneId
from privacy.keys import handoff

_ED25519_BYTES = 32


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """What anybody may know of a zone's keys.

    Attributes:
        zone: Whose they are.
        verify_key: Raw Ed25519 public key, 32 bytes; checks its audit log and certificates.
        handoff_key: Raw HPKE public key, `privacy.keys.handoff.PUBLIC_BYTES` long.
    """

    zone: ZoneId
    verify_key: bytes
    handoff_key: bytes


def write_public_keys(folder: Path, keys: PublicKeys) -> Path:
    """Write a zone's public keys to ``<folder>/<zone>.json``, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    content = {
        "zone": keys.zone,
        "signing": {"algorithm": "ed25519", "public": _text(keys.verify_key)},
        "handoff": {"algorithm": handoff.ALGORITHM, "public": _text(keys.handoff_key)},
    }
    path = folder / f"{keys.zone}.json"
    written = json.dumps(content, indent=2) + "\n"
    if not path.exists() or path.read_text("ascii") != written:
        aside = folder / f".{keys.zone}.{token_hex(8)}"
        aside.write_text(written, "ascii")
        aside.replace(path)
    return path


def read_public_keys(folder: Path, zone: ZoneId) -> PublicKeys:
    """Read a zone's public keys.

    Raises:
        ConfigurationError: The zone has published none here, or the file is not of its form.
    """
    path = folder / f"{zone}.json"
    try:
        content = json.loads(path.read_text("ascii"))
        signing, sealing = content["signing"], content["handoff"]
        keys = PublicKeys(zone, _bytes(signing["public"]), _bytes(sealing["public"]))
        is_known = (
            content["zone"] == zone
            and signing["algorithm"] == "ed25519"
            and sealing["algorithm"] == handoff.ALGORITHM
            and len(keys.verify_key) == _ED25519_BYTES
            and len(keys.handoff_key) == handoff.PUBLIC_BYTES
        )
    except FileNotFoundError:
        raise ConfigurationError(f"zone {zone} has published no keys in {folder}") from None
    except (ValueError, KeyError, TypeError, RecursionError):
        is_known = False
    if not is_known:
        raise ConfigurationError(f"{path} is not a file of public keys of zone {zone}")
    return keys


def _text(raw: bytes) -> str:
    return b64encode(raw).decode("ascii")


def _bytes(text: str) -> bytes:
    return b64decode(text, validate=True)
