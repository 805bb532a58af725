"""From a handle to a customer, and from a customer to subjects."""

from sqlalchemy import select

from privacy.errors import NotFound
from privacy.identity.membership import members_of
from privacy.ids import CustomerId, SubjectId
from privacy.opened import OpenZone
from privacy.records.canonical import Handle
from privacy.records.handles import normalise
from privacy.store.tables import CUSTOMER_MEMBERS, SUBJECT_HANDLES


def customer_of(zone: OpenZone, handle: Handle, region: str | None = None) -> CustomerId:
    """Find the customer a handle belongs to.

    Args:
        zone: Where to look.
        handle: In the clear; only its blind index is compared.
        region: ISO 3166-1 alpha-2 to read a national phone number in.

    Raises:
        NotFound: Nobody in this zone is known by it, or not yet as a customer.
        WireFormatError: The value is not of the handle's kind.
    """
    index = zone.keyring.index.of(handle.kind, normalise(handle, region=region), handle.namespace)
    with zone.store.connect() as connection:
        customer: str | None = connection.execute(
            select(CUSTOMER_MEMBERS.c.customer_id)
            .join(SUBJECT_HANDLES, SUBJECT_HANDLES.c.subject_id == CUSTOMER_MEMBERS.c.subject_id)
            .where(SUBJECT_HANDLES.c.handle_index == index)
        ).scalar_one_or_none()
    if customer is None:
        raise NotFound(f"nobody is known by that {handle.kind}")
    return CustomerId(customer)


def subjects_of(zone: OpenZone, customer_id: CustomerId) -> list[SubjectId]:
    """Give the subjects of a customer, in the order of their ids.

    Raises:
        NotFound: There is no such customer now.
    """
    with zone.store.connect() as connection:
        subjects = members_of(connection, customer_id)
    if not subjects:
        raise NotFound("there is no such customer")
    return subjects
