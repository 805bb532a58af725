import pytest

from privacy.errors import NotFound, WireFormatError
from privacy.identity.lookup import customer_of, subjects_of
from privacy.records.canonical import Handle, HandleKind
from privacy.records.handles import normalise
from privacy.store.tables import CUSTOMER_MEMBERS, SUBJECT_HANDLES


@pytest.fixture
def ada(zone) -> str:
    """A customer with a phone number and a help-desk id."""
    with zone.store.begin() as connection:
        connection.execute(SUBJECT_HANDLES.delete())
        for number, handle in enumerate(
            (
                Handle(HandleKind.PHONE, "+49 30 123456"),
                Handle(HandleKind.VENDOR_USER, "77", "zendesk"),
                Handle(HandleKind.EMAIL, "new@example.org"),
            )
        ):
            connection.execute(
                SUBJECT_HANDLES.insert().values(
                    handle_index=zone.keyring.index.of(
                        handle.kind, normalise(handle), handle.namespace
                    ),
                    subject_id=f"s_{number}",
                    kind=handle.kind,
                    first_seen_at=zone.clock(),
                )
            )
        connection.execute(
            CUSTOMER_MEMBERS.insert(),
            [
                {"subject_id": f"s_{number}", "customer_id": "c_ada", "joined_at": zone.clock()}
                for number in (1, 0)
            ],
        )
    return "c_ada"


@pytest.mark.parametrize(
    ("handle", "region"),
    [
        (Handle(HandleKind.PHONE, "+4930123456"), None),
        (Handle(HandleKind.PHONE, "030 123456"), "DE"),
        (Handle(HandleKind.VENDOR_USER, " 77 ", "zendesk"), None),
    ],
)
def test_a_customer_is_found_by_any_spelling_of_any_handle(zone, ada, handle, region):
    assert customer_of(zone, handle, region) == ada


@pytest.mark.parametrize(
    "handle",
    [
        Handle(HandleKind.PHONE, "+4930999999"),
        Handle(HandleKind.VENDOR_USER, "77", "intercom"),
        Handle(HandleKind.VENDOR_USER, "77"),
        Handle(HandleKind.EMAIL, "new@example.org"),
    ],
)
def test_an_unknown_handle_and_one_not_yet_resolved_are_told_alike(zone, ada, handle):
    with pytest.raises(NotFound) as unknown:
        customer_of(zone, handle)
    assert handle.value not in str(unknown.value)


def test_what_is_no_handle_of_its_kind_is_refused(zone, ada):
    with pytest.raises(WireFormatError):
        customer_of(zone, Handle(HandleKind.EMAIL, "nobody"))


def test_a_customers_subjects_come_in_the_order_of_their_ids(zone, ada):
    assert subjects_of(zone, ada) == ["s_0", "s_1"]
    with pytest.raises(NotFound):
        subjects_of(zone, "c_nobody")
