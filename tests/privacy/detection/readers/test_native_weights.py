"""What tells names from words in Polish, Turkish and Indonesian."""

import pytest

from privacy.detection.readers.lexicon import LexiconReader


def persons(text: str, language: str) -> list[str]:
    (spans,) = LexiconReader(language).read([text])
    return [text[one.start : one.end] for one in spans if one.entity == "PERSON"]


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        ("Umut'u dün gördüm", "tr", ["Umut"]),
        ("Teşekkürler Pınar, çok yardımcı oldun", "tr", ["Pınar"]),
        ("putri sudah, Putri bilang nanti", "id", ["Putri"]),
        ("toplantıya Elif ve Kerem de gelecek", "tr", ["Elif", "Kerem"]),
    ],
)
def test_a_name_that_is_a_word_is_found_where_its_holder_acts_or_is_called(
    text: str, language: str, names: list[str]
) -> None:
    assert persons(text, language) == names


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        ("Rapat dihadiri Yanti, Bambang dan Zulhaqqi", "id", {"Yanti", "Bambang", "Zulhaqqi"}),
        ("Dla Zosi i Antosia kupiłem misie", "pl", {"Zosi", "Antosia"}),
        ("podpisali K. Żak oraz B. Lis", "pl", {"K. Żak", "B. Lis"}),
    ],
)
def test_a_row_of_people_says_what_stands_in_it(text: str, language: str, names: set[str]) -> None:
    assert set(persons(text, language)) == names


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Güneş kremi ve Gül suyu stokta yok", "tr"),
        ("Kış Uykusu filmi ödül aldı", "tr"),
        ("Novel Laskar Pelangi sangat menyentuh", "id"),
        ("Bintang Lima untuk Toko ini", "id"),
        ("A. Bölüm ve B. Hepatit", "tr"),
        ("W maju kupiłam perfumy, marka nieznana", "pl"),
    ],
)
def test_what_is_owned_by_a_word_or_called_a_work_is_nobody(text: str, language: str) -> None:
    assert persons(text, language) == []


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("SAKSI DARMINTO MENERANGKAN DI BAWAH SUMPAH", "id", "DARMINTO"),
        ("OSKARŻONY JAKUB WRONA NIE PRZYZNAŁ SIĘ DO WINY", "pl", "JAKUB WRONA"),
        ("malgorzata wisniewska pisala wczoraj", "pl", "malgorzata wisniewska"),
        ("canan abla sana selam söyledi", "tr", "canan abla"),
    ],
)
def test_names_without_capitals_to_tell_them_are_found(text: str, language: str, name: str) -> None:
    assert persons(text, language) == [name]
