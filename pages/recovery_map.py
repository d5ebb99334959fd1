"""Where?"""

from components import controls, maps, panels, summaries
from components.details import place_details
from data.load import library
from data.select import figures_of_countries, rows_of, select

PAGE = "recovery-map"
tables = library()

panels.heading(
    "Where did it happen?",
    "The brief names few places: most of its numbers are about whole countries, which are coloured and labelled and never drawn as a point.",
)
chosen = controls.filters(PAGE, tables, hidden=("place",))
places = select(tables, "places", chosen)
figures = figures_of_countries(tables, places, maps.MAP_SERIES)
panels.show(
    panels.Panel(
        key="map",
        title="Places of the accounting",
        table="places",
        frame=places,
        total=len(rows_of(tables, "places")),
        summary=summaries.of_places(places),
        deck=maps.deck(places, figures, str(chosen.get("view", tables))),
        note=maps.HOW_TO_READ + " " + maps.DISPUTED,
        view_options=controls.picked_on_map("place", "map-map"),
    ),
    tables,
    chosen,
    body=lambda: place_details(tables, places, PAGE),
)
