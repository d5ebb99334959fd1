"""What does the map find, question by question? A sentence for a room, computed from the rows that it draws, and how it is read."""

from collections.abc import Callable

from components.map.ground import REPORTED_CAMP, placed
from components.panels.panel import Panel
from components.panels.places import (
    LAYERS_OF,
    asked_places,
    country_rows,
    most_recovered,
    question_of,
    routes_not_drawn,
    sums_on_map,
    tile_lines,
)
from data.query.select import estimates_on_map, names_of_places, select
from data.record.wording import figure_in_words, joined_with_and, number_with_noun

NORTH_KOREA = "North Korea"
# Roles that a title counts, with the nouns that it takes for one of them.
COUNTED_ROLES = {"prison camp": "prison camp", REPORTED_CAMP: "reported camp", "handover": "handover site"}


def finding_of_map(panel: Panel) -> str:
    """What the question on the map finds; empty where the choices leave nothing of it."""
    return FINDINGS[question_of(panel.library, panel.selection)](panel) if panel.drawn.shown else ""


def reading_of_map(panel: Panel) -> str:
    """What the marks leave out, and how they are read."""
    return READINGS[question_of(panel.library, panel.selection)](panel) if panel.drawn.shown else ""


def _of_recoveries(panel: Panel) -> str:
    most = most_recovered(panel.library, panel.selection)
    return f"Joint operations recovered most sets of remains at {most}" if most else ""


def _of_burials(panel: Panel) -> str:
    countries = panel.selection.get("country", panel.library)
    rows = country_rows(panel.library, NORTH_KOREA)[:1]
    is_shown = (not countries or NORTH_KOREA in countries) and len(estimates_on_map(panel.library, panel.selection))
    if not is_shown or not rows or rows[0]["series_id"] != "estimated_in_country":
        return ""
    figure = figure_in_words(rows[0])
    return f"{figure[:1].upper()}{figure[1:]} are believed buried in North Korea"


def _of_camps(panel: Panel) -> str:
    roles = placed(asked_places(panel.library, panel.selection, panel.frame))["role"]
    counts = {noun: int((roles == role).sum()) for role, noun in COUNTED_ROLES.items()}
    named = [number_with_noun(count, noun) for noun, count in counts.items() if count]
    return f"On the map: {joined_with_and(named)}" if named else ""


def _of_routes(panel: Panel) -> str:
    routes = select(panel.library, "routes", panel.selection)
    ends = routes[routes["to_place_id"].isin(placed(panel.library["places"])["place_id"])]["to_place_id"]
    if ends.empty:
        return ""
    end, count = ends.value_counts(sort=True).index[0], int(ends.value_counts().iloc[0])
    name = names_of_places(panel.library)[end].split(",")[0].split(" (")[0]
    return f"Of {number_with_noun(len(routes), 'route')} that remains took, {count} led to {name}"


def _reading_of_recoveries(panel: Panel) -> str:
    held, left_out = sums_on_map(panel.library, panel.selection)
    if not held:
        return ""
    more = f"; {left_out} more name no place inside the country" if left_out else ""
    return f"In the circles: {number_with_noun(held, 'set')} of remains{more} (computed)."


def _reading_of_burials(panel: Panel) -> str:
    said = [tile_lines(row)[2] for row in country_rows(panel.library, NORTH_KOREA)[:1] if _of_burials(panel)]
    return " ".join(
        [*(f"{line}." for line in said), "The circles are estimates for single places; they are never added up."]
    )


def _reading_of_camps(panel: Panel) -> str:
    return "A hollow mark with a question mark is a camp that was only reported."


READINGS: dict[str, Callable[[Panel], str]] = {
    "Where recovered": _reading_of_recoveries,
    "Where believed buried": _reading_of_burials,
    "Camps and handovers": _reading_of_camps,
    "Routes": lambda panel: routes_not_drawn(panel.library, panel.selection),
}
FINDINGS: dict[str, Callable[[Panel], str]] = {
    "Where recovered": _of_recoveries,
    "Where believed buried": _of_burials,
    "Camps and handovers": _of_camps,
    "Routes": _of_routes,
}
assert set(FINDINGS) == set(READINGS) == set(LAYERS_OF), "each question of the map finds something"
