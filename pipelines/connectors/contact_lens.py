"""Amazon Connect: contact records, contact events, and Contact Lens analyses of calls and chats.

===========================  ====================================================================
document                     becomes
===========================  ====================================================================
analysis (``Transcript``)    Interaction per turn; ThreadEvents for who joined, left, ended
contact record               ThreadEvents: opened, assigned, transferred, closed; rating, reason
contact event                ThreadEvent
Lambda event of a flow       ThreadEvent, undated
joined                       ``{"ContactTraceRecord": …, "ContactLens": …}``: both, the analysis'
                             turns with the record's customer and start
===========================  ====================================================================

An analysis alone names no customer, and a call's turns are offsets from a start it does not give:
its turns are undated then (`connector.UNDATED`). Documents are files, lines, or fenced blocks of a
Markdown file. Attributes of a contact that name a handle (``email``, ``phone``, ``loyalty_card``,
``customer_number``), ``country``, ``locale``, ``reason`` and ``rating`` are read.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

from pipelines.connectors import wire
from pipelines.connectors.connector import (
    ITEM_LIMIT_BYTES,
    UNDATED,
    Malformed,
    SourceFile,
)
from pipelines.connectors.documents import Document, documents
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
    "VOICE": Channel.PHONE,
    "TELEPHONY": Channel.PHONE,
    "CHAT": Channel.WEB_CHAT,
    "TASK": Channel.HELP_DESK,
    "EMAIL": Channel.EMAIL,
}
_ROLES = {
    "CUSTOMER": Role.CUSTOMER,
    "AGENT": Role.AGENT,
    "SUPERVISOR": Role.AGENT,
    "SYSTEM": Role.SYSTEM,
    "CUSTOM_BOT": Role.BOT,
}
_SENTIMENTS = {"POSITIVE": 1.0, "NEUTRAL": 0.0, "MIXED": 0.0, "NEGATIVE": -1.0}
_EVENTS = {
    "INITIATED": EventKind.OPENED,
    "QUEUED": EventKind.STATUS_CHANGED,
    "CONNECTED_TO_SYSTEM": EventKind.STATUS_CHANGED,
    "CONNECTED_TO_AGENT": EventKind.ASSIGNED,
    "DISCONNECTED": EventKind.CLOSED,
    "COMPLETED": EventKind.CLOSED,
}
_ATTRIBUTE_HANDLES = (
    HandleKind.EMAIL,
    HandleKind.PHONE,
    HandleKind.LOYALTY_CARD,
    HandleKind.CUSTOMER_NUMBER,
)
_MARKS = (
    b'"ContactTraceRecord"',
    b'"ContactFlowExecution"',
    b'"AWSContactTraceRecordFormatVersion"',
    b"Amazon Connect Contact Event",
    b'"CustomerEndpoint"',
)
_FENCE = re.compile(r"^```[A-Za-z]*[ \t]*\r?\n(.*?)^```", re.MULTILINE | re.DOTALL)
_TELLING_KEYS = frozenset(
    {"Transcript", "ContactId", "contactId", "detail", "Details", "ContactTraceRecord"}
)


class ContactLens:
    """Amazon Connect's documents, as files, JSON Lines, or fenced in Markdown."""

    name = "contact_lens"
    channel = Channel.PHONE
    title = "Amazon Connect with Contact Lens"

    def recognises(self, name: str, head: bytes) -> bool:
        """Look for fields of Connect, or a Markdown file that speaks of it."""
        if name.lower().endswith(".md"):
            return b"Contact Lens" in head or b"Amazon Connect" in head or b"contact-lens" in head
        if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
            return False
        is_analysis = b'"Channel"' in head and (
            b'"Transcript"' in head or b'"Categories"' in head or b'"ContentMetadata"' in head
        )
        is_event = b'"eventType"' in head and b'"contactId"' in head
        return is_analysis or is_event or any(mark in head for mark in _MARKS)

    def items(self, file: SourceFile) -> Iterator[Item | Malformed]:
        """Yield one item per document."""
        is_markdown = file.name.lower().endswith(".md")
        for document in _fenced(file) if is_markdown else documents(file):
            if isinstance(document, Malformed):
                yield document
                continue
            payload = wire.dump_json(document.value)
            try:
                vendor_id = _vendor_id(wire.mapping(document.value, "document"))
            except WireFormatError as error:
                yield Malformed(document.place, payload, str(error))
            else:
                yield Item(vendor_id, payload, document.place)

    def parse(self, payload: bytes) -> Parsed:
        """Read one document."""
        document = wire.mapping(wire.load_json(payload), "document")
        if "ContactTraceRecord" in document:
            record = wire.mapping(document["ContactTraceRecord"], "ContactTraceRecord")
            contact = _Contact(record)
            records = _of_record(record, contact)
            if document.get("ContactLens") is not None:
                analysis = wire.mapping(document["ContactLens"], "ContactLens")
                records += _of_analysis(analysis, contact, payload)
        elif "Transcript" in document:
            contact = _Contact({})
            records = _of_analysis(document, contact, payload)
        elif "Details" in document:
            details = wire.mapping(document["Details"], "Details")
            data = wire.mapping(details.get("ContactData"), "Details.ContactData")
            contact = _Contact(data)
            records = [contact.event("opened", EventKind.OPENED, UNDATED, Role.CUSTOMER)]
        elif "ContactId" in document:
            contact = _Contact(document)
            records = _of_record(document, contact)
        else:
            contact, records = _of_event(document)
        return Parsed(tuple(records), contact.hints)


# --- documents -----------------------------------------------------------------------------------


def _fenced(file: SourceFile) -> Iterator[Document | Malformed]:
    with closing(file.open()) as stream:
        content = stream.read(ITEM_LIMIT_BYTES + 1)
    if len(content) > ITEM_LIMIT_BYTES:
        raise WireFormatError(f"file is larger than {ITEM_LIMIT_BYTES} bytes")
    count = 0
    for position, match in enumerate(_FENCE.finditer(content.decode(errors="replace"))):
        block = match[1].strip()
        if not block.startswith("{"):
            continue
        count += 1
        place = f"{file.name}#{position}"
        # Documentation closes a brace too many here and there.
        for trimmed in (block, block.rstrip("} \t\r\n") + "}"):
            value = _balanced(trimmed)
            if value is not None:
                yield Document(place, value)
                break
        else:
            yield Malformed(place, block.encode(), "fenced block is not JSON")
    if not count:
        yield Malformed(file.name, content[:65536], "file holds no fenced JSON")


def _balanced(block: str) -> Any:
    """Read a block, or its longest start that is whole where only closing braces follow."""
    for end in range(len(block), max(len(block) - 40, 0), -1):
        if block[end:].strip("} \t\r\n"):
            break
        try:
            return wire.load_json(block[:end].encode())
        except WireFormatError:
            continue
    return None


def _vendor_id(document: Mapping[str, Any]) -> str | None:
    if "ContactTraceRecord" in document:
        record = wire.mapping(document["ContactTraceRecord"], "ContactTraceRecord")
        return f"joined:{_record_id(record)}"
    if "Transcript" in document:
        contact = _analysed_contact(document)
        output = wire.optional_mapping(document.get("ContentMetadata"), "ContentMetadata")
        return f"analysis:{contact}:{output.get('Output', 'Raw')}" if contact else None
    if "Details" in document or not _TELLING_KEYS & document.keys():
        return None
    if "ContactId" in document:
        return f"record:{_record_id(document)}"
    detail = document.get("detail", document)
    if isinstance(detail, dict) and isinstance(detail.get("contactId"), str):
        return f"event:{detail['contactId']}:{detail.get('eventType')}:{document.get('id', '')}"
    return None


def _record_id(record: Mapping[str, Any]) -> str:
    contact = wire.identifier(record.get("ContactId"), "ContactId")
    return f"{contact}@{record.get('LastUpdateTimestamp') or ''}"


def _analysed_contact(analysis: Mapping[str, Any]) -> str | None:
    customer = wire.optional_mapping(analysis.get("CustomerMetadata"), "CustomerMetadata")
    return wire.optional_identifier(customer.get("ContactId"), "CustomerMetadata.ContactId")


# --- a contact -----------------------------------------------------------------------------------


class _Contact:
    """What a contact record, or the part of it in an event, says of the contact as a whole."""

    def __init__(self, record: Mapping[str, Any]) -> None:
        self.contact_id = wire.optional_identifier(record.get("ContactId"), "ContactId") or ""
        self.channel = _channel(record.get("Channel"))
        self.method = str(record.get("InitiationMethod") or "INBOUND")
        attributes = wire.optional_mapping(record.get("Attributes"), "Attributes")
        self.attributes = {
            key.casefold(): value
            for key, value in attributes.items()
            if isinstance(value, str | int)
        }
        handles = _endpoint(record) + wire.handles(
            self.attributes, _ATTRIBUTE_HANDLES, "Attributes"
        )
        self.country = wire.country(self.attributes.get("country"))
        self.locale = wire.locale(self.attributes.get("locale"))
        name = self.attributes.get("name") or self.attributes.get("customer_name")
        self.customer = (
            Participant(
                tuple(dict.fromkeys(handles)),
                name=wire.scrub(name) if isinstance(name, str) else None,
                country=self.country,
                locale=self.locale,
            )
            if handles
            else None
        )
        agent = wire.optional_mapping(record.get("Agent"), "Agent")
        self.agent = wire.optional_identifier(
            agent.get("Username") or agent.get("ARN"), "Agent.Username"
        )
        self.started_at = _first_instant(
            record, "ConnectedToSystemTimestamp", "InitiationTimestamp"
        )

    @property
    def hints(self) -> RoutingHints:
        """Give what routes it: the attributes' country, the endpoint's prefix, the locale."""
        handles = self.customer.handles if self.customer else ()
        return RoutingHints(
            countries=(self.country,) if self.country else (),
            phones=tuple(
                h.value for h in handles if h.kind is HandleKind.PHONE and h.value[:1] == "+"
            ),
            locales=(self.locale,) if self.locale else (),
        )

    def event(
        self,
        key: str,
        kind: EventKind,
        at: datetime,
        actor: Role,
        value: str | None = None,
        agent: str | None = None,
    ) -> ThreadEvent:
        """Make an event of this contact."""
        if not self.contact_id:
            raise WireFormatError("contact has no ContactId")
        return ThreadEvent(
            vendor_id=f"{self.contact_id}:{key}",
            thread_vendor_id=self.contact_id,
            channel=self.channel,
            kind=kind,
            occurred_at=at,
            actor=actor,
            customer=self.customer,
            agent_vendor_id=agent,
            value=value,
        )


def _channel(value: Any) -> Channel:
    return _CHANNELS.get(value.upper(), Channel.PHONE) if isinstance(value, str) else Channel.PHONE


def _endpoint(record: Mapping[str, Any]) -> list[Handle]:
    endpoint = wire.optional_mapping(record.get("CustomerEndpoint"), "CustomerEndpoint")
    address = wire.optional_identifier(endpoint.get("Address"), "CustomerEndpoint.Address")
    if not address:
        return []
    match endpoint.get("Type", "TELEPHONE_NUMBER"):
        case "TELEPHONE_NUMBER":
            return [Handle(HandleKind.PHONE, address)]
        case "EMAIL_ADDRESS":
            return [Handle(HandleKind.EMAIL, address)]
        case _:
            return [Handle(HandleKind.VENDOR_USER, address, "connect")]


def _first_instant(record: Mapping[str, Any], *names: str) -> datetime | None:
    for name in names:
        if record.get(name):
            return wire.instant(record[name], name)
    return None


# --- records -------------------------------------------------------------------------------------


def _of_record(record: Mapping[str, Any], contact: _Contact) -> list[Record]:
    agent = wire.optional_mapping(record.get("Agent"), "Agent")
    opened_at = _first_instant(record, "InitiationTimestamp", "ConnectedToSystemTimestamp")
    actor = Role.AGENT if contact.method in ("OUTBOUND", "CALLBACK", "API") else Role.CUSTOMER
    records: list[Record] = [contact.event("opened", EventKind.OPENED, opened_at or UNDATED, actor)]
    ended_at = _first_instant(record, "DisconnectTimestamp", "LastUpdateTimestamp") or opened_at

    def add(kind: EventKind, at: datetime | None, actor: Role, value: str | None = None) -> None:
        if at is not None:
            records.append(contact.event(kind.value, kind, at, actor, value, contact.agent))

    queue = wire.optional_mapping(record.get("Queue"), "Queue").get("Name")
    queue_code = re.sub(r"[^\w.:/+-]+", "_", queue)[:64] if isinstance(queue, str) else None
    connected_at = _first_instant(agent, "ConnectedToAgentTimestamp")
    add(EventKind.ASSIGNED, connected_at, Role.SYSTEM, queue_code or None)
    moved_at = _first_instant(record, "TransferCompletedTimestamp")
    add(EventKind.TRANSFERRED, moved_at, Role.AGENT)
    if (reason := contact.attributes.get("reason")) not in (None, ""):
        add(
            EventKind.REASON_SET,
            ended_at or UNDATED,
            Role.AGENT,
            wire.code(reason, "Attributes.reason"),
        )
    if (rating := contact.attributes.get("rating")) not in (None, ""):
        if str(rating) not in ("1", "2", "3", "4", "5"):
            raise WireFormatError("Attributes.rating is not from 1 to 5")
        add(EventKind.RATED, ended_at or UNDATED, Role.CUSTOMER, str(rating))
    if str(contact.attributes.get("escalated", "")).casefold() == "true":
        add(EventKind.ESCALATED, connected_at or ended_at, Role.BOT)
    if str(contact.attributes.get("solved", "")).casefold() == "true":
        add(EventKind.SOLVED, ended_at, Role.AGENT)
    add(EventKind.CLOSED, _first_instant(record, "DisconnectTimestamp"), Role.SYSTEM)
    return records


def _of_event(document: Mapping[str, Any]) -> tuple[_Contact, list[Record]]:
    detail = wire.mapping(document.get("detail", document), "detail")
    kind = detail.get("eventType")
    if not isinstance(kind, str) or not isinstance(detail.get("contactId"), str):
        raise WireFormatError("document is neither an analysis, a contact record, nor an event")
    contact = _Contact({"ContactId": detail["contactId"], "Channel": detail.get("channel")})
    info = wire.optional_mapping(detail.get("agentInfo", detail.get("AgentInfo")), "agentInfo")
    agent = wire.optional_identifier(
        info.get("agentArn", info.get("AgentArn")), "agentInfo.agentArn"
    )
    named = {
        "CONNECTED_TO_AGENT": (info, "connectedToAgentTimestamp"),
        "DISCONNECTED": (detail, "disconnectTimestamp"),
        "INITIATED": (detail, "initiationTimestamp"),
    }.get(kind)
    at = _first_instant(named[0], named[1]) if named else None
    at = at or _first_instant(document, "time") or _first_instant(detail, "initiationTimestamp")
    state = wire.code(kind, "detail.eventType").lower()
    event_kind = _EVENTS.get(kind, EventKind.STATUS_CHANGED)
    value = state if event_kind is EventKind.STATUS_CHANGED else None
    return contact, [
        contact.event(f"event:{state}", event_kind, at or UNDATED, Role.SYSTEM, value, agent)
    ]


def _of_analysis(analysis: Mapping[str, Any], contact: _Contact, payload: bytes) -> list[Record]:
    thread = _analysed_contact(analysis) or contact.contact_id
    thread = thread or wire.content_id(payload)
    contact.contact_id = thread
    contact.channel = _channel(analysis.get("Channel"))
    roles = _roles(analysis)
    records: list[Record] = []
    for i, turn in enumerate(wire.sequence(analysis.get("Transcript"), "Transcript")):
        place = f"Transcript[{i}]"
        turn = wire.mapping(turn, place)
        participant = turn.get("ParticipantRole") or roles.get(str(turn.get("ParticipantId")))
        role = _ROLES.get(str(participant), Role.SYSTEM)
        at = _turn_instant(turn, place, contact, i)
        if turn.get("Type", "MESSAGE") == "EVENT":
            records += _chat_event(turn, i, at, role, contact)
            continue
        records.append(_turn(turn, place, i, at, role, contact, analysis))
    return records


def _roles(analysis: Mapping[str, Any]) -> dict[str, str]:
    roles = {name: name for name in _ROLES}
    for i, participant in enumerate(wire.sequence(analysis.get("Participants"), "Participants")):
        participant = wire.mapping(participant, f"Participants[{i}]")
        roles[str(participant.get("ParticipantId"))] = str(participant.get("ParticipantRole"))
    return roles


def _turn_instant(
    turn: Mapping[str, Any], place: str, contact: _Contact, position: int
) -> datetime:
    if turn.get("AbsoluteTime"):
        return wire.instant(turn["AbsoluteTime"], f"{place}.AbsoluteTime")
    begin = turn.get("BeginOffsetMillis")
    if begin is None:
        offset = timedelta(seconds=position)
    else:
        given = wire.number(begin, f"{place}.BeginOffsetMillis", low=0, high=86_000_000)
        offset = timedelta(milliseconds=given)
    return (contact.started_at or UNDATED) + offset


def _turn(
    turn: Mapping[str, Any],
    place: str,
    position: int,
    at: datetime,
    role: Role,
    contact: _Contact,
    analysis: Mapping[str, Any],
) -> Interaction:
    sentiment = turn.get("Sentiment")
    begin, end = turn.get("BeginOffsetMillis"), turn.get("EndOffsetMillis")
    duration = None
    if begin is not None and end is not None:
        span = [wire.number(v, f"{place}.EndOffsetMillis", low=0, high=1e9) for v in (begin, end)]
        duration = max(span[1] - span[0], 0.0) / 1000
    name = wire.optional_text(turn.get("DisplayName"), f"{place}.DisplayName")
    people = () if name is None or role is Role.SYSTEM else (Participant((), name=name),)
    is_file = turn.get("Type") == "ATTACHMENT"
    return Interaction(
        vendor_id=f"{contact.contact_id}:{position}",
        thread_vendor_id=contact.contact_id,
        channel=contact.channel,
        direction=Direction.INBOUND if role is Role.CUSTOMER else Direction.OUTBOUND,
        speaker=role,
        occurred_at=at,
        text=wire.text(turn.get("Content", turn.get("AttachmentName") or ""), f"{place}.Content"),
        customer=contact.customer,
        agent_vendor_id=contact.agent if role is Role.AGENT else None,
        language=wire.language(analysis.get("LanguageCode")),
        others=people,
        sentiment=None
        if sentiment is None
        else wire.one_of(sentiment, _SENTIMENTS, f"{place}.Sentiment"),
        duration_seconds=duration,
        count_attachments=1 if is_file else 0,
    )


def _chat_event(
    turn: Mapping[str, Any], position: int, at: datetime, role: Role, contact: _Contact
) -> list[Record]:
    what = str(turn.get("ContentType", "")).rpartition("connect.event.")[2]
    kinds = {
        ("participant.joined", Role.CUSTOMER): EventKind.OPENED,
        ("participant.joined", Role.AGENT): EventKind.ASSIGNED,
        ("transfer.succeeded", role): EventKind.TRANSFERRED,
        ("chat.ended", role): EventKind.CLOSED,
    }
    kind = kinds.get((what, role))
    return [contact.event(f"event:{position}", kind, at, role)] if kind else []
