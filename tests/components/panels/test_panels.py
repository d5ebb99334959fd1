"""A panel that is kept is the panel that would be made anew, and a choice runs its own part of a page."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.testing.v1 import AppTest

from components.panels.catalogue import DRAWN, panel_of
from components.panels.summaries import _of_newest_count
from data.query.select import Selection, joint_recoveries
from data.query.views import LIST, VIEWS
from data.record.load import Library
from tests.conftest import PAGES
from tests.served import a_line, open_on_line, run_script


def test_every_view_has_one_drawing_and_every_drawing_a_view() -> None:
    assert set(DRAWN) == set(VIEWS) and len(VIEWS) == len(LIST)


def card_of(open_page: Callable[..., AppTest], row_ids: list[str]) -> str:
    app = open_page("sources-and-data", figure=";".join(row_ids))
    assert not app.exception
    return " ".join(part.proto.body for part in app.get("html"))


def test_the_card_of_a_sum_opens_where_its_operations_come_from_one_source(
    library: Library, open_page: Callable[..., AppTest]
) -> None:
    added = joint_recoveries(library, Selection("recovery-map")).groupby("source_id").head(2).head(2)
    assert added["source_id"].nunique() == 1
    text = card_of(open_page, list(added["op_id"]))
    assert f"{added['value'].sum()} sets of remains (computed)" in text
    assert all(f"figure={row_id}" in text for row_id in added["op_id"])


def test_a_card_lists_operations_that_count_different_things_without_a_sum(open_page: Callable[..., AppTest]) -> None:
    text = card_of(open_page, ["BRO-001", "BRO-002"])
    assert "more than 4,000 sets of remains" in text and "208 boxes" in text
    assert "they count different things: sets of remains and boxes." in text
    assert "4,208" not in text and "remains (computed)" not in text


@pytest.mark.slow
@pytest.mark.parametrize("view", LIST, ids=lambda view: view.key)
def test_the_same_choices_give_the_panel_that_was_kept_and_other_choices_another(
    library: Library, view: object
) -> None:
    first = panel_of(view.key, library, Selection(view.page, {}))
    assert panel_of(view.key, library, Selection(view.page, {"unknown": "to the view"})) is first
    assert panel_of(view.key, library, Selection(view.page, {"asof": "2012-07-03"})) is not first
    other = replace(library, digest="another")
    assert panel_of(view.key, other, Selection(view.page, {})).library is other


def test_a_choice_runs_its_part_of_the_page_and_leaves_the_rest_alone(server: str) -> None:
    with a_line(server) as line:
        whole = open_on_line(line, "counts-over-time")
        lists = [said.delta for said in whole if said.delta.new_element.button_group.label == "Wording in the source"]
        begun = next(said.new_session for said in whole if said.HasField("new_session"))
        asked = BackMsg()
        asked.rerun_script.page_script_hash = begun.page_script_hash
        asked.rerun_script.fragment_id = lists[0].fragment_id
        state = asked.rerun_script.widget_states.widgets.add(id=lists[0].new_element.button_group.id)
        state.string_array_value.data.append("exact")
        part = run_script(line, asked)
    told, told_first = (str(messages) for messages in (part, whole))
    assert re.search(r"Showing \d+ of \d+ figures: .*exact", told)
    for elsewhere in ("page-head", "by home state", "Data API"):
        assert elsewhere in told_first and elsewhere not in told
    assert len(part) < len(whole)


def test_a_clock_before_the_newest_count_is_told_and_no_age_is_made_of_it(library: Library) -> None:
    sentence = _of_newest_count(library, date(2012, 1, 1))
    assert "this server is on a day before this count" in sentence and " old" not in sentence
    assert " old." in _of_newest_count(library, date(2036, 2, 29))


LOOKS_INTO_TABLES = ("_getitem_bool_array", "to_dict", "set_index", "assign", "sort_values", "groupby", "itertuples")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_that_was_opened_before_is_sent_without_a_look_into_the_tables(
    open_page: Callable[..., AppTest], path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_page(path)
    looks: list[str] = []

    def noted(name: str, look: Callable[..., Any]) -> Callable[..., Any]:
        return lambda frame, *args, **named: looks.append(name) or look(frame, *args, **named)

    for name in LOOKS_INTO_TABLES:
        monkeypatch.setattr(pd.DataFrame, name, noted(name, getattr(pd.DataFrame, name)))
    assert not open_page(path).exception and looks == []
