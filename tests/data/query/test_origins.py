"""What came back of each origin: one leading figure for each stage, chosen by a rule and held row by row."""

import pytest

from components.panels.origins import answer, end_of_bars, table
from data.query.as_of import library_of
from data.query.origins import STAGES, leading_figures, leading_of_periods, stage_in_table
from data.query.params import options_of, parameter_named
from data.query.select import Selection, passed_over, rows_of
from data.record.load import Library
from data.record.wording import figure_in_words

DAYS = ("", "1940-01-01", "2001-06-01", "2012-07-03", "2018-09-01")


def seen(day: str) -> Library:
    return library_of({"asof": day} if day else {})[0]


@pytest.mark.parametrize("day", DAYS)
def test_each_origin_has_at_most_one_figure_a_stage_and_none_that_is_outdated_or_of_an_inferred_day(day: str) -> None:
    library = seen(day)
    leading = leading_figures(library)
    pairs = list(zip(leading["origin"], leading["stage"].map(stage_in_table), strict=True))
    assert len(set(pairs)) == len(pairs)
    assert not passed_over(leading).any() and not leading["flags"].str.contains("date inferred").any()
    assert set(leading["figure_id"]) <= set(library["figures"]["figure_id"])


@pytest.mark.parametrize("day", DAYS)
def test_no_other_figure_of_a_total_is_newer_than_the_one_that_leads(day: str) -> None:
    library = seen(day)
    figures = rows_of(library, "figures")
    rest = figures[~passed_over(figures) & ~figures["flags"].str.contains("date inferred")]
    for row in leading_figures(library).to_dict("records"):
        rivals = rest[(rest["origin"] == row["origin"]) & (rest["stage"] == row["stage"])]
        assert row["date"] == rivals["date"].max(), row["label"]


def test_the_leading_figures_are_these(library: Library) -> None:
    found = {row["label"]: figure_in_words(row) for row in leading_figures(library).to_dict("records")}
    assert found == {
        "Joint operations, returned": "229 caskets",
        "Joint operations, identified": "153 people",
        "208 boxes, returned": "208 boxes",
        "208 boxes, estimated": "400 people",
        "208 boxes, identified": "191 people",
        "55 boxes, returned": "55 boxes",
        "55 boxes, estimated": "250 people",
        "55 boxes, identified": "102 people",
        "Return of 2007, returned": "7 people",
        "Return of 2007, identified": "6 people",
        "Operation Glory, returned": "more than 3,000 people",
        "Punchbowl, returned": "501 caskets",
        "Punchbowl, identified": "161 people",
        "South Korea, returned": "32 people",
        "South Korea, identified": "17 people",
        "China, returned": "1 person",
        "Japan, returned": "1 person",
    }


@pytest.mark.parametrize("day", DAYS)
def test_the_table_holds_every_leading_figure_with_its_card_and_a_bar_on_one_scale(day: str) -> None:
    library = seen(day)
    leading = leading_figures(library)
    html = table(leading, Selection("remains-and-identifications", {"asof": day}), "55 boxes") if len(leading) else ""
    for row in leading.to_dict("records"):
        assert f"figure={row['figure_id']}" in html and figure_in_words(row) in html
    assert html.count('class="bar ') == len(leading)
    assert html.count("<i style") == len(leading)
    if len(leading):
        assert answer(leading).endswith((").", "sources."))


def test_a_bar_is_cut_where_one_origin_is_far_above_the_others_and_the_note_would_be_wrong_otherwise(
    library: Library,
) -> None:
    leading = leading_figures(library)
    assert end_of_bars(leading) == 501
    without = leading[leading["origin"] != "Operation Glory"]
    assert end_of_bars(without) == 501
    html = table(leading, Selection("remains-and-identifications", {}), "")
    assert html.count(" cut") == 1 and set(leading["origin"]) <= set(options_of(parameter_named("origin"), library))
    assert len(STAGES) == 3


def test_a_column_of_a_year_is_the_official_count_where_two_sources_differ(library: Library) -> None:
    years = rows_of(library, "figures", "by year")
    years = years[years["series_id"] == "accounted_for_fiscal_year"]
    leading = years[years["figure_id"].isin(leading_of_periods(library, years))]
    assert leading["date"].is_unique and set(leading["date"]) == set(years["date"])
    of_2019 = leading[leading["date"] == "2019-09-30"].iloc[0]
    assert figure_in_words(of_2019.to_dict()) == "72 people"
