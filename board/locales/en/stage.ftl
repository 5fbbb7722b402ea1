### The stage page: for the speaker, on a tablet at the lectern. Read in a glance, from a metre away: few words.

# $board: the title of the board. Stands in the title of the window
stage-page-title = Stage: { $board }

## Time

# $time as in 12:00
stage-until = until { $time }
stage-time-left = Time left
# Stands above a time that counts up: the session should have ended so long ago
stage-over = Over
stage-begins-in = Begins in
stage-break-left = The break ends in
# Stands above the time of the day, where the agenda names no end
stage-time-now = Now
# Stands after a number: phones in the room
stage-here = here
# Stands after a number: questions that wait
stage-open = open
# Stands after a number: questions that were answered
stage-answered = answered
# Read out before a list of links to other rooms
stage-rooms = Other rooms

## Questions

stage-now = Being answered now
stage-on-screen = Now on the screen
# The first of the list, before somebody begins to answer it
stage-first = First question
stage-next = Next
# Its author wants to ask it aloud
stage-at-microphone = at the microphone
# Stands after the number of votes; the number is set apart
stage-votes = { $n ->
    [one] vote
   *[other] votes
}
stage-no-next = No other questions.
stage-no-questions = No questions yet.
stage-questions-closed = This session takes no questions.
stage-no-session = No session is on now.
# $time: when the break ends, as in 10:30
stage-break = Break until { $time }
# Stands before the title of the next session. $time as in 10:30
stage-following = At { $time }:

## What one can do

# Read out before the two buttons
stage-acts = This question
stage-answered-next = Answered, next
stage-later-next = Later, next
# Stands before the text of a question
stage-did-answered = Answered:
# Stands before the text of a question
stage-did-later = Later:
stage-undo = Undo

## A note from the moderators' desk

stage-note = Note from the desk
# $name: the name of the moderator's link
stage-note-from = { $name }, from the desk
stage-see = Seen
stage-seen-already = Seen

## Trouble

# $time: when the page last heard from the server, as in 11:47
stage-lost = No connection. This is how it was at { $time }. The clock goes on.
stage-refused = The link of this page was taken back. Please ask the organiser for a new one.
stage-closed = This board is read-only now.

## The rule by which questions come up; stands after “Next”

floor-rule-first = first come, first served
floor-rule-teams = the team that was heard least comes first
floor-rule-votes = most votes first
