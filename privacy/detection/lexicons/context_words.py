"""What stands beside a person's or a place's name, by language, in plain form (see `plain`).

No names here: titles, roles before a court and in a ward, kin, and the small words before a place.
"""

from functools import cache
from typing import NamedTuple

from privacy.detection.lexicons.plain import plain


class ContextWords(NamedTuple):
    """The words of one language.

    Attributes:
        titles: Before a name, and of no other use beside one: ``herr``.
        titles_after: After a given name: ``bey``.
        roles: Before a name, often with a comma or colon: ``defendant``.
        near: Before a name typed in lower case, too: ``with``, ``tell``.
        places: Before a place: ``in``.
        particles: Inside a name, in lower case or not: ``van``.
    """

    titles: frozenset[str]
    titles_after: frozenset[str]
    roles: frozenset[str]
    near: frozenset[str]
    places: frozenset[str]
    particles: frozenset[str]


_ANY_TITLES = "dr prof mr mrs ms dra"
_ANY_PARTICLES = "van von de da do dos das del della di du der den ter ten te la le el al bin binti ibn bint abu ben y e zu zum af av 't st mac mc dalla degli dello lo los las"

INSTITUTIONS = frozenset(
    plain(
        "university universitat universitaet universite universidad universidade universita universiteit uniwersytet universitesi universitas college school schule ecole escuela escola scuola lisesi hospital krankenhaus klinik clinic hopital ospedale ziekenhuis szpital hastanesi"
        " court gericht tribunal tribunale rechtbank sad mahkemesi pengadilan ministry ministerium ministere ministerio ministerio ministero ministerie ministerstwo bakanligi kementerian bank banka bankasi company gmbh ag ltd llc inc corp plc sarl sas srl spa bv nv sp holding group gruppe groupe grupo gruppo groep grupa grubu partei party parti partido partito partij partia partisi"
        " church kirche eglise iglesia igreja chiesa kerk kosciol kilisesi camii masjid museum musee museo museu muzeum muzesi stadion stadium stadyumu ligi league liga cup pokal vakfi foundation fundacja stiftung fondation fundacion institute institut instituto istituto instytut enstitusu festival prize award preis prix premio oscar act law gesetz loi ley lei legge wet ustawa kanunu kodeks code hotel resort airport flughafen aeroport havalimani lotnisko bandara street road avenue boulevard square caddesi sokak sokagi bulvari mahallesi tower bridge park parki kulesi stasiun jalan gedung"
        " license licence general public lock collection edition desktop desk cream lipstick shampoo syndrome syndrom disease krankheit maladie enfermedad doenca malattia ziekte choroba hastaligi test scale skala score delta deltasi nehri golu dagi adasi korfezi denizi kalesi sarayi savasi antlasmasi hanedani imparatorlugu cumhuriyeti kralligi devleti beyligi"
    ).split()
)
"""A row of capitalised words with one of these in it is no person's name."""

PLACE_NOUNS_BEFORE = frozenset(
    plain(
        "city town village county stadt gemeinde dorf landkreis ville commune village departement ciudad pueblo municipio provincia cidade vila municipio bairro citta comune provincia paese stad gemeente dorp miasto miescie miasta wies wsi gmina gminie gminy powiat powiecie kota kabupaten kab kecamatan kec kelurahan desa provinsi dusun pulau"
    ).split()
)
PLACE_NOUNS_AFTER = frozenset(
    plain(
        "sehri sehrinde sehrine sehrinden sehrinin ilcesi ilcesinde ilcesine ilcesinin ilcesine ili ilinde iline ilinin koyu koyunde koyune kasabasi kasabasinda beldesi beldesinde adasi adasinda adasina eyaleti eyaletinde bolgesi bolgesinde vilayeti kenti kentinde kentine yarimadasi kantonu mahallesi"
    ).split()
)
"""Beside these a capitalised word that is none of the language is a place, listed or not."""

_WORDS: dict[str, tuple[str, str, str, str, str]] = {
    "en": (
        "miss mx sir madam lord lady professor doctor judge justice captain sergeant officer nurse sister brother father uncle aunt auntie grandma grandpa attorney barrister counsel senator president minister reverend rev pastor inspector detective constable",
        "",
        "defendant claimant plaintiff appellant respondent applicant petitioner witness accused victim patient husband wife son daughter sister brother mother father mum mom dad friend boyfriend girlfriend partner colleague neighbour neighbor boss manager agent advisor rep colleague consultant physician surgeon therapist landlord tenant tutor teacher client customer carer named called signed by buyer seller recipient sender driver deceased complainant solicitor owner resident",
        "with tell told ask asked call called from by thanks hi hey hello its i'm im am is and for met named cc told see saw text texted email emailed dear",
        "in to at from near of for via around outside visit visiting visited leaving left reach through across toward towards live city town",
    ),
    "de": (
        "herr herrn frau fraulein familie hr fr doktor professor dipl mag ing richter richterin rechtsanwalt rechtsanwaltin schwester pfarrer kollege kollegin onkel tante oma opa",
        "",
        "angeklagte angeklagten angeklagter beklagte beklagten beklagter klager klagerin klagers beschwerdefuhrer beschwerdefuhrerin antragsteller antragstellerin zeuge zeugin zeugen patient patientin patienten mann frau sohn tochter bruder schwester mutter vater freund freundin partner partnerin kollege kollegin nachbar nachbarin nachbarn chef chefin mitarbeiter mitarbeiterin berater beraterin arzt arztin oberarzt hausarzt notar verteidiger verteidigerin geschadigte geschadigter nebenkläger betreuer vermieter mieter kunde kundin empfanger absender gezeichnet gez sachbearbeiter vorsitzender berichterstatter baby kind verstorbene ehemann ehefrau schuldner glaubiger",
        "mit von an bei fur hallo hi hey liebe lieber ist und bin grussen gruss dank danke heisst namens sagte sag hier",
        "in nach aus bei von uber zu ab stadt ort raum richtung",
    ),
    "fr": (
        "m mm mme mlle mmes monsieur madame mademoiselle messieurs mesdames maitre me docteur professeur pr juge sieur veuve soeur frere pere mere oncle tante mamie papi abbe",
        "",
        "prevenu prevenue accuse accusee requerant requerante appelant appelante intime intimee demandeur demanderesse defendeur defenderesse temoin victime patient patiente mari femme epoux epouse fils fille frere soeur mere pere ami amie copain copine compagnon collegue voisin voisine patron patronne conseiller conseillere conseillere medecin avocat avocate infirmiere infirmier president presidente rapporteur greffier greffiere notaire huissier gerant gerante client cliente destinataire expediteur enfant bebe nomme nommee bailleur locataire interne salarie salariee",
        "avec a par de pour chez bonjour salut coucou merci et c'est est suis dit appelle rappeler cher chere",
        "a en au aux de du dans vers pres depuis pour chez sur habite ville commune quartier region departement",
    ),
    "es": (
        "sr sra srta senor senora senorita don dona dna dn doctor doctora licenciado lic ing juez jueza profesor profesora maestro padre madre hermana hermano tio tia abuelo abuela magistrado magistrada procurador procuradora",
        "",
        "acusado acusada demandante demandado demandada recurrente recurrido testigo victima paciente imputado imputada procesado esposo esposa marido mujer hijo hija hermano hermana madre padre amigo amiga novio novia companero companera vecino vecina jefe jefa asesor asesora agente medico medica abogado abogada letrado letrada procurador procuradora ponente secretario notario cliente clienta destinatario remitente perito fiscal nino nina bebe llamado llamada fdo firmado actor actora querellante propietario inquilino primo prima sobrino sobrina cunado cunada suegro suegra yerno nuera nieto nieta abuelo abuela condenado condenada detenido detenida concejal alcalde alcaldesa enfermero enfermera",
        "con contra a de para por hola gracias y soy es dijo dile llama estimado estimada querido querida el la",
        "en a de desde hasta hacia por para cerca ciudad municipio provincia barrio vivo vive",
    ),
    "pt": (
        "sr sra srta senhor senhora dom dona seu doutor doutora dr dra ministro ministra desembargador desembargadora juiz juiza professor professora padre irma irmao tio tia vo des min exmo",
        "",
        "reu re autor autora apelante apelado apelada agravante agravado agravada recorrente recorrido recorrida impetrante paciente relator relatora testemunha vitima acusado acusada denunciado denunciada esposo esposa marido mulher filho filha irmao irma mae pai amigo amiga namorado namorada colega vizinho vizinha chefe gerente atendente vendedor vendedora medico medica advogado advogada enfermeira enfermeiro defensor defensora promotor promotora procurador procuradora cliente destinatario remetente crianca bebe chamado chamada assinado beneficiario segurado segurada porteiro locador inquilino primo prima sobrinho sobrinha cunhado cunhada sogro sogra genro nora neto neta avo arguido arguida vereador vereadora prefeito prefeita",
        "com contra a o para por de da do oi ola obrigado obrigada e sou falei avisa diz prezado prezada querido querida caro cara",
        "em no na de do da para a ao ate desde perto cidade estado municipio bairro mora moro vivo vive",
    ),
    "it": (
        "sig sigra signor signora signorina signori dott dottssa dottor dottore dottoressa avv avvocato ing geom rag prof professor professoressa giudice don suor padre zio zia nonno nonna on ministro presidente",
        "",
        "imputato imputata ricorrente resistente appellante appellato attore attrice convenuto convenuta teste testimone paziente marito moglie figlio figlia fratello sorella madre padre amico amica fidanzato fidanzata compagno compagna collega vicino vicina capo responsabile operatore operatrice consulente medico avvocato avvocata difensore relatore relatrice consigliere presidente pubblico cancelliere notaio cliente destinatario mittente bambino bambina neonato signore persona vittima indagato indagata parte geometra inquilino proprietario cugino cugina nipote suocero suocera cognato cognata genero nuora ragazzo ragazza compare assessore sindaco sindaca dottoressa infermiere infermiera perito coniuge erede coimputato collaboratore maresciallo agente querelante denunciante curatore",
        "con tra contro dal dalla della dello del al alla visto incontrato auguri a da di per ciao grazie e sono detto chiama caro cara gentile il la l",
        "a ad in da di per verso presso vicino citta comune provincia zona abita vivo vive residente",
    ),
    "nl": (
        "heer dhr mevrouw mevr mw meneer mr mej juffrouw dokter professor drs ing ir rechter advocaat pastoor zuster broeder oom tante oma opa familie",
        "",
        "verdachte eiser eiseres gedaagde appellant appellante geintimeerde verzoeker verzoekster verweerder getuige slachtoffer patient patiente man vrouw zoon dochter broer zus moeder vader vriend vriendin partner collega buurman buurvrouw buren chef baas medewerker medewerkster adviseur arts huisarts specialist advocaat advocate rechter griffier notaris officier klant ontvanger afzender kind baby genaamd getekend raadsheer raadsman raadsvrouw huurder verhuurder bewindvoerder curator aangever aangeefster medeverdachte beklaagde klager klaagster bestuurder zusje broertje neef nicht schoonzoon schoondochter echtgenoot echtgenote minderjarige verpleegkundige pastoor wethouder burgemeester contactpersoon voorzitter schuldeiser veroordeelde belanghebbende betrokkene chauffeur monteur weduwe",
        "met van aan bij voor door hoi hallo hey bedankt dank en ben is zei tegen vraag groet groeten beste lieve geachte",
        "in naar uit te van bij nabij rond richting tot stad gemeente provincie woont woon",
    ),
    "pl": (
        "pan pana panu panem pani panią pania panie panowie panstwo panstwa p dr prof mec adw mgr inz ks red doc lek lekarz doktor doktora doktorem profesor profesora sedzia sedziego sedzi adwokat adwokata mecenas prokurator prokuratora radca wujek ciocia ciocię babcia dziadek siostra brat kolega kolezanka sso ssr ssa ssn",
        "",
        "oskarzony oskarzonego oskarzonemu oskarzonym oskarzona oskarzonej oskarzona powod powoda powodowi powodem powodka powodki powodce powodke pozwany pozwanego pozwanemu pozwanym pozwana pozwanej wnioskodawca wnioskodawcy wnioskodawczyni uczestnik uczestnika uczestniczka skarzacy skarzacego skarzaca skarzacej swiadek swiadka swiadkowi swiadkiem pokrzywdzony pokrzywdzonego pokrzywdzona pokrzywdzonej pacjent pacjenta pacjentowi pacjentem pacjentka pacjentki pacjentce pacjentke maz meza mezem mezowi zona zony zonie zone syn syna synem synowi corka corki corce corke corka brat brata bratem siostra siostry siostrze mama mamy mamie tata taty matka matki matce matke ojciec ojca ojcem przyjaciel przyjaciela przyjaciolka kolega kolegi koledze kolezanka kolezanki sasiad sasiada sasiadka sasiadki szef szefa szefowa kierownik kierownika kierowniczka konsultant konsultantka doradca pracownik pracownica lekarz lekarza lekarka bieglego biegly biegla protokolant protokolantka sprawozdawca przewodniczacy przewodniczaca referent notariusz komornik komornika pelnomocnik pelnomocnika obronca obroncy adwokata maloletni maloletniego maloletnia maloletniej dziecko dziecka klient klienta klientka klientki odbiorca nadawca imieniu wobec nazwiskiem imie kurator kuratora kurier kuriera kolezance babcia babci dziadek dziadka prowadzacy chlopak chlopaka chlopakiem dziewczyna dziewczyny pelnomocnikiem obronca oskarzyciel poszkodowany poszkodowanego poszkodowana wierzyciel dluznik dluznika spadkodawca spadkodawcy lekarzem pielegniarka pielegniarki prezes prezesa prezesem minister ministra premier premiera prezydent prezydenta burmistrz dyrektor dyrektora rektor trener trenera asystent asystentka redaktor aktor aktorka pisarz pisarka senator autor autorka poslanka posel",
        "z ze od do dla u przez z tu czesc hej jestem dzwonilam dzwonilem mowi powiedzial powiedziala i oraz na o za dzieki pozdrawiam pozdrowienia rozmawialam rozmawialem widzialem widzialam ma jest kochana kochany drogi droga szanowna szanowny",
        "w we do z ze od pod kolo kolo nad pod przez okolicach okolic miescie miasta miasto dzielnicy ulica na kierunku lotnisko mieszka mieszkam wsi gminie powiecie miejscowosci",
    ),
    "tr": (
        "sayin bay bayan av avukat dr doc prof uzm op hakim savci sn muhterem doktor dt ecz hemsire noter katip uye baskan raportor imam amir",
        "bey beye beyin beyi beyden beyle hanim hanima hanimin hanimi hanimdan hanimla efendi abi abla amca teyze hoca hocam agabey usta kardes pasa dede nine hocanin hocaya abiye ablaya",
        "davaci davali sanik sanigin muvekkil muvekkilim tanik taniklar katilan magdur sikayetci supheli maktul mudahil musteki hasta hastamiz esim esi esimin kocam karim oglum oglu kizim kizi annem annesi babam babasi kardesim kardesi ablam abim agabeyim arkadasim arkadasi sevgilim nisanlim komsum komsumuz mudur muduru mudurumuz temsilcisi temsilciniz calisani calisaniniz vekili avukati avukatim doktor doktorum doktoru hakim katip raportor baskan uye alan gonderen alici musteri yolcu adim ismim adi isimli adli soyadi teyzem amcam dayim halam kuzenim yegenim torunum bebek ogrenci ogretmenim patronum mirasci borclu alacakli hakimi savcisi basvurucu basvuran muteveffa muris vasisi kiraci kiralayan hukumlu tutuklu hekim refakatci mirascilari davacilar davalilar saniklar adi soyadi baskani bakani yonetmen yonetmeni sanatci oyuncu yazar sarkici kral kralice imparator prens prenses general albay milletvekili vali kaymakam antrenor futbolcu sef savci bilirkisi muhtar kurye kuryeniz",
        "ben ile adim ve icin merhaba selam tesekkurler saygilarimla sevgili degerli dun bana",
        "",
    ),
    "id": (
        "pak bu bapak ibu mas mbak mba kak kakak bang abang dik adik om tante tuan nyonya ny tn nn nona sdr sdri saudara saudari dr drg prof ir h hj haji hajjah kh ustad ustadz ustadzah kyai ning gus raden drs dra an si sang nek kek mang teh kang ce koh ci bro sis dokter hakim jaksa yth nyai suster komjen jenderal brigjen kombes akbp kompol ustaz",
        "",
        "terdakwa penggugat tergugat pemohon termohon saksi korban tersangka terpidana pasien hakim jaksa ketua anggota panitera kuasa pengacara advokat suami istri anak adik kakak ayah bunda mama papa teman sahabat pacar tetangga bos atasan karyawan petugas kurir kurirnya admin dokter perawat bidan notaris pembanding terbanding penuntut umum hukumnya hukum penerima pengirim nama bernama namanya almarhum almarhumah sopir pemilik penyewa guru murid nasabah direktur lurah camat bupati gubernur menteri presiden pelatih kapten aktor penyanyi penulis karya sutradara jenderal brigadir tanya diketuai oleh",
        "saya sama dengan dari oleh untuk buat kepada bilang tanya halo hai dan si gw gue aku ini kata terima ke ketemu bilangin",
        "di ke dari nyampe sampe sampai kota kabupaten provinsi kecamatan desa kelurahan daerah wilayah sekitar tinggal menuju asal pulau rsud kab",
    ),
}


_TURKISH_ENDINGS = (
    "", "lar", "ler", "in", "nin", "un", "nun", "i", "yi", "u", "yu", "a", "ya", "e", "ye", "dan", "den",
    "yla", "yle", "la", "le", "larin", "lerin", "lardan", "lerden", "miz", "imiz",
)  # fmt: skip


def _suffixed(words: str) -> list[str]:
    return [word + ending for word in words.split() for ending in _TURKISH_ENDINGS]


@cache
def context_words(language: str) -> ContextWords:
    """Give the words of a language; of one not listed, only what all share."""
    titles, after, roles, near, places = map(plain, _WORDS.get(language, ("",) * 5))
    if language == "tr":
        roles = " ".join(_suffixed(roles))
    return ContextWords(
        titles=frozenset(f"{titles} {_ANY_TITLES}".split()),
        titles_after=frozenset(after.split()),
        roles=frozenset(roles.split()),
        near=frozenset(near.split()),
        places=frozenset(places.split()),
        particles=frozenset(_ANY_PARTICLES.split()),
    )
