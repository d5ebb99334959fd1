"""How does a drawing stand where no script runs, on paper or on a page that is there at once? A Plotly figure in, static SVG out.

Drawn again for the width of the sheet instead of copied from the screen: so that it is whole at any size of window, and
its words keep their size. It knows what the figures of `charts` and of the flat map are made of: scatter traces of lines,
markers and words, stacked bars, lines and rectangles with their words, annotations, a legend, linear axes and axes of dates.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise

import plotly.graph_objects as go

from components.static.axes import grid_of, labels_of_axis
from components.static.marks import swatch, trace_pieces
from components.static.notes import annotation_pieces, shape_label, shape_piece
from components.static.pieces import Font, Link, Piece, Spec, text_line
from components.static.plot import LEGEND_ROW, SWATCH, Plot
from components.theme import INK, SMALL_SIZE

# A drawing that is too tall is cut where nothing stands this near, at the edge of a shaded band where there is one in the
# lower part of the piece; what is taller by a little only is not cut, and may be drawn smaller.
CLEAR, LOWER_PART, LITTLE_MORE = 3, 0.55, 1.12
# Pixels of a piece of a drawing at least, beside the labels of its axis.
LEAST_PIECE = 30


@dataclass
class Drawing:
    """A figure at a width in pixels, as the parts of its drawing in the order in which they lie on each other."""

    figure: Spec
    width: float
    link: Link | None = None
    plot: Plot = field(init=False)
    under: list[Piece] = field(default_factory=list)
    clipped: list[Piece] = field(default_factory=list)
    over: list[Piece] = field(default_factory=list)
    legend: list[str] = field(default_factory=list)
    axis_labels: list[Piece] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.plot = Plot(self.figure, self.width)
        self._draw_axes()
        self._draw_shapes()
        for trace in self.figure["data"]:
            layer = self.over if trace.get("cliponaxis") is False else self.clipped
            layer.extend(trace_pieces(self.plot, trace, self.link))
        for note in self.plot.layout.get("annotations", []):
            self.over.extend(annotation_pieces(self.plot, note))
        self._draw_legend()

    @property
    def height(self) -> float:
        return self.plot.height

    def _draw_axes(self) -> None:
        for name in self.plot.axis_names("xaxis", "yaxis"):
            axis, box = self.plot.axis(name), self.plot.box_of(name)
            if axis.is_visible:
                self.under.extend(grid_of(axis, box))
                labels = labels_of_axis(axis, box, self.plot.width)
                (self.axis_labels if axis.is_horizontal else self.over).extend(labels)

    def _draw_shapes(self) -> None:
        for shape in self.plot.layout.get("shapes", []):
            piece = shape_piece(self.plot, shape)
            self.under.append(piece)
            if shape.get("label", {}).get("text"):
                self.over.append(shape_label(self.plot, shape, piece))

    def _draw_legend(self) -> None:
        seats = list(self.plot.legend_seats())
        rows = max((row for row, _, _ in seats), default=0) + 1
        left, top, _, high = self.plot.box
        first = top - rows * LEGEND_ROW - 4 if self.plot.has_legend_above else top + high + 8
        for row, x, trace in seats:
            y = first + (row + 0.5) * LEGEND_ROW
            self.legend.append(swatch(trace, left + x + SWATCH / 2 - 3, y))
            self.legend.append(text_line(trace["name"], (left + x + SWATCH, y), Font(SMALL_SIZE, INK)))


def spec_of(figure: go.Figure) -> Spec:
    """A figure as plain values: what is drawn of it several times is read once."""
    return dict(json.loads(str(figure.to_json())))


def svgs_of(
    figure: go.Figure | Spec, name: str, width: float, room: Sequence[float] = (), link: Link | None = None
) -> list[str]:
    """The figure as static SVG with a name for those who do not see it, as wide as it says itself or as `width`.

    `room` is the height of the first piece and of each further one: what is taller by more than a little is cut between
    its rows, and each piece has the labels of the axis. `link` gives the address of a row by its id: marks lead there, and
    have the words of the pointer as their title; whoever shows such a drawing names it. None where the figure holds
    nothing. ValueError for a figure made of what is not known here.
    """
    spec = figure if isinstance(figure, dict) else spec_of(figure)
    if not spec["data"] or "height" not in spec["layout"]:
        return []
    drawing = Drawing(spec, float(spec["layout"].get("width") or width), link)
    is_tall = bool(room) and drawing.height > max(room) * LITTLE_MORE
    cuts = cuts_of(drawing, room) if is_tall else [0.0, drawing.height]
    parts = list(pairwise(cuts))
    names = [f"{name} ({n} of {len(parts)})" if len(parts) > 1 else name for n in range(1, len(parts) + 1)]
    return [_sheet(drawing, title, top, bottom) for title, (top, bottom) in zip(names, parts, strict=True)]


def _sheet(drawing: Drawing, name: str, top: float, bottom: float) -> str:
    """What of a drawing lies between two heights, with the labels of its axis, which stand above or below all of it."""
    _, box_top, _, box_high = drawing.plot.box
    is_above = drawing.plot.has_labels_above
    head = box_top if is_above and top else 0.0
    foot = drawing.plot.margin["b"] if not is_above and bottom < drawing.height else 0.0
    labels = "".join(piece.svg for piece in drawing.axis_labels)
    wide, high = drawing.width, bottom - top
    inner = _layers(drawing, top, bottom)
    if not (head or foot):
        inner += [*drawing.legend, labels]
    if head or foot or top:
        place = f'y="{head:g}" width="{wide:g}" height="{high:g}" viewBox="0 {top:g} {wide:g} {high:g}"'
        inner = [f"<svg {place}>", *inner, "</svg>"]
        shift = high - (box_top + box_high) if foot else 0
        inner += [f'<g transform="translate(0 {shift:g})">{labels}</g>'] if head or foot else []
    box = f'viewBox="0 0 {wide:g} {high + head + foot:g}"'
    if drawing.link:
        return f"<svg {box}>{''.join(inner)}</svg>"
    return f'<svg role="img" {box}><title>{escape(name)}</title>{"".join(inner)}</svg>'


def _layers(drawing: Drawing, top: float, bottom: float) -> list[str]:
    """The SVG of the pieces between two heights; what must not leave the plot in a window of its own."""
    left, box_top, wide, high = drawing.plot.box
    place = f'x="{left:g}" y="{box_top:g}" width="{wide:g}" height="{high:g}"'
    return [
        *_within(drawing.under, top, bottom),
        f'<svg {place} viewBox="{left:g} {box_top:g} {wide:g} {high:g}">',
        *_within(drawing.clipped, top, bottom),
        "</svg>",
        *_within(drawing.over, top, bottom),
    ]


def _within(pieces: Sequence[Piece], top: float, bottom: float) -> list[str]:
    return [piece.svg for piece in pieces if piece.bottom > top and piece.top < bottom]


def cuts_of(drawing: Drawing, room: Sequence[float]) -> list[float]:
    """Heights at which a drawing is cut, so that no word, mark or arrow is cut with it; its top and bottom among them."""
    taken = [(piece.top - CLEAR, piece.bottom + CLEAR) for piece in [*drawing.clipped, *drawing.over]]
    edges = [edge for piece in drawing.under for edge in (piece.top, piece.bottom) if piece.is_band]
    labels = drawing.plot.margin["t" if drawing.plot.has_labels_above else "b"]
    cuts = [0.0]
    while drawing.height - cuts[-1] > (height := room[min(len(cuts), len(room)) - 1]):
        start, end = cuts[-1], cuts[-1] + max(height - labels, LEAST_PIECE)
        band_edges = [edge for edge in edges if start + (end - start) * LOWER_PART < edge <= end]
        free = (float(y) for y in range(int(end), int(start), -1) if not any(top < y < foot for top, foot in taken))
        cuts.append(max(band_edges) if band_edges else next(free, end))
    return [*cuts, drawing.height]
