"""The map draws what the rows say: points in their countries, layers, labels; tested on the deck it returns."""

import json
from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
from pydeck.bindings import json_tools
from shapely.geometry import Point, shape

from components import assets, theme
from components.map.deck import VIEWS, DeckPayload, with_chosen
from components.map.ground import NAME_ON_GROUND, not_placed, placed
from components.map.labels import LABEL_AT, LETTERS, country_labels
from components.map.layers import LAYERS, OPTIONAL
from components.map.window import ROOMS, window_in
from components.panels.catalogue import panel_of
from components.panels.places import LAYERS_OF
from data.query.select import Selection, estimates_on_map
from data.record.load import Library
from tests.served import ROOT


def ground() -> dict[str, object]:
    shapes = json.loads((ROOT / "data" / "geo" / "countries.geojson").read_text(encoding="utf-8"))
    return {feature["properties"]["name"]: shape(feature["geometry"]) for feature in shapes["features"]}


def test_every_placed_point_falls_in_its_own_country(library: Library) -> None:
    land = ground()
    points = placed(library["places"])
    assert len(points) > 0
    for row in points.to_dict("records"):
        country = land[NAME_ON_GROUND.get(row["country"], row["country"])]
        assert country.contains(Point(row["shown_longitude"], row["shown_latitude"])), row["place_id"]  # type: ignore[attr-defined]


def outlines_in(name: str) -> Counter[tuple[Any, ...]]:
    """How often each part of a line between two points is in a file of shapes."""
    shapes = json.loads((ROOT / "data" / "geo" / name).read_text(encoding="utf-8"))
    lines = [line for feature in shapes["features"] for line in lines_of(feature["geometry"]["coordinates"])]
    return Counter(tuple(sorted((tuple(one), tuple(other)))) for line in lines for one, other in pairwise(line))


def lines_of(coordinates: Any) -> list[Any]:
    is_line = isinstance(coordinates[0][0], float | int)
    return [coordinates] if is_line else [line for part in coordinates for line in lines_of(part)]


def test_the_borders_are_what_two_countries_share_each_once() -> None:
    shared = {ends for ends, count in outlines_in("countries.geojson").items() if count > 1}
    borders = outlines_in("borders.geojson")
    assert len(shared) > 4000 and set(borders) == shared and set(borders.values()) == {1}


def test_every_place_is_on_the_map_or_in_the_list_of_those_that_are_not(library: Library) -> None:
    places = library["places"]
    on, off = set(placed(places)["place_id"]), set(not_placed(places)["place_id"])
    assert on | off == set(places["place_id"]) and not on & off
    assert "RUS_KUYMNA" in off


def deck_of(tables: Library, question: str, view: str = "peninsula", **values: object) -> Any:
    chosen = Selection("recovery-map", {"layer": question, "view": view, **values})
    return panel_of("map", tables, chosen).drawn.deck


def layer_of(deck: Any, name: str) -> Any:
    return next(layer for layer in deck.layers if layer.id == name)


def test_a_country_is_never_a_point(library: Library) -> None:
    countries = set(library["places"].query("coordinate_precision == 'country'")["place_id"])
    for question in LAYERS_OF:
        shown = {record.get("place_id") for record in records_of(deck_of(library, question))}
        assert not shown & countries


def records_of(deck: Any) -> list[dict[str, Any]]:
    return [record for layer in deck.layers if isinstance(layer.data, list) for record in layer.data]


def test_reported_camps_look_different_from_places_where_something_was_done(library: Library) -> None:
    layer = layer_of(deck_of(library, "Camps and handovers", "whole"), "places")
    records = {record["place_id"]: record for record in layer.data}
    plum, white = theme.rgb(theme.PLUM), theme.rgb(theme.PAPER)
    assert records["RUS_MOLOTOV"]["line"] == plum and records["RUS_MOLOTOV"]["fill"] == white
    assert records["USA_PUNCHBOWL"]["fill"] != white and records["USA_PUNCHBOWL"]["line"] == white


def test_no_recovery_in_russia_is_on_the_map(library: Library) -> None:
    russian = library["places"][library["places"]["country"] == "Russia"]
    shown = {record.get("place_id") for record in records_of(deck_of(library, "Where recovered", "whole"))}
    assert shown and not shown & set(russian["place_id"])
    assert not russian["roles"].str.contains("recovery").any()


def test_a_total_since_a_year_is_not_said_to_be_of_the_year_in_which_it_was_printed(library: Library) -> None:
    figures = library["figures"].set_index("figure_id", drop=False)
    since = figures[(figures["series_id"] == "remains_recovered_cumulative") & (figures["period_start"] != "")]
    assert len(since)
    for row in since.to_dict("records"):
        rows = figures.loc[[row["figure_id"]]].assign(country="North Korea")
        (text,) = [
            label["text"] for label in country_labels(library["places"], rows, "peninsula") if "\n" in label["text"]
        ]
        assert text.endswith(f" recovered by {row['date'][:4]}")


def test_each_question_draws_its_own_layers_alone(library: Library) -> None:
    ground = (set(LAYERS) - set(OPTIONAL)) | {"names of countries"}
    drawn = {
        question: {layer.id.split("-")[0] for layer in deck_of(library, question).layers} - ground
        for question in LAYERS_OF
    }
    assert drawn == {
        "Where recovered": {"operations", "places", "kinds"},
        "Where believed buried": {"estimates"},
        "Camps and handovers": {"places", "kinds"},
        "Routes": {"places", "kinds", "routes"},
    }


def test_every_place_with_a_point_is_a_mark_of_one_of_the_questions(library: Library) -> None:
    shown = {record.get("place_id") for question in LAYERS_OF for record in records_of(deck_of(library, question))}
    assert set(placed(library["places"])["place_id"]) <= shown


def test_one_measure_stands_on_the_map_of_burials(library: Library) -> None:
    estimates = estimates_on_map(library, Selection("recovery-map"))
    assert set(estimates["measured"]) == {"buried there"} and not estimates["place_id"].duplicated().any()
    shown = {
        record["place_id"] for record in records_of(deck_of(library, "Where believed buried")) if "place_id" in record
    }
    assert shown == set(estimates["place_id"])


def test_the_close_view_has_east_asia_as_an_inset_and_the_others_have_none(library: Library) -> None:
    main, inset = deck_of(library, "Where recovered").views
    assert main.id == "main" and inset.id == "inset" and inset.controller is False
    assert [view.id for view in deck_of(library, "Where recovered", "East Asia").views] == ["main"]


def test_a_deck_is_written_once_and_as_pydeck_writes_it(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    deck = deck_of(library, "Where recovered")
    payload, written = DeckPayload(deck), deck.to_json()
    monkeypatch.setattr(json_tools, "serialize", lambda deck: pytest.fail("a deck was written anew"))
    assert payload.to_json() == written and payload._tooltip == deck._tooltip


def test_a_chosen_place_is_ringed_and_its_deck_forgets_what_was_clicked(library: Library) -> None:
    deck = deck_of(library, "Where believed buried")
    chosen = with_chosen(deck, "PRK_CAMP5")
    assert with_chosen(deck, "none") is deck and with_chosen(deck, "USA_HICKAM") is deck
    assert chosen.layers[-1].id == "chosen"
    pressed = {layer.id for layer in deck.layers if layer.pickable}
    for again in (chosen, with_chosen(deck, "PRK_CAMP5", 2)):
        ids = {layer.id for layer in again.layers if layer.pickable}
        assert ids and not ids & pressed, "so nothing is dimmed, also where a mark is pressed twice"
        pressed |= ids
    assert chosen.views == deck.views and chosen.initial_view_state == deck.initial_view_state, (
        "the map stays where it is"
    )
    assert "@@=@@=" not in chosen.to_json() and "'" not in layer_of(deck, "labels").get_position


def test_a_room_gets_the_same_marks_so_many_times_larger_and_nearer_by_as_much(library: Library) -> None:
    chosen = Selection("recovery-map", {"layer": "Camps and handovers", "view": "peninsula"})
    drawn = panel_of("map", library, chosen).drawn
    assert drawn.deck_for is not None
    page = drawn.deck_for("page")
    for name, room in ROOMS.items():
        deck, window = drawn.deck_for(name), window_in("peninsula", name)
        nearer = deck.initial_view_state.zoom - window.zoom
        assert 2**nearer == pytest.approx(room.enlargement)
        places = layer_of(deck, "places")
        assert places.radius_max_pixels == pytest.approx(room.enlargement * places.data[0]["radius"])
        assert places.get_radius * 2**window.zoom == pytest.approx(places.data[0]["radius"])
        assert [row["place_id"] for row in places.data] == [row["place_id"] for row in layer_of(page, "places").data]


def test_the_style_sheet_fits_each_room_by_the_size_in_which_it_is_drawn() -> None:
    css = assets.text("map.css") + assets.text("presenter.css")
    for key, name in (("map-map", "page"), ("map-phone", "phone"), ("stage-drawing", "stage")):
        room = ROOMS[name]
        width, height = (round(side * room.enlargement) for side in (room.width, room.height))
        assert f".st-key-{key} {{ --room-width: {width}px; --room-height: {height}px;" in css, name
        inset = f"width: {100 * room.inset[0]:g}%; height: {100 * room.inset[1]:g}%; border"
        assert not room.inset[0] or inset in css, name


def test_letters_in_marks_can_be_read(library: Library) -> None:
    for role in LETTERS:
        assert contrast(theme.PAPER, theme.ROLE_COLORS[role]) >= 4.5, role


def contrast(one: str, other: str) -> float:
    lights = sorted((light_of(color) for color in (one, other)), reverse=True)
    return (lights[0] + 0.05) / (lights[1] + 0.05)


def light_of(color: str) -> float:
    parts = [part / 255 for part in theme.rgb(color)[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_map_asks_no_other_host_for_anything(library: Library) -> None:
    spec = deck_of(library, "Camps and handovers", "whole").to_json()
    assert "http" not in spec.replace("https://deck.gl", "")
    assert set(VIEWS) == set(LABEL_AT)
