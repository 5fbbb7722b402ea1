### Afterwards: keepsakes, the recap, and who can help.

## A card

# Before the name of the author of a card
after-from = from
after-from-somebody = from someone in the room
# Before the names of those whom a card celebrates
after-for = For

## A keepsake: what a person takes home. It speaks to that person.

# $people is how many colleagues wrote the cards, $teams from how many teams
keepsake-sum-teams =
    { $people ->
        [one] One colleague saw this in your work.
       *[other] { $people } colleagues from { $teams ->
            [one] one team
           *[other] { $teams } teams
        } saw this in your work.
    }
keepsake-sum =
    { $people ->
        [one] One colleague saw this in your work.
       *[other] { $people } colleagues saw this in your work.
    }
# $cards is how many cards the person wrote; nobody wrote one to them
keepsake-sum-gave =
    { $cards ->
        [one] You thanked a colleague.
       *[other] You thanked your colleagues { $cards } times.
    }
keepsake-none = You were there. What you heard and said is not on a card, but it went home with somebody.
keepsake-got = Cards for you
keepsake-gave =
    { $cards ->
        [one] What you said about a colleague
       *[other] What you said about others
    }
keepsake-save = Save this page
keepsake-print = Print (A5)
keepsake-link-note = Everybody who has this link can read this page. A card that is taken back is here no longer.
keepsake-print-note = The code opens this page on your phone. Keep it to yourself.

## Sheets of keepsakes and posters for the organiser's printer

print-keepsakes = Keepsakes
print-team-posters = Team posters
print-keepsakes-found =
    { $number ->
        [one] One person was celebrated or gave. One or more A5 pages each, with a code that opens the page on a phone.
       *[other] { $number } people were celebrated or gave. One or more A5 pages each, with a code that opens the page on a phone.
    }
print-keepsakes-none = Nobody has been celebrated yet.
print-posters-found =
    { $number ->
        [one] One team was celebrated. Only cards that may be in the recap are on its poster.
       *[other] { $number } teams were celebrated. Only cards that may be in the recap are on their posters.
    }
print-posters-none = No team has been celebrated yet.
# $cards is how many cards, $teams how many other teams they came from
poster-sum-teams =
    { $cards ->
        [one] One card
       *[other] { $cards } cards
    } from { $teams ->
        [one] another team
       *[other] { $teams } other teams
    } say what colleagues learned from you.
poster-sum =
    { $cards ->
        [one] One card says what a colleague learned from you.
       *[other] { $cards } cards say what colleagues learned from you.
    }
poster-more =
    { $cards ->
        [one] And one more card.
       *[other] And { $cards } more cards.
    }

print-ending = The ending (A1)
# A poster with all names, on A1 (594 x 841 mm). A print shop takes the PDF
print-ending-hint = One page on A1. “Print”, then “Save as PDF”, with background graphics: a print shop takes the file, and your own printer fits it on a smaller page. Names are left out where somebody does not want to be in the recap.
# A link that saves the poster as a drawing, which a print shop can enlarge.
print-ending-svg = Save as a drawing (SVG)
print-ending-ground = Background
print-ending-white = White
print-ending-night = Night
# At the foot of the poster, below the stone
print-ending-sum =
    { $cards ->
        [one] One card: the coloured facet is it.
       *[other] { $cards } cards: each coloured facet is one of them.
    }
# $facets is how many of the cards the stone shows
print-ending-sum-newest = { $cards } cards: each facet is one of the newest { $facets }.

## The recap

after-not-open = Only organisers see this page until you open it.
recap-title = What we shared
# Said of a picture: a stone with one facet for each card
recap-stone =
    { $cards ->
        [one] A stone cut from one card
       *[other] A stone cut from { $cards } cards
    }
# For the preview of a link in a chat
recap-preview =
    { $cards ->
        [one] One card
       *[other] { $cards } cards
    } for { $people ->
        [one] one person
       *[other] { $people } people
    }, { $questions ->
        [one] one question
       *[other] { $questions } questions
    }.
recap-empty = There are no cards and no questions yet.
recap-cards =
    { $number ->
        [one] card
       *[other] cards
    }
recap-people =
    { $number ->
        [one] person celebrated
       *[other] people celebrated
    }
recap-pairs =
    { $number ->
        [one] pair of teams that met
       *[other] pairs of teams that met
    }
recap-questions =
    { $number ->
        [one] question
       *[other] questions
    }
recap-answered = answered
# A number in large figures, above what was counted
recap-count = { $number }
recap-moments = Moments
recap-first = The first card
recap-applauded = Most applauded
recap-bridge = A first bridge between two teams
recap-map = Who learned from whom
recap-film = ▶ Film
recap-map-legend = Each line is cards from one team to another. It is bright where they arrived.
recap-map-words = The map in words
# Said of a picture: two teams, named as countries or cities, that celebrated each other; $km is about how far they are apart
recap-farthest = The farthest bridge: { $one } and { $other }, about { $km } km apart, celebrated each other.
# The same in a picture: its head, the distance in large figures, and above a card that went from one of both to the other
recap-far-head = The farthest bridge
recap-far-km = { $km } km
recap-letter = Over this bridge
# $pairs is how many pairs of teams had exchanged a card by the evening
recap-day =
    { $cards ->
        [one] One card
       *[other] { $cards } cards
    }, { $pairs ->
        [one] one pair of teams by the evening
       *[other] { $pairs } pairs of teams by the evening
    }
recap-answers =
    { $number ->
        [one] A question that was answered
       *[other] { $number } questions that were answered
    }
recap-answered-in-room = Answered in the room.
recap-note = The numbers count all cards. A card is shown here only if neither its author nor anybody whom it celebrates said no.

## Who can help

who-title = Who can help
who-line = People whom colleagues celebrated for what they know.
who-search = Name, theme or word
who-find = Find
who-all = Show everybody
who-nobody = Nobody has agreed to be listed yet.
# $typed is what somebody searched for
who-nobody-found = Nobody is listed for “{ $typed }”.
who-no-theme = Other
who-cards =
    { $cards ->
        [one] one card
       *[other] { $cards } cards
    }
who-pages = Pages
who-note = Only people who agreed are listed, and only as long as they do. A sentence stands here because its author agreed.
