"""How does a drawing stand where no script runs, on paper or on a page that is there at once? A Plotly figure of marks, lines and bars in, static SVG out.

Drawn again for the width of the sheet instead of copied from the screen: so that it is whole at any size of window, and
its words keep their size. It knows what the figures of `charts`, `timeline` and `flat_map` are made of: scatter traces of
lines, markers and words, stacked bars, lines and rectangles with their words, annotations, a legend, linear axes and axes of dates.
"""

import json
import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape, unescape
from itertools import groupby, pairwise
from typing import Any, NamedTuple

import plotly.graph_objects as go

from components.theme import INK, MUTED, PAPER, SMALL_SIZE, TEXT_SIZE, tint

Entry = dict[str, Any]
Point = tuple[float, float]
Link = Callable[[str], str]
# Mean width of a letter and height of a line, as parts of the size of the type.
LETTER, LEADING = 0.5, 1.3
TICK, LEGEND_ROW, SWATCH, BETWEEN = 5, 21, 22, 18
# Pixels that a label of an axis wants, across and up; months between labels of an axis of dates.
ROOM_ACROSS, ROOM_UP = 74, 46
MONTHS = (1, 3, 6, 12, 24, 60, 120, 240, 480)
# Air above the largest number, where the figure leaves the end of the axis open: names of marks and arrows stand there.
HEADROOM = 1.14
# A drawing that is too tall is cut where nothing stands this near, at the edge of a shaded band where there is one in the
# lower part of the piece; what is taller by a little only is not cut, and may be drawn smaller.
CLEAR, LOWER_PART, LITTLE_MORE = 3, 0.55, 1.12
# Radius of what can be pressed around a mark that leads to its row.
REACH = 15
MARKUP = re.compile(r"<[^>]*>")
ENDS = {"left": "start", "center": "middle", "right": "end"}


class Piece(NamedTuple):
    """A part of a drawing, and from where to where it reaches down the sheet."""

    top: float
    bottom: float
    svg: str
    is_band: bool = False


@dataclass(frozen=True)
class Axis:
    """One axis: what stands at its two ends, and at which pixels these are."""

    told: Entry
    ends: Point
    pixels: Point

    @property
    def is_of_dates(self) -> bool:
        return self.told.get("type") == "date"

    def pixel(self, value: Any) -> float:
        """Where a value stands."""
        part = (number(value) - self.ends[0]) / ((self.ends[1] - self.ends[0]) or 1)
        return self.pixels[0] + part * (self.pixels[1] - self.pixels[0])

    def ticks(self) -> list[tuple[float, str]]:
        """Values that carry a label, and the labels."""
        wanted = abs(self.pixels[1] - self.pixels[0]) / (ROOM_ACROSS if self.told["across"] else ROOM_UP)
        wanted = max(2.0, min(wanted, float(self.told.get("nticks") or wanted)))
        low, high = sorted(self.ends)
        found = _months(low, high, wanted) if self.is_of_dates else _steps(low, high, wanted, self.told)
        return [(value, said) for value, said in found if low <= value <= high]


def number(value: Any) -> float:
    """A number or a day of the calendar, as a number."""
    return float(date.fromisoformat(value[:10]).toordinal()) if isinstance(value, str) else float(value)


def _months(low: float, high: float, wanted: float) -> list[tuple[float, str]]:
    first, last = date.fromordinal(int(low)), date.fromordinal(int(high))
    length = (last.year - first.year) * 12 + last.month - first.month
    step = next((step for step in MONTHS if length / step <= wanted), MONTHS[-1])
    begin = first.year * 12 // max(step, 12) * max(step, 12)
    days = [date(at // 12, at % 12 + 1, 1) for at in range(begin, last.year * 12 + 12, step)]
    return [(day.toordinal(), f"{day:%Y}" if step >= 12 or day.month == 1 else f"{day:%b}") for day in days]


def _steps(low: float, high: float, wanted: float, told: Entry) -> list[tuple[float, str]]:
    raw = max((high - low) / wanted, float(told.get("dtick") or 0), 1e-9)
    scale = 10 ** math.floor(math.log10(raw))
    step = next(part * scale for part in (1, 2, 5, 10) if part * scale >= raw * 0.999)
    form = ",.0f" if "," in str(told.get("tickformat") or "") else ".10g"
    count = int((high - low) / step) + 2
    return [(value, format(value, form)) for value in (step * (math.ceil(low / step) + n) for n in range(count))]


@dataclass
class Drawing:
    """A figure laid out at a width: the sheet, its axes, and the parts in the order in which they lie on each other."""

    figure: Entry
    width: float
    link: Link | None = None
    margin: dict[str, float] = field(default_factory=dict)
    height: float = 0
    under: list[Piece] = field(default_factory=list)
    clipped: list[Piece] = field(default_factory=list)
    over: list[Piece] = field(default_factory=list)
    legend: list[str] = field(default_factory=list)
    axis_words: list[Piece] = field(default_factory=list)

    def __post_init__(self) -> None:
        told = self.layout.get("margin", {})
        self.margin = {side: float(told.get(side, 8)) for side in "lrtb"}
        self.height = float(self.layout["height"])
        entries = _entries(self.figure) if self.layout.get("showlegend") else []
        self._make_room(entries)
        for name in [name for name in self.layout if name.startswith(("xaxis", "yaxis"))]:
            _draw_axis(self, name)
        for shape in self.layout.get("shapes", []):
            drawn = _shape(self, shape)
            self.under.append(drawn)
            if shape.get("label", {}).get("text"):
                self.over.append(_label_of_shape(self, shape, drawn))
        for trace in self.figure["data"]:
            (self.over if trace.get("cliponaxis") is False else self.clipped).extend(_trace(self, trace))
        for words in self.layout.get("annotations", []):
            self.over.extend(_annotation(self, words))
        self._write_legend(entries)

    @property
    def layout(self) -> Entry:
        return dict(self.figure["layout"])

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, width and height of what lies between the axes."""
        left, top = self.margin["l"], self.margin["t"]
        return left, top, self.width - left - self.margin["r"], self.height - top - self.margin["b"]

    @property
    def words_above(self) -> bool:
        """Whether the words of the axis stand above the plot."""
        return bool(self.layout.get("xaxis", {}).get("side") == "top")

    def axis(self, name: str) -> Axis:
        """An axis by its name in the layout, as xaxis or yaxis2."""
        told = {**self.layout.get(name, {}), "across": name.startswith("x")}
        left, top, wide, high = self.box
        from_, to = told.get("domain", (0, 1))
        across = (left + from_ * wide, left + to * wide)
        pixels = across if told["across"] else (top + high - from_ * high, top + high - to * high)
        return Axis(told, _ends(self.figure, name), pixels)

    def at(self, ref: str, value: Any) -> float:
        """The pixel of a value on what the figure names as x, y2, paper or y domain."""
        left, top, wide, high = self.box
        if ref.startswith("paper"):
            return left + float(value) * wide if ref == "paper x" else top + high - float(value) * high
        name, _, domain = ref.partition(" ")
        axis = self.axis(f"{name[0]}axis{name[1:]}")
        if domain:
            return axis.pixels[0] + float(value) * (axis.pixels[1] - axis.pixels[0])
        return axis.pixel(value)

    def _make_room(self, entries: list[Entry]) -> None:
        """Margins for the words of the axes and for a legend above the plot, which then grows the sheet."""
        for name in [name for name in self.layout if name.startswith("yaxis")]:
            axis = self.axis(name)
            if axis.told.get("visible") is not False:
                widest = max((len(said) for _, said in axis.ticks()), default=0)
                self.margin["l"] = max(self.margin["l"], widest * SMALL_SIZE * LETTER + TICK + 6)
        if entries and self.layout.get("legend", {}).get("yanchor") == "bottom":
            rows = max(row for row, _, _ in self._seats(entries)) + 1
            more = max(0.0, rows * LEGEND_ROW + 12 - self.margin["t"])
            self.margin["t"] += more
            self.height += max(0.0, more - LEGEND_ROW - 12)

    def _seats(self, entries: list[Entry]) -> Iterator[tuple[int, float, Entry]]:
        """Row, left edge and trace of each entry of the legend."""
        fixed = self.layout.get("legend", {}).get("entrywidth")
        row, left = 0, 0.0
        for trace in entries:
            needs = float(fixed) + 46 if fixed else SWATCH + width_of(trace["name"], SMALL_SIZE) + BETWEEN
            if left and left + needs > self.box[2] + 1:
                row, left = row + 1, 0.0
            yield row, left, trace
            left += needs

    def _write_legend(self, entries: list[Entry]) -> None:
        above = self.layout.get("legend", {}).get("yanchor") == "bottom"
        seats = list(self._seats(entries))
        rows = max((row for row, _, _ in seats), default=0) + 1
        left, top, _, high = self.box
        first = top - rows * LEGEND_ROW - 4 if above else top + high + 8
        for row, x, trace in seats:
            y = first + (row + 0.5) * LEGEND_ROW
            self.legend.append(_swatch(trace, left + x + SWATCH / 2 - 3, y))
            self.legend.append(_line_of_text(trace["name"], left + x + SWATCH, y, SMALL_SIZE, INK))


def svgs_of(
    figure: go.Figure, name: str, width: float, room: Sequence[float] = (), link: Link | None = None
) -> list[str]:
    """The figure as static SVG with a name for those who do not see it, as wide as it says itself or as `width`.

    `room` is the height of the first piece and of each further one: what is taller by more than a little is cut between
    its rows, and each piece has the words of the axis. `link` gives the address of a row by its id: marks lead there, and
    say what they are to the pointer; whoever shows such a drawing names it. None where the figure holds nothing. ValueError for a figure made of what is not
    known here.
    """
    told = json.loads(str(figure.to_json()))
    if not told["data"] or "height" not in told["layout"]:
        return []
    drawing = Drawing(told, float(told["layout"].get("width") or width), link)
    is_tall = bool(room) and drawing.height > max(room) * LITTLE_MORE
    cuts = _cuts(drawing, room) if is_tall else [0.0, drawing.height]
    pairs = list(pairwise(cuts))
    names = [f"{name} ({n} of {len(pairs)})" if len(pairs) > 1 else name for n in range(1, len(pairs) + 1)]
    return [_sheet(drawing, said, top, bottom) for said, (top, bottom) in zip(names, pairs, strict=True)]


def _sheet(drawing: Drawing, name: str, top: float, bottom: float) -> str:
    """What of a drawing lies between two heights, with the words of its axis, which stand above or below all of it."""
    left, box_top, box_wide, box_high = drawing.box
    above = drawing.words_above
    head = box_top if above and top else 0.0
    foot = drawing.margin["b"] if not above and bottom < drawing.height else 0.0
    words = "".join(piece.svg for piece in drawing.axis_words)
    wide, high = drawing.width, bottom - top
    inner = [
        *_within(drawing.under, top, bottom),
        f'<svg x="{left:g}" y="{box_top:g}" width="{box_wide:g}" height="{box_high:g}" viewBox="{left:g} {box_top:g} {box_wide:g} {box_high:g}">',
        *_within(drawing.clipped, top, bottom),
        "</svg>",
        *_within(drawing.over, top, bottom),
        *(drawing.legend if not (head or foot) else []),
        words if not (head or foot) else "",
    ]
    if head or foot or top:
        place = f'y="{head:g}" width="{wide:g}" height="{high:g}" viewBox="0 {top:g} {wide:g} {high:g}"'
        inner = [f"<svg {place}>", *inner, "</svg>"]
        shift = high - (box_top + box_high) if foot else 0
        inner += [f'<g transform="translate(0 {shift:g})">{words}</g>'] if head or foot else []
    box = f'viewBox="0 0 {wide:g} {high + head + foot:g}"'
    if drawing.link:
        return f"<svg {box}>{''.join(inner)}</svg>"
    return f'<svg role="img" {box}><title>{escape(name)}</title>{"".join(inner)}</svg>'


def _within(pieces: Sequence[Piece], top: float, bottom: float) -> list[str]:
    return [piece.svg for piece in pieces if piece.bottom > top and piece.top < bottom]


def _cuts(drawing: Drawing, room: Sequence[float]) -> list[float]:
    """Heights at which a drawing is cut, so that no word, mark or arrow is cut with it."""
    taken = [(piece.top - CLEAR, piece.bottom + CLEAR) for piece in [*drawing.clipped, *drawing.over]]
    edges = [edge for piece in drawing.under for edge in (piece.top, piece.bottom) if piece.is_band]
    words = drawing.margin["t"] if drawing.words_above else drawing.margin["b"]
    cuts = [0.0]
    while drawing.height - cuts[-1] > (has := room[min(len(cuts), len(room)) - 1]):
        start, end = cuts[-1], cuts[-1] + has - words
        heights = [edge for edge in edges if start + (end - start) * LOWER_PART < edge <= end]
        free = (float(y) for y in range(int(end), int(start), -1) if not any(top < y < foot for top, foot in taken))
        cuts.append(max(heights) if heights else next(free, end))
    return [*cuts, drawing.height]


def _entries(figure: Entry) -> list[Entry]:
    """Traces that the legend names; those of a strip of their own, under the plot, name themselves."""
    named = [
        trace
        for trace in figure["data"]
        if trace.get("name") and trace.get("showlegend") is not False and trace.get("yaxis", "y") == "y"
    ]
    return sorted(named, key=lambda trace: trace.get("legendrank", 99))


def _ends(figure: Entry, name: str) -> Point:
    """What stands at the two ends of an axis: as the figure says or, where it says nothing, from its numbers."""
    told = figure["layout"].get(name, {})
    if told.get("range"):
        first, last = told["range"]
        return number(first), number(last)
    numbers = _numbers(figure, name[0])
    if name.startswith("x"):
        return min(numbers) - 0.5, max(numbers) + 0.5
    return 0.0, max([*numbers, 1]) * HEADROOM


def _numbers(figure: Entry, axis: str) -> list[float]:
    """All numbers on an axis, bars that stand on each other added up."""
    sums: dict[Any, float] = {}
    found = []
    for trace in figure["data"]:
        values = trace.get(axis, [])
        if trace["type"] == "bar" and axis == "y":
            for x, y in zip(trace["x"], values, strict=True):
                sums[x] = sums.get(x, 0) + number(y)
        else:
            found += [number(value) for value in values if value is not None]
    return [*found, *sums.values()]


def _draw_axis(drawing: Drawing, name: str) -> None:
    axis = drawing.axis(name)
    told = axis.told
    if told.get("visible") is False:
        return
    left, top, wide, high = drawing.box
    for value, said in axis.ticks():
        at = axis.pixel(value)
        across = (left, at, left + wide, at) if not told["across"] else (at, top, at, top + high)
        if told.get("showgrid") is not False and told.get("gridcolor"):
            colour = told.get("zerolinecolor") if value == 0 else None
            drawing.under.append(_line(*across, colour or told["gridcolor"], 1))
        (drawing.axis_words if told["across"] else drawing.over).extend(_tick(drawing, told, at, said))
    if told.get("linecolor"):
        drawing.under.append(_line(left, top + high, left + wide, top + high, told["linecolor"], 1))


def _tick(drawing: Drawing, told: Entry, at: float, said: str) -> list[Piece]:
    left, top, _, high = drawing.box
    font = told.get("tickfont", {})
    size, colour = float(font.get("size", SMALL_SIZE)), str(font.get("color", MUTED))
    if not told["across"]:
        return [_words([said], left - TICK - 2, at, size, colour, Held("right"))]
    above = told.get("side") == "top"
    edge = top if above else top + high
    words = _words([said], at, edge + (-size if above else TICK + size * 0.8), size, colour, Held("center"))
    return [words, *([_line(at, edge, at, edge + TICK, told["tickcolor"], 1)] if told.get("ticks") else [])]


def _shape(drawing: Drawing, shape: Entry) -> Piece:
    x_ref, y_ref = _ref(shape, "x"), _ref(shape, "y")
    x0, x1 = sorted(drawing.at(x_ref, shape[name]) for name in ("x0", "x1"))
    y0, y1 = sorted(drawing.at(y_ref, shape[name]) for name in ("y0", "y1"))
    line = shape.get("line", {})
    if shape["type"] == "line":
        return _line(x0, y0, x1, y1, line.get("color", MUTED), line.get("width", 1))
    if shape["type"] != "rect":
        raise ValueError(f"no way to draw the shape {shape['type']}")
    stroke = f' stroke="{line["color"]}"' if line.get("width") and line.get("color") else ""
    fill = shape.get("fillcolor") or "none"
    rectangle = f'<rect x="{x0:.1f}" y="{y0:.1f}" width="{x1 - x0:.1f}" height="{y1 - y0:.1f}" fill="{fill}"{stroke}/>'
    return Piece(y0, y1, rectangle, is_band=True)


def _label_of_shape(drawing: Drawing, shape: Entry, drawn: Piece) -> Piece:
    """Words at the foot of a shape, in its middle, at the angle that the figure says."""
    label, ref = shape["label"], _ref(shape, "x")
    if label["textposition"] != "bottom center":
        raise ValueError(f"no way to set words at the {label['textposition']} of a shape")
    middle = (drawing.at(ref, shape["x0"]) + drawing.at(ref, shape["x1"])) / 2
    held = Held("center", "bottom", angle=float(label.get("textangle", 0)), align="center")
    font = label["font"]
    foot = drawn.bottom - float(label.get("padding", 0))
    return _words([label["text"]], middle, foot, float(font["size"]), font["color"], held)


def _ref(told: Entry, axis: str) -> str:
    ref = str(told.get(f"{axis}ref", axis))
    return f"paper {axis}" if ref == "paper" else ref


def _trace(drawing: Drawing, trace: Entry) -> Iterator[Piece]:
    if trace["type"] == "bar":
        yield from _bars(drawing, trace)
        return
    mode = set(str(trace.get("mode", "")).split("+"))
    if trace["type"] != "scatter" or not mode <= {"lines", "markers", "text"}:
        raise ValueError(f"no way to draw a trace of {trace['type']}, {trace.get('mode')}")
    points = _points(drawing, trace)
    if "lines" in mode:
        yield from _lines(trace, points)
    if "text" in mode:
        yield from _names(trace, points)
    if "markers" in mode and trace["marker"].get("opacity") != 0:
        marks = [
            (index, point, _mark(_look(trace["marker"], index), *point)) for index, point in enumerate(points) if point
        ]
        for row_id, of_row in groupby(marks, lambda mark: _row_of(trace, mark[0]) if drawing.link else mark[0]):
            several = list(of_row)
            svg = "".join(mark for _, _, (mark, _) in several)
            (index, at, _), top = several[0], min(point[1] - reach for _, point, (_, reach) in several)
            svg = _linked(drawing.link, trace, index, at, svg) if drawing.link and row_id else svg
            yield Piece(top, max(point[1] + reach for _, point, (_, reach) in several), svg)


def _names(trace: Entry, points: list[Point | None]) -> Iterator[Piece]:
    """The words of a trace, each on its side of its mark, as far off as Plotly sets them."""
    off = float(trace["marker"]["size"]) / 2 / 0.8 + 1
    font = trace["textfont"]
    for point, text, side in zip(points, trace["text"], trace["textposition"], strict=True):
        height, _, way = side.partition(" ")
        if not point or (height not in ("top", "bottom") or way not in ("left", "right")):
            raise ValueError(f"no way to set words at {side}")
        x, y = point[0] + (off if way == "right" else -off), point[1] + (off if height == "bottom" else -off)
        held = Held(
            {"left": "right", "right": "left"}[way], {"top": "bottom", "bottom": "top"}[height], tint(PAPER, 0.85)
        )
        yield _words(re.split(r"<br\s*/?>", text), x, y, float(font["size"]), font["color"], held)


def _row_of(trace: Entry, index: int) -> str:
    """The id of the row that a mark stands for; empty for a mark without one."""
    ids = trace.get("customdata")
    return str(ids[index]) if ids else ""


def _linked(link: Link, trace: Entry, index: int, at: Point, svg: str) -> str:
    """A mark that leads to its row, where it has one, and says in its title what the pointer is told of it."""
    texts = trace.get("text") or trace.get("hovertemplate", "")
    told = texts[index] if isinstance(texts, list) else texts.replace("<extra></extra>", "")
    said = escape(unescape(MARKUP.sub("", told.replace("<br>", " "))))
    reach = f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{REACH}" fill="transparent"/>'
    return f'<a href="{escape(link(_row_of(trace, index)))}"><title>{said}</title>{reach}{svg}</a>'


def _points(drawing: Drawing, trace: Entry) -> list[Point | None]:
    """The pixels of a trace; None where its line breaks off."""
    x_axis = drawing.axis("xaxis" + str(trace.get("xaxis", "x"))[1:])
    y_axis = drawing.axis("yaxis" + str(trace.get("yaxis", "y"))[1:])
    pairs = zip(trace["x"], trace["y"], strict=True)
    return [None if x is None or y is None else (x_axis.pixel(x), y_axis.pixel(y)) for x, y in pairs]


def _lines(trace: Entry, points: list[Point | None]) -> Iterator[Piece]:
    runs: list[list[Point]] = [[]]
    for point in points:
        runs.append([]) if point is None else runs[-1].append(point)
    runs = [run for run in runs if len(run) > 1]
    if not runs:
        return
    line, closed = trace.get("line", {}), trace.get("fill") == "toself"
    paths = ["M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in run) + ("Z" if closed else "") for run in runs]
    heights = [y for run in runs for _, y in run]
    fill = trace.get("fillcolor") if closed else None
    look = f'fill="{fill or "none"}" stroke="{line.get("color", MUTED)}" stroke-width="{line.get("width", 2):g}" opacity="{trace.get("opacity", 1):g}"'
    yield Piece(min(heights) - 1, max(heights) + 1, f'<path d="{"".join(paths)}" {look}/>')


def _look(marker: Entry, index: int) -> Entry:
    """The look of one mark of a trace: of each list the entry that is its own; its radius in pixels."""
    one = {name: cell[index] if isinstance(cell, list) else cell for name, cell in marker.items()}
    size = float(one.get("size", 6))
    is_area = one.get("sizemode") == "area"
    return {**one, "radius": math.sqrt(size / 2 / one["sizeref"]) if is_area else size / 2}


def _mark(look: Entry, x: float, y: float) -> tuple[str, float]:
    """One mark as SVG, and how far it reaches."""
    symbol, is_open = re.subn(r"-open$", "", str(look.get("symbol", "circle")))
    radius, line = look["radius"], look.get("line", {})
    shape = OUTLINES.get(symbol)
    if shape is None:
        raise ValueError(f"no way to draw the mark {look.get('symbol')}")
    colour = look["color"]
    stroke = colour if is_open else line.get("color", colour)
    width = line.get("width", 1 if is_open else 0)
    turn = f" rotate({look['angle']}) translate(0 {look.get('standoff', 0):g})" if "angle" in look else ""
    drawn = f'<path transform="translate({x:.1f} {y:.1f}){turn}" d="{shape(radius)}" fill="{"none" if is_open else colour}" stroke="{stroke}" stroke-width="{width:g}"/>'
    return drawn, radius


def _polygon(*corners: Point) -> Any:
    return lambda r: "M" + "L".join(f"{x * r:.2f} {y * r:.2f}" for x, y in corners) + "Z"


def _circle(r: float) -> str:
    return f"M{-r:.2f} 0A{r:.2f} {r:.2f} 0 1 0 {r:.2f} 0A{r:.2f} {r:.2f} 0 1 0 {-r:.2f} 0Z"


ARM = 0.4
CROSS = [(-ARM, -1.2), (ARM, -1.2), (ARM, -ARM), (1.2, -ARM), (1.2, ARM), (ARM, ARM)]
CROSS += [(-x, -y) for x, y in CROSS]
# Outlines of the marks by their names in Plotly, at the proportions that they have there.
OUTLINES: dict[str, Any] = {
    "circle": _circle,
    "square": _polygon((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "diamond": _polygon((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
    "triangle-up": _polygon((-1.15, 0.5), (1.15, 0.5), (0, -1)),
    "cross": _polygon(*CROSS),
    "x": _polygon(*(((x - y) * 0.71, (x + y) * 0.71) for x, y in CROSS)),
    "x-thin": lambda r: f"M{-r:.2f} {-r:.2f}L{r:.2f} {r:.2f}M{-r:.2f} {r:.2f}L{r:.2f} {-r:.2f}",
    "line-ns": lambda r: f"M0 {-1.4 * r:.2f}L0 {1.4 * r:.2f}",
    "arrow": _polygon((0, 0), (-1, 2), (1, 2)),
    "arrow-down": _polygon((0, 0), (-1, -2), (1, -2)),
}


def _bars(drawing: Drawing, trace: Entry) -> Iterator[Piece]:
    """Bars that stand on those of the traces before, each with its number where there is room."""
    x_axis, y_axis = drawing.axis("xaxis"), drawing.axis("yaxis")
    half = (1 - float(drawing.layout.get("bargap", 0.2))) / 2
    before = drawing.figure["data"][: drawing.figure["data"].index(trace)]
    for x, y, said in zip(trace["x"], trace["y"], trace["text"], strict=True):
        below = sum(other["y"][place] for other in before for place, other_x in enumerate(other["x"]) if other_x == x)
        left, right = x_axis.pixel(x - half), x_axis.pixel(x + half)
        top, bottom = y_axis.pixel(below + y), y_axis.pixel(below)
        colour = trace["marker"]["color"]
        bar = _filled(left, top, right - left, bottom - top, trace["marker"])
        if bottom - top > SMALL_SIZE and right - left > width_of(said, SMALL_SIZE):
            bar += _line_of_text(said, (left + right) / 2, (top + bottom) / 2, SMALL_SIZE, _on(colour), "center")
        yield Piece(top, bottom, bar)


def _filled(left: float, top: float, wide: float, high: float, marker: Entry) -> str:
    """A rectangle in its colour and, over it, its pattern as strokes that end at its edges."""
    box = f'x="{left:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{high:.1f}"'
    pattern, edge = marker["pattern"], marker["line"]
    strokes = STROKES[pattern["shape"]](left, top, wide, high) if pattern["shape"] else ""
    look = f'stroke="{pattern["fgcolor"]}" stroke-opacity="{pattern["fgopacity"]}" stroke-width="1.4"'
    over = f'<path d="{strokes}" {look}/>' if strokes else ""
    return f'<rect {box} fill="{marker["color"]}"/>{over}<rect {box} fill="none" stroke="{edge["color"]}" stroke-width="{edge["width"]}"/>'


def _slanted(left: float, top: float, wide: float, high: float, step: float = 9) -> str:
    """Lines that rise to the right, cut at the edges."""
    told = ""
    for number in range(1, int((wide + high) / step) + 1):
        far = number * step
        x0, y0 = left + max(0, far - high), top + min(far, high)
        x1, y1 = left + min(far, wide), top + max(0, far - wide)
        told += f"M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}"
    return told


def _level(left: float, top: float, wide: float, high: float, step: float = 7) -> str:
    rows = (top + number * step for number in range(1, math.ceil(high / step)))
    return "".join(f"M{left:.1f} {y:.1f}h{wide:.1f}" for y in rows)


def _upright(left: float, top: float, wide: float, high: float, step: float = 7) -> str:
    columns = (left + number * step for number in range(1, math.ceil(wide / step)))
    return "".join(f"M{x:.1f} {top:.1f}v{high:.1f}" for x in columns)


def _dotted(left: float, top: float, wide: float, high: float, step: float = 7) -> str:
    across, down = range(1, math.ceil(wide / step)), range(1, math.ceil(high / step))
    return "".join(f"M{left + i * step - 0.7:.1f} {top + j * step:.1f}h1.4" for j in down for i in across)


# Strokes of the patterns of Plotly that the drawings use; a crossed one is told by a grid.
STROKES: dict[str, Callable[..., str]] = {
    "/": _slanted,
    "-": _level,
    ".": _dotted,
    "x": lambda *box: _level(*box) + _upright(*box),
}


def _on(colour: str) -> str:
    """White or ink, whichever stands out more on a colour."""
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return PAPER if 0.299 * red + 0.587 * green + 0.114 * blue < 140 else INK


def _annotation(drawing: Drawing, told: Entry) -> Iterator[Piece]:
    x = drawing.at(_ref(told, "x"), told["x"]) + told.get("xshift", 0)
    y = drawing.at(_ref(told, "y"), told["y"]) - told.get("yshift", 0)
    if told.get("showarrow") is not False:
        yield _arrow(told, x, y)
    if told.get("text"):
        font = told.get("font", {})
        lines = re.split(r"<br\s*/?>", told["text"])
        names = {"side": "xanchor", "height": "yanchor", "ground": "bgcolor", "angle": "textangle", "align": "align"}
        held = Held("center")._replace(**{name: told[key] for name, key in names.items() if told.get(key)})
        size, colour = float(font.get("size", TEXT_SIZE)), str(font.get("color", INK))
        yield _words(lines, x, y, size, colour, held if held.align else held._replace(align="center"))


def _arrow(told: Entry, x: float, y: float) -> Piece:
    """An arrow whose head is at a point and whose tail stands as many pixels off as the figure says."""
    tail_x, tail_y = x + float(told.get("ax", 0)), y + float(told.get("ay", 0))
    colour, width = told.get("arrowcolor", INK), float(told.get("arrowwidth", 1.5))
    turn = math.degrees(math.atan2(y - tail_y, x - tail_x))
    head = 3.6 * width
    svg = f'<path d="M{tail_x:.1f} {tail_y:.1f}L{x:.1f} {y:.1f}" stroke="{colour}" stroke-width="{width:g}"/><path transform="translate({x:.1f} {y:.1f}) rotate({turn:.0f})" d="M{-head:g} {-head / 2:g}L0 0L{-head:g} {head / 2:g}" fill="none" stroke="{colour}" stroke-width="{width:g}"/>'
    return Piece(min(y, tail_y) - 3, max(y, tail_y) + 3, svg)


def width_of(text: str, size: float) -> float:
    """About how wide a line of text stands, in pixels."""
    return len(re.sub(r"</?b>", "", text)) * size * LETTER


class Held(NamedTuple):
    """How lines of text are held at a point: by one side, and by their head, middle or foot; on which ground, at which
    angle, and to which side their lines are set."""

    side: str = "left"
    height: str = "middle"
    ground: str = ""
    angle: float = 0
    align: str = ""


def _words(lines: list[str], x: float, y: float, size: float, colour: str, held: Held) -> Piece:
    """Lines of text at a point."""
    high, wide = len(lines) * size * LEADING, max(width_of(line, size) for line in lines)
    top = y - {"top": 0.0, "middle": high / 2, "bottom": high}[held.height]
    left = x - {"left": 0.0, "center": wide / 2, "right": wide}[held.side]
    if held.angle:
        top = y - {"bottom": wide / 2, "middle": 0.0, "top": -wide / 2}[held.height] - high / 2
        left = x - wide / 2
    align = held.align if held.align and len(lines) > 1 else held.side
    edge = {"left": left, "center": left + wide / 2, "right": left + wide}[align]
    middles = [top + (row + 0.5) * size * LEADING for row in range(len(lines))]
    svg = "".join(_line_of_text(line, edge, at, size, colour, align) for line, at in zip(lines, middles, strict=True))
    if held.ground:
        place = f'x="{left - 2:.1f}" y="{top:.1f}" width="{wide + 4:.1f}" height="{high:.1f}"'
        svg = f'<rect {place} fill="{held.ground}"/>{svg}'
    if held.angle:
        svg = f'<g transform="rotate({held.angle:g} {left + wide / 2:.1f} {top + high / 2:.1f})">{svg}</g>'
    return Piece(top, top + high, svg)


def _line_of_text(text: str, x: float, middle: float, size: float, colour: str, side: str = "left") -> str:
    parts = re.split(r"(</?b>)", text)
    bold, spans = False, []
    for part in parts:
        if part in ("<b>", "</b>"):
            bold = part == "<b>"
        elif part:
            weight = ' font-weight="bold"' if bold else ""
            spans.append(f"<tspan{weight}>{escape(part)}</tspan>")
    return f'<text x="{x:.1f}" y="{middle + size * 0.35:.1f}" font-size="{size:g}" fill="{colour}" text-anchor="{ENDS[side]}">{"".join(spans)}</text>'


def _line(x0: float, y0: float, x1: float, y1: float, colour: str, width: float) -> Piece:
    svg = f'<path d="M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}" stroke="{colour}" stroke-width="{width:g}"/>'
    return Piece(min(y0, y1), max(y0, y1), svg)


def _swatch(trace: Entry, x: float, y: float) -> str:
    """What stands for a trace in the legend."""
    if trace["type"] == "bar":
        return _filled(x - 7, y - 7, 14, 14, trace["marker"])
    if "markers" not in str(trace.get("mode")):
        line = trace["line"]
        return _line(x - 9, y, x + 9, y, line["color"], line.get("width", 2)).svg
    look = _look(trace["marker"], 0)
    return _mark({**look, "radius": min(look["radius"], 8)}, x, y)[0]
