from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.detection.folding import fold
from privacy.detection.number_words import number_words
from privacy.detection.spoken import readings

Find = Callable[..., list[tuple[str, str]]]

NUMBERS = [
    ("four one one one double two", "411122"),
    ("oh seven nine double four six one two three four", "0794461234"),
    ("one eight hundred five five five", "1800555"),
    ("plus four four two zero seven", "+44207"),
    ("null eins sieben eins dreiundzwanzig fünfundvierzig", "01712345"),
    ("zéro six douze trente-quatre cinquante-six soixante-dix-huit", "0612345678"),
    ("quatre-vingt-dix-sept quarante deux vingt et un quatre-vingts", "97422180"),
    ("seis uno dos treinta y cuatro cincuenta y seis setenta y ocho", "612345678"),
    ("tre tre tre uno due ventotto sette", "33312287"),
    ("nul zes twaalf vierendertig zesenvijftig", "06123456"),
    ("nove um dois três meia sete oito", "9123678"),
    ("pięćset dwanaście trzysta czterdzieści pięć sześćset siedemdziesiąt osiem", "512345678"),
    ("восемь девятьсот двенадцать триста сорок пять шестьдесят семь", "891234567"),
    ("sıfır beş yüz otuz iki dört yüz elli altı yetmiş sekiz doksan", "05324567890"),
    ("nol delapan satu dua tiga empat", "081234"),
    ("नौ आठ सात छह पांच चार", "987654"),
    ("nau aath saat chhe paanch char", "987654"),
    ("一三八一二三四五六七八", "13812345678"),
    ("ling yi er san si wu", "012345"),
    ("ゼロキューゼロ、いち に さん", "090123"),
    ("공일공 일이삼사 오육칠팔", "01012345678"),
    ("صفر خمسة خمسة واحد اثنين ثلاثة", "055123"),
    ("ศูนย์แปดหนึ่งสองสามสี่", "081234"),
    ("4 1 1 1 - 2 2 2 2", "41112222"),
    ("4.1.1.1.2.2.2.2", "41112222"),
    ("4 1 1 1\n> 2 2 2 2", "41112222"),
    ("four one one\nAgent: okay\nCustomer: two two two", "411222"),
    ("4111.1111.1111.1111", "4111-1111-1111-1111"),
    ("4111 1111\n> 1111 1111", "4111 1111 1111 1111"),
]


@pytest.mark.parametrize(("said", "written"), NUMBERS, ids=[row[0][:24] for row in NUMBERS])
def test_a_number_that_is_said_is_read_as_it_is_written(said: str, written: str) -> None:
    text = fold(f"so: {said}.").text
    (reading, *_) = readings(text)
    assert reading.folded.text == f"so: {written}."
    start, end = reading.folded.original(4, 4 + len(written))
    assert text[start:end] == said


ADDRESSES = [
    ("john dot smith at mail dot com", "john.smith@mail.com"),
    ("john (at) mail (dot) com", "john@mail.com"),
    ("john [AT] mail [DOT] com", "john@mail.com"),
    ("john{at}mail.com", "john@mail.com"),
    ("john at mail punkt de", "john@mail.de"),
    ("j o h n at gmail dot com", "john@gmail.com"),
    ("john underscore smith at mail dot co dot uk", "john_smith@mail.co.uk"),
    ("jean point dupont arobase orange point fr", "jean.dupont@orange.fr"),
    ("mario chiocciola libero punto it", "mario@libero.it"),
    ("ana arroba correo punto es", "ana@correo.es"),
    ("ana guion bajo m arroba correo punto es", "ana_m@correo.es"),
    ("joão arroba sapo ponto pt", "joão@sapo.pt"),
    ("jan małpa poczta kropka pl", "jan@poczta.pl"),
    ("jan apenstaartje ziggo punt nl", "jan@ziggo.nl"),
    ("иван собака почта точка ру", "иван@почта.ру"),
    ("kim골뱅이naver닷com", "kim@naver.com"),
    ("taro アットマーク example ドット jp", "taro@example.jp"),
    ("budi et gmail titik com", None),
    ("john @ mail . com", "john@mail.com"),
    ("john.smith at mail.com", "john.smith@mail.com"),
    ("look at amazon dot com", None),
    ("meet us at noon. com on", None),
    ("thanks @amazon", None),
    ("www dot example dot org", "www.example.org"),
    ("example[.]com", "example.com"),
]


def test_a_postcode_and_the_number_on_the_next_line_are_two() -> None:
    assert readings("Springfield 61487\n416 604 1234") == []


@pytest.mark.parametrize(("said", "written"), ADDRESSES, ids=[row[0] for row in ADDRESSES])
def test_an_address_that_is_said_is_read_as_it_is_written(said: str, written: str | None) -> None:
    text = fold(f"it is {said}, ok").text
    found = readings(text)
    assert [one.folded.text for one in found] == ([f"it is {written}, ok"] if written else [])


def test_letters_of_a_spelled_number_are_read_with_it_and_without(find: Find) -> None:
    said = "D E eight nine three seven zero four zero zero four four zero five three two zero one three zero zero zero"
    assert [one.folded.text[:10] for one in readings(f"is {said}")] == ["is D E 893", "is DE89370"]
    assert find(f"my iban is {said} ok") == [(said, "IBAN_CODE")]


@pytest.mark.parametrize(
    ("text", "piece", "entity"),
    [
        ("card: four one one one one one one one one one one one one one one one", "four one one one one one one one one one one one one one one one", "CREDIT_CARD"),
        ("4 1 1 1 - 1 1 1 1 - 1 1 1 1 - 1 1 1 1", "4 1 1 1 - 1 1 1 1 - 1 1 1 1 - 1 1 1 1", "CREDIT_CARD"),
        ("> mine is 4111 1111\n> 1111 1111", "4111 1111\n> 1111 1111", "CREDIT_CARD"),
        ("mine is ４１１１．１１１１．１１１１．１１１１ ok", "４１１１．１１１１．１１１１．１１１１", "CREDIT_CARD"),
        ("mail john dot smith at mail dot com please", "john dot smith at mail dot com", "EMAIL_ADDRESS"),
        ("mein pesel to cztery cztery zero pięć jeden cztery zero jeden trzy pięć dziewięć", "cztery cztery zero pięć jeden cztery zero jeden trzy pięć dziewięć", "PL_PESEL"),
        ("it is oh two oh seven nine four six oh oh one eight", "oh two oh seven nine four six oh oh one eight", "PHONE_NUMBER"),
        ("<p>john&nbsp;(at)&nbsp;mail&nbsp;dot&nbsp;com</p>", "john&nbsp;(at)&nbsp;mail&nbsp;dot&nbsp;com", "EMAIL_ADDRESS"),
    ],
)  # fmt: skip
def test_what_is_spelled_is_found_where_it_stands(find: Find, text, piece, entity) -> None:
    assert (piece, entity) in find(text)


@pytest.mark.parametrize(
    "text",
    [
        "one of the two or three things, six of them for four people",
        "1, 2, 3, 4, 5, 6, 7, 8, 9",
        "one two three four five six seven eight nine ten",
        "we ordered one, got two, sent one back and paid for three",
        "on 1.2.2024 at 10.30 we paid 1.299,00",
        "versions 1.2.3 and 10.0.0.1",
        "ein zwei drei Kunden waren da",
        "me and you at amazon dot com",
        "i am here at work. come",
        "一个人买了两三个东西",
    ],
)
def test_ordinary_talk_spells_nothing(find: Find, text: str) -> None:
    assert [entity for _, entity in find(text) if entity not in ("IP_ADDRESS", "DATE_TIME")] == []


words = st.sampled_from(
    ["four", "one", "double", "null", "eins", "zwanzig", "4", "11", "D", "at", "dot", "(at)", "com", "mail",
     "\n> ", ",", "-", "okay", "plus", "hundred", "一", "공", "สอง", "x", "@", ".", "\n"]
)  # fmt: skip


@given(st.lists(words, max_size=30).map(" ".join))
def test_every_reading_leads_back_into_its_text(text: str) -> None:
    for reading in readings(text):
        previous = 0
        for at in range(len(reading.folded.text)):
            start, end = reading.folded.original(at, at + 1)
            assert previous <= start < end <= len(text)
            previous = start
        for change in reading.changes:
            assert 0 <= change.start < change.end <= len(reading.folded.text)


def test_every_number_word_has_a_value_below_a_thousand() -> None:
    for word, values in number_words().items():
        assert word == word.lower()
        assert all(0 <= value < 1000 for value in values.values())


@pytest.mark.parametrize(
    "unit", ["one ", "1 ", "a at ", "(at)", " dot ", "one, ", "4111.", "1\n> "]
)
def test_a_long_text_of_nothing_but_spelling_takes_no_time(unit: str) -> None:
    for reading in readings(unit * (8_000 // len(unit))):
        assert reading.changes
