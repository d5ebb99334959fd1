"""How do rows stand on a slide where no chart tells them? A native table of the first that fit, or tiles with large numbers."""

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import pandas as pd
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Inches

from components.exports.slides.chart import Told
from components.exports.slides.text import (
    SENTENCE,
    SMALLEST,
    Box,
    Words,
    clean,
    describe,
    fill_in,
    height_of,
    line_height,
    lines_of,
    outline,
    paint,
    plain,
    shortened,
    width_of,
    write,
)
from components.panels.panel import Panel
from components.theme import INK, KIND_COLORS, MUTED, NAVY, PAPER, SHADE
from data.record.dates import period_in_words
from data.record.wording import Row, as_of_in_words, figure_in_words, name_of_series, unit_in_words, value_in_words

MOST_COLUMNS, MOST_LINES, PAD_X, PAD_Y = 4, 2, 0.09, 0.045
SIZES, FEW, MOST_ROWS = (18, 16), 20, 60
LARGEST_NUMBER, TILE_GAP = 48, 0.25


class Field(NamedTuple):
    """A column of a slide's table: its head, what a row says in it, and how much of the width it asks for."""

    head: str
    say: Callable[[Row], str]
    share: float = 1


def _period(row: Row) -> str:
    return period_in_words(row["start"], row["end"])


def _number(row: Row) -> str:
    return figure_in_words(row) if row["qualifier"] else "no number"


def _computed(row: Row) -> str:
    said = str(row["label"])
    return f"{said} (computed)" if row["kind"] == "computed" and "computed" not in said else said


FIELDS: dict[str, list[Field]] = {
    "figures": [
        Field("What", _computed, 3),
        Field("Number, with its hedge", figure_in_words, 2.4),
        Field("When", as_of_in_words, 1.8),
        Field("Who says so", lambda row: str(row["attributed_to"]), 2.4),
    ],
    "operations": [
        Field("When", _period, 1.7),
        Field("What", lambda row: str(row["kind"]), 1.6),
        Field("Where", lambda row: str(row["place_as_named"] or row["country"]), 3.2),
        Field("Number, with its hedge", _number, 2.1),
        Field("Counts", lambda row: str(row["row_scope"]), 1.1),
    ],
    "burial_estimates": [
        Field("Where", lambda row: str(row["place_as_named"]), 3.4),
        Field("Number, with its hedge", _number, 2.4),
        Field("What is measured", lambda row: str(row["measure"]), 2),
        Field("As of", lambda row: period_in_words("", row["date"]), 1.5),
    ],
    "events": [
        Field("When", _period, 1.8),
        Field("What", lambda row: str(row["title"]), 4),
        Field("Told as", lambda row: str(row["status"]), 1),
        Field("Who says so", lambda row: str(row["attributed_to"]), 2.6),
    ],
    "disagreements": [
        Field("On what", lambda row: str(row["title"]), 3),
        Field("Statements", lambda row: str(row.get("statements", "")), 3),
        Field("Why they differ", lambda row: str(row["why"]) or "not explained in the record", 3.2),
    ],
}


def fields_of(panel: Panel) -> list[Field]:
    """The columns that a slide has room for: those named for the table, or the first with words in them."""
    if panel.table in FIELDS:
        return FIELDS[panel.table]
    titles = {entry["name"]: str(entry["title"]) for entry in panel.fields}
    names = [name for name in panel.columns if panel.frame[name].map(_written).any()][:MOST_COLUMNS]
    cells = {name: [_text(cell) for cell in panel.frame[name]] for name in names}
    long = {name: sum(map(len, cells[name])) / max(len(cells[name]), 1) for name in names}
    return [Field(titles[name], _cell(name), min(max(long[name], 8), 40) / 10) for name in names]


def _cell(name: str) -> Callable[[Row], str]:
    return lambda row: _text(row[name])


def _written(cell: object) -> bool:
    return _text(cell) != ""


def _text(cell: Any) -> str:
    return "" if pd.isna(cell) else str(cell)


def draw_table(slide: Any, panel: Panel, box: Box) -> Told:
    """The first rows that fit, in words; how many they are of how many, and where the others stand."""
    fields = fields_of(panel)
    size = next((size for size in SIZES if _height_in(panel, fields, box.width, size) <= box.height), SMALLEST)
    wide, cells, high = _set_out(panel, fields, box.width, size)
    shown = _that_fit(high, box.height)
    shape = slide.shapes.add_table(shown + 1, len(fields), *box._replace(height=sum(high[: shown + 1])).emu)
    shape.name = "Table"
    describe(shape, panel.alt)
    _fill_table(shape.table, cells[: shown + 1], wide, high, size)
    of = len(cells) - 1
    return Told([f"First {shown} of {of} rows; the file has all."] * (shown < of), [])


def _height_in(panel: Panel, fields: Sequence[Field], wide: float, size: int) -> float:
    """Height of the table with all its rows; without end where there are too many to be told in a larger size."""
    return sum(_set_out(panel, fields, wide, size)[2]) if len(panel.frame) < FEW else math.inf


def _set_out(
    panel: Panel, fields: Sequence[Field], wide: float, size: int
) -> tuple[list[float], list[list[str]], list[float]]:
    """Widths of the columns, texts of head and rows, and heights of the rows, in a size of type."""
    parts = _widths(fields, wide, size)
    cells = [[clean(field.head) for field in fields]]
    for row in _rows(panel)[:MOST_ROWS]:
        cells.append([_fit(field.say(row), part, size) for field, part in zip(fields, parts, strict=True)])
    cells += [[""] * len(fields)] * (len(panel.frame) + 1 - len(cells))
    return parts, cells, [_high(texts, parts, size, number == 0) for number, texts in enumerate(cells)]


def _rows(panel: Panel) -> list[Row]:
    return [dict(row) for row in panel.frame.to_dict("records")]


def _widths(fields: Sequence[Field], wide: float, size: int) -> list[float]:
    """Widths by share, none narrower than the longest word of its head."""
    longest = [max(width_of(word, size, True) for word in (clean(field.head) or "-").split()) for field in fields]
    least = [one + 2 * PAD_X + 0.02 for one in longest]
    rest = wide - sum(least)
    shares = sum(field.share for field in fields)
    if rest < 0:
        return [wide / len(fields)] * len(fields)
    return [one + rest * field.share / shares for one, field in zip(least, fields, strict=True)]


def _fit(text: str, wide: float, size: int) -> str:
    return shortened(clean(text), size, wide - 2 * PAD_X, MOST_LINES)


def _high(cells: Sequence[str], wide: Sequence[float], size: int, bold: bool) -> float:
    lines = max(lines_of(text, size, part - 2 * PAD_X, bold) for text, part in zip(cells, wide, strict=True))
    return max(lines, 1) * line_height(size) + 2 * PAD_Y


def _that_fit(high: Sequence[float], room: float) -> int:
    """How many rows fit under the head."""
    used, shown = high[0], 0
    for one in high[1:]:
        used += one
        if used > room:
            break
        shown += 1
    return shown


def _fill_table(
    table: Any, rows: Sequence[Sequence[str]], wide: Sequence[float], high: Sequence[float], size: int
) -> None:
    table.first_row, table.horz_banding = True, False
    for column, part in zip(table.columns, wide, strict=True):
        column.width = Inches(part)
    for number, cells in enumerate(rows):
        table.rows[number].height = Inches(high[number])
        for place, text in enumerate(cells):
            cell = table.cell(number, place)
            paint(cell.fill, NAVY if number == 0 else SHADE if number % 2 == 0 else PAPER)
            fill_in(cell.text_frame, [Words(text, size, PAPER if number == 0 else INK, number == 0)])
            cell.margin_left = cell.margin_right = Inches(PAD_X)
            cell.margin_top = cell.margin_bottom = Inches(PAD_Y)


def draw_tiles(slide: Any, panel: Panel, box: Box) -> Told:
    """A tile a figure: what, hedge, large number, unit, day, who says so, source."""
    rows = _rows(panel)
    wide = (box.width - TILE_GAP * (len(rows) - 1)) / len(rows)
    for number, row in enumerate(rows):
        place = Box(box.left + number * (wide + TILE_GAP), box.top, wide, box.height)
        _tile(slide, panel, row, clean(name_of_series(row)), place)
    return Told([], [])


def _tile(slide: Any, panel: Panel, row: Row, title: str, place: Box) -> None:
    colour = KIND_COLORS[row["kind"]]
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *place.emu)
    shape.name = f"Ground of {title}"
    paint(shape.fill, SHADE)
    outline(shape.line, None)
    bar = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *Box(place.left, place.top, place.width, 0.07).emu)
    bar.name = f"Edge of {title}"
    paint(bar.fill, colour)
    outline(bar.line, None)
    for one in (shape, bar):
        plain(one)
        describe(one, f"{title}: {figure_in_words(row)}")
    inside = Box(place.left + 0.18, place.top + 0.22, place.width - 0.36, place.height - 0.36)
    write(slide.shapes, inside, _words_of_tile(panel, row, title, colour, inside), f"Figure: {title}"[:60])


def _words_of_tile(panel: Panel, row: Row, title: str, colour: str, inside: Box) -> list[Words]:
    said = value_in_words(row)
    hedge, number = (
        ("a range", said) if row["qualifier"] == "range" else (said.rpartition(" ")[0], said.rpartition(" ")[2])
    )
    size = next((one for one in (LARGEST_NUMBER, 36, 30, 24) if width_of(number, one, True) <= inside.width), 20)
    computed = " (computed)" * (row["kind"] == "computed")
    when = as_of_in_words(row)
    sources = panel.library["sources"].set_index("source_id")
    source = str(sources["title"].get(row["source_id"], row["source_id"]))
    head = [
        Words(shortened(title, SENTENCE, inside.width, 3, True), SENTENCE, INK, True),
        Words(hedge or "exact, as printed", SENTENCE, MUTED, before=10),
        Words(number, size, colour, True),
        Words(shortened(unit_in_words(row) + computed, SENTENCE, inside.width, 2), SENTENCE),
        Words(when[:1].upper() + when[1:], SMALLEST, before=12),
    ]
    tail = [
        Words(shortened(clean(row["attributed_to"]), SMALLEST, inside.width, 3), SMALLEST, before=4),
        Words(shortened(clean(f"Source: {source}"), SMALLEST, inside.width, 5), SMALLEST, MUTED, before=8),
    ]
    return [
        *head,
        *(one for at, one in enumerate(tail) if height_of([*head, *tail[: at + 1]], inside.width) <= inside.height),
    ]
