### The folder to take home: pages that are read without a server.

folder-parts = Parts of this folder
# $part: which page a link opens
folder-part = { $part ->
    [recap] What we shared
    [cards] Cards
    [questions] Questions
    [who] Who can help
   *[index] Start
}
folder-people = { $people ->
    [one] One person and their keepsake
   *[other] { $people } people and their keepsakes
}
folder-nobody = No card can be shown here.
# $day: a date in words
folder-made = Made on { $day }. It shows the board as it was then.
folder-stood = As it stood on { $day }.
# $posts: a number
folder-newest = It has the newest { $posts } posts of the board.
folder-again = If somebody takes a card back, or says no later, a new folder is without it. Please delete this one then.
folder-cards = Cards
folder-no-cards = No card can be shown here.
# $zone: as Asia/Bangkok
folder-times = Times are local: { $zone }.
# $reactions: how many
folder-applause = { $reactions ->
    [one] one reaction
   *[other] { $reactions } reactions
}
# $questions: how many were asked whose authors said no
folder-kept-back = { $questions ->
    [one] One question is counted and not shown: its author said no.
   *[other] { $questions } questions are counted and not shown: their authors said no.
}
