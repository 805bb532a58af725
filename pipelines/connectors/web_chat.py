"""Web chat, app chat and the like, in our own open format: JSON Lines, one conversation a line.

The format is described in ``docs/formats/web_chat.md``.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from pipelines.connectors import wire
from pipelines.connectors.connector import Malformed, SourceFile
from pipelines.connectors.consent_receipts import ACTIONS, PURPOSES
from pipelines.connectors.documents import documents
from privacy.errors import WireFormatError
from privacy.records.canonical import (
    Channel,
    ConsentEvent,
    Contact,
    Direction,
    EventKind,
    Handle,
    HandleKind,
    Interaction,
    Item,
    Parsed,
    Participant,
    Record,
    Role,
    RoutingHints,
    ThreadEvent,
)

_CHANNELS = {channel.value: channel for channel in Channel}
_SPEAKERS = {role.value: role for role in Role}
_KINDS = {kind.value: kind for kind in EventKind}
_RATINGS = {str(stars) for stars in range(1, 6)}
_FORM = (
    HandleKind.EMAIL,
    HandleKind.PHONE,
    HandleKind.CUSTOMER_NUMBER,
    HandleKind.LOYALTY_CARD,
)


class WebChat:
    """One conversation a line."""

    name = "web_chat"
    channel = Channel.WEB_CHAT
    title = "Web chat (open JSON Lines format)"

    def recognises(self, name: str, head: bytes) -> bool:
        """Look for the fields that only this format has."""
        is_json = head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"["))
        return is_json and b'"conversation_id"' in head and b'"visitor"' in head

    def items(self, file: SourceFile) -> Iterator[Item | Malformed]:
        """Yield one item per conversation; one that goes on later is another version of it."""
        for document in documents(file):
            if isinstance(document, Malformed):
                yield document
                continue
            payload = wire.dump_json(document.value)
            if not isinstance(document.value, dict):
                yield Malformed(document.place, payload, "conversation is not an object")
                continue
            given = document.value.get("conversation_id")
            version = document.value.get("version")
            vendor_id = given if isinstance(given, str) and given else None
            if vendor_id and isinstance(version, int | str) and not isinstance(version, bool):
                vendor_id = f"{vendor_id}@{version}"
            yield Item(vendor_id, payload, document.place)

    def parse(self, payload: bytes) -> Parsed:
        """Read one conversation."""
        chat = wire.mapping(wire.load_json(payload), "conversation")
        conversation = wire.identifier(chat.get("conversation_id"), "conversation_id")
        channel = wire.one_of(chat.get("channel", self.channel.value), _CHANNELS, "channel")
        customer = _visitor(chat)
        records: list[Record] = []
        for i, message in enumerate(wire.sequence(chat.get("messages"), "messages")):
            message = wire.mapping(message, f"messages[{i}]")
            records.append(
                _message(message, f"messages[{i}]", conversation, channel, customer, chat)
            )
        for i, event in enumerate(wire.sequence(chat.get("events"), "events")):
            event = wire.mapping(event, f"events[{i}]")
            records.append(_event(event, f"events[{i}]", conversation, channel, customer))
        for i, consent in enumerate(wire.sequence(chat.get("consents"), "consents")):
            consent = wire.mapping(consent, f"consents[{i}]")
            records.append(_consent(consent, f"consents[{i}]", conversation, customer))
        if not records and customer and chat.get("started_at"):
            records.append(
                Contact(conversation, customer, wire.instant(chat["started_at"], "started_at"))
            )
        return Parsed(tuple(records), _hints(chat, customer))

    def trimmed(self, payload: bytes, until: datetime) -> bytes:
        """Leave out the messages, events and consents up to an instant, and the start."""
        chat = dict(wire.mapping(wire.load_json(payload), "conversation"))
        for name in ("messages", "events", "consents"):
            chat[name] = [
                entry
                for i, entry in enumerate(wire.sequence(chat.get(name), name))
                if wire.instant(wire.mapping(entry, name).get("at"), f"{name}[{i}].at") > until
            ]
        chat.pop("started_at", None)
        return wire.dump_json(chat)


def _visitor(chat: Mapping[str, Any]) -> Participant | None:
    visitor = wire.optional_mapping(chat.get("visitor"), "visitor")
    handles = wire.handles(visitor, _FORM, "visitor")
    if given := wire.optional_identifier(visitor.get("visitor_id"), "visitor.visitor_id"):
        handles.append(Handle(HandleKind.WEB_VISITOR, given, "web_chat"))
    if not handles:
        return None
    return Participant(
        tuple(handles),
        name=wire.optional_text(visitor.get("name"), "visitor.name"),
        country=wire.country(chat.get("country")),
        locale=wire.locale(chat.get("locale")),
    )


def _hints(chat: Mapping[str, Any], customer: Participant | None) -> RoutingHints:
    country, locale = wire.country(chat.get("country")), wire.locale(chat.get("locale"))
    store = wire.optional_identifier(chat.get("store_id"), "store_id")
    phones = [h.value for h in customer.handles if h.kind is HandleKind.PHONE] if customer else []
    return RoutingHints(
        countries=(country,) if country else (),
        stores=(store,) if store else (),
        phones=tuple(phone for phone in phones if phone.startswith(("+", "00"))),
        locales=(locale,) if locale else (),
    )


def _local_zone(chat: Mapping[str, Any], at: Any) -> str | None:
    named = wire.optional_text(chat.get("local_zone"), "local_zone")
    if named is None:
        return wire.offset_of(at)
    try:
        return ZoneInfo(named).key
    except (KeyError, ValueError, OSError):
        # It is stored in the clear, so it may not be just any text.
        raise WireFormatError("local_zone is no IANA name of a time zone") from None


def _message(
    message: Mapping[str, Any],
    place: str,
    conversation: str,
    channel: Channel,
    customer: Participant | None,
    chat: Mapping[str, Any],
) -> Interaction:
    speaker = wire.one_of(message.get("speaker"), _SPEAKERS, f"{place}.speaker")
    given = wire.identifier(message.get("message_id"), f"{place}.message_id")
    sentiment, duration = message.get("sentiment"), message.get("duration_seconds")
    attachments = wire.number(
        message.get("count_attachments") or 0, f"{place}.count_attachments", low=0, high=10_000
    )
    return Interaction(
        vendor_id=f"{conversation}:{given}",
        thread_vendor_id=conversation,
        channel=channel,
        direction=Direction.INBOUND if speaker is Role.CUSTOMER else Direction.OUTBOUND,
        speaker=speaker,
        occurred_at=wire.instant(message.get("at"), f"{place}.at"),
        text=wire.text(message.get("text"), f"{place}.text"),
        customer=customer,
        agent_vendor_id=wire.optional_identifier(message.get("agent_id"), f"{place}.agent_id"),
        local_zone=_local_zone(chat, message.get("at")),
        language=wire.language(message.get("language")) or wire.language(chat.get("language")),
        sentiment=None
        if sentiment is None
        else wire.number(sentiment, f"{place}.sentiment", low=-1, high=1),
        duration_seconds=None
        if duration is None
        else wire.number(duration, f"{place}.duration_seconds", low=0, high=864_000),
        count_attachments=int(attachments),
    )


def _event(
    event: Mapping[str, Any],
    place: str,
    conversation: str,
    channel: Channel,
    customer: Participant | None,
) -> ThreadEvent:
    kind = wire.one_of(event.get("kind"), _KINDS, f"{place}.kind")
    value = event.get("value")
    value = None if value is None else wire.code(value, f"{place}.value")
    if kind is EventKind.RATED and value not in _RATINGS:
        raise WireFormatError(f"{place}.value is not a rating from 1 to 5")
    if kind is EventKind.REASON_SET and not value:
        raise WireFormatError(f"{place}.value is missing: a reason needs one")
    given = wire.identifier(event.get("event_id"), f"{place}.event_id")
    return ThreadEvent(
        vendor_id=f"{conversation}:{given}",
        thread_vendor_id=conversation,
        channel=channel,
        kind=kind,
        occurred_at=wire.instant(event.get("at"), f"{place}.at"),
        actor=wire.one_of(event.get("actor", "system"), _SPEAKERS, f"{place}.actor"),
        customer=customer,
        agent_vendor_id=wire.optional_identifier(event.get("agent_id"), f"{place}.agent_id"),
        value=value,
    )


def _consent(
    consent: Mapping[str, Any], place: str, conversation: str, customer: Participant | None
) -> ConsentEvent:
    if customer is None:
        raise WireFormatError(f"{place} is given by nobody: visitor has no handle")
    given = wire.identifier(consent.get("consent_id"), f"{place}.consent_id")
    expires_at = consent.get("expires_at")
    return ConsentEvent(
        vendor_id=f"{conversation}:{given}",
        customer=customer,
        purpose=wire.one_of(consent.get("purpose"), PURPOSES, f"{place}.purpose"),
        action=wire.one_of(consent.get("action"), ACTIONS, f"{place}.action"),
        occurred_at=wire.instant(consent.get("at"), f"{place}.at"),
        notice_version=wire.code(consent.get("notice_version"), f"{place}.notice_version"),
        notice_language=wire.language(consent.get("notice_language")) or "und",
        method=wire.code(consent.get("method", "web_form"), f"{place}.method"),
        evidence=wire.optional_text(consent.get("evidence"), f"{place}.evidence") or "",
        expires_at=None if expires_at is None else wire.instant(expires_at, f"{place}.expires_at"),
    )
