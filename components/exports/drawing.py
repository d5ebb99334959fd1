"""How does a panel leave as a picture that no browser has to make? As SVG, and as PNG, of any size, the same bytes anywhere.

In the picture are title, sentence, drawing, source, day, version and address. In a low box the words around the drawing
are shortened before the drawing becomes small.
"""

from collections.abc import Iterator
from html import escape
from typing import NamedTuple

import resvg_py

from components import assets
from components.exports.fitting import Fitted, Room, fitted
from components.exports.picture import as_of_line, short_as_of_line
from components.panels.panel import Panel
from components.static.letters import lines_within
from components.static.sheet import Content, Text, block, height_of, placed
from components.theme import DRAWING_FONT, INK, MUTED, NAVY, PAPER
from data.files.extract import Extract
from data.query.address import Refusal
from data.record.wording import number_with_noun

# In a picture of a given size the type is to its width and height as here; no type is smaller than here.
OWN_WIDTH, OWN_HEIGHT = 600, 315
# Width of a picture that says none, and the most of its height; of one that is a table less.
WIDTH, MOST_HEIGHT, MOST_HEIGHT_OF_TABLE = 2 * OWN_WIDTH, 2400, 1600
# Width and height of the picture that other sites show beside a link.
PREVIEW = (2 * OWN_WIDTH, 2 * OWN_HEIGHT)
# Least part of the height that a drawing has before the words around it are shortened.
LEAST_SHARE = 0.58
# Pixels of a PNG at most.
MOST_PIXELS = 26_000_000


class Size(NamedTuple):
    """Width and height of a picture in pixels, and how many pixels of a PNG are one of them; no height: what it needs."""

    width: int = WIDTH
    height: int | None = None
    density: int = 1


OWN = Size()


class Type(NamedTuple):
    """Sizes of type of title, sentence and small print, the margin, and the air above and below a drawing, in pixels."""

    title: float
    sentence: float
    small: float
    margin: float
    air: float

    def times(self, scale: float) -> "Type":
        return Type(*(size * scale for size in self))


NATURAL, COMPACT = Type(24, 16, 13, 24, 12), Type(19, 13, 11.5, 12, 6)


class Around(NamedTuple):
    """The words above and below a drawing."""

    head: list[Text]
    foot: list[Text]


class Sheet(NamedTuple):
    """A picture: its size in pixels, and the SVG in it."""

    width: int
    height: int
    svg: str


def address_of_picture(
    panel: Panel, base: str, ending: str = "png", width: int | None = PREVIEW[0], height: int | None = PREVIEW[1]
) -> str:
    """The address of a panel's picture: of the size that other sites show beside a link, or of its own size."""
    size = {name: pixels for name, pixels in (("width", width), ("height", height)) if pixels}
    return Extract(panel.view, panel.library, panel.selection, base).short_address(ending, **size)


def svg_of(panel: Panel, base: str, size: Size = OWN) -> str:
    """The picture of a panel as SVG that brings its typeface along; its marks lead to the cards of their rows at `base`."""
    return _document(_sheet(panel, base, size), panel.alt, has_fonts=True)


def png_of(panel: Panel, base: str, size: Size = OWN) -> bytes:
    """The same picture as PNG. Refusal where it would have too many pixels."""
    if size.width * (size.height or MOST_HEIGHT) * size.density**2 > MOST_PIXELS:
        sentence = "A PNG of this width, height and density is too large. Make one of them smaller."
        raise Refusal(400, sentence, {"parameter": "density"})
    svg = _document(_sheet(panel, base, size), panel.alt, has_fonts=False)
    return resvg_py.svg_to_bytes(
        svg_string=svg, zoom=size.density, skip_system_fonts=True, font_files=list(assets.PICTURE_FONTS)
    )


def svg_file(panel: Panel, base: str, size: Size = OWN) -> bytes:
    """The picture as the bytes of an SVG file."""
    return svg_of(panel, base, size).encode("utf-8")


def _document(sheet: Sheet, name: str, has_fonts: bool) -> str:
    wide, high, svg = sheet
    style = f"<style>{assets.picture_faces()}</style>" if has_fonts else ""
    box = f'width="{wide}" height="{high}" viewBox="0 0 {wide} {high}" font-family="{DRAWING_FONT}"'
    ground = f'<rect width="{wide}" height="{high}" fill="{PAPER}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {box}><title>{escape(name)}</title>{style}{ground}{svg}</svg>'


def _sheet(panel: Panel, base: str, size: Size) -> Sheet:
    """The picture in its size: the fullest words around the drawing that leave it its part of the height."""
    scale = max(1.0, min(size.width / OWN_WIDTH, size.height / OWN_HEIGHT)) if size.height else 1.0
    sizes = COMPACT.times(scale) if size.height else NATURAL
    width = size.width - 2 * sizes.margin
    most = size.height or (MOST_HEIGHT if panel.is_drawn else MOST_HEIGHT_OF_TABLE)
    for around in _around(panel, base, sizes, width):
        height = most - _height_around(around, sizes, width)
        if height >= LEAST_SHARE * most or size.height is None:
            break
    room = Room(width, height, scale, size.height is None)
    drawing, foot = _drawing(panel, base, room, sizes, around.foot)
    return _composed(size, sizes, Around(around.head, foot), drawing, width)


def _drawing(panel: Panel, base: str, room: Room, sizes: Type, foot: list[Text]) -> tuple[Fitted, list[Text]]:
    """The drawing in its room, and the words below it: first of all how much of the rows it shows."""
    if panel.frame.empty:
        sentence = [Text(panel.sentence, sizes.sentence * 1.25, INK)]
        content = Content(block(sentence, 0, 0, room.width), room.width, height_of(sentence, room.width))
        return Fitted(content, 1), foot
    found = fitted(panel, base, room)
    if not found.content.remark:
        return found, foot
    remark = Text(found.content.remark, sizes.small, INK)
    less = room._replace(height=room.height - height_of([remark], room.width))
    found = fitted(panel, base, less)
    return found, [remark._replace(words=found.content.remark), *foot]


def _composed(size: Size, sizes: Type, around: Around, drawing: Fitted, width: float) -> Sheet:
    """Words, drawing and words one below the other; what a given height leaves over is shared above and below the drawing."""
    head, foot = height_of(around.head, width), height_of(around.foot, width)
    content, scale = drawing
    top = sizes.margin + head + sizes.air
    below = sizes.air + foot + sizes.margin
    height = size.height or round(top + content.height * scale + below)
    free = height - top - below - content.height * scale
    left = sizes.margin + max(0, width - content.width * scale) / 2
    svg = [
        block(around.head, sizes.margin, sizes.margin, width),
        placed(content, left, top + max(0, free) / 2, scale),
        block(around.foot, sizes.margin, height - sizes.margin - foot, width),
    ]
    return Sheet(size.width, height, "".join(svg))


def _height_around(around: Around, sizes: Type, width: float) -> float:
    words = height_of(around.head, width) + height_of(around.foot, width)
    return words + 2 * (sizes.margin + sizes.air)


def _around(panel: Panel, base: str, sizes: Type, width: float) -> Iterator[Around]:
    """The words around the drawing, from all there are to the fewest: title, choices, source, days, version and address."""
    title = Text(panel.title, sizes.title, NAVY, is_bold=True, most=3)
    summary = Text(panel.drawn.summary, sizes.sentence, INK)
    showing = Text(f"{panel.showing}.", sizes.sentence, MUTED)
    whole = [panel.drawn.note, panel.source, as_of_line(panel), _address_of_view(panel, base)]
    yield Around([title, summary, showing], [Text(words, sizes.small, MUTED) for words in whole])
    source, days = _short_source(panel, sizes.small, width), short_as_of_line(panel)
    together = f"{source} {days}"
    lines_below = [together] if _is_one_line(together, sizes.small, width) else [source, days]
    lines_below.append(_short_address(panel, base, sizes.small, width))
    foot = [Text(words, sizes.small, MUTED, most=2) for words in lines_below]
    title = title._replace(most=2)
    if len(lines_within(summary.words, summary.size, width)) <= 2:
        yield Around([title, summary, showing._replace(most=2)], foot)
    yield Around([title, showing._replace(most=2)], foot)


def _is_one_line(words: str, size: float, width: float) -> bool:
    return len(lines_within(words, size, width)) == 1


def _address_of_view(panel: Panel, base: str) -> str:
    """The address of the view as a page that opens in any browser, without what filters nothing."""
    return address_of_picture(panel, base, "html", None, None)


def _short_address(panel: Panel, base: str, size: float, width: float) -> str:
    """The address of the view where it fits a line; else that of the page it is from."""
    address = _address_of_view(panel, base)
    return address if _is_one_line(address, size, width) else f"{base}/{panel.view.page}"


def _short_source(panel: Panel, size: float, width: float) -> str:
    """The source in one line: as the page names it, else who published it, else how many documents there are."""
    sources = panel.library["sources"].set_index("source_id")
    publishers = dict.fromkeys(str(sources["publisher"].get(source_id, "")) for source_id in panel.source_ids)
    noun = "Sources" if len(publishers) > 1 else "Source"
    number = f"Sources: {number_with_noun(len(panel.documents), 'document')}." if panel.source_ids else panel.source
    options = (panel.source, f"{noun}: {'; '.join(publishers)}." if panel.source_ids else "", number)
    return next((words for words in options if words and _is_one_line(words, size, width)), number)
