### Refusals of a file that is to become a board: a board that comes from another server.

moved-not-ours = This file is no export of a board. Make one with: brilliance-board export CODE -o board.json
moved-older = This file was exported by an older version, which left out what an import needs. Export the board once more, with this version.
moved-newer = This file was exported by a newer version. Please update this server first.
# $mib is a number of mebibytes
moved-too-large = This file is too large: a board has at most { $mib } MiB.
# $reason is a few words in English, for the person who runs the server
moved-wrong = This file cannot be taken in: { $reason }.
# $number says which post of the file, counted from 1; $reason is a key in English
moved-post-wrong = Post { $number } of this file cannot be taken in: { $reason }.
