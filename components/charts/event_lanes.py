"""Where does each event stand on the timeline, and which ones carry their title? Events in, lanes of placed events out.

Titles go to the events that matter most, each on the first line of its lane where its span and its words touch nothing;
all others are ticks on thin lines below, as wide as their dates are uncertain, which touch each other nowhere either.
"""

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from components.static.letters import width_of_line
from components.theme import SMALL_SIZE
from data.record.dates import Span, span_between
from data.record.tables import BRIEF
from data.record.wording import Row

LANES = (
    "war",
    "prisoners",
    "returns",
    "joint operations",
    "talks",
    "law and organizations",
    "archives",
    "identification",
)
MARKED = {"fell through": " (plan, fell through)", "planned": " (plan)", "claimed": " (claim)"}
# Events with a title, and lines of titles in all lanes together, at most.
MOST_TITLES, MOST_LINES = 25, 22
# Pixels: half a mark, from a mark to its title, air after a title, half a tick, and half a sign of
# what did not happen as a fact, with their air.
HALF_MARK, GAP, AIR, HALF_TICK, HALF_SIGN = 6, 9, 8, 1.25, 4.5
# Heights in lines of titles: a line of ticks, the air above the first of them, the air of a lane.
TICK_LINE, TICK_AIR, LANE_AIR = 0.3, 0.12, 0.25
KEY = 1
# The order of setting titles may begin at this year, and go outwards.
MIDDLE = 1996
Dated = tuple[Row, Span]


class Scale(NamedTuple):
    """An axis of time: the days at its two ends, and its pixels."""

    first: date
    last: date
    pixels: float

    def at(self, day: date) -> float:
        """The pixel of a day."""
        return (day - self.first).days / max((self.last - self.first).days, 1) * self.pixels


class PlacedEvent(NamedTuple):
    """An event, its span, and its line: of titles, or of ticks where it has none.

    `title` is "after", "before" (to the left of the mark), "none" for a mark without words or "" for a tick.
    """

    row: Row
    span: Span
    line: int
    title: str


class Lane(NamedTuple):
    """A lane: its name, its events, the number of its lines with titles and of its lines of ticks."""

    name: str
    placed: list[PlacedEvent]
    lines: int
    tick_lines: int

    @property
    def height(self) -> float:
        """Height in lines of titles: a name has two lines where it is broken."""
        return max(self._taken, 1.0 + 0.8 * (" " in self.name)) + LANE_AIR

    def level_of_line(self, line: int) -> float:
        """How far down the lane a line of titles is."""
        return LANE_AIR / 2 + line + 0.5

    def level_of_ticks(self, line: int) -> float:
        """How far down the lane a line of ticks is; where there is room, as far from its head as from its foot."""
        free = self.height - LANE_AIR - self._taken
        head = self.lines + TICK_AIR if self.lines else free / 2
        return LANE_AIR / 2 + head + (line + 0.5) * TICK_LINE

    @property
    def _taken(self) -> float:
        """Height of its lines alone."""
        return self.lines + self.tick_lines * TICK_LINE + TICK_AIR * bool(self.lines and self.tick_lines)


Interval = tuple[float, float]


class _Lines:
    """Lines that fill up from the first: an interval goes to the first line where it touches nothing."""

    def __init__(self) -> None:
        self.taken: list[list[Interval]] = []

    def line_for(self, wanted: Interval) -> int:
        """The first line that is free; a new one where none is."""
        free = (number for number, line in enumerate(self.taken) if not _touches(line, wanted))
        return next(free, len(self.taken))

    def take(self, number: int, wanted: Interval) -> None:
        self.taken += [[]] if number == len(self.taken) else []
        insort(self.taken[number], wanted)


def _touches(line: list[Interval], wanted: Interval) -> bool:
    """Whether an interval touches one of those on a line, which are in order and apart: the ones beside it decide."""
    after = bisect_left(line, (wanted[1],))
    return after > 0 and line[after - 1][1] > wanted[0]


# Orders in which the titles of a lane are set: the one that needs the fewest lines is taken.
ORDERS: tuple[Callable[[Dated], Any], ...] = (
    lambda pair: pair[1].first,
    lambda pair: -pair[1].last.toordinal(),
    lambda pair: -len(pair[0]["title"]),
    lambda pair: (abs(pair[1].first.year - MIDDLE), pair[1].first),
    lambda pair: (pair[1].first.year % 5, pair[1].first),
    lambda pair: (pair[1].first.year % 3, pair[1].first),
)


def lanes_of(events: pd.DataFrame, scale: Scale, has_titles: bool = True) -> list[Lane]:
    """The lanes that have events, in their order; events without a date, or outside the scale, are left out.

    Titled are the most important ones, as many as the lines hold; without titles the key events are larger marks.
    """
    dated: list[Dated] = [(row, span) for row in events.to_dict("records") if (span := _span_within(row, scale))]
    ranked = sorted(dated, key=_by_importance)
    most = MOST_TITLES if has_titles else sum(row["importance"] == KEY for row, _ in dated)
    while True:
        titled = {
            name: _titled([pair for pair in ranked[:most] if pair[0]["lane"] == name], scale, has_titles)
            for name in LANES
        }
        if most == 0 or sum(_lines_of(placed) for placed in titled.values()) <= MOST_LINES:
            break
        most -= 1
    return [lane for name in LANES if (lane := _lane(name, titled[name], dated, scale)).placed]


def _lane(name: str, titled: list[PlacedEvent], dated: list[Dated], scale: Scale) -> Lane:
    """A lane: what carries its title, and all its other events as ticks."""
    has_seat, lines = {event.row["event_id"] for event in titled}, _Lines()
    rest = [pair for pair in dated if pair[0]["lane"] == name and pair[0]["event_id"] not in has_seat]
    ticks = [_tick(row, span, lines, scale) for row, span in sorted(rest, key=lambda pair: pair[1].first)]
    return Lane(name, titled + ticks, _lines_of(titled), len(lines.taken))


def _titled(wanted: list[Dated], scale: Scale, has_titles: bool) -> list[PlacedEvent]:
    """The events with their titles on as few lines as an order of setting them finds; those without room are left out."""
    best: list[PlacedEvent] = []
    for order in ORDERS:
        lines = _Lines()
        seated = [_seated(row, span, lines, scale, has_titles) for row, span in sorted(wanted, key=order)]
        placed = [event for event in seated if event]
        if not best or (-len(placed), _lines_of(placed)) < (-len(best), _lines_of(best)):
            best = placed
    return best


def _lines_of(placed: list[PlacedEvent]) -> int:
    return 1 + max((event.line for event in placed), default=-1)


def title_of(row: Row) -> str:
    """The title as it is written on the timeline: marked where the event did not happen, bold where the brief names it."""
    text = row["title"] + MARKED.get(row["status"], "")
    return f"<b>{text}</b>" if row["source_id"] == BRIEF else text


def _span_within(row: Row, scale: Scale) -> Span | None:
    span = span_between(row["start"], row["end"])
    return span if span and span.last >= scale.first and span.first <= scale.last else None


def _by_importance(pair: Dated) -> tuple[int, date, str]:
    row, span = pair
    return int(row["importance"]), span.first, str(row["event_id"])


def _seated(row: Row, span: Span, lines: _Lines, scale: Scale, has_titles: bool) -> PlacedEvent | None:
    """The event on the first line that has room for its mark and its title, on one side or the other."""
    seats = [
        (lines.line_for(wanted), side, wanted)
        for side, wanted in _seats(row, span, scale, has_titles)
        if wanted[0] >= -GAP and wanted[1] <= scale.pixels + AIR
    ]
    if not seats:
        return None
    line, side, wanted = min(seats, key=lambda seat: seat[0])
    lines.take(line, wanted)
    return PlacedEvent(row, span, line, side)


def _seats(row: Row, span: Span, scale: Scale, has_titles: bool) -> Iterable[tuple[str, Interval]]:
    """The places that a mark and its title can take, the better first."""
    start, end = scale.at(span.first) - HALF_MARK, scale.at(span.last) + HALF_MARK
    if not has_titles:
        return [("none", (max(start, -GAP), min(end, scale.pixels)))]
    width = width_of_line(title_of(row), SMALL_SIZE) + GAP - HALF_MARK + AIR
    return [("after", (start, end + width)), ("before", (start - width, end))]


def _tick(row: Row, span: Span, lines: _Lines, scale: Scale) -> PlacedEvent:
    half = HALF_TICK if row["status"] == "happened" else HALF_SIGN
    wanted = scale.at(span.first) - half, scale.at(span.last) + half
    line = lines.line_for(wanted)
    lines.take(line, wanted)
    return PlacedEvent(row, span, line, "")
