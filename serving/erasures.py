"""An erasure from plan to certificate, in one go and in one process.

What is known of the person in the clear is in memory only between the erasure and the search for
what it left, so the two belong together.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.landing.participants import participants_in
from privacy.access.model import Action, Caller
from privacy.audit.log import AuditLog
from privacy.erasure.certificate import issue, subject_salt
from privacy.erasure.execute import execute
from privacy.erasure.journal import Erasure, load, unfinished
from privacy.erasure.needles import Value
from privacy.erasure.plan import plan
from privacy.erasure.restored import erase_again, not_erased_again
from privacy.erasure.verify import Verification, verify
from privacy.errors import ErasureIncomplete, LegalHold
from privacy.opened import OpenZone
from privacy.zones.model import Purpose
from serving.query import CustomerQueries

_SHOWN_FAILURES = 20


@dataclass(frozen=True, slots=True)
class Proven:
    """An erasure, its search, and its certificate.

    Attributes:
        certificate: The signed document.
        verification: None where it was certified before, and nothing was done now.
        salt: Shows, with the customer's id, whom the certificate is about; for the person only.
    """

    erasure_id: str
    verification: Verification | None
    certificate: dict[str, Any]
    salt: str


def customer_by(zone: OpenZone, caller: Caller, handle: str) -> str:
    """Find whom a handle means, as compliance may; that is in the log.

    Raises:
        NotFound: Nobody.
    """
    return CustomerQueries(zone, caller, Purpose.ACCOUNTABILITY).find(handle).customer_id


def planned(
    zone: OpenZone, customer_id: str, caller: Caller, *, is_anew: bool, wait_seconds: float
) -> Erasure:
    """Give a plan to erase a customer: the one there is and that is not finished, or a new one.

    A new one is in the audit log.

    Raises:
        NotFound: There is no such customer.
        WarehouseBusy: A run has the warehouse. Safe to retry.
    """
    begun = [] if is_anew else unfinished(zone, customer_id)
    if begun:
        return load(zone, begun[-1])
    made = plan(zone, customer_id, caller.caller_id, wait_seconds=wait_seconds)
    # A plan tells what there is of a person, so it is a look at them, whether executed or not.
    AuditLog(zone).record(
        action=Action.PLAN_ERASURE,
        caller_id=caller.caller_id,
        purpose=Purpose.ACCOUNTABILITY,
        outcome="done",
        customer_id=customer_id,
        payload={"erasure_id": made.erasure_id},
    )
    return load(zone, made.erasure_id)


def execute_and_prove(
    zone: OpenZone,
    erasure_id: str,
    caller: Caller,
    *,
    values: Iterable[Value] = (),
    also: Sequence[Path] = (),
    wait_seconds: float,
) -> Proven:
    """Erase, search for what is left, certify; an erasure that is certified is told again.

    Raises:
        LegalHold: Something of the person is held; nothing was done. It goes on by itself, at a
            run's last stage, once that is released.
        ErasureIncomplete: Something is left, was not searched, or nothing was touched. What was
            done is done; repeat with ``--execute``.
    """
    values = tuple(values)
    standing = load(zone, erasure_id)
    if standing.certificate and _is_still_complete(standing) and not values and not also:
        return Proven(erasure_id, None, standing.certificate, subject_salt(zone, erasure_id))
    done = execute(
        zone,
        erasure_id,
        values=values,
        reader=participants_in,
        executed_by=caller.caller_id,
        wait_seconds=wait_seconds,
    )
    return prove(zone, erasure_id, values=done.values, also=also, wait_seconds=wait_seconds)


def _is_still_complete(erasure: Erasure) -> bool:
    """Tell whether the last search found nothing; one after the certificate may have found a copy."""
    return bool(erasure.progress["verification"]["is_complete"])


def erase_again_from(
    zone: OpenZone, caller: Caller, *, ledger: Path | None, wait_seconds: float
) -> list[str]:
    """Erase again whom the erasure ledger names and a restored store has forgotten.

    Returns:
        Ids of the erasures that were done again. Their certificates stand.

    Raises:
        Tampered: The ledger was changed.
        LegalHold: A hold was placed on some of them since; the others were erased.
        WarehouseBusy: The doors are closed; repeat it for the rest.
    """
    done = erase_again(
        zone,
        ledger=ledger,
        reader=participants_in,
        executed_by=caller.caller_id,
        wait_seconds=wait_seconds,
    )
    again = [each.erasure_id for each in done]
    held = not_erased_again(zone, ledger=ledger)
    if held:
        raise LegalHold(
            f"erased again: {', '.join(again) or 'nobody'}; not erased again, for a hold was placed"
            f" since: {', '.join(held)}; the zone stays shut until you release it (`c360 holds"
            " list`, `release`) and repeat this"
        )
    return again


def prove(
    zone: OpenZone,
    erasure_id: str,
    *,
    values: Iterable[Value] = (),
    also: Sequence[Path] = (),
    wait_seconds: float,
) -> Proven:
    """Search for what an erasure left, and certify that there is nothing.

    Raises:
        ErasureIncomplete: Something is left, was not searched, or nothing was touched.
    """
    found = verify(zone, erasure_id, values=values, also=also, wait_seconds=wait_seconds)
    if not found.is_complete:
        # A certificate from before would otherwise hide what this search found.
        failures = "; ".join(found.failures[:_SHOWN_FAILURES])
        raise ErasureIncomplete(f"erasure {erasure_id} is not complete: {failures}")
    certificate = issue(zone, erasure_id)
    return Proven(erasure_id, found, certificate, subject_salt(zone, erasure_id))
