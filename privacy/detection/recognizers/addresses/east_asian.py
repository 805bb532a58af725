"""Chinese, Japanese and Korean addresses, from the largest part to the smallest."""

import re

from privacy.detection.recognizers.recognizer import GatedRecognizer
from privacy.detection.recognizers.reviewed import ReviewedRecognizer, Verdict

_HAN = r"\u4e00-\u9fff"
_PROVINCES = "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|重慶|遼寧|黑龍江|江蘇|廣東|陝西|雲南|貴州|臺北|台北|新北|桃園|臺中|台中|臺南|台南|高雄"
_NUMERAL = "〇零一二三四五六七八九十百"
_AREAS = rf"(?:(?:{_PROVINCES})(?:省|市|(?:壮族|回族|维吾尔)?自治区|特别行政区)?)?(?:[{_HAN}]{{2,7}}?[市州盟])?(?:[{_HAN}]{{1,6}}?[区區县縣旗市])?(?:[{_HAN}]{{1,6}}?(?:街道|[镇鎮乡鄉]))?"
_ROOMS = rf"(?:[ ,]?(?:[A-Za-z]{{0,2}}\d{{1,5}}|[{_NUMERAL}]{{1,3}}|[A-Za-z甲乙丙东西南北])(?:号楼|號樓|号院|室|楼|樓|栋|棟|单元|單元|层|層|房|座|幢|门|号|號|之\d{{1,3}})){{0,5}}"
_CHINESE = rf"{_AREAS}[{_HAN}]{{1,10}}?(?:大道|大街|[路街道巷弄]|胡同|[村里]|小区|花园|新村|苑)(?:[一二三四五六七八九十东西南北]{{1,2}}[段路街])?(?:(?:\d{{1,5}}|[{_NUMERAL}]{{1,4}})(?:[弄巷](?:\d{{1,4}}))?[号號弄](?:之\d{{1,3}})?){_ROOMS}(?:[{_HAN}A-Za-z]{{2,8}}(?:大厦|广场|小区|花园|公寓|中心){_ROOMS})?"
_CHINESE_AREA = rf"(?:{_PROVINCES})(?:省|市|(?:壮族|回族|维吾尔)?自治区|特别行政区)?[{_HAN}]{{1,6}}?[市州区區县縣](?:[{_HAN}]{{1,6}}?[区區县縣镇鎮])?(?:[{_HAN}]{{1,8}}?(?:[路街道镇村]|小区|花园)(?![{_HAN}]?[口上边])(?:\d{{1,4}}[号號栋])?)?"
# Up to the last of these the words only lead to an address.
_LEADING = re.compile(r".*(?:地址|住址|[在到往于至是为住寄送去从址家:于])(?=.{3})")

_PREFECTURES = "北海道|青森県|岩手県|宮城県|秋田県|山形県|福島県|茨城県|栃木県|群馬県|埼玉県|千葉県|東京都|神奈川県|新潟県|富山県|石川県|福井県|山梨県|長野県|岐阜県|静岡県|愛知県|三重県|滋賀県|京都府|大阪府|兵庫県|奈良県|和歌山県|鳥取県|島根県|岡山県|広島県|山口県|徳島県|香川県|愛媛県|高知県|福岡県|佐賀県|長崎県|熊本県|大分県|宮崎県|鹿児島県|沖縄県"
# Hiragana without what joins words of a sentence.
_KANA = "あいうえおかきくけこさしすせそたちつとなぬねひふほまみむめもやゆよらりるれろわん"
_TOWN = rf"[{_HAN}々ヶケノァ-ヴー{_KANA}]"
_JAPANESE = (
    rf"(?:〒? ?\d{{3}}-\d{{4}}[ 、,]{{0,2}})?(?:(?:{_PREFECTURES}){_TOWN}{{1,8}}?[市区郡町村]|(?<![{_HAN}々])[{_HAN}々ヶァ-ヴー{_KANA}]{{1,6}}?[市区郡])(?:{_TOWN}{{1,8}}?[区町村])?{_TOWN}{{1,14}}?"
    rf"(?:(?:\d{{1,4}}|[{_NUMERAL}]{{1,3}}(?=丁目|番|号))(?:丁目|番地|番|号|の|[-ー])?){{1,5}}(?<![のー-])(?![年月日時分円人個回件歳])(?:[ 、]?[{_HAN}ァ-ヴーA-Za-z]{{2,15}}[ ]?\d{{1,4}}(?:号室|号|室|F|階)?)?(?:[ ]?\d{{1,4}}(?:号室|号|室|階))?"
)
_JAPANESE_LEAD = re.compile(
    r"(?:住所|住居|自宅|実家|勤務先|本籍|宛先|送付先|届け先)(?:地)?[はが:]? ?"
)

_SURE_JAPANESE = re.compile(rf"〒|\d|{_PREFECTURES}")
_KANA_IN = re.compile("[ぁ-んァ-ヴ]")

_REGIONS = "서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주|충청북도|충청남도|전라북도|전라남도|경상북도|경상남도|강원도|경기도|제주도"
_SYLLABLES = r"[\uac00-\ud7af]"
_KOREAN_AREA = rf"(?:(?:{_REGIONS})(?:특별시|광역시|특별자치시|특별자치도|시|도)? )?(?:{_SYLLABLES}{{1,5}}[시군] )?(?:{_SYLLABLES}{{1,5}}[구군] )?(?:{_SYLLABLES}{{1,5}}[읍면] )?"
_KOREAN_SURE = rf"(?:(?:{_REGIONS})(?:특별시|광역시|특별자치시|특별자치도|시|도)? (?:{_SYLLABLES}{{1,5}}[시군] )?(?:{_SYLLABLES}{{1,5}}[구군시] )?|{_SYLLABLES}{{1,5}}[시] {_SYLLABLES}{{1,5}}[구] |{_SYLLABLES}{{1,5}}구 )(?:{_SYLLABLES}{{1,5}}[읍면] )?"
_KOREAN_ROOMS = rf"(?:,? ?(?:\d{{1,4}}동|\d{{1,4}}호|지하 ?\d|\d{{1,2}}층|\({_SYLLABLES}{{1,8}}[동가]\)|{_SYLLABLES}{{2,12}}(?:아파트|빌딩|타워|빌라|오피스텔)(?: ?\d{{1,4}}동)?)(?![^\W_]{{3}})){{0,4}}"
_NOT_A_HOUSE = (
    r"(?!\d|[.,]\d|개|시간|시(?!티)|일|원|분|명|번(?!지)|월|년|주|장|배|위|차|점|%|세|살)"
)


def _chinese(match: re.Match[str]) -> Verdict:
    start = match.start()
    leading = _LEADING.match(match[0][:14])
    if leading and not re.match(_PROVINCES, match[0]):
        start += leading.end()
    return start, match.end(), 0.7


def _chinese_area(match: re.Match[str]) -> Verdict:
    return match.start(), match.end(), 0.6


def _japanese(match: re.Match[str]) -> Verdict | None:
    if not (_SURE_JAPANESE.match(match[0]) or _KANA_IN.search(match.string)):
        return None
    leading = _JAPANESE_LEAD.match(match[0])
    return match.start() + (leading.end() if leading else 0), match.end(), 0.7


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        ReviewedRecognizer("STREET_ADDRESS", [(_CHINESE, 0.7)], name="ChineseAddresses", review=_chinese, words=("号", "號", "弄"), is_east_asian=True, is_unicode=True),
        ReviewedRecognizer("STREET_ADDRESS", [(_CHINESE_AREA, 0.6)], name="ChineseAreas", review=_chinese_area, is_east_asian=True, is_unicode=True),
        ReviewedRecognizer("STREET_ADDRESS", [(_JAPANESE, 0.7)], name="JapaneseAddresses", review=_japanese, words=("市", "区", "郡", "町", "村"), is_east_asian=True, is_unicode=True),
        GatedRecognizer(
            "STREET_ADDRESS",
            [
                (rf"(?<!{_SYLLABLES}){_KOREAN_SURE}{_SYLLABLES}{{1,10}}?(?:로|길)(?: ?\d{{1,4}}번?길)? ?\d{{1,4}}(?:-\d{{1,4}})?{_NOT_A_HOUSE}{_KOREAN_ROOMS}", 0.7),
                (rf"(?<!{_SYLLABLES}){_KOREAN_SURE}{_SYLLABLES}{{1,6}}(?:동|가|읍|면|리)(?: {_SYLLABLES}{{1,5}}리)? ?(?:산 ?)?\d{{1,4}}(?:-\d{{1,4}})?(?:번지)?{_NOT_A_HOUSE}{_KOREAN_ROOMS}", 0.7),
                (rf"(?<!{_SYLLABLES}){_SYLLABLES}{{2,8}}(?:대로|로|길) \d{{1,4}}(?:-\d{{1,4}})?{_NOT_A_HOUSE}(?:번길 \d{{1,4}})?(?:,? (?:\d{{1,4}}동|\d{{1,4}}호|\d{{1,2}}층)){{1,3}}", 0.6),
                (rf"(?<!{_SYLLABLES})(?:{_REGIONS})(?:특별시|광역시|특별자치시|특별자치도|시|도)? (?:{_SYLLABLES}{{1,5}}시 )?{_SYLLABLES}{{1,5}}[구군시](?: {_SYLLABLES}{{1,6}}[동읍면로])?(?![^\W_]{{3}})", 0.5),
                (rf"(?:주소|배송지|거주지|살고 있는 곳)[는은: ]{{1,3}}(?P<value>{_KOREAN_AREA}(?:{_SYLLABLES}{{1,10}} ){{0,2}}{_SYLLABLES}{{1,10}} ?\d{{1,4}}(?:-\d{{1,4}})?{_NOT_A_HOUSE}{_KOREAN_ROOMS})", 0.55),
            ],
            name="KoreanAddresses",
            is_east_asian=True,
            is_unicode=True,
            min_digits=1,
        ),
    ]  # fmt: skip
