"""Chinese names: found by what they are made of, whatever the tagger cut."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privacy.detection.readers.chinese import ChineseReader
from privacy.detection.readers.traditional import simplified


@pytest.fixture(scope="module")
def reader() -> ChineseReader:
    return ChineseReader()


def people(reader: ChineseReader, text: str) -> list[str]:
    return [
        text[span.start : span.end]
        for span in sorted(reader.read([text])[0])
        if span.entity == "PERSON"
    ]


def test_names_the_dictionary_does_not_have_are_joined_again(reader: ChineseReader) -> None:
    assert people(reader, "借款人王子涵与李欣怡未按期还款") == ["王子涵", "李欣怡"]


def test_traditional_characters_are_read_like_simplified_ones(reader: ChineseReader) -> None:
    assert people(reader, "許志遠跟劉佩珊說好了明天見面") == ["許志遠", "劉佩珊"]


def test_foreign_names_are_joined_at_the_middle_dot(reader: ChineseReader) -> None:
    assert people(reader, "原告约翰·史密斯诉称") == ["约翰·史密斯"]


def test_a_name_found_once_is_found_wherever_it_stands(reader: ChineseReader) -> None:
    assert people(reader, "被告人蒋梦飞到案。后蒋梦飞于次日离开") == ["蒋梦飞", "蒋梦飞"]


def test_masked_names_of_rulings_are_names(reader: ChineseReader) -> None:
    assert people(reader, "原告张某甲、李某某与被告吴××") == ["张某甲", "李某某", "吴××"]


def test_places_and_organisations_are_told_apart(reader: ChineseReader) -> None:
    found = reader.read(["他在北京市第三中级人民法院门口,后来去了云南省昆明市"])[0]
    assert {(span.entity, span.end - span.start) for span in found} == {
        ("ORGANIZATION", 11),
        ("LOCATION", 6),
    }


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="王小明在說说了的·、,。A1 \n🙂先生公司𠮷\ufffd", max_size=60))
def test_spans_never_leave_the_text(reader: ChineseReader, text: str) -> None:
    for span in reader.read([text])[0]:
        assert 0 <= span.start < span.end <= len(text)


@given(st.text(max_size=40))
def test_simplifying_keeps_every_position(text: str) -> None:
    assert len(simplified(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("昨天温子墨又迟到了", ["温子墨"]),
        ("把钥匙交给骆冰洁", ["骆冰洁"]),
        ("审判员令狐婉,书记员仇小芹", ["令狐婉", "仇小芹"]),
        ("谢绮雯、鲁达海和应采薇都签了字", ["谢绮雯", "鲁达海", "应采薇"]),
        ("我同事詹若冰说行", ["詹若冰"]),
    ],
)
def test_a_name_needs_no_cue(reader: ChineseReader, text: str, names: list[str]) -> None:
    assert people(reader, text) == names


@pytest.mark.parametrize(
    "text",
    ["高温天气请注意防暑", "金额以发票为准", "应该是安全问题", "單擊滑鼠右鍵", "從索引中刪除"],
)
def test_words_that_begin_with_a_family_name_are_no_names(reader: ChineseReader, text: str) -> None:
    assert people(reader, text) == []


def test_a_family_name_alone_comes_with_its_title(reader: ChineseReader) -> None:
    assert people(reader, "请问贺先生在吗?夏经理找他") == ["贺先生", "夏经理"]


def test_a_whole_name_comes_without_its_title(reader: ChineseReader) -> None:
    assert people(reader, "请问贺知远先生在吗") == ["贺知远"]
