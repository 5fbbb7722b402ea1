### The moderators' desk.

## Lists and states of posts

desk-list-waiting = Waiting
desk-list-board = On the board
desk-list-held = Hidden
desk-list-withdrawn = Withdrawn
# The names of the lists on a narrow screen
desk-short-waiting = Waiting
desk-short-board = On board
desk-short-held = Hidden
desk-short-withdrawn = Withdrawn
# The state of one post
desk-state-waiting = waiting
desk-state-board = on the board
desk-state-held = hidden
desk-state-withdrawn = withdrawn
desk-state-again = hidden, decide again

## Head of the page

desk-room = Room
# In the room's column, above what is opened by hand: writing for somebody, prepared questions, names …
desk-tools = Tools
desk-queue = Queue
desk-live = Live
desk-offline = Reconnecting …
desk-slow = Slow network: updates come every few seconds
desk-old = This page may not be up to date.
desk-phones = { $n ->
    [one] 1 phone
   *[other] { $n } phones
}
# Screens: $live show the board as it is, $stale have not drawn the newest yet, $lost have no connection
desk-screens-none = No screen is open
desk-screens-live = { $live ->
    [one] 1 screen live
   *[other] { $live } screens live
}
desk-screens-stale = { $stale ->
    [one] 1 screen behind
   *[other] { $stale } screens behind
}
desk-screens-lost = { $lost ->
    [one] 1 screen without connection
   *[other] { $lost } screens without connection
}
desk-screens-live-stale = { $live ->
    [one] 1 screen live, { $stale } behind
   *[other] { $live } screens live, { $stale } behind
}
desk-screens-live-lost = { $live ->
    [one] 1 screen live, { $lost } without connection
   *[other] { $live } screens live, { $lost } without connection
}
desk-screens-stale-lost = { $stale ->
    [one] 1 screen behind, { $lost } without connection
   *[other] { $stale } screens behind, { $lost } without connection
}
desk-screens-live-stale-lost = { $live ->
    [one] 1 screen live, { $stale } behind, { $lost } without connection
   *[other] { $live } screens live, { $stale } behind, { $lost } without connection
}
# $name is a screen. It has no connection, and can show a post that was hidden until $time
desk-still-read = “{ $name }” has no connection: it may still be read there until { $time }.
# How one screen is doing: it shows the board as it is, is behind, has nobody who opened it, or was lost
desk-screen-live = live
desk-screen-stale = behind
desk-screen-safe = not open
desk-screen-lost = no connection
desk-readable-until = May still be read until { $time }
desk-screen-not-open = No computer shows this screen
desk-screen-behind = Not up to date yet
desk-screens = Screens
desk-all-screens = all screens
desk-on-all-screens = On all { $n } screens
# $names are screens
desk-on-some-screens = On { $names }
desk-mean-all = All
# $name is a screen
desk-scenes-of = What “{ $name }” shows
desk-picture-of = “{ $name }” as it looks now: { $scene }
desk-picture = The screen as it looks now: { $scene }
# The title of the next session follows
desk-next-at = Next at { $time }:
desk-freeze = Freeze
desk-blank = Blank
desk-frozen-now = Frozen. New posts wait for you; nothing new is shown.
desk-unfreeze = Unfreeze
desk-blank-now = The screen is blank.
desk-blank-all = All { $all } screens are blank.
desk-blank-some = { $n ->
    [one] 1 of { $all } screens is blank.
   *[other] { $n } of { $all } screens are blank.
}
desk-unblank = Show it again

## A post and what can be done with it

desk-approve = Approve
desk-hold = Hide
desk-hold-why = Hide with a reason
desk-restore = Restore
desk-pin = Pin
desk-spotlight = Spotlight
desk-answered = Mark answered
desk-more = More
desk-write-answer = Write an answer …
desk-change-answer = Change the answer …
desk-move = Move to another session …
desk-correct = Correct the recipient …
desk-all-of-author = All posts of this author
desk-mute = Mute this author
desk-unpin = Unpin
desk-unmute = Let this author post again
desk-select = Select
# Read out on a button. $act is its text, $post the names on a card or the text of a question
desk-act-of = { $act }: { $post }
desk-question = Question
desk-no-session = No session
desk-pinned-tag = Pinned
desk-answered-tag = Answered
desk-on-screen = On the screen now
desk-muted-tag = Muted
# The answer follows
desk-answer-label = Answer:
# The reason follows
desk-reason-label = Reason:
# $name is a moderator
desk-held-by = Hidden by { $name }
# $name is a moderator; $time is how long ago
desk-held-at = Hidden by { $name }, { $time }
# In place of the name of a post that is not on this page
desk-a-post = a post
desk-votes = { $n ->
    [one] 1 vote
   *[other] { $n } votes
}

## Lists without posts

desk-empty-waiting = Nothing to approve.
desk-empty-waiting-more = Posts that need your approval appear here.
desk-empty-board = Nothing is on the board yet.
desk-empty-board-more = The first card or question appears here.
desk-empty-held = Nothing is hidden.
desk-empty-held-more = Posts that you hide are here. You can restore them.
desk-empty-withdrawn = No author took a post back.
desk-empty-withdrawn-more = Posts that their authors take back appear here.
desk-at-once = New posts appear at once. To read them first, switch on approval.
desk-nothing-matches = No matching posts.
desk-nothing-matches-more = Try fewer words, another list, or clear the filters.

## Search and filters

desk-searching = Searching all posts …
desk-found = { $n ->
    [0] Nothing found
   *[other] { $n } found
}
desk-found-so-far = { $n ->
    [0] Nothing found so far
   *[other] { $n } found so far
}
desk-search-on = Search older posts
# $detail is a sentence: why it did not work
desk-not-searched = Older posts were not searched. { $detail }
desk-search-again = Try again
desk-clear = Clear filters
# $n is how many posts are new
desk-news = { $n } new
desk-show = Show
desk-show-more = Show more ({ $n } left)
desk-older = Show older cards
desk-loading = Loading …
desk-search = Search
desk-search-hint = Names or text
desk-filters = Filters
# Said after "Filters": some filter is on
desk-filters-on = on
desk-kind-all = All
desk-kind-cards = Cards
desk-kind-questions = Questions
# A filter: questions without an answer, an owner in time or a reason why nobody answers
desk-kind-left = Left behind
desk-all-sessions = All sessions
desk-all-teams = All teams
# $name is an author
desk-by-author = By { $name }

## The foot: what was done, what is selected

# $n is how many posts are selected
desk-selected = { $n } selected
desk-select-all = All in this list
desk-select-none = Clear
desk-just-done = Just done
desk-undo = Undo
# $n is how many other acts can be undone
desk-more-undo = { $n } more
# $all is how many screens there are
desk-reached-all = { $all ->
    [one] Gone from the screen.
   *[other] Gone from all { $all } screens.
}
desk-reached-some = Gone from { $n } of { $all } screens …
desk-close = Close
desk-keys = Keys

## The room

desk-screen = Screen
# In the room's column, above its picture
desk-large-screen = Large screen
desk-scene-join = Join
desk-scene-cards = Cards
desk-scene-questions = Questions
desk-scene-spotlight = Spotlight
desk-scene-map = Map
desk-scene-recap = Recap
desk-scene-blank = Blank
desk-turns = Rotate scenes
desk-turns-how = Seconds per scene (0: skip)
desk-spotlight-how = Press Spotlight on a post to show it alone.
# The post follows
desk-spotlit = In the spotlight:
desk-running = The running session
# The session follows
desk-questions-of = Questions of
desk-approval = New posts
desk-cards-wait = Approve cards first
desk-questions-wait = Approve questions first
desk-cards-open = Accept new cards
desk-sessions = Sessions
# Read out on a choice: open, paused or closed. $title is the title of a session
desk-session-of = Questions of { $title }
desk-session-open = Questions open
desk-session-paused = Questions paused
desk-session-closed = Questions closed
# Buttons follow: the whole agenda from this session on is moved
desk-shift-of = { $title } and all after it
# $n are minutes; later, or earlier
desk-shift-later = +{ $n } min
desk-shift-earlier = −{ $n } min
# Open questions of a session that is over go on to the one that is on
desk-take-along = { $n ->
    [one] Move { $n } open question of { $from } to { $to }
   *[other] Move { $n } open questions of { $from } to { $to }
}
desk-shifted-later = { $title } and all after it: { $n } min later
desk-shifted-earlier = { $title } and all after it: { $n } min earlier
desk-taken-along = { $n ->
    [one] { $n } question moved to { $title }
   *[other] { $n } questions moved to { $title }
}
desk-other-sessions = { $n ->
    [one] 1 other session
   *[other] { $n } other sessions
}
desk-names = Move a name to a new phone
desk-names-how = Somebody has a new phone? Release the name here for it.
desk-names-along = Their posts move, too.
desk-names-along-how = Then only the new phone can change or take them back.
desk-names-hint = A name that is in use
desk-names-none = No name in use starts like that.
# $name is a person; the verb "to free"
desk-free-name = Release { $name }
desk-free-it = Release
# What was done a short time ago
desk-lately = Recent activity
desk-phone-page = Phone page
desk-screen-page = Screen page

## More votes than phones

# $voters is how many phones voted, $online how many are connected
desk-flood = { $online ->
    [one] More votes than phones: { $voters } voted within a minute, 1 phone is here.
   *[other] More votes than phones: { $voters } voted within a minute, { $online } phones are here.
}
desk-flood-look = Review
desk-flood-head = More votes than phones
desk-flood-why = A program may be voting as many phones. You can take back all votes of phones that joined recently. Real people among them can vote again.
# One of the three texts below follows
desk-flood-take = Take back the votes of phones that joined
desk-flood-minutes = in the last 5 minutes
desk-flood-hour = in the last hour
desk-flood-today = today
desk-flood-leave = Keep all votes

## The desk is closed

desk-link-taken-back = This link was taken back
desk-link-taken-back-more = Ask the organiser for a new one. What you did is kept.
desk-board-gone = This board is no longer here
desk-board-gone-more = It was moved or erased. Ask the organiser for its new link.
desk-page-too-old = This page is too old
desk-page-too-old-more = There is a newer version. Reload the page.
desk-reload = Reload

## Popovers

desk-hold-head = Hide, and tell the author why
# Reasons to hide a post: its author reads them
desk-reason-kindly = Please say it a little more kindly.
desk-reason-names-somebody = It names somebody who may not want that.
desk-reason-asked-already = It was asked already. Please vote for the other one.
desk-reason-other-session = It belongs to another session.
desk-reason-not-here = We cannot answer this here. Please find us at the break.
desk-own-words = In your own words
desk-hold-now = Hide
desk-answer-head = Write an answer
desk-answer-hint = Everyone can read it under the question.
# A choice of languages
desk-answer-add = Add a language …
desk-answer-others-hint = Readers of these languages see the translation under the answer. An empty field takes it away.
desk-mark-answered = Mark the question as answered
desk-save = Save
desk-correct-head = Correct the recipient
desk-move-head = Move to another session

## Who answers a question later, or why nobody does

desk-give = Give to …
desk-give-change = Change owner or day
desk-give-head = Who answers this, and until when?
desk-give-who = Name, or who it is (such as “the secretariat”)
desk-give-until = Until
desk-give-until-hint = Everyone can read the name and the day.
desk-give-now = Give
desk-give-none = Take the owner away
desk-aside = Set aside …
desk-aside-head = Set aside, because …
desk-aside-hint = Everyone can read the reason.
desk-aside-now = Set aside
desk-aside-not = No longer set aside
desk-aside-same = It was answered together with another question.
desk-aside-elsewhere = It belongs to another meeting or office.
desk-aside-ask-them = It is best asked in person.
desk-aside-no-time = There was no time for it.
desk-aside-done = It is done, so there is nothing left to answer.
desk-aside-tag = Set aside
desk-aside-label = Set aside:
# $name is who will answer, $day a day such as 4 May
desk-owned = With { $name }
desk-owned-until = With { $name }, until { $day }
desk-owned-late = With { $name }, late since { $day }

## What the keys do

desk-help-head = Keys
desk-help-beside = next, previous post
desk-help-approve = approve or restore
desk-help-hold = hide
desk-help-hold-why = hide with a reason
desk-help-spotlight = spotlight on the screen
desk-help-pin = pin
desk-help-answered = mark answered
desk-help-select = select; A and H then act on all selected
desk-help-undo = undo
desk-help-freeze = freeze, and back
desk-help-blank = blank, and back
desk-help-scenes = join, cards, questions, map, recap
desk-help-turns = rotate scenes
desk-help-screens = next screen; tick it. Scenes and B act on ticked ones, else on this one, else on all
desk-help-search = search
desk-help-lists = waiting, on the board, hidden, withdrawn
desk-help-escape = close, clear

## Correcting the recipient of a card

# The name on the card follows
desk-correct-now = On the card:
desk-correct-to = Recipients
desk-correct-how = The text stays. Its author and these people see the change at once.
desk-correct-missing = Who is this card for?
desk-saving = Saving …
desk-correct-throw-away = Discard the change

## What this moderator did

# One post, and its name follows; then $n posts
desk-did-approve = Approved
desk-did-approve-many = { $n } approved
desk-did-restore = Back on the board
desk-did-restore-many = { $n } back on the board
desk-did-hold = Hidden
desk-did-hold-many = { $n } hidden
desk-did-stay = Stays hidden
desk-did-stay-many = { $n } stay hidden
desk-undone = Undone.
desk-undone-again = Undone. It is off the board, and in your list again.
# $act is one of these texts, without its full stop; $detail is a sentence: why it was refused
desk-not-done = “{ $act }” failed. { $detail }
desk-did-unpin = Unpinned
desk-did-pin = Pinned
desk-did-reopen = Open again
desk-did-answered = Marked answered
desk-did-answer = Answer saved
desk-did-move = Moved
desk-did-give = Given away
desk-did-take = Without an owner again
desk-did-aside = Set aside
desk-did-not-aside = No longer set aside
desk-did-correct = Recipient corrected
desk-did-spotlight-off = Spotlight off
desk-did-spotlight = In the spotlight
desk-did-unfreeze = Unfrozen
desk-did-freeze = Frozen
desk-did-unblank = Screen on again
desk-did-blank = Screen blank
# $name is a scene, as on the buttons of the room
desk-did-scene = Screen: { $name }
desk-did-turns = Scenes rotate
# $name is a person
desk-did-free = { $name } can now be used on a new phone.
desk-did-free-along = { $name } can now be used on a new phone. Their posts move, too.
desk-two-turns = Please choose at least two scenes to rotate.
desk-did-cards-at-once = Cards appear at once
desk-did-cards-wait = Cards wait for approval
desk-did-questions-at-once = Questions appear at once
desk-did-questions-wait = Questions wait for approval
desk-did-cards-close = Cards are closed
desk-did-cards-open = Cards are open
# $title is the title of a session
desk-session-now-open = { $title }: open
desk-session-now-paused = { $title }: paused
desk-session-now-closed = { $title }: closed
# The name of the author follows
desk-did-unmute = May post again
desk-did-mute = Muted
desk-votes-taken = { $votes ->
    [0] No phone that came since then had voted.
    [one] { $questions ->
        [one] 1 vote taken back, from 1 question.
       *[other] 1 vote taken back, from { $questions } questions.
    }
   *[other] { $questions ->
        [one] { $votes } votes taken back, from 1 question.
       *[other] { $votes } votes taken back, from { $questions } questions.
    }
}
desk-news-shown = { $n ->
    [one] 1 new post shown.
   *[other] { $n } new posts shown.
}
# In place of a name
desk-this-author = this author

## Why it cannot be done

desk-nothing-to-undo = Nothing to undo.
desk-on-board-already = It is on the board already.
desk-held-already = It is hidden already.
desk-taken-back = Its author has taken this back.
desk-only-questions = Only questions can be marked answered.
desk-only-visible = Only what is on the board can be pinned or shown.
desk-overtaken = { $n ->
    [one] Somebody else has changed 1 post meanwhile. It stays as it is.
   *[other] Somebody else has changed { $n } posts meanwhile. They stay as they are.
}

## What somebody else did; $name is a moderator

desk-another-moderator = Another moderator
desk-others-approved = Approved by { $name }
desk-others-restored = Put back by { $name }
desk-others-back = Put back to waiting by { $name }
desk-others-withdrawn = Taken back by its author
desk-others-edited = Its author has changed the text.
desk-others-readdressed = Its author has changed the recipient.
desk-others-corrected = Recipient corrected by { $name }
desk-others-pinned = Pinned by { $name }
desk-others-unpinned = Unpinned by { $name }
desk-others-answered = Marked answered by { $name }
desk-others-reopened = Opened again by { $name }
desk-others-answer = Answer written by { $name }
desk-others-moved = Moved to another session by { $name }
desk-others-aside = Set aside by { $name }
desk-others-back-again = No longer set aside, by { $name }
desk-others-given = { $name } has said who answers
desk-others-ungiven = { $name } has taken the owner away
desk-faster-approved = { $name } approved this a moment ago.
desk-faster-restored = { $name } put this back a moment ago.
desk-faster-held = { $name } hid this a moment ago.
desk-faster-withdrawn = Its author has just taken this back.

## Recent activity. $actor is a moderator, $about a post by its name, or what the text says

desk-audit-visible = { $actor } approved { $about }
desk-audit-hidden = { $actor } took off the board { $about }
desk-audit-pending = { $actor } took back the approval of { $about }
desk-audit-rejected = { $actor } hid { $about }
desk-audit-unpinned = { $actor } unpinned { $about }
desk-audit-pinned = { $actor } pinned { $about }
desk-audit-reopened = { $actor } opened again { $about }
desk-audit-answered = { $actor } marked answered { $about }
desk-audit-answer = { $actor } wrote an answer to { $about }
desk-audit-moved = { $actor } moved { $about }
# $about is the name of another computer
desk-audit-webhook-added = { $actor } has messages sent to { $about }
desk-audit-webhook-removed = { $actor } has messages sent to { $about } no longer
# The languages of an answer changed
desk-audit-translated = { $actor } translated an answer to { $about }
desk-audit-owner = { $actor } said who answers { $about }
desk-audit-due = { $actor } said until when somebody answers { $about }
desk-audit-aside = { $actor } set aside, or took up again, { $about }
desk-audit-corrected = { $actor } corrected a recipient: { $about }
desk-audit-present = { $actor } put on the screen: { $about }
desk-audit-shown-on = { $scene }, on { $names }
desk-audit-screen-added = { $actor } added a screen: { $about }
desk-audit-screen-changed = { $actor } changed a screen: { $about }
desk-audit-screen-removed = { $actor } removed a screen: { $about }
desk-audit-unfroze = { $actor } unfroze the board
desk-audit-froze = { $actor } froze the board
desk-audit-cards-closed = { $actor } closed the cards
desk-audit-cards-opened = { $actor } opened the cards
desk-audit-cards-at-once = { $actor } switched off approval for cards
desk-audit-cards-wait = { $actor } switched on approval for cards
desk-audit-questions-at-once = { $actor } switched off approval for questions
desk-audit-questions-wait = { $actor } switched on approval for questions
desk-audit-questions-opened = { $actor } opened the questions of { $about }
desk-audit-questions-paused = { $actor } paused the questions of { $about }
desk-audit-questions-closed = { $actor } closed the questions of { $about }
desk-audit-microphone = { $actor } gave { $about } a microphone, or chose who comes next
desk-audit-microphone-off = { $actor } took the microphone from { $about }
desk-audit-taken-up = { $actor } went on to { $about }
desk-audit-later = { $actor } put { $about } behind the others
desk-audit-note = { $actor } wrote to the stage: { $about }
desk-audit-note-back = { $actor } took a note to the stage back: { $about }
desk-audit-mute = { $actor } muted an author
desk-audit-unmute = { $actor } let an author post again
desk-audit-trust = { $actor } trusts an author: later posts wait for no approval
desk-audit-untrust = { $actor } no longer trusts an author
desk-audit-join = { $actor } joined two questions: { $about }
desk-audit-part = { $actor } parted two questions: { $about }
desk-audit-prepare = { $actor } prepared questions: { $about }
desk-audit-reword-prepared = { $actor } changed a prepared question
desk-audit-reorder-prepared = { $actor } put prepared questions in another order
# $about is desk-audit-moves
desk-audit-reordered-prepared = { $actor } put prepared questions in another order, { $about }
desk-audit-moves = { $n ->
    [one] in { $n } move
   *[other] in { $n } moves
}
desk-audit-unprepare = { $actor } removed a prepared question
desk-audit-add-prepared = { $actor } added a prepared question: { $about }
desk-audit-behalf = { $actor } wrote for somebody: { $about }
desk-audit-votes = { $actor } took back the votes
desk-audit-free-name = { $actor } released the name of { $about }
desk-audit-import-agenda = { $actor } imported an agenda: { $about }
desk-audit-import-people = { $actor } imported a list of people: { $about }
# What became of the lines of a file
desk-audit-counted = { $added } added, { $changed } changed
desk-audit-with-posts = { $n ->
    [one] { $name }, with 1 post
   *[other] { $name }, with { $n } posts
}
# $role is one of the next three texts, $name the name of the link
desk-audit-link-of = { $role }, “{ $name }”
desk-role-moderator = moderator
desk-role-organiser = organiser
desk-role-screen = large screen
desk-role-kiosk = kiosk
desk-role-stage = stage
# In place of a name: something was done on the server itself
desk-command-line = The command line
desk-audit-badge-moved = { $actor } opened the board on another phone, with a badge
desk-audit-session-added = { $actor } added a session: { $about }
desk-audit-session-changed = { $actor } changed a session: { $about }
desk-audit-session-removed = { $actor } removed a session: { $about }
desk-audit-shift = { $actor } moved sessions in time: { $about }
desk-audit-person-added = { $actor } added somebody to the roster: { $about }
desk-audit-person-changed = { $actor } corrected the roster: { $about }
desk-audit-people-merged = { $actor } merged two entries of the roster: { $about }
desk-audit-person-removed = { $actor } removed somebody from the roster: { $about }
desk-audit-person-erased = { $actor } erased somebody from the board
desk-audit-person-undone = { $actor } took back a change of the roster: { $about }
desk-audit-revoke-undone = { $actor } gave a link back: { $about }
desk-audit-settings = { $actor } changed the settings: { $about }
desk-audit-team = { $actor } renamed a team: { $about }
desk-audit-archive = { $actor } archived the board
desk-audit-unarchive = { $actor } opened the archived board again
# $about is a day, as 2026-11-03
desk-audit-retention = All of this board is erased on { $about }. Organisers can keep it longer.
desk-audit-rehearsal = { $actor } began a rehearsal: { $about }
desk-audit-simulated = { $actor } started simulated attendees in the rehearsal: { $about }
desk-audit-simulated-stopped = { $actor } stopped the simulated attendees: { $about }
desk-audit-poster = { $actor } opened the poster
desk-audit-import-agenda-undone = { $actor } took back an import of the agenda: { $about }
desk-audit-import-people-undone = { $actor } took back an import of people: { $about }
desk-audit-link = { $actor } made a link: { $about }
desk-audit-revoke = { $actor } took back a link: { $about }

## Questions that are joined, trusted people, prepared questions, posts for others, kiosks

desk-join = Join with another question …
desk-join-title = Join with which question?
desk-join-alike = Questions like this one
desk-join-others = Other open questions
desk-join-find = Find a question
desk-join-none = There is no other open question.
desk-did-join = Joined.
# $n is how many questions were joined with this one
desk-joined-tag = { $n ->
    [one] + { $n } joined
   *[other] + { $n } joined
}
desk-joined-with = Joined with:
desk-part = Make it a question of its own again
desk-did-part = Two questions again.
desk-trust = Trust this person from now on
desk-approve-trust = Approve, and this person from now on
desk-untrust = No longer trust this person
desk-trusted-tag = trusted
desk-did-trust = Trusted: later posts wait for no approval.
desk-did-approve-trust = Approved and trusted: later posts wait for no approval.
desk-did-untrust = No longer trusted.
desk-blocked-tag = blocked word
desk-behalf = Write for somebody
desk-behalf-how = From paper or by ear: name, Enter, text, Enter, next.
desk-behalf-card = Card
desk-behalf-question = Question
desk-behalf-to = To (several names: with commas)
desk-behalf-session = Session
desk-behalf-text = Text
desk-behalf-from = From (empty: no name)
desk-behalf-write = Put on the board
# $text is the text of the post
desk-behalf-written = On the board: { $text }
# $text is the text of the post
desk-behalf-waits = It waits: { $text }
desk-prepared = Prepared questions
desk-prepared-how = Nobody sees them until you add them.
desk-prepared-paste = New questions, one a line
desk-prepared-save = Prepare
desk-prepared-none = No prepared questions yet.
# $n is how many are prepared for this session, $most how many may be
desk-prepared-count = { $n } of { $most }
desk-prepared-add = Add to the board
desk-prepared-added = On the board.
desk-prepared-remove = Remove
desk-prepared-edit = Edit
desk-prepared-cancel = Cancel
desk-prepared-up = Move up
desk-prepared-down = Move down
desk-prepared-saved = Changed.
# Read out: the place of a question that was moved, of how many
desk-prepared-moved = Place { $n } of { $most }
# $text is what the colleague wrote
desk-prepared-theirs = Somebody else changed it to “{ $text }”. Save puts your text in its place, Cancel keeps theirs.
# $detail is why: it is on the board already, or removed
desk-prepared-kept = { $detail } Your text stays here: copy it to prepare a new question.
desk-kiosk = Kiosk
desk-kiosk-how = A shared tablet for people without a phone. Open the link there; it forgets after each post.
desk-kiosk-name = Where it stands
desk-kiosk-make = Make a link
# $name is where the tablet stands
desk-kiosk-link = The link for “{ $name }”, shown this once:
desk-kiosk-copy = Copy
desk-kiosk-copied = Copied
# $name is where the tablet stands
desk-kiosk-revoke = Take back the link of “{ $name }”
desk-kiosk-revoke-it = Take back

## The stage and the microphone

floor-none = No microphone
# $title: of a session. Read out for the list of rules
floor-of = Microphone of { $title }
# Stands before the question that is being answered
floor-now = Now:
floor-answered-next = Answered, next
# On a button: this question is answered now
floor-take = Now
floor-take-of = Answer now: { $text }
floor-voice = at the microphone
# $n questions are not shown
floor-more = { $n ->
    [one] { $n } more waits.
   *[other] { $n } more wait.
}
floor-nobody = Nobody waits.
floor-note = Note to the speaker
floor-note-send = Send to the stage
# $room: the name of a room
floor-note-to = Send to { $room }
floor-note-seen = seen
floor-note-unseen = not seen yet
floor-note-back = Take back
