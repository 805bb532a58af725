import pytest


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("[10:02] Anna Kowalska: cześć", "Anna Kowalska"),
        ("10:02 Anna: hi\n10:03 Agent: hello", "Anna"),
        ("12/03/2024, 14:22 - Rahul Verma: ok", "Rahul Verma"),
        ("Patient: John Q. Miller, 45", "John Q. Miller"),
        ("Kläger: Hans Meier", "Hans Meier"),
        ("Hakim Ketua: Bambang Hermanto", "Bambang Hermanto"),
        ("Protokolant: Anna Żak", "Anna Żak"),
        ("nama saya budi santoso", "budi santoso"),
        ("benim ismim Kerem", "Kerem"),
        ("faktura na nazwisko Wiśniewska", "Wiśniewska"),
        ("Saygılarımla,\nAyşe Demir", "Ayşe Demir"),
        ("Terima kasih,\nRina", "Rina"),
    ],
)
def test_a_name_in_the_margin_is_found(find, text: str, name: str) -> None:
    assert [piece for piece, entity in find(text) if entity == "PERSON"] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "10:03 Agent: hello",
        "[System]: the chat was closed",
        "12:30 Uhr: Lieferung",
        "Patient: stable",
        "Order: Blue Shoes",
        "Seu Pedido foi enviado",
        "Sayın Yetkili, merhaba",
    ],
)
def test_what_is_no_name_in_the_margin_is_left(find, text: str) -> None:
    assert "PERSON" not in [entity for _, entity in find(text)]
