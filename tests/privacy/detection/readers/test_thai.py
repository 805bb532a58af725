"""Thai names: behind titles and cues, and where a given name meets a family name."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privacy.detection.readers.thai import ThaiReader


@pytest.fixture(scope="module")
def reader() -> ThaiReader:
    return ThaiReader()


def people(reader: ThaiReader, text: str) -> list[str]:
    return [
        text[span.start : span.end]
        for span in sorted(reader.read([text])[0])
        if span.entity == "PERSON"
    ]


def test_given_and_family_name_are_one_person_without_the_title(reader: ThaiReader) -> None:
    assert people(reader, "จำเลยคือนายวิชัย ทองคำ อายุ 40 ปี") == ["วิชัย ทองคำ"]


def test_words_that_begin_with_a_title_name_nobody(reader: ThaiReader) -> None:
    assert people(reader, "คุณภาพดี นายจ้างใจดี นางพยาบาลสุภาพ พี่สาว น้องๆ คุณลูกค้า") == []


def test_a_cue_wants_a_name_and_no_word(reader: ThaiReader) -> None:
    assert people(reader, "ผมชื่อสมชายครับ") == ["สมชาย"]
    assert people(reader, "ชื่อสินค้าไม่ตรง เปลี่ยนชื่อแฟ้ม") == []


def test_a_province_that_is_a_word_needs_its_prefix(reader: ThaiReader) -> None:
    text = "ไม่ดีเลย ส่งไปจังหวัดเลย"
    assert [text[one.start : one.end] for one in reader.read([text])[0]] == ["เลย"]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="นายคุณสมชายใจดี ์่า.1A🙂\n", max_size=60))
def test_spans_never_leave_the_text(reader: ThaiReader, text: str) -> None:
    for span in reader.read([text])[0]:
        assert 0 <= span.start < span.end <= len(text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ลูกค้าธนพลขอเปลี่ยนที่อยู่", ["ธนพล"]),
        ("ฝากของให้สุภาวดีด้วยนะ", ["สุภาวดี"]),
        ("ทนายความ ยุทธนา ศรีวงศ์ มาศาล", ["ยุทธนา ศรีวงศ์"]),
    ],
)
def test_a_known_name_needs_no_title_behind_a_role(
    reader: ThaiReader, text: str, names: list[str]
) -> None:
    assert people(reader, text) == names


def test_words_behind_a_role_are_no_names(reader: ThaiReader) -> None:
    assert people(reader, "พนักงานสุภาพมาก ลูกค้าพอใจ ชื่อส่วนต้น") == []
