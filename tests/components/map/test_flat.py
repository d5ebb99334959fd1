"""Does the map without WebGL tell what the map with WebGL tells, and can every word of it be read?"""

import json
import math
import re
from dataclasses import replace
from functools import cache
from itertools import combinations
from typing import Any, NamedTuple

import plotly.graph_objects as go
import pytest

from components import theme
from components.map.boxes import distance_to, distance_to_line, touches_any
from components.map.circles import circle_radii, marked
from components.map.deck import VIEWS, build_deck
from components.map.flat import flat_map
from components.map.ground import Ground, not_placed, placed
from components.map.label_boxes import SIZES, Label
from components.map.label_placing import place_labels
from components.map.label_spots import WAVES
from components.map.labels import CLOSE, LABEL_AT, mercator
from components.map.land import DECIMALS
from components.map.territory import territory_of
from components.map.window import ROOMS, WINDOWS, Window, window_in, window_of
from components.panels.places import LAYERS_OF, ground_of
from data.query.select import Selection, places_within
from data.record.load import Library, library
from data.record.shapes import land

pytestmark = pytest.mark.slow

EVERY_MAP = [(view, question) for view in VIEWS for question in LAYERS_OF]
every_map = pytest.mark.parametrize(("view", "question"), EVERY_MAP)


class Drawing(NamedTuple):
    """One question in one view: what stands on the ground, and both maps of it."""

    ground: Ground
    layers: tuple[str, ...]
    figure: go.Figure
    deck: Any

    def records(self, name: str) -> list[dict[str, Any]]:
        """The records of those layers of the deck whose names begin so."""
        return [record for layer in self.deck.layers if layer.id.startswith(name) for record in layer.data]

    def marks(self, circles: bool) -> list[go.Scatter]:
        """The traces with places: circles of numbers, or marks of a kind."""
        traces = [trace for trace in self.figure.data if trace.customdata is not None]
        return [trace for trace in traces if isinstance(trace.marker.size, list | tuple) == circles]

    def written(self, kind: str) -> list[str]:
        return [note.text for note in self.figure.layout.annotations if note.name == kind]


@cache
def drawing(view: str, question: str, **values: Any) -> Drawing:
    ground, layers = ground_at(library(), view, question, **values)
    return Drawing(ground, layers, flat_map(ground, land(), view, layers), build_deck(ground, view, layers))


def ground_at(tables: Library, view: str, question: str, **values: Any) -> tuple[Ground, tuple[str, ...]]:
    chosen = Selection("recovery-map", {"view": view, "layer": question, **values})
    return ground_of(tables, chosen, places_within(tables, chosen)), LAYERS_OF[question]


@cache
def labels_of(view: str, question: str, width: int = 1100) -> list[Label]:
    ground, layers = ground_at(library(), view, question)
    return place_labels(ground, window_of(view, width), layers)


@cache
def labels_in(room: str, view: str, question: str) -> tuple[Ground, Window, list[Label]]:
    """The ground of a room, its window, and the words on its map, where the figures of countries stand beside it."""
    chosen = Selection("recovery-map", {"view": view, "layer": question})
    ground = ground_of(library(), chosen, places_within(library(), chosen), room)
    shown = ground if room == "stage" else replace(ground, figures=ground.figures.iloc[:0])
    window = window_in(view, room)
    return ground, window, place_labels(shown, window, LAYERS_OF[question])


@every_map
def test_the_same_places_are_on_the_flat_map_as_on_the_deck(view: str, question: str) -> None:
    drawn = drawing(view, question)
    for names, is_circle in ((("places",), False), (("operations", "estimates"), True)):
        on_paper = [place for trace in drawn.marks(is_circle) for place in trace.customdata]
        on_deck = [record["place_id"] for name in names for record in drawn.records(name)]
        assert sorted(on_paper) == sorted(on_deck) and len(on_paper) == len(set(on_paper))


@every_map
def test_a_mark_stands_where_the_deck_has_it_and_says_the_same(view: str, question: str) -> None:
    drawn = drawing(view, question)
    there = {
        record["place_id"]: record for name in ("places", "operations", "estimates") for record in drawn.records(name)
    }
    for trace in drawn.marks(True) + drawn.marks(False):
        for place, x, y, text in zip(trace.customdata, trace.x, trace.y, trace.text, strict=True):
            longitude, latitude = there[place]["position"]
            assert (x, y) == pytest.approx((longitude, mercator(latitude)), abs=0.001)
            assert text == f"<b>{there[place]['name']}</b><br>{there[place]['told']}"


@pytest.mark.parametrize("view", VIEWS)
def test_the_area_of_a_circle_follows_its_number(view: str) -> None:
    sums = drawing(view, "Where recovered")
    (circles,) = sums.marks(True)
    totals = {row["place_id"]: row["total"] for row in sums.ground.sums.to_dict("records")}
    by_one = {
        round(size**2 / totals[place], 1) for place, size in zip(circles.customdata, circles.marker.size, strict=True)
    }
    assert max(by_one) / min(by_one) < 1.05
    assert "computed" in circles.name and all("computed" in text for text in circles.text)
    estimates = drawing(view, "Where believed buried")
    scaled = estimates.marks(True)[0]
    values = {row["place_id"]: row["value"] for row in estimates.ground.estimates.to_dict("records")}
    by_one = {
        round(size**2 / values[place], 3) for place, size in zip(scaled.customdata, scaled.marker.size, strict=True)
    }
    assert max(by_one) / min(by_one) < 1.05


@pytest.mark.parametrize("view", VIEWS)
def test_an_estimate_that_counts_others_too_is_hollow_and_not_on_the_scale(view: str) -> None:
    drawn = drawing(view, "Where believed buried")
    scaled, others = drawn.marks(True)
    assert set(others.customdata) == {"KOR_DMZ", "KOR_ARROWHEAD"} and others.marker.color == theme.PAPER
    assert not set(scaled.customdata) & set(others.customdata) and "not drawn to scale" in others.name


@every_map
def test_every_circle_carries_its_number_and_none_are_added(view: str, question: str) -> None:
    drawn = drawing(view, question)
    if "operations" in drawn.layers:
        numbers = re.findall(r"\d+", " ".join(drawn.written("sum") + drawn.written("list")))
        window = window_of(view, 1100)
        seen = [record for record in drawn.records("operations") if window.shows(record["position"])]
        assert sorted(numbers) == sorted(str(record["told"].split()[0]) for record in seen)
    if "estimates" in drawn.layers and view == "peninsula":
        written = {text.replace("<br>", " ").split(": ", 1)[1] for text in drawn.written("estimate")}
        assert written == set(drawn.ground.estimates["label"]) and len(written) > 5


def test_every_circle_of_the_deck_at_its_default_view_carries_its_number_and_hedge() -> None:
    sums, estimates = drawing("peninsula", "Where recovered"), drawing("peninsula", "Where believed buried")
    words = [record["text"] for record in sums.records("labels")]
    assert sorted(record["told"].split()[0] for record in sums.records("operations")) == sorted(
        word for word in words if word.isdigit()
    )
    texts = [record["text"].replace("\n", " ") for record in estimates.records("labels")]
    for row in estimates.ground.estimates.to_dict("records"):
        assert any(text.endswith(f": {row['label']}") for text in texts), row["label"]


@pytest.mark.parametrize("view", VIEWS)
def test_countries_are_written_with_their_figures_where_no_tile_stands_beside_the_map(view: str) -> None:
    drawn = drawing(view, "Where recovered")
    on_deck = [record["text"].split("\n") for record in drawn.records("names of countries")]
    for text in drawn.written("country"):
        name = re.findall("<b>(.*)</b>", text)[0]
        figures = drawn.ground.figures[drawn.ground.figures["country"] == name]
        assert text.count("<br>") == len(figures)
        assert [name] in on_deck, "on the page the tiles have the figures"


@every_map
def test_land_is_of_one_neutral_color(view: str, question: str) -> None:
    drawn = drawing(view, question)
    assert {trace.fillcolor for trace in drawn.figure.data if trace.fill == "toself"} == {theme.LAND}
    assert next(layer for layer in drawn.deck.layers if layer.id == "land").get_fill_color == theme.rgb(theme.LAND)


@every_map
def test_a_whole_country_and_a_place_without_a_point_are_never_marks(
    library: Library, view: str, question: str
) -> None:
    places = library["places"]
    countries = set(places[places["coordinate_precision"] == "country"]["place_id"])
    drawn = drawing(view, question)
    shown = {place for trace in drawn.marks(True) + drawn.marks(False) for place in trace.customdata}
    assert not shown & (countries | set(not_placed(places)["place_id"]))


def test_reported_camps_are_hollow_and_carry_a_question_mark() -> None:
    drawn = drawing("whole", "Camps and handovers")
    points = placed(drawn.ground.places)
    camps = set(points[points["role"] == "reported camp"]["place_id"])
    for trace in drawn.marks(False):
        is_hollow = trace.marker.color == theme.tint(theme.PAPER, 0.65)
        assert is_hollow == bool(set(trace.customdata) <= camps) == ("hollow" in trace.name)
        assert trace.marker.line.color == (theme.PLUM if is_hollow else theme.PAPER)
    assert any("Irkutsk?" in text for text in drawn.written("name"))


@every_map
def test_kinds_of_mark_differ_in_shape_as_well_as_in_color(view: str, question: str) -> None:
    looks = [(trace.marker.symbol, trace.marker.line.width) for trace in drawing(view, question).marks(False)]
    assert len(set(looks)) == len(looks)


@pytest.mark.parametrize("view", VIEWS)
def test_every_route_of_the_deck_is_drawn_with_a_head_at_its_end(view: str) -> None:
    drawn = drawing(view, "Routes")
    route = next(trace for trace in drawn.figure.data if trace.name == "route that remains took")
    there = drawn.records("routes")
    assert len(there) > 0
    for record in there:
        assert any(f"<b>{record['name']}</b><br>{record['told']}" in text for text in route.text)
    heads = next(trace for trace in drawn.figure.data if trace.marker.symbol == "arrow")
    ends = {(round(record["end"][0], 3), round(mercator(record["end"][1]), 3)) for record in there}
    assert set(zip(heads.x, heads.y, strict=True)) == ends


@every_map
def test_the_note_counts_the_places_that_lie_outside_the_window(view: str, question: str) -> None:
    drawn = drawing(view, question)
    if "places" not in drawn.layers:
        return
    points, figure = placed(drawn.ground.places), drawn.figure
    left, right = figure.layout.xaxis.range
    low, high = figure.layout.yaxis.range
    levels = points["shown_latitude"].map(mercator)
    inside = points["shown_longitude"].between(left, right) & levels.between(low, high)
    assert drawn.written("note")[0].startswith(f"{inside.sum()} of {len(points)} places with a point")


@every_map
@pytest.mark.parametrize("width", [868, 1100])
def test_no_words_touch_other_words_or_marks_or_leave_the_frame(view: str, question: str, width: int) -> None:
    window, (ground, layers) = window_of(view, width), ground_at(library(), view, question)
    labels = labels_of(view, question, width)
    for one, other in combinations(labels, 2):
        assert not touches_any(one.box, [other.box]), (one.caption.text, other.caption.text)
    for label in labels:
        assert window.holds(label.box), label.caption.text
        for point in marked(ground, view, layers):
            x, y = window.pixel(point["shown_longitude"], point["shown_latitude"])
            assert not touches_any(label.box, [(x, x, y, y)]), (label.caption.text, point["place_id"])


SCREENS = [name for name, room in ROOMS.items() if not room.has_texts]


@pytest.mark.parametrize("room", ROOMS)
@every_map
def test_in_each_room_words_lie_inside_it_on_no_other_words_circle_or_country_and_under_nothing(
    room: str, view: str, question: str
) -> None:
    ground, window, labels = labels_in(room, view, question)
    territory, radii = territory_of(window), circle_radii(ground, view, LAYERS_OF[question])
    at = {
        row["place_id"]: window.pixel(row["shown_longitude"], row["shown_latitude"])
        for row in placed(ground.places).to_dict("records")
    }
    for one, other in combinations(labels, 2):
        assert not touches_any(one.box, [other.box]), (one.caption.text, other.caption.text)
    for label in labels:
        assert window.holds(label.box), label.caption.text
        assert not touches_any(label.box, window.covered("operations" in LAYERS_OF[question])), label.caption.text
        assert not label.caption.country or not territory.is_abroad(label.box, label.caption.country)
        assert label.caption.country or label.kind == "sum"
        for place_id, radius in radii.items():
            if label.leader and math.dist(at[place_id], label.caption.mark) > 1:
                assert distance_to_line(at[place_id], *label.leader) >= radius, (label.caption.text, place_id)


@pytest.mark.parametrize("room", SCREENS)
@pytest.mark.parametrize("view", ["peninsula", "East Asia"])
def test_in_each_room_every_circle_carries_its_number_or_stands_in_a_list_with_it(room: str, view: str) -> None:
    ground, _, labels = labels_in(room, view, "Where believed buried")
    words = " ".join(label.caption.text.replace("<br>", " ") for label in labels)
    for row in ground.estimates.to_dict("records"):
        assert row.get("written", row["label"]) in words or (room, view) == ("phone", "East Asia"), row["label"]
    ground, _, labels = labels_in(room, view, "Where recovered")
    numbers = re.findall(r"\b\d+\b", " ".join(label.caption.text for label in labels if label.kind in ("sum", "list")))
    points = set(placed(ground.places)["place_id"])
    totals = [str(int(row["total"])) for row in ground.sums.to_dict("records") if row["place_id"] in points]
    assert sorted(numbers) == sorted(totals)


# What a stage leaves for the map on each screen, measured.
STAGES = {
    (1280, 720): (1206, 544),
    (1280, 800): (1206, 614),
    (1366, 768): (1287, 586),
    (1920, 1080): (1810, 848),
    (2560, 1440): (2414, 1130),
}


@pytest.mark.parametrize("screen", STAGES, ids=lambda screen: f"{screen[0]}x{screen[1]}")
def test_words_of_the_presented_map_can_be_read_on_every_screen_and_all_of_korea_is_on_it(
    screen: tuple[int, int],
) -> None:
    room, (width, height) = ROOMS["stage"], STAGES[screen]
    fit = min(width / room.width, height / room.height)
    assert fit * min(SIZES.values()) >= max(14, min(screen[1], 1080) / 60)
    window = window_in("peninsula", "stage")
    assert all(window.shows(end) for end in ((124.2, 39.9), (130.7, 42.3), (126.1, 34.3), (129.3, 35.1), (126.0, 43.0)))


def test_words_on_another_countrys_land_are_known_as_such() -> None:
    window = window_of("peninsula", 868)
    territory = territory_of(window)
    x, y = window.pixel(127.0, 37.0)
    box = (x - 10, x + 10, y - 5, y + 5)
    assert not territory.is_abroad(box, "South Korea") and territory.is_abroad(box, "North Korea")
    x, y = window.pixel(131.0, 39.0)
    assert not territory.is_abroad((x - 10, x + 10, y - 5, y + 5), "North Korea"), "the sea is nobody's"


@every_map
def test_words_without_a_line_stand_nearest_to_their_own_mark(view: str, question: str) -> None:
    window, (ground, layers) = window_of(view, 1100), ground_at(library(), view, question)
    radii = circle_radii(ground, view, layers)
    at = [window.pixel(row["shown_longitude"], row["shown_latitude"]) for row in marked(ground, view, layers)]
    for label in labels_of(view, question):
        if label.kind in ("name", "site", "estimate") and not label.leader and at and not radii:
            near = min(at, key=lambda pixel: distance_to(pixel, label.box))
            assert label.gap <= distance_to(near, label.box) or near == pytest.approx(label.caption.mark, abs=7)


@every_map
def test_no_words_are_smaller_than_twelve_pixels(view: str, question: str) -> None:
    layout = drawing(view, question).figure.layout
    sizes = [layout.font.size, layout.legend.font.size, layout.hoverlabel.font.size]
    sizes += [note.font.size for note in layout.annotations]
    assert all(size is not None and size >= 12 for size in sizes)


@every_map
def test_the_figure_needs_no_webgl_and_no_other_host_and_is_small_enough_for_a_page(view: str, question: str) -> None:
    figure = drawing(view, question).figure
    assert {trace.type for trace in figure.data} == {"scatter"}
    text = figure.to_json()
    assert "http" not in text and "topojson" not in text and len(text.encode()) < 400_000
    assert not any(name in figure.layout.to_plotly_json() for name in ("geo", "map", "mapbox"))


@every_map
def test_colors_are_those_of_the_theme(view: str, question: str) -> None:
    figure = drawing(view, question).figure.to_plotly_json()
    figure["layout"].pop("template", None)
    allowed = {*theme.PALETTE, *theme.ROLE_COLORS.values(), theme.MUTED, theme.PAPER, theme.BORDER, theme.LAND}
    assert set(re.findall(r"#[0-9A-Fa-f]{6}", json.dumps(figure, default=list))) <= allowed


@pytest.mark.parametrize("view", VIEWS)
def test_only_the_close_view_draws_provinces(view: str) -> None:
    lines = [trace.line.color for trace in drawing(view, "Where recovered").figure.data if trace.mode == "lines"]
    assert (theme.PAPER in lines) == (view in CLOSE)


@every_map
def test_the_legend_names_only_what_can_be_seen(view: str, question: str) -> None:
    drawn, window = drawing(view, question), window_of(view, 1100)
    for trace in drawn.marks(True) + drawn.marks(False):
        across, up = zip(trace.x, trace.y, strict=True), drawn.figure.layout.yaxis.range
        seen = any(window.west <= x <= window.east and up[0] <= y <= up[1] for x, y in across)
        assert trace.showlegend == seen and trace.name


def test_the_same_ground_gives_the_same_figure() -> None:
    drawn = drawing("peninsula", "Camps and handovers")
    again = flat_map(drawn.ground, land(), "peninsula", drawn.layers)
    assert again.to_json() == drawn.figure.to_json()


@pytest.mark.parametrize("question", LAYERS_OF)
def test_a_choice_of_years_leaves_the_same_marks_on_both_maps(question: str) -> None:
    drawn = drawing("peninsula", question, years=(1996, 2005))
    shown = {place for trace in drawn.marks(False) for place in trace.customdata}
    assert shown == {record["place_id"] for record in drawn.records("places")}


@every_map
def test_a_ground_with_nothing_on_it_is_still_a_map(view: str, question: str) -> None:
    ground, layers = ground_at(library(), view, question)
    nothing = {name: getattr(ground, name).iloc[:0] for name in ("places", "figures", "sums", "estimates", "routes")}
    figure = flat_map(Ground(**nothing), land(), view, layers)
    assert not [trace for trace in figure.data if trace.customdata] and any(
        trace.fill == "toself" for trace in figure.data
    )


def test_every_view_of_the_deck_has_a_window() -> None:
    assert set(VIEWS) == set(WINDOWS) == set(WAVES) == set(DECIMALS)
    for view, (west, east, south, north) in WINDOWS.items():
        longitude, latitude = window_of(view, 868).middle
        assert west < longitude < east and south < latitude < north
        for longitude, latitude in LABEL_AT[view].values():
            assert west < longitude < east and south < latitude < north
