"""How does a deck begin and end? A title slide, and a closing slide with sources, day, address and license."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

from components.exports.slides.master import MARGIN, SLIDE_HEIGHT, SLIDE_WIDTH, TITLE_BOX, author_of
from components.exports.slides.text import (
    SENTENCE_SIZE,
    SMALLEST_SIZE,
    TITLE_SIZE,
    Box,
    Paragraph,
    add_run,
    add_text_box,
    clean_text,
    drop_template_style,
    line_count,
    set_decorative,
    set_fill,
    set_line,
    set_paragraphs,
    text_height,
    text_width,
    truncated,
)
from components.panels.panel import Panel
from components.theme import INK, MUTED, NAVY
from data.files import cite
from data.files.extract import sources_of
from data.query.rows import find_row
from data.query.then_and_now import ROW_ID_COLUMNS
from data.record.dates import date_in_words
from data.record.documents import documents_of
from data.record.load import Library
from data.record.wording import Row, number_with_noun

COVER_SIZES = (44, 36, 28)
COVER_EDGE = Box(0, 0, SLIDE_WIDTH, 0.35)
COVER_TITLE = Box(MARGIN, 1.5, TITLE_BOX.width, 1.9)
COVER_WORDS = Box(MARGIN, 3.6, TITLE_BOX.width, 3.3)
CLOSING_TITLE, IN_THE_NOTES = "Sources and license", "The address of this presentation is in the notes."
MOST_ADDRESS_LINES, GAP = 2, 0.2
NOWHERE = re.compile(r"(?!)")


class Cover(NamedTuple):
    """What a deck says at its beginning and at its end: title, what it is about, and the address of the presentation."""

    title: str
    about: str
    address: str


def documents_behind(panel: Panel) -> list[Row]:
    """The documents that the rows of a panel name, or the rows that they name, and those of what is drawn beside them."""
    frames = [panel.frame, *panel.beside.values(), *_rows_named_in(panel)]
    return [dict(row) for row in sources_of(panel.library, *frames).to_dict("records")]


def _rows_named_in(panel: Panel) -> list[pd.DataFrame]:
    row_ids = {cell for name in ROW_ID_COLUMNS if name in panel.frame for cell in panel.frame[name] if cell}
    found = [find_row(panel.library, row_id) for row_id in sorted(row_ids)]
    return [pd.DataFrame([one.row]) for one in found if one]


def add_title_slide(deck: Any, cover: Cover, library: Library) -> None:
    """Title, what it is about, day and version of the data, and who made it."""
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    title = clean_text(cover.title) or clean_text(library.dictionary["title"])
    size = next(
        (size for size in COVER_SIZES if line_count(title, size, COVER_TITLE.width, True) <= 2), COVER_SIZES[-1]
    )
    slide.shapes.title.left, slide.shapes.title.top, slide.shapes.title.width, slide.shapes.title.height = (
        COVER_TITLE.emu
    )
    text = truncated(title, size, COVER_TITLE.width, 2, True)
    edge = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *COVER_EDGE.emu)
    edge.name = "Edge"
    drop_template_style(edge)
    set_decorative(edge)
    set_fill(edge.fill, NAVY)
    set_line(edge.line, None)
    set_paragraphs(slide.shapes.title.text_frame, [Paragraph(text, size, INK, True)], anchor=MSO_ANCHOR.BOTTOM)
    subject = clean_text(cover.about or library.dictionary["description"])
    about = truncated(subject, TITLE_SIZE - 6, COVER_WORDS.width, 3)
    words = [
        Paragraph(about, TITLE_SIZE - 6, INK),
        Paragraph(_day_of(library), SENTENCE_SIZE, MUTED, before=24),
        Paragraph(_source_of_deck(library, title), SENTENCE_SIZE, MUTED, before=6),
    ]
    add_text_box(slide.shapes, COVER_WORDS, words, "About")
    slide.notes_slide.notes_text_frame.text = "\n".join(
        [title, clean_text(cover.about), _day_of(library), cover.address]
    )


def _day_of(library: Library) -> str:
    return f"Data of {date_in_words(str(library.dictionary['created'])[:10])}, version {library.version}"


def _source_of_deck(library: Library, title: str) -> str:
    """Who made it, and of which collection the slides are, where the title does not say so."""
    names = [author_of(library), clean_text(library.dictionary["title"])]
    return ". ".join(name for name in dict.fromkeys(names) if name != title)


def add_closing_slide(deck: Any, cover: Cover, library: Library, documents: Sequence[Sequence[Row]]) -> Any:
    """The documents behind the slides, those behind most slides first, then day, address and license."""
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    frame = slide.shapes.title.text_frame
    frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    add_run(frame.paragraphs[0], Paragraph(CLOSING_TITLE, TITLE_SIZE, INK, True))
    sources, last = _most_used_first(documents, library), _last_lines(cover, library)
    width, top = TITLE_BOX.width, TITLE_BOX.top + TITLE_BOX.height + GAP
    last_top = SLIDE_HEIGHT - 0.6 - text_height(last, width)
    lines = _lines_that_fit(sources, Box(MARGIN, top, width, last_top - GAP - top))
    add_text_box(slide.shapes, Box(MARGIN, top, width, last_top - GAP - top), lines, "Sources")
    add_text_box(slide.shapes, Box(MARGIN, last_top, width, text_height(last, width)), last, "Day, address, license")
    behind = {row["source_id"]: row for rows in documents for row in rows}
    cited = cite.reference_list([cite.reference_of_source(row) for row in behind.values()])
    notes = [f"{_count_of(len(sources))}:", *cited, *(one.text for one in last), _address_of(cover)]
    slide.notes_slide.notes_text_frame.text = "\n".join(clean_text(text) for text in dict.fromkeys(notes) if text)
    return slide


def _most_used_first(sources: Sequence[Sequence[Row]], library: Library) -> list[Row]:
    """The first source of each document: those behind more slides first, of equals in the order of the slides."""
    by_id = {row["source_id"]: row for rows in sources for row in rows}
    first_of = {source_id: named[0] for named in documents_of(library, by_id) for source_id in named}
    counts: Counter[str] = Counter()
    for rows in sources:
        counts.update({first_of[row["source_id"]]: 1 for row in rows if row["source_id"] in first_of})
    return [by_id[source_id] for source_id, _ in counts.most_common()]


def _count_of(count: int) -> str:
    return f"{number_with_noun(count, 'document')} behind these slides"


def _lines_that_fit(sources: Sequence[Row], box: Box) -> list[Paragraph]:
    """A heading and a line for each document, as far as there is room; the others are counted."""
    head = [Paragraph(f"{_count_of(len(sources))}, those behind most slides first:", SENTENCE_SIZE, INK, True)]
    lines = [Paragraph(_in_a_line(row, box.width - 0.05), before=3) for row in sources]
    if text_height([*head, *lines], box.width) <= box.height:
        return [*head, *lines]
    shown = len(lines)
    rest: list[Paragraph] = []
    while shown and text_height([*head, *lines[:shown], *rest], box.width) > box.height:
        shown -= 1
        rest = [
            Paragraph(f"And {len(lines) - shown} more, in the notes of this slide.", SMALLEST_SIZE, MUTED, before=3)
        ]
    return [*head, *lines[:shown], *rest]


def _in_a_line(row: Row, width: float) -> str:
    """Publisher, title and day of a document; a long title is cut at a word."""
    day = f", {date_in_words(row['published'])}" if row["published"] else ""
    name = clean_text(": ".join(part for part in (row["publisher"] or row["author"], row["title"]) if part))
    return truncated(name, SMALLEST_SIZE, width - text_width(day, SMALLEST_SIZE), 1, stops=NOWHERE) + day


def _address_of(cover: Cover) -> str:
    return f"This presentation: {clean_text(cover.address)}"


def _last_lines(cover: Cover, library: Library) -> list[Paragraph]:
    address = _address_of(cover)
    is_short = line_count(address, SMALLEST_SIZE, TITLE_BOX.width) <= MOST_ADDRESS_LINES
    licenses = "; ".join(f"{one['title']}: {one['path']}" for one in library.dictionary["licenses"])
    texts = [f"{_day_of(library)}.", address if is_short else IN_THE_NOTES, f"License: {licenses}"]
    return [Paragraph(clean_text(text), SMALLEST_SIZE, INK) for text in texts]
