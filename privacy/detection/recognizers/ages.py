"""Ages of people. A warranty has years too: only a word of age, a person or a verb tells them apart."""

import re

from privacy.detection.recognizers.letters import folded
from privacy.detection.recognizers.recognizer import GatedRecognizer
from privacy.detection.recognizers.reviewed import ReviewedRecognizer, Verdict
from privacy.detection.spans import Reason

_NUMBER = r"(?<![0-9A-Za-z_$€£₹¥#+-])(?<!\d[.,:/])(?:1[01]\d|[1-9]?\d)(?!\d|[.,:]\d|[%€$£°])"
_CERTAIN = re.compile(
    folded(
        r"[ -]?(?:years?|yrs?|months?)[ -]?(?:old|of age)\b|[ -]?y\.?/?o\.?\b|-?jährige?[rnsm]?\b|[ -]jahre alt\b|[ ]?j\. ?alt\b| jaar oud\b|-jarige\b| ans révolus| años de edad| anos de idade| anni (?:di|d') ?età"
        r"|enne\b|[ -]?letni\w{0,4}\b|[ -]?летн\w{1,4}\b| ?yaş(?:ında|ındaki|ındadır|larında|ındayım|ındaydı|ım|ına|lı)\w{0,6}| ?[岁歳嵗]| ?才(?=[^\W\d_]{0,2}(?:で|の|に|と|男|女|児|、|。|$|\s))| ?(?:세|살)(?!대|트|기|금)"
        r"| ?ขวบ| वर्षीय| من (?:عمره|عمرها|العمر)| (?:साल|वर्ष) (?:के|की|का) (?:महिला|पुरुष|बच्च\w+|युवक|युवती|मरीज|रोगी|व्यक्ति|लड़क\w+|बुजुर्ग)| साल का (?:है|था|हूं|हूँ|लड़का|बच्चा|पुरुष)| साल की (?:है|थी|हूं|हूँ|लड़की|बच्ची|महिला)|[ -]årige?\b| år gammal| år gammel"
    ),
    re.IGNORECASE,
)
_UNIT = re.compile(
    folded(
        r"[ -]?(?:ans?|años?|anos?|anni|jahren?|j\.|jaar|lat[ka]?|лет|года?|г\.|years?|yrs?|y\b|tahun|thn|th\b|год|سن[ةهوات]{1,3}|عام[اً]{0,2}|साल|वर्ष|ปี|let|ετών|рокі?в|år)(?![^\W_])"
    ),
    re.IGNORECASE,
)
_OTHER_UNIT = re.compile(
    r"[ -]?(?:minutes?|mins?|days?|weeks?|hours?|hrs?|months?|miles?|km|kg|cm|mm|ml|mg|items?|percent|euros?|dollars?|bucks|orders?|times?|people|points?|stars?|tage?n?|wochen?|stunden?|monate?n?|jours?"
    r"|semaines?|heures?|mois|días?|semanas?|horas?|meses|dias|giorni|settiman[ae]|ore|mesi|dagen|weken|uur|maanden|dni|tygodni\w*|godzin\w*|miesi\w*|дн\w+|недел\w+|час\w+|месяц\w*|gün|hafta|saat|ay\b|hari|minggu|bulan"
    r"|eur\b|usd\b|pln\b|zł|lira|руб\w*|tl\b|st\b|nd\b|rd\b|th\b|[-/x]\d)",
    re.IGNORECASE,
)
_NOT_AN_AGE = re.compile(
    r" (?:d'|de |di |do |da |van |of |a |на )?(?:garant\w+|warrant\w+|expéri\w+|experi\w+|esperienz\w+|prison|prisión|prisão|reclusion\w*|carcere|emprison\w+|empris\w+|detenzion\w+|antigüedad|ancienneté|servic\w+"
    r"|servizi\w*|ago\b|geleden|temu\b|назад|fa\b|atrás|önce|lalu|पहले|से\b|वारंटी|خبر\w+|سجن|lang\b|gevangenis\w*|więzieni\w*|pozbawieni\w*|лишени\w*|гаранти\w*|стаж\w*|опыт\w*|penjara|garansi|ضمان|मेहनत|گارانتی)",
    re.IGNORECASE,
)
# After one of these a number with a unit of years is an age.
_BEFORE_UNIT = re.compile(
    folded(
        r"(?<![^\W_])(?:j'ai|ai|a|as|avais|avait|avoir|aura|ayant|tengo|tiene|tienes|tenía|tener|cumpl\w+|ho|ha|hai|aveva|avere|compi\w+|tenho|tem|tinha|tens|faz|fez|ma|mam|masz|miał\w?|mając\w?|skończył\w*|"
        r"ist|bin|war|wird|wurde|is|am|was|ben|wordt|werd|мне|ему|ей|нам|вам|тебе|исполнилось|исполняется|возраст\w*|"
        r"(?:âgée?s?|edad|âge|età|idade|alter|leeftijd|wieku?|age|the age|umur|usia|berusia|berumur|anciano|patient\w*|patiënte?|paciente?s?|pazient\w*|pacjent\w*|пациент\w*|больн\w{2,3}|femme|homme|fille|garçon|enfant|fils"
        r"|mujer|hombre|niñ[oa]|chic[oa]|varón|señora?|joven|hij[oa]|persona|donna|uomo|ragazz[oa]|bambin[oa]|figli[oa]|signora?|homem|mulher|menin[oa]|criança|filh[oa]|idos[oa]|moç[oa]|rapaz|frau|mann|kind|sohn|tochter|pat\.?|man|vrouw"
        r"|jongen|meisje|zoon|dochter|woman|boy|girl|male|female|son|daughter|child|kobiet\w|mężczyzn\w|dziecko|chłopiec|dziewczynka|syn|córka|мужчин\w|женщин\w|мальчик\w?|девочк\w|сын\w?|дочер\w|ребён\w+|ребен\w+|laki-laki|perempuan"
        r"|pria|wanita|anak(?: saya)?|pemohon|tergugat|penggugat|pasien)(?: (?:de|di|von|van|of|d'|da|w|wieku|lat|в возрасте|umur))?"
        r"|(?:im |in the |mit |at )?(?:alter|age) (?:von|of)|أبلغ|يبلغ|تبلغ|عمره|عمرها|عمري|العمر|العمر:|بعمر|عن عمر|عن عمر يناهز|يناهز|عندها|عنده|मरीज|मरीज़|रोगी|मरीज़ा|बच्चा|बच्ची|महिला|पुरुष|युवक|युवती|उम्र|आयु)[ ,:(]{1,3}(?:(?:just|now|circa|quasi|presque|casi|fast|almost|only|étaient|уже|is|est|es|è|é|jest|adalah) )?$"
        r"|(?:อายุ|उम्र|आयु|عمر[هاي]{0,2}|العمر)[ :]{0,3}$"
    ),
    re.IGNORECASE,
)
# After one of these a number is an age, with a unit or without.
_BEFORE = re.compile(
    folded(
        r"(?<![^\W_])(?:aged?|ages|age of|i am|i'm|he's|she's|turn(?:ed|ing|s)?|alter|âge|edad|età|leeftijd|wiek|idade|yaş[ıi]?|umur|usia|berusia|возраст|lat)(?: is| est| es| è| é| ist| jest|:| :|=)? ?(?:just |of |de )?$"
        r"|(?:年龄|年齢|年齡|나이|연령|만|อายุ|उम्र|आयु|عمره|عمرها|العمر)[ :은는이가]{0,3}$"
    ),
    re.IGNORECASE,
)
_WEAK_BEFORE = re.compile(
    r"(?:i am|i'm|he's|she's|turn(?:ed|ing|s)?|만) ?(?:just )?$", re.IGNORECASE
)
_SEX = r"(?<![\w.,:/-])(?P<value>1[01]\d|[1-9]?\d) ?/? ?(?:M|F|♀|♂)(?![\w'/]|\. ?[A-Z])|(?<![\w.])[MF] ?/ ?(?P<value2>\d\d)(?!\w)|(?<![\w.])[MF](?P<value3>[2-9]\d)(?![\w./-])"
_CLINICAL = (
    "pt ", "pt.", "patient", "presents", "presented", "presenting", " hx", "history", "admitted", "clinic", "c/o", "diagnos", "hospital", "ward", "pmh", "symptom", "pain", "surgery", "seen",
)  # fmt: skip


# "Mme X, 54 ans, …": a number of years between commas after a name or a role.
_APPOSED_BEFORE = re.compile(r"[^\W\d_.]\.?[,،] $")
_APPOSED_AFTER = re.compile(r"\s*(?:[,;)।،]|$)")
_BRACKETED = re.compile(r"(?:씨|양|군|さん|容疑者|被告|氏|某) ?\($")


def _age(match: re.Match[str]) -> Verdict | None:
    text, start, end = match.string, match.start(), match.end()
    after = text[end : end + 40]
    if _CERTAIN.match(after):
        return start, end, 0.7
    unit = _UNIT.match(after)
    before = text[max(0, start - 32) : start]
    if unit and _NOT_AN_AGE.match(after, unit.end()):
        return None
    if unit and _BEFORE_UNIT.search(before):
        return start, end, 0.6
    if len(match[0]) > 1 and (
        (unit and _APPOSED_BEFORE.search(before) and _APPOSED_AFTER.match(after, unit.end()))
        or (after.startswith(")") and _BRACKETED.search(before))
    ):
        return start, end, 0.5
    if _BEFORE.search(before) and not _OTHER_UNIT.match(after):
        if _WEAK_BEFORE.search(before) and (
            len(match[0]) < 2
            or (
                re.match(r" [^\W\d_]", after)
                and not unit
                and not re.match(r" (?:and|now|years?|today|this|next|in|on|last|und|y)\b", after)
            )
        ):
            return None
        return start, end, 0.5
    return None


def _age_and_sex(match: re.Match[str]) -> Verdict | None:
    for group in ("value", "value2", "value3"):
        if match[group]:
            return (*match.span(group), 0.5)
    return None


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        ReviewedRecognizer("AGE", [(_NUMBER, 0.7)], name="Age", review=_age, min_digits=1, is_unicode=True, reason=Reason.CUE),
        ReviewedRecognizer("AGE", [(_SEX, 0.5)], name="AgeAndSex", review=_age_and_sex, words=_CLINICAL, min_digits=1, is_case_sensitive=True, reason=Reason.CUE),
    ]  # fmt: skip
