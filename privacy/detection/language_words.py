"""The small words that tell languages written in Latin letters apart, in short texts above all.

They are the words people use in every message: articles, pronouns, particles, yes and no, thanks.
Spellings without accents stand beside those with them, as many people type so.
"""

import re
from collections.abc import Mapping, Sequence

WORDS: Mapping[str, str] = {
    "en": """
        the a an and or but of to in on at for from with without is are was were be been am i'm it's
        i you he she it we they my your his her its our their me him us them this that these those
        what which who when where why how not no yes don't doesn't didn't can't won't isn't do does
        did have has had will would can could should may might there here please thanks thank hello
        hey hi still yet already again only just about after before than then so if because need
        want get got would've you've i've i'd i'll let's ok okay good morning evening anyone nobody
        someone something nothing any some all much many more never always today tomorrow yesterday
        broken wrong received sent charged twice sorry
        im ive dont doesnt didnt cant wont isnt whats wheres u ur pls plz thx
        who just lost left nothing pick does hold keep stop over off out up down into our
        """,
    "fr": """
        le la les un une des du de et ou mais où à au aux en dans sur pour par avec sans est sont
        était suis es sommes êtes je tu il elle on nous vous ils elles mon ma mes ton ta tes son sa
        ses notre nos votre vos leur leurs ce cet cette ces ça cela qui que quoi quel quelle quand
        comment pourquoi ne pas plus jamais rien non oui j'ai c'est n'est qu'il d'un d'une l'ai ai a
        ont avez avons faire fait merci bonjour bonsoir salut svp toujours encore déjà aussi très
        trop bien être avoir peut pouvez veux voudrais faut colis commande livraison reçu carte deux
        fois personne quelqu'un demain hier aujourd'hui d'accord parfait voici voilà s'il
        ca etait deja tres recu etes etre
        alors donc peu voilà monsieur madame pourriez serait voulais faudrait avec rien
        """,
    "es": """
        el la los las un una unos unas de del y o pero en a al con sin por para es son era está
        están soy estoy eres fue hay yo tú usted él ella nosotros ustedes ellos ellas mi mis tu tus
        su sus nuestro nuestra este esta esto ese esa eso qué que quién quien cuál cuándo cuando
        dónde donde cómo como por qué porque no sí si nunca nada nadie muy más mas ya todavía aún
        también siempre le les lo me te se nos he has ha han tengo tiene tienen quiero puede pueden
        hola gracias buenos buenas días tardes noches vale hasta mañana ayer hoy pedido paquete
        llega llegó tarjeta veces vez sigue hacer favor alguien ahí allí aquí
        esta estan dias manana todavia aun tambien mas cuanto cuánto llego envio envío
        señor señora quisiera gustaría ustedes alguna alguno ninguna ninguno ahora luego entonces pues bueno claro perdón
        """,
    "pt": """
        o a os as um uma uns umas de do da dos das e ou mas em no na nos nas com sem por pelo pela
        para pra pro é são era está estão sou estou foi há eu você vocês ele ela nós eles elas meu
        minha meus minhas seu sua seus suas nosso nossa este esta isto esse essa isso aquele que
        quem qual quando onde como porque não sim nunca nada ninguém muito mais já ainda também
        sempre lhe me te se tenho tem têm quero pode podem olá oi obrigado obrigada bom boa dia
        tarde noite tudo bem até amanhã ontem hoje pedido encomenda chega chegou cartão vezes vez
        fazer favor alguém aí ali aqui fui tá ao à às num numa
        nao voce voces esta estao sao ja tambem ate amanha ninguem alguem ola ta vc vcs
        senhor senhora gostaria vcs alguma algum nenhum nenhuma agora depois então desculpa aquela isso aqui lá
        """,
    "de": """
        der die das den dem des ein eine einen einem einer eines und oder aber in im an am auf aus
        bei mit nach von vom zu zum zur für über unter ohne ist sind war waren bin bist sein haben
        hat habe hab habt hatte ich du er sie es wir ihr mich mir dich dir ihn ihm uns euch mein
        meine meinen meiner dein deine sein seine ihre ihren unser unsere dieser diese dieses was
        wer wie wo wann warum welche nicht kein keine nie nichts niemand jemand ja nein doch schon
        noch immer wieder auch nur sehr viel bitte danke dank vielen hallo guten morgen tag abend moin
        servus kann können könnt will wollen wird werden wurde geht machen gemacht heute gestern
        morgen ok verstanden gut super bis paket bestellung lieferung rechnung geld zurück mal dann
        wenn weil dass ob da hier dort ganz fuer ueber koennen zurueck
        wollte möchte gibts gibt mehr lieber etwas neue neues leider einfach eigentlich warte
        """,
    "it": """
        il lo la i gli le un uno una di del dello della dei degli delle e o ma in nel nella nei con
        senza per da dal dalla su sul sulla tra fra è sono era sei siamo siete ho hai ha abbiamo
        avete hanno io tu lui lei noi voi loro mio mia miei mie tuo tua suo sua nostro nostra vostro
        questo questa questi queste quello quella che chi cosa quale quando dove come perché perche
        non no sì si mai niente nulla nessuno qualcuno molto più piu già gia ancora anche sempre mi
        ti ci vi ne può puo posso potete voglio vorrei grazie mille ciao buongiorno buonasera salve
        prego domani ieri oggi pacco ordine arriva arrivato spedito volte volta fare fatto favore va
        bene al alla ai agli alle ecco così cosi quanto c'è dov'è cos'è l'ho all'ordine
        solo volevo vorremmo ancora adesso allora però pero molta tanto invece magari scusi scusate
        """,
    "nl": """
        de het een en of maar van in op aan bij met zonder voor naar uit over onder te tot om is
        zijn was waren ben bent heb hebt heeft hebben had ik jij je u hij zij ze we wij jullie mij
        me jou hem haar ons hen hun mijn jouw uw onze dit dat deze die wat wie waar wanneer waarom
        hoe welke niet geen nooit niets niemand iemand ja nee wel al nog steeds weer ook alleen erg
        heel veel graag bedankt dank hallo hoi goedemorgen goedemiddag goedenavond dag kan kunt
        kunnen wil willen wordt worden gaat gaan doen gedaan vandaag gisteren morgen prima pakket
        bestelling levering geld terug keer dan als omdat er hier daar zo nu komt laat maat ontvangen
        verstuurd oke oké alvast groetjes
        wilde even niks mijn nieuws gaan ging moet moeten mag mogen gewoon eigenlijk eraf
        """,
    "pl": """
        i a w we z ze na do od po za o u dla przez przy bez pod nad jest są był była było być jestem
        mam masz ma mają ja ty on ona ono my wy oni mnie mi mój moja moje moją mojego twój wasz
        nasz jego jej ich ten ta to te tego tej tym co kto kiedy gdzie jak dlaczego czemu czy który
        która które nie tak nigdy nic nikt ktoś już jeszcze znowu dalej też tylko bardzo więcej
        proszę poproszę dziękuję dzięki dzień dobry cześć witam hej dobrze mogę możecie można chcę
        chciałbym chciałabym będzie jutro wczoraj dziś dzisiaj paczka zamówienie zwrot pieniądze raz
        razy się żeby bo ale albo lub ok sie juz jeszcze moze mozna prosze dziekuje chce dzien
        czesc gdy są tam tu ktora ktory zamowienie
        pan pani chciałem chciałam teraz potem więc wiec trochę może państwo proszę nie ma
        """,
    "tr": """
        bir ve ile ama veya için gibi kadar daha çok az en de da ki mi mı mu mü ben sen o biz siz
        onlar beni bana benim seni sana senin bizi bize bizim sizi size sizin onu ona onun bu şu ne
        neden niye nasıl nerede nereye kim hangi zaman kaç değil hayır evet yok var hiç kimse
        birisi hâlâ hala henüz yine tekrar sadece bile lütfen teşekkürler teşekkür ederim merhaba
        selam günaydın iyi akşamlar günler tamam olur olan oldu oluyor olarak etmek edin eder misiniz
        musunuz mısınız müsünüz istiyorum istiyoruz bugün dün yarın kargo kargom sipariş siparişim
        siparişimi para iade kere kez geldi gelmedi gelir sonra önce şimdi artık bence hocam abi
        icin cok degil hayir lutfen tesekkurler nasil mi tesekkur gunaydin
        yani bence şey şöyle böyle lazım gerek gerekiyor değilim mısın misin atın edin verin yapın yok ben onu sadece
        """,
    "id": """
        yang dan atau tapi tetapi di ke dari pada untuk dengan tanpa oleh itu ini ada adalah akan
        sudah udah belum masih sedang saya aku kamu anda dia kami kita mereka nya apa siapa kapan
        mana dimana kenapa mengapa bagaimana gimana berapa tidak tak bukan nggak enggak gak ga ngga
        ya iya jangan juga lagi saja aja hanya sangat sekali banyak bisa boleh mau ingin harus perlu
        tolong mohon terima kasih makasih halo hai selamat pagi siang sore malam kak min gan mas mbak
        pak bu hari besok kemarin sekarang nanti paket pesanan kirim dikirim sampai barang uang
        kembali kali dua oke baik sip dong deh sih kok nih kalau karena jika seperti punya orang
        telepon tutup buka beli
        siapa cuma mas bang bener gitu gini tadi udah belom pake sama siapa kabar
        """,
    "hi": """
        hai hain hoon hun tha thi thay nahi nahin nhi kya kyun kyu kyon kab kahan kaha kaise kaisa
        kitna kitne kitni kaun kon mera meri mere mujhe mujhko maine mai tumhara tera teri aap aapka
        aapke aapki aapko hum humein hamara hamari unka uska uski iska iski yeh ye woh vo koi kuch
        sab bahut bohot thoda abhi tak phir fir bhi aur lekin magar agar toh jab tab acha accha
        achha theek thik sahi galat haan han ji bhai yaar dost karo karna karne karta karti karte
        karu karun kijiye karein kar raha rahi rahe gaya gayi gaye hua hui hue hota hoti hoga hogi
        diya diye dijiye dedo dena lena liya mila mile milega milegi milta aaya aayi aayega aayegi
        bhejo bhej bhejna batao bataiye bata chahiye chahta chahte paisa paise rupaye wapas vapas
        jaldi kal aaj subah shaam baar wala wali wale ka ki ke ko se mein kripya dhanyavad shukriya
        namaste matlab kyonki isliye sirf bas nahin
        kisse kisko kisne baat karun karunga karungi manga mangi pe ne baad pehle sath saath apna apni apne unhe unko inko usko isko jo kyunki paani ghar din raat log sirf dekho dekh suno bolo hu tho mat na
        """,
}
"""Hindi as written in Latin letters; in its own script nobody takes it for another."""

LETTERS: Mapping[str, str] = {
    "fr": "çœêèùîâûë",
    "es": "ñ¿¡",
    "pt": "ãõç",
    "de": "ßäöü",
    "pl": "ąęłńśźżć",
    "tr": "ğışçöü",
    "it": "òì",
}
"""Letters that speak for a language; one may speak for several."""


_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_READ_WORDS = 80
_LETTER_WEIGHT = 0.8


class SmallWords:
    """Counts what speaks for each of some languages.

    Args:
        languages: Tags; one there are no words of gets no evidence.
    """

    def __init__(self, languages: Sequence[str]) -> None:
        self._count = len(languages)
        found: dict[str, list[int]] = {}
        for at, language in enumerate(languages):
            for word in dict.fromkeys(WORDS.get(language, "").split()):
                found.setdefault(word, []).append(at)
        # A word of several languages speaks for each of them the less.
        self._words = {
            word: ([(at, 1.0 / len(of) ** 1.5) for at in of] if len(of) < self._count else [])
            for word, of in found.items()
        }
        letters: dict[str, list[int]] = {}
        for at, language in enumerate(languages):
            for letter in LETTERS.get(language, ""):
                letters.setdefault(letter, []).append(at)
        self._letters = {
            letter: [(at, _LETTER_WEIGHT / len(of)) for at in of] for letter, of in letters.items()
        }

    def evidence(self, text: str) -> list[float]:
        """Give, of each language, how much speaks for it; a telling word counts 1."""
        points = [0.0] * self._count
        lowered = text.lower().replace("’", "'")
        for word in _WORD.findall(lowered)[:_READ_WORDS]:
            for at, weight in self._words.get(word, ()):
                points[at] += weight
        if not lowered.isascii():
            for letter in set(lowered) & self._letters.keys():
                for at, weight in self._letters[letter]:
                    points[at] += weight
        return points
