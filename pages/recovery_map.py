"""Where did it happen?"""

import streamlit as st

from components import filters
from components.navigation import BY_PATH
from components.panels import details, place_rail, render

PAGE = BY_PATH["recovery-map"]
library = filters.library_in_view()

render.heading(PAGE, library, filters.unfiltered(PAGE.path))


def places_and_what_happened_there() -> None:
    selection = filters.filter_row(PAGE.path, library, hidden=("place",))
    render.show_view(
        "map",
        library,
        selection,
        beside=lambda: place_rail.show(library, selection),
        choose_on=lambda key: filters.select_on_map("place", key),
    )
    with st.container(key="map-tables"):
        render.show_views(PAGE.path, library, selection, without=("map",))
    details.places_without_point(library, selection)


render.fragment(places_and_what_happened_there)
