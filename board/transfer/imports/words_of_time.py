"""Names of months, weekdays and of “day” in the languages that organisers write agendas in. Pure; folded, as they are compared.

Short forms need no line of their own: three letters and more are enough where they can mean one alone.
"""

from __future__ import annotations

from board.model.folding import fold

_MONTHS = """
en january february march april may june july august september october november december
en jan feb mar apr may jun jul aug sept oct nov dec
fr janvier février mars avril mai juin juillet août septembre octobre novembre décembre
fr janv févr mars avr mai juin juil août sept oct nov déc
es enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
es ene feb mar abr may jun jul ago setiembre oct nov dic
pt janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
pt jan fev mar abr mai jun jul ago set out nov dez
it gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
it gen feb mar apr mag giu lug ago set ott nov dic
de januar februar märz april mai juni juli august september oktober november dezember
de jänner feber maerz apr mai juni juli aug sep okt nov dez
nl januari februari maart april mei juni juli augustus september oktober november december
sv januari februari mars april maj juni juli augusti september oktober november december
fi tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu
pl stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
cs ledna února března dubna května června července srpna září října listopadu prosince
tr ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
id januari februari maret april mei juni juli agustus september oktober november desember
ru января февраля марта апреля мая июня июля августа сентября октября ноября декабря
ru январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
uk січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
el ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου
ar يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
ar كانون شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين - -
he ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר
hi जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर
bn জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর
th มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม
th ม.ค ก.พ มี.ค เม.ย พ.ค มิ.ย ก.ค ส.ค ก.ย ต.ค พ.ย ธ.ค
km មករា កុម្ភៈ មីនា មេសា ឧសភា មិថុនា កក្កដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ
lo ມັງກອນ ກຸມພາ ມີນາ ເມສາ ພຶດສະພາ ມິຖຸນາ ກໍລະກົດ ສິງຫາ ກັນຍາ ຕຸລາ ພະຈິກ ທັນວາ
my ဇန်နဝါရီ ဖေဖော်ဝါရီ မတ် ဧပြီ မေ ဇွန် ဇူလိုင် ဩဂုတ် စက်တင်ဘာ အောက်တိုဘာ နိုဝင်ဘာ ဒီဇင်ဘာ
am ጃንዋሪ ፌብሩዋሪ ማርች ኤፕሪል ሜይ ጁን ጁላይ ኦገስት ሴፕቴምበር ኦክቶበር ኖቬምበር ዲሴምበር
sw januari februari machi aprili mei juni julai agosti septemba oktoba novemba desemba
fil enero pebrero marso abril mayo hunyo hulyo agosto setyembre oktubre nobyembre disyembre
"""
_WEEKDAYS = """
en monday tuesday wednesday thursday friday saturday sunday
en mon tues wed thurs fri sat sun
en mo tue we thu fr sa su
fr lundi mardi mercredi jeudi vendredi samedi dimanche
es lunes martes miércoles jueves viernes sábado domingo
pt segunda terça quarta quinta sexta sábado domingo
pt segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo
it lunedì martedì mercoledì giovedì venerdì sabato domenica
de montag dienstag mittwoch donnerstag freitag samstag sonntag
de mo di mi do fr sonnabend so
nl maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
sv måndag tisdag onsdag torsdag fredag lördag söndag
da mandag tirsdag onsdag torsdag fredag lørdag søndag
fi maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai
pl poniedziałek wtorek środa czwartek piątek sobota niedziela
cs pondělí úterý středa čtvrtek pátek sobota neděle
tr pazartesi salı çarşamba perşembe cuma cumartesi pazar
id senin selasa rabu kamis jumat sabtu minggu
ru понедельник вторник среда четверг пятница суббота воскресенье
ru пн вт ср чт пт сб вс
uk понеділок вівторок середа четвер п’ятниця субота неділя
el δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή
ar الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد
he שני שלישי רביעי חמישי שישי שבת ראשון
hi सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार
bn সোমবার মঙ্গলবার বুধবার বৃহস্পতিবার শুক্রবার শনিবার রবিবার
th จันทร์ อังคาร พุธ พฤหัสบดี ศุกร์ เสาร์ อาทิตย์
th วันจันทร์ วันอังคาร วันพุธ วันพฤหัสบดี วันศุกร์ วันเสาร์ วันอาทิตย์
km ច័ន្ទ អង្គារ ពុធ ព្រហស្បតិ៍ សុក្រ សៅរ៍ អាទិត្យ
km ថ្ងៃច័ន្ទ ថ្ងៃអង្គារ ថ្ងៃពុធ ថ្ងៃព្រហស្បតិ៍ ថ្ងៃសុក្រ ថ្ងៃសៅរ៍ ថ្ងៃអាទិត្យ
ja 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日
ja 月曜 火曜 水曜 木曜 金曜 土曜 日曜
zh 星期一 星期二 星期三 星期四 星期五 星期六 星期日
zh 周一 周二 周三 周四 周五 周六 周日
ko 월요일 화요일 수요일 목요일 금요일 토요일 일요일
sw jumatatu jumanne jumatano alhamisi ijumaa jumamosi jumapili
fil lunes martes miyerkules huwebes biyernes sabado linggo
"""
_DAY = (
    "day jour día dia tag giorno dag dzień den gün hari ngày день ημέρα يوم "
    "اليوم יום दिन দিন วัน วันที่ ថ្ងៃ ថ្ងៃទី ມື້ နေ့ ቀን siku araw päivä"
)


def _table(lines: str) -> dict[str, int]:
    """Each word of a line with its place; the same word in two languages means the same, or nothing."""
    found: dict[str, int] = {}
    twice: set[str] = set()
    for line in lines.split("\n"):
        for number, word in enumerate(line.split()[1:]):
            key = fold(word).replace(".", "")
            if found.setdefault(key, number) != number:
                twice.add(key)
    return {word: number for word, number in found.items() if word not in twice and word != "-"}


MONTHS = {word: number + 1 for word, number in _table(_MONTHS).items()}
WEEKDAYS = _table(_WEEKDAYS)
DAY_WORDS = {fold(word) for word in _DAY.split()}
