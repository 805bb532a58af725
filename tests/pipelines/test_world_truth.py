"""A generated zone, run from its inbox to its profiles, against the truth that lies beside it.

Another world: ``C360_WORLD=eu:7:1200 pytest tests/pipelines/test_world_truth.py -s`` (zone, seed,
messages); ``-s`` shows the recall of detection by entity and language.
"""

import json
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipelines.run import run_zone
from pipelines.stages.runtime import ZoneAccess
from pipelines.synthetic.world import WorldReport, generate
from privacy.ids import ZoneId
from privacy.opened import OpenZone, create_zone, open_zone
from privacy.profiles.read import count_pages, read_context, read_page
from privacy.records.canonical import Handle, HandleKind
from privacy.records.handles import normalise
from privacy.warehouse.open import open_warehouse
from privacy.zones.model import LegalBasis, Purpose

# A whole run goes through dagster, dbt and their dependencies, whose own deprecations are not ours.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

ZONE, SEED, MESSAGES = os.environ.get("C360_WORLD", "us:11:700").split(":")
UNTIL = date(2026, 5, 1)
Row = dict[str, Any]

_STRICTNESS = {"given": 0, "refused": 1, "withdrawn": 2, "objected": 3}
_STAND_IN = re.compile(r"\[[A-Z_]+-[a-z2-7]{4}\]")
_TABLES = (
    "core.interactions",
    "core.mentions",
    "core.originals",
    "core.handles",
    "core.customers",
    "core.decisions",
    "core.orders",
    "marts.resolution_threads",
    "marts.resolution_kpis",
    "marts.contact_history",
    "marts.agent_context",
    "marts.customer_360",
    "marts.consent_lineage",
)

CERTAIN = frozenset(
    {
        "EMAIL_ADDRESS",
        "PHONE_NUMBER",
        "CREDIT_CARD",
        "IBAN_CODE",
        "BR_CPF",
        "LOYALTY_CARD",
        "CN_RESIDENT_ID",
        "DE_TAX_ID",
        "ES_NIF",
        "FR_NIR",
        "IE_PPS",
        "IT_FISCAL_CODE",
        "NL_BSN",
        "PL_PESEL",
        "UK_NINO",
        "US_SSN",
    }
)
"""What is found wherever it was planted: by form, by check digits, or by the words before it."""

NEVER_IN_CLEAR = ("EMAIL_ADDRESS", "PHONE_NUMBER", "CREDIT_CARD", "IBAN_CODE")


@dataclass
class World:
    """A world that went through a zone.

    Attributes:
        truth: Rows of the truth's tables, of this zone.
        tables: Rows of the warehouse, by schema and table.
        texts: Originals, by interaction.
        told: Interaction to the truth's message, and where the message begins in the text.
    """

    zone: OpenZone
    report: WorldReport
    landed: Row
    truth: dict[str, list[Row]]
    tables: dict[str, list[Row]]
    texts: dict[str, str]
    told: dict[str, tuple[Row, int]]

    def index_of(self, row: Row) -> str:
        """Give the blind index of a handle of the truth."""
        handle = Handle(HandleKind(row["kind"]), row["value"], row["namespace"])
        return self.zone.keyring.index.of(handle.kind, normalise(handle), handle.namespace)

    def customers(self) -> dict[str, str]:
        """Give each cluster's customer."""
        subjects = {row["handle_index"]: row["subject_id"] for row in self.tables["core.handles"]}
        customers = {row["subject_id"]: row["customer_id"] for row in self.tables["core.customers"]}
        return {
            row["cluster"]: customers[subjects[self.index_of(row)]] for row in self.truth["handles"]
        }

    def words(self) -> dict[tuple[str, str], str]:
        """Give the last word of each cluster on each purpose."""
        last: dict[tuple[str, str], tuple[Any, int, str]] = {}
        for row in self.truth["consents"]:
            key = (row["cluster"], row["purpose"])
            word = (row["occurred_at"], _STRICTNESS[row["action"]], row["action"])
            last[key] = max(last.get(key, word), word)
        return {key: word[2] for key, word in last.items()}

    def may(self, cluster: str, purpose: Purpose) -> bool:
        """Tell whether a cluster's person permits a purpose, by the law of the zone."""
        rule = self.zone.policy.purposes[purpose]
        word = self.words().get((cluster, purpose.value))
        if rule.basis is LegalBasis.CONSENT:
            return word == "given"
        return word in (None, "given") if rule.is_objectable else True


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One zone's world, run; the zones that strays come from exist, and are not run."""
    folder: Path = tmp_path_factory.mktemp("world")
    home, zone_id = folder / "home", ZoneId(ZONE)
    other = ZoneId("uk" if zone_id != "uk" else "us")
    share = {"eu": 42, "uk": 16, "br": 16, "cn": 10, "us": 16}
    wanted = round(int(MESSAGES) * (share[ZONE] + share[other]) / share[ZONE])
    zones = [zone_id, other]
    report = generate(folder, seed=int(SEED), messages=wanted, until=UNTIL, zones=zones)
    for each in zones:
        create_zone(home, each)
    ran = run_zone(ZoneAccess(home=home, zone_id=zone_id, workers=0), report.inbox / ZONE)
    zone = open_zone(home, zone_id)
    with open_warehouse(zone.layout, zone.keyring.warehouse_keys) as warehouse:
        tables = {name: warehouse.arrow(f"select * from {name}").to_pylist() for name in _TABLES}
    truth = {
        path.stem: [row for row in pq.read_table(path).to_pylist() if row["zone"] == ZONE]
        for path in report.truth.glob("*.parquet")
    }
    originals = tables["core.originals"]
    opened = zone.keyring.open_many(
        [row["subject_id"] for row in originals],
        table="originals",
        column="sealed",
        sealed=[row["sealed"] for row in originals],
    )
    texts = {
        row["interaction_id"]: json.loads(content or b"")["text"]
        for row, content in zip(originals, opened, strict=True)
    }
    told = _told(zone, truth["messages"], tables["core.interactions"], texts)
    yield World(zone, report, dict(ran.landed), truth, tables, texts, told)
    zone.store.dispose()


def _told(
    zone: OpenZone, messages: list[Row], interactions: list[Row], texts: dict[str, str]
) -> dict[str, tuple[Row, int]]:
    """Pair the truth's messages with interactions; a mail's subject stands before its text."""
    mint = zone.keyring.index.mint
    places = {
        (row["thread_id"], row["occurred_at"]): row["interaction_id"]
        for row in interactions
        if row["source"] == "email"
    }
    found = {}
    for row in messages:
        if row["delivered_zone"] != ZONE:
            continue
        if row["source"] == "email":
            thread = mint("t", "email", row["thread_vendor_id"])
            interaction_id = places[thread, row["occurred_at"]]
        else:
            interaction_id = mint("i", row["source"], row["vendor_id"])
        text = texts[interaction_id]
        assert text.endswith(row["text"])
        found[interaction_id] = (row, len(text) - len(row["text"]))
    return found


# --- account -------------------------------------------------------------------------------------


def test_every_item_is_accounted_for(world: World) -> None:
    made, landed = world.report.items[ZONE], world.landed
    outcomes = {
        "sealed": ("delivered",),
        "duplicate": ("duplicate",),
        "quarantined": ("malformed", "conflicting"),
        "handed_over": ("stray",),
        "suppressed": (),
    }
    for source, truth in made.items():
        expected = {
            outcome: count
            for outcome, kinds in outcomes.items()
            if (count := sum(truth.get(kind, 0) for kind in kinds))
        }
        assert landed["by_source"][source] == expected, source
    assert landed["by_source"].keys() == made.keys()
    assert landed["landed"] == sum(count for truth in made.values() for count in truth.values())
    assert landed["landed"] == sum(landed[outcome] for outcome in outcomes)
    reasons: Counter[str] = Counter()
    for counts in landed["quarantined_by_reason"].values():
        reasons.update(counts)
    kinds = Counter(row["kind"] for row in world.truth["faults"])
    assert reasons["conflicting_evidence"] == kinds["conflicting"]
    assert reasons.total() == kinds["conflicting"] + kinds["malformed"]
    assert {"malformed", "stray"} <= kinds.keys()


def test_every_message_is_loaded_once(world: World) -> None:
    assert world.told.keys() == {row["interaction_id"] for row in world.tables["core.interactions"]}
    lengths = {row["interaction_id"]: row for row in world.tables["core.interactions"]}
    for interaction_id, (row, _) in world.told.items():
        loaded = lengths[interaction_id]
        assert loaded["occurred_at"] == row["occurred_at"]
        assert (loaded["channel"], loaded["speaker"]) == (row["channel"], row["speaker"])
    assert Counter(row["is_return"] for row in world.tables["core.orders"]) == Counter(
        row["is_return"] for row in world.truth["orders"]
    )


# --- identity ------------------------------------------------------------------------------------


def test_customers_are_exactly_the_people_that_handles_can_show(world: World) -> None:
    subjects = {row["handle_index"]: row["subject_id"] for row in world.tables["core.handles"]}
    customers = {row["subject_id"]: row["customer_id"] for row in world.tables["core.customers"]}
    by_customer, by_cluster, by_person = defaultdict(set), defaultdict(set), defaultdict(set)
    for row in world.truth["handles"]:
        index = world.index_of(row)
        by_customer[customers[subjects[index]]].add(index)
        by_cluster[row["cluster"]].add(index)
        by_person[row["person_id"]].add(index)
    assert subjects.keys() == set().union(*by_cluster.values())
    assert {frozenset(group) for group in by_customer.values()} == {
        frozenset(group) for group in by_cluster.values()
    }
    found, possible, true = (
        {pair for group in groups.values() for pair in combinations(sorted(group), 2)}
        for groups in (by_customer, by_cluster, by_person)
    )
    precision, recall = len(found & true) / len(found), len(found & true) / len(true)
    print(
        f"\nidentity: precision {precision:.3f}, recall {recall:.3f} of people's pairs of handles"
    )
    assert precision == 1.0
    assert recall == len(possible) / len(true)


# --- consent -------------------------------------------------------------------------------------


def test_every_decision_is_what_the_person_said_and_the_law_makes_of_it(world: World) -> None:
    customers = world.customers()
    clusters = {customer: cluster for cluster, customer in customers.items()}
    of = {row["subject_id"]: clusters[row["customer_id"]] for row in world.tables["core.customers"]}
    decided = {
        (row["subject_id"], row["purpose"]): row["is_permitted"]
        for row in world.tables["core.decisions"]
    }
    expected = {
        (subject, purpose.value): world.may(cluster, purpose)
        for subject, cluster in of.items()
        for purpose in Purpose
    }
    assert decided == expected
    assert {row["action"] for row in world.truth["consents"]} >= {"given", "refused"}


# --- KPIs ----------------------------------------------------------------------------------------

_SAME = (
    "opened_at",
    "channel",
    "reason",
    "country",
    "count_contacts",
    "count_messages",
    "count_escalations",
    "count_handoffs",
    "count_reopenings",
    "rating",
    "first_answer_seconds",
    "first_agent_answer_seconds",
    "is_asked",
    "is_answered_fast",
    "is_finished",
    "is_solved",
    "is_solved_at_first_contact",
    "is_self_service",
    "is_repeated_explanation",
)


_ADDED = (
    "count_contacts",
    "count_messages",
    "count_escalations",
    "count_handoffs",
    "count_reopenings",
)


def _counted(world: World) -> list[Row]:
    return [
        row for row in world.truth["told_problems"] if world.may(row["cluster"], Purpose.QUALITY)
    ]


def test_problems_are_what_can_be_known_of_them_row_by_row(world: World) -> None:
    customers = world.customers()

    def rows(given: list[Row]) -> Counter[tuple[Any, ...]]:
        return Counter(
            (
                row.get("customer_id") or customers[row["cluster"]],
                tuple(row["channels"]),
                round(row["handling_seconds"], 3),
                *(row[name] for name in _SAME),
            )
            for row in given
        )

    made, found = rows(_counted(world)), rows(world.tables["marts.resolution_threads"])
    assert found - made == Counter()
    assert made - found == Counter()
    assert len(made) > 20


def _key(row: Row) -> tuple[Any, ...]:
    return row["day"], row["channel"], row["country"], row["reason"]


def test_kpis_are_sums_of_the_problems(world: World) -> None:
    sums: dict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)
    for row in _counted(world):
        key = _key({**row, "day": row["opened_at"].date()})
        sums[key].update({name: row[name] for name in _ADDED})
        sums[key].update(
            count_resolution_threads=1,
            count_finished=int(row["is_finished"]),
            count_solved=int(row["is_solved"]),
            count_solved_at_first_contact=int(row["is_solved_at_first_contact"]),
            count_self_service=int(row["is_self_service"]),
            count_repeated_explanation=int(row["is_repeated_explanation"]),
            count_asked=int(row["is_asked"]),
            count_answered=int(row["first_answer_seconds"] is not None),
            count_answered_fast=int(row["is_answered_fast"]),
            count_ratings=int(row["rating"] is not None),
            sum_rating=row["rating"] or 0,
            sum_handling_seconds=row["handling_seconds"],
        )
    names = sorted({name for counts in sums.values() for name in counts})
    found: dict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)
    for row in world.tables["marts.resolution_kpis"]:
        if row["count_resolution_threads"]:
            found[_key(row)].update({name: row[name] for name in names})
    assert found.keys() == sums.keys()
    for key, counts in sums.items():
        for name in names:
            assert found[key][name] == pytest.approx(counts[name], abs=1e-6), (key, name)


def test_orders_are_counted_of_those_who_permit_and_of_nobody(world: World) -> None:
    made = Counter(
        row["ordered_at"].date()
        for row in world.truth["orders"]
        if not row["is_return"]
        and (row["cluster"] is None or world.may(row["cluster"], Purpose.QUALITY))
    )
    found: Counter[date] = Counter()
    for row in world.tables["marts.resolution_kpis"]:
        found[row["day"]] += row["count_orders"]
    assert +found == made


def test_the_sums_over_what_happened_need_no_inference(world: World) -> None:
    if not all(world.may(row["cluster"], Purpose.QUALITY) for row in world.truth["contacts"]):
        pytest.skip("somebody withholds quality: their contacts are in no KPI")
    kpis: Counter[str] = Counter()
    for row in world.tables["marts.resolution_kpis"]:
        kpis.update({name: row[name] for name in _ADDED})
    contacts = world.truth["contacts"]
    silent = ("email", "whatsapp")
    events = Counter(row["kind"] for row in world.truth["events"] if row["source"] not in silent)
    assert kpis["count_messages"] == sum(row["count_messages"] for row in contacts)
    assert kpis["count_escalations"] == events["escalated"]
    assert kpis["count_reopenings"] == events["reopened"]


# --- personal data -------------------------------------------------------------------------------


def _planted(world: World) -> Iterator[tuple[str, Row, str, int, int]]:
    """Yield interaction, message, entity, start and end of everything personal in the texts."""
    for interaction_id, (row, offset) in world.told.items():
        for span in row["spans"]:
            start, end = span["start"] + offset, span["end"] + offset
            yield interaction_id, row, span["entity"], start, end


def test_what_was_planted_is_found(world: World) -> None:
    found = defaultdict(set)
    for mention in world.tables["core.mentions"]:
        covered = range(mention["start_offset"], mention["end_offset"])
        found[mention["interaction_id"]].update(covered)
    total: Counter[tuple[str, str]] = Counter()
    covered_whole: Counter[tuple[str, str]] = Counter()
    for interaction_id, row, entity, start, end in _planted(world):
        total[entity, row["language"]] += 1
        is_whole = found[interaction_id].issuperset(range(start, end))
        covered_whole[entity, row["language"]] += is_whole
    languages = sorted({language for _, language in total})
    rows = ["", "recall".ljust(18) + "".join(language.rjust(12) for language in languages)]
    for entity in sorted({entity for entity, _ in total}):
        cells = (
            f"{covered_whole[entity, language]}/{total[entity, language]}".rjust(12)
            if total[entity, language]
            else "".rjust(12)
            for language in languages
        )
        rows.append(entity.ljust(18) + "".join(cells))
    print("\n".join(rows))
    missed = {key: total[key] - covered_whole[key] for key in total if key[0] in CERTAIN}
    assert not +Counter(missed)
    assert {"EMAIL_ADDRESS", "PHONE_NUMBER"} <= {entity for entity, _ in total}


def test_no_planted_identifier_is_left_in_clear(world: World) -> None:
    values = set()
    for interaction_id, _, entity, start, end in _planted(world):
        if entity in NEVER_IN_CLEAR:
            value = world.texts[interaction_id][start:end].casefold()
            values |= {value, re.sub(r"[\s().-]", "", value)}
    values |= {row["value"] for row in world.truth["handles"] if row["kind"] in ("email", "phone")}
    customers = {row["customer_id"] for row in world.tables["core.customers"]}
    published = [
        json.dumps(
            [
                read_context(world.zone, customer),
                *(
                    read_page(world.zone, customer, page)
                    for page in range(count_pages(world.zone, customer))
                ),
            ],
            default=str,
            ensure_ascii=False,
        )
        for customer in customers
    ]
    places = {
        "core.interactions": [r["text_redacted"] for r in world.tables["core.interactions"]],
        "marts": [
            str(row)
            for name, rows in world.tables.items()
            if name.startswith("marts.")
            for row in rows
        ],
        "profiles": published,
    }
    for place, texts in places.items():
        whole = "\n".join(texts).casefold()
        assert len(whole) > 1000
        assert not [len(value) for value in values if value in whole], place
    assert len(values) > 20


def test_a_stand_in_is_one_value_in_its_thread_and_links_no_threads(world: World) -> None:
    mentions = defaultdict(list)
    for mention in world.tables["core.mentions"]:
        mentions[mention["interaction_id"]].append(mention)
    threads: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    values: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for row in world.tables["core.interactions"]:
        text = world.texts[row["interaction_id"]]
        found = sorted(mentions[row["interaction_id"]], key=lambda each: each["start_offset"])
        stand_ins = _STAND_IN.findall(row["text_redacted"])
        assert len(stand_ins) == len(found)
        for mention, stand_in in zip(found, stand_ins, strict=True):
            value = text[mention["start_offset"] : mention["end_offset"]].casefold()
            value = " ".join(value.split())
            threads[row["thread_id"], mention["entity"], value].add(stand_in)
            values[row["thread_id"], stand_in].add((mention["entity"], value))
    assert {len(stand_ins) for stand_ins in threads.values()} == {1}
    by_value = defaultdict(list)
    for (_, entity, value), (stand_in, *_) in threads.items():
        by_value[entity, value].append(stand_in)
    # Four characters of 32 letters: by chance one pair in a million.
    again = [stand_ins for stand_ins in by_value.values() if len(stand_ins) > 1]
    assert again
    assert sum(len(given) - len(set(given)) for given in again) <= 1


def test_a_number_redacted_once_is_redacted_in_its_whole_thread(world: World) -> None:
    rows = {row["interaction_id"]: row for row in world.tables["core.interactions"]}
    redacted = defaultdict(set)
    for mention in world.tables["core.mentions"]:
        row = rows[mention["interaction_id"]]
        text = world.texts[mention["interaction_id"]]
        value = text[mention["start_offset"] : mention["end_offset"]].casefold()
        is_word = mention["entity"] in ("DATE_TIME", "PERSON", "LOCATION", "ORGANIZATION")
        if not is_word and sum(map(str.isdigit, value)) >= 5:
            redacted[row["segment_id"], row["thread_id"]].add(value)
    left = [
        row["source"]
        for row in rows.values()
        for value in redacted[row["segment_id"], row["thread_id"]]
        if value in row["text_redacted"].casefold()
    ]
    assert len(redacted) > 5
    assert left == []


def test_a_handle_in_a_text_is_the_handle_of_whom_it_belongs_to(world: World) -> None:
    kinds = {"EMAIL_ADDRESS": "email", "PHONE_NUMBER": "phone", "LOYALTY_CARD": "loyalty_card"}
    own: dict[tuple[str, str], str] = {}
    values: dict[str, tuple[str, str]] = {}
    for row in world.truth["handles"]:
        index = world.index_of(row)
        own[row["person_id"], row["kind"]] = index
        values[index] = (row["person_id"], row["kind"])
    of_another = {
        (row["vendor_id"], row["start"]): row["mentioned_person_id"]
        for row in world.truth["mentions"]
    }
    indexes = {
        (row["interaction_id"], row["start_offset"], row["end_offset"]): row["identifier_index"]
        for row in world.tables["core.mentions"]
    }
    interactions = {row["interaction_id"]: row for row in world.tables["core.interactions"]}
    has_one_country = len(world.zone.policy.countries) == 1
    matched: Counter[str] = Counter()
    for interaction_id, row, entity, start, end in _planted(world):
        kind = kinds.get(entity)
        if kind is None:
            continue
        text = world.texts[interaction_id][start:end]
        begin = start - world.told[interaction_id][1]
        person = of_another.get((row["vendor_id"], begin), row["person_id"])
        found = indexes.get((interaction_id, start, end))
        country = interactions[interaction_id]["country"]
        can_tell = kind != "phone" or text.startswith("+") or country or has_one_country
        assert (found is not None) == bool(can_tell), (entity, row["source"])
        # Some write of strangers, whose numbers are nobody's handle.
        if found in values:
            assert values[found] == (person, kind)
            matched[kind] += 1
        elif found is not None and (row["vendor_id"], begin) in of_another:
            assert (person, kind) not in own
    assert {"email", "phone"} <= matched.keys()
