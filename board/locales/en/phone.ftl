### The phone.

## A card as a picture

picture-saved = Saved as a picture.
picture-not-saved = The picture could not be made. Please try again.
# $names are those celebrated
picture-of = The card for { $names } as a picture
# Above three buttons: which shape the picture has
picture-shape = Shape
picture-tall = Portrait
picture-square = Square
# A5 is a size of paper: 148 × 210 mm
picture-a5 = A5 to print
picture-save = Save

## The header and the line at the button

# $n people have this board open now
people-here = { $n } here
# One word, as short as "12 here": it stands beside the title
live-offline = Offline
live-slow = Slow network
live-closed = Closed
# $n new cards or questions above; there is little room
news-count = { $n } new
# The same button, read out
news-show = Show { $n } new
waits-card = No connection. Your card is saved and sends itself.
waits-question = No connection. Your question is saved and sends itself.
waits-change = No connection. Your change is saved and sends itself.
offline-write-already = No connection. You can write now: it sends itself later.
network-slow = Slow network: updates come every few seconds.
phone-full = This phone’s storage is full. Please leave this page open until everything is sent.
board-moved = This board was closed or moved. Please ask for the new code.
resting-card = New cards wait for a moderator right now.
resting-question = New questions wait for a moderator right now.
read-first-card = A moderator reads each card first.
read-first-question = A moderator reads each question first.
no-cards-now = Cards are closed right now. You can still read and applaud.
asking-paused = Questions to this session are paused. You can still vote.
asking-closed = Questions to this session are closed.
phone-muted = A moderator has paused posting from this phone. You can read and vote.
no-cookies = This browser blocks cookies, so the board cannot take what you write. Please allow cookies for this page, or open it in another browser.
sent-to-board = On the board. Thank you!
sent-to-moderator = Sent. A moderator reads it first.
post-taken-back = Taken back.
# $name has written a card for the reader. “Me” is the text tab-me
you-are-celebrated = { $name } celebrates you. See it under Me.
you-are-celebrated-by-somebody = Somebody celebrates you. See it under Me.
# $name has written a card for the reader's team. “Me” is the text tab-me
team-is-celebrated = { $name } celebrates your team. See it under Me.
team-is-celebrated-by-somebody = Somebody celebrates your team. See it under Me.

## The lanes

tabs-label = Board
# Read out after the name of the tab Me: $n own posts or cards are new
tab-to-look-at = , { $n } new
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
badge-pinned = Pinned
badge-answered = Answered
badge-set-aside = Set aside
# The question is to be asked aloud
badge-voice = At the microphone
older-show = Show older
older-loading = Loading …
no-cards-yet = Nobody has been celebrated yet.
no-cards-more = Who do you want to celebrate?
no-questions-yet = No questions yet.
no-questions-more = What would you like to know? Everyone can vote for it.
no-questions-here = No questions to this session yet.
no-answers-yet = No answered questions yet.
no-answers-more = Answered questions appear here, with their answers.

## Where an own post is

state-sending = Sending …
state-waiting = No connection. It is saved and sends itself.
state-unkept = Not sent yet. This phone’s storage is full: please leave this page open.
state-changing = Your change is not sent yet. It is saved on this phone.
state-unchanged = Your change was not saved.
state-again = Not sent yet. It is saved, and this phone tries again.
state-refused = Not sent.
state-pending = Waiting for a moderator
state-visible = On the board
state-held = Not shown
state-withdrawn = Taken back
state-answered = Answered

## Own questions: what became of them

mine-answered = Your question was answered.
mine-owned = Somebody will answer your question.
mine-set-aside = Your question was set aside, with a reason.
# $name is who will answer, $day a day such as 4 May
mine-owner = { $name } will answer this.
mine-owner-until = { $name } will answer this by { $day }.
mine-aside = Set aside:
mine-joined = Your question was joined with another one.
mine-joined-with = Joined with:
# $n is how many people voted for either question
mine-joined-votes = { $n ->
    [one] { $n } vote together
   *[other] { $n } votes together
}
mine-joined-other = Joined with another question
# Questions of other people were joined with the reader's own
mine-joined-here = { $n ->
    [one] Another question was joined with yours.
   *[other] { $n } other questions were joined with yours.
}
vote-joined = Joined with another question: your vote counts there

## Me

# Stands above the reader's own name
me-you-are = You post as
me-no-name = You have not given your name yet.
me-add-name = Add your name
me-change-name = Change
me-posts = My posts
# $day is a day, as "3 November 2026"
me-until = All of this board is erased on { $day }.
# Two links below
me-data = What is stored of me, and how to erase it
me-privacy = Privacy, and until when all this is kept

# A big button while a card stands large on the screen
light-applaud = Applaud
# A switch
light-switch = When a card stands large, light up in its colour

consent-title = Your cards after today
consent-lead = For cards that you wrote and got. You can change it at any time, and it holds at once.
consent-recap = In the recap, for those who were here
consent-outside = In what is made for people who were not here
consent-directory = In “Who can help”: my name, and what I wrote about others
consent-keepsake = Open my keepsake
me-nothing-yet = Nothing yet.
me-nothing-more = Everything you send is here, with its status.
# Above the questions, once, while sessions run at the same time in rooms of their own; a button for each room follows.
rooms-ask = Which room are you in?
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
post-edit-on = Continue editing
# $post is the names on a card, or the word for a question
post-edit-of = Edit: { $post }
# $post is the names on a card, or the word for a question
post-edit-on-of = Continue editing: { $post }
post-discard = Discard
take-back = Take back
# $post is the names on a card, or the word for a question
take-back-of = Take back: { $post }
take-back-sure = Really take it back?
take-back-yes = Yes, take back
take-back-no = Keep it

## The sheet in which one writes

sheet-celebrate = Celebrate
sheet-ask = Ask
sheet-card-text = In one sentence
sheet-card-placeholder = What did they do, and what changed because of it?
sheet-question-text = Your question
sheet-question-placeholder = What would you like to know?
sheet-send = Send to the board
sheet-save = Save
sheet-close = Close
sheet-back = Back
sheet-throw-away = Discard the change
sheet-theme = What for? (optional)
sheet-session = For which session?
sheet-no-session = For everyone
# $title is that of a session
session-choice-paused = { $title } (paused)
# $title is that of a session
session-choice-closed = { $title } (closed)
# $n characters are written, $most may be
sheet-count = { $n } of { $most }
similar-asked = Already asked
similar-vote = { $n ->
    [0] Vote for it
    [one] Vote for it · { $n } vote
   *[other] Vote for it · { $n } votes
}
similar-voted = You voted for it
anonymous-switch = Anonymous
anonymous-on = Nobody sees your name, not even moderators.
# $name is the reader's own: as whom one writes
writing-as = as { $name }
without-name = Without a name
# Stands after the reader's own name
name-change-here = change
# Stands after “Without a name”
name-add-here = add yours
name-asked-later = We ask your name once, when you send.
card-for-whom = Who is this card for?
card-for-oneself = This is your own name. If you mean somebody else, choose their team.
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

name-title = Who is this from?
name-asked-once = We ask once. Everyone sees your name beside your posts.
name-yours = Your name
name-missing = Please write your name.
name-too-long = { $n } characters at most, please.
name-offers = Is that you?
# Stands beside a name that is offered
name-in-use = in use on another phone
# The last of the names that are offered. It takes what was typed as it is
name-keep = Keep “{ $name }”
name-in-use-refused = { $name } is in use on another phone. Is that you? Ask a moderator to move your name to this phone.
name-skip = Send without a name
team-yours = Your team
team-choose = Choose a team
team-other = Another team …
team-other-name = Name of your team

## A card for the reader: it fills the phone

# $name is the reader's own name
received-for-you = For you, { $name }
received-for-you-all = For you and others
received-thanks = Say thanks
# A button that was tapped; $name is the author's first name or whole name
received-knows = { $name } knows
received-knows-somebody = They know
received-thanks-waits = Your thanks go out as soon as there is a connection.
received-thanks-back = Take the thanks back
received-keep = Keep as picture
received-close = Close
received-next = Next card
# Which of several cards this is
received-place = { $n } of { $all }
# Sealed cards: what came while the reader was away
received-away = While you were away
received-many = { $n ->
    [one] A colleague celebrated you
   *[other] { $n } colleagues celebrated you
}
received-cards = { $n ->
    [one] { $n } card for you
   *[other] { $n } cards for you
}
received-open = Open them, one by one
received-later = Later. They are under Me.
received-gone = This card is not on the board any more.
# In the feed and under Me, on a card for the reader or for the reader's team
received-badge = For you
received-badge-team = For your team
# $names of those who were celebrated, to the author
received-says-thanks = { $n ->
    [one] { $names } says thank you
   *[other] { $names } say thank you
}

## The microphone

floor-phone = Microphone
floor-want = I want the microphone
# Stands before a rule: first come, first served
floor-phone-rule = Who comes next:
floor-about = What is it about? A few words, for all to read.
floor-anonymous = Without my name
floor-ask = Get in line
floor-not = Not now
floor-you-have = You have the microphone.
floor-you-next = You are next.
# $n: the place in the line, 2 or more
floor-you-are = You are number { $n } in the line.
floor-you-wait = You will be in the line as soon as a moderator has approved it.
floor-give-up = Give up my place
