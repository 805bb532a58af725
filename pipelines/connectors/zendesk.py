"""Zendesk tickets: one item per ticket, with its comments, its people, and its history.

An item is the JSON object

``{"ticket": {…}, "comments": [{…}], "users": [{…}], "field_history": [{…}],
"satisfaction_rating": {…}, "tags": [...], "chat_events": [{…}]}``

with the fields of Zendesk's API (or of its exports, where those differ: ``created`` for
``created_at``, ``user_id`` for ``author_id``). A file holds one such object a line, or is a page of
the incremental export (``{"tickets": [...], "users": [...], "comments": [...]}``), or is a folder
of tables as CSV (`pipelines.connectors.zendesk_tables`).

A ticket grows, so its version is part of its identity; comments and events keep theirs.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from pipelines.connectors import wire
from pipelines.connectors.connector import Malformed, SourceFile
from pipelines.connectors.documents import Document, documents
from pipelines.connectors.zendesk_tables import bundles, tables_of
from privacy.errors import WireFormatError
from privacy.records.canonical import (
    Channel,
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

_CHANNELS = {
    "email": Channel.EMAIL,
    "web": Channel.HELP_DESK,
    "api": Channel.HELP_DESK,
    "chat": Channel.WEB_CHAT,
    "native_messaging": Channel.WEB_CHAT,
    "web_messaging": Channel.WEB_CHAT,
    "voice": Channel.PHONE,
    "phone": Channel.PHONE,
    "sms": Channel.SMS,
    "mobile": Channel.APP,
    "mobile_sdk": Channel.APP,
    "whatsapp": Channel.WHATSAPP,
    "instagram_dm": Channel.INSTAGRAM,
    "wechat": Channel.WECHAT,
}
_STAFF = frozenset({"agent", "admin"})
_SCORES = {"good": "5", "bad": "1", "goodwithcomment": "5", "badwithcomment": "1"}
_REASON_FIELDS = frozenset({"reason", "contact_reason", "ticket_reason", "custom_reason"})
_ENDS = {"solved": EventKind.SOLVED, "closed": EventKind.CLOSED}


_DATED = {
    "comments": ("created_at", "created"),
    "chat_events": ("created_at",),
    "field_history": ("updated", "updated_at"),
}


class Zendesk:
    """Tickets as JSON Lines, as an incremental export, or as tables."""

    name = "zendesk"
    channel = Channel.HELP_DESK
    title = "Zendesk export"

    def recognises(self, name: str, head: bytes) -> bool:
        """Look for a ticket object, or a page of them."""
        if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
            return False
        is_line = b'"ticket"' in head and (b'"comments"' in head or b'"requester_id"' in head)
        return is_line or (b'"tickets"' in head and b'"requester_id"' in head)

    def gathers(self, heads: Mapping[str, bytes]) -> frozenset[str]:
        """Take the tables of a folder that has a ticket table of Zendesk's."""
        return frozenset(tables_of(heads).values())

    def items(self, file: SourceFile) -> Iterator[Item | Malformed]:
        """Yield one item per ticket."""
        if file.members:
            for bundle in bundles(file):
                yield _item(bundle, f"{file.name}#{bundle['ticket'].get('id')}")
            return
        for document in documents(file):
            if isinstance(document, Malformed):
                yield document
                continue
            for part in _bundles_of(document):
                yield part if isinstance(part, Malformed) else _item(part.value, part.place)

    def parse(self, payload: bytes) -> Parsed:
        """Read one ticket."""
        bundle = wire.mapping(wire.load_json(payload), "item")
        ticket = wire.mapping(bundle.get("ticket"), "ticket")
        if set(ticket) <= {"id"}:
            raise WireFormatError("ticket has only an id: its row is missing from the export")
        reader = _Ticket(bundle, ticket)
        records: list[Record] = [*reader.comments(), *reader.chat(), *reader.events()]
        return Parsed(tuple(records), reader.hints())

    def trimmed(self, payload: bytes, until: datetime) -> bytes:
        """Leave out comments, chat, changes and rating up to an instant, and what is not dated."""
        bundle = dict(wire.mapping(wire.load_json(payload), "item"))
        ticket = dict(wire.mapping(bundle.get("ticket"), "ticket"))
        for name in ("subject", "description", "tags", "custom_fields", "satisfaction_rating"):
            ticket.pop(name, None)
        bundle.pop("tags", None)
        for name, fields in _DATED.items():
            bundle[name] = [
                entry
                for i, entry in enumerate(wire.sequence(bundle.get(name), name))
                if _first_instant(wire.mapping(entry, f"{name}[{i}]"), fields, name) > until
            ]
        rating = wire.optional_mapping(bundle.get("satisfaction_rating"), "satisfaction_rating")
        if not rating or _first_instant(rating, _DATED["comments"], "satisfaction_rating") <= until:
            bundle.pop("satisfaction_rating", None)
        return wire.dump_json({**bundle, "ticket": ticket, "trimmed_until": until.isoformat()})


def _first_instant(entry: Mapping[str, Any], fields: tuple[str, ...], place: str) -> datetime:
    """Give an entry's instant, under whichever of its names the export has it."""
    written = next((entry[field] for field in fields if entry.get(field)), None)
    return wire.instant(written, f"{place}.{fields[0]}")


def _item(bundle: Any, place: str) -> Item | Malformed:
    payload = wire.dump_json(bundle)
    try:
        ticket = wire.mapping(wire.mapping(bundle, "item").get("ticket"), "ticket")
        ticket_id = wire.identifier(ticket.get("id"), "ticket.id")
    except WireFormatError as error:
        return Malformed(place, payload, str(error))
    return Item(f"{ticket_id}@{ticket.get('updated_at') or ''}", payload, place)


def _bundles_of(document: Document) -> Iterator[Document | Malformed]:
    """Give a document's tickets with what of the page belongs to each."""
    page = document.value
    if not isinstance(page, dict) or "tickets" not in page:
        yield document
        return
    try:
        tickets = wire.sequence(page["tickets"], "tickets")
        users = {
            str(user.get("id")): user
            for user in wire.sequence(page.get("users"), "users")
            if isinstance(user, dict)
        }
        comments = defaultdict(list)
        for comment in wire.sequence(page.get("comments"), "comments"):
            if isinstance(comment, dict):
                comments[str(comment.get("ticket_id"))].append(comment)
    except WireFormatError as error:
        yield Malformed(document.place, wire.dump_json(page), str(error))
        return
    for position, ticket in enumerate(tickets):
        place = f"{document.place}.tickets[{position}]"
        if not isinstance(ticket, dict):
            yield Malformed(place, wire.dump_json(ticket), "ticket is not an object")
            continue
        said = comments.get(str(ticket.get("id")), [])
        named = {
            str(ticket.get(field)) for field in ("requester_id", "submitter_id", "assignee_id")
        }
        named |= {str(comment.get("author_id")) for comment in said}
        bundle = {
            "ticket": ticket,
            "comments": said,
            "users": [users[user] for user in sorted(named) if user in users],
        }
        yield Document(place, bundle)


class _Ticket:
    """One ticket, and who is who in it."""

    def __init__(self, bundle: Mapping[str, Any], ticket: Mapping[str, Any]) -> None:
        self._bundle = bundle
        self._ticket = ticket
        self.ticket_id = wire.identifier(ticket.get("id"), "ticket.id")
        self._users = {}
        for i, user in enumerate(wire.sequence(bundle.get("users"), "users")):
            user = wire.mapping(user, f"users[{i}]")
            self._users[wire.identifier(user.get("id"), f"users[{i}].id")] = user
        self._requester = wire.optional_identifier(
            ticket.get("requester_id"), "ticket.requester_id"
        )
        via = wire.optional_mapping(ticket.get("via"), "ticket.via")
        named = ticket.get("via_channel") or via.get("channel")
        self.channel = _CHANNELS.get(str(named), Channel.HELP_DESK)
        self.customer = self._person(self._requester) if self._requester else None

    def _person(self, user_id: str) -> Participant:
        user = self._users.get(user_id, {})
        place = f"users[{user_id[:40]}]" if user_id.isdigit() else "users"
        handles = wire.handles(
            {**user, "customer_number": user.get("external_id")},
            (HandleKind.EMAIL, HandleKind.PHONE, HandleKind.CUSTOMER_NUMBER),
            place,
        )
        handles.append(Handle(HandleKind.VENDOR_USER, user_id, "zendesk"))
        fields = wire.optional_mapping(user.get("user_fields"), f"{place}.user_fields")
        return Participant(
            tuple(handles),
            name=wire.optional_text(user.get("name"), f"{place}.name"),
            country=wire.country(fields.get("country") or user.get("country")),
            locale=wire.locale(user.get("locale")),
        )

    def hints(self) -> RoutingHints:
        """Give what routes the ticket: its requester."""
        if self.customer is None:
            return RoutingHints()
        person = self.customer
        return RoutingHints(
            countries=(person.country,) if person.country else (),
            phones=tuple(
                handle.value
                for handle in person.handles
                if handle.kind is HandleKind.PHONE and handle.value.startswith(("+", "00"))
            ),
            locales=(person.locale,) if person.locale else (),
        )

    def _role(self, user_id: str | None) -> Role:
        if user_id is None:
            return Role.SYSTEM
        role = str(self._users.get(user_id, {}).get("role"))
        if user_id == self._requester and role not in _STAFF:
            return Role.CUSTOMER
        return Role.CUSTOMER if role == "end-user" else Role.AGENT

    def _interaction(
        self, key: str, author: str | None, at: datetime, text: str, **more: Any
    ) -> Interaction:
        role = more.pop("role", None) or self._role(author)
        is_public = more.pop("is_public", True)
        direction = Direction.INBOUND if role is Role.CUSTOMER else Direction.OUTBOUND
        customer = self.customer
        is_someone_else = role is Role.CUSTOMER and author is not None and author != self._requester
        if is_someone_else and author is not None:
            customer = self._person(author)
        return Interaction(
            vendor_id=key,
            thread_vendor_id=self.ticket_id,
            channel=more.pop("channel", self.channel),
            direction=direction if is_public else Direction.INTERNAL,
            speaker=role,
            occurred_at=at,
            text=text,
            customer=customer,
            agent_vendor_id=author if role is Role.AGENT else None,
            others=self._others(customer),
            **more,
        )

    def _others(self, customer: Participant | None) -> tuple[Participant, ...]:
        people = (self._person(user_id) for user_id in self._users)
        return tuple(person for person in people if person != customer)

    def comments(self) -> Iterator[Record]:
        """Yield the comments; the description where the export has no comment."""
        subject = wire.optional_text(self._ticket.get("subject"), "ticket.subject") or ""
        comments = wire.sequence(self._bundle.get("comments"), "comments")
        for i, comment in enumerate(comments):
            place = f"comments[{i}]"
            comment = wire.mapping(comment, place)
            author = wire.optional_identifier(
                comment.get("author_id", comment.get("user_id")), f"{place}.author_id"
            )
            written = comment.get("created_at", comment.get("created"))
            body = comment.get("plain_body") or comment.get("body") or ""
            attachments = wire.sequence(comment.get("attachments"), f"{place}.attachments")
            yield self._interaction(
                f"comment:{wire.identifier(comment.get('id'), f'{place}.id')}",
                author,
                wire.instant(written, f"{place}.created_at"),
                wire.text(body, f"{place}.body"),
                subject_line=subject if i == 0 else "",
                is_public=comment.get("public", True) not in (False, "false", "FALSE"),
                local_zone=wire.offset_of(written),
                count_attachments=len(attachments),
            )
        if not comments:
            description = wire.optional_text(self._ticket.get("description"), "ticket.description")
            if description or subject:
                yield self._interaction(
                    f"ticket:{self.ticket_id}:description",
                    wire.optional_identifier(
                        self._ticket.get("submitter_id") or self._requester, "ticket.submitter_id"
                    ),
                    wire.instant(self._ticket.get("created_at"), "ticket.created_at"),
                    description or "",
                    subject_line=subject,
                )

    def chat(self) -> Iterator[Record]:
        """Yield the messages of the chat that the ticket came from."""
        for i, event in enumerate(wire.sequence(self._bundle.get("chat_events"), "chat_events")):
            place = f"chat_events[{i}]"
            event = wire.mapping(event, place)
            message = wire.optional_text(event.get("message"), f"{place}.message")
            if event.get("type") != "ChatMessage" or not message:
                continue
            given = wire.optional_identifier(event.get("actor_id"), f"{place}.actor_id")
            actor = (given or "").removeprefix("agent:")
            is_machine = not actor or actor.startswith("__")
            at = wire.instant(event.get("created_at"), f"{place}.created_at")
            chat_id = wire.identifier(event.get("chat_id"), f"{place}.chat_id")
            position = wire.optional_identifier(event.get("chat_index"), f"{place}.chat_index")
            yield self._interaction(
                f"chat:{chat_id}:{at.isoformat()}:{position or ''}",
                None if is_machine else actor,
                at,
                message,
                channel=Channel.WEB_CHAT,
                role=Role.BOT if is_machine else None,
            )

    # --- events ----------------------------------------------------------------------------------

    def _event(
        self, key: str, kind: EventKind, at: datetime, user: str | None, value: str | None = None
    ) -> ThreadEvent:
        actor = self._role(user)
        return ThreadEvent(
            vendor_id=f"ticket:{self.ticket_id}:{key}",
            thread_vendor_id=self.ticket_id,
            channel=self.channel,
            kind=kind,
            occurred_at=at,
            actor=actor,
            customer=self.customer,
            agent_vendor_id=user if actor is Role.AGENT else None,
            value=value,
        )

    def events(self) -> Iterator[Record]:
        """Yield what happened to the ticket, oldest first as the export has it."""
        ticket = self._ticket
        created_at = wire.instant(ticket.get("created_at"), "ticket.created_at")
        until = self._bundle.get("trimmed_until")
        if until is None or created_at > wire.instant(until, "trimmed_until"):
            yield self._event("opened", EventKind.OPENED, created_at, self._requester)
        history = wire.sequence(self._bundle.get("field_history"), "field_history")
        seen: dict[str, str] = {}
        for i, change in enumerate(history):
            yield from self._change(wire.mapping(change, f"field_history[{i}]"), i, seen)
        updated_at = (
            wire.instant(ticket["updated_at"], "ticket.updated_at")
            if ticket.get("updated_at")
            else created_at
        )
        status = ticket.get("status")
        if "status" not in seen and isinstance(status, str) and status in _ENDS:
            yield self._event(f"status:{status}", _ENDS[status], updated_at, None, status)
        if not {"tags", "reason"} & seen.keys():
            yield from self._reasons(updated_at)
        yield from self._rating(updated_at)

    def _change(
        self, change: Mapping[str, Any], position: int, seen: dict[str, str]
    ) -> Iterator[Record]:
        place = f"field_history[{position}]"
        field = wire.code(change.get("field_name"), f"{place}.field_name")
        value = wire.optional_text(change.get("value"), f"{place}.value")
        written = change.get("updated", change.get("updated_at"))
        at = wire.instant(written, f"{place}.updated")
        user = wire.optional_identifier(change.get("user_id"), f"{place}.user_id")
        before, seen[field] = seen.get(field), value or ""
        key = f"{field}:{at.isoformat()}:{value or ''}"
        if value is None:
            return
        match field:
            case "status":
                state = wire.code(value, f"{place}.value")
                if state in _ENDS:
                    kind = _ENDS[state]
                elif before in _ENDS:
                    kind = EventKind.REOPENED
                else:
                    kind = EventKind.STATUS_CHANGED
                yield self._event(key, kind, at, user, state)
            case "assignee_id" | "group_id":
                kind = EventKind.TRANSFERRED if before else EventKind.ASSIGNED
                queue = wire.code(value, f"{place}.value") if field == "group_id" else None
                yield self._event(key, kind, at, user, queue)
            case "satisfaction_score" | "satisfaction_rating":
                if score := _score(value):
                    yield self._event(key, EventKind.RATED, at, self._requester, score)
            case "tags":
                added = set(value.replace(",", " ").split()) - set((before or "").split())
                for tag in sorted(added):
                    yield from self._tag(tag, f"tag:{tag}", at, user, place)
            case _ if field in _REASON_FIELDS:
                seen["reason"] = value
                yield self._event(key, EventKind.REASON_SET, at, user, wire.code(value, place))

    def _tag(
        self, tag: str, key: str, at: datetime, user: str | None, place: str
    ) -> Iterator[Record]:
        if tag.startswith("reason:"):
            reason = wire.code(tag.removeprefix("reason:"), f"{place}.tag")
            yield self._event(key, EventKind.REASON_SET, at, user, reason)
        elif tag == "escalated":
            yield self._event(key, EventKind.ESCALATED, at, user)

    def _reasons(self, at: datetime) -> Iterator[Record]:
        """Yield the reason the ticket has now, where no history says when it was set."""
        given = self._ticket.get("tags") or self._bundle.get("tags")
        for i, tag in enumerate(sorted(set(map(str, wire.sequence(given, "ticket.tags"))))):
            yield from self._tag(tag, f"tag:{tag}", at, None, f"ticket.tags[{i}]")
        fields = wire.sequence(self._ticket.get("custom_fields"), "ticket.custom_fields")
        for i, field in enumerate(fields):
            place = f"ticket.custom_fields[{i}]"
            field = wire.mapping(field, place)
            if field.get("name") in _REASON_FIELDS and field.get("value"):
                reason = wire.code(field["value"], f"{place}.value")
                yield self._event(f"reason:{reason}", EventKind.REASON_SET, at, None, reason)

    def _rating(self, at: datetime) -> Iterator[Record]:
        given = self._bundle.get("satisfaction_rating") or self._ticket.get("satisfaction_rating")
        rating = wire.optional_mapping(given, "satisfaction_rating")
        score = _score(rating.get("score"))
        if score is None:
            return
        written = rating.get("updated_at") or rating.get("created_at")
        at = wire.instant(written, "satisfaction_rating.created_at") if written else at
        rating_id = wire.optional_identifier(rating.get("id"), "satisfaction_rating.id")
        yield self._event(f"rating:{rating_id or ''}", EventKind.RATED, at, self._requester, score)
        comment = wire.optional_text(rating.get("comment"), "satisfaction_rating.comment")
        if comment:
            yield self._interaction(
                f"rating:{self.ticket_id}:{rating_id or ''}", self._requester, at, comment
            )


def _score(value: Any) -> str | None:
    """Give a rating from 1 to 5: Zendesk's ``good`` and ``bad``, or a number of stars."""
    text = str(value).casefold() if value is not None else ""
    return text if text in {"1", "2", "3", "4", "5"} else _SCORES.get(text)
