"""The rail of the map: what a country is asked, and what the circles hold; tested on the record."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from components.map.circles import circle_radii, marked
from components.panels.place_rail import NAMED_BY_NONE, TITLES
from components.panels.places import (
    COUNTRY_VIEWS,
    LAYERS_OF,
    ground_of,
    question_for,
    questions_with_marks,
    questions_without_marks,
    what_circles_hold,
)
from components.panels.year_player import recovered_by_then, step, years_of_operations
from data.query.as_of import library_of
from data.query.params import options_of, parameter_named
from data.query.select import Selection, joint_recoveries, places_within, rows_naming
from data.record.load import Library
from data.record.wording import number_with_noun


def test_a_country_is_asked_a_question_that_has_a_mark_there(library: Library) -> None:
    asked = Selection("recovery-map", {"layer": "Where recovered"})
    assert question_for(library, asked, "China") == "Where recovered", "a question with marks stays"
    assert question_for(library, asked, "Russia") == "Camps and handovers"
    without = questions_without_marks(library, asked, "Russia")
    assert without == [question for question in LAYERS_OF if question != "Camps and handovers"]


def test_each_country_beside_the_map_opens_a_view_and_both_halves_of_korea_one_of_their_own(library: Library) -> None:
    views = options_of(parameter_named("view"), library)
    assert set(COUNTRY_VIEWS.values()) <= set(views)
    assert COUNTRY_VIEWS["North Korea"] != COUNTRY_VIEWS["South Korea"]


@pytest.mark.parametrize("years", [(1950, 2026), (1996, 2000)])
def test_what_the_circles_hold_and_what_they_leave_out_is_each_single_operation(
    library: Library, years: tuple[int, int]
) -> None:
    chosen = Selection("recovery-map", {"years": years})
    ground = ground_of(library, chosen, places_within(library, chosen))
    text = what_circles_hold(ground, LAYERS_OF["Where recovered"])
    held, left_out = (int(number) for number in re.findall(r"(\d+) sets of remains", text))
    operations = joint_recoveries(library, chosen)
    assert held + left_out == operations["value"].sum() and text.count("computed") >= 2
    assert what_circles_hold(ground, LAYERS_OF["Routes"]) == ""


def test_where_no_sum_has_a_circle_nothing_is_said_of_circles_that_hold_it(library: Library) -> None:
    chosen = Selection("recovery-map")
    ground = ground_of(library, chosen, places_within(library, chosen))
    elsewhere = replace(ground, places=ground.places[ground.places["latitude"].isna()])
    text = what_circles_hold(elsewhere, LAYERS_OF["Where recovered"])
    total = int(joint_recoveries(library, chosen)["value"].sum())
    assert "The circles hold" not in text and f"Not in any circle: {total} sets" in text


def test_the_years_of_the_map_step_from_the_first_operation_to_the_last_and_add_up_what_came_by_then(
    library: Library,
) -> None:
    years = years_of_operations(library, Selection("recovery-map"))
    assert step(years, library.years, 1) == (years[0], years[0]), "from all years it begins at the first"
    totals: list[int] = []
    chosen: tuple[int, int] | None = (years[0], years[0])
    while chosen:
        selection = Selection("recovery-map", {"years": chosen})
        text = recovered_by_then(library, selection)
        assert text.startswith(f"{chosen[0]} to {chosen[1]}: ") and text.endswith("(computed)")
        totals.append(int(joint_recoveries(library, selection)["value"].sum()))
        assert f": {number_with_noun(totals[-1], 'set')} of remains" in text
        last, chosen = chosen, step(years, chosen, 1)
    assert last == (years[0], years[-1]) and totals == sorted(totals)
    assert totals[-1] == joint_recoveries(library, Selection("recovery-map"))["value"].sum()
    assert step(years, last, 1) is None and step(years, (years[0], years[0]), -1) is None


@pytest.mark.parametrize(
    ("day", "years"),
    [("", None), ("", (1996, 2005)), ("1996-07-01", None), ("2012-07-03", None), ("2012-07-03", (1950, 1960))],
)
def test_questions_with_marks_are_those_whose_drawing_has_one(day: str, years: tuple[int, int] | None) -> None:
    tables, _ = library_of({"asof": day})
    for country in sorted(set(tables["places"]["country"])):
        chosen = Selection("recovery-map", {"years": years} if years else {})
        assert questions_with_marks(tables, chosen, country) == [
            question for question in LAYERS_OF if draws_a_mark(tables, chosen, country, question)
        ], (country, years)


def draws_a_mark(library: Library, selection: Selection, country: str, question: str) -> bool:
    values = {"layer": question, "country": (country,), "view": "whole"}
    chosen = Selection(selection.page, {**selection.values, **values})
    ground, layers = ground_of(library, chosen, places_within(library, chosen)), LAYERS_OF[question]
    return bool(circle_radii(ground, "whole", layers) or marked(ground, "whole", layers))


def test_a_place_that_no_row_names_has_a_card_that_says_so(
    library: Library, opened_page: Callable[..., AppTest]
) -> None:
    unnamed = [
        row_id for row_id in library["places"]["place_id"] if not TITLES.keys() & rows_naming(library, row_id).keys()
    ]
    for row_id in unnamed[:2]:
        app = opened_page("recovery-map", place=row_id)
        assert not app.exception
        assert any(NAMED_BY_NONE in part.proto.body for part in app.get("html"))
