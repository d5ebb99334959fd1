"""The answer to a page's address says what the live page says: title, words, figures, choices and drawings, one by one."""

import json
import random
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from typing import Any
from urllib.parse import urlencode

import brotli
import pytest
from lxml import etree, html

from components.exports.first_view.tree import Node, SentPage, page_of
from components.navigation import PAGES
from components.static.pieces import split_lines
from data.query.address import query_of
from data.record.load import Library
from tests.choices import random_choices
from tests.served import a_line, open_on_line, spoken

MARKUP = re.compile(r"<style.*?</style>|<script.*?</script>|<[^>]+>", re.DOTALL)
MOST_BYTES = 60_000
PATHS = [page.path for page in PAGES]
SITE = "Korean War accounting"


def first_view(server: str, path: str, query: str = "") -> Any:
    """The document that the address of a page answers with, as a tree."""
    answer = spoken(server, "GET", f"/{path}?{query}")
    assert answer.status == 200, (path, query)
    return html.document_fromstring(answer.text)


def letters_of(text: str) -> str:
    """A text without markup and without what is between its words."""
    return re.sub(r"\s+", "", unescape(MARKUP.sub("", text)))


def letters_in(tree: Any) -> str:
    etree.strip_elements(tree, "style", "script", with_tail=False)
    return re.sub(r"\s+", "", tree.text_content())


def live_page(server: str, path: str, query: str = "") -> SentPage:
    with a_line(server) as line:
        return page_of(open_on_line(line, path, query))


def nodes_of(node: Node) -> list[Node]:
    """A block and all that it holds, but for what is out of sight until it is asked for."""
    if node.key in (
        "scripts",
        "view-choice",
        "more-filters",
        "kept-choices",
        "disagreement-choice",
    ) or node.key.endswith("-anew"):
        return []
    return [node, *(inner for child in node.in_order() for inner in nodes_of(child))]


def words_of(node: Node) -> list[str]:
    """What an element of the live page says, in the pieces in which a reader sees it."""
    content, texts = node.content, dict[str, Callable[[], list[str]]]()
    texts["html"] = lambda: [content.body]
    texts["markdown"] = lambda: [content.body] if content.allow_html else []
    texts["button"] = lambda: [content.label]
    texts["button_group"] = lambda: [option.content for option in content.options]
    texts["multiselect"] = lambda: list(content.raw_values) or [content.options[at] for at in content.default]
    texts["selectbox"] = lambda: [content.raw_value or content.options[content.default]] if content.default else []
    texts["plotly_chart"] = lambda: words_on_chart(json.loads(content.spec))
    texts["deck_gl_json_chart"] = lambda: words_on_map(json.loads(content.json))
    return texts.get(node.kind, list)()


def words_on_chart(figure: dict[str, Any]) -> list[str]:
    """The notes of a chart, line by line."""
    notes = [note["text"] for note in figure["layout"].get("annotations", []) if note.get("visible", True)]
    return [line for note in notes for line in split_lines(note)]


def words_on_map(deck: dict[str, Any]) -> list[str]:
    """The words of a map that are inside its first view: those of its labels, whose places are inside it."""
    return [row["text"] for layer in deck["layers"] if layer["id"] == "labels" for row in layer["data"]]


def missing_in(shown: str, live: SentPage) -> list[str]:
    """What the live page says and the first view does not."""
    pieces = [piece for node in nodes_of(live.main) for piece in words_of(node)]
    assert len(pieces) > 5
    return [piece for piece in pieces if letters_of(piece) not in shown]


def addresses(library: Library, count: int) -> list[tuple[str, str]]:
    """Pages with random choices, each page several times."""
    chosen = [
        (view.page, urlencode(query_of(view, selection, library)))
        for view, selection in random_choices(library, 4 * count, seed=16)
        if view.page in PATHS
    ]
    return random.Random(16).sample(chosen, count)


@pytest.mark.parametrize("path", PATHS)
def test_the_first_view_of_a_page_says_all_that_the_live_page_says(server: str, path: str) -> None:
    tree, live = first_view(server, path), live_page(server, path)
    assert missing_in(letters_in(tree.get_element_by_id("first-view")), live) == []
    assert tree.findtext(".//title") == live.title and live.title.endswith(SITE)
    assert len(tree.findall(".//h1")) == 1 and tree.get("lang") == "en"


def test_of_100_random_choices_each_first_view_says_what_the_live_page_says(server: str, library: Library) -> None:
    def said_otherwise(address: tuple[str, str]) -> list[str]:
        path, query = address
        tree = first_view(server, path, query)
        return missing_in(letters_in(tree.get_element_by_id("first-view")), live_page(server, path, query))

    chosen = addresses(library, 100)
    assert len({path for path, _ in chosen}) >= 8
    with ThreadPoolExecutor(3) as pool:
        found = dict(zip(chosen, pool.map(said_otherwise, chosen), strict=True))
    assert {address: words for address, words in found.items() if words} == {}


@pytest.mark.parametrize("path", PATHS)
def test_a_first_view_adds_at_most_60_kb_to_a_page(server: str, path: str) -> None:
    tree = first_view(server, path)
    view = etree.tostring(tree.get_element_by_id("first-view"))
    whole = spoken(server, "GET", f"/{path}", {"Accept-Encoding": "br"}).body
    without = brotli.compress(etree.tostring(tree).replace(view, b""), quality=5)
    assert len(whole) - len(without) <= MOST_BYTES


def test_a_choice_and_a_mark_lead_to_their_addresses_without_a_script(server: str) -> None:
    tree = first_view(server, "recovery-map", "asof=2020-01-01").get_element_by_id("first-view")
    links = {link.text_content(): link.get("href") for link in tree.iter("a")}
    assert links["Routes"] == "recovery-map?asof=2020-01-01&layer=Routes"
    places = [link for link in tree.iter("a") if "place=" in (link.get("href") or "")]
    assert len(places) > 10
    followed = first_view(server, *places[0].get("href").split("?"))
    assert "asof=2020-01-01" in places[0].get("href") and followed.findall(".//h1")


def test_tables_and_files_of_each_panel_are_a_link_away_without_a_script(server: str) -> None:
    for path in ("counts-over-time", "recovery-map", "remains-and-identifications"):
        tree = first_view(server, path).get_element_by_id("first-view")
        links = [link.get("href") for link in tree.iter("a") if (link.get("href") or "").startswith("./data/v1/")]
        rows, files = ([link for link in links if ending in link] for ending in (".html?", ".csv?"))
        assert rows and len(files) == len({*files})
        for link in (rows[0], files[0]):
            assert spoken(server, "GET", link.removeprefix(".")).status == 200


def test_what_no_page_reads_makes_no_answer_of_its_own(server: str) -> None:
    plain, tracked = (spoken(server, "GET", path) for path in ("/explore", "/explore?utm_source=mail&gclid=7"))
    assert plain.headers["etag"] == tracked.headers["etag"]


def test_a_choice_that_does_not_exist_is_named_and_the_page_is_there(server: str) -> None:
    tree = first_view(server, "counts-over-time", "period=never")
    assert "“never”, which is not a choice here" in tree.text_content() and tree.findall(".//svg")


def test_many_who_ask_for_the_same_at_once_are_given_the_same(server: str) -> None:
    path = "/mission-timeline?asof=2015-05-05"
    with ThreadPoolExecutor(12) as pool:
        tags = {answer.headers["etag"] for answer in pool.map(lambda _: spoken(server, "GET", path), range(24))}
    assert len(tags) == 1
