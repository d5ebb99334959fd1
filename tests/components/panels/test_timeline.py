"""Does the page of the timeline answer its question, list its events and show the chosen one in full?"""

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from components.panels.catalogue import panel_of
from components.panels.tiles import short_who
from components.panels.timeline import answer, event_list
from data.query.as_of import library_of
from data.query.at_a_glance import newest_events
from data.query.select import Selection, one_row_per_event, select
from data.query.views import VIEWS, rows_shown
from data.record.dates import period_in_words
from data.record.load import Library

Open = Callable[..., AppTest]
SINGAPORE = "Singapore summit commits to recovering remains"


def html_of(app: object) -> str:
    return " ".join(part.proto.body for part in app.get("html"))  # type: ignore[attr-defined]


def test_the_answer_names_the_newest_event_with_north_korea_its_day_who_says_so_and_the_last_return(
    library: Library,
) -> None:
    events = one_row_per_event(library["events"])
    about_it = events[
        events["country"].str.contains("North Korea") & events["lane"].isin(["talks", "returns", "joint operations"])
    ]
    newest = about_it[about_it["end"] == about_it["end"].max()]
    sentence = answer(library)
    assert any(
        f"{row['title']} ({period_in_words(row['start'], row['end'])}; {short_who(row['attributed_to'])})" in sentence
        for row in newest.to_dict("records")
    )
    last = newest_events(library, 1, "North Korea", "returns").iloc[0]
    assert f"Last return: {last['title']} ({period_in_words(last['start'], last['end'])}" in sentence


def test_what_bold_titles_mean_is_said_once_with_the_name_and_the_day_of_the_brief(library: Library) -> None:
    sentence = "Bold titles: in the 2012 brief (National Committee on North Korea, 3 July 2012)."
    drawn = panel_of("timeline-panel", library, Selection("mission-timeline")).drawn
    assert drawn.rail.count(sentence) == 1 and sentence in drawn.note
    without = panel_of("timeline-panel", library, Selection("mission-timeline", {"preset": "since 2018"})).drawn
    assert "Bold titles" not in without.rail + without.note


@pytest.mark.parametrize("day", ["2012-07-03", "1995-01-01", "1940-01-01"])
def test_the_answer_keeps_to_what_was_published_by_the_day_of_the_view(library: Library, day: str) -> None:
    then = library_of({"asof": day})[0]
    sentence = answer(then)
    later = set(library["events"]["title"]) - set(then["events"]["title"])
    assert sentence and not [title for title in later if title in sentence]


def test_the_list_holds_every_event_newest_first_and_those_without_a_date_last(library: Library) -> None:
    frame = rows_shown(VIEWS["timeline-panel"], library, Selection("mission-timeline"))
    html = event_list(frame, Selection("mission-timeline"))
    days = re.findall(r'event-day">([^<]*)', html)
    assert len(days) == len(frame) == html.count("<details>")
    years = [int(found[-1]) for day in days if (found := re.findall(r"\d{4}", day))]
    assert years == sorted(years, reverse=True)
    undated = int((frame["start"] == "").sum())
    assert undated and all("no date printed" in day for day in days[-undated:])


def test_the_list_scrolls_in_a_box_that_a_key_reaches(library: Library) -> None:
    frame = rows_shown(VIEWS["timeline-panel"], library, Selection("mission-timeline"))
    html = event_list(frame, Selection("mission-timeline"))
    assert re.search(r'<div class="event-list" tabindex="0" role="region" aria-label="\d+ events, newest first">', html)


def test_a_link_before_the_list_leads_past_it_and_one_after_it_back(library: Library) -> None:
    frame = rows_shown(VIEWS["timeline-panel"], library, Selection("mission-timeline"))
    html = event_list(frame, Selection("mission-timeline"))
    assert re.match(r'<a class="past-list" id="events-begin" href="#events-end">Past the list', html)
    assert re.search(
        r'</div><a class="past-list" id="events-end" href="#events-begin">Back before the list of events</a>$', html
    )


def test_an_entry_leads_to_its_card_in_the_view_of_the_day(library: Library) -> None:
    chosen = Selection("mission-timeline", {"asof": "2012-07-03"})
    frame = rows_shown(VIEWS["timeline-panel"], library, chosen)
    assert "asof=2012-07-03" in event_list(frame.head(1), chosen)


def test_the_event_of_the_address_is_shown_in_full(open_page: Open, library: Library) -> None:
    row = library["events"].set_index("title").loc[SINGAPORE]
    app = open_page("mission-timeline", event=str(row["event_id"]))
    assert not app.exception
    full = re.search(r'<div class="event-in-full">.*?</div>', html_of(app))
    assert full and SINGAPORE in full[0] and app.selectbox(key="event").value == row["event_id"]


def test_an_event_chosen_by_its_name_is_shown_in_full_and_kept_in_the_address(
    open_page: Open, library: Library
) -> None:
    row = library["events"].set_index("title").loc[SINGAPORE]
    app = open_page("mission-timeline")
    assert "event-in-full" not in html_of(app)
    app.selectbox(key="event").select(row["event_id"]).run()
    assert "event-in-full" in html_of(app)
    assert row["event_id"] in app.query_params["event"]


@pytest.mark.parametrize(
    ("preset", "narrower"),
    [
        ("since 2018", {"years": (2018, None)}),
        ("joint operations", {"lane": ("joint operations",)}),
        ("prisoners", {"lane": ("prisoners",)}),
    ],
)
def test_a_ready_choice_shows_the_rows_that_the_filters_behind_it_would(
    library: Library, preset: str, narrower: dict[str, tuple[object, ...]]
) -> None:
    if "years" in narrower:
        narrower = {"years": (2018, library.years[1])}
    ready = rows_shown(VIEWS["timeline-panel"], library, Selection("mission-timeline", {"preset": preset}))
    by_hand = one_row_per_event(select(library, "events", Selection("mission-timeline", narrower)))
    assert list(ready["event_id"]) == list(by_hand["event_id"])


def test_the_brief_s_own_events_are_those_that_it_names(library: Library) -> None:
    ready = rows_shown(VIEWS["timeline-panel"], library, Selection("mission-timeline", {"preset": "the brief's own"}))
    assert len(ready) and all("brief-2012" in cell.split(";") for cell in ready["told_by"])
    assert set(ready["event_group"]) == set(library["events"].query("source_id == 'brief-2012'")["event_group"])


def test_a_list_of_very_many_events_holds_the_newest_and_says_so(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = one_row_per_event(library["events"])
    monkeypatch.setattr("components.panels.timeline.MOST_LISTED", 3)
    html = event_list(frame, Selection("mission-timeline"))
    assert html.count("<details") == 3
    assert f"The newest 3 of {len(frame):,} events. “Share and download” has them all." in html
