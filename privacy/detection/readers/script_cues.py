"""Titles, cues and endings of names in languages that have no reader of their own.

Ukrainian, Belarusian, Bulgarian, Serbian, Macedonian, Kazakh, Greek, Armenian, Georgian, Hebrew,
Bengali, Tamil, Romanian, Czech, Slovak, Croatian, Slovenian, Hungarian, Swedish, Danish, Norwegian,
Finnish, Estonian, Latvian, Lithuanian and Vietnamese.
"""

import re

from privacy.detection.readers.words import words

TITLES = words(
    """
    пан пані пана пану паном панові панна добродій добродійка доктор доктора лікар лікарка лікаря гр громадянин громадянка громадянина позивач відповідач відповідачка позивачка підсудний підсудна
    свідок потерпілий суддя судді адвокат пацієнт пацієнтка пацієнта пацієнтки менеджер менеджерка оператор кур'єр
    господин госпожа г-н г-жа д-р съдия адвокат ищец ответник пациент пациентка лекар лекарят свидетел свидетелят
    господине госпођа господа др судија тужилац тужени сведок пацијент
    мырза ханым
    κ κα κος κυρία κύριος κύριε κυρίας κύριο κυρίου δρ ιατρός γιατρός γιατρό δικηγόρος δικαστής μάρτυρας κατηγορούμενος κατηγορουμένου ενάγων εναγόμενος ασθενής ασθενούς
    պարոն տիկին օրիորդ բժիշկ
    ბატონი ქალბატონი ექიმი
    מר גב' גברת אדון ד"ר דר' ד״ר פרופ' פרופ עו"ד עו״ד רב הרב השופט השופטת כב' הנתבע הנתבעת התובע התובעת הנאשם הנאשמת העד העדה החולה המטופל המטופלת
    জনাব মিসেস শ্রী শ্রীমতী ডাঃ ডা ড மிஸ்டர் திரு திருமதி டாக்டர்
    domnul domnului doamna doamnei domnișoara dl dna dr avocat avocatul judecător judecătorul doctorul martorul inculpatul inculpata reclamantul reclamanta pârâtul pârâta pacientul pacienta pacientului
    pan pana panu panem paní pání slečna slečny mudr judr ing mgr bc doktor doktora lékař soudce soudkyně žalobce žalobkyně žalovaný žalovaná obžalovaný svědek pacient pacientka pacienta pacientky
    herr herrn fru fröken doktor läkare domare rådman advokat åklagare vittnet målsäganden käranden svaranden patienten överläkare tilltalade
    gospodin gospođa gospa gospod gospodična
    ông bà anh chị cô chú bác em bị
    rouva neiti tohtori lääkäri tuomari asianajaja potilas härra proua kungs kundze ponas ponia
    úr asszony
    mr mrs ms mister miss
    дочка дочку доньку донька син сина чоловік дружина дружину сестра брат мама кур'єр кур’єр майстер майстру дъщеря дъщеря син синът съпругът съпругата ћерка син муж жена
    κόρη γιος γιο σύζυγος αδελφή αδελφός μητέρα πατέρας κούριερ τεχνικός
    dcera dceru syn syna manžel manželka sestra bratr matka kurýr technik operátor dcéra manželka
    dotter son fru make maka syster bror mamma pappa kuriren tekniker operatör budet datter søn sønn kone
    fiul fiica soțul soția sora fratele mama curierul agentul operatorul tehnicianul
    vợ chồng
    """
) - words("em bị pan úr rab")
TOWNS = words(
    "місто місті міста м село селі область області град гр. село област град граду πόλη πόλης δήμος νομός"
    " עיר העיר orașul oraș județul comuna satul město městě obec obci okres stad staden kommun kaupunki"
) - words("м")
ORDINARY = words(
    """
    я ти ви ми він вона воно вони це цей ця що як де коли чому але або та й і в у на з за до від для не так ні дякую добрий день вітаю доброго дня привіт будь ласка скажіть моє мій моя мене мені вас вам замовлення
    аз ти вие ние той тя това как кога къде защо но или и в на с за до от не да моля благодаря здравейте добър ден моята моят мен поръчка поръчката
    ја ви ми он она то како где кад хвала молим добар дан
    εγώ εσείς εμείς αυτός αυτή αυτό τι πώς πού πότε γιατί αλλά ή και σε στο στη στην στον από για με να δεν όχι ναι ευχαριστώ παρακαλώ καλημέρα καλησπέρα γεια σας μου μας το τα τη την της του των ο η οι παραγγελία
    אני אתה את אתם אנחנו הוא היא זה זאת מה איך איפה מתי למה אבל או של על עם לא כן תודה בבקשה שלום היי שלי שלך לי לך הזמנה ההזמנה כתוב רשום מופיע לא
    bună ziua salut mulțumesc vă rog nu da și sau eu tu noi voi el ea este sunt comanda mea meu unde când de ce la în pe cu din pentru
    dobrý den děkuji prosím ne ano já ty vy my on ona to je jsem objednávka moje můj kde kdy proč na v s z do od pro
    hej tack nej ja jag du vi ni han hon det är min mitt mina beställning var när varför på i med från till för god morgon kväll vänligen
    xin chào cảm ơn không có tôi bạn anh chị em là của đơn hàng khi nào ở đâu và hoặc với cho từ đến
    terve hei kiitos ei kyllä minä sinä me te hän se on tilaus missä milloin miksi
    jó napot köszönöm nem igen én te ő mi ti ez az van rendelés hol mikor miért
    the and you for not are was this that have has please thanks hello order
    """
)
PREPOSITIONS = words(
    "în din la i från till til v ve z ze do в у з із від до из от σε στο στη στην στον από ở tại từ"
)
VIETNAMESE_MIDDLE = words("thị văn")
VIETNAMESE_FAMILIES = words(
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh trịnh đào lâm trương tô châu quách"
)
SURE_FAMILY = re.compile(
    r"(?:[^\W\d_]{2,}(?:енк[оаиу]|єнк[оаиу]|чук(?:а|у|ом|ові)?|ськ(?:ий|ого|ому|им|а|ої|ій|ою)|цьк(?:ий|ого|ому|им|а|ої|ій|ою)|швили|дзе|[шч]ић|овић|евић"
    r"|[όο]πουλ(?:ος|ο|ου|ε)|οπο[ύυ]λου|[ίι]δης|[ίι]δη|[άα]κης|[άα]δης|[ίι]δου|[άα]δου"
    r"|յան|յանի|швілі|შვილი|შვილს|ძე|ძეს|ოვა|იანი"
    r"|escu|eanu|sson|ssons|dóttir|oğlu|oglu|opoulos|idis|akis|shvili|adze|ović|ević|čić|enko|chuk|yan|skas|skienė|aitis|auskas))$"
)
FAMILY = re.compile(
    r"[^\W\d_]{2,}(?:ов|ев|єв|ёв|ін|їн|ин|ів|ова|ева|єва|іна|їна|ина|ик|як|юк|ук|ак|ко|ски|ска|чев|чева|ий|ович|евич|ић|λης|της|ρης|νης|τος|κος|λος|ρας|ού|υ|escu|ean|ar|aru|ová|ové|ovou|nen|nenin|ák|ek|ka|ský|ská|berg|ström|lund|gren|qvist|kvist|man|dahl|stedt|ling|kov|kova|ić|ič|sen|gaard|vik|las|mäki|järvi|salo|la|lä|nagy|kovács|i)$"
)
PATRONYMIC = re.compile(
    r"[^\W\d_]{2,}(?:[оеє]вич(?:а|у|ем|ем|еві)?|йович(?:а|у|ем|еві)?|[оеєї]вн(?:а|и|і|у|ою)|ївн(?:а|и|і|у|ою)|инична)$"
)
CUES = re.compile(
    r"(?i)(?P<Q>(?<!\w)(?:(?:мене|мені|її|його) звати|мене звуть|моє ім'я|моє ім’я|звати мене|на ім'я|на прізвище|прізвище|одержувач(?=:)|отримувач(?=:)|піб"
    r"|казвам се|името ми е|се казва|аз съм|получател(?=:)|зовем се|моје име је|зове се|име(?=:)|ім'я(?=:)|менің атым|атым"
    r"|με λένε|ονομάζομαι|το όνομά μου είναι|λέγομαι|τον λένε|τη λένε|την λένε|ονόματι|ονοματεπώνυμο|όνομα(?=:)|παραλήπτης(?=:)"
    r"|שמי|הבת שלי|הבן שלי|אשתי|בעלי|אחי|אחותי|קוראים לי|השם שלי|שמי הוא|שמה|קוראים לו|קוראים לה|שם מלא(?=:)|שם(?=:)|שם הלקוח|בשם|"
    r"մ?իմ անունն?|ჩემი სახელია|მე მქვია|მქვია|আমার নাম|নাম(?=:)|என் பெயர்|பெயர்(?=:)"
    r"|mă numesc|numele meu este|mă cheamă|se numește|pe nume|nume(?=:)|destinatar(?=:)"
    r"|jmenuji se|jmenuju se|mé jméno je|moje jméno je|jméno(?=:)|jmenuje se|příjemce(?=:)|volám sa|moje meno je|zovem se|moje ime je|ime(?=:)"
    r"|jag heter|mitt namn är|mitt namn|som heter|heter|namn(?=:)|jeg hedder|mit navn er|jeg heter|mitt navn er|navn(?=:)|nimeni on|olen nimeltäni|nimi(?=:)|mottagare(?=:)"
    r"|a nevem|név(?=:)|minu nimi on|mani sauc|mano vardas|tên (?:tôi|em|mình|anh|chị) là|tôi tên là|tôi tên|mình tên là|em tên là|tên là|họ (?:và )?tên(?=:)|người nhận(?=:)"
    r")(?!\w)[ :,-]{1,3})"
    r"|(?P<Z>(?<!\w)(?:з повагою|с уважение|поздрави|с поштовањем|με εκτίμηση|με εκτιμηση|φιλικά|φιλικα|בברכה|בכבוד רב|תודה מראש|בתודה|cu stimă|cu respect|toate cele bune|s pozdravem|se srdečným pozdravem|s pozdravom|děkuji předem|srdačan pozdrav|lep pozdrav"
    r"|med vänlig(?:a)? hälsning(?:ar)?|vänlig(?:a)? hälsning(?:ar)?|vänligen|mvh|hälsningar|med venlig hilsen|mvh|vennlig hilsen|med vennlig hilsen|ystävällisin terveisin|terveisin|üdvözlettel|tisztelettel|trân trọng|thân ái|cảm ơn|lugupidamisega|ar cieņu|pagarbiai)(?!\w)[ ,.!\n-]{1,5})"
)
