"""Which places have a point, and which countries are colored? Frames of places in, what both maps draw out."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from data.record.wording import Row

REPORTED_CAMP = "reported camp"
NAME_ON_GROUND = {"United States": "United States of America"}
# Words by which an estimate says that it counts others than Americans.
OTHERS = "South Korean"


@dataclass(frozen=True)
class Ground:
    """What can be drawn: places, figures about whole countries, and (empty where not requested) sums of operations in
    the columns place_id, total, parts; newest estimates with label (and, where less is written, `written`); routes with
    from_place_id and to_place_id.

    Where marks have been moved apart, places carry the point where they are drawn as drawn_longitude and drawn_latitude.
    `labels` are the words on the ground, placed beforehand; `layers` what is drawn of all this; `room` names the room that
    it is drawn for (window.py)."""

    places: pd.DataFrame
    figures: pd.DataFrame
    sums: pd.DataFrame
    estimates: pd.DataFrame
    routes: pd.DataFrame
    labels: tuple[Any, ...] = ()
    layers: tuple[str, ...] = ()
    room: str = "page"


def shifted_longitude(longitude: float) -> float:
    """Longitude on a map whose middle is the Pacific: the Americas have 360 added."""
    return longitude + 360 if longitude < -25 else longitude


def placed(places: pd.DataFrame) -> pd.DataFrame:
    """Places with a point, with what the drawing needs: shifted longitude, role, role and precision in words."""
    points = places[places["latitude"].notna()]
    roles = points["roles"].str.split(";").str[0]
    true_longitudes = points["longitude"].astype(float).map(shifted_longitude)
    return points.assign(
        shown_longitude=points.get("drawn_longitude", true_longitudes),
        shown_latitude=points.get("drawn_latitude", points["latitude"].astype(float)),
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


def counts_others(estimate: Row) -> bool:
    """Whether an estimate counts South Korean and other allied dead too: it is no part of the scale of the others."""
    return OTHERS in f"{estimate['unit']} {estimate['measure']}"
