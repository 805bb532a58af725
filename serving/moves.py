"""A customer who moved to another country goes to another zone, and is erased in the first.

In three acts, each of which may be repeated: this zone hands over, under a transfer on its register;
the other zone takes in and leaves a signed receipt (`pipelines.landing.moving_in`); this zone, with
the receipt in hand, erases and certifies. Nothing is erased without a receipt for every item, and
when more has come in meanwhile, the whole is handed over again first.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from pipelines.connectors.connector import Connector
from pipelines.landing.handoff import keys_of
from pipelines.landing.moving import MoveReceipt, Terms, read_receipt, receipt_path
from pipelines.landing.moving_out import Belongings, belongings, leave, move_id_of
from privacy.access.model import Caller
from privacy.erasure.journal import Erasure, Step, load
from privacy.erasure.needles import Value
from privacy.errors import ConfigurationError, LegalHold, NotFound, Refused, Tampered
from privacy.ids import ZoneId
from privacy.opened import OpenZone
from privacy.transfers import Transfer, TransferRegister, recipient_of
from privacy.whole_files import write_whole
from privacy.zones.model import Purpose, ZonePolicy
from serving.erasures import Proven, execute_and_prove, planned

CATEGORIES = ("interactions", "orders", "consents", "contacts")
"""What sorts of data a move may hold; the register has them all, whatever it held."""


@dataclass(frozen=True, slots=True)
class Move:
    """How far a move has come, as the zone's folder has it; names nobody.

    Attributes:
        sha256: Of the file that was handed over.
        digest: Of which deliveries it holds.
        count_items: How many items.
        erasure_id: The erasure here, once it is planned.
    """

    move_id: str
    to: ZoneId
    sha256: str
    digest: str
    count_items: int
    erasure_id: str | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of a call.

    Attributes:
        state: ``handed_over``, ``waiting`` for the receipt, or ``erased``.
        receipt: What the other zone said.
        certificate: Of the erasure here.
        proven: The erasure, where it was carried out in this call.
    """

    state: str
    move: Move
    receipt: MoveReceipt | None = None
    certificate: Mapping[str, Any] | None = None
    proven: Proven | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """What was ordered.

    Attributes:
        to: The zone the customer goes to.
        country: Where they live now; ISO 3166-1 alpha-2.
        instrument: What the transfer is to rest on.
        is_lossy: Go on although something cannot be taken in elsewhere, and is erased here.
    """

    customer_id: str
    to: ZoneId
    country: str
    instrument: str | None
    is_lossy: bool = False


def country_of(policy: ZonePolicy, given: str | None) -> str:
    """Give the country a customer moves to.

    Raises:
        ConfigurationError: It is not one of the zone's, or the zone has several and none is given.
    """
    if given is None and len(policy.countries) == 1:
        return policy.countries[0]
    if given is None or given.upper() not in policy.countries:
        raise ConfigurationError(
            f"say where in zone {policy.id} the customer lives now: {', '.join(policy.countries)}"
        )
    return given.upper()


def move(
    zone: OpenZone,
    order: Order,
    caller: Caller,
    *,
    connectors: Mapping[str, Connector],
    values: Iterable[Value] = (),
    also: Sequence[Path] = (),
    wait_seconds: float = 600,
) -> Moved:
    """Do what is to be done next: hand over, wait, or erase.

    Raises:
        NotFound: There is no such customer.
        TransferForbidden: No instrument that is valid today covers the move.
        LegalHold: The customer's data is held here, so it may not be erased; nothing was done.
        Refused: Something cannot be taken in elsewhere; nothing was done.
        Tampered: The receipt is not the other zone's, or not for what was handed over.
        ErasureIncomplete: What was handed over is not wholly erased here. Safe to repeat.
    """
    standing = _read(zone, move_id_of(zone, order.customer_id, order.to))
    if standing is not None and _is_begun(zone, standing):
        return _erase(zone, standing, caller, values, also, wait_seconds)
    found = belongings(zone, order.customer_id, connectors, wait_seconds=wait_seconds)
    if standing is None or standing.digest != found.digest:
        _refuse_held(zone, order, caller, wait_seconds)
        return Moved("handed_over", _hand_over(zone, order, caller, found))
    receipt = _receipt(zone, standing)
    if receipt is None:
        return Moved("waiting", standing)
    erasure = _refuse_held(zone, order, caller, wait_seconds)
    begun = replace(standing, erasure_id=erasure.erasure_id)
    _write(zone, begun)
    done = _erase(zone, begun, caller, values, also, wait_seconds)
    return replace(done, receipt=receipt)


def _is_begun(zone: OpenZone, standing: Move) -> bool:
    """Tell whether the erasure has closed the doors; until then more may come in, and is to go too."""
    if standing.erasure_id is None:
        return False
    return load(zone, standing.erasure_id).is_done(Step.SUPPRESSED)


def _refuse_held(zone: OpenZone, order: Order, caller: Caller, wait_seconds: float) -> Erasure:
    """Plan the erasure, and order nothing that is held.

    It would go on by itself, and take what came in meanwhile and was not handed over.
    """
    erasure = planned(zone, order.customer_id, caller, is_anew=True, wait_seconds=wait_seconds)
    holds = erasure.plan["holds"]
    if holds:
        raise LegalHold(f"{len(holds)} legal holds keep customer {order.customer_id} in this zone")
    return erasure


def _hand_over(zone: OpenZone, order: Order, caller: Caller, found: Belongings) -> Move:
    if not found.items:
        raise NotFound(f"nothing of customer {order.customer_id} can be read by another zone")
    if found.left_behind and not order.is_lossy:
        told = ", ".join(f"{count} {kind}" for kind, count in sorted(found.left_behind.items()))
        raise Refused(
            f"{told} came from deliveries that are no longer kept, and cannot be taken in by zone"
            f" {order.to}: they would be erased here and be nowhere"
        )
    move_id = move_id_of(zone, order.customer_id, order.to)
    permit = TransferRegister(zone).authorise(
        Transfer(
            recipient_of(order.to),
            order.country,
            Purpose.SERVICE,
            CATEGORIES,
            1,
            persons=(order.customer_id,),
        ),
        instrument=order.instrument,
        by=caller.caller_id,
        reference=move_id,
    )
    terms = Terms(
        move_id, permit.instrument, permit.reference, Purpose.SERVICE.value, found.categories
    )
    # A receipt for less than is handed over now must not be taken for one.
    receipt_path(zone.layout.home, zone.zone, move_id).unlink(missing_ok=True)
    sha256 = leave(zone, order.to, terms, found)
    made = Move(move_id, order.to, sha256, found.digest, len(found.items))
    _write(zone, made)
    return made


def _receipt(zone: OpenZone, standing: Move) -> MoveReceipt | None:
    path = receipt_path(zone.layout.home, zone.zone, standing.move_id)
    keys = keys_of(zone, standing.to)
    if not path.is_file() or keys is None:
        return None
    receipt = read_receipt(path, keys.verify_key)
    expected = (standing.move_id, zone.zone, standing.to, standing.sha256, standing.count_items)
    told = (
        receipt.move_id,
        receipt.sender,
        receipt.recipient,
        receipt.sha256,
        receipt.count_items,
    )
    if told != expected or not receipt.is_whole:
        raise Tampered("the receipt is not for what was handed over")
    return receipt


def _erase(
    zone: OpenZone,
    standing: Move,
    caller: Caller,
    values: Iterable[Value],
    also: Sequence[Path],
    wait_seconds: float,
) -> Moved:
    erasure = load(zone, str(standing.erasure_id))
    if erasure.certificate is not None:
        return Moved("erased", standing, certificate=erasure.certificate)
    proven = execute_and_prove(
        zone,
        erasure.erasure_id,
        caller,
        values=values,
        also=also,
        wait_seconds=wait_seconds,
    )
    receipt_path(zone.layout.home, zone.zone, standing.move_id).unlink(missing_ok=True)
    return Moved("erased", standing, certificate=proven.certificate, proven=proven)


# --- how far it has come ------------------------------------------------------------------------


def _path(zone: OpenZone, move_id: str) -> Path:
    return zone.layout.root / "moves" / f"{move_id}.json"


def _read(zone: OpenZone, move_id: str) -> Move | None:
    path = _path(zone, move_id)
    if not path.exists():
        return None
    try:
        return Move(**json.loads(path.read_bytes()))
    except (ValueError, TypeError):
        raise Tampered(f"{path.name} is not of its form") from None


def _write(zone: OpenZone, standing: Move) -> None:
    path = _path(zone, standing.move_id)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    write_whole(path, json.dumps(asdict(standing)).encode("ascii"))
