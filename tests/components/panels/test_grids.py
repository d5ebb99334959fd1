"""Is a cell of a grid read whole? Each column is as wide as its longest cell, and what is cut ends in an ellipsis."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd
import pytest
from streamlit.elements import arrow
from streamlit.proto.ArrowData_pb2 import ArrowData
from streamlit.testing.v1 import AppTest

from components.exports.first_view.grids import _frame_of
from components.panels import catalogue, panel
from components.panels.grids import WIDEST, fitting, grid_of, width_of
from data.record.load import Library
from tests.conftest import PAGES, run_page
from tests.served import ROOT


def grids_of(app: AppTest) -> Iterator[tuple[str, pd.DataFrame, pd.DataFrame, dict[Any, Any]]]:
    """The grids of a page: name, cells, cells as they are shown, and how each column is set."""
    for grid in app.dataframe:
        shown = _frame_of(grid.proto.arrow_data)[list(grid.proto.column_order)]
        yield grid.proto.alt, grid.value, shown, json.loads(grid.proto.columns)


def cut_without_a_sign(name: str, cells: pd.DataFrame, shown: pd.DataFrame, columns: dict[Any, Any]) -> list[str]:
    found = []
    for column in shown:
        width, is_number = columns[column].get("width"), pd.api.types.is_numeric_dtype(cells[column])
        texts = set(shown[column].dropna().astype(str))
        found += [f"{name}, {column}: {text}" for text in texts if not width or width_of(text) > width]
        found += [f"{name}, {column}: {text} is cut" for text in texts if is_number and text.endswith("…")]
    return found


@pytest.mark.parametrize("path", PAGES)
def test_no_cell_of_a_grid_is_cut_without_a_sign(opened_page: Callable[..., AppTest], path: str) -> None:
    grids = list(grids_of(opened_page(path)))
    assert [cut for grid in grids for cut in cut_without_a_sign(*grid)] == []


@pytest.mark.parametrize("table", ["figures", "operations", "events", "places", "burial_estimates", "sources"])
def test_technical_columns_show_ids_days_and_numbers_whole_and_numbers_sort_as_numbers(
    open_page: Callable[..., AppTest], table: str
) -> None:
    app = open_page("sources-and-data", table=table.replace("_", " "))
    app.toggle(key=f"{table}-technical").set_value(True).run()
    [grid] = [grid for grid in grids_of(app) if grid[0].startswith("Table of the")]
    _, cells, shown, _ = grid
    assert cut_without_a_sign(*grid) == []
    numbers = [column for column in shown if pd.api.types.is_numeric_dtype(cells[column])]
    for column in numbers:
        commas = "" if column in ("latitude", "longitude") else ","
        assert [f"{cell:{commas}}" for cell in cells[column].dropna()] == [cell for cell in shown[column] if cell]
    assert not shown[cells.columns[0]].str.endswith("…").any()
    assert numbers or table in ("events", "sources")


def test_a_text_longer_than_the_widest_column_ends_in_an_ellipsis_within_it() -> None:
    assert fitting("15,974,000") == "15,974,000"
    for text in ("m" * 400, "한국 " * 60, "a sentence of the record " * 20, "i" * 300, "https://example.org/" * 9):
        assert fitting(text).endswith("…") and len(fitting(text)) < len(text)
        assert WIDEST - 30 < width_of(fitting(text)) <= WIDEST


def sent(styler: Any) -> ArrowData:
    """What Streamlit sends of a frame in words."""
    sent = ArrowData()
    arrow.marshall(sent, styler, "one")
    return sent


def test_a_grid_is_written_once_and_sent_as_streamlit_would_write_it() -> None:
    frame = pd.DataFrame({"count": [7954, None], "who": ["DPMO", ""], "unseen": [0.5, 2]})
    frame["count"] = frame["count"].astype("Int64")
    written: list[object] = []

    def words(cell: object) -> str:
        written.append(cell)
        return f"<{cell}>"

    grid = grid_of(frame, order=["count", "who"], words={"count": words, "who": words})
    first, often = sent(grid.cells), len(written)
    again = sent(grid.cells)
    assert again == first and len(written) == often, "a cell was written anew"
    streamlits = sent(frame.style.format({"count": words, "who": words}))
    assert again.data == streamlits.data and not again.styler.styles
    shown = ["count", "who"]
    pd.testing.assert_frame_equal(_frame_of(again)[shown], _frame_of(streamlits)[shown])


def test_every_grid_is_made_in_one_place() -> None:
    callers = [path for path in ROOT.glob("*/**/*.py") if "st.dataframe(" in path.read_text(encoding="utf-8")]
    named = {str(path.relative_to(ROOT)) for path in callers if path.parts[len(ROOT.parts)] in ("components", "pages")}
    assert named == {"components/panels/grids.py"}


def test_a_list_of_very_many_rows_holds_the_first_of_them_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole is in the files; a browser would not scroll through it."""
    monkeypatch.setattr(panel, "MOST_LISTED", 5)
    catalogue._cached_table.cache_clear()
    try:
        app = run_page("sources-and-data", table="glossary")
        assert [len(grid.value) for grid in app.dataframe if grid.proto.alt.startswith("Table of the")] == [5]
        assert any("The first 5 of 8 rows." in one.proto.body for one in app.get("html"))
    finally:
        catalogue._cached_table.cache_clear()


def test_no_table_of_the_record_is_too_long_for_a_list(library: Library) -> None:
    assert max(map(len, library.tables.values())) < panel.MOST_LISTED
