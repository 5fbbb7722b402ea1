### What a board keeps, and until when: /b/CODE/privacy.

# $board is the title of the board
privacy-page-title = Privacy · { $board }
privacy-title = What this board keeps
# $day as "3 November 2026"
privacy-until = On { $day } everything on this board is erased.
# $days is a number, $day a day in words
privacy-since-end = That is { $days } days after the last day of the gathering, { $day }.
privacy-since-post = That is { $days } days after the last post, { $day }. A new post moves the day.
privacy-since-made = That is { $days } days after the board was made, { $day }.
privacy-since-warned = Only an organiser can choose another day. This page will show it.
privacy-stored = What is stored
privacy-stored-posts = Cards and questions: the text, the time, the names and teams on it.
privacy-stored-name = The name and team that you gave, if you gave any.
privacy-stored-marks = Your votes and reactions, under a random number.
privacy-stored-people = The list of people and the agenda, if an organiser brought them.
privacy-stored-staff = What moderators and organisers did, and when.
privacy-not = What is not stored
privacy-not-list = No address of your phone or computer, no place, no e-mail. Nothing is sent to other companies, and nothing is counted for advertising.
# $days is a number
privacy-cookie = One cookie with a random number tells this phone from others. It stays { $days } days.
privacy-sees = Who sees what
privacy-sees-all = Everybody with the code sees the posts that are on the board, with the names on them.
privacy-sees-unnamed = If you post without your name, nobody sees who wrote it, and moderators do not either. They see which posts came from one phone.
privacy-sees-staff = Moderators and organisers see all posts, also those that are held back. Organisers see the list of people.
privacy-yours = What you can do
# $days is a number
privacy-yours-withdraw = Take back a post, at any time. It leaves all pages at once, and its text is erased after { $days } days.
privacy-yours-ask = Ask an organiser to correct your name, or to erase you from the board.
privacy-back = Back to the board
privacy-yours-me = See what is stored of this phone, and erase it

# What stands in the place of the name of somebody who was erased.
erased-person = somebody

### What is stored of this phone: /b/CODE/me.

# $board is the title of the board
own-data-page-title = My data · { $board }
own-data-title = What is stored of this phone
own-data-done = Done. Nothing of this phone is on this board any more.
own-data-nothing = Nothing is stored of this phone on this board.
own-data-muted = A moderator has muted this phone. That stays.
own-data-stored = On this board
own-data-name = Name
own-data-no-name = none
own-data-votes = Votes
own-data-reactions = Reactions
own-data-posts = Posts
own-data-text-gone = The text is erased.
own-data-state-pending = Waits for a moderator
own-data-state-visible = On the board
own-data-state-rejected = Not taken by a moderator
own-data-state-hidden = Taken off by a moderator
own-data-state-withdrawn = Taken back by you
own-data-listed = You are also on the list of people that an organiser brought. Only an organiser can erase you there, and on cards to you.
own-data-download = Download all of it
own-data-erase = Erase it
own-data-texts = Your cards and questions
own-data-texts-erase = Erase them, too
own-data-texts-keep = Leave them, under “somebody”
own-data-erase-what = Your name, votes and reactions go as well. This cannot be undone.
own-data-unsure = Please tick that you are sure.
own-data-sure = I am sure
own-data-erase-do = Erase me
own-data-privacy = What this board keeps
