"""Where is everything on a page before its scripts run? In blocks like those of the live page, under names of their own.

The style sheet of the live page is read anew for these names (`sheet.py`), so that both have one layout. Names of the live
page itself are left to it: whatever looks for a part of the page by them finds the live one alone.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape

from streamlit.proto.Block_pb2 import Block

from components.exports.first_view import controls, drawings, grids
from components.exports.first_view.controls import Addresses
from components.exports.first_view.drawings import Size
from components.exports.first_view.tree import Node
from components.static.inline import link_to_card
from data.query.select import Selection

# Blocks that hold scripts, or what the live page has out of sight.
UNSEEN = ("scripts", "view-choice", "more-filters", "kept-choices", "disagreement-choice", "map-anew")
# Pixels: the rail beside a drawing, the gap before it, the gap between columns; the part of the width that the series of an
# origin has (remains.css).
RAIL, GAP, GAP_OF_COLUMNS = 340, 24, 16
SERIES_OF_ORIGIN = 0.37
# Blocks in which a drawing is as high as the window leaves it, as the style sheets say: what the window has above and below
# it, and the least and the greatest height.
FILLING = {
    "lead-drawing-": (284, 440, 780),
    "disagreement-panel-fills": (400, 380, 680),
}
# Pixels of a drawing on the stage of each screen, before the style sheet of the stage makes it smaller (presenter.css).
ON_STAGE = {"narrow": "471x567", "wide": "1631x870", "large": "1813x883"}
# How the parts of a row are aligned, where that is not at their tops.
ALIGNED = {
    Block.FlexContainer.ALIGN_CENTER: " centered",
    Block.FlexContainer.ALIGN_END: " at-foot",
}


@dataclass(frozen=True)
class Room:
    """What a part of the page is drawn with: its sizes on the screens, where its controls and marks lead."""

    sizes: tuple[Size, ...]
    addresses: Addresses
    selection: Selection
    in_row: bool = False

    def beside_others(self, to_width: Callable[[float], float]) -> "Room":
        """The room of a part beside others, by the width of all of them; on a phone it has the whole width."""
        sizes = (
            size if size.screen.name == "narrow" else size._replace(width=to_width(size.width)) for size in self.sizes
        )
        return replace(self, sizes=tuple(sizes))


def room_of_page(addresses: Addresses, selection: Selection) -> Room:
    """The room of a whole page."""
    sizes = [Size(screen, min(screen.page_width, drawings.WIDEST)) for screen in drawings.SCREENS]
    return Room(tuple(sizes), addresses, selection)


def html_of(node: Node, room: Room) -> str:
    """A block or an element with all that it holds, as HTML."""
    if node.key in UNSEEN:
        return ""
    if node.kind in ("flex_container", "column", "vertical"):
        return _block(node, room)
    if node.kind == "expandable":
        return _expander(node, room)
    if node.kind == "tab_container":
        return _tabs(node, room)
    return _element(node, room)


def children_of(node: Node, room: Room) -> str:
    return "".join(html_of(child, room) for child in node.in_order())


def _block(node: Node, room: Room) -> str:
    if node.kind == "column":
        weight = node.content.weight
        room = room.beside_others(lambda width: (width + GAP_OF_COLUMNS) * weight - GAP_OF_COLUMNS)
        return f'<div class="first-Column" style="--part:{weight:.4%}">{_stack(node, room)}</div>'
    flex = node.content
    is_row = flex.direction == flex.HORIZONTAL
    inner = children_of(node, replace(_inside(node, room), in_row=is_row))
    name = "HorizontalBlock" if is_row else "VerticalBlock"
    aligned = ALIGNED.get(flex.align, "") if is_row else ""
    return f'<div class="first-LayoutWrapper{_width(node, room)}><div class="first-{name}{_key_class(node)}{aligned}">{inner}</div></div>'


def _stack(node: Node, room: Room) -> str:
    """What a block holds, one below the other."""
    return f'<div class="first-VerticalBlock">{children_of(node, replace(room, in_row=False))}</div>'


def _inside(node: Node, room: Room) -> Room:
    """The room inside a block: beside a rail there is less of it, and some drawings are as high as the window leaves them."""
    if node.key == "lead-rail-origins":
        room = room.beside_others(lambda width: round(width * SERIES_OF_ORIGIN))
    elif node.key.startswith("lead-drawing-"):
        room = room.beside_others(lambda width: width - RAIL - GAP)
    if node.key == "stage-drawing":
        return replace(room, sizes=tuple(_on_stage(size) for size in room.sizes))
    for key, (around, least, most) in FILLING.items():
        if node.key.startswith(key):
            heights = (min(max(size.screen.height - around, least), most) for size in room.sizes)
            sizes = tuple(size._replace(height=height) for size, height in zip(room.sizes, heights, strict=True))
            return replace(room, sizes=sizes)
    return room


def _on_stage(size: Size) -> Size:
    width, height = ON_STAGE[size.screen.name].split("x")
    return Size(size.screen, int(width), int(height))


def _expander(node: Node, room: Room) -> str:
    opened = " open" * bool(node.content.expanded)
    return f'<details class="first-Expander"{opened}><summary>{escape(node.content.label)}</summary>{_stack(node, room)}</details>'


def _tabs(node: Node, room: Room) -> str:
    """Tabs, of which the first is open; the others unfold below it."""
    group = f' name="{escape(node.key)}"' if node.key else ""
    parts = [
        f'<details class="first-Tab"{group}{" open" * (nth == 0)}><summary>{escape(tab.content.label)}</summary>{_stack(tab, room)}</details>'
        for nth, tab in enumerate(node.in_order())
    ]
    return f'<div class="first-Tabs first-key-{escape(node.key)}">{"".join(parts)}</div>'


def _element(node: Node, room: Room) -> str:
    """An element in the box that the style sheet knows."""
    inner = _content(node, room)
    if not inner:
        return ""
    if node.kind == "plotly_chart" and not node.around.height_config.use_stretch:
        style = f'style="--high:{drawings.height_of(node)}px"'
        return f'<div class="first-ElementContainer{_key_class(node)}" {style}>{inner}</div>'
    fills = " fills" * bool(node.around.height_config.use_stretch)
    return f'<div class="first-ElementContainer{fills}{_key_class(node)}{_width(node, room)}>{inner}</div>'


def _key_class(node: Node) -> str:
    return f" first-key-{escape(node.key)}" if node.key else ""


def _content(node: Node, room: Room) -> str:
    content = node.content
    if node.kind in controls.CONTROLS:
        control = controls.CONTROLS[node.kind](node, room.addresses)
        return f'<div class="first-{controls.NAMES[node.kind]}">{control}</div>'

    def link(row_id: str) -> str:
        return link_to_card(row_id.split(";")[0], room.selection)

    if node.kind == "html":
        return f'<div class="first-Html">{content.body}</div>'
    if node.kind == "markdown":
        return f'<div class="first-Html">{content.body if content.allow_html else escape(content.body)}</div>'
    if node.kind == "plotly_chart":
        return drawings.chart(node, list(room.sizes), link)
    if node.kind == "deck_gl_json_chart":
        return drawings.deck(node, lambda place_id: room.addresses.to_choice("place", [place_id]))
    if node.kind == "dataframe":
        return grids.grid(node)
    return TEXTS[node.kind](content) if node.kind in TEXTS else ""


TEXTS = {
    "heading": lambda content: f"<{content.tag}>{escape(content.body)}</{content.tag}>",
    "text": lambda content: f'<div class="first-Text">{escape(content.body)}</div>',
    "alert": lambda content: f'<div class="first-Alert">{escape(content.body)}</div>',
    "page_link": lambda content: (
        f'<a class="first-page-link" href="{escape(content.page or "./")}{escape("?" + content.query_string if content.query_string else "")}">{_bold(content.label)}</a>'
    ),
    "link_button": lambda content: (
        f'<a class="first-button secondary" href="{escape(content.url)}">{escape(content.label)}</a>'
    ),
    "code": lambda content: f'<code class="first-Code">{escape(content.code_text)}</code>',
}


def _bold(label: str) -> str:
    """A label of Markdown, of which only what is bold is known here."""
    first, bold, rest = label.partition("**")[0], *label.partition("**")[2].partition("**")[::2]
    return f"{escape(first)}<b>{escape(bold)}</b>{escape(rest)}" if bold else escape(label)


def _width(node: Node, room: Room) -> str:
    """How wide a part is, as the end of its class and its style: as its content, so many pixels, or all that there is."""
    config = node.around.width_config
    spec = config.WhichOneof("width_spec")
    if spec == "pixel_width":
        return f'" style="--wide:{config.pixel_width}px"'
    if spec == "use_content":
        return ' fits"'
    return ' grows"' if room.in_row else '"'
