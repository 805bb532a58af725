"""A held person is not erased; when the hold is released, the erasure comes to its end by itself."""

import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines.stages.expired import resume_erasures
from privacy.audit.log import AuditLog
from privacy.erasure.certificate import verify_certificate
from privacy.erasure.execute import execute
from privacy.erasure.journal import State, load
from privacy.erasure.plan import plan
from privacy.erasure.waiting import waiting_for
from privacy.errors import LegalHold, NotFound, Refused
from privacy.holds import list_holds, place_hold, release_hold
from privacy.opened import open_zone
from privacy.store import tables as store
from privacy.zones.model import Category


def _ordered_while_held(world: Any, **datum: Any) -> tuple[str, str]:
    planned = plan(world.zone, world.anna, "case 7")
    hold = place_hold(world.zone, world.annas[1], reason="matter 12", placed_by="legal-1", **datum)
    with pytest.raises(LegalHold) as raised:
        execute(world.zone, planned.erasure_id, executed_by="dpo-1")
    assert hold in str(raised.value)
    return planned.erasure_id, hold


@pytest.mark.parametrize(
    "datum", [{}, {"category": Category.ORDERS}, {"thread_id": "t_anna_phone"}]
)
def test_while_any_datum_is_held_nothing_is_erased(world: Any, datum: dict[str, Any]) -> None:
    erasure_id, hold = _ordered_while_held(world, **datum)

    assert load(world.zone, erasure_id).state is State.HELD
    assert waiting_for(world.zone, world.annas[0]) == [erasure_id]
    assert resume_erasures(world.zone).held == [erasure_id]
    assert not any(world.zone.keyring.is_destroyed(owner) for owner in world.annas)
    assert world.count("select count(*) from core.interactions") == 5
    assert not world.zone.layout.ledger.exists()
    (held,) = plan(world.zone, world.anna, "x").holds
    assert held.hold_id == hold


def test_a_released_erasure_comes_to_a_certificate_by_itself(world: Any) -> None:
    erasure_id, hold = _ordered_while_held(world)
    other = place_hold(
        world.zone, world.annas[0], reason="matter 13", placed_by="legal-1",
        category=Category.CONSENT, review_on=date(2027, 1, 1),
    )  # fmt: skip
    release_hold(world.zone, hold, released_by="legal-2")
    assert resume_erasures(world.zone).held == [erasure_id], "another hold stands"
    release_hold(world.zone, other, released_by="legal-2")

    assert resume_erasures(world.zone).certified == [erasure_id]

    certificate = load(world.zone, erasure_id).certificate
    assert certificate is not None
    verify_certificate(certificate, world.zone.keyring.verify_key)
    assert certificate["search"]["count_handles_searched"] == 2
    entry = AuditLog(world.zone).entry(certificate["proof"]["entry"]["entry_id"])
    assert entry.caller_id == "dpo-1", "who ordered it, not the run that carried it out"
    assert resume_erasures(world.zone).certified == []


def test_an_erasure_that_nobody_ordered_does_not_begin_at_a_release(world: Any) -> None:
    planned = plan(world.zone, world.anna, "x")
    hold = place_hold(world.zone, world.annas[0], reason="matter 12", placed_by="legal-1")
    release_hold(world.zone, hold, released_by="legal-1")

    assert resume_erasures(world.zone).certified == []
    assert load(world.zone, planned.erasure_id).state is State.PLANNED


def test_a_customer_who_changed_meanwhile_is_to_be_planned_again(world: Any) -> None:
    erasure_id, hold = _ordered_while_held(world)
    release_hold(world.zone, hold, released_by="legal-1")
    with world.zone.store.begin() as connection:
        connection.execute(
            store.CUSTOMER_MEMBERS.delete().where(
                store.CUSTOMER_MEMBERS.c.subject_id == world.annas[1]
            )
        )

    assert resume_erasures(world.zone).changed == [erasure_id]
    assert not world.zone.keyring.is_destroyed(world.annas[0])


def test_what_is_left_anywhere_is_told_once_and_waits_for_somebody(world: Any) -> None:
    erasure_id, hold = _ordered_while_held(world)
    release_hold(world.zone, hold, released_by="legal-1")
    (world.zone.layout.root / "leak.txt").write_text(world.email)

    assert resume_erasures(world.zone).incomplete == [erasure_id]
    found = load(world.zone, erasure_id).progress["verification"]["failures"]
    assert any("leak.txt" in failure for failure in found)
    assert resume_erasures(world.zone).incomplete == []


KILLED = """
import os, signal, sys
from pathlib import Path
from privacy.erasure import waiting
from privacy.opened import open_zone

def killed(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

waiting.execute_many = killed
waiting.resume(open_zone(Path(sys.argv[1]), "eu"))
"""


def test_killed_while_it_goes_on_it_goes_on_at_the_next_run(world: Any) -> None:
    erasure_id, hold = _ordered_while_held(world)
    release_hold(world.zone, hold, released_by="legal-1")
    run = subprocess.run(
        [sys.executable, "-c", KILLED, str(world.zone.layout.home)],
        check=False,
        capture_output=True,
        cwd=Path(__file__).parents[3],
        env=dict(os.environ),
    )
    assert run.returncode == -signal.SIGKILL, run.stderr.decode()

    with open_zone(world.zone.layout.home, "eu", clock=world.zone.clock) as resumed:
        assert resume_erasures(resumed).certified == [erasure_id]


def test_every_hold_is_in_the_log_and_on_the_list(world: Any) -> None:
    hold = place_hold(
        world.zone, world.annas[0], reason="matter 12", placed_by="legal-1",
        category=Category.ORDERS, review_on=date(2027, 1, 1),
    )  # fmt: skip
    release_hold(world.zone, hold, released_by="legal-2")

    acts = sorted(
        (entry.action, entry.caller_id, entry.payload)
        for entry in AuditLog(world.zone).entries_for(world.anna)
        if entry.action.endswith("_hold")
    )
    assert [act[:2] for act in acts] == [("place_hold", "legal-1"), ("release_hold", "legal-2")]
    assert acts[0][2]["reason"] == "matter 12"
    assert list_holds(world.zone) == ()
    (was,) = list_holds(world.zone, with_released=True)
    assert (was.datum, was.review_on, was.released_by) == ("orders", date(2027, 1, 1), "legal-2")


def test_what_cannot_be_held_is_refused(world: Any) -> None:
    words = {"reason": "matter 12", "placed_by": "legal-1"}
    with pytest.raises(NotFound):
        place_hold(world.zone, "s_nobody", **words)
    with pytest.raises(Refused):
        place_hold(world.zone, world.bobs[0], category=Category.AUDIT, thread_id="t", **words)
    with pytest.raises(Refused):
        place_hold(world.zone, world.bobs[0], reason="x" * 201, placed_by="legal-1")
    world.zone.keyring.destroy(world.bobs)
    with pytest.raises(Refused):
        place_hold(world.zone, world.bobs[0], **words)


def test_a_hold_that_comes_while_the_doors_are_closing_is_in_time(
    world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from privacy.erasure import doors

    gathered = doors.gather_each

    def late(*args: Any, **kwargs: Any) -> Any:
        place_hold(world.zone, world.annas[0], reason="matter 12", placed_by="legal-1")
        return gathered(*args, **kwargs)

    monkeypatch.setattr(doors, "gather_each", late)
    planned = plan(world.zone, world.anna, "x")
    with pytest.raises(LegalHold):
        execute(world.zone, planned.erasure_id)
    assert load(world.zone, planned.erasure_id).state is State.HELD
    assert not world.zone.keyring.is_destroyed(world.annas[0])
