"""The people: each a function of seed, zone and number, so that none needs to be remembered."""

import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from random import Random

from pipelines.synthetic import countries, identifiers
from pipelines.synthetic.countries import Country
from pipelines.synthetic.phrases import Phrases, phrases_of
from privacy.ids import ZoneId
from privacy.records.canonical import Channel, Handle, HandleKind

MAIL_DOMAINS = (
    "mail.example.com",
    "post.example.org",
    "inbox.example.net",
    "home.example.com",
    "box.example.org",
    "example.net",
    "web.example.com",
)
_LATIN = ("de", "en", "es", "fr", "it", "nl", "pl", "pt")
_ASCII = str.maketrans(
    {"ß": "ss", "ł": "l", "Ł": "L", "ı": "i", "ø": "o", "ä": "ae", "ö": "oe", "ü": "ue", "'": ""}
)
_HANDLE_WORDS = (
    "sunny",
    "happy",
    "blue",
    "river",
    "star",
    "lucky",
    "panda",
    "tea",
    "moon",
    "green",
)

_E, _W, _C, _P, _H = (
    Channel.EMAIL,
    Channel.WHATSAPP,
    Channel.WEB_CHAT,
    Channel.PHONE,
    Channel.HELP_DESK,
)
_A, _I, _X, _S = Channel.APP, Channel.INSTAGRAM, Channel.WECHAT, Channel.SMS
_CHANNELS: dict[str, tuple[tuple[Channel, int], ...]] = {
    "eu": ((_E, 26), (_W, 20), (_C, 20), (_P, 13), (_H, 13), (_A, 4), (_I, 4)),
    "uk": ((_E, 26), (_W, 18), (_C, 22), (_P, 14), (_H, 13), (_A, 4), (_I, 3)),
    "br": ((_E, 14), (_W, 40), (_C, 16), (_P, 12), (_H, 8), (_A, 4), (_I, 6)),
    "cn": ((_E, 10), (_X, 38), (_C, 22), (_P, 14), (_H, 8), (_A, 8)),
    "us": ((_E, 26), (_W, 5), (_C, 24), (_P, 17), (_H, 12), (_A, 4), (_I, 4), (_S, 8)),
}
_COUNT_CHANNELS = (1, 2, 2, 3, 3, 3, 4, 4, 5, 3)


@dataclass(slots=True)
class Person:
    """One person and what they are reached by.

    Attributes:
        seed: Of the world they are in.
        phone: In E.164 form.
        visitor_ids: One per device they browse with.
        has_hidden_number: Their WhatsApp shows a user id and no number.
        channels: Where they turn to, most used first.
        slots: Their own words for sentences: slot to text and entity.
        seen: Index sets of handles that stood in one item together.
        languages: Those people of this world speak; empty where each speaks their country's.
    """

    seed: int
    zone: ZoneId
    number: int
    country: Country
    phrases: Phrases
    first: str
    last: str
    full: str
    birth: identifiers.Birth
    is_female: bool
    email: str
    phone: str
    national_phone: str
    loyalty: str
    customer_number: str
    whatsapp_user: str
    has_hidden_number: bool
    visitor_ids: tuple[str, ...]
    social_user: str
    zendesk_id: int
    channels: tuple[Channel, ...]
    slots: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    seen: list[tuple[Handle, ...]] = field(default_factory=list)
    languages: tuple[str, ...] = ()

    @property
    def person_id(self) -> str:
        """Give the id the truth names them by."""
        return f"{self.zone}-{self.number}"

    @property
    def language(self) -> str:
        """Give the BCP 47 primary tag of what they write in."""
        return self.phrases.tag

    def see(self, *handles: Handle) -> None:
        """Note that an item showed these handles to be one person's."""
        if handles not in self.seen[-4:]:
            self.seen.append(handles)

    def clusters(self) -> list[tuple[Handle, int]]:
        """Give the handles that were seen, each with the number of the group it is linked into."""
        group_of: dict[Handle, int] = {}
        for number, handles in enumerate(self.seen):
            joined = {group_of[handle] for handle in handles if handle in group_of}
            target = min(joined, default=number)
            for handle, group in group_of.items():
                if group in joined:
                    group_of[handle] = target
            for handle in handles:
                group_of[handle] = target
        return list(group_of.items())


EMAIL, PHONE = HandleKind.EMAIL, HandleKind.PHONE


def random_of(*parts: object) -> Random:
    """Give the random numbers that belong to a name; the same name gives the same numbers."""
    return Random("/".join(map(str, parts)))  # noqa: S311 - nothing here is a secret


@lru_cache(maxsize=64)
def _people_of(zone: ZoneId) -> tuple[tuple[Country, ...], list[float]]:
    of_zone = countries.of_zone(zone)
    return of_zone, [country.weight for country in of_zone]


def person_of(seed: int, zone: ZoneId, number: int, languages: tuple[str, ...] = ()) -> Person:
    """Make the person of a number.

    Where languages are given, people take turns to speak them, and are at home where theirs is
    spoken: in the zone, or else abroad.
    """
    rng = random_of(seed, zone, number, "person")
    if languages:
        tag = languages[number % len(languages)]
        country = rng.choice(countries.speaking(tag, zone))
    else:
        country, tag = _at_home(zone, rng)
    phrases = phrases_of(tag)
    first, last, full = _name(rng, phrases)
    is_female = rng.random() < 0.5
    birth = (rng.randint(1944, 2006), rng.randint(1, 12), rng.randint(1, 28))
    national = countries.national_number(country, number)
    channels = _channels(rng, zone)
    person = Person(
        seed=seed,
        zone=zone,
        number=number,
        country=country,
        phrases=phrases,
        first=first,
        last=last,
        full=full,
        birth=birth,
        is_female=is_female,
        email=_email(rng, first, last, number),
        phone=f"+{country.calling_code}{national}",
        national_phone=national,
        loyalty=identifiers.loyalty_card(countries.ZONES.index(zone) * 10**9 + number * 7 + 1),
        customer_number=f"K{number * 13 + 100_003:08d}",
        whatsapp_user=f"{country.code}.{rng.randrange(10**19, 10**20)}",
        has_hidden_number=rng.random() < 0.08,
        visitor_ids=tuple(f"v{rng.getrandbits(64):016x}" for _ in range(1 + (rng.random() < 0.3))),
        social_user=f"{rng.choice(_HANDLE_WORDS)}_{rng.choice(_HANDLE_WORDS)}_{number}",
        zendesk_id=900_000_000_000 + number * 3 + 1,
        channels=channels,
        languages=languages,
    )
    _fill_slots(person, rng)
    return person


def _at_home(zone: ZoneId, rng: Random) -> tuple[Country, str]:
    """Choose a country of the zone and a language of it."""
    of_zone, weights = _people_of(zone)
    country = rng.choices(of_zone, weights)[0] if len(of_zone) > 1 else of_zone[0]
    tags = country.languages
    tag = tags[0][0]
    if len(tags) > 1 and rng.random() > tags[0][1]:
        tag = tags[1][0]
    return country, tag


def _name(rng: Random, phrases: Phrases) -> tuple[str, str, str]:
    """Give given name, family name, and both as written. One in twelve came from elsewhere."""
    if phrases.has_syllables:
        first = "".join(rng.sample(phrases.first, 1 if rng.random() < 0.25 else 2))
        last = phrases.last[int(rng.random() * len(phrases.last))]
        return first, last, last + first
    given = phrases_of(rng.choice(_LATIN)) if rng.random() < 0.08 else phrases
    first = given.first[int(rng.random() * len(given.first))]
    last = given.last[int(rng.random() * len(given.last))]
    last = given.agreed(first, last)
    luck = rng.random()
    if not phrases.has_doubles:
        return first, last, given.full_name(first, last)
    if luck < 0.05:
        first = f"{first}-{given.first[int(rng.random() * len(given.first))]}"
    elif luck < 0.1 or (phrases.tag == "es" and luck < 0.5):
        joiner = " " if phrases.tag in ("es", "pt") else "-"
        last = f"{last}{joiner}{given.last[int(rng.random() * len(given.last))]}"
    return first, last, f"{first} {last}"


def ascii_of(text: str) -> str:
    """Write a name in the letters of an address."""
    folded = unicodedata.normalize("NFKD", text.lower().translate(_ASCII))
    return "".join(c for c in folded if c.isascii() and c.isalnum())


def _email(rng: Random, first: str, last: str, number: int) -> str:
    domain = MAIL_DOMAINS[int(rng.random() * len(MAIL_DOMAINS))]
    given, family = ascii_of(first), ascii_of(last)
    form = rng.randrange(6)
    if not given or form == 5:
        local = f"{rng.choice(_HANDLE_WORDS)}.{rng.choice(_HANDLE_WORDS)}"
    elif form == 0:
        local = f"{given[0]}.{family}"
    elif form == 1:
        local = f"{given}_{family}"
    elif form == 2:
        local = f"{family}{given[0]}"
    else:
        local = f"{given}.{family}"
    return f"{local}{number}@{domain}"


def _channels(rng: Random, zone: ZoneId) -> tuple[Channel, ...]:
    offered = dict(_CHANNELS[zone])
    chosen: list[Channel] = []
    for _ in range(_COUNT_CHANNELS[int(rng.random() * len(_COUNT_CHANNELS))]):
        channel = rng.choices(list(offered), list(offered.values()))[0]
        chosen.append(channel)
        del offered[channel]
    return tuple(chosen)


def _fill_slots(person: Person, rng: Random) -> None:
    year, month, day = person.birth
    person.slots.update(
        full=(person.full, "PERSON"),
        first=(person.first, "PERSON"),
        last=(person.last, "PERSON"),
        email=(person.email, "EMAIL_ADDRESS"),
        loyalty=(person.loyalty, "LOYALTY_CARD"),
        address=(address_of(person.country, person.phrases, rng), "STREET_ADDRESS"),
        birth=(person.phrases.on(year, month, day), "DATE_OF_BIRTH"),
        phone=(written_phone(person.country, person.national_phone, rng), "PHONE_NUMBER"),
    )


def address_of(country: Country, phrases: Phrases, rng: Random) -> str:
    """Write a postal address."""
    postcode = "".join(
        rng.choice("0123456789")
        if c == "#"
        else rng.choice("ABCDEGHJKLMNPRSTUW")
        if c == "@"
        else c
        for c in country.postcode
    )
    if postcode[0] == "0":
        postcode = "1" + postcode[1:]
    return country.address.format(
        street=phrases.streets[int(rng.random() * len(phrases.streets))],
        number=rng.randint(1, 190),
        postcode=postcode,
        city=country.cities[int(rng.random() * len(country.cities))],
        state=rng.choice(countries.STATES) if country.code == "US" else "",
    )


def written_phone(country: Country, national: str, rng: Random) -> str:
    """Write a number in one of the ways people do."""
    form = rng.randrange(5)
    if form == 0:
        return f"+{country.calling_code}{national}"
    if form == 1:
        return f"+{country.calling_code} {national[:3]} {national[3:]}"
    if country.code == "US":
        area, exchange, line = national[:3], national[3:6], national[6:]
        written = (
            f"({area}) {exchange}-{line}",
            f"{area}-{exchange}-{line}",
            f"{area}.{exchange}.{line}",
        )
        return written[form - 2]
    if country.code == "BR":
        area, rest = national[:2], national[2:]
        return f"({area}) {rest[:5]}-{rest[5:]}" if form < 4 else f"{area} {rest}"
    local = country.trunk + national
    if form == 2:
        return local
    cut = 4 if country.trunk else 3
    groups = [
        local[cut + i : cut + i + (3 if form == 3 else 2)]
        for i in range(0, len(local) - cut, 3 if form == 3 else 2)
    ]
    if len(groups) > 1 and len(groups[-1]) == 1:
        groups[-2:] = ["".join(groups[-2:])]
    return " ".join([local[:cut], *groups])
