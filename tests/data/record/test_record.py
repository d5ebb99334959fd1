"""The public record around the brief: all of it is here, each source on its own, nothing added up that overlaps."""

from datetime import date

import pandas as pd
import pytest

from data.query.as_of import as_published, library_as_of, published_day
from data.query.compute import sum_of_operations
from data.query.rows import disagreements_with, find_row, side_by_side
from data.query.select import Selection, joint_recoveries, one_row_per_event, select
from data.record.load import Library

FIRST = {"figures": 449, "operations": 182, "places": 73, "burial_estimates": 46, "events": 134}
SECOND = {"figures": 111, "operations": 21, "places": 4, "burial_estimates": 4, "events": 36}


@pytest.mark.parametrize("table", FIRST)
@pytest.mark.parametrize(("collection", "counts"), [("", FIRST), ("T2-", SECOND)], ids=["first", "second"])
def test_every_collected_row_is_in_a_table_or_refused_with_a_reason(
    library: Library, table: str, collection: str, counts: dict[str, int]
) -> None:
    refused = library["refused"][library["refused"]["evidence_table"] == table]
    refused = refused[refused["evidence_id"].str.startswith("T2-") == (collection == "T2-")]
    of_all = [row_id for row_id in library[table]["evidence_id"] if row_id]
    kept = [row_id for row_id in of_all if row_id.startswith("T2-") == (collection == "T2-")]
    assert len(set(kept)) == len(kept)
    assert len(kept) + len(refused) == counts[table]
    assert not set(kept) & set(refused["evidence_id"])
    assert refused["reason"].str.len().gt(20).all()


def test_the_collected_figures_run_without_a_gap(library: Library) -> None:
    of_first = sorted(row_id for row_id in library["figures"]["evidence_id"] if row_id.startswith("FIG-"))
    assert of_first == [f"FIG-{number:03d}" for number in range(1, 450)]


def test_every_row_names_a_source_that_has_a_tier_and_an_address_or_says_why_not(library: Library) -> None:
    sources = library["sources"].set_index("source_id")
    for table in ("figures", "events", "operations", "burial_estimates", "places"):
        for source_id in set(library[table]["source_id"]):
            assert sources.at[source_id, "tier"]
            assert sources.at[source_id, "url"] or sources.at[source_id, "note"], source_id


def test_fiscal_and_calendar_years_and_two_bases_are_different_series(library: Library) -> None:
    figures = library["figures"].set_index("figure_id")["series_id"]
    assert figures["FIG-035"] == "accounted_for_fiscal_year" and figures["FIG-012"] == "accounted_for_calendar_year"
    assert figures["FIG-027"] == "accounted_for_since_1982" and figures["FIG-028"] == "accounted_for_since_1973"
    assert figures["FIG-038"] == "accounted_for_year_not_said"
    assert figures["FIG-044"] != figures["FIG-045"]


def test_the_announced_3313_of_the_magazine_is_a_claim_and_not_a_return(library: Library) -> None:
    row = library["figures"].set_index("figure_id").loc["FIG-192"]
    assert row["series_id"] == "pows_released_announced"
    assert library["series"].set_index("series_id").at["pows_released_announced", "kind"] == "claim"


@pytest.mark.parametrize(
    ("figure_id", "day", "inferred"),
    [
        ("BRF-001", date(2012, 7, 3), False),
        ("FIG-002", date(2013, 7, 31), False),
        ("FIG-013", date(2013, 7, 7), False),
        ("FIG-034", date(2010, 12, 31), False),
        ("FIG-090", date(2012, 3, 31), True),
        ("FIG-329", None, False),
    ],
)
def test_a_row_counts_as_published_on_the_last_day_that_its_date_allows(
    library: Library, figure_id: str, day: date | None, inferred: bool
) -> None:
    row = library["figures"].set_index("figure_id").loc[figure_id].to_dict()
    assert published_day(row) == (day, inferred)


def test_the_day_of_the_brief_gives_back_the_brief_and_what_others_said_by_then(library: Library) -> None:
    then, left_out = library_as_of(library, date(2012, 7, 3), False)
    ids = set(then["figures"]["figure_id"])
    assert {row_id for row_id in library["figures"]["figure_id"] if row_id.startswith("BRF-")} <= ids
    assert {"FIG-368", "FIG-377"} <= ids and not {"FIG-392", "FIG-443"} & ids
    assert left_out.later > 0 and left_out.without_day > 0 and left_out.inferred > 0
    before, _ = library_as_of(library, date(2012, 7, 2), False)
    assert not {row_id for row_id in before["figures"]["figure_id"] if row_id.startswith("BRF-")}


def test_a_caution_that_rests_on_a_later_source_is_not_told_before_it(library: Library) -> None:
    then, _ = library_as_of(library, date(2012, 7, 3), False)
    published = library["sources"].set_index("source_id")["published"]
    for cell in then["cautions"]["source_ids"]:
        for source_id in cell.split(";"):
            assert published[source_id] <= "2012-07-03", source_id


def test_at_least_ten_disagreements_show_all_their_sources(library: Library) -> None:
    assert len(library["disagreements"]) >= 10
    for row in library["disagreements"].to_dict("records"):
        rows = side_by_side(library, row["row_ids"])
        assert len(rows) >= 2, row["disagreement_id"]
        statements = {
            (r["qualifier"], r["value"] if not pd.isna(r["value"]) else (r["low"], r["high"]))
            for r in rows.to_dict("records")
        }
        assert len(statements) >= 2, row["disagreement_id"]
        documents = {find_row(library, row_id).row["source_id"] for row_id in row["row_ids"].split(";")}  # type: ignore[union-attr]
        assert set(rows["source_id"]) == documents, row["disagreement_id"]


def test_a_figure_that_takes_part_in_a_disagreement_leads_to_it(library: Library) -> None:
    assert "main prisoner exchange" in disagreements_with(library, "BRF-009").iloc[0]["title"]
    assert disagreements_with(library, "BRF-027").empty


def test_sums_over_operations_never_cross_row_scope_unit_or_kind(library: Library) -> None:
    operations = library["operations"]
    recoveries = operations[(operations["kind"] == "joint field activity") & (operations["unit"] == "sets of remains")]
    with pytest.raises(ValueError, match="row_scope"):
        sum_of_operations(recoveries)
    events = operations[operations["row_scope"] == "event"]
    with pytest.raises(ValueError, match="unit"):
        sum_of_operations(events)
    allowed = joint_recoveries(library, Selection("recovery-map"))
    assert set(allowed["row_scope"]) == {"event"}
    assert sum_of_operations(allowed)["total"].sum() == allowed["value"].sum()


def test_an_event_told_by_several_sources_is_one_event_with_all_of_them(library: Library) -> None:
    told = one_row_per_event(library["events"]).set_index("event_id")
    assert told.at["BRE-020", "told_by"].count(";") == 2 and told.at["BRE-020", "evidence_id"] == "EV105;T2-EV-009"
    assert set(told.at["BRE-007", "evidence_id"].split(";")) == {"EV012", "EV013", "EV014", "T2-EV-003"}
    kept = {part for cell in told["evidence_id"] for part in cell.split(";") if part}
    refused = library["refused"]["evidence_table"].eq("events").sum()
    assert len(kept) == FIRST["events"] + SECOND["events"] - refused


def test_as_of_hides_later_tellings_of_an_event_and_keeps_the_earlier(library: Library) -> None:
    then, _ = as_published(date(2012, 7, 3), False)
    told = one_row_per_event(then["events"]).set_index("event_id")
    assert "EV060" not in told.at["BRE-019", "evidence_id"].split(";") and "EV058" in told.at[
        "BRE-019", "evidence_id"
    ].split(";")


def test_no_table_names_a_man_who_was_missing_or_identified(library: Library) -> None:
    names = ("Cope", "Snoddy", "Posey", "Yoon Kyung")
    for table, frame in library.tables.items():
        text = " ".join(str(cell) for name in frame if name not in ("url", "source_id") for cell in frame[name])
        assert not [name for name in names if name in text], table


def test_a_search_reaches_the_record_and_not_only_the_brief(library: Library) -> None:
    found = select(library, "figures", Selection("sources-and-data", {"q": "7,465"}))
    assert "FIG-443" in set(found["figure_id"])
