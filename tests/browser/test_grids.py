"""What does a grid of rows offer in a browser? Sorting and searching, no sums, no file of its own; its letters fit their columns."""

import json

import pytest
from playwright.sync_api import Page, expect

from components.panels.grids import width_of
from data.query.rows import tables_with_ids
from data.record.load import Library
from tests.browser.conftest import STANDS_STILL, Reader
from tests.conftest import run_page

pytestmark = [pytest.mark.browser, pytest.mark.flat]
# The column in which a row is chosen, the middle of a head, and how far from the right end of a head its menu stands: nearer
# to the end a press makes the column wider.
MARKER, HEAD, MENU = 33, 17, 17
# What the grid keeps free at both sides of a cell.
PADDING = 16
MEASURE = """texts => {
  const face = getComputedStyle(document.querySelector('[data-testid=stDataFrame]')).fontFamily;
  const context = document.createElement('canvas').getContext('2d');
  context.font = `400 14px ${face}`;
  return texts.map(text => context.measureText(text).width);
}"""
OFFERS = """() => [...document.querySelectorAll('[data-testid=stElementToolbar] button, [role=menuitem], [data-testid^=stDataFrameStat]')]
  .filter(one => one.checkVisibility()).map(one => one.getAttribute('aria-label') || one.innerText)"""


def open_menu(page: Page, right: int) -> None:
    """Opens the menu of the column whose head ends there."""
    grid = page.get_by_test_id("stDataFrame").first
    grid.scroll_into_view_if_needed()
    grid.evaluate(STANDS_STILL)
    box = grid.bounding_box()
    assert box is not None
    x, y = box["x"] + right - MENU, box["y"] + HEAD
    page.mouse.move(x, y)
    expect(grid.get_by_test_id("data-grid-canvas")).to_have_css("cursor", "pointer")
    page.mouse.click(x, y)
    expect(page.get_by_test_id("stDataFrameColumnMenu")).to_be_visible()


def test_no_grid_offers_sums_or_a_file_of_its_own(reader: Reader) -> None:
    [columns] = [
        {name: json.loads(grid.proto.columns)[name]["width"] for name in grid.proto.column_order}
        for grid in run_page("sources-and-data", table="places").dataframe
        if grid.proto.alt.startswith("Table of the")
    ]
    names = list(columns)
    reader.open("sources-and-data?table=places")
    page = reader.page
    expect(page.get_by_test_id("stDataFrame").first.locator("canvas").first).to_be_visible()
    for name in ("name", "latitude"):
        open_menu(page, MARKER + sum(columns[before] for before in names[: names.index(name) + 1]))
        offered = page.evaluate(OFFERS)
        assert any("Sort ascending" in one for one in offered)
        assert not [one for one in offered if any(word in one for word in ("Statistics", "Format", "Download"))], (
            offered
        )
        page.keyboard.press("Escape")
        expect(page.get_by_test_id("stDataFrameColumnMenu")).to_have_count(0)  # else the next press only closes it
    reader.saw_no_trouble()


def test_no_text_of_the_record_is_wider_in_a_grid_than_its_column_is_made(reader: Reader, library: Library) -> None:
    frames = [library[table] for table in tables_with_ids(library)]
    texts = sorted({str(cell) for frame in frames for name in frame for cell in frame[name].dropna()})
    numbers = sorted({f"{cell:,}" for cell in library["figures"]["value"].dropna()})
    reader.open("sources-and-data")
    measured = reader.page.evaluate(MEASURE, [*texts, *numbers])
    wider = [text for text, width in zip([*texts, *numbers], measured, strict=True) if width + PADDING > width_of(text)]
    assert wider == []
