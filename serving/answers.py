"""What the doors answer with: the same shapes over REST, MCP and on the terminal.

A field the caller's grant masks is left out; a field that is merely empty is there, and null.
"""

from datetime import datetime
from typing import Any

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    SerializerFunctionWrapHandler,
    model_serializer,
)
from pydantic_core import CoreSchema


class Answer(BaseModel):
    """Writes only the fields that were given to it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    @model_serializer(mode="wrap")
    def _only_what_was_given(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {k: v for k, v in handler(self).items() if k in self.model_fields_set}

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        # The serializer above changes which fields are there, not what they are.
        plain: Any = dict(core_schema)
        plain.pop("serialization", None)
        return handler(plain)


class CustomerFound(Answer):
    """The customer a handle belongs to."""

    customer_id: str = Field(
        description="Opaque id; use it for every further question.",
        examples=["c_4zq7tkd2m5xw3b6nyh2ruvjeaf"],
    )
    matched: str = Field(description="The kind the handle was read as.", examples=["email"])


class OpenThread(Answer):
    """A conversation, ticket or contact that is not finished."""

    thread_id: str | None = Field(None, description="Opaque id of the conversation.")
    channel: str | None = Field(None, description="Where it takes place.", examples=["whatsapp"])
    reason: str | None = Field(None, description="Why the customer came.", examples=["delivery"])
    status: str | None = Field(None, description="As the help desk has it.", examples=["pending"])
    opened_at: datetime | None = Field(None, description="First message.")
    last_message_at: datetime | None = Field(None, description="Latest message of either side.")


class CustomerContext(Answer):
    """What an agent needs to know before the first word."""

    customer_id: str = Field(description="Whom this is about.")
    country: str | None = Field(None, description="ISO 3166-1 alpha-2.", examples=["DE"])
    preferred_channel: str | None = Field(None, description="Used most often by the customer.")
    preferred_language: str | None = Field(None, description="BCP 47 primary tag.", examples=["de"])
    last_reason: str | None = Field(None, description="Why the customer came last.")
    channels: list[str] | None = Field(None, description="All channels the customer has used.")
    languages: list[str] | None = Field(None, description="All languages the customer has used.")
    open_threads: list[OpenThread] | None = Field(None, description="What is not finished.")
    count_contacts: int | None = Field(None, description="Contacts the customer made.")
    count_threads: int | None = Field(
        None, description="Conversations, those begun by us among them."
    )
    count_open_threads: int | None = Field(None, description="Contacts that are not solved.")
    count_orders: int | None = Field(None, description="Purchases.")
    average_sentiment: float | None = Field(None, description="-1 to 1, where vendors scored it.")
    last_rating: int | None = Field(None, description="1 to 5, the customer's latest.")
    has_repeated_explanation: bool | None = Field(
        None, description="Had to explain one problem in more than one channel."
    )
    first_contact_at: datetime | None = Field(None, description="First message.")
    last_contact_at: datetime | None = Field(None, description="Latest message.")
    last_order_at: datetime | None = Field(None, description="Latest purchase or return.")


class OpenThreads(Answer):
    """What is still open with a customer."""

    customer_id: str = Field(description="Whom this is about.")
    threads: list[OpenThread] = Field(description="Longest waiting first.")


class TimelineEntry(Answer):
    """One message, event or order."""

    entry_id: str | None = Field(None, description="Opaque id.")
    thread_id: str | None = Field(None, description="Opaque id of its conversation.")
    entry_kind: str | None = Field(None, description="message, event, or order.")
    event_kind: str | None = Field(
        None, description="Of an event or order: solved, rated, purchase, return, …"
    )
    channel: str | None = Field(None, description="Where it happened.")
    direction: str | None = Field(None, description="inbound, outbound, or internal.")
    speaker: str | None = Field(None, description="customer, agent, bot, or system.")
    language: str | None = Field(None, description="BCP 47 primary tag.")
    reason: str | None = Field(None, description="Why the customer came.")
    text_redacted: str | None = Field(
        None,
        description="What was said; names, numbers and addresses are typed stand-ins.",
        examples=["[PERSON-x7f2] asks where the parcel is."],
    )
    value: str | None = Field(None, description="Of an event: the new status, the rating.")
    amount: str | None = Field(
        None, description="Of an order: the total as a decimal; negative for a return."
    )
    currency: str | None = Field(None, description="ISO 4217.")
    occurred_at: datetime | None = Field(None, description="When.")


class TimelinePage(Answer):
    """Part of a customer's history, newest first."""

    customer_id: str = Field(description="Whom this is about.")
    entries: list[TimelineEntry] = Field(description="Newest first.")
    next_cursor: str | None = Field(
        description="Give it back to go on with what is older; null at the oldest entry. It stays"
        " right when new entries come in meanwhile."
    )


class Access(Answer):
    """One look at a customer's record."""

    entry_id: str = Field(description="Entry of the audit log, as for a proof that it is there.")
    happened_at: datetime = Field(description="When.")
    caller_id: str = Field(description="Who looked.")
    action: str = Field(description="At what.", examples=["read_context"])
    purpose: str | None = Field(description="What for.", examples=["service"])
    outcome: str = Field(description="answered, refused, or not_found.")


class Accesses(Answer):
    """Who looked at a customer's record."""

    customer_id: str = Field(description="Whom this is about.")
    accesses: list[Access] = Field(description="Newest first.")
