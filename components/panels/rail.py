"""What stands beside the drawing that leads a page? What it says in a few facts, and its legend; HTML."""

from collections.abc import Iterable
from html import escape
from typing import NamedTuple
from urllib.parse import quote

import plotly.graph_objects as go

from components.static.inline import link_to_card
from components.static.marks import swatch
from data.query.select import Selection

# Pixels of the square in which the legend draws a mark.
SWATCH = 24


class Fact(NamedTuple):
    """A number or a few words in large type, what they are, and the row whose card they open."""

    number: str
    text: str
    row_id: str = ""


def rail(facts: Iterable[Fact], selection: Selection, figure: go.Figure | None = None, note: str = "") -> str:
    """The facts, each a link to its card; the legend of the figure, where it has one; a note."""
    entries = "".join(_fact(fact, selection) for fact in facts)
    legend = legend_of(figure) if figure is not None else ""
    last = f'<p class="key">{escape(note)}</p>' if note else ""
    return f'<div class="rail"><ul class="rail-facts">{entries}</ul>{legend}{last}</div>'


def legend_of(figure: go.Figure) -> str:
    """The legend of a figure as a list: each trace that has an entry there, with its mark as on the drawing."""
    traces = [trace for trace in figure.to_plotly_json()["data"] if trace.get("name") and trace.get("showlegend", True)]
    entries = "".join(_key(trace) for trace in sorted(traces, key=lambda trace: trace.get("legendrank", 99)))
    return f'<ul class="rail-legend">{entries}</ul>' if entries and figure.layout.showlegend else ""


def _fact(fact: Fact, selection: Selection) -> str:
    number = f"<b>{escape(fact.number)}</b>"
    if fact.row_id:
        number = f'<a href="{escape(link_to_card(fact.row_id, selection))}">{number}</a>'
    return f"<li>{number}<span>{escape(fact.text)}</span></li>"


def _key(trace: dict[str, object]) -> str:
    mark = swatch(trace, SWATCH / 2, SWATCH / 2)
    # as a picture: the frontend takes drawings out of the HTML that it is given
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SWATCH} {SWATCH}">{mark}</svg>'
    picture = f'<img alt="" width="{SWATCH}" height="{SWATCH}" src="data:image/svg+xml,{quote(drawing)}">'
    return f"<li>{picture}<span>{escape(str(trace['name']))}</span></li>"
