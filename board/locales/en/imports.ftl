### What becomes of a file that an organiser imports.

## The file as a whole

file-too-large = The file is too large: { $mib } MiB at the most.
file-too-many-rows = A file has at most { $most } rows.
# $reason is what the reader of CSV says, in English
file-not-csv = Line { $line } is not CSV: { $reason }.
file-not-utf8 = The file is not UTF-8 (line { $line }). In Excel, save it as “CSV UTF-8”.
# $required is a column's name, $columns lists all that are known
file-columns-unnamed = The first row must name the columns, “{ $required }” among them. Known are: { $columns }.
file-columns-unknown = { $number ->
    [one] There is no column { $unknown }. Known are: { $columns }.
   *[other] There are no columns { $unknown }. Known are: { $columns }.
}
file-column-twice = There are two columns “{ $name }”.
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
cell-id-wrong = An id has only letters, digits, - and _, 60 at the most.
cell-id-shared = Several people have this id, so it tells nobody apart: they are known by name and team.
cell-id-again = The same id as in line { $line }: taken once.
cell-person-again = The same name and team as in line { $line }: taken once. If they are two people, give each an id.
cell-session-again = It is the same session as in line { $line }. If not, give each an id.
cell-day-impossible = There is no such day.
