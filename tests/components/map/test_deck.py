"""The map draws what the rows say: points in their countries, layers, labels; tested on the deck it returns."""

import json
from typing import Any

import pytest
from shapely.geometry import Point, shape

from components import theme
from components.map.boxes import touches_any
from components.map.deck import VIEWS, build_deck
from components.map.ground import NAME_ON_GROUND, Ground, not_placed, placed
from components.map.labels import LABEL_AT, PIXELS_A_DEGREE, box_of, country_labels, estimate_labels, name_labels
from data.query.as_of import as_published
from data.query.compute import sums_by_place
from data.query.select import (
    MAP_SERIES,
    Selection,
    figures_of_countries,
    joint_recoveries,
    leading_estimates,
)
from data.record.load import Library
from tests.served import ROOT


def brief_only() -> Library:
    return as_published(None, True)[0]


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


def test_every_place_is_on_the_map_or_in_the_list_of_those_that_are_not(library: Library) -> None:
    places = library["places"]
    on, off = set(placed(places)["place_id"]), set(not_placed(places)["place_id"])
    assert on | off == set(places["place_id"]) and not on & off
    assert "RUS_KUYMNA" in off


def ground_of(library: Library) -> Ground:
    everything = Selection("recovery-map")
    places = library["places"]
    return Ground(
        places=places,
        figures=figures_of_countries(library, places, MAP_SERIES),
        sums=sums_by_place(joint_recoveries(library, everything)),
        estimates=leading_estimates(library, everything),
        routes=library["routes"],
    )


def layer_of(deck: Any, name: str) -> Any:
    return next(layer for layer in deck.layers if layer.id == name)


EVERY_LAYER = ("places", "operations", "estimates", "routes")


def test_a_country_is_never_a_point_and_its_figures_are_its_label(library: Library) -> None:
    brief = brief_only()
    ground = ground_of(library)
    points = layer_of(build_deck(ground, "East Asia", EVERY_LAYER), "places")
    countries = set(ground.places[ground.places["coordinate_precision"] == "country"]["place_id"])
    assert not {record["place_id"] for record in points.data} & countries
    figures = figures_of_countries(brief, brief["places"], MAP_SERIES)
    text = {label["name"]: label["text"] for label in country_labels(brief["places"], figures, "East Asia")}
    assert "approximately 5,500 people believed buried" in text["North Korea"]
    assert "fewer than 20" in text["China"]


def test_reported_camps_look_different_from_places_where_something_was_done(library: Library) -> None:
    records = {
        record["place_id"]: record
        for record in layer_of(build_deck(ground_of(library), "whole", EVERY_LAYER), "places").data
    }
    plum, white = theme.rgb(theme.PLUM), theme.rgb(theme.PAPER)
    assert records["RUS_MOLOTOV"]["line"] == plum and records["RUS_MOLOTOV"]["fill"][:3] == white[:3]
    assert records["USA_PUNCHBOWL"]["fill"] != white and records["USA_PUNCHBOWL"]["line"] == white
    camps = brief_only()["places"].query("roles == 'reported camp'")
    assert any("Molotov?" in label["text"] for label in name_labels(placed(camps), "whole", []))


def test_no_recovery_in_russia_is_on_the_map(library: Library) -> None:
    russian = library["places"][library["places"]["country"] == "Russia"]
    assert not set(ground_of(library).sums["place_id"]) & set(russian["place_id"])
    assert not russian["roles"].str.contains("recovery").any()


@pytest.mark.parametrize("view", list(VIEWS))
def test_labels_of_the_map_do_not_touch(library: Library, view: str) -> None:
    ground = ground_of(library)
    taken = country_labels(ground.places, ground.figures, view) + estimate_labels(ground, view)
    names = name_labels(placed(ground.places), view, taken)
    boxes = [box_of(label, view) for label in names]
    for number, one in enumerate(boxes):
        assert not touches_any(one, boxes[number + 1 :] + [box_of(label, view) for label in taken])


def test_each_layer_is_drawn_only_where_it_is_chosen(library: Library) -> None:
    ground = ground_of(library)
    assert {layer.id for layer in build_deck(ground, "East Asia", ()).layers} == {
        "land",
        "provinces",
        "borders",
        "country-names",
    }
    assert {"places", "operations", "routes", "estimates"} <= {
        layer.id for layer in build_deck(ground, "East Asia", EVERY_LAYER).layers
    }


def test_the_map_asks_no_other_host_for_anything(library: Library) -> None:
    spec = build_deck(ground_of(library), "whole", EVERY_LAYER).to_json()
    assert "http" not in spec.replace("https://deck.gl", "")
    assert set(VIEWS) == set(LABEL_AT) == set(PIXELS_A_DEGREE)
