"""Charts and maps draw what the rows say: hedges, gaps and points, tested on what they return."""

import json
import tomllib
from datetime import date

import pytest
from shapely.geometry import Point, shape

from components import charts, maps, theme
from components.timeline import place_in_lines, timeline
from data.dates import span_between
from data.load import Library
from data.params import year_bounds
from data.select import Selection, events_laid_over, figures_of_countries, rows_of
from tests.conftest import ROOT


def marks(figure: object) -> dict[str, list[float]]:
    """Numbers drawn by each figure id on the horizontal axis."""
    return {trace.customdata[0]: list(trace.x) for trace in figure.data if trace.customdata is not None}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "panel", ["believed_to_lie", "since_1982", "returned_1950s", "pace_month", "prisoners", "claims"]
)
def test_each_row_is_drawn_at_the_number_that_was_printed(library: Library, panel: str) -> None:
    frame = rows_of(library, "figures", panel)
    drawn = marks(charts.hedged_rows(frame))
    assert set(drawn) == set(frame["figure_id"])
    for row in frame.to_dict("records"):
        ends = [row["low"], row["high"]] if row["qualifier"] == "range" else [row["value"]]
        assert drawn[row["figure_id"]] == [float(end) for end in ends]


def test_more_than_has_an_arrow_upwards_and_fewer_than_one_downwards(library: Library) -> None:
    frame = rows_of(library, "figures", "claims")
    arrows = [note.xshift for note in charts.hedged_rows(frame).layout.annotations if note.showarrow]
    expected = [1 if q in charts.OPEN_UP else -1 for q in frame["qualifier"] if q in charts.OPEN_UP + charts.OPEN_DOWN]
    assert [1 if shift > 0 else -1 for shift in arrows] == expected == [-1, 1, -1, 1]


def test_hedged_marks_are_hollow_and_exact_ones_filled(library: Library) -> None:
    frame = rows_of(library, "figures", "since_1982").set_index("figure_id")
    for trace in charts.hedged_rows(frame.reset_index()).data:
        if trace.customdata is not None and frame.loc[trace.customdata[0], "qualifier"] in ("exact", "approximately"):
            hollow = frame.loc[trace.customdata[0], "qualifier"] == "approximately"
            assert trace.marker.symbol == ("circle-open" if hollow else "circle")


def test_no_line_joins_two_figures(library: Library) -> None:
    frame = rows_of(library, "figures", "unaccounted_for")
    figure = charts.counts_over_time(frame, library["events"].iloc[:0], year_bounds(library))
    assert len(figure.data) == len(frame)
    for trace in figure.data:
        assert len(set(trace.customdata)) == 1 and len(set(trace.y)) == 1


def test_a_year_is_drawn_as_a_year_and_a_day_as_a_day(library: Library) -> None:
    frame = rows_of(library, "figures", "unaccounted_for")
    drawn = marks(charts.counts_over_time(frame, library["events"].iloc[:0], year_bounds(library)))
    assert drawn["BRF-006"] == [date(1954, 1, 1), date(1954, 12, 31)]
    assert drawn["BRF-001"] == [date(2012, 6, 28)]


def test_the_decades_without_a_figure_are_marked_as_a_gap(library: Library) -> None:
    frame = rows_of(library, "figures", "unaccounted_for")
    gaps = charts.gaps_between([span_between(day, day) for day in frame["date"]])
    assert [(gap.first.year, gap.last.year) for gap in gaps] == [(1954, 2012)]
    figure = charts.counts_over_time(frame, library["events"].iloc[:0], year_bounds(library))
    assert any("no figure between 1954 and 2012" in (note.text or "") for note in figure.layout.annotations)


def test_events_laid_over_are_those_of_the_lane(library: Library) -> None:
    events = events_laid_over(library, Selection("counts-over-time", {"overlay": "talks"}))
    assert set(events["lane"]) == {"talks"}
    figure = charts.counts_over_time(rows_of(library, "figures", "unaccounted_for"), events, year_bounds(library))
    drawn = {trace.customdata[0] for trace in figure.data if trace.yaxis == "y2"}
    assert drawn == set(events[events["start"] != ""]["event_id"])
    assert events_laid_over(library, Selection("counts-over-time")).empty


def test_the_timeline_draws_every_dated_event_as_wide_as_its_date(library: Library) -> None:
    events = library["events"]
    drawn = marks(timeline(events, year_bounds(library)))
    assert set(drawn) == set(events[events["start"] != ""]["event_id"])
    assert drawn["BRE-019"] == [date(1996, 1, 1), date(2005, 12, 31)]
    assert drawn["BRE-036"] == [date(1953, 7, 27)]


def test_plans_that_fell_through_have_a_mark_of_their_own(library: Library) -> None:
    symbols = {
        trace.customdata[0]: trace.marker.symbol for trace in timeline(library["events"], year_bounds(library)).data
    }
    assert symbols["BRE-025"] != symbols["BRE-020"] and symbols["BRE-015"] != symbols["BRE-020"]


@pytest.mark.parametrize("titled", [True, False])
def test_events_of_a_lane_that_touch_stand_on_lines_of_their_own(library: Library, titled: bool) -> None:
    first, last = (date(year_bounds(library)[0], 1, 1), date(year_bounds(library)[1], 12, 31))
    for lane in set(library["events"]["lane"]):
        placed = place_in_lines(library["events"][library["events"]["lane"] == lane], first, last, titled)
        for one in placed:
            for other in placed:
                if one is not other and one.line == other.line:
                    assert one.span.last < other.span.first or other.span.last < one.span.first


def test_no_chart_text_is_smaller_than_twelve_pixels(library: Library) -> None:
    figures = [charts.hedged_rows(rows_of(library, "figures", "since_1982")), timeline(library["events"], (1950, 2015))]
    for figure in figures:
        assert figure.layout.font.size >= 12
        assert all(note.font.size is None or note.font.size >= 12 for note in figure.layout.annotations)


def ground() -> dict[str, object]:
    shapes = json.loads((ROOT / "data" / "geo" / "countries.geojson").read_text(encoding="utf-8"))
    return {feature["properties"]["name"]: shape(feature["geometry"]) for feature in shapes["features"]}


def test_every_placed_point_falls_in_its_own_country(library: Library) -> None:
    land = ground()
    points = maps.placed(library["places"])
    assert len(points) > 0
    for row in points.to_dict("records"):
        country = land[maps.NAME_ON_GROUND.get(row["country"], row["country"])]
        assert country.contains(Point(row["shown_longitude"], row["shown_latitude"])), row["place_id"]  # type: ignore[attr-defined]


def test_every_place_is_on_the_map_or_in_the_list_of_those_that_are_not(library: Library) -> None:
    places = library["places"]
    on, off = set(maps.placed(places)["place_id"]), set(maps.not_placed(places)["place_id"])
    assert on | off == set(places["place_id"]) and not on & off
    assert "KUYMNA" in off


def test_a_country_is_never_a_point_and_its_figures_are_its_label(library: Library) -> None:
    places = library["places"]
    figures = figures_of_countries(library, places, maps.MAP_SERIES)
    points = next(layer for layer in maps.deck(places, figures, "East Asia").layers if layer.id == "places")
    assert not {record["place_id"] for record in points.data} & set(
        places[places["coordinate_precision"] == "country"]["place_id"]
    )
    text = {label["name"]: label["text"] for label in maps.country_labels(places, figures, "East Asia")}
    assert "approximately 5,500 persons believed buried" in text["North Korea"]
    assert "fewer than 20" in text["China"]


def test_reported_camps_look_different_from_places_where_something_was_done(library: Library) -> None:
    places = library["places"]
    deck = maps.deck(places, library["figures"].iloc[:0], "whole")
    records = {
        record["place_id"]: record for record in next(layer for layer in deck.layers if layer.id == "places").data
    }
    assert (
        records["MOLOTOV"]["fill"] != records["MOLOTOV"]["line"]
        and records["PUNCHBOWL"]["fill"] == records["PUNCHBOWL"]["line"]
    )
    assert any("Molotov?" in label["text"] for label in maps.name_labels(maps.placed(places), "whole"))


def test_the_map_asks_no_other_host_for_anything(library: Library) -> None:
    spec = maps.deck(library["places"], library["figures"].iloc[:0], "whole").to_json()
    assert "http" not in spec.replace("https://deck.gl", "")
    assert set(maps.VIEWS) == set(maps.LABEL_AT) == set(maps.PIXELS_A_DEGREE)


def test_the_settings_use_the_palette_of_the_theme() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert tuple(settings["theme"]["chartCategoricalColors"]) == theme.PALETTE
    assert settings["theme"]["primaryColor"] == theme.NAVY and settings["theme"]["textColor"] == theme.INK
    assert settings["browser"]["gatherUsageStats"] is False and settings["client"]["showErrorDetails"] == "none"
