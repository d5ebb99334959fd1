"""Do the three ready presentations make decks that begin and end as decks do, and that a room can read?"""

import io
import math
import re
import zipfile
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest
from pptx import Presentation
from pptx.oxml.ns import qn

from components.exports.slides.covers import documents_behind
from components.exports.slides.deck import deck_of_path
from components.exports.slides.text import DECORATIVE, clean_text
from components.panels.catalogue import panel_at
from components.panels.findings import finding_of
from components.panels.panel import Panel
from data.files import cite
from data.query.path import READY_BY_NAME, Path, Step
from data.query.ready import READY_PATHS
from data.record.dates import date_in_words
from data.record.documents import documents_of
from data.record.load import Library

pytestmark = pytest.mark.slow

BASE, SMALLEST = "https://example.org/accounting", 1600
NAMES = list(READY_BY_NAME)


def panel_of_step(step: Step) -> Panel:
    view = step.read()
    return panel_at(view.view, view.library, view.selection)


@pytest.fixture(scope="module")
def panels() -> dict[str, list[Panel]]:
    return {name: [panel_of_step(step) for step in path.steps] for name, path in READY_BY_NAME.items()}


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return {name: deck_of_path(path, BASE) for name, path in READY_BY_NAME.items()}


@pytest.fixture(scope="module")
def decks(files: dict[str, bytes]) -> dict[str, list[Any]]:
    return {name: list(Presentation(io.BytesIO(file)).slides) for name, file in files.items()}


def every_shape(shapes: Any) -> Iterator[Any]:
    for shape in shapes:
        yield shape
        yield from every_shape(shape.shapes) if hasattr(shape, "shapes") else ()


def text_of(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in every_shape(slide.shapes) if shape.has_text_frame)


def notes_of(slide: Any) -> str:
    return str(slide.notes_slide.notes_text_frame.text)


@pytest.mark.parametrize("name", NAMES)
def test_the_first_slide_says_title_subject_day_version_and_author(
    name: str, decks: dict[str, list[Any]], library: Library
) -> None:
    first, day = decks[name][0], date_in_words(str(library.dictionary["created"])[:10])
    assert first.shapes.title.text_frame.text == READY_PATHS[name].title
    for wanted in (READY_PATHS[name].about, day, library.version, library.dictionary["title"]):
        assert wanted in text_of(first)


@pytest.mark.parametrize("name", NAMES)
def test_the_last_slide_says_sources_day_address_and_license_and_its_notes_hold_every_document(
    name: str, decks: dict[str, list[Any]], panels: dict[str, list[Panel]], library: Library
) -> None:
    said, notes = text_of(decks[name][-1]), notes_of(decks[name][-1])
    sources = {row["source_id"]: row for panel in panels[name] for row in documents_behind(panel)}
    documents = documents_of(library, sources)
    assert f"{len(documents)} documents behind these slides" in said
    cited = cite.reference_list([cite.reference_of_source(row) for row in sources.values()])
    assert all(clean_text(text) in notes for text in cited)
    box = next(shape for shape in decks[name][-1].shapes if shape.name == "Sources").text_frame
    lines = [paragraph.text for paragraph in box.paragraphs[1:]]
    more = re.fullmatch(r"And (\d+) more, in the notes of this slide\.", lines[-1])
    assert len(lines) - bool(more) + (int(more[1]) if more else 0) == len(documents)
    terms = library.dictionary["licenses"][0]
    for wanted in (f"{BASE}/path?path={name}", terms["title"], terms["path"], library.version):
        assert wanted in said


@pytest.mark.parametrize("name", NAMES)
def test_each_slide_is_titled_by_what_it_finds_and_its_notes_keep_the_topic(
    name: str, decks: dict[str, list[Any]], panels: dict[str, list[Panel]]
) -> None:
    slides = decks[name][1:-1]
    assert len(slides) == len(READY_BY_NAME[name].steps)
    for slide, panel in zip(slides, panels[name], strict=True):
        wanted, title = clean_text(finding_of(panel) or panel.title), slide.shapes.title.text_frame.text
        assert wanted.startswith(title) and "…" not in title
        # what a title has no room for is the sentence under it
        assert wanted[len(title) + 2 :].lower() in text_of(slide).lower()
        assert panel.title in notes_of(slide) and wanted in notes_of(slide)


@pytest.mark.parametrize("name", NAMES)
def test_no_text_of_a_ready_deck_is_under_sixteen_points(name: str, files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(files[name])) as parts:
        pages = [part for part in parts.namelist() if re.match(r"ppt/(slides|charts|slideMasters|slideLayouts)/", part)]
        for part in pages:
            sizes = [int(size) for size in re.findall(rb' sz="(\d+)"', parts.read(part)) if part.endswith(".xml")]
            assert not sizes or min(sizes) >= SMALLEST, part


@pytest.mark.parametrize("name", NAMES)
def test_everything_drawn_has_words_or_is_there_to_be_seen_only(name: str, decks: dict[str, list[Any]]) -> None:
    for slide in decks[name]:
        for shape in slide.shapes:
            about = shape._element._nvXxPr.cNvPr
            has_text = shape.has_text_frame and shape.text_frame.text
            is_decorative = any(mark.get("val") == "1" for mark in about.iter(f"{{{DECORATIVE}}}decorative"))
            assert has_text or about.get("descr") or is_decorative, (slide.shapes.title.text_frame.text, shape.name)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_a_ready_deck_lies_outside_its_slide(name: str, files: dict[str, bytes]) -> None:
    deck = Presentation(io.BytesIO(files[name]))
    for slide in deck.slides:
        for shape in every_shape(slide.shapes):
            assert min(shape.left, shape.top) >= 0, shape.name
            assert shape.left + shape.width <= deck.slide_width and shape.top + shape.height <= deck.slide_height


def test_no_circle_of_the_map_hides_another_and_no_word_lies_on_one(decks: dict[str, list[Any]]) -> None:
    slide = next(slide for slide in decks["ten-minutes"] if any(shape.name == "Map" for shape in slide.shapes))
    group = next(shape for shape in slide.shapes if shape.name == "Map")
    assert group.width.inches > 12
    circles = [
        shape for shape in group.shapes if shape._element.spPr.find(f"{qn('a:prstGeom')}[@prst='ellipse']") is not None
    ]
    words = [shape for shape in group.shapes if shape.name.startswith("Name:")]
    assert len(circles) > 3 and len(words) > 3
    for one, other in combinations(circles, 2):
        assert math.dist(middle_of(one), middle_of(other)) >= max(one.width, other.width) / 2
    for circle in circles:
        across, down = middle_of(circle)
        for word in words:
            nearest = (
                min(max(across, word.left), word.left + word.width),
                min(max(down, word.top), word.top + word.height),
            )
            assert math.dist((across, down), nearest) >= 0.9 * circle.width / 2, word.name


def middle_of(shape: Any) -> tuple[float, float]:
    return shape.left + shape.width / 2, shape.top + shape.height / 2


def test_the_table_of_origins_has_a_row_an_origin_and_a_column_a_stage(decks: dict[str, list[Any]]) -> None:
    slide = next(slide for slide in decks["ten-minutes"] if "by origin" in slide.shapes.title.text_frame.text)
    table = next(shape for shape in slide.shapes if shape.has_table).table
    rows = [[cell.text_frame.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["From", "Returned or disinterred", "Estimated to be inside", "Identified"]
    boxes = next(row for row in rows if row[0] == "55 boxes")
    assert boxes[1].startswith("55 boxes") and all(boxes)


def test_a_path_of_one_view_without_a_title_stays_one_slide() -> None:
    step = Step("panel=claims")
    alone = Presentation(io.BytesIO(deck_of_path(Path("", (step,)), BASE))).slides
    titled = Presentation(io.BytesIO(deck_of_path(Path("What was claimed", (step,)), BASE))).slides
    assert (len(alone), len(titled)) == (1, 3)
    assert titled[0].shapes.title.text_frame.text == "What was claimed"
