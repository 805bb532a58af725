"""WhatsApp Cloud API webhook bodies, one message a body, one body a line."""

from typing import Any

from pipelines.synthetic.contacts import Contact, Said
from pipelines.synthetic.people import Person
from pipelines.synthetic.vendors.wire import Delivery, Told, line
from privacy.ids import ZoneId
from privacy.records.canonical import Handle, HandleKind, Role

_NUMBERS = {
    "eu": ("4930000000", "100000000001"),
    "uk": ("442079460000", "100000000002"),
    "br": ("551130000000", "100000000003"),
    "cn": ("861000000000", "100000000004"),
    "us": ("12125550100", "100000000005"),
}


def handles_of(person: Person) -> tuple[Handle, ...]:
    """Give what WhatsApp shows of a person."""
    user = Handle(HandleKind.VENDOR_USER, person.whatsapp_user, "whatsapp")
    if person.has_hidden_number:
        return (user,)
    return (Handle(HandleKind.PHONE, person.phone), user)


def deliveries(contact: Contact, zone: ZoneId) -> list[Delivery]:
    """Write a contact: every message is an item.

    Args:
        contact: What was said.
        zone: Whose number was written to.
    """
    handles = handles_of(contact.person)
    thread = f"{_NUMBERS[zone][1]}:{handles[0].value}"
    found = []
    for said in contact.said:
        given = f"wamid.{contact.contact_id}.{said.place}"
        speaker = Role.CUSTOMER if said.speaker is Role.CUSTOMER else Role.AGENT
        payload = line(_body(contact.person, zone, given, said))
        told = Told(said, given, said.text, said.spans, speaker)
        found.append(Delivery("whatsapp", said.at, payload, handles, thread, [told]))
    return found


def withdrawal(person: Person, zone: ZoneId, at: int) -> Delivery:
    """Write that a person stops marketing messages."""
    body = _change(person, zone, "user_preferences")
    value = body["entry"][0]["changes"][0]["value"]
    preference = {
        "wa_id": person.phone[1:],
        "user_id": person.whatsapp_user,
        "detail": "User requested to stop marketing messages",
        "category": "marketing_messages",
        "value": "stop",
        "timestamp": at,
    }
    if person.has_hidden_number:
        del preference["wa_id"]
    value["user_preferences"] = [preference]
    return Delivery("whatsapp", at, line(body), handles_of(person))


def _change(person: Person, zone: ZoneId, what: str) -> dict[str, Any]:
    number, number_id = _NUMBERS[zone]
    contact: dict[str, Any] = {"profile": {"name": person.full}, "wa_id": person.phone[1:]}
    if person.has_hidden_number:
        del contact["wa_id"]
    contact["user_id"] = person.whatsapp_user
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": number, "phone_number_id": number_id},
        "contacts": [contact],
    }
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": f"2{number_id}", "changes": [{"value": value, "field": what}]}],
    }


def _body(person: Person, zone: ZoneId, given: str, said: Said) -> dict[str, Any]:
    is_theirs = said.speaker is Role.CUSTOMER
    body = _change(person, zone, "messages" if is_theirs else "smb_message_echoes")
    value = body["entry"][0]["changes"][0]["value"]
    message = {
        "id": given,
        "timestamp": str(said.at),
        "type": "text",
        "text": {"body": said.text},
    }
    number = None if person.has_hidden_number else person.phone[1:]
    if is_theirs:
        named = {"from": number, "from_user_id": person.whatsapp_user}
        value["messages"] = [{**{k: v for k, v in named.items() if v}, **message}]
    else:
        named = {"from": _NUMBERS[zone][0], "to": number, "to_user_id": person.whatsapp_user}
        value["message_echoes"] = [{**{k: v for k, v in named.items() if v}, **message}]
    return body
