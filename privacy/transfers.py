"""The transfer register: what left the zone, under which instrument; without one, nothing leaves.

The register is a table of the zone's store, appended only: documents that were concluded with
recipients, transfers, refusals, and what was received from other zones. It holds names of
recipients and categories of data, and no personal data. Each line is sealed by a keyed digest of
itself and of the line before, so a line that was changed, moved or taken out from between others is
found; one taken off the end is not. Moving the data does not belong here.
"""

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from privacy.clock import day_of
from privacy.errors import ConfigurationError, Tampered, TransferForbidden
from privacy.ids import ZoneId
from privacy.opened import OpenZone
from privacy.store.batches import queue_up
from privacy.store.tables import TRANSFER_LINES
from privacy.volumes import (
    Volume,
    hashes_of,
    new_among,
    remember,
    step_for,
    volume_of,
    year_of,
)
from privacy.zones.model import Instrument, Purpose, TransferRules, VolumeStep

WITHIN_ZONE = "within_zone"
AGGREGATES = "aggregates"
NOT_REGULATED = "not_regulated"

_COUNTRY = re.compile(r"[A-Z]{2}")
_RECIPIENT = re.compile(r"[\w .&,()/-]{1,120}")
_CATEGORY = re.compile(r"[a-z][a-z0-9_ -]{0,39}")
_REFERENCE = re.compile(r"[\w./-]{1,80}")
_PLACE = re.compile(r"[\w .,:#()/-]{1,200}")

_BEFORE = TRANSFER_LINES.alias("before")
_WITH_SEAL_BEFORE = (
    select(TRANSFER_LINES, _BEFORE.c.seal.label("seal_before"))
    .outerjoin(_BEFORE, _BEFORE.c.number == TRANSFER_LINES.c.number - 1)
    .order_by(TRANSFER_LINES.c.number)
)
"""Each line with the seal of the line before it, which its own seal is over too."""


def recipient_of(zone: ZoneId) -> str:
    """Give the name under which a zone of ours is a recipient in another's register."""
    return f"zone {zone}"


class LineKind(StrEnum):
    """What a line of the register says."""

    DOCUMENT = "document"
    TRANSFER = "transfer"
    REFUSAL = "refusal"
    RECEIPT = "receipt"


@dataclass(frozen=True, slots=True)
class Document:
    """An instrument concluded with a recipient.

    Attributes:
        instrument: One of the zone policy's instruments.
        recipient: With whom.
        destination: ISO 3166-1 alpha-2.
        reference: Where the signed document is kept.
        concluded_on: First day it holds.
        ends_on: First day it no longer holds; None while it is open-ended.
    """

    instrument: str
    recipient: str
    destination: str
    reference: str
    concluded_on: date
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Transfer:
    """What is to leave the zone.

    Attributes:
        recipient: To whom.
        destination: ISO 3166-1 alpha-2.
        purpose: What for.
        categories: What sort of data, in codes.
        count_persons: How many people it speaks of; 0 for aggregates that passed the release gate.
        count_items: How many items it is; None where nothing is counted but people.
        is_sensitive: It holds data that the zone's law calls sensitive. Of people some of whom it
            holds such data of, make two transfers.
        persons: Ids the zone knows the people by, so that each counts once a year
            (`privacy.volumes`); as many as can be told apart. They are written nowhere.
    """

    recipient: str
    destination: str
    purpose: Purpose
    categories: tuple[str, ...]
    count_persons: int
    count_items: int | None = None
    is_sensitive: bool = False
    persons: Collection[str] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What came from another zone, under a transfer that zone's register has.

    Attributes:
        sender: The zone it came from.
        transfer: The reference both registers have it under.
        instrument: What it rested on there.
        reference: Of the document on file there, where one was needed.
        purpose: What for.
        categories: What sort of data, in codes.
        count_persons: How many people it speaks of.
    """

    sender: ZoneId
    transfer: str
    instrument: str
    reference: str | None
    purpose: Purpose
    categories: tuple[str, ...]
    count_persons: int


@dataclass(frozen=True, slots=True)
class Permit:
    """Leave to transfer.

    Attributes:
        instrument: What it rests on: an instrument's code, or `WITHIN_ZONE`, `AGGREGATES`,
            `NOT_REGULATED`.
        rule_source: The article.
        reference: Of the document on file, where one is needed.
    """

    instrument: str
    rule_source: str
    reference: str | None = None


class TransferRegister:
    """The register of one zone."""

    def __init__(self, zone: OpenZone) -> None:
        self._zone = zone
        self._policy = zone.policy
        self._clock = zone.clock

    # --- write ----------------------------------------------------------------------------------

    def file(self, document: Document, *, by: str) -> None:
        """Put a concluded document on file.

        Raises:
            ConfigurationError: The policy knows no such instrument, or a field is not of its form.
            Tampered: The register is damaged; nothing is added to it.
        """
        _check(document.recipient, document.destination)
        if not _PLACE.fullmatch(document.reference):
            raise ConfigurationError(
                "where a document is kept has 1 to 200 letters and simple signs"
            )
        if document.ends_on is not None and document.ends_on <= document.concluded_on:
            raise ConfigurationError("a document ends later than it begins")
        instrument = self._policy.transfers.instruments.get(document.instrument)
        if instrument is None:
            known = ", ".join(sorted(self._policy.transfers.instruments)) or "none"
            raise ConfigurationError(
                f"no such transfer instrument in this zone; there are: {known}"
            )
        with self._zone.store.begin() as connection:
            self._must_be_whole(connection)
            self._append(connection, LineKind.DOCUMENT, by, asdict(document))

    def authorise(
        self,
        transfer: Transfer,
        *,
        instrument: str | None = None,
        by: str,
        reference: str | None = None,
    ) -> Permit:
        """Decide whether a transfer may take place, and write down either way.

        Args:
            transfer: What is to leave.
            instrument: What it is to rest on. None: where the law goes by volume, the lightest
                instrument that suffices and is valid; elsewhere none.
            by: Who asks.
            reference: Name of this one transfer. Asked again under it, the permit that was given
                stands, and nothing is counted or written twice.

        Raises:
            TransferForbidden: No instrument that is valid today covers it; says which rule.
            ConfigurationError: A field is not of its form, or the reference is another transfer's.
            Tampered: The register is damaged; nothing is permitted, and nothing added to it.
        """
        _check(transfer.recipient, transfer.destination)
        _check_categories(transfer.categories)
        if reference is not None and not _REFERENCE.fullmatch(reference):
            raise ConfigurationError("a reference has 1 to 80 letters, digits, dots and dashes")
        self._hashes(transfer)  # makes the year's key, which cannot be made inside a transaction
        refusal = None
        with self._zone.store.begin() as connection:
            queue_up(connection, "transfers")
            self._must_be_whole(connection)
            given = self._given(connection, transfer, reference)
            if given is not None:
                return given
            try:
                permit = self.grant(
                    connection, transfer, instrument=instrument, by=by, reference=reference
                )
            except TransferForbidden as error:
                refusal = error
                self.write_refusal(connection, transfer, error, by=by)
        if refusal is not None:
            raise refusal
        return permit

    def receive(self, receipt: Receipt, *, by: str) -> bool:
        """Write down what came from another zone; gives whether it was not written before.

        Raises:
            ConfigurationError: The reference is not of its form, or the sender is this zone.
            Tampered: The register is damaged; nothing is added to it.
        """
        if not _REFERENCE.fullmatch(receipt.transfer) or receipt.sender == self._policy.id:
            raise ConfigurationError("a receipt names another zone and the transfer's reference")
        _check_categories(receipt.categories)
        reference = f"{receipt.sender}:{receipt.transfer}"
        with self._zone.store.begin() as connection:
            queue_up(connection, "transfers")
            self._must_be_whole(connection)
            if self._line_of(connection, reference) is not None:
                return False
            self._append(connection, LineKind.RECEIPT, by, asdict(receipt), reference=reference)
        return True

    # --- inside a transaction of the caller's -----------------------------------------------------

    def permit(
        self, connection: Connection, transfer: Transfer, *, instrument: str | None = None
    ) -> Permit:
        """Decide whether a transfer may take place, and write nothing.

        Raises:
            TransferForbidden: No instrument that is valid today covers it; says which rule.
        """
        rules: TransferRules = self._policy.transfers
        if transfer.destination in self._policy.countries:
            return Permit(WITHIN_ZONE, self._policy.territory.source)
        if transfer.count_persons == 0:
            return Permit(AGGREGATES, rules.default.source)
        today = day_of(self._clock())
        step = self._step(connection, transfer)
        if instrument is not None:
            return self._rest_on(connection, transfer, instrument, step, today)
        if step is not None:
            return self._lightest(connection, transfer, step, today)
        if rules.is_forbidden_without_instrument:
            raise TransferForbidden(f"needs an instrument ({rules.default.source})")
        return Permit(NOT_REGULATED, rules.default.source)

    def grant(
        self,
        connection: Connection,
        transfer: Transfer,
        *,
        instrument: str | None = None,
        by: str,
        reference: str | None = None,
    ) -> Permit:
        """Decide in a write transaction, write the transfer and count its people.

        It is written when the caller's transaction commits. A refusal writes nothing here.

        Raises:
            TransferForbidden: No instrument that is valid today covers it; says which rule.
            Tampered: The register's last line, or a document's, is damaged.
        """
        queue_up(connection, "transfers")
        permit = self.permit(connection, transfer, instrument=instrument)
        new: list[str] = []
        unnamed = 0
        if self._is_counted(transfer):
            year = year_of(self._policy, self._clock())
            hashes = self._hashes(transfer)
            new = new_among(connection, year, hashes, is_sensitive=transfer.is_sensitive)
            remember(connection, year, new, is_sensitive=transfer.is_sensitive)
            unnamed = transfer.count_persons - len(hashes)
        self._append(
            connection,
            LineKind.TRANSFER,
            by,
            {**_told(transfer), **asdict(permit), "transfer": reference},
            reference=reference,
            count_new=len(new) + unnamed,
            is_sensitive=transfer.is_sensitive,
        )
        return permit

    def write_refusal(
        self, connection: Connection, transfer: Transfer, refusal: TransferForbidden, *, by: str
    ) -> None:
        """Write a transfer that was refused; in a write transaction."""
        line = {**_told(transfer), "reason": str(refusal)}
        self._append(connection, LineKind.REFUSAL, by, line)

    # --- read -----------------------------------------------------------------------------------

    def lines(self) -> list[dict[str, Any]]:
        """Give the register, oldest line first.

        Raises:
            Tampered: A line is not one the register wrote, or one is missing before it.
        """
        with self._zone.store.connect() as connection:
            return list(self._read(connection))

    def damaged(self) -> list[int]:
        """Give the numbers of lines that are not as the register wrote them.

        Where lines are missing, it is the number of the line after them.
        """
        expected, found = 1, []
        with self._zone.store.connect() as connection:
            for row in connection.execute(_WITH_SEAL_BEFORE):
                if row.number != expected or not self._is_sealed(row):
                    found.append(row.number)
                expected = row.number + 1
        return found

    def volume(self) -> Volume:
        """Give whom this calendar year's transfers were about, in counts.

        Raises:
            Tampered: The register is damaged.
        """
        year = year_of(self._policy, self._clock())
        with self._zone.store.connect() as connection:
            self._must_be_whole(connection)
            return volume_of(connection, year)

    # --- decide ---------------------------------------------------------------------------------

    def _is_counted(self, transfer: Transfer) -> bool:
        return bool(
            self._policy.transfers.volumes
            and transfer.count_persons
            and transfer.destination not in self._policy.countries
        )

    def _hashes(self, transfer: Transfer) -> list[str]:
        if not self._is_counted(transfer):
            return []
        year = year_of(self._policy, self._clock())
        hashes = hashes_of(self._zone, year, transfer.persons)
        if len(hashes) > transfer.count_persons:
            raise ConfigurationError("a transfer names more persons than it counts")
        return hashes

    def _step(self, connection: Connection, transfer: Transfer) -> VolumeStep | None:
        """Give the step that the volume is in once this transfer is counted."""
        if not self._is_counted(transfer):
            return None
        year = year_of(self._policy, self._clock())
        hashes = self._hashes(transfer)
        new = len(new_among(connection, year, hashes, is_sensitive=transfer.is_sensitive))
        new += transfer.count_persons - len(hashes)
        after = volume_of(connection, year).plus(new, is_sensitive=transfer.is_sensitive)
        return step_for(self._policy, after, day_of(self._clock()))

    def _lightest(
        self, connection: Connection, transfer: Transfer, step: VolumeStep, today: date
    ) -> Permit:
        for code in step.instruments:
            try:
                return self._rest_on(connection, transfer, code, step, today)
            except TransferForbidden:
                continue
        needed = " or ".join(step.instruments)
        raise TransferForbidden(
            f"by this year's volume it needs {needed}, and none with this recipient is valid today"
            f" ({step.source})"
        )

    def _rest_on(
        self,
        connection: Connection,
        transfer: Transfer,
        code: str,
        step: VolumeStep | None,
        today: date,
    ) -> Permit:
        rules: TransferRules = self._policy.transfers
        instrument: Instrument | None = rules.instruments.get(code)
        if instrument is None:
            raise TransferForbidden(f"no such instrument in this zone ({rules.default.source})")
        if not instrument.is_in_force(today):
            raise TransferForbidden(f"{code} is not in force today ({instrument.source})")
        if instrument.destinations and transfer.destination not in instrument.destinations:
            raise TransferForbidden(
                f"{code} does not cover {transfer.destination} ({instrument.source})"
            )
        if step is not None and code not in step.instruments and self._goes_by_volume(code):
            needed = " or ".join(step.instruments)
            raise TransferForbidden(
                f"{code} does not suffice for this year's volume, which needs {needed}"
                f" ({step.source})"
            )
        if not instrument.must_be_on_file:
            return Permit(code, instrument.source)
        reference = self._on_file(connection, transfer, code, today)
        if reference is None:
            raise TransferForbidden(
                f"no {code} with this recipient is on file and valid today ({instrument.source})"
            )
        return Permit(code, instrument.source, reference)

    def _goes_by_volume(self, code: str) -> bool:
        return any(code in step.instruments for step in self._policy.transfers.volumes)

    def _on_file(
        self, connection: Connection, transfer: Transfer, code: str, today: date
    ) -> str | None:
        for line in self._read(connection, LineKind.DOCUMENT):
            if (
                line["instrument"] == code
                and line["recipient"] == transfer.recipient
                and line["destination"] == transfer.destination
                and date.fromisoformat(line["concluded_on"]) <= today
                and (line["ends_on"] is None or today < date.fromisoformat(line["ends_on"]))
            ):
                return str(line["reference"])
        return None

    def _given(
        self, connection: Connection, transfer: Transfer, reference: str | None
    ) -> Permit | None:
        """Give the permit that a reference already has."""
        if reference is None:
            return None
        line = self._line_of(connection, reference)
        if line is None:
            return None
        told = json.loads(_encoded(_told(transfer)))
        if any(line.get(name) != value for name, value in told.items()):
            raise ConfigurationError("the reference is that of another transfer")
        return Permit(line["instrument"], line["rule_source"], line["reference"])

    # --- lines ----------------------------------------------------------------------------------

    def _line_of(self, connection: Connection, reference: str) -> dict[str, Any] | None:
        table = TRANSFER_LINES.c
        query = select(table.line).where(table.reference == reference)
        line = connection.execute(query).scalar_one_or_none()
        return None if line is None else json.loads(line)

    def _must_be_whole(self, connection: Connection) -> None:
        for _ in self._read(connection):
            pass  # each line is checked as it is read

    def _read(
        self, connection: Connection, kind: LineKind | None = None
    ) -> Iterator[dict[str, Any]]:
        """Yield the lines, or those of one kind, each checked with the seal before it."""
        query = _WITH_SEAL_BEFORE
        if kind is not None:
            query = query.where(TRANSFER_LINES.c.kind == kind.value)
        expected = 1
        for row in connection.execute(query):
            if not self._is_sealed(row) or (kind is None and row.number != expected):
                raise _damaged(row.number)
            expected += 1
            yield {**json.loads(row.line), "kind": LineKind(row.kind), "number": row.number}

    def _append(
        self,
        connection: Connection,
        kind: LineKind,
        by: str,
        content: dict[str, Any],
        *,
        reference: str | None = None,
        count_new: int = 0,
        is_sensitive: bool = False,
    ) -> None:
        queue_up(connection, "transfers")
        table = TRANSFER_LINES.c
        newest = _WITH_SEAL_BEFORE.order_by(None).order_by(table.number.desc()).limit(1)
        last = connection.execute(newest).one_or_none()
        if last is not None and not self._is_sealed(last):
            raise _damaged(last.number)
        at = self._clock()
        row: dict[str, Any] = {
            "number": last.number + 1 if last else 1,
            "kind": kind.value,
            "reference": reference,
            "year": year_of(self._policy, at),
            "count_new_persons": 0 if is_sensitive else count_new,
            "count_new_sensitive": count_new if is_sensitive else 0,
            "line": _encoded({"kind": kind, "at": at.isoformat(), "by": by, **content}),
        }
        seal = self._seal({**row, "seal_before": last.seal if last else None})
        connection.execute(insert(TRANSFER_LINES).values(**row, seal=seal))

    def _is_sealed(self, row: Row[Any]) -> bool:
        content = dict(row._mapping)
        return bool(content.pop("seal") == self._seal(content))

    def _seal(self, row: dict[str, Any]) -> str:
        return self._zone.keyring.index.digest("transfer-line", _encoded(row).encode())


def _damaged(number: int) -> Tampered:
    return Tampered(f"the transfer register's line {number} is damaged")


def _told(transfer: Transfer) -> dict[str, Any]:
    """Give what the register says of a transfer: all but who the people are."""
    told = asdict(transfer)
    del told["persons"]
    return told


def _encoded(content: dict[str, Any]) -> str:
    return json.dumps(content, default=_plain, ensure_ascii=True, sort_keys=True)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _check_categories(categories: Collection[str]) -> None:
    if not all(map(_CATEGORY.fullmatch, categories)):
        raise ConfigurationError("a sort of data is a word of 1 to 40 small letters and digits")


def _check(recipient: str, destination: str) -> None:
    if not _COUNTRY.fullmatch(destination):
        raise ConfigurationError("a destination is an ISO 3166-1 alpha-2 code")
    if not _RECIPIENT.fullmatch(recipient):
        raise ConfigurationError("a recipient's name has 1 to 120 letters, digits and simple signs")
