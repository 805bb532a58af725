"""What a connector yields: one vendor item as canonical records, still in the clear, in memory only.

Nothing here is stored as it is. `privacy.records.tables` is what the warehouse keeps: pseudonymised,
redacted, sealed.
"""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class Channel(StrEnum):
    """Where a customer met us."""

    EMAIL = "email"
    WHATSAPP = "whatsapp"
    INSTAGRAM = "instagram"
    WECHAT = "wechat"
    WEB_CHAT = "web_chat"
    SMS = "sms"
    APP = "app"
    PHONE = "phone"
    STORE = "store"
    HELP_DESK = "help_desk"


class Role(StrEnum):
    """Who spoke or acted."""

    CUSTOMER = "customer"
    AGENT = "agent"
    BOT = "bot"
    SYSTEM = "system"


class Direction(StrEnum):
    """Which way a message went, seen from the retailer."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"
    INTERNAL = "internal"


class HandleKind(StrEnum):
    """What sort of name a person is reached by.

    `PHONE` and `EMAIL` match across sources; the other kinds match only within a `namespace`.
    """

    EMAIL = "email"
    PHONE = "phone"
    LOYALTY_CARD = "loyalty_card"
    CUSTOMER_NUMBER = "customer_number"
    VENDOR_USER = "vendor_user"
    WEB_VISITOR = "web_visitor"
    SOCIAL_USER = "social_user"
    PAYMENT_TOKEN = "payment_token"  # noqa: S105


class EventKind(StrEnum):
    """What happened to a thread."""

    OPENED = "opened"
    ASSIGNED = "assigned"
    TRANSFERRED = "transferred"
    ESCALATED = "escalated"
    SOLVED = "solved"
    REOPENED = "reopened"
    CLOSED = "closed"
    RATED = "rated"
    REASON_SET = "reason_set"
    STATUS_CHANGED = "status_changed"


class ConsentAction(StrEnum):
    """What a person said of a purpose."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    OBJECTED = "objected"


@dataclass(frozen=True, slots=True)
class Handle:
    """One name a person is reached by.

    Attributes:
        kind: Its sort.
        value: As the vendor wrote it.
        namespace: The vendor account that issued it (``zendesk``, ``loyalty``); empty for e-mail
            addresses and phone numbers, which are the same person in every source.
    """

    kind: HandleKind
    value: str
    namespace: str = ""


@dataclass(frozen=True, slots=True)
class Participant:
    """A person in an item.

    Attributes:
        handles: The first owns the record; the item is evidence that all are one person.
        name: As written; used to find the name in the text, then dropped.
        country: ISO 3166-1 alpha-2 where the vendor states it.
        locale: BCP 47 where the vendor states it.
    """

    handles: tuple[Handle, ...]
    name: str | None = None
    country: str | None = None
    locale: str | None = None


@dataclass(frozen=True, slots=True)
class Interaction:
    """One message, turn, or call segment.

    Attributes:
        vendor_id: Unique within the source.
        thread_vendor_id: The conversation, ticket, or contact it belongs to.
        occurred_at: Aware; any zone.
        local_zone: The IANA name or the ``+hh:mm`` offset the vendor wrote the time in, if any.
        text: What was said, without quoted history and signature.
        customer: Whom the record is about; None for a message with no known customer.
        agent_vendor_id: The member of staff who spoke.
        quoted: Quoted history cut from the text.
        signature: Signature cut from the text.
        others: Further people the item names (``Cc``); no record is stored about them, but their
            names and handles are looked for in the text.
        sentiment: -1 to 1, where the vendor scored it.
        duration_seconds: Of a call segment.
    """

    vendor_id: str
    thread_vendor_id: str
    channel: Channel
    direction: Direction
    speaker: Role
    occurred_at: datetime
    text: str
    customer: Participant | None
    subject_line: str = ""
    agent_vendor_id: str | None = None
    local_zone: str | None = None
    language: str | None = None
    quoted: str = ""
    signature: str = ""
    others: tuple[Participant, ...] = ()
    sentiment: float | None = None
    duration_seconds: float | None = None
    count_attachments: int = 0


@dataclass(frozen=True, slots=True)
class ThreadEvent:
    """Something that happened to a thread: opened, assigned, solved, rated.

    Attributes:
        value: A code, never free text: the new status, the rating 1 to 5, the reason's code, the
            queue's name.
    """

    vendor_id: str
    thread_vendor_id: str
    channel: Channel
    kind: EventKind
    occurred_at: datetime
    actor: Role
    customer: Participant | None = None
    agent_vendor_id: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """A purchase or a return, at a till or online.

    Attributes:
        total_amount: Negative for a return.
        currency: ISO 4217.
    """

    vendor_id: str
    channel: Channel
    ordered_at: datetime
    customer: Participant | None
    total_amount: Decimal
    currency: str
    count_lines: int
    store_vendor_id: str | None = None
    local_zone: str | None = None
    is_return: bool = False


@dataclass(frozen=True, slots=True)
class ConsentEvent:
    """One consent record after ISO/IEC TS 27560.

    Attributes:
        purpose: One of `privacy.zones.model.Purpose`.
        occurred_at: From when it is valid.
        notice_version: Which text the person saw; `notice_language` in which language.
        method: How it was given: ``web_form``, ``in_store``, ``reply_stop``, ``vendor_preference``.
        evidence: The raw proof; only its keyed hash is kept.
        expires_at: Where the consent itself names an end.
    """

    vendor_id: str
    customer: Participant
    purpose: str
    action: ConsentAction
    occurred_at: datetime
    notice_version: str
    notice_language: str
    method: str
    evidence: str = ""
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """A person's entry in a vendor's address book: evidence that its handles are one person."""

    vendor_id: str
    person: Participant
    recorded_at: datetime


Record = Interaction | ThreadEvent | Order | ConsentEvent | Contact


@dataclass(frozen=True, slots=True)
class RoutingHints:
    """What an item says about the jurisdiction it belongs to, strongest first.

    Attributes:
        countries: ISO 3166-1 alpha-2, stated outright for the customer.
        stores: Store or till ids, looked up in the zone's store list.
        phones: The customer's phone numbers, for their prefix.
        locales: BCP 47; only a region subtag is evidence.
    """

    countries: tuple[str, ...] = ()
    stores: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """The unit of accounting: what a vendor delivered as one thing.

    Every landed item ends as loaded, duplicate, or quarantined.

    Attributes:
        vendor_id: The vendor's own id of the item; None where it has none, and then the content
            is the identity.
        payload: The vendor's bytes, enough for the connector to parse the item again alone.
        place: Where it was found, for error messages: file and position, never content.
        compared: What a second delivery under the same id is compared by, where that is not the
            payload itself (a mail's transport headers differ from mailbox to mailbox).
    """

    vendor_id: str | None
    payload: bytes
    place: str
    compared: bytes | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """One item, understood."""

    records: tuple[Record, ...]
    hints: RoutingHints = field(default_factory=RoutingHints)
