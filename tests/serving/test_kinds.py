"""How a handle is read when nobody says what it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.errors import WireFormatError
from privacy.records.canonical import Handle, HandleKind
from serving.kinds import KINDS, readings


def read(text: str, kind: str | None = None, region: str | None = None) -> list[tuple[str, Handle]]:
    found = readings(text, kind, region=region, regions=("DE", "FR"))
    return [(candidate.kind, candidate.handle) for candidate in found]


def test_an_address_is_read_as_an_address_only() -> None:
    assert read(" Mia@Example.org ") == [("email", Handle(HandleKind.EMAIL, "Mia@Example.org"))]


def test_a_number_with_its_country_code_is_a_phone_number_only() -> None:
    assert read("+49 151 2345678") == [("phone", Handle(HandleKind.PHONE, "+49 151 2345678"))]


def test_a_bare_number_may_be_a_phone_number_or_a_card() -> None:
    kinds = [kind for kind, _ in read("4929151234567")]
    assert kinds[0] == "phone"
    assert {"loyalty_card", "customer_number", "zendesk"} <= set(kinds)


def test_a_kind_may_stand_before_the_handle() -> None:
    assert read("zendesk:4711") == [("zendesk", Handle(HandleKind.VENDOR_USER, "4711", "zendesk"))]


def test_a_whatsapp_id_is_a_phone_number_without_its_plus() -> None:
    assert read("491512345678", "whatsapp") == [
        ("whatsapp", Handle(HandleKind.PHONE, "+491512345678"))
    ]


def test_a_whatsapp_id_that_is_no_number_is_the_vendors_own() -> None:
    assert read("US.13491208655302741918", "whatsapp") == [
        ("whatsapp", Handle(HandleKind.VENDOR_USER, "US.13491208655302741918", "whatsapp"))
    ]


def test_another_vendors_handle_is_named_by_kind_and_namespace() -> None:
    assert read("mia.l", "social_user:instagram") == [
        ("social_user:instagram", Handle(HandleKind.SOCIAL_USER, "mia.l", "instagram"))
    ]


def test_a_national_number_is_read_in_the_zones_country_where_it_has_only_one() -> None:
    [candidate] = readings("020 7946 0018", "phone", region=None, regions=("GB",))
    assert candidate.region == "GB"
    [candidate] = readings("020 7946 0018", "phone", region=None, regions=("DE", "FR"))
    assert candidate.region is None
    [candidate] = readings("020 7946 0018", "phone", region="FR", regions=("GB",))
    assert candidate.region == "FR"


@pytest.mark.parametrize(
    ("text", "kind"), [("", None), ("   ", None), ("x" * 321, None), ("x", "passport"), ("x", ":")]
)
def test_what_cannot_be_read_is_refused_without_repeating_it(text: str, kind: str | None) -> None:
    with pytest.raises(WireFormatError) as refusal:
        read(text, kind)
    assert "xxx" not in str(refusal.value)
    assert "passport" not in str(refusal.value)


@given(st.text(max_size=330))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = read(text)
    except WireFormatError:
        return
    assert found
    assert {kind for kind, _ in found} <= KINDS.keys()
