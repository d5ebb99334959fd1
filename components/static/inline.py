"""How does a drawing stand on a page that should be there at once? As SVG without a script, for wide and narrow screens."""

from html import escape
from urllib.parse import urlencode

import plotly.graph_objects as go

from components.static.svg import svgs_of
from data.files.described import address_of_card
from data.query.select import Selection

# Pixels of a panel on a laptop, and on a phone.
WIDE, NARROW = 960, 300
# With the drawing itself, not with the style of the page: that may come a moment later, and both widths would show.
STYLE = "<style>.still svg { width: 100%; height: auto; } @media (max-width: 700px) { .wide-still { display: none; } } @media (min-width: 701px) { .narrow-still { display: none; } }</style>"


def link_to_card(row_id: str, selection: Selection) -> str:
    """The address of a row's card in the view of the selection, from any page."""
    view = {which: str(selection.values.get(which) or "") for which in ("asof", "source")}
    asked = urlencode({which: value for which, value in view.items() if value not in ("", "all")})
    return address_of_card("", row_id).lstrip("/") + (f"&{asked}" if asked else "")


def still(figure: go.Figure, name: str, selection: Selection) -> str:
    """The figure as HTML with this name; its marks lead to the cards of their rows, in the view of the selection."""
    drawings = {
        look: "".join(svgs_of(figure, name, width, link=lambda row_id: link_to_card(row_id, selection)))
        for look, width in (("wide", WIDE), ("narrow", NARROW))
    }
    inner = "".join(f'<div class="{look}-still">{svg}</div>' for look, svg in drawings.items())
    return f'<div class="still" role="figure" aria-label="{escape(name)}">{STYLE}{inner}</div>'
