"""E-mail: RFC 5322 messages as ``.eml``, as an mbox, or as raw files of a Maildir.

A message's identity is its Message-ID *and* what it says: the id is the sender's to choose, so two
different mails may bear one, while one mail delivered to two mailboxes differs only in its
transport headers. Those take no part in the comparison.

Direction follows from the retailer's own domains: from one of them is outbound. A contact form's
mail (from an own domain, with a foreign ``Reply-To``) is the writer's, inbound. ``Reply-To`` is
otherwise no evidence of who someone is: it may be a mailing list.
"""

import hashlib
import re
from collections.abc import Collection, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import Message
from email.utils import getaddresses, parsedate_tz

from pipelines.connectors import wire
from pipelines.connectors.charsets import decode, header_text
from pipelines.connectors.connector import ITEM_LIMIT_BYTES, UNDATED, Malformed, SourceFile
from pipelines.connectors.html_text import text_of
from pipelines.connectors.replies import split
from privacy.errors import WireFormatError
from privacy.records.canonical import (
    Channel,
    Direction,
    Handle,
    HandleKind,
    Interaction,
    Item,
    Parsed,
    Participant,
    Role,
)

_HEADER_LINE = re.compile(rb"([!-9;-~]{1,80})[ \t]*:")
_KNOWN_HEADERS = frozenset(
    {
        *(b"from", b"to", b"cc", b"subject", b"date", b"received", b"return-path", b"message-id"),
        *(b"mime-version", b"content-type", b"delivered-to", b"reply-to", b"sender", b"x-mailer"),
        *(b"in-reply-to", b"references", b"dkim-signature", b"received-spf", b"list-id"),
    }
)
_TELLING_HEADERS = frozenset(
    {b"received", b"return-path", b"message-id", b"mime-version", b"content-type", b"from"}
)
_TRANSPORT_HEADERS = frozenset(
    {
        *("received", "received-spf", "return-path", "delivered-to", "envelope-to", "status"),
        *("authentication-results", "dkim-signature", "domainkey-signature", "precedence"),
    }
)
_TRANSPORT_PREFIXES = ("x-", "arc-", "list-", "resent-", "dkim-", "domainkey-")
_MESSAGE_ID = re.compile(r"<([^<>\s]{3,400})>")
_ADDRESS = re.compile(r"[^@\s<>,;:\"()]{1,128}@[^@\s<>,;:\"()]{1,255}")
_TEXT_LIMIT_CHARACTERS = 200_000
_PARTS_LIMIT = 500
_HEADER_LIMIT_CHARACTERS = 20_000
_FROM_LINE = re.compile(rb"From \S+.*\d\d:\d\d|From \S+@\S+ |From - ")


class Email:
    """RFC 5322 messages.

    Attributes:
        own_domains: Domains the retailer writes from; their subdomains are own as well.
    """

    name = "email"
    channel = Channel.EMAIL
    title = "E-mail (RFC 5322, mbox, Maildir)"

    def __init__(self, own_domains: Collection[str] = ()) -> None:
        self.own_domains = frozenset(domain.casefold().lstrip("@.") for domain in own_domains)

    def recognises(self, name: str, head: bytes) -> bool:
        """Take every ``.eml`` and ``.mbox``, and files that start as a message's headers do."""
        if name.lower().endswith((".eml", ".mbox")):
            return True
        lines = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n").splitlines()
        if lines and lines[0].startswith((b"From ", b">From ")):
            lines = lines[1:]
        names = set()
        for line in lines[:60]:
            if not line.strip():
                break
            if line[:1] in b" \t":
                continue
            match = _HEADER_LINE.match(line)
            if match is None:
                return False
            names.add(match[1].lower())
        return len(names & _KNOWN_HEADERS) >= 2 and bool(names & _TELLING_HEADERS)

    def items(self, file: SourceFile) -> Iterator[Item | Malformed]:
        """Yield one item per message."""
        with closing(file.open()) as stream:
            start = stream.read(4096)
        is_mbox = bool(_FROM_LINE.match(start))
        for position, content in enumerate(_messages(file, is_mbox=is_mbox)):
            place = f"{file.name}[{position}]" if is_mbox else file.name
            if not content.strip():
                yield Malformed(place, content, "message is empty")
                continue
            try:
                message = _read(content)
                compared = _compared(message)
                given = message_id(message)
            except WireFormatError as error:
                yield Malformed(place, content, str(error))
                continue
            digest = hashlib.sha256(compared).hexdigest()
            yield Item(f"{given}#{digest[:32]}" if given else digest, content, place, compared)

    def parse(self, payload: bytes) -> Parsed:
        """Read one message."""
        message = _read(payload)
        senders, recipients = _people(message, "from", "sender"), _people(message, "to", "cc")
        answers = _people(message, "reply-to")
        author = senders[0] if senders else None
        is_ours = author is not None and self._is_own(author)
        foreign_answers = [person for person in answers if not self._is_own(person)]
        is_form = is_ours and bool(foreign_answers)
        if is_form:
            author, is_ours = foreign_answers[0], False
        if is_ours:
            foreign = [person for person in recipients if not self._is_own(person)]
            customer = foreign[0] if foreign else None
        else:
            customer = author
        direction = Direction.OUTBOUND if is_ours else Direction.INBOUND
        if is_ours and customer is None and recipients:
            direction = Direction.INTERNAL
        text, quoted, count_attachments = _content(message)
        subject = _header(message, "subject") or ""
        if not (text or quoted or subject or count_attachments or customer or recipients):
            raise WireFormatError("message has neither a person, a subject, nor a text")
        reply = split(text[:_TEXT_LIMIT_CHARACTERS])
        digest = hashlib.sha256(_compared(message)).hexdigest()
        given = message_id(message)
        happened_at, local_zone = _date(message)
        named = {handle.value.casefold() for handle in customer.handles} if customer else set()
        everyone = [*senders, *recipients, *answers, *_people(message, "bcc", "resent-to")]
        others = {
            person.handles[0].value.casefold(): person
            for person in everyone
            if person.handles[0].value.casefold() not in named
        }
        interaction = Interaction(
            vendor_id=f"{given}#{digest[:32]}" if given else digest,
            thread_vendor_id=_thread(message) or digest,
            channel=Channel.EMAIL,
            direction=direction,
            speaker=Role.CUSTOMER if direction is Direction.INBOUND else Role.AGENT,
            occurred_at=happened_at,
            text=reply.text,
            customer=customer,
            subject_line=subject,
            agent_vendor_id=_agent(author) if is_ours else None,
            local_zone=local_zone,
            language=wire.language(_header(message, "content-language")),
            quoted="\n".join(part for part in (reply.quoted, quoted) if part),
            signature=reply.signature,
            others=tuple(others.values()),
            count_attachments=count_attachments,
        )
        return Parsed((interaction,))

    def _is_own(self, person: Participant) -> bool:
        domain = person.handles[0].value.rpartition("@")[2].casefold()
        parts = domain.split(".")
        return any(".".join(parts[i:]) in self.own_domains for i in range(len(parts)))


# --- files ---------------------------------------------------------------------------------------


def _messages(file: SourceFile, *, is_mbox: bool) -> Iterator[bytes]:
    with closing(file.open()) as stream:
        if not is_mbox:
            content = stream.read(ITEM_LIMIT_BYTES + 1)
            if len(content) > ITEM_LIMIT_BYTES:
                raise WireFormatError(f"message is larger than {ITEM_LIMIT_BYTES} bytes")
            yield content
            return
        lines: list[bytes] = []
        size = 0
        was_blank = True
        while line := stream.readline(1024 * 1024):
            if was_blank and _FROM_LINE.match(line) and lines:
                yield b"".join(lines[1:])
                lines, size = [], 0
            size += len(line)
            if size > ITEM_LIMIT_BYTES:
                raise WireFormatError(f"a message is larger than {ITEM_LIMIT_BYTES} bytes")
            # mboxrd: one ``>`` was put before every ``>*From `` of a body.
            lines.append(line[1:] if re.match(rb">+From ", line) else line)
            was_blank = not line.strip()
        yield b"".join(lines[1:])


def _read(payload: bytes) -> Message:
    content = payload.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if content.startswith((b"From ", b">From ")):
        content = content.partition(b"\n")[2]
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        content = decode(content, "utf-16").encode()
    try:
        message = message_from_bytes(content, policy=policy.compat32)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, IndexError):
        raise WireFormatError("message cannot be read: its MIME structure is broken") from None
    if not message.keys():
        raise WireFormatError("message has no headers")
    return message


def _header(message: Message, name: str) -> str | None:
    """Give the first header of a name, decoded; the parser's own decoding fails on odd bytes."""
    for key, raw in message.raw_items():
        if key.lower() == name:
            return header_text(str(raw)[:_HEADER_LIMIT_CHARACTERS]) or None
    return None


def message_id(message: Message) -> str | None:
    """Give a message's Message-ID without its brackets."""
    raw = _header(message, "message-id")
    match = _MESSAGE_ID.search(raw) if raw else None
    return match[1] if match else None


def _compared(message: Message) -> bytes:
    """Give what two deliveries of one mail have in common: all but what transport put on it."""
    lines: list[str] = []
    for part in _parts(message):
        for key, raw in part.raw_items():
            name = key.lower()
            if name not in _TRANSPORT_HEADERS and not name.startswith(_TRANSPORT_PREFIXES):
                lines.append(f"{name}: {header_text(str(raw)[:_HEADER_LIMIT_CHARACTERS])}")
        if not part.is_multipart():
            body = str(part.get_payload()).replace("\r\n", "\n")
            lines.append("\n".join(line.rstrip() for line in body.rstrip().split("\n")))
    return "\n".join(lines).encode(errors="surrogatepass")


def _parts(message: Message) -> list[Message]:
    """Give a message's parts from the outside in, without recursion."""
    found: list[Message] = []
    waiting = [message]
    while waiting and len(found) < _PARTS_LIMIT:
        part = waiting.pop()
        found.append(part)
        inner = part.get_payload()
        if isinstance(inner, list):
            waiting += [child for child in reversed(inner) if isinstance(child, Message)]
    return found


# --- people --------------------------------------------------------------------------------------


def _people(message: Message, *names: str) -> list[Participant]:
    people: dict[str, Participant] = {}
    for name in names:
        for key, raw in message.raw_items():
            if key.lower() == name:
                for person in _addresses(str(raw)[:_HEADER_LIMIT_CHARACTERS]):
                    people.setdefault(person.handles[0].value.casefold(), person)
    return list(people.values())


def _addresses(raw: str) -> list[Participant]:
    text = raw.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        pairs = getaddresses([text])
    except (ValueError, IndexError, TypeError, AttributeError, RecursionError):
        pairs = []
    found = [(name, address) for name, address in pairs if _ADDRESS.fullmatch(header_text(address))]
    if not found:
        found = [("", match) for match in _ADDRESS.findall(header_text(text))]
    return [
        Participant(
            (Handle(HandleKind.EMAIL, header_text(address)),), name=header_text(name) or None
        )
        for name, address in found[:200]
    ]


def _agent(author: Participant | None) -> str | None:
    return author.handles[0].value.casefold() if author else None


# --- time and thread -----------------------------------------------------------------------------


def _date(message: Message) -> tuple[datetime, str | None]:
    """Give the date the writer's program set, else that of the last transport, else none."""
    candidates = [_header(message, "date"), _header(message, "resent-date")]
    received = _header(message, "received")
    candidates.append(received.rpartition(";")[2] if received else None)
    for raw in candidates:
        try:
            parts = parsedate_tz(raw) if raw else None
            if not parts:
                continue
            offset = parts[9]
            instant = wire.instant("%04d-%02d-%02dT%02d:%02d:%02d" % parts[:6], "date")  # noqa: UP031
            instant -= timedelta(seconds=offset or 0)
        except (WireFormatError, ValueError, TypeError, IndexError, OverflowError):
            continue
        minutes = (offset or 0) // 60
        if abs(minutes) > 14 * 60:
            minutes = 0
        sign = "-" if minutes < 0 else "+"
        zone = f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}" if offset else None
        return instant, zone
    return UNDATED, None


def _thread(message: Message) -> str | None:
    """Give the first mail of the conversation: the root of References, else what is answered."""
    for name in ("references", "in-reply-to"):
        raw = _header(message, name)
        match = _MESSAGE_ID.search(raw) if raw else None
        if match:
            return match[1]
    return message_id(message)


# --- content -------------------------------------------------------------------------------------


def _content(message: Message) -> tuple[str, str, int]:
    """Give the text, what the HTML marks as quoted, and how many files come with it."""
    plain: list[str] = []
    html: list[str] = []
    count_attachments = 0
    for part in _parts(message):
        if part.is_multipart():
            continue
        kind = _content_type(part)
        disposition = (_header(part, "content-disposition") or "").lower()
        is_file = disposition.startswith("attachment") or "filename" in disposition
        if is_file or kind not in ("text/plain", "text/html"):
            count_attachments += 1
        elif kind == "text/html":
            html.append(_text(part))
        else:
            plain.append(_text(part))
    said = "\n".join(text for text in plain if text.strip())
    if said.strip() or not html:
        return said, "", count_attachments
    pairs = [text_of(text) for text in html]
    return (
        "\n".join(text for text, _ in pairs if text),
        "\n".join(quoted for _, quoted in pairs if quoted),
        count_attachments,
    )


def _content_type(part: Message) -> str:
    try:
        return part.get_content_type()
    except (ValueError, TypeError, AttributeError, IndexError):
        return "text/plain"


def _text(part: Message) -> str:
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError):
        content = None
    if not isinstance(content, bytes):
        given = part.get_payload()
        content = str(given).encode("utf-8", "surrogateescape") if isinstance(given, str) else b""
    return decode(content[: _TEXT_LIMIT_CHARACTERS * 4], _charset(part))


def _charset(part: Message) -> str | None:
    try:
        given = part.get_param("charset")
    except (ValueError, TypeError, AttributeError, IndexError, LookupError):
        return None
    if isinstance(given, tuple):
        given = given[2]
    return str(given) if given else None
