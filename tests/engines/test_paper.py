"""Is a PDF that Firefox prints text, and as small as it should be? Chromium's of the same page says which words."""

import re
import subprocess
import unicodedata
import urllib.request
from collections import Counter
from pathlib import Path

import pytest

from components.exports.print_view import HOME_NAME
from components.navigation import BY_PATH, Page
from tests.browser.conftest import CHROMIUMS
from tests.conftest import program
from tests.engines.windows import Firefox

pytestmark = pytest.mark.browser
# Pages with each kind of drawing and table; all ten are printed alike.
SHOWN = [BY_PATH[path] for path in ("", "remains-and-identifications", "recovery-map", "sources-and-data")]
MOST_BYTES = 3
# Words of ours; those of other scripts are text on paper where the machine has a typeface for them.
WORD = re.compile(r"[a-zA-Z0-9\u00c0-\u04ff]+")


@pytest.fixture
def pdftotext() -> str:
    return program("pdftotext", why="poppler (Debian's poppler-utils) lets the tests read what was printed")


def words_of(pdf: Path, pdftotext: str) -> Counter[str]:
    text = subprocess.run([pdftotext, "-raw", str(pdf), "-"], capture_output=True, check=True, text=True).stdout
    return Counter(WORD.findall(unicodedata.normalize("NFKC", text)))


def by_chromium(address: str, pdf: Path) -> Path:
    path = program(*CHROMIUMS, why="Chromium says which words a print has")
    flags = ["--no-sandbox", "--no-pdf-header-footer", f"--print-to-pdf={pdf}"]
    subprocess.run([path, "--headless", *flags, address], check=True, capture_output=True, timeout=60)
    return pdf


def often(html: str, page: Page) -> set[str]:
    """Words whose number is that of the sheets: of the heads of tables, and of the foot, which Firefox leaves out."""
    heads = " ".join(re.findall(r"<th[^>]*>([^<]*)", html))
    return set(re.findall(r"\w+", f"{heads} {page.name} Page of")) | {str(sheet) for sheet in range(1, 30)}


@pytest.mark.parametrize("page", SHOWN, ids=lambda page: page.path or HOME_NAME)
def test_a_pdf_of_firefox_has_the_words_of_chromiums_and_at_most_three_times_its_bytes(
    printer: Firefox, server: str, page: Page, tmp_path: Path, pdftotext: str
) -> None:
    address = f"{server}/print/{page.path or HOME_NAME}"
    expected, printed = by_chromium(address, tmp_path / "chromium.pdf"), tmp_path / "firefox.pdf"
    printer.go(address)
    printed.write_bytes(printer.pdf())
    with urllib.request.urlopen(address) as answer:
        changing = often(answer.read().decode(), page)
    missing = words_of(expected, pdftotext) - words_of(printed, pdftotext)
    assert {word: count for word, count in missing.items() if word not in changing} == {}
    assert printed.stat().st_size <= MOST_BYTES * expected.stat().st_size


def test_firefox_prints_the_live_page_as_its_copy(
    printer: Firefox, server: str, tmp_path: Path, pdftotext: str
) -> None:
    printer.open(f"{server}/counts-over-time")
    printer.wait_until("window.printWatched")
    live, copy = tmp_path / "live.pdf", tmp_path / "copy.pdf"
    live.write_bytes(printer.pdf())
    printer.go(f"{server}/print/counts-over-time")
    copy.write_bytes(printer.pdf())
    assert words_of(live, pdftotext) == words_of(copy, pdftotext)
    assert live.stat().st_size < MOST_BYTES * copy.stat().st_size


def test_what_firefox_prints_before_the_live_page_stands_is_text_too(
    printer: Firefox, server: str, tmp_path: Path, pdftotext: str
) -> None:
    printer.go(f"{server}/recovery-map")
    printed = tmp_path / "first.pdf"
    printed.write_bytes(printer.pdf())
    words = words_of(printed, pdftotext)
    assert {"Where", "did", "it", "happen", "recovered", "Korea"} <= set(words)
    assert printed.stat().st_size < MOST_BYTES * 100_000
