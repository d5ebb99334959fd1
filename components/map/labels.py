"""What do the maps say in words? Labels of countries, places and estimates, and the sentences around a map.

The labels of the map that moves are chosen here, so that none touches another at the zoom of its view; those of the flat
map, which stands still, are placed by `label_placing`.
"""

import math
from typing import Any

import pandas as pd

from components.map.ground import REPORTED_CAMP
from data.record.dates import year_in_words, year_of
from data.record.wording import Row, figure_in_words, number_with_noun, sets_of_remains

Label = dict[str, Any]
# Views near enough for provinces, for places by their names, and for marks that are moved apart.
CLOSE = ("peninsula", "North Korea", "South Korea")
# Where the label of a country is written in each view: a choice of layout, not a place of anything. The whole view has
# no room for them.
LABEL_AT: dict[str, dict[str, tuple[float, float]]] = {
    "East Asia": {
        "North Korea": (134.5, 44.6),
        "South Korea": (125.0, 28.0),
        "China": (96.0, 34.5),
        "Japan": (141.6, 35.6),
        "Russia": (95.0, 55.0),
        "Thailand": (102.5, 16.5),
    },
    "peninsula": {
        "North Korea": (130.0, 40.9),
        "South Korea": (130.0, 37.2),
        "China": (119.6, 41.6),
        "Japan": (132.6, 34.9),
    },
    "North Korea": {"North Korea": (130.2, 40.6), "South Korea": (129.4, 38.2), "China": (121.8, 41.9)},
    "South Korea": {"North Korea": (122.2, 38.45), "South Korea": (129.9, 37.4), "Japan": (131.2, 33.4)},
    "whole": {},
}
# Where the name alone is written, in the close view of the map that moves: its figures stand beside the map.
NAME_AT = {
    "North Korea": (126.7, 39.35),
    "South Korea": (127.8, 36.8),
    "China": (122.6, 41.6),
    "Japan": (131.2, 34.4),
}
NAME_AT_IN = {
    "East Asia": {"South Korea": (130.0, 36.9), "North Korea": (130.2, 40.3)},
    "South Korea": {"North Korea": (126.0, 38.1)},
}
CLOSE_PIXELS = 24
# Points that lie on top of each other are named together up to so many; a closer view or the list names the rest.
MOST_NAMES = 3
WORDS_OF_SERIES = {
    "estimated_in_country": "believed buried",
    "remains_located_in_country": "reported to be there",
    "remains_recovered_cumulative": "recovered",
    "k208_boxes": "turned over",
}
LETTERS = {
    "recovery": "R",
    "handover": "H",
    "burial": "B",
    "laboratory": "L",
    "prison camp": "C",
    "talks": "T",
    "archive": "A",
}
LETTERS_IN_WORDS = (
    f"The letter in a mark says what happened there: {', '.join(f'{mark} {role}' for role, mark in LETTERS.items())}."
)
HOW_TO_READ = "A filled mark is a place where something was done; a hollow one with a question mark is a reported camp, and no recovery in Russia is claimed. Marks that would hide each other are moved aside; a thin line leads to the place. Places are as precise as their row says: most points are the middle of a town or a county. Figures for whole countries are labels, not points, and stay whatever years are chosen."
DISPUTED = "Borders are those of Natural Earth, which draws one view, that of who holds the ground: the Military Demarcation Line as the border in Korea, the southern Kurils with Russia, Taiwan apart from China."


def country_labels(places: pd.DataFrame, figures: pd.DataFrame, view: str) -> list[Label]:
    """One label a country that a shown place is in: its name and the figures for the whole of it."""
    labels = []
    for country in [name for name in LABEL_AT[view] if name in set(places["country"])]:
        lines = [
            f"{figure_in_words(row)} {WORDS_OF_SERIES[row['series_id']]}{_when(row)}"
            for row in figures[figures["country"] == country].to_dict("records")
        ]
        names = (NAME_AT if view in CLOSE else {}) | NAME_AT_IN.get(view, {})
        at = names.get(country) if figures.empty else None
        position = list(at or LABEL_AT[view][country])
        labels.append({"name": country, "text": "\n".join([country, *lines]), "position": position})
    return labels


def _when(figure: Row) -> str:
    """The year that a figure is of, after a comma; of one that counts from an earlier year on, "by 2022"."""
    return (
        f" by {year_of(figure['date'])}"
        if figure["period_start"] and figure["date"]
        else f", {year_in_words(figure['date'])}"
    )


def mercator(latitude: float) -> float:
    """Latitude as degrees up a Mercator axis."""
    return math.degrees(math.asinh(math.tan(math.radians(latitude))))


def latitude_of(degrees_up: float) -> float:
    """The latitude of a point on a Mercator axis."""
    return math.degrees(math.atan(math.sinh(math.radians(degrees_up))))


def short_name(row: Row) -> str:
    """The name of a placed point without what follows a comma or a bracket; a question mark after a reported camp."""
    name = str(row["name"]).split(",")[0].split(" (")[0]
    return f"{name}?" if row["role"] == REPORTED_CAMP else name


def rows_added_up(sums: pd.DataFrame) -> int:
    """How many rows of operations sums are made of."""
    return sum(cell.count(";") + 1 for cell in sums["parts"])


def sums_off_map(sums: pd.DataFrame, places: pd.DataFrame) -> str:
    """What the circles of the map leave out, since its rows name no more than a country."""
    points = places[places["latitude"].notna()]["place_id"]
    off = sums[~sums["place_id"].isin(points)]
    if off.empty:
        return ""
    rows = number_with_noun(rows_added_up(off), "row")
    sets = sets_of_remains(int(off["total"].sum()))
    return f"Not in any circle: {sets} (computed) from {rows} without a place inside the country."
