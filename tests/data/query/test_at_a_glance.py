"""What the first page picks: the newest of each country, the newest events."""

from data.query.at_a_glance import (
    COUNTRIES,
    changed_lines,
    figures_of_country,
    newest_events,
)
from data.query.select import passed_over
from data.record.load import Library


def test_a_country_shows_one_newest_figure_of_a_series_and_none_that_is_outdated(library: Library) -> None:
    for country in COUNTRIES:
        rows = figures_of_country(library, country)
        assert len(rows) and not passed_over(rows).any()
        if country == "Russia":
            assert set(rows["kind"]) == {"claim"} and rows["scope"].str.contains("Soviet Union").all()
            continue
        assert rows["series_id"].is_unique and set(rows["country"]) == {country}


def test_the_newest_events_come_first_and_a_plan_is_not_among_them(library: Library) -> None:
    events = newest_events(library)
    assert len(events) == 6 and list(events["start"]) == sorted(events["start"], reverse=True)
    assert set(events["status"]) <= {"happened", "claimed"}
    with_north_korea = newest_events(library, 1, "North Korea")
    assert (
        "North Korea" in with_north_korea.iloc[0]["country"] and "United States" in with_north_korea.iloc[0]["country"]
    )


def test_the_lines_of_the_brief_that_are_shown_have_changed_since(library: Library) -> None:
    lines = changed_lines(library)
    assert 0 < len(lines) <= 5
    assert all(line["newest"] == "changed" and line["newest_row_id"] and line["brief"] for line in lines)
