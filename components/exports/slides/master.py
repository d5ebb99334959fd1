"""What do all slides of a deck share, and how is a deck saved? Size, colours, typeface, properties; the same bytes each time."""

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

from components.exports.slides.text import FONT, SMALLEST, TITLE, Box, clean, parts_of, style
from components.theme import INK, MUTED, PALETTE, PAPER, SHADE
from data.record.load import Library

WIDE, HIGH, EDGE = 13.333, 7.5, 0.5
HEAD = Box(EDGE, 0.32, WIDE - 2 * EDGE, 0.56)
NUMBER = Box(WIDE - EDGE - 0.4, HIGH - 0.54, 0.4, 0.24)
LAYOUT = "Title Only"
LONGEST_PROPERTY = 255
# A day that the file format can hold as the age of its parts, whenever a deck is made.
AGE = (1980, 1, 1, 0, 0, 0)
TITLE_KIND, NUMBER_KIND = "title", "sldNum"


def blank_deck() -> Deck:
    """A wide deck with one layout, a title and a number on each slide, in the colours and the typeface of the theme."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDE), Inches(HIGH)
    _colour(deck)
    for layout in [one for one in deck.slide_layouts if one.name != LAYOUT]:
        deck.slide_layouts.remove(layout)
    for holder in (deck.slide_master, deck.slide_layouts[0]):
        _set_places(holder)
    for element in (deck.slide_master._element, deck.slide_layouts[0]._element, deck.notes_master._element):
        _enlarge(element)
    for style_of_titles in deck.slide_master._element.iter(qn("p:titleStyle")):
        style_of_titles[0].set("algn", "l")
    _drop_thumbnail(deck)
    return deck


def _colour(deck: Deck) -> None:
    """The palette and the typeface as those that an editor offers: what is added by hand looks like what is there."""
    for part in (deck.slide_master.part, deck.notes_master.part):
        theme = next(rel.target_part for rel in part.rels.values() if rel.reltype.endswith("/theme"))
        root = theme._element if isinstance(theme, XmlPart) else parse_xml(theme.blob)
        colours = root.find(f".//{qn('a:clrScheme')}")
        for place, colour in zip(colours, (INK, PAPER, PALETTE[0], SHADE, *PALETTE, PALETTE[0], MUTED), strict=True):
            place.clear()
            value = {"val": str(parts_of(colour)[0])}
            place.append(place.makeelement(qn("a:srgbClr"), value))
        for typeface in root.iter(qn("a:latin")):
            typeface.set("typeface", FONT)
        if not isinstance(theme, XmlPart):
            theme.blob = serialize_part_xml(root)


def _set_places(holder: Any) -> None:
    """The title and the number where they stand on every slide; dates and footers are not used."""
    for shape in list(holder.placeholders):
        kind = shape._element.ph.get("type", "")
        if kind == TITLE_KIND:
            _place(shape, HEAD, TITLE, INK, PP_ALIGN.LEFT)
        elif kind == NUMBER_KIND:
            _place(shape, NUMBER, SMALLEST, MUTED, PP_ALIGN.RIGHT)
        elif kind != "body":
            shape._element.getparent().remove(shape._element)
        else:
            shape.left, shape.top, shape.width, shape.height = Box(EDGE, 1, HEAD.width, HIGH - 2).emu


def _place(shape: Any, box: Box, size: float, colour: str, align: PP_ALIGN) -> None:
    shape.left, shape.top, shape.width, shape.height = box.emu
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = MSO_ANCHOR.BOTTOM if size == TITLE else MSO_ANCHOR.TOP
    paragraph = frame.paragraphs[0]
    paragraph.alignment = align
    style(paragraph.font, size, colour, size == TITLE)


def _enlarge(element: Any) -> None:
    """No size of type that somebody may yet use is under the smallest."""
    for name in ("a:defRPr", "a:rPr", "a:endParaRPr"):
        for look in element.iter(qn(name)):
            if look.get("sz") and int(look.get("sz")) < Pt(SMALLEST).centipoints:
                look.set("sz", str(Pt(SMALLEST).centipoints))


def _drop_thumbnail(deck: Deck) -> None:
    """The picture of an empty slide that the template brings."""
    package = deck.part.package
    for key in [key for key, rel in package._rels.items() if rel.reltype.endswith("/thumbnail")]:
        package.drop_rel(key)


def made_on(library: Library) -> datetime:
    """When the data were made: the day that every deck of them carries."""
    return datetime.fromisoformat(str(library.dictionary["created"])[:10])


def set_properties(deck: Deck, title: str, library: Library | None) -> None:
    """Title, author and day of the deck; those of the data where there are any."""
    about = deck.core_properties
    about.title = clean(title)[:LONGEST_PROPERTY]
    about.keywords = about.comments = about.subject = about.category = ""
    about.revision = 1
    if library is None:
        return
    makers = [str(one["title"]) for one in library.dictionary.get("contributors", []) if one.get("title")]
    author = clean(", ".join(makers) or library.dictionary["title"])[:LONGEST_PROPERTY]
    about.author = about.last_modified_by = author
    about.version = library.version
    about.created = about.modified = made_on(library)


def bytes_of(deck: Deck) -> bytes:
    """The deck as a file. Its parts carry one day, so that the same slides are the same bytes."""
    made, kept = io.BytesIO(), io.BytesIO()
    deck.save(made)
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as file:
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name, AGE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(entry, parts.read(name))
    return kept.getvalue()
