"""The transfer register: what left the zone, under which instrument; without one, nothing leaves.

The register is a file of the zone, one JSON object a line, appended only: documents that were
concluded with recipients, transfers, and refusals. It holds names of recipients and categories of
data, and no personal data. Moving the data does not belong here.
"""

import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from filelock import FileLock

from privacy.clock import day_of
from privacy.errors import ConfigurationError, Tampered, TransferForbidden
from privacy.ids import ZoneId
from privacy.opened import OpenZone
from privacy.zones.model import Purpose, TransferRules

WITHIN_ZONE = "within_zone"
AGGREGATES = "aggregates"
NOT_REGULATED = "not_regulated"

_COUNTRY = re.compile(r"[A-Z]{2}")
_RECIPIENT = re.compile(r"[\w .&,()/-]{1,120}")
_REFERENCE = re.compile(r"[\w./-]{1,80}")


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
    """

    recipient: str
    destination: str
    purpose: Purpose
    categories: tuple[str, ...]
    count_persons: int


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
        self._policy = zone.policy
        self._clock = zone.clock
        self._path: Path = zone.layout.root / "transfers.jsonl"

    def file(self, document: Document, *, by: str) -> None:
        """Put a concluded document on file.

        Raises:
            ConfigurationError: The policy knows no such instrument, or a field is not of its form.
        """
        _check(document.recipient, document.destination)
        instrument = self._policy.transfers.instruments.get(document.instrument)
        if instrument is None:
            known = ", ".join(sorted(self._policy.transfers.instruments)) or "none"
            raise ConfigurationError(
                f"no such transfer instrument in this zone; there are: {known}"
            )
        self._append(LineKind.DOCUMENT, by, asdict(document))

    def authorise(self, transfer: Transfer, *, instrument: str | None = None, by: str) -> Permit:
        """Decide whether a transfer may take place, and write down either way.

        Raises:
            TransferForbidden: No instrument that is valid today covers it; says which rule.
            ConfigurationError: A field is not of its form.
        """
        _check(transfer.recipient, transfer.destination)
        try:
            permit = self._decide(transfer, instrument)
        except TransferForbidden as refusal:
            self._append(LineKind.REFUSAL, by, {**asdict(transfer), "reason": str(refusal)})
            raise
        self._append(LineKind.TRANSFER, by, {**asdict(transfer), **asdict(permit)})
        return permit

    def receive(self, receipt: Receipt, *, by: str) -> bool:
        """Write down what came from another zone; gives whether it was not written before.

        Raises:
            ConfigurationError: The reference is not of its form, or the sender is this zone.
        """
        if not _REFERENCE.fullmatch(receipt.transfer) or receipt.sender == self._policy.id:
            raise ConfigurationError("a receipt names another zone and the transfer's reference")
        known = (line for line in self._read() if line["kind"] == LineKind.RECEIPT)
        if any(
            (line["sender"], line["transfer"]) == (receipt.sender, receipt.transfer)
            for line in known
        ):
            return False
        self._append(LineKind.RECEIPT, by, asdict(receipt))
        return True

    def lines(self) -> list[dict[str, Any]]:
        """Give the register, oldest line first.

        Raises:
            Tampered: A line is not one the register wrote.
        """
        return list(self._read())

    def _decide(self, transfer: Transfer, code: str | None) -> Permit:
        rules: TransferRules = self._policy.transfers
        if transfer.destination in self._policy.countries:
            return Permit(WITHIN_ZONE, self._policy.territory.source)
        if transfer.count_persons == 0:
            return Permit(AGGREGATES, rules.default.source)
        today = day_of(self._clock())
        if code is None:
            if rules.is_forbidden_without_instrument:
                raise TransferForbidden(f"needs an instrument ({rules.default.source})")
            return Permit(NOT_REGULATED, rules.default.source)
        instrument = rules.instruments.get(code)
        if instrument is None:
            raise TransferForbidden(f"no such instrument in this zone ({rules.default.source})")
        if not instrument.is_in_force(today):
            raise TransferForbidden(f"{code} is not in force today ({instrument.source})")
        if instrument.destinations and transfer.destination not in instrument.destinations:
            raise TransferForbidden(
                f"{code} does not cover {transfer.destination} ({instrument.source})"
            )
        if not instrument.must_be_on_file:
            return Permit(code, instrument.source)
        reference = self._on_file(transfer, code, today)
        if reference is None:
            raise TransferForbidden(
                f"no {code} with this recipient is on file and valid today ({instrument.source})"
            )
        return Permit(code, instrument.source, reference)

    def _on_file(self, transfer: Transfer, code: str, today: date) -> str | None:
        for line in self._read():
            if (
                line["kind"] == LineKind.DOCUMENT
                and line["instrument"] == code
                and line["recipient"] == transfer.recipient
                and line["destination"] == transfer.destination
                and date.fromisoformat(line["concluded_on"]) <= today
                and (line["ends_on"] is None or today < date.fromisoformat(line["ends_on"]))
            ):
                return str(line["reference"])
        return None

    def _read(self) -> Iterator[dict[str, Any]]:
        if not self._path.exists():
            return
        with self._path.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                try:
                    content = json.loads(line)
                    content["kind"] = LineKind(content["kind"])
                except (ValueError, KeyError, TypeError):
                    raise Tampered(f"the transfer register's line {number} is damaged") from None
                yield content

    def _append(self, kind: LineKind, by: str, content: dict[str, Any]) -> None:
        line = {"kind": kind, "at": self._clock().isoformat(), "by": by, **content}
        encoded = json.dumps(line, default=_plain, ensure_ascii=True).encode() + b"\n"
        with FileLock(self._path.with_suffix(".lock"), timeout=30, mode=0o600):
            descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(descriptor, encoded)
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def _plain(value: object) -> str | Sequence[str]:
    return value.isoformat() if isinstance(value, date) else str(value)


def _check(recipient: str, destination: str) -> None:
    if not _COUNTRY.fullmatch(destination):
        raise ConfigurationError("a destination is an ISO 3166-1 alpha-2 code")
    if not _RECIPIENT.fullmatch(recipient):
        raise ConfigurationError("a recipient's name has 1 to 120 letters, digits and simple signs")
