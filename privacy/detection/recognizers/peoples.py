"""Peoples and faiths in small letters, where a person beside them bears them.

Dutch, French, German, Italian, Portuguese and Spanish write them without a capital (Dutch with
one) and call cheese and wine by them too: a word for a person must stand beside.
"""

from privacy.detection.recognizers.recognizer import GatedRecognizer
from privacy.detection.spans import Reason

_ROMANCE = (
    r"afgan[oa]|afghan[oaei]?|albanes[ei]|albanais|albanés|alban[eê]sa?|alg[eé]ri(?:en(?:ne)?|n[oa])|argel(?:ino|ina)|argentin[oaei]?|angola(?:n[oa]|is(?:e)?)|arm[eé]ni(?:en(?:ne)?|[oa])|bengalese|bangladais(?:e)?|b[ei]elorruss?[oa]|b[oó]snio?|boliv[ií]an[oa]|bolivien(?:ne)?"
    r"|bras[ie]l(?:ian[oa]|eñ[oa]|eir[oa])|brésilien(?:ne)?|bulgar[oae]|bulgare|búlgar[oa]|camerun(?:ense|és|esa)|camerounais(?:e)?|capoverdian[oa]|cabo-verdian[oa]|chilen[oa]|chilien(?:ne)?|chin[oa]|chinois(?:e)?|chinês|chinesa|cinese|colomb?ian[oa]|colombien(?:ne)?|congol(?:ais(?:e)?|eñ[oa]|ese|ês|esa)|croat[ae]|cuban[oa]|cubain(?:e)?"
    r"|dominican[oa]|ecuat?orian[oa]|egi(?:pci[oa]|ziano|ziana|ípci[oa])|égyptien(?:ne)?|eritre[oa]|érythréen(?:ne)?|etiope|éthiopien(?:ne)?|filipin[oa]|filippin[oa]|frances[ae]|francês|gambian[oa]|georgian[oa]|géorgien(?:ne)?|ghan(?:ese|éen(?:ne)?|és|esa|ês)|grec(?:que)?|greg[oa]|grec[oa]|guin(?:ean[oa]|een(?:ne)?|éen(?:ne)?|eense)"
    r"|haitian[oa]|haïtien(?:ne)?|hindú|honduren[ñh][oa]|indian[oa]|indien(?:ne)?|iraní|iranian[oa]|iranien(?:ne)?|iraqu?[ií]|iracheno|irachena|irakien(?:ne)?|iraquian[oa]|ivorian[oa]|ivoirien(?:ne)?|kosovar[oae]?|kurd[oa]|kurde|liban[eé]s[ae]?|libanais(?:e)?|macedone|magreb[ií]|maghrébin(?:e)?|malien(?:ne)?|malian[oa]|maliense"
    r"|marocchin[oa]|marocain(?:e)?|marroqu[ií](?:n[oa])?|maurit(?:an[oa]|anien(?:ne)?)|mexican[oa]|messican[oa]|moldav[oae]|moldovan[oa]|moçambican[oa]|mozambican[oa]|nepal[eé]s[ae]?|nicaragüense|nigerian[oa]|nig[eé]ri(?:an[oa]|en(?:ne)?)|pa[kq]u?istan[ií](?:s|e)?|pakistanais(?:e)?|palestin[oa]|palestinese|palestinien(?:ne)?|paraguay[oa]|peruan[oa]|peruvian[oa]|péruvien(?:ne)?"
    r"|polac[oa]c?|polacc[oa]|polon[aê]is(?:e)?|portugu[eê]sa?|portoghese|portugais(?:e)?|roumain(?:e)?|rumen[oa]|ruman[oa]|romen[oa]|rom|gitan[oa]|gitan(?:e)?|cigan[oa]|rus[oa]|russ[oae]|senegal(?:ese|és|esa|ês)|sénégalais(?:e)?|serb[oae]|siri[oa]|sirian[oa]|syrien(?:ne)?|somal[oa]|somalien(?:ne)?|somalí|sri ?lankese|srilankese|sudan(?:ese|és|esa|ais|aise)"
    r"|tunisin[oa]|tunisien(?:ne)?|tunecin[oa]|turc(?:que|[oa])?|turque|ucra(?:in[oa]|nian[oa])|ukrainien(?:ne)?|uruguay[oa]|venezolan[oa]|venezuelan[oa]|vénézuélien(?:ne)?|vietnamita|vietnamien(?:ne)?"
)
_ROMANCE_FAITHS = r"musulman[oae]?|muçulman[oa]|cristian[oa]|chrétien(?:ne)?|cristã|cristão|ebre[oa]|juif|juive|judí[oa]|jude[ua]|judia|cattolic[oa]|catholique|católic[oa]|protestant[ei]|evang[eé]lic[oa]|ortodoss[oa]|buddista|bouddhiste|budista|induista|hindou(?:e)?|sikh|testimone di Geova|témoin de Jéhovah|testigo de Jehová|testemunha de Jeová"
_ROMANCE_PERSONS = (
    r"uomo|donna|ragazz[oa]|vicin[oa]|collega|amic[oa]|cittadin[oa]|signor[ae]?|giovane|famiglia|moglie|marito|compagn[oa]|badante|pazient[ei]|turista|studente(?:ssa)?|operaio|coppia|bambin[oa]|migrante|madre|padre|imputat[oa]"
    r"|homme|femme|fille|garçon|voisine?|collègue|amie?|citoyen(?:ne)?|famille|mari|épouse|compagn(?:on|e)|patiente?|étudiante?|couple|jeune|nourrice|mère|père|réfugiée?"
    r"|hombre|mujer|chic[oa]|vecin[oa]|compañer[oa]|amig[oa]|ciudadan[oa]|señora?|joven|familia|espos[oa]|paciente|estudiante|pareja|niñ[oa]|cuidadora|padre|trabajador(?:a)?|acusad[oa]"
    r"|homem|mulher|rapaz|rapariga|moç[oa]|menin[oa]|vizinh[oa]|cidadão|cidadã|senhora?|jovem|família|casal|estudante|colega|namorad[oa]|mãe|pai"
)
_GERMAN = (
    r"syrisch|türkisch|polnisch|russisch|ukrainisch|rumänisch|bulgarisch|serbisch|kroatisch|albanisch|kosovarisch|bosnisch|afghanisch|irakisch|iranisch|pakistanisch|indisch|vietnamesisch|chinesisch|marokkanisch|tunesisch|algerisch|nigerianisch|somalisch|eritreisch"
    r"|äthiopisch|ghanaisch|kamerunisch|senegalesisch|libanesisch|palästinensisch|kurdisch|italienisch|spanisch|griechisch|portugiesisch|brasilianisch|kolumbianisch|georgisch|armenisch|muslimisch|jüdisch|katholisch|evangelisch|alevitisch|jesidisch|hinduistisch|buddhistisch"
)
_GERMAN_PERSONS = r"Nachbar(?:in|n)?|Mann|Frau|Kolleg(?:e|in|en)|Freund(?:in)?|Familie|Mädchen|Junge|Student(?:in|en)?|Patient(?:in|en)?|Ehepaar|Ehemann|Ehefrau|Pfleger(?:in)?|Mutter|Vater|Eltern|Geflüchtete[rn]?|Asylbewerber(?:in|s)?|Mieter(?:in|s)?|Paar|Jugendliche[rn]?|Schüler(?:in)?"
_DUTCH = (
    r"Marokkaans|Turks|Syrisch|Surinaams|Antilliaans|Somalisch|Eritrees|Pools|Roemeens|Bulgaars|Oekraïens|Russisch|Afghaans|Iraaks|Iraans|Koerdisch|Indonesisch|Moluks|Kaapverdisch|Nigeriaans|Ghanees|Chinees|Vietnamees|Indiaas|Pakistaans|Braziliaans|Colombiaans|Duits|Belgisch|Frans|Italiaans|Spaans|Portugees|Grieks"
    r"|[Kk]atholiek|[Ii]slamitisch|[Jj]oods|[Hh]indoestaans|[Gg]ereformeerd|[Pp]rotestants|[Bb]oeddhistisch|[Cc]hristelijk"
)
_DUTCH_PERSONS = r"man|vrouw|jongen|meisje|buurman|buurvrouw|buren|collega|vriend(?:in)?|gezin|familie|echtpaar|student(?:e)?|patiënt(?:e)?|moeder|vader|ouders|pastoor|dominee|vluchteling|huurder|verdachte|oma|opa|verzorgster|schoonmaakster|chauffeur|kok|jongeman|kapper"
_EDGE = r"(?![^\W_])"


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    group = rf"(?P<value>{_ROMANCE}|{_ROMANCE_FAITHS}){_EDGE}"
    return [
        GatedRecognizer(
            "NRP",
            [
                (rf"(?<![^\W_])(?:{_ROMANCE_PERSONS}) (?:d'origine |di origine |de origen |de origem )?{group}", 0.55),
                (rf"(?<![^\W_])(?:sono|è|era|soy|es|era|sou|é|suis|est|était) (?:un[ae]? )?(?P<value>{_ROMANCE_FAITHS}){_EDGE}", 0.5),
                (rf"(?<=[a-zà-ÿ], )(?:di nazionalità )?{group}(?=, )", 0.5),
            ],
            name="RomancePeoples",
            is_unicode=True,
            reason=Reason.CUE,
        ),
        GatedRecognizer(
            "NRP",
            [(rf"(?<![^\W_])(?P<value>(?i:{_GERMAN})e[nrms]?) (?:{_GERMAN_PERSONS}){_EDGE}", 0.55), (rf"(?<![^\W_])(?P<value>(?:{_DUTCH})e?) (?:{_DUTCH_PERSONS}){_EDGE}", 0.55), (rf"(?<![^\W_])(?:is|was|ben) (?P<value>(?:{_DUTCH})e?){_EDGE}(?! [a-z]+ing)", 0.5)],
            name="GermanicPeoples",
            is_unicode=True,
            is_case_sensitive=True,
            reason=Reason.CUE,
        ),
    ]  # fmt: skip
