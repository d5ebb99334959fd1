"""Do rows in words say what their source says of them, in its words?"""

import pandas as pd

from data.record.load import Library
from data.record.wording import caveats_of, other_word_of, source_line, speaker_of


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


def test_who_speaks_in_short_keeps_the_version_of_the_brief(library: Library) -> None:
    short = {
        "The brief, version of December 2018": "The brief of December 2018",
        "The brief, October 2015 version": "The brief of October 2015",
        "The brief, version of 2015 (a capture without a day)": "The brief of 2015 (a capture without a day)",
        "The brief, citing Quinones": "The brief",
        "The brief; the sentence has no footnote": "The brief; the sentence has no footnote",
        "The brief, citing The New York Times, 9 August 2011": "The brief",
    }
    assert {who: speaker_of(who) for who in short} == short
    for table in ("figures", "events"):
        rows = library[table]
        is_of_later = rows["attributed_to"].str.startswith("The brief") & (rows["source_id"] != "brief-2012")
        assert is_of_later.any()
        assert set(rows[is_of_later]["attributed_to"].map(speaker_of)) & {"The brief"} == set()


def test_a_line_on_many_documents_counts_them_in_words_of_one_or_of_several(library: Library) -> None:
    figures = library["figures"]
    tiers = figures["source_id"].map(library["sources"].set_index("source_id")["tier"])
    rows = figures.assign(tier=tiers).drop_duplicates("source_id")
    press = rows[rows["tier"] == "press"].head(5)
    reprints = rows[rows["tier"] == "reprint of an official text"]
    several, one = (source_line(library, pd.concat([press, reprints.head(count)])) for count in (3, 1))
    assert "5 press and 3 reprints of official texts" in several
    assert "5 press and 1 reprint of an official text)" in one
