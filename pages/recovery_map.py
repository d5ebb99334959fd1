"""Where?"""

from components import filters
from components.panels import details, render

PAGE = "recovery-map"
tables = filters.tables()

render.heading(
    "Where did it happen?",
    "Places as precise as the record has them. What is known only of a whole country colours and labels the country and is never a point on the ground.",
)


def places_and_what_happened_there() -> None:
    chosen = filters.filters(PAGE, tables, hidden=("place",))
    render.show(
        "map",
        tables,
        chosen,
        body=lambda: details.place_details(tables, chosen),
        **filters.picked_on_map("place", "map-map"),
    )
    render.show("all-operations", tables, chosen)
    render.show("burial-estimates", tables, chosen)


render.together(places_and_what_happened_there)
