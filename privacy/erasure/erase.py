"""Erase a customer from plan to certificate in one go, for callers who need no approval between."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from privacy.erasure.certificate import issue
from privacy.erasure.execute import execute
from privacy.erasure.known_values import Reader
from privacy.erasure.needles import Value
from privacy.erasure.plan import plan
from privacy.erasure.verify import verify
from privacy.opened import OpenZone


def erase(
    zone: OpenZone,
    customer_id: str,
    requested_by: str,
    *,
    values: Iterable[Value] = (),
    reader: Reader | None = None,
    also: Sequence[Path] = (),
    wait_seconds: float = 600,
) -> dict[str, Any]:
    """Plan, execute, verify and certify the erasure of one customer.

    What was known of the person in the clear is held in memory from before the first step to after
    the last search, and nowhere else.

    Args:
        zone: Whose.
        customer_id: Whom.
        requested_by: Caller or case that asks for it.
        values: What the operator knows of the person; see `privacy.erasure.execute`.
        reader: Reads deliveries as connectors do; see `privacy.erasure.execute`.
        also: Further folders to search: logs, exports.
        wait_seconds: How long to wait for the warehouse at each step.

    Returns:
        The certificate.

    Raises:
        NotFound: No customer has this id.
        LegalHold: The person is held; nothing was done.
        ErasureIncomplete: Something remains; the message names it. It may be executed again.
        WarehouseBusy: The doors may be closed already; execute the plan again later.
    """
    planned = plan(zone, customer_id, requested_by, wait_seconds=wait_seconds)
    done = execute(
        zone,
        planned.erasure_id,
        values=values,
        reader=reader,
        executed_by=requested_by,
        wait_seconds=wait_seconds,
    )
    verify(zone, planned.erasure_id, values=done.values, also=also, wait_seconds=wait_seconds)
    return issue(zone, planned.erasure_id)
