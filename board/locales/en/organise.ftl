### The pages of organisers and of those who make boards.

## A new board

new-page-title = New board · Brilliance Board
new-page-heading = A new board
new-lead = This takes two minutes. You can change everything later.
new-title-example = Innovation Lab 2026
new-zone-hint = The time zone of the gathering. The one offered is that of this device.
new-code = Code
new-code-hint = People type it from the wall: 4 to 12 letters, digits and dashes. Leave it empty, and the board gets one.
new-code-doubtful = O and 0, I, L and 1 look alike from the back of a hall.
new-make = Make the board
# $title is the title of the board
new-made = { $title } is ready
new-once = These links are shown only once.
new-once-why = Keep them in a private place. You can make new ones at any time.
new-open = Open the board
new-copy-all = Copy all four
new-copy-of = Copy: { $what }
new-link-organise = For you: prepare and run the board.
new-link-moderate = For moderators: read posts and approve them.
new-link-screen = For the computer at the projector.
new-link-join = For everybody, with the code.

## The organiser's page

organise-skip = Skip to the content
organise-sections = Sections
organise-overview = Overview
organise-board = Board
organise-agenda = Agenda
organise-people = People
organise-screens = Rooms and screens
organise-links = Links
organise-print = Print
organise-after = After
organise-more = More
organise-desk = Moderators' desk
organise-phone = Phone page
organise-loading = Loading …
organise-live = Up to date
organise-slow = Slow network
organise-offline = Reconnecting …
organise-offline-kept = No connection. What you type is kept on this device. What could not be saved is sent when the connection is back.
organise-again = Try again
organise-undo = Undo
# For screen readers: where the last outcome stands
organise-outcome = Last change
organise-dismiss = Close
organise-is-rehearsal = This is a rehearsal. Nothing here is shown on the real board.
organise-is-archived = This board is archived: everybody can read it, nobody can write.
organise-revoked = This link no longer works
organise-revoked-why = Ask another organiser for a new one. Nothing that you saved is lost.
organise-gone = This board no longer exists
organise-gone-why = It was erased. An export, if one was made, can be read without it.
organise-to-do = { $n ->
    [one] 1 to do
   *[other] { $n } to do
}

## Ready for the gathering: the checklist

# The headline of the overview, by how far the first day is
ready-undated = Ready for the day?
# $day as 4 May
ready-far = Ready for { $day }?
# $day is a day of the week
ready-near = Ready for { $day }?
ready-tomorrow = Ready for tomorrow?
ready-today = It is today
ready-running = The gathering is on
ready-over = The gathering is over
overview-left = { $n ->
    [one] One thing is left.
   *[other] { $n } things are left.
}
overview-ready = Everything is ready.
overview-stone = { $done } of { $all } done
# Under the number of things that are done
overview-of = of { $all }
overview-todo = To do
overview-done = Done
overview-look = View
# $what is a line of the list of what is done
overview-look-at = View: { $what }
overview-door = When people walk in
overview-as-attendee = See it as an attendee
overview-print = Print posters and badges
overview-picture = Celebrate someone. Ask anything.
# $host is the address of the server
overview-picture-type = or type { $host } and enter

check-title = Give the board a title
check-title-why = Every phone and the large screen show it.
check-title-verb = Write it
check-title-done = The board has a title
check-dates = Say when it is
check-dates-why = The first and the last day, in the time zone of the place.
check-dates-verb = Set dates
check-dates-done = The dates are set
check-agenda = Bring in the agenda
check-agenda-why = Upload the file as it is: from Excel, a calendar or Sessionize. Or type it in.
check-agenda-verb = Add sessions
check-agenda-done = { $n ->
    [one] 1 session in the agenda
   *[other] { $n } sessions in the agenda
}
check-people = Bring in the people
check-people-why = Then people find a name as they type, and each name has one spelling.
check-people-verb = Add people
check-people-done = { $n ->
    [one] 1 person in the roster
   *[other] { $n } people in the roster
}
check-teams = Name the teams
check-teams-why = The map shows which teams learn from each other.
check-teams-verb = Add teams
check-teams-done = { $n ->
    [one] 1 team
   *[other] { $n } teams
}
check-themes = Choose the themes
check-themes-why = What a card celebrates: the fields of expertise of this gathering.
check-themes-verb = Add themes
check-themes-done = { $n ->
    [one] 1 theme
   *[other] { $n } themes
}
check-moderators = Invite a moderator
check-moderators-why = Two moderators are better than one. Each gets their own link.
check-moderators-verb = Make a link
check-moderators-done = { $n ->
    [one] 1 moderator link
   *[other] { $n } moderator links
}
check-screens = Open the large screen
check-screens-why = Its link is for the computer at the projector. Try it in the room.
check-screens-verb = Make a link
check-screens-done = { $n ->
    [one] 1 link for a screen
   *[other] { $n } links for screens
}
check-poster = Print the poster
check-poster-why = With the QR code, for the doors and the coffee table.
check-poster-verb = Print
check-poster-done = The poster was opened for printing
check-rehearsal = Rehearse once
check-rehearsal-why = A copy of this board to try everything. One click erases it.
check-rehearsal-verb = Start a rehearsal
check-rehearsal-done = You have rehearsed

## Sessions and links, by a word

session-open = Questions open
session-paused = Questions paused
session-closed = No questions
role-moderator = Moderator
role-organiser = Organiser
role-screen = Large screen
role-stage = Stage, for speakers

## Forms

organise-save = Save
organise-discard = Discard
organise-close = Close
organise-cancel = Cancel
organise-edit = Edit
organise-add = Add
organise-remove = Remove
organise-keep = Keep it
organise-yes = yes
organise-no = no
organise-undone = Undone.
# After a sentence that says what went wrong
organise-kept = What you typed is kept here.
conflict-title = Somebody else changed this meanwhile.
conflict-theirs = On the board now:
conflict-empty = (empty)
conflict-keep-mine = Use mine
conflict-take-theirs = Take theirs

## Agenda

agenda-add = Add a session
agenda-undated = Without a time
agenda-no-room = Without a room
agenda-break = Break
agenda-shift = Later …
agenda-asked = { $n ->
    [one] 1 question
   *[other] { $n } questions
}
# For screen readers. $title is the session's title
agenda-questions-of = Questions: { $title }
agenda-shift-of = Move this and what follows: { $title }
agenda-edit-of = Edit: { $title }
# Among sessions that begin at the same time
agenda-order-of = Order at this time: { $title }
agenda-up = Move up
agenda-down = Move down
agenda-moved = Moved: { $title }. All pages show the new order.
agenda-added = Added: { $title }.
agenda-saved = Saved: { $title }. All pages show it.
agenda-removed = Removed: { $title }.
agenda-questions-set = Saved: { $title }.
# $minutes is a number
agenda-later = { $n ->
    [one] 1 session is { $minutes } minutes later.
   *[other] { $n } sessions are { $minutes } minutes later.
}
agenda-earlier = { $n ->
    [one] 1 session is { $minutes } minutes earlier.
   *[other] { $n } sessions are { $minutes } minutes earlier.
}
session-new = New session
session-edit = Edit the session
session-title = Title
session-day = Day
session-starts = Starts
session-ends = Ends
# $zone as Asia/Bangkok
session-zone = In the board's time zone, { $zone }.
session-room = Room
session-speakers = Speakers
session-speakers-hint = One name a line.
session-kind = What it is
session-kind-session = A session
session-kind-break = A break
session-questions = Questions
session-remove = Remove the session
shift-title = Everything from here
# $title is the session's title
shift-why = “{ $title }” and all that follows on this day move together.
shift-later = { $minutes } min later
shift-earlier = { $minutes } min earlier
shift-other = Other minutes (with a minus sign: earlier)
shift-do = Move
removal-title = Remove this session?
removal-questions = { $n ->
    [one] It has 1 question. Where shall it go?
   *[other] It has { $n } questions. Where shall they go?
}
removal-no-session = To no session: they stay on the board

## The board's settings

board-facts = What everybody sees
board-rules = Who writes, and how
board-look = Look
board-later = Afterwards
board-saved = Saved. All pages show it.
# $asked and $used are colours
board-repaired = { $asked } is hard to read on our pages. The nearest colour that can be read is { $used }: it is used now.
board-unsaved = Not saved yet.
board-clashes = { $n ->
    [one] Decide first: somebody else changed a field meanwhile.
   *[other] Decide first: somebody else changed { $n } fields meanwhile.
}
board-zone-hint = All times of the agenda are in this zone, wherever a phone is.
board-languages-hint = The first is the board's own: en, es, km … Noted for later: today every page is in English.
board-names-optional = A name is optional
board-names-required = A name is needed to post
board-anonymous = People may post without showing their name
board-blocked-hint = One a line. A post with one of these waits for a moderator.
board-stage-dark = Dark
board-stage-light = Light
board-logo-now = The logo now
board-logo-none = No logo
# $kib is a number
board-logo-hint = PNG, JPEG or WebP, at most { $kib } KiB. On a white ground it stands on the large screen, on printed sheets, on badges and where a badge is read; phones leave it out, so that the board opens fast.
# $kib is a number
board-logo-large = This picture is too large. Choose one of at most { $kib } KiB.
board-lease-hint = A screen that has no connection for so many seconds shows a safe picture.
# $least and $most are numbers
board-retention-hint = { $least } to { $most } days after the last day of the gathering. Then everything is erased by itself.
# $day as "Tuesday 3 November 2026"
board-retention-day = With these settings: on { $day }.
board-public-hint = Once you save, everybody who has the board's address can read what is ticked.
board-public-recap = The recap: figures and the best moments
board-public-answers = The answers: what became of each question
board-public-who = Who can help with what
board-themes-hint = What a card celebrates. At most eight, each with its own colour and mark.
board-themes-full = A board has at most eight themes: more colours would look alike.
board-theme-new = New theme
board-theme-number = theme { $n }
board-theme-name = Name of theme { $n }
# $theme is the name of the theme
board-theme-short = Short name of { $theme }
board-theme-colour = Colour of { $theme }
board-short = Short
board-colour = Colour { $n }
board-colour-next = The next free one
board-remove = Remove { $what }
board-teams-hint = A team that gets a new name gets it everywhere: on cards, in the roster, on the map.
board-team-new = New team, or a list with one a line
board-team-name = Name of team { $n }
board-accent-own = our own gold
board-accent-none = Our own gold
board-accent-hint = If a colour cannot be read on our pages, the nearest one that can is used.
field-title = Title
field-subtitle = Subtitle
field-starts-on = First day
field-ends-on = Last day
field-time-zone = Time zone
field-languages = Languages
field-themes = Themes
field-teams = Teams
field-names = Names
field-blocked-words = Blocked words
field-stage = Large screen
field-accent = Accent colour
field-logo = Logo
field-lease = Seconds without a connection until a safe picture
field-retention-days = Days to keep the board
field-public = What everybody may read afterwards

## How long the board is kept

keeping-title = This board will be erased
# $day as "Tuesday 3 November 2026", $n how many days are left
keeping-erased-on = { $n ->
    [one] On { $day } everything on this board is erased. That is tomorrow.
   *[other] On { $day } everything on this board is erased: in { $n } days.
}
keeping-erased-today = Today everything on this board is erased.
# $n is a number
keeping-longer = { $n ->
    [one] Keep it one day longer
   *[other] Keep it { $n } days longer
}
keeping-kept = The board is kept longer.
keeping-export = Export now

## People

people-add = Add a person
people-which = Which people
people-all = Everyone
people-quiet = Not celebrated yet
people-mirror = Fair mirror
people-search = Search a name or a team
people-found = { $n ->
    [one] 1 person
   *[other] { $n } people
}
people-more = Show more
# Cards that the person got, and wrote
people-cards = { $to } received, { $from } written
people-claimed = in use on a phone
people-edit-of = Edit: { $name }
people-added = Added: { $name }.
people-saved = Saved: { $name }. Cards show the new name.
people-removed = Removed from the roster: { $name }. Cards keep the name.
people-merged = { $name } and { $into } are one person now: { $into }.
people-freed = { $name } is released: another phone can take the name.
person-new = New person
person-edit = Correct a person
person-name = Name
person-name-hint = Cards to and from this person follow.
person-team = Team
person-team-hint = One of the board's teams, or empty.
person-merge = Merge with another entry of this person
person-merge-why = { $name } becomes part of another entry. All cards move with it.
person-merge-into = The entry that stays: search a name
person-free = Release the name
person-free-why = Then another phone can take the name { $name }. Use this for a new phone, or if somebody took the name by mistake.
person-free-along = Their posts move to the new phone, too
person-erase = Erase from the board
person-erase-why = { $name } leaves the roster, and becomes “somebody” on every card, in the agenda and in the list of what was done. A staff link of this name is taken back. This cannot be undone.
person-erase-texts = Also erase what they wrote, cards to them alone, and the name in other texts
people-erased = Erased from the board.
people-erased-mentions = { $n ->
    [one] Erased from the board. One text still has the name.
   *[other] Erased from the board. { $n } texts still have the name.
}
person-remove = Remove from the roster
person-remove-why = People no longer find { $name } as they type. Cards keep the name.
quiet-private = Only organisers see this list.
quiet-why = This is not a ranking. Ask somebody who worked with them to write a card.
quiet-celebrated = Not celebrated yet ({ $n })
quiet-celebrated-none = Everybody has been celebrated.
quiet-given = Has not written a card ({ $n })
quiet-given-none = Everybody has written a card.
# What might help: $title is that of a session
quiet-help-talk = Speaks in “{ $title }”. What did people take home from it?
quiet-help-team = Ask somebody of { $team } what they could not have done alone.
quiet-help-meeting = Introduce them to somebody in the next break.
quiet-help-given = A card takes a minute. Invite them, and leave the choice to them.
quiet-more = Each list ends after { $n } names.
quiet-teams = By team
quiet-no-team = Without a team
# $n and $all are numbers, or "fewer than 5"
quiet-team-celebrated = Not celebrated yet: { $n } of { $all }
quiet-team-given = Has not written: { $n } of { $all }
quiet-few = fewer than 5

## The fair mirror: how teams take part

mirror-private = Only organisers see this.
mirror-why = How each team takes part, against the people on the list. Teams of fewer than five people are shown together, or not at all. Anonymous posts count for no team.
mirror-team = Team
mirror-people = People
mirror-asked = Questions asked
mirror-answered = Answered
mirror-celebrated = People celebrated
mirror-giving = People who gave
mirror-heard = Times heard
mirror-nearly-all = nearly all
# $n is how many teams
mirror-small = { $n ->
    [one] One small team
   *[other] { $n } small teams together
}
mirror-not-shown = { $n ->
    [one] One team of fewer than five people is not shown.
   *[other] { $n } teams are not shown: together they have fewer than five people.
}
mirror-none = No team on the list has five people or more.

## Staff links

screens-add = New screen
screens-why = Each screen has its own link. It follows the agenda of its room, unless a moderator chooses a scene.
# A board with one screen that has no name
screens-only = Large screen
screens-no-room = All rooms
# $name is a screen
screens-picture = “{ $name }” as it looks now
screens-live = live
screens-behind = behind
screens-lost = no connection
screens-not-open = not open
screens-never-opened = never opened
screens-shows-join = Shows how to join
screens-shows-cards = Shows cards
screens-shows-questions = Shows questions
screens-shows-spotlight = Shows one post
screens-shows-map = Shows the map
screens-shows-recap = Shows the recap
screens-shows-blank = Blank
# The title of the next session follows
screens-next = Next at { $time }:
screens-link = New link
screens-link-of = New link for “{ $name }”
screens-edit = Change the screen
screens-edit-of = Change “{ $name }”
screens-name = Name
screens-name-hint = As “Left of the stage”. Moderators see it.
screens-room = Room
screens-room-hint = As the agenda has it. Empty: all rooms.
screens-make = Make the screen
screens-saved = Saved: { $name }.
screens-remove = Remove the screen
screens-remove-why = The links of “{ $name }” close at once, wherever they are open. This cannot be undone.
screens-removed = Removed: { $name }.
links-add = New link
links-why = Give each person their own link. Then you can take one back without the others.
links-role = For
links-name = Name
links-name-hint = Who gets it, as “Malee, morning shift”. The audit trail shows this name.
links-screen = Screen
links-make = Make the link
links-once = This link is shown only once.
links-once-why = Send it to one person, or let them point a camera at it.
links-qr = QR code of the link
links-copy = Copy the link
links-copied = Copied
links-copy-by-hand = This browser does not copy. The link is selected: press Ctrl+C.
links-kept = I have it
links-open = { $n ->
    [one] open now
   *[other] open now, { $n } times
}
# $ago as "5 min" or "Tue 14:05"
links-used = last used: { $ago }
links-unused = never opened
links-renew = Hand over
links-renew-of = Hand over: { $name }
links-renew-why = { $name } gets a fresh link. The old one closes at once, wherever it is open.
links-revoke = Take back
links-revoke-of = Take back: { $name }
links-revoke-why = The link of { $name } closes at once, wherever it is open.
links-revoked = Taken back: the link of { $name }.
## Webhooks

hooks-title = Messages to other programs
hooks-why = The board can tell another program what happens: a chat, a report, your own software. A message names a post by its number and holds no text and no name.
hooks-add = Send messages to an address
hooks-url = Address
hooks-url-hint = Where that program takes messages (a webhook), as https://example.org/hook
hooks-when = A message when …
hooks-card-visible = a card is on the board
hooks-question-visible = a question is on the board
hooks-question-answered = a question is answered
hooks-post-hidden = a post leaves the board
hooks-board-archived = the board is archived
hooks-board-expires = the board will be erased soon
hooks-make = Send messages there
hooks-once = This secret is shown only once.
hooks-once-why = Give it to the program that takes the messages. With it the program checks that they are from here.
hooks-secret = Secret
hooks-copy = Copy the secret
hooks-remove = Remove
# $host is the name of another computer
hooks-remove-of = Remove: { $host }
hooks-remove-why = { $n ->
    [0] { $host } gets no more messages.
    [one] { $host } gets no more messages. { $n } that waits is dropped.
   *[other] { $host } gets no more messages. { $n } that wait are dropped.
}
hooks-removed = { $host } gets no more messages.
hooks-nothing-yet = nothing sent yet
hooks-sent = last sent: { $ago }
# $status is a number of three digits that the other program answered, or a dash for no answer
hooks-failing = { $n ->
    [one] does not arrive ({ $status }); { $n } waits
   *[other] does not arrive ({ $status }); { $n } wait
}
hooks-off = switched off: it did not arrive ({ $status })

## Imports

import-agenda = Import a file
import-people = Import a roster
import-another = Another file
import-drop-agenda = Drop the agenda here, as it is
import-drop-people = Drop the list of people here, as it is
import-drop-kinds = CSV, Excel, a calendar file, Sessionize, pretalx … Nothing changes before you have seen it.
import-title = What will change
import-nothing-yet = { $same ->
    [0] Nothing is changed yet.
    [one] Nothing is changed yet. 1 entry stays as it is.
   *[other] Nothing is changed yet. { $same } entries stay as they are.
}
import-reading = Reading the file …
# $mib is a number
import-too-large = This file is too large. The largest has { $mib } MiB.
import-ask = A question about the file
import-at = Row { $row }, column “{ $column }”
import-other-day = Another day
import-at-row = Row { $row }
import-warnings = { $n ->
    [one] 1 thing in the file could not be read for sure
   *[other] { $n } things in the file could not be read for sure
}
import-more = { $n ->
    [one] and 1 more
   *[other] and { $n } more
}
import-changes = Changes
import-no-change = Nothing in this file differs from the board.
import-columns = { $n ->
    [0] How the columns were read
    [one] How the columns were read: 1 is left out
   *[other] How the columns were read: { $n } are left out
}
import-column-is = Column “{ $column }” is
import-column-none = Left out
import-answer-first = { $n ->
    [one] Answer the question above first.
   *[other] Answer the { $n } questions above first.
}
import-apply = { $n ->
    [one] Apply 1 change
   *[other] Apply { $n } changes
}
import-done = { $n ->
    [one] Done: 1 change. All pages show it.
   *[other] Done: { $n } changes. All pages show them.
}
change-added = New
change-changed = Changed
change-moved = Moved
change-gone = Gone
change-kept = Stays
import-field-title = Title
import-field-name = Name
import-field-date = Day
import-field-start = Start
import-field-end = End
import-field-end-date = Last day
import-field-duration = Length
import-field-room = Room
import-field-speakers = Speakers
import-field-first-name = First name
import-field-last-name = Last name
import-field-type = Kind
import-field-questions = Questions
import-field-status = Status
import-field-id = Id
import-field-team = Team
import-field-email = E-mail

## Print

print-how = Each opens as a page for your printer.
print-open = Open
print-open-of = Open: { $what }
sheet-poster = Poster
sheet-poster-why = A4, with the QR code, the address, the code and the name of the Wi-Fi.
sheet-tables = Table tents
sheet-tables-why = A4, folded once, one for each table.
sheet-badges = Badges
sheet-badges-why = Four on a sheet. The QR code of a badge signs in as that person.
sheet-paper = Paper cards
sheet-paper-why = Numbered, for people without a phone. A moderator types them in.
sheet-fallback = The morning's sheet
sheet-fallback-why = The day's agenda, the links, and what to do if the network fails.
sheet-keepsakes = Keepsakes
sheet-keepsakes-why = For each person the cards that they got and gave, on A5, with a code that opens the page on their phone.
sheet-team-posters = Team posters
sheet-team-posters-why = For each team what colleagues said about it, on A4.
sheet-ending = The ending
sheet-ending-why = A stone with one facet for each card, and all names: a poster on A1, also as a PDF for a print shop.

pages-title = Recap, who can help, keepsakes
pages-why = You can look at these pages now. Under “Board” you decide which of them everybody may read. They always follow what each person allowed.
pages-recap = Recap
pages-who = Who can help
# A sheet with the private link of each person
pages-links = Keepsake links (CSV)

## A board's life

rehearsal-title = Rehearsal
rehearsal-why = A copy of this board, marked on every page. Try everything; the real board does not change.
rehearsal-start = Start a rehearsal
rehearsal-end = End it and wipe it
rehearsal-started = The rehearsal is ready. Its pages are marked.
# A box to tick before the rehearsal is started
simulated-wish = With simulated attendees: for an hour they write, react and vote
simulated-start = Start simulated attendees
simulated-stop = Stop simulated attendees
simulated-started = Simulated attendees write, react and vote in the rehearsal for an hour.
simulated-stopped = The simulated attendees have stopped. What they wrote stays until you wipe the rehearsal.
rehearsal-ended = The rehearsal is over, and everything in it is erased.
address-organise = Organiser's page
address-join = Phone page
address-screen = Large screen
address-moderate = Moderators' desk
export-title = Take everything with you
export-why = Any time, as often as you like.
export-html = Folder to take home (HTML)
taking-starts = The folder is being made. Please stay on this page.
taking-pages = { $done } of { $total } pages
# $size: a number of megabytes, as 3.1
taking-size = { $size } MB
taking-stop = Stop
taking-stopped = Stopped. Nothing was saved.
taking-broken = The folder did not arrive whole, so it was not saved. Please check the Wi-Fi and press the button again.
taking-done = The folder is saved: { $size } MB. Unpack it and open index.html.
taking-why = The folder opens without a server: recap, cards, questions, keepsakes. It leaves out everybody who said no.
export-xlsx = Excel
export-csv = CSV
export-json = JSON, for another server
copy-title = Make a copy
copy-why = Settings, agenda and people, without any posts: for the next gathering.
copy-make = Make a copy
copy-code = Code of the copy
copy-code-hint = Leave it empty, and the copy gets one.
copy-made = The copy is ready. Its links are shown here once.
archive-title = Archive
archive-why = Everybody can read, nobody can write. You can open the board again later.
archive-is = This board is archived: everybody can read it, nobody can write.
archive-do = Archive the board
archive-undo = Open it again
archive-done = The board is archived. Nobody can write now.
archive-undone = The board is open again.
purge-title = Erase the board
purge-why = All cards, questions, names and links are erased for ever.
purge-ask = Erase …
purge-what = All cards, questions, names and links are erased for ever. Nobody can bring them back. Export everything first.
purge-export = Export everything first
purge-type = Type the code { $code } to erase it
purge-do = Erase for ever
