"""How far apart are the numbers of one disagreement? A small bar from the lowest to the highest, a mark for each, as SVG."""

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from components.static.pieces import Link
from components.theme import BORDER, NAVY, PAPER

WIDTH, HEIGHT, RADIUS, AIR = 300, 26, 5, 10


class Extent(NamedTuple):
    """A statement: the lowest and the highest number that it prints, whether exactly, its words and its row."""

    low: int
    high: int
    is_exact: bool
    text: str
    row_id: str


def range_bar(extents: Iterable[Extent], name: str, link: Link) -> str:
    """The statements on an axis from zero to the largest of them; a hedged one is hollow. Each leads to its row."""
    found = list(extents)
    largest = max(extent.high for extent in found) or 1
    scale = (WIDTH - 2 * AIR) / largest
    lowest = min(extent.low for extent in found)
    base = f'<path d="M{AIR} 13H{WIDTH - AIR}" stroke="{BORDER}" stroke-width="2"/>'
    reach = f'<path d="M{AIR + lowest * scale:.1f} 13H{AIR + largest * scale:.1f}" stroke="{NAVY}" stroke-width="2"/>'
    marks = "".join(_mark(extent, scale, link) for extent in found)
    return f'<svg class="range-bar" viewBox="0 0 {WIDTH} {HEIGHT}" role="group" aria-label="{escape(name)}">{base}{reach}{marks}</svg>'


def _mark(extent: Extent, scale: float, link: Link) -> str:
    low, high = AIR + extent.low * scale, AIR + extent.high * scale
    look = f'fill="{NAVY if extent.is_exact else PAPER}" stroke="{NAVY}" stroke-width="2"'
    box = f'<rect x="{low - RADIUS:.1f}" y="{13 - RADIUS}" width="{high - low + 2 * RADIUS:.1f}" height="{2 * RADIUS}" rx="{RADIUS}" {look}/>'
    return f'<a href="{escape(link(extent.row_id))}"><title>{escape(extent.text)}</title>{box}</a>'
