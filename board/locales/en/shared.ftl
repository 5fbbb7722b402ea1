### Words that several pages use.

network-silent = No answer from the board. Please check the Wi-Fi and try again.
refused-unknown = The board could not do that. Please try again.

## Reactions, votes and answers

reactions-label = Reactions
reaction-clap = Applause
reaction-heart = Love it
reaction-bulb = Useful
reaction-me-too = Me too
# Read out on the button beside a question
vote-for-question = { $n ->
    [one] Vote for this question, { $n } vote
   *[other] Vote for this question, { $n } votes
}
votes-count = { $n ->
    [one] { $n } vote
   *[other] { $n } votes
}
# Stands before the text of an answer
answer-label = Answer:

## Names, numbers and times

# A number that stands alone
number-alone = { $n }

author-anonymous = Anonymous
# Above a card: whom it celebrates. $names may be several
card-for = For { $names }
# Below a card: who wrote it; $author is a name, a name and a team, or the text author-anonymous
card-from = from { $author }
# A whole card in a few words, for those who hear the page
card-label = For { $names }, from { $author }
# Between two names of a list, as in “Nadia, Sokha & Maya”: before the last name
names-before-last = { " & " }
# Between two names of a list: before each name but the first and the last
names-between = { ", " }
time-just-now = just now
# How long ago, in little room: minutes
time-minutes-ago = { $n } min
# How long ago, in little room: hours
time-hours-ago = { $n } h

## To whom a card goes

recipient-label = Who do you want to celebrate?
# In the empty field
recipient-placeholder = A name, or a team
# In the field, where a name is given already
recipient-add-another = Add another
# $most is how many people or teams a card can be for
recipients-enough = A card is for { $most } people at most.
# $name is what was typed. “Add” is the text recipient-add
recipient-not-on-list = Nobody on the list is called “{ $name }”. Choose a name from the list, or tap “Add”.
# $name is what was typed
recipient-add = Add “{ $name }”
# Stands beside recipient-add
recipient-unlisted = not on the list
# Stands beside the name of a team
recipient-whole-team = the whole team
recipient-looking = Searching the list …
recipient-team-of = Team of { $name }
# The team of a recipient is not chosen yet; there is room for one word
recipient-team-unknown = Which team?
recipient-take-away = Remove { $name }
