"""How does the timeline become a slide? As a native chart of marks and bars in lanes, with as many titles as can be read.

A mark stands on the last day that its date can mean, and a bar leads back to the first; where the title stands before the
mark, the other way round. Events without room for their title stand on a thin line under their lane.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from pptx.chart.data import XyChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE

from components.charts.limits import MOST_MARKS, newest
from components.charts.timeline import LANES, MARKED
from components.exports.slides.chart import (
    DAY_FORMAT,
    THOUSANDS_FORMAT,
    DrawingNotes,
    SheetColumn,
    add_chart,
    add_fixed_error_bars,
    label_point,
    link_series_to_sheet,
    serial_day,
    set_layout,
    set_number_axis,
    sheet_blocks,
    workbook_bytes,
)
from components.exports.slides.dated import year_axis
from components.exports.slides.master import day_of_data
from components.exports.slides.table import draw_table
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
from components.panels.timeline import KEY
from components.theme import BORDER, INK, MUTED, STATUS_COLORS, tint
from data.record.dates import period_in_words, span_between
from data.record.tables import BRIEF
from data.record.wording import Row

# In inches: a line with titles, the thin line without, the gap between lanes, the scale of years, the gap beside a title.
LINE_HEIGHT, UNTITLED_HEIGHT, LANE_GAP, YEARS_HEIGHT, LABEL_GAP = 0.245, 0.15, 0.05, 0.36, 0.14
MAX_STRETCH, MARK_SIZE, MONTH_DAYS = 1.5, 8, 31
# Lengths of a title in letters: in full, and where that has no room.
TITLE_LENGTHS = (60, 42)
SEPARATORS, LANE_NAMES = "lines between lanes", "names of lanes"


class StatusMark(NamedTuple):
    """How events of a status are marked, and the sentence that explains it."""

    symbol: XL_MARKER_STYLE
    is_filled: bool
    sentence: str


STATUS_MARKS = {
    "happened": StatusMark(XL_MARKER_STYLE.CIRCLE, True, "Filled: reported as a fact."),
    "claimed": StatusMark(XL_MARKER_STYLE.DIAMOND, False, "Hollow diamond: a claim."),
    "planned": StatusMark(XL_MARKER_STYLE.CIRCLE, False, "Hollow circle: planned."),
    "fell through": StatusMark(XL_MARKER_STYLE.X, False, "Cross: planned, and fell through."),
}


class DatedEvent(NamedTuple):
    """An event with its first and last day, as a workbook counts days."""

    row: Row
    first: int
    last: int

    def title(self, max_letters: int) -> str:
        """The title in at most `max_letters`, with a note where the event is not told as a fact."""
        title = clean_text(self.row["title"])
        title = title if len(title) <= max_letters else title[: max_letters - 1].rsplit(" ", 1)[0] + " …"
        return title + MARKED.get(self.row["status"], "")


class PlacedEvent(NamedTuple):
    """An event with its line within the lane (None: the thin one), its title, and the side of the mark on which that is."""

    event: DatedEvent
    line: int | None = None
    title: str = ""
    side: XL_LABEL_POSITION = XL_LABEL_POSITION.RIGHT

    @property
    def day(self) -> int:
        """The day of the mark: the last one, or the first where the title stands before it."""
        return self.event.first if self.side == XL_LABEL_POSITION.LEFT else self.event.last


class PlotArea(NamedTuple):
    """The plot in inches, its first and last day, and the width in inches of the names of the lanes left of the first day."""

    plot: Box
    first: float
    last: float
    name_width: float

    @property
    def days_per_inch(self) -> float:
        """Days on an inch of the time axis."""
        return (self.last - self.first) / (self.plot.width - self.name_width)


class EventSeries(NamedTuple):
    """Events of one status whose dates span equally many days: 0 for up to a month, negative where the mark stands on the
    last of them; each with its level in the plot."""

    status: str
    days: int
    positions: list[tuple[PlacedEvent, float]]

    @property
    def name(self) -> str:
        if not self.days:
            return self.status
        return f"{self.status}, {abs(self.days):,} days {'up to' if self.days < 0 else 'from'} the mark"


class Lane(NamedTuple):
    """A lane: its name, its events, and its number of lines with titles."""

    name: str
    placed: list[PlacedEvent]
    lines: int

    @property
    def height(self) -> float:
        return (
            self.lines * LINE_HEIGHT + UNTITLED_HEIGHT * any(placed.line is None for placed in self.placed) + LANE_GAP
        )


def draw_lanes(slide: Any, panel: Panel, box: Box) -> DrawingNotes:
    """Events in lanes; where none has a date, the table."""
    drawn = newest(panel.frame, MOST_MARKS).to_dict("records")
    events = _dated_events(drawn)
    if not events:
        return draw_table(slide, panel, box)
    name_width = max(text_width(name, SMALLEST_SIZE, True) for name in {event.row["lane"] for event in events}) + 0.2
    first, last, step = year_axis([event.first for event in events], [event.last for event in events])
    plot = Box(0.05, 0.02, box.width - 0.35, box.height - YEARS_HEIGHT - 0.02)
    area = PlotArea(plot, first, last, _name_column_width(name_width, plot.width, last - first, step))
    lanes = lay_out_lanes(events, area)
    stretch = _stretch_of(lanes, plot.height)
    _draw_chart(slide, panel, box, area, lanes, stretch, step)
    untitled = [placed.event for lane in lanes for placed in lane.placed if placed.line is None]
    undated = [row for row in drawn if not span_between(row["start"], row["end"])]
    omitted = [_event_line(event.row) for event in untitled] + [_event_line(row) for row in undated]
    sentence = f"{len(drawn) - len(omitted):,} of {len(drawn):,} events carry their title; the others are in the notes and in the table."
    statuses = {event.row["status"] for event in events}
    return DrawingNotes(
        [sentence] * bool(omitted) + [mark.sentence for name, mark in STATUS_MARKS.items() if name in statuses], omitted
    )


def _name_column_width(min_width: float, width: float, days: float, step: float) -> float:
    """The width for the names of the lanes: a whole number of steps of the scale, so that the first day is on a tick."""
    steps = next(count for count in range(1, 100) if count * step * width >= min_width * (count * step + days))
    return steps * step * width / (steps * step + days)


def _event_line(row: Row) -> str:
    """An event in a line of the speaker notes."""
    return f"{period_in_words(row['start'], row['end'])}, {row['lane']}: {row['title']}{MARKED.get(row['status'], '')}"


def _dated_events(rows: Sequence[Row]) -> list[DatedEvent]:
    """Events with a date: key events first, then those of the brief, then by length of title, so that as many titles as possible fit."""
    events = []
    for row in rows:
        span = span_between(row["start"], row["end"])
        if span:
            events.append(DatedEvent(row, serial_day(span.first), serial_day(span.last)))
    return sorted(events, key=_rank)


def _rank(event: DatedEvent) -> tuple[bool, bool, float, int, str]:
    of_brief, is_key = event.row["source_id"] == BRIEF, event.row["importance"] == KEY
    length = 0 if of_brief else len(event.row["title"])
    return not is_key, not of_brief, length, event.first, str(event.row["event_id"])


def lay_out_lanes(events: Sequence[DatedEvent], area: PlotArea) -> list[Lane]:
    """The lanes with events: each has one line of titles, then one more goes to the lane that misses most, while there is
    room."""
    events_by_lane = {name: [event for event in events if event.row["lane"] == name] for name in LANES}
    events_by_lane = {name: lane_events for name, lane_events in events_by_lane.items() if lane_events}
    lanes = {name: Lane(name, _place_events(lane_events, 1, area), 1) for name, lane_events in events_by_lane.items()}
    while True:
        candidates = sorted(lanes, key=lambda name: -_missing_titles(lanes[name]))
        next_lane = next((name for name in candidates if _gains_from_a_line(name, lanes, events_by_lane, area)), None)
        if next_lane is None:
            return list(lanes.values())
        line_count = lanes[next_lane].lines + 1
        lanes[next_lane] = Lane(next_lane, _place_events(events_by_lane[next_lane], line_count, area), line_count)


def _missing_titles(lane: Lane) -> int:
    """Number of missing titles; a missing one counts twice, a truncated one once."""
    truncated_titles = sum(placed.title != placed.event.title(TITLE_LENGTHS[0]) for placed in lane.placed)
    return truncated_titles + sum(placed.line is None for placed in lane.placed)


def _gains_from_a_line(
    name: str, lanes: dict[str, Lane], events_by_lane: dict[str, list[DatedEvent]], area: PlotArea
) -> bool:
    """Whether a lane could show more of its titles on one more line, and the plot has room for that."""
    lane = lanes[name]
    taller = Lane(name, _place_events(events_by_lane[name], lane.lines + 1, area), lane.lines + 1)
    if _missing_titles(taller) >= _missing_titles(lane):
        return False
    others = sum(other.height for other in lanes.values()) - lane.height
    return others + taller.height <= area.plot.height


def _place_events(events: Sequence[DatedEvent], line_count: int, area: PlotArea) -> list[PlacedEvent]:
    """Events on lines, each at the first place where neither its bar nor its title overlaps another: first with full titles,
    then those that are left with shorter ones."""
    occupied: list[list[tuple[float, float]]] = [[] for _ in range(line_count)]
    placed_events: dict[str, PlacedEvent] = {}
    for max_letters in TITLE_LENGTHS:
        for event in [event for event in events if event.row["event_id"] not in placed_events]:
            placed = _first_free_place(event, event.title(max_letters), occupied, area)
            if placed:
                placed_events[event.row["event_id"]] = placed
    return [placed_events.get(event.row["event_id"], PlacedEvent(event)) for event in events]


def _first_free_place(
    event: DatedEvent, title: str, occupied: list[list[tuple[float, float]]], area: PlotArea
) -> PlacedEvent | None:
    """The first free place for an event with its title; its span is added to `occupied`."""
    bold = event.row["source_id"] == BRIEF
    title_length = (text_width(title, SMALLEST_SIZE, bold) + LABEL_GAP) * area.days_per_inch
    margin = LABEL_GAP * area.days_per_inch
    spans = {
        XL_LABEL_POSITION.RIGHT: (event.first - margin, event.last + title_length + margin),
        XL_LABEL_POSITION.LEFT: (event.first - title_length - margin, event.last + margin),
    }
    for line, spans_on_line in enumerate(occupied):
        for side, (start, end) in spans.items():
            is_inside = start >= area.first - margin and end <= area.last + 0.3 * area.days_per_inch
            if is_inside and all(end < span[0] or start > span[1] for span in spans_on_line):
                spans_on_line.append((start, end))
                return PlacedEvent(event, line, title, side)
    return None


def _stretch_of(lanes: Sequence[Lane], height: float) -> float:
    """The factor by which lines may be taller than they need to be."""
    return min(MAX_STRETCH, height / sum(lane.height for lane in lanes))


def _draw_chart(
    slide: Any, panel: Panel, box: Box, area: PlotArea, lanes: Sequence[Lane], stretch: float, step: float
) -> None:
    """Draws a series for each status and length of time, one for the lines between lanes and one for their names."""
    positions, tops = _levels_of(lanes, stretch)
    left_end = area.first - area.name_width * area.days_per_inch
    groups = _series_of(positions)
    data = XyChartData(number_format=THOUSANDS_FORMAT)
    for group in groups:
        series = data.add_series(group.name)
        for placed, level in group.positions:
            series.add_data_point(placed.day, level)
    blocks_of_columns = [_columns(group) for group in groups]
    for name, levels in ((SEPARATORS, tops), (LANE_NAMES, [top - LINE_HEIGHT / 2 * stretch for top in tops])):
        series = data.add_series(name)
        for level in levels:
            series.add_data_point(left_end, level)
        blocks_of_columns.append(_columns_of_lanes(name, lanes, levels, left_end))
    sheet_rows = sheet_blocks([len(columns[0].cells) for columns in blocks_of_columns])
    workbook = workbook_bytes(
        [(top, columns) for (top, _), columns in zip(sheet_rows, blocks_of_columns, strict=True)],
        day_of_data(panel.library),
    )
    chart = add_chart(slide, XL_CHART_TYPE.XY_SCATTER, box, data, workbook, panel.alt)
    link_series_to_sheet(chart, sheet_rows)
    _set_axes(chart, area, left_end, step, box)
    all_series = list(chart.plots[0].series)
    for series, group in zip(all_series, groups, strict=False):
        _format_series(series, group)
    _format_lanes(all_series[-2], all_series[-1], lanes, area.last - left_end)


def _series_of(positions: Sequence[tuple[PlacedEvent, float]]) -> list[EventSeries]:
    """Events by status and, where it can be seen on the chart, by the number of days that their dates span: error bars of
    one length are those that every program draws."""
    by_series: dict[tuple[str, int], list[tuple[PlacedEvent, float]]] = {}
    for placed, level in positions:
        length = placed.event.last - placed.event.first
        days = 0 if length <= MONTH_DAYS else -length if placed.side == XL_LABEL_POSITION.RIGHT else length
        by_series.setdefault((placed.event.row["status"], days), []).append((placed, level))
    order = sorted(by_series, key=lambda key: (list(STATUS_MARKS).index(key[0]), abs(key[1]), key[1]))
    return [EventSeries(status, days, by_series[status, days]) for status, days in order]


def _levels_of(lanes: Sequence[Lane], stretch: float) -> tuple[list[tuple[PlacedEvent, float]], list[float]]:
    """Each event with its level, and the top of each lane, in inches below the top of the plot, as negative numbers."""
    positions, tops, top = [], [], 0.0
    for lane in lanes:
        tops.append(-top)
        for placed in lane.placed:
            below = (
                lane.lines * LINE_HEIGHT + UNTITLED_HEIGHT / 2
                if placed.line is None
                else (placed.line + 0.5) * LINE_HEIGHT
            )
            positions.append((placed, -(top + (LANE_GAP / 2 + below) * stretch)))
        top += lane.height * stretch
    return positions, tops


def _columns(group: EventSeries) -> list[SheetColumn]:
    events = [placed.event for placed, _ in group.positions]
    rows = [event.row for event in events]
    return [
        SheetColumn("day of the mark", [placed.day for placed, _ in group.positions], DAY_FORMAT),
        SheetColumn(group.name, [level for _, level in group.positions]),
        SheetColumn("first day", [event.first for event in events], DAY_FORMAT),
        SheetColumn("last day", [event.last for event in events], DAY_FORMAT),
        SheetColumn("event", [clean_text(row["title"]) for row in rows]),
        SheetColumn("lane", [clean_text(row["lane"]) for row in rows]),
        SheetColumn("when", [period_in_words(row["start"], row["end"]) for row in rows]),
        SheetColumn("status", [clean_text(row["status"]) for row in rows]),
        SheetColumn("attributed to", [clean_text(row["attributed_to"]) for row in rows]),
        SheetColumn("source", [clean_text(row["source_id"]) for row in rows]),
        SheetColumn("id", [clean_text(row["event_id"]) for row in rows]),
    ]


def _columns_of_lanes(name: str, lanes: Sequence[Lane], levels: Sequence[float], left_end: float) -> list[SheetColumn]:
    names = SheetColumn("lane", [lane.name for lane in lanes])
    return [SheetColumn("left end", [left_end] * len(levels), DAY_FORMAT), SheetColumn(name, list(levels)), names]


def _set_axes(chart: Any, area: PlotArea, left_end: float, step: float, box: Box) -> None:
    """A scale of years, without any under the names of the lanes; none for the levels."""
    years = f'[<{int(area.first) - 1}]"";yyyy'
    set_number_axis(chart.category_axis, left_end, area.last, step, years, False)
    set_number_axis(chart.value_axis, -area.plot.height, 0.0, area.plot.height, THOUSANDS_FORMAT, False)
    chart.value_axis.visible = False
    set_line(chart.category_axis.format.line, None)
    set_layout(chart._chartSpace.chart.plotArea, area.plot.relative_to(box), inner=True)


def _format_series(series: Any, group: EventSeries) -> None:
    mark = STATUS_MARKS[group.status]
    color = STATUS_COLORS[group.status]
    set_line(series.format.line, None)
    series.marker.style, series.marker.size = mark.symbol, MARK_SIZE
    set_fill(series.marker.format.fill, color if mark.is_filled else blended_with_paper(color, opacity=0))
    set_line(series.marker.format.line, color, 1.75)
    if group.days:
        side = "minus" if group.days < 0 else "plus"
        add_fixed_error_bars(series, side, abs(group.days), tint(color, 0.55), 3)
    for index, (placed, _) in enumerate(group.positions):
        if placed.title:
            bold = placed.event.row["source_id"] == BRIEF
            label_point(series.points[index], [Paragraph(placed.title, SMALLEST_SIZE, INK, bold)], placed.side)


def _format_lanes(separators: Any, names: Any, lanes: Sequence[Lane], length: float) -> None:
    """Draws the lines between lanes, and their names at the left end."""
    for series in (separators, names):
        set_line(series.format.line, None)
        series.marker.style = XL_MARKER_STYLE.NONE
    add_fixed_error_bars(separators, "plus", length, BORDER, 0.75)
    for index, lane in enumerate(lanes):
        label_point(names.points[index], [Paragraph(lane.name, SMALLEST_SIZE, MUTED, True)], XL_LABEL_POSITION.RIGHT)
