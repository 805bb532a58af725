"""Addresses as they are typed in chat, without capitals, and addresses that a phrase announces."""

from privacy.detection.recognizers.letters import LETTER
from privacy.detection.recognizers.recognizer import GatedRecognizer
from privacy.detection.spans import Reason

_BORDER = r"(?<![^\W_])(?<![.,/$€£-])"
_STOP = (
    r"(?:the|a|an|my|this|that|of|in|on|at|to|for|and|or|is|was|are|were|from|with|by|per|more|other|different|new|items?|orders?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|miles?|km|blocks?|way|times?"
    r"|dollars?|euros?|people|stars?|points?|percent|am|pm|st|nd|rd|th|not|but|please|pls|until|before|after|cars?|lane|back|left|right|hard|flash|usb|gb|tb|test|long|short|thanks|thx|thank|merci|bitte|danke|gracias|grazie|obrigad[oa]|favor|dziękuję|bedankt|alvast|hello|hi|since|seit|depuis|desde|sinds|od|und|mit|et|y|con)"
)
_WORD = rf"(?!{_STOP}(?![^\W_])){LETTER}{{2,16}}"
_SURE_AFTER = r"street|st|road|rd|avenue|ave|lane|ln|boulevard|blvd|crescent|terrace|parkway|pkwy|highway|hwy|close|drive|court|gardens|grove|mews|square|nagar|marg"
_SURE_BEFORE = r"rue|avenue|boulevard|bd|impasse|allée|chemin|quai|calle|c/|avenida|avda\.?|plaza|paseo|carrer|carretera|rua|travessa|praça|alameda|ulica|ulicy|ul\.?|aleja|alei|al\.|osiedle|os\.|plac|placu|viale|piazza|corso|vicolo|via"
# "Via" and "corso" are words of every day: what follows must not be one.
_NOT_AFTER = r"(?!(?:e-?mail|mail|sms|app|web|pec|fax|posta|chat|internet|telefono|whatsapp|paypal|bonifico|a|ab|di|de|que|dei|mensaje|correo)(?![^\W_]))"
_FLAT = r"(?:,? (?:apt|apartment|suite|unit|flat|floor|room|piso|puerta|apto|interno|int|scala|bloco|m|lok|appt|bât|kat|daire|d)\.? ?#?\d{1,4}[a-z]?(?![^\W_])|,? \d{1,2}[oa°](?: ?(?:izq|dcha|[a-z](?![^\W_])))?(?![^\W_]))"
_POSTCODE = r"(?:\d{5}(?:-\d{3,4})?|\d{4}(?: ?[a-z]{2}(?![^\W_]))?|\d{2}-\d{3}|[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}|[a-z]\d[a-z] ?\d[a-z]\d)(?![^\W_])"
_TAIL = rf"(?:{_FLAT}){{0,2}}(?:,? (?:in |à )?(?:{_WORD} ){{0,2}}{_POSTCODE}(?:,? {_WORD})?|, {_WORD}(?=\s*(?:[.,;!?\n]|$))|(?: (?:in )?{_WORD}){{1,2}}(?=\s*\Z))?"
_NUMBER = r"(?:n[.o°]{0,3}|nr\.?|número|numero|numer)? ?\d{1,5}(?: ?[a-z](?![^\W_]))?(?:[/-]\d{1,4}[a-z]?)?(?![^\W_]|[.,]\d|%|€)"
_ENDING = r"stra(?:ß|ss)e|str\.|str|gasse|allee|straat|laan|plein|gracht|kade|gatan|gata|vägen|gade|vej|katu|weg"
_NO_STREETS = r"(?!(?:unter|hin|rück|um|halb|aus|durch|keines)weg|bri?gade|.{0,8}(?:regist|magist|minist|illust|illus|demonst|frust|indust|administ|abst)str?)"
_CUES = (
    r"live at|lives at|living at|resid(?:es?|ing|ent) (?:at|in)|address is|address:|deliver to|delivered to|ship to|moved to|located at"
    r"|wohn(?:e|t|en|haft)(?: in(?: der)?| am| im)?|adresse(?: ist| lautet)?:?|anschrift(?: ist| lautet)?:?|j'?habite(?: au)?|demeurant(?: au| à)?,?|domicilié[es]?(?: au| à)?|dirección(?: es)?:?|vivo en|domicilio(?: en)?:?"
    r"|domiciliad[oa] en|indirizzo(?: è)?:?|abito in|abita in|residente (?:in|en|na|no)|adres(?: is| to)?:?|woon(?:t|ende|achtig)? (?:te|op|aan|in)(?: de| het)?|endereço(?: é)?:?|mor[oa] n[ao]|mieszka[m]? (?:na|przy)|zamieszkał[yae]\w* (?:przy|w)"
    r"|adresim|adresi|alamat(?: saya)?(?: di)?:?|(?:ber)?tempat tinggal di|tinggal di"
)


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        GatedRecognizer(
            "STREET_ADDRESS",
            [
                (rf"{_BORDER}\d{{1,5}}[a-z]? (?:{_WORD} ){{1,3}}(?:{_SURE_AFTER})(?![^\W_])\.?{_TAIL}", 0.5),
                (rf"{_BORDER}(?:\d{{1,5}}(?: ?(?:bis|ter))?,? )(?:rue|avenue|av|boulevard|bd|impasse|allée|chemin|quai|place)\.? {_NOT_AFTER}(?:{LETTER}{{1,16}}[ '-]){{0,3}}{LETTER}{{3,16}}{_TAIL}", 0.5),
                (rf"{_BORDER}(?:{_SURE_BEFORE})\.? ?{_NOT_AFTER}(?:{LETTER}{{1,16}}[ '-]){{0,3}}{LETTER}{{3,16}},? {_NUMBER}{_TAIL}", 0.5),
            ],
            name="TypedStreets",
            min_digits=1,
            is_unicode=True,
        ),
        GatedRecognizer(
            "STREET_ADDRESS",
            [(rf"{_BORDER}(?:(?:lange|kurze|alte|neue|große|kleine|grote|kleine|oude|nieuwe) )?{_NO_STREETS}{LETTER}{{3,24}}(?:{_ENDING}) ?\d{{1,4}} ?(?:[a-h](?![^\W_]))?(?:[-/]\d{{1,4}})?(?![^\W_]|[.,]\d|%| ?(?:€|euro)){_TAIL}", 0.5)],
            name="TypedStreetNames",
            words=("straße", "strasse", "str.", "str ", "gasse", "allee", "straat", "laan", "plein", "gracht", "kade", "gata", "gade", "vej", "vägen", "katu", "weg"),
            min_digits=1,
            is_unicode=True,
        ),
        GatedRecognizer(
            "STREET_ADDRESS",
            [
                (rf"(?<![^\W_])(?:{_CUES}) (?P<value>\d{{1,6}}[a-z]?(?: (?!{_STOP}(?![^\W_]))[\w.'-]{{1,20}}){{1,5}}(?: \d{{1,5}}(?![^\W_]))?)(?=[,.;\n]|$)", 0.5),
                (rf"(?<![^\W_])(?:{_CUES}) (?P<value>(?:(?!{_STOP}(?![^\W_]))[^\W\d_][\w.'/-]{{0,20}},? ){{1,5}}(?:no\.? ?|nr\.? ?|no[.:] ?)?\d{{1,4}}(?![.,]\d|[^\W_]{{2}}|\d|%)[a-z]?(?:[/-]\d{{1,4}})?{_TAIL})", 0.45),
            ],
            name="AddressCues",
            min_digits=1,
            is_unicode=True,
            reason=Reason.CUE,
        ),
    ]  # fmt: skip
