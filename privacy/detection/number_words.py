"""Digits and small numbers as they are said, by language: `four`, `dreiundzwanzig`, `quatre-vingt-dix`.

Languages whose speakers say telephone and card numbers digit by digit have the digits only. Where
people write their language in Latin letters as well (Hindi, Chinese, Japanese, Korean, Arabic,
Russian), that spelling is there too, as a language of its own: its words are short, and common in others.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

_DIGITS: Mapping[str, Sequence[str]] = {
    "en": ("zero oh o nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine niner"),
    "de": ("null", "eins ein eine", "zwei zwo", "drei", "vier", "fünf fuenf", "sechs", "sieben", "acht", "neun"),
    "fr": ("zéro zero", "un une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"),
    "es": ("cero", "uno un una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"),
    "it": ("zero", "uno un", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove"),
    "nl": ("nul", "een één", "twee", "drie", "vier", "vijf", "zes", "zeven zeuven", "acht", "negen"),
    "pt": ("zero", "um uma", "dois duas", "três tres", "quatro", "cinco", "seis meia", "sete", "oito", "nove"),
    "pl": ("zero", "jeden jedna", "dwa dwie", "trzy", "cztery", "pięć piec", "sześć szesc", "siedem", "osiem", "dziewięć dziewiec"),
    "tr": ("sıfır sifir", "bir", "iki", "üç uc", "dört dort", "beş bes", "altı alti", "yedi", "sekiz", "dokuz"),
    "ru": ("ноль нуль", "один одна раз", "два две", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять"),
    "ru-Latn": ("nol", "odin", "dva", "tri", "chetyre", "pyat", "shest", "sem", "vosem", "devyat"),
    "uk": ("нуль", "один одна", "два дві", "три", "чотири", "п'ять", "шість", "сім", "вісім", "дев'ять"),
    "id": ("nol kosong", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan lapan", "sembilan"),
    "hi": ("शून्य ज़ीरो जीरो", "एक", "दो", "तीन", "चार", "पांच पाँच", "छह छः छे", "सात", "आठ", "नौ"),
    "hi-Latn": ("zero shunya", "ek", "do", "teen tin", "char chaar", "paanch panch", "chhe che chah", "saat sat", "aath aat", "nau no"),
    "ar": ("صفر", "واحد", "اثنان اثنين اتنين إثنين", "ثلاثة تلاتة ثلاثه تلاته", "أربعة اربعة اربعه أربعه", "خمسة خمسه", "ستة سته", "سبعة سبعه", "ثمانية تمانية ثمانيه تمنية", "تسعة تسعه"),
    "ar-Latn": ("sifr sefr", "wahid wahed", "ithnan itnan etnen tnen", "thalatha talata", "arbaa arba'a arbaah", "khamsa khamseh", "sitta setta", "sabaa sab'a sabaah", "thamaniya tamanya tmanya", "tisaa tis'a tesaa"),
    "th": ("ศูนย์ ซีโร่", "หนึ่ง", "สอง โท", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า"),
    "zh": ("零 〇 洞", "一 幺 壹", "二 两 兩 贰", "三 叁", "四 肆", "五 伍", "六 陆 陸", "七 柒 拐", "八 捌", "九 玖"),
    "zh-Latn": ("ling", "yi yao", "er", "san", "si", "wu", "liu", "qi", "ba", "jiu"),
    "ja": ("ゼロ れい まる 零 〇", "一 いち イチ ワン", "二 に ニ ツー", "三 さん サン", "四 よん ヨン し", "五 ご ゴ", "六 ろく ロク", "七 なな ナナ しち", "八 はち ハチ", "九 きゅう きゅー キュウ キュー く"),
    "ja-Latn": ("zero rei", "ichi", "ni", "san", "yon shi", "go", "roku", "nana shichi", "hachi", "kyuu kyu ku"),
    "ko": ("공 영 제로", "일 하나", "이 둘", "삼 셋", "사 넷", "오 다섯", "육 륙 여섯", "칠 일곱", "팔 여덟", "구 아홉"),
    "ko-Latn": ("gong yeong", "il", "i ee", "sam", "sa", "o oh", "yuk", "chil", "pal", "gu"),
}  # fmt: skip

_TEENS: Mapping[str, Sequence[str]] = {
    "en": ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"],
    "de": ["zehn", "elf", "zwölf", "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn"],
    "fr": ["dix", "onze", "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf"],
    "es": ["diez", "once", "doce", "trece", "catorce", "quince", "dieciséis", "diecisiete", "dieciocho", "diecinueve"],
    "it": ["dieci", "undici", "dodici", "tredici", "quattordici", "quindici", "sedici", "diciassette", "diciotto", "diciannove"],
    "nl": ["tien", "elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien"],
    "pt": ["dez", "onze", "doze", "treze", "catorze", "quinze", "dezesseis", "dezessete", "dezoito", "dezenove"],
    "pl": ["dziesięć", "jedenaście", "dwanaście", "trzynaście", "czternaście", "piętnaście", "szesnaście", "siedemnaście", "osiemnaście", "dziewiętnaście"],
    "ru": ["десять", "одиннадцать", "двенадцать", "тринадцать", "четырнадцать", "пятнадцать", "шестнадцать", "семнадцать", "восемнадцать", "девятнадцать"],
}  # fmt: skip

_TENS: Mapping[str, Sequence[str]] = {
    "en": ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
    "de": ["zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"],
    "fr": ["vingt", "trente", "quarante", "cinquante", "soixante", "septante", "huitante", "nonante"],
    "es": ["veinte", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"],
    "it": ["venti", "trenta", "quaranta", "cinquanta", "sessanta", "settanta", "ottanta", "novanta"],
    "nl": ["twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"],
    "pt": ["vinte", "trinta", "quarenta", "cinquenta", "sessenta", "setenta", "oitenta", "noventa"],
    "pl": ["dwadzieścia", "trzydzieści", "czterdzieści", "pięćdziesiąt", "sześćdziesiąt", "siedemdziesiąt", "osiemdziesiąt", "dziewięćdziesiąt"],
    "tr": ["yirmi", "otuz", "kırk", "elli", "altmış", "yetmiş", "seksen", "doksan"],
    "ru": ["двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят", "восемьдесят", "девяносто"],
}  # fmt: skip

_HUNDREDS: Mapping[str, Sequence[str]] = {
    "es": ["cien|ciento", "doscientos", "trescientos", "cuatrocientos", "quinientos", "seiscientos", "setecientos", "ochocientos", "novecientos"],
    "pl": ["sto", "dwieście", "trzysta", "czterysta", "pięćset", "sześćset", "siedemset", "osiemset", "dziewięćset"],
    "ru": ["сто", "двести", "триста", "четыреста", "пятьсот", "шестьсот", "семьсот", "восемьсот", "девятьсот"],
    "tr": ["yüz", *(f"{one} yüz" for one in ["iki", "üç", "dört", "beş", "altı", "yedi", "sekiz", "dokuz"])],
}  # fmt: skip

_OTHERS: Mapping[str, Mapping[str, int]] = {
    "de": {"zwoelf": 12, "fuenfzehn": 15, "dreissig": 30, "fuenfzig": 50},
    "es": {"dieciseis": 16},
    "pt": {"quatorze": 14, "dezasseis": 16, "dezassete": 17, "dezanove": 19, "cinqüenta": 50},
    "tr": {"on": 10},
}

REPEATS: Mapping[str, int] = {
    "double": 2, "doppel": 2, "doppelt": 2, "zweimal": 2, "doble": 2, "doppio": 2, "dubbel": 2,
    "duplo": 2, "dobel": 2, "deux fois": 2, "dos veces": 2, "due volte": 2, "twee keer": 2,
    "triple": 3, "treble": 3, "dreimal": 3, "triplo": 3, "driemaal": 3, "trois fois": 3,
    "quadruple": 4, "viermal": 4,
}  # fmt: skip
"""Words that say the next digit more than once."""

ROUND: Mapping[str, str] = {"hundred": "00", "thousand": "000", "hundert": "00", "cento": "00"}
"""Words that add zeros to the digit before: one eight hundred."""

PLUS = frozenset({"plus", "más", "mais", "più", "плюс", "artı", "プラス", "플러스", "加", "บวก"})


def _compounds(language: str) -> Iterable[tuple[str, int]]:
    """Give numbers between 21 and 99 that are written as one word, or not as ten and unit."""
    digits = [words.split() for words in _DIGITS[language]]
    tens = _TENS.get(language, ())
    if language in ("de", "nl"):
        joiner = "und" if language == "de" else "en"
        for ten, word in enumerate(tens, 2):
            for unit in range(1, 10):
                for one in digits[unit]:
                    yield one + joiner + word, ten * 10 + unit
                    if language == "nl" and one.endswith("e"):
                        yield one + "ën" + word, ten * 10 + unit
    elif language == "it":
        for ten, word in enumerate(tens, 2):
            for unit in range(1, 10):
                stem = word[:-1] if unit in (1, 8) else word
                yield stem + ("tré" if unit == 3 else digits[unit][0]), ten * 10 + unit
                yield stem + digits[unit][0], ten * 10 + unit
    elif language == "es":
        words = "veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve"
        for unit, word in enumerate(words.split(), 1):
            yield word, 20 + unit
            yield word.translate({0xF3: "o", 0xE9: "e"}), 20 + unit
    elif language == "fr":
        teens = _TEENS["fr"]
        for unit in range(10):
            for joiner in ("-", " ", "-et-", " et "):
                yield f"soixante{joiner}{teens[unit]}", 70 + unit
            for eighty in ("quatre-vingt", "quatre vingt", "quatre-vingts", "quatre vingts"):
                yield eighty, 80
                for joiner in ("-", " "):
                    yield f"{eighty}{joiner}{teens[unit]}", 90 + unit
                    if unit:
                        yield f"{eighty}{joiner}{digits[unit][0]}", 80 + unit


@lru_cache(maxsize=1)
def number_words() -> Mapping[str, Mapping[str, int]]:
    """Give each word with its value in each language that has it."""
    words: dict[str, dict[str, int]] = {}

    def add(language: str, word: str, value: int) -> None:
        words.setdefault(word, {}).setdefault(language, value)

    for language, digits in _DIGITS.items():
        for value, forms in enumerate(digits):
            for form in forms.split():
                add(language, form, value)
        for value, word in enumerate(_TEENS.get(language, ()), 10):
            add(language, word, value)
        for value, word in enumerate(_TENS.get(language, ()), 2):
            add(language, word, value * 10)
        for value, forms in enumerate(_HUNDREDS.get(language, ()), 1):
            for form in forms.split("|"):
                add(language, form, value * 100)
        for word, value in _OTHERS.get(language, {}).items():
            add(language, word, value)
        for word, value in _compounds(language):
            add(language, word, value)
    return words
