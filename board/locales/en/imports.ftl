### What becomes of a file that an organiser imports.

## The file as a whole

file-too-large = The file is too large: { $mib } MiB at the most.
file-too-many-rows = A file has at most { $most } rows.
# $reason is what the reader of CSV says, in English
file-not-csv = Line { $line } is not CSV: { $reason }.
file-too-many-sessions = These are { $number } sessions; a board has at most { $most }.
board-too-many-sessions = The board would have { $number } sessions; { $most } is the most.

## A line

# $what is why
line-refused = line { $line }: refused: { $what }
line-doubtful = line { $line }: please check: { $what }
line-added = line { $line }: added: { $name }
line-changed = line { $line }: changed: { $name }
# $value is what stands in the cell
cell-fault = column “{ $column }”, “{ $value }”: { $what }
cells-without-column = There are more cells than columns. A text with a comma in it needs quotes: "A, B".
cell-range-or-offset = Is this a range? What stands behind the time was read as its offset from UTC.
cell-time-without-date = There is a time, but no date.
cell-date-without-start = There is a date, but no start: the session has no time.
cell-two-ends = There are two ends: the start is already a range.
cell-no-length = It ends when it starts: taken as having no end.
cell-ends-next-day = It ends before it starts: taken as ending on the next day.
cell-ends-before-start = It ends before it starts.
cell-not-a-day = This is not a day. Write it as 2026-05-04.
cell-not-a-time = This is not a time of day. Write it as 09:30 or 9:30 AM.
cell-not-a-span = This is not a time of day. Write it as 09:30, 9:30 AM or 09:30-10:30.
cell-not-a-moment = This is not a date with a time. Write it as 2026-05-04T09:30 or 2026-05-04 09:30.
cell-choice-wrong = It is one of { $choices }.
cell-id-shared = Several people have this id, so it tells nobody apart: they are known by name and team.
cell-id-again = The same id as in line { $line }: taken once.
cell-person-again = The same name and team as in line { $line }: taken once. If they are two people, give each an id.
cell-session-again = It is the same session as in line { $line }: taken once.
cell-day-impossible = There is no such day.

## Files as they come

file-old-excel = This is a workbook of an old Excel (.xls). Please save it as .xlsx or as CSV.
file-no-table = This file holds no table. A spreadsheet, CSV, a calendar (.ics), JSON or XML can be read.
file-empty = There is nothing in this file.
file-not-xlsx = This workbook cannot be opened. Please save it again as .xlsx or as CSV.
file-unpacks-too-large = This workbook unpacks to more than { $mib } MiB.
file-not-json = This is not JSON.
file-not-xml = This is not XML that can be read. A document type (DOCTYPE) is never read.
file-no-sessions = There are no sessions in this file.
file-no-people = There are no people in this file. A roster comes as CSV or XLSX.
# $encodings lists them
encoding-unknown = This encoding is not known. Known are: { $encodings }.
file-not-in-encoding = The file is not in { $encoding }.
# $name is what was asked for, $fields lists all that are known
map-field-unknown = There is no field “{ $name }”. Fields are: { $fields }.
sheets-left-out = Only one sheet was read. Left out: { $sheets }.

## What should be looked at

row-without-title = There is a time, but no title.
row-without-name = There is no name.
row-not-a-session = This row has neither a title nor a time. It was left out.
person-name-too-long = The name is too long: { $most } characters at the most.
cell-cut = It was too long, and is cut to { $most } characters.
cell-time-undecided = The time is not decided yet: the session has none.
cell-hour-alone = A number without minutes was read as an hour.
cell-zone-letters = The letters of a time zone were passed over. The time was read as { $zone }.
# $day is the date as it was read
cell-other-weekday = { $day } is another day of the week. The date counts.
cell-day-outside = { $day } is not one of the days of this gathering.
cell-not-a-length = This is not a length of time. Write it in minutes.
cell-session-id-shared = Several sessions have this id, so it tells none apart: they are known by title and time.
event-all-day = This lasts whole days, so it is no session. It was left out.
event-cancelled = This was cancelled. It was left out.
session-not-accepted = “{ $title }” is not accepted. It was left out.
zone-unknown = This time zone is not known. The time was read as { $zone }.
rule-unknown = This rule of repetition cannot be read. The session is there once.
rule-cut = This repeats without end. The first { $most } are taken.

## Questions to the organiser

# $value is a cell; $first and $second are the days that it may be
ask-date-order = Is { $value } the day { $first }, or { $second }?
ask-day = The times have no date. On which day are they?
ask-name-column = No row names the columns. Which column is the name?
ask-title-column = No row names the columns. Which column is the title?
# $names lists headings
ask-rooms-as-columns = Are these columns rooms: { $names }?
# $teams lists spellings with how many people have each; $best is the one offered
ask-one-team = These may be one team: { $teams }. Shall it be “{ $best }” for all?
# $name is as it stands in the file; $turned is the other way round; $number is how many
ask-names-turned = { $number ->
    [one] “{ $name }” has the surname in front. Shall it be “{ $turned }”?
   *[other] { $number } names have the surname in front. Shall “{ $name }” be “{ $turned }”, and so on?
}
# $title is the first of them
ask-take-off = { $number ->
    [one] “{ $title }” seems to be no session of the agenda: it lasts whole days, was cancelled, or is not accepted.
   *[other] “{ $title }” and others, { $number } in all, seem to be no sessions of the agenda: they last whole days, were cancelled, or are not accepted.
}

# $names are the first of them
ask-gone = { $number ->
    [one] { $names } is on the board and not in the file. Shall it be removed?
   *[other] { $names } and others, { $number } in all, are on the board and not in the file. Shall they be removed?
}
choice-keep = As they are
choice-remove = Remove
choice-turn = Turn round
choice-leave-out = Leave out
choice-take = Take
choice-rooms = Yes, rooms
choice-no = No

## The report of the command line

file-doubtful = please check: { $what }
line-moved = line { $line }: moved: { $name }
line-gone = gone: { $name }
line-gone-stays = not in the file, stays: { $name }
line-gone-more = not in the file: { $number } more
columns-left-out = Columns that were left out: { $columns }.
# $chosen is what was done; $choices are all answers
line-asked = please answer: { $what } Taken: “{ $chosen }”, of { $choices }.
board-busy = The board changed while the file was read. Please try again.

## In the browser

import-unknown = This import is not there any more: a file is kept for an hour. Please choose it again.
import-applied = This import is done already. Undo it first, or choose the file again.
import-not-applied = This import is not done yet, so there is nothing to undo.
# $names are sessions or people
import-not-undone = Somebody has changed or used this since: { $names }. Nothing was undone.
