"""Personal data planted in the input is found in no file we write; a leak planted in one is found.

And who is erased stays erased, whatever is delivered again.
"""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from pipelines.landing.participants import participants_in
from privacy.erasure.certificate import verify_certificate
from privacy.erasure.erase import erase
from privacy.erasure.needles import Needles, Value
from privacy.erasure.residue import Scanner, ScanReport
from privacy.erasure.sealed import store_rows
from privacy.erasure.warehouse_rows import all_tables
from privacy.opened import create_zone, open_zone
from privacy.records.canonical import Handle, HandleKind
from privacy.records.handles import normalise
from privacy.store import tables as store
from privacy.warehouse.open import open_warehouse
from tests.pipelines.forking import Forking

pytestmark = pytest.mark.slow

ZONE = "us"
DAY = datetime.now(UTC).date()  # an older day's landed files would be gone by retention
WRITTEN_AT = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)

CANARIES = (
    Value("name", "Quintessa Marblewood"),
    Value("email", "quintessa.marblewood@canary-post.com"),
    Value("phone", "+12125550187"),
    Value("phone", "(212) 555-0187"),
    Value("card", "4539 1488 0343 6467"),
    Value("name", "Thaddeus Fennimore"),
    Value("email", "thaddeus.fennimore@canary-post.com"),
    Value("card", "6011000990139424"),
    Value("email", "held.back@canary-post.com"),
    Value("email", "in.a.file.name@canary-post.com"),
)
EMAIL = CANARIES[1].text


def conversation(number: int, at: datetime, *texts: str, email: str = EMAIL) -> dict[str, Any]:
    return {
        "conversation_id": f"canary-{number}",
        "started_at": at.isoformat(),
        "country": "US",
        "language": "en",
        "visitor": {
            "visitor_id": f"visitor-of-canary-{number}",
            "name": "Quintessa Marblewood",
            "email": email,
            "phone": "+12125550187",
        },
        "messages": [
            {
                "message_id": f"m{place}",
                "at": (at + timedelta(minutes=place)).isoformat(),
                "speaker": "bot" if place % 2 else "customer",
                "text": text,
            }
            for place, text in enumerate(texts)
        ],
    }


def fill(inbox: Path) -> None:
    inbox.mkdir(parents=True)
    chats = [
        conversation(
            1,
            WRITTEN_AT,
            f"Hi, this is Quintessa Marblewood, {EMAIL}, my parcel is late",
            "Thank you, Quintessa Marblewood. We call you on (212) 555-0187.",
            "Charge it to 4539 1488 0343 6467 please, or +12125550187",
        ),
        conversation(2, WRITTEN_AT, f"me again: {EMAIL.upper()}\nQUINTESSA MARBLEWOOD"),
        {"conversation_id": 7.5, "visitor": {"email": "held.back@canary-post.com"}, "messages": 1},
    ]
    lines = [json.dumps(chat) for chat in chats]
    (inbox / "chats.jsonl").write_text("\n".join(lines), "utf-8")
    (inbox / "export of in.a.file.name@canary-post.com.xyz").write_text("held.back@canary-post.com")
    mail = EmailMessage()
    mail["From"] = "Thaddeus Fennimore <thaddeus.fennimore@canary-post.com>"
    mail["To"] = "help@shop.example"
    mail["Date"] = format_datetime(WRITTEN_AT)
    mail["Message-ID"] = "<canary-mail@canary-post.com>"
    mail["Subject"] = "Refund for Thaddeus Fennimore"
    mail.set_content(
        f"Hello,\n\nplease refund 6011000990139424. My friend is {EMAIL}.\n\nThaddeus Fennimore\n",
        cte="base64",
    )
    (inbox / "mail.eml").write_bytes(bytes(mail))


@dataclass
class Ran:
    """A zone that took the canaries in.

    Attributes:
        temporary: What the process had as its folder for temporary files.
        output: Everything it printed and logged.
        process: What ran it, and runs it again.
    """

    home: Path
    inbox: Path
    temporary: Path
    output: Path
    process: Forking

    def run(self, inbox: Path, day: date) -> None:
        assert self.process.statuses(self.home, inbox, day) == [0], self.process.said()

    def scan(self, *, opened: bool = True) -> ScanReport:
        """Search every file, and what is readable in the warehouse and the profiles."""
        scanner = Scanner(Needles(CANARIES))
        with open_zone(self.home, ZONE) as zone:
            if opened:
                with open_warehouse(zone.layout, zone.keyring.warehouse_keys) as warehouse:
                    for table in all_tables(warehouse):
                        scanner.scan_table(table, warehouse.batches(f"select * from {table}"))
                for part in store_rows(zone):
                    if part.place != "quarantine":
                        scanner.scan_pieces(part.place, filter(None, part.values))
            for folder in (self.home, self.temporary, self.output):
                scanner.scan_tree(folder, opened_elsewhere=[zone.layout.warehouse])
        return scanner.report()

    def count(self, table: Any) -> int:
        with open_zone(self.home, ZONE) as zone, zone.store.connect() as connection:
            return int(connection.execute(select(func.count()).select_from(table)).scalar_one())

    def customer(self, email: str) -> str | None:
        with open_zone(self.home, ZONE) as zone, zone.store.connect() as connection:
            spelled = normalise(Handle(HandleKind.EMAIL, email))
            index = zone.keyring.index.of("email", spelled)
            found = connection.execute(
                select(store.CUSTOMER_MEMBERS.c.customer_id)
                .join(
                    store.SUBJECT_HANDLES,
                    store.SUBJECT_HANDLES.c.subject_id == store.CUSTOMER_MEMBERS.c.subject_id,
                )
                .where(store.SUBJECT_HANDLES.c.handle_index == index)
            )
            return found.scalar_one_or_none()


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ran]:
    folder = tmp_path_factory.mktemp("canaries")
    temporary, output = folder / "temporary", folder / "output.log"
    temporary.mkdir()
    with Forking(ZONE, output, TMPDIR=str(temporary)) as process:
        made = Ran(folder / "home", folder / "inbox", temporary, output, process)
        create_zone(made.home, ZONE).close()
        fill(made.inbox)
        made.run(made.inbox, DAY)
        yield made


def test_no_canary_is_in_any_file_log_table_or_profile(ran: Ran) -> None:
    assert ran.customer(EMAIL)
    assert ran.count(store.PROFILES) >= 2
    assert ran.count(store.QUARANTINE) >= 2

    report = ran.scan()

    assert report.residues == ()
    assert report.not_searched == ()
    assert report.kinds_too_short == ()
    assert report.count_files > 50


@pytest.mark.parametrize(
    ("where", "leak"),
    [
        ("dagster/storage/leak.log", lambda text: f"user {text} said".encode()),
        ("zones/us/dbt/target/leak.json", lambda text: json.dumps({"x": text}).encode()),
        ("zones/us/temporary/leak.bin", lambda text: text.encode("utf-16-le")),
        ("zones/us/leak.txt", lambda text: base64.b64encode(b"x" + text.encode())),
        ("zones/us/leak.hex", lambda text: text.encode().hex().encode()),
    ],
)
@pytest.mark.parametrize("canary", [CANARIES[0], CANARIES[1], CANARIES[2], CANARIES[4]])
def test_a_canary_that_leaks_is_found(ran: Ran, where: str, leak: Any, canary: Value) -> None:
    path = ran.home / where
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(leak(canary.text))
    try:
        report = ran.scan(opened=False)
    finally:
        path.unlink()

    assert {(residue.place, residue.kind) for residue in report.residues} == {(where, canary.kind)}


def test_who_is_erased_stays_erased_whatever_is_delivered_again(ran: Ran, tmp_path: Path) -> None:
    friend = ran.customer("thaddeus.fennimore@canary-post.com")
    customer = ran.customer(EMAIL)
    assert customer
    with open_zone(ran.home, ZONE) as zone:
        certificate = erase(
            zone, customer, "compliance", reader=participants_in, also=[ran.temporary, ran.output]
        )
        verify_certificate(certificate, zone.keyring.verify_key)
        assert certificate["search"]["values"]["name"] >= 1
        erased_at = datetime.now(UTC)
    assert ran.customer(EMAIL) is None

    # A late webhook of before the erasure, the old file under another name, the same day again.
    late = tmp_path / "late"
    late.mkdir()
    old = (ran.inbox / "chats.jsonl").read_text("utf-8")
    (late / "again.jsonl").write_text(
        old + "\n" + json.dumps(conversation(3, WRITTEN_AT, f"late: {EMAIL}")), "utf-8"
    )
    ran.run(late, DAY)
    ran.run(ran.inbox, DAY - timedelta(days=1))

    assert ran.customer(EMAIL) is None
    assert ran.customer("thaddeus.fennimore@canary-post.com") == friend
    with open_zone(ran.home, ZONE) as zone:
        assert zone.keyring.is_destroyed(customer)
    assert ran.scan().residues == ()

    # Who writes again afterwards is somebody new.
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    chat = conversation(4, erased_at + timedelta(seconds=1), f"a new start, {EMAIL}")
    (fresh / "fresh.jsonl").write_text(json.dumps(chat), "utf-8")
    ran.run(fresh, DAY)

    assert ran.customer(EMAIL) not in (None, customer)
    assert ran.scan().residues == ()
