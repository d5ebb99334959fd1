"""Does the timeline draw every event, title those that matter most, and keep words and marks apart?"""

from datetime import date
from itertools import combinations
from typing import Any

import pandas as pd
import pytest

from components.charts.event_lanes import KEY, LANES, MOST_TITLES, Lane, Scale, lanes_of, title_of
from components.charts.timeline import NAMES_WIDTH, RIGHT, WIDTH, timeline
from components.static.letters import width_of_line
from components.static.svg import svgs_of
from components.theme import SMALL_SIZE
from data.query.select import Selection, events_of_preset, one_row_per_event
from data.query.views import VIEWS, rows_shown
from data.record.load import Library

PRESETS = ("all", "since 2018", "joint operations", "prisoners", "the brief's own")
LOWEST, HIGHEST = 440, 780
# Part of the size of letters that their ink takes up, from the head of a capital to the foot of a g.
INK_HEIGHT = 0.95


@pytest.fixture
def events(library: Library) -> pd.DataFrame:
    return one_row_per_event(library["events"])


def scale_of(years: tuple[int, int]) -> Scale:
    return Scale(date(years[0], 1, 1), date(years[1], 12, 31), WIDTH - NAMES_WIDTH - RIGHT)


def days_drawn(figure: Any) -> dict[str, list[date]]:
    """The days of each event's mark."""
    drawn: dict[str, list[date]] = {}
    for trace in figure.data:
        for event_id, day in zip(trace.customdata, trace.x, strict=True):
            if event_id:
                drawn.setdefault(event_id, []).append(day)
    return drawn


def titled_rows(lanes: list[Lane]) -> list[dict[str, Any]]:
    return [event.row for lane in lanes for event in lane.placed if event.title]


@pytest.mark.parametrize("is_narrow", [False, True])
def test_every_dated_event_is_drawn_as_wide_as_its_date(
    library: Library, events: pd.DataFrame, is_narrow: bool
) -> None:
    drawn = days_drawn(timeline(events, library.years, is_narrow))
    assert set(drawn) == set(events[events["start"] != ""]["event_id"])
    assert drawn["BRE-019"] == [date(1996, 1, 1), date(2005, 12, 31)]
    assert drawn["BRE-036"] == [date(1953, 7, 27)]


def test_each_mark_tells_title_day_and_source(library: Library, events: pd.DataFrame) -> None:
    figure = timeline(events, library.years)
    texts = {
        event_id: text
        for trace in figure.data
        for event_id, text in zip(trace.customdata, trace.text, strict=True)
        if event_id
    }
    for row in events[events["start"] != ""].to_dict("records"):
        text = texts[row["event_id"]].replace("<br>", " ")
        assert row["title"] in text and row["attributed_to"] in text and row["start"][:4] in text


def test_statuses_have_symbols_of_their_own_and_the_legend_names_each_once(
    library: Library, events: pd.DataFrame
) -> None:
    figure = timeline(events, library.years)
    named = [trace.name for trace in figure.data if trace.showlegend is not False]
    assert sorted(named) == sorted(["happened, no title here", *events["status"].unique()])
    symbols = {trace.name: trace.marker.symbol for trace in figure.data}
    assert len({symbols[status] for status in events["status"].unique()}) == 4


def test_key_events_are_titled_and_as_many_before_the_brief_as_after_it(library: Library, events: pd.DataFrame) -> None:
    titled = titled_rows(lanes_of(events, scale_of(library.years)))
    assert {row["event_id"] for row in titled} == set(events[events["importance"] == KEY]["event_id"])
    before, after = (sum(in_years(row) for row in titled) for in_years in (_is_before, _is_after))
    assert 22 <= len(titled) <= MOST_TITLES and abs(before - after) <= 2


def _is_before(row: dict[str, Any]) -> bool:
    return bool(row["start"] < "2012")


def _is_after(row: dict[str, Any]) -> bool:
    return bool(row["start"] >= "2013")


def test_what_happened_in_2018_can_be_read_without_a_press(library: Library, events: pd.DataFrame) -> None:
    notes = " ".join(note.text for note in timeline(events, library.years).layout.annotations)
    assert "Singapore summit" in notes and "55 boxes of remains" in notes


def test_fewer_years_bring_more_titles(library: Library, events: pd.DataFrame) -> None:
    recent = events[events["start"] >= "2018"]
    in_all = [row for row in titled_rows(lanes_of(events, scale_of(library.years))) if row["start"] >= "2018"]
    assert len(titled_rows(lanes_of(recent, scale_of((2018, library.years[1]))))) > len(in_all)


@pytest.mark.parametrize("preset", PRESETS)
def test_no_title_and_no_mark_of_a_lane_touches_another(library: Library, events: pd.DataFrame, preset: str) -> None:
    first = 2018 if preset == "since 2018" else library.years[0]
    scale = scale_of((first, library.years[1]))
    for lane in lanes_of(events_of_preset(events, preset), scale):
        boxes = [box_of(event, scale) for event in lane.placed]
        for (one, one_line), (other, other_line) in combinations(boxes, 2):
            assert one_line != other_line or one[1] <= other[0] or other[1] <= one[0]


def box_of(event: Any, scale: Scale) -> tuple[tuple[float, float], tuple[bool, int]]:
    """Left and right end of a mark with its words, in pixels; its line."""
    start, end = scale.at(event.span.first), scale.at(event.span.last)
    width = width_of_line(title_of(event.row), SMALL_SIZE)
    left = start - 9 - width if event.title == "before" else start
    right = end + 9 + width if event.title == "after" else end
    return (left, right), (bool(event.title), event.line)


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("height", [LOWEST, HIGHEST])
def test_all_lanes_fit_one_screen_with_lines_that_do_not_run_into_each_other(
    library: Library, preset: str, height: int
) -> None:
    frame = rows_shown(VIEWS["timeline-panel"], library, Selection("mission-timeline", {"preset": preset}))
    figure = timeline(frame, library.years)
    lines = figure.layout.yaxis.range[0]
    assert (height - 34) / lines >= SMALL_SIZE * INK_HEIGHT
    names = [note.text for note in figure.layout.annotations if note.xref == "paper"]
    assert len(names) == len(set(frame[frame["start"] != ""]["lane"])) <= len(LANES)


def test_titles_of_events_that_the_brief_names_are_bold_and_no_others(library: Library, events: pd.DataFrame) -> None:
    for row in titled_rows(lanes_of(events, scale_of(library.years))):
        assert title_of(row).startswith("<b>") == (row["source_id"] == "brief-2012")


def test_plans_and_claims_are_marked_in_their_title(events: pd.DataFrame) -> None:
    marks = {"claimed": "(claim)", "planned": "(plan)", "fell through": "(plan, fell through)"}
    for row in events[events["status"] != "happened"].to_dict("records"):
        assert marks[row["status"]] in title_of(row)


def test_paper_shows_the_same_titles_and_a_legend(library: Library, events: pd.DataFrame) -> None:
    figure = timeline(events, library.years)
    drawn = "".join(svgs_of(figure, "timeline", 1104))
    assert all(part in drawn for part in ("Singapore summit", "55 boxes", "no title here", "fell through"))


@pytest.mark.parametrize("text", ["North Korea hands over 55 boxes of remains", "WWW", "iii", "<b>Missions</b>"])
def test_words_are_measured_no_narrower_than_two_fifths_and_no_wider_than_their_size(text: str) -> None:
    letters = len(text.replace("<b>", "").replace("</b>", ""))
    assert 0.25 * letters <= width_of_line(text, 1) <= letters
