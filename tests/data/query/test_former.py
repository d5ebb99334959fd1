"""An address that worked yesterday works today: ids that were merged and words that were renamed."""

from collections.abc import Callable
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qsl, urlencode
from urllib.request import HTTPRedirectHandler, build_opener

import pytest
from streamlit.testing.v1 import AppTest

from components.server.former_addresses import location_today
from data.files.described import row_document
from data.own_figures.read import read_own
from data.query import former
from data.query.address import read_address, read_page
from data.query.params import options_of, parameter_named
from data.query.path import Step
from data.query.rows import find_row
from data.record.load import Library
from tests.components.server.test_address import ask

Open = Callable[..., AppTest]


class StayHere(HTTPRedirectHandler):
    """Follows no redirect, so that a test sees it."""

    def redirect_request(self, *args: Any) -> None:
        return None


def test_every_former_id_answers_with_the_row_it_was_merged_into(library: Library) -> None:
    frame = library["former_ids"]
    assert len(frame) >= 60
    for row in frame.to_dict("records"):
        found = find_row(library, row["former_id"])
        assert found and found.table == row["table"]
        assert next(iter(found.row.values())) == row["current_id"]
        document = row_document(library, row["table"], row["former_id"], "http://localhost")
        assert document and next(iter(document["row"].values())) == row["current_id"]


def test_rows_of_every_table_answer_at_their_own_address(library: Library) -> None:
    for table, frame in library.tables.items():
        for row_id in {frame.iloc[at, 0] for at in (0, len(frame) // 2, -1)}:
            document = row_document(library, table, row_id, "http://localhost")
            assert document and next(iter(document["row"].values())) == row_id, (table, row_id)


def test_no_former_id_is_an_id_of_today_and_none_leads_to_another_former_one(library: Library) -> None:
    former_ids = set(library["former_ids"]["former_id"])
    for name in ("sources", "places"):
        assert not former_ids & set(library[name].iloc[:, 0])
    assert not former_ids & set(library["former_ids"]["current_id"])


def test_a_former_id_opens_its_card_on_the_page(open_page: Open, library: Library) -> None:
    row = library["former_ids"].iloc[0]
    app = open_page("sources-and-data", figure=row["former_id"])
    text = " ".join(element.proto.body for element in app.get("html"))
    title = library["sources"].set_index("source_id").at[row["current_id"], "title"]
    assert not app.exception and "card-number" in text and title[:30] in text


@pytest.mark.parametrize("choice", former.OF_CHOICES)
def test_every_former_word_of_a_choice_is_read_as_the_word_of_today(library: Library, choice: str) -> None:
    for old, new in former.OF_CHOICES[choice].items():
        assert new in options_of(parameter_named(choice), library) and old not in options_of(
            parameter_named(choice), library
        )
        assert former.current_words(choice, [old, "untouched"]) == [new, "untouched"]


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("figures", {"panel": "claims", "hedge": "more_than"}, {"panel": "claims", "hedge": "more than"}),
        (
            "figures",
            {"panel": "unaccounted-for", "mark": "stale, outlying or in conflict"},
            {"panel": "unaccounted-for", "mark": "outdated or conflicting"},
        ),
        ("events", {"lane": "law and organisations"}, {"lane": "law and organizations"}),
    ],
)
def test_an_older_data_address_and_an_older_step_of_a_path_name_the_same_rows(
    table: str, old: dict[str, str], new: dict[str, str]
) -> None:
    before, after = read_address(table, old.items()), read_address(table, new.items())
    assert before.selection == after.selection
    assert Step(urlencode(old if "panel" in old else {"table": table, **old})).read().selection == after.selection


def test_an_older_data_address_is_answered_with_the_bytes_of_the_newer(server: str) -> None:
    old, new = (ask(server, f"figures.csv?panel=claims&hedge={word}") for word in ("more_than", "more+than"))
    assert old.status == new.status == 200 and old.body == new.body and b"more than" in new.body


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("/prisoners-of-war?hedge=more_than", "/prisoners-of-war?hedge=more+than"),
        (
            "/counts-over-time?mark=counts&mark=stale%2C+outlying+or+in+conflict&asof=2012-07-03",
            "/counts-over-time?mark=counts&mark=outdated+or+conflicting&asof=2012-07-03",
        ),
        ("/mission-timeline?lane=law+and+organisations&q=", "/mission-timeline?lane=law+and+organizations&q="),
    ],
)
def test_a_page_at_an_older_address_is_sent_to_the_one_of_today(server: str, older: str, newer: str) -> None:
    with pytest.raises(HTTPError) as sent:
        build_opener(StayHere).open(server + older)
    assert (sent.value.code, sent.value.headers["location"]) == (308, newer)
    assert build_opener(StayHere).open(server + newer).status == 200


def test_a_page_that_is_reached_at_an_older_address_shows_what_it_asks_for(open_page: Open) -> None:
    app = open_page("prisoners-of-war", hedge="more_than")
    assert not app.exception and app.pills(key="hedge").value == ["more than"]
    assert read_page("prisoners-of-war", [("hedge", "more_than")])[1].values["hedge"] == ("more than",)


def test_own_figures_in_the_words_of_an_older_template_are_taken(library: Library) -> None:
    rows = [
        "series_id,date,value,qualifier,unit,as_printed,attributed_to,locator,published",
        'unaccounted_for_total,2026-03-01,7400,more_than,persons,"more than 7,400",An agency,Page 2,2026-03-02',
    ]
    own = read_own("\r\n".join(rows).encode("utf-8"), "older.csv", library)
    assert own.frame.iloc[0][["qualifier", "unit"]].tolist() == ["more than", "people"]


LAYERS_AND_QUESTIONS = [
    ("layer=places&layer=operations", "Where recovered"),
    ("layer=operations", "Where recovered"),
    ("layer=places&layer=operations&layer=estimates", "Where believed buried"),
    ("layer=places", "Camps and handovers"),
    ("layer=operations&layer=routes", "Routes"),
    ("layer=", "Where recovered"),
    ("layer=Routes", "Routes"),
]


@pytest.mark.parametrize(("query", "question"), LAYERS_AND_QUESTIONS)
def test_an_address_with_the_layers_of_old_asks_the_question_of_the_last(query: str, question: str) -> None:
    pairs = parse_qsl(query, keep_blank_values=True)
    _, selection = read_page("recovery-map", pairs)
    assert selection.values["layer"] == question
    request = read_address("places", [("panel", "map"), ("view", "peninsula"), *pairs])
    assert (
        request.selection.get("layer", request.library) == question and request.selection.values["view"] == "peninsula"
    )


def test_a_page_with_several_layers_is_sent_to_one_question() -> None:
    scope = {"path": "/recovery-map", "query_string": b"layer=places&layer=operations&view=East+Asia"}
    assert location_today(scope) == "/recovery-map?layer=Where+recovered&view=East+Asia"
    assert location_today({**scope, "query_string": b"layer=Where+recovered&view=whole"}) == ""
