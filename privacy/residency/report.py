"""The report of a verification: what was examined, what was found, what it does not prove; signed.

A JSON document in the form of `privacy.signed`, with the label ``c360 report of residency 1`` and
one signature for each zone that was examined. It holds counts, places and opaque ids.
"""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from privacy.errors import Tampered
from privacy.ids import ZoneId
from privacy.opened import OpenZone
from privacy.residency.examination import Examined
from privacy.residency.jurisdiction import PLACED_BY
from privacy.residency.shared_people import SharedPeople
from privacy.signed import check_signature, read_document, signature_of
from privacy.zones.model import ZonePolicy

KIND: Final = "c360.residency.report/1"
_LABEL: Final = b"c360 report of residency 1"
_MEMBER: Final = "signatures"
_LARGEST_BYTES: Final = 64 << 20

METHODS: Final[Mapping[str, str]] = {
    "own keys": "every sealed value was opened, in batches, with the zone's own keys",
    "other zones' keys": "a sealed value carries a hash of its key, and opens under no other; each "
    "was looked up among the hashes of every data key of every zone compared with. Wrapped keys "
    "were tried on every other zone's key service, the warehouse file with every other zone's file "
    "keys, hand-offs with every other zone's private key",
    "persons": "the country of each row; of landed items, the country stated for the person, else "
    "the one the item was routed by, else the prefix of a phone number, read after opening",
    "files": "every file of the zone's folder and of its hand-off folder, by name and first bytes; "
    "readable ones were searched for what looks like an address or a phone number",
    "transfer register": "each line was held against its seal, which is keyed and over the seal of "
    "the line before; lines taken off the end are not noticed",
}
"""How each claim was tested."""

NOT_PROVEN: Final[Mapping[str, str]] = {
    "other keys": "nothing is said of keys that were not at hand: of a zone that was not compared "
    "with, of a stranger, or of a copy of a key outside the key service",
    "nationality": "a row is judged by the evidence that lies with it; where somebody lives is not "
    "known otherwise. Rows without evidence are counted, and judged by nobody",
    "equal people": "blind indexes are keyed by zone, so one person in two zones can only be told "
    "where both zones' keys are in one process; that is lawful, and no finding",
    "store file": "the store is not encrypted as a file: its cells are sealed, or keyed hashes, "
    "counts and times; permissions and the disk's encryption protect the rest",
    "inbox": "what vendors delivered and nothing has read yet lies in the clear, of whichever zone",
    "elsewhere": "vendors' copies, backups that were not given, and copies outside the home",
}
"""What a report does not say."""


@dataclass(frozen=True, slots=True)
class CheckedReport:
    """What a report says, once it is known to be the zones' word."""

    zones: tuple[str, ...]
    verified_at: datetime
    count_checked: int
    count_files: int
    count_findings: int


def issue(
    zones: Sequence[OpenZone],
    examined: Sequence[Examined],
    shared: SharedPeople,
    policies: Mapping[ZoneId, ZonePolicy],
    *,
    verified_at: datetime,
    not_examined: Sequence[str],
    of_no_zone: Sequence[str],
) -> dict[str, Any]:
    """Write the report, and sign it for every zone."""
    counts = shared.counts()
    document: dict[str, Any] = {
        "kind": KIND,
        "verified_at": verified_at.isoformat(),
        "zones": {one.zone: _zone(one, policies[one.zone]) for one in examined},
        "verify_keys": {zone.zone: b64encode(zone.keyring.verify_key).decode() for zone in zones},
        "customers_of_two_zones": {
            "count_handles_compared": dict(counts),
            "pairs": [
                {"zones": list(pair), "count_handles": count}
                for pair, count in shared.pairs().items()
            ],
        },
        "findings": [
            {**asdict(found), "zone": str(found.zone), "kind": found.kind.value}
            for one in examined
            for found in one.findings.named
        ],
        "count_findings": sum(sum(one.findings.counts.values()) for one in examined),
        "zones_not_examined": sorted(not_examined),
        "of_no_zone": sorted(of_no_zone),
        "methods": dict(METHODS),
        "not_proven": dict(NOT_PROVEN),
    }
    document[_MEMBER] = {
        zone.zone: signature_of(zone.keyring, _LABEL, document, member=_MEMBER) for zone in zones
    }
    check_report(document, {zone.zone: zone.keyring.verify_key for zone in zones})
    return document


def check_report(document: Mapping[str, Any], verify_keys: Mapping[str, bytes]) -> CheckedReport:
    """Check a report offline.

    Args:
        document: The report, parsed.
        verify_keys: Every zone's raw Ed25519 public key, from a source you trust.

    Raises:
        Tampered: It is not what the zones signed, a zone's key is missing, or what it says does
            not hold together.
    """
    try:
        zones = tuple(sorted(document["zones"]))
        signatures = document[_MEMBER]
        if not zones or sorted(signatures) != list(zones):
            raise Tampered("the report is not signed by every zone it speaks of")
        missing = [zone for zone in zones if zone not in verify_keys]
    except (KeyError, TypeError, ValueError):
        raise Tampered("the report is not of its form") from None
    if missing:
        raise Tampered(f"no key was given to check the word of zone {', '.join(missing)}")
    for zone in zones:
        check_signature(
            document,
            signatures[zone],
            label=_LABEL,
            verify_key=verify_keys[zone],
            what="report",
            member=_MEMBER,
        )
    try:
        return _checked(document, zones)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Tampered("the report is not of its form") from None


def check_report_file(path: Path, verify_keys: Mapping[str, bytes]) -> CheckedReport:
    """Check a report in a JSON file; see `check_report`."""
    return check_report(
        read_document(path, what="report", largest_bytes=_LARGEST_BYTES), verify_keys
    )


def _checked(document: Mapping[str, Any], zones: tuple[str, ...]) -> CheckedReport:
    if document["kind"] != KIND:
        raise Tampered(f"the report is not of kind {KIND}")
    parts = document["zones"].values()
    count_findings = sum(sum(part["findings"].values()) for part in parts)
    if count_findings != document["count_findings"] or count_findings < len(document["findings"]):
        raise Tampered("the report's findings do not add up")
    return CheckedReport(
        zones=zones,
        verified_at=datetime.fromisoformat(document["verified_at"]),
        count_checked=sum(place["count"] for part in parts for place in part["keys"]["places"]),
        count_files=sum(part["files"]["count"] for part in parts),
        count_findings=count_findings,
    )


def _zone(examined: Examined, policy: ZonePolicy) -> dict[str, Any]:
    persons = examined.persons
    return {
        "regime": policy.regime,
        "countries": list(policy.countries),
        "keys": {
            "compared_with": list(examined.compared_with),
            "count_data_keys": examined.count_keys,
            "places": [
                {"place": place, **asdict(tally)}
                for place, tally in sorted(examined.tallies.items())
            ],
        },
        "persons": {
            "by_place": {
                place: dict(sorted(claims.items())) for place, claims in persons.claims.items()
            },
            "without_country_by_routing": dict(sorted(persons.routed.items())),
            "placed_before_country": [
                {"evidence": PLACED_BY[by], "country_of_zone": str(other), "count": count}
                for (by, other), count in sorted(persons.placed.items())
            ],
            "of_other_zones": [
                {
                    "zone": str(sender),
                    "count_persons": count,
                    "count_covered": min(count, cover.count_persons),
                    "transfers": list(cover.references),
                }
                for sender, (count, cover) in sorted(examined.covers.items())
            ],
        },
        "files": {
            "count": sum(examined.files.kinds.values()),
            "count_bytes": examined.files.count_bytes,
            "kinds": dict(sorted((+examined.files.kinds).items())),
        },
        "findings": {kind.value: n for kind, n in sorted(examined.findings.counts.items())},
        "not_reached": dict(sorted(examined.not_reached.items())),
    }
