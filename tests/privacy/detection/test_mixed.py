"""A text in several languages is read by each language's own readers."""

import pytest

from privacy.detection.mixed import in_languages


def parts(language: str, text: str) -> list[tuple[str, str]]:
    return [(one.language, text[one.start : one.end]) for one in in_languages(language, text)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Where is my parcel? I want it back."),
        ("de", "Grüße aus Köln, Jörg"),
        ("zh", "我的iPhone坏了"),
        ("und", ""),
        ("ru", "где мой заказ"),
    ],
)
def test_most_texts_are_one_part(language: str, text: str) -> None:
    assert parts(language, text) == [(language, text)]


def test_another_script_is_another_language_whatever_the_router_said() -> None:
    found = parts("en", "I spoke to 王小明 yesterday and to Иван Петров today")
    assert ("zh", "王小明") in found
    assert any(language == "ru" and "Иван Петров" in text for language, text in found) or (
        ("ru", "Иван") in found
    )
    assert "".join(text for _, text in found) == (
        "I spoke to 王小明 yesterday and to Иван Петров today"
    )


def test_paragraphs_in_two_languages_are_read_apart() -> None:
    german = "Guten Tag, ich habe die Ware noch nicht erhalten und möchte mein Geld zurück haben."
    english = "Hello, this is the answer that you have been waiting for, we will send it to you."
    found = parts("de", f"{german}\n{english}")
    assert [language for language, _ in found] == ["de", "en"]


def test_a_foreign_name_in_latin_letters_is_read_once_more() -> None:
    assert parts("ja", "担当は John Smith です") == [
        ("ja", "担当は John Smith です"),
        ("en", "John Smith"),
    ]
