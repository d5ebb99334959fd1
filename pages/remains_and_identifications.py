"""What came back, from where, and how much of it has a name?"""

import streamlit as st

from components import filters
from components.panels import details, render

PAGE = "remains-and-identifications"
tables = filters.library_in_view()

render.heading(
    "What came back, from where, and how much of it has a name?",
    "Boxes, sets of remains and persons are three different things; returned, estimated and identified are kept apart, and only sums marked as computed add anything up.",
)


def returned_by_origin() -> None:
    chosen = filters.filter_row(PAGE, tables, hidden=("pace",))
    render.show_view("by-origin", tables, chosen)


render.fragment(returned_by_origin)

unfiltered = filters.unfiltered(PAGE)
for key in ("by-area", "by-year", "so-far", "since-1982"):
    render.show_view(key, tables, unfiltered)
left, right = st.columns(2)
with left:
    render.show_view("returned-1950s", tables, unfiltered)
with right:
    render.show_view("pace-month", tables, unfiltered)
render.fragment(lambda: details.look_ahead(tables, unfiltered))
render.show_view("money", tables, unfiltered)
