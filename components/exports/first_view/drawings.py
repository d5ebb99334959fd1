"""How do the drawings of a page look before a script draws them? As static SVG, at the sizes that they have on three screens.

A server does not know the window of its reader. So each drawing is sent for a phone, a laptop and a large screen, and the
style sheet shows the one that fits.
"""

from html import escape
from typing import NamedTuple

from components.exports.first_view.tree import Node
from components.map.svg import LinkToPlace, deck_svg
from components.map.window import ROOMS
from components.static.pieces import Link
from components.static.svg import svgs_of
from data.record.shapes import Shapes, shapes_in


class Screen(NamedTuple):
    """A kind of screen that drawings are made for: the pixels of its window, as 1280x800, and the margins of the page."""

    name: str
    pixels: str
    margin: int

    @property
    def height(self) -> int:
        return int(self.pixels.split("x")[1])

    @property
    def page_width(self) -> int:
        return int(self.pixels.split("x")[0]) - 2 * self.margin


# As the style sheets know them: a phone below 768 px, a large screen from 1,500 px on.
SCREENS = (Screen("narrow", "390x844", 16), Screen("wide", "1280x800", 24), Screen("large", "1920x1080", 120))
# Of a page that is wider than its content may be, as page.css says.
WIDEST = 1680


class Size(NamedTuple):
    """The room that a drawing has on a screen, in pixels; a height of 0 is the drawing's own."""

    screen: Screen
    width: float
    height: float = 0


def height_of(node: Node) -> int:
    """The height of a chart in pixels, where it does not fill a room."""
    return int(node.spec["layout"]["height"])


def chart(node: Node, sizes: list[Size], link: Link) -> str:
    """A chart at each of its sizes."""
    svgs = []
    for size in sizes:
        layout = node.spec["layout"] | {"width": size.width, "height": size.height or height_of(node)}
        svg = "".join(svgs_of({**node.spec, "layout": layout}, node.content.alt, size.width, link=link))
        svgs.append(f'<div class="first-{size.screen.name}">{svg}</div>')
    return _named("PlotlyChart", node.content.alt, "".join(svgs))


def deck(node: Node, link: LinkToPlace) -> str:
    """A map that moves, in the room that it is drawn for."""
    # a map on which nothing can be pressed has no id, and no key with it: that of the stage
    room = ROOMS["phone" if node.key.endswith("-phone") else "page" if node.key else "stage"]
    width, height = room.width * room.enlargement, room.height * room.enlargement
    svg = deck_svg(node.spec, width, height, shapes_at, link)
    return _named("DeckGlJsonChart", node.content.alt, f"<div>{svg}</div>")


def shapes_at(address: str) -> Shapes:
    """The shapes that the server has at an address below /geo."""
    return shapes_in(address.rsplit("/", 1)[-1])


def _named(kind: str, name: str, drawings: str) -> str:
    return f'<div class="first-drawing first-{kind} static-chart" role="figure" aria-label="{escape(name)}">{drawings}</div>'
