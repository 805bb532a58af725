import pytest

FOUND = [
    ("อีเมลada@example.comครับ", "ada@example.com", "EMAIL_ADDRESS"),
    ("البريدada@example.comشكرا", "ada@example.com", "EMAIL_ADDRESS"),
    ("メールはada@example.jpです", "ada@example.jp", "EMAIL_ADDRESS"),
    ("이메일은ada@example.kr입니다", "ada@example.kr", "EMAIL_ADDRESS"),
    ("📧ada@example.com😀", "ada@example.com", "EMAIL_ADDRESS"),
    ("card😀4111 1111 1111 1111😀", "4111 1111 1111 1111", "CREDIT_CARD"),
    ("@ada@mastodon.social", "ada@mastodon.social", "EMAIL_ADDRESS"),
    ("@ada_king thanks", "@ada_king", "USER_HANDLE"),
    ("my insta: ada_99", "ada_99", "USER_HANDLE"),
    ("discord ada#1234", "ada#1234", "USER_HANDLE"),
    ("see t.me/ada_king", "ada_king", "USER_HANDLE"),
    ("u/ada_99 said", "ada_99", "USER_HANDLE"),
    ("ไลน์ไอดี: somchai99", "somchai99", "USER_HANDLE"),
    ("카톡 아이디는 minsu_88 이에요", "minsu_88", "USER_HANDLE"),
    ("мой ник: ivan_1990", "ivan_1990", "USER_HANDLE"),
    ("kullanıcı adım: mehmet_34", "mehmet_34", "USER_HANDLE"),
    ("اسم المستخدم: ahmed_99", "ahmed_99", "USER_HANDLE"),
    ("On 3/3/2026 Anna Berg <anna@x.org> wrote:\n> hi", "Anna Berg", "PERSON"),
    ("On Tue Anna <anna@x.org> wrote:\n> hi", "Anna", "PERSON"),
    ("De : Jean de la Fontaine [mailto:jean@x.fr]", "Jean de la Fontaine", "PERSON"),
]


@pytest.mark.parametrize(("text", "piece", "entity"), FOUND, ids=[row[0] for row in FOUND])
def test_it_is_found(find, text: str, piece: str, entity: str) -> None:
    assert (piece, entity) in find(text)


@pytest.mark.parametrize("text", ["aqqusinersuaq QQ", "my login is not working", "5 km/h u/min"])
def test_it_is_nobodys_handle(find, text: str) -> None:
    assert find(text) == []


def test_the_shops_own_name_before_its_address_is_no_person(find) -> None:
    assert find("Amazon Customer Service <cs@amazon.com>") == [("cs@amazon.com", "EMAIL_ADDRESS")]
