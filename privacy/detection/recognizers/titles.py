"""Titles of address before a name, and what people are by trade where a text says so."""

from privacy.detection.recognizers.letters import UPPER, folded
from privacy.detection.recognizers.recognizer import GatedRecognizer
from privacy.detection.spans import Reason

_SHORT = r"mr|mrs|ms|mx|dr|prof|rev|hon|sgt|capt|hr|dipl\.-ing|mag|ing|mme|mlle|sra?|srta|srtas|d\.a|lic|sig|sig\.ra|sig\.na|sigg|dott|dott\.ssa|avv|geom|exmo|exma|mevr|dhr|mw|drs|av|doç|bpk|ny|sdr|sdri|г-н|г-жа|гр"
_WHOLE = (
    r"miss|professor|sir|lady|lord|reverend|judge|justice|doctor|herrn?|frau|fräulein|monsieur|madame|mademoiselle|messieurs|maître|señora?|señorita|don|doña|signora?|signorina|avvocato|senhora?|senhorita|meneer|mevrouw"
    r"|pan|pani|pana|panu|panem|panią|panowie|państwo|sayın|doktor|bapak|ibu|tuan|nyonya|saudara|saudari|haji|hajjah|ustadz|господин|господину|госпожа|госпоже|доктор|профессор|гражданин|гражданка|товарищ|судья|адвокат|пан|пані"
)
_BEFORE_NAMES = (
    rf"(?<![^\W_])(?P<value>(?i:{_SHORT})(?:\.|(?= ))(?: (?i:dr|prof|med|mult|ing|dipl)\.)*)(?= ?[{UPPER}][^\W\d_])",
    rf"(?<![^\W_])(?P<value>(?i:{_WHOLE})(?: (?i:dr|prof|med|mult|ing|dipl)\.)*)(?= [{UPPER}][^\W\d_])",
)
_AFTER_NAMES = (
    r"(?<=[a-zçğıöşü] )(?P<value>Bey|Hanım|Beyefendi|Hanımefendi|Hoca)(?:'?[a-zçğıöşü]{0,4})(?![^\W_])",
    r"(?<=, )(?:Esq\.?|Jr\.?|Ph\.?D\.?|M\.?D\.?|MBA|RN|QC|KC)(?![^\W_])",
)
_TOUCHING = [
    folded(r"(?<![\u0621-\u064a])(?:السيدة|السيد|الآنسة|الدكتورة|الدكتور|الأستاذة|الأستاذ|المهندسة|المهندس|الشيخ|الحاج|القاضي|المحامي|الأمير|د\.|أ\.|م\.)(?= ?[\u0621-\u064a]{2})"),
    folded(r"(?<![\u0900-\u0963])(?:श्रीमती|श्रीमान|श्री|सुश्री|कुमारी|डॉक्टर|डॉ\.?|डा\.|प्रो\.|प्रोफेसर|पंडित|न्यायमूर्ति|एडवोकेट)(?= ?[\u0900-\u0963]{2})"),
    folded(r"(?<![\u0e01-\u0e4e])(?:นางสาว|นาง(?!เอก|ใน|แบบ|ฟ้า)|นาย(?!มัน|จ้าง|หน้า|ก|ทุน|ๆ|ท้าย)|น\.ส\.|ด\.ช\.|ด\.ญ\.|เด็กชาย|เด็กหญิง|ดร\.|ศ\.ดร\.|รศ\.ดร\.|ผศ\.ดร\.|รศ\.|ผศ\.|ศ\.|นพ\.|พญ\.|พ\.ต\.อ\.|พล\.อ\.|ร\.ต\.)(?= ?[\u0e01-\u0e2e\u0e40-\u0e44][\u0e01-\u0e4e]{2})"),
    r"(?<=[\u4e00-\u9fff])(?:先生|女士|小姐|太太|教授|博士|医生|律师|法官|主任|经理|老师|院长|處長)(?![\u4e00-\u9fff]{0}们)",
    r"(?<=[\u4e00-\u9fff々ァ-ヴー])(?:教授|准教授|博士|先生|弁護士|裁判官|医師)(?![\u4e00-\u9fff])",
    r"(?<=[\uac00-\ud7af])(?: ?)(?P<value>교수|박사|변호사|판사|검사|원장|선생님|과장|부장|대리|사장|대표)(?=님|[은는이가의에을를,. ]|$)",
]  # fmt: skip
_HEADS = (
    r"administrator|manager|director|engineer|technician|specialist|consultant|clerk|attendant|operator|installer|driver|cleaner|nurse|accountant|teacher|lecturer|professor|librarian|analyst|assistant|officer|supervisor|coordinator|representative"
    r"|designer|developer|programmer|architect|electrician|plumber|mechanic|carpenter|painter|welder|farmer|gardener|baker|butcher|cook|chef|waiter|waitress|bartender|cashier|salesman|saleswoman|salesperson|agent|broker|lawyer|attorney|solicitor|barrister"
    r"|paralegal|judge|soldier|sailor|pilot|physician|surgeon|dentist|pharmacist|veterinarian|psychologist|psychiatrist|therapist|paramedic|midwife|radiographer|echocardiographer|sonographer|scientist|biologist|chemist|physicist|economist|statistician|geologist"
    r"|journalist|reporter|editor|writer|author|translator|interpreter|photographer|actor|actress|musician|singer|dancer|artist|sculptor|producer|receptionist|secretary|treasurer|auditor|actuary|controller|distributor|dispatcher|inspector|surveyor|planner|scheduler"
    r"|buyer|trader|banker|teller|underwriter|adjuster|investigator|detective|guard|firefighter|policeman|policewoman|constable|sergeant|janitor|housekeeper|maid|nanny|caregiver|counselor|counsellor|tutor|trainer|coach|instructor|curator|archivist|historian"
    r"|optician|optometrist|dietitian|nutritionist|hairdresser|barber|beautician|tailor|seamstress|jeweler|watchmaker|machinist|assembler|fabricator|foreman|laborer|labourer|miner|roofer|mason|glazier|builder|contractor|estimator|logistician|courier|postman"
    r"|recruiter|auctioneer|appraiser|caretaker|porter|steward|stewardess|fisherman|forester|logger|rancher|breeder|trapper|worker|aide|tester|repairer|setter|tender|grader|sorter|packer|stocker|loader|conductor|captain|entrepreneur|ceo|cto|cfo|student"
    r"|cutter|finisher|polisher|grinder|roaster|presser|molder|caster|drafter|draftsman|examiner|checker|tuner|dealer|leader|minister|provider|helper|handler|weaver|knitter|upholsterer|bookkeeper|typist|processor|collector|announcer|composer|choreographer"
    r"|researcher|marketer|merchandiser|model|umpire|referee|athlete|jockey|lifeguard|usher|concierge|guide|host|hostess|dishwasher|mortician|marshal|bailiff|ranger|warden|superintendent|principal|dean|magistrate|mediator|arbitrator|mayor|senator|executive"
    r"|president|chairman|chairwoman|strategist|advisor|adviser|fundraiser|organizer|negotiator|intern|apprentice|trainee|volunteer|freelancer|owner|founder|partner|associate|expert|practitioner|[a-z]{3,14}(?:ologist|ician|grapher|keeper|maker|smith|wright|eer|ist)"
)
_TRADE = rf"(?:[a-z][a-z'/&,-]{{1,18}} ){{0,5}}(?:{_HEADS})(?: (?:of|for) [a-z]{{2,16}}(?: [a-z]{{2,16}}){{0,3}}| \([a-z ]{{3,20}}\))?"
# A line of its own under a line that could be a name.
_LINE = rf"(?<=\n)>?[ \t]{{0,4}}(?P<value>{_TRADE})[ \t]{{0,3}}(?=\n)"
_CUES = r"(?:job title|occupation|profession|position|role|beruf|tätigkeit|métier|profesión|ocupación|profissão|professione|beroep|zawód|stanowisko|meslek|mesleği|pekerjaan|профессия|должность|職業|职业|직업|อาชีพ|المهنة|मหनत|पेशा) ?[:=] ?(?P<value>[^\W\d_]{2,20}(?: [^\W\d_]{2,20}){0,3})"
_WORKS = (
    rf"(?<![^\W_])(?:hired|appointed|promoted|joined|joins|serves?|served|serving|became|become|named|looking for|hiring)(?: (?:as|to|us as))? (?:an? |the |our |their )?(?P<value>{_TRADE})(?![^\W_])",
    rf"(?<=, )(?P<value>{_TRADE})(?= (?:at|of|for|with) [^\W\d_])",
    rf"(?<![^\W_])(?:works?|worked|working|employed|job|trained|retired) as (?:an? |the )?(?P<value>{_TRADE})(?![^\W_])",
    rf"(?<![^\W_])(?:i am|i'm|he is|she is|she's|he's|am now) an? (?P<value>{_TRADE})(?![^\W_])",
)


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        GatedRecognizer("TITLE", [*((one, 0.5) for one in _BEFORE_NAMES), *((one, 0.5) for one in _AFTER_NAMES)], name="Titles", is_unicode=True, is_case_sensitive=True),
        GatedRecognizer("TITLE", [(pattern, 0.5) for pattern in _TOUCHING], name="TitlesOfTouchingScripts", is_unicode=True),
        GatedRecognizer("TITLE", [(_LINE, 0.5)], name="TradeLines", needs="\n", is_unicode=True),
        GatedRecognizer("TITLE", [(_CUES, 0.5), *((one, 0.45) for one in _WORKS)], name="Trades", is_unicode=True, reason=Reason.CUE),
    ]  # fmt: skip
