"""How large is a panel drawn in a box? With the largest type with which all of it fits, and no words lie on each other.

A chart is laid out anew for its box, as on screens of other sizes, and never stretched. A chart of rows that is too long
for its box stands in two columns; where even these hold too few, it is shown from its beginning, and the picture says so.
"""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

import plotly.graph_objects as go

from components.charts.gaps import shortened
from components.exports.slides.table import table_of
from components.map.window import ROOMS
from components.panels.panel import Panel
from components.panels.tiles import words_of_tile
from components.static.grid import Card, Table, cards, table
from components.static.legend import legend_column
from components.static.letters import WITHOUT_GLYPHS, with_glyphs
from components.static.pieces import Spec
from components.static.sheet import Content, placed
from components.static.svg import spec_of, svgs_of
from components.static.word_boxes import overlapping_words
from components.theme import KIND_COLORS
from data.query.address import address_of_card

# Sizes of type in a drawing that are tried, in parts of that of the words around it; those down to which a chart of rows is
# whole, in one column and in two; that of a table.
SCALES = (1.0, 0.93, 0.86, 0.8, 0.74, 0.68, 0.62, 0.56, 0.5, 0.45, 0.4, 0.35)
LEAST_WHOLE, LEAST_IN_COLUMNS, OF_TABLE = 0.68, 0.56, 0.72
# To which parts of its own height a chart may be made: one with an axis of numbers, one with lanes, one whose rows hold
# words. Where it is lower than the last part, its words are fewer.
HEIGHTS, HEIGHTS_OF_LANES, HEIGHTS_OF_ROWS, LOW = (0.4, 1.7), (0.66, 1.3), (0.84, 1.25), 0.8
# Least part of a drawing that is plot, not legend or labels.
LEAST_PLOT = 0.45
# Pixels: below this width a drawing has its form for narrow screens; least width of a card, of a column of rows; width of
# the legend of a map; air.
NARROW, CARD, COLUMN, LEGEND, AIR = 560, 190, 320, 190, 16
# Pixels right of a chart for half of its last label; by how much higher than asked for a piece of a drawing may be.
ROOM_OF_LABEL, LITTLE_MORE = 20, 1.13
# Part of a row at most that is above its line: below it a row may have words, too.
MOST_ABOVE = 0.66
COLUMN_OF_TABLE = 92
# The room of a map that leaves the right to other words, and the pixels of its frame.
BESIDE_TEXT, EDGE = "narrow slide", 4
# A box so many times as wide as high has the legend of a map beside it.
WIDE = 1.7
SHEET = re.compile(r'^<svg[^>]*viewBox="0 0 (\S+) (\S+)"[^>]*>(?:<title>[^<]*</title>)?(.*)</svg>$', re.DOTALL)
# The windows within a drawing: its plot, and the piece of a drawing that is cut.
PLOT = re.compile(r'<svg x="\S+" y="\S+" width="\S+" height="(\S+)"')
PIECE = re.compile(r'^<svg y="\S+" width="\S+" height="\S+" viewBox="0 (\S+) \S+ (\S+)">')


class Room(NamedTuple):
    """The box of a drawing in pixels, and the scale of the words around it. A natural drawing has the height that it
    wants, up to that of the box."""

    width: float
    height: float
    scale: float
    is_natural: bool = False

    def at(self, scale: float) -> "Room":
        """The box as it is before a drawing in it is made so many times larger."""
        return Room(self.width / scale, self.height / scale, scale, self.is_natural)


class Forms:
    """The figures of a panel as plain values: that of its page, and that for narrow screens where it has one."""

    def __init__(self, panel: Panel) -> None:
        self.panel = panel
        self.wide = spec_of(panel.picture())

    @cached_property
    def narrow(self) -> Spec:
        form = self.panel.drawn.narrow or self.panel.drawn.stacked
        return spec_of(form()) if form else self.wide

    def at(self, width: float) -> Spec:
        """The one for so many pixels."""
        return self.narrow if width < NARROW else self.wide


class Fitted(NamedTuple):
    """A drawing, and how many times larger than it was laid out it stands in its box."""

    content: Content
    scale: float


def fitted(panel: Panel, base: str, room: Room) -> Fitted:
    """The drawing of a panel in its box, which it never leaves."""
    content, scale = _largest(panel, base, room)
    return Fitted(content, min(scale, room.width / content.width, room.height / content.height))


def _largest(panel: Panel, base: str, room: Room) -> Fitted:
    """The drawing of a panel with the largest type with which it fits; a table where there is no drawing."""
    if panel.drawn.flat:
        return _fitted_map(panel, base, room)
    if panel.key != "headlines" and panel.picture() is None:
        inner = room.at(room.scale * (1 if room.is_natural else OF_TABLE))
        return Fitted(_table(panel, inner), inner.scale)
    found = None
    for found in _attempts(panel, base, room):
        inner = room.at(found.scale)
        if found.content.height <= inner.height + 0.5 and (room.is_natural or _can_be_read(found.content)):
            break
    assert found is not None, "there is always one attempt"
    return found


def _attempts(panel: Panel, base: str, room: Room) -> Iterator[Fitted]:
    """The drawings of a panel from that with the largest type on; the last is one that fits in any case."""
    if panel.key == "headlines":
        yield from (Fitted(_cards(panel, inner), inner.scale) for inner in _steps(room, LEAST_IN_COLUMNS))
        inner = room.at(room.scale * OF_TABLE)
        yield Fitted(_table(panel, inner), inner.scale)
        return
    forms = Forms(panel)
    is_of_rows = _is_of_rows(forms.wide)
    for inner in _steps(room, LEAST_WHOLE if is_of_rows else 0):
        yield Fitted(_chart(forms, base, inner), inner.scale)
    if is_of_rows:
        yield from _in_columns(forms, base, room)


def _steps(room: Room, least: float, most: float = 1) -> Iterator[Room]:
    """The box at each size of type that is tried, the largest first; of a natural drawing only at its own."""
    scales = SCALES[:1] if room.is_natural else [scale for scale in SCALES if least <= scale <= most]
    return (room.at(room.scale * scale) for scale in scales)


def _in_columns(forms: Forms, base: str, room: Room) -> Iterator[Fitted]:
    """A chart of rows in columns, whole where its type does not become too small for that, else its beginning."""
    content, inner = Content("", 0, 0), room
    for inner in _steps(room, LEAST_IN_COLUMNS, OF_TABLE):
        content = _columns_of(forms, base, inner)
        if not content.remark:
            yield Fitted(content, inner.scale)
    yield Fitted(content, inner.scale)


def _can_be_read(content: Content) -> bool:
    """Whether no words lie on each other, and the plot is not lost beside its legend."""
    plot = PLOT.search(content.svg)
    is_seen = plot is None or float(plot[1]) >= LEAST_PLOT * content.height
    return is_seen and not overlapping_words(f"<svg>{content.svg}</svg>", touching=0)


def _is_of_rows(spec: Spec) -> bool:
    """Whether a chart has rows of words with marks on one axis of numbers, and can be cut between them."""
    layout = spec["layout"]
    return layout["yaxis"].get("visible") is False and layout["xaxis"].get("tickformat") == ",d"


def _chart(forms: Forms, base: str, room: Room) -> Content:
    """The chart of a panel as wide as the box and as high, as far as it can be so high or low."""
    spec = forms.at(room.width)
    own = float(spec["layout"]["height"])
    low, high = _heights_of(spec)
    height = own if room.is_natural else min(max(room.height, low * own), high * own)
    spec = _with_fewer_words(spec) if height < LOW * own else spec
    content = _drawn(_laid_out(spec, height=height), forms.panel, base, room.width)
    more = content.height - height
    if more > 0 and not room.is_natural and height - more >= low * own:  # the legend has rows of its own
        content = _drawn(_laid_out(spec, height=height - more), forms.panel, base, room.width)
    return content


def _heights_of(spec: Spec) -> tuple[float, float]:
    """To which parts of its own height a chart may be made."""
    if spec["layout"]["yaxis"].get("visible") is not False:
        return HEIGHTS
    return HEIGHTS_OF_ROWS if _is_of_rows(spec) else HEIGHTS_OF_LANES


def _laid_out(spec: Spec, **layout: Any) -> Spec:
    """A copy of a figure with this in its layout."""
    return {**spec, "layout": {**spec["layout"], **layout}}


def _with_fewer_words(spec: Spec) -> Spec:
    """A copy of a figure with fewer words in its gaps."""
    shapes = [
        {**shape, "label": {**shape["label"], "text": shortened(shape["label"]["text"])}}
        if shape.get("label", {}).get("text")
        else shape
        for shape in spec["layout"].get("shapes", [])
    ]
    return _laid_out(spec, shapes=shapes)


def _drawn(figure: go.Figure | Spec, panel: Panel, base: str, width: float) -> Content:
    """A figure as SVG without its sheet, its marks linked to their cards."""
    return _pieces(figure, panel, base, width)[0]


def _pieces(
    figure: go.Figure | Spec, panel: Panel, base: str, width: float, heights: tuple[float, ...] = ()
) -> list[Content]:
    """The same in pieces of at most these heights."""

    def link(row_ids: str) -> str:
        return address_of_card(base, row_ids.split(";")[0])

    sheets = [SHEET.findall(svg)[0] for svg in svgs_of(figure, panel.alt, width, heights, link)]
    return [Content(inner, float(wide), float(high)) for wide, high, inner in sheets]


def _columns_of(forms: Forms, base: str, room: Room) -> Content:
    """As much of a chart of rows as the columns hold for which there is room, one or two; a remark on what is left out."""
    columns = 2 if room.width >= 2 * COLUMN + AIR else 1
    width = (room.width - AIR * (columns - 1)) / columns
    spec = _with_bands(forms.at(width))
    pieces = _pieces(spec, forms.panel, base, width, (room.height,))
    if pieces[0].height > room.height:
        pieces = _pieces(spec, forms.panel, base, width, (room.height / LITTLE_MORE,))
    shown = pieces[:columns]
    svg = "".join(placed(piece, number * (width + AIR), 0, 1) for number, piece in enumerate(shown))
    remark = _remark(spec, shown[-1]) if len(pieces) > columns else ""
    return Content(svg, room.width, max(piece.height for piece in shown), remark)


def _with_bands(spec: Spec) -> Spec:
    """The chart with a band around each row that is not seen, so that a cut goes between rows and not through one."""
    levels, layout = _levels_of(spec), spec["layout"]
    above = min(layout["yaxis"]["range"][1] - max(levels), MOST_ABOVE)
    band = {"type": "rect", "xref": "paper", "x0": 0, "x1": 1}
    bands = [{**band, "y0": level - 1 + above, "y1": level + above} for level in levels]
    margin = {**layout["margin"], "r": max(layout["margin"]["r"], ROOM_OF_LABEL)}
    return _laid_out(spec, shapes=[*layout["shapes"], *bands], margin=margin)


def _levels_of(spec: Spec) -> list[float]:
    """Where the rows of a chart are: each has a line of its own."""
    return sorted({shape["y0"] for shape in spec["layout"]["shapes"] if shape["type"] == "line"})


def _remark(spec: Spec, last: Content) -> str:
    """How many of its rows a chart shows that ends with this piece."""
    top, high = (float(number) for number in PIECE.findall(last.svg)[0])
    levels, layout = _levels_of(spec), spec["layout"]
    low, end = layout["yaxis"]["range"]
    above, below = layout["margin"]["t"], layout["margin"]["b"]
    plot = layout["height"] - above - below
    seen = [level for level in levels if above + (end - level) / (end - low) * plot < top + high]
    return f"The drawing shows the first {len(seen):,} of {len(levels):,} rows."


def _cards(panel: Panel, room: Room) -> Content:
    """The headline figures as cards, as the first page shows them."""
    entries = []
    for row in panel.frame.to_dict("records"):
        words = words_of_tile(panel.library, row)
        remarks = (words.attribution, words.since)
        entries.append(Card(words.name, words.hedge, words.number, words.unit, remarks, KIND_COLORS[row["kind"]]))
    columns = min(len(entries), max(1, int(room.width // CARD)))
    return cards(entries, room.width, columns - 1 if columns == 3 and len(entries) == 4 else columns)


def _table(panel: Panel, room: Room) -> Content:
    columns, rows = table_of(panel)
    columns = [column for column in columns if any(_can_be_set(column.text_of(row)) for row in rows)]
    columns = columns[: max(2, int(room.width // COLUMN_OF_TABLE))]
    texts = [[column.text_of(row) for column in columns] for row in rows]
    words = Table([column.header for column in columns], [column.share for column in columns], texts)
    return table(words, room.width, room.height)


def _can_be_set(text: str) -> bool:
    return with_glyphs(text) not in ("", WITHOUT_GLYPHS)


def _fitted_map(panel: Panel, base: str, room: Room) -> Fitted:
    """The map with its legend: beside it in a wide box, else below it."""
    if room.width > WIDE * room.height and not room.is_natural:
        return _wide_map(panel, base, room)
    inner = room.at(room.scale * (1 if room.is_natural else OF_TABLE))
    figure = _flat(panel, inner.width)
    for _ in range(3):  # a narrower map has longer notes below it
        below, wide = float(figure.layout.margin.b), float(figure.layout.width)
        high = float(figure.layout.height)
        if high <= inner.height:
            break
        figure = _flat(panel, wide * (inner.height - below) / (high - below) - 2)
    return Fitted(_drawn(figure, panel, base, inner.width), inner.scale)


def _flat(panel: Panel, width: float) -> go.Figure:
    assert panel.drawn.flat is not None, "a map has a flat form"
    return panel.drawn.flat(width=round(width) - 4)


def _wide_map(panel: Panel, base: str, room: Room) -> Fitted:
    """The map that slides have beside a text, as large as it fits, with its legend in the place of the text."""
    assert panel.drawn.flat is not None, "a map has a flat form"
    wide, high = ROOMS[BESIDE_TEXT].width + EDGE, ROOMS[BESIDE_TEXT].height + EDGE
    figure = go.Figure(panel.drawn.flat(BESIDE_TEXT, is_bare=True))
    ground = _drawn(figure.update_layout(showlegend=False), panel, base, wide)
    scale = min(room.width / (wide + AIR + LEGEND), room.height / high)
    legend = legend_column(figure, min(room.width / scale - wide - AIR, 1.5 * LEGEND))
    content = Content(
        ground.svg + placed(legend, wide + AIR, AIR, 1), wide + AIR + legend.width, max(ground.height, legend.height)
    )
    return Fitted(content, scale)
