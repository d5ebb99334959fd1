"""When, on a slide? Events in lanes as a native chart of marks and bars, with as many titles beside them as can be read.

A mark stands on the last day that its date can mean, a bar leads back to the first; where the title stands before it, the
other way round. What has no room for its title stands
on a thin line under its lane.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from pptx.chart.data import XyChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE

from components.charts.timeline import LANES, MARKED
from components.exports.slides.chart import (
    DAYS,
    THOUSANDS,
    Column,
    Told,
    add_chart,
    add_equal_errors,
    blocks_of,
    label,
    lay_out,
    number_axis,
    refer_to,
    serial,
    workbook_of,
)
from components.exports.slides.dated import BRIEF, years_between
from components.exports.slides.master import made_on
from components.exports.slides.table import draw_table
from components.exports.slides.text import SMALLEST, Box, Words, clean, outline, paint, pale, width_of
from components.panels.panel import Panel
from components.theme import BORDER, INK, MUTED, STATUS_COLORS, tint
from data.record.dates import period_in_words, span_between
from data.record.wording import Row

# Inches: a line with titles, the thin line of marks alone, air between lanes, the scale of years, air beside words.
LINE, STRIP, AIR, SCALE, BESIDE = 0.245, 0.15, 0.05, 0.36, 0.14
ROOMY, MARK, MONTH = 1.5, 8, 31
# Letters of a title: in full, and where that has no room.
LETTERS = (60, 42)
BETWEEN, NAMES = "lines between lanes", "names of lanes"
LOOKS = {
    "happened": (XL_MARKER_STYLE.CIRCLE, True, "Filled: told as a fact."),
    "claimed": (XL_MARKER_STYLE.DIAMOND, False, "Hollow diamond: a claim."),
    "planned": (XL_MARKER_STYLE.CIRCLE, False, "Hollow circle: planned."),
    "fell through": (XL_MARKER_STYLE.X, False, "Cross: planned, and fell through."),
}


class Dated(NamedTuple):
    """An event with its first and last day, as a workbook counts days."""

    row: Row
    first: int
    last: int

    def title(self, most: int) -> str:
        """The title as it stands beside the mark, in so many letters, with what is not a fact said so."""
        said = clean(self.row["title"])
        said = said if len(said) <= most else said[: most - 1].rsplit(" ", 1)[0] + " …"
        return said + MARKED.get(self.row["status"], "")


class Place(NamedTuple):
    """Where an event stands: its line within the lane (None: the thin one), its title and on which side that is."""

    event: Dated
    line: int | None = None
    title: str = ""
    side: XL_LABEL_POSITION = XL_LABEL_POSITION.RIGHT

    @property
    def at(self) -> int:
        """The day of the mark: the last one, or the first where the title stands before it."""
        return self.event.first if self.side == XL_LABEL_POSITION.LEFT else self.event.last


class Ground(NamedTuple):
    """The plot in inches; its first and last day with the names of the lanes left out; width of those names."""

    plot: Box
    first: float
    last: float
    names: float

    @property
    def inch(self) -> float:
        """Days an inch."""
        return (self.last - self.first) / (self.plot.width - self.names)


class Group(NamedTuple):
    """Events that are one series: their status, the days that each of them lasts (none: up to a month; less than none
    where the mark stands on the last of them), their spots."""

    status: str
    days: int
    spots: list[tuple[Place, float]]

    @property
    def name(self) -> str:
        if not self.days:
            return self.status
        return f"{self.status}, {abs(self.days):,} days {'up to' if self.days < 0 else 'from'} the mark"


class Lane(NamedTuple):
    """A lane: its name, its events in their places, how many lines have titles."""

    name: str
    places: list[Place]
    lines: int

    @property
    def height(self) -> float:
        return self.lines * LINE + STRIP * any(place.line is None for place in self.places) + AIR


def draw_lanes(slide: Any, panel: Panel, box: Box) -> Told:
    """Events in lanes; where none has a date, the table."""
    events = _dated(panel)
    if not events:
        return draw_table(slide, panel, box)
    names = max(width_of(name, SMALLEST, True) for name in {event.row["lane"] for event in events}) + 0.2
    first, last, step = years_between([event.first for event in events], [event.last for event in events])
    plot = Box(0.05, 0.02, box.width - 0.35, box.height - SCALE - 0.02)
    ground = Ground(plot, first, last, _width_of_names(names, plot.width, last - first, step))
    lanes = lanes_of(events, ground)
    heights = _heights(lanes, plot.height)
    _draw(slide, panel, box, ground, lanes, heights, step)
    bare = [place.event for lane in lanes for place in lane.places if place.line is None]
    undated = [row for row in panel.frame.to_dict("records") if not span_between(row["start"], row["end"])]
    left = [_told(event.row) for event in bare] + [_told(row) for row in undated]
    said = f"{len(panel.frame) - len(left)} of {len(panel.frame)} events carry their title; the others are in the notes and in the table."
    statuses = {event.row["status"] for event in events}
    return Told([said] * bool(left) + [look[2] for name, look in LOOKS.items() if name in statuses], left)


def _width_of_names(least: float, wide: float, days: float, step: float) -> float:
    """The width that the names of the lanes take: a whole number of steps of the scale, which begins on a tick."""
    steps = next(count for count in range(1, 100) if count * step * wide >= least * (count * step + days))
    return steps * step * wide / (steps * step + days)


def _told(row: Row) -> str:
    return f"{period_in_words(row['start'], row['end'])}, {row['lane']}: {row['title']}{MARKED.get(row['status'], '')}"


def _dated(panel: Panel) -> list[Dated]:
    """Events with a date: the brief's first, then those with short titles, so that as many as can be have theirs."""
    found = []
    for row in panel.frame.to_dict("records"):
        span = span_between(row["start"], row["end"])
        if span:
            found.append(Dated(row, serial(span.first), serial(span.last)))
    return sorted(found, key=_rank)


def _rank(event: Dated) -> tuple[bool, float, int, str]:
    of_brief = event.row["source_id"] == BRIEF
    return not of_brief, 0 if of_brief else len(event.row["title"]), event.first, str(event.row["event_id"])


def lanes_of(events: Sequence[Dated], ground: Ground) -> list[Lane]:
    """The lanes that have events: each with one line of titles, then one more for that with most left over, while there
    is room."""
    groups = {name: [event for event in events if event.row["lane"] == name] for name in LANES}
    groups = {name: group for name, group in groups.items() if group}
    lanes = {name: Lane(name, _placed(group, 1, ground), 1) for name, group in groups.items()}
    while True:
        waiting = sorted(lanes, key=lambda name: -_without(lanes[name]))
        grown = next((name for name in waiting if _may_grow(name, lanes, groups, ground)), None)
        if grown is None:
            return list(lanes.values())
        more = lanes[grown].lines + 1
        lanes[grown] = Lane(grown, _placed(groups[grown], more, ground), more)


def _without(lane: Lane) -> int:
    """How much is left to be told: a title that is cut counts half of one that has no room at all."""
    cut = sum(place.title != place.event.title(LETTERS[0]) for place in lane.places)
    return cut + sum(place.line is None for place in lane.places)


def _may_grow(name: str, lanes: dict[str, Lane], groups: dict[str, list[Dated]], ground: Ground) -> bool:
    lane = lanes[name]
    grown = Lane(name, _placed(groups[name], lane.lines + 1, ground), lane.lines + 1)
    if _without(grown) >= _without(lane):
        return False
    rest = sum(other.height for other in lanes.values()) - lane.height
    return rest + grown.height <= ground.plot.height


def _placed(events: Sequence[Dated], lines: int, ground: Ground) -> list[Place]:
    """Events on so many lines, each at the first spot where neither its bar nor its title touches another: first with
    their titles in full, then those left over with shorter ones."""
    taken: list[list[tuple[float, float]]] = [[] for _ in range(lines)]
    places: dict[str, Place] = {}
    for most in LETTERS:
        for event in [one for one in events if one.row["event_id"] not in places]:
            found = _spot(event, event.title(most), taken, ground)
            if found:
                places[event.row["event_id"]] = found
    return [places.get(event.row["event_id"], Place(event)) for event in events]


def _spot(event: Dated, title: str, taken: list[list[tuple[float, float]]], ground: Ground) -> Place | None:
    """The first free spot for an event with its title, which is then taken."""
    bold = event.row["source_id"] == BRIEF
    words, air = (width_of(title, SMALLEST, bold) + BESIDE) * ground.inch, BESIDE * ground.inch
    spots = {
        XL_LABEL_POSITION.RIGHT: (event.first - air, event.last + words + air),
        XL_LABEL_POSITION.LEFT: (event.first - words - air, event.last + air),
    }
    for line, others in enumerate(taken):
        for side, (start, end) in spots.items():
            inside = start >= ground.first - air and end <= ground.last + 0.3 * ground.inch
            if inside and all(end < other[0] or start > other[1] for other in others):
                others.append((start, end))
                return Place(event, line, title, side)
    return None


def _heights(lanes: Sequence[Lane], room: float) -> float:
    """By how much lines may be taller than they need to be."""
    return min(ROOMY, room / sum(lane.height for lane in lanes))


def _draw(slide: Any, panel: Panel, box: Box, ground: Ground, lanes: Sequence[Lane], roomy: float, step: float) -> None:
    """The chart: a series for each status and length of time, one for the lines between lanes and one for their names."""
    spots, tops = _levels(lanes, roomy)
    left = ground.first - ground.names * ground.inch
    groups = _groups(spots)
    data = XyChartData(number_format=THOUSANDS)
    for group in groups:
        series = data.add_series(group.name)
        for place, level in group.spots:
            series.add_data_point(place.at, level)
    columns = [_columns(group) for group in groups]
    for name, levels in ((BETWEEN, tops), (NAMES, [top - LINE / 2 * roomy for top in tops])):
        series = data.add_series(name)
        for level in levels:
            series.add_data_point(left, level)
        columns.append(_columns_of_lanes(name, lanes, levels, left))
    blocks = blocks_of([len(part[0].cells) for part in columns])
    book = workbook_of([(top, part) for (top, _), part in zip(blocks, columns, strict=True)], made_on(panel.library))
    chart = add_chart(slide, XL_CHART_TYPE.XY_SCATTER, box, data, book, panel.alt)
    refer_to(chart, blocks)
    _set_axes(chart, ground, left, step, box)
    made = list(chart.plots[0].series)
    for series, group in zip(made, groups, strict=False):
        _dress(series, group)
    _dress_lanes(made[-2], made[-1], lanes, ground.last - left)


def _groups(spots: Sequence[tuple[Place, float]]) -> list[Group]:
    """Events by status and, where it can be seen on the chart, by the length of time that their dates can mean: bars of
    one length are those that every program draws."""
    found: dict[tuple[str, int], list[tuple[Place, float]]] = {}
    for place, level in spots:
        length = place.event.last - place.event.first
        days = 0 if length <= MONTH else -length if place.side == XL_LABEL_POSITION.RIGHT else length
        found.setdefault((place.event.row["status"], days), []).append((place, level))
    order = sorted(found, key=lambda one: (list(LOOKS).index(one[0]), abs(one[1]), one[1]))
    return [Group(status, days, found[status, days]) for status, days in order]


def _levels(lanes: Sequence[Lane], roomy: float) -> tuple[list[tuple[Place, float]], list[float]]:
    """Each place with its level, and the top of each lane, in inches below the top of the plot, as negative numbers."""
    spots, tops, top = [], [], 0.0
    for lane in lanes:
        tops.append(-top)
        for place in lane.places:
            below = lane.lines * LINE + STRIP / 2 if place.line is None else (place.line + 0.5) * LINE
            spots.append((place, -(top + (AIR / 2 + below) * roomy)))
        top += lane.height * roomy
    return spots, tops


def _columns(group: Group) -> list[Column]:
    events = [place.event for place, _ in group.spots]
    rows = [event.row for event in events]
    return [
        Column("day of the mark", [place.at for place, _ in group.spots], DAYS),
        Column(group.name, [level for _, level in group.spots]),
        Column("first day", [event.first for event in events], DAYS),
        Column("last day", [event.last for event in events], DAYS),
        Column("event", [clean(row["title"]) for row in rows]),
        Column("lane", [clean(row["lane"]) for row in rows]),
        Column("when", [period_in_words(row["start"], row["end"]) for row in rows]),
        Column("told as", [clean(row["status"]) for row in rows]),
        Column("who says so", [clean(row["attributed_to"]) for row in rows]),
        Column("source", [clean(row["source_id"]) for row in rows]),
        Column("id", [clean(row["event_id"]) for row in rows]),
    ]


def _columns_of_lanes(name: str, lanes: Sequence[Lane], levels: Sequence[float], left: float) -> list[Column]:
    names = Column("lane", [lane.name for lane in lanes])
    return [Column("left end", [left] * len(levels), DAYS), Column(name, list(levels)), names]


def _set_axes(chart: Any, ground: Ground, left: float, step: float, box: Box) -> None:
    """Years below, none of them under the names of the lanes; levels are not numbers and have no scale."""
    years = f'[<{int(ground.first) - 1}]"";yyyy'
    number_axis(chart.category_axis, left, ground.last, step, years, False)
    number_axis(chart.value_axis, -ground.plot.height, 0.0, ground.plot.height, THOUSANDS, False)
    chart.value_axis.visible = False
    outline(chart.category_axis.format.line, None)
    lay_out(chart._chartSpace.chart.plotArea, _share(ground.plot, box), inner=True)


def _share(place: Box, box: Box) -> Box:
    return Box(place.left / box.width, place.top / box.height, place.width / box.width, place.height / box.height)


def _dress(series: Any, group: Group) -> None:
    symbol, filled, _ = LOOKS[group.status]
    colour = STATUS_COLORS[group.status]
    outline(series.format.line, None)
    series.marker.style, series.marker.size = symbol, MARK
    paint(series.marker.format.fill, colour if filled else pale(colour, opacity=0))
    outline(series.marker.format.line, colour, 1.75)
    if group.days:
        way = "minus" if group.days < 0 else "plus"
        add_equal_errors(series, way, abs(group.days), tint(colour, 0.55), 3)
    for at, (place, _) in enumerate(group.spots):
        if place.title:
            bold = place.event.row["source_id"] == BRIEF
            label(series.points[at], [Words(place.title, SMALLEST, INK, bold)], place.side)


def _dress_lanes(between: Any, names: Any, lanes: Sequence[Lane], across: float) -> None:
    """The lines between lanes, and their names at the left end."""
    for series in (between, names):
        outline(series.format.line, None)
        series.marker.style = XL_MARKER_STYLE.NONE
    add_equal_errors(between, "plus", across, BORDER, 0.75)
    for at, lane in enumerate(lanes):
        label(names.points[at], [Words(lane.name, SMALLEST, MUTED, True)], XL_LABEL_POSITION.RIGHT)
