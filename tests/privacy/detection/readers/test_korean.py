"""Korean names: split from their endings, decided by syllables, honorifics and cues."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privacy.detection.readers.korean import KoreanReader


@pytest.fixture(scope="module")
def reader() -> KoreanReader:
    return KoreanReader()


def people(reader: KoreanReader, text: str) -> list[str]:
    return [
        text[span.start : span.end]
        for span in sorted(reader.read([text])[0])
        if span.entity == "PERSON"
    ]


def test_the_ending_is_no_part_of_the_name(reader: KoreanReader) -> None:
    assert people(reader, "박도현이 김하린에게 송금했습니다") == ["박도현", "김하린"]


def test_words_that_begin_like_family_names_are_none(reader: KoreanReader) -> None:
    assert people(reader, "저는 오늘 이용권과 정기권을 주문자 이메일로 받았어요") == []


def test_a_family_name_alone_needs_a_title(reader: KoreanReader) -> None:
    assert people(reader, "박 과장님께 전달했습니다") == ["박 과장"]
    assert people(reader, "이 제품은 김 맛이 나요") == []


def test_positions_count_code_points_behind_emoji(reader: KoreanReader) -> None:
    assert people(reader, "😀😀 최유진 님 감사합니다") == ["최유진"]


def test_parts_of_a_place_are_one_place(reader: KoreanReader) -> None:
    text = "경기도 성남시 분당구로 보내 주세요"
    found = [(text[one.start : one.end], one.entity) for one in reader.read([text])[0]]
    assert found == [("경기도 성남시 분당구", "LOCATION")]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="김민수이가님씨 서울시에서(주)A1🙂\n아", max_size=60))
def test_spans_never_leave_the_text(reader: KoreanReader, text: str) -> None:
    for span in reader.read([text])[0]:
        assert 0 <= span.start < span.end <= len(text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("탁예슬이랑 밥 먹었어", ["탁예슬"]),
        ("황보은지의 진술과 도현태의 진술이 다르다", ["황보은지", "도현태"]),
        ("변도영처럼 하면 돼", ["변도영"]),
        ("피고인 최모씨는 부인했다", ["최모"]),
        ("수빈아 언제 와", ["수빈"]),
        ("강 차장님께 여쭤보세요", ["강 차장"]),
    ],
)
def test_a_name_is_found_before_its_particle(
    reader: KoreanReader, text: str, names: list[str]
) -> None:
    found = sorted(span for span in reader.read([text])[0] if span.entity == "PERSON")
    assert [text[span.start : span.end] for span in found] == names


@pytest.mark.parametrize(
    "text", ["정말로 신기하네요", "변환하지 않습니다", "주문자에게 연락하세요", "고마워 최고야"]
)
def test_words_that_begin_with_a_family_name_are_no_names(reader: KoreanReader, text: str) -> None:
    assert [span for span in reader.read([text])[0] if span.entity == "PERSON"] == []
