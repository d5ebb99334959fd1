"""How do rows stand on a slide where no chart shows them? A native table of the first that fit, or tiles with large numbers."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Inches

from components.charts.questions import numbers_of
from components.exports.slides.chart import DrawingNotes
from components.exports.slides.text import (
    LIST_ENDS,
    SENTENCE_SIZE,
    SMALLEST_SIZE,
    Box,
    Paragraph,
    add_text_box,
    clean_text,
    drop_template_style,
    line_count,
    line_height,
    set_alt_text,
    set_decorative,
    set_fill,
    set_line,
    set_paragraphs,
    text_height,
    text_width,
    truncated,
)
from components.panels.origins import HEADS as ORIGIN_HEADS
from components.panels.panel import Panel
from components.theme import INK, KIND_COLORS, MUTED, NAVY, PAPER, SHADE
from data.files.reader_sheet import READ_FIRST
from data.query.origins import STAGES, stage_in_table
from data.query.prisoners import with_questions
from data.query.readable import cell_in_words, head_of
from data.query.views import claims_beside
from data.record.dates import period_in_words
from data.record.wording import Row, as_of_in_words, figure_in_words, name_of_series, unit_in_words, value_in_words

MAX_COLUMNS, PADDING_X, PADDING_Y = 4, 0.09, 0.045
# Sizes of type and the lines that a cell may then have: the first that holds all rows, or the last.
LOOKS = ((20, 5), (18, 5), (SMALLEST_SIZE, 5), (SMALLEST_SIZE, 4), (SMALLEST_SIZE, 3))
FEW_ROWS, MAX_ROWS = 20, 60
# More rows than these are left to the file.
MOST_OMITTED = 40
CHANGED, STAGE_SHARES = "changed", (2.4, 2.1, 2.6)
NEWEST_OF_ITS_KIND = (
    "Each number is the newest of its kind. Boxes, caskets, sets of remains, and people are different things."
)
NUMBER_SIZES, SMALLEST_NUMBER_SIZE, TILE_GAP, MAX_SOURCE_LINES = (48, 36, 30, 24), 20, 0.25, 5


class TableColumn(NamedTuple):
    """A column of a slide's table: its header, the text of a row in it, and its share of the width."""

    header: str
    text_of: Callable[[Row], str]
    share: float = 1


class TableLayout(NamedTuple):
    """Widths of the columns, texts of header and rows, and heights of the rows; in inches."""

    widths: list[float]
    texts: list[list[str]]
    heights: list[float]


def _period_text(row: Row) -> str:
    return period_in_words(row["start"], row["end"])


def _number_text(row: Row) -> str:
    return figure_in_words(row) if row["qualifier"] else "no number"


def _label_text(row: Row) -> str:
    label = str(row["label"])
    return f"{label} (computed)" if row["kind"] == "computed" and "computed" not in label else label


TABLE_COLUMNS: dict[str, list[TableColumn]] = {
    "figures": [
        TableColumn("What", _label_text, 3),
        TableColumn("Number, with its hedge", figure_in_words, 2.4),
        TableColumn("When", as_of_in_words, 1.8),
        TableColumn("Source", lambda row: str(row["attributed_to"]), 3.6),
    ],
    "operations": [
        TableColumn("When", _period_text, 1.7),
        TableColumn("What", lambda row: str(row["kind"]), 1.6),
        TableColumn("Where", lambda row: str(row["place_as_named"] or row["country"]), 3.2),
        TableColumn("Number, with its hedge", _number_text, 2.1),
        TableColumn("Counts", lambda row: str(row["row_scope"]), 1.1),
    ],
    "burial_estimates": [
        TableColumn("Where", lambda row: str(row["place_as_named"]), 3.4),
        TableColumn("Number, with its hedge", _number_text, 2.4),
        TableColumn("What is measured", lambda row: str(row["measure"]), 2),
        TableColumn("As of", lambda row: period_in_words("", row["date"]), 1.5),
    ],
    "events": [
        TableColumn("When", _period_text, 1.8),
        TableColumn("What", lambda row: str(row["title"]), 4),
        TableColumn("Status", lambda row: str(row["status"]), 1),
        TableColumn("Source", lambda row: str(row["attributed_to"]), 2.6),
    ],
    "then-and-now": [
        TableColumn("What", lambda row: str(row["topic"]), 2.2),
        TableColumn("The brief, July 2012", lambda row: str(row["brief"]), 3.2),
        TableColumn("Newest on the same definition", lambda row: str(row["now"]), 3.4),
        TableColumn("Change", lambda row: str(row["change"]), 1.8),
    ],
    "disagreements": [
        TableColumn("Subject", lambda row: str(row["title"]), 3),
        TableColumn("Statements", lambda row: str(row.get("statements", "")), 3),
        TableColumn("Why they differ", lambda row: str(row["why"]) or "not explained by any source here", 3.2),
    ],
}


def columns_of_table(panel: Panel) -> list[TableColumn]:
    """The columns that a slide has room for: those named for the table, or the first with words in them."""
    named = TABLE_COLUMNS.get(panel.key) or TABLE_COLUMNS.get(panel.table)
    if named:
        return named
    fields = {entry["name"]: entry for entry in panel.fields}
    names = [name for name in READ_FIRST.get(panel.table, panel.columns) if name in panel.frame]
    texts = {name: [cell_in_words(panel.library, fields[name], cell) for cell in panel.frame[name]] for name in names}
    shown = [name for name in names if any(texts[name])][:MAX_COLUMNS]
    mean_length = {name: sum(map(len, texts[name])) / max(len(texts[name]), 1) for name in shown}
    heads = {name: head_of(list(panel.frame.columns), fields[name]) for name in shown}
    return [
        TableColumn(heads[name], _cell_text_of(panel, fields[name]), min(max(mean_length[name], 8), 40) / 10)
        for name in shown
    ]


def _cell_text_of(panel: Panel, field: Mapping[str, Any]) -> Callable[[Row], str]:
    return lambda row: cell_in_words(panel.library, field, row[field["name"]])


def draw_table(slide: Any, panel: Panel, box: Box) -> DrawingNotes:
    """The rows of a panel as a table."""
    return draw_rows(slide, panel, *table_of(panel), box)


def table_of(panel: Panel) -> tuple[list[TableColumn], list[Row]]:
    """The columns and the rows of a panel where no chart shows them: of origins one row an origin and one column a stage,
    of the brief then and now those lines first that changed."""
    if panel.key == "origins":
        return _origins_of(panel)
    rows = _rows_of(panel)
    if panel.key == "then-and-now":
        rows.sort(key=lambda row: row["newest"] != CHANGED)
    return columns_of_table(panel), rows


def _origins_of(panel: Panel) -> tuple[list[TableColumn], list[Row]]:
    origins: dict[str, dict[str, Row]] = {}
    for row in _rows_of(panel):
        origins.setdefault(row["origin"], {})[stage_in_table(row["stage"])] = row
    columns = [TableColumn("From", lambda row: f"{row['origin'][:1].upper()}{row['origin'][1:]}", 1.15)]
    columns += [
        TableColumn(ORIGIN_HEADS[stage], _number_and_days_of(stage), share)
        for stage, share in zip(STAGES, STAGE_SHARES, strict=True)
    ]
    return columns, [{"origin": name, **cells} for name, cells in origins.items()]


def draw_origins(slide: Any, panel: Panel, box: Box) -> DrawingNotes:
    """One row an origin and one column a stage, as on the page."""
    notes = draw_rows(slide, panel, *table_of(panel), box)
    return notes._replace(how_to_read=[*notes.how_to_read, NEWEST_OF_ITS_KIND])


def draw_questions(slide: Any, panel: Panel, box: Box) -> DrawingNotes:
    """One row a question on prisoners with all numbers that sources print, the claims below, as on the page; the rows
    themselves where only parts by service are left."""
    asked = with_questions(pd.concat([panel.frame, claims_beside(panel.library, panel.selection)]))
    if asked.empty:
        return draw_table(slide, panel, box)
    rows = [{"question": name, "numbers": numbers_of(group)} for name, group in asked.groupby("question", sort=False)]
    columns = [
        TableColumn("Americans", lambda row: str(row["question"]), 1.4),
        TableColumn("Numbers that sources print", _numbers_text, 2.6),
    ]
    notes = draw_rows(slide, panel, columns, rows, box)
    return notes._replace(how_to_read=[*notes.how_to_read, "In brackets: how many rows print the number."])


def _numbers_text(row: Row) -> str:
    numbers = [(value_in_words(number.row), number.rows) for number in row["numbers"]]
    return ", ".join(f"{words} ({count:,})" if count > 1 else words for words, count in numbers)


def _number_and_days_of(stage: str) -> Callable[[Row], str]:
    def text_of(row: Row) -> str:
        return f"{figure_in_words(row[stage])}, {as_of_in_words(row[stage])}" if stage in row else ""

    return text_of


def draw_then_and_now(slide: Any, panel: Panel, box: Box) -> DrawingNotes:
    """What the brief printed and the newest beside it, those first that changed."""
    notes = draw_rows(slide, panel, *table_of(panel), box)
    return notes._replace(how_to_read=["Those that changed come first.", *notes.how_to_read])


def draw_rows(slide: Any, panel: Panel, columns: Sequence[TableColumn], rows: Sequence[Row], box: Box) -> DrawingNotes:
    """The first rows that fit, in words, with a note that says how many more there are; these stand in the notes, unless
    they are too many."""
    fits = (look for look in LOOKS if _full_height(rows, columns, box.width, *look) <= box.height)
    size, lines = next(fits, LOOKS[-1])
    widths, texts, heights = _lay_out(rows, columns, box.width, size, lines)
    shown = _row_count_that_fits(heights, box.height)
    shape = slide.shapes.add_table(shown + 1, len(columns), *box._replace(height=sum(heights[: shown + 1])).emu)
    shape.name = "Table"
    set_alt_text(shape, panel.alt)
    _fill_table(shape.table, texts[: shown + 1], widths, heights, size)
    omitted = rows[shown:]
    if not omitted:
        return DrawingNotes([], [])
    if len(omitted) > MOST_OMITTED:
        return DrawingNotes([f"First {shown:,} of {len(rows):,} rows; the file has all."], [])
    left = ["; ".join(text for column in columns if (text := clean_text(column.text_of(row)))) for row in omitted]
    return DrawingNotes([f"First {shown:,} of {len(rows):,} rows; {len(omitted):,} more in the notes."], left)


def _full_height(rows: Sequence[Row], columns: Sequence[TableColumn], width: float, size: int, lines: int) -> float:
    """Height of the table with all its rows; infinite where there are too many for a larger size of type."""
    return sum(_lay_out(rows, columns, width, size, lines).heights) if len(rows) < FEW_ROWS else math.inf


def _lay_out(rows: Sequence[Row], columns: Sequence[TableColumn], width: float, size: int, lines: int) -> TableLayout:
    """The table in a size of type; rows beyond those that any slide could hold are left empty."""
    widths = _column_widths(columns, width, size)
    texts = [[clean_text(column.header) for column in columns]]
    for row in rows[:MAX_ROWS]:
        cells = zip(columns, widths, strict=True)
        texts.append([_cell_that_fits(column.text_of(row), cell_width, size, lines) for column, cell_width in cells])
    texts += [[""] * len(columns)] * (len(rows) + 1 - len(texts))
    heights = [_row_height(row_texts, widths, size, number == 0) for number, row_texts in enumerate(texts)]
    return TableLayout(widths, texts, heights)


def _rows_of(panel: Panel) -> list[Row]:
    return [dict(row) for row in panel.frame.to_dict("records")]


def _column_widths(columns: Sequence[TableColumn], width: float, size: int) -> list[float]:
    """Widths by share, none narrower than the longest word of its header."""
    longest_words = [
        max(text_width(word, size, True) for word in (clean_text(column.header) or "-").split()) for column in columns
    ]
    min_widths = [min_width + 2 * PADDING_X + 0.02 for min_width in longest_words]
    remaining = width - sum(min_widths)
    shares = sum(column.share for column in columns)
    if remaining < 0:
        return [width / len(columns)] * len(columns)
    return [
        min_width + remaining * column.share / shares for min_width, column in zip(min_widths, columns, strict=True)
    ]


def _cell_that_fits(text: str, width: float, size: int, lines: int) -> str:
    return truncated(clean_text(text), size, width - 2 * PADDING_X, lines)


def _row_height(texts: Sequence[str], widths: Sequence[float], size: int, bold: bool) -> float:
    lines = max(line_count(text, size, width - 2 * PADDING_X, bold) for text, width in zip(texts, widths, strict=True))
    return max(lines, 1) * line_height(size) + 2 * PADDING_Y


def _row_count_that_fits(heights: Sequence[float], room: float) -> int:
    """How many rows fit under the header."""
    used, count = heights[0], 0
    for height in heights[1:]:
        used += height
        if used > room:
            break
        count += 1
    return count


def _fill_table(
    table: Any, rows: Sequence[Sequence[str]], widths: Sequence[float], heights: Sequence[float], size: int
) -> None:
    table.first_row, table.horz_banding = True, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Inches(width)
    for row_number, texts in enumerate(rows):
        table.rows[row_number].height = Inches(heights[row_number])
        for column_number, text in enumerate(texts):
            cell = table.cell(row_number, column_number)
            set_fill(cell.fill, NAVY if row_number == 0 else SHADE if row_number % 2 == 0 else PAPER)
            set_paragraphs(cell.text_frame, [Paragraph(text, size, PAPER if row_number == 0 else INK, row_number == 0)])
            cell.margin_left = cell.margin_right = Inches(PADDING_X)
            cell.margin_top = cell.margin_bottom = Inches(PADDING_Y)


def draw_tiles(slide: Any, panel: Panel, box: Box) -> DrawingNotes:
    """A tile a figure: what, hedge, large number, unit, day, who says so, source."""
    rows = _rows_of(panel)
    width = (box.width - TILE_GAP * (len(rows) - 1)) / len(rows)
    for number, row in enumerate(rows):
        tile = Box(box.left + number * (width + TILE_GAP), box.top, width, box.height)
        _draw_tile(slide, panel, row, clean_text(name_of_series(row)), tile)
    return DrawingNotes([], [])


def _draw_tile(slide: Any, panel: Panel, row: Row, title: str, tile: Box) -> None:
    """A shaded rectangle with a colored upper edge and the texts of a figure."""
    color = KIND_COLORS[row["kind"]]
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *tile.emu)
    shape.name = f"Ground of {title}"
    set_fill(shape.fill, SHADE)
    set_line(shape.line, None)
    bar = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *Box(tile.left, tile.top, tile.width, 0.07).emu)
    bar.name = f"Edge of {title}"
    set_fill(bar.fill, color)
    set_line(bar.line, None)
    for part in (shape, bar):
        drop_template_style(part)
    set_alt_text(shape, f"{title}: {figure_in_words(row)}")
    set_decorative(bar)
    inside = Box(tile.left + 0.18, tile.top + 0.22, tile.width - 0.36, tile.height - 0.36)
    add_text_box(slide.shapes, inside, _tile_paragraphs(panel, row, title, color, inside), f"Figure: {title}"[:60])


def _tile_paragraphs(panel: Panel, row: Row, title: str, color: str, box: Box) -> list[Paragraph]:
    """Title, hedge, number, unit and day; speaker and source where the tile has room for them."""
    value = value_in_words(row)
    hedge, _, number = ("a range", "", value) if row["qualifier"] == "range" else value.rpartition(" ")
    size = next((size for size in NUMBER_SIZES if text_width(number, size, True) <= box.width), SMALLEST_NUMBER_SIZE)
    computed = " (computed)" * (row["kind"] == "computed")
    as_of = as_of_in_words(row)
    sources = panel.library["sources"].set_index("source_id")
    source = str(sources["title"].get(row["source_id"], row["source_id"]))
    head = [
        Paragraph(truncated(title, SENTENCE_SIZE, box.width, 3, True), SENTENCE_SIZE, INK, True),
        Paragraph(hedge or "exact, as printed", SENTENCE_SIZE, MUTED, before=10),
        Paragraph(number, size, color, True),
        Paragraph(truncated(unit_in_words(row) + computed, SENTENCE_SIZE, box.width, 2), SENTENCE_SIZE),
        Paragraph(as_of[:1].upper() + as_of[1:], SMALLEST_SIZE, before=12),
    ]
    speaker = Paragraph(
        truncated(clean_text(row["attributed_to"]), SMALLEST_SIZE, box.width, 3), SMALLEST_SIZE, before=4
    )
    head = [*head, *[speaker] * (text_height([*head, speaker], box.width) <= box.height)]
    for lines in range(MAX_SOURCE_LINES, 1, -1):
        text = truncated(clean_text(f"Source: {source}"), SMALLEST_SIZE, box.width, lines, stops=LIST_ENDS)
        whole = [*head, Paragraph(text, SMALLEST_SIZE, MUTED, before=6)]
        if text_height(whole, box.width) <= box.height:
            return whole
    return head
