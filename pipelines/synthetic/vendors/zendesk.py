"""Zendesk tickets, one a line: the ticket, its comments, its people, and its history."""

from random import Random
from typing import Any

from pipelines.synthetic.calendar import iso
from pipelines.synthetic.contacts import Contact, Happened, Said, agent_name
from pipelines.synthetic.people import Person
from pipelines.synthetic.vendors.email import DOMAIN
from pipelines.synthetic.vendors.wire import Delivery, Told, line
from privacy.records.canonical import EventKind, Handle, HandleKind, Role

_GROUPS = {"first": "360000000001", "second": "360000000002"}
_AGENTS_FROM = 800_000_000_000


def deliveries(contact: Contact, rng: Random) -> list[Delivery]:
    """Write a contact: one item, or two where the ticket was exported while it was open."""
    person = contact.person
    ticket_id = contact.number + 1
    requester, handles = _requester(person, rng)
    comments: list[dict[str, Any]] = []
    told: list[Told] = []
    agents = {happened.agent for happened in contact.happened if happened.agent is not None}
    for said in contact.said:
        if said.agent is not None:
            agents.add(said.agent)
        comments.append(_comment(said, ticket_id, person))
        key = f"comment:{ticket_id * 100 + said.place}"
        author = None if said.speaker is Role.CUSTOMER else said.agent or 0
        told.append(Told(said, key, said.text, said.spans, said.speaker, agent=author))
    history, happened = _history(contact)
    updated_at = max(contact.said[-1].at, contact.happened[-1].at)
    item: dict[str, Any] = {
        "ticket": {
            "id": ticket_id,
            "requester_id": person.zendesk_id,
            "submitter_id": person.zendesk_id,
            "subject": contact.said[0].subject,
            "description": contact.said[0].text,
            "status": "solved" if contact.is_solved else "open",
            "priority": "high" if contact.is_escalated else "normal",
            "via": {"channel": "web"},
            "created_at": iso(contact.opened_at),
            "updated_at": iso(updated_at),
        },
        "comments": comments,
        "users": [requester, *(_agent(person, agent) for agent in sorted(agents))],
        "field_history": history,
    }
    if contact.rating is not None:
        stars = contact.rating
        item["satisfaction_rating"] = {
            "id": ticket_id * 10,
            "score": "good" if stars >= 4 else "bad",
            "created_at": iso(contact.happened[-1].at),
        }
        contact.rating = 5 if stars >= 4 else 1
        happened[-1] = Happened(
            contact.happened[-1].at, EventKind.RATED, Role.CUSTOMER, None, str(contact.rating)
        )
    found = [Delivery("zendesk", updated_at, line(item), handles, str(ticket_id), told, happened)]
    if len(comments) > 2 and rng.random() < 0.1:
        found.insert(0, _earlier(item, comments[1]["created_at"], contact.said[1].at, handles))
    return found


def _earlier(
    item: dict[str, Any], updated_at: str, at: int, handles: tuple[Handle, ...]
) -> Delivery:
    """Write a ticket as an export saw it when it was young: it is delivered again, grown."""
    ticket = {**item["ticket"], "status": "open", "updated_at": updated_at}
    young = {
        **item,
        "ticket": ticket,
        "comments": [each for each in item["comments"] if each["created_at"] <= updated_at],
        "field_history": [each for each in item["field_history"] if each["updated"] <= updated_at],
    }
    young.pop("satisfaction_rating", None)
    return Delivery("zendesk", at, line(young), handles, str(ticket["id"]))


def _requester(person: Person, rng: Random) -> tuple[dict[str, Any], tuple[Handle, ...]]:
    user: dict[str, Any] = {
        "id": person.zendesk_id,
        "name": person.full,
        "role": "end-user",
        "locale": f"{person.language}-{person.country.code}",
        "user_fields": {"country": person.country.code},
        "email": person.email,
    }
    handles = [Handle(HandleKind.EMAIL, person.email)]
    if rng.random() < 0.45:
        user["phone"] = person.phone
        handles.append(Handle(HandleKind.PHONE, person.phone))
    if rng.random() < 0.3:
        user["external_id"] = person.customer_number
        handles.append(Handle(HandleKind.CUSTOMER_NUMBER, person.customer_number, "customer"))
    handles.append(Handle(HandleKind.VENDOR_USER, str(person.zendesk_id), "zendesk"))
    return user, tuple(handles)


def _agent_id(person: Person, agent: int) -> int:
    return _AGENTS_FROM + sum(map(ord, person.language)) * 100 + agent


def _agent(person: Person, agent: int) -> dict[str, Any]:
    name = agent_name(person, agent)
    return {
        "id": _agent_id(person, agent),
        "name": name,
        "role": "agent",
        "email": f"{person.language}{agent}@{DOMAIN}",
    }


def _comment(said: Said, ticket_id: int, person: Person) -> dict[str, Any]:
    author = person.zendesk_id
    if said.speaker is not Role.CUSTOMER:
        author = _agent_id(person, said.agent or 0)
    return {
        "id": ticket_id * 100 + said.place,
        "author_id": author,
        "plain_body": said.text,
        "public": not said.is_internal,
        "created_at": iso(said.at),
    }


def _history(contact: Contact) -> tuple[list[dict[str, Any]], list[Happened]]:
    """Give the ticket's field history, and what a reader is to make of it."""
    history: list[dict[str, Any]] = []
    happened: list[Happened] = []

    def change(field: str, value: str, given: Happened) -> None:
        user = _agent_id(contact.person, given.agent) if given.agent is not None else None
        if given.actor is Role.CUSTOMER:
            user = contact.person.zendesk_id
        history.append(
            {"field_name": field, "value": value, "updated": iso(given.at), "user_id": user}
        )

    for given in contact.happened:
        match given.kind:
            case EventKind.ASSIGNED:
                change("status", "open", given)
                change("assignee_id", str(_agent_id(contact.person, given.agent or 0)), given)
            case EventKind.TRANSFERRED:
                change("assignee_id", str(_agent_id(contact.person, given.agent or 0)), given)
            case EventKind.REASON_SET:
                change("reason", given.value or "", given)
            case EventKind.ESCALATED:
                change("tags", "escalated", given)
            case EventKind.SOLVED:
                change("status", "solved", given)
            case EventKind.REOPENED:
                change("status", "open", given)
            case _:
                pass
        happened.append(given)
    return history, happened
