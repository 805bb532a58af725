"""Weights of name characters: likelier in names than in texts."""

from privacy.detection.lexicons.script_sources import own
from privacy.detection.lexicons.word_classes import load


def test_what_names_are_made_of_weighs_more_than_what_words_are() -> None:
    odds = {key: int(weight) for key, weight in load("chinese").items()}
    assert odds["1晓"] + odds["2涵"] > 4 > odds["1血"] + odds["2压"]
    assert odds["s谢"] > odds["s万"] > odds["s从"]


def test_every_family_name_of_ours_has_a_weight() -> None:
    odds = load("chinese")
    assert all(f"s{one}" in odds for one in own("chinese")["s"])


def test_korean_syllables_are_weighed_by_their_place() -> None:
    odds = {key: int(weight) for key, weight in load("korean").items()}
    assert odds["s김"] > odds["s이"]
    assert odds["2섭"] > odds["1섭"]
