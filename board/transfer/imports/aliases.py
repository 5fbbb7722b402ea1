"""What organisers call the columns of an agenda and of a roster. Pure.

An entry is a field and its names, the best first: of two columns that could be the title, that with the better name is. Case,
accents, blanks, hyphens and what stands in brackets do not count.
"""

from __future__ import annotations

import re

import regex

from board.model.folding import fold

_AGENDA = """
id | session id | sessionid | uid | guid | talk id | event id | identifier | proposal id | id | code
    | kennung
title | title | session title | panel title | talk title | event title | event name | session name
    | proposal title | name of session | titel | titre | título | titulo | titolo | tytuł | název
    | otsikko | başlık | judul | tiêu đề | заголовок | название | назва | τίτλος | عنوان | العنوان
    | כותרת | शीर्षक | শিরোনাম | หัวข้อ | ชื่อ | ចំណងជើង | ຫົວຂໍ້ | ခေါင်းစဉ် | ርዕስ | タイトル | 題名 | 标题
    | 題目 | 제목 | kichwa | pamagat | summary | subject | betreff | event | session | sitzung | séance
    | sesión | sessão | sessione | sesja | istunto | oturum | sesi | phiên | сессия | جلسة | الجلسة
    | セッション | 会议 | 세션 | kikao | talk | vortrag | presentation | präsentation | présentation
    | activity | activité | actividad | atividade | attività | aktivität | kegiatan | hoạt động | nội dung
    | مشاركة | النشاط | नشاط | กิจกรรม | សកម្មភាព | ກິດຈະກຳ | programme item | program item
    | agenda item | programmpunkt | item | course segment | segment | panel | workshop | name
    | nombre | nom | nome | bezeichnung | what | was | topic | topics | thema | thème | tema | sujet
    | chủ đề | 内容 | 議題 | 主题 | programme | program | programm | agenda | description of session
    | beschreibung des programms
type | type | session type | session format | format | kind | typ | tipo | category | kategorie | 種類
    | 類型
date | date | session date | start date | startdate | date start | event date | day date | datum
    | fecha | data | date de début | data início | data de início | fecha inicio | fecha de inicio
    | data inizio | startdatum | beginn datum | dato | pvm | päivämäärä | tarih | tanggal | ngày
    | дата | ημερομηνία | تاريخ | التاريخ | תאריך | तारीख | दिनांक | তারিখ | วันที่ | កាលបរិច្ឆេទ
    | ថ្ងៃខែ | ວັນທີ | ရက်စွဲ | ቀን | 日付 | 日程 | 日期 | 날짜 | tarehe | petsa | when | wann | day | tag
    | jour | día | dia | giorno | dzień | den | päivä | gün | hari | день | יום | दिन | দিন | วัน
    | ថ្ងៃ | 日 | siku | araw | conference day | date time | datetime | date and time
start | start time | starttime | start | starts at | startsat | starts | start at | scheduled at
    | scheduled start | start date time | start datetime | start date and time | begin | begins
    | begins at | begin time | beginn | beginnt | anfang | anfangszeit | startzeit | uhrzeit | zeit
    | hora de inicio | hora inicio | inicio | início | hora de início | heure de début | heure début
    | début | debut | heure | hora | ora | ora inizio | inizio | orario | time | times | time slot
    | timeslot | slot time | time block | timing | session time | horaire | horario | horário
    | plage horaire | zeitraum | tid | klo | aika | godzina | czas | čas | saat | waktu | jam
    | pukul | jam mulai | mulai | thời gian | giờ | giờ bắt đầu | bắt đầu | время | начало | час
    | початок | ώρα | έναρξη | وقت | الوقت | الساعة | وقت البدء | البداية | שעה | שעת התחלה | समय
    | প্রারম্ভ | সময় | เวลา | เวลาเริ่ม | เริ่ม | ម៉ោង | ពេលវេលា | ម៉ោងចាប់ផ្តើម | ເວລາ | အချိန်
    | ሰዓት | 開始 | 開始時間 | 開始時刻 | 時間 | 时间 | 开始时间 | 시작 | 시간 | muda | saa | oras | from | von | de
    | desde | dtstart | von bis
end | end time | endtime | end | ends at | endsat | ends | end at | scheduled end | end date time
    | end datetime | finish | finish time | finishes | ende | endzeit | endet | fin
    | fin de la séance | heure de fin | heure fin | hora de fin | hora fin | término | termino
    | hora de término | fim | fine | ora fine | slut | loppu | koniec | konec | bitiş | selesai
    | jam selesai | kết thúc | giờ kết thúc | конец | окончание | кінець | λήξη | النهاية
    | وقت الانتهاء | שעת סיום | สิ้นสุด | เวลาสิ้นสุด | ម៉ោងបញ្ចប់ | 終了 | 終了時間 | 終了時刻 | 结束 | 结束时间
    | 종료 | mwisho | to | until | till | bis | à | hasta | até | dtend
end_date | end date | enddate | date end | date de fin | data fim | data fine | fecha fin
    | fecha de fin | enddatum
duration | scheduled duration | duration | duration minutes | length | dauer | durée | duración
    | duração | durata | длительность | المدة | 所要時間 | minutes | minuten | thời lượng | durasi
room | room | location | room name | venue | raum | saal | ort | hörsaal | salle | lieu | local
    | sala | lugar | luogo | aula | sal | lokale | sali | paikka | pokój | miejsce | místnost
    | salon | yer | ruangan | ruang | tempat | lokasi | phòng | địa điểm | место | зал | аудитория
    | місце | αίθουσα | χώρος | قاعة | القاعة | مكان | المكان | חדר | מיקום | कक्ष | स्थान | কক্ষ
    | স্থান | ห้อง | สถานที่ | បន្ទប់ | ទីកន្លែង | ຫ້ອງ | ສະຖານທີ່ | အခန်း | ክፍል | 場所 | 会場 | 部屋 | 地点
    | 地點 | 会议室 | 장소 | 방 | ukumbi | chumba | where | wo | place | stage | track room | bühne | hall
speakers | speakers | speaker | speaker s | speaker names | speaker name | presenters | presenter
    | presenter s | presented by | presenting | who | wer | referent | referenten | referentin
    | referentinnen | referierende | vortragende | vortragender | redner | intervenant
    | intervenants | intervenante | orateur | orateurs | conférencier | conférenciers | ponente
    | ponentes | orador | oradores | expositor | expositores | palestrante | palestrantes
    | facilitador | relatore | relatori | spreker | sprekers | talare | puhuja | puhujat | prelegent
    | prelegenci | přednášející | konuşmacı | konuşmacılar | pembicara | narasumber | diễn giả
    | người trình bày | спикер | спикеры | докладчик | докладчики | доповідач | ομιλητής | ομιλητές
    | متحدث | المتحدث | المتحدثون | מרצה | वक्ता | বক্তা | วิทยากร | ผู้บรรยาย | វាគ្មិន | ວິທະຍາກອນ
    | ဟောပြောသူ | ተናጋሪ | 講演者 | 登壇者 | 発表者 | 講師 | 演讲人 | 講者 | 발표자 | 연사 | mzungumzaji | tagapagsalita
    | facilitator | facilitators | lead | led by | instructor | instructors | lecturer | teacher
    | author | authors | autor | autoren | auteur | auteurs | panelists | panellists | contributors
    | person | people | persons
first_name | firstname | first name | speaker first name | given name
last_name | lastname | last name | speaker last name | surname | family name
questions | questions | fragen | preguntas
status | status | state | session state | session status | submission status | proposal state | zustand | statut | estado
"""
_PEOPLE = """
id | id | person id | participant id | attendee id | staff id | employee id | employee number
    | member id | membership number | member number | personnel number | registration id | unique id
    | badge id | user id | nr | no
name | full name | fullname | name | participant name | attendee name | attendee | participant
    | display name | name and surname | name surname | vollständiger name | vor und nachname
    | nom complet | nom et prénom | nom prénom | prénom et nom | nombre completo | nombre y apellido
    | nombre y apellidos | nome completo | nome e cognome | volledige naam | naam | navn | namn
    | nimi | imię i nazwisko | jméno a příjmení | jméno | ad soyad | adı soyadı | isim | nama
    | nama lengkap | họ và tên | họ tên | tên | фио | ф и о | имя и фамилия | имя | піб | ім'я
    | όνομα | ονοματεπώνυμο | الاسم | الاسم الكامل | اسم | שם | שם מלא | नाम | पूरा नाम | নাম
    | পূর্ণ নাম | ชื่อ | ชื่อ นามสกุล | ชื่อ สกุล | ឈ្មោះ | ឈ្មោះពេញ | គោត្តនាម និងនាម | ຊື່
    | ຊື່ ແລະ ນາມສະກຸນ | အမည် | နာမည် | ስም | ሙሉ ስም | 氏名 | 名前 | お名前 | 姓名 | 名字 | 이름 | 성명 | jina
    | jina kamili | pangalan | buong pangalan | nom | nombre | nome | teilnehmer | teilnehmerin
    | teilnehmende | participante | nombre del participante | user name | person | people
    | colleague | staff member | member | employee | your name | delegate | guest | guest name
first_name | first name | firstname | given name | givenname | given names | forename | forenames
    | vorname | prénom | prenom | prénoms | primer nombre | nombres | nombre de pila | primeiro nome
    | nome próprio | voornaam | fornavn | förnamn | etunimi | imię | křestní jméno | ad | adı
    | nama depan | имя отчество | الاسم الأول | שם פרטי | पहला नाम | নামের প্রথম অংশ | ชื่อจริง
    | នាម | 名 | jina la kwanza | first | preferred name | attendee first name
last_name | last name | lastname | surname | surnames | family name | familyname | family names
    | nachname | familienname | nom de famille | apellido | apellidos | primer apellido | sobrenome
    | apelido | último nome | cognome | achternaam | etternavn | efternavn | efternamn | sukunimi
    | nazwisko | příjmení | soyad | soyadı | nama belakang | họ | фамилия | прізвище | επώνυμο
    | اسم العائلة | اللقب | שם משפחה | उपनाम | পদবি | นามสกุล | សគោត្តនាម | គោត្តនាម | ນາມສະກຸນ | 姓
    | jina la mwisho | apelyido | last | attendee last name
team | team | team name | country programme | country program | country team | programme country
    | country | country office | teams | mannschaft | équipe | equipo | equipe | squadra | ploeg
    | lag | tiimi | zespół | tým | takım | tim | đội | nhóm | команда | ομάδα | فريق | الفريق | צוות
    | दल | দল | ทีม | ក្រុម | ທີມ | အဖွဲ့ | ቡድን | チーム | 团队 | 팀 | timu | koponan | land | pays | país
    | paese | pais | kraj | země | maa | ülke | negara | quốc gia | nước | страна | країна | χώρα
    | بلد | البلد | الدولة | דולת | ארץ | מדינה | देश | দেশ | ประเทศ | ប្រទេស | ປະເທດ | နိုင်ငံ
    | አገር | ሀገር | 国 | 国家 | 國家 | 국가 | nchi | bansa | country of work | country region | nationality
    | duty station | office | büro | bureau | oficina | standort | location | group | gruppe
    | groupe | grupo | gruppo | programme | unit | delegation | department | abteilung | département
    | departamento | dipartimento | division | section | labo | laboratoire | lab | organisation
    | organization | organisation name | organization name | organisme | organización | organização
    | organizzazione | institution | institut | institute | institución | affiliation | affiliations
    | university | universität | université | employer | company | company name | firma | entreprise
    | empresa | azienda | 所属 | 会社 | 单位 | 소속 | cơ quan | đơn vị | instansi | организация | المؤسسة
    | หน่วยงาน | องค์กร | អង្គភាព | ស្ថាប័ន
email | email | e mail | email address | mail | courriel | correo | correo electrónico
    | adresse email | adresse e mail | e mail adresse | endereço de email | メールアドレス | attendee email
    | البريد الإلكتروني | อีเมล | អ៊ីមែល | участник email | user principal name | upn
"""
_BRACKETS = regex.compile(r"[(\[{（【].*?[)\]}）】]")
_NO_LETTERS = regex.compile(r"[^\p{L}\p{M}\p{N}]+")
_NO_WORDS = regex.compile(r"[^\p{L}\p{M}\p{N}-]+")
# What a heading may have beside its name: “Name / Nom”, “Title | Titre”.
_PARTS = regex.compile(r"\s*[/|·•\n]\s*|\s+[-–—]\s+")
HEADING_CHARACTERS = 120
# Questions of a form: what is looked for within them, and what must not be there.
_WITHIN = {
    "agenda": (("session title", "title"), ("start time", "start"), ("end time", "end")),
    "people": (
        ("full name", "name"),
        ("your name", "name"),
        ("first name", "first_name"),
        ("given name", "first_name"),
        ("last name", "last_name"),
        ("family name", "last_name"),
        ("surname", "last_name"),
        ("nombre completo", "name"),
        ("nom complet", "name"),
        ("country programme", "team"),
        ("country office", "team"),
        ("which country", "team"),
        ("which team", "team"),
        ("email", "email"),
        ("e-mail", "email"),
    ),
}
_NOT_WITHIN = (
    "badge",
    "emergency",
    "contact",
    "manager",
    "company name",
    "passport",
    "supervisor",
    "spouse",
    "billing",
    "buyer",
)
WORST = 10_000


def _names(entries: str) -> dict[str, list[str]]:
    """Each field with its names. A line that begins with a blank belongs to the entry above."""
    parts = [line.split("|") for line in re.sub(r"\n +\|", " |", entries).strip().split("\n")]
    return {field.strip(): [name.strip() for name in names] for field, *names in parts}


def _table(names: dict[str, list[str]]) -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for field, written in names.items():
        for rank, name in enumerate(written):
            found.setdefault(squeezed(name), (field, rank))
    return found


def squeezed(heading: str) -> str:
    """What is compared: letters and digits alone."""
    bare: str = _NO_LETTERS.sub("", fold(_BRACKETS.sub(" ", heading)))
    return bare or str(_NO_LETTERS.sub("", fold(heading)))


NAMES = {"agenda": _names(_AGENDA), "people": _names(_PEOPLE)}
ALIASES = {kind: _table(names) for kind, names in NAMES.items()}
FIELDS = {kind: list(names) for kind, names in NAMES.items()}


def field_of(kind: str, heading: str) -> tuple[str, int] | None:
    """The field that a heading names, and how good a name it is (0 is the best). Nothing for others."""
    if not heading or len(heading) > HEADING_CHARACTERS:
        return None
    table = ALIASES[kind]
    if (found := table.get(squeezed(heading))) is not None:
        return found
    parts = [table[part] for part in map(squeezed, _PARTS.split(heading)) if part in table]
    if parts and len({field for field, _ in parts}) == 1:
        return min(parts, key=lambda found: found[1])
    words = f" {' '.join(_NO_WORDS.split(fold(heading)))} "
    if any(f" {word} " in words for word in _NOT_WITHIN):
        return None
    return next(((field, WORST) for within, field in _WITHIN[kind] if f" {within} " in words), None)


def is_name(kind: str, heading: str) -> bool:
    """Whether this alone is the name of a column; a longer text is not looked through."""
    return len(heading) <= HEADING_CHARACTERS and (squeezed(heading) in ALIASES[kind] or bool(_PARTS.search(heading)))


def is_id_number(heading: str) -> bool:
    """“No.”, “Nr”: a running number in most tables, which identifies nobody when the file comes again."""
    return squeezed(heading) in ("no", "nr")
