"""What stands around a drawing that leaves the page as a picture? Words above and below it, in lines that fit, as SVG."""

from collections.abc import Sequence
from typing import NamedTuple

from components.static.letters import lines_within, with_glyphs
from components.static.pieces import LEADING, Font, text_line
from components.theme import INK

# Air between two texts, as a part of the size of the second.
BETWEEN = 0.25


class Text(NamedTuple):
    """Words of one look: size in pixels, color, whether they are bold, and how many lines they may take; 0 is any number."""

    words: str
    size: float
    color: str = INK
    is_bold: bool = False
    most: int = 0

    def lines(self, width: float) -> list[str]:
        """The lines that the words take in a width in pixels."""
        return lines_within(with_glyphs(self.words), self.size, width, self.most, self.is_bold)


class Content(NamedTuple):
    """A drawing without a sheet around it: its SVG, its size in pixels, and what has to be said of it."""

    svg: str
    width: float
    height: float
    remark: str = ""


def height_of(texts: Sequence[Text], width: float) -> float:
    """The height in pixels of texts one below the other; nothing where none has words."""
    return sum(_height_of(text, len(text.lines(width))) for text in texts)


def block(texts: Sequence[Text], left: float, top: float, width: float) -> str:
    """Texts one below the other, each wrapped within the width."""
    lines = []
    for text in texts:
        wrapped = text.lines(width)
        first = top + text.size * BETWEEN
        for number, line in enumerate(wrapped):
            middle = first + (number + 0.5) * text.size * LEADING
            words = f"<b>{line}</b>" if text.is_bold else line
            lines.append(text_line(words, (left, middle), Font(text.size, text.color)))
        top += _height_of(text, len(wrapped))
    return "".join(lines)


def placed(content: Content, left: float, top: float, scale: float) -> str:
    """A drawing at its place on the sheet, so many times as large as it was laid out."""
    return f'<g transform="translate({left:.1f} {top:.1f}) scale({scale:.4f})">{content.svg}</g>'


def _height_of(text: Text, lines: int) -> float:
    return lines * text.size * LEADING + (text.size * BETWEEN if lines else 0)
