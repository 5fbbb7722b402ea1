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
privacy-since-warned = Only an organiser can choose another day. Then this page says it.
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
