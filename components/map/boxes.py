"""Do two labels touch, and how far is one from its mark? Points and boxes in pixels."""

import math
from collections.abc import Sequence

Pixel = tuple[float, float]
# Left, right, and the two ends up and down, the smaller number first.
Box = tuple[float, float, float, float]


def box_around(pixel: Pixel, half: float) -> Box:
    """A square box with a pixel in its middle, so many pixels to each side."""
    return pixel[0] - half, pixel[0] + half, pixel[1] - half, pixel[1] + half


def box_at(middle: Pixel, wide: float, high: float) -> Box:
    """A box of a width and height around its middle."""
    return middle[0] - wide / 2, middle[0] + wide / 2, middle[1] - high / 2, middle[1] + high / 2


def middle_of(box: Box) -> Pixel:
    """The pixel in the middle of a box."""
    return (box[0] + box[1]) / 2, (box[2] + box[3]) / 2


def nearest_point(pixel: Pixel, box: Box) -> Pixel:
    """The point of a box that is nearest to a pixel."""
    return min(max(pixel[0], box[0]), box[1]), min(max(pixel[1], box[2]), box[3])


def distance_to(pixel: Pixel, box: Box) -> float:
    """Pixels between a point and a box; none where it lies inside."""
    return math.dist(pixel, nearest_point(pixel, box))


def distance_to_line(pixel: Pixel, start: Pixel, end: Pixel) -> float:
    """Pixels between a point and the nearest point of a line that ends at both sides."""
    across, down = end[0] - start[0], end[1] - start[1]
    length = across**2 + down**2
    part = ((pixel[0] - start[0]) * across + (pixel[1] - start[1]) * down) / length if length else 0
    part = min(max(part, 0), 1)
    return math.dist(pixel, (start[0] + part * across, start[1] + part * down))


def touches_any(box: Box, others: Sequence[Box]) -> bool:
    """Whether a box has a part in common with one of others."""
    left, right, top, bottom = box
    for other_left, other_right, other_top, other_bottom in others:  # a loop, since it runs a million times
        if left < other_right and other_left < right and top < other_bottom and other_top < bottom:
            return True
    return False
