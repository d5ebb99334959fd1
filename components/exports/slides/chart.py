"""What makes a chart of a slide one that can be edited? A data sheet with the rows as printed, axes, labels and error bars.

python-pptx writes the chart; XlsxWriter writes its data sheet, since that of python-pptx holds numbers alone. What neither
of them knows (error bars, layouts, ranges of series) is added as XML."""

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
    SMALLEST_SIZE,
    Box,
    Paragraph,
    add_run,
    clean_text,
    rgb_and_opacity,
    set_alt_text,
    set_font,
    set_line,
)
from components.theme import GRID, INK, MUTED
from data.record.wording import Row, as_of_in_words, figure_in_words

SHEET_NAME = "Sheet1"
WORKBOOK_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}
# The day from which the serial numbers of a workbook are counted.
DAY_ZERO = date.fromisoformat("1899-12-30")
THOUSANDS_FORMAT, YEAR_FORMAT, DAY_FORMAT = "#,##0", "yyyy", "d mmm yyyy"
Cell = str | float | None


class DrawingNotes(NamedTuple):
    """What the text of a slide adds to a drawing: sentences on how to read it, and the rows that it had no room for."""

    how_to_read: list[str]
    omitted: list[str]


class SheetColumn(NamedTuple):
    """A column of a data sheet: header, cells, format of its numbers, and formulas of the cells, where it has any."""

    header: str
    cells: Sequence[Cell]
    number_format: str = THOUSANDS_FORMAT
    formulas: Sequence[str] = ()


class ErrorBars(NamedTuple):
    """Error bars of a series: direction ("x" or "y"), and for each side the cells of the sheet with the lengths, and these."""

    direction: str
    minus: tuple[str, list[float]] | None
    plus: tuple[str, list[float]] | None


def serial_day(day: date) -> int:
    """The serial number of a day in a workbook."""
    return (day - DAY_ZERO).days


def provenance_columns(rows: Sequence[Row]) -> list[SheetColumn]:
    """Columns that say of each figure how it was printed, of which day it is, who says so and where."""
    return [
        SheetColumn("as printed, in words", [clean_text(figure_in_words(row)) for row in rows]),
        SheetColumn("as of", [clean_text(as_of_in_words(row)) for row in rows]),
        SheetColumn("attributed to", [clean_text(row["attributed_to"]) for row in rows]),
        SheetColumn("source", [clean_text(row["source_id"]) for row in rows]),
        SheetColumn("id", [clean_text(row["figure_id"]) for row in rows]),
    ]


def workbook_bytes(blocks: Sequence[tuple[int, Sequence[SheetColumn]]], created: datetime) -> bytes:
    """A workbook with one sheet; each block is its first row and its columns. The same content gives the same bytes."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, WORKBOOK_OPTIONS)
    book.set_properties({"created": created})
    sheet = book.add_worksheet(SHEET_NAME)
    formats = {name: book.add_format({"num_format": name}) for name in (THOUSANDS_FORMAT, YEAR_FORMAT, DAY_FORMAT)}
    for top, columns in blocks:
        for column_number, column in enumerate(columns):
            sheet.write_string(top, column_number, column.header)
            _write_column(sheet, top, column_number, column, formats[column.number_format])
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 12, 20)
    book.close()
    return file.getvalue()


def _write_column(sheet: Any, top: int, column_number: int, column: SheetColumn, number_format: Any) -> None:
    for row_number, cell in enumerate(column.cells, 1):
        if cell is None:
            continue
        if isinstance(cell, str):
            sheet.write_string(top + row_number, column_number, cell)
        elif column.formulas:
            sheet.write_formula(top + row_number, column_number, column.formulas[row_number - 1], number_format, cell)
        else:
            sheet.write_number(top + row_number, column_number, cell, number_format)


def add_chart(
    slide: Any, chart_type: Any, box: Box, data: CategoryChartData | XyChartData, workbook: bytes, alt_text: str
) -> Any:
    """A native chart with its data sheet and its alternative text."""
    frame = slide.shapes.add_chart(chart_type, *box.emu, data)
    frame.name = "Chart"
    set_alt_text(frame, alt_text)
    chart = frame.chart
    chart.part.chart_workbook.xlsx_part.blob = workbook
    _number_axes(chart)
    chart.has_title = False
    chart._chartSpace.chart.get_or_add_autoTitleDeleted().set("val", "1")
    set_font(chart.font, SMALLEST_SIZE, INK)
    chart.has_legend = False
    return chart


def _number_axes(chart: Any) -> None:
    """Names the axes 1 and 2: python-pptx names them by numbers below 0, which ISO/IEC 29500 does not allow, and LibreOffice
    loses an axis whose number is not below 2 ** 31."""
    elements = list(chart._chartSpace.iter(qn("c:axId"), qn("c:crossAx")))
    names = list(dict.fromkeys(element.get("val") for element in elements))
    for element in elements:
        element.set("val", str(names.index(element.get("val")) + 1))


def sheet_blocks(lengths: Sequence[int]) -> list[tuple[int, int]]:
    """First row and number of rows of the block of each series in the sheet.

    Blocks before the longest one are as long as that, with empty rows: LibreOffice loses those series otherwise.
    """
    longest = max(range(len(lengths)), key=lambda number: lengths[number])
    row_counts = [lengths[longest] if number < longest else length for number, length in enumerate(lengths)]
    return [(sum(row_counts[:number]) + 2 * number, length) for number, length in enumerate(row_counts)]


def link_series_to_sheet(chart: Any, blocks: Sequence[tuple[int, int]]) -> None:
    """Links name, x and y of each series of an XY chart to its block of the sheet."""
    for series, (top, length) in zip(chart.plots[0].series, blocks, strict=True):
        element = series._element
        element.find(f"{qn('c:tx')}//{qn('c:f')}").text = f"{SHEET_NAME}!$B${top + 1}"
        for name, column in (("c:xVal", "A"), ("c:yVal", "B")):
            values = element.find(qn(name))
            values.find(f".//{qn('c:f')}").text = f"{SHEET_NAME}!${column}${top + 2}:${column}${top + 1 + length}"
            values.find(f".//{qn('c:ptCount')}").set("val", str(length))


def add_legend(chart: Any, position: Any) -> None:
    """Adds a legend beside the plot, never over it."""
    chart.has_legend = True
    chart.legend.position = position
    chart.legend.include_in_layout = False
    set_font(chart.legend.font, SMALLEST_SIZE, INK)


def set_layout(element: Any, box: Box, inner: bool = False) -> None:
    """Sets the place of the plot or the legend of a chart, in parts of the chart's width and height."""
    old = element.find(qn("c:layout"))
    target = '<c:layoutTarget val="inner"/>' if inner else ""
    sides = "".join(f'<c:{name} val="{value:.4f}"/>' for name, value in zip("xywh", box, strict=True))
    modes = '<c:xMode val="edge"/><c:yMode val="edge"/>'
    layout = parse_xml(f"<c:layout {nsdecls('c')}><c:manualLayout>{target}{modes}{sides}</c:manualLayout></c:layout>")
    if old is not None:
        element.replace(old, layout)
    else:
        element.insert(1 if element.tag == qn("c:legend") else 0, layout)


def set_number_axis(axis: Any, low: float, high: float, step: float, number_format: str, with_grid: bool) -> None:
    """Sets ends, step, number format and gridlines of an axis of numbers."""
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = low, high, step
    axis.has_major_gridlines = with_grid
    if with_grid:
        set_line(axis.major_gridlines.format.line, GRID, 0.75)
    axis.major_tick_mark = XL_TICK_MARK.NONE if with_grid else XL_TICK_MARK.OUTSIDE
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = number_format, False
    set_font(axis.tick_labels.font, SMALLEST_SIZE, MUTED)
    set_line(axis.format.line, None if with_grid else MUTED, 1)


def label_point(
    point: Any, paragraphs: Sequence[Paragraph], position: XL_LABEL_POSITION, shift: tuple[float, float] = (0, 0)
) -> None:
    """Puts text beside a point in place of its number, shifted by parts of the chart's width and height."""
    data_label = point.data_label
    frame = data_label.text_frame
    frame.clear()
    frame.word_wrap = False
    for number, styled in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        add_run(paragraph, styled)
    data_label.position = position
    if any(shift):
        sides = "".join(f'<c:{name} val="{part:.4f}"/>' for name, part in zip("xy", shift, strict=True))
        layout = f"<c:layout {nsdecls('c')}><c:manualLayout>{sides}</c:manualLayout></c:layout>"
        data_label._dLbl.find(qn("c:idx")).addnext(parse_xml(layout))


def add_error_bars(series: Any, error_bars: ErrorBars, color: str, line_width: float) -> None:
    """Adds error bars whose lengths stand in the data sheet."""
    sides = (("plus", error_bars.plus), ("minus", error_bars.minus))
    bar_type = "both" if error_bars.plus and error_bars.minus else "plus" if error_bars.plus else "minus"
    lengths = "".join(_number_reference(name, *cells) for name, cells in sides if cells)
    _insert_error_bars(
        series,
        error_bars.direction,
        bar_type,
        f'<c:errValType val="cust"/><c:noEndCap val="1"/>{lengths}',
        color,
        line_width,
    )


def add_fixed_error_bars(series: Any, bar_type: str, length: float, color: str, line_width: float) -> None:
    """Adds error bars along x of one length, which every program draws. `bar_type` is "plus" or "minus"."""
    lengths = f'<c:errValType val="fixedVal"/><c:noEndCap val="1"/><c:val val="{length:g}"/>'
    _insert_error_bars(series, "x", bar_type, lengths, color, line_width)


def _insert_error_bars(series: Any, direction: str, bar_type: str, lengths: str, color: str, line_width: float) -> None:
    code, opacity = rgb_and_opacity(color)
    alpha = f'<a:alpha val="{round(opacity * 100_000)}"/>' if opacity < 1 else ""
    line = f'<a:ln w="{Pt(line_width)}" cap="flat"><a:solidFill><a:srgbClr val="{code}">{alpha}</a:srgbClr></a:solidFill></a:ln>'
    bars = parse_xml(
        f'<c:errBars {nsdecls("c", "a")}><c:errDir val="{direction}"/><c:errBarType val="{bar_type}"/>{lengths}'
        f"<c:spPr>{line}</c:spPr></c:errBars>"
    )
    next(part for part in series._element if part.tag == qn("c:xVal")).addprevious(bars)


def _number_reference(name: str, reference: str, values: list[float]) -> str:
    points = "".join(f'<c:pt idx="{index}"><c:v>{value:g}</c:v></c:pt>' for index, value in enumerate(values))
    cache = f'<c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="{len(values)}"/>{points}</c:numCache>'
    return f"<c:{name}><c:numRef><c:f>{reference}</c:f>{cache}</c:numRef></c:{name}>"


def round_step(low: float, high: float, max_steps: int) -> float:
    """A round step that divides an interval into `max_steps` or fewer."""
    raw = max(high - low, 1) / max_steps
    magnitude = 10 ** (len(str(int(raw))) - 1) if raw >= 1 else 1
    return next(
        magnitude * factor
        for factor in (1, 2, 2.5, 5, 10)
        if magnitude * factor >= raw and (magnitude > 1 or factor != 2.5)
    )
