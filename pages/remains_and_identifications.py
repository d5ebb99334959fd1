"""What came back, from where, and how much of it has a name?"""

import streamlit as st

from components import filters
from components.navigation import BY_PATH
from components.panels import details, render
from data.query.select import Selection

PAGE = BY_PATH["remains-and-identifications"]
library = filters.library_in_view()
unfiltered = filters.unfiltered(PAGE.path)

CONTENTS = {
    "By origin": "origins",
    "By year and area": "by-area",
    "Accounted for by year": "by-year",
    "Accounted for so far": "so-far",
    "Money": "money",
    "The brief's own parts": "parts-of-the-brief",
}

render.heading(PAGE, library, unfiltered)
render.contents(CONTENTS)


def returned_by_origin() -> None:
    chosen = {"origin": filters.requested_choice("origin", library)}
    selection = Selection(PAGE.path, filters.requested_view() | chosen)
    render.show_view("origins", library, selection, beside=series_of_the_origin)


def series_of_the_origin() -> None:
    selection = filters.filter_row(PAGE.path, library, hidden=("pace",))
    render.show_view("by-origin", library, selection)


def pair(first: str, second: str) -> None:
    for column, key in zip(st.columns(2), (first, second), strict=True):
        with column:
            render.show_view(key, library, unfiltered)


render.fragment(returned_by_origin)
pair("by-area", "by-year")
pair("so-far", "money")
render.anchor("parts-of-the-brief")
with st.expander("The brief of 2012: its parts, its sum, and a look ahead"):
    render.show_view("since-1982", library, unfiltered)
    pair("returned-1950s", "pace-month")
    render.fragment(lambda: details.look_ahead(library, unfiltered))
