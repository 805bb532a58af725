import pytest

from privacy.detection.language import detect_languages
from privacy.errors import ConfigurationError

EU = ["de", "en", "fr", "es", "it", "nl", "pl", "pt"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Where is my order? It should have been here on Monday.", "en"),
        ("Wo bleibt meine Bestellung? Sie sollte am Montag hier sein.", "de"),
        ("Où est ma commande ? Elle devait arriver lundi.", "fr"),
        ("¿Dónde está mi pedido? Tenía que llegar el lunes.", "es"),
        ("Gdzie jest moje zamówienie? Miało dotrzeć w poniedziałek.", "pl"),
        ("12345", "und"),
        ("", "und"),
        ("ok", "und"),
        ("👍👍", "und"),
        ("\ud800\0", "und"),
    ],
)
def test_the_language_of_a_message(text: str, language: str) -> None:
    assert detect_languages([text], EU) == [language]


def test_two_ideographs_are_enough() -> None:
    assert detect_languages(["谢谢"], ["zh", "en"]) == ["zh"]


def test_one_allowed_language_needs_no_guess() -> None:
    assert detect_languages(["Wo bleibt meine Bestellung?"], ["en-US"]) == ["en"]


def test_a_language_is_called_what_the_zone_calls_it() -> None:
    text = "Hvor er pakken min? Den skulle ha vært her på mandag."
    assert detect_languages([text], ["en", "nb"]) == ["nb"]


def test_a_language_that_cannot_be_told_is_never_chosen() -> None:
    assert detect_languages(["where is my order"], ["xq", "en", "de"]) == ["en"]


def test_nothing_to_choose_from_is_a_setting_gone_wrong() -> None:
    with pytest.raises(ConfigurationError, match="xq"):
        detect_languages(["hello there"], ["xq", "xr"])
    with pytest.raises(ConfigurationError, match="none is given"):
        detect_languages(["hello there"], [])


def test_a_long_text_is_judged_by_its_beginning() -> None:
    text = "Wo bleibt meine Bestellung? " * 100 + "where is it " * 100_000
    assert detect_languages([text], EU) == ["de"]
