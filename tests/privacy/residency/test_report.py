"""A report is the word of every zone in it, bit by bit."""

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from privacy.errors import Tampered
from privacy.residency.report import check_report, check_report_file
from privacy.signed import signature_of
from tests.privacy.residency.two_zones import Home


@pytest.fixture(scope="module")
def signed(
    open_home: Callable[[Path], Home], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Home, dict[str, Any], dict[str, bytes]]:
    """A home with one stray, the report of it, and the zones' public keys."""
    home = open_home(tmp_path_factory.mktemp("report"))
    home.insert("us", "i_stray", country="DE")
    report = home.verify().report
    return home, report, {zone: home.zones[zone].keyring.verify_key for zone in home.zones}


def _paths(part: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(part, dict) and part:
        for name, inner in part.items():
            yield from _paths(inner, (*path, name))
    elif isinstance(part, list) and part:
        for place, inner in enumerate(part):
            yield from _paths(inner, (*path, place))
    else:
        yield path


def _with(document: Any, path: tuple[Any, ...], change: Callable[[Any], Any]) -> Any:
    changed = copy.deepcopy(document)
    place = changed
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = change(place[path[-1]])
    return changed


def _one_bit_off(value: Any) -> Any:
    if isinstance(value, int):
        return value ^ 1
    if isinstance(value, str) and value:
        return chr(ord(value[0]) ^ 1) + value[1:]
    return "x"


def test_a_report_that_is_untouched_holds_and_survives_a_file(
    signed: tuple[Home, dict[str, Any], dict[str, bytes]], tmp_path: Path
) -> None:
    _, report, keys = signed
    path = tmp_path / "report.json"
    path.write_text(json.dumps(report, indent=2))
    checked = check_report_file(path, keys)
    assert checked == check_report(report, keys)
    assert (checked.zones, checked.count_findings) == (("eu", "us"), 1)


def test_every_field_changed_by_one_bit_fails(
    signed: tuple[Home, dict[str, Any], dict[str, bytes]],
) -> None:
    _, report, keys = signed
    paths = list(_paths(report))
    assert len(paths) > 100
    for path in paths:
        with pytest.raises(Tampered):
            check_report(_with(report, path, _one_bit_off), keys)


def test_every_zone_it_speaks_of_has_signed_and_every_signature_is_checked(
    signed: tuple[Home, dict[str, Any], dict[str, bytes]],
) -> None:
    _, report, keys = signed
    with pytest.raises(Tampered, match="no key was given to check the word of zone us"):
        check_report(report, {"eu": keys["eu"]})
    with pytest.raises(Tampered, match="not signed by every zone"):
        unsigned = {zone: text for zone, text in report["signatures"].items() if zone == "eu"}
        check_report({**report, "signatures": unsigned}, keys)
    stranger = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    with pytest.raises(Tampered, match="not signed by this key"):
        check_report(report, {**keys, "us": stranger})
    with pytest.raises(Tampered, match="not of its form"):
        check_report({}, keys)


@pytest.mark.parametrize(
    ("path", "value", "why"),
    [
        (("kind",), "c360.residency.report/2", "not of kind"),
        (("count_findings",), 0, "do not add up"),
        (("verified_at",), "yesterday", "not of its form"),
        (("zones", "us", "keys"), [], "not of its form"),
    ],
)
def test_what_does_not_hold_together_fails_though_it_is_signed(
    signed: tuple[Home, dict[str, Any], dict[str, bytes]],
    path: tuple[str, ...],
    value: Any,
    why: str,
) -> None:
    home, report, keys = signed
    changed = _with(report, path, lambda _: value)
    label, member = b"c360 report of residency 1", "signatures"
    changed[member] = {
        zone: signature_of(home.zones[zone].keyring, label, changed, member=member)
        for zone in home.zones
    }
    with pytest.raises(Tampered, match=why):
        check_report(changed, keys)


@pytest.mark.parametrize("content", [b"[]", b'{"kind": 1, "kind": 2}', b"{", b"[" * 100_000])
def test_a_file_that_is_no_document_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "report.json"
    path.write_bytes(content)
    with pytest.raises(Tampered, match="no JSON of a report"):
        check_report_file(path, {})
