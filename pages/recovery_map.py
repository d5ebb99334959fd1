"""Where?"""

from components import controls, details, panels

PAGE = "recovery-map"
tables = controls.tables()

panels.heading(
    "Where did it happen?",
    "Places as precise as the record has them. What is known only of a whole country colours and labels the country and is never a point on the ground.",
)


def places_and_what_happened_there() -> None:
    chosen = controls.filters(PAGE, tables, hidden=("place",))
    panels.show(
        "map",
        tables,
        chosen,
        body=lambda: details.place_details(tables, chosen),
        **controls.picked_on_map("place", "map-map"),
    )
    panels.show("all-operations", tables, chosen)
    panels.show("burial-estimates", tables, chosen)


panels.together(places_and_what_happened_there)
