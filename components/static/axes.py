"""Where does a value stand on an axis, and which values carry a label? Linear axes and axes of dates, as SVG."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from components.static.pieces import Anchor, Font, Piece, Point, Spec, line_piece, text_block, text_width
from components.theme import MILLIONS, MUTED, SMALL_SIZE

# Length in pixels of the short line at a label.
TICK = 5
# Pixels that a label of an axis wants, across and up; months between labels of an axis of dates.
ROOM_ACROSS, ROOM_UP = 74, 46
MONTHS = (1, 3, 6, 12, 24, 60, 120, 240, 480)
# Air above the largest number, where the figure leaves the end of the axis open: names of marks and arrows stand there.
HEADROOM = 1.14
# Left, top, width and height of what lies between the axes.
PlotBox = tuple[float, float, float, float]
Ticks = list[tuple[float, str]]


@dataclass(frozen=True)
class Axis:
    """One axis: how the figure describes it, the values at its two ends, and at which pixels these stand."""

    spec: Spec
    is_horizontal: bool
    ends: Point
    pixels: Point

    @property
    def is_of_dates(self) -> bool:
        return self.spec.get("type") == "date"

    @property
    def is_visible(self) -> bool:
        return self.spec.get("visible") is not False

    def pixel(self, value: Any) -> float:
        """Where a value stands."""
        part = (to_number(value) - self.ends[0]) / ((self.ends[1] - self.ends[0]) or 1)
        return self.pixels[0] + part * (self.pixels[1] - self.pixels[0])

    def ticks(self) -> Ticks:
        """Values that carry a label, and the labels."""
        most = abs(self.pixels[1] - self.pixels[0]) / (ROOM_ACROSS if self.is_horizontal else ROOM_UP)
        most = max(2.0, min(most, float(self.spec.get("nticks") or most)))
        low, high = sorted(self.ends)
        ticks = _ticks_of_dates(low, high, most) if self.is_of_dates else _ticks_of_numbers(low, high, most, self.spec)
        return [(value, label) for value, label in ticks if low <= value <= high]


def to_number(value: Any) -> float:
    """A number or a day of the calendar, as a number."""
    return float(date.fromisoformat(value[:10]).toordinal()) if isinstance(value, str) else float(value)


def _ticks_of_dates(low: float, high: float, most: float) -> Ticks:
    first, last = date.fromordinal(int(low)), date.fromordinal(int(high))
    length = (last.year - first.year) * 12 + last.month - first.month
    step = next((step for step in MONTHS if length / step <= most), MONTHS[-1])
    begin = first.year * 12 // max(step, 12) * max(step, 12)
    days = [date(month // 12, month % 12 + 1, 1) for month in range(begin, last.year * 12 + 12, step)]
    return [(day.toordinal(), f"{day:%Y}" if step >= 12 or day.month == 1 else f"{day:%b}") for day in days]


def _ticks_of_numbers(low: float, high: float, most: float, spec: Spec) -> Ticks:
    least = max((high - low) / most, float(spec.get("dtick") or 0), 1e-9)
    scale = 10 ** math.floor(math.log10(least))
    step = next(part * scale for part in (1, 2, 5, 10) if part * scale >= least * 0.999)
    written = str(spec.get("tickformat") or "")
    if written.endswith(MILLIONS):
        sign = written.removesuffix(MILLIONS)
        return [(value, f"{sign}{value / 1_000_000:g}M" if value else f"{sign}0") for value in _steps(low, high, step)]
    number_format = ",.0f" if "," in written else ".10g"
    return [(value, format(value, number_format)) for value in _steps(low, high, step)]


def _steps(low: float, high: float, step: float) -> list[float]:
    count = int((high - low) / step) + 2
    return [step * (math.ceil(low / step) + number) for number in range(count)]


def ends_of_axis(figure: Spec, name: str) -> Point:
    """The values at the two ends of an axis: as the figure says or, where it says nothing, from its numbers."""
    spec = figure["layout"].get(name, {})
    if spec.get("range"):
        first, last = spec["range"]
        return to_number(first), to_number(last)
    numbers = _numbers_on(figure["data"], name[0])
    if name.startswith("x"):
        return min(numbers) - 0.5, max(numbers) + 0.5
    return 0.0, max([*numbers, 1]) * HEADROOM


def _numbers_on(traces: Sequence[Spec], axis: str) -> list[float]:
    return [to_number(value) for trace in traces for value in trace.get(axis, []) if value is not None]


def grid_of(axis: Axis, box: PlotBox) -> list[Piece]:
    """The lines across the plot at the labels of an axis, and the line at the foot of the plot."""
    left, top, wide, high = box
    spec, lines = axis.spec, []
    if spec.get("showgrid") is not False and spec.get("gridcolor"):
        for value, _ in axis.ticks():
            at = axis.pixel(value)
            ends = ((at, top), (at, top + high)) if axis.is_horizontal else ((left, at), (left + wide, at))
            zero_color = spec.get("zerolinecolor") if value == 0 else None
            lines.append(line_piece(*ends, zero_color or spec["gridcolor"], 1))
    if spec.get("linecolor"):
        lines.append(line_piece((left, top + high), (left + wide, top + high), spec["linecolor"], 1))
    return lines


def labels_of_axis(axis: Axis, box: PlotBox, width: float) -> list[Piece]:
    """The labels of an axis, with their short lines where the figure asks for them; without those that the edge of a sheet
    so wide would cut."""
    placed = [(axis.pixel(value), label) for value, label in axis.ticks()]
    if axis.is_horizontal:
        half = {label: text_width(label, _font_of(axis).size) / 2 for _, label in placed}
        placed = [(at, label) for at, label in placed if half[label] <= at <= width - half[label]]
    return [piece for at, label in placed for piece in _tick(axis, box, at, label)]


def _font_of(axis: Axis) -> Font:
    spec = axis.spec.get("tickfont", {})
    return Font(float(spec.get("size", SMALL_SIZE)), str(spec.get("color", MUTED)))


def _tick(axis: Axis, box: PlotBox, at: float, label: str) -> list[Piece]:
    left, top, _, high = box
    font = _font_of(axis)
    if not axis.is_horizontal:
        return [text_block([label], (left - TICK - 2, at), font, Anchor("right"))]
    is_above = axis.spec.get("side") == "top"
    edge = top if is_above else top + high
    middle = edge + (-font.size if is_above else TICK + font.size * 0.8)
    text = text_block([label], (at, middle), font, Anchor("center"))
    return (
        [text, line_piece((at, edge), (at, edge + TICK), axis.spec["tickcolor"], 1)]
        if axis.spec.get("ticks")
        else [text]
    )
