from board.command.cli import main

main()
