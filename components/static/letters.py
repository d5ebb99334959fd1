"""How wide is a line of text before a browser sets it? The widths of letters in the typeface of the pages, and their sum."""

import re
from collections.abc import Callable

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
    "mwMW%@…—": 0.85,
}
OTHER_WIDTH, BOLDER = 0.56, 1.08
WIDTH_OF_LETTER = {letter: width for letters, width in WIDTHS.items() for letter in letters}


# Letters that the face of pictures has: Latin, Cyrillic and signs.
HAS_GLYPH = re.compile(
    "[\u0020-\u007e\u00a0-\u017f\u0400-\u045f\u2010-\u2015\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2032\u2033"
    "\u2039\u203a\u2044\u20ac\u2116\u2122\u2190-\u2193\u2212\u2248\u2264\u2265\u25b8\u25c2]"
)
# What is left of words that have no glyph: brackets and quotation marks around nothing.
AROUND_NOTHING = re.compile(r"\(\s*[,;]?\s*\)|“\s*”|(?<=\()[\s,;:]+")
ELLIPSIS, WITHOUT_GLYPHS = "…", "(not in Latin letters)"


def with_glyphs(text: str) -> str:
    """The text without the letters that the face of pictures has no glyph for, such as Korean beside its translation."""
    plain = "".join(letter if HAS_GLYPH.match(letter) else " " * letter.isspace() for letter in text)
    if plain == text:
        return " ".join(text.split())
    plain = " ".join(AROUND_NOTHING.sub("", plain).split())
    return plain if any(letter.isalpha() for letter in plain) or not text.strip() else WITHOUT_GLYPHS


def lines_within(text: str, size: float, width: float, most: int = 0, is_bold: bool = False) -> list[str]:
    """A text in lines of at most a width in pixels; of more lines than `most` the last ends in an ellipsis."""

    def fits(line: str) -> bool:
        return width_of_line(f"<b>{line}</b>" if is_bold else line, size) <= width

    lines = [""]
    for word in text.split():
        if fits(f"{lines[-1]} {word}".strip()):
            lines[-1] = f"{lines[-1]} {word}".strip()
            continue
        first, *rest = _broken(word, fits)
        lines += [first, *rest]
    lines = [line for line in lines if line]
    if not most or len(lines) <= most:
        return lines
    return [*lines[: most - 1], _ended(lines[most - 1], fits)]


def _broken(word: str, fits: Callable[[str], bool]) -> list[str]:
    """A word in pieces that each fit a line; an address is longer than a line may be."""
    pieces = [""]
    for letter in word:
        pieces[-1:] = [pieces[-1] + letter] if fits(pieces[-1] + letter) or not pieces[-1] else [pieces[-1], letter]
    return pieces


def _ended(line: str, fits: Callable[[str], bool]) -> str:
    """A line that says that it goes on: with an ellipsis after its last whole word that leaves room for it."""
    words = line.split()
    while len(words) > 1 and not fits(f"{' '.join(words)}{ELLIPSIS}"):
        words.pop()
    return f"{' '.join(words).rstrip(',;:')}{ELLIPSIS}"


def width_of_line(line: str, size: float) -> float:
    """The width in pixels of a line of letters of a size; with <b> in it, of bold ones."""
    plain = MARKUP.sub("", line)
    return size * sum(WIDTH_OF_LETTER.get(letter, OTHER_WIDTH) for letter in plain) * (BOLDER if plain != line else 1)
