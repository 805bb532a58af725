"""Courts, hospitals, universities, ministries: institutions by the word that heads their name."""

import re

from privacy.detection.recognizers.letters import CAPITALISED, LETTER, UPPER, folded
from privacy.detection.recognizers.recognizer import GatedRecognizer
from privacy.detection.recognizers.reviewed import ReviewedRecognizer, Verdict

_ROW = rf"{CAPITALISED}(?:(?: |-)(?:(?:de|del|della|dei|delle|di|do|da|dos|das|des|du|la|le|les|los|y|e|et|of|and|the|for|für|und|am|im|an der|van|den|w|we|z|i|San|[dl]')? ?){CAPITALISED}){{0,4}}"
# English and Dutch: the head ends the name, or "of" follows it.
_ENGLISH_HEADS = (
    r"University|Hospital|Infirmary|College|Institute|Clinic|Medical (?:Center|Centre|Group|School)|Health (?:Center|Centre|Board|System)|Court|Tribunal|Ministry|Council|Commission|Authority|Agency|Bank|Foundation|Association"
    r"|Society|Church|High School|Primary School|School|Academy|Police(?: Department| Service)?|Department|Bureau|Laboratories|Laboratory|NHS Trust|Trust|Airlines|Airways|Insurance|Surgery|Hospice|Nursing Home|Federation|Committee|Parliament|Embassy"
    r"|Museum|Library|Pharmacy|Ziekenhuis|Krankenhaus|Klinik|Klinikum|Universität|Hochschule|Gymnasium|Grundschule|Realschule|Sparkasse|Stiftung"
)
_ENGLISH = rf"(?<![^\W_])(?:{CAPITALISED}'?s?\.? (?:(?:and|of|the|&|for) )?){{1,4}}(?:{_ENGLISH_HEADS})(?![^\W_])(?: (?:of|for) (?:the )?{CAPITALISED}(?: (?:(?:of|and) (?:the )?)?{CAPITALISED}){{0,3}})?"
_ENGLISH_OF = rf"(?<![^\W_])(?:{_ENGLISH_HEADS}|Office|Board|House|Secretary) (?:of|for) (?:the )?{CAPITALISED}(?:,? (?:(?:of|and|&) (?:the )?)?{CAPITALISED}){{0,4}}"
_SENTENCE_WORDS = re.compile(
    r"(?:Das|Der|Die|Dem|Den|Des|Im|Am|Vom|Zum|Zur|Ein|Eine|Einem|Einer|Het|De|Een|The|A|An|In|At|On|From|By|My|Our|Your|This|That|His|Her|Their|To|For|With|When|After|Before|And|But|Since|Dear|Near|Under|Is|If|I|We|He|She|They|It|Visit|Contact|Call) "
)
# Spanish, French, Italian, Portuguese: the head begins the name, in any case.
_ROMANCE = (
    r"tribunal(?:e|es)?|juzgado|audiencia|corte|cour|conseil|consejo|consiglio|conselho|hospital|hôpital|hopital|ospedale|clínica|clinica|clinique|policlinico|centro (?:de salud|médico|medico)|centre hospitalier(?: universitaire)?|CHU|CHR|CHRU"
    r"|universidad|université|università|universidade|ministerio|ministère|ministero|ministério|ayuntamiento|mairie|comune|prefeitura|préfecture|prefettura|instituto|institut|istituto|colegio|lycée|collège|école|liceo|scuola|escola|escuela"
    r"|banco|banque|banca|caisse|fundación|fondation|fondazione|fundação|asociación|association|associazione|associação|comisión|commission|commissione|fiscalía|procura|ministério público|gendarmerie|commissariat|questura|cámara|chambre"
    r"|residencia|maison|farmacia|pharmacie|santa casa|unidade|secretaria|defensoria|câmara|assembleia|vara|comarca|facultad|faculté|facoltà|faculdade"
)
_ROMANCE_KINDS = (
    r"supremo|suprema|superior(?:e)?|provincial|constitucional|costituzionale|constitutionnel|administratif|amministrativo|administrativo|judiciaire|civil|penal|federal|regional(?:e)?|nacional|national|nazionale|municipal|universitario|universitaire"
    r"|clínico|correctionnel|de grande instance|de première instance|de primera instancia|de instancia|de lo social|de lo penal|d'appello?|d'appel|de apelación|de cassation|di cassazione|de casación|des comptes|d'état|de justiça|de justicia|de justice|de commerce"
    r"|ordinario|militar(?:e)?|comunal|général|general|público|pubblica|public|privé|privada|dei conti|europea?|européenne|primaire|secundaria"
)
_ROMANCE_NAME = rf"(?<![^\W_])(?i:{_ROMANCE})(?![^\W_])(?: (?i:{_ROMANCE_KINDS})(?![^\W_])){{0,3}}(?: (?i:de la|de los|de las|de|del|della|delle|dei|degli|di|do|da|dos|das|des|du)| (?i:d'|dell'))? ?(?:(?i:l'|d'|dell'))?(?:n[o°.] ?\d{{1,3}} (?i:de|di) )?(?!I ){_ROW}"
_ROMANCE_ALONE = r"(?<![^\W_])(?:Tribunal (?:Supremo|Constitucional|Constitutionnel)|Supremo Tribunal (?:Federal|de Justiça)|Superior Tribunal de Justiça|Conseil d'[EÉ]tat|[Cc]our de cassation|Corte di [Cc]assazione|Corte [Cc]ostituzionale|Corte Suprema|Cour des comptes|Audiencia Nacional)(?![^\W_])"
# German and Dutch compounds.
_GERMAN = rf"(?<![^\W_])(?:[{UPPER}]{LETTER}{{0,22}})?(?i:gericht(?:s|es|shof)?|krankenhaus(?:es)?|klinikums?|klinik|kliniken|universität|hochschule|ministerium|staatsanwaltschaft|sparkasse|volksbank|finanzamt|jobcenter|gymnasium|polizeipräsidium|landratsamt|rechtbank|gerechtshof|ziekenhuis|universiteit|hogeschool|gemeente|ministerie)(?: (?:des |der |für |am |im |van |te |'s-|Den |St\. ?)?(?:(?!Frau|Herr){CAPITALISED})(?:(?:-| am | an der | im | und | i\. ?)?{CAPITALISED}){{0,3}})"
_GERMAN_ALONE = r"(?<![^\W_])(?:Bundesverfassungsgericht|Bundesgerichtshof|Bundessozialgericht|Bundesarbeitsgericht|Bundesverwaltungsgericht|Bundesfinanzhof|Reichsgericht|Hoge Raad|Raad van State)(?:s|es)?(?![^\W_])"
_POLISH = rf"(?<![^\W_])(?:[Ss]ąd(?:u|em|zie|owi)?|[Ss]zpital(?:a|u|em|owi)?|[Uu]niwersytet(?:u|em|owi|cie)?|[Pp]olitechni(?:ka|ki|ce)|[Pp]rokuratur(?:a|y|ze)|[Mm]inisterstw(?:o|a|em)|[Uu]rz(?:ąd|ędu|ędzie)|[Kk]omend(?:a|y|zie)|[Bb]ank(?:u|iem)?|[Aa]kademi(?:a|i)|[Pp]rzychodni(?:a|i)|[Ll]iceum)(?: {CAPITALISED}){{1,4}}(?: (?:w|we|dla|i|im\.|przy|nad) {CAPITALISED}(?:[ -]{CAPITALISED}){{0,3}})?"
# Polish: the head begins the name, adjectives and nouns in capitals follow; or letters that all know.
_POLISH_HEADS = (
    r"Zakład(?:u|em|owi|zie)?|Fundusz(?:u|em|owi)?|Fundacj(?:a|i|ę|ą)|Stowarzyszeni(?:e|a|u|em)|Towarzystw(?:o|a|em|u)|Spółdzielni(?:a|i|ę|ą)|Instytut(?:u|em|owi|cie)?|Centrum|Klinik(?:a|i|ę|ą)|Klinice|Poradni(?:a|i|ę|ą)|Trybunał(?:u|em|owi)?"
    r"|Szkoł(?:a|y|ę|ą)|Szkole|Przedszkol(?:e|a|u)|Izb(?:a|y|ę|ą)|Izbie|Związ(?:ek|ku|kiem|kowi)|Federacj(?:a|i|ę|ą)|Agencj(?:a|i|ę|ą)|Inspekcj(?:a|i|ę|ą)|Inspektorat(?:u|em)?|Straż(?:y|ą)?|Komisj(?:a|i|ę|ą)|Komitet(?:u|em)?|Parti(?:a|i|ę|ą)|Teatr(?:u|em|ze)?|Muzeum|Poczt(?:a|y|ę|ą)|Kas(?:a|y|ę|ą)|Rad(?:a|y|ę|ą)|Radzie|Biur(?:o|a|u|em)|Urz(?:ąd|ędu|ędem|ędowi|ędzie)"
)
_POLISH_NAMES = rf"(?<![^\W_])(?:(?:{CAPITALISED}(?:ego|ej|emu|ym|ie|ą|a|y|i|e) )?(?:{_POLISH_HEADS})) {CAPITALISED}(?: {CAPITALISED}){{0,4}}(?: (?:w|we|dla|i|im\.|przy|nad|na rzecz|do spraw) {CAPITALISED}(?:[ -]{CAPITALISED}){{0,3}})?|(?<![^\W_])(?:ZUS|NFZ|KRUS|UOKiK|GUS|PKP|PZU|NBP|PKO BP|KNF|CBA|ABW|TVN|TVP|PZPN|SGK|TÜİK|TBMM|TRT|PTT|BDDK|RTÜK|YSK|TFF|BPJS|KPK|OJK|BUMN|KPU|PSSI|PLN|BPOM|MUI)(?:-?(?:u|em|owi|ie|[’']?[iıuüae]))?(?![^\W_])"
_RUSSIAN = rf"(?<![^\W_])(?:[{UPPER}][а-яё-]{{2,30}}(?:ий|ый|ой|ого|ому|им|ом|ая|ую|ое|ские|ских) ){{0,3}}(?:[а-яё]{{3,25}}(?:ий|ый|ой|ого|ому|им|ом|ая|ую|ое) ){{0,3}}(?:суд(?:а|у|ом|е)?|Суд(?:а|у|ом|е)?|больниц(?:а|ы|е|у|ей)|поликлиник(?:а|и|е|у)|университет(?:а|у|ом|е)?|институт(?:а|у|ом|е)?|академи(?:я|и|ю)|министерств(?:о|а|у|ом)|прокуратур(?:а|ы|е|у)|лице(?:й|я|е))(?: (?:г\. ?|города |по |Российской |имени |им\. ?)?(?:[{UPPER}][а-яё-]{{2,25}}|№ ?\d{{1,4}}|No ?\d{{1,4}})){{0,4}}"
_RUSSIAN_KNOWN = re.compile(rf"[{UPPER}]|№|No ?\d")
_TURKISH = rf"(?<![^\W_])(?:(?:[{UPPER}]{LETTER}{{1,20}}|\d{{1,2}}\.|ve) ){{1,5}}(?:Mahkemesi|Üniversitesi|Hastanesi|Bakanlığı|Belediyesi|Bankası|Müdürlüğü|Lisesi|Kurumu|Başkanlığı|Savcılığı|Başsavcılığı|Derneği|Vakfı|Kliniği|Fakültesi|Odası|Merkezi|Dairesi|Birliği|Kurulu|Partisi|Kulübü|Ajansı|Enstitüsü|Okulu|Koleji|Konseyi|Federasyonu|Sendikası|Komisyonu|Komutanlığı|Bürosu|Gazetesi|Noterliği|Eczanesi|Kaymakamlığı|Valiliği|Büyükelçiliği|Meclisi|Tabipliği|Şirketi|Holding|Sigorta|Kooperatifi|Polikliniği|Ocağı)(?:n[iıa]n?|ni|nu|nü|nun|nün|nde|nda|nden|ndan|ne|na)?(?![^\W_])|(?<![^\W_])(?:Yargıtay|Danıştay|Anayasa Mahkemesi|Sayıştay)(?![^\W_])"
_INDONESIAN = rf"(?<![^\W_])(?:Pengadilan (?:Negeri|Tinggi|Agama|Tata Usaha Negara)|Mahkamah (?:Agung|Konstitusi)|Rumah Sakit(?: Umum)?(?: Daerah| Ibu dan Anak)?|RSUD|RSUP|RSIA|RS|Universitas|Institut|Politeknik|Kementerian|Kejaksaan (?:Negeri|Tinggi|Agung)|Polres|Polda|Polsek|Puskesmas|Bank|Dinas|SMA|SMP|SD|SMK|Komisi|Badan|Lembaga|Majelis)(?: (?:Dr\.|{CAPITALISED}|\d{{1,3}})){{0,5}}"
_INDONESIAN_ALONE = re.compile(r"(?:Mahkamah (?:Agung|Konstitusi)|Kejaksaan Agung)$|\w+ \S")

_HAN = r"\u4e00-\u9fff"
_CHINESE = rf"[{_HAN}]{{2,16}}?(?:人民法院|中级法院|法院|人民检察院|检察院|附属[{_HAN}]{{0,4}}医院|医院|卫生院|醫院|大学|大學|学院|中学|小学|银行|銀行|公安局|派出所|税务局|教育局|民政局|人民政府|人民医院|研究所|研究院|出版社|委员会|仲裁委)"
_JAPANESE = rf"[{_HAN}々ァ-ヴー]{{2,14}}?(?:地方裁判所|家庭裁判所|高等裁判所|簡易裁判所|最高裁判所|裁判所|大学附属病院|大学病院|病院|クリニック|医院|大学院|大学|高等学校|高校|中学校|小学校|銀行|信用金庫|警察署|検察庁|市役所|区役所|研究所|協会|労働組合)|最高裁判所"
_KOREAN = r"(?<![\uac00-\ud7af])[\uac00-\ud7af]{2,14}?(?:지방법원|고등법원|가정법원|행정법원|헌법재판소|법원|지방검찰청|검찰청|경찰서|대학교병원|대학병원|병원|의원|대학교|고등학교|중학교|초등학교|은행|시청|구청|공사|공단|위원회|협회|재단)(?! ?(?:비|이용|진료|가는|갔))|(?<![\uac00-\ud7af])대법원"
_LEADING = re.compile(
    r".*(?:[,:是在到的了与和跟向对由经给从于为就读的,、に请請被把将將让讓叫去往至因按說说称稱找至已曾也都入]|毕业|畢業|考[上取]|录取|錄取|[任供就]职|任職|工作|来自|來自|联系|聯繫|抵达|起诉|起訴|住院|位于|原告|被告"
    r"|先生|女士|小姐|同学|同學|老师|老師|医生|醫生|律师|律師|某[甲乙丙丁某]?)(?=.{2})"
)
_GENERIC_KIND = re.compile(
    r"(?:公立|市立|町立|村立|県立|都立|国立|私立|同附属|投資|资金|資金決済|普通|地方|中央|当地|附近|一家|这家|本地|私の|你的|我的|一所|綜合|総合|大学|동네|일반|지역)(?:大学|大學|小学校?|中学校?|高校|高等学校|銀行|银行|病院|医院|법원|병원|은행|小学|中学)$"
)
_GENERIC = frozenset(
    [
        "人民法院",
        "这家医院",
        "当地医院",
        "本院",
        "大学",
        "这家银行",
        "私の大学",
        "一所大学",
        "小学",
        "中学",
        "你的银行",
        "我的银行",
    ]
)

_THAI_NAME = r"[\u0e01-\u0e2e\u0e40-\u0e44][\u0e01-\u0e4e]{2,20}(?![\u0e01-\u0e4e])"
_THAI = folded(
    rf"(?:ศาล(?:แพ่ง|อาญา|จังหวัด|แขวง|ปกครอง|แรงงาน|เยาวชน|อุทธรณ์|ฎีกา|รัฐธรรมนูญ)[\u0e01-\u0e4e]{{0,25}}|(?:โรงพยาบาล|รพ\.|มหาวิทยาลัย|กระทรวง|ธนาคาร|โรงเรียน|สถานีตำรวจ|สน\.|วิทยาลัย|มูลนิธิ|สมาคม) ?(?!ของ|ที่|และ|ใน|แห่งนี้|ไหน|ใกล้){_THAI_NAME})"
)
_ARABIC_WORD = r"(?!(?:في|من|على|إلى|الى|عن|مع|التي|الذي|بتاريخ|حكمها|حكما|هي|هو|يوم|قبل|بعد|فحصه|كان)(?![\u0621-\u064a]))[\u0621-\u064a]{2,15}"
_ARABIC = folded(
    rf"(?<![\u0621-\u064a])(?:ال)?(?:محكمة|مستشفى|جامعة|وزارة|مدرسة|نيابة|كلية|معهد|بلدية|هيئة|جمعية|مركز|عيادة|مصرف|بنك)(?<!المركز)(?<!الجامعة)(?<!المدرسة) {_ARABIC_WORD}(?: (?:ال[\u0621-\u064a]{{3,14}}|(?<=الملك )(?:عبد )?[\u0621-\u064a]{{3,12}}|(?<=الأمير )[\u0621-\u064a]{{3,10}})){{0,3}}"
)
_HINDI = folded(
    r"(?:(?!(?:को|में|ने|का|की|के|से|पर|और|यह|एक|है|वह|महिला|पुरुष|व|इस|उस|किसी|निजी|सरकारी) )[\u0900-\u0963]{2,15} ){1,3}(?:उच्च न्यायालय|जिला न्यायालय|न्यायालय|विश्वविद्यालय|अस्पताल|मंत्रालय|महाविद्यालय|बैंक|संस्थान|चिकित्सालय|आयोग)(?![\u0900-\u0963])|(?:सर्वोच्च|उच्चतम) न्यायालय"
)


def _english(match: re.Match[str]) -> Verdict | None:
    start = match.start()
    while opener := _SENTENCE_WORDS.match(match.string, start, match.end()):
        start = opener.end()
    words = match.string[start : match.end()].split()
    return (start, match.end(), 0.6) if len(words) > 1 else None


def _whole(match: re.Match[str]) -> Verdict:
    return match.start(), match.end(), 0.6


def _russian(match: re.Match[str]) -> Verdict | None:
    return (
        (match.start(), match.end(), 0.6)
        if _RUSSIAN_KNOWN.search(match[0]) and " " in match[0]
        else None
    )


def _indonesian(match: re.Match[str]) -> Verdict | None:
    return (match.start(), match.end(), 0.6) if _INDONESIAN_ALONE.match(match[0]) else None


def _east_asian(match: re.Match[str]) -> Verdict | None:
    leading = _LEADING.match(match[0][:-2])
    start = match.start() + (leading.end() if leading else 0)
    value = match.string[start : match.end()]
    return (
        (start, match.end(), 0.6)
        if len(value) > 3 and value not in _GENERIC and not _GENERIC_KIND.match(value)
        else None
    )


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        ReviewedRecognizer("ORGANIZATION", [(_ENGLISH, 0.6), (_ENGLISH_OF, 0.6)], name="Institutions", review=_english, is_unicode=True, is_case_sensitive=True),
        ReviewedRecognizer(
            "ORGANIZATION",
            [(_ROMANCE_NAME, 0.6), (_ROMANCE_ALONE, 0.65), (_GERMAN, 0.6), (_GERMAN_ALONE, 0.65), (_POLISH, 0.6), (_POLISH_NAMES, 0.6), (_TURKISH, 0.6)],
            name="EuropeanInstitutions",
            review=_whole,
            is_unicode=True,
            is_case_sensitive=True,
        ),
        ReviewedRecognizer("ORGANIZATION", [(_RUSSIAN, 0.6)], name="RussianInstitutions", review=_russian, is_unicode=True, is_case_sensitive=True),
        ReviewedRecognizer("ORGANIZATION", [(_INDONESIAN, 0.6)], name="IndonesianInstitutions", review=_indonesian, is_unicode=True, is_case_sensitive=True),
        ReviewedRecognizer("ORGANIZATION", [(_CHINESE, 0.6), (_JAPANESE, 0.6), (_KOREAN, 0.6)], name="EastAsianInstitutions", review=_east_asian, is_east_asian=True, is_unicode=True),
        ReviewedRecognizer("ORGANIZATION", [(_THAI, 0.6), (_ARABIC, 0.5), (_HINDI, 0.6)], name="InstitutionsOfTouchingScripts", review=_whole, is_unicode=True),
    ]  # fmt: skip
