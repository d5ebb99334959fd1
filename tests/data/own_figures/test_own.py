"""A reader's own figures are checked like the record, told plainly where they are not taken, and never touch the record."""

import csv
import io
import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from components.charts import overlay
from components.panels.catalogue import panel_of
from data.own_figures.check import MOST_BYTES, OwnFileBroken
from data.own_figures.read import (
    NEEDED,
    SOURCE,
    TEMPLATE,
    OwnFigures,
    columns_of_template,
    library_with_own,
    own_shown,
    read_own,
    template,
    titles_of_views,
)
from data.query.as_of import library_as_of
from data.query.select import Selection
from data.query.views import VIEWS
from data.record import load
from data.record.dates import span_of
from data.record.load import TABLES, Library
from tests.own_files import COLUMNS, GOOD, HONEST, MALFORMED, ROWS, TEXT, written
from tests.served import ROOT

Open = Callable[..., AppTest]


def refused(content: bytes, library: Library) -> list[str]:
    with pytest.raises(OwnFileBroken) as stop:
        read_own(content, "own.csv", library)
    return stop.value.sentences


def test_a_good_file_is_taken_value_by_value_and_completed_from_the_record(library: Library) -> None:
    frame = read_own(GOOD, "own.csv", library).frame
    assert dict(frame.dtypes) == dict(library["figures"].dtypes)
    for row, given_row in zip(frame.to_dict("records"), ROWS, strict=True):
        assert {name: "" if pd.isna(row[name]) else str(row[name]) for name in COLUMNS} == given_row
    first, second = frame.to_dict("records")
    assert (first["figure_id"], first["unit"], first["date_precision"]) == ("OWN-001", "people", "day")
    assert (first["scope"], first["label"], first["mark"]) == ("Unaccounted for", "Unaccounted for", "counts")
    assert (second["figure_id"], second["date_precision"], second["source_id"]) == ("OWN-002", "year", SOURCE)


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_variant_holds_the_same_figures(library: Library, name: str) -> None:
    assert HONEST[name] != GOOD
    wanted = read_own(GOOD, "own.csv", library).frame
    pd.testing.assert_frame_equal(read_own(HONEST[name], "own.csv", library).frame, wanted)


def test_there_are_ten_honest_variants_and_more_than_forty_malformed_files() -> None:
    assert len(HONEST) == 10 and len(MALFORMED) >= 40


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_file_is_told_in_one_plain_sentence_by_row_and_column(library: Library, name: str) -> None:
    content, row, column, word = MALFORMED[name]
    before = time.thread_time()  # of this thread alone: what else the machine does is not counted
    sentences = refused(content, library)
    assert time.thread_time() - before < 3
    assert len(sentences) == 1, sentences
    place = ", ".join(f"{what} {at}" for what, at in (("Row", row), ("column", column)) if at)
    assert sentences[0].startswith(f"{place}: " if place else "The ") and sentences[0].endswith(".")
    assert word in sentences[0] and len(sentences[0]) < 300
    assert sentences[0].isprintable()


def test_all_problems_of_a_file_are_told_each_cell_once_in_the_order_of_the_rows(library: Library) -> None:
    rows = [{**ROWS[0], "date": "2012-02-31", "value": "-1"}, ROWS[1], {**ROWS[1], "qualifier": "odd"}]
    found = [sentence.split(":")[0] for sentence in refused(written(rows).encode(), library)]
    assert found[:2] == ["Row 2, column date", "Row 2, column value"] and found[2].startswith("Row 4, column ")
    assert len(found) == len(set(found))


def test_a_row_is_counted_as_a_spreadsheet_counts_it_empty_rows_among_them(library: Library) -> None:
    text = TEXT.replace("\npow", "\n\n\n\npow", 1).replace("2025,", "2025-13,", 1)
    assert refused(text.encode(), library)[0].startswith("Row 6, column date: ")


def test_the_rules_are_those_of_the_dictionary_and_no_copy_of_them(library: Library) -> None:
    dictionary = json.loads(json.dumps(library.dictionary))
    figures = next(resource for resource in dictionary["resources"] if resource["name"] == "figures")
    field = next(field for field in figures["schema"]["fields"] if field["name"] == "qualifier")
    field["constraints"]["enum"].remove("exact")
    other = Library(library.tables, dictionary, library.years)
    assert refused(GOOD, other)[0].startswith("Row 2, column qualifier: only these words may stand here: approximately")


def test_the_template_has_every_column_explained_and_two_examples_that_it_takes_itself(library: Library) -> None:
    content = template(library)
    header, *examples = csv.reader(io.StringIO(content.decode()))
    assert tuple(header) == TEMPLATE and set(NEEDED) <= set(header) and len(examples) == 2
    own = read_own(content, "own.csv", library).frame
    assert list(own["label"].str.startswith("Example: ")) == [True, True]
    printed = set(zip(library["figures"]["as_printed"], library["figures"]["date"], strict=True))
    assert set(zip(own["as_printed"], own["date"], strict=True)) <= printed
    assert set(own["qualifier"]) == {"exact", "approximately"}
    only_header = content.splitlines(keepends=True)[0]
    assert refused(only_header, library) == ["The file holds no rows below its header: add one for each figure."]
    told = columns_of_template(library)
    assert [column.name for column in told] == header and all(column.meaning and column.needed for column in told)
    filled = written([{name: row.get(name, "") for name in TEMPLATE} for row in ROWS], TEMPLATE).encode()
    assert len(read_own(filled, "own.csv", library).frame) == len(ROWS)


def test_the_server_takes_no_larger_file_than_the_checker() -> None:
    config = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    size = re.search(r"^maxUploadSize = (\d+)$", config, re.M)
    assert size and int(size[1]) * 2**20 == MOST_BYTES


# What a file may be made of: bytes, cells that have broken readers before, and the good file with pieces put in.
PIECES = st.sampled_from(
    [
        "\x00",
        "\ufeff",
        '"',
        '""',
        ",",
        "\r",
        "\n",
        ";",
        "=1",
        "<b>",
        "²",
        "٣",
        "inf",
        "-0",
        "1e9",
        "\u202e",
        "2012-02-30",
    ]
    + [
        "0000",
        "range",
        "OWN-001",
        "BRF-001",
        "spine;",
        "9" * 40,
        "\ud7ff",
        "\U000e0041",
        "brief-2012",
        "'",
        "\\",
        "NA",
        "nan",
    ]
)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    content = bytearray(draw(st.sampled_from([GOOD, *HONEST.values()])))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(content)))
        piece = draw(st.one_of(PIECES.map(lambda text: text.encode("utf-8", "surrogatepass")), st.binary(max_size=4)))
        content[at : at + draw(st.integers(0, 8))] = piece
    return bytes(content)


@st.composite
def recelled(draw: st.DrawFn) -> bytes:
    """Well-formed CSV with any text in some of its cells: what gets as far as the dictionary."""
    cells = draw(st.dictionaries(st.sampled_from(COLUMNS), st.one_of(PIECES, st.text(max_size=12)), max_size=3))
    return written([{**ROWS[0], **cells}, ROWS[1]]).encode("utf-8", "replace")


LIKE_CSV = st.lists(st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=6).map(",".join), max_size=6)
FILES = st.one_of(
    st.binary(max_size=200),
    LIKE_CSV.map(lambda lines: "\n".join(lines).encode("utf-8", "replace")),
    mutated(),
    recelled(),
)


@pytest.mark.slow
@settings(max_examples=600, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(FILES)
def test_whatever_is_brought_nothing_but_the_checkers_own_error_is_raised(content: bytes) -> None:
    try:
        own = read_own(content, "own.csv", load.library())
    except OwnFileBroken as broken:
        assert broken.sentences and all(sentence.isprintable() for sentence in broken.sentences)
    else:
        assert len(own.frame) and (own.frame["source_id"] == SOURCE).all()


@pytest.fixture
def own(library: Library) -> OwnFigures:
    return read_own(GOOD, "own.csv", library)


def shown_in(own: OwnFigures, key: str, library: Library, /, **choices: Any) -> list[str]:
    return list(own_shown(own, VIEWS[key], library, Selection(VIEWS[key].page, choices))["figure_id"])


def test_own_figures_obey_the_same_choices_as_the_record(own: OwnFigures, library: Library) -> None:
    assert shown_in(own, "unaccounted-for", library) == ["OWN-001"]
    assert shown_in(own, "claims", library) == ["OWN-002"]
    assert shown_in(own, "headlines", library) == ["OWN-001"]
    assert shown_in(own, "unaccounted-for", library, years=(1990, 2020)) == []
    assert shown_in(own, "unaccounted-for", library, mark=("before 2001",)) == []
    assert shown_in(own, "claims", library, hedge=("range",)) == ["OWN-002"]
    assert shown_in(own, "claims", library, hedge=("exact",)) == []
    assert shown_in(own, "claims", library, source="brief only") == []
    assert [key for key, view in VIEWS.items() if view.assembled and shown_in(own, key, library)] == []


def test_own_figures_are_shown_from_the_day_they_were_published(own: OwnFigures, library: Library) -> None:
    for day, found in (("2025-10-31", []), ("2025-12-01", ["OWN-002"])):
        assert shown_in(own, "claims", library_as_of(library, span_of(day).last, False)[0]) == found


def test_the_record_itself_is_as_it_was(own: OwnFigures, library: Library) -> None:
    before = {name: frame.copy() for name, frame in library.tables.items()}
    library_with_own(library, own)
    titles_of_views(own, library)
    panel = panel_of("unaccounted-for", library, Selection("counts-over-time"))
    spec = panel.drawn.figure.to_json()
    overlay.with_own_figures(panel.drawn.figure, own.frame)
    assert panel.drawn.figure.to_json() == spec
    for name, frame in library.tables.items():
        pd.testing.assert_frame_equal(frame, before[name])


def drawn(key: str, rows: pd.DataFrame, library: Library) -> tuple[Any, Any, int]:
    record = panel_of(key, library, Selection(VIEWS[key].page)).drawn.figure
    return record, *overlay.with_own_figures(record, rows)


def test_an_own_mark_has_a_look_of_its_own_and_is_joined_to_nothing(own: OwnFigures, library: Library) -> None:
    record, figure, count = drawn("unaccounted-for", own.frame.head(1), library)
    assert count == 1 and len(figure.data) == len(record.data) + 1
    mark = figure.data[-1]
    assert mark.name == "your own figures, not of the record" and figure.layout.showlegend
    assert [y for y in mark.y if y is not None] == [7400] and mark.marker.symbol == "diamond-open-dot"
    assert mark.customdata is None
    for before, after in zip(record.data, figure.data, strict=False):
        assert before == after
    low, high = figure.layout.yaxis.range
    assert low < 7400 < high and str(figure.layout.xaxis.range[1]) >= "2026-12-31"


def own_range(library: Library, **cells: str) -> pd.DataFrame:
    """The range of ROWS as one of a series that has a chart of rows."""
    row = {**ROWS[1], "series_id": "pows_returned", **cells}
    return read_own(written([row]).encode(), "own.csv", library).frame


def test_an_own_range_is_a_row_of_its_own_below_those_of_the_record(library: Library) -> None:
    record, figure, count = drawn("prisoner-totals", own_range(library), library)
    assert count == 1 and figure.layout.height > record.layout.height
    assert list(figure.data[-1].x) == [700, 800] and figure.data[-1].marker.symbol == "diamond-open"
    assert any("your own" in note.text for note in figure.layout.annotations)
    assert figure.layout.yaxis.range[0] < figure.data[-1].y[0] < record.layout.yaxis.range[0]


def test_a_readers_words_are_plain_text_on_a_chart(library: Library) -> None:
    row = {**ROWS[0], "as_printed": 'a < b & %{x} "c"'}
    count = read_own(written([row]).encode(), "own.csv", library).frame
    parts = {"unaccounted-for": count, "prisoner-totals": own_range(library, locator="x < y %{customdata}")}
    for key, part in parts.items():
        _, figure, _ = drawn(key, part, library)
        told = json.dumps(figure.data[-1].to_plotly_json(), default=str)
        assert "&lt;" in told and " < " not in told and "%{x}" not in told and "%{customdata}" not in told


def bring(app: AppTest, content: bytes, name: str = "own.csv") -> AppTest:
    return app.file_uploader[0].upload(name, content, "text/csv").run()


def told(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html") if 'class="own-figures' in element.proto.body)


@pytest.mark.slow
def test_a_file_is_brought_shown_and_removed_and_a_bad_one_changes_nothing(open_page: Open) -> None:
    app = open_page("sources-and-data", q="Korea", table="events")
    choices = {name: app.session_state[name] for name in ("q", "table", "asof", "source")}
    bring(app, GOOD)
    assert "2 figures of your own are checked and shown" in told(app)
    kept = app.session_state["own-figures"]
    for content, *_ in list(MALFORMED.values())[::6]:
        bring(app, content, "![x](http://evil.example/x.png)<script>.csv")
        assert not app.exception and "We could not use this file, and nothing has changed." in told(app)
        assert "<script>" not in told(app)
        assert app.session_state["own-figures"] is kept
        assert {name: app.session_state[name] for name in choices} == choices
    app.button(key="own-remove").click().run()
    assert "own-figures" not in app.session_state and "have been removed" in told(app)
    assert not [button for button in app.button if button.key == "own-remove"]


@pytest.mark.slow
def test_no_file_and_no_other_session_ever_holds_what_was_brought(open_page: Open) -> None:
    before = {path: path.stat().st_mtime_ns for path in Path(TABLES).rglob("*")}
    app = open_page("sources-and-data")
    bring(app, GOOD)
    app.switch_page("../../pages/prisoners_of_war.py").run()
    assert "1 figure of your own is only in the table below" in told(app)
    assert app.query_params == {}
    other = open_page("prisoners-of-war")
    assert told(other) == "" and "own-figures" not in other.session_state
    assert {path: path.stat().st_mtime_ns for path in Path(TABLES).rglob("*")} == before
    app.button(key="claims-take").click().run()
    assert not app.exception and not any("OWN-" in code.value for code in app.code)
