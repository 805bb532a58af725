"""Names that give themselves away: by "my name is", by a title, by greeting and sign-off.

Works in any language on the list without a model, and beside a model where there is one.
"""

from privacy.detection.recognizers.letters import FULL_NAME, LETTER, NAME_WORD, PARTICLE
from privacy.detection.recognizers.recognizer import GatedRecognizer
from privacy.detection.spans import Reason

_INTRODUCTIONS = (
    r"my (?:full |first |last |sur)?name(?:'s| is)|name's|i am called|you can call me|under the name(?: of)?"
    r"|mein name ist|ich heiße|ich heisse|mein name lautet|je m'appelle|mon nom est|je suis (?:monsieur|madame)|me llamo|mi nombre es"
    r"|mi chiamo|il mio nome è|mijn naam is|ik heet|nazywam się|mam na imię|moje imię to|me chamo|meu nome é|o meu nome é|chamo-me"
    r"|jag heter|mitt namn är|jeg hedder|mit navn er|jeg heter|nimeni on|jmenuji se|numele meu este|mă numesc|a nevem|benim adım|adım"
    r"|меня зовут|моё имя|с уважением,?|мене звати|με λένε|ονομάζομαι|tên tôi là"
    r"|nama (?:lengkap )?(?:saya|aku|gue|gw|ku)(?: adalah)?|namaku|saya bernama|bernama|atas nama|perkenalkan,? saya|(?:benim )?ismim|adım soyadım"
    r"|in the name of|made out to|registered to|(?:auf|unter) (?:den|dem) namen?|au nom de|a nombre de|(?:em|no) nome de|a nome di|intestat[oa] a|op naam van|onder de naam"
    r"|na nazwisko|na imię(?: mi)?|moje nazwisko to|mam na nazwisko|meu nome completo é|mi nombre completo es|mio nome e cognome è"
)
# Weaker cues: what follows is a name only if it has two words, or says that it speaks.
_APPEARANCES = (
    r"this is|speaking with|spoke (?:to|with)|call me|i am|i'm|hier (?:ist|spricht|schreibt)|je suis|ici|c'est|soy|aquí|sono|ik ben|met|jestem|sou|aqui é"
    r"|tu mówi|mówi|tutaj|ben|saya|represented by|vertreten durch|représentée? par|representad[oa] por|rappresentat[oa] da|vertegenwoordigd door|reprezentowan[yae] przez|diwakili(?: oleh)?"
)
_FIELDS = (
    r"(?:full |first |last |sur|customer |account |contact |card ?holder )?name|recipient|attn|attention|contact person|cardholder"
    r"|(?:vor|nach|familien)?name|ansprechpartner|empfänger|kunde|nom|prénom|destinataire|nombre|apellidos?|destinatario|cognome|nome"
    r"|naam|voornaam|achternaam|imię(?: i nazwisko)?|nazwisko|nome completo|from|to|von|an|cc|signed|sender"
    r"|ad(?:ı)?|soyad(?:ı)?|adı? soyadı?|isim|alıcı|gönderen|teslim alan|nama(?: lengkap| penerima| pasien)?|penerima|pengirim|odbiorca|nadawca|ontvanger|afzender|absender|expéditeur|remitente|remetente|mittente"
)
_TITLES = (
    r"mr|mrs|ms|miss|mx|dr|prof|(?:sir|lady|lord|madame|monsieur|professor|meneer|mevrouw|signora?)(?!\.)|herrn?|frau|fräulein|mademoiselle|mme|mlle|señora?|señorita|sra?|srta|don|doña"
    r"|sig|sig\.ra|sig\.na|dott|dott\.ssa|avv|ing|heer|mevr|dhr|mw|pan|pani|panie|pana|dona|senhora?|herra|rouva|hr|fru|bay|bayan|sayın|bapak|ibu|nyonya|panem|panią|г-н|г-жа"
)
_GREETINGS = (
    r"dear|hi|hello|hey|good (?:morning|afternoon|evening)|hallo|guten (?:tag|morgen|abend)|liebe[rs]?|moin|servus|sehr geehrte[rs]?"
    r"|bonjour|bonsoir|salut|cher|chère|coucou|hola|buenos días|buenas tardes|estimad[oa]s?|querid[oa]|ciao|buongiorno|buonasera|salve|gentile|car[oa]|egregio"
    r"|beste|geachte|dag|goedemorgen|goedemiddag|cześć|dzień dobry|witam|droga|drogi|szanown[yai]|olá|oi|bom dia|boa tarde|boa noite|prezad[oa]|car[oa]|caríssim[oa]"
    r"|merhaba|selam|sevgili|halo|hai|kepada yth\.?|yth\.?"
)
_SIGN_OFFS = (
    r"(?:kind|best|warm|warmest|many|with) (?:regards|wishes)|regards|best|cheers|sincerely|yours(?: sincerely| faithfully| truly)?|thanks(?: again| a lot| so much)?|thank you(?: very much| so much)?|many thanks|thx"
    r"|mit (?:freundlichen|besten|herzlichen|vielen|lieben) grü(?:ß|ss)en|(?:viele|liebe|beste|freundliche|herzliche|schöne) grü(?:ß|ss)e|gruß|lg|mfg|vg|(?:vielen )?dank(?:e)?(?: im voraus)?"
    r"|(?:bien )?cordialement|bien à vous|cdlt|salutations(?: distinguées)?|merci(?: d'avance)?|amicalement|(?:un )?saludos?(?: cordiales)?|atentamente|(?:muchas )?gracias|un abrazo"
    r"|(?:cordiali|distinti) saluti|saluti|grazie(?: mille)?|cordialmente|(?:met )?vriendelijke groet(?:en)?|groet(?:en|jes)?|mvg|alvast bedankt|bedankt"
    r"|z poważaniem|pozdrawiam|pozdrowienia|dziękuję|z wyrazami szacunku|atenciosamente|att|cumprimentos|abraços?|(?:muito )?obrigad[oa]|grat[oa]"
    r"|saygılarımla|saygılar|sevgiler|teşekkürler|iyi günler|salam(?: hormat)?|hormat (?:saya|kami)|terima kasih|makasih"
)
# What may follow a cue in lower case and is no name.
_NO_NAMES = (
    r"(?:a|an|the|not|in|on|at|to|for|from|with|of|is|are|was|it|its|my|your|our|his|her|their|this|that|these|those|there|here|and|or|but|so|very|too|also|just|still|really|please|wrong|misspelled"
    r"|spelled|incorrect|correct|listed|under|registered|what|why|how|who|when|where|which|about|regarding|urgent|ridiculous|again|all|back|asap|soon|later|tomorrow|today|now|if|as|by|up|out|no|yes|ok"
    r"|der|die|das|ein|eine|nicht|falsch|und|ist|im|ich|le|la|les|un|une|pas|et|el|los|una|no|y|il|lo|non|e|o|os|um|uma|não|na|do|da|de|het|een|niet|en|nie|nu|me|perusahaan|instansi|sendiri|pribadi|orang|pemilik|siapa|toko|yang|adresi|kendi|firma|şirket|firmy|własne|team|sir|madam|support|service|everyone|all|there|guys|folks)"
)
# Capitalised words that stand where a name could: roles, courtesies, and what German capitalises.
_ROLES = (
    r"(?:sir|madam|ma'am|team|all|everyone|support|service|customer|client|there|friend|bot|agent|thanks|regards|damen|herren|herrn?|frau|kunden?|kundin"
    r"|gr(?:ü|u)(?:ß|ss)en?|dank|zusammen|leute|madame|monsieur|messieurs|mesdames|mademoiselle|client|service|equipo|señor(?:a|es)?|cliente|clientes|signor[ae]?"
    r"|signori|allen|heer|mevrouw|dames|klant|pa[nń](?:stwo|ie|i)?|zespół|senhor(?:a|es)?|equipe|todos|amazon|google|apple|happy|very|not|just|the|a|arkadaşlar|hocam|herkese|müşterimiz|yetkili|tim|semua|kak|kakak|admin|min|bapak|ibu|guru|pelanggan)"
)
_LOWER_WORD = rf"(?!{_NO_NAMES}\b){LETTER}{{2,20}}(?:[-']{LETTER}{{2,20}})?"
_LOWER_NAME = (
    rf"{_LOWER_WORD}(?: {_LOWER_WORD})?(?=\s*(?:$|[.,;:!?\n)]| and | und | et | y | e | en | i ))"
)
# The commonest Chinese family names cover some nine people in ten.
_CHINESE_FAMILY = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤张陳劉楊黃趙吳馬羅鄭謝許韓馮鄧呂蘇葉蔣盧鍾譚陸賈鄒"
_KOREAN_FAMILY = "김이박최정강조윤장임한오서신권황안송류유홍전고문손양배백허남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모"

# What 様 and 님 follow that is no name.
_JAPANESE_ROLES = "者客皆方社店員長主殿仕同模多有神王奥姫先人家親元校"
_KOREAN_ROLES = "이용자|구매자|주문자|소비자|신청자|구독자|예약자|상담원|판매자|기획자|조합원|안내원|이웃님|임차인|임대인|주인장|선생님|고객님"


def _unfold(pattern: str) -> str:
    """Let the words of a cue match in any case while the name that follows keeps its capitals."""
    return rf"(?i:{pattern})"


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    border = r"(?<![^\W_])"
    name = rf"(?!{_unfold(_ROLES)}\b){FULL_NAME}"
    return [
        GatedRecognizer(
            "PERSON",
            [
                (rf"{border}{_unfold(_INTRODUCTIONS)}[ :,]{{1,3}}(?:{_unfold(_TITLES)}\.? )?(?P<value>{name})", 0.8),
                (rf"{border}{_unfold(_INTRODUCTIONS)} (?P<value>{_LOWER_NAME})", 0.6),
            ],
            name="Introductions",
            words=("name", "naam", "navn", "namn", "nom", "call", "appelle", "imię", "heiß", "heiss", "heet", "llam", "chiam", "cham", "nazywam", "heter", "hedder",
                   "nimeni", "jmenuji", "nume", "nevem", "adım", "зовут", "имя", "звати", "λένε", "nama", "tên", "уваж", "je suis", "ismim", "adım", "made out", "registered to", "nome", "nombre", "nazw", "intestat"),
            is_unicode=True,
            is_case_sensitive=True,
            reason=Reason.CUE,
        ),
        GatedRecognizer(
            "PERSON",
            [
                (rf"{border}{_unfold(_APPEARANCES)} (?P<value>(?!{_unfold(_ROLES)}\b){NAME_WORD}(?: (?:{PARTICLE} )?{NAME_WORD}){{1,3}})", 0.6),
                (rf"{border}{_unfold(_APPEARANCES)} (?P<value>(?!{_unfold(_ROLES)}\b){NAME_WORD})(?= (?:here|speaking|calling|from|again)\b)", 0.6),
            ],
            name="Appearances",
            is_unicode=True,
            is_case_sensitive=True,
            reason=Reason.CUE,
        ),
        GatedRecognizer(
            "PERSON",
            [(rf"(?:^|[,;|] ?){_unfold(_FIELDS)} ?: *(?P<value>{FULL_NAME})(?=\s*(?:$|[,;|\n<(]))", 0.6)],
            name="NameFields",
            needs=":",
            is_unicode=True,
            is_case_sensitive=True,
            reason=Reason.CUE,
        ),
        GatedRecognizer(
            "PERSON",
            [
                (rf"{border}(?P<value>{_unfold(_TITLES)}\.? (?:(?:{_unfold('dr|prof|mag|ing|dipl|ir|drs|dra|hj|h|kh|mec|mgr|inż|hab|doç|uzm|op|av')})\.?[ -]?){{0,2}}(?:{PARTICLE} )?{name})", 0.8),
            ],
            name="TitledNames",
            is_unicode=True,
            is_case_sensitive=True,
            reason=Reason.CUE,
        ),
        GatedRecognizer(
            "PERSON",
            [
                (rf"(?:^|[.!?] ){_unfold(_GREETINGS)},? (?P<value>(?!{_unfold(_NO_NAMES)}\b){name})(?=\s*(?:[,!:.\n]|$))", 0.6),
            ],
            name="Greetings",
            is_unicode=True,
            is_case_sensitive=True,
            reason=Reason.CUE,
        ),
        GatedRecognizer(
            "PERSON",
            [
                (rf"(?:^|[\n.!?,] ?){_unfold(_SIGN_OFFS)} ?[,.!:-]* *\n\s*(?:- ?)?(?P<value>(?!{_unfold(_SIGN_OFFS)})(?:{_unfold(_TITLES)}\.? )?{name})(?=[ \t]*(?:$|[,.|\n]))", 0.7),
                (rf"(?:^|[\n.!?,] ?){_unfold(_SIGN_OFFS)} ?[,.!:-]*\s*\n\s*(?P<value>{_LOWER_WORD}(?: {_LOWER_WORD})?)(?=[\s.]*\Z)", 0.5),
            ],
            name="SignOffs",
            needs="\n",
            is_unicode=True,
            is_case_sensitive=True,
            reason=Reason.CUE,
        ),
        GatedRecognizer(
            "PERSON",
            [
                (rf"(?:^|[\n.!?,] ?){_unfold(_SIGN_OFFS)} ?[,.!:-]+ *(?:- ?)?(?P<value>(?!{_unfold(_SIGN_OFFS)}){name})(?=[\s.]*\Z)", 0.6),
            ],
            name="LastWords",
            is_unicode=True,
            is_case_sensitive=True,
            reason=Reason.CUE,
        ),
        GatedRecognizer(
            "PERSON",
            [
                (rf"(?:我叫|我的名字(?:叫|是)|本人叫?|我名叫|姓名[::是为]?|联系人[::是为]?|收件人[::是为]?|收货人[::是为]?)[ :]?(?P<value>[{_CHINESE_FAMILY}][\u4e00-\u9fff]{{1,2}})(?=[,。,!!;;、\s)]|$)", 0.8),
                (rf"(?<![\u4e00-\u9fff])(?P<value>[{_CHINESE_FAMILY}](?![何意])[\u4e00-\u9fff]{{1,2}}?)(?=先生|女士|小姐|太太)", 0.6),
                # A family name alone is a name only with its title.
                (rf"(?:(?<![\u4e00-\u9fff])|(?<=[请問问找给和与跟是让帮]))(?P<value>[{_CHINESE_FAMILY}](?:先生|女士|小姐|太太))", 0.6),
                (r"(?:名前は|氏名[::]?)(?P<value>[\u4e00-\u9fff々ァ-ヶー]{2,8})(?=です|と申します|といいます|[、。\s]|$)", 0.7),
                (r"(?<![\u4e00-\u9fff々])(?P<value>[\u4e00-\u9fff々]{2,5})(?=と申します)", 0.6),
                (rf"(?<![\u4e00-\u9fff々])(?P<value>(?![皆各全貴御])[\u4e00-\u9fff々]{{2,5}}(?<![{_JAPANESE_ROLES}]))(?=様(?![子々式相]))", 0.6),
                (rf"(?:제 이름은|저는|이름[::은]?) ?(?P<value>[{_KOREAN_FAMILY}][\uac00-\ud7af]{{2}})(?=입니다|이에요|예요|이라고|라고)", 0.7),
                (rf"(?<![\uac00-\ud7af])(?P<value>(?!{_KOREAN_ROLES})[{_KOREAN_FAMILY}][\uac00-\ud7af]{{2}})(?= ?(?:님|씨)(?![\uac00-\ud7af]))", 0.6),
            ],
            name="EastAsianCues",
            is_east_asian=True,
            is_unicode=True,
            reason=Reason.CUE,
        ),
    ]  # fmt: skip
