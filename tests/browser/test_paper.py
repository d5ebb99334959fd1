"""What comes out of the printer when a reader prints a page?"""

import re
import subprocess
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Browser, expect

from components.exports.print_view import LANDSCAPE_PAGES, panels_of_page, rows_on_paper
from components.navigation import PAGES, Page
from data.files.extract import sources_of
from data.query.address import read_page
from data.record.load import Library
from tests.browser.conftest import Reader, reader_at
from tests.conftest import program

pytestmark = [pytest.mark.browser, pytest.mark.flat]
SHOWN = [page for page in PAGES if panels_of_page(page.path, *read_page(page.path, ()))]
# The most sheets that each page needs with nothing chosen.
MOST_SHEETS = {
    "": 5,
    "counts-over-time": 7,
    "remains-and-identifications": 15,
    "prisoners-of-war": 4,
    "recovery-map": 6,
    "mission-timeline": 5,
    "disagreements": 3,
    "sources-and-data": 4,
}
# Points across and down of each sheet.
SHEETS = {"Letter": (612, 792), "A4": (595.92, 842.88)}


@pytest.fixture
def pdftotext() -> str:
    return program("pdftotext", why="poppler (Debian's poppler-utils) lets the tests read what was printed")


def printed(reader: Reader, folder: Path, sheet: str = "Letter", copied: bool = True) -> Path:
    path = folder / "print.pdf"
    said: list[str] = []
    reader.page.on("console", lambda message: said.append(message.text))
    reader.wait_until("window.printWatched")  # the script follows the page's words by the blink of an eye
    reader.page.pdf(path=path, format=sheet)
    assert not [line for line in said if "no copy for paper" in line] or not copied
    return path


def pages_of(pdf: Path, pdftotext: str) -> list[str]:
    """Text of each page without any white space, which a line that ends puts into ids."""
    text = subprocess.run([pdftotext, "-raw", str(pdf), "-"], capture_output=True, check=True, text=True).stdout
    return [re.sub(r"\s", "", page) for page in text.split("\f")[:-1]]


def boxes_of(pdf: Path, pdftotext: str) -> list[tuple[tuple[float, float], list[tuple[float, ...]]]]:
    """Size of each page, and the corners of all words on it."""
    command = [pdftotext, "-bbox", str(pdf), "-"]
    told = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    found = []
    for page in told.split("<page ")[1:]:
        wide, high = (float(number) for number in re.findall(r'"([\d.]+)"', page)[:2])
        words = [[float(number) for number in re.findall(r'"(-?[\d.]+)"', line)] for line in page.split("<word ")[1:]]
        found.append(((wide, high), [tuple(word[:4]) for word in words]))
    return found


@pytest.mark.parametrize("page", SHOWN, ids=lambda page: page.path or "overview")
def test_a_print_needs_few_sheets_holds_each_short_table_and_cuts_no_word_on_either_sheet(
    reader: Reader, page: Page, tmp_path: Path, pdftotext: str
) -> None:
    reader.open(page.path)
    for sheet in SHEETS:
        holds_the_page(reader, page.path, sheet, printed(reader, tmp_path, sheet), pdftotext)
    reader.saw_no_trouble()


def holds_the_page(reader: Reader, path: str, sheet: str, pdf: Path, pdftotext: str) -> None:
    texts = pages_of(pdf, pdftotext)
    whole = "".join(texts)
    assert all(len(text) > 80 for text in texts)
    assert len(texts) <= MOST_SHEETS.get(path, 8)
    assert f"{reader.address}/{path}" in whole
    library, chosen = read_page(path, ())
    assert library.version in whole
    for panel in panels_of_page(path, library, chosen):
        rows = rows_on_paper(panel)
        missing = [row for row in rows.iloc[:, 0] if re.sub(r"\s", "", str(row)) not in whole]
        assert missing == [], panel.key
        assert [line for line in lines_of_sources(library, rows) if line not in whole] == [], panel.key
    across, down = SHEETS[sheet][:: -1 if path in LANDSCAPE_PAGES else 1]
    for size, words in boxes_of(pdf, pdftotext):
        assert size == pytest.approx((across, down), abs=1)
        assert all(left > 0 and right < across and top > 0 and foot < down for left, top, right, foot in words)


def lines_of_sources(library: Library, frame: pd.DataFrame) -> list[str]:
    """The address of each source, or its title where it has none: not every printer has the letters of every title."""
    rows = sources_of(library, frame).to_dict("records")
    return [re.sub(r"\s", "", str(row["url"] or row["title"])) for row in rows]


def test_a_print_shows_the_drawings_whole_and_no_widget_and_leaves_the_page_as_it_was(reader: Reader) -> None:
    reader.open("counts-over-time")
    reader.wait_until("window.printWatched")
    reader.page.emulate_media(media="print")
    paper = reader.page.locator("#paper")
    panels = panels_of_page("counts-over-time", *read_page("counts-over-time", ()))
    expect(paper.locator("figure > svg")).to_have_count(sum(panel.is_drawn for panel in panels))
    expect(reader.page.locator("#root")).to_be_hidden()
    for figure in paper.locator("figure > svg").all():
        box = figure.bounding_box()
        assert box is not None and box["width"] > 300 and box["height"] > 100
    reader.page.emulate_media(media="screen")
    expect(paper).to_have_count(0)
    expect(reader.page.locator(".st-key-unaccounted-for")).to_be_visible()
    reader.saw_no_trouble()


def test_a_print_follows_the_choices_of_a_moment_ago_on_a_narrow_screen_too(
    browser: Browser, server: str, tmp_path: Path, pdftotext: str
) -> None:
    reader = reader_at(browser, server, 390, 844)
    reader.open("mission-timeline")
    reader.unfold_filters()
    reader.page.locator(".st-key-lane input").click()
    reader.page.get_by_role("option", name="talks").click()
    expect(reader.page).to_have_url(f"{server}/mission-timeline?lane=talks")
    texts = pages_of(printed(reader, tmp_path), pdftotext)
    whole = "".join(texts)
    panel = panels_of_page("mission-timeline", *read_page("mission-timeline", [("lane", "talks")]))[0]
    assert f"{len(panel.frame)}rows" in whole and all(row in whole for row in rows_on_paper(panel)["event_id"])
    assert f"{server}/mission-timeline?lane=talks" in whole and "Kindofevent:talks" in whole
    reader.page.context.close()


def test_a_print_goes_ahead_with_the_page_itself_where_no_copy_comes(
    reader: Reader, tmp_path: Path, pdftotext: str
) -> None:
    reader.open("prisoners-of-war")
    reader.page.route("**/print/**", lambda route: route.abort())
    texts = pages_of(printed(reader, tmp_path, copied=False), pdftotext)
    question = next(page.question for page in PAGES if page.path == "prisoners-of-war")
    assert re.sub(r"\s", "", question) in texts[0]


def test_a_reader_who_does_not_print_asks_for_no_copy(reader: Reader) -> None:
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url) if "/print/" in request.url else None)
    reader.open("recovery-map")
    reader.unfold_filters()
    reader.page.locator(".st-key-country input").click()
    reader.page.get_by_role("option", name="China").click()
    reader.settled()
    assert asked == []
