### Why something was not done. Each says what happened and, where one can do something, what to do next.
### Readers are people at a gathering, moderators and organisers; English is the second language of most of them.

## The kinds of refusal, as the headline of a page or of a problem document

problem-error = Something went wrong
problem-not-json = That could not be read
problem-forbidden = Not allowed
problem-no-cookie = Cookies are blocked
problem-not-found = Not found
problem-wrong-method = Not possible here
problem-conflict = It has changed meanwhile
problem-too-large = Too long
problem-wrong-type = Wrong content type
problem-invalid = Please check this
problem-closed = Closed
problem-archived = Archived
problem-too-fast = Too fast
problem-storage-down = Nothing was saved

## Pages and links

board-unknown = There is no board with this code. Please check it on the large screen.
board-unknown-title = No board with this code
board-gone = This board is no longer here.
board-gone-title = This board is no longer here
page-unknown = There is nothing at this address.
page-unknown-title = Page not found
method-unknown = This cannot be done here.
file-unknown = There is no such file.
gallery-unknown = There is no such gallery.
link-unknown = This link is not valid, or it was taken back. Ask the organiser for a new one.
link-unknown-title = This link no longer works
link-of-later-version = The server is being updated and does not know this link yet. Try again in a minute.
role-unknown = This role does not exist.
link-revoked = This link has been taken back. Ask the organiser for a new one.
screen-needs-link = The large screen opens with its own link. Ask the organiser for it.
screen-needs-link-title = This page needs the link of a large screen
desk-needs-link = This page opens with a moderator's link. Ask the organiser for it.
desk-needs-link-title = This page needs a moderator link
organiser-needs-link = This page opens with an organiser's link. Ask the person who made this board for it.
organiser-needs-link-title = This page needs an organiser link
kiosk-needs-link = This page is for a shared tablet, and opens with a link of its own. A moderator makes one at the desk.
kiosk-needs-link-title = This page needs the link of a kiosk
metrics-not-allowed = The numbers are for this machine, or for requests that send BOARD_METRICS_TOKEN.
server-failed = Something went wrong on our side. Please try again.
storage-silent = The board's storage does not answer. Nothing was saved; please try again.
storage-busy = The board is very busy. Nothing was saved; please try again in a moment.
# $reason is what the database says, in English
storage-other-version = The database was made by another version of the board: { $reason }
storage-down = The database does not answer: { $reason }
cookies-blocked = This browser did not send the board's cookie back, so nothing was saved. Allow cookies for this site (a private window may block them), then open the board again.
stage-needs-link = The stage page opens with its own link. Ask the organiser for it.
stage-needs-link-title = This page needs the link of the stage
# $role: moderator, organiser, screen, stage or kiosk
role-needed = { $role ->
    [organiser] Only an organiser may do this. Open the board with your organiser link first.
    [stage] Only the stage page may do this. Open the board with its link first.
    [screen] Only a large screen may do this. Open the board with its link first.
    [kiosk] Only a kiosk may do this. Open the board with its link first.
   *[moderator] Only a moderator may do this. Open the board with your moderator link first.
}
thanks-by-recipient = Only the person whom this card is for can say thanks. Is that you? Say under Me who you are.
thanks-given = Somebody with your name has said thanks already.
thanks-for-cards = Thanks go with cards, not with questions.
moderators-only = Only a moderator may do this.
page-from-elsewhere = The page that sent this does not belong to the board.
too-fast = { $seconds ->
    [one] Too fast. Try again in { $seconds } second.
   *[other] Too fast. Try again in { $seconds } seconds.
}

## Requests

json-expected = This is not the JSON that was expected here.
file-header-expected = Please send the file with the header Content-Type: application/octet-stream.
json-header-expected = Please send JSON, with the header Content-Type: application/json.
request-too-large = A request has at most { $kib } KiB.
request-much-too-large = That is too much at once.
request-field-missing = This request lacks the field “{ $field }”.
request-field-unknown = This request has a field “{ $name }” that the board does not know.
# $value is what was sent
request-value-unknown = “{ $field }” cannot be “{ $value }”.
# $expected and $got are names of JSON types, such as string
request-type-wrong = “{ $field }” has the type { $got }; it must be { $expected }.
request-whole-type-wrong = This request has the type { $got }; it must be { $expected }.
request-value-wrong = “{ $field }” has a value that is not possible here.
request-wrong = This request has a value that is not possible here.
reaction-unknown = There is no such reaction.
feed-unknown = There is no such feed.
limit-wrong = “limit” is a whole number from 1 to { $most }.
choice-wrong = “{ $field }” is one of { $choices }.
parameter-too-long = “{ $field }” has at most { $most } characters.
time-wrong = “{ $field }” is a time such as 2026-11-23T09:00:00Z.
minutes-wrong = “minutes” is a number from 1 to { $most }.
posts-stay-or-along = “posts” is “stay” or “along”.
post-id-wrong = This is not the id of a post.
bulk-size-wrong = Choose one to { $most } posts at a time.
resume-incomplete = “after” and “epoch” go together.
resume-number-wrong = “after” is not a number of this board.
epoch-too-long = “epoch” has at most { $most } characters.
search-too-long = A search has at most { $most } characters.
search-too-many-words = A search has at most { $most } words.
anchor-unknown = The post to go on from is not on this board.

answers-too-many = “{ $field }” has at most { $most } answers.

## Texts

text-missing = Please write something first.
text-too-short = { $least ->
    [one] Please write at least { $least } character.
   *[other] Please write a little more: at least { $least } characters.
}
text-too-long = That is too long: { $length } of { $most } characters.
text-much-too-long = That is too long: { $most } characters at the most.
character-not-shown = There is a character in it that cannot be shown. Please type it again.
character-not-stored = There is a character in it that cannot be stored.
character-too-heavy = One character in it has too many parts. Please type it again.
one-line-only = Only one line fits here.

## Names

# $person is a name, with the team in brackets; $name is the name alone
name-taken = { $person } is in use on another phone. Is that you? Ask a moderator to move your name to this phone. Are you somebody else of this name? Add a word that tells you apart, as “{ $name }, nurse”.
name-needs-team = Several people here are called { $name }. Please choose your team, too.
name-needed = Please tell us your name: this board shows who writes.
name-needed-first = Please tell us your name first: this board shows who writes.
person-or-name = Give a person or a name, not both.
person-of-list-or-name = Give a person of the list or a name, not both.
person-not-listed-type-name = This person is not on the list any more. Please type the name.
person-not-listed-type-own = This person is not on the list any more. Please type your name.
person-unknown = Nobody on this board has this id.
person-not-on-list = Nobody on the list has this id.
person-to-erase-unknown = Nobody on this board has this name or id.
# $names are ids, each with a name
person-to-erase-unclear = Several people have this name. Please say which one, by the id: { $names }.
erase-own-link = This is the name of your own link. Another organiser can erase it, or the command line.

## Cards and questions

recipients-wrong-number = A card goes to one to { $most } people or teams.
recipient-missing = Who is it for? A name is missing.
recipient-is-author = You cannot send a card to yourself. Please choose somebody else.
recipient-cannot-be-author = Its author cannot be one of the people that a card is for.
question-has-no-recipient = A question has no recipient.
question-has-no-recipient-or-theme = A question has no recipient and no theme.
theme-unknown = This theme is not on the board. Please choose one of those shown.
cards-closed = Cards are closed right now. Yours is still here; try again later.
anonymous-not-allowed = This board shows who writes. Please post with your name.
session-unknown = This session is not on the agenda.
questions-closed = Questions in this session are closed.
questions-paused = Questions in this session are paused. You can still read and vote.
posting-muted = A moderator has paused posting from this phone. You can still read and vote.
post-unknown = This post is not on the board.
post-id-taken = This id belongs to another post. Please send it again as a new one.
post-of-somebody-else = Only its author can change this post.
post-only-withdrawn = You can take your post back, nothing else.
change-or-withdraw = Either change the post or take it back.
post-held-unchanged = A moderator holds this post, so you cannot change it. You can take it back and write a new one.
post-approved-unchanged = This post has been approved as it is. You can take it back and write a new one.
post-too-old-to-change = { $minutes ->
    [one] After { $minutes } minute a post stays as it is. You can still take it back.
   *[other] After { $minutes } minutes a post stays as it is. You can still take it back.
}
votes-for-questions = Votes are for questions; cards take reactions.
voting-ended = Voting in this session has ended.
reactions-for-cards = Reactions are for cards; questions take votes.

## The moderators' desk

post-withdrawn-meanwhile = Its author has taken this post back.
recipients-changed-meanwhile = Somebody else has changed the recipients of this card meanwhile.
# $state is the state of the post now; $name is the moderator who put it there, or empty
post-decided-meanwhile = { $state ->
    [visible] { $name } has approved this post meanwhile.
    [hidden] { $name } has hidden this post meanwhile.
    [rejected] { $name } has held this post meanwhile.
   *[pending] { $name } has put this post back to waiting meanwhile.
}
post-decided-by-somebody = { $state ->
    [visible] Somebody has approved this post meanwhile.
    [hidden] Somebody has hidden this post meanwhile.
    [rejected] Somebody has held this post meanwhile.
   *[pending] Somebody has put this post back to waiting meanwhile.
}
pin-not-visible = Only a post on the board can be pinned.
# $most: characters
webhook-address-wrong = A webhook needs an address such as https://example.org/hook, without a name and password, of at most { $most } characters.
webhook-address-private = Messages go to addresses on the internet. For one in your own network the operator of this server names that network (BOARD_WEBHOOK_NETWORKS).
webhook-without-events = Choose at least one event.
webhooks-too-many = A board has up to { $most } webhooks. Remove one first.
webhook-gone = There is no such webhook any more.
answer-needs-question = Only questions are answered or moved to a session.
translation-needs-answer = Write the answer first. Then it can be translated.
# $most: a number
translations-too-many = An answer has up to { $most } translations.
# $language: what was sent
language-wrong = { $language } is no code of a language. Codes are such as km, fr or pt-BR.
due-wrong = Please give a day, as 2026-05-04.
due-needs-owner = First say who answers the question, then until when.
answered-or-set-aside = A question is answered or set aside, not both.
undo-too-late = { $seconds ->
    [one] An approval can be undone for { $seconds } second, if nobody else has acted since. Hide the post instead.
   *[other] An approval can be undone for { $seconds } seconds, if nobody else has acted since. Hide the post instead.
}
# $now and $wanted are states of a post, such as visible
state-not-reachable = From “{ $now }” this post cannot go to “{ $wanted }”.
note-gone = This note is not there any more.
microphone-off = Nobody can ask for the microphone in this session.
microphone-once = You already have a place in the line for the microphone. Give it up to ask something else.
microphone-full = { $most } people already wait for the microphone. Please write your question.
microphone-needs-session = Choose a session: each has its own microphone.
screen-unknown = This screen is not there. Perhaps it was removed.
screen-last = A board always has one screen. Make another one first.
screen-needs-scene = Which scene? These fields belong to one.
screens-all-or-ids = Name the screens, or say all of them.
screens-wrong-number = Name 1 to { $most } screens.
screens-too-many = A board can have { $most } screens. Remove one that is not used.
spotlight-needs-post = Which post? A spotlight needs one.
post-needs-spotlight = Only a spotlight shows one post.
turns-wrong-number = Please choose 2 to { $most } scenes to rotate.
# $scene is the name of a scene, such as spotlight
turns-scene-wrong = “{ $scene }” cannot rotate with other scenes.
turns-seconds-wrong = A scene stays for { $least } to { $most } seconds.
scene-before-wrong = The screen cannot go back to “{ $scene }”.

## The command line

code-wrong = A code has 4 to 12 of the letters A-Z, the digits 0-9 and the hyphen.
code-taken = There is already a board with the code { $code }.
code-not-found = No free code was found. Please give one with --code.
staff-link-unknown = There is no { $role } link named “{ $name }”.
backup-exists = { $file } is there already. Choose another name for the backup.
# $boards lists them; $number is how many
restore-needs-replace = { $number ->
    [one] This database has { $boards }. To erase it and put the backup in its place, add --replace.
   *[other] This database has { $boards }. To erase them and put the backup in their place, add --replace.
}
backup-not-ours = { $file } is not a backup of a board.
backup-damaged = { $file } is damaged. Nothing was changed.
backup-other-version = { $file } was made by another version of the board: { $reason }

## Boards, made and prepared in the browser

host-needed = Boards are made with a host's link. Open yours first. To make one: brilliance-board host-link.
host-needed-title = This page needs a host's link
boards-by-command = On this server boards are made on the command line: brilliance-board create.
boards-by-command-title = Boards are not made in the browser here
# $name is the name that the link was given
host-link-unknown = There is no host's link named “{ $name }”.
time-zone-unknown = There is no such time zone. Write it as Asia/Bangkok.
day-wrong = “{ $field }” is a day such as 2026-05-04.
ends-before-start = The gathering ends before it starts. Please check both days.
languages-wrong = Languages are up to { $most } codes such as en or pt-BR.
teams-too-many = A board has at most { $most } teams.
# $team is the name of a team
team-twice = The team “{ $team }” is there twice.
themes-too-many = A board has at most { $most } themes: more colours would look alike.

## The agenda, as organisers change it

session-changed-meanwhile = Somebody else changed this session. Please look at it as it is now.
session-has-questions = { $number ->
    [one] This session has { $number } question. Say where it goes before the session is removed.
   *[other] This session has { $number } questions. Say where they go before the session is removed.
}
session-time-wrong = This is not a time. Write it as 2026-05-04T09:30.
session-time-left-out = This time does not exist on that day: the clocks are set forward then.
session-end-without-start = A session with an end needs a start.
session-ends-before-start = The session ends before it starts.
session-before-other-time = That session is at another time. Only sessions at the same time can change places.
session-without-time = This session has no time, so nothing comes after it.
session-outside-days = This is not on one of the board's days.
speakers-too-many = A session has at most { $most } speakers.

## Staff links, as organisers hand them out

links-too-many = A board has at most { $most } staff links. Take back one that is not used.
link-opens-no-screen = Only a link with the role screen opens a screen.
staff-link-gone = This link is no longer there. Perhaps it was taken back.
link-last-organiser = This is the last organiser link. Make another one first, or nobody can prepare this board any more.

qr-elsewhere = This server makes QR codes only for its own addresses.

## Settings of a board

number-wrong = “{ $field }” is a whole number from { $least } to { $most }.
words-too-many = At most { $most } words can be blocked.
team-unknown = The team that is to be called { $team } is not on the board any more.
# $theme is the name of a theme
theme-twice = The theme “{ $theme }” is there twice.
colour-wrong = A colour is written as #f5a300.
mark-wrong = A theme's mark is a number from 1 to { $most }.
logo-unreadable = The logo must be a PNG, JPEG or WebP picture without animation.
logo-too-large = The logo has at most { $kib } KiB.
logo-too-wide = The logo is at most { $pixels } pixels wide and high.
# $field is the name of a setting
settings-changed-meanwhile = Somebody else has changed this meanwhile (“{ $field }”). Please look at it again.
post-word-unchanged = A word in it has to be seen by a moderator first. Take this post back and write a new one.

## A board as a whole

board-archived = This board is archived: it can be read, and nothing is added any more.
# $most: a number
exports-under-way = { $most } exports of this board are under way already. Wait until one of them is there.
rehearsal-there = There is a rehearsal already. End it before you begin another one.
rehearsal-not-there = There is no rehearsal. Simulated attendees act in a rehearsal only.
rehearsal-code = A rehearsal gets a code of its own. Please leave --code out.
# $code is the code of the board
purge-code-wrong = To erase this board, type its code: { $code }.

## The roster, as organisers change it

roster-full = A roster has at most { $most } people.
person-listed-already = { $name } is on the list already, in the same team. To make one entry of two, merge them.
person-changed-meanwhile = Somebody else changed this entry. Please look at it as it is now.
undo-gone = This can no longer be undone. A change can be undone for ten minutes.
undo-in-the-way = Somebody has changed { $name } since. Nothing was undone.
person-merged-with-itself = An entry cannot be merged with itself.

## Afterwards

keepsake-unknown = This link opens no keepsake, or the name was given to another phone since. Open it again on your own phone.
keepsake-unknown-title = No keepsake at this link
keepsake-needs-name = Your keepsake needs your name: say who you are first.
recap-not-opened = The organiser has not opened the recap yet. Try again after the gathering.
recap-not-opened-title = The recap is not open yet
who-not-opened = The organiser has not opened this page yet. Try again after the gathering.
who-not-opened-title = “Who can help” is not open yet

## Questions that are joined, and prepared ones

post-joined = This question was joined with another one. Make it one of its own again first.
join-needs-questions = Only questions can be joined.
join-with-itself = A question cannot be joined with itself.
join-not-open = Only a question that is on the board or waits can be joined with another one.
join-not-visible = A question can be joined only with one that is on the board.
vote-joined-meanwhile = This question was joined with another one meanwhile. Your vote counts there: take it back there.
not-joined = This question is not joined with another one.
prepared-unknown = There is no such prepared question any more.
prepared-added = This question is on the board already. It can no longer be changed or moved in the list of prepared questions.
prepared-changed-meanwhile = Somebody else changed this question. Please look at it as it is now.
prepared-before-unknown = A prepared question can only come before another one of the same session. Please open the list again.
# $most is how many a session may have
prepared-too-many = { $most ->
    [one] At most { $most } prepared question for a session.
   *[other] At most { $most } prepared questions for a session.
}
