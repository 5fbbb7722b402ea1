### Sheets for a printer, and the page that the QR code of a badge opens.

## The bar above a sheet, which is not printed

print-back = Back to the organiser's page
print-sheets = Sheets
print-poster = Poster
print-tables = Table tents
print-badges = Badges
print-paper = Paper cards
print-fallback = Morning sheet
print-size = Paper
print-show = Show
print-now = Print
print-hint = Print in colour or black and white, at 100 %, without the browser's own headers.
print-headline-field = Headline
print-second-field = The same in a second language
print-network = Wi-Fi
print-password = Password

## Poster and table tents

print-headline = Celebrate someone. Ask anything.
print-camera = Point your camera here
# Before the address of the board, as: or type board.example.org and enter LAB-23
print-or-type = or type
print-and-enter = and enter
print-no-app = No app, no account
print-tent-headline = Who do you want to celebrate today?
print-tent-foot = Point your camera at the code and write one sentence. It appears on the large screen.
print-fold = fold here
print-tables-hint = One sheet is one tent: fold it once in the middle. Print at 100 %, without the browser's own headers.

## Badges

print-badges-name = Name
print-badges-team = Team
print-badges-all-teams = All teams
print-badges-order = Order
print-badges-by-name = By name
print-badges-by-team = By team
print-badges-code = QR code
print-badges-code-own = Signs its owner in
print-badges-code-board = Opens the board
print-badges-code-none = None
# $parts is the number of parts that a long list is printed in
print-badges-part = Part (of { $parts })
# $number is how many people of the list get a badge
print-badges-found =
    { $number ->
        [one] One badge.
       *[other] { $number } badges.
    }
print-badges-warning = Somebody who photographs the code of a badge can write under that name. If this happens, release the name at the desk: the old badge stops working. Then print a new one here.
print-badges-nobody = Nobody on the list has this name.
print-badges-no-list = The board has no list of people yet. Import one first.
print-badge-own = Opens the board under your name. Keep it to yourself.
print-badge-board = Opens the board.

## Numbered cards of paper, for people without a phone

print-paper-kind = For
print-paper-kind-card = Cards
print-paper-kind-question = Questions
print-paper-from = First number
print-paper-count = How many
print-paper-hint = Four on a sheet, to be cut. The desk types them in and ticks the box at the foot.
print-slip-celebrating = I celebrate
print-slip-name = Name
print-slip-team = Team
print-slip-for = because
print-slip-question = I would like to ask
print-slip-session = In the session
print-slip-from = From
print-slip-anonymous = Please show it without my name.
print-slip-desk = Typed in

## The sheet for the morning: the day, and what to do when something fails

print-day = Day
print-fallback-hint = For everybody who helps: print it in the morning, before the network can fail.
print-or-go = Go to
print-code = code
print-time = Time
print-session = Session
print-room = Room
print-no-agenda = The board has no agenda yet.
print-if-it-fails = If something fails
print-fails-page = The board does not open on a phone: check the Wi-Fi, switch a VPN off, or use mobile data. Then scan the code again.
print-fails-network = The network is down: keep the page open and write on. A phone sends what was written as soon as it is online again. Nothing is lost.
print-fails-screen = The large screen is dark or says that it is old: reload its page. If it asks for a link, the organiser makes a new one.
print-fails-paper = Nothing works: give out the paper cards. The desk types them in later. Go on by hand in the meantime: cards and questions are read out.
print-helper = Who helps (name, phone)

## Questions that are still open from the days before

print-morning = Questions left open
print-morning-asked = Asked
print-morning-before = Before today
print-morning-all = At any time
# $most is how many are printed at most
print-morning-hint = For the team's meeting in the morning: who answers what, and until when. At most { $most } questions, the most wanted first.
# $n is how many questions
print-morning-head =
    { $n ->
        [0] No question left open
        [one] One question left open
       *[other] { $n } questions left open
    }
print-morning-none = Every question of the days before is answered or set aside.
# Lines to write on
print-morning-who = Who
print-morning-when = Until when
# $day is a day such as 4 May
print-morning-late = late, was due { $day }

## The page that the QR code of a badge opens

# $name is the name on the badge
badge-ask = Are you { $name }?
badge-yes = Yes, that is me
badge-no = No, open the board without a name
badge-note = If another phone has this name, it is asked again who it is.
badge-unknown = This badge no longer works. The organiser can print a new one. Or open the board with its code and pick your name.
badge-unknown-title = This badge no longer works
print-needs-link = This page opens with an organiser's link. Ask the person who made this board for it.
print-needs-link-title = This page needs an organiser link
