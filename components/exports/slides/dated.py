"""How do dated figures stand on a slide? Groups of rows in, a native chart of marks on a time axis out.

A mark stands in the middle of the days that its date can mean, a bar across from the first of them to the last; a range
hangs from its upper end down to its lower one. A line joins the pairs of counts that are given, and no others.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from pptx.chart.data import XyChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE

from components.charts.counts import MARKS
from components.charts.gaps import gaps_between
from components.charts.labels import largest_of
from components.charts.time_series import GROUP_SYMBOLS
from components.exports.slides.chart import (
    DAY_FORMAT,
    DAY_ZERO,
    THOUSANDS_FORMAT,
    YEAR_FORMAT,
    DrawingNotes,
    ErrorBars,
    SheetColumn,
    add_chart,
    add_error_bars,
    add_legend,
    label_point,
    link_series_to_sheet,
    provenance_columns,
    round_step,
    serial_day,
    set_layout,
    set_number_axis,
    sheet_blocks,
    workbook_bytes,
)
from components.exports.slides.joins import HOW_TO_READ as HOW_TO_READ_JOINS
from components.exports.slides.joins import Join, columns_of_join, format_joins
from components.exports.slides.master import day_of_data
from components.exports.slides.placing import clearance_around, place_label
from components.exports.slides.text import (
    SMALLEST_SIZE,
    Box,
    Paragraph,
    blended_with_paper,
    clean_text,
    set_fill,
    set_line,
    text_width,
)
from components.panels.panel import Panel
from components.theme import STAGE_COLORS, color_of_words, colors_of_series, tint
from data.record.dates import span_between
from data.record.tables import BRIEF
from data.record.wording import OPEN_DOWN, OPEN_UP, Row, as_of_in_words, figure_in_words, unit_in_words, value_in_words

DOWN_ARROW = "▼"
SYMBOLS = {
    "circle": XL_MARKER_STYLE.CIRCLE,
    "square": XL_MARKER_STYLE.SQUARE,
    "diamond": XL_MARKER_STYLE.DIAMOND,
    "x": XL_MARKER_STYLE.X,
    "cross": XL_MARKER_STYLE.PLUS,
    # a triangle says "more than" on a slide, so that the group that has one on the page has a star here
    "triangle-up": XL_MARKER_STYLE.STAR,
}
# Symbols with an area; the others cannot be hollow, so that a hedged figure among them is a hollow circle.
FILLABLE = ("circle", "square", "diamond")
# Points on the slide for a pixel on the page; size of the marks of stages and series.
POINTS_PER_PIXEL, GROUP_MARK_SIZE = 0.75, 9
DAYS_PER_YEAR = 365.25
LEGEND_ROW, LEGEND_KEY = 0.3, 0.45
# Years without a figure of which the notes speak.
LONG_GAP = 9


class MarkGroup(NamedTuple):
    """Rows that share color and symbol; `hollow` where all of them are hollow, `filled` the ids of those that are not
    where it is not their hedge alone that says so."""

    title: str
    color: str
    symbol: str
    size: float
    rows: list[Row]
    hollow: bool = False
    filled: frozenset[str] | None = None

    def is_hollow(self, row: Row) -> bool:
        """Whether the mark of a row is hollow."""
        return row["qualifier"] != "exact" or (self.filled is not None and row["figure_id"] not in self.filled)


class Mark(NamedTuple):
    """A mark of a row: `x` is the middle of its days and `half_span` half of their number, `y` its value, `drop` the length
    of the bar below it. A range is two marks, one for each end; its bar hangs from the upper one."""

    row: Row
    x: float
    half_span: float
    y: float
    drop: float


class Scale(NamedTuple):
    """Low end, high end and step of both axes, and the plot in inches inside the chart."""

    x: tuple[float, float, float]
    y: tuple[float, float, float]
    plot: Box

    def inches_at(self, x: float, y: float) -> tuple[float, float]:
        """Where a point stands, in inches from the upper left corner of the chart."""
        across = (x - self.x[0]) / (self.x[1] - self.x[0])
        up = (y - self.y[0]) / (self.y[1] - self.y[0])
        return self.plot.left + across * self.plot.width, self.plot.top + (1 - up) * self.plot.height


def groups_by_mark(rows: Sequence[Row], official: frozenset[str]) -> list[MarkGroup]:
    """Figures by their class of mark, the counts last, so that they are in front; of these the official ones are filled."""
    groups = []
    for name in reversed(MARKS):
        color, symbol, size = MARKS[name]
        marked = [row for row in rows if row["mark"] == name]
        groups.append(
            MarkGroup(
                name,
                color,
                symbol,
                size * POINTS_PER_PIXEL,
                marked,
                symbol not in FILLABLE,
                official if name == "counts" else None,
            )
        )
    return [group for group in groups if group.rows]


def groups_by_column(column: str, rows: Sequence[Row]) -> list[MarkGroup]:
    """Figures by stage or by series, with the colors and symbols that they have on the page."""
    colors = STAGE_COLORS if column == "stage" else colors_of_series(row[column] for row in rows)
    names = [name for name in colors if any(row[column] == name for row in rows)]
    groups = []
    for number, name in enumerate(names):
        members = [row for row in rows if row[column] == name]
        title = name if column == "stage" else members[0]["series_title"]
        symbol = GROUP_SYMBOLS[number % len(GROUP_SYMBOLS)]
        groups.append(MarkGroup(title, colors[name], symbol, GROUP_MARK_SIZE, members))
    return groups


def first_last_and_brief(rows: Sequence[Row]) -> list[Row]:
    """What the brief prints, the last of the exact counts and the first: those that matter most find room first."""
    counts = [row for row in rows if row["mark"] == "counts"] or list(rows)
    labeled = [*(row for row in rows if row["source_id"] == BRIEF), counts[-1], counts[0]]
    return list({row["figure_id"]: row for row in labeled}.values())


def last_of_each_group(groups: Sequence[MarkGroup]) -> list[Row]:
    """The last figure of each group, and what the brief prints."""
    labeled = [group.rows[-1] for group in groups]
    labeled += [row for group in groups for row in group.rows if row["source_id"] == BRIEF]
    return list({row["figure_id"]: row for row in labeled}.values())


def draw_time_series(
    slide: Any,
    panel: Panel,
    groups: Sequence[MarkGroup],
    labeled: Sequence[Row],
    box: Box,
    from_zero: bool,
    joins: Sequence[Join] = (),
) -> DrawingNotes:
    """Groups of dated figures as series of marks; those of the rows in `labeled` carry number and day."""
    marks = [[mark for row in group.rows for mark in marks_of_row(row)] for group in groups]
    data, sheet = XyChartData(number_format=THOUSANDS_FORMAT), []
    blocks = sheet_blocks([*(len(group_marks) for group_marks in marks), *(len(join.points) for join in joins)])
    tops = [top for top, _ in blocks]
    for top, group, group_marks in zip(tops, groups, marks, strict=False):
        _add_series(data, group.title, [(mark.x, mark.y) for mark in group_marks])
        sheet.append((top, _columns(group, group_marks, top)))
    for top, join in zip(tops[len(groups) :], joins, strict=True):
        _add_series(data, join.name, join.points)
        sheet.append((top, columns_of_join(join)))
    chart = add_chart(
        slide, XL_CHART_TYPE.XY_SCATTER, box, data, workbook_bytes(sheet, day_of_data(panel.library)), panel.alt
    )
    link_series_to_sheet(chart, blocks)
    all_marks = [mark for group_marks in marks for mark in group_marks]
    scale = _scale_for(all_marks, groups, box, from_zero)
    _set_axes(chart, scale, box, groups)
    for series, group, group_marks, top in zip(chart.plots[0].series, groups, marks, tops, strict=False):
        _format_series(series, group, group_marks, top)
    format_joins(chart, list(chart.plots[0].series)[len(groups) :])
    unlabeled = _label_marks(chart, groups, marks, labeled, scale, box)
    scale_line, *others = _how_to_read(all_marks, groups, scale, unlabeled)
    return DrawingNotes([scale_line, *[HOW_TO_READ_JOINS] * bool(joins), *others], [])


def _add_series(data: XyChartData, name: str, points: Sequence[tuple[float, float]]) -> None:
    series = data.add_series(clean_text(name))
    for x, y in points:
        series.add_data_point(x, y)


def marks_of_row(row: Row) -> list[Mark]:
    """The marks of a row with a date: two for a range, one for any other."""
    span = span_between(row["date"], row["date"])
    assert span is not None, "only rows with a date stand on a time axis"
    first, last = serial_day(span.first), serial_day(span.last)
    middle, half_span = (first + last) / 2, (last - first) / 2
    if row["qualifier"] != "range":
        return [Mark(row, middle, half_span, largest_of(row), 0)]
    low, high = float(row["low"]), float(row["high"])
    return [Mark(row, middle, half_span, high, high - low), Mark(row, middle, half_span, low, 0)]


def _columns(group: MarkGroup, marks: Sequence[Mark], top: int) -> list[SheetColumn]:
    """The block of a group in the data sheet: day and number, lengths of the error bars, and provenance."""
    lines = range(top + 2, top + 2 + len(marks))
    first, last = [mark.x - mark.half_span for mark in marks], [mark.x + mark.half_span for mark in marks]
    return [
        SheetColumn("middle of the days", [mark.x for mark in marks], DAY_FORMAT),
        SheetColumn(clean_text(group.title), [mark.y for mark in marks]),
        SheetColumn("first day", first, DAY_FORMAT),
        SheetColumn("last day", last, DAY_FORMAT),
        SheetColumn("days before", [mark.half_span for mark in marks], formulas=[f"=A{n}-C{n}" for n in lines]),
        SheetColumn("days after", [mark.half_span for mark in marks], formulas=[f"=D{n}-A{n}" for n in lines]),
        SheetColumn("lower end", [mark.y - mark.drop for mark in marks]),
        SheetColumn("down to it", [mark.drop for mark in marks], formulas=[f"=B{n}-G{n}" for n in lines]),
        *provenance_columns([mark.row for mark in marks]),
    ]


def _scale_for(marks: Sequence[Mark], groups: Sequence[MarkGroup], box: Box, from_zero: bool) -> Scale:
    """The scale of the chart, with room for the legend above and for numbers and years beside the plot."""
    values = [mark.y for mark in marks] + [mark.y - mark.drop for mark in marks]
    low = 0.0 if from_zero else min(values)
    padding = max((max(values) - low) * 0.1, max(values) * 0.01, 1)
    step = round_step(low, max(values) + padding, 5)
    low = 0.0 if from_zero else (low - 2 * padding) // step * step
    high = -(-(max(values) + padding) // step) * step
    years = year_axis([mark.x - mark.half_span for mark in marks], [mark.x + mark.half_span for mark in marks])
    left = text_width(f"{high:,.0f}", SMALLEST_SIZE) + 0.2
    top = _legend_rows(groups, box) * LEGEND_ROW + 0.12
    plot = Box(left, top, box.width - left - 0.35, box.height - top - 0.36)
    return Scale(years, (low, high, step), plot)


def year_axis(first_days: Sequence[float], last_days: Sequence[float]) -> tuple[float, float, float]:
    """First tick, last tick and step of a time axis in days; all ticks are whole years."""
    start, end = ((DAY_ZERO + timedelta(days=int(day))).year for day in (min(first_days), max(last_days)))
    step = next(step for step in (1, 2, 5, 10, 20, 50) if (end + 1 - start) / step <= 13)
    start = start // step * step
    count = -(-(end + 1 - start) // step)
    # a day late, since years are not all as long as their average: no tick falls into the year before its own
    zero = serial_day(date(start, 1, 2))
    return zero, zero + count * step * DAYS_PER_YEAR, step * DAYS_PER_YEAR


def _legend_rows(groups: Sequence[MarkGroup], box: Box) -> int:
    """Rows of the legend above the plot: none for a single group."""
    if len(groups) < 2:
        return 0
    widest = max(text_width(group.title, SMALLEST_SIZE) for group in groups) + LEGEND_KEY
    columns = max(1, int(box.width // widest))
    return -(-len(groups) // columns)


def _set_axes(chart: Any, scale: Scale, box: Box, groups: Sequence[MarkGroup]) -> None:
    set_number_axis(chart.category_axis, *scale.x, YEAR_FORMAT, False)
    set_number_axis(chart.value_axis, *scale.y, THOUSANDS_FORMAT, True)
    set_layout(chart._chartSpace.chart.plotArea, scale.plot.relative_to(box), inner=True)
    rows = _legend_rows(groups, box)
    if rows:
        add_legend(chart, XL_LEGEND_POSITION.TOP)
        set_layout(chart.legend._element, Box(0, 0, 1, min(rows * LEGEND_ROW / box.height, 0.5)))


def _format_series(series: Any, group: MarkGroup, marks: Sequence[Mark], top: int) -> None:
    """Sets color and symbol of a series, its hedged marks one by one, and its error bars."""
    set_line(series.format.line, None)
    are_open = all(mark.row["qualifier"] in OPEN_UP for mark in marks)  # so the legend shows what the chart shows
    series.marker.style = XL_MARKER_STYLE.TRIANGLE if are_open else SYMBOLS[group.symbol]
    series.marker.size = round(group.size)
    _fill_marker(series.marker.format, group, False)
    for index, mark in enumerate(marks):
        if group.is_hollow(mark.row):
            _format_hollow_mark(series.points[index], group, mark.row["qualifier"])
    sheet_rows = (top + 2, top + 1 + len(marks))

    def cells(column: str) -> str:
        return f"Sheet1!${column}${sheet_rows[0]}:${column}${sheet_rows[1]}"

    half_spans, drops = [mark.half_span for mark in marks], [mark.drop for mark in marks]
    if any(half_spans):
        spans = ErrorBars("x", (cells("E"), half_spans), (cells("F"), half_spans))
        add_error_bars(series, spans, tint(group.color, 0.55), 2.25)
    if any(drops):
        add_error_bars(series, ErrorBars("y", (cells("H"), drops), None), group.color, 2.25)


def _fill_marker(marker_format: Any, group: MarkGroup, hedged: bool) -> None:
    hollow = hedged or (group.hollow and group.symbol in FILLABLE)
    # fully transparent; pale in a program that knows no transparent marks
    set_fill(marker_format.fill, blended_with_paper(group.color, opacity=0) if hollow else group.color)
    set_line(marker_format.line, group.color, 1.75)


def _format_hollow_mark(chart_point: Any, group: MarkGroup, qualifier: str) -> None:
    """A hedged mark is hollow; a triangle where it is open above, with an arrow below where it is open there."""
    open_up, open_down = qualifier in OPEN_UP, qualifier in OPEN_DOWN
    symbol = SYMBOLS[group.symbol] if group.symbol in FILLABLE else XL_MARKER_STYLE.CIRCLE
    symbol = XL_MARKER_STYLE.DASH if qualifier == "range" else symbol
    chart_point.marker.style = XL_MARKER_STYLE.TRIANGLE if open_up else symbol
    # LibreOffice shows the format of a single mark only where its size or symbol differs from the series
    chart_point.marker.size = round(group.size) + 1
    _fill_marker(chart_point.marker.format, group, True)
    if open_down:
        label_point(
            chart_point, [Paragraph(DOWN_ARROW, SMALLEST_SIZE, color_of_words(group.color))], XL_LABEL_POSITION.BELOW
        )


def _label_marks(
    chart: Any,
    groups: Sequence[MarkGroup],
    marks: Sequence[Sequence[Mark]],
    labeled: Sequence[Row],
    scale: Scale,
    box: Box,
) -> list[Row]:
    """Labels the marks of the rows in `labeled`, in their order, where that covers least; the rows that found no room."""
    occupied = [clearance_around(*scale.inches_at(mark.x, mark.y)) for group_marks in marks for mark in group_marks]
    label_boxes: list[Box] = []
    unlabeled = []
    for row in labeled:
        series_number, index = _position_of_row(marks, row)
        mark = marks[series_number][index]
        color = color_of_words(groups[series_number].color)
        arrow = f"{DOWN_ARROW} " if row["qualifier"] in OPEN_DOWN else ""
        paragraphs = [
            Paragraph(arrow + value_in_words(row), SMALLEST_SIZE, color, True),
            Paragraph(as_of_in_words(row).removeprefix("as of "), SMALLEST_SIZE, color),
        ]
        at = scale.inches_at(mark.x, mark.y)
        placement = place_label(scale.plot, at, paragraphs, occupied, label_boxes)
        if placement is None:
            # the number alone, where its day has no room
            paragraphs = paragraphs[:1]
            placement = place_label(scale.plot, at, paragraphs, occupied, label_boxes)
        if placement is None:
            unlabeled.append(row)
            continue
        point = chart.plots[0].series[series_number].points[index]
        label_point(point, paragraphs, placement.side, (0, placement.shift / box.height))
        label_boxes.append(placement.box)
    return unlabeled


def _position_of_row(marks: Sequence[Sequence[Mark]], row: Row) -> tuple[int, int]:
    """Index of the series that holds a row, and of its first mark there. KeyError where none does."""
    for series_number, group_marks in enumerate(marks):
        for index, mark in enumerate(group_marks):
            if mark.row["figure_id"] == row["figure_id"]:
                return series_number, index
    raise KeyError(row["figure_id"])


def _how_to_read(
    marks: Sequence[Mark], groups: Sequence[MarkGroup], scale: Scale, unlabeled: Sequence[Row]
) -> list[str]:
    units = list(dict.fromkeys(unit_in_words({**mark.row, "qualifier": ""}) for mark in marks))
    hedges = {mark.row["qualifier"] for mark in marks}
    sentences = [f"Scale: {', '.join(units)}{', not from zero' * (scale.y[0] > 0)}."]
    is_second_hand = any(group.is_hollow({**row, "qualifier": "exact"}) for group in groups for row in group.rows)
    second_hand = ", or by the press or an institution" * is_second_hand
    sentences += [f"Hollow: printed with a hedge{second_hand}."] * (is_second_hand or bool(hedges - {"exact"}))
    sentences += ["Triangle: more than, or at least."] * bool(hedges & set(OPEN_UP))
    sentences += [f"{DOWN_ARROW} fewer than, or up to."] * bool(hedges & set(OPEN_DOWN))
    sentences += ["Two dashes: the ends of a range."] * ("range" in hedges)
    sentences += ["Bar across: the day is not known."] * any(mark.half_span for mark in marks)
    spans = [span_between(mark.row["date"], mark.row["date"]) for mark in marks]
    sentences += [f"No figure {gap.first.year} to {gap.last.year}." for gap in gaps_between(spans, LONG_GAP)]
    return sentences + [f"Without its name: {figure_in_words(row)} ({as_of_in_words(row)})." for row in unlabeled]
