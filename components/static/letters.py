"""How wide is a line of text before a browser sets it? The widths of letters in the typeface of the pages, and their sum."""

import re

MARKUP = re.compile(r"</?b>")
# Widths of letters, in parts of their size, as Chromium measures them, rounded up; of bold ones less than the factor more.
WIDTHS = {
    " ": 0.2,
    "',.:;ijlI|": 0.27,
    "-!()[]{}f": 0.31,
    "rt/\\": 0.35,
    "cszxvyJY?*": 0.48,
    "CPRKB&": 0.61,
    "DGNUHOQ": 0.66,
    "mwMW%@": 0.85,
}
OTHER_WIDTH, BOLDER = 0.56, 1.08
WIDTH_OF_LETTER = {letter: width for letters, width in WIDTHS.items() for letter in letters}


def width_of_line(line: str, size: float) -> float:
    """The width in pixels of a line of letters of a size; with <b> in it, of bold ones."""
    plain = MARKUP.sub("", line)
    return size * sum(WIDTH_OF_LETTER.get(letter, OTHER_WIDTH) for letter in plain) * (BOLDER if plain != line else 1)
