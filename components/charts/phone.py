"""Which words of a chart of counts have room on a phone? What has room there has it on every wider screen."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

import plotly.graph_objects as go

from components.static.letters import width_of_line
from components.theme import SMALL_SIZE, TEXT_SIZE

# Pixels of the chart as a whole: as high as a phone leaves it, less what a legend of several rows takes.
WIDTH, HEIGHT = 358, 520
# Height of a line of a name, and how far it is off its place, in pixels; air between words.
LINE, OFF, AIR = 1.3 * TEXT_SIZE, 8, 6


class Box(NamedTuple):
    """A name on the chart, in pixels from the left and from the foot of the chart."""

    left: float
    right: float
    foot: float


class Phone:
    """A figure as it is on a phone: where its days and numbers are, and how much room its names leave."""

    def __init__(self, figure: go.Figure, axes: dict[str, tuple[date, date]]) -> None:
        layout = figure.layout
        self.margin = layout.margin.l
        self.width = WIDTH - layout.margin.l - layout.margin.r
        self.height = HEIGHT - layout.margin.t - layout.margin.b
        self.axes = {name: (days, self._domain(layout, name)) for name, days in axes.items()}
        (self.low, self.high), self.domain = layout.yaxis.range, layout.yaxis.domain
        self.figure = figure

    def x(self, axis: str, day: date) -> float:
        """Pixels of a day from the left edge of the chart."""
        (first, last), (start, end) = self.axes[axis]
        return float(self.width * (start + (end - start) * ((day - first) / (last - first))))

    def has_room_left_of(self, axis: str, day: date, lines: Sequence[str]) -> bool:
        """Whether a name at the left of a day stays within the chart, or reaches no more than half over its numbers."""
        return bool(self.x(axis, day) - OFF - _widest(lines) >= -self.margin / 2)

    def room_above_foot(self, middle: float) -> float:
        """How many pixels upright words have above the foot of the chart, until a name is in their way."""
        half = SMALL_SIZE / 2 + AIR
        feet = [box.foot for box in self._boxes() if box.left - half < middle < box.right + half]
        return min(feet, default=self.height * (self.domain[1] - self.domain[0])) - AIR

    def _boxes(self) -> Iterator[Box]:
        """The boxes of the names that the figure has by now."""
        for trace in self.figure.data:
            if trace.name == "names":
                for day, number, text, side in zip(trace.x, trace.y, trace.text, trace.textposition, strict=True):
                    yield self._box(self.x(trace.xaxis or "x", day), float(number), text.split("<br>"), side)

    def _box(self, x: float, number: float, lines: Sequence[str], side: str) -> Box:
        wide = _widest(lines)
        part = (number - self.low) / (self.high - self.low)
        up = self.height * (self.domain[1] - self.domain[0]) * part
        foot = up + OFF if side.startswith("top") else up - OFF - len(lines) * LINE
        left = x + OFF if side.endswith("right") else x - OFF - wide
        return Box(left, left + wide, foot)

    @staticmethod
    def _domain(layout: go.Layout, name: str) -> tuple[float, float]:
        start, end = layout[f"xaxis{name[1:]}"].domain
        return float(start), float(end)


def _widest(lines: Sequence[str]) -> float:
    return max(width_of_line(line, TEXT_SIZE) for line in lines)


class Seat(NamedTuple):
    """How words above a period are set: their lines, the end of the period at which they are held, and by which side."""

    text: str
    place: str
    side: str


def seats_of(lines: Sequence[str], ends: Sequence[tuple[float, float]], width: float) -> list[Seat]:
    """Where the words of periods in a row are set: over the middle of each; where those of two would meet, or leave the
    chart, the one before their border and the other after it, in short lines where they have no room in one."""
    wide = [max(width_of_line(part, SMALL_SIZE) for part in text.split("<br>")) for text in lines]
    middles = [(first + last) / 2 for first, last in ends]
    boxes = [(middle - one / 2, middle + one / 2) for middle, one in zip(middles, wide, strict=True)]
    apart = all(before[1] + AIR <= after[0] for before, after in pairwise(boxes))
    if apart and all(left >= 0 and right <= width for left, right in boxes):
        return [Seat(text, "middle", "center") for text in lines]
    sides = ["left" if number else "right" for number in range(len(lines))] if len(lines) > 1 else ["right"]
    rooms = [last if side == "right" else width - first for side, (first, last) in zip(sides, ends, strict=True)]
    texts = [
        text if one + AIR <= room else text.replace("about ", "about<br>", 1)
        for text, one, room in zip(lines, wide, rooms, strict=True)
    ]
    return [Seat(text, "last" if side == "right" else "first", side) for text, side in zip(texts, sides, strict=True)]
