"""Policies that must not load, and that the refusal names file and field."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from privacy.errors import PolicyError
from privacy.zones.loader import POLICIES, load_policies, load_policy


def shipped(zone: str = "eu") -> dict[str, Any]:
    content = yaml.load((POLICIES / f"{zone}.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)
    return typed(content)


def typed(value: Any) -> Any:
    """Give numbers and truth values back their type; BaseLoader reads text only."""
    if isinstance(value, dict):
        return {key: typed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [typed(inner) for inner in value]
    if value in {"true", "false"}:
        return value == "true"
    if isinstance(value, str) and value.isdecimal():
        return int(value)
    return float(value) if value == "0.4" else value


def quoted(content: Any) -> str:
    class Quoting(yaml.SafeDumper):
        pass

    return yaml.dump(content, Dumper=Quoting, sort_keys=False, default_flow_style=False)


def put(folder: Path, content: Any, name: str = "eu") -> None:
    (folder / f"{name}.yaml").write_text(
        content if isinstance(content, str) else quoted(content), "utf-8"
    )


def refusal(folder: Path, zone: str = "eu") -> str:
    with pytest.raises(PolicyError) as refused:
        load_policy(zone, directory=folder)
    return str(refused.value)


def test_a_shipped_policy_copied_elsewhere_loads(tmp_path):
    put(tmp_path, shipped())
    assert load_policy("eu", directory=tmp_path) == load_policy("eu")


ABSENT = object()


def step(persons=None, sensitive=None, instruments=("adequacy",)):
    return {
        "persons_at_most": persons,
        "sensitive_at_most": sensitive,
        "instruments": list(instruments),
        "source": "Art. 1",
        "effective_from": "2024-01-01",
        "confidence": "unverified",
    }


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        (("purposes", "marketing", "source"), ABSENT, "purposes.marketing.source"),
        (("purposes", "marketing", "source"), "", "purposes.marketing.source"),
        (("purposes", "marketing", "source"), "   ", "purposes.marketing.source"),
        (("purposes", "marketing", "effective_from"), ABSENT, "purposes.marketing.effective_from"),
        (("purposes", "marketing", "confidence"), "certain", "purposes.marketing.confidence"),
        (("purposes", "marketing", "basis"), "good_will", "purposes.marketing.basis"),
        (("purposes", "marketing", "basis"), "contract", "marketing must need consent"),
        (("purposes", "marketing"), ABSENT, "purposes: no marketing"),
        (("purposes", "quality", "is_objectable"), ABSENT, "quality: a purpose on legitimate"),
        (("purposes", "service", "is_objectable"), True, "service: a purpose on contract cannot"),
        (("purposes", "stalking"), {}, "purposes.stalking"),
        (("retention", "landing", "days"), "P1M", "retention.landing.days"),
        (("retention", "landing", "days"), -1, "retention.landing.days"),
        (("retention", "landing", "days"), 0, "retention.landing.days"),
        (("retention", "landing", "days"), True, "retention.landing.days"),
        (("retention", "landing", "days"), 10**30, "retention.landing.days"),
        (("retention", "landing", "months"), 1, "retention.landing: give days or months"),
        (("retention", "landing", "days"), ABSENT, "retention.landing: give days or months"),
        (("retention", "audit"), ABSENT, "retention: no audit"),
        (("retention", "interactions", "months"), "one", "retention.interactions.months"),
        (("deadlines", "request"), ABSENT, "deadlines: no request"),
        (("deadlines", "request", "days"), 30, "deadlines.request: give hours, days"),
        (("deadlines", "request", "extension_days"), 3, "deadlines.request: give an extension"),
        (("deadlines", "request", "effective_to"), "2018-05-25", "effective_to must be later"),
        (("transfers", "default", "source"), ABSENT, "transfers.default.source"),
        (("transfers", "instruments", "adequacy", "source"), ABSENT, "adequacy.source"),
        (
            ("transfers", "handed_over_under"),
            "handshake",
            "transfers: no such instrument: handshake",
        ),
        (("transfers", "received_in"), "Ireland", "transfers.received_in"),
        (("transfers", "volumes"), [step(1, 0, ["handshake"]), step()], "instrument: handshake"),
        (("transfers", "volumes"), [step(1, 0)], "the last step of volumes has no limit"),
        (("transfers", "volumes"), [step(1), step()], "but the last has both limits"),
        (("transfers", "volumes"), [step(2, 0), step(1, 0), step()], "the steps of volumes rise"),
        (("transfers", "volumes"), [step(-1, 0), step()], "transfers.volumes.0.persons_at_most"),
        (("territory",), ABSENT, "territory"),
        (("countries",), [], "countries"),
        (("countries",), ["DE", "DE"], "countries: one entry stands twice"),
        (("countries",), ["Germany"], "countries.0"),
        (("countries",), ["de"], "countries.0"),
        (("languages",), ["english"], "languages.0"),
        (("suite",), "rot13", "suite"),
        (("key_uri",), "nowhere", "key_uri"),
        (("time_zone",), "Mars/Olympus", "time_zone: not an IANA time zone"),
        (("time_zone",), "../../etc/passwd", "time_zone: not an IANA time zone"),
        (("bases",), ["consent"], "purposes.service.basis: the regime knows no contract"),
        (("detection", "threshold"), 2, "detection.threshold"),
        (("id",), "uk", "id: must be the file's name"),
        (("id",), "../eu", "id"),
        (("surprise",), 1, "surprise"),
        (("purposes", "marketing", "surprise"), 1, "purposes.marketing.surprise"),
    ],
)
def test_an_unsound_policy_is_refused_by_file_and_field(tmp_path, path, value, field):
    content = shipped()
    holder = content
    for step in path[:-1]:
        holder = holder[step]
    if value is ABSENT:
        del holder[path[-1]]
    else:
        holder[path[-1]] = value
    put(tmp_path, content)
    message = refusal(tmp_path)
    assert message.startswith("eu.yaml: ")
    assert field in message


BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "not a mapping"),
        ("- eu", "not a mapping"),
        ("just text", "not a mapping"),
        ("id: [", "line 1"),
        ("id: eu\nid: uk\n", "line 2 one field stands twice"),
        ("? [a, b]\n: c\n", "a field's name is plain text"),
        (BOMB, "aliases are not read"),
        ("!!python/object/apply:os.system [id]", "line 1"),
        ("id: !!binary aGk=\n", "eu.yaml"),
        ("<<: {id: eu}\n", "eu.yaml: name: Field required"),
        ("%YAML 9.9\n---\nid: eu\n", "eu.yaml"),
        ("--- {id: eu}\n--- {id: eu}\n", "eu.yaml"),
        ("id: \x07\n", "not readable as YAML"),
        ("[" * 20_000, "eu.yaml"),
    ],
)
def test_hostile_yaml_is_refused_in_one_line(tmp_path, content, complaint):
    put(tmp_path, content)
    message = refusal(tmp_path)
    assert complaint in message
    assert "\n" not in message


def test_a_file_that_is_not_text_or_too_large_is_refused(tmp_path):
    (tmp_path / "eu.yaml").write_bytes(b"\xff\xfe\x00")
    assert refusal(tmp_path) == "eu.yaml: not UTF-8"
    (tmp_path / "eu.yaml").write_bytes(b"#" * 300_000)
    assert "larger than" in refusal(tmp_path)


@given(st.binary(max_size=200))
def test_no_bytes_at_all_bring_down_the_loader(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("policies")
    (folder / "eu.yaml").write_bytes(content)
    assert refusal(folder).startswith("eu.yaml")


def test_norway_is_a_country_and_not_a_no(tmp_path):
    put(tmp_path, quoted(shipped()).replace("'NO'", "NO"))
    assert "NO" in load_policy("eu", directory=tmp_path).countries


def test_a_policy_that_changes_on_disk_is_read_again(tmp_path):
    content = shipped()
    put(tmp_path, content)
    assert load_policy("eu", directory=tmp_path).name == "European Union and EEA"
    content["name"] = "Elsewhere"
    put(tmp_path, content)
    assert load_policy("eu", directory=tmp_path).name == "Elsewhere"


def test_two_zones_cannot_claim_one_country(tmp_path):
    put(tmp_path, shipped("eu"))
    put(tmp_path, shipped("uk") | {"countries": ["GB", "DE"]}, "uk")
    with pytest.raises(PolicyError, match=r"uk\.yaml: countries: DE is claimed by eu too"):
        load_policies(directory=tmp_path)


def test_two_zones_cannot_claim_one_store_pattern(tmp_path):
    put(tmp_path, shipped("eu") | {"stores": ["flagship-*"]})
    put(tmp_path, shipped("uk") | {"stores": ["Flagship-*"]}, "uk")
    with pytest.raises(PolicyError, match=r"uk\.yaml: stores"):
        load_policies(directory=tmp_path)


def test_a_new_zone_is_one_more_file(tmp_path):
    put(tmp_path, shipped("eu"))
    put(tmp_path, shipped("uk") | {"id": "jp", "countries": ["JP"]}, "jp")
    assert tuple(load_policies(directory=tmp_path)) == ("eu", "jp")


def test_an_empty_folder_and_an_odd_file_name_are_refused(tmp_path):
    with pytest.raises(PolicyError, match="no policy file"):
        load_policies(directory=tmp_path)
    put(tmp_path, shipped(), "Not A Zone")
    with pytest.raises(PolicyError, match="not a zone id"):
        load_policies(directory=tmp_path)
