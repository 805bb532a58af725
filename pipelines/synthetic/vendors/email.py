"""Mails, as messages of an mbox (RFC 4155, RFC 5322), one item each.

Plain text in several charsets and transfer encodings, some with an HTML alternative. About a third
quote what they answer, the way the writer's mail program does in the writer's language; many bear a
signature.
"""

import binascii
import re
from base64 import b64encode
from collections.abc import Callable
from functools import lru_cache
from html import escape
from random import Random

from pipelines.connectors.registry import OWN_DOMAINS
from pipelines.connectors.replies import split
from pipelines.synthetic.calendar import DAY_SECONDS, day_of, mail_date, mbox_date, offset_seconds
from pipelines.synthetic.contacts import Contact, Said, agent_name
from pipelines.synthetic.people import Person, ascii_of
from pipelines.synthetic.phrases import date_slots, phrases_of
from pipelines.synthetic.texts import Span, fill
from pipelines.synthetic.vendors.wire import Delivery, Told
from privacy.records.canonical import Handle, HandleKind, Role

DOMAIN = OWN_DOMAINS[0]
CARE = f"care@{DOMAIN}"
_FROM = re.compile(r"^(>*From )", re.MULTILINE)
_CHARSETS = {
    **dict.fromkeys(("fr", "es", "nl", "pt"), "iso-8859-1"),
    "ar": "windows-1256",
    "de": "iso-8859-15",
    "en": "us-ascii",
    "it": "windows-1252",
    "ja": "iso-2022-jp",
    "ko": "euc-kr",
    "pl": "iso-8859-2",
    "ru": "koi8-r",
    "th": "tis-620",
    "tr": "iso-8859-9",
    "zh": "gb18030",
}
"""What old mail programs still write in; UTF-8 elsewhere."""


def deliveries(contact: Contact, rng: Random) -> list[Delivery]:
    """Write a contact by mail: every mail is an item."""
    person = contact.person
    root = f"{contact.contact_id}.0@{DOMAIN if rng.random() < 0.2 else 'mx.example.net'}"
    ids: list[str] = []
    found = []
    previous: tuple[Said, str] | None = None
    for said in contact.said:
        message_id = root if not ids else f"{contact.contact_id}.{len(ids)}@mx.example.net"
        text, body = _signed(said, person, rng)
        quote = ""
        if previous is not None and rng.random() < 0.46:
            quote = _quote(person, *previous)
            body = f"{body}\n\n{quote}"
        payload = _message(contact, said, message_id, ids, body, rng)
        spans = list(said.spans)
        if len(text) > len(said.text):
            spans.append(_name_span(text))
        handles = (Handle(HandleKind.EMAIL, person.email),)
        told = Told(said, message_id, text, spans, said.speaker, bool(quote), _staff(said))
        found.append(Delivery("email", said.at, payload, handles, root, [told]))
        ids.append(message_id)
        previous = (said, said.text)
    return found


def _staff(said: Said) -> int | None:
    return None if said.speaker is Role.CUSTOMER else said.agent or 0


# --- the text ------------------------------------------------------------------------------------


def _signed(said: Said, person: Person, rng: Random) -> tuple[str, str]:
    """Give what counts as the text, and the body with what is under it."""
    if said.is_canned:
        return said.text, said.text
    phrases = person.phrases
    closings = phrases.sentences["closings.formal"]
    closing = closings[int(rng.random() * len(closings))][0][0]
    is_customer = said.speaker is Role.CUSTOMER
    name = person.full if is_customer else agent_name(person, said.agent or 0)
    ending = f"{closing}\n{name}"
    text = said.text
    has_block = is_customer and rng.random() < 0.3
    if rng.random() < 0.75:
        # With dashes below, the signature begins there, and the closing belongs to the text.
        if not has_block and _is_cut(closing):
            return text, f"{text}\n\n{ending}"
        text = f"{text}\n\n{ending}"
    if not has_block:
        return text, text
    forms = phrases.sentences["signatures"]
    block, _ = fill([forms[int(rng.random() * len(forms))]], person.slots)
    return text, f"{text}\n\n-- \n{block}"


@lru_cache(maxsize=512)
def _is_cut(closing: str) -> bool:
    """Tell whether the connector takes a closing for the start of the signature."""
    return closing in split(f"Text.\n\n{closing}\nName").signature


def _name_span(text: str) -> Span:
    """Give the span of the name under a closing that stayed in the text."""
    return text.rfind("\n") + 1, len(text), "PERSON"


def _quote(person: Person, said: Said, text: str) -> str:
    phrases = person.phrases
    offset = offset_seconds(person.country.time_zone, said.at // DAY_SECONDS)
    local = said.at + offset
    clock = f"{local % DAY_SECONDS // 3600}:{local % 3600 // 60:02d}"
    is_customer = said.speaker is Role.CUSTOMER
    slots: dict[str, tuple[str, str | None]] = {
        key: (value, None)
        for key, value in _header_slots(phrases.tag, local // DAY_SECONDS).items()
    }
    slots["time"] = (clock, None)
    slots["full"] = (person.full if is_customer else agent_name(person, said.agent or 0), None)
    slots["email"] = (person.email if is_customer else CARE, None)
    header, _ = fill([phrases.quote_header], slots)
    return header + "\n\n> " + text.replace("\n", "\n> ")


@lru_cache(maxsize=4096)
def _header_slots(tag: str, day_number: int) -> dict[str, str]:
    phrases, on = phrases_of(tag), day_of(day_number)
    slots = date_slots(phrases, on.year, on.month, on.day)
    slots["wd"] = phrases.weekdays_short[on.weekday()]
    return slots


# --- the message ---------------------------------------------------------------------------------


def _message(
    contact: Contact, said: Said, message_id: str, earlier: list[str], body: str, rng: Random
) -> bytes:
    person = contact.person
    subject = contact.said[0].subject
    theirs = _address(person.full, person.email)
    if said.speaker is Role.CUSTOMER:
        sender, recipient, envelope = theirs, CARE, person.email
    else:
        name = agent_name(person, said.agent or 0)
        envelope = f"{ascii_of(name) or 'agent'}.{said.agent or 0}@{DOMAIN}"
        sender, recipient = _address(name, envelope), theirs
    offset = offset_seconds(person.country.time_zone, said.at // DAY_SECONDS)
    headers = [
        f"From {envelope} {mbox_date(said.at)}",
        f"From: {sender}",
        f"To: {recipient}",
        f"Subject: {_encoded(subject if not earlier else f'Re: {subject}')}",
        f"Date: {mail_date(said.at, offset)}",
        f"Message-ID: <{message_id}>",
    ]
    if earlier:
        headers.append(f"In-Reply-To: <{earlier[-1]}>")
        headers.append(
            "References: " + " ".join(f"<{each}>" for each in earlier[:1] + earlier[1:][-3:])
        )
    headers.append("MIME-Version: 1.0")
    part = _part(body, person.language, rng)
    if rng.random() < 0.2:
        boundary = f"=_{message_id.partition('@')[0].replace('.', '_')}"
        content = "".join(
            f"--{boundary}\n{headers_of}\n\n{encoded}\n"
            for headers_of, encoded in (part, _html(body))
        )
        headers.append(f'Content-Type: multipart/alternative; boundary="{boundary}"')
        text = f"{content}--{boundary}--\n"
    else:
        headers.append(part[0])
        text = part[1] + "\n"
    return "\n".join([*headers, "", _FROM.sub(r">\1", text), ""]).encode()


def _part(body: str, tag: str, rng: Random) -> tuple[str, str]:
    """Give a text part's headers and its body, encoded."""
    charset = "utf-8"
    if rng.random() < 0.18:
        charset = _CHARSETS.get(tag, "utf-8")
    try:
        content = body.encode(charset)
    except UnicodeEncodeError:
        charset, content = "utf-8", body.encode()
    name, encode = _transfer(content, rng)
    return (
        f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {name}",
        encode(content),
    )


def _transfer(content: bytes, rng: Random) -> tuple[str, Callable[[bytes], str]]:
    longest = max(map(len, content.split(b"\n")))
    if content.isascii() and longest < 900 and rng.random() < 0.8:
        return "7bit", bytes.decode
    if rng.random() < 0.25:
        return "base64", _base64
    return "quoted-printable", _quoted_printable


def _base64(content: bytes) -> str:
    encoded = b64encode(content).decode()
    return "\n".join(encoded[i : i + 76] for i in range(0, len(encoded), 76))


def _quoted_printable(content: bytes) -> str:
    return binascii.b2a_qp(content, istext=True, header=False).decode()


def _html(body: str) -> tuple[str, str]:
    paragraphs = "".join(
        f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in body.split("\n\n")
    )
    content = f"<html><body>{paragraphs}</body></html>".encode()
    return (
        "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable",
        _quoted_printable(content),
    )


def _address(name: str, address: str) -> str:
    if name.isascii():
        return f"{name} <{address}>" if "'" not in name else f'"{name}" <{address}>'
    return f"{_encoded(name)} <{address}>"


def _encoded(text: str) -> str:
    """Write a header's text as encoded words (RFC 2047), none longer than 75 characters."""
    if text.isascii():
        return text
    words: list[str] = []
    part = ""
    for character in text:
        if len((part + character).encode()) > 42:
            words.append(part)
            part = ""
        part += character
    words.append(part)
    return "\n ".join(f"=?utf-8?b?{b64encode(word.encode()).decode()}?=" for word in words)
