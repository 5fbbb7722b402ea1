### The answers for everybody: what became of each question.

# $title is that of the board
answers-page-title = Answers · { $title }
# $n is how many questions were asked
answers-title =
    { $n ->
        [0] No questions yet
        [one] One question, and what became of it
       *[other] { $n } questions, and what became of each
    }
answers-staff-only = Only moderators and organisers see this page yet. The organiser opens it to everybody, on the organiser's page under “Board”.
answers-not-open = The answers are not open yet. The organiser opens them after the gathering.
answers-not-open-title = Not open yet
answers-choose = Which questions
answers-session = Session
answers-all-sessions = All sessions
answers-no-session = Without a session
answers-show = Show
answers-by-session = Session by session
answers-older = Earlier questions
answers-none = There are none of these.
answers-due = Calendar of what is due
answers-board = Open the board
answers-scan = Scan the code for the list as it stands today.
# The name of the calendar; $title is that of the board
answers-calendar = { $title }: answers due

## What became of a question

answers-state-all = All
answers-state-answered = Answered
answers-state-owned = Promised
answers-state-set-aside = Set aside
answers-state-open = Open
# Before a name: that person promised an answer, and the day is over
answers-owned-late = Late
# $day is a day such as 4 May
answers-until = by { $day }
answers-aloud = Answered in the room.
# Before a name
answers-asked-by = Asked by
answers-asked-anonymously = Asked anonymously
answers-votes =
    { $n ->
        [one] { $n } vote
       *[other] { $n } votes
    }

## How many

answers-count-asked =
    { $n ->
        [one] { $n } asked
       *[other] { $n } asked
    }
answers-count-answered = { $n } answered
answers-count-owned = { $n } promised
answers-count-set-aside = { $n } set aside
answers-count-open = { $n } open
# Questions that moderators kept off the board
answers-count-held =
    { $n ->
        [one] { $n } was held and not shown.
       *[other] { $n } were held and not shown.
    }
# $n of them, for this reason: one of the next texts, which ends with a full stop
answers-held-for = { $n }: { $reason }
held-for-kindly = To be said more kindly.
held-for-names-somebody = It named somebody.
held-for-asked-already = It was asked already.
held-for-other-session = It belonged to another session.
held-for-not-here = It could not be answered there.
held-for-own-words = For another reason, which only its author can read.
held-for-none = Without a reason.
