"""WhatsApp Business Cloud API: webhook bodies.

A body may hold several messages of several people; each becomes an item of its own, shaped as a
body with that one message, so that each is sealed under its own person's key.

===================  ==============================================================
change               becomes
===================  ==============================================================
``messages``         Interaction, inbound; an edit is a message with the new text
``message_echoes``   Interaction, outbound: what staff wrote in the Business app
``calls``            Interaction with a duration when one ends; else a Contact
``statuses``         Contact: that a message was delivered says only who it went to
``user_preferences``  ConsentEvent for `marketing`: ``stop``, ``resume``, ``signup``
anything else        nothing: templates and accounts are not about a customer
===================  ==============================================================

A person has a phone number, a business-scoped ``user_id``, or both; the prefix of the ``user_id``
is the country of the person's number.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipelines.connectors import wire
from pipelines.connectors.connector import Malformed, SourceFile
from pipelines.connectors.documents import documents
from privacy.errors import WireFormatError
from privacy.records.canonical import (
    Channel,
    ConsentAction,
    ConsentEvent,
    Contact,
    Direction,
    Handle,
    HandleKind,
    Interaction,
    Item,
    Parsed,
    Participant,
    Record,
    Role,
    RoutingHints,
)

_MARK = b'"whatsapp_business_account"'
_LISTS = ("messages", "message_echoes", "statuses", "calls", "user_preferences")
_PREFERENCES = {
    "stop": ConsentAction.WITHDRAWN,
    "resume": ConsentAction.GIVEN,
    "signup": ConsentAction.GIVEN,
}
_ATTACHMENTS = ("image", "video", "audio", "document", "sticker")
_NAMESPACE = "whatsapp"


class WhatsApp:
    """Webhook bodies of the Cloud API: one, an array, one a line, or an object of named ones."""

    name = "whatsapp"
    channel = Channel.WHATSAPP
    title = "WhatsApp Business Cloud API"

    def recognises(self, name: str, head: bytes) -> bool:
        """Look for the object type every body carries, or for the envelope around a change."""
        if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
            return False
        return _MARK in head or (b'"entry"' in head and b'"changes"' in head)

    def items(self, file: SourceFile) -> Iterator[Item | Malformed]:
        """Yield one item per message, status, call, or preference."""
        for document in documents(file):
            if isinstance(document, Malformed):
                yield document
                continue
            for place, body in _bodies(document.value, document.place):
                try:
                    yield from [
                        Item(_vendor_id(part), wire.dump_json(part), f"{place} {where}".strip())
                        for where, part in _parts(body)
                    ]
                except WireFormatError as error:
                    yield Malformed(place, wire.dump_json(body), str(error))

    def parse(self, payload: bytes) -> Parsed:
        """Read a body."""
        records: list[Record] = []
        for change in _changes(wire.load_json(payload)):
            for kind, element in change.elements():
                element = wire.mapping(element, f"{change.place}.{kind}")
                records += _READERS[kind](element, change.value)
        people = [person for record in records if (person := _person(record))]
        return Parsed(tuple(records), _hints(people))


def _bodies(value: Any, place: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict) and "entry" not in value and value:
        for name, body in value.items():
            yield f"{place}#{wire.scrub(name)[:40]}", body
    else:
        yield place, value


@dataclass(frozen=True, slots=True)
class _Change:
    """One change of a body, and what is around it."""

    place: str
    entry: Mapping[str, Any]
    change: Mapping[str, Any]
    value: Mapping[str, Any]

    def elements(self) -> list[tuple[str, Any]]:
        """Give the messages, statuses, … of the change, each with its kind."""
        return [
            (kind, element)
            for kind in _LISTS
            if kind in self.value
            for element in wire.sequence(self.value[kind], f"{self.place}.{kind}")
        ]


def _changes(body: Any) -> list[_Change]:
    whole = wire.mapping(body, "body")
    if "entry" not in whole:
        raise WireFormatError("body has no field entry")
    found = []
    for i, entry in enumerate(wire.sequence(whole["entry"], "entry")):
        entry = wire.mapping(entry, f"entry[{i}]")
        for j, change in enumerate(wire.sequence(entry.get("changes"), f"entry[{i}].changes")):
            place = f"entry[{i}].changes[{j}]"
            change = wire.mapping(change, place)
            value = wire.mapping(change.get("value"), f"{place}.value")
            found.append(_Change(place, entry, change, value))
    return found


def _parts(body: Any) -> list[tuple[str, dict[str, Any]]]:
    """Split a body into bodies of one message each; one that is, stays as it is."""
    changes = _changes(body)
    if len(changes) == 1 and len(changes[0].elements()) <= 1:
        return [(changes[0].place, body)]
    parts: list[tuple[str, dict[str, Any]]] = []
    for found in changes:
        elements = found.elements()
        if len(elements) <= 1:
            parts.append((found.place, _body(body, found.entry, found.change, found.value)))
            continue
        rest = {key: given for key, given in found.value.items() if key not in _LISTS}
        contacts = wire.sequence(found.value.get("contacts"), f"{found.place}.contacts")
        for kind, element in elements:
            rest["contacts"] = _contacts_of(kind, element, contacts)
            value = {**rest, kind: [element]}
            parts.append((found.place, _body(body, found.entry, found.change, value)))
    return parts


def _body(
    whole: Mapping[str, Any],
    entry: Mapping[str, Any],
    change: Mapping[str, Any],
    value: Mapping[str, Any],
) -> dict[str, Any]:
    return {
        "object": whole.get("object"),
        "entry": [{**entry, "changes": [{**change, "value": value}]}],
    }


def _contacts_of(kind: str, element: Any, contacts: Sequence[Any]) -> list[Any]:
    if not isinstance(element, dict):
        return []
    keys = {element.get(k) for k in _id_fields(kind) if isinstance(element.get(k), str)}
    return [
        contact
        for contact in contacts
        if isinstance(contact, dict)
        and any(
            isinstance(v, str) and v in keys for v in (contact.get("wa_id"), contact.get("user_id"))
        )
    ]


def _id_fields(kind: str) -> tuple[str, ...]:
    match kind:
        case "messages":
            return ("from", "from_user_id")
        case "message_echoes":
            return ("to", "to_user_id")
        case "statuses":
            return ("recipient_id", "recipient_user_id")
        case "user_preferences":
            return ("wa_id", "user_id")
        case _:
            return ("from", "from_user_id", "to", "to_user_id")


def _vendor_id(part: Mapping[str, Any]) -> str | None:
    value = part["entry"][0]["changes"][0]["value"]
    for kind in _LISTS:
        elements = value.get(kind)
        if not elements or not isinstance(elements[0], dict):
            continue
        given = elements[0].get("id")
        if not isinstance(given, str) or not given:
            return None
        match kind:
            case "statuses":
                return f"status:{given}:{elements[0].get('status')}"
            case "calls":
                return f"call:{given}:{elements[0].get('event')}"
            case _:
                return f"message:{given}"
    return None


# --- people --------------------------------------------------------------------------------------


def _customer(kind: str, element: Mapping[str, Any], value: Mapping[str, Any]) -> Participant:
    """Put together whom an element is about: its own ids, and the contact entry that has one."""
    ids = [
        given
        for field in _id_fields(kind)
        if (given := wire.optional_identifier(element.get(field), f"{kind}.{field}"))
    ]
    contacts = wire.sequence(value.get("contacts"), "contacts")
    if kind == "calls":
        business = wire.optional_mapping(value.get("metadata"), "metadata")
        is_outbound = element.get("direction") == "BUSINESS_INITIATED"
        side = ("to", "to_user_id") if is_outbound else ("from", "from_user_id")
        ids = [given for given in (element.get(field) for field in side) if isinstance(given, str)]
        if len(contacts) == 1 and (not ids or ids[0] == business.get("display_phone_number")):
            ids = []
    name = None
    for i, contact in enumerate(contacts):
        contact = wire.mapping(contact, f"contacts[{i}]")
        theirs = [
            given
            for field in ("wa_id", "user_id", "parent_user_id")
            if (given := wire.optional_identifier(contact.get(field), f"contacts[{i}].{field}"))
        ]
        if set(ids) & set(theirs) or (not ids and len(contacts) == 1):
            ids += [given for given in theirs if given not in ids]
            profile = wire.optional_mapping(contact.get("profile"), f"contacts[{i}].profile")
            name = wire.optional_text(profile.get("name"), f"contacts[{i}].profile.name")
    if not ids:
        raise WireFormatError(f"{kind} names no person: no {' and no '.join(_id_fields(kind))}")
    handles = sorted(map(_handle, ids), key=lambda handle: handle.kind is not HandleKind.PHONE)
    return Participant(tuple(handles), name=name, country=_country(ids))


def _handle(given: str) -> Handle:
    digits = given.removeprefix("+")
    if digits.isascii() and digits.isdigit() and 7 <= len(digits) <= 15:
        return Handle(HandleKind.PHONE, f"+{digits}")
    return Handle(HandleKind.VENDOR_USER, given, _NAMESPACE)


def _country(ids: Sequence[str]) -> str | None:
    for given in ids:
        prefix, dot, _ = given.partition(".")
        if dot and len(prefix) == 2 and (country := wire.country(prefix)):
            return country
    return None


def _person(record: Record) -> Participant | None:
    return record.person if isinstance(record, Contact) else record.customer


def _hints(people: Sequence[Participant]) -> RoutingHints:
    """The prefix of a `user_id` is derived from the number: it counts where the number is hidden."""
    phones = {h.value: None for p in people for h in p.handles if h.kind is HandleKind.PHONE}
    countries = {} if phones else {p.country: None for p in people if p.country}
    return RoutingHints(countries=tuple(countries), phones=tuple(phones))


# --- records -------------------------------------------------------------------------------------


def _thread(value: Mapping[str, Any], customer: Participant) -> str:
    metadata = wire.optional_mapping(value.get("metadata"), "metadata")
    business = wire.optional_identifier(metadata.get("phone_number_id"), "metadata.phone_number_id")
    return f"{business or ''}:{customer.handles[0].value}"


def _at(element: Mapping[str, Any], kind: str) -> datetime:
    return wire.epoch_seconds(element.get("timestamp"), f"{kind}.timestamp")


def _message(message: Mapping[str, Any], value: Mapping[str, Any]) -> list[Record]:
    return [_interaction("messages", message, value, Direction.INBOUND, Role.CUSTOMER)]


def _echo(message: Mapping[str, Any], value: Mapping[str, Any]) -> list[Record]:
    return [_interaction("message_echoes", message, value, Direction.OUTBOUND, Role.AGENT)]


def _interaction(
    kind: str,
    message: Mapping[str, Any],
    value: Mapping[str, Any],
    direction: Direction,
    speaker: Role,
) -> Interaction:
    customer = _customer(kind, message, value)
    if message.get("type") == "system":
        system = wire.optional_mapping(message.get("system"), "messages.system")
        new = wire.optional_identifier(system.get("wa_id"), "messages.system.wa_id")
        if new and _handle(new) not in customer.handles:
            customer = Participant(
                (*customer.handles, _handle(new)), customer.name, customer.country
            )
        speaker = Role.SYSTEM
    content, others, count_attachments = _content(message, kind)
    return Interaction(
        vendor_id=wire.identifier(message.get("id"), f"{kind}.id"),
        thread_vendor_id=_thread(value, customer),
        channel=Channel.WHATSAPP,
        direction=direction,
        speaker=speaker,
        occurred_at=_at(message, kind),
        text=content,
        customer=customer,
        others=others,
        count_attachments=count_attachments,
    )


def _content(message: Mapping[str, Any], place: str) -> tuple[str, tuple[Participant, ...], int]:
    """Give what a message says, the people its contact cards name, and how many files it has."""
    kind = wire.text(message.get("type"), f"{place}.type")
    if kind == "contacts":
        return _cards(message, place)
    body = message.get(kind)
    if body is None:
        return "", (), 0
    where = f"{place}.{kind}"
    body = wire.mapping(body, where)

    def said(source: Mapping[str, Any], *fields: str) -> str:
        texts = (wire.optional_text(source.get(field), f"{where}.{field}") for field in fields)
        return "\n".join(part for part in texts if part)

    match kind:
        case "text":
            return wire.optional_text(body.get("body"), f"{where}.body") or "", (), 0
        case "edit":
            inner = wire.mapping(body.get("message"), f"{where}.message")
            if inner.get("type") == "edit":
                raise WireFormatError(f"{where}.message is an edit of an edit")
            return _content(inner, f"{where}.message")
        case "interactive":
            reply = wire.optional_mapping(body.get(str(body.get("type"))), f"{where}.type")
            return said(reply, "title", "description", "body", "response_json", "response"), (), 0
        case "order":
            return _ordered(body, where), (), 0
        case "location":
            return said(body, "name", "address"), (), 0
        case _:
            count = 1 if kind in _ATTACHMENTS else 0
            return said(body, "body", "text", "caption", "filename", "emoji"), (), count


def _ordered(order: Mapping[str, Any], where: str) -> str:
    parts = [wire.optional_text(order.get("text"), f"{where}.text") or ""]
    for i, line in enumerate(wire.sequence(order.get("product_items"), f"{where}.product_items")):
        place = f"{where}.product_items[{i}]"
        line = wire.mapping(line, place)
        product = wire.identifier(line.get("product_retailer_id"), f"{place}.product_retailer_id")
        quantity = wire.number(line.get("quantity"), f"{place}.quantity", low=0, high=1e6)
        parts.append(f"{product} × {quantity:g}")
    return "\n".join(part for part in parts if part)


def _cards(message: Mapping[str, Any], place: str) -> tuple[str, tuple[Participant, ...], int]:
    people, spoken = [], []
    for i, card in enumerate(wire.sequence(message.get("contacts"), f"{place}.contacts")):
        where = f"{place}.contacts[{i}]"
        card = wire.mapping(card, where)
        names = wire.optional_mapping(card.get("name"), f"{where}.name")
        name = wire.optional_text(names.get("formatted_name"), f"{where}.name.formatted_name")
        handles = [
            Handle(kind, given)
            for field, key, kind in (
                ("phones", "phone", HandleKind.PHONE),
                ("emails", "email", HandleKind.EMAIL),
            )
            for entry in wire.sequence(card.get(field), f"{where}.{field}")
            if (given := wire.optional_text(wire.mapping(entry, where).get(key), f"{where}.{key}"))
        ]
        people.append(Participant(tuple(handles), name=name))
        spoken.append(" ".join([name or "", *(handle.value for handle in handles)]).strip())
    return "\n".join(spoken), tuple(people), 0


def _status(status: Mapping[str, Any], value: Mapping[str, Any]) -> list[Record]:
    given = wire.identifier(status.get("id"), "statuses.id")
    state = wire.code(status.get("status"), "statuses.status")
    person = _customer("statuses", status, value)
    return [Contact(f"status:{given}:{state}", person, _at(status, "statuses"))]


def _call(call: Mapping[str, Any], value: Mapping[str, Any]) -> list[Record]:
    given = wire.identifier(call.get("id"), "calls.id")
    customer = _customer("calls", call, value)
    happened_at = _at(call, "calls")
    if call.get("duration") is None:
        return [Contact(f"call:{given}", customer, happened_at)]
    is_outbound = call.get("direction") == "BUSINESS_INITIATED"
    return [
        Interaction(
            vendor_id=given,
            thread_vendor_id=_thread(value, customer),
            channel=Channel.WHATSAPP,
            direction=Direction.OUTBOUND if is_outbound else Direction.INBOUND,
            speaker=Role.AGENT if is_outbound else Role.CUSTOMER,
            occurred_at=happened_at,
            text="",
            customer=customer,
            duration_seconds=wire.number(call["duration"], "calls.duration", low=0, high=864000),
        )
    ]


def _preference(preference: Mapping[str, Any], value: Mapping[str, Any]) -> list[Record]:
    if preference.get("category") != "marketing_messages":
        return []
    place = "user_preferences"
    action = wire.one_of(preference.get("value"), _PREFERENCES, f"{place}.value")
    customer = _customer(place, preference, value)
    happened_at = _at(preference, place)
    return [
        ConsentEvent(
            vendor_id=f"{customer.handles[0].value}:{int(happened_at.timestamp())}:{action}",
            customer=customer,
            purpose="marketing",
            action=action,
            occurred_at=happened_at,
            notice_version="whatsapp",
            notice_language="und",
            method="vendor_preference",
            evidence=wire.dump_json(preference).decode(errors="replace"),
        )
    ]


_READERS = {
    "messages": _message,
    "message_echoes": _echo,
    "statuses": _status,
    "calls": _call,
    "user_preferences": _preference,
}
