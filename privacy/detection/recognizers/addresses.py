"""Street addresses: a street and a number, and what stands around them."""

from privacy.detection.recognizers.letters import CAPITALISED, LETTER
from privacy.detection.recognizers.recognizer import GatedRecognizer
from privacy.detection.spans import Reason

_TYPES_AFTER = (
    r"street|avenue|ave|road|boulevard|blvd|lane|drive|court|square|squares|place|terrace|parkway|pkwy|circle|highway|hwy|crescent|close|gardens"
    r"|mews|grove|trail|quay|row|rise|hill|walk|wharf|alley|plaza|loop|path|turnpike|bypass|esplanade|parade|st|rd|dr|ln|ct|sq|pl|ter|cir|cres"
    r"|utca|u|út|tér|katu|tie|kuja|vägen|gatan|gata|vej|gade|allé"
)
_ENDINGS = (
    r"stra(?:ß|ss)e|str|gasse|weg|platz|allee|ring|ufer|damm|chaussee|straat|laan|plein|kade|dijk|gracht|singel|vej|gade|stræde|gatan|gata|vägen|väg|gränd"
    r"|katu|tie|kuja|polku|gaten|veien|veg|gate|stræti|vegur|braut"
)
_ENDING_STEMS = (
    "str", "gasse", "weg", "platz", "allee", "ring", "ufer", "damm", "chaussee", "laan", "plein", "kade", "dijk", "gracht", "singel",
    "vej", "gade", "gata", "väg", "gränd", "katu", "tie", "kuja", "polku", "vei", "veg", "gate", "braut",
)  # fmt: skip
_TYPES_BEFORE = (
    r"rue|avenue|av|boulevard|bd|place|quai|chemin|allée|impasse|route|cours|via|viale|piazza|piazzale|corso|largo|vicolo|strada|calle|c/|avenida|avda|plaza"
    r"|paseo|carrer|carretera|ronda|camino|rua|travessa|alameda|praça|rodovia|estrada|ulica|ul|aleja|al|aleje|osiedle|os|plac|strasse|straße|calea|bulevardul|ulice"
)
_SMALL = r"(?:de la|de las|de los|de l'|du|des|de|del|della|dei|delle|d'|l'|la|le|les|da|do|das|dos|van|der|den|the|of|im|am|zu|zur|zum|di|e|y|i)"
_NUMBER = r"\d{1,5}(?: ?[a-zA-Z](?![^\W_]))?(?: ?[-/] ?\d{1,4}[a-zA-Z]?)?"
_WORD = rf"(?:{CAPITALISED}\.?|\d{{1,3}}(?:st|nd|rd|th))"
# A comma, a line's end (quoted or not), blanks: at most a handful of characters.
_SEPARATOR = r"(?>[ \t]{0,3},?[ \t]{0,2}(?:\n>?[ \t]{0,6},?[ \t]{0,2}){0,2})"
_FLAT = (
    rf"(?:{_SEPARATOR}(?i:apt|apartment|suite|ste|unit|flat|floor|fl|room|rm|bldg|building|door|stock|etage|etg|bâtiment|bât|appt"
    r"|piso|puerta|apto|bloco|interno|int|scala|lok|m|bus)\.? ?#? ?\d{1,5}[a-zA-Z]?(?![^\W_])|,? #\d{1,5})"
)
_POSTCODE = (
    r"(?:[A-Z]{1,2}-)?(?:\d{5}(?:-\d{3,4})?|\d{4}(?: ?[A-Z]{2})?|\d{2}-\d{3}|\d{3} ?\d{2,3}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})"
    r"(?![^\W_])"
)
# Atomic, as the separator is: a long row of capitals is walked through once, not in every division.
_PLACE = rf"(?>{CAPITALISED}(?:[ '-](?:{_SMALL} )?{CAPITALISED}\.?){{0,4}}(?: \({CAPITALISED}\))?)"
# City, region and country in any order, as long as a postcode ends or begins them.
_REGION = (
    rf"(?:{_SEPARATOR}(?:{_POSTCODE}(?:{_SEPARATOR}{_PLACE})?"
    rf"|{_PLACE}(?:{_SEPARATOR}(?:{_PLACE}|\d{{1,2}}(?!\d)|nan)){{0,3}}{_SEPARATOR}{_POSTCODE}))"
)
_TAIL = rf"(?:{_REGION})?"
_END = rf"(?:(?:{_FLAT}){{1,2}}(?: {_PLACE}(?=\s*(?:[.,;?!)]|$)))?|){_TAIL}"


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    border = r"(?<![^\W_])(?<![.,/$€£-])"
    return [
        GatedRecognizer(
            "STREET_ADDRESS",
            [
                # 12 Main Street, 1987 74 Diakou Street
                (rf"{border}\d{{1,6}}[a-zA-Z]? (?:\d{{1,5}}[a-zA-Z]?,? )?(?:{_WORD} ){{1,5}}(?i:{_TYPES_AFTER})(?![^\W_])\.?(?: \d{{1,4}}(?![^\W_])\.?)?{_END}", 0.7),
                # 12 rue de la Paix, Via Roma 3, ul. Długa 5/7, Rua do Arenque, 1634
                (rf"{border}(?:\d{{1,6}}(?: ?(?:bis|ter))?,? )?(?i:{_TYPES_BEFORE})\.? (?:{_SMALL} ?){{0,2}}{CAPITALISED}(?:[ -](?:{_SMALL}[ ]){{0,2}}{CAPITALISED}){{0,4}}\.?,? (?:(?i:n[.º°]?[º°]?|nr\.?|num\.?) ?)?{_NUMBER}(?![^\W_]){_END}", 0.7),
                (rf"{border}\d{{1,5}}(?: ?(?:bis|ter))?,? (?i:rue|avenue|av\.|boulevard|bd|place|quai|chemin|allée|impasse|route|cours) (?:{_SMALL} ?){{0,2}}{CAPITALISED}(?:[ -](?:{_SMALL}[ ]){{0,2}}{CAPITALISED}){{0,3}}{_END}", 0.7),
                # 28245 Puruntie 82 Apt. 5: two numbers around capitals, and a flat or a postcode
                (rf"{border}\d{{1,6}} (?:{_WORD} ){{1,4}}\d{{1,5}}(?![^\W_%])(?![.,:/]\d)\.?(?=\s*[,\n]?\s*(?i:apt|suite|flat|unit)|{_REGION}){_END}", 0.6),
                # the corner of Hill Road and Third Avenue
                (rf"(?i:\bcorner of) (?P<value>(?:[^\W_][\w.'-]{{0,20}} ){{1,6}}(?:and|&) {CAPITALISED}(?: {CAPITALISED}){{0,3}})", 0.6),
                # A house number and a flat around any words
                (rf"{border}\d{{3,6}}(?: {LETTER}{{2,20}}\.?){{1,5}}(?: \d{{1,5}}\.?)?(?:{_FLAT}){{1,2}}{_TAIL}", 0.6),
            ],
            min_digits=1,
            is_unicode=True,
            is_case_sensitive=True,
        ),
        GatedRecognizer(
            "STREET_ADDRESS",
            [
                # Hauptstraße 12, Lange Gasse 3a
                (rf"{border}(?:\d{{1,6}} )?(?:{CAPITALISED}[ -]){{0,3}}{LETTER}{{2,30}}(?i:{_ENDINGS})\.? {_NUMBER}\.?(?![^\W_]){_END}", 0.6),
                (rf"{border}(?:{CAPITALISED}[ -]){{1,3}}(?i:stra(?:ß|ss)e|str\.|weg|platz|allee|laan|straat) {_NUMBER}(?![^\W_]){_END}", 0.6),
            ],
            name="StreetNames",
            words=_ENDING_STEMS,
            min_digits=1,
            is_unicode=True,
            is_case_sensitive=True,
        ),
        # Two numbers around capitals are a product as often as an address.
        GatedRecognizer(
            "STREET_ADDRESS",
            [(rf"{border}\d{{1,6}} (?:{_WORD} ){{1,4}}\d{{1,5}}(?![^\W_%])(?![.,:/]\d)\.?(?:,? {_PLACE})?", 0.2)],
            name="NumberedPlaces",
            context=("address", "located", "lives", "live in", "living", "office", "moved", "deliver", "ship to", "send", "return to", "stop at", "arrived at", "at"),
            min_digits=2,
            window=50,
            is_unicode=True,
            is_case_sensitive=True,
        ),
        GatedRecognizer(
            "STREET_ADDRESS",
            [
                (rf"\b(?:\d{{1,6}} )?(?:P\. ?O\. ?Box|PO Box|Post(?:al)? ?Box|Postbox|Postfach|Postboks|Postbus|Boîte postale|BP|Apartado(?: de correos)?|Casella postale|Skrytka(?: pocztowa)?|Caixa postal|P\.?F\.?) ?\d{{1,6}}(?![^\W_]){_END}", 0.7),
                (r"\b(?:PSC|Unit|CMR) \d{1,5},? Box \d{1,5},?\s+(?:APO|DPO|FPO),? A[AEP],? \d{5}\b", 0.9),
                (r"\b(?:USNS|USS|USCGC|USNV) [A-Z]\w+,?\s+(?:APO|DPO|FPO),? A[AEP],? \d{5}\b", 0.9),
            ],
            name="PostBoxes",
            min_digits=2,
            is_unicode=True,
        ),
        GatedRecognizer(
            "STREET_ADDRESS",
            [
                (r"(?:地址|住址|住在|寄到|寄往|送到|家住|在)?[::是为]?(?P<value>(?:[\u4e00-\u9fff]{2,8}(?:省|自治区))?(?:[\u4e00-\u9fff]{2,8}市)?(?:[\u4e00-\u9fff]{1,8}[区县镇乡])?[\u4e00-\u9fff]{1,12}(?:路|街|大道|道|巷|弄|胡同|村|小区|花园)\d{1,5}[号弄](?:[\u4e00-\u9fff0-9A-Za-z-]{0,12}(?:室|楼|栋|单元|层|房|座))?)", 0.8),
                (r"(?:地址|住址|住在|寄到|寄往|送到|家住|在)?[::是为]?(?P<value>(?:[\u4e00-\u9fff]{2,8}(?:省|自治区))?[\u4e00-\u9fff]{2,6}市[\u4e00-\u9fff]{1,6}[区县](?:[\u4e00-\u9fff]{1,10}[路街道镇村])?)", 0.6),
                (r"(?:東京都|北海道|大阪府|京都府|[\u4e00-\u9fff]{2,3}県)[\u4e00-\u9fff]{1,8}[市区郡町村][^\s、。]{0,20}\d{1,4}(?:[-丁番号目の]\d{0,4}){0,4}", 0.8),
            ],
            name="EastAsianAddresses",
            is_east_asian=True,
            is_unicode=True,
        ),
        GatedRecognizer(
            "STREET_ADDRESS",
            [(r"(?i:\b(?:live at|lives at|living at|address is|address:|deliver to|delivered to|ship to|moved to|located at|corner of|wohne in der|wohnhaft|adresse(?: ist)?:?|j'habite(?: au)?|dirección(?: es)?:?|vivo en|indirizzo(?: è)?:?|adres(?: is| to)?:?|endereço(?: é)?:?|moro na)) (?P<value>\d{1,6}[a-z]?(?: [\w.'-]{1,20}){1,5}(?: \d{1,5}(?![^\W_]))?)(?=[,.;\n]|$)", 0.5)],
            name="AddressCues",
            min_digits=1,
            is_unicode=True,
            reason=Reason.CUE,
        ),
    ]  # fmt: skip
