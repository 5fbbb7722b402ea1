### Words of the pages that stand there before any script runs.

product-name = Brilliance Board
browser-too-old = This browser is too old for the board. Please update it, or open this page in another one.
script-needed = This page needs JavaScript. Please switch it on.
opening-board = Opening the board …

## Joining with a code

join-page-title = Join a board · Brilliance Board
join-code-where = Enter the code that is on the large screen.
join-code-label = Code of the board
join-button = Join
join-with-code = Join with a code
# On a page that needs another link: to the page of this board for everybody
open-this-board = Open the board
# $title is the headline of a page that says what went wrong
problem-page-title = { $title } · Brilliance Board

## The phone, before its script runs

phone-description = Celebrate a colleague or ask a question.
phone-connecting = Connecting …
phone-loading = Loading … it opens by itself.
celebrate-someone = Celebrate someone
tab-celebrate = Celebrate
tab-ask = Ask
tab-me = Me

## The moderators' desk

# $board is the title of the board
desk-page-title = { $board } · Moderate

## The organiser's page

# $board is the title of the board
organise-page-title = { $board } · Organise

## The large screen

screen-page-title = { $board } – screen
scene-cards-label = Cards
scene-questions-label = Questions
scene-map-label = Map
scene-recap-label = So far
scene-spotlight-label = Spotlight
screen-join-label = Join
screen-celebrate-at = Celebrate someone at
screen-celebrate-ask = Celebrate someone. Ask anything.
# $host is the address of the board, without https://
screen-or-go = Or go to { $host } and enter
# Below the QR code.
screen-camera-here = Point your camera here
qr-code = QR code

# On every page of a rehearsal, in a small tab at the top.
rehearsal-mark = Rehearsal
