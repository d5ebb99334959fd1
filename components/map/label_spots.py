"""Where may words stand near their mark? Spots with nothing under them, best first, of which each label takes the first that is free."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import product
from typing import NamedTuple

from components.map.boxes import Box, Pixel, box_at, distance_to, distance_to_line, middle_of, touches_any
from components.map.label_boxes import Caption, Label, size_of
from components.map.labels import CLOSE
from components.map.territory import Territory
from components.map.window import Window

# How labels of a kind look for room, in waves that each go through all marks: how far from their mark, in pixels, and
# whether the line that leads to them may cross other marks. Names beside their mark come before those that need a line.
BESIDE, NEAR, FAR, FARTHEST = 14, 80, 170, 230
Wave = list[tuple[float, bool]]
ALWAYS: dict[str, list[Wave]] = {"country": [[(NEAR, False)]], "sum": [[(NEAR, False), (FAR, True)]]}
FEW: list[Wave] = [[(BESIDE, False)], [(NEAR / 2, False)]]
MANY: dict[str, list[Wave]] = {
    "estimate": [[(BESIDE, False), (NEAR, False), (FAR, False), (FARTHEST, True)]],
    "site": [[(NEAR, False), (FAR, False)]],
    "name": [[(BESIDE, False)], [(NEAR, False)], [(0.7 * FAR, False)]],
}
WAVES: dict[str, dict[str, list[Wave]]] = dict.fromkeys(CLOSE, ALWAYS | MANY) | {
    "East Asia": ALWAYS | {"estimate": [[(BESIDE, False), (NEAR, False), (NEAR, True)]], "site": FEW, "name": FEW},
    "whole": ALWAYS | {"estimate": [[(BESIDE, False), (NEAR / 2, True)]], "site": FEW, "name": FEW},
}
WEIGHTS = {"country": 9, "sum": 9, "estimate": 8, "list": 3, "site": 3, "name": 1}
# Steps away from a mark, in pixels; what a step towards other marks costs, and how near those are; air at the edge of
# the window; how near marks or circles share their label.
STEPS = (9, 14, 20, 28, 38, 50, 64, 80, 100, 122, 146, 170, 200, 230)
DETOUR, NEARBY, EDGE, SAME_SPOT = 30, 130, 5, 6
# Directions from a mark that are tried; pixels between two spots where a list is tried.
TURNS, LIST_STEP = [turn * math.pi / 24 for turn in range(48)], 12


class Spot(NamedTuple):
    """A label where nothing fixed is under it, its distance from the mark, and whether its line crosses other marks."""

    label: Label
    step: float
    crosses_marks: bool


@dataclass
class Placement:
    """What is taken in a window: marks, circles, labels and the lines that lead to them."""

    window: Window
    territory: Territory
    marks: list[Box] = field(default_factory=list)
    circles: list[tuple[Pixel, float]] = field(default_factory=list)
    radii: dict[str, float] = field(default_factory=dict)
    taken: list[Box] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    spots: dict[tuple[str, Caption], list[Spot]] = field(default_factory=dict)

    def place(self, kind: str, captions: Sequence[Caption]) -> list[bool]:
        """Sets captions at the nearest free spot within reach of their marks, in waves; false for those that find none."""
        are_placed = [False] * len(captions)
        for wave in WAVES[self.window.view][kind]:
            for number, caption in enumerate(captions):
                if not are_placed[number] and (label := self._first_free(kind, caption, wave)):
                    are_placed[number] = True
                    self._take(label)
        return are_placed

    def place_list(self, caption: Caption) -> bool:
        """Sets a list, to which no line leads, at the free spot that is nearest to its marks; false where there is none."""
        (x, y), (wide, high) = caption.mark, size_of(caption.text, "list")
        across, down = (range(0, round(size), LIST_STEP) for size in self.window.size)
        for middle in sorted(product(across, down), key=lambda at: (at[0] - x) ** 2 + (at[1] - y) ** 2):
            label = Label("list", caption, box_at(middle, wide, high))
            if self._is_free(label) and self._is_clear(label):
                self._take(label)
                return True
        return False

    def _take(self, label: Label) -> None:
        self.labels.append(label)
        self.taken += [label.box, *label.beads]

    def _first_free(self, kind: str, caption: Caption, wave: Wave) -> Label | None:
        spots = self._spots_of(kind, caption)
        for reach, may_cross in wave:
            for label, step, crosses_marks in spots:
                if step <= reach and (may_cross or not crosses_marks) and self._is_free(label):
                    return label
        return None

    def _is_free(self, label: Label) -> bool:
        """Whether no other words and no line to them are under a label or its line."""
        return not touches_any(label.box, self.taken) and not any(touches_any(bead, self.taken) for bead in label.beads)

    def _spots_of(self, kind: str, caption: Caption) -> list[Spot]:
        """Where words may stand as far as marks, circles and countries allow, best first; found once for all directions."""
        if (kind, caption) not in self.spots:
            reach = max(reach for wave in WAVES[self.window.view][kind] for reach, _ in wave)
            self.spots[kind, caption] = [
                Spot(label, step, any(touches_any(bead, self.marks) for bead in label.beads))
                for label, step in _candidates(kind, caption, self._outward(caption.mark), reach)
                if self._is_clear(label) and self._belongs_there(label)
            ]
        return self.spots[kind, caption]

    def _is_clear(self, label: Label) -> bool:
        """Whether nothing fixed is under the words: no edge, mark, circle or land of another country."""
        left, right, top, bottom = label.box
        if not self.window.holds((left - EDGE, right + EDGE, top - EDGE, bottom + EDGE)):
            return False
        if touches_any(label.box, self.marks):
            return False
        if self._lies_on_a_circle(label):
            return False
        country = label.caption.country
        return not country or not self.territory.is_abroad(label.box, country)

    def _lies_on_a_circle(self, label: Label) -> bool:
        """Whether words lie on a circle, but for a number in its own."""
        left, right, top, bottom = label.box
        stands_in, mark = label.kind == "sum" and not label.caption.radius, label.caption.mark
        for (x, y), radius in self.circles:  # a loop that looks at boxes first, since it runs a million times
            if left - radius < x < right + radius and top - radius < y < bottom + radius:
                is_own = stands_in and math.dist((x, y), mark) < 1
                if not is_own and distance_to((x, y), label.box) < 0.9 * radius:
                    return True
        return False

    def _belongs_there(self, label: Label) -> bool:
        """Whether words would be read with their own mark, and the line to them crosses no circle."""
        if label.leader:
            return not self._crosses_a_circle(label)
        return label.kind in ("country", "sum") or not self._is_nearer_to_another(label)

    def _crosses_a_circle(self, label: Label) -> bool:
        """Whether the line to the words runs over the circle of another place."""
        assert label.leader is not None
        return any(
            math.dist(middle, label.caption.mark) > 1 and distance_to_line(middle, *label.leader) < radius
            for middle, radius in self.circles
        )

    def _is_nearer_to_another(self, label: Label) -> bool:
        """Whether words without a line would be read with the wrong mark."""
        gap, own = label.gap, label.caption.mark
        return any(
            distance_to(mark, label.box) - radius < gap and math.dist(mark, own) > SAME_SPOT
            for mark, radius in self._others
        )

    @cached_property
    def _others(self) -> list[tuple[Pixel, float]]:
        """The middles of all marks and circles, with the radius of a circle."""
        return [(middle_of(box), 0.0) for box in self.marks] + self.circles

    def _outward(self, mark: Pixel) -> int:
        """The number of the turn that leads away from the marks nearby; to the right where there are none."""
        near = [middle for middle in map(middle_of, self.marks) if 1 < math.dist(middle, mark) < NEARBY]
        across, down = sum(mark[0] - x for x, _ in near), sum(mark[1] - y for _, y in near)
        return round(math.atan2(down, across) / TURNS[1]) % len(TURNS)

    @property
    def score(self) -> float:
        """How much can be read: labels by their weight, less the length of the lines that lead to them."""
        weight = sum(WEIGHTS[label.kind] for label in self.labels)
        return weight - sum(math.dist(*label.leader) for label in self.labels if label.leader) / 100


@cache
def _moves(outward: int, reach: float) -> list[tuple[float, float]]:
    """Steps and turns away from a mark, best first: near it, and on the side that leads away from other marks."""
    moves = product([step for step in STEPS if step <= reach], TURNS)
    return sorted(moves, key=lambda move: move[0] + DETOUR * (1 - math.cos(move[1] - TURNS[outward])))


def _candidates(kind: str, caption: Caption, outward: int, reach: float) -> Iterator[tuple[Label, float]]:
    """Where words may stand and how far from their mark, best first."""
    x, y = caption.mark
    wide, high = size_of(caption.text, kind)
    if kind == "sum":
        yield Label(kind, caption, box_at((x, y), wide, high), "center"), 0
    if kind == "country":
        yield Label(kind, caption, box_at((x + wide / 2, y), wide, high)), 0
    for step, turn in _moves(outward, reach):
        across, down = math.cos(turn), math.sin(turn)
        away = step + caption.radius
        middle = x + across * (away + wide / 2), y + down * (away + high / 2)
        side = "left" if across > 0.5 or kind == "country" else "right" if across < -0.5 else "center"
        yield Label(kind, caption, box_at(middle, wide, high), side), step
