"""Where did it happen?"""

from components import filters
from components.navigation import BY_PATH
from components.panels import details, render, summaries

PAGE = BY_PATH["recovery-map"]
library = filters.library_in_view()

render.heading(PAGE.question, summaries.of_pages(library)[PAGE.path])


def places_and_what_happened_there() -> None:
    selection = filters.filter_row(PAGE.path, library, hidden=("place",))
    render.show_view(
        "map",
        library,
        selection,
        **filters.select_on_map("place", "map-map"),
    )
    details.place_details(library, selection)
    render.show_views(PAGE.path, library, selection, without=("map",))


render.fragment(places_and_what_happened_there)
