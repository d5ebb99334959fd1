"""How large is the circle of a place, and where are marks drawn that would hide each other? Pure functions."""

import math
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

from components.charts.labels import largest_of
from components.map.boxes import Pixel
from components.map.ground import Ground, counts_others, placed
from components.map.labels import CLOSE
from components.map.spreading import Mark, spread
from components.map.window import (
    ESTIMATE_RADIUS,
    MARK_SIZE,
    SUM_RADIUS,
    UNSCALED_RADIUS,
    Window,
    size_of_circles,
    window_in,
)
from data.record.wording import Row

Layers = tuple[str, ...]
# Pixels of the shortest line that is drawn from a place to its mark.
SHORTEST_MOVE = 3


def circle_radii(ground: Ground, view: str, layers: Layers) -> dict[str, float]:
    """Radius in pixels of the circle of each place that has one: its area follows the number, so that zero has none."""
    points, part = set(placed(ground.places)["place_id"]), size_of_circles(view, ground.room)
    radii: dict[str, float] = {}
    if "operations" in layers:
        radii |= {
            row["place_id"]: SUM_RADIUS[view] * int(row["total"]) ** 0.5 for row in ground.sums.to_dict("records")
        }
    if "estimates" in layers:
        radii |= {row["place_id"]: _radius_of_estimate(row, view) for row in ground.estimates.to_dict("records")}
    return {place_id: part * radius for place_id, radius in radii.items() if radius and place_id in points}


def has_circle(estimate: Row) -> bool:
    """Whether an estimate is drawn at a place with a point: zero is no circle, unless it is not drawn to scale."""
    return counts_others(estimate) or largest_of(estimate) > 0


def _radius_of_estimate(estimate: Row, view: str) -> float:
    if counts_others(estimate):
        return UNSCALED_RADIUS
    return float(ESTIMATE_RADIUS[view] * largest_of(estimate) ** 0.5)


def marked(ground: Ground, view: str, layers: Layers) -> list[Row]:
    """Places with a point that carry a mark of their kind: those without a circle, which is their mark."""
    if "places" not in layers:
        return []
    circles = circle_radii(ground, view, layers)
    return [row for row in placed(ground.places).to_dict("records") if row["place_id"] not in circles]


def moved_apart(ground: Ground, view: str, layers: Layers) -> Ground:
    """The ground with the points where marks are drawn in the close view so that none hides another.

    In a wide view a mark would have to move over half a country: there they stay where they are.
    """
    circles = circle_radii(ground, view, layers)
    points = placed(ground.places)
    shown = {*circles, *(row["place_id"] for row in marked(ground, view, layers))}
    points = points[points["place_id"].isin(shown)]
    if view not in CLOSE or points.empty:
        return ground
    window = window_in(view, ground.room)
    rows = points.to_dict("records")
    marks = [
        Mark(
            window.pixel(row["shown_longitude"], row["shown_latitude"]),
            circles.get(row["place_id"], MARK_SIZE[view] / 2 + 1),
        )
        for row in rows
    ]
    at = {row["place_id"]: window.ground_at(pixel) for row, pixel in zip(rows, spread(marks), strict=True)}
    every = placed(ground.places)
    drawn = {
        row["place_id"]: at.get(row["place_id"], (row["shown_longitude"], row["shown_latitude"]))
        for row in every.to_dict("records")
    }
    ids = ground.places["place_id"]
    return replace(
        ground,
        places=ground.places.assign(
            drawn_longitude=ids.map({key: value[0] for key, value in drawn.items()}),
            drawn_latitude=ids.map({key: value[1] for key, value in drawn.items()}),
        ),
    )


def moves(ground: Ground, window: Window, layers: Layers) -> list[tuple[Pixel, Pixel]]:
    """From where to where marks were moved, as longitude and latitude, as far as no circle covers the way; those that
    stayed are left out."""
    true_places = ground.places.drop(columns=["drawn_longitude", "drawn_latitude"], errors="ignore")
    true_points = {row["place_id"]: _pixel_of(row, window) for row in placed(true_places).to_dict("records")}
    radii = circle_radii(ground, window.view, layers)
    marks = {row["place_id"] for row in marked(ground, window.view, layers)}
    drawn = {row["place_id"]: _pixel_of(row, window) for row in placed(ground.places).to_dict("records")}
    circles = [(drawn[place_id], radius) for place_id, radius in radii.items()]
    found = []
    for place_id in [place_id for place_id in drawn if place_id in radii or place_id in marks]:
        line = _outside(circles, true_points[place_id], drawn[place_id])
        if math.dist(*line) > SHORTEST_MOVE:
            found.append((window.ground_at(line[0]), window.ground_at(line[1])))
    return found


def _pixel_of(row: Row, window: Window) -> Pixel:
    return window.pixel(row["shown_longitude"], row["shown_latitude"])


def _outside(circles: list[tuple[Pixel, float]], start: Pixel, end: Pixel) -> tuple[Pixel, Pixel]:
    """The last part of a way that no circle covers; a point where there is none."""
    steps = max(round(math.dist(start, end)), 1)
    parts = [step / steps for step in range(steps, -1, -1)]
    way = [(start[0] + part * (end[0] - start[0]), start[1] + part * (end[1] - start[1])) for part in parts]
    is_free = [all(math.dist(point, middle) >= radius for middle, radius in circles) for point in way]
    groups = [
        [point for _, point in group] for key, group in groupby(zip(is_free, way, strict=True), itemgetter(0)) if key
    ]
    return (groups[0][-1], groups[0][0]) if groups else (end, end)
