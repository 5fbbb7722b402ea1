### A tablet in the room, for people without a phone. It forgets after each person.

# $board is the title of the board
kiosk-page-title = { $board } · Write here
kiosk-welcome = No phone? Write here.
kiosk-celebrate = Celebrate a colleague
kiosk-celebrate-how = Say thank you, for all to see
kiosk-ask = Ask a question
kiosk-ask-how = For the session in the room
kiosk-cards-closed = Cards are closed at the moment
kiosk-questions-closed = Questions are closed at the moment
kiosk-forgets = This tablet forgets what you wrote as soon as it is sent.
kiosk-session = About which session?
kiosk-no-session = No session
kiosk-card-text = What did they do?
kiosk-card-placeholder = And what changed because of it?
kiosk-question-text = Your question
kiosk-question-placeholder = What do you want to know?
# Under the text: how many characters it has, and how many it can have
kiosk-count = { $n } of { $most }
kiosk-theme = What for? (optional)
kiosk-name = Your name
kiosk-name-optional = Your name (you can leave it out)
kiosk-team = Your team
kiosk-cancel = Cancel
kiosk-send = Send
kiosk-sending = Sending …
kiosk-thanks = Thank you!
kiosk-thanks-there = It is on the board.
kiosk-thanks-waits = It waits, and will be on the board soon.
kiosk-next = Next person
kiosk-needs-recipient = Who is it for?
kiosk-needs-text = Write a few words.
kiosk-needs-name = Please write your name.
# $n is how many seconds are left
kiosk-forgets-in = { $n ->
    [one] This page is cleared in { $n } second. Touch it to go on.
   *[other] This page is cleared in { $n } seconds. Touch it to go on.
}
# $n is how many posts wait for the connection
kiosk-unsent = { $n ->
    [one] { $n } post waits for the connection. It is sent by itself.
   *[other] { $n } posts wait for the connection. They are sent by themselves.
}
