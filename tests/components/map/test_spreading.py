"""No mark of the map hides more than half of another; tested on circles, and on the marks of every question."""

import math

import pytest

from components.map.circles import circle_radii, marked, moved_apart
from components.map.spreading import Mark, hidden_part, spread
from components.map.window import MARK_SIZE, ROOMS, window_in
from components.panels.places import LAYERS_OF, ground_of
from data.query.select import Selection, places_within
from data.record.load import Library


def test_marks_of_one_point_are_parted_and_others_stay() -> None:
    marks = [Mark((100, 100), 8), Mark((100, 100), 8), Mark((100, 100), 30), Mark((300, 300), 8)]
    at = spread(marks)
    drawn = [Mark(middle, mark.radius) for middle, mark in zip(at, marks, strict=True)]
    for number, one in enumerate(drawn):
        assert all(hidden_part(one, other) == 0 for other in drawn[:number] + drawn[number + 1 :])
    assert at[3] == (300, 300)
    assert math.dist(at[2], (100, 100)) < math.dist(at[0], (100, 100)), "a small mark gives way to a large one"


def test_what_one_mark_hides_of_another_is_measured() -> None:
    assert hidden_part(Mark((0, 0), 5), Mark((20, 0), 5)) == 0
    assert hidden_part(Mark((0, 0), 5), Mark((0, 0), 9)) == 1
    assert hidden_part(Mark((0, 0), 10), Mark((0, 0), 5)) == pytest.approx(0.25)
    assert hidden_part(Mark((0, 0), 5), Mark((5, 0), 5)) == pytest.approx(0.391, abs=0.001)


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("question", LAYERS_OF)
def test_no_mark_hides_more_than_half_of_another_at_the_default_view(
    library: Library, question: str, room: str
) -> None:
    chosen = Selection("recovery-map", {"layer": question})
    ground, layers = ground_of(library, chosen, places_within(library, chosen), room), LAYERS_OF[question]
    window, radii = window_in("peninsula", room), circle_radii(ground, "peninsula", layers)
    rows = marked(ground, "peninsula", layers)
    points = {row["place_id"]: row for row in ground.places.to_dict("records")}
    marks = {
        row["place_id"]: Mark(window.pixel(row["shown_longitude"], row["shown_latitude"]), MARK_SIZE["peninsula"] / 2)
        for row in rows
    }
    marks |= {
        place_id: Mark(window.pixel(points[place_id]["drawn_longitude"], points[place_id]["drawn_latitude"]), radius)
        for place_id, radius in radii.items()
    }
    assert len(marks) > 5
    for place_id, one in marks.items():
        for other_id, other in marks.items():
            assert place_id == other_id or hidden_part(one, other) <= 0.5, (place_id, other_id)


def test_a_wide_view_moves_nothing(library: Library) -> None:
    chosen = Selection("recovery-map", {"view": "whole", "layer": "Camps and handovers"})
    ground = ground_of(library, chosen, places_within(library, chosen))
    assert "drawn_longitude" not in ground.places
    assert moved_apart(ground, "East Asia", ("places",)) is ground
