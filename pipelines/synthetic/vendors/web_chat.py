"""Chats in the open web chat format: web, app, Instagram, WeChat, SMS; one conversation a line."""

from random import Random
from typing import Any

from pipelines.synthetic.calendar import iso
from pipelines.synthetic.contacts import Contact
from pipelines.synthetic.people import Person
from pipelines.synthetic.vendors.wire import Delivery, Told, line
from privacy.records.canonical import Channel, Handle, HandleKind


def visitor_of(
    person: Person, channel: Channel, rng: Random
) -> tuple[dict[str, str], tuple[Handle, ...]]:
    """Give who a chat is with, and the handles that shows, in the connector's order."""
    visitor: dict[str, str] = {"name": person.full}
    found: list[Handle] = []

    def show(kind: HandleKind, value: str, namespace: str = "") -> None:
        found.append(Handle(kind, value, namespace))
        visitor["visitor_id" if kind is HandleKind.WEB_VISITOR else kind.value] = value

    match channel:
        case Channel.SMS:
            show(HandleKind.PHONE, person.phone)
        case Channel.APP:
            show(HandleKind.EMAIL, person.email)
            show(HandleKind.CUSTOMER_NUMBER, person.customer_number, "customer")
        case Channel.INSTAGRAM | Channel.WECHAT:
            if rng.random() < 0.3:
                show(HandleKind.PHONE, person.phone)
            show(HandleKind.WEB_VISITOR, f"{channel.value}:{person.social_user}", "web_chat")
        case _:
            if rng.random() < 0.6:
                show(HandleKind.EMAIL, person.email)
            if rng.random() < 0.2:
                show(HandleKind.PHONE, person.phone)
            if rng.random() < 0.15:
                show(HandleKind.LOYALTY_CARD, person.loyalty, "loyalty")
            show(HandleKind.WEB_VISITOR, rng.choice(person.visitor_ids), "web_chat")
    if channel is not Channel.APP and len(found) == 1 and rng.random() < 0.5:
        del visitor["name"]
    return visitor, tuple(found)


def deliveries(contact: Contact, rng: Random, *, country: str | None = None) -> list[Delivery]:
    """Write a contact: one item.

    Args:
        contact: What was said.
        rng: Decides how far the visitor is known.
        country: What the chat states, where it is not the person's own country.
    """
    person = contact.person
    visitor, handles = visitor_of(person, contact.channel, rng)
    conversation = f"chat-{contact.contact_id}"
    messages: list[dict[str, Any]] = []
    for said in contact.said:
        message: dict[str, Any] = {
            "message_id": f"m{said.place}",
            "at": iso(said.at),
            "speaker": said.speaker.value,
            "text": said.text,
        }
        if said.agent is not None:
            message["agent_id"] = f"{person.language}-{said.agent}"
        if said.sentiment is not None:
            message["sentiment"] = said.sentiment
        messages.append(message)
    events: list[dict[str, Any]] = []
    for number, happened in enumerate(contact.happened):
        event: dict[str, Any] = {
            "event_id": f"e{number}",
            "at": iso(happened.at),
            "kind": happened.kind.value,
            "actor": happened.actor.value,
        }
        if happened.agent is not None:
            event["agent_id"] = f"{person.language}-{happened.agent}"
        if happened.value is not None:
            event["value"] = happened.value
        events.append(event)
    payload = line(
        {
            "conversation_id": conversation,
            "channel": contact.channel.value,
            "started_at": iso(contact.opened_at),
            "country": country or person.country.code,
            "language": person.language,
            "locale": f"{person.language}-{country or person.country.code}",
            "local_zone": person.country.time_zone,
            "visitor": visitor,
            "messages": messages,
            "events": events,
        }
    )
    told = [
        Told(
            said,
            f"{conversation}:m{said.place}",
            said.text,
            said.spans,
            said.speaker,
            agent=said.agent,
        )
        for said in contact.said
    ]
    at = max([contact.said[-1].at, *(happened.at for happened in contact.happened)])
    return [Delivery("web_chat", at, payload, handles, conversation, told, contact.happened)]
