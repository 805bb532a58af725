"""Consent records after ISO/IEC TS 27560, as JSON Lines: one receipt a line.

The format is described in ``docs/formats/consent_receipts.md``.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from pipelines.connectors import wire
from pipelines.connectors.connector import Malformed, SourceFile
from pipelines.connectors.documents import documents
from privacy.errors import WireFormatError
from privacy.records.canonical import (
    Channel,
    ConsentAction,
    ConsentEvent,
    Handle,
    HandleKind,
    Item,
    Parsed,
    Participant,
    RoutingHints,
)
from privacy.records.handles import NAMESPACES
from privacy.zones.model import Purpose

ACTIONS = {action.value: action for action in ConsentAction}
PURPOSES = {purpose.value: purpose.value for purpose in Purpose}

_PRINCIPAL = (
    HandleKind.EMAIL,
    HandleKind.PHONE,
    HandleKind.CUSTOMER_NUMBER,
    HandleKind.LOYALTY_CARD,
)
_KINDS = {kind.value: kind for kind in HandleKind}


class ConsentReceipts:
    """One receipt a line; a receipt may speak of several purposes."""

    name = "consent_receipts"
    channel = Channel.WEB_CHAT
    title = "Consent receipts (ISO/IEC TS 27560, JSON Lines)"

    def recognises(self, name: str, head: bytes) -> bool:
        """Look for the fields that only this format has."""
        is_json = head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"["))
        return is_json and b'"record_id"' in head and b'"pii_principal"' in head

    def items(self, file: SourceFile) -> Iterator[Item | Malformed]:
        """Yield one item per receipt."""
        for document in documents(file):
            if isinstance(document, Malformed):
                yield document
                continue
            payload = wire.dump_json(document.value)
            if not isinstance(document.value, dict):
                yield Malformed(document.place, payload, "receipt is not an object")
                continue
            given = document.value.get("record_id")
            vendor_id = given if isinstance(given, str) and given else None
            yield Item(vendor_id, payload, document.place)

    def parse(self, payload: bytes) -> Parsed:
        """Read one receipt."""
        receipt = wire.mapping(wire.load_json(payload), "receipt")
        record_id = wire.identifier(receipt.get("record_id"), "record_id")
        customer = _principal(receipt)
        notice = wire.mapping(receipt.get("notice"), "notice")
        happened_at = wire.instant(receipt.get("event_time"), "event_time")
        purposes = wire.sequence(receipt.get("purposes"), "purposes")
        if not purposes:
            raise WireFormatError("purposes is empty")
        events = []
        for i, purpose in enumerate(purposes):
            place = f"purposes[{i}]"
            purpose = wire.mapping(purpose, place)
            named = wire.one_of(purpose.get("purpose"), PURPOSES, f"{place}.purpose")
            expires_at = purpose.get("expires_at")
            events.append(
                ConsentEvent(
                    vendor_id=f"{record_id}:{named}",
                    customer=customer,
                    purpose=named,
                    action=wire.one_of(purpose.get("action"), ACTIONS, f"{place}.action"),
                    occurred_at=happened_at,
                    notice_version=wire.code(notice.get("version"), "notice.version"),
                    notice_language=wire.language(notice.get("language")) or "und",
                    method=wire.code(receipt.get("method"), "method"),
                    evidence=wire.optional_text(receipt.get("evidence"), "evidence") or "",
                    expires_at=None
                    if expires_at is None
                    else wire.instant(expires_at, f"{place}.expires_at"),
                )
            )
        if len({event.vendor_id for event in events}) < len(events):
            raise WireFormatError("purposes names one purpose twice")
        return Parsed(tuple(events), _hints(customer))


def _principal(receipt: Mapping[str, Any]) -> Participant:
    principal = wire.mapping(receipt.get("pii_principal"), "pii_principal")
    handles = wire.handles(principal, _PRINCIPAL, "pii_principal")
    for i, given in enumerate(wire.sequence(principal.get("handles"), "pii_principal.handles")):
        place = f"pii_principal.handles[{i}]"
        given = wire.mapping(given, place)
        kind = wire.one_of(given.get("kind"), _KINDS, f"{place}.kind")
        namespace = wire.optional_identifier(given.get("namespace"), f"{place}.namespace")
        value = wire.identifier(given.get("value"), f"{place}.value")
        handles.append(Handle(kind, value, namespace or NAMESPACES.get(kind, "")))
    if not handles:
        raise WireFormatError("pii_principal has no handle")
    return Participant(
        tuple(handles),
        country=wire.country(receipt.get("jurisdiction")),
        locale=wire.locale(receipt.get("locale")),
    )


def _hints(customer: Participant) -> RoutingHints:
    phones = (handle.value for handle in customer.handles if handle.kind is HandleKind.PHONE)
    return RoutingHints(
        countries=(customer.country,) if customer.country else (),
        phones=tuple(phone for phone in phones if phone.startswith(("+", "00"))),
        locales=(customer.locale,) if customer.locale else (),
    )
