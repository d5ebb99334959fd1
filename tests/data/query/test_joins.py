"""Two counts are joined only where agency and definition are the same and they are at most five years apart."""

import pandas as pd
import pytest

from data.query.joins import agency_of, definition_of, joined_pairs, official_ids
from data.query.select import rows_of
from data.record.dates import span_of
from data.record.load import Library
from data.record.tables import BRIEF

DAYS = 365.25


def test_each_joined_pair_is_of_one_agency_one_definition_and_at_most_five_years(library: Library) -> None:
    frame, sources = rows_of(library, "figures", "unaccounted for"), library["sources"]
    rows = frame.set_index("figure_id", drop=False).to_dict("index")
    tiers = sources.set_index("source_id")["tier"]
    pairs = joined_pairs(frame, sources)
    assert pairs
    for first, last in pairs:
        one, other = rows[first], rows[last]
        for row in (one, other):
            assert row["qualifier"] == "exact" and row["mark"] == "counts"
            assert tiers[row["source_id"]] in ("official", "reprint of an official text")
        assert agency_of(one) == agency_of(other) != ""
        assert all(one[name] == other[name] for name in ("series_id", "scope", "country", "unit", "breakdown"))
        assert ("printed as missing" in one["flags"]) == ("printed as missing" in other["flags"])
        days = (span_of(other["date"]).last - span_of(one["date"]).first).days
        assert 0 < days <= 5 * DAYS


def test_no_count_of_the_same_definition_is_between_two_that_are_joined(library: Library) -> None:
    frame, sources = rows_of(library, "figures", "unaccounted for"), library["sources"]
    official = official_ids(frame, sources)
    rows = frame.set_index("figure_id", drop=False).to_dict("index")
    for first, last in joined_pairs(frame, sources):
        same = [rows[row_id] for row_id in official if definition_of(rows[row_id]) == definition_of(rows[first])]
        between = [row for row in same if rows[first]["date"] < row["date"] < rows[last]["date"]]
        assert not between


def test_the_brief_and_the_press_are_not_official_counts(library: Library) -> None:
    frame, sources = rows_of(library, "figures", "unaccounted for"), library["sources"]
    official = official_ids(frame, sources)
    by_brief = set(frame[frame["source_id"] == BRIEF]["figure_id"])
    press = set(sources[sources["tier"].isin(["press", "secondary", "institution"])]["source_id"])
    assert by_brief and not official & by_brief
    assert not official & set(frame[frame["source_id"].isin(press)]["figure_id"])
    assert not official & set(frame[frame["qualifier"] != "exact"]["figure_id"])


def changed(figures: pd.DataFrame, row_id: str, **cells: object) -> pd.DataFrame:
    """The figures with other cells in one row."""
    copy = figures.copy()
    for name, cell in cells.items():
        copy.loc[copy["figure_id"] == row_id, name] = cell
    return copy


@pytest.mark.parametrize(
    "cells",
    [
        {"attributed_to": "Joint POW/MIA Accounting Command (JPAC)"},
        {"attributed_to": "A veteran, citing DPAA"},
        {"scope": "All conflicts"},
        {"unit": "sets of remains"},
        {"flags": "spine;printed as missing"},
        {"qualifier": "approximately"},
        {"mark": "rounded or hedged"},
        {"date": "1990"},
    ],
    ids=str,
)
def test_a_count_that_differs_in_one_of_them_is_not_joined(library: Library, cells: dict[str, object]) -> None:
    frame, sources = rows_of(library, "figures", "unaccounted for"), library["sources"]
    first, last = joined_pairs(frame, sources)[0]
    two = frame[frame["figure_id"].isin([first, last])]
    assert joined_pairs(two, sources) == [(first, last)]
    assert joined_pairs(changed(two, last, **cells), sources) == []


def test_an_attribution_names_its_agency_before_its_first_comma() -> None:
    names = [
        "DPAA",
        "Defense POW/MIA Accounting Agency (DPAA), as quoted by a newspaper",
        "CalVet, citing DPAA",
        "Newsis",
    ]
    assert [agency_of({"attributed_to": name}) for name in names] == ["DPAA", "DPAA", "", ""]
