"""What is written on the map, and where is there room for it? Rows of places in, labels out that touch neither each other nor a mark.

Labels are set one after the other, each at the nearest spot that is free; a thin line leads back to a mark that lies
further off, and crosses no circle. Estimates that find no spot near their circle are listed together where there is room;
a name that finds none is left to the table.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from statistics import mean

from components.charts.labels import wrap
from components.map.boxes import box_around, middle_of
from components.map.circles import circle_radii, marked
from components.map.ground import Ground, placed
from components.map.label_boxes import SIZES, Caption, Label
from components.map.label_spots import BESIDE, Placement
from components.map.labels import CLOSE, CLOSE_PIXELS, MOST_NAMES, country_labels, short_name
from components.map.territory import Territory, territory_of
from components.map.window import MARK_SIZE, Window
from data.record.wording import Row

# A place that finds no spot for its number, and the words of both.
Unplaced = tuple[Row, str]
# How near marks or circles share their label, in pixels; what a circle has left around the number in it, at the least.
SAME_SPOT, SMALLEST_INSIDE = 6, 2
# Marks with more than MOST_NAMES others so near, in pixels, are named in a closer view only.
CROWDED = {"East Asia": CLOSE_PIXELS, "whole": CLOSE_PIXELS} | dict.fromkeys(CLOSE, 0)
LETTERS_OF_ESTIMATES, LETTERS_A_LINE, LETTERS_OF_LIST = (32, 20), 32, (60, 40, 26, 17, 14)
# Directions in which marks are gone through: that with the best score is taken. In each, what finds no spot comes first in
# the next round, of so many.
ROUNDS = 3
DIRECTIONS = [turn * math.pi / 4 for turn in range(8)]


def place_labels(ground: Ground, window: Window, layers: tuple[str, ...] = ()) -> list[Label]:
    """All words on the map and where they are set: countries, sums, estimates, then names of places, as room allows.

    None lies on the land of a country that is not its own, and none under what covers a part of the room.
    """
    placement = _empty_placement(ground, territory_of(window), window, layers)
    points = points_within(ground, window)
    numbered, unplaced = _best(placement, points, partial(_place_numbers, ground=ground, layers=layers))
    _place_lists(numbered, unplaced)
    _place_countries(numbered, ground)
    if "places" not in layers:
        return numbered.labels
    named, _ = _best(numbered, points, _place_names)
    return named.labels


def _empty_placement(ground: Ground, territory: Territory, window: Window, layers: tuple[str, ...]) -> Placement:
    """What is taken before any word is set: marks, circles, and what covers a part of the room."""
    half, radii = MARK_SIZE[window.view] / 2 + 1, circle_radii(ground, window.view, layers)
    marks = [box_around(row["at"], half) for row in marked_points(ground, window, layers)]
    circles = [(row["at"], radii[row["place_id"]]) for row in points_within(ground, window) if row["place_id"] in radii]
    return Placement(window, territory, marks, circles, radii, window.covered("operations" in layers))


def _best(
    start: Placement, points: Sequence[Row], place: Callable[[Placement, Sequence[Row]], list[Unplaced]]
) -> tuple[Placement, list[Unplaced]]:
    """The placement in which most can be read, of those in which marks come up along one of DIRECTIONS; what it left out."""
    found = []
    for direction in DIRECTIONS:
        across, down = math.cos(direction), math.sin(direction)
        in_order = sorted(points, key=lambda row: across * row["at"][0] + down * row["at"][1])
        for _ in range(ROUNDS):
            placement = replace(start, taken=list(start.taken), labels=list(start.labels))
            unplaced = place(placement, in_order)
            found.append((placement, unplaced))
            if not unplaced:
                break
            left_out = {row["place_id"] for row, _ in unplaced}
            in_order.sort(key=lambda row: row["place_id"] not in left_out)
    return max(found, key=lambda pair: pair[0].score)


def _place_numbers(
    placement: Placement, points: Sequence[Row], ground: Ground, layers: tuple[str, ...]
) -> list[Unplaced]:
    """Sums and estimates; those that find no spot."""
    sums = _place_sums(placement, points, totals_of(ground)) if "operations" in layers else []
    return sums + (_place_estimates(placement, points, ground) if "estimates" in layers else [])


def points_within(ground: Ground, window: Window) -> list[Row]:
    """Placed points inside the window, with their pixel as `at`."""
    rows = placed(ground.places).to_dict("records")
    points = [{**row, "at": window.pixel(row["shown_longitude"], row["shown_latitude"])} for row in rows]
    return [row for row in points if window.holds(box_around(row["at"], 0))]


def marked_points(ground: Ground, window: Window, layers: tuple[str, ...]) -> list[Row]:
    """Points inside the window that carry a mark of their kind."""
    shown = {row["place_id"] for row in marked(ground, window.view, layers)}
    return [row for row in points_within(ground, window) if row["place_id"] in shown]


def totals_of(ground: Ground) -> dict[str, int]:
    """Sums of operations by the id of their place."""
    return {row["place_id"]: int(row["total"]) for row in ground.sums.to_dict("records")}


def _close_together(points: Sequence[Row], near: float) -> list[list[Row]]:
    """Points grouped with the first one that lies within so many pixels."""
    groups: list[list[Row]] = []
    for row in points:
        group = next((group for group in groups if math.dist(group[0]["at"], row["at"]) < near), None)
        groups.append([row]) if group is None else group.append(row)
    return groups


def _place_countries(placement: Placement, ground: Ground) -> None:
    captions = []
    for label in country_labels(ground.places, ground.figures, placement.window.view):
        name, *lines = label["text"].split("\n")
        pixel = placement.window.pixel(*label["position"])
        captions.append(Caption("<br>".join([f"<b>{name}</b>", *lines]), pixel, country=name))
    placement.place("country", captions)


def _place_sums(placement: Placement, points: Sequence[Row], totals: dict[str, int]) -> list[Unplaced]:
    """Each sum in its circle or, where that is too small, beside it; circles in one spot share their label, unadded."""
    rows = sorted([row for row in points if row["place_id"] in totals], key=lambda row: -totals[row["place_id"]])
    groups = _close_together(rows, SAME_SPOT)
    captions = [_sum_caption(group, totals, placement.radii[group[0]["place_id"]]) for group in groups]
    are_placed = placement.place("sum", captions)
    missing = [group for group, is_placed in zip(groups, are_placed, strict=True) if not is_placed]
    return [(row, f"{short_name(row)}: {totals[row['place_id']]}") for group in missing for row in group]


def _sum_caption(group: Sequence[Row], totals: dict[str, int], radius: float) -> Caption:
    text, inside = ", ".join(str(totals[row["place_id"]]) for row in group), radius - SIZES["sum"] / 2
    first = group[0]
    if inside < SMALLEST_INSIDE:
        return Caption(f"<b>{text}</b>", first["at"], radius, beside=BESIDE, place_id=first["place_id"])
    return Caption(f"<b>{text}</b>", first["at"], beside=inside, place_id=first["place_id"])


def _place_estimates(placement: Placement, points: Sequence[Row], ground: Ground) -> list[Unplaced]:
    """The newest estimate for each place, with its name, in long lines or else in short ones."""
    estimates = {row["place_id"]: row.get("written", row["label"]) for row in ground.estimates.to_dict("records")}
    missing = [row for row in points if row["place_id"] in estimates]
    for letters in LETTERS_OF_ESTIMATES:
        captions = [_estimate_caption(row, estimates, placement.radii, letters) for row in missing]
        are_placed = placement.place("estimate", captions)
        missing = [row for row, is_placed in zip(missing, are_placed, strict=True) if not is_placed]
    return [(row, f"{short_name(row)}: {estimates[row['place_id']]}") for row in missing]


def _estimate_caption(row: Row, estimates: dict[str, str], radii: dict[str, float], letters: int) -> Caption:
    name, estimate = (wrap(text, letters) for text in (short_name(row), estimates[row["place_id"]]))
    radius = radii.get(row["place_id"], 0)
    return Caption(f"{name}:<br>{estimate}", row["at"], radius, country=row["country"], place_id=row["place_id"])


def _place_lists(placement: Placement, entries: Sequence[Unplaced]) -> None:
    """What finds no spot of its own, one a line under the name of its country, in lines as long as there is room for."""
    for country in dict.fromkeys(row["country"] for row, _ in entries):
        of_country = [(row["at"], line) for row, line in entries if row["country"] == country]
        middle = (mean([at[0] for at, _ in of_country]), mean([at[1] for at, _ in of_country]))
        for letters in LETTERS_OF_LIST:
            lines = [f"<b>In {country}</b>", *(wrap(line, letters) for _, line in of_country)]
            if placement.place_list(Caption("<br>".join(lines), middle, beside=math.inf, country=country)):
                break


def _place_names(placement: Placement, points: Sequence[Row]) -> list[Unplaced]:
    """Names of places, those with a sum first; marks in one spot share their label, up to MOST_NAMES of them."""
    captions: dict[str, list[Caption]] = {"site": [], "name": []}
    near = CROWDED[placement.window.view]
    for group in _close_together(points, SAME_SPOT):
        at, names = group[0]["at"], list(dict.fromkeys(short_name(row) for row in group))
        crowd = sum(math.dist(middle_of(box), at) < near for box in placement.marks)
        if len(names) <= MOST_NAMES and crowd <= MOST_NAMES + 1:
            radius = max(placement.radii.get(row["place_id"], 0) for row in group)
            kind = "site" if radius else "name"
            text, country = wrap(", ".join(names), LETTERS_A_LINE), group[0]["country"]
            captions[kind].append(Caption(text, at, radius, country=country, place_id=group[0]["place_id"]))
    for kind, of_kind in captions.items():
        placement.place(kind, of_kind)
    return []
