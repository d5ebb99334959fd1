"""The first page: cards with their hedge, day and speaker, and a first screen that holds for any day and source."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from components.panels import summaries
from components.panels.at_a_glance import KEY_OF_COUNTS, first_screen
from components.panels.places import tile_lines
from components.panels.summaries import newer_statement
from components.panels.tiles import first_who, short_who, tiles
from components.static.inline import view_of
from data.query.as_of import BRIEF_ONLY, library_of
from data.query.at_a_glance import COUNTRIES, figures_of_country, in_another_unit
from data.query.pace import Fall
from data.query.rows import find_row
from data.query.select import Selection, headlines
from data.record.load import Library
from data.record.wording import WORDS_OF_COUNTRY, figure_in_words, hedge_and_number, name_of_series, operations_in_words

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
    assert f"About {7954 - newest_count['value']} fewer than the brief (computed)" in html
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
    assert "229 caskets recovered in joint operations, 1996 to 2005 (DPAA, 1 April 2022)" in words
    assert "Newest event: 6 August 2025" in words and "Last return of remains: 27 July 2018" in words


def test_the_first_screen_stays_within_the_view_of_its_day() -> None:
    _, html = glance({"asof": "2012-07-03"})
    links = re.findall(r'href="([^"]+)"', html)
    assert links and all("asof=2012-07-03" in link for link in links if not link.startswith("#"))


def test_each_claim_on_russia_keeps_its_hedge_and_names_who_makes_it_and_none_is_a_count(library: Library) -> None:
    words = words_of(first_screen(library, ()))
    claims = library["figures"][library["figures"]["series_id"] == "pow_transfer_claims"]
    claims = claims[claims["scope"].str.contains("Soviet Union")]
    assert len(claims) and set(claims["figure_id"]) == set(figures_of_country(library, "Russia")["figure_id"])
    start = words.index("Claims in testimony to the Senate Committee on POW/MIA Affairs, not counts:")
    for row in claims.to_dict("records"):
        assert first_who(row["attributed_to"]) in words[start:]
    assert "fewer than 100 people moved to China and the Soviet Union (Dr. Paul Cole)" in words[start:]
    assert (
        "more than 900 and up to 1,200 people moved to the Soviet Union (Lt. Col. Philip Coroso, as printed)" in words
    )


def test_the_small_chart_says_what_filled_hollow_and_a_line_mean_where_it_has_them(library: Library) -> None:
    words = words_of(first_screen(library, ()))
    for key in KEY_OF_COUNTS.values():
        assert key in words
    _, of_brief = glance({"source": BRIEF_ONLY})
    assert KEY_OF_COUNTS["line"] not in words_of(of_brief) and KEY_OF_COUNTS["filled"] not in words_of(of_brief)


def test_a_newer_number_beside_the_newest_count_is_said_not_to_be_exact(
    library: Library, newest_count: dict[str, Any]
) -> None:
    newer = newer_statement(library)
    assert newer is not None and newer["qualifier"] != "exact" and newer["date"] > newest_count["date"]
    words = words_of(first_screen(library, ()))
    assert f"Newer than {newest_count['value']:,}, but not exact: {figure_in_words(newer)}" in words
    assert "but not exact" not in words_of(glance({"source": BRIEF_ONLY})[1])


def test_a_count_of_the_same_operations_in_another_unit_is_shown_as_such_with_its_years(library: Library) -> None:
    words = words_of(first_screen(library, ()))
    for country in ("North Korea", "South Korea"):
        row = figures_of_country(library, country).iloc[-1].to_dict()
        other = in_another_unit(library, row)
        assert other is not None and other["unit"] != row["unit"] and other["series_id"] == row["series_id"]
        assert f"In another unit: {figure_in_words(other)} , {operations_in_words(other)}" in words
    assert "229 sets of remains 1996 to 2005, printed 27 July 2017" in words


def test_the_overview_and_the_map_say_the_same_of_a_country(library: Library) -> None:
    words = words_of(first_screen(library, ()))
    for country in ("North Korea", "South Korea", "China"):
        for row in figures_of_country(library, country).to_dict("records"):
            said = WORDS_OF_COUNTRY[row["series_id"]]
            assert f"{figure_in_words(row)} {said}" in words and said in tile_lines(row)[1]
    assert "field activities" not in words


def test_the_cards_after_the_chart_on_a_phone_are_those_that_it_leaves_out_before(library: Library) -> None:
    rest = re.findall(r'<ul class="tiles tiles-rest">(.*?)</ul>', first_screen(library, ()))
    ids = list(headlines(library)["figure_id"])
    assert [f"figure={row_id}" in rest[0] for row_id in ids] == [False, False, True, True]


def test_the_brief_is_named_once_by_whose_it_is_and_its_month(library: Library) -> None:
    name = "the July 2012 brief of the National Committee on North Korea"
    assert summaries.of_newest_count(library).count(name) == 1


@pytest.mark.parametrize(
    ("before", "since", "sentence"),
    [
        (
            (8000, 7950),
            (7950, 7900),
            "The number fell by about 50 a year until then and by about 50 a year since (computed).",
        ),
        (
            (7900, 7950),
            (7950, 7900),
            "The number rose by about 50 a year until then and fell by about 50 a year since (computed).",
        ),
        (
            (8000, 7950),
            (7950, 7990),
            "The number fell by about 50 a year until then and rose by about 40 a year since (computed).",
        ),
        (
            (8000, 7950),
            (7950, 7950),
            "The number fell by about 50 a year until then and did not change since (computed).",
        ),
    ],
)
def test_the_answer_says_whether_the_number_fell_rose_or_did_not_change(
    library: Library, monkeypatch: pytest.MonkeyPatch, before: tuple[int, int], since: tuple[int, int], sentence: str
) -> None:
    for name, (first, last) in (("fall_before_the_brief", before), ("fall_since_the_brief", since)):
        fall = Fall({"value": first}, {"value": last}, 1.0)
        monkeypatch.setattr(summaries, name, lambda _, fall=fall: fall)
    assert summaries.of_falls(library) == sentence


def test_a_card_names_its_fiscal_year(library: Library) -> None:
    names = [name_of_series(row) for row in headlines(library).to_dict("records")]
    assert "Accounted for in fiscal year 2025" in names
