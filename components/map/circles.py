"""How large is the circle of a place, and where are marks drawn that would hide each other? Pure functions."""

from dataclasses import replace

from components.map.ground import Ground, counts_others, placed
from components.map.labels import CLOSE
from components.map.spreading import Mark, spread
from components.map.window import ESTIMATE_RADIUS, MARK_SIZE, PAGE_WIDTH, SUM_RADIUS, UNSCALED_RADIUS, window_of
from data.record.wording import Row

Layers = tuple[str, ...]


def circle_radii(ground: Ground, view: str, layers: Layers) -> dict[str, float]:
    """Radius in pixels of the circle of each place that has one: its area follows the number."""
    points = set(placed(ground.places)["place_id"])
    radii: dict[str, float] = {}
    if "operations" in layers:
        radii |= {
            row["place_id"]: SUM_RADIUS[view] * int(row["total"]) ** 0.5 for row in ground.sums.to_dict("records")
        }
    if "estimates" in layers:
        radii |= {row["place_id"]: _radius_of_estimate(row, view) for row in ground.estimates.to_dict("records")}
    return {place_id: radius for place_id, radius in radii.items() if place_id in points}


def _radius_of_estimate(estimate: Row, view: str) -> float:
    if counts_others(estimate):
        return UNSCALED_RADIUS
    number = estimate["high"] if estimate["qualifier"] == "range" else estimate["value"]
    return float(ESTIMATE_RADIUS[view] * int(number) ** 0.5)


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
    window = window_of(view, PAGE_WIDTH)
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


def moves(ground: Ground, view: str, layers: Layers) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """From where to where marks were moved, as longitude and latitude; those that stayed are left out."""
    true_places = ground.places.drop(columns=["drawn_longitude", "drawn_latitude"], errors="ignore")
    true_points = placed(true_places).set_index("place_id")
    circles = circle_radii(ground, view, layers)
    shown = {*circles, *(row["place_id"] for row in marked(ground, view, layers))}
    found = []
    for row in placed(ground.places).to_dict("records"):
        start = true_points.loc[row["place_id"]]
        ends = (
            (float(start["shown_longitude"]), float(start["shown_latitude"])),
            (float(row["shown_longitude"]), float(row["shown_latitude"])),
        )
        if row["place_id"] in shown and max(abs(ends[0][0] - ends[1][0]), abs(ends[0][1] - ends[1][1])) > 0.01:
            found.append(ends)
    return found
