### The pages of organisers and of those who make boards.

## A new board

new-board = New board
new-board-title = Title of the gathering
new-board-zone = Time zone
new-board-make = Make the board

## The organiser's page

organise-skip = To the page
organise-sections = Sections
organise-overview = Overview
organise-board = Board
organise-agenda = Agenda
organise-people = People
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
organise-offline-kept = No connection. What you type is kept here, and saves itself when the connection is back.
organise-again = Try again
organise-undo = Undo
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
overview-look = Look
# $what is a line of the list of what is done
overview-look-at = Look: { $what }
overview-door = When people walk in
overview-as-attendee = See it as an attendee
overview-print = Print posters and badges
overview-picture = Celebrate someone. Ask anything.
# $host is the address of the server
overview-picture-type = or type { $host } and enter

check-title = Give the board a title
check-title-why = It stands on every phone and on the large screen.
check-title-verb = Write it
check-title-done = The board has a title
check-dates = Say when it is
check-dates-why = The first and the last day, in the time zone of the place.
check-dates-verb = Set dates
check-dates-done = The dates are set
check-agenda = Bring in the agenda
check-agenda-why = As the file is: from Excel, a calendar, Sessionize. Or write it by hand.
check-agenda-verb = Add sessions
check-agenda-done = { $n ->
    [one] 1 session in the agenda
   *[other] { $n } sessions in the agenda
}
check-people = Bring in the people
check-people-why = Then a name is found while somebody types, and nobody is written in two ways.
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
check-moderators-why = Two people read what comes in; each with a link of their own.
check-moderators-verb = Make a link
check-moderators-done = { $n ->
    [one] 1 moderator link
   *[other] { $n } moderator links
}
check-screens = Open the large screen
check-screens-why = Its link is for the computer at the projector. Try it in the room.
check-screens-verb = Make a link
check-screens-done = { $n ->
    [one] 1 screen has been opened
   *[other] { $n } screens have been opened
}
check-poster = Print the poster
check-poster-why = With the QR code, for the doors and the coffee table.
check-poster-verb = Print
check-poster-done = The poster was opened for printing
check-rehearsal = Rehearse once
check-rehearsal-why = A twin of this board, to try everything. It is wiped at a tap.
check-rehearsal-verb = Start a rehearsal
check-rehearsal-done = You have rehearsed

## Sessions and links, by a word

session-open = Questions open
session-paused = Questions paused
session-closed = No questions
role-moderator = Moderator
role-organiser = Organiser
role-screen = Large screen
