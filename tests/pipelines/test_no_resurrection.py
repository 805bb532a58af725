"""Who was erased does not come back with what arrives, is tried, or is read again later.

By real landing and loading. Backups, merges and old readers are in
`tests/privacy/erasure/test_no_resurrection.py`.
"""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from pipelines.landing.land import land
from pipelines.landing.participants import participants_in
from pipelines.landing.quarantine import list_held, open_held, replay, set_aside
from pipelines.landing.report import LandingReport
from pipelines.stages.interactions import load_day
from pipelines.stages.resolved import resolve_customers
from privacy.detection.config import PATTERNS_ONLY, DetectionConfig
from privacy.detection.executor import InProcess
from privacy.erasure.certificate import issue
from privacy.erasure.execute import execute
from privacy.erasure.journal import load
from privacy.erasure.needles import Value
from privacy.erasure.plan import plan
from privacy.erasure.verify import verify
from privacy.errors import NotFound
from privacy.identity.lookup import customer_of, subjects_of
from privacy.ids import ZoneId
from privacy.opened import OpenZone, create_zone, open_zone
from privacy.records.canonical import Handle, HandleKind
from privacy.records.tables import TABLES
from privacy.warehouse.open import open_warehouse

NOW = datetime(2026, 5, 6, 7, 8, tzinfo=UTC)
DAY = date(2026, 5, 6)
PHONE = "4915155500123"
EMAIL = "anna.canary@mail.example"
BOBS = "4915155500999"
EU = ZoneId("eu")


def _whatsapp(number: int, sender: str, text: str, at: str = "2026-03-01T10:00:00+00:00") -> bytes:
    said = {
        "from": sender,
        "id": f"wamid.{number}",
        "timestamp": str(int(datetime.fromisoformat(at).timestamp())),
        "type": "text",
        "text": {"body": text},
    }
    value = {"metadata": {"phone_number_id": "7700"}, "messages": [said]}
    change = {"field": "messages", "value": value}
    body = {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}
    return json.dumps(body).encode() + b"\n"


def _chat(number: int, visitor: dict[str, str], text: str = "Hello", **more: Any) -> bytes:
    said = {"message_id": "m1", "at": "2026-03-01T10:00:00Z", "speaker": "customer", "text": text}
    chat = {"conversation_id": f"wc-{number}", "visitor": visitor, "messages": [said]} | more
    return json.dumps(chat).encode() + b"\n"


OLD_DAY = b"".join(
    [
        _whatsapp(1, PHONE, "my parcel is late"),
        _whatsapp(2, BOBS, f"Anna is at +{PHONE}, ask her"),
        _whatsapp(3, BOBS, "and where is mine?"),
    ]
)
CHAT = _chat(1, {"email": EMAIL, "phone": f"+{PHONE}"}, country="DE")


@dataclass(slots=True)
class Erased:
    """A zone that Anna was erased from; Bob is still its customer."""

    zone: OpenZone
    erasure_id: str
    customer_id: str
    subjects: frozenset[str]
    values: tuple[Value, ...]

    def land(self, content: bytes, name: str = "late.jsonl", **options: Any) -> LandingReport:
        inbox = self.zone.layout.home.parent / f"{self.zone.layout.home.name}-inbox"
        inbox.mkdir(exist_ok=True)
        (inbox / name).write_bytes(content)
        return land(self.zone, inbox, day=DAY, consume=True, **options)

    def load(self) -> None:
        with open_warehouse(self.zone.layout, self.zone.keyring.warehouse_keys) as warehouse:
            _load(self.zone, warehouse)

    def count(self, query: str) -> int:
        with open_warehouse(self.zone.layout, self.zone.keyring.warehouse_keys) as warehouse:
            return int(warehouse.connection.execute(query).fetchall()[0][0])

    def failures(self) -> tuple[str, ...]:
        """Search for her again, in every place."""
        return verify(self.zone, self.erasure_id, values=self.values).failures


def _load(zone: OpenZone, warehouse: Any) -> None:
    with InProcess(DetectionConfig(models=PATTERNS_ONLY)) as executor:
        load_day(zone, warehouse, DAY, executor=executor)
    resolve_customers(zone, warehouse)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Erased]:
    home = tmp_path_factory.mktemp("erased") / "home"
    with create_zone(home, "eu", clock=lambda: NOW) as zone:
        made = Erased(zone, "", "", frozenset(), ())
        made.land(OLD_DAY, "old.jsonl")
        made.land(CHAT, "chat.jsonl")
        # Held, for its country and its phone name different zones; her number as Germans write it.
        made.land(_chat(9, {"phone": "0151 55500123"}, country="DE", locale="en-US"), "x.jsonl")
        made.load()
        made.customer_id = customer_of(zone, Handle(HandleKind.EMAIL, EMAIL))
        planned = plan(zone, made.customer_id, "case 7")
        done = execute(zone, planned.erasure_id, reader=participants_in)
        made.erasure_id, made.values = planned.erasure_id, done.values
        assert made.failures() == ()
        issue(zone, planned.erasure_id)
        made.subjects = frozenset(load(zone, planned.erasure_id).subject_ids)
        yield made


@pytest.fixture
def erased(template: Erased, tmp_path: Path) -> Iterator[Erased]:
    shutil.copytree(template.zone.layout.home, tmp_path / "home")
    with open_zone(tmp_path / "home", "eu", clock=lambda: NOW) as zone:
        yield replace(template, zone=zone)


def _held(erased: Erased) -> list[str]:
    return [held.reason for held in list_held(erased.zone)]


# --- what arrives late ---------------------------------------------------------------------------


def test_a_late_delivery_of_what_was_before_the_erasure_is_dropped_and_counted(
    erased: Erased,
) -> None:
    report = erased.land(_whatsapp(11, PHONE, "late") + _whatsapp(12, BOBS, "late too"))
    chats = erased.land(_chat(13, {"email": EMAIL}, country="DE"))
    erased.load()

    assert (report.count("suppressed"), report.count("sealed")) == (1, 1)
    assert chats.count("suppressed") == 1
    assert erased.failures() == ()


def test_a_late_delivery_that_says_nothing_of_its_jurisdiction_is_not_held_either(
    erased: Erased,
) -> None:
    late = _chat(13, {"email": EMAIL}) + _chat(14, {"email": "somebody@mail.example"})
    report = erased.land(late + _chat(15, {"phone": "0151 55500123"}, country="DE", locale="en-US"))

    assert report.count("suppressed") == 2
    assert _held(erased) == ["no_evidence"]
    assert erased.failures() == ()


def test_an_item_of_hers_that_comes_again_with_other_content_is_not_held(erased: Erased) -> None:
    report = erased.land(_whatsapp(1, PHONE, "my parcel is late, and I am angry"))
    assert (report.count("suppressed"), _held(erased)) == (1, [])

    assert erased.land(_whatsapp(3, BOBS, "changed")).count("quarantined") == 1
    assert _held(erased) == ["changed_content"]
    assert erased.failures() == ()


def test_of_what_is_held_only_the_part_after_the_erasure_is_kept(erased: Erased) -> None:
    said = [
        {"message_id": str(n), "at": at, "speaker": "customer", "text": f"text {n}"}
        for n, at in enumerate(["2026-03-01T10:00:00Z", "2026-05-06T07:30:00Z"])
    ]
    late = _chat(21, {"email": EMAIL}, messages=said, started_at="2026-03-01T10:00:00Z")
    assert erased.land(late).count("quarantined") == 1

    [(_, content)] = open_held(erased.zone, [held.quarantine_id for held in list_held(erased.zone)])
    assert b"text 1" in content
    assert b"text 0" not in content


# --- what is tried again -------------------------------------------------------------------------


def test_a_replay_from_quarantine_drops_what_was_before_the_erasure_and_wipes_it(
    erased: Erased,
) -> None:
    # As an erasure leaves it that knew no plain value to search the quarantine for.
    set_aside(
        erased.zone,
        source="web_chat",
        place="old.jsonl:9",
        reason="wire_format",
        detail="field x",
        stage="interactions",
        payload=_chat(31, {"email": EMAIL}, country="DE"),
        segment_id="g_1",
        item_id=erased.zone.keyring.index.mint("l", "web_chat", "id", "wc-31"),
    )
    assert erased.failures() != ()

    report = replay(erased.zone, day=DAY, assign_zone=EU)
    erased.load()

    assert (report.count("suppressed"), report.count("sealed")) == (1, 0)
    assert _held(erased) == []
    assert erased.failures() == ()


# --- what is read again --------------------------------------------------------------------------


def test_an_old_day_that_is_landed_again_brings_nothing_of_her_back(erased: Erased) -> None:
    again = erased.land(OLD_DAY, "export again.jsonl")
    once_more = erased.land(CHAT, "chat again.jsonl", default_zone=EU)
    erased.load()

    assert again.count("sealed") == once_more.count("sealed") == 0
    assert _held(erased) == []
    assert erased.failures() == ()


def test_an_old_day_that_is_interpreted_again_from_what_landed_holds_the_others_only(
    erased: Erased,
) -> None:
    with open_warehouse(erased.zone.layout, erased.zone.keyring.warehouse_keys) as warehouse:
        for table in TABLES:
            warehouse.connection.execute(f"delete from core.{table}")
    erased.load()

    assert erased.count("select count(*) from core.interactions") == 1
    assert erased.count("select count(distinct subject_id) from core.handles") == 1
    with pytest.raises(NotFound):
        customer_of(erased.zone, Handle(HandleKind.EMAIL, EMAIL))
    assert erased.failures() == ()


# --- who comes back by their own will ------------------------------------------------------------


def test_who_writes_again_afterwards_is_somebody_new_with_nothing_of_before(
    erased: Erased,
) -> None:
    after = "2026-05-06T07:30:00+00:00"
    report = erased.land(_whatsapp(41, PHONE, "hello, I am new here", after))
    erased.load()

    assert report.count("sealed") == 1
    customer = customer_of(erased.zone, Handle(HandleKind.PHONE, f"+{PHONE}"))
    [subject] = subjects_of(erased.zone, customer)
    assert subject not in erased.subjects
    assert customer != erased.customer_id
    assert (
        erased.count(f"select count(*) from core.interactions where subject_id = '{subject}'") == 1
    )
    assert erased.zone.keyring.destroyed_among(erased.subjects) == erased.subjects
    with pytest.raises(NotFound):
        customer_of(erased.zone, Handle(HandleKind.EMAIL, EMAIL))
    # What she said before is dropped all the same.
    assert erased.land(_whatsapp(42, PHONE, "before")).count("suppressed") == 1
