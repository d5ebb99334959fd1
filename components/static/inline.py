"""How does a drawing stand on a page that should be there at once? As SVG without a script, for wide and narrow screens."""

from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode

import plotly.graph_objects as go

from components.static.svg import svgs_of
from data.query.address import address_of_card
from data.query.select import Selection

# Pixels of a panel on a laptop, and on a phone.
WIDTHS = {"wide": 960, "narrow": 300}


def link_to_card(row_id: str, selection: Selection) -> str:
    """The address of a row's card in the view of the selection, from any page."""
    query = urlencode(view_of(selection))
    return address_of_card("", row_id).lstrip("/") + (f"&{query}" if query else "")


def link_to_page(path: str, selection: Selection, **choices: str) -> str:
    """The address of a page in the view of the selection, with these choices, from any page."""
    query = urlencode(choices | view_of(selection))
    return path + (f"?{query}" if query else "")


def view_of(selection: Selection) -> dict[str, str]:
    """The day and the sources of a selection, as an address writes them; neither where all of the record is in view."""
    values = {name: str(selection.values.get(name) or "") for name in ("asof", "source")}
    return {name: value for name, value in values.items() if value not in ("", "all")}


def in_this_tab(html: str) -> str:
    """The HTML with links that say that they open in this tab: those of a text in Markdown open another one otherwise."""
    return html.replace("<a ", '<a target="_self" ')


def static_svg(figure: go.Figure, name: str, selection: Selection) -> str:
    """The figure as HTML with this name; its marks lead to the cards of their rows, in the view of the selection."""
    return static_svgs({screen: (figure, width) for screen, width in WIDTHS.items()}, name, selection)


def static_svgs(figures: Mapping[str, tuple[go.Figure, int]], name: str, selection: Selection) -> str:
    """Figures of one drawing as HTML with this name, by the kind of screen that shows them, each with its width."""
    drawings = {
        screen: "".join(svgs_of(figure, name, width, link=lambda row_id: link_to_card(row_id, selection)))
        for screen, (figure, width) in figures.items()
    }
    inner = "".join(f'<div class="static-chart-{screen}">{svg}</div>' for screen, svg in drawings.items())
    return f'<div class="static-chart" role="figure" aria-label="{escape(name)}">{inner}</div>'
