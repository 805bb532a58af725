"""Arabic names, places and organisations: by lists of names, and by how Arabic builds names.

A name is a given name and those of the forefathers (بن …), a servant's name (عبد الـ…), a kunya
(أبو …), a line (آل …) or an origin (الـ…ي). Nothing is capitalised, and many given names are
ordinary words, so these need a neighbour, a title or a cue.
"""

import re
from collections.abc import Mapping, Sequence

from privacy.detection.grammar import Grammar, GrammarReader, Phrases, rule
from privacy.detection.lexicons.arabic_script import WORD, key, keys
from privacy.detection.lexicons.word_classes import load
from privacy.detection.readers import persian
from privacy.detection.readers.reader import Reader
from privacy.detection.spans import Reason, Span

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
            " المجني عليه عليها ضده ضدها الموظف الموظفة المندوب السائق الطبيب الطبيبة الممرضة"
            " المواطن المواطنة العميل العميلة الوزير الرئيس الملك"
        ),
        "t",
    ),
    **dict.fromkeys(
        keys(
            "زميلي زميلتي صديقي صديقتي أخي أخوي أختي ابني ابنتي بنتي زوجي زوجتي جاري جارتي والدي والدتي عمي خالي خالتي عمتي الطفل الطفلة الطالب الطالبة المدعو المدعوة المسمى باسم المرحوم المرحومة حفيدي حفيدتي"
        ),
        "r",
    ),
    **dict.fromkeys(
        keys("شركة بنك مصرف مستشفى محكمة جامعة وزارة مؤسسة جمعية هيئة مجموعة مدرسة كلية معهد"), "O"
    ),
    **dict.fromkeys(keys("مدينة محافظة بلدة قرية ولاية إمارة حي شارع منطقة"), "E"),
    **dict.fromkeys(keys("في من إلى الى نحو قرب"), "e"),
    **dict.fromkeys(keys("أنا معك معكم"), "I"),
    "يا": "v",
    "مني": "x",
}
_CUES = re.compile(
    r"(?P<Q>(?<!\w)(?:(?:اسمي|إسمي|أسمي)(?: (?:هو|الكامل|الثلاثي|الكريم))*|اسمه|اسمها|يدعى|تدعى|[يت]سمى"
    r"|الاسم(?: الكامل| الثلاثي)?(?= ?:)|اسم (?:المريض|المريضة|العميل|المستلم|الزبون|المشترك|صاحب الحساب|المدعي|المتهم)(?= ?:)?"
    r"|صاحب الحساب(?= ?:)|باسمي|مقدم الطلب(?= ?:)|المستلم(?= ?:)|المرسل(?= ?:))(?!\w)[ :]{0,3})"
    r"|(?P<S>(?<!\w)(?:(?:مع |و|لكم |تقبلوا ){0,3}(?:خالص |أطيب |اطيب )?(?:تحياتي|التحية|التحيات|تحيات|الاحترام|احترامي|الشكر|المخلص|المخلصة)"
    r"(?: (?:والتقدير|والاحترام|لكم|الجزيل|جزيلا))*|مقدمه لكم|التوقيع)(?!\w)[ ،,.:؛\n-]{1,6})"
)
_NOT_ARABIC = re.compile("[یکگچپژڑٹےںہھ]")
# Classes: G a given name, g one that may be a word, h one that is an everyday word; F a family
# name, f one that may be a word; A "servant of", B "son of", k "father of", D "of the faith";
# L and N a word with the article, N with the ending of origins; T a title, t a role, r kin.
_ANY_NAME = "GghFf"
_SERVANT = rf"A[LNDPpx{_ANY_NAME}]"
# In Egypt the name علي is written like the word for "on": between names it is the name.
_MORE = rf"B*k?(?:{_SERVANT}|[D{_ANY_NAME}]|a(?=[kA|{_ANY_NAME}]|$))"
_STRONG = rf"(?:G|{_SERVANT}|[ghGu]D|k(?:{_SERVANT}|[LN{_ANY_NAME}]D?))(?:{_MORE}){{0,4}}N?"
_PAIR = rf"[gh](?:B+k?(?:{_SERVANT}|[NLu{_ANY_NAME}])|[GFf]|k[LN{_ANY_NAME}]|{_SERVANT})(?:{_MORE}){{0,3}}N?"
_ANY = rf"(?:{_SERVANT}|k[LNu{_ANY_NAME}]|[{_ANY_NAME}])(?:{_MORE}){{0,4}}N?"
_RULES = (
    rule(rf"({_STRONG})", "PERSON", 0.7),
    rule(rf"({_PAIR})", "PERSON", 0.65),
    rule(rf"Q[:&|]{{0,2}}[Tt]*({_ANY}(?:L|u(?=[|:]|$))?|u(?:{_MORE}){{0,3}}[NLu]?)", "PERSON", 0.8, Reason.CUE),
    rule(rf"S[Tt|&]*({_ANY}|uu?)(?=[|]*$)", "PERSON", 0.7, Reason.CUE),
    rule(rf"T[|:]{{0,2}}(?:T[|:]?)*&?({_ANY}|u(?:{_MORE}|N)+)", "PERSON", 0.75, Reason.CUE),
    rule(rf"[Tt]:({_ANY}|uu?[NLFf]?)", "PERSON", 0.7, Reason.CUE),
    rule(rf"t({_PAIR}|[gF](?:{_MORE})+N?|[gh]N|g(?=[x|:]|$)|{_STRONG})", "PERSON", 0.6, Reason.CUE),
    rule(rf"r({_ANY})", "PERSON", 0.6, Reason.CUE),
    rule(rf"I([ghF](?:[{_ANY_NAME}]|N)+|[Gg])", "PERSON", 0.6, Reason.CUE),
    rule(r"v([Gg])", "PERSON", 0.6, Reason.CUE),
    rule(r"(P)", "LOCATION", 0.7),
    rule(r"e(p)", "LOCATION", 0.5),
    rule(r"&?(?<=[eEB&])(p)(?=[|:]|$)", "LOCATION", 0.5),
    rule(r"E(P|[pLNFG][LN]?)", "LOCATION", 0.6),
    rule(rf"(O(?:[LNPpu{_ANY_NAME}]|A[LN]|D){{1,3}})", "ORGANIZATION", 0.6),
)  # fmt: skip


class _Words:
    """Tells an Arabic word's class, with or without a particle written before it."""

    def __init__(self, classes: Mapping[str, str], ordinary: frozenset[str]) -> None:
        self._classes = classes
        self._ordinary = ordinary

    def classify(self, word: str, normal: str) -> tuple[str, int]:
        if normal in ("علي", "الي", "مني") and word[-1] == "ى":
            return {"علي": "a", "الي": "e", "مني": "g"}[normal], 0
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
                inner in ("g", "h", "p", "t", "r", "E") and len(particle) == 1
            ):
                return inner, min(len(particle), len(word) - 1)
        if normal.startswith("عبدال") and len(normal) > 6:
            return "G", 0
        if normal.startswith("ال") and len(normal) > 4:
            if self._classes.get(normal[2:]) == "P":
                return "P", 0
            return ("N" if normal.endswith("ي") and len(normal) > 5 else "L"), 0
        return "u", 0

    def _whole(self, normal: str) -> str:
        return (
            _FUNCTION.get(normal)
            or ("x" if normal in self._ordinary else "")
            or self._classes.get(normal, "")
        )


class ArabicReader:
    """Reads Arabic, and Persian or Urdu that a router of few languages takes for it."""

    def __init__(self) -> None:
        classes = load("arabic")
        words = _Words(classes, frozenset(word for word, kind in classes.items() if kind == "x"))
        phrases = Phrases({phrase: kind for phrase, kind in classes.items() if " " in phrase})
        self._arabic = GrammarReader(
            "ArabicNames", Grammar(WORD, key, words.classify, _CUES, _RULES, phrases)
        )
        self._persian: Reader | None = None

    def read(self, texts: Sequence[str]) -> list[list[Span]]:
        """Find the names in each text; see `Reader.read`."""
        found = self._arabic.read(texts)
        other = [at for at, text in enumerate(texts) if len(_NOT_ARABIC.findall(text)) > 1]
        if other:
            if self._persian is None:
                self._persian = persian.reader()
            for at, spans in zip(
                other, self._persian.read([texts[at] for at in other]), strict=True
            ):
                found[at] = spans
        return found


def reader() -> Reader:
    """Make the reader of Arabic."""
    return ArabicReader()
