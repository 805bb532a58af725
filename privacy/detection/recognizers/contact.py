"""How a person is reached on the net: e-mail, web and network addresses, user handles."""

import ipaddress
import re
from functools import lru_cache

import tldextract

from privacy.detection.recognizers.letters import NAME_WORD, PARTICLE
from privacy.detection.recognizers.recognizer import GatedRecognizer
from privacy.detection.spans import Reason

_SUFFIXES = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
"""The public suffix list inside the package; no list is fetched."""

# A bare "word.word" is an address only under an ending that is not also a word after a full stop.
_BARE_ENDINGS = (
    "com|net|org|info|biz|edu|gov|io|app|shop|store|online|site|dev|cloud|xyz|eu|uk|de|fr|nl|pl|ie"
    "|br|cn|ch|se|dk|fi|cz|pt|ru|jp|kr|au|nz|ca|mx|ar|tr|gr|hu|ro|ua|hk|tw|sg"
)


# What stands before an address in angle brackets and is no name.
_NO_CORRESPONDENT = (
    r"(?:On|Am|Le|El|Il|Op|Em|Dne|W|Den|From|To|Cc|Bcc|Von|An|De|Para|Reply|Mail|E-?mail|Contact|Write"
    r"|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Mo|Di|Mi|Do|Fr|Sa|So|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|AM|PM|UTC|GMT)"
)
_ROLES = (
    r"(?:support|service|services|team|info|sales|news|newsletter|no-?reply|customer|kundenservice|kundendienst|shop|store"
    r"|care|help|helpdesk|desk|office|billing|orders?|notifications?|inc|ltd|llc|gmbh|ag|bv|sa|srl|online|marketing|admin)"
)


@lru_cache(maxsize=4096)
def _has_public_suffix(host: str) -> bool:
    return bool(_SUFFIXES(host).suffix)


def _is_host(value: str) -> bool:
    host = re.split(r"[/:?#]", value.split("://", 1)[-1], maxsplit=1)[0]
    return _has_public_suffix(host.lower())


def _is_email(value: str) -> bool:
    local, _, domain = value.rpartition("@")
    return len(local) <= 64 and ".." not in value and _has_public_suffix(domain.lower())


def _is_network_address(value: str) -> bool:
    try:
        ipaddress.ip_interface(value)
    except ValueError:
        return False
    return True


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    word = r"[^\W\u0590-\u06ff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff\uac00-\ud7af]"
    return [
        GatedRecognizer(
            "EMAIL_ADDRESS",
            [
                (
                    r"(?<![a-z0-9!#$%&'*+/=?^_`{|}~.-])"
                    r"[a-z0-9!#$%&'*+/=?^_`{|}~-][a-z0-9!#$%&'*+/=?^_`{|}~.-]{0,63}@"
                    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z0-9-]{2,24}(?![a-z0-9-])",
                    0.95,
                ),
            ],
            check=_is_email,
            needs="@",
        ),
        # Letters of other scripts are allowed in addresses (RFC 6531), but not of those that put no
        # blank between an address and the word before it.
        GatedRecognizer(
            "EMAIL_ADDRESS",
            [
                (
                    rf"(?<![\w.+-]){word}(?:[.+-]|{word}){{0,63}}@(?:{word}(?:-|{word}){{0,62}}\.){{1,8}}{word}{{2,24}}",
                    0.9,
                )
            ],
            name="InternationalEmail",
            needs="@",
            is_unicode=True,
        ),
        # Anna Berg <anna@example.org> wrote:
        GatedRecognizer(
            "PERSON",
            [
                (
                    rf"(?<![^\W_])(?!{_NO_CORRESPONDENT}(?![^\W_]))(?![^<(\[@\n]{{0,60}}(?<![^\W_])(?i:{_ROLES})(?![^\W_]))"
                    rf"(?P<value>{NAME_WORD}(?:, {NAME_WORD}| (?:{PARTICLE} )?{NAME_WORD}){{0,3}})"
                    r"['\"]? {0,2}[<(\[](?:mailto:)?[^\s<>()@]{1,64}@",
                    0.7,
                )
            ],
            name="Correspondents",
            needs="@",
            is_unicode=True,
            is_case_sensitive=True,
            reason=Reason.CUE,
        ),
        GatedRecognizer(
            "URL",
            [
                (r"\b(?:https?|ftp)://[^\s<>\"'\u3000-\u9fff]{3,2000}(?<![.,;:!?)\]}])", 0.9),
                (
                    r"(?<![\w@.-])www\d?\.[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,6}(?:/[^\s<>\"']{0,2000}(?<![.,;:!?)\]}]))?",
                    0.9,
                ),
                (
                    r"(?<![\w@.-])(?:[a-z0-9][a-z0-9-]{0,62}\.){1,6}"
                    rf"(?:{_BARE_ENDINGS})(?![\w@-])(?:/[^\s<>\"']{{0,2000}}(?<![.,;:!?)\]}}]))?",
                    0.6,
                ),
            ],
            needs=".",
        ),
        GatedRecognizer(
            "IP_ADDRESS",
            [
                (
                    r"(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:/\d{1,2})?(?![\w]|\.\d)",
                    0.6,
                ),
                (
                    r"(?<![\w:.])(?:[0-9a-f]{1,4}:){2,7}:?(?:[0-9a-f]{1,4}:){0,6}[0-9a-f]{0,4}(?![\w:])",
                    0.6,
                ),
                (r"(?<![\w:.])::(?:[0-9a-f]{1,4}:){0,6}[0-9a-f]{1,4}(?![\w:])", 0.6),
            ],
            check=_is_network_address,
            checked_score=0.8,
            needs=".:",
            min_digits=1,
        ),
        GatedRecognizer(
            "MAC_ADDRESS",
            [(r"(?<![\w:-])[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}(?![\w:-])", 0.7)],
            needs=":-",
        ),
        GatedRecognizer(
            "USER_HANDLE",
            [
                (r"(?<![\w@.+/-])@(?=[a-z0-9_.]*[a-z])[a-z0-9_](?:[a-z0-9_.]{1,28})[a-z0-9_]", 0.6),
            ],
            is_unicode=True,
            reason=Reason.PATTERN,
        ),
        GatedRecognizer(
            "USER_HANDLE",
            [(r"(?<![\w#])(?P<value>[a-z0-9_.]{2,32}#\d{4})(?!\d)", 0.2)],
            name="NumberedHandles",
            context=("discord", "battle.net", "battletag", "gamertag", "riot", "nick"),
            needs="#",
            min_digits=4,
            window=40,
            is_unicode=True,
        ),
    ]
