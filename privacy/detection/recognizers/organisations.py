"""Organisations by their legal form: what stands before ``GmbH`` or after ``ООО``."""

import re

from privacy.detection.recognizers.letters import LETTER, UPPER, folded
from privacy.detection.recognizers.recognizer import GatedRecognizer
from privacy.detection.recognizers.reviewed import ReviewedRecognizer, Verdict

_FORMS = (
    r"GmbH(?: ?& ?Co\.? ?KG(?:aA)?)?|gGmbH|AG|KG|OHG|GbR|UG|KGaA|e\.? ?V\.|e\.? ?G\.|mbH|Ltd\.?|Limited|LLP|LLC|L\.L\.C\.|PLC|plc|p\.l\.c\.|Inc\.?|Incorporated|Corp\.?|Corporation|Co\.,? Ltd\.?|Co\.|Pty\.? Ltd\.?|Pvt\.? Ltd\.?|Private Limited"
    r"|S\.A\.S\.U?\.?|SASU?|SARL|S\.à r\.l\.|S\.A\.R\.L\.|S\.A\. de C\.V\.|S\.A\.U\.|S\.A\.|SA|SNC|SCI|EURL|S\.L\.U?\.?|SLU?|S\.Coop\.?|Ltda\.?|LTDA|EIRELI|S/A|Lda\.?|S\.r\.l\.s?\.?|Srls?|S\.R\.L\.|S\.p\.A\.|SpA|SPA|S\.n\.c\.|S\.a\.s\."
    r"|Sp\. ?z ?o\. ?o\.|sp\. ?z ?o\. ?o\.|Sp\. ?[jk]\.|sp\. ?[jk]\.|S\.K\.A\.|B\.V\.|BV|N\.V\.|NV|V\.O\.F\.|VOF|A\.Ş\.|A\.S\.|AŞ|Ltd\. ?Şti\.?|Tic\. ?Ltd\. ?Şti\.?|San\. ve Tic\. (?:A\.Ş\.|Ltd\. ?Şti\.?)|Tbk\.?|Sdn\.? Bhd\.?|Bhd\.?|AB|A/S|ApS|Oy|Oyj|ASA"
    r"|s\.r\.o\.|a\.s\.|Kft\.?|Zrt\.?|Nyrt\.?|S\.R\.L|d\.o\.o\.|d\.d\.|OÜ|UAB|SIA|EOOD|ЕООД|ООД|АД"
)
_FORM = rf"(?<=[ ,])(?:{_FORMS})(?![^\W_]|-\d)"
# Two letters alone end sentences too ("we met in AB"): two capitalised words must come before.
_SHORT_FORMS = frozenset(["SA", "AB", "AG", "KG", "UG", "BV", "NV", "AS", "SL", "Oy", "Co.", "A.S.", "a.s.", "SPA", "ASA", "SIA", "SCI", "АД"])  # fmt: skip
_TOKEN = re.compile(r"[^\s,]+,?")
_CONNECTORS = frozenset(
    [
        "&",
        "+",
        "and",
        "und",
        "et",
        "y",
        "e",
        "i",
        "de",
        "del",
        "della",
        "di",
        "do",
        "da",
        "dos",
        "für",
        "of",
        "the",
        "van",
        "en",
        "ve",
        "la",
        "le",
        "les",
        "los",
        "las",
        "des",
        "der",
    ]
)
_OPENERS = frozenset(
    [
        "the",
        "a",
        "an",
        "die",
        "der",
        "das",
        "den",
        "dem",
        "des",
        "bei",
        "von",
        "und",
        "mit",
        "an",
        "im",
        "in",
        "la",
        "le",
        "les",
        "l'",
        "el",
        "los",
        "las",
        "il",
        "lo",
        "gli",
        "o",
        "os",
        "as",
        "uma",
        "um",
        "um",
        "de",
        "het",
        "een",
        "the",
        "our",
        "my",
        "your",
        "at",
        "from",
        "by",
        "with",
        "for",
        "to",
        "société",
        "sociedad",
        "società",
        "empresa",
        "mercantil",
        "firma",
        "firmy",
        "spółka",
        "spółki",
        "company",
        "beklagte",
        "klägerin",
        "bank",
        "al",
        "a",
        "per",
        "con",
        "pour",
        "chez",
        "i",
        "we",
        "he",
        "she",
        "they",
        "and",
        "dear",
        "hello",
        "hi",
        "since",
        "where",
        "when",
        "which",
        "that",
        "this",
    ]
)
_LONGEST = 80


def _run_before(text: str, at: int) -> int:
    """Give where the row of capitalised words begins that ends at `at`."""
    window = text[max(0, at - _LONGEST) : at]
    line = window.rfind("\n")
    base = at - len(window) + line + 1
    tokens = list(_TOKEN.finditer(text, base, at))
    start = at
    begun = False
    for token in reversed(tokens):
        word = token[0]
        bare = word.rstrip(",").strip("\"'«»„“”()")
        if word.endswith((":", ";")):
            break
        if begun and (word.endswith(",") or (word.endswith(".") and len(bare) > 4)):
            break
        if (
            bare[:1].isupper()
            or bare[:1].isdigit()
            or (bare and bare[0].isalpha() and bare != bare.lower())
        ):
            start, begun = token.start(), True
        elif bare.lower() not in _CONNECTORS:
            break
        else:
            begun = True
    # Mid-sentence a capitalised article is part of the name: "bij De Vries Bouw".
    is_opening = (
        start == 0
        or text[:start].rstrip().endswith((".", "!", "?", ":", "\n"))
        or text[start].islower()
    )
    words = text[start:at].split()
    while is_opening and len(words) > 1 and words[0].lower() in _OPENERS:
        start = text.index(words.pop(0), start)
        start = text.index(words[0], start + 1)
    return start


def _formed(match: re.Match[str]) -> Verdict | None:
    text = match.string
    start = _run_before(text, match.start())
    words = text[start : match.start()].split()
    if not words or words[0].lower() in _OPENERS or not any(word[:1].isupper() for word in words):
        return None
    if match[0] in _SHORT_FORMS and (
        (len(words) < 2 and len(words[0]) < 4) or match.string.isupper()
    ):
        return None
    return start, match.end(), 0.7


_QUOTED = r"[«\"„“][^«»\"„“”\n]{2,60}[»\"“”]"
_CYRILLIC_WORDS = rf"[{UPPER}][\w-]{{1,25}}(?: [{UPPER}][\w-]{{1,25}}){{0,3}}"
_CYRILLIC = rf"(?<![^\W_])(?:ООО|ОАО|ЗАО|ПАО|НАО|АО|ИП|АНО|НКО|ГБУЗ|ГБУ|МБОУ|ГБОУ|ФГБУ|ФГБОУ(?: ВО)?|ФГУП|ГУП|МУП|ТОО|ТОВ|ПАТ|ТСЖ|СНТ|Банк|банк(?:а|е|у|ом)?)(?: (?:ВО|МЧС|МВД))? (?:{_QUOTED}|{_CYRILLIC_WORDS})"

_HAN = r"\u4e00-\u9fff"
_CHINESE = rf"[{_HAN}A-Za-z0-9()]{{2,30}}?(?:股份有限公司|有限责任公司|有限責任公司|有限公司|集团公司|集团|集團|合作社|事务所|律師事務所|會計師事務所|基金会|分公司)(?:[{_HAN}]{{2,8}}分公司)?"
_CHINESE_LEADING = re.compile(
    r".*(?:被告|原告|公司名称|[,:是在到的了与和跟向对由经给从于为,、购买])(?=.{4})"
)
_NAME = rf"[{_HAN}々ァ-ヴーA-Za-z0-9・&]"
_JAPANESE = rf"(?:株式会社|有限会社|合同会社|合資会社|一般社団法人|公益財団法人|医療法人(?:社団)?|学校法人|社会福祉法人|\(株\)|\(有\)) ?{_NAME}{{2,18}}|{_NAME}{{2,18}}(?:株式会社|有限会社|合同会社|\(株\)|\(有\))"
_SYLLABLES = r"[\uac00-\ud7af]"
_KOREAN_NAME = r"[\uac00-\ud7afA-Za-z0-9&]{2,16}"
_KOREAN = rf"(?:주식회사|유한회사|재단법인|사단법인|의료법인|학교법인) {_KOREAN_NAME}|\(주\) ?{_KOREAN_NAME}|{_KOREAN_NAME} ?(?:주식회사|\(주\)|유한회사)"
_KOREAN_PARTICLE = re.compile(r"(?:은|는|이|가|을|를|의|에서|에게|에|와|과|로부터|으로|로|도)$")
_THAI = folded(
    r"(?:บริษัท|ห้างหุ้นส่วนจำกัด|ห้างหุ้นส่วน|หจก\.|บจก\.|บมจ\.)[ ]?[\u0e01-\u0e4eA-Za-z0-9&. -]{2,60}?(?: ?จำกัด(?: ?\(มหาชน\))?)"
)
_ARABIC_WORD = r"(?!(?:في|من|على|إلى|عن|مع|التي|الذي|بتاريخ|لم|قد|كان|كانت|هي|هو|يوم|سلمت|قامت|قررت)(?![\u0621-\u064a]))[\u0621-\u064a]{2,15}"
_ARABIC = folded(
    rf"(?<![\u0621-\u064a])(?:[وبلك]{{0,2}})(?:شركة|مؤسسة|مجموعة|مصرف|بنك) {_ARABIC_WORD}(?: {_ARABIC_WORD}){{0,3}}?(?: (?:المحدودة|المساهمة|ذ\.م\.م\.?|ش\.م\.[مل]\.?|القابضة)(?: العامة)?|(?= {_ARABIC_WORD}ت | (?:في|من|على|إلى|عن|مع|سلمت|قامت) |[،,.\n]|$))"
)
_HINDI = folded(
    r"(?:[\u0900-\u0963]{2,15} ){1,4}(?:प्राइवेट लिमिटेड|प्रा\. ?लि\.?|लिमिटेड|लि\.)(?![\u0900-\u0963])"
)
_FRENCH = rf"(?<![^\W_])(?:SCI|SASU|SAS|SARL|EURL|SNC|SCP|SELARL|(?<=[Ll]a )SA|(?<=[Uu]ne )SA) (?:(?:Les|Le|La|L'|Des|Du|de|du|et|&) ?)?[{UPPER}]{LETTER}{{1,20}}(?: (?:(?:et|&|de|du|des) )?[{UPPER}]{LETTER}{{1,20}}){{0,3}}"
_INDONESIAN = rf"(?<![^\W_])(?:PT|CV|UD|Firma|Koperasi|Yayasan)\.? [{UPPER}]{LETTER}{{1,20}}(?: (?:[{UPPER}]{LETTER}{{1,20}}|dan|&)){{0,4}}(?:,? (?:Tbk\.?|\(Persero\)))?"


def _chinese(match: re.Match[str]) -> Verdict | None:
    leading = _CHINESE_LEADING.match(match[0][:-4])
    start = match.start() + (leading.end() if leading else 0)
    return (start, match.end(), 0.7) if match.end() - start > 3 else None


def _whole(match: re.Match[str]) -> Verdict:
    return match.start(), match.end(), 0.65


def _korean(match: re.Match[str]) -> Verdict:
    particle = _KOREAN_PARTICLE.search(match[0])
    follows_form = not match[0].endswith(("회사", ")"))
    return match.start(), match.end() - (len(particle[0]) if particle and follows_form else 0), 0.7


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        ReviewedRecognizer("ORGANIZATION", [(_FORM, 0.7)], name="LegalForms", review=_formed, is_unicode=True, is_case_sensitive=True),
        ReviewedRecognizer("ORGANIZATION", [(_CYRILLIC, 0.7), (_INDONESIAN, 0.65), (_FRENCH, 0.65)], name="LeadingLegalForms", review=_whole, is_unicode=True, is_case_sensitive=True),
        ReviewedRecognizer("ORGANIZATION", [(_CHINESE, 0.7)], name="ChineseCompanies", review=_chinese, is_east_asian=True, is_unicode=True),
        ReviewedRecognizer("ORGANIZATION", [(_JAPANESE, 0.7)], name="JapaneseCompanies", review=_whole, is_east_asian=True, is_unicode=True),
        ReviewedRecognizer("ORGANIZATION", [(_KOREAN, 0.7)], name="KoreanCompanies", review=_korean, is_east_asian=True, is_unicode=True),
        ReviewedRecognizer("ORGANIZATION", [(_THAI, 0.65), (_ARABIC, 0.5), (_HINDI, 0.65)], name="CompaniesOfTouchingScripts", review=_whole, is_unicode=True),
    ]  # fmt: skip
