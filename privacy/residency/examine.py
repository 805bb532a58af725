"""Examines one zone, its backups included: every key tried, every row's evidence read."""

import shutil
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex

import pydantic_core
from sqlalchemy import Engine, select
from sqlalchemy.exc import DatabaseError

from privacy.erasure.known_values import Reader
from privacy.errors import (
    ConfigurationError,
    KeyDestroyed,
    Tampered,
    WarehouseBusy,
    WireFormatError,
    WrongKey,
)
from privacy.ids import ZoneId
from privacy.keys.keyring import Keyring
from privacy.opened import OpenZone
from privacy.records.canonical import Participant
from privacy.records.handles import normalise
from privacy.residency.files import FileTally, sweep_files
from privacy.residency.findings import FindingKind, Findings
from privacy.residency.handed_over import SEALED_SUFFIXES, refusal_of
from privacy.residency.jurisdiction import (
    Claim,
    Cover,
    Jurisdictions,
    Persons,
    Stray,
    count_people,
    cover_of,
)
from privacy.residency.keys import KeyTrial, KnownKeys, Tally, wrapped_keys
from privacy.residency.sealed_rows import (
    SealedRows,
    of_ledger,
    of_segment,
    of_store,
    of_warehouse,
)
from privacy.residency.shared_people import SharedPeople
from privacy.store.batches import among
from privacy.store.engine import open_store
from privacy.store.tables import CUSTOMER_MEMBERS, DATA_KEYS, LANDING_ITEMS, PROFILES
from privacy.warehouse.open import Warehouse, attach, connect, open_warehouse
from privacy.zones.model import ZonePolicy

_WAREHOUSE = "warehouse"
_HANDOFF = "handoff"
_LANDING = "landing"
_DATED = ("interactions", "orders")
"""Tables whose rows carry a country."""


@dataclass(slots=True)
class Examined:
    """What was looked at in one zone, and what was found.

    Attributes:
        compared_with: Zones whose keys were tried on what lies here.
        count_keys: Data keys of the zone, its own one included.
        tallies: What was tried, by place.
        covers: Leave for people of other zones to be here.
        not_reached: Places that could not be examined, and why.
    """

    zone: ZoneId
    compared_with: tuple[ZoneId, ...]
    count_keys: int
    findings: Findings
    tallies: dict[str, Tally] = field(default_factory=dict)
    files: FileTally = field(default_factory=FileTally)
    persons: Persons = field(default_factory=Persons)
    covers: dict[ZoneId, tuple[int, Cover]] = field(default_factory=dict)
    not_reached: dict[str, str] = field(default_factory=dict)


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
    return _Examination(zone, known, policies, reader, shared).run(backups, wait_seconds)


class _Examination:
    def __init__(
        self,
        zone: OpenZone,
        known: KnownKeys,
        policies: Mapping[ZoneId, ZonePolicy],
        reader: Reader | None,
        shared: SharedPeople | None,
    ) -> None:
        self._zone = zone
        self._known = known
        self._policies = policies
        self._jurisdictions = Jurisdictions(zone.zone, policies)
        self._reader = reader
        self._shared = shared
        self._others = known.others(zone.zone)
        self._result = Examined(
            zone.zone,
            tuple(other.zone for other in self._others),
            known.counts[zone.zone],
            Findings(zone.zone),
        )
        self._trial = KeyTrial(zone.zone, zone.keyring, known, self._result.findings)

    def run(self, backups: Sequence[Path], wait_seconds: float) -> Examined:
        """Look at everything."""
        zone, result = self._zone, self._result
        self._trial.try_wrapped(wrapped_keys(zone.store))
        for owner_id in self._known.unopened[zone.zone]:
            detail = "this zone's epochs do not unwrap it"
            self._trial.add(FindingKind.DOES_NOT_OPEN, DATA_KEYS.name, owner_id, detail)
        self._warehouse(wait_seconds)
        self._landing(zone.layout.landing, zone.layout.root, self._trial)
        self._store(zone.store, self._trial)
        for rows in of_ledger(zone.layout.ledger):
            self._trial.open(rows)
        self._handoffs()
        result.files = sweep_files(zone.layout, result.findings)
        for name, reason in result.files.not_read.items():
            result.not_reached[name] = f"not read ({reason})"
        result.tallies.update(self._trial.tallies)
        for folder in backups:
            self._backup(folder)
        self._judge_strays()
        return result

    # --- the warehouse --------------------------------------------------------------------------

    def _warehouse(self, wait_seconds: float) -> None:
        layout = self._zone.layout
        if not layout.warehouse.exists():
            return
        self._try_file_keys(layout.warehouse, self._trial, layout.temporary)
        try:
            with open_warehouse(
                layout, self._zone.keyring.warehouse_keys, wait_seconds=wait_seconds
            ) as warehouse:
                self._trial.tally(_WAREHOUSE).count_opened += 1
                for rows in of_warehouse(warehouse):
                    self._trial.open(rows)
                for table in _DATED:
                    self._countries(warehouse, table)
        except WarehouseBusy as busy:
            self._result.not_reached[_WAREHOUSE] = str(busy)
        except (WrongKey, ConfigurationError) as error:
            self._trial.add(FindingKind.DOES_NOT_OPEN, _WAREHOUSE, None, str(error))

    def _try_file_keys(self, path: Path, trial: KeyTrial, temporary: Path) -> None:
        """Try every other zone's file keys on a warehouse file."""
        tally = trial.tally(_WAREHOUSE)
        tally.count += 1
        tally.count_bytes += path.stat().st_size
        connection = connect(temporary)
        try:
            for other in self._others:
                for key in other.keyring.warehouse_keys.candidates():
                    try:
                        attach(connection, path, key, alias="tried", read_only=True)
                    except WrongKey:
                        tally.count_refused += 1
                    except (WarehouseBusy, ConfigurationError) as error:
                        self._result.not_reached[f"{path.name}, keys of {other.zone}"] = str(error)
                    else:
                        connection.execute("detach tried")
                        detail = f"opens with the keys of zone {other.zone}"
                        trial.add(FindingKind.OPENS_ELSEWHERE, _WAREHOUSE, None, detail)
        finally:
            connection.close()

    def _countries(self, warehouse: Warehouse, table: str) -> None:
        """Read the country of every row; give each of another zone's countries with its evidence."""
        persons, place = self._result.persons, f"core.{table}"
        own = list(self._zone.policy.countries)
        foreign = self._jurisdictions.foreign
        counts = warehouse.connection.execute(
            f"select coalesce(country, ''), count(*) from {place} group by 1"
        ).fetchall()
        for country, count in counts:
            claim, _ = self._jurisdictions.claim([country])
            persons.count(place, claim, count)
        key = f"{table.removesuffix('s')}_id"
        rows = warehouse.connection.execute(
            f"""
            with

            routes as (

                select subject_id, segment_id, min(routed_by) as routed_by
                from core.handles
                group by subject_id, segment_id
                having count(distinct routed_by) = 1

            ),

            abroad as (

                select {key} as row_id, item_id, subject_id, segment_id, country
                from {place}
                where country is not null
                    and not list_contains(?, country)
                    and list_contains(?, country)

            )

            select abroad.row_id, abroad.item_id, abroad.subject_id, abroad.country,
                routes.routed_by
            from abroad
            left join routes using (subject_id, segment_id)
            order by abroad.row_id
            """,
            [own, list(foreign)],
        ).fetchall()
        landed = self._landed(row[1] for row in rows)
        for row_id, item_id, subject_id, country, routed_by in rows:
            stray = Stray(place, row_id, foreign[country], subject_id, "country of the record")
            persons.found(stray, routed_by if item_id in landed else None)

    def _landed(self, item_ids: Iterable[str]) -> set[str]:
        """Give those of some items that came in by landing."""
        wanted = set(item_ids)
        if not wanted:
            return set()
        column = LANDING_ITEMS.c.item_id
        with self._zone.store.connect() as connection:
            return set(
                connection.execute(
                    select(column).where(among(connection, column, wanted))
                ).scalars()
            )

    # --- landing and store ----------------------------------------------------------------------

    def _landing(self, folder: Path, root: Path, trial: KeyTrial, *, judged: bool = True) -> None:
        for path in sorted(folder.rglob("*.arrow")) if folder.is_dir() else ():
            place = path.relative_to(root).as_posix()
            try:
                for rows in of_segment(path, place):
                    values = trial.open(rows, tallied_as=_LANDING)
                    if judged:
                        self._items(rows, values)
            except Tampered as error:
                trial.add(FindingKind.DOES_NOT_OPEN, place, None, str(error))

    def _items(self, rows: SealedRows, values: Sequence[bytes | None]) -> None:
        persons = self._result.persons
        for item_id, owner, value, facts in zip(
            rows.ids, rows.owner_ids, values, rows.facts, strict=True
        ):
            is_read = self._reader is not None and value is not None
            people = list(self._reader(facts.source, value)) if self._reader and value else []
            if self._shared is not None:
                self._shared.see(self._zone.zone, people)
            claim, other, evidence = self._jurisdictions.of_people(people, facts.country)
            persons.count(_LANDING if is_read else f"{_LANDING}, not read", claim)
            if claim is Claim.NONE:
                persons.routed[facts.routed_by] += 1
            if claim is Claim.ANOTHERS and other is not None:
                handles = self._indexes(people, facts.country)
                stray = Stray(rows.place, item_id, other, owner, evidence, handles)
                persons.found(stray, facts.routed_by)

    def _indexes(self, people: Sequence[Participant], country: str | None) -> tuple[str, ...]:
        """Give the blind indexes of an item's people."""
        found = []
        for person in people:
            for handle in person.handles:
                with suppress(WireFormatError):
                    spelled = normalise(handle, region=person.country or country)
                    index = self._zone.keyring.index
                    found.append(index.of(handle.kind.value, spelled, handle.namespace))
        return tuple(found)

    def _store(self, store: Engine, trial: KeyTrial, *, judged: bool = True) -> None:
        for rows in of_store(store):
            values = trial.open(rows)
            if judged and rows.place == PROFILES.name:
                self._profiles(rows, values)

    def _profiles(self, rows: SealedRows, values: Sequence[bytes | None]) -> None:
        persons = self._result.persons
        for customer_id, value in zip(rows.ids, values, strict=True):
            if value is None:
                continue
            try:
                document = pydantic_core.from_json(zlib.decompress(value))
                country = document.get("country")
            except (ValueError, zlib.error, AttributeError):
                detail = "a profile that is not of its form"
                self._trial.add(FindingKind.DOES_NOT_OPEN, rows.place, customer_id, detail)
                continue
            claim, other = self._jurisdictions.claim([country])
            persons.count(rows.place, claim)
            if claim is Claim.ANOTHERS and other is not None:
                evidence = "country of the profile"
                persons.found(Stray(rows.place, customer_id, other, customer_id, evidence), None)

    def _handoffs(self) -> None:
        """Try keys on what other zones have left for this one, counted or not yet."""
        tally = self._trial.tally(_HANDOFF)
        folder = self._zone.layout.handoff
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if path.suffix not in SEALED_SUFFIXES or not path.is_file():
                continue
            with suppress(FileNotFoundError):  # taken in meanwhile
                self._handoff(path, tally)

    def _handoff(self, path: Path, tally: Tally) -> None:
        place = f"{_HANDOFF}/{path.name}"
        size = path.stat().st_size
        refusal = refusal_of(path, self._zone.keyring)
        openers = [o.zone for o in self._others if refusal_of(path, o.keyring) is None]
        tally.count += 1
        tally.count_bytes += size
        tally.count_refused += len(self._others) - len(openers)
        if refusal is None:
            tally.count_opened += 1
        else:
            self._trial.add(FindingKind.DOES_NOT_OPEN, place, None, refusal)
        for other in openers:
            detail = f"opens with the keys of zone {other}"
            self._trial.add(FindingKind.OPENS_ELSEWHERE, place, None, detail)

    # --- backups --------------------------------------------------------------------------------

    def _backup(self, folder: Path) -> None:
        """Try keys on a copy of the zone's store, warehouse and landing."""
        name = f"backup {folder.name}"
        store_path = folder / self._zone.layout.store.name
        if not store_path.is_file():
            self._result.not_reached[name] = "it holds no store.sqlite, so no keys to open it with"
            return
        with self._copied(store_path) as store:
            keyring = self._zone.keyring.on_backup(store)
            trial = KeyTrial(
                self._zone.zone, keyring, self._known, self._result.findings, within=f"{name}: "
            )
            try:
                trial.try_wrapped(wrapped_keys(store))
                keyring.check()
                self._backup_warehouse(folder / self._zone.layout.warehouse.name, keyring, trial)
                self._landing(folder / "landing", folder, trial, judged=False)
                self._store(store, trial, judged=False)
            except KeyDestroyed as error:
                self._result.not_reached[name] = f"it opens for nobody any more: {error}"
            except (WrongKey, Tampered, ConfigurationError) as error:
                trial.add(FindingKind.DOES_NOT_OPEN, "store", None, str(error))
            except DatabaseError as error:
                reason = type(error.orig).__name__
                self._result.not_reached[name] = f"its store cannot be read ({reason})"
            self._result.tallies.update(trial.tallies)

    def _backup_warehouse(self, path: Path, keyring: Keyring, trial: KeyTrial) -> None:
        if not path.is_file():
            self._result.not_reached[f"{path.parent.name}: {path.name}"] = "there is none"
            return
        temporary = self._zone.layout.temporary
        self._try_file_keys(path, trial, temporary)
        connection = connect(temporary)
        try:
            for key in keyring.warehouse_keys.candidates():
                try:
                    attach(connection, path, key, read_only=True)
                except WrongKey:
                    continue
                connection.execute("use warehouse")
                trial.tally(_WAREHOUSE).count_opened += 1
                for rows in of_warehouse(Warehouse(connection)):
                    trial.open(rows)
                return
            detail = "no key of the backup's store opens it"
            trial.add(FindingKind.DOES_NOT_OPEN, _WAREHOUSE, None, detail)
        except WarehouseBusy as busy:
            self._result.not_reached[f"{path.parent.name}: {path.name}"] = str(busy)
        finally:
            connection.close()

    @contextmanager
    def _copied(self, path: Path) -> Iterator[Engine]:
        """Open a copy of a backup's store: opening the file itself would change it."""
        layout = self._zone.layout
        aside = layout.temporary / f"residency-{token_hex(4)}"
        aside.mkdir(mode=0o700, parents=True)
        try:
            for each in path.parent.glob(f"{path.name}*"):
                shutil.copyfile(each, aside / each.name)
            store = open_store(f"sqlite:///{aside / path.name}")
            try:
                yield store
            finally:
                store.dispose()
        finally:
            shutil.rmtree(aside, ignore_errors=True)

    # --- strays ---------------------------------------------------------------------------------

    def _judge_strays(self) -> None:
        """Hold the strays against the registers; those of a zone with leave for fewer are told."""
        strays = self._result.persons.strays
        customers = self._customers(stray.person for stray in strays if stray.person)
        for sender in sorted({stray.belongs_to for stray in strays}):
            theirs = [stray for stray in strays if stray.belongs_to == sender]
            count = count_people(theirs, customers)
            cover = cover_of(self._zone, self._policies[sender], self._others)
            self._result.covers[sender] = (count, cover)
            if count <= cover.count_persons:
                continue
            for stray in theirs:
                detail = (
                    f"belongs to zone {sender} by the {stray.evidence};"
                    f" transfers on the register cover {cover.count_persons} of {count} people"
                )
                self._result.findings.add(
                    FindingKind.PERSON_OF_ANOTHER, stray.place, stray.row, detail
                )

    def _customers(self, subject_ids: Iterable[str]) -> dict[str, str]:
        """Give the customers that subjects are believed to be."""
        members = CUSTOMER_MEMBERS.c
        wanted = set(subject_ids)
        if not wanted:
            return {}
        with self._zone.store.connect() as connection:
            rows = connection.execute(
                select(members.subject_id, members.customer_id).where(
                    among(connection, members.subject_id, wanted)
                )
            )
            return {row.subject_id: row.customer_id for row in rows}
