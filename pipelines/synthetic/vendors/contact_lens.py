"""Calls: Amazon Connect's contact record joined with its Contact Lens analysis, one a line."""

from random import Random
from typing import Any

from pipelines.synthetic.calendar import iso
from pipelines.synthetic.contacts import Contact, Said
from pipelines.synthetic.vendors.wire import Delivery, Told, line
from privacy.records.canonical import EventKind, Handle, HandleKind, Role

_ACCOUNT = "arn:aws:connect:eu-central-1:000000000000:instance/retail"


def deliveries(contact: Contact, rng: Random) -> list[Delivery]:
    """Write a call: one item."""
    person = contact.person
    contact_id = f"call-{contact.contact_id}"
    handles = [Handle(HandleKind.PHONE, person.phone)]
    attributes: dict[str, str] = {
        "country": person.country.code,
        "locale": f"{person.language}-{person.country.code}",
        "name": person.full,
        "reason": contact.reason,
    }
    if rng.random() < 0.25:
        attributes["loyalty_card"] = person.loyalty
        handles.append(Handle(HandleKind.LOYALTY_CARD, person.loyalty, "loyalty"))
    if rng.random() < 0.15:
        attributes["customer_number"] = person.customer_number
        handles.append(Handle(HandleKind.CUSTOMER_NUMBER, person.customer_number, "customer"))
    if contact.rating is not None:
        attributes["rating"] = str(contact.rating)
    if contact.is_escalated:
        attributes["escalated"] = "true"
    if contact.is_solved:
        attributes["solved"] = "true"
    ended_at = contact.happened[-1].at
    start = contact.said[0].at
    agent = contact.said[0].agent or 0
    record: dict[str, Any] = {
        "AWSContactTraceRecordFormatVersion": "2017-03-10",
        "ContactId": contact_id,
        "Channel": "VOICE",
        "InitiationMethod": "INBOUND",
        "InitiationTimestamp": iso(contact.opened_at),
        "ConnectedToSystemTimestamp": iso(start),
        "DisconnectTimestamp": iso(ended_at),
        "LastUpdateTimestamp": iso(ended_at + 60),
        "CustomerEndpoint": {"Type": "TELEPHONE_NUMBER", "Address": person.phone},
        "Queue": {"Name": "care", "EnqueueTimestamp": iso(contact.opened_at)},
        "Agent": {
            "Username": f"{person.language}-{agent}",
            "ARN": f"{_ACCOUNT}/agent/{person.language}-{agent}",
            "ConnectedToAgentTimestamp": iso(start),
            "AgentInteractionDuration": ended_at - start,
        },
        "Attributes": attributes,
    }
    moved_at = [given.at for given in contact.happened if given.kind is EventKind.TRANSFERRED]
    if moved_at:
        record["TransferCompletedTimestamp"] = iso(moved_at[0])
    analysis = {
        "Version": "VOICE-2022-11-30",
        "Channel": "VOICE",
        "ContentMetadata": {"Output": "Raw"},
        "CustomerMetadata": {"ContactId": contact_id},
        "JobStatus": "COMPLETED",
        "LanguageCode": f"{person.language}-{person.country.code}",
        "Participants": [
            {"ParticipantId": "CUSTOMER", "ParticipantRole": "CUSTOMER"},
            {"ParticipantId": "AGENT", "ParticipantRole": "AGENT"},
        ],
        "Categories": {"MatchedCategories": [contact.reason], "MatchedDetails": {}},
        "Transcript": [_turn(said, start) for said in contact.said],
    }
    payload = line({"ContactTraceRecord": record, "ContactLens": analysis})
    told = [
        Told(
            said,
            f"{contact_id}:{said.place}",
            said.text,
            said.spans,
            said.speaker,
            agent=agent if said.speaker is Role.AGENT else None,
        )
        for said in contact.said
    ]
    return [
        Delivery(
            "contact_lens", ended_at, payload, tuple(handles), contact_id, told, contact.happened
        )
    ]


def _turn(said: Said, start: int) -> dict[str, Any]:
    begin = (said.at - start) * 1000
    mood = said.sentiment or 0.0
    is_customer = said.speaker is Role.CUSTOMER
    return {
        "BeginOffsetMillis": begin,
        "EndOffsetMillis": begin + round((said.duration or 0.0) * 1000),
        "Id": f"turn-{said.place}",
        "ParticipantId": "CUSTOMER" if is_customer else "AGENT",
        "Content": said.text,
        "Sentiment": "POSITIVE" if mood > 0.25 else "NEGATIVE" if mood < -0.25 else "NEUTRAL",
    }
