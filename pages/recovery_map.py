"""Where?"""

from components import filters
from components.panels import details, render

PAGE = "recovery-map"
tables = filters.library_in_view()

render.heading(
    "Where did it happen?",
    "Places as precise as the record has them. What is known only of a whole country colours and labels the country and is never a point on the ground.",
)


def places_and_what_happened_there() -> None:
    chosen = filters.filter_row(PAGE, tables, hidden=("place",))
    render.show_view(
        "map",
        tables,
        chosen,
        body=lambda: details.place_details(tables, chosen),
        **filters.select_on_map("place", "map-map"),
    )
    render.show_view("all-operations", tables, chosen)
    render.show_view("burial-estimates", tables, chosen)


render.fragment(places_and_what_happened_there)
