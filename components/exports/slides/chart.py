"""What makes a chart of a slide one that can be edited? A data sheet with the rows as printed, axes, labels and bars of uncertainty."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import xlsxwriter
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_LABEL_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from components.exports.slides.text import (
    SMALLEST,
    Box,
    Words,
    add_run,
    clean,
    describe,
    outline,
    parts_of,
    style,
)
from components.theme import GRID, INK, MUTED
from data.record.wording import Row, as_of_in_words, figure_in_words

SHEET = "Sheet1"
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
# The day from which the serial numbers of a workbook are counted.
DAY_ZERO = date.fromisoformat("1899-12-30")
THOUSANDS, YEARS, DAYS = "#,##0", "yyyy", "d mmm yyyy"
Cell = str | float | None


class Told(NamedTuple):
    """What a drawing leaves to be said: how to read it, and the rows that it has no room for."""

    reading: list[str]
    left_over: list[str]


class Column(NamedTuple):
    """A column of a data sheet: its head, its cells, how its numbers are written; formulas begin with "="."""

    head: str
    cells: Sequence[Cell]
    look: str = THOUSANDS
    formulas: Sequence[str] = ()


class Errors(NamedTuple):
    """Bars of uncertainty of one series: along x or y, where their lengths stand in the sheet, and the lengths."""

    along: str
    minus: tuple[str, list[float]] | None
    plus: tuple[str, list[float]] | None


def serial(day: date) -> int:
    """A day as a workbook counts it."""
    return (day - DAY_ZERO).days


def columns_about(rows: Sequence[Row]) -> list[Column]:
    """What a sheet says of figures beside their numbers: words with hedge and unit, day, speaker, source."""
    return [
        Column("as printed, in words", [clean(figure_in_words(row)) for row in rows]),
        Column("as of", [clean(as_of_in_words(row)) for row in rows]),
        Column("who says so", [clean(row["attributed_to"]) for row in rows]),
        Column("source", [clean(row["source_id"]) for row in rows]),
        Column("id", [clean(row["figure_id"]) for row in rows]),
    ]


def workbook_of(blocks: Sequence[tuple[int, Sequence[Column]]], made: datetime) -> bytes:
    """A workbook with one sheet; each block of columns stands under a row. The same bytes each time."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, PLAIN)
    book.set_properties({"created": made})
    sheet = book.add_worksheet(SHEET)
    looks = {name: book.add_format({"num_format": name}) for name in (THOUSANDS, YEARS, DAYS)}
    for top, columns in blocks:
        for place, column in enumerate(columns):
            sheet.write_string(top, place, column.head)
            _write(sheet, top, place, column, looks[column.look])
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 12, 20)
    book.close()
    return file.getvalue()


def _write(sheet: Any, top: int, place: int, column: Column, look: Any) -> None:
    for number, cell in enumerate(column.cells, 1):
        if cell is None:
            continue
        if isinstance(cell, str):
            sheet.write_string(top + number, place, cell)
        elif column.formulas:
            sheet.write_formula(top + number, place, column.formulas[number - 1], look, cell)
        else:
            sheet.write_number(top + number, place, cell, look)


def add_chart(slide: Any, kind: Any, box: Box, data: CategoryChartData | XyChartData, book: bytes, alt: str) -> Any:
    """A native chart with its data sheet and its words for those who do not see it."""
    frame = slide.shapes.add_chart(kind, *box.emu, data)
    frame.name = "Chart"
    describe(frame, alt)
    chart = frame.chart
    chart.part.chart_workbook.xlsx_part.blob = book
    chart.has_title = False
    chart._chartSpace.chart.get_or_add_autoTitleDeleted().set("val", "1")
    style(chart.font, SMALLEST, INK)
    chart.has_legend = False
    return chart


def blocks_of(lengths: Sequence[int]) -> list[tuple[int, int]]:
    """Where the block of each series begins in the sheet, and how many lines it has.

    Series before the longest one are as long as that, the rest of them empty: LibreOffice loses them otherwise.
    """
    longest = max(range(len(lengths)), key=lambda at: lengths[at])
    lines = [lengths[longest] if at < longest else length for at, length in enumerate(lengths)]
    return [(sum(lines[:at]) + 2 * at, length) for at, length in enumerate(lines)]


def refer_to(chart: Any, blocks: Sequence[tuple[int, int]]) -> None:
    """Each series of an XY chart to its block of the sheet: name, x and y."""
    for series, (top, length) in zip(chart.plots[0].series, blocks, strict=True):
        part = series._element
        part.find(f"{qn('c:tx')}//{qn('c:f')}").text = f"{SHEET}!$B${top + 1}"
        for name, column in (("c:xVal", "A"), ("c:yVal", "B")):
            values = part.find(qn(name))
            values.find(f".//{qn('c:f')}").text = f"{SHEET}!${column}${top + 2}:${column}${top + 1 + length}"
            values.find(f".//{qn('c:ptCount')}").set("val", str(length))


def add_legend(chart: Any, position: Any) -> None:
    """The names of the series, in the smallest size, beside the plot and never over it."""
    chart.has_legend = True
    chart.legend.position = position
    chart.legend.include_in_layout = False
    style(chart.legend.font, SMALLEST, INK)


def lay_out(part: Any, place: Box, inner: bool = False) -> None:
    """A place by hand for the plot or the legend of a chart, in parts of the chart's width and height."""
    old = part.find(qn("c:layout"))
    target = '<c:layoutTarget val="inner"/>' if inner else ""
    sides = "".join(f'<c:{name} val="{value:.4f}"/>' for name, value in zip("xywh", place, strict=True))
    modes = '<c:xMode val="edge"/><c:yMode val="edge"/>'
    made = parse_xml(f"<c:layout {nsdecls('c')}><c:manualLayout>{target}{modes}{sides}</c:manualLayout></c:layout>")
    if old is not None:
        part.replace(old, made)
    else:
        part.insert(1 if part.tag == qn("c:legend") else 0, made)


def number_axis(axis: Any, low: float, high: float, step: float, look: str, grid: bool) -> None:
    """An axis of numbers from one end to the other, with quiet lines where they help to read."""
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = low, high, step
    axis.has_major_gridlines = grid
    if grid:
        outline(axis.major_gridlines.format.line, GRID, 0.75)
    axis.major_tick_mark = XL_TICK_MARK.NONE if grid else XL_TICK_MARK.OUTSIDE
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = look, False
    style(axis.tick_labels.font, SMALLEST, MUTED)
    outline(axis.format.line, None if grid else MUTED, 1)


def label(point: Any, words: Sequence[Words], position: XL_LABEL_POSITION, shift: tuple[float, float] = (0, 0)) -> None:
    """Words of one's own beside a point, in place of its bare number, shifted by parts of the chart's width and height."""
    made = point.data_label
    frame = made.text_frame
    frame.clear()
    frame.word_wrap = False
    for number, one in enumerate(words):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        add_run(paragraph, one)
    made.position = position
    if any(shift):
        sides = "".join(f'<c:{name} val="{part:.4f}"/>' for name, part in zip("xy", shift, strict=True))
        moved = f"<c:layout {nsdecls('c')}><c:manualLayout>{sides}</c:manualLayout></c:layout>"
        made._dLbl.find(qn("c:idx")).addnext(parse_xml(moved))


def add_errors(series: Any, errors: Errors, colour: str, points: float) -> None:
    """Bars of uncertainty whose lengths stand in the data sheet."""
    ends = (("plus", errors.plus), ("minus", errors.minus))
    kind = "both" if errors.plus and errors.minus else "plus" if errors.plus else "minus"
    lengths = "".join(_numbers(name, *cells) for name, cells in ends if cells)
    _add_bars(series, errors.along, kind, f'<c:errValType val="cust"/><c:noEndCap val="1"/>{lengths}', colour, points)


def add_equal_errors(series: Any, kind: str, length: float, colour: str, points: float) -> None:
    """Bars along x that are all of one length: those that every program draws. `kind` is "plus" or "minus"."""
    told = f'<c:errValType val="fixedVal"/><c:noEndCap val="1"/><c:val val="{length:g}"/>'
    _add_bars(series, "x", kind, told, colour, points)


def _add_bars(series: Any, along: str, kind: str, told: str, colour: str, points: float) -> None:
    code, opacity = parts_of(colour)
    alpha = f'<a:alpha val="{round(opacity * 100_000)}"/>' if opacity < 1 else ""
    line = f'<a:ln w="{Pt(points)}" cap="flat"><a:solidFill><a:srgbClr val="{code}">{alpha}</a:srgbClr></a:solidFill></a:ln>'
    made = parse_xml(
        f'<c:errBars {nsdecls("c", "a")}><c:errDir val="{along}"/><c:errBarType val="{kind}"/>{told}'
        f"<c:spPr>{line}</c:spPr></c:errBars>"
    )
    next(part for part in series._element if part.tag == qn("c:xVal")).addprevious(made)


def _numbers(name: str, where: str, values: list[float]) -> str:
    points = "".join(f'<c:pt idx="{at}"><c:v>{value:g}</c:v></c:pt>' for at, value in enumerate(values))
    cache = f'<c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="{len(values)}"/>{points}</c:numCache>'
    return f"<c:{name}><c:numRef><c:f>{where}</c:f>{cache}</c:numRef></c:{name}>"


def step_of(low: float, high: float, most: int) -> float:
    """A round step that parts a stretch into so many parts at most."""
    raw = max(high - low, 1) / most
    size = 10 ** (len(str(int(raw))) - 1) if raw >= 1 else 1
    return next(size * part for part in (1, 2, 2.5, 5, 10) if size * part >= raw and (size > 1 or part != 2.5))
