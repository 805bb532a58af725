"""Japanese names: tagged by the dictionary, decided by what stands beside them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privacy.detection.readers.japanese import JapaneseReader


@pytest.fixture(scope="module")
def reader() -> JapaneseReader:
    return JapaneseReader()


def people(reader: JapaneseReader, text: str) -> list[str]:
    return [
        text[span.start : span.end]
        for span in sorted(reader.read([text])[0])
        if span.entity == "PERSON"
    ]


def test_a_family_name_that_is_a_place_is_a_person_with_an_honorific(
    reader: JapaneseReader,
) -> None:
    assert people(reader, "福岡さんに確認しました") == ["福岡"]
    assert people(reader, "福岡に出張しました") == []


def test_an_honorific_makes_no_name_of_a_role(reader: JapaneseReader) -> None:
    assert people(reader, "お客様、店員さん、担当者様、運転手さん、おばあちゃん") == []


def test_variant_characters_of_names_are_read(reader: JapaneseReader) -> None:
    assert people(reader, "髙橋さんと山﨑さん") == ["髙橋", "山﨑"]


def test_katakana_names_are_joined_at_the_middle_dot(reader: JapaneseReader) -> None:
    assert people(reader, "カスタマー・サポートのジョン・F・ウィルソンです") == [
        "ジョン・F・ウィルソン"
    ]


def test_a_company_keeps_its_legal_form(reader: JapaneseReader) -> None:
    text = "株式会社あさひ商会に勤めています"
    found = [(text[one.start : one.end], one.entity) for one in reader.read([text])[0]]
    assert found == [("株式会社あさひ商会", "ORGANIZATION")]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="山田太郎さん様の・と申します、。東京 A1🙂𠮷ァー\n", max_size=60))
def test_spans_never_leave_the_text(reader: JapaneseReader, text: str) -> None:
    for span in reader.read([text])[0]:
        assert 0 <= span.start < span.end <= len(text)


def test_a_name_directly_behind_a_role_or_a_day_is_found(reader: JapaneseReader) -> None:
    assert people(reader, "主治医長谷部より説明") == ["長谷部"]
    assert people(reader, "看護師千葉が測定") == ["千葉"]
    assert people(reader, "昨日結衣とカラオケに行った") == ["結衣"]
