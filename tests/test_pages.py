"""Each page through the frame: it answers its question, each panel is whole, rows shown are rows selected."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data.load import Library
from data.select import Selection, rows_of, select
from tests.conftest import PAGES

Open = Callable[..., AppTest]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_shows_one_question_and_no_error(open_page: Open, path: str) -> None:
    app = open_page(path)
    assert not app.exception
    assert len(app.title) == 1 and app.title[0].value.endswith("?")


def rows_in(app: AppTest, title: str) -> pd.DataFrame:
    """Rows of the grid in the panel of this title."""
    return next(frame.value for frame in app.dataframe if frame.proto.alt.endswith(f"shown in “{title}”"))


def charts_of(app: AppTest) -> list[Any]:
    return [*app.get("plotly_chart"), *app.get("deck_gl_json_chart")]


@pytest.mark.parametrize("path", [path for path in PAGES if path != "sources-and-data"])
def test_each_drawing_has_a_name_that_holds_a_number_of_its_data(open_page: Open, path: str) -> None:
    drawn = [chart for chart in charts_of(open_page(path)) if chart.proto.alt]
    assert drawn
    for chart in drawn:
        assert 40 <= len(chart.proto.alt) <= 300
        assert any(character.isdigit() for character in chart.proto.alt)


@pytest.mark.parametrize("path", PAGES)
def test_each_panel_has_a_table_a_source_line_and_a_download(open_page: Open, path: str) -> None:
    app = open_page(path)
    text = " ".join(element.proto.body for element in app.get("html"))
    downloads = app.get("download_button")
    assert downloads
    assert text.count('class="source"') >= len(downloads)
    assert len(app.dataframe) >= len(downloads)


SETTINGS: list[tuple[str, str, str, str, dict[str, Any]]] = [
    ("mission-timeline", "The accounting in six lanes", "events", "", {"lane": ("talks",)}),
    ("mission-timeline", "The accounting in six lanes", "events", "", {"lane": ("talks", "archives")}),
    ("mission-timeline", "The accounting in six lanes", "events", "", {"country": ("China",)}),
    ("mission-timeline", "The accounting in six lanes", "events", "", {"status": ("claimed",)}),
    ("mission-timeline", "The accounting in six lanes", "events", "", {"status": ("planned", "fell through")}),
    ("mission-timeline", "The accounting in six lanes", "events", "", {"years": (1990, 2012)}),
    ("mission-timeline", "The accounting in six lanes", "events", "", {"q": "prisoners"}),
    (
        "mission-timeline",
        "The accounting in six lanes",
        "events",
        "",
        {"lane": ("returns",), "country": ("North Korea",), "years": (1953, 1999)},
    ),
    ("recovery-map", "Places of the accounting", "places", "", {"part": ("reported camp",)}),
    ("recovery-map", "Places of the accounting", "places", "", {"part": ("burial",), "country": ("United States",)}),
    ("recovery-map", "Places of the accounting", "places", "", {"country": ("Russia", "Thailand")}),
    ("counts-over-time", "Unaccounted for, as it was printed", "figures", "unaccounted_for", {"hedge": ("exact",)}),
    ("counts-over-time", "Unaccounted for, as it was printed", "figures", "unaccounted_for", {"years": (2000, 2015)}),
    (
        "remains-and-identifications",
        "Since 1982: the parts and the brief's own total",
        "figures",
        "since_1982",
        {"country": ("China", "Japan")},
    ),
    (
        "remains-and-identifications",
        "Since 1982: the parts and the brief's own total",
        "figures",
        "since_1982",
        {"hedge": ("range",)},
    ),
    (
        "prisoners-of-war",
        "What was claimed of those who did not return",
        "figures",
        "claims",
        {"hedge": ("more_than",)},
    ),
    (
        "prisoners-of-war",
        "Reported held, and returned",
        "figures",
        "prisoners",
        {"statement": ("count",), "hedge": ("exact",)},
    ),
    ("sources-and-data", "Figures", "figures", "", {"q": "henning"}),
    ("sources-and-data", "Sources", "sources", "", {"table": "sources", "q": "1992"}),
    ("sources-and-data", "Coverage of the brief", "coverage", "", {"table": "coverage", "q": "claims BRF-001"}),
    ("sources-and-data", "Places", "places", "", {"table": "places", "country": ("Russia",)}),
]


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
    shown = rows_in(app, title) if len(expected) else None
    ids = [] if shown is None else [row for row in shown.iloc[:, 0] if row != "computed"]
    assert ids == list(expected.iloc[:, 0])
    assert 0 < len(expected) < len(rows_of(library, table, panel)) or values == {
        "statement": ("count",),
        "hedge": ("exact",),
    }


def test_an_empty_choice_is_a_sentence_with_a_way_back(open_page: Open) -> None:
    app = open_page("mission-timeline", q="no such words anywhere")
    assert not app.exception
    assert "press Reset" in app.info[0].value
    assert "Showing 0 of" in " ".join(element.proto.body for element in app.get("html"))


def test_a_bad_value_in_an_address_is_said_and_everything_is_shown(open_page: Open, library: Library) -> None:
    app = open_page("mission-timeline", lane="ZZZ")
    assert any("“ZZZ”, which does not exist here" in text.value for text in app.text)
    assert len(rows_in(app, "The accounting in six lanes")) == len(library["events"])


def test_reset_brings_everything_back(open_page: Open, library: Library) -> None:
    app = open_page("mission-timeline", lane="talks", q="agreement")
    app.button(key="reset").click().run()
    assert app.multiselect(key="lane").value == [] and app.text_input(key="q").value == ""
    assert len(rows_in(app, "The accounting in six lanes")) == len(library["events"])


def test_the_overview_shows_each_headline_with_its_hedge_its_day_and_its_source(open_page: Open) -> None:
    text = " ".join(element.proto.body for element in open_page("").get("html"))
    for part in (
        "7,954",
        "approximately",
        "As of 28 June 2012",
        "BRF-001: Current numbers, ¶1, sentence 1, fn. i",
        "650 to 675",
        "National Committee on North Korea",
    ):
        assert part in text
    assert "1,485 to 1,504" in text and "computed" in text


def test_cautions_stand_wherever_one_of_their_rows_is_shown(open_page: Open, library: Library) -> None:
    app = open_page("prisoners-of-war")
    text = " ".join(element.proto.body for element in app.get("html"))
    assert "Fewer than 100; over 900 and as many as 1,200" in text
    assert "3,313 was announced, not yet counted" in text
