"""Where did it happen?"""

from components import filters
from components.navigation import BY_PATH
from components.panels import details, render

PAGE = BY_PATH["recovery-map"]
library = filters.library_in_view()

render.heading(
    PAGE.question,
    "Places as precise as the record has them. What is known only of a whole country colours and labels the country and is never a point on the ground.",
)


def places_and_what_happened_there() -> None:
    selection = filters.filter_row(PAGE.path, library, hidden=("place",))
    render.show_view(
        "map",
        library,
        selection,
        below=lambda: details.place_details(library, selection),
        **filters.select_on_map("place", "map-map"),
    )
    render.show_views(PAGE.path, library, selection, without=("map",))


render.fragment(places_and_what_happened_there)
