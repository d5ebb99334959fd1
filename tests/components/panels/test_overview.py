"""The first page: cards with their hedge, day and speaker, and a first screen that holds for any day and source."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from components.panels.at_a_glance import first_screen
from components.panels.tiles import short_who, tiles
from components.static.inline import view_of
from data.query.as_of import BRIEF_ONLY, library_of
from data.query.at_a_glance import COUNTRIES, figures_of_country
from data.query.rows import find_row
from data.query.select import Selection, headlines
from data.record.load import Library
from data.record.wording import figure_in_words, hedge_and_number

VIEWS: tuple[dict[str, str], ...] = (
    {},
    {"asof": "1940-01-01"},
    {"asof": "1995-01-01"},
    {"asof": "2012-07-03"},
    {"source": BRIEF_ONLY},
)


def glance(view: Mapping[str, str]) -> tuple[Library, str]:
    library, _ = library_of(view)
    return library, first_screen(library, tuple(view_of(Selection("", view)).items()))


def words_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html))


def test_each_card_says_number_hedge_unit_day_and_speaker_and_is_one_link_to_its_row(library: Library) -> None:
    rows = headlines(library).to_dict("records")
    html = tiles(rows, library, Selection("", {"asof": "2026-01-01"}))
    cards = re.findall(r"<li>(<a .*?</a>)</li>", html)
    assert len(cards) == len(rows) == 4
    for card, row in zip(cards, rows, strict=True):
        hedge, number = hedge_and_number(row)
        assert f'href="sources-and-data?figure={row["figure_id"]}&amp;asof=2026-01-01"' in card
        assert f"<b>{number}</b>" in card and (not hedge or f"<small>{hedge}</small> <b>" in card)
        assert short_who(row["attributed_to"]) in words_of(card) and row["date"][:4] in words_of(card)


def test_a_card_gives_the_change_since_the_brief_as_computed_and_else_the_number_of_the_brief(
    library: Library, newest_count: dict[str, Any]
) -> None:
    html = tiles(headlines(library).to_dict("records"), library, Selection("", {}))
    assert f"Approximately {7954 - newest_count['value']} fewer than the brief (computed)" in html
    assert "In the brief: approximately 5,500 people" in html


def test_no_card_compares_the_brief_with_itself() -> None:
    library, _ = library_of({"source": BRIEF_ONLY})
    html = tiles(headlines(library).to_dict("records"), library, Selection("", {"source": BRIEF_ONLY}))
    assert "approximately</small> <b>7,954</b>" in html and "the brief (computed)" not in html


def test_a_speaker_is_shortened_to_the_letters_of_the_agency_and_a_cut_is_marked() -> None:
    assert short_who("Defense POW/MIA Accounting Agency (DPAA), as TIME reports") == "DPAA, as TIME reports"
    assert (
        short_who("Military Officers Association of America (MOAA)")
        == "Military Officers Association of America (MOAA)"
    )
    long = "Lt. Col. A. Person, former National Security Council staff, testimony to the Senate Committee"
    assert short_who(long) == "Lt. Col. A. Person …"


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_the_first_screen_shows_less_or_says_so_for_every_day_and_source_and_links_to_rows_that_exist(
    view: dict[str, str],
) -> None:
    library, html = glance(view)
    words = words_of(html)
    assert not re.search(r"\b(None|nan|NaT|NA)\b|_", words)
    assert all(country in words for country in COUNTRIES)
    ids = {row_id for cell in re.findall(r"figure=([\w%.-]+)", html) for row_id in cell.split("%3B")}
    assert all(find_row(library, row_id) for row_id in ids)
    if view.get("asof") == "1940-01-01":
        assert not ids and "Nothing on this had been published by that day, or by these sources." in words


def test_the_first_screen_answers_what_a_staffer_asks_each_number_attributed_and_linked(library: Library) -> None:
    html = first_screen(library, ())
    words = words_of(html)
    for country in COUNTRIES:
        for row in figures_of_country(library, country).to_dict("records"):
            assert f"figure={row['figure_id']}" in html
            if row["kind"] != "claim":
                assert figure_in_words(row) in words
    assert "Claim: more than 900 and up to 1,200 people moved to the Soviet Union (Lt. Col. Philip Coroso" in words
    assert "229 caskets recovered in joint field activities, 1996 to 2005" in words
    assert "Newest event: 6 August 2025" in words and "Last return of remains: 27 July 2018" in words


def test_the_first_screen_stays_within_the_view_of_its_day() -> None:
    _, html = glance({"asof": "2012-07-03"})
    links = re.findall(r'href="([^"]+)"', html)
    assert links and all("asof=2012-07-03" in link for link in links if not link.startswith("#"))
