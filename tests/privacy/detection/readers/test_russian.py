import importlib.util

import pytest

from privacy.detection.readers import russian
from privacy.detection.spans import Span, resolve
from privacy.errors import ConfigurationError


@pytest.fixture(scope="module")
def reader() -> russian.RussianReader:
    made = russian.reader()
    assert isinstance(made, russian.RussianReader)
    return made


def people(reader: russian.RussianReader, text: str) -> list[str]:
    spans: list[Span] = resolve(reader.read([text])[0])
    return [text[span.start : span.end] for span in spans if span.entity == "PERSON"]


def test_names_without_capitals_and_in_capitals_are_found(reader: russian.RussianReader) -> None:
    assert people(reader, "это заказ для петра кузнецова") == ["петра кузнецова"]
    assert people(reader, "ЗАКАЗ ОФОРМИЛА СМИРНОВА ОЛЬГА") == ["СМИРНОВА ОЛЬГА"]


def test_initials_prove_a_name_and_an_address_does_not_pass_for_one(
    reader: russian.RussianReader,
) -> None:
    assert people(reader, "Протокол подписал Дроздов К. Л.") == ["Дроздов К. Л."]
    assert not [one for one in people(reader, "дом на ул. А. Невского") if "ул" in one]


def test_names_that_are_words_need_more_than_themselves(reader: russian.RussianReader) -> None:
    assert people(reader, "вера и надежда на вас пропали") == []
    assert people(reader, "звонила вера павловна") == ["вера павловна"]


def test_texts_come_back_in_the_order_they_were_given(reader: russian.RussianReader) -> None:
    long = "Очень длинный текст ни о ком. " * 60 + "Меня зовут Анна."
    first, second, third = reader.read([long, "", "Это Пётр Орлов."])
    assert {span.start for span in first} == {long.index("Анна")}
    assert second == []
    assert {third[0].start} == {4}


def test_without_the_package_the_reader_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ConfigurationError, match="natasha"):
        russian.reader()
