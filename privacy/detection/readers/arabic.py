"""Arabic names, places and organisations: by lists of names, and by how Arabic builds names.

A name is a given name and those of the forefathers (بن …), a servant's name (عبد الـ…), a kunya
(أبو …), a line (آل …) or an origin (الـ…ي). Nothing is capitalised, and many given names are
ordinary words, so these need a neighbour, a title or a cue.
"""

import re
from collections.abc import Mapping, Sequence

from privacy.detection.grammar import Grammar, GrammarReader, Phrases, rule
from privacy.detection.lexicons.arabic_script import WORD, key, keys
from privacy.detection.lexicons.likeness import likeness
from privacy.detection.lexicons.word_classes import load
from privacy.detection.readers import persian
from privacy.detection.readers.reader import Reader
from privacy.detection.spans import Reason, Span

_FUNCTION: Mapping[str, str] = {
    **dict.fromkeys(keys("عبد"), "A"),
    **dict.fromkeys(keys("بن ابن بنت ولد آل"), "B"),
    **dict.fromkeys(keys("أبو أبا أبي"), "k"),
    **dict.fromkeys(keys("أم بو"), "K"),
    **dict.fromkeys(keys("الدين"), "D"),
    **dict.fromkeys(keys("الله"), "Y"),
    **dict.fromkeys(
        keys(
            "السيد السيدة الآنسة الأستاذ الأستاذة أستاذ أستاذة الدكتور الدكتورة دكتور دكتورة د م أ"
            " الحاج الحاجة الشيخ الشيخة المهندس المهندسة مهندس المحامي المحامية القاضي القاضية القاضيين القاضيان الدكتورين السيدين"
            " المستشار المستشارة الكابتن العميد اللواء العقيد النقيب الملازم الرائد المقدم الرقيب العريف الفريق المشير الأمير الأميرة البروفيسور"
        ),
        "T",
    ),
    **dict.fromkeys(
        keys(
            "المدعي المدعية المتهم المتهمة الشاهد الشاهدة المريض المريضة المستأنف المستأنفة الطاعن"
            " المجني عليه عليها ضده ضدها الموظف الموظفة المندوب السائق الطبيب الطبيبة الممرضة"
            " المواطن المواطنة العميل العميلة الزبون الوزير الوزيرة الرئيس الرئيسة الملك الملكة النائب النائبة السفير السفيرة"
            " المدير المديرة مدير المدرب اللاعب اللاعبة الفنان الفنانة المطرب المطربة الممثل الممثلة المخرج"
            " المخرجة الكاتب الكاتبة الشاعر الشاعرة الصحفي الصحفية الصحافي الإعلامي الإعلامية الناشط الناشطة"
            " الباحث الباحثة الخبير المحقق الضحية المتوفى القتيل الموكل موكله موكلها موكلي المستشارين المتهمين"
            " الشاهدين الموظفين المشتري البائع المؤجر المستأجر الكفيل الزوج الزوجة المطعون المشتكي المشتكى الطفلين"
            " الحكم البطل النجم نجم المغنية المغني الروائي الأديب المؤلف المعلم المعلمة المدرس المدرسة الأب الأم"
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
    **dict.fromkeys(keys("في نحو قرب"), "e"),
    **dict.fromkeys(keys("أنا معك معاك معاكي معكم"), "I"),
    **dict.fromkeys(keys("لي له لها لنا لك لكم لهم هو هي هم يحيي"), "x"),
    **dict.fromkeys(keys("يا هلا"), "v"),
    "مني": "x",
}
_CUES = re.compile(
    r"(?P<Q>(?<!\w)(?:(?:اسمي|إسمي|أسمي)(?: (?:هو|الكامل|الثلاثي|الكريم))*|اسمه|اسمها|يدعى|تدعى|[يت]سمى"
    r"|الاسم(?: الكامل| الثلاثي)?(?= ?:)|اسم (?:المريض|المريضة|العميل|المستلم|الزبون|المشترك|صاحب الحساب|المدعي|المتهم)(?= ?:)?"
    r"|صاحب الحساب(?= ?:)|باسمي|مقدم الطلب(?= ?:)|المستلم(?= ?:)|المرسل(?= ?:))(?!\w)[ :]{0,3})"
    r"|(?P<S>(?<!\w)(?:(?:مع |و|لكم |تقبلوا ){0,3}(?:خالص |أطيب |اطيب )?(?:تحياتي|التحية|التحيات|تحيات|الاحترام|احترامي|الشكر|المخلص|المخلصة)"
    r"(?: (?:والتقدير|والاحترام|لكم|الجزيل|جزيلا))*|مقدمه لكم|التوقيع)(?!\w)[ ،,.:؛\n-]{1,6})"
)
_SAYING = re.compile(
    "[وف]?(?:(?:قال|صرح|اكد|اضاف|اوضح|اعلن|كلم|قابل|سال|راسل|اخبر|ابلغ|حكي|حكا|التقي|التق|استقبل|افاد|اعترف|انكر|اتهم|اتصل|طالب|ناقش)"
    "(?:ت|وا)?(?:ني|لي|ه|ها|هم|نا|لنا|ك|كم)?|(?:رد|ساعد|وعد|سلم|خبر|بلغ|طلب|ارسل|بعث|كتب)ت?(?:ني|لي|نا|لنا)|[يت]قول|شفت|شهدت|اسال|كلمي|كلموا|خبرت|خبري)"
)
"""What only people do or have done to them: even an everyday word after it is a name."""
_DOING = re.compile(
    "[وف]?(?:(?:رد|وصل|جاء|سافر|حضر|فاز|خسر|سجل|توفي|ولد|شاهد|زار|استضاف|تراس|اشار|ذكر|غادر|وقع|تزوج|اصدر|اصيب|قتل|اعتقل|طعن|تقدم|انتقل|تحدث|ظهر|كتب|ارسل|طلب|راي|را|شكر|لعب|نفي|واصل|استلم)(?:ت|وا)?"
    "|را?حت?|اجت?|اجا|[يت](?:شكو|عاني|عمل|قيم|سكن|شهد|لعب|عيش|دعي|نتظر|قول|ري))"
)
_BESIDE = re.compile(
    "(?:كانت?|مع|بين|ضد|عن|لدي|عند|امام|حيث|بواسطه|برفقه|بقياده|برئاسه|بحضور|بحسب|وفق|لقاء|مقابله|تغريده|نجل|شقيق|شقيقه|ارمله|عائله|منزل|الي|من|ل)"
)
"""What stands before names as well as other words: verbs, and words like ``with``."""
_NOT_ARABIC = re.compile("[یکگچپژڑٹےںہھ]")
_IS_LIKE, _MAY_BE_LIKE = 0.0, -2.5
_ENDINGS = ("ه", "ها", "هم", "نا", "ك", "كم", "ي", "ني", "وا", "ت", "تي", "ات", "ون", "ين", "ش")
_INFLECTED = re.compile("[يتنبهحسوفلك]|ا[نت]|.*(?:ها|هم|كم|نا|ني|وا|ات)$")
"""Unlisted words of these forms are verbs, mostly of a dialect, or have a particle."""
# Classes: G a given name, g one that may be a word, h one that is an everyday word; F a family
# name, f one that may be a word; A "servant of", B "son of", k "father of", D "of the faith";
# L and N a word with the article, N with the ending of origins; T a title, t a role, r kin;
# V and W verbs that people do; j a rare name; no words of the language are n, which looks like a name, m, which may be
# one, and u; o is a word.
_ANY_NAME = "GgjhFf"
_OF_GOD = keys("نصر عطا جار خلف فضل سعد رزق عوض فتح جاب ضيف حسب هبة خير عطية جاد حمد مال فرج لطف")
_OF_FAITH = keys(
    "عز محيي محي شرف علم تقي نجم صدر فخر زين قمر نظام معز ركن مجد غياث مصلح عضد برهان سيف شمس"
)
"""Words that make a name with what stands for God, and for the faith."""
_KIN = re.compile(
    "(?:اخ|اخت|ابن|بنت|زوج|صديق|زميل|جار|خال|عم|والد|حفيد|خطيب|ام|اخوات|اب)(?:ي|و?ه|و?ها|و?هم|نا|ت?ك|كم|تي|ته|تها|تنا|وي)"
)
"""A relation with the pronoun of whose it is: ``her son``."""
_FATHERLY = re.compile("(?:بو|بل|بن|ولد|ايت|اولاد|باب)(?=[^ا].{2}|ا.{3})")
"""What names of the Maghreb begin with, in one word with the rest."""
_SERVANT = rf"A[LNDYPpxo{_ANY_NAME}]"
# In Egypt the name علي is written like the word for "on": between names it is the name.
_MORE = rf"B*[kK]?(?:{_SERVANT}|[DnY{_ANY_NAME}]|a(?=[kA|{_ANY_NAME}]|$))|B+[uomLN]"
_STRONG = rf"(?:G|{_SERVANT}|[ghGjmn]D|k(?:{_SERVANT}|[nLN{_ANY_NAME}]D?)|(?<![{_ANY_NAME}])K[GghF])(?:{_MORE}){{0,4}}N?"
_PAIR = rf"(?:g(?=j)j|j(?=[gj])(?:{_MORE})|[gh](?=j)j|j(?=h)h|[gjh]B+k?(?:{_SERVANT}|[NLuomn{_ANY_NAME}])|[gjh](?:[GFf]|k[LN{_ANY_NAME}]|{_SERVANT}))(?:{_MORE}){{0,3}}N?"
_ANY = rf"(?:{_SERVANT}|[kK][LNuomn{_ANY_NAME}]|[n{_ANY_NAME}])(?:{_MORE}){{0,4}}N?"
# The subject or object of a verb: one word that may be an everyday word is not enough but for a name of a people.
_ACTOR = rf"(?:[Gjgh](?:{_MORE}){{0,4}}N?|n(?:{_MORE}){{1,4}}N?|F(?:{_MORE}){{1,4}}N?)"
_RULES = (
    rule(rf"({_STRONG}m?)", "PERSON", 0.7),
    rule(rf"({_PAIR})", "PERSON", 0.65),
    rule(rf"Q[:&|]{{0,2}}[Tt]*({_ANY}(?:[Lm]|[uo](?=[|:]|$))?|[uom](?:{_MORE}){{0,3}}[NLuom]?)(?!:)", "PERSON", 0.8, Reason.CUE),
    rule(rf"S[Tt|&]*({_ANY}[muo]?|[uom]{{1,2}})(?=[|]*$)", "PERSON", 0.7, Reason.CUE),
    rule(rf"T[|:]{{0,2}}(?:T[|:]?)*&?({_ANY}(?:m|u(?=[L|]|$))?|[uom](?:{_MORE}|N)+|m[mu]?)(?!:)", "PERSON", 0.75, Reason.CUE),
    rule(rf"[Tt]:[|]?({_ANY}[mu]?|[uom]{{1,2}}[NLFf]?)(?!:)", "PERSON", 0.7, Reason.CUE),
    rule(rf"t({_PAIR}|[nghfF](?:{_MORE})+N?|[gh]N|g(?=[x|:VW]|$)|{_STRONG})", "PERSON", 0.6, Reason.CUE),
    rule(rf"r({_ANY})", "PERSON", 0.6, Reason.CUE),
    rule(r"r([mo])(?=[xVW|])", "PERSON", 0.5, Reason.CUE),
    rule(r"[xeW|](BF)", "PERSON", 0.5),
    rule(rf"V&?({_ACTOR})", "PERSON", 0.6, Reason.CUE),
    rule(rf"[We]&?([Gj](?:{_MORE}){{0,4}}N?|[gh](?:{_MORE}){{1,4}}N?|[ghn]N|n(?:{_MORE})+N?)", "PERSON", 0.55, Reason.CUE),
    rule(r"W(g)(?=[aexo|]|$)", "PERSON", 0.5, Reason.CUE),
    rule(r"(?<![a-zA-Z])([gj])(?=[|:WV])", "PERSON", 0.5),
    rule(r"(?<![a-zA-Z])(g)(?=&[Ggj])", "PERSON", 0.5),
    rule(r"(?<![a-zA-Z])g&([gj])", "PERSON", 0.5),
    rule(rf"[GFN]&([Ggh](?:{_MORE}){{0,4}}N?|[n](?:{_MORE})+N?)", "PERSON", 0.55, Reason.CUE),
    rule(rf"(?<=[Tt:VWeE&])([gh](?:n|N)(?:{_MORE}){{0,3}}N?)", "PERSON", 0.55),
    rule(rf"I([ghF](?:[{_ANY_NAME}]|N)+|[Gg])", "PERSON", 0.6, Reason.CUE),
    rule(rf"v((?:[GgkK]|h(?=[GFNn]))(?:{_MORE}|[LNuom](?<=[kK].)){{0,4}}N?)", "PERSON", 0.6, Reason.CUE),
    rule(r"(P)", "LOCATION", 0.7),
    rule(r"[eW](p)", "LOCATION", 0.5),
    rule(r"&?(?<=[eWEB&])(p)(?=[|:]|$)", "LOCATION", 0.5),
    rule(r"E(P|[pLNFGnm][LN]?)", "LOCATION", 0.6),
    rule(rf"(O(?:[LNPpuonmt{_ANY_NAME}]|A[LNY])(?:[LNPpnm{_ANY_NAME}]|A[LNY]|D){{0,2}})", "ORGANIZATION", 0.6),
)  # fmt: skip


class _Words:
    """Tells an Arabic word's class, with or without a particle written before it."""

    def __init__(self, classes: Mapping[str, str], ordinary: frozenset[str]) -> None:
        self._classes = classes
        self._ordinary = ordinary
        self._likeness = likeness("ar")

    def classify(self, word: str, normal: str) -> tuple[str, int]:
        if normal in ("علي", "الي", "مني") and word[-1] == "ى":
            return {"علي": "a", "الي": "W", "مني": "g"}[normal], 0
        if normal == "يحيي" and word[-1] == "ى":
            return "G", 0
        if word[1:2] == "ـ" and normal[0] in "ولبفك" and self._whole(normal[1:]):
            return self._whole(normal[1:]), _length(word, normal[0])
        kind = self._whole(normal)
        if kind:
            return kind, 0
        if _KIN.fullmatch(normal):
            return "r", 0
        is_word = self._likeness.has_word(normal)
        if not is_word and _FATHERLY.match(normal) and self._likeness.weigh(normal) > _IS_LIKE:
            return "F", 0
        for particle in ("و", "ف", "ب", "ل", "ك", "وب", "ول", "فل"):
            if not normal.startswith(particle):
                continue
            rest = normal[len(particle) :]
            if particle.endswith("ل") and rest.startswith("ل"):
                rest = "ا" + rest  # the article's alef is not written after ل
            inner = self._whole(rest) if len(rest) > 2 else ""
            if inner in ("G", "P", "T", "F", "O", "A", "k", "x", "V", "j") or (
                inner in ("g", "h", "p", "t", "r", "E") and len(particle) == 1
            ):
                return inner, _length(word, particle)
            if len(particle) == 1 and _KIN.fullmatch(rest):
                return "r", _length(word, particle)
        if normal.startswith("عبدال") and len(normal) > 6:
            return "G", 0
        if normal.startswith("ال") and len(normal) > 4:
            if self._classes.get(normal[2:]) == "P":
                return "P", 0
            return ("N" if normal.endswith("ي") and len(normal) > 5 else "L"), 0
        return self._unlisted(normal, is_word=is_word), 0

    def _unlisted(self, normal: str, *, is_word: bool) -> str:
        """Tell by its letters whether a word that is on no list may be a name."""
        parts = [normal[1:]] if normal[0] in "وفبلكحهيتن" else []
        parts += [normal.removesuffix(end) for end in _ENDINGS if normal.endswith(end)]
        if is_word or any(map(self._likeness.has_word, parts)):
            return "o"
        weight = self._likeness.weigh(normal)
        if len(normal) > 3 and weight > _IS_LIKE:
            return "n"
        if weight > _MAY_BE_LIKE and not _INFLECTED.match(normal):
            return "m"
        return "o" if normal[0] in "وفبلك" and weight < _MAY_BE_LIKE else "u"

    def _whole(self, normal: str) -> str:
        return (
            _FUNCTION.get(normal)
            or ("V" if _SAYING.fullmatch(normal) else "")
            or ("e" if _BESIDE.fullmatch(normal) else "")
            or ("W" if _DOING.fullmatch(normal) and self._classes.get(normal, "x") == "x" else "")
            or ("x" if normal in self._ordinary else "")
            or self._classes.get(normal, "")
        )


def _length(word: str, particle: str) -> int:
    """Give how many characters of a word are a particle, with the stroke that may follow it."""
    length = len(particle)
    while word[length : length + 1] == "ـ":
        length += 1
    return min(length, len(word) - 1)


class ArabicReader:
    """Reads Arabic, and Persian or Urdu that a router of few languages takes for it."""

    def __init__(self) -> None:
        classes = load("arabic")
        words = _Words(classes, frozenset(word for word, kind in classes.items() if kind == "x"))
        phrases = Phrases(
            {
                **{phrase: kind for phrase, kind in classes.items() if " " in phrase},
                **{f"{first} الله": "G" for first in _OF_GOD},
                **{f"{first} الدين": "G" for first in _OF_FAITH},
                **dict.fromkeys(("عن عمر", "في عمر", "من عمر", "بعمر"), "x"),
            }
        )
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
