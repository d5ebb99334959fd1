"""Does the map without WebGL tell what the map with WebGL tells, and can every word of it be read?"""

import json
import re
from collections.abc import Callable
from functools import cache
from itertools import combinations
from typing import Any

import plotly.graph_objects as go
import pytest
from shapely import union_all
from shapely.geometry import Point, Polygon

from components import theme
from components.map.boxes import distance_to, touches_any
from components.map.deck import VIEWS, build_deck
from components.map.flat import flat_map
from components.map.ground import Ground, colored_countries, not_placed, placed
from components.map.label_placing import WAVES, place_labels
from components.map.labels import LABEL_AT, mercator
from components.map.land import DECIMALS
from components.map.layers import land_layer
from components.map.window import WINDOWS, window_of
from components.panels import places
from components.panels.places import LAYERS_OF
from data.query.select import (
    Selection,
    places_within,
)
from data.record.load import Library
from tests.served import ROOT

pytestmark = pytest.mark.slow

EVERY_LAYER = ("places", "operations", "estimates", "routes")
CHOICES = [(), *dict.fromkeys(LAYERS_OF.values())]
PLACES_AND_SUMS = ("places", "operations")


def ground_of(library: Library, **values: Any) -> Ground:
    chosen = Selection("recovery-map", dict(values))
    return places.ground_of(library, chosen, places_within(library, chosen))


@cache
def land() -> dict[str, Any]:
    files = {"countries": "countries", "provinces": "north_korea_provinces"}
    folder = ROOT / "data" / "geo"
    return {name: json.loads((folder / f"{file}.geojson").read_text(encoding="utf-8")) for name, file in files.items()}


@pytest.fixture(scope="module")
def ground(library: Library) -> Ground:
    return ground_of(library)


Drawer = Callable[..., go.Figure]


@pytest.fixture(scope="module")
def drawn(ground: Ground) -> Drawer:
    """Draws the map once for each view and choice of layers."""

    @cache
    def draw(view: str, chosen: tuple[str, ...] = EVERY_LAYER) -> go.Figure:
        return flat_map(ground, land(), view, chosen)

    return draw


def records(ground: Ground, view: str, chosen: tuple[str, ...], name: str) -> list[dict[str, Any]]:
    layers = [layer for layer in build_deck(ground, land(), view, chosen).layers if layer.id == name]
    return [record for layer in layers for record in layer.data]


def marks(figure: go.Figure) -> list[go.Scatter]:
    return [trace for trace in figure.data if trace.customdata is not None]


def is_sum(trace: go.Scatter) -> bool:
    return bool(trace.marker.sizemode == "area")


def written(figure: go.Figure, kind: str) -> list[str]:
    return [note.text for note in figure.layout.annotations if note.name == kind]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("chosen", CHOICES)
def test_the_same_places_are_on_the_flat_map_as_on_the_deck(
    ground: Ground, drawn: Drawer, view: str, chosen: tuple[str, ...]
) -> None:
    figure = drawn(view, chosen)
    on_paper = [place for trace in marks(figure) if not is_sum(trace) for place in trace.customdata]
    circles = [place for trace in marks(figure) if is_sum(trace) for place in trace.customdata]
    on_deck = {record["place_id"] for record in records(ground, view, chosen, "places")}
    assert set(on_paper) == on_deck and len(on_paper) == len(set(on_paper))
    assert set(circles) == {record["place_id"] for record in records(ground, view, chosen, "operations")}


@pytest.mark.parametrize("view", VIEWS)
def test_a_mark_stands_where_the_deck_has_it_and_says_the_same(ground: Ground, drawn: Drawer, view: str) -> None:
    figure = drawn(view)
    for name in ("places", "operations"):
        there = {record["place_id"]: record for record in records(ground, view, EVERY_LAYER, name)}
        for trace in (trace for trace in marks(figure) if is_sum(trace) == (name == "operations")):
            for place, x, y, text in zip(trace.customdata, trace.x, trace.y, trace.text, strict=True):
                longitude, latitude = there[place]["position"]
                assert (x, y) == pytest.approx((longitude, mercator(latitude)), abs=0.001)
                assert text == f"<b>{there[place]['name']}</b><br>{there[place]['told']}"


@pytest.mark.parametrize("view", VIEWS)
def test_the_area_of_a_circle_follows_its_sum(ground: Ground, drawn: Drawer, view: str) -> None:
    circles = next(trace for trace in marks(drawn(view)) if is_sum(trace))
    totals = {row["place_id"]: row["total"] for row in ground.sums.to_dict("records")}
    assert list(circles.marker.size) == [totals[place] for place in circles.customdata]
    assert circles.marker.sizeref > 0 and not circles.marker.sizemin
    assert "computed" in circles.name and all("computed" in text for text in circles.text)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("chosen", [choice for choice in CHOICES if "operations" in choice])
def test_every_sum_is_written_as_it_is_on_the_deck_and_none_are_added(
    ground: Ground, drawn: Drawer, view: str, chosen: tuple[str, ...]
) -> None:
    numbers = re.findall(r"\d+", " ".join(written(drawn(view, chosen), "sum")))
    there = records(ground, view, chosen, "operation-sums")
    assert sorted(numbers) == sorted(record["text"] for record in there)


@pytest.mark.parametrize("view", VIEWS)
def test_countries_carry_the_labels_of_the_deck(ground: Ground, drawn: Drawer, view: str) -> None:
    figure = drawn(view, ())
    there = [record["text"] for record in records(ground, view, (), "country-names")]
    assert [re.sub("</?b>", "", text).replace("<br>", "\n") for text in written(figure, "country")] == there
    for note in (note for note in figure.layout.annotations if note.name == "country"):
        longitude, latitude = LABEL_AT[view][re.findall("<b>(.*)</b>", note.text)[0]]
        assert (note.x, note.y) == pytest.approx((longitude, mercator(latitude)), abs=1)


def test_countries_are_coloured_as_on_the_deck(ground: Ground, drawn: Drawer) -> None:
    told, reported = colored_countries(ground)
    fill = land_layer(ground, "whole").to_json()
    teal, plum, plain = fill.split(" : ")[:3]
    assert re.findall("name == '(.*?)'", teal) == told and re.findall("name == '(.*?)'", plum) == reported
    assert "North Korea" in told and reported == ["Russia"] and "name ==" not in plain
    fills = [trace.fillcolor for trace in drawn("whole", ()).data if trace.fill == "toself"]
    assert fills == [theme.LAND, theme.tint(theme.TEAL, 0.4), theme.tint(theme.PLUM, 0.06)]
    deck = json.dumps(land_layer(ground, "East Asia").get_fill_color)
    assert str(theme.rgb(theme.TEAL, 102)) in deck and str(theme.rgb(theme.PLUM, 15)) in deck


def test_a_whole_country_and_a_place_without_a_point_are_never_marks(library: Library, drawn: Drawer) -> None:
    places = library["places"]
    countries = set(places[places["coordinate_precision"] == "country"]["place_id"])
    shown = {place for trace in marks(drawn("whole")) for place in trace.customdata}
    assert not shown & (countries | set(not_placed(places)["place_id"]))


def test_reported_camps_are_hollow_and_carry_a_question_mark(ground: Ground, drawn: Drawer) -> None:
    points = placed(ground.places)
    camps = set(points[points["role"] == "reported camp"]["place_id"])
    for trace in (trace for trace in marks(drawn("whole")) if not is_sum(trace)):
        is_hollow = trace.marker.color == theme.tint(theme.PAPER, 0.65)
        assert is_hollow == bool(set(trace.customdata) <= camps) == ("hollow" in trace.name)
        assert trace.marker.line.color == (theme.PLUM if is_hollow else theme.PAPER)
    assert any("Irkutsk?" in text for text in written(drawn("whole"), "name"))


@pytest.mark.parametrize("view", VIEWS)
def test_kinds_of_mark_differ_in_shape_as_well_as_in_colour(drawn: Drawer, view: str) -> None:
    looks = [(trace.marker.symbol, trace.marker.line.width) for trace in marks(drawn(view)) if not is_sum(trace)]
    assert len(set(looks)) == len(looks)


@pytest.mark.parametrize("view", VIEWS)
def test_every_way_of_the_deck_is_drawn_with_a_head_at_its_end(ground: Ground, drawn: Drawer, view: str) -> None:
    figure = drawn(view)
    way = next(trace for trace in figure.data if trace.name == "way that remains travelled")
    there = records(ground, view, EVERY_LAYER, "routes")
    assert len(there) > 0
    for record in there:
        assert any(f"<b>{record['name']}</b><br>{record['told']}" in text for text in way.text)
    heads = next(trace for trace in figure.data if trace.marker.symbol == "arrow")
    ends = {(round(record["end"][0], 3), round(mercator(record["end"][1]), 3)) for record in there}
    assert set(zip(heads.x, heads.y, strict=True)) == ends


@pytest.mark.parametrize("view", VIEWS)
def test_no_estimate_of_the_deck_is_lost_and_those_left_to_the_table_are_counted(
    ground: Ground, drawn: Drawer, view: str
) -> None:
    figure = drawn(view)
    told = [text.replace("<br>", " ").split(": ", 1)[1] for text in written(figure, "estimate")]
    assert set(told) <= set(ground.estimates["label"])
    assert len(told) >= len(records(ground, view, EVERY_LAYER, "estimates"))
    assert f"{len(told)} of {len(ground.estimates)} newest estimates" in written(figure, "note")[0].replace("<br>", " ")


@pytest.mark.parametrize("view", VIEWS)
def test_the_note_counts_the_places_that_lie_outside_the_window(library: Library, drawn: Drawer, view: str) -> None:
    figure, points = drawn(view), placed(library["places"])
    left, right = figure.layout.xaxis.range
    low, high = figure.layout.yaxis.range
    levels = points["shown_latitude"].map(mercator)
    inside = points["shown_longitude"].between(left, right) & levels.between(low, high)
    assert written(figure, "note")[0].startswith(f"{inside.sum()} of {len(points)} places with a point")


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(
    "chosen, width", [*((choice, 1100) for choice in CHOICES), (EVERY_LAYER, 800), (EVERY_LAYER, 1600)]
)
def test_no_words_touch_other_words_or_marks_or_leave_the_frame(
    ground: Ground, view: str, chosen: tuple[str, ...], width: int
) -> None:
    window = window_of(view, width)
    labels = place_labels(ground, land(), view, chosen, width)
    for one, other in combinations(labels, 2):
        assert not touches_any(one.box, [other.box]), (one.caption.text, other.caption.text)
    for label in labels:
        assert window.holds(label.box), label.caption.text
        if "places" in chosen:
            for point in placed(ground.places).to_dict("records"):
                x, y = window.pixel(point["shown_longitude"], point["shown_latitude"])
                assert not touches_any(label.box, [(x, x, y, y)]), (label.caption.text, point["place_id"])


@pytest.mark.parametrize("view", VIEWS)
def test_words_without_a_line_stand_nearest_to_their_own_mark(ground: Ground, view: str) -> None:
    window = window_of(view, 1100)
    at = [
        window.pixel(row["shown_longitude"], row["shown_latitude"]) for row in placed(ground.places).to_dict("records")
    ]
    for label in place_labels(ground, land(), view, EVERY_LAYER):
        if label.kind in ("name", "site", "estimate") and not label.leader:
            near = min(at, key=lambda pixel: distance_to(pixel, label.box))
            assert label.gap <= distance_to(near, label.box) or near == pytest.approx(label.caption.mark, abs=7)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("chosen", CHOICES)
def test_no_words_are_smaller_than_twelve_pixels(drawn: Drawer, view: str, chosen: tuple[str, ...]) -> None:
    layout = drawn(view, chosen).layout
    sizes = [layout.font.size, layout.legend.font.size, layout.hoverlabel.font.size]
    sizes += [note.font.size for note in layout.annotations]
    assert all(size is not None and size >= 12 for size in sizes)


@pytest.mark.parametrize("view", VIEWS)
def test_the_figure_needs_no_webgl_and_no_other_host(drawn: Drawer, view: str) -> None:
    figure = drawn(view)
    assert {trace.type for trace in figure.data} == {"scatter"}
    text = figure.to_json()
    assert "http" not in text and "topojson" not in text
    assert not any(name in figure.layout.to_plotly_json() for name in ("geo", "map", "mapbox"))


@pytest.mark.parametrize("view", VIEWS)
def test_the_figure_is_small_enough_for_a_page(drawn: Drawer, view: str) -> None:
    assert len(drawn(view).to_json().encode()) < 400_000


@pytest.mark.parametrize("view", VIEWS)
def test_colours_are_those_of_the_theme(drawn: Drawer, view: str) -> None:
    figure = drawn(view).to_plotly_json()
    figure["layout"].pop("template", None)
    allowed = {*theme.PALETTE, theme.MUTED, theme.PAPER, theme.BORDER, theme.LAND}
    assert set(re.findall(r"#[0-9A-Fa-f]{6}", json.dumps(figure, default=list))) <= allowed


@pytest.mark.parametrize("view", VIEWS)
def test_points_of_a_coloured_country_lie_on_its_land(ground: Ground, drawn: Drawer, view: str) -> None:
    figure = drawn(view)
    teal = next(trace for trace in figure.data if trace.fillcolor == theme.tint(theme.TEAL, 0.4))
    rings: list[list[tuple[float, float]]] = [[]]
    for x, y in zip(teal.x, teal.y, strict=True):
        rings.append([]) if x is None else rings[-1].append((x, y))
    shape = union_all([Polygon(ring).buffer(0) for ring in rings if ring])
    window, (told, _) = window_of(view, 1100), colored_countries(ground)
    for row in placed(ground.places).to_dict("records"):
        position = row["shown_longitude"], row["shown_latitude"]
        if row["country"] in told and window.shows(position):
            point = Point(position[0], mercator(position[1]))
            assert shape.distance(point) * window.scale < 1, row["place_id"]


@pytest.mark.parametrize("view", VIEWS)
def test_only_the_close_view_draws_provinces(drawn: Drawer, view: str) -> None:
    lines = [trace.line.color for trace in drawn(view, ()).data if trace.mode == "lines"]
    assert (theme.PAPER in lines) == (view == "peninsula")


@pytest.mark.parametrize("view", VIEWS)
def test_the_legend_names_only_what_can_be_seen(drawn: Drawer, view: str) -> None:
    figure, window = drawn(view), window_of(view, 1100)
    for trace in marks(figure):
        across, up = zip(trace.x, trace.y, strict=True), figure.layout.yaxis.range
        seen = any(window.west <= x <= window.east and up[0] <= y <= up[1] for x, y in across)
        assert trace.showlegend == seen and trace.name


def test_the_same_ground_gives_the_same_figure(ground: Ground, drawn: Drawer) -> None:
    again = flat_map(ground, land(), "peninsula", EVERY_LAYER)
    assert again.to_json() == drawn("peninsula").to_json()


@pytest.mark.parametrize("view", VIEWS)
def test_a_choice_of_years_leaves_the_same_marks_on_both_maps(library: Library, view: str) -> None:
    chosen = ground_of(library, years=(1996, 2005))
    figure = flat_map(chosen, land(), view, EVERY_LAYER)
    shown = {place for trace in marks(figure) if not is_sum(trace) for place in trace.customdata}
    assert shown == {record["place_id"] for record in records(chosen, view, EVERY_LAYER, "places")}
    assert 0 < len(shown) < len(placed(library["places"]))


def test_a_ground_with_nothing_on_it_is_still_a_map(ground: Ground) -> None:
    empty = Ground(
        places=ground.places.iloc[:0],
        figures=ground.figures.iloc[:0],
        sums=ground.sums.iloc[:0],
        estimates=ground.estimates.iloc[:0],
        routes=ground.routes.iloc[:0],
    )
    for view in VIEWS:
        figure = flat_map(empty, land(), view, EVERY_LAYER)
        assert not marks(figure) and any(trace.fill == "toself" for trace in figure.data)


def test_every_view_of_the_deck_has_a_window() -> None:
    assert set(VIEWS) == set(WINDOWS) == set(WAVES) == set(DECIMALS)
    for view, (west, east, south, north) in WINDOWS.items():
        middle = VIEWS[view]
        assert west < middle["longitude"] < east and south < middle["latitude"] < north
        for longitude, latitude in LABEL_AT[view].values():
            assert west < longitude < east and south < latitude < north
