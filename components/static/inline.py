"""How does a drawing stand on a page that should be there at once? As SVG without a script, for wide and narrow screens."""

from html import escape
from urllib.parse import urlencode

import plotly.graph_objects as go

from components import assets
from components.static.svg import svgs_of
from data.files.described import address_of_card
from data.query.select import Selection

# Pixels of a panel on a laptop, and on a phone.
WIDTHS = {"wide": 960, "narrow": 300}
# With the drawing itself, not with the style of the page: that may come a moment later, and both widths would show.
STYLE = f"<style>{assets.text('static_chart.css').strip()}</style>"


def link_to_card(row_id: str, selection: Selection) -> str:
    """The address of a row's card in the view of the selection, from any page."""
    values = {name: str(selection.values.get(name) or "") for name in ("asof", "source")}
    query = urlencode({name: value for name, value in values.items() if value not in ("", "all")})
    return address_of_card("", row_id).lstrip("/") + (f"&{query}" if query else "")


def static_svg(figure: go.Figure, name: str, selection: Selection) -> str:
    """The figure as HTML with this name; its marks lead to the cards of their rows, in the view of the selection."""
    drawings = {
        screen: "".join(svgs_of(figure, name, width, link=lambda row_id: link_to_card(row_id, selection)))
        for screen, width in WIDTHS.items()
    }
    inner = "".join(f'<div class="static-chart-{screen}">{svg}</div>' for screen, svg in drawings.items())
    return f'<div class="static-chart" role="figure" aria-label="{escape(name)}">{STYLE}{inner}</div>'
