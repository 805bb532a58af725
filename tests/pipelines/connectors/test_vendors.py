"""What each vendor's recorded message becomes, and the cases its documentation names."""

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipelines.connectors.connector import UNDATED, Malformed, SourceFile
from pipelines.connectors.registry import CONNECTORS
from privacy.errors import WireFormatError
from privacy.records.canonical import (
    Channel,
    ConsentAction,
    ConsentEvent,
    Contact,
    Direction,
    EventKind,
    HandleKind,
    Interaction,
    Item,
    Order,
    Parsed,
    Role,
    ThreadEvent,
)

Read = Callable[..., list[Item | Malformed]]
ParsedOf = Callable[[str], list[Parsed]]


def _values(parsed: Parsed) -> list[str]:
    record = parsed.records[0]
    person = record.person if isinstance(record, Contact) else record.customer
    return [handle.value for handle in person.handles] if person else []


def _events(parsed: Parsed) -> list[tuple[str, str | None]]:
    return [(e.kind.value, e.value) for e in parsed.records if isinstance(e, ThreadEvent)]


# --- whatsapp ------------------------------------------------------------------------------------


def _body(field: str = "messages", **value: Any) -> bytes:
    value.setdefault("metadata", {"phone_number_id": "7700"})
    change = {"field": field, "value": value}
    body = {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}
    return json.dumps(body).encode()


def _message(**message: Any) -> bytes:
    message = {"from": "4915155500123", "id": "wamid.1", "timestamp": "1772359200"} | message
    return _body(messages=[message])


def test_whatsapp_gives_each_message_of_a_body_its_own_item(parsed: ParsedOf) -> None:
    kinds = [[type(record).__name__ for record in one.records] for one in parsed("whatsapp")]
    assert kinds == [
        ["Interaction"],
        ["Interaction"],
        ["Interaction"],
        ["Contact"],
        ["Interaction"],
        ["ConsentEvent"],
        [],
    ]


def test_whatsapp_puts_nobody_else_into_a_persons_item(
    samples: dict[str, Path], items_of: Read
) -> None:
    first = items_of(CONNECTORS["whatsapp"], samples["whatsapp"].read_bytes())[0]
    assert b"Zweitperson" not in first.payload
    assert b"4915155500456" not in first.payload


def test_whatsapp_takes_number_and_user_id_as_handles_of_one_person(parsed: ParsedOf) -> None:
    messages = parsed("whatsapp")
    assert _values(messages[0]) == ["+4915155500123", "DE.1001", "DE.ENT.9001"]
    assert messages[0].hints.phones == ("+4915155500123",)


def test_whatsapp_needs_no_phone_number() -> None:
    hidden = CONNECTORS["whatsapp"].parse(
        _body(
            messages=[
                {
                    "from_user_id": "BR.77",
                    "id": "w",
                    "timestamp": "1772359200",
                    "type": "text",
                    "text": {"body": "oi"},
                }
            ]
        )
    )
    record = hidden.records[0]
    assert isinstance(record, Interaction)
    assert record.customer is not None
    assert [h.kind for h in record.customer.handles] == [HandleKind.VENDOR_USER]
    assert hidden.hints.countries == ("BR",)


def test_whatsapp_reads_a_stop_as_a_withdrawal_of_marketing(parsed: ParsedOf) -> None:
    record = parsed("whatsapp")[5].records[0]
    assert isinstance(record, ConsentEvent)
    assert (record.purpose, record.action) == ("marketing", ConsentAction.WITHDRAWN)
    assert record.method == "vendor_preference"


def test_whatsapp_echoes_are_outbound_and_about_their_recipient(parsed: ParsedOf) -> None:
    record = parsed("whatsapp")[4].records[0]
    assert isinstance(record, Interaction)
    assert (record.direction, record.speaker) == (Direction.OUTBOUND, Role.AGENT)
    assert _values(parsed("whatsapp")[4]) == ["+4915155500123"]
    first = parsed("whatsapp")[0].records[0]
    assert isinstance(first, Interaction)
    assert record.thread_vendor_id == first.thread_vendor_id


@pytest.mark.parametrize(
    ("message", "text", "count_attachments"),
    [
        ({"type": "text", "text": {"body": "a"}}, "a", 0),
        ({"type": "image", "image": {"id": "1", "caption": "a"}}, "a", 1),
        ({"type": "audio", "audio": {"id": "1", "voice": True}}, "", 1),
        ({"type": "reaction", "reaction": {"message_id": "x", "emoji": "😮"}}, "😮", 0),
        ({"type": "location", "location": {"latitude": 1, "longitude": 2, "name": "HQ"}}, "HQ", 0),
        ({"type": "button", "button": {"text": "Yes", "payload": "p"}}, "Yes", 0),
        (
            {
                "type": "order",
                "order": {"product_items": [{"product_retailer_id": "A", "quantity": 2}]},
            },
            "A × 2",
            0,
        ),
        ({"type": "interactive"}, "", 0),
        ({"type": "unsupported", "errors": [{}]}, "", 0),
        ({"type": "something_new", "something_new": {"text": "a"}}, "a", 0),
        (
            {"type": "edit", "edit": {"message": {"type": "text", "text": {"body": "new"}}}},
            "new",
            0,
        ),
        ({"type": "revoke", "revoke": {"original_message_id": "x"}}, "", 0),
    ],
)
def test_whatsapp_reads_every_type_of_message(
    message: dict[str, Any], text: str, count_attachments: int
) -> None:
    record = CONNECTORS["whatsapp"].parse(_message(**message)).records[0]
    assert isinstance(record, Interaction)
    assert (record.text, record.count_attachments) == (text, count_attachments)


def test_whatsapp_cards_name_other_people() -> None:
    card = {"name": {"formatted_name": "Otto Z"}, "phones": [{"phone": "+49 151 55500456"}]}
    record = CONNECTORS["whatsapp"].parse(_message(type="contacts", contacts=[card])).records[0]
    assert isinstance(record, Interaction)
    assert record.others[0].name == "Otto Z"
    assert record.text == "Otto Z +49 151 55500456"


def test_whatsapp_links_the_old_number_with_the_new_one() -> None:
    system = {"type": "user_changed_number", "wa_id": "4915155500999", "body": "changed"}
    parsed = CONNECTORS["whatsapp"].parse(_message(type="system", system=system))
    assert _values(parsed) == ["+4915155500123", "+4915155500999"]


def test_whatsapp_reads_bodies_as_lines_array_or_names(items_of: Read) -> None:
    one, two = _message(type="text", text={"body": "1"}), _message(id="wamid.2", type="unsupported")
    whatsapp = CONNECTORS["whatsapp"]
    expected = ["message:wamid.1", "message:wamid.2"]
    for content in (
        one + b"\n" + two + b"\n",
        b"\xef\xbb\xbf[" + one + b",\n" + two + b"]",
        b'{"first": ' + one + b', "second": ' + two + b"}",
    ):
        items = items_of(whatsapp, content)
        assert [i.vendor_id for i in items if isinstance(i, Item)] == expected


def test_whatsapp_goes_on_after_a_bad_line(items_of: Read) -> None:
    good = _message(type="unsupported")
    items = items_of(CONNECTORS["whatsapp"], good + b'\n{"object": broken\n' + good + b"\n")
    assert [type(item).__name__ for item in items] == ["Item", "Malformed", "Item"]
    assert isinstance(items[1], Malformed)
    assert items[1].place == "file:2"
    assert "line 1, column" in items[1].reason


def test_whatsapp_does_not_take_the_contact_of_another_for_the_writers() -> None:
    body = json.loads(_message(type="unsupported"))
    body["entry"][0]["changes"][0]["value"]["contacts"] = [
        {"wa_id": "4915155500999", "user_id": "DE.9", "profile": {"name": "Someone Else"}}
    ]
    parsed = CONNECTORS["whatsapp"].parse(json.dumps(body).encode())
    assert _values(parsed) == ["+4915155500123"]


# --- zendesk -------------------------------------------------------------------------------------


def test_zendesk_gives_comments_with_who_spoke_and_whether_the_customer_saw_it(
    parsed: ParsedOf,
) -> None:
    said = [r for r in parsed("zendesk")[0].records if isinstance(r, Interaction)]
    assert [(r.speaker, r.direction) for r in said] == [
        (Role.CUSTOMER, Direction.INBOUND),
        (Role.AGENT, Direction.OUTBOUND),
        (Role.AGENT, Direction.INTERNAL),
        (Role.CUSTOMER, Direction.INBOUND),
    ]
    assert {r.channel for r in said} == {Channel.EMAIL}
    assert said[0].subject_line == "Return of a jacket"
    assert _values(parsed("zendesk")[0]) == [
        "greta.muster@mail.example",
        "+4915155500123",
        "K-1007",
        "501",
    ]


def test_zendesk_tells_the_story_of_a_ticket(parsed: ParsedOf) -> None:
    assert _events(parsed("zendesk")[0]) == [
        ("opened", None),
        ("status_changed", "new"),
        ("assigned", "77"),
        ("assigned", None),
        ("reason_set", "return"),
        ("solved", "solved"),
        ("reopened", "open"),
        ("transferred", "78"),
        ("escalated", None),
        ("solved", "solved"),
        ("closed", "closed"),
        ("rated", "5"),
    ]


def test_a_zendesk_ticket_that_grew_is_another_version_with_the_same_comments(
    samples: dict[str, Path], items_of: Read
) -> None:
    zendesk = CONNECTORS["zendesk"]
    bundle = json.loads(samples["zendesk"].read_bytes())
    bundle["ticket"]["updated_at"] = "2026-03-06T09:00:00Z"
    bundle["comments"].append(
        {"id": 4, "author_id": 501, "body": "Thanks", "created_at": "2026-03-06T09:00:00Z"}
    )
    (before,), (after,) = (
        items_of(zendesk, content)
        for content in (samples["zendesk"].read_bytes(), json.dumps(bundle).encode())
    )
    assert isinstance(before, Item)
    assert isinstance(after, Item)
    assert before.vendor_id != after.vendor_id
    ids = [{r.vendor_id for r in zendesk.parse(i.payload).records} for i in (before, after)]
    assert ids[1] - ids[0] == {"comment:4"}
    assert not ids[0] - ids[1]


def test_zendesk_reads_a_page_of_the_incremental_export(items_of: Read) -> None:
    page = {
        "tickets": [
            {"id": 1, "requester_id": 5, "created_at": "2026-03-01T10:00:00Z", "subject": "a"},
            {"id": 2, "requester_id": 6, "created_at": "2026-03-01T10:00:00Z", "subject": "b"},
            "not a ticket",
        ],
        "users": [{"id": 5, "email": "a@b.example", "role": "end-user"}],
        "comments": [
            {
                "ticket_id": 1,
                "id": 9,
                "author_id": 5,
                "body": "x",
                "created_at": "2026-03-01T10:00:00Z",
            }
        ],
    }
    content = json.dumps(page, indent=1).encode()
    zendesk = CONNECTORS["zendesk"]
    assert zendesk.recognises("p.json", content)
    items = items_of(zendesk, content)
    assert [type(item).__name__ for item in items] == ["Item", "Item", "Malformed"]
    assert _values(zendesk.parse(items[0].payload)) == ["a@b.example", "5"]


def test_zendesk_holds_comments_whose_ticket_is_missing() -> None:
    payload = b'{"ticket": {"id": "7"}, "comments": [{"id": 1, "body": "x"}]}'
    with pytest.raises(WireFormatError, match="row is missing"):
        CONNECTORS["zendesk"].parse(payload)


def _table(rows: list[str]) -> SourceFile:
    content = "\n".join(rows).encode()
    return SourceFile("t", lambda: io.BytesIO(content), len(content))


def test_zendesk_joins_its_tables_by_ticket(monkeypatch: pytest.MonkeyPatch) -> None:
    members = {
        "ticket_data.csv": _table(
            [
                "id,requester_id,submitter_id,created_at,updated_at,status,subject,via_channel",
                *(
                    f"{i},{i}0,{i}0,2026-03-01 10:00:00,2026-03-02 10:00:00,solved,s{i},chat"
                    for i in range(1, 8)
                ),
            ]
        ),
        "ticket_comment_data.csv": _table(
            [
                "id,ticket_id,user_id,created,body,public",
                '100,1,10,2026-03-01 10:00:00,"line one\nline, two",TRUE',
                "101,1,99,2026-03-01 10:05:00,note,FALSE",
                "102,77,10,2026-03-01 10:05:00,orphan,TRUE",
            ]
        ),
        "user.csv": _table(["id,role,email,locale", "10,end-user,a@b.example,de-DE", "99,agent,,"]),
        "ticket_tag.csv": _table(["ticket_id,tag", "1,reason:return", "88,alone"]),
        "brand_data.csv": _table(["id", "1"]),
        "ticket_chat.csv": _table(["chat_id,ticket_id", "c,1"]),
        "ticket_chat_event.csv": _table(
            [
                "chat_id,created_at,actor_id,chat_index,message,type",
                "c,2026-03-01 09:00:00,__system,0,Welcome,ChatMessage",
                "c,2026-03-01 09:01:00,agent:99,1,Hi,ChatMessage",
                "c,2026-03-01 09:02:00,10,2,,ChatJoin",
            ]
        ),
    }
    zendesk: Any = CONNECTORS["zendesk"]
    heads = {name: member.open().read() for name, member in members.items()}
    assert zendesk.gathers(heads | {"other.csv": b"a,b"}) == frozenset(members)
    assert zendesk.gathers({"ticket_data.csv": b"id,hubspot\n"}) == frozenset()
    file = SourceFile("export", lambda: pytest.fail("has no content of its own"), None, members)
    whole = {item.vendor_id: item.payload for item in zendesk.items(file)}
    monkeypatch.setattr("pipelines.connectors.zendesk_tables._SHARE_BYTES", 100)
    shared = {item.vendor_id: item.payload for item in zendesk.items(file)}
    assert shared == whole
    assert len(whole) == 8
    first = zendesk.parse(whole["1@2026-03-02 10:00:00"])
    said = [(r.speaker, r.text) for r in first.records if isinstance(r, Interaction)]
    assert said == [
        (Role.CUSTOMER, "line one\nline, two"),
        (Role.AGENT, "note"),
        (Role.BOT, "Welcome"),
        (Role.AGENT, "Hi"),
    ]
    assert ("reason_set", "return") in _events(first)
    assert ("solved", "solved") in _events(first)
    assert first.hints.locales == ("de-DE",)
    with pytest.raises(WireFormatError):
        zendesk.parse(whole["77@"])


# --- web chat and consents -----------------------------------------------------------------------


def test_web_chat_gives_messages_events_and_consents_of_one_visitor(parsed: ParsedOf) -> None:
    chat, empty = parsed("web_chat")
    assert [type(record).__name__ for record in chat.records] == [
        *["Interaction"] * 3,
        *["ThreadEvent"] * 3,
        "ConsentEvent",
    ]
    assert _values(chat) == [
        "greta.muster@mail.example",
        "+4915155500123",
        "K-1007",
        "9820001234567",
        "v-91c2",
    ]
    assert chat.hints.countries == ("DE",)
    assert chat.records[2].occurred_at == datetime(2026, 3, 1, 10, 1, 30, tzinfo=UTC)  # type: ignore[union-attr]
    assert isinstance(empty.records[0], Contact)


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        (("messages", 0, "speaker"), "someone", "messages[0].speaker"),
        (("messages", 1, "at"), "yesterday", "messages[1].at"),
        (("messages", 0, "text"), None, "messages[0].text"),
        (("messages", 0, "sentiment"), 7, "messages[0].sentiment"),
        (("events", 2, "value"), "9", "events[2].value"),
        (("events", 1, "value"), "free text, with a name", "events[1].value"),
        (("consents", 0, "purpose"), "fun", "consents[0].purpose"),
        (("visitor", "email"), {"a": 1}, "visitor.email"),
        (("channel",), "pigeon", "channel"),
        (("local_zone",), "Mia Lang", "local_zone"),
        (("local_zone",), "../Europe/Berlin", "local_zone"),
        (("conversation_id",), "", "conversation_id"),
    ],
)
def test_web_chat_names_the_place_that_breaks_the_format(
    path: tuple[Any, ...], value: Any, place: str, samples: dict[str, Path]
) -> None:
    chat = json.loads(samples["web_chat"].read_text().splitlines()[0])
    inner = chat
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    with pytest.raises(WireFormatError) as raised:
        CONNECTORS["web_chat"].parse(json.dumps(chat).encode())
    assert place in str(raised.value)


def test_a_receipt_gives_one_event_per_purpose_and_may_not_repeat_one(
    parsed: ParsedOf, samples: dict[str, Path]
) -> None:
    (receipt,) = parsed("consent_receipts")
    events = [record for record in receipt.records if isinstance(record, ConsentEvent)]
    assert [(event.purpose, event.action) for event in events] == [
        ("marketing", ConsentAction.GIVEN),
        ("third_party_sharing", ConsentAction.REFUSED),
    ]
    assert events[0].expires_at == datetime(2028, 3, 1, tzinfo=UTC)
    raw = json.loads(samples["consent_receipts"].read_bytes())
    raw["purposes"][1]["purpose"] = "marketing"
    with pytest.raises(WireFormatError, match="twice"):
        CONNECTORS["consent_receipts"].parse(json.dumps(raw).encode())


@pytest.mark.parametrize("name", ["web_chat", "consent_receipts"])
def test_the_example_in_the_documentation_is_of_the_format(name: str) -> None:
    page = (Path(__file__).parents[3] / "docs" / "formats" / f"{name}.md").read_text()
    example = json.loads(page.split("```json")[1].split("```")[0])
    payload = json.dumps(example).encode()
    assert CONNECTORS[name].recognises("x", payload)
    assert CONNECTORS[name].parse(payload).records


@pytest.mark.parametrize("name", ["web_chat", "consent_receipts"])
def test_every_field_the_connector_reads_is_in_the_documentation(
    name: str, samples: dict[str, Path]
) -> None:
    page = (Path(__file__).parents[3] / "docs" / "formats" / f"{name}.md").read_text()

    def keys(value: Any) -> set[str]:
        if isinstance(value, dict):
            return set(value) | {key for inner in value.values() for key in keys(inner)}
        if isinstance(value, list):
            return {key for inner in value for key in keys(inner)}
        return set()

    lines = samples[name].read_text().splitlines()
    used = {key for line in lines for key in keys(json.loads(line))}
    assert not {key for key in used if key not in page}


# --- dialogues -----------------------------------------------------------------------------------


def test_dialogues_are_undated_and_in_order(parsed: ParsedOf) -> None:
    for name in ("chat_abcd", "chat_taskmaster", "chat_utterances"):
        for one in parsed(name):
            said = [r for r in one.records if isinstance(r, Interaction)]
            assert [r.occurred_at for r in said] == [
                UNDATED + timedelta(seconds=i) for i in range(len(said))
            ]


def test_abcd_takes_the_scenario_for_the_form_before_the_chat(parsed: ParsedOf) -> None:
    (dialogue,) = parsed("chat_abcd")
    assert _values(dialogue) == ["greta.muster@mail.example", "(212) 555-0142", "gmuster1"]
    assert _events(dialogue) == [("reason_set", "return_size")]


def test_abcd_reads_pairs_of_turns_without_a_person(items_of: Read) -> None:
    content = b'[{"user": "hi", "assistant": "hello"}, {"user": "bye", "assistant": ""}]\n'
    abcd = CONNECTORS["chat_abcd"]
    items = items_of(abcd, content * 2)
    assert len(items) == 2
    assert [r.text for r in abcd.parse(items[0].payload).records if isinstance(r, Interaction)] == [
        "hi",
        "hello",
        "bye",
    ]


# --- poslog --------------------------------------------------------------------------------------


def test_poslog_gives_orders_for_sales_and_returns_and_nothing_for_control(
    parsed: ParsedOf,
) -> None:
    sale, returned, control = parsed("poslog")
    order = sale.records[0]
    assert isinstance(order, Order)
    assert (order.total_amount, order.currency, order.count_lines) == (Decimal("59.90"), "EUR", 1)
    assert order.ordered_at == datetime(2026, 3, 1, 11, tzinfo=UTC)
    assert order.local_zone == "+01:00"
    assert _values(sale) == ["9820001234567", "K-1007", "greta.muster@mail.example"]
    assert (sale.hints.stores, sale.hints.countries) == (("DE-014",), ("DE",))
    back = returned.records[0]
    assert isinstance(back, Order)
    assert back.is_return
    assert back.local_zone is None
    assert control.records == ()


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE POSLog [<!ENTITY a "b">]><POSLog><Transaction>&a;</Transaction></POSLog>',
        b'<!DOCTYPE POSLog SYSTEM "file:///etc/passwd"><POSLog/>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE POSLog [<!ENTITY a "b">]><POSLog/>'.encode(
            "utf-16"
        ),
        b"<POSLog><Transaction>" + b"<a>" * 5000,
        b"<POSLog><Transaction><RetailStoreID>",
        b"<?xml version='1.0' encoding='klingon'?><POSLog/>",
        b"<POSLog>&undeclared;</POSLog>",
        b"<POSLog>\x00</POSLog>",
        b"",
    ],
)
def test_poslog_refuses_entities_depth_and_what_is_no_xml(content: bytes, items_of: Read) -> None:
    with pytest.raises(WireFormatError):
        items_of(CONNECTORS["poslog"], content)


def test_poslog_keeps_what_came_before_the_break(samples: dict[str, Path]) -> None:
    content = samples["poslog"].read_bytes()
    cut = content[: content.rindex(b"<Transaction>") + 40]
    items = CONNECTORS["poslog"].items(SourceFile("x", lambda: io.BytesIO(cut)))
    assert isinstance(next(items), Item)
    assert isinstance(next(items), Item)
    with pytest.raises(WireFormatError):
        next(items)


# --- contact lens --------------------------------------------------------------------------------


def test_contact_lens_puts_a_calls_turns_on_the_contacts_clock(parsed: ParsedOf) -> None:
    call = parsed("contact_lens")[0]
    said = [r for r in call.records if isinstance(r, Interaction)]
    assert [(r.speaker, r.sentiment, r.duration_seconds) for r in said] == [
        (Role.AGENT, 0.0, 1.5),
        (Role.CUSTOMER, -1.0, 3.25),
    ]
    assert said[1].occurred_at == datetime(2026, 3, 1, 10, 0, 3, tzinfo=UTC)
    assert said[1].customer is not None
    assert [h.value for h in said[1].customer.handles] == ["+4915155500123", "K-1007"]
    assert _events(call) == [
        ("opened", None),
        ("assigned", "Returns_DE"),
        ("reason_set", "return"),
        ("rated", "4"),
        ("closed", None),
    ]


def test_contact_lens_reads_a_chat_without_a_record(parsed: ParsedOf) -> None:
    chat = parsed("contact_lens")[1]
    assert [r.channel for r in chat.records if isinstance(r, Interaction)] == [Channel.WEB_CHAT]
    assert _events(chat) == [("opened", None), ("closed", None)]
    assert chat.hints.locales == ()


def test_a_calls_turns_without_a_start_are_offsets() -> None:
    analysis = {
        "Channel": "VOICE",
        "Transcript": [{"BeginOffsetMillis": 1500, "Content": "x", "ParticipantId": "AGENT"}],
    }
    record = CONNECTORS["contact_lens"].parse(json.dumps(analysis).encode()).records[0]
    assert isinstance(record, Interaction)
    assert record.occurred_at == UNDATED + timedelta(milliseconds=1500)
    assert record.speaker is Role.AGENT


def test_contact_lens_takes_each_fenced_block_of_a_document(items_of: Read) -> None:
    page = (
        b'# Example Contact Lens output\n```\n{"Channel": "VOICE", "Transcript": []}\n}\n```\n'
        b'text\n```json\n{"broken": }\n```\n```sh\nnot json\n```\n'
    )
    lens = CONNECTORS["contact_lens"]
    assert lens.recognises("docs/a.md", page)
    items = items_of(lens, page, "a.md")
    assert [type(item).__name__ for item in items] == ["Item", "Malformed"]
    assert (
        items_of(lens, b"# Amazon Connect\nno block", "b.md")[0].reason
        == "file holds no fenced JSON"
    )  # type: ignore[union-attr]


def test_contact_events_say_what_happened_and_when() -> None:
    event = {
        "detail-type": "Amazon Connect Contact Event",
        "id": "e1",
        "time": "2026-03-01T10:05:01Z",
        "detail": {
            "eventType": "DISCONNECTED",
            "contactId": "c-1",
            "channel": "CHAT",
            "disconnectTimestamp": "2026-03-01T10:05:00.000Z",
        },
    }
    parsed = CONNECTORS["contact_lens"].parse(json.dumps(event).encode())
    record = parsed.records[0]
    assert isinstance(record, ThreadEvent)
    assert (record.kind, record.channel) == (EventKind.CLOSED, Channel.WEB_CHAT)
    assert record.occurred_at == datetime(2026, 3, 1, 10, 5, tzinfo=UTC)
