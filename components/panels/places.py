"""How is the map drawn, what stands in its rail, and what does it answer? Rows of places in, drawing and words out."""

import re
from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pydeck as pdk

from components.map.circles import circle_radii, has_circle, marked, moved_apart
from components.map.deck import build_deck
from components.map.flat import flat_map
from components.map.ground import REPORTED_CAMP, Ground, counts_others, placed
from components.map.labels import DISPUTED, HOW_TO_READ, LETTERS, LETTERS_IN_WORDS, rows_added_up, sums_off_map
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
from data.record.load import Library, cached_with_library
from data.record.shapes import land
from data.record.single_flight import computed_once
from data.record.wording import (
    WORDS_OF_COUNTRY,
    Row,
    figure_in_words,
    hedge_and_number,
    joined_with_and,
    number_with_noun,
    operations_in_words,
    sets_of_remains,
    unit_in_words,
    value_in_words,
)

# What is drawn for each question of the map.
LAYERS_OF = {
    "Where recovered": ("places", "operations"),
    "Where believed buried": ("estimates",),
    "Camps and handovers": ("places",),
    "Routes": ("places", "routes"),
}
# Series about whole countries that a question is about.
SERIES_OF = {
    "Where recovered": ("remains_recovered_cumulative", "k208_boxes"),
    "Where believed buried": ("estimated_in_country", "remains_located_in_country"),
}
# The four countries beside the map, and the view that each opens; each takes its figures from these series, the first
# one that has any in large type.
COUNTRY_VIEWS = {"North Korea": "North Korea", "South Korea": "South Korea", "China": "East Asia", "Russia": "whole"}
TILE_SERIES = ("estimated_in_country", "remains_located_in_country", "remains_recovered_cumulative")
SOVIET_UNION = "Soviet Union"
# By this the style sheet draws a frame around the inset.
WITH_INSET = '<i class="with-inset" hidden></i>'


def question_of(library: Library, selection: Selection) -> str:
    """The question that is asked of the map."""
    return str(selection.get("layer", library))


def layers_of(selection: Selection, library: Library) -> tuple[str, ...]:
    """What is drawn for the question that is asked of the map."""
    return LAYERS_OF[question_of(library, selection)]


def asked_places(library: Library, selection: Selection, places: pd.DataFrame) -> pd.DataFrame:
    """Those of the places that the question is about."""
    return places[_is_asked_for(places, select(library, "routes", selection), question_of(library, selection))]


def ground_of(library: Library, selection: Selection, places: pd.DataFrame, room: str = "page") -> Ground:
    """What stands on the ground within the choices: what the question is about, marks moved apart for a room."""
    view, layers = str(selection.get("view", library)), layers_of(selection, library)
    ground = Ground(
        places=asked_places(library, selection, places),
        figures=_figures_beside(library, selection, places, room),
        sums=sums_by_place(joint_recoveries(library, selection)),
        estimates=_estimates_in(room, library, selection),
        routes=select(library, "routes", selection),
        room=room,
    )
    return moved_apart(ground, view, layers)


def _estimates_in(room: str, library: Library, selection: Selection) -> pd.DataFrame:
    """The newest estimates; on a phone, which has no room for more, number and hedge alone are written on the map."""
    rows = estimates_on_map(library, selection)
    if room != "phone":
        return rows
    return rows.assign(written=[value_in_words(row) for row in rows.to_dict("records")])


def _figures_beside(library: Library, selection: Selection, places: pd.DataFrame, room: str) -> pd.DataFrame:
    """Figures about whole countries; in a room, where no list of countries is near, those that the question is about."""
    figures = figures_of_countries(library, places, MAP_SERIES)
    asked = SERIES_OF.get(question_of(library, selection), ())
    return figures if room != "stage" else figures[figures["series_id"].isin(asked)]


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
    view, layers = str(selection.get("view", library)), layers_of(selection, library)

    @computed_once()
    def ground_in(room: str) -> Ground:
        return ground_of(library, selection, places, room)

    @computed_once()
    def deck_for(room: str) -> pdk.Deck:
        return build_deck(ground_in(room), view, layers)

    def flat(room: str = "page", **size: Any) -> go.Figure:
        return flat_map(ground_in(room), land(), view, layers, **size)

    ground = ground_in("page")
    note = " ".join(part for part in (HOW_TO_READ, _left_out(ground, layers), DISPUTED) if part)
    return Drawn(
        summaries.of_places(places),
        shown=len({*circle_radii(ground, view, layers), *(row["place_id"] for row in marked(ground, view, layers))}),
        shown_as=question_of(library, selection),
        note=note,
        deck=deck_for("page"),
        deck_for=deck_for,
        hint=LETTERS_IN_WORDS if "places" in layers else "",
        flat=flat,
        rail=rail([], selection, legend_figure(ground, view, layers), what_circles_hold(ground, layers))
        + WITH_INSET * (view == "peninsula"),
    )


def what_circles_hold(ground: Ground, layers: tuple[str, ...]) -> str:
    """What the circles of operations add up to, and what no circle holds; empty where none is drawn."""
    if "operations" not in layers or ground.sums.empty:
        return ""
    points = set(placed(ground.places)["place_id"])
    on_map = ground.sums[ground.sums["place_id"].isin(points)]
    own = "Official totals are their sources' own, not computed from these."
    return " ".join(part for part in (_held_in(on_map), sums_off_map(ground.sums, ground.places), own) if part)


def _held_in(sums: pd.DataFrame) -> str:
    if sums.empty:
        return ""
    sets, operations = sets_of_remains(int(sums["total"].sum())), number_with_noun(rows_added_up(sums), "operation")
    return f"The circles hold {sets} from {operations} with a place (computed)."


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
    drawn = [row["place_id"] for row in estimates_on_map(library, selection).to_dict("records") if has_circle(row)]
    return places["place_id"].isin(drawn)


def _left_out(ground: Ground, layers: tuple[str, ...]) -> str:
    """What the question cannot show on the ground."""
    if "operations" in layers:
        return sums_off_map(ground.sums, ground.places)
    return _undrawn_of(ground.routes, ground.places) if "routes" in layers else ""


def routes_not_drawn(library: Library, selection: Selection) -> str:
    """How many routes within the choices the map cannot draw, and why; empty where it draws them all."""
    return _undrawn_of(select(library, "routes", selection), library["places"])


def _undrawn_of(routes: pd.DataFrame, places: pd.DataFrame) -> str:
    points = set(placed(places)["place_id"])
    count = int((~routes[["from_place_id", "to_place_id"]].isin(points).all(axis=1)).sum())
    return f"Not drawn: {count} of {len(routes)} routes, since one end is known by its country alone." if count else ""


@cached_with_library
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


@cached_with_library
def answer(library: Library) -> str:
    """Where most sets of remains were recovered, and how many are believed buried in North Korea, in a sentence or two."""
    most = most_recovered(library, Selection("recovery-map"))
    sentences = []
    if most:
        sentences.append(
            f"Joint operations recovered most sets of remains at {most}: sums computed from single operations."
        )
    for row in country_rows(library, "North Korea")[:1]:
        if row["series_id"] == "estimated_in_country":
            figure, (_, _, said) = figure_in_words(row), tile_lines(row)
            sentences.append(f"{figure[:1].upper()}{figure[1:]} are believed buried in North Korea ({said}).")
    return " ".join(sentences) or "Nothing on places had been published by that day, or by these sources."


def most_recovered(library: Library, selection: Selection) -> str:
    """The two places where joint operations recovered most within the choices, with their sums; empty where there is none."""
    sums = _placed_sums(library, selection).sort_values("total", ascending=False, kind="stable")
    names = names_of_places(library)
    return joined_with_and(
        [f"{names[row['place_id']].split(',')[0]} ({int(row['total'])})" for row in sums.head(2).to_dict("records")]
    )


def sums_on_map(library: Library, selection: Selection) -> tuple[int, int]:
    """How many sets of remains the circles hold, and how many name no place with a point."""
    held = int(_placed_sums(library, selection)["total"].sum())
    return held, int(sums_by_place(joint_recoveries(library, selection))["total"].sum()) - held


def _placed_sums(library: Library, selection: Selection) -> pd.DataFrame:
    sums = sums_by_place(joint_recoveries(library, selection))
    points = library["places"][library["places"]["latitude"].notna()]["place_id"]
    return sums[sums["place_id"].isin(points)]


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
