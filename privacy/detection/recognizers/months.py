"""Names of months in the languages read, as people write them: inflected, shortened."""

from privacy.detection.recognizers.letters import folded

_LONG = {
    "en": "january february march april may june july august september october november december",
    "de": "januar jänner februar feber märz april mai juni juli august september oktober november dezember",
    "fr": "janvier février fevrier mars avril mai juin juillet août aout septembre octobre novembre décembre decembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março marco abril maio junho julho agosto setembro outubro novembro dezembro",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pl": "styczeń stycznia styczniu luty lutego lutym marzec marca marcu kwiecień kwietnia kwietniu maj maja maju czerwiec"
    " czerwca czerwcu lipiec lipca lipcu sierpień sierpnia sierpniu wrzesień września wrześniu październik października"
    " październiku listopad listopada listopadzie grudzień grudnia grudniu",
    "ru": "январь января январе февраль февраля феврале март марта марте апрель апреля апреле май мая мае июнь июня июне июль"
    " июля июле август августа августе сентябрь сентября сентябре октябрь октября октябре ноябрь ноября ноябре декабрь"
    " декабря декабре",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "tr": "ocak şubat subat mart nisan mayıs mayis haziran temmuz ağustos agustos eylül eylul ekim kasım kasim aralık aralik",
    "id": "januari februari maret april mei juni juli agustus september oktober november desember",
    "sv": "januari februari mars maj juni juli augusti oktober",
    "da": "marts maj oktober",
    "fi": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta"
    " joulukuuta",
    "cs": "ledna února března dubna května června července srpna září října listopadu prosince",
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
    "hu": "január február március április május június július augusztus szeptember október november december",
    "el": "ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου",
    "vi": "tháng",
}
_SHORT = (
    "jan feb mar apr jun jul aug sep sept oct nov dec jän mär mrz okt dez janv févr fevr avr juil déc ene abr ago dic fev set out gen mag giu lug ott"
    " mrt sty lut kwi cze lip sie wrz paź lis gru янв фев февр мар апр июн июл авг сен сент окт ноя нояб дек oca şub nis haz tem ağu eyl eki kas ara"
    " agu agt des peb"
)
_ENGLISH_SHORT = "jan feb mar apr jun jul aug sep sept oct nov dec"

LONG = frozenset(word for words in _LONG.values() for word in words.split()) - {"tháng"}
"""Written-out months, lower case."""

SHORT = frozenset(_SHORT.split())
"""Shortened months, lower case, without their point."""

DOUBTFUL = frozenset(["may", "march", "mars", "mart", "august", "mai", "mayo", "maj", "marco", "ocak", "ekim", "listopad"])  # fmt: skip
"""Words of every day too: in lower case they want a year beside them."""

AMBIGUOUS = frozenset(
    [
        "out",
        "set",
        "ago",
        "mar",
        "gen",
        "lip",
        "sie",
        "dic",
        "tem",
        "ara",
        "haz",
        "nis",
        "kas",
        "des",
        "peb",
        "lut",
        "maj",
        "ene",
    ]
)
"""Short ones that are other words without a capital or a day's number before them."""

ENGLISH = rf"(?:{'|'.join(sorted([*_LONG['en'].split(), *_ENGLISH_SHORT.split()], key=len, reverse=True))})"


def _spelled(words: str) -> str:
    longest_first = sorted(folded(words).split(), key=len, reverse=True)
    return "|".join(word.replace(".", r"\.") for word in longest_first)


THAI = _spelled(
    "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม"
    " ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค. มกรา กุมภา มีนา เมษา พฤษภา มิถุนา กรกฎา สิงหา กันยา ตุลา พฤศจิกา ธันวา"
)
HINDI = _spelled(
    "जनवरी फरवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर सितम्बर अक्टूबर अक्तूबर नवंबर नवम्बर दिसंबर दिसम्बर"
)
ARABIC = _spelled(
    "يناير فبراير مارس أبريل ابريل إبريل مايو يونيو يونية يوليو يوليه أغسطس اغسطس سبتمبر أكتوبر اكتوبر نوفمبر ديسمبر"
    " شباط آذار نيسان أيار حزيران تموز آب أيلول جانفي فيفري أفريل ماي جوان جويلية أوت غشت شتنبر نونبر دجنبر"
    " محرم صفر رجب شعبان رمضان شوال"
)


def is_month(word: str, *, has_year: bool, has_point: bool = False) -> bool:
    """Tell whether a word beside a day's number names a month.

    Args:
        word: As written.
        has_year: A year stands beside it, so that a doubtful word is a month.
        has_point: A full stop ends it, as after a shortened word.
    """
    small = word.lower().replace("i̇", "i")
    if small in LONG:
        return has_year or small not in DOUBTFUL or not word.islower()
    if small in SHORT:
        return has_year or (has_point and len(small) > 2) or not word.islower()
    return False
