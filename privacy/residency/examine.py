"""Examines one zone, its backups included: every key tried, every row's evidence read."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from privacy.erasure.known_values import Reader
from privacy.ids import ZoneId
from privacy.opened import OpenZone
from privacy.residency.backups import examine_backup
from privacy.residency.examination import Examination, Examined
from privacy.residency.files import sweep_files
from privacy.residency.findings import FindingKind, Findings
from privacy.residency.handed_over import examine_handoffs
from privacy.residency.jurisdiction import Jurisdictions
from privacy.residency.keys import KeyTrial, KnownKeys, wrapped_keys
from privacy.residency.landed_and_stored import examine_landing, examine_store
from privacy.residency.sealed_rows import of_ledger
from privacy.residency.shared_people import SharedPeople
from privacy.residency.strays import judge_strays
from privacy.residency.warehouse import examine_warehouse
from privacy.store.tables import DATA_KEYS, TRANSFER_LINES
from privacy.transfers import TransferRegister
from privacy.zones.model import ZonePolicy


def examine(
    zone: OpenZone,
    known: KnownKeys,
    policies: Mapping[ZoneId, ZonePolicy],
    *,
    reader: Reader | None = None,
    shared: SharedPeople | None = None,
    backups: Sequence[Path] = (),
    wait_seconds: float = 600,
) -> Examined:
    """Examine one zone.

    Args:
        zone: Whose part.
        known: The keys of every zone at hand, this one's among them.
        policies: Every zone there is: whose country is whose.
        reader: Reads deliveries as connectors do; without it, items are judged by the country they
            were routed by alone.
        shared: Takes in the people of opened items, to be compared across zones.
        backups: Folders with a copy of the zone's store, warehouse and landing.
        wait_seconds: How long to wait for the warehouse.
    """
    others = known.others(zone.zone)
    result = Examined(
        zone.zone,
        tuple(other.zone for other in others),
        known.counts[zone.zone],
        Findings(zone.zone),
    )
    jurisdictions = Jurisdictions(zone.zone, policies)
    examination = Examination(zone, known, policies, jurisdictions, others, reader, shared, result)
    _as_it_runs(examination, wait_seconds)
    result.files = sweep_files(zone.layout, result.findings)
    for name, reason in result.files.not_read.items():
        result.not_reached[name] = f"not read ({reason})"
    for folder in backups:
        examine_backup(examination, folder)
    judge_strays(examination)
    return result


def _as_it_runs(examination: Examination, wait_seconds: float) -> None:
    """Try keys on everything the zone itself reads: the keys, the warehouse, landing and store."""
    zone, known, result = examination.zone, examination.known, examination.result
    trial = KeyTrial(zone.zone, zone.keyring, known, result.findings)
    trial.try_wrapped(wrapped_keys(zone.store))
    for owner_id in known.unopened[zone.zone]:
        detail = "this zone's epochs do not unwrap it"
        trial.add(FindingKind.DOES_NOT_OPEN, DATA_KEYS.name, owner_id, detail)
    examine_warehouse(examination, trial, wait_seconds=wait_seconds)
    examine_landing(examination, trial, zone.layout.landing, root=zone.layout.root)
    examine_store(examination, trial, zone.store)
    for rows in of_ledger(zone.layout.ledger):
        trial.open(rows)
    examine_handoffs(examination, trial)
    for number in TransferRegister(zone).damaged():
        detail = "the line was changed, or the one before it is gone"
        trial.add(FindingKind.DAMAGED, TRANSFER_LINES.name, f"line {number}", detail)
    result.tallies.update(trial.tallies)
