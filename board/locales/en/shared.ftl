### Words that several pages use.

network-silent = No answer from the board. Please check the Wi-Fi and try again.
refused-unknown = The board could not do that. Please try again.
