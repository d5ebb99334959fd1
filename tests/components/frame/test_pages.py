"""Each page through the frame: it answers its question, each panel is whole, rows shown are rows selected."""

import json
import re
from collections.abc import Callable
from datetime import date
from html import escape
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data.query.as_of import as_published, published_day
from data.query.compute import computed_by_id
from data.query.rows import find_row
from data.query.select import Selection, one_row_per_event, rows_of, select
from data.query.views import LIST, view_of_table, views_of
from data.record.dates import date_in_words
from data.record.load import Library
from data.record.wording import figure_in_words
from tests.conftest import PAGES

Open = Callable[..., AppTest]
TABLES_PAGE = "sources-and-data"
WITH_PANELS = [path for path in PAGES if path == TABLES_PAGE or views_of(path)]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_shows_one_question_and_no_error(opened_page: Open, path: str) -> None:
    app = opened_page(path)
    assert not app.exception
    titles = [title for part in app.get("html") for title in re.findall("<h1>(.*?)</h1>", part.proto.body)]
    assert len(titles) == 1 and titles[0].endswith("?")


def rows_in(app: AppTest, title: str) -> pd.DataFrame:
    """Rows of the grid in the panel of this title."""
    return next(frame.value for frame in app.dataframe if frame.proto.alt.endswith(f"shown in “{title}”"))


def charts_of(app: AppTest) -> list[Any]:
    return [*app.get("plotly_chart"), *app.get("deck_gl_json_chart")]


@pytest.mark.parametrize("path", [path for path in WITH_PANELS if path != TABLES_PAGE])
def test_each_drawing_has_a_name_that_holds_a_number_of_its_data(opened_page: Open, path: str) -> None:
    app = opened_page(path)
    still = re.findall('role="figure" aria-label="([^"]+)"', " ".join(one.value for one in app.markdown))
    names = [chart.proto.alt for chart in charts_of(app) if chart.proto.alt] + still
    assert names
    for name in names:
        assert 40 <= len(name) <= 300
        assert any(character.isdigit() for character in name)


@pytest.mark.parametrize("path", WITH_PANELS)
def test_each_view_has_its_panel_on_its_page_with_a_table_a_source_line_and_a_way_out(
    opened_page: Open, library: Library, path: str
) -> None:
    app = opened_page(path)
    views = [*LIST, *(view_of_table(library, table) for table in library.tables)]
    with_source = {view.key for view in views if "source_id" in rows_of(library, view.table)}
    text = " ".join(element.proto.body for element in app.get("html"))
    takes = [button.key for button in app.button if str(button.key).endswith("-take")]
    named = [key for key in takes if str(key).removesuffix("-take") in with_source]
    assert takes
    assert {f"{view.key}-take" for view in views_of(path)} <= set(takes)
    assert text.count('class="source"') >= len(named)
    assert len([frame for frame in app.dataframe if "shown in" in frame.proto.alt]) >= len(takes) - (path == "")


def test_the_way_out_opens_once_with_files_address_citation_and_code(open_page: Open, library: Library) -> None:
    app = open_page("mission-timeline", lane="talks")
    app.button(key="timeline-panel-take").click().run()
    assert not app.exception
    files = next(element.proto.body for element in app.get("html") if 'class="files"' in element.proto.body)
    for extension in ("csv", "excel.csv", "xlsx", "json", "parquet", "geojson", "kml", "zip", "html"):
        assert f'href="data/v1/events.{extension}?panel=timeline-panel' in files
    codes = [code.value for code in app.code]
    assert any("/data/v1/events.csv?panel=timeline-panel&asof=&source=all&lane=talks" in code for code in codes)
    assert any(code.startswith("@") for code in codes) and any(code.startswith("TY  - ") for code in codes)
    assert sum(library.version in code for code in codes) == 4
    app.run()
    assert not [element for element in app.get("html") if 'class="files"' in element.proto.body]


SETTINGS: list[tuple[str, str, str, str, dict[str, Any]]] = [
    ("mission-timeline", "Events of the accounting by topic", "events", "", {"lane": ("talks",)}),
    ("mission-timeline", "Events of the accounting by topic", "events", "", {"lane": ("talks", "archives")}),
    ("mission-timeline", "Events of the accounting by topic", "events", "", {"country": ("China",)}),
    ("mission-timeline", "Events of the accounting by topic", "events", "", {"status": ("claimed",)}),
    ("mission-timeline", "Events of the accounting by topic", "events", "", {"status": ("planned", "fell through")}),
    ("mission-timeline", "Events of the accounting by topic", "events", "", {"years": (1990, 2012)}),
    ("mission-timeline", "Events of the accounting by topic", "events", "", {"q": "prisoners"}),
    (
        "mission-timeline",
        "Events of the accounting by topic",
        "events",
        "",
        {"lane": ("returns",), "country": ("North Korea",), "years": (1953, 1999)},
    ),
    ("recovery-map", "Places of the accounting", "places", "", {"part": ("reported camp",)}),
    ("recovery-map", "Places of the accounting", "places", "", {"part": ("burial",), "country": ("United States",)}),
    ("recovery-map", "Places of the accounting", "places", "", {"country": ("Russia", "Thailand")}),
    (
        "counts-over-time",
        "Unaccounted for, as printed",
        "figures",
        "unaccounted for",
        {"mark": ("before 2001",), "hedge": ("exact",)},
    ),
    (
        "counts-over-time",
        "Unaccounted for, as printed",
        "figures",
        "unaccounted for",
        {"mark": ("counts",), "years": (2000, 2015)},
    ),
    (
        "prisoners-of-war",
        "Claims about men who did not return",
        "figures",
        "claims",
        {"hedge": ("more than",)},
    ),
    (
        "prisoners-of-war",
        "What all sources print: captured, died, returned, refused",
        "figures",
        "prisoner totals",
        {"hedge": ("more than",)},
    ),
    (
        "counts-over-time",
        "Unaccounted for, as printed",
        "figures",
        "unaccounted for",
        {"mark": ("outdated or conflicting",)},
    ),
    (
        "counts-over-time",
        "Unaccounted for, as printed",
        "figures",
        "unaccounted for",
        {"mark": ("counts",), "years": (2010, 2020)},
    ),
    ("recovery-map", "Operations, exchanges, turnovers and talks", "operations", "", {"years": (1990, 1994)}),
    (
        "recovery-map",
        "Estimates of how many died, were buried, or were lost at each place",
        "burial_estimates",
        "",
        {"years": (2014, 2018)},
    ),
    ("sources-and-data", "Figures", "figures", "", {"q": "henning"}),
    ("sources-and-data", "Sources", "sources", "", {"table": "sources", "q": "1992"}),
    ("sources-and-data", "Coverage of the brief", "coverage", "", {"table": "coverage", "q": "claims BRF-001"}),
    ("sources-and-data", "Places", "places", "", {"table": "places", "country": ("Russia",)}),
]


@pytest.mark.slow
@pytest.mark.parametrize(("path", "title", "table", "panel", "values"), SETTINGS)
def test_an_address_brings_its_rows_to_the_screen(
    open_page: Open, library: Library, path: str, title: str, table: str, panel: str, values: dict[str, Any]
) -> None:
    address = {
        name: [str(item) for item in value] if isinstance(value, tuple) else value for name, value in values.items()
    }
    app = open_page(path, **address)
    assert not app.exception
    expected = select(library, table, Selection(path, values), panel=panel)
    if table == "events":
        expected = one_row_per_event(expected)
    ids = list(rows_in(app, title).iloc[:, 0])
    assert ids == list(expected.iloc[:, 0])
    assert 0 < len(expected) < len(rows_of(library, table, panel))


def test_an_empty_choice_is_a_sentence_with_a_way_back(open_page: Open) -> None:
    app = open_page("mission-timeline", q="no such words anywhere")
    assert not app.exception
    assert "press Reset" in app.info[0].value
    assert app.button(key="reset").label == "Reset"
    assert "Showing 0 of" in " ".join(element.proto.body for element in app.get("html"))


def test_a_bad_value_in_an_address_is_said_and_everything_is_shown(open_page: Open, library: Library) -> None:
    app = open_page("mission-timeline", lane="ZZZ")
    assert any("“ZZZ”, which is not a choice here" in text.value for text in app.text)
    assert len(rows_in(app, "Events of the accounting by topic")) == len(one_row_per_event(library["events"]))


def test_reset_brings_everything_back(open_page: Open, library: Library) -> None:
    app = open_page("mission-timeline", lane="talks", q="agreement")
    app.button(key="reset").click().run()
    assert app.multiselect(key="lane").value == [] and app.text_input(key="q").value == ""
    assert len(rows_in(app, "Events of the accounting by topic")) == len(one_row_per_event(library["events"]))


def page_text(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html"))


def test_the_overview_shows_each_headline_with_its_hedge_its_day_and_its_source(opened_page: Open) -> None:
    text = page_text(opened_page("", asof="2012-07-03"))
    for part in (
        "7,954",
        "approximately",
        "As of 28 June 2012",
        "figure=BRF-001&amp;asof=2012-07-03",
        "650 to 675",
        "DPMO",
    ):
        assert part in text
    assert "1,485 to 1,504" in text and "computed" in text


def test_the_age_of_the_newest_count_is_said(opened_page: Open, newest_count: dict[str, Any]) -> None:
    text = page_text(opened_page("counts-over-time"))
    assert f"{figure_in_words(newest_count)} were unaccounted for " in text
    assert "This count is " in text and " old." in text


def test_cautions_stand_wherever_one_of_their_rows_is_shown(opened_page: Open) -> None:
    text = page_text(opened_page("prisoners-of-war"))
    assert "Fewer than 100, or over 900 and as many as 1,200" in text
    assert "3,313 was announced, not yet counted" in text


def ids_on(app: AppTest) -> set[str]:
    """Ids of all rows that a page shows: in its grids, its lists and the marks of its charts."""
    found = {
        str(row_id)
        for frame in app.dataframe
        for row_id in frame.value.iloc[:, 0]
        if not frame.proto.alt.startswith("The ")
    }
    for chart in app.get("plotly_chart"):
        for trace in json.loads(chart.proto.spec)["data"]:
            for cell in trace.get("customdata") or []:
                found |= (
                    {cell}
                    if isinstance(cell, str) and ";" not in cell
                    else set(str(cell).split(";"))
                    if cell
                    else set()
                )
    return found


@pytest.mark.slow
@pytest.mark.parametrize("path", WITH_PANELS)
def test_every_figure_on_a_page_has_a_card_that_leads_to_its_source(
    opened_page: Open, library: Library, path: str
) -> None:
    app = opened_page(path)
    shown = ids_on(app)
    assert shown
    for row_id in shown:
        found = find_row(library, row_id)
        assert found or computed_by_id(library, row_id) or row_id in set(library["series"]["series_id"]), row_id
        if found and "source_id" in found.row:
            assert len(library["sources"][library["sources"]["source_id"] == found.row["source_id"]]) == 1


@pytest.mark.slow
@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("day", ["2012-07-03", "2001-06-01", "1955-01-01", "1949-01-01"])
def test_nothing_published_after_the_day_asked_for_is_on_any_page(
    opened_page: Open, library: Library, path: str, day: str
) -> None:
    app = opened_page(path, asof=day)
    assert not app.exception
    limit = date.fromisoformat(day)
    for row_id in ids_on(app):
        found = find_row(library, row_id)
        if found and found.table in ("figures", "events", "operations", "burial_estimates"):
            known = published_day(found.row).day
            assert known is not None and known <= limit, (row_id, known)
    later = library["sources"][
        (library["sources"]["published"].str[:10] > day) & (library["sources"]["kind"] == "evidence")
    ]
    text = page_text(app)
    known = as_published(limit, False)[0]["sources"]
    names = {*known["title"], *known["publisher"]}
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(escape(name), "")  # an earlier title, or a publisher, may hold the words of a later title
    assert not [title for title in later["title"] if len(title) > 25 and escape(title) in text]
    assert not [row_id for row_id in later["source_id"] if f"figure={row_id}&" in page_text(app)]


def test_the_page_says_how_many_rows_a_day_leaves_out_and_how_many_it_infers(opened_page: Open) -> None:
    left_out = as_published(date(2012, 7, 3), False)[1]
    said = f"{left_out.later:,} rows published later and {left_out.without_day:,} without a publication date. Placed by as-of date (inferred): {left_out.inferred} figures."
    assert said in page_text(opened_page("counts-over-time", asof="2012-07-03"))


def test_a_day_that_does_not_exist_is_said_and_everything_is_shown(open_page: Open, library: Library) -> None:
    app = open_page("sources-and-data", asof="2012-02-31")
    assert any("this address contains “2012-02-31”, which is not a choice here" in text.value for text in app.text)
    assert len(rows_in(app, "Figures")) == len(library["figures"])


def test_brief_only_gives_back_the_brief(opened_page: Open) -> None:
    rows = rows_in(opened_page("sources-and-data", source="brief only"), "Figures")
    assert len(rows) == 27 and rows["figure_id"].str.startswith("BRF-").all()


@pytest.mark.slow
@pytest.mark.parametrize("path", PAGES)
def test_brief_only_stands_on_every_page(opened_page: Open, path: str) -> None:
    app = opened_page(path, source="brief only")
    assert not app.exception
    shown = {row_id for row_id in ids_on(app) if row_id.startswith(("FIG-", "EV", "EST-", "JFA-"))}
    assert not shown


def test_the_age_of_a_count_is_that_on_the_day_of_the_view(opened_page: Open) -> None:
    assert "less than a month old on that day" in page_text(opened_page("counts-over-time", asof="2012-07-03"))


def test_the_permanent_address_of_a_row_shows_its_card(open_page: Open) -> None:
    app = open_page("sources-and-data", figure="BRF-001")
    text = page_text(app)
    assert "approximately 7,954 people" in text and "Printed as “approximately 7954”" in text
    assert any(code.value.endswith("/sources-and-data?figure=BRF-001") for code in app.code)
    gone = open_page("sources-and-data", figure="NOPE")
    assert any("We found no record NOPE here" in line.value for line in gone.text)


def test_a_look_ahead_is_a_table_that_says_it_is_computed_and_from_what(
    open_page: Open, library: Library, newest_count: dict[str, Any]
) -> None:
    app = open_page("remains-and-identifications", pace="50")
    start = figure_in_words(newest_count)
    counted = f"{start} ({date_in_words(newest_count['date'])})"
    assert f"At a steady 50 people per year, counted from {counted}" in page_text(app)
    app.toggle(key="look-ahead-technical").set_value(True).run()
    rows = rows_in(app, "A look ahead: a calculation, not data")
    assert list(rows["value"]) == [max(0, newest_count["value"] - 50 * years) for years in (5, 10, 25, 50)]
    assert set(rows["kind"]) == {"computed"} and rows["note"].str.contains(f"Computed from “{start}").all()
    assert all(computed_by_id(library, row_id) for row_id in rows["figure_id"])


@pytest.mark.parametrize(
    ("path", "parameters"),
    [
        ("remains-and-identifications", {"pace": "²"}),
        ("remains-and-identifications", {"pace": "9" * 5_000}),
        ("mission-timeline", {"years": ["²", "2000"]}),
        ("mission-timeline", {"years": ["9" * 5_000, "2000"]}),
        ("mission-timeline", {"q": "a" * 33_000}),
        ("counts-over-time", {"asof": "２０１２-07-03"}),
        ("path", {"present": "1", "step": "²"}),
    ],
)
def test_numbers_that_are_none_are_said_and_break_no_page(
    open_page: Open, path: str, parameters: dict[str, Any]
) -> None:
    assert not open_page(path, **parameters).exception
