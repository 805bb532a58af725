"""Persian and Urdu names and places, and those of other languages in Arabic letters."""

import re
from collections.abc import Mapping

from privacy.detection.grammar import Grammar, GrammarReader, Phrases, rule
from privacy.detection.lexicons.arabic_script import WORD, key, keys
from privacy.detection.lexicons.word_classes import load
from privacy.detection.readers.reader import Reader
from privacy.detection.spans import Reason

_CUES = re.compile(
    r"(?P<Q>(?<!\w)(?:اسم من|نام من|من به نام|به نام|بنام|اسمم|نامم|نام و نام خانوادگی|نام خانوادگی|نام(?= ?:)|گیرنده(?= ?:)|اسمش|میرا نام|میرے والد کا نام|نام ہے|ان کا نام|اس کا نام)(?!\w)[ :]{0,3})"
    r"|(?P<S>(?<!\w)(?:با (?:تشکر|احترام|سپاس|سلام)|ارادتمند|با تشکر فراوان|شکریہ|والسلام|آپ کا مخلص|نیازمند)(?!\w)[ ،,.:\n-]{1,6})"
)
_RULES = (
    rule(r"(G[GgFf]{0,3}|g[GF][GgFf]{0,2})", "PERSON", 0.65),
    rule(r"Q[:|]{0,2}T*([GgFfu][GgFf]{0,3}[ug]?)(?=[x|:e]|$)", "PERSON", 0.75, Reason.CUE),
    rule(r"Q[:|]{0,2}T*([GgFf]{1,4})", "PERSON", 0.75, Reason.CUE),
    rule(r"S[T|]*([GgFfu]{1,3})(?=[|]*$)", "PERSON", 0.7, Reason.CUE),
    rule(r"T[|:]{0,2}T*([GgFf]{1,4}|u[GgFf]{1,2})", "PERSON", 0.7, Reason.CUE),
    rule(r"(P)", "LOCATION", 0.65),
    rule(r"[eE](p)", "LOCATION", 0.5),
    rule(r"(O[PGgFfu]{1,2})", "ORGANIZATION", 0.55),
)
_FUNCTION: Mapping[str, str] = {
    **dict.fromkeys(
        keys(
            "آقای خانم جناب سرکار دکتر مهندس آقا استاد حاج سید سیده قاضی وکیل شاهد متهم بیمار خواهان"
            " خوانده مرحوم همسرم پسرم دخترم برادرم خواهرم مریض محترم محترمہ جناب مسٹر ڈاکٹر مسز بیگم ملزم گواہ"
        ),
        "T",
    ),
    **dict.fromkeys(keys("شهر استان شهرستان روستای ضلع"), "E"),
    **dict.fromkeys(keys("شرکت بانک بیمارستان دانشگاه دادگاه وزارت موسسه ہسپتال"), "O"),
    **dict.fromkeys(keys("در از به میں سے"), "e"),
    **dict.fromkeys(
        keys(
            "من تو او ما شما آنها این آن که و را با برای تا بر هر چه چرا کجا کی چطور است هست نیست بود شد"
            " شده می نمی کرد کردم کنید کنم دارم دارد داشتم خیلی لطفا ممنون تشکر سفارش سفارشم بسته پول حساب"
            " کارت شماره کالا خرید پرداخت ارسال تحویل هنوز نشده نرسیده امروز دیروز فردا سلام درود بله نه"
            " ہے ہیں کا کی کے کو نے اور یہ وہ نہیں تھا تھی ہو گا گی کر کیا میرا میری میرے آپ ہم تم پر جی"
            " هستم هستیم نام اسم کریم عالی خوب بد نور امید آزاد صادق امین سعید مهر فرخنده شاد پیام رهبر"
        ),
        "x",
    ),
}


_GIVEN: Mapping[str, str] = {
    **dict.fromkeys(keys("رضا علی حسین محمد زهرا فاطمه مریم حسن مهدی سارا"), "G"),
    **dict.fromkeys(
        keys(
            "نیاز پروانه ولی روشن ستاره ثانیه رها بخش ظهور پویا امید پیام سعید صادق امین نور کریم مهر آزاد"
        ),
        "g",
    ),
}
"""Given names that are hardly anything else, and such as are ordinary words as well."""


def reader() -> Reader:
    """Make the reader of Persian, Urdu and other languages in Arabic letters."""
    classes = {**load("persian"), **_FUNCTION, **_GIVEN}

    def classify(word: str, normal: str) -> tuple[str, int]:
        return classes.get(normal, "u"), 0

    phrases = {phrase: kind for phrase, kind in classes.items() if " " in phrase}
    return GrammarReader(
        "PersianNames",
        Grammar(WORD, key, classify, _CUES, _RULES, Phrases(phrases)),
    )
