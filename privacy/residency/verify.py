"""Verify residency: of one zone with its own keys, or of several that one process may open.

In production a process is given one zone's credentials. It proves that everything of the zone opens
with the zone's keys and is of the zone's people; that no other zone's keys open it is proven where
several zones are given, as in the demo.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from privacy.audit.log import AuditLog
from privacy.erasure.known_values import Reader
from privacy.errors import ConfigurationError
from privacy.ids import ZoneId
from privacy.opened import OpenZone
from privacy.residency.examination import Examined
from privacy.residency.examine import examine
from privacy.residency.findings import Finding
from privacy.residency.keys import KnownKeys
from privacy.residency.report import issue
from privacy.residency.shared_people import SharedPeople
from privacy.zones.loader import load_policies
from privacy.zones.model import Purpose, ZonePolicy


class Verification(NamedTuple):
    """What a verification found, and the signed report of it."""

    examined: tuple[Examined, ...]
    report: dict[str, Any]

    @property
    def findings(self) -> list[Finding]:
        """Give what speaks against residency; at most a thousand of one kind in one zone."""
        return [found for one in self.examined for found in one.findings.named]


def verify_residency(
    zones: Sequence[OpenZone],
    *,
    by: str,
    reader: Reader | None = None,
    backups: Mapping[ZoneId, Sequence[Path]] | None = None,
    policies: Mapping[ZoneId, ZonePolicy] | None = None,
    wait_seconds: float = 600,
) -> Verification:
    """Examine zones and report, signed by each of them; their audit logs take it in.

    Args:
        zones: Opened, all of one home.
        by: Who asks, for the log.
        reader: Reads deliveries as connectors do; see `privacy.residency.examine`.
        backups: Folders with copies, by zone.
        policies: Every zone there is; those that are shipped by default.
        wait_seconds: How long to wait for each warehouse.

    Raises:
        ConfigurationError: No zone was given, or one twice.
        KeyUnavailable: A key service did not answer. Safe to retry.
    """
    if not zones or len({zone.zone for zone in zones}) != len(zones):
        raise ConfigurationError("say which zones to verify, each once")
    rules = policies or load_policies()
    known, shared = KnownKeys(zones), SharedPeople()
    examined = tuple(
        examine(
            zone,
            known,
            rules,
            reader=reader,
            shared=shared,
            backups=(backups or {}).get(zone.zone, ()),
            wait_seconds=wait_seconds,
        )
        for zone in zones
    )
    not_examined, of_no_zone = _beside(zones, rules)
    report = issue(
        zones,
        examined,
        shared,
        rules,
        verified_at=zones[0].clock(),
        not_examined=not_examined,
        of_no_zone=of_no_zone,
    )
    for zone, one in zip(zones, examined, strict=True):
        AuditLog(zone).record(
            action="verify_residency",
            caller_id=by,
            purpose=Purpose.ACCOUNTABILITY,
            outcome="done",
            payload={
                "compared_with": list(one.compared_with),
                "count_findings": sum(one.findings.counts.values()),
            },
        )
    return Verification(examined, report)


def _beside(
    zones: Sequence[OpenZone], policies: Mapping[ZoneId, ZonePolicy]
) -> tuple[list[str], list[str]]:
    """Name the zones of the home that were not given, and what lies among them and is no zone."""
    given = {str(zone.zone) for zone in zones}
    beside = [path for path in zones[0].layout.root.parent.iterdir() if path.name not in given]
    known = [path.name for path in beside if path.is_dir() and path.name in policies]
    return known, [path.name for path in beside if path.name not in known]
