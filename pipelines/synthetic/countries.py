"""The countries of the world: language, money, phone numbers, places, national ids.

Those without a zone have people only in a world whose languages are chosen.

Phone numbers come first from ranges their regulators keep for fiction, where there are such that a
number plan calls valid, then from ordinary mobile ranges.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from pipelines.synthetic import identifiers, identifiers_abroad
from pipelines.synthetic.identifiers import Birth
from privacy.errors import ConfigurationError
from privacy.ids import ZoneId

NationalId = Callable[[Random, Birth, bool], str]


@dataclass(frozen=True, slots=True)
class Country:
    """One country.

    Attributes:
        zone: Whose people they are; None for a country of no zone.
        weight: Its share of the zone's people.
        languages: Tag and share.
        money: How an amount is written.
        calling_code: Of ITU-T E.164, without the plus.
        fiction: National prefixes without the trunk zero, with the digits that follow.
        mobile: The same, ordinary ranges.
        trunk: What stands before a national number at home.
        address: How one is written.
        postcode: ``#`` is a digit, ``@`` a letter.
        national_id: Entity, what people call it, how it is made; None where we make none.
        time_zone: IANA name of its time.
        has_cents: Prices have a fraction; else they are whole hundreds.
    """

    code: str
    zone: ZoneId | None
    weight: float
    languages: tuple[tuple[str, float], ...]
    currency: str
    money: str
    calling_code: str
    fiction: tuple[tuple[str, int], ...]
    mobile: tuple[tuple[str, int], ...]
    trunk: str
    cities: tuple[str, ...]
    address: str
    postcode: str
    national_id: tuple[str, str, NationalId] | None
    time_zone: str
    is_decimal_comma: bool = True
    has_cents: bool = True


_EU, _UK, _BR, _CN, _US = (ZoneId(zone) for zone in ("eu", "uk", "br", "cn", "us"))
_STREET_FIRST = "{street} {number}, {postcode} {city}"
_NUMBER_FIRST = "{number} {street}, {postcode} {city}"

_LIST = (
    Country(
        "DE", _EU, 30, (("de", 0.93), ("en", 0.07)), "EUR", "{} €", "49",
        (("17139200", 2), ("17604069", 2)),
        (("1511", 7), ("1522", 7), ("1573", 7), ("1628", 6), ("1702", 6), ("1716", 6)), "0",
        ("Berlin", "Hamburg", "Köln", "Leipzig", "Bremen", "Dresden", "Nürnberg", "Bochum", "Bonn",
         "Münster", "Augsburg", "Kiel", "Freiburg", "Mainz", "Kassel", "Rostock", "Potsdam", "Ulm"),
        _STREET_FIRST, "#####", ("DE_TAX_ID", "Steuer-ID", identifiers.de_tax_id), "Europe/Berlin",
    ),
    Country(
        "AT", _EU, 4, (("de", 1.0),), "EUR", "€ {}", "43",
        (), (("664", 7), ("676", 7), ("699", 7)), "0",
        ("Wien", "Graz", "Linz", "Salzburg", "Innsbruck", "Klagenfurt", "Villach", "Wels"),
        _STREET_FIRST, "####", None, "Europe/Vienna",
    ),
    Country(
        "FR", _EU, 20, (("fr", 0.96), ("en", 0.04)), "EUR", "{} €", "33",
        (("19900", 4), ("26191", 4), ("35301", 4), ("46571", 4), ("53649", 4)),
        (("61", 7), ("62", 7), ("66", 7), ("75", 7)), "0",
        ("Paris", "Lyon", "Toulouse", "Nantes", "Lille", "Rennes", "Reims", "Dijon", "Angers",
         "Grenoble", "Nîmes", "Tours", "Limoges", "Amiens", "Metz", "Besançon", "Orléans", "Caen"),
        _NUMBER_FIRST, "#####", ("FR_NIR", "numéro de sécurité sociale", identifiers.fr_nir),
        "Europe/Paris",
    ),
    Country(
        "IT", _EU, 14, (("it", 1.0),), "EUR", "{} €", "39",
        (), (("333", 7), ("347", 7), ("328", 7), ("320", 7)), "",
        ("Milano", "Roma", "Torino", "Napoli", "Firenze", "Bologna", "Bari", "Verona", "Padova",
         "Trieste", "Parma", "Modena", "Perugia", "Livorno", "Cagliari", "Bergamo", "Lecce"),
        _STREET_FIRST, "#####", ("IT_FISCAL_CODE", "codice fiscale", identifiers.it_fiscal_code),
        "Europe/Rome",
    ),
    Country(
        "ES", _EU, 13, (("es", 1.0),), "EUR", "{} €", "34",
        (), (("61", 7), ("65", 7), ("68", 7)), "",
        ("Madrid", "Barcelona", "Valencia", "Sevilla", "Zaragoza", "Málaga", "Murcia", "Bilbao",
         "Alicante", "Córdoba", "Valladolid", "Vigo", "Gijón", "Granada", "Oviedo", "Burgos"),
        _STREET_FIRST, "#####", ("ES_NIF", "DNI", identifiers.es_nif), "Europe/Madrid",
    ),
    Country(
        "NL", _EU, 8, (("nl", 0.95), ("en", 0.05)), "EUR", "€ {}", "31",
        (), (("61", 7), ("62", 7), ("64", 7)), "0",
        ("Amsterdam", "Rotterdam", "Utrecht", "Eindhoven", "Groningen", "Tilburg", "Breda",
         "Nijmegen", "Haarlem", "Arnhem", "Leiden", "Zwolle", "Delft", "Deventer"),
        _STREET_FIRST, "#### @@", ("NL_BSN", "BSN", identifiers.nl_bsn), "Europe/Amsterdam",
    ),
    Country(
        "PL", _EU, 8, (("pl", 1.0),), "PLN", "{} zł", "48",
        (), (("501", 6), ("602", 6), ("698", 6), ("785", 6)), "",
        ("Warszawa", "Kraków", "Łódź", "Wrocław", "Poznań", "Gdańsk", "Szczecin", "Lublin",
         "Katowice", "Białystok", "Gdynia", "Toruń", "Kielce", "Rzeszów", "Olsztyn"),
        _STREET_FIRST, "##-###", ("PL_PESEL", "PESEL", identifiers.pl_pesel), "Europe/Warsaw",
    ),
    Country(
        "IE", _EU, 3, (("en", 1.0),), "EUR", "€{}", "353",
        (), (("85", 7), ("86", 7), ("87", 7)), "0",
        ("Dublin", "Cork", "Galway", "Limerick", "Waterford", "Kilkenny", "Sligo", "Athlone"),
        "{number} {street}, {city}, {postcode}", "@## @#@#",
        ("IE_PPS", "PPS number", identifiers.ie_pps), "Europe/Dublin", False,
    ),
    Country(
        "GB", _UK, 1, (("en", 0.97), ("pl", 0.03)), "GBP", "£{}", "44",
        (("1134960", 3), ("1144960", 3), ("1164960", 3), ("1174960", 3),
         ("1214960", 3), ("1314960", 3), ("1414960", 3), ("1514960", 3), ("1614960", 3),
         ("2079460", 3), ("1914980", 3), ("2920180", 3)),
        (("7400", 6), ("7415", 6), ("7512", 6), ("7590", 6), ("7795", 6), ("7833", 6)), "0",
        ("London", "Leeds", "Sheffield", "Bristol", "Leicester", "Cardiff", "Glasgow", "Norwich",
         "York", "Exeter", "Derby", "Plymouth", "Dundee", "Swansea", "Preston", "Lincoln", "Bath"),
        "{number} {street}, {city} {postcode}", "@@# #@@",
        ("UK_NINO", "National Insurance number", identifiers.uk_nino), "Europe/London", False,
    ),
    Country(
        "BR", _BR, 1, (("pt", 1.0),), "BRL", "R$ {}", "55",
        (), (("1196", 7), ("2198", 7), ("3199", 7), ("4198", 7), ("5199", 7), ("7198", 7), ("8199", 7)), "",
        ("São Paulo", "Rio de Janeiro", "Belo Horizonte", "Salvador", "Curitiba", "Recife",
         "Fortaleza", "Manaus", "Goiânia", "Belém", "Campinas", "Natal", "Maceió", "Florianópolis"),
        "{street}, {number}, {city}, CEP {postcode}", "#####-###",
        ("BR_CPF", "CPF", identifiers.br_cpf), "America/Sao_Paulo",
    ),
    Country(
        "CN", _CN, 1, (("zh", 0.96), ("en", 0.04)), "CNY", "¥{}", "86",
        (), (("135", 8), ("138", 8), ("150", 8), ("159", 8), ("186", 8), ("189", 8)), "",
        ("北京市朝阳区", "上海市徐汇区", "深圳市南山区", "杭州市西湖区", "成都市武侯区", "南京市鼓楼区",
         "武汉市武昌区", "西安市雁塔区", "广州市天河区", "苏州市姑苏区", "青岛市市南区", "长沙市岳麓区"),
        "{city}{street}{number}号{postcode}室", "###",
        ("CN_RESIDENT_ID", "身份证号", identifiers.cn_resident_id), "Asia/Shanghai", False,
    ),
    Country(
        "US", _US, 1, (("en", 0.86), ("es", 0.14)), "USD", "${}", "1",
        tuple((f"{area}555", 4) for area in
              (212, 213, 305, 312, 404, 415, 503, 512, 602, 617, 702, 713, 718, 808, 816, 901, 919)),
        tuple((f"{area}{exchange}", 4) for area in
              (206, 214, 215, 303, 314, 407, 410, 412, 414, 513, 614, 615, 619, 704, 801, 813, 916)
              for exchange in (232, 247, 286, 342, 367, 423, 478, 531, 642, 693, 724, 783, 846, 962)), "",
        ("Springfield", "Portland", "Denver", "Austin", "Chicago", "Phoenix", "Seattle", "Atlanta",
         "Columbus", "Tucson", "Omaha", "Boise", "Tampa", "Buffalo", "Madison", "Raleigh", "Reno"),
        "{number} {street}, {city}, {state} {postcode}", "#####",
        ("US_SSN", "Social Security number", identifiers.us_ssn), "America/Chicago", False,
    ),
    Country(
        "RU", None, 1, (("ru", 1.0),), "RUB", "{} ₽", "7",
        (), (("905", 7), ("916", 7), ("921", 7), ("926", 7), ("952", 7)), "8",
        ("Москва", "Казань", "Самара", "Пермь", "Тула", "Омск", "Воронеж", "Ярославль", "Саратов",
         "Новосибирск", "Екатеринбург", "Краснодар", "Калуга", "Псков", "Вологда", "Челябинск"),
        "{postcode}, г. {city}, {street}, д. {number}", "######",
        ("RU_INN", "ИНН", identifiers_abroad.ru_inn), "Europe/Moscow",
    ),
    Country(
        "TR", None, 1, (("tr", 1.0),), "TRY", "{} TL", "90",
        (), (("532", 7), ("535", 7), ("542", 7), ("505", 7), ("553", 7)), "0",
        ("Kadıköy/İstanbul", "Çankaya/Ankara", "Konak/İzmir", "Nilüfer/Bursa", "Muratpaşa/Antalya",
         "Seyhan/Adana", "Selçuklu/Konya", "Tepebaşı/Eskişehir", "Ortahisar/Trabzon", "Atakum/Samsun"),
        "{street} No: {number}, {postcode} {city}", "#####",
        ("TR_NATIONAL_ID", "T.C. kimlik numarası", identifiers_abroad.tr_kimlik), "Europe/Istanbul",
    ),
    Country(
        "JP", None, 1, (("ja", 1.0),), "JPY", "{}円", "81",
        (), (("901", 7), ("908", 7), ("803", 7), ("705", 7)), "0",
        ("東京都世田谷区", "大阪府堺市北区", "京都府京都市左京区", "福岡県久留米市", "北海道札幌市中央区",
         "神奈川県横浜市港北区", "愛知県名古屋市千種区", "広島県呉市", "宮城県仙台市青葉区", "長野県松本市"),
        "〒{postcode} {city}{street}{number}番地", "###-####",
        ("JP_MY_NUMBER", "マイナンバー", identifiers_abroad.jp_my_number), "Asia/Tokyo", False, False,
    ),
    Country(
        "KR", None, 1, (("ko", 1.0),), "KRW", "{}원", "82",
        (), (("102", 7), ("103", 7), ("104", 7), ("108", 7), ("109", 7)), "0",
        ("서울특별시 마포구", "서울특별시 강서구", "부산광역시 해운대구", "대구광역시 수성구", "인천광역시 연수구",
         "광주광역시 북구", "대전광역시 유성구", "경기도 수원시 팔달구", "강원특별자치도 춘천시", "전북특별자치도 전주시"),
        "{city} {street} {number} ({postcode})", "#####",
        ("KR_RRN", "주민등록번호", identifiers_abroad.kr_rrn), "Asia/Seoul", False, False,
    ),
    Country(
        "TH", None, 1, (("th", 1.0),), "THB", "{} บาท", "66",
        (), (("81", 7), ("86", 7), ("89", 7), ("92", 7), ("95", 7)), "0",
        ("เขตบางรัก กรุงเทพฯ", "เขตลาดพร้าว กรุงเทพฯ", "อ.เมือง จ.เชียงใหม่", "อ.เมือง จ.ขอนแก่น", "อ.หาดใหญ่ จ.สงขลา",
         "อ.ศรีราชา จ.ชลบุรี", "อ.เมือง จ.นครราชสีมา", "อ.เมือง จ.ภูเก็ต", "อ.บางพลี จ.สมุทรปราการ", "อ.เมือง จ.เชียงราย"),
        "{number} ถนน{street} {city} {postcode}", "#####",
        ("TH_TNIN", "เลขบัตรประชาชน", identifiers_abroad.th_pin), "Asia/Bangkok", False,
    ),
    Country(
        "ID", None, 1, (("id", 1.0),), "IDR", "Rp {}", "62",
        (), (("812", 7), ("813", 7), ("821", 7), ("857", 7), ("878", 7)), "0",
        ("Jakarta Selatan", "Bandung", "Surabaya", "Semarang", "Yogyakarta", "Malang", "Medan", "Makassar",
         "Denpasar", "Palembang", "Balikpapan", "Bogor", "Manado", "Padang"),
        "Jl. {street} No. {number}, {city} {postcode}", "#####",
        ("ID_NIK", "NIK", identifiers_abroad.id_nik), "Asia/Jakarta", False, False,
    ),
    Country(
        "SA", None, 1, (("ar", 1.0),), "SAR", "{} ريال", "966",
        (), (("50", 7), ("53", 7), ("55", 7), ("56", 7), ("59", 7)), "0",
        ("الرياض", "جدة", "الدمام", "مكة المكرمة", "المدينة المنورة", "الطائف", "تبوك", "أبها", "حائل", "بريدة",
         "الخبر", "نجران"),
        "{street}، مبنى {number}، {city} {postcode}", "#####",
        ("SA_NATIONAL_ID", "رقم الهوية", identifiers_abroad.sa_national_id), "Asia/Riyadh", False,
    ),
    Country(
        "IN", None, 1, (("hi", 1.0),), "INR", "₹{}", "91",
        (), (("98", 8), ("99", 8), ("97", 8), ("88", 8), ("70", 8)), "0",
        ("लखनऊ", "कानपुर", "जयपुर", "इंदौर", "भोपाल", "पटना", "रांची", "देहरादून", "वाराणसी", "आगरा", "नागपुर", "ग्वालियर"),
        "मकान नंबर {number}, {street}, {city} {postcode}", "######",
        ("IN_AADHAAR", "आधार नंबर", identifiers_abroad.in_aadhaar), "Asia/Kolkata", False,
    ),
)  # fmt: skip

COUNTRIES: Mapping[str, Country] = {country.code: country for country in _LIST}
ZONES: tuple[ZoneId, ...] = (_EU, _UK, _BR, _CN, _US)
STATES = ("IL", "OR", "CO", "TX", "AZ", "WA", "GA", "OH", "NE", "ID", "FL", "NY", "WI", "NC", "NV")


def of_zone(zone: ZoneId) -> tuple[Country, ...]:
    """Give a zone's countries, largest first."""
    return tuple(country for country in _LIST if country.zone == zone)


def speaking(tag: str, zone: ZoneId | None = None) -> tuple[Country, ...]:
    """Give the countries where a language is spoken most: those of the zone, or else all.

    Raises:
        ConfigurationError: There is none.
    """
    found = tuple(country for country in _LIST if country.languages[0][0] == tag)
    if not found:
        raise ConfigurationError(f"no people are made who speak {tag}")
    return tuple(country for country in found if country.zone == zone) or found


def national_number(country: Country, index: int) -> str:
    """Give the number, without trunk zero, of the `index`-th person: no two get the same."""
    turn, position = divmod(index, 3)
    if country.fiction and position:
        fiction = country.fiction[(turn * 2 + position) % len(country.fiction)]
        number = (turn * 2 + position) // len(country.fiction)
        if number < 10 ** fiction[1]:
            return _scattered(fiction, number)
    prefix = country.mobile[index % len(country.mobile)]
    return _scattered(prefix, index // len(country.mobile))


def _scattered(prefix: tuple[str, int], number: int) -> str:
    """Spread consecutive numbers over a range; 7,919 is prime to every power of ten."""
    size = 10 ** prefix[1]
    return f"{prefix[0]}{(number * 7919 + 1237) % size:0{prefix[1]}d}"
