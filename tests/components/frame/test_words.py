"""Are the words that a reader meets those of a plain-language editor, without codes, ids and the words that were given up?

Read is every page on two days, every card, the dialogs, all charts and maps with their tooltips and legends, the copies for
print, the screens of a presentation, the slides and the messages. Sentences that the tables quote are the record's; those of our own are read in the code.
"""

import ast
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator

import pytest
from pptx import Presentation
from streamlit.testing.v1 import AppTest

from components.exports.one_page import one_file
from components.exports.print_view import print_copy
from components.exports.slides.deck import deck_of_path
from components.frame import presenter
from components.frame.presenter import Scene, scene_of_path
from components.navigation import PAGES, Page
from components.panels import card, elements
from components.panels.catalogue import panel_of
from components.panels.findings import finding_of
from components.panels.panel import Panel
from data.files.extract import Extract, fields_in_files
from data.own_figures.check import OwnFileBroken
from data.own_figures.read import read_own, template
from data.query.address import Refusal, read_address
from data.query.names import name_of_row, with_names
from data.query.params import options_of, parameter_named
from data.query.path import Path, Step, encode_path
from data.query.readable import cell_in_words, frame_in_words
from data.query.rows import tables_with_ids
from data.query.select import Selection
from data.query.views import LIST, VIEWS
from data.record.load import Library, load_library
from data.record.wording import without_pointers
from tests.components.frame.words import Recorder, plain, words_of_deck, words_of_figure, words_of_page
from tests.served import ROOT

Open = Callable[..., AppTest]
URL = re.compile(r"https?://\S+|\bwww\.\S+|\S+@\S+|/data/v1/\S*")
CODE = re.compile(r"\b[A-Za-z]+_\w+\b|\bNone\b(?! [a-z])|\bnan\b|\bNaN\b|<NA>")
LIKE_AN_ID = re.compile(r"[\w-]*[\d_-][\w-]*")
# Words that were given up for better ones, as they stood on pages.
GIVEN_UP = (
    "As published by / today",
    "All sources, today",
    "each number with the hedge it was printed with",
    "Who says so",
    "Placed nowhere",
    "What else can be asked",
    "cautions on what is shown here",
    "shown here: cards and table",
    "Download, cite, present",
    "Take it away",
    "How it was printed",
    "stale, outlying",
    "none is drawn",
    "is as wide as its date is uncertain",
    "Nothing is averaged and none is chosen",
    "Open the card of a row",
    "brought yet",
    "was not taken",
    "at addresses for scripts",
    "asks for at least 200",
    "by the pointer",
)
# Words that no sentence of our own has; what we quote may have them.
NOT_OURS = re.compile(
    r"\b(told|tells|persons|(?<!the header )stands|taken away|asked for|asks for|who says so|by the pointer|colour)\b",
    re.I,
)
STEPS = Path("Some views", tuple(Step(f"panel={key}") for key in ("headlines", "by-area", "money", "all-operations")))
DAYS = ("", "2012-07-03")
# Choices by which a drawing has other marks and words; where a map is opened moves it and no more.
CHOICES_OF_DRAWINGS = {"layer", "preset", "origin", "disagreement", "period"}
STEMS = ("components", "pages", "data/query", "data/own_figures", "data/files", "data/record")


def assert_plain(texts: Iterable[str], row_ids: set[str], codes: Iterable[str] = ()) -> None:
    """Fails with every code, id and word given up that the texts hold, each with the words around it."""
    found: dict[str, str] = {}
    for text in {URL.sub(" ", text) for text in texts}:
        hits = [hit for hit in CODE.finditer(text) if hit[0] not in codes]
        hits += [hit for hit in LIKE_AN_ID.finditer(text) if hit[0] in row_ids]
        found |= {hit[0]: text[max(0, hit.start() - 60) : hit.end() + 60] for hit in hits}
        found |= {words: text[:120] for words in GIVEN_UP if words.lower() in text.lower()}
    assert found == {}


@pytest.fixture(scope="module")
def row_ids(library: Library) -> set[str]:
    return {row_id for table in tables_with_ids(library) for row_id in library[table].iloc[:, 0]}


@pytest.fixture(scope="module")
def column_names(library: Library) -> set[str]:
    """Names of columns, which stand where the columns of a file are explained and nowhere else."""
    return {field["name"] for table in library.tables for field in fields_in_files(library, table)}


@pytest.fixture(scope="module")
def panels(library: Library) -> dict[str, Panel]:
    """Each view as it is opened."""
    return {view.key: panel_of(view.key, library, Selection(view.page, {})) for view in LIST}


@pytest.mark.slow
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("path", [page.path for page in PAGES])
def test_no_word_on_a_page_is_a_code_or_an_id_or_was_given_up(
    opened_page: Open, row_ids: set[str], column_names: set[str], path: str, day: str
) -> None:
    app = opened_page(path, **({"asof": day} if day else {}))
    texts = [text for text in words_of_page(app) if text.strip()]
    assert len(texts) > 10
    assert_plain(texts, row_ids, column_names if path == "sources-and-data" else ())
    assert all(grid.proto.placeholder == "" and grid.proto.HasField("placeholder") for grid in app.dataframe)


@pytest.mark.slow
def test_each_card_is_in_words(library: Library, row_ids: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = Recorder()
    for module in (card, elements):
        monkeypatch.setattr(module, "st", recorder)
    monkeypatch.setattr(card.elements, "host", lambda: "http://localhost")
    monkeypatch.setattr(card.cite, "reference_of_row", lambda *of: None)
    monkeypatch.setattr(card.download_dialog, "citations", lambda references: None)
    for table in tables_with_ids(library):
        for row_id in library[table].iloc[:, 0]:
            card.show_card(library, str(row_id))
    assert len(recorder.texts) > 10_000
    assert_plain(recorder.texts, row_ids)


def selections(library: Library) -> Iterator[tuple[str, Selection]]:
    """Each view with each value of what gives it other marks, one at a time. Copies for print have the flat maps."""
    for view in LIST:
        for name in {*view.subject, *view.looks, *view.choices} & CHOICES_OF_DRAWINGS:
            for option in options_of(parameter_named(name), library):
                yield view.key, Selection(view.page, {name: option})


@pytest.mark.slow
def test_each_chart_and_map_has_legends_and_tooltips_in_words(
    library: Library, panels: dict[str, Panel], row_ids: set[str]
) -> None:
    texts = []
    for panel in [*panels.values(), *(panel_of(key, library, chosen) for key, chosen in selections(library))]:
        drawn = panel.drawn
        texts += [panel.title, panel.showing, drawn.summary, drawn.note, drawn.hint, panel.alt, *plain(drawn.rail)]
        texts += [*plain(drawn.html), *panel.labels.values()]
        for figure in (drawn.figure, drawn.narrow() if drawn.narrow else None):
            texts += words_of_figure(json.loads(str(figure.to_json()))) if figure is not None else []
        texts += words_of_deck(json.loads(drawn.deck.to_json()), str(drawn.deck._tooltip)) if drawn.deck else []
    assert_plain(texts, row_ids)


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_copy_for_print_has_ids_in_its_technical_lines_alone(page: Page, row_ids: set[str]) -> None:
    copy = print_copy(page, (("path", encode_path(STEPS)),) if page.path == "path" else ())
    assert len(copy) > 1000
    assert_plain(plain(copy), row_ids)


@pytest.mark.slow
def test_each_screen_of_a_presentation_is_in_words(
    panels: dict[str, Panel], row_ids: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Title, sentence, table, source and buttons; charts and maps are read where they are drawn."""
    recorder = Recorder()
    monkeypatch.setattr(presenter, "st", recorder)
    monkeypatch.setattr(presenter, "enlarged", lambda figure, factor: figure)
    monkeypatch.setattr(presenter, "ChartPayload", lambda figure, has_legend=True: figure)
    monkeypatch.setattr(presenter.own_figures, "overlay_of", lambda panel: None)
    scenes = [Scene(panel, finding_of(panel) or panel.title) for panel in panels.values()]
    scenes += [scene_of_path(STEPS, 0), scene_of_path(Path("No view", ()), 0)]
    for at, scene in enumerate(scenes):
        presenter.show_scene(scene, at, len(scenes), lambda at: None)
    assert len(recorder.texts) > 5 * len(scenes)
    assert_plain(recorder.texts, row_ids)


@pytest.mark.slow
def test_slides_have_no_codes(row_ids: set[str]) -> None:
    slides = Presentation(io.BytesIO(deck_of_path(STEPS, "http://localhost", lambda count: None))).slides
    frames = [shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame]
    tables = [shape.table for slide in slides for shape in slide.shapes if shape.has_table]
    cells = [cell.text for table in tables for row in table.rows for cell in row.cells]
    assert len(frames) > 20
    assert_plain([*frames, *cells], row_ids)


@pytest.mark.slow
def test_a_view_as_one_page_has_no_codes(library: Library, row_ids: set[str]) -> None:
    for key in ("by-origin", "believed-to-lie", "all-operations"):
        view = VIEWS[key]
        html = one_file(Extract(view, library, Selection(view.page, {}))).decode()
        assert_plain(plain(re.sub(r"<script.*?</script>", " ", html, flags=re.S)), row_ids)


@pytest.mark.slow
def test_the_dialogs_are_in_words(open_page: Open, row_ids: set[str]) -> None:
    app = open_page("prisoners-of-war")
    for key in ("share-page", "claims-take"):
        app.button(key=key).click().run()
        assert_plain(words_of_page(app), row_ids)


WRONG_ADDRESSES = (
    ("no_table", []),
    ("figures", [("no_parameter", "1")]),
    ("figures", [("panel", "no_panel")]),
    ("burial_estimates", [("panel", "headlines")]),
    ("figures", [("panel", "by-origin")]),
    ("events", [("mark", "counts")]),
    ("events", [("years", "1900")]),
    ("events", [("asof", "2012-13-40")]),
)
BAD_FILES = (
    b"",
    b"PK\x03\x04",
    b"<html>",
    b"a;b\n1;2",
    b"\xff\xfe",
    b"figure_id,figure_id\n1,2\n",
    b"nothing,at all\n1,2\n",
    b'a,b\n"1,2\n',
)


@pytest.mark.parametrize(("table", "pairs"), WRONG_ADDRESSES)
def test_the_answer_to_a_wrong_address_names_in_quotation_marks_what_was_asked(
    row_ids: set[str], table: str, pairs: list[tuple[str, str]]
) -> None:
    with pytest.raises(Refusal) as refused:
        read_address(table, pairs)
    assert_plain([re.sub("“.*?”", "", refused.value.sentence)], row_ids)


def bad_files() -> Iterator[bytes]:
    yield from BAD_FILES
    header = template(load_library()).decode("utf-8-sig").splitlines()[0]
    yield f"{header}\n{','.join('x' for _ in header.split(','))}\n".encode()


@pytest.mark.parametrize("content", list(bad_files()))
def test_what_is_wrong_with_a_file_names_its_columns_and_no_other_code(
    library: Library, row_ids: set[str], column_names: set[str], content: bytes
) -> None:
    with pytest.raises(OwnFileBroken) as broken:
        read_own(content, "mine.csv", library)
    sentences = [re.sub("“.*?”", "", sentence) for sentence in broken.value.sentences]
    assert_plain(sentences, row_ids, column_names)


def sentences_in(source: str) -> Iterator[str]:
    """The texts of several words in a module that a reader may meet: all but its docstrings."""
    tree = ast.parse(source)
    with_docstring = (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    nodes = [node for node in ast.walk(tree) if isinstance(node, with_docstring) and ast.get_docstring(node)]
    docstrings = {id(node.body[0].value) for node in nodes if isinstance(node.body[0], ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield from [node.value] if " " in node.value.strip() else []


@pytest.mark.parametrize("folder", STEMS)
def test_no_sentence_of_our_own_has_a_word_that_a_plain_language_editor_would_strike(folder: str) -> None:
    files = sorted((ROOT / folder).rglob("*.py"))
    assert files
    texts = [(file.name, text) for file in files for text in sentences_in(file.read_text(encoding="utf-8"))]
    assert [(name, text[:200]) for name, text in texts if NOT_OURS.search(text)] == []


def test_a_row_has_a_name_and_a_note_is_read_without_ids(library: Library) -> None:
    assert name_of_row(library, "BRF-002") == "approximately 5,500 people"
    assert name_of_row(library, "brief-2012").startswith("American POW/MIAs")
    computed = "Computed from “approximately 7,954 people, as of 28 June 2012”."
    assert with_names(library, "Computed from BRF-001 (see FIG-443).") == computed
    assert without_pointers("Another unit (FIG-290, T2-FIG-077).") == "Another unit."
    assert without_pointers("Computed from BRF-001, T2-FIG-110.") == "Computed; its card names the parts."


def test_a_cell_is_read_with_names_days_and_commas_and_an_empty_one_is_empty(library: Library) -> None:
    fields = {field["name"]: field for field in library.fields("operations")}
    assert cell_in_words(library, fields["place_id"], "PRK") == "North Korea"
    assert cell_in_words(library, fields["start"], "2001-10") == "October 2001"
    assert cell_in_words(library, fields["value"], 4167) == "4,167"
    assert cell_in_words(library, fields["low"], None) == ""


def test_a_frame_in_words_keeps_its_rows_and_the_ids_of_its_own_rows(library: Library) -> None:
    events = library["events"]
    words = frame_in_words(library, library.fields("events"), events)
    assert list(words["event_id"]) == list(events["event_id"])
    assert not set(words["source_id"]) & set(library["sources"]["source_id"])
