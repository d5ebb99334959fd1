"""What the brief said stands beside what is said now: read from rows, compared only where one definition holds both."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data.files.described import row_document
from data.query.as_of import as_published, library_as_of
from data.query.compute import computed_by_id, falls_of, look_ahead
from data.query.pace import exact_counts, fall_between, fall_since_the_brief, pace_of_record
from data.query.rows import find_row
from data.query.select import Selection, leading_estimates, newest_of, rival_estimates
from data.query.then_and_now import (
    NOTHING_NEWER,
    ROW_ID_COLUMNS,
    VERSIONS,
    later_versions,
    lines_in_words,
    statement_of,
)
from data.record.load import Library
from data.record.wording import figure_in_words

Open = Callable[..., AppTest]
# The last day of the month in which 7,456 was the newest exact count: what was published by then does not change.
SEPTEMBER_2024 = date(2024, 9, 30)
HEADLINES = {
    *("BRF-001", "BRF-002", "BRF-020", "BRF-021", "BRF-003", "BRF-006", "BRF-015", "BRF-016", "BRF-014", "BRF-025"),
    *("BRF-026", "BRF-018", "BRF-019", "BRF-017", "BRF-007", "BRF-008", "BRF-009"),
    *("BRF-010", "BRF-011", "BRF-012", "BRF-013"),
}


def test_every_headline_quantity_of_the_brief_has_its_line_and_every_row_it_names_a_card(library: Library) -> None:
    frame = library["then_and_now"]
    assert set(frame["brief_row_id"]) >= HEADLINES and frame["brief_row_id"].is_unique
    for row in frame.to_dict("records"):
        named = [row[name] for name in ROW_ID_COLUMNS if row[name]]
        assert all(find_row(library, row_id) for row_id in named), row["line_id"]
        assert (row["newest"] == "nothing newer found") == (row["newest_row_id"] == "")
        for row_id, said in VERSIONS.values():
            assert (row[said] == "not read") == (row[row_id] == ""), row["line_id"]


def test_a_version_whose_row_holds_no_print_gives_its_number_in_words(library: Library) -> None:
    line = dict.fromkeys(library["then_and_now"].columns, "") | {"row_2015": "EV112", "version_2015": "changed"}
    assert later_versions(library, line)["2015"] == f"2015: changed, {statement_of(library, 'EV112')[0]}"


def test_same_means_the_same_number_with_the_same_hedge(library: Library) -> None:
    for row in library["then_and_now"].to_dict("records"):
        brief = find_row(library, row["brief_row_id"])
        pairs = [(row["newest_row_id"], row["newest"]), *((row[one], row[said]) for one, said in VERSIONS.values())]
        for row_id, said in pairs:
            found = find_row(library, row_id) if row_id else None
            if found and found.table == "figures" and brief:
                names = ("qualifier", "value", "low", "high")
                same = all(str(found.row[name]) == str(brief.row[name]) for name in names)
                assert same == (said == "same"), (row["line_id"], row_id)


def test_a_change_is_computed_only_between_two_counts_of_one_definition(
    library: Library, newest_count: dict[str, Any]
) -> None:
    lines = lines_in_words(library).set_index("brief_row_id")
    assert lines.at["BRF-001", "change"] == f"approximately {7954 - newest_count['value']} fewer (computed)"
    for estimate_claim_or_range in ("BRF-002", "BRF-010", "BRF-014", "BRF-016", "BRF-017"):
        assert lines.at[estimate_claim_or_range, "change"] == ""
    assert lines.at["BRF-020", "now"] == NOTHING_NEWER


def test_on_an_earlier_day_a_line_names_no_row_that_was_published_later(
    library: Library, newest_count: dict[str, Any]
) -> None:
    then, _ = library_as_of(library, date(2012, 7, 3), False)
    frame = then["then_and_now"]
    assert len(frame) == len(library["then_and_now"])
    assert all(not row_id or find_row(then, row_id) for name in ROW_ID_COLUMNS for row_id in frame[name])
    assert figure_in_words(newest_count) in " ".join(lines_in_words(library)["now"])
    assert figure_in_words(newest_count) not in " ".join(lines_in_words(then)["now"])


def test_the_overview_shows_the_brief_beside_today_with_a_link_to_every_card(
    opened_page: Open, library: Library
) -> None:
    app = opened_page("")
    table = next(part.proto.body for part in app.get("html") if 'class="then-and-now"' in part.proto.body)
    for row in library["then_and_now"].to_dict("records"):
        assert all(f'href="sources-and-data?figure={row[name]}"' in table for name in ROW_ID_COLUMNS if row[name])


def test_the_newest_exact_count_is_the_latest_of_the_spine_and_the_one_beside_the_brief(
    library: Library, newest_count: dict[str, Any]
) -> None:
    spine = library["figures"][library["figures"]["flags"].str.split(";").map(lambda flags: "spine" in flags)]
    assert newest_count["date"] == spine["date"].max() and newest_count["qualifier"] == "exact"
    lines = library["then_and_now"].set_index("brief_row_id")
    assert newest_count["figure_id"] == lines.at["BRF-001", "newest_row_id"]
    assert [newest_count["figure_id"]] == newest_of(library, "unaccounted_for_total")["figure_id"].to_list()


def test_in_september_2024_the_newest_exact_count_was_that_of_this_month() -> None:
    newest = exact_counts(as_published(SEPTEMBER_2024, False)[0]).iloc[-1]
    assert (newest["figure_id"], newest["value"], newest["date"]) == ("T2-FIG-110", 7456, "2024-09")


def test_the_pace_of_a_period_names_its_two_counts_and_is_what_they_give(library: Library) -> None:
    of_then = falls_of(as_published(SEPTEMBER_2024, False)[0])
    assert [int(value) for value in of_then["value"]] == [15, 41, 28]
    for row in falls_of(library, (2018, 2020)).to_dict("records"):
        found = computed_by_id(library, row["figure_id"])
        assert found and found["value"] == row["value"] and "Computed from" in row["note"] and row["kind"] == "computed"
    chosen = fall_between(library, date(2018, 1, 1), date(2020, 12, 31))
    assert chosen and (chosen.first["figure_id"], chosen.last["figure_id"]) == ("FIG-395", "FIG-426")
    assert chosen.people == 7713 - 7578 and chosen.per_year == pytest.approx(chosen.people / chosen.years)


def test_the_look_ahead_starts_from_the_pace_since_the_brief_and_says_the_others(
    opened_page: Open, library: Library
) -> None:
    since = fall_since_the_brief(library)
    assert since and pace_of_record(library) == round(since.per_year)
    assert pace_of_record(as_published(SEPTEMBER_2024, False)[0]) == 41
    text = " ".join(part.proto.body for part in opened_page("remains-and-identifications").get("html"))
    assert f"about {round(since.per_year)} per year since the brief" in text and "about 15 per year before it" in text


@pytest.mark.parametrize(
    "pace",
    ["9" * 5000, "9999", "0", "٥٠", "5_0", "+50", "050", "-50", "nan", "inf", "5e1", "²"],
    ids=lambda pace: pace[:9],
)
def test_a_look_ahead_at_a_pace_that_cannot_be_chosen_is_no_record(library: Library, pace: str) -> None:
    row_id = look_ahead(library, 50).iloc[0]["figure_id"]
    assert computed_by_id(library, row_id)
    unknown = row_id.replace("-at-50-", f"-at-{pace}-")
    assert unknown != row_id and computed_by_id(library, unknown) is None
    assert row_document(library, "figures", unknown, "") is None


def test_before_the_brief_the_pace_is_that_of_the_counts_of_the_time(library: Library) -> None:
    then, _ = library_as_of(library, date(2012, 1, 1), False)
    assert 5 <= pace_of_record(then) < 20


def test_one_estimate_leads_at_a_place_by_measure_then_tier_then_day(library: Library) -> None:
    leading = leading_estimates(library, Selection("recovery-map"))
    assert leading["place_id"].is_unique
    tiers = library["sources"].set_index("source_id")["tier"]
    order = ("official", "reprint of an official text", "institution", "press", "secondary", "not stated")
    for row in leading.to_dict("records"):
        rivals = rival_estimates(library, row["est_id"])
        assert set(rivals["measured"]) <= {row["measured"]} and set(rivals["place_id"]) <= {row["place_id"]}
        assert all(order.index(tiers[row["source_id"]]) <= order.index(tiers[one]) for one in rivals["source_id"])
        assert row["measured"] in row["label"] and row["measured"] != "held there"


def test_key_events_are_about_25_and_as_many_before_the_brief_as_after_it(library: Library) -> None:
    events = library["events"]
    key = events[events["importance"] == 1].drop_duplicates("event_group")
    leads = events.set_index("event_id").loc[key["event_group"]]
    before, after = (leads["start"] < "2012").sum(), (leads["start"] >= "2013").sum()
    assert 22 <= len(key) <= 28 and abs(int(before) - int(after)) <= 2


def test_words_printed_in_korean_stand_with_their_language_and_a_translation(library: Library) -> None:
    figures = library["figures"]
    korean = figures[figures["language"] == "Korean"]
    assert len(korean) > 30
    assert korean["translation"].ne("").all() and not korean["as_printed"].str.contains("[", regex=False).any()


def test_a_card_marks_a_korean_phrase_for_a_screen_reader_and_translates_it(opened_page: Open) -> None:
    app = opened_page("sources-and-data", figure="T2-FIG-001")
    text = " ".join(part.proto.body for part in app.get("html"))
    assert '<span lang="ko">60구</span>' in text and "in English: “60" in text
