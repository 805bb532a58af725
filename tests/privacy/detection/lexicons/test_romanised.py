import pytest

from privacy.detection.lexicons.romanised import romanised, simplified


@pytest.mark.parametrize(
    ("devanagari", "latin"),
    [
        ("राजेश", "rajesh"),
        ("शर्मा", "sharma"),
        ("श्रीवास्तव", "shrivastava"),
        ("अमित", "amit"),
        ("पूनम", "poonam"),
        ("दीपिका", "deepika"),
        ("लक्ष्मी", "laxmi"),
    ],
)
def test_both_spellings_of_a_name_lead_to_one_form(devanagari: str, latin: str) -> None:
    assert romanised(devanagari) == simplified(latin)
