"""The world as a whole: the same from the same seed, sound in itself, bounded in memory."""

import hashlib
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import phonenumbers
import pyarrow.parquet as pq
import pytest
from stdnum import iban, luhn

from pipelines.synthetic.phrases import languages, phrases_of
from pipelines.synthetic.world import ZONES, WorldReport, generate
from privacy.detection.language import LANGUAGES
from privacy.errors import ConfigurationError, UnknownZone
from privacy.ids import ZoneId

UNTIL = date(2026, 11, 21)
Rows = dict[str, list[dict[str, Any]]]


def digest(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_seed_gives_the_same_bytes_whatever_the_order_of_zones(tmp_path: Path) -> None:
    pair = [ZoneId("br"), ZoneId("eu")]
    generate(tmp_path / "a", seed=3, messages=300, until=UNTIL, zones=pair)
    generate(tmp_path / "b", seed=3, messages=300, until=UNTIL, zones=pair[::-1])
    generate(tmp_path / "c", seed=4, messages=300, until=UNTIL, zones=pair)
    assert digest(tmp_path / "a") == digest(tmp_path / "b")
    assert digest(tmp_path / "a") != digest(tmp_path / "c")


def test_a_world_has_about_as_many_messages_as_were_wanted(world: WorldReport) -> None:
    assert 4000 <= world.count_messages < 4000 + 60 * len(ZONES)


def test_a_zone_there_are_no_people_of_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownZone):
        generate(tmp_path, seed=1, messages=10, until=UNTIL, zones=[ZoneId("mars")])


@pytest.mark.parametrize("wrong", [{"messages": 0}, {"days": 1}, {"zones": []}])
def test_numbers_that_make_no_world_are_refused(tmp_path: Path, wrong: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError):
        generate(tmp_path, **{"seed": 1, "messages": 10, "until": UNTIL, **wrong})


def test_a_world_of_one_zone_has_no_strays(tmp_path: Path) -> None:
    report = generate(tmp_path, seed=1, messages=400, until=UNTIL, zones=[ZoneId("us")])
    outcomes = {o for sources in report.items.values() for each in sources.values() for o in each}
    assert not outcomes & {"stray", "conflicting"}


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    generate(
        tmp_path,
        seed=1,
        messages=2500,
        until=UNTIL,
        zones=[ZoneId("uk")],
        progress=lambda done, wanted: told.append((done, wanted)),
    )
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert len(told) >= 3
    assert {wanted for _, wanted in told} == {2500}


def test_the_shares_are_those_of_a_retailer(world: WorldReport) -> None:
    def average(name: str) -> float:
        total = sum(kpis["count_messages"] for kpis in world.kpis.values())
        return sum(k[name] * k["count_messages"] for k in world.kpis.values()) / total

    assert 0.55 < average("share_people_on_several_channels") < 0.85
    assert 0.05 < average("share_repeated_explanation") < 0.35
    assert 0.6 < average("share_solved_at_first_contact") < 0.95
    assert 0.05 < average("share_canned") < 0.2
    assert 0.2 < average("share_quoting") < 0.45
    assert 0.4 < average("share_answered_fast") < 0.9


def test_every_zone_speaks_its_languages(truth: Rows) -> None:
    spoken = defaultdict(set)
    for row in truth["people"]:
        spoken[row["zone"]].add(row["language"])
    assert {"de", "fr", "it", "es", "nl", "pl"} <= spoken["eu"]
    assert "pt" in spoken["br"]
    assert "zh" in spoken["cn"]
    assert {"en", "es"} <= spoken["us"]


def test_a_world_speaks_the_languages_asked_for_each_as_much(tmp_path: Path) -> None:
    tags = languages()
    report = generate(tmp_path, seed=2, messages=3000, until=UNTIL, languages=tags)
    rows = pq.read_table(report.truth / "messages.parquet").to_pylist()
    count = Counter(row["language"] for row in rows)
    assert set(count) == set(LANGUAGES) == set(tags)
    assert min(count.values()) > 0.3 * max(count.values())
    named = Counter(
        row["language"] for row in rows if any(s["entity"] == "PERSON" for s in row["spans"])
    )
    for tag in tags:
        assert 0.2 < named[tag] / count[tag] < 0.8
    people = pq.read_table(report.truth / "people.parquet").to_pylist()
    assert {"RU", "TR", "JP", "KR", "TH", "ID", "SA", "IN"} < {one["country"] for one in people}


def test_a_world_in_a_language_nobody_speaks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="xx"):
        generate(tmp_path, seed=1, messages=10, until=UNTIL, languages=["xx"])


def test_a_woman_s_family_name_agrees_where_the_language_wants_it() -> None:
    russian = phrases_of("ru")
    assert russian.agreed("Анна", "Горский") == "Горская"
    assert russian.agreed("Анна", "Бондаренко") == "Бондаренко"
    assert russian.agreed("Антон", "Белов") == "Белов"


def test_spans_lie_in_the_text_and_hold_what_they_say(truth: Rows) -> None:
    names = {row["person_id"]: row["full_name"] for row in truth["people"]}
    found = defaultdict(set)
    for row in truth["messages"]:
        end = 0
        for span in row["spans"]:
            assert end <= span["start"] < span["end"] <= len(row["text"])
            end = span["end"]
            value = row["text"][span["start"] : span["end"]]
            assert value == value.strip()
            found[span["entity"]].add(value)
        full = names.get(row["person_id"])
        if full and full in row["text"]:
            start = row["text"].index(full)
            assert any(s["start"] <= start < s["end"] for s in row["spans"])
    assert all("@" in value for value in found["EMAIL_ADDRESS"])
    assert all(
        value.rpartition(".")[2] in ("com", "org", "net") for value in found["EMAIL_ADDRESS"]
    )
    assert all("example" in value for value in found["EMAIL_ADDRESS"])
    assert all(
        luhn.is_valid(value.replace(" ", "").replace("-", "")) for value in found["CREDIT_CARD"]
    )
    assert all(iban.is_valid(value.upper()) for value in found["IBAN_CODE"])
    kinds = {"PERSON", "PHONE_NUMBER", "ORDER_NUMBER", "LOYALTY_CARD", "STREET_ADDRESS"}
    assert kinds | {"DATE_OF_BIRTH", "CREDIT_CARD", "IBAN_CODE", "BR_CPF"} <= found.keys()


def test_phone_handles_are_numbers_that_can_be_dialled(truth: Rows) -> None:
    numbers = {row["value"] for row in truth["handles"] if row["kind"] == "phone"}
    assert all(phonenumbers.is_valid_number(phonenumbers.parse(n, None)) for n in numbers)


def test_a_handle_belongs_to_one_person(truth: Rows) -> None:
    owners = defaultdict(set)
    for row in truth["handles"]:
        owners[row["zone"], row["kind"], row["namespace"], row["value"]].add(row["person_id"])
    assert all(len(people) == 1 for people in owners.values())


def test_the_truth_of_a_problem_agrees_with_its_contacts(truth: Rows) -> None:
    contacts = defaultdict(list)
    for row in truth["contacts"]:
        contacts[row["problem_id"]].append(row)
    for problem in truth["problems"]:
        its = contacts[problem["problem_id"]]
        assert problem["count_contacts"] == len(its)
        assert problem["is_repeated_explanation"] == (len(its) > 1)
        assert problem["is_solved"] == its[-1]["is_solved"]
        assert problem["channels"] == sorted({row["channel"] for row in its})
        assert problem["count_handoffs"] == sum(row["count_handoffs"] for row in its)
        assert problem["handling_seconds"] == pytest.approx(
            sum(row["handling_seconds"] for row in its)
        )
        if problem["is_self_service"]:
            assert problem["first_agent_answer_seconds"] is None


def test_other_customers_are_mentioned_where_the_truth_says(truth: Rows) -> None:
    people = {row["person_id"]: row for row in truth["people"]}
    texts = {
        (row["zone"], row["source"], row["vendor_id"]): row["text"] for row in truth["messages"]
    }
    assert truth["mentions"]
    for row in truth["mentions"]:
        text = texts[row["zone"], row["source"], row["vendor_id"]]
        value = text[row["start"] : row["end"]]
        assert row["mentioned_person_id"] != row["person_id"]
        if row["entity"] == "PERSON":
            full = people[row["mentioned_person_id"]]["full_name"]
            assert value.casefold() == full.casefold()


@pytest.mark.slow
def test_memory_does_not_grow_with_the_world(tmp_path: Path) -> None:
    program = (
        "import resource, sys; from datetime import date; from pathlib import Path;"
        "from pipelines.synthetic.world import generate;"
        "generate(Path(sys.argv[1]), seed=1, messages=int(sys.argv[2]), until=date(2026, 11, 21),"
        " zones=['eu']); print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )

    def peak_kib(messages: int) -> int:
        folder = tmp_path / str(messages)
        command = [sys.executable, "-c", program, str(folder), str(messages)]
        return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)

    assert peak_kib(60_000) - peak_kib(15_000) < 32 * 1024
    assert pq.read_metadata(tmp_path / "60000" / "truth" / "messages.parquet").num_rows >= 60_000
