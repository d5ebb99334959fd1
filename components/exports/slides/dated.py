"""How do dated figures stand on a slide? Groups of rows in, a native chart of marks on a time axis out; nothing is joined.

A mark stands in the middle of the days that its date can mean, a bar across from the first of them to the last; a range
hangs from its upper end down to its lower one.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from pptx.chart.data import XyChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE

from components.charts.labels import OPEN_DOWN, OPEN_UP, largest_of
from components.charts.time_series import GROUP_SYMBOLS, MARKS, gaps_between
from components.exports.slides.chart import (
    DAYS,
    THOUSANDS,
    YEARS,
    Column,
    Errors,
    Told,
    add_chart,
    add_errors,
    add_legend,
    blocks_of,
    columns_about,
    label,
    lay_out,
    number_axis,
    refer_to,
    serial,
    step_of,
    workbook_of,
)
from components.exports.slides.master import made_on
from components.exports.slides.placing import around, seat
from components.exports.slides.text import SMALLEST, Box, Words, clean, outline, paint, pale, width_of
from components.panels.panel import Panel
from components.theme import STAGE_COLORS, colors_of_series, tint
from data.record.dates import span_between
from data.record.wording import Row, as_of_in_words, figure_in_words, unit_in_words, value_in_words

BRIEF, DOWN = "brief-2012", "▼"
SYMBOLS = {
    "circle": XL_MARKER_STYLE.CIRCLE,
    "square": XL_MARKER_STYLE.SQUARE,
    "diamond": XL_MARKER_STYLE.DIAMOND,
    "x": XL_MARKER_STYLE.X,
    "cross": XL_MARKER_STYLE.PLUS,
    # a triangle says "more than" on a slide, so that the group that has one on the page has a star here
    "triangle-up": XL_MARKER_STYLE.STAR,
}
# Marks of lines alone cannot be hollow: what is hedged among them is a hollow circle.
SOLID = ("circle", "square", "diamond")
# Points for each pixel of a mark on the page; the size of marks in groups.
MARK_SCALE, MARK = 0.75, 9
YEAR = 365.25
LEGEND_ROW, LEGEND_KEY = 0.3, 0.45


class Group(NamedTuple):
    """Rows that share colour and symbol; `hollow` where all of them are hollow."""

    title: str
    colour: str
    symbol: str
    size: float
    rows: list[Row]
    hollow: bool = False


class Mark(NamedTuple):
    """A row on its two axes: the middle of its days and half their number, its number and how far a bar reaches down from
    it. A range is two marks, one for each end; the bar hangs from the upper one."""

    row: Row
    x: float
    across: float
    y: float
    down: float


class Scale(NamedTuple):
    """The ends of both axes and their steps; the plot in inches inside the chart; how the years are written."""

    x: tuple[float, float, float]
    y: tuple[float, float, float]
    plot: Box

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Where a point stands, in inches from the upper left corner of the chart."""
        across = (x - self.x[0]) / (self.x[1] - self.x[0])
        up = (y - self.y[0]) / (self.y[1] - self.y[0])
        return self.plot.left + across * self.plot.width, self.plot.top + (1 - up) * self.plot.height


def classes_of(rows: Sequence[Row]) -> list[Group]:
    """Figures by their class of mark, the exact counts last, so that they are in front."""
    groups = []
    for name in reversed(MARKS):
        colour, symbol, size = MARKS[name]
        group = [row for row in rows if row["mark"] == name]
        groups.append(Group(name, colour, symbol, size * MARK_SCALE, group, symbol not in SOLID))
    return [group for group in groups if group.rows]


def groups_by(column: str, rows: Sequence[Row]) -> list[Group]:
    """Figures by stage or by series, with the colours and symbols that they have on the page."""
    colours = STAGE_COLORS if column == "stage" else colors_of_series(row[column] for row in rows)
    names = [name for name in colours if any(row[column] == name for row in rows)]
    groups = []
    for number, name in enumerate(names):
        group = [row for row in rows if row[column] == name]
        title = name if column == "stage" else group[0]["series_title"]
        groups.append(Group(title, colours[name], GROUP_SYMBOLS[number % len(GROUP_SYMBOLS)], MARK, group))
    return groups


def first_last_and_brief(rows: Sequence[Row]) -> list[Row]:
    """What the brief prints, the last of the exact counts and the first: those that matter most find room first."""
    counts = [row for row in rows if row["mark"] == "counts"] or list(rows)
    named = [*(row for row in rows if row["source_id"] == BRIEF), counts[-1], counts[0]]
    return list({row["figure_id"]: row for row in named}.values())


def last_of_each(groups: Sequence[Group]) -> list[Row]:
    """The last figure of each group, and what the brief prints."""
    named = [group.rows[-1] for group in groups]
    named += [row for group in groups for row in group.rows if row["source_id"] == BRIEF]
    return list({row["figure_id"]: row for row in named}.values())


def draw_dated(
    slide: Any, panel: Panel, groups: Sequence[Group], named: Sequence[Row], box: Box, from_zero: bool
) -> Told:
    """Groups of dated figures as series of marks; those named carry number and day."""
    marks = [[mark for row in group.rows for mark in marks_of(row)] for group in groups]
    data, columns = XyChartData(number_format=THOUSANDS), []
    blocks = blocks_of([len(points) for points in marks])
    tops = [top for top, _ in blocks]
    for top, group, points in zip(tops, groups, marks, strict=False):
        series = data.add_series(clean(group.title))
        for point in points:
            series.add_data_point(point.x, point.y)
        columns.append((top, _columns(group, points, top)))
    chart = add_chart(
        slide, XL_CHART_TYPE.XY_SCATTER, box, data, workbook_of(columns, made_on(panel.library)), panel.alt
    )
    refer_to(chart, blocks)
    every = [point for points in marks for point in points]
    scale = _scale_of(every, groups, box, from_zero)
    _set_axes(chart, scale, box, groups)
    for series, group, points, top in zip(chart.plots[0].series, groups, marks, tops, strict=False):
        _dress(series, group, points, top)
    missed = _name(chart, groups, marks, named, scale, box)
    return Told(_reading(every, scale, missed), [])


def marks_of(row: Row) -> list[Mark]:
    """A row with a date, on its axes."""
    span = span_between(row["date"], row["date"])
    assert span is not None, "only rows with a date stand on a time axis"
    first, last = serial(span.first), serial(span.last)
    middle, across = (first + last) / 2, (last - first) / 2
    if row["qualifier"] != "range":
        return [Mark(row, middle, across, largest_of(row), 0)]
    low, high = float(row["low"]), float(row["high"])
    return [Mark(row, middle, across, high, high - low), Mark(row, middle, across, low, 0)]


def _columns(group: Group, points: Sequence[Mark], top: int) -> list[Column]:
    """A block of the sheet: day and number, what the bars are made of, and what the source says."""
    lines = range(top + 2, top + 2 + len(points))
    first, last = [point.x - point.across for point in points], [point.x + point.across for point in points]
    return [
        Column("middle of the days", [point.x for point in points], DAYS),
        Column(clean(group.title), [point.y for point in points]),
        Column("first day", first, DAYS),
        Column("last day", last, DAYS),
        Column("days before", [point.across for point in points], formulas=[f"=A{n}-C{n}" for n in lines]),
        Column("days after", [point.across for point in points], formulas=[f"=D{n}-A{n}" for n in lines]),
        Column("lower end", [point.y - point.down for point in points]),
        Column("down to it", [point.down for point in points], formulas=[f"=B{n}-G{n}" for n in lines]),
        *columns_about([point.row for point in points]),
    ]


def _scale_of(points: Sequence[Mark], groups: Sequence[Group], box: Box, from_zero: bool) -> Scale:
    values = [point.y for point in points] + [point.y - point.down for point in points]
    low = 0.0 if from_zero else min(values)
    pad = max((max(values) - low) * 0.1, max(values) * 0.01, 1)
    step = step_of(low, max(values) + pad, 5)
    low = 0.0 if from_zero else (low - 2 * pad) // step * step
    high = -(-(max(values) + pad) // step) * step
    days = years_between([point.x - point.across for point in points], [point.x + point.across for point in points])
    left = width_of(f"{high:,.0f}", SMALLEST) + 0.2
    top = _legend_rows(groups, box) * LEGEND_ROW + 0.12
    plot = Box(left, top, box.width - left - 0.35, box.height - top - 0.36)
    return Scale(days, (low, high, step), plot)


def years_between(first: Sequence[float], last: Sequence[float]) -> tuple[float, float, float]:
    """First and last tick of a time axis and their distance in days, in whole years."""
    start, end = (date.fromordinal(int(day) + serial_zero()).year for day in (min(first), max(last)))
    step = next(step for step in (1, 2, 5, 10, 20, 50) if (end + 1 - start) / step <= 13)
    start = start // step * step
    count = -(-(end + 1 - start) // step)
    # a day late, since years are not all as long as their average: no tick falls into the year before its own
    zero = serial(date(start, 1, 2))
    return zero, zero + count * step * YEAR, step * YEAR


def serial_zero() -> int:
    """The day zero of a workbook, as Python counts days."""
    return date.fromordinal(1).toordinal() - serial(date.fromordinal(1))


def _legend_rows(groups: Sequence[Group], box: Box) -> int:
    """Rows that a legend takes above the plot: none for a single group."""
    if len(groups) < 2:
        return 0
    widest = max(width_of(group.title, SMALLEST) for group in groups) + LEGEND_KEY
    columns = max(1, int(box.width // widest))
    return -(-len(groups) // columns)


def _set_axes(chart: Any, scale: Scale, box: Box, groups: Sequence[Group]) -> None:
    number_axis(chart.category_axis, *scale.x, YEARS, False)
    number_axis(chart.value_axis, *scale.y, THOUSANDS, True)
    lay_out(chart._chartSpace.chart.plotArea, _part_of(scale.plot, box), inner=True)
    rows = _legend_rows(groups, box)
    if rows:
        add_legend(chart, XL_LEGEND_POSITION.TOP)
        lay_out(chart.legend._element, Box(0, 0, 1, min(rows * LEGEND_ROW / box.height, 0.5)))


def _part_of(plot: Box, box: Box) -> Box:
    return Box(plot.left / box.width, plot.top / box.height, plot.width / box.width, plot.height / box.height)


def _dress(series: Any, group: Group, points: Sequence[Mark], top: int) -> None:
    """Colour and symbol of a series, hollow and open marks one by one, and its bars of uncertainty."""
    outline(series.format.line, None)
    series.marker.style, series.marker.size = SYMBOLS[group.symbol], round(group.size)
    _fill(series.marker.format, group, False)
    for at, point in enumerate(points):
        qualifier = point.row["qualifier"]
        if qualifier != "exact":
            _dress_mark(series.points[at], group, qualifier)
    lines = (top + 2, top + 1 + len(points))

    def cells(column: str) -> str:
        return f"Sheet1!${column}${lines[0]}:${column}${lines[1]}"

    across, down = [point.across for point in points], [point.down for point in points]
    if any(across):
        add_errors(series, Errors("x", (cells("E"), across), (cells("F"), across)), tint(group.colour, 0.55), 2.25)
    if any(down):
        add_errors(series, Errors("y", (cells("H"), down), None), group.colour, 2.25)


def _fill(look: Any, group: Group, hedged: bool) -> None:
    hollow = hedged or (group.hollow and group.symbol in SOLID)
    # wholly clear where a program knows clear marks, pale in one that knows none
    paint(look.fill, pale(group.colour, opacity=0) if hollow else group.colour)
    outline(look.line, group.colour, 1.75)


def _dress_mark(point: Any, group: Group, qualifier: str) -> None:
    """A hedged mark: hollow; a triangle where it is open above, one that points down below it where it is open there."""
    open_up, open_down = qualifier in OPEN_UP, qualifier in OPEN_DOWN
    symbol = SYMBOLS[group.symbol] if group.symbol in SOLID else XL_MARKER_STYLE.CIRCLE
    symbol = XL_MARKER_STYLE.DASH if qualifier == "range" else symbol
    point.marker.style = XL_MARKER_STYLE.TRIANGLE if open_up else symbol
    # LibreOffice looks at a mark of its own only where its size or its symbol is another
    point.marker.size = round(group.size) + 1
    _fill(point.marker.format, group, True)
    if open_down:
        label(point, [Words(DOWN, SMALLEST, group.colour)], XL_LABEL_POSITION.BELOW)


def _name(
    chart: Any, groups: Sequence[Group], marks: Sequence[Sequence[Mark]], named: Sequence[Row], scale: Scale, box: Box
) -> list[Row]:
    """Number and day beside each named mark, in the order given, where they touch least; the rows that find no room."""
    taken = [around(*scale.at(point.x, point.y)) for points in marks for point in points]
    words: list[Box] = []
    missed = []
    for row in named:
        number, at = _find(marks, row)
        point = marks[number][at]
        colour = groups[number].colour
        sign = f"{DOWN} " if row["qualifier"] in OPEN_DOWN else ""
        said = [Words(sign + value_in_words(row), SMALLEST, colour, True), Words(as_of_in_words(row), SMALLEST, colour)]
        found = seat(scale.plot, scale.at(point.x, point.y), said, taken, words)
        if found is None:
            missed.append(row)
            continue
        label(chart.plots[0].series[number].points[at], said, found[0], (0, found[1] / box.height))
        words.append(found[2])
    return missed


def _find(marks: Sequence[Sequence[Mark]], row: Row) -> tuple[int, int]:
    """The number of the series that holds a row, and of its first mark there."""
    for number, points in enumerate(marks):
        for at, point in enumerate(points):
            if point.row["figure_id"] == row["figure_id"]:
                return number, at
    raise KeyError(row["figure_id"])


def _reading(points: Sequence[Mark], scale: Scale, missed: Sequence[Row]) -> list[str]:
    units = list(dict.fromkeys(unit_in_words({**point.row, "qualifier": ""}) for point in points))
    hedges = {point.row["qualifier"] for point in points}
    told = [f"Scale: {', '.join(units)}{', not from zero' * (scale.y[0] > 0)}."]
    told += ["Hollow: printed with a hedge."] * bool(hedges - {"exact"})
    told += ["Triangle: more than, or at least."] * bool(hedges & set(OPEN_UP))
    told += [f"{DOWN} fewer than, or up to."] * bool(hedges & set(OPEN_DOWN))
    told += ["Two dashes: the ends of a range."] * ("range" in hedges)
    told += ["Bar across: the day is not known."] * any(point.across for point in points)
    spans = [span_between(point.row["date"], point.row["date"]) for point in points]
    told += [f"No figure {gap.first.year} to {gap.last.year}." for gap in gaps_between(spans)]
    return told + [f"Without its name: {figure_in_words(row)} ({as_of_in_words(row)})." for row in missed]
