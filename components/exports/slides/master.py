"""What do all slides of a deck share, and how is a deck saved? Size, colors, typeface, properties; the same bytes each time."""

import io
import zipfile
from datetime import datetime
from typing import Any

from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.oxml import serialize_part_xml
from pptx.opc.package import XmlPart
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.util import Inches, Pt

from components.exports.slides.text import FONT, SMALLEST_SIZE, TITLE_SIZE, Box, clean_text, rgb_and_opacity, set_font
from components.theme import INK, MUTED, PALETTE, PAPER, SHADE
from data.record.load import Library

SLIDE_WIDTH, SLIDE_HEIGHT, MARGIN = 13.333, 7.5, 0.5
TITLE_BOX = Box(MARGIN, 0.32, SLIDE_WIDTH - 2 * MARGIN, 0.56)
NUMBER_BOX = Box(SLIDE_WIDTH - MARGIN - 0.4, SLIDE_HEIGHT - 0.57, 0.4, 0.27)
LAYOUT_NAME = "Title Only"
MAX_PROPERTY_LENGTH = 255
# The oldest timestamp that a zip file can hold: the same for all decks.
ZIP_TIMESTAMP = (1980, 1, 1, 0, 0, 0)
TITLE_TYPE, NUMBER_TYPE = "title", "sldNum"


def blank_deck() -> Deck:
    """A wide deck with one layout, a title and a number on each slide, in the colors and the typeface of the theme."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(SLIDE_WIDTH), Inches(SLIDE_HEIGHT)
    _set_theme(deck)
    for layout in [layout for layout in deck.slide_layouts if layout.name != LAYOUT_NAME]:
        deck.slide_layouts.remove(layout)
    for holder in (deck.slide_master, deck.slide_layouts[0]):
        _set_placeholders(holder)
    for element in (deck.slide_master._element, deck.slide_layouts[0]._element, deck.notes_master._element):
        _raise_small_sizes(element)
    for title_style in deck.slide_master._element.iter(qn("p:titleStyle")):
        title_style[0].set("algn", "l")
    _drop_thumbnail(deck)
    return deck


def _set_theme(deck: Deck) -> None:
    """Sets palette and typeface of the theme, so that what is added by hand looks like what is there."""
    for part in (deck.slide_master.part, deck.notes_master.part):
        theme = next(rel.target_part for rel in part.rels.values() if rel.reltype.endswith("/theme"))
        root = theme._element if isinstance(theme, XmlPart) else parse_xml(theme.blob)
        colors = root.find(f".//{qn('a:clrScheme')}")
        for slot, color in zip(colors, (INK, PAPER, PALETTE[0], SHADE, *PALETTE, PALETTE[0], MUTED), strict=True):
            slot.clear()
            value = {"val": str(rgb_and_opacity(color)[0])}
            slot.append(slot.makeelement(qn("a:srgbClr"), value))
        for typeface in root.iter(qn("a:latin")):
            typeface.set("typeface", FONT)
        if not isinstance(theme, XmlPart):
            theme.blob = serialize_part_xml(root)


def _set_placeholders(holder: Any) -> None:
    """Puts title and number where they stand on every slide; removes dates and footers."""
    for shape in list(holder.placeholders):
        placeholder_type = shape._element.ph.get("type", "")
        if placeholder_type == TITLE_TYPE:
            _set_placeholder(shape, TITLE_BOX, TITLE_SIZE, INK, PP_ALIGN.LEFT)
        elif placeholder_type == NUMBER_TYPE:
            _set_placeholder(shape, NUMBER_BOX, SMALLEST_SIZE, MUTED, PP_ALIGN.RIGHT)
        elif placeholder_type != "body":
            shape._element.getparent().remove(shape._element)
        else:
            shape.left, shape.top, shape.width, shape.height = Box(MARGIN, 1, TITLE_BOX.width, SLIDE_HEIGHT - 2).emu


def _set_placeholder(shape: Any, box: Box, size: float, color: str, align: PP_ALIGN) -> None:
    shape.left, shape.top, shape.width, shape.height = box.emu
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = MSO_ANCHOR.BOTTOM if size == TITLE_SIZE else MSO_ANCHOR.TOP
    paragraph = frame.paragraphs[0]
    paragraph.alignment = align
    set_font(paragraph.font, size, color, size == TITLE_SIZE)


def _raise_small_sizes(element: Any) -> None:
    """Raises sizes of type under the smallest, also of styles that are not used yet."""
    for name in ("a:defRPr", "a:rPr", "a:endParaRPr"):
        for properties in element.iter(qn(name)):
            if properties.get("sz") and int(properties.get("sz")) < Pt(SMALLEST_SIZE).centipoints:
                properties.set("sz", str(Pt(SMALLEST_SIZE).centipoints))


def _drop_thumbnail(deck: Deck) -> None:
    """Removes the picture of an empty slide that the template brings."""
    package = deck.part.package
    for key in [key for key, rel in package._rels.items() if rel.reltype.endswith("/thumbnail")]:
        package.drop_rel(key)


def day_of_data(library: Library) -> datetime:
    """The day of the data, which every deck made of them carries."""
    return datetime.fromisoformat(str(library.dictionary["created"])[:10])


def set_properties(deck: Deck, title: str, library: Library | None) -> None:
    """Sets title, author and day of the deck; author and day are those of the data."""
    properties = deck.core_properties
    properties.title = clean_text(title)[:MAX_PROPERTY_LENGTH]
    properties.keywords = properties.comments = properties.subject = properties.category = ""
    properties.revision = 1
    if library is None:
        return
    author = author_of(library)[:MAX_PROPERTY_LENGTH]
    properties.author = properties.last_modified_by = author
    properties.version = library.version
    properties.created = properties.modified = day_of_data(library)


def author_of(library: Library) -> str:
    """Who made the data: those whom the package names, or the package itself."""
    makers = [str(maker["title"]) for maker in library.dictionary.get("contributors", []) if maker.get("title")]
    return clean_text(", ".join(makers) or library.dictionary["title"])


def deck_bytes(deck: Deck) -> bytes:
    """The deck as a file. Its parts carry one day, so that the same slides are the same bytes."""
    saved, rewritten = io.BytesIO(), io.BytesIO()
    deck.save(saved)
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(rewritten, "w", zipfile.ZIP_DEFLATED) as file:
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name, ZIP_TIMESTAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(entry, parts.read(name))
    return rewritten.getvalue()
