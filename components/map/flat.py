"""Where, where no WebGL can be had: in a picture, on a slide, on paper?

The facts of the map of `maps`, as a Plotly figure on plain axes: longitude (shifted as there) across, Mercator degrees up.
Land comes from the caller; nothing is asked of a network. Labels are set one after the other, each at the nearest spot
that is free; a thin line leads back to a mark that lies further off. What finds no spot is left to the table, and counted.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any, NamedTuple

import plotly.graph_objects as go

from components.charts.labels import wrap
from components.map import deck
from components.map.labels import sums_off_map
from components.theme import (
    BORDER,
    INK,
    LAND,
    MUTED,
    NAVY,
    ORANGE,
    PAPER,
    ROLE_COLORS,
    SMALL_SIZE,
    TEAL,
    layout,
    tint,
)
from data.record.wording import Row

Pixel = tuple[float, float]
Line = list[float | None]
# West, east, south and north of each view, in degrees; the whole view stays inside the land that is held.
WINDOWS = {
    "East Asia": (74.0, 165.5, 12.5, 56.0),
    "peninsula": (117.0, 137.8, 33.5, 43.4),
    "whole": (11.5, 309.5, -12.0, 73.0),
}
# Decimals of a degree that can be seen in each view, radius in pixels of the circle of one set of remains, size of marks.
DECIMALS = {"East Asia": 2, "peninsula": 3, "whole": 1}
SUM_RADIUS = {"East Asia": 2.8, "peninsula": 4.8, "whole": 2.2}
MARK = {"East Asia": 10, "peninsula": 12, "whole": 10}
# Shape of a mark by its colour, and pixels added so that all look equally large; a diamond is a camp.
SYMBOLS = {TEAL: ("circle", 0), NAVY: ("square", -1), INK: ("triangle-up", 2)}
HOLLOW = "reported camp"
# Size of words by kind.
SIZES = {"country": SMALL_SIZE, "sum": SMALL_SIZE, "estimate": 12, "site": 12, "name": 12}
# How words of a kind look for room, in waves that each go through all marks: how far from their mark, in pixels, and
# whether the line that leads to them may cross other marks. Names beside their mark come before those that need a line.
BESIDE, NEAR, FAR = 14, 80, 170
Wave = list[tuple[float, bool]]
ALWAYS: dict[str, list[Wave]] = {"country": [[(NEAR, False)]], "sum": [[(NEAR, False), (FAR, True)]]}
FEW: list[Wave] = [[(BESIDE, False)], [(NEAR / 2, False)]]
WAVES: dict[str, dict[str, list[Wave]]] = {
    "East Asia": ALWAYS | {"estimate": [[(BESIDE, False), (NEAR, False), (NEAR, True)]], "site": FEW, "name": FEW},
    "peninsula": ALWAYS
    | {
        "estimate": [[(BESIDE, False), (NEAR, False), (FAR, False), (FAR, True)]],
        "site": [[(NEAR, False), (FAR, False)]],
        "name": [[(BESIDE, False)], [(NEAR, False)], [(0.7 * FAR, False)]],
    },
    "whole": ALWAYS | {"estimate": [[(BESIDE, False), (NEAR / 2, True)]], "site": FEW, "name": FEW},
}
# Marks with more than deck.MOST_NAMES others so near, in pixels, are named in a closer view only.
CROWDED = {"East Asia": deck.CLOSE_PIXELS, "peninsula": 0, "whole": deck.CLOSE_PIXELS}
WEIGHTS = {"country": 9, "sum": 9, "estimate": 8, "site": 3, "name": 1}
# Widths of letters, in parts of their size, in a broad typeface: a narrower one leaves air and never touches.
WIDTHS = {"iljtfrI.,:;'()[]/ -": 0.31, "mwMW": 0.88, "ABCDEFGHJKLNOPQRSTUVXYZ0123456789": 0.65}
LINE_HEIGHT, LETTERS_A_LINE, NOTE_SIZE = 1.3, 32, 12
# Steps away from a mark, in pixels; what a step towards other marks costs, and how near those are; air at the frame; how
# near marks or circles share their words. Of the directions in which marks are gone through, that with most room is taken.
STEPS = (9, 14, 20, 28, 38, 50, 64, 80, 100, 122, 146, 170)
DETOUR, NEARBY, EDGE, SAME_SPOT = 30, 130, 5, 6
ORDERS = [turn * math.pi / 4 for turn in range(8)]
MARK_RANK, SUM_RANK, WAY_RANK, COUNTRY_RANK = 1, 2, 3, 4
LEGEND_ENTRY, LEGEND_ROW, NOTE_ROW = 360, 21, 17


class Frame(NamedTuple):
    """A window on the ground: longitudes, Mercator degrees, pixels a degree, and the view that it belongs to."""

    west: float
    east: float
    south: float
    north: float
    scale: float
    view: str

    def pixel(self, longitude: float, latitude: float) -> Pixel:
        """Where a point of the ground stands, in pixels from the upper left corner."""
        return (longitude - self.west) * self.scale, (self.north - mercator(latitude)) * self.scale

    def axes(self, pixel: Pixel) -> Pixel:
        """What the axes say under a pixel."""
        return round(self.west + pixel[0] / self.scale, 3), round(self.north - pixel[1] / self.scale, 3)

    def holds(self, box: deck.Box) -> bool:
        """Whether a box of pixels lies wholly inside."""
        return box[0] >= 0 and box[2] >= 0 and box[1] <= self.size[0] and box[3] <= self.size[1]

    def shows(self, position: Sequence[float]) -> bool:
        """Whether a point of the ground, as longitude and latitude, lies in the window."""
        return self.holds(_around(self.pixel(*position), 0))

    @property
    def size(self) -> Pixel:
        """Width and height in pixels."""
        return (self.east - self.west) * self.scale, (self.north - self.south) * self.scale


def mercator(latitude: float) -> float:
    """Latitude as degrees up a Mercator axis."""
    return math.degrees(math.asinh(math.tan(math.radians(latitude))))


def frame_of(view: str, width: int) -> Frame:
    """The window of one of deck.VIEWS at so many pixels across."""
    west, east, south, north = WINDOWS[view]
    return Frame(west, east, mercator(south), mercator(north), width / (east - west), view)


def flat_map(
    ground: deck.Ground,
    land: dict[str, Any],
    view: str,
    chosen: tuple[str, ...] = (),
    width: int = 1100,
    noted: bool = True,
) -> go.Figure:
    """The map of what stands on the ground, at one of deck.VIEWS, with the layers chosen; land and borders are always there.

    `land` holds two FeatureCollections, "countries" and "provinces", longitudes shifted as deck.shifted does. Clicked
    marks carry their place_id as customdata. The notes below it are left off where they stand elsewhere (`noted`).
    """
    frame = frame_of(view, width)
    figure = go.Figure()
    _draw_land(figure, ground, land, frame)
    if "routes" in chosen:
        _draw_routes(figure, ground, frame)
    if "operations" in chosen:
        _draw_sums(figure, ground, frame)
    if "places" in chosen:
        _draw_places(figure, ground, frame)
    elif "estimates" in chosen:
        _draw_dots(figure, ground, frame)
    labels = labels_of(ground, view, chosen, width)
    _draw_labels(figure, labels, frame)
    _lay_out(figure, frame, notes_of(ground, frame, chosen, labels) if noted else [])
    return figure


def _draw_land(figure: go.Figure, ground: deck.Ground, land: dict[str, Any], frame: Frame) -> None:
    """Countries in three fills, in the close view the provinces of North Korea over them, then its border again."""
    told, reported = coloured_countries(ground)
    countries = land["countries"]["features"]
    plain = [feature for feature in countries if feature["properties"]["name"] not in told + reported]
    _draw_outlines(figure, plain, frame, LAND)
    teal, plum = tint(TEAL, deck.FAINT["told"]), tint(ROLE_COLORS[HOLLOW], deck.FAINT["reported"])
    _draw_coloured(figure, _named(countries, told), frame, teal, "country with figures for the whole of it")
    _draw_coloured(figure, _named(countries, reported), frame, plum, "country of reported camps")
    if frame.view == "peninsula":
        _draw_outlines(figure, land["provinces"]["features"], frame, None, PAPER)
        _draw_outlines(figure, _named(countries, ["North Korea"]), frame, None)


def _draw_coloured(figure: go.Figure, features: list[Row], frame: Frame, colour: str, words: str) -> None:
    """Countries in a colour, and what it means where one of them can be seen."""
    if not any(_seen(outline, frame) for outline in _outlines(features)):
        return
    _draw_outlines(figure, features, frame, colour)
    swatch = {"symbol": "square", "size": 14, "color": colour, "line": {"color": MUTED, "width": 0.8}}
    figure.add_trace(
        go.Scatter(
            x=[None], y=[None], mode="markers", marker=swatch, name=words, showlegend=True, legendrank=COUNTRY_RANK
        )
    )


def coloured_countries(ground: deck.Ground) -> tuple[list[str], list[str]]:
    """Names on the ground of the countries with figures for the whole of them, and of the others with reported camps."""
    places, figures = ground.places, ground.figures
    told = set(places[places["coordinate_precision"] == "country"]["country"]) & set(figures["country"])
    reported = set(places[places["roles"] == HOLLOW]["country"]) - told
    names = [[deck.NAME_ON_GROUND.get(name, name) for name in sorted(group)] for group in (told, reported)]
    return names[0], names[1]


def _named(features: list[Row], names: list[str]) -> list[Row]:
    return [feature for feature in features if feature["properties"]["name"] in names]


def _draw_outlines(
    figure: go.Figure, features: list[Row], frame: Frame, fill: str | None, line: str = tint(MUTED, 0.6)
) -> None:
    points = _strung([ring for outline in _outlines(features) if (ring := _seen(outline, frame))])
    figure.add_trace(
        go.Scatter(
            **points,
            mode="lines",
            fill="toself" if fill else "none",
            fillcolor=fill,
            line={"color": line, "width": 0.8},
            hoverinfo="skip",
            showlegend=False,
        )
    )


def _strung(lines: Sequence[Sequence[Pixel]]) -> dict[str, Line]:
    """Several lines as x and y of one trace, a gap after each."""
    gap: tuple[None, None] = (None, None)
    points = [point for line in lines for point in (*line, gap)]
    return {"x": [x for x, _ in points], "y": [y for _, y in points]}


def _outlines(features: list[Row]) -> Iterator[list[list[float]]]:
    """Outer rings of the shapes; what lies inside a country and belongs to another is drawn by that other one."""
    for feature in features:
        shapes = feature["geometry"]["coordinates"]
        yield from (shapes[:1] if feature["geometry"]["type"] == "Polygon" else [shape[0] for shape in shapes])


def _seen(ring: list[list[float]], frame: Frame) -> list[Pixel]:
    """The ring as far as it can be seen: pressed into the window with a margin, as fine as the view; empty outside it."""
    air, digits = 0.25 * (frame.east - frame.west), DECIMALS[frame.view]
    points: list[Pixel] = []
    for longitude, latitude in ring:
        x = min(max(longitude, frame.west - air), frame.east + air)
        y = min(max(mercator(latitude), frame.south - air), frame.north + air)
        point = round(x, digits), round(y, digits)
        if not points or point != points[-1]:
            points.append(point)
    across, up = [x for x, _ in points], [y for _, y in points]
    seen = min(across) < frame.east and max(across) > frame.west and min(up) < frame.north and max(up) > frame.south
    return points if seen and len(points) > 3 else []


def _draw_places(figure: go.Figure, ground: deck.Ground, frame: Frame) -> None:
    """Placed points, a trace for each colour, hollow ones apart; the shape of a mark tells its kind, too."""
    roles = deck.placed(ground.places).set_index("place_id")["role"]
    rows = [{**row, "role": roles[row["place_id"]]} for row in deck.point_layer(ground, frame.view).data]
    looks = {role: (colour, role == HOLLOW) for role, colour in ROLE_COLORS.items()}
    for colour, hollow in dict.fromkeys(looks.values()):
        group = [row for row in rows if looks[row["role"]] == (colour, hollow)]
        if group:
            parts = [role for role in ROLE_COLORS if role in {row["role"] for row in group}]
            symbol, more = SYMBOLS.get(colour, ("diamond", 0))
            look = {
                "symbol": symbol,
                "size": MARK[frame.view] + more,
                "color": tint(PAPER, 0.65) if hollow else colour,
                "line": {"color": colour if hollow else PAPER, "width": 2 if hollow else 1},
            }
            name = f"{HOLLOW} (hollow, “?”)" if hollow else " or ".join(parts)
            figure.add_trace(_marks(group, frame, name, look, MARK_RANK))


def _marks(rows: Sequence[Row], frame: Frame, name: str, look: dict[str, Any], rank: int) -> go.Scatter:
    """Records of a layer of maps as marks that keep their tooltip and, for a click, their place."""
    return go.Scatter(
        x=[round(row["position"][0], 3) for row in rows],
        y=[round(mercator(row["position"][1]), 3) for row in rows],
        mode="markers",
        marker=look,
        customdata=[row["place_id"] for row in rows],
        text=[f"<b>{row['name']}</b><br>{row['told']}" for row in rows],
        hovertemplate="%{text}<extra></extra>",
        name=name,
        showlegend=any(frame.shows(row["position"]) for row in rows),
        legendrank=rank,
    )


def _draw_dots(figure: go.Figure, ground: deck.Ground, frame: Frame) -> None:
    """Where no places are chosen: the points that estimates are about."""
    at = [frame.axes(row["at"]) for row in _marked(ground, frame, ("estimates",))]
    look = {"size": 5, "color": INK}
    x, y = [x for x, _ in at], [y for _, y in at]
    figure.add_trace(go.Scatter(x=x, y=y, mode="markers", marker=look, hoverinfo="skip", showlegend=False))


def _draw_sums(figure: go.Figure, ground: deck.Ground, frame: Frame) -> None:
    """Sums of joint operations as circles whose area follows the sum, the largest at the bottom."""
    totals = _totals(ground)
    rows = sorted(deck.sums_layer(ground, frame.view).data, key=lambda row: -totals[row["place_id"]])
    look = {
        "symbol": "circle",
        "size": [totals[row["place_id"]] for row in rows],
        "sizemode": "area",
        "sizeref": 0.5 / SUM_RADIUS[frame.view] ** 2,
        "color": tint(ORANGE, 0.4),
        "opacity": 1,
        "line": {"color": ORANGE, "width": 1.5},
    }
    if rows:
        figure.add_trace(_marks(rows, frame, "sets of remains in joint operations (computed sum)", look, SUM_RANK))


def _totals(ground: deck.Ground) -> dict[str, int]:
    return {row["place_id"]: int(row["total"]) for row in ground.sums.to_dict("records")}


def _draw_routes(figure: go.Figure, ground: deck.Ground, frame: Frame) -> None:
    """Ways that remains travelled, bowed to one side, with a head where they came; those of one way share a line."""
    ways: dict[tuple[Pixel, Pixel], list[str]] = {}
    for row in deck.route_layer(ground, frame.view).data:
        start, end = [(at[0], mercator(at[1])) for at in (row["start"], row["end"])]
        ways.setdefault((start, end), []).append(f"<b>{row['name']}</b><br>{row['told']}")
    curves = [_bowed(*way) for way in ways]
    told = [text for curve, way in zip(curves, ways.values(), strict=True) for text in [*[way] * len(curve), [""]]]
    if curves:
        figure.add_trace(
            go.Scatter(
                **_strung(curves),
                text=["<br>".join(texts) for texts in told],
                mode="lines",
                line={"color": tint(NAVY, 0.5), "width": 1.3, "shape": "spline"},
                hovertemplate="%{text}<extra></extra>",
                name="way that remains travelled",
                showlegend=True,
                legendrank=WAY_RANK,
            )
        )
        figure.add_trace(_heads(curves, frame))


def _bowed(start: Pixel, end: Pixel, steps: int = 8) -> list[Pixel]:
    """Points of a curve between two points, its middle to the left of the way by a sixteenth of its length."""
    across, up = end[0] - start[0], end[1] - start[1]
    bend = (start[0] + end[0]) / 2 - up / 8, (start[1] + end[1]) / 2 + across / 8
    parts = [(step / steps, 1 - step / steps) for step in range(steps + 1)]
    x = [round(rest**2 * start[0] + 2 * part * rest * bend[0] + part**2 * end[0], 3) for part, rest in parts]
    y = [round(rest**2 * start[1] + 2 * part * rest * bend[1] + part**2 * end[1], 3) for part, rest in parts]
    return list(zip(x, y, strict=True))


def _heads(curves: list[list[Pixel]], frame: Frame) -> go.Scatter:
    steps = [(curve[-1][0] - curve[-2][0], curve[-1][1] - curve[-2][1]) for curve in curves]
    return go.Scatter(
        x=[curve[-1][0] for curve in curves],
        y=[curve[-1][1] for curve in curves],
        mode="markers",
        marker={
            "symbol": "arrow",
            "size": 9,
            "color": NAVY,
            "angle": [round(math.degrees(math.atan2(across, up))) for across, up in steps],
            "standoff": MARK[frame.view] / 2,
        },
        hoverinfo="skip",
        showlegend=False,
    )


class Words(NamedTuple):
    """What is to be written, the pixel of its mark, the radius of the circle around the mark (none for the number that
    stands in it), and how far from the mark or its circle words are still beside it."""

    text: str
    mark: Pixel
    radius: float = 0
    beside: float = 17


class Label(NamedTuple):
    """Words on the map: kind, box in pixels (left, right, top, bottom), the side by which they are held."""

    kind: str
    words: Words
    box: deck.Box
    side: str = "left"

    @property
    def gap(self) -> float:
        """Pixels between the words and their mark or its circle."""
        return max(_gap(self.words.mark, self.box) - self.words.radius, 0)

    @property
    def leader(self) -> tuple[Pixel, Pixel] | None:
        """The line from the mark, or from the edge of its circle, to words that do not stand right beside it."""
        if self.kind == "country" or self.gap <= self.words.beside:
            return None
        (x, y), end = self.words.mark, _nearest(self.words.mark, self.box)
        part = self.words.radius / math.dist((x, y), end)
        return (x + part * (end[0] - x), y + part * (end[1] - y)), end

    @property
    def beads(self) -> list[deck.Box]:
        """Small boxes along that line, to keep other words and marks clear of it."""
        if not self.leader:
            return []
        (x, y), (end_x, end_y) = self.leader
        length = math.dist(*self.leader)
        first = max(10 - round(self.words.radius), 2)
        parts = [at / length for at in range(first, int(length) - 3, 5)]
        return [_around((x + part * (end_x - x), y + part * (end_y - y)), 2) for part in parts]


@dataclass
class Room:
    """What is taken on a frame: marks, circles, words and the lines that lead to them."""

    frame: Frame
    marks: list[deck.Box] = field(default_factory=list)
    circles: list[deck.Box] = field(default_factory=list)
    radii: dict[str, float] = field(default_factory=dict)
    taken: list[deck.Box] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    def seat(self, kind: str, wanted: Sequence[Words]) -> list[bool]:
        """Sets words at the nearest free spot within reach of their marks, in waves; false for those that find none."""
        found = [False] * len(wanted)
        for wave in WAVES[self.frame.view][kind]:
            for number, words in enumerate(wanted):
                if not found[number] and (label := self._first_free(kind, words, wave)):
                    found[number] = True
                    self.labels.append(label)
                    self.taken += [label.box, *label.beads]
        return found

    def _first_free(self, kind: str, words: Words, wave: Wave) -> Label | None:
        outward = self._outward(words.mark)
        for reach, crossing in wave:
            for spot in _spots(kind, words, outward, reach):
                if self._is_free(spot, crossing):
                    return spot
        return None

    def _is_free(self, label: Label, crossing: bool) -> bool:
        left, right, top, bottom = label.box
        if not self.frame.holds((left - EDGE, right + EDGE, top - EDGE, bottom + EDGE)):
            return False
        if any(_hits(label.box, boxes) for boxes in (self.marks, self.circles, self.taken)):
            return False
        if not label.leader:
            return label.kind in ("country", "sum") or not self._is_nearer_to_another(label)
        in_the_way = self.taken if crossing else self.taken + self.marks
        return not any(_hits(bead, in_the_way) for bead in label.beads)

    def _is_nearer_to_another(self, label: Label) -> bool:
        """Whether words without a line would be read with the wrong mark."""
        middles = [_middle(box) for box in self.marks]
        return any(
            math.dist(mark, label.words.mark) > SAME_SPOT and _gap(mark, label.box) < label.gap for mark in middles
        )

    def _outward(self, mark: Pixel) -> float:
        """The angle that leads away from the marks nearby; to the right where there are none."""
        near = [middle for middle in map(_middle, self.marks) if 1 < math.dist(middle, mark) < NEARBY]
        across, down = sum(mark[0] - x for x, _ in near), sum(mark[1] - y for _, y in near)
        return math.atan2(down, across)

    @property
    def worth(self) -> float:
        """How much is told: labels, less the length of the lines that lead to them."""
        told = sum(WEIGHTS[label.kind] for label in self.labels)
        return told - sum(math.dist(*label.leader) for label in self.labels if label.leader) / 100


def _around(pixel: Pixel, half: float) -> deck.Box:
    return pixel[0] - half, pixel[0] + half, pixel[1] - half, pixel[1] + half


def _middle(box: deck.Box) -> Pixel:
    return (box[0] + box[1]) / 2, (box[2] + box[3]) / 2


def _hits(box: deck.Box, others: list[deck.Box]) -> bool:
    left, right, top, bottom = box
    return any(left < other[1] and other[0] < right and top < other[3] and other[2] < bottom for other in others)


def _nearest(pixel: Pixel, box: deck.Box) -> Pixel:
    """The point of a box that is nearest to a pixel."""
    return min(max(pixel[0], box[0]), box[1]), min(max(pixel[1], box[2]), box[3])


def _gap(pixel: Pixel, box: deck.Box) -> float:
    return math.dist(pixel, _nearest(pixel, box))


def _box_at(middle: Pixel, wide: float, high: float) -> deck.Box:
    return middle[0] - wide / 2, middle[0] + wide / 2, middle[1] - high / 2, middle[1] + high / 2


def size_of(text: str, kind: str) -> Pixel:
    """Width and height in pixels of words in a broad typeface, with a little air."""
    lines = text.split("<br>")
    return max(map(_width_of, lines)) * SIZES[kind] + 8, len(lines) * SIZES[kind] * LINE_HEIGHT + 4


def _width_of(line: str) -> float:
    plain = line.replace("<b>", "").replace("</b>", "")
    widths = [next((width for letters, width in WIDTHS.items() if letter in letters), 0.57) for letter in plain]
    return sum(widths) * (1.13 if plain != line else 1)


def _spots(kind: str, words: Words, outward: float, reach: float) -> Iterator[Label]:
    """Where words may stand, best first: near their mark, and on the side that leads away from other marks."""
    x, y = words.mark
    wide, high = size_of(words.text, kind)
    if kind == "sum":
        yield Label(kind, words, _box_at((x, y), wide, high), "center")
    if kind == "country":
        yield Label(kind, words, _box_at((x + wide / 2, y), wide, high))
    turns = [turn * math.pi / 12 for turn in range(24)]
    ways = product([step for step in STEPS if step <= reach], turns)
    for step, turn in sorted(ways, key=lambda way: way[0] + DETOUR * (1 - math.cos(way[1] - outward))):
        across, down = math.cos(turn), math.sin(turn)
        away = step + words.radius
        middle = x + across * (away + wide / 2), y + down * (away + high / 2)
        side = "left" if across > 0.5 or kind == "country" else "right" if across < -0.5 else "center"
        yield Label(kind, words, _box_at(middle, wide, high), side)


def labels_of(ground: deck.Ground, view: str, chosen: tuple[str, ...] = (), width: int = 1100) -> list[Label]:
    """All words on the map and where they are set: countries, sums, estimates, then names of places, as room allows."""
    frame = frame_of(view, width)
    rooms = [_seated(ground, frame, chosen, order) for order in ORDERS]
    return max(rooms, key=lambda room: room.worth).labels


def _seated(ground: deck.Ground, frame: Frame, chosen: tuple[str, ...], order: float) -> Room:
    across, down = math.cos(order), math.sin(order)
    points = sorted(_within(ground, frame), key=lambda row: across * row["at"][0] + down * row["at"][1])
    room = Room(frame)
    room.marks = [_around(row["at"], MARK[frame.view] / 2 + 1) for row in _marked(ground, frame, chosen)]
    countries = []
    for label in deck.country_labels(ground.places, ground.figures, frame.view):
        name, *told = label["text"].split("\n")
        countries.append(Words("<br>".join([f"<b>{name}</b>", *told]), frame.pixel(*label["position"])))
    room.seat("country", countries)
    if "operations" in chosen:
        _seat_sums(room, points, _totals(ground))
    named = _seat_estimates(room, points, ground) if "estimates" in chosen else set()
    if "places" in chosen:
        _seat_names(room, [row for row in points if row["place_id"] not in named])
    return room


def _within(ground: deck.Ground, frame: Frame) -> list[Row]:
    """Placed points inside the window, with their pixel as `at`."""
    rows = deck.placed(ground.places).to_dict("records")
    points = [{**row, "at": frame.pixel(row["shown_longitude"], row["shown_latitude"])} for row in rows]
    return [row for row in points if frame.holds(_around(row["at"], 0))]


def _marked(ground: deck.Ground, frame: Frame, chosen: tuple[str, ...]) -> list[Row]:
    """Points inside the window that carry a mark: all of them, or those that an estimate is about."""
    points = _within(ground, frame)
    if "places" in chosen:
        return points
    estimated = set(ground.estimates["place_id"]) if "estimates" in chosen else set()
    return [row for row in points if row["place_id"] in estimated]


def _together(points: Sequence[Row], near: float) -> list[list[Row]]:
    """Points grouped with the first one that lies within so many pixels."""
    groups: list[list[Row]] = []
    for row in points:
        at = next((group for group in groups if math.dist(group[0]["at"], row["at"]) < near), None)
        groups.append([row]) if at is None else at.append(row)
    return groups


def _seat_sums(room: Room, points: Sequence[Row], totals: dict[str, int]) -> None:
    """Each sum in its circle or, where that is too small, beside it; circles in one spot share their words, unadded."""
    rows = sorted([row for row in points if row["place_id"] in totals], key=lambda row: -totals[row["place_id"]])
    room.radii = {row["place_id"]: SUM_RADIUS[room.frame.view] * totals[row["place_id"]] ** 0.5 for row in rows}
    wanted = []
    for group in _together(rows, SAME_SPOT):
        text = ", ".join(str(totals[row["place_id"]]) for row in group)
        inside = max(room.radii[group[0]["place_id"]] - SIZES["sum"] / 2, 0)
        wanted.append(Words(f"<b>{text}</b>", group[0]["at"], beside=inside))
    room.seat("sum", wanted)
    room.circles = [_around(row["at"], 0.8 * room.radii[row["place_id"]]) for row in rows]


def _seat_estimates(room: Room, points: Sequence[Row], ground: deck.Ground) -> set[str]:
    """The newest estimate for each place, with its name; the ids of the places that are named so."""
    estimates = {row["place_id"]: row["label"] for row in ground.estimates.to_dict("records")}
    rows = [row for row in points if row["place_id"] in estimates]
    wanted = []
    for row in rows:
        name, told = (wrap(text, LETTERS_A_LINE) for text in (deck._short_name(row), estimates[row["place_id"]]))
        wanted.append(Words(f"{name}:<br>{told}", row["at"], room.radii.get(row["place_id"], 0)))
    found = room.seat("estimate", wanted)
    return {row["place_id"] for row, is_set in zip(rows, found, strict=True) if is_set}


def _seat_names(room: Room, points: Sequence[Row]) -> None:
    """Names of places, those with a sum first; marks in one spot share their words, up to deck.MOST_NAMES of them."""
    wanted: dict[str, list[Words]] = {"site": [], "name": []}
    for group in _together(points, SAME_SPOT):
        at, names = group[0]["at"], list(dict.fromkeys(deck._short_name(row) for row in group))
        close = sum(math.dist(_middle(box), at) < CROWDED[room.frame.view] for box in room.marks)
        if len(names) <= deck.MOST_NAMES and close <= deck.MOST_NAMES + 1:
            radius = max(room.radii.get(row["place_id"], 0) for row in group)
            wanted["site" if radius else "name"].append(Words(wrap(", ".join(names), LETTERS_A_LINE), at, radius))
    for kind, words in wanted.items():
        room.seat(kind, words)


def _draw_labels(figure: go.Figure, labels: list[Label], frame: Frame) -> None:
    """Words on a light ground, and the thin lines that lead to them."""
    leaders = [[frame.axes(pixel) for pixel in label.leader] for label in labels if label.leader]
    line = {"color": MUTED, "width": 0.8}
    figure.add_trace(go.Scatter(**_strung(leaders), mode="lines", line=line, hoverinfo="skip", showlegend=False))
    for label in labels:
        left, right, top, bottom = label.box
        held = {"left": left + 4, "right": right - 4, "center": (left + right) / 2}[label.side]
        x, y = frame.axes((held, (top + bottom) / 2))
        figure.add_annotation(
            x=x,
            y=y,
            text=label.words.text,
            name=label.kind,
            showarrow=False,
            xanchor=label.side,
            yanchor="middle",
            align=label.side,
            borderpad=1,
            bgcolor=tint(PAPER, 0.85 if label.kind == "sum" else 0.75),
            font={"size": SIZES[label.kind], "color": INK},
        )


def notes_of(ground: deck.Ground, frame: Frame, chosen: tuple[str, ...], labels: list[Label]) -> list[str]:
    """What the map leaves out, and whose borders it draws, in lines as long as the frame."""
    inside, placed = len(_within(ground, frame)), len(deck.placed(ground.places))
    written = sum(label.kind == "estimate" for label in labels)
    told = {
        "places": f"{inside} of {placed} places with a point lie in this window; a mark without a name is in the table of places.",
        "operations": sums_off_map(ground.sums, ground.places),
        "estimates": f"{written} of {len(ground.estimates)} newest estimates are written here, the rest stand in their table; they overlap and are never added up.",
    }
    sentences = [told[name] for name in told if name in chosen and told[name]]
    letters = int(frame.size[0] / (0.54 * NOTE_SIZE))
    return wrap(" ".join([*sentences, deck.DISPUTED]), letters).split("<br>")


def _lay_out(figure: go.Figure, frame: Frame, notes: list[str]) -> None:
    """The frame at its size, the legend and the notes below it; axes are fixed and keep their proportion."""
    wide, high = frame.size
    entries = sum(bool(trace.showlegend) for trace in figure.data)
    columns = max(1, int(wide // LEGEND_ENTRY))
    legend = 12 + LEGEND_ROW * math.ceil(entries / columns)
    below = legend + NOTE_ROW * len(notes) + 8
    margin = {"l": 2, "r": 2, "t": 2, "b": below, "autoexpand": False}
    more = {"width": round(wide) + 4, "margin": margin, "showlegend": True, "legend": _legend(high, wide / columns)}
    figure.update_layout(layout(round(high) + below + 2, **more))
    fixed = {"visible": False, "fixedrange": True, "constrain": "domain"}
    figure.update_xaxes(range=[frame.west, frame.east], **fixed)
    figure.update_yaxes(range=[frame.south, frame.north], scaleanchor="x", **fixed)
    figure.add_shape(
        type="rect", xref="paper", yref="paper", x0=0, x1=1, y0=0, y1=1, line={"color": BORDER, "width": 1}
    )
    _write_notes(figure, notes, legend)


def _write_notes(figure: go.Figure, notes: list[str], below: float) -> None:
    figure.add_annotation(
        x=0,
        y=0,
        xref="paper",
        yref="paper",
        yshift=-below,
        text="<br>".join(notes),
        name="note",
        showarrow=False,
        xanchor="left",
        yanchor="top",
        align="left",
        font={"size": NOTE_SIZE, "color": MUTED},
    )


def _legend(high: float, entry: float) -> dict[str, Any]:
    """Below the frame, in columns, as words only: nothing is switched off by a click."""
    return {
        "orientation": "h",
        "x": 0,
        "y": -6 / high,
        "yanchor": "top",
        "entrywidth": round(entry) - 46,
        "entrywidthmode": "pixels",
        "itemsizing": "trace",
        "itemclick": False,
        "itemdoubleclick": False,
        "font": {"size": SMALL_SIZE},
    }
