### The large screen. It is read from far away, by the whole hall: short words.

## Head and foot

# Stands before the title of the session that is on
screen-now = Now:
# Stands before the title of the session that comes next. $time as in 14:30
screen-at-time = At { $time }:
# $n people have this board open now
screen-people-here = { $n ->
    [one] { $n } person here
   *[other] { $n } people here
}
screen-cards = { $n ->
    [one] { $n } card
   *[other] { $n } cards
}
screen-cards-from-teams = { $cards ->
    [one] { $cards } card
   *[other] { $cards } cards
} { $teams ->
    [one] from { $teams } team
   *[other] from { $teams } teams
}
# Stands above the address, while questions are shown
screen-ask-at = Ask your question at

## Slides: what stands there as long as there is nothing else

screen-no-cards-yet = Nobody has been celebrated yet. Who do you want to celebrate?
screen-no-questions-yet = No questions yet. What would you like to ask?

## A card, a question

# Stands above the name of the person who is celebrated
screen-celebrating = Celebrating
# Stands before the name of the person who wrote the card
screen-from = from
# Stands there if the author wants no name
screen-from-somebody = from someone here
# Read out for a card
screen-card-label = For { $to }, from { $from }
screen-pinned = Pinned
# Read out for the signs of reactions. $n is how many were given in all
screen-reactions = Reactions: { $n }
# Stands after the number of votes; the number is set apart
screen-votes = { $n ->
    [one] vote
   *[other] votes
}

## Questions

screen-top-question = Top question
# Stands behind the name of somebody who asks aloud
screen-at-microphone = at the microphone
screen-next-questions = Next questions
# Stands above the newest question
screen-just-asked = Just asked
screen-asking-paused = New questions are paused
screen-asking-closed = Questions are closed

## Map

# The map's title
screen-map = Who celebrates whom
screen-map-label = Who celebrates whom, by team

## So far: a number, and below it what was counted

# The numbers themselves. The texts after this one stand below theirs
screen-number = { $n }
screen-so-far-cards = { $n ->
    [one] card
   *[other] cards
}
screen-so-far-people = { $n ->
    [one] person celebrated
   *[other] people celebrated
}
# Teams of which one celebrated the other
screen-so-far-pairs = { $n ->
    [one] pair of teams
   *[other] pairs of teams
}
screen-so-far-sessions = { $n ->
    [one] session
   *[other] sessions
}
screen-so-far-asked = { $n ->
    [one] question asked
   *[other] questions asked
}

## The ending: a stone with a facet for each card, for the photograph of the group

screen-stone-label = { $n ->
    [one] A brilliant of { $n } card
   *[other] A brilliant of { $n } cards
}
# The recap: questions by session
screen-tallied = What became of the questions
# The film of the days, in the recap
# Of two teams that celebrated each other, above their names
screen-far-head = The farthest bridge
# Below their names, large; $km is about how far they are apart, and counts up
screen-far-km = { $km } km
# Below the distance: what lies between two teams
screen-far-each = between them, and they celebrated each other
# Above a card of the recap: how many reactions it got
screen-card-applauded = { $n ->
    [one] Applauded once
   *[other] Applauded { $n } times
}
screen-card-chosen = One to look back at
# Above all names, page by page
screen-names-head = The people of these cards
screen-film-day = Day { $n }
screen-film-cards = { $n ->
    [one] { $n } card
   *[other] { $n } cards
}
screen-ending = { $cards ->
    [one] { $cards } card
   *[other] { $cards } cards
} { $people ->
    [one] for { $people } person: each coloured facet is one of them
   *[other] for { $people } people: each coloured facet is one of them
}

## For the operator: keys, and what to know before the hall is full

# The row of keys that comes with the mouse; each is one short word
screen-row-only-here = On this screen only
screen-row-join = Join
screen-row-cards = Cards
screen-row-questions = Questions
screen-row-map = Map
screen-row-recap = Recap
screen-row-blank = Blank
screen-row-smaller = Smaller
screen-row-larger = Larger
screen-row-stage = Dark, light
screen-row-full = Full screen
screen-row-moderator = Moderator’s scene
screen-row-help = Keys
screen-key-scenes = Join, cards, questions, spotlight, map, recap, blank
screen-key-beside = Previous, next scene
screen-key-blank = Blank on/off
screen-key-join = Large QR code on/off
screen-key-moderator = Back to the moderator’s scene
screen-key-size = Larger, smaller
screen-key-stage = Dark or light stage
screen-key-full = Full screen
screen-key-help = This help
screen-code-leads-nowhere = Phones cannot use this QR code: its address works on this computer only. Start the server with an address that phones can reach (PUBLIC_URL), and open the screen there.
screen-computer-sleeps = This browser cannot keep the computer awake. Please switch off its energy saving.
