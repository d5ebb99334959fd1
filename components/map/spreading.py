"""Do marks hide each other? Circles in pixels in, the same circles moved apart out; each moves as little as it must."""

import math
from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from components.map.boxes import Pixel

# Rounds of moving; pixels of air between two marks; the turn in radians that parts marks of one point.
ROUNDS, AIR, TURN = 400, 1.5, 2.4


class Mark(NamedTuple):
    """A round mark: its middle and its radius, in pixels."""

    at: Pixel
    radius: float


def spread(marks: Sequence[Mark]) -> list[Pixel]:
    """Where the marks are drawn so that none lies on another: a small one gives way to a large one."""
    middles = [
        (mark.at[0] + math.cos(TURN * number) / 10, mark.at[1] + math.sin(TURN * number) / 10)
        for number, mark in enumerate(marks)
    ]
    for _ in range(ROUNDS):
        if not _part_once(marks, middles):
            break
    return [
        mark.at if math.dist(mark.at, middle) < 0.2 else middle for mark, middle in zip(marks, middles, strict=True)
    ]


def _part_once(marks: Sequence[Mark], middles: list[Pixel]) -> bool:
    """Moves each pair that touches apart by half of what is missing; false where none touches."""
    has_moved = False
    for one, other in combinations(range(len(marks)), 2):
        across, down = middles[other][0] - middles[one][0], middles[other][1] - middles[one][1]
        distance = math.hypot(across, down) or 1e-6
        missing = marks[one].radius + marks[other].radius + AIR - distance
        if missing <= 0.05:
            continue
        has_moved = True
        weights = marks[one].radius ** 2, marks[other].radius ** 2
        for number, sign, weight in ((one, -1, weights[1]), (other, 1, weights[0])):
            part = weight / sum(weights) if sum(weights) else 0.5
            step = sign * missing * part / distance
            middles[number] = middles[number][0] + across * step, middles[number][1] + down * step
    return has_moved


def hidden_part(one: Mark, other: Mark) -> float:
    """What part of the first mark lies under the second one."""
    distance = math.dist(one.at, other.at)
    small, large = sorted((one.radius, other.radius))
    if distance >= small + large:
        return 0.0
    if distance <= large - small:
        return min(1.0, (other.radius / one.radius) ** 2)
    first = math.acos((distance**2 + one.radius**2 - other.radius**2) / (2 * distance * one.radius))
    second = math.acos((distance**2 + other.radius**2 - one.radius**2) / (2 * distance * other.radius))
    lens = one.radius**2 * (first - math.sin(2 * first) / 2) + other.radius**2 * (second - math.sin(2 * second) / 2)
    return lens / (math.pi * one.radius**2)
