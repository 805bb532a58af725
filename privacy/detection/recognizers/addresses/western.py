"""Street addresses in Latin letters with capitals: a street and a number, and what stands around them."""

from privacy.detection.recognizers.addresses.parts import (
    BORDER,
    END,
    FLAT,
    FLAT_FIRST,
    NUMBER,
    PLACE,
    POSTCODE,
    REGION,
    SEPARATOR,
    SMALL,
    TAIL,
    WORD,
)
from privacy.detection.recognizers.letters import CAPITALISED, LETTER, UPPER
from privacy.detection.recognizers.recognizer import GatedRecognizer

_TYPES_AFTER = (
    r"street|avenue|ave|road|boulevard|blvd|lane|drive|court|square|squares|place|terrace|parkway|pkwy|circle|highway|hwy|crescent|close|gardens"
    r"|mews|grove|trail|quay|row|rise|hill|walk|wharf|alley|plaza|loop|path|turnpike|bypass|esplanade|parade|way|line|marg|nagar|st|rd|dr|ln|ct|sq|pl|ter|cir|cres"
    r"|utca|u|út|tér|katu|tie|kuja|vägen|gatan|gata|vej|gade|allé"
)
_TYPES_NUMBERED = r"street|str\.?|avenue|road|utca|útja|út|tér|körút|u\.|iela|gatvė|g\.|tänav|mnt|pst|trg|cesta|náměstí|nám\.|třída|tř\.|ulice|bulevar"
_BARE_AFTER = r"Street|Road|Avenue|Lane|Boulevard|Terrace|Crescent|Mews"
_ENDINGS = (
    r"stra(?:ß|ss)e|str|gasse|weg|platz|allee|ring|ufer|damm|chaussee|stieg|steig|graben|straat|laan|plein|kade|dijk|gracht|singel|steeg|voorhout|vej|gade|stræde|gatan|gata|vägen|väg|gränd"
    r"|katu|tie|kuja|polku|gaten|veien|veg|gate|stræti|vegur|braut"
)
_ENDING_STEMS = (
    "str", "gasse", "weg", "platz", "allee", "ring", "ufer", "damm", "chaussee", "stieg", "steig", "graben", "laan", "plein", "kade", "dijk", "gracht", "singel", "steeg", "voorhout",
    "vej", "gade", "gata", "väg", "gränd", "katu", "tie", "kuja", "polku", "vei", "veg", "gate", "braut",
)  # fmt: skip
# Words that end as streets do.
_NO_STREETS = (
    r"(?i:during|bring|spring|string|wearing|hiring|offering|ordering|entering|monitoring|engineering|manufacturing|katie|watergate|delegate|investigate|brigade|arbeitsplatz|parkplatz|stellplatz|sitzplatz"
    r"|stehplatz|umweg|hinweg|rückweg|unterweg|einstieg|ausstieg|umstieg|anstieg|abstieg|unterwegs|geweg|bürgersteig|bahnsteig|startplatz|spielplatz|listenplatz|tabellenplatz|magistr|regist)"
)
_TYPES_BEFORE = (
    r"rue|avenue|av|boulevard|bd|bld|place|quai|chemin|allée|impasse|route|cours|square|passage|via|viale|vle|piazza|p\.zza|piazzale|corso|largo|vicolo|strada|calle|cl|c/|avenida|avda|plaza|pza"
    r"|paseo|pº|po|carrer|avinguda|carretera|ctra|ronda|camino|travesía|glorieta|rua|r|travessa|alameda|praça|rodovia|estrada|ulica|ul|ulicy|aleja|alei|al|aleje|osiedle|osiedlu|os|plac|placu|pl|strasse|straße|calea|bulevardul|ulice"
)
_SURE_BEFORE = r"rue|avenue|boulevard|impasse|piazza|piazzale|calle|avenida|avda\.|paseo|plaza|carrer|rua|travessa|praça|ulica|ulicy|ul\.|aleja|alei|viale"
# "Am Markt 5": a place in the street, not a word of it.
_GERMAN_PLACES = r"(?:Am|Im|An (?:der|den|dem)|Auf (?:der|dem|den)|In (?:der|den)|Unter (?:der|den|dem)|Zum|Zur|Vor (?:dem|der)|Hinter (?:dem|der)|Beim|Bei der)"
_TIMES = r"(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag|Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Jahr|Jahre|Alter|Ende|Anfang|Durchschnitt|Wert|Wochenende|Kapitel)"
_NO_NUMBERED = r"(?i:order|bestellung|artikel|rechnung|item|invoice|seite|page|kapitel|section|art|no|nr|position|chapter|table|version|level|size|größe|taille|talla|taglia|maat|rozmiar|iphone|galaxy|windows|section|act|rule|step|day|week|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*|spring|summer|autumn|winter)"
HOME = (
    "address", "located", "lives", "live in", "living", "office", "moved", "deliver", "ship to", "send", "return to", "stop at", "arrived at", "at", "resid", "domicil", "wohn", "adres", "anschrift", "lebt",
    "habite", "demeurant", "dirección", "domicilio", "vive en", "vivo en", "indirizzo", "abita", "abito", "endereço", "mora ", "moro ", "reside", "woon", "gevestigd", "mieszka", "zamieszk",
)  # fmt: skip
"""Words that say that an address follows, or that someone lives there."""


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    named = rf"(?:{SMALL} ?){{0,2}}(?:{LETTER}{{2,14}} )?{CAPITALISED}(?:[ -](?:{SMALL}[ ]){{0,2}}{CAPITALISED}){{0,4}}"
    return [
        GatedRecognizer(
            "STREET_ADDRESS",
            [
                # 12 Main Street, 1987 74 Diakou Street
                (rf"{BORDER}{FLAT_FIRST}\d{{1,6}}[a-zA-Z]?(?:[-/]\d{{1,5}}[a-zA-Z]?)?,? (?:\d{{1,5}}[a-zA-Z]?,? )?(?:{WORD} ){{1,5}}(?i:{_TYPES_AFTER})(?![^\W_])\.?(?: (?:North|South|East|West|N|S|E|W|NE|NW|SE|SW)(?![^\W_])\.?)?(?: \d{{1,4}}(?![^\W_])\.?)?{END}", 0.7),
                # 12 rue de la Paix, Via Roma 3, ul. Długa 5/7, Rua do Arenque, 1634
                (rf"{BORDER}(?:\d{{1,6}}(?: ?(?:bis|ter))?,? )?(?i:{_TYPES_BEFORE})\.? {named}\.?,? ?(?:(?i:n[.o°]{{0,3}}|nr\.?|num\.?|número|numer|numero) ?)?{NUMBER}{END}", 0.7),
                (rf"{BORDER}\d{{1,5}}(?: ?(?:bis|ter))?,? (?i:rue|avenue|avinguda|av\.?|boulevard|bd|place|quai|chemin|allée|impasse|route|cours|square|passage) {named}{END}", 0.7),
                # Skoufa Street 11, Dezső utca 11
                (rf"(?<![^\W_])(?!(?:The|A|This|That|On|In) (?i:{_TYPES_NUMBERED}))(?:{CAPITALISED} ){{1,3}}(?i:{_TYPES_NUMBERED}),? {NUMBER}{END}", 0.6),
                # 28245 Puruntie 82 Apt. 5: two numbers around capitals, and a flat or a postcode
                (rf"{BORDER}\d{{1,6}} (?:{WORD} ){{1,4}}\d{{1,5}}(?![^\W_%])(?![.,:/]\d)\.?(?=\s*[,\n]?\s*(?i:apt|suite|flat|unit)|{REGION}){END}", 0.6),
                # Allika 46, 10502 Tallinn
                (rf"(?<![^\W_])(?!{_NO_NUMBERED}\b){CAPITALISED}(?: {CAPITALISED}){{0,3}} \d{{1,4}}[a-zA-Z]?(?:/\d{{1,4}}[a-zA-Z]?)?(?:, ?|,?[ ]?\n[ \t]{{0,6}})(?:[A-Z]{{1,2}}-)?(?:\d{{5}}|\d{{4}} [A-Z]{{2}}|(?!19|20)\d{{4}}|\d{{2}}-\d{{3}}|\d{{3}} \d{{2}}),? {PLACE}", 0.55),
                # Résidence Les Tilleuls, before a street
                (rf"(?<![^\W_])(?:Résidence|Immeuble|Lotissement|Urbanización|Urb\.|Edificio|Edifício|Condominio|Condomínio|Residencial|Conjunto|Cité|Lieu-dit) {named}(?:{FLAT}){{0,2}}(?=,)", 0.5),
                # the corner of Hill Road and Third Avenue
                (rf"(?i:\b(?:the )?corner of) (?:[^\W_][\w.'-]{{0,20}} ){{1,6}}(?:and|&) {CAPITALISED}(?: {CAPITALISED}){{0,3}}", 0.6),
                # A house number and a flat around any words
                (rf"{BORDER}\d{{3,6}}(?: {LETTER}{{2,20}}\.?){{1,5}}(?: \d{{1,5}}\.?)?(?:{FLAT}){{1,2}}{TAIL}", 0.6),
                (rf"{BORDER}{FLAT_FIRST[:-1]}\d{{3,6}} (?:{WORD} ){{1,3}}\d{{1,5}}(?![^\W_])(?:{SEPARATOR}{PLACE})?(?:{SEPARATOR}{POSTCODE})?", 0.6),
                (rf"{BORDER}{_GERMAN_PLACES} (?!{_TIMES}\b){CAPITALISED}(?: {CAPITALISED})? {NUMBER}(?:{FLAT})?{REGION}", 0.65),
            ],
            min_digits=1,
            is_unicode=True,
            is_case_sensitive=True,
        ),
        GatedRecognizer(
            "STREET_ADDRESS",
            [
                # Hauptstraße 12, Lange Gasse 3a
                (rf"{BORDER}(?!{_NO_STREETS})(?:\d{{1,6}} )?(?:{CAPITALISED}[ -]){{0,3}}(?!{_NO_STREETS})[{UPPER}]{LETTER}{{1,30}}(?i:{_ENDINGS})\.? {NUMBER}\.?{END}", 0.6),
                (rf"{BORDER}(?:{CAPITALISED}[ -]){{1,3}}(?i:stra(?:ß|ss)e|str\.|weg|platz|allee|laan|straat) {NUMBER}{END}", 0.6),
            ],
            name="StreetNames",
            words=_ENDING_STEMS,
            min_digits=1,
            is_unicode=True,
            is_case_sensitive=True,
        ),
        # A street without a number still says where.
        GatedRecognizer(
            "STREET_ADDRESS",
            [
                (rf"(?<![^\W_])(?:{WORD} ){{1,3}}(?:{_BARE_AFTER})(?![^\W_])", 0.45),
                (rf"(?<![^\W_])(?i:{_SURE_BEFORE}) (?:{SMALL} ?){{0,2}}{CAPITALISED}(?:[ -](?:{SMALL} )?{CAPITALISED}){{0,3}}", 0.45),
                (rf"(?<![^\W_])(?:{CAPITALISED}[ -]){{0,2}}[A-ZÄÖÜ]{LETTER}{{2,24}}(?:straße|strasse|straat|gasse|gracht|plein|gatan)(?![^\W_])", 0.45),
            ],
            name="BareStreets",
            is_unicode=True,
            is_case_sensitive=True,
        ),
        # Two numbers around capitals are a product as often as an address.
        GatedRecognizer(
            "STREET_ADDRESS",
            [
                (rf"{BORDER}\d{{1,6}} (?:{WORD} ){{1,4}}\d{{1,5}}(?![^\W_%])(?![.,:/]\d)\.?(?:,? {PLACE})?", 0.2),
                (rf"{BORDER}{_GERMAN_PLACES} (?!{_TIMES}\b){CAPITALISED}(?: {CAPITALISED})? \d{{1,3}}[a-z]?(?![^\W_])(?![.,:/]\d)", 0.2),
            ],
            name="NumberedPlaces",
            context=HOME,
            min_digits=1,
            window=50,
            is_unicode=True,
            is_case_sensitive=True,
        ),
    ]  # fmt: skip
