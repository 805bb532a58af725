"""Published service dialogues, read as web chats: ABCD, Taskmaster, and single utterances.

None of them gives a time, so their messages are undated (`connector.UNDATED`), in order.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import timedelta
from typing import Any

from pipelines.connectors import wire
from pipelines.connectors.connector import UNDATED, Malformed, SourceFile
from pipelines.connectors.documents import documents
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
    ThreadEvent,
)

_TURN_LIMIT = 20_000
_ABCD_SPEAKERS = {"customer": Role.CUSTOMER, "agent": Role.AGENT, "action": Role.SYSTEM}
_TASKMASTER_SPEAKERS = {"user": Role.CUSTOMER, "assistant": Role.AGENT}


def _turn(
    thread: str, position: int, speaker: Role, text: str, customer: Participant | None
) -> Interaction:
    if position > _TURN_LIMIT:
        raise WireFormatError(f"dialogue has more than {_TURN_LIMIT} turns")
    return Interaction(
        vendor_id=f"{thread}:{position}",
        thread_vendor_id=thread,
        channel=Channel.WEB_CHAT,
        direction=Direction.INBOUND if speaker is Role.CUSTOMER else Direction.OUTBOUND,
        speaker=speaker,
        occurred_at=UNDATED + timedelta(seconds=position),
        text=text,
        customer=customer,
    )


def _reason(thread: str, value: Any, place: str, customer: Participant | None) -> ThreadEvent:
    return ThreadEvent(
        vendor_id=f"{thread}:reason",
        thread_vendor_id=thread,
        channel=Channel.WEB_CHAT,
        kind=EventKind.REASON_SET,
        occurred_at=UNDATED,
        actor=Role.SYSTEM,
        customer=customer,
        value=wire.code(value, place),
    )


class Abcd:
    """Action-Based Conversations: whole, with a scenario, or as pairs of turns without one."""

    name = "chat_abcd"
    channel = Channel.WEB_CHAT
    title = "ABCD dialogues"

    def recognises(self, name: str, head: bytes) -> bool:
        """Look for the fields of a dialogue, or for pairs of turns."""
        is_whole = b'"convo_id"' in head and b'"scenario"' in head
        return is_whole or head.lstrip().startswith(b'[{"user":')

    def items(self, file: SourceFile) -> Iterator[Item | Malformed]:
        """Yield one item per dialogue, without the annotations for training models."""
        for document in documents(file):
            if isinstance(document, Malformed):
                yield document
                continue
            value = document.value
            if isinstance(value, list):
                yield Item(None, wire.dump_json({"pairs": value}), document.place)
            elif isinstance(value, dict):
                kept = {
                    key: value[key] for key in ("convo_id", "scenario", "original") if key in value
                }
                given = value.get("convo_id")
                is_id = isinstance(given, int | str) and not isinstance(given, bool)
                yield Item(
                    str(given) if is_id and given != "" else None,
                    wire.dump_json(kept),
                    document.place,
                )
            else:
                yield Malformed(document.place, wire.dump_json(value), "dialogue is not an object")

    def parse(self, payload: bytes) -> Parsed:
        """Read one dialogue; what the scenario knows of the person is the form before the chat."""
        dialogue = wire.mapping(wire.load_json(payload), "dialogue")
        if "pairs" in dialogue:
            return Parsed(tuple(_pairs(dialogue, payload)))
        thread = wire.identifier(dialogue.get("convo_id"), "convo_id")
        scenario = wire.optional_mapping(dialogue.get("scenario"), "scenario")
        customer = _abcd_customer(scenario)
        records: list[Record] = []
        for i, turn in enumerate(wire.sequence(dialogue.get("original"), "original")):
            place = f"original[{i}]"
            if not isinstance(turn, list) or len(turn) != 2:
                raise WireFormatError(f"{place} is not a pair of speaker and text")
            speaker = wire.one_of(turn[0], _ABCD_SPEAKERS, f"{place}[0]")
            records.append(_turn(thread, i, speaker, wire.text(turn[1], f"{place}[1]"), customer))
        if not records:
            raise WireFormatError("original is empty")
        if scenario.get("subflow"):
            records.append(_reason(thread, scenario["subflow"], "scenario.subflow", customer))
        return Parsed(tuple(records))


def _abcd_customer(scenario: Mapping[str, Any]) -> Participant | None:
    place = "scenario.personal"
    personal = wire.optional_mapping(scenario.get("personal"), place)
    handles = wire.handles(personal, (HandleKind.EMAIL, HandleKind.PHONE), place)
    for field in ("username", "account_id"):
        if given := wire.optional_identifier(personal.get(field), f"{place}.{field}"):
            handles.append(Handle(HandleKind.VENDOR_USER, given, "abcd"))
    if not handles:
        return None
    # Its phones are national numbers of the United States, as the dialogues' addresses are.
    country = "US" if any(handle.kind is HandleKind.PHONE for handle in handles) else None
    name = wire.optional_text(personal.get("customer_name"), f"{place}.customer_name")
    return Participant(tuple(handles), name=name, country=country)


def _pairs(dialogue: Mapping[str, Any], payload: bytes) -> Iterator[Record]:
    thread = wire.content_id(payload)
    position = 0
    for i, pair in enumerate(wire.sequence(dialogue["pairs"], "pairs")):
        pair = wire.mapping(pair, f"pairs[{i}]")
        for field, speaker in _TASKMASTER_SPEAKERS.items():
            if text := wire.optional_text(pair.get(field), f"pairs[{i}].{field}"):
                yield _turn(thread, position, speaker, text, None)
                position += 1
    if not position:
        raise WireFormatError("pairs is empty")


class Taskmaster:
    """Taskmaster dialogues: an array of conversations."""

    name = "chat_taskmaster"
    channel = Channel.WEB_CHAT
    title = "Taskmaster dialogues"

    def recognises(self, name: str, head: bytes) -> bool:
        """Look for a conversation's id in Taskmaster's form."""
        return b'"conversation_id"' in head and b'"dlg-' in head

    def items(self, file: SourceFile) -> Iterator[Item | Malformed]:
        """Yield one item per dialogue: speakers and texts, without the annotations."""
        for document in documents(file):
            if isinstance(document, Malformed):
                yield document
                continue
            try:
                value = wire.mapping(document.value, "dialogue")
                turns = [
                    {key: turn[key] for key in ("index", "speaker", "text") if key in turn}
                    for i, given in enumerate(wire.sequence(value.get("utterances"), "utterances"))
                    if (turn := wire.mapping(given, f"utterances[{i}]"))
                ]
                given = wire.identifier(value.get("conversation_id"), "conversation_id")
            except WireFormatError as error:
                yield Malformed(document.place, wire.dump_json(document.value), str(error))
                continue
            kept = {
                "conversation_id": given,
                "vertical": value.get("vertical"),
                "utterances": turns,
            }
            yield Item(given, wire.dump_json(kept), document.place)

    def parse(self, payload: bytes) -> Parsed:
        """Read one dialogue."""
        dialogue = wire.mapping(wire.load_json(payload), "dialogue")
        thread = wire.identifier(dialogue.get("conversation_id"), "conversation_id")
        records = []
        for i, turn in enumerate(wire.sequence(dialogue.get("utterances"), "utterances")):
            place = f"utterances[{i}]"
            turn = wire.mapping(turn, place)
            named = str(turn.get("speaker", "")).casefold()
            speaker = wire.one_of(named, _TASKMASTER_SPEAKERS, f"{place}.speaker")
            text = wire.text(turn.get("text"), f"{place}.text")
            records.append(_turn(thread, i, speaker, text, None))
        if not records:
            raise WireFormatError("utterances is empty")
        return Parsed(tuple(records))


class Utterances:
    """Single customer utterances with their intent, a row each (Bitext)."""

    name = "chat_utterances"
    channel = Channel.WEB_CHAT
    title = "Customer utterances (CSV)"

    def recognises(self, name: str, head: bytes) -> bool:
        """Look for the header row."""
        return head.removeprefix(b"\xef\xbb\xbf").lower().startswith(b"utterance,intent,")

    def items(self, file: SourceFile) -> Iterator[Item | Malformed]:
        """Yield one item per row; equal rows are one item delivered more than once."""
        csv.field_size_limit(1024 * 1024)
        with closing(file.open()) as stream:
            rows = csv.DictReader(io.TextIOWrapper(stream, "utf-8-sig", "replace", newline=""))
            try:
                for position, row in enumerate(rows, start=2):
                    kept = {key: row.get(key) for key in ("utterance", "intent", "category")}
                    yield Item(None, wire.dump_json(kept), f"{file.name}:{position}")
            except csv.Error:
                raise WireFormatError("file is not CSV") from None

    def parse(self, payload: bytes) -> Parsed:
        """Read one utterance."""
        row = wire.mapping(wire.load_json(payload), "row")
        thread = wire.content_id(payload)
        text = wire.text(row.get("utterance"), "utterance")
        if not text.strip():
            raise WireFormatError("utterance is empty")
        records: list[Record] = [_turn(thread, 0, Role.CUSTOMER, text, None)]
        if row.get("intent"):
            records.append(_reason(thread, row["intent"], "intent", None))
        return Parsed(tuple(records))
