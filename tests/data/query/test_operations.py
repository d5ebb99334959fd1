"""Operations are added up where they count the same thing once, and else are listed without a sum."""

from itertools import combinations

import pandas as pd
import pytest

from components.exports.print_view import print_copy
from components.navigation import PAGES
from data.query.compute import sum_of_operations
from data.query.operations import NamedOperations, number_and_speaker, operations_named, why_not_added
from data.query.select import Selection, joint_recoveries
from data.record.load import Library

TABLES = next(page for page in PAGES if page.path == "sources-and-data")


def test_two_operations_have_a_sum_only_where_they_count_one_thing_in_one_way(library: Library) -> None:
    added = 0
    for one, other in combinations(library["operations"].to_dict("records"), 2):
        named = NamedOperations((one, other), 0, why_not_added(library, [one, other]))
        if "(computed)" not in named.head:
            assert named.sentence.startswith("There is no sum, because ") and not any(map(str.isdigit, named.head[1:]))
            continue
        added += 1
        for name in ("unit", "kind", "row_scope", "status", "qualifier"):
            assert one[name] == other[name], (one["op_id"], other["op_id"])
        assert (one["qualifier"], one["row_scope"], one["status"]) == ("exact", "event", "happened")
        assert named.head == f"{one['value'] + other['value']:,} {one['unit']} (computed)"
    count = len(joint_recoveries(library, Selection("recovery-map")))
    assert added == count * (count - 1) / 2


def test_a_sum_on_the_map_and_on_the_charts_opens_a_card_with_the_same_sum(library: Library) -> None:
    sums = sum_of_operations(joint_recoveries(library, Selection("recovery-map")))
    several = [row for row in sums.to_dict("records") if ";" in row["parts"]]
    assert several
    for row in several:
        named = operations_named(library, row["parts"])
        assert named is not None and named.head == f"{row['total']:,} sets of remains (computed)"


def test_a_hedged_number_is_in_no_sum(library: Library) -> None:
    rows = joint_recoveries(library, Selection("recovery-map"))
    assert set(rows["qualifier"]) == {"exact"}
    hedged = rows.assign(qualifier=["more than", *rows["qualifier"][1:]])
    with pytest.raises(ValueError, match="qualifier"):
        sum_of_operations(hedged)


def test_each_operation_of_a_list_counts_once_also_under_its_former_id(library: Library) -> None:
    operations = set(library["operations"]["op_id"])
    former = library["former_ids"]
    for row in former[former["current_id"].isin(operations)].to_dict("records"):
        named = operations_named(library, f"{row['former_id']};{row['current_id']}")
        assert named is not None and len(named.rows) == 1 and "(computed)" not in named.head


def test_a_list_says_how_many_of_its_records_it_leaves_out(library: Library) -> None:
    named = operations_named(library, "BRO-001;BRF-001;NOPE")
    assert named is not None and [row["op_id"] for row in named.rows] == ["BRO-001"]
    assert named.left_out.startswith("This address names 2 other records that cannot be listed here")
    assert operations_named(library, "BRF-001;BRF-002") is operations_named(library, "BRO-001") is None


def test_each_operation_can_stand_in_a_list_with_its_number_and_hedge(library: Library) -> None:
    for row in library["operations"].to_dict("records"):
        number, speaker = number_and_speaker(row)
        assert row["attributed_to"] in speaker
        assert pd.isna(row["value"]) or f"{row['value']:,}" in number
        assert row["qualifier"] in ("exact", "range") or row["qualifier"] in number


def test_a_print_copy_lists_the_operations_of_its_address_as_their_card_does() -> None:
    html = print_copy(TABLES, (("figure", "BRO-001;BRO-002"),))
    for text in (
        "more than 4,000 sets of remains",
        "208 boxes",
        "There is no sum, because they count different things",
    ):
        assert text in html
    assert "4,208" not in html
