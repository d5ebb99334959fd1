"""Where?"""

from components import controls, maps, panels, summaries
from components.details import place_details
from data.compute import sums_by_place
from data.select import figures_of_countries, joint_recoveries, newest_estimates, places_within, rows_of, select

PAGE = "recovery-map"
tables = controls.tables()

panels.heading(
    "Where did it happen?",
    "Places as precise as the record has them. What is known only of a whole country colours and labels the country and is never a point on the ground.",
)
chosen = controls.filters(PAGE, tables, hidden=("place",))
places = places_within(tables, chosen)
operations = joint_recoveries(tables, chosen)
estimates = select(tables, "burial_estimates", chosen)
ground = maps.Ground(
    places=places,
    figures=figures_of_countries(tables, places, maps.MAP_SERIES),
    sums=sums_by_place(operations),
    estimates=newest_estimates(tables, chosen),
    routes=select(tables, "routes", chosen),
)
panels.show(
    panels.Panel(
        key="map",
        title="Places of the accounting",
        table="places",
        frame=places,
        total=len(rows_of(tables, "places")),
        summary=summaries.of_places(places),
        deck=maps.deck(ground, str(chosen.get("view", tables)), controls.several(chosen, "layer", tables)),
        note=" ".join([maps.HOW_TO_READ, summaries.of_sums_off_map(ground.sums, places), maps.DISPUTED]),
        view_options=controls.picked_on_map("place", "map-map"),
    ),
    tables,
    chosen,
    body=lambda: place_details(tables, places, PAGE),
)

rows = select(tables, "operations", chosen)
panels.show(
    panels.Panel(
        "operations",
        "Operations, exchanges, turnovers and talks",
        "operations",
        rows,
        len(rows_of(tables, "operations")),
        summaries.of_operations(rows, operations),
    ),
    tables,
    chosen,
)
panels.show(
    panels.Panel(
        "burial_estimates",
        "How many are thought to lie where",
        "burial_estimates",
        estimates,
        len(rows_of(tables, "burial_estimates")),
        summaries.of_estimates(estimates),
    ),
    tables,
    chosen,
)
