### The pages of organisers and of those who make boards.

## A new board

new-board = New board
new-board-title = Title of the gathering
new-board-zone = Time zone
new-board-make = Make the board
