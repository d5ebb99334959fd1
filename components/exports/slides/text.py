"""How is text set on a slide so that none of it runs outside its box? Widths of letters, lines, boxes and colours."""

import math
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Inches, Pt

from components.theme import INK, PAPER, PICTURE_FONT, rgb

FONT = PICTURE_FONT.split(",")[0]
# Points: nothing on a slide is smaller than the first.
SMALLEST, SENTENCE, TITLE = 14, 16, 28
POINTS_AN_INCH, LEADING = 72, 1.2
# Widths of letters in parts of their size, as Arial and the typefaces made to its measure have them; others are as wide
# as the widest of a text. Bold letters are wider by a part.
WIDTHS = (
    ("'ijl’·", 0.23),
    (" !,./:;I[]\\ft|", 0.28),
    ('()-`r{}"*“”', 0.39),
    ("^Jcksvxyz", 0.5),
    ("#$0123456789?L_abdeghnopqu–", 0.558),
    ("+<=>~", 0.585),
    ("&ABEKPSVXYFTZ", 0.67),
    ("CDHNRUw", 0.725),
    ("GOQ", 0.78),
    ("mM", 0.84),
    ("W%", 0.945),
)
WIDEST, BOLD = 1.02, 1.12
WIDTH_OF = {letter: width for letters, width in WIDTHS for letter in letters}
# Ends of sentences and of the parts of a list, where a text may stop.
STOPS = re.compile(r"(?<=[.?!:;])\s+(?=\S)")
# A source may hold full stops of its own.
PARTS = re.compile(r"(?<=;)\s+(?=\S)")


class Box(NamedTuple):
    """A place on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    @property
    def emu(self) -> tuple[Emu, Emu, Emu, Emu]:
        """Left, top, width and height as a file has them."""
        left, top, width, height = (Emu(round(Inches(1) * part)) for part in self)
        return left, top, width, height


class Words(NamedTuple):
    """One paragraph: its text, size in points, colour, whether it is bold, and the points of air above it."""

    text: str
    size: int = SMALLEST
    colour: str = INK
    bold: bool = False
    before: float = 0


def clean(text: object) -> str:
    """Text on one line, without signs that no file or reader can hold: control characters, halves of pairs."""
    shown = "".join(sign if sign.isprintable() else " " * sign.isspace() for sign in str(text))
    return " ".join(shown.split())


def width_of(text: str, size: float, bold: bool = False) -> float:
    """Width of a line in inches, never less than it is printed."""
    wide = sum(WIDTH_OF.get(letter, WIDEST if letter == "@" or ord(letter) > 591 else 0.68) for letter in text)
    return wide * size * (BOLD if bold else 1) / POINTS_AN_INCH


def line_height(size: float) -> float:
    """Height of a line in inches."""
    return size * LEADING / POINTS_AN_INCH


def lines_of(text: str, size: float, wide: float, bold: bool = False) -> int:
    """How many lines a text takes in a width in inches; a word longer than a line is broken."""
    count, at, space = 0, math.inf, width_of(" ", size, bold)
    for word in text.split():
        long = width_of(word, size, bold)
        if at + space + long <= wide:
            at += space + long
        else:
            count += max(1, math.ceil(long / wide))
            at = long if long <= wide else wide
    return count


def height_of(paragraphs: Sequence[Words], wide: float) -> float:
    """Height in inches of paragraphs in a width."""
    high = [lines_of(one.text, one.size, wide, one.bold) * line_height(one.size) for one in paragraphs]
    return sum(high) + sum(one.before for one in paragraphs) / POINTS_AN_INCH


def shortened(
    text: str, size: float, wide: float, most: int, bold: bool = False, stops: re.Pattern[str] = STOPS
) -> str:
    """The text if it fits so many lines; else as much of it as does, to the end of a sentence or part of a list, or to
    a word where no such end comes soon enough."""
    if lines_of(text, size, wide, bold) <= most:
        return text
    at_stop = _longest(_pieces(text, stops), size, wide, most, bold)
    if len(at_stop) >= 0.4 * len(_longest(text.split(), size, wide, most, bold)):
        return at_stop if at_stop.endswith((".", "?", "!", "…")) else f"{at_stop[:-1]} …"
    return _at_word(text, size, wide, most, bold)


def _pieces(text: str, stops: re.Pattern[str]) -> list[str]:
    return [part for part in stops.split(text) if part]


def _longest(pieces: Sequence[str], size: float, wide: float, most: int, bold: bool) -> str:
    """As many pieces from the first as fit with a mark that there is more."""
    low, high = 0, len(pieces)
    while low < high:
        middle = (low + high + 1) // 2
        fits = lines_of(" ".join([*pieces[:middle], "…"]), size, wide, bold) <= most
        low, high = (middle, high) if fits else (low, middle - 1)
    return " ".join(pieces[:low])


def _at_word(text: str, size: float, wide: float, most: int, bold: bool) -> str:
    words = _longest(text.split(), size, wide, most, bold)
    if words:
        return f"{words.rstrip(',;:')} …"
    letters = text
    while letters and lines_of(f"{letters}…", size, wide, bold) > most:
        letters = letters[: len(letters) // 2]
    return f"{letters}…"


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, one after the other."""
    yield from (part for part in re.split(r"(?<=[.?!])\s+(?=[A-Z“])", text) if part)


def as_fits(parts: Sequence[str], size: float, wide: float, most: int) -> str:
    """As many whole sentences, in their order, as so many lines hold; those that do not fit are passed over."""
    kept = ""
    for part in parts:
        longer = f"{kept} {part}".strip()
        kept = longer if lines_of(longer, size, wide) <= most else kept
    return kept


def write(
    shapes: Any,
    box: Box,
    paragraphs: Sequence[Words],
    name: str = "",
    align: PP_ALIGN = PP_ALIGN.LEFT,
    anchor: MSO_ANCHOR = MSO_ANCHOR.TOP,
) -> Any:
    """A text box with these paragraphs, which keeps the size of its box and has no air inside."""
    shape = shapes.add_textbox(*box.emu)
    if name:
        shape.name = name
    fill_in(shape.text_frame, paragraphs, align, anchor)
    return shape


def fill_in(
    frame: Any, paragraphs: Sequence[Words], align: PP_ALIGN = PP_ALIGN.LEFT, anchor: MSO_ANCHOR = MSO_ANCHOR.TOP
) -> None:
    """Paragraphs into the text of a shape."""
    frame.word_wrap, frame.auto_size, frame.vertical_anchor = True, MSO_AUTO_SIZE.NONE, anchor
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for number, words in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment = align
        if words.before:
            paragraph.space_before = Pt(words.before)
        add_run(paragraph, words)


def add_run(paragraph: Any, words: Words) -> None:
    """Text at the end of a paragraph in size, colour and typeface."""
    run = paragraph.add_run()
    run.text = clean(words.text)
    style(run.font, words.size, words.colour, words.bold)


def style(font: Any, size: float, colour: str, bold: bool = False) -> None:
    """Size in points, colour and typeface of a font."""
    font.size, font.name, font.bold = Pt(size), FONT, bold
    font.color.rgb = parts_of(colour)[0]


def parts_of(colour: str) -> tuple[RGBColor, float]:
    """Red, green and blue, and the opacity, of a colour as Plotly takes it: a hex value, rgb(…) or rgba(…)."""
    if colour.startswith("rgb"):
        red, green, blue, *opacity = [float(part) for part in re.findall(r"[\d.]+", colour)]
        return RGBColor(int(red), int(green), int(blue)), opacity[0] if opacity else 1.0
    return RGBColor.from_string(colour.lstrip("#")), 1.0


def pale(colour: str, share: float = 0.4, opacity: float = 1.0) -> str:
    """A colour let down with that of the paper, with an opacity of its own."""
    parts = zip(rgb(colour)[:3], rgb(PAPER)[:3], strict=True)
    mixed = ",".join(str(round(share * one + (1 - share) * other)) for one, other in parts)
    return f"rgba({mixed},{opacity})"


def paint(look: Any, colour: str | None) -> None:
    """A fill in a colour with its opacity, or none."""
    if colour is None:
        look.background()
        return
    look.solid()
    look.fore_color.rgb, opacity = parts_of(colour)
    if opacity < 1:
        filled = look._xPr.find(qn("a:solidFill"))[0]
        filled.append(parse_xml(f'<a:alpha {nsdecls("a")} val="{round(opacity * 100_000)}"/>'))


def outline(line: Any, colour: str | None, points: float = 1) -> None:
    """A line in a colour with its opacity, so many points wide, or none."""
    if colour is None:
        line.fill.background()
        return
    line.width = Pt(points)
    paint(line.fill, colour)


def plain(shape: Any) -> None:
    """A shape without the shadow and the line that a template would give it."""
    look = shape._element.find(qn("p:style"))
    if look is not None:
        shape._element.remove(look)


def describe(shape: Any, text: str) -> None:
    """The words that stand for a shape for those who do not see it."""
    shape._element._nvXxPr.cNvPr.set("descr", clean(text))
