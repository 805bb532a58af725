"""E-mail: who wrote to whom, what was written now, and mails as they should not be."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines.connectors.charsets import decode, header_text
from pipelines.connectors.connector import UNDATED, Malformed, SourceFile
from pipelines.connectors.email import Email
from pipelines.connectors.html_text import text_of
from pipelines.connectors.replies import split
from privacy.errors import WireFormatError
from privacy.records.canonical import Direction, Handle, HandleKind, Interaction, Item, Role

EMAIL = Email(own_domains=["retail.example"])


def _one(raw: str | bytes) -> Interaction:
    payload = raw.encode() if isinstance(raw, str) else raw
    (record,) = EMAIL.parse(payload).records
    assert isinstance(record, Interaction)
    return record


def _items(raw: bytes, name: str = "a.eml") -> list[Item | Malformed]:
    return list(EMAIL.items(SourceFile(name, lambda: io.BytesIO(raw), len(raw))))


def test_the_recorded_mail_is_read_whole(samples: dict[str, Path]) -> None:
    mail = _one(samples["email"].read_bytes())
    assert mail.customer is not None
    assert mail.customer.handles == (Handle(HandleKind.EMAIL, "greta.muster@mail.example"),)
    assert mail.customer.name == "Greta Müster"
    assert mail.subject_line == "Rücksendung Bestellung 4711"
    assert mail.text == "Guten Tag,\n\ndie Jacke ist zu groß. Wie sende ich sie zurück?"
    assert mail.signature == "--\nGreta Müster\nTel. +49 151 55500123"
    assert "Ihre Bestellung ist unterwegs." in mail.quoted
    assert mail.occurred_at == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert mail.local_zone == "+01:00"
    assert mail.thread_vendor_id == "q1@retail.example"
    assert (mail.direction, mail.speaker, mail.language) == (Direction.INBOUND, Role.CUSTOMER, "de")
    assert mail.count_attachments == 1
    assert [person.name for person in mail.others] == ["Service", "Otto Zweitperson"]


def test_a_mail_from_an_own_domain_is_outbound_and_about_its_first_foreign_recipient() -> None:
    mail = _one(
        "From: Ada <ada@eu.retail.example>\nTo: team@retail.example, greta@mail.example\n\nYes."
    )
    assert mail.direction is Direction.OUTBOUND
    assert mail.speaker is Role.AGENT
    assert mail.agent_vendor_id == "ada@eu.retail.example"
    assert mail.customer is not None
    assert mail.customer.handles[0].value == "greta@mail.example"


def test_a_mail_between_own_domains_is_internal_and_about_nobody() -> None:
    mail = _one("From: ada@retail.example\nTo: bob@retail.example\n\nLook.")
    assert mail.direction is Direction.INTERNAL
    assert mail.customer is None


def test_a_contact_forms_mail_is_the_writers() -> None:
    mail = _one(
        "From: web@retail.example\nReply-To: greta@mail.example\nTo: s@retail.example\n\nHi"
    )
    assert mail.direction is Direction.INBOUND
    assert mail.customer is not None
    assert mail.customer.handles[0].value == "greta@mail.example"


def test_a_reply_to_of_somebody_else_is_no_evidence_of_who_wrote() -> None:
    mail = _one("From: greta@mail.example\nReply-To: list@lists.example\n\nHi")
    assert mail.customer is not None
    assert [handle.value for handle in mail.customer.handles] == ["greta@mail.example"]


def test_a_domain_that_only_ends_like_an_own_one_is_foreign() -> None:
    assert _one("From: x@notretail.example\n\nHi").direction is Direction.INBOUND


def test_the_same_mail_through_two_mailboxes_is_one_item() -> None:
    body = b"From: a@b.example\r\nMessage-ID: <1@b.example>\r\nSubject: x\r\n\r\nHello\r\n"
    first, second = (
        _items(b"Received: from " + by + b"\r\nX-Spam: no\r\n" + body)[0]
        for by in (b"mx1", b"mx2.example")
    )
    assert isinstance(first, Item)
    assert isinstance(second, Item)
    assert first.payload != second.payload
    assert (first.vendor_id, first.compared) == (second.vendor_id, second.compared)


def test_two_mails_under_one_message_id_are_two_items_of_one_thread() -> None:
    raws = [b"From: a@b.example\nMessage-ID: <1@b.example>\n\n" + text for text in (b"one", b"two")]
    ids = [item.vendor_id for raw in raws for item in _items(raw) if isinstance(item, Item)]
    assert len(set(ids)) == 2
    assert {_one(raw).thread_vendor_id for raw in raws} == {"1@b.example"}


def test_a_mail_without_a_date_is_dated_by_its_transport_or_by_nothing() -> None:
    received = "Received: by mx; Sun, 1 Mar 2026 10:00:00 -0500\n"
    dated = _one(f"{received}From: a@b.example\n\nHi")
    assert dated.occurred_at == datetime(2026, 3, 1, 15, tzinfo=UTC)
    assert dated.local_zone == "-05:00"
    assert _one("From: a@b.example\nDate: yesterday\n\nHi").occurred_at == UNDATED
    assert _one("From: a@b.example\nDate: 1 Mar 2026 10:00 +9999\n\nHi").occurred_at.tzinfo


def test_an_mbox_gives_each_message_and_its_quoted_from_lines_back() -> None:
    mbox = (
        b"From a@b.example Sun Mar  1 10:00:00 2026\nFrom: a@b.example\nSubject: 1\n\n"
        b">From here on\n\nFrom c@d.example Sun Mar  1 10:00:00 2026\nFrom: c@d.example\n\nTwo\n"
    )
    items = _items(mbox, "x.mbox")
    assert len(items) == 2
    first, second = (_one(item.payload) for item in items)
    assert first.text == "From here on"
    assert second.text == "Two"


@pytest.mark.parametrize(
    ("charset", "raw", "text"),
    [
        ("utf-8", "Grüße".encode(), "Grüße"),
        ("iso-8859-1", b"Gr\xfc\xdfe \x80", "Grüße €"),
        ("gb2312", "退货".encode("gbk"), "退货"),
        ("Shift_JIS", "返品".encode("cp932"), "返品"),
        ("iso-2022-jp", "返品".encode("iso2022_jp"), "返品"),
        ("ks_c_5601-1987", "반품".encode("cp949"), "반품"),
        ("windows-1251", "Возврат".encode("cp1251"), "Возврат"),
        ("x-unknown", "Grüße".encode(), "Grüße"),
        ("us-ascii", b"Gr\xfc\xdfe", "Grüße"),
        ("rot13", b"abc", "abc"),
        ("utf-8\x00", b"abc", "abc"),
        (None, b"\xff\xfe\xfd", "ÿþý"),
    ],
)
def test_text_is_decoded_by_what_it_says_or_by_what_it_is(
    charset: str | None, raw: bytes, text: str
) -> None:
    assert decode(raw, charset) == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("=?utf-8?q?Gr=C3=BC=C3=9Fe?= =?utf-8?b?IGFu?= dich", "Grüße an dich"),
        ("=?gb2312?B?zcu79Q==?=", "退货"),
        ("=?utf-8?b?broken", "=?utf-8?b?broken"),
        ("=?nonsense?q?a?=", "a"),
        ("a\r\n b\tc", "a b c"),
        (b"Gr\xc3\xbc\xc3\x9fe".decode("ascii", "surrogateescape"), "Grüße"),
        (b"Gr\xfc\xdfe".decode("ascii", "surrogateescape"), "Grüße"),
    ],
)
def test_headers_are_decoded_whatever_they_hold(raw: str, text: str) -> None:
    assert header_text(raw) == text


def test_a_mail_of_html_alone_gives_its_text_without_quote_script_and_markup() -> None:
    html = (
        "<html><head><title>t</title><style>p{}</style></head><body><p>Hello&nbsp;there,</p>"
        "<script>alert(1)</script><div>the <b>jacket</b><br>is too large</div>"
        "<div class='gmail_quote'>On Sunday you wrote:<blockquote>old</blockquote></div></body>"
    )
    mail = _one(f"From: a@b.example\nContent-Type: text/html\n\n{html}")
    assert mail.text == "Hello there,\n\nthe jacket\nis too large"
    assert "old" in mail.quoted


@pytest.mark.parametrize(
    "html", ["<" * 5000, "<div>" * 50_000, "<!--" * 2000, "<![if x", "</p>" * 9999, "&#xD800;&#0;x"]
)
def test_broken_markup_is_read_as_far_as_it_goes(html: str) -> None:
    said, quoted = text_of(html)
    assert isinstance(said + quoted, str)


def test_markup_that_is_all_quote_is_what_was_said() -> None:
    assert text_of("<blockquote type=cite>only this</blockquote>") == ("only this", "")


@pytest.mark.parametrize(
    ("mail", "said", "quoted"),
    [
        (
            "Yes.\n\nOn Mon, 1 Mar 2026 at 10:00, Ada <a@b.example> wrote:\n> Really?",
            "Yes.",
            "Really?",
        ),
        ("Ja.\n\nAm 01.03.26 um 10:00 schrieb Ada:\n> Echt?", "Ja.", "Echt?"),
        ("Oui.\n\nLe 1 mars 2026 à 10:00, Ada <a@b.example> a écrit :\n> Vrai ?", "Oui.", "Vrai"),
        ("Sim.\n\nEm dom., 1 de mar. de 2026, Ada escreveu:\n> Mesmo?", "Sim.", "Mesmo?"),
        ("好的\n\n-----Original Message-----\nFrom: Ada\nSent: x\n\n真的吗", "好的", "真的吗"),
        ("> Really?\nYes.\n> Sure?\nSure.", "Yes.\nSure.", "Really?"),
    ],
)
def test_what_was_written_now_is_told_from_what_was_quoted(
    mail: str, said: str, quoted: str
) -> None:
    reply = split(mail)
    assert reply.text == said
    assert quoted in reply.quoted


def test_a_signature_is_cut_and_a_thank_you_in_the_text_is_not() -> None:
    assert split("Send it.\n\n-- \nGreta").signature == "-- \nGreta".replace("-- ", "--")
    assert split("Send it.\n\nBest regards\nGreta Muster").text == "Send it."
    long = "Hello,\nThanks, but the jacket I ordered last week never arrived and I need it.\n" + (
        "More text.\n" * 20
    )
    assert "never arrived" in split(long).text


@pytest.mark.parametrize(
    "text",
    ["On " * 20_000, "> " * 20_000, "\n" * 50_000, "From: " * 9000, "-" * 40_000, "On a\n" * 9000],
)
def test_no_text_takes_long_to_split(text: str) -> None:
    reply = split(text)
    assert len(reply.text) + len(reply.quoted) + len(reply.signature) <= len(text)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\n\n\n",
        b"no header at all",
        b"\x00\x01\x02",
        b"Content-Type: text/plain\n\n",
        b": x\n\n",
    ],
)
def test_what_is_no_mail_is_refused(raw: bytes) -> None:
    with pytest.raises(WireFormatError):
        EMAIL.parse(raw)


@pytest.mark.parametrize(
    "raw",
    [
        b"From: a@b.example\nContent-Type: multipart/mixed\n\nno boundary",
        b'From: a@b.example\nContent-Type: multipart/mixed; boundary="x"\n\n--x\n--x\n--x',
        b'From: a@b.example\nContent-Type: text/plain; charset="\n\nx',
        b"From: a@b.example\nContent-Transfer-Encoding: base64\n\n!!!!",
        b"From: a@b.example\nContent-Type: text/plain; charset*=utf-16''\n\nx",
        b"From: <<a@b.example>>>\nTo: (((((\nDate: \xff\xff\n\nx",
        b"From: " + b"a" * 100_000 + b"@b.example\n\nx",
        b"From: " + b"(" * 5000 + b" a@b.example\n\nx",
        b"From: a@b.example\nContent-Type: message/rfc822\n\n" * 200,
        b"".join(
            b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (i, i) for i in range(400)
        ),
        b"From: a@b.example\nReferences: " + b"<x@y> " * 5000 + b"\n\nx",
        "From: a@b.example\nSubject: x\n\nhello".encode("utf-16"),
    ],
)
def test_a_hostile_mail_is_read_or_refused(raw: bytes) -> None:
    try:
        mail = _one(raw)
    except WireFormatError:
        return
    mail.text.encode()


def test_documentation_and_tables_are_not_taken_for_mails() -> None:
    for head in (
        b"origin: github.com/x/y  commit 1\nlicence: MIT\n",
        b"id,subject,from\n1,2,3\n",
        b"Subject: only one\nnot a header\n",
        b"{}",
        b"",
    ):
        assert not EMAIL.recognises("SOURCE.txt", head)
    assert EMAIL.recognises("cur/1772359200.M1P2:2,S", b"Return-Path: <a@b>\nReceived: x\n\n")
