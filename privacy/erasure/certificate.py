"""A certificate of erasure: what was erased, how, what was searched, what was not; signed.

A JSON document that a stranger can check with nothing but the zone's public key. It is not issued
when something remains, was not searched, or nothing was touched.

Signed in the form of `privacy.signed`, with the label ``c360 certificate of erasure 1``. A file of
any other form than `privacy.signed.file_of` gives it is refused, so that every bit of it counts.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from privacy.audit.log import AuditLog
from privacy.audit.verify import verify_inclusion, verify_opening
from privacy.erasure.journal import Erasure, State, load, must_be, save
from privacy.erasure.recall import recall_of
from privacy.erasure.targets import NOT_REACHED, TARGETS, Method
from privacy.errors import ErasureIncomplete, Tampered
from privacy.opened import OpenZone
from privacy.signed import check_signed, file_of, read_document, signed
from privacy.store.engine import scrub

KIND: Final = "c360.erasure.certificate/1"
_LABEL: Final = b"c360 certificate of erasure 1"
_SALT_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Checked:
    """What a certificate says, once it is known to be the zone's word.

    Attributes:
        logged_at: When the zone's audit log took the erasure in.
    """

    erasure_id: str
    zone: str
    executed_at: datetime
    issued_at: datetime
    logged_at: datetime
    count_places: int
    count_erased: int


def issue(zone: OpenZone, erasure_id: str) -> dict[str, Any]:
    """Certify a verified erasure, and destroy what still led to the person.

    Returns:
        The certificate; the same one when it is asked for again.

    Raises:
        ErasureIncomplete: Something remains, was not searched, or nothing was touched; naming it.
        NotFound: There is no such erasure.
    """
    return issue_many(zone, [erasure_id])[0]


def issue_many(zone: OpenZone, erasure_ids: Sequence[str]) -> list[dict[str, Any]]:
    """Certify verified erasures one after another; see `issue`. The store is scrubbed once."""
    try:
        return [_issued(zone, erasure_id) for erasure_id in erasure_ids]
    finally:
        scrub(zone.store)


def _issued(zone: OpenZone, erasure_id: str) -> dict[str, Any]:
    erasure = load(zone, erasure_id)
    if erasure.certificate is not None:
        return erasure.certificate
    found = erasure.progress.get("verification")
    if found is not None and found["failures"]:
        raise ErasureIncomplete(
            f"erasure {erasure_id} is not complete: " + "; ".join(found["failures"][:20])
        )
    must_be(erasure, State.VERIFIED)
    salt = erasure.progress.setdefault("salt", secrets.token_hex(_SALT_BYTES))
    document = signed(zone.keyring, _LABEL, _document(zone, erasure, bytes.fromhex(salt)))
    verify_certificate(document, zone.keyring.verify_key)
    erasure.certificate = document
    erasure.certified_at = zone.clock()
    erasure.state = State.CERTIFIED
    erasure.forget_sealed()
    erasure.progress.pop("probes", None)
    with zone.store.begin() as connection:
        save(connection, erasure)
    return document


def verify_certificate(document: Mapping[str, Any], verify_key: bytes) -> Checked:
    """Check a certificate offline.

    Args:
        document: The certificate, parsed.
        verify_key: The zone's raw Ed25519 public key, 32 bytes, from a source you trust.

    Returns:
        What it says.

    Raises:
        Tampered: It is not what the zone signed, or what it says does not hold together.
    """
    check_signed(document, label=_LABEL, verify_key=verify_key, what="certificate")
    leaf = verify_inclusion(document["proof"], verify_key)
    verify_opening(document["proof"], document["opening"])
    try:
        return _checked(document, leaf.action, datetime.fromisoformat(leaf.happened_at))
    except (KeyError, TypeError, ValueError):
        raise Tampered("the certificate is not of its form") from None


def verify_file(path: Path, verify_key: bytes) -> Checked:
    """Check a certificate in a JSON file; see `verify_certificate`.

    Raises:
        Tampered: It is no certificate, not what the zone signed, or not in the form it is written
            in.
    """
    document = read_document(path, what="certificate")
    checked = verify_certificate(document, verify_key)
    if path.read_bytes() != file_of(document):
        raise Tampered(f"{path.name} is not of the form certificates are written in")
    return checked


def subject_salt(zone: OpenZone, erasure_id: str) -> str:
    """Give the salt that shows whom a certificate is about, in hexadecimal.

    Raises:
        ErasureIncomplete: The erasure is not certified.
    """
    erasure = load(zone, erasure_id)
    must_be(erasure, State.CERTIFIED)
    return str(erasure.progress["salt"])


def is_about(document: Mapping[str, Any], customer_id: str, salt: str) -> bool:
    """Say whether a certificate is about a customer, for who was given the id and the salt."""
    digest = _subject_digest(customer_id, bytes.fromhex(salt))
    return hmac.compare_digest(digest, str(document["subject"]["digest"]))


def _document(zone: OpenZone, erasure: Erasure, salt: bytes) -> dict[str, Any]:
    found = erasure.progress["verification"]
    scan = found["scan"]
    log = AuditLog(zone)
    entry_id = erasure.progress["audit_entry_id"]
    log.seal()
    return {
        "kind": KIND,
        "erasure_id": erasure.erasure_id,
        "zone": zone.zone,
        "regime": zone.policy.regime,
        "requested_by": erasure.requested_by,
        "subject": {
            "digest": _subject_digest(erasure.customer_id, salt),
            "method": "HMAC-SHA-256 of the customer id under a salt the person may be given",
            "count_subjects": len(erasure.subject_ids),
        },
        "times": {
            "planned_at": erasure.planned_at.isoformat(),
            "doors_closed_at": erasure.progress["steps"]["closed"],
            "executed_at": erasure.executed_at.isoformat() if erasure.executed_at else None,
            "verified_at": erasure.progress["verified_at"],
            "issued_at": zone.clock().isoformat(),
        },
        "places": _places(erasure, found["counts"]),
        "keys": {
            "count_tried": found["count_keys"],
            "count_that_open": len(found["keys_that_open"]),
        },
        "search": {
            "values": found["kinds"],
            "kinds_too_short": scan["kinds_too_short"],
            "count_handles": found["count_handles"],
            "count_handles_searched": found["count_handles_searched"],
            "count_files": scan["count_files"],
            "count_bytes": scan["count_bytes"],
            "count_searched_bytes": scan["count_searched_bytes"],
            "count_found": len(scan["residues"]),
            "count_not_searched": len(scan["not_searched"]),
            "mentions": recall_of(zone.policy),
            "swept": [target.place for target in TARGETS if target.method is Method.SWEEP_FILE],
        },
        "not_searched": _not_searched(zone),
        "remains": erasure.plan["remains"],
        "backups": _backups(zone),
        "proof": log.inclusion_proof(entry_id),
        "opening": log.opening(entry_id),
        "verify_key": zone.keyring.verify_key.hex(),
    }


def _not_searched(zone: OpenZone) -> dict[str, str]:
    out = dict(NOT_REACHED)
    if zone.store.dialect.name != "sqlite":
        out["store server"] = (
            "the files of the store's database server; its cells were searched, and its tables "
            "vacuumed"
        )
    return out


def _places(erasure: Erasure, after: Mapping[str, int]) -> list[dict[str, Any]]:
    before = erasure.progress["before"]
    methods = {target.place: target for target in TARGETS}
    places = []
    for place in sorted({*before, *after}):
        target = methods.get(place)
        places.append(
            {
                "place": place,
                "method": target.method.value if target else Method.DELETE_ROWS.value,
                "before": before.get(place, 0),
                "after": after.get(place, 0),
            }
        )
    return places


def _backups(zone: OpenZone) -> dict[str, Any]:
    epoch = zone.rotation.terms()[-1]
    return {
        "epoch": epoch.epoch,
        "unreadable_from": epoch.ends_at.isoformat(),
        "reason": "a backup of the store from before the erasure, with the zone's key-encryption "
        "key, can open what was sealed until the generation of that key ends which wrapped this "
        "epoch; that is due on the day named, and `c360 keys status` tells whether it was done",
    }


def _checked(document: Mapping[str, Any], action: str, logged_at: datetime) -> Checked:
    if document["kind"] != KIND:
        raise Tampered(f"the certificate is not of kind {KIND}")
    if action != "execute_erasure":
        raise Tampered("the certificate's audit entry is not of an erasure")
    if document["opening"]["payload"] != {"erasure_id": document["erasure_id"]}:
        raise Tampered("the certificate's audit entry is of another erasure")
    if document["proof"]["checkpoint"]["origin"] != f"c360/{document['zone']}/audit":
        raise Tampered("the certificate's audit entry is in another zone's log")
    places = document["places"]
    count_erased = sum(place["before"] for place in places)
    if (
        any(place["after"] for place in places)
        or document["keys"]["count_that_open"]
        or document["search"]["count_found"]
        or document["search"]["count_not_searched"]
        or not count_erased
    ):
        raise Tampered("the certificate says of itself that the erasure is not complete")
    return Checked(
        erasure_id=document["erasure_id"],
        zone=document["zone"],
        executed_at=datetime.fromisoformat(document["times"]["executed_at"]),
        issued_at=datetime.fromisoformat(document["times"]["issued_at"]),
        logged_at=logged_at,
        count_places=len(places),
        count_erased=count_erased,
    )


def _subject_digest(customer_id: str, salt: bytes) -> str:
    return hmac.new(salt, customer_id.encode(), hashlib.sha256).hexdigest()
