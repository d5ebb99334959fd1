"""A picture holds what the page shows, with title, source, day and address inside, fits its box, and is the same anywhere."""

import re
from collections.abc import Callable
from functools import cache
from io import BytesIO
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree

import pytest
from PIL import Image

from components.exports import drawing
from components.exports.drawing import MOST_PIXELS, PREVIEW, Size, address_of_picture, png_of, svg_of
from components.panels.catalogue import panel_at, panel_of
from components.panels.panel import Panel
from components.static.letters import with_glyphs
from components.static.word_boxes import box_of, overlapping_words, walk
from data.query.address import Refusal, read_address, read_page
from data.query.as_of import library_of
from data.query.select import Selection
from data.query.views import LIST, VIEWS, view_of_table
from data.record.load import Library
from data.record.wording import value_in_words
from tests.choices import choices_of_each_view

BASE = "https://dashboard.example.org"
SVG = "{http://www.w3.org/2000/svg}"
PREVIEW_SIZE = Size(*PREVIEW)
# Type of this many pixels can be read where a picture of 1200 pixels is shown 500 pixels wide.
READABLE = 22
SIZES = {
    "own": Size(),
    "preview": PREVIEW_SIZE,
    "phone": Size(400, 800),
    "smallest": Size(320, 320),
    "largest": Size(2400, 2400),
}
every_panel = pytest.mark.parametrize("key", [view.key for view in LIST])


@cache
def shown_panel(key: str) -> Panel:
    """A panel as its page first shows it."""
    view = VIEWS[key]
    tables, selection = read_page(view.page, [])
    return panel_of(key, tables, selection)


@cache
def picture(key: str, size: str) -> str:
    return svg_of(shown_panel(key), BASE, SIZES[size])


def lines_in(svg: str) -> list[str]:
    """The lines of text of a picture, from the top of the file on."""
    return ["".join(element.itertext()) for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def words_in(svg: str) -> str:
    return " ".join(lines_in(svg))


@pytest.mark.slow
@every_panel
def test_a_picture_holds_title_sentence_source_day_version_and_address(key: str) -> None:
    panel, words = shown_panel(key), words_in(picture(key, "own"))
    for text in (panel.title, panel.drawn.summary, panel.showing, panel.source, panel.drawn.note):
        assert with_glyphs(text) in words
    assert f"data version {panel.library.version}" in words
    assert address_of_picture(panel, BASE, "html", None, None) in words.replace(" ", "")


@pytest.mark.slow
@every_panel
def test_a_picture_for_a_link_has_title_source_day_and_address_in_type_that_can_be_read(key: str) -> None:
    svg, panel = picture(key, "preview"), shown_panel(key)
    large = [
        "".join(text.itertext())
        for text in ElementTree.fromstring(svg).iter(f"{SVG}text")
        if float(text.get("font-size", 0)) >= READABLE
    ]
    words = " ".join(large)
    assert panel.title in words and panel.showing.split(":")[0] in words
    assert re.search(r"Sources?:|Computed|Rows without a day", words) and "Rows" in words
    assert panel.library.version in words and BASE in words


@pytest.mark.slow
@pytest.mark.parametrize("size", ["own", "preview", "phone"])
@every_panel
def test_no_words_of_a_picture_lie_on_each_other_or_leave_it(key: str, size: str) -> None:
    svg = picture(key, size)
    assert overlapping_words(svg) == []
    root = ElementTree.fromstring(svg)
    wide, high = float(root.get("width", 0)), float(root.get("height", 0))
    boxes = [
        box_of(element, matrix) for element, matrix in walk(root, (1, 0, 0, 1, 0, 0)) if element.tag == f"{SVG}text"
    ]
    assert min(box[0] for box in boxes) > -2 and max(box[2] for box in boxes) < wide + 2
    assert min(box[1] for box in boxes) > 0 and max(box[3] for box in boxes) < high


@pytest.mark.slow
@every_panel
def test_the_picture_of_every_panel_is_a_png_of_just_the_size_that_is_asked_for(key: str) -> None:
    image = Image.open(BytesIO(png_of(shown_panel(key), BASE, PREVIEW_SIZE)))
    assert image.format == "PNG" and image.size == PREVIEW
    assert len(image.convert("L").getcolors() or []) > 20


@pytest.mark.slow
@every_panel
def test_the_smallest_and_the_largest_picture_can_be_made_too(key: str) -> None:
    for size in ("smallest", "largest"):
        root = ElementTree.fromstring(picture(key, size))
        assert (float(root.get("width", 0)), float(root.get("height", 0))) == SIZES[size][:2]


@pytest.mark.parametrize(
    "key", ["believed-to-lie", "by-state", "since-1982", "pace-by-period", "look-ahead", "headlines"]
)
def test_the_numbers_of_a_picture_are_those_of_its_rows(key: str) -> None:
    lines, words = lines_in(picture(key, "own")), words_in(picture(key, "own"))
    for row in shown_panel(key).frame.to_dict("records"):
        number = value_in_words(row)
        assert number in lines or number in words


@pytest.mark.parametrize("key", ["then-and-now", "origins", "claims"])
def test_a_panel_without_a_chart_is_drawn_as_the_table_of_its_page(key: str) -> None:
    words = words_in(picture(key, "own"))
    assert "The first" not in words
    for number in [value_in_words(row) for row in shown_panel(key).frame.to_dict("records") if "value" in row]:
        assert number in words


def test_a_long_table_says_how_many_of_its_rows_a_picture_shows(library: Library) -> None:
    words = words_in(picture("all-operations", "preview"))
    found = re.search(r"The first (\d+) of (\d+) rows\.", words)
    assert found and int(found[2]) == len(library["operations"]) and 3 <= int(found[1]) < 12


def test_a_chart_that_is_too_long_says_how_many_of_its_rows_a_picture_shows() -> None:
    svg, panel = svg_of(shown_panel("since-1982"), BASE, Size(600, 315)), shown_panel("since-1982")
    found = re.search(r"The drawing shows the first (\d+) of (\d+) rows\.", words_in(svg))
    assert found and int(found[2]) == len(panel.frame)
    shown = [value_in_words(row) for row in panel.frame.to_dict("records")[: int(found[1])]]
    assert [number for number in shown if number not in lines_in(svg)] == []
    assert value_in_words(panel.frame.iloc[-1].to_dict()) not in lines_in(svg)


def test_each_mark_of_an_svg_leads_to_the_card_of_its_row() -> None:
    panel = shown_panel("by-state")
    for row_id in panel.frame["figure_id"]:
        assert f'href="{BASE}/sources-and-data?figure={row_id}"' in picture("by-state", "own")


def test_an_empty_choice_gives_a_picture_with_the_plain_sentence() -> None:
    tables, _ = library_of({"asof": "1950-01-01"})
    panel = panel_of("claims", tables, Selection("prisoners-of-war", {"asof": "1950-01-01"}))
    for size in SIZES.values():
        assert panel.sentence.split(".")[0] in words_in(svg_of(panel, BASE, size))
    assert png_of(panel, BASE, PREVIEW_SIZE).startswith(b"\x89PNG")


@pytest.mark.slow
def test_a_picture_can_be_made_of_any_choice_and_of_any_table(library: Library) -> None:
    for view, selection in choices_of_each_view(library, 2, seed=5):
        panel = panel_at(view, library_of(selection.values)[0], selection)
        svg = svg_of(panel, BASE, PREVIEW_SIZE)
        assert panel.title.split(" ")[0] in words_in(svg)
        assert overlapping_words(svg) == [], (view.key, selection.values)


def test_the_address_of_a_picture_names_the_same_rows_as_the_page(library: Library) -> None:
    for view, selection in choices_of_each_view(library, 2, seed=9):
        panel = panel_at(view, library_of(selection.values)[0], selection)
        parts = urlsplit(address_of_picture(panel, BASE))
        pairs = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] not in ("width", "height")]
        assert parts.path.endswith(f"/{view.table}.png") and "width=1200&height=630" in parts.query
        named = read_address(view.table, pairs)
        again = panel_at(named.view, named.library, named.selection)
        assert list(again.frame.iloc[:, 0]) == list(panel.frame.iloc[:, 0])


def test_the_same_panel_gives_the_same_bytes() -> None:
    make: tuple[Callable[..., object], ...] = (svg_of, png_of)
    assert [one(shown_panel("claims"), BASE) for one in make] == [one(shown_panel("claims"), BASE) for one in make]


def test_a_denser_png_has_as_many_more_pixels() -> None:
    image = Image.open(BytesIO(png_of(shown_panel("claims"), BASE, Size(600, 315, 3))))
    assert image.size == (1800, 945)


def test_a_png_of_too_many_pixels_is_refused() -> None:
    size = Size(2400, 2400, 3)
    assert size.width * size.width * 9 > MOST_PIXELS
    with pytest.raises(Refusal) as refused:
        png_of(shown_panel("claims"), BASE, size)
    assert refused.value.status == 400 and refused.value.sentence.endswith(".")


def test_an_svg_loads_nothing_and_brings_its_typeface_along() -> None:
    svg = picture("unaccounted-for", "own")
    assert svg.count("@font-face") == 2 and set(re.findall(r"url\((\w+):", svg)) == {"data"}
    assert not re.search(r"<(image|script|foreignObject|use)\b|@import|\bsrc=", svg)


def test_no_typeface_of_the_machine_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, object]] = []
    real = drawing.resvg_py.svg_to_bytes
    monkeypatch.setattr(drawing.resvg_py, "svg_to_bytes", lambda **given: asked.append(given) or real(**given))
    png_of(shown_panel("claims"), BASE, PREVIEW_SIZE)
    assert asked[0]["skip_system_fonts"] is True
    assert all("assets/fonts/accounting-sans" in str(path) for path in asked[0]["font_files"])  # type: ignore[attr-defined]


def test_words_without_a_glyph_are_left_out(library: Library) -> None:
    panel = panel_at(view_of_table(library, "places"), library, Selection("sources-and-data", {}))
    words = words_in(svg_of(panel, BASE))
    assert "Showing" in words and not re.search(r"[\uac00-\ud7a3\u4e00-\u9fff\u0e00-\u0e7f]", words)
