"""How is text set on a slide so that none of it runs outside its box? Widths of letters, lines, boxes and colors.

A file is written without a window, so that no program measures the text; python-pptx measures it (`TextFrame.fit_text`)
only with a font file of the machine, which would make the slides of two machines differ. Hence the table of widths."""

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
# In points; no text on a slide is smaller than the first.
SMALLEST_SIZE, SENTENCE_SIZE, TITLE_SIZE = 16, 18, 28
POINTS_PER_INCH, LINE_SPACING = 72, 1.2
# The mark by which PowerPoint knows what is there to be seen only.
DECORATIVE = "http://schemas.microsoft.com/office/drawing/2017/decorative"
DECORATIVE_ID = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
# Widths of letters in em, in Arial and the typefaces that are metrically compatible with it. Letters without an entry
# count as wide ones; bold letters are wider by a factor.
LETTER_WIDTHS = (
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
WIDEST_LETTER, BOLD_FACTOR = 1.02, 1.12
WIDTH_OF_LETTER = {letter: width for letters, width in LETTER_WIDTHS for letter in letters}
# Ends of sentences and of list items, where a text may be truncated.
CLAUSE_ENDS = re.compile(r"(?<=[.?!:;])\s+(?=\S)")
# The same for sources, which may hold full stops of their own.
LIST_ENDS = re.compile(r"(?<=;)\s+(?=\S)")


class Box(NamedTuple):
    """A place on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in the box or on its edge."""
        return self.left <= x <= self.left + self.width and self.top <= y <= self.top + self.height

    def relative_to(self, box: "Box") -> "Box":
        """The box in parts of the width and the height of another one that it lies in."""
        return Box(self.left / box.width, self.top / box.height, self.width / box.width, self.height / box.height)

    @property
    def emu(self) -> tuple[Emu, Emu, Emu, Emu]:
        """Left, top, width and height as a file has them."""
        left, top, width, height = (Emu(round(Inches(1) * part)) for part in self)
        return left, top, width, height


class Paragraph(NamedTuple):
    """A paragraph: its text, size in points, color, whether it is bold, and the space above it in points."""

    text: str
    size: int = SMALLEST_SIZE
    color: str = INK
    bold: bool = False
    before: float = 0


def clean_text(text: object) -> str:
    """Text on one line without what cannot be written to a file: control characters, unpaired surrogates."""
    printable = "".join(character if character.isprintable() else " " * character.isspace() for character in str(text))
    return " ".join(printable.split())


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Width of a line in inches; an upper bound of the width on the slide."""
    ems = sum(
        WIDTH_OF_LETTER.get(letter, WIDEST_LETTER if letter == "@" or ord(letter) > 591 else 0.68) for letter in text
    )
    return ems * size * (BOLD_FACTOR if bold else 1) / POINTS_PER_INCH


def line_height(size: float) -> float:
    """Height of a line in inches."""
    return size * LINE_SPACING / POINTS_PER_INCH


def line_count(text: str, size: float, width: float, bold: bool = False) -> int:
    """Number of lines that a text takes in a width in inches; a word longer than a line is broken."""
    count, used, space = 0, math.inf, text_width(" ", size, bold)
    for word in text.split():
        word_width = text_width(word, size, bold)
        if used + space + word_width <= width:
            used += space + word_width
        else:
            count += max(1, math.ceil(word_width / width))
            used = word_width if word_width <= width else width
    return count


def text_height(paragraphs: Sequence[Paragraph], width: float) -> float:
    """Height in inches of paragraphs in a width in inches."""
    heights = [
        line_count(paragraph.text, paragraph.size, width, paragraph.bold) * line_height(paragraph.size)
        for paragraph in paragraphs
    ]
    return sum(heights) + sum(paragraph.before for paragraph in paragraphs) / POINTS_PER_INCH


def truncated(
    text: str, size: float, width: float, max_lines: int, bold: bool = False, stops: re.Pattern[str] = CLAUSE_ENDS
) -> str:
    """The text if it fits into `max_lines`; otherwise as much of it as does, to the end of a sentence or a list item, or of
    a word where no such end comes soon enough."""
    if line_count(text, size, width, bold) <= max_lines:
        return text
    at_clause_end = _longest_that_fits(_split(text, stops), size, width, max_lines, bold)
    if len(at_clause_end) >= 0.4 * len(_longest_that_fits(text.split(), size, width, max_lines, bold)):
        return at_clause_end if at_clause_end.endswith((".", "?", "!", "…")) else f"{at_clause_end[:-1]} …"
    return _truncated_at_word(text, size, width, max_lines, bold)


def _split(text: str, stops: re.Pattern[str]) -> list[str]:
    return [part for part in stops.split(text) if part]


def _longest_that_fits(pieces: Sequence[str], size: float, width: float, max_lines: int, bold: bool) -> str:
    """As many of the first pieces as fit together with an ellipsis."""
    low, high = 0, len(pieces)
    while low < high:
        middle = (low + high + 1) // 2
        fits = line_count(" ".join([*pieces[:middle], "…"]), size, width, bold) <= max_lines
        low, high = (middle, high) if fits else (low, middle - 1)
    return " ".join(pieces[:low])


def _truncated_at_word(text: str, size: float, width: float, max_lines: int, bold: bool) -> str:
    words = _longest_that_fits(text.split(), size, width, max_lines, bold)
    if words:
        return f"{words.rstrip(',;:')} …"
    letters = text
    while letters and line_count(f"{letters}…", size, width, bold) > max_lines:
        letters = letters[: len(letters) // 2]
    return f"{letters}…"


def split_sentences(text: str) -> Iterator[str]:
    """The sentences of a text, one after the other."""
    yield from (part for part in re.split(r"(?<=[.?!])\s+(?=[A-Z“])", text) if part)


def sentences_that_fit(parts: Sequence[str], size: float, width: float, max_lines: int) -> str:
    """As many whole sentences, in their order, as `max_lines` hold; one that does not fit is skipped."""
    text = ""
    for part in parts:
        longer = f"{text} {part}".strip()
        text = longer if line_count(longer, size, width) <= max_lines else text
    return text


def add_text_box(
    shapes: Any,
    box: Box,
    paragraphs: Sequence[Paragraph],
    name: str = "",
    align: PP_ALIGN = PP_ALIGN.LEFT,
    anchor: MSO_ANCHOR = MSO_ANCHOR.TOP,
) -> Any:
    """A text box with these paragraphs; it keeps its size and has no margins inside."""
    shape = shapes.add_textbox(*box.emu)
    if name:
        shape.name = name
    set_paragraphs(shape.text_frame, paragraphs, align, anchor)
    return shape


def set_paragraphs(
    frame: Any, paragraphs: Sequence[Paragraph], align: PP_ALIGN = PP_ALIGN.LEFT, anchor: MSO_ANCHOR = MSO_ANCHOR.TOP
) -> None:
    """Writes paragraphs into the text frame of a shape."""
    frame.word_wrap, frame.auto_size, frame.vertical_anchor = True, MSO_AUTO_SIZE.NONE, anchor
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for number, styled in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment = align
        if styled.before:
            paragraph.space_before = Pt(styled.before)
        add_run(paragraph, styled)


def add_run(paragraph: Any, styled: Paragraph) -> None:
    """Adds text to a paragraph in its size, color and typeface."""
    run = paragraph.add_run()
    run.text = clean_text(styled.text)
    set_font(run.font, styled.size, styled.color, styled.bold)


def set_font(font: Any, size: float, color: str, bold: bool = False) -> None:
    """Sets size in points, color and typeface of a font."""
    font.size, font.name, font.bold = Pt(size), FONT, bold
    font.color.rgb = rgb_and_opacity(color)[0]


def rgb_and_opacity(color: str) -> tuple[RGBColor, float]:
    """Red, green and blue, and the opacity, of a color as Plotly takes it: a hex value, rgb(…) or rgba(…)."""
    if color.startswith("rgb"):
        red, green, blue, *opacity = [float(part) for part in re.findall(r"[\d.]+", color)]
        return RGBColor(int(red), int(green), int(blue)), opacity[0] if opacity else 1.0
    return RGBColor.from_string(color.lstrip("#")), 1.0


def blended_with_paper(color: str, share: float = 0.4, opacity: float = 1.0) -> str:
    """A color mixed with that of the paper, with an opacity of its own."""
    parts = zip(rgb(color)[:3], rgb(PAPER)[:3], strict=True)
    mixed = ",".join(str(round(share * ours + (1 - share) * paper)) for ours, paper in parts)
    return f"rgba({mixed},{opacity})"


def set_fill(fill: Any, color: str | None) -> None:
    """Fills with a color and its opacity, or with nothing."""
    if color is None:
        fill.background()
        return
    fill.solid()
    fill.fore_color.rgb, opacity = rgb_and_opacity(color)
    if opacity < 1:
        color_element = fill._xPr.find(qn("a:solidFill"))[0]
        color_element.append(parse_xml(f'<a:alpha {nsdecls("a")} val="{round(opacity * 100_000)}"/>'))


def set_line(line: Any, color: str | None, points: float = 1) -> None:
    """Sets a line to a color, its opacity and a width in points, or to none."""
    if color is None:
        line.fill.background()
        return
    line.width = Pt(points)
    set_fill(line.fill, color)


def drop_template_style(shape: Any) -> None:
    """Removes the shadow and the line that the template gives to a shape."""
    template_style = shape._element.find(qn("p:style"))
    if template_style is not None:
        shape._element.remove(template_style)


def set_alt_text(shape: Any, text: str) -> None:
    """Sets the text that a screen reader reads for a shape."""
    shape._element._nvXxPr.cNvPr.set("descr", clean_text(text))


def set_decorative(shape: Any) -> None:
    """Says of a shape that it is there to be seen only, so that a screen reader passes over it."""
    mark = f'<adec:decorative xmlns:adec="{DECORATIVE}" val="1"/>'
    ext = f'<a:extLst {nsdecls("a")}><a:ext uri="{DECORATIVE_ID}">{mark}</a:ext></a:extLst>'
    shape._element._nvXxPr.cNvPr.append(parse_xml(ext))
