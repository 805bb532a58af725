"""Parts that addresses of many countries share: house numbers, flats, postcodes, places."""

from privacy.detection.recognizers.letters import CAPITALISED

BORDER = r"(?<![^\W_])(?<![.,:/$€£-])"
SMALL = r"(?:de la|de las|de los|de l'|du|des|de|del|della|dei|delle|dell'|d'|l'|la|le|les|los|las|da|do|das|dos|van|der|den|the|of|im|am|zu|zur|zum|di|e|y|i)"
"""Small words inside names of streets and towns."""

NUMBER = r"\d{1,5}(?: ?[a-zA-Z](?![^\W_]|\.? ?\d))?(?: ?[-/] ?(?:\d{1,4}[a-zA-Z]?|[IVX]{1,4}))?(?![^\W_])"
WORD = rf"(?:{CAPITALISED}\.?|\d{{1,3}}(?:st|nd|rd|th))"
# A comma, a line's end (quoted or not), blanks: at most a handful of characters.
SEPARATOR = r"(?>[ \t]{0,3},?[ \t]{0,2}(?:\n>?[ \t]{0,6},?[ \t]{0,2}){0,2})"
ROOM = (
    r"apt|apartment|appartement|suite|ste|unit|flat|floor|fl|room|rm|bldg|building|door|stock|etage|etg|étage|bâtiment|bât|bat|escalier|esc|appt|piso|puerta|pta|portal|planta|bloque|apto|apartamento"
    r"|bloco|andar|interno|int|scala|piano|lok|lokal|mieszkanie|m|bus|whg|wohnung|top|stiege|kat|daire|hs|lgh|dept|depto|local"
)
"""What a part of a house is called."""

FLAT = (
    rf"(?:{SEPARATOR}(?<![^\W_])(?i:{ROOM})\.? ?#? ?(?:\d{{1,5}}[a-zA-Z]?|[A-H])(?![^\W_])|,? #\d{{1,5}}"
    rf"|{SEPARATOR}(?<![^\W_])\d{{1,2}}(?:\. ?(?i:og|ug|stock|etage)\b|(?:[oa°]|er|e|ème)\.?(?: ?(?i:étage|piso|andar|izq(?:da|uierda)?|dcha|derecha|dto|dta|esq|frente|[a-z](?![^\W_]))\.?)?(?![^\W_]))|, (?:EG|DG|HH)\b)"
)
"""A flat, floor or staircase, with what divides it from what stands before."""

FLAT_FIRST = r"(?:(?i:apt|apartment|suite|unit|flat|room)\.? ?#?\d{1,5}[a-zA-Z]?,? )?"
POSTCODE = (
    r"(?:[A-Z]{1,2}-)?(?:\d{5}(?:-\d{3,4})?|\d{4}-\d{3}|\d{4}(?: ?[A-Z]{2})?|\d{2}-\d{3}|\d{3} ?\d{2,3}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d|[A-Z]\d[\dW] ?[A-Z\d]{4}|[A-Z]\d{4} ?[A-Z]{3}|[A-Z]{2}\d{3,4}|\d{6,7})"
    r"(?![^\W_])"
)
# Atomic, as the separator is: a long row of capitals is walked through once, not in every division.
PLACE = rf"(?>{CAPITALISED}(?:(?:(?<=St)\.)?[ '-](?:{SMALL} )?{CAPITALISED}){{0,4}}(?: \({CAPITALISED}\)| ?[-/] ?[A-Z]{{2}}\b)?)"
_PLACES = rf"{PLACE}(?:{SEPARATOR}(?:{PLACE}|\d{{1,2}}(?!\d)|nan)){{0,3}}(?: -)?"
REGION = (
    rf"(?:{SEPARATOR}(?:{POSTCODE}(?:{SEPARATOR}{PLACE})?"
    rf"|{_PLACES}(?:,[ ]?|,?[ ]?\n[ \t]{{0,6}}){POSTCODE},? {PLACE}|{_PLACES}{SEPARATOR}{POSTCODE}))"
)
"""City, region and country in any order, as long as a postcode ends or begins them."""

CITY = rf"(?:(?:,[ ]?| (?:in|à|en|te|w|we) (?:{POSTCODE} )?){PLACE}(?: \d{{1,2}}(?!\d)| \(\d{{4,5}}\))?(?:, {PLACE})?(?=\s*(?:[,.;)!?\n]|$| (?:and|und|et|y|e|en|i|last|please|pls|on|for)\b)))"
"""One or two places without a postcode: only up to where something ends."""

CITY_LINES = rf"(?:\n>?[ \t]{{0,6}}{PLACE}(?:{SEPARATOR}{PLACE}){{0,2}}(?=\s*(?:$|[.,?!])))"
TAIL = rf"(?:{REGION}|{CITY})?"
END = rf"(?:(?:{FLAT}){{1,3}}(?:{CITY_LINES}| {PLACE}(?=\s*(?:[.,;?!)]|$)))?|){TAIL}"
"""Whatever may follow a street and its number."""
