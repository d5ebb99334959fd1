"""Which places have a point, and which countries are colored? Frames of places in, what both maps draw out."""

from dataclasses import dataclass

import pandas as pd

from data.record.wording import Row

REPORTED_CAMP = "reported camp"
NAME_ON_GROUND = {"United States": "United States of America"}
# Opacity of colored countries: far enough apart in lightness for a reader who does not see their hues.
FIGURES_OPACITY, REPORTS_OPACITY = 0.4, 0.06


@dataclass(frozen=True)
class Ground:
    """What can be drawn: places, figures about whole countries, and (empty where not requested) sums of operations in
    the columns place_id, total, parts; newest estimates with label; routes with from_place_id and to_place_id."""

    places: pd.DataFrame
    figures: pd.DataFrame
    sums: pd.DataFrame
    estimates: pd.DataFrame
    routes: pd.DataFrame


def shifted_longitude(longitude: float) -> float:
    """Longitude on a map whose middle is the Pacific: the Americas have 360 added."""
    return longitude + 360 if longitude < -25 else longitude


def placed(places: pd.DataFrame) -> pd.DataFrame:
    """Places with a point, with what the drawing needs: shifted longitude, role, role and precision in words."""
    points = places[places["latitude"].notna()]
    roles = points["roles"].str.split(";").str[0]
    return points.assign(
        shown_longitude=points["longitude"].astype(float).map(shifted_longitude),
        shown_latitude=points["latitude"].astype(float),
        role=roles,
        description=[
            f"{role}; point of a {precision}"
            for role, precision in zip(roles, points["coordinate_precision"], strict=True)
        ],
    )


def not_placed(places: pd.DataFrame) -> pd.DataFrame:
    """Places without a point: whole countries, institutions without a town, and those that nobody could identify."""
    return places[places["latitude"].isna()]


def rows_at_places(rows: pd.DataFrame, column: str, places: pd.DataFrame) -> list[Row]:
    """Rows whose place, by the id in a column, has a point, with that point as `position` and its name."""
    points = placed(places).set_index("place_id")
    located: list[Row] = []
    for row in rows.to_dict("records"):
        if row[column] in points.index:
            point = points.loc[row[column]]
            position = [point["shown_longitude"], point["shown_latitude"]]
            located.append({**row, "name": row.get("what", point["name"]), "position": position})
    return located


def colored_countries(ground: Ground) -> tuple[list[str], list[str]]:
    """Names on the ground of the countries with figures for the whole of them, and of the others with reported camps."""
    places = ground.places
    whole = set(places[places["coordinate_precision"] == "country"]["country"])
    with_figures = whole & set(ground.figures["country"])
    with_reports = set(places[places["roles"] == REPORTED_CAMP]["country"]) - with_figures
    return _names_on_ground(with_figures), _names_on_ground(with_reports)


def _names_on_ground(countries: set[str]) -> list[str]:
    return [NAME_ON_GROUND.get(name, name) for name in sorted(countries)]
