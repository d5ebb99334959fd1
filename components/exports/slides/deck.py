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
from components.exports.slides.bars import draw_rows, draw_sums
from components.exports.slides.chart import Told
from components.exports.slides.dated import classes_of, draw_dated, first_last_and_brief, groups_by, last_of_each
from components.exports.slides.lanes import draw_lanes
from components.exports.slides.map import draw_map
from components.exports.slides.master import EDGE, HEAD, HIGH, NUMBER, WIDE, blank_deck, bytes_of, set_properties
from components.exports.slides.table import draw_table, draw_tiles
from components.exports.slides.text import (
    PARTS,
    SENTENCE,
    SMALLEST,
    TITLE,
    Box,
    Words,
    add_run,
    as_fits,
    clean,
    height_of,
    line_height,
    lines_of,
    outline,
    plain,
    sentences,
    shortened,
    write,
)
from components.panels.catalogue import NOT_FILTERED, panel_at
from components.panels.panel import Panel
from data.files import cite
from data.files.extract import Extract, sources_of
from data.query.address import path_of_rows
from data.query.compute import sum_of_operations
from data.query.path import Path
from data.query.select import events_laid_over, names_of_places, one_row_per_number
from data.record.dates import period_in_words

Draw = Callable[[Any, Panel, Box], Told]
# What a note says of the page around it.
OF_PAGES = (NOT_FILTERED,)
# Panels whose slide needs no key, and those whose note is the key to the drawing of the page, not to that of the slide.
NO_READING, READ_OTHERWISE = ("headlines",), ("unaccounted-for", "timeline-panel", "map")
NO_ROWS = "No row fits these choices: there is nothing to draw."
NUMBER_ID = "{C1FF6DA9-008F-8B48-92A6-B652298478BF}"
MOST_SENTENCE, MOST_READING, MOST_SOURCE, GAP = 3, 2, 2, 0.12


class Slide(NamedTuple):
    """One slide to be: a panel with the presenter's title and note, and the address where the same view stands."""

    panel: Panel
    title: str
    note: str
    address: str


def deck_of(slides: Iterable[Slide], title: str) -> bytes:
    """PPTX with one slide for each of these, in their order; the same slides give the same bytes."""
    deck, library = blank_deck(), None
    for one in slides:
        library = library or one.panel.library
        _add(deck, one)
    set_properties(deck, title, library)
    return bytes_of(deck)


def deck_of_view(extract: Extract) -> bytes:
    """The view as one slide."""
    panel = panel_at(extract.view, extract.library, extract.selection)
    return deck_of([Slide(panel, panel.title, "", extract.address("csv"))], panel.title)


def deck_of_path(path: Path, base: str, on_slide: Callable[[int], None] = lambda count: None) -> bytes:
    """The steps of a path as slides; `on_slide` hears how many are finished. Refusal where a step names no view."""
    return deck_of(_slides_of_path(path, base, on_slide), path.title)


def _slides_of_path(path: Path, base: str, on_slide: Callable[[int], None]) -> Iterator[Slide]:
    for count, step in enumerate(path.steps):
        on_slide(count)
        view = step.read()
        panel = panel_at(view.view, view.library, view.selection)
        address = base + path_of_rows(view.view, view.selection, view.library, "csv")
        yield Slide(panel, step.title or panel.title, step.note, address)


def _add(deck: Any, one: Slide) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    panel, wide = one.panel, HEAD.width
    _set_title(slide, one)
    foot = _foot(panel)
    top = _set_sentence(slide, panel)
    bottom = HIGH - 0.3 - height_of(foot, wide)
    _set_foot(slide, foot, bottom)
    reading = (0 if panel.key in NO_READING else MOST_READING) * line_height(SMALLEST)
    box = Box(EDGE, top + GAP, wide, bottom - GAP - reading - GAP - top - GAP)
    if panel.frame.empty:
        write(slide.shapes, box, [Words(NO_ROWS, SENTENCE)], "No rows")
        told = Told([], [])
    else:
        told = _drawer_of(panel)(slide, panel, box)
    if reading:
        _set_reading(slide, panel, told, Box(EDGE, bottom - GAP - reading, wide, reading))
    _set_notes(slide, one, told)


def _set_title(slide: Any, one: Slide) -> None:
    """The title in its placeholder: on one line, smaller where it is long, and cut at a word where it is longer still."""
    said = clean(one.title) or clean(one.panel.title)
    size = next((size for size in (TITLE, 24, 20) if lines_of(said, size, HEAD.width, True) == 1), 20)
    frame = slide.shapes.title.text_frame
    frame.word_wrap = True
    frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    add_run(frame.paragraphs[0], Words(shortened(said, size, HEAD.width, 1, True), size, theme.INK, True))


def _set_sentence(slide: Any, panel: Panel) -> float:
    """The sentence under the title; where it ends, in inches from above."""
    top = HEAD.top + HEAD.height + 0.08
    said = clean(panel.drawn.summary)
    if not said:
        return top
    words = [Words(shortened(said, SENTENCE, HEAD.width, MOST_SENTENCE), SENTENCE)]
    box = Box(EDGE, top, HEAD.width, height_of(words, HEAD.width))
    write(slide.shapes, box, words, "Summary")
    return top + box.height


def _foot(panel: Panel) -> list[Words]:
    """Source, days and choices; the last line leaves room for the number of the slide."""
    about = panel.library.dictionary["title"]
    source = clean(panel.source or f"{about}; these rows name no document of their own.")
    source = source if source.startswith("Source") else f"Source: {source}"
    days, filters = clean(as_of_line(panel)), clean(f"Filters: {panel.filters or 'none'}.")
    last = HEAD.width - NUMBER.width - GAP
    both = f"{days} {filters}"
    fits = lines_of(both, SMALLEST, last) == 1
    told = [both] if fits else [days, shortened(filters, SMALLEST, last, 1)]
    kept = shortened(source, SMALLEST, HEAD.width, MOST_SOURCE, stops=PARTS)
    return [Words(text, SMALLEST, theme.MUTED) for text in [kept, *told]]


def _set_foot(slide: Any, foot: list[Words], top: float) -> None:
    line = slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *_ends(top - 0.05))
    line.name = "Line above the source"
    plain(line)
    outline(line.line, theme.BORDER, 0.75)
    box = Box(EDGE, top, HEAD.width, height_of(foot, HEAD.width))
    write(slide.shapes, box, foot, "Source, days, filters")
    _set_number(slide)


def _ends(top: float) -> tuple[Any, Any, Any, Any]:
    left, at, wide, _ = Box(EDGE, top, WIDE - 2 * EDGE, 0).emu
    return left, at, left + wide, at


def _set_number(slide: Any) -> None:
    """The number of the slide, which follows when slides are moved."""
    shape = write(slide.shapes, NUMBER, [Words("", SMALLEST, theme.MUTED)], "Slide number", PP_ALIGN.RIGHT)
    paragraph = shape.text_frame.paragraphs[0]._p
    run = paragraph.find(qn("a:r"))
    field = parse_xml(f'<a:fld {nsdecls("a")} id="{NUMBER_ID}" type="slidenum"><a:t>‹#›</a:t></a:fld>')
    field.insert(0, run.find(qn("a:rPr")))
    paragraph.replace(run, field)


def _set_reading(slide: Any, panel: Panel, told: Told, box: Box) -> None:
    """How to read the drawing, and as much of the panel's note as there is room for."""
    note = "" if panel.key in READ_OTHERWISE else panel.drawn.note
    parts = [clean(part) for part in [*told.reading, *sentences(note)] if part not in OF_PAGES]
    said = as_fits(parts, SMALLEST, box.width, MOST_READING)
    if said:
        write(slide.shapes, box, [Words(said, SMALLEST)], "How to read it", anchor=MSO_ANCHOR.BOTTOM)


def _set_notes(slide: Any, one: Slide, told: Told) -> None:
    frame = slide.notes_slide.notes_text_frame
    parts = [part for part in notes_of(one, told) if part]
    frame.text = ""
    for number, text in enumerate(parts):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.add_run().text = clean(text)


def notes_of(one: Slide, told: Told) -> list[str]:
    """Everything that the slide has no room for: note, sentence, rows left over, cautions, citations, address."""
    panel = one.panel
    sources = sources_of(panel.library, panel.frame).to_dict("records")
    address = clean(one.address)
    view = cite.reference_of_view(panel.library, clean(panel.title), clean(panel.filters), address)
    return [
        one.note,
        one.title if clean(one.title) != clean(panel.title) else "",
        f"{panel.title}. {panel.showing}.",
        panel.drawn.summary,
        " ".join(told.reading),
        panel.drawn.note,
        *_titled("Not on the slide:", told.left_over),
        *_titled("Events laid over the chart on the page:", _laid_over(panel)),
        panel.source,
        as_of_line(panel),
        f"Filters: {panel.filters or 'none'}.",
        *_titled(
            "Cautions:",
            [f"{row['title']}: {row['text']} Touches {row['row_ids'].replace(';', ', ')}." for row in panel.cautions],
        ),
        *_titled("Sources:", cite.styled([cite.reference_of_source(row) for row in sources], "APA")),
        *_titled("How to cite this view:", cite.styled([view], "APA")),
        f"Address: {address}" if address else "",
    ]


def _titled(title: str, lines: Sequence[str]) -> list[str]:
    return [title, *lines] if lines else []


def _laid_over(panel: Panel) -> list[str]:
    """The events that the page lays over the counts, which the slide has no room for."""
    if "overlay" not in panel.view.looks or panel.frame.empty:
        return []
    events = events_laid_over(panel.library, panel.selection).to_dict("records")
    return [f"{period_in_words(row['start'], row['end'])}: {row['title']} ({row['status']})" for row in events]


def _drawer_of(panel: Panel) -> Draw:
    """What draws a panel: that named for it, bars for other figures with a drawing, a table for the rest."""
    if panel.key in DRAWERS:
        return DRAWERS[panel.key]
    return _bars if panel.drawn.figure is not None and panel.table == "figures" else draw_table


def _bars(slide: Any, panel: Panel, box: Box) -> Told:
    return draw_rows(slide, panel, panel.frame, box)


def _collapsed(slide: Any, panel: Panel, box: Box) -> Told:
    """One bar for each number that is printed, as on the page; the table where only parts by service are left."""
    distinct = one_row_per_number(panel.frame)
    return draw_rows(slide, panel, distinct, box) if len(distinct) else draw_table(slide, panel, box)


def _counts(slide: Any, panel: Panel, box: Box) -> Told:
    rows = _dated(panel)
    if not rows:
        return draw_table(slide, panel, box)
    return draw_dated(slide, panel, classes_of(rows), first_last_and_brief(rows), box, from_zero=False)


def _over_time(column: str, name_last: bool = True) -> Draw:
    def draw(slide: Any, panel: Panel, box: Box) -> Told:
        groups = groups_by(column, _dated(panel))
        if not groups:
            return draw_table(slide, panel, box)
        named = last_of_each(groups) if name_last else []
        return draw_dated(slide, panel, groups, named, box, from_zero=True)

    return draw


def _dated(panel: Panel) -> list[Any]:
    return [row for row in panel.frame.sort_values(["date", "figure_id"]).to_dict("records") if row["date"]]


def _sums(slide: Any, panel: Panel, box: Box) -> Told:
    return draw_sums(slide, panel, sum_of_operations(panel.frame), names_of_places(panel.library), box)


DRAWERS: dict[str, Draw] = {
    "headlines": draw_tiles,
    "unaccounted-for": _counts,
    "by-origin": _over_time("stage"),
    "by-area": _sums,
    "by-year": _over_time("series_id"),
    "so-far": _over_time("series_id"),
    "money": _over_time("series_id", name_last=False),
    "prisoner-totals": _collapsed,
    "map": draw_map,
    "timeline-panel": draw_lanes,
}
