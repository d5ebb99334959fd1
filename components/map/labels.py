"""What do the maps say in words? Labels of countries, places and estimates, and the sentences around a map.

The labels of the map that moves are chosen here, so that none touches another at the zoom of its view; those of the flat
map, which stands still, are placed by `label_placing`.
"""

import math
from typing import Any

import pandas as pd

from components.map.boxes import Box, touches_any
from components.map.ground import REPORTED_CAMP, Ground, rows_at_places
from data.record.wording import Row, figure_in_words, number_with_noun

Label = dict[str, Any]
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
        "North Korea": (129.9, 41.3),
        "South Korea": (130.1, 36.4),
        "China": (119.2, 41.2),
        "Japan": (132.9, 35.2),
    },
    "whole": {},
}
PIXELS_A_DEGREE = {"East Asia": 10.6, "peninsula": 56.0, "whole": 2.9}
CLOSE_PIXELS = 24
# Points that lie on top of each other are named together up to so many; a closer view or the list names the rest.
MOST_NAMES = 3
WORDS_OF_SERIES = {
    "estimated_in_country": "believed buried",
    "remains_located_in_country": "stated to be there",
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
HOW_TO_READ = "A coloured country carries the newest figures for the whole of it, each with its year; they stand whatever years are chosen. A filled mark is a place where something was done; a hollow one with a question mark is a reported camp, and no recovery in Russia is claimed. An orange circle adds up the sets of remains that rows of single joint operations report at a place (computed); an arc is a way that remains travelled. Places are as precise as their row says: most points are the middle of a town or a county."
DISPUTED = "Borders are those of Natural Earth, which draws one view, that of who holds the ground: the Military Demarcation Line as the border in Korea, the southern Kurils with Russia, Taiwan apart from China."


def country_labels(places: pd.DataFrame, figures: pd.DataFrame, view: str) -> list[Label]:
    """One label a country that a shown place is in: its name and the figures for the whole of it."""
    labels = []
    for country in [name for name in LABEL_AT[view] if name in set(places["country"])]:
        lines = [
            f"{figure_in_words(row)} {WORDS_OF_SERIES[row['series_id']]}, {row['date'][:4]}"
            for row in figures[figures["country"] == country].to_dict("records")
        ]
        labels.append(
            {"name": country, "text": "\n".join([country, *lines]), "position": list(LABEL_AT[view][country])}
        )
    return labels


def estimate_labels(ground: Ground, view: str) -> list[Label]:
    """The newest estimates as labels; one that would touch another is left to the closer view and the table."""
    boxes = [box_of(label, view) for label in country_labels(ground.places, ground.figures, view)]
    labels = []
    for row in rows_at_places(ground.estimates, "place_id", ground.places):
        label = {"text": f"{row['name'].split(',')[0]}: {row['label']}", "position": row["position"]}
        box = box_of(label, view)
        if not touches_any(box, boxes):
            labels.append(label)
            boxes.append(box)
    return labels


def name_labels(points: pd.DataFrame, view: str, taken: list[Label]) -> list[Label]:
    """Names of placed points beside them. Points on top of each other share a label; one that would touch another, or one
    of those already taken, is left out: a closer view, the pointer and the list name the rest."""
    boxes = [box_of(label, view) for label in taken]
    labels = []
    for group in _close_together(points, view):
        names = list(dict.fromkeys(short_name(row) for row in group))
        label = {"text": ", ".join(names), "position": [group[0]["shown_longitude"], group[0]["shown_latitude"]]}
        box = box_of(label, view)
        if len(names) <= MOST_NAMES and not touches_any(box, boxes):
            labels.append(label)
            boxes.append(box)
    return labels


def _close_together(points: pd.DataFrame, view: str) -> list[list[Row]]:
    near = CLOSE_PIXELS / PIXELS_A_DEGREE[view]
    groups: list[list[Row]] = []
    for row in points.sort_values(["shown_longitude", "place_id"]).to_dict("records"):
        group = next((group for group in groups if _is_near(group[0], row, near)), None)
        groups.append([row]) if group is None else group.append(row)
    return groups


def _is_near(one: Row, other: Row, near: float) -> bool:
    across = abs(one["shown_longitude"] - other["shown_longitude"])
    return bool(across < near and abs(one["shown_latitude"] - other["shown_latitude"]) < near)


def box_of(label: Label, view: str) -> Box:
    """Left, right, bottom and top of a label in pixels of the view, with some air."""
    longitude, latitude = label["position"]
    scale = PIXELS_A_DEGREE[view]
    lines = label["text"].split("\n")
    left, middle = longitude * scale, mercator(latitude) * scale
    half = 10 * len(lines) + 2
    return left - 6, left + 7 * max(len(line) for line in lines) + 22, middle - half, middle + half


def mercator(latitude: float) -> float:
    """Latitude as degrees up a Mercator axis."""
    return math.degrees(math.asinh(math.tan(math.radians(latitude))))


def short_name(row: Row) -> str:
    """The name of a placed point without what follows a comma or a bracket; a question mark after a reported camp."""
    name = str(row["name"]).split(",")[0].split(" (")[0]
    return f"{name}?" if row["role"] == REPORTED_CAMP else name


def sums_off_map(sums: pd.DataFrame, places: pd.DataFrame) -> str:
    """What the circles of the map leave out, since its rows name no more than a country."""
    points = places[places["latitude"].notna()]["place_id"]
    off = sums[~sums["place_id"].isin(points)]
    if off.empty:
        return ""
    rows = sum(cell.count(";") + 1 for cell in off["parts"])
    return f"Not in any circle: {int(off['total'].sum())} sets of remains (computed) from {number_with_noun(rows, 'row')} that name no place inside the country."
