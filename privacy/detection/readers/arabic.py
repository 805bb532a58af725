"""Arabic names, places and organisations: by lists of names, and by how Arabic builds names.

A name is a given name and those of the forefathers (بن …), a servant's name (عبد الـ…), a kunya
(أبو …), a line (آل …) or an origin (الـ…ي). Nothing is capitalised, and many given names are
ordinary words, so these need a neighbour, a title or a cue.
"""

import re
from collections.abc import Mapping

from privacy.detection.readers.grammar import Grammar, GrammarReader, Phrases, rule
from privacy.detection.readers.reader import Reader
from privacy.detection.readers.word_classes import load
from privacy.detection.spans import Reason

_NORMAL = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ىیې", "ي"),
        **dict.fromkeys("ةۀە", "ه"),
        **dict.fromkeys("کڪ", "ك"),
        **dict.fromkeys("ہھ", "ه"),
        **dict.fromkeys(map(chr, (0x640, 0x670, *range(0x64B, 0x660))), None),
    }
)


def key(word: str) -> str:
    """Write letters that people interchange in one way, and leave out vowel signs."""
    return word.translate(_NORMAL)


def keys(words: str) -> frozenset[str]:
    """Give the normal forms of words set apart by blanks."""
    return frozenset(key(one) for one in words.split())


_FUNCTION: Mapping[str, str] = {
    **dict.fromkeys(keys("عبد"), "A"),
    **dict.fromkeys(keys("بن ابن بنت ولد آل"), "B"),
    **dict.fromkeys(keys("أبو أبا"), "k"),
    **dict.fromkeys(keys("الدين الله"), "D"),
    **dict.fromkeys(
        keys(
            "السيد السيدة الآنسة الأستاذ الأستاذة أستاذ أستاذة الدكتور الدكتورة دكتور دكتورة د م أ"
            " الحاج الحاجة الشيخ الشيخة المهندس المهندسة مهندس المحامي المحامية القاضي القاضية"
            " المستشار المستشارة الكابتن العميد اللواء العقيد النقيب الملازم الأمير الأميرة البروفيسور"
        ),
        "T",
    ),
    **dict.fromkeys(
        keys(
            "المدعي المدعية المتهم المتهمة الشاهد الشاهدة المريض المريضة المستأنف المستأنفة الطاعن"
            " المجني عليه عليها ضده ضدها الموظف الموظفة المندوب السائق الطبيب الطبيبة الممرضة زميلي"
            " زميلتي صديقي صديقتي أخي أختي ابني ابنتي زوجي زوجتي جاري المدعو المدعوة المسمى باسم"
            " المواطن المواطنة الطالب الطالبة العميل العميلة المرحوم الوزير الرئيس الملك والدي والدتي"
            " عمي خالي يا"
        ),
        "t",
    ),
    **dict.fromkeys(
        keys("شركة بنك مصرف مستشفى محكمة جامعة وزارة مؤسسة جمعية هيئة مجموعة مدرسة كلية معهد"), "O"
    ),
    **dict.fromkeys(keys("مدينة محافظة بلدة قرية ولاية إمارة حي شارع منطقة"), "E"),
    **dict.fromkeys(keys("في من إلى الى نحو قرب"), "e"),
    **dict.fromkeys(keys("أنا معك معكم"), "I"),
    "مني": "x",
}
WORD = re.compile(
    r"([\u0620-\u065f\u066e-\u06d3\u06d5-\u06dc\u06fa-\u06ff]++)|\n|[ \t]{2,}|[^\s\u0620-\u06ff]+"
)
_CUES = re.compile(
    r"(?P<Q>(?<!\w)(?:(?:اسمي|إسمي|أسمي)(?: (?:هو|الكامل|الثلاثي|الكريم))*|اسمه|اسمها|يدعى|تدعى|[يت]سمى"
    r"|الاسم(?: الكامل| الثلاثي)?(?= ?:)|اسم (?:المريض|المريضة|العميل|المستلم|الزبون|المشترك|صاحب الحساب|المدعي|المتهم)(?= ?:)?"
    r"|صاحب الحساب(?= ?:)|باسمي|مقدم الطلب(?= ?:)|المستلم(?= ?:)|المرسل(?= ?:))(?!\w)[ :]{0,3})"
    r"|(?P<S>(?<!\w)(?:(?:مع |و|لكم |تقبلوا )*(?:خالص |أطيب |اطيب )?(?:تحياتي|التحية|التحيات|تحيات|الاحترام|احترامي|الشكر|شكرا|شكراً|المخلص|المخلصة)"
    r"(?: (?:والتقدير|والاحترام|لكم|الجزيل|جزيلا))*|مقدمه لكم|التوقيع)(?!\w)[ ،,.:؛\n-]{1,6})"
)
_SERVANT = r"A[LNFfDPpGgx]"
# In Egypt the name علي is written like the word for "on": between names it is the name.
_MORE = rf"B*k?(?:{_SERVANT}|[GgFfD]|a(?=[GgFfkA|]|$))"
_STRONG = rf"(?:G|{_SERVANT}|[gGu]D|k(?:{_SERVANT}|[GgFfLN]D?))(?:{_MORE}){{0,4}}N?"
_PAIR = rf"g(?:B+k?(?:{_SERVANT}|[GgFfNLu])|[GFf]|k[GgFfLN]|{_SERVANT})(?:{_MORE}){{0,3}}N?"
_ANY = rf"(?:{_SERVANT}|k[GgFfLNu]|[GgFf])(?:{_MORE}){{0,4}}[NL]?"
_RULES = (
    rule(rf"({_STRONG})", "PERSON", 0.7),
    rule(rf"({_PAIR})", "PERSON", 0.65),
    rule(rf"Q[:&|]{{0,2}}[Tt]*({_ANY}(?:u(?=[|:]|$))?|u(?:{_MORE}){{0,3}}[NLu]?)", "PERSON", 0.8, Reason.CUE),
    rule(rf"S[Tt|&]*({_ANY}|uu?)(?=[|]*$)", "PERSON", 0.7, Reason.CUE),
    rule(rf"T[|:]{{0,2}}(?:T[|:]?)*&?({_ANY}|u(?:{_MORE}|N)+)", "PERSON", 0.75, Reason.CUE),
    rule(rf"[Tt]:({_ANY}|uu?[NLFf]?)", "PERSON", 0.7, Reason.CUE),
    rule(rf"t({_PAIR}|[gF](?:{_MORE})+N?|gN|gL?(?=[|:]|$)|{_STRONG})", "PERSON", 0.6, Reason.CUE),
    rule(r"I((?:g|F)(?:[GgFf]|N)+|G)", "PERSON", 0.6, Reason.CUE),
    rule(r"(P)", "LOCATION", 0.7),
    rule(r"e(p)", "LOCATION", 0.5),
    rule(r"&?(?<=[eEB&])(p)(?=[|:]|$)", "LOCATION", 0.5),
    rule(r"E(P|[pFfGgLNu][LN]?)", "LOCATION", 0.6),
    rule(r"(O(?:[LNPpFfGgu]|A[LN]|D){1,3})", "ORGANIZATION", 0.6),
)  # fmt: skip


class _Words:
    """Tells an Arabic word's class, with or without a particle written before it."""

    def __init__(self, classes: Mapping[str, str], ordinary: frozenset[str]) -> None:
        self._classes = classes
        self._ordinary = ordinary

    def classify(self, word: str, normal: str) -> tuple[str, int]:
        if normal in ("علي", "الي", "مني") and word[-1] == "ى":
            return {"علي": "a", "الي": "e", "مني": "x"}[normal], 0
        kind = self._whole(normal)
        if kind:
            return kind, 0
        for particle in ("و", "ف", "ب", "ل", "ك", "وب", "ول", "فل"):
            if not normal.startswith(particle):
                continue
            rest = normal[len(particle) :]
            if particle.endswith("ل") and rest.startswith("ل"):
                rest = "ا" + rest  # the article's alef is not written after ل
            inner = self._whole(rest) if len(rest) > 2 else ""
            if inner in ("G", "P", "T", "F", "O", "A", "k", "x") or (
                inner in ("g", "p", "t", "E") and len(particle) == 1
            ):
                return inner, min(len(particle), len(word) - 1)
        if normal.startswith("عبدال") and len(normal) > 6:
            return "G", 0
        if normal.startswith("ال") and len(normal) > 4:
            return ("N" if normal.endswith("ي") and len(normal) > 5 else "L"), 0
        return "u", 0

    def _whole(self, normal: str) -> str:
        return (
            _FUNCTION.get(normal)
            or ("x" if normal in self._ordinary else "")
            or self._classes.get(normal, "")
        )


def reader() -> Reader:
    """Make the reader of Arabic."""
    classes = load("arabic")
    words = _Words(classes, frozenset(word for word, kind in classes.items() if kind == "x"))
    phrases = {phrase: kind for phrase, kind in classes.items() if " " in phrase}
    return GrammarReader(
        "ArabicNames", Grammar(WORD, key, words.classify, _CUES, _RULES, Phrases(phrases))
    )
