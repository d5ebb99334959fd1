"""How does a panel, or a path of panels, become slides that can be edited?

Each panel is one slide: title, sentence, a native chart with its data sheet (or native shapes, or a native table), how to
read it, source, days, choices. What a slide has no room for stands in full in the notes of the speaker.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from pptx.enum.text import MSO_ANCHOR

from components.charts import money
from components.charts.limits import newest_dated
from components.exports.picture import as_of_line
from components.exports.slides.bars import draw_bars, draw_stacked_columns
from components.exports.slides.chart import DrawingNotes
from components.exports.slides.compared import draw_compared
from components.exports.slides.covers import Cover, add_closing_slide, add_title_slide, documents_behind
from components.exports.slides.dated import (
    GROUP_MARK_SIZE,
    MarkGroup,
    draw_time_series,
    first_last_and_brief,
    groups_by_column,
    groups_by_mark,
    last_of_each_group,
)
from components.exports.slides.frame import (
    GAP,
    add_footer,
    add_sentence,
    add_slide_number,
    footer,
    set_title,
    title_and_sentence,
)
from components.exports.slides.joins import joins_between
from components.exports.slides.lanes import draw_lanes
from components.exports.slides.map import draw_map
from components.exports.slides.master import (
    MARGIN,
    SLIDE_HEIGHT,
    TITLE_BOX,
    blank_deck,
    deck_bytes,
    set_properties,
)
from components.exports.slides.table import draw_origins, draw_questions, draw_table, draw_then_and_now, draw_tiles
from components.exports.slides.text import (
    SENTENCE_SIZE,
    SMALLEST_SIZE,
    Box,
    Paragraph,
    add_text_box,
    clean_text,
    line_height,
    sentences_that_fit,
    split_sentences,
    text_height,
)
from components.panels.catalogue import NOT_FILTERED, panel_at
from components.panels.findings import title_of
from components.panels.panel import Panel
from components.panels.places import layers_of
from data.files import cite
from data.files.extract import Extract, sources_of
from data.query.address import path_of_rows
from data.query.compute import sums_by_year
from data.query.joins import joined_pairs, official_ids
from data.query.path import Path, encode_path
from data.query.ready import READY_PATHS
from data.query.select import events_laid_over, names_of_places
from data.record.dates import period_in_words

DrawFunction = Callable[[Any, Panel, Box], DrawingNotes]
# What a note says of the page around it.
PAGE_ONLY_NOTES = (NOT_FILTERED,)
# How a note begins that is read of columns, which are marks on a slide.
OF_COLUMNS = "Columns:"
# Panels whose note is the key to the drawing of the page, not to that of the slide.
NOTE_IS_KEY_OF_PAGE = ("unaccounted-for", "timeline-panel", "map", "explore", "origins", "prisoner-totals")
# Lines of the key where they are fewer than others have, and of a map on which not every circle has room for its number.
LINES_OF_KEY, LINES_OF_NUMBERS = {"headlines": 0, "then-and-now": 1, "map": 1}, 2
NO_ROWS = "No rows match these choices: there is nothing to draw."
MAX_READING_LINES = 2


class SlideContent(NamedTuple):
    """One slide to be: a panel with the presenter's title and note, and the address where the same view stands."""

    panel: Panel
    title: str
    note: str
    address: str


def deck_of(slides: Iterable[SlideContent], title: str, cover: Cover | None = None) -> bytes:
    """PPTX with one slide for each of these, in their order; the same slides give the same bytes.

    With a cover a title slide comes first and one with the sources last.
    """
    deck, library, documents = blank_deck(), None, []
    for content in slides:
        if cover and library is None:
            add_title_slide(deck, cover, content.panel.library)
        library = library or content.panel.library
        _add_slide(deck, content)
        documents.append(documents_behind(content.panel) if cover else [])
    if cover and library is not None:
        add_slide_number(add_closing_slide(deck, cover, library, documents))
    set_properties(deck, title, library)
    return deck_bytes(deck)


def deck_of_view(extract: Extract) -> bytes:
    """The view as one slide."""
    panel = panel_at(extract.view, extract.library, extract.selection)
    return deck_of([SlideContent(panel, title_of(panel), "", extract.address("csv"))], panel.title)


def deck_of_path(path: Path, base: str, on_slide: Callable[[int], None] = lambda count: None) -> bytes:
    """The steps of a path as slides; `on_slide` hears how many are finished. Refusal where a step names no view.

    A path of several steps, or with a title, has a title slide and a closing slide, too.
    """
    has_cover = len(path.steps) > 1 or (path.title and path.steps)
    return deck_of(_slides_of_path(path, base, on_slide), path.title, _cover_of(path, base) if has_cover else None)


def _cover_of(path: Path, base: str) -> Cover:
    name = encode_path(path)
    about = READY_PATHS[name].about if name in READY_PATHS else ""
    return Cover(path.title, about, f"{base}/path?path={name}")


def _slides_of_path(path: Path, base: str, on_slide: Callable[[int], None]) -> Iterator[SlideContent]:
    for count, step in enumerate(path.steps):
        on_slide(count)
        view = step.read()
        panel = panel_at(view.view, view.library, view.selection)
        address = base + path_of_rows(view.view, view.selection, view.library, "csv")
        yield SlideContent(panel, step.title or title_of(panel), step.note, address)


def _add_slide(deck: Any, content: SlideContent) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    panel, width = content.panel, TITLE_BOX.width
    summary = f"{panel.showing}." if panel.key == "map" else panel.drawn.summary
    title, sentence = title_and_sentence(clean_text(content.title) or clean_text(panel.title), summary)
    foot = footer(panel)
    top = add_sentence(slide, sentence, set_title(slide, title))
    bottom = SLIDE_HEIGHT - 0.3 - text_height(foot, width)
    add_footer(slide, foot, bottom)
    reading_lines = _lines_of_key(panel)
    reading_height = reading_lines * line_height(SMALLEST_SIZE)
    box = Box(MARGIN, top + GAP, width, bottom - GAP - reading_height - GAP - top - GAP)
    if panel.frame.empty:
        add_text_box(slide.shapes, box, [Paragraph(NO_ROWS, SENTENCE_SIZE)], "No rows")
        drawing_notes = DrawingNotes([], [])
    else:
        drawing_notes = _draw_function_of(panel)(slide, panel, box)
    if reading_height:
        reading = Box(MARGIN, bottom - GAP - reading_height, width, reading_height)
        _add_how_to_read(slide, panel, drawing_notes, reading, reading_lines)
    _write_speaker_notes(slide, content, drawing_notes)


def _lines_of_key(panel: Panel) -> int:
    if panel.key == "map" and "estimates" in layers_of(panel.selection, panel.library):
        return LINES_OF_NUMBERS
    return LINES_OF_KEY.get(panel.key, MAX_READING_LINES)


def _add_how_to_read(slide: Any, panel: Panel, drawing_notes: DrawingNotes, box: Box, lines: int) -> None:
    """How to read the drawing, and as much of the panel's note as there is room for."""
    note = "" if panel.key in NOTE_IS_KEY_OF_PAGE else panel.drawn.note
    sentences = [
        clean_text(part)
        for part in [*drawing_notes.how_to_read, *split_sentences(note)]
        if part not in PAGE_ONLY_NOTES and not part.startswith(OF_COLUMNS)
    ]
    text = sentences_that_fit(sentences, SMALLEST_SIZE, box.width, lines)
    if text:
        add_text_box(slide.shapes, box, [Paragraph(text, SMALLEST_SIZE)], "How to read it", anchor=MSO_ANCHOR.BOTTOM)


def _write_speaker_notes(slide: Any, content: SlideContent, drawing_notes: DrawingNotes) -> None:
    frame = slide.notes_slide.notes_text_frame
    parts = [part for part in speaker_notes(content, drawing_notes) if part]
    frame.text = ""
    for number, text in enumerate(parts):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.add_run().text = clean_text(text)


def speaker_notes(content: SlideContent, drawing_notes: DrawingNotes) -> list[str]:
    """Everything that the slide has no room for: note, sentence, rows left over, cautions, citations, address."""
    panel = content.panel
    sources = sources_of(panel.library, panel.frame).to_dict("records")
    address = clean_text(content.address)
    view = cite.reference_of_view(panel.library, clean_text(panel.title), clean_text(panel.filters), address)
    return [
        content.note,
        content.title if clean_text(content.title) != clean_text(panel.title) else "",
        f"{panel.title}. {panel.showing}.",
        panel.drawn.summary,
        " ".join(drawing_notes.how_to_read),
        panel.drawn.note,
        *_under_heading("Not on the slide:", drawing_notes.omitted),
        *_under_heading("Events laid over the chart on the page:", _overlaid_events(panel)),
        panel.source,
        as_of_line(panel),
        f"Filters: {panel.filters or 'none'}.",
        *_under_heading(
            "Cautions:",
            [f"{row['title']}: {row['text']} Touches {row['row_ids'].replace(';', ', ')}." for row in panel.cautions],
        ),
        *_under_heading("Sources:", cite.styled([cite.reference_of_source(row) for row in sources], "APA")),
        *_under_heading("How to cite this view:", cite.styled([view], "APA")),
        f"Address: {address}" if address else "",
    ]


def _under_heading(title: str, lines: Sequence[str]) -> list[str]:
    return [title, *lines] if lines else []


def _overlaid_events(panel: Panel) -> list[str]:
    """The events that the page lays over the counts, which the slide has no room for."""
    if "overlay" not in panel.view.looks or panel.frame.empty:
        return []
    events = events_laid_over(panel.library, panel.selection).to_dict("records")
    return [f"{period_in_words(row['start'], row['end'])}: {row['title']} ({row['status']})" for row in events]


def _draw_function_of(panel: Panel) -> DrawFunction:
    """What draws a panel: that named for it, bars for other figures with a drawing, a table for the rest."""
    if panel.key in DRAW_FUNCTIONS:
        return DRAW_FUNCTIONS[panel.key]
    return _draw_bars if panel.drawn.figure is not None and panel.table == "figures" else draw_table


def _draw_bars(slide: Any, panel: Panel, box: Box) -> DrawingNotes:
    return draw_bars(slide, panel, panel.frame, box)


def _draw_counts(slide: Any, panel: Panel, box: Box) -> DrawingNotes:
    rows = newest_dated(panel.frame, "figure_id")
    if not rows:
        return draw_table(slide, panel, box)
    sources = panel.library["sources"]
    groups = groups_by_mark(rows, official_ids(panel.frame, sources))
    joins = joins_between(rows, joined_pairs(panel.frame, sources))
    return draw_time_series(slide, panel, groups, first_last_and_brief(rows), box, from_zero=False, joins=joins)


def _draw_over_time(column: str) -> DrawFunction:
    def draw(slide: Any, panel: Panel, box: Box) -> DrawingNotes:
        groups = groups_by_column(column, newest_dated(panel.frame, "figure_id"))
        if not groups:
            return draw_table(slide, panel, box)
        return draw_time_series(slide, panel, groups, last_of_each_group(groups), box, from_zero=True)

    return draw


def _draw_money(slide: Any, panel: Panel, box: Box) -> DrawingNotes:
    """Amounts by agency; hollow what nobody had been given, as the note of the panel says."""
    rows = newest_dated(panel.frame, "figure_id")
    if not rows:
        return draw_table(slide, panel, box)
    given = frozenset(row["figure_id"] for row in rows if not money.is_not_given(row))
    groups = []
    for agency, color in money.colors_of(rows).items():
        symbol, members = "square" if agency in money.AGENCIES else "circle", _rows_of_agency(rows, agency)
        groups.append(MarkGroup(agency, color, symbol, GROUP_MARK_SIZE, members, filled=given))
    notes = draw_time_series(slide, panel, [group for group in groups if group.rows], [], box, from_zero=True)
    return notes._replace(how_to_read=[text for text in notes.how_to_read if not text.startswith("Hollow:")])


def _rows_of_agency(rows: Sequence[Any], agency: str) -> list[Any]:
    return [row for row in rows if money.agency_of(row) == agency]


def _draw_sums(slide: Any, panel: Panel, box: Box) -> DrawingNotes:
    sums = sums_by_year(panel.frame)
    if sums.empty:
        return draw_table(slide, panel, box)
    return draw_stacked_columns(slide, panel, sums, names_of_places(panel.library), box)


DRAW_FUNCTIONS: dict[str, DrawFunction] = {
    "headlines": draw_tiles,
    "unaccounted-for": _draw_counts,
    "by-origin": _draw_over_time("stage"),
    "origins": draw_origins,
    "then-and-now": draw_then_and_now,
    "by-area": _draw_sums,
    "by-year": _draw_over_time("series_id"),
    "so-far": _draw_over_time("series_id"),
    "money": _draw_money,
    "prisoner-totals": draw_questions,
    "map": draw_map,
    "timeline-panel": draw_lanes,
    "explore": draw_compared,
}
