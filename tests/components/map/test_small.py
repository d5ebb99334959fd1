"""The small map of North Korea: numbered marks that do not touch, each with its row."""

import math
from itertools import combinations

from components.map.small import MARK, small_map, spread
from components.static.svg import svgs_of
from data.query.at_a_glance import marks_in_north_korea
from data.query.select import Selection
from data.record.load import Library
from data.record.shapes import land


def test_marks_that_would_touch_are_moved_apart_and_others_stay() -> None:
    spots = spread([(0, 0), (1, 0), (0, 1), (100, 100)], 2 * MARK)
    assert all(math.dist(*pair) > 2 * MARK - 0.1 for pair in combinations(spots, 2))
    assert math.dist(spots[3], (100, 100)) < 0.1


def test_each_place_is_a_numbered_mark_that_leads_to_its_estimate_and_its_operations(library: Library) -> None:
    marks = marks_in_north_korea(library, Selection("", {}))
    (svg,) = svgs_of(small_map(marks, land(), 230, 262), "North Korea", 230, link=lambda row_id: f"card:{row_id}")
    assert [mark["number"] for mark in marks] == list(range(1, len(marks) + 1))
    for mark in marks:
        assert f">{mark['number']}</text>" in svg.replace("</tspan>", "")
        assert all(f"card:{row_id}" in svg for _, row_id in mark["statements"])


def test_what_joint_operations_recovered_at_a_place_is_the_sum_of_its_operations(library: Library) -> None:
    values = library["operations"].set_index("op_id")["value"]
    for mark in marks_in_north_korea(library, Selection("", {})):
        if mark["total"]:
            assert mark["total"] == sum(int(values[op_id]) for op_id in mark["sum_id"].split(";"))
