"""Which picture stands for the dashboard in a browser's tab? A hollow mark and a solid one, joined: missing, and accounted for.

Drawn from the palette at each size: as SVG, and as pixels for browsers and programs that take no SVG.
"""

import struct
import zlib
from math import hypot

from components.theme import NAVY, PAPER, rgb
from data.record.single_flight import computed_once

# The drawing on a square of 32: the ground and the radius of its corners, the two marks and the line between them.
SIDE, CORNER = 32.0, 6.0
HOLLOW, SOLID = (10.5, 10.5), (21.5, 21.5)
RADIUS, STROKE, LINE = 5.0, 3.0, 2.5
ICO_SIZES = (16, 32, 48)
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def icon_svg() -> bytes:
    """The icon as SVG."""
    (x1, y1), (x2, y2) = HOLLOW, SOLID
    shapes = (
        f'<rect width="{SIDE:g}" height="{SIDE:g}" rx="{CORNER:g}" fill="{NAVY}"/>'
        f'<path d="M{x1} {y1}L{x2} {y2}" stroke="{PAPER}" stroke-width="{LINE}"/>'
        f'<circle cx="{x1}" cy="{y1}" r="{RADIUS}" fill="{NAVY}" stroke="{PAPER}" stroke-width="{STROKE}"/>'
        f'<circle cx="{x2}" cy="{y2}" r="{RADIUS + STROKE / 2}" fill="{PAPER}"/>'
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE:g} {SIDE:g}">{shapes}</svg>'.encode()


@computed_once(128)
def icon_png(size: int, corner: float = CORNER) -> bytes:
    """The icon as PNG, as many pixels wide and high; without round corners where `corner` is 0."""
    rows = b"".join(
        b"\0"
        + b"".join(
            bytes(_pixel((x + 0.5) * SIDE / size, (y + 0.5) * SIDE / size, SIDE / size, corner)) for x in range(size)
        )
        for y in range(size)
    )
    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)  # 8 bits each of red, green, blue and alpha
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return PNG_SIGNATURE + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


@computed_once(128)
def icon_ico() -> bytes:
    """The icon as ICO, with a PNG of each of its sizes."""
    pictures = [icon_png(size) for size in ICO_SIZES]
    entries, offset = b"", 6 + 16 * len(pictures)
    for size, picture in zip(ICO_SIZES, pictures, strict=True):
        entries += struct.pack("<BBBBHHII", size, size, 0, 0, 1, 32, len(picture), offset)
        offset += len(picture)
    return struct.pack("<HHH", 0, 1, len(pictures)) + entries + b"".join(pictures)


def _pixel(x: float, y: float, width: float, corner: float) -> list[int]:
    """Red, green, blue and alpha of a pixel with its middle at a point of the drawing."""
    is_light = max(
        _share(min(_outside_of_line(x, y), _outside_of_circle(x, y, SOLID, RADIUS + STROKE / 2)), width)
        * (1 - _share(_outside_of_circle(x, y, HOLLOW, RADIUS), width)),
        _share(abs(_outside_of_circle(x, y, HOLLOW, RADIUS)) - STROKE / 2, width),
    )
    ground, marks = rgb(NAVY)[:3], rgb(PAPER)[:3]
    mixed = [round(dark + (light - dark) * is_light) for dark, light in zip(ground, marks, strict=True)]
    return [*mixed, round(255 * _share(_outside_of_ground(x, y, corner), width))]


def _share(distance: float, width: float) -> float:
    """How much of a pixel is inside a shape whose edge is this far from its middle; a distance inside is negative."""
    return min(1.0, max(0.0, 0.5 - distance / width))


def _outside_of_circle(x: float, y: float, center: tuple[float, float], radius: float) -> float:
    return hypot(x - center[0], y - center[1]) - radius


def _outside_of_line(x: float, y: float) -> float:
    """How far a point is from the line between the marks, which runs at 45 degrees through the middle."""
    across, along = abs(x - y) / 2**0.5, abs(x + y - SIDE) / 2**0.5
    length = hypot(SOLID[0] - HOLLOW[0], SOLID[1] - HOLLOW[1])
    return max(across - LINE / 2, along - length / 2)


def _outside_of_ground(x: float, y: float, corner: float) -> float:
    right, down = abs(x - SIDE / 2) - SIDE / 2 + corner, abs(y - SIDE / 2) - SIDE / 2 + corner
    return hypot(max(right, 0.0), max(down, 0.0)) + min(max(right, down), 0.0) - corner
