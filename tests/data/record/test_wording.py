"""Do rows in words say what their source says of them, in its words?"""

from data.record.load import Library
from data.record.wording import caveats_of, other_word_of


def test_a_count_that_its_source_prints_as_missing_says_so_and_no_other_figure_does(library: Library) -> None:
    figures = library["figures"]
    rows = {row["figure_id"]: row for row in figures.to_dict("records")}
    is_other = (figures["series_id"] == "unaccounted_for_total") & figures["flags"].str.contains("printed as missing")
    found = {row_id for row_id, row in rows.items() if other_word_of(row)}
    assert found == set(figures[is_other]["figure_id"]) != set()
    assert all(other_word_of(rows[row_id]) in caveats_of(rows[row_id]) for row_id in found)


def test_a_count_of_a_month_says_that_no_day_is_printed(library: Library) -> None:
    for row in library["figures"].to_dict("records"):
        is_of_month = row["date_precision"] == "month" and not row["period_start"]
        assert ("no day printed" in caveats_of(row)) == is_of_month
