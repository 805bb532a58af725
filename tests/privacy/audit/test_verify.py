"""A stranger with a JSON file and the zone's public key can check a proof, and only a true one."""

import json
import subprocess
import sys
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from privacy.audit.checkpoint import checkpoint_from
from privacy.audit.entries import Act
from privacy.audit.leaves import Leaf, commitment_of, leaf_of
from privacy.audit.log import AuditLog
from privacy.audit.verify import (
    verify_consistency,
    verify_file,
    verify_inclusion,
    verify_opening,
)
from privacy.errors import Tampered
from privacy.opened import create_zone

Proofs = dict[str, Any]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Proofs:
    with create_zone(tmp_path_factory.mktemp("home"), "eu") as zone:
        log = AuditLog(zone)
        entry_ids = log.record_many(
            [
                Act("read_context", "agent-7", "service", "allowed", "c_a", {"n": n})
                for n in range(9)
            ]
        )
        log.seal()
        log.record(action="x", caller_id="y", purpose=None, outcome="done", customer_id="c_b")
        log.seal()
        return {
            "inclusion": log.inclusion_proof(entry_ids[3]),
            "consistency": log.consistency_proof(9, 10),
            "opening": log.opening(entry_ids[3]),
            "key": zone.keyring.verify_key,
        }


def _copy(proof: Any) -> Any:
    return json.loads(json.dumps(proof))


def test_proofs_survive_json(made: Proofs) -> None:
    leaf = verify_inclusion(_copy(made["inclusion"]), made["key"])
    assert leaf.action == "read_context"
    old, new = verify_consistency(_copy(made["consistency"]), made["key"])
    assert (old.size, new.size) == (9, 10)
    verify_opening(_copy(made["inclusion"]), _copy(made["opening"]))


def test_another_zones_key_does_not_verify(made: Proofs) -> None:
    other = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    for key in (other, b"", b"x" * 31, bytes(32)):
        with pytest.raises(Tampered):
            verify_inclusion(made["inclusion"], key)
        with pytest.raises(Tampered):
            verify_consistency(made["consistency"], key)


def _leaves_of(proof: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(proof, dict):
        return [one for key in proof for one in _leaves_of(proof[key], (*place, key))]
    if isinstance(proof, list):
        return [one for key in range(len(proof)) for one in _leaves_of(proof[key], (*place, key))]
    return [place]


@pytest.mark.parametrize("kind", ["inclusion", "consistency"])
@given(data=st.data())
def test_no_changed_proof_is_believed(made: Proofs, kind: str, data: st.DataObject) -> None:
    proof = _copy(made[kind])
    *way, last = data.draw(st.sampled_from(_leaves_of(proof)))
    part = proof
    for key in way:
        part = part[key]
    changed = data.draw(
        st.one_of(
            st.none(),
            st.booleans(),
            st.integers(-2, 2**70),
            st.floats(),
            st.text(max_size=70),
            st.lists(st.integers(), max_size=2),
            st.just({}),
            st.just("00" * 32),
        )
    )
    was = part[last]
    part[last] = changed
    if type(changed) is type(was) and changed == was:
        return
    with pytest.raises(Tampered):
        (verify_inclusion if kind == "inclusion" else verify_consistency)(proof, made["key"])


@pytest.mark.parametrize("kind", ["inclusion", "consistency"])
def test_a_proof_that_lacks_something_is_refused(made: Proofs, kind: str) -> None:
    verify = verify_inclusion if kind == "inclusion" else verify_consistency
    for key in made[kind]:
        proof = _copy(made[kind])
        del proof[key]
        with pytest.raises(Tampered):
            verify(proof, made["key"])
    for key in list(made["inclusion"]["entry"]):
        proof = _copy(made["inclusion"])
        del proof["entry"][key]
        with pytest.raises(Tampered):
            verify_inclusion(proof, made["key"])


def test_a_proof_of_one_kind_is_not_read_as_the_other(made: Proofs) -> None:
    with pytest.raises(Tampered):
        verify_inclusion(made["consistency"], made["key"])
    with pytest.raises(Tampered):
        verify_consistency(made["inclusion"], made["key"])


@pytest.mark.parametrize("proof", [[], "x", None, 3, {}, {"kind": []}])
def test_what_is_no_proof_is_refused(made: Proofs, proof: Any) -> None:
    with pytest.raises(Tampered):
        verify_inclusion(proof, made["key"])
    with pytest.raises(Tampered):
        verify_consistency(proof, made["key"])


def test_a_path_of_a_million_steps_is_refused_unread(made: Proofs) -> None:
    proof = _copy(made["inclusion"])
    proof["path"] = ["00" * 32] * 1_000_000
    with pytest.raises(Tampered):
        verify_inclusion(proof, made["key"])


def test_two_logs_cannot_be_joined(made: Proofs, tmp_path: Path) -> None:
    with create_zone(tmp_path, "uk") as zone:
        log = AuditLog(zone)
        log.record(action="x", caller_id="y", purpose=None, outcome="done")
        head = log.seal()
        log.record(action="x", caller_id="y", purpose=None, outcome="done")
        log.seal()
        proof = log.consistency_proof(1, 2)
        foreign = replace(head, origin="c360/eu/audit")
        proof["old"] = replace(foreign, signature=zone.keyring.sign(foreign.body())).to_json()
        with pytest.raises(Tampered, match="two logs"):
            verify_consistency(proof, zone.keyring.verify_key)
    proof["old"] = head.to_json()
    with pytest.raises(Tampered):
        verify_consistency(proof, made["key"])


def test_a_hash_of_another_length_is_refused(made: Proofs) -> None:
    for one in ("00" * 31, "00" * 33, ""):
        proof = _copy(made["inclusion"])
        proof["path"][0] = one
        with pytest.raises(Tampered, match="not of its form"):
            verify_inclusion(proof, made["key"])


@pytest.mark.parametrize(
    "change",
    [
        {"salt": "00" * 32},
        {"salt": "00"},
        {"salt": "zz"},
        {"salt": None},
        {"customer_id": "c_b"},
        {"customer_id": None},
        {"customer_id": 7},
        {"payload": {"n": 4}},
        {"payload": {"n": 3.0}},
        {"payload": {}},
        {"payload": float("nan")},
    ],
)
def test_an_opening_of_anything_else_is_refused(made: Proofs, change: dict[str, Any]) -> None:
    with pytest.raises(Tampered):
        verify_opening(made["inclusion"], made["opening"] | change)
    with pytest.raises(Tampered):
        verify_opening({}, made["opening"])


def test_a_proof_in_a_file_is_checked_by_its_kind(made: Proofs, tmp_path: Path) -> None:
    path = tmp_path / "proof.json"
    for kind in ("inclusion", "consistency"):
        path.write_text(json.dumps(made[kind]))
        verify_file(path, made["key"])
    for content in (b"", b"\xff", b"[]", b"{}", b'{"kind": "x"}', b"[" * 100_000, b" " * 2**21):
        path.write_bytes(content)
        with pytest.raises(Tampered):
            verify_file(path, made["key"])


def test_the_verifier_needs_neither_the_store_nor_the_zones_keys(
    made: Proofs, tmp_path: Path
) -> None:
    path = tmp_path / "proof.json"
    path.write_text(json.dumps(made["inclusion"]))
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from privacy.audit.verify import verify_file\n"
        f"verify_file(Path({str(path)!r}), bytes.fromhex({made['key'].hex()!r}))\n"
        "loaded = {name.partition('.')[0] for name in sys.modules}\n"
        "assert not loaded & {'sqlalchemy', 'duckdb', 'pydantic'}, loaded\n"
        "assert 'privacy.opened' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


# --- the forms that are hashed and signed never change --------------------------------------------


def test_the_hash_of_a_leaf_does_not_change() -> None:
    leaf = Leaf(
        entry_id="n_a",
        action="read_context",
        caller_id="Zoë",
        purpose=None,
        outcome="allowed",
        happened_at="2026-03-29T01:30:00.000000+00:00",
        commitment="00" * 32,
    )
    assert leaf.hash().hex() == "f1b9582c240def5d9ae9df3dbd054e638d5f4cef103e6ae586e0d5ab8e582d48"


def test_a_leaf_says_the_same_of_the_same_instant_in_any_time_zone() -> None:
    at = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    elsewhere = at.astimezone(timezone(timedelta(hours=9)))
    leaves = {leaf_of("n", "a", "c", None, "o", one, b"x") for one in (at, elsewhere)}
    assert len(leaves) == 1


def test_the_commitment_does_not_change() -> None:
    assert (
        commitment_of(bytes(32), "c_a", b"{}").hex()
        == "8725ce903b998ce19c1b996ee81daf1d2a61f694d8e51fb14bc0fa654231dc4f"
    )


def test_nobody_and_the_empty_customer_are_committed_to_differently() -> None:
    assert commitment_of(bytes(32), None, b"{}") != commitment_of(bytes(32), "", b"{}")
    assert commitment_of(bytes(32), "a", b"b") != commitment_of(bytes(32), "ab", b"")


def test_the_signed_text_of_a_checkpoint_does_not_change() -> None:
    content = {
        "origin": "c360/eu/audit",
        "size": 1,
        "root": "00" * 32,
        "sealed_at": "2026-03-29T01:30:00+00:00",
        "signature": b64encode(bytes(64)).decode(),
    }
    assert checkpoint_from(content).body() == (
        b"c360/eu/audit\n"
        b"1\n"
        b"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
        b"2026-03-29T01:30:00.000000+00:00\n"
    )
    with pytest.raises(Tampered):
        checkpoint_from(content | {"origin": "c360/eu/audit\n99"})
