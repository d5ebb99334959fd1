"""What came back, from where, and how much of it has a name?"""

import streamlit as st

from components import filters
from components.navigation import BY_PATH
from components.panels import details, render, summaries

PAGE = BY_PATH["remains-and-identifications"]
library = filters.library_in_view()

render.heading(PAGE.question, summaries.of_pages(library)[PAGE.path])


def returned_by_origin() -> None:
    selection = filters.filter_row(PAGE.path, library, hidden=("pace",))
    render.show_view("by-origin", library, selection)


render.fragment(returned_by_origin)

unfiltered = filters.unfiltered(PAGE.path)
for key in ("by-area", "by-year", "so-far", "since-1982"):
    render.show_view(key, library, unfiltered)
left, right = st.columns(2)
with left:
    render.show_view("returned-1950s", library, unfiltered)
with right:
    render.show_view("pace-month", library, unfiltered)
render.fragment(lambda: details.look_ahead(library, unfiltered))
render.show_view("money", library, unfiltered)
