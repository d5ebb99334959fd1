"""Does the title of a screen in a room say what is found, and nothing that a choice has hidden?"""

import re
from collections.abc import Iterator

import plotly.graph_objects as go
import pytest

from components.frame.presenter import ENLARGEMENT, MOST_ENLARGEMENT, enlargement_of, scene_of_path
from components.panels.catalogue import panel_of
from components.panels.findings import FINDINGS, finding_of, reading_of
from components.panels.panel import Panel
from components.panels.summaries import newest_count_in_words, of_falls
from data.query.pace import exact_counts
from data.query.params import Value, options_of, parameter_named
from data.query.path import READY_BY_NAME
from data.query.select import Selection, newest_of
from data.query.views import VIEWS
from data.record.dates import date_in_words
from data.record.load import Library
from data.record.wording import as_of_in_words, other_word_of, value_in_words


def panel(library: Library, key: str, **values: Value) -> Panel:
    return panel_of(key, library, Selection(VIEWS[key].page, values))


@pytest.mark.parametrize("key", FINDINGS)
def test_a_title_says_what_is_found_with_its_number_or_its_day(library: Library, key: str) -> None:
    found = finding_of(panel(library, key))
    assert any(letter.isdigit() for letter in found) and found != VIEWS[key].title and not found.endswith(".")


def test_the_title_of_the_counts_says_the_newest_count_who_says_so_and_that_no_day_is_printed(library: Library) -> None:
    newest = newest_of(library, "unaccounted_for_total").iloc[0].to_dict()
    found = finding_of(panel(library, "headlines"))
    assert value_in_words(newest) in found and newest["attributed_to"].split(",")[0] in found
    assert ("no day printed" in found) == (newest["date_precision"] == "month")


def test_the_title_of_the_series_says_how_the_exact_counts_shown_fell_and_that_this_is_computed(
    library: Library,
) -> None:
    assert finding_of(panel(library, "unaccounted-for")) == of_falls(library, names_day=True).removesuffix(".")
    since_2018 = finding_of(panel(library, "unaccounted-for", mark=("counts",), years=(2018, 2025)))
    counts = exact_counts(library)
    first = counts[counts["date"] >= "2018"].iloc[0]
    assert date_in_words(first["date"]) in since_2018 and since_2018.endswith("(computed)")


def test_steps_of_a_presentation_are_titled_by_what_they_find(library: Library) -> None:
    for path in READY_BY_NAME.values():
        titles = [scene_of_path(path, at).title for at in range(len(path.steps))]
        assert len(set(titles)) == len(titles), "no two steps have one title"
        for at, title in enumerate(titles):
            step = scene_of_path(path, at).panel
            assert step is not None and title == (finding_of(step) or step.title)


def test_a_choice_that_hides_what_is_found_leaves_the_topic(library: Library) -> None:
    assert finding_of(panel(library, "unaccounted-for", years=(1950, 1990))) == ""
    assert finding_of(panel(library, "timeline-panel", lane=("archives",))) == ""
    assert reading_of(panel(library, "timeline-panel", preset="since 2018")) == ""


def test_a_low_chart_fills_a_screen_by_larger_type_up_to_a_limit() -> None:
    factors = [enlargement_of(go.Figure(layout={"height": height})) for height in (200, 480, 900)]
    assert factors[0] == MOST_ENLARGEMENT and factors[2] == ENLARGEMENT and ENLARGEMENT < factors[1] < MOST_ENLARGEMENT


def test_the_newest_count_in_words_says_that_its_source_prints_missing_where_it_does(library: Library) -> None:
    newest = newest_of(library, "unaccounted_for_total").iloc[0].to_dict()
    assert ("printed as “missing”" in newest_count_in_words(library)) == bool(other_word_of(newest))


def test_what_is_found_of_states_and_of_status_is_the_largest_number_with_its_day_and_how_many_there_are(
    library: Library,
) -> None:
    for key in ("by-state", "accounted-by-state", "by-status"):
        rows = panel(library, key).frame
        largest = rows.loc[rows["value"].idxmax()].to_dict()
        found = finding_of(panel(library, key))
        assert value_in_words(largest) in found and largest["breakdown"] in found
        assert as_of_in_words(largest).removeprefix("as of ") in found


ONE_OF_MANY = re.compile(r"(?<![\d,.])\b1 (?:[a-z]+ )?[a-z]+s\b")


def choices_that_leave_one_row(library: Library, key: str) -> Iterator[Selection]:
    """The first choice of each filter of a view under which it shows one row."""
    view = VIEWS[key]
    for name in view.choices:
        filter_ = parameter_named(name)
        first, last = library.years
        values: dict[str, list[Value]] = {
            "years": [(year, year) for year in range(first, last + 1)],
            "choices": [(option,) for option in options_of(filter_, library)],
        }
        for value in values.get(filter_.kind, []):
            selection = Selection(view.page, {name: value})
            if len(view.rows(library, selection)) == 1:
                yield selection
                break


def test_one_thing_is_never_written_in_the_plural(library: Library) -> None:
    """Summaries, notes, rails and alternative texts where a filter leaves one row."""
    drawn = [
        panel_of(key, library, selection) for key in VIEWS for selection in choices_that_leave_one_row(library, key)
    ]
    written = {
        (one.view.key, text[max(found.start() - 30, 0) : found.end() + 30])
        for one in drawn
        for text in (one.drawn.summary, one.drawn.note, one.drawn.rail, one.alt, one.showing, reading_of(one))
        for found in ONE_OF_MANY.finditer(text)
    }
    assert len(drawn) >= 10 and not written
