from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from privacy.detection.language import LANGUAGES, detect_languages, detect_segments
from privacy.errors import ConfigurationError

SHORT_TEXTS = Path(__file__).with_name("short_texts.yaml")

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


@pytest.mark.parametrize("part", ["look", "score"])
def test_of_short_messages_in_17_languages_hardly_one_is_taken_for_another(part: str) -> None:
    texts = yaml.safe_load(SHORT_TEXTS.read_text(encoding="utf-8"))[part]
    assert set(texts) == set(LANGUAGES)
    pairs = [(tag, str(text)) for tag, of in texts.items() for text in of]
    told = detect_languages([text for _, text in pairs])
    wrong = [pair for pair, tag in zip(pairs, told, strict=True) if pair[0] != tag]
    assert len(wrong) / len(pairs) <= 0.03, wrong


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("我要退 iPhone 15 Pro Max", "zh"),
        ("PayPayで払いました", "ja"),
        ("駅前店、交換希望", "ja"),
        ("My neighbour 王 took it and will not give it back", "en"),
        ("Мне нужен возврат за Samsung Galaxy", "ru"),
        ("Де моє замовлення? Її досі немає", "und"),
        ("سفارش من چرا نرسید؟ پیگیری کنید", "und"),
        ("שלום, איפה ההזמנה שלי", "und"),
        ("გამარჯობა, სად არის ჩემი ამანათი", "und"),
        ("bhai mera order abhi tak nahi aaya", "hi"),
    ],
)
def test_the_script_settles_it_where_it_can(text: str, language: str) -> None:
    assert detect_languages([text]) == [language]


def test_letters_of_a_script_nobody_here_writes_are_in_no_language_allowed() -> None:
    assert detect_languages(["Где мой заказ?", "where is it"], ["en", "de"]) == ["und", "en"]
    assert detect_languages(["Де моє замовлення? Її немає"], ["ru", "uk", "en"]) == ["uk"]


def test_sentences_in_another_language_are_parts_of_their_own() -> None:
    text = "Hello, where is my order?\nWo bleibt denn meine Bestellung, bitte?\nThanks a lot"
    assert [(text[s:e], tag) for s, e, tag in detect_segments(text, ["en", "de", "fr"])] == [
        ("Hello, where is my order?\n", "en"),
        ("Wo bleibt denn meine Bestellung, bitte?\n", "de"),
        ("Thanks a lot", "en"),
    ]


def test_words_in_another_script_are_parts_of_their_own() -> None:
    text = "Please give it to 山田太郎 at the desk."
    assert [(text[s:e], tag) for s, e, tag in detect_segments(text, ["en", "ja"])] == [
        ("Please give it to ", "en"),
        ("山田太郎", "ja"),
        (" at the desk.", "en"),
    ]


def test_a_brand_or_a_name_in_latin_letters_is_no_part_of_its_own() -> None:
    text = "我买的 MacBook Pro 坏了，Kevin 说可以退。"
    assert [tag for _, _, tag in detect_segments(text)] == ["zh"]


@given(st.text(max_size=200), st.sampled_from([("en",), ("en", "de"), LANGUAGES]))
def test_segments_cover_every_text_and_neighbours_differ(text: str, allowed: tuple[str]) -> None:
    segments = detect_segments(text, allowed)
    assert "".join(text[start:end] for start, end, _ in segments) == text
    assert all(start < end for start, end, _ in segments)
    assert all(a[2] != b[2] for a, b in pairwise(segments))
    assert {tag for _, _, tag in segments} <= {*allowed, "und"}
