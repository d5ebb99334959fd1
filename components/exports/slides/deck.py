"""How does a panel, or a path of panels, become slides that can be edited?

Each panel is one slide: title, sentence, a native chart with its data sheet (or native shapes, or a native table), how to
read it, source, days, choices. What a slide has no room for stands in full in the notes of the speaker.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from pptx.enum.shapes import MSO_CONNECTOR
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from components import theme
from components.exports.picture import as_of_line
from components.exports.slides.bars import draw_bars, draw_stacked_columns
from components.exports.slides.chart import DrawingNotes
from components.exports.slides.dated import (
    draw_time_series,
    first_last_and_brief,
    groups_by_column,
    groups_by_mark,
    last_of_each_group,
)
from components.exports.slides.joins import joins_between
from components.exports.slides.lanes import draw_lanes
from components.exports.slides.map import draw_map
from components.exports.slides.master import (
    MARGIN,
    NUMBER_BOX,
    SLIDE_HEIGHT,
    SLIDE_WIDTH,
    TITLE_BOX,
    blank_deck,
    deck_bytes,
    set_properties,
)
from components.exports.slides.table import draw_table, draw_tiles
from components.exports.slides.text import (
    LIST_ENDS,
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
    line_height,
    sentences_that_fit,
    set_line,
    split_sentences,
    text_height,
    truncated,
)
from components.panels.catalogue import NOT_FILTERED, panel_at
from components.panels.panel import Panel
from data.files import cite
from data.files.extract import Extract, sources_of
from data.query.address import path_of_rows
from data.query.compute import sum_of_operations
from data.query.joins import joined_pairs, official_ids
from data.query.path import Path
from data.query.select import events_laid_over, names_of_places, one_row_per_number
from data.record.dates import period_in_words

DrawFunction = Callable[[Any, Panel, Box], DrawingNotes]
# What a note says of the page around it.
PAGE_ONLY_NOTES = (NOT_FILTERED,)
# Panels whose slide needs no key, and those whose note is the key to the drawing of the page, not to that of the slide.
WITHOUT_KEY, NOTE_IS_KEY_OF_PAGE = ("headlines",), ("unaccounted-for", "timeline-panel", "map")
NO_ROWS = "No rows match these choices: there is nothing to draw."
NUMBER_FIELD_ID = "{C1FF6DA9-008F-8B48-92A6-B652298478BF}"
MAX_SENTENCE_LINES, MAX_READING_LINES, MAX_SOURCE_LINES, GAP = 3, 2, 2, 0.12


class SlideContent(NamedTuple):
    """One slide to be: a panel with the presenter's title and note, and the address where the same view stands."""

    panel: Panel
    title: str
    note: str
    address: str


def deck_of(slides: Iterable[SlideContent], title: str) -> bytes:
    """PPTX with one slide for each of these, in their order; the same slides give the same bytes."""
    deck, library = blank_deck(), None
    for content in slides:
        library = library or content.panel.library
        _add_slide(deck, content)
    set_properties(deck, title, library)
    return deck_bytes(deck)


def deck_of_view(extract: Extract) -> bytes:
    """The view as one slide."""
    panel = panel_at(extract.view, extract.library, extract.selection)
    return deck_of([SlideContent(panel, panel.title, "", extract.address("csv"))], panel.title)


def deck_of_path(path: Path, base: str, on_slide: Callable[[int], None] = lambda count: None) -> bytes:
    """The steps of a path as slides; `on_slide` hears how many are finished. Refusal where a step names no view."""
    return deck_of(_slides_of_path(path, base, on_slide), path.title)


def _slides_of_path(path: Path, base: str, on_slide: Callable[[int], None]) -> Iterator[SlideContent]:
    for count, step in enumerate(path.steps):
        on_slide(count)
        view = step.read()
        panel = panel_at(view.view, view.library, view.selection)
        address = base + path_of_rows(view.view, view.selection, view.library, "csv")
        yield SlideContent(panel, step.title or panel.title, step.note, address)


def _add_slide(deck: Any, content: SlideContent) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    panel, width = content.panel, TITLE_BOX.width
    _set_title(slide, content)
    footer = _footer(panel)
    top = _add_sentence(slide, panel)
    bottom = SLIDE_HEIGHT - 0.3 - text_height(footer, width)
    _add_footer(slide, footer, bottom)
    reading_height = (0 if panel.key in WITHOUT_KEY else MAX_READING_LINES) * line_height(SMALLEST_SIZE)
    box = Box(MARGIN, top + GAP, width, bottom - GAP - reading_height - GAP - top - GAP)
    if panel.frame.empty:
        add_text_box(slide.shapes, box, [Paragraph(NO_ROWS, SENTENCE_SIZE)], "No rows")
        drawing_notes = DrawingNotes([], [])
    else:
        drawing_notes = _draw_function_of(panel)(slide, panel, box)
    if reading_height:
        _add_how_to_read(slide, panel, drawing_notes, Box(MARGIN, bottom - GAP - reading_height, width, reading_height))
    _write_speaker_notes(slide, content, drawing_notes)


def _set_title(slide: Any, content: SlideContent) -> None:
    """The title in its placeholder: on one line, smaller where it is long, and cut at a word where it is longer still."""
    title = clean_text(content.title) or clean_text(content.panel.title)
    size = next((size for size in (TITLE_SIZE, 24, 20) if line_count(title, size, TITLE_BOX.width, True) == 1), 20)
    frame = slide.shapes.title.text_frame
    frame.word_wrap = True
    frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    add_run(frame.paragraphs[0], Paragraph(truncated(title, size, TITLE_BOX.width, 1, True), size, theme.INK, True))


def _add_sentence(slide: Any, panel: Panel) -> float:
    """The sentence under the title; where it ends, in inches from above."""
    top = TITLE_BOX.top + TITLE_BOX.height + 0.08
    sentence = clean_text(panel.drawn.summary)
    if not sentence:
        return top
    paragraphs = [Paragraph(truncated(sentence, SENTENCE_SIZE, TITLE_BOX.width, MAX_SENTENCE_LINES), SENTENCE_SIZE)]
    box = Box(MARGIN, top, TITLE_BOX.width, text_height(paragraphs, TITLE_BOX.width))
    add_text_box(slide.shapes, box, paragraphs, "Summary")
    return top + box.height


def _footer(panel: Panel) -> list[Paragraph]:
    """Source, days and choices; the last line leaves room for the number of the slide."""
    package_title = panel.library.dictionary["title"]
    source = clean_text(panel.source or f"{package_title}; these rows name no document of their own.")
    source = source if source.startswith("Source") else f"Source: {source}"
    days, filters = clean_text(as_of_line(panel)), clean_text(f"Filters: {panel.filters or 'none'}.")
    last_width = TITLE_BOX.width - NUMBER_BOX.width - GAP
    days_and_filters = f"{days} {filters}"
    fits = line_count(days_and_filters, SMALLEST_SIZE, last_width) == 1
    last_lines = [days_and_filters] if fits else [days, truncated(filters, SMALLEST_SIZE, last_width, 1)]
    source_text = truncated(source, SMALLEST_SIZE, TITLE_BOX.width, MAX_SOURCE_LINES, stops=LIST_ENDS)
    return [Paragraph(text, SMALLEST_SIZE, theme.MUTED) for text in [source_text, *last_lines]]


def _add_footer(slide: Any, footer: list[Paragraph], top: float) -> None:
    line = slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *_line_ends(top - 0.05))
    line.name = "Line above the source"
    drop_template_style(line)
    set_line(line.line, theme.BORDER, 0.75)
    box = Box(MARGIN, top, TITLE_BOX.width, text_height(footer, TITLE_BOX.width))
    add_text_box(slide.shapes, box, footer, "Source, days, filters")
    _add_slide_number(slide)


def _line_ends(top: float) -> tuple[Any, Any, Any, Any]:
    left, at, width, _ = Box(MARGIN, top, SLIDE_WIDTH - 2 * MARGIN, 0).emu
    return left, at, left + width, at


def _add_slide_number(slide: Any) -> None:
    """The number of the slide, which follows when slides are moved."""
    shape = add_text_box(
        slide.shapes, NUMBER_BOX, [Paragraph("", SMALLEST_SIZE, theme.MUTED)], "Slide number", PP_ALIGN.RIGHT
    )
    paragraph = shape.text_frame.paragraphs[0]._p
    run = paragraph.find(qn("a:r"))
    field = parse_xml(f'<a:fld {nsdecls("a")} id="{NUMBER_FIELD_ID}" type="slidenum"><a:t>‹#›</a:t></a:fld>')
    field.insert(0, run.find(qn("a:rPr")))
    paragraph.replace(run, field)


def _add_how_to_read(slide: Any, panel: Panel, drawing_notes: DrawingNotes, box: Box) -> None:
    """How to read the drawing, and as much of the panel's note as there is room for."""
    note = "" if panel.key in NOTE_IS_KEY_OF_PAGE else panel.drawn.note
    sentences = [
        clean_text(part) for part in [*drawing_notes.how_to_read, *split_sentences(note)] if part not in PAGE_ONLY_NOTES
    ]
    text = sentences_that_fit(sentences, SMALLEST_SIZE, box.width, MAX_READING_LINES)
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


def _draw_distinct(slide: Any, panel: Panel, box: Box) -> DrawingNotes:
    """One bar for each number that is printed, as on the page; the table where only parts by service are left."""
    distinct = one_row_per_number(panel.frame)
    return draw_bars(slide, panel, distinct, box) if len(distinct) else draw_table(slide, panel, box)


def _draw_counts(slide: Any, panel: Panel, box: Box) -> DrawingNotes:
    rows = _dated_rows(panel)
    if not rows:
        return draw_table(slide, panel, box)
    sources = panel.library["sources"]
    groups = groups_by_mark(rows, official_ids(panel.frame, sources))
    joins = joins_between(rows, joined_pairs(panel.frame, sources))
    return draw_time_series(slide, panel, groups, first_last_and_brief(rows), box, from_zero=False, joins=joins)


def _draw_over_time(column: str, name_last: bool = True) -> DrawFunction:
    def draw(slide: Any, panel: Panel, box: Box) -> DrawingNotes:
        groups = groups_by_column(column, _dated_rows(panel))
        if not groups:
            return draw_table(slide, panel, box)
        labeled = last_of_each_group(groups) if name_last else []
        return draw_time_series(slide, panel, groups, labeled, box, from_zero=True)

    return draw


def _dated_rows(panel: Panel) -> list[Any]:
    return [row for row in panel.frame.sort_values(["date", "figure_id"]).to_dict("records") if row["date"]]


def _draw_sums(slide: Any, panel: Panel, box: Box) -> DrawingNotes:
    return draw_stacked_columns(slide, panel, sum_of_operations(panel.frame), names_of_places(panel.library), box)


DRAW_FUNCTIONS: dict[str, DrawFunction] = {
    "headlines": draw_tiles,
    "unaccounted-for": _draw_counts,
    "by-origin": _draw_over_time("stage"),
    "by-area": _draw_sums,
    "by-year": _draw_over_time("series_id"),
    "so-far": _draw_over_time("series_id"),
    "money": _draw_over_time("series_id", name_last=False),
    "prisoner-totals": _draw_distinct,
    "map": draw_map,
    "timeline-panel": draw_lanes,
}
