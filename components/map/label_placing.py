"""Where is there room for a word on the flat map? Captions in, labels out that touch neither each other nor a mark.

Labels are set one after the other, each at the nearest spot that is free; a thin line leads back to a mark that lies
further off. What finds no spot is left to the table.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any, NamedTuple

from components.charts.labels import wrap
from components.map.boxes import (
    Box,
    Pixel,
    box_around,
    box_at,
    distance_to,
    middle_of,
    nearest_point,
    touches_any,
)
from components.map.circles import circle_radii, marked
from components.map.ground import Ground, placed
from components.map.labels import CLOSE, CLOSE_PIXELS, MOST_NAMES, country_labels, short_name
from components.map.territory import Territory, territory_of
from components.map.window import MARK_SIZE, Window, window_of
from components.theme import SMALL_SIZE
from data.record.wording import Row

# Size of letters by kind of label, in pixels; "site" is the name of a place with a sum.
SIZES = {"country": SMALL_SIZE, "sum": SMALL_SIZE, "estimate": 12, "site": 12, "name": 12}
# How labels of a kind look for room, in waves that each go through all marks: how far from their mark, in pixels, and
# whether the line that leads to them may cross other marks. Names beside their mark come before those that need a line.
BESIDE, NEAR, FAR = 14, 80, 170
Wave = list[tuple[float, bool]]
ALWAYS: dict[str, list[Wave]] = {"country": [[(NEAR, False)]], "sum": [[(NEAR, False), (FAR, True)]]}
FEW: list[Wave] = [[(BESIDE, False)], [(NEAR / 2, False)]]
MANY: dict[str, list[Wave]] = {
    "estimate": [[(BESIDE, False), (NEAR, False), (FAR, False), (FAR, True)]],
    "site": [[(NEAR, False), (FAR, False)]],
    "name": [[(BESIDE, False)], [(NEAR, False)], [(0.7 * FAR, False)]],
}
WAVES: dict[str, dict[str, list[Wave]]] = dict.fromkeys(CLOSE, ALWAYS | MANY) | {
    "East Asia": ALWAYS | {"estimate": [[(BESIDE, False), (NEAR, False), (NEAR, True)]], "site": FEW, "name": FEW},
    "whole": ALWAYS | {"estimate": [[(BESIDE, False), (NEAR / 2, True)]], "site": FEW, "name": FEW},
}
# Marks with more than MOST_NAMES others so near, in pixels, are named in a closer view only.
CROWDED = {"East Asia": CLOSE_PIXELS, "whole": CLOSE_PIXELS} | dict.fromkeys(CLOSE, 0)
WEIGHTS = {"country": 9, "sum": 9, "estimate": 8, "site": 3, "name": 1}
# Widths of letters, in parts of their size, in a broad typeface: a narrower one leaves air and never touches.
WIDTHS = {"iljtfrI.,:;'()[]/ -": 0.31, "mwMW": 0.88, "ABCDEFGHJKLNOPQRSTUVXYZ0123456789": 0.65}
OTHER_WIDTH, BOLDER = 0.57, 1.13
LINE_HEIGHT, LETTERS_A_LINE = 1.3, 32
# Steps away from a mark, in pixels; what a step towards other marks costs, and how near those are; air at the edge of
# the window; how near marks or circles share their label.
STEPS = (9, 14, 20, 28, 38, 50, 64, 80, 100, 122, 146, 170, 210, 250, 300)
DETOUR, NEARBY, EDGE, SAME_SPOT = 30, 130, 5, 6
# Directions in which marks are gone through: that with the best score is taken.
DIRECTIONS = [turn * math.pi / 4 for turn in range(8)]


class Caption(NamedTuple):
    """What is to be written, the pixel of its mark, the radius of the circle around the mark (none for the number that
    stands in it), how far from the mark or its circle words are still beside it, the country and the place that they
    belong to."""

    text: str
    mark: Pixel
    radius: float = 0
    beside: float = 17
    country: str = ""
    place_id: str = ""


class Label(NamedTuple):
    """Words on the map: kind, box in pixels (left, right, top, bottom), the side by which they are held."""

    kind: str
    caption: Caption
    box: Box
    side: str = "left"

    @property
    def gap(self) -> float:
        """Pixels between the words and their mark or its circle."""
        return max(distance_to(self.caption.mark, self.box) - self.caption.radius, 0)

    @property
    def leader(self) -> tuple[Pixel, Pixel] | None:
        """The line from the mark, or from the edge of its circle, to words that do not stand right beside it."""
        if self.kind == "country" or self.gap <= self.caption.beside:
            return None
        (x, y), end = self.caption.mark, nearest_point(self.caption.mark, self.box)
        part = self.caption.radius / math.dist((x, y), end)
        return (x + part * (end[0] - x), y + part * (end[1] - y)), end

    @property
    def beads(self) -> list[Box]:
        """Small boxes along that line, to keep other words and marks clear of it."""
        if not self.leader:
            return []
        (x, y), (end_x, end_y) = self.leader
        length = math.dist(*self.leader)
        first = max(10 - round(self.caption.radius), 2)
        parts = [at / length for at in range(first, int(length) - 3, 5)]
        return [box_around((x + part * (end_x - x), y + part * (end_y - y)), 2) for part in parts]


@dataclass
class Placement:
    """What is taken in a window: marks, circles, labels and the lines that lead to them. `letters` is the size of letters
    beside that of a page."""

    window: Window
    territory: Territory
    letters: float = 1
    marks: list[Box] = field(default_factory=list)
    circles: list[Box] = field(default_factory=list)
    radii: dict[str, float] = field(default_factory=dict)
    taken: list[Box] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    def place(self, kind: str, captions: Sequence[Caption]) -> list[bool]:
        """Sets captions at the nearest free spot within reach of their marks, in waves; false for those that find none."""
        are_placed = [False] * len(captions)
        for wave in WAVES[self.window.view][kind]:
            for number, caption in enumerate(captions):
                if not are_placed[number] and (label := self._first_free(kind, caption, wave)):
                    are_placed[number] = True
                    self.labels.append(label)
                    self.taken += [label.box, *label.beads]
        return are_placed

    def _first_free(self, kind: str, caption: Caption, wave: Wave) -> Label | None:
        outward = self._outward(caption.mark)
        for reach, may_cross in wave:
            reach = reach if reach <= BESIDE else reach * self.letters
            for candidate in _candidates(kind, caption, outward, reach, self.letters):
                if self._is_free(candidate, may_cross):
                    return candidate
        return None

    def _is_free(self, label: Label, may_cross: bool) -> bool:
        left, right, top, bottom = label.box
        if not self.window.holds((left - EDGE, right + EDGE, top - EDGE, bottom + EDGE)):
            return False
        circles = [box for box in self.circles if math.dist(middle_of(box), label.caption.mark) > 1]
        own = self.circles if label.kind != "sum" else circles
        if any(touches_any(label.box, boxes) for boxes in (self.marks, own, self.taken)):
            return False
        if label.caption.country and self.territory.is_abroad(label.box, label.caption.country):
            return False
        if not label.leader:
            return label.kind in ("country", "sum") or not self._is_nearer_to_another(label)
        in_the_way = self.taken if may_cross else self.taken + self.marks
        return not any(touches_any(bead, in_the_way) for bead in label.beads)

    def _is_nearer_to_another(self, label: Label) -> bool:
        """Whether words without a line would be read with the wrong mark."""
        radii = [0.0] * len(self.marks) + [(right - left) / 2 for left, right, _, _ in self.circles]
        return any(
            math.dist(mark, label.caption.mark) > SAME_SPOT and distance_to(mark, label.box) - radius < label.gap
            for mark, radius in zip(map(middle_of, [*self.marks, *self.circles]), radii, strict=True)
        )

    def _outward(self, mark: Pixel) -> float:
        """The angle that leads away from the marks nearby; to the right where there are none."""
        near = [middle for middle in map(middle_of, self.marks) if 1 < math.dist(middle, mark) < NEARBY]
        across, down = sum(mark[0] - x for x, _ in near), sum(mark[1] - y for _, y in near)
        return math.atan2(down, across)

    @property
    def score(self) -> float:
        """How much can be read: labels by their weight, less the length of the lines that lead to them."""
        weight = sum(WEIGHTS[label.kind] for label in self.labels)
        return weight - sum(math.dist(*label.leader) for label in self.labels if label.leader) / 100


def _candidates(kind: str, caption: Caption, outward: float, reach: float, letters: float) -> Iterator[Label]:
    """Where words may stand, best first: near their mark, and on the side that leads away from other marks."""
    x, y = caption.mark
    wide, high = (letters * side for side in size_of(caption.text, kind))
    if kind == "sum":
        yield Label(kind, caption, box_at((x, y), wide, high), "center")
    if kind == "country":
        yield Label(kind, caption, box_at((x + wide / 2, y), wide, high))
    turns = [turn * math.pi / 12 for turn in range(24)]
    moves = product([step for step in STEPS if step <= reach], turns)
    for step, turn in sorted(moves, key=lambda move: move[0] + DETOUR * (1 - math.cos(move[1] - outward))):
        across, down = math.cos(turn), math.sin(turn)
        away = step + caption.radius
        middle = x + across * (away + wide / 2), y + down * (away + high / 2)
        side = "left" if across > 0.5 or kind == "country" else "right" if across < -0.5 else "center"
        yield Label(kind, caption, box_at(middle, wide, high), side)


def size_of(text: str, kind: str) -> Pixel:
    """Width and height in pixels of words in a broad typeface, with a little air."""
    lines = text.split("<br>")
    return max(map(_width_of, lines)) * SIZES[kind] + 8, len(lines) * SIZES[kind] * LINE_HEIGHT + 4


def _width_of(line: str) -> float:
    """Width of a line in parts of the size of its letters."""
    plain = line.replace("<b>", "").replace("</b>", "")
    widths = [next((width for letters, width in WIDTHS.items() if letter in letters), OTHER_WIDTH) for letter in plain]
    return sum(widths) * (BOLDER if plain != line else 1)


def place_labels(
    ground: Ground,
    land: dict[str, Any],
    view: str,
    layers: tuple[str, ...] = (),
    width: int = 1100,
    has_inset: bool = False,
    window: Window | None = None,
    letters: float = 1,
    under: Sequence[Box] = (),
) -> list[Label]:
    """All words on the map and where they are set: countries, sums, estimates, then names of places, as room allows.

    None lies on the land of a country that is not its own, and none under the inset, where the map has one, or `under` the
    boxes given. A `window` of its own, and `letters` so many times as large as on a page, are those of a slide.
    """
    window = window or window_of(view, width)
    territory, inset = territory_of(land, window), window.inset if has_inset else []
    placements = [
        _placed_along(ground, Placement(window, territory, letters, taken=[*inset, *under]), layers, direction)
        for direction in DIRECTIONS
    ]
    return max(placements, key=lambda placement: placement.score).labels


def _placed_along(ground: Ground, placement: Placement, layers: tuple[str, ...], direction: float) -> Placement:
    """Labels set as marks come up along a direction."""
    across, down = math.cos(direction), math.sin(direction)
    window = placement.window
    points = sorted(points_within(ground, window), key=lambda row: across * row["at"][0] + down * row["at"][1])
    half = MARK_SIZE[window.view] / 2 + 1
    placement.marks = [box_around(row["at"], half) for row in marked_points(ground, window, layers)]
    placement.radii = circle_radii(ground, window.view, layers)
    circled = [row for row in points if row["place_id"] in placement.radii]
    placement.circles = [box_around(row["at"], 0.85 * placement.radii[row["place_id"]]) for row in circled]
    _place_countries(placement, ground)
    if "operations" in layers:
        _place_sums(placement, points, totals_of(ground))
    named = _place_estimates(placement, points, ground) if "estimates" in layers else set()
    if "places" in layers:
        _place_names(placement, [row for row in points if row["place_id"] not in named])
    return placement


def points_within(ground: Ground, window: Window) -> list[Row]:
    """Placed points inside the window, with their pixel as `at`."""
    rows = placed(ground.places).to_dict("records")
    points = [{**row, "at": window.pixel(row["shown_longitude"], row["shown_latitude"])} for row in rows]
    return [row for row in points if window.holds(box_around(row["at"], 0))]


def marked_points(ground: Ground, window: Window, layers: tuple[str, ...]) -> list[Row]:
    """Points inside the window that carry a mark of their kind."""
    shown = {row["place_id"] for row in marked(ground, window.view, layers)}
    return [row for row in points_within(ground, window) if row["place_id"] in shown]


def totals_of(ground: Ground) -> dict[str, int]:
    """Sums of operations by the id of their place."""
    return {row["place_id"]: int(row["total"]) for row in ground.sums.to_dict("records")}


def _close_together(points: Sequence[Row], near: float) -> list[list[Row]]:
    """Points grouped with the first one that lies within so many pixels."""
    groups: list[list[Row]] = []
    for row in points:
        group = next((group for group in groups if math.dist(group[0]["at"], row["at"]) < near), None)
        groups.append([row]) if group is None else group.append(row)
    return groups


def _place_countries(placement: Placement, ground: Ground) -> None:
    captions = []
    for label in country_labels(ground.places, ground.figures, placement.window.view):
        name, *lines = label["text"].split("\n")
        pixel = placement.window.pixel(*label["position"])
        captions.append(Caption("<br>".join([f"<b>{name}</b>", *lines]), pixel, country=name))
    placement.place("country", captions)


def _place_sums(placement: Placement, points: Sequence[Row], totals: dict[str, int]) -> None:
    """Each sum in its circle or, where that is too small, beside it; circles in one spot share their label, unadded."""
    rows = sorted([row for row in points if row["place_id"] in totals], key=lambda row: -totals[row["place_id"]])
    captions = []
    for group in _close_together(rows, SAME_SPOT):
        text = ", ".join(str(totals[row["place_id"]]) for row in group)
        inside = max(placement.radii[group[0]["place_id"]] - SIZES["sum"] / 2, 0)
        captions.append(Caption(f"<b>{text}</b>", group[0]["at"], beside=inside, place_id=group[0]["place_id"]))
    placement.place("sum", captions)


def _place_estimates(placement: Placement, points: Sequence[Row], ground: Ground) -> set[str]:
    """The newest estimate for each place, with its name; the ids of the places that are named so."""
    estimates = {row["place_id"]: row["label"] for row in ground.estimates.to_dict("records")}
    rows = [row for row in points if row["place_id"] in estimates]
    captions = []
    for row in rows:
        most = round(LETTERS_A_LINE / placement.letters**0.5)
        name, estimate = (wrap(text, most) for text in (short_name(row), estimates[row["place_id"]]))
        radius = placement.radii.get(row["place_id"], 0)
        captions.append(
            Caption(f"{name}:<br>{estimate}", row["at"], radius, country=row["country"], place_id=row["place_id"])
        )
    are_placed = placement.place("estimate", captions)
    return {row["place_id"] for row, is_placed in zip(rows, are_placed, strict=True) if is_placed}


def _place_names(placement: Placement, points: Sequence[Row]) -> None:
    """Names of places, those with a sum first; marks in one spot share their label, up to MOST_NAMES of them."""
    captions: dict[str, list[Caption]] = {"site": [], "name": []}
    near = CROWDED[placement.window.view]
    for group in _close_together(points, SAME_SPOT):
        at, names = group[0]["at"], list(dict.fromkeys(short_name(row) for row in group))
        crowd = sum(math.dist(middle_of(box), at) < near for box in placement.marks)
        if len(names) <= MOST_NAMES and crowd <= MOST_NAMES + 1:
            radius = max(placement.radii.get(row["place_id"], 0) for row in group)
            kind = "site" if radius else "name"
            text, country = wrap(", ".join(names), LETTERS_A_LINE), group[0]["country"]
            captions[kind].append(Caption(text, at, radius, country=country, place_id=group[0]["place_id"]))
    for kind, of_kind in captions.items():
        placement.place(kind, of_kind)
