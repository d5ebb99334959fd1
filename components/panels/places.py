"""How is the map drawn, what stands in its rail, and what does it answer? Rows of places in, drawing and words out."""

import re
from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from components.map.circles import marked, moved_apart
from components.map.deck import build_deck
from components.map.flat import flat_map
from components.map.ground import REPORTED_CAMP, Ground, counts_others, placed
from components.map.labels import DISPUTED, HOW_TO_READ, LETTERS, LETTERS_IN_WORDS, sums_off_map
from components.panels import summaries
from components.panels.panel import Drawn
from components.panels.rail import rail
from components.theme import MUTED, NAVY, ORANGE, PAPER, ROLE_COLORS, TEAL, tint
from data.query.compute import sums_by_place
from data.query.select import (
    MAP_SERIES,
    Selection,
    estimates_on_map,
    figures_of_countries,
    joint_recoveries,
    names_of_places,
    places_within,
    select,
)
from data.record.dates import date_in_words
from data.record.load import Library
from data.record.shapes import land
from data.record.wording import (
    WORDS_OF_COUNTRY,
    Row,
    figure_in_words,
    hedge_and_number,
    joined_with_and,
    operations_in_words,
    unit_in_words,
)

# What is drawn for each question of the map.
LAYERS_OF = {
    "Where recovered": ("places", "operations"),
    "Where believed buried": ("estimates",),
    "Camps and handovers": ("places",),
    "Routes": ("places", "routes"),
}
# The four countries beside the map, and the view that each opens; each takes its figures from these series, the first
# one that has any in large type.
COUNTRY_VIEWS = {"North Korea": "North Korea", "South Korea": "South Korea", "China": "East Asia", "Russia": "whole"}
TILE_SERIES = ("estimated_in_country", "remains_located_in_country", "remains_recovered_cumulative")
SOVIET_UNION = "Soviet Union"
# By this the style sheet draws a frame around the inset.
WITH_INSET = '<i class="with-inset" hidden></i>'


def layers_of(selection: Selection, library: Library) -> tuple[str, ...]:
    """What is drawn for the question that is asked of the map."""
    return LAYERS_OF[str(selection.get("layer", library))]


def ground_of(library: Library, selection: Selection, places: pd.DataFrame) -> Ground:
    """What stands on the ground within the choices: what the question is about, marks moved apart."""
    view, layers = str(selection.get("view", library)), layers_of(selection, library)
    routes = select(library, "routes", selection)
    ground = Ground(
        places=places[_is_asked_for(places, routes, str(selection.get("layer", library)))],
        figures=figures_of_countries(library, places, MAP_SERIES),
        sums=sums_by_place(joint_recoveries(library, selection)),
        estimates=estimates_on_map(library, selection),
        routes=routes,
    )
    return moved_apart(ground, view, layers)


def _is_asked_for(places: pd.DataFrame, routes: pd.DataFrame, question: str) -> "pd.Series[bool]":
    """Which places a question is about; those without a point are kept, since countries are labeled by them."""
    role = places["roles"].str.split(";").str[0]
    ends = set(routes["from_place_id"]) | set(routes["to_place_id"])
    asked = {
        "Where recovered": role == "recovery",
        "Where believed buried": pd.Series(True, index=places.index),
        "Camps and handovers": role != "recovery",
        "Routes": places["place_id"].isin(ends),
    }[question]
    return asked | places["latitude"].isna()


def draw_map(library: Library, selection: Selection, places: pd.DataFrame) -> Drawn:
    """The map of a question, with its rail."""
    ground = ground_of(library, selection, places)
    view, layers = str(selection.get("view", library)), layers_of(selection, library)
    note = " ".join(part for part in (HOW_TO_READ, _left_out(ground, layers), DISPUTED) if part)
    return Drawn(
        summaries.of_places(places),
        note=note,
        deck=build_deck(ground, land(), view, layers),
        hint=LETTERS_IN_WORDS if "places" in layers else "",
        flat=lambda **size: flat_map(ground, land(), view, layers, **size),
        rail=rail([], selection, legend_figure(ground, view, layers), what_circles_hold(ground, layers))
        + WITH_INSET * (view == "peninsula"),
    )


def what_circles_hold(ground: Ground, layers: tuple[str, ...]) -> str:
    """What the circles of operations add up to, and what no circle holds; empty where none is drawn."""
    if "operations" not in layers or ground.sums.empty:
        return ""
    points = set(placed(ground.places)["place_id"])
    on_map = ground.sums[ground.sums["place_id"].isin(points)]
    operations = int(on_map["parts"].str.count(";").sum()) + len(on_map)
    held = f"The circles hold {int(on_map['total'].sum())} sets of remains from {operations} operations that name a place (computed)."
    own = "Official totals are their sources' own, not computed from these."
    return " ".join(part for part in (held, sums_off_map(ground.sums, ground.places), own) if part)


def questions_without_marks(library: Library, selection: Selection, country: str) -> list[str]:
    """The questions that have no mark in a country within the choices."""
    with_marks = questions_with_marks(library, selection, country)
    return [question for question in LAYERS_OF if question not in with_marks]


def question_for(library: Library, selection: Selection, country: str) -> str:
    """The question to ask of a country: the one that is asked, where it has a mark there, else the first that has one."""
    asked = str(selection.get("layer", library))
    with_marks = questions_with_marks(library, selection, country)
    return next((one for one in (asked, *LAYERS_OF) if one in with_marks), asked)


def questions_with_marks(library: Library, selection: Selection, country: str) -> list[str]:
    """The questions that have a mark in a country within the choices; nothing is drawn or moved to find out."""
    chosen = Selection(selection.page, {**selection.values, "country": (country,)})
    places = places_within(library, chosen)
    places = places[places["latitude"].notna()]
    if places.empty:
        return []
    routes = select(library, "routes", chosen)
    return [
        one for one in LAYERS_OF if (_is_asked_for(places, routes, one) & _has_mark(library, chosen, places, one)).any()
    ]


def _has_mark(library: Library, selection: Selection, places: pd.DataFrame, question: str) -> "pd.Series[bool]":
    """Which places with a point have a mark: all of them, but where estimates alone are drawn those that have one."""
    if "places" in LAYERS_OF[question]:
        return pd.Series(True, index=places.index)
    return places["place_id"].isin(estimates_on_map(library, selection)["place_id"])


def _left_out(ground: Ground, layers: tuple[str, ...]) -> str:
    """What the question cannot show on the ground."""
    if "operations" in layers:
        return sums_off_map(ground.sums, ground.places)
    if "routes" in layers:
        points = set(placed(ground.places)["place_id"])
        ends = ground.routes[["from_place_id", "to_place_id"]].isin(points).all(axis=1)
        count = int((~ends).sum())
        return (
            f"Not drawn: {count} of {len(ground.routes)} routes, since one end is known by its country alone."
            if count
            else ""
        )
    return ""


def country_rows(library: Library, country: str) -> Sequence[Row]:
    """The newest figures about a whole country, in the order of its tile; of Russia what is claimed."""
    if country == "Russia":
        figures = library["figures"]
        claims = figures[figures["series_id"] == "pow_transfer_claims"]
        return claims[claims["scope"].str.contains(SOVIET_UNION)].to_dict("records")
    figures = figures_of_countries(library, library["places"], TILE_SERIES)
    rows = figures[figures["country"] == country].to_dict("records")
    return sorted(rows, key=lambda row: TILE_SERIES.index(row["series_id"]))


def tile_lines(row: Row) -> tuple[str, str, str]:
    """A figure of a country as three lines: hedge and number, what it counts, day and who says so in short."""
    hedge, number = hedge_and_number(row)
    day = date_in_words(row["date"]) if row["date"] else "no date printed"
    inferred = " (date inferred)" if "date inferred" in row["flags"] else ""
    return (
        f"{hedge} {number}".strip(),
        _what_is_counted(row),
        f"{day}{inferred}, {_short_name_of(row['attributed_to'])}",
    )


def _short_name_of(who: str) -> str:
    """Who says so, without titles of documents and with agencies by their initials; the card has the whole."""
    who = re.sub(r' "[^"]*"', "", who)
    who = re.sub(r"^[A-Z][\w/]+( [A-Z][\w/]+)+ \(([A-Z]+)\)", r"\2", who)
    return ", ".join(who.split(", ")[:2])


def _what_is_counted(row: Row) -> str:
    scope = str(row["scope"])
    if row["series_id"] == "remains_recovered_cumulative":
        return f"{unit_in_words(row)} recovered: in {operations_in_words(row)}"
    if row["series_id"] in WORDS_OF_COUNTRY:
        return f"{unit_in_words(row)} {WORDS_OF_COUNTRY[row['series_id']]}"
    return f"claimed: {scope[:1].lower()}{scope[1:].split(',')[0]}"


def answer(library: Library, selection: Selection) -> str:
    """Where most sets of remains were recovered, and how many are believed buried in North Korea, in a sentence or two."""
    sums = sums_by_place(joint_recoveries(library, Selection(selection.page)))
    points = set(library["places"][library["places"]["latitude"].notna()]["place_id"])
    sums = sums[sums["place_id"].isin(points)].sort_values("total", ascending=False, kind="stable")
    names = names_of_places(library)
    sentences = []
    if len(sums):
        most = joined_with_and(
            [f"{names[row['place_id']].split(',')[0]} ({int(row['total'])})" for row in sums.head(2).to_dict("records")]
        )
        sentences.append(
            f"Joint operations recovered most sets of remains at {most}: sums computed from single operations."
        )
    for row in country_rows(library, "North Korea")[:1]:
        if row["series_id"] == "estimated_in_country":
            figure, (_, _, said) = figure_in_words(row), tile_lines(row)
            sentences.append(f"{figure[:1].upper()}{figure[1:]} are believed buried in North Korea ({said}).")
    return " ".join(sentences) or "Nothing on places had been published by that day, or by these sources."


def legend_figure(ground: Ground, view: str, layers: tuple[str, ...]) -> go.Figure:
    """What the marks of the map mean, as traces that hold nothing but their look."""
    figure = go.Figure(layout={"showlegend": True})
    if "operations" in layers:
        _add_key(figure, "sets of remains recovered in joint operations (computed sum)", tint(ORANGE, 0.45), ORANGE, 18)
    if "estimates" in layers:
        _add_key(figure, "believed buried: a larger circle is a larger number", tint(TEAL, 0.45), TEAL, 18)
        if any(counts_others(row) for row in ground.estimates.to_dict("records")):
            _add_key(figure, "counts South Korean and UN dead too; not drawn to scale", PAPER, MUTED, 14)
    roles = {row["role"] for row in marked(ground, view, layers)}
    for role in [role for role in ROLE_COLORS if role in roles]:
        is_hollow, color = role == REPORTED_CAMP, ROLE_COLORS[role]
        name = f"{role} (with a question mark)" if is_hollow else f"{role} ({LETTERS[role]})"
        _add_key(figure, name, PAPER if is_hollow else color, color, 13)
    if "routes" in layers:
        figure.add_trace(
            go.Scatter(
                x=[None], y=[None], mode="lines", line={"color": NAVY, "width": 2}, name="route, from light to dark"
            )
        )
    return figure


def _add_key(figure: go.Figure, name: str, fill: str, line: str, size: int) -> None:
    look = {"symbol": "circle", "size": size, "color": fill, "line": {"color": line, "width": 2}}
    figure.add_trace(go.Scatter(x=[None], y=[None], mode="markers", marker=look, name=name, showlegend=True))
