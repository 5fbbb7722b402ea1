### The phone.

## A card as a picture

picture-saved = Saved as a picture.
picture-not-saved = The picture could not be made. Please try again.

## The header and the line at the button

# $n people have this board open now
people-here = { $n } here
live-offline = Waiting for the Wi-Fi
live-slow = Slow network
live-closed = Closed
# $n new cards or questions above; there is little room
news-count = { $n } new
# The same button, read out
news-show = Show { $n } new
waits-card = Waiting for the Wi-Fi: your card is safe on this phone.
waits-question = Waiting for the Wi-Fi: your question is safe on this phone.
waits-change = Waiting for the Wi-Fi: your change is safe on this phone.
offline-write-already = Waiting for the Wi-Fi. You can write already: it goes out by itself.
network-slow = This network lets nothing through live: news come every few seconds.
phone-full = This phone’s storage is full. Please leave this page open until everything is sent.
board-moved = This board is closed, or was moved. Please ask for the new code.
resting-card = The board is resting: your card will wait for a moderator.
resting-question = The board is resting: your question will wait for a moderator.
read-first-card = A moderator reads each card first.
read-first-question = A moderator reads each question first.
no-cards-now = No new cards for now. You can still read and applaud.
asking-paused = Questions to this session are paused. You can still vote.
asking-closed = Questions to this session are closed.
phone-muted = A moderator has paused posting from this phone. You can read and vote.
no-cookies = This browser blocks cookies, so the board cannot take what you write. Please allow cookies for this page, or open it in another browser.
sent-to-board = On the board. Thank you!
sent-to-moderator = Sent. A moderator will read it first.
post-taken-back = Taken back.
# A vote or a reaction. $reason is a whole sentence that says why
not-counted = That did not count: { $reason }
# $name has written a card for the reader. “Me” is the text tab-me
you-are-celebrated = { $name } celebrates you. See it under Me.
you-are-celebrated-by-somebody = Somebody celebrates you. See it under Me.
# $name has written a card for the reader's team. “Me” is the text tab-me
team-is-celebrated = { $name } celebrates your team. See it under Me.
team-is-celebrated-by-somebody = Somebody celebrates your team. See it under Me.

## The lanes

tabs-label = Board
# Read out after the name of the tab Me: $n own posts or cards are new
tab-to-look-at = , { $n } to look at
lane-cards = Cards
lane-questions = Questions
ask-question = Ask a question
sort-label = Order
sort-top = Top
sort-new = New
sort-answered = Answered
session-label = Session
all-sessions = All sessions
# $title is the title of the session that is on
session-running = Now: { $title }
now-on-screen = On screen now
now-answered = Being answered now
# Stands between the names of those celebrated and the name of the author
by-author = by
badge-pinned = Pinned
badge-answered = Answered
older-show = Show older
older-loading = Looking …
no-cards-yet = Nobody has been celebrated yet.
no-cards-more = Who taught you something today?
no-questions-yet = No questions yet.
no-questions-more = What would you like to know? Everyone can vote for it.
no-questions-here = No questions to this session yet.
no-answers-yet = Nothing answered yet.
no-answers-more = Answered questions gather here, with their answers.

## Where an own post is

state-sending = Sending …
state-waiting = Waiting for the Wi-Fi: it is safe on this phone.
state-unkept = Not sent yet. This phone’s storage is full: please leave this page open.
state-changing = Your change is not sent yet: it is safe on this phone.
state-unchanged = Your change was not saved.
state-again = Not sent yet, trying again: it is safe on this phone.
state-refused = Not sent.
state-pending = With a moderator
state-visible = On the board
state-held = Held by a moderator
state-withdrawn = Taken back
state-answered = Answered

## Me

# Stands above the reader's own name
me-you-are = You post as
me-no-name = You have not given a name yet.
me-add-name = Add your name
me-change-name = Change
me-posts = My posts
me-nothing-yet = Nothing yet.
me-nothing-more = Your cards and questions will be here, each with what became of it.
# Cards that others wrote for the reader
me-received = For you
me-received-count = { $n ->
    [one] { $n } card
   *[other] { $n } cards
}
me-question = Question
card-share = Share as a picture
card-share-short = Share
# $names are those celebrated
card-share-of = Share as a picture: { $names }
post-edit = Edit
# An edit was begun and not saved
post-edit-on = Edit on
# $post is the names on a card, or the word for a question
post-edit-of = Edit: { $post }
# $post is the names on a card, or the word for a question
post-edit-on-of = Edit on: { $post }
post-discard = Throw away
take-back = Take back
# $post is the names on a card, or the word for a question
take-back-of = Take back: { $post }
take-back-sure = Take back for good?
take-back-yes = Yes, take back
take-back-no = Keep it

## The sheet in which one writes

sheet-celebrate = Celebrate
sheet-ask = Ask
sheet-card-text = Say it in a sentence
sheet-card-placeholder = What did they do, and what will you do differently?
sheet-question-text = Your question
sheet-question-placeholder = What would you like to know?
sheet-send = Send to the board
sheet-save = Save
sheet-close = Close
sheet-back = Back
sheet-throw-away = Throw the change away
sheet-theme = For what?
sheet-session = To which session?
sheet-no-session = To everyone, no session
# $title is that of a session
session-choice-paused = { $title } (paused)
# $title is that of a session
session-choice-closed = { $title } (closed)
# $n characters are written, $most may be
sheet-count = { $n } of { $most }
# $n new cards or questions came while the sheet is open
sheet-news = { $n } new on the board
similar-asked = Asked already
similar-vote = { $n ->
    [0] Vote for it
    [one] Vote for it · { $n } vote
   *[other] Vote for it · { $n } votes
}
similar-voted = You voted for it
anonymous-switch = Anonymous
anonymous-on = Nobody will see your name, moderators neither.
# Stands before the reader's own name: as whom one writes
writing-as = as
without-name = Without a name
# Stands after the reader's own name
name-change-here = change
# Stands after “Without a name”
name-add-here = add yours
name-asked-later = Your name is asked once, before sending.
card-for-whom = Who is this card for?
card-for-oneself = That is your own name. If you mean somebody else, choose their team.
text-under = { $n ->
    [one] At least { $n } character, please.
   *[other] At least { $n } characters, please.
}
text-over = { $n ->
    [one] { $n } character too many
   *[other] { $n } characters too many
}

## Beginnings of a card: … is a gap, which the writer fills

starter-learned = I learned … from you when …
starter-thanks = Thank you for showing me …
# For a card to several people
starter-together = Together you …
# For a card to several people
starter-learned-from-all = I learned … from all of you when …
# For a card to a team
starter-team-showed = Your team showed us how to …
# For a card to a team
starter-team-try = We will try … the way you do it.
# $theme is the name of what the card is for
starter-theme = About { $theme } I learned from you that …

## Who is this from?

name-title = And who is this from?
name-asked-once = Asked once. Everyone on the board will see it beside your posts.
name-yours = Your name
name-missing = Please write your name.
name-too-long = { $n } characters at most, please.
name-offers = Is that you?
# Stands beside a name that is offered
name-in-use = in use on another phone
name-in-use-refused = { $name } is in use on another phone. Is that you? A moderator can free the name.
name-skip = Send without a name
team-yours = Your team
team-choose = Choose your team
team-other = Another team …
team-other-name = Name of your team
