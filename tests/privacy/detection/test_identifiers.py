import pytest

from privacy.detection.identifiers import identifier_of
from privacy.records.canonical import HandleKind


@pytest.mark.parametrize(
    ("entity", "value", "region", "expected"),
    [
        ("EMAIL_ADDRESS", "Ada@Example.COM", None, (HandleKind.EMAIL, "ada@example.com", "")),
        ("PHONE_NUMBER", "020 7946 0018", "GB", (HandleKind.PHONE, "+442079460018", "")),
        ("PHONE_NUMBER", "+44 20 7946 0018", None, (HandleKind.PHONE, "+442079460018", "")),
        ("LOYALTY_CARD", " LC-99 ", None, (HandleKind.LOYALTY_CARD, "lc-99", "loyalty")),
        ("USER_HANDLE", "@Ada", None, (HandleKind.SOCIAL_USER, "ada", "")),
        ("PERSON", "Ada", None, None),
        ("EMAIL_ADDRESS", "ada at example dot com", None, None),
        ("PHONE_NUMBER", "12", None, None),
        ("PHONE_NUMBER", "020 7946 0018", None, None),
        ("PHONE_NUMBER", "(212) 555-0100", None, None),
    ],
)
def test_a_find_is_spelled_as_its_handle_is(entity, value, region, expected) -> None:
    assert identifier_of(entity, value, region) == expected
