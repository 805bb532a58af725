"""Nationality, religion and politics (`NRP`): special categories of GDPR Art. 9, with citizenship.

Where a language writes them with a capital, the word is enough; elsewhere a word like "nationality"
must stand beside it.
"""

import re

from privacy.detection.recognizers.letters import LETTER, UPPER, folded
from privacy.detection.recognizers.recognizer import GatedRecognizer
from privacy.detection.recognizers.reviewed import ReviewedRecognizer, Verdict
from privacy.detection.spans import Reason

_PEOPLES = (
    "Afghan Albanian Algerian American Angolan Argentine Argentinian Argentinean Armenian Australian Austrian Azerbaijani Bahraini Bangladeshi Belarusian Belgian Bolivian Bosnian Brazilian British Bruneian Bulgarian Cambodian Cameroonian"
    " Canadian Chadian Chechen Chilean Chinese Colombian Congolese Croatian Cuban Cypriot Czech Danish Dominican Dutch Ecuadorian Ecuadorean Egyptian Emirati English Eritrean Estonian Ethiopian Filipino Filipina Finnish French Gambian Georgian German"
    " Ghanaian Greek Greenlander Greenlandic Guatemalan Guinean Haitian Honduran Hungarian Icelandic Indian Indonesian Iranian Iraqi Irish Israeli Italian Ivorian Jamaican Japanese Jordanian Kazakh Kenyan Korean Kosovar Kurdish Kuwaiti Kyrgyz Laotian Latvian"
    " Lebanese Liberian Libyan Lithuanian Macedonian Malagasy Malaysian Malian Maltese Mauritanian Mexican Moldovan Mongolian Moroccan Mozambican Namibian Nepalese Nepali Nicaraguan Nigerian Norwegian Omani Pakistani Palestinian Panamanian Paraguayan"
    " Peruvian Portuguese Qatari Romanian Russian Rwandan Salvadoran Saudi Scottish Senegalese Serbian Singaporean Slovak Slovakian Slovene Slovenian Somali Spanish Spaniard Sudanese Surinamese Swede Swedish Swiss Syrian Taiwanese Tajik Tanzanian Thai"
    " Togolese Tunisian Turkish Turkmen Ugandan Ukrainian Uruguayan Uzbek Venezuelan Vietnamese Welsh Yemeni Zambian Zimbabwean Roma Kurd Uyghur Tibetan Hispanic Latino Latina Englishman Frenchman Irishman Dutchman Scot Dane Pole Finn Turk Serb Croat"
)
_FAITHS = "Christian Muslim Jewish Jew Hindu Buddhist Sikh Catholic Protestant Orthodox Anglican Lutheran Methodist Baptist Evangelical Mormon Sunni Shia Shiite Shii Shi'ite Alevi Ahmadi Jain Taoist Baha'i Atheist Agnostic Rastafarian Zoroastrian Quaker Pentecostal"
_PARTIES = "Democrat Republican Communist Socialist Tory Labourite Conservative Marxist Libertarian Zionist Islamist Fascist Nazi Peronist Maoist"
# In lower case: words of every day, or what dishes and goods are called after.
_CAPITAL_ONLY = frozenset(
    [
        "polish",
        "turkey",
        "orthodox",
        "conservative",
        "republican",
        "thai",
        "english",
        "pole",
        "finn",
        "dane",
        "scot",
        "roma",
        "jain",
        "labour",
        "swiss",
        "danish",
        "french",
        "german",
        "turk",
        "serb",
        "lutheran",
        "methodist",
        "baptist",
        "evangelical",
        "maltese",
        "chad",
    ]
)
_ENGLISH_WORDS = frozenset(f"{_PEOPLES} {_FAITHS} {_PARTIES}".lower().split())
_ENGLISH = rf"(?<![\w-])(?:{'|'.join(sorted(f'{_PEOPLES} {_FAITHS} {_PARTIES}'.split(), key=len, reverse=True))})(?:e?s|man|woman)?(?![\w-]|'s? (?:Republic|Bank))"
# Languages that write them with a capital (German and Turkish nouns, Dutch, Polish and Indonesian ones).
_CASED = (
    r"Deutsche[rn]?|Türk(?:e|in|en|innen)|Syrer(?:in)?n?|Afghan(?:e|in|en)|Iraker(?:in)?|Iraner(?:in)?|Pol(?:e|in|en)(?= |,|\.)|Russ(?:e|in|en)|Ukrainer(?:in)?n?|Rumän(?:e|in|en)|Bulgar(?:e|in|en)|Serb(?:e|in|en)|Kroat(?:e|in|en)|Albaner(?:in)?|Kosovar(?:e|in|en)"
    r"|Franz(?:ose|osen|ösin)|Italiener(?:in)?n?|Spanier(?:in)?n?|Griech(?:e|in|en)|Österreicher(?:in)?n?|Schweizer(?:in)?(?= Staats|,|\.)|Amerikaner(?:in)?n?|Brit(?:e|in|en)|Chines(?:e|in|en)|Vietnames(?:e|in|en)|Marokkaner(?:in)?|Tunesier(?:in)?|Algerier(?:in)?"
    r"|Nigerianer(?:in)?|Somalier(?:in)?|Eritreer(?:in)?|Äthiopier(?:in)?|Inder(?:in)?(?=[ ,.])|Pakistaner(?:in)?|Georgier(?:in)?|Armenier(?:in)?|Muslim(?:in|e|a|innen)?|Christ(?:in|en)|Jude(?:n)?|Jüdin|Katholik(?:in|en)?|Protestant(?:in|en)|Buddhist(?:in|en)|Alevit(?:in|en)|Kurd(?:e|in|en)"
    r"|(?:Nederland|Duit|Marokkaan|Syri|Turk|Pool|Belgi|Surinaam|Russi|Frank?|Frans|Spaan|Italiaan|Afghaan|Iraak|Iraan|Somali|Oekraïn|Roemeen|Chine|Amerikaan|Brit|Eritre|Bulgaar)se?(?= (?:nationaliteit|vluchteling|onderdaan|staatsburger|vrouw|man|afkomst))"
    r"|Polak|Polka|Ukrain(?:iec|ka|ką|ca)|Białorusin(?:ka|em)?|Rosjanin(?:em)?|Rosjanka|Niemiec|Niemka|Czeczen|Gruzin(?:ka)?|Wietnamczyk|Rumun(?:ka)?|Romowie|Żyd(?:ówka)?|Syryjczyk|Turek"
    r"|Alman|Suriyeli|Kürt|Ermeni|Gürcü|Çerkez|Arap|Müslüman|Hristiyan|Yahudi|Alevi|Sünni|Iraklı|İranlı|Afgan|Rus(?= )|Bulgar|Yunan"
)
_CASED_NAMES = rf"(?<![\w-])(?:{_CASED})(?![\w-])"
_PARTY_NAMES = r"(?<![\w-])(?:CDU|CSU|SPD|AfD|FDP|NPD|PiS|PSOE|UKIP|HDP|AKP|CHP|MHP|PKK|Podemos|Ciudadanos|Forza Italia|Lega Nord|Partito Democratico|Labour Party|Green Party|Democratic Party|Republican Party|Communist Party|Conservative Party|Die Linke|Die Grünen|Rassemblement National|Les Républicains|La France insoumise|Parti socialiste|Partido Popular|Partido dos Trabalhadores|Единая Россия|КПРФ|ЛДПР|共产党|国民党|자민당|더불어민주당|국민의힘|自由民主党|公明党)(?![A-Za-z])"
_A_WORD = rf"{LETTER}{{3,20}}"
_STOP = r"(?!(?:the|an|our|their|this|that|first|new|all|other|foreign|many|de|del|della|la|le|el|der|die|das|und|oder|et|y|e|o|i|w|z|is|ist|was|not|nicht|of|or|and|een|het|en|dan|yang|ve|bir|ou|autre|altra|otra|doble|double|diversa|unknown|same|any|sin|sans|senza|sem|bez)(?![^\W_]))"
_CUED = [
    # the word of nationality or faith, then the group
    rf"(?<![^\W_])(?:de nationalité|nationalité ?:|ressortissante?s?|citoyen(?:ne)?s?|nacionalidad|nacionalidade|nazionalità|ciudadan[oa]s?|cidad(?:ão|ã|ãos)|cittadin[oaie]|súbdit[oa]|de confession|de religion|religión|religião|religione|di fede|de fe|confesión|d'origine|de origen|di origine|de origem|obywatel(?:em|ka|ką|stwo|stwa)?|narodowości|wyznania|nationality(?: ?:| is)|religion(?: ?:| is)|ethnicity(?: ?:| is)|beragama|agama|berkewarganegaraan|kewarganegaraan|warga negara|suku|nationaliteit ?:|религия|по национальности|вероисповедания|национальность)(?: ?:| is| est| es| è| é)? (?P<value>{_STOP}{_A_WORD})",
    # the group, then the word
    rf"(?<![^\W_])(?P<value>{_STOP}{_A_WORD})(?:e[rnsm]?)? (?:Staatsangehörig\w*|Staatsbürger\w*|Nationalität|Herkunft|Abstammung|Konfession|Glaubens|uyruklu\w*|vatandaş\w*|asıllı|kökenli|nationaliteit|onderdaan|staatsburger\w*|afkomst|nationals?|citizens?|nationality|descent|origin|refugees?|الجنسية|الديانة|الأصل)",
    rf"(?:гражданин[а-я]{{0,2}}|гражданк[а-я]|уроженец|уроженк[аи]|подданн[а-я]{{2,3}}) (?P<value>[{UPPER}][а-яё]{{3,20}})",
]
_RUSSIAN = r"(?<![^\W_])(?:русск(?:ий|ая|ого)|украин(?:ец|ка|ца)|белорус(?:ка|а)?|узбе(?:к|чка|ка)|таджи(?:к|чка|ка)|киргиз(?:ка)?|казах|казашка|армян(?:ин|ка|ина)|азербайджан(?:ец|ка|ца)|грузин(?:ка|а)?|чечен(?:ец|ка|ца)|татар(?:ин|ка|ина)|башкир(?:ка)?|еврей(?:ка)?|цыган(?:ка|е)?|молдаван(?:ин|ка)|мусульман(?:ин|ка|ина|е)|христиан(?:ин|ка|ина)|православн(?:ый|ая|ого)|католик|католичка|буддист(?:ка)?|иудей(?:ка)?|коммунист(?:ка|ы)?|турок|турчанка|сирие?ц|сирийка|афганец)(?![^\W_])"
_EAST_ASIAN = [
    r"(?:汉|满|回|藏|壮|苗|维吾尔|蒙古|朝鲜|彝|土家|布依|侗|瑶|白|哈萨克|傣|黎|畲|羌)族|[\u4e00-\u9fff]{2,5}(?=国籍)|(?:美|英|法|德|日|中|韩|俄罗斯|加拿大|澳大利亚|越南|泰|印度|台湾|香港|马来西亚)国?(?=籍)|(?<=信仰)(?:伊斯兰|基督|天主|佛|道|犹太|东正|印度)教|(?<=信奉)(?:伊斯兰|基督|天主|佛|道|犹太|东正|印度)教|(?:伊斯兰|基督|天主|佛|道|犹太|东正|印度)教(?=徒)|穆斯林|回教徒|共产党员|中共党员",
    r"[ァ-ヴー]{2,10}(?=国籍|人(?:の|で|が|は|男性|女性))|(?:日本|中国|韓国|北朝鮮|台湾|米国|英国|露|在日)(?=国籍)|(?:キリスト|イスラム|仏|ユダヤ|ヒンドゥー|ヒンズー)教(?=徒|の?信者|を信|に入信|信仰|に改宗)|創価学会(?:員)?|(?:カトリック|プロテスタント)(?=教徒|の?信者)|ムスリム|(?:日本|中国|韓国|朝鮮|アメリカ|ブラジル|フィリピン|ベトナム|ネパール)人(?=[のでがはを男女、。])",
    r"(?<![\uac00-\ud7af])[\uac00-\ud7af]{2,6}(?= 국적)|(?:기독|천주|불|이슬람|원불|힌두|유대)교(?=도|인| ?신자| ?신도)|무슬림|조선족|고려인|(?:중국|미국|일본|베트남|필리핀|태국|러시아|몽골|우즈베키스탄|네팔|캄보디아|한국)인(?=[은는이가의을를 ,.])",
]
_TOUCHING = [
    folded(r"(?<=สัญชาติ)(?:ไทย|พม่า|ลาว|กัมพูชา|เวียดนาม|จีน|อังกฤษ|อเมริกัน|ญี่ปุ่น|มาเลเซีย|อินเดีย|[\u0e01-\u0e4e]{2,14}(?=[ ,]|$))|(?<=เชื้อชาติ)[\u0e01-\u0e4e]{2,14}(?=[ ,]|$)|(?<=ศาสนา)(?:พุทธ|อิสลาม|คริสต์|ฮินดู|ซิกข์)|ชาวมุสลิม|ชาวพุทธ|ชาวคริสต์|มุสลิม"),
    folded(r"(?<![\u0621-\u064a])(?:ال)?(?:سعودي|مصري|سوري|عراقي|لبناني|أردني|فلسطيني|يمني|سوداني|مغربي|جزائري|تونسي|ليبي|كويتي|إماراتي|قطري|بحريني|عماني|باكستاني|هندي|بنغالي|فلبيني|تركي|إيراني|أفغاني|أمريكي|بريطاني|فرنسي|ألماني)(?:ة|ين|ون)?(?= الجنسية| الأصل)|(?:مسلم|مسيحي|يهودي|شيعي|سني|قبطي|درزي|بوذي|هندوسي)(?:ة|ين|ون)?(?![\u0621-\u064a])|(?<=الديانة )[\u0621-\u064a]{4,12}|(?<=الديانة: )[\u0621-\u064a]{4,12}"),
    folded(r"(?<![\u0900-\u0963])(?:मुस्लिम|मुसलमान|हिंदू|हिन्दू|सिख|ईसाई|बौद्ध|जैन|पारसी|यहूदी|दलित|भारतीय|नेपाली|पाकिस्तानी|बांग्लादेशी|अमेरिकी|चीनी(?= नागरिक)|अफगानी|श्रीलंकाई|ब्रिटिश)(?![\u0900-\u0963])"),
]  # fmt: skip


_LANGUAGE_BEFORE = re.compile(
    r"(?:stud\w+|speak\w*|spoke|learn\w*|translat\w+|fluent|written|teach\w*|taught|understand) (?:in |into |from )?$",
    re.IGNORECASE,
)
# Goods and places have no nationality that the law protects.
_LANGUAGE_AFTER = re.compile(
    r" (?:languages?|versions?|translations?|teachers?|class(?:es)?|lessons?|speak\w*|subtitles?|only|please|toast|fries|dressing|bulldog|sizes?|plugs?|adapters?|keyboards?|layout|websites?|sites?|stores?"
    r"|warehouses?|customs|dollars?|pounds?|francs?|express|airlines?|keyboard|post|brands?|made|style)\b",
    re.IGNORECASE,
)


def _english(match: re.Match[str]) -> Verdict | None:
    word, text = match[0], match.string
    if word[0].islower() and (word in _CAPITAL_ONLY or word.rstrip("s") in _CAPITAL_ONLY):
        return None
    if _LANGUAGE_BEFORE.search(
        text[max(0, match.start() - 24) : match.start()]
    ) or _LANGUAGE_AFTER.match(text, match.end()):
        return None
    return match.start(), match.end(), 0.6


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        ReviewedRecognizer("NRP", [(_ENGLISH, 0.6)], name="Groups", review=_english, is_unicode=True),
        GatedRecognizer("NRP", [(_CASED_NAMES, 0.6), (_PARTY_NAMES, 0.6), (_RUSSIAN, 0.5)], name="NamedGroups", is_unicode=True, is_case_sensitive=True),
        GatedRecognizer("NRP", [(pattern, 0.5) for pattern in _CUED], name="GroupCues", is_unicode=True, reason=Reason.CUE),
        GatedRecognizer("NRP", [(pattern, 0.55) for pattern in _EAST_ASIAN], name="EastAsianGroups", is_east_asian=True, is_unicode=True),
        *(
            GatedRecognizer("NRP", [(pattern, 0.55)], name=f"{script}Groups", needs=letters, is_unicode=True)
            for (script, letters), pattern in zip((("Thai", "สมชต"), ("Arabic", "ايلن"), ("Hindi", "मनसक")), _TOUCHING, strict=True)
        ),
    ]  # fmt: skip
