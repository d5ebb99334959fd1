"""A choice leaves exactly the rows it names, and says what it did."""

import pandas as pd
import pytest

from components.panels.catalogue import panel_of
from data.query.compute import remainder_of, sum_returned, sums_since_1982, with_computed, years_of
from data.query.params import PARAMETERS, options_of, parameter_named, unaccepted
from data.query.select import Selection, filters_in_words, rows_of_brief, select, showing_line
from data.query.views import VIEWS
from data.record.load import Library
from data.record.tables import BRIEF
from data.record.wording import figure_in_words


def test_no_choice_leaves_every_row_in_order(library: Library) -> None:
    for table in library.tables:
        assert list(select(library, table, Selection("sources-and-data")).iloc[:, 0]) == list(library[table].iloc[:, 0])


def test_selecting_never_changes_the_library(library: Library) -> None:
    before = library["events"].copy(deep=True)
    frame = select(library, "events", Selection("mission-timeline", {"lane": ("talks",)}))
    frame.loc[:, "title"] = "changed"
    pd.testing.assert_frame_equal(before, library["events"])


def test_years_take_events_that_only_touch_them_and_leave_undated_ones_out(library: Library) -> None:
    ids = set(select(library, "events", Selection("mission-timeline", {"years": (2005, 2005)}))["event_id"])
    assert {"BRE-019", "BRE-020"} <= ids
    assert not {"BRE-003", "BRE-018"} & ids


@pytest.mark.parametrize(
    ("words", "table", "row_id"),
    [
        ("7,954", "figures", "BRF-001"),
        ("7954", "figures", "BRF-001"),
        ("kuymna", "places", "RUS_KUYMNA"),
        ("henning", "sources", "brief-2012-fn13"),
        ("Bangkok newberry", "events", "BRE-024"),
    ],
)
def test_a_search_finds_a_number_a_place_an_office_and_a_word(
    library: Library, words: str, table: str, row_id: str
) -> None:
    assert row_id in set(select(library, table, Selection("sources-and-data", {"q": words})).iloc[:, 0])


def test_what_is_shown_is_said_with_its_choices(library: Library) -> None:
    chosen = Selection("mission-timeline", {"lane": ("talks",), "years": (1990, 2012)})
    rows = select(library, "events", chosen)
    assert (
        showing_line(len(rows), len(library["events"]), "events", chosen, library, chosen.values)
        == f"Showing {len(rows)} of {len(library['events'])} events: talks; 1990 to 2012"
    )
    assert filters_in_words(Selection("mission-timeline", {"lane": ()}), library, ("lane",)) == ""


def test_options_come_from_the_dictionary_and_a_foreign_value_is_refused(library: Library) -> None:
    for chosen in PARAMETERS:
        options = options_of(chosen, library)
        if chosen.kind in ("choices", "choice"):
            assert len(options) == len(set(options)) > 1
            assert unaccepted(chosen, [options[0]], library) == []
            assert unaccepted(chosen, ["ZZZ"], library) == ["ZZZ"]
    years = next(chosen for chosen in PARAMETERS if chosen.kind == "years")
    first, last = library.years
    assert unaccepted(years, [str(first), str(last)], library) == []
    assert unaccepted(years, ["abc"], library) == ["abc"]


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\x1b", "\uffff", "\ud800"])
def test_words_with_a_character_that_no_picture_or_file_can_hold_are_refused(library: Library, sign: str) -> None:
    words = parameter_named("q")
    assert unaccepted(words, [f"camp{sign}5"], library) == [f"camp{sign}5"]
    assert unaccepted(words, ["camp\t5 조선\u00a0\U0001f4dc"], library) == []


def test_what_the_places_leave_of_the_total_is_a_range(library: Library) -> None:
    total = rows_of_brief(library, "unaccounted for").query("mark == 'counts'")
    assert remainder_of(total, rows_of_brief(library, "believed to lie")) == (
        7954 - 5500 - 950 - 19,
        7954 - 5500 - 950,
    )


def test_computed_numbers_say_so_and_name_their_parts(library: Library) -> None:
    for row in [*sums_since_1982(library), *years_of(library), *sum_returned(library)]:
        assert row["kind"] == "computed" and row["figure_id"].startswith("computed-")
        assert "computed" in row["label"] and "Computed from BRF-" in row["note"]


def test_sums_keep_the_hedges_of_their_parts(library: Library) -> None:
    inside, boxes = sums_since_1982(library)
    assert (inside["low"], inside["high"], inside["qualifier"]) == (642, 692, "range")
    assert (boxes["value"], boxes["qualifier"]) == (450, "approximately")
    assert [(row["value"], row["qualifier"]) for row in years_of(library)] == [(24, "exact"), (96, "approximately")]
    [returned] = sum_returned(library)
    assert (returned["value"], returned["qualifier"]) == (3462, "exact")


def test_computed_rows_keep_the_types_of_the_frame(library: Library) -> None:
    rows = rows_of_brief(library, "by origin")
    both = with_computed(rows, *sums_since_1982(library))
    assert both.dtypes.to_dict() == rows.dtypes.to_dict()
    assert figure_in_words(both.iloc[-2].to_dict()) == "642 to 692 remains"


def test_a_search_finds_what_the_table_shows_the_source_of_a_row_too(library: Library) -> None:
    sources = library["sources"]
    by_title = sources[sources["title"].str.contains("Chosin", case=False)]["source_id"]
    found = select(library, "figures", Selection("sources-and-data", {"q": "chosin"}))
    figures = library["figures"]
    assert len(by_title) and set(figures[figures["source_id"].isin(by_title)]["figure_id"]) <= set(found["figure_id"])


def test_the_total_of_the_brief_stands_among_its_parts(library: Library) -> None:
    view = VIEWS["since-1982"]
    rows = view.rows(library, Selection(view.page))
    total = rows[rows["series_id"] == "remains_since_1982"].iloc[0]
    assert (total["low"], total["high"]) == (650, 675) and list(rows["kind"]).count("computed") == 2


def test_the_lines_of_the_brief_then_and_now_name_their_sources(library: Library) -> None:
    panel = panel_of("then-and-now", library, Selection("", {}))
    assert panel.source.startswith("Sources: ") and BRIEF in panel.source_ids and len(panel.source_ids) > 5
