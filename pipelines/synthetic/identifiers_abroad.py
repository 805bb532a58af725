"""National numbers of countries that are of no zone, with the check digits of the real ones."""

from random import Random

from pipelines.synthetic.identifiers import Birth, digits, luhn_digit

_VERHOEFF_PRODUCT = (
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
)  # fmt: skip
_VERHOEFF_ORDER = (
    "0123456789", "1576283094", "5803796142", "8916043527",
    "9453126870", "4286573901", "2793806415", "7046913258",
)  # fmt: skip
_VERHOEFF_INVERSE = "0432156789"


def ru_inn(rng: Random, birth: Birth, is_female: bool) -> str:
    """Give a person's ИНН: ten digits and two check digits."""
    del birth, is_female
    body = f"{rng.randint(10, 77)}" + digits(rng, 8)
    for weights in ((7, 2, 4, 10, 3, 5, 9, 4, 6, 8), (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)):
        body += str(sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11 % 10)
    return body


def tr_kimlik(rng: Random, birth: Birth, is_female: bool) -> str:
    """Give a T.C. kimlik numarası: nine digits and two check digits."""
    del birth, is_female
    body = str(rng.randint(1, 9)) + digits(rng, 8)
    odd, even = sum(map(int, body[0::2])), sum(map(int, body[1::2]))
    body += str((odd * 7 - even) % 10)
    return body + str(sum(map(int, body)) % 10)


def jp_my_number(rng: Random, birth: Birth, is_female: bool) -> str:
    """Give a マイナンバー: eleven digits and a check digit, in groups of four or none."""
    del birth, is_female
    body = str(rng.randint(1, 9)) + digits(rng, 10)
    total = sum(
        int(digit) * (place + 1 if place <= 6 else place - 5)
        for place, digit in enumerate(reversed(body), 1)
    )
    rest = total % 11
    number = body + str(0 if rest <= 1 else 11 - rest)
    return number if rng.random() < 0.5 else f"{number[:4]} {number[4:8]} {number[8:]}"


def kr_rrn(rng: Random, birth: Birth, is_female: bool) -> str:
    """Give a 주민등록번호: birth date, sex and century, region, order, check digit."""
    year, month, day = birth
    sex = (1 if year < 2000 else 3) + is_female
    body = f"{year % 100:02d}{month:02d}{day:02d}{sex}{rng.randint(0, 95):02d}{digits(rng, 3)}"
    weights = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
    check = (11 - sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11) % 10
    return f"{body[:6]}-{body[6:]}{check}"


def th_pin(rng: Random, birth: Birth, is_female: bool) -> str:
    """Give a เลขประจำตัวประชาชน: twelve digits and a check digit, with hyphens or none."""
    del birth, is_female
    body = str(rng.randint(1, 8)) + digits(rng, 11)
    check = (11 - sum(int(d) * (13 - i) for i, d in enumerate(body)) % 11) % 10
    number = f"{body}{check}"
    if rng.random() < 0.5:
        return number
    return f"{number[0]}-{number[1:5]}-{number[5:10]}-{number[10:12]}-{number[12]}"


def id_nik(rng: Random, birth: Birth, is_female: bool) -> str:
    """Give a NIK: district, birth date (a woman's day is 40 more), order; it has no check digit."""
    year, month, day = birth
    district = rng.choice(("317406", "327301", "337402", "347101", "357803", "517103", "127101"))
    return (
        f"{district}{day + 40 * is_female:02d}{month:02d}{year % 100:02d}{rng.randint(1, 40):04d}"
    )


def sa_national_id(rng: Random, birth: Birth, is_female: bool) -> str:
    """Give a Saudi national id: a one, eight digits, and a check digit by Luhn."""
    del birth, is_female
    body = "1" + digits(rng, 8)
    return body + luhn_digit(body)


def in_aadhaar(rng: Random, birth: Birth, is_female: bool) -> str:
    """Give an Aadhaar number: eleven digits and a check digit by Verhoeff, in groups or none."""
    del birth, is_female
    body = str(rng.randint(2, 9)) + digits(rng, 10)
    check = 0
    for place, digit in enumerate(reversed(body), 1):
        check = int(_VERHOEFF_PRODUCT[check][int(_VERHOEFF_ORDER[place % 8][int(digit)])])
    number = f"{body}{_VERHOEFF_INVERSE[check]}"
    return number if rng.random() < 0.4 else f"{number[:4]} {number[4:8]} {number[8:]}"
