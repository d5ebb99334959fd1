"""A path of views lives in an address and in a file, whole or not at all; presenting it changes no choice."""

import base64
import html
import random
import zlib
from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from components.charts.enlarge import enlarged
from components.charts.hedged_rows import hedged_rows
from components.charts.timeline import NO_TITLE
from components.frame.presenter import ENLARGEMENT
from components.panels.catalogue import panel_of
from data.query.path import (
    MOST_STEPS,
    READY,
    READY_BY_NAME,
    Path,
    PathBroken,
    Step,
    decode_path,
    encode_path,
    from_file,
    names_a_view,
    step_of,
    to_file,
)
from data.query.ready import READY_PATHS
from data.query.select import Selection, rows_of
from data.query.views import LIST, VIEWS, rows_shown
from data.record.load import Library
from tests.choices import random_choices

Open = Callable[..., AppTest]
WORDS = Path(
    "Æ “title” & <b>", (Step("panel=claims", "조선 = +1", 'line\nline; "q" \' \\ \u202e'), Step("table=sources&q=1992"))
)


def test_a_path_comes_back_from_its_address_and_its_file_as_it_was() -> None:
    for path in (READY, WORDS, Path(), Path("only a title")):
        assert decode_path(encode_path(path)) == path
        assert from_file(to_file(path)) == path


def test_ready_presentations_are_named_in_their_addresses_and_their_pictures_are_steps_of_theirs() -> None:
    assert list(READY_BY_NAME) == ["ten-minutes", "since-2018", "brief-and-today"]
    for name, path in READY_BY_NAME.items():
        assert encode_path(path) == name and decode_path(name) == path
        assert 0 <= READY_PATHS[name].picture < len(path.steps) and all(names_a_view(step) for step in path.steps)


def test_a_presentation_without_words_of_its_own_is_named_by_its_views_and_fits_a_text_message() -> None:
    queries = ("panel=headlines", "panel=by-origin&origin=55+boxes", "panel=map&layer=Where+believed+buried")
    path = Path("", tuple(Step(query) for query in queries))
    text = encode_path(path)
    assert text == "headlines.by-origin~origin=55+boxes.map~layer=Where+believed+buried"
    assert decode_path(text) == path
    assert len(text) < 160
    assert encode_path(path.renamed(0, "", "a note")) != text


@pytest.mark.slow
def test_every_choice_of_a_view_comes_back_from_the_short_address(library: Library) -> None:
    for view, selection in random_choices(library, 120, seed=9):
        path = Path("", (step_of(view, selection, library), Step("panel=headlines")))
        assert decode_path(encode_path(path)) == path, (view.key, selection.values)


def test_each_step_of_the_ready_path_shows_rows_and_has_words_for_the_speaker(library: Library) -> None:
    for step in [step for path in READY_BY_NAME.values() for step in path.steps]:
        asked = step.read()
        assert len(rows_shown(asked.view, asked.library, asked.selection)) and step.note, step.query


@pytest.mark.slow
def test_a_step_keeps_every_choice_of_its_view(library: Library) -> None:
    for view, selection in random_choices(library, 120, seed=5):
        asked = step_of(view, selection, library).read()
        day = Selection(view.page, {name: selection.values.get(name) for name in ("asof", "source")})
        assert asked.view.key == view.key
        assert asked.selection.get("asof", library) == (day.values["asof"] or "")
        pd.testing.assert_frame_equal(
            rows_shown(asked.view, asked.library, asked.selection), rows_shown(view, asked.library, selection)
        )


def test_a_step_of_the_map_keeps_its_view_and_its_layers(library: Library) -> None:
    chosen = Selection("recovery-map", {"view": "peninsula", "layer": "Routes"})
    asked = step_of(VIEWS["map"], chosen, library).read()
    assert asked.selection.values["view"] == "peninsula" and asked.selection.values["layer"] == "Routes"


def test_steps_are_moved_renamed_and_removed_and_ends_hold() -> None:
    path = Path("t", tuple(Step(f"panel={view.key}") for view in LIST[:3]))
    first, second, third = path.steps
    assert path.moved(0, 1).steps == (second, first, third) and path.moved(2, -1).steps == (first, third, second)
    assert path.moved(0, -1) == path and path.moved(2, 1) == path and path.moved(9, 1) == path
    assert path.without(1).steps == (first, third)
    assert path.renamed(1, "a", "b").steps[1] == Step(second.query, "a", "b")
    full = Path("t", (first,) * MOST_STEPS)
    assert full.with_step(second) == full


BROKEN = [
    "",
    "x",
    "AAAA",
    "!!!!",
    encode_path(READY)[:-9],
    encode_path(READY) + "AAAA",
    encode_path(READY)[40:],
    "a" * 5_000,
    "\u00e9",
]


@pytest.mark.parametrize("text", BROKEN)
def test_a_text_that_is_no_path_is_said_in_a_sentence(text: str) -> None:
    with pytest.raises(PathBroken, match=r"path"):
        decode_path(text)


def test_a_character_that_no_page_or_file_could_hold_is_a_space_in_the_words_of_a_path() -> None:
    packer = zlib.compressobj(9, wbits=-15)
    packed = packer.compress(rb'["a\ud800b", ["panel=claims\u0000", "c\u0001d", "e\u000bf\uffff"]]') + packer.flush()
    path = decode_path(base64.urlsafe_b64encode(packed).rstrip(b"=").decode())
    assert path == Path("a b", (Step("panel=claims ", "c d", "e f "),))
    assert from_file(to_file(path)) == path


def test_random_texts_are_paths_or_refused_and_nothing_else() -> None:
    dice = random.Random(3)
    good = encode_path(WORDS)
    for _ in range(2_000):
        at, sign = dice.randrange(len(good)), dice.choice("abcXYZ019-_=%")
        try:
            decode_path(good[:at] + sign + good[at + dice.randint(0, 2) :])
        except PathBroken as broken:
            assert str(broken).endswith(".")


def test_a_path_that_would_unpack_without_end_is_refused() -> None:
    packer = zlib.compressobj(9, wbits=-15)
    bomb = packer.compress(b'["' + b"a" * 50_000_000) + packer.flush()
    with pytest.raises(PathBroken):
        decode_path(base64.urlsafe_b64encode(bomb).decode())


@pytest.mark.parametrize(
    "made",
    [b"", b"{}", b"[]", b"\xff\xfe", b'{"steps": 1}', b'{"steps": [1]}', b'{"steps": [{"query": 1}]}', b"[" * 5_000],
)
def test_a_file_that_holds_no_path_is_said_in_a_sentence(made: bytes) -> None:
    with pytest.raises(PathBroken, match=r"path"):
        from_file(made)


def sizes_of(figure: object) -> list[float]:
    """Sizes of all type in a figure."""
    found: list[float] = []

    def walk(cell: object, name: str) -> None:
        if isinstance(cell, dict):
            for inner, value in cell.items():
                walk(value, f"{name}.{inner}")
        elif isinstance(cell, list | tuple):
            for value in cell:
                walk(value, name)
        elif name.endswith("font.size") and "hoverlabel" not in name and isinstance(cell, int | float):
            found.append(float(cell))

    walk(figure.to_plotly_json(), "")  # type: ignore[attr-defined]
    return found


# Marks that stand for an event without its title are thin on purpose, and lead to a card.
TICKS = {NO_TITLE, "claimed", "planned", "fell through"}


@pytest.mark.parametrize("view", [view for view in LIST if view.key != "headlines"], ids=lambda view: view.key)
def test_nothing_on_the_screen_of_a_room_is_smaller_than_it_can_be_read(library: Library, view: object) -> None:
    chosen = Selection(view.page, {"disagreement": "DIS-03"})  # type: ignore[attr-defined]
    panel = panel_of(view.key, library, chosen)  # type: ignore[attr-defined]
    figure = panel.drawn.flat("stage", is_bare=True) if panel.drawn.flat else panel.drawn.figure
    if figure is None:
        assert not panel.is_drawn
        return
    large = enlarged(figure, ENLARGEMENT)
    assert min(sizes_of(large)) >= 18
    assert len(large.data) == len(figure.data)
    for was, now in zip(figure.data, large.data, strict=True):
        assert was.x is now.x or list(was.x) == list(now.x)
        size = now.marker.size if now.type == "scatter" and "markers" in (now.mode or "") else None
        if isinstance(size, int | float) and now.marker.sizeref is None and not panel.drawn.flat:
            assert size >= (10 if now.name not in TICKS else 5)


def test_scaling_leaves_the_figure_that_it_is_given_as_it_was(library: Library) -> None:
    figure = hedged_rows(panel_of("claims", library, Selection("prisoners-of-war")).frame)
    before = figure.to_json()
    assert enlarged(figure, 2).layout.height == 2 * figure.layout.height
    assert figure.to_json() == before


def asked(app: AppTest, name: str) -> str:
    """What the address says of one parameter, said once."""
    found = app.query_params[name]
    return found[0] if isinstance(found, list) else found


def text_of(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html"))


def test_presenting_a_page_keeps_its_choices_and_shows_one_panel(open_page: Open, library: Library) -> None:
    app = open_page("prisoners-of-war", present="1", panel="claims", hedge="more than", asof="2012-07-03")
    assert not app.exception
    assert app.pills(key="hedge").value == ["more than"] and app.date_input(key="asof").value == date(2012, 7, 3)
    text = text_of(app)
    assert "Claims about men who did not return" in text and "Chosen: as published by 3 July 2012; more than" in text
    assert "2 of 3" in text and "Source: National Committee on North Korea" in text and "data version" in text
    assert not app.get("plotly_chart") and 'class="claims"' in text
    app.button(key="stage-back").click().run()
    assert asked(app, "panel") == "prisoner-totals" and asked(app, "hedge") == "more than"
    assert len(app.get("plotly_chart")) == 1
    app.button(key="stage-leave").click().run()
    assert "present" not in app.query_params and asked(app, "hedge") == "more than"
    assert app.pills(key="hedge").value == ["more than"]
    assert len(app.get("plotly_chart")) == 3


@pytest.mark.slow
@pytest.mark.parametrize("view", LIST, ids=lambda view: view.key)
def test_every_panel_can_be_presented_with_source_and_day(open_page: Open, library: Library, view: object) -> None:
    app = open_page(view.page, present="1", panel=view.key)  # type: ignore[attr-defined]
    assert not app.exception
    text = text_of(app)
    assert "stage-title" in text and "data version" in text and "Rows" in text
    assert "source_id" not in rows_of(library, view.table) or "Source" in text  # type: ignore[attr-defined]


def test_each_step_of_a_path_opens_at_its_own_address(open_page: Open) -> None:
    for number in (1, 7, len(READY.steps)):
        app = open_page("path", present="1", path=encode_path(READY), step=str(number))
        assert not app.exception
        assert f"{number} of {len(READY.steps)}" in text_of(app)


@pytest.mark.parametrize("step", ["0", "99", "abc", "-1", ""])
def test_a_step_that_is_not_there_opens_the_nearest(open_page: Open, step: str) -> None:
    app = open_page("path", present="1", path=encode_path(READY), step=step)
    assert not app.exception
    assert f" of {len(READY.steps)}" in text_of(app)


def test_a_step_whose_view_is_gone_is_a_sentence(open_page: Open) -> None:
    path = Path("t", (Step("panel=no-such-panel"), Step("panel=claims&hedge=about"), Step("")))
    app = open_page("path", path=encode_path(path))
    assert not app.exception and text_of(app).count("Remove this step, or keep the view anew") == 3
    shown = open_page("path", present="1", path=encode_path(path), step="2")
    assert not shown.exception and "This step cannot be shown" in text_of(shown)


def test_a_broken_path_in_the_address_is_said(open_page: Open) -> None:
    app = open_page("path", path="broken")
    assert not app.exception and any("cannot be read" in text.value for text in app.text)


def test_a_path_is_built_ordered_named_and_emptied(open_page: Open) -> None:
    app = open_page("path")
    app.button(key="ready-open-ten-minutes").click().run()
    assert asked(app, "path") == encode_path(READY)
    app.button(key="step-down-0").click().run()
    assert decode_path(asked(app, "path")) == READY.moved(0, 1)
    app.text_input(key="step-note-0").set_value("my own words").run()
    app.text_input(key="path-title").set_value("Mine").run()
    told = decode_path(asked(app, "path"))
    assert (told.title, told.steps[0].note) == ("Mine", "my own words")
    app.button(key="step-remove-0").click().run()
    assert len(decode_path(asked(app, "path")).steps) == len(READY.steps) - 1
    app.button(key="path-empty").click().run()
    assert "path" not in app.query_params and not app.exception


def test_the_slides_of_a_path_are_made_on_demand_and_go_when_it_changes(open_page: Open) -> None:
    short = Path("short", READY.steps[2:4])
    app = open_page("path", path=encode_path(short))
    assert not app.get("download_button")[1:]
    app.button(key="path-slides").click().run()
    assert not app.exception and len(app.get("download_button")) == 2
    of, made = app.session_state["deck_of_path"]
    assert of == encode_path(short) and made[:2] == b"PK"
    app.button(key="step-down-0").click().run()
    assert len(app.get("download_button")) == 1


def test_a_path_with_a_view_that_is_gone_makes_no_slides(open_page: Open) -> None:
    app = open_page("path", path=encode_path(Path("t", (Step("panel=no-such-panel"),))))
    assert app.button(key="path-slides").disabled


def test_a_panel_is_kept_with_its_choices(open_page: Open) -> None:
    app = open_page("mission-timeline", lane="talks", asof="2012-07-03")
    app.button(key="timeline-panel-take").click().run()
    app.button(key="take-keep").click().run()
    kept = app.session_state["kept_path"]
    assert kept.steps[0].query == "panel=timeline-panel&asof=2012-07-03&lane=talks&preset=all"


def test_the_notes_have_a_window_of_their_own_with_every_step_and_no_drawing(open_page: Open) -> None:
    app = open_page("path", path="since-2018", notes="1")
    assert not app.exception
    text = text_of(app)
    for number, step in enumerate(READY_BY_NAME["since-2018"].steps, 1):
        assert f'data-step="{number}"' in text and html.escape(step.note) in text
    assert not app.get("plotly_chart") and not [
        one for one in app.button if str(one.key).startswith(("step-", "path-"))
    ]
